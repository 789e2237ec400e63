//! What a reload would do: the difference between two versions of a program.
//!
//! In: the image that is live and the new one. Out: a [`Plan`], or why the new one is refused. Pure: nothing is compiled,
//! nothing runs, nothing changes.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::image::{Image, ModuleImage};
use super::migrate::{self, Afresh};
use super::procs::Entry;
use crate::handlers;
use crate::mir::{Fingerprint, Global, GlobalId, Ids, Proc, ProcId};

/// A step of top-level code that a reload runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlannedStep {
    /// The module.
    pub module: Arc<str>,
    /// What to call.
    pub proc: ProcId,
    /// The globals that are to get their first value. None in a module that joins, where all of it runs.
    pub fresh: Option<Vec<GlobalId>>,
}

/// A proc and the fingerprint of the body that it gets.
#[derive(Clone, PartialEq, Debug)]
pub struct PlannedProc {
    /// The body.
    pub proc: Arc<Proc>,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// It was there before and nothing reached it, or nothing but what goes wrong: no edit made it.
    pub reached: bool,
    /// The version before has it with another body.
    pub edited: bool,
}

/// The difference between two versions.
#[derive(Clone, Default, Debug)]
pub struct Plan {
    /// Modules that only the new version has.
    pub joined: Vec<Arc<str>>,
    /// Modules that only the old version has.
    pub left: Vec<Arc<str>>,
    /// Modules whose text, or something that they take from others, is not the same.
    pub changed: Vec<Arc<str>>,
    /// Procs to compile: new ones and new bodies. Steps of top-level code are among them only if they run.
    pub compile: Vec<PlannedProc>,
    /// How many of `compile` are new bodies of procs that exist.
    pub new_bodies: usize,
    /// How many procs of changed modules keep their code.
    pub reused: usize,
    /// Those of them that stand elsewhere in the text.
    pub moved: Vec<Arc<Proc>>,
    /// Procs that the new version does not have.
    pub removed: Vec<Arc<Proc>>,
    /// Globals that only the new version has.
    pub new_globals: Vec<Global>,
    /// Globals that only the old version has.
    pub gone_globals: Vec<Global>,
    /// Globals of changed modules that keep their value.
    pub kept: Vec<Global>,
    /// How many globals keep their value in all.
    pub kept_globals: usize,
    /// Modules whose top-level statements that declare nothing changed.
    pub top_level_changed: Vec<Arc<str>>,
    /// Names of globals whose first value would be another one now.
    pub initialisers_changed: Vec<Arc<str>>,
    /// Top-level code that runs, in order.
    pub init: Vec<PlannedStep>,
    /// Handlers that run in the old code.
    pub before: Vec<handlers::Run>,
    /// There are others, which are left out.
    pub skips_before: bool,
    /// Handlers that run in the new code.
    pub after: Vec<handlers::Run>,
    /// Edited procs that may be reached by calls alone: whether one is has to be found out.
    pub(super) called: Vec<ProcId>,
    /// Globals that get values of another layout.
    pub(super) migration: migrate::Planned,
}

