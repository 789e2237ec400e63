//! Effects: what a routine may raise, its tags, whether it has side effects, whether it touches what belongs to one thread.
//!
//! In: the checked bodies of a module, and what its routines and proc types declare (`raises`, `tags`, `forbids`,
//! `noSideEffect`, `func`, `gcsafe`, `effectsOf`). Out: errors where they do more. What a routine declares counts in the
//! place of what its body does. A proc that came as a parameter has its effects where it was given (unless
//! `strictEffects` is on and no `effectsOf` names it); any other proc value may do what its type does not exclude.
//! Methods, and routines whose bodies follow further down, may do what they do not exclude either. Defects are not listed.
//!
//! Bodies of the library wait until something needs them (see `deferred`). Effects rest on all bodies that can be
//! reached, so these are checked before the first question, by [`Checker::check_what_counts`]; nothing else has to know of it.
//!
//! `gcsafe` of a routine that declares it is compared where threads are on, of proc types always. The library's own modules use nothing
//! that belongs to one thread.

mod fit;
mod infer;
mod mutation;

use std::sync::Arc;

use super::checker::Checker;
use super::program::Sema;
use super::typed::{Declared, Routine, RoutineId, RoutineKind};
use super::types::TypeId;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::{Name, Place};
use infer::Inference;
use mutation::Mutation;

/// One exception or tag, and where it comes from.
#[derive(Clone)]
struct Found {
    ty: TypeId,
    /// The type as it was written: exceptions are raised as `ref`s.
    shown: TypeId,
    place: Place,
    /// What causes it; nothing where that is not known.
    text: Option<Place>,
}

impl Found {
    fn declared(ty: TypeId, place: Place) -> Found {
        Found {
            ty,
            shown: ty,
            place,
            text: Some(place),
        }
    }

    fn unknown(ty: TypeId, place: Place) -> Found {
        Found {
            text: None,
            ..Found::declared(ty, place)
        }
    }
}

/// Why a routine has side effects.
#[derive(Clone)]
enum Side {
    /// It names a global variable.
    Global {
        name: Arc<str>,
        at: Place,
        declared: Place,
    },
    /// It calls what has side effects.
    Call {
        id: RoutineId,
        at: Place,
        why: Option<Arc<Side>>,
    },
    /// It calls a proc value.
    Value { at: Place },
    /// It changes what a parameter leads to, where that counts.
    Mutation(Mutation),
}

/// What a routine does beside giving a result.
#[derive(Clone, Default)]
struct Effects {
    raises: Vec<Found>,
    tags: Vec<Found>,
    side: Option<Arc<Side>>,
    /// It uses what belongs to one thread: globals with values on the heap.
    gc_unsafe: Option<Unsafe>,
}

/// Why a routine may not run on any thread.
#[derive(Clone)]
enum Unsafe {
    /// It uses this global.
    Global(Arc<str>),
    /// It calls this routine.
    Call(Name),
    /// It calls what this variable holds.
    Variable(Name),
    /// It calls another value, here.
    Value(Place),
}

impl Unsafe {
    /// As Nim says it of a routine.
    fn of(&self, name: Name) -> String {
        let why = match self {
            Unsafe::Global(global) => {
                format!("accesses '{global}' which is a global using GC'ed memory")
            }
            Unsafe::Call(callee) => format!("calls '{callee}'"),
            Unsafe::Variable(variable) => format!("performs an indirect call via '{variable}'"),
            Unsafe::Value(_) => "performs an indirect call here".to_owned(),
        };
        format!("'{name}' is not GC-safe as it {why}")
    }
}

impl Effects {
    /// How much was found: it only grows.
    fn size(&self) -> usize {
        self.raises.len()
            + self.tags.len()
            + usize::from(self.side.is_some())
            + usize::from(self.gc_unsafe.is_some())
    }
}

/// Does a routine come from the modules that are part of midair?
fn is_own_library(identity: &str) -> bool {
    let name = identity.strip_prefix("iterator ").unwrap_or(identity);
    name.starts_with("system.") || name.starts_with("std/")
}

/// Exceptions, tags, and whether there are side effects or uses of a thread's own values.
pub(super) type Summary = (Vec<TypeId>, Vec<TypeId>, bool, bool);

