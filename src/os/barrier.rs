//! Barriers across cores.
//!
//! Linux's `membarrier` runs a barrier on every core that runs a thread of this process. Two uses: before addresses that
//! held code hold other code (`SYNC_CORE`), and as the slow half of an asymmetric fence, whose fast half is then only a
//! compiler fence. Without it the fast half has to be a real fence; [`light`] and [`heavy`] hide which it is.

#![allow(unsafe_code)] // one system call

use std::sync::OnceLock;
use std::sync::atomic::{Ordering, compiler_fence, fence};

#[cfg(target_os = "linux")]
mod membarrier {
    const PRIVATE_EXPEDITED: libc::c_int = 1 << 3;
    const REGISTER_PRIVATE_EXPEDITED: libc::c_int = 1 << 4;
    const PRIVATE_EXPEDITED_SYNC_CORE: libc::c_int = 1 << 5;
    const REGISTER_PRIVATE_EXPEDITED_SYNC_CORE: libc::c_int = 1 << 6;

    fn call(command: libc::c_int) -> bool {
        // SAFETY: `membarrier` takes two integers here and touches no memory of ours.
        unsafe { libc::syscall(libc::SYS_membarrier, command, 0) == 0 }
    }

    pub(super) fn register() -> (bool, bool) {
        (
            call(REGISTER_PRIVATE_EXPEDITED),
            call(REGISTER_PRIVATE_EXPEDITED_SYNC_CORE),
        )
    }

    pub(super) fn private() -> bool {
        call(PRIVATE_EXPEDITED)
    }

    pub(super) fn sync_core() -> bool {
        call(PRIVATE_EXPEDITED_SYNC_CORE)
    }
}

#[cfg(not(target_os = "linux"))]
mod membarrier {
    pub(super) fn register() -> (bool, bool) {
        (false, false)
    }

    pub(super) fn private() -> bool {
        false
    }

    pub(super) fn sync_core() -> bool {
        false
    }
}

fn registered() -> (bool, bool) {
    static REGISTERED: OnceLock<(bool, bool)> = OnceLock::new();
    *REGISTERED.get_or_init(membarrier::register)
}

/// Makes every core that runs this process fetch code anew. False when the system has no such call; then changing the
/// protection of the pages, which interrupts those cores, is what there is.
pub fn sync_core() -> bool {
    registered().1 && membarrier::sync_core()
}

/// The fast half of an asymmetric fence: orders a store before a load, against [`heavy`] on another thread.
#[inline]
pub fn light() {
    if cfg!(target_os = "linux") && ASYMMETRIC.load(Ordering::Relaxed) {
        compiler_fence(Ordering::SeqCst);
    } else {
        fence(Ordering::SeqCst);
    }
}

/// The slow half: everything that another thread stored before its [`light`] is visible after this, and what was stored
/// before this is visible to what another thread loads after its `light`.
pub fn heavy() {
    fence(Ordering::SeqCst);
    if ASYMMETRIC.load(Ordering::Relaxed) {
        // It was registered, so it cannot fail.
        membarrier::private();
    }
}

static ASYMMETRIC: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// Finds out what the system can do. Called before the first thread enters a program.
pub fn prepare() {
    if registered().0 {
        ASYMMETRIC.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU32;

    #[test]
    fn the_two_halves_order_stores_and_loads() {
        prepare();
        for _ in 0..200 {
            let (a, b) = (AtomicU32::new(0), AtomicU32::new(0));
            let (saw_b, saw_a) = std::thread::scope(|scope| {
                let fast = scope.spawn(|| {
                    a.store(1, Ordering::Relaxed);
                    light();
                    b.load(Ordering::Relaxed)
                });
                b.store(1, Ordering::Relaxed);
                heavy();
                let saw_a = a.load(Ordering::Relaxed);
                (fast.join().expect("no panic"), saw_a)
            });
            assert!(
                saw_a == 1 || saw_b == 1,
                "one of the two must see the other"
            );
        }
    }

    #[test]
    fn code_can_be_synchronised_on_linux() {
        if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
            assert!(sync_core());
        }
    }
}
