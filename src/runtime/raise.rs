//! Raising from the runtime.
//!
//! Exceptions are objects of the guest's types, so a guest proc makes them: `raiseFromRuntime` of the library, with the signature
//! `(what: i64, text: ptr, len: i64)`, which always raises. Until it is set, raising leaves the entry with an
//! [`Outcome::Error`](super::Outcome).

use std::sync::atomic::{AtomicU32, Ordering};

use crate::mir::ProcId;

/// What the runtime raises by itself: the first argument of the guest's proc.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Raise {
    /// `OutOfMemDefect`
    OutOfMemory,
    /// `StackOverflowDefect`
    StackOverflow,
    /// The host asked the program to stop.
    Interrupted,
    /// `LibraryError`: a C function or its library was not found.
    Library,
    /// `ReloadError`
    Reload,
    /// `HostError`: a function of the host failed or panicked.
    Host,
}

/// The guest proc that raises what the runtime asks for.
pub struct Raising(AtomicU32);

const UNSET: u32 = u32::MAX;

impl Default for Raising {
    fn default() -> Raising {
        Raising(AtomicU32::new(UNSET))
    }
}

impl Raising {
    /// Sets the proc.
    pub fn set(&self, proc: ProcId) {
        self.0.store(proc.0, Ordering::Release);
    }

    /// The proc, if it is set.
    pub fn get(&self) -> Option<ProcId> {
        let proc = self.0.load(Ordering::Acquire);
        (proc != UNSET).then_some(ProcId(proc))
    }
}
