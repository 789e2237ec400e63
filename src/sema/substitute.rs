//! Generic types with arguments put in.

use std::sync::Arc;

use super::checker::Checker;
use super::relation::{Arg, Bindings};
use super::symbols::{GenericParam, GenericType, SymId, SymKind};
use super::typed::ExprKind;
use super::types::{StaticKey, Type, TypeId};
use crate::source::Place;

impl Checker<'_, '_> {
    /// A generic type with its arguments.
    pub(super) fn apply_generic(
        &mut self,
        generic: &Arc<GenericType>,
        mut args: Vec<TypeId>,
        place: Place,
    ) -> TypeId {
        if args.contains(&TypeId::ERROR) {
            return TypeId::ERROR;
        }
        for param in generic.params.iter().skip(args.len()) {
            let Some(default) = param.default.clone() else {
                break;
            };
            let ty = self.type_arg(default.cursor());
            args.push(ty);
        }
        if args.len() != generic.params.len() {
            self.cannot_instantiate(generic, &args, place);
            return TypeId::ERROR;
        }
        for (param, &arg) in generic.params.iter().zip(&args) {
            if !self.fits_static(param, arg) {
                self.cannot_instantiate(generic, &args, place);
                return TypeId::ERROR;
            }
            if let Some(class) = param.constraint
                && !self.generic(arg)
                && !self.satisfies(class, arg, &mut Bindings::default())
            {
                self.cannot_instantiate(generic, &args, place);
                return TypeId::ERROR;
            }
        }
        if args.iter().any(|&arg| self.generic(arg)) {
            let apply = |c: &mut Self| c.intern(Type::Apply(generic.sym.0, args.clone()));
            if generic.nominal {
                return apply(self);
            }
            self.make_static(generic, &args);
            // An alias may need to know its arguments: `range[0 .. sizeof(T) - 1]`.
            let (ty, ok) = self.speculate(|c| c.instantiate_type(generic, args.clone(), place));
            return if ok { ty } else { apply(self) };
        }
        self.instantiate_type(generic, args, place)
    }

    /// Is a value of the type that a `static` parameter has, and a type given for one that is not `static`?
    fn fits_static(&mut self, param: &GenericParam, arg: TypeId) -> bool {
        let Type::Param(number) = *self.get(param.ty) else {
            return true;
        };
        let wanted = self.constraint(number).and_then(|c| c.static_of);
        let value = self.static_value_of(arg, Place::default());
        match (wanted, value) {
            (Some(wanted), Some(value)) if !self.generic(wanted) => self
                .relate(wanted, Arg::of(&value), &mut Bindings::default())
                .is_some(),
            _ => true,
        }
    }

    fn cannot_instantiate(&mut self, generic: &GenericType, args: &[TypeId], place: Place) {
        let symbol = self.s.sym(generic.sym);
        let (name, at) = (symbol.name, symbol.place);
        let (file, line, col) = self.loader.line(at);
        let got: Vec<String> = args
            .iter()
            .map(|&arg| match *self.get(arg) {
                Type::StaticValue(TypeId::INT, StaticKey::Int(value)) => {
                    format!("int literal({value})")
                }
                Type::StaticValue(base, _) => self.s.types.show(base),
                _ => format!("typedesc[{}]", self.s.types.show(arg)),
            })
            .collect();
        let want: Vec<String> = generic
            .params
            .iter()
            .map(|p| match p.constraint {
                Some(class) => format!("{}: {}", p.name, self.s.types.show(class)),
                None => p.name.to_string(),
            })
            .collect();
        self.error(
            place,
            format!(
                "cannot instantiate {name} [type declared in {file}({line}, {col})]\ngot: <{}>\nbut expected: <{}>",
                got.join(", "),
                want.join(", ")
            ),
        );
    }

    /// What stands for a `static` parameter of an alias is itself `static`: `N` in `proc f[N](x: Vector[N])`. Of the alias's
    /// own parameter nothing is left that would tell.
    fn make_static(&mut self, generic: &GenericType, args: &[TypeId]) {
        for (param, &arg) in generic.params.iter().zip(args) {
            let (&Type::Param(of), &Type::Param(given)) = (self.get(param.ty), self.get(arg))
            else {
                continue;
            };
            let Some(base) = self.constraint(of).and_then(|c| c.static_of) else {
                continue;
            };
            if let Some(constraint) = self.s.constraints.get_mut(&given)
                && constraint.class.is_none()
                && constraint.static_of.is_none()
            {
                constraint.static_of = Some(base);
            }
        }
    }

