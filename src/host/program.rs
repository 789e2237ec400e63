//! A running program, as its host sees it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

#[cfg(test)]
use crate::patch::LiveProgram;
use crate::patch::{Afresh, Report};
use crate::runtime::heap::HeapStats;
use crate::sema::types::CallConv;

use super::builder::Builder;
use super::cfunction::CFunction;
use super::error::{Error, Kind, Result};
#[cfg(feature = "watch")]
use super::events;
use super::events::Event;
use super::findings::Findings;
use super::global::{self, Global, GlobalInfo};
use super::handle::{Proc, ProcHandle};
use super::lookup::Sought;
use super::policy;
use super::shared::{HOST, Shared, TURN, lock};
use super::signature::{Callable, Signature};
use super::value::Guest;

/// A Nim program, compiled in memory, whose code can be replaced while it runs. Clones are the same program.
///
/// ```
/// use midair::{Program, source::Texts};
///
/// let texts = Texts::new([("logic.nim", "proc twice*(x: int): int = 2 * x")]);
/// let program = Program::builder().provider(texts.clone()).load("logic.nim")?;
/// let twice = program.proc::<fn(i64) -> i64>("logic", "twice")?;
/// assert_eq!(twice.call(21)?, 42);
///
/// texts.set("logic.nim", "proc twice*(x: int): int = x + x + 1");
/// assert!(program.reload()?.changed);
/// assert_eq!(twice.call(21)?, 43);
/// # Ok::<(), midair::Error>(())
/// ```
#[derive(Clone)]
pub struct Program {
    pub(super) shared: Arc<Shared>,
}

/// What a program takes of memory, in bytes, and how many blocks of its heap are in use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Usage {
    /// Blocks of the heap that the program has not freed.
    pub live_blocks: usize,
    /// Memory that the heap has taken from the system.
    pub heap_bytes: usize,
    /// Pages of machine code.
    pub code_bytes: usize,
    /// String literals and other constants, and descriptors of types.
    pub data_bytes: usize,
    /// How many descriptors of types there are.
    pub descriptors: usize,
    /// Storage that variables have had at the same time.
    pub globals_bytes: usize,
}

impl Program {
    /// The start of every program.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Runs the top-level code of all modules, imports first. Once.
    ///
    /// # Errors
    /// When it raises, quits or is abandoned at a fault.
    pub fn start(&self) -> Result<()> {
        self.shared.start()?;
        if let Some(limit) = self.shared.time_limit {
            policy::limit(&self.shared, limit)
                .map_err(|error| Error::new(Kind::System(error.to_string())))?;
        }
        #[cfg(feature = "watch")]
        if self.shared.watched {
            events::watch(&self.shared)?;
        }
        Ok(())
    }

    /// What it runs as.
    #[cfg(test)]
    pub(crate) fn live(&self) -> &Arc<LiveProgram> {
        &self.shared.live
    }

    /// Destroys the program's globals, as Nim does when its main module has come to its end. Nothing of it may be called afterwards.
    ///
    /// # Errors
    /// When a destructor raises.
    pub fn finish(&self) -> Result<()> {
        let ended = self.shared.live.finish();
        ended.map_err(|error| Error::of_guest(&error))
    }

    /// Gives the text of an exception that came out of the program to the handler that the program has set for that
    /// (`onUnhandledException`). False when it has set none, and for errors that are no exceptions.
    ///
    /// # Errors
    /// When the handler raises.
    pub fn tell_unhandled(&self, error: &Error) -> Result<bool> {
        if !error.is_exception() {
            return Ok(false);
        }
        let told = self.shared.live.tell_unhandled(&format!("{error}\n"));
        told.map_err(|error| Error::of_guest(&error))
    }

    /// The status that the program has set for its end (`programResult`); 0 when it has set none.
    pub fn exit_status(&self) -> i32 {
        self.shared.live.program_result()
    }

