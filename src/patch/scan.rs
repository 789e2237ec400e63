//! The program's memory, word by word: which addresses in the window stand somewhere.
//!
//! Conservative, as Boehm and Weiser (1988): every aligned word of the guest's heap, its globals, and the stacks and registers of the
//! current thread and of those that have parked counts that looks like the address of a stub, a constant or a descriptor. It is for who
//! keeps the other threads out.

#![allow(unsafe_code)] // reads memory word by word

use rustc_hash::FxHashSet;

use super::LiveProgram;
use crate::globals::GlobalEntry;
use crate::mir::ProcId;
use crate::runtime::{Context, Marks, registers};

/// A heap of so many bytes is looked through in about a millisecond.
const SMALL_HEAP: usize = 4 << 20;

/// Bytes of the heap that there is to look through.
#[derive(Clone, Copy)]
pub(super) struct HeapSize(pub(super) usize);

impl HeapSize {
    /// Can it be looked through at each reload?
    pub(super) fn is_small(self) -> bool {
        self.0 <= SMALL_HEAP
    }
}

impl LiveProgram {
    pub(super) fn heap_size(&self) -> HeapSize {
        HeapSize(self.runtime.heap().stats().used_bytes)
    }

    /// Those of some procs of which there may be values. All when memory is not looked through.
    pub(super) fn with_values(
        &self,
        procs: FxHashSet<ProcId>,
        context: *mut Context,
        others: usize,
    ) -> FxHashSet<ProcId> {
        if procs.is_empty() || others > 0 || !self.heap_size().is_small() {
            return procs;
        }
        let words = self.words(context, &[]);
        let window = self.runtime.window();
        let held = words.iter().filter_map(|&word| window.proc_of_stub(word));
        let mut held: FxHashSet<ProcId> = held.collect();
        let mut marks = Marks::default();
        self.runtime.data().mark_words(words, &mut marks);
        held.extend(marks.take_values());
        held.retain(|proc| procs.contains(proc));
        held
    }

    /// The addresses of stubs and in constant data that stand in the guest's heap, its globals and those of `gone`, and the stacks and
    /// registers of all threads that are in the program.
    pub(super) fn words(&self, context: *mut Context, gone: &[GlobalEntry]) -> FxHashSet<usize> {
        let window = self.runtime.window();
        let (stubs, data) = (window.stubs(), window.data());
        let both = stubs.start..data.end + 1;
        let mut found = FxHashSet::default();
        // Many objects of one type follow each other.
        let mut last = 0;
        let mut add = |word: usize| {
            if word != last && (word < stubs.end || word >= data.start) {
                last = word;
                found.insert(word);
            }
        };
        self.runtime.heap().words_in(&both, &mut add);
        let mut add = |word: usize| {
            if both.contains(&word) {
                add(word);
            }
        };
        for global in self.runtime.globals().list().iter().chain(gone) {
            words(global.address, global.size, &mut add);
        }
        self.words_of_threadvars(gone, &mut add);
        // SAFETY: the context is the current thread's, which keeps the others out.
        for (stack, registers) in unsafe { self.runtime.threads().stacks(context) } {
            registers.into_iter().for_each(&mut add);
            words(stack.start, stack.len(), &mut add);
        }
        let state_of_thread = registers();
        let here = (&raw const state_of_thread) as usize;
        // SAFETY: the context is the current thread's.
        let stack = unsafe { &*context }.stack();
        if stack.contains(&here) {
            words(here, stack.end - here, &mut add);
        }
        found
    }
}

/// Clears the stack below the caller's frame. Calls that are over have left addresses there, and the frames of the walk would lie around
/// them without overwriting all.
#[inline(never)]
pub(super) fn clear_dead_stack() {
    std::hint::black_box([0u64; 2048]);
}

/// Gives each aligned word of an area.
fn words(start: usize, size: usize, add: &mut dyn FnMut(usize)) {
    for address in (start.next_multiple_of(8)..(start + size) & !7).step_by(8) {
        // SAFETY: globals are in committed storage, and a stack is mapped from a live local, or from where its thread has parked, up to its end. Reading
        // volatile, since others may own what is there.
        add(unsafe { (address as *const usize).read_volatile() });
    }
}
