//! The front half, wired: from sources to the MIR of a whole program, again and again.
//!
//! [`Front::compile`] makes a candidate for the next version: files that changed are parsed again, modules that they
//! concern checked and lowered again, everything else is taken over. A candidate is either accepted, when the program runs
//! it, or rejected, which puts everything back.

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::{Diagnostic, Severity};
use crate::jit;
use crate::mir::lower::Lowering;
use crate::mir::opt::Optimizer;
use crate::mir::{Callee, GlobalId, Ids, Inst, Module, Proc, ProcId};
use crate::patch::{self, LiveProgram, Modules, ReloadError};
use crate::runtime::Runtime;
use crate::sema::Again;
use crate::sema::program::{Outcome, Sema};
use crate::sema::typed::Routine;
use crate::sema::types::Types;
use crate::source::{FileId, Name, Place, Provider, ReadError, SourceMap, Sources};

use super::error::{Error, Kind, Result};
use super::evaluate::Interpreter;
use super::findings::Findings;
use super::loader::{Files, ParsedFile};
use super::options::Options;
use super::prefetch::Prefetch;
use super::progress::Reporter;
use super::reach::Reach;
use super::room::Room;
use super::want::{Want, rust_of};

/// The texts, trees and modules of the version that runs, and the way to the next one.
pub(super) struct Front {
    main: PathBuf,
    ids: Arc<Ids>,
    pub(super) sema: Sema,
    live: Version,
    /// What was compiled last and does not run yet.
    candidate: Option<Candidate>,
    /// The candidate was given to a reload that is not over.
    applying: bool,
    /// Whoever watches the files says that the candidate is of what they contain.
    trusted: bool,
    /// What was tried last and failed.
    failed: Option<(Sources, Failure)>,
    /// Why the candidate had to wait the last time.
    waits: Option<String>,
    /// The modules of the version that runs.
    modules: Modules,
    /// Is told how far the first load is.
    progress: Option<Arc<Reporter>>,
    /// The version before it, as long as it can be put back.
    previous: Option<(Version, Modules)>,
    room: Arc<Room>,
}

/// The proc of `system` that the runtime calls to raise.
const RAISE: &str = "raiseFromRuntime";

/// One version of the program, as far as the front knows it.
#[derive(Clone)]
struct Version {
    sources: Sources,
    parsed: FxHashMap<FileId, Arc<ParsedFile>>,
    lowered: FxHashMap<Arc<str>, Arc<Module>>,
    optimized: Optimizer,
}

impl Version {
    /// Is it one of the modules that come with midair?
    fn is_library(&self, module: &str) -> bool {
        let file = self.sources.module_file(module);
        file.is_some_and(|file| self.sources.is_library(file))
    }
}

/// Is it an instance of a generic of one of the modules that come with midair, or a proc of those?
fn is_of_library(sources: &Sources, proc: &Proc) -> bool {
    let place = proc.sites.first();
    place.is_some_and(|&place| sources.is_library(sources.map.file(place)))
}

/// A version that compiles and does not run yet.
struct Candidate {
    version: Version,
    compiled: Arc<Compiled>,
}

/// What a version consists of.
pub(super) struct Compiled {
    /// All modules in the order of initialisation, imports first, the main module last.
    pub(super) modules: Modules,
    /// The same before they were optimised.
    pub(super) lowered: Vec<Arc<Module>>,
    /// Names of those whose sources differ from what runs.
    pub(super) changed: Vec<Arc<str>>,
    /// Warnings and hints.
    pub(super) warnings: Vec<Diagnostic>,
    /// Where their places are.
    pub(super) map: Arc<SourceMap>,
}

/// The same before anything is optimised.
struct Unoptimized {
    modules: Vec<Arc<Module>>,
    changed: Vec<Arc<str>>,
    warnings: Vec<Diagnostic>,
    map: Arc<SourceMap>,
}

impl Compiled {
    /// What a reload is given of it.
    pub(super) fn version(&self) -> patch::Version {
        patch::Version {
            modules: self.modules.clone(),
            changed: self.changed.clone(),
        }
    }
}

/// Why a version does not run.
#[derive(Clone)]
pub(super) struct Failure {
    pub(super) error: Error,
    /// It was said before: the same sources were tried already.
    pub(super) known: bool,
}

impl Front {
    pub(super) fn new(provider: Arc<dyn Provider>, options: &Options, main: PathBuf) -> Front {
        let sources = Sources::new(provider, options.search.clone());
        Front {
            main,
            ids: Arc::default(),
            sema: Sema::new(options.config()),
            live: Version {
                sources,
                parsed: FxHashMap::default(),
                lowered: FxHashMap::default(),
                optimized: Optimizer::default(),
            },
            candidate: None,
            applying: false,
            trusted: false,
            failed: None,
            waits: None,
            modules: Modules::default(),
            progress: None,
            previous: None,
            room: Arc::default(),
        }
    }

