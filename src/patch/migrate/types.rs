//! Which types a new version lays out differently, and what that concerns.
//!
//! In: two images. Out: for each descriptor of the old version what values of it become, and whether they have to be touched
//! at all. A descriptor's number stands for a type *and* all that it reaches, so equal numbers need no second look; only
//! what a value refers to dynamically (an heir of the declared type) is looked for apart. Pure.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::generics::Names;
use super::moved::Moved;
use crate::mir::{DescField, DescId, Ids, ProcId, Shape};
use crate::patch::image::Image;

/// The types of two versions, side by side.
#[derive(Clone, Default, Debug)]
pub(in crate::patch) struct Types {
    /// The current descriptor of each type that the new version names.
    now: FxHashMap<Arc<str>, DescId>,
    /// All descriptors of the old version, if any change.
    before: FxHashSet<DescId>,
    /// Those whose values change, or can refer to one that does.
    affected: FxHashSet<DescId>,
    /// Descriptors of the old version whose values can hold closures, or values of nested procs.
    closures: FxHashSet<DescId>,
    /// Procs that make default values, by descriptor of the new version: of the type, and of it with other branches of a variant.
    pub(super) defaults: FxHashMap<DescId, Vec<ProcId>>,
    /// The program's own conversions, by descriptor of the new version: what stands for the old layout, and the proc.
    pub(super) hooks: FxHashMap<DescId, Vec<(DescId, ProcId)>>,
    /// The program's procs that look at values in which something was converted, by descriptor of the new version.
    pub(super) migrated: FxHashMap<DescId, ProcId>,
    /// Types that have moved to other modules.
    pub(super) moved: Moved,
    /// For instances of generic types.
    pub(super) names: Names,
}

impl Types {
    /// Compares the types of two versions. Knows of none when no type has ever changed.
    pub(in crate::patch) fn new(ids: &Ids, old: &Image, new: &Image) -> Types {
        let mut types = Types::default();
        for module in new.modules.iter() {
            for &(desc, proc) in &module.module.defaults {
                let known = types.defaults.entry(desc).or_default();
                // An instance of a generic type may be of several modules.
                if !known.contains(&proc) {
                    known.push(proc);
                }
            }
            for migration in &module.module.migrations {
                if migration.old == migration.new {
                    types.migrated.insert(migration.new, migration.proc);
                    continue;
                }
                let hooks = types.hooks.entry(migration.new).or_default();
                hooks.push((migration.old, migration.proc));
            }
        }
        if old.modules.is_empty() {
            return types;
        }
        types.moved = Moved::new(old, new);
        if !ids.has_relaid() && types.moved.is_empty() {
            return types;
        }
        let names = |image: &Image| {
            let modules = image.modules.iter();
            let descs = modules.flat_map(|module| module.descs(ids).iter().copied());
            closure(ids, descs.collect())
        };
        let (before, now) = (names(old), names(new));
        types.now = now
            .iter()
            .map(|&desc| (ids.desc_key(desc).0, desc))
            .collect();
        let changed = |desc: &DescId| types.target(ids, *desc).is_some_and(|now| now != *desc);
        let changed: FxHashSet<DescId> = before.iter().copied().filter(changed).collect();
        if changed.is_empty() {
            return types;
        }
        types.names = Names::new(ids, old, new);
        types.affected = spread(ids, &before, changed);
        types.before = before;
        types
    }

    /// Values of globals change, of whatever type: code of closures may name these.
    pub(super) fn find_closures(&mut self, ids: &Ids, old: &Image) {
        let modules = old.modules.iter();
        let descs = modules.flat_map(|module| module.descs(ids).iter().copied());
        let before = closure(ids, descs.collect());
        let is_closure =
            |desc: &DescId| matches!(ids.desc_of(*desc).shape, Shape::Closure | Shape::Proc);
        let closures = before.iter().copied().filter(is_closure).collect();
        self.closures = spread(ids, &before, closures);
    }

    /// Globals have other types: perhaps instances of the same generic ones.
    pub(super) fn find_names(&mut self, ids: &Ids, old: &Image, new: &Image) {
        if self.is_same() {
            self.names = Names::new(ids, old, new);
        }
    }

    /// The types that change, with what they become.
    pub(super) fn changed(&self, ids: &Ids) -> Vec<(DescId, DescId)> {
        let pair = |&old: &DescId| Some((old, self.target(ids, old)?));
        let pairs = self.affected.iter().filter_map(pair);
        pairs.filter(|(old, new)| old != new).collect()
    }

    /// Did no type change?
    pub(in crate::patch) fn is_same(&self) -> bool {
        self.affected.is_empty()
    }

    /// Can values of this type hold closures?
    pub(super) fn holds_closures(&self, old: DescId) -> bool {
        self.closures.contains(&old)
    }

    /// What the new version makes of a type: `None` when it does not have it.
    pub(in crate::patch) fn target(&self, ids: &Ids, old: DescId) -> Option<DescId> {
        let identity = ids.desc_key(old).0;
        let now = self.now.get(&identity).copied();
        now.or_else(|| self.now.get(&*self.moved.renamed(&identity)?).copied())
    }

    /// Has the type another name, but as one that has moved?
    pub(super) fn is_other(&self, ids: &Ids, old: DescId, new: DescId) -> bool {
        let (was, is) = (ids.desc_key(old).0, ids.desc_key(new).0);
        was != is && self.moved.renamed(&was).as_deref() != Some(&*is)
    }

