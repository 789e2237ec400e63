//! One version of a program, from sources to MIR.
//!
//! In: the version before, and which files differ from it. Out: the same for the version that they make, or what is wrong with
//! them. Nothing that runs is touched; what the check has changed in [`Sema`](crate::sema::program::Sema) its rollback puts back.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::{Diagnostic, Severity};
use crate::jit;
use crate::mir::lower::Lowering;
use crate::mir::opt::{Optimizer, is_unseen};
use crate::mir::{Module, Proc, ProcId};
use crate::patch::{self, LiveProgram, Modules};
use crate::runtime::Runtime;
use crate::sema::Again;
use crate::sema::program::Outcome;
use crate::sema::typed::{Routine, RoutineId};
use crate::source::{FileId, Name, Place, ReadError, SourceMap, Sources};

use super::Front;
use super::shared::own_once;
use crate::host::error::{Error, Result};
use crate::host::evaluate::Interpreter;
use crate::host::loader::{Files, ParsedFile};
use crate::host::options::{Options, is_defined};
use crate::host::prefetch::Prefetch;
use crate::host::reach::Reach;

/// The proc of `system` that the runtime calls to raise.
const RAISE: &str = "raiseFromRuntime";
/// The module by which a program asks for reloads.
const RELOADING: &str = "std/hotcodereloading";

/// One version of the program, as far as the front knows it.
#[derive(Clone)]
pub(super) struct Version {
    pub(super) sources: Sources,
    parsed: FxHashMap<FileId, Arc<ParsedFile>>,
    pub(super) lowered: FxHashMap<Arc<str>, Arc<Module>>,
    pub(super) optimized: Optimizer,
}

impl Version {
    /// The version before the first, of which nothing has been read.
    pub(super) fn none(sources: Sources) -> Version {
        Version {
            sources,
            parsed: FxHashMap::default(),
            lowered: FxHashMap::default(),
            optimized: Optimizer::default(),
        }
    }

    /// This one, until it is told what is in other sources.
    pub(super) fn with(&self, sources: Sources) -> Version {
        Version {
            sources,
            parsed: self.parsed.clone(),
            lowered: self.lowered.clone(),
            optimized: self.optimized.clone(),
        }
    }

    /// Can it ask for a reload?
    pub(super) fn reloads_itself(&self) -> bool {
        self.lowered.contains_key(RELOADING) && self.is_library(RELOADING)
    }

    /// Is it one of the modules that come with midair?
    pub(super) fn is_library(&self, module: &str) -> bool {
        let file = self.sources.module_file(module);
        file.is_some_and(|file| self.sources.is_library(file))
    }
}

/// Is it an instance of a generic of one of the modules that come with midair, or a proc of those?
pub(super) fn is_of_library(sources: &Sources, proc: &Proc) -> bool {
    let place = proc.sites.first();
    place.is_some_and(|&place| sources.is_library(sources.map.file(place)))
}

/// What a version consists of.
pub(in crate::host) struct Compiled {
    /// All modules in the order of initialisation, imports first, the main module last.
    pub(in crate::host) modules: Modules,
    /// The same before they were optimised.
    pub(in crate::host) lowered: Vec<Arc<Module>>,
    /// Names of those whose sources differ from what runs.
    pub(in crate::host) changed: Vec<Arc<str>>,
    /// Warnings and hints.
    pub(in crate::host) warnings: Vec<Diagnostic>,
    /// Where their places are.
    pub(in crate::host) map: Arc<SourceMap>,
}

/// The same before anything is optimised.
pub(super) struct Unoptimized {
    modules: Vec<Arc<Module>>,
    changed: Vec<Arc<str>>,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) map: Arc<SourceMap>,
}

impl Compiled {
    /// What a reload is given of it.
    pub(in crate::host) fn version(&self) -> patch::Version {
        patch::Version {
            modules: self.modules.clone(),
            changed: self.changed.clone(),
        }
    }
}