    /// Tells somebody how far the first load is.
    pub(super) fn report_to(&mut self, progress: Option<Arc<Reporter>>) {
        self.progress = progress;
    }

    pub(super) fn ids(&self) -> &Arc<Ids> {
        &self.ids
    }

    /// The texts of the version that runs.
    pub(super) fn sources(&self) -> &Sources {
        &self.live.sources
    }

    /// Files that the version that runs depends on, and those that the one that waits or failed does.
    pub(super) fn watched(&self) -> Vec<PathBuf> {
        let waiting = self.candidate.iter().map(|waits| &waits.version.sources);
        let failed = self.failed.iter().map(|(sources, _)| sources);
        let all = waiting.chain(failed).chain([&self.live.sources]);
        all.flat_map(Sources::watched).collect()
    }

    /// Compiles the sources as they are now. `None` when they are what runs already.
    pub(super) fn compile(&mut self) -> std::result::Result<Option<Arc<Compiled>>, Failure> {
        if let Some(candidate) = &self.candidate {
            if self.trusted || !candidate.version.sources.has_changed() {
                return Ok(Some(candidate.compiled.clone()));
            }
            self.reject();
        }
        if let Some((sources, failure)) = &self.failed
            && !sources.has_changed()
        {
            return Err(failure.clone());
        }
        self.failed = None;
        let (sources, stale) = self.live.sources.next();
        if stale.is_empty() && !self.live.lowered.is_empty() {
            return Ok(None);
        }
        let mut version = Version {
            sources,
            ..self.live.clone()
        };
        // A check forgets how to undo the one before.
        self.previous = None;
        match self.in_room(|front| front.build(&mut version, &stale)) {
            Ok(compiled) => {
                let compiled = Arc::new(compiled);
                version.sources.prune();
                self.candidate = Some(Candidate {
                    version,
                    compiled: compiled.clone(),
                });
                Ok(Some(compiled))
            }
            Err(why) => {
                self.sema.rollback();
                let failure = Failure {
                    error: why.error(&version.sources),
                    known: false,
                };
                self.failed = Some((version.sources, failure.clone()));
                Err(failure)
            }
        }
    }

    /// Looks for errors in the sources as they are now: all that compiling finds, and nothing is kept.
    pub(super) fn check(mut self) -> Result<Findings> {
        let (sources, stale) = self.live.sources.next();
        let mut version = Version {
            sources,
            ..self.live.clone()
        };
        match self.in_room(|front| front.unoptimized(&mut version, &stale)) {
            Ok(lowered) => Ok(Findings {
                list: lowered.warnings,
                map: lowered.map,
            }),
            Err(why) => Err(why.error(&version.sources)),
        }
    }

    /// Does work that may recurse deeply.
    fn in_room<T: Send>(
        &mut self,
        work: impl FnOnce(&mut Front) -> std::result::Result<T, Vec<Diagnostic>> + Send,
    ) -> std::result::Result<T, Why> {
        let room = self.room.clone();
        match room.run(|| work(self)) {
            Ok(outcome) => outcome.map_err(Why::Found),
            Err(panic) => Err(Why::Panicked(panic)),
        }
    }

    /// From now on the candidate, if there is one, is taken to be of what the files contain, or is compared with them again.
    pub(super) fn trust(&mut self, on: bool) {
        self.trusted = on;
    }

    /// Is there a change, for all that is known without reading files, or does it stand in them?
    pub(super) fn has_changed(&self) -> bool {
        self.trusted && self.candidate.is_some() || self.live.sources.has_changed()
    }

    /// Has sources that could not replace what runs tried again, because something else is allowed now.
    pub(super) fn retry(&mut self) {
        self.failed = None;
    }

    /// The same for a reload, which says later how it went: until then the candidate stays what it is.
    pub(super) fn compile_for_reload(
        &mut self,
    ) -> std::result::Result<Option<Arc<Compiled>>, Failure> {
        let compiled = self.compile()?;
        self.applying = compiled.is_some();
        Ok(compiled)
    }

