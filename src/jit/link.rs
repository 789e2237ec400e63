//! Puts compiled code at an address: copies it and fills in its relocations.
//!
//! In: a [`CompiledProc`], the bytes where it goes, the address at which they will run, and what its symbols stand for.
//! The bytes need not be at that address yet. Encodings are those of the System V x86-64 and AAPCS64 ELF supplements.

use cranelift_codegen::binemit::Reloc;

use super::{CompiledProc, Relocation, Symbol};

/// Where a symbol is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Address {
    /// It is here, within ±2 GiB of the code.
    Near(usize),
    /// An aligned 8-byte cell, within ±2 GiB of the code, holds its address each time that it is wanted.
    Cell(usize),
}

/// A relocation that cannot be filled in.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LinkError {
    /// Which.
    pub relocation: Relocation,
    /// Where its symbol is, if that is known.
    pub address: Option<Address>,
}

impl std::fmt::Display for LinkError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.address {
            None => write!(f, "{:?} is nowhere", self.relocation.symbol),
            Some(address) => write!(f, "{:?} at {address:x?} cannot be reached", self.relocation),
        }
    }
}

impl std::error::Error for LinkError {}

/// Writes the code of `proc` to `bytes`, which are of its length and will run at `at`.
///
/// # Errors
/// When a symbol is unknown or too far away.
///
/// # Panics
/// When `bytes` has another length than the code.
pub fn link(
    proc: &CompiledProc,
    bytes: &mut [u8],
    at: usize,
    resolve: impl Fn(Symbol) -> Option<Address>,
) -> Result<(), LinkError> {
    bytes.copy_from_slice(&proc.code);
    for &relocation in &proc.relocs {
        let address = resolve(relocation.symbol);
        let done = address.and_then(|address| patch(bytes, at, &relocation, address));
        if done.is_none() {
            return Err(LinkError {
                relocation,
                address,
            });
        }
    }
    Ok(())
}

/// Fills in one relocation; `None` when it does not fit.
fn patch(bytes: &mut [u8], at: usize, relocation: &Relocation, address: Address) -> Option<()> {
    let offset = relocation.offset as usize;
    let here = at.checked_add(offset)?;
    let (target, is_cell) = match address {
        Address::Near(target) => (target, false),
        Address::Cell(cell) => (cell, true),
    };
    let target = target.checked_add_signed(relocation.addend as isize)?;
    let distance = (target as i64).wrapping_sub(here as i64);
    match relocation.kind {
        Reloc::X86GOTPCRel4 => {
            if !is_cell {
                relax(bytes, offset)?;
            }
            write32(bytes, offset, i32::try_from(distance).ok()? as u32)
        }
        Reloc::X86PCRel4 | Reloc::X86CallPCRel4 if !is_cell => {
            write32(bytes, offset, i32::try_from(distance).ok()? as u32)
        }
        Reloc::Abs8 if !is_cell => {
            bytes
                .get_mut(offset..offset + 8)?
                .copy_from_slice(&(target as u64).to_le_bytes());
            Some(())
        }
        Reloc::Aarch64AdrGotPage21 | Reloc::Aarch64AdrPrelPgHi21 => {
            let pages = ((target & !0xfff) as i64).wrapping_sub((here & !0xfff) as i64) >> 12;
            let pages = i32::try_from(pages)
                .ok()
                .filter(|pages| (-(1 << 20)..1 << 20).contains(pages))?;
            let (low, high) = (pages as u32 & 3, (pages as u32 >> 2) & 0x7_ffff);
            modify32(bytes, offset, |inst| inst | low << 29 | high << 5)
        }
        Reloc::Aarch64Ld64GotLo12Nc => {
            let low = target as u32 & 0xfff;
            modify32(bytes, offset, |inst| {
                if is_cell {
                    inst | (low >> 3) << 10
                } else {
                    // `ldr rd, [rn]` becomes `add rd, rn, #low`.
                    0x9100_0000 | low << 10 | inst & 0x3ff
                }
            })
        }
        Reloc::Aarch64AddAbsLo12Nc if !is_cell => {
            modify32(bytes, offset, |inst| inst | (target as u32 & 0xfff) << 10)
        }
        Reloc::Arm64Call if !is_cell => {
            let words = i32::try_from(distance >> 2).ok()?;
            let words = Some(words).filter(|words| (-(1 << 25)..1 << 25).contains(words))?;
            modify32(bytes, offset, |inst| inst | words as u32 & 0x3ff_ffff)
        }
        _ => None,
    }
}

/// Turns `mov sym@GOTPCREL(%rip), reg` into `lea sym(%rip), reg`: the opcode is two bytes before the displacement.
fn relax(bytes: &mut [u8], offset: usize) -> Option<()> {
    let opcode = bytes.get_mut(offset.checked_sub(2)?)?;
    if *opcode != 0x8b {
        return None;
    }
    *opcode = 0x8d;
    Some(())
}

fn write32(bytes: &mut [u8], offset: usize, value: u32) -> Option<()> {
    bytes
        .get_mut(offset..offset + 4)?
        .copy_from_slice(&value.to_le_bytes());
    Some(())
}

fn modify32(bytes: &mut [u8], offset: usize, change: impl FnOnce(u32) -> u32) -> Option<()> {
    let place = bytes.get_mut(offset..offset + 4)?;
    let inst = u32::from_le_bytes(place.try_into().ok()?);
    place.copy_from_slice(&change(inst).to_le_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jit::FrameMap;
    use crate::mir::{GlobalId, ProcId};

    fn one(code: &[u8], kind: Reloc, symbol: Symbol, offset: u32) -> CompiledProc {
        CompiledProc {
            id: ProcId(0),
            code: code.into(),
            align: 16,
            relocs: [Relocation {
                offset,
                kind,
                symbol,
                addend: -4,
            }]
            .into(),
            sites: [].into(),
            frame: FrameMap::default(),
        }
    }

    #[test]
    fn a_slot_stays_a_load_and_a_global_becomes_its_address() {
        let load = [0x48, 0x8b, 0x05, 0, 0, 0, 0];
        let symbol = Symbol::Global(GlobalId(1));
        let proc = one(&load, Reloc::X86GOTPCRel4, symbol, 3);
        let mut bytes = [0; 7];
        link(&proc, &mut bytes, 0x1000, |_| Some(Address::Cell(0x2000))).unwrap();
        assert_eq!(bytes, [0x48, 0x8b, 0x05, 0xf9, 0x0f, 0, 0]);
        link(&proc, &mut bytes, 0x1000, |_| Some(Address::Near(0x2000))).unwrap();
        assert_eq!(bytes, [0x48, 0x8d, 0x05, 0xf9, 0x0f, 0, 0]);
    }

    #[test]
    fn what_is_too_far_or_unknown_is_an_error() {
        let symbol = Symbol::Slot(ProcId(1));
        let proc = one(
            &[0x48, 0x8b, 0x05, 0, 0, 0, 0],
            Reloc::X86GOTPCRel4,
            symbol,
            3,
        );
        let mut bytes = [0; 7];
        assert!(link(&proc, &mut bytes, 0x1000, |_| Some(Address::Cell(1 << 40))).is_err());
        assert!(link(&proc, &mut bytes, 0x1000, |_| None).is_err());
    }
}
