//! What the runtime asks of the layers above it.

use std::sync::Arc;

use crate::mir::ProcId;
use crate::source::Place;

use super::Context;

/// Who made a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Caller {
    /// The host, from outside of the program.
    Host,
    /// Code that the call returns to at this address, or in between.
    Code(usize),
}

/// Who reloads when the guest program asks for it.
pub trait Reloader: Send + Sync {
    /// `performCodeReload()`, on the thread that calls. May leave an exception pending in the context.
    fn perform(&self, context: &mut Context);
    /// A call of `proc` has come through its [arm stub](super::arm). Gives the address of the code that it shall go on in.
    fn armed(&self, context: &mut Context, proc: ProcId, caller: Caller) -> usize;
    /// `hasAnyModuleChanged()`.
    fn any_changed(&self) -> bool;
    /// `hasModuleChanged(m)`.
    fn changed(&self, module: &str) -> bool;
    /// `lastReload()`, as names and values. Whoever implements it keeps the text until the next reload.
    fn last(&self) -> Arc<str>;
    /// Of top-level code that runs: is the global at this address new? Of 0: does all of the code run, not in a reload?
    fn is_new(&self, global: usize) -> bool;
}

/// Who is told of calls from C that failed where no guest code is around that could be.
pub trait FromC: Send + Sync {
    /// A call of the context's thread has ended with an exception, a fault or `quit`. The program is still pinned. Takes how it ended.
    fn failed(&self, context: *mut Context);
    /// The same for a thread that the program has started: what came out of it.
    fn thread_failed(&self, context: *mut Context);
}

/// Who knows where places are in files as they are now loaded.
pub trait Positions: Send + Sync {
    /// The file as messages show it, and the line from 1. None for what no text has any more.
    fn position(&self, place: Place) -> Option<(String, u32)>;

    /// Grows after each change of what [`Positions::position`] gives.
    fn changes(&self) -> u64 {
        0
    }

    /// The same as it is now, for whoever asks about code of this version later on. None where nothing ever changes.
    fn now(&self) -> Option<Arc<dyn Positions>> {
        None
    }
}
