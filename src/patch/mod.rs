//! The live program, and replacing its code while it runs.
//!
//! In: lowered modules, as a whole program each time. Out: a program that runs them, and [`Report`]s. Compares versions
//! ([`plan`](Plan), pure), has the [JIT](crate::jit) compile what differs, runs handlers and new top-level code, moves
//! slots, and gives back what nothing can reach any more. Never looks at source text: a [`ReloadService`] of the host
//! does, when the guest program asks for a reload.
//!
//! # A reload
//!
//! 1. the service compiles what changed down to MIR; 2. the plan; 3. machine code for new bodies; 4. other threads are
//!    kept out; 5. *before* handlers, in the old code; 6. new globals get storage and new code its place; slots move by
//!    release stores, each with an entry in the undo log; new globals get their first value; 7. *after* handlers, in the new
//!    code; 8. commit. An error in 5, 6 or 7 undoes everything from 6 on, in reverse.
//!
//! # How long old code lives
//!
//! A proc whose body was replaced has no way in but frames that are in it already: its code goes when the stack holds none.
//! A proc that is *removed* (or has another ABI: that is another [`ProcId`]) can still be called by old
//! frames, by values of nested procs and by destructors of objects that live: its slot keeps the old code while one of them
//! can reach it, and raises `ReloadError` afterwards as long as there is a value of it. The walk from these roots is over the symbols
//! of compiled code and the descriptors of what lives: see [`trace`].

mod addresses;
mod ahead;
mod arm;
mod before;
mod code;
mod compact;
mod facts;
#[cfg(test)]
mod faults;
mod forward;
mod guest;
mod held;
mod image;
mod later;
mod migrate;
mod plan;
mod preview;
mod procs;
mod reach;
mod reload;
mod report;
mod restart;
mod retire;
mod scan;
mod threadvars;
mod trace;
mod undo;
mod views;

pub use facts::{failure_json, failure_records};
pub use image::{Image, ModuleImage};
pub use migrate::Afresh;
pub use plan::{Plan, PlannedProc, PlannedStep, Refusal};
pub use preview::preview;
pub use report::{GuestError, GuestErrorKind, OldFrame, ReloadError, Report, Times};

use std::collections::VecDeque;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::thread::ThreadId;
use std::time::Duration;

use rustc_hash::{FxHashMap, FxHashSet};

use self::code::{CodeTable, Placed};
use self::scan::clear_dead_stack;
use crate::diagnostics::Diagnostic;
use crate::globals::GlobalEntry;
use crate::jit::{self, Compiler, Signatures};
use crate::mir::{Ids, Module, Proc, ProcId};
use crate::runtime::arm::ArmStubs;
use crate::runtime::{Caller, Context, Reloader, Runtime, entry};

/// How long a reload waits for other threads to leave guest code, unless it is told otherwise.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// All modules of a version in the order of initialisation, the main module last. One that does not change is the same `Arc` in the next.
pub type Modules = Arc<[Arc<Module>]>;

/// A new version of the program, as the host compiled it.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its modules.
    pub modules: Modules,
    /// Names of those whose sources differ from what was loaded.
    pub changed: Vec<Arc<str>>,
}

/// The host's side of a reload: it knows the sources.
pub trait ReloadService: Send + Sync {
    /// Does any source differ from what is loaded?
    fn changed(&self) -> bool;
    /// Does the source of this module differ from what is loaded?
    fn module_changed(&self, name: &str) -> bool;
    /// Compiles what changed; `None` when nothing did.
    ///
    /// # Errors
    /// What is wrong with the new sources.
    fn compile(&self) -> Result<Option<Version>, Vec<Diagnostic>>;
    /// Those of some procs that others name in the sources, also where a copy stands in the place of a call. Top-level code counts where
    /// it is among `ran`.
    fn named(&self, wanted: &FxHashSet<ProcId>, ran: &FxHashSet<ProcId>) -> FxHashSet<ProcId> {
        let _ = (wanted, ran);
        FxHashSet::default()
    }
    /// Globals that a reload which the program makes is to give their first value again. Asked once a reload.
    fn afresh(&self) -> Afresh {
        Afresh::default()
    }
    /// Other threads are out, nothing has happened yet: this is what is going to. An error is a veto.
    ///
    /// # Errors
    /// Why the reload shall not be.
    fn before(&self, report: &Report) -> Result<(), String> {
        let _ = report;
        Ok(())
    }
    /// The reload is made, and the program has not gone on yet.
    fn after(&self, report: &Report) {
        let _ = report;
    }
    /// A reload that the program asked for is over. What it did, or why not.
    fn finished(&self, outcome: Result<Report, ReloadError>);
}