/// Why a version cannot replace another. Each line names what, and both versions of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal(pub Vec<String>);

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl Plan {
    /// Compares two versions.
    ///
    /// # Errors
    /// When a global that both have would need its value converted.
    pub fn new(old: &Image, new: &Image, ids: &Ids, afresh: &Afresh) -> Result<Plan, Refusal> {
        let mut plan = Plan {
            before: handlers::in_order(&old.modules(), true),
            after: handlers::in_order(&new.modules(), false),
            ..Plan::default()
        };
        if afresh.skip_before {
            plan.skips_before = !std::mem::take(&mut plan.before).is_empty();
        }
        let changes = Changes::between(old, new, afresh)?;
        plan.joined = changes.names(|old, new| old.is_none() && new.is_some());
        plan.left = changes.names(|old, new| old.is_some() && new.is_none());
        plan.changed =
            changes.names(|old, new| old.is_some() && new.is_some_and(|new| !new.module.partial));
        plan.globals(&changes)?;
        plan.values((old, new), ids, afresh)?;
        plan.init(&changes);
        plan.top_level(&changes);
        plan.procs(&changes, new);
        plan.called(new);
        plan.in_step((old, new), ids);
        Ok(plan)
    }

    /// Does it give globals storage that they do not have yet? Code that names them has no place before they do.
    pub(super) fn adds_storage(&self) -> bool {
        !self.new_globals.is_empty() || !self.migration.values.is_empty()
    }

    /// The plan of a first load: everything is new.
    pub fn first(new: &Image, ids: &Ids) -> Plan {
        match Plan::new(&Image::default(), new, ids, &Afresh::default()) {
            Ok(plan) => plan,
            Err(refusal) => unreachable!("there is no global to refuse yet: {refusal}"),
        }
    }

    fn globals(&mut self, changes: &Changes<'_>) -> Result<(), Refusal> {
        let old = changes.globals(|pair| pair.0);
        let new = changes.globals(|pair| pair.1);
        for global in changes.ordered_globals(|pair| pair.1) {
            let list = match old.contains_key(&global.id) {
                true => &mut self.kept,
                false => &mut self.new_globals,
            };
            list.push(global.clone());
        }
        let gone = changes.ordered_globals(|pair| pair.0);
        let gone = gone.filter(|global| !new.contains_key(&global.id));
        self.gone_globals = gone.cloned().collect();
        let same = changes.same.iter().map(|image| image.module.globals.len());
        self.kept_globals = self.kept.len() + same.sum::<usize>();
        Ok(())
    }

    /// What becomes of the values of globals that both versions have. An object of a type that changes may be behind the
    /// global of a module that does not.
    fn values(
        &mut self,
        (old, new): (&Image, &Image),
        ids: &Ids,
        afresh: &Afresh,
    ) -> Result<(), Refusal> {
        let all = |image: &Image| image.modules().into_iter().flat_map(|m| m.globals.clone());
        let is: FxHashMap<GlobalId, Global> = all(new).map(|global| (global.id, global)).collect();
        let kept: Vec<(Global, Global)> = all(old)
            .filter_map(|was| Some((was.clone(), is.get(&was.id)?.clone())))
            .collect();
        let pairs = kept.iter().map(|(was, is)| (was, is));
        self.migration = migrate::Planned::new(ids, (old, new), pairs, afresh).map_err(Refusal)?;
        self.migration.gone = !self.gone_globals.is_empty();
        let gone = self.gone_globals.iter();
        let moved: Vec<String> = gone.filter_map(|gone| self.moved(ids, gone)).collect();
        self.migration.warnings.extend(moved);
        Ok(())
    }

    /// A global that is another one now, although it may look like the same.
    fn moved(&self, ids: &Ids, gone: &Global) -> Option<String> {
        let last = |name: &str| name.rsplit('.').next().map(str::to_owned);
        let is_like = |new: &&Global| {
            let types = [gone.desc, new.desc].map(|desc| last(&ids.desc_of(desc).name));
            last(&new.name) == last(&gone.name) && types[0] == types[1]
        };
        let new = self.new_globals.iter().find(is_like)?;
        let name = &gone.name;
        Some(match new.name == *name {
            true => format!(
                "`{name}` is gone and another `{name}` is new, of another scope or proc, or one with another signature: it has its first value"
            ),
            false => format!(
                "`{name}` is gone and `{}` is new: a global of another module is another global, which has its first value",
                new.name
            ),
        })
    }

    /// Which edited procs nothing but calls leads to.
    fn called(&mut self, new: &Image) {
        let edited = self.compile.iter().filter(|planned| planned.edited);
        let procs = edited.map(|planned| &planned.proc);
        // Copies of small procs stand in their callers; destructors and the like are called by what the compiler adds.
        let written = procs.filter(|proc| {
            !proc.inline && !proc.pinned && !proc.name.starts_with('=') && !proc.is_synthesised()
        });
        self.called = written.map(|proc| proc.id).collect();
        self.called.retain(|&id| !new.is_init(id));
        if self.called.is_empty() {
            return;
        }
        // Handlers, and what migrations call, are named by the module alone.
        let mut named = FxHashSet::default();
        for image in new.modules.iter() {
            let module = &image.module;
            named.extend(module.handlers.iter().map(|handler| handler.proc));
            named.extend(module.defaults.iter().map(|default| default.1));
            named.extend(module.migrations.iter().map(|migration| migration.proc));
        }
        self.called.retain(|id| !named.contains(id));
    }

    /// Which types have values that an edit of code concerns.
    fn in_step(&mut self, images: (&Image, &Image), ids: &Ids) {
        let edited = self.compile.iter().filter(|planned| !planned.reached);
        let changed = edited.map(|planned| planned.proc.id).collect();
        let again = self.migration.reinitialised();
        let fresh = self.new_globals.iter().chain(again).map(|global| global.id);
        let fresh = fresh.collect();
        let types = &self.migration.types;
        self.migration.in_step = migrate::InStep::new(ids, types, images, &changed, &fresh);
    }

    /// A module that joined runs all its top-level code, another one what gives new globals their first value.
    fn init(&mut self, changes: &Changes<'_>) {
        let mut fresh: FxHashSet<GlobalId> =
            self.new_globals.iter().map(|global| global.id).collect();
        let again = self.migration.values.iter().filter(|value| value.afresh);
        fresh.extend(again.map(|value| value.global.id));
        let initialiser = |global| {
            let of = |pair: &Pair<'_>| pair.0.and_then(|image| image.initialiser(global));
            changes.pairs.iter().find_map(of)
        };
        for &(old, new) in &changes.pairs {
            let Some(new) = new else { continue };
            for step in &new.module.init {
                let (new_ones, kept): (Vec<_>, Vec<_>) =
                    step.sets.iter().partition(|id| fresh.contains(*id));
                // What a module that joins has of a generic's instance may have its value from another one.
                let joins = old.is_none() && step.sets.is_empty();
                if joins || !new_ones.is_empty() {
                    self.init.push(PlannedStep {
                        module: new.module.name.clone(),
                        proc: step.proc,
                        fresh: old.is_some().then_some(new_ones),
                    });
                }
                let is_other = |global: &GlobalId| {
                    initialiser(*global).is_some_and(|was| Some(was) != new.initialiser(*global))
                };
                let other = kept.into_iter().filter(is_other);
                let name = |id| new.module.globals.iter().find(|global| global.id == id);
                self.initialisers_changed
                    .extend(other.filter_map(name).map(|global| global.name.clone()));
            }
        }
    }

    /// Statements of the top level that declare nothing run on first load only.
    fn top_level(&mut self, changes: &Changes<'_>) {
        for &(old, new) in &changes.pairs {
            if let (Some(old), Some(new)) = (old, new)
                && !old.statements().eq(new.statements())
            {
                self.top_level_changed.push(new.module.name.clone());
            }
        }
    }

    fn procs(&mut self, changes: &Changes<'_>, new: &Image) {
        let running: FxHashSet<ProcId> = self.init.iter().map(|step| step.proc).collect();
        let mut compiled = FxHashSet::default();
        for &(old, new) in &changes.pairs {
            let Some(new) = new else { continue };
            // Steps of the top level that run are compiled again, whether they are the same or not.
            let different = match old {
                Some(old) if running.is_empty() => old.differences(&new.module).came,
                _ => new.module.procs.iter().collect(),
            };
            let skipped =
                |proc: &Arc<Proc>| new.inits.contains_key(&proc.id) && !running.contains(&proc.id);
            if !new.module.partial {
                let steps = different
                    .iter()
                    .filter(|proc| new.inits.contains_key(&proc.id));
                let others = new.module.procs.len() - different.len();
                self.reused += others - (new.inits.len() - steps.count());
            }
            for proc in different.into_iter().filter(|proc| !skipped(proc)) {
                let Some((fingerprint, proc)) = new.procs.get(proc.id) else {
                    continue;
                };
                let was = old.and_then(|old| old.procs.get(proc.id));
                match was.or_else(|| changes.old_proc(proc.id)) {
                    Some((was, text)) if was == fingerprint && !running.contains(&proc.id) => {
                        self.reused += usize::from(!new.module.partial);
                        if !Arc::ptr_eq(text, proc) {
                            self.moved.push(proc.clone());
                        }
                    }
                    // An instance of a generic may be in several modules.
                    was if compiled.insert(proc.id) => {
                        self.new_bodies += usize::from(was.is_some());
                        self.compile.push(PlannedProc {
                            proc: proc.clone(),
                            fingerprint: *fingerprint,
                            reached: old.is_some()
                                && new.module.partial
                                && was.is_none_or(|(_, was)| was.cold && !proc.cold),
                            edited: was.is_some(),
                        });
                    }
                    _ => {}
                }
            }
        }
        self.removed = changes.removed(new);
    }
}

