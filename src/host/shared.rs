//! What a program and its handles share: the live program, the front, how reloads and calls went.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::{Duration, Instant};

use crate::globals::GlobalEntry;
use crate::mir::{Module, ProcId};
use crate::patch::{Afresh, LiveProgram, ReloadError, Report, failure_records};
use crate::runtime::output::Stream;
use crate::runtime::{Context, Positions, Runtime};
use crate::source::{Place, SourceMap};

use super::builder::{After, Observer, ThreadObserver, Veto};
use super::callback::Left;
use super::error::{Error, Kind, Result};
use super::events::{Event, Feed};
use super::findings::Findings;
use super::front::Front;
use super::lookup::Sought;
use super::policy::{OnFailure, Paused};
use super::program::Program;
use super::want::Want;

/// How often sources that nobody watches are looked at.
const LOOK: Duration = Duration::from_millis(100);

/// How often a thread in the background looks whether a reload is over.
pub(super) const TURN: Duration = Duration::from_millis(1);

/// How a reload went, for everybody who wants to know.
pub(super) type Outcome = Arc<Result<Report>>;

/// What handles and the program share.
pub(super) struct Shared {
    pub(super) live: Arc<LiveProgram>,
    pub(super) front: Mutex<Front>,
    /// Counts the versions that have run.
    pub(super) version: AtomicU64,
    /// Lines of the version that runs.
    pub(super) lines: Arc<Lines>,
    /// How the last reload went, until somebody takes it.
    pub(super) last: Mutex<Option<Outcome>>,
    /// How many reloads there were that had something to do, and how the last one went.
    pub(super) outcomes: Mutex<(u64, Option<Outcome>)>,
    /// Wakes who waits for a reload.
    pub(super) reloaded: Condvar,
    /// Globals that the next reload which the program makes gives their first value again.
    pub(super) afresh: Mutex<Afresh>,
    pub(super) file: PathBuf,
    pub(super) before: Option<Veto>,
    pub(super) after: Option<After>,
    /// Of the version that runs, until they are taken.
    pub(super) warnings: Mutex<Findings>,
    pub(super) observer: Option<Observer>,
    pub(super) thread_observer: Option<ThreadObserver>,
    pub(super) events: Feed,
    pub(super) on_failure: OnFailure,
    pub(super) paused: Paused,
    /// Something that was saved is compiled and waits.
    pub(super) waiting: AtomicBool,
    /// Somebody compiles what is saved.
    pub(super) watched: bool,
    /// When sources that nobody watches were looked at.
    pub(super) looked: Mutex<Option<Instant>>,
    /// For calls from the host.
    pub(super) time_limit: Option<Duration>,
    /// Closures that other threads than their own have dropped.
    pub(super) left: Left,
}

impl Shared {
    #[inline]
    pub(super) fn runtime(&self) -> &Arc<Runtime> {
        self.live.runtime()
    }

    #[cfg(feature = "watch")]
    pub(super) fn events(&self) -> &Feed {
        &self.events
    }

    /// Files whose saving could mean a change.
    #[cfg(feature = "watch")]
    pub(super) fn watched(&self) -> Vec<PathBuf> {
        self.front().watched()
    }

    /// Compiles what was saved, in the background, and says how that went.
    #[cfg(feature = "watch")]
    pub(super) fn compile_saved(&self) {
        let outcome = self.idle_front().compile();
        match outcome {
            Ok(None) => self.waiting.store(false, Ordering::Relaxed),
            Ok(Some(compiled)) => {
                // What is wrong with it the reload says.
                let _ = self.live.prepare(&compiled.version());
                self.waiting.store(true, Ordering::Relaxed);
                self.events.tell(|| Event::Ready);
            }
            Err(failure) => {
                // The next frame is told too.
                self.waiting.store(true, Ordering::Relaxed);
                if !failure.known {
                    self.events.tell(|| Event::Broken(failure.error));
                }
            }
        }
    }

    /// Is there a change to apply?
    pub(super) fn is_waiting(&self) -> bool {
        if self.watched {
            return self.waiting.load(Ordering::Relaxed)
                && self.waiting.swap(false, Ordering::Relaxed);
        }
        let now = Instant::now();
        let mut looked = lock(&self.looked);
        if looked.is_some_and(|before| now - before < LOOK) {
            return false;
        }
        *looked = Some(now);
        drop(looked);
        self.front().has_news()
    }