/// A running program whose code can be replaced.
pub struct LiveProgram {
    runtime: Arc<Runtime>,
    compiler: Compiler,
    table: Arc<CodeTable>,
    state: Mutex<State>,
    /// The thread that reloads, if one does.
    reloading: Mutex<Option<ThreadId>>,
    /// Wakes who waits for the end of a reload.
    reloaded: Condvar,
    /// The modules that the reload that is going on changes, for its handlers.
    in_reload: Mutex<Option<Vec<Arc<str>>>>,
    /// Addresses of the globals that the top-level code of a reload gives their first value. None: all top-level code runs whole.
    fresh: Mutex<Option<FxHashSet<usize>>>,
    service: OnceLock<Arc<dyn ReloadService>>,
    /// Procs that the host can call by name, as far as it has asked for them.
    entries: Mutex<FxHashSet<ProcId>>,
    /// What `lastReload()` gives: see [`Report::to_records`].
    last: Mutex<LastReload>,
    /// Handlers have asked for a reload during this one.
    nested: AtomicBool,
    arm_stubs: ArmStubs,
    /// Where reloads leave what they do not need any more.
    later: later::Later,
    /// Globals whose values every reload may give up.
    standing: Mutex<Afresh>,
    /// How long a reload waits for other threads.
    patience: Mutex<Duration>,
    /// The thread that runs the program's top-level code.
    main_thread: OnceLock<ThreadId>,
}

/// What is live.
#[derive(Default)]
struct State {
    image: Image,
    /// What is prepared for the next reload.
    ahead: Option<ahead::Ahead>,
    /// The code that slots point to.
    live: FxHashMap<ProcId, Arc<Placed>>,
    /// For procs: another one whose code has named it, where it may be found first.
    callers: FxHashMap<ProcId, ProcId>,
    /// Entries for C, which live as long as the program: C may hold their addresses.
    c_entries: FxHashMap<ProcId, Arc<Placed>>,
    /// Procs that C calls by their address.
    c_abi: FxHashSet<ProcId>,
    /// Those of them whose addresses code has named: C may have them.
    c_held: FxHashSet<ProcId>,
    /// Nested ones among those whose old code knows types that are other ones now: a call raises.
    c_stale: FxHashSet<ProcId>,
    /// Removed procs whose slots keep their last code.
    removed: FxHashMap<ProcId, Arc<Placed>>,
    /// Removed procs whose slots point to code that raises.
    raising: FxHashMap<ProcId, Arc<Placed>>,
    /// Those of them whose code calls a proc of the version that is live instead.
    forwards: FxHashMap<ProcId, ProcId>,
    /// Replaced code that may be on a stack.
    old: Vec<Arc<Placed>>,
    /// Top-level code of a load that is going on: what is running, and what has not run yet.
    inits: VecDeque<Arc<Placed>>,
    /// Slots that point to their arm stubs, and the addresses of those.
    armed: FxHashMap<ProcId, usize>,
    /// Procs that the main module has or had when something was armed.
    main_procs: FxHashSet<ProcId>,
    /// Removed globals that old frames may still use.
    gone: Vec<GlobalEntry>,
    signatures: Signatures,
    /// *Before* handlers that have raised since the last reload.
    vetoed: FxHashSet<ProcId>,
    /// With so many bytes of constants and descriptors, it is looked for what nothing refers to.
    sweep_at: usize,
    /// The same for code of procs that are gone.
    look_at: usize,
    /// With so many regions of code, sparse ones are joined.
    compact_at: usize,
}

impl State {
    /// Is there nothing of earlier versions but code that was replaced?
    fn has_nothing_left(&self) -> bool {
        self.removed.is_empty() && self.raising.is_empty() && self.gone.is_empty()
    }
}

/// What `lastReload()` gives.
enum LastReload {
    Unasked(Box<dyn FnOnce() -> String + Send>),
    Text(Arc<str>),
}

