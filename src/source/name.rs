//! Interned identifiers with Nim's notion of equality.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, RwLock};

use rustc_hash::FxHashMap;

/// An identifier as written. Two names are equal when Nim says so: the first character decides exactly, the rest
/// without regard to case and underscores. `Copy`, 8 bytes, valid for the life of the process.
#[derive(Clone, Copy)]
pub struct Name {
    /// The number of the normalized form: what equality and hashing see.
    key: u32,
    /// The number of the spelling: what messages show.
    spelling: u32,
}

/// Identifiers are few and live as long as the process, so each is stored once and leaked.
static NAMES: LazyLock<RwLock<FxHashMap<&'static str, Name>>> = LazyLock::new(RwLock::default);

/// The spellings by their number. Reading one takes no lock, since threads parse and check at the same time.
static SPELLINGS: boxcar::Vec<&'static str> = boxcar::Vec::new();

/// Adds a spelling that may not be there yet.
fn intern(names: &mut FxHashMap<&'static str, Name>, text: &str) -> Name {
    if let Some(&name) = names.get(text) {
        return name;
    }
    let text: &'static str = Box::leak(text.into());
    let spelling = SPELLINGS.push(text) as u32;
    let normal: String = normalized(text).collect();
    let key = if normal == text {
        spelling
    } else {
        intern(names, &normal).key
    };
    let name = Name { key, spelling };
    names.insert(text, name);
    name
}

/// What two spellings of one name have in common.
fn normalized(text: &str) -> impl Iterator<Item = char> {
    let mut chars = text.chars();
    let first = chars.next();
    // An operator's characters are untouched: none is a letter, and `_` alone is a name of its own.
    let rest = chars.filter(|&c| c != '_').map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(rest)
}

impl Name {
    /// The name with this spelling.
    pub fn new(text: &str) -> Name {
        if let Some(&name) = NAMES.read().expect("interner").get(text) {
            return name;
        }
        intern(&mut NAMES.write().expect("interner"), text)
    }

    /// The spelling.
    pub fn as_str(self) -> &'static str {
        SPELLINGS[self.spelling as usize]
    }

    /// A number that equal names share; not stable from one process to the next.
    pub fn key(self) -> u32 {
        self.key
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        self.key == other.key
    }
}
impl Eq for Name {}
impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}
impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        // The first character decides exactly, and mostly says no.
        let own = self.as_str();
        own.as_bytes().first() == other.as_bytes().first()
            && (own == *other || normalized(own).eq(normalized(other)))
    }
}
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn equality_is_nims() {
        assert_eq!(Name::new("fooBar"), Name::new("foo_bar"));
        assert_eq!(Name::new("fooBar"), Name::new("foobar"));
        assert_ne!(Name::new("FooBar"), Name::new("fooBar"));
        assert_eq!(Name::new("foo_bar").as_str(), "foo_bar");
        assert_ne!(Name::new("+"), Name::new("-"));
        assert_ne!(Name::new("_"), Name::new(""));
    }
}
