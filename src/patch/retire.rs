//! Giving back what nothing can reach any more.
//!
//! In: what is live, what was replaced, and [what of that can be reached](super::trace). Out: freed code, slots of removed procs that
//! raise, destroyed globals.
//!
//! A removed proc that something can call keeps its code. One of which there are only values gets a body that raises and
//! names it; so does one whose address C may have, for ever. Of one that nothing has, the slot alone stays: the number of a proc is never
//! used for another, so that a stub cannot come to mean something else.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustc_hash::FxHashSet;
use smallvec::smallvec;

use super::addresses::Addresses;
use super::code::{self, Item, Kind, Placed};
use super::migrate::Running;
use super::plan::Plan;
use super::report::{OldFrame, ReloadError, Report};
use super::trace::Reached;
use super::views::Views;
use super::{LiveProgram, State};
use crate::globals::GlobalEntry;
use crate::jit::{Signatures, Symbol};
use crate::mir::{
    Block, Callee, Data, Fingerprint, GlobalId, Inst, Operand, Proc, ProcId, Reg, Scalar, Site,
    Stmt, Term,
};
use crate::runtime::threads::Stopped;
use crate::runtime::{CodeMap, Context, Raise};

/// What a collection found.
#[derive(Default)]
pub(super) struct Collected {
    /// The code that frames are in, each once.
    pub(super) frames: Vec<Arc<Placed>>,
    /// How many other threads have frames.
    pub(super) others: usize,
    pub(super) old_frames: Vec<OldFrame>,
    pub(super) old_closures: Vec<Arc<str>>,
    pub(super) warnings: Vec<String>,
}

impl LiveProgram {
    /// Gives back what nothing can reach any more. Every reload does it; this is for when frames have returned since.
    pub fn collect(&self) {
        // A reload that goes on holds code that nothing names yet.
        if self.is_reloading() {
            return;
        }
        let entered = self.runtime.enter();
        // When others are inside they may be in old code: the next time will do.
        let Ok(stopped) = self.keep_others_out(entered.context(), std::time::Duration::ZERO) else {
            return;
        };
        self.collect_inside(entered.context(), &stopped);
        drop(stopped);
        self.later.empty();
    }