impl Default for LastReload {
    fn default() -> Self {
        LastReload::Text("".into())
    }
}

impl LastReload {
    fn text(&mut self) -> Arc<str> {
        let text = match std::mem::take(self) {
            LastReload::Unasked(make) => make().into(),
            LastReload::Text(text) => text,
        };
        *self = LastReload::Text(text.clone());
        text
    }
}

/// What the runtime knows of the program: nothing that keeps it alive.
struct Link(Weak<LiveProgram>);

impl LiveProgram {
    /// A program without modules.
    ///
    /// # Errors
    /// When there is no compiler for this processor.
    pub fn new(
        runtime: Arc<Runtime>,
        options: jit::Options,
    ) -> Result<Arc<LiveProgram>, ReloadError> {
        let program = Arc::new(LiveProgram {
            compiler: Compiler::new(options)?,
            table: Arc::default(),
            state: Mutex::default(),
            reloading: Mutex::default(),
            reloaded: Condvar::new(),
            in_reload: Mutex::new(None),
            fresh: Mutex::new(None),
            service: OnceLock::new(),
            entries: Mutex::default(),
            last: Mutex::default(),
            nested: AtomicBool::new(false),
            arm_stubs: ArmStubs::new(runtime.code().clone()),
            later: later::Later::default(),
            standing: Mutex::default(),
            patience: Mutex::new(PATIENCE),
            main_thread: OnceLock::new(),
            runtime,
        });
        program.runtime.set_code_map(program.table.clone());
        program
            .runtime
            .set_reloader(Arc::new(Link(Arc::downgrade(&program))));
        Ok(program)
    }

    /// Sets who compiles when the program asks for a reload. Once; a second call does nothing.
    pub fn set_service(&self, service: Arc<dyn ReloadService>) {
        let _ = self.service.set(service);
    }

    /// What makes its machine code.
    pub fn compiler(&self) -> &Compiler {
        &self.compiler
    }

    /// What it runs on.
    #[inline]
    pub fn runtime(&self) -> &Arc<Runtime> {
        &self.runtime
    }

    /// The version that is live.
    pub fn modules(&self) -> Vec<Arc<Module>> {
        self.state().image.modules()
    }

    /// A proc of the version that is live.
    pub fn proc(&self, id: ProcId) -> Option<Arc<Proc>> {
        self.state().image.proc(id).map(|(_, proc)| proc.clone())
    }

    /// What a reload of this version would do. Runs nothing and changes nothing.
    ///
    /// # Errors
    /// Why it would be refused.
    pub fn plan(&self, modules: &[Arc<Module>]) -> Result<Plan, Refusal> {
        let old = self.state().image.clone();
        let new = Image::new(modules, self.ids(), &old);
        Plan::new(&old, &new, self.ids(), &Afresh::default())
    }

    fn ids(&self) -> &Arc<Ids> {
        self.runtime.ids()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn in_reload(&self) -> MutexGuard<'_, Option<Vec<Arc<str>>>> {
        self.in_reload
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The host can call this proc: an edit of it is seen.
    pub fn add_entry(&self, proc: ProcId) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(proc);
    }

    fn entries(&self) -> MutexGuard<'_, FxHashSet<ProcId>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets what `lastReload()` gives, as [`Report::to_records`] or [`failure_records`] make it. They are made when somebody asks.
    pub fn set_last_reload(&self, records: impl FnOnce() -> String + Send + 'static) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) =
            LastReload::Unasked(Box::new(records));
    }

    /// Drops it, but not now if a thread comes by that does.
    pub fn leave(&self, what: impl Send + 'static) {
        self.later.drop(what);
    }

    /// Drops what reloads have left over. From the first time on they leave it to the next. For a thread in the background.
    pub fn drop_left(&self) {
        self.later.visit();
    }

    /// Does any source differ from what is loaded? What `hasAnyModuleChanged()` says.
    pub fn any_changed(&self) -> bool {
        if self.in_reload().is_some() {
            return true;
        }
        self.service.get().is_some_and(|service| service.changed())
    }

    /// Within a reload's handlers: is the module part of it? Otherwise: does its source differ from what is loaded?
    pub fn module_changed(&self, name: &str) -> bool {
        if let Some(changed) = &*self.in_reload() {
            return changed.iter().any(|module| **module == *name);
        }
        self.service
            .get()
            .is_some_and(|service| service.module_changed(name))
    }

