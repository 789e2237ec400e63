//! Blocks: what is known of each chunk, and what the holder of the lock does with small and large blocks.

#![allow(unsafe_code)] // the state lies in the guest's memory, and free blocks hold their list

use std::sync::atomic::{AtomicU32, Ordering};

use super::classes::{CLASSES, MAX_SMALL, SIZES};
use super::runs::RUN_LISTS;
use super::{CHUNK, CHUNK_BITS, Heap, NONE};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Kind {
    /// Never used, or inside a run.
    Inner = 0,
    /// Cut into small blocks.
    Small = 1,
    /// First of the run of a large block.
    Large = 2,
    /// First or last of a free run.
    Free = 3,
}

/// What is known of a chunk.
#[repr(C)]
pub(super) struct Meta {
    pub(super) kind: Kind,
    pub(super) class: u8,
    /// Small: it has room and is in its class's list.
    pub(super) listed: bool,
    /// Chunks of the run, at its first and, if it is free, its last chunk.
    pub(super) len: u32,
    /// Small: blocks in use, and the offset of the first byte that was never used.
    pub(super) used: u32,
    pub(super) bump: u32,
    /// Small: the first free block, or 0; each holds the address of the next.
    pub(super) free: usize,
    /// The list that it is in: a class's, or one of free runs.
    pub(super) next: u32,
    pub(super) previous: u32,
}

#[repr(C)]
pub(super) struct State {
    pub(super) lock: AtomicU32,
    /// Chunks from here on are unused.
    pub(super) top: u32,
    /// Chunks from here on were never used, so they are zero.
    pub(super) fresh: u32,
    /// Chunks up to here are committed.
    pub(super) committed: u32,
    /// How many chunks there can be.
    pub(super) limit: u32,
    /// Bytes of `Meta`s that are committed.
    pub(super) metas_committed: usize,
    pub(super) live: usize,
    /// For each class the first chunk that has room.
    pub(super) rooms: [u32; CLASSES],
    pub(super) runs: [u32; RUN_LISTS],
}

/// Holds the lock.
pub(super) struct Locked<'h> {
    pub(super) heap: &'h Heap,
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        // SAFETY: the state lives as long as the heap.
        unsafe { (*self.heap.state).lock.store(0, Ordering::Release) };
    }
}

