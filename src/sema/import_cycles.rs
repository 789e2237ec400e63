//! Modules that import each other.
//!
//! In: what modules import. Out: of such a cycle, whether anything in it has to be checked again, and then all of it is, from where
//! the program enters it: what a module of a cycle sees of the others is what they had declared when it was their turn, which nobody
//! can tell afterwards.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::news::News;
use super::program::{Evaluator, Loader, Sema};
use super::require::Run;
use super::symbols::{ModuleIx, ModuleState};

/// Modules of cycles, each with all modules of its cycle.
pub(super) type Cycles = FxHashMap<ModuleIx, Arc<FxHashSet<ModuleIx>>>;

impl Sema {
    /// The cycles that there are in the version that was checked last.
    pub(super) fn import_cycles(&self) -> Cycles {
        // What imports nothing that is left is in no cycle, again and again.
        let mut left: FxHashSet<ModuleIx> = self.checked.keys().copied().collect();
        loop {
            let before = left.len();
            let leads_on =
                |ix: &ModuleIx| self.imports_of(*ix).any(|import| left.contains(&import));
            let fewer: FxHashSet<ModuleIx> = left.iter().copied().filter(leads_on).collect();
            left = fewer;
            if left.len() == before {
                break;
            }
        }
        let reach: FxHashMap<ModuleIx, FxHashSet<ModuleIx>> = left
            .iter()
            .map(|&ix| (ix, self.imported_by(ix, &left)))
            .collect();
        let mut cycles = Cycles::default();
        for (&ix, from) in &reach {
            if from.contains(&ix) && !cycles.contains_key(&ix) {
                let members = from.iter().copied();
                let cycle = members.filter(|other| reach[other].contains(&ix));
                let cycle: Arc<FxHashSet<ModuleIx>> = Arc::new(cycle.collect());
                cycles.extend(cycle.iter().map(|&member| (member, cycle.clone())));
            }
        }
        cycles
    }

    fn imports_of(&self, ix: ModuleIx) -> impl Iterator<Item = ModuleIx> {
        let imports = self.modules[ix.0 as usize].imports.iter();
        imports.map(|import| import.module)
    }

    /// All modules that this one imports, however indirectly, of those that are left.
    fn imported_by(&self, ix: ModuleIx, left: &FxHashSet<ModuleIx>) -> FxHashSet<ModuleIx> {
        let mut found = FxHashSet::default();
        let mut work = vec![ix];
        while let Some(ix) = work.pop() {
            let imports = self.imports_of(ix).filter(|import| left.contains(import));
            work.extend(imports.filter(|&import| found.insert(import)));
        }
        found
    }

    /// Before a module is looked at: where it is in a cycle of which something is new, all of that is checked as a whole.
    pub(super) fn require_cycle(
        &mut self,
        ix: ModuleIx,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) {
        let Some(cycle) = run.cycles.get(&ix).cloned() else {
            return;
        };
        // Once, where the program enters it.
        for member in &*cycle {
            run.cycles.remove(member);
        }
        let is_stale = |member: &ModuleIx| {
            let file = self.modules[member.0 as usize].file;
            run.changed.contains(&file) || self.part_is_stale(*member, run)
        };
        if cycle.iter().any(is_stale)
            || self.has_news_from_outside(ix, &cycle, loader, evaluator, run)
        {
            run.whole.extend(&*cycle);
        }
    }

    /// Makes sure that what the modules of a cycle import besides each other is checked, in the order in which a start gets there. Is
    /// anything new in it?
    fn has_news_from_outside(
        &mut self,
        ix: ModuleIx,
        cycle: &FxHashSet<ModuleIx>,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) -> bool {
        let (mut is_new, mut seen) = (false, FxHashSet::from_iter([ix]));
        let mut work = vec![ix];
        while let Some(next) = work.pop() {
            if !cycle.contains(&next) {
                is_new |= match &*self.require(next, loader, evaluator, run) {
                    News::All => true,
                    News::Names(names) => !names.is_empty(),
                };
                continue;
            }
            let imports: Vec<ModuleIx> = self.imports_of(next).collect();
            let imports = imports.into_iter().rev();
            work.extend(imports.filter(|&import| !cycle.contains(&import) || seen.insert(import)));
        }
        is_new
    }

    /// A module that is being checked imports one that is being looked at: with an edit they are in a cycle. Where that one, or one
    /// between them, was to be kept but for some bodies, the check has to be made again.
    pub(super) fn note_new_cycle(&self, ix: ModuleIx, run: &mut Run<'_>) {
        let Some(from) = run.open.iter().position(|&open| open == ix) else {
            return;
        };
        let is_checked = |ix: &ModuleIx| self.modules[ix.0 as usize].state == ModuleState::Checking;
        let cycle = &run.open[from..];
        if cycle.iter().any(is_checked) && !cycle.iter().all(is_checked) {
            run.new_cycle.extend(cycle);
        }
    }
}
