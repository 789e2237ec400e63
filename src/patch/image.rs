//! One version of a program, and what is asked of it when two are compared.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::procs::{Differences, Entry, ProcTable};
use crate::mir::{
    DataId, DescId, Fingerprint, GlobalId, Ids, InitStep, Inst, Module, Proc, ProcId, Target,
    body_fingerprint, fingerprint,
};

/// A version of a program: its modules in the order in which they are initialised, the main module last.
#[derive(Clone, Default)]
pub struct Image {
    pub(super) modules: Arc<[Arc<ModuleImage>]>,
}

/// A module of a version, with fingerprints.
pub struct ModuleImage {
    pub(super) module: Arc<Module>,
    pub(super) procs: ProcTable,
    /// Which step of `init` gives a global its first value.
    pub(super) steps: FxHashMap<GlobalId, usize>,
    /// Procs that are steps of `init`, with a fingerprint of what they do beside giving first values, wherever in the module they stand.
    pub(super) inits: FxHashMap<ProcId, Fingerprint>,
    /// Descriptors that it names, once somebody has asked.
    descs: OnceLock<FxHashSet<DescId>>,
}

impl Image {
    /// The image of these modules. What is the same as in `old` is taken from there.
    pub fn new(modules: &[Arc<Module>], ids: &Ids, old: &Image) -> Image {
        let known = old.by_name();
        let image = |module: &Arc<Module>| match known.get(&*module.name) {
            Some(same) if Arc::ptr_eq(&same.module, module) => (*same).clone(),
            other => Arc::new(ModuleImage::new(module, ids, other.copied())),
        };
        Image {
            modules: modules.iter().map(image).collect(),
        }
    }

    /// Its modules.
    pub fn modules(&self) -> Vec<Arc<Module>> {
        self.modules
            .iter()
            .map(|image| image.module.clone())
            .collect()
    }

    pub(super) fn by_name(&self) -> FxHashMap<&str, &Arc<ModuleImage>> {
        self.modules
            .iter()
            .map(|image| (&*image.module.name, image))
            .collect()
    }

    /// Is this proc a step of top-level code? Only the reloader calls those.
    pub(super) fn is_init(&self, proc: ProcId) -> bool {
        self.modules
            .iter()
            .any(|image| image.inits.contains_key(&proc))
    }

    /// Is there such a global in both versions, with another initialiser in this one? The name is as messages show it.
    pub(super) fn initialiser_differs(&self, old: &Image, name: &str) -> bool {
        let find = |image: &Image| {
            let mut modules = image.modules.iter();
            modules.find_map(|image| {
                let mut globals = image.module.globals.iter();
                let global = globals.find(|global| *global.name == *name)?;
                image.initialiser(global.id)
            })
        };
        match (find(old), find(self)) {
            (Some(was), Some(is)) => was != is,
            _ => false,
        }
    }

    /// A proc, from the first module that has it.
    pub(super) fn proc(&self, id: ProcId) -> Option<&Entry> {
        self.modules.iter().find_map(|image| image.procs.get(id))
    }
}

/// Descriptors that constant data refers to.
fn data_descs(ids: &Ids, id: DataId, seen: &mut FxHashSet<DataId>, found: &mut FxHashSet<DescId>) {
    if !seen.insert(id) {
        return;
    }
    for (_, target) in &ids.data_of(id).relocs {
        match *target {
            Target::Data(data) => data_descs(ids, data, seen, found),
            Target::Desc(desc) => drop(found.insert(desc)),
            Target::Proc(_) => {}
        }
    }
}

impl ModuleImage {
    fn new(module: &Arc<Module>, ids: &Ids, old: Option<&Arc<ModuleImage>>) -> ModuleImage {
        let entry = |proc: &Arc<Proc>| {
            let known = old.and_then(|old| old.procs.get(proc.id));
            let hash = match known {
                Some((hash, same)) if Arc::ptr_eq(same, proc) => *hash,
                _ => fingerprint(proc, ids),
            };
            (hash, proc.clone())
        };
        let procs = match old {
            Some(old) => {
                let Differences { gone, came } = old.differences(module);
                old.procs.changed(&gone, came.into_iter().map(entry))
            }
            None => ProcTable::new(module.procs.iter().map(entry)),
        };
        let steps = module.init.iter().enumerate();
        let body = |step: &InitStep| {
            let (_, proc) = procs.get(step.proc)?;
            Some(match &step.written {
                Some(written) => Fingerprint(written.rest.unwrap_or_default().into()),
                None => body_fingerprint(proc, ids),
            })
        };
        ModuleImage {
            module: module.clone(),
            steps: steps
                .flat_map(|(index, step)| step.sets.iter().map(move |&global| (global, index)))
                .collect(),
            inits: module
                .init
                .iter()
                .filter_map(|step| Some((step.proc, body(step)?)))
                .collect(),
            procs,
            descs: OnceLock::new(),
        }
    }

    /// What became of its procs in another version of the module.
    pub(super) fn differences<'a>(&'a self, new: &'a Module) -> Differences<'a> {
        Differences::between(&self.module.procs, &new.procs)
    }

    /// The descriptors that its globals, its procs and their constants name.
    pub(super) fn descs(&self, ids: &Ids) -> &FxHashSet<DescId> {
        self.descs.get_or_init(|| {
            let mut found: FxHashSet<DescId> = self
                .module
                .globals
                .iter()
                .map(|global| global.desc)
                .collect();
            let mut data = FxHashSet::default();
            for proc in &self.module.procs {
                found.extend(proc.holds.iter().chain(&proc.uses));
                let stmts = proc.blocks.iter().flat_map(|block| &block.stmts);
                for stmt in stmts {
                    match stmt.inst {
                        Inst::DescAddr { desc, .. } => drop(found.insert(desc)),
                        Inst::DataAddr { data: id, .. } => {
                            data_descs(ids, id, &mut data, &mut found)
                        }
                        _ => {}
                    }
                }
            }
            let conversions = self.module.migrations.iter();
            found.extend(conversions.flat_map(|migration| [migration.old, migration.new]));
            found
        })
    }

    /// What gives a global its first value, as a number.
    pub(super) fn initialiser(&self, global: GlobalId) -> Option<Fingerprint> {
        let step = &self.module.init[*self.steps.get(&global)?];
        let Some(written) = &step.written else {
            return self.inits.get(&step.proc).copied();
        };
        let first = written.firsts.iter().find(|first| first.0 == global)?;
        Some(Fingerprint(first.1.into()))
    }

    /// What the top level does beside that, as numbers.
    pub(super) fn statements(&self) -> impl Iterator<Item = Option<Fingerprint>> {
        let does_more = |step: &&InitStep| match &step.written {
            Some(written) => written.rest.is_some(),
            None => step.sets.is_empty(),
        };
        let steps = self.module.init.iter().filter(does_more);
        steps.map(|step| self.inits.get(&step.proc).copied())
    }
}
