//! Names in the bodies of generic routines that nothing declares.
//!
//! A generic body is checked for each instance. As Nim does, names that cannot depend on a type parameter are looked up
//! where the routine stands, so that a mistake in one that nobody calls is found too. In: the routine's tree. Out:
//! diagnostics. What may depend on more than the text says is left alone: what follows a dot, arguments of templates and
//! macros, branches of a `when` that asks what is declared. A name that the body declares anywhere counts as declared.

use rustc_hash::FxHashSet;

use super::checker::Checker;
use super::routine::part;
use super::symbols::{RoutineSym, SymKind, Syms};
use super::typeexpr::simple_name;
use crate::source::Name;
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// Reports the undeclared names of a generic routine's body.
    pub(super) fn check_generic_names(&mut self, head: &RoutineSym, n: Cursor<'_>) {
        let waits = !self.s.waiting.is_whole(self.module);
        if self.speculating > 0 || !self.expansions.is_empty() || waits {
            return;
        }
        if head.pragmas.magic.is_some() || head.pragmas.import.is_some() {
            return;
        }
        // `addr` is a word of the language that nothing declares.
        let known = ["result", "_", "addr"].map(Name::new);
        let mut own: FxHashSet<Name> = known.into_iter().collect();
        declared(n, &mut own);
        self.generic_names(n.kid(part::BODY), &own);
    }

    fn generic_names(&mut self, n: Cursor<'_>, own: &FxHashSet<Name>) {
        match n.kind() {
            Kind::Ident => self.generic_name(n, own),
            Kind::DotExpr => self.generic_names(n.kid(0), own),
            Kind::ExprColonExpr | Kind::ExprEqExpr => self.generic_names(n.kid(1), own),
            Kind::Call | Kind::Command => self.generic_call(n, own),
            Kind::Infix | Kind::Prefix => {
                let operator = simple_name(n.kid(0)).map(|name| self.lookup(name));
                if operator.is_some_and(|syms| !self.are_templates(&syms)) {
                    n.kids()
                        .skip(1)
                        .for_each(|kid| self.generic_names(kid, own));
                }
            }
            // What a branch of `when` names may be declared by the time that it is taken.
            Kind::WhenStmt => {}
            Kind::ForStmt => {
                // The last two are what is walked through and the body.
                n.kids()
                    .skip(n.len() - 2)
                    .for_each(|kid| self.generic_names(kid, own));
            }
            Kind::OfBranch => self.generic_names(n.last(), own),
            Kind::PragmaExpr => self.generic_names(n.kid(0), own),
            Kind::BreakStmt
            | Kind::Pragma
            | Kind::PragmaBlock
            | Kind::AccQuoted
            | Kind::CallStrLit
            | Kind::AsmStmt
            | Kind::BindStmt
            | Kind::MixinStmt
            | Kind::TypeSection
            | Kind::TemplateDef
            | Kind::MacroDef
            | Kind::ProcTy
            | Kind::IteratorTy
            | Kind::TupleTy
            | Kind::TypeOfExpr
            | Kind::AccTypeof
            | Kind::ImportStmt
            | Kind::FromStmt
            | Kind::ExportStmt
            | Kind::IncludeStmt => {}
            Kind::ProcDef | Kind::FuncDef | Kind::IteratorDef | Kind::ConverterDef => {
                self.generic_names(n.kid(part::BODY), own);
            }
            Kind::Lambda | Kind::Do => self.generic_names(n.last(), own),
            _ => n.kids().for_each(|kid| self.generic_names(kid, own)),
        }
    }

    fn generic_name(&mut self, n: Cursor<'_>, own: &FxHashSet<Name>) {
        let Some(name) = n.name() else { return };
        let is_word = name.as_str().starts_with(|c: char| c.is_alphabetic());
        if is_word && !own.contains(&name) && self.lookup(name).is_empty() {
            self.undeclared(self.place(n), name);
        }
    }

    fn generic_call(&mut self, n: Cursor<'_>, own: &FxHashSet<Name>) {
        let head = n.kid(0);
        let named = match head.kind() {
            Kind::Ident => head.name(),
            Kind::DotExpr => simple_name(head.kid(1)),
            _ => None,
        };
        let syms = named.map(|name| self.lookup(name)).unwrap_or_default();
        if self.takes_trees(&syms) {
            return;
        }
        // In a generic body such a name is reported where the call is.
        let is_word = |name: &Name| name.as_str().starts_with(char::is_alphabetic);
        match named.filter(|name| is_word(name) && !own.contains(name)) {
            Some(name) if head.is(Kind::Ident) && syms.is_empty() => {
                self.undeclared(self.place(n), name);
            }
            _ => self.generic_names(head, own),
        }
        let known = named.is_some_and(|name| own.contains(&name)) || !syms.is_empty();
        if known || !matches!(head.kind(), Kind::Ident | Kind::DotExpr) {
            n.kids()
                .skip(1)
                .for_each(|kid| self.generic_names(kid, own));
        }
    }

    fn are_templates(&self, syms: &Syms) -> bool {
        syms.iter().any(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => matches!(head.kind, Kind::TemplateDef | Kind::MacroDef),
            _ => false,
        })
    }

    /// May it take arguments as trees?
    fn takes_trees(&self, syms: &Syms) -> bool {
        syms.iter().any(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => {
                matches!(head.kind, Kind::TemplateDef | Kind::MacroDef)
                    || head.pragmas.magic.is_some()
            }
            _ => false,
        })
    }
}

/// All names that a tree declares.
fn declared(n: Cursor<'_>, out: &mut FxHashSet<Name>) {
    let mut add = |n: Cursor<'_>| out.extend(simple_name(n));
    match n.kind() {
        Kind::IdentDefs | Kind::VarTuple => n.def_names().for_each(add),
        Kind::ConstDef | Kind::TypeDef | Kind::EnumFieldDef => n.kids().take(1).for_each(add),
        Kind::ForStmt => n.kids().take(n.len() - 2).for_each(add),
        Kind::BlockStmt | Kind::BlockExpr | Kind::MixinStmt | Kind::EnumTy => {
            n.kids().for_each(add)
        }
        Kind::Infix if n.kid(0).name().is_some_and(|op| op == "as") => add(n.kid(2)),
        kind if kind.declares_routine() => add(n.kid(part::NAME)),
        _ => {}
    }
    n.kids().for_each(|kid| declared(kid, out));
}
