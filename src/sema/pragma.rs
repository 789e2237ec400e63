//! Pragmas: reading them, and what each does.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashSet;

use super::checker::Checker;
use super::deprecated::Deprecated;
use super::magic::Magic;
use super::notes::Notes;
use super::symbols::RoutinePragmas;
use super::typed::{Checks, Declared, ExprKind, Import};
use super::types::{CallConv, TypeId};
use crate::mir::LINKED;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// What `{.push.}` put into force.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Pushed {
    /// The checks and warnings before.
    pub before: Option<(Checks, Notes)>,
    /// Pragmas that every following routine gets.
    pub routine: Vec<(Name, Option<Arc<str>>)>,
    /// What they say about effects.
    pub effects: Declared,
    /// A switch of the module, which no `pop` takes back: `experimental: "callOperator"` gives what is called by `()`.
    pub call_operator: bool,
    /// The same for `experimental: "implicitDeref"`: a first argument that does not fit is tried as what it refers to.
    pub implicit_deref: bool,
    /// The same for `experimental: "strictDefs"`, which may also be pushed: a `let` needs no value at once.
    pub late: bool,
}

impl Pushed {
    /// Is it a switch that no `pop` takes back?
    pub fn stays(&self) -> bool {
        self.before.is_none()
    }
}

/// The name of one entry of a pragma: `name`, `name: arg`, `name(arg)`; one of the language's as this file spells it.
pub(super) fn name_of(entry: Cursor<'_>) -> Option<Name> {
    match entry.kind() {
        Kind::Ident => {
            let name = entry.name()?;
            Some(KNOWN.get(&name).copied().unwrap_or(name))
        }
        Kind::ExprColonExpr | Kind::Call | Kind::Command | Kind::ExprEqExpr => {
            name_of(entry.get(0)?)
        }
        Kind::AccQuoted => super::typeexpr::quoted_name(entry),
        _ => None,
    }
}

/// Is `name` among a pragma's entries?
pub(super) fn has(pragma: Cursor<'_>, name: &str) -> bool {
    pragma
        .kids()
        .any(|entry| name_of(entry).is_some_and(|n| n == name))
}

/// The argument of the entry `name`.
pub(super) fn arg<'t>(pragma: Cursor<'t>, name: &str) -> Option<Cursor<'t>> {
    pragma
        .kids()
        .find(|&entry| entry.len() > 1 && name_of(entry).is_some_and(|n| n == name))
        .map(|entry| entry.kid(1))
}

/// The argument of the entry `name`, if it is a string literal.
pub(super) fn string_arg(pragma: Cursor<'_>, name: &str) -> Option<String> {
    Some(String::from_utf8_lossy(arg(pragma, name)?.text()?).into_owned())
}

/// Pragmas of types that mean something here.
const OF_TYPES: &[&str] = &[
    "borrow",
    "importc",
    "exportc",
    "importobjc",
    "dynlib",
    "magic",
    "compilerproc",
    "compilerRtl",
    "core",
    "cppNonPod",
    "gcsafe",
    "partial",
    "package",
    "unchecked",
    "error",
    "noinit",
    "align",
    "pragma",
    "push",
    "pop",
];

/// Pragmas of routines that say something.
const OF_ROUTINES: &[&str] = &[
    "magic",
    "passL",
    "importc",
    "dynlib",
    "varargs",
    "exportc",
    "cdecl",
    "stdcall",
    "noconv",
    "syscall",
    "safecall",
    "nimcall",
    "fastcall",
    "closure",
    "inline",
    "discardable",
    "noreturn",
    "compileTime",
    "compilerproc",
    "compilerRtl",
    "core",
    "dirty",
    "redefine",
    "borrow",
    "noinit",
    "error",
    "deprecated",
    "neverRaises",
    "emit",
    "gcsafe",
    "thread",
    "noSideEffect",
    "sideEffect",
    "raises",
    "tags",
    "forbids",
    "effectsOf",
    "push",
    "pop",
    "pragma",
    "checks",
    "overflowChecks",
    "boundChecks",
    "rangeChecks",
    "nilChecks",
    "fieldChecks",
    "objChecks",
    "assertions",
];

