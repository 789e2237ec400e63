//! The program as sema keeps it from one version to the next, and what a check takes and gives.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bodies::{Again, Record};
use super::config::Config;
use super::deferred::{Made, Waiting};
use super::require::Run;
use super::sights::{Changes, TopTable};
use super::symbols::{ModuleData, ModuleIx, ModuleState, SymId, Symbol};
use super::typed::{CheckedModule, GlobalVar, GlobalVarId, Hooks, Routine, RoutineId};
use super::types::{Nominal, NominalId, TypeId, Types};
use crate::diagnostics::Diagnostic;
use crate::source::FileId;
use crate::syntax::tree::Tree;

/// What stands at a path of the file system.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nothing, or a link to nothing.
    Nothing,
    /// A file of any kind.
    File,
    /// A symbolic link to one.
    LinkToFile,
    /// A directory.
    Directory,
    /// A symbolic link to one.
    LinkToDirectory,
}

/// Where sema gets trees from. Implemented over the sources; sema itself touches no disk.
pub trait Loader {
    /// The module that `spec` (as in `import spec`) names in `from`: its name, unique in the program, and its file.
    ///
    /// # Errors
    /// A message that names what was looked for and where.
    fn resolve(&mut self, from: FileId, spec: &str) -> Result<(Arc<str>, FileId), String>;
    /// The top-level statements of a file. Syntax errors have been reported by the loader.
    ///
    /// # Errors
    /// A message when the file cannot be read.
    fn trees(&mut self, file: FileId) -> Result<Vec<Arc<Tree>>, String>;
    /// The file that `include spec` names.
    ///
    /// # Errors
    /// A message that names what was looked for and where.
    fn include(&mut self, from: FileId, spec: &str) -> Result<FileId, String>;
    /// Is the file one of the library, which comes with the compiler?
    fn is_library(&self, file: FileId) -> bool {
        let _ = file;
        false
    }
    /// An edited file whose imports and includes are not asked for again, since they are the same.
    fn keep(&mut self, file: FileId) {
        let _ = file;
    }
    /// A module was checked as a whole.
    fn checked(&mut self, module: &Arc<str>) {
        let _ = module;
    }
    /// A file's bytes, for `staticRead`.
    ///
    /// # Errors
    /// A message when the file cannot be read.
    fn read(&mut self, from: FileId, path: &str) -> Result<Vec<u8>, String>;
    /// A variable of the environment that the compiler runs in.
    fn variable(&self, name: &str) -> Option<Vec<u8>>;
    /// What stands at a path of the file system; relative ones begin at the current directory.
    fn standing(&self, path: &str) -> Standing;
    /// The names in a directory, in the order of the alphabet; none where there is no directory.
    fn names_in(&self, path: &str) -> Vec<Vec<u8>>;
    /// Runs a command of the shell in a directory, which gets `input`: what it printed, and its exit status.
    fn run_command(&self, command: &str, input: &[u8], directory: &str) -> (Vec<u8>, i32);
    /// The source text of a place, on one line.
    fn text(&self, place: crate::source::Place) -> String;
    /// The whole path of the file of a place.
    fn path(&self, place: crate::source::Place) -> String;
    /// The whole path of a file.
    fn file_path(&self, file: FileId) -> String;
    /// `path(line, col)` of a place, for `assert` messages and `instantiationInfo`.
    fn line(&self, place: crate::source::Place) -> (String, u32, u32);
}

/// Who answers what code asks of the compiler at compile time.
pub trait Asked {
    /// The answer to a question; both are bytes that the library's `system/trees` understands.
    ///
    /// # Errors
    /// Why the code cannot go on.
    fn ask(&mut self, sema: &Sema, request: &[u8]) -> Result<Vec<u8>, String>;
}

/// Why an expression has no value at compile time.
#[derive(Clone, Debug)]
pub struct NoValue {
    /// What happened.
    pub message: String,
    /// Where: a place for each call that was running, outermost first. Empty when it never ran.
    pub trace: Vec<crate::source::Place>,
    /// The one place that the message is about, where that is known.
    pub at: Option<crate::source::Place>,
}

