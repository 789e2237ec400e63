//! Overload resolution: which of several routines a call means.
//!
//! In: candidates and arguments. Out: the best match with the conversions it takes, or Nim's message on none or several.
//! The arguments are checked first (`givens.rs`), then each candidate is tried (`fit.rs`), and the best one is chosen
//! (`rank.rs`), unless the same was asked before (`choices.rs`).

use std::sync::Arc;

use super::call::{Given, GivenNode};
use super::checker::Checker;
use super::fit::Match;
use super::symbols::{RoutineSym, SymId};
use super::typed::Expr;
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::Kind;

impl Checker<'_, '_> {
    /// Where the module asks for it, puts what the first argument refers to in its place.
    fn dereference_first(&mut self, args: &mut [Given<'_>]) -> bool {
        if !self.pushed.iter().any(|pushed| pushed.implicit_deref) {
            return false;
        }
        let Some(first) = args.first_mut().filter(|first| first.name.is_none()) else {
            return false;
        };
        let Some(pointer) = first.typed.clone() else {
            return false;
        };
        if !matches!(
            self.get(self.s.types.repr(pointer.ty)),
            Type::Ref(_) | Type::Ptr(_)
        ) {
            return false;
        }
        let place = first.place;
        *first = Given::checked(self.deref(pointer, place));
        true
    }

    pub(super) fn resolve(
        &mut self,
        name: Name,
        syms: &[SymId],
        explicit: &[TypeId],
        mut args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let iterator_wanted = std::mem::take(&mut self.iterator_wanted);
        let candidates = self.candidates_of(name, syms, iterator_wanted);
        if self.check_givens(&candidates, &mut args) {
            return self.bad(place);
        }
        let question = self.question(&candidates, explicit, &args);
        if let Some(question) = &question
            && let Some(found) = self.chosen(question, &candidates)
        {
            return self.call_chosen(found, args, want, place);
        }
        let mut fitting: Vec<Match> = Vec::new();
        let mut misfits = Vec::new();
        for (sym, head) in &candidates.heads {
            match self.fit(*sym, head, explicit, &args) {
                Ok(found) => fitting.push(found),
                Err(why) => misfits.push(why),
            }
        }
        if fitting.is_empty() && self.dereference_first(&mut args) {
            self.iterator_wanted = iterator_wanted;
            return self.resolve(name, syms, explicit, args, want, place);
        }
        if fitting.len() > 1 {
            self.try_lambdas(&mut fitting, &args);
        }
        let mut best: Vec<Match> = Vec::new();
        for found in fitting {
            self.keep_better(&mut best, found);
        }
        match best.len() {
            0 => {
                let heads = candidates.heads.iter().map(|(_, head)| head.clone());
                let misfits: Vec<_> = heads.zip(misfits).collect();
                self.report_no_match(name, &misfits, &mut args, place);
                self.bad(place)
            }
            1 => {
                let found = best.pop().expect("there is one");
                if let Some(question) = question {
                    self.remember(question, &candidates, &found);
                }
                self.call_chosen(found, args, want, place)
            }
            _ => {
                self.report_ambiguous(&best, &args, place);
                self.bad(place)
            }
        }
    }

    fn call_chosen(
        &mut self,
        found: Match,
        args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let sym = found.sym;
        let shape = match self.typing {
            Some(_) => self.call_shape(&found, &args),
            None => None,
        };
        let is_expanded = matches!(found.head.kind, Kind::TemplateDef | Kind::MacroDef);
        let result = self.apply(found, args, want, place);
        self.last_called = Some(sym);
        self.last_shape = shape;
        if !is_expanded {
            self.last_expansion = None;
        }
        result
    }

    /// Lambdas whose parameter types the candidates tell: those stay for which their bodies make sense.
    fn try_lambdas(&mut self, best: &mut Vec<Match>, args: &[Given<'_>]) {
        let lambda = |arg: &Given<'_>| match arg.node {
            GivenNode::Node(n) => {
                arg.typed.is_none() && matches!(n.kind(), Kind::Lambda | Kind::Do)
            }
            GivenNode::Checked => false,
        };
        if !args.iter().any(lambda) {
            return;
        }
        let fits: Vec<bool> = best
            .iter()
            .map(|m| {
                let (mut args, mut binds) = (args.to_vec(), m.binds.clone());
                let trial = |c: &mut Self| c.late_lambdas(&m.head, &m.slots, &mut args, &mut binds);
                self.speculate_in_place(trial).1
            })
            .collect();
        if fits.contains(&true) {
            let mut fits = fits.into_iter();
            best.retain(|_| fits.next() == Some(true));
        }
    }

    pub(super) fn same_overload(&self, a: &RoutineSym, b: &RoutineSym) -> bool {
        std::ptr::eq(a, b)
            || (a.module == b.module
                && a.node.id == b.node.id
                && Arc::ptr_eq(&a.node.tree, &b.node.tree))
    }
}
