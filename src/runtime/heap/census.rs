//! Walks over all blocks: what a heap holds, and which words in it point somewhere.

#![allow(unsafe_code)] // it reads blocks as words

use rustc_hash::FxHashSet;

use super::blocks::Kind;
use super::classes::SIZES;
use super::{CHUNK, Heap, HeapStats, NONE};
use crate::mir::REF_HEADER;

impl Heap {
    /// Gives every aligned word of blocks in use whose value lies in `range`. Nobody can allocate meanwhile.
    pub fn words_in(&self, range: &std::ops::Range<usize>, mut found: impl FnMut(usize)) {
        let len = range.end - range.start;
        self.each_run(|start, size, _| {
            for address in (start..start + size).step_by(8) {
                // SAFETY: as `each_run` says, it can be read; nobody relies on what it is.
                let word = unsafe { (address as *const usize).read_volatile() };
                if word.wrapping_sub(range.start) < len {
                    found(word);
                }
            }
        });
    }

    /// Gives the address of every object in use whose descriptor is among `descs`. Nobody can allocate meanwhile. What only looks like
    /// one is given too: its bytes can be read, and that is all.
    pub fn objects_of(&self, descs: &FxHashSet<usize>, mut found: impl FnMut(usize)) {
        let header = REF_HEADER as usize;
        self.each_run(|start, size, block| {
            for address in (start..start + size).step_by(block) {
                // SAFETY: as above; blocks are never smaller than a header.
                let desc = unsafe { ((address + header - 8) as *const usize).read_volatile() };
                if descs.contains(&desc) {
                    found(address + header);
                }
            }
        });
    }

    /// Gives runs of blocks in use: where one begins, its bytes, and those of each of its blocks. They are committed, and can be read.
    fn each_run(&self, mut look: impl FnMut(usize, usize, usize)) {
        let locked = self.lock();
        let mut chunk = 0;
        while chunk < locked.state().top {
            let meta = locked.meta(chunk);
            let start = self.chunks + chunk as usize * CHUNK;
            match meta.kind {
                Kind::Small => {
                    // A bit for every 16 bytes of the chunk.
                    let mut free = [0u64; CHUNK / 16 / 64];
                    let mut next = meta.free;
                    while next != 0 {
                        let bit = (next - start) / 16;
                        free[bit / 64] |= 1 << (bit % 64);
                        // SAFETY: a free block begins with the address of the next.
                        next = unsafe { *(next as *const usize) };
                    }
                    let size = SIZES[meta.class as usize] as usize;
                    if meta.free == 0 {
                        look(start, meta.bump as usize, size);
                    } else {
                        for offset in (0..meta.bump as usize).step_by(size) {
                            let bit = offset / 16;
                            if free[bit / 64] & 1 << (bit % 64) == 0 {
                                look(start + offset, size, size);
                            }
                        }
                    }
                }
                Kind::Large => {
                    let size = meta.len as usize * CHUNK;
                    look(start, size, size);
                }
                Kind::Inner | Kind::Free => {}
            }
            chunk += meta.len.max(1);
        }
    }

    /// What it holds.
    pub fn stats(&self) -> HeapStats {
        let locked = self.lock();
        let state = locked.state();
        let mut free = 0;
        for first in state.runs {
            let mut run = first;
            while run != NONE {
                free += locked.meta(run).len;
                run = locked.meta(run).next;
            }
        }
        let mut live_bytes = 0;
        let mut chunk = 0;
        while chunk < state.top {
            let meta = locked.meta(chunk);
            live_bytes += match meta.kind {
                Kind::Small => meta.used as usize * SIZES[meta.class as usize] as usize,
                Kind::Large => meta.len as usize * CHUNK,
                Kind::Inner | Kind::Free => 0,
            };
            chunk += meta.len.max(1);
        }
        HeapStats {
            live_blocks: state.live,
            live_bytes,
            used_bytes: (state.top - free) as usize * CHUNK,
            committed_bytes: state.committed as usize * CHUNK,
        }
    }
}
