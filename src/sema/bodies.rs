//! Checking again only the bodies that were edited.
//!
//! In: a module as it was checked last, and its trees now. Out: the same module with the edited bodies checked again,
//! when they are all that differs; otherwise nothing, and the module is checked as a whole.
//!
//! Statements are compared in order: a tree that was taken over by the parser is the same, and a routine may have another
//! body under the same head. Such a body is checked where it stands: in the state that the top level had there
//! (`{.push.}`, `using`, …), and blind to what the module declares further down. Since no head differs, importers see
//! nothing new, and no other body can mean anything else. Not so where a body counts for more than its calls: generics,
//! templates, iterators, inline procs, `auto` results, and what ran at compile time.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::checker::{Checker, Instances, TypeInstances};
use super::news::Names;
use super::notes::Notes;
use super::pragma::Pushed;
use super::program::{Evaluator, Loader, Sema};
use super::require::Run;
use super::routine::part;
use super::symbols::{ModuleIx, RoutineSym, SymId, SymKind};
use super::typed::{CheckedModule, Checks, Routine, RoutineId};
use super::types::TypeId;
use crate::source::Name;
use crate::syntax::tree::{Cursor, Data, Handle, Kind, Tree};

/// What a check of a module leaves for the next one.
#[derive(Clone, Default)]
pub(super) struct Record {
    statements: Vec<Arc<Statement>>,
    /// The last statement that brought in names of other modules.
    last_import: usize,
    instances: Instances,
    type_instances: TypeInstances,
    gensyms: u32,
    /// Names that instances of other modules' generics have looked up in the module.
    looked_up: Arc<FxHashSet<Name>>,
    /// Instances made since the module was last checked as a whole: some may be of no use any more.
    added: usize,
}

/// A module that got so many instances, and half as many as it has routines, is checked as a whole again, which makes those alone that it
/// uses.
const SOME: usize = 64;

/// A top-level statement as it was checked.
#[derive(Clone)]
pub(super) struct Statement {
    tree: Arc<Tree>,
    state: Arc<State>,
    /// Its number among all statements of the top level.
    order: u32,
    /// The routine that it defines, when it does nothing else.
    defines: Option<SymId>,
    /// That routine and those nested in it.
    routines: Vec<RoutineId>,
    /// The names that it declares at the top level.
    declares: Box<[Name]>,
    /// Names that it has the meaning of without having them in its text, by way of templates.
    expanded: Box<[Name]>,
}

impl Statement {
    pub(super) fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    pub(super) fn declares(&self) -> &[Name] {
        &self.declares
    }

    pub(super) fn defines(&self) -> Option<SymId> {
        self.defines
    }

    pub(super) fn routines(&self) -> &[RoutineId] {
        &self.routines
    }

    /// Does what it means depend on one of these names?
    pub(super) fn has(&self, names: &Names) -> bool {
        names.are_in(&self.tree, u32::MAX) || self.expanded.iter().any(|&name| names.contains(name))
    }

    /// Did another version of it find the state that this one did?
    pub(super) fn found_the_same(&self, other: &Statement) -> bool {
        self.state == other.state
    }
}

/// What earlier statements of the top level decide for later ones.
#[derive(Clone, PartialEq)]
pub(super) struct State {
    checks: Checks,
    notes: Notes,
    pushed: Vec<Pushed>,
    using: FxHashMap<Name, TypeId>,
    user_pragmas: FxHashMap<Name, Vec<Handle>>,
    private_access: Vec<Arc<str>>,
    inner_names: FxHashSet<String>,
}

/// What was checked again in a module of which the rest was kept.
#[derive(Clone, Default)]
pub struct Again {
    /// Routines with a new body, and new nested ones and instances.
    pub is: Vec<Arc<Routine>>,
    /// What they replace.
    pub was: Vec<Arc<Routine>>,
    /// Types may have another layout than what they replace was made for.
    pub layouts: bool,
}

/// How many of each the output has.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Sizes {
    routines: usize,
    rest: [usize; 3],
}

impl Record {
    pub(super) fn statements(&self) -> &[Arc<Statement>] {
        &self.statements
    }

