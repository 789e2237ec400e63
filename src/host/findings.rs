//! Warnings and hints about a version, with the texts that they are about.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Format, render};
use crate::source::{Place, SourceMap};

/// Warnings and hints, with the texts that they are about.
#[derive(Clone, Default)]
pub struct Findings {
    pub(super) list: Vec<Diagnostic>,
    pub(super) map: Arc<SourceMap>,
}

impl Findings {
    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// File, as messages show it, and line of a place in one of the texts.
    pub fn position(&self, place: Place) -> (PathBuf, u32) {
        let (path, line) = self.map.shown_line(place);
        (path.to_path_buf(), line)
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
