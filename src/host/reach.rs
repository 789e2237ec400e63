//! What of the library a program needs.
//!
//! In: the checked modules of a program. Out: the same, lowered: the program's own modules whole, since a host may ask for
//! any of their procs; those of the library as far as something reaches them, which for most programs is a small part.
//! What was reached once stays, so a reload looks only at what it lowers.
//!
//! What a program needs only when something goes wrong is cold: procs of `system` that never return, those that the runtime
//! calls, and what nothing but these reach. It is most of a small program. A cold proc that is reached otherwise
//! later on is no longer cold.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::Diagnostic;
use crate::mir::lower::Lowering;
use crate::mir::{Global, Ids, Module, Proc, ProcId, References};
use crate::sema::Again;
use crate::sema::typed::{CheckedModule, Routine, RoutineId, RoutineKind};

/// A module to which so many procs were added, and half as many as it has, is lowered as a whole again: what the compiler made for
/// bodies that are gone (destructors of their types, constructors of their iterators) is only left out there.
const SOME: usize = 64;

/// The modules of a program while they are lowered.
pub(super) struct Reach<'a, 'l> {
    ids: &'a Ids,
    lowering: &'a Lowering<'l>,
    references: References<'a>,
    modules: Vec<Entry>,
    /// The modules of the library that have a routine, and which routine it is there.
    owners: FxHashMap<RoutineId, (usize, usize)>,
    /// Procs of the library that are lowered.
    there: FxHashSet<ProcId>,
    /// Those of them that are cold, and where they are.
    cold: FxHashMap<ProcId, (usize, usize)>,
    /// Named by what was lowered, and not looked for yet.
    named: Vec<ProcId>,
    /// The same for what is named only where something goes wrong.
    named_cold: Vec<ProcId>,
    /// All that was named otherwise.
    warm: FxHashSet<ProcId>,
    errors: Vec<Diagnostic>,
}

struct Entry {
    checked: Arc<CheckedModule>,
    lowered: Arc<Module>,
    /// Routines to lower next.
    wanted: Vec<Arc<Routine>>,
}

impl<'a, 'l> Reach<'a, 'l> {
    pub(super) fn new(ids: &'a Ids, lowering: &'a Lowering<'l>) -> Reach<'a, 'l> {
        Reach {
            ids,
            lowering,
            references: References::new(ids),
            modules: Vec::new(),
            owners: FxHashMap::default(),
            there: FxHashSet::default(),
            cold: FxHashMap::default(),
            named: Vec::new(),
            named_cold: Vec::new(),
            warm: FxHashSet::default(),
            errors: Vec::new(),
        }
    }

    /// Adds the next module of the program; `kept` is what was made of it before, if it is still the same.
    pub(super) fn add(
        &mut self,
        checked: &Arc<CheckedModule>,
        is_library: bool,
        kept: Option<Arc<Module>>,
    ) {
        let index = self.modules.len();
        let is_new = kept.is_none();
        let lowered = kept.unwrap_or_else(|| {
            let lowered = if is_library {
                self.lowering.lower_part(checked, &starts(checked))
            } else {
                self.lowering.lower_module(checked)
            };
            Arc::new(lowered.unwrap_or_else(|errors| {
                self.errors.extend(errors);
                Module::empty(checked.name.clone())
            }))
        });
        if is_library {
            let numbers = checked.routines.iter().enumerate();
            self.owners
                .extend(numbers.map(|(number, routine)| (routine.id, (index, number))));
            self.there.extend(lowered.procs.iter().map(|proc| proc.id));
            let numbers = lowered.procs.iter().enumerate();
            let cold = numbers.filter(|(_, proc)| proc.cold);
            self.cold
                .extend(cold.map(|(number, proc)| (proc.id, (index, number))));
        }
        if is_new {
            lowered.procs.iter().for_each(|proc| self.visit(proc));
            lowered
                .globals
                .iter()
                .for_each(|global| self.visit_global(global));
        }
        self.modules.push(Entry {
            checked: checked.clone(),
            lowered,
            wanted: Vec::new(),
        });
    }

