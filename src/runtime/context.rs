//! The context: what a thread's guest code carries through every call as its hidden first argument.
//!
//! One for each pair of thread and program, made when the thread first enters. The first part is read and written by compiled
//! code and by the entry trampoline; its layout is fixed here, with the offsets beside it, and nowhere else.

use std::mem::offset_of;
use std::sync::atomic::{AtomicU32, AtomicUsize};

use crate::os::ask::ThreadId;

use super::Runtime;
use super::entry::EntryRecord;
use super::fault::FaultRecord;
use super::gate::Presence;
use super::kept::Kept;
use super::threadvars::Area;

/// `pending` between a C callback that was left and the guest code that called C: no reference, but the sign that
/// [`Helper::AfterC`](super::rtfn::Helper) has to leave further. Guest code never sees it anywhere else.
pub const LEAVING: usize = 1;

/// How an entry ended; see [`Context::outcome`].
pub(super) mod outcome {
    /// It returned; an exception may be pending.
    pub(in crate::runtime) const RETURNED: u32 = 0;
    /// `quit` was called.
    pub(in crate::runtime) const QUIT: u32 = 1;
    /// A fault in guest code.
    pub(in crate::runtime) const FAULT: u32 = 2;
    /// The runtime gave up, with a text.
    pub(in crate::runtime) const ERROR: u32 = 3;
}

/// See the [module](self).
#[repr(C)]
pub struct Context {
    /// The pending exception: a reference that the context owns, or 0.
    pub pending: usize,
    /// Guest code whose stack pointer is below this calls [`Helper::StackOverflow`](super::rtfn::Helper).
    pub stack_limit: usize,
    /// Not 0: a [`Poll`](crate::mir::Inst::Poll) calls [`Helper::Interrupted`](super::rtfn::Helper).
    pub interrupt: AtomicU32,
    /// How the innermost entry that ended did so (`outcome::*`), until it is taken.
    pub(super) outcome: u32,
    /// The program.
    pub(super) runtime: *const Runtime,
    /// The innermost entry, or null outside.
    pub(super) entry: *mut EntryRecord,
    /// Guest code stores its frame pointer here before each call of C, and the runtime's own stubs do.
    pub exit_fp: usize,
    /// The stack pointer at that call, before the return address is pushed (so that stands at `exit_sp - 8`). On AArch64,
    /// where calls push nothing, an address in the calling code instead: the return address, or that of the function.
    pub exit_sp: usize,
    /// What the entry trampoline calls next.
    pub entry_target: usize,
    /// How many words of stack arguments it passes on.
    pub entry_stack_words: usize,
    /// Nested destructions of objects.
    pub(super) drop_depth: usize,
    /// What the thread's area of threadvars lies behind that of the main thread: added to the address of each.
    pub(super) threadvars: usize,

    // From here on only Rust looks at it.
    /// Objects whose destruction was put off because too many are nested.
    pub(super) deferred: Vec<usize>,
    /// An exception that was raised while `deferred` is worked through, or 0.
    pub(super) held: usize,
    /// Host functions on the stack that have borrowed memory of the guest.
    pub lent: u32,
    /// There are many objects that may be part of cycles.
    pub(super) cycles_due: bool,
    /// Cycles are being destroyed.
    pub(super) collecting: bool,
    /// `OutOfMemDefect` is being raised.
    pub(super) out_of_memory: bool,
    /// The exit status of `quit`.
    pub(super) status: i32,
    /// The text of an error outcome.
    pub(super) error: String,
    /// A text that is being raised.
    pub(super) text: String,
    /// What the last fault was.
    pub(super) fault: FaultRecord,
    /// The thread's own threadvars.
    pub(super) area: Option<Area>,
    /// Where the thread is: read by one that changes the program.
    pub(super) presence: Presence,
    /// Where it has parked.
    pub(super) kept: Kept,
    /// The operating system's stack of the thread, lowest address first.
    pub(super) stack: std::ops::Range<usize>,
    /// The thread's name, for messages.
    pub(super) thread: String,
    /// The thread itself.
    pub(super) thread_id: ThreadId,
    /// What it last answered when it was asked where it is: an address in guest code, or 0.
    pub(super) whereabouts: AtomicUsize,
}

/// Offsets that compiled code uses.
#[allow(missing_docs)]
pub mod offset {
    use super::{Context, offset_of};

