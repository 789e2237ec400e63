//! Checking one module: its state, and what it gives.
//!
//! The state is in two halves. Where names are looked up is [`Env`]: a module and the local scopes within it. Where code
//! goes is a stack of [`Frame`]s, one a routine that is being checked. A generic instance or a default value is checked
//! with another `Env`; a nested routine pushes a `Frame`.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bodies::Record;
use super::lookup::{Env, LookedUp};
use super::program::{Evaluator, Loader, Sema};
use super::require::Run;
use super::symbols::{ImportOf, ModuleIx, SymId, SymKind};
use super::typed::{
    CheckedModule, Checks, Expr, ExprKind, GlobalVar, LabelId, Local, LocalId, LocalKind, Routine,
    RoutineId, TopLevel,
};
use super::types::{Type, TypeId};
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Handle, Kind, NodeId, Tree};

/// A routine that is being checked.
pub(super) struct Frame {
    /// Its number.
    pub id: RoutineId,
    /// Its identity, which those of nested ones start with.
    pub identity: Arc<str>,
    pub locals: Vec<Local>,
    /// Those that were declared by a `let` without a value.
    pub late: Vec<LocalId>,
    pub labels: u32,
    pub ret: TypeId,
    /// The result type follows from the first `return` or the body's value.
    pub auto_ret: bool,
    pub result: Option<LocalId>,
    /// What `result` names, as long as its type is to be found.
    pub result_sym: Option<SymId>,
    pub iterator: bool,
    /// It is an iterator whose body goes where the loop is.
    pub inlined: bool,
    /// The innermost loop's labels for `break` and `continue`, innermost last; an unnamed `block` has no `continue`.
    pub loops: Vec<(LabelId, Option<LabelId>)>,
    /// Locals of the enclosing frame that this one uses.
    pub captures: FxHashMap<LocalId, LocalId>,
    /// It names a routine that captures something further out, so it needs the environment to hand on.
    pub hands_on: bool,
    /// Counts nested routines by name, for their identities.
    pub nested: FxHashMap<Name, u32>,
    /// Number of `except` branches around, for a bare `raise`.
    pub handlers: u32,
    /// It is a chunk of a module's top level: variables become globals.
    pub top: bool,
    pub noinit: bool,
    pub name: Name,
    /// The calling convention that its declaration names.
    pub conv: Option<&'static str>,
}

impl Frame {
    /// Of a routine without parameters, result and surroundings, of which nothing has been checked.
    pub(super) fn new(id: RoutineId, identity: Arc<str>) -> Frame {
        Frame {
            id,
            identity,
            locals: Vec::new(),
            late: Vec::new(),
            labels: 0,
            ret: TypeId::VOID,
            auto_ret: false,
            result: None,
            result_sym: None,
            iterator: false,
            inlined: false,
            loops: Vec::new(),
            captures: FxHashMap::default(),
            hands_on: false,
            nested: FxHashMap::default(),
            handlers: 0,
            top: false,
            noinit: false,
            name: Name::new(""),
            conv: None,
        }
    }
}

/// Routines for the arguments of generics: number and result type.
pub(super) type Instances = FxHashMap<(SymId, Vec<TypeId>), (RoutineId, TypeId)>;
/// Types for the arguments of generic ones.
pub(super) type TypeInstances = FxHashMap<(SymId, Vec<TypeId>), TypeId>;

