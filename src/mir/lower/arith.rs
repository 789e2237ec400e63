//! Arithmetic and comparison.

use super::frame::Value;
use super::layout::Kind;
use super::routine::Fun;
use crate::mir::{BinOp, CheckedOp, CmpOp, Inst, Operand, Scalar, UnOp};
use crate::sema::magic::Magic;
use crate::sema::typed::Expr;
use crate::sema::types::{Type, TypeId};

impl<'r> Fun<'_, 'r> {
    /// Register type and signedness of a scalar type.
    pub(super) fn shape(&self, ty: TypeId) -> (Scalar, bool) {
        match self.cx.kind(ty) {
            Kind::Scalar(scalar, signed) => (scalar, signed),
            _ => (Scalar::I64, true),
        }
    }

    /// `+`, `-`, `*`, checked on signed integers.
    pub(super) fn arithmetic(&mut self, magic: Magic, args: &'r [Expr], ty: TypeId) -> Operand {
        let (scalar, signed) = self.shape(ty);
        let (a, b) = self.operands(&args[0], &args[1]);
        if scalar.is_float() {
            let op = match magic {
                Magic::Add => BinOp::FAdd,
                Magic::Sub => BinOp::FSub,
                Magic::Mul => BinOp::FMul,
                _ => BinOp::FDiv,
            };
            let value = self.b.bin(scalar, op, a, b);
            self.check_float(scalar, value);
            return value;
        }
        let op = match magic {
            Magic::Add => CheckedOp::Add,
            Magic::Sub => CheckedOp::Sub,
            _ => CheckedOp::Mul,
        };
        self.combine(op, scalar, signed && self.checks.overflow, a, b)
    }

    /// `nanChecks` and `infChecks`, of what a machine instruction has given.
    fn check_float(&mut self, scalar: Scalar, value: Operand) {
        if !matches!(value, Operand::Reg(_)) {
            return;
        }
        if self.checks.nan {
            let number = self.b.cmp(CmpOp::FEq, scalar, value, value);
            self.check(number, "raiseFloatInvalidOp", &[]);
        }
        if self.checks.infinity {
            let zero = Operand::Float(0.0);
            let half = self.b.bin(scalar, BinOp::FMul, value, Operand::Float(0.5));
            // Infinity and zero are half of themselves.
            let same = self.b.cmp(CmpOp::FEq, scalar, half, value);
            let is_zero = self.b.cmp(CmpOp::FEq, scalar, value, zero);
            let infinite = self.b.cmp(CmpOp::ULt, Scalar::I8, is_zero, same);
            let finite = self.b.cmp(CmpOp::Eq, Scalar::I8, infinite, Operand::Int(0));
            let positive = self.b.cmp(CmpOp::FLt, scalar, zero, value);
            self.check(finite, "raiseFloatOverflow", &[positive]);
        }
    }

    /// Integer arithmetic that raises on overflow, or wraps.
    pub(super) fn combine(
        &mut self,
        op: CheckedOp,
        scalar: Scalar,
        checked: bool,
        a: Operand,
        b: Operand,
    ) -> Operand {
        if !checked {
            let op = match op {
                CheckedOp::Add => BinOp::Add,
                CheckedOp::Sub => BinOp::Sub,
                CheckedOp::Mul => BinOp::Mul,
            };
            return self.b.bin(scalar, op, a, b);
        }
        if b == Operand::Int(0) && op != CheckedOp::Mul {
            return a;
        }
        let dst = self.b.reg(scalar);
        let raise = self.cx.required("raiseOverflow");
        let unwind = self.unwind();
        self.b.emit(Inst::Checked {
            dst,
            op,
            a,
            b,
            raise,
            unwind,
        });
        dst.into()
    }

    /// `div` and `mod`.
    pub(super) fn divide(&mut self, rest: bool, args: &'r [Expr], ty: TypeId) -> Operand {
        let (scalar, signed) = self.shape(ty);
        let (a, b) = self.operands(&args[0], &args[1]);
        self.check_division(scalar, signed, a, b);
        let op = match (rest, signed) {
            (false, true) => BinOp::SDiv,
            (false, false) => BinOp::UDiv,
            (true, true) => BinOp::SRem,
            (true, false) => BinOp::URem,
        };
        self.b.bin(scalar, op, a, b)
    }

    /// What the machine cannot divide must be excluded even where checks are off.
    fn check_division(&mut self, scalar: Scalar, signed: bool, a: Operand, b: Operand) {
        if !matches!(b, Operand::Int(value) if value != 0) {
            let there = self.b.cmp(CmpOp::Ne, scalar, b, Operand::Int(0));
            self.check(there, "raiseDivByZero", &[]);
        }
        if !signed || matches!(b, Operand::Int(value) if value != -1) {
            return;
        }
        let lowest = Operand::Int(i64::MIN >> (64 - scalar.size() * 8));
        let not_lowest = self.b.cmp(CmpOp::Ne, scalar, a, lowest);
        let not_minus = self.b.cmp(CmpOp::Ne, scalar, b, Operand::Int(-1));
        let good = self.b.bin(Scalar::I8, BinOp::Or, not_lowest, not_minus);
        self.check(good, "raiseOverflow", &[]);
    }

    /// Operations that never raise.
    pub(super) fn plain(&mut self, op: BinOp, args: &'r [Expr], ty: TypeId) -> Operand {
        let (scalar, _) = self.shape(ty);
        let (a, b) = self.operands(&args[0], &args[1]);
        self.b.bin(scalar, op, a, b)
    }

    /// A shift, whose amount may have another type.
    pub(super) fn shift(&mut self, magic: Magic, args: &'r [Expr], ty: TypeId) -> Operand {
        let (scalar, signed) = self.shape(ty);
        let (from, from_signed) = self.shape(args[1].ty);
        let (a, amount) = self.operands(&args[0], &args[1]);
        let op = match magic {
            Magic::Shl => BinOp::Shl,
            Magic::AShr => BinOp::AShr,
            _ if signed => BinOp::AShr,
            _ => BinOp::LShr,
        };
        // As in C, what is small is shifted as an `int`: all of its bits may go.
        let wide = match scalar.size() {
            1 | 2 => Scalar::I32,
            _ => scalar,
        };
        let amount = self.b.resize(from, from_signed, wide, amount);
        let a = self.b.resize(scalar, op == BinOp::AShr, wide, a);
        let shifted = self.b.bin(wide, op, a, amount);
        self.b.resize(wide, false, scalar, shifted)
    }

    /// Unsigned division of signed integers.
    pub(super) fn divide_unsigned(&mut self, op: BinOp, args: &'r [Expr], ty: TypeId) -> Operand {
        let (scalar, _) = self.shape(ty);
        let (a, b) = self.operands(&args[0], &args[1]);
        self.check_division(scalar, false, a, b);
        self.b.bin(scalar, op, a, b)
    }

    pub(super) fn negate(&mut self, arg: &'r Expr, ty: TypeId) -> Operand {
        let (scalar, signed) = self.shape(ty);
        let value = self.scalar(arg);
        if scalar.is_float() {
            return self.b.un(scalar, UnOp::FNeg, value);
        }
        let checked = signed && self.checks.overflow;
        let dst = self.combine(CheckedOp::Sub, scalar, checked, Operand::Int(0), value);
        match dst {
            Operand::Reg(_) | Operand::Int(_) => dst,
            Operand::Float(_) => value,
        }
    }

    pub(super) fn absolute(&mut self, arg: &'r Expr, ty: TypeId) -> Operand {
        let (scalar, signed) = self.shape(ty);
        let value = self.scalar(arg);
        if scalar.is_float() {
            return self.b.un(scalar, UnOp::FAbs, value);
        }
        if !signed {
            return value;
        }
        if self.checks.overflow {
            let lowest = Operand::Int(i64::MIN >> (64 - scalar.size() * 8));
            let good = self.b.cmp(CmpOp::Ne, scalar, value, lowest);
            self.check(good, "raiseOverflow", &[]);
        }
        let minus = self.b.bin(scalar, BinOp::Sub, Operand::Int(0), value);
        let negative = self.b.cmp(CmpOp::SLt, scalar, value, Operand::Int(0));
        let dst = self.b.reg(scalar);
        self.b.emit(Inst::Select {
            dst,
            cond: negative,
            a: minus,
            b: value,
        });
        dst.into()
    }

    /// `==`, `<`, `<=`.
    pub(super) fn compare(&mut self, magic: Magic, args: &'r [Expr]) -> Operand {
        let ty = args[0].ty;
        if self.cx.kind(ty) == Kind::Memory || self.cx.kind(args[1].ty) == Kind::Memory {
            return self.compare_memory(&args[0], &args[1]);
        }
        let (scalar, signed) = self.shape(ty);
        let (a, b) = self.operands(&args[0], &args[1]);
        let op = match (magic, scalar.is_float(), signed) {
            (Magic::Eq, true, _) => CmpOp::FEq,
            (Magic::Eq, false, _) => CmpOp::Eq,
            (Magic::Lt, true, _) => CmpOp::FLt,
            (Magic::Lt, false, true) => CmpOp::SLt,
            (Magic::Lt, false, false) => CmpOp::ULt,
            (_, true, _) => CmpOp::FLe,
            (_, false, true) => CmpOp::SLe,
            (_, false, false) => CmpOp::ULe,
        };
        self.b.cmp(op, scalar, a, b)
    }

    /// Closures: the same code and the same environment.
    fn compare_memory(&mut self, a: &'r Expr, b: &'r Expr) -> Operand {
        let (first, second) = (self.eval(a), self.eval(b));
        match (first, second) {
            (Value::Mem(first), Value::Mem(second)) => {
                if self.cx.is_closure(a.ty) {
                    let first = self.b.settle(first);
                    let second = self.b.settle(second);
                    let code = self.same_word(first, second);
                    let env = self.same_word(first.plus(8), second.plus(8));
                    return self.b.bin(Scalar::I8, BinOp::And, code, env);
                }
                if self.cx.managed(a.ty) {
                    self.cx.bug("`==` on values that need more than their bits");
                }
                self.same_bytes(first, second, self.cx.size(a.ty))
            }
            (Value::Mem(closure), Value::Scalar(other))
            | (Value::Scalar(other), Value::Mem(closure)) => {
                let code = self.b.load(Scalar::Ptr, closure);
                self.b.cmp(CmpOp::Eq, Scalar::Ptr, code, other)
            }
            _ => Operand::Int(0),
        }
    }

    fn same_word(&mut self, a: super::builder::Addr, b: super::builder::Addr) -> Operand {
        let a = self.b.load(Scalar::I64, a);
        let b = self.b.load(Scalar::I64, b);
        self.b.cmp(CmpOp::Eq, Scalar::I64, a, b)
    }

    pub(super) fn compare_unsigned(&mut self, op: CmpOp, args: &'r [Expr]) -> Operand {
        let (scalar, _) = self.shape(args[0].ty);
        let (a, b) = self.operands(&args[0], &args[1]);
        self.b.cmp(op, scalar, a, b)
    }

    /// `value ± n` within the type, raising where it is left.
    pub(super) fn step(&mut self, value: Operand, n: &'r Expr, ty: TypeId, down: bool) -> Operand {
        let (scalar, signed) = self.shape(ty);
        let (from, from_signed) = self.shape(n.ty);
        let amount = self.scalar(n);
        let op = if down { CheckedOp::Sub } else { CheckedOp::Add };
        let full = match self.cx.types.ordinal_range(ty) {
            Some((lo, hi)) => {
                let bits = scalar.size() * 8;
                // There is no char after the last one, where numbers without a sign begin again.
                let wraps = !matches!(self.cx.types.get(ty), Type::Char);
                wraps && hi - lo == (1i128 << bits) - 1
            }
            None => true,
        };
        if full {
            let amount = self.b.resize(from, from_signed, scalar, amount);
            return self.combine(op, scalar, signed && self.checks.overflow, value, amount);
        }
        let wide = self.b.resize(scalar, signed, Scalar::I64, value);
        let amount = self.b.resize(from, from_signed, Scalar::I64, amount);
        let sum = self.combine(op, Scalar::I64, self.checks.overflow, wide, amount);
        if self.checks.overflow
            && let Some((lo, hi)) = self.cx.types.ordinal_range(ty)
        {
            let good = super::synth::in_range(&mut self.b, sum, lo as i64, hi as i64);
            self.check(good, "raiseOverflow", &[]);
        }
        self.b.resize(Scalar::I64, true, scalar, sum)
    }
}
