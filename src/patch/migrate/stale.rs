//! Code that goes on after a reload and knows types as they were.
//!
//! In: what frames are in, what closures of the program run. Out: the reason why a reload must not go on under them. Code of
//! the old version may work with what is laid out as before; it must neither hold a value that changes, nor read or write parts
//! of one, nor name a global that does. What it can still call of the old version counts too.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Planned;
use super::memory;
use crate::globals::GlobalEntry;
use crate::jit::Symbol;
use crate::mir::{DescId, Ids, ProcId, Shape, Site};
use crate::patch::code::Placed;
use crate::patch::plan::{Plan, Refusal};
use crate::patch::{LiveProgram, ReloadError, State};
use crate::runtime::Context;

impl Planned {
    /// Why this code cannot go on: what it knows that is not so any more.
    fn conflict(&self, ids: &Ids, placed: &Placed) -> Option<String> {
        let text = placed.text();
        let about = |desc: DescId| {
            let changes = self.changes(ids, desc).join("; ");
            format!("`{}`, which changes: {changes}", ids.desc_of(desc).name)
        };
        let held = text
            .holds
            .iter()
            .find(|&&desc| self.types.is_affected(ids, desc));
        if let Some(&desc) = held {
            return Some(format!("holds a value of the type {}", about(desc)));
        }
        let used = text
            .uses
            .iter()
            .find(|&&desc| self.types.is_relaid(ids, desc));
        if let Some(&desc) = used {
            return Some(format!("works with values of the type {}", about(desc)));
        }
        let global = |symbol| match symbol {
            Symbol::Global(id) => self.values.iter().find(|value| value.global.id == id),
            _ => None,
        };
        let named = placed
            .compiled
            .relocs
            .iter()
            .filter_map(|reloc| global(reloc.symbol));
        let mut named = named.filter(|value| value.is_relaid(ids));
        let value = named.next()?;
        Some(format!(
            "uses the global `{}`, whose type changes",
            value.global.name
        ))
    }

    /// The same for the code and all code of the old version that it can still call.
    fn conflict_within(
        &self,
        ids: &Ids,
        placed: &Arc<Placed>,
        old: &dyn Fn(ProcId) -> Option<Arc<Placed>>,
    ) -> Option<String> {
        let mut seen = FxHashSet::default();
        let mut work = vec![placed.clone()];
        while let Some(code) = work.pop() {
            if let Some(why) = self.conflict(ids, &code) {
                return Some(match code.id() == placed.id() {
                    true => why,
                    false => format!("can call `{}` as it was, which {why}", code.text().name),
                });
            }
            let named = code.procs_named().filter(|proc| seen.insert(*proc));
            work.extend(named.filter_map(old));
        }
        None
    }
}

/// Code that a frame is in.
pub(in crate::patch) struct Running {
    pub(in crate::patch) code: Arc<Placed>,
    /// Where in its code it is.
    pub(in crate::patch) site: Option<Site>,
    /// The place of the frame, as `file(line)`.
    pub(in crate::patch) place: Option<String>,
    /// The thread, if it is not the one that reloads.
    pub(in crate::patch) thread: Option<String>,
    /// It is top-level code whose turn comes after what is running.
    pub(in crate::patch) waits: bool,
}

impl Running {
    pub(in crate::patch) fn describe(&self, why: &str) -> String {
        let name = &self.code.text().name;
        if self.waits {
            return format!("top-level code of `{name}`, which has not run yet, {why}");
        }
        let place = self.place.as_deref().unwrap_or("an unknown place");
        match &self.thread {
            None => format!("`{name}` is running, at {place}, and {why}"),
            Some(thread) => {
                format!("`{name}` is running on the thread `{thread}`, at {place}, and {why}")
            }
        }
    }
}

impl LiveProgram {
    /// Refuses a version under which code on a stack could not go on.
    pub(in crate::patch) fn check_code(
        &self,
        frames: &[Running],
        plan: &Plan,
    ) -> Result<(), ReloadError> {
        let planned = &plan.migration;
        if planned.is_empty() {
            return Ok(());
        }
        let removed: FxHashSet<ProcId> = plan.removed.iter().map(|proc| proc.id).collect();
        let state = self.state();
        let old = |proc: ProcId| match removed.contains(&proc) {
            true => state.live.get(&proc).cloned(),
            false => state.removed.get(&proc).cloned(),
        };
        let why = |running: &Running| {
            let why = planned.conflict_within(self.ids(), &running.code, &old)?;
            Some(running.describe(&why))
        };
        // Several frames, or pieces of top-level code, may have the same to say.
        let mut seen = FxHashSet::default();
        let each = frames
            .iter()
            .filter(|running| seen.insert(running.code.address));
        let mut refused: Vec<String> = each.filter_map(why).collect();
        refused.dedup();
        match refused.is_empty() {
            true => Ok(()),
            false => Err(ReloadError::InUse(Refusal(refused))),
        }
    }

