//! Giving back what nothing can reach any more.
//!
//! In: what is live, what was replaced, and the frames on the stacks. Out: freed code, slots of removed procs that raise,
//! destroyed globals. The roots are frames, top-level code that has not run yet, destructors that descriptors name
//! and procs whose values are pinned; from them, over the symbols that code names, through removed procs only: what is
//! current never names what is removed.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustc_hash::FxHashSet;
use smallvec::smallvec;

use super::addresses::Addresses;
use super::code::{self, Item, Kind, Placed};
use super::plan::Plan;
use super::report::{OldFrame, ReloadError};
use super::{LiveProgram, State};
use crate::jit::Symbol;
use crate::mir::{
    Block, Callee, Data, Fingerprint, GlobalId, Inst, Operand, Proc, ProcId, Reg, Scalar, Site,
    Stmt, Term,
};
use crate::runtime::threads::Stopped;
use crate::runtime::{Context, Raise};

/// What a collection found.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) old_frames: Vec<OldFrame>,
    pub(super) old_closures: Vec<Arc<str>>,
    pub(super) warnings: Vec<String>,
}

impl LiveProgram {
    /// Gives back what nothing can reach any more. Every reload does it; this is for when frames have returned since.
    pub fn collect(&self) {
        let entered = self.runtime.enter();
        // When others are inside they may be in old code: the next time will do.
        let Ok(stopped) = self.keep_others_out(entered.context(), std::time::Duration::ZERO) else {
            return;
        };
        self.collect_inside(entered.context(), &stopped);
        drop(stopped);
    }

    /// The same, when other threads are kept out already.
    pub(super) fn collect_inside(&self, context: *mut Context, stopped: &Stopped<'_>) -> Collected {
        let mut collected = Collected::default();
        let (frames, others) = self.live_code(context, stopped);
        let (raising, garbage, gone) = {
            let mut state = self.state();
            let kept = self.reachable(&state, &frames, context, others);
            collected.old_frames = old_frames(&state, &frames, &kept);
            collected.old_closures = self.old_closures(&state, &kept);
            let raising = self.retire_removed(&mut state, &kept, &mut collected.warnings);
            let moved = self.compact(&mut state);
            state.old.extend(moved);
            let on_stack: FxHashSet<usize> = frames.iter().map(|placed| placed.address).collect();
            let (old, garbage): (Vec<_>, Vec<_>) = state
                .old
                .drain(..)
                .partition(|placed| on_stack.contains(&placed.address));
            state.old = old;
            let named = globals_named(&state, &frames);
            let (later, gone): (Vec<_>, Vec<_>) = state
                .gone
                .drain(..)
                .partition(|global| named.contains(&global.id));
            state.gone = later;
            self.sweep_data(&mut state, &frames, context, others);
            (raising, garbage, gone)
        };
        for global in gone {
            if let Err(error) = self.destroy_global(&global) {
                collected.warnings.push(format!(
                    "destroying the removed global {}: {error}",
                    global.name
                ));
            }
            self.runtime.globals().release(global);
        }
        drop((raising, garbage));
        collected
    }

    /// The code that frames are in, each once, and how many other threads have frames.
    pub(super) fn live_code(
        &self,
        context: *mut Context,
        stopped: &Stopped<'_>,
    ) -> (Vec<Arc<Placed>>, usize) {
        let mut seen = FxHashSet::default();
        let (frames, others) = self.frames(context, stopped);
        let code = frames
            .into_iter()
            .filter_map(|address| self.table.find(address.wrapping_sub(1)));
        let code = code.filter(|placed| seen.insert(placed.address)).collect();
        (code, others)
    }

    /// Removed nested and anonymous procs of which there may be values, as messages name them.
    fn old_closures(&self, state: &State, kept: &FxHashSet<ProcId>) -> Vec<Arc<str>> {
        let is_pinned = |id: &&ProcId| state.removed[*id].text().pinned;
        let names: BTreeSet<Arc<str>> = kept
            .iter()
            .filter(is_pinned)
            .map(|&id| {
                let (identity, _) = self.ids().proc_key(id);
                // What follows tells bodies apart.
                identity.split(" '").next().unwrap_or_default().into()
            })
            .collect();
        names.into_iter().collect()
    }

    /// The removed procs that something can still call.
    fn reachable(
        &self,
        state: &State,
        frames: &[Arc<Placed>],
        context: *mut Context,
        others: usize,
    ) -> FxHashSet<ProcId> {
        let mut kept = FxHashSet::default();
        if state.removed.is_empty() {
            return kept;
        }
        let destructors = self.ids().destructors();
        let removed = || state.removed.iter();
        let is_pinned = |placed: &Placed| placed.text().pinned;
        let mut work: Vec<ProcId> = removed()
            .filter(|(id, _)| destructors.contains(id))
            .map(|(&id, _)| id)
            .collect();
        let pinned: FxHashSet<ProcId> = removed()
            .filter(|(_, placed)| is_pinned(placed))
            .map(|(&id, _)| id)
            .collect();
        work.extend(self.with_values(pinned, context, others));
        work.extend(
            frames
                .iter()
                .chain(&state.inits)
                .flat_map(|placed| placed.procs_named()),
        );
        while let Some(proc) = work.pop() {
            if let Some(placed) = state.removed.get(&proc)
                && kept.insert(proc)
            {
                work.extend(placed.procs_named());
            }
        }
        kept
    }

