//! Object constructors, and the defaults of fields.

use super::checker::Checker;
use super::symbols::SymKind;
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// `T(field: value, …)`
    pub(super) fn object(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let ty = match (n.kid(0).is_empty(), want) {
            (true, Some(want)) => want,
            _ => self.type_expr(n.kid(0)),
        };
        if ty == TypeId::ERROR {
            return self.bad(place);
        }
        let ty = match (self.get(ty).clone(), want) {
            // `Box(value: 1)` with a generic `Box`: the wanted type tells the arguments.
            (Type::Generic(number), Some(want)) if self.instance_of(number, want).is_some() => want,
            (Type::Generic(number), _) => match self.infer_object(number, n) {
                Some(ty) => ty,
                None => return self.bad(place),
            },
            _ => ty,
        };
        let repr = self.s.types.repr(ty);
        if let Type::Tuple(fields) = self.get(repr).clone() {
            return self.tuple_by_type(n, ty, &fields);
        }
        let Some(object) = self.object_of(repr) else {
            self.error(
                place,
                format!(
                    "object constructor needs an object type, but got '{}'",
                    self.s.types.show(ty)
                ),
            );
            return self.bad(place);
        };
        if matches!(self.get(repr), Type::Ptr(_)) {
            self.error(
                place,
                "object constructor needs an object type [type is ptr]",
            );
            return self.bad(place);
        }
        let mut given: Vec<(TypeId, usize, Expr)> = Vec::new();
        for kid in n.kids().skip(1) {
            if !kid.is(Kind::ExprColonExpr) {
                self.error(
                    self.place(kid),
                    "invalid object constructor: 'field: value' was expected",
                );
                continue;
            }
            let Some(name) = simple_name(kid.kid(0)).or_else(|| self.bound_name(kid.kid(0))) else {
                continue;
            };
            let Some((owner, at, field_ty)) = self.find_field(object, name) else {
                let object = self.make(ExprKind::Nop, ty, place);
                self.no_field(&object, name, self.place(kid));
                let _ = self.expr(kid.kid(1), None);
                continue;
            };
            if given.iter().any(|&(o, i, _)| o == owner && i == at) {
                self.error(
                    self.place(kid),
                    format!("field initialized twice: '{name}'"),
                );
            }
            let body = self.s.types.object(owner);
            let spelling = body.map(|(_, body)| body.fields[at].spelled);
            let spelling = spelling.unwrap_or(field_ty.into());
            let value = self.wanting(field_ty, spelling, |c| {
                let value = c.value_for(kid.kid(1), field_ty);
                c.coerce_at(c.place(kid), value, field_ty)
            });
            given.push((owner, at, value));
        }
        self.check_variant_fields(&given, place);
        let missing = self.missing_fields(object, &given);
        if !missing.is_empty() {
            let shown = self.s.types.show(ty);
            let message = format!(
                "The {shown} type requires the following fields to be initialized: {missing}."
            );
            self.error(place, message);
        }
        self.object_of_defaults(ty, object, given, place)
    }

    /// The `{.requiresInit.}` fields that a constructor leaves out, separated by commas.
    pub(super) fn missing_fields(
        &mut self,
        object: TypeId,
        given: &[(TypeId, usize, Expr)],
    ) -> String {
        let mut missing = Vec::new();
        let mut current = Some(object);
        while let Some(owner) = current {
            let Some((_, body)) = self.s.types.object(owner) else {
                break;
            };
            current = body.base;
            let required: Vec<(usize, Name)> = body
                .fields
                .iter()
                .enumerate()
                .filter(|(_, field)| field.required && field.default.is_none())
                .map(|(at, field)| (at, field.name))
                .collect();
            for (at, name) in required {
                let named = given.iter().any(|&(o, i, _)| o == owner && i == at);
                if !named && self.is_present(owner, at, given) {
                    missing.push(name.to_string());
                }
            }
        }
        missing.join(", ")
    }

    pub(super) fn tuple_by_type(
        &mut self,
        n: Cursor<'_>,
        ty: TypeId,
        fields: &[(Option<Name>, TypeId)],
    ) -> Expr {
        let place = self.place(n);
        let mut values: Vec<Option<Expr>> = vec![None; fields.len()];
        for kid in n.kids().skip(1).filter(|k| k.is(Kind::ExprColonExpr)) {
            let name = simple_name(kid.kid(0)).or_else(|| self.bound_name(kid.kid(0)));
            match fields.iter().position(|(n, _)| *n == name) {
                Some(at) => values[at] = Some(self.expr_of(kid.kid(1), fields[at].1)),
                None => self.error(
                    self.place(kid),
                    format!(
                        "undeclared field: '{}'{}",
                        name.map_or("", |n| n.as_str()),
                        self.of_type(ty)
                    ),
                ),
            }
        }
        let values = values
            .into_iter()
            .zip(fields)
            .map(|(v, &(_, t))| v.unwrap_or_else(|| self.default_value(t, place)))
            .collect();
        self.make(ExprKind::Tuple(values), ty, place)
    }

    /// The type arguments of a generic object from the values of its fields.
    pub(super) fn infer_object(&mut self, number: u32, n: Cursor<'_>) -> Option<TypeId> {
        let place = self.place(n);
        let SymKind::GenericType(generic) = self.s.sym(super::symbols::SymId(number)).kind.clone()
        else {
            return None;
        };
        self.error(
            place,
            format!(
                "cannot instantiate: '{}'; its type arguments are not given",
                self.s.sym(generic.sym).name
            ),
        );
        None
    }

    /// A field by name in an object type or its bases: the type that has it, its index, its type.
    pub(super) fn find_field(&self, object: TypeId, name: Name) -> Option<(TypeId, usize, TypeId)> {
        let mut current = object;
        loop {
            let (nominal, body) = self.s.types.object(current)?;
            if let Some(at) = body.fields.iter().position(|f| f.name == name) {
                if !body.fields[at].exported && !self.may_see_fields(nominal) {
                    return None;
                }
                return Some((current, at, body.fields[at].ty));
            }
            current = body.base?;
        }
    }

    /// Is there an object in a value of the type that has a field with a declared default?
    pub(super) fn has_field_defaults(&self, ty: TypeId) -> bool {
        match self.get(ty) {
            Type::Array { elem, .. } => {
                self.s.types.array_len(ty) != Some(0) && self.has_field_defaults(*elem)
            }
            Type::Tuple(fields) => fields.iter().any(|&(_, f)| self.has_field_defaults(f)),
            Type::Distinct(_) => self.has_field_defaults(self.undistinct(ty)),
            Type::Object(_) => self.s.types.object(ty).is_some_and(|(_, body)| {
                body.base.is_some_and(|base| self.has_field_defaults(base))
                    || body
                        .fields
                        .iter()
                        .any(|f| f.default.is_some() || self.has_field_defaults(f.ty))
            }),
            _ => false,
        }
    }

    /// The default value of a type with `has_field_defaults`.
    pub(super) fn value_of_defaults(&mut self, ty: TypeId, place: Place) -> Expr {
        /// Larger arrays would make code of more than reasonable size.
        const MAX_LEN: u64 = 1024;
        let kind = match self.get(ty).clone() {
            Type::Array { elem, .. } => {
                let len = self.s.types.array_len(ty).unwrap_or(0);
                if len > MAX_LEN {
                    let what = format!("default values of fields in an array of {len} objects");
                    return self.unsupported(place, what);
                }
                let value = self.default_value(elem, place);
                ExprKind::Array(vec![value; len as usize])
            }
            Type::Tuple(fields) => {
                let values = fields.iter().map(|&(_, f)| self.default_value(f, place));
                ExprKind::Tuple(values.collect())
            }
            Type::Distinct(_) => ExprKind::Convert {
                value: Box::new(self.default_value(self.undistinct(ty), place)),
                checked: false,
            },
            _ => return self.object_of_defaults(ty, ty, Vec::new(), place),
        };
        self.make(kind, ty, place)
    }

    /// `new(x)` where the object's fields have declared defaults.
    pub(super) fn new_of_defaults(&mut self, target: Expr, place: Place) -> Expr {
        let target = match target.kind {
            ExprKind::AddrOf(target) => *target,
            _ => {
                let ty = self.s.types.bare(target.ty);
                self.make(ExprKind::Deref(Box::new(target)), ty, place)
            }
        };
        let object = self.object_of(target.ty).unwrap_or(target.ty);
        let value = self.object_of_defaults(target.ty, object, Vec::new(), place);
        let assign = ExprKind::Assign(Box::new(target), Box::new(value));
        self.make(assign, TypeId::VOID, place)
    }

    /// Which fields of an object are there, as far as constants among `given` and the zeros of the rest tell.
    fn is_present(&self, owner: TypeId, field: usize, given: &[(TypeId, usize, Expr)]) -> bool {
        let Some((_, body)) = self.s.types.object(owner) else {
            return false;
        };
        let Some((discriminator, ranges)) = &body.fields[field].when else {
            return true;
        };
        let selector = given
            .iter()
            .find(|(o, f, _)| *o == owner && f == discriminator);
        let value = match selector.map(|(_, _, value)| self.constant(value)) {
            None => 0,
            Some(Some(&ExprKind::Int(value))) => value,
            Some(_) => return false,
        };
        ranges.iter().any(|&(lo, hi)| (lo..=hi).contains(&value))
            && self.is_present(owner, *discriminator, given)
    }

    /// An object constructor with what is given and the declared defaults of the rest.
    pub(super) fn object_of_defaults(
        &mut self,
        ty: TypeId,
        object: TypeId,
        given: Vec<(TypeId, usize, Expr)>,
        place: Place,
    ) -> Expr {
        let mut all = given;
        let mut current = Some(object);
        while let Some(owner) = current {
            let Some((nominal, body)) = self.s.types.object(owner) else {
                break;
            };
            let module = self.s.types.def(nominal).module.clone();
            let fields: Vec<(usize, TypeId, Option<crate::syntax::tree::Handle>)> = body
                .fields
                .iter()
                .enumerate()
                .map(|(i, f)| (i, f.ty, f.default.clone()))
                .collect();
            current = body.base;
            for (at, field_ty, default) in fields {
                if all.iter().any(|&(o, i, _)| o == owner && i == at)
                    || !self.is_present(owner, at, &all)
                {
                    continue;
                }
                if let Some(default) = default {
                    let ix = self
                        .s
                        .module_names
                        .get(&module)
                        .copied()
                        .unwrap_or(self.module);
                    let env = self.env_of(ix, 0);
                    let value = self.with_env(env, |c| c.expr_of(default.cursor(), field_ty));
                    all.push((owner, at, value));
                } else if self.has_field_defaults(field_ty) {
                    let value = self.default_value(field_ty, place);
                    all.push((owner, at, value));
                }
            }
        }
        if all.iter().any(|(_, _, v)| v.ty == TypeId::ERROR) {
            return self.bad(place);
        }
        self.make(ExprKind::Object(all), ty, place)
    }
}
