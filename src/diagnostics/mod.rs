//! What any stage found, and how it is shown.
//!
//! In: [`Diagnostic`]s. Out: text. Never decides whether something is an error.

mod render;

use std::fmt;

pub(crate) use render::json_string;
pub use render::{Format, render};

use crate::source::Place;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// Probably not meant.
    Warning,
    /// The program cannot be run.
    Error,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: what was expected, what was found. Nim's wording where Nim has one. Further lines may follow.
    pub message: String,
    /// Where.
    pub place: Place,
    /// Other places that matter, each with a text.
    pub labels: Vec<(Place, String)>,
    /// What to do, if that is known.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `place`.
    pub fn error(place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            message: message.into(),
            place,
            labels: Vec::new(),
            help: None,
        }
    }

    /// A warning at `place`.
    pub fn warning(place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(place, message)
        }
    }

    /// The error for a feature of Nim that midair does not have yet.
    pub fn unsupported(place: Place, feature: impl fmt::Display) -> Diagnostic {
        Diagnostic::error(place, format!("not supported yet: {feature}"))
    }

    /// Adds what to do.
    pub fn with_help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that matters.
    pub fn with_label(mut self, place: Place, text: impl Into<String>) -> Diagnostic {
        self.labels.push((place, text.into()));
        self
    }
}
