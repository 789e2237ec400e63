//! Do two versions of a type lay out their values alike?
//!
//! A value of the one can then be used as a value of the other without touching it. Names count: a field that another
//! field has taken the place of is not the same field.

use rustc_hash::FxHashSet;

use crate::mir::{DescField, DescId, Ids, Shape};

/// Finds the first difference between two types, following everything that values reach: `None` when there is none.
pub(super) fn difference(ids: &Ids, old: DescId, new: DescId) -> Option<String> {
    Comparison {
        ids,
        seen: FxHashSet::default(),
    }
    .descs(old, new)
}

struct Comparison<'a> {
    ids: &'a Ids,
    /// Pairs that are being compared, or were found alike: types are recursive.
    seen: FxHashSet<(DescId, DescId)>,
}

impl Comparison<'_> {
    fn descs(&mut self, old: DescId, new: DescId) -> Option<String> {
        if old == new || !self.seen.insert((old, new)) {
            return None;
        }
        let (a, b) = (self.ids.desc_of(old), self.ids.desc_of(new));
        if (a.size, a.align) != (b.size, b.align) && a.name != b.name {
            return Some(format!("`{}` became `{}`", a.name, b.name));
        }
        let inner = self.shapes(&a.name, &a.shape, &b.shape);
        let size = || format!("`{}` was {} bytes and is {}", a.name, a.size, b.size);
        inner.or_else(|| ((a.size, a.align) != (b.size, b.align)).then(size))
    }

    fn shapes(&mut self, name: &str, old: &Shape, new: &Shape) -> Option<String> {
        let changed = |what: &str| Some(format!("`{name}` has other {what}"));
        match (old, new) {
            (Shape::Seq(a), Shape::Seq(b)) | (Shape::Ref(a), Shape::Ref(b)) => self.descs(*a, *b),
            (
                Shape::Set { elem: a, low },
                Shape::Set {
                    elem: b,
                    low: other,
                },
            ) if low == other => self.descs(*a, *b),
            (
                Shape::Array { elem: a, len },
                Shape::Array {
                    elem: b,
                    len: other,
                },
            ) => {
                if len != other {
                    return Some(format!("`{name}` had {len} elements and has {other}"));
                }
                self.descs(*a, *b)
            }
            (Shape::Tuple(a), Shape::Tuple(b)) | (Shape::Union(a), Shape::Union(b)) => {
                self.fields(name, a, b)
            }
            (
                Shape::Object {
                    base: base_a,
                    rtti: rtti_a,
                    fields: a,
                },
                Shape::Object {
                    base: base_b,
                    rtti: rtti_b,
                    fields: b,
                },
            ) => match (base_a, base_b) {
                _ if rtti_a != rtti_b => changed("inheritance"),
                (None, None) => self.fields(name, a, b),
                (Some(base_a), Some(base_b)) => self
                    .descs(*base_a, *base_b)
                    .or_else(|| self.fields(name, a, b)),
                _ => changed("inheritance"),
            },
            (Shape::Enum { .. }, Shape::Enum { .. }) if old != new => changed("values"),
            _ if old == new => None,
            _ => changed("content"),
        }
    }

    fn fields(&mut self, name: &str, old: &[DescField], new: &[DescField]) -> Option<String> {
        let find =
            |fields: &[DescField], name: &str| fields.iter().any(|field| *field.name == *name);
        if let Some(gone) = old.iter().find(|field| !find(new, &field.name)) {
            return Some(format!("`{name}` has no field `{}` any more", gone.name));
        }
        if let Some(added) = new.iter().find(|field| !find(old, &field.name)) {
            return Some(format!("`{name}` has the new field `{}`", added.name));
        }
        for (a, b) in old.iter().zip(new) {
            let inner = self.descs(a.desc, b.desc);
            if inner.is_some() {
                return inner;
            }
            if a.name != b.name || a.offset != b.offset || a.when != b.when {
                return Some(format!(
                    "field `{}` of `{name}` is in another place",
                    b.name
                ));
            }
        }
        None
    }
}
