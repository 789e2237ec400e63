//! Asking another thread of this process where it is.
//!
//! The thread is sent SIGURG, which does nothing by default and may come at any time, and answers in the handler: a function of
//! the runtime is given the instruction that it was at. The handler is installed when somebody asks for the first time, and
//! calls the one that was there before. The function runs in a signal handler: it must not allocate or lock.

#![allow(unsafe_code)] // a signal handler

use std::sync::OnceLock;

use super::signals::{self, registers};

/// What a thread that is asked does with its instruction.
pub type Answer = fn(pc: usize);

/// A thread, for as long as it runs.
#[derive(Clone, Copy)]
pub struct ThreadId(libc::pthread_t);

// SAFETY: it is a number, or an address that only the system looks at.
unsafe impl Send for ThreadId {}
// SAFETY: as for `Send`.
unsafe impl Sync for ThreadId {}

impl ThreadId {
    /// The current one.
    pub fn current() -> ThreadId {
        // SAFETY: it has no conditions.
        ThreadId(unsafe { libc::pthread_self() })
    }
}

struct Installed {
    answer: Answer,
    previous: libc::sigaction,
}

static INSTALLED: OnceLock<Option<Installed>> = OnceLock::new();

/// Asks a thread, which answers some time later, if at all. `answer` is the same in all calls.
///
/// # Safety
/// The thread is running.
pub unsafe fn ask(thread: ThreadId, answer: Answer) {
    if INSTALLED.get_or_init(|| install(answer)).is_some() {
        // SAFETY: by the contract; the signal has a handler.
        unsafe { libc::pthread_kill(thread.0, libc::SIGURG) };
    }
}

/// The signal may come before `INSTALLED` is set, which the handler allows for.
fn install(answer: Answer) -> Option<Installed> {
    let previous = signals::handler_of(libc::SIGURG).ok()?;
    // What the thread waits for goes on.
    signals::set_handler(libc::SIGURG, handle, libc::SA_RESTART).ok()?;
    Some(Installed { answer, previous })
}

extern "C" fn handle(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let Some(Some(installed)) = INSTALLED.get() else {
        return;
    };
    // SAFETY: the kernel passes valid structures to a handler installed with SA_SIGINFO; what was there before takes the same.
    unsafe {
        let errno = signals::errno();
        let saved = *errno;
        (installed.answer)(registers::read(&*context.cast::<libc::ucontext_t>()).pc);
        signals::pass_on(&installed.previous, signal, info, context);
        *errno = saved;
    }
}
