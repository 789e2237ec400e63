//! References that do not own what they refer to (`{.cursor.}`), before or after.
//!
//! In: old objects that are looked at, and what others became. Out: the new addresses, once everything else is in place. Such a
//! reference may outlive its object, so nothing tells that there still is one but somebody who owns it: a value that was
//! converted, or one that a global leads to. Where the new reference owns, it is one owner more.

use rustc_hash::{FxHashMap, FxHashSet};

use super::convert::{Converter, Done, Stop};
use super::memory;
use crate::mir::{DescId, Shape};

/// A reference, of which the old or the new version does not own.
pub(super) struct Looks {
    /// The old object.
    pub(super) object: usize,
    /// Where the new address goes.
    pub(super) at: usize,
    /// The type of what is referred to.
    pub(super) desc: DescId,
    /// The new reference owns.
    pub(super) owns: bool,
}

impl Converter<'_> {
    /// Writes what objects have become that are referred to without being owned.
    pub(super) fn resolve_cursors(&mut self) -> Done {
        if self.cursors.is_empty() {
            return Ok(());
        }
        let made = self.made.iter().filter(|(_, made)| !made.stand_in);
        let moved: FxHashMap<usize, usize> = made.map(|(key, made)| (key.0, made.to)).collect();
        let mut owned = None;
        for looks in std::mem::take(&mut self.cursors) {
            let now = match moved.get(&looks.object) {
                Some(&now) => now,
                None if self.shared.contains(&looks.object) => looks.object,
                None => {
                    let owned = owned.get_or_insert_with(|| self.owned_by_globals());
                    if !owned.contains(&looks.object) {
                        // It may be no object any more.
                        return Err(Stop::Value(format!(
                            "a `{{.cursor.}}` refers to a `{}` that no global leads to",
                            self.desc(looks.desc).name
                        )));
                    }
                    looks.object
                }
            };
            if looks.owns {
                memory::retain(now);
            }
            memory::set_word(looks.at, now);
        }
        Ok(())
    }

    /// All objects to which globals lead by references that own.
    fn owned_by_globals(&self) -> FxHashSet<usize> {
        let ids = self.program.ids();
        let globals = self.program.runtime.globals().list().into_iter();
        let mut work: Vec<(DescId, usize)> = globals
            .map(|global| (global.desc, global.address))
            .collect();
        let mut owned = FxHashSet::default();
        while let Some((id, at)) = work.pop() {
            let object = match self.desc(id).shape {
                Shape::Ref(_) => memory::word(at),
                Shape::Closure => memory::word(at + 8),
                Shape::Cursor(_) | Shape::Ptr(_) => continue,
                _ => {
                    memory::each_part(ids, id, at, &mut |part, at| work.push((part, at)));
                    continue;
                }
            };
            if object != 0
                && owned.insert(object)
                && let Some(dynamic) = memory::dynamic_type(object)
            {
                work.push((dynamic.id, object));
            }
        }
        owned
    }
}
