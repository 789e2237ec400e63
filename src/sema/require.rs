//! Which modules, and what of them, a check looks at.
//!
//! In: files that changed. Out: each module that the program needs as it is now, imports first, and the [`News`] that it has for
//! those that import it. A module is
//!
//! * kept, where neither its text nor what it sees has anything new to it;
//! * checked again in some bodies (`bodies`), where nothing else of it is edited or affected;
//! * checked as a whole otherwise.
//!
//! Whatever a check replaces is noted in [`Sema::undo`](super::program::Sema), for the case that the outcome is not wanted.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bodies::Again;
use super::checker::Checker;
use super::deferred::Made;
use super::effects::Summary;
use super::import_cycles::Cycles;
use super::news::News;
use super::program::{Evaluator, Loader, Sema};
use super::reorder::reordered;
use super::symbols::{ModuleData, ModuleIx, ModuleState, Symbol};
use super::typed::{RoutineId, TypeBound};
use super::types::TypeId;
use crate::diagnostics::Diagnostic;
use crate::source::FileId;
use crate::syntax::tree::Tree;

/// State of one check of the program.
pub(super) struct Run<'a> {
    pub(super) changed: &'a FxHashSet<FileId>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) rechecked: Vec<Arc<str>>,
    pub(super) again: FxHashMap<Arc<str>, Again>,
    /// Modules that were looked at already, and what is new in them.
    pub(super) news: FxHashMap<ModuleIx, Arc<News>>,
    /// The modules of the version before. What has left the program since it was checked may have been edited meanwhile.
    pub(super) before: FxHashSet<ModuleIx>,
    /// Modules that are looked at, each one imported by the one before it.
    pub(super) open: Vec<ModuleIx>,
    /// Cycles of modules that were not looked at yet.
    pub(super) cycles: Cycles,
    /// Modules to check as a whole, because of the cycle that they are in.
    pub(super) whole: FxHashSet<ModuleIx>,
    /// Those that are in a cycle since they were edited, which was found too late.
    pub(super) new_cycle: FxHashSet<ModuleIx>,
    /// Bodies of the library that were needed.
    pub(super) made: Made,
    /// The call of the macro that runs, if it asks for it: its tree in bytes.
    pub(super) callsite: Option<Arc<[u8]>>,
}

/// Something of a type that belongs to the module of a routine.
enum Hook {
    TypeBound(TypeId, TypeBound),
    Finalizer(TypeId),
}

/// A module is to be checked as a whole.
struct Whole {
    /// Its trees, if they have been read.
    trees: Option<Result<Vec<Arc<Tree>>, String>>,
    /// Anything may be new in it.
    all: bool,
}

impl Sema {
    pub(super) fn require_system(
        &mut self,
        from: FileId,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) -> Result<(), String> {
        let (name, file) = loader.resolve(from, "system")?;
        let ix = self.module(name, file);
        self.require(ix, loader, evaluator, run);
        Ok(())
    }

    /// Makes sure that a module is checked, its imports first. Says what is new to importers.
    pub(super) fn require(
        &mut self,
        ix: ModuleIx,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) -> Arc<News> {
        if self.modules[ix.0 as usize].state == ModuleState::Checking {
            // What an importer in a cycle sees of it is what has been declared so far.
            return Arc::new(News::All);
        }
        if let Some(news) = run.news.get(&ix).cloned() {
            self.note_new_cycle(ix, run);
            return news;
        }
        self.require_cycle(ix, loader, evaluator, run);
        run.open.push(ix);
        run.news.insert(ix, Arc::new(News::none()));
        let news = match self.require_bodies(ix, loader, evaluator, run) {
            Ok(news) => news,
            Err(whole) => {
                let effects = self.asked_effects(ix);
                let trees = whole
                    .trees
                    .unwrap_or_else(|| ordered(loader, self.modules[ix.0 as usize].file));
                let all = whole.all || self.modules[ix.0 as usize].compile_time_state;
                let hooks = self.check_module(ix, trees, loader, evaluator, run);
                run.rechecked.push(self.modules[ix.0 as usize].name.clone());
                if all || !hooks || self.asked_effects(ix) != effects {
                    Arc::new(News::All)
                } else {
                    let incoming = self.news_of_imports(ix, run);
                    Arc::new(self.news(ix, &incoming))
                }
            }
        };
        run.open.pop();
        self.order.push(ix);
        run.news.insert(ix, news.clone());
        news
    }

    /// Checks again what has to be of a module of which nothing but bodies differs, or nothing at all.
    ///
    /// # Errors
    /// It is to be checked as a whole.
    fn require_bodies(
        &mut self,
        ix: ModuleIx,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) -> Result<Arc<News>, Whole> {
        let data = &self.modules[ix.0 as usize];
        let (name, file) = (data.name.clone(), data.file);
        let was_away = !run.before.contains(&ix) && !loader.is_library(file);
        if data.state != ModuleState::Done
            || was_away
            || run.whole.contains(&ix)
            || self.part_is_stale(ix, run)
        {
            return Err(Whole {
                trees: None,
                all: true,
            });
        }
        let is_stale = run.changed.contains(&file);
        let mut whole = Whole {
            trees: is_stale.then(|| ordered(loader, file)),
            all: false,
        };
        let edited = match &whole.trees {
            Some(Ok(trees)) => self.edited(ix, trees),
            Some(Err(_)) => None,
            None => Some(Vec::new()),
        };
        // What it imports is the same unless more than bodies differs.
        let Some(mut edited) = edited else {
            return Err(whole);
        };
        let news = self.require_imports(ix, loader, evaluator, run);
        let (Some(affected), News::Names(names)) = (self.affected(ix, &news), &*news) else {
            return Err(whole);
        };
        edited.extend(affected);
        edited.sort_unstable();
        edited.dedup();
        if edited.is_empty() && !is_stale {
            return match self.prune(ix, names) {
                true => Ok(news),
                false => Err(whole),
            };
        }
        let own;
        let trees = match &whole.trees {
            Some(Ok(trees)) => trees,
            _ => {
                own = self.checked_trees(ix);
                &own
            }
        };
        if !self.check_bodies(ix, trees, &edited, names, loader, evaluator, run) {
            whole.all = true;
            return Err(whole);
        }
        if is_stale {
            loader.keep(file);
        }
        run.rechecked.push(name);
        Ok(news)
    }

