//! Arithmetic on scalars as bits: what each operation means, in one place, for the interpreter and for constant folding.
//!
//! A scalar is a `u64` with its bits at the low end and zeros above.

use super::ir::{BinOp, CastOp, CheckedOp, CmpOp, Operand, Scalar, UnOp};

/// Width in bits.
#[inline(always)]
fn bits(ty: Scalar) -> u32 {
    ty.size() * 8
}

/// Clears what does not fit.
#[inline(always)]
pub fn fit(ty: Scalar, value: u64) -> u64 {
    value & (u64::MAX >> (64 - bits(ty)))
}

/// The value as a signed integer.
#[inline(always)]
pub fn signed(ty: Scalar, value: u64) -> i64 {
    let unused = 64 - bits(ty);
    ((value << unused) as i64) >> unused
}

fn float32(value: u64) -> f32 {
    f32::from_bits(value as u32)
}

fn from32(value: f32) -> u64 {
    value.to_bits().into()
}

/// A constant as a scalar; `None` for a register.
#[inline(always)]
pub fn constant(ty: Scalar, operand: Operand) -> Option<u64> {
    match operand {
        Operand::Reg(_) => None,
        Operand::Int(value) => Some(fit(ty, value as u64)),
        Operand::Float(value) if ty == Scalar::F32 => Some(from32(value as f32)),
        Operand::Float(value) => Some(value.to_bits()),
    }
}

/// A scalar as a constant.
pub fn operand(ty: Scalar, value: u64) -> Operand {
    match ty {
        Scalar::F32 => Operand::Float(float32(value).into()),
        Scalar::F64 => Operand::Float(f64::from_bits(value)),
        _ => Operand::Int(signed(ty, value)),
    }
}

/// `a op b`; `None` for a division by zero or of the smallest number by -1.
#[inline(always)]
pub fn bin(op: BinOp, ty: Scalar, a: u64, b: u64) -> Option<u64> {
    let amount = b as u32 % bits(ty);
    Some(match op {
        BinOp::Add => fit(ty, a.wrapping_add(b)),
        BinOp::Sub => fit(ty, a.wrapping_sub(b)),
        BinOp::Mul => fit(ty, a.wrapping_mul(b)),
        BinOp::And => a & b,
        BinOp::Or => a | b,
        BinOp::Xor => a ^ b,
        BinOp::Shl => fit(ty, a << amount),
        BinOp::LShr => a >> amount,
        BinOp::AShr => fit(ty, (signed(ty, a) >> amount) as u64),
        BinOp::UDiv => a.checked_div(b)?,
        BinOp::URem => a.checked_rem(b)?,
        BinOp::SDiv | BinOp::SRem => return divide(op, ty, a, b),
        BinOp::FAdd | BinOp::FSub | BinOp::FMul | BinOp::FDiv => float_bin(op, ty, a, b),
    })
}

fn divide(op: BinOp, ty: Scalar, a: u64, b: u64) -> Option<u64> {
    let (a, b) = (signed(ty, a), signed(ty, b));
    let smallest = i64::MIN >> (64 - bits(ty));
    if b == 0 || (a == smallest && b == -1) {
        return None;
    }
    let result = if op == BinOp::SDiv { a / b } else { a % b };
    Some(fit(ty, result as u64))
}

fn float_bin(op: BinOp, ty: Scalar, a: u64, b: u64) -> u64 {
    if ty == Scalar::F32 {
        let (a, b) = (float32(a), float32(b));
        return from32(match op {
            BinOp::FAdd => a + b,
            BinOp::FSub => a - b,
            BinOp::FMul => a * b,
            _ => a / b,
        });
    }
    let (a, b) = (f64::from_bits(a), f64::from_bits(b));
    let result = match op {
        BinOp::FAdd => a + b,
        BinOp::FSub => a - b,
        BinOp::FMul => a * b,
        _ => a / b,
    };
    result.to_bits()
}

/// `a op b` on signed integers; `None` when the result does not fit.
#[inline(always)]
pub fn checked(op: CheckedOp, ty: Scalar, a: u64, b: u64) -> Option<u64> {
    let (a, b) = (signed(ty, a), signed(ty, b));
    let result = match op {
        CheckedOp::Add => a.checked_add(b)?,
        CheckedOp::Sub => a.checked_sub(b)?,
        CheckedOp::Mul => a.checked_mul(b)?,
    };
    let bits = fit(ty, result as u64);
    (signed(ty, bits) == result).then_some(bits)
}

