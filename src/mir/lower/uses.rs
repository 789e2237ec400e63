//! What a body knows of the layouts of types, beyond what its frame holds.
//!
//! In: a routine with the inline iterators that are expanded in it. Out: the types of every place that it reads, writes or
//! makes, and those that it takes addresses of with `addr`. A frame that goes on in this body after a reload must find
//! them laid out as they were.

use rustc_hash::FxHashSet;

use super::Lowering;
use super::source::Sources;
use crate::mir::DescId;
use crate::sema::typed::{Expr, ExprKind, Routine};
use crate::sema::types::{Type, TypeId};

/// Types by what a body does with them.
#[derive(Default)]
pub(super) struct Uses {
    layouts: FxHashSet<TypeId>,
    addressed: FxHashSet<TypeId>,
    /// Those whose layout was asked for, also where they have none.
    seen: FxHashSet<TypeId>,
}

/// Descriptors of the types whose layout the bodies know, and of those in which they take addresses.
pub(super) fn uses(cx: &Lowering<'_>, sources: &Sources) -> (Vec<DescId>, Vec<DescId>) {
    let descs = |of: fn(&Uses) -> &FxHashSet<TypeId>| {
        let types = sources.values().flat_map(|source| of(&source.uses));
        let mut descs: Vec<DescId> = types.map(|&ty| cx.desc(ty)).collect();
        descs.sort();
        descs.dedup();
        descs
    };
    (descs(|uses| &uses.layouts), descs(|uses| &uses.addressed))
}

impl Uses {
    pub(super) fn of(cx: &Lowering<'_>, routine: &Routine) -> Uses {
        let mut uses = Uses::default();
        if let Some(body) = &routine.body {
            body.walk(&mut |part| uses.note(cx, part));
        }
        // What the library does with addresses is no concern of the program.
        let identity = &routine.identity;
        if identity.starts_with("system.") || identity.starts_with("std/") {
            uses.addressed.clear();
        }
        uses
    }

    fn note(&mut self, cx: &Lowering<'_>, e: &Expr) {
        match &e.kind {
            // A new object is laid out here.
            ExprKind::Object(_) | ExprKind::Magic(..) => {
                self.layout(cx, e.ty);
                self.behind(cx, e.ty);
            }
            ExprKind::AddrOf(place) => {
                self.behind(cx, e.ty);
                if matches!(cx.types.get(e.ty), Type::Ptr(_)) {
                    self.address(cx, place);
                }
            }
            // The value may be of a proc of another version.
            ExprKind::CallValue(..) => {
                self.meaning(cx, e.ty);
                e.each_child(&mut |child| self.meaning(cx, child.ty));
            }
            ExprKind::Field { .. }
            | ExprKind::TupleField(..)
            | ExprKind::Index { .. }
            | ExprKind::Deref(_)
            | ExprKind::Global(_)
            | ExprKind::Call(..) => self.layout(cx, e.ty),
            _ => {}
        }
    }

    fn layout(&mut self, cx: &Lowering<'_>, ty: TypeId) {
        let ty = cx.types.bare(ty);
        if self.seen.insert(ty) && cx.has_layout(ty) {
            self.layouts.insert(ty);
        }
    }

    fn meaning(&mut self, cx: &Lowering<'_>, ty: TypeId) {
        let ty = cx.types.bare(ty);
        if cx.has_meaning(ty) {
            self.layouts.insert(ty);
        }
    }

    fn behind(&mut self, cx: &Lowering<'_>, ty: TypeId) {
        match *cx.types.get(cx.types.repr(ty)) {
            Type::Ref(inner) | Type::Ptr(inner) => self.layout(cx, inner),
            _ => {}
        }
    }

    /// The place, and everything that it is a part of.
    fn address(&mut self, cx: &Lowering<'_>, place: &Expr) {
        let ty = cx.types.bare(place.ty);
        if ty != TypeId::ERROR && ty != TypeId::VOID {
            self.addressed.insert(ty);
        }
        match &place.kind {
            ExprKind::Field { object: inner, .. } | ExprKind::TupleField(inner, _) => {
                self.address(cx, inner);
            }
            ExprKind::Index { base, .. } => self.address(cx, base),
            _ => {}
        }
    }
}
