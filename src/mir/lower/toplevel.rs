//! What top-level statements leave behind.
//!
//! As in Nim, the top level of a module is one scope from one declaration of a routine (or import) to the next: a temporary
//! of a statement whose destructor the program declares lives until then. Here each statement is a step, and a proc, by itself. So what is
//! left at the end of a step is handed to `system` (`keepTemporary`), and the last step of such a group has all of it
//! destroyed, the youngest first (`dropTemporaries`).

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::smallvec;

use super::builder::Addr;
use super::cleanup::{Cleanup, Lasts};
use super::routine::Fun;
use super::{Lowering, mentioned};
use crate::mir::{Callee, Inst, Operand, RtFn, Scalar};
use crate::sema::typed::{CheckedModule, Expr, ExprKind, GlobalVarId, RoutineId};
use crate::sema::types::TypeId;

impl Lowering<'_> {
    /// The steps of groups in which something may be left, each with whether its group ends there.
    pub(super) fn groups(&self, module: &CheckedModule) -> FxHashMap<RoutineId, bool> {
        let mut found = FxHashMap::default();
        for group in module.init.split_inclusive(|step| step.ends_group) {
            let leaves = |id| {
                let routine = (self.routine)(id);
                let body = routine.as_ref().and_then(|routine| routine.body.as_ref());
                body.is_some_and(|body| self.may_leave(body))
            };
            if group.iter().any(|step| leaves(step.routine)) {
                found.extend(group.iter().map(|step| (step.routine, false)));
                found.extend(group.last().map(|step| (step.routine, true)));
            }
        }
        found
    }

    /// Top-level variables whose values cannot be copied and that the top level alone uses, each with the step that mentions it last.
    ///
    /// Others are copied where Nim moves them: they keep their values over reloads, for code that is still to come.
    pub(super) fn movable_globals(
        &self,
        module: &CheckedModule,
    ) -> FxHashMap<GlobalVarId, RoutineId> {
        let mut movable = FxHashMap::default();
        let globals = module.globals.iter();
        let forbidden = globals.filter(|global| self.uncopyable(global.ty));
        let forbidden: FxHashSet<GlobalVarId> = forbidden.map(|global| global.id).collect();
        if forbidden.is_empty() {
            return movable;
        }
        let steps: FxHashSet<RoutineId> = module.init.iter().map(|step| step.routine).collect();
        let mut elsewhere = FxHashSet::default();
        let routines = module.routines.iter();
        for routine in routines.filter(|routine| !steps.contains(&routine.id)) {
            if let Some(body) = &routine.body {
                mentioned(body, &forbidden, &mut elsewhere);
            }
        }
        for step in &module.init {
            let mut here = FxHashSet::default();
            let routine = (self.routine)(step.routine);
            if let Some(body) = routine.as_ref().and_then(|routine| routine.body.as_ref()) {
                mentioned(body, &forbidden, &mut here);
            }
            movable.extend(here.into_iter().map(|id| (id, step.routine)));
        }
        movable.retain(|id, _| !elsewhere.contains(id));
        movable
    }

    fn may_leave(&self, e: &Expr) -> bool {
        e.any(&mut |part| {
            self.managed(part.ty) && self.observable(part.ty) && self.runs_hook(part.ty)
        })
    }
}

/// Is a global mentioned in `e` after `target` was evaluated? `None` where that is no part of `e`.
fn mentioned_after(e: &Expr, target: &Expr, id: GlobalVarId) -> Option<bool> {
    if std::ptr::eq(e, target) {
        return Some(false);
    }
    let mut after = None;
    let mut next = |part: &Expr| {
        after = match after {
            None => mentioned_after(part, target, id),
            Some(found) => Some(found || mentions(part, id)),
        };
    };
    // Of several branches one is taken.
    let inside = |branch: &Expr| mentioned_after(branch, target, id);
    if matches!(e.kind, ExprKind::If(..) | ExprKind::Case { .. })
        && let Some(found) = e.ends().into_iter().flatten().find_map(inside)
    {
        return Some(found);
    }
    e.each_child(&mut next);
    let repeats = matches!(e.kind, ExprKind::While(..) | ExprKind::For { .. });
    after.map(|found| found || repeats)
}

fn mentions(e: &Expr, id: GlobalVarId) -> bool {
    e.any(&mut |part| matches!(part.kind, ExprKind::Global(other) if other == id))
}

impl Fun<'_, '_> {
    /// Is `e` where the top level mentions one of its variables last, so that reading it moves the value?
    pub(super) fn moves_global(&self, e: &Expr) -> bool {
        let ExprKind::Global(id) = e.kind else {
            return false;
        };
        let routine = &self.source().routine;
        let body = routine.body.as_deref();
        self.cx.cache.movable.borrow().get(&id) == Some(&routine.id)
            && body.and_then(|body| mentioned_after(body, e, id)) == Some(false)
    }

    /// At the end of a body: if it is a step of such a group, hands over what is left, and ends the group.
    pub(super) fn end_step(&mut self) {
        let step = self.source().routine.id;
        let Some(ends) = self.cx.cache.steps.borrow().get(&step).copied() else {
            return;
        };
        for index in 0..self.stack.len() {
            let entry = &self.stack[index];
            if entry.lasts != Lasts::Group || entry.dead || !self.b.alive() {
                continue;
            }
            let id = entry.id;
            match entry.what {
                Cleanup::Reg(reg, _) => self.keep(reg.into()),
                Cleanup::Mem(addr, ty) => {
                    let cell = self.in_a_cell(addr, ty);
                    self.set_dead(id, true);
                    self.keep(cell);
                    self.b.dec_ref(cell, None);
                }
                _ => {}
            }
        }
        if ends && self.b.alive() {
            let drop = self.cx.required("dropTemporaries");
            let unwind = self.unwind();
            self.b.call(None, Callee::Proc(drop), smallvec![], unwind);
        }
    }

    /// Moves a value to an object of its own.
    fn in_a_cell(&mut self, addr: Addr, ty: TypeId) -> Operand {
        let desc = self.b.reg(Scalar::Ptr);
        self.b.emit(Inst::DescAddr {
            dst: desc,
            desc: self.cx.desc(ty),
        });
        let unwind = self.unwind();
        let new = Callee::Runtime(RtFn::NewRef);
        let cell = (self.b).call(Some(Scalar::Ptr), new, smallvec![desc.into()], unwind);
        self.b.mem_copy(Addr::op(cell), addr, self.cx.size(ty));
        cell
    }

    /// `system` takes a reference of its own.
    fn keep(&mut self, value: Operand) {
        let keep = self.cx.required("keepTemporary");
        let unwind = self.unwind();
        self.b
            .call(None, Callee::Proc(keep), smallvec![value], unwind);
    }
}
