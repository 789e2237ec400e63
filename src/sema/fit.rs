//! Whether a candidate fits the arguments of a call, and how well.
//!
//! In: a routine's head and the arguments, checked as far as they can be. Out: a [`Match`] with what goes to which parameter,
//! the generic parameters' meanings and the score, or the [`Misfit`] that messages tell.

use std::sync::Arc;

use smallvec::SmallVec;

use super::call::Given;
use super::checker::Checker;
use super::rank::Score;
use super::relation::{Arg, Bindings, Rel};
use super::symbols::{ParamSym, RoutineSym, SymId};
use super::typed::ExprKind;
use super::types::{Type, TypeId};
use crate::source::Name;

/// The numbers of the arguments that go to one parameter: several for varargs.
pub(super) type Slot = SmallVec<[usize; 2]>;

/// For each parameter of a candidate, what goes there.
pub(super) type Slots = SmallVec<[Slot; 3]>;

/// A candidate that fits.
#[derive(Clone)]
pub(super) struct Match {
    pub sym: SymId,
    pub head: Arc<RoutineSym>,
    pub binds: Bindings,
    pub score: Score,
    pub slots: Slots,
    /// Parameters whose argument needs a user's converter.
    pub converters: Vec<(usize, SymId)>,
}

/// Why a candidate does not fit, by the number of the argument.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// Its type is another than that of the parameter.
    Type(usize, usize),
    /// It cannot be changed, as the parameter wants.
    Immutable(usize, usize),
    /// There is no parameter of its name.
    UnknownName(usize),
    /// The parameter of its name has a value.
    Given(usize),
    /// There are fewer parameters.
    Extra(usize),
    /// There is none for the parameter.
    Missing(usize),
    /// Explicit type arguments that the constraints exclude.
    TypeArguments,
}

