//! Arithmetic, comparison and conversion.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Type, Value, types};

use super::{Translator, ir_type};
use crate::jit::JitError;
use crate::mir::{BinOp, BlockId, CastOp, CheckedOp, CmpOp, Operand, ProcId, Reg, Scalar, UnOp};

/// The bits of a constant that fit the type, as Cranelift wants its immediates: zero-extended.
pub(super) fn truncated(value: i64, scalar: Scalar) -> i64 {
    match scalar {
        Scalar::I8 => i64::from(value as u8),
        Scalar::I16 => i64::from(value as u16),
        Scalar::I32 => i64::from(value as u32),
        _ => value,
    }
}

/// A constant as the type has it.
fn sign_extended(value: i64, scalar: Scalar) -> i64 {
    let spare = 64 - 8 * scalar.size();
    value << spare >> spare
}

impl Translator<'_, '_> {
    pub(super) fn bin(
        &mut self,
        dst: Reg,
        op: BinOp,
        a: &Operand,
        b: &Operand,
    ) -> Result<(), JitError> {
        let scalar = self.reg_type(dst);
        let is_float_op = matches!(op, BinOp::FAdd | BinOp::FSub | BinOp::FMul | BinOp::FDiv);
        if is_float_op != scalar.is_float() {
            return self.fail(format!("{op:?} on {scalar:?}"));
        }
        let (a, b) = (self.operand(a, scalar)?, self.operand(b, scalar)?);
        let ins = self.b.ins();
        let value = match op {
            BinOp::Add => ins.iadd(a, b),
            BinOp::Sub => ins.isub(a, b),
            BinOp::Mul => ins.imul(a, b),
            BinOp::SDiv => ins.sdiv(a, b),
            BinOp::UDiv => ins.udiv(a, b),
            BinOp::SRem => ins.srem(a, b),
            BinOp::URem => ins.urem(a, b),
            BinOp::And => ins.band(a, b),
            BinOp::Or => ins.bor(a, b),
            BinOp::Xor => ins.bxor(a, b),
            // Cranelift takes the amount modulo the width too.
            BinOp::Shl => ins.ishl(a, b),
            BinOp::LShr => ins.ushr(a, b),
            BinOp::AShr => ins.sshr(a, b),
            BinOp::FAdd => ins.fadd(a, b),
            BinOp::FSub => ins.fsub(a, b),
            BinOp::FMul => ins.fmul(a, b),
            BinOp::FDiv => ins.fdiv(a, b),
        };
        self.set(dst, value);
        Ok(())
    }

    pub(super) fn checked(
        &mut self,
        dst: Reg,
        op: CheckedOp,
        a: &Operand,
        b: &Operand,
        raise: ProcId,
        unwind: Option<BlockId>,
    ) -> Result<(), JitError> {
        let scalar = self.reg_type(dst);
        let constant = match (op, *b) {
            (CheckedOp::Add, Operand::Int(b)) => Some(sign_extended(b, scalar) < 0),
            (CheckedOp::Sub, Operand::Int(b)) => Some(sign_extended(b, scalar) > 0),
            _ => None,
        };
        let (a, b) = (self.operand(a, scalar)?, self.operand(b, scalar)?);
        if let Some(falls) = constant {
            // A comparison that is fused with its branch; the overflow flag would go through a register.
            let value = match op {
                CheckedOp::Sub => self.b.ins().isub(a, b),
                _ => self.b.ins().iadd(a, b),
            };
            let code = match falls {
                true => IntCC::SignedGreaterThan,
                false => IntCC::SignedLessThan,
            };
            let overflow = self.b.ins().icmp(code, value, a);
            let cold = self.cold_side(overflow);
            self.raise_in(cold, raise, &[], unwind)?;
            self.set(dst, value);
            return Ok(());
        }
        let (value, overflow) = match op {
            CheckedOp::Add => self.b.ins().sadd_overflow(a, b),
            CheckedOp::Sub => self.b.ins().ssub_overflow(a, b),
            CheckedOp::Mul => self.b.ins().smul_overflow(a, b),
        };
        let cold = self.cold_side(overflow);
        self.raise_in(cold, raise, &[], unwind)?;
        self.set(dst, value);
        Ok(())
    }

    pub(super) fn un(&mut self, dst: Reg, op: UnOp, a: &Operand) -> Result<(), JitError> {
        let scalar = self.reg_type(dst);
        let a = self.operand(a, scalar)?;
        let ins = self.b.ins();
        let value = match (op, scalar.is_float()) {
            (UnOp::Neg, false) => ins.ineg(a),
            (UnOp::Not, false) => ins.bnot(a),
            (UnOp::PopCount, false) => ins.popcnt(a),
            (UnOp::LeadingZeros, false) => ins.clz(a),
            (UnOp::TrailingZeros, false) => ins.ctz(a),
            (UnOp::ByteSwap, false) if scalar == Scalar::I8 => a,
            (UnOp::ByteSwap, false) => ins.bswap(a),
            (UnOp::FNeg, true) => ins.fneg(a),
            (UnOp::FAbs, true) => ins.fabs(a),
            (UnOp::FSqrt, true) => ins.sqrt(a),
            (UnOp::FFloor, true) => ins.floor(a),
            (UnOp::FCeil, true) => ins.ceil(a),
            (UnOp::FTrunc, true) => ins.trunc(a),
            _ => return self.fail(format!("{op:?} on {scalar:?}")),
        };
        self.set(dst, value);
        Ok(())
    }

