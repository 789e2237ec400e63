//! From positions in trees back to files and lines.
//!
//! A tree's spans count from the start of its piece (see [`crate::syntax::tree::Origin`]). The map knows where each
//! piece stands in the current version of its file, so that moving a declaration changes one number here and no tree.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::syntax::tree::{Origin, Span};

/// A source file, by number. The number of a path never changes within a program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A place in a source file: a piece and a span in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Place {
    /// The piece.
    pub origin: Origin,
    /// The bytes in it.
    pub span: Span,
    /// The byte whose line and column are told: a call stands at its parenthesis, `a + b` at the operator, as in Nim's messages.
    pub mark: u32,
}

impl Place {
    /// A place that is told by its start.
    pub fn new(origin: Origin, span: Span) -> Place {
        Place {
            origin,
            span,
            mark: span.start,
        }
    }
}

/// A line (from 1) and a column (from 1, in bytes), as Nim prints them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub struct LineCol {
    /// Line, from 1.
    pub line: u32,
    /// Column in bytes, from 1.
    pub col: u32,
}

#[derive(Clone)]
struct File {
    path: Arc<Path>,
    text: Arc<str>,
    /// Byte at which each line starts. Made when a place is shown: most edits of a large file show none.
    lines: OnceLock<Arc<[u32]>>,
    /// How often the text was replaced.
    version: u32,
}

impl File {
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text.bytes().enumerate();
            let ends = bytes.filter(|&(_, byte)| byte == b'\n');
            std::iter::once(0)
                .chain(ends.map(|(at, _)| at as u32 + 1))
                .collect()
        })
    }
}

#[derive(Clone, Copy)]
struct Piece {
    file: FileId,
    start: u32,
    /// The last version of the text that has it.
    version: u32,
}

/// Files, their texts and where their pieces stand. Clones share the texts.
#[derive(Clone, Default)]
pub struct SourceMap {
    files: Vec<File>,
    numbers: FxHashMap<Arc<Path>, FileId>,
    pieces: Vec<Piece>,
    /// Paths below it are shown relative to it.
    base: Option<Arc<Path>>,
}

impl SourceMap {
    /// An empty map. Piece 0 is reserved for trees that come from no file.
    pub fn new() -> SourceMap {
        let mut map = SourceMap::default();
        let nowhere = map.add_file(PathBuf::from("???"), "".into());
        map.add_piece(nowhere, 0);
        map
    }

    /// An empty map that shows paths below `base` relative to it.
    pub fn shown_from(base: &Path) -> SourceMap {
        let base = (!base.as_os_str().is_empty()).then(|| base.into());
        SourceMap {
            base,
            ..SourceMap::new()
        }
    }

    /// `path` as messages show it.
    pub fn shown<'p>(&self, path: &'p Path) -> &'p Path {
        let base = self.base.as_deref();
        base.and_then(|base| path.strip_prefix(base).ok())
            .unwrap_or(path)
    }

    /// Adds a file, or replaces its text when the path is known.
    pub fn add_file(&mut self, path: PathBuf, text: Arc<str>) -> FileId {
        let path: Arc<Path> = path.into();
        let mut file = File {
            path: path.clone(),
            text,
            lines: OnceLock::new(),
            version: 0,
        };
        if let Some(&known) = self.numbers.get(&path) {
            let before = &mut self.files[known.0 as usize];
            file.version = before.version + 1;
            *before = file;
            return known;
        }
        self.files.push(file);
        let id = FileId(self.files.len() as u32 - 1);
        self.numbers.insert(path, id);
        id
    }

    /// The number of the file at `path`.
    pub fn find(&self, path: &Path) -> Option<FileId> {
        self.numbers.get(path).copied()
    }

    /// Gives a number to a piece of `file` that starts at byte `start`.
    pub fn add_piece(&mut self, file: FileId, start: u32) -> Origin {
        let version = self.files[file.0 as usize].version;
        self.pieces.push(Piece {
            file,
            start,
            version,
        });
        Origin(self.pieces.len() as u32 - 1)
    }

    /// The text of the file as it is now has the piece, at byte `start`.
    pub fn move_piece(&mut self, piece: Origin, start: u32) {
        let piece = &mut self.pieces[piece.0 as usize];
        piece.start = start;
        piece.version = self.files[piece.file.0 as usize].version;
    }

    /// Does the text of the file as it is now have the piece that `place` is in? It has no other line than in that text.
    pub fn has(&self, place: Place) -> bool {
        let piece = self.pieces.get(place.origin.0 as usize);
        piece.is_some_and(|piece| piece.version == self.files[piece.file.0 as usize].version)
    }

    /// The path of `file`.
    pub fn path(&self, file: FileId) -> &Path {
        &self.files[file.0 as usize].path
    }

    /// The text of `file`.
    pub fn text(&self, file: FileId) -> &Arc<str> {
        &self.files[file.0 as usize].text
    }

    /// The file that `place` is in.
    pub fn file(&self, place: Place) -> FileId {
        self.pieces[place.origin.0 as usize].file
    }

    /// Line and column of `place`, which are those of its mark.
    pub fn line_col(&self, place: Place) -> LineCol {
        let piece = &self.pieces[place.origin.0 as usize];
        let at = piece.start + place.mark;
        let lines = self.files[piece.file.0 as usize].lines();
        let line = lines.partition_point(|&start| start <= at) - 1;
        LineCol {
            line: line as u32 + 1,
            col: at - lines[line] + 1,
        }
    }

    /// The file of `place` as messages show it, and its line.
    pub fn shown_line(&self, place: Place) -> (&Path, u32) {
        let path = self.shown(self.path(self.file(place)));
        (path, self.line_col(place).line)
    }

    /// The bytes of `place` within its file.
    pub fn range(&self, place: Place) -> std::ops::Range<usize> {
        let start = self.pieces[place.origin.0 as usize].start;
        (start + place.span.start) as usize..(start + place.span.end) as usize
    }
}