/// The routine that pragmas belong to.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    pub name: Name,
    pub kind: Kind,
}

/// All of the language's pragmas.
static KNOWN: LazyLock<FxHashSet<Name>> = LazyLock::new(|| {
    let of_routines = OF_ROUTINES.iter().chain(IGNORED);
    let all = of_routines.chain(OF_TYPES).chain(OF_VARIABLES);
    all.map(|known| Name::new(known)).collect()
});

/// Is it a pragma of the language's?
pub(super) fn is_known(name: Name) -> bool {
    KNOWN.contains(&name)
}

/// Further pragmas of variables and fields.
const OF_VARIABLES: &[&str] = &[
    "compileTime",
    "guard",
    "intdefine",
    "strdefine",
    "booldefine",
    "exportcpp",
    "importjs",
];

/// Pragmas that say nothing about what a program does here.
pub(super) const IGNORED: &[&str] = &[
    "locks",
    "benign",
    "nodecl",
    "header",
    "used",
    "experimental",
    "hint",
    "warning",
    "hints",
    "warnings",
    "deprecated",
    "since",
    "final",
    "inheritable",
    "acyclic",
    "bycopy",
    "byref",
    "shallow",
    "codegenDecl",
    "rtl",
    "debugger",
    "extern",
    "noinline",
    "stackTrace",
    "lineTrace",
    "lineDir",
    "line",
    "profiler",
    "optimization",
    "callsite",
    "inject",
    "gensym",
    "explain",
    "requiresInit",
    "base",
    "union",
    "packed",
    "pure",
    "size",
    "importcpp",
    "incompleteStruct",
    "completeStruct",
    "cursor",
    "global",
    "threadvar",
    "register",
    "volatile",
    "noreturn",
    "styleChecks",
    "passC",
    "passL",
    "link",
    "compile",
    "localPassc",
    "immediate",
    "constructor",
    "exportNims",
    "memtracker",
    "unchecked",
    "noalias",
    "assertions",
    "mangle",
    "nimcall",
    "fastcall",
    "injectStmt",
    "staticBoundChecks",
    "boundChecks",
    "overflowChecks",
    "rangeChecks",
    "checks",
    "push",
    "pop",
    "singleton",
    "dirty",
    "outparams",
    "ensureMove",
    "push_raises",
    "align",
    "bitsize",
    "importCompilerProc",
    "noRewrite",
    "asmNoStackFrame",
    "gensym",
    "quirky",
    "nosinks",
    "computedGoto",
    "reorder",
    "strictFuncs",
    "doctype",
    "pragma",
];

impl Checker<'_, '_> {
    /// The integer argument of a pragma's entry.
    pub(super) fn pragma_int(&mut self, pragma: Cursor<'_>, name: &str) -> Option<i64> {
        let arg = arg(pragma, name)?;
        match self.const_expr(arg, None).kind {
            ExprKind::Int(value) => Some(value),
            _ => None,
        }
    }

    /// The string argument of an entry, which may be a constant expression.
    pub(super) fn pragma_string(&mut self, entry: Cursor<'_>) -> Option<Arc<str>> {
        let arg = entry.get(1)?;
        if let Some(text) = arg.text() {
            return Some(String::from_utf8_lossy(text).into());
        }
        match self.const_expr(arg, None).kind {
            ExprKind::Str(text) => Some(String::from_utf8_lossy(&text).into()),
            _ => None,
        }
    }

