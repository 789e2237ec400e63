//! What of the versions before can still be reached, and giving back the constants and descriptors that cannot.
//!
//! In: the code that is kept, and the program's memory. Out: which removed procs something can call, which values of procs there are;
//! room for other data. The roots are frames, top-level code that has not run yet, and [words of memory](super::scan):
//!
//! ```text
//! word ─▶ stub of a proc                        closures, iterators, proc values
//! word ─▶ descriptor ─▶ destructor ─▶ code ─▶ procs, constants, descriptors that it names …
//! word ─▶ constant ─▶ what it refers to
//! ```
//!
//! A descriptor counts as long as its address stands in front of an object, in a value, in a constant, or in code. That an object is
//! garbage itself, perhaps in a cycle, does not matter: its block is in use, and somebody will destroy it. A block says of what type it
//! is where guest code put the address; counting blocks by type instead would cost at each allocation, and could not know
//! of values outside of objects.
//!
//! # When
//!
//! Looking through memory is what costs: some tenths of a millisecond a MiB. A small heap is looked through whenever something was
//! removed, so reports are exact. A larger one when what could be given back has grown to twice what was left the last
//! time and by a [share](HEAP_SHARE) of the heap: as in a garbage collector, the cost of a byte that is given back is bounded, and what waits
//! is a small part of what the program uses anyway. The pause is that of looking once through all of the heap (34 ms for a million
//! objects in 63 MiB, in a build for development), which hundreds of edits of closures lie between. Until then everything that memory could
//! refer to counts as reached. The same holds while another thread has frames on a
//! stack of unknown bounds.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::ahead::Ahead;
use super::code::Placed;
use super::{LiveProgram, State};
use crate::jit::Symbol;
use crate::mir::ProcId;
use crate::runtime::{Context, Marks};

/// Less than this is not worth a look.
const LITTLE: usize = 16 << 10;
/// Of a larger heap, this part is what may wait.
const HEAP_SHARE: usize = 512;

/// What a collection looks at.
#[derive(Clone, Copy)]
pub(super) struct Due {
    /// The program's memory.
    pub(super) look: bool,
    /// Constants and descriptors.
    sweep: bool,
}

/// What can be reached.
pub(super) struct Reached {
    /// Removed procs that something can call in their old code.
    pub(super) removed: FxHashSet<ProcId>,
    /// Procs whose values stand in memory, or whose raising code something names. None: nobody has looked.
    pub(super) held: Option<FxHashSet<ProcId>>,
    /// The words of memory that are addresses in the window.
    words: Option<FxHashSet<usize>>,
}

impl LiveProgram {
    /// Is there so much that looking for what can go is worth its time?
    pub(super) fn due(&self, state: &State, others: usize) -> Due {
        let (data, code) = (self.runtime.data().bytes(), left_over(state));
        let (sweep_at, look_at) = (state.sweep_at.max(LITTLE), state.look_at.max(LITTLE));
        let is_little = state.removed.is_empty() && data < sweep_at && code < look_at;
        if others > 0 || is_little {
            return Due {
                look: false,
                sweep: false,
            };
        }
        let heap = self.heap_size();
        let share = if heap.is_small() {
            0
        } else {
            heap.0 / HEAP_SHARE
        };
        let sweep = data >= sweep_at + share;
        let look = !state.removed.is_empty() && heap.is_small() || code >= look_at + share;
        Due {
            look: look || sweep,
            sweep,
        }
    }

    /// Follows everything from the roots.
    pub(super) fn reached(
        &self,
        state: &State,
        frames: &[Arc<Placed>],
        context: *mut Context,
        due: Due,
    ) -> Reached {
        let mut reached = Reached {
            removed: FxHashSet::default(),
            held: None,
            words: due.look.then(|| self.words(context, &state.gone)),
        };
        if state.removed.is_empty() && !due.look {
            return reached;
        }
        let mut trace = Trace {
            program: self,
            state,
            marks: Marks::default(),
            work: Vec::new(),
            removed: &mut reached.removed,
            raising: FxHashSet::default(),
        };
        for placed in frames.iter().chain(&state.inits) {
            trace.code(placed);
        }
        let globals = self.runtime.globals().list();
        for global in globals.iter().chain(&state.gone) {
            self.runtime.data().mark_type(global.desc, &mut trace.marks);
        }
        trace.follow();
        let values = match &reached.words {
            Some(words) => {
                let mut values = trace.memory(words);
                values.extend(trace.marks.take_values());
                Some(values)
            }
            None => {
                self.runtime.data().mark_all_descs(&mut trace.marks);
                None
            }
        };
        let is_held = |id: &ProcId| values.as_ref().is_none_or(|values| values.contains(id));
        // Values of nested procs keep their body; those of others raise.
        let pinned = state
            .removed
            .iter()
            .filter(|(_, placed)| placed.text().pinned);
        let by_c = |id: &ProcId| state.c_held.contains(id) && !state.c_stale.contains(id);
        let pinned = pinned
            .map(|(&id, _)| id)
            .filter(|id| is_held(id) || by_c(id));
        trace.work.extend(pinned);
        trace.follow();
        if trace.has_destructors_left() {
            trace.types_of_live_code();
        }
        let raising = trace.raising;
        reached.held = values.map(|mut values| {
            values.extend(raising);
            values
        });
        reached
    }

