//! Which of two candidates that both fit is the better one.
//!
//! The order of the criteria is Nim's: how the arguments matched, then whether one signature is a special case of the
//! other, then how much of the types a generic signature spells out, then the scope. What is equal in all is ambiguous.

use std::cmp::Ordering;

use super::checker::Checker;
use super::fit::Match;
use super::relation::{Bindings, Rel};
use super::symbols::RoutineSym;
use super::types::{Class, Type, TypeId};

/// How a candidate fits.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub exact: i32,
    pub generic: i32,
    pub subtype: i32,
    pub int_conv: i32,
    pub conv: i32,
    pub inheritance: i32,
}

impl Score {
    pub(super) fn add(&mut self, rel: Rel) {
        match rel {
            Rel::Equal => self.exact += 1,
            Rel::Generic => self.generic += 1,
            Rel::Subtype => self.subtype += 1,
            Rel::Literal => self.int_conv += 256,
            Rel::IntConv => self.int_conv += 1,
            Rel::Convertible => self.conv += 1,
        }
    }

    /// A candidate is better for each constraint of its own that holds, if the types fit it as exactly.
    pub(super) fn constrained(&mut self) {
        self.generic += 100;
    }

    pub(super) fn compare(&self, other: &Score) -> std::cmp::Ordering {
        let key = |s: &Score| {
            (
                s.exact,
                s.generic,
                s.subtype,
                s.int_conv,
                s.conv,
                -s.inheritance,
            )
        };
        key(self).cmp(&key(other))
    }
}

impl Checker<'_, '_> {
    /// Puts `found` among the best candidates so far, in the place of those that it beats.
    pub(super) fn keep_better(&mut self, best: &mut Vec<Match>, found: Match) {
        if best
            .iter()
            .any(|m| self.same_overload(&m.head, &found.head))
        {
            return;
        }
        let orders: Vec<Ordering> = best.iter().map(|m| self.compare(&found, m)).collect();
        if orders.contains(&Ordering::Less) {
            return;
        }
        let mut orders = orders.into_iter();
        best.retain(|_| orders.next() != Some(Ordering::Greater));
        best.push(found);
    }

    fn compare(&mut self, a: &Match, b: &Match) -> Ordering {
        a.score
            .compare(&b.score)
            .then_with(|| self.compare_generality(&a.head, &b.head))
            .then_with(|| self.compare_patterns(&a.head, &b.head))
            .then_with(|| self.scope_of(&a.head).cmp(&self.scope_of(&b.head)))
    }

    /// Local scopes count, then the module's own, then what is imported.
    fn scope_of(&self, head: &RoutineSym) -> usize {
        if head.depth > 0 {
            head.depth + 2
        } else if head.module == self.env.module || head.module == self.module {
            2
        } else {
            1
        }
    }

    /// The signature of which the other one is a generalisation is the better one.
    fn compare_generality(&mut self, a: &RoutineSym, b: &RoutineSym) -> Ordering {
        let mut winner = Ordering::Equal;
        for (x, y) in a.params.iter().zip(&b.params) {
            let (b_covers, a_covers) = (self.covers(y.ty, x.ty), self.covers(x.ty, y.ty));
            let order = match (b_covers, a_covers) {
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                _ => continue,
            };
            if winner == order.reverse() {
                return Ordering::Equal;
            }
            winner = order;
        }
        winner
    }

    /// Does a generic parameter type take all that another one takes?
    fn covers(&mut self, general: TypeId, special: TypeId) -> bool {
        let (general, special) = (self.s.types.bare(general), self.s.types.bare(special));
        if !self.generic(general) {
            return false;
        }
        match (self.get(general).clone(), self.get(special).clone()) {
            // What is known while compiling is less than any value of its type.
            (Type::Param(x), _) if self.static_base(x).is_some() => false,
            (Type::Param(x), Type::Param(y)) => match (self.class_of(x), self.class_of(y)) {
                // A named parameter is compared without its constraint.
                (None, _) => true,
                (Some(x), Some(y)) => self.class_within(y, x),
                (Some(_), None) => false,
            },
            _ => self.unify(general, special, &mut Bindings::default()),
        }
    }

