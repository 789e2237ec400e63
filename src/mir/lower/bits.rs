//! Bit fields: `{.bitsize: n.}`, as C has them.
//!
//! Such a field has no address. It is read by shifting it out of the unit that it lies in, an integer of its declared type, and
//! written by changing its bits of that unit. [`layout`](super::layout) says where it lies.

use super::builder::Addr;
use super::layout::{Bits, Kind};
use super::routine::Fun;
use crate::mir::{BinOp, Operand, Scalar};
use crate::sema::typed::{Expr, ExprKind};
use crate::sema::types::TypeId;

/// A bit field of a value that is there.
#[derive(Clone, Copy)]
pub(super) struct BitPlace {
    /// Its unit.
    addr: Addr,
    scalar: Scalar,
    signed: bool,
    bits: Bits,
}

impl<'r> Fun<'_, 'r> {
    /// The bits of a field, if it is a bit field.
    pub(super) fn bits_of(&self, object: TypeId, field: usize) -> Option<Bits> {
        let object = self.cx.types.repr(object);
        let (_, body) = self.cx.types.object(object)?;
        body.fields.get(field)?.bitsize?;
        let layout = self.cx.cache.layouts.fields(self.cx.types, object);
        layout.bits_of(field)
    }

    /// Is it a bit field?
    pub(super) fn is_bit_field(&self, e: &Expr) -> bool {
        matches!(&e.kind, ExprKind::Field { object, field, .. } if self.bits_of(object.ty, *field).is_some())
    }

    /// The bit field that a place is, if it is one, with the address of its unit.
    pub(super) fn bit_place(&mut self, e: &'r Expr, write: bool) -> Option<BitPlace> {
        let ExprKind::Field {
            object,
            field,
            checked,
        } = &e.kind
        else {
            return None;
        };
        let bits = self.bits_of(object.ty, *field)?;
        let addr = self.field(object, *field, *checked, write);
        let addr = self.b.settle(addr);
        self.bit_place_at(addr, e.ty, bits)
    }

    /// The bit field of type `ty` in the unit at `addr`.
    pub(super) fn bit_place_at(&mut self, addr: Addr, ty: TypeId, bits: Bits) -> Option<BitPlace> {
        let Kind::Scalar(scalar, signed) = self.cx.kind(ty) else {
            self.cx.bug("a bit field of what is no scalar");
            return None;
        };
        Some(BitPlace {
            addr,
            scalar,
            signed,
            bits,
        })
    }

    pub(super) fn read_bits(&mut self, place: BitPlace) -> Operand {
        let BitPlace {
            addr,
            scalar,
            signed,
            bits,
        } = place;
        let unit = self.b.load(scalar, addr);
        let wide = self.b.resize(scalar, false, Scalar::I64, unit);
        let left = Operand::Int(i64::from(64 - bits.shift - bits.width));
        let right = Operand::Int(i64::from(64 - bits.width));
        let high = self.b.bin(Scalar::I64, BinOp::Shl, wide, left);
        let op = if signed { BinOp::AShr } else { BinOp::LShr };
        let value = self.b.bin(Scalar::I64, op, high, right);
        self.b.resize(Scalar::I64, signed, scalar, value)
    }

    /// What does not fit is cut off, as in C.
    pub(super) fn write_bits(&mut self, place: BitPlace, value: Operand) {
        let BitPlace {
            addr, scalar, bits, ..
        } = place;
        let mask = bits.mask();
        let value = self.b.resize(scalar, false, Scalar::I64, value);
        let value = self
            .b
            .bin(Scalar::I64, BinOp::And, value, Operand::Int(mask as i64));
        let shift = Operand::Int(i64::from(bits.shift));
        let value = self.b.bin(Scalar::I64, BinOp::Shl, value, shift);
        let unit = self.b.load(scalar, addr);
        let unit = self.b.resize(scalar, false, Scalar::I64, unit);
        let others = Operand::Int(!(mask << bits.shift) as i64);
        let unit = self.b.bin(Scalar::I64, BinOp::And, unit, others);
        let unit = self.b.bin(Scalar::I64, BinOp::Or, unit, value);
        let unit = self.b.resize(Scalar::I64, false, scalar, unit);
        self.b.store(scalar, addr, unit);
    }
}