/// Computes compile-time values that sema does not fold by itself. What one evaluation does to `{.compileTime.}`
/// variables, later ones see.
pub trait Evaluator {
    /// The value of `expr`, as a constant tree (see [`super::typed::ExprKind::Const`]). It may declare and use `locals`;
    /// `parent` is the routine whose locals they are, as closures within it know it.
    ///
    /// # Errors
    /// Why it has no value at compile time.
    fn eval(
        &mut self,
        sema: &Sema,
        expr: &super::typed::Expr,
        parent: RoutineId,
        locals: &[super::typed::Local],
        asked: &mut dyn Asked,
    ) -> Result<super::typed::Expr, NoValue>;
    /// The routines that ran since this was asked last.
    fn executed(&mut self) -> FxHashSet<RoutineId>;
    /// How values lie in memory.
    fn layouts(&self) -> Layouts;
}

/// How values lie in memory, for whoever asks while code runs as well.
#[derive(Clone, Copy)]
pub struct Layouts {
    /// Where field number `field` (an object's own, or a tuple's) starts, in bytes.
    pub offset: fn(&Types, TypeId, usize) -> Option<u64>,
    /// Size and alignment of a type, if it has a layout.
    pub size: fn(&Types, TypeId) -> Option<(u32, u32)>,
}

/// An evaluator that knows nothing but what sema folds.
pub struct NoEvaluator;

impl Evaluator for NoEvaluator {
    fn eval(
        &mut self,
        _: &Sema,
        _: &super::typed::Expr,
        _: RoutineId,
        _: &[super::typed::Local],
        _: &mut dyn Asked,
    ) -> Result<super::typed::Expr, NoValue> {
        Err(NoValue {
            message: "cannot evaluate at compile time".into(),
            trace: Vec::new(),
            at: None,
        })
    }
    fn executed(&mut self) -> FxHashSet<RoutineId> {
        FxHashSet::default()
    }
    fn layouts(&self) -> Layouts {
        Layouts {
            offset: |_, _, _| None,
            size: |_, _| None,
        }
    }
}

/// Everything that sema knows of a program. Kept between reloads; a failed check is undone with [`Sema::rollback`].
pub struct Sema {
    /// All types.
    pub types: Types,
    /// How it is compiled.
    pub config: Config,
    /// Type-bound operations and what the lowering needs of `system`.
    pub hooks: Hooks,
    pub(super) foreigns: super::foreign::Foreigns,
    pub(super) modules: Vec<ModuleData>,
    pub(super) changes: Changes,
    pub(super) module_names: FxHashMap<Arc<str>, ModuleIx>,
    pub(super) checked: FxHashMap<ModuleIx, Arc<CheckedModule>>,
    pub(super) order: Vec<ModuleIx>,
    routine_numbers: FxHashMap<Arc<str>, RoutineId>,
    pub(super) routines: Vec<Option<Arc<Routine>>>,
    global_numbers: FxHashMap<Arc<str>, GlobalVarId>,
    pub(super) globals: Vec<Option<Arc<GlobalVar>>>,
    pub(super) main: Option<ModuleIx>,
    /// What the running check has replaced, to put back if it fails.
    pub(super) undo: Undo,
    /// How types were written, where that is more than they tell.
    pub(super) spellings: super::spelling::Spellings,
    /// Constraints of generic parameters, by number.
    pub(super) constraints: FxHashMap<u32, super::typeexpr::Constraint>,
    /// Concepts, by the number in their class.
    pub(super) concepts: Vec<Arc<super::concept::Concept>>,
    pub(super) concept_numbers: FxHashMap<(usize, crate::syntax::tree::NodeId, Vec<TypeId>), u32>,
    /// Constants that are no scalars and stand for `static` parameters, by their text in the type.
    pub(super) static_values: FxHashMap<Arc<str>, Arc<super::typed::Expr>>,
    pub(super) routine_identities: Vec<Arc<str>>,
    /// Generic type-bound operations, instantiated for each type that they fit.
    pub(super) generic_hooks: Vec<(super::typed::TypeBound, SymId)>,
    /// Generic methods, instantiated for each type that they fit: which of them runs is known only then.
    pub(super) generic_methods: Vec<SymId>,
    /// Generic `migrated` procs.
    pub(super) generic_migrated: Vec<SymId>,
    /// What routines say about their effects.
    pub(super) declared_effects: FxHashMap<RoutineId, Arc<super::typed::Declared>>,
    /// Routines whose result may be dropped.
    pub(super) discardable: FxHashSet<RoutineId>,
    /// Routines that never return.
    pub(super) noreturn: FxHashSet<RoutineId>,
    /// What the last check of each module left for the next.
    pub(super) records: FxHashMap<ModuleIx, Record>,
    /// Routines that ran at compile time: others may hold what they gave.
    pub(super) executed: FxHashSet<RoutineId>,
    /// Routines whose effects something rests on.
    pub(super) effects_asked: FxHashSet<RoutineId>,
    /// Files that a module is made of beside its own: included ones and those read at compile time.
    pub(super) parts: FxHashMap<ModuleIx, Vec<FileId>>,
    /// Bodies of the library that nothing has needed so far.
    pub(super) waiting: Waiting,
    /// Routines that a version of a module had and the next one did not, to be forgotten when no other module has them.
    gone: Vec<RoutineId>,
}

