//! Code for a machine, from modules.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Code;
use crate::mir::ir::*;

/// The procs and globals of some modules.
#[derive(Default)]
pub struct Image {
    procs: FxHashMap<ProcId, Arc<Proc>>,
    globals: FxHashMap<GlobalId, DescId>,
}

impl Image {
    /// All of these modules.
    pub fn of<'m>(modules: impl IntoIterator<Item = &'m Module>) -> Image {
        let mut image = Image::default();
        modules.into_iter().for_each(|module| image.add(module));
        image
    }

    /// Adds a module, or replaces what is known of it.
    pub fn add(&mut self, module: &Module) {
        module
            .procs
            .iter()
            .for_each(|proc| self.add_proc(Arc::clone(proc)));
        let globals = module.globals.iter();
        self.globals
            .extend(globals.map(|global| (global.id, global.desc)));
    }

    /// Adds or replaces a proc.
    pub fn add_proc(&mut self, proc: Arc<Proc>) {
        self.procs.insert(proc.id, proc);
    }

    /// The signature of a proc, as the verifier asks for it.
    pub fn sig(&self, id: ProcId) -> Option<Sig> {
        self.procs.get(&id).map(|proc| proc.sig.clone())
    }
}

impl Code for Image {
    fn proc(&self, id: ProcId) -> Option<Arc<Proc>> {
        self.procs.get(&id).cloned()
    }

    fn global(&self, id: GlobalId) -> Option<DescId> {
        self.globals.get(&id).copied()
    }
}
