//! Simulated memory: blocks of bytes behind checked addresses.
//!
//! An address is a `u64` that code can compute with:
//!
//! ```text
//! 63       56 55            32 31                0
//! [ version ][ block number   ][ offset in block  ]      block 0 is never valid, so nil and small numbers are not
//! [ 0xff    ][ proc number                << 4    ]      the address of a proc
//! [ 0xfe    ][ descriptor number          << 4    ]      the address of a descriptor
//! [ 0xfb … 0xfb                                   ]      what a fresh stack slot is filled with
//! ```
//!
//! A block's number is used again after it is freed, with the next version, until versions run out; so an address of a
//! freed block is never taken for one of a later block. Leaving a block at either end gives an offset that no block has.

use crate::mir::ir::{DescId, ProcId, Scalar};

/// Versions up to here are for blocks, those above for other addresses.
const LAST_VERSION: u8 = 0xf9;
const POISON: u8 = 0xfb;
const DESC: u8 = 0xfe;
const PROC: u8 = 0xff;
/// Block numbers have 24 bits.
const MAX_BLOCKS: usize = 1 << 24;
/// Largest block: what is computed from an address inside cannot reach another one.
const MAX_SIZE: u64 = 1 << 31;
/// Buffers up to this size are kept for the next block of the same number.
const KEEP: usize = 1 << 12;

/// What a block is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Freed, or not in use yet.
    Free,
    /// The guest heap.
    Heap,
    /// `malloc` of C.
    C,
    /// A stack slot.
    Stack,
    /// A global variable.
    Global,
    /// Constant data.
    Const,
    /// Made by the host: arguments, results.
    Host,
}

struct Block {
    bytes: Vec<u8>,
    kind: Kind,
    version: u8,
}

const UNUSED: Block = Block {
    bytes: Vec::new(),
    kind: Kind::Free,
    version: 0,
};

/// What an address points at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pointee {
    /// Nothing: the address is 0.
    Nil,
    /// Nothing: it is a small number, positive or negative, that was cast.
    Number(i32),
    /// A proc.
    Proc(ProcId),
    /// A descriptor.
    Desc(DescId),
    /// A block in use.
    Block {
        /// What it is for.
        kind: Kind,
        /// The address of its first byte.
        start: u64,
        /// Its size.
        size: u64,
    },
    /// Nothing that may be used.
    Invalid,
}

/// A refused access.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bad {
    ptr: u64,
    why: Why,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Why {
    Nil,
    Uninitialised,
    Freed,
    Unknown,
    Code,
    Desc,
    Bounds { size: usize, len: usize },
    ReadOnly,
    NotStart,
    NotOf(Kind),
    WrongSize { said: u64, is: usize },
}

impl std::fmt::Display for Bad {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let offset = self.ptr as u32 as i32;
        match self.why {
            Why::Nil if self.ptr == 0 => f.write_str("access through nil"),
            Why::Nil => write!(f, "access through nil (address {:#x})", self.ptr),
            Why::Uninitialised => f.write_str("access through an uninitialised pointer"),
            Why::Freed => f.write_str("access to memory that was freed"),
            Why::Unknown => write!(f, "access through {:#x}, which is no address", self.ptr),
            Why::Code => f.write_str("access to the code of a proc"),
            Why::Desc => f.write_str("access to a type descriptor"),
            Why::Bounds { size, len } => {
                write!(
                    f,
                    "access to {size} bytes at offset {offset} of a block of {len} bytes"
                )
            }
            Why::ReadOnly => f.write_str("write to constant data"),
            Why::NotStart => write!(
                f,
                "freed at offset {offset}, which is not the start of the block"
            ),
            Why::NotOf(kind) => write!(f, "freed, but the block is of another kind ({kind:?})"),
            Why::WrongSize { said, is } => {
                write!(f, "said to have {said} bytes, but the block has {is}")
            }
        }
    }
}

/// Reading and writing either works or tells why not.
pub type Access<T> = Result<T, Bad>;

/// All blocks of a machine.
pub struct Memory {
    blocks: Vec<Block>,
    free: Vec<u32>,
    used: u64,
    limit: u64,
    live: u64,
}

#[inline(always)]
fn index(ptr: u64) -> usize {
    (ptr >> 32) as usize & (MAX_BLOCKS - 1)
}

#[inline(always)]
fn version(ptr: u64) -> u8 {
    (ptr >> 56) as u8
}

#[inline(always)]
fn offset(ptr: u64) -> usize {
    ptr as u32 as usize
}

/// The address of a proc.
pub fn proc_address(id: ProcId) -> u64 {
    u64::from(PROC) << 56 | u64::from(id.0) << 4
}

/// The address of a descriptor.
pub fn desc_address(id: DescId) -> u64 {
    u64::from(DESC) << 56 | u64::from(id.0) << 4
}