/// So many routines may be gone before they are forgotten, since that looks at all that there are.
const SOME_GONE: usize = 64;

#[derive(Default)]
pub(super) struct Undo {
    nominals: Vec<(NominalId, Arc<Nominal>)>,
    routines: Vec<(RoutineId, Option<Arc<Routine>>)>,
    pub(super) modules: Vec<(ModuleIx, ModuleData, Option<Arc<CheckedModule>>)>,
    /// The files that modules had been made of.
    pub(super) parts: Vec<(ModuleIx, Option<Vec<FileId>>)>,
    hooks: Option<Hooks>,
    generic_migrated: Option<Vec<SymId>>,
    order: Option<Vec<ModuleIx>>,
    symbols: Vec<(SymId, Symbol)>,
    again: Vec<(ModuleIx, Arc<CheckedModule>, Option<Record>)>,
    records: Vec<(ModuleIx, Option<Record>)>,
    grown: Vec<(ModuleIx, Arc<CheckedModule>)>,
}

/// What a check gives.
pub struct Outcome {
    /// All modules of the program in the order of initialisation, imports first.
    pub modules: Vec<Arc<CheckedModule>>,
    /// Those that were checked this time.
    pub rechecked: Vec<Arc<str>>,
    /// What of them, where the rest of the module was kept.
    pub again: FxHashMap<Arc<str>, Again>,
    /// Everything found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    /// Did it find an error?
    pub fn failed(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|d| d.severity == crate::diagnostics::Severity::Error)
    }
}

impl Sema {
    /// An empty program.
    pub fn new(config: Config) -> Sema {
        Sema {
            types: Types::default(),
            config,
            hooks: Hooks::default(),
            foreigns: Default::default(),
            modules: Vec::new(),
            changes: Changes::default(),
            module_names: FxHashMap::default(),
            checked: FxHashMap::default(),
            order: Vec::new(),
            routine_numbers: FxHashMap::default(),
            routines: Vec::new(),
            global_numbers: FxHashMap::default(),
            globals: Vec::new(),
            main: None,
            undo: Undo::default(),
            spellings: Default::default(),
            constraints: FxHashMap::default(),
            concepts: Vec::new(),
            concept_numbers: FxHashMap::default(),
            static_values: FxHashMap::default(),
            routine_identities: Vec::new(),
            generic_hooks: Vec::new(),
            generic_methods: Vec::new(),
            generic_migrated: Vec::new(),
            declared_effects: FxHashMap::default(),
            discardable: FxHashSet::default(),
            noreturn: FxHashSet::default(),
            records: FxHashMap::default(),
            executed: FxHashSet::default(),
            effects_asked: FxHashSet::default(),
            parts: FxHashMap::default(),
            waiting: Waiting::default(),
            gone: Vec::new(),
        }
    }