    /// Gives back constants and descriptors when there are many more than there were, and notes when to look again.
    pub(super) fn sweep(
        &self,
        state: &mut State,
        frames: &[Arc<Placed>],
        reached: &Reached,
        due: Due,
    ) {
        let Some(words) = &reached.words else {
            return;
        };
        state.look_at = 2 * left_over(state);
        if !due.sweep {
            return;
        }
        let data = self.runtime.data();
        let mut marks = Marks::default();
        let tables = [
            &state.live,
            &state.c_entries,
            &state.removed,
            &state.raising,
        ];
        let code = tables.into_iter().flat_map(|table| table.values());
        let ahead = state.ahead.iter().flat_map(Ahead::placed);
        let other = state.old.iter().chain(&state.inits).chain(frames);
        for placed in code.chain(other).chain(ahead) {
            self.mark_constants(placed, &mut marks);
        }
        data.mark_words(words.iter().copied(), &mut marks);
        data.sweep(&marks);
        state.sweep_at = 2 * data.bytes();
    }

    /// Marks the constants and descriptors that code names.
    fn mark_constants(&self, placed: &Placed, marks: &mut Marks) {
        for reloc in &placed.compiled.relocs {
            match reloc.symbol {
                Symbol::Data(id) => self.runtime.data().mark_data(id, marks),
                Symbol::Desc(id) => self.runtime.data().mark_desc(id, marks),
                _ => {}
            }
        }
    }
}

/// Bytes of code of procs that the program does not have any more.
fn left_over(state: &State) -> usize {
    let code = state.removed.values().chain(state.raising.values());
    code.map(|placed| placed.compiled.code.len()).sum()
}

/// A walk over what was removed. What is current never names what is removed, so its code is not looked at but for types.
struct Trace<'a> {
    program: &'a LiveProgram,
    state: &'a State,
    marks: Marks,
    work: Vec<ProcId>,
    removed: &'a mut FxHashSet<ProcId>,
    raising: FxHashSet<ProcId>,
}

impl Trace<'_> {
    /// Everything that this code names.
    fn code(&mut self, placed: &Placed) {
        self.program.mark_constants(placed, &mut self.marks);
        self.work.extend(placed.procs_named());
        self.work.extend(self.marks.take_values());
    }

    /// Everything that is reached from what was found.
    fn follow(&mut self) {
        loop {
            self.work.extend(self.marks.take_destructors());
            let Some(proc) = self.work.pop() else {
                return;
            };
            if self.state.raising.contains_key(&proc) {
                self.raising.insert(proc);
            }
            if let Some(placed) = self.state.removed.get(&proc)
                && self.removed.insert(proc)
            {
                self.code(placed);
            }
        }
    }

    /// Is there a destructor among what was not reached, of a type of which code could still make values?
    fn has_destructors_left(&self) -> bool {
        let is_left = |id: &ProcId| !self.removed.contains(id);
        if !self.state.removed.keys().any(is_left) {
            return false;
        }
        let mut all = Marks::default();
        self.program.runtime.data().mark_all_descs(&mut all);
        let mut destructors = all.take_destructors().into_iter();
        destructors.any(|id| self.state.removed.contains_key(&id) && is_left(&id))
    }

    /// A descriptor is defined once, by the version that has the type first. Should the destructors that it names not be those of the
    /// version that is live, code that makes such values needs them nevertheless.
    fn types_of_live_code(&mut self) {
        let code = self
            .state
            .live
            .values()
            .chain(self.state.c_entries.values());
        for placed in code {
            self.program.mark_constants(placed, &mut self.marks);
        }
        // Constants of what is current name nothing that is removed.
        self.marks.take_values();
        self.follow();
    }

    /// Marks what memory refers to. Gives the procs whose addresses stand there.
    fn memory(&mut self, words: &FxHashSet<usize>) -> FxHashSet<ProcId> {
        let runtime = &self.program.runtime;
        runtime
            .data()
            .mark_words(words.iter().copied(), &mut self.marks);
        let window = runtime.window();
        words
            .iter()
            .filter_map(|&word| window.proc_of_stub(word))
            .collect()
    }
}
