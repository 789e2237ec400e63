//! Arithmetic on intervals of signed integers.

use super::*;
use crate::mir::arith;

/// All numbers from `lo` to `hi`, which is not less.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Interval {
    pub(super) lo: i64,
    pub(super) hi: i64,
}

impl Interval {
    pub(super) fn one(value: i64) -> Interval {
        Interval {
            lo: value,
            hi: value,
        }
    }

    /// All values of a type, as signed numbers.
    pub(super) fn all(ty: Scalar) -> Interval {
        let unused = 64 - ty.size() * 8;
        Interval {
            lo: i64::MIN >> unused,
            hi: i64::MAX >> unused,
        }
    }

    /// Those of `lo` to `hi`, if all of them are of the type.
    fn of(ty: Scalar, lo: i128, hi: i128) -> Option<Interval> {
        let all = Interval::all(ty);
        let fits = lo <= hi && i128::from(all.lo) <= lo && hi <= i128::from(all.hi);
        fits.then_some(Interval {
            lo: lo as i64,
            hi: hi as i64,
        })
    }

    pub(super) fn has(self, value: i64) -> bool {
        (self.lo..=self.hi).contains(&value)
    }

    /// The value, if there is one.
    pub(super) fn constant(self) -> Option<i64> {
        (self.lo == self.hi).then_some(self.lo)
    }

    pub(super) fn union(self, other: Interval) -> Interval {
        Interval {
            lo: self.lo.min(other.lo),
            hi: self.hi.max(other.hi),
        }
    }

    /// What is in both. Where that is nothing, which only code that never runs asks for, `self`.
    pub(super) fn and(self, other: Interval) -> Interval {
        let (lo, hi) = (self.lo.max(other.lo), self.hi.min(other.hi));
        match lo <= hi {
            true => Interval { lo, hi },
            false => self,
        }
    }

    /// What the exact result can be, if it always is of the type.
    pub(super) fn exact(op: CheckedOp, ty: Scalar, a: Interval, b: Interval) -> Option<Interval> {
        let [alo, ahi, blo, bhi] = [a.lo, a.hi, b.lo, b.hi].map(i128::from);
        match op {
            CheckedOp::Add => Interval::of(ty, alo + blo, ahi + bhi),
            CheckedOp::Sub => Interval::of(ty, alo - bhi, ahi - blo),
            CheckedOp::Mul => {
                let ends = [alo * blo, alo * bhi, ahi * blo, ahi * bhi];
                let lo = ends.into_iter().min()?;
                Interval::of(ty, lo, ends.into_iter().max()?)
            }
        }
    }

    /// What the result can be where it is of the type.
    pub(super) fn checked(op: CheckedOp, ty: Scalar, a: Interval, b: Interval) -> Interval {
        let all = Interval::all(ty);
        let [alo, ahi, blo, bhi] = [a.lo, a.hi, b.lo, b.hi].map(i128::from);
        let (lo, hi) = match op {
            CheckedOp::Add => (alo + blo, ahi + bhi),
            CheckedOp::Sub => (alo - bhi, ahi - blo),
            CheckedOp::Mul => return Interval::exact(op, ty, a, b).unwrap_or(all),
        };
        let within = |value: i128| value.clamp(all.lo.into(), all.hi.into()) as i64;
        Interval {
            lo: within(lo),
            hi: within(hi),
        }
    }

    /// What the result of an operation on integers can be; `None` if nothing is known of it.
    pub(super) fn bin(op: BinOp, ty: Scalar, a: Interval, b: Interval) -> Option<Interval> {
        let by = b.constant();
        match op {
            BinOp::Add => Interval::exact(CheckedOp::Add, ty, a, b),
            BinOp::Sub => Interval::exact(CheckedOp::Sub, ty, a, b),
            BinOp::Mul => Interval::exact(CheckedOp::Mul, ty, a, b),
            BinOp::And if b.lo >= 0 => Some(Interval { lo: 0, hi: b.hi }),
            BinOp::And if a.lo >= 0 => Some(Interval { lo: 0, hi: a.hi }),
            BinOp::Or | BinOp::Xor if a.lo >= 0 && b.lo >= 0 => Some(Interval {
                lo: 0,
                hi: below_power(a.hi | b.hi),
            }),
            BinOp::SRem => by.filter(|&by| by > 0).map(|by| remainder(a, by)),
            BinOp::URem if a.lo >= 0 => by.filter(|&by| by > 0).map(|by| remainder(a, by)),
            BinOp::SDiv => by.filter(|&by| by > 0).map(|by| divided(a, by)),
            BinOp::UDiv if a.lo >= 0 => by.filter(|&by| by > 0).map(|by| divided(a, by)),
            BinOp::AShr => shift(ty, by).map(|by| shifted(a, by)),
            BinOp::LShr if a.lo >= 0 => shift(ty, by).map(|by| shifted(a, by)),
            BinOp::Shl => shift(ty, by).and_then(|by| {
                let by = 1_i128 << by;
                Interval::of(ty, i128::from(a.lo) * by, i128::from(a.hi) * by)
            }),
            _ => None,
        }
    }