    /// Adds a module of which only some bodies were checked again. `old` is a lowering that sees what they replace.
    pub(super) fn add_again(
        &mut self,
        checked: &Arc<CheckedModule>,
        kept: &Arc<Module>,
        again: &Again,
        old: &Lowering<'_>,
    ) {
        let many = kept.added > SOME + kept.procs.len() / 2;
        if many || !self.lowering.releases_as_before(old, checked, &again.was) {
            return self.add(checked, false, None);
        }
        let made = match self.lowering.lower_routines(checked, &again.is) {
            Ok(made) => made,
            Err(errors) => {
                self.errors.extend(errors);
                Vec::new()
            }
        };
        made.iter().for_each(|proc| self.visit(proc));
        let gone = self.gone(again, kept, &made, old);
        let mut new: FxHashMap<ProcId, Arc<Proc>> =
            made.iter().map(|proc| (proc.id, proc.clone())).collect();
        let mut procs = Vec::with_capacity(kept.procs.len() + made.len());
        for proc in &kept.procs {
            match new.remove(&proc.id) {
                Some(made) => procs.push(made),
                None if gone.contains(&proc.id) => {}
                None => procs.push(proc.clone()),
            }
        }
        procs.extend(made.into_iter().filter(|proc| new.contains_key(&proc.id)));
        let added = kept.added + new.len();
        let lowered = Module {
            name: kept.name.clone(),
            imports: kept.imports.clone(),
            procs,
            globals: kept.globals.clone(),
            init: kept.init.clone(),
            handlers: kept.handlers.clone(),
            defaults: kept.defaults.clone(),
            migrations: kept.migrations.clone(),
            types: kept.types.clone(),
            partial: kept.partial,
            added,
        };
        self.modules.push(Entry {
            checked: checked.clone(),
            lowered: Arc::new(lowered),
            wanted: Vec::new(),
        });
    }

    /// The procs of `kept` that others replace or that are there no longer.
    fn gone(
        &self,
        again: &Again,
        kept: &Module,
        made: &[Arc<Proc>],
        old: &Lowering<'_>,
    ) -> FxHashSet<ProcId> {
        let was = again.was.iter();
        if !again.layouts {
            return was.map(|routine| old.proc_id(routine.id)).collect();
        }
        // With the layout of a type its procs have other numbers, which the old types would be needed for; not other names.
        let name = |proc: &Arc<Proc>| self.ids.proc_key(proc.id).0;
        let mut names: FxHashSet<Arc<str>> = made.iter().map(name).collect();
        names.extend(was.map(|routine| routine.identity.clone()));
        let gone = kept.procs.iter().filter(|proc| names.contains(&name(proc)));
        gone.map(|proc| proc.id).collect()
    }

    /// What this proc names is needed.
    pub(super) fn visit(&mut self, proc: &Proc) {
        self.named.extend(self.references.of_proc(proc));
    }

    fn visit_global(&mut self, global: &Global) {
        self.named.extend(self.references.of_global(global));
    }

    /// Lowers everything that is needed: by what was added and visited, and by the runtime, which calls `roots`.
    ///
    /// # Errors
    /// What is not supported.
    pub(super) fn finish(
        mut self,
        roots: impl IntoIterator<Item = ProcId>,
    ) -> Result<Vec<Arc<Module>>, Vec<Diagnostic>> {
        self.named_cold.extend(roots);
        // What is cold comes last: by then everything else is known.
        while let Some(cold) = self.next_round() {
            for index in 0..self.modules.len() {
                self.lower(index, cold);
            }
        }
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        Ok(self
            .modules
            .into_iter()
            .map(|entry| entry.lowered)
            .collect())
    }

