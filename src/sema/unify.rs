//! Generic patterns: binding parameters by matching types, and type classes.

use super::checker::Checker;
use super::relation::{Bindings, Rel};
use super::symbols::{SymId, SymKind};
use super::types::{Class, Type, TypeId};

impl Checker<'_, '_> {
    /// Does the type contain generic parameters?
    pub(super) fn generic(&self, ty: TypeId) -> bool {
        self.s.types.is_generic(ty)
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
            (Type::Generic(number), _) => self.instance_or_alias(number, actual),
            _ => self.same(formal, actual),
        }
    }

    pub(super) fn unify_index(
        &mut self,
        formal: TypeId,
        actual: TypeId,
        binds: &mut Bindings,
    ) -> bool {
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
        formal == actual
            || self.unify(formal, actual, binds)
            || !self.generic(formal) && self.as_many(formal, actual)
    }

    /// Do arrays over these index types have the same length? That is all that Nim asks of an array where another is wanted.
    fn as_many(&self, a: TypeId, b: TypeId) -> bool {
        let count = |index| {
            let (low, high) = self.s.types.ordinal_range(index)?;
            Some(high - low)
        };
        count(a).is_some_and(|number| Some(number) == count(b))
    }

    pub(super) fn unify_apply(
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

    /// Is `actual` an instance of the generic type with this number, or of what it is another name for?
    pub(super) fn instance_or_alias(&mut self, number: u32, actual: TypeId) -> bool {
        if self.instance_of(number, actual).is_some() {
            return true;
        }
        let SymKind::GenericType(generic) = self.s.sym(SymId(number)).kind.clone() else {
            return false;
        };
        if generic.nominal {
            return false;
        }
        let params: Vec<TypeId> = generic.params.iter().map(|p| p.ty).collect();
        let place = self.s.sym(generic.sym).place;
        let (pattern, ok) = self.speculate(|c| c.apply_generic(&generic, params, place));
        ok && !matches!(self.get(pattern), Type::Apply(n, _) if *n == number)
            && self.unify(pattern, actual, &mut Bindings::default())
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
            (Type::Object(x), Type::Object(y)) | (Type::Distinct(x), Type::Distinct(y)) => {
                let (x, y) = (self.s.types.def(*x), self.s.types.def(*y));
                x.generic.is_some()
                    && (x.generic, x.pointer) == (y.generic, y.pointer)
                    && x.args.len() == y.args.len()
                    && x.args.iter().zip(&y.args).all(|(&s, &t)| self.same(s, t))
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

    /// The object type at the top of what it derives from.
    pub(super) fn root_of(&self, derived: TypeId) -> TypeId {
        let mut ty = derived;
        while let Some(base) = self.s.types.object(ty).and_then(|object| object.1.base) {
            ty = base;
        }
        ty
    }

    pub(super) fn base_of(&mut self, ty: TypeId) -> Option<TypeId> {
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
            Class::Concept(number) => self.matches_concept(*number, ty, binds),
        }
    }

    pub(super) fn of_kind(&self, word: &str, ty: TypeId) -> bool {
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
                Type::Int(_) | Type::Bool | Type::Char | Type::Range { .. } => true,
                Type::Enum(_) => !self.s.types.has_holes(bare),
                Type::Distinct(_) => self.s.types.ordinal_range(bare).is_some(),
                _ => false,
            },
            _ => false,
        }
    }
}
