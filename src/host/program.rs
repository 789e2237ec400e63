//! A running program, as its host sees it.

use std::cell::Cell;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use rustc_hash::FxHashSet;

use crate::diagnostics::{Diagnostic, Format, render};
use crate::ffi::HostFunctions;
use crate::globals::GlobalEntry;
use crate::mir::{Ids, Module, ProcId};
use crate::patch::{
    Afresh, LiveProgram, ReloadError, ReloadService, Report, Version, failure_records,
};
use crate::runtime::heap::HeapStats;
use crate::runtime::output::Stream;
use crate::runtime::{self, Context, Positions, Runtime};
use crate::sema::typed::Checks;
use crate::source::{Disk, Place, Provider, SourceMap};

use super::error::{Error, Kind, Result};
#[cfg(feature = "watch")]
use super::events;
use super::events::{Event, Feed};
use super::front::{Compiled, Front};
use super::global::{self, Global, GlobalInfo};
use super::handle::{Proc, ProcHandle};
use super::module::HostModule;
use super::options::Options;
use super::policy::{self, OnFailure, Paused};
use super::signature::{Callable, Signature};
use super::value::Guest;
use super::want::Want;

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
    shared: Arc<Shared>,
}

/// What handles and the program share.
pub(super) struct Shared {
    live: Arc<LiveProgram>,
    front: Mutex<Front>,
    /// Counts the versions that have run.
    version: AtomicU64,
    /// Lines of the version that runs.
    lines: Arc<Lines>,
    last: Mutex<Option<Result<Report>>>,
    /// How many reloads there were that had something to do, and how the last one went.
    outcomes: Mutex<(u64, Option<Result<Report>>)>,
    /// Wakes who waits for a reload.
    reloaded: Condvar,
    /// Globals that the next reload which the program makes gives their first value again.
    afresh: Mutex<Afresh>,
    file: PathBuf,
    before: Option<Veto>,
    after: Option<After>,
    /// Of the version that runs, until they are taken.
    warnings: Mutex<Findings>,
    observer: Option<Observer>,
    events: Feed,
    on_failure: OnFailure,
    paused: Paused,
    /// Something that was saved is compiled and waits.
    waiting: AtomicBool,
    /// Somebody compiles what is saved.
    watched: bool,
    /// When sources that nobody watches were looked at.
    looked: Mutex<Option<Instant>>,
    /// For calls from the host.
    time_limit: Option<Duration>,
}

/// A program as far as the machine-independent stages take it.
#[derive(Clone)]
pub struct Lowered {
    /// All modules in the order of initialisation, the main module last.
    pub modules: Vec<Arc<Module>>,
    /// The same before they were optimised: what the interpreter runs, so that it is compared with all that comes after.
    pub unoptimized: Vec<Arc<Module>>,
    /// What the numbers in them stand for.
    pub ids: Arc<Ids>,
    /// Warnings and hints.
    pub warnings: Findings,
}

/// Warnings and hints, with the texts that they are about.
#[derive(Clone, Default)]
pub struct Findings {
    list: Vec<Diagnostic>,
    map: SourceMap,
}

impl Findings {
    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them as text.
    pub fn render(&self, format: Format) -> String {
        render(&self.list, &self.map, format)
    }
}

impl fmt::Debug for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Format::Plain))
    }
}

thread_local! {
    /// The program whose host function runs on this thread, or null.
    static HOST: Cell<*const Runtime> = const { Cell::new(std::ptr::null()) };
}

/// Says that a host function runs; gives what was so before.
///
/// # Safety
/// The context is this thread's.
#[allow(unsafe_code)] // reads the context
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
pub(super) fn leave_host(before: *const Runtime) {
    HOST.set(before);
}

/// How often sources that nobody watches are looked at.
const LOOK: Duration = Duration::from_millis(100);

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

/// How often a thread in the background looks whether a reload is over.
const TURN: Duration = Duration::from_millis(1);

/// Is told of each reload.
type Observer = Box<dyn Fn(&Result<Report>, &Findings) + Send + Sync>;
/// Is told what a reload is going to do, and may refuse it.
type Veto = Box<dyn Fn(&Report) -> std::result::Result<(), String> + Send + Sync>;
/// Is told what a reload has done, before the program goes on.
type After = Box<dyn Fn(&Report) + Send + Sync>;
/// Takes what the program prints.
type Sink = Box<dyn FnMut(Stream, &[u8]) + Send>;

