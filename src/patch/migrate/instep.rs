//! Values that have to be kept in step with code: tables with the `hash` and `==` of their keys, heaps with `<`.
//!
//! In: the program's `migrated(value)` procs, and what an edit compiles. Out: for which types the proc, or anything that it
//! can call, is another one now; and a run of those procs on all values of such types that globals lead to. So an edited
//! `hash` finds the keys of tables that were filled before it. Values that only a running frame has are out of reach: for the
//! library's containers the version waits until it has returned, for the program's own types a warning names it.
//!
//! The values are changed where they are. When the reload is undone, the procs of the version before run on them once more.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::convert::Stop;
use super::types::{Types, closure, spread};
use super::{memory, stale};
use crate::mir::{Callee, DescId, GlobalId, Ids, Inst, ProcId, Shape};
use crate::patch::LiveProgram;
use crate::patch::image::Image;
use crate::patch::reach::procs_in_data;
use crate::patch::views::Views;

/// What to do about a frame that keeps a container for itself.
const REMEDY: &str = "what a global leads to is brought in step under a frame that only calls procs on it; where that is a loop that does not end, \
    make its container a global, and what it does with it procs of their own";

/// A proc to run on a value.
pub(super) type ToRun = (ProcId, (usize, DescId));

/// What is to run on values in which something was converted.
type Known = FxHashMap<(usize, DescId), ProcId>;

/// Types whose values have to be brought in step. Pure.
#[derive(Clone, Default, Debug)]
pub(in crate::patch) struct InStep {
    /// What to run on their values.
    now: FxHashMap<DescId, ProcId>,
    /// What the version before would run.
    before: FxHashMap<DescId, ProcId>,
    /// Those of them that read globals which have no value yet when values are migrated.
    late: FxHashSet<DescId>,
    /// The types whose values can have such a value in them, or refer to one.
    lead: FxHashSet<DescId>,
    /// The same, by way of closures too.
    lead_all: FxHashSet<DescId>,
    /// Globals that get their first value from the code that is new.
    fresh: FxHashSet<GlobalId>,
}

/// Which of the procs to run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::patch) enum Which {
    /// All, as values are migrated.
    All,
    /// Those that read new globals, once these have their values.
    Late,
    /// Those of the version before, which is the current one again.
    Before,
}

impl InStep {
    /// Compares what the procs reach. `changed` has the procs with another body; `fresh` the globals that get a first value.
    pub(in crate::patch) fn new(
        ids: &Ids,
        types: &Types,
        (old, new): (&Image, &Image),
        changed: &FxHashSet<ProcId>,
        fresh: &FxHashSet<GlobalId>,
    ) -> InStep {
        let mut in_step = InStep::default();
        if old.modules.is_empty() || changed.is_empty() && fresh.is_empty() {
            return in_step;
        }
        let mut reach = Reach {
            ids,
            image: new,
            changed,
            fresh,
            clean: FxHashSet::default(),
        };
        for (&desc, &proc) in &types.migrated {
            let (is_stale, is_late) = reach.look(proc);
            if is_stale || is_late {
                in_step.now.insert(desc, proc);
            }
            if is_late {
                in_step.late.insert(desc);
            }
        }
        if in_step.now.is_empty() {
            return in_step;
        }
        in_step.fresh = fresh.clone();
        let migrations = old
            .modules
            .iter()
            .flat_map(|module| &module.module.migrations);
        let before =
            migrations.filter(|was| was.old == was.new && in_step.now.contains_key(&was.new));
        in_step.before = before.map(|was| (was.new, was.proc)).collect();
        let modules = old.modules.iter().chain(new.modules.iter());
        let descs = modules.flat_map(|module| module.descs(ids).iter().copied());
        let all = closure(ids, descs.collect());
        let seeds = in_step
            .now
            .keys()
            .copied()
            .filter(|desc| all.contains(desc));
        in_step.lead = spread(ids, &all, seeds.collect());
        let is_closure = |desc: &DescId| ids.desc_of(*desc).shape == Shape::Closure;
        let closures = all.iter().copied().filter(is_closure);
        let seeds = in_step.lead.iter().copied().chain(closures).collect();
        in_step.lead_all = spread(ids, &all, seeds);
        in_step
    }

    /// Is there nothing to do?
    pub(in crate::patch) fn is_empty(&self) -> bool {
        self.now.is_empty()
    }

    fn proc(&self, desc: DescId, which: Which) -> Option<ProcId> {
        match which {
            Which::All => self.now.get(&desc).copied(),
            Which::Late => self
                .now
                .get(&desc)
                .copied()
                .filter(|_| self.late.contains(&desc)),
            Which::Before => self.before.get(&desc).copied(),
        }
    }