    pub const PENDING: i32 = offset_of!(Context, pending) as i32;
    pub const STACK_LIMIT: i32 = offset_of!(Context, stack_limit) as i32;
    pub const INTERRUPT: i32 = offset_of!(Context, interrupt) as i32;
    pub const RUNTIME: i32 = offset_of!(Context, runtime) as i32;
    pub const ENTRY: i32 = offset_of!(Context, entry) as i32;
    pub const EXIT_FP: i32 = offset_of!(Context, exit_fp) as i32;
    pub const EXIT_SP: i32 = offset_of!(Context, exit_sp) as i32;
    pub const ENTRY_TARGET: i32 = offset_of!(Context, entry_target) as i32;
    pub const ENTRY_STACK_WORDS: i32 = offset_of!(Context, entry_stack_words) as i32;
    pub const DROP_DEPTH: i32 = offset_of!(Context, drop_depth) as i32;
    pub const THREADVARS: i32 = offset_of!(Context, threadvars) as i32;
}

const _: () = {
    assert!(offset::PENDING == 0 && offset::STACK_LIMIT == 8 && offset::INTERRUPT == 16);
    assert!(
        offset::RUNTIME == 24
            && offset::ENTRY == 32
            && offset::EXIT_FP == 40
            && offset::EXIT_SP == 48
    );
    assert!(
        offset::ENTRY_TARGET == 56
            && offset::ENTRY_STACK_WORDS == 64
            && offset::DROP_DEPTH == 72
            && offset::THREADVARS == 80
    );
};

/// Stack that guest code leaves for C, Rust and the handling of an overflow.
const HEADROOM: usize = 256 << 10;
/// What a thread whose stack is of unknown size is assumed to have below the current frame.
const ASSUMED_STACK: usize = 512 << 10;

impl Context {
    /// A context for the current thread, with its area of threadvars if it is not the main thread.
    pub(super) fn new(runtime: *const Runtime, area: Option<Area>) -> Context {
        let here = (&raw const runtime) as usize;
        let stack = crate::os::stack::bounds().unwrap_or(here.saturating_sub(ASSUMED_STACK)..here);
        let headroom = HEADROOM.min(stack.len() / 3);
        Context {
            pending: 0,
            stack_limit: stack.start + headroom,
            interrupt: AtomicU32::new(0),
            outcome: outcome::RETURNED,
            runtime,
            entry: std::ptr::null_mut(),
            exit_fp: 0,
            exit_sp: 0,
            entry_target: 0,
            entry_stack_words: 0,
            drop_depth: 0,
            threadvars: area.as_ref().map_or(0, |area| area.distance()),
            area,
            deferred: Vec::new(),
            held: 0,
            lent: 0,
            cycles_due: false,
            collecting: false,
            out_of_memory: false,
            status: 0,
            error: String::new(),
            text: String::new(),
            fault: FaultRecord::default(),
            presence: Presence::new(),
            kept: Kept::default(),
            thread_id: ThreadId::current(),
            whereabouts: AtomicUsize::new(0),
            stack,
            thread: std::thread::current()
                .name()
                .unwrap_or("unnamed")
                .to_owned(),
        }
    }

    /// Half of the headroom: what is left below the limit while an overflow is raised.
    pub(super) fn raising_limit(&self) -> usize {
        self.stack.start + (self.stack_limit - self.stack.start) / 2
    }

    /// Are there guest frames on its stack?
    pub(super) fn has_entry(&self) -> bool {
        !self.entry.is_null()
    }

    /// The operating system's stack of the thread, lowest address first.
    pub fn stack(&self) -> std::ops::Range<usize> {
        self.stack.clone()
    }

    /// Is what is going on the call that entered the program, and none within it?
    #[inline]
    pub fn is_outermost(&self) -> bool {
        self.presence.is_outermost()
    }

    /// Has the last entry returned, with no exception pending?
    #[inline]
    pub fn has_returned(&self) -> bool {
        self.pending == 0 && self.outcome == outcome::RETURNED
    }

    /// The program that it is of.
    #[inline]
    pub fn program(&self) -> *const Runtime {
        self.runtime
    }

    /// Is the thread in guest code, also if that has called out?
    pub fn is_inside(&self) -> bool {
        self.presence.is_inside()
    }
}