/// `op a`
pub fn un(op: UnOp, ty: Scalar, a: u64) -> u64 {
    let unused = 64 - bits(ty);
    match op {
        UnOp::Neg => fit(ty, a.wrapping_neg()),
        UnOp::Not => fit(ty, !a),
        UnOp::PopCount => a.count_ones().into(),
        UnOp::LeadingZeros => (a.leading_zeros() - unused).into(),
        UnOp::TrailingZeros => a.trailing_zeros().min(bits(ty)).into(),
        UnOp::ByteSwap => a.swap_bytes() >> unused,
        UnOp::FNeg | UnOp::FAbs | UnOp::FSqrt | UnOp::FFloor | UnOp::FCeil | UnOp::FTrunc => {
            float_un(op, ty, a)
        }
    }
}

fn float_un(op: UnOp, ty: Scalar, a: u64) -> u64 {
    if ty == Scalar::F32 {
        let a = float32(a);
        return from32(match op {
            UnOp::FNeg => -a,
            UnOp::FAbs => a.abs(),
            UnOp::FSqrt => a.sqrt(),
            UnOp::FFloor => a.floor(),
            UnOp::FCeil => a.ceil(),
            _ => a.trunc(),
        });
    }
    let a = f64::from_bits(a);
    let result = match op {
        UnOp::FNeg => -a,
        UnOp::FAbs => a.abs(),
        UnOp::FSqrt => a.sqrt(),
        UnOp::FFloor => a.floor(),
        UnOp::FCeil => a.ceil(),
        _ => a.trunc(),
    };
    result.to_bits()
}

/// `a op b` for operands of type `ty`.
#[inline(always)]
pub fn cmp(op: CmpOp, ty: Scalar, a: u64, b: u64) -> bool {
    match op {
        CmpOp::Eq => a == b,
        CmpOp::Ne => a != b,
        CmpOp::SLt => signed(ty, a) < signed(ty, b),
        CmpOp::SLe => signed(ty, a) <= signed(ty, b),
        CmpOp::ULt => a < b,
        CmpOp::ULe => a <= b,
        CmpOp::FEq | CmpOp::FNe | CmpOp::FLt | CmpOp::FLe => {
            let (a, b) = (widen(ty, a), widen(ty, b));
            match op {
                CmpOp::FEq => a == b,
                CmpOp::FNe => a != b,
                CmpOp::FLt => a < b,
                _ => a <= b,
            }
        }
    }
}

/// A float of either size.
fn widen(ty: Scalar, value: u64) -> f64 {
    match ty {
        Scalar::F32 => float32(value).into(),
        _ => f64::from_bits(value),
    }
}

/// The conversion of `value` from `from` to `to`.
pub fn cast(op: CastOp, from: Scalar, to: Scalar, value: u64) -> u64 {
    match op {
        CastOp::SExt => fit(to, signed(from, value) as u64),
        CastOp::ZExt | CastOp::Bits => value,
        CastOp::Trunc => fit(to, value),
        CastOp::SToF if to == Scalar::F32 => from32(signed(from, value) as f32),
        CastOp::SToF => (signed(from, value) as f64).to_bits(),
        CastOp::UToF if to == Scalar::F32 => from32(value as f32),
        CastOp::UToF => (value as f64).to_bits(),
        CastOp::FToS => fit(to, to_signed(to, widen(from, value)) as u64),
        CastOp::FToU => to_unsigned(to, widen(from, value)),
        CastOp::FToF if from == to => value,
        CastOp::FToF if to == Scalar::F32 => from32(f64::from_bits(value) as f32),
        CastOp::FToF => f64::from(float32(value)).to_bits(),
    }
}

// Rust's `as` saturates and takes NaN to 0, as is asked for.
fn to_signed(ty: Scalar, value: f64) -> i64 {
    match ty.size() {
        1 => (value as i8).into(),
        2 => (value as i16).into(),
        4 => (value as i32).into(),
        _ => value as i64,
    }
}