/// The checker of one module.
pub(super) struct Checker<'a, 'r> {
    pub s: &'a mut Sema,
    pub loader: &'a mut dyn Loader,
    pub evaluator: &'a mut dyn Evaluator,
    pub run: &'a mut Run<'r>,
    /// The module that is being checked, whose table takes all new symbols.
    pub module: ModuleIx,
    pub env: Env,
    pub frames: Vec<Frame>,
    pub out: CheckedModule,
    /// Checks in force, changed by `{.push.}`.
    pub checks: Checks,
    /// Within `{.cast(uncheckedAssign).}`: discriminators are fields as others are.
    pub unchecked_assign: bool,
    /// Warnings that are given, changed likewise.
    pub notes: super::notes::Notes,
    pub pushed: Vec<super::pragma::Pushed>,
    pub instances: Instances,
    pub type_instances: TypeInstances,
    /// Nesting of templates and instances, to stop a runaway one.
    pub depth: u32,
    pub gensyms: u32,
    /// Variables whose identities are to be found out when all are known.
    pub made: Vec<(super::typed::GlobalVarId, super::scoped::Found)>,
    /// How many of each name the top level has so far.
    pub overloads: FxHashMap<(Name, bool), u32>,
    /// Statements of the top level that wait to become one chunk.
    pub globals_set: Vec<super::typed::GlobalVarId>,
    /// Where template expansions started, innermost last.
    pub expansions: Vec<(Name, Place)>,
    /// The modules whose templates are being expanded, innermost last.
    pub template_modules: Vec<ModuleIx>,
    /// Type that the current expression's context wants, for `using` and the like.
    pub using: FxHashMap<Name, TypeId>,
    /// Parameters of the anonymous proc whose head is checked that take their type from where it goes.
    pub open_params: FxHashMap<Name, TypeId>,
    /// Inside `compiles` and overload trials: diagnostics are thrown away.
    pub speculating: u32,
    /// What `instances` got meanwhile, in the order in which it came.
    pub trial_instances: Vec<(SymId, Vec<TypeId>)>,
    /// What the branches of `case` statements around say of their selectors.
    pub narrowed: Vec<super::variant::Narrowed>,
    /// Types whose bodies have not been looked at.
    pub pending: FxHashMap<SymId, super::typesection::PendingType>,
    /// Types of the section that is being looked at whose bodies are still to be looked at: their definitions.
    pub bodiless: FxHashMap<TypeId, (SymId, Handle)>,
    /// Path and number of variables in unnamed scopes, by the place of the name.
    pub scoped: FxHashMap<Place, (Arc<str>, u32)>,
    /// Object types that were declared or instantiated here.
    pub objects: Vec<TypeId>,
    /// Names of constants that several enums have, where no type was known yet.
    pub ambiguous_enums: FxHashMap<Place, Vec<SymId>>,
    /// Modules whose private fields `privateAccess` opened.
    pub private_access: Vec<Arc<str>>,
    /// The head of a `for` is being checked: iterators come before procs.
    pub iterator_wanted: bool,
    /// The type that the value at hand must be of, and how that is written.
    pub(super) wanted: Option<(TypeId, super::spelling::Spelling)>,
    /// First values of `{.global.}` locals.
    pub static_inits: Vec<(super::typed::GlobalVarId, Expr)>,
    /// The included file that is being read.
    pub part: Option<crate::source::FileId>,
    /// Included files that are being read, to find cycles.
    pub including: Vec<crate::source::FileId>,
    /// Within how many `const`, `static` and their like the code stands.
    pub static_depth: u32,
    /// How many pieces of compile-time code have names of their own, for the identities of what they declare.
    pub statics: u32,
    /// Identities of what the scopes inside top-level statements declared so far.
    pub inner_names: FxHashSet<String>,
    /// In a concept's body: what its type parameters are bound to so far.
    pub concept: Option<super::relation::Bindings>,
    /// Concepts and types that are being matched.
    pub matching: Vec<(u32, TypeId)>,
    /// Names declared with `{.pragma: name, ….}`, and what they stand for.
    pub user_pragmas: FxHashMap<Name, Vec<crate::syntax::tree::Handle>>,
    /// What names meant before at the top level of modules.
    pub sights: super::sights::Sights,
    /// Candidates of calls before.
    pub known: super::candidates::Known,
    /// Overloads that were chosen before.
    pub choices: super::choices::Choices,
    /// Local scopes around the routine whose body is checked: what is quoted in it sees no more.
    pub quote_depth: usize,
    /// Where a statement stands that others follow: an expansion there may defer something.
    pub statement_at: Option<Place>,
    /// What such an expansion has deferred, and its statements behind that.
    pub left_deferred: Vec<(Expr, Expr)>,
    /// A macro's body is checked: nothing of it runs later.
    pub in_macro: bool,
    /// What is found out of a macro's typed argument.
    pub typing: Option<super::macros::Typing>,
    /// The loop or `if` at the end of what `typeof` looks at: its body, or its branches also without `else`, tell the type.
    pub valued_end: Option<(usize, NodeId)>,
    /// The symbol that the last name stood for.
    pub last_named: Option<SymId>,
    /// The places of the calls around, each with that of the name that is called.
    pub callees: Vec<(Place, Place)>,
    /// The routine that the last call chose.
    pub last_called: Option<SymId>,
    /// What the last call of a template was expanded to, and where that stands, when a typed argument is looked at.
    pub last_expansion: Option<(Handle, Place)>,
    /// What that call looks like, when a typed argument is looked at.
    pub last_shape: Option<super::macros::CallShape>,
    /// What trials of `collect` have found.
    pub probes: Vec<super::macros::Collected>,
    /// Trees that are being read, to share instead of copying them.
    pub current: Vec<Arc<Tree>>,
    /// The top-level statement that is being checked, counted from 1.
    pub order: u32,
    /// What the module declares behind this statement is not seen.
    pub horizon: Option<u32>,
    /// The routine that the current top-level statement defines.
    pub defined: Option<SymId>,
    /// What it has declared so far.
    pub declared: Vec<SymId>,
    /// Names that were looked up although they are not in its text.
    pub looked_up: std::cell::RefCell<LookedUp>,
    /// The state that the last statement found.
    pub last_state: Option<Arc<super::bodies::State>>,
    /// The statements so far, for the next check.
    pub record: Record,
}