    /// Checks the program whose main module is `main`. Modules of earlier checks are kept unless their file is in `changed` or they
    /// import, however indirectly, a module that was checked again.
    pub fn check(
        &mut self,
        main: (Arc<str>, FileId),
        changed: &FxHashSet<FileId>,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
    ) -> Outcome {
        let mut cycles = FxHashSet::default();
        loop {
            let (outcome, more) =
                self.check_once(main.clone(), changed, &cycles, loader, evaluator);
            if !self.waiting.is_again() && more.is_empty() {
                return outcome;
            }
            self.rollback();
            cycles.extend(more);
        }
    }

    /// Checks what has to be, and modules that are in new `cycles` as a whole. Gives also modules of further ones, for another attempt.
    fn check_once(
        &mut self,
        main: (Arc<str>, FileId),
        changed: &FxHashSet<FileId>,
        cycles: &FxHashSet<ModuleIx>,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
    ) -> (Outcome, FxHashSet<ModuleIx>) {
        self.waiting.begin();
        self.foreigns.begin();
        self.undo = Undo {
            hooks: Some(self.hooks.clone()),
            generic_migrated: Some(self.generic_migrated.clone()),
            order: Some(std::mem::take(&mut self.order)),
            ..Undo::default()
        };
        let before = self.undo.order.iter().flatten().copied().collect();
        let mut run = Run {
            changed,
            before,
            diagnostics: Vec::new(),
            rechecked: Vec::new(),
            again: FxHashMap::default(),
            news: FxHashMap::default(),
            open: Vec::new(),
            cycles: self.import_cycles(loader),
            whole: cycles.clone(),
            new_cycle: FxHashSet::default(),
            made: Made::default(),
            callsite: None,
        };
        if let Err(message) = self.require_system(main.1, loader, evaluator, &mut run) {
            run.diagnostics
                .push(Diagnostic::error(crate::source::Place::default(), message));
        } else {
            let ix = self.module(main.0, main.1);
            self.main = Some(ix);
            self.require(ix, loader, evaluator, &mut run);
            self.check_wanted(loader, evaluator, &mut run);
            self.add_made(&mut run);
        }
        self.executed.extend(evaluator.executed());
        self.forget_gone(&run);
        let outcome = Outcome {
            modules: self
                .order
                .iter()
                .filter_map(|ix| self.checked.get(ix).cloned())
                .collect(),
            rechecked: run.rechecked,
            again: run.again,
            diagnostics: run.diagnostics,
        };
        (outcome, run.new_cycle)
    }

    /// Gives up what was checked of routines that no module has any more, bodies above all. Their numbers stay theirs.
    fn forget_gone(&mut self, run: &Run<'_>) {
        for (ix, _, old) in &self.undo.modules {
            let (Some(old), Some(new)) = (old, self.checked.get(ix)) else {
                continue;
            };
            let is: FxHashSet<RoutineId> = new.routines.iter().map(|routine| routine.id).collect();
            let was = old.routines.iter().map(|routine| routine.id);
            self.gone.extend(was.filter(|id| !is.contains(id)));
        }
        for again in run.again.values() {
            let is: FxHashSet<RoutineId> = again.is.iter().map(|routine| routine.id).collect();
            let was = again.was.iter().map(|routine| routine.id);
            self.gone.extend(was.filter(|id| !is.contains(id)));
        }
        if self.gone.len() < SOME_GONE {
            return;
        }
        let modules = self.checked.values();
        let routines = modules.flat_map(|module| &module.routines);
        let mut stay: FxHashSet<RoutineId> = routines.map(|routine| routine.id).collect();
        stay.extend(self.hooks.type_bound.values());
        stay.extend(self.hooks.finalizers.values());
        for id in std::mem::take(&mut self.gone) {
            if !stay.contains(&id) {
                let old = self.routines[id.0 as usize].take();
                self.undo.routines.push((id, old));
            }
        }
    }

