//! Into guest code and out of it.
//!
//! Every call from Rust or C into guest code goes through one trampoline, [`trampoline`]. It does not know what it calls: the caller
//! stores the target in the context, and all argument registers pass through untouched. It saves the callee-saved
//! registers and what the context knew of the segment before in an [`EntryRecord`] on the stack, linked from the context.
//! So the innermost entry can be *left* from anywhere below it (`leave`: `quit`, faults), as if its target had returned 0:
//! no frame between is run or cleaned up.
//!
//! ```text
//!  host frames │ trampoline: record ─┐ │ guest frames … │ C, Rust │ trampoline: record │ guest frames …
//!              └ segment ends here ◀─┘                 ▲ exit_fp, exit_sp saved in the record on the right
//! ```
//!
//! The guest's calling convention is the C one of the platform, with the context first.

#![allow(unsafe_code)] // saves and restores machine state

use std::arch::naked_asm;
use std::mem::offset_of;

use super::context::{Context, offset};
use super::rtfn;

/// One entry into guest code, on the stack of the trampoline.
#[cfg(target_arch = "x86_64")]
#[repr(C)]
pub struct EntryRecord {
    /// What was called.
    pub(super) target: usize,
    pub(super) drop_depth: usize,
    /// Where the segment before was left.
    pub(super) exit_sp: usize,
    pub(super) exit_fp: usize,
    /// The entry around this one.
    pub(super) previous: *mut EntryRecord,
    saved: [usize; 5],
    /// The trampoline's frame: the caller's frame pointer, then its return address.
    pub(super) frame: [usize; 2],
}

/// One entry into guest code, on the stack of the trampoline.
#[cfg(target_arch = "aarch64")]
#[repr(C)]
pub struct EntryRecord {
    /// What was called.
    pub(super) target: usize,
    pub(super) drop_depth: usize,
    /// Where the segment before was left.
    pub(super) exit_sp: usize,
    pub(super) exit_fp: usize,
    /// The entry around this one.
    pub(super) previous: *mut EntryRecord,
    unused: usize,
    /// x19 to x28, d8 to d15.
    saved: [usize; 18],
    /// The trampoline's frame: the caller's frame pointer, then its return address.
    pub(super) frame: [usize; 2],
}

/// Bytes from a record to its frame.
pub(super) const FRAME: usize = offset_of!(EntryRecord, frame);

/// Address of the entry trampoline: call it with the context and the arguments of the target, in the platform's C calling
/// convention, after storing the target in [`Context::entry_target`] and in [`Context::entry_stack_words`] how many 8 byte
/// words of arguments the convention passes on the stack (0 for up to five integers and eight floats after the context
/// on x86-64). It gives what the target gives, or 0 when the entry was left.
pub fn trampoline() -> usize {
    enter as *const () as usize
}

/// What a slot points at before its proc has code: leaves the entry with an error.
pub(crate) fn no_code() -> usize {
    missing as *const () as usize
}

/// The same for a C entry.
pub(super) fn no_c_code() -> usize {
    missing_c as *const () as usize
}

/// Where a thread goes on to leave its innermost entry, with the context as argument: for signal handlers.
pub(super) fn leave_address() -> usize {
    leave as *const () as usize
}

#[cfg(target_arch = "x86_64")]
mod machine {
    use super::*;

    #[unsafe(naked)]
    pub(super) extern "C" fn enter(_ctx: *mut Context) -> u64 {
        naked_asm!(
            "push rbp",
            "mov rbp, rsp",
            "push rbx",
            "push r12",
            "push r13",
            "push r14",
            "push r15",
            "mov rbx, rdi",
            "mov r12, [rdi + {entry}]",
            "mov r13, [rdi + {exit_fp}]",
            "mov r14, [rdi + {exit_sp}]",
            "mov r15, [rdi + {drop_depth}]",
            "push r12",
            "push r13",
            "push r14",
            "push r15",
            "push qword ptr [rdi + {target}]",
            "mov [rdi + {entry}], rsp",
            "mov r10, [rdi + {words}]",
            "test r10, r10",
            "jnz 2f",
            "1:",
            "call qword ptr [rdi + {target}]",
            // From the registers that the target has preserved: reading the record back would make each call wait for the stores
            // of the one before.
            "mov [rbx + {drop_depth}], r15",
            "mov [rbx + {exit_sp}], r14",
            "mov [rbx + {exit_fp}], r13",
            "mov [rbx + {entry}], r12",
            "lea rsp, [rbp - 40]",
            "pop r15",
            "pop r14",
            "pop r13",
            "pop r12",
            "pop rbx",
            "pop rbp",
            "ret",
            // Copy the stack arguments, last first.
            "2:",
            "mov qword ptr [rdi + {words}], 0",
            "lea r11, [r10 + 1]",
            "and r11, -2",
            "shl r11, 3",
            "sub rsp, r11",
            "3:",
            "mov r11, [rbp + r10 * 8 + 8]",
            "mov [rsp + r10 * 8 - 8], r11",
            "dec r10",
            "jnz 3b",
            "jmp 1b",
            entry = const offset::ENTRY,
            exit_fp = const offset::EXIT_FP,
            exit_sp = const offset::EXIT_SP,
            drop_depth = const offset::DROP_DEPTH,
            target = const offset::ENTRY_TARGET,
            words = const offset::ENTRY_STACK_WORDS,
        )
    }

