//! What can go wrong for a host, as one type.

use std::fmt;
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Format, render};
use crate::patch::{GuestError, GuestErrorKind, ReloadError};
use crate::source::SourceMap;

/// Why something could not be done. Opaque: ask it with its predicates, show it with `Display`.
///
/// The program that was running goes on as it was.
#[derive(Clone)]
pub struct Error(Arc<Kind>);

pub(super) enum Kind {
    /// The sources have errors.
    Diagnostics {
        list: Vec<Diagnostic>,
        map: SourceMap,
    },
    /// There is nothing with this name.
    NotFound {
        what: String,
        known: Vec<String>,
    },
    /// A Rust type and a Nim signature do not fit.
    Signature(String),
    /// The new version cannot take over the values of the old one.
    Layout(String),
    Waiting(String),
    /// A reload was undone, or not begun.
    Reload(String),
    /// A Nim exception that nobody caught.
    Raised {
        exception: String,
        message: String,
        trace: Vec<String>,
    },
    /// The program called `quit`.
    Quit(i32),
    /// A wild access in guest code.
    Fault {
        text: String,
        trace: Vec<String>,
    },
    /// It keeps its value.
    Fixed(String),
    /// A reload was asked for within one.
    Reentrant(String),
    /// Guest code cannot run while its memory is borrowed.
    Lent(String),
    /// Something of the machine: memory, a library, a file watch.
    System(String),
    /// A mistake in midair.
    Internal(String),
}

impl Error {
    pub(super) fn new(kind: Kind) -> Error {
        Error(Arc::new(kind))
    }

    pub(super) fn diagnostics(list: Vec<Diagnostic>, map: SourceMap) -> Error {
        Error::new(Kind::Diagnostics { list, map })
    }

    pub(super) fn fixed(text: String) -> Error {
        Error::new(Kind::Fixed(text))
    }

    /// From a call of guest code.
    pub(super) fn of_guest(error: &GuestError) -> Error {
        let text = || error.to_string();
        Error::new(match error.kind {
            GuestErrorKind::Exception => Kind::Raised {
                exception: error.type_name.clone(),
                message: error.message.clone(),
                trace: error
                    .trace
                    .iter()
                    .filter(|line| !line.starts_with("Traceback"))
                    .cloned()
                    .collect(),
            },
            GuestErrorKind::Quit(status) => Kind::Quit(status),
            GuestErrorKind::Fault => Kind::Fault {
                text: text(),
                trace: error.trace.clone(),
            },
            GuestErrorKind::Runtime => Kind::System(text()),
        })
    }

    /// From a reload.
    pub(super) fn of_reload(error: &ReloadError) -> Error {
        let text = error.to_string();
        Error::new(match error {
            ReloadError::Guest { .. } | ReloadError::Vetoed(_) | ReloadError::Busy(_) => {
                Kind::Reload(text)
            }
            ReloadError::Nested => Kind::Reentrant(text),
            ReloadError::Diagnostics(list) => {
                return Error::diagnostics(list.clone(), SourceMap::new());
            }
            ReloadError::Refused(_) => Kind::Layout(text),
            ReloadError::InUse(_) => Kind::Waiting(text),
            ReloadError::Memory(_) => Kind::System(text),
            ReloadError::Jit(_) | ReloadError::Link(_) => Kind::Internal(text),
        })
    }

    /// From running all top-level code, on a first load or again: there is nothing to undo, and it is an ordinary call.
    pub(super) fn of_load(error: &ReloadError) -> Error {
        match error {
            ReloadError::Guest { error, .. } => Error::of_guest(error),
            ReloadError::Refused(why) => Error::new(Kind::Reload(why.to_string())),
            error => Error::of_reload(error),
        }
    }

    /// The sources have errors, or cannot be read.
    pub fn is_diagnostics(&self) -> bool {
        matches!(*self.0, Kind::Diagnostics { .. })
    }

    /// No proc or module has the name. The text lists what there is.
    pub fn is_not_found(&self) -> bool {
        matches!(*self.0, Kind::NotFound { .. })
    }

    /// A Rust type does not fit the Nim signature, which may have changed since the handle was made.
    pub fn is_signature_mismatch(&self) -> bool {
        matches!(*self.0, Kind::Signature(_))
    }

