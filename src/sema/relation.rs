//! How an argument's type relates to a parameter's: Nim's ranking, unification of generic parameters, and the implicit
//! conversions that the ranking promises.
//!
//! [`Checker::relate`] only looks; [`Checker::coerce`] makes the conversion that `relate` found possible.

use rustc_hash::FxHashMap;

use super::checker::Checker;
use super::symbols::{SymId, SymKind};
use super::typed::{Expr, ExprKind};
use super::types::{CallConv, Class, IntTy, ProcType, Type, TypeId};
use crate::source::Place;

/// How well an argument fits, worst first, as in Nim's `TTypeRelation`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Rel {
    /// By an implicit conversion.
    Convertible,
    /// By widening an integer.
    IntConv,
    /// As a subtype: object to base, subrange to its base.
    Subtype,
    /// By a generic parameter.
    Generic,
    /// A literal that fits.
    Literal,
    /// The same type.
    Equal,
}

/// What generic parameters stand for.
pub(super) type Bindings = FxHashMap<u32, TypeId>;

/// An argument as overload resolution sees it.
#[derive(Clone, Copy)]
pub(super) struct Arg<'e> {
    pub ty: TypeId,
    /// The expression, if there is one: literals fit more types than their own.
    pub expr: Option<&'e Expr>,
}

impl<'e> Arg<'e> {
    pub fn of(expr: &'e Expr) -> Arg<'e> {
        Arg {
            ty: expr.ty,
            expr: Some(expr),
        }
    }
    fn ty(ty: TypeId) -> Arg<'static> {
        Arg { ty, expr: None }
    }
    fn int_literal(&self) -> Option<i64> {
        match self.expr.map(|e| &e.kind) {
            Some(&ExprKind::Int(value)) if self.ty == TypeId::INT => Some(value),
            _ => None,
        }
    }
    fn float_literal(&self) -> bool {
        matches!(self.expr.map(|e| &e.kind), Some(ExprKind::Float(_))) && self.ty == TypeId::FLOAT
    }
}