    /// Leaves the innermost entry of the context: its caller gets 0.
    ///
    /// # Safety
    /// The context is the current thread's and in an entry; no Rust frame between here and the entry has anything to drop
    /// or holds a lock.
    #[unsafe(naked)]
    pub(in crate::runtime) unsafe extern "C" fn leave(_ctx: *mut Context) -> ! {
        naked_asm!(
            "cld",
            "mov rbx, rdi",
            "xor eax, eax",
            "xor edx, edx",
            "pxor xmm0, xmm0",
            "mov rsp, [rbx + {entry}]",
            "add rsp, 8",
            "pop qword ptr [rbx + {drop_depth}]",
            "pop qword ptr [rbx + {exit_sp}]",
            "pop qword ptr [rbx + {exit_fp}]",
            "pop qword ptr [rbx + {entry}]",
            "pop r15",
            "pop r14",
            "pop r13",
            "pop r12",
            "pop rbx",
            "pop rbp",
            "ret",
            entry = const offset::ENTRY,
            exit_fp = const offset::EXIT_FP,
            exit_sp = const offset::EXIT_SP,
            drop_depth = const offset::DROP_DEPTH,
        )
    }

    /// See [`super::no_code`]. Called as guest code, with the context first.
    #[unsafe(naked)]
    pub(super) extern "C" fn missing(_ctx: *mut Context) -> u64 {
        naked_asm!(
            "mov [rdi + {exit_fp}], rbp",
            "lea rax, [rsp + 8]",
            "mov [rdi + {exit_sp}], rax",
            "sub rsp, 8",
            "call {give_up}",
            "add rsp, 8",
            "xor eax, eax",
            "xor edx, edx",
            "pxor xmm0, xmm0",
            "ret",
            exit_fp = const offset::EXIT_FP,
            exit_sp = const offset::EXIT_SP,
            give_up = sym rtfn::called_no_code,
        )
    }

    /// See [`super::no_c_code`]: a C function that gives 0.
    #[unsafe(naked)]
    pub(super) extern "C" fn missing_c() -> u64 {
        naked_asm!("xor eax, eax", "xor edx, edx", "pxor xmm0, xmm0", "ret")
    }

    /// What an unresolved extern's stub jumps to: number in r10d, address of the window's cell in r11. Gives 0 to its caller
    /// with an exception pending.
    #[unsafe(naked)]
    pub(in crate::runtime) extern "C" fn unresolved() -> u64 {
        naked_asm!(
            "push rbp",
            "mov rbp, rsp",
            "mov edi, r10d",
            "mov rsi, [r11 + 8]",
            "call {raise}",
            "xor eax, eax",
            "xor edx, edx",
            "pxor xmm0, xmm0",
            "pop rbp",
            "ret",
            raise = sym rtfn::raise_unresolved,
        )
    }
}

#[cfg(target_arch = "aarch64")]
mod machine {
    use super::*;

    #[unsafe(naked)]
    pub(super) extern "C" fn enter(_ctx: *mut Context) -> u64 {
        naked_asm!(
            "sub sp, sp, #208",
            "stp x29, x30, [sp, #192]",
            "add x29, sp, #192",
            "stp x19, x20, [sp, #48]",
            "stp x21, x22, [sp, #64]",
            "stp x23, x24, [sp, #80]",
            "stp x25, x26, [sp, #96]",
            "stp x27, x28, [sp, #112]",
            "stp d8, d9, [sp, #128]",
            "stp d10, d11, [sp, #144]",
            "stp d12, d13, [sp, #160]",
            "stp d14, d15, [sp, #176]",
            "ldr x16, [x0, #{target}]",
            "ldr x17, [x0, #{drop_depth}]",
            "stp x16, x17, [sp]",
            "ldr x10, [x0, #{exit_sp}]",
            "ldr x17, [x0, #{exit_fp}]",
            "stp x10, x17, [sp, #16]",
            "ldr x17, [x0, #{entry}]",
            "str x17, [sp, #32]",
            "mov x19, x0",
            "mov x17, sp",
            "str x17, [x0, #{entry}]",
            "ldr x10, [x0, #{words}]",
            "cbz x10, 1f",
            "str xzr, [x0, #{words}]",
            "add x11, x10, #1",
            "and x11, x11, #-2",
            "sub sp, sp, x11, lsl #3",
            "add x12, x29, #16",
            "mov x11, sp",
            "3:",
            "sub x10, x10, #1",
            "ldr x13, [x12, x10, lsl #3]",
            "str x13, [x11, x10, lsl #3]",
            "cbnz x10, 3b",
            "1:",
            "blr x16",
            "mov x2, x19",
            "b {back}",
            entry = const offset::ENTRY,
            exit_fp = const offset::EXIT_FP,
            exit_sp = const offset::EXIT_SP,
            drop_depth = const offset::DROP_DEPTH,
            target = const offset::ENTRY_TARGET,
            words = const offset::ENTRY_STACK_WORDS,
            back = sym back,
        )
    }