impl Checker<'_, '_> {
    /// Does a candidate fit the arguments?
    pub(super) fn fit(
        &mut self,
        sym: SymId,
        head: &Arc<RoutineSym>,
        explicit: &[TypeId],
        args: &[Given<'_>],
    ) -> Result<Match, Misfit> {
        let found = self.fit_as(sym, head, explicit, args, false);
        // An array may be all of the varargs, and what stands behind it the argument of the next parameter.
        match head.varargs {
            Some(at)
                if found.is_err() && args.len() > at + 1 && args.len() <= head.params.len() =>
            {
                self.fit_as(sym, head, explicit, args, true).or(found)
            }
            _ => found,
        }
    }

    /// The same; `whole` when each argument is all that a parameter gets.
    fn fit_as(
        &mut self,
        sym: SymId,
        head: &Arc<RoutineSym>,
        explicit: &[TypeId],
        args: &[Given<'_>],
        whole: bool,
    ) -> Result<Match, Misfit> {
        let places = self.places(head, args, whole)?;
        let given_for = |p| {
            let here = places.iter().enumerate();
            here.filter_map(move |(i, &place)| (place == Some(p)).then_some(i))
        };
        let mut binds = Bindings::default();
        self.bind_explicit(head, explicit, &mut binds)?;
        let mut score = Score::default();
        let mut converters = Vec::new();
        for (p, param) in head.params.iter().enumerate() {
            let ty = param.ty;
            let optional = || param.default.is_some() || self.is_varargs(ty);
            let count = given_for(p).count();
            if count == 0 && !optional() {
                return Err(Misfit::Missing(p));
            }
            for i in given_for(p) {
                if let Some(constraint) = &param.constraint {
                    if !self.meets(constraint, &args[i]) {
                        return Err(Misfit::Type(i, p));
                    }
                    score.constrained();
                }
                match self.fit_argument(ty, param, &args[i], count, &mut binds) {
                    Some(rel) => {
                        score.add(rel);
                        if rel == Rel::Subtype
                            && let Some(expr) = &args[i].typed
                        {
                            score.inheritance += self.inheritance(ty, expr.ty);
                        }
                    }
                    None => {
                        let Some(converter) = self.argument_converter(ty, &args[i], &binds) else {
                            return Err(self.why_not(ty, &args[i], i, p));
                        };
                        score.conv += 1;
                        converters.push((i, converter));
                    }
                }
            }
        }
        Ok(Match {
            sym,
            head: head.clone(),
            binds,
            score,
            slots: (0..head.params.len())
                .map(|p| given_for(p).collect())
                .collect(),
            converters,
        })
    }

    /// The parameter of each argument; none for what only C's `...` takes.
    fn places(
        &self,
        head: &RoutineSym,
        args: &[Given<'_>],
        whole: bool,
    ) -> Result<SmallVec<[Option<usize>; 4]>, Misfit> {
        let mut places = SmallVec::new();
        for (i, arg) in args.iter().enumerate() {
            let place = match arg.name {
                None if whole => Some(i),
                name => self.param_of(head, i, name, args.len()),
            };
            match place {
                Some(p) if places.contains(&place) && !self.is_varargs(head.params[p].ty) => {
                    return Err(Misfit::Given(i));
                }
                None if !takes_c_varargs(head) => {
                    return Err(match arg.name {
                        Some(_) => Misfit::UnknownName(i),
                        None => Misfit::Extra(i),
                    });
                }
                _ => places.push(place),
            }
        }
        Ok(places)
    }

    fn is_varargs(&self, ty: TypeId) -> bool {
        matches!(self.get(ty), Type::Varargs(_))
    }

    /// The parameter that takes argument number `i`; `varargs[untyped]` takes names that no parameter has.
    pub(super) fn param_of(
        &self,
        head: &RoutineSym,
        i: usize,
        name: Option<Name>,
        count: usize,
    ) -> Option<usize> {
        let params = &head.params;
        let takes_trees =
            |at: usize| matches!(self.get(params[at].ty), Type::Varargs(TypeId::UNTYPED));
        if let Some(name) = name {
            let named = params.iter().position(|p| p.name == name);
            return named.or_else(|| head.varargs.filter(|&at| takes_trees(at)));
        }
        let Some(varargs) = head.varargs else {
            return (i < params.len()).then_some(i);
        };
        // What stands behind the varargs takes the last arguments, also where it has a default value; not from trees, which are
        // given up only for what has to be given.
        let behind = params[varargs + 1..].iter();
        let behind = behind
            .filter(|p| p.default.is_none() || !takes_trees(varargs))
            .count();
        Some(if i > varargs && i + behind >= count {
            params.len() - (count - i)
        } else {
            i.min(varargs)
        })
    }

    pub(super) fn inheritance(&self, formal: TypeId, actual: TypeId) -> i32 {
        match (self.object_of(formal), self.object_of(actual)) {
            (Some(base), Some(derived)) => self.derives(derived, base).unwrap_or(0) as i32,
            _ => 0,
        }
    }

    pub(super) fn argument_converter(
        &mut self,
        ty: TypeId,
        arg: &Given<'_>,
        binds: &Bindings,
    ) -> Option<SymId> {
        let expr = arg.typed.as_ref()?;
        if !self.sees_converters() {
            return None;
        }
        if matches!(
            self.get(ty),
            Type::Var(_) | Type::Typed | Type::Untyped | Type::TypeDesc(_)
        ) {
            return None;
        }
        // What cannot be made with these arguments is no candidate; it is no mistake of the program's.
        let mark = self.run.diagnostics.len();
        let target = self.substitute(self.wanted_by_param(ty), binds);
        if self.run.diagnostics.len() > mark {
            self.run.diagnostics.truncate(mark);
            return None;
        }
        if matches!(self.get(target), Type::Param(_)) {
            return None;
        }
        self.find_converter(target, expr).map(|(sym, _)| sym)
    }

    pub(super) fn bind_explicit(
        &mut self,
        head: &RoutineSym,
        explicit: &[TypeId],
        binds: &mut Bindings,
    ) -> Result<(), Misfit> {
        if explicit.len() > head.generics.len() {
            return Err(Misfit::TypeArguments);
        }
        for (generic, &ty) in head.generics.iter().zip(explicit) {
            if let Some(class) = generic.constraint
                && !self.satisfies(class, ty, binds)
            {
                return Err(Misfit::TypeArguments);
            }
            if let Type::Param(number) = *self.get(generic.ty) {
                binds.insert(number, ty);
            }
        }
        Ok(())
    }

    /// A parameter that wants a variable does not take another, whatever its type.
    fn why_not(&mut self, ty: TypeId, arg: &Given<'_>, i: usize, p: usize) -> Misfit {
        match (self.get(ty), &arg.typed) {
            (Type::Var(_), Some(expr)) if !self.is_mutable_place(expr) => Misfit::Immutable(i, p),
            _ => Misfit::Type(i, p),
        }
    }

    /// How one argument fits a parameter.
    pub(super) fn fit_argument(
        &mut self,
        ty: TypeId,
        param: &ParamSym,
        arg: &Given<'_>,
        of: usize,
        binds: &mut Bindings,
    ) -> Option<Rel> {
        match *self.get(ty) {
            Type::Untyped => return Some(Rel::Generic),
            Type::Varargs(elem) => {
                if elem == TypeId::UNTYPED {
                    return Some(Rel::Generic);
                }
                let expr = arg.typed.as_ref()?;
                // A whole array for the parameter, or one of the elements.
                if of == 1 && !param.each {
                    let mut trial = binds.clone();
                    if matches!(
                        self.get(self.s.types.repr(expr.ty)),
                        Type::Array { .. } | Type::Seq(_) | Type::OpenArray(_)
                    ) && let Some(rel) = self.relate(ty, Arg::of(expr), &mut trial)
                    {
                        *binds = trial;
                        return Some(rel.min(Rel::Generic));
                    }
                }
                if param.conv.is_some() {
                    // `nil` has no text.
                    let nothing = match self.get(expr.ty) {
                        Type::Nil => elem == TypeId::STRING,
                        // What has no elements has no type yet.
                        Type::Seq(of) => *of == TypeId::EMPTY,
                        _ => false,
                    };
                    return (!nothing).then_some(Rel::Convertible);
                }
                let rel = self.relate(elem, Arg::of(expr), binds)?;
                return Some(rel.min(Rel::Subtype));
            }
            _ => {}
        }
        let Some(expr) = &arg.typed else {
            // A lambda that waits for its parameters' types.
            return matches!(self.get(ty), Type::Proc(_) | Type::Param(_)).then_some(Rel::Generic);
        };
        let settled;
        let expr = if matches!(expr.kind, ExprKind::Int(_))
            && self.ambiguous_enums.contains_key(&expr.place)
        {
            settled = self.settle_enum(expr.clone(), Some(self.wanted_by_param(ty)));
            &settled
        } else {
            expr
        };
        self.relate(ty, Arg::of(expr), binds)
    }
}

/// Can a routine be called with this many arguments?
pub(super) fn accepts_count(head: &RoutineSym, count: usize) -> bool {
    count <= head.params.len() || takes_c_varargs(head) || head.varargs.is_some()
}

/// `proc printf(format: cstring) {.importc, varargs.}`
fn takes_c_varargs(head: &RoutineSym) -> bool {
    let import = head.pragmas.import.as_ref();
    import.is_some_and(|import| import.varargs)
}
