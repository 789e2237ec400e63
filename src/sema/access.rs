//! Parts of values by name: fields, and what a dot means besides.

use super::call::Given;
use super::checker::Checker;
use super::deprecated::Deprecated;
use super::symbols::{SymId, SymKind};
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{NominalId, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// `a.b` without arguments.
    pub(super) fn dot(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let field = n.kid(1);
        if let Some(module) = self.module_named(n.kid(0)) {
            let Some(name) = simple_name(field).or_else(|| self.bound_name(field)) else {
                return self.bad(place);
            };
            let syms = self.lookup_qualified(module, name);
            return self.syms_expr(name, &syms, want, place);
        }
        let Some(name) = simple_name(field).or_else(|| self.bound_name(field)) else {
            // `x.typed_expression`: the callee came through a template.
            let callee = self.expr(field, None);
            let object = Given::checked(self.dot_object(n.kid(0)));
            return self.call_value(callee, vec![object], place);
        };
        if let Some(special) = self.special_member(n, name) {
            return special;
        }
        if self.names_several(n.kid(0)) && self.denotes_type(field) {
            // `routine.ProcType`: the type says which one is meant.
            let ty = self.type_expr(field);
            let mut args = [Given::node(n.kid(0), place)];
            return self.convert_call(ty, &mut args, place);
        }
        let iterator_wanted = std::mem::take(&mut self.iterator_wanted);
        let object = self.dot_object(n.kid(0));
        self.iterator_wanted = iterator_wanted;
        if object.ty == TypeId::ERROR {
            return object;
        }
        if let Type::TypeDesc(inner) = *self.get(object.ty)
            && let Some(value) = self.enum_member(inner, name, place)
        {
            return value;
        }
        if let Type::TypeDesc(inner) = *self.get(object.ty)
            && let Some(ty) = self.type_of_field(inner, name)
        {
            return self.type_value(ty, place);
        }
        if let Some(member) = self.field_of(object.clone(), field, name) {
            return member;
        }
        if let Some(argument) = self.generic_argument(object.ty, name, place) {
            return argument;
        }
        if name == "type" {
            return self.type_of_value(n.kid(0), &object, place);
        }
        if name == "addr" || name == "unsafeAddr" {
            return self.addr_of(n.kid(0), place);
        }
        let syms = if field.is(Kind::Sym) {
            self.syms_of(field).map(|(_, s)| s).unwrap_or_default()
        } else {
            self.lookup_callable(name)
        };
        let callable = syms
            .iter()
            .any(|&s| !matches!(self.s.sym(s).kind, SymKind::Module(_)));
        if !callable {
            if let Some(call) = self.dot_operator(".", &object, field, Vec::new(), place) {
                return call;
            }
            return self.no_field(&object, name, self.place_at(field, place));
        }
        let magic = syms.iter().find_map(|&s| match &self.s.sym(s).kind {
            SymKind::Routine(r) => r.pragmas.magic,
            _ => None,
        });
        if magic == Some(super::magic::Magic::TypeOf) {
            return self.type_of_value(n.kid(0), &object, place);
        }
        if syms.iter().all(|&s| {
            !matches!(
                self.s.sym(s).kind,
                SymKind::Routine(_) | SymKind::Type(_) | SymKind::TypeMaker(_)
            )
        }) && !syms.iter().any(|&s| {
            matches!(
                self.s.sym(s).kind,
                SymKind::Local { .. } | SymKind::Global { .. }
            )
        }) {
            return self.no_field(&object, name, self.place_at(field, place));
        }
        let given = self.receiver(object, n.kid(0), &syms);
        let routines: super::symbols::Syms = syms;
        self.call_named_dot(name, routines, given, want, place)
    }

    /// The argument that an instance of a generic type was made with: `x.N`.
    fn generic_argument(&mut self, ty: TypeId, name: Name, place: Place) -> Option<Expr> {
        let ty = self.s.types.bare(self.type_as_value(ty));
        let nominal = match *self.get(ty) {
            Type::Object(n) | Type::Distinct(n) => n,
            Type::Ref(inner) | Type::Ptr(inner) => match *self.get(inner) {
                Type::Object(n) => n,
                _ => return None,
            },
            _ => return None,
        };
        let nominal = self.s.types.def(nominal).clone();
        let SymKind::GenericType(generic) = &self.s.sym(SymId(nominal.generic?)).kind else {
            return None;
        };
        let at = generic.params.iter().position(|p| p.name == name)?;
        let arg = *nominal.args.get(at)?;
        let table = self.argument_scope(std::iter::once((name, arg)), place);
        let sym = table[&name][0];
        Some(self.sym_expr(sym, None, place))
    }

    /// `.`, `.()` or `.=`, which a program may define for what has no such member.
    pub(super) fn dot_operator(
        &mut self,
        operator: &str,
        object: &Expr,
        field: Cursor<'_>,
        rest: Vec<Given<'_>>,
        place: Place,
    ) -> Option<Expr> {
        let name = Name::new(operator);
        let syms = self.lookup_routines(name);
        if syms.is_empty() {
            return None;
        }
        let mut args = vec![
            Given::checked(object.clone()),
            Given::node(field, self.place(field)),
        ];
        args.extend(rest);
        let trial = args.clone();
        let (_, fits) =
            self.speculate_in_place(|c| c.call_symbols(name, &syms, trial, None, place));
        fits.then(|| self.call_symbols(name, &syms, args, None, place))
    }

    pub(super) fn call_named_dot(
        &mut self,
        name: Name,
        syms: super::symbols::Syms,
        object: Given<'_>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let routines: Vec<_> = syms
            .iter()
            .copied()
            .filter(|&s| matches!(self.s.sym(s).kind, SymKind::Routine(_)))
            .collect();
        if routines.is_empty() {
            let Some(expr) = object.typed else {
                return self.bad(place);
            };
            return self.call_with(name, &syms, vec![expr], place);
        }
        self.call_symbols(name, &routines, vec![object], want, place)
    }

    /// `Enum.constant`
    pub(super) fn enum_member(&mut self, ty: TypeId, name: Name, place: Place) -> Option<Expr> {
        let value = self
            .s
            .types
            .enumeration(ty)?
            .constants
            .iter()
            .find(|c| c.name == name)?
            .value;
        Some(self.make(ExprKind::Int(value), ty, place))
    }

    /// `Type.field` is the type of the field: of what the type itself has, not what it inherits.
    fn type_of_field(&self, ty: TypeId, name: Name) -> Option<TypeId> {
        if let Type::Tuple(fields) = self.get(ty) {
            let field = fields.iter().find(|(field, _)| *field == Some(name))?;
            return Some(field.1);
        }
        let (_, body) = self.s.types.object(ty)?;
        let field = body.fields.iter().find(|field| field.name == name)?;
        Some(field.ty)
    }

    /// Reports that there is no such field, or that it is another module's secret.
    pub(super) fn no_field(&mut self, object: &Expr, name: Name, place: Place) -> Expr {
        if !self.has_value(object) {
            return self.bad(place);
        }
        let inner = self.object_of(object.ty).unwrap_or(object.ty);
        if self.has_field(inner, name).is_some() {
            self.error(place, format!("the field '{name}' is not accessible."));
        } else {
            let of = match self.get(object.ty) {
                Type::TypeDesc(_) => String::new(),
                _ => self.of_type(object.ty),
            };
            self.error(place, format!("undeclared field: '{name}'{of}"));
        }
        self.bad(place)
    }

    /// ` for type m.T [type declared in …]`, for messages about fields.
    pub(super) fn of_type(&self, ty: TypeId) -> String {
        let ty = self.object_of(ty).unwrap_or(self.s.types.bare(ty));
        let (Type::Object(id) | Type::Enum(id) | Type::Distinct(id)) = *self.get(ty) else {
            return match self.get(ty) {
                // What has no name is not named.
                Type::Tuple(_) | Type::Seq(_) | Type::Set(_) | Type::Array { .. } => String::new(),
                Type::Int(_) | Type::Float(_) | Type::Bool | Type::Char | Type::String => {
                    format!(" for type system.{}", self.s.types.show(ty))
                }
                _ => format!(" for type {}", self.s.types.show(ty)),
            };
        };
        let nominal = self.s.types.def(id).clone();
        let (file, line, col) = self.loader.line(nominal.place);
        format!(
            " for type {}.{} [type declared in {file}({line}, {col})]",
            nominal.module, nominal.name
        )
    }

    /// The field that the node `field` names. One that a template's body names may be private to the template's module.
    pub(super) fn field_of(&mut self, object: Expr, field: Cursor<'_>, name: Name) -> Option<Expr> {
        let place = self.place(field);
        let Some(module) = self.bound_module(field) else {
            return self.field_access(object, name, place);
        };
        let module = self.s.modules[module.0 as usize].name.clone();
        self.private_access.push(module);
        let member = self.field_access(object, name, place);
        self.private_access.pop();
        member
    }

    /// The field `name` of an object or tuple, looking through references. `None` if there is no such field.
    pub(super) fn field_access(&mut self, object: Expr, name: Name, place: Place) -> Option<Expr> {
        let ty = self.s.types.bare(object.ty);
        match self.get(ty).clone() {
            Type::Ref(inner) | Type::Ptr(inner) => {
                if matches!(
                    self.get(inner),
                    Type::Object(_)
                        | Type::Tuple(_)
                        | Type::Ref(_)
                        | Type::Ptr(_)
                        | Type::Distinct(_)
                ) {
                    self.has_field(inner, name)?;
                    let at = object.place;
                    let inner = self.make(ExprKind::Deref(Box::new(object)), inner, at);
                    return self.field_access(inner, name, place);
                }
                None
            }
            Type::Tuple(fields) => {
                let at = fields.iter().position(|(n, _)| *n == Some(name))?;
                let ty = fields[at].1;
                Some(self.make(ExprKind::TupleField(Box::new(object), at), ty, place))
            }
            Type::Object(_) => self.object_field(object, ty, name, place),
            Type::Distinct(nominal) if self.s.types.def(nominal).borrows_fields => {
                let base = self.undistinct(ty);
                let at = object.place;
                let value = ExprKind::Convert {
                    value: Box::new(object),
                    checked: false,
                };
                let base = self.make(value, base, at);
                self.field_access(base, name, place)
            }
            _ => None,
        }
    }

    pub(super) fn has_field(&self, ty: TypeId, name: Name) -> Option<()> {
        match self.get(ty) {
            Type::Tuple(fields) => fields.iter().any(|(n, _)| *n == Some(name)).then_some(()),
            Type::Ref(inner) | Type::Ptr(inner) => self.has_field(*inner, name),
            Type::Distinct(nominal) if self.s.types.def(*nominal).borrows_fields => {
                self.has_field(self.undistinct(ty), name)
            }
            _ => {
                let mut ty = Some(ty);
                while let Some(current) = ty {
                    let (_, body) = self.s.types.object(current)?;
                    if body.fields.iter().any(|f| f.name == name) {
                        return Some(());
                    }
                    ty = body.base;
                }
                None
            }
        }
    }

    pub(super) fn object_field(
        &mut self,
        object: Expr,
        ty: TypeId,
        name: Name,
        place: Place,
    ) -> Option<Expr> {
        let mut current = ty;
        let mut object = object;
        loop {
            let (nominal, body) = self.s.types.object(current)?;
            if let Some(at) = body.fields.iter().position(|f| f.name == name) {
                let field = &body.fields[at];
                let (field_ty, exported, variant) =
                    (field.ty, field.exported, field.when.is_some());
                if !exported && !self.may_see_fields(nominal) {
                    // Another module's private field: as if it were not there.
                    return None;
                }
                if field.deprecated {
                    self.warn_deprecated(name, &Deprecated::Itself("".into()), place);
                }
                let checked = variant && self.checks.field;
                return Some(self.make(
                    ExprKind::Field {
                        object: Box::new(object),
                        field: at,
                        checked,
                    },
                    field_ty,
                    place,
                ));
            }
            let base = body.base?;
            let at = object.place;
            object = self.make(
                ExprKind::Convert {
                    value: Box::new(object),
                    checked: false,
                },
                base,
                at,
            );
            current = base;
        }
    }

    /// May private fields of the type be named here?
    pub(super) fn may_see_fields(&self, nominal: NominalId) -> bool {
        let def = self.s.types.def(nominal);
        let (module, name) = (&*def.module, def.name.to_string());
        let named = |entry: &std::sync::Arc<str>| {
            let rest = entry.strip_prefix(module).and_then(|e| e.strip_prefix('.'));
            rest == Some(&*name)
        };
        self.may_see_private(module) || self.private_access.iter().any(named)
    }

    pub(super) fn may_see_private(&self, module: &str) -> bool {
        let here = &self.s.modules[self.env.module.0 as usize].name;
        **here == *module
            || self
                .env
                .outer
                .is_some_and(|outer| *self.s.modules[outer.0 as usize].name == *module)
            || *self.s.modules[self.module.0 as usize].name == *module
            || self.private_access.iter().any(|m| **m == *module)
    }
}
