//! Files and trees for sema: what an import names, parsed once a version.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostics::Diagnostic;
use crate::sema::program::{Loader, Standing};
use crate::source::{FileId, LineCol, Place, ResolveError, SourceMap, Sources};
use crate::syntax::tree::Tree;
use crate::syntax::{Parsed, parse_shared};

use super::outside;
use super::prefetch::Prefetch;
use super::progress::Reporter;

/// A parsed file, and the text that it was parsed from.
pub struct ParsedFile {
    text: Arc<str>,
    parsed: Parsed,
    /// The top-level statements.
    pub trees: Vec<Arc<Tree>>,
    /// Syntax errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a file that was read. What it has in common with `previous` is taken over.
pub fn parse(sources: &mut Sources, file: FileId, previous: Option<&ParsedFile>) -> ParsedFile {
    let text = sources.text(file).clone();
    let map = &mut sources.map;
    let previous = previous.map(|previous| &previous.parsed);
    let parsed = parse_shared(&text, previous, &mut |start| map.add_piece(file, start));
    place(map, text, parsed)
}

/// A file that was parsed, whose pieces stand where they do now.
fn place(map: &mut SourceMap, text: Arc<str>, parsed: Parsed) -> ParsedFile {
    let mut diagnostics = Vec::new();
    for piece in &parsed.pieces {
        let origin = piece.tree.origin;
        // One that was taken over may stand elsewhere now.
        map.move_piece(origin, piece.start);
        diagnostics.extend(piece.errors.iter().map(|error| {
            Diagnostic::error(Place::new(origin, error.span), error.message.as_str())
        }));
    }
    let trees = parsed
        .pieces
        .iter()
        .map(|piece| piece.tree.clone())
        .collect();
    ParsedFile {
        text,
        parsed,
        trees,
        diagnostics,
    }
}

/// The files of one version while it is checked.
pub(super) struct Files<'a> {
    pub(super) sources: &'a mut Sources,
    /// Trees of this version and of the one before.
    pub(super) parsed: &'a mut FxHashMap<FileId, Arc<ParsedFile>>,
    /// Syntax errors.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Parsed ahead.
    pub(super) prefetch: Option<Prefetch>,
    /// Is told how far a first load is.
    pub(super) progress: Option<Arc<Reporter>>,
}

impl Files<'_> {
    fn parse(&mut self, file: FileId) -> Arc<ParsedFile> {
        let known = self.parsed.get(&file);
        if let Some(known) = known
            && Arc::ptr_eq(&known.text, self.sources.text(file))
        {
            return known.clone();
        }
        let ahead = match (&mut self.prefetch, known) {
            (Some(prefetch), None) => {
                prefetch.take(self.sources.map.path(file), self.sources.text(file))
            }
            _ => None,
        };
        let parsed = match ahead {
            Some(mut parsed) => {
                let (text, map) = (self.sources.text(file).clone(), &mut self.sources.map);
                parsed.renumber(&mut |start| map.add_piece(file, start));
                place(map, text, parsed)
            }
            None => parse(self.sources, file, known.map(|known| &**known)),
        };
        let parsed = Arc::new(parsed);
        self.parsed.insert(file, parsed.clone());
        parsed
    }
}

impl Loader for Files<'_> {
    fn resolve(&mut self, from: FileId, spec: &str) -> Result<(Arc<str>, FileId), String> {
        let found = match spec {
            // No file of the program can take its place: what the compiler asks of it is the library's.
            "system" => self.sources.system(from),
            spec => self.sources.resolve(from, spec),
        };
        let module = found.map_err(message)?;
        if let Some(progress) = &self.progress {
            progress.found(module.file, &module.name);
        }
        Ok((module.name, module.file))
    }

    fn trees(&mut self, file: FileId) -> Result<Vec<Arc<Tree>>, String> {
        self.sources
            .refresh(file)
            .map_err(|error| error.to_string())?;
        let parsed = self.parse(file);
        if let Some(progress) = &self.progress {
            progress.parsed(file);
        }
        self.diagnostics.extend(parsed.diagnostics.iter().cloned());
        Ok(parsed.trees.clone())
    }

    fn include(&mut self, from: FileId, spec: &str) -> Result<FileId, String> {
        self.sources.include(from, spec).map_err(message)
    }

    fn is_library(&self, file: FileId) -> bool {
        self.sources.is_library(file)
    }

    fn checked(&mut self, module: &Arc<str>) {
        if let Some(progress) = &self.progress {
            progress.checked(module);
        }
    }

    fn keep(&mut self, file: FileId) {
        self.sources.keep_uses(file);
    }

    fn read(&mut self, from: FileId, path: &str) -> Result<Vec<u8>, String> {
        let bytes = self
            .sources
            .static_read(from, path)
            .map_err(|error| error.to_string())?;
        Ok(bytes.to_vec())
    }

    fn variable(&self, name: &str) -> Option<Vec<u8>> {
        outside::variable(name)
    }

    fn standing(&self, path: &str) -> Standing {
        outside::standing(path)
    }

    fn names_in(&self, path: &str) -> Vec<Vec<u8>> {
        outside::names_in(path)
    }

    fn run_command(&self, command: &str, input: &[u8], directory: &str) -> (Vec<u8>, i32) {
        // As Nim has it, what does not start gives nothing.
        outside::run_command(command, input, directory).unwrap_or_else(|_| (Vec::new(), -1))
    }

    fn text(&self, place: Place) -> String {
        let map = &self.sources.map;
        let text = map
            .text(map.file(place))
            .get(map.range(place))
            .unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ")
    }

    fn path(&self, place: Place) -> String {
        self.file_path(self.sources.map.file(place))
    }

    fn file_path(&self, file: FileId) -> String {
        let path = self.sources.map.path(file);
        let absolute = match self.sources.is_library(file) {
            true => Err(()),
            false => std::path::absolute(path).map_err(drop),
        };
        absolute.as_deref().unwrap_or(path).display().to_string()
    }

    fn line(&self, place: Place) -> (String, u32, u32) {
        let map = &self.sources.map;
        let LineCol { line, col } = map.line_col(place);
        let path = map.shown(map.path(map.file(place)));
        (path.display().to_string(), line, col)
    }
}

/// The error, with where it was looked for.
fn message(error: ResolveError) -> String {
    match error.help() {
        Some(help) => format!("{error}\n  {help}"),
        None => error.to_string(),
    }
}
