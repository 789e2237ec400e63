//! The front half, wired: from sources to the MIR of a whole program, again and again.
//!
//! [`Front::compile`] makes a candidate for the next version: files that changed are parsed again, modules that they
//! concern checked and lowered again, everything else is taken over. A candidate is either accepted, when the program runs
//! it, or rejected, which puts everything back.

mod build;
mod names;
mod shared;

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::diagnostics::Diagnostic;
use crate::mir::{Callee, Ids, Inst, Proc, ProcId};
use crate::patch::{self, Modules, ReloadError};
use crate::sema::program::Sema;
use crate::source::{Provider, SourceMap, Sources};

use self::build::{Compiled, Fixed, Version, is_of_library};
use super::error::{Error, Kind, Result};
use super::findings::Findings;
use super::options::Options;
use super::progress::Reporter;
use super::room::Room;

pub(super) use self::names::not_found;

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
    fixed: Fixed,
}

/// A version that compiles and does not run yet.
struct Candidate {
    version: Version,
    compiled: Arc<Compiled>,
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
            live: Version::none(sources),
            candidate: None,
            applying: false,
            trusted: false,
            failed: None,
            waits: None,
            modules: Modules::default(),
            progress: None,
            previous: None,
            room: Arc::default(),
            fixed: Fixed::new(options),
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
        let mut version = self.live.with(sources);
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
        let mut version = self.live.with(sources);
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
        // Where a copy stands in place of the call, as it mostly does when nothing calls a proc, all need not be looked through.
        let steps = version.optimized.raw().flat_map(|module| &module.init);
        let inits: FxHashSet<ProcId> = steps.map(|step| step.proc).collect();
        let copied = version.optimized.copied(wanted);
        let copied = copied.filter(|(_, into)| !inits.contains(into));
        let mut found: FxHashSet<ProcId> = copied.map(|(id, _)| id).collect();
        if found.len() == wanted.len() {
            return found;
        }
        for module in version.optimized.raw() {
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

    /// Can the newest version ask for a reload?
    pub(super) fn reloads_itself(&self) -> bool {
        let candidate = self.candidate.as_ref();
        let version = candidate.map_or(&self.live, |candidate| &candidate.version);
        version.reloads_itself()
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