    /// A handle of the proc `name` of the module `module` (its name as in `import`: `logic`, `gfx/sprites`). Where several procs have
    /// the name, it is the one whose signature fits. `update(float, var int)` names the one with these Nim types, and
    /// `largest[int]` an instance of a generic proc, of those that the program itself uses.
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// let texts = Texts::new([("logic.nim", "
    /// proc largest*[T](a, b: T): T =
    ///   if a < b: b else: a
    /// proc start*() = echo largest(1, 2), largest(1.0, 2.0)
    /// ")]);
    /// let program = Program::builder().provider(texts).load("logic.nim")?;
    /// let largest = program.proc::<fn(i64, i64) -> i64>("logic", "largest[int]")?;
    /// assert_eq!(largest.call(3, 4)?, 4);
    /// # Ok::<(), midair::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such proc, or none with a signature that `F` fits.
    pub fn proc<F>(&self, module: &str, name: &str) -> Result<Proc<F>>
    where
        F: Signature,
        F::Normal: Callable,
    {
        Proc::<F>::new(self.shared.clone(), module, name)
    }

    /// The same where the place for the handle tells the signature, as a field `update: Proc<fn(f64) -> bool>` does.
    ///
    /// # Errors
    /// As [`Program::proc`].
    pub fn handle<N: Callable>(&self, module: &str, name: &str) -> Result<ProcHandle<N>> {
        ProcHandle::new(self.shared.clone(), module, name)
    }

    /// The plain address of a proc with C's calling convention, for engines and C libraries that want one: `F` is an
    /// `unsafe extern "C" fn` of numbers, `bool`, pointers and small structs, the proc is `{.cdecl.}`.
    ///
    /// The address stays the same while the program lives, and a call of it runs the proc as it is then, at half again the price of a call of a
    /// [`Proc`]. What the contract is:
    ///
    /// * Any thread may call it. A call waits while another thread reloads, and keeps a reload waiting while it runs.
    /// * When it fails (an exception, a fault, a time limit), it gives 0, and [`OnFailure`](crate::OnFailure) says what becomes of the program;
    ///   [`Event::Failed`](crate::Event) has the error, which is printed when nobody listens. In a program that is paused it gives
    ///   0 at once. Called by a host function, it gives 0, and guest code goes on with the exception when the host function has returned.
    /// * When a reload has removed the proc or given it another signature, calls fail with a `ReloadError`. Ask for the address of the
    ///   new one.
    /// * It does not keep the program alive: calling it afterwards is undefined behaviour, which is why `F` is `unsafe`.
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// let texts = Texts::new([("logic.nim", "
    /// proc damp*(speed: cdouble, hits: cint): cdouble {.cdecl.} = speed / cdouble(1 + hits)
    /// ")]);
    /// let program = Program::builder().provider(texts.clone()).load("logic.nim")?;
    /// let damp = program.c_function::<unsafe extern "C" fn(f64, i32) -> f64>("logic", "damp")?;
    /// // SAFETY: the program lives.
    /// assert_eq!(unsafe { damp(6.0, 2) }, 2.0);
    ///
    /// texts.set("logic.nim", "proc damp*(speed: cdouble, hits: cint): cdouble {.cdecl.} = speed");
    /// program.reload()?;
    /// // SAFETY: it still does.
    /// assert_eq!(unsafe { damp(6.0, 2) }, 6.0);
    /// # Ok::<(), midair::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Program::proc`], and when the proc has Nim's calling convention.
    pub fn c_function<F: CFunction>(&self, module: &str, name: &str) -> Result<F> {
        let sought = Sought {
            params: F::PARAMS,
            result: F::RESULT,
            conv: CallConv::C,
        };
        let proc = self.shared.find(module, name, &sought)?;
        Ok(F::at(self.shared.runtime().window().c_stub(proc)))
    }

    /// The program whose host function runs on this thread: the innermost, if there are several.
    ///
    /// ```
    /// use midair::{Program, host_module, source::Texts};
    ///
    /// let engine = host_module!("engine", {
    ///     fn reload_now() -> Result<bool, midair::Error> {
    ///         let program = Program::current().expect("guest code has called this");
    ///         Ok(program.reload()?.changed)
    ///     }
    /// });
    /// let texts = Texts::new([("main.nim", "
    /// import engine
    /// proc answer(): int = 1
    /// proc twice*(): int =
    ///   result = answer()
    ///   if reloadNow(): result += answer()
    /// ")]);
    /// let program = Program::builder().provider(texts.clone()).host_module(engine).load("main.nim")?;
    /// let twice = program.proc::<fn() -> i64>("main", "twice")?;
    /// assert_eq!(twice.call()?, 1);
    /// let text = String::from_utf8(midair::source::Provider::read(&texts, "main.nim".as_ref()).unwrap()).unwrap();
    /// texts.set("main.nim", text.replace("int = 1", "int = 10"));
    /// assert_eq!(twice.call()?, 11);
    /// assert!(Program::current().is_none());
    /// # Ok::<(), midair::Error>(())
    /// ```
    #[allow(unsafe_code)] // reads what a host function's entry has set
    pub fn current() -> Option<Program> {
        let program = HOST.get();
        // SAFETY: it is set while a host function runs, which guest code of the program called.
        let owner = unsafe { program.as_ref()?.owner()? };
        let shared = owner.downcast::<Shared>().ok()?;
        Some(Program { shared })
    }

