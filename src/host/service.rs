//! The host's side of a reload that the program asks for: what [`patch`](crate::patch) wants to know of sources and handlers.

use std::sync::Weak;

use rustc_hash::FxHashSet;

use crate::diagnostics::Diagnostic;
use crate::mir::ProcId;
use crate::patch::{Afresh, ReloadError, ReloadService, Report, Version};
use crate::runtime::{Context, FromC};

use super::shared::{Shared, lock};

/// The host's side of a reload that the program asks for.
pub(super) struct Service(pub(super) Weak<Shared>);

impl ReloadService for Service {
    fn changed(&self) -> bool {
        let shared = self.0.upgrade();
        shared.is_some_and(|shared| shared.front().has_changed())
    }

    fn module_changed(&self, name: &str) -> bool {
        let shared = self.0.upgrade();
        shared.is_some_and(|shared| shared.front().sources().has_module_changed(name))
    }

    fn compile(&self) -> std::result::Result<Option<Version>, Vec<Diagnostic>> {
        let Some(shared) = self.0.upgrade() else {
            return Ok(None);
        };
        // What is wrong is kept by the front, with the texts that it is about; `finished` asks for it.
        let compiled = shared.front().compile_for_reload();
        let compiled = compiled.map_err(|_| Vec::new())?;
        if let Some(compiled) = &compiled {
            shared.lines.expect(compiled.map.clone());
        }
        Ok(compiled.map(|compiled| compiled.version()))
    }

    fn named(&self, wanted: &FxHashSet<ProcId>, ran: &FxHashSet<ProcId>) -> FxHashSet<ProcId> {
        let shared = self.0.upgrade();
        shared.map_or_else(FxHashSet::default, |shared| {
            shared.front().named(wanted, ran)
        })
    }

    fn afresh(&self) -> Afresh {
        let shared = self.0.upgrade();
        shared.map_or_else(Afresh::default, |shared| {
            std::mem::take(&mut *lock(&shared.afresh))
        })
    }

    fn before(&self, report: &Report) -> std::result::Result<(), String> {
        let shared = self.0.upgrade();
        match shared.as_ref().and_then(|shared| shared.before.as_ref()) {
            Some(handler) => handler(report),
            None => Ok(()),
        }
    }

    fn after(&self, report: &Report) {
        if let Some(shared) = self.0.upgrade()
            && let Some(handler) = &shared.after
        {
            handler(report);
        }
    }

    fn finished(&self, outcome: std::result::Result<Report, ReloadError>) {
        if let Some(shared) = self.0.upgrade() {
            // The program learns of it by `take_last_reload` or an observer; `performCodeReload` does not raise.
            let _ = shared.finished(outcome);
        }
    }
}

impl FromC for Service {
    #[allow(unsafe_code)] // passes the contract on
    fn failed(&self, context: *mut Context) {
        if let Some(shared) = self.0.upgrade() {
            // SAFETY: the context is the thread's, pinned, and its call is over.
            unsafe { shared.failed_from_c(context) };
        }
    }

    #[allow(unsafe_code)] // passes the contract on
    fn thread_failed(&self, context: *mut Context) {
        if let Some(shared) = self.0.upgrade() {
            // SAFETY: the context is the thread's, pinned, and its call is over.
            unsafe { shared.thread_failed(context) };
        }
    }
}
