//! The guest heap: an allocator whose whole state lies in the window, so that a copy of its pages is a copy of the
//! program's data.
//!
//! ```text
//! heap ─▶ │ State │ Meta, Meta, … one for each chunk │ chunk 0 │ chunk 1 │ …
//! ```
//!
//! Memory is handed out in *chunks* of 64 KiB. A small block (up to 32 KiB) comes from a chunk that is cut into blocks of one size
//! class; each chunk has its own list of free blocks, as in mimalloc (Leijen, Zorn, de Moura 2019), so that an empty
//! chunk can serve another class. A large block is a *run* of chunks. Free runs are joined with their neighbours through
//! boundary tags (Knuth, TAOCP 1, 2.5) and found through lists by powers of two.
//!
//! One spin lock guards everything; it is held for some tens of instructions, and clearing happens outside of it. Faults
//! leave only guest code, so a thread never vanishes while it holds the lock.
//!
//! Some chunks are kept in reserve: an allocation of the guest that finds no others raises, and to make the exception takes some memory.

#![allow(unsafe_code)] // this is where the guest's memory comes from

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::os::memory::round_to_pages;

use super::window::Window;

mod blocks;
mod census;
mod classes;
mod runs;
#[cfg(test)]
mod tests;

use blocks::{Locked, Meta, State};
use classes::{CLASSES, MAX_SMALL, class_of};
use runs::RUN_LISTS;

const CHUNK_BITS: u32 = 16;
const CHUNK: usize = 1 << CHUNK_BITS;
/// No chunk.
const NONE: u32 = u32::MAX;

/// The guest heap of one program. Any thread may use it.
pub struct Heap {
    window: Arc<Window>,
    state: *mut State,
    metas: *mut Meta,
    chunks: usize,
    /// How many are using the reserve.
    reserve_users: AtomicU32,
}

// SAFETY: the state is only used under its lock.
unsafe impl Send for Heap {}
// SAFETY: as above.
unsafe impl Sync for Heap {}

/// What a heap holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeapStats {
    /// Blocks in use.
    pub live_blocks: usize,
    /// Bytes of the blocks in use, as they are rounded up.
    pub live_bytes: usize,
    /// Bytes of chunks that hold blocks or may soon.
    pub used_bytes: usize,
    /// Bytes of chunks that are committed.
    pub committed_bytes: usize,
}

impl Heap {
    /// An empty heap in the window.
    ///
    /// # Errors
    /// When memory is short.
    pub(super) fn new(window: &Arc<Window>) -> io::Result<Heap> {
        let range = window.heap();
        let header = round_to_pages(size_of::<State>());
        let limit = (range.len() - header - 2 * CHUNK) / (CHUNK + size_of::<Meta>());
        let limit = limit.min(NONE as usize - 1);
        let metas = range.start + header;
        window.commit(range.start..metas)?;
        let state = range.start as *mut State;
        // SAFETY: the pages were just committed and are zero, which is a valid state but for what is set here.
        unsafe {
            (*state).limit = limit as u32;
            (*state).rooms = [NONE; CLASSES];
            (*state).runs = [NONE; RUN_LISTS];
        }
        let chunks = (metas + limit * size_of::<Meta>()).next_multiple_of(CHUNK);
        Ok(Heap {
            window: window.clone(),
            state,
            metas: metas as *mut Meta,
            chunks,
            reserve_users: AtomicU32::new(0),
        })
    }

    #[inline]
    fn lock(&self) -> Locked<'_> {
        // SAFETY: the state lives as long as the heap; `lock` is atomic.
        let lock = unsafe { &(*self.state).lock };
        if lock.swap(1, Ordering::Acquire) != 0 {
            self.wait();
        }
        Locked { heap: self }
    }

    #[cold]
    fn wait(&self) {
        // SAFETY: as in `lock`.
        let lock = unsafe { &(*self.state).lock };
        let mut tries = 0u32;
        while lock.load(Ordering::Relaxed) != 0 || lock.swap(1, Ordering::Acquire) != 0 {
            tries += 1;
            match tries % 128 {
                0 => std::thread::yield_now(),
                _ => std::hint::spin_loop(),
            }
        }
    }

    /// Does a test want that there is no memory here? Whoever has the reserve is not asked.
    #[inline]
    fn fails_here(&self) -> bool {
        cfg!(test)
            && self.reserve_users.load(Ordering::Relaxed) == 0
            && crate::fail::point("heap").is_err()
    }

    /// Lets allocations have the chunks that are kept for raising when all others are used up.
    pub(super) fn open_reserve(&self) {
        self.reserve_users.fetch_add(1, Ordering::Relaxed);
    }

    /// Undoes [`open_reserve`](Heap::open_reserve). What was taken stays until it is freed.
    pub(super) fn close_reserve(&self) {
        self.reserve_users.fetch_sub(1, Ordering::Relaxed);
    }

    /// Zeroed memory, aligned to 16; 0 when memory is short.
    #[inline]
    pub fn allocate(&self, size: usize) -> usize {
        if self.fails_here() {
            return 0;
        }
        self.allocate_here(size)
    }

    /// The same with whatever the memory contains: for who writes all of it at once.
    pub fn allocate_dirty(&self, size: usize) -> usize {
        match self.fails_here() {
            true => 0,
            false => self.take(size).0,
        }
    }

    /// A block, and whether there can be anything but zeros in it.
    #[inline]
    fn take(&self, size: usize) -> (usize, bool) {
        let mut heap = self.lock();
        match size {
            0..=MAX_SMALL => (heap.small(class_of(size)), true),
            _ => heap.large(size),
        }
    }

    #[inline]
    fn allocate_here(&self, size: usize) -> usize {
        let (block, clear) = self.take(size);
        if block != 0 && clear {
            // SAFETY: the block is at least this large and nobody else has it.
            unsafe { (block as *mut u8).write_bytes(0, size.next_multiple_of(16)) };
        }
        block
    }

    /// Makes a block smaller or larger, and clears what is new; 0 (and the block still valid) when memory is short.
    ///
    /// # Safety
    /// `p` is 0 or a block of this heap of which `old` bytes are used.
    pub unsafe fn reallocate(&self, p: usize, old: usize, new: usize) -> usize {
        if p == 0 {
            return self.allocate(new);
        }
        if new > old && self.fails_here() {
            return 0;
        }
        let room = self.lock().resize(p, new);
        if room {
            if new > old {
                // SAFETY: the block has room for `new` bytes.
                unsafe { ((p + old) as *mut u8).write_bytes(0, new - old) };
            }
            return p;
        }
        let block = self.allocate_here(new);
        if block != 0 {
            // SAFETY: both blocks have so many bytes, and they are different ones; the old one is given up.
            unsafe {
                (block as *mut u8).copy_from_nonoverlapping(p as *const u8, old.min(new));
                self.free(p);
            }
        }
        block
    }

    /// Frees; 0 is allowed. What is no block of this heap is left alone.
    ///
    /// # Safety
    /// `p` is 0 or a block of this heap, and nothing uses it any more.
    #[inline]
    pub unsafe fn free(&self, p: usize) {
        if p != 0 {
            self.lock().free(p);
        }
    }

    /// Blocks in use.
    pub fn live_blocks(&self) -> usize {
        let _locked = self.lock();
        // SAFETY: under the lock.
        unsafe { (*self.state).live }
    }
}
