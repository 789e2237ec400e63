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

const CHUNK_BITS: u32 = 16;
const CHUNK: usize = 1 << CHUNK_BITS;
/// The largest small block.
const MAX_SMALL: usize = 32 << 10;
const CLASSES: usize = 40;
/// Lists of free runs: list `i` has those of `2^i` to `2^(i+1) - 1` chunks.
const RUN_LISTS: usize = 24;
/// Runs of this many chunks give their memory back to the system when they become free.
const DISCARD: u32 = 64;
/// Chunks are committed so many at a time.
const COMMIT_STEP: u32 = 16;
/// Chunks that are committed ahead of need, for raising when there are no others.
const RESERVE: u32 = 16;
/// How far a list of runs that may or may not fit is searched.
const SEARCH: usize = 32;

const NONE: u32 = u32::MAX;

/// Of 16, 32, … 128 bytes, and then four for each doubling.
const fn class_of(size: usize) -> usize {
    if size <= 128 {
        return if size == 0 { 0 } else { (size - 1) / 16 };
    }
    let e = (size - 1).ilog2();
    8 + (e as usize - 7) * 4 + ((size - 1) >> (e - 2)) - 4
}

const SIZES: [u32; CLASSES] = {
    let mut sizes = [0; CLASSES];
    let mut class = 0;
    while class < CLASSES {
        sizes[class] = match class {
            0..8 => (class as u32 + 1) * 16,
            _ => {
                let (doubling, quarter) = ((class as u32 - 8) / 4, (class as u32 - 8) % 4);
                (128 << doubling) / 4 * (5 + quarter)
            }
        };
        class += 1;
    }
    sizes
};

const _: () =
    assert!(class_of(MAX_SMALL) == CLASSES - 1 && SIZES[CLASSES - 1] as usize == MAX_SMALL);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
enum Kind {
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
struct Meta {
    kind: Kind,
    class: u8,
    /// Small: it has room and is in its class's list.
    listed: bool,
    /// Chunks of the run, at its first and, if it is free, its last chunk.
    len: u32,
    /// Small: blocks in use, and the offset of the first byte that was never used.
    used: u32,
    bump: u32,
    /// Small: the first free block, or 0; each holds the address of the next.
    free: usize,
    /// The list that it is in: a class's, or one of free runs.
    next: u32,
    previous: u32,
}

#[repr(C)]
struct State {
    lock: AtomicU32,
    /// Chunks from here on are unused.
    top: u32,
    /// Chunks from here on were never used, so they are zero.
    fresh: u32,
    /// Chunks up to here are committed.
    committed: u32,
    /// How many chunks there can be.
    limit: u32,
    /// Bytes of `Meta`s that are committed.
    metas_committed: usize,
    live: usize,
    /// For each class the first chunk that has room.
    rooms: [u32; CLASSES],
    runs: [u32; RUN_LISTS],
}

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

/// Holds the lock.
struct Locked<'h> {
    heap: &'h Heap,
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        // SAFETY: the state lives as long as the heap.
        unsafe { (*self.heap.state).lock.store(0, Ordering::Release) };
    }
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

    #[inline]
    fn allocate_here(&self, size: usize) -> usize {
        let (block, clear) = {
            let mut heap = self.lock();
            match size {
                0..=MAX_SMALL => (heap.small(class_of(size)), true),
                _ => heap.large(size),
            }
        };
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

    /// Gives every aligned word of blocks in use whose value lies in `range`. Nobody can allocate meanwhile.
    pub fn words_in(&self, range: &std::ops::Range<usize>, mut found: impl FnMut(usize)) {
        let locked = self.lock();
        let len = range.end - range.start;
        let mut look = |start: usize, size: usize| {
            for address in (start..start + size).step_by(8) {
                // SAFETY: chunks that hold blocks are committed, and an aligned word of them can be read; nobody relies on what it is.
                let word = unsafe { (address as *const usize).read_volatile() };
                if word.wrapping_sub(range.start) < len {
                    found(word);
                }
            }
        };
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
                        look(start, meta.bump as usize);
                    } else {
                        for offset in (0..meta.bump as usize).step_by(size) {
                            let bit = offset / 16;
                            if free[bit / 64] & 1 << (bit % 64) == 0 {
                                look(start + offset, size);
                            }
                        }
                    }
                }
                Kind::Large => look(start, meta.len as usize * CHUNK),
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