impl<'a, 'r> Checker<'a, 'r> {
    /// Checks module `ix`, whose table is fresh.
    pub(super) fn check(
        s: &'a mut Sema,
        loader: &'a mut dyn Loader,
        evaluator: &'a mut dyn Evaluator,
        run: &'a mut Run<'r>,
        ix: ModuleIx,
        trees: Result<Vec<Arc<Tree>>, String>,
    ) -> (CheckedModule, Record) {
        let mut checker = Checker::new(s, loader, evaluator, run, ix);
        checker.import_system();
        checker.declare_main_module();
        if &*checker.out.name == "system" {
            checker.declare_booleans();
        }
        match trees {
            Ok(trees) => checker.top_level(&trees),
            Err(message) => checker.error(Place::default(), message),
        }
        checker.make_defaults();
        checker.finish();
        let record = checker.take_record();
        (checker.out, record)
    }

    /// A checker in the state that the first statement of a module finds.
    pub(super) fn new(
        s: &'a mut Sema,
        loader: &'a mut dyn Loader,
        evaluator: &'a mut dyn Evaluator,
        run: &'a mut Run<'r>,
        ix: ModuleIx,
    ) -> Checker<'a, 'r> {
        let name = s.modules[ix.0 as usize].name.clone();
        let checks = s.config.checks;
        Checker {
            s,
            loader,
            evaluator,
            run,
            module: ix,
            env: Env {
                module: ix,
                scopes: Vec::new(),
                outer: None,
                generic: None,
            },
            frames: Vec::new(),
            out: CheckedModule {
                name,
                ..CheckedModule::default()
            },
            checks,
            notes: Default::default(),
            unchecked_assign: false,
            pushed: Vec::new(),
            instances: FxHashMap::default(),
            type_instances: FxHashMap::default(),
            depth: 0,
            gensyms: 0,
            made: Vec::new(),
            overloads: FxHashMap::default(),
            globals_set: Vec::new(),
            expansions: Vec::new(),
            template_modules: Vec::new(),
            using: FxHashMap::default(),
            open_params: FxHashMap::default(),
            speculating: 0,
            trial_instances: Vec::new(),
            narrowed: Vec::new(),
            pending: FxHashMap::default(),
            bodiless: FxHashMap::default(),
            scoped: FxHashMap::default(),
            objects: Vec::new(),
            ambiguous_enums: FxHashMap::default(),
            private_access: Vec::new(),
            iterator_wanted: false,
            wanted: None,
            static_inits: Vec::new(),
            part: None,
            including: Vec::new(),
            static_depth: 0,
            statics: 0,
            inner_names: FxHashSet::default(),
            concept: None,
            matching: Vec::new(),
            user_pragmas: FxHashMap::default(),
            sights: Default::default(),
            known: Default::default(),
            choices: Default::default(),
            quote_depth: 0,
            in_macro: false,
            statement_at: None,
            left_deferred: Vec::new(),
            typing: None,
            valued_end: None,
            last_named: None,
            callees: Vec::new(),
            last_called: None,
            last_shape: None,
            last_expansion: None,
            probes: Vec::new(),
            current: Vec::new(),
            order: 0,
            horizon: None,
            defined: None,
            declared: Vec::new(),
            looked_up: std::cell::RefCell::default(),
            last_state: None,
            record: Record::default(),
        }
    }