    /// Refuses a version under which a closure could not go on that a frame has, or something else to which no global leads. Those that
    /// globals lead to have been looked at one by one; of the others it is enough that memory has the address of their code.
    /// `leaving`: globals whose values are given up. Gives procs that nothing has but C, which nobody can wait for.
    pub(in crate::patch) fn check_held(
        &self,
        planned: &Planned,
        leaving: &[GlobalEntry],
        context: *mut Context,
    ) -> Result<Vec<ProcId>, ReloadError> {
        if planned.values.is_empty() && planned.types.is_same() {
            return Ok(Vec::new());
        }
        let (mut stale, words) = {
            let state = self.state();
            let old = |proc| state.removed.get(&proc).cloned();
            let pinned = state.removed.values();
            let pinned = pinned.filter(|placed| placed.text().pinned);
            let why = |placed: &Arc<Placed>| {
                let why = planned.conflict_within(self.ids(), placed, &old)?;
                let name = placed.text().name.clone();
                Some((placed.id(), format!("a closure of `{name}`, which {why}")))
            };
            let stale: FxHashMap<ProcId, String> = pinned.filter_map(why).collect();
            if stale.is_empty() {
                return Ok(Vec::new());
            }
            (stale, self.words(context, &state.gone))
        };
        let mut given_up = Closures::new(self, planned);
        for global in leaving {
            given_up.meet(global.desc, global.address);
        }
        let window = self.runtime.window();
        let held = words.iter().filter_map(|&word| window.proc_of_stub(word));
        let held: FxHashSet<ProcId> = held.collect();
        let others = stale.keys().copied().filter(|proc| !held.contains(proc));
        let only_c: Vec<ProcId> = others.collect();
        stale.retain(|proc, _| held.contains(proc) && !given_up.met.contains(proc));
        let mut refused: Vec<String> = stale
            .into_values()
            .map(|why| format!("a frame, or something else that no global leads to, has {why}"))
            .collect();
        refused.sort();
        match refused.is_empty() {
            true => Ok(only_c),
            false => Err(ReloadError::InUse(Refusal(refused))),
        }
    }
}

/// Looks at the closures that globals lead to.
pub(super) struct Closures<'a> {
    pub(super) program: &'a LiveProgram,
    pub(super) planned: &'a Planned,
    seen: FxHashSet<usize>,
    /// The procs of those that were met.
    met: FxHashSet<ProcId>,
}

impl<'a> Closures<'a> {
    pub(super) fn new(program: &'a LiveProgram, planned: &'a Planned) -> Closures<'a> {
        Closures {
            program,
            planned,
            seen: FxHashSet::default(),
            met: FxHashSet::default(),
        }
    }

    /// Why a closure within this value cannot go on.
    pub(super) fn check(&mut self, desc: DescId, at: usize) -> Result<(), String> {
        let mut work = vec![(desc, at)];
        while let Some((desc, at)) = work.pop() {
            self.value(desc, at, &mut work)?;
        }
        Ok(())
    }

    /// Goes through all closures within this value, whether they can go on or not.
    fn meet(&mut self, desc: DescId, at: usize) {
        let mut work = vec![(desc, at)];
        while let Some((desc, at)) = work.pop() {
            // What is wrong with a closure is nobody's business here.
            let _ = self.value(desc, at, &mut work);
        }
    }

    fn value(
        &mut self,
        id: DescId,
        at: usize,
        work: &mut Vec<(DescId, usize)>,
    ) -> Result<(), String> {
        if !self.planned.types.holds_closures(id) {
            return Ok(());
        }
        let ids = self.program.ids();
        let desc = ids.desc_of(id);
        match &desc.shape {
            Shape::Closure => return self.closure(memory::word(at), memory::word(at + 8), work),
            Shape::Proc => return self.closure(memory::word(at), 0, work),
            Shape::Ref(_) => {
                let object = memory::word(at);
                if object != 0
                    && self.seen.insert(object)
                    && let Some(dynamic) = memory::dynamic_type(object)
                {
                    work.push((dynamic.id, object));
                }
            }
            _ => memory::each_part(ids, id, at, &mut |part, at| work.push((part, at))),
        }
        Ok(())
    }

    fn closure(
        &mut self,
        code: usize,
        env: usize,
        work: &mut Vec<(DescId, usize)>,
    ) -> Result<(), String> {
        let ids = self.program.ids();
        let mut name: Arc<str> = "a closure".into();
        let (mut fine, mut captured) = (Ok(()), None);
        if let Some(proc) = self.program.runtime.window().proc_of_stub(code) {
            self.met.insert(proc);
            let state = self.program.state();
            if let Some(placed) = old_code(&state, proc) {
                name = placed.text().name.clone();
                let old = |proc| state.removed.get(&proc).cloned();
                if let Some(why) = self.planned.conflict_within(ids, &placed, &old) {
                    fine = Err(format!("a closure of `{name}`, which {why}"));
                }
            }
        }
        if env == 0 || !self.seen.insert(env) {
            return fine;
        }
        let Some(dynamic) = memory::dynamic_type(env) else {
            return fine;
        };
        for field in super::rules::flatten(ids, dynamic.id) {
            let at = env + field.offset as usize;
            let mut held = field.desc;
            if let Shape::Ref(_) = ids.desc_of(held).shape {
                let object = memory::word(at);
                if object == 0 {
                    continue;
                }
                held = memory::dynamic_type(object).map_or(held, |desc| desc.id);
            }
            let is_env = ids.desc_of(held).name.starts_with("environment of ");
            if captured.is_none() && self.planned.types.is_affected(ids, held) && !is_env {
                let changes = self.planned.changes(ids, held).join("; ");
                captured = Some(format!(
                    "a closure of `{name}` that has captured `{}`, of the type `{}`, which changes: {changes}",
                    field.name,
                    ids.desc_of(held).name
                ));
            }
            work.push((field.desc, at));
        }
        // What it has captured says more than what its code knows.
        captured.map_or(fine, Err)
    }
}

/// The code of a proc that only its values still run.
fn old_code(state: &State, proc: ProcId) -> Option<Arc<Placed>> {
    match state.image.proc(proc) {
        Some(_) => None,
        None => state.removed.get(&proc).cloned(),
    }
}
