//! Runs of chunks: free ones are joined with their neighbours and found through lists by powers of two; the end of the
//! memory in use moves up when none fits.

use std::sync::atomic::Ordering;

use crate::os::memory::round_to_pages;

use super::NONE;
use super::blocks::{Kind, Locked, Meta};

/// Lists of free runs: list `i` has those of `2^i` to `2^(i+1) - 1` chunks.
pub(super) const RUN_LISTS: usize = 24;
/// Runs of this many chunks give their memory back to the system when they become free.
const DISCARD: u32 = 64;
/// Chunks are committed so many at a time.
const COMMIT_STEP: u32 = 16;
/// Chunks that are committed ahead of need, for raising when there are no others.
const RESERVE: u32 = 16;
/// How far a list of runs that may or may not fit is searched.
const SEARCH: usize = 32;

impl Locked<'_> {
    /// A run of chunks; `NONE` when memory is short.
    #[cold]
    pub(super) fn take_run(&mut self, len: u32) -> u32 {
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
    pub(super) fn grow(&mut self, len: u32) -> bool {
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
    pub(super) fn give_run(&mut self, run: u32, len: u32) {
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

    pub(super) fn link_run(&mut self, run: u32, len: u32) {
        let first = std::mem::replace(&mut self.state().runs[Self::run_list(len)], run);
        if first != NONE {
            self.meta(first).previous = run;
        }
        let last = self.meta(run + len - 1);
        (last.kind, last.len) = (Kind::Free, len);
        let meta = self.meta(run);
        (meta.kind, meta.len, meta.next, meta.previous) = (Kind::Free, len, first, NONE);
    }

    pub(super) fn unlink_run(&mut self, run: u32) {
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