    /// Replaces what has changed since it was loaded, and says what that was. Nothing happens when nothing has.
    ///
    /// Waits for other threads to leave the program. A call that is running on this thread goes on in its old code.
    ///
    /// # Errors
    /// When the new sources have errors, when they cannot take over the values of the old version, or when a handler or an
    /// initialiser raises. The program then goes on as it was.
    pub fn reload(&self) -> Result<Report> {
        self.reload_with(&Afresh::default())
    }

    /// The same, and gives some globals their first value again. What [`Afresh::reinit`] names gets it also when nothing has
    /// changed; what [`Afresh::reset`] names gives its value up where its type has changed, instead of being migrated or
    /// standing in the way.
    ///
    /// ```
    /// use midair::{Afresh, Program, source::Texts};
    ///
    /// let texts = Texts::new([("logic.nim", "var level = 3\nproc get*(): int = level")]);
    /// let program = Program::builder().provider(texts.clone()).load("logic.nim")?;
    /// let get = program.proc::<fn() -> i64>("logic", "get")?;
    ///
    /// texts.set("logic.nim", "var level = 5\nproc get*(): int = level");
    /// program.reload()?;
    /// assert_eq!(get.call()?, 3);
    ///
    /// let reinit = vec!["logic.level".to_owned()];
    /// program.reload_with(&Afresh { reinit, ..Afresh::default() })?;
    /// assert_eq!(get.call()?, 5);
    /// # Ok::<(), midair::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`Program::reload`], and when there is no global with such a name.
    pub fn reload_with(&self, afresh: &Afresh) -> Result<Report> {
        self.shared.may_reload()?;
        if *afresh != Afresh::default() {
            self.shared.front().retry();
        }
        let outcome = self.shared.live.reload_with(afresh);
        self.shared.finished(outcome)
    }

    /// For once a frame: reloads when something that was saved waits to be applied, and says what that was. While nothing waits it costs
    /// a few nanoseconds. With [`Builder::watch`] what is saved is compiled in the background; without it, this looks at the
    /// sources at most ten times a second. With a watcher a frame pays for the exchange alone.
    ///
    /// # Errors
    /// As [`Program::reload`]; each change is tried once.
    pub fn reload_if_changed(&self) -> Result<Option<Report>> {
        if !self.shared.is_waiting() {
            return Ok(None);
        }
        // What is saved from now on is told again.
        self.shared.front().trust(self.shared.watched);
        let report = self.reload();
        self.shared.front().trust(false);
        let report = report?;
        Ok(report.changed.then_some(report))
    }

    /// What happens to the program from now on: saves, reloads, failures under a policy. Each receiver gets everything; drop it to
    /// unsubscribe.
    ///
    /// ```
    /// # use midair::{Event, Program, source::Texts};
    /// # let texts = Texts::new([("logic.nim", "proc one*(): int = 1")]);
    /// # let program = Program::builder().provider(texts.clone()).load("logic.nim")?;
    /// let events = program.events();
    /// texts.set("logic.nim", "proc one*(): int = 11");
    /// program.reload()?;
    /// assert!(matches!(events.try_recv(), Ok(Event::Reloaded(report)) if report.changed));
    /// # Ok::<(), midair::Error>(())
    /// ```
    pub fn events(&self) -> Receiver<Event> {
        self.shared.events.subscribe()
    }

    /// The error of the call that paused the program, if one did and no reload has succeeded since. See [`OnFailure::Pause`](crate::OnFailure).
    pub fn paused(&self) -> Option<Error> {
        self.shared.paused.error()
    }

    /// Lets a paused program go on without a reload.
    pub fn resume(&self) {
        self.shared.pause(None);
    }