    /// Those of some procs that others of the newest version name, as they were before anything was copied into them. Top-level
    /// code counts where it is among `ran`. Procs of the modules that come with midair are named: nobody edits those.
    pub(super) fn named(
        &self,
        wanted: &FxHashSet<ProcId>,
        ran: &FxHashSet<ProcId>,
    ) -> FxHashSet<ProcId> {
        let candidate = self.candidate.as_ref();
        let version = candidate.map_or(&self.live, |candidate| &candidate.version);
        let mut found = FxHashSet::default();
        for module in version.optimized.raw() {
            let inits: FxHashSet<ProcId> = module.init.iter().map(|step| step.proc).collect();
            let is_over = |proc: &Proc| inits.contains(&proc.id) && !ran.contains(&proc.id);
            let library = module
                .procs
                .iter()
                .filter(|proc| is_of_library(&version.sources, proc));
            found.extend(library.map(|proc| proc.id).filter(|id| wanted.contains(id)));
            for proc in module.procs.iter().filter(|proc| !is_over(proc)) {
                proc.each_inst(|inst| {
                    let named = match inst {
                        Inst::Call {
                            callee: Callee::Proc(named),
                            ..
                        } => *named,
                        Inst::ProcAddr { proc: named, .. } => *named,
                        _ => return,
                    };
                    if named != proc.id && wanted.contains(&named) {
                        found.insert(named);
                    }
                });
            }
        }
        found
    }

    /// Has a reload the candidate? Then nobody may compile another.
    pub(super) fn is_applying(&self) -> bool {
        self.applying
    }

    /// The failure of the sources as they are now, unless somebody was told of it before.
    pub(super) fn take_news(&mut self) -> Option<Error> {
        let (_, failure) = self.failed.as_mut()?;
        let known = std::mem::replace(&mut failure.known, true);
        (!known).then(|| failure.error.clone())
    }

    /// Modules of the version that runs whose text is the program's own.
    pub(super) fn own_modules(&self) -> Vec<Arc<str>> {
        let sources = &self.live.sources;
        let is_own = |name: &&Arc<str>| {
            let file = sources.module_file(name);
            file.is_some_and(|file| !sources.is_library(file))
        };
        let names = self.live.lowered.keys().filter(is_own);
        names.cloned().collect()
    }

    /// Is a module that comes with midair part of the newest version?
    pub(super) fn has_library_module(&self, name: &str) -> bool {
        let candidate = self.candidate.as_ref();
        let version = candidate.map_or(&self.live, |candidate| &candidate.version);
        version.lowered.contains_key(name) && version.is_library(name)
    }

    /// The candidate runs now.
    pub(super) fn accept(&mut self) -> Option<Arc<Compiled>> {
        self.applying = false;
        let candidate = self.candidate.take()?;
        let before = std::mem::replace(&mut self.live, candidate.version);
        let modules = std::mem::replace(&mut self.modules, candidate.compiled.modules.clone());
        self.previous = (!modules.is_empty()).then_some((before, modules));
        Some(candidate.compiled)
    }
    /// The candidate does not run, for this reason. Gives the reason that matters: where it did not even compile, that.
    pub(super) fn failed(&mut self, error: &ReloadError) -> Failure {
        // One that was asked for during another has taken nothing.
        self.applying &= matches!(error, ReloadError::Nested);
        match (error, self.candidate.take(), &mut self.failed) {
            (ReloadError::Diagnostics(_), None, Some((_, failure))) => {
                let known = std::mem::replace(&mut failure.known, true);
                Failure {
                    known,
                    ..failure.clone()
                }
            }
            // The next attempt may find them outside.
            (ReloadError::Busy(_) | ReloadError::Nested, candidate, _) => {
                self.candidate = candidate;
                Failure {
                    error: Error::of_reload(error),
                    known: false,
                }
            }
            // The frame that is in the way may have returned by then. The same reason is not told twice.
            (ReloadError::InUse(refusal), candidate, _) => {
                self.candidate = candidate;
                let why = refusal.to_string();
                let known = self.waits.as_ref() == Some(&why);
                self.waits = Some(why);
                Failure {
                    error: Error::of_reload(error),
                    known,
                }
            }
            (error, Some(candidate), _) => {
                self.sema.rollback();
                let error = Error::of_reload(error);
                let told = Failure {
                    error: error.clone(),
                    known: true,
                };
                self.failed = Some((candidate.version.sources, told));
                Failure {
                    error,
                    known: false,
                }
            }
            (error, None, _) => Failure {
                error: Error::of_reload(error),
                known: false,
            },
        }
    }

    /// The version before the one that runs, to be put back. None when a later one was compiled meanwhile, which is what comes next.
    pub(super) fn previous(&self) -> Option<patch::Version> {
        let (_, modules) = self.previous.as_ref()?;
        Some(patch::Version {
            modules: modules.clone(),
            changed: Vec::new(),
        })
    }

    /// The version before runs again. The sources that failed count as tried; gives the lines of what runs.
    pub(super) fn went_back(&mut self, error: &Error) -> Option<Arc<SourceMap>> {
        let (version, modules) = self.previous.take()?;
        self.sema.rollback();
        self.modules = modules;
        let failed = std::mem::replace(&mut self.live, version);
        let failure = Failure {
            error: error.clone(),
            known: true,
        };
        self.failed = Some((failed.sources, failure));
        Some(Arc::new(self.live.sources.map.clone()))
    }