impl Sema {
    /// What those of some routines do on whose effects something rests: what a routine or a proc type declares, which was
    /// compared with them. Nothing else is to be checked again when a body has other effects than before.
    pub(super) fn effects_asked_of(&self, routines: &[RoutineId]) -> Vec<Summary> {
        let mut inference = Inference::new(self);
        let types = |found: &[Found]| {
            let mut types: Vec<TypeId> = found.iter().map(|f| f.ty).collect();
            types.sort();
            types.dedup();
            types
        };
        routines
            .iter()
            .filter(|id| self.effects_asked.contains(id))
            .map(|&id| {
                let effects = inference.of(id);
                (
                    types(&effects.raises),
                    types(&effects.tags),
                    effects.side.is_some(),
                    effects.gc_unsafe.is_some(),
                )
            })
            .collect()
    }
}

/// What a macro may know of a routine's effects.
#[derive(Default)]
pub(super) struct Told {
    /// In the order in which they were found.
    pub raises: Vec<TypeId>,
    pub tags: Vec<TypeId>,
    pub gc_safe: bool,
    pub no_side_effect: bool,
    /// The routines that this rests on.
    pub asked: Vec<RoutineId>,
}

impl Sema {
    /// The effects of one routine.
    pub(super) fn told_effects(&self, id: RoutineId) -> Told {
        let mut inference = Inference::new(self);
        let effects = inference.of(id);
        let types = |found: &[Found]| {
            let mut seen = rustc_hash::FxHashSet::default();
            let types = found.iter().map(|found| found.ty);
            types.filter(|&ty| seen.insert(ty)).collect()
        };
        Told {
            raises: types(&effects.raises),
            tags: types(&effects.tags),
            gc_safe: effects.gc_unsafe.is_none(),
            no_side_effect: effects.side.is_none(),
            asked: inference.asked(),
        }
    }
}

impl Checker<'_, '_> {
    /// Has all bodies there that the routines checked so far can reach. Comes before every inference.
    fn check_what_counts(&mut self) {
        self.s.check_wanted(self.loader, self.evaluator, self.run);
    }

    /// Compares the effects of this module's routines with what they declare.
    pub(super) fn check_effects(&mut self) {
        let is_error = |d: &Diagnostic| d.severity == Severity::Error;
        if self.run.diagnostics.iter().any(is_error) {
            return;
        }
        let promises = |routine: &&Arc<Routine>| {
            let declared = routine.declared.as_ref();
            routine.body.is_some()
                && (routine.kind == RoutineKind::Method || declared.is_some_and(|d| d.promises()))
                && !is_own_library(&routine.identity)
        };
        let routines: Vec<Arc<Routine>> =
            self.out.routines.iter().filter(promises).cloned().collect();
        if routines.is_empty() {
            return;
        }
        self.check_what_counts();
        let mut found = Vec::new();
        let mut inference = Inference::new(self.s);
        for routine in &routines {
            let effects = inference.body(routine);
            if let Some(declared) = &routine.declared {
                self.compare_effects(&inference, routine, declared, &effects, &mut found);
            }
            if let Some(base) = self.base_promises(&inference, routine) {
                let lists = Declared {
                    raises: base.raises.clone(),
                    tags: base.tags.clone(),
                    ..Declared::default()
                };
                self.compare_effects(&inference, routine, &lists, &effects, &mut found);
            }
        }
        let asked = inference.asked();
        self.s.effects_asked.extend(asked);
        for diagnostic in found {
            self.report(diagnostic);
        }
    }

    /// What the method says that this one overrides: a call of that may run this one.
    fn base_promises(&self, inference: &Inference<'_>, method: &Routine) -> Option<Arc<Declared>> {
        if method.kind != RoutineKind::Method {
            return None;
        }
        let object = |routine: &Routine, number: usize| {
            let local = routine.locals.get(routine.params.get(number)?.0 as usize)?;
            let ty = self.s.types.bare(local.ty);
            Some(self.object_of(ty).unwrap_or(ty))
        };
        let overrides = |base: &&Arc<Routine>| {
            base.kind == RoutineKind::Method
                && base.name == method.name
                && base.id != method.id
                && base.params.len() == method.params.len()
                && (0..method.params.len()).all(|number| {
                    let (own, other) = (object(method, number), object(base, number));
                    own.zip(other)
                        .is_some_and(|(own, other)| inference.derives(own, other))
                })
        };
        let bases = self.s.all_routines().filter(overrides);
        bases.filter_map(|base| base.declared.clone()).next()
    }

