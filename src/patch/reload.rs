//! The steps of a load and of a reload, in order. See the [module](super) for what they are.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::thread::ThreadId;
use std::time::{Duration, Instant};

use rustc_hash::{FxHashMap, FxHashSet};

use super::addresses::Addresses;
use super::ahead::{Code, Prepared};
use super::code::{self, Item, Kind, Placed};
use super::image::{Image, ModuleImage};
use super::migrate::{Afresh, Migration};
use super::plan::{Plan, PlannedProc, PlannedStep};
use super::reach::Running;
use super::report::{GuestError, ReloadError, Report};
use super::scan::clear_dead_stack;
use super::undo::UndoLog;
use super::views::Views;
use super::{LiveProgram, State, Version};
use crate::fail;
use crate::globals::{self, GlobalEntry, GlobalSpec, Gone};
use crate::handlers::Run;
use crate::jit::{CompiledProc, Symbol};
use crate::mir::{Global, GlobalId, Module, Proc, ProcId};
use crate::runtime::Context;
use crate::runtime::threads::Stopped;

/// Code of the procs of one reload, by what becomes of it.
#[derive(Default)]
pub(super) struct NewCode {
    /// For the slots.
    procs: Vec<Arc<Placed>>,
    /// Steps of top-level code, which only the reloader calls.
    inits: FxHashMap<ProcId, Arc<Placed>>,
    /// For the slots of C entries.
    c_entries: Vec<Arc<Placed>>,
}

impl NewCode {
    /// All of it.
    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Placed>> {
        self.procs.iter().chain(self.inits()).chain(&self.c_entries)
    }

    /// The code of a top-level step.
    pub(super) fn init(&self, step: &PlannedStep) -> Option<Arc<Placed>> {
        self.inits.get(&step.proc).cloned()
    }

    /// The code of top-level steps.
    pub(super) fn inits(&self) -> impl Iterator<Item = &Arc<Placed>> {
        self.inits.values()
    }
}

/// Says that no reload is going on, whatever happens.
pub(super) struct Reloading<'p>(&'p LiveProgram);

impl Drop for Reloading<'_> {
    fn drop(&mut self) {
        *self.0.in_reload() = None;
        *self
            .0
            .reloading
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
        self.0.reloaded.notify_all();
    }
}

impl LiveProgram {
    /// Of several threads that want to reload one does at a time. A handler of a reload cannot.
    pub(super) fn begin(&self) -> Result<Reloading<'_>, ReloadError> {
        let me = std::thread::current().id();
        let lock = || {
            self.reloading
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        loop {
            let mut owner = lock();
            match *owner {
                None => {
                    *owner = Some(me);
                    return Ok(Reloading(self));
                }
                Some(owner) if owner == me => {
                    self.nested.store(true, Ordering::Relaxed);
                    return Err(ReloadError::Nested);
                }
                Some(_) => drop(owner),
            }
            self.parked(|| {
                let other = |owner: &mut Option<ThreadId>| owner.is_some();
                let waited = self.reloaded.wait_while(lock(), other);
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            });
        }
    }

