//! Parsing the library's core on a second thread, beside the checker that asks for it.
//!
//! Every program needs `system` and what it includes, and its first check begins with them: while one file is checked, the
//! next is parsed. A checker that has to wait for a file parses another meanwhile, so both threads are busy until all is parsed.
//! Out: parsed files without numbers for their pieces, which only the thread with the source map can give.
//! A file that is not as it was embedded (`--lib`, a provider of texts) is not taken from here.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crossbeam_channel::{Receiver, Sender, TryRecvError};
use rustc_hash::FxHashMap;

use crate::os::cores;
use crate::source::library;
use crate::syntax::tree::{Kind, Origin};
use crate::syntax::{Parsed, parse_file};

/// Files that are being parsed.
pub(super) struct Prefetch {
    work: Arc<Work>,
    coming: Receiver<(PathBuf, Parsed)>,
    there: FxHashMap<PathBuf, Parsed>,
}

/// What there is to parse beside `system` itself, for whoever has time.
#[derive(Default)]
struct Work {
    /// In the order in which they are included; known when `system` is parsed.
    files: OnceLock<Vec<PathBuf>>,
    /// The first that nobody has taken.
    next: AtomicUsize,
}

impl Work {
    /// Parses a file that nobody else does, if one is left.
    fn parse_next(&self) -> Option<(PathBuf, Parsed)> {
        loop {
            let path = self
                .files
                .get()?
                .get(self.next.fetch_add(1, Ordering::Relaxed))?;
            if let Some((_, parsed)) = parse(path) {
                return Some((path.clone(), parsed));
            }
        }
    }
}

impl Prefetch {
    /// Begins to parse. Where there is no second core, or no thread to be had, nothing comes.
    pub(super) fn start() -> Prefetch {
        let (sender, coming) = crossbeam_channel::unbounded();
        let work = Arc::new(Work::default());
        if cores() > 1 {
            let thread = std::thread::Builder::new().name("midair parse".into());
            let work = work.clone();
            // Without it, the checker parses for itself.
            drop(thread.spawn(move || parse_core(&work, &sender)));
        }
        Prefetch {
            work,
            coming,
            there: FxHashMap::default(),
        }
    }

    /// The parsed file of this path and text, waiting for it if it is among those to come.
    pub(super) fn take(&mut self, path: &Path, text: &str) -> Option<Parsed> {
        library::read(path).filter(|embedded| *embedded == text.as_bytes())?;
        while !self.there.contains_key(path) {
            let (path, parsed) = match self.coming.try_recv() {
                Ok(file) => file,
                Err(TryRecvError::Empty) => match self.work.parse_next() {
                    Some(file) => file,
                    None => self.coming.recv().ok()?,
                },
                Err(TryRecvError::Disconnected) => return None,
            };
            self.there.insert(path, parsed);
        }
        self.there.remove(path)
    }
}

/// Parses `system` and the files that it includes, as far as nobody else does.
fn parse_core(work: &Work, done: &Sender<(PathBuf, Parsed)>) {
    let path = Path::new(library::ROOT).join("system.nim");
    let Some((text, parsed)) = parse(&path) else {
        return;
    };
    let files = included(&parsed, text);
    let _ = work.files.set(files); // this is the only place that does
    // Nobody receives any more when the check is over.
    let mut going_on = done.send((path, parsed)).is_ok();
    while going_on && let Some(file) = work.parse_next() {
        going_on = done.send(file).is_ok();
    }
}

/// An embedded file and its trees.
fn parse(path: &Path) -> Option<(&'static str, Parsed)> {
    let text = library::read(path).and_then(|bytes| std::str::from_utf8(bytes).ok())?;
    Some((text, parse_file(text, None, &mut |_| Origin(0))))
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
        let work = Arc::new(Work::default());
        parse_core(&work, &sender);
        drop(sender);
        let mut prefetch = Prefetch {
            work,
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

    #[test]
    fn who_waits_parses_what_nobody_has_taken() {
        let (sender, coming) = crossbeam_channel::unbounded();
        let work = Arc::new(Work::default());
        let (taken, left) = ("system/types.nim", "system/strings.nim");
        let path = |name| Path::new(library::ROOT).join(name);
        work.files
            .set([taken, left].map(path).into())
            .expect("it is new");
        // Another thread is at the first, and sends it after the second was asked for.
        work.next.store(1, Ordering::Relaxed);
        let mut prefetch = Prefetch {
            work,
            coming,
            there: FxHashMap::default(),
        };
        let text = |name| std::str::from_utf8(library::read(&path(name)).expect("embedded"));
        let text = |name| text(name).expect("it is UTF-8");
        assert!(prefetch.take(&path(left), text(left)).is_some());
        let (_, parsed) = parse(&path(taken)).expect("it is embedded");
        sender.send((path(taken), parsed)).expect("it is received");
        assert!(prefetch.take(&path(taken), text(taken)).is_some());
    }
}