    /// Stops all calls that are going on, as at a time limit, each at the next turn of a loop. Without effect unless
    /// [`Builder::time_limit`] was set or [`Options::interruptible`](crate::Options::interruptible). For another thread.
    pub fn interrupt(&self) {
        self.shared.runtime().threads().interrupt();
    }

    /// A handle of the global `name` of a module, which need not be exported.
    ///
    /// # Errors
    /// When there is none, or its type does not fit `T`.
    pub fn global<T: Guest>(&self, module: &str, name: &str) -> Result<Global<T>> {
        Global::new(self.shared.clone(), module, name)
    }

    /// All globals of the program's own modules with their values, for a debug overlay.
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// # let texts = Texts::new([("logic.nim", "var speed = 1.5\nlet names = @[\"a\", \"b\"]\n")]);
    /// # let program = Program::builder().provider(texts).load("logic.nim")?;
    /// let shown: Vec<String> = program.globals()?.iter().map(|g| format!("{}: {} = {}", g.name, g.ty, g.value)).collect();
    /// assert_eq!(shown, ["logic.speed: float = 1.5", "logic.names: seq[string] = @[\"a\", \"b\"]"]);
    /// # Ok::<(), midair::Error>(())
    /// ```
    ///
    /// # Errors
    /// When another thread stays in the program.
    pub fn globals(&self) -> Result<Vec<GlobalInfo>> {
        global::list(&self.shared)
    }

    /// Gives globals, named `module.name`, their first value again, as if they were new, and reloads what has changed:
    /// [`Program::reload_with`] in short.
    ///
    /// # Errors
    /// As for [`Program::reload_with`].
    pub fn reinit(&self, names: &[&str]) -> Result<Report> {
        let reinit = names.iter().map(|name| (*name).to_owned()).collect();
        self.reload_with(&Afresh {
            reinit,
            ..Afresh::default()
        })
    }

    /// Starts the program's state afresh, in the version that is loaded: all globals are destroyed, and all top-level code runs again. Code,
    /// handles and everything of the host's stay.
    ///
    /// # Errors
    /// When anything of the program is running, and when top-level code raises.
    pub fn restart(&self) -> Result<()> {
        let done = self.shared.live.restart();
        done.map_err(|error| Error::of_load(&error))?;
        self.shared.pause(None);
        Ok(())
    }

    /// How many reloads there were that had something to do, also those that failed.
    pub fn reloads(&self) -> u64 {
        lock(&self.shared.outcomes).0
    }

    /// How the last reload went that had something to do.
    pub fn last_reload(&self) -> Option<Result<Report>> {
        lock(&self.shared.outcomes).1.as_deref().cloned()
    }

