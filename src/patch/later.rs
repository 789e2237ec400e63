//! Dropping what a reload leaves over when nobody waits for it.
//!
//! In: what is not needed any more, such as the version before and code that nothing reaches. A program whose sources are watched has a
//! thread that comes by now and then and drops it, so that the frame in which a reload takes place does not pay for that. In any
//! other program it is dropped at once. Nothing here has an effect that guest code could see.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Where things wait to be dropped.
#[derive(Default)]
pub(super) struct Later {
    kept: Mutex<Vec<Box<dyn Send>>>,
    /// Somebody comes by.
    visited: AtomicBool,
}

impl Later {
    /// Drops it at the next visit, or at once where nobody comes.
    pub(super) fn drop(&self, what: impl Send + 'static) {
        if self.visited.load(Ordering::Relaxed) {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.push(Box::new(what));
        }
    }

    /// Drops what is kept. From the first visit on things wait for the next.
    pub(super) fn visit(&self) {
        self.visited.store(true, Ordering::Relaxed);
        self.empty();
    }

    /// Drops what is kept.
    pub(super) fn empty(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = std::mem::take(&mut *kept);
        drop(kept); // outside of the lock
    }
}