    /// What a conversion between integers gives.
    pub(super) fn cast(op: CastOp, from: Scalar, to: Scalar, src: Interval) -> Option<Interval> {
        match op {
            CastOp::SExt => Some(src),
            CastOp::ZExt if src.lo >= 0 => Some(src),
            CastOp::ZExt => Interval::of(to, 0, i128::from(u64::MAX >> (64 - from.size() * 8))),
            CastOp::Trunc => Interval::of(to, src.lo.into(), src.hi.into()),
            _ => None,
        }
    }

    /// Does the comparison hold for all values, or for none? `None`: for some.
    pub(super) fn compare(op: CmpOp, a: Interval, b: Interval) -> Option<bool> {
        let decided = |yes: bool, no: bool| (yes || no).then_some(yes);
        let natural = a.lo >= 0 && b.lo >= 0;
        match op {
            CmpOp::SLt => decided(a.hi < b.lo, a.lo >= b.hi),
            CmpOp::SLe => decided(a.hi <= b.lo, a.lo > b.hi),
            CmpOp::ULt if natural => decided(a.hi < b.lo, a.lo >= b.hi),
            CmpOp::ULe if natural => decided(a.hi <= b.lo, a.lo > b.hi),
            CmpOp::Eq => decided(a.constant().is_some() && a == b, a.hi < b.lo || b.hi < a.lo),
            CmpOp::Ne => Interval::compare(CmpOp::Eq, a, b).map(|same| !same),
            _ => None,
        }
    }

    /// What `a` and `b` are once it is known whether the comparison of them holds.
    pub(super) fn refine(op: CmpOp, holds: bool, a: Interval, b: Interval) -> (Interval, Interval) {
        let below = |hi: i64| Interval { lo: i64::MIN, hi };
        let above = |lo: i64| Interval { lo, hi: i64::MAX };
        match (op, holds) {
            (CmpOp::SLt, true) => (
                a.and(below(b.hi.saturating_sub(1))),
                b.and(above(a.lo.saturating_add(1))),
            ),
            (CmpOp::SLe, true) => (a.and(below(b.hi)), b.and(above(a.lo))),
            (CmpOp::SLt, false) => {
                let (b, a) = Interval::refine(CmpOp::SLe, true, b, a);
                (a, b)
            }
            (CmpOp::SLe, false) => {
                let (b, a) = Interval::refine(CmpOp::SLt, true, b, a);
                (a, b)
            }
            // What is less than a natural number as an unsigned one is itself natural.
            (CmpOp::ULt | CmpOp::ULe, true) if b.lo >= 0 => {
                let signed = if op == CmpOp::ULt {
                    CmpOp::SLt
                } else {
                    CmpOp::SLe
                };
                Interval::refine(signed, true, a.and(above(0)), b)
            }
            (CmpOp::Eq, true) | (CmpOp::Ne, false) => (a.and(b), b.and(a)),
            _ => (a, b),
        }
    }
}

/// The value of an operand of a type that is no register.
pub(super) fn constant(ty: Scalar, operand: Operand) -> Option<i64> {
    arith::constant(ty, operand).map(|bits| arith::signed(ty, bits))
}

/// The largest number with as many bits.
fn below_power(value: i64) -> i64 {
    match value {
        0 => 0,
        value => i64::MAX >> (value.leading_zeros() - 1),
    }
}

fn remainder(a: Interval, by: i64) -> Interval {
    let most = by - 1;
    Interval {
        lo: if a.lo >= 0 { 0 } else { a.lo.max(-most) },
        hi: if a.hi <= 0 { 0 } else { a.hi.min(most) },
    }
}

fn divided(a: Interval, by: i64) -> Interval {
    Interval {
        lo: a.lo / by,
        hi: a.hi / by,
    }
}

fn shifted(a: Interval, by: u32) -> Interval {
    Interval {
        lo: a.lo >> by,
        hi: a.hi >> by,
    }
}

/// By how much is shifted, if that is less than the type's width.
fn shift(ty: Scalar, by: Option<i64>) -> Option<u32> {
    let by = u32::try_from(by?).ok()?;
    (by < ty.size() * 8).then_some(by)
}