impl Locked<'_> {
    #[inline]
    #[allow(clippy::mut_from_ref)]
    pub(super) fn state(&self) -> &mut State {
        // SAFETY: this is the holder of the lock, and no two of these references are used at a time.
        unsafe { &mut *self.heap.state }
    }

    #[inline]
    #[allow(clippy::mut_from_ref)]
    pub(super) fn meta(&self, chunk: u32) -> &mut Meta {
        // SAFETY: chunks below `top` have committed metas; the holder of the lock uses one reference at a time. All bit
        // patterns that are ever stored, and zero, are valid.
        unsafe { &mut *self.heap.metas.add(chunk as usize) }
    }

    #[inline]
    pub(super) fn address(&self, chunk: u32) -> usize {
        self.heap.chunks + ((chunk as usize) << CHUNK_BITS)
    }

    /// A block of a class; 0 when memory is short.
    #[inline]
    pub(super) fn small(&mut self, class: usize) -> usize {
        let mut chunk = self.state().rooms[class];
        if chunk == NONE {
            chunk = self.new_small(class);
            if chunk == NONE {
                return 0;
            }
        }
        let size = SIZES[class];
        let meta = self.meta(chunk);
        let block = if meta.free != 0 {
            let block = meta.free;
            // SAFETY: a free block's first word is the address of the next.
            meta.free = unsafe { *(block as *const usize) };
            block
        } else {
            let block = self.address(chunk) + meta.bump as usize;
            meta.bump += size;
            block
        };
        meta.used += 1;
        if meta.free == 0 && meta.bump + size > CHUNK as u32 {
            self.unlist(chunk, class);
        }
        self.state().live += 1;
        block
    }

    #[cold]
    fn new_small(&mut self, class: usize) -> u32 {
        let chunk = self.take_run(1);
        if chunk != NONE {
            *self.meta(chunk) = Meta {
                kind: Kind::Small,
                class: class as u8,
                listed: false,
                len: 1,
                used: 0,
                bump: 0,
                free: 0,
                next: NONE,
                previous: NONE,
            };
            self.list(chunk, class);
        }
        chunk
    }

    /// Puts a chunk with room in front of its class's list.
    fn list(&mut self, chunk: u32, class: usize) {
        let first = std::mem::replace(&mut self.state().rooms[class], chunk);
        if first != NONE {
            self.meta(first).previous = chunk;
        }
        let meta = self.meta(chunk);
        (meta.next, meta.previous, meta.listed) = (first, NONE, true);
    }

    fn unlist(&mut self, chunk: u32, class: usize) {
        let meta = self.meta(chunk);
        let (next, previous) = (meta.next, meta.previous);
        meta.listed = false;
        match previous {
            NONE => self.state().rooms[class] = next,
            _ => self.meta(previous).next = next,
        }
        if next != NONE {
            self.meta(next).previous = previous;
        }
    }

    /// A large block, and whether it has to be cleared.
    #[cold]
    pub(super) fn large(&mut self, size: usize) -> (usize, bool) {
        let Some(len) = self.chunks_for(size) else {
            return (0, false);
        };
        let fresh = self.state().fresh;
        let run = self.take_run(len);
        if run == NONE {
            return (0, false);
        }
        self.mark_large(run, len);
        self.state().live += 1;
        (self.address(run), run < fresh)
    }

    /// How many chunks a large block takes, if the heap could ever have that many.
    pub(super) fn chunks_for(&self, size: usize) -> Option<u32> {
        let chunks = size.div_ceil(CHUNK);
        (chunks <= self.state().limit as usize).then_some(chunks as u32)
    }

    pub(super) fn mark_large(&mut self, run: u32, len: u32) {
        self.meta(run + len - 1).kind = Kind::Inner;
        let meta = self.meta(run);
        (meta.kind, meta.len) = (Kind::Large, len);
    }

    /// The chunk of a block, if it is the address of one.
    #[inline]
    pub(super) fn chunk_of(&self, p: usize) -> Option<u32> {
        let chunk = p.wrapping_sub(self.heap.chunks) >> CHUNK_BITS;
        (chunk < self.state().top as usize).then_some(chunk as u32)
    }

    #[inline]
    pub(super) fn free(&mut self, p: usize) {
        let Some(chunk) = self.chunk_of(p) else {
            return;
        };
        let meta = self.meta(chunk);
        match meta.kind {
            Kind::Small => {
                let class = meta.class as usize;
                if cfg!(debug_assertions) {
                    self.poison(p, chunk, class);
                }
                // SAFETY: the caller gives up the block, which has at least 16 bytes.
                unsafe { *(p as *mut usize) = meta.free };
                meta.free = p;
                meta.used -= 1;
                let (empty, listed) = (meta.used == 0, meta.listed);
                self.state().live -= 1;
                if !listed {
                    self.list(chunk, class);
                }
                if empty {
                    self.retire(chunk, class);
                }
            }
            Kind::Large if p == self.address(chunk) => {
                let len = meta.len;
                self.state().live -= 1;
                self.give_run(chunk, len);
            }
            _ => {}
        }
    }

    /// Makes use after free show in debug builds.
    fn poison(&self, p: usize, chunk: u32, class: usize) {
        let size = SIZES[class] as usize;
        assert!(
            (p - self.address(chunk)).is_multiple_of(size),
            "what is freed is the start of a block"
        );
        // SAFETY: the caller gives up the block.
        unsafe { (p as *mut u8).write_bytes(0xdf, size) };
    }

    /// An empty chunk serves others, unless it is the last of its class that has room.
    #[cold]
    fn retire(&mut self, chunk: u32, class: usize) {
        let meta = self.meta(chunk);
        if meta.next != NONE || meta.previous != NONE {
            self.unlist(chunk, class);
            self.give_run(chunk, 1);
        } else {
            // Start over, so that fresh blocks come in order.
            (meta.free, meta.bump) = (0, 0);
        }
    }

    /// Has the block room for so many bytes, or can it be given that without moving, and without wasting half of it?
    pub(super) fn resize(&mut self, p: usize, new: usize) -> bool {
        let Some(chunk) = self.chunk_of(p) else {
            return false;
        };
        let meta = self.meta(chunk);
        match meta.kind {
            Kind::Small => {
                let size = SIZES[meta.class as usize] as usize;
                new <= size && (new > size / 2 || size <= 64)
            }
            Kind::Large if new > MAX_SMALL => {
                let len = meta.len;
                match self.chunks_for(new) {
                    Some(need) if need == len => true,
                    Some(need) if need < len => {
                        self.mark_large(chunk, need);
                        self.give_run(chunk + need, len - need);
                        true
                    }
                    Some(need) => self.extend(chunk, len, need),
                    None => false,
                }
            }
            _ => false,
        }
    }

    /// Lets a large block grow into what is free behind it.
    pub(super) fn extend(&mut self, run: u32, len: u32, need: u32) -> bool {
        let (end, more) = (run + len, need - len);
        if end < self.state().top {
            let behind = self.meta(end);
            if behind.kind != Kind::Free || behind.len < more {
                return false;
            }
            let rest = behind.len - more;
            self.unlink_run(end);
            if rest > 0 {
                self.link_run(end + more, rest);
            }
        } else if !self.grow(more) {
            return false;
        }
        self.mark_large(run, need);
        true
    }
}