    /// Has an instance of another module's generic looked up one of these names?
    pub(super) fn has_looked_up(&self, names: &Names) -> bool {
        names.iter().any(|name| self.looked_up.contains(&name))
    }

    /// The last statement that brought in names of other modules.
    pub(super) fn last_import(&self) -> usize {
        self.last_import
    }

    /// Which statements have another body now, or `None` if more than bodies differs.
    fn edited(&self, trees: &[Arc<Tree>]) -> Option<Vec<usize>> {
        if trees.len() != self.statements.len() {
            return None;
        }
        let mut edited = Vec::new();
        for (number, (old, new)) in self.statements.iter().zip(trees).enumerate() {
            if Arc::ptr_eq(&old.tree, new) || both_comments(&old.tree, new) {
                continue;
            }
            if old.defines.is_none() || number < self.last_import || !same_head(&old.tree, new) {
                return None;
            }
            edited.push(number);
        }
        Some(edited)
    }
}

impl Checker<'_, '_> {
    pub(super) fn sizes(&self) -> Sizes {
        let out = &self.out;
        Sizes {
            routines: out.routines.len(),
            rest: [out.globals.len(), out.init.len(), out.handlers.len()],
        }
    }

    /// Notes a statement that was just checked; `before` is what the output had until then.
    pub(super) fn note_statement(&mut self, tree: &Arc<Tree>, before: Sizes) {
        let after = self.sizes();
        if brings_names(tree.root()) {
            self.record.last_import = self.record.statements.len();
        }
        let alone = after.rest == before.rest;
        let defines = self
            .defined
            .take()
            .filter(|_| alone && is_plain(tree.root()));
        let routines = match defines {
            Some(_) => self.own_routines(before.routines..after.routines),
            None => Vec::new(),
        };
        let declared = std::mem::take(&mut self.declared);
        let state = self.shared_state();
        let expanded = self.take_expanded();
        self.record.statements.push(Arc::new(Statement {
            tree: tree.clone(),
            state,
            order: self.order,
            defines,
            routines,
            declares: declared.iter().map(|&sym| self.s.sym(sym).name).collect(),
            expanded,
        }));
    }

    fn take_expanded(&mut self) -> Box<[Name]> {
        let expanded = &mut self.looked_up.get_mut().expansions;
        std::mem::take(expanded).into_iter().collect()
    }

    /// The state that the next statement finds, shared with the last that found the same.
    pub(super) fn shared_state(&mut self) -> Arc<State> {
        let state = self.state();
        match &self.last_state {
            Some(last) if **last == state => last.clone(),
            _ => self.last_state.insert(Arc::new(state)).clone(),
        }
    }

    fn state(&self) -> State {
        State {
            checks: self.checks,
            notes: self.notes.clone(),
            pushed: self.pushed.clone(),
            using: self.using.clone(),
            user_pragmas: self.user_pragmas.clone(),
            private_access: self.private_access.clone(),
            inner_names: self.inner_names.clone(),
        }
    }

    pub(super) fn enter_state(&mut self, state: &State) {
        let State {
            checks,
            notes,
            pushed,
            using,
            user_pragmas,
            private_access,
            inner_names,
        } = state.clone();
        self.checks = checks;
        self.notes = notes;
        self.pushed = pushed;
        self.using = using;
        self.user_pragmas = user_pragmas;
        self.private_access = private_access;
        self.inner_names = inner_names;
    }

    /// Those of some of the output's routines that are not instances, which belong to nobody.
    fn own_routines(&self, range: Range<usize>) -> Vec<RoutineId> {
        let made = self.out.routines[range].iter().map(|routine| routine.id);
        made.filter(|&id| !self.is_instance(id)).collect()
    }

    fn is_instance(&self, id: RoutineId) -> bool {
        // An instance's identity has its arguments; looking through `instances` would cost more with each of them.
        let identity = self.s.routine_identity(id);
        identity
            .find('[')
            .is_some_and(|at| identity.find('(').is_none_or(|par| at < par))
    }

    /// The record of the module, which is checked.
    pub(super) fn take_record(&mut self) -> Record {
        let mut record = std::mem::take(&mut self.record);
        record.instances = std::mem::take(&mut self.instances);
        record.type_instances = std::mem::take(&mut self.type_instances);
        record.gensyms = self.gensyms;
        record.looked_up = Arc::new(std::mem::take(&mut self.looked_up.get_mut().instances));
        record
    }