impl Locked<'_> {
    #[inline]
    #[allow(clippy::mut_from_ref)]
    fn state(&self) -> &mut State {
        // SAFETY: this is the holder of the lock, and no two of these references are used at a time.
        unsafe { &mut *self.heap.state }
    }

    #[inline]
    #[allow(clippy::mut_from_ref)]
    fn meta(&self, chunk: u32) -> &mut Meta {
        // SAFETY: chunks below `top` have committed metas; the holder of the lock uses one reference at a time. All bit
        // patterns that are ever stored, and zero, are valid.
        unsafe { &mut *self.heap.metas.add(chunk as usize) }
    }

    #[inline]
    fn address(&self, chunk: u32) -> usize {
        self.heap.chunks + ((chunk as usize) << CHUNK_BITS)
    }

    /// A block of a class; 0 when memory is short.
    #[inline]
    fn small(&mut self, class: usize) -> usize {
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
    fn large(&mut self, size: usize) -> (usize, bool) {
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
    fn chunks_for(&self, size: usize) -> Option<u32> {
        let chunks = size.div_ceil(CHUNK);
        (chunks <= self.state().limit as usize).then_some(chunks as u32)
    }

    fn mark_large(&mut self, run: u32, len: u32) {
        self.meta(run + len - 1).kind = Kind::Inner;
        let meta = self.meta(run);
        (meta.kind, meta.len) = (Kind::Large, len);
    }

    /// The chunk of a block, if it is the address of one.
    #[inline]
    fn chunk_of(&self, p: usize) -> Option<u32> {
        let chunk = p.wrapping_sub(self.heap.chunks) >> CHUNK_BITS;
        (chunk < self.state().top as usize).then_some(chunk as u32)
    }

    #[inline]
    fn free(&mut self, p: usize) {
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
    fn resize(&mut self, p: usize, new: usize) -> bool {
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
    fn extend(&mut self, run: u32, len: u32, need: u32) -> bool {
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

    /// A run of chunks; `NONE` when memory is short.
    #[cold]
    fn take_run(&mut self, len: u32) -> u32 {
        let run = self.find_run(len);
        if run == NONE {
            let run = self.state().top;
            return if self.grow(len) { run } else { NONE };
        }
        let rest = self.meta(run).len - len;
        self.unlink_run(run);
        if rest > 0 {
            self.link_run(run + len, rest);
        }
        run
    }

    fn find_run(&self, len: u32) -> u32 {
        let first = len.ilog2() as usize;
        let mut run = self.state().runs[first.min(RUN_LISTS - 1)];
        for _ in 0..SEARCH {
            if run == NONE {
                break;
            }
            if self.meta(run).len >= len {
                return run;
            }
            run = self.meta(run).next;
        }
        let larger = self.state().runs.iter().skip(first + 1);
        larger.copied().find(|&run| run != NONE).unwrap_or(NONE)
    }

    /// Moves `top` up.
    fn grow(&mut self, len: u32) -> bool {
        let kept = match self.heap.reserve_users.load(Ordering::Relaxed) {
            0 => RESERVE,
            _ => 0,
        };
        let state = self.state();
        let top = state.top.saturating_add(len);
        let needed = top.saturating_add(kept);
        if needed > state.limit || needed > state.committed && !self.commit(needed) {
            return false;
        }
        let state = self.state();
        state.top = top;
        state.fresh = state.fresh.max(top);
        true
    }

    #[cold]
    fn commit(&mut self, top: u32) -> bool {
        let (committed, limit) = (self.state().committed, self.state().limit);
        let step = COMMIT_STEP.max(committed / 8);
        let to = top
            .next_multiple_of(COMMIT_STEP)
            .max(committed.saturating_add(step))
            .min(limit);
        let metas = round_to_pages(to as usize * size_of::<Meta>());
        let base = self.heap.metas as usize;
        let held = self.state().metas_committed;
        let window = &self.heap.window;
        if metas > held {
            if window.commit(base + held..base + metas).is_err() {
                return false;
            }
            self.state().metas_committed = metas;
        }
        if window
            .commit(self.address(committed)..self.address(to))
            .is_err()
        {
            return false;
        }
        self.state().committed = to;
        true
    }

    /// Makes a run free: joins it with its neighbours, or with the unused end.
    fn give_run(&mut self, run: u32, len: u32) {
        let (mut start, mut end) = (run, run + len);
        if len >= DISCARD {
            let heap = self.heap;
            let base = heap.window.base();
            let range = self.address(start) - base..self.address(end) - base;
            // When it fails the memory stays, which is no harm.
            let _ = heap.window.reservation().discard(range);
        }
        if start > 0 && self.meta(start - 1).kind == Kind::Free {
            start -= self.meta(start - 1).len;
            self.unlink_run(start);
        }
        let top = self.state().top;
        if end < top && self.meta(end).kind == Kind::Free {
            let behind = self.meta(end).len;
            self.unlink_run(end);
            end += behind;
        }
        if end == top {
            self.state().top = start;
        } else {
            self.link_run(start, end - start);
        }
    }

    fn run_list(len: u32) -> usize {
        (len.ilog2() as usize).min(RUN_LISTS - 1)
    }

    fn link_run(&mut self, run: u32, len: u32) {
        let first = std::mem::replace(&mut self.state().runs[Self::run_list(len)], run);
        if first != NONE {
            self.meta(first).previous = run;
        }
        let last = self.meta(run + len - 1);
        (last.kind, last.len) = (Kind::Free, len);
        let meta = self.meta(run);
        (meta.kind, meta.len, meta.next, meta.previous) = (Kind::Free, len, first, NONE);
    }

    fn unlink_run(&mut self, run: u32) {
        let meta = self.meta(run);
        let (len, next, previous) = (meta.len, meta.next, meta.previous);
        meta.kind = Kind::Inner;
        self.meta(run + len - 1).kind = Kind::Inner;
        match previous {
            NONE => self.state().runs[Self::run_list(len)] = next,
            _ => self.meta(previous).next = next,
        }
        if next != NONE {
            self.meta(next).previous = previous;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heap(size: usize) -> Heap {
        Heap::new(&Arc::new(Window::new(size).expect("address space"))).expect("a heap")
    }

    /// Small, even steps through all numbers (Marsaglia's xorshift).
    struct Random(u64);

    impl Random {
        fn below(&mut self, end: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % end
        }

        /// Mostly small, sometimes some chunks.
        fn size(&mut self) -> usize {
            let bits = self.below(20);
            self.below(1 << bits) as usize
        }
    }

    struct Block {
        address: usize,
        bytes: Vec<u8>,
    }

    impl Block {
        /// Has the heap kept what was written? Then writes something else.
        fn check_and_fill(&mut self, with: u8) {
            let size = self.bytes.len();
            // SAFETY: the block is in use and has `size` bytes.
            let actual = unsafe { std::slice::from_raw_parts_mut(self.address as *mut u8, size) };
            assert!(
                actual == self.bytes,
                "a block of {size} bytes was overwritten or not cleared"
            );
            actual.fill(with);
            self.bytes.fill(with);
        }
    }

    #[test]
    fn every_size_has_the_least_class_that_fits() {
        for size in 0..=MAX_SMALL {
            let class = class_of(size);
            assert!(SIZES[class] as usize >= size);
            assert!(class == 0 || (SIZES[class - 1] as usize) < size);
            assert_eq!(SIZES[class] % 16, 0);
        }
    }

    #[test]
    fn it_behaves_as_a_set_of_separate_blocks() {
        for seed in 1..=6 {
            let heap = heap(256 << 20);
            let mut random = Random(0x9e37_79b9_7f4a_7c15 >> seed);
            let mut blocks: Vec<Block> = Vec::new();
            for step in 0..20_000u32 {
                let what = random.below(10);
                if what < 5 || blocks.is_empty() {
                    let size = random.size();
                    let address = heap.allocate(size);
                    assert!(address != 0 && address.is_multiple_of(16));
                    blocks.push(Block {
                        address,
                        bytes: vec![0; size],
                    });
                } else if what < 9 {
                    let index = random.below(blocks.len() as u64) as usize;
                    let mut block = blocks.swap_remove(index);
                    block.check_and_fill(0xaa);
                    // SAFETY: a block of the heap, not used again.
                    unsafe { heap.free(block.address) };
                } else {
                    let index = random.below(blocks.len() as u64) as usize;
                    let (block, size) = (&mut blocks[index], random.size());
                    // SAFETY: a block of the heap with so many bytes.
                    block.address =
                        unsafe { heap.reallocate(block.address, block.bytes.len(), size) };
                    block.bytes.resize(size, 0);
                }
                if let Some(block) = blocks.last_mut() {
                    block.check_and_fill(step as u8);
                }
                assert_eq!(heap.live_blocks(), blocks.len());
            }
            for block in &mut blocks {
                block.check_and_fill(1);
                // SAFETY: a block of the heap, not used again.
                unsafe { heap.free(block.address) };
            }
            let stats = heap.stats();
            assert_eq!(stats.live_blocks, 0);
            assert!(
                stats.used_bytes <= CLASSES * CHUNK,
                "only one chunk of each class is kept: {stats:?}"
            );
        }
    }

    #[test]
    fn memory_stays_flat_when_what_is_freed_is_asked_for_again() {
        let heap = heap(256 << 20);
        let mut first = 0;
        for round in 0..200 {
            let blocks: Vec<_> = (0..300)
                .map(|i| heap.allocate((i * 37 + round * 1001) % 70_000))
                .collect();
            // SAFETY: blocks of the heap, not used again.
            blocks
                .into_iter()
                .for_each(|block| unsafe { heap.free(block) });
            let committed = heap.stats().committed_bytes;
            first = if round < 70 { committed } else { first };
            assert!(
                committed <= first,
                "{committed} after {round}, {first} at first"
            );
        }
    }

    #[test]
    fn short_memory_is_zero_and_leaves_the_heap_usable() {
        let heap = heap(64 << 20);
        assert_eq!(heap.allocate(usize::MAX), 0);
        assert_eq!(heap.allocate(1 << 40), 0);
        let mut blocks = Vec::new();
        loop {
            let block = heap.allocate(1 << 20);
            if block == 0 {
                break;
            }
            blocks.push(block);
        }
        assert!(blocks.len() > 50, "{}", blocks.len());
        // SAFETY: a block of a MiB, still valid when it cannot grow.
        unsafe {
            assert_eq!(heap.reallocate(blocks[0], 1 << 20, 32 << 20), 0);
            blocks.into_iter().for_each(|block| heap.free(block));
        }
        assert_eq!(heap.stats().used_bytes, 0);
        assert_ne!(heap.allocate(40 << 20), 0);
    }

    #[test]
    fn a_large_block_grows_and_shrinks_in_place() {
        let heap = heap(64 << 20);
        let first = heap.allocate(100_000);
        // SAFETY: a block of the heap with so many bytes, each time.
        unsafe {
            assert_eq!(heap.reallocate(first, 100_000, 5_000_000), first);
            let behind = heap.allocate(100_000);
            assert_eq!(heap.reallocate(first, 5_000_000, 200_000), first);
            assert_eq!(heap.reallocate(first, 200_000, 4_000_000), first);
            assert_ne!(heap.reallocate(first, 4_000_000, 6_000_000), first);
            heap.free(behind);
        }
        assert_eq!(heap.live_blocks(), 1);
    }

    #[test]
    fn threads_share_it() {
        let heap = heap(256 << 20);
        std::thread::scope(|scope| {
            for seed in 1..4 {
                let heap = &heap;
                scope.spawn(move || {
                    let mut random = Random(seed);
                    let mut blocks = Vec::new();
                    for step in 0..20_000u32 {
                        let size = random.below(500) as usize + 8;
                        let mut block = Block {
                            address: heap.allocate(size),
                            bytes: vec![0; size],
                        };
                        block.check_and_fill(seed as u8);
                        blocks.push(block);
                        if step % 3 != 0 {
                            let index = random.below(blocks.len() as u64) as usize;
                            let mut block = blocks.swap_remove(index);
                            block.check_and_fill(0);
                            // SAFETY: a block of the heap, not used again.
                            unsafe { heap.free(block.address) };
                        }
                    }
                    // SAFETY: blocks of the heap, not used again.
                    blocks
                        .iter()
                        .for_each(|block| unsafe { heap.free(block.address) });
                });
            }
        });
        assert_eq!(heap.live_blocks(), 0);
    }

    #[test]
    #[ignore = "a measurement: run it alone, optimised"]
    fn speed() {
        let heap = heap(256 << 20);
        for size in [16, 48, 200, 1000] {
            let mut best = f64::MAX;
            for _ in 0..20 {
                let start = std::time::Instant::now();
                let mut kept = [0; 64];
                for i in 0..200_000 {
                    let slot = &mut kept[i * 7 % 64];
                    // SAFETY: 0 or a block of the heap, not used again.
                    unsafe { heap.free(*slot) };
                    *slot = heap.allocate(size);
                }
                best = best.min(start.elapsed().as_nanos() as f64 / 200_000.0);
                // SAFETY: as above.
                kept.into_iter()
                    .for_each(|block| unsafe { heap.free(block) });
            }
            println!("{size} bytes: {best:.1} ns for a pair of allocate and free");
        }
    }
}
