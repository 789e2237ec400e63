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
    /// The cycles that there are in the version that was checked last. The library's modules are in none with others.
    pub(super) fn import_cycles(&self, loader: &dyn Loader) -> Cycles {
        // As in a topological sort: what imports nothing that is left is in no cycle.
        let mut left: FxHashMap<ModuleIx, usize> = FxHashMap::default();
        let own = |ix: &&ModuleIx| !loader.is_library(self.modules[ix.0 as usize].file);
        left.extend(self.checked.keys().filter(own).map(|&ix| (ix, 0)));
        let mut users: FxHashMap<ModuleIx, Vec<ModuleIx>> = FxHashMap::default();
        for ix in left.keys().copied().collect::<Vec<_>>() {
            for import in self.imports_of(ix) {
                if left.contains_key(&import) {
                    users.entry(import).or_default().push(ix);
                    left.entry(ix).and_modify(|imports| *imports += 1);
                }
            }
        }
        let mut work: Vec<ModuleIx> = left
            .iter()
            .filter(|one| *one.1 == 0)
            .map(|one| *one.0)
            .collect();
        while let Some(ix) = work.pop() {
            left.remove(&ix);
            for user in users.get(&ix).into_iter().flatten() {
                if let Some(imports) = left.get_mut(user) {
                    *imports -= 1;
                    work.extend((*imports == 0).then_some(*user));
                }
            }
        }
        let left: FxHashSet<ModuleIx> = left.into_keys().collect();
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
