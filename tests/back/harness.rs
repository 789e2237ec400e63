//! A program made of MIR text, driven step by step, with a log.

#![allow(unsafe_code)] // calls guest procs with the arguments that a case gives

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use midair::diagnostics::Diagnostic;
use midair::jit;
use midair::mir::text::parse_modules;
use midair::mir::{Ids, Module, ProcId, verify};
use midair::patch::{
    GuestError, GuestErrorKind, LiveProgram, ReloadError, ReloadService, Report, Version,
};
use midair::runtime::{Options, Runtime};

/// What a case has been seen doing.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<String>>);

impl Log {
    pub fn line(&self, text: impl AsRef<str>) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(log, "{}", text.as_ref());
    }

    pub fn take(&self) -> String {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The version that the guest's own reload finds.
#[derive(Default)]
pub struct Next {
    version: Mutex<Option<Version>>,
    log: Log,
}

impl Next {
    pub fn set(&self, version: Version) {
        *self.version.lock().unwrap_or_else(PoisonError::into_inner) = Some(version);
    }
}

impl ReloadService for Next {
    fn changed(&self) -> bool {
        self.version
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    fn module_changed(&self, name: &str) -> bool {
        let version = self.version.lock().unwrap_or_else(PoisonError::into_inner);
        version
            .as_ref()
            .is_some_and(|version| version.changed.iter().any(|module| **module == *name))
    }

    fn compile(&self) -> Result<Option<Version>, Vec<Diagnostic>> {
        Ok(self
            .version
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take())
    }

    fn finished(&self, outcome: Result<Report, ReloadError>) {
        self.log.line(show_outcome(&outcome));
    }
}

/// A program, its identities and what it printed.
pub struct Program {
    pub ids: Arc<Ids>,
    pub live: Arc<LiveProgram>,
    pub next: Arc<Next>,
    pub log: Log,
}

impl Default for Program {
    fn default() -> Program {
        Program::new(jit::Options {
            verify: true,
            ..jit::Options::default()
        })
    }
}

impl Program {
    pub fn new(options: jit::Options) -> Program {
        let ids = Arc::new(Ids::default());
        let runtime = Runtime::new(
            ids.clone(),
            Options {
                heap: 64 << 20,
                ..Options::default()
            },
        )
        .expect("address space for a program");
        let log = Log::default();
        let output = log.clone();
        let mut line = String::new();
        runtime.output().redirect(Some(Box::new(move |_, text| {
            line += &String::from_utf8_lossy(text);
            while let Some(end) = line.find('\n') {
                output.line(format!("  | {}", &line[..end]));
                line.drain(..=end);
            }
        })));
        let live = LiveProgram::new(runtime, options).expect("a known processor");
        let next = Arc::new(Next {
            log: log.clone(),
            ..Next::default()
        });
        live.set_service(next.clone());
        Program {
            ids,
            live,
            next,
            log,
        }
    }

    /// Modules from their text, verified.
    pub fn modules(&self, text: &str) -> Vec<Arc<Module>> {
        let modules =
            parse_modules(text, &self.ids).unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"));
        let sig = |id: ProcId| {
            let procs = modules.iter().flat_map(|module| &module.procs);
            procs
                .into_iter()
                .find(|proc| proc.id == id)
                .map(|proc| proc.sig.clone())
        };
        for proc in modules.iter().flat_map(|module| &module.procs) {
            verify(proc, &self.ids, &sig)
                .unwrap_or_else(|errors| panic!("{}: {errors:#?}", proc.name));
        }
        modules.into_iter().map(Arc::new).collect()
    }

    /// A version in which modules that are the same as the live ones are the same object, as a front end gives them.
    pub fn version(&self, text: &str) -> Version {
        let live = self.live.modules();
        let share = |module: Arc<Module>| {
            live.iter()
                .find(|same| ***same == *module)
                .cloned()
                .unwrap_or(module)
        };
        let modules: Vec<Arc<Module>> = self.modules(text).into_iter().map(share).collect();
        let same = |module: &&Arc<Module>| live.iter().any(|same| Arc::ptr_eq(same, module));
        let changed = modules
            .iter()
            .filter(|module| !same(module))
            .map(|module| module.name.clone());
        let changed = changed.collect();
        Version {
            modules: modules.into(),
            changed,
        }
    }

    pub fn load(&self, text: &str) -> Result<Report, ReloadError> {
        let modules = self.modules(text);
        self.set_raising(&modules);
        self.live.load(&modules)
    }

    /// The proc that raises for the runtime, if the case has one.
    fn set_raising(&self, modules: &[Arc<Module>]) {
        let proc = self.ids.proc("raise_from_runtime", 0);
        let mut procs = modules.iter().flat_map(|module| &module.procs);
        if procs.any(|found| found.id == proc) {
            self.live.runtime().raising().set(proc);
        }
    }

    pub fn call(&self, name: &str, args: &[u64]) -> Result<u64, GuestError> {
        let proc = self.ids.proc(name, 0);
        // SAFETY: cases call procs with the arguments that they take.
        unsafe { self.live.call(proc, args) }
    }
}

pub fn show_error(error: &GuestError) -> String {
    match error.kind {
        GuestErrorKind::Exception => format!("raised: {}: {}", error.type_name, error.message),
        GuestErrorKind::Quit(status) => format!("quit: {status}"),
        GuestErrorKind::Fault => format!("fault: {}", error.message),
        GuestErrorKind::Runtime => format!("ended: {}", error.message),
    }
}

/// Everything that a reload says but its times.
pub fn show_outcome(outcome: &Result<Report, ReloadError>) -> String {
    let report = match outcome {
        Ok(report) if !report.changed => return "  nothing changed".into(),
        Ok(report) => report,
        Err(ReloadError::Guest {
            place,
            error,
            had_run,
            ..
        }) => {
            let mut text = format!("  undone: {place}: {}", show_error(error));
            if !had_run.is_empty() {
                text += &format!("\n  had run: {}", had_run.join(", "));
            }
            return text;
        }
        Err(error) => return format!("  {error}"),
    };
    let mut lines = Vec::new();
    let mut list = |what: &str, names: &[Arc<str>]| {
        if !names.is_empty() {
            lines.push(format!("  {what}: {}", names.join(", ")));
        }
    };
    list("changed", &report.modules_changed);
    list("joined", &report.modules_joined);
    list("left", &report.modules_left);
    list("compiled", &report.recompiled);
    list("removed", &report.removed);
    list("new globals", &report.globals_new);
    list("gone globals", &report.globals_gone);
    list("initialiser changed", &report.initialisers_changed);
    lines.push(format!(
        "  reused {}, kept {}",
        report.reused, report.globals_kept
    ));
    for frame in &report.old_frames {
        let calls = frame.calls_removed.join(", ");
        lines.push(format!("  old frame: {} may call [{calls}]", frame.proc));
    }
    lines.extend(
        report
            .warnings
            .iter()
            .map(|warning| format!("  warning: {warning}")),
    );
    if !report.handlers.is_empty() {
        lines.push(format!("  ran: {}", report.handlers.join(", ")));
    }
    lines.join("\n")
}