    /// Has it made nothing but routines?
    pub(super) fn is_all_routines(&self) -> bool {
        self.sizes().rest == [0; 3] && self.globals_set.is_empty() && self.static_inits.is_empty()
    }

    /// Checks the body of a statement again, which is in `tree` now. `None` if it has to do with more than itself.
    fn body_again(&mut self, statement: &Statement, tree: &Arc<Tree>) -> Option<Statement> {
        let sym = statement.defines?;
        let SymKind::Routine(head) = self.s.sym(sym).kind.clone() else {
            return None;
        };
        let counts = |id: &RoutineId| self.s.executed.contains(id);
        if !is_only_called(&head) || statement.routines.iter().chain(&head.id).any(counts) {
            return None;
        }
        self.order = statement.order;
        self.horizon = Some(self.order);
        self.enter_state(&statement.state);
        let mut symbol = self.s.sym(sym).clone();
        symbol.place.origin = tree.origin;
        symbol.kind = SymKind::Routine(Arc::new(moved(&head, &statement.tree, tree)));
        self.s.replace_symbol(sym, symbol);
        let before = self.sizes();
        let symbols = self.s.modules[self.module.0 as usize].syms.len();
        self.current.push(tree.clone());
        let top = self.s.routine_id("?");
        self.in_top_frame(top, |checker| checker.routine_body_of(sym, tree.root()));
        self.current.pop();
        let after = self.sizes();
        if after.rest != before.rest
            || !self.globals_set.is_empty()
            || !self.static_inits.is_empty()
        {
            return None;
        }
        self.forget_symbols(symbols);
        Some(Statement {
            tree: tree.clone(),
            routines: self.own_routines(before.routines..after.routines),
            expanded: self.take_expanded(),
            ..statement.clone()
        })
    }

    /// Gives back the numbers of local symbols, and what was made for local generics.
    fn forget_symbols(&mut self, from: usize) {
        let module = self.module;
        let stays = |sym: SymId| sym.module() != module || sym.index() < from;
        self.instances.retain(|key, _| stays(key.0));
        self.type_instances.retain(|key, _| stays(key.0));
        self.s.modules[module.0 as usize].syms.truncate(from);
    }
}

impl Sema {
    /// Statements of `ix` that have another body than when it was last checked, if nothing else differs.
    pub(super) fn edited(&self, ix: ModuleIx, trees: &[Arc<Tree>]) -> Option<Vec<usize>> {
        // A body that waits is not among the statements' routines.
        let record = self
            .records
            .get(&ix)
            .filter(|_| self.waiting.is_whole(ix))?;
        let routines = self.checked.get(&ix)?.routines.len();
        let many = record.added > SOME + routines / 2;
        record.edited(trees).filter(|_| !many)
    }

    /// The statements of `ix` as they were checked last.
    pub(super) fn checked_trees(&self, ix: ModuleIx) -> Vec<Arc<Tree>> {
        let statements = self.records.get(&ix).map(Record::statements);
        let statements = statements.unwrap_or_default().iter();
        statements.map(|statement| statement.tree.clone()).collect()
    }

    /// Takes from a record what it has of generics with news in them or in their arguments. Gives the routines among them.
    fn take_stale(&self, record: &mut Record, news: &Names) -> FxHashSet<RoutineId> {
        let mut stale = FxHashSet::default();
        if news.is_empty() {
            return stale;
        }
        let involved = news.involved(&self.types);
        let is_new = |sym: SymId, args: &[TypeId]| {
            news.contains(self.sym(sym).name) || args.iter().any(|arg| involved.contains(arg))
        };
        record.instances.retain(|(sym, args), (id, _)| {
            let stays = !is_new(*sym, args);
            if !stays {
                stale.insert(*id);
            }
            stays
        });
        record
            .type_instances
            .retain(|(sym, args), ty| !is_new(*sym, args) && !involved.contains(ty));
        stale
    }

