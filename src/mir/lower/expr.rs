//! Expressions: reading them, and building their values.
//!
//! [`Fun::eval`] gives something to read: an operand, or the address of a value that lives at least as long as the
//! statement. [`Fun::build`] puts an owned value into storage that the consumer provides; if it leaves with an exception,
//! the storage holds nothing. [`Fun::owned`] is the same for a value in a register.

use super::builder::{Addr, Base};
use super::cleanup::Cleanup;
use super::frame::{Dest, Storage, Value};
use super::last_use::root;
use super::layout::Kind;
use super::own::Copying;
use super::routine::Fun;
use crate::mir::{Inst, Operand, Scalar};
use crate::sema::magic::Magic;
use crate::sema::typed::{Expr, ExprKind, LocalId, LocalKind};
use crate::sema::types::{Type, TypeId};

impl<'r> Fun<'_, 'r> {
    /// The value, for reading.
    pub(super) fn eval(&mut self, e: &'r Expr) -> Value {
        self.at(e);
        match self.cx.kind(e.ty) {
            Kind::Unit => {
                self.build(e, Dest::Nothing);
                Value::Nothing
            }
            Kind::Pair => {
                let (address, len) = self.pair(e);
                Value::Pair(address, len)
            }
            Kind::Scalar(..) => Value::Scalar(self.scalar(e)),
            Kind::Memory => Value::Mem(self.memory(e)),
        }
    }

    pub(super) fn at(&mut self, e: &Expr) {
        if e.place != Default::default() {
            self.b.at(e.place);
        }
        self.cx.cache.place.set(self.b.place());
    }

    /// The address of a value in memory, for reading.
    pub(super) fn memory(&mut self, e: &'r Expr) -> Addr {
        match &e.kind {
            ExprKind::Str(text) => self.data(self.cx.literal_value(text)),
            ExprKind::Nil => self.cx.zeros(self.cx.size(e.ty)),
            _ if self.is_place(e) => self.place(e),
            // What only reads it sees the whole object, with its dynamic type.
            ExprKind::Convert { value, .. } if self.is_base_of(e.ty, value.ty) => {
                self.memory(value)
            }
            _ => match self.cx.constant(e) {
                Some(data) => self.data(data),
                None => self.temporary(e),
            },
        }
    }

    fn is_base_of(&self, base: TypeId, ty: TypeId) -> bool {
        let base = self.cx.types.repr(base);
        let mut at = self.cx.types.repr(ty);
        while let Some(next) = self.cx.types.object(at).and_then(|(_, body)| body.base) {
            at = self.cx.types.repr(next);
            if at == base {
                return true;
            }
        }
        false
    }

    fn data(&self, data: crate::mir::DataId) -> Addr {
        Addr {
            base: Base::Data(data),
            offset: 0,
        }
    }

    /// Builds the value in a temporary.
    pub(super) fn temporary(&mut self, e: &'r Expr) -> Addr {
        let addr = Addr::slot(self.new_slot(e.ty));
        self.build(e, Dest::Mem(addr));
        if self.cx.managed(e.ty) {
            self.push_temporary(Cleanup::Mem(addr, e.ty), e.ty);
        }
        addr
    }

    /// A scalar, for reading. A reference that is made here is given up with the statement.
    pub(super) fn scalar(&mut self, e: &'r Expr) -> Operand {
        self.at(e);
        match self.cx.kind(e.ty) {
            Kind::Scalar(scalar, _) => {
                if !self.cx.managed(e.ty) {
                    return self.plain_scalar(e, scalar);
                }
                if self.is_place(e) || matches!(e.kind, ExprKind::Nil) {
                    return self.read_scalar(e, scalar);
                }
                if !self.cx.in_register(e.ty) {
                    let addr = self.temporary(e);
                    return self.b.load(scalar, addr);
                }
                if let ExprKind::Convert { value, .. } = &e.kind
                    && self.cx.managed(value.ty)
                {
                    return self.convert(e);
                }
                let new = self.owned(e);
                let Operand::Reg(_) = new else { return new };
                let reg = self.b.reg(scalar);
                self.b.copy(reg, new);
                self.push_temporary(Cleanup::Reg(reg, e.ty), e.ty);
                reg.into()
            }
            _ => {
                self.eval(e);
                Operand::Int(0)
            }
        }
    }

    /// A scalar whose type owns nothing.
    fn plain_scalar(&mut self, e: &'r Expr, scalar: Scalar) -> Operand {
        match &e.kind {
            ExprKind::Int(value) => Operand::Int(*value),
            ExprKind::Float(value) => Operand::Float(*value),
            ExprKind::Str(text) => {
                let data = self.cx.c_text(text);
                self.cx.data_address(&mut self.b, data)
            }
            ExprKind::Nil => Operand::Int(0),
            ExprKind::Const(inner) => self.constant_scalar(inner, scalar),
            ExprKind::Routine(id) => self.code_address(*id),
            ExprKind::Call(id, args) => self.call_scalar(*id, args, e),
            ExprKind::CallValue(callee, args) => self.call_value_scalar(callee, args, e),
            ExprKind::Magic(magic, args) => self.magic_scalar(*magic, args, e),
            ExprKind::AddrOf(place) => self.address_of(place, e.ty),
            ExprKind::Convert { .. } => self.convert(e),
            ExprKind::Cast(value) => self.cast(value, e.ty),
            ExprKind::Set(parts) => self.set_scalar(parts, e.ty),
            _ if self.is_place(e) => self.read_scalar(e, scalar),
            _ => {
                let reg = self.b.reg(scalar);
                self.build(e, Dest::Reg(reg));
                reg.into()
            }
        }
    }

    fn constant_scalar(&mut self, e: &Expr, scalar: Scalar) -> Operand {
        match &e.kind {
            ExprKind::Int(value) => Operand::Int(*value),
            ExprKind::Float(value) => Operand::Float(*value),
            _ => match self.cx.constant_tree(e) {
                Some(data) => {
                    let addr = self.data(data);
                    self.b.load(scalar, addr)
                }
                None => {
                    self.cx.bug("a constant is not constant");
                    Operand::Int(0)
                }
            },
        }
    }

    /// Reads a scalar place.
    fn read_scalar(&mut self, e: &'r Expr, scalar: Scalar) -> Operand {
        match &e.kind {
            ExprKind::Nil => return Operand::Int(0),
            ExprKind::Local(id) => {
                let slot = self.slot_of(*id);
                if let Storage::Reg(reg) = slot.storage {
                    return reg.into();
                }
            }
            ExprKind::Const(inner) => return self.constant_scalar(inner, scalar),
            ExprKind::Convert { value, .. } => return self.scalar(value),
            _ => {}
        }
        if let Some(place) = self.bit_place(e, false) {
            return self.read_bits(place);
        }
        let addr = self.place(e);
        self.b.load(scalar, addr)
    }

    /// A scalar that the consumer owns.
    pub(super) fn owned(&mut self, e: &'r Expr) -> Operand {
        self.at(e);
        let Kind::Scalar(scalar, _) = self.cx.kind(e.ty) else {
            self.eval(e);
            return Operand::Int(0);
        };
        if !self.cx.managed(e.ty) {
            return self.plain_scalar(e, scalar);
        }
        if !self.cx.in_register(e.ty) {
            let addr = Addr::slot(self.new_slot(e.ty));
            self.build(e, Dest::Mem(addr));
            return self.b.load(scalar, addr);
        }
        match &e.kind {
            ExprKind::Nil => Operand::Int(0),
            ExprKind::Local(id) if self.moves_from(e) => {
                let slot = self.slot_of(*id);
                self.move_local(*id, slot, e.ty)
            }
            ExprKind::Convert { value, .. } if self.cx.plain_ref(value.ty) => {
                self.convert_owned(e, value)
            }
            ExprKind::Cast(value) => {
                let op = self.cast(value, e.ty);
                self.count(op)
            }
            _ if self.is_place(e) => {
                if let Some(addr) = self.movable_part(e) {
                    let value = self.b.load(scalar, addr);
                    self.b.store(scalar, addr, Operand::Int(0));
                    return value;
                }
                let value = self.read_scalar(e, scalar);
                self.count(value)
            }
            ExprKind::Call(id, args) => self.call_scalar(*id, args, e),
            ExprKind::CallValue(callee, args) => self.call_value_scalar(callee, args, e),
            ExprKind::Magic(Magic::CurrentException, _) => {
                let value = self.current_exception();
                self.count(value)
            }
            ExprKind::Magic(magic, args) => self.magic_scalar(*magic, args, e),
            ExprKind::Object(fields) => self.new_object(fields, e.ty),
            _ => {
                let reg = self.b.reg(scalar);
                self.build(e, Dest::Reg(reg));
                reg.into()
            }
        }
    }

    /// One more reference to what the operand refers to, in a register of its own.
    pub(super) fn count(&mut self, value: Operand) -> Operand {
        let kept = self.b.keep(Scalar::Ptr, value);
        self.b.emit(Inst::IncRef { ptr: kept });
        kept
    }

    fn move_local(&mut self, _: LocalId, slot: super::frame::Slot, ty: TypeId) -> Operand {
        match slot.storage {
            Storage::Reg(reg) => {
                let value = self.b.keep(Scalar::Ptr, reg.into());
                self.b.copy(reg, Operand::Int(0));
                self.moved(slot);
                value
            }
            Storage::Mem(addr) => {
                let value = self.b.load(Scalar::Ptr, addr);
                self.cx.clear_value(&mut self.b, ty, addr);
                self.moved(slot);
                value
            }
            _ => Operand::Int(0),
        }
    }

    /// The value was moved out of a local, whose storage is zero now.
    pub(super) fn moved(&mut self, slot: super::frame::Slot) {
        if let Some(entry) = slot.entry {
            self.set_dead(entry, true);
        }
    }

    /// Is `e` the last read of a local that owns its value, so that reading it moves?
    pub(super) fn moves_from(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Local(id) => {
                let source = self.source();
                source.info.is_last(e) && self.owns(&source.routine.locals[id.0 as usize])
            }
            ExprKind::Convert { value, .. } => {
                self.cx.types.repr(e.ty) == self.cx.types.repr(value.ty) && self.moves_from(value)
            }
            _ => false,
        }
    }

    /// Is `e` the last read of a part of such a local?
    pub(super) fn moves_part(&self, e: &Expr) -> bool {
        let source = self.source();
        let is_part = matches!(
            e.kind,
            ExprKind::Field { .. } | ExprKind::TupleField(..) | ExprKind::Index { .. }
        );
        is_part
            && source.info.is_last(e)
            && root(e).is_some_and(|id| self.owns(&source.routine.locals[id.0 as usize]))
    }

    /// Builds the value in memory, for who takes it as its own.
    pub(super) fn build_at(&mut self, e: &'r Expr, addr: Addr) {
        self.build(e, Dest::Mem(addr));
    }

    /// Builds the value of a variable.
    pub(super) fn build_variable(&mut self, e: &'r Expr, addr: Addr) {
        self.build(e, Dest::Var(addr));
    }

    /// Builds the value in the storage, which holds nothing. With no storage, what it gives is given up.
    pub(super) fn build(&mut self, e: &'r Expr, dest: Dest) {
        if !self.b.alive() {
            return;
        }
        self.at(e);
        match &e.kind {
            ExprKind::Nop => {}
            ExprKind::If(branches, els) => self.conditional(branches, els.as_deref(), dest),
            ExprKind::Case { on, branches, els } => self.case(on, branches, els.as_deref(), dest),
            ExprKind::Block(label, body) => self.labelled(*label, body, dest),
            ExprKind::While(cond, body) => self.repeat(cond, body),
            ExprKind::For {
                iterator,
                args,
                vars,
                body,
            } => self.iterate(*iterator, args, vars, body),
            ExprKind::Try {
                body,
                excepts,
                finally,
            } => self.protect(body, excepts, finally.as_deref(), dest),
            ExprKind::Seq(parts) => self.sequence(parts, dest),
            ExprKind::Let(id, value) => self.declare(*id, value.as_deref()),
            ExprKind::InitGlobal(id, value) => self.init_global(*id, value.as_deref()),
            ExprKind::Assign(place, value) => self.assign(place, value),
            ExprKind::Break(label) => self.break_to(*label),
            ExprKind::Return => self.return_now(),
            ExprKind::Raise(value) => self.raise(value.as_deref()),
            ExprKind::Yield(value) => self.yield_now(value),
            ExprKind::Discard(value) => {
                self.eval(value);
            }
            ExprKind::Checks(checks, body) => {
                let before = std::mem::replace(&mut self.checks, *checks);
                self.build(body, dest);
                self.checks = before;
            }
            _ => self.build_value(e, dest),
        }
    }

    fn build_value(&mut self, e: &'r Expr, dest: Dest) {
        match (dest, self.cx.kind(e.ty)) {
            (Dest::Nothing, Kind::Unit) => self.build_unit(e),
            (Dest::Nothing, _) => {
                self.eval(e);
            }
            (_, Kind::Unit) => self.build_unit(e),
            (Dest::Reg(reg), _) => {
                let value = self.owned(e);
                self.b.copy(reg, value);
            }
            (Dest::Pair(a, b), _) => {
                let (address, len) = self.pair(e);
                self.b.copy(a, address);
                self.b.copy(b, len);
            }
            (Dest::Mem(addr), _) => self.build_stored(e, addr, Copying::Dup),
            (Dest::Var(addr), _) => self.build_stored(e, addr, Copying::Copy),
        }
    }

    fn build_stored(&mut self, e: &'r Expr, addr: Addr, by: Copying) {
        match self.cx.kind(e.ty) {
            Kind::Scalar(scalar, _) if self.cx.managed(e.ty) && !self.cx.in_register(e.ty) => {
                self.build_handle(e, scalar, addr, by);
            }
            Kind::Scalar(scalar, _) => {
                let value = self.owned(e);
                self.b.store(scalar, addr, value);
            }
            Kind::Memory => self.build_memory(e, addr, by),
            Kind::Pair | Kind::Unit => {
                self.eval(e);
            }
        }
    }

    fn build_unit(&mut self, e: &'r Expr) {
        match &e.kind {
            ExprKind::Call(id, args) => {
                self.call_scalar(*id, args, e);
            }
            ExprKind::CallValue(callee, args) => {
                self.call_value_scalar(callee, args, e);
            }
            ExprKind::Magic(magic, args) => {
                self.magic_scalar(*magic, args, e);
            }
            ExprKind::Convert { value, .. } | ExprKind::Cast(value) => {
                self.eval(value);
            }
            _ => {}
        }
    }

    /// A scalar with hooks (a `distinct` handle), in memory.
    fn build_handle(&mut self, e: &'r Expr, scalar: Scalar, addr: Addr, by: Copying) {
        if self.is_place(e) {
            return self.copy_or_move(e, addr, by);
        }
        let value = match &e.kind {
            ExprKind::Convert { value, .. } if !self.cx.managed(value.ty) => self.scalar(value),
            ExprKind::Convert { value, .. } => return self.build(value, Dest::Mem(addr)),
            _ => self.plain_scalar(e, scalar),
        };
        self.b.store(scalar, addr, value);
    }

    fn build_memory(&mut self, e: &'r Expr, addr: Addr, by: Copying) {
        if let Some(data) = self.cx.constant(e)
            && self.build_constant(e, data, addr)
        {
            return;
        }
        match &e.kind {
            ExprKind::Str(_) | ExprKind::Nil => {
                let from = self.memory(e);
                self.b.mem_copy(addr, from, self.cx.size(e.ty));
            }
            ExprKind::Const(_) => self.copy_or_move(e, addr, by),
            ExprKind::Routine(id) => {
                let last = self.source().info.is_last(e);
                self.make_closure(*id, addr, last);
            }
            ExprKind::Call(id, args) => self.call_memory(*id, args, e, addr),
            ExprKind::CallValue(callee, args) => self.call_value_memory(callee, args, e, addr),
            ExprKind::Magic(magic, args) => self.magic_memory(*magic, args, e, addr),
            ExprKind::Object(fields) => self.object(fields, e.ty, addr),
            ExprKind::Tuple(parts) => self.tuple(parts, e.ty, addr),
            ExprKind::Array(parts) => self.array(parts, e.ty, addr),
            ExprKind::Set(parts) => self.set_memory(parts, e.ty, addr),
            _ if self.is_place(e) => self.copy_or_move(e, addr, by),
            ExprKind::Convert { value, .. } => self.convert_memory(e, value, addr),
            ExprKind::Cast(value) => self.cast_memory(value, e.ty, addr),
            _ => {
                let from = self.temporary(e);
                let unwind = self.unwind();
                self.cx.copy_value(&mut self.b, e.ty, addr, from, unwind);
            }
        }
    }

    /// Constant data as a value. Its bits are the value, as strings in it are shared; sequences need payloads of their own.
    fn build_constant(&mut self, e: &'r Expr, data: crate::mir::DataId, addr: Addr) -> bool {
        let from = self.data(data);
        if !self.cx.has_seq(e.ty) {
            self.b.mem_copy(addr, from, self.cx.size(e.ty));
            return true;
        }
        let named = matches!(e.kind, ExprKind::Const(_));
        if !named && (self.cx.copy_hooked(e.ty) || self.cx.uncopyable(e.ty)) {
            // Building it part by part does not call the program's `=copy`, nor ask for one where the program has none.
            return false;
        }
        let unwind = self.unwind();
        self.cx.copy_value(&mut self.b, e.ty, addr, from, unwind);
        true
    }

    /// A place's value: moved if this is its last use, else copied.
    fn copy_or_move(&mut self, e: &'r Expr, dst: Addr, by: Copying) {
        if self.moves_from(e) {
            let inner = without_conversions(e);
            if let ExprKind::Local(id) = inner.kind {
                let slot = self.slot_of(id);
                if let Storage::Mem(from) = slot.storage {
                    self.cx.move_value(&mut self.b, inner.ty, dst, from);
                    return self.moved(slot);
                }
            }
        }
        if let Some(from) = self.movable_part(e) {
            return self.cx.move_value(&mut self.b, e.ty, dst, from);
        }
        if let Some(operation) = self.cx.missing_copy(by, e.ty) {
            return self.refuse_copy(operation, e);
        }
        let from = self.place(e);
        let unwind = self.unwind();
        self.cx.duplicate(&mut self.b, by, e.ty, dst, from, unwind);
    }

    /// Says why a value would have to be copied that cannot be.
    fn refuse_copy(&mut self, operation: &str, e: &'r Expr) {
        let source = self.source();
        let sink = match &without_conversions(e).kind {
            ExprKind::Local(id) => {
                let local = &source.routine.locals[id.0 as usize];
                let (name, param) = (local.name, matches!(local.kind, LocalKind::Param));
                param.then(|| format!("; try to make {name} a 'sink' parameter"))
            }
            _ => None,
        };
        let why = format!(
            "; requires a copy because it's not the last read of '{}'{}; routine: {}",
            self.shown_place(e),
            sink.unwrap_or_default(),
            source.routine.name
        );
        self.cx.refuse_copy(operation, e.ty, &why);
    }

    /// A place in words.
    fn shown_place(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::Local(id) => self.source().routine.locals[id.0 as usize].name.to_string(),
            ExprKind::Global(id) => (self.cx.global)(*id).map_or_else(String::new, |global| {
                let shown = &*global.shown;
                shown.rsplit('.').next().unwrap_or(shown).to_owned()
            }),
            ExprKind::Field { object, field, .. } => {
                let name = self.cx.types.object(self.cx.types.bare(object.ty));
                let name = name.map(|(_, body)| body.fields[*field].name.to_string());
                format!("{}.{}", self.shown_place(object), name.unwrap_or_default())
            }
            ExprKind::TupleField(tuple, i) => format!("{}[{i}]", self.shown_place(tuple)),
            ExprKind::Index { base, index, .. } => {
                format!("{}[{}]", self.shown_place(base), self.shown_place(index))
            }
            ExprKind::Deref(inner) | ExprKind::Convert { value: inner, .. } => {
                self.shown_place(inner)
            }
            ExprKind::Int(value) => value.to_string(),
            _ => "..".into(),
        }
    }

    /// The address of a part that is moved from: of a local, or of a compiler-made temporary, of which each is used once.
    fn movable_part(&mut self, e: &'r Expr) -> Option<Addr> {
        if self.moves_part(e) {
            return Some(self.place(e));
        }
        let ExprKind::TupleField(tuple, _) = &e.kind else {
            return None;
        };
        let ExprKind::Local(id) = tuple.kind else {
            return None;
        };
        let local = self.local(id);
        let temp = local.kind == crate::sema::typed::LocalKind::Temp
            && !local.captured
            && !self.source().info.is_cursor(id);
        let part_moves = temp
            && self.cx.managed(e.ty)
            && !matches!(
                self.cx.types.get(local.ty),
                Type::Var(_) | Type::Lent(_) | Type::Ptr(_)
            );
        part_moves.then(|| self.place(e))
    }

    /// Does evaluating it do more than read?
    pub(super) fn has_effects(&self, e: &Expr) -> bool {
        e.any(&mut |part| match &part.kind {
            ExprKind::Call(..)
            | ExprKind::CallValue(..)
            | ExprKind::Assign(..)
            | ExprKind::Let(..)
            | ExprKind::Yield(_)
            | ExprKind::For { .. }
            | ExprKind::While(..)
            | ExprKind::Try { .. }
            | ExprKind::Raise(_)
            | ExprKind::Return
            | ExprKind::Break(_) => true,
            ExprKind::Magic(magic, _) => {
                super::last_use::takes_local(*magic) || matches!(magic, Magic::Runtime(_))
            }
            _ => false,
        })
    }

    /// Does it read or write the local?
    pub(super) fn mentions(&self, e: &Expr, id: LocalId) -> bool {
        e.any(&mut |part| matches!(part.kind, ExprKind::Local(found) if found == id))
    }

    /// Two operands, from left to right.
    pub(super) fn operands(&mut self, a: &'r Expr, b: &'r Expr) -> (Operand, Operand) {
        let first = self.scalar(a);
        let first = if matches!(a.kind, ExprKind::Local(_)) && self.has_effects(b) {
            self.keep_local(first, a.ty)
        } else {
            first
        };
        (first, self.scalar(b))
    }
}

/// What stands under conversions that keep the representation.
pub(super) fn without_conversions(e: &Expr) -> &Expr {
    match &e.kind {
        ExprKind::Convert { value, .. } => without_conversions(value),
        _ => e,
    }
}
