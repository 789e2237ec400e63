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
    let mut entry = context.entry;
    let (mut fp, mut sp) = (context.exit_fp, context.exit_sp);
    // SAFETY: entries are linked from the context while they are on the stack.
    while let Some(record) = unsafe { entry.as_ref() } {
        if let Some(pc) = exit_pc(sp) {
            found.push(LiveFrame { pc, fp });
        }
        walk(fp, frame_of(entry), &mut |frame| found.push(frame));
        (fp, sp) = (record.exit_fp, record.exit_sp);
        entry = record.previous;
    }
    found
}

/// Where they go on.
pub fn addresses(context: &Context) -> Vec<usize> {
    frames(context).iter().map(|frame| frame.pc).collect()
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

impl super::Runtime {
    /// A stack trace as Nim prints it below its headline: outermost first, one line a frame, without procs whose calls are not
    /// traced; of very many frames those in the middle are left out.
    ///
    /// ```text
    /// main.nim(12)             main
    /// logic.nim(3)             update
    /// ```
    pub fn stack_trace(&self, frames: &[usize]) -> String {
        let mut text = String::new();
        let Some(map) = self.code_map() else {
            return text;
        };
        // Procs alone: not what the runtime has on the stack between them.
        let known = |&pc: &usize| map.locate(pc.wrapping_sub(1)).filter(|place| place.traced);
        if frames.len() <= OUTER_LINES + INNER_LINES {
            frames
                .iter()
                .rev()
                .filter_map(known)
                .for_each(|place| self.trace_line(&mut text, &place));
            return text;
        }
        let (inner, outer) = (
            &frames[..INNER_LINES],
            &frames[frames.len() - OUTER_LINES..],
        );
        outer
            .iter()
            .rev()
            .filter_map(known)
            .for_each(|place| self.trace_line(&mut text, &place));
        let omitted = frames.len() - OUTER_LINES - INNER_LINES;
        text.push_str(&format!("({omitted} calls omitted) ...\n"));
        inner
            .iter()
            .rev()
            .filter_map(known)
            .for_each(|place| self.trace_line(&mut text, &place));
        text
    }

    /// File and line of a place in code.
    pub(crate) fn position_of(&self, place: &CodePlace) -> Option<(String, u32)> {
        let positions = place.positions.as_ref().or(self.positions())?;
        positions.position(place.place?)
    }

    fn trace_line(&self, text: &mut String, place: &CodePlace) {
        let position = self.position_of(place);
        let shown = position.map_or("???".to_owned(), |(file, line)| format!("{file}({line})"));
        text.push_str(&format!("{shown:<24} {}\n", place.name));
    }
}

/// Lines of a trace of very many frames.
const OUTER_LINES: usize = 32;
const INNER_LINES: usize = 95;
