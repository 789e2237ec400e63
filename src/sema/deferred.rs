//! Bodies of the library that are checked only when something needs them.
//!
//! In: routines of library modules as they are declared, and the typed trees of everything that is checked. Out: the
//! bodies of those routines that the trees name, however indirectly; most programs need a small part of what they import.
//!
//! A body that waits is remembered with the state that the top level had where it stands. When a tree names its routine it
//! is checked in that state and blind to what the module declares further down, so it means what it would have meant
//! there. That happens at the end of a check, and before compile-time code runs, which may call it. The routine then
//! belongs to its own module, whoever asked.
//!
//! Never waits: a body of the program's own modules, whose errors people want to hear of; what counts without being named
//! (type-bound operations, methods, `{.compilerproc.}`); and what has a say in its own signature (`auto`). A body that
//! declares globals belongs to the module's initialisation: the first such body that is needed has its module checked as a
//! whole from then on.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bodies::State;
use super::checker::{Checker, Instances, TypeInstances};
use super::program::{Evaluator, Loader, Sema};
use super::require::Run;
use super::symbols::{ModuleIx, RoutineSym, SymId, SymKind, Table};
use super::typed::{CheckedModule, Expr, ExprKind, Routine, RoutineId};
use crate::diagnostics::Diagnostic;
use crate::source::FileId;
use crate::syntax::tree::Kind;

/// A body that waits, and what it needs to mean what it means where it stands.
pub(super) struct Deferred {
    sym: SymId,
    state: Arc<State>,
    order: u32,
    part: Option<FileId>,
}

/// Bodies that wait, of all modules.
#[derive(Default)]
pub(super) struct Waiting {
    bodies: FxHashMap<RoutineId, Arc<Deferred>>,
    /// Named, and not checked yet.
    wanted: Vec<RoutineId>,
    /// Being checked.
    begun: FxHashSet<RoutineId>,
    /// Library modules of which some bodies may wait.
    partial: FxHashSet<ModuleIx>,
    /// Library modules that are checked as a whole.
    whole: FxHashSet<ModuleIx>,
    /// A module of `whole` was found only now.
    again: bool,
}

/// What a check has made of bodies that waited.
#[derive(Default)]
pub(super) struct Made {
    routines: FxHashMap<ModuleIx, Vec<Arc<Routine>>>,
    instances: FxHashMap<ModuleIx, (Instances, TypeInstances)>,
    diagnostics: Vec<Diagnostic>,
}

impl Waiting {
    /// Begins a check of the program.
    pub(super) fn begin(&mut self) {
        self.wanted.clear();
        self.begun.clear();
        self.again = false;
    }

    /// Does the check have to be made again, with fewer bodies that wait?
    pub(super) fn is_again(&self) -> bool {
        self.again
    }

    /// Have all bodies of this module been checked where they stand?
    pub(super) fn is_whole(&self, ix: ModuleIx) -> bool {
        !self.partial.contains(&ix)
    }
}

impl Sema {
    /// Decides, before a module is checked, whether its bodies may wait. Those of a module that was checked before may
    /// not: it is being worked on.
    pub(super) fn may_defer(&mut self, ix: ModuleIx, is_library: bool, is_first: bool) {
        let waits = is_library
            && is_first
            && !self.config.whole_library
            && self.main != Some(ix)
            && !self.waiting.whole.contains(&ix);
        match waits {
            true => self.waiting.partial.insert(ix),
            false => self.waiting.partial.remove(&ix),
        };
    }

    /// A routine is needed: by a tree that names it, or for its own sake.
    pub(super) fn want(&mut self, id: RoutineId) {
        if self.routines[id.0 as usize].is_none()
            && self.waiting.bodies.contains_key(&id)
            && !self.waiting.begun.contains(&id)
        {
            self.waiting.wanted.push(id);
        }
    }