/// Which procs nobody edits while they run, and nobody misses in a stack trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fixed {
    /// Those of the library.
    Library,
    /// Also those that no stack trace ever shows.
    Unseen,
    /// All.
    All,
}

impl Fixed {
    /// What `options` say.
    pub(super) fn new(options: &Options) -> Fixed {
        match (options.fixed, is_defined(options, "release")) {
            (false, _) => Fixed::Library,
            (true, false) => Fixed::Unseen,
            (true, true) => Fixed::All,
        }
    }
}

impl Front {
    /// Which procs are fixed in a version that is lowered: one that can ask for reloads means to have them.
    fn fixed_in(&self, version: &Version) -> Fixed {
        match version.reloads_itself() {
            true => Fixed::Library,
            false => self.fixed,
        }
    }

    pub(super) fn build(
        &mut self,
        version: &mut Version,
        stale: &FxHashSet<FileId>,
    ) -> std::result::Result<Compiled, Vec<Diagnostic>> {
        let lowered = self.unoptimized(version, stale)?;
        let program = self.fixed_in(version);
        let sources = &version.sources;
        let is_fixed = |proc: &Proc| match program {
            Fixed::Library => is_of_library(sources, proc),
            Fixed::Unseen => is_of_library(sources, proc) || is_unseen(proc),
            Fixed::All => true,
        };
        let optimized = &mut version.optimized;
        Ok(Compiled {
            modules: optimized.run(&lowered.modules, &self.ids, &is_fixed).into(),
            lowered: lowered.modules,
            changed: lowered.changed,
            warnings: lowered.warnings,
            map: lowered.map,
        })
    }

