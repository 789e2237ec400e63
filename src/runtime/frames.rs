//! Who is on the stack: the live frames of guest code, across nested entries.
//!
//! Guest code keeps frame pointers, so each segment (from an entry up to where it was left for C or Rust) is a chain of
//! `[caller's frame pointer, return address]`. Where the innermost frame of a segment stands is known from
//! [`Context::exit_fp`] and [`Context::exit_sp`], which whatever leaves guest code stores.

#![allow(unsafe_code)] // reads stack frames

use std::sync::Arc;

use crate::mir::{ProcId, Site};
use crate::source::Place;

use super::context::Context;
use super::entry::{EntryRecord, FRAME};
use super::hooks::Positions;

/// What a code address belongs to.
#[derive(Clone)]
pub struct CodePlace {
    /// The proc.
    pub proc: ProcId,
    /// The generation of its module that holds the code; counted by who compiles.
    pub generation: u64,
    /// Its name in traces.
    pub name: Arc<str>,
    /// Traces name it.
    pub traced: bool,
    /// The call, or the faulting instruction.
    pub site: Option<Site>,
    /// Where that is in the source.
    pub place: Option<Place>,
    /// Who knows the lines of its version, when that is not the one that runs.
    pub positions: Option<Arc<dyn Positions>>,
}

/// Who knows which code is where. Kept by the JIT; asked at any time by any thread, but never in a signal handler.
pub trait CodeMap: Send + Sync {
    /// The proc whose code holds this address. For a return address, the instruction meant is the one before it: look up
    /// `address - 1`, which is what the runtime passes.
    fn locate(&self, address: usize) -> Option<CodePlace>;

    /// Grows after each change of what [`CodeMap::locate`] gives.
    fn changes(&self) -> u64;
}

/// The most frames that are listed of one segment: more are a damaged stack.
const MAX_FRAMES: usize = 1 << 24;

/// A live frame.
#[derive(Clone, Copy, Debug)]
pub struct LiveFrame {
    /// Where it goes on.
    pub pc: usize,
    /// Its frame pointer: its own memory lies below, and what it has in registers is kept there too, by whom it calls.
    pub fp: usize,
}

/// The live frames of guest code of the context's thread, innermost first. Also the runtime's own frames between may be among them,
/// whose addresses no [`CodeMap`] knows.
///
/// The context must be the current thread's and the thread in a call from guest code (or outside, which gives none), or its
/// thread must be stopped in such a call.
pub fn frames(context: &Context) -> Vec<LiveFrame> {
    let mut found = Vec::new();
    each_frame(context, &mut |frame| found.push(frame));
    found
}

fn each_frame(context: &Context, found: &mut dyn FnMut(LiveFrame)) {
    let mut entry = context.entry;
    let (mut fp, mut sp) = (context.exit_fp, context.exit_sp);
    // SAFETY: entries are linked from the context while they are on the stack.
    while let Some(record) = unsafe { entry.as_ref() } {
        if let Some(pc) = exit_pc(sp) {
            found(LiveFrame { pc, fp });
        }
        walk(fp, frame_of(entry), found);
        (fp, sp) = (record.exit_fp, record.exit_sp);
        entry = record.previous;
    }
}

/// Where they go on.
pub fn addresses(context: &Context) -> Vec<usize> {
    let mut found = Vec::new();
    each_frame(context, &mut |frame| found.push(frame.pc));
    found
}

/// The frame of the trampoline that made the record.
pub(super) fn frame_of(entry: *const EntryRecord) -> usize {
    entry as usize + FRAME
}

/// Where guest code goes on that has stored this as its [`Context::exit_sp`].
pub(super) fn exit_pc(sp: usize) -> Option<usize> {
    if cfg!(target_arch = "aarch64") {
        return (sp != 0).then_some(sp);
    }
    // SAFETY: guest code stored its stack pointer at the call, which pushed the return address below it; the call has not returned.
    (sp != 0).then(|| unsafe { *((sp - 8) as *const usize) })
}

/// Follows frame pointers from `fp` to the trampoline's frame at `end`, which lies above; the return address into the trampoline
/// itself is left out. Stops at anything that is no chain.
pub(super) fn walk(mut fp: usize, end: usize, found: &mut dyn FnMut(LiveFrame)) {
    for _ in 0..MAX_FRAMES {
        if fp == 0 || fp >= end || !fp.is_multiple_of(8) {
            return;
        }
        // SAFETY: between the current stack pointer and the entry's frame everything is stack of this thread.
        let [next, pc] = unsafe { *(fp as *const [usize; 2]) };
        if next == end {
            return;
        }
        found(LiveFrame { pc, fp: next });
        if next <= fp {
            return;
        }
        fp = next;
    }
}