    fn compare_effects(
        &self,
        inference: &Inference<'_>,
        routine: &Routine,
        declared: &Declared,
        effects: &Effects,
        out: &mut Vec<Diagnostic>,
    ) {
        let mut unlisted = |found: &Found, what: &str| {
            let shown = self.s.types.show(found.shown);
            let cause = match found.text {
                Some(place) => constructed(self.loader.text(place)),
                None => shown.clone(),
            };
            out.push(Diagnostic::error(
                found.place,
                format!("{cause} {what}: {shown}"),
            ));
        };
        let allowed =
            |types: &[TypeId], ty: TypeId| types.iter().any(|&base| inference.derives(ty, base));
        if let Some(types) = &declared.raises {
            for found in effects.raises.iter().filter(|f| !allowed(types, f.ty)) {
                unlisted(found, "can raise an unlisted exception");
            }
        }
        if let Some(types) = &declared.tags {
            for found in effects.tags.iter().filter(|f| !allowed(types, f.ty)) {
                unlisted(found, "can have an unlisted effect");
            }
        }
        for found in &effects.tags {
            if allowed(&declared.forbids, found.ty) {
                unlisted(found, "has an illegal effect");
            }
        }
        if declared.gc_safe
            && self.s.config.threads
            && let Some(why) = &effects.gc_unsafe
        {
            let place = match why {
                Unsafe::Value(place) => *place,
                _ => routine.place,
            };
            out.push(Diagnostic::error(place, why.of(routine.name)));
        }
        if declared.no_side_effect
            && let Some(side) = &effects.side
        {
            let mut text = format!("'{}' can have side effects", routine.name);
            self.explain_side(routine.name, side, 1, &mut text);
            out.push(Diagnostic::error(routine.place, text));
        }
    }

    /// The chain of calls that leads to a side effect.
    fn explain_side(&self, name: Name, side: &Side, level: usize, text: &mut String) {
        let mut line = |level: usize, at: Place, message: String| {
            let (file, line, col) = self.loader.line(at);
            text.push_str(&format!(
                "\n{} {file}({line}, {col}) Hint: {message}",
                ">".repeat(level)
            ));
        };
        match side {
            Side::Mutation(found) => self.explain_mutation(found, text),
            Side::Global {
                name: global,
                at,
                declared,
            } => {
                line(
                    level,
                    *at,
                    format!("'{name}' accesses global state '{global}'"),
                );
                line(
                    level + 1,
                    *declared,
                    format!("'{global}' accessed by '{name}'"),
                );
            }
            Side::Value { at } => line(
                level,
                *at,
                format!("'{name}' calls routine via hidden pointer indirection"),
            ),
            Side::Call { id, at, why } => {
                let Some(callee) = self.s.routine(*id) else {
                    return;
                };
                line(
                    level,
                    *at,
                    format!("'{name}' calls `.sideEffect` '{}'", callee.name),
                );
                line(
                    level + 1,
                    callee.place,
                    format!("'{}' called by '{name}'", callee.name),
                );
                if let Some(why) = why
                    && level < 8
                    && !matches!(**why, Side::Value { .. })
                {
                    self.explain_side(callee.name, why, level + 2, text);
                }
            }
        }
    }
}

impl Checker<'_, '_> {
    fn explain_mutation(&self, found: &Mutation, text: &mut String) {
        text.push_str(&format!(
            "\nan object reachable from '{}' is potentially mutated",
            found.param
        ));
        let mut line = |at: Place, what: &str| {
            let (file, line, col) = self.loader.line(at);
            text.push_str(&format!("\n{file}({line}, {col}) {what}"));
        };
        line(found.at, "the mutation is here");
        if let Some(at) = found.connected {
            line(
                at,
                "is the statement that connected the mutation to the parameter",
            );
        }
    }
}

/// `newException(T, text)` as what it constructs, which is what Nim shows.
fn constructed(text: String) -> String {
    let parts = text
        .strip_prefix("newException(")
        .and_then(|rest| rest.strip_suffix(')'))
        .and_then(|rest| rest.split_once(','));
    match parts {
        Some((ty, message)) => {
            format!("(ref {})(msg: {}, parent: nil)", ty.trim(), message.trim())
        }
        None => text,
    }
}
