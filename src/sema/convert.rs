//! Explicit conversions.

use super::call::Given;
use super::checker::Checker;
use super::literal_text;
use super::typed::{Expr, ExprKind};
use super::types::{IntTy, Type, TypeId};
use crate::source::Place;

impl Checker<'_, '_> {
    /// `T(x)`: a conversion, or an object constructor without fields.
    pub(super) fn convert_call(
        &mut self,
        ty: TypeId,
        args: &mut [Given<'_>],
        place: Place,
    ) -> Expr {
        if ty == TypeId::ERROR {
            return self.bad(place);
        }
        if args.is_empty() && self.object_of(ty).is_some() {
            return self.object_of_defaults(
                ty,
                self.object_of(ty).unwrap_or(ty),
                Vec::new(),
                place,
            );
        }
        if self.object_of(ty).is_some() && args.iter().any(|arg| arg.name.is_some()) {
            self.error(place, "object construction uses ':', not '='");
            return self.bad(place);
        }
        let [arg] = args else {
            let shown = self.s.types.show(ty);
            self.error(place, format!("attempting to call routine: '{shown}'"));
            return self.bad(place);
        };
        let value = match (arg.typed.take(), &arg.node) {
            (Some(value), _) => value,
            (None, super::call::GivenNode::Node(node)) => {
                if self.denotes_type(*node)
                    && matches!(self.get(ty), Type::Class(_) | Type::TypeDesc(_))
                {
                    return self.type_node_value(*node);
                }
                self.expr(*node, Some(ty))
            }
            (None, super::call::GivenNode::Checked) => return self.bad(place),
        };
        if !self.has_value(&value) {
            return self.bad(place);
        }
        self.convert_explicitly(value, ty, place)
    }

    /// An explicit conversion.
    pub(super) fn convert_explicitly(&mut self, value: Expr, ty: TypeId, place: Place) -> Expr {
        let value = self.settle_enum(value, Some(ty));
        if value.ty == TypeId::ERROR || ty == TypeId::ERROR {
            return self.bad(place);
        }
        if matches!(self.get(ty), Type::Class(_) | Type::Generic(_)) {
            // `seq(x)` and the like make no sense; `SomeInteger(x)` takes the value as it is.
            if self.type_is(value.ty, ty) {
                return value;
            }
        }
        if value.ty == ty {
            return value;
        }
        let here = Expr {
            place,
            ..value.clone()
        };
        if let Some(number) = self.outside(&here, ty) {
            let shown = self.s.types.show(ty);
            self.error(
                value.place,
                format!("{number} can't be converted to {shown}"),
            );
            return self.bad(place);
        }
        if let Some(folded) = self.fold_conversion(&here, ty) {
            return Expr { place, ..folded };
        }
        let (from, to) = (self.s.types.bare(value.ty), ty);
        if self.convertible(from, to, &value) {
            let value = if self.adaptable(&value) && self.fits_type(self.s.types.repr(to), &value) {
                let repr = self.s.types.repr(to);
                self.convert_implicitly(value, repr)
            } else {
                value
            };
            let checked = self.checks.range;
            if value.ty == to {
                return value;
            }
            return self.make(
                ExprKind::Convert {
                    value: Box::new(value),
                    checked,
                },
                to,
                place,
            );
        }
        if let Some((converter, _)) = self.find_converter(to, &value) {
            return self.call_converter(converter, value, to);
        }
        self.mismatch_at(place, &value, ty);
        self.bad(place)
    }

    /// The text of a constant number that the type which it is converted to does not have.
    fn outside(&self, value: &Expr, ty: TypeId) -> Option<String> {
        let types = &self.s.types;
        let target = self.get(types.bare(ty));
        if *target == Type::Bool || types.has_holes(types.bare(ty)) {
            return None;
        }
        let (text, number) = match self.constant(value)? {
            ExprKind::Int(v) => match self.get(types.repr(value.ty)) {
                Type::Int(IntTy::UInt | IntTy::U64) => Number::int(i128::from(*v as u64)),
                Type::Int(_) | Type::Char | Type::Bool | Type::Enum(_) => {
                    Number::int(i128::from(*v))
                }
                _ => return None,
            },
            ExprKind::Float(v) => (literal_text::float(*v), Number::Float(*v)),
            _ => return None,
        };
        let inside = match target {
            Type::FloatRange { lo, hi, .. } => {
                (f64::from_bits(*lo)..=f64::from_bits(*hi)).contains(&number.as_float())
            }
            _ => {
                let (low, high) = types.ordinal_range(ty)?;
                number
                    .whole()
                    .is_some_and(|whole| (low..=high).contains(&whole))
            }
        };
        (!inside).then_some(text)
    }

    pub(super) fn convertible(&mut self, from: TypeId, to: TypeId, value: &Expr) -> bool {
        if self.fits_type(to, value) {
            return true;
        }
        let (a, b) = (self.s.types.repr(from), self.s.types.repr(to));
        if a == b || self.same(a, b) {
            return true;
        }
        let number = |c: &Self, t: TypeId| {
            matches!(
                c.get(t),
                Type::Int(_) | Type::Float(_) | Type::Bool | Type::Char | Type::Enum(_)
            )
        };
        if number(self, a) && number(self, b) {
            let float = |c: &Self, t: TypeId| matches!(c.get(t), Type::Float(_));
            let plain = |c: &Self, t: TypeId| matches!(c.get(t), Type::Int(_) | Type::Float(_));
            return (!float(self, a) || plain(self, b)) && (!float(self, b) || plain(self, a));
        }
        if let (Some(x), Some(y)) = (self.object_of(a), self.object_of(b))
            && std::mem::discriminant(self.get(a)) == std::mem::discriminant(self.get(b))
        {
            return self.derives(x, y).is_some() || self.derives(y, x).is_some();
        }
        match (self.get(a).clone(), self.get(b).clone()) {
            (Type::CString, Type::String) => false,
            (Type::Seq(x), Type::Seq(y))
            | (Type::Array { elem: x, .. }, Type::Array { elem: y, .. }) => {
                self.s.types.repr(x) == self.s.types.repr(y)
            }
            (Type::Ref(x), Type::Ref(y)) | (Type::Ptr(x), Type::Ptr(y)) => {
                self.s.types.repr(x) == self.s.types.repr(y)
            }
            _ => self.fits_type(
                b,
                &Expr {
                    ty: a,
                    ..value.clone()
                },
            ),
        }
    }
}

/// A constant that is converted.
#[derive(Clone, Copy)]
enum Number {
    Int(i128),
    Float(f64),
}

impl Number {
    fn int(value: i128) -> (String, Number) {
        (value.to_string(), Number::Int(value))
    }

    fn as_float(self) -> f64 {
        match self {
            Number::Int(value) => value as f64,
            Number::Float(value) => value,
        }
    }

    /// Without its fraction. What 64 signed bits do not hold is no float that an ordinal is made of.
    fn whole(self) -> Option<i128> {
        match self {
            Number::Int(value) => Some(value),
            Number::Float(value) => {
                let bound = -(i64::MIN as f64);
                (-bound..bound).contains(&value).then_some(value as i128)
            }
        }
    }
}
