//! Threads that the program starts itself, and waiting for one another.
//!
//! In: `createThread` and whatever blocks, as `lib/system/threads.nim` asks for them. Out: threads of the system that enter the program
//! like any other, by the [gate](super::gate), so that what holds for the host's threads holds for the program's.
//!
//! # What a thread is
//!
//! A thread of the system whose name is "thread 1" and so on. It pins the program, runs one guest proc through the entry trampoline,
//! destroys what its threadvars hold, looks for the cycles that it was the last to know of, and ends. Its context goes with it. It owns
//! the program: one that the host drops lives until its threads have ended. `joinThread` is the system's.
//!
//! # What a reload sees
//!
//! A thread that computes is inside, and a reload waits for it; when patience ends, the reload fails and names thread, proc and line. A thread
//! that waits is *parked* ([`block`]): it sits in a C function, its frames stand still, and the program may change under it. Parked
//! are `acquire` of a lock that another has, `wait` of a condition, `recv`, a full channel's `send`, `joinThread`, `sync`, `^`, `sleep`
//! and `select`. When it wakes up it waits for the end of the reload, goes on in the body that it began in, and calls what is current. Its
//! frames take part in the checks of a reload as those of any thread: one that holds the old layout of a type refuses the version.
//!
//! Not parked is a thread on whose stack a function of the host has lent memory of the guest: that relies on nothing changing.
//!
//! During a reload the others stand still, so a handler or an initialiser that waits for one of them would wait for ever. What
//! waits for threads alone raises `ReloadError` there.
//!
//! # How a thread ends
//!
//! By returning. An exception that leaves it, a fault and `quit` go to the host ([`FromC::thread_failed`](super::FromC::thread_failed)): the command ends the process,
//! as Nim does, with the exception's text and trace and status 1, or with the status of `quit`. When the main module has come to its end the
//! process ends, whatever threads are doing.
//!
//! # What threads share
//!
//! Globals and the heap: a block may be freed by another thread than made it. Counts of references are not atomic, as in Nim's
//! `--mm:orc`: objects behind `ref`s belong to one thread at a time, and are moved through channels or `createThread`. A thread that sends
//! gives up what it knows of possible cycles first, so that two threads never look at the same objects. Each thread has its
//! own threadvars, among them the exception that is being handled.

#![allow(unsafe_code)] // runs guest code on threads, and C functions by address

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use super::context::Context;
use super::threads::Entered;
use super::{Raise, Runtime, cycles, fault, rtfn};

/// What guest code of a thread may use, without that which it leaves for C.
const STACK: usize = 8 << 20;

/// The threads of one program that have been started and not joined, as the system names them.
#[derive(Default)]
pub(super) struct Started {
    count: AtomicU32,
    joinable: Mutex<Vec<usize>>,
}

impl Started {
    fn list(&self) -> std::sync::MutexGuard<'_, Vec<usize>> {
        self.joinable.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// May this thread be joined? It is nobody else's then.
    fn take(&self, thread: usize) -> bool {
        let mut list = self.list();
        let found = list.iter().position(|&known| known == thread);
        found.map(|at| list.swap_remove(at)).is_some()
    }
}

/// What [`block`] is told about a C function, as bits.
mod how {
    /// It waits for another thread of the program.
    pub(super) const FOR_THREADS: i32 = 1;
    /// It is `pthread_join`.
    pub(super) const JOIN: i32 = 2;
}

/// See [`RtFn::StartThread`](crate::mir::RtFn).
///
/// # Safety
/// Called from guest code, with a proc that takes an address.
pub(super) unsafe extern "C" fn start_thread(ctx: *mut Context, code: usize, arg: usize) -> i64 {
    // SAFETY: a context points at its program, which lives while a thread is in it.
    let runtime = unsafe { &*(*ctx).runtime };
    let Some(program) = runtime.threads().program() else {
        return 0;
    };
    let owner = runtime.owner();
    let number = runtime.started.count.fetch_add(1, Ordering::Relaxed) + 1;
    let thread = std::thread::Builder::new()
        .name(format!("thread {number}"))
        .stack_size(STACK);
    // The list is held until the thread is in it: who joins it may be the thread itself.
    let mut list = runtime.started.list();
    // SAFETY: guest code passes a proc that takes an address.
    let run = move || unsafe { run(program, owner, code, arg) };
    let Ok(handle) = thread.spawn(run) else {
        return 0;
    };
    let thread = std::os::unix::thread::JoinHandleExt::into_pthread_t(handle) as usize;
    list.push(thread);
    thread as i64
}

