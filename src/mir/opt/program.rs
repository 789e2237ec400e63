//! The procs of a whole program, optimised, from one version to the next.
//!
//! In: the modules of a version as they were lowered. Out: the same modules with optimised procs. What was made for the
//! version before is taken over where the proc and all that was copied into it are the same.
//!
//! # What is copied into what
//!
//! A call is where new code takes effect, so copying a callee away must not hide an edit from a frame that runs on:
//!
//! * Procs marked `{.inline.}` and fixed ones are copied wherever they are called: Nim's word for "compile my callers
//!   again", and what nobody edits, as the library. A small fixed proc that calls itself is also copied into itself.
//! * Any other small proc is copied only into callers that cannot be on the stack while a reload takes place: whatever
//!   they still call then cannot reload.
//!   What has such a copy in it is copied no further than that proc would be.
//! * A larger one, or one with a loop, is copied only into loops.
//! * Nor is it copied into top-level code: a statement may reload, and those behind it were made before that.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::inline::{is_inlinable, is_worth_copying};
use super::{InLoop, optimize, optimize_fixed};
use crate::mir::Ids;
use crate::mir::ir::*;

/// A body that is larger before it is optimised is not even looked at.
const MAX_CANDIDATE: usize = 80;

/// A module as it was lowered, and what became of it.
type Pair = (Arc<Module>, Arc<Module>);

/// What was made of the version before. Cheap to clone.
#[derive(Clone, Default)]
pub struct Optimizer {
    made: Arc<FxHashMap<ProcId, Arc<Made>>>,
    /// By name: as it was lowered, and what became of it.
    modules: Arc<FxHashMap<Arc<str>, Pair>>,
}

/// An optimised proc and what it was made of.
struct Made {
    from: Arc<Proc>,
    /// What was copied into it.
    copied: Vec<(ProcId, Arc<Proc>)>,
    /// A proc that an edit may replace on its own is among that, or was copied into what is.
    has_own: bool,
    proc: Arc<Proc>,
}

impl Optimizer {
    /// The modules of the version as they were before anything was copied.
    pub fn raw(&self) -> impl Iterator<Item = &Arc<Module>> {
        self.modules.values().map(|(raw, _)| raw)
    }

    /// Which of `wanted` were copied, each with the proc that has the copy.
    pub fn copied(&self, wanted: &FxHashSet<ProcId>) -> impl Iterator<Item = (ProcId, ProcId)> {
        let with_copies = self.made.iter().filter(|(_, made)| !made.copied.is_empty());
        with_copies.flat_map(move |(&into, made)| {
            let copied = made.copied.iter().map(|(id, _)| *id);
            let wanted = copied.filter(|id| wanted.contains(id));
            wanted.map(move |id| (id, into))
        })
    }

    /// Optimises the modules of a version. `is_fixed` tells which procs are nobody's to edit.
    pub fn run(
        &mut self,
        modules: &[Arc<Module>],
        ids: &Ids,
        is_fixed: &dyn Fn(&Proc) -> bool,
    ) -> Vec<Arc<Module>> {
        let all = modules.iter().flat_map(|module| &module.procs);
        let count = modules.iter().map(|module| module.procs.len()).sum();
        let mut raw = FxHashMap::with_capacity_and_hasher(count, Default::default());
        for proc in all {
            // Of the copies of a generic's instance the first one counts, as everywhere.
            raw.entry(proc.id).or_insert(proc);
        }
        let before = self.made.clone();
        let inits = modules.iter().flat_map(|module| &module.init);
        let version = Version {
            before: &before,
            raw,
            inits: inits.map(|step| step.proc).collect(),
            ids,
            is_fixed,
            state: RefCell::default(),
        };
        let known = &self.modules;
        let pairs = modules.iter().map(|module| {
            let done = version.module(module, known.get(&module.name));
            (module.name.clone(), (module.clone(), done))
        });
        let done: Vec<_> = pairs.collect();
        let State { made: new, .. } = version.state.into_inner();
        let raw = version.raw;
        // Mostly the same procs as before: a few are replaced, and none is gone.
        let mut made = FxHashMap::clone(&before);
        made.extend(new);
        if made.len() > raw.len() {
            made.retain(|id, _| raw.contains_key(id));
        }
        self.made = Arc::new(made);
        self.modules = Arc::new(done.iter().cloned().collect());
        done.into_iter().map(|(_, (_, done))| done).collect()
    }
}