    /// Makes the slots of removed procs that nothing reaches raise. Gives their code.
    fn retire_removed(
        &self,
        state: &mut State,
        kept: &FxHashSet<ProcId>,
        warnings: &mut Vec<String>,
    ) -> Vec<Arc<Placed>> {
        let unreached: Vec<Arc<Placed>> = state
            .removed
            .iter()
            .filter(|(id, _)| !kept.contains(id))
            .map(|(_, placed)| placed.clone())
            .collect();
        if unreached.is_empty() {
            return unreached;
        }
        // Nobody has the address of a nested proc without values, nor of what the compiler made to build and destroy them.
        let is_callable = |placed: &&Arc<Placed>| {
            let text = placed.text();
            !text.pinned && !text.name.starts_with('=') && !text.name.contains(' ')
        };
        let callable: Vec<Arc<Placed>> = unreached.iter().filter(is_callable).cloned().collect();
        for placed in unreached.iter().filter(|placed| !is_callable(placed)) {
            let slot = self.runtime.window().slot(placed.id());
            slot.store(crate::runtime::entry::no_code(), Ordering::Release);
            state.removed.remove(&placed.id());
        }
        match self.place_raising(state, &callable) {
            Ok(raising) => {
                for placed in raising {
                    let id = placed.id();
                    self.runtime
                        .window()
                        .slot(id)
                        .store(placed.address, Ordering::Release);
                    state.raising.insert(id, placed);
                    state.removed.remove(&id);
                }
                unreached
            }
            Err(error) => {
                // The old code stays, which is no harm.
                warnings.push(error.to_string());
                Vec::new()
            }
        }
    }

    /// Code for removed procs that raises and names them.
    fn place_raising(
        &self,
        state: &State,
        removed: &[Arc<Placed>],
    ) -> Result<Vec<Arc<Placed>>, ReloadError> {
        let raise = self.runtime.raises().get(Raise::Reload);
        let Some(raise) = raise.filter(|&raise| state.signatures.get(raise).is_some()) else {
            // Without a proc that raises, the runtime's own stand-in ends the entry with an error; it is made by MIR
            // that calls nothing, so the name is lost, and the slot keeps its code instead.
            return Err(ReloadError::Link("no proc raises ReloadError".into()));
        };
        let mut items = Vec::new();
        for placed in removed {
            let proc = Arc::new(self.raising_proc(&placed.text(), raise));
            let compiled = self
                .compiler
                .compile(&proc, self.ids(), &state.signatures)?;
            items.push(Item {
                compiled: Arc::new(compiled),
                proc,
                fingerprint: Fingerprint(0),
                kind: Kind::Proc,
            });
        }
        let addresses = Addresses {
            runtime: &self.runtime,
            c_abi: &state.c_abi,
        };
        code::place(
            &addresses,
            &self.table,
            self.table.next_generation(),
            &items,
        )
    }

    /// A body for a removed proc: raises, with a message that names it.
    fn raising_proc(&self, removed: &Proc, raise: ProcId) -> Proc {
        let text = format!(
            "`{}` was called, but the reloaded program does not have it any more, or has it with another signature",
            removed.name
        );
        let len = text.len() as i64;
        let data = self.ids().data(Data {
            bytes: text.into_bytes(),
            align: 1,
            relocs: Vec::new(),
        });
        let mut regs: Vec<Scalar> = removed.sig.params.to_vec();
        let address = Reg(regs.len() as u32);
        regs.push(Scalar::Ptr);
        let stmt = |inst| Stmt {
            inst,
            site: Site(0),
        };
        let call = Inst::Call {
            dst: None,
            callee: Callee::Proc(raise),
            args: smallvec![address.into(), Operand::Int(len)],
            unwind: None,
        };
        Proc {
            regs,
            slots: Vec::new(),
            blocks: vec![Block {
                stmts: vec![stmt(Inst::DataAddr { dst: address, data }), stmt(call)],
                term: Term::Return(None),
                cold: false,
            }],
            holds: Vec::new(),
            uses: Vec::new(),
            addressed: Vec::new(),
            ..removed.clone()
        }
    }

    /// Refuses a version under which a live frame could not go on.
    pub(super) fn check_frames(
        &self,
        context: *mut Context,
        stopped: &Stopped<'_>,
        plan: &Plan,
    ) -> Result<(), ReloadError> {
        if plan.migration.is_empty() {
            return Ok(());
        }
        let (frames, _) = self.live_code(context, stopped);
        self.check_code(&frames, plan)
    }
}

/// Frames in code that is not current, and the removed procs that they can call.
fn old_frames(state: &State, frames: &[Arc<Placed>], kept: &FxHashSet<ProcId>) -> Vec<OldFrame> {
    let is_old = |placed: &&Arc<Placed>| {
        let now = state.image.proc(placed.id());
        now.is_none_or(|&(fingerprint, _)| fingerprint != placed.fingerprint)
    };
    let name = |id: ProcId| {
        state
            .removed
            .get(&id)
            .map(|placed| placed.text().name.clone())
    };
    let report = |placed: &Arc<Placed>| {
        let removed = placed.procs_named().filter(|id| kept.contains(id));
        let removed: BTreeSet<Arc<str>> = removed.filter_map(name).collect();
        OldFrame {
            proc: placed.text().name.clone(),
            calls_removed: removed.into_iter().collect(),
        }
    };
    frames.iter().filter(is_old).map(report).collect()
}

/// Globals that code outside of the current version names.
fn globals_named(state: &State, frames: &[Arc<Placed>]) -> FxHashSet<GlobalId> {
    let code = frames
        .iter()
        .chain(&state.inits)
        .chain(state.removed.values());
    let relocs = code.flat_map(|placed| &placed.compiled.relocs);
    let global = |symbol| match symbol {
        Symbol::Global(global) => Some(global),
        _ => None,
    };
    relocs.filter_map(|reloc| global(reloc.symbol)).collect()
}
