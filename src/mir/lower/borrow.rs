//! Borrowed references: when a caller has to hold one more while a call runs.
//!
//! A parameter of a `ref` type is borrowed. If the argument is read from a local, that local keeps the object alive; if it
//! is read from a global, a field or an element, the callee may overwrite the very place and free the object that it
//! works on. So such an argument is held, unless the callee cannot give up any reference but its own. That is looked up in
//! bodies of the same module only: another module may be replaced without this one being lowered again.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Lowering;
use super::last_use::{root, takes_local};
use crate::sema::magic::Magic;
use crate::sema::typed::{
    CheckedModule, Expr, ExprKind, LocalKind, Routine, RoutineId, RoutineKind,
};
use crate::sema::types::{Type, TypeId};

impl Lowering<'_> {
    /// Do calls of these routines of `module` release what they did when `old` lowered them? Their callers rely on it.
    pub fn releases_as_before(
        &self,
        old: &Lowering<'_>,
        module: &CheckedModule,
        routines: &[Arc<Routine>],
    ) -> bool {
        self.begin();
        self.own(module, &[]);
        old.begin();
        old.own(module, &[]);
        let same = |routine: &Arc<Routine>| self.releases(routine.id) == old.releases(routine.id);
        routines.iter().all(same)
    }

    /// May a call of `routine` give up references that it did not make?
    pub(super) fn releases(&self, routine: RoutineId) -> bool {
        if let Some(&known) = self.cache.releases.borrow().get(&routine) {
            return known;
        }
        let mut seen = FxHashSet::default();
        let found = self.search(routine, &mut seen);
        if !found {
            // Only now: what was met on the way may call what had not been looked at.
            let mut known = self.cache.releases.borrow_mut();
            known.extend(seen.into_iter().map(|id| (id, false)));
        }
        found
    }

    fn search(&self, id: RoutineId, seen: &mut FxHashSet<RoutineId>) -> bool {
        if let Some(&known) = self.cache.releases.borrow().get(&id) {
            return known;
        }
        if !seen.insert(id) {
            return false;
        }
        let found = self.look_into(id, seen);
        if found {
            self.cache.releases.borrow_mut().insert(id, true);
        }
        found
    }

    fn look_into(&self, id: RoutineId, seen: &mut FxHashSet<RoutineId>) -> bool {
        let info = self.proc(id);
        let routine = &info.routine;
        if routine.kind == RoutineKind::Method {
            // Who overrides it is not known here.
            return true;
        }
        if routine.import.is_some() {
            return info
                .params
                .iter()
                .any(|&param| matches!(self.types.get(self.types.repr(param)), Type::Proc(_)));
        }
        match &routine.body {
            Some(body) if self.cache.own.borrow().contains(&id) => {
                self.expr_releases(routine, body, seen)
            }
            _ => true,
        }
    }

    fn expr_releases(
        &self,
        routine: &Routine,
        body: &Expr,
        seen: &mut FxHashSet<RoutineId>,
    ) -> bool {
        body.any(&mut |part| match &part.kind {
            ExprKind::Assign(place, _) => self.overwrites(routine, place),
            ExprKind::Magic(magic, args) => {
                let changes = takes_local(*magic)
                    || matches!(magic, Magic::Destroy | Magic::SinkHook | Magic::CopyHook);
                changes
                    && args.iter().any(|arg| match &arg.kind {
                        ExprKind::AddrOf(place) => self.overwrites(routine, place),
                        _ => self.overwrites(routine, arg),
                    })
            }
            ExprKind::CallValue(..) => true,
            ExprKind::Call(id, _) | ExprKind::For { iterator: id, .. } => self.search(*id, seen),
            _ => false,
        })
    }

    /// Is the place one that others see, and does it hold references?
    fn overwrites(&self, routine: &Routine, place: &Expr) -> bool {
        self.has_ref(place.ty)
            && root(place).is_none_or(|local| {
                let local = &routine.locals[local.0 as usize];
                local.captured || matches!(local.kind, LocalKind::Captured(_))
            })
    }

    /// Is there a reference in a value of `ty`, or a hook that may hold one?
    pub(super) fn has_ref(&self, ty: TypeId) -> bool {
        if let Some(&known) = self.cache.has_ref.borrow().get(&ty) {
            return known;
        }
        self.cache.has_ref.borrow_mut().insert(ty, false);
        let found = match self.types.get(ty) {
            Type::Ref(_) => true,
            Type::Proc(_) => self.is_closure(ty),
            Type::Seq(inner) | Type::Sink(inner) => self.has_ref(*inner),
            Type::Distinct(_) => {
                self.observable(ty) || self.has_ref(super::layout::distinct_base(self.types, ty))
            }
            Type::Array { elem, .. } => self.has_ref(*elem),
            Type::Tuple(parts) => parts.iter().any(|&(_, part)| self.has_ref(part)),
            Type::Object(_) => {
                self.observable(ty)
                    || self.types.object(ty).is_some_and(|(_, body)| {
                        body.base.is_some_and(|base| self.has_ref(base))
                            || body.fields.iter().any(|field| self.has_ref(field.ty))
                    })
            }
            _ => false,
        };
        self.cache.has_ref.borrow_mut().insert(ty, found);
        found
    }
}
