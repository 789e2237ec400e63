//! What C may hold: procs with C's calling convention whose addresses the program's code names.
//!
//! In: new code, and what a version does not have any more. Out: which procs C can have, since nobody sees what it keeps and when it
//! calls; and for a report, what becomes of those. One of the top level is led to its current body as long as there is one of its
//! signature; a nested one keeps its code for good, unless that knows types which are other ones now. What is left raises.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::plan::Plan;
use super::reach::procs_in_data;
use super::reload::NewCode;
use super::{LiveProgram, State};
use crate::jit::Symbol;
use crate::mir::{Proc, ProcId};

impl LiveProgram {
    /// Notes the procs that C can have from this code: nobody sees when it calls them.
    pub(super) fn note_held_by_c(&self, new: &NewCode, state: &mut State) {
        let State { c_abi, c_held, .. } = state;
        if c_abi.is_empty() {
            return;
        }
        let mut seen = FxHashSet::default();
        let mut hold = |proc| c_held.extend(c_abi.contains(&proc).then_some(proc));
        for reloc in new.all().flat_map(|placed| &placed.compiled.relocs) {
            match reloc.symbol {
                Symbol::Stub(proc) => hold(proc),
                Symbol::Data(data) => procs_in_data(self.ids(), data, &mut seen, &mut hold),
                _ => {}
            }
        }
    }

    /// Nested procs that only C may hold cannot go on.
    pub(super) fn give_up_held_by_c(&self, procs: Vec<ProcId>) -> Vec<String> {
        let state = &mut *self.state();
        let mut warnings = Vec::new();
        for proc in procs.into_iter().filter(|proc| state.c_held.contains(proc)) {
            if let Some(placed) = state.removed.get(&proc)
                && state.c_stale.insert(proc)
            {
                let name = placed.text().name.clone();
                warnings.push(format!(
                    "C may hold `{name}`, whose old code knows types that are other ones now: a call by C raises ReloadError"
                ));
                warnings.dedup();
            }
        }
        warnings
    }
}

/// Says which removed procs C may hold.
pub(super) fn gone(state: &State, plan: &Plan) -> Vec<String> {
    let removed = plan.removed.iter();
    let is_told = |proc: &&Arc<Proc>| state.c_stale.contains(&proc.id);
    let held = removed.filter(|proc| state.c_held.contains(&proc.id) && !is_told(proc));
    let warning = |proc: &Arc<Proc>| {
        let name = &proc.name;
        match state.removed.contains_key(&proc.id) {
            true => format!(
                "C may hold `{name}`, and goes on with its old code: only procs of the top level get a new body"
            ),
            false => format!(
                "C may hold `{name}`, which the new version does not have, or has with another signature: a call by C raises ReloadError"
            ),
        }
    };
    held.map(warning).collect()
}
