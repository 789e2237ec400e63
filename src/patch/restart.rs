//! Running all top-level code again.
//!
//! In: the version that is live. Out: the same version with the state that it has after a load. Nothing of the guest may be on a stack:
//! frames hold addresses of parts of globals.

#![allow(unsafe_code)] // moves values of globals

use std::sync::Arc;

use super::plan::{Plan, PlannedProc, PlannedStep, Refusal};
use super::report::ReloadError;
use super::{LiveProgram, State};
use crate::globals::GlobalEntry;
use crate::mir::{GlobalId, ProcId};
use crate::runtime::Context;
use crate::runtime::threads::Stopped;

/// The value of a global that was taken away, in words, so that it is aligned.
struct Aside {
    entry: GlobalEntry,
    words: Vec<u128>,
}

impl LiveProgram {
    /// Starts the program's state afresh: destroys all globals and runs all top-level code again.
    ///
    /// # Errors
    /// When guest code is running; nothing has changed then. When top-level code raises; what it had not come to is cleared then.
    pub fn restart(&self) -> Result<(), ReloadError> {
        let begun = self.begin()?;
        let entered = self.runtime.enter();
        let stopped = self.quiet(entered.context())?;
        let image = self.state().image.clone();
        let step = |module: &Arc<str>, proc: ProcId| PlannedStep {
            module: module.clone(),
            proc,
            fresh: None,
        };
        let steps: Vec<PlannedStep> = image
            .modules
            .iter()
            .flat_map(|image| {
                let steps = image.module.init.iter();
                steps.map(|init| step(&image.module.name, init.proc))
            })
            .collect();
        let run = self.ready(&steps)?;
        for image in image.modules.iter().rev() {
            for global in image.module.globals.iter().rev() {
                // An error of a destructor has nobody to go to: the program it belongs to is over.
                if let Some(aside) = self.take_value(global.id) {
                    self.destroy_words(&aside);
                }
            }
        }
        // Top-level code may take as long as it likes, and reload.
        drop(stopped);
        drop(begun);
        run()
    }

    /// Keeps others out, and makes sure that no guest code is on a stack.
    fn quiet(&self, context: *mut Context) -> Result<Stopped<'_>, ReloadError> {
        let stopped = self.stop_others(context)?;
        let (frames, _) = self.frames(context, &stopped);
        if frames.is_empty() {
            return Ok(stopped);
        }
        let name = frames.iter().rev().find_map(|address| {
            let placed = self.table.find(address.wrapping_sub(1))?;
            Some(placed.text().name.clone())
        });
        let text = format!(
            "globals get their first value only while nothing of the program runs; `{}` does",
            name.as_deref().unwrap_or("something")
        );
        Err(ReloadError::Refused(Refusal(vec![text])))
    }

    /// Makes code for steps of top-level code of the version that is live; what is given runs it.
    fn ready<'p>(
        &'p self,
        steps: &[PlannedStep],
    ) -> Result<impl FnOnce() -> Result<(), ReloadError> + use<'p>, ReloadError> {
        let mut state = self.state();
        let image = state.image.clone();
        let plan = Plan {
            compile: steps
                .iter()
                .filter_map(|step| planned(&state, step.proc))
                .collect(),
            init: steps.to_vec(),
            ..Plan::default()
        };
        let compiled = self.compile(&plan, &image, &mut state)?;
        let new = self.place(compiled, &state)?;
        // What the program reloads meanwhile must not take away what the rest of it names.
        state.inits = steps.iter().filter_map(|step| new.init(step)).collect();
        let steps = steps.to_vec();
        Ok(move || {
            let outcome = steps.iter().try_for_each(|step| {
                let ran = self.run_init_steps(std::slice::from_ref(step), &new, &mut Vec::new());
                self.state().inits.pop_front();
                ran
            });
            self.state().inits.clear();
            outcome
        })
    }

    /// Moves the value of a global away and clears its place.
    fn take_value(&self, id: GlobalId) -> Option<Aside> {
        let entry = self.runtime.globals().get(id)?;
        let mut words = vec![0u128; entry.size.div_ceil(16)];
        let storage = entry.address as *mut u8;
        // SAFETY: the storage is of that size, and nobody uses it now; values of the guest move by their bytes, and cleared storage is
        // what an initialiser expects.
        unsafe {
            words
                .as_mut_ptr()
                .cast::<u8>()
                .copy_from_nonoverlapping(storage, entry.size);
            storage.write_bytes(0, entry.size);
        }
        Some(Aside { entry, words })
    }

    fn destroy_words(&self, aside: &Aside) {
        if let Some(destroy) = self.ids().desc_of(aside.entry.desc).destroy {
            let at = aside.words.as_ptr() as u64;
            // SAFETY: a destructor takes the address of a value, which nobody else has. An error has nobody to go to.
            let _ = unsafe { self.call(destroy, &[at]) };
        }
    }
}

fn planned(state: &State, proc: ProcId) -> Option<PlannedProc> {
    let (fingerprint, proc) = state.image.proc(proc)?.clone();
    Some(PlannedProc {
        proc,
        fingerprint,
        reached: false,
        edited: false,
    })
}