    /// What a routine's pragmas, and those that were pushed, say.
    pub(super) fn routine_pragmas(
        &mut self,
        pragma: Option<Cursor<'_>>,
        of: Owner,
    ) -> RoutinePragmas {
        let mut out = RoutinePragmas::new(self.checks);
        let mut effects = Declared::default();
        for pushed in &self.pushed {
            add_effects(&mut effects, &pushed.effects);
        }
        out.effects = (effects != Declared::default()).then(|| Arc::new(effects));
        let pushed: Vec<_> = self.pushed.iter().flat_map(|p| p.routine.clone()).collect();
        for (entry, arg) in pushed {
            self.routine_pragma(&mut out, entry, arg, of, None);
        }
        for entry in pragma.into_iter().flat_map(|p| p.kids()) {
            let Some(word) = name_of(entry) else { continue };
            if matches!(word.as_str(), "push" | "pop") {
                continue;
            }
            self.routine_entry(&mut out, entry, word, of, 0);
        }
        let program_linked = match out.import.is_some() {
            true => self.program_linked(),
            false => Vec::new(),
        };
        if let Some(import) = &mut out.import {
            import.symbol = import.symbol.replace("$1", of.name.as_str()).into();
            if import.library.is_none() {
                out.linked.extend(program_linked);
            }
            if import.library.is_none() && !out.linked.is_empty() {
                let words: Vec<&str> = out.linked.iter().rev().map(|text| &**text).collect();
                import.library = Some(format!("{LINKED}{}", words.join(" ")).into());
            }
            if out.conv_given.is_none() {
                out.conv = CallConv::C;
            }
        }
        out
    }

    /// What the program as a whole is linked with, the last first. The library's own modules need none of it.
    fn program_linked(&self) -> Vec<Arc<str>> {
        let linked = &self.s.config.linked;
        let file = self.s.modules[self.module.0 as usize].file;
        match linked.is_empty() || self.loader.is_library(file) {
            true => Vec::new(),
            false => linked.iter().rev().cloned().collect(),
        }
    }

    /// One entry of a routine's pragmas; a name that `{.pragma: name, ….}` declared stands for several.
    fn routine_entry(
        &mut self,
        out: &mut RoutinePragmas,
        entry: Cursor<'_>,
        word: Name,
        of: Owner,
        depth: u32,
    ) {
        if depth < 8
            && let Some(entries) = self.user_pragmas.get(&word).cloned()
        {
            for entry in &entries {
                if let Some(word) = name_of(entry.cursor()) {
                    self.routine_entry(out, entry.cursor(), word, of, depth + 1);
                }
            }
            return;
        }
        let mut effects = out.effects.as_deref().cloned().unwrap_or_default();
        if self.effect_pragma(word, entry, &mut effects) {
            out.effects = Some(Arc::new(effects));
            return;
        }
        let wants_string = matches!(
            word.as_str(),
            "magic"
                | "importc"
                | "dynlib"
                | "exportc"
                | "error"
                | "deprecated"
                | "extern"
                | "importcpp"
        );
        let arg = if wants_string {
            self.pragma_string(entry)
        } else {
            None
        };
        self.routine_pragma(out, word, arg, of, Some(entry));
    }

    /// `raises`, `tags` and the like. Says whether it was one.
    pub(super) fn effect_pragma(
        &mut self,
        word: Name,
        entry: Cursor<'_>,
        out: &mut Declared,
    ) -> bool {
        match word.as_str() {
            "gcsafe" | "thread" => out.gc_safe = self.pragma_flag(entry),
            "noSideEffect" => out.no_side_effect = self.pragma_flag(entry),
            "sideEffect" => out.side_effect = self.pragma_flag(entry),
            "raises" | "tags" | "forbids" if entry.len() < 2 => return false,
            "raises" => out.raises = Some(self.effect_types(entry)),
            "tags" => out.tags = Some(self.effect_types(entry)),
            "forbids" => out.forbids = self.effect_types(entry),
            "effectsOf" => out
                .effects_of
                .extend(list_of(entry).iter().filter_map(|n| n.name())),
            _ => return false,
        }
        true
    }

    fn pragma_flag(&mut self, entry: Cursor<'_>) -> bool {
        entry.get(1).is_none_or(|arg| self.const_bool(arg))
    }

