//! What a reload did, or why it did nothing.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::plan::{Plan, PlannedProc, Refusal};
use crate::diagnostics::Diagnostic;
use crate::jit::JitError;

/// How long each phase took.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Times {
    /// Reading, checking and lowering what changed.
    pub front: Duration,
    /// Comparing the versions.
    pub plan: Duration,
    /// Making machine code.
    pub compile: Duration,
    /// Handlers in the old code.
    pub before: Duration,
    /// Placing code, moving slots, giving new globals their first value.
    pub apply: Duration,
    /// Handlers in the new code.
    pub after: Duration,
    /// Giving back what nothing can reach any more.
    pub retire: Duration,
}

impl Times {
    /// All phases.
    pub fn total(&self) -> Duration {
        self.front + self.plan + self.compile + self.before + self.apply + self.after + self.retire
    }
}

/// A frame that goes on in code that is not current any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OldFrame {
    /// The proc.
    pub proc: Arc<str>,
    /// What it may still call although the new version does not have it, as messages name it.
    pub calls_removed: Vec<Arc<str>>,
}

/// What a reload did.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Report {
    /// False when there was nothing to do; everything else is empty then.
    pub changed: bool,
    /// Modules whose text, or something that they take from others, is not the same.
    pub modules_changed: Vec<Arc<str>>,
    /// Modules that came in by an import.
    pub modules_joined: Vec<Arc<str>>,
    /// Modules that nothing imports any more.
    pub modules_left: Vec<Arc<str>>,
    /// Procs with a new body, and new procs.
    pub recompiled: Vec<Arc<str>>,
    /// Procs of changed modules that kept their code.
    pub reused: usize,
    /// Procs that are gone, or whose signature is another one.
    pub removed: Vec<Arc<str>>,
    /// Procs with a new body that nothing which can still run calls.
    pub unreached: Vec<Arc<str>>,
    /// Modules whose top-level statements, other than declarations, changed: they are not run again.
    pub top_level_changed: Vec<Arc<str>>,
    /// Globals that got their first value.
    pub globals_new: Vec<Arc<str>>,
    /// Globals that are gone.
    pub globals_gone: Vec<Arc<str>>,
    /// Globals whose values were converted to another layout.
    pub globals_migrated: Vec<Arc<str>>,
    /// Types with a `migrated` whose code changed: it has run on their values.
    pub brought_in_step: Vec<Arc<str>>,
    /// Globals that kept their value.
    pub globals_kept: usize,
    /// Globals whose first value was computed again, as asked for.
    pub globals_reinitialised: Vec<Arc<str>>,
    /// Globals whose first value would be another one now, and which kept theirs.
    pub initialisers_changed: Vec<Arc<str>>,
    /// Handlers that ran, as `module: before` or `module: after`.
    pub handlers: Vec<String>,
    /// Frames that go on in old code.
    pub old_frames: Vec<OldFrame>,
    /// Closures and iterators that live and run a body which the new version does not have.
    pub old_closures: Vec<Arc<str>>,
    /// Anything that could surprise.
    pub warnings: Vec<String>,
    /// How long it took.
    pub times: Times,
}

impl Report {
    pub(super) fn of(plan: &Plan) -> Report {
        let names =
            |globals: &[crate::mir::Global]| globals.iter().map(|g| g.name.clone()).collect();
        // Steps of top-level code and what the lowering adds have no name that a user knows.
        let is_unknown = |planned: &PlannedProc| {
            planned.proc.is_synthesised()
                || plan.init.iter().any(|step| step.proc == planned.proc.id)
        };
        let name = |planned: &PlannedProc| planned.proc.name.clone();
        Report {
            changed: true,
            modules_changed: plan.changed.clone(),
            modules_joined: plan.joined.clone(),
            modules_left: plan.left.clone(),
            recompiled: plan
                .compile
                .iter()
                .filter(|planned| !is_unknown(planned) && !planned.reached)
                .map(name)
                .collect(),
            reused: plan.reused,
            removed: plan
                .removed
                .iter()
                .filter(|proc| !proc.is_synthesised())
                .map(|proc| proc.name.clone())
                .collect(),
            globals_new: names(&plan.new_globals),
            globals_gone: names(&plan.gone_globals),
            globals_migrated: plan.migration.migrated().map(|g| g.name.clone()).collect(),
            globals_kept: plan.kept_globals,
            warnings: plan.migration.warnings.clone(),
            globals_reinitialised: plan
                .migration
                .reinitialised()
                .map(|g| g.name.clone())
                .collect(),
            initialisers_changed: plan.initialisers_changed.clone(),
            top_level_changed: plan.top_level_changed.clone(),
            ..Report::default()
        }
    }