    /// Makes sure that what a module imports is checked. Says what is new to it.
    fn require_imports(
        &mut self,
        ix: ModuleIx,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) -> Arc<News> {
        let imports = self.modules[ix.0 as usize].imports.iter();
        let imports: Vec<ModuleIx> = imports.map(|import| import.module).collect();
        let news = imports
            .into_iter()
            .map(|import| self.require(import, loader, evaluator, run));
        let news: Vec<Arc<News>> = news.collect();
        News::of_all(news.iter())
    }

    /// What is new in the modules that one imports, which have been checked.
    fn news_of_imports(&self, ix: ModuleIx, run: &Run<'_>) -> Arc<News> {
        let imports = self.modules[ix.0 as usize].imports.iter();
        News::of_all(imports.filter_map(|import| run.news.get(&import.module)))
    }

    /// Effects of the routines of a module on which something rests.
    fn asked_effects(&self, ix: ModuleIx) -> Vec<Summary> {
        let routines = self.checked.get(&ix).map(|checked| &checked.routines);
        let routines = routines.into_iter().flatten().map(|routine| routine.id);
        self.effects_asked_of(&routines.collect::<Vec<_>>())
    }

    /// Did a file change that it includes or reads? A module with variables of compile time begins them anew in each check
    /// that sees it.
    pub(super) fn part_is_stale(&self, ix: ModuleIx, run: &Run<'_>) -> bool {
        self.modules[ix.0 as usize].compile_time_state
            || self
                .parts
                .get(&ix)
                .is_some_and(|parts| parts.iter().any(|part| run.changed.contains(part)))
    }

    /// Checks all of a module. Says whether what it binds to types is there again.
    fn check_module(
        &mut self,
        ix: ModuleIx,
        trees: Result<Vec<Arc<Tree>>, String>,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) -> bool {
        let is_library = loader.is_library(self.modules[ix.0 as usize].file);
        let is_first = self.modules[ix.0 as usize].state == ModuleState::New;
        self.may_defer(ix, is_library, is_first);
        let old = &mut self.modules[ix.0 as usize];
        let mut fresh = ModuleData::new(old.name.clone(), old.file);
        fresh.stable = old.stable.clone();
        let top = fresh.stable.values().map(|&i| i + 1).max().unwrap_or(0);
        fresh.syms.resize(top, Symbol::vacant());
        fresh.state = ModuleState::Checking;
        let old = std::mem::replace(old, fresh);
        // Also what is not declared again.
        let names = old.scope.keys().chain(old.exports.keys());
        names.for_each(|&name| self.changes.note(name));
        self.undo.modules.push((ix, old, self.checked.remove(&ix)));
        self.undo.parts.push((ix, self.parts.remove(&ix)));
        let has_generic_methods =
            |sema: &Sema| sema.generic_methods.iter().any(|sym| sym.module() == ix);
        let had_generic_methods = has_generic_methods(self);
        let hooks = self.forget_hooks(ix);
        self.foreigns.replace(ix);
        let (checked, record) = Checker::check(self, loader, evaluator, run, ix, trees);
        loader.checked(&self.modules[ix.0 as usize].name);
        let record = self.records.insert(ix, record);
        self.note_record(ix, record);
        self.modules[ix.0 as usize].state = ModuleState::Done;
        self.checked.insert(ix, Arc::new(checked));
        // Those are made for the types of all modules.
        let generic = had_generic_methods || has_generic_methods(self);
        !generic
            && hooks.into_iter().all(|hook| match hook {
                Hook::TypeBound(ty, bound) => self.hooks.type_bound.contains_key(&(ty, bound)),
                Hook::Finalizer(ty) => self.hooks.finalizers.contains_key(&ty),
            })
    }

    /// Type-bound operations of a module go with its old version.
    fn forget_hooks(&mut self, ix: ModuleIx) -> Vec<Hook> {
        let module = self.modules[ix.0 as usize].name.clone();
        let identities = &self.routine_identities;
        let own = |id: &RoutineId| {
            identities[id.0 as usize]
                .strip_prefix(&*module)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        let mut gone = Vec::new();
        self.hooks.type_bound.retain(|&(ty, bound), id| {
            let own = own(id);
            gone.extend(own.then_some(Hook::TypeBound(ty, bound)));
            !own
        });
        self.hooks.finalizers.retain(|&ty, id| {
            let own = own(id);
            gone.extend(own.then_some(Hook::Finalizer(ty)));
            !own
        });
        self.generic_hooks.retain(|&(_, sym)| sym.module() != ix);
        self.generic_methods.retain(|sym| sym.module() != ix);
        self.generic_migrated.retain(|sym| sym.module() != ix);
        gone
    }
}

/// The statements of a file in the order in which they count.
fn ordered(loader: &mut dyn Loader, file: FileId) -> Result<Vec<Arc<Tree>>, String> {
    loader.trees(file).map(reordered)
}