    /// Is a reload going on, on any thread?
    pub(super) fn is_reloading(&self) -> bool {
        self.reloading
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// Loads a program and runs its top-level code, which for many programs is all that they do. The program may reload
    /// itself meanwhile.
    ///
    /// # Errors
    /// When it cannot be made to run, or its top-level code ended with an exception, a fault or `quit`.
    pub fn load(&self, modules: &[Arc<Module>]) -> Result<Report, ReloadError> {
        let start = Instant::now();
        let begun = self.begin()?;
        self.main_thread.get_or_init(|| std::thread::current().id());
        let image = Image::new(modules, self.ids(), &Image::default());
        let plan = Plan::first(&image, self.ids());
        let mut report = Report::of(&plan);
        report.times.plan = start.elapsed();
        let mut undo = UndoLog::default();
        let new = {
            let mut state = self.state();
            let compiled = self.compile(&plan, &image, &mut state)?;
            report.times.compile = start.elapsed() - report.times.plan;
            let mut change = self.runtime.globals().change();
            self.add_globals(&mut change, &plan.new_globals)?;
            let new = self.place(compiled, &state)?;
            self.activate(&new, (&plan, image), &[], &mut state, &mut undo)?;
            change.commit();
            undo.commit();
            state.inits = plan.init.iter().filter_map(|step| new.init(step)).collect();
            new
        };
        drop(begun);
        let applied = Instant::now();
        let outcome = plan.init.iter().try_for_each(|step| {
            let code = &new.inits[&step.proc];
            let ran = self.run_init(code);
            self.state().inits.pop_front();
            ran.map_err(|error| guest(&step.module, "top-level code", error, &[]))
        });
        self.state().inits.clear();
        report.times.apply = applied.elapsed();
        outcome.map(|()| report)
    }

    /// Replaces the live version by this one.
    ///
    /// # Errors
    /// Why nothing was changed.
    pub fn apply(&self, version: &Version) -> Result<Report, ReloadError> {
        let begun = self.begin()?;
        self.apply_after(version, &Afresh::default(), Duration::ZERO, begun)
    }

    /// The same, after this time in the front end.
    pub(super) fn apply_after(
        &self,
        version: &Version,
        afresh: &Afresh,
        front: Duration,
        begun: Reloading<'_>,
    ) -> Result<Report, ReloadError> {
        self.disarm();
        // What is never written in the frames of a reload would be left over from calls before it.
        clear_dead_stack();
        let entered = self.runtime.enter();
        let context = entered.context();
        self.nested.store(false, Ordering::Relaxed);
        let outcome = self.replace(version, afresh, front, context);
        drop(begun);
        outcome
    }

    fn replace(
        &self,
        version: &Version,
        afresh: &Afresh,
        front: Duration,
        context: *mut Context,
    ) -> Result<Report, ReloadError> {
        let mut clock = Clock(Instant::now());
        let old = self.state().image.clone();
        fail::point("plan")?;
        let prepared = self.prepared(version, afresh, &old, &mut clock)?;
        let Prepared {
            image,
            plan,
            mut report,
            code,
        } = prepared;
        report.times.front = front;

        fail::point("wait")?;
        let stopped = self.stop_others(context)?;
        self.check_frames(context, &stopped, &plan, &mut report)?;
        let views = match plan.migration.is_empty() {
            true => Views::default(),
            false => self.views(&self.state(), context, &stopped),
        };
        if let Some(service) = self.service.get() {
            service.before(&report).map_err(ReloadError::Vetoed)?;
        }
        *self.in_reload() = Some([&version.changed[..], &plan.joined[..], &plan.left[..]].concat());
        let mut had_run = Vec::new();
        self.run_before(&plan, &image, &mut had_run, &mut report)?;
        report.times.before = clock.lap();

        let mut change = self.runtime.globals().change();
        let mut undo = UndoLog::default();
        let mut migration = Migration::default();
        let frames = self.live_code(context, &stopped).0;
        let leaving = self.leaving(&plan);
        let version = (&plan, image);
        let applied = self.switch(version, code, &frames, &mut change, &mut undo);
        let (mut ran, mut inits) = (false, Vec::new());
        let outcome = applied.and_then(|(new, laid_out)| {
            fail::point("migration")?;
            self.check_closures(&plan.migration, &laid_out)?;
            let only_c = self.check_held(&plan.migration, &leaving, context)?;
            self.migrate(&plan.migration, &laid_out, &views, &mut migration)?;
            ran = true;
            self.run_init_steps(&plan.init, &new, &mut had_run)?;
            self.late_in_step(&plan.migration, &views, &mut migration)?;
            inits.extend(new.inits.into_values());
            report.times.apply = clock.lap();
            self.run_after(&plan.after, &mut had_run)?;
            report.times.after = clock.lap();
            report.warnings.extend(self.give_up_held_by_c(only_c));
            Ok(())
        });
        clear_dead_stack();
        match outcome {
            Ok(()) => {
                let gone = change.commit();
                report.warnings.append(&mut migration.warnings);
                report.brought_in_step.append(&mut migration.in_step);
                report.warnings.extend(self.commit_migration(migration));
                self.commit(undo, gone);
                self.retire(&plan, &inits, context, &stopped, &mut report);
                let left = self.left_of_gone_types(&plan.migration, &old, context);
                report.warnings.extend(left);
            }
            Err(error) => {
                let in_step = migration.in_step_begun;
                self.undo(&plan.new_globals, change, undo, (migration, ran));
                if in_step {
                    self.back_in_step(&plan.migration);
                }
                self.collect_inside(context, &stopped);
                return Err(error);
            }
        }
        self.later.drop((old, plan));
        let handlers = had_run.into_iter().filter(|ran| ran.contains("handler"));
        report.handlers = handlers.collect();
        if self.nested.load(Ordering::Relaxed) {
            report.warnings.push(ReloadError::Nested.to_string());
        }
        report.times.retire = clock.lap();
        if let Some(service) = self.service.get() {
            service.after(&report);
        }
        drop(stopped);
        Ok(report)
    }

    /// What a reload to this version does, with the code for it: made ahead, or now.
    fn prepared(
        &self,
        version: &Version,
        afresh: &Afresh,
        old: &Image,
        clock: &mut Clock,
    ) -> Result<Prepared, ReloadError> {
        let mut prepared = match self.take_ahead(version, afresh, old) {
            Some(mut ahead) => {
                ahead.report.times.plan = clock.lap();
                ahead
            }
            None => {
                let image = Image::new(&version.modules, self.ids(), old);
                let afresh = self.with_standing(afresh, old, &image);
                let plan = Plan::new(old, &image, self.ids(), &afresh)?;
                let mut report = Report::of(&plan);
                report.times.plan = clock.lap();
                let code = Code::Compiled(self.compile(&plan, &image, &mut self.state())?);
                report.times.compile = clock.lap();
                Prepared {
                    image,
                    plan,
                    report,
                    code,
                }
            }
        };
        let (plan, report) = (&prepared.plan, &mut prepared.report);
        let stays = |name: &&Arc<str>| !plan.joined.contains(name) && !plan.left.contains(name);
        report.modules_changed = version.changed.iter().filter(stays).cloned().collect();
        Ok(prepared)
    }

    /// Machine code for what the plan wants compiled, with the entries that C needs.
    pub(super) fn compile(
        &self,
        plan: &Plan,
        image: &Image,
        state: &mut State,
    ) -> Result<Vec<Item>, ReloadError> {
        let old = state.image.clone();
        let known = old.by_name();
        let is_known = |image: &&Arc<ModuleImage>| {
            let same = known.get(&*image.module.name);
            same.is_some_and(|same| Arc::ptr_eq(same, image))
        };
        for image in image.modules.iter().filter(|image| !is_known(image)) {
            let procs = match known.get(&*image.module.name) {
                Some(old) => old.differences(&image.module).came,
                None => image.module.procs.iter().collect(),
            };
            for proc in procs {
                if state.signatures.get(proc.id) != Some(&proc.sig) {
                    state.signatures.add(proc.id, proc.sig.clone());
                }
            }
        }
        fail::point("compile")?;
        let ids = self.ids();
        let procs: Vec<&Proc> = plan.compile.iter().map(|planned| &*planned.proc).collect();
        let compiled = self.compiler.compile_all(&procs, ids, &state.signatures)?;
        let item = |(compiled, planned): (CompiledProc, &PlannedProc), kind| Item {
            compiled: Arc::new(compiled),
            proc: planned.proc.clone(),
            fingerprint: planned.fingerprint,
            kind,
        };
        let kind = |proc| {
            if image.is_init(proc) {
                Kind::Init
            } else {
                Kind::Proc
            }
        };
        let pairs = compiled.into_iter().zip(&plan.compile);
        let mut items: Vec<Item> = pairs
            .map(|pair| (kind(pair.1.proc.id), pair))
            .map(|(kind, pair)| item(pair, kind))
            .collect();
        for planned in plan.compile.iter().filter(|planned| planned.proc.c_abi) {
            let proc = &planned.proc;
            state.c_abi.insert(proc.id);
            self.runtime.data().set_c_abi(proc.id);
            if !state.c_entries.contains_key(&proc.id) {
                let entry = self
                    .compiler
                    .compile_c_entry(proc, ids, &state.signatures)?;
                items.push(item((entry, planned), Kind::CEntry));
            }
        }
        Ok(items)
    }

    /// Gives code its place. Top-level code and entries for C have pages of their own: the one goes soon, the others never.
    pub(super) fn place(&self, items: Vec<Item>, state: &State) -> Result<NewCode, ReloadError> {
        let addresses = Addresses {
            runtime: &self.runtime,
            c_abi: &state.c_abi,
        };
        let generation = self.table.next_generation();
        let (inits, items): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|item| item.kind == Kind::Init);
        let (entries, procs): (Vec<_>, Vec<_>) = items
            .into_iter()
            .partition(|item| item.kind == Kind::CEntry);
        let place = |items: &[Item]| code::place(&addresses, &self.table, generation, items);
        let inits = place(&inits)?;
        Ok(NewCode {
            procs: place(&procs)?,
            inits: inits
                .into_iter()
                .map(|placed| (placed.id(), placed))
                .collect(),
            c_entries: place(&entries)?,
        })
    }