/// How a program is to be compiled and run. See [`Program::builder`].
#[derive(Default)]
pub struct Builder {
    options: Options,
    provider: Option<Arc<dyn Provider>>,
    sink: Option<Sink>,
    observer: Option<Observer>,
    afresh: Afresh,
    hosts: Vec<HostModule>,
    on_failure: OnFailure,
    time_limit: Option<Duration>,
    keep_faults: bool,
    #[cfg(feature = "watch")]
    watch: bool,
    before: Option<Veto>,
    after: Option<After>,
}

impl Builder {
    /// Takes all of `options`, in place of what was set before.
    pub fn options(mut self, options: Options) -> Builder {
        self.options = options;
        self
    }

    /// Gives the program a module of host functions to import.
    pub fn host_module(mut self, module: HostModule) -> Builder {
        self.hosts.push(module);
        self
    }

    /// Looks for modules in `path` too, after the importing file's own folder.
    pub fn path(mut self, path: impl Into<PathBuf>) -> Builder {
        self.options.path(path);
        self
    }

    /// `-d:name`: `defined(name)` holds in the program. `danger` turns all checks off.
    pub fn define(mut self, name: &str) -> Builder {
        self.options.define(name, None);
        self
    }

    /// `-d:name:value`, for constants with `{.intdefine.}` and the like.
    pub fn define_value(mut self, name: &str, value: &str) -> Builder {
        self.options.define(name, Some(value));
        self
    }

    /// Turns all run-time checks on (as they are by default) or off.
    pub fn checks(mut self, on: bool) -> Builder {
        self.options.checks = if on { Checks::ON } else { Checks::OFF };
        self
    }

    /// What the program sees as its command line, without its own name.
    pub fn args<S: Into<String>>(mut self, args: impl IntoIterator<Item = S>) -> Builder {
        self.options.args = args.into_iter().map(Into::into).collect();
        self
    }

    /// Reads modules from `provider` and not from the disk.
    pub fn provider(mut self, provider: impl Provider + 'static) -> Builder {
        self.provider = Some(Arc::new(provider));
        self
    }

    /// Allows every reload to give up the values of some globals: those of [`Afresh::reset`] where their types have changed,
    /// those of [`Afresh::reinit`] where their initialisers have.
    pub fn afresh(mut self, afresh: Afresh) -> Builder {
        self.afresh = afresh;
        self
    }

    /// Gives what the program prints to `sink`. An empty text is a flush.
    pub fn output(mut self, sink: impl FnMut(Stream, &[u8]) + Send + 'static) -> Builder {
        self.sink = Some(Box::new(sink));
        self
    }

