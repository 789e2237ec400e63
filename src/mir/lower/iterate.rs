//! `for` over inline iterators: the iterator's body is expanded in place, the loop's body at each `yield`.
//!
//! As in Nim, a parameter stands for its argument: one that is a variable is seen as it is while the loop runs. Anything
//! else is evaluated once.

use super::builder::{Addr, Base};
use super::frame::{Dest, Frame, Loop, Slot, Storage, Value};
use super::layout::Kind;
use super::routine::Fun;
use crate::mir::{Operand, Scalar};
use crate::sema::typed::{Expr, ExprKind, LocalId, RoutineId, RoutineKind};
use crate::sema::types::{Type, TypeId};

impl<'r> Fun<'_, 'r> {
    pub(super) fn iterate(
        &mut self,
        iterator: RoutineId,
        args: &'r [Expr],
        vars: &'r [LocalId],
        body: &'r Expr,
    ) {
        if self.cx.proc(iterator).routine.kind == RoutineKind::ClosureIterator {
            return self.iterate_instance(iterator, args, vars, body);
        }
        let Some(source) = self.sources.get(&iterator) else {
            self.cx.bug("an iterator's body is not at hand");
            return;
        };
        let routine = &source.routine;
        if routine.kind != RoutineKind::InlineIterator {
            self.cx.bug("a loop over what is no iterator");
            return;
        }
        if self.is_expanding(iterator) {
            let place = self.b.place();
            return self.cx.report(crate::diagnostics::Diagnostic::error(
                place,
                format!(
                    "recursion is not supported in iterators: '{}'",
                    routine.name
                ),
            ));
        }
        let depth = self.stack.len();
        let slots: Vec<Slot> = routine
            .params
            .iter()
            .zip(args)
            .map(|(&param, arg)| self.bind(routine.locals[param.0 as usize].ty, arg))
            .collect();
        self.revive_all();
        let end = self.target();
        let served = Loop {
            frame: self.frame,
            vars,
            body,
            end,
            checks: self.checks,
        };
        self.frames.push(Frame::new(source, Some(served)));
        let outer = std::mem::replace(&mut self.frame, self.frames.len() - 1);
        let checks = std::mem::replace(&mut self.checks, routine.checks);
        let inner = self.stack.len();
        self.open_environment();
        for (&param, slot) in routine.params.iter().zip(slots) {
            let local = &source.routine.locals[param.0 as usize];
            self.go_through(local.ty);
            if local.captured {
                self.share_param(param, local.ty, slot.storage, false);
            } else {
                self.set_slot(param, slot);
            }
        }
        if let Some(code) = &routine.body {
            self.effect(code);
        }
        self.close(inner);
        self.frame = outer;
        self.checks = checks;
        self.enter_target(end);
        self.close(depth);
    }

    fn is_expanding(&self, iterator: RoutineId) -> bool {
        // Walks from the code being lowered outwards through the loops that it serves.
        let mut frame = Some(self.frame);
        while let Some(index) = frame {
            if index > 0 && self.frames[index].source.routine.id == iterator {
                return true;
            }
            frame = self.frames[index].serves.map(|served| served.frame);
        }
        self.frames.len() > 4096
    }

    /// What a parameter of an iterator stands for.
    fn bind(&mut self, param: TypeId, arg: &'r Expr) -> Slot {
        let sink = matches!(self.cx.types.get(param), Type::Sink(_)) && self.cx.managed(param);
        if sink {
            let storage = self.fresh_storage(param, true);
            self.build(arg, Self::dest(storage));
            let cleanup = self.cleanup_for(param, storage);
            let entry = cleanup.map(|cleanup| self.push(cleanup, false));
            return Slot { storage, entry };
        }
        if let ExprKind::Local(id) = arg.kind {
            // The variable itself, but not what it owns.
            let slot = self.slot_of(id);
            return Slot {
                storage: slot.storage,
                entry: None,
            };
        }
        let storage = match (self.eval(arg), self.cx.kind(param)) {
            (Value::Scalar(op), Kind::Scalar(scalar, _)) => {
                let reg = self.b.reg(scalar);
                self.b.copy(reg, op);
                Storage::Reg(reg)
            }
            (Value::Pair(a, b), _) => {
                let (address, len) = (self.b.reg(Scalar::Ptr), self.b.reg(Scalar::I64));
                self.b.copy(address, a);
                self.b.copy(len, b);
                Storage::Pair(address, len)
            }
            (Value::Mem(addr), _) => Storage::Mem(self.fixed(addr)),
            _ => Storage::Nothing,
        };
        Slot {
            storage,
            entry: None,
        }
    }

    /// The address, safe from assignments in the loop.
    fn fixed(&mut self, addr: Addr) -> Addr {
        match addr.base {
            Base::Op(op @ Operand::Reg(_)) => Addr {
                base: Base::Op(self.b.keep(Scalar::Ptr, op)),
                offset: addr.offset,
            },
            _ => addr,
        }
    }

    /// `yield`: the loop's body, with its variables set.
    pub(super) fn yield_now(&mut self, value: &'r Expr) {
        let Some(served) = self.frames[self.frame].serves else {
            return self.suspend(value);
        };
        let depth = self.stack.len();
        let iterator = self.frame;
        match served.vars {
            [] => self.effect(value),
            &[var] => self.yield_one(served.frame, var, value),
            vars => self.yield_parts(served.frame, vars, value),
        }
        self.frame = served.frame;
        let checks = std::mem::replace(&mut self.checks, served.checks);
        self.scopes += 1;
        self.effect(served.body);
        self.scopes -= 1;
        self.frame = iterator;
        self.checks = checks;
        self.close(depth);
    }

    /// Gives one variable its value. The value belongs to the iterator's frame, the variable to the loop's.
    fn yield_one(&mut self, frame: usize, var: LocalId, value: &'r Expr) {
        let iterator = std::mem::replace(&mut self.frame, frame);
        let local = self.local(var);
        let ty = local.ty;
        self.hold(ty);
        let captured = local.captured.then(|| self.slot_of(var).storage);
        let addressed = self.needs_address(var);
        self.frame = iterator;
        if let Some(Storage::Mem(addr)) = captured {
            return self.replace_shared(ty, value, addr);
        }
        let storage = self.fresh_storage(ty, addressed);
        let depth = self.stack.len();
        self.build_part(value, ty, Self::dest(storage));
        self.close_temporaries(depth);
        self.bind_var(frame, var, ty, storage);
    }

    fn bind_var(&mut self, frame: usize, var: LocalId, ty: TypeId, storage: Storage) {
        let cleanup = self.cleanup_for(ty, storage);
        let entry = cleanup.map(|cleanup| self.push(cleanup, false));
        self.frames[frame].locals[var.0 as usize] = Some(Slot { storage, entry });
    }

    fn replace_shared(&mut self, ty: TypeId, value: &'r Expr, addr: Addr) {
        let temp = Addr::slot(self.new_slot(ty));
        self.build(value, Dest::Var(temp));
        if self.cx.managed(ty) {
            self.sink_into(ty, addr, temp);
        } else {
            let size = self.cx.size(ty);
            self.b.mem_copy(addr, temp, size);
        }
    }

    fn yield_parts(&mut self, frame: usize, vars: &[LocalId], value: &'r Expr) {
        if let ExprKind::Tuple(parts) = &super::expr::without_conversions(value).kind {
            for (&var, part) in vars.iter().zip(parts) {
                self.yield_one(frame, var, part);
            }
            return;
        }
        let tuple = self.cx.types.repr(value.ty);
        let layout = self.cx.cache.layouts.fields(self.cx.types, tuple);
        // A fresh tuple is taken apart, one that stands elsewhere is copied from.
        let lent = self.cx.is_address(value.ty);
        let fresh = !lent && !self.is_place(value);
        let from = match fresh {
            false if lent => Addr::op(self.scalar(value)),
            true => {
                let addr = Addr::slot(self.new_slot(value.ty));
                self.build_at(value, addr);
                addr
            }
            false => self.place(value),
        };
        for (&var, &offset) in vars.iter().zip(&layout.offsets) {
            let iterator = std::mem::replace(&mut self.frame, frame);
            let local = self.local(var);
            let (ty, captured) = (local.ty, local.captured);
            self.hold(ty);
            let addressed = self.needs_address(var);
            let target = captured.then(|| self.slot_of(var).storage);
            self.frame = iterator;
            let storage = target.unwrap_or_else(|| self.fresh_storage(ty, addressed));
            self.take_part(ty, storage, from.plus(offset), fresh, captured);
            if !captured {
                self.bind_var(frame, var, ty, storage);
            }
        }
    }

    fn take_part(&mut self, ty: TypeId, storage: Storage, from: Addr, fresh: bool, shared: bool) {
        match storage {
            Storage::Reg(reg) => {
                self.b.load_to(reg, from);
                if !fresh && self.cx.managed(ty) {
                    self.b.emit(crate::mir::Inst::IncRef { ptr: reg.into() });
                }
            }
            Storage::Mem(addr) => {
                if shared {
                    self.vacate(ty, addr);
                }
                if fresh {
                    let size = self.cx.size(ty);
                    return self.b.mem_copy(addr, from, size);
                }
                let unwind = self.unwind();
                self.cx.copy_value(&mut self.b, ty, addr, from, unwind);
            }
            _ => {}
        }
    }
}