    /// Makes new code current, and the version that it belongs to.
    fn activate(
        &self,
        new: &NewCode,
        (plan, image): (&Plan, Image),
        frames: &[Arc<Placed>],
        state: &mut State,
        undo: &mut UndoLog,
    ) -> Result<(), ReloadError> {
        let window = self.runtime.window();
        for entry in &new.c_entries {
            // Not undone: nobody has its address before somebody has the proc's.
            window.prepare_c_procs(entry.id())?;
            window
                .c_slot(entry.id())
                .store(entry.address, Ordering::Release);
            state.c_entries.insert(entry.id(), entry.clone());
        }
        self.note_held_by_c(new, state);
        for placed in &new.procs {
            window.prepare_procs(placed.id())?;
            fail::point("slot")?;
            undo.move_slot(self, state, placed);
        }
        for proc in &plan.moved {
            if let Some(placed) = state.live.get(&proc.id).cloned() {
                fail::point("place in the text")?;
                undo.set_text(&placed, proc);
            }
        }
        for proc in &plan.removed {
            fail::point("removed proc")?;
            undo.remove(state, proc.id);
        }
        undo.set_image(state, image);
        self.forward(plan, frames, state, undo)?;
        fail::point("version")?;
        Ok(())
    }

    /// The point where the new version becomes the live one, short of its top-level code.
    fn switch(
        &self,
        (plan, image): (&Plan, Image),
        code: Code,
        frames: &[Arc<Placed>],
        change: &mut globals::Change<'_>,
        undo: &mut UndoLog,
    ) -> Result<(NewCode, Vec<GlobalEntry>), ReloadError> {
        let mut state = self.state();
        self.add_globals(change, &plan.new_globals)?;
        let values = plan.migration.values.iter();
        let laid_out: Vec<GlobalEntry> = values
            .map(|value| change.lay_out(self.global_spec(&value.global)))
            .collect::<Result<_, _>>()?;
        for global in &plan.kept {
            change.redescribe(global.id, global.name.clone(), global.desc, global.is_let);
        }
        plan.gone_globals
            .iter()
            .for_each(|global| change.remove(global.id));
        let new = match code {
            Code::Placed(new) => new,
            Code::Compiled(items) => {
                self.place(self.with_moved(items, plan, &laid_out, &state), &state)?
            }
        };
        self.activate(&new, (plan, image), frames, &mut state, undo)?;
        Ok((new, laid_out))
    }