    /// The class that stands in the place of a parameter's type, as opposed to one that constrains a named parameter.
    fn class_of(&self, number: u32) -> Option<TypeId> {
        let implied = self
            .s
            .types
            .param_name(number)
            .is_some_and(|name| name.contains(':'));
        let is_any =
            |class: TypeId| matches!(self.get(class), Type::Class(c) if matches!(**c, Class::Any));
        // `auto` takes whatever a named parameter takes.
        self.constraint(number)?
            .class
            .filter(|&class| implied && !is_any(class))
    }

    /// The type of values that a parameter which is known while compiling has.
    pub(super) fn static_base(&self, number: u32) -> Option<TypeId> {
        self.constraint(number)?.static_of
    }

    fn class_within(&mut self, part: TypeId, whole: TypeId) -> bool {
        if part == whole {
            return true;
        }
        if let (Type::Class(part), Type::Class(whole)) =
            (self.get(part).clone(), self.get(whole).clone())
            && let (Class::Or(parts), Class::Or(_)) = (&*part, &*whole)
        {
            return parts
                .iter()
                .all(|&ty| self.in_class(&whole, ty, &mut Bindings::default()));
        }
        false
    }

    /// The candidate whose parameter types spell out more, if that goes for all of them.
    fn compare_patterns(&self, a: &RoutineSym, b: &RoutineSym) -> Ordering {
        let mut winner = Ordering::Equal;
        for (x, y) in a.params.iter().zip(&b.params) {
            let order = self.spelled_out(x.ty).cmp(&self.spelled_out(y.ty));
            if order == Ordering::Equal {
                continue;
            }
            if winner == order.reverse() {
                return Ordering::Equal;
            }
            winner = order;
        }
        winner
    }

    /// How much of a type a pattern spells out: `Foo[Foo[T]]` more than `Foo[T]`. A type without parameters is one thing, whatever
    /// it consists of.
    fn spelled_out(&self, ty: TypeId) -> i32 {
        if matches!(self.get(ty), Type::Ref(_) | Type::Ptr(_)) && !self.generic(ty) {
            return 1;
        }
        match self.get(ty) {
            Type::Param(number) => match self.static_base(*number) {
                Some(base) => 1 + self.spelled_out(base),
                None => self.class_of(*number).map_or(0, |c| self.spelled_out(c)),
            },
            Type::Set(t)
            | Type::Seq(t)
            | Type::Ref(t)
            | Type::Ptr(t)
            | Type::OpenArray(t)
            | Type::Varargs(t)
            | Type::UncheckedArray(t)
            | Type::TypeDesc(t)
            | Type::Lent(t)
            | Type::Array { elem: t, .. } => 1 + self.spelled_out(*t),
            Type::Var(t) => {
                let concrete = !self.generic(*t);
                1 + i32::from(concrete) + self.spelled_out(*t)
            }
            Type::Sink(t) => self.spelled_out(*t),
            Type::Range { base, .. } | Type::FloatRange { base, .. } => 1 + self.spelled_out(*base),
            Type::Apply(_, args) => 1 + args.iter().map(|&t| self.spelled_out(t)).sum::<i32>(),
            Type::Tuple(fields) => fields.iter().map(|&(_, t)| self.spelled_out(t)).sum(),
            Type::Proc(p) => {
                let ret = match p.ret {
                    TypeId::VOID => 0,
                    ret => self.spelled_out(ret),
                };
                p.params.iter().map(|&t| self.spelled_out(t)).sum::<i32>() + ret
            }
            Type::Class(class) => match &**class {
                Class::Or(parts) => parts
                    .iter()
                    .map(|&t| self.spelled_out(t))
                    .max()
                    .unwrap_or(0),
                Class::And(parts) => 1 + parts.iter().map(|&t| self.spelled_out(t)).sum::<i32>(),
                Class::Kind(_) => 1,
                _ => 0,
            },
            Type::StaticValue(base, _) => 1 + self.spelled_out(*base),
            Type::Untyped | Type::Typed | Type::Generic(_) => 0,
            _ => 1,
        }
    }
}
