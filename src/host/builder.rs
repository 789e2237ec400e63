//! How a program is to be compiled and run, up to the point where it runs.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::sync::{Arc, Condvar, Mutex, Weak};
use std::time::Duration;

use crate::ffi::HostFunctions;
use crate::mir::{Ids, Module};
use crate::patch::{Afresh, Report};
use crate::runtime::output::Stream;
use crate::runtime::{self, Runtime};
use crate::sema::typed::Checks;
use crate::source::{Disk, Provider};

use super::callback::Left;
use super::error::{Error, Kind, Result};
use super::events::Feed;
use super::findings::Findings;
use super::front::Front;
use super::module::HostModule;
use super::options::Options;
use super::policy::{OnFailure, Paused};
use super::program::Program;
use super::progress::{Listener, Progress, Reporter};
use super::service::Service;
use super::shared::{Lines, Shared};

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

/// Is told of each reload.
pub(super) type Observer = Box<dyn Fn(&Result<Report>, &Findings) + Send + Sync>;
/// Is told of what comes out of a thread of the program.
pub(super) type ThreadObserver = Box<dyn Fn(&Program, &Error) + Send + Sync>;
/// Is told what a reload is going to do, and may refuse it.
pub(super) type Veto = Box<dyn Fn(&Report) -> std::result::Result<(), String> + Send + Sync>;
/// Is told what a reload has done, before the program goes on.
pub(super) type After = Box<dyn Fn(&Report) + Send + Sync>;
/// Takes what the program prints.
type Sink = Box<dyn FnMut(Stream, &[u8]) + Send>;

/// How a program is to be compiled and run. See [`Program::builder`].
#[derive(Default)]
pub struct Builder {
    options: Options,
    provider: Option<Arc<dyn Provider>>,
    sink: Option<Sink>,
    observer: Option<Observer>,
    thread_observer: Option<ThreadObserver>,
    afresh: Afresh,
    hosts: Vec<HostModule>,
    on_failure: OnFailure,
    time_limit: Option<Duration>,
    patience: Option<Duration>,
    keep_faults: bool,
    #[cfg(feature = "watch")]
    watch: bool,
    before: Option<Veto>,
    after: Option<After>,
    progress: Option<Listener>,
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

    /// Tells `observer` of what comes out of a thread that the program has started (`createThread`, `spawn`), on that thread: an
    /// exception that it did not handle, a fault, or `quit` ([`Error::quit_status`]). The thread is over then; the rest of the program
    /// goes on unless `observer` ends the process, as `midair run` does. Without one it is an
    /// [`Event::Failed`](super::events::Event), or a line on standard error where nobody listens.
    pub fn on_thread_failure(
        mut self,
        observer: impl Fn(&Program, &Error) + Send + Sync + 'static,
    ) -> Builder {
        self.thread_observer = Some(Box::new(observer));
        self
    }

    /// Tells `listener` how far the first load is, for a bar while a large program starts: for each module that is found, parsed and
    /// checked, and each proc that is compiled. On whichever thread that happens, one call at a time, and none after
    /// [`Builder::load`] has returned. It shall be quick, and not panic: then it is not called again.
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// # use std::sync::{Arc, Mutex};
    /// let texts = Texts::new([("main.nim", "import shapes\necho area(2, 3)"), ("shapes.nim", "proc area*(w, h: int): int = w * h")]);
    /// let seen = Arc::new(Mutex::new(Vec::new()));
    /// let bar = seen.clone();
    /// let program = Program::builder()
    ///     .provider(texts)
    ///     .on_progress(move |now| {
    ///         let line = match now.procs {
    ///             0 => format!("{} of {} modules checked", now.checked, now.modules),
    ///             procs => format!("{} of {procs} procs compiled", now.compiled),
    ///         };
    ///         bar.lock().unwrap().push(line);
    ///     })
    ///     .load("main.nim")?;
    /// let seen = seen.lock().unwrap();
    /// assert_eq!(seen[0], "0 of 1 modules checked"); // the main module; imports are not known yet
    /// assert!(seen.last().unwrap().ends_with("procs compiled"));
    /// # Ok::<(), midair::Error>(())
    /// ```
    pub fn on_progress(mut self, listener: impl Fn(&Progress) + Send + Sync + 'static) -> Builder {
        self.progress = Some(Box::new(listener));
        self
    }

