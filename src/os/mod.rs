//! What differs between operating systems, behind one interface.
//!
//! * [`memory`]: reserving, committing, protecting and giving back address space.
//! * [`stack`]: the bounds of the current thread's stack.
//! * [`socket`]: sockets of this user alone.
//! * [`signals`]: faults (wild accesses, traps) offered to one handler before the one that was there.
//! * [`ask`]: where another thread is.
//! * [`barrier`]: making every core see new code, and the slow half of asymmetric fences.
//!
//! Never decides anything about guest programs: what is in the window and who may fault is the runtime's business.

use std::sync::LazyLock;

pub mod ask;
pub mod barrier;
pub mod memory;
pub mod signals;
pub mod socket;
pub mod stack;

#[cfg(not(all(
    any(target_os = "linux", target_os = "macos"),
    any(target_arch = "x86_64", target_arch = "aarch64")
)))]
compile_error!(
    "midair is not written for this platform yet: it runs on Linux and macOS, on x86-64 and AArch64. \
     What a port needs is in `src/os/` (memory, signals, stacks) and `src/runtime/entry.rs` (the calling convention)."
);

/// Processors that the process may use. Asked once, since on Linux the answer is in several files.
pub fn cores() -> usize {
    static CORES: LazyLock<usize> =
        LazyLock::new(|| std::thread::available_parallelism().map_or(1, usize::from));
    *CORES
}