    /// The globals of the program's own modules, in order of declaration.
    pub(super) fn own_globals(&self) -> Vec<GlobalEntry> {
        let own = self.front().own_modules();
        let modules = self.live.modules();
        let is_own = |module: &&Arc<Module>| own.iter().any(|name| *name == module.name);
        let ids = modules
            .iter()
            .filter(is_own)
            .flat_map(|module| &module.globals);
        let globals = self.runtime().globals();
        ids.filter_map(|global| globals.get(global.id)).collect()
    }

    /// Where a global is, if its type fits.
    pub(super) fn find_global(&self, module: &str, name: &str, want: &Want) -> Result<GlobalEntry> {
        let id = self.front().find_global(module, name, want)?;
        let found = self.runtime().globals().get(id);
        found.ok_or_else(|| {
            let what = format!("value of {module}.{name} yet");
            Error::new(Kind::NotFound {
                what,
                known: Vec::new(),
            })
        })
    }

    /// Does something with the guest's memory while no guest code runs: neither of this thread, which is refused to call any meanwhile,
    /// nor, with `others`, of other threads.
    #[allow(unsafe_code)] // marks the context
    pub(super) fn alone<R>(&self, others: bool, then: impl FnOnce() -> Result<R>) -> Result<R> {
        struct Lent(*mut Context);
        impl Drop for Lent {
            fn drop(&mut self) {
                // SAFETY: the context is this thread's, and the entry is open still.
                unsafe { (*self.0).lent -= 1 };
            }
        }
        let entered = self.runtime().enter();
        let context = entered.context();
        // SAFETY: the context is this thread's.
        unsafe {
            if (*context).lent != 0 {
                return Err(lent());
            }
        }
        let stopped = others.then(|| self.live.stop_others(context));
        let _stopped = stopped
            .transpose()
            .map_err(|error| Error::of_reload(&error))?;
        // SAFETY: as above.
        unsafe { (*context).lent += 1 };
        let _lent = Lent(context);
        then()
    }