    /// Have values of this type to be converted, or can they refer to one that has?
    pub(in crate::patch) fn is_affected(&self, ids: &Ids, old: DescId) -> bool {
        if self.is_same() || self.before.contains(&old) {
            return self.affected.contains(&old);
        }
        // The value is older than the version that is replaced, which does not name its type.
        let changes = |part: &DescId| {
            self.affected.contains(part) || self.target(ids, *part).is_some_and(|now| now != *part)
        };
        closure(ids, FxHashSet::from_iter([old]))
            .iter()
            .any(changes)
    }

    /// Does neither version name the type? Objects of it are left over from an earlier one.
    pub(super) fn is_left_over(&self, ids: &Ids, desc: DescId) -> bool {
        !self.before.contains(&desc) && self.target(ids, desc).is_none()
    }

    /// Does the new version lay out values of this type themselves differently, whatever is behind references?
    pub(in crate::patch) fn is_relaid(&self, ids: &Ids, old: DescId) -> bool {
        self.is_affected(ids, old)
            && self
                .target(ids, old)
                .is_some_and(|now| !same_bytes(ids, old, now, 0))
    }
}

/// All descriptors that these are made of, they included.
pub(super) fn closure(ids: &Ids, seeds: FxHashSet<DescId>) -> FxHashSet<DescId> {
    let mut work: Vec<DescId> = seeds.iter().copied().collect();
    let mut all = seeds;
    while let Some(desc) = work.pop() {
        ids.desc_of(desc).shape.each_desc(|part| {
            if all.insert(part) {
                work.push(part);
            }
        });
    }
    all
}

/// The changed types, and those whose values can refer to one: by their parts, or by a reference to an ancestor.
pub(super) fn spread(
    ids: &Ids,
    all: &FxHashSet<DescId>,
    changed: FxHashSet<DescId>,
) -> FxHashSet<DescId> {
    let mut references: FxHashMap<DescId, Vec<DescId>> = FxHashMap::default();
    for &desc in all {
        if let Shape::Ref(target) = ids.desc_of(desc).shape {
            references.entry(target).or_default().push(desc);
        }
    }
    let mut users: FxHashMap<DescId, Vec<DescId>> = FxHashMap::default();
    let mut add = |part, user| users.entry(part).or_default().push(user);
    for &desc in all {
        let body = ids.desc_of(desc);
        body.shape.each_desc(|part| add(part, desc));
        // Where an ancestor is referred to, the heir may be.
        let mut ancestor = desc;
        while let Shape::Object {
            base: Some(base),
            rtti: true,
            ..
        } = ids.desc_of(ancestor).shape
        {
            ancestor = base;
            for &reference in references.get(&base).into_iter().flatten() {
                add(desc, reference);
            }
        }
    }
    let mut work: Vec<DescId> = changed.iter().copied().collect();
    let mut affected = changed;
    while let Some(desc) = work.pop() {
        for &user in users.get(&desc).into_iter().flatten() {
            if affected.insert(user) {
                work.push(user);
            }
        }
    }
    affected
}

/// Do values of both types have the same parts in the same places, short of what references and sequences refer to?
pub(super) fn same_bytes(ids: &Ids, old: DescId, new: DescId, depth: u32) -> bool {
    if old == new {
        return true;
    }
    let (a, b) = (ids.desc_of(old), ids.desc_of(new));
    // By-value types do not contain themselves; the limit is for descriptors that do.
    if (a.size, a.align, a.hooked) != (b.size, b.align, b.hooked) || depth > 100 {
        return false;
    }
    let same = |a: DescId, b: DescId| same_bytes(ids, a, b, depth + 1);
    let fields = |a: &[DescField], b: &[DescField]| {
        let pair = |(a, b): (&DescField, &DescField)| {
            (&a.name, a.offset, &a.when) == (&b.name, b.offset, &b.when) && same(a.desc, b.desc)
        };
        a.len() == b.len() && a.iter().zip(b).all(pair)
    };
    match (&a.shape, &b.shape) {
        (Shape::Seq(_), Shape::Seq(_)) | (Shape::Ref(_), Shape::Ref(_)) => true,
        (Shape::Ptr(_), Shape::Ptr(_)) | (Shape::Cursor(_), Shape::Cursor(_)) => true,
        (
            Shape::Set { elem: a, low },
            Shape::Set {
                elem: b,
                low: other,
            },
        ) => low == other && same(*a, *b),
        (
            Shape::Array {
                elem: a,
                len,
                index,
            },
            Shape::Array {
                elem: b,
                len: other,
                index: by,
            },
        ) => {
            let same_index = match (index, by) {
                (Some(a), Some(b)) => same(*a, *b),
                (None, None) => true,
                _ => false,
            };
            len == other && same_index && same(*a, *b)
        }
        (Shape::Tuple(a), Shape::Tuple(b)) | (Shape::Union(a), Shape::Union(b)) => fields(a, b),
        (
            Shape::Object {
                base: base_a,
                rtti,
                fields: a,
            },
            Shape::Object {
                base: base_b,
                rtti: other,
                fields: b,
            },
        ) => {
            let bases = match (base_a, base_b) {
                (Some(a), Some(b)) => same(*a, *b),
                (None, None) => true,
                _ => false,
            };
            rtti == other && bases && fields(a, b)
        }
        (a, b) => a == b,
    }
}