    /// Looks for C functions that name no library in those of `words`, as a linker takes them: `-lfoo -L/opt/lib /opt/lib/libbar.so`. What
    /// `{.passL.}` does for one module, for all of the program's.
    ///
    /// # Errors
    /// When a word is no library that can be loaded: a static library, an object file, a flag that is not known.
    pub fn link(mut self, words: &str) -> Result<Builder> {
        let linked = self.options.link(words);
        linked.map_err(|why| Error::new(Kind::System(why)))?;
        Ok(self)
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

    /// How long a reload waits for threads that are inside the program, 10 seconds if this is not called. Calls that come meanwhile wait
    /// too. When one does not return in time the reload is an error that names the thread, its proc and the line, nothing has
    /// changed, and a later reload tries again.
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// # use std::time::Duration;
    /// # let texts = Texts::new([("logic.nim", "proc update*() = discard")]);
    /// // A frame that is late is better than one that waits.
    /// let builder = Program::builder().provider(texts).patience(Duration::from_millis(2));
    /// let program = builder.load("logic.nim")?;
    /// # program.proc::<fn()>("logic", "update")?.call()?;
    /// # Ok::<(), midair::Error>(())
    /// ```
    pub fn patience(mut self, patience: Duration) -> Builder {
        self.patience = Some(patience);
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
            modules: compiled.modules.to_vec(),
            unoptimized: compiled.lowered.clone(),
            ids: front.ids().clone(),
            warnings: Findings {
                list: compiled.warnings.clone(),
                map: compiled.map.clone(),
            },
        })
    }

    /// Looks for errors in the program with the main module `file`, all that [`load`](Builder::load) would find before it runs
    /// anything, and gives the warnings. Costs less than loading.
    ///
    /// ```
    /// # use midair::{Program, source::Texts};
    /// let texts = Texts::new([("main.nim", "echo undeclared")]);
    /// let error = Program::builder().provider(texts).check("main.nim").unwrap_err();
    /// assert!(error.to_string().contains("undeclared identifier: 'undeclared'"));
    /// ```
    ///
    /// # Errors
    /// When it has errors.
    pub fn check(mut self, file: impl AsRef<Path>) -> Result<Findings> {
        self.install_hosts();
        self.front(file.as_ref()).check()
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
        // Linux answers at once as long as the process has one thread, and takes some 20 ms when it has several.
        crate::os::barrier::prepare();
        let hosts = self.install_hosts();
        let mut front = self.front(file);
        let progress = self.progress.take();
        let progress = progress.map(|listener| Arc::new(Reporter::new(listener)));
        front.report_to(progress.clone());
        let compiled = front.compile().map_err(|failure| failure.error)?;
        let warnings = compiled.map(|compiled| Findings {
            list: compiled.warnings.clone(),
            map: compiled.map.clone(),
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
        if let Some(patience) = self.patience {
            live.set_patience(patience);
        }
        if let Some(progress) = progress {
            let tell = move |done, of| progress.compiled(done, of);
            live.compiler().tell_once(Box::new(tell));
        }
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
            thread_observer: self.thread_observer,
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
            left: Left::default(),
        });
        shared
            .live
            .set_service(Arc::new(Service(Arc::downgrade(&shared))));
        let from_c = Arc::new(Service(Arc::downgrade(&shared)));
        shared.runtime().set_from_c(from_c);
        let owner: Weak<Shared> = Arc::downgrade(&shared);
        shared.runtime().set_owner(owner);
        Ok(Program { shared })
    }
}