    pub(super) fn unoptimized(
        &mut self,
        version: &mut Version,
        stale: &FxHashSet<FileId>,
    ) -> std::result::Result<Unoptimized, Vec<Diagnostic>> {
        let is_first = version.parsed.is_empty();
        let prefetch = is_first.then(Prefetch::start);
        let main = version
            .sources
            .main(&self.main)
            .map_err(|error| vec![unreadable(&error)])?;
        let progress = self.progress.take();
        if let Some(progress) = &progress {
            progress.found(main.file, &main.name);
        }
        let mut files = Files {
            sources: &mut version.sources,
            parsed: &mut version.parsed,
            diagnostics: Vec::new(),
            prefetch,
            progress,
        };
        let mut evaluator = Interpreter::new(self.ids.clone());
        let mut outcome =
            self.sema
                .check((main.name, main.file), stale, &mut files, &mut evaluator);
        let mut diagnostics = files.diagnostics;
        let broken: FxHashSet<_> = diagnostics
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| found.place.origin)
            .collect();
        // What a statement with a syntax error means, nobody knows; a missing body may be in it.
        let follows = |found: &Diagnostic| {
            broken.contains(&found.place.origin)
                || !broken.is_empty() && found.message.starts_with("implementation of ")
        };
        let found = std::mem::take(&mut outcome.diagnostics).into_iter();
        diagnostics.extend(found.filter(|found| !follows(found)));
        fail_on_errors(&diagnostics)?;
        version
            .parsed
            .retain(|file, _| version.sources.is_read(*file));
        let lowered = self.lower(version, &outcome);
        let lowered = lowered.map_err(|found| {
            let found = found.into_iter();
            diagnostics.iter().cloned().chain(found).collect::<Vec<_>>()
        })?;
        // An included file counts for the module that includes it.
        let (live, next) = (&self.live.sources, &version.sources);
        let changed = |name: &&Arc<str>| live.has_module_changed_in(next, name);
        Ok(Unoptimized {
            modules: lowered,
            changed: outcome.rechecked.iter().filter(changed).cloned().collect(),
            warnings: diagnostics,
            map: Arc::new(version.sources.map.clone()),
        })
    }

    fn lower(
        &self,
        version: &mut Version,
        outcome: &Outcome,
    ) -> std::result::Result<Vec<Arc<Module>>, Vec<Diagnostic>> {
        let (dispatchers, mut lowered) = self.with_lowering(|lowering| {
            let mut reach = Reach::new(&self.ids, lowering);
            for module in &outcome.modules {
                let is_library = version.is_library(&module.name);
                let kept = version.lowered.get(&module.name).cloned();
                match (kept, outcome.again.get(&module.name)) {
                    (Some(kept), Some(again)) if !is_library => {
                        self.with_old_lowering(again, |old| {
                            reach.add_again(module, &kept, again, old);
                        });
                    }
                    (kept, _) => {
                        let kept = kept.filter(|_| !outcome.rechecked.contains(&module.name));
                        reach.add(module, is_library, kept);
                    }
                }
            }
            let dispatchers = lowering.dispatchers(&outcome.modules)?;
            dispatchers.iter().for_each(|proc| reach.visit(proc));
            let lowered = reach.finish(self.system_proc(lowering, RAISE))?;
            Ok::<_, Vec<Diagnostic>>((dispatchers, lowered))
        })?;
        let named = lowered
            .iter()
            .map(|module: &Arc<Module>| (module.name.clone(), module.clone()));
        version.lowered = named.collect();
        if let Some(main) = lowered.last_mut()
            && !dispatchers.is_empty()
        {
            Arc::make_mut(main).procs.extend(dispatchers);
        }
        own_once(&mut lowered);
        Ok(lowered)
    }

    /// Makes the program that will run the candidate.
    pub(in crate::host) fn make_live(
        &self,
        runtime: Arc<Runtime>,
        interruptible: bool,
    ) -> Result<Arc<LiveProgram>> {
        if let Some(proc) = self.with_lowering(|lowering| self.system_proc(lowering, RAISE)) {
            runtime.raising().set(proc);
        }
        let options = jit::Options {
            interruptible,
            ..jit::Options::default()
        };
        LiveProgram::new(runtime, options).map_err(|error| Error::of_reload(&error))
    }

    /// A proc that `system` has for the compiler.
    fn system_proc(&self, lowering: &Lowering<'_>, name: &str) -> Option<ProcId> {
        let routine = *self.sema.hooks.system.get(&Name::new(name))?;
        Some(lowering.proc_id(routine))
    }

    pub(in crate::host) fn with_lowering<R>(&self, then: impl FnOnce(&Lowering<'_>) -> R) -> R {
        self.with_lowering_of(&|id| self.sema.routine(id), then)
    }

    /// A lowering that sees what was checked again as it was before.
    fn with_old_lowering<R>(&self, again: &Again, then: impl FnOnce(&Lowering<'_>) -> R) -> R {
        let old: FxHashMap<_, _> = again
            .was
            .iter()
            .map(|routine| (routine.id, routine))
            .collect();
        let routine = |id| match old.get(&id) {
            Some(&routine) => Some(routine.clone()),
            None => self.sema.routine(id),
        };
        self.with_lowering_of(&routine, then)
    }

    fn with_lowering_of<R>(
        &self,
        routine: &dyn Fn(RoutineId) -> Option<Arc<Routine>>,
        then: impl FnOnce(&Lowering<'_>) -> R,
    ) -> R {
        let sema = &self.sema;
        let global = |id| sema.global(id);
        then(&Lowering::new(
            &sema.types,
            &self.ids,
            &sema.hooks,
            routine,
            &global,
        ))
    }
}

/// All findings, if there is an error among them.
fn fail_on_errors(diagnostics: &[Diagnostic]) -> std::result::Result<(), Vec<Diagnostic>> {
    match diagnostics
        .iter()
        .any(|found| found.severity == Severity::Error)
    {
        true => Err(diagnostics.to_vec()),
        false => Ok(()),
    }
}

/// The main module itself cannot be read: no place in any file.
fn unreadable(error: &ReadError) -> Diagnostic {
    Diagnostic::error(Place::default(), error.to_string())
}