    /// Puts back what the last check replaced, because its outcome is not wanted.
    pub fn rollback(&mut self) {
        let undo = std::mem::take(&mut self.undo);
        for (id, nominal) in undo.nominals.into_iter().rev() {
            self.types.define(id, nominal);
        }
        self.foreigns.rollback();
        for (id, routine) in undo.routines.into_iter().rev() {
            self.routines[id.0 as usize] = routine;
        }
        for (ix, checked) in undo.grown.into_iter().rev() {
            self.checked.insert(ix, checked);
        }
        for (ix, checked, record) in undo.again.into_iter().rev() {
            self.checked.insert(ix, checked);
            self.restore_record(ix, record);
        }
        for (sym, symbol) in undo.symbols.into_iter().rev() {
            *self.sym_mut(sym) = symbol;
        }
        for (ix, record) in undo.records.into_iter().rev() {
            self.restore_record(ix, record);
        }
        for (ix, data, checked) in undo.modules.into_iter().rev() {
            self.modules[ix.0 as usize] = data;
            match checked {
                Some(checked) => self.checked.insert(ix, checked),
                None => self.checked.remove(&ix),
            };
        }
        for (ix, parts) in undo.parts.into_iter().rev() {
            match parts {
                Some(parts) => self.parts.insert(ix, parts),
                None => self.parts.remove(&ix),
            };
        }
        if let Some(hooks) = undo.hooks {
            self.hooks = hooks;
        }
        if let Some(generic_migrated) = undo.generic_migrated {
            self.generic_migrated = generic_migrated;
        }
        if let Some(order) = undo.order {
            self.order = order;
        }
    }

    fn restore_record(&mut self, ix: ModuleIx, record: Option<Record>) {
        match record {
            Some(record) => self.records.insert(ix, record),
            None => self.records.remove(&ix),
        };
    }

    /// The record that the one of a module which was just checked has replaced.
    pub(super) fn record_before(&self, ix: ModuleIx) -> Option<&Record> {
        let mut replaced = self.undo.records.iter().rev();
        replaced.find(|(of, _)| *of == ix)?.1.as_ref()
    }

    /// Notes the record that another has replaced.
    pub(super) fn note_record(&mut self, ix: ModuleIx, record: Option<Record>) {
        self.undo.records.push((ix, record));
    }

    /// Notes what bodies that were checked again have replaced.
    pub(super) fn note_again(
        &mut self,
        ix: ModuleIx,
        checked: Arc<CheckedModule>,
        record: Option<Record>,
    ) {
        self.undo.again.push((ix, checked, record));
    }

    /// Notes a module that got further routines.
    pub(super) fn note_grown(&mut self, ix: ModuleIx, checked: Arc<CheckedModule>) {
        self.undo.grown.push((ix, checked));
    }

    /// Gives a symbol another meaning.
    pub(super) fn replace_symbol(&mut self, sym: SymId, symbol: Symbol) {
        let old = std::mem::replace(self.sym_mut(sym), symbol);
        self.undo.symbols.push((sym, old));
    }

    /// The module with this name, which is new if it was not known.
    pub(super) fn module(&mut self, name: Arc<str>, file: FileId) -> ModuleIx {
        if let Some(&ix) = self.module_names.get(&name) {
            self.modules[ix.0 as usize].file = file;
            return ix;
        }
        let ix = ModuleIx(self.modules.len() as u32);
        self.modules.push(ModuleData::new(name.clone(), file));
        self.module_names.insert(name, ix);
        ix
    }

    /// The version of the module being checked that it replaces.
    pub(super) fn before(&self, ix: ModuleIx) -> Option<Arc<CheckedModule>> {
        let mut replaced = self.undo.modules.iter().rev();
        replaced.find(|module| module.0 == ix)?.2.clone()
    }

    /// The symbol with this number.
    pub(super) fn sym(&self, id: SymId) -> &Symbol {
        &self.modules[id.module().0 as usize].syms[id.index()]
    }

    pub(super) fn sym_mut(&mut self, id: SymId) -> &mut Symbol {
        let symbol = &mut self.modules[id.module().0 as usize].syms[id.index()];
        self.changes.note(symbol.name);
        symbol
    }

