//! Raising from the runtime.
//!
//! Exceptions are objects of the guest's types, so guest procs make them: the library has one for each [`Raise`], with the signature
//! `(text: ptr, len: i64)`, which always raises. Until it is set, raising leaves the entry with an [`Outcome::Error`](super::Outcome).

use std::sync::atomic::{AtomicU32, Ordering};

use crate::mir::ProcId;

/// What the runtime raises by itself.
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

/// The proc for each [`Raise`].
pub struct RaiseTable([AtomicU32; 6]);

const UNSET: u32 = u32::MAX;

impl Default for RaiseTable {
    fn default() -> RaiseTable {
        RaiseTable([const { AtomicU32::new(UNSET) }; 6])
    }
}

impl RaiseTable {
    /// Sets the guest proc that raises this.
    pub fn set(&self, raise: Raise, proc: ProcId) {
        self.0[raise as usize].store(proc.0, Ordering::Release);
    }

    /// The guest proc that raises this.
    pub fn get(&self, raise: Raise) -> Option<ProcId> {
        let proc = self.0[raise as usize].load(Ordering::Acquire);
        (proc != UNSET).then_some(ProcId(proc))
    }
}
