//! Overloads that were chosen before.
//!
//! An operator has dozens of candidates, and most calls of one have arguments of a few basic types. Which candidate is the
//! best then depends on these types, on the values of literals, and on nothing else, so that it is looked up here and not
//! ranked again.
//!
//! In: the candidates and the checked arguments. Out: the match that was found for the same ones. Nothing is remembered
//! where anything else decides: names, type arguments, converters, concepts, values that must be known while compiling,
//! local candidates (whose numbers are used again).

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::call::Given;
use super::checker::Checker;
use super::fit::Match;
use super::symbols::{ModuleIx, RoutineSym, SymId};
use super::typed::ExprKind;
use super::types::{Type, TypeId};

/// Fewer candidates are ranked as fast as they are looked up.
const WORTHWHILE: usize = 4;

/// What was chosen, by what decides it.
pub(super) type Choices = FxHashMap<Question, Match>;

/// All that decides a choice.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Question {
    /// Where the call stands: what is declared there comes first.
    module: ModuleIx,
    candidates: Vec<SymId>,
    args: SmallVec<[(TypeId, Value); 2]>,
}

/// What counts of an argument beside its type.
#[derive(PartialEq, Eq, Hash)]
enum Value {
    Int(i64),
    Float,
    Variable,
    Other,
}

impl Checker<'_, '_> {
    /// The question that a call asks, if it is a plain one.
    pub(super) fn question(
        &self,
        heads: &[(SymId, Arc<RoutineSym>)],
        explicit: &[TypeId],
        args: &[Given<'_>],
    ) -> Option<Question> {
        if heads.len() < WORTHWHILE
            || !explicit.is_empty()
            || self.concept.is_some()
            || self.sees_converters()
        {
            return None;
        }
        let args = args.iter().map(|arg| self.plain(arg));
        let args = args.collect::<Option<SmallVec<_>>>()?;
        Some(Question {
            module: self.env.module,
            candidates: heads.iter().map(|(sym, _)| *sym).collect(),
            args,
        })
    }

    fn plain(&self, arg: &Given<'_>) -> Option<(TypeId, Value)> {
        let expr = arg.typed.as_ref().filter(|_| arg.name.is_none())?;
        let basic = matches!(
            self.get(expr.ty),
            Type::Int(_) | Type::Float(_) | Type::Bool | Type::Char | Type::String
        );
        let value = match expr.kind {
            ExprKind::Int(value) => Value::Int(value),
            ExprKind::Float(_) => Value::Float,
            _ if self.is_mutable_place(expr) => Value::Variable,
            _ => Value::Other,
        };
        basic.then_some((expr.ty, value))
    }

    /// What was chosen, with the current heads: one may have got its body meanwhile.
    pub(super) fn chosen(
        &self,
        question: &Question,
        heads: &[(SymId, Arc<RoutineSym>)],
    ) -> Option<Match> {
        let mut found = self.choices.get(question)?.clone();
        let (_, head) = heads.iter().find(|(sym, _)| *sym == found.sym)?;
        found.head = head.clone();
        Some(found)
    }

    /// Remembers a choice, if the question says all that decided it.
    pub(super) fn remember(
        &mut self,
        question: Question,
        heads: &[(SymId, Arc<RoutineSym>)],
        found: &Match,
    ) {
        if heads.iter().all(|(_, head)| self.goes_by_types(head)) {
            self.choices.insert(question, found.clone());
        }
    }

    /// Does only the type of an argument say whether a candidate takes it?
    fn goes_by_types(&self, head: &RoutineSym) -> bool {
        // The type classes of `system` are no concepts.
        let system = self.s.module_names.get("system") == Some(&head.module);
        let computed = |ty| match *self.get(ty) {
            Type::Param(number) => self.static_base(number).is_some(),
            Type::StaticValue(..) => true,
            _ => false,
        };
        head.depth == 0
            && (system || !head.is_generic())
            && !head.params.iter().any(|param| computed(param.ty))
    }
}
