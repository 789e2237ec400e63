//! What is asked of a type: `is`, `of`, the traits of `std/typetraits`, its size, and whether its values own memory.

use super::checker::Checker;
use super::magic::Magic;
use super::relation::Bindings;
use super::symbols::SymKind;
use super::typed::{Expr, ExprKind};
use super::types::{CallConv, NominalBody, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// The inner type of a type argument, or the type of a value.
    pub(super) fn type_argument(&self, value: &Expr) -> TypeId {
        self.type_as_value(value.ty)
    }

    /// `x is T`
    pub(super) fn is_test(&mut self, value: Cursor<'_>, class: Cursor<'_>, place: Place) -> Expr {
        if class.is(Kind::StrLit)
            && let Some(name) = class.text()
        {
            let on = self.is_kind_of_proc(value, name);
            return self.make(ExprKind::Int(i64::from(on)), TypeId::BOOL, place);
        }
        let class = self.type_expr(class);
        let proc_class = matches!(self.get(class), Type::Class(c) if matches!(**c, super::types::Class::Kind("proc")));
        if proc_class
            && let Some((_, syms)) = self.syms_of(value)
            && syms
                .iter()
                .any(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if r.is_generic()))
        {
            // A generic routine has no type yet, and is a proc all the same.
            return self.make(ExprKind::Int(1), TypeId::BOOL, place);
        }
        let ty = if self.denotes_type(value) {
            self.type_expr(value)
        } else {
            let value = self.typeof_expr(value, false);
            self.type_as_value(value.ty)
        };
        let on = ty != TypeId::ERROR && class != TypeId::ERROR && self.type_is(ty, class);
        self.make(ExprKind::Int(i64::from(on)), TypeId::BOOL, place)
    }

    /// `x is "closure"`, `x is "iterator"`
    fn is_kind_of_proc(&mut self, value: Cursor<'_>, name: &[u8]) -> bool {
        let value = self.typeof_expr(value, false);
        let ty = self.s.types.bare(self.type_as_value(value.ty));
        let Type::Proc(proc) = self.get(ty) else {
            return false;
        };
        match name {
            b"closure" => proc.conv == CallConv::Closure,
            b"iterator" => proc.iterator,
            _ => false,
        }
    }

    pub(super) fn type_is(&mut self, ty: TypeId, class: TypeId) -> bool {
        if ty == class || self.same(ty, class) {
            return true;
        }
        if self.generic(class)
            && let Some(mut binds) = self.concept.clone()
        {
            // The test of a concept may be what binds its parameters.
            let on = self.satisfies(class, ty, &mut binds);
            if on {
                self.concept = Some(binds);
            }
            return on;
        }
        match self.get(class).clone() {
            Type::Class(class) => self.in_class(&class, ty, &mut Bindings::default()),
            Type::Generic(number) => self.instance_or_alias(number, ty),
            Type::TypeDesc(_) => false,
            Type::Object(_) => self.derives(ty, class).is_some(),
            Type::Ref(base) => match *self.get(ty) {
                Type::Ref(inner) => {
                    self.derives(inner, base).is_some()
                        || self.unify(base, inner, &mut Bindings::default())
                }
                _ => false,
            },
            _ => self.unify(class, ty, &mut Bindings::default()),
        }
    }

    /// `x of T`
    pub(super) fn of_test(&mut self, value: Expr, class: Cursor<'_>, place: Place) -> Expr {
        let ty = self.type_expr(class);
        if ty == TypeId::ERROR || value.ty == TypeId::ERROR {
            return self.bad(place);
        }
        let (Some(have), Some(want)) = (self.object_of(value.ty), self.object_of(ty)) else {
            self.error(place, "'of' takes object types");
            return self.bad(place);
        };
        // Known without a look at the value, which may be nil.
        if self.derives(have, want).is_some() {
            return self.make(ExprKind::Int(1), TypeId::BOOL, place);
        }
        if self.derives(want, have).is_none() {
            if self.root_of(want) == self.root_of(have) {
                return self.make(ExprKind::Int(0), TypeId::BOOL, place);
            }
            let shown = self.s.types.show(have);
            self.error(place, format!("'{shown}' cannot be of this subtype"));
            return self.bad(place);
        }
        let class = self.type_value(want, place);
        self.make(
            ExprKind::Magic(Magic::Of, vec![value, class]),
            TypeId::BOOL,
            place,
        )
    }

    /// What `std/typetraits` asks of a type.
    pub(super) fn type_trait(&mut self, name: Name, values: &[Expr], place: Place) -> Expr {
        let ty = values
            .first()
            .map_or(TypeId::ERROR, |v| self.type_argument(v));
        let flag = |c: &Self, on: bool| c.make(ExprKind::Int(i64::from(on)), TypeId::BOOL, place);
        match name.as_str() {
            "isNamedTuple" => flag(
                self,
                matches!(self.get(ty), Type::Tuple(fields) if fields.iter().all(|(n, _)| n.is_some()) && !fields.is_empty()),
            ),
            "supportsCopyMem" => flag(self, !self.is_managed(ty)),
            "distinctBase" => {
                let once = values
                    .get(1)
                    .is_some_and(|v| matches!(self.constant(v), Some(ExprKind::Int(0))));
                let base = match self.get(ty) {
                    Type::Distinct(n) if once => match self.s.types.def(*n).body {
                        NominalBody::Distinct(base) => base,
                        _ => ty,
                    },
                    _ => {
                        let mut base = ty;
                        while matches!(self.get(base), Type::Distinct(_)) {
                            base = self.undistinct(base);
                        }
                        base
                    }
                };
                self.type_value(base, place)
            }
            "rangeBase" => {
                let base = match *self.get(ty) {
                    Type::Range { base, .. } => base,
                    _ => ty,
                };
                self.type_value(base, place)
            }
            "arity" => {
                let count = match self.get(ty) {
                    Type::Tuple(fields) => fields.len(),
                    _ => self.generic_head(ty).1.len(),
                };
                self.make(ExprKind::Int(count as i64), TypeId::INT, place)
            }
            "genericHead" | "stripGenericParams" => match self.generic_head(ty) {
                (Some(head), _) => self.type_value(head, place),
                (None, _) if name == "stripGenericParams" => self.type_value(ty, place),
                _ => {
                    let shown = self.s.types.show(ty);
                    self.error(place, format!("'{shown}' is no instance of a generic type"));
                    self.bad(place)
                }
            },
            "genericParam" => {
                let (_, args) = self.generic_head(ty);
                let at = match values.get(1).and_then(|v| self.constant(v)) {
                    Some(&ExprKind::Int(at)) => usize::try_from(at).ok(),
                    _ => None,
                };
                match at.and_then(|at| args.get(at)) {
                    Some(&arg) => self.type_value(arg, place),
                    None => {
                        self.error(place, "there is no such type argument");
                        self.bad(place)
                    }
                }
            }
            "genericParams" => {
                let params = self.generic_params_of(ty, place);
                self.type_value(params, place)
            }
            "hasClosure" => flag(
                self,
                matches!(self.get(ty), Type::Proc(p) if p.conv == CallConv::Closure),
            ),
            "tupleLen" => {
                let len = match self.get(ty) {
                    Type::Tuple(fields) => fields.len(),
                    _ => 0,
                };
                self.make(ExprKind::Int(len as i64), TypeId::INT, place)
            }
            "enumConstants" | "enumNames" => self.enum_list(ty, name == "enumNames", place),
            _ => self.unsupported(place, format!("the type trait '{name}'")),
        }
    }

    /// An array of an enum's constants, or of their names, in the order of their declaration.
    fn enum_list(&mut self, ty: TypeId, names: bool, place: Place) -> Expr {
        let Some(body) = self.s.types.enumeration(ty) else {
            let shown = self.s.types.show(ty);
            self.error(place, format!("'{shown}' is no enum"));
            return self.bad(place);
        };
        let constants: Vec<(Name, i64)> =
            body.constants.iter().map(|c| (c.name, c.value)).collect();
        let elems: Vec<Expr> = constants
            .into_iter()
            .map(|(name, value)| match names {
                true => self.str_expr(name.as_str(), place),
                false => self.make(ExprKind::Int(value), ty, place),
            })
            .collect();
        let elem = if names { TypeId::STRING } else { ty };
        let index = self.intern(Type::Range {
            base: TypeId::INT,
            lo: 0,
            hi: elems.len() as i64 - 1,
        });
        let array = self.intern(Type::Array { index, elem });
        self.make(ExprKind::Array(elems), array, place)
    }

    /// The type arguments of an instance as a tuple type. A value is wrapped in a `StaticParam`.
    fn generic_params_of(&mut self, ty: TypeId, place: Place) -> TypeId {
        let (_, args) = self.generic_head(ty);
        let module = self.s.module_names.get("std/typetraits").copied();
        let wrapper = module.and_then(|module| {
            let syms = self.lookup_qualified(module, Name::new("StaticParam"));
            match &self.s.sym(*syms.first()?).kind {
                SymKind::GenericType(generic) => Some(generic.clone()),
                _ => None,
            }
        });
        let mut fields = Vec::new();
        for arg in args {
            let field = match (self.get(arg), &wrapper) {
                (Type::StaticValue(..), Some(wrapper)) => {
                    self.apply_generic(wrapper, vec![arg], place)
                }
                _ => arg,
            };
            fields.push((None, field));
        }
        self.intern(Type::Tuple(fields))
    }

    /// The generic type of an instance, and its arguments.
    fn generic_head(&mut self, ty: TypeId) -> (Option<TypeId>, Vec<TypeId>) {
        match *self.get(ty) {
            Type::Object(n) | Type::Enum(n) | Type::Distinct(n) => {
                let def = self.s.types.def(n);
                let (generic, args) = (def.generic, def.args.clone());
                (generic.map(|g| self.intern(Type::Generic(g))), args)
            }
            Type::Ref(inner) | Type::Ptr(inner) => match self.generic_head(inner) {
                (_, args) if args.is_empty() => (None, vec![inner]),
                (head, args) => (head, args),
            },
            Type::Seq(elem) | Type::Set(elem) | Type::OpenArray(elem) => (None, vec![elem]),
            Type::Array { index, elem } => (None, vec![index, elem]),
            _ => (None, Vec::new()),
        }
    }

    /// Does a value of this type own memory?
    pub(super) fn is_managed(&self, ty: TypeId) -> bool {
        use super::typed::TypeBound;
        let bare = self.s.types.bare(ty);
        let hooks = &self.s.hooks.type_bound;
        if [TypeBound::Destroy, TypeBound::Copy]
            .iter()
            .any(|&bound| hooks.contains_key(&(bare, bound)))
            || self.has_generic_hook(bare)
        {
            return true;
        }
        match self.get(self.s.types.repr(ty)) {
            Type::String | Type::Seq(_) | Type::Ref(_) => true,
            Type::Proc(p) => p.conv == super::types::CallConv::Closure,
            Type::Array { elem, .. } => self.is_managed(*elem),
            Type::Tuple(fields) => fields.iter().any(|&(_, t)| self.is_managed(t)),
            Type::Object(_) => {
                self.s
                    .types
                    .object(self.s.types.repr(ty))
                    .is_some_and(|(_, body)| {
                        body.fields.iter().any(|f| self.is_managed(f.ty))
                            || body.base.is_some_and(|b| self.is_managed(b))
                    })
            }
            _ => false,
        }
    }

    /// Is it an instance of a type with generic hooks, which may not have been made for it yet?
    fn has_generic_hook(&self, ty: TypeId) -> bool {
        self.s.generic_hooks.iter().any(|&(_, hook)| {
            let SymKind::Routine(head) = &self.s.sym(hook).kind else {
                return false;
            };
            let pattern = head.params.first().map(|param| self.s.types.bare(param.ty));
            let Some(&Type::Apply(generic, _)) = pattern.map(|ty| self.get(ty)) else {
                return false;
            };
            let mut made = self.type_instances.iter();
            made.any(|((sym, _), &instance)| instance == ty && sym.0 == generic)
        })
    }

    pub(super) fn layout_of(&self, ty: TypeId) -> Option<(u32, u32)> {
        if self.generic(ty) || ty == TypeId::ERROR {
            return None;
        }
        (self.evaluator.layouts().size)(&self.s.types, ty)
    }
}