/// All that a thread does.
///
/// # Safety
/// `code` is a guest proc that takes an address.
unsafe fn run(
    program: Arc<Runtime>,
    owner: Option<Arc<dyn Any + Send + Sync>>,
    code: usize,
    arg: usize,
) {
    let entered = program.enter();
    let ctx = entered.context();
    // SAFETY: the context is this thread's and pinned; the proc is the caller's word.
    unsafe {
        rtfn::call(ctx, code, &[arg as u64]);
        if !(*ctx).has_returned() {
            match program.callback_host() {
                Some(host) => host.thread_failed(ctx),
                None => rtfn::report_from_c(&program, &mut *ctx),
            }
        }
        leave(&program, ctx);
    }
    drop::<Entered<'_>>(entered);
    // The program may go with its last thread: what this thread knows of it goes before.
    drop(program);
    drop(owner);
}

/// Destroys what belongs to a thread alone. Errors of destructors have nobody to go to.
///
/// # Safety
/// `ctx` is the current thread's context, pinned, with no guest code on the stack.
unsafe fn leave(program: &Runtime, ctx: *mut Context) {
    // SAFETY: by the contract; a destructor takes the address of a value, and the area lives as long as the context.
    unsafe {
        let distance = (*ctx).threadvars;
        for global in program.globals().list() {
            if !global.id.is_thread() || distance == 0 {
                continue;
            }
            if let Some(destroy) = program.ids().desc_of(global.desc).destroy {
                let value = global.address.wrapping_add(distance);
                rtfn::call(ctx, program.window().stub(destroy), &[value as u64]);
                forget_error(ctx);
            }
        }
        cycles::leave(ctx);
        forget_error(ctx);
    }
}

/// # Safety
/// `ctx` is the current thread's context, pinned, with no guest code on the stack.
unsafe fn forget_error(ctx: *mut Context) {
    // SAFETY: by the contract; a pending exception is the context's own.
    unsafe {
        fault::take_outcome(&mut *ctx);
        let raised = std::mem::take(&mut (*ctx).pending);
        super::drops::release(ctx, raised);
    }
}

/// See [`RtFn::Block`](crate::mir::RtFn).
///
/// # Safety
/// Called from guest code by way of an exit stub, with a C function that takes these arguments and calls nobody back.
pub(super) unsafe extern "C" fn block(
    ctx: *mut Context,
    function: usize,
    how: i32,
    a: i64,
    b: i64,
    c: i64,
    d: i64,
) -> i64 {
    // SAFETY: the context is the thread's; a program lives while a thread is in it.
    unsafe {
        let runtime = &*(*ctx).runtime;
        let changes = (*ctx).presence.changes_program();
        if changes && how & how::FOR_THREADS != 0 {
            let text =
                "the other threads stand still during a reload: waiting for one would not end";
            rtfn::raise(ctx, Raise::Reload, text);
            return 0;
        }
        if how & how::JOIN != 0 && !runtime.started.take(a as usize) {
            return i64::from(libc::ESRCH);
        }
        let function: extern "C" fn(i64, i64, i64, i64) -> i64 = std::mem::transmute(function);
        if changes || (*ctx).lent != 0 {
            return function(a, b, c, d);
        }
        let parked = runtime.threads().park(ctx);
        let result = function(a, b, c, d);
        let error = std::io::Error::last_os_error().raw_os_error();
        drop(parked);
        set_errno(error.unwrap_or(0));
        result
    }
}

fn set_errno(error: i32) {
    // SAFETY: the address is that of the thread's own variable.
    unsafe {
        #[cfg(target_os = "macos")]
        libc::__error().write(error);
        #[cfg(not(target_os = "macos"))]
        libc::__errno_location().write(error);
    }
}
