//! Globals that several modules have: `{.global.}` variables of a generic's instance, which each module makes that uses it.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::mir::{GlobalId, InitStep, Module, ProcId};

/// Leaves each global to the first module that has it, which is initialised first, with the code that gives it its first value.
pub(super) fn own_once(modules: &mut [Arc<Module>]) {
    let mut seen: FxHashSet<GlobalId> = FxHashSet::default();
    for module in modules {
        let ids = module.globals.iter().map(|global| global.id);
        let others: FxHashSet<GlobalId> = ids.filter(|&id| !seen.insert(id)).collect();
        if others.is_empty() {
            continue;
        }
        let module = Arc::make_mut(module);
        module.globals.retain(|global| !others.contains(&global.id));
        let is_left = |step: &InitStep| {
            !step.sets.is_empty() && step.sets.iter().all(|set| others.contains(set))
        };
        let left = module.init.iter().filter(|step| is_left(step));
        let left: FxHashSet<ProcId> = left.map(|step| step.proc).collect();
        module.init.retain(|step| !left.contains(&step.proc));
        module.procs.retain(|proc| !left.contains(&proc.id));
    }
}
