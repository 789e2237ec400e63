//! Pragmas that stand as statements: `{.push.}` and `{.pop.}`, checks, messages, experimental features, what to link with.

use std::sync::Arc;

use super::checker::Checker;
use super::pragma::{IGNORED, Pushed, name_of};
use super::typed::Declared;
use crate::ffi::link;
use crate::source::Name;
use crate::syntax::tree::Cursor;

/// Experimental features that change what a program means from where they are switched on.
const SWITCHES: &[&str] = &[
    "callOperator",
    "implicitDeref",
    "strictDefs",
    "strictEffects",
    "strictFuncs",
];

/// Those that are always on, and those that only have Nim warn.
const SILENT_FEATURES: &[&str] = &[
    "caseStmtMacros",
    "codeReordering",
    "destructor",
    "dotOperators",
    "dynamicBindSym",
    "flexibleOptionalParams",
    "forLoopMacros",
    "overloadableEnums",
    "parallel",
    "strictNotNil",
    "unicodeOperators",
    "vmopsDanger",
    "vtables",
];

/// Those that programs would need.
const MISSING_FEATURES: &[&str] = &[
    "compiletimeFFI",
    "genericsOpenSym",
    "inferGenericTypes",
    "notnil",
    "openSym",
    "strictCaseObjects",
    "typeBoundOps",
    "views",
];

impl Checker<'_, '_> {
    /// A pragma that stands as a statement.
    pub(super) fn pragma_statement(&mut self, n: Cursor<'_>) {
        let first = n.get(0).and_then(name_of);
        if first.is_some_and(|name| name == "push") {
            self.push_pragmas(n);
            return;
        }
        if first.is_some_and(|name| name == "pop") {
            match self.pushed.pop_if(|pushed| !pushed.stays()) {
                Some(pushed) => {
                    if let Some(before) = pushed.before {
                        (self.checks, self.notes) = before;
                    }
                }
                None => self.error(
                    self.place(n.kid(0)),
                    "{.pop.} without a corresponding {.push.}",
                ),
            }
            return;
        }
        for entry in n.kids() {
            if self.note_switch(entry) {
                continue;
            }
            let Some(word) = name_of(entry) else { continue };
            let place = self.place(entry);
            match word.as_str() {
                "emit" | "asm" => {
                    self.unsupported(place, format!("the pragma '{word}'"));
                }
                "error" | "fatal" => {
                    if let Some(text) = self.message(entry) {
                        let fatal = if word == "fatal" { "fatal error: " } else { "" };
                        self.error(place, format!("{fatal}{text}"));
                    }
                }
                "warning" => {
                    if let Some(text) = self.message(entry) {
                        self.warn("User", place, text);
                    }
                }
                "hint" => _ = self.message(entry),
                // Nim tells what was found out so far as a hint.
                "effects" => {}
                "experimental" => self.experimental(entry),
                "pragma" => {
                    if let Some(name) = entry.get(1).and_then(|a| a.name()) {
                        // The rest of the list is what the name stands for.
                        let rest = n.kids().skip_while(|kid| kid.id != entry.id).skip(1);
                        let rest = rest.map(|entry| self.handle(entry)).collect();
                        self.user_pragmas.insert(name, rest);
                    }
                    return;
                }
                "passL" => self.pass_l(entry),
                "deprecated" => self.deprecated_statement(entry),
                "compile" | "link" => {
                    self.unsupported(place, format!("the pragma '{word}'"));
                }
                _ => {
                    let mut checks = self.checks;
                    if self.check_switch(&mut checks, word, entry) {
                        self.checks = checks;
                    } else if !IGNORED.iter().any(|&known| word == known) {
                        let module = self.s.modules[self.env.module.0 as usize].name.clone();
                        let message = format!("cannot attach a custom pragma to '{module}'");
                        self.error(place, message);
                    }
                }
            }
        }
    }

    /// What a pragma tells whoever compiles the program.
    fn message(&mut self, entry: Cursor<'_>) -> Option<Arc<str>> {
        let text = match entry.get(1) {
            Some(_) => self.pragma_string(entry),
            None => None,
        };
        if text.is_none() {
            let place = self.place(entry);
            self.error(place, "string literal expected");
        }
        text
    }

