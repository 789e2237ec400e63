//! Built-in operations.

use smallvec::{SmallVec, smallvec};

use super::builder::Addr;
use super::cleanup::Exit;
use super::frame::{Dest, Storage, Value, zero_of};
use super::layout::Kind;
use super::routine::Fun;
use super::synth::Synth;
use crate::mir::{BinOp, Callee, CmpOp, Inst, Operand, Reg, RtFn, Scalar, UnOp};
use crate::sema::magic::Magic;
use crate::sema::typed::{Expr, ExprKind, TypeBound};
use crate::sema::types::{Type, TypeId};

/// What an operation changes: the place under an `AddrOf`.
pub(super) fn target(arg: &Expr) -> &Expr {
    match &arg.kind {
        ExprKind::AddrOf(place) => place,
        _ => arg,
    }
}

impl<'r> Fun<'_, 'r> {
    /// An operation whose result is a scalar (owned, if that means something) or nothing.
    pub(super) fn magic_scalar(&mut self, magic: Magic, args: &'r [Expr], e: &'r Expr) -> Operand {
        let ty = e.ty;
        match magic {
            Magic::Add | Magic::Sub | Magic::Mul | Magic::Div => self.arithmetic(magic, args, ty),
            Magic::IDiv => self.divide(false, args, ty),
            Magic::IMod => self.divide(true, args, ty),
            Magic::Pos => self.scalar(&args[0]),
            Magic::Neg => self.negate(&args[0], ty),
            Magic::Abs => self.absolute(&args[0], ty),
            Magic::BitAnd => self.plain(BinOp::And, args, ty),
            Magic::BitOr => self.plain(BinOp::Or, args, ty),
            Magic::BitXor => self.plain(BinOp::Xor, args, ty),
            Magic::AddW => self.plain(BinOp::Add, args, ty),
            Magic::SubW => self.plain(BinOp::Sub, args, ty),
            Magic::MulW => self.plain(BinOp::Mul, args, ty),
            Magic::DivU => self.divide_unsigned(BinOp::UDiv, args, ty),
            Magic::ModU => self.divide_unsigned(BinOp::URem, args, ty),
            Magic::Shl | Magic::Shr | Magic::AShr => self.shift(magic, args, ty),
            Magic::LtU => self.compare_unsigned(CmpOp::ULt, args),
            Magic::LeU => self.compare_unsigned(CmpOp::ULe, args),
            Magic::Eq | Magic::Lt | Magic::Le => self.compare(magic, args),
            Magic::BitNot => self.unary(UnOp::Not, &args[0], ty),
            Magic::Sqrt => self.unary(UnOp::FSqrt, &args[0], ty),
            Magic::Floor => self.unary(UnOp::FFloor, &args[0], ty),
            Magic::Ceil => self.unary(UnOp::FCeil, &args[0], ty),
            Magic::Trunc => self.unary(UnOp::FTrunc, &args[0], ty),
            Magic::ByteSwap => self.unary(UnOp::ByteSwap, &args[0], ty),
            Magic::PopCount => self.count_bits(UnOp::PopCount, &args[0], ty),
            Magic::LeadingZeros => self.count_bits(UnOp::LeadingZeros, &args[0], ty),
            Magic::TrailingZeros => self.count_bits(UnOp::TrailingZeros, &args[0], ty),
            Magic::Not => {
                let value = self.scalar(&args[0]);
                self.b.bin(Scalar::I8, BinOp::Xor, value, Operand::Int(1))
            }
            Magic::And | Magic::Or => self.short_circuit(magic == Magic::And, args),
            Magic::Succ | Magic::Pred => {
                let value = self.scalar(&args[0]);
                let value = self.keep_local(value, ty);
                self.step(value, &args[1], ty, magic == Magic::Pred)
            }
            Magic::Inc | Magic::Dec => self.increment(magic == Magic::Dec, args),
            Magic::Ord => {
                let (from, signed) = self.shape(args[0].ty);
                let (to, _) = self.shape(ty);
                let value = self.scalar(&args[0]);
                self.b.resize(from, signed, to, value)
            }
            Magic::Chr => {
                let (from, signed) = self.shape(args[0].ty);
                let value = self.scalar(&args[0]);
                if self.checks.range {
                    self.check_ordinal(value, args[0].ty, TypeId::CHAR);
                }
                self.b.resize(from, signed, Scalar::I8, value)
            }
            Magic::Len => self.length(&args[0]),
            Magic::SetUnion | Magic::SetIntersect | Magic::SetDiff | Magic::SetSymDiff => {
                self.set_operation(magic, args, ty)
            }
            Magic::SetEq | Magic::SetLe | Magic::SetLt => self.set_compare(magic, args),
            Magic::InSet => self.contains(args),
            Magic::Card => {
                let count = self.cardinality(&args[0]);
                let (to, _) = self.shape(ty);
                self.b.resize(Scalar::I64, true, to, count)
            }
            Magic::Default => zero_of(self.shape(ty).0),
            Magic::Move => self.take(target(&args[0])),
            Magic::Of => self.is_instance(args),
            Magic::IsNil => self.is_nil(&args[0]),
            Magic::CurrentException => self.current_exception(),
            Magic::DataPtr => {
                let write = matches!(args[0].kind, ExprKind::AddrOf(_));
                self.open(target(&args[0]), write).0
            }
            Magic::RawProc | Magic::RawEnv => self.closure_part(magic == Magic::RawEnv, &args[0]),
            Magic::TypeInfo => self.type_info(args, ty),
            Magic::ProcCall => self.call_statically(&args[0], None),
            Magic::Finished => {
                let closure = self.memory(&args[0]);
                self.is_finished(closure)
            }
            Magic::Runtime(function) => self.runtime(function, args, ty),
            _ => {
                self.magic_effect(magic, args, e);
                Operand::Int(0)
            }
        }
    }

    /// Operations without a result.
    fn magic_effect(&mut self, magic: Magic, args: &'r [Expr], e: &'r Expr) {
        match magic {
            Magic::Incl => self.include(true, args),
            Magic::Excl => self.include(false, args),
            Magic::New => self.new_at(target(&args[0])),
            Magic::WasMoved => self.was_moved(target(&args[0])),
            Magic::Swap => self.swap(target(&args[0]), target(&args[1])),
            Magic::Destroy => self.destroy_now(target(&args[0])),
            Magic::CopyHook => self.copy_over_place(target(&args[0]), target(&args[1])),
            Magic::Place => self.build_in_place(target(&args[0]), &args[1]),
            Magic::SinkHook => self.assign(target(&args[0]), target(&args[1])),
            Magic::CopyMem => {
                let dst = self.scalar(&args[0]);
                let src = self.scalar(&args[1]);
                let size = self.index(&args[2]);
                self.b.emit(Inst::MemCopy { dst, src, size });
            }
            Magic::ZeroMem => {
                let dst = self.scalar(&args[0]);
                let size = self.index(&args[1]);
                self.b.emit(Inst::MemZero { dst, size });
            }
            _ => self
                .cx
                .unsupported(e.place, format_args!("the built-in operation {magic:?}")),
        }
    }

    /// Operations whose result is in memory.
    pub(super) fn magic_memory(&mut self, magic: Magic, args: &'r [Expr], e: &'r Expr, addr: Addr) {
        match magic {
            Magic::Default => self.cx.default_value(&mut self.b, e.ty, addr),
            Magic::ProcCall => {
                self.call_statically(&args[0], Some(addr));
            }
            Magic::Move => {
                let place = target(&args[0]);
                let from = self.place_for_write(place);
                let from = self.b.settle(from);
                self.cx.move_value(&mut self.b, e.ty, addr, from);
            }
            Magic::EnumToStr => {
                let ty = self.cx.types.repr(args[0].ty);
                let value = self.scalar(&args[0]);
                let proc = self.cx.request(Synth::EnumText(ty));
                let to = self.b.address(addr);
                self.b
                    .call(None, Callee::Proc(proc), smallvec![to, value], None);
            }
            Magic::SetUnion | Magic::SetIntersect | Magic::SetDiff | Magic::SetSymDiff => {
                self.set_operation_memory(magic, args, e.ty, addr);
            }
            _ => self
                .cx
                .unsupported(e.place, format_args!("the built-in operation {magic:?}")),
        }
    }

    /// Operations that give an `openArray`.
    pub(super) fn magic_pair(
        &mut self,
        magic: Magic,
        args: &'r [Expr],
        e: &'r Expr,
    ) -> (Operand, Operand) {
        if magic != Magic::ToOpenArray {
            self.cx
                .unsupported(e.place, format_args!("the built-in operation {magic:?}"));
            return (Operand::Int(0), Operand::Int(0));
        }
        let elem = match *self.cx.types.get(self.cx.types.repr(e.ty)) {
            Type::OpenArray(elem) => elem,
            _ => TypeId::CHAR,
        };
        let source = target(&args[0]);
        let write = matches!(args[0].kind, ExprKind::AddrOf(_));
        let (address, len, low) = self.sliced(source, write);
        let first = self.index(&args[1]);
        let first = self.b.keep(Scalar::I64, first);
        let last = self.index(&args[2]);
        let first = self.b.bin(Scalar::I64, BinOp::Sub, first, low);
        let last = self.b.bin(Scalar::I64, BinOp::Sub, last, low);
        let after = self.b.add(last, Operand::Int(1));
        let count = self.b.bin(Scalar::I64, BinOp::Sub, after, first);
        if let (true, Some(len)) = (self.checks.bounds, len) {
            // Empty slices may stand anywhere from 0 to the length, as in Nim.
            let low_good = self.b.cmp(CmpOp::ULe, Scalar::I64, first, len);
            let high_good = self.b.cmp(CmpOp::ULe, Scalar::I64, after, len);
            let good = self.b.bin(Scalar::I8, BinOp::And, low_good, high_good);
            let high = self.b.bin(Scalar::I64, BinOp::Sub, len, Operand::Int(1));
            self.check(good, "raiseIndexError2", &[last, high]);
        }
        let negative = self.b.cmp(CmpOp::SLt, Scalar::I64, count, Operand::Int(0));
        let size = self.b.reg(Scalar::I64);
        self.b.emit(Inst::Select {
            dst: size,
            cond: negative,
            a: Operand::Int(0),
            b: count,
        });
        let step = Operand::Int(self.cx.size(elem) as i64);
        let bytes = self.b.bin(Scalar::I64, BinOp::Mul, first, step);
        (self.b.offset(address, bytes), size.into())
    }

    /// What a slice is taken of: address, length if it is known, first index.
    fn sliced(&mut self, source: &'r Expr, write: bool) -> (Operand, Option<Operand>, Operand) {
        // An array keeps its own indices, also where it goes by an `openArray`.
        let source = match &source.kind {
            ExprKind::Convert { value, .. } if self.is_array(value) => value,
            _ => source,
        };
        let ty = self.cx.types.repr(source.ty);
        match *self.cx.types.get(ty) {
            Type::Ptr(_) | Type::Pointer => (self.scalar(source), None, Operand::Int(0)),
            Type::UncheckedArray(_) => {
                let addr = self.place(source);
                (self.b.address(addr), None, Operand::Int(0))
            }
            Type::Array { index, .. } => {
                let (lo, _) = self.cx.types.ordinal_range(index).unwrap_or((0, 0));
                let (address, len) = self.open(source, write);
                (address, Some(len), Operand::Int(lo as i64))
            }
            _ => {
                let (address, len) = self.open(source, write);
                (address, Some(len), Operand::Int(0))
            }
        }
    }

    fn is_array(&self, value: &Expr) -> bool {
        let ty = self.cx.types.repr(value.ty);
        matches!(self.cx.types.get(ty), Type::Array { .. })
    }

    fn unary(&mut self, op: UnOp, arg: &'r Expr, ty: TypeId) -> Operand {
        let (scalar, _) = self.shape(ty);
        let value = self.scalar(arg);
        self.b.un(scalar, op, value)
    }

    fn count_bits(&mut self, op: UnOp, arg: &'r Expr, ty: TypeId) -> Operand {
        let (from, _) = self.shape(arg.ty);
        let (to, _) = self.shape(ty);
        let value = self.scalar(arg);
        let count = self.b.un(from, op, value);
        self.b.resize(from, false, to, count)
    }

    /// `and` and `or`: the second operand is evaluated only if it decides.
    fn short_circuit(&mut self, and: bool, args: &'r [Expr]) -> Operand {
        let result = self.b.reg(Scalar::I8);
        let first = self.scalar(&args[0]);
        self.b.copy(result, first);
        let end = self.target();
        let more = self.b.block();
        let done = self.b.block();
        if and {
            self.b.branch(result.into(), more, done);
        } else {
            self.b.branch(result.into(), done, more);
        }
        let dead = self.dead_now();
        let depth = self.stack.len();
        self.b.enter(more);
        self.build(&args[1], Dest::Reg(result));
        self.close_temporaries(depth);
        // What the program can see of the second operand lives as long as that of the first: where it was not evaluated,
        // nothing is there.
        let left = self.stack.split_off(depth);
        self.leave(Exit::To(end));
        self.b.enter(done);
        self.set_all_dead(&dead);
        self.hold_nothing(&left);
        self.zero_declared(&args[1]);
        self.leave(Exit::To(end));
        self.enter_target(end);
        self.stack.extend(left);
        result.into()
    }

    /// Where `e` was not evaluated, its variables have no value that anybody asks for, but registers have to have one.
    fn zero_declared(&mut self, e: &'r Expr) {
        if let ExprKind::Let(id, _) = e.kind
            && let Some(slot) = self.frames[self.frame].locals[id.0 as usize]
            && matches!(slot.storage, Storage::Reg(_) | Storage::Pair(..))
        {
            self.zero_storage(self.local(id).ty, slot.storage);
        }
        e.each_child(&mut |child| self.zero_declared(child));
    }

    /// Changes a scalar place.
    pub(super) fn update(
        &mut self,
        place: &'r Expr,
        scalar: Scalar,
        change: impl FnOnce(&mut Self, Operand) -> Operand,
    ) {
        if let ExprKind::Local(id) = place.kind
            && let Storage::Reg(reg) = self.slot_of(id).storage
        {
            let new = change(self, reg.into());
            return self.b.copy(reg, new);
        }
        if let Some(place) = self.bit_place(place, true) {
            let old = self.read_bits(place);
            let new = change(self, old);
            return self.write_bits(place, new);
        }
        let addr = self.place_for_write(place);
        let addr = self.b.settle(addr);
        let old = self.b.load(scalar, addr);
        let new = change(self, old);
        self.b.store(scalar, addr, new);
    }

    fn increment(&mut self, down: bool, args: &'r [Expr]) -> Operand {
        let place = target(&args[0]);
        let (scalar, _) = self.shape(place.ty);
        self.update(place, scalar, |fun, old| {
            fun.step(old, &args[1], place.ty, down)
        });
        Operand::Int(0)
    }

    fn length(&mut self, e: &'r Expr) -> Operand {
        let ty = self.cx.types.repr(e.ty);
        match *self.cx.types.get(ty) {
            Type::CString => {
                let address = self.scalar(e);
                self.c_length(address)
            }
            Type::OpenArray(_) | Type::Varargs(_) => self.pair(e).1,
            Type::Array { .. } => Operand::Int(self.cx.types.array_len(ty).unwrap_or(0) as i64),
            _ => {
                let addr = self.memory(e);
                self.b.load(Scalar::I64, addr)
            }
        }
    }

    /// `move(x)` of a scalar.
    fn take(&mut self, place: &'r Expr) -> Operand {
        let (scalar, _) = self.shape(place.ty);
        if let ExprKind::Local(id) = place.kind {
            let slot = self.slot_of(id);
            if let Storage::Reg(reg) = slot.storage {
                let value = self.b.keep(scalar, reg.into());
                self.b.copy(reg, zero_of(scalar));
                self.moved(slot);
                return value;
            }
        }
        let addr = self.place_for_write(place);
        let addr = self.b.settle(addr);
        let value = self.b.load(scalar, addr);
        self.cx.clear_value(&mut self.b, place.ty, addr);
        value
    }

    fn new_at(&mut self, place: &'r Expr) {
        let object = self.allocate(place.ty);
        self.give(place, object);
    }

    /// Assigns an owned reference to a place.
    fn give(&mut self, place: &'r Expr, value: Operand) {
        if let ExprKind::Local(id) = place.kind {
            let slot = self.slot_of(id);
            if let Storage::Reg(reg) = slot.storage {
                let old = self.b.keep(Scalar::Ptr, reg.into());
                self.b.copy(reg, value);
                if let Some(entry) = slot.entry {
                    self.set_dead(entry, false);
                    self.give_up(place.ty, old);
                }
                return;
            }
        }
        let held = self.hold_scalar(value, place.ty);
        let addr = self.place_for_write(place);
        self.forget_held(held);
        let addr = self.b.settle(addr);
        let old = self.b.load(Scalar::Ptr, addr);
        self.b.store(Scalar::Ptr, addr, value);
        if self.cx.managed(place.ty) {
            self.give_up(place.ty, old);
        }
    }

    fn was_moved(&mut self, place: &'r Expr) {
        if let ExprKind::Local(id) = place.kind {
            let slot = self.slot_of(id);
            if let Storage::Reg(reg) = slot.storage {
                let zero = zero_of(self.b.regs[reg.0 as usize]);
                self.b.copy(reg, zero);
                return self.moved(slot);
            }
            if let Storage::Mem(addr) = slot.storage {
                self.cx.clear_value(&mut self.b, place.ty, addr);
                return self.moved(slot);
            }
        }
        let addr = self.place_for_write(place);
        self.cx.clear_value(&mut self.b, place.ty, addr);
    }

    fn register_of(&mut self, place: &'r Expr) -> Option<Reg> {
        let ExprKind::Local(id) = place.kind else {
            return None;
        };
        let slot = self.slot_of(id);
        if let Some(entry) = slot.entry {
            self.set_dead(entry, false);
        }
        match slot.storage {
            Storage::Reg(reg) => Some(reg),
            _ => None,
        }
    }

    fn swap(&mut self, a: &'r Expr, b: &'r Expr) {
        match (self.register_of(a), self.register_of(b)) {
            (Some(first), Some(second)) => {
                let (scalar, _) = self.shape(a.ty);
                let kept = self.b.keep(scalar, first.into());
                self.b.copy(first, Operand::Reg(second));
                self.b.copy(second, kept);
            }
            (Some(reg), None) => self.swap_register(reg, b),
            (None, Some(reg)) => self.swap_register(reg, a),
            (None, None) => {
                let size = self.cx.size(a.ty);
                let first = self.place_for_write(a);
                let first = self.b.settle(first);
                let second = self.place_for_write(b);
                let second = self.b.settle(second);
                let temp = Addr::slot(self.new_slot(a.ty));
                self.b.mem_copy(temp, first, size);
                self.b.mem_copy(first, second, size);
                self.b.mem_copy(second, temp, size);
            }
        }
    }

    fn swap_register(&mut self, reg: Reg, place: &'r Expr) {
        let (scalar, _) = self.shape(place.ty);
        let addr = self.place_for_write(place);
        let addr = self.b.settle(addr);
        let other = self.b.load(scalar, addr);
        self.b.store(scalar, addr, reg.into());
        self.b.copy(reg, other);
    }

    /// `=destroy(x)`, called by the program; the place then holds nothing.
    fn destroy_now(&mut self, place: &'r Expr) {
        if !self.cx.managed(place.ty) {
            self.eval(place);
            return;
        }
        if let ExprKind::Local(id) = place.kind {
            let slot = self.slot_of(id);
            if let Storage::Reg(reg) = slot.storage {
                let old = self.b.keep(Scalar::Ptr, reg.into());
                self.b.copy(reg, Operand::Int(0));
                self.moved(slot);
                return self.give_up(place.ty, old);
            }
        }
        let addr = self.place_for_write(place);
        let addr = self.b.settle(addr);
        let from = match self.cx.hook(place.ty, TypeBound::Destroy) {
            Some(_) => addr,
            None => self.cx.aside(&mut self.b, place.ty, addr),
        };
        self.destroy(place.ty, from);
        self.b.mem_zero(addr, self.cx.size(place.ty));
    }

    /// `=copy(a, b)`.
    fn copy_over_place(&mut self, to: &'r Expr, from: &'r Expr) {
        let source = match self.eval(from) {
            Value::Mem(addr) => addr,
            Value::Scalar(op) => self.spill(from.ty, op),
            _ => return,
        };
        let ty = to.ty;
        if let Some(hook) = self.cx.hook(ty, TypeBound::Copy) {
            let addr = self.place_for_write(to);
            return self.call_hook(hook, ty, addr, source);
        }
        let temp = Addr::slot(self.new_slot(ty));
        let unwind = self.unwind();
        self.cx.copy_value(&mut self.b, ty, temp, source, unwind);
        if let Some(reg) = self.register_of(to) {
            let old = self.b.keep(Scalar::Ptr, reg.into());
            self.b.load_to(reg, temp);
            if self.cx.managed(ty) {
                self.give_up(ty, old);
            }
            return;
        }
        let addr = self.place_for_write(to);
        let addr = self.b.settle(addr);
        if self.cx.managed(ty) {
            self.sink_into(ty, addr, temp);
        } else {
            let size = self.cx.size(ty);
            self.b.mem_copy(addr, temp, size);
        }
    }

    /// `x of T`.
    fn is_instance(&mut self, args: &'r [Expr]) -> Operand {
        let want = match *self.cx.types.get(args[1].ty) {
            Type::TypeDesc(inner) => inner,
            _ => args[1].ty,
        };
        let want = self.pointee_type(want).unwrap_or(want);
        let want = self.cx.types.repr(want);
        if self.cx.kind(args[0].ty) == Kind::Memory {
            let addr = self.memory(&args[0]);
            let have = self.b.load(Scalar::Ptr, addr);
            return self.is_of(have, want);
        }
        let value = self.scalar(&args[0]);
        let result = self.b.reg(Scalar::I8);
        self.b.copy(result, Operand::Int(0));
        let (look, done) = (self.b.block(), self.b.block());
        let there = self.b.cmp(CmpOp::Ne, Scalar::Ptr, value, Operand::Int(0));
        self.b.branch(there, look, done);
        self.b.enter(look);
        let have = self.b.load(Scalar::Ptr, Addr::op(value));
        let is = self.is_of(have, want);
        self.b.copy(result, is);
        self.b.goto(done);
        self.b.enter(done);
        result.into()
    }

    fn is_nil(&mut self, e: &'r Expr) -> Operand {
        let word = match self.eval(e) {
            Value::Mem(addr) => self.b.load(Scalar::Ptr, addr),
            Value::Scalar(op) | Value::Pair(op, _) => op,
            Value::Nothing => Operand::Int(0),
        };
        self.b.cmp(CmpOp::Eq, Scalar::Ptr, word, Operand::Int(0))
    }

    fn closure_part(&mut self, env: bool, e: &'r Expr) -> Operand {
        match self.eval(e) {
            Value::Mem(addr) => {
                let offset = if env { 8 } else { 0 };
                self.b.load(Scalar::Ptr, addr.plus(offset))
            }
            Value::Scalar(op) if !env => op,
            _ => Operand::Int(0),
        }
    }

    fn type_info(&mut self, args: &'r [Expr], ty: TypeId) -> Operand {
        let asked = args.first().map_or(ty, |arg| arg.ty);
        let asked = match *self.cx.types.get(asked) {
            Type::TypeDesc(inner) => inner,
            _ => asked,
        };
        let dst = self.b.reg(Scalar::Ptr);
        self.b.emit(Inst::DescAddr {
            dst,
            desc: self.cx.desc(asked),
        });
        dst.into()
    }

    /// A function of the runtime.
    fn runtime(&mut self, function: RtFn, args: &'r [Expr], ty: TypeId) -> Operand {
        let sig = function.sig();
        let mut ops: SmallVec<[Operand; 4]> = SmallVec::new();
        for (i, arg) in args.iter().enumerate() {
            match self.eval(arg) {
                Value::Scalar(op) => {
                    let (from, signed) = self.shape(arg.ty);
                    let op = match sig.params.get(i) {
                        Some(&want) if !want.is_float() && !from.is_float() => {
                            self.b.resize(from, signed, want, op)
                        }
                        _ => op,
                    };
                    ops.push(op);
                }
                Value::Pair(address, len) => ops.extend([address, len]),
                Value::Mem(addr) => ops.push(self.b.address(addr)),
                Value::Nothing => {}
            }
        }
        if ops.len() != sig.params.len() {
            self.cx
                .bug(&format!("Rt{function:?} takes other arguments"));
            return Operand::Int(0);
        }
        let unwind = if sig.raises { self.unwind() } else { None };
        let value = self.b.call(sig.ret, Callee::Runtime(function), ops, unwind);
        match (sig.ret, self.cx.kind(ty)) {
            (Some(have), Kind::Scalar(want, _)) if !have.is_float() && !want.is_float() => {
                self.b.resize(have, true, want, value)
            }
            _ => value,
        }
    }
}
