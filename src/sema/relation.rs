//! How an argument's type relates to a parameter's: Nim's ranking, unification of generic parameters, and the implicit
//! conversions that the ranking promises.
//!
//! [`Checker::relate`] only looks; [`Checker::coerce`] makes the conversion that `relate` found possible.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::checker::Checker;
use super::typed::{Expr, ExprKind};
use super::types::{CallConv, IntTy, ProcType, StaticKey, Type, TypeId};

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
    pub(super) fn ty(ty: TypeId) -> Arg<'static> {
        Arg { ty, expr: None }
    }
    /// The integer literals that it may be the value of: itself, or those at the ends of its branches.
    fn int_literals(&self) -> Option<SmallVec<[i64; 2]>> {
        let mut values = SmallVec::new();
        let plain = self.ty == TypeId::INT && literal_ends(self.expr?, &mut values);
        plain.then_some(values)
    }
    pub(super) fn float_literal(&self) -> bool {
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
            (Type::StaticValue(base, StaticKey::Other(_)), _) => {
                self.static_argument(arg.expr?, *base).map(|_| Rel::Generic)
            }
            (_, Type::TypeDesc(inner))
                if self.concept.is_some() && !matches!(formal_ty, Type::TypeDesc(_)) =>
            {
                // In a concept a type stands for a value of it: `v.push(T)`.
                self.relate(formal, Arg::ty(*inner), binds)
            }
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
            (Type::Iterable(want), Type::Iterable(have)) => {
                let rel = self.unify(*want, *have, binds);
                rel.then_some(Rel::Generic)
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
            (Type::Pointer, Type::Ptr(_) | Type::CString) => Some(Rel::Convertible),
            (Type::Pointer, Type::Proc(p)) if p.conv != CallConv::Closure => Some(Rel::Convertible),
            (Type::Ref(_) | Type::Ptr(_), Type::Nil) if self.generic(formal) => {
                // `nil` does not tell what is pointed to; where a plain pointer is wanted, it fits better.
                Some(Rel::Convertible)
            }
            (Type::Pointer | Type::Ref(_) | Type::Ptr(_) | Type::Proc(_), Type::Nil) => {
                Some(Rel::Subtype)
            }
            (Type::Ptr(want), Type::Pointer) if matches!(self.get(*want), Type::Void) => {
                Some(Rel::Convertible)
            }
            // `{}` is a set, or a table without entries.
            (Type::Set(_), Type::Empty) => Some(Rel::Subtype),
            (Type::Array { .. }, Type::Empty) => Some(Rel::Convertible),
            // Nearer than an open array of the same elements.
            (Type::Seq(_), Type::Seq(have))
            | (Type::Array { .. }, Type::Array { elem: have, .. })
                if *have == TypeId::EMPTY =>
            {
                Some(Rel::Subtype)
            }
            (Type::Ref(want), Type::Ref(have)) | (Type::Ptr(want), Type::Ptr(have)) => {
                if self.unify(*want, *have, binds) {
                    return Some(if self.generic(formal) {
                        Rel::Generic
                    } else {
                        Rel::Equal
                    });
                }
                // What an argument before this one has bound takes what derives from it.
                let (want, rel) = match *self.get(*want) {
                    Type::Param(number) => (*binds.get(&number)?, Rel::Subtype.min(Rel::Generic)),
                    _ => (*want, Rel::Subtype),
                };
                self.derives(*have, want).map(|_| rel)
            }
            (Type::Object(_), Type::Object(_)) => match self.same(formal, actual) {
                true => Some(Rel::Equal),
                false => self.derives(actual, formal).map(|_| Rel::Subtype),
            },
            (Type::Apply(number, _), _) if self.is_alias(*number) => {
                let done = self.substitute(formal, binds);
                let known = done != formal && !self.generic(done);
                known.then(|| self.relate(done, arg, binds)).flatten()
            }
            (Type::Apply(..), _) => {
                if self.unify(formal, actual, binds) {
                    return Some(Rel::Generic);
                }
                let base = self.base_of(actual)?;
                self.relate(formal, Arg::ty(base), binds)
                    .map(|_| Rel::Subtype)
            }
            (Type::Proc(want), Type::Proc(have)) => {
                let (want, have) = (&want.clone(), &have.clone());
                if self.breaks_promise(want, have, arg.expr) {
                    return None;
                }
                self.relate_proc(want, have, binds)
            }
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

    /// Is the generic type with this number an alias, of which nothing is left when its arguments are known?
    fn is_alias(&self, number: u32) -> bool {
        match &self.s.sym(super::symbols::SymId(number)).kind {
            super::symbols::SymKind::GenericType(generic) => !generic.nominal,
            _ => false,
        }
    }

    pub(super) fn relate_var(
        &mut self,
        inner: TypeId,
        arg: Arg<'_>,
        binds: &mut Bindings,
    ) -> Option<Rel> {
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

    pub(super) fn relate_param(
        &mut self,
        number: u32,
        arg: Arg<'_>,
        binds: &mut Bindings,
    ) -> Option<Rel> {
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
        if matches!(
            self.get(actual),
            Type::Void | Type::Empty | Type::Untyped | Type::Iterable(_)
        ) {
            return None;
        }
        if let Some(constraint) = self.constraint(number) {
            if let Some(base) = constraint.static_of {
                let expr = arg.expr?;
                let base = match self.generic(base) {
                    true => {
                        self.relate(base, Arg::ty(expr.ty), binds)?;
                        self.substitute(base, binds)
                    }
                    false => base,
                };
                let value = self.static_argument(expr, base)?;
                binds.insert(number, value);
                return Some(Rel::Equal);
            }
            if let Some(class) = constraint.class
                && !self.satisfies(class, actual, binds)
            {
                // A subrange may do as what it is a part of.
                let Type::Range { base, .. } = *self.get(actual) else {
                    return None;
                };
                if !self.satisfies(class, base, binds) {
                    return None;
                }
                actual = base;
            }
        }
        binds.insert(number, actual);
        Some(Rel::Generic)
    }

    pub(super) fn relate_int(
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
            let base = *base;
            if base == TypeId::INT
                && let Some(&ExprKind::Int(value)) = arg.expr.map(|e| &e.kind)
                && fits(want, value)
            {
                return Some(Rel::Literal);
            }
            return self.relate(formal, Arg::ty(base), &mut Bindings::default());
        }
        let &Type::Int(have) = actual else {
            return None;
        };
        if let Some(values) = arg.int_literals() {
            let all = values.iter().all(|&value| fits(want, value));
            return all.then_some(Rel::Literal);
        }
        let widens = want.signed() == have.signed() && have.size() < want.size();
        match (want, have) {
            (IntTy::Int | IntTy::UInt, _) if widens => Some(Rel::IntConv),
            (IntTy::I64, IntTy::Int) | (IntTy::U64, IntTy::UInt) => Some(Rel::Convertible),
            _ => widens.then_some(Rel::Convertible),
        }
    }

    pub(super) fn relate_float(
        &mut self,
        size: u8,
        _: TypeId,
        actual: &Type,
        arg: Arg<'_>,
    ) -> Option<Rel> {
        match actual {
            Type::Float(_) if arg.float_literal() => Some(Rel::Literal),
            Type::Float(_) => Some(if size == 4 {
                Rel::Convertible
            } else {
                Rel::IntConv
            }),
            Type::FloatRange { base, .. } => Some(match *self.get(*base) {
                Type::Float(of) if of == size => Rel::Subtype,
                _ => Rel::Convertible,
            }),
            Type::Int(_) if arg.int_literals().is_some() => Some(Rel::Convertible),
            _ => None,
        }
    }

    pub(super) fn relate_range(
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
                Rel::IntConv
            } else {
                Rel::Convertible
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

    pub(super) fn relate_open_array(
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
            _ => return None,
        };
        if have == TypeId::EMPTY {
            // Other arguments have to tell what it would be of.
            let known = self.substitute(elem, binds);
            return (!self.generic(known)).then_some(Rel::Convertible);
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

    pub(super) fn relate_literal(
        &mut self,
        formal: TypeId,
        expr: &Expr,
        binds: &mut Bindings,
    ) -> Option<Rel> {
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

    pub(super) fn relate_all(
        &mut self,
        elem: TypeId,
        elems: &[Expr],
        binds: &mut Bindings,
    ) -> Option<Rel> {
        for e in elems {
            self.relate(elem, Arg::of(e), binds)?;
        }
        Some(Rel::Convertible)
    }

    pub(super) fn relate_proc(
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
}

/// Is what an expression gives always an integer literal? Collects them.
fn literal_ends(expr: &Expr, out: &mut SmallVec<[i64; 2]>) -> bool {
    match &expr.kind {
        ExprKind::Int(value) => {
            out.push(*value);
            true
        }
        ExprKind::If(_, Some(_)) | ExprKind::Case { .. } => {
            let mut ends = expr.ends().into_iter().flatten();
            ends.all(|end| literal_ends(end, out))
        }
        _ => false,
    }
}

/// Does a literal fit an integer type? Unsigned 64-bit literals come as their bits and never as plain `int`.
pub(super) fn fits(int: IntTy, value: i64) -> bool {
    (int.lowest()..=int.highest()).contains(&i128::from(value))
}

/// Integers that convert to a subrange of `want` with a check, by the manual's rule for ranges.
pub(super) fn widens_to_range(want: IntTy, have: IntTy) -> bool {
    match want {
        IntTy::Int | IntTy::UInt | IntTy::U64 => true,
        IntTy::I64 => have.signed(),
        _ => {
            want.signed() == have.signed()
                && (have.size() < want.size() || matches!(have, IntTy::Int | IntTy::UInt))
        }
    }
}