    /// The types that an entry lists, as objects.
    pub(super) fn effect_types(&mut self, entry: Cursor<'_>) -> Vec<TypeId> {
        let mut types = Vec::new();
        for node in list_of(entry) {
            let ty = self.type_expr(node);
            match self.object_of(ty) {
                Some(object) => types.push(object),
                None if ty == TypeId::ERROR => {}
                None => {
                    let place = self.place(node);
                    self.error(place, "invalid type for raises/tags list");
                }
            }
        }
        types
    }

    fn routine_pragma(
        &mut self,
        out: &mut RoutinePragmas,
        word: Name,
        arg: Option<Arc<str>>,
        of: Owner,
        entry: Option<Cursor<'_>>,
    ) {
        let own: Arc<str> = of.name.as_str().into();
        if let Some(value) = entry.and_then(|entry| entry.get(1))
            && arg.is_none()
            && matches!(
                word.as_str(),
                "importc" | "exportc" | "extern" | "deprecated" | "dynlib"
            )
        {
            return self.error(self.place(value), "string literal expected");
        }
        if let Some((word, conv)) = convention(word) {
            (out.conv, out.conv_given) = (conv, Some(word));
            out.closure |= conv == CallConv::Closure;
            return;
        }
        match word.as_str() {
            "magic" => {
                let text = arg.unwrap_or(own);
                out.magic = Magic::named(&text);
                if out.magic.is_none()
                    && let Some(entry) = entry
                {
                    self.error(self.place(entry), format!("unknown magic: '{text}'"));
                }
            }
            // What stands below all that is pushed: what the module is linked with, the last first.
            "passL" => out.linked.extend(arg),
            "importc" => import(out).symbol = arg.unwrap_or(own),
            "dynlib" => {
                if arg.is_some() {
                    import(out).library = arg;
                    if import(out).symbol.is_empty() {
                        import(out).symbol = own;
                    }
                }
            }
            "varargs" => import(out).varargs = true,
            "exportc" => out.exportc = true,
            "inline" => out.inline = true,
            "discardable" => out.discardable = true,
            "noreturn" => out.noreturn = true,
            "compileTime" => out.compile_time = true,
            "compilerproc" | "compilerRtl" => out.compilerproc = true,
            "core" => out.core = true,
            "dirty" => out.dirty = true,
            // Another template takes the place of an earlier one with and without it.
            "redefine" if of.kind == Kind::TemplateDef => {}
            "borrow" => out.borrow = true,
            "noinit" => out.noinit = true,
            "error" => out.error = Some(arg.unwrap_or_else(|| "".into())),
            "deprecated" => {
                let why = arg.unwrap_or_else(|| "".into());
                out.deprecated = Some(Deprecated::Itself(why));
            }
            "neverRaises" => out.raises_nothing = true,
            "nodestroy" => {
                if let Some(entry) = entry {
                    self.unsupported(self.place(entry), "the pragma 'nodestroy'");
                }
            }
            "emit" => {
                if let Some(entry) = entry {
                    self.unsupported(self.place(entry), "the pragma 'emit'");
                }
            }
            _ => {
                if let Some(entry) = entry {
                    self.other_pragma(out, word, entry, of);
                }
            }
        }
    }

    fn other_pragma(&mut self, out: &mut RoutinePragmas, word: Name, entry: Cursor<'_>, of: Owner) {
        // Of the switches a routine can have this one alone; the others are pushed.
        if word == "stackTrace" && self.check_switch(&mut out.checks, word, entry)
            || IGNORED.iter().any(|&known| word == known)
        {
            return;
        }
        // A user's own pragma (`template p {.pragma.}`): known by name, without effect.
        if self.user_pragmas.contains_key(&word) || !self.lookup(word).is_empty() {
            return;
        }
        match of.kind {
            Kind::TemplateDef | Kind::MacroDef => {
                let message = format!("cannot attach a custom pragma to '{}'", of.name);
                self.error(self.place(entry), message);
            }
            _ => self.invalid_pragma(entry),
        }
    }