    /// What is switched on stands below all that is pushed, and is not popped.
    fn experimental(&mut self, entry: Cursor<'_>) {
        let word = self.pragma_string(entry);
        if let Some(word) = word.as_deref() {
            self.check_feature(word, entry);
        }
        let is_on = |switch| word.as_deref().is_none_or(|word| word == switch);
        let pushed = Pushed {
            call_operator: is_on("callOperator"),
            implicit_deref: is_on("implicitDeref"),
            late: word.as_deref() == Some("strictDefs"),
            ..Pushed::default()
        };
        if pushed != Pushed::default() {
            self.pushed.insert(0, pushed);
        }
        let effects = Declared {
            strict: word.as_deref() == Some("strictEffects"),
            strict_funcs: word.as_deref() == Some("strictFuncs"),
            ..Declared::default()
        };
        if effects != Declared::default() {
            let pushed = Pushed {
                effects,
                ..Pushed::default()
            };
            self.pushed.insert(0, pushed);
        }
    }

    /// Refuses features that Nim does not know, and those that are not there yet.
    fn check_feature(&mut self, word: &str, entry: Cursor<'_>) {
        let place = self.place(entry);
        if MISSING_FEATURES.contains(&word) {
            self.unsupported(place, format!("{{.experimental: \"{word}\".}}"));
        } else if !SWITCHES.contains(&word) && !SILENT_FEATURES.contains(&word) {
            let place = self.place(entry.get(1).unwrap_or(entry));
            self.error(place, "unknown experimental feature");
        }
    }

    /// A feature that is switched on up to a `pop`.
    fn push_feature(&mut self, entry: Cursor<'_>, pushed: &mut Pushed) {
        let Some(word) = self.pragma_string(entry) else {
            return;
        };
        match SWITCHES.contains(&&*word) {
            true if &*word == "strictDefs" => pushed.late = true,
            true => {
                let place = self.place(entry);
                self.unsupported(place, format!("{{.push experimental: \"{word}\".}}"));
            }
            false => self.check_feature(&word, entry),
        }
    }

    fn pass_l(&mut self, entry: Cursor<'_>) {
        // Where C functions of this module that name no library are looked for. What every process has needs no linking. It stands
        // below all that is pushed, and is not popped.
        let place = self.place(entry);
        let text = self.pragma_string(entry).unwrap_or_else(|| "".into());
        if let Some(word) = link::unknown(&text) {
            self.unsupported(
                place,
                format!("passL: \"{word}\", which is no library that can be loaded"),
            );
        } else if link::is_more(&text) {
            self.pushed.insert(
                0,
                Pushed {
                    routine: vec![(Name::new("passL"), Some(text))],
                    ..Pushed::default()
                },
            );
        }
    }

    fn push_pragmas(&mut self, n: Cursor<'_>) {
        let mut pushed = Pushed {
            before: Some((self.checks, self.notes.clone())),
            ..Pushed::default()
        };
        let mut checks = self.checks;
        for entry in n.kids().skip(1) {
            if self.note_switch(entry) {
                continue;
            }
            let Some(word) = name_of(entry) else { continue };
            if self.check_switch(&mut checks, word, entry)
                || self.effect_pragma(word, entry, &mut pushed.effects)
            {
                continue;
            }
            match word.as_str() {
                "importc" | "dynlib" | "cdecl" | "stdcall" | "noconv" | "nimcall" | "inline"
                | "discardable" | "noinit" | "exportc" | "varargs" | "closure" | "compilerproc" => {
                    let arg = self.pragma_string(entry);
                    pushed.routine.push((word, arg));
                }
                "emit" => {
                    self.unsupported(self.place(entry), "the pragma 'emit'");
                }
                "experimental" => self.push_feature(entry, &mut pushed),
                // It saves copies, and changes nothing that a program can see.
                "sinkInference" => {}
                _ if IGNORED.iter().any(|&known| word == known) => {}
                _ => self.error(self.place(entry), format!("invalid pragma: {word}")),
            }
        }
        self.checks = checks;
        self.pushed.push(pushed);
    }
}