    /// Replaces generic parameters by what they are bound to.
    pub(super) fn substitute(&mut self, ty: TypeId, binds: &Bindings) -> TypeId {
        if !self.generic(ty) {
            return ty;
        }
        let replaced = match self.get(ty).clone() {
            Type::Param(number) => return binds.get(&number).copied().unwrap_or(ty),
            Type::Array { index, elem } => {
                let mut index = self.substitute(index, binds);
                if let Type::StaticValue(_, StaticKey::Int(len)) = *self.get(index) {
                    index = self.intern(Type::Range {
                        base: TypeId::INT,
                        lo: 0,
                        hi: len - 1,
                    });
                }
                Type::Array {
                    index,
                    elem: self.substitute(elem, binds),
                }
            }
            Type::Apply(number, args) => {
                let args: Vec<TypeId> = args
                    .into_iter()
                    .map(|t| self.substitute(t, binds))
                    .collect();
                let SymKind::GenericType(generic) = self.s.sym(SymId(number)).kind.clone() else {
                    return TypeId::ERROR;
                };
                let place = self.s.sym(SymId(number)).place;
                return self.apply_generic(&generic, args, place);
            }
            other => other.with_parts(|part| self.substitute(part, binds)),
        };
        self.intern(replaced)
    }

    /// A constant as a type argument.
    pub(super) fn static_value(
        &mut self,
        expr: &super::typed::Expr,
        base: TypeId,
    ) -> Option<TypeId> {
        let base = self.s.types.bare(base);
        let key = match &expr.kind {
            ExprKind::Int(value) => StaticKey::Int(*value),
            ExprKind::Float(value) => StaticKey::Float(value.to_bits()),
            ExprKind::Str(text) => StaticKey::Str(text.clone()),
            ExprKind::Const(inner) => return self.static_value(&inner.clone(), base),
            _ => match self.get(expr.ty) {
                Type::StaticValue(_, key) => key.clone(),
                _ if matches!(expr.kind, ExprKind::Nop | ExprKind::TypeName(_))
                    || !self.is_const(expr) =>
                {
                    return None;
                }
                _ => self.static_tree(expr),
            },
        };
        Some(self.intern(Type::StaticValue(base, key)))
    }

    /// A constant that is no scalar, by a text that tells it from others.
    fn static_tree(&mut self, expr: &super::typed::Expr) -> StaticKey {
        let mut text = String::new();
        self.write_constant(expr, &mut text);
        let text: Arc<str> = text.into();
        self.s
            .static_values
            .insert(text.clone(), Arc::new(expr.clone()));
        StaticKey::Other(text)
    }

    fn write_constant(&self, expr: &super::typed::Expr, out: &mut String) {
        let (open, close) = match &expr.kind {
            ExprKind::Int(value) => {
                out.push_str(&self.s.types.show_ordinal(expr.ty, *value));
                return;
            }
            ExprKind::Float(value) => {
                out.push_str(&format!("{value:?}"));
                return;
            }
            ExprKind::Str(text) => {
                out.push_str(&format!("{:?}", String::from_utf8_lossy(text)));
                return;
            }
            ExprKind::Array(_) if matches!(self.get(expr.ty), Type::Seq(_)) => ("@[", "]"),
            ExprKind::Array(_) => ("[", "]"),
            ExprKind::Set(_) => ("{", "}"),
            ExprKind::Nil => ("nil", ""),
            ExprKind::Routine(id) => {
                out.push_str(&format!("proc {}", self.s.routine_identity(*id)));
                return;
            }
            _ => ("(", ")"),
        };
        out.push_str(open);
        let mut first = true;
        expr.each_child(&mut |child| {
            if !std::mem::take(&mut first) {
                out.push_str(", ");
            }
            self.write_constant(child, out);
        });
        out.push_str(close);
    }

    /// The value of an argument for a parameter of type `static T`.
    pub(super) fn static_argument(
        &mut self,
        expr: &super::typed::Expr,
        base: TypeId,
    ) -> Option<TypeId> {
        if !self.generic(base) {
            self.relate(
                base,
                super::relation::Arg::of(expr),
                &mut Bindings::default(),
            )?;
        }
        if let Some(value) = self.static_value(expr, base) {
            return Some(value);
        }
        if !matches!(
            expr.kind,
            ExprKind::Call(..)
                | ExprKind::Magic(..)
                | ExprKind::Convert { .. }
                | ExprKind::Field { .. }
                | ExprKind::TupleField(..)
        ) {
            return None;
        }
        let value = self.evaluate(expr).ok()?;
        self.static_value(&value, base)
    }

    pub(super) fn unify_static_key(&self, ty: TypeId) -> Option<StaticKey> {
        match self.get(ty) {
            Type::StaticValue(_, key) => Some(key.clone()),
            _ => None,
        }
    }

    pub(super) fn unify_static(&mut self, bound: TypeId, arg: super::relation::Arg<'_>) -> bool {
        let Some(want) = self.unify_static_key(bound) else {
            return false;
        };
        let have = match arg.expr {
            Some(expr) => self.static_argument(expr, expr.ty),
            None => Some(arg.ty),
        };
        have.and_then(|have| self.unify_static_key(have)) == Some(want)
    }
}