    #[inline]
    pub(super) fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    pub(super) fn front(&self) -> MutexGuard<'_, Front> {
        lock(&self.front)
    }

    /// The front when no reload is applying what it made.
    pub(super) fn idle_front(&self) -> MutexGuard<'_, Front> {
        loop {
            let front = self.front();
            if !front.is_applying() {
                return front;
            }
            drop(front);
            std::thread::sleep(TURN);
        }
    }

    pub(super) fn start(&self) -> Result<()> {
        let modules = {
            let mut front = self.front();
            let Some(compiled) = front.accept() else {
                return Ok(()); // it was started before
            };
            self.set_lines(compiled.map.clone());
            compiled.modules.clone()
        };
        self.version.fetch_add(1, Ordering::AcqRel);
        self.live
            .load(&modules)
            .map_err(|error| Error::of_load(&error))
            .map(drop)
    }

    /// Takes in how a reload went, and tells who wants to know.
    pub(super) fn finished(
        &self,
        outcome: std::result::Result<Report, ReloadError>,
    ) -> Result<Report> {
        // Findings where there is news.
        let (outcome, findings) = match outcome {
            Ok(report) if !report.changed => return Ok(report),
            Ok(report) => (Ok(report), Some(self.accepted())),
            Err(error) => {
                let mut front = self.front();
                let failure = front.failed(&error);
                if !matches!(error, ReloadError::Nested) {
                    self.set_lines(Arc::new(front.sources().map.clone()));
                }
                drop(front);
                (Err(failure.error), (!failure.known).then(Findings::default))
            }
        };
        let outcome = Arc::new(outcome);
        let last = outcome.clone();
        self.live.set_last_reload(move || match &*last {
            Ok(report) => report.to_records(),
            Err(error) => failure_records(&error.to_string(), error.is_waiting()),
        });
        if let Some(findings) = findings {
            self.events.tell(|| match &*outcome {
                Ok(report) => Event::Reloaded(report.clone()),
                Err(error) => Event::NotReloaded(error.clone()),
            });
            if let Some(observer) = &self.observer {
                observer(&outcome, &findings);
            }
        }
        *lock(&self.last) = Some(outcome.clone());
        let mut outcomes = lock(&self.outcomes);
        let before = outcomes.1.replace(outcome.clone());
        outcomes.0 += 1;
        drop(outcomes);
        self.reloaded.notify_all();
        self.live.leave(before);
        Result::clone(&outcome)
    }

    /// The version that was compiled last runs now. Gives what was found in it.
    fn accepted(&self) -> Findings {
        let compiled = self.front().accept();
        let findings = compiled.map_or_else(Findings::default, |compiled| {
            self.set_lines(compiled.map.clone());
            let findings = Findings {
                list: compiled.warnings.clone(),
                map: compiled.map.clone(),
            };
            *lock(&self.warnings) = findings.clone();
            self.live.leave(compiled);
            findings
        });
        self.version.fetch_add(1, Ordering::AcqRel);
        self.pause(None);
        findings
    }

    /// Lines of the version that runs from now on.
    fn set_lines(&self, map: Arc<SourceMap>) {
        self.live.leave(self.lines.set(map));
    }

    /// Looks up a proc by name and signature.
    pub(super) fn find(&self, module: &str, name: &str, sought: &Sought<'_>) -> Result<ProcId> {
        let proc = self.front().find(module, name, sought)?;
        self.live.add_entry(proc);
        Ok(proc)
    }

    /// May the thread run handlers now?
    #[allow(unsafe_code)] // reads the context
    pub(super) fn may_reload(&self) -> Result<()> {
        // SAFETY: the context is this thread's.
        match unsafe { (*self.runtime().context()).lent } {
            0 => Ok(()),
            _ => Err(lent()),
        }
    }

    /// May the thread run guest code now?
    #[allow(unsafe_code)] // reads the context
    #[inline]
    pub(super) fn may_call(&self, context: *const Context) -> Result<()> {
        // SAFETY: the context is this thread's.
        if unsafe { (*context).lent } != 0 {
            return Err(lent());
        }
        match self.paused.is() {
            true => self.paused.error().map_or(Ok(()), Err),
            false => Ok(()),
        }
    }

    /// How a call that is over went.
    ///
    /// # Safety
    /// `context` is the current thread's, pinned, and the thread is between two calls of guest code.
    #[allow(unsafe_code)] // passes the contract on
    #[inline]
    pub(super) unsafe fn ended(&self, context: *mut Context) -> Result<()> {
        // SAFETY: by the contract.
        unsafe {
            match (*context).has_returned() {
                true => Ok(()),
                false => self.ended_badly(context),
            }
        }
    }

    /// # Safety
    /// As for [`Shared::ended`].
    #[allow(unsafe_code)] // passes the contract on
    #[cold]
    unsafe fn ended_badly(&self, context: *mut Context) -> Result<()> {
        // SAFETY: by the contract.
        match unsafe { self.live.outcome(context) } {
            Ok(()) => Ok(()),
            Err(error) => {
                let error = Error::of_guest(&error);
                // SAFETY: by the contract.
                if unsafe { (*context).is_outermost() } && error.quit_status().is_none() {
                    self.has_failed(&error);
                }
                Err(error)
            }
        }
    }

    /// A call from outside has failed: does what the policy says.
    #[cold]
    pub(super) fn has_failed(&self, error: &Error) {
        match self.on_failure {
            OnFailure::Report => {}
            OnFailure::Pause => {
                self.pause(Some(error.clone()));
                self.events.tell(|| Event::Paused(error.clone()));
            }
            OnFailure::GoBack => self.go_back(error),
        }
    }

    /// Pauses the program with an error, or lets it go on.
    pub(super) fn pause(&self, error: Option<Error>) {
        self.runtime().refuse_c(error.is_some());
        self.paused.set(error);
    }

    /// A call from C, around which there is no guest code, has failed: nobody but the host is there to be told.
    ///
    /// # Safety
    /// As for [`Shared::ended`].
    #[allow(unsafe_code)] // passes the contract on
    pub(super) unsafe fn failed_from_c(&self, context: *mut Context) {
        // SAFETY: by the contract.
        if let Err(error) = unsafe { self.ended(context) }
            && !self.events.tell(|| Event::Failed(error.clone()))
        {
            let text = format!("Error: {error}\n");
            let output = self.runtime().output();
            output.write(Stream::Stderr, text.as_bytes());
        }
    }

    /// A thread that the program has started failed.
    ///
    /// # Safety
    /// As for [`Shared::ended`].
    #[allow(unsafe_code)] // passes the contract on
    pub(super) unsafe fn thread_failed(self: &Arc<Shared>, context: *mut Context) {
        let Some(observer) = &self.thread_observer else {
            // SAFETY: by the contract.
            return unsafe { self.failed_from_c(context) };
        };
        // SAFETY: by the contract.
        if let Err(error) = unsafe { self.ended(context) } {
            let shared = self.clone();
            observer(&Program { shared }, &error);
        }
    }

    /// Puts the version before the last reload back.
    pub(super) fn go_back(&self, error: &Error) {
        let Some(version) = self.idle_front().previous() else {
            return;
        };
        let outcome = self.live.apply(&version);
        match outcome {
            Ok(report) => {
                if let Some(map) = self.front().went_back(error) {
                    self.set_lines(map);
                }
                self.version.fetch_add(1, Ordering::AcqRel);
                self.events.tell(|| Event::WentBack {
                    error: error.clone(),
                    report: report.clone(),
                });
            }
            Err(why) => {
                let why = Error::of_reload(&why);
                self.events.tell(|| Event::NotReloaded(why));
            }
        }
    }
}

