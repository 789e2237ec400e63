//! What a reload changed, so that it can be put back. Globals undo themselves: see [`crate::globals::Change`].

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::code::Placed;
use super::image::Image;
use super::{LiveProgram, State};
use crate::mir::{Proc, ProcId};

/// One change, with what was there before.
enum Change {
    /// A slot moved.
    Slot { proc: ProcId, address: usize },
    /// A proc's current code.
    Live {
        proc: ProcId,
        before: Option<Arc<Placed>>,
    },
    /// A proc that had been removed is back.
    Back {
        proc: ProcId,
        removed: Option<Arc<Placed>>,
        raising: Option<Arc<Placed>>,
    },
    /// Values of a proc that is no more run other code.
    StandIn {
        proc: ProcId,
        removed: Option<Arc<Placed>>,
        raising: Option<Arc<Placed>>,
        forwards: Option<ProcId>,
    },
    /// The places of a proc whose code stayed.
    Text {
        placed: Arc<Placed>,
        before: Arc<Proc>,
    },
    /// The version.
    Image(Image),
}

/// Changes in the order in which they were made.
#[derive(Default)]
pub(super) struct UndoLog(Vec<Change>);

impl UndoLog {
    /// Makes `placed` the current code of its proc.
    pub(super) fn move_slot(
        &mut self,
        program: &LiveProgram,
        state: &mut State,
        placed: &Arc<Placed>,
    ) {
        let proc = placed.id();
        let (removed, raising) = (state.removed.remove(&proc), state.raising.remove(&proc));
        if removed.is_some() || raising.is_some() {
            self.0.push(Change::Back {
                proc,
                removed,
                raising,
            });
        }
        let before = state.live.insert(proc, placed.clone());
        let named = placed.procs_named().filter(|&named| named != proc);
        state.callers.extend(named.map(|named| (named, proc)));
        self.0.push(Change::Live { proc, before });
        // Release: whoever sees the new address sees the code behind it, which `publish` ordered before this.
        let address = program
            .runtime
            .window()
            .slot(proc)
            .swap(placed.address, Ordering::AcqRel);
        self.0.push(Change::Slot { proc, address });
    }

    /// The proc has no code of its own any more; its slot stays as it is until it is known who can still reach it.
    pub(super) fn remove(&mut self, state: &mut State, proc: ProcId) {
        if let Some(before) = state.live.remove(&proc) {
            state.removed.insert(proc, before.clone());
            self.0.push(Change::Live {
                proc,
                before: Some(before),
            });
        }
    }

    /// Values of a removed proc run this, which leads to another proc or raises.
    pub(super) fn stand_in(
        &mut self,
        program: &LiveProgram,
        state: &mut State,
        (proc, to): (ProcId, Option<ProcId>),
        placed: &Arc<Placed>,
    ) {
        self.0.push(Change::StandIn {
            proc,
            removed: state.removed.remove(&proc),
            raising: state.raising.insert(proc, placed.clone()),
            forwards: match to {
                Some(to) => state.forwards.insert(proc, to),
                None => state.forwards.remove(&proc),
            },
        });
        let slot = program.runtime.window().slot(proc);
        let address = slot.swap(placed.address, Ordering::AcqRel);
        self.0.push(Change::Slot { proc, address });
    }

    /// The same code stands elsewhere in its file.
    pub(super) fn set_text(&mut self, placed: &Arc<Placed>, text: &Arc<Proc>) {
        let before = placed.set_text(text.clone());
        self.0.push(Change::Text {
            placed: placed.clone(),
            before,
        });
    }

    /// Makes a version the current one.
    pub(super) fn set_image(&mut self, state: &mut State, image: Image) {
        self.0
            .push(Change::Image(std::mem::replace(&mut state.image, image)));
    }

    /// Keeps the changes. Gives the code that was replaced, and the version before.
    pub(super) fn commit(self) -> (Vec<Arc<Placed>>, Option<Image>) {
        let (mut replaced, mut image) = (Vec::new(), None);
        for change in self.0 {
            match change {
                Change::Live { before, .. } => replaced.extend(before),
                Change::Back {
                    removed, raising, ..
                } => replaced.extend(removed.or(raising)),
                Change::StandIn {
                    removed, raising, ..
                } => replaced.extend(removed.or(raising)),
                Change::Image(before) => image = Some(before),
                Change::Slot { .. } | Change::Text { .. } => {}
            }
        }
        (replaced, image)
    }

    /// Puts everything back, last change first. Gives the code that was new.
    pub(super) fn undo(mut self, program: &LiveProgram, state: &mut State) -> Vec<Arc<Placed>> {
        let mut dropped = Vec::new();
        while let Some(change) = self.0.pop() {
            match change {
                Change::Slot { proc, address } => {
                    program
                        .runtime
                        .window()
                        .slot(proc)
                        .store(address, Ordering::Release);
                }
                Change::Live { proc, before } => {
                    state.removed.remove(&proc);
                    dropped.extend(match before {
                        Some(before) => state.live.insert(proc, before),
                        None => state.live.remove(&proc),
                    });
                }
                Change::Back {
                    proc,
                    removed,
                    raising,
                } => {
                    state.removed.extend(removed.map(|placed| (proc, placed)));
                    state.raising.extend(raising.map(|placed| (proc, placed)));
                }
                Change::StandIn {
                    proc,
                    removed,
                    raising,
                    forwards,
                } => {
                    dropped.extend(state.raising.remove(&proc));
                    state.removed.extend(removed.map(|placed| (proc, placed)));
                    state.raising.extend(raising.map(|placed| (proc, placed)));
                    state.forwards.remove(&proc);
                    state.forwards.extend(forwards.map(|to| (proc, to)));
                }
                Change::Text { placed, before } => drop(placed.set_text(before)),
                Change::Image(image) => state.image = image,
            }
        }
        dropped
    }
}