    pub(super) fn cmp(
        &mut self,
        dst: Reg,
        op: CmpOp,
        ty: Scalar,
        a: &Operand,
        b: &Operand,
    ) -> Result<(), JitError> {
        let (a, b) = (self.operand(a, ty)?, self.operand(b, ty)?);
        let int = |code| (Some(code), None);
        let float = |code| (None, Some(code));
        let (int_code, float_code) = match op {
            CmpOp::Eq => int(IntCC::Equal),
            CmpOp::Ne => int(IntCC::NotEqual),
            CmpOp::SLt => int(IntCC::SignedLessThan),
            CmpOp::SLe => int(IntCC::SignedLessThanOrEqual),
            CmpOp::ULt => int(IntCC::UnsignedLessThan),
            CmpOp::ULe => int(IntCC::UnsignedLessThanOrEqual),
            CmpOp::FEq => float(FloatCC::Equal),
            CmpOp::FNe => float(FloatCC::NotEqual),
            CmpOp::FLt => float(FloatCC::LessThan),
            CmpOp::FLe => float(FloatCC::LessThanOrEqual),
        };
        let value = match (int_code, float_code, ty.is_float()) {
            (Some(code), _, false) => self.b.ins().icmp(code, a, b),
            (_, Some(code), true) => self.b.ins().fcmp(code, a, b),
            _ => return self.fail(format!("{op:?} on {ty:?}")),
        };
        self.set(dst, value);
        Ok(())
    }

    pub(super) fn select(
        &mut self,
        dst: Reg,
        cond: &Operand,
        a: &Operand,
        b: &Operand,
    ) -> Result<(), JitError> {
        let scalar = self.reg_type(dst);
        let cond = self.operand(cond, Scalar::I8)?;
        let (a, b) = (self.operand(a, scalar)?, self.operand(b, scalar)?);
        let value = self.b.ins().select(cond, a, b);
        self.set(dst, value);
        Ok(())
    }

    pub(super) fn cast(
        &mut self,
        dst: Reg,
        op: CastOp,
        from: Scalar,
        src: &Operand,
    ) -> Result<(), JitError> {
        let to = self.reg_type(dst);
        let src = self.operand(src, from)?;
        let (from_float, to_float) = (from.is_float(), to.is_float());
        let value = match op {
            CastOp::SExt | CastOp::ZExt if !from_float && !to_float && from.size() <= to.size() => {
                self.widen(src, from, ir_type(to), op == CastOp::SExt)
            }
            CastOp::Trunc if !from_float && !to_float && from.size() > to.size() => {
                self.b.ins().ireduce(ir_type(to), src)
            }
            CastOp::Trunc if !from_float && !to_float && from.size() == to.size() => src,
            CastOp::SToF | CastOp::UToF if !from_float && to_float => {
                self.int_to_float(src, from, ir_type(to), op == CastOp::SToF)
            }
            CastOp::FToS | CastOp::FToU if from_float && !to_float => {
                self.float_to_int(src, to, op == CastOp::FToS)
            }
            CastOp::FToF if from_float && to_float => match (from, to) {
                (Scalar::F32, Scalar::F64) => self.b.ins().fpromote(types::F64, src),
                (Scalar::F64, Scalar::F32) => self.b.ins().fdemote(types::F32, src),
                _ => src,
            },
            CastOp::Bits if from.size() == to.size() => {
                if from_float == to_float {
                    src
                } else {
                    self.b.ins().bitcast(ir_type(to), MemFlagsData::new(), src)
                }
            }
            _ => return self.fail(format!("{op:?} from {from:?} to {to:?}")),
        };
        self.set(dst, value);
        Ok(())
    }

    fn widen(&mut self, value: Value, from: Scalar, to: Type, signed: bool) -> Value {
        if ir_type(from) == to {
            value
        } else if signed {
            self.b.ins().sextend(to, value)
        } else {
            self.b.ins().uextend(to, value)
        }
    }

    /// Everything narrower than 64 bits fits a signed 64-bit integer, which is what processors convert best.
    fn int_to_float(&mut self, value: Value, from: Scalar, to: Type, signed: bool) -> Value {
        let wide = self.widen(value, from, types::I64, signed);
        if signed || from.size() < 8 {
            self.b.ins().fcvt_from_sint(to, wide)
        } else {
            self.b.ins().fcvt_from_uint(to, wide)
        }
    }

    /// Saturates. Narrow results are clamped as 32-bit integers: there is no narrower conversion.
    fn float_to_int(&mut self, value: Value, to: Scalar, signed: bool) -> Value {
        let wide = if to.size() == 8 {
            types::I64
        } else {
            types::I32
        };
        let ins = self.b.ins();
        let whole = if signed {
            ins.fcvt_to_sint_sat(wide, value)
        } else {
            ins.fcvt_to_uint_sat(wide, value)
        };
        if to.size() >= 4 {
            return whole;
        }
        let bits = to.size() * 8;
        let clamped = if signed {
            let low = self
                .b
                .ins()
                .iconst(types::I32, i64::from((-1i32 << (bits - 1)) as u32));
            let high = self.b.ins().iconst(types::I32, (1 << (bits - 1)) - 1);
            let floor = self.b.ins().smax(whole, low);
            self.b.ins().smin(floor, high)
        } else {
            let high = self.b.ins().iconst(types::I32, (1 << bits) - 1);
            self.b.ins().umin(whole, high)
        };
        self.b.ins().ireduce(ir_type(to), clamped)
    }
}
