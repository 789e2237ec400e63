//! Arm stubs: what slots point to while a new version of the program waits for a good moment to be applied.
//!
//! In: a proc. Out: the address of its stub. A call that comes through it asks the [`Reloader`](super::Reloader) where to go
//! on, with the caller's return address, and that may reload first. The arguments arrive as they were passed. A stub is
//! made once and stays as long as the program: a thread may have read its address from a slot long before it jumps there.
//!
//! ```text
//! slot ─▶ stub: number of the proc ─▶ armed: saves the argument registers ─▶ ask ─▶ restores them ─▶ the proc
//! ```

#![allow(unsafe_code)] // machine code

use std::arch::naked_asm;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use super::code::{CodeArea, CodeRange};
use super::context::offset;
use super::rtfn;
use crate::mir::ProcId;

/// Bytes of a stub.
const SIZE: usize = 32;
/// Stubs of procs with neighbouring numbers are made together, as many as a page holds.
const TOGETHER: u32 = 4096 / SIZE as u32;

/// The stubs of one program that exist.
pub struct ArmStubs {
    area: Arc<CodeArea>,
    /// By the number of the first proc, divided by [`TOGETHER`].
    ranges: Mutex<BTreeMap<u32, CodeRange>>,
}

impl ArmStubs {
    /// None yet; they will lie in `area`.
    pub fn new(area: Arc<CodeArea>) -> ArmStubs {
        ArmStubs {
            area,
            ranges: Mutex::default(),
        }
    }

    /// The stub of a proc.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn of(&self, proc: ProcId) -> io::Result<usize> {
        let (page, index) = (proc.0 / TOGETHER, proc.0 % TOGETHER);
        let mut ranges = self.ranges.lock().unwrap_or_else(PoisonError::into_inner);
        let base = match ranges.get(&page) {
            Some(range) => range.base(),
            None => {
                let mut range = self.area.allocate(SIZE * TOGETHER as usize)?;
                let stubs = range.bytes_mut().chunks_exact_mut(SIZE);
                for (stub, number) in stubs.zip(page * TOGETHER..(page + 1) * TOGETHER) {
                    stub.copy_from_slice(&machine::stub(number));
                }
                range.publish()?;
                let base = range.base();
                ranges.insert(page, range);
                base
            }
        };
        Ok(base + SIZE * index as usize)
    }
}

#[cfg(target_arch = "x86_64")]
mod machine {
    use super::*;

    /// `mov r10d, number; mov r11, armed; jmp r11`: registers in which nobody passes anything.
    pub(super) fn stub(number: u32) -> [u8; SIZE] {
        let mut code = [0xcc; SIZE];
        code[..2].copy_from_slice(&[0x41, 0xba]);
        code[2..6].copy_from_slice(&number.to_le_bytes());
        code[6..8].copy_from_slice(&[0x49, 0xbb]);
        code[8..16].copy_from_slice(&(armed as *const () as u64).to_le_bytes());
        code[16..19].copy_from_slice(&[0x41, 0xff, 0xe3]);
        code
    }

    /// Where stubs go: asks [`rtfn::armed`], with what frame walks need in the context, and jumps to where it says.
    #[unsafe(naked)]
    extern "C" fn armed() {
        naked_asm!(
            "push rbp",
            "mov rbp, rsp",
            "sub rsp, 112",
            "mov [rsp], rdi",
            "mov [rsp + 8], rsi",
            "mov [rsp + 16], rdx",
            "mov [rsp + 24], rcx",
            "mov [rsp + 32], r8",
            "mov [rsp + 40], r9",
            "movsd [rsp + 48], xmm0",
            "movsd [rsp + 56], xmm1",
            "movsd [rsp + 64], xmm2",
            "movsd [rsp + 72], xmm3",
            "movsd [rsp + 80], xmm4",
            "movsd [rsp + 88], xmm5",
            "movsd [rsp + 96], xmm6",
            "movsd [rsp + 104], xmm7",
            "mov rax, [rbp]",
            "mov [rdi + {fp}], rax",
            "lea rax, [rbp + 16]",
            "mov [rdi + {sp}], rax",
            "mov esi, r10d",
            "mov rdx, [rbp + 8]",
            "call {ask}",
            "mov r11, rax",
            "mov rdi, [rsp]",
            "mov rsi, [rsp + 8]",
            "mov rdx, [rsp + 16]",
            "mov rcx, [rsp + 24]",
            "mov r8, [rsp + 32]",
            "mov r9, [rsp + 40]",
            "movsd xmm0, [rsp + 48]",
            "movsd xmm1, [rsp + 56]",
            "movsd xmm2, [rsp + 64]",
            "movsd xmm3, [rsp + 72]",
            "movsd xmm4, [rsp + 80]",
            "movsd xmm5, [rsp + 88]",
            "movsd xmm6, [rsp + 96]",
            "movsd xmm7, [rsp + 104]",
            "leave",
            "jmp r11",
            fp = const offset::EXIT_FP,
            sp = const offset::EXIT_SP,
            ask = sym rtfn::armed,
        )
    }
}

#[cfg(target_arch = "aarch64")]
mod machine {
    use super::*;

    /// `movz w15, low; movk w15, high; ldr x16, armed; br x16; armed: .quad`.
    pub(super) fn stub(number: u32) -> [u8; SIZE] {
        let mut code = [0; SIZE];
        let words = [
            0x5280_000f | (number & 0xffff) << 5,
            0x72a0_000f | (number >> 16) << 5,
            0x5800_0050,
            0xd61f_0200,
        ];
        for (bytes, word) in code.chunks_exact_mut(4).zip(words) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        code[16..24].copy_from_slice(&(armed as *const () as u64).to_le_bytes());
        code
    }

    /// Where stubs go: asks [`rtfn::armed`], with what frame walks need in the context, and jumps to where it says.
    #[unsafe(naked)]
    extern "C" fn armed() {
        naked_asm!(
            "stp x29, x30, [sp, #-160]!",
            "str x29, [x0, #{fp}]",
            "str x30, [x0, #{sp}]",
            "mov x29, sp",
            "stp x0, x1, [sp, #16]",
            "stp x2, x3, [sp, #32]",
            "stp x4, x5, [sp, #48]",
            "stp x6, x7, [sp, #64]",
            "str x8, [sp, #80]",
            "stp d0, d1, [sp, #96]",
            "stp d2, d3, [sp, #112]",
            "stp d4, d5, [sp, #128]",
            "stp d6, d7, [sp, #144]",
            "mov w1, w15",
            "mov x2, x30",
            "bl {ask}",
            "mov x16, x0",
            "ldp x0, x1, [sp, #16]",
            "ldp x2, x3, [sp, #32]",
            "ldp x4, x5, [sp, #48]",
            "ldp x6, x7, [sp, #64]",
            "ldr x8, [sp, #80]",
            "ldp d0, d1, [sp, #96]",
            "ldp d2, d3, [sp, #112]",
            "ldp d4, d5, [sp, #128]",
            "ldp d6, d7, [sp, #144]",
            "ldp x29, x30, [sp], #160",
            "br x16",
            fp = const offset::EXIT_FP,
            sp = const offset::EXIT_SP,
            ask = sym rtfn::armed,
        )
    }
}
