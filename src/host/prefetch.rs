//! Parsing the library's core on a second thread, ahead of the checker that asks for it.
//!
//! Every program needs `system` and what it includes, and its first check begins with them: while one file is checked, the
//! next is parsed. Out: parsed files without numbers for their pieces, which only the thread with the source map can give.
//! A file that is not as it was embedded (`--lib`, a provider of texts) is not taken from here.

use std::path::{Path, PathBuf};

use crossbeam_channel::{Receiver, Sender};
use rustc_hash::FxHashMap;

use crate::os::cores;
use crate::source::library;
use crate::syntax::tree::{Kind, Origin};
use crate::syntax::{Parsed, parse_file};

/// Files that are being parsed.
pub(super) struct Prefetch {
    coming: Receiver<(PathBuf, Parsed)>,
    there: FxHashMap<PathBuf, Parsed>,
}

impl Prefetch {
    /// Begins to parse. Where there is no second core, or no thread to be had, nothing comes.
    pub(super) fn start() -> Prefetch {
        let (sender, coming) = crossbeam_channel::unbounded();
        if cores() > 1 {
            let thread = std::thread::Builder::new().name("midair parse".into());
            // Without it, the checker parses for itself.
            drop(thread.spawn(move || parse_core(&sender)));
        }
        Prefetch {
            coming,
            there: FxHashMap::default(),
        }
    }

    /// The parsed file of this path and text, waiting for it if it is among those to come.
    pub(super) fn take(&mut self, path: &Path, text: &str) -> Option<Parsed> {
        library::read(path).filter(|embedded| *embedded == text.as_bytes())?;
        while !self.there.contains_key(path) {
            let (path, parsed) = self.coming.recv().ok()?;
            self.there.insert(path, parsed);
        }
        self.there.remove(path)
    }
}

/// Parses `system` and the files that it includes, in this order.
fn parse_core(done: &Sender<(PathBuf, Parsed)>) {
    let mut paths = vec![Path::new(library::ROOT).join("system.nim")];
    let mut next = 0;
    while let Some(path) = paths.get(next).cloned() {
        next += 1;
        let text = library::read(&path).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(text) = text else { continue };
        let parsed = parse_file(text, None, &mut |_| Origin(0));
        if next == 1 {
            paths.extend(included(&parsed, text));
        }
        if done.send((path, parsed)).is_err() {
            // The check is over.
            return;
        }
    }
}

fn included(parsed: &Parsed, text: &str) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for piece in &parsed.pieces {
        let root = piece.tree.root();
        if !root.is(Kind::IncludeStmt) {
            continue;
        }
        for kid in root.kids() {
            let span = kid.span();
            let range = (piece.start + span.start) as usize..(piece.start + span.end) as usize;
            let spec = text.get(range).unwrap_or_default();
            paths.push(Path::new(library::ROOT).join(format!("{spec}.nim")));
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_comes_whole_and_is_what_parsing_gives() {
        let (sender, coming) = crossbeam_channel::unbounded();
        parse_core(&sender);
        drop(sender);
        let mut prefetch = Prefetch {
            coming,
            there: FxHashMap::default(),
        };
        let path = Path::new(library::ROOT).join("system/strings.nim");
        let text = std::str::from_utf8(library::read(&path).expect("it is embedded"));
        let text = text.expect("it is UTF-8");
        assert!(prefetch.take(&path, "another text").is_none());
        let parsed = prefetch.take(&path, text).expect("system includes it");
        let own = parse_file(text, None, &mut |_| Origin(0));
        assert_eq!(parsed.pieces.len(), own.pieces.len());
        let same = |(a, b): (&crate::syntax::Piece, &crate::syntax::Piece)| {
            (a.start, a.len, a.hash, &a.tree.nodes) == (b.start, b.len, b.hash, &b.tree.nodes)
        };
        assert!(parsed.pieces.iter().zip(&own.pieces).all(same));
        // It is given once, and nothing else comes.
        assert!(prefetch.take(&path, text).is_none());
    }
}
