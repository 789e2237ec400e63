//! Does anything that can run reach an edit?
//!
//! In: procs that a reload gave another body. Out: those that no live code names, no handler or handle of the host is, and whose
//! address stands nowhere in the program's memory. An edit of such a proc is not seen, which a report has to say.
//! Top-level code counts when the reload has run it (`ran`), not when it had run before: it does not run again.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::code::Placed;
use super::plan::Plan;
use super::{LiveProgram, State};
use crate::jit::Symbol;
use crate::mir::{DataId, Ids, ProcId, Target};
use crate::runtime::Context;

/// Code that no table has.
pub(super) struct Running<'a> {
    /// That of the stacks' frames.
    pub frames: &'a [Arc<Placed>],
    /// Top-level code that the reload ran.
    pub ran: &'a [Arc<Placed>],
}

impl LiveProgram {
    /// The names of procs with a body of this reload that nothing reaches.
    pub(super) fn unreached(
        &self,
        state: &mut State,
        plan: &Plan,
        running: &Running<'_>,
        context: *mut Context,
        others: usize,
    ) -> Vec<Arc<str>> {
        let mut left: FxHashSet<ProcId> = plan.called.iter().copied().collect();
        for entry in self.entries().iter() {
            left.remove(entry);
        }
        left.retain(|&proc| !state.c_held.contains(&proc) && !is_called(state, proc));
        // From what is looked through in no time to what takes longest.
        let callers = running.strike_named(state, &mut left);
        state.callers.extend(callers);
        self.strike_in_data(state, running, &mut left);
        self.strike_answered(running, &mut left);
        self.strike_values(state, &mut left, context, others);
        let planned = plan.compile.iter();
        let unreached = planned.filter(|planned| left.contains(&planned.proc.id));
        unreached.map(|planned| planned.proc.name.clone()).collect()
    }

    /// Takes the procs away whose addresses stand in constant data that code uses.
    fn strike_in_data(&self, state: &State, running: &Running<'_>, left: &mut FxHashSet<ProcId>) {
        if left.is_empty() {
            return;
        }
        let mut seen = FxHashSet::default();
        for reloc in running
            .code(state)
            .flat_map(|placed| &placed.compiled.relocs)
        {
            if let Symbol::Data(data) = reloc.symbol {
                procs_in_data(self.ids(), data, &mut seen, &mut |proc| {
                    left.remove(&proc);
                });
            }
        }
    }

    /// Takes the procs away that the sources name, also where a copy stands in the place of a call.
    fn strike_answered(&self, running: &Running<'_>, left: &mut FxHashSet<ProcId>) {
        if !left.is_empty()
            && let Some(service) = self.service.get()
        {
            let ran = running.ran.iter().map(|placed| placed.id()).collect();
            for named in service.named(left, &ran) {
                left.remove(&named);
            }
        }
    }

    /// Takes the procs away of which there may be values. Values of a proc of another layout call what it is now.
    fn strike_values(
        &self,
        state: &State,
        left: &mut FxHashSet<ProcId>,
        context: *mut Context,
        others: usize,
    ) {
        let led = state.forwards.iter().filter(|(_, to)| left.contains(to));
        let led: Vec<(ProcId, ProcId)> = led.map(|(&before, &to)| (before, to)).collect();
        let before = led.iter().map(|led| led.0);
        let asked = left.iter().copied().chain(before).collect();
        let held = self.with_values(asked, context, others);
        left.retain(|proc| {
            let mut led = led.iter().filter(|led| led.1 == *proc);
            !held.contains(proc) && !led.any(|led| held.contains(&led.0))
        });
    }
}

impl Running<'_> {
    /// All code that can run. What runs comes first: it is little, and mostly calls what was edited.
    fn code<'a>(&'a self, state: &'a State) -> impl Iterator<Item = &'a Arc<Placed>> {
        let running = self.frames.iter().chain(&state.inits).chain(self.ran);
        let tables = state.live.values().chain(state.removed.values());
        running.chain(tables)
    }

    /// Takes the procs away that code of others names. Gives each with who does.
    fn strike_named(&self, state: &State, left: &mut FxHashSet<ProcId>) -> Vec<(ProcId, ProcId)> {
        let mut callers = Vec::new();
        for placed in self.code(state) {
            if left.is_empty() {
                break;
            }
            let id = placed.id();
            let named = placed.procs_named().filter(|&named| named != id);
            let named = named.filter(|named| left.remove(named));
            callers.extend(named.map(|named| (named, id)));
        }
        callers
    }
}

/// Does the code name it that is known to have done so?
fn is_called(state: &State, proc: ProcId) -> bool {
    let caller = state.callers.get(&proc);
    let code = caller.and_then(|caller| state.live.get(caller));
    code.is_some_and(|code| code.procs_named().any(|named| named == proc))
}

/// Shows the procs whose addresses stand in constant data.
pub(super) fn procs_in_data(
    ids: &Ids,
    id: DataId,
    seen: &mut FxHashSet<DataId>,
    found: &mut dyn FnMut(ProcId),
) {
    if !seen.insert(id) {
        return;
    }
    for &(_, target) in &ids.data_of(id).relocs {
        match target {
            Target::Data(other) => procs_in_data(ids, other, seen, found),
            Target::Proc(proc) => found(proc),
            Target::Desc(_) => {}
        }
    }
}