    /// Tells `observer` of each reload that the program or the host asked for, on the thread that reloads, with warnings
    /// about the new version. Not of those that found nothing to do, or the same errors as before.
    pub fn on_reload(
        mut self,
        observer: impl Fn(&Result<Report>, &Findings) + Send + Sync + 'static,
    ) -> Builder {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Sets what becomes of the program when a call fails.
    pub fn on_failure(mut self, policy: OnFailure) -> Builder {
        self.on_failure = policy;
        self
    }

    /// Stops calls from the host that take longer than `limit`, with an exception at the next turn of a loop, up to a quarter of the limit
    /// later. Top-level code may take as long as it likes. Loops cost a load and a branch each round.
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// # use std::time::Duration;
    /// let texts = Texts::new([("logic.nim", "
    /// var rounds*: int
    /// proc update*() =
    ///   while true: inc rounds
    /// ")]);
    /// let builder = Program::builder().provider(texts).time_limit(Duration::from_millis(50));
    /// let program = builder.load("logic.nim")?;
    /// let error = program.proc::<fn()>("logic", "update")?.call().unwrap_err();
    /// assert!(error.is_interrupted());
    /// assert!(program.global::<i64>("logic", "rounds")?.get()? > 0);
    /// # Ok::<(), midair::Error>(())
    /// ```
    pub fn time_limit(mut self, limit: Duration) -> Builder {
        self.options.interruptible = true;
        self.time_limit = Some(limit);
        self
    }

    /// Wild accesses of guest code (through `cast`, `ptr` or C) end the call with an error, as by default, or go to whoever handled
    /// such signals before. Accesses outside of guest code always do.
    pub fn catch_faults(mut self, on: bool) -> Builder {
        self.keep_faults = !on;
        self
    }

    /// Watches the files of the program and compiles what is saved on a thread in the background, from its start on. The host applies it
    /// when it likes: see [`Program::reload_if_changed`] and [`Program::events`].
    #[cfg(feature = "watch")]
    pub fn watch(mut self, on: bool) -> Builder {
        self.watch = on;
        self
    }

    /// Asks `handler` before each reload, when other threads are out of the program and nothing has been done yet: before the
    /// program's own *before* handlers. It gets what the reload is going to do (modules, procs, globals; what only turns
    /// out on the way is empty) and may call the program, in its old code. On the thread that reloads. Its error is a veto:
    /// the program goes on as it was, until its sources change again.
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// let texts = Texts::new([("main.nim", "var score = 1")]);
    /// let program = Program::builder()
    ///     .provider(texts.clone())
    ///     .before_reload(|report| match report.globals_gone.is_empty() {
    ///         true => Ok(()),
    ///         false => Err("a global would be lost".into()),
    ///     })
    ///     .load("main.nim")?;
    /// texts.set("main.nim", "echo 1");
    /// assert!(program.reload().is_err());
    /// # Ok::<(), midair::Error>(())
    /// ```
    pub fn before_reload(
        mut self,
        handler: impl Fn(&Report) -> std::result::Result<(), String> + Send + Sync + 'static,
    ) -> Builder {
        self.before = Some(Box::new(handler));
        self
    }

    /// Tells `handler` of each reload that was made, after the program's own *after* handlers, while other threads are still
    /// kept out. It may call the program, in its new code. On the thread that reloads.
    pub fn after_reload(mut self, handler: impl Fn(&Report) + Send + Sync + 'static) -> Builder {
        self.after = Some(Box::new(handler));
        self
    }

    /// Compiles the program with the main module `file`, and runs the top-level code of all its modules.
    ///
    /// # Errors
    /// When it has errors, or its top-level code raises or quits.
    pub fn load(self, file: impl AsRef<Path>) -> Result<Program> {
        let program = self.compile(file)?;
        program.start()?;
        Ok(program)
    }

    /// Checks and lowers the program with the main module `file`, and makes no machine code: for tools.
    ///
    /// # Errors
    /// When it has errors.
    pub fn lower(mut self, file: impl AsRef<Path>) -> Result<Lowered> {
        self.install_hosts();
        let mut front = self.front(file.as_ref());
        let compiled = front.compile().map_err(|failure| failure.error)?;
        let compiled = compiled.expect("nothing was compiled before");
        Ok(Lowered {
            modules: compiled.modules,
            unoptimized: compiled.lowered,
            ids: front.ids().clone(),
            warnings: Findings {
                list: compiled.warnings,
                map: compiled.map,
            },
        })
    }

    /// What a reload from the version of the program in the folder `old` to the one with the main module `file` would do, a
    /// fact a line. Nothing of either runs. A module of the old version stands at the same place in `old` as that of the
    /// new in the folder of `file`.
    ///
    /// # Errors
    /// When either has errors, or the new one could not replace the old.
    pub fn plan_against(
        self,
        old: impl AsRef<Path>,
        file: impl AsRef<Path>,
    ) -> Result<Vec<String>> {
        super::against::plan(self.provider, &self.options, old.as_ref(), file.as_ref())
    }

    /// Writes the [interfaces](HostModule::interface) of the host's modules into a directory, `engine.nim` for the module `engine`, for
    /// editors and the real Nim. Files that say the same already are not touched. Gives all paths.
    ///
    /// Without a change to the host, `midair bindings DIR -- COMMAND` does it: it runs the command with the environment variable
    /// `MIDAIR_BINDINGS`, with which [`Builder::compile`] and [`Builder::load`] write the interfaces to that directory and give an
    /// error that says so.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write_interfaces(&self, dir: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
        let write = |module: &HostModule| {
            let path = dir.as_ref().join(module.name()).with_extension("nim");
            let text = module.interface();
            if std::fs::read(&path).is_ok_and(|known| known == text.as_bytes()) {
                return Ok(path);
            }
            let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
            let written = made.and_then(|()| std::fs::write(&path, text));
            written.map(|()| path.clone()).map_err(|error| {
                Error::new(Kind::System(format!(
                    "cannot write {}: {error}",
                    path.display()
                )))
            })
        };
        self.hosts.iter().map(write).collect()
    }

