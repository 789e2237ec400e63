//! What holds for objects with variants: their `case` sections, and constructors that fill in fields of a branch.
//!
//! A constructor may name fields of a branch only where the discriminator is known to select that branch: it is a
//! constant, or a symbol that an enclosing `case` statement has narrowed to values of the branch.

use super::checker::Checker;
use super::typed::{Expr, ExprKind};
use super::types::{ObjectBody, Type, TypeId};
use crate::source::Place;

/// Inclusive ranges of ordinals.
pub(super) type Ranges = Vec<(i64, i64)>;

/// What an enclosing branch of a `case` statement says of a variable.
pub(super) struct Narrowed {
    /// The variable, and the depth of the routine that it is a local of.
    on: ExprKind,
    depth: usize,
    values: Ranges,
}

fn within(inner: &[(i64, i64)], outer: &[(i64, i64)]) -> bool {
    // The labels of a branch may be adjacent, so one range may be covered by several.
    inner.iter().all(|&(lo, hi)| {
        let mut next = lo;
        while let Some(&(_, end)) = outer.iter().find(|(a, b)| (*a..=*b).contains(&next)) {
            if end >= hi {
                return true;
            }
            next = end + 1;
        }
        false
    })
}

impl Checker<'_, '_> {
    /// Checks the body of a branch of `case on` with what the branch says of `on`.
    pub(super) fn narrowed<T>(
        &mut self,
        on: &Expr,
        values: Ranges,
        run: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let known = matches!(on.kind, ExprKind::Local(_) | ExprKind::Global(_));
        if known {
            self.narrowed.push(Narrowed {
                on: on.kind.clone(),
                depth: self.frames.len(),
                values,
            });
        }
        let result = run(self);
        if known {
            self.narrowed.pop();
        }
        result
    }

    fn values_of(&self, discriminator: &Expr) -> Option<Ranges> {
        if let ExprKind::Convert { value, .. } = &discriminator.kind {
            return self.values_of(value);
        }
        let depth = self.frames.len();
        let narrowed = self
            .narrowed
            .iter()
            .rev()
            .find(|known| known.on == discriminator.kind && known.depth == depth);
        if let Some(known) = narrowed {
            return Some(known.values.clone());
        }
        match *self.get(self.s.types.bare(discriminator.ty)) {
            Type::Range { lo, hi, .. } => Some(vec![(lo, hi)]),
            _ => None,
        }
    }

    /// Checks the fields that a constructor names against the discriminators that it gives.
    pub(super) fn check_variant_fields(&mut self, given: &[(TypeId, usize, Expr)], place: Place) {
        let mut checked: Vec<(TypeId, usize)> = Vec::new();
        for &(owner, field, _) in given {
            let Some((_, body)) = self.s.types.object(owner) else {
                continue;
            };
            let body = body.clone();
            let Some((discriminator, ranges)) = &body.fields[field].when else {
                continue;
            };
            if checked.contains(&(owner, *discriminator)) {
                continue;
            }
            checked.push((owner, *discriminator));
            let mine: Vec<usize> = given
                .iter()
                .filter(|(o, f, _)| {
                    *o == owner
                        && body.fields[*f]
                            .when
                            .as_ref()
                            .is_some_and(|(d, _)| d == discriminator)
                })
                .map(|(_, f, _)| *f)
                .collect();
            let names = |fields: &[usize]| {
                let quoted: Vec<String> = fields
                    .iter()
                    .map(|&f| format!("'{}'", body.fields[f].name))
                    .collect();
                quoted.join(", ")
            };
            let other = mine.iter().find(|&&f| {
                body.fields[f]
                    .when
                    .as_ref()
                    .is_some_and(|(_, r)| r != ranges)
            });
            if let Some(&other) = other {
                self.error(
                    place,
                    format!(
                        "The fields {} and {} cannot be initialized together, because they are from conflicting branches in the case object.",
                        names(&[field]),
                        names(&[other])
                    ),
                );
                continue;
            }
            let selector = given
                .iter()
                .find(|(o, f, _)| *o == owner && f == discriminator)
                .map(|(_, _, value)| value);
            self.check_selection(
                &body,
                *discriminator,
                ranges,
                selector,
                &names(&mine),
                place,
            );
        }
    }

