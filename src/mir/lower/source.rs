//! The routines that a proc is made of: its own, and every inline iterator that is expanded in it.
//!
//! In: a checked routine. Out: for each that takes part, what lowering has to know of its body first. Iterators like those of
//! `system` take part in most procs, so what is known of them is kept for the output.

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Lowering;
use super::last_use::{Info, analyse};
use super::uses::Uses;
use crate::sema::typed::{Expr, ExprKind, LocalId, Routine, RoutineId, RoutineKind};

/// A routine that takes part in a proc: its checked form and what was found out about it.
pub(super) struct Source {
    pub(super) routine: Arc<Routine>,
    pub(super) info: Info,
    pub(super) uses: Uses,
    /// The iterators of its loops.
    iterators: Vec<RoutineId>,
}

/// All of them, by number.
pub(super) type Sources = FxHashMap<RoutineId, Rc<Source>>;

impl Lowering<'_> {
    /// All that takes part in the proc of `routine`.
    pub(super) fn sources(&self, routine: &Arc<Routine>) -> Sources {
        let mut sources = Sources::default();
        self.add_source(routine, &mut sources);
        sources
    }

    fn add_source(&self, routine: &Arc<Routine>, sources: &mut Sources) {
        if sources.contains_key(&routine.id) {
            return;
        }
        let source = self.source(routine);
        sources.insert(routine.id, source.clone());
        for &id in &source.iterators {
            self.add_source(&self.proc(id).routine, sources);
        }
    }

    fn source(&self, routine: &Arc<Routine>) -> Rc<Source> {
        if routine.kind != RoutineKind::InlineIterator {
            return Rc::new(self.survey(routine));
        }
        if let Some(known) = self.cache.iterators.borrow().get(&routine.id) {
            return known.clone();
        }
        let source = Rc::new(self.survey(routine));
        let mut known = self.cache.iterators.borrow_mut();
        known.insert(routine.id, source.clone());
        source
    }

    fn survey(&self, routine: &Arc<Routine>) -> Source {
        let mut survey = Survey {
            locals: routine.locals.len(),
            stray: false,
            iterators: Vec::new(),
        };
        if let Some(body) = &routine.body {
            body.walk(&mut |part| survey.note(part));
        }
        let mut routine = routine.clone();
        if survey.stray {
            self.bug(&format!(
                "`{}` names a local that it does not have",
                routine.name
            ));
            Arc::make_mut(&mut routine).body = None;
            survey.iterators.clear();
        }
        Source {
            info: analyse(self, &routine),
            uses: Uses::of(self, &routine),
            iterators: survey.iterators,
            routine,
        }
    }
}

/// What a body needs to be lowered.
struct Survey {
    /// The locals that there are.
    locals: usize,
    /// Does it name another?
    stray: bool,
    /// The iterators of its loops.
    iterators: Vec<RoutineId>,
}

impl Survey {
    fn note(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Local(id) | ExprKind::Let(id, _) => self.local(*id),
            ExprKind::For { vars, iterator, .. } => {
                vars.iter().for_each(|id| self.local(*id));
                self.iterators.push(*iterator);
            }
            ExprKind::Try { excepts, .. } => {
                let bindings = excepts.iter().filter_map(|except| except.binding);
                bindings.for_each(|id| self.local(id));
            }
            _ => {}
        }
    }

    fn local(&mut self, id: LocalId) {
        self.stray |= id.0 as usize >= self.locals;
    }
}