    /// Forgets instances in a module that the news leave as it is. Says whether that is enough.
    pub(super) fn prune(&mut self, ix: ModuleIx, news: &Names) -> bool {
        let Some(old) = self.records.get(&ix).filter(|_| !news.is_empty()) else {
            return true;
        };
        let mut record = old.clone();
        if !self.take_stale(&mut record, news).is_empty() {
            return false;
        }
        let old = self.records.insert(ix, record);
        self.note_record(ix, old);
        true
    }

    /// Checks these bodies of `ix` again, and makes instances again that have news in them. Says whether that was enough.
    pub(super) fn check_bodies(
        &mut self,
        ix: ModuleIx,
        trees: &[Arc<Tree>],
        edited: &[usize],
        news: &Names,
        loader: &mut dyn Loader,
        evaluator: &mut dyn Evaluator,
        run: &mut Run<'_>,
    ) -> bool {
        let (Some(mut record), Some(old)) = (
            self.records.get(&ix).cloned(),
            self.checked.get(&ix).cloned(),
        ) else {
            return false;
        };
        let stale = self.take_stale(&mut record, news);
        let found = run.diagnostics.len();
        let routines: Vec<RoutineId> = edited
            .iter()
            .flat_map(|&number| record.statements[number].routines.clone())
            .collect();
        let effects = self.effects_asked_of(&routines);
        let mut checker = Checker::new(self, loader, evaluator, run, ix);
        checker.instances = std::mem::take(&mut record.instances);
        checker.type_instances = std::mem::take(&mut record.type_instances);
        checker.gensyms = record.gensyms;
        let looked_up = checker.looked_up.get_mut();
        looked_up.instances.clone_from(&record.looked_up);
        let mut gone = with_nested(stale.clone(), &old);
        let mut complete = true;
        for &number in edited {
            let tree = &trees[number];
            let statement = &record.statements[number];
            gone.extend(&statement.routines);
            match checker.body_again(statement, tree) {
                Some(statement) => record.statements[number] = Arc::new(statement),
                None => complete = false,
            }
        }
        checker.instantiate_hooks();
        checker.instantiate_methods();
        checker.check_effects();
        let made = std::mem::take(&mut checker.out.routines);
        let is_made = |id: &RoutineId| made.iter().any(|made| made.id == *id);
        // What calls one that is not made again would have had to be checked again.
        complete &= stale.iter().all(is_made);
        let instances = made.iter().filter(|made| checker.is_instance(made.id));
        record.added += instances.count();
        let rest = checker.sizes().rest;
        let last = checker.take_record();
        if !effects.is_empty() {
            self.check_wanted(loader, evaluator, run);
        }
        if !complete || rest != [0; 3] || self.effects_asked_of(&routines) != effects {
            run.diagnostics.truncate(found);
            return false;
        }
        record.instances = last.instances;
        record.type_instances = last.type_instances;
        record.gensyms = last.gensyms;
        record.looked_up = last.looked_up;
        for (statement, tree) in record.statements.iter_mut().zip(trees) {
            // A comment.
            if !Arc::ptr_eq(&statement.tree, tree) {
                Arc::make_mut(statement).tree = tree.clone();
            }
        }
        let (checked, mut again) = replaced(&old, made, &gone);
        again.layouts = !news.is_empty() && !news.involved(&self.types).is_empty();
        run.again.insert(old.name.clone(), again);
        self.checked.insert(ix, Arc::new(checked));
        let record = self.records.insert(ix, record);
        self.note_again(ix, old, record);
        true
    }
}

/// These routines and those nested in them.
fn with_nested(mut some: FxHashSet<RoutineId>, module: &CheckedModule) -> FxHashSet<RoutineId> {
    loop {
        let before = some.len();
        let nested = module
            .routines
            .iter()
            .filter(|routine| routine.parent.is_some_and(|parent| some.contains(&parent)));
        let nested: Vec<RoutineId> = nested.map(|routine| routine.id).collect();
        some.extend(nested);
        if some.len() == before {
            return some;
        }
    }
}

