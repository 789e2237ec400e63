//! Overloads that were chosen before.
//!
//! An operator has dozens of candidates, and most calls of one have arguments of a few basic types. Which candidate is the
//! best then depends on these types, on the values of literals, and on nothing else, so that it is looked up here and not
//! ranked again.
//!
//! In: the candidates and the checked arguments. Out: the match that was found for the same ones. Nothing is remembered
//! where anything else decides: names, type arguments, converters, concepts, values that must be known while compiling,
//! local candidates (whose numbers are used again).

use std::rc::Rc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::call::Given;
use super::candidates::{Candidates, WORTHWHILE};
use super::checker::Checker;
use super::fit::Match;
use super::symbols::{ModuleIx, SymId};
use super::typed::{Expr, ExprKind};
use super::types::{Type, TypeId};

/// What was chosen, by what decides it.
pub(super) type Choices = FxHashMap<Question, Match>;

/// All that decides a choice.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Question {
    /// Where the call stands: what is declared there comes first.
    module: ModuleIx,
    candidates: Rc<[SymId]>,
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
        candidates: &Candidates,
        explicit: &[TypeId],
        args: &[Given<'_>],
    ) -> Option<Question> {
        if candidates.heads.len() < WORTHWHILE || !explicit.is_empty() || self.concept.is_some() {
            return None;
        }
        let args = args.iter().map(|arg| self.plain(arg));
        let args = args.collect::<Option<SmallVec<_>>>()?;
        if self.sees_converters() {
            return None;
        }
        Some(Question {
            module: self.env.module,
            candidates: candidates.syms.clone(),
            args,
        })
    }

    fn plain(&self, arg: &Given<'_>) -> Option<(TypeId, Value)> {
        let expr = arg.typed.as_ref().filter(|_| arg.name.is_none())?;
        let plain = match self.get(expr.ty) {
            Type::Int(_) | Type::Float(_) | Type::Bool | Type::Char | Type::String => true,
            Type::Object(_) | Type::Enum(_) | Type::Seq(_) | Type::Ref(_) | Type::Set(_) => {
                is_read(expr)
            }
            _ => false,
        };
        let value = match expr.kind {
            ExprKind::Int(value) => Value::Int(value),
            ExprKind::Float(_) => Value::Float,
            _ if self.is_mutable_place(expr) => Value::Variable,
            _ => Value::Other,
        };
        plain.then_some((expr.ty, value))
    }

    /// What was chosen, with its current head: it may have got its body meanwhile.
    pub(super) fn chosen(&self, question: &Question, candidates: &Candidates) -> Option<Match> {
        let mut found = self.choices.get(question)?.clone();
        let (_, head) = candidates.heads.iter().find(|(sym, _)| *sym == found.sym)?;
        found.head = head.clone();
        Some(found)
    }

    /// Remembers a choice, if the question says all that decided it.
    pub(super) fn remember(&mut self, question: Question, candidates: &Candidates, found: &Match) {
        if self.go_by_types(candidates) {
            self.choices.insert(question, found.clone());
        }
    }
}

/// Does the expression have its type whatever is wanted, other than a constructor?
fn is_read(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Local(_)
            | ExprKind::Global(_)
            | ExprKind::Field { .. }
            | ExprKind::TupleField(..)
            | ExprKind::Index { .. }
            | ExprKind::Deref(_)
            | ExprKind::Call(..)
    )
}