impl Checker<'_, '_> {
    /// How `arg` fits a parameter of type `formal`, binding generic parameters on the way.
    pub(super) fn relate(
        &mut self,
        formal: TypeId,
        arg: Arg<'_>,
        binds: &mut Bindings,
    ) -> Option<Rel> {
        if formal == arg.ty && !matches!(self.get(formal), Type::Param(_)) {
            return Some(Rel::Equal);
        }
        if arg.ty == TypeId::ERROR || formal == TypeId::ERROR {
            return Some(Rel::Equal);
        }
        let formal_ty = self.get(formal).clone();
        match formal_ty {
            Type::Sink(inner) | Type::Lent(inner) => return self.relate(inner, arg, binds),
            Type::Var(inner) => return self.relate_var(inner, arg, binds),
            Type::Typed | Type::Untyped => return Some(Rel::Generic),
            Type::Param(number) => return self.relate_param(number, arg, binds),
            Type::Class(class) => {
                return self.in_class(&class, arg.ty, binds).then_some(Rel::Generic);
            }
            _ => {}
        }
        let actual = self.s.types.bare(arg.ty);
        if actual != arg.ty {
            return self.relate(formal, Arg { ty: actual, ..arg }, binds);
        }
        let actual_ty = self.get(actual).clone();
        match (&formal_ty, &actual_ty) {
            (_, Type::StaticValue(base, _)) => self.relate(formal, Arg { ty: *base, ..arg }, binds),
            (Type::Int(_), _) => self.relate_int(formal, &formal_ty, &actual_ty, arg),
            (Type::Float(size), _) => self.relate_float(*size, formal, &actual_ty, arg),
            (Type::Range { base, lo, hi }, _) => {
                self.relate_range(*base, *lo, *hi, &actual_ty, arg, binds)
            }
            (Type::FloatRange { base, .. }, _) => self.relate(*base, arg, binds).map(|rel| {
                if rel == Rel::Literal || rel == Rel::Equal {
                    Rel::IntConv
                } else {
                    rel
                }
            }),
            (_, Type::Range { base, .. } | Type::FloatRange { base, .. }) => {
                let rel = self.relate(formal, Arg::ty(*base), binds)?;
                Some(if rel == Rel::Equal { Rel::Subtype } else { rel })
            }
            (Type::TypeDesc(want), Type::TypeDesc(have)) => {
                let rel = self.unify(*want, *have, binds);
                rel.then_some(Rel::Generic)
            }
            (Type::OpenArray(elem) | Type::Varargs(elem), _) => {
                self.relate_open_array(*elem, &actual_ty, arg, binds)
            }
            (Type::CString, Type::String) => Some(Rel::Convertible),
            (Type::CString, Type::Nil) => Some(Rel::Subtype),
            (Type::Pointer, Type::Ptr(_) | Type::Ref(_) | Type::CString) => Some(Rel::Convertible),
            (Type::Pointer, Type::Proc(p)) if p.conv != CallConv::Closure => Some(Rel::Convertible),
            (Type::Pointer | Type::Ref(_) | Type::Ptr(_) | Type::Proc(_), Type::Nil) => {
                Some(Rel::Subtype)
            }
            (Type::Ptr(want), Type::Pointer) if matches!(self.get(*want), Type::Void) => {
                Some(Rel::Convertible)
            }
            (Type::Seq(_) | Type::Set(_) | Type::Array { .. }, Type::Empty) => {
                Some(Rel::Convertible)
            }
            (Type::Seq(want), Type::Seq(have))
            | (Type::Array { elem: want, .. }, Type::Array { elem: have, .. })
                if *have == TypeId::EMPTY =>
            {
                let _ = want;
                Some(Rel::Convertible)
            }
            (Type::Ref(want), Type::Ref(have)) | (Type::Ptr(want), Type::Ptr(have)) => {
                if self.unify(*want, *have, binds) {
                    return Some(if self.generic(formal) {
                        Rel::Generic
                    } else {
                        Rel::Equal
                    });
                }
                self.derives(*have, *want).map(|_| Rel::Subtype)
            }
            (Type::Object(_), Type::Object(_)) => {
                self.derives(actual, formal).map(|_| Rel::Subtype)
            }
            (Type::Apply(..), _) => {
                if self.unify(formal, actual, binds) {
                    return Some(Rel::Generic);
                }
                let base = self.base_of(actual)?;
                self.relate(formal, Arg::ty(base), binds)
                    .map(|_| Rel::Subtype)
            }
            (Type::Proc(want), Type::Proc(have)) => self.relate_proc(want, have, binds),
            (Type::Set(_) | Type::Array { .. } | Type::Seq(_) | Type::Tuple(_), _)
                if arg.expr.is_some_and(|e| self.adaptable(e)) =>
            {
                let expr = arg.expr.expect("was just asked for");
                if self.unify(formal, actual, binds) {
                    return Some(if self.generic(formal) {
                        Rel::Generic
                    } else {
                        Rel::Equal
                    });
                }
                self.relate_literal(formal, expr, binds)
            }
            _ => self
                .unify(formal, actual, binds)
                .then_some(if self.generic(formal) {
                    Rel::Generic
                } else {
                    Rel::Equal
                }),
        }
    }

    fn relate_var(&mut self, inner: TypeId, arg: Arg<'_>, binds: &mut Bindings) -> Option<Rel> {
        if let Some(expr) = arg.expr
            && !self.is_mutable_place(expr)
        {
            return None;
        }
        let actual = self.s.types.bare(arg.ty);
        // No literal, and nothing that needs a conversion, can be written through.
        match self.relate(inner, Arg::ty(actual), binds)? {
            Rel::Equal => Some(Rel::Equal),
            Rel::Generic => Some(Rel::Generic),
            Rel::Subtype if self.s.types.object(actual).is_some() => Some(Rel::Subtype),
            Rel::Subtype if matches!(self.get(actual), Type::Range { .. }) => Some(Rel::Subtype),
            _ if matches!(self.get(inner), Type::OpenArray(_)) => Some(Rel::Convertible),
            _ => None,
        }
    }

    fn relate_param(&mut self, number: u32, arg: Arg<'_>, binds: &mut Bindings) -> Option<Rel> {
        if let Some(&bound) = binds.get(&number) {
            if let Type::StaticValue(..) = self.get(bound) {
                return self.unify_static(bound, arg).then_some(Rel::Generic);
            }
            let rel = self.relate(bound, arg, &mut Bindings::default())?;
            return Some(rel.min(Rel::Generic));
        }
        let mut actual = self.s.types.bare(arg.ty);
        if let Type::StaticValue(base, _) = self.get(actual) {
            actual = *base;
        }
        if matches!(self.get(actual), Type::Void | Type::Empty | Type::Untyped) {
            return None;
        }
        if let Some(constraint) = self.constraint(number) {
            if let Some(base) = constraint.static_of {
                let expr = arg.expr?;
                let value = self.static_value(expr, base)?;
                binds.insert(number, value);
                return Some(Rel::Generic);
            }
            if let Some(class) = constraint.class
                && !self.satisfies(class, actual, binds)
            {
                return None;
            }
        }
        binds.insert(number, actual);
        Some(Rel::Generic)
    }

