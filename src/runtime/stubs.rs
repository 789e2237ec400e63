//! The machine code of stubs.
//!
//! A stub of a proc jumps to where its slot points. A stub pair of an extern is: *unresolved*, which loads the extern's number and the
//! address of the window's [`Unresolved`] cell and jumps to the routine that raises; and *varargs*, which sets what C wants for
//! variable arguments (System V: `al` = an upper bound of the vector registers used) and jumps to the function.
//! All of them only use registers that no calling convention passes arguments in.

#![allow(unsafe_code)] // writes machine code

use std::ops::Range;

/// What the stubs of unresolved externs jump through.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Unresolved {
    /// Address of the routine.
    pub(super) routine: usize,
    /// The program, for the routine.
    pub(super) runtime: usize,
}

/// Bytes before the first cell of an extern.
pub(super) const UNRESOLVED_SIZE: usize = size_of::<Unresolved>();

#[cfg(target_arch = "x86_64")]
mod machine {
    /// Bytes of a proc's stub: `jmp [rip + slot]` is 6.
    pub(in crate::runtime) const STUB_SIZE: usize = 8;
    /// Bytes of an extern's stubs.
    pub(in crate::runtime) const EXTERN_STUB_SIZE: usize = 32;

    fn relative(from: usize, to: usize) -> [u8; 4] {
        let distance = to.wrapping_sub(from) as isize;
        i32::try_from(distance)
            .expect("the window is smaller than 2 GiB")
            .to_le_bytes()
    }

    pub(super) fn jump(stub: usize, slot: usize) -> [u8; 8] {
        let [a, b, c, d] = relative(stub + 6, slot);
        [0xff, 0x25, a, b, c, d, 0x0f, 0x0b] // jmp [rip + slot]; ud2
    }

    /// `mov r10d, index; lea r11, [rip + unresolved]; jmp [r11]`, and `mov eax, 8; jmp [rip + cell]`.
    pub(super) fn extern_pair(stub: usize, index: u32, unresolved: usize, cell: usize) -> [u8; 32] {
        let mut code = [0xcc; 32];
        code[..2].copy_from_slice(&[0x41, 0xba]);
        code[2..6].copy_from_slice(&index.to_le_bytes());
        code[6..9].copy_from_slice(&[0x4c, 0x8d, 0x1d]);
        code[9..13].copy_from_slice(&relative(stub + 13, unresolved));
        code[13..16].copy_from_slice(&[0x41, 0xff, 0x23]);
        code[16..23].copy_from_slice(&[0xb8, 8, 0, 0, 0, 0xff, 0x25]);
        code[23..27].copy_from_slice(&relative(stub + 27, cell));
        code
    }
}

#[cfg(target_arch = "aarch64")]
mod machine {
    /// Bytes of a proc's stub: `adrp x16, slot; ldr x16, [x16, #low]; br x16`.
    pub(in crate::runtime) const STUB_SIZE: usize = 16;
    /// Bytes of an extern's stubs.
    pub(in crate::runtime) const EXTERN_STUB_SIZE: usize = 32;

    fn adrp_x16(at: usize, to: usize) -> u32 {
        let pages = ((to >> 12) as i64 - (at >> 12) as i64) as u32;
        0x9000_0010 | (pages & 3) << 29 | (pages >> 2 & 0x7_ffff) << 5
    }

    /// `ldr x17, [x16, #low]`, for an address on an 8 byte boundary.
    fn ldr_x17(to: usize) -> u32 {
        0xf940_0211 | ((to & 0xfff) as u32 >> 3) << 10
    }

    const BR_X17: u32 = 0xd61f_0220;

    pub(super) fn jump(stub: usize, slot: usize) -> [u8; 16] {
        words([adrp_x16(stub, slot), ldr_x17(slot), BR_X17, 0xd503_201f])
    }

    fn words<const N: usize, const B: usize>(words: [u32; N]) -> [u8; B] {
        let mut code = [0; B];
        for (bytes, word) in code.chunks_exact_mut(4).zip(words) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
        code
    }

    /// The cell lies at the start of a page, so `x16` is its address: `adrp x16, cell; movz w15, low; movk w15, high;`
    /// `ldr x17, [x16]; br x17`, and `adrp x16, cell; ldr x17, [x16, #low]; br x17`.
    pub(super) fn extern_pair(stub: usize, index: u32, unresolved: usize, cell: usize) -> [u8; 32] {
        words([
            adrp_x16(stub, unresolved),
            0x5280_000f | (index & 0xffff) << 5,
            0x72a0_000f | (index >> 16) << 5,
            ldr_x17(unresolved),
            BR_X17,
            adrp_x16(stub + 20, cell),
            ldr_x17(cell),
            BR_X17,
        ])
    }
}

pub(super) use machine::{EXTERN_STUB_SIZE, STUB_SIZE};

/// Where the varargs stub of an extern starts.
pub(super) const EXTERN_VARARGS: usize = if cfg!(target_arch = "x86_64") { 16 } else { 20 };

/// Writes the stub of a proc.
///
/// # Safety
/// `stub` is writable and not executable, and within 2 GiB of `slot`.
pub(super) unsafe fn write_jump(stub: usize, slot: usize) {
    let code = machine::jump(stub, slot);
    // SAFETY: by the contract.
    unsafe { (stub as *mut u8).copy_from_nonoverlapping(code.as_ptr(), code.len()) };
}

/// Writes the stubs of an extern.
///
/// # Safety
/// `stub` is writable and not executable, and within 2 GiB of the two cells.
pub(super) unsafe fn write_extern(stub: usize, index: u32, unresolved: usize, cell: usize) {
    let code = machine::extern_pair(stub, index, unresolved, cell);
    // SAFETY: by the contract.
    unsafe { (stub as *mut u8).copy_from_nonoverlapping(code.as_ptr(), code.len()) };
}

/// Makes freshly written code visible to instruction fetches. x86-64 does that by itself.
pub(super) fn flush(range: Range<usize>) {
    #[cfg(target_arch = "aarch64")]
    // SAFETY: cache maintenance on committed addresses, in the steps that the architecture manual gives; 4 bytes is not
    // more than any line.
    unsafe {
        use std::arch::asm;
        for address in range.clone().step_by(4) {
            asm!("dc cvau, {}", in(reg) address);
        }
        asm!("dsb ish");
        for address in range.step_by(4) {
            asm!("ic ivau, {}", in(reg) address);
        }
        asm!("dsb ish", "isb");
    }
    #[cfg(target_arch = "x86_64")]
    let _ = range;
}
