//! Faults: SIGSEGV, SIGBUS, SIGFPE and SIGILL are offered to one function of the runtime, then to whoever had the signal
//! before.
//!
//! The function may move the faulting thread elsewhere by changing its registers. It runs in a signal handler, on the
//! alternate stack: it must not allocate, lock or touch thread-locals that are not there yet.

#![allow(unsafe_code)] // signal handlers

use std::cell::Cell;
use std::io;
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::OnceLock;

/// What happened, and the registers that a [`Claim`] may change.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// The signal's number.
    pub signal: i32,
    /// The address that could not be accessed (SIGSEGV, SIGBUS), else that of the instruction.
    pub address: usize,
    /// The instruction.
    pub pc: usize,
    /// The stack pointer.
    pub sp: usize,
    /// The frame pointer.
    pub fp: usize,
}

/// Where a claimed fault goes on: at `pc` with `sp` and, as the first argument, `arg`.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// The function to go on in. It never returns.
    pub pc: usize,
    /// Its stack, aligned to 16 as it is before a call.
    pub sp: usize,
    /// Its first argument.
    pub arg: usize,
}

/// Looks at a fault and says whether the thread goes on elsewhere.
pub type Claimer = fn(&Fault) -> Option<Claim>;

const SIGNALS: [libc::c_int; 4] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL];

struct Installed {
    claimer: Claimer,
    previous: [libc::sigaction; 4],
}

static INSTALLED: OnceLock<Installed> = OnceLock::new();

/// Installs the handlers, once for the process; later calls do nothing.
pub fn install(claimer: Claimer) -> io::Result<()> {
    if INSTALLED.get().is_some() {
        return Ok(());
    }
    static INSTALLING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _one = INSTALLING
        .lock()
        .unwrap_or_else(|poison| poison.into_inner());
    if INSTALLED.get().is_some() {
        return Ok(());
    }
    let [segv, bus, fpe, ill] = SIGNALS.map(handler_of);
    let previous = [segv?, bus?, fpe?, ill?];
    // Before the handlers, which look there.
    let _ = INSTALLED.set(Installed { claimer, previous });
    SIGNALS
        .iter()
        .try_for_each(|&signal| set_handler(signal, handle, libc::SA_NODEFER))
}

/// What a signal calls.
pub(super) type Handler = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);

