//! The names that a template's body declares itself: each expansion gives them a fresh spelling, in the scope that they are
//! declared in. Elsewhere in the body the same name means what it means around the template.
//!
//! Those that are `{.inject.}`ed or exported keep their spelling, and so do routines and generic parameters, unless they are
//! marked `{.gensym.}`.

use rustc_hash::FxHashMap;

use super::checker::Checker;
use super::pragma;
use super::routine::part;
use super::template_copy::{Expansion, Replacement};
use super::typeexpr::simple_name;
use crate::source::Name;
use crate::syntax::tree::{Cursor, Kind};

/// The names that one scope of a body declares.
type Declared<'t> = FxHashMap<Name, Replacement<'t>>;

impl Checker<'_, '_> {
    /// Gives fresh names to what the outermost scope of a body declares.
    pub(super) fn outer_declarations(&mut self, body: Cursor<'_>, x: &mut Expansion<'_>) {
        let mut scope = Declared::default();
        self.declarations(Kind::StmtList, body, x, &mut scope);
        x.map.extend(scope);
    }

    /// Gives fresh names to what the scope that `n` is declares. They are for the scope alone, so those before come back.
    pub(super) fn inner_declarations<'t>(
        &mut self,
        n: Cursor<'_>,
        x: &mut Expansion<'t>,
    ) -> Option<FxHashMap<Name, Replacement<'t>>> {
        let mut scope = Declared::default();
        self.own_names(n, x, &mut scope);
        for kid in n.kids() {
            self.declarations(n.kind(), kid, x, &mut scope);
        }
        if scope.is_empty() {
            return None;
        }
        let outer = x.map.clone();
        x.map.extend(scope);
        Some(outer)
    }

    /// What a scope's head declares in it: a loop's variables, a routine's parameters.
    fn own_names<'t>(&mut self, n: Cursor<'_>, x: &Expansion<'t>, scope: &mut Declared<'t>) {
        match n.kind() {
            Kind::ForStmt => {
                for var in n.kids().take(n.len() - 2) {
                    self.fresh_variable(var, x, scope);
                }
            }
            Kind::BlockStmt | Kind::BlockExpr => self.fresh_name(n.kid(0), x, scope),
            Kind::ExceptBranch => {
                for ty in n.kids().take(n.len() - 1) {
                    if ty.is(Kind::Infix) && ty.kid(0).name().is_some_and(|op| op == "as") {
                        self.fresh_name(ty.kid(2), x, scope);
                    }
                }
            }
            kind if kind.is_routine() && kind != Kind::MacroDef => self.parameters(n, x, scope),
            _ => {}
        }
    }

    fn parameters<'t>(&mut self, n: Cursor<'_>, x: &Expansion<'t>, scope: &mut Declared<'t>) {
        // Generic parameters keep their names: a result type that is an argument may mention them.
        for def in n.kid(part::GENERICS).kids().filter(|d| d.len() > 2) {
            for name in def.def_names().filter_map(simple_name) {
                keep(name, x, scope);
            }
        }
        // Parameters belong to the routine and are renamed with it.
        let params = n.kid(part::PARAMS).kids().skip(1);
        for def in params.filter(|d| d.is(Kind::IdentDefs)) {
            for name in def.def_names() {
                self.fresh_variable(name, x, scope);
            }
        }
    }

    /// What a node declares in the scope that it stands in.
    fn declarations<'t>(
        &mut self,
        parent: Kind,
        n: Cursor<'_>,
        x: &Expansion<'t>,
        scope: &mut Declared<'t>,
    ) {
        if opens_scope(parent, n) {
            if n.kind().is_routine() && has_routine_pragma(n, "gensym") {
                self.fresh_name(n.kid(part::NAME), x, scope);
            }
            return;
        }
        match n.kind() {
            Kind::VarSection | Kind::LetSection | Kind::ConstSection => {
                for def in n.kids() {
                    for name in def.def_names() {
                        self.fresh_variable(name, x, scope);
                    }
                }
            }
            Kind::TypeSection => {
                for def in n.kids().filter(|d| d.is(Kind::TypeDef)) {
                    self.fresh_variable(def.kid(0), x, scope);
                }
            }
            _ => {}
        }
        for kid in n.kids() {
            self.declarations(n.kind(), kid, x, scope);
        }
    }

    fn fresh_variable<'t>(&mut self, n: Cursor<'_>, x: &Expansion<'t>, scope: &mut Declared<'t>) {
        if n.is(Kind::VarTuple) {
            for kid in n.kids() {
                if matches!(kid.kind(), Kind::Ident | Kind::PragmaExpr | Kind::VarTuple) {
                    self.fresh_variable(kid, x, scope);
                }
            }
            return;
        }
        if has_pragma(n, "inject") || matches!(n.kind(), Kind::Postfix) {
            if let Some(name) = simple_name(n) {
                keep(name, x, scope);
            }
            return;
        }
        self.fresh_name(n, x, scope);
    }

    fn fresh_name<'t>(&mut self, n: Cursor<'_>, x: &Expansion<'t>, scope: &mut Declared<'t>) {
        let Some(name) = simple_name(n) else { return };
        // What hides a name further out shares its spelling: the value of `let x = x` means the one further out.
        if name == "_" || scope.contains_key(&name) || x.map.contains_key(&name) {
            return;
        }
        self.gensyms += 1;
        let fresh = Name::new(&format!("{name}`gensym{}", self.gensyms));
        scope.insert(name, Replacement::Fresh(fresh));
    }
}

/// Keeps a name's spelling in a scope.
fn keep<'t>(name: Name, x: &Expansion<'t>, scope: &mut Declared<'t>) {
    if !x.map.contains_key(&name) {
        scope.entry(name).or_insert(Replacement::Fresh(name));
    }
}

/// Does a node open a scope of its own? The branches of `when` do not.
pub(super) fn opens_scope(parent: Kind, n: Cursor<'_>) -> bool {
    match n.kind() {
        Kind::BlockStmt
        | Kind::BlockExpr
        | Kind::ForStmt
        | Kind::WhileStmt
        | Kind::OfBranch
        | Kind::ExceptBranch
        | Kind::Finally => true,
        Kind::ElifBranch | Kind::ElifExpr | Kind::Else | Kind::ElseExpr => parent != Kind::WhenStmt,
        kind => kind.is_routine() || parent == Kind::TryStmt,
    }
}

/// The names under `bind` and `mixin`. Of a dirty template's names only those under `bind` belong to its own scope.
pub(super) fn find_binds(n: Cursor<'_>, expansion: &mut Expansion<'_>) {
    match n.kind() {
        Kind::BindStmt => expansion.closed.extend(n.kids().filter_map(simple_name)),
        Kind::MixinStmt if !expansion.dirty => {
            expansion.open.extend(n.kids().filter_map(simple_name));
        }
        _ => {}
    }
    for kid in n.kids() {
        find_binds(kid, expansion);
    }
}

fn has_pragma(n: Cursor<'_>, name: &str) -> bool {
    n.is(Kind::PragmaExpr) && n.get(1).is_some_and(|p| pragma::has(p, name))
}

fn has_routine_pragma(n: Cursor<'_>, name: &str) -> bool {
    n.get(part::PRAGMA)
        .is_some_and(|p| p.is(Kind::Pragma) && pragma::has(p, name))
}
