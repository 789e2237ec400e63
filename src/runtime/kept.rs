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
    /// Notes that the current thread is going to park, in a function that the caller calls. Part of the caller: in a function of its own, what
    /// that saves of the registers would be gone when it returns.
    #[inline(always)]
    pub(super) fn note(&mut self) {
        store_registers(&mut self.registers);
        // SAFETY: only reads a register.
        unsafe {
            #[cfg(target_arch = "x86_64")]
            std::arch::asm!("mov {}, rsp", out(reg) self.at, options(nomem, nostack));
            #[cfg(target_arch = "aarch64")]
            std::arch::asm!("mov {}, sp", out(reg) self.at, options(nomem, nostack));
        }
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

/// Those of the caller: a value of the guest may be in one of them and nowhere on the stack.
#[inline(never)]
pub fn registers() -> Registers {
    let mut kept = [0usize; 12];
    store_registers(&mut kept);
    std::hint::black_box(kept)
}

#[inline(always)]
fn store_registers(to: &mut Registers) {
    let to = to.as_mut_ptr();
    // SAFETY: the assembly only stores to the array, whose address is in a register that is none of these.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        std::arch::asm!(
            "mov [rax], rbx", "mov [rax + 8], rbp", "mov [rax + 16], r12",
            "mov [rax + 24], r13", "mov [rax + 32], r14", "mov [rax + 40], r15",
            in("rax") to, options(nostack, preserves_flags),
        );
        #[cfg(target_arch = "aarch64")]
        std::arch::asm!(
            "stp x19, x20, [x0]", "stp x21, x22, [x0, #16]", "stp x23, x24, [x0, #32]",
            "stp x25, x26, [x0, #48]", "stp x27, x28, [x0, #64]",
            in("x0") to, options(nostack, preserves_flags),
        );
    }
}
