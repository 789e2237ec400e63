//! Parts of values: fields, elements, constructors of objects, assignments.

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

    /// `a[i, …]`
    pub(super) fn bracket(&mut self, n: Cursor<'_>, _: Option<TypeId>) -> Expr {
        let place = self.place(n);
        if n.len() > 1 && self.denotes_type(n) {
            return self.type_node_value(n);
        }
        // An instance of a generic routine as a value.
        if n.len() > 1
            && let Some(value) = self.explicit_instance(n)
        {
            return value;
        }
        let base = self.expr(n.kid(0), None);
        if base.ty == TypeId::ERROR {
            return base;
        }
        if n.len() == 1 {
            return self.deref(base, place);
        }
        let mut args: Vec<Expr> = Vec::new();
        for kid in n.kids().skip(1) {
            let want = self.index_want(base.ty);
            let value = self.index_arg(kid, want);
            args.push(self.settle_enum(value, want));
        }
        if args.iter().any(|a| a.ty == TypeId::ERROR) {
            return self.bad(place);
        }
        if args.len() == 1
            && let Some(element) = self.element(&base, &args[0], place)
        {
            return element;
        }
        let name = Name::new("[]");
        let syms = self.lookup_indexing(name);
        let mut all = vec![base];
        all.extend(args);
        self.call_with(name, &syms, all, place)
    }

    pub(super) fn index_want(&self, base: TypeId) -> Option<TypeId> {
        match self.get(self.s.types.repr(base)) {
            Type::Array { index, .. } => Some(*index),
            Type::Ref(inner) | Type::Ptr(inner) => match self.get(*inner) {
                Type::Array { index, .. } => Some(*index),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn index_arg(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if self.denotes_type(n) && !self.is_range(n) {
            return self.type_node_value(n);
        }
        self.expr(n, want)
    }

    /// An integer of whatever type as `int`, for a check of bounds to follow.
    fn as_int(&mut self, value: Expr) -> Expr {
        let place = value.place;
        let kind = match value.kind {
            ExprKind::Int(value) => ExprKind::Int(value),
            _ => ExprKind::Convert {
                value: Box::new(value),
                checked: false,
            },
        };
        self.make(kind, TypeId::INT, place)
    }

    /// The built-in element access, if the types are such.
    pub(super) fn element(&mut self, base: &Expr, index: &Expr, place: Place) -> Option<Expr> {
        let bare = self.s.types.bare(base.ty);
        if matches!(self.get(self.s.types.bare(index.ty)), Type::Distinct(_)) {
            return None;
        }
        // In a concept a type stands for a value of it: `c[int]`.
        let stands;
        let index = match *self.get(index.ty) {
            Type::TypeDesc(inner) if self.concept.is_some() => {
                let local = self.temp(inner, place);
                stands = self.local_of(local, inner, place);
                &stands
            }
            _ => index,
        };
        // A distinct container has only the operations that it borrows or defines.
        let (elem, checked) = match self.get(bare).clone() {
            Type::Array {
                index: wanted,
                elem,
            } => {
                // Any integer may index what is indexed by integers.
                let integers = matches!(self.get(self.s.types.repr(wanted)), Type::Int(_))
                    && matches!(self.get(self.s.types.repr(index.ty)), Type::Int(_));
                let widened = if integers && !self.fits_type(wanted, index) {
                    self.as_int(index.clone())
                } else {
                    index.clone()
                };
                let index = &widened;
                if !self.fits_type(wanted, index) {
                    self.s.types.ordinal_range(index.ty)?;
                    if let Some(value) = match index.kind {
                        ExprKind::Int(v) => Some(v),
                        _ => None,
                    } && let Some((lo, hi)) = self.s.types.ordinal_range(wanted)
                        && self.s.types.repr(wanted) == self.s.types.repr(index.ty)
                    {
                        self.error(base.place, format!("index {value} not in {lo} .. {hi}"));
                        return Some(self.bad(place));
                    }
                    return None;
                }
                let literal = matches!(index.kind, ExprKind::Int(_));
                let index = self.coerce_index(index.clone(), wanted);
                let checked = self.checks.bounds && !literal;
                return Some(self.make(
                    ExprKind::Index {
                        base: Box::new(base.clone()),
                        index: Box::new(index),
                        checked,
                    },
                    elem,
                    place,
                ));
            }
            Type::Seq(elem) | Type::OpenArray(elem) => (elem, true),
            Type::String => (TypeId::CHAR, true),
            Type::CString => (TypeId::CHAR, false),
            Type::UncheckedArray(elem) => (elem, false),
            Type::Tuple(fields) => {
                let Some(&ExprKind::Int(at)) = self.constant(index) else {
                    self.error(index.place, "a tuple is indexed with a constant integer");
                    return Some(self.bad(place));
                };
                let Some(&(_, ty)) = usize::try_from(at).ok().and_then(|i| fields.get(i)) else {
                    self.error(place, "invalid index value for tuple subscript");
                    return Some(self.bad(place));
                };
                return Some(self.make(
                    ExprKind::TupleField(Box::new(base.clone()), at as usize),
                    ty,
                    place,
                ));
            }
            Type::Ref(inner) | Type::Ptr(inner)
                if matches!(
                    self.get(inner),
                    Type::Array { .. }
                        | Type::Seq(_)
                        | Type::String
                        | Type::UncheckedArray(_)
                        | Type::Tuple(_)
                ) =>
            {
                let at = base.place;
                let base = self.make(ExprKind::Deref(Box::new(base.clone())), inner, at);
                return self.element(&base, index, place);
            }
            _ => return None,
        };
        let index_ty = self.s.types.bare(index.ty);
        let is_int = matches!(self.get(self.range_base(index_ty)), Type::Int(_));
        if !is_int {
            return None;
        }
        let checked = checked && self.checks.bounds;
        let index = if matches!(index.kind, ExprKind::Int(_)) {
            self.convert_implicitly(index.clone(), TypeId::INT)
        } else {
            index.clone()
        };
        Some(self.make(
            ExprKind::Index {
                base: Box::new(base.clone()),
                index: Box::new(index),
                checked,
            },
            elem,
            place,
        ))
    }

    /// A subrange's base.
    pub(super) fn range_base(&self, ty: TypeId) -> TypeId {
        match *self.get(ty) {
            Type::Range { base, .. } => base,
            _ => ty,
        }
    }

    /// An index keeps its integer type: the bounds check does what a range check would do.
    pub(super) fn coerce_index(&mut self, index: Expr, wanted: TypeId) -> Expr {
        if matches!(index.kind, ExprKind::Int(_)) {
            self.coerce(index, wanted)
        } else {
            index
        }
    }

    /// `a{i}`
    pub(super) fn curly_access(&mut self, n: Cursor<'_>, _: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let args: Vec<Expr> = n.kids().map(|k| self.expr(k, None)).collect();
        let name = Name::new("{}");
        let syms = self.lookup(name);
        self.call_with(name, &syms, args, place)
    }

    /// `name[T]` as a value.
    pub(super) fn explicit_instance(&mut self, n: Cursor<'_>) -> Option<Expr> {
        let head = n.kid(0);
        // `cmp[int]` or, of a module, `system.cmp[int]`.
        if !matches!(
            head.kind(),
            Kind::Ident | Kind::AccQuoted | Kind::Sym | Kind::DotExpr
        ) {
            return None;
        }
        let (_, syms) = self.syms_of(head)?;
        let generic = syms
            .iter()
            .copied()
            .find(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if r.is_generic()))?;
        // What is none but a generic proc has no elements: whatever stands in the brackets are arguments.
        let only = syms.iter().all(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if r.is_generic() && !r.is_template()));
        if syms.iter().any(|&s| !self.s.sym(s).kind.overloadable())
            || !only && !n.kids().skip(1).all(|k| self.denotes_type(k))
        {
            return None;
        }
        let SymKind::Routine(routine) = self.s.sym(generic).kind.clone() else {
            return None;
        };
        let place = self.place(n);
        if routine.is_template() {
            return Some(self.unsupported(
                place,
                "a generic template with explicit arguments and without a call",
            ));
        }
        let mut binds = super::relation::Bindings::default();
        for (param, arg) in routine.generics.iter().zip(n.kids().skip(1)) {
            let ty = self.type_arg(arg);
            if let Type::Param(number) = *self.get(param.ty) {
                binds.insert(number, ty);
            }
        }
        let (id, ret) = self.instantiate(generic, &routine, &binds, place)?;
        let params: Vec<TypeId> = routine.params.iter().map(|p| p.ty).collect();
        let params = params
            .into_iter()
            .map(|t| self.substitute(t, &binds))
            .collect();
        let conv = routine.pragmas.conv;
        let ty = self.intern(Type::Proc(std::sync::Arc::new(super::types::ProcType {
            params,
            ret,
            conv,
            iterator: routine.kind == Kind::IteratorDef,
            varargs: false,
            effects: None,
            defaults: None,
        })));
        Some(self.make(ExprKind::Routine(id), ty, place))
    }
}
