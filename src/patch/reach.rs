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

impl LiveProgram {
    /// The names of procs with a body of this reload that nothing reaches.
    #[allow(clippy::too_many_arguments)] // where one has to look
    pub(super) fn unreached(
        &self,
        state: &mut State,
        plan: &Plan,
        frames: &[Arc<Placed>],
        ran: &[Arc<Placed>],
        context: *mut Context,
        others: usize,
    ) -> Vec<Arc<str>> {
        let mut left: FxHashSet<ProcId> = plan.called.iter().copied().collect();
        for entry in self.entries().iter() {
            left.remove(entry);
        }
        left.retain(|proc| !state.c_held.contains(proc));
        left.retain(|&proc| !is_called(state, proc));
        let callers = named_by_code(state, frames, ran, &mut left);
        state.callers.extend(callers);
        if left.is_empty() {
            return Vec::new();
        }
        let mut seen = FxHashSet::default();
        for reloc in code(state, frames, ran).flat_map(|placed| &placed.compiled.relocs) {
            if let Symbol::Data(data) = reloc.symbol {
                procs_in_data(self.ids(), data, &mut seen, &mut |proc| {
                    left.remove(&proc);
                });
            }
        }
        if !left.is_empty()
            && let Some(service) = self.service.get()
        {
            let ran = ran.iter().map(|placed| placed.id()).collect();
            for named in service.named(&left, &ran) {
                left.remove(&named);
            }
        }
        if !left.is_empty() {
            // Values of a proc of another layout call what it is now.
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
        let names = plan
            .compile
            .iter()
            .filter(|planned| left.contains(&planned.proc.id));
        names.map(|planned| planned.proc.name.clone()).collect()
    }
}

/// All code that can run. What runs comes first: it is little, and mostly calls what was edited.
fn code<'a>(
    state: &'a State,
    frames: &'a [Arc<Placed>],
    ran: &'a [Arc<Placed>],
) -> impl Iterator<Item = &'a Arc<Placed>> {
    let running = frames.iter().chain(&state.inits).chain(ran);
    let tables = state.live.values().chain(state.removed.values());
    running.chain(tables)
}

/// Takes the procs away that code of others names. Gives each with who does.
fn named_by_code(
    state: &State,
    frames: &[Arc<Placed>],
    ran: &[Arc<Placed>],
    left: &mut FxHashSet<ProcId>,
) -> Vec<(ProcId, ProcId)> {
    let mut callers = Vec::new();
    for placed in code(state, frames, ran) {
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