    /// The end of `enter` and `leave`: restores from the record of the context in x2; results stay in x0, x1 and v0.
    #[unsafe(naked)]
    extern "C" fn back() -> ! {
        naked_asm!(
            "ldr x17, [x2, #{entry}]",
            "mov sp, x17",
            "ldr x17, [sp, #8]",
            "str x17, [x2, #{drop_depth}]",
            "ldp x16, x17, [sp, #16]",
            "str x16, [x2, #{exit_sp}]",
            "str x17, [x2, #{exit_fp}]",
            "ldr x17, [sp, #32]",
            "str x17, [x2, #{entry}]",
            "ldp x19, x20, [sp, #48]",
            "ldp x21, x22, [sp, #64]",
            "ldp x23, x24, [sp, #80]",
            "ldp x25, x26, [sp, #96]",
            "ldp x27, x28, [sp, #112]",
            "ldp d8, d9, [sp, #128]",
            "ldp d10, d11, [sp, #144]",
            "ldp d12, d13, [sp, #160]",
            "ldp d14, d15, [sp, #176]",
            "ldp x29, x30, [sp, #192]",
            "add sp, sp, #208",
            "ret",
            entry = const offset::ENTRY,
            exit_fp = const offset::EXIT_FP,
            exit_sp = const offset::EXIT_SP,
            drop_depth = const offset::DROP_DEPTH,
        )
    }

    /// Leaves the innermost entry of the context: its caller gets 0.
    ///
    /// # Safety
    /// The context is the current thread's and in an entry; no Rust frame between here and the entry has anything to drop
    /// or holds a lock.
    #[unsafe(naked)]
    pub(in crate::runtime) unsafe extern "C" fn leave(_ctx: *mut Context) -> ! {
        naked_asm!("mov x2, x0", "mov x0, xzr", "mov x1, xzr", "movi v0.2d, #0", "b {back}", back = sym back)
    }

    /// See [`super::no_code`]. Called as guest code, with the context first.
    #[unsafe(naked)]
    pub(super) extern "C" fn missing(_ctx: *mut Context) -> u64 {
        naked_asm!(
            "str x29, [x0, #{exit_fp}]",
            "str x30, [x0, #{exit_sp}]",
            "stp x29, x30, [sp, #-16]!",
            "bl {give_up}",
            "ldp x29, x30, [sp], #16",
            "mov x0, xzr",
            "mov x1, xzr",
            "movi v0.2d, #0",
            "ret",
            exit_fp = const offset::EXIT_FP,
            exit_sp = const offset::EXIT_SP,
            give_up = sym rtfn::called_no_code,
        )
    }

    /// See [`super::no_c_code`]: a C function that gives 0.
    #[unsafe(naked)]
    pub(super) extern "C" fn missing_c() -> u64 {
        naked_asm!("mov x0, xzr", "mov x1, xzr", "movi v0.2d, #0", "ret")
    }

    /// What an unresolved extern's stub jumps to: number in w15, address of the window's cell in x16. Gives 0 to its caller
    /// with an exception pending.
    #[unsafe(naked)]
    pub(in crate::runtime) extern "C" fn unresolved() -> u64 {
        naked_asm!(
            "stp x29, x30, [sp, #-16]!",
            "mov x29, sp",
            "mov w0, w15",
            "ldr x1, [x16, #8]",
            "bl {raise}",
            "mov x0, xzr",
            "mov x1, xzr",
            "movi v0.2d, #0",
            "ldp x29, x30, [sp], #16",
            "ret",
            raise = sym rtfn::raise_unresolved,
        )
    }
}

use machine::{enter, missing, missing_c};
pub(super) use machine::{leave, unresolved};