    /// A reload was refused because values that live would need another layout.
    pub fn is_layout_change(&self) -> bool {
        matches!(*self.0, Kind::Layout(_) | Kind::Waiting(_))
    }

    /// A reload has to wait for code that is running, which the text names; the next one tries again.
    pub fn is_waiting(&self) -> bool {
        matches!(*self.0, Kind::Waiting(_))
    }

    /// A Nim exception left the call.
    pub fn is_exception(&self) -> bool {
        matches!(*self.0, Kind::Raised { .. })
    }

    /// The name of the type and the message of the Nim exception that left the call.
    pub fn exception(&self) -> Option<(&str, &str)> {
        match &*self.0 {
            Kind::Raised {
                exception, message, ..
            } => Some((exception, message)),
            _ => None,
        }
    }

    /// The status that the program gave to `quit`.
    pub fn quit_status(&self) -> Option<i32> {
        match *self.0 {
            Kind::Quit(status) => Some(status),
            _ => None,
        }
    }

    /// Guest code touched memory that is not there, and the call was abandoned.
    pub fn is_fault(&self) -> bool {
        matches!(*self.0, Kind::Fault { .. })
    }

    /// A reload was asked for by a handler or an initialiser of a reload.
    pub fn is_reentrant(&self) -> bool {
        matches!(*self.0, Kind::Reentrant(_))
    }

    /// The call took longer than the program's time limit, or the host stopped it.
    pub fn is_interrupted(&self) -> bool {
        self.exception()
            .is_some_and(|(name, _)| name == "InterruptDefect")
    }

    /// The Nim stack trace of the exception or fault that left the call: a line `file(line) proc` each, the innermost last.
    pub fn trace(&self) -> &[String] {
        match &*self.0 {
            Kind::Raised { trace, .. } => trace,
            Kind::Fault { trace, .. } => trace,
            _ => &[],
        }
    }

    /// A mistake in midair: please report it with the text.
    pub fn is_internal(&self) -> bool {
        matches!(*self.0, Kind::Internal(_))
    }

    /// As one JSON object on one line, in the place of a report: `{"ok":false,"waiting":false,"error":"…"}`.
    pub fn to_report_json(&self) -> String {
        crate::patch::failure_json(&self.to_string(), self.is_waiting())
    }

    /// As text in one of the forms that the command prints: where the error is one of diagnostics, all of them.
    pub fn render(&self, format: Format) -> String {
        match (&*self.0, format) {
            (Kind::Diagnostics { list, map }, _) => render(list, map, format),
            // What a program prints when it dies is its own, in every form.
            (Kind::Raised { .. }, _) => format!("{self}\n"),
            (_, Format::Plain) => format!("Error: {self}\n"),
            (_, format) => {
                let whole = Diagnostic::error(crate::source::Place::default(), self.to_string());
                render(&[whole], &SourceMap::new(), format)
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Diagnostics { list, map } => {
                f.write_str(render(list, map, Format::Plain).trim_end())
            }
            Kind::NotFound { what, known } if known.is_empty() => write!(f, "there is no {what}"),
            Kind::NotFound { what, known } => {
                write!(f, "there is no {what}; there are: {}", known.join(", "))
            }
            Kind::Signature(text)
            | Kind::Layout(text)
            | Kind::Waiting(text)
            | Kind::Reload(text)
            | Kind::Lent(text)
            | Kind::Fixed(text)
            | Kind::Reentrant(text)
            | Kind::System(text) => f.write_str(text),
            Kind::Raised {
                exception,
                message,
                trace,
            } => {
                if !trace.is_empty() {
                    writeln!(f, "{}", trace.join("\n"))?;
                }
                write!(f, "Error: unhandled exception: {message} [{exception}]")
            }
            Kind::Quit(status) => write!(f, "the program ended with status {status}"),
            Kind::Fault { text, trace } => {
                f.write_str(&[std::slice::from_ref(text), &trace[..]].concat().join("\n"))
            }
            Kind::Internal(text) => write!(f, "internal error, please report it: {text}"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What `unwrap` and a `main` that gives an error show. A message of several lines begins on one of its own.
        let text = self.to_string();
        match text.trim_end().contains('\n') {
            true => write!(f, "\n{text}"),
            false => f.write_str(&text),
        }
    }
}

impl std::error::Error for Error {}

/// What a fallible call of this crate gives.
pub type Result<T> = std::result::Result<T, Error>;