    fn relate_int(
        &mut self,
        formal: TypeId,
        formal_ty: &Type,
        actual: &Type,
        arg: Arg<'_>,
    ) -> Option<Rel> {
        let &Type::Int(want) = formal_ty else {
            return None;
        };
        if let Type::Range { base, .. } = actual {
            if *base == formal {
                return Some(Rel::Subtype);
            }
            if let Some(value) = match arg.expr.map(|e| &e.kind) {
                Some(&ExprKind::Int(value)) => Some(value),
                _ => None,
            } && fits(want, value)
            {
                return Some(Rel::Literal);
            }
            let base = *base;
            return self.relate(formal, Arg::ty(base), &mut Bindings::default());
        }
        let &Type::Int(have) = actual else {
            return None;
        };
        if let Some(value) = arg.int_literal() {
            return fits(want, value).then_some(Rel::Literal);
        }
        let widens = want.signed() == have.signed() && have.size() < want.size();
        match (want, have) {
            (IntTy::Int | IntTy::UInt, _) if widens => Some(Rel::IntConv),
            (IntTy::I64, IntTy::Int) | (IntTy::U64, IntTy::UInt) => Some(Rel::Convertible),
            _ => widens.then_some(Rel::Convertible),
        }
    }

    fn relate_float(&mut self, size: u8, _: TypeId, actual: &Type, arg: Arg<'_>) -> Option<Rel> {
        match actual {
            Type::Float(_) if arg.float_literal() => Some(Rel::Literal),
            Type::Float(_) => Some(if size == 4 {
                Rel::Convertible
            } else {
                Rel::IntConv
            }),
            Type::FloatRange { .. } => Some(Rel::Subtype),
            Type::Int(_) if arg.int_literal().is_some() => Some(Rel::Convertible),
            _ => None,
        }
    }

    fn relate_range(
        &mut self,
        base: TypeId,
        lo: i64,
        hi: i64,
        actual: &Type,
        arg: Arg<'_>,
        binds: &mut Bindings,
    ) -> Option<Rel> {
        if let Type::Range { base: other, .. } = actual
            && *other == base
        {
            return Some(Rel::IntConv);
        }
        if let Some(ExprKind::Int(value)) = arg.expr.map(|e| &e.kind)
            && (arg.ty == TypeId::INT || arg.ty == base)
        {
            return (lo..=hi).contains(value).then_some(if arg.ty == base {
                Rel::Subtype
            } else {
                Rel::Literal
            });
        }
        if let (&Type::Int(want), &Type::Int(have)) = (self.get(base), actual) {
            return (want == have || widens_to_range(want, have)).then_some(if want == have {
                Rel::IntConv
            } else {
                Rel::Convertible
            });
        }
        match self.relate(base, arg, binds)? {
            Rel::Equal | Rel::Literal | Rel::IntConv | Rel::Subtype => Some(Rel::IntConv),
            rel => Some(rel),
        }
    }

    fn relate_open_array(
        &mut self,
        elem: TypeId,
        actual: &Type,
        arg: Arg<'_>,
        binds: &mut Bindings,
    ) -> Option<Rel> {
        let generic = self.generic(elem);
        let (have, rel) = match actual {
            Type::OpenArray(have) | Type::Varargs(have) => {
                (*have, if generic { Rel::Generic } else { Rel::Equal })
            }
            Type::Array { elem, .. } => (*elem, Rel::Convertible),
            Type::Seq(have) => (*have, Rel::Convertible),
            Type::String | Type::CString => (TypeId::CHAR, Rel::Convertible),
            Type::Empty => return Some(Rel::Convertible),
            _ => return None,
        };
        if have == TypeId::EMPTY {
            return (!generic).then_some(Rel::Convertible);
        }
        if self.unify(elem, have, binds) {
            return Some(rel);
        }
        let expr = arg.expr?;
        if self.adaptable(expr)
            && let ExprKind::Array(elems) = &expr.kind
        {
            return self.relate_all(elem, elems, binds);
        }
        None
    }

