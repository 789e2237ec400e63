//! Sets: up to 64 elements are a word in a register, larger ones are bytes in memory.

use super::builder::Addr;
use super::frame::Value;
use super::layout::{Kind, set_bytes, set_extent};
use super::routine::Fun;
use crate::mir::{BinOp, CmpOp, Inst, Operand, Scalar, UnOp};
use crate::sema::magic::Magic;
use crate::sema::typed::Expr;
use crate::sema::types::TypeId;

type Parts = [(Expr, Option<Expr>)];

impl<'r> Fun<'_, 'r> {
    /// A set in a word.
    pub(super) fn set_scalar(&mut self, parts: &'r Parts, ty: TypeId) -> Operand {
        let (scalar, _) = self.shape(ty);
        if let Some(bytes) = self.cx.set_image(parts, ty) {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(&bytes);
            return Operand::Int(i64::from_le_bytes(word));
        }
        let mut set = Operand::Int(0);
        for (first, last) in parts {
            let mask = self.word_mask(first, last.as_ref(), ty);
            let mask = self.b.resize(Scalar::I64, false, scalar, mask);
            set = self.b.bin(scalar, BinOp::Or, mask, set);
        }
        set
    }

    /// The bits `first..=last` as a 64-bit word.
    fn word_mask(&mut self, first: &'r Expr, last: Option<&'r Expr>, ty: TypeId) -> Operand {
        let low = self.bit_of(first, ty);
        let Some(last) = last else {
            return self.b.bin(Scalar::I64, BinOp::Shl, Operand::Int(1), low);
        };
        let high = self.bit_of(last, ty);
        let width = self.b.bin(Scalar::I64, BinOp::Sub, high, low);
        let unused = self.b.bin(Scalar::I64, BinOp::Sub, Operand::Int(63), width);
        let ones = self
            .b
            .bin(Scalar::I64, BinOp::LShr, Operand::Int(-1), unused);
        let mask = self.b.bin(Scalar::I64, BinOp::Shl, ones, low);
        let some = self.b.cmp(CmpOp::SLe, Scalar::I64, low, high);
        let dst = self.b.reg(Scalar::I64);
        self.b.emit(Inst::Select {
            dst,
            cond: some,
            a: mask,
            b: Operand::Int(0),
        });
        dst.into()
    }

    /// An element's number in the set type.
    fn bit_of(&mut self, e: &'r Expr, ty: TypeId) -> Operand {
        let (low, _) = set_extent(self.cx.types, ty);
        let value = self.index(e);
        self.b
            .bin(Scalar::I64, BinOp::Sub, value, Operand::Int(low))
    }

    /// A set in memory.
    pub(super) fn set_memory(&mut self, parts: &'r Parts, ty: TypeId, addr: Addr) {
        self.b.mem_zero(addr, set_bytes(self.cx.types, ty));
        for (first, last) in parts {
            let low = self.bit_of(first, ty);
            match last {
                None => self.set_bit(addr, low, true),
                Some(last) => {
                    let high = self.bit_of(last, ty);
                    self.set_bits(addr, low, high);
                }
            }
        }
    }

    fn set_bits(&mut self, addr: Addr, low: Operand, high: Operand) {
        let at = self.b.reg(Scalar::I64);
        self.b.copy(at, low);
        let (head, body, done) = (self.b.block(), self.b.block(), self.b.block());
        self.b.goto(head);
        self.b.enter(head);
        let more = self.b.cmp(CmpOp::SLe, Scalar::I64, at.into(), high);
        self.b.branch(more, body, done);
        self.b.enter(body);
        self.set_bit(addr, at.into(), true);
        self.b.emit(Inst::Bin {
            dst: at,
            op: BinOp::Add,
            a: at.into(),
            b: Operand::Int(1),
        });
        self.b.goto(head);
        self.b.enter(done);
    }

    /// The byte that holds a bit, and the bit in it.
    fn byte_of(&mut self, addr: Addr, bit: Operand) -> (Addr, Operand) {
        let byte = self.b.bin(Scalar::I64, BinOp::LShr, bit, Operand::Int(3));
        let base = self.b.address(addr);
        let at = self.b.offset(base, byte);
        let shift = self.b.bin(Scalar::I64, BinOp::And, bit, Operand::Int(7));
        let mask = self.b.bin(Scalar::I64, BinOp::Shl, Operand::Int(1), shift);
        let mask = self.b.resize(Scalar::I64, false, Scalar::I8, mask);
        (Addr::op(at), mask)
    }

    fn set_bit(&mut self, addr: Addr, bit: Operand, on: bool) {
        let (at, mask) = self.byte_of(addr, bit);
        let byte = self.b.load(Scalar::I8, at);
        let byte = if on {
            self.b.bin(Scalar::I8, BinOp::Or, mask, byte)
        } else {
            let mask = self.b.un(Scalar::I8, UnOp::Not, mask);
            self.b.bin(Scalar::I8, BinOp::And, byte, mask)
        };
        self.b.store(Scalar::I8, at, byte);
    }

    /// `incl` and `excl`.
    pub(super) fn include(&mut self, on: bool, args: &'r [Expr]) {
        let place = super::magic::target(&args[0]);
        let ty = place.ty;
        let (scalar, _) = self.shape(ty);
        match self.cx.kind(ty) {
            Kind::Scalar(..) => {
                let mask = self.word_mask(&args[1], None, ty);
                let mask = self.b.resize(Scalar::I64, false, scalar, mask);
                self.update(place, scalar, |fun, old| {
                    if on {
                        fun.b.bin(scalar, BinOp::Or, mask, old)
                    } else {
                        let mask = fun.b.un(scalar, UnOp::Not, mask);
                        fun.b.bin(scalar, BinOp::And, old, mask)
                    }
                });
            }
            _ => {
                let bit = self.bit_of(&args[1], ty);
                let addr = self.place_for_write(place);
                self.set_bit(addr, bit, on);
            }
        }
    }

    /// `x in s`.
    pub(super) fn contains(&mut self, args: &'r [Expr]) -> Operand {
        let ty = args[0].ty;
        let (low, bits) = set_extent(self.cx.types, ty);
        let (set, bit) = match self.eval(&args[0]) {
            Value::Scalar(op) => {
                let op = match self.has_effects(&args[1]) {
                    true => self.keep_local(op, ty),
                    false => op,
                };
                (Value::Scalar(op), self.bit_of(&args[1], ty))
            }
            other => (other, self.bit_of(&args[1], ty)),
        };
        let known = self
            .cx
            .types
            .ordinal_range(args[1].ty)
            .is_some_and(|(lo, hi)| {
                lo >= i128::from(low) && hi < i128::from(low) + i128::from(bits)
            });
        if known {
            return self.test_bit(set, ty, bit);
        }
        let result = self.b.reg(Scalar::I8);
        self.b.copy(result, Operand::Int(0));
        let (inside, done) = (self.b.block(), self.b.block());
        let good = self
            .b
            .cmp(CmpOp::ULt, Scalar::I64, bit, Operand::Int(bits as i64));
        self.b.branch(good, inside, done);
        self.b.enter(inside);
        let there = self.test_bit(set, ty, bit);
        self.b.copy(result, there);
        self.b.goto(done);
        self.b.enter(done);
        result.into()
    }

    fn test_bit(&mut self, set: Value, ty: TypeId, bit: Operand) -> Operand {
        match set {
            Value::Scalar(word) => {
                let (scalar, _) = self.shape(ty);
                let wide = self.b.resize(scalar, false, Scalar::I64, word);
                let shifted = self.b.bin(Scalar::I64, BinOp::LShr, wide, bit);
                let one = self
                    .b
                    .bin(Scalar::I64, BinOp::And, shifted, Operand::Int(1));
                self.b.resize(Scalar::I64, false, Scalar::I8, one)
            }
            Value::Mem(addr) => {
                let (at, mask) = self.byte_of(addr, bit);
                let byte = self.b.load(Scalar::I8, at);
                let hit = self.b.bin(Scalar::I8, BinOp::And, byte, mask);
                self.b.cmp(CmpOp::Ne, Scalar::I8, hit, Operand::Int(0))
            }
            _ => Operand::Int(0),
        }
    }

    /// `+`, `*`, `-`, `-+-` on sets in words.
    pub(super) fn set_operation(&mut self, magic: Magic, args: &'r [Expr], ty: TypeId) -> Operand {
        let (scalar, _) = self.shape(ty);
        let (a, b) = self.operands(&args[0], &args[1]);
        self.merge(magic, scalar, a, b)
    }

    fn merge(&mut self, magic: Magic, scalar: Scalar, a: Operand, b: Operand) -> Operand {
        match magic {
            Magic::SetUnion => self.b.bin(scalar, BinOp::Or, a, b),
            Magic::SetIntersect => self.b.bin(scalar, BinOp::And, a, b),
            Magic::SetSymDiff => self.b.bin(scalar, BinOp::Xor, a, b),
            _ => {
                let not = self.b.un(scalar, UnOp::Not, b);
                self.b.bin(scalar, BinOp::And, a, not)
            }
        }
    }

    /// The same in memory, word by word.
    pub(super) fn set_operation_memory(
        &mut self,
        magic: Magic,
        args: &'r [Expr],
        ty: TypeId,
        dst: Addr,
    ) {
        let (Value::Mem(a), Value::Mem(b)) = (self.eval(&args[0]), self.eval(&args[1])) else {
            return;
        };
        self.words(a, b, ty, |fun, a, b, at, scalar| {
            let (a, b) = (fun.b.load(scalar, a), fun.b.load(scalar, b));
            let merged = fun.merge(magic, scalar, a, b);
            let dst = fun.b.address(dst);
            let to = fun.b.offset(dst, at);
            fun.b.store(scalar, Addr::op(to), merged);
        });
    }

    /// Runs `body` for each word of two sets in memory.
    fn words(
        &mut self,
        a: Addr,
        b: Addr,
        ty: TypeId,
        body: impl FnOnce(&mut Self, Addr, Addr, Operand, Scalar),
    ) {
        let bytes = set_bytes(self.cx.types, ty);
        let scalar = if bytes.is_multiple_of(8) {
            Scalar::I64
        } else {
            Scalar::I8
        };
        let (a, b) = (self.b.address(a), self.b.address(b));
        let at = self.b.reg(Scalar::I64);
        self.b.copy(at, Operand::Int(0));
        let (head, inner, done) = (self.b.block(), self.b.block(), self.b.block());
        self.b.goto(head);
        self.b.enter(head);
        let end = Operand::Int(bytes as i64);
        let more = self.b.cmp(CmpOp::ULt, Scalar::I64, at.into(), end);
        self.b.branch(more, inner, done);
        self.b.enter(inner);
        let first = self.b.offset(a, at.into());
        let second = self.b.offset(b, at.into());
        body(self, Addr::op(first), Addr::op(second), at.into(), scalar);
        self.b.emit(Inst::Bin {
            dst: at,
            op: BinOp::Add,
            a: at.into(),
            b: Operand::Int(i64::from(scalar.size())),
        });
        self.b.goto(head);
        self.b.enter(done);
    }

    /// `==`, `<=`, `<` on sets.
    pub(super) fn set_compare(&mut self, magic: Magic, args: &'r [Expr]) -> Operand {
        let ty = args[0].ty;
        if let Kind::Scalar(scalar, _) = self.cx.kind(ty) {
            let (a, b) = self.operands(&args[0], &args[1]);
            return self.word_compare(magic, scalar, a, b);
        }
        let (Value::Mem(a), Value::Mem(b)) = (self.eval(&args[0]), self.eval(&args[1])) else {
            return Operand::Int(0);
        };
        if magic == Magic::SetEq {
            return self.same_bytes(a, b, set_bytes(self.cx.types, ty));
        }
        let within = self.b.reg(Scalar::I8);
        self.b.copy(within, Operand::Int(1));
        self.words(a, b, ty, |fun, a, b, _, scalar| {
            let (a, b) = (fun.b.load(scalar, a), fun.b.load(scalar, b));
            let good = fun.word_compare(Magic::SetLe, scalar, a, b);
            fun.b.emit(Inst::Bin {
                dst: within,
                op: BinOp::And,
                a: within.into(),
                b: good,
            });
        });
        if magic == Magic::SetLe {
            return within.into();
        }
        let same = self.same_bytes(a, b, set_bytes(self.cx.types, ty));
        let other = self.b.bin(Scalar::I8, BinOp::Xor, same, Operand::Int(1));
        self.b.bin(Scalar::I8, BinOp::And, within.into(), other)
    }

    fn word_compare(&mut self, magic: Magic, scalar: Scalar, a: Operand, b: Operand) -> Operand {
        if magic == Magic::SetEq {
            return self.b.cmp(CmpOp::Eq, scalar, a, b);
        }
        let rest = self.merge(Magic::SetDiff, scalar, a, b);
        let within = self.b.cmp(CmpOp::Eq, scalar, rest, Operand::Int(0));
        if magic == Magic::SetLe {
            return within;
        }
        let differ = self.b.cmp(CmpOp::Ne, scalar, a, b);
        self.b.bin(Scalar::I8, BinOp::And, within, differ)
    }

    /// `card`.
    pub(super) fn cardinality(&mut self, set: &'r Expr) -> Operand {
        match self.eval(set) {
            Value::Scalar(op) => {
                let (scalar, _) = self.shape(set.ty);
                let count = self.b.un(scalar, UnOp::PopCount, op);
                self.b.resize(scalar, false, Scalar::I64, count)
            }
            Value::Mem(addr) => {
                let total = self.b.reg(Scalar::I64);
                self.b.copy(total, Operand::Int(0));
                self.words(addr, addr, set.ty, |fun, at, _, _, scalar| {
                    let word = fun.b.load(scalar, at);
                    let count = fun.b.un(scalar, UnOp::PopCount, word);
                    let count = fun.b.resize(scalar, false, Scalar::I64, count);
                    fun.b.emit(Inst::Bin {
                        dst: total,
                        op: BinOp::Add,
                        a: total.into(),
                        b: count,
                    });
                });
                total.into()
            }
            _ => Operand::Int(0),
        }
    }
}
