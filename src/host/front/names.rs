//! What the host looks up in the version that runs: modules, routines and globals by their names.

use std::sync::Arc;

use crate::mir::{GlobalId, Module};
use crate::sema::typed::Routine;
use crate::sema::types::Types;
use crate::source::{Name, Place};

use super::Front;
use crate::host::error::{Error, Kind, Result};
use crate::host::want::{Want, rust_of};

impl Front {
    pub(in crate::host) fn types(&self) -> &Types {
        &self.sema.types
    }

    pub(in crate::host) fn routines_named(&self, module: &str, name: Name) -> Vec<Arc<Routine>> {
        self.sema.routines_named(module, name)
    }

    pub(in crate::host) fn has_generic(&self, module: &str, name: Name) -> bool {
        self.sema.has_generic(module, name)
    }

    pub(in crate::host) fn routine_with_identity(
        &mut self,
        identity: &str,
    ) -> Option<Arc<Routine>> {
        self.sema.routine_with_identity(identity)
    }

    /// Identities of all procs of this name in the version that runs.
    pub(in crate::host) fn identities_of(&self, name: &str) -> Vec<Arc<str>> {
        let procs = self.live.lowered.values().flat_map(|module| &module.procs);
        let same = procs.filter(|proc| *proc.name == *name);
        same.map(|proc| self.ids.proc_key(proc.id).0).collect()
    }

    /// The global with this name, if its type fits.
    pub(in crate::host) fn find_global(
        &self,
        module: &str,
        name: &str,
        want: &Want,
    ) -> Result<GlobalId> {
        let Some(global) = self.sema.global_named(module, Name::new(name)) else {
            let found = self.module(module)?;
            let names = found.globals.iter().map(|global| global.name.to_string());
            return Err(not_found(
                format!("global called {name} in the module {module}"),
                names,
            ));
        };
        if let Err(why) = want.fits(&self.sema.types, global.ty) {
            let (ty, place) = (self.sema.types.show(global.ty), self.shown(global.place));
            let in_nim = want.nim();
            let why = if why.is_empty() {
                why
            } else {
                format!("\n    {why}")
            };
            return Err(Error::new(Kind::Signature(format!(
                "{module}.{name} is no {want}, in Nim {in_nim}\n  {place}: {name}: {ty}, in Rust {}{why}",
                rust_of(&self.sema.types, global.ty)
            ))));
        }
        if global.threadvar {
            let text = format!("{module}.{name} is a threadvar: each thread has its own");
            return Err(Error::new(Kind::Signature(text)));
        }
        Ok(self.with_lowering(|lowering| lowering.global_id(global.id)))
    }

    pub(in crate::host) fn module(&self, name: &str) -> Result<&Arc<Module>> {
        let modules = &self.live.lowered;
        modules.get(name).ok_or_else(|| {
            let known = modules.keys().map(|name| name.to_string());
            not_found(format!("module called {name}"), known)
        })
    }

    /// `file(line)` of a place.
    pub(in crate::host) fn shown(&self, place: Place) -> String {
        let map = &self.live.sources.map;
        let path = map.shown(map.path(map.file(place)));
        format!("{}({})", path.display(), map.line_col(place).line)
    }
}

/// There is nothing with a name, but these.
pub(in crate::host) fn not_found(what: String, known: impl Iterator<Item = String>) -> Error {
    let mut known: Vec<String> = known.collect();
    known.sort();
    known.dedup();
    Error::new(Kind::NotFound { what, known })
}