    /// The number of the routine with this identity.
    pub(super) fn routine_id(&mut self, identity: &str) -> RoutineId {
        if let Some(&id) = self.routine_numbers.get(identity) {
            return id;
        }
        let id = RoutineId(self.routines.len() as u32);
        let identity: Arc<str> = identity.into();
        self.routine_numbers.insert(identity.clone(), id);
        self.routine_identities.push(identity);
        self.routines.push(None);
        id
    }

    pub(super) fn routine_identity(&self, id: RoutineId) -> Arc<str> {
        self.routine_identities[id.0 as usize].clone()
    }

    /// Is it an iterator? Known from its head on.
    pub(super) fn is_iterator(&self, id: RoutineId) -> bool {
        self.routine_identities[id.0 as usize].starts_with("iterator ")
    }

    pub(super) fn set_routine(&mut self, routine: Arc<Routine>) {
        let id = routine.id;
        let old = self.routines[id.0 as usize].replace(routine);
        self.undo.routines.push((id, old));
    }

    /// All routines as they were last checked.
    pub(super) fn all_routines(&self) -> impl Iterator<Item = &Arc<Routine>> {
        self.routines.iter().flatten()
    }

    /// A routine as it was last checked.
    pub fn routine(&self, id: RoutineId) -> Option<Arc<Routine>> {
        self.routines.get(id.0 as usize)?.clone()
    }

    /// The number of the global with this identity.
    pub(super) fn global_id(&mut self, identity: &str) -> GlobalVarId {
        if let Some(&id) = self.global_numbers.get(identity) {
            return id;
        }
        let id = GlobalVarId(self.globals.len() as u32);
        self.global_numbers.insert(identity.into(), id);
        self.globals.push(None);
        id
    }

    /// A global as it was last checked.
    pub fn global(&self, id: GlobalVarId) -> Option<Arc<GlobalVar>> {
        self.globals.get(id.0 as usize)?.clone()
    }

    /// The global with this identity.
    pub fn global_by_identity(&self, identity: &str) -> Option<Arc<GlobalVar>> {
        self.global(*self.global_numbers.get(identity)?)
    }

    pub(super) fn define(&mut self, id: NominalId, nominal: Nominal) {
        let old = self.types.define(id, Arc::new(nominal));
        self.undo.nominals.push((id, old));
    }

    /// The files that the modules of the program were made of.
    pub fn files(&self) -> Vec<FileId> {
        let mut files = Vec::new();
        for ix in &self.order {
            files.push(self.modules[ix.0 as usize].file);
            files.extend(self.parts.get(ix).into_iter().flatten());
        }
        files
    }

    /// A global of a module by name, for typed handles.
    pub fn global_named(
        &self,
        module: &str,
        name: crate::source::Name,
    ) -> Option<Arc<super::typed::GlobalVar>> {
        let ix = self.module_names.get(module)?;
        let syms = self.modules[ix.0 as usize].scope.get(&name);
        syms.into_iter()
            .flatten()
            .find_map(|&sym| match self.sym(sym).kind {
                super::symbols::SymKind::Global { id, .. } => self.global(id),
                _ => None,
            })
    }

    /// The exported and private routines of a module by name, for typed handles.
    pub fn routines_named(&self, module: &str, name: crate::source::Name) -> Vec<Arc<Routine>> {
        let Some(ix) = self.module_names.get(module) else {
            return Vec::new();
        };
        let syms = self.modules[ix.0 as usize].scope.get(&name);
        syms.into_iter()
            .flatten()
            .filter_map(|&sym| match &self.sym(sym).kind {
                super::symbols::SymKind::Routine(routine)
                    if routine.kind != crate::syntax::tree::Kind::MacroDef =>
                {
                    self.routine(routine.id?)
                }
                _ => None,
            })
            .collect()
    }
}

impl ModuleData {
    pub(super) fn new(name: Arc<str>, file: FileId) -> ModuleData {
        ModuleData {
            name,
            file,
            state: ModuleState::New,
            syms: Vec::new(),
            stable: FxHashMap::default(),
            scope: TopTable::default(),
            exports: TopTable::default(),
            imports: Vec::new(),
            converters: Vec::new(),
            compile_time_state: false,
            deprecated: None,
        }
    }
}