/// The module with some routines in place of those that are gone.
fn replaced(
    old: &CheckedModule,
    made: Vec<Arc<Routine>>,
    gone: &FxHashSet<RoutineId>,
) -> (CheckedModule, Again) {
    let mut new: FxHashMap<RoutineId, &Arc<Routine>> =
        made.iter().map(|routine| (routine.id, routine)).collect();
    let mut again = Again {
        is: made.clone(),
        ..Again::default()
    };
    let mut routines = Vec::with_capacity(old.routines.len());
    for routine in &old.routines {
        match new.remove(&routine.id) {
            Some(made) => {
                again.was.push(routine.clone());
                routines.push(made.clone());
            }
            None if gone.contains(&routine.id) => again.was.push(routine.clone()),
            None => routines.push(routine.clone()),
        }
    }
    routines.extend(
        made.iter()
            .filter(|routine| new.contains_key(&routine.id))
            .cloned(),
    );
    let checked = CheckedModule {
        name: old.name.clone(),
        imports: old.imports.clone(),
        routines,
        globals: old.globals.clone(),
        init: old.init.clone(),
        handlers: old.handlers.clone(),
        defaults: old.defaults.clone(),
        migrations: old.migrations.clone(),
        types: old.types.clone(),
        scoped: old.scoped.clone(),
    };
    (checked, again)
}

/// Is the body of use to callers only by being called?
pub(super) fn is_only_called(head: &RoutineSym) -> bool {
    let RoutineSym {
        kind,
        generics,
        auto_ret,
        pragmas,
        id,
        ..
    } = head;
    matches!(
        kind,
        Kind::ProcDef | Kind::FuncDef | Kind::MethodDef | Kind::ConverterDef
    ) && generics.is_empty()
        && !auto_ret
        && id.is_some()
        && !pragmas.inline
        && !pragmas.borrow
        && pragmas.magic.is_none()
        && pragmas.import.is_none()
        && pragmas.error.is_none()
}

/// The head as it stands in the new tree.
fn moved(head: &RoutineSym, old: &Arc<Tree>, new: &Arc<Tree>) -> RoutineSym {
    let handle = |handle: &mut Handle| {
        if Arc::ptr_eq(&handle.tree, old) {
            handle.tree = new.clone();
        }
    };
    let mut head = head.clone();
    head.node = Handle {
        tree: new.clone(),
        id: new.root().id,
    };
    for param in &mut head.params {
        param.default.iter_mut().for_each(handle);
        if param.place.origin == old.origin {
            param.place.origin = new.origin;
        }
    }
    head
}

fn both_comments(old: &Tree, new: &Tree) -> bool {
    old.root().is(Kind::CommentStmt) && new.root().is(Kind::CommentStmt)
}

/// A routine with a body.
pub(super) fn is_plain(n: Cursor<'_>) -> bool {
    let kinds = [
        Kind::ProcDef,
        Kind::FuncDef,
        Kind::MethodDef,
        Kind::ConverterDef,
    ];
    kinds.iter().any(|&kind| n.is(kind)) && n.len() > part::BODY && !n.kid(part::BODY).is_empty()
}

fn brings_names(n: Cursor<'_>) -> bool {
    let kinds = [
        Kind::ImportStmt,
        Kind::ImportExceptStmt,
        Kind::FromStmt,
        Kind::ExportStmt,
        Kind::ExportExceptStmt,
        Kind::IncludeStmt,
        Kind::WhenStmt,
        Kind::StmtList,
    ];
    kinds.iter().any(|&kind| n.is(kind))
}

/// Do two routines differ in nothing but their bodies? Places within the head are the same too, from its start.
pub(super) fn same_head(old: &Tree, new: &Tree) -> bool {
    let (a, b) = (old.root(), new.root());
    a.kind() == b.kind()
        && is_plain(a)
        && is_plain(b)
        && (0..part::BODY).all(|i| same_node(a.kid(i), b.kid(i)))
}

fn same_node(a: Cursor<'_>, b: Cursor<'_>) -> bool {
    let (x, y) = (a.node(), b.node());
    // Parsed from the same text, the nodes have the same numbers, which places in the head are kept by.
    let same = a.id == b.id && x.kind == y.kind && x.span == y.span;
    let data = match (x.data, y.data) {
        (Data::Kids { len: m, .. }, Data::Kids { len: n, .. }) => m == n,
        (Data::Text(_), Data::Text(_)) => a.text() == b.text(),
        (x, y) => x == y,
    };
    same && data && a.kids().zip(b.kids()).all(|(a, b)| same_node(a, b))
}
