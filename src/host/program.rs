//! A running program, as its host sees it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::Duration;

use crate::diagnostics::{Diagnostic, Format, render};
use crate::mir::{Ids, Module, ProcId};
use crate::patch::{Afresh, LiveProgram, ReloadError, ReloadService, Report, Version};
use crate::runtime::output::Stream;
use crate::runtime::{self, Context, Positions, Runtime};
use crate::sema::typed::Checks;
use crate::source::{Disk, Place, Provider, SourceMap};

use super::error::{Error, Kind, Result};
use super::front::{Compiled, Front};
use super::handle::{Proc, Signature};
use super::options::Options;
use super::value::Want;

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
    /// Of the version that runs, until they are taken.
    warnings: Mutex<Findings>,
    observer: Option<Observer>,
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

/// How often a thread in the background looks whether a reload is over.
const TURN: Duration = Duration::from_millis(1);

/// Is told of each reload.
type Observer = Box<dyn Fn(&Result<Report>, &Findings) + Send + Sync>;
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
}

impl Builder {
    /// Takes all of `options`, in place of what was set before.
    pub fn options(mut self, options: Options) -> Builder {
        self.options = options;
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
    pub fn lower(self, file: impl AsRef<Path>) -> Result<Lowered> {
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

    fn front(&self, file: &Path) -> Front {
        let provider = self.provider.clone().unwrap_or_else(|| Arc::new(Disk));
        Front::new(provider, &self.options, file.to_owned())
    }

    /// Compiles the program with the main module `file`. Nothing of it runs before [`Program::start`].
    ///
    /// # Errors
    /// When it has errors.
    pub fn compile(self, file: impl AsRef<Path>) -> Result<Program> {
        let file = file.as_ref();
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
            warnings: Mutex::new(warnings.unwrap_or_default()),
            observer: self.observer,
        });
        shared
            .live
            .set_service(Arc::new(Service(Arc::downgrade(&shared))));
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
        self.shared.start()
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
    pub fn proc<F: Signature>(&self, module: &str, name: &str) -> Result<Proc<F>> {
        Proc::new(self.shared.clone(), module, name)
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
        if *afresh != Afresh::default() {
            self.shared.front().retry();
        }
        let outcome = self.shared.live.reload_with(afresh);
        self.shared.finished(&outcome)
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
        loop {
            let modules = {
                let mut front = self.shared.idle_front();
                match front.compile() {
                    Ok(Some(_)) => front.own_modules(),
                    outcome => {
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
                (Ok(report.clone()), true)
            }
            Err(error) => {
                let failure = self.front().failed(error);
                (Err(failure.error), !failure.known)
            }
        };
        if news && let Some(observer) = &self.observer {
            observer(&result, &findings);
        }
        *lock(&self.last) = Some(result.clone());
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
        self.front().find(module, name, params, result)
    }

    /// How a call that is over went.
    ///
    /// # Safety
    /// `context` is the current thread's, pinned, and the thread is between two calls of guest code.
    #[allow(unsafe_code)] // passes the contract on
    pub(super) unsafe fn ended(&self, context: *mut Context) -> Result<()> {
        // SAFETY: by the contract.
        unsafe { self.live.outcome(context) }.map_err(|error| Error::of_guest(&error))
    }
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
