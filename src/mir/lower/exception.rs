//! `try`, `raise`, and the exception that is being handled.
//!
//! The exception that a handler handles is *current*: a global of `system` holds it, and whoever enters a handler saves
//! the one before and puts it back on every way out.

use smallvec::smallvec;

use super::builder::{Addr, Base};
use super::cleanup::{Cleanup, Exit};
use super::frame::{Dest, Slot, Storage};
use super::routine::Fun;
use crate::mir::{BlockId, Callee, CmpOp, Inst, Operand, Reg, RtFn, Scalar};
use crate::sema::typed::{Checks, Except, Expr};
use crate::sema::types::TypeId;
use crate::source::Name;

impl<'r> Fun<'_, 'r> {
    pub(super) fn protect(
        &mut self,
        body: &'r Expr,
        excepts: &'r [Except],
        finally: Option<&'r Expr>,
        dest: Dest,
    ) {
        let last = finally.map(|finally| {
            let what = Cleanup::Finally(finally, self.frame, self.checks);
            (self.push(what, false), finally)
        });
        let end = self.target();
        if excepts.is_empty() {
            self.scoped(body, dest);
        } else {
            let handler = self.b.block();
            self.b.cold(handler);
            let guard = self.push(Cleanup::Handler(handler), false);
            let dead = self.dead_now();
            self.scoped(body, dest);
            self.forget(guard);
            self.leave(Exit::To(end));
            self.b.enter(handler);
            self.set_all_dead(&dead);
            // Whatever had been moved or given a value by then: all of it is safe to destroy.
            self.revive_all();
            self.handlers(excepts, dest, end);
        }
        self.enter_target(end);
        if let Some((id, finally)) = last {
            self.forget(id);
            self.scoped(finally, Dest::Nothing);
        }
    }

    /// `finally` on another way out.
    pub(super) fn finally_on(&mut self, body: &'r Expr, frame: usize, checks: Checks, exit: Exit) {
        self.frame = frame;
        self.checks = checks;
        if exit != Exit::Unwind {
            return self.scoped(body, Dest::Nothing);
        }
        // The exception that is under way waits, and is current meanwhile; one that `finally` raises takes its place.
        let exc = self.exc();
        let previous = self.make_current(exc);
        let entry = self.push(Cleanup::Handled(previous), false);
        self.scoped(body, Dest::Nothing);
        self.forget(entry);
        if self.b.alive() {
            let current = self.current_addr();
            self.b.load_to(exc, current);
            self.b.store(Scalar::Ptr, current, previous.into());
        }
    }

    /// Gives an exception to the global that holds the current one. The one before is in the register.
    fn make_current(&mut self, exc: Reg) -> Reg {
        let current = self.current_addr();
        let previous = self.b.reg(Scalar::Ptr);
        self.b.load_to(previous, current);
        self.b.store(Scalar::Ptr, current, exc.into());
        previous
    }

    fn handlers(&mut self, excepts: &'r [Except], dest: Dest, end: usize) {
        let exc = self.exc();
        let kind = self.b.load(Scalar::Ptr, Addr::op(exc));
        for except in excepts {
            let (inside, next) = (self.b.block(), self.b.block());
            if except.types.is_empty() {
                self.b.goto(inside);
            }
            for &ty in &except.types {
                self.test_type(kind, ty, inside);
            }
            self.b.goto(next);
            self.b.enter(inside);
            let dead = self.dead_now();
            self.handler(except, exc, dest);
            self.leave(Exit::To(end));
            self.set_all_dead(&dead);
            self.b.enter(next);
            if except.types.is_empty() {
                return self.b.end(crate::mir::Term::Unreachable);
            }
        }
        self.throw(exc.into());
    }

    /// Goes to `inside` if the dynamic type `kind` is `ty` or an heir of it.
    fn test_type(&mut self, kind: Operand, ty: TypeId, inside: BlockId) {
        let is = self.is_of(kind, ty);
        let next = self.b.block();
        self.b.branch(is, inside, next);
        self.b.enter(next);
    }

    /// Is the descriptor that of `ty` or an heir?
    pub(super) fn is_of(&mut self, kind: Operand, ty: TypeId) -> Operand {
        let want = self.b.reg(Scalar::Ptr);
        self.b.emit(Inst::DescAddr {
            dst: want,
            desc: self.cx.desc(ty),
        });
        self.b.call(
            Some(Scalar::I8),
            Callee::Runtime(RtFn::IsOf),
            smallvec![kind, want.into()],
            None,
        )
    }

    fn handler(&mut self, except: &'r Except, exc: Reg, dest: Dest) {
        let depth = self.stack.len();
        let previous = self.make_current(exc);
        self.push(Cleanup::Handled(previous), false);
        if let Some(binding) = except.binding {
            self.bind_exception(binding, exc);
        }
        self.scoped(&except.body, dest);
        self.close(depth);
    }

    /// `except T as e`: one more reference to the exception.
    fn bind_exception(&mut self, binding: crate::sema::typed::LocalId, exc: Reg) {
        let local = self.local(binding);
        let ty = local.ty;
        self.hold(ty);
        if local.captured {
            if let Storage::Mem(addr) = self.slot_of(binding).storage {
                let old = self.b.load(Scalar::Ptr, addr);
                let counted = self.count(exc.into());
                self.b.store(Scalar::Ptr, addr, counted);
                self.give_up(ty, old);
            }
            return;
        }
        let storage = self.fresh_storage(ty, self.needs_address(binding));
        let counted = self.count(exc.into());
        match storage {
            Storage::Reg(reg) => self.b.copy(reg, counted),
            Storage::Mem(addr) => self.b.store(Scalar::Ptr, addr, counted),
            _ => {}
        }
        let cleanup = self.cleanup_for(ty, storage);
        let entry = cleanup.map(|cleanup| self.push(cleanup, false));
        self.set_slot(binding, Slot { storage, entry });
    }

    /// Leaves a handler. Gives the exception that it handled, to be given up.
    pub(super) fn restore_current(&mut self, previous: Reg) -> Operand {
        let current = self.current_addr();
        let handled = self.b.load(Scalar::Ptr, current);
        self.b.store(Scalar::Ptr, current, previous.into());
        handled
    }

    fn current_addr(&mut self) -> Addr {
        match self
            .cx
            .hooks
            .system_globals
            .get(&Name::new("currException"))
        {
            Some(&id) => Addr {
                base: Base::Global(self.cx.global_id(id)),
                offset: 0,
            },
            None => {
                self.cx.bug("system has no global `currException`");
                self.cx.zeros(8)
            }
        }
    }

    /// `getCurrentException()`, not counted.
    pub(super) fn current_exception(&mut self) -> Operand {
        let addr = self.current_addr();
        self.b.load(Scalar::Ptr, addr)
    }

    pub(super) fn raise(&mut self, value: Option<&'r Expr>) {
        let exc = match value {
            Some(value) => {
                // Traces show where it is raised, not the template that makes it.
                let here = self.b.place();
                let exc = self.owned(value);
                self.b.at(here);
                let exc = self.b.keep(Scalar::Ptr, exc);
                if !self.b.alive() {
                    return;
                }
                let held = self.hold_scalar(exc, value.ty);
                self.check_nil(exc);
                if let Some(prepare) = self.cx.system("prepareRaise") {
                    let unwind = self.unwind();
                    self.b
                        .call(None, Callee::Proc(prepare), smallvec![exc], unwind);
                }
                self.forget_held(held);
                exc
            }
            None => {
                let current = self.current_exception();
                let there = self.b.cmp(CmpOp::Ne, Scalar::Ptr, current, Operand::Int(0));
                self.check(there, "raiseReraise", &[]);
                self.count(current)
            }
        };
        self.throw(exc);
    }
}