    /// What `midair bindings` asks for, if it does.
    fn bindings_only(&self) -> Result<()> {
        let Some(dir) = std::env::var_os("MIDAIR_BINDINGS") else {
            return Ok(());
        };
        let written = self.write_interfaces(dir)?;
        let paths: Vec<String> = written
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        let text = format!(
            "wrote {} and run nothing, as MIDAIR_BINDINGS says",
            paths.join(", ")
        );
        Err(Error::new(Kind::System(text)))
    }

    /// The functions of the host's modules, whose texts the front finds from now on.
    fn install_hosts(&mut self) -> HostFunctions {
        let mut functions = HostFunctions::default();
        for module in self.hosts.drain(..) {
            module.install(&mut self.options.search.hosts, &mut functions);
        }
        functions
    }

    fn front(&self, file: &Path) -> Front {
        let provider = self.provider.clone().unwrap_or_else(|| Arc::new(Disk));
        Front::new(provider, &self.options, file.to_owned())
    }

    /// Compiles the program with the main module `file`. Nothing of it runs before [`Program::start`].
    ///
    /// # Errors
    /// When it has errors.
    pub fn compile(mut self, file: impl AsRef<Path>) -> Result<Program> {
        let file = file.as_ref();
        self.bindings_only()?;
        let hosts = self.install_hosts();
        let mut front = self.front(file);
        let compiled = front.compile().map_err(|failure| failure.error)?;
        let warnings = compiled.map(|compiled| Findings {
            list: compiled.warnings,
            map: compiled.map,
        });
        let mut args = vec![file.display().to_string()];
        args.extend(self.options.args);
        let options = runtime::Options {
            args,
            hosts,
            catch_faults: !self.keep_faults,
            ..runtime::Options::default()
        };
        let runtime = Runtime::new(front.ids().clone(), options);
        let runtime = runtime.map_err(|error| Error::new(Kind::System(error.to_string())))?;
        runtime.output().redirect(self.sink);
        let lines = Arc::new(Lines::default());
        runtime.set_positions(lines.clone());
        let live = front.make_live(runtime, self.options.interruptible)?;
        live.set_standing(self.afresh);
        let shared = Arc::new(Shared {
            live,
            front: Mutex::new(front),
            version: AtomicU64::new(0),
            lines,
            last: Mutex::new(None),
            outcomes: Mutex::new((0, None)),
            reloaded: Condvar::new(),
            afresh: Mutex::default(),
            file: file.to_owned(),
            before: self.before,
            after: self.after,
            warnings: Mutex::new(warnings.unwrap_or_default()),
            observer: self.observer,
            events: Feed::default(),
            on_failure: self.on_failure,
            paused: Paused::default(),
            waiting: AtomicBool::new(false),
            watched: {
                #[cfg(feature = "watch")]
                let watched = self.watch;
                #[cfg(not(feature = "watch"))]
                let watched = false;
                watched
            },
            looked: Mutex::new(None),
            time_limit: self.time_limit,
        });
        shared
            .live
            .set_service(Arc::new(Service(Arc::downgrade(&shared))));
        let owner: Weak<Shared> = Arc::downgrade(&shared);
        shared.runtime().set_owner(owner);
        Ok(Program { shared })
    }
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

    /// The status that the program has set for its end (`programResult`); 0 when it has set none.
    pub fn exit_status(&self) -> i32 {
        self.shared.live.program_result()
    }