    /// What this tree names is needed.
    pub(super) fn want_named(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Call(id, _) | ExprKind::Routine(id) => self.want(*id),
            ExprKind::For { iterator, .. } => self.want(*iterator),
            ExprKind::Const(inner) => self.want_named(inner),
            _ => {}
        }
        expr.each_child(&mut |child| self.want_named(child));
    }

    /// Checks all bodies that are needed, and those that these need.
    pub(super) fn check_wanted(
        &mut self,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) {
        while let Some(id) = self.waiting.wanted.pop() {
            let Some(deferred) = self.waiting.bodies.get(&id).cloned() else {
                continue;
            };
            if self.routines[id.0 as usize].is_none() && self.waiting.begun.insert(id) {
                self.check_deferred(id, &deferred, loader, evaluator, run);
            }
        }
    }

    fn check_deferred(
        &mut self,
        id: RoutineId,
        deferred: &Deferred,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) {
        let ix = deferred.sym.module();
        let found = run.diagnostics.len();
        let (instances, type_instances) = run.made.instances.remove(&ix).unwrap_or_default();
        let mut checker = Checker::new(self, loader, evaluator, run, ix);
        checker.instances = instances;
        checker.type_instances = type_instances;
        checker.body_that_waited(id, deferred);
        let is_alone = checker.is_all_routines();
        let routines = std::mem::take(&mut checker.out.routines);
        let instances = std::mem::take(&mut checker.instances);
        let type_instances = std::mem::take(&mut checker.type_instances);
        if !is_alone {
            self.waiting.whole.insert(ix);
            self.waiting.again = true;
        }
        run.made.instances.insert(ix, (instances, type_instances));
        run.made.routines.entry(ix).or_default().extend(routines);
        // Somebody may be trying something out, and throw away what is found meanwhile.
        let found = run.diagnostics.split_off(found);
        run.made.diagnostics.extend(found);
    }

    /// Gives the bodies that were checked to their modules.
    pub(super) fn add_made(&mut self, run: &mut Run<'_>) {
        let made = std::mem::take(&mut run.made);
        run.diagnostics.extend(made.diagnostics);
        for (ix, routines) in made.routines {
            let Some(old) = self.checked.get(&ix).cloned() else {
                continue;
            };
            let mut known: FxHashSet<RoutineId> = old.routines.iter().map(|r| r.id).collect();
            let mut checked = CheckedModule::clone(&old);
            let new = routines
                .into_iter()
                .filter(|routine| known.insert(routine.id));
            checked.routines.extend(new);
            self.checked.insert(ix, Arc::new(checked));
            self.note_grown(ix, old);
        }
    }
}

impl Checker<'_, '_> {
    /// May the body of this routine, which is declared here, wait?
    pub(super) fn may_wait(&self, head: &RoutineSym) -> bool {
        let routine = matches!(
            head.kind,
            Kind::ProcDef | Kind::FuncDef | Kind::ConverterDef | Kind::IteratorDef
        );
        routine
            && !self.s.waiting.is_whole(self.module)
            && self.speculating == 0
            && self.env.scopes.is_empty()
            && self.frames.last().is_some_and(|frame| frame.top)
            && head.depth == 0
            && !head.auto_ret
            && !head.pragmas.compilerproc
            && head.pragmas.import.is_none()
            && !head.name.as_str().starts_with('=')
    }

    /// Leaves a body for when something needs it.
    pub(super) fn defer(&mut self, sym: SymId, id: RoutineId) {
        let deferred = Deferred {
            sym,
            state: self.shared_state(),
            order: self.order,
            part: self.part,
        };
        self.s.waiting.bodies.insert(id, Arc::new(deferred));
    }

    fn body_that_waited(&mut self, id: RoutineId, deferred: &Deferred) {
        let SymKind::Routine(head) = self.s.sym(deferred.sym).kind.clone() else {
            return;
        };
        self.in_macro = head.kind == Kind::MacroDef;
        let head = self.body_head(&head);
        self.order = deferred.order;
        self.horizon = Some(deferred.order);
        self.part = deferred.part;
        self.enter_state(&deferred.state);
        let identity = self.s.routine_identity(id);
        let top = self.s.routine_id("?");
        self.in_top_frame(top, |checker| {
            checker.check_body(&head, deferred.sym, id, identity, Table::default());
        });
        self.instantiate_hooks();
    }
}