    /// A constructor whose parts have not settled on a type for good: `[1, 2]` for an `array[2, uint8]`.
    pub(super) fn adaptable(&self, expr: &Expr) -> bool {
        matches!(
            expr.kind,
            ExprKind::Array(_) | ExprKind::Set(_) | ExprKind::Tuple(_)
        )
    }

    fn relate_literal(&mut self, formal: TypeId, expr: &Expr, binds: &mut Bindings) -> Option<Rel> {
        let formal_ty = self.get(formal).clone();
        match (&formal_ty, &expr.kind) {
            (Type::Array { elem, .. }, ExprKind::Array(elems))
                if matches!(self.get(expr.ty), Type::Array { .. }) =>
            {
                if let Some(len) = self.s.types.array_len(formal)
                    && len != elems.len() as u64
                {
                    return None;
                }
                self.relate_all(*elem, elems, binds)
            }
            (Type::Seq(elem), ExprKind::Array(elems))
                if matches!(self.get(expr.ty), Type::Seq(_)) =>
            {
                self.relate_all(*elem, elems, binds)
            }
            (Type::Set(elem), ExprKind::Set(elems)) => {
                for (lo, hi) in elems {
                    self.relate(*elem, Arg::of(lo), binds)?;
                    if let Some(hi) = hi {
                        self.relate(*elem, Arg::of(hi), binds)?;
                    }
                }
                Some(Rel::Convertible)
            }
            (Type::Tuple(fields), ExprKind::Tuple(elems)) if fields.len() == elems.len() => {
                if let Type::Tuple(have) = self.get(expr.ty).clone()
                    && have
                        .iter()
                        .zip(fields)
                        .any(|((h, _), (w, _))| h.is_some() && h != w)
                {
                    return None;
                }
                for ((_, ty), e) in fields.iter().zip(elems) {
                    self.relate(*ty, Arg::of(e), binds)?;
                }
                Some(Rel::Convertible)
            }
            _ => None,
        }
    }

    fn relate_all(&mut self, elem: TypeId, elems: &[Expr], binds: &mut Bindings) -> Option<Rel> {
        for e in elems {
            self.relate(elem, Arg::of(e), binds)?;
        }
        Some(Rel::Convertible)
    }

    fn relate_proc(
        &mut self,
        want: &ProcType,
        have: &ProcType,
        binds: &mut Bindings,
    ) -> Option<Rel> {
        if want.params.len() != have.params.len() || want.iterator != have.iterator {
            return None;
        }
        let mut generic = false;
        for (&w, &h) in want.params.iter().zip(&have.params) {
            generic |= self.generic(w);
            if !self.unify(w, h, binds) {
                return None;
            }
        }
        generic |= self.generic(want.ret);
        if !self.unify(want.ret, have.ret, binds) {
            return None;
        }
        match (want.conv, have.conv) {
            (a, b) if a == b => Some(if generic { Rel::Generic } else { Rel::Equal }),
            (CallConv::Closure, CallConv::Nimcall) => {
                Some(if generic { Rel::Generic } else { Rel::Subtype })
            }
            _ => None,
        }
    }

    /// Does the type contain generic parameters?
    pub(super) fn generic(&self, ty: TypeId) -> bool {
        match self.get(ty) {
            Type::Param(_) | Type::Apply(..) | Type::Class(_) | Type::Generic(_) => true,
            Type::Set(t)
            | Type::Seq(t)
            | Type::OpenArray(t)
            | Type::Varargs(t)
            | Type::UncheckedArray(t)
            | Type::Ref(t)
            | Type::Ptr(t)
            | Type::Var(t)
            | Type::Lent(t)
            | Type::Sink(t)
            | Type::TypeDesc(t) => self.generic(*t),
            Type::Array { index, elem } => self.generic(*index) || self.generic(*elem),
            Type::Tuple(fields) => fields.iter().any(|&(_, t)| self.generic(t)),
            Type::Proc(p) => self.generic(p.ret) || p.params.iter().any(|&t| self.generic(t)),
            _ => false,
        }
    }