/// The descriptor with this address.
pub(super) fn desc_of_address(address: u64) -> Option<DescId> {
    let number = u32::try_from((address << 8 >> 8) >> 4).ok()?;
    (desc_address(DescId(number)) == address).then_some(DescId(number))
}

impl Memory {
    /// Memory that may hold `limit` bytes at a time.
    pub fn new(limit: u64) -> Memory {
        Memory {
            blocks: vec![UNUSED],
            free: Vec::new(),
            used: 0,
            limit,
            live: 0,
        }
    }

    /// Allows `more` bytes beyond what is in use.
    pub fn allow(&mut self, more: u64) {
        self.limit = self.used + more;
    }

    /// Blocks of the guest heap that are in use.
    pub fn live_blocks(&self) -> u64 {
        self.live
    }

    /// Bytes in use.
    pub fn used(&self) -> u64 {
        self.used
    }

    /// A new block, filled with zeros, or with what cannot be mistaken for an address if it is a stack slot. `None` when
    /// the limit is reached.
    pub fn allocate(&mut self, kind: Kind, size: u64) -> Option<u64> {
        if size > MAX_SIZE || self.used + size > self.limit {
            return None;
        }
        let fill = if kind == Kind::Stack { POISON } else { 0 };
        let number = match self.free.pop() {
            Some(number) => number as usize,
            None if self.blocks.len() < MAX_BLOCKS => {
                self.blocks.push(UNUSED);
                self.blocks.len() - 1
            }
            None => return None,
        };
        let block = &mut self.blocks[number];
        block.kind = kind;
        block.bytes.resize(size as usize, fill);
        self.used += size;
        self.live += u64::from(kind == Kind::Heap);
        Some(u64::from(block.version) << 56 | (number as u64) << 32)
    }

    /// Gives up a block of `kind`, by the address of its start.
    pub fn free(&mut self, ptr: u64, kind: Kind) -> Access<()> {
        self.whole(ptr, kind)?;
        self.release(ptr);
        Ok(())
    }

    /// The size of the block of `kind` that starts at an address.
    fn whole(&self, ptr: u64, kind: Kind) -> Access<usize> {
        let block = self.block(ptr, 0)?;
        let why = match block.kind {
            _ if offset(ptr) != 0 => Why::NotStart,
            found if found != kind => Why::NotOf(found),
            _ => return Ok(block.bytes.len()),
        };
        Err(Bad { ptr, why })
    }

    /// Gives up a block of any kind that is known to be in use.
    pub(super) fn release(&mut self, ptr: u64) {
        let number = index(ptr);
        let block = &mut self.blocks[number];
        self.used -= block.bytes.len() as u64;
        self.live -= u64::from(block.kind == Kind::Heap);
        block.kind = Kind::Free;
        block.version += 1;
        if block.version > LAST_VERSION || block.bytes.capacity() > KEEP {
            block.bytes = Vec::new();
        } else {
            block.bytes.clear();
        }
        if block.version <= LAST_VERSION {
            self.free.push(number as u32);
        }
    }

    /// Moves a block to a new one of another size, clearing what is new. `None` when the limit is reached.
    pub fn resize(&mut self, ptr: u64, old: u64, new: u64, kind: Kind) -> Access<Option<u64>> {
        let is = self.whole(ptr, kind)?;
        if is as u64 != old {
            let why = Why::WrongSize { said: old, is };
            return Err(Bad { ptr, why });
        }
        let Some(to) = self.allocate(kind, new) else {
            return Ok(None);
        };
        self.copy(to, ptr, is.min(new as usize))?;
        self.release(ptr);
        Ok(Some(to))
    }

    /// The size of the block that an address is in.
    pub fn size_of(&self, ptr: u64) -> Access<u64> {
        self.block(ptr, 0).map(|block| block.bytes.len() as u64)
    }

    /// What an address points at.
    pub fn pointee(&self, ptr: u64) -> Pointee {
        match version(ptr) {
            _ if ptr == 0 => Pointee::Nil,
            // Block 0 is never valid, and there are not that many procs.
            _ if let Ok(number) = i32::try_from(ptr as i64) => Pointee::Number(number),
            PROC => Pointee::Proc(ProcId((ptr >> 4) as u32)),
            DESC => Pointee::Desc(DescId((ptr >> 4) as u32)),
            _ => match self.block(ptr, 0) {
                Ok(block) => Pointee::Block {
                    kind: block.kind,
                    start: ptr & !u64::from(u32::MAX),
                    size: block.bytes.len() as u64,
                },
                Err(_) => Pointee::Invalid,
            },
        }
    }

    /// The block in use that has this number and version.
    #[inline(always)]
    fn find(&self, ptr: u64) -> Option<&Block> {
        let block = self.blocks.get(index(ptr))?;
        (block.version == version(ptr) && block.kind != Kind::Free).then_some(block)
    }

