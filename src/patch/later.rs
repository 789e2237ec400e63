//! Dropping what a reload leaves over on another thread.
//!
//! In: what is not needed any more, such as the version before and code that nothing reaches. A program whose versions are prepared in
//! the background has a thread that drops it, so that the frame in which a reload takes place does not pay for that. In any
//! other program it is dropped at once.

use std::sync::{Mutex, OnceLock, PoisonError};

use crossbeam_channel::{Sender, unbounded};

type Things = Vec<Box<dyn Send>>;

/// Where things go to be dropped.
#[derive(Default)]
pub(super) struct Later {
    thread: OnceLock<Sender<Things>>,
    /// What the thread has not been given yet.
    kept: Mutex<Things>,
}

impl Later {
    /// From now on a thread drops things, as long as this lives. Where there can be no thread nothing changes.
    pub(super) fn start(&self) {
        if self.thread.get().is_some() {
            return;
        }
        let (sender, receiver) = unbounded::<Things>();
        let thread = std::thread::Builder::new().name("midair drop".into());
        if thread.spawn(move || receiver.iter().for_each(drop)).is_ok() {
            let _ = self.thread.set(sender); // where two started one, the other ends
        }
    }

    /// Drops it at the next [`flush`](Later::flush).
    pub(super) fn drop(&self, what: impl Send + 'static) {
        if self.thread.get().is_some() {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push(Box::new(what));
        }
    }

    /// Hands everything to the thread. Waking it is what costs, so this is done once a reload.
    pub(super) fn flush(&self) {
        let Some(thread) = self.thread.get() else {
            return;
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.is_empty() {
            let _ = thread.send(std::mem::take(&mut kept)); // what cannot be sent is dropped here
        }
    }
}