    /// Do the sources differ from what runs and from what failed last?
    pub(super) fn has_news(&self) -> bool {
        if let Some((sources, _)) = &self.failed
            && !sources.has_changed()
        {
            return false;
        }
        self.live.sources.has_changed()
    }

    fn reject(&mut self) {
        if self.candidate.take().is_some() {
            self.sema.rollback();
        }
    }

    /// Makes the program that will run the candidate.
    pub(super) fn make_live(
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

    pub(super) fn with_lowering<R>(&self, then: impl FnOnce(&Lowering<'_>) -> R) -> R {
        let sema = &self.sema;
        let routine = |id| sema.routine(id);
        let global = |id| sema.global(id);
        then(&Lowering::new(
            &sema.types,
            &self.ids,
            &sema.hooks,
            &routine,
            &global,
        ))
    }

    /// A lowering that sees what was checked again as it was before.
    fn with_old_lowering<R>(&self, again: &Again, then: impl FnOnce(&Lowering<'_>) -> R) -> R {
        let sema = &self.sema;
        let old: FxHashMap<_, _> = again
            .was
            .iter()
            .map(|routine| (routine.id, routine))
            .collect();
        let routine = |id| match old.get(&id) {
            Some(&routine) => Some(routine.clone()),
            None => sema.routine(id),
        };
        let global = |id| sema.global(id);
        then(&Lowering::new(
            &sema.types,
            &self.ids,
            &sema.hooks,
            &routine,
            &global,
        ))
    }

    pub(super) fn types(&self) -> &Types {
        &self.sema.types
    }

    pub(super) fn routines_named(&self, module: &str, name: Name) -> Vec<Arc<Routine>> {
        self.sema.routines_named(module, name)
    }

    pub(super) fn has_generic(&self, module: &str, name: Name) -> bool {
        self.sema.has_generic(module, name)
    }

    pub(super) fn routine_with_identity(&mut self, identity: &str) -> Option<Arc<Routine>> {
        self.sema.routine_with_identity(identity)
    }

    /// Identities of all procs of this name in the version that runs.
    pub(super) fn identities_of(&self, name: &str) -> Vec<Arc<str>> {
        let procs = self.live.lowered.values().flat_map(|module| &module.procs);
        let same = procs.filter(|proc| *proc.name == *name);
        same.map(|proc| self.ids.proc_key(proc.id).0).collect()
    }

    /// The global with this name, if its type fits.
    pub(super) fn find_global(&self, module: &str, name: &str, want: &Want) -> Result<GlobalId> {
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

    pub(super) fn module(&self, name: &str) -> Result<&Arc<Module>> {
        let modules = &self.live.lowered;
        modules.get(name).ok_or_else(|| {
            let known = modules.keys().map(|name| name.to_string());
            not_found(format!("module called {name}"), known)
        })
    }

    /// `file(line)` of a place.
    pub(super) fn shown(&self, place: Place) -> String {
        let map = &self.live.sources.map;
        let path = map.shown(map.path(map.file(place)));
        format!("{}({})", path.display(), map.line_col(place).line)
    }

    fn build(
        &mut self,
        version: &mut Version,
        stale: &FxHashSet<FileId>,
    ) -> std::result::Result<Compiled, Vec<Diagnostic>> {
        let lowered = self.unoptimized(version, stale)?;
        let sources = &version.sources;
        let is_library = |proc: &Proc| is_of_library(sources, proc);
        let optimized = &mut version.optimized;
        Ok(Compiled {
            modules: optimized
                .run(&lowered.modules, &self.ids, &is_library)
                .into(),
            lowered: lowered.modules,
            changed: lowered.changed,
            warnings: lowered.warnings,
            map: lowered.map,
        })
    }

    fn unoptimized(
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
        Ok(lowered)
    }
}

/// Why there is no new version.
enum Why {
    /// The sources have errors.
    Found(Vec<Diagnostic>),
    /// A mistake in the compiler.
    Panicked(String),
}

impl Why {
    fn error(self, sources: &Sources) -> Error {
        match self {
            Why::Found(found) => Error::diagnostics(found, sources.map.clone()),
            Why::Panicked(text) => Error::new(Kind::Internal(text)),
        }
    }
}

/// There is nothing with a name, but these.
pub(super) fn not_found(what: String, known: impl Iterator<Item = String>) -> Error {
    let mut known: Vec<String> = known.collect();
    known.sort();
    known.dedup();
    Error::new(Kind::NotFound { what, known })
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