    /// A handle of the proc `name` of the module `module` (its name as in `import`: `logic`, `gfx/sprites`). Where several procs have
    /// the name, it is the one whose signature fits.
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
        self.shared.finished(&outcome)
    }

    /// For once a frame: reloads when something that was saved waits to be applied, and says what that was. While nothing waits it costs
    /// a few nanoseconds. With [`Builder::watch`] what is saved is compiled in the background; without it, this looks at the
    /// sources at most ten times a second.
    ///
    /// # Errors
    /// As [`Program::reload`]; each change is tried once.
    pub fn reload_if_changed(&self) -> Result<Option<Report>> {
        if !self.shared.is_waiting() {
            return Ok(None);
        }
        let report = self.reload()?;
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

    /// The error of the call that paused the program, if one did and no reload has succeeded since. See [`OnFailure::Pause`].
    pub fn paused(&self) -> Option<Error> {
        self.shared.paused.error()
    }

    /// Lets a paused program go on without a reload.
    pub fn resume(&self) {
        self.shared.paused.set(None);
    }

    /// Stops all calls that are going on, as at a time limit, each at the next turn of a loop. Without effect unless
    /// [`Builder::time_limit`] was set or [`Options::interruptible`]. For another thread.
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
        done.map_err(|error| Error::of_restart(&error))?;
        self.shared.paused.set(None);
        Ok(())
    }

    /// How many reloads there were that had something to do, also those that failed.
    pub fn reloads(&self) -> u64 {
        lock(&self.shared.outcomes).0
    }

    /// How the last reload went that had something to do.
    pub fn last_reload(&self) -> Option<Result<Report>> {
        lock(&self.shared.outcomes).1.clone()
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
        outcomes.1.clone()
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
        lock(&self.shared.last).take()
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

    /// Compiles what has changed, so that the next reload only has to apply it. For a thread in the background.
    ///
    /// # Errors
    /// When the new sources have errors; a later [`Program::reload`] gives the same ones.
    pub fn prepare(&self) -> Result<bool> {
        let compiled = self.shared.idle_front().compile();
        compiled
            .map(|compiled| compiled.is_some())
            .map_err(|failure| failure.error)
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
                    Ok(Some(_)) => front.own_modules(),
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

impl Shared {
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
            Ok(Some(_)) => {
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
    fn is_waiting(&self) -> bool {
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

    pub(super) fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    fn front(&self) -> MutexGuard<'_, Front> {
        lock(&self.front)
    }

    /// The front when no reload is applying what it made.
    fn idle_front(&self) -> MutexGuard<'_, Front> {
        loop {
            let front = self.front();
            if !front.is_applying() {
                return front;
            }
            drop(front);
            std::thread::sleep(TURN);
        }
    }

    fn start(&self) -> Result<()> {
        let modules = {
            let mut front = self.front();
            let Some(compiled) = front.accept() else {
                return Ok(()); // it was started before
            };
            self.lines.set(compiled.map);
            compiled.modules
        };
        self.version.fetch_add(1, Ordering::AcqRel);
        self.live
            .load(&modules)
            .map_err(|error| Error::of_reload(&error))
            .map(drop)
    }

    /// Takes in how a reload went, and tells who wants to know.
    fn finished(&self, outcome: &std::result::Result<Report, ReloadError>) -> Result<Report> {
        let mut findings = Findings::default();
        let (result, news) = match outcome {
            Ok(report) if !report.changed => return Ok(report.clone()),
            Ok(report) => {
                if let Some(Compiled { warnings, map, .. }) = self.front().accept() {
                    self.lines.set(map.clone());
                    findings = Findings {
                        list: warnings,
                        map,
                    };
                    *lock(&self.warnings) = findings.clone();
                }
                self.version.fetch_add(1, Ordering::AcqRel);
                self.paused.set(None);
                (Ok(report.clone()), true)
            }
            Err(error) => {
                let mut front = self.front();
                let failure = front.failed(error);
                if !matches!(error, ReloadError::Nested) {
                    self.lines.set(front.sources().map.clone());
                }
                drop(front);
                (Err(failure.error), !failure.known)
            }
        };
        self.live.set_last_reload(match &result {
            Ok(report) => report.to_records(),
            Err(error) => failure_records(&error.to_string(), error.is_waiting()),
        });
        if news {
            self.events.tell(|| match &result {
                Ok(report) => Event::Reloaded(report.clone()),
                Err(error) => Event::NotReloaded(error.clone()),
            });
        }
        if news && let Some(observer) = &self.observer {
            observer(&result, &findings);
        }
        *lock(&self.last) = Some(result.clone());
        let mut outcomes = lock(&self.outcomes);
        *outcomes = (outcomes.0 + 1, Some(result.clone()));
        drop(outcomes);
        self.reloaded.notify_all();
        result
    }

    /// Looks up a proc by name and signature.
    pub(super) fn find(
        &self,
        module: &str,
        name: &str,
        params: &[Want],
        result: Want,
    ) -> Result<ProcId> {
        let proc = self.front().find(module, name, params, result)?;
        self.live.add_entry(proc);
        Ok(proc)
    }

    /// May the thread run handlers now?
    #[allow(unsafe_code)] // reads the context
    fn may_reload(&self) -> Result<()> {
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
    pub(super) unsafe fn ended(&self, context: *mut Context) -> Result<()> {
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
    fn has_failed(&self, error: &Error) {
        match self.on_failure {
            OnFailure::Report => {}
            OnFailure::Pause => {
                self.paused.set(Some(error.clone()));
                self.events.tell(|| Event::Paused(error.clone()));
            }
            OnFailure::GoBack => self.go_back(error),
        }
    }

    /// Puts the version before the last reload back.
    fn go_back(&self, error: &Error) {
        let Some(version) = self.idle_front().previous() else {
            return;
        };
        let outcome = self.live.apply(&version);
        match outcome {
            Ok(report) => {
                if let Some(map) = self.front().went_back(error) {
                    self.lines.set(map);
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

/// The host's side of a reload that the program asks for.
struct Service(Weak<Shared>);

impl ReloadService for Service {
    fn changed(&self) -> bool {
        let shared = self.0.upgrade();
        shared.is_some_and(|shared| shared.front().sources().has_changed())
    }

    fn module_changed(&self, name: &str) -> bool {
        let shared = self.0.upgrade();
        shared.is_some_and(|shared| shared.front().sources().has_module_changed(name))
    }

    fn compile(&self) -> std::result::Result<Option<Version>, Vec<Diagnostic>> {
        let Some(shared) = self.0.upgrade() else {
            return Ok(None);
        };
        // What is wrong is kept by the front, with the texts that it is about; `finished` asks for it.
        let compiled = shared.front().compile_for_reload();
        let compiled = compiled.map_err(|_| Vec::new())?;
        if let Some(compiled) = &compiled {
            // Code of the version that is put in place may raise before it is accepted. Places of the one before stand in
            // the same map.
            shared.lines.set(compiled.map.clone());
        }
        Ok(compiled.map(
            |Compiled {
                 modules, changed, ..
             }| Version { modules, changed },
        ))
    }

    fn named(&self, wanted: &FxHashSet<ProcId>, ran: &FxHashSet<ProcId>) -> FxHashSet<ProcId> {
        let shared = self.0.upgrade();
        shared.map_or_else(FxHashSet::default, |shared| {
            shared.front().named(wanted, ran)
        })
    }

    fn afresh(&self) -> Afresh {
        let shared = self.0.upgrade();
        shared.map_or_else(Afresh::default, |shared| {
            std::mem::take(&mut *lock(&shared.afresh))
        })
    }

    fn before(&self, report: &Report) -> std::result::Result<(), String> {
        let shared = self.0.upgrade();
        match shared.as_ref().and_then(|shared| shared.before.as_ref()) {
            Some(handler) => handler(report),
            None => Ok(()),
        }
    }

    fn after(&self, report: &Report) {
        if let Some(shared) = self.0.upgrade()
            && let Some(handler) = &shared.after
        {
            handler(report);
        }
    }

    fn finished(&self, outcome: &std::result::Result<Report, ReloadError>) {
        if let Some(shared) = self.0.upgrade() {
            // The program learns of it by `take_last_reload` or an observer; `performCodeReload` does not raise.
            let _ = shared.finished(outcome);
        }
    }
}

/// Lines of the version that runs, for traces.
#[derive(Default)]
struct Lines(RwLock<Option<Arc<SourceMap>>>);

impl Lines {
    fn set(&self, map: SourceMap) {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *held = Some(Arc::new(map));
    }
}

impl Positions for Lines {
    fn position(&self, place: Place) -> Option<(String, u32)> {
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let map = held.as_ref()?;
        let path = map.shown(map.path(map.file(place)));
        Some((path.display().to_string(), map.line_col(place).line))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