    /// Adds code that stays as it is and names a global that has moved: it is linked anew.
    fn with_moved(
        &self,
        mut items: Vec<Item>,
        plan: &Plan,
        laid_out: &[GlobalEntry],
        state: &State,
    ) -> Vec<Item> {
        let globals = self.runtime.globals();
        let moved: FxHashSet<Symbol> = laid_out
            .iter()
            .filter(|old| globals.address(old.id) != Some(old.address))
            .map(|old| Symbol::Global(old.id))
            .collect();
        if moved.is_empty() {
            return items;
        }
        let known: FxHashSet<ProcId> = items.iter().map(|item| item.compiled.id).collect();
        let removed: FxHashSet<ProcId> = plan.removed.iter().map(|proc| proc.id).collect();
        let stays = |id: &ProcId| !known.contains(id) && !removed.contains(id);
        let names = |placed: &Placed| {
            let mut relocs = placed.compiled.relocs.iter();
            relocs.any(|reloc| moved.contains(&reloc.symbol))
        };
        let again = state
            .live
            .iter()
            .filter(|(id, placed)| stays(id) && names(placed));
        items.extend(again.map(|(_, placed)| placed.to_item()));
        items
    }

    /// The globals whose values a plan gives up.
    fn leaving(&self, plan: &Plan) -> Vec<GlobalEntry> {
        let again = plan.migration.reinitialised();
        let all = plan.gone_globals.iter().chain(again);
        all.filter_map(|global| self.runtime.globals().get(global.id))
            .collect()
    }

    fn global_spec(&self, global: &Global) -> GlobalSpec {
        let desc = self.ids().desc_of(global.desc);
        GlobalSpec {
            id: global.id,
            name: global.name.clone(),
            desc: global.desc,
            is_let: global.is_let,
            size: desc.size as usize,
            align: desc.align as usize,
        }
    }

    fn add_globals(
        &self,
        change: &mut globals::Change<'_>,
        new: &[Global],
    ) -> Result<(), ReloadError> {
        for global in new {
            change.add(self.global_spec(global))?;
        }
        Ok(())
    }

    pub(super) fn run_init_steps(
        &self,
        steps: &[PlannedStep],
        new: &NewCode,
        had_run: &mut Vec<String>,
    ) -> Result<(), ReloadError> {
        for step in steps {
            fail::point("initialiser")?;
            self.set_fresh(step.fresh.as_deref());
            let result = self.run_init(&new.inits[&step.proc]);
            self.set_fresh(None);
            result.map_err(|error| guest(&step.module, "top-level code", error, had_run))?;
            fail::point("initialiser")?;
            had_run.push(format!("{}: top-level code", step.module));
        }
        Ok(())
    }