    /// Says which frames have a container of the library's that would have to be brought in step, go through one, or are in a copy of code
    /// that works with one: in a frame nobody finds it, and it must not be made anew under one who is busy with it. Of `edited` procs a
    /// frame may have copies of what the container goes by, which stay as they are.
    pub(in crate::patch) fn refusals(
        &self,
        ids: &Ids,
        frames: &[stale::Running],
        edited: &FxHashSet<ProcId>,
    ) -> Vec<String> {
        let is_one = |desc: &DescId| {
            self.now.contains_key(desc) && ids.desc_key(*desc).0.starts_with("std/")
        };
        let held = |running: &stale::Running| {
            let text = running.code.text();
            let is_edited = edited.contains(&text.id);
            let mut copied = text.copied.iter().filter(|(site, desc)| {
                is_one(desc) && (is_edited || running.site.is_none_or(|here| here == *site))
            });
            let own = text.owns.iter().find(|desc| is_one(desc));
            let (what, desc) = match own {
                Some(desc) => ("has", desc),
                None => ("works with", &copied.next()?.1),
            };
            let name = &ids.desc_of(*desc).name;
            Some(running.describe(&format!(
                "{what} a `{name}`, which goes by code that changes: its `migrated`, or something that this calls, as `hash` or `<`"
            )))
        };
        let running = frames.iter().filter(|running| !running.waits);
        let mut refused: Vec<String> = running.filter_map(held).collect();
        if !refused.is_empty() {
            refused.dedup();
            refused.push(REMEDY.into());
        }
        refused
    }

    /// Warns of frames that have values which nobody can find.
    pub(in crate::patch) fn warnings(&self, ids: &Ids, frames: &[stale::Running]) -> Vec<String> {
        let held = |running: &stale::Running| {
            let text = running.code.text();
            let desc = text.owns.iter().find(|desc| self.lead.contains(desc))?;
            let name = &ids.desc_of(*desc).name;
            let about = match self.now.contains_key(desc) {
                true => {
                    "whose `migrated` has changed, or something that it calls: if no global leads to it, it is not brought in step"
                }
                false => {
                    "which can lead to values whose `migrated` has changed, or something that it calls: those to which no global leads are not brought in step"
                }
            };
            Some(running.describe(&format!("holds a `{name}`, {about}")))
        };
        let mut warnings: Vec<String> = Vec::new();
        for warning in frames.iter().filter_map(held) {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        warnings
    }
}

/// A walk over what procs of the new version can call.
struct Reach<'a> {
    ids: &'a Ids,
    image: &'a Image,
    changed: &'a FxHashSet<ProcId>,
    fresh: &'a FxHashSet<GlobalId>,
    /// Procs that lead to nothing of interest.
    clean: FxHashSet<ProcId>,
}

impl Reach<'_> {
    /// Does this proc reach one with another body, and a global that gets a first value?
    fn look(&mut self, proc: ProcId) -> (bool, bool) {
        let (mut is_stale, mut is_late) = (false, false);
        let mut seen = FxHashSet::default();
        let mut work = vec![proc];
        while let Some(proc) = work.pop() {
            if self.clean.contains(&proc) || !seen.insert(proc) {
                continue;
            }
            is_stale |= self.changed.contains(&proc);
            let Some((_, body)) = self.image.proc(proc) else {
                continue;
            };
            body.each_inst(|inst| match inst {
                Inst::Call {
                    callee: Callee::Proc(proc),
                    ..
                } => work.push(*proc),
                Inst::ProcAddr { proc, .. } => work.push(*proc),
                Inst::DataAddr { data, .. } => {
                    procs_in_data(self.ids, *data, &mut FxHashSet::default(), &mut |proc| {
                        work.push(proc);
                    });
                }
                Inst::GlobalAddr { global, .. } => is_late |= self.fresh.contains(global),
                _ => {}
            });
        }
        if !is_stale && !is_late {
            self.clean.extend(seen);
        }
        (is_stale, is_late)
    }
}

