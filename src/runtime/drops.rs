//! Destruction of references.
//!
//! `drop_ref` is what a `DecRef` does when it gave up the last reference: it destroys the object through its descriptor and frees the
//! block. Destroying an object drops the references in it, so destruction nests, as in Nim; but not beyond
//! [`MAX_NESTED`]: what is deeper is put on a list that the outermost destruction works through, so that a list of a million
//! elements does not overflow the stack.
//!
//! It is written in assembly so that it keeps a frame pointer: guest frames above and below it stay one chain.

#![allow(unsafe_code)] // frees objects of the guest

use std::arch::naked_asm;
use std::mem::offset_of;

use crate::mir::cycles::RC_CANDIDATE;
use crate::mir::{RC_ONE, REF_HEADER};

use super::context::{Context, offset};
use super::tables::RtDesc;
use super::{cycles, rtfn};

/// Destructions that may be nested in one another.
pub const MAX_NESTED: usize = 200;

const HEADER: i32 = REF_HEADER as i32;

/// Destroys and frees the object that the last reference pointed to. See [`Helper::DropRef`](super::rtfn::Helper).
///
/// # Safety
/// Called as guest code: `ctx` is the thread's context and `object` a live object to which no reference remains.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
pub(super) unsafe extern "C" fn drop_ref(_ctx: *mut Context, _object: usize) {
    naked_asm!(
        "push rbp",
        "mov rbp, rsp",
        "push rbx",
        "push r12",
        "mov rbx, rdi",
        "mov r12, rsi",
        "2:",
        "mov rax, [r12 - 8]",
        "mov rax, [rax + {destroy}]",
        "test rax, rax",
        "jz 3f",
        "cmp qword ptr [rbx + {depth}], {max}",
        "jae 5f",
        "inc qword ptr [rbx + {depth}]",
        "mov rdi, rbx",
        "mov rsi, r12",
        "call rax",
        "dec qword ptr [rbx + {depth}]",
        "3:",
        "test byte ptr [r12 - {header}], {candidate}",
        "jz 6f",
        "mov rdi, rbx",
        "mov rsi, r12",
        "call {forget}",
        "6:",
        "mov rdi, rbx",
        "lea rsi, [r12 - {header}]",
        "call {free}",
        "cmp qword ptr [rbx + {depth}], 0",
        "jne 4f",
        "mov rdi, rbx",
        "call {next}",
        "mov r12, rax",
        "test rax, rax",
        "jnz 2b",
        "4:",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
        "5:",
        "mov rdi, rbx",
        "mov rsi, r12",
        "call {defer}",
        "jmp 4b",
        destroy = const offset_of!(RtDesc, destroy),
        depth = const offset::DROP_DEPTH,
        max = const MAX_NESTED,
        header = const HEADER,
        candidate = const RC_CANDIDATE,
        forget = sym cycles::forget,
        free = sym rtfn::dealloc,
        next = sym next_deferred,
        defer = sym defer,
    )
}

/// Destroys and frees the object that the last reference pointed to. See [`Helper::DropRef`](super::rtfn::Helper).
///
/// # Safety
/// Called as guest code: `ctx` is the thread's context and `object` a live object to which no reference remains.
#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
pub(super) unsafe extern "C" fn drop_ref(_ctx: *mut Context, _object: usize) {
    naked_asm!(
        "stp x29, x30, [sp, #-32]!",
        "mov x29, sp",
        "stp x19, x20, [sp, #16]",
        "mov x19, x0",
        "mov x20, x1",
        "2:",
        "ldur x9, [x20, #-8]",
        "ldr x9, [x9, #{destroy}]",
        "cbz x9, 3f",
        "ldr x10, [x19, #{depth}]",
        "cmp x10, #{max}",
        "b.hs 5f",
        "add x10, x10, #1",
        "str x10, [x19, #{depth}]",
        "mov x0, x19",
        "mov x1, x20",
        "blr x9",
        "ldr x10, [x19, #{depth}]",
        "sub x10, x10, #1",
        "str x10, [x19, #{depth}]",
        "3:",
        "ldurb w9, [x20, #-{header}]",
        "tbz w9, #{candidate_bit}, 6f",
        "mov x0, x19",
        "mov x1, x20",
        "bl {forget}",
        "6:",
        "mov x0, x19",
        "sub x1, x20, #{header}",
        "bl {free}",
        "ldr x10, [x19, #{depth}]",
        "cbnz x10, 4f",
        "mov x0, x19",
        "bl {next}",
        "mov x20, x0",
        "cbnz x0, 2b",
        "4:",
        "ldp x19, x20, [sp, #16]",
        "ldp x29, x30, [sp], #32",
        "ret",
        "5:",
        "mov x0, x19",
        "mov x1, x20",
        "bl {defer}",
        "b 4b",
        destroy = const offset_of!(RtDesc, destroy),
        depth = const offset::DROP_DEPTH,
        max = const MAX_NESTED,
        header = const HEADER,
        candidate_bit = const RC_CANDIDATE.trailing_zeros(),
        forget = sym cycles::forget,
        free = sym rtfn::dealloc,
        next = sym next_deferred,
        defer = sym defer,
    )
}

/// Puts off the destruction of an object.
unsafe extern "C" fn defer(ctx: *mut Context, object: usize) {
    // SAFETY: the context is the current thread's.
    unsafe { &mut *ctx }.deferred.push(object);
}

/// The next object whose destruction was put off, or 0. An exception that was raised meanwhile is kept aside, so that the destructors
/// run without one, and is pending again at the end; of several the first.
unsafe extern "C" fn next_deferred(ctx: *mut Context) -> usize {
    // SAFETY: the context is the current thread's, and guest code does not run meanwhile.
    let context = unsafe { &mut *ctx };
    if context.deferred.is_empty() && context.held == 0 {
        return 0;
    }
    if context.pending != 0 {
        let raised = std::mem::take(&mut context.pending);
        if context.held == 0 {
            context.held = raised;
        } else if give_up_reference(raised) {
            context.deferred.push(raised);
        }
    }
    let next = context.deferred.pop().unwrap_or(0);
    if next == 0 {
        context.pending = std::mem::take(&mut context.held);
    }
    next
}

/// Counts one reference less. Was it the last?
fn give_up_reference(object: usize) -> bool {
    let count = (object - REF_HEADER as usize) as *mut i64;
    // SAFETY: before every object that a reference points to stands its count.
    unsafe {
        if *count < RC_ONE {
            return true;
        }
        *count -= RC_ONE;
    }
    false
}

/// Gives up a reference that the host or the runtime owns, as a `DecRef` of guest code does. An exception may be pending afterwards.
///
/// # Safety
/// `ctx` is the current thread's context, which is pinned; `object` is 0 or a live object, one of whose references is given up.
pub unsafe fn release(ctx: *mut Context, object: usize) {
    if object != 0 && give_up_reference(object) {
        // SAFETY: nothing refers to the object any more; `drop_ref` is called as a guest proc.
        unsafe { rtfn::call(ctx, drop_ref as *const () as usize, &[object as u64]) };
    }
}
