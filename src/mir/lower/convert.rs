//! Conversions and casts.

use smallvec::smallvec;

use super::builder::Addr;
use super::frame::{Dest, Value};
use super::layout::Kind;
use super::routine::Fun;
use crate::mir::{BinOp, Callee, CastOp, CmpOp, Operand, RtFn, Scalar};
use crate::sema::typed::{Expr, ExprKind};
use crate::sema::types::{Type, TypeId};

impl<'r> Fun<'_, 'r> {
    /// A conversion to a scalar. A reference is not counted.
    pub(super) fn convert(&mut self, e: &'r Expr) -> Operand {
        let ExprKind::Convert { value, checked } = &e.kind else {
            return self.scalar(e);
        };
        if self.cx.is_address(e.ty) && !self.cx.is_address(value.ty) {
            // A place where its address is wanted.
            return self.address_of(value, e.ty);
        }
        let (from, to) = (self.cx.kind(value.ty), self.cx.kind(e.ty));
        let Kind::Scalar(target, target_signed) = to else {
            self.eval(value);
            return Operand::Int(0);
        };
        match from {
            Kind::Scalar(source, signed) => {
                let op = self.scalar(value);
                let checked = *checked && self.checks.range;
                match (source.is_float(), target.is_float()) {
                    (true, true) => self.float_to_float(op, source, target, e.ty, checked),
                    (true, false) => {
                        self.float_to_int(op, source, target, target_signed, e.ty, checked)
                    }
                    (false, true) => self.int_to_float(op, source, signed, target),
                    (false, false) if self.cx.plain_ref(value.ty) => {
                        self.check_ref(value.ty, e.ty, op, &e.kind);
                        op
                    }
                    (false, false) => {
                        if checked {
                            self.check_ordinal(op, value.ty, e.ty);
                        }
                        self.b.resize(source, signed, target, op)
                    }
                }
            }
            // `string` to `cstring`.
            Kind::Memory if self.cx.types.repr(value.ty) == TypeId::STRING => {
                let addr = self.memory(value);
                self.c_string(addr)
            }
            Kind::Memory => {
                let addr = self.memory(value);
                self.b.load(target, addr)
            }
            Kind::Pair => self.pair(value).0,
            Kind::Unit => {
                self.eval(value);
                Operand::Int(0)
            }
        }
    }

    /// A conversion between references whose result the consumer owns.
    pub(super) fn convert_owned(&mut self, e: &'r Expr, value: &'r Expr) -> Operand {
        let op = self.owned(value);
        let held = self.hold_scalar(op, e.ty);
        self.check_ref(value.ty, e.ty, op, &e.kind);
        self.forget_held(held);
        op
    }

    /// The address of a string's bytes, with a NUL after them.
    fn c_string(&mut self, addr: Addr) -> Operand {
        let payload = self.b.load(Scalar::Ptr, addr.plus(8));
        let empty = self.cx.c_text(b"");
        let empty = self.cx.data_address(&mut self.b, empty);
        let there = self.b.cmp(CmpOp::Ne, Scalar::Ptr, payload, Operand::Int(0));
        let bytes = self.b.offset(payload, Operand::Int(8));
        let dst = self.b.reg(Scalar::Ptr);
        self.b.emit(crate::mir::Inst::Select {
            dst,
            cond: there,
            a: bytes,
            b: empty,
        });
        dst.into()
    }

    /// Number of bytes before the NUL; 0 for nil.
    pub(super) fn c_length(&mut self, address: Operand) -> Operand {
        let len = self.b.reg(Scalar::I64);
        self.b.copy(len, Operand::Int(0));
        let (head, next, done) = (self.b.block(), self.b.block(), self.b.block());
        let there = self.b.cmp(CmpOp::Ne, Scalar::Ptr, address, Operand::Int(0));
        self.b.branch(there, head, done);
        self.b.enter(head);
        let at = self.b.offset(address, len.into());
        let byte = self.b.load(Scalar::I8, Addr::op(at));
        let more = self.b.cmp(CmpOp::Ne, Scalar::I8, byte, Operand::Int(0));
        self.b.branch(more, next, done);
        self.b.enter(next);
        self.b.emit(crate::mir::Inst::Bin {
            dst: len,
            op: BinOp::Add,
            a: len.into(),
            b: Operand::Int(1),
        });
        self.b.goto(head);
        self.b.enter(done);
        len.into()
    }

    /// Raises unless `value`, of type `from`, is among the values of `to`.
    pub(super) fn check_ordinal(&mut self, value: Operand, from: TypeId, to: TypeId) {
        let types = self.cx.types;
        let (Some((lo, hi)), Some((from_lo, from_hi))) =
            (types.ordinal_range(to), types.ordinal_range(from))
        else {
            return;
        };
        // A conversion to an unsigned type takes the low bits.
        let wraps = matches!(types.get(to), Type::Int(int) if !int.signed());
        if wraps || lo <= from_lo && from_hi <= hi {
            return;
        }
        let Kind::Scalar(scalar, signed) = self.cx.kind(from) else {
            return;
        };
        let wide = self.b.resize(scalar, signed, Scalar::I64, value);
        self.check_range(wide, signed, lo, hi);
    }

    /// Raises unless the 64-bit `value` is within `lo..=hi`.
    pub(super) fn check_range(&mut self, value: Operand, signed: bool, lo: i128, hi: i128) {
        if signed {
            // Only values that an `int64` has can come.
            let lo = lo.max(i128::from(i64::MIN)) as i64;
            let hi = hi.min(i128::from(i64::MAX)) as i64;
            if let Operand::Int(value) = value
                && lo <= value
                && value <= hi
            {
                return;
            }
            let good = super::synth::in_range(&mut self.b, value, lo, hi);
            let args = [value, Operand::Int(lo), Operand::Int(hi)];
            return self.check(good, "raiseRangeErrorI", &args);
        }
        let lo = lo.max(0) as u64 as i64;
        let hi = hi.min(i128::from(u64::MAX)) as u64 as i64;
        let good = super::synth::in_range(&mut self.b, value, lo, hi);
        let args = [value, Operand::Int(lo), Operand::Int(hi)];
        self.check(good, "raiseRangeErrorU", &args);
    }

    fn float_to_float(
        &mut self,
        value: Operand,
        from: Scalar,
        to: Scalar,
        ty: TypeId,
        checked: bool,
    ) -> Operand {
        let value = match (from == to, value) {
            (true, _) => value,
            (false, Operand::Float(constant)) => Operand::Float(constant),
            _ => self.b.cast(CastOp::FToF, from, to, value),
        };
        if let (true, &Type::FloatRange { lo, hi, .. }) = (checked, self.cx.types.get(ty)) {
            let (lo, hi) = (f64::from_bits(lo), f64::from_bits(hi));
            let above = self.b.cmp(CmpOp::FLe, to, Operand::Float(lo), value);
            let below = self.b.cmp(CmpOp::FLe, to, value, Operand::Float(hi));
            let good = self.b.bin(Scalar::I8, BinOp::And, above, below);
            let shown = match to {
                Scalar::F32 => self.b.cast(CastOp::FToF, to, Scalar::F64, value),
                _ => value,
            };
            let args = [shown, Operand::Float(lo), Operand::Float(hi)];
            self.check(good, "raiseFloatRange", &args);
        }
        value
    }

    fn float_to_int(
        &mut self,
        value: Operand,
        from: Scalar,
        to: Scalar,
        signed: bool,
        ty: TypeId,
        checked: bool,
    ) -> Operand {
        let value = match from {
            Scalar::F32 => self.b.cast(CastOp::FToF, from, Scalar::F64, value),
            _ => value,
        };
        if let (true, Some((lo, hi))) = (checked, self.cx.types.ordinal_range(ty)) {
            // Both bounds are exact as floats, or are rounded to a power of two just outside.
            let (low, high) = (lo as f64, hi as f64);
            let above = match low as i128 == lo && low - 1.0 != low {
                true => self
                    .b
                    .cmp(CmpOp::FLt, Scalar::F64, Operand::Float(low - 1.0), value),
                false => self
                    .b
                    .cmp(CmpOp::FLe, Scalar::F64, Operand::Float(low), value),
            };
            let limit = match high as i128 == hi {
                true => high + 1.0,
                false => high,
            };
            let below = self
                .b
                .cmp(CmpOp::FLt, Scalar::F64, value, Operand::Float(limit));
            let good = self.b.bin(Scalar::I8, BinOp::And, above, below);
            self.check(good, "raiseRangeErrorF", &[value]);
        }
        let op = if signed { CastOp::FToS } else { CastOp::FToU };
        // Narrow targets take the low bits of the 64-bit value, as in C.
        let wide = self.b.cast(op, Scalar::F64, Scalar::I64, value);
        self.b.resize(Scalar::I64, signed, to, wide)
    }

    fn int_to_float(&mut self, value: Operand, from: Scalar, signed: bool, to: Scalar) -> Operand {
        let op = if signed { CastOp::SToF } else { CastOp::UToF };
        let wide = self.b.resize(from, signed, Scalar::I64, value);
        self.b.cast(op, Scalar::I64, to, wide)
    }

    /// Does the object type `ty` have `base` among its bases?
    pub(super) fn derives(&self, ty: TypeId, base: TypeId) -> bool {
        let mut at = Some(ty);
        while let Some(here) = at {
            if here == base {
                return true;
            }
            at = self.cx.types.object(here).and_then(|(_, body)| body.base);
        }
        false
    }

    /// A conversion of an object place down to an heir must find one.
    pub(super) fn check_object(&mut self, from: TypeId, to: TypeId, addr: Addr, checked: bool) {
        let (from, to) = (self.cx.types.repr(from), self.cx.types.repr(to));
        let down = from != to
            && self.cx.types.object(to).is_some_and(|(_, body)| body.rtti)
            && !self.derives(from, to);
        if down && checked && self.checks.conversion {
            let kind = self.b.load(Scalar::Ptr, addr);
            let good = self.is_of(kind, to);
            self.check(good, "raiseObjectConversionError", &[]);
        }
    }

    /// The same for references, where nil passes.
    fn check_ref(&mut self, from: TypeId, to: TypeId, op: Operand, kind: &ExprKind) {
        let checked = matches!(kind, ExprKind::Convert { checked: true, .. });
        if !checked || !self.checks.conversion {
            return;
        }
        let (Some(from), Some(to)) = (self.pointee_type(from), self.pointee_type(to)) else {
            return;
        };
        let (from, to) = (self.cx.types.repr(from), self.cx.types.repr(to));
        let rtti = self.cx.types.object(to).is_some_and(|(_, body)| body.rtti);
        if from == to || !rtti || self.derives(from, to) {
            return;
        }
        let (look, done) = (self.b.block(), self.b.block());
        let there = self.b.cmp(CmpOp::Ne, Scalar::Ptr, op, Operand::Int(0));
        self.b.branch(there, look, done);
        self.b.enter(look);
        let have = self.b.load(Scalar::Ptr, Addr::op(op));
        let good = self.is_of(have, to);
        self.check(good, "raiseObjectConversionError", &[]);
        self.b.goto(done);
        self.b.enter(done);
    }

    /// A conversion to a type in memory, of what is not a place.
    pub(super) fn convert_memory(&mut self, e: &'r Expr, value: &'r Expr, addr: Addr) {
        if self.cx.is_closure(e.ty) && self.cx.is_code(value.ty) {
            let code = self.scalar(value);
            self.b.store(Scalar::Ptr, addr, code);
            return self.b.store(Scalar::Ptr, addr.plus(8), Operand::Int(0));
        }
        if self.cx.kind(value.ty) != Kind::Memory {
            // `nil`, or an empty container.
            self.eval(value);
            return self.b.mem_zero(addr, self.cx.size(e.ty));
        }
        let types = self.cx.types;
        let (from, to) = (types.repr(value.ty), types.repr(e.ty));
        let object = matches!(types.get(from), Type::Object(_));
        if !object || from == to {
            return self.build(value, Dest::Mem(addr));
        }
        let Value::Mem(source) = self.eval(value) else {
            return;
        };
        let unwind = self.unwind();
        self.cx.copy_value(&mut self.b, e.ty, addr, source, unwind);
    }

    /// `cast[T](value)` to a scalar.
    pub(super) fn cast(&mut self, value: &'r Expr, ty: TypeId) -> Operand {
        let Kind::Scalar(to, _) = self.cx.kind(ty) else {
            self.eval(value);
            return Operand::Int(0);
        };
        let op = match self.eval(value) {
            Value::Scalar(op) => op,
            Value::Pair(address, _) => return address,
            Value::Mem(addr) => {
                let size = self.cx.size(value.ty);
                if size >= u64::from(to.size()) {
                    return self.b.load(to, addr);
                }
                let wide = Addr::slot(self.b.slot(8, 8));
                self.b.mem_zero(wide, 8);
                self.b.mem_copy(wide, addr, size);
                return self.b.load(to, wide);
            }
            Value::Nothing => return Operand::Int(0),
        };
        let Kind::Scalar(from, signed) = self.cx.kind(value.ty) else {
            return op;
        };
        self.bits(op, from, signed, to)
    }

    fn bits(&mut self, op: Operand, from: Scalar, signed: bool, to: Scalar) -> Operand {
        if from == to {
            return op;
        }
        let int = |scalar: Scalar| match scalar {
            Scalar::F32 => Scalar::I32,
            Scalar::F64 => Scalar::I64,
            other => other,
        };
        let as_int = match (from.is_float(), op) {
            (true, Operand::Float(value)) if from == Scalar::F32 => {
                Operand::Int(i64::from((value as f32).to_bits()))
            }
            (true, Operand::Float(value)) => Operand::Int(value.to_bits() as i64),
            (true, _) => self.b.cast(CastOp::Bits, from, int(from), op),
            (false, _) => op,
        };
        let sized = self.b.resize(int(from), signed, int(to), as_int);
        if !to.is_float() {
            return sized;
        }
        let sized = self.b.keep(int(to), sized);
        self.b.cast(CastOp::Bits, int(to), to, sized)
    }

    /// `cast[T](value)` to a type in memory: a value of its own with the same content.
    pub(super) fn cast_memory(&mut self, value: &'r Expr, ty: TypeId, addr: Addr) {
        let size = self.cx.size(ty);
        let (source, have) = match self.eval(value) {
            Value::Mem(source) => (source, self.cx.size(value.ty)),
            Value::Scalar(op) => (self.spill(value.ty, op), self.cx.size(value.ty)),
            Value::Pair(address, len) => {
                self.b.store(Scalar::Ptr, addr, address);
                return self.b.store(Scalar::I64, addr.plus(8), len);
            }
            Value::Nothing => return self.b.mem_zero(addr, size),
        };
        if self.cx.managed(ty) && have >= size {
            let unwind = self.unwind();
            return self.cx.copy_value(&mut self.b, ty, addr, source, unwind);
        }
        if have < size {
            self.b.mem_zero(addr, size);
        }
        self.b.mem_copy(addr, source, size.min(have));
    }

    /// Are the bytes equal?
    pub(super) fn same_bytes(&mut self, a: Addr, b: Addr, size: u64) -> Operand {
        let (a, b) = (self.b.address(a), self.b.address(b));
        let order = self.b.call(
            Some(Scalar::I32),
            Callee::Runtime(RtFn::MemCmp),
            smallvec![a, b, Operand::Int(size as i64)],
            None,
        );
        self.b.cmp(CmpOp::Eq, Scalar::I32, order, Operand::Int(0))
    }
}