    #[inline(always)]
    fn block(&self, ptr: u64, size: usize) -> Access<&Block> {
        match self.find(ptr) {
            Some(block) => Ok(block),
            None => Err(self.bad(ptr, size)),
        }
    }

    /// Why an address cannot be used.
    #[cold]
    fn bad(&self, ptr: u64, size: usize) -> Bad {
        const NEAR: i64 = 1 << 20;
        let bounds = |ptr, block: &Block| Bad {
            ptr,
            why: Why::Bounds {
                size,
                len: block.bytes.len(),
            },
        };
        // An offset shortly below the start of a block borrows from the block's number.
        let next = ptr.wrapping_add(1 << 32);
        if (-NEAR..0).contains(&i64::from(ptr as i32))
            && let Some(block) = self.find(next)
        {
            return bounds(next, block);
        }
        if let Some(block) = self.find(ptr) {
            return bounds(ptr, block);
        }
        let why = match version(ptr) {
            0 if index(ptr) == 0 => Why::Nil,
            _ if (-NEAR..0).contains(&(ptr as i64)) => Why::Nil,
            PROC => Why::Code,
            DESC => Why::Desc,
            POISON => Why::Uninitialised,
            found => match self.blocks.get(index(ptr)) {
                Some(block) if found < block.version => Why::Freed,
                _ => Why::Unknown,
            },
        };
        Bad { ptr, why }
    }

    /// The bytes at an address.
    #[inline(always)]
    pub fn read(&self, ptr: u64, size: usize) -> Access<&[u8]> {
        let block = self.block(ptr, size)?;
        let start = offset(ptr);
        match block.bytes.get(start..start.wrapping_add(size)) {
            Some(bytes) => Ok(bytes),
            None => Err(self.bad(ptr, size)),
        }
    }

    /// The bytes at an address, to change.
    #[inline(always)]
    pub fn write(&mut self, ptr: u64, size: usize) -> Access<&mut [u8]> {
        let start = offset(ptr);
        let end = start.wrapping_add(size);
        let block = self.block(ptr, size)?;
        if block.kind == Kind::Const {
            let why = Why::ReadOnly;
            return Err(Bad { ptr, why });
        }
        if end > block.bytes.len() || start > end {
            return Err(self.bad(ptr, size));
        }
        Ok(&mut self.blocks[index(ptr)].bytes[start..end])
    }

    /// Fills constant data, which the guest cannot write.
    pub(super) fn fill(&mut self, ptr: u64, bytes: &[u8]) {
        self.blocks[index(ptr)].bytes.copy_from_slice(bytes);
    }

    /// A scalar at an address.
    #[inline(always)]
    pub fn load(&self, ptr: u64, ty: Scalar) -> Access<u64> {
        Ok(match ty.size() {
            1 => self.read(ptr, 1)?[0].into(),
            2 => u16::from_le_bytes(array(self.read(ptr, 2)?)).into(),
            4 => u32::from_le_bytes(array(self.read(ptr, 4)?)).into(),
            _ => u64::from_le_bytes(array(self.read(ptr, 8)?)),
        })
    }

    /// Writes a scalar.
    #[inline(always)]
    pub fn store(&mut self, ptr: u64, ty: Scalar, value: u64) -> Access<()> {
        let size = ty.size() as usize;
        let bytes = value.to_le_bytes();
        self.write(ptr, size)?.copy_from_slice(&bytes[..size]);
        Ok(())
    }

    /// Copies between areas that may overlap.
    pub fn copy(&mut self, to: u64, from: u64, size: usize) -> Access<()> {
        if size == 0 {
            return Ok(());
        }
        self.read(from, size)?;
        self.write(to, size)?;
        let (source, target) = (index(from), index(to));
        let copied = offset(from)..offset(from) + size;
        if source == target {
            self.blocks[source].bytes.copy_within(copied, offset(to));
        } else {
            let bytes = std::mem::take(&mut self.blocks[source].bytes);
            self.blocks[target].bytes[offset(to)..offset(to) + size]
                .copy_from_slice(&bytes[copied]);
            self.blocks[source].bytes = bytes;
        }
        Ok(())
    }

    /// Clears an area.
    pub fn zero(&mut self, to: u64, size: usize) -> Access<()> {
        match size {
            0 => Ok(()),
            _ => self.write(to, size).map(|bytes| bytes.fill(0)),
        }
    }

    /// The bytes of a C string, without the NUL.
    pub fn c_string(&self, ptr: u64) -> Access<&[u8]> {
        let block = self.block(ptr, 1)?;
        let bytes = block.bytes.get(offset(ptr)..).unwrap_or_default();
        match bytes.iter().position(|&byte| byte == 0) {
            Some(len) => Ok(&bytes[..len]),
            None => Err(self.bad(ptr, bytes.len() + 1)),
        }
    }
}