/// A module before and after.
type Pair<'a> = (Option<&'a Arc<ModuleImage>>, Option<&'a Arc<ModuleImage>>);

/// The modules that differ, and those that do not.
struct Changes<'a> {
    /// In the order of the new version; modules that left come last.
    pairs: Vec<Pair<'a>>,
    same: Vec<&'a Arc<ModuleImage>>,
}

impl<'a> Changes<'a> {
    fn between(old: &'a Image, new: &'a Image, afresh: &Afresh) -> Result<Changes<'a>, Refusal> {
        let (old_names, new_names) = (old.by_name(), new.by_name());
        let mut changes = Changes {
            pairs: Vec::new(),
            same: Vec::new(),
        };
        let wanted = afresh.reset.iter().chain(&afresh.reinit);
        let mut unknown: Vec<&String> = wanted.collect();
        for image in new.modules.iter() {
            let globals = image.module.globals.iter();
            let names: Vec<&str> = globals.map(|global| &*global.name).collect();
            unknown.retain(|name| !names.contains(&name.as_str()));
            let again = afresh
                .reinit
                .iter()
                .any(|name| names.contains(&name.as_str()));
            match old_names.get(&*image.module.name).copied() {
                Some(was) if Arc::ptr_eq(was, image) && !again => changes.same.push(image),
                was => changes.pairs.push((was, Some(image))),
            }
        }
        let left = old
            .modules
            .iter()
            .filter(|image| !new_names.contains_key(&*image.module.name));
        changes.pairs.extend(left.map(|image| (Some(image), None)));
        if unknown.is_empty() || old.modules.is_empty() {
            return Ok(changes);
        }
        let lines = unknown
            .iter()
            .map(|name| format!("there is no global `{name}`"));
        Err(Refusal(lines.collect()))
    }

    fn names(
        &self,
        wanted: impl Fn(Option<&ModuleImage>, Option<&ModuleImage>) -> bool,
    ) -> Vec<Arc<str>> {
        let wanted = self
            .pairs
            .iter()
            .filter(|(old, new)| wanted(old.map(|i| &**i), new.map(|i| &**i)));
        wanted
            .filter_map(|(old, new)| new.or(*old))
            .map(|image| image.module.name.clone())
            .collect()
    }

    fn ordered_globals(
        &self,
        side: impl Fn(&Pair<'a>) -> Option<&'a Arc<ModuleImage>>,
    ) -> impl Iterator<Item = &'a Global> {
        self.pairs
            .iter()
            .filter_map(side)
            .flat_map(|image| &image.module.globals)
    }

    fn globals(
        &self,
        side: impl Fn(&Pair<'a>) -> Option<&'a Arc<ModuleImage>>,
    ) -> FxHashMap<GlobalId, &'a Global> {
        self.ordered_globals(side)
            .map(|global| (global.id, global))
            .collect()
    }

    /// A proc of the old version, wherever it was.
    fn old_proc(&self, id: ProcId) -> Option<&'a Entry> {
        let changed = self.pairs.iter().filter_map(|pair| pair.0);
        let mut images = changed.chain(self.same.iter().copied());
        images.find_map(|image| image.procs.get(id))
    }

    /// Procs that the new version has nowhere.
    fn removed(&self, new: &Image) -> Vec<Arc<Proc>> {
        let mut removed = Vec::new();
        for &(old, paired) in &self.pairs {
            let Some(old) = old else { continue };
            let gone = match paired {
                Some(paired) => old.differences(&paired.module).gone,
                None => old.module.procs.iter().collect(),
            };
            let is_removed = |proc: &&&Arc<Proc>| {
                !old.inits.contains_key(&proc.id) && new.proc(proc.id).is_none()
            };
            removed.extend(gone.iter().filter(is_removed).map(|&proc| proc.clone()));
        }
        removed.sort_by_key(|proc| proc.id);
        removed.dedup_by_key(|proc| proc.id);
        removed
    }
}