fn to_unsigned(ty: Scalar, value: f64) -> u64 {
    match ty.size() {
        1 => (value as u8).into(),
        2 => (value as u16).into(),
        4 => (value as u32).into(),
        _ => value as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_each_width() {
        use Scalar::{I8, I16, I32, I64};
        assert_eq!(bin(BinOp::Add, I8, 200, 100), Some(44));
        assert_eq!(
            bin(BinOp::SDiv, I8, fit(I8, -7i64 as u64), 2),
            Some(fit(I8, -3i64 as u64))
        );
        assert_eq!(
            bin(BinOp::SRem, I16, fit(I16, -7i64 as u64), 2),
            Some(0xffff)
        );
        assert_eq!(bin(BinOp::SDiv, I8, 0x80, 0xff), None);
        assert_eq!(bin(BinOp::SDiv, I64, 1 << 63, u64::MAX), None);
        assert_eq!(bin(BinOp::UDiv, I32, 5, 0), None);
        assert_eq!(bin(BinOp::Shl, I32, 1, 33), Some(2));
        assert_eq!(bin(BinOp::AShr, I8, 0x80, 7), Some(0xff));
        assert_eq!(bin(BinOp::LShr, I8, 0x80, 7), Some(1));
        assert_eq!(checked(CheckedOp::Add, I8, 127, 1), None);
        assert_eq!(checked(CheckedOp::Sub, I8, 0x80, 1), None);
        assert_eq!(checked(CheckedOp::Mul, I16, 256, 127), Some(32512));
        assert_eq!(checked(CheckedOp::Mul, I16, 256, 128), None);
        assert_eq!(checked(CheckedOp::Mul, I64, 1 << 62, 2), None);
        assert_eq!(un(UnOp::LeadingZeros, I8, 1), 7);
        assert_eq!(un(UnOp::LeadingZeros, I16, 0), 16);
        assert_eq!(un(UnOp::TrailingZeros, I16, 0), 16);
        assert_eq!(un(UnOp::ByteSwap, I16, 0x1234), 0x3412);
        assert_eq!(un(UnOp::Neg, I8, 0x80), 0x80);
        assert!(cmp(CmpOp::SLt, I8, 0xff, 0) && !cmp(CmpOp::ULt, I8, 0xff, 0));
    }

    #[test]
    fn conversions_saturate() {
        use Scalar::{F32, F64, I8, I32, I64};
        let float = |value: f64| value.to_bits();
        assert_eq!(cast(CastOp::FToS, F64, I8, float(1000.0)), 127);
        assert_eq!(cast(CastOp::FToS, F64, I8, float(-1000.0)), 0x80);
        assert_eq!(cast(CastOp::FToS, F64, I64, float(f64::NAN)), 0);
        assert_eq!(cast(CastOp::FToU, F64, I32, float(-1.5)), 0);
        assert_eq!(cast(CastOp::SToF, I8, F32, 0xff), from32(-1.0));
        assert_eq!(
            cast(CastOp::UToF, I64, F64, u64::MAX),
            float(1.8446744073709552e19)
        );
        assert_eq!(cast(CastOp::SExt, I8, I32, 0x80), 0xffff_ff80);
        assert_eq!(cast(CastOp::ZExt, I8, I32, 0x80), 0x80);
        assert_eq!(cast(CastOp::FToF, F32, F64, from32(1.5)), float(1.5));
    }

    #[test]
    fn nan_is_unordered() {
        let (nan, one) = (f64::NAN.to_bits(), 1f64.to_bits());
        let holds = |op| cmp(op, Scalar::F64, nan, one);
        assert!(holds(CmpOp::FNe));
        assert!(!holds(CmpOp::FEq) && !holds(CmpOp::FLt) && !holds(CmpOp::FLe));
    }

    #[test]
    fn constants_and_back() {
        for ty in [Scalar::I8, Scalar::I64, Scalar::Ptr, Scalar::F64] {
            let value = fit(ty, 0xfedc_ba98_7654_3210);
            assert_eq!(constant(ty, operand(ty, value)), Some(value));
        }
        assert_eq!(
            constant(Scalar::F32, Operand::Float(0.1)),
            Some(from32(0.1))
        );
    }
}
