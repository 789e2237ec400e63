//! `var` and `let` sections.
//!
//! At a module's top level variables are globals, also inside `if`, `block` and loops: they keep their value over reloads.

use std::sync::Arc;

use super::checker::Checker;
use super::deprecated::Deprecated;
use super::macros::symkind;
use super::pragma;
use super::spelling::Spelling;
use super::symbols::SymKind;
use super::typed::{Expr, ExprKind, GlobalVar, GlobalVarId, Import, LocalKind, RoutineId};
use super::typeexpr::simple_name;
use super::types::{Class, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// What stands before the type in a variable's declaration.
pub(super) struct VarHead<'t> {
    pub(super) name: Name,
    pub(super) exported: bool,
    pub(super) pragma: Option<Cursor<'t>>,
    pub(super) place: Place,
    /// A type is given.
    pub(super) typed: bool,
    /// How that is written, or how the value's is.
    pub(super) spelled: Option<Spelling>,
    /// It is a `let` whose value is assigned later.
    late: bool,
}

/// Whose a global is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Storage {
    Program,
    Thread,
    /// Also of the code that runs at compile time.
    CompileTime,
}

impl Checker<'_, '_> {
    pub(super) fn var_head<'t>(&mut self, n: Cursor<'t>) -> Option<VarHead<'t>> {
        let (head, pragma) = n.with_pragmas();
        let name = simple_name(head).or_else(|| self.bound_name(head))?;
        Some(VarHead {
            name,
            exported: self.exports(head),
            pragma,
            place: self.place(head),
            typed: false,
            spelled: None,
            late: false,
        })
    }

    /// A `var` or `let` section.
    pub(super) fn var_section(&mut self, n: Cursor<'_>, kind: LocalKind) -> Expr {
        let mut stmts = Vec::new();
        for def in n.kids() {
            self.any_def(def, kind, &mut stmts);
        }
        self.section(stmts, self.place(n))
    }

    /// The variables of one definition in a section.
    pub(super) fn var_defs(&mut self, def: Cursor<'_>, kind: LocalKind) -> Expr {
        let mut stmts = Vec::new();
        self.any_def(def, kind, &mut stmts);
        self.section(stmts, self.place(def))
    }

    fn any_def(&mut self, def: Cursor<'_>, kind: LocalKind, stmts: &mut Vec<Expr>) {
        match def.kind() {
            Kind::IdentDefs => self.var_def(def, kind, stmts),
            Kind::VarTuple => self.tuple_def(def, kind, stmts),
            _ => {}
        }
    }

    fn section(&mut self, stmts: Vec<Expr>, place: Place) -> Expr {
        match stmts.len() {
            0 => self.nop(place),
            // A scope must see the declarations, so they are not wrapped.
            _ => self.make(ExprKind::Seq(stmts), TypeId::VOID, place).flat(),
        }
    }

    fn var_def(&mut self, n: Cursor<'_>, kind: LocalKind, stmts: &mut Vec<Expr>) {
        let (ty_node, init_node) = (n.def_type(), n.last());
        let declared = (!ty_node.is_empty()).then(|| self.type_expr(ty_node));
        let declared = declared.filter(|&ty| !self.is_auto(ty));
        if let Some(ty) = declared {
            let (named, _) = n.kid(0).with_pragmas();
            self.check_variable_type(ty, kind, self.place(named));
        }
        let names: Vec<Cursor<'_>> = n.def_names().collect();
        for &name_node in &names {
            let Some(mut head) = self.var_head(name_node) else {
                continue;
            };
            head.typed = declared.is_some();
            if let Some(pragma) = head.pragma
                && pragma::has(pragma, "importc")
            {
                self.imported_var(&head, declared, kind);
                continue;
            }
            self.refuse_template_pragma(&head);
            if let Some(pragma) = head.pragma {
                self.check_type_pragmas(pragma);
            }
            let compile_time = head.pragma.is_some_and(|p| pragma::has(p, "compileTime"));
            if compile_time {
                self.compile_time_var(&head, declared, init_node, kind, stmts);
                continue;
            }
            let spelled = declared.map(|ty| self.spell_type(ty_node, ty));
            // Each name gets a value of its own.
            let init = self.initial_value(declared, spelled, init_node, kind, head.place);
            if let Some(value) = &init
                && matches!(value.kind, ExprKind::Routine(_))
                && self.is_inline_iterator(init_node)
            {
                let shown = self.s.types.show(value.ty);
                let word = section_word(kind);
                self.error(head.place, format!("invalid type: '{shown}' for {word}"));
            }
            let ty = match (declared, &init) {
                (Some(ty), _) => ty,
                (None, Some(init)) => init.ty,
                (None, None) => {
                    let message = match ty_node.is_empty() {
                        true => format!("'{}' needs a type or a value", head.name),
                        false => format!("invalid type: 'auto' for {}", section_word(kind)),
                    };
                    self.error(head.place, message);
                    TypeId::ERROR
                }
            };
            head.late = self.is_late(&head, ty, kind, init.as_ref());
            head.spelled = match (declared, &init) {
                (None, Some(init)) => Some(self.spell_value_at(init_node, init)),
                _ => spelled,
            };
            self.note_own(name_node, symkind::of_variable(kind), ty);
            self.declare_var(&head, ty, kind, init, stmts);
        }
    }

    /// Is it a `let` that gets its value later? It is an error where that is not allowed.
    fn is_late(
        &mut self,
        head: &VarHead<'_>,
        ty: TypeId,
        kind: LocalKind,
        init: Option<&Expr>,
    ) -> bool {
        let noinit = head.pragma.is_some_and(|p| pragma::has(p, "noinit"));
        if kind != LocalKind::Let || init.is_some() || ty == TypeId::ERROR || noinit {
            return false;
        }
        let late = self.allows_late();
        if !late {
            self.error(head.place, "'let' symbol requires an initialization");
        }
        late
    }

    /// Does the name stand for an iterator that has no values?
    fn is_inline_iterator(&self, n: Cursor<'_>) -> bool {
        let syms = simple_name(n).map(|name| self.lookup(name));
        syms.unwrap_or_default()
            .iter()
            .any(|&sym| match &self.s.sym(sym).kind {
                SymKind::Routine(head) => head.kind == Kind::IteratorDef && !head.pragmas.closure,
                _ => false,
            })
    }

    /// A macro takes a whole section with one variable; where there are several, it cannot be a pragma.
    fn refuse_template_pragma(&mut self, head: &VarHead<'_>) {
        let Some(pragma) = head.pragma else { return };
        for entry in pragma.kids().filter(|entry| entry.is(Kind::Ident)) {
            let Some(word) = entry.name() else { continue };
            if self.user_pragmas.contains_key(&word) {
                continue;
            }
            let is_template = self.lookup(word).iter().any(|&sym| {
                matches!(&self.s.sym(sym).kind, SymKind::Routine(r) if r.kind == Kind::MacroDef || r.is_template() && !r.params.is_empty())
            });
            if is_template {
                self.invalid_pragma(entry);
            }
        }
    }

    /// A variable that compile-time code uses: it gets its first value at once. Code that runs later sees that value.
    fn compile_time_var(
        &mut self,
        head: &VarHead<'_>,
        declared: Option<TypeId>,
        init_node: Cursor<'_>,
        kind: LocalKind,
        stmts: &mut Vec<Expr>,
    ) {
        let place = head.place;
        let init = self.statically(|c| c.initial_value(declared, None, init_node, kind, place));
        let Some(ty) = declared.or(init.as_ref().map(|init| init.ty)) else {
            return self.error(place, format!("'{}' needs a type or a value", head.name));
        };
        if self.speculating > 0 || ty == TypeId::ERROR {
            return self.declare_var(head, ty, kind, init, stmts);
        }
        self.s.modules[self.module.0 as usize].compile_time_state = true;
        let Some(id) =
            self.declare_global(head, ty, kind, None, Storage::CompileTime, init.as_ref())
        else {
            return;
        };
        let global = self.make(ExprKind::Global(id), ty, place);
        if let Some(init) = init.filter(|init| init.ty != TypeId::ERROR) {
            let set = ExprKind::Assign(Box::new(global.clone()), Box::new(init));
            let set = self.make(set, TypeId::VOID, place);
            if let Err(why) = self.evaluate(&set) {
                return self.no_value(why, place);
            }
        }
        let first = self.evaluate(&global).ok();
        let first = first.map(|value| Expr { ty, place, ..value });
        if self.at_top() {
            self.init_global(id, first, place, stmts);
        } else {
            self.init_static_local(id, first, place);
        }
    }

    /// `let x: auto = 1` says as much as `let x = 1`.
    pub(super) fn is_auto(&self, ty: TypeId) -> bool {
        matches!(self.get(ty), Type::Class(class) if matches!(**class, Class::Any))
    }

    fn check_variable_type(&mut self, ty: TypeId, kind: LocalKind, place: Place) {
        self.check_storable(ty, &format!(" for {}", section_word(kind)), place);
    }

    fn initial_value(
        &mut self,
        declared: Option<TypeId>,
        spelling: Option<Spelling>,
        n: Cursor<'_>,
        kind: LocalKind,
        place: Place,
    ) -> Option<Expr> {
        if n.is_empty() {
            if let Some(ty) = declared
                && matches!(self.get(ty), Type::Object(_))
            {
                let missing = self.missing_fields(ty, &[]);
                if !missing.is_empty() {
                    let shown = self.s.types.show(ty);
                    let message = format!(
                        "The {shown} type doesn't have a default value. The following fields must be initialized: {missing}."
                    );
                    self.error(place, message);
                }
            }
            return match declared {
                // Fields may have declared defaults.
                Some(ty) if self.has_field_defaults(ty) => Some(self.default_value(ty, place)),
                _ => None,
            };
        }
        if let Some(ty) = declared {
            let value = self.expr_wanted(n, ty, spelling.unwrap_or(ty.into()));
            return Some(value);
        }
        if let Some((shown, hint)) = self.without_value(n) {
            let word = section_word(kind);
            self.error(place, format!("invalid type: '{shown}' for {word}{hint}"));
            return Some(self.bad(place));
        }
        let value = self.expr(n, None);
        if !self.has_value(&value) {
            return Some(self.bad(place));
        }
        let head = place;
        let place = value.place;
        match self.get(value.ty).clone() {
            Type::Nil => {
                self.error(
                    head,
                    format!("invalid type: 'typeof(nil)' for {}", section_word(kind)),
                );
                Some(self.bad(place))
            }
            Type::Empty if matches!(value.kind, ExprKind::Set(_)) => {
                self.no_element_type("set", place)
            }
            Type::Empty => self.no_element_type("array", place),
            Type::Seq(elem) if elem == TypeId::EMPTY => self.no_element_type("sequence", place),
            Type::Array { elem, .. } if elem == TypeId::EMPTY => {
                self.no_element_type("array", place)
            }
            Type::Set(elem) if elem == TypeId::EMPTY => self.no_element_type("set", place),
            Type::TypeDesc(_) | Type::Untyped | Type::Typed | Type::OpenArray(_) => {
                self.error(
                    place,
                    format!(
                        "invalid type: '{}' for {}",
                        self.s.types.show(value.ty),
                        section_word(kind)
                    ),
                );
                Some(self.bad(place))
            }
            Type::StaticValue(base, _) => Some(Expr { ty: base, ..value }),
            _ => Some(value),
        }
    }

    fn no_element_type(&mut self, what: &str, place: Place) -> Option<Expr> {
        self.error(place, format!("cannot infer the type of the {what}"));
        Some(self.bad(place))
    }

    /// A variable of C.
    fn imported_var(&mut self, head: &VarHead<'_>, ty: Option<TypeId>, kind: LocalKind) {
        let Some(pragma) = head.pragma else { return };
        let symbol: Arc<str> = pragma::string_arg(pragma, "importc")
            .unwrap_or_else(|| head.name.to_string())
            .into();
        let library = pragma::string_arg(pragma, "dynlib").map(Arc::from);
        let import = Import {
            symbol,
            library,
            varargs: false,
        };
        let ty = ty.unwrap_or(TypeId::ERROR);
        self.declare_global(head, ty, kind, Some(import), Storage::Program, None);
    }

    pub(super) fn declare_var(
        &mut self,
        head: &VarHead<'_>,
        ty: TypeId,
        kind: LocalKind,
        init: Option<Expr>,
        stmts: &mut Vec<Expr>,
    ) {
        let place = head.place;
        let has = |name| head.pragma.is_some_and(|p| pragma::has(p, name));
        let is_global = self.at_top() || has("global") || has("threadvar");
        if head.name == "_" {
            if let Some(init) = init {
                stmts.push(self.make(ExprKind::Discard(Box::new(init)), TypeId::VOID, place));
            }
            return;
        }
        if is_global && self.speculating == 0 {
            let threadvar = has("threadvar");
            if threadvar && init.is_some() {
                let message = "a thread var cannot be initialized explicitly; this would only run for the main thread";
                self.error(place, message);
            }
            // In a block or loop of the top level, `{.global.}` still says: once.
            let once = has("global") && !self.env.scopes.is_empty();
            let top = self.at_top() && !once;
            let storage = if threadvar {
                Storage::Thread
            } else {
                Storage::Program
            };
            let id = self.declare_global(head, ty, kind, None, storage, init.as_ref());
            let held = held_by(head, init.as_ref());
            if let (Some(id), Some(global)) = (id, self.out.globals.last_mut()) {
                let global = Arc::make_mut(global);
                global.holds = held;
                global.spelled = head.spelled.unwrap_or(ty.into());
                self.s.globals[id.0 as usize] = Some(Arc::new(global.clone()));
            }
            if let (Some(id), Some(pragma)) = (id, head.pragma)
                && pragma::has(pragma, "compilerproc")
            {
                self.s.hooks.system_globals.insert(head.name, id);
            }
            if let Some(id) = id {
                if top {
                    self.init_global(id, init, place, stmts);
                } else {
                    self.init_static_local(id, init, place);
                }
            }
            return;
        }
        let local_kind = if head.pragma.is_some_and(|p| pragma::has(p, "cursor")) {
            LocalKind::Cursor
        } else {
            kind
        };
        let local = self.new_local(head.name, ty, local_kind, place);
        self.frame().locals[local.0 as usize].spelled = head.spelled.unwrap_or(ty.into());
        if head.pragma.is_some_and(|p| pragma::has(p, "noinit")) {
            self.frame().locals[local.0 as usize].noinit = true;
        }
        if head.late {
            self.frame().late.push(local);
        }
        self.frame().locals[local.0 as usize].holds = held_by(head, init.as_ref());
        let depth = self.frames.len() - 1;
        let mutable = kind != LocalKind::Let;
        let kind = SymKind::Local {
            depth,
            id: local,
            ty,
            mutable,
        };
        let mut symbol = self.symbol(head.name, false, place, kind);
        symbol.deprecated = Deprecated::of(head.pragma);
        self.declare(symbol);
        stmts.push(self.make(
            ExprKind::Let(local, init.map(Box::new)),
            TypeId::VOID,
            place,
        ));
    }

    fn declare_global(
        &mut self,
        head: &VarHead<'_>,
        ty: TypeId,
        kind: LocalKind,
        import: Option<Import>,
        storage: Storage,
        init: Option<&Expr>,
    ) -> Option<GlobalVarId> {
        let (name, place) = (head.name, head.place);
        let module = self.s.modules[self.module.0 as usize].name.clone();
        // The number that a template's own name has says nothing: any expansion before it changes it.
        let own = name.as_str().split_once("`gensym");
        let plain = own.map_or(name, |parts| Name::new(parts.0));
        let identity: Arc<str> = if !self.at_top() {
            self.scoped_identity(plain).into()
        } else if own.is_some() {
            format!("{module}.template {plain}").into()
        } else if self.env.scopes.is_empty() {
            format!("{module}.{name}").into()
        } else {
            match self.scoped.get(&place) {
                Some((path, number)) => format!("{module}.scope {path}.{number}").into(),
                // Declared by a template: nothing but the order tells it from others.
                None => format!("{module}.scope {name}").into(),
            }
        };
        let path = identity.clone();
        let is_made = match self.at_top() {
            true => {
                own.is_some() || identity.contains(".scope ") && !self.scoped.contains_key(&place)
            }
            // Other modules may have the same instance of a generic, and have to come to the same.
            false => !is_instance(&identity),
        };
        let mut identity = identity;
        while self.out.globals.iter().any(|g| g.identity == identity) {
            identity = format!("{identity}'").into();
        }
        let id = self.s.global_id(&identity);
        // That of an instance is where the generic is.
        let owner = match is_instance(&identity) {
            true => identity.split('.').next().unwrap_or_default(),
            false => &module,
        };
        let shown: Arc<str> = format!("{owner}.{plain}").into();
        let is_let = kind == LocalKind::Let;
        let mutable = !is_let;
        let kind = SymKind::Global { id, ty, mutable };
        let mut symbol = self.symbol(name, head.exported, place, kind);
        symbol.deprecated = Deprecated::of(head.pragma);
        self.declare(symbol);
        if ty == TypeId::ERROR {
            return None;
        }
        self.add_global(GlobalVar {
            id,
            identity,
            shown,
            ty,
            is_let,
            import,
            threadvar: storage == Storage::Thread,
            compile_time: storage == Storage::CompileTime,
            holds: None,
            spelled: ty.into(),
            nested: self.at_top() && !self.env.scopes.is_empty(),
            place,
        });
        if is_made {
            self.note_made(id, path, init, place);
        }
        Some(id)
    }

    fn init_global(
        &mut self,
        id: GlobalVarId,
        init: Option<Expr>,
        place: Place,
        stmts: &mut Vec<Expr>,
    ) {
        self.globals_set.push(id);
        if init.as_ref().is_some_and(|i| i.ty == TypeId::ERROR) {
            return;
        }
        stmts.push(self.make(
            ExprKind::InitGlobal(id, init.map(Box::new)),
            TypeId::VOID,
            place,
        ));
    }

    /// A `{.global.}` local is initialised with the module, before its top level runs.
    fn init_static_local(&mut self, id: GlobalVarId, init: Option<Expr>, place: Place) {
        let Some(init) = init.filter(|i| i.ty != TypeId::ERROR) else {
            return;
        };
        let stmt = self.make(
            ExprKind::InitGlobal(id, Some(Box::new(init))),
            TypeId::VOID,
            place,
        );
        self.static_inits.push((id, stmt));
    }
}

impl Expr {
    /// A sequence of one statement is that statement.
    pub(super) fn flat(self) -> Expr {
        match self.kind {
            ExprKind::Seq(mut stmts) if stmts.len() == 1 => stmts.pop().expect("there is one"),
            kind => Expr { kind, ..self },
        }
    }
}

/// The routine that is the value of a variable without a type.
fn held_by(head: &VarHead<'_>, init: Option<&Expr>) -> Option<RoutineId> {
    let mut value = init.filter(|_| !head.typed)?;
    while let ExprKind::Convert { value: inner, .. } = &value.kind {
        value = inner;
    }
    match value.kind {
        ExprKind::Routine(id) => Some(id),
        _ => None,
    }
}

/// The keyword of the section that declares a variable.
fn section_word(kind: LocalKind) -> &'static str {
    match kind {
        LocalKind::Let => "let",
        _ => "var",
    }
}

/// Does an identity name an instance of a generic, as in `m.f[int](T).x`?
fn is_instance(identity: &str) -> bool {
    let mut depth = 0u32;
    identity.chars().any(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == '[' && depth == 0
    })
}