/// Has a signal call `handler`, on the thread's own stack for signals, from now on.
pub(super) fn set_handler(
    signal: libc::c_int,
    handler: Handler,
    flags: libc::c_int,
) -> io::Result<()> {
    // SAFETY: all of the structure is initialised, and the handler takes what SA_SIGINFO gives it.
    let set = unsafe {
        let mut action = MaybeUninit::<libc::sigaction>::zeroed().assume_init();
        action.sa_sigaction = handler as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | flags;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(signal, &action, ptr::null_mut())
    };
    match set {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// What a signal does now.
pub(super) fn handler_of(signal: libc::c_int) -> io::Result<libc::sigaction> {
    let mut found = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: only asks; what it fills in is initialised before by zeros.
    match unsafe { libc::sigaction(signal, ptr::null(), found.as_mut_ptr()) } {
        // SAFETY: as above.
        0 => Ok(unsafe { found.assume_init() }),
        _ => Err(io::Error::last_os_error()),
    }
}

extern "C" fn handle(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let Some(installed) = INSTALLED.get() else {
        return;
    };
    // SAFETY: the kernel passes valid structures to a handler installed with SA_SIGINFO.
    unsafe {
        let registers = &mut *context.cast::<libc::ucontext_t>();
        let mut fault = registers::read(registers);
        fault.signal = signal;
        fault.address = (*info).si_addr() as usize;
        if let Some(claim) = (installed.claimer)(&fault) {
            registers::write(registers, &claim);
            return;
        }
        let index = SIGNALS.iter().position(|&s| s == signal).unwrap_or(0);
        chain(&installed.previous[index], signal, info, context);
    }
}

/// Does what would have happened without our handler.
///
/// # Safety
/// Only from a handler, with its arguments.
unsafe fn chain(
    old: &libc::sigaction,
    signal: libc::c_int,
    info: *mut libc::siginfo_t,
    context: *mut libc::c_void,
) {
    match old.sa_sigaction {
        libc::SIG_DFL | libc::SIG_IGN => {
            // The instruction runs again when we return, and then the signal does what it does by default.
            // SAFETY: the structure is initialised.
            unsafe {
                let mut action = MaybeUninit::<libc::sigaction>::zeroed().assume_init();
                action.sa_sigaction = libc::SIG_DFL;
                libc::sigaction(signal, &action, ptr::null_mut());
            }
        }
        // SAFETY: by the contract.
        _ => unsafe { pass_on(old, signal, info, context) },
    }
}

/// Calls a handler, if there is one.
///
/// # Safety
/// Only from a handler, with its arguments.
pub(super) unsafe fn pass_on(
    handler: &libc::sigaction,
    signal: libc::c_int,
    info: *mut libc::siginfo_t,
    context: *mut libc::c_void,
) {
    match handler.sa_sigaction {
        libc::SIG_DFL | libc::SIG_IGN => {}
        function if handler.sa_flags & libc::SA_SIGINFO != 0 => {
            // SAFETY: an action with SA_SIGINFO holds a function of this type.
            let function: extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void) =
                unsafe { std::mem::transmute(function) };
            function(signal, info, context);
        }
        function => {
            // SAFETY: an action without SA_SIGINFO holds a function of this type.
            let function: extern "C" fn(libc::c_int) = unsafe { std::mem::transmute(function) };
            function(signal);
        }
    }
}

/// The thread's `errno`, which a handler that comes at any time has to leave as it is.
///
/// # Safety
/// None but that of what is done with it.
pub(super) unsafe fn errno() -> *mut libc::c_int {
    // SAFETY: it has no conditions.
    #[cfg(target_os = "linux")]
    return unsafe { libc::__errno_location() };
    // SAFETY: it has no conditions.
    #[cfg(target_os = "macos")]
    return unsafe { libc::__error() };
}

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub(super) mod registers {
    use super::{Claim, Fault};

    pub(in crate::os) fn read(context: &libc::ucontext_t) -> Fault {
        let gregs = &context.uc_mcontext.gregs;
        let of = |register: libc::c_int| gregs[register as usize] as usize;
        Fault {
            signal: 0,
            address: 0,
            pc: of(libc::REG_RIP),
            sp: of(libc::REG_RSP),
            fp: of(libc::REG_RBP),
        }
    }

    pub(super) fn write(context: &mut libc::ucontext_t, claim: &Claim) {
        let gregs = &mut context.uc_mcontext.gregs;
        gregs[libc::REG_RIP as usize] = claim.pc as i64;
        // As if it had been called: the return address would stand here.
        gregs[libc::REG_RSP as usize] = claim.sp as i64 - 8;
        gregs[libc::REG_RDI as usize] = claim.arg as i64;
    }
}

#[cfg(all(target_os = "linux", target_arch = "aarch64"))]
pub(super) mod registers {
    use super::{Claim, Fault};

    pub(in crate::os) fn read(context: &libc::ucontext_t) -> Fault {
        let machine = &context.uc_mcontext;
        Fault {
            signal: 0,
            address: 0,
            pc: machine.pc as usize,
            sp: machine.sp as usize,
            fp: machine.regs[29] as usize,
        }
    }

    pub(super) fn write(context: &mut libc::ucontext_t, claim: &Claim) {
        let machine = &mut context.uc_mcontext;
        machine.pc = claim.pc as u64;
        machine.sp = claim.sp as u64;
        machine.regs[0] = claim.arg as u64;
    }
}

#[cfg(target_os = "macos")]
pub(super) mod registers {
    use super::{Claim, Fault};

    #[cfg(target_arch = "x86_64")]
    pub(in crate::os) fn read(context: &libc::ucontext_t) -> Fault {
        // SAFETY: the kernel passes a valid machine context.
        let state = unsafe { &(*context.uc_mcontext).__ss };
        Fault {
            signal: 0,
            address: 0,
            pc: state.__rip as usize,
            sp: state.__rsp as usize,
            fp: state.__rbp as usize,
        }
    }

    #[cfg(target_arch = "x86_64")]
    pub(super) fn write(context: &mut libc::ucontext_t, claim: &Claim) {
        // SAFETY: the kernel passes a valid machine context.
        let state = unsafe { &mut (*context.uc_mcontext).__ss };
        state.__rip = claim.pc as u64;
        state.__rsp = claim.sp as u64 - 8;
        state.__rdi = claim.arg as u64;
    }

    #[cfg(target_arch = "aarch64")]
    pub(in crate::os) fn read(context: &libc::ucontext_t) -> Fault {
        // SAFETY: the kernel passes a valid machine context.
        let state = unsafe { &(*context.uc_mcontext).__ss };
        Fault {
            signal: 0,
            address: 0,
            pc: state.__pc as usize,
            sp: state.__sp as usize,
            fp: state.__fp as usize,
        }
    }

    #[cfg(target_arch = "aarch64")]
    pub(super) fn write(context: &mut libc::ucontext_t, claim: &Claim) {
        // SAFETY: the kernel passes a valid machine context.
        let state = unsafe { &mut (*context.uc_mcontext).__ss };
        state.__pc = claim.pc as u64;
        state.__sp = claim.sp as u64;
        state.__x[0] = claim.arg as u64;
    }
}

/// Bytes of an alternate stack of ours.
const ALTERNATE_STACK: usize = 64 << 10;

thread_local! {
    static ALTERNATE: Cell<Option<AlternateStack>> = const { Cell::new(None) };
}

/// An alternate signal stack that we made; given back when the thread ends.
struct AlternateStack(*mut libc::c_void);

impl Drop for AlternateStack {
    fn drop(&mut self) {
        // SAFETY: disables the stack before its memory goes, if it is still ours that is set.
        unsafe {
            let mut current = MaybeUninit::<libc::stack_t>::zeroed().assume_init();
            libc::sigaltstack(ptr::null(), &mut current);
            if current.ss_sp == self.0 {
                current.ss_flags = libc::SS_DISABLE;
                libc::sigaltstack(&current, ptr::null_mut());
            }
            libc::munmap(self.0, ALTERNATE_STACK);
        }
    }
}

/// Makes sure that the current thread has an alternate stack for its handlers; one that is there already is kept.
pub fn prepare_thread() {
    // SAFETY: asks for the current stack; sets one only where there is none, in fresh memory that lives as long as the
    // thread.
    unsafe {
        let mut current = MaybeUninit::<libc::stack_t>::zeroed().assume_init();
        if libc::sigaltstack(ptr::null(), &mut current) != 0
            || current.ss_flags & libc::SS_DISABLE == 0
        {
            return;
        }
        let flags = libc::MAP_PRIVATE | libc::MAP_ANON;
        let protection = libc::PROT_READ | libc::PROT_WRITE;
        let memory = libc::mmap(ptr::null_mut(), ALTERNATE_STACK, protection, flags, -1, 0);
        if memory == libc::MAP_FAILED {
            return;
        }
        let stack = libc::stack_t {
            ss_sp: memory,
            ss_flags: 0,
            ss_size: ALTERNATE_STACK,
        };
        if libc::sigaltstack(&stack, ptr::null_mut()) == 0 {
            let _ = ALTERNATE.try_with(|cell| cell.set(Some(AlternateStack(memory))));
        } else {
            libc::munmap(memory, ALTERNATE_STACK);
        }
    }
}