#[inline(always)]
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(bytes);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused<T: std::fmt::Debug>(access: Access<T>, message: &str) {
        assert_eq!(
            access.expect_err("the access is wrong").to_string(),
            message
        );
    }

    #[test]
    fn accesses_are_checked() {
        let mut memory = Memory::new(1000);
        let a = memory.allocate(Kind::Heap, 16).expect("there is room");
        let b = memory.allocate(Kind::Heap, 8).expect("there is room");
        memory.store(a + 8, Scalar::I64, 7).expect("in bounds");
        assert_eq!(memory.load(a + 8, Scalar::I64), Ok(7));
        assert_eq!(memory.load(a + 8, Scalar::I8), Ok(7));
        refused(
            memory.load(a + 9, Scalar::I64),
            "access to 8 bytes at offset 9 of a block of 16 bytes",
        );
        refused(
            memory.load(b - 8, Scalar::I64),
            "access to 8 bytes at offset -8 of a block of 8 bytes",
        );
        refused(memory.load(0, Scalar::I8), "access through nil");
        refused(
            memory.load(24, Scalar::I8),
            "access through nil (address 0x18)",
        );
        refused(
            memory.load(0u64.wrapping_sub(16), Scalar::I64),
            "access through nil (address 0xfffffffffffffff0)",
        );
        refused(
            memory.load(proc_address(ProcId(3)), Scalar::I8),
            "access to the code of a proc",
        );
        refused(
            memory.load(desc_address(DescId(3)), Scalar::I8),
            "access to a type descriptor",
        );
        refused(
            memory.load(5 << 32, Scalar::I8),
            "access through 0x500000000, which is no address",
        );
        assert_eq!(memory.live_blocks(), 2);
        memory.free(a, Kind::Heap).expect("it is in use");
        refused(
            memory.load(a, Scalar::I8),
            "access to memory that was freed",
        );
        refused(
            memory.free(a, Kind::Heap),
            "access to memory that was freed",
        );
        refused(
            memory.free(b + 1, Kind::Heap),
            "freed at offset 1, which is not the start of the block",
        );
        let again = memory.allocate(Kind::Heap, 16).expect("there is room");
        assert_ne!(a, again);
        refused(
            memory.store(a, Scalar::I8, 1),
            "access to memory that was freed",
        );
    }

    #[test]
    fn stack_slots_are_poisoned_and_constants_locked() {
        let mut memory = Memory::new(1000);
        let slot = memory.allocate(Kind::Stack, 8).expect("there is room");
        let inside = memory.load(slot, Scalar::Ptr).expect("in bounds");
        refused(
            memory.load(inside, Scalar::I8),
            "access through an uninitialised pointer",
        );
        let constant = memory.allocate(Kind::Const, 8).expect("there is room");
        refused(
            memory.store(constant, Scalar::I8, 1),
            "write to constant data",
        );
        refused(
            memory.free(slot, Kind::Heap),
            "freed, but the block is of another kind (Stack)",
        );
    }

    #[test]
    fn the_limit_holds_and_what_is_freed_counts_no_more() {
        let mut memory = Memory::new(100);
        let a = memory.allocate(Kind::Heap, 80).expect("there is room");
        assert_eq!(memory.allocate(Kind::Heap, 80), None);
        refused(
            memory.resize(a, 70, 90, Kind::Heap),
            "said to have 70 bytes, but the block has 80",
        );
        assert_eq!(memory.resize(a, 80, 90, Kind::Heap), Ok(None));
        memory.free(a, Kind::Heap).expect("it is in use");
        assert_eq!(memory.used(), 0);
        let b = memory.allocate(Kind::Heap, 8).expect("there is room");
        memory.store(b, Scalar::I64, 5).expect("in bounds");
        let c = memory
            .resize(b, 8, 16, Kind::Heap)
            .expect("sizes agree")
            .expect("there is room");
        assert_eq!(memory.load(c, Scalar::I64), Ok(5));
        assert_eq!(memory.load(c + 8, Scalar::I64), Ok(0));
    }

    #[test]
    fn a_number_is_never_used_for_two_blocks_of_one_version() {
        let mut memory = Memory::new(100);
        let first = memory.allocate(Kind::Heap, 8).expect("there is room");
        memory.free(first, Kind::Heap).expect("it is in use");
        for _ in 0..1000 {
            let next = memory.allocate(Kind::Heap, 8).expect("there is room");
            assert_ne!(first, next);
            memory.free(next, Kind::Heap).expect("it is in use");
        }
        refused(
            memory.load(first, Scalar::I8),
            "access to memory that was freed",
        );
    }
}
