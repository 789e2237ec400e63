//! Which pinned procs have values: closures and iterators that were made of them and live.
//!
//! In: removed procs whose values keep their body. Out: those whose address may stand somewhere in the program's memory.
//! Conservative, as Boehm and Weiser (1988): every aligned word of the guest's heap, its globals, and the current
//! thread's stack and registers that looks like the address of a stub counts. When other threads have guest frames,
//! whose registers are out of reach, everything counts.

#![allow(unsafe_code)] // reads memory word by word

use rustc_hash::FxHashSet;

use super::LiveProgram;
use crate::globals::GlobalEntry;
use crate::mir::ProcId;
use crate::runtime::Context;

/// A heap of so many bytes is looked through at each reload, a larger one only now and then.
const SMALL_HEAP: usize = 16 << 20;
/// Every so many reloads.
const NOW_AND_THEN: u64 = 64;

impl LiveProgram {
    /// Those of some pinned procs of which there may be values.
    pub(super) fn with_values(
        &self,
        pinned: FxHashSet<ProcId>,
        context: *mut Context,
        others: usize,
    ) -> FxHashSet<ProcId> {
        let large = self.runtime.heap().stats().used_bytes > SMALL_HEAP;
        let later = large && !self.table.next_generation().is_multiple_of(NOW_AND_THEN);
        if pinned.is_empty() || others > 0 || later {
            return pinned;
        }
        let window = self.runtime.window();
        let stubs = window.stubs();
        let mut found = FxHashSet::default();
        let mut add = |word: usize| {
            if let Some(proc) = window.proc_of_stub(word)
                && pinned.contains(&proc)
            {
                found.insert(proc);
            }
        };
        self.each_word(context, &[], &mut |word| {
            if stubs.contains(&word) {
                add(word);
            }
        });
        found
    }

    /// Gives each word of the guest's heap, its globals and those of `gone`, and the current thread's stack and registers.
    pub(super) fn each_word(
        &self,
        context: *mut Context,
        gone: &[GlobalEntry],
        add: &mut dyn FnMut(usize),
    ) {
        self.runtime.heap().words_in(&(0..usize::MAX), add);
        for global in self.runtime.globals().list().iter().chain(gone) {
            words(global.address, global.size, add);
        }
        let state_of_thread = registers();
        let here = (&raw const state_of_thread) as usize;
        // SAFETY: the context is the current thread's.
        let stack = unsafe { &*context }.stack();
        if stack.contains(&here) {
            words(here, stack.end - here, add);
        }
    }
}

/// Gives each aligned word of an area.
fn words(start: usize, size: usize, add: &mut dyn FnMut(usize)) {
    for address in (start.next_multiple_of(8)..(start + size) & !7).step_by(8) {
        // SAFETY: globals are in committed storage, and a stack is mapped from a live local up to its end. Reading
        // volatile, since others may own what is there.
        add(unsafe { (address as *const usize).read_volatile() });
    }
}

/// The registers that a callee keeps: a value of the guest may be in one of them and nowhere on the stack.
#[inline(never)]
fn registers() -> [usize; 12] {
    let mut kept = [0usize; 12];
    let to = kept.as_mut_ptr();
    // SAFETY: the assembly only stores to the array.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        std::arch::asm!(
            "mov [{to}], rbx", "mov [{to} + 8], rbp", "mov [{to} + 16], r12",
            "mov [{to} + 24], r13", "mov [{to} + 32], r14", "mov [{to} + 40], r15",
            to = in(reg) to,
        );
        #[cfg(target_arch = "aarch64")]
        std::arch::asm!(
            "stp x19, x20, [{to}]", "stp x21, x22, [{to}, #16]", "stp x23, x24, [{to}, #32]",
            "stp x25, x26, [{to}, #48]", "stp x27, x28, [{to}, #64]",
            to = in(reg) to,
        );
    }
    std::hint::black_box(kept)
}