    /// The same, when other threads are kept out already.
    pub(super) fn collect_inside(&self, context: *mut Context, stopped: &Stopped<'_>) -> Collected {
        let mut collected = Collected::default();
        let (frames, others) = self.live_code(context, stopped);
        let (garbage, gone) = {
            let mut state = self.state();
            let due = self.due(&state, others);
            if frames.is_empty() && !due.look && state.has_nothing_left() {
                // Nobody can be in what was replaced. This is what most frames of a game pay for.
                let moved = self.compact(&mut state);
                state.old.extend(moved);
                self.later.drop(std::mem::take(&mut state.old));
                return Collected {
                    others,
                    ..collected
                };
            }
            let reached = self.reached(&state, &frames, context, due);
            collected.old_frames = old_frames(&state, &frames, &reached.removed);
            collected.old_closures = self.old_closures(&state, &reached.removed);
            let mut retired = self.retire_raising(&mut state, &reached);
            retired.extend(self.retire_removed(&mut state, &reached, &mut collected.warnings));
            let moved = self.compact(&mut state);
            state.old.extend(moved);
            // The last value of a closure may be gone while it runs.
            state.old.extend(retired);
            let on_stack: FxHashSet<usize> = frames.iter().map(|placed| placed.address).collect();
            let (old, garbage): (Vec<_>, Vec<_>) = state
                .old
                .drain(..)
                .partition(|placed| on_stack.contains(&placed.address));
            state.old = old;
            let named = globals_named(&state, &frames);
            let views = match state.gone.is_empty() {
                true => Views::default(),
                false => self.views(&state, context, stopped),
            };
            let is_seen = |global: &GlobalEntry| {
                let place = (global.desc, global.address);
                let own = views.within(global.address, global.size);
                own.or_else(|| views.behind(self.ids(), place, true))
                    .is_some()
            };
            let (later, gone): (Vec<_>, Vec<_>) = state
                .gone
                .drain(..)
                .partition(|global| named.contains(&global.id) || is_seen(global));
            state.gone = later;
            self.sweep(&mut state, &frames, &reached, due);
            (garbage, gone)
        };
        for global in gone {
            if let Err(error) = self.destroy_global(&global) {
                collected.warnings.push(format!(
                    "destroying the removed global {}: {error}",
                    global.name
                ));
            }
            self.destroy_threadvar(&global);
            self.runtime.globals().release(global);
        }
        self.later.drop(garbage);
        Collected {
            frames,
            others,
            ..collected
        }
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

    /// Gives up code that raises for procs of which there are no values any more.
    fn retire_raising(&self, state: &mut State, reached: &Reached) -> Vec<Arc<Placed>> {
        let mut retired = Vec::new();
        let State {
            raising,
            c_abi,
            signatures,
            ..
        } = state;
        raising.retain(|id, placed| {
            let stays = may_be_called(*id, c_abi, reached);
            if !stays {
                self.close_slot(*id, signatures);
                retired.push(placed.clone());
            }
            stays
        });
        retired
    }

    /// Nobody has the proc's address: a call would end its entry with an error.
    fn close_slot(&self, proc: ProcId, signatures: &mut Signatures) {
        signatures.remove(proc);
        let slot = self.runtime.window().slot(proc);
        slot.store(crate::runtime::entry::no_code(), Ordering::Release);
    }

    /// Makes the slots of removed procs that nothing reaches raise, where somebody may have their address. Gives their code.
    fn retire_removed(
        &self,
        state: &mut State,
        reached: &Reached,
        warnings: &mut Vec<String>,
    ) -> Vec<Arc<Placed>> {
        let unreached: Vec<Arc<Placed>> = state
            .removed
            .iter()
            .filter(|(id, _)| !reached.removed.contains(id))
            .map(|(_, placed)| placed.clone())
            .collect();
        if unreached.is_empty() {
            return unreached;
        }
        // Nobody has the address of a nested proc without values, nor of what the compiler made to build and destroy them.
        let c_abi = &state.c_abi;
        let is_callable = |placed: &&Arc<Placed>| {
            let text = placed.text();
            let written = !text.pinned && !text.name.starts_with('=') && !text.name.contains(' ');
            let named = written || state.c_stale.contains(&placed.id());
            named && may_be_called(placed.id(), c_abi, reached)
        };
        let callable: Vec<Arc<Placed>> = unreached.iter().filter(is_callable).cloned().collect();
        let others = unreached.iter().filter(|placed| !is_callable(placed));
        let others: Vec<ProcId> = others.map(|placed| placed.id()).collect();
        for id in others {
            self.close_slot(id, &mut state.signatures);
            state.removed.remove(&id);
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
        let raise = self.runtime.raising().get();
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
    pub(super) fn raising_proc(&self, removed: &Proc, raise: ProcId) -> Proc {
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
            args: smallvec![
                Operand::Int(Raise::Reload as i64),
                address.into(),
                Operand::Int(len)
            ],
            unwind: None,
        };
        let block = Block {
            stmts: vec![stmt(Inst::DataAddr { dst: address, data }), stmt(call)],
            term: Term::Return(None),
            cold: false,
        };
        removed.with_block(removed.sig.clone(), regs, block)
    }

    /// Refuses a version under which a live frame could not go on.
    pub(super) fn check_frames(
        &self,
        context: *mut Context,
        stopped: &Stopped<'_>,
        plan: &Plan,
        report: &mut Report,
    ) -> Result<(), ReloadError> {
        if plan.migration.is_empty() {
            return Ok(());
        }
        self.check_threadvars(&plan.migration)?;
        let mut seen = FxHashSet::default();
        let mut frames = Vec::new();
        for thread in self.frames_by_thread(context, stopped) {
            for frame in thread.frames {
                let Some(code) = self.table.find(frame.pc.wrapping_sub(1)) else {
                    continue;
                };
                if seen.insert(frame.pc) {
                    let site = code.compiled.site_at((frame.pc - 1 - code.address) as u32);
                    let place = self.place_shown(frame.pc);
                    let thread = thread.name.clone();
                    frames.push(Running {
                        code,
                        site,
                        place,
                        thread,
                        waits: false,
                    });
                }
            }
        }
        for code in &self.state().inits {
            if seen.insert(code.address) {
                frames.push(Running {
                    code: code.clone(),
                    site: None,
                    place: None,
                    thread: None,
                    waits: true,
                });
            }
        }
        let in_step = &plan.migration.in_step;
        let edited = plan.compile.iter().map(|planned| planned.proc.id);
        let edited = edited
            .chain(plan.removed.iter().map(|proc| proc.id))
            .collect();
        let refused = in_step.refusals(self.ids(), &frames, &edited);
        if !refused.is_empty() {
            return Err(ReloadError::InUse(super::plan::Refusal(refused)));
        }
        report
            .warnings
            .extend(in_step.warnings(self.ids(), &frames));
        self.check_code(&frames, plan)
    }

    /// Where a frame that returns to this address is, as `file(line)`.
    pub(super) fn place_shown(&self, address: usize) -> Option<String> {
        let place = self.table.locate(address.wrapping_sub(1))?;
        let (file, line) = self.runtime.position_of(&place)?;
        Some(format!("{file}({line})"))
    }
}

/// May somebody have the address of this removed proc, to call it?
fn may_be_called(id: ProcId, c_abi: &FxHashSet<ProcId>, reached: &Reached) -> bool {
    let held = reached.held.as_ref();
    c_abi.contains(&id) || held.is_none_or(|held| held.contains(&id))
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
    let mut old: Vec<OldFrame> = frames.iter().filter(is_old).map(report).collect();
    // Top-level code whose turn comes later says nothing new but what it can call.
    let later = state.inits.iter().filter(is_old).map(report);
    for frame in later.filter(|frame| !frame.calls_removed.is_empty()) {
        if !old.contains(&frame) {
            old.push(frame);
        }
    }
    old
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
