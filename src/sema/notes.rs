//! Which warnings are given: `{.warning[Deprecated]: off.}` and its like.
//!
//! In: entries of pragmas that switch kinds of warnings. Out: the set of those that are off, which is part of what a statement
//! finds, and warnings that are given, left out, or made errors by it. Hints are switched the same way, but none is given.

use super::checker::Checker;
use super::typed::ExprKind;
use super::types::TypeId;
use crate::diagnostics::Diagnostic;
use crate::source::Place;
use crate::syntax::tree::{Cursor, Kind};

/// What was switched, by Nim's names of the kinds.
#[derive(Clone, Default, PartialEq, Debug)]
pub(super) struct Notes {
    /// `{.warnings: off.}`
    silent: bool,
    off: Vec<&'static str>,
    errors: Vec<&'static str>,
}

const WARNINGS: &[&str] = &[
    "CannotOpenFile",
    "OctalEscape",
    "XIsNeverRead",
    "XmightNotBeenInit",
    "Deprecated",
    "ConfigDeprecated",
    "DotLikeOps",
    "SmallLshouldNotBeUsed",
    "UnknownMagic",
    "RedefinitionOfLabel",
    "UnknownSubstitutionX",
    "BrokenLink",
    "LanguageXNotSupported",
    "FieldXNotSupported",
    "warnRstStyle",
    "CommentXIgnored",
    "TypelessParam",
    "UseBase",
    "WriteToForeignHeap",
    "UnsafeCode",
    "UnusedImport",
    "InheritFromException",
    "EachIdentIsTuple",
    "UnsafeSetLen",
    "UnsafeDefault",
    "ProveInit",
    "ProveField",
    "ProveIndex",
    "UnreachableElse",
    "UnreachableCode",
    "IndexCheck",
    "GcUnsafe",
    "GcUnsafe2",
    "Uninit",
    "GcMem",
    "Destructor",
    "LockLevel",
    "ResultShadowed",
    "Spacing",
    "CaseTransition",
    "CycleCreated",
    "ObservableStores",
    "StrictNotNil",
    "ResultUsed",
    "CannotOpen",
    "FileChanged",
    "EnumConv",
    "AnyEnumConv",
    "HoleEnumConv",
    "CStringConv",
    "PtrToCstringConv",
    "Effect",
    "User",
    // Since Nim 2.
    "BareExcept",
    "CastSizes",
    "IgnoredSymbolInjection",
    "ImplicitDefaultValue",
    "ImplicitTemplateRedefinition",
    "InconsistentSpacing",
    "StdPrefix",
    "StmtListLambda",
    "UnnamedBreak",
    "UnsafeAddr",
];

const HINTS: &[&str] = &[
    "Success",
    "SuccessX",
    "CC",
    "LineTooLong",
    "XDeclaredButNotUsed",
    "DuplicateModuleImport",
    "XCannotRaiseY",
    "ConvToBaseNotNeeded",
    "ConvFromXtoItselfNotNeeded",
    "ExprAlwaysX",
    "QuitCalled",
    "Processing",
    "ProcessingStmt",
    "CodeBegin",
    "CodeEnd",
    "Conf",
    "Path",
    "CondTrue",
    "CondFalse",
    "Name",
    "Pattern",
    "Exec",
    "Link",
    "Dependency",
    "Source",
    "Performance",
    "StackTrace",
    "GCStats",
    "GlobalVar",
    "ExpandMacro",
    "User",
    "UserRaw",
    "ExtendedContext",
    "MsgOrigin",
    "DeclaredLoc",
];

impl Checker<'_, '_> {
    /// `warning[X]: on`, `hints: off` and the like. Says whether the entry was one.
    pub(super) fn note_switch(&mut self, entry: Cursor<'_>) -> bool {
        let whole = entry.is(Kind::ExprColonExpr);
        let switch = if whole { entry.kid(0) } else { entry };
        if !switch.is(Kind::BracketExpr) {
            return whole && self.all_notes_switch(switch, entry.kid(1));
        }
        let names = (switch.kid(0).name(), switch.get(1).and_then(|n| n.name()));
        let (Some(list), Some(kind), true, 2) = (names.0, names.1, whole, switch.len()) else {
            self.invalid_pragma(entry);
            return true;
        };
        let known = if list == "warning" || list == "warningAsError" {
            WARNINGS
        } else if list == "hint" || list == "hintAsError" {
            HINTS
        } else {
            &[]
        };
        // Case does not count here, not even that of the first letter.
        let is_meant = |known: &&str| kind.as_str().replace('_', "").eq_ignore_ascii_case(known);
        let Some(kind) = known.iter().copied().find(is_meant) else {
            self.invalid_pragma(entry);
            return true;
        };
        let Some(on) = self.note_flag(entry.kid(1)) else {
            return true;
        };
        if list == "warning" {
            set(&mut self.notes.off, kind, !on);
        } else if list == "warningAsError" {
            set(&mut self.notes.errors, kind, on);
        }
        true
    }

    fn all_notes_switch(&mut self, switch: Cursor<'_>, value: Cursor<'_>) -> bool {
        let Some(word) = switch
            .name()
            .filter(|&word| word == "warnings" || word == "hints")
        else {
            return false;
        };
        if let Some(on) = self.note_flag(value)
            && word == "warnings"
        {
            self.notes.silent = !on;
        }
        true
    }

    fn note_flag(&mut self, n: Cursor<'_>) -> Option<bool> {
        let value = self.const_expr(n, Some(TypeId::BOOL));
        let value = self.coerce(value, TypeId::BOOL);
        match self.constant_of(value).kind {
            ExprKind::Int(value) => Some(value != 0),
            _ => None,
        }
    }

    /// Gives a warning of this kind, unless it is switched off.
    pub(super) fn warn(&mut self, kind: &str, place: Place, text: impl std::fmt::Display) {
        if self.notes.silent || self.notes.off.contains(&kind) {
            return;
        }
        let text = format!("{text} [{kind}]");
        let found = match self.notes.errors.contains(&kind) {
            true => Diagnostic::error(place, text),
            false => Diagnostic::warning(place, text),
        };
        self.report(found);
    }
}

fn set(list: &mut Vec<&'static str>, name: &'static str, is_in: bool) {
    list.retain(|&other| other != name);
    if is_in {
        list.push(name);
    }
}