    /// Has anything changed that runs or can run? An edited comment changes nothing.
    pub fn is_effective(&self) -> bool {
        let names = [
            &self.modules_joined,
            &self.modules_left,
            &self.removed,
            &self.globals_new,
            &self.globals_gone,
            &self.globals_migrated,
            &self.globals_reinitialised,
            &self.brought_in_step,
        ];
        self.recompiled.len() > self.unreached.len() || names.iter().any(|names| !names.is_empty())
    }

    /// Everything, a fact a line, without the line that [`Display`](fmt::Display) gives.
    pub fn details(&self) -> String {
        let mut lines = Vec::new();
        let mut list = |what: &str, names: &[Arc<str>]| {
            if !names.is_empty() {
                lines.push(format!("  {what}: {}", names.join(", ")));
            }
        };
        list("joined", &self.modules_joined);
        list("left", &self.modules_left);
        list("compiled", &self.recompiled);
        list("removed", &self.removed);
        list("nothing calls", &self.unreached);
        list(
            "top-level statements changed and were not run again",
            &self.top_level_changed,
        );
        list("new globals", &self.globals_new);
        list("gone globals", &self.globals_gone);
        list("migrated globals", &self.globals_migrated);
        list("initialised again", &self.globals_reinitialised);
        list(
            "brought in step with new code, values of",
            &self.brought_in_step,
        );
        for name in &self.initialisers_changed {
            lines.push(format!(
                "  the initialiser of {name} changed and was not run again: a global keeps its value; \
                 make it a const, or run it with `midair reload --reinit {name}`"
            ));
        }
        for name in &self.old_closures {
            lines.push(format!("  values of {name} still run its old body"));
        }
        for frame in &self.old_frames {
            let mut line = format!("  {} still runs its old body", frame.proc);
            if !frame.calls_removed.is_empty() {
                line += &format!(
                    ", which may call {} as it was",
                    frame.calls_removed.join(", ")
                );
            }
            lines.push(line);
        }
        lines.extend(
            self.handlers
                .iter()
                .map(|handler| format!("  ran {handler}")),
        );
        lines.extend(
            self.warnings
                .iter()
                .map(|warning| format!("  warning: {warning}")),
        );
        let times = &self.times;
        let phases = [
            ("front", times.front),
            ("plan", times.plan),
            ("compile", times.compile),
            ("before", times.before),
            ("apply", times.apply),
            ("after", times.after),
            ("retire", times.retire),
        ];
        let shown = phases.map(|(name, time)| format!("{name} {}", milliseconds(time)));
        lines.push(format!("  {}", shown.join(", ")));
        lines.join("\n")
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// `3 procs`, with some names when they are few.
fn counted(names: &[Arc<str>], what: &str) -> String {
    let plural = if names.len() == 1 { "" } else { "s" };
    match names.len() {
        1..=3 => format!("{} {what}{plural} ({})", names.len(), names.join(", ")),
        count => format!("{count} {what}{plural}"),
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.changed {
            return f.write_str("nothing changed");
        }
        let mut modules = self.modules_changed.clone();
        modules.extend(
            self.modules_joined
                .iter()
                .map(|name| format!("+{name}").into()),
        );
        modules.extend(
            self.modules_left
                .iter()
                .map(|name| format!("-{name}").into()),
        );
        let mut parts = vec![counted(&self.recompiled, "proc") + " compiled"];
        if self.reused > 0 {
            parts.push(format!("{} reused", self.reused));
        }
        if !self.removed.is_empty() {
            parts.push(counted(&self.removed, "proc") + " removed");
        }
        if !self.globals_new.is_empty() {
            parts.push(counted(&self.globals_new, "new global"));
        }
        if !self.globals_gone.is_empty() {
            parts.push(counted(&self.globals_gone, "global") + " gone");
        }
        if !self.globals_migrated.is_empty() {
            parts.push(counted(&self.globals_migrated, "global") + " migrated");
        }
        if !self.initialisers_changed.is_empty() {
            let names = self.initialisers_changed.join(", ");
            parts.push(format!("initialiser changed, not run again: {names}"));
        }
        if !self.unreached.is_empty() {
            parts.push(format!("nothing calls {}", self.unreached.join(", ")));
        }
        if !self.top_level_changed.is_empty() {
            let modules = self.top_level_changed.join(", ");
            parts.push(format!(
                "top-level statements changed, not run again: {modules}"
            ));
        }
        if !self.is_effective() {
            parts.push("nothing that runs has changed".into());
        }
        if !self.warnings.is_empty() {
            parts.push(format!("warning: {}", self.warnings.join("; ")));
        }
        let modules = if modules.is_empty() {
            "no module".to_owned()
        } else {
            modules.join(", ")
        };
        write!(
            f,
            "reloaded {modules}: {} in {}",
            parts.join(", "),
            milliseconds(self.times.total())
        )
    }
}

/// An exception, a fault or the end of the program, as whoever called guest code sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GuestError {
    /// What kind it is.
    pub kind: GuestErrorKind,
    /// The exception's type, or what happened.
    pub type_name: String,
    /// The exception's message.
    pub message: String,
    /// The calls that led there, outermost first, as `file(line) proc`.
    pub trace: Vec<String>,
}

/// How a call of guest code can end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GuestErrorKind {
    /// An exception that nobody handled.
    Exception,
    /// `quit(status)`: the program is to end.
    Quit(i32),
    /// A wild access or a trap.
    Fault,
    /// The runtime could not go on.
    Runtime,
}

