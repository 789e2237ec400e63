//! Which assignments give a part of a local its first value.
//!
//! A local that is declared without a value holds nothing, so the first value of a field of it, or of an element at a constant index, is put
//! in place without the type's `=sink`, as in Nim. In: a routine's body and the parts of its locals. Out: the places of such assignments.
//! Text order decides: what stands later in another branch counts as a second value, and in a loop nothing is the first.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Lowering;
use super::last_use::{key, root};
use super::part::{Fields, Tracked};
use crate::sema::typed::{Expr, ExprKind, LocalId, Routine, TypeBound};

/// The places (by address of the node) that get their first values.
pub(super) fn first_writes(
    lowering: &Lowering<'_>,
    routine: &Routine,
    tracked: &Tracked,
    body: &Expr,
) -> FxHashSet<usize> {
    let mut walk = Walk {
        lowering,
        tracked,
        empty: routine.result.into_iter().map(|id| (id, 0)).collect(),
        loops: 0,
        written: Vec::new(),
        first: FxHashSet::default(),
    };
    walk.expr(body);
    walk.first
}

struct Walk<'a> {
    lowering: &'a Lowering<'a>,
    tracked: &'a Tracked,
    /// Locals that held nothing where they were declared, each with the number of loops around that.
    empty: FxHashMap<LocalId, u32>,
    /// The number of loops around the current place.
    loops: u32,
    /// Parts that have got a value since.
    written: Vec<(LocalId, Fields)>,
    first: FxHashSet<usize>,
}

impl Walk<'_> {
    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Let(id, None) => {
                self.empty.insert(*id, self.loops);
            }
            ExprKind::AddrOf(place) => {
                if let Some(local) = root(place) {
                    self.empty.remove(&local);
                }
            }
            ExprKind::Assign(place, value) => {
                self.expr(value);
                return self.write(place);
            }
            ExprKind::While(..) | ExprKind::For { .. } => {
                self.loops += 1;
                e.each_child(&mut |child| self.expr(child));
                self.loops -= 1;
                return;
            }
            _ => {}
        }
        e.each_child(&mut |child| self.expr(child));
    }

    fn write(&mut self, place: &Expr) {
        let Some((local, fields)) = self.tracked.part(place) else {
            if let Some(local) = root(place) {
                self.empty.remove(&local);
            }
            return self.expr(place);
        };
        let overlaps = |other: &(LocalId, Fields)| {
            other.0 == local && (other.1.starts_with(&fields) || fields.starts_with(&other.1))
        };
        let hooked = self.lowering.hook(place.ty, TypeBound::Sink).is_some();
        if !fields.is_empty()
            && hooked
            && self.empty.get(&local) == Some(&self.loops)
            && !self.written.iter().any(overlaps)
        {
            self.first.insert(key(place));
        }
        self.written.push((local, fields));
    }
}
