//! What a thread that stands still has in its registers and on its stack, for who looks through all memory.
//!
//! A parked thread waits in a function of the system, which may keep values of guest code in registers that it has to give back.
//! So the thread notes those before it parks, and from where on its stack is that of its callers.

#![allow(unsafe_code)] // reads registers

use std::ops::Range;

use super::context::Context;

/// The registers that a callee gives back.
pub type Registers = [usize; 12];

/// Where a thread stands still.
#[derive(Clone, Copy, Default)]
pub(super) struct Kept {
    /// All frames of its callers lie above.
    at: usize,
    registers: Registers,
}

impl Kept {
    /// Notes that the current thread is going to park.
    #[inline(never)]
    pub(super) fn note(&mut self) {
        self.registers = registers();
        let here = 0usize;
        self.at = std::hint::black_box(&raw const here) as usize;
    }
}

impl Context {
    /// The stack of a parked thread from its callers up, and its registers. None where the bounds of the stack are not known.
    pub(super) fn kept(&self) -> Option<(Range<usize>, Registers)> {
        let at = self.kept.at;
        let known = self.stack.contains(&at);
        known.then_some((at..self.stack.end, self.kept.registers))
    }
}

/// A value of the guest may be in one of them and nowhere on the stack.
#[inline(never)]
pub fn registers() -> Registers {
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