#[cold]
fn lent() -> Error {
    let text = "a host function that has borrowed memory of the program (`&str`, `&[T]`, `&T`) cannot run its code: \
                take `String`, `Vec<T>` or `T` instead";
    Error::new(Kind::Lent(text.into()))
}

thread_local! {
    /// The program whose host function runs on this thread, or null.
    pub(super) static HOST: Cell<*const Runtime> = const { Cell::new(std::ptr::null()) };
}

/// Says that a host function runs; gives what was so before.
///
/// # Safety
/// The context is this thread's.
#[allow(unsafe_code)] // reads the context
#[inline]
pub(super) unsafe fn enter_host(context: *const Context) -> *const Runtime {
    // SAFETY: by the contract.
    HOST.replace(unsafe { (*context).program() })
}

/// Whose program a runtime is.
pub(super) fn weak(runtime: &Runtime) -> Weak<Shared> {
    let owner = runtime
        .owner()
        .and_then(|owner| owner.downcast::<Shared>().ok());
    owner.map_or(Weak::new(), |owner| Arc::downgrade(&owner))
}

/// A host function has returned.
#[inline]
pub(super) fn leave_host(before: *const Runtime) {
    HOST.set(before);
}

/// Lines of the version that runs, for traces.
#[derive(Default)]
pub(super) struct Lines {
    versions: RwLock<Versions>,
    /// How often they were set.
    changes: AtomicU64,
}

#[derive(Default)]
struct Versions {
    /// Of the one that is being put in place.
    comes: Option<Arc<SourceMap>>,
    runs: Option<Arc<SourceMap>>,
    /// Of the one before, which may be put back.
    ran: Option<Arc<SourceMap>>,
}

impl Lines {
    /// This version runs, and none is coming. Gives what is not needed any more.
    fn set(&self, map: Arc<SourceMap>) -> impl Send + 'static {
        let mut held = self
            .versions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let came = held.comes.take();
        let ran = held.runs.replace(map);
        self.changes.fetch_add(1, Ordering::Release);
        (came, std::mem::replace(&mut held.ran, ran))
    }

    /// Code of this version may run before it is accepted.
    pub(super) fn expect(&self, map: Arc<SourceMap>) {
        let mut held = self
            .versions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        held.comes = Some(map);
        self.changes.fetch_add(1, Ordering::Release);
    }
}

impl Positions for Lines {
    fn position(&self, place: Place) -> Option<(String, u32)> {
        let held = self.versions.read().unwrap_or_else(PoisonError::into_inner);
        // What stands in several texts is told as in the newest one, which is the one that people look at.
        let maps = [&held.comes, &held.runs, &held.ran];
        maps.into_iter()
            .flatten()
            .find_map(|map| map.position(place))
    }

    fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    fn now(&self) -> Option<Arc<dyn Positions>> {
        let held = self.versions.read().unwrap_or_else(PoisonError::into_inner);
        let map = held.runs.clone()?;
        Some(map)
    }
}

/// The lines of one version.
impl Positions for SourceMap {
    fn position(&self, place: Place) -> Option<(String, u32)> {
        self.has(place).then(|| {
            let (path, line) = self.shown_line(place);
            (path.display().to_string(), line)
        })
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
