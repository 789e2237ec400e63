//! How far the first load of a program is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashSet;

use super::shared::lock;
use crate::source::FileId;

/// How far the first load of a program is. See [`Builder::on_progress`](crate::Builder::on_progress).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Modules that the program has, as far as imports have been read: those of the standard library too.
    pub modules: usize,
    /// How many of them have been parsed.
    pub parsed: usize,
    /// How many have been checked. When these are all, machine code is made.
    pub checked: usize,
    /// Procs of which there is machine code.
    pub compiled: usize,
    /// Procs to compile; 0 until all modules have been checked.
    pub procs: usize,
    /// What was done last: the name of a module, empty while procs are compiled.
    pub last: Arc<str>,
}

/// Takes it.
pub(super) type Listener = Box<dyn Fn(&Progress) + Send + Sync>;

/// Counts, and tells who listens.
pub(super) struct Reporter {
    state: Mutex<State>,
    listener: Listener,
}

#[derive(Default)]
struct State {
    progress: Progress,
    known: FxHashSet<FileId>,
    parsed: FxHashSet<FileId>,
    /// The listener has panicked.
    silent: bool,
}

impl Reporter {
    pub(super) fn new(listener: Listener) -> Reporter {
        Reporter {
            state: Mutex::default(),
            listener,
        }
    }

    /// Some module imports this one, or it is the main module.
    pub(super) fn found(&self, file: FileId, name: &Arc<str>) {
        self.count(name, |state| {
            let is_new = state.known.insert(file);
            state.progress.modules += usize::from(is_new);
            is_new
        });
    }

    /// A file was parsed: that of a module, or one that a module includes.
    pub(super) fn parsed(&self, file: FileId) {
        self.count(&Arc::default(), |state| {
            let is_new = state.known.contains(&file) && state.parsed.insert(file);
            state.progress.parsed += usize::from(is_new);
            is_new
        });
    }

    pub(super) fn checked(&self, name: &Arc<str>) {
        self.count(name, |state| {
            state.progress.checked += 1;
            true
        });
    }

    /// So many procs of so many are compiled.
    pub(super) fn compiled(&self, done: usize, of: usize) {
        self.count(&Arc::default(), |state| {
            let progress = &mut state.progress;
            let is_news = done > progress.compiled || of != progress.procs;
            (progress.compiled, progress.procs) = (done.max(progress.compiled), of);
            is_news
        });
    }

    /// Tells of a change, if it was one. One at a time, so that no number ever falls.
    fn count(&self, last: &Arc<str>, change: impl FnOnce(&mut State) -> bool) {
        let mut state = lock(&self.state);
        if state.silent || !change(&mut state) {
            return;
        }
        state.progress.last = last.clone();
        let told = catch_unwind(AssertUnwindSafe(|| (self.listener)(&state.progress)));
        state.silent = told.is_err();
    }
}