    /// Are the types the same, once the generic parameters of `formal` are bound?
    pub(super) fn unify(&mut self, formal: TypeId, actual: TypeId, binds: &mut Bindings) -> bool {
        if formal == actual && !self.generic(formal) {
            return true;
        }
        if formal == TypeId::ERROR || actual == TypeId::ERROR {
            return true;
        }
        let (formal_ty, actual_ty) = (self.get(formal).clone(), self.get(actual).clone());
        match (formal_ty, actual_ty) {
            (Type::Param(number), _) => {
                if let Some(&bound) = binds.get(&number) {
                    return bound == actual || self.same(bound, actual);
                }
                if let Some(constraint) = self.constraint(number) {
                    if let Some(class) = constraint.class
                        && !self.satisfies(class, actual, binds)
                    {
                        return false;
                    }
                    if constraint.static_of.is_some()
                        && !matches!(self.get(actual), Type::StaticValue(..))
                    {
                        return false;
                    }
                }
                binds.insert(number, actual);
                true
            }
            (Type::Class(class), _) => self.in_class(&class, actual, binds),
            (Type::Set(a), Type::Set(b))
            | (Type::Seq(a), Type::Seq(b))
            | (Type::OpenArray(a), Type::OpenArray(b))
            | (Type::Varargs(a), Type::Varargs(b))
            | (Type::UncheckedArray(a), Type::UncheckedArray(b))
            | (Type::Ref(a), Type::Ref(b))
            | (Type::Ptr(a), Type::Ptr(b))
            | (Type::Var(a), Type::Var(b))
            | (Type::Lent(a), Type::Lent(b))
            | (Type::Sink(a), Type::Sink(b))
            | (Type::TypeDesc(a), Type::TypeDesc(b)) => self.unify(a, b, binds),
            (Type::Sink(a) | Type::Lent(a), _) => self.unify(a, actual, binds),
            (_, Type::Sink(b)) => self.unify(formal, b, binds),
            (Type::Array { index: i, elem: a }, Type::Array { index: j, elem: b }) => {
                self.unify_index(i, j, binds) && self.unify(a, b, binds)
            }
            (Type::Tuple(a), Type::Tuple(b)) => {
                a.len() == b.len()
                    && a.iter().zip(&b).all(|((n, s), (m, t))| {
                        (n.is_none() || m.is_none() || n == m) && self.unify(*s, *t, binds)
                    })
            }
            (Type::Proc(a), Type::Proc(b)) => self
                .relate_proc(&a, &b, binds)
                .is_some_and(|rel| rel >= Rel::Generic),
            (Type::Apply(number, args), _) => self.unify_apply(number, &args, actual, binds),
            (Type::Generic(number), _) => self.instance_of(number, actual).is_some(),
            _ => self.same(formal, actual),
        }
    }

    fn unify_index(&mut self, formal: TypeId, actual: TypeId, binds: &mut Bindings) -> bool {
        // `array[N, T]` with `N: static int` is an array over `0 .. N-1`; the parameter stands in the index type.
        if let Type::Param(number) = *self.get(formal)
            && let Some(constraint) = self.constraint(number)
            && let Some(base) = constraint.static_of
        {
            let Some((lo, hi)) = self.s.types.ordinal_range(actual) else {
                return false;
            };
            let value = self.intern(Type::StaticValue(
                base,
                super::types::StaticKey::Int((hi - lo + 1) as i64),
            ));
            return match binds.get(&number) {
                Some(&bound) => bound == value,
                None => {
                    binds.insert(number, value);
                    true
                }
            };
        }
        formal == actual || self.unify(formal, actual, binds) || {
            self.s
                .types
                .ordinal_range(formal)
                .is_some_and(|r| Some(r) == self.s.types.ordinal_range(actual))
                && !self.generic(formal)
                && self.s.types.repr(formal) == self.s.types.repr(actual)
        }
    }

    fn unify_apply(
        &mut self,
        number: u32,
        args: &[TypeId],
        actual: TypeId,
        binds: &mut Bindings,
    ) -> bool {
        let Some(have) = self.instance_of(number, actual) else {
            return false;
        };
        have.len() == args.len() && args.iter().zip(have).all(|(&a, b)| self.unify(a, b, binds))
    }

    /// The arguments if `actual` is an instance of the generic type with this number.
    pub(super) fn instance_of(&self, number: u32, actual: TypeId) -> Option<Vec<TypeId>> {
        let of = |id: super::types::NominalId, pointer: u8| {
            let nominal = self.s.types.def(id);
            (nominal.generic == Some(number) && nominal.pointer == pointer)
                .then(|| nominal.args.clone())
        };
        match self.get(actual) {
            Type::Object(n) | Type::Enum(n) | Type::Distinct(n) => of(*n, 0),
            Type::Ref(inner) => match self.get(*inner) {
                Type::Object(n) => of(*n, 1),
                _ => None,
            },
            Type::Ptr(inner) => match self.get(*inner) {
                Type::Object(n) => of(*n, 2),
                _ => None,
            },
            Type::Apply(other, args) if *other == number => Some(args.clone()),
            _ => None,
        }
    }