    /// What is to be lowered next: Is it cold?
    fn next_round(&mut self) -> Option<bool> {
        if self.want() {
            return Some(false);
        }
        self.want_cold().then_some(true)
    }

    /// Turns what was named into routines to lower. Says whether there is anything.
    fn want(&mut self) -> bool {
        let mut any = false;
        for proc in std::mem::take(&mut self.named) {
            let owner = self.owner(proc);
            if owner.is_some_and(|owner| self.fails(owner)) {
                self.named_cold.push(proc);
                continue;
            }
            self.warm.insert(proc);
            if let Some((module, number)) = self.cold.remove(&proc) {
                self.warm_up(module, number);
                any = true;
            } else if let Some(owner) = owner {
                any |= self.want_routine(proc, owner);
            }
        }
        any
    }

    /// Does a routine do nothing but say what went wrong?
    fn fails(&self, (module, routine): (usize, usize)) -> bool {
        let checked = &self.modules[module].checked;
        &*checked.name == "system" && checked.routines[routine].noreturn
    }

    /// Turns what is named only where something goes wrong into routines to lower. Says whether there is anything.
    fn want_cold(&mut self) -> bool {
        let mut any = false;
        for proc in std::mem::take(&mut self.named_cold) {
            if let Some(owner) = self.owner(proc) {
                any |= self.want_routine(proc, owner);
            }
        }
        any
    }

    fn owner(&self, proc: ProcId) -> Option<(usize, usize)> {
        let owner = self.lowering.routine_of(proc)?;
        self.owners.get(&owner).copied()
    }

    fn want_routine(&mut self, proc: ProcId, (module, routine): (usize, usize)) -> bool {
        let is_new = self.there.insert(proc);
        if is_new {
            let entry = &mut self.modules[module];
            entry.wanted.push(entry.checked.routines[routine].clone());
        }
        is_new
    }

    /// A proc is not only needed when something goes wrong.
    fn warm_up(&mut self, module: usize, number: usize) {
        let lowered = Arc::make_mut(&mut self.modules[module].lowered);
        let proc = Arc::make_mut(&mut lowered.procs[number]);
        proc.cold = false;
        self.named.extend(self.references.of_proc(proc));
    }

    fn lower(&mut self, index: usize, cold: bool) {
        let entry = &mut self.modules[index];
        let wanted = std::mem::take(&mut entry.wanted);
        if wanted.is_empty() {
            return;
        }
        let is_wanted: FxHashSet<RoutineId> = wanted.iter().map(|routine| routine.id).collect();
        let made = match self.lowering.lower_routines(&entry.checked, &wanted) {
            Ok(made) => made,
            Err(errors) => return self.errors.extend(errors),
        };
        for mut proc in made {
            let asked_for = self.lowering.routine_of(proc.id);
            // What the lowering adds by itself, such as destructors, several modules may want.
            if self.there.insert(proc.id) || asked_for.is_some_and(|id| is_wanted.contains(&id)) {
                let cold = cold && !self.warm.contains(&proc.id);
                let named = match cold {
                    true => &mut self.named_cold,
                    false => &mut self.named,
                };
                named.extend(self.references.of_proc(&proc));
                Arc::make_mut(&mut proc).cold = cold;
                Arc::make_mut(&mut self.modules[index].lowered)
                    .procs
                    .push(proc);
            }
        }
    }
}

/// What of a library module runs without being named.
fn starts(module: &CheckedModule) -> Vec<Arc<Routine>> {
    let mut named: FxHashSet<RoutineId> = module.init.iter().map(|top| top.routine).collect();
    named.extend(module.handlers.iter().map(|&(_, routine)| routine));
    named.extend(module.defaults.iter().map(|&(_, routine)| routine));
    named.extend(module.migrations.iter().map(|&(_, _, routine)| routine));
    let starts = |routine: &&Arc<Routine>| {
        routine.kind == RoutineKind::Method || named.contains(&routine.id)
    };
    module.routines.iter().filter(starts).cloned().collect()
}
