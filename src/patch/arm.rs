//! Arming: a program that never asks for a reload gets it at a call of its main module.
//!
//! In: the modules whose procs may be replaced. The slots of their procs point to [arm stubs](crate::runtime::arm) until the
//! next reload. A call through one of them that the main module makes on the main thread, or the host from outside, applies
//! what is waiting and goes on in current code. Any other (between other modules, in handlers, callbacks, destructors and on
//! other threads) goes on in the code that is live. While nothing waits, nothing is armed and nothing costs anything.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{LiveProgram, ReloadError, State};
use crate::mir::{Proc, ProcId};
use crate::runtime::{Caller, Context};

impl LiveProgram {
    /// Has the next call from the main module, or from the host, into one of these modules reload first. False, and nothing
    /// is armed, while a reload is going on: it may have begun too early to see what is waiting.
    ///
    /// # Errors
    /// When there is no memory for stubs.
    pub fn arm(&self, modules: &[Arc<str>]) -> Result<bool, ReloadError> {
        let mut state = self.state();
        // Looked at under the lock, which a reload takes to disarm after it has said that it goes on.
        if self.is_reloading() {
            return Ok(false);
        }
        let State {
            image,
            live,
            armed,
            main_procs,
            ..
        } = &mut *state;
        let main = image.modules.last();
        main_procs.extend(
            main.iter()
                .flat_map(|main| main.procs.iter().map(|entry| entry.1.id)),
        );
        let wanted = image
            .modules
            .iter()
            .filter(|image| modules.contains(&image.module.name));
        for module in wanted {
            let procs = module.module.procs.iter().filter(|proc| is_armed(proc));
            for proc in procs.filter(|proc| !module.inits.contains_key(&proc.id)) {
                let Some(placed) = live.get(&proc.id) else {
                    continue;
                };
                let stub = self.arm_stubs.of(proc.id)?;
                let slot = self.runtime.window().slot(proc.id);
                let swapped = slot.compare_exchange(
                    placed.address,
                    stub,
                    Ordering::AcqRel,
                    Ordering::Relaxed,
                );
                if swapped.is_ok() {
                    armed.insert(proc.id, stub);
                }
            }
        }
        Ok(true)
    }

    /// Takes it back.
    pub fn disarm(&self) {
        let mut state = self.state();
        for (proc, stub) in std::mem::take(&mut state.armed) {
            if let Some(placed) = state.live.get(&proc) {
                // Where it does not point to the stub any more, somebody has moved it since.
                let slot = self.runtime.window().slot(proc);
                let _ = slot.compare_exchange(
                    stub,
                    placed.address,
                    Ordering::AcqRel,
                    Ordering::Relaxed,
                );
            }
        }
    }

    /// A call has come through an arm stub. Gives the address of the code that it shall go on in.
    pub(super) fn armed(&self, context: &mut Context, proc: ProcId, caller: Caller) -> usize {
        if self.may_reload(caller) {
            self.disarm();
            self.perform(context);
        }
        let state = self.state();
        let tables = [&state.live, &state.removed, &state.raising];
        let code = tables.into_iter().find_map(|table| table.get(&proc));
        match code {
            Some(placed) => placed.address,
            // Nothing is armed that has no code, and code that a caller on the stack names is kept.
            None => self.runtime.window().slot(proc).load(Ordering::Acquire),
        }
    }

    fn may_reload(&self, caller: Caller) -> bool {
        if self.is_reloading() || self.main_thread.get() != Some(&std::thread::current().id()) {
            return false;
        }
        match caller {
            Caller::Host => true,
            Caller::Code(address) => {
                let placed = self.table.find(address.wrapping_sub(1));
                placed.is_some_and(|placed| self.state().main_procs.contains(&placed.id()))
            }
        }
    }
}

/// Procs that a program calls by name. Destructors may run with an exception put aside, and values of nested procs keep
/// what they are.
fn is_armed(proc: &Proc) -> bool {
    !proc.pinned && !proc.name.starts_with('=')
}
