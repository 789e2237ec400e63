//! Imports, exports, includes, and the statements of a module's top level.

use std::sync::Arc;

use super::checker::{Checker, Frame};
use super::deprecated::Deprecated;
use super::symbols::{ImportOf, ModuleIx, SymKind};
use super::typed::{Expr, ExprKind, Local, LocalKind, Routine, RoutineId, RoutineKind, TopLevel};
use super::typeexpr::simple_name;
use super::types::{CallConv, TypeId};
use crate::source::{FileId, Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// Modules of Nim's that programs import and that are not here yet.
const NOT_THERE: &[&str] = &[
    "asyncftpclient",
    "asyncjs",
    "channels",
    "coro",
    "db_mysql",
    "db_odbc",
    "db_postgres",
    "dom",
    "epoll",
    "jsbigints",
    "jsconsole",
    "jscore",
    "jsfetch",
    "jsffi",
    "jsformdata",
    "jsheaders",
    "jsre",
    "kqueue",
    "libuv",
    "logic",
    "mysql",
    "nimprof",
    "nimtracker",
    "odbcsql",
    "openssl",
    "parsesql",
    "pcre",
    "postgres",
    "registry",
    "reservedmem",
    "smtp",
    "sockets",
    "ssl_certs",
    "ssl_config",
    "stackframes",
    "tinyc",
    "winlean",
];

impl Checker<'_, '_> {
    /// A statement of the top level: what has code becomes a chunk of the module's initialisation.
    pub(super) fn top_statement(&mut self, n: Cursor<'_>) {
        match n.kind() {
            // A list (from an include or a parser's grouping) is its statements.
            Kind::StmtList => {
                for kid in n.kids() {
                    self.top_statement(kid);
                }
            }
            Kind::WhenStmt => self.top_when(n),
            // Each declaration has a chunk of its own: a reload runs those of new variables.
            Kind::VarSection | Kind::LetSection => {
                if let Some(made) = self.section_pragma_macro(n) {
                    let root = made.root();
                    self.current.push(made.clone());
                    root.kids().for_each(|kid| self.top_statement(kid));
                    self.current.pop();
                    return;
                }
                let kind = match n.kind() {
                    Kind::VarSection => LocalKind::Var,
                    _ => LocalKind::Let,
                };
                for def in n.kids() {
                    self.top_chunk(def, |checker| checker.var_defs(def, kind));
                }
            }
            _ => self.top_chunk(n, |checker| checker.stmt(n)),
        }
    }

    fn top_when(&mut self, n: Cursor<'_>) {
        for kid in n.kids() {
            let taken = match kid.kind() {
                Kind::ElifBranch | Kind::ElifExpr => self.const_bool(kid.kid(0)),
                _ => true,
            };
            if taken {
                self.top_statement(kid.last());
                return;
            }
        }
    }

    fn top_chunk(&mut self, n: Cursor<'_>, code: impl FnOnce(&mut Self) -> Expr) {
        self.order += 1;
        let place = self.place(n);
        let module = self.s.modules[self.module.0 as usize].name.clone();
        let index = self.out.init.len();
        // Nested routines that capture variables of the chunk need its number.
        let provisional = self.s.routine_id(&format!("{module}.top#{index}"));
        let ((code, sets, written), frame) = self.in_top_frame(provisional, |checker| {
            let code = code(checker);
            let code = checker.require_void(code);
            let sets = std::mem::take(&mut checker.globals_set);
            let (code, written) = checker.for_reloads(code, &sets);
            (code, sets, written)
        });
        for (id, init) in std::mem::take(&mut self.static_inits) {
            self.add_static_init(id, init);
        }
        if matches!(code.kind, ExprKind::Nop) {
            return;
        }
        self.add_code(
            provisional,
            Name::new(&module),
            TypeId::VOID,
            frame.locals,
            code,
            place,
        );
        self.add_chunk(TopLevel {
            routine: provisional,
            sets,
            written,
            ends_group: false,
        });
    }

    /// Adds a routine without parameters that no declaration stands for.
    pub(super) fn add_code(
        &mut self,
        id: RoutineId,
        name: Name,
        ret: TypeId,
        locals: Vec<Local>,
        body: Expr,
        place: Place,
    ) {
        self.add_routine(Routine {
            id,
            identity: self.s.routine_identity(id),
            name,
            kind: RoutineKind::Proc,
            conv: CallConv::Nimcall,
            params: Vec::new(),
            ret,
            result: None,
            locals,
            body: Some(Arc::new(body)),
            import: None,
            parent: None,
            inline: false,
            noreturn: false,
            never_raises: false,
            declared: None,
            stand: Default::default(),
            checks: self.checks,
            place,
        });
    }

    /// Runs `f` in the frame of a top-level statement.
    pub(super) fn in_top_frame<T>(
        &mut self,
        id: super::typed::RoutineId,
        f: impl FnOnce(&mut Self) -> T,
    ) -> (T, Frame) {
        let identity = self.s.modules[self.module.0 as usize].name.clone();
        self.frames.push(Frame {
            top: true,
            ..Frame::new(id, identity)
        });
        let result = f(self);
        (result, self.frames.pop().expect("it was pushed"))
    }

    fn add_static_init(&mut self, global: super::typed::GlobalVarId, init: Expr) {
        let identity = format!(
            "init {}",
            self.s
                .global(global)
                .map_or_else(String::new, |g| g.identity.to_string())
        );
        let id = self.s.routine_id(&identity);
        let place = init.place;
        let first = super::written::hash_first(&self.s.types, global, &init);
        self.add_code(id, Name::new("init"), TypeId::VOID, Vec::new(), init, place);
        self.add_chunk(TopLevel {
            routine: id,
            sets: vec![global],
            written: super::typed::Written {
                rest: None,
                firsts: vec![(global, first)],
            },
            ends_group: false,
        });
    }

    /// `import`, `from`, `export`, `include`.
    pub(super) fn module_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        if !self.env.scopes.is_empty() && !n.is(Kind::IncludeStmt) {
            self.error(place, "'import' and 'export' are only allowed at top level");
            return self.bad(place);
        }
        match n.kind() {
            Kind::ImportStmt => {
                for kid in n.kids() {
                    self.import(kid);
                }
            }
            Kind::ImportExceptStmt => {
                let except: Vec<Name> = n.kids().skip(1).filter_map(simple_name).collect();
                if let Some((module, name)) = self.load(n.kid(0)) {
                    self.add_import(module, name, except, false, place);
                }
            }
            Kind::FromStmt => self.import_from(n),
            Kind::ExportStmt | Kind::ExportExceptStmt => self.export(n),
            _ => return self.include(n),
        }
        self.nop(place)
    }

    fn import(&mut self, n: Cursor<'_>) {
        for (spec, name, at) in self.imported(n) {
            if let Some(module) = self.load_spec(&spec, at) {
                self.add_import(module, name, Vec::new(), false, at);
            }
        }
    }

    /// The modules that one part of an `import` names: each one's path, and its name here.
    fn imported(&mut self, n: Cursor<'_>) -> Vec<(String, Name, Place)> {
        let place = self.place(n);
        // `std/[a, b]`
        if !(n.is(Kind::Infix) && n.len() == 3 && n.kid(2).is(Kind::Bracket)) {
            let named = self.named_module(n);
            return named
                .map(|(spec, name)| (spec, name, place))
                .into_iter()
                .collect();
        }
        let Some(dir) = self.spec(n.kid(1)) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for kid in n.kid(2).kids() {
            if let Some((rest, name)) = self.named_module(kid) {
                all.push((format!("{dir}/{rest}"), name, self.place(kid)));
            }
        }
        all
    }

    /// Are there all the modules that an `import` names? That is what `compiles` asks of one.
    pub(super) fn can_import(&mut self, n: Cursor<'_>) -> bool {
        let from = self.s.modules[self.module.0 as usize].file;
        let from = self.part.unwrap_or(from);
        n.kids().all(|kid| match n.kind() {
            Kind::ImportStmt => {
                let modules = self.imported(kid);
                modules
                    .iter()
                    .all(|(spec, ..)| self.loader.resolve(from, spec).is_ok())
            }
            _ => self.can_import(kid),
        })
    }

    /// The path and the name here of a module.
    fn named_module(&mut self, n: Cursor<'_>) -> Option<(String, Name)> {
        let alias = alias_of(n);
        let node = match n.kind() {
            Kind::ImportAs => n.kid(0),
            _ if alias.is_some() => n.kid(1),
            _ => n,
        };
        let spec = self.spec(node)?;
        let name = alias.unwrap_or_else(|| last_part(&spec));
        Some((spec, name))
    }

    /// Loads the module that `n` names. Gives it and the name that it has here.
    fn load(&mut self, n: Cursor<'_>) -> Option<(ModuleIx, Name)> {
        let place = self.place(n);
        let (spec, name) = self.named_module(n)?;
        let module = self.load_spec(&spec, place)?;
        Some((module, name))
    }

    /// Is it a module of Nim's that there is no replacement for?
    fn refuse_module(&mut self, spec: &str, place: Place) -> bool {
        let name = spec.strip_prefix("std/").unwrap_or(spec);
        let known = NOT_THERE.contains(&name);
        if known {
            self.unsupported(place, format!("the module '{name}'"));
        }
        known
    }

    fn load_spec(&mut self, spec: &str, place: Place) -> Option<ModuleIx> {
        let from = self.s.modules[self.module.0 as usize].file;
        match self.loader.resolve(self.part.unwrap_or(from), spec) {
            Ok((name, file)) => {
                let ix = self.s.module(name, file);
                if ix == self.module {
                    self.error(place, "module cannot import itself");
                    return None;
                }
                self.s.require(ix, self.loader, self.evaluator, self.run);
                Some(ix)
            }
            Err(message) => {
                if !self.refuse_module(spec, place) {
                    self.error(place, message);
                }
                None
            }
        }
    }

    /// A module's path as written: `a/b`, `std/x`, `"x y"`.
    fn spec(&mut self, n: Cursor<'_>) -> Option<String> {
        match n.kind() {
            Kind::Ident => Some(n.name()?.to_string()),
            Kind::AccQuoted => Some(super::typeexpr::quoted_name(n)?.to_string()),
            Kind::StrLit | Kind::RStrLit | Kind::TripleStrLit => {
                Some(String::from_utf8_lossy(n.text()?).into_owned())
            }
            Kind::Infix => {
                let op = n.kid(0).name()?;
                let (a, b) = (self.spec(n.kid(1))?, self.spec(n.kid(2))?);
                Some(format!("{a}{op}{b}"))
            }
            Kind::Prefix => {
                let op = n.kid(0).name()?;
                Some(format!("{op}{}", self.spec(n.kid(1))?))
            }
            Kind::DotExpr => Some(format!("{}.{}", self.spec(n.kid(0))?, self.spec(n.kid(1))?)),
            _ => {
                self.error(self.place(n), "a module name was expected");
                None
            }
        }
    }

    fn add_import(
        &mut self,
        module: ModuleIx,
        name: Name,
        except: Vec<Name>,
        qualified_only: bool,
        place: Place,
    ) {
        let own = &mut self.s.modules[self.module.0 as usize];
        own.imports.push(ImportOf {
            module,
            except,
            qualified_only,
        });
        if let Some(why) = self.s.modules[module.0 as usize].deprecated.clone() {
            self.warn_deprecated(name, &Deprecated::Itself(why), place);
        }
        let symbol = self.symbol(name, false, place, SymKind::Module(module));
        let sym = self.new_symbol(symbol);
        let scope = &mut self.s.modules[self.module.0 as usize].scope;
        scope.change(name, &mut self.s.changes).push(sym);
    }

    fn import_from(&mut self, n: Cursor<'_>) {
        let place = self.place(n.kid(0));
        let Some((module, name)) = self.load(n.kid(0)) else {
            return;
        };
        self.add_import(module, name, Vec::new(), true, place);
        for kid in n.kids().skip(1) {
            if kid.is(Kind::NilLit) {
                continue;
            }
            let Some(wanted) = simple_name(kid) else {
                continue;
            };
            let syms = self.s.modules[module.0 as usize]
                .exports
                .get(&wanted)
                .cloned()
                .unwrap_or_default();
            if syms.is_empty() {
                self.undeclared(self.place(kid), wanted);
            }
            for sym in syms {
                self.import_symbol(wanted, sym);
            }
        }
    }

    /// Makes one symbol visible; an enum brings its constants.
    fn import_symbol(&mut self, name: Name, sym: super::symbols::SymId) {
        let scope = &mut self.s.modules[self.module.0 as usize].scope;
        let syms = scope.change(name, &mut self.s.changes);
        if !syms.contains(&sym) {
            syms.push(sym);
        }
        if let SymKind::Type(ty) = self.s.sym(sym).kind
            && let Some(body) = self.s.types.enumeration(ty).cloned()
            && !body.pure
        {
            let table = &self.s.modules[sym.module().0 as usize].exports;
            let constants: Vec<_> = body
                .constants
                .iter()
                .flat_map(|c| table.get(&c.name).into_iter().flatten().map(|&s| (c.name, s)).collect::<Vec<_>>())
                .filter(|&(_, s)| matches!(self.s.sym(s).kind, SymKind::EnumConst { ty: of, .. } if of == ty))
                .collect();
            let scope = &mut self.s.modules[self.module.0 as usize].scope;
            for (name, sym) in constants {
                let syms = scope.change(name, &mut self.s.changes);
                if !syms.contains(&sym) {
                    syms.push(sym);
                }
            }
        }
    }

    fn export(&mut self, n: Cursor<'_>) {
        let except: Vec<Name> = if n.is(Kind::ExportExceptStmt) {
            n.kids().skip(1).filter_map(simple_name).collect()
        } else {
            Vec::new()
        };
        let count = if n.is(Kind::ExportExceptStmt) {
            1
        } else {
            n.len()
        };
        for kid in n.kids().take(count) {
            let place = self.place(kid);
            if let Some(module) = self.module_named(kid) {
                let exports: Vec<(Name, super::symbols::Syms)> = self.s.modules[module.0 as usize]
                    .exports
                    .iter()
                    .filter(|(name, _)| !except.contains(name))
                    .map(|(&name, syms)| (name, syms.clone()))
                    .collect();
                let converters = self.s.modules[module.0 as usize].converters.clone();
                for (name, syms) in exports {
                    self.export_symbols(name, &syms);
                }
                self.s.modules[self.module.0 as usize]
                    .converters
                    .extend(converters);
                continue;
            }
            let Some((name, syms)) = self.syms_of(kid) else {
                continue;
            };
            if syms.is_empty() {
                self.error(place, format!("cannot export: {name}"));
                continue;
            }
            self.export_symbols(name, &syms);
            for sym in syms {
                if let SymKind::Type(ty) = self.s.sym(sym).kind
                    && let Some(body) = self.s.types.enumeration(ty).cloned()
                {
                    for constant in body.constants {
                        let found = self.lookup(constant.name);
                        self.export_symbols(constant.name, &found);
                    }
                }
            }
        }
    }

    fn export_symbols(&mut self, name: Name, syms: &[super::symbols::SymId]) {
        let exports = &mut self.s.modules[self.module.0 as usize].exports;
        let exports = exports.change(name, &mut self.s.changes);
        for &sym in syms {
            if !exports.contains(&sym) {
                exports.push(sym);
            }
        }
    }

    fn include(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        if !self.env.scopes.is_empty() {
            return self.unsupported(place, "'include' inside of a block");
        }
        for kid in n.kids() {
            // `include a/[b, c]`
            if kid.is(Kind::Infix) && kid.len() == 3 && kid.kid(2).is(Kind::Bracket) {
                let Some(dir) = self.spec(kid.kid(1)) else {
                    continue;
                };
                for part in kid.kid(2).kids() {
                    let at = self.place(part);
                    if let Some(rest) = self.spec(part) {
                        self.include_file(&format!("{dir}/{rest}"), at);
                    }
                }
                continue;
            }
            let at = self.place(kid);
            if let Some(spec) = self.spec(kid) {
                self.include_file(&spec, at);
            }
        }
        self.nop(place)
    }

    fn include_file(&mut self, spec: &str, place: Place) {
        let from = self
            .part
            .unwrap_or(self.s.modules[self.module.0 as usize].file);
        let file: FileId = match self.loader.include(from, spec) {
            Ok(file) => file,
            Err(message) => {
                self.error(place, message);
                return;
            }
        };
        if self.including.contains(&file) {
            self.error(place, format!("recursive include of '{spec}'"));
            return;
        }
        self.s.parts.entry(self.module).or_default().push(file);
        match self.loader.trees(file) {
            Ok(trees) => {
                // The included statements are chunks of their own, outside of the `include` statement's.
                let frame = self.frames.pop();
                let saved = self.part.replace(file);
                self.including.push(file);
                for tree in trees {
                    self.current.push(tree.clone());
                    self.top_statement(tree.root());
                    self.current.pop();
                }
                self.including.pop();
                self.part = saved;
                self.frames.extend(frame);
            }
            Err(message) => self.error(place, message),
        }
    }
}

/// The name in `x as name`.
fn alias_of(n: Cursor<'_>) -> Option<Name> {
    match n.kind() {
        Kind::Infix if n.len() == 3 && n.kid(0).name().is_some_and(|op| op == "as") => {
            n.kid(2).name()
        }
        Kind::ImportAs => n.kid(1).name(),
        _ => None,
    }
}

/// What a module is called where it is imported.
fn last_part(spec: &str) -> Name {
    let last = spec.rsplit('/').next().unwrap_or(spec);
    Name::new(last.strip_suffix(".nim").unwrap_or(last))
}