    pub(super) fn invalid_pragma(&mut self, entry: Cursor<'_>) {
        let text = super::source_text::text_of(entry, self);
        self.error(self.place(entry), format!("invalid pragma: {text}"));
    }

    /// Reports pragmas that no type, variable or field can have.
    pub(super) fn check_type_pragmas(&mut self, pragma: Cursor<'_>) {
        for entry in pragma.kids() {
            let Some(word) = name_of(entry) else { continue };
            let mut all = IGNORED.iter().chain(OF_TYPES).chain(OF_VARIABLES);
            let known = all.any(|&known| word == known);
            if !known && !self.user_pragmas.contains_key(&word) && self.lookup(word).is_empty() {
                self.invalid_pragma(entry);
            }
        }
    }

    /// `overflowChecks: off` and its like. Says whether it was one.
    pub(super) fn check_switch(
        &mut self,
        checks: &mut Checks,
        word: Name,
        entry: Cursor<'_>,
    ) -> bool {
        let on = match entry.get(1).and_then(|arg| arg.name()) {
            Some(value) => value == "on" || value == "true",
            None => return false,
        };
        match word.as_str() {
            "checks" => {
                let all = if on { Checks::ON } else { Checks::OFF };
                *checks = Checks {
                    assertions: checks.assertions,
                    traced: checks.traced,
                    nan: on,
                    infinity: on,
                    ..all
                };
            }
            "overflowChecks" => checks.overflow = on,
            "boundChecks" => checks.bounds = on,
            "rangeChecks" => checks.range = on,
            "nilChecks" => checks.nil = on,
            "fieldChecks" => checks.field = on,
            "objChecks" => checks.conversion = on,
            "assertions" => checks.assertions = on,
            "nanChecks" => checks.nan = on,
            "infChecks" => checks.infinity = on,
            "floatChecks" => (checks.nan, checks.infinity) = (on, on),
            "stackTrace" => checks.traced = on,
            _ => return false,
        }
        true
    }

    /// The place of a pragma's entry, or of the whole.
    pub(super) fn entry_place(&self, pragma: Cursor<'_>, name: &str) -> Place {
        pragma
            .kids()
            .find(|&entry| name_of(entry).is_some_and(|n| n == name))
            .map_or_else(|| self.place(pragma), |entry| self.place(entry))
    }
}

/// What stands in the brackets of an entry, or without them.
fn list_of(entry: Cursor<'_>) -> Vec<Cursor<'_>> {
    match entry.get(1) {
        Some(arg) if arg.is(Kind::Bracket) => arg.kids().collect(),
        arg => arg.into_iter().collect(),
    }
}

/// Adds what an inner pragma says to what an outer one said.
fn add_effects(out: &mut Declared, more: &Declared) {
    if more.raises.is_some() {
        out.raises.clone_from(&more.raises);
    }
    if more.tags.is_some() {
        out.tags.clone_from(&more.tags);
    }
    out.forbids.extend(&more.forbids);
    out.no_side_effect |= more.no_side_effect;
    out.side_effect |= more.side_effect;
    out.gc_safe |= more.gc_safe;
    out.strict |= more.strict;
    out.strict_funcs |= more.strict_funcs;
}

fn import(out: &mut RoutinePragmas) -> &mut Import {
    out.import.get_or_insert_with(|| Import {
        symbol: "".into(),
        library: None,
        varargs: false,
    })
}

/// The calling convention with this name.
fn convention(word: Name) -> Option<(&'static str, CallConv)> {
    const CONVENTIONS: [(&str, CallConv); 8] = [
        ("cdecl", CallConv::C),
        ("stdcall", CallConv::C),
        ("noconv", CallConv::C),
        ("syscall", CallConv::C),
        ("safecall", CallConv::C),
        ("nimcall", CallConv::Nimcall),
        ("fastcall", CallConv::Nimcall),
        ("closure", CallConv::Closure),
    ];
    CONVENTIONS.into_iter().find(|(known, _)| word == *known)
}