    fn import_system(&mut self) {
        if let Some(&system) = self.s.module_names.get("system")
            && system != self.module
        {
            let import = ImportOf {
                module: system,
                except: Vec::new(),
                qualified_only: false,
            };
            self.s.modules[self.module.0 as usize].imports.push(import);
            self.name_module("system", SymKind::Module(system));
        }
        // A module knows itself.
        let own = self.out.name.clone();
        let own = own.rsplit('/').next().unwrap_or_default();
        self.name_module(own, SymKind::Module(self.module));
    }

    /// Puts a name that nobody declared into the module's scope.
    fn name_module(&mut self, name: &str, kind: SymKind) {
        let name = Name::new(name);
        let sym = self.new_symbol(self.symbol(name, false, Place::default(), kind));
        let scope = &mut self.s.modules[self.module.0 as usize].scope;
        scope.change(name, &mut self.s.changes).push(sym);
    }

    /// `isMainModule` differs from module to module.
    fn declare_main_module(&mut self) {
        let main = self.s.main == Some(self.module);
        let value = self.make(
            ExprKind::Int(i64::from(main)),
            TypeId::BOOL,
            Place::default(),
        );
        self.name_module("isMainModule", SymKind::Alias(Arc::new(value)));
    }

    /// `true` and `false` are there before `bool` is declared.
    fn declare_booleans(&mut self) {
        for (word, value) in [("false", 0), ("true", 1)] {
            let kind = SymKind::EnumConst {
                ty: TypeId::BOOL,
                value,
            };
            self.declare(self.symbol(Name::new(word), true, Place::default(), kind));
        }
    }

    fn top_level(&mut self, trees: &[Arc<Tree>]) {
        self.number_scoped(trees);
        for tree in trees {
            self.defined = None;
            let before = self.sizes();
            self.current.push(tree.clone());
            self.end_group_before(tree.root());
            self.top_statement(tree.root());
            self.current.pop();
            self.note_statement(tree, before);
        }
        self.end_group();
    }

