//! Where threads are that run guest code, for messages.
//!
//! In: contexts of threads. Out: the proc and the line that each is at, as far as it is in guest code, or in C or Rust that was
//! called from there, and answers within [`PATIENCE`]. A thread is [asked](crate::os::ask) and goes on at once.

#![allow(unsafe_code)] // reads a context in a signal handler

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::os::ask;

use super::context::Context;
use super::frames::exit_pc;
use super::{Runtime, threads, window};

/// A thread that gets no processor in this time has no place.
const PATIENCE: Duration = Duration::from_millis(50);

impl Runtime {
    /// For each thread where it is.
    ///
    /// # Safety
    /// The contexts are of this program, and their threads run until this returns.
    pub(super) unsafe fn whereabouts(&self, threads: &[*mut Context]) -> Vec<Option<String>> {
        // What looks at faults is what an embedder may switch off.
        if !self.catch_faults {
            return Vec::new();
        }
        // SAFETY: by the contract the contexts live; the number never changes, the answer is atomic.
        let threads = threads
            .iter()
            .map(|&context| unsafe { (&raw const (*context).thread_id, &(*context).whereabouts) });
        let threads: Vec<_> = threads.collect();
        for &(thread, place) in &threads {
            place.store(0, Ordering::Relaxed);
            // SAFETY: as above; the thread runs.
            unsafe { ask::ask(*thread, answer) };
        }
        let begun = Instant::now();
        let places = threads.iter().map(|(_, place)| {
            loop {
                let address = place.load(Ordering::Acquire);
                if address != 0 {
                    return self.describe(address);
                }
                if begun.elapsed() > PATIENCE {
                    return None;
                }
                std::thread::yield_now();
            }
        });
        places.collect()
    }
}

/// Runs in the signal handler of the thread that is asked.
fn answer(pc: usize) {
    let program = window::registry::find(pc);
    let context = match program {
        Some(program) => threads::in_handler(program),
        None => threads::inside_in_handler(),
    };
    let Some(context) = context else { return };
    // SAFETY: it is a context of this thread, which stands still: where it is not in guest code it has stored where it left.
    let (exit, whereabouts) = unsafe { ((*context).exit_sp, &(*context).whereabouts) };
    let address = match program {
        Some(_) => Some(pc),
        // Of the return address, the call.
        None => exit_pc(exit).map(|pc| pc - 1),
    };
    whereabouts.store(address.unwrap_or(0), Ordering::Release);
}