    fn check_selection(
        &mut self,
        body: &ObjectBody,
        discriminator: usize,
        ranges: &[(i64, i64)],
        selector: Option<&Expr>,
        fields: &str,
        place: Place,
    ) {
        let name = body.fields[discriminator].name;
        let ty = body.fields[discriminator].ty;
        if let Some(value) = selector
            && value.ty == TypeId::ERROR
        {
            return;
        }
        let constant = selector.and_then(|value| match self.constant(value) {
            Some(ExprKind::Int(value)) => Some(*value),
            _ => None,
        });
        let text = match (constant, selector.and_then(|value| self.values_of(value))) {
            (Some(value), _) if within(&[(value, value)], ranges) => return,
            (Some(value), _) => format!(
                "a case selecting discriminator '{name}' with value '{}' appears in the object construction, but the field(s) {fields} are in conflict with this value.",
                self.ordinal_shown(ty, value)
            ),
            (None, Some(values)) if within(&values, ranges) => {
                if !selector.is_some_and(|value| self.may_change(value)) {
                    return;
                }
                "runtime discriminator must be immutable if branch fields are initialized, a 'let' binding is required.".into()
            }
            (None, _) if self.unchecked_assign => return,
            (None, Some(values)) => {
                let values: Vec<String> = values
                    .iter()
                    .flat_map(|&(lo, hi)| (lo..=hi).take(64))
                    .filter(|&value| !within(&[(value, value)], ranges))
                    .map(|value| self.ordinal_shown(ty, value))
                    .collect();
                format!(
                    "possible values {{{}}} are in conflict with discriminator values for selected object branch",
                    values.join(", ")
                )
            }
            (None, None) => format!(
                "cannot prove that it's safe to initialize {fields} with the runtime value for the discriminator '{name}' "
            ),
        };
        self.error(place, text);
    }

    /// May a discriminator have another value than the `case` around that looked at it?
    fn may_change(&self, discriminator: &Expr) -> bool {
        match &discriminator.kind {
            ExprKind::Convert { value, .. } => self.may_change(value),
            ExprKind::Local(_) | ExprKind::Global(_) => {
                let is_narrow = matches!(self.get(discriminator.ty), Type::Range { .. });
                !is_narrow && self.is_mutable_place(discriminator)
            }
            _ => false,
        }
    }

    fn ordinal_shown(&self, ty: TypeId, value: i64) -> String {
        let repr = self.s.types.repr(ty);
        if let Some(body) = self.s.types.enumeration(repr)
            && let Some(constant) = body.constants.iter().find(|c| c.value == value)
        {
            return constant.name.to_string();
        }
        match self.get(repr) {
            Type::Bool => (value != 0).to_string(),
            Type::Char => format!("'{}'", char::from(value as u8).escape_default()),
            _ => value.to_string(),
        }
    }

    /// Can the type select the branches of a `case` section? Says what is wrong with it.
    pub(super) fn check_discriminator(
        &mut self,
        ty: TypeId,
        name: &str,
        (place, section): (Place, Place),
    ) -> bool {
        if ty == TypeId::ERROR {
            return false;
        }
        let Some((lo, hi)) = self.s.types.ordinal_range(ty) else {
            self.error(place, "selector must be of an ordinal type, float");
            return false;
        };
        if lo != 0 {
            self.error(section, format!("low({name}) must be 0 for discriminant"));
            return false;
        }
        if hi - lo >= 0x7fff {
            self.error(place, format!("len({name}) must be less than 32768"));
            return false;
        }
        true
    }
}
