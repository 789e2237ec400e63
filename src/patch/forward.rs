//! Values of procs that have parameters of another layout now.
//!
//! A proc whose parameter is laid out differently is another proc, with a slot of its own. Values of the old one may stand in globals:
//! a table of what a game can do, say. The type of these values is what it was, so code of the new version calls them, and passes
//! what is laid out in the new way. Code of the old version does not: it would have to hold or know such a value, and then the
//! reload is refused (see [migrate](super::migrate)). So as soon as the new version is live, the slot of the old proc leads to the new one.
//!
//! In: the procs that a new version does not have, and the version. Out: code for their slots. Where the new version has no proc of
//! the same name and type, or where code that goes on as it was, a destructor of old values too, names the old one (an enum's constants
//! may have other numbers, which such code knows), everything is left to [retire](super::retire).

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::code::{Item, Kind, Placed};
use super::plan::Plan;
use super::undo::UndoLog;
use super::{LiveProgram, ReloadError, State};
use crate::mir::{Block, Callee, Fingerprint, Inst, Operand, Proc, ProcId, Reg, Site, Stmt, Term};

impl LiveProgram {
    /// Has values of procs that only layouts have made others of call what these are now.
    pub(super) fn forward(
        &self,
        plan: &Plan,
        frames: &[Arc<Placed>],
        state: &mut State,
        undo: &mut UndoLog,
    ) -> Result<(), ReloadError> {
        let gone = |id: ProcId| plan.removed.iter().find(|proc| proc.id == id);
        let led = state.forwards.iter();
        let led = led.filter(|(id, to)| state.raising.contains_key(id) && gone(**to).is_some());
        let again: Vec<(ProcId, ProcId)> = led.map(|(&id, &to)| (id, to)).collect();
        if plan.migration.types_are_same() && again.is_empty() {
            return Ok(());
        }
        let successors = self.successors(plan, state);
        let known = self.named_by_old_code(state, frames);
        let free = |proc: &&Arc<Proc>| !proc.c_abi && !known.contains(&proc.id);
        let mut items = Vec::new();
        let mut targets = FxHashMap::default();
        for proc in plan.removed.iter().filter(free) {
            if let Some(to) = successors.get(&proc.id) {
                items.push(self.stand_in(&forwarding(proc, to), state)?);
                targets.insert(proc.id, Some(to.id));
            }
        }
        for (id, was) in again {
            let old = state.raising[&id].text();
            let to = successors.get(&was);
            let raise = || self.runtime.raising().get();
            let proc = match (to, raise()) {
                (Some(to), _) => forwarding(&old, to),
                (None, Some(raise)) => self.raising_proc(&old, raise),
                (None, None) => continue,
            };
            items.push(self.stand_in(&proc, state)?);
            targets.insert(id, to.map(|to| to.id));
        }
        let placed = self.place(items, state)?;
        for placed in placed.all() {
            let id = placed.id();
            undo.stand_in(self, state, (id, targets[&id]), placed);
        }
        Ok(())
    }

    /// The procs of the new version that differ from removed ones in layouts alone.
    fn successors(&self, plan: &Plan, state: &State) -> FxHashMap<ProcId, Arc<Proc>> {
        let ids = self.ids();
        let gone: FxHashMap<Arc<str>, ProcId> = plan
            .removed
            .iter()
            .map(|proc| (ids.proc_key(proc.id).0, proc.id))
            .collect();
        let mut found = FxHashMap::default();
        for module in state.image.modules.iter() {
            for (_, proc) in module.procs.iter() {
                if let Some(&old) = gone.get(&ids.proc_key(proc.id).0)
                    && ids.have_same_type(old, proc.id)
                {
                    found.insert(old, proc.clone());
                }
            }
        }
        found
    }

    /// The procs that code which goes on as it was can call: that of frames, of top-level code that is still to run, of closures, and of
    /// destructors, since values that are given up are destroyed as what they are.
    fn named_by_old_code(&self, state: &State, frames: &[Arc<Placed>]) -> FxHashSet<ProcId> {
        let closures = state.removed.values().filter(|placed| placed.text().pinned);
        let of_types = |id: &ProcId| self.ids().proc_key(*id).0.starts_with("=destroy ");
        let destructors = state.removed.iter().filter(|(id, _)| of_types(id));
        let destructors = destructors.map(|(_, placed)| placed);
        let roots = frames.iter().chain(&state.inits).chain(closures);
        let mut work: Vec<&Arc<Placed>> = roots.chain(destructors).collect();
        let mut named = FxHashSet::default();
        while let Some(placed) = work.pop() {
            let new = placed.procs_named().filter(|proc| named.insert(*proc));
            let new: Vec<ProcId> = new.collect();
            work.extend(new.iter().filter_map(|proc| state.removed.get(proc)));
        }
        named
    }

    fn stand_in(&self, proc: &Proc, state: &State) -> Result<Item, ReloadError> {
        let compiled = self.compiler.compile(proc, self.ids(), &state.signatures)?;
        Ok(Item {
            compiled: Arc::new(compiled),
            proc: Arc::new(proc.clone()),
            fingerprint: Fingerprint(0),
            kind: Kind::Proc,
        })
    }
}

/// A body that calls another proc with the same arguments.
fn forwarding(proc: &Proc, to: &Proc) -> Proc {
    let mut regs = to.sig.params.to_vec();
    let args: SmallVec<[Operand; 4]> = (0..regs.len()).map(|at| Reg(at as u32).into()).collect();
    let result = to.sig.ret.map(|ret| {
        regs.push(ret);
        Reg(regs.len() as u32 - 1)
    });
    let call = Stmt {
        inst: Inst::Call {
            dst: result,
            callee: Callee::Proc(to.id),
            args,
            unwind: None,
        },
        site: Site(0),
    };
    let block = Block {
        stmts: vec![call],
        term: Term::Return(result.map(Operand::from)),
        cold: false,
    };
    proc.with_block(to.sig.clone(), regs, block)
}