    /// Statements are a group up to the next declaration of a routine, import, or pragma.
    fn end_group_before(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::StmtList => n.kids().for_each(|kid| self.end_group_before(kid)),
            kind if kind.declares_routine() => self.end_group(),
            Kind::Pragma
            | Kind::ImportStmt
            | Kind::ImportExceptStmt
            | Kind::FromStmt
            | Kind::ExportStmt
            | Kind::ExportExceptStmt => self.end_group(),
            _ => {}
        }
    }

    fn end_group(&mut self) {
        if let Some(last) = self.out.init.last_mut() {
            last.ends_group = true;
        }
    }

    fn finish(&mut self) {
        self.instantiate_hooks();
        self.instantiate_methods();
        self.note_migrations();
        self.note_types();
        self.number_made();
        self.check_effects();
        let missing: Vec<(Place, String)> = self.s.modules[self.module.0 as usize]
            .syms
            .iter()
            .filter_map(|sym| match &sym.kind {
                SymKind::Routine(r)
                    if r.forward
                        && r.pragmas.import.is_none()
                        && r.pragmas.magic.is_none()
                        && !r.is_generic()
                        && !super::pragma::has(
                            r.node.cursor().kid(super::routine::part::PRAGMA),
                            "pragma",
                        ) =>
                {
                    Some((sym.place, self.s.types.show_head(r)))
                }
                _ => None,
            })
            .collect();
        for (place, name) in missing {
            let module = self.out.name.clone();
            self.error(
                place,
                format!("implementation of '{module}.{name}' expected"),
            );
        }
        let mut imports: Vec<Arc<str>> = Vec::new();
        for import in &self.s.modules[self.module.0 as usize].imports {
            let name = self.s.modules[import.module.0 as usize].name.clone();
            if !imports.contains(&name) {
                imports.push(name);
            }
        }
        self.out.imports = imports;
    }

    // Diagnostics.

    pub(super) fn place(&self, n: Cursor<'_>) -> Place {
        n.place()
    }

    /// The place of a part of what stands at `whole`, told as the whole is.
    pub(super) fn place_at(&self, part: Cursor<'_>, whole: Place) -> Place {
        Place {
            mark: whole.mark,
            ..self.place(part)
        }
    }

    pub(super) fn report(&mut self, mut diagnostic: Diagnostic) {
        if self.speculating > 0 && diagnostic.severity != Severity::Error {
            return;
        }
        for &(name, place) in self.expansions.iter().rev().take(3) {
            diagnostic.labels.push((
                place,
                format!("template/generic instantiation of `{name}` from here"),
            ));
        }
        self.run.diagnostics.push(diagnostic);
    }

    pub(super) fn error(&mut self, place: Place, message: impl Into<String>) {
        self.report(Diagnostic::error(place, message));
    }

    pub(super) fn unsupported(&mut self, place: Place, feature: impl std::fmt::Display) -> Expr {
        self.report(Diagnostic::unsupported(place, feature));
        self.bad(place)
    }

    /// Runs `f` and says whether it found no error; nothing that it reported stays.
    pub(super) fn speculate<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> (T, bool) {
        let mark = self.run.diagnostics.len();
        let instances = self.trial_instances.len();
        self.speculating += 1;
        let result = f(self);
        self.speculating -= 1;
        // What was instantiated on trial was not given out, so the real use has to make it again.
        for key in self.trial_instances.drain(instances..) {
            self.instances.remove(&key);
        }
        let ok = self.run.diagnostics[mark..]
            .iter()
            .all(|d| d.severity != Severity::Error);
        self.run.diagnostics.truncate(mark);
        (result, ok)
    }

    // Expressions.

    pub(super) fn bad(&self, place: Place) -> Expr {
        Expr {
            kind: ExprKind::Nop,
            ty: TypeId::ERROR,
            place,
        }
    }
    pub(super) fn nop(&self, place: Place) -> Expr {
        Expr {
            kind: ExprKind::Nop,
            ty: TypeId::VOID,
            place,
        }
    }
    pub(super) fn make(&self, kind: ExprKind, ty: TypeId, place: Place) -> Expr {
        Expr { kind, ty, place }
    }
    pub(super) fn get(&self, ty: TypeId) -> &Type {
        self.s.types.get(ty)
    }
    pub(super) fn intern(&mut self, ty: Type) -> TypeId {
        self.s.types.intern(ty)
    }

    // Frames.

    pub(super) fn frame(&mut self) -> &mut Frame {
        self.frames
            .last_mut()
            .expect("code is checked within a routine")
    }

    pub(super) fn new_local(
        &mut self,
        name: Name,
        ty: TypeId,
        kind: LocalKind,
        place: Place,
    ) -> LocalId {
        let locals = &mut self.frame().locals;
        locals.push(Local {
            name,
            ty,
            kind,
            captured: false,
            noinit: false,
            holds: None,
            spelled: ty.into(),
            place,
        });
        LocalId(locals.len() as u32 - 1)
    }

    pub(super) fn temp(&mut self, ty: TypeId, place: Place) -> LocalId {
        self.new_local(Name::new("tmp"), ty, LocalKind::Temp, place)
    }

    pub(super) fn new_label(&mut self) -> LabelId {
        let frame = self.frame();
        frame.labels += 1;
        LabelId(frame.labels - 1)
    }

    /// At a module's top level, or in a block of it, outside of every routine.
    pub(super) fn at_top(&self) -> bool {
        self.frames.last().is_none_or(|frame| frame.top)
    }

    // What goes out.

    pub(super) fn add_routine(&mut self, routine: Routine) {
        if let Some(body) = &routine.body {
            self.s.want_named(body);
        }
        // A closure over compile-time code runs only there.
        let only_static = routine.parent.is_some() && routine.identity.contains(".static ");
        if self.speculating > 0 || only_static || self.in_macro {
            // Kept for lookups during the trial; the module does not get its code.
            let routine = Arc::new(routine);
            self.s.set_routine(routine);
            return;
        }
        let routine = Arc::new(routine);
        self.s.set_routine(routine.clone());
        self.out.routines.push(routine);
    }

    pub(super) fn add_global(&mut self, global: GlobalVar) {
        let global = Arc::new(global);
        self.s.globals[global.id.0 as usize] = Some(global.clone());
        self.out.globals.push(global);
    }

    pub(super) fn add_chunk(&mut self, chunk: TopLevel) {
        self.out.init.push(chunk);
    }
}