    /// Says which globals top-level code is to give their first value; none is said where all of it runs.
    fn set_fresh(&self, fresh: Option<&[GlobalId]>) {
        let address = |&id: &GlobalId| self.runtime.globals().address(id);
        let fresh = fresh.map(|ids| ids.iter().filter_map(address).collect());
        *self.fresh.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
    }

    fn run_after(&self, runs: &[Run], had_run: &mut Vec<String>) -> Result<(), ReloadError> {
        for run in runs {
            fail::point("handler")?;
            self.run_handler(run.proc)
                .map_err(|error| guest(&run.module, "after handler", error, had_run))?;
            had_run.push(format!("{}: after handler", run.module));
            fail::point("handler")?;
        }
        Ok(())
    }

    /// Keeps the new version.
    fn commit(&self, undo: UndoLog, gone: Vec<Gone>) {
        let mut state = self.state();
        let (replaced, before) = undo.commit();
        state.old.extend(replaced);
        state.vetoed.clear();
        self.later.drop(before);
        state.gone.extend(gone.into_iter().map(|gone| gone.entry));
    }

    /// What the new version does not need any more goes, at once or when nothing can reach it.
    fn retire(
        &self,
        plan: &Plan,
        ran: &[Arc<Placed>],
        context: *mut Context,
        stopped: &Stopped<'_>,
        report: &mut Report,
    ) {
        let collected = self.collect_inside(context, stopped);
        report
            .warnings
            .extend(super::held::gone(&self.state(), plan));
        self.keep_lines(&self.state());
        let running = Running {
            frames: &collected.frames,
            ran,
        };
        let others = collected.others;
        report.unreached = self.unreached(&mut self.state(), plan, &running, context, others);
        for frame in &collected.old_frames {
            let written = frame
                .calls_removed
                .iter()
                .filter(|name| !name.starts_with('='));
            let written: Vec<&str> = written.map(|name| &**name).collect();
            if !written.is_empty() {
                report.warnings.push(format!(
                    "`{}` is still running and goes on with {} as it was compiled against: \
                     the new version does not have it, or has it with another signature",
                    frame.proc,
                    written.join(", ")
                ));
            }
        }
        report.old_frames = collected.old_frames;
        report.old_closures = collected.old_closures;
        report.warnings.extend(collected.warnings);
    }

    /// Code that stays behind keeps the lines of its version.
    fn keep_lines(&self, state: &State) {
        if state.old.is_empty() && state.removed.is_empty() {
            return;
        }
        if let Some(positions) = self.runtime.positions().and_then(|now| now.now()) {
            let left = state.old.iter().chain(state.removed.values());
            left.for_each(|placed| placed.set_positions(&positions));
        }
    }

    /// Puts everything back that the reload changed.
    fn undo(
        &self,
        new_globals: &[Global],
        change: globals::Change<'_>,
        undo: UndoLog,
        (migration, ran): (Migration, bool),
    ) {
        // Values of new globals are destroyed while the code that made them is still current. An error in a destructor
        // cannot make the undone reload any more undone.
        for global in new_globals.iter().rev() {
            if let Some(entry) = self.runtime.globals().get(global.id) {
                let _ = self.destroy_global(&entry);
            }
        }
        self.undo_migration(migration, ran);
        let mut state = self.state();
        let dropped = undo.undo(self, &mut state);
        state.old.extend(dropped);
        drop(change);
    }

    /// Keeps every other thread out of the program until the guard is dropped.
    ///
    /// # Errors
    /// The threads that stayed inside.
    pub fn stop_others(&self, context: *mut Context) -> Result<Stopped<'_>, ReloadError> {
        let patience = *self.patience.lock().unwrap_or_else(PoisonError::into_inner);
        self.keep_others_out(context, patience).map_err(|busy| {
            let names: Vec<String> = busy.iter().map(ToString::to_string).collect();
            ReloadError::Busy(names.join(", "))
        })
    }
}

/// An error of guest code, and what had run before it.
pub(super) fn guest(
    module: &str,
    what: &str,
    error: GuestError,
    had_run: &[String],
) -> ReloadError {
    ReloadError::Guest {
        place: format!("{module}: {what}"),
        error,
        had_run: had_run.to_vec(),
        advice: None,
    }
}

/// Measures phases.
struct Clock(Instant);

impl Clock {
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now - std::mem::replace(&mut self.0, now)
    }
}
