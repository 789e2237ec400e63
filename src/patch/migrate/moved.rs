//! Types that have moved to another module.
//!
//! In: the types that the modules of two versions declare. Out: which of them are the same under another name. A type is what its
//! module and its name say; but where a module is split, types go along with what uses them, and values should too. So a type
//! that no module declares any more is the one of the same name that only the new version has, if there is one such.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Planned;
use super::types::closure;
use crate::mir::{DescId, Shape};
use crate::patch::LiveProgram;
use crate::patch::image::Image;
use crate::runtime::Context;

/// Names of types that have moved, and the new ones: `m.Hero` is `heroes.Hero` now.
#[derive(Clone, Default, Debug)]
pub(super) struct Moved {
    types: Vec<(Arc<str>, Arc<str>)>,
    /// Those that have not moved, and that no module declares any more.
    gone: Vec<Arc<str>>,
}

impl Moved {
    pub(super) fn new(old: &Image, new: &Image) -> Moved {
        let (gone, added) = (only_in(old, new), only_in(new, old));
        let (names, added) = (by_name(&gone), by_name(&added));
        let mut types: Vec<(Arc<str>, Arc<str>)> = names
            .iter()
            .filter_map(
                |(name, was)| match (&was[..], added.get(name).map(Vec::as_slice)) {
                    ([was], Some([is])) => Some((was.clone(), is.clone())),
                    _ => None,
                },
            )
            .collect();
        types.sort();
        let stays = |name: &&&Arc<str>| types.iter().all(|moved| moved.0 != ***name);
        let gone = gone
            .iter()
            .filter(stays)
            .map(|name| (*name).clone())
            .collect();
        Moved { types, gone }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(Arc<str>, Arc<str>)> {
        self.types.iter()
    }

    /// The identity that a type has by the new names, if that is another one.
    pub(super) fn renamed(&self, identity: &str) -> Option<String> {
        let mut text = identity.to_owned();
        for (was, is) in &self.types {
            if text.contains(&**was) {
                text = replaced(&text, was, is);
            }
        }
        (text != identity).then_some(text)
    }
}

impl LiveProgram {
    /// Says of which types that the program does not have any more there are objects, to which references to a base lead.
    pub(in crate::patch) fn left_of_gone_types(
        &self,
        planned: &Planned,
        old: &Image,
        context: *mut Context,
    ) -> Vec<String> {
        let gone = &planned.types.moved.gone;
        if gone.is_empty() {
            return Vec::new();
        }
        let ids = self.ids();
        let is_gone = |identity: &str| {
            let mut names = gone
                .iter()
                .filter_map(|name| identity.strip_prefix(&**name));
            names.any(|rest| rest.is_empty() || rest.starts_with([':', '[']))
        };
        let modules = old.modules.iter();
        let named = modules.flat_map(|module| module.descs(ids).iter().copied());
        let mut heirs = closure(ids, named.collect());
        heirs.retain(|&desc| {
            let is_heir = matches!(ids.desc_of(desc).shape, Shape::Object { base: Some(_), .. });
            is_heir && is_gone(&ids.desc_key(desc).0)
        });
        if heirs.is_empty() {
            return Vec::new();
        }
        let words = self.words(context, &[]);
        let descs = self.runtime.descs();
        let is_left = |desc: &DescId| {
            descs
                .address(*desc)
                .is_ok_and(|at| words.contains(&(at as usize)))
        };
        let left = heirs.into_iter().filter(is_left);
        let name = |desc| ids.desc_of(desc).name.clone();
        let left: BTreeSet<Arc<str>> = left.map(name).collect();
        let warning = |name| {
            format!(
                "there are objects of `{name}`, which the program does not have any more: they stay, and count as of its base"
            )
        };
        left.into_iter().map(warning).collect()
    }
}

/// Puts one name for another, where it stands alone.
fn replaced(text: &str, was: &str, is: &str) -> String {
    let in_name = |c: char| c.is_alphanumeric() || "_./".contains(c);
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices(was) {
        let after = &text[at + was.len()..];
        let alone = !text[..at].ends_with(in_name)
            && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if alone && at >= from {
            out += &text[from..at];
            out += is;
            from = at + was.len();
        }
    }
    out + &text[from..]
}

/// The types of the modules that differ which only the one version declares.
fn only_in<'a>(one: &'a Image, other: &Image) -> Vec<&'a Arc<str>> {
    let others = other.by_name();
    let mut found = Vec::new();
    for image in one.modules.iter() {
        let types = &image.module.types;
        let same = others
            .get(&*image.module.name)
            .map(|image| &image.module.types);
        if same.is_some_and(|same| Arc::ptr_eq(same, types) || same == types) {
            continue;
        }
        let known: FxHashSet<&Arc<str>> = same.into_iter().flat_map(|types| types.iter()).collect();
        found.extend(types.iter().filter(|name| !known.contains(name)));
    }
    found
}

fn by_name<'a>(types: &[&'a Arc<str>]) -> FxHashMap<&'a str, Vec<Arc<str>>> {
    let mut named: FxHashMap<&str, Vec<Arc<str>>> = FxHashMap::default();
    for identity in types {
        let name = identity
            .rsplit_once('.')
            .map_or(&***identity, |parts| parts.1);
        named.entry(name).or_default().push((*identity).clone());
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_where_they_stand_alone() {
        let types = vec![("m.A".into(), "a/n.A".into())];
        let moved = Moved {
            types,
            gone: Vec::new(),
        };
        let renamed = |text| moved.renamed(text);
        assert_eq!(renamed("m.A").as_deref(), Some("a/n.A"));
        assert_eq!(
            renamed("m.Box[seq[m.A],m.A:obj]").as_deref(),
            Some("m.Box[seq[a/n.A],a/n.A:obj]")
        );
        for same in ["m.AB", "x/m.A", "am.A", "x.m.A", "m.B"] {
            assert_eq!(renamed(same), None, "{same}");
        }
    }
}