/// A version that is being optimised.
struct Version<'a> {
    before: &'a FxHashMap<ProcId, Arc<Made>>,
    raw: FxHashMap<ProcId, &'a Arc<Proc>>,
    /// Steps of top-level code. A reload may take place in one, and the next one runs in code that was made before it.
    inits: FxHashSet<ProcId>,
    ids: &'a Ids,
    is_fixed: &'a dyn Fn(&Proc) -> bool,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    made: FxHashMap<ProcId, Arc<Made>>,
    /// Being optimised: not copied into itself.
    active: FxHashSet<ProcId>,
    fixed: FxHashMap<ProcId, bool>,
    quiet: FxHashMap<ProcId, bool>,
}

impl Version<'_> {
    /// A module of which nothing changed stays the one it was, which tells those who come after.
    fn module(
        &self,
        module: &Arc<Module>,
        before: Option<&(Arc<Module>, Arc<Module>)>,
    ) -> Arc<Module> {
        let procs = module
            .procs
            .iter()
            .map(|proc| match self.raw.get(&proc.id) {
                Some(raw) => self.optimised(raw).proc.clone(),
                None => proc.clone(),
            });
        let procs: Vec<Arc<Proc>> = procs.collect();
        if let Some((raw, done)) = before
            && Arc::ptr_eq(raw, module)
            && procs
                .iter()
                .zip(&done.procs)
                .all(|(a, b)| Arc::ptr_eq(a, b))
        {
            return done.clone();
        }
        Arc::new(Module {
            procs,
            ..Module::clone(module)
        })
    }

    fn optimised(&self, proc: &Arc<Proc>) -> Arc<Made> {
        // Most procs are as they were, with nothing in them that could have changed.
        if let Some(before) = self.before.get(&proc.id)
            && Arc::ptr_eq(&before.from, proc)
            && before.copied.is_empty()
        {
            return before.clone();
        }
        if let Some(made) = self.state.borrow().made.get(&proc.id) {
            return made.clone();
        }
        self.state.borrow_mut().active.insert(proc.id);
        let made = self.taken_over(proc).unwrap_or_else(|| self.make(proc));
        let mut state = self.state.borrow_mut();
        state.active.remove(&proc.id);
        state.made.insert(proc.id, made.clone());
        made
    }

    /// What was made before, if it would be made again.
    fn taken_over(&self, proc: &Arc<Proc>) -> Option<Arc<Made>> {
        let before = self.before.get(&proc.id)?;
        let same = Arc::ptr_eq(&before.from, proc);
        if !same && !is_same_code(&before.from, proc) {
            return None;
        }
        let is_current = |(id, body): &(ProcId, Arc<Proc>)| {
            let raw = self.raw.get(id);
            raw.is_some_and(|raw| Arc::ptr_eq(&self.optimised(raw).proc, body))
        };
        if !before.copied.iter().all(is_current) {
            return None;
        }
        if same {
            return Some(before.clone());
        }
        let moved = Proc {
            sites: proc.sites.clone(),
            ..Proc::clone(&before.proc)
        };
        Some(Arc::new(Made {
            from: proc.clone(),
            copied: before.copied.clone(),
            has_own: before.has_own,
            proc: Arc::new(moved),
        }))
    }

    fn make(&self, proc: &Arc<Proc>) -> Arc<Made> {
        if proc.cold {
            return Arc::new(Made {
                from: proc.clone(),
                copied: Vec::new(),
                has_own: false,
                proc: proc.clone(),
            });
        }
        if self.may_copy_own(proc) {
            let made = self.make_with(proc, true);
            // A call in a cleanup, or where the proc has grown too large, is left.
            if self.is_quiet_body(&made.proc) {
                return made;
            }
        }
        self.make_with(proc, false)
    }

    /// `with_own`: with copies of procs that an edit may replace on its own.
    fn make_with(&self, proc: &Arc<Proc>, with_own: bool) -> Arc<Made> {
        let copied = RefCell::new(Vec::new());
        let body_of = |id, in_loop| {
            let body = self.body(id, with_own, in_loop)?;
            copied.borrow_mut().push((id, body.clone()));
            Some(body)
        };
        let proc_made = Arc::new(match self.is_fixed(proc) {
            true => optimize_fixed(proc, &body_of),
            false => optimize(proc, &body_of),
        });
        let mut copied = copied.into_inner();
        copied.sort_by_key(|(id, _)| *id);
        copied.dedup_by_key(|(id, _)| *id);
        let is_own = |(id, _): &(ProcId, Arc<Proc>)| {
            let raw = self.raw[id];
            !raw.inline && !self.is_fixed(raw) || self.optimised(raw).has_own
        };
        Arc::new(Made {
            from: proc.clone(),
            has_own: copied.iter().any(is_own),
            copied,
            proc: proc_made,
        })
    }

    /// The body of a proc that may be copied; `with_own`: also one that an edit may replace on its own.
    fn body(&self, id: ProcId, with_own: bool, in_loop: InLoop) -> Option<Arc<Proc>> {
        let raw = *self.raw.get(&id)?;
        let wanted = raw.inline || with_own || self.is_fixed(raw);
        let small = raw
            .blocks
            .iter()
            .map(|block| block.stmts.len())
            .sum::<usize>()
            <= MAX_CANDIDATE;
        if !wanted || !small || raw.pinned || self.state.borrow().active.contains(&id) {
            return None;
        }
        let made = self.optimised(raw);
        let may = is_inlinable(&made.proc)
            && (with_own || !made.has_own)
            && is_worth_copying(&made.proc, in_loop);
        may.then(|| made.proc.clone())
    }

    fn is_fixed(&self, proc: &Proc) -> bool {
        if let Some(&known) = self.state.borrow().fixed.get(&proc.id) {
            return known;
        }
        let found = (self.is_fixed)(proc);
        self.state.borrow_mut().fixed.insert(proc.id, found);
        found
    }

    /// May procs that an edit replaces be copied into this one? Only if nothing is left in it then that may reload.
    fn may_copy_own(&self, proc: &Proc) -> bool {
        if self.inits.contains(&proc.id) {
            return false;
        }
        let mut any = false;
        let mut all = true;
        proc.each_inst(|inst| {
            if !all || self.is_quiet_inst(inst) {
                return;
            }
            let copied = match inst {
                Inst::Call {
                    callee: Callee::Proc(id),
                    ..
                } => self.is_quiet_leaf(*id),
                _ => false,
            };
            any |= copied;
            all &= copied;
        });
        any && all
    }

    /// Is it copied when it may be, wherever it is called, and brings no call that may reload?
    fn is_quiet_leaf(&self, id: ProcId) -> bool {
        let body = self.body(id, true, InLoop::No);
        body.is_some_and(|body| self.is_quiet_body(&body))
    }

    fn is_quiet_body(&self, proc: &Proc) -> bool {
        let mut quiet = true;
        proc.each_inst(|inst| quiet = quiet && self.is_quiet_inst(inst));
        quiet
    }

    /// Can no reload take place while this instruction runs? When the program is watched, one may at any call of a proc
    /// that can be edited.
    fn is_quiet_inst(&self, inst: &Inst) -> bool {
        match inst {
            Inst::Call { callee, .. } => match callee {
                Callee::Proc(id) => self.is_quiet(*id),
                Callee::Indirect(..) | Callee::IndirectC(..) => false,
                Callee::Extern(id) => {
                    let function = self.ids.extern_of(*id);
                    function.library.is_none() && !function.sig.params.contains(&Scalar::Ptr)
                }
                Callee::Runtime(function) => {
                    !matches!(function, RtFn::PerformReload | RtFn::AnyModuleChanged)
                }
            },
            // Destructors are the program's own.
            Inst::DecRef { .. } => false,
            _ => true,
        }
    }

    /// A fixed proc that calls nothing of the program.
    fn is_quiet(&self, id: ProcId) -> bool {
        if let Some(&known) = self.state.borrow().quiet.get(&id) {
            return known;
        }
        let Some(&proc) = self.raw.get(&id) else {
            return false;
        };
        // While it is looked at, a call of itself adds nothing.
        self.state.borrow_mut().quiet.insert(id, true);
        let quiet = self.is_fixed(proc) && self.is_quiet_body(proc);
        let known = &mut self.state.borrow_mut().quiet;
        if !quiet {
            // Others may have been found quiet because this one seemed so.
            known.retain(|_, quiet| !*quiet);
        }
        known.insert(id, quiet);
        quiet
    }
}

/// Equal but for the places in the source.
fn is_same_code(a: &Proc, b: &Proc) -> bool {
    a.sig == b.sig
        && a.regs == b.regs
        && a.slots == b.slots
        && a.name == b.name
        && a.c_abi == b.c_abi
        && a.aggregates == b.aggregates
        && a.inline == b.inline
        && a.pinned == b.pinned
        && a.cold == b.cold
        && a.holds == b.holds
        && a.owns == b.owns
        && a.copied == b.copied
        && a.refs == b.refs
        && a.uses == b.uses
        && a.sites.len() == b.sites.len()
        && a.blocks == b.blocks
}
