//! Warnings and hints about a version, with the texts that they are about.

use std::fmt;
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Format, render};
use crate::source::SourceMap;

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
