//! The names that a template's body declares itself: each expansion gives them a fresh spelling.
//!
//! Those that are `{.inject.}`ed or exported keep their spelling, and so do routines and generic parameters, unless they are
//! marked `{.gensym.}`.

use super::checker::Checker;
use super::pragma;
use super::routine::part;
use super::template_copy::{Expansion, Replacement};
use super::typeexpr::simple_name;
use crate::source::Name;
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// Gives fresh names to what the body declares.
    pub(super) fn find_declarations(&mut self, n: Cursor<'_>, expansion: &mut Expansion<'_>) {
        match n.kind() {
            Kind::BindStmt => {
                expansion.closed.extend(n.kids().filter_map(simple_name));
                return;
            }
            Kind::MixinStmt => {
                expansion.open.extend(n.kids().filter_map(simple_name));
                return;
            }
            Kind::VarSection | Kind::LetSection | Kind::ConstSection => {
                for def in n.kids() {
                    let names = if def.is(Kind::ConstDef) {
                        1
                    } else {
                        def.len().saturating_sub(2)
                    };
                    for name in def.kids().take(names) {
                        self.fresh_variable(name, expansion);
                    }
                }
            }
            Kind::ForStmt => {
                for var in n.kids().take(n.len() - 2) {
                    self.fresh_variable(var, expansion);
                }
            }
            Kind::BlockStmt | Kind::BlockExpr => self.fresh_name(n.kid(0), expansion),
            Kind::TypeSection => {
                for def in n.kids().filter(|d| d.is(Kind::TypeDef)) {
                    self.fresh_variable(def.kid(0), expansion);
                }
            }
            Kind::ExceptBranch => {
                for ty in n.kids().take(n.len() - 1) {
                    if ty.is(Kind::Infix) && ty.kid(0).name().is_some_and(|op| op == "as") {
                        self.fresh_name(ty.kid(2), expansion);
                    }
                }
            }
            Kind::ProcDef
            | Kind::FuncDef
            | Kind::IteratorDef
            | Kind::MethodDef
            | Kind::ConverterDef
            | Kind::TemplateDef
            | Kind::Lambda
            | Kind::Do => {
                if has_routine_pragma(n, "gensym") {
                    self.fresh_name(n.kid(part::NAME), expansion);
                }
                // Generic parameters keep their names: a result type that is an argument may mention them.
                for def in n.kid(part::GENERICS).kids().filter(|d| d.len() > 2) {
                    for name in def.kids().take(def.len() - 2).filter_map(simple_name) {
                        let kept = Replacement::Fresh(name);
                        expansion.map.entry(name).or_insert(kept);
                    }
                }
                // Parameters belong to the routine and are renamed with it.
                for def in n
                    .kid(part::PARAMS)
                    .kids()
                    .skip(1)
                    .filter(|d| d.is(Kind::IdentDefs))
                {
                    for name in def.kids().take(def.len() - 2) {
                        self.fresh_variable(name, expansion);
                    }
                }
            }
            _ => {}
        }
        for kid in n.kids() {
            self.find_declarations(kid, expansion);
        }
    }

    fn fresh_variable(&mut self, n: Cursor<'_>, expansion: &mut Expansion<'_>) {
        if n.is(Kind::VarTuple) {
            for kid in n.kids() {
                if matches!(kid.kind(), Kind::Ident | Kind::PragmaExpr | Kind::VarTuple) {
                    self.fresh_variable(kid, expansion);
                }
            }
            return;
        }
        if has_pragma(n, "inject") || matches!(n.kind(), Kind::Postfix) {
            if let Some(name) = simple_name(n) {
                expansion
                    .map
                    .entry(name)
                    .or_insert(Replacement::Fresh(name));
            }
            return;
        }
        self.fresh_name(n, expansion);
    }

    fn fresh_name(&mut self, n: Cursor<'_>, expansion: &mut Expansion<'_>) {
        let Some(name) = simple_name(n) else { return };
        if name == "_" || name == "result" || expansion.map.contains_key(&name) {
            return;
        }
        self.gensyms += 1;
        let fresh = Name::new(&format!("{name}`gensym{}", self.gensyms));
        expansion.map.insert(name, Replacement::Fresh(fresh));
    }
}

/// Of a dirty template's names only those under `bind` belong to its own scope.
pub(super) fn find_binds(n: Cursor<'_>, expansion: &mut Expansion<'_>) {
    if n.is(Kind::BindStmt) {
        expansion.closed.extend(n.kids().filter_map(simple_name));
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
