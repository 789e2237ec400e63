//! `{.deprecated.}`, on whatever can have a name, and as a statement.
//!
//! In: pragmas, when something is declared. Out: what its symbol or field says to whoever uses it.

use std::sync::Arc;

use super::checker::Checker;
use super::pragma;
use super::symbols::{SymId, SymKind};
use super::typeexpr::simple_name;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// Why a name should not be used any more.
#[derive(Clone, Debug)]
pub enum Deprecated {
    /// Its declaration says so, perhaps with what to do instead.
    Itself(Arc<str>),
    /// It is a constant of an enum that is deprecated.
    Enum(Name, Arc<str>),
    /// It is another name for something.
    Alias(Name),
}

impl Deprecated {
    /// What the pragmas of a declaration say.
    pub(super) fn of(pragma: Option<Cursor<'_>>) -> Option<Deprecated> {
        let pragma = pragma.filter(|&pragma| pragma::has(pragma, "deprecated"))?;
        let why = pragma::string_arg(pragma, "deprecated").unwrap_or_default();
        Some(Deprecated::Itself(why.into()))
    }

    fn of_name(&self, name: Name) -> String {
        let (why, what) = match self {
            Deprecated::Alias(other) => {
                return format!("use {other} instead; {name} is deprecated");
            }
            Deprecated::Itself(why) => (why, name.to_string()),
            Deprecated::Enum(owner, why) => {
                let what = format!("enum '{owner}' which contains field '{name}'");
                (why, what)
            }
        };
        match why.is_empty() {
            true => format!("{what} is deprecated"),
            false => format!("{why}; {what} is deprecated"),
        }
    }
}

impl Checker<'_, '_> {
    pub(super) fn note_use(&mut self, sym: SymId, place: Place) {
        if let Some(why) = self.s.sym(sym).deprecated.clone() {
            self.warn_deprecated(self.s.sym(sym).name, &why, place);
        }
    }

    /// Warns that something that is deprecated was used.
    pub(super) fn warn_deprecated(&mut self, name: Name, why: &Deprecated, place: Place) {
        if !self.expansions.is_empty() {
            return;
        }
        let call = self.callees.iter().rev().find(|(call, _)| *call == place);
        let place = call.map_or(place, |&(_, name)| name);
        self.warn("Deprecated", place, why.of_name(name));
    }

    /// What a field or a constant of an enum says, which cannot say why.
    pub(super) fn deprecated_part(&mut self, pragma: Option<Cursor<'_>>) -> bool {
        let Some(pragma) = pragma else { return false };
        let mut entries = pragma.kids();
        let entry =
            entries.find(|&entry| pragma::name_of(entry).is_some_and(|n| n == "deprecated"));
        if let Some(entry) = entry
            && entry.len() > 1
        {
            let place = self.place(entry);
            self.error(place, "annotation to deprecated not supported here");
        }
        entry.is_some()
    }

    /// `{.deprecated.}`, `{.deprecated: "why".}`, which are about the module, and `{.deprecated: [old: new].}`.
    pub(super) fn deprecated_statement(&mut self, entry: Cursor<'_>) {
        let why = match entry.get(1) {
            None => Arc::from(""),
            Some(arg) if let Some(text) = arg.text() => String::from_utf8_lossy(text).into(),
            Some(list) => return self.deprecated_names(list),
        };
        self.s.modules[self.module.0 as usize].deprecated = Some(why);
    }

    fn deprecated_names(&mut self, list: Cursor<'_>) {
        if !list.is(Kind::Bracket) {
            let place = self.place(list);
            return self.error(place, "list of key:value pairs expected");
        }
        for pair in list.kids() {
            let old = pair.get(0).and_then(simple_name);
            match old.filter(|_| pair.is(Kind::ExprColonExpr)) {
                Some(old) => self.deprecated_name(old, pair),
                None => {
                    let place = self.place(pair);
                    self.error(place, "key:value pair expected");
                }
            }
        }
    }

    /// One more name for something.
    fn deprecated_name(&mut self, old: Name, pair: Cursor<'_>) {
        let Some((name, syms)) = self.syms_of(pair.kid(1)) else {
            return;
        };
        if syms.is_empty() {
            return self.undeclared(self.place(pair.kid(1)), name);
        }
        let is_routine = |&sym: &SymId| matches!(self.s.sym(sym).kind, SymKind::Routine(_));
        if syms.iter().any(is_routine) {
            let text = "the .deprecated pragma is unreliable for routines";
            self.warn("User", self.place(pair), text);
        }
        for sym in syms {
            if matches!(self.s.sym(sym).kind, SymKind::Pending) {
                self.resolve_pending(sym);
            }
            let kind = self.s.sym(sym).kind.clone();
            let mut alias = self.symbol(old, true, self.place(pair.kid(0)), kind);
            alias.deprecated = Some(Deprecated::Alias(name));
            self.declare(alias);
        }
    }
}