    /// The same type, apart from how it was spelled: tuples with and without names, procs with other effects.
    pub(super) fn same(&self, a: TypeId, b: TypeId) -> bool {
        if a == b {
            return true;
        }
        match (self.get(a), self.get(b)) {
            (Type::Tuple(x), Type::Tuple(y)) => {
                x.len() == y.len()
                    && x.iter().zip(y).all(|((n, s), (m, t))| {
                        (n.is_none() || m.is_none() || n == m) && self.same(*s, *t)
                    })
            }
            (Type::Proc(x), Type::Proc(y)) => {
                x.conv == y.conv
                    && x.iterator == y.iterator
                    && x.params.len() == y.params.len()
                    && self.same(x.ret, y.ret)
                    && x.params
                        .iter()
                        .zip(&y.params)
                        .all(|(&s, &t)| self.same(s, t))
            }
            (Type::Seq(x), Type::Seq(y))
            | (Type::Ref(x), Type::Ref(y))
            | (Type::Ptr(x), Type::Ptr(y))
            | (Type::Set(x), Type::Set(y))
            | (Type::OpenArray(x), Type::OpenArray(y))
            | (Type::Var(x), Type::Var(y)) => self.same(*x, *y),
            (Type::Array { index: i, elem: x }, Type::Array { index: j, elem: y }) => {
                self.same(*x, *y)
                    && self.s.types.ordinal_range(*i) == self.s.types.ordinal_range(*j)
                    && self.s.types.repr(*i) == self.s.types.repr(*j)
            }
            _ => false,
        }
    }

    /// How many steps below `base` an object type stands.
    pub(super) fn derives(&self, derived: TypeId, base: TypeId) -> Option<u32> {
        let mut ty = derived;
        let mut steps = 0;
        loop {
            if ty == base {
                return Some(steps);
            }
            ty = self.s.types.object(ty)?.1.base?;
            steps += 1;
        }
    }

    fn base_of(&mut self, ty: TypeId) -> Option<TypeId> {
        match *self.get(ty) {
            Type::Ref(inner) => {
                let base = self.s.types.object(inner)?.1.base?;
                Some(self.intern(Type::Ref(base)))
            }
            Type::Object(_) => self.s.types.object(ty)?.1.base,
            _ => None,
        }
    }

    /// Does `ty` match a constraint, which may be a class, a type, or contain parameters?
    pub(super) fn satisfies(
        &mut self,
        constraint: TypeId,
        ty: TypeId,
        binds: &mut Bindings,
    ) -> bool {
        match self.get(constraint).clone() {
            Type::Class(class) => self.in_class(&class, ty, binds),
            Type::TypeDesc(inner) => match *self.get(ty) {
                Type::TypeDesc(have) => self.satisfies(inner, have, binds),
                _ => false,
            },
            Type::Object(_) => self.derives(ty, constraint).is_some(),
            Type::Ref(want) if matches!(self.get(ty), Type::Ref(_)) => match *self.get(ty) {
                Type::Ref(have) => {
                    self.unify(want, have, binds) || self.derives(have, want).is_some()
                }
                _ => false,
            },
            _ => {
                let bare = match *self.get(ty) {
                    Type::Range { base, .. } if constraint == base => base,
                    _ => ty,
                };
                self.unify(constraint, bare, binds)
            }
        }
    }

    pub(super) fn in_class(&mut self, class: &Class, ty: TypeId, binds: &mut Bindings) -> bool {
        match class {
            Class::Any => true,
            Class::Or(parts) => parts.iter().any(|&part| self.satisfies(part, ty, binds)),
            Class::And(parts) => parts.iter().all(|&part| self.satisfies(part, ty, binds)),
            Class::Not(part) => !self.satisfies(*part, ty, binds),
            Class::Kind(word) => self.of_kind(word, ty),
            Class::Concept(_) => false,
        }
    }

