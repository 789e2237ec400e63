//! Parts of locals: what fields and constant indices of arrays and sequences lead to in what a local owns alone.
//!
//! A part is moved from like a whole local: where it is read for the last time before it, or what it is a part of, is written again. In:
//! places in a typed tree. Out: the local and the fields, and numbers for those parts that the liveness analysis (`last_use`) tells apart.
//! Nothing behind a pointer is a part, and no element at an index that only a run knows.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::Lowering;
use crate::sema::typed::{Expr, ExprKind, LocalId};
use crate::sema::types::{Type, TypeId};

pub(super) type Fields = SmallVec<[u32; 4]>;

/// Types of arrays and sequences, each with the index of its first element.
pub(super) type Arrays = FxHashMap<TypeId, i64>;

/// The locals that are looked at and those parts of them that can be moved, all numbered.
pub(super) struct Tracked {
    numbers: FxHashMap<LocalId, Vec<(Fields, u32)>>,
    count: u32,
    /// The arrays and sequences that are indexed.
    arrays: Arrays,
}

impl Tracked {
    pub(super) fn new(locals: impl Iterator<Item = LocalId>) -> Tracked {
        let whole = |(number, local)| (local, vec![(Fields::new(), number as u32)]);
        let numbers: FxHashMap<_, _> = locals.enumerate().map(whole).collect();
        let count = numbers.len() as u32;
        Tracked {
            numbers,
            count,
            arrays: Arrays::default(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.count as usize
    }

    /// The local that a place is or is a part of, and the fields on the way there.
    pub(super) fn part(&self, place: &Expr) -> Option<(LocalId, Fields)> {
        let (inner, field) = match &place.kind {
            ExprKind::Local(local) => return Some((*local, Fields::new())),
            ExprKind::Field { object, field, .. } => (object, *field as u32),
            ExprKind::TupleField(tuple, field) => (tuple, *field as u32),
            ExprKind::Index { base, index, .. } => match index.kind {
                ExprKind::Int(index) => {
                    let first = self.arrays.get(&base.ty)?;
                    (base, u32::try_from(index.checked_sub(*first)?).ok()?)
                }
                _ => return None,
            },
            _ => return None,
        };
        let (local, mut fields) = self.part(inner)?;
        fields.push(field);
        Some((local, fields))
    }

    /// Numbers the parts that own something and are read somewhere in `e`.
    pub(super) fn find(&mut self, cx: &Lowering<'_>, e: &Expr) {
        note_arrays(cx, e, &mut self.arrays);
        self.find_parts(cx, e);
    }

    fn find_parts(&mut self, cx: &Lowering<'_>, e: &Expr) {
        let Some((local, fields)) = self.part(e) else {
            return e.each_child(&mut |child| self.find_parts(cx, child));
        };
        let Some(known) = self.numbers.get_mut(&local) else {
            return;
        };
        let is_new = known.iter().all(|(other, _)| *other != fields);
        if is_new && cx.managed(e.ty) && !has_cursor(cx, e) {
            known.push((fields, self.count));
            self.count += 1;
        }
    }

    /// The number of a local as a whole.
    pub(super) fn whole(&self, local: LocalId) -> Option<u32> {
        Some(self.numbers.get(&local)?[0].1)
    }

    /// The number of a part.
    pub(super) fn number(&self, local: LocalId, fields: &Fields) -> Option<u32> {
        let mut known = self.numbers.get(&local)?.iter();
        known
            .find(|(other, _)| other == fields)
            .map(|known| known.1)
    }

    /// The numbers of all that shares storage with a part.
    pub(super) fn sharing(&self, local: LocalId, fields: &Fields) -> impl Iterator<Item = u32> {
        let known = self.numbers.get(&local).into_iter().flatten();
        let shares = |other: &Fields| other.starts_with(fields) || fields.starts_with(other);
        known
            .filter(move |(other, _)| shares(other))
            .map(|&(_, number)| number)
    }

    /// The numbers of a part and what is part of it.
    pub(super) fn within(&self, local: LocalId, fields: &Fields) -> impl Iterator<Item = u32> {
        let known = self.numbers.get(&local).into_iter().flatten();
        known
            .filter(move |(other, _)| other.starts_with(fields))
            .map(|&(_, number)| number)
    }

    /// The numbers of a local and its parts.
    pub(super) fn all(&self, local: LocalId) -> impl Iterator<Item = u32> {
        let known = self.numbers.get(&local).into_iter().flatten();
        known.map(|&(_, number)| number)
    }
}

/// Collects the types of the arrays and sequences that are indexed in `e`.
fn note_arrays(cx: &Lowering<'_>, e: &Expr, arrays: &mut Arrays) {
    e.walk(&mut |part| {
        if let ExprKind::Index { base, .. } = &part.kind
            && let Some(first) = first_index(cx, base.ty)
        {
            arrays.insert(base.ty, first);
        }
    });
}

/// The index of the first element, if the type owns elements.
fn first_index(cx: &Lowering<'_>, ty: TypeId) -> Option<i64> {
    match cx.types.get(ty) {
        Type::Seq(_) => Some(0),
        Type::Array { index, .. } => i64::try_from(cx.types.ordinal_range(*index)?.0).ok(),
        _ => None,
    }
}

/// Is one of the fields on the way a `{.cursor.}`, which owns nothing?
fn has_cursor(cx: &Lowering<'_>, place: &Expr) -> bool {
    match &place.kind {
        ExprKind::Field { object, field, .. } => {
            let ty = cx.types.bare(object.ty);
            let body = cx.types.object(ty).map(|(_, body)| &body.fields[*field]);
            body.is_none_or(|field| field.cursor) || has_cursor(cx, object)
        }
        ExprKind::TupleField(inner, _) | ExprKind::Index { base: inner, .. } => {
            has_cursor(cx, inner)
        }
        _ => false,
    }
}