    /// Waits until there were more than `after` [reloads](Program::reloads), and gives how the last went; `None` when there is
    /// none in time.
    pub fn wait_for_reload(&self, after: u64, patience: Duration) -> Option<Result<Report>> {
        let end = Instant::now() + patience;
        let mut outcomes = lock(&self.shared.outcomes);
        while outcomes.0 <= after {
            let left = end.checked_duration_since(Instant::now())?;
            let waited = self.shared.reloaded.wait_timeout(outcomes, left);
            outcomes = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        outcomes.1.as_deref().cloned()
    }

    /// What the program takes of memory, code and constants counted.
    pub fn usage(&self) -> Usage {
        let runtime = self.shared.runtime();
        let heap = runtime.heap().stats();
        Usage {
            live_blocks: heap.live_blocks,
            heap_bytes: heap.committed_bytes,
            code_bytes: runtime.code().used(),
            data_bytes: runtime.data().bytes(),
            descriptors: runtime.descs().count(),
            globals_bytes: runtime.globals().bytes(),
        }
    }

    /// The main module's file, as it was given.
    pub fn file(&self) -> &Path {
        &self.shared.file
    }

    /// Names of the program's own modules, sorted.
    pub fn modules(&self) -> Vec<Arc<str>> {
        let mut names = self.shared.front().own_modules();
        names.sort();
        names
    }

    /// Can the program ask for a reload: does one of its modules import `std/hotcodereloading`?
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// let texts = Texts::new([("main.nim", "import std/hotcodereloading\nproc step*() = performCodeReload()")]);
    /// assert!(Program::builder().provider(texts).load("main.nim")?.reloads_itself());
    /// # Ok::<(), midair::Error>(())
    /// ```
    pub fn reloads_itself(&self) -> bool {
        self.shared.front().reloads_itself()
    }

    /// What a reload that finds nothing to do gives: the error of the sources as they are, or an empty report.
    ///
    /// # Errors
    /// When the sources have errors.
    pub fn unchanged(&self) -> Result<Report> {
        let compiled = self.shared.idle_front().compile();
        compiled
            .map(|_| Report::default())
            .map_err(|failure| failure.error)
    }

    /// Do the sources differ from what is loaded? True also if they have errors.
    pub fn changed(&self) -> bool {
        self.shared.front().sources().has_changed()
    }

    /// How the last reload went, whoever asked for it, unless it was taken before.
    pub fn take_last_reload(&self) -> Option<Result<Report>> {
        lock(&self.shared.last).take().map(Arc::unwrap_or_clone)
    }

    /// Warnings and hints about the version that was compiled last, unless they were taken before.
    pub fn take_warnings(&self) -> Findings {
        std::mem::take(&mut *lock(&self.shared.warnings))
    }

    /// How much of its memory the program uses now.
    pub fn memory(&self) -> HeapStats {
        self.shared.runtime().heap().stats()
    }

    /// Files whose saving could mean a change, for a file watcher.
    pub fn watched_files(&self) -> Vec<PathBuf> {
        self.shared.front().watched()
    }

    /// Compiles what has changed, so that the next reload only has to apply it. For a thread in the background. False when nothing
    /// has changed.
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// let texts = Texts::new([("logic.nim", "proc answer*(): int = 41")]);
    /// let program = Program::builder().provider(texts.clone()).load("logic.nim")?;
    /// texts.set("logic.nim", "proc answer*(): int = 42");
    /// let ahead = program.clone();
    /// assert!(std::thread::spawn(move || ahead.prepare()).join().unwrap()?);
    /// assert_eq!(program.proc::<fn() -> i64>("logic", "answer")?.call()?, 41);
    /// assert!(program.reload()?.changed);
    /// assert_eq!(program.proc::<fn() -> i64>("logic", "answer")?.call()?, 42);
    /// # Ok::<(), midair::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the new sources have errors; a later [`Program::reload`] gives the same ones.
    pub fn prepare(&self) -> Result<bool> {
        let compiled = self.shared.idle_front().compile();
        let compiled = compiled.map_err(|failure| failure.error)?;
        let Some(compiled) = compiled else {
            return Ok(false);
        };
        // What is wrong with it the reload says.
        let _ = self.shared.live.prepare(&compiled.version());
        Ok(true)
    }

    /// Compiles what has changed and has the program take it over by itself: at the next call that its main module makes into
    /// one of its modules, or that the host makes on the thread that loaded it, or when a reload is asked for before that.
    /// False when nothing has changed. For a thread in the background.
    ///
    /// # Errors
    /// When the new sources have errors that no call has given yet. What was waiting before is forgotten.
    pub fn arm(&self) -> Result<bool> {
        self.arm_with(&Afresh::default())
    }

    /// The same, and gives some globals their first value again, also when nothing has changed: see [`Program::reload_with`].
    ///
    /// # Errors
    /// As for [`Program::arm`].
    pub fn arm_with(&self, afresh: &Afresh) -> Result<bool> {
        let asked = *afresh != Afresh::default();
        if asked {
            *lock(&self.shared.afresh) = afresh.clone();
            self.shared.idle_front().retry();
        }
        loop {
            let modules = {
                let mut front = self.shared.idle_front();
                match front.compile() {
                    Ok(Some(compiled)) => {
                        let own = front.own_modules();
                        drop(front);
                        // What is wrong with it the reload says.
                        let _ = self.shared.live.prepare(&compiled.version());
                        own
                    }
                    Ok(None) if asked => front.own_modules(),
                    outcome => {
                        std::mem::take(&mut *lock(&self.shared.afresh));
                        let news = outcome.err().and_then(|_| front.take_news());
                        drop(front);
                        self.shared.live.disarm();
                        return news.map_or(Ok(false), Err);
                    }
                }
            };
            let armed = self.shared.live.arm(&modules);
            if armed.map_err(|error| Error::of_reload(&error))? {
                return Ok(true);
            }
            // A reload is going on that may have begun before the change.
            std::thread::sleep(TURN);
        }
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Program")
            .field("version", &self.shared.version())
            .finish_non_exhaustive()
    }
}