impl LiveProgram {
    /// Runs `migrated` on the values that were `converted`, and on all others that have to be brought in step; those nested in
    /// others first. Gives the names of the types of the latter, and what the procs have to say.
    pub(super) fn bring_in_step(
        &self,
        in_step: &InStep,
        which: Which,
        converted: Vec<ToRun>,
        views: &Views,
    ) -> Result<(Vec<Arc<str>>, Vec<String>), Stop> {
        let (mut names, mut said) = (Vec::new(), Vec::new());
        let known: FxHashMap<(usize, DescId), ProcId> = converted
            .iter()
            .map(|&(proc, value)| (value, proc))
            .collect();
        let (mut found, warnings) = match in_step.is_empty() {
            true => Default::default(),
            false => self.values_of(in_step, which, &known),
        };
        said.extend(warnings);
        let met: FxHashSet<(usize, DescId)> = found.iter().map(|found| found.1).collect();
        let alone = converted
            .into_iter()
            .filter(|(_, value)| !met.contains(value));
        found.splice(0..0, alone);
        let others = found.iter().filter(|(_, value)| !known.contains_key(value));
        for &(_, (value, desc)) in others {
            if let Some(frame) = views.behind(self.ids(), (desc, value), false) {
                return Err(Stop::InUse(frame.describe(&format!(
                    "has an address in a `{}`, which goes by code that changes",
                    self.ids().desc_of(desc).name
                ))));
            }
        }
        for (proc, (value, desc)) in found {
            let name = self.ids().desc_of(desc).name.clone();
            let done = self.call_migrated(proc, value);
            let text =
                done.map_err(|error| Stop::Guest(format!("`migrated` for `{name}`"), error))?;
            let text = format!("{name}: {text}");
            if !text.ends_with(": ") && !said.contains(&text) {
                said.push(text);
            }
            if !known.contains_key(&(value, desc)) && !names.contains(&name) {
                names.push(name);
            }
        }
        Ok((names, said))
    }

    /// All values that globals lead to and that some proc is to run on, nested ones before those that they are in. Also what to warn of:
    /// where there may be more, behind pointers and in iterators.
    fn values_of(
        &self,
        in_step: &InStep,
        which: Which,
        known: &Known,
    ) -> (Vec<ToRun>, Vec<String>) {
        let ids = self.ids();
        let globals = self.runtime.globals().list().into_iter();
        let globals = globals.filter(|global| !in_step.fresh.contains(&global.id));
        let mut work: Vec<(DescId, usize)> = globals
            .map(|global| (global.desc, global.address))
            .collect();
        let mut seen = FxHashSet::default();
        let mut met = FxHashSet::default();
        let mut pointers = Vec::new();
        let (mut found, mut warnings) = (Vec::new(), BTreeSet::new());
        while let Some((id, at)) = work.pop() {
            let desc = ids.desc_of(id);
            if !in_step.lead_all.contains(&id) && !is_environment(&desc.name) {
                continue;
            }
            met.insert((at, id));
            let proc = known
                .get(&(at, id))
                .copied()
                .or_else(|| in_step.proc(id, which));
            found.extend(proc.map(|proc| (proc, (at, id))));
            let object = match desc.shape {
                Shape::Ref(_) => memory::word(at),
                Shape::Closure => {
                    warnings.extend(self.held_by_iterator(in_step, at));
                    memory::word(at + 8)
                }
                Shape::Ptr(to) => {
                    pointers.push((memory::word(at), to));
                    continue;
                }
                _ => {
                    memory::each_part(ids, id, at, &mut |part, at| work.push((part, at)));
                    continue;
                }
            };
            if object != 0
                && seen.insert(object)
                && let Some(dynamic) = memory::dynamic_type(object)
            {
                work.push((dynamic.id, object));
            }
        }
        pointers.retain(|to| to.0 != 0 && in_step.lead.contains(&to.1) && !met.contains(to));
        warnings.extend(pointers.into_iter().map(|(_, to)| {
            format!(
                "a `ptr {}` may lead to values that are not brought in step: memory behind a `ptr` is not looked at",
                ids.desc_of(to).name
            )
        }));
        found.reverse();
        (found, warnings.into_iter().collect())
    }

    /// Of the locals of an iterator nobody but its code knows which have values.
    fn held_by_iterator(&self, in_step: &InStep, closure: usize) -> Option<String> {
        let ids = self.ids();
        let object = Some(memory::word(closure + 8)).filter(|&object| object != 0)?;
        let instance = ids.desc_of(memory::dynamic_type(object)?.id);
        if !instance.name.starts_with("iterator ") {
            return None;
        }
        let proc = self.runtime.window().proc_of_stub(memory::word(closure))?;
        let state = self.state();
        let placed = state.live.get(&proc).or_else(|| state.removed.get(&proc))?;
        let text = placed.text();
        let held = text.holds.iter().find(|desc| in_step.lead.contains(desc))?;
        Some(format!(
            "the iterator `{}` may hold a `{}`, which is not brought in step with code that has changed",
            text.name,
            ids.desc_of(*held).name
        ))
    }
}

/// What a closure has captured is known to its own code alone.
fn is_environment(name: &str) -> bool {
    name.starts_with("environment of ") || name.starts_with("ref environment of ")
}