    fn of_kind(&self, word: &str, ty: TypeId) -> bool {
        let bare = self.s.types.bare(ty);
        let ty = self.get(bare);
        match word {
            "object" => matches!(ty, Type::Object(_)),
            "tuple" => matches!(ty, Type::Tuple(_)),
            "enum" => matches!(ty, Type::Enum(_)),
            "ref" => matches!(ty, Type::Ref(_)),
            "ptr" => matches!(ty, Type::Ptr(_)),
            "proc" => matches!(ty, Type::Proc(p) if !p.iterator),
            "iterator" => matches!(ty, Type::Proc(p) if p.iterator),
            "seq" => matches!(ty, Type::Seq(_)),
            "array" => matches!(ty, Type::Array { .. }),
            "set" => matches!(ty, Type::Set(_)),
            "openarray" => matches!(ty, Type::OpenArray(_) | Type::Varargs(_)),
            "distinct" => matches!(ty, Type::Distinct(_)),
            "range" => matches!(ty, Type::Range { .. } | Type::FloatRange { .. }),
            "typedesc" => matches!(ty, Type::TypeDesc(_)),
            "ordinal" => match ty {
                Type::Int(_) | Type::Bool | Type::Char | Type::Enum(_) | Type::Range { .. } => true,
                Type::Distinct(_) => self.s.types.ordinal_range(bare).is_some(),
                _ => false,
            },
            _ => false,
        }
    }

    /// The conversion of `expr` to `target` that is implicit, or an error.
    pub(super) fn coerce(&mut self, expr: Expr, target: TypeId) -> Expr {
        if expr.ty == target || expr.ty == TypeId::ERROR || target == TypeId::ERROR {
            return expr;
        }
        let place = expr.place;
        let mut binds = Bindings::default();
        if self.relate(target, Arg::of(&expr), &mut binds).is_some() {
            return self.convert_implicitly(expr, target);
        }
        if let Some((converter, _)) = self.find_converter(target, &expr) {
            return self.call_converter(converter, expr, target);
        }
        self.mismatch(&expr, target);
        self.bad(place)
    }

    /// Reports that `expr` is not of type `target`.
    pub(super) fn mismatch(&mut self, expr: &Expr, target: TypeId) {
        let (got, want) = (self.show_arg(expr), self.s.types.show(target));
        let text = self.loader.text(expr.place);
        self.error(
            expr.place,
            format!("type mismatch: got '{got}' for '{text}' but expected '{want}'"),
        );
    }