impl fmt::Display for GuestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            GuestErrorKind::Exception => write!(f, "{} [{}]", self.message, self.type_name),
            GuestErrorKind::Quit(status) => write!(f, "the program ended with status {status}"),
            GuestErrorKind::Fault | GuestErrorKind::Runtime => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for GuestError {}

/// Why a reload, or a first load, did not happen. What was live is live still.
#[derive(Debug)]
pub enum ReloadError {
    /// The new version does not compile.
    Diagnostics(Vec<Diagnostic>),
    /// It cannot replace the old one.
    Refused(Refusal),
    /// It cannot replace the old one now, because of code that is running. Later it may.
    InUse(Refusal),
    /// A handler or an initialiser did not come to its end; the reload was undone.
    Guest {
        /// Which, as in `logic: before handler`.
        place: String,
        /// How it ended.
        error: GuestError,
        /// Handlers and initialisers that had run to their end; what they wrote to older state is not undone.
        had_run: Vec<String>,
        /// What can be done about it.
        advice: Option<&'static str>,
    },
    /// A handler or an initialiser wanted to reload.
    Nested,
    /// The host did not want it.
    Vetoed(String),
    /// Other threads did not leave guest code in time: where they are.
    Busy(String),
    /// Code could not be made, which is a bug.
    Jit(JitError),
    /// Memory is short.
    Memory(std::io::Error),
    /// Something that the program refers to cannot be reached, which is a bug.
    Link(String),
}

impl fmt::Display for ReloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReloadError::Diagnostics(diagnostics) => {
                let lines: Vec<&str> = diagnostics.iter().map(|found| &*found.message).collect();
                write!(f, "the new version does not compile: {}", lines.join("\n"))
            }
            ReloadError::Refused(refusal) => write!(f, "the new version was refused: {refusal}"),
            ReloadError::InUse(refusal) => {
                write!(
                    f,
                    "the new version has to wait, because of code that is running: {refusal}\nnothing has changed; the next reload tries again"
                )
            }
            ReloadError::Guest {
                place,
                error,
                had_run,
                advice,
            } => {
                write!(f, "undone, because of an error in {place}: {error}")?;
                if !had_run.is_empty() {
                    write!(f, " (had run: {})", had_run.join(", "))?;
                }
                match advice {
                    Some(advice) => write!(f, "\n{advice}"),
                    None => Ok(()),
                }
            }
            ReloadError::Nested => {
                f.write_str("performCodeReload() was called by a handler or an initialiser of a reload that is going on; it was refused")
            }
            ReloadError::Vetoed(why) => write!(f, "the host refused the reload: {why}"),
            ReloadError::Busy(who) => write!(f, "other threads are still inside: {who}"),
            ReloadError::Jit(error) => error.fmt(f),
            ReloadError::Memory(error) => write!(f, "not enough memory: {error}"),
            ReloadError::Link(what) => write!(f, "internal error: {what}"),
        }
    }
}

impl ReloadError {
    /// The same, with what can be done about it.
    pub(super) fn with(mut self, what: &'static str) -> ReloadError {
        if let ReloadError::Guest { advice, .. } = &mut self {
            *advice = Some(what);
        }
        self
    }
}

impl std::error::Error for ReloadError {}

impl From<JitError> for ReloadError {
    fn from(error: JitError) -> ReloadError {
        ReloadError::Jit(error)
    }
}

impl From<std::io::Error> for ReloadError {
    fn from(error: std::io::Error) -> ReloadError {
        ReloadError::Memory(error)
    }
}

impl From<Refusal> for ReloadError {
    fn from(refusal: Refusal) -> ReloadError {
        ReloadError::Refused(refusal)
    }
}