    /// Has the service compile what changed, and applies it.
    ///
    /// # Errors
    /// Why nothing was changed.
    pub fn reload(&self) -> Result<Report, ReloadError> {
        self.reload_with(&Afresh::default())
    }

    /// The same, and gives some globals their first value again: also when nothing else changed.
    ///
    /// # Errors
    /// Why nothing was changed.
    pub fn reload_with(&self, afresh: &Afresh) -> Result<Report, ReloadError> {
        let Some(service) = self.service.get() else {
            return Ok(Report::default());
        };
        let begun = self.begin()?;
        let start = std::time::Instant::now();
        let same = || Version {
            modules: self.modules().into(),
            changed: Vec::new(),
        };
        let version = match service.changed() {
            true => {
                // As in `apply_after`, for the frames that stand above that one.
                clear_dead_stack();
                service.compile().map_err(ReloadError::Diagnostics)?
            }
            false => None,
        };
        match version {
            Some(version) => self.apply_after(&version, afresh, start.elapsed(), begun),
            None if !afresh.reinit.is_empty() => {
                self.apply_after(&same(), afresh, start.elapsed(), begun)
            }
            None => Ok(Report::default()),
        }
    }

    /// Globals whose values every reload may give up: those of `reset` when their type changes, those of `reinit` when their
    /// initialiser does.
    pub fn set_standing(&self, afresh: Afresh) {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = afresh;
    }

    /// Sets how long reloads wait for other threads to leave guest code.
    pub fn set_patience(&self, patience: Duration) {
        *self.patience.lock().unwrap_or_else(PoisonError::into_inner) = patience;
    }

    /// Does a reload keep all values that it is not told to give up?
    fn gives_nothing_up(&self) -> bool {
        let standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        *standing == Afresh::default()
    }

    /// What a reload between these versions gives up, with what every reload may.
    fn with_standing(&self, afresh: &Afresh, old: &Image, new: &Image) -> Afresh {
        let standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = afresh.clone();
        let names: FxHashSet<Arc<str>> = new
            .modules()
            .iter()
            .flat_map(|module| module.globals.iter().map(|global| global.name.clone()))
            .collect();
        let exists = |name: &&String| names.contains(name.as_str());
        all.skip_before |= standing.skip_before;
        all.reset
            .extend(standing.reset.iter().filter(exists).cloned());
        let edited = standing
            .reinit
            .iter()
            .filter(|name| new.initialiser_differs(old, name));
        all.reinit.extend(edited.cloned());
        all
    }
}

impl LiveProgram {
    /// A reload that the running program asks for: does not raise.
    fn perform(&self, context: &mut Context) {
        let asked = self.service.get().map(|service| service.afresh());
        let outcome = self.reload_with(&asked.unwrap_or_default());
        LiveProgram::pass_on_quit(context, &outcome);
        if let Some(service) = self.service.get() {
            service.finished(outcome);
        }
    }
}

impl Reloader for Link {
    fn perform(&self, context: &mut Context) {
        if let Some(program) = self.0.upgrade() {
            program.perform(context);
        }
    }

    fn armed(&self, context: &mut Context, proc: ProcId, caller: Caller) -> usize {
        match self.0.upgrade() {
            Some(program) => program.armed(context, proc, caller),
            None => entry::no_code(),
        }
    }

    fn any_changed(&self) -> bool {
        self.0
            .upgrade()
            .is_some_and(|program| program.any_changed())
    }

    fn changed(&self, module: &str) -> bool {
        self.0
            .upgrade()
            .is_some_and(|program| program.module_changed(module))
    }

    fn last(&self) -> Arc<str> {
        let program = self.0.upgrade();
        let last = |program: Arc<LiveProgram>| {
            let mut last = program.last.lock().unwrap_or_else(PoisonError::into_inner);
            last.text()
        };
        program.map_or_else(|| "".into(), last)
    }

    fn is_new(&self, global: usize) -> bool {
        self.0.upgrade().is_none_or(|program| {
            let fresh = program.fresh.lock().unwrap_or_else(PoisonError::into_inner);
            fresh.as_ref().is_none_or(|fresh| fresh.contains(&global))
        })
    }
}