    /// An expression's type as messages show it.
    pub(super) fn show_arg(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Int(value) if expr.ty == TypeId::INT => format!("int literal({value})"),
            _ => self.s.types.show(expr.ty),
        }
    }

    /// Makes the conversion that [`Checker::relate`] allowed.
    pub(super) fn convert_implicitly(&mut self, expr: Expr, target: TypeId) -> Expr {
        let target = match *self.get(target) {
            Type::Sink(inner) | Type::Lent(inner) => inner,
            Type::Varargs(elem) => self.intern(Type::OpenArray(elem)),
            _ => target,
        };
        if expr.ty == target || matches!(self.get(target), Type::Typed | Type::Untyped) {
            return expr;
        }
        let place = expr.place;
        let repr = self.s.types.repr(target);
        match (self.get(repr).clone(), expr.kind) {
            (Type::Int(_) | Type::Enum(_) | Type::Bool | Type::Char, ExprKind::Int(value)) => {
                self.make(ExprKind::Int(value), target, place)
            }
            (Type::Float(size), ExprKind::Int(value)) => {
                let value = if size == 4 {
                    f64::from(value as f32)
                } else {
                    value as f64
                };
                self.make(ExprKind::Float(value), target, place)
            }
            (Type::Float(4), ExprKind::Float(value)) => {
                self.make(ExprKind::Float(f64::from(value as f32)), target, place)
            }
            (Type::Float(_), ExprKind::Float(value)) => {
                self.make(ExprKind::Float(value), target, place)
            }
            (Type::CString, ExprKind::Str(text)) => self.make(ExprKind::Str(text), target, place),
            (_, ExprKind::Nil) => self.make(ExprKind::Nil, target, place),
            (Type::Seq(elem), ExprKind::Array(elems))
                if matches!(self.get(expr.ty), Type::Seq(_) | Type::Empty) =>
            {
                let elems = elems.into_iter().map(|e| self.coerce(e, elem)).collect();
                self.make(ExprKind::Array(elems), target, place)
            }
            (Type::Array { elem, .. }, ExprKind::Array(elems)) => {
                let elems = elems.into_iter().map(|e| self.coerce(e, elem)).collect();
                self.make(ExprKind::Array(elems), target, place)
            }
            (Type::OpenArray(elem), ExprKind::Array(elems)) => {
                self.array_to_open(elem, elems, expr.ty, target, place)
            }
            (Type::Set(elem), ExprKind::Set(elems)) => {
                let elems = elems
                    .into_iter()
                    .map(|(lo, hi)| (self.coerce(lo, elem), hi.map(|hi| self.coerce(hi, elem))))
                    .collect();
                self.make(ExprKind::Set(elems), target, place)
            }
            (Type::Tuple(fields), ExprKind::Tuple(elems)) if fields.len() == elems.len() => {
                let elems = fields
                    .into_iter()
                    .zip(elems)
                    .map(|((_, ty), e)| self.coerce(e, ty))
                    .collect();
                self.make(ExprKind::Tuple(elems), target, place)
            }
            (Type::Proc(want), ExprKind::Routine(id)) if want.conv == CallConv::Closure => {
                let value = Box::new(self.make(ExprKind::Routine(id), expr.ty, place));
                self.make(
                    ExprKind::Convert {
                        value,
                        checked: false,
                    },
                    target,
                    place,
                )
            }
            // `if` and `case` as values: the branches are converted, so that literals in them stay literals.
            (_, kind) => {
                let value = self.make(kind, expr.ty, place);
                self.conversion(value, target)
            }
        }
    }

    fn array_to_open(
        &mut self,
        elem: TypeId,
        elems: Vec<Expr>,
        from: TypeId,
        target: TypeId,
        place: Place,
    ) -> Expr {
        let len = elems.len() as i64;
        let elems: Vec<Expr> = elems.into_iter().map(|e| self.coerce(e, elem)).collect();
        let is_seq = matches!(self.get(from), Type::Seq(_));
        let ty = if is_seq {
            self.intern(Type::Seq(elem))
        } else {
            let index = self.intern(Type::Range {
                base: TypeId::INT,
                lo: 0,
                hi: len - 1,
            });
            self.intern(Type::Array { index, elem })
        };
        let value = Box::new(self.make(ExprKind::Array(elems), ty, place));
        self.make(
            ExprKind::Convert {
                value,
                checked: false,
            },
            target,
            place,
        )
    }

    /// A conversion node, unless the types are the same.
    pub(super) fn conversion(&mut self, value: Expr, target: TypeId) -> Expr {
        if value.ty == target {
            return value;
        }
        let place = value.place;
        let checked = self.checks.range;
        self.make(
            ExprKind::Convert {
                value: Box::new(value),
                checked,
            },
            target,
            place,
        )
    }

    /// A converter in sight that takes `expr` to `target`.
    pub(super) fn find_converter(
        &mut self,
        target: TypeId,
        expr: &Expr,
    ) -> Option<(SymId, TypeId)> {
        if matches!(expr.ty, TypeId::NIL | TypeId::EMPTY | TypeId::VOID) {
            return None;
        }
        for sym in self.converters_in_sight() {
            let SymKind::Routine(routine) = self.s.sym(sym).kind.clone() else {
                continue;
            };
            let Some(param) = routine.params.first() else {
                continue;
            };
            let mut binds = Bindings::default();
            let Some(rel) = self.relate(param.ty, Arg::of(expr), &mut binds) else {
                continue;
            };
            if rel < Rel::Subtype {
                continue;
            }
            let ret = self.substitute(routine.ret, &binds);
            let mut target_binds = Bindings::default();
            if self
                .relate(target, Arg::ty(ret), &mut target_binds)
                .is_some_and(|rel| rel >= Rel::Subtype)
            {
                return Some((sym, ret));
            }
        }
        None
    }

    fn converters_in_sight(&self) -> Vec<SymId> {
        let mut converters = Vec::new();
        for module in [Some(self.env.module), self.env.outer]
            .into_iter()
            .flatten()
        {
            let data = &self.s.modules[module.0 as usize];
            converters.extend(&data.converters);
            for import in data.imports.iter().filter(|i| !i.qualified_only) {
                converters.extend(&self.s.modules[import.module.0 as usize].converters);
            }
        }
        converters
    }
}

/// Does a literal fit an integer type? Unsigned 64-bit literals come as their bits and never as plain `int`.
pub(super) fn fits(int: IntTy, value: i64) -> bool {
    (int.lowest()..=int.highest()).contains(&i128::from(value))
}

/// Integers that convert to a subrange of `want` with a check, by the manual's rule for ranges.
fn widens_to_range(want: IntTy, have: IntTy) -> bool {
    want.signed() == have.signed()
        && match want {
            IntTy::Int | IntTy::I64 | IntTy::UInt | IntTy::U64 => true,
            _ => have.size() < want.size() || matches!(have, IntTy::Int | IntTy::UInt),
        }
}
