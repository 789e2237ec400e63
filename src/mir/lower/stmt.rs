//! Statements: sequences, declarations, assignments, loops and blocks.

use super::builder::Addr;
use super::cleanup::{Cleanup, Exit};
use super::frame::{Dest, Slot, Storage, Value};
use super::last_use::root;
use super::layout::Kind;
use super::routine::Fun;
use crate::mir::{CmpOp, Inst, Operand, Reg, Scalar};
use crate::sema::typed::{Expr, ExprKind, GlobalVarId, LabelId, LocalId, LocalKind, TypeBound};
use crate::sema::types::TypeId;

impl<'r> Fun<'_, 'r> {
    /// Runs an expression for what it does, as a statement.
    pub(super) fn effect(&mut self, e: &'r Expr) {
        if !self.b.alive() {
            return;
        }
        let depth = self.stack.len();
        self.build(e, Dest::Nothing);
        self.close_temporaries(depth);
    }

    /// A body of its own: what it declares ends with it.
    pub(super) fn scoped(&mut self, e: &'r Expr, dest: Dest) {
        let depth = self.stack.len();
        self.scopes += 1;
        self.last_scope += 1;
        let outer = std::mem::replace(&mut self.scope, self.last_scope);
        match dest {
            Dest::Nothing => self.effect(e),
            _ => self.build(e, dest),
        }
        self.scopes -= 1;
        self.scope = outer;
        self.close(depth);
    }

    /// One after the other; the last gives the value. Not a scope.
    pub(super) fn sequence(&mut self, parts: &'r [Expr], dest: Dest) {
        let Some((last, before)) = parts.split_last() else {
            return;
        };
        for part in before {
            self.effect(part);
        }
        match dest {
            Dest::Nothing => self.effect(last),
            _ if self.b.alive() => self.build(last, dest),
            _ => {}
        }
    }

    /// Brings a local into being.
    pub(super) fn declare(&mut self, id: LocalId, value: Option<&'r Expr>) {
        let local = self.local(id);
        let ty = local.ty;
        self.hold(ty);
        if local.captured && !matches!(local.kind, LocalKind::Captured(_)) {
            return self.declare_shared(id, value);
        }
        let storage = self.fresh_storage(ty, self.needs_address(id));
        if local.kind == LocalKind::Cursor || self.source().info.is_cursor(id) {
            if let Some(value) = value {
                self.borrow_into(value, storage);
            } else {
                self.zero_storage(ty, storage);
            }
            return self.set_slot(
                id,
                Slot {
                    storage,
                    entry: None,
                },
            );
        }
        let depth = self.stack.len();
        match value {
            Some(value) => {
                self.build(value, Self::dest(storage));
                self.close_temporaries(depth);
            }
            None if local.noinit && !self.cx.managed(ty) => {}
            None => self.zero_storage(ty, storage),
        }
        let cleanup = self.cleanup_for(ty, storage);
        // As in Nim, what its value was made of is destroyed before the variable.
        let entry = cleanup.map(|cleanup| self.insert(depth, cleanup, value.is_none()));
        self.set_slot(id, Slot { storage, entry });
    }

    /// A local in an environment: closures of an earlier iteration may have left a value there.
    fn declare_shared(&mut self, id: LocalId, value: Option<&'r Expr>) {
        let ty = self.local(id).ty;
        let Storage::Mem(addr) = self.slot_of(id).storage else {
            return;
        };
        match value {
            Some(value) => self.replace(ty, value, |_| addr),
            None => {
                self.vacate(ty, addr);
                self.cx.default_value(&mut self.b, ty, addr);
            }
        }
    }

    /// Copies the bits of what `value` reads, without owning anything.
    pub(super) fn borrow_into(&mut self, value: &'r Expr, storage: Storage) {
        let read = self.eval(value);
        match (read, storage) {
            (Value::Scalar(op), Storage::Reg(reg)) => self.b.copy(reg, op),
            (Value::Scalar(op), Storage::Mem(addr)) => {
                if let Kind::Scalar(scalar, _) = self.cx.kind(value.ty) {
                    self.b.store(scalar, addr, op);
                }
            }
            (Value::Pair(a, len), Storage::Pair(to, to_len)) => {
                self.b.copy(to, a);
                self.b.copy(to_len, len);
            }
            (Value::Mem(from), Storage::Mem(addr)) => {
                let size = self.cx.size(value.ty);
                self.b.mem_copy(addr, from, size);
            }
            _ => {}
        }
    }

    /// Gives a global its first value.
    pub(super) fn init_global(&mut self, id: GlobalVarId, value: Option<&'r Expr>) {
        let addr = self.global_addr(id);
        let ty = (self.cx.global)(id).map_or(TypeId::VOID, |global| global.ty);
        if (self.cx.global)(id).is_some_and(|global| global.nested) && self.scopes > 0 {
            return self.init_nested(id, ty, addr, value);
        }
        match value {
            Some(value) => self.build_global(value, addr),
            None if self.cx.has_rtti(ty) => self.cx.set_rtti(&mut self.b, ty, addr),
            None => {}
        }
    }

    /// As in Nim, a variable takes its first value from another one that is not mentioned again.
    fn build_global(&mut self, value: &'r Expr, addr: Addr) {
        if self.moves_global(value) {
            let from = self.place(value);
            return self.cx.move_value(&mut self.b, value.ty, addr, from);
        }
        self.build_variable(value, addr);
    }

    /// A variable of a block or loop of the top level starts anew each time. A value whose destructor the program
    /// declares ends with the block, and the storage holds nothing then, unless other routines may look at it.
    fn init_nested(&mut self, id: GlobalVarId, ty: TypeId, addr: Addr, value: Option<&'r Expr>) {
        if !self.cx.observable(ty) || self.cx.cache.shared.borrow().contains(&id) {
            return self.reinit(ty, addr, value);
        }
        let depth = self.stack.len();
        match value {
            Some(value) => {
                self.build_global(value, addr);
                self.close_temporaries(depth);
            }
            None => self.cx.default_value(&mut self.b, ty, addr),
        }
        self.cx.cache.scoped.borrow_mut().insert(id);
        self.insert(depth, Cleanup::Partial(addr, ty), false);
    }

    /// Gives a variable its first value, which may not be the first one that it has.
    fn reinit(&mut self, ty: TypeId, addr: Addr, value: Option<&'r Expr>) {
        match value {
            Some(value) if self.cx.managed(ty) => self.replace(ty, value, |_| addr),
            Some(value) => self.build_variable(value, addr),
            None => {
                self.vacate(ty, addr);
                self.cx.default_value(&mut self.b, ty, addr);
            }
        }
    }

    pub(super) fn global_addr(&mut self, id: GlobalVarId) -> Addr {
        if let Some(global) = (self.cx.global)(id)
            && global.import.is_some()
        {
            let place = self.b.place();
            self.cx
                .unsupported(place, format_args!("the C variable `{}`", global.shown));
        }
        Addr {
            base: super::builder::Base::Global(self.cx.global_id(id)),
            offset: 0,
        }
    }

    /// `place = value`.
    pub(super) fn assign(&mut self, place: &'r Expr, value: &'r Expr) {
        let ty = place.ty;
        if let (ExprKind::Local(to), ExprKind::Local(from)) = (&place.kind, &value.kind)
            && to == from
        {
            return;
        }
        if let ExprKind::Local(id) = place.kind {
            let slot = self.slot_of(id);
            if let Storage::Reg(_) | Storage::Pair(..) | Storage::Nothing = slot.storage {
                return self.assign_register(ty, slot, value);
            }
            if self.owns(self.local(id))
                && slot.entry.is_some_and(|entry| self.is_dead(entry))
                && !self.source().info.is_given(id)
                && let Storage::Mem(addr) = slot.storage
                && !self.mentions(value, id)
            {
                // Nothing is there, so the value can be built in place.
                self.build_variable(value, addr);
                return self.revive(slot);
            }
            if self.local(id).kind == LocalKind::Cursor {
                return self.borrow_into(value, slot.storage);
            }
        }
        if self.source().info.is_first(place)
            && let Some(id) = root(place)
            && self.owns(self.local(id))
            && !self.mentions(value, id)
        {
            return self.build_in_place(place, value);
        }
        if let ExprKind::Field { object, field, .. } = &place.kind
            && let Some((_, body)) = self.cx.types.object(object.ty)
            && body.fields[*field].is_discriminator()
        {
            return self.assign_discriminator(object, *field, value);
        }
        if !self.cx.managed(ty) {
            return self.assign_plain(place, value);
        }
        if let ExprKind::Field { object, field, .. } = &place.kind
            && self.is_cursor(object.ty, *field)
        {
            let addr = self.place_for_write(place);
            let addr = self.b.settle(addr);
            return self.borrow_into(value, Storage::Mem(addr));
        }
        let early = (self.has_effects(place) && self.has_effects(value))
            .then(|| self.place_for_write(place))
            .map(|addr| self.b.settle(addr));
        if let Some(hook) = self.copying_hook(ty, value) {
            return self.assign_by_hook(hook, place, early, value);
        }
        self.replace(ty, value, |fun| match early {
            Some(addr) => addr,
            None => fun.place_for_write(place),
        });
        if let ExprKind::Local(id) = place.kind {
            let slot = self.slot_of(id);
            self.revive(slot);
        }
    }

    /// Builds the value in a place that holds nothing, as no hook needs to hear of.
    pub(super) fn build_in_place(&mut self, place: &'r Expr, value: &'r Expr) {
        if !self.cx.managed(place.ty) {
            return self.assign_plain(place, value);
        }
        let addr = self.place_for_write(place);
        let addr = self.b.settle(addr);
        self.build_variable(value, addr);
    }

    fn revive(&mut self, slot: Slot) {
        if let Some(entry) = slot.entry {
            self.set_dead(entry, false);
        }
    }

    fn assign_register(&mut self, ty: TypeId, slot: Slot, value: &'r Expr) {
        match slot.storage {
            Storage::Pair(a, b) => self.build(value, Dest::Pair(a, b)),
            Storage::Reg(reg) if self.cx.managed(ty) && slot.entry.is_some() => {
                let new = self.owned(value);
                let dead = slot.entry.is_some_and(|entry| self.is_dead(entry));
                let old = (!dead).then(|| self.b.keep(Scalar::Ptr, reg.into()));
                self.b.copy(reg, new);
                self.revive(slot);
                if let Some(ptr) = old {
                    self.give_up(ty, ptr);
                }
            }
            Storage::Reg(reg) => {
                let new = self.scalar(value);
                self.b.copy(reg, new);
            }
            _ => self.effect(value),
        }
    }

    /// A value that owns nothing.
    fn assign_plain(&mut self, place: &'r Expr, value: &'r Expr) {
        if self.is_bit_field(place) {
            let late = !self.has_effects(place) || !self.has_effects(value);
            let early = match late {
                true => None,
                false => self.bit_place(place, true),
            };
            let new = self.scalar(value);
            if let Some(place) = early.or_else(|| self.bit_place(place, true)) {
                self.write_bits(place, new);
            }
            return;
        }
        let effects = self.has_effects(place);
        match self.cx.kind(place.ty) {
            Kind::Scalar(scalar, _) => {
                let early = (effects && self.has_effects(value))
                    .then(|| self.place_for_write(place))
                    .map(|addr| self.b.settle(addr));
                let new = self.scalar(value);
                let addr = early.unwrap_or_else(|| self.place_for_write(place));
                self.b.store(scalar, addr, new);
            }
            Kind::Memory => {
                let size = self.cx.size(place.ty);
                if self.is_place(value) {
                    let Value::Mem(from) = self.eval(value) else {
                        return;
                    };
                    let addr = self.place_for_write(place);
                    // Source and target may overlap in part (a field of a variant), so through the stack if unsure.
                    return self.copy_over(place.ty, addr, from, size);
                }
                if let Some(addr) = self.in_place(place, value) {
                    return self.build_variable(value, addr);
                }
                let temp = Addr::slot(self.new_slot(place.ty));
                self.build_variable(value, temp);
                let addr = self.place_for_write(place);
                self.b.mem_copy(addr, temp, size);
            }
            Kind::Pair | Kind::Unit => self.effect(value),
        }
    }

    /// The storage of a local that `value` can be built over: nothing that it reads is there, and nobody would see it half
    /// done.
    fn in_place(&mut self, place: &'r Expr, value: &'r Expr) -> Option<Addr> {
        let ExprKind::Local(id) = place.kind else {
            return None;
        };
        let local = self.local(id);
        let shared = local.captured || matches!(local.kind, LocalKind::Captured(_));
        let guarded = self
            .stack
            .iter()
            .any(|entry| matches!(entry.what, Cleanup::Handler(_) | Cleanup::Finally(..)));
        if shared
            || self.needs_address(id)
            || self.reads_through(value, id)
            || guarded && self.has_effects(value)
        {
            return None;
        }
        match self.slot_of(id).storage {
            Storage::Mem(addr) => Some(addr),
            _ => None,
        }
    }

    /// Does it read the local, or something by an address?
    fn reads_through(&self, e: &Expr, id: LocalId) -> bool {
        e.any(&mut |part| match part.kind {
            ExprKind::Local(found) => found == id,
            ExprKind::Deref(_) => true,
            _ => false,
        })
    }

    fn copy_over(&mut self, ty: TypeId, to: Addr, from: Addr, size: u64) {
        if self.cx.has_rtti(ty) {
            let temp = Addr::slot(self.new_slot(ty));
            self.cx.copy_value(&mut self.b, ty, temp, from, None);
            return self.b.mem_copy(to, temp, size);
        }
        self.b.mem_copy(to, from, size);
    }

    /// Builds the new value aside, destroys the old one, moves the new one in. What the value reads may be part of what
    /// it replaces, so the order matters.
    fn replace(&mut self, ty: TypeId, value: &'r Expr, place: impl FnOnce(&mut Self) -> Addr) {
        if self.cx.plain_ref(ty) {
            let new = self.owned(value);
            let new = self.b.keep(Scalar::Ptr, new);
            let held = self.hold_scalar(new, ty);
            let addr = place(self);
            self.forget_held(held);
            let old = self.b.load(Scalar::Ptr, addr);
            self.b.store(Scalar::Ptr, addr, new);
            return self.give_up(ty, old);
        }
        if let Some((slot, from)) = self.moving(value) {
            let addr = place(self);
            let addr = self.b.settle(addr);
            self.sink_into(ty, addr, from);
            self.cx.clear_value(&mut self.b, ty, from);
            return self.moved(slot);
        }
        let temp = Addr::slot(self.new_slot(ty));
        self.build_variable(value, temp);
        let held = self.push(Cleanup::Mem(temp, ty), false);
        let addr = place(self);
        let addr = self.b.settle(addr);
        self.forget(held);
        self.sink_into(ty, addr, temp);
    }

    /// The storage of a local that is moved from here.
    fn moving(&mut self, value: &'r Expr) -> Option<(Slot, Addr)> {
        let ExprKind::Local(id) = value.kind else {
            return None;
        };
        if !self.moves_from(value) {
            return None;
        }
        let slot = self.slot_of(id);
        match slot.storage {
            Storage::Mem(addr) => Some((slot, addr)),
            _ => None,
        }
    }

    /// Moves an owned value over another: `=sink`.
    pub(super) fn sink_into(&mut self, ty: TypeId, addr: Addr, temp: Addr) {
        if let Some(hook) = self.cx.hook(ty, TypeBound::Sink) {
            return self.call_hook(hook, ty, addr, temp);
        }
        if self.cx.sinks_by_parts(ty) {
            return self.sink_parts(ty, addr, temp);
        }
        // Where somebody can see it, the old value goes last: its destructor may look at the place.
        let seen = self.cx.observable(ty) && self.cx.hook(ty, TypeBound::Destroy).is_none();
        let late = seen && (self.cx.size(ty) <= 64 || self.cx.destroy_raises(ty));
        if !late {
            self.destroy(ty, addr);
            return self.b.mem_copy(addr, temp, self.cx.size(ty));
        }
        let old = Addr::slot(self.new_slot(ty));
        let size = self.cx.size(ty);
        self.b.mem_copy(old, addr, size);
        self.b.mem_copy(addr, temp, size);
        self.destroy(ty, old);
    }

    /// Moves a value over another part by part, as one of the parts has a `=sink`.
    fn sink_parts(&mut self, ty: TypeId, addr: Addr, temp: Addr) {
        for (part, offset) in self.cx.parts_of(ty) {
            let (to, from) = (addr.plus(offset), temp.plus(offset));
            match self.cx.managed(part) {
                true => self.sink_into(part, to, from),
                false => self.b.mem_copy(to, from, self.cx.size(part)),
            }
        }
    }

    fn copying_hook(&self, ty: TypeId, value: &'r Expr) -> Option<crate::sema::typed::RoutineId> {
        let hook = self.cx.hook(ty, TypeBound::Copy)?;
        let moves = self.moves_from(value) || self.moves_part(value);
        (self.is_place(value) && !moves).then_some(hook)
    }

    fn assign_by_hook(
        &mut self,
        hook: crate::sema::typed::RoutineId,
        place: &'r Expr,
        early: Option<Addr>,
        value: &'r Expr,
    ) {
        let from = match self.eval(value) {
            Value::Mem(from) => from,
            Value::Scalar(op) => self.spill(value.ty, op),
            _ => return,
        };
        let addr = early.unwrap_or_else(|| self.place_for_write(place));
        self.call_hook(hook, place.ty, addr, from);
    }

    /// Changing a discriminator to another branch destroys what the old branch held.
    fn assign_discriminator(&mut self, object: &'r Expr, field: usize, value: &'r Expr) {
        let Some((_, body)) = self.cx.types.object(object.ty) else {
            return;
        };
        let Kind::Scalar(scalar, signed) = self.cx.kind(body.fields[field].ty) else {
            return;
        };
        let new = self.scalar(value);
        let new = self.b.keep(scalar, new);
        let addr = self.place_for_write(object);
        let addr = self.b.settle(addr);
        let layout = self.cx.cache.layouts.fields(self.cx.types, object.ty);
        let at = addr.plus(layout.offsets[field]);
        let old = self.b.load(scalar, at);
        let (change, done) = (self.b.block(), self.b.block());
        let wide_old = self.b.resize(scalar, signed, Scalar::I64, old);
        let wide_new = self.b.resize(scalar, signed, Scalar::I64, new);
        let (from, to) = (
            self.branch_number(body, field, wide_old),
            self.branch_number(body, field, wide_new),
        );
        let other = self.b.cmp(CmpOp::Ne, Scalar::I64, from, to);
        self.b.branch(other, change, done);
        self.b.enter(change);
        let cx = self.cx;
        self.giving_up(cx.destroy_raises(object.ty), |b, unwind| {
            let visit = &mut |b: &mut _, ty, at, _| {
                let from = cx.aside(b, ty, at);
                cx.destroy_value(b, ty, from, unwind);
            };
            cx.branches(b, object.ty, body, field, (addr, addr), visit);
        });
        for branch in super::layout::branches_of(body, field) {
            for index in super::layout::nested(body, &branch) {
                let size = cx.size(body.fields[index].ty);
                self.b.mem_zero(addr.plus(layout.offsets[index]), size);
            }
        }
        self.b.goto(done);
        self.b.enter(done);
        self.b.store(scalar, at, new);
    }

    /// Which branch a discriminator's value selects, as a number.
    fn branch_number(
        &mut self,
        body: &crate::sema::types::ObjectBody,
        field: usize,
        value: Operand,
    ) -> Operand {
        let number = self.b.reg(Scalar::I64);
        self.b.copy(number, Operand::Int(-1));
        for (i, fields) in (0i64..).zip(super::layout::branches_of(body, field)) {
            let ranges = body.fields[fields[0]].when.as_ref();
            for &(lo, hi) in ranges.map_or(&[][..], |(_, ranges)| ranges) {
                let hit = super::synth::in_range(&mut self.b, value, lo, hi);
                self.b.emit(Inst::Select {
                    dst: number,
                    cond: hit,
                    a: Operand::Int(i),
                    b: number.into(),
                });
            }
        }
        number.into()
    }

    /// A loop.
    pub(super) fn repeat(&mut self, cond: &'r Expr, body: &'r Expr) {
        self.revive_all();
        let head = self.b.block();
        let end = self.target();
        self.b.goto(head);
        self.b.enter(head);
        let depth = self.stack.len();
        if !matches!(cond.kind, ExprKind::Int(1)) {
            let go = self.scalar(cond);
            self.close_temporaries(depth);
            let (inside, outside) = (self.b.block(), self.b.block());
            self.b.branch(go, inside, outside);
            self.b.enter(outside);
            let dead = self.dead_now();
            self.leave(Exit::To(end));
            self.set_all_dead(&dead);
            self.b.enter(inside);
        }
        self.scoped(body, Dest::Nothing);
        self.close(depth);
        if self.b.alive() {
            let unwind = self.unwind();
            self.b.emit(Inst::Poll { unwind });
            self.b.goto(head);
        }
        self.enter_target(end);
    }

    /// A block that `break` leaves.
    pub(super) fn labelled(&mut self, label: LabelId, body: &'r Expr, dest: Dest) {
        let target = self.target();
        let before = self.labels().insert(label, target);
        self.scoped(body, dest);
        self.enter_target(target);
        match before {
            Some(before) => self.labels().insert(label, before),
            None => self.labels().remove(&label),
        };
    }

    pub(super) fn break_to(&mut self, label: LabelId) {
        match self.labels().get(&label).copied() {
            Some(target) => self.leave(Exit::To(target)),
            None => self.cx.bug("a break has no block"),
        }
    }

    /// `return`, which in an inline iterator ends the loop.
    pub(super) fn return_now(&mut self) {
        match self.frames[self.frame].serves {
            Some(served) => self.leave(Exit::To(served.end)),
            None => self.leave(Exit::Return),
        }
    }

    /// Stores a scalar in a slot, to have its address.
    pub(super) fn spill(&mut self, ty: TypeId, value: Operand) -> Addr {
        let addr = Addr::slot(self.new_slot(ty));
        if let Kind::Scalar(scalar, _) = self.cx.kind(ty) {
            self.b.store(scalar, addr, value);
        }
        addr
    }

    /// Gives the register's value to a fresh one, so that it survives assignments to the local.
    pub(super) fn keep_local(&mut self, op: Operand, ty: TypeId) -> Operand {
        match (op, self.cx.kind(ty)) {
            (Operand::Reg(Reg(_)), Kind::Scalar(scalar, _)) => self.b.keep(scalar, op),
            _ => op,
        }
    }
}
