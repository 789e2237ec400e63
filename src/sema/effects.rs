//! Effects: what a routine may raise, its tags, and whether it has side effects.
//!
//! They are worked out from the checked bodies, along the calls, once a module is checked, and compared with what its
//! routines declare (`raises`, `tags`, `forbids`, `noSideEffect`, `func`). What a routine declares counts in the place of
//! what its body does. A proc that came as a parameter has its effects where it was given; any other proc value may do
//! what its type does not exclude. Defects are not listed.
//!
//! Bodies of the library wait until something needs them (see `deferred`). Effects rest on all bodies that can be reached, so
//! these are checked before the first question, by [`Checker::check_what_counts`]; nothing else has to know of it.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::checker::Checker;
use super::program::Sema;
use super::typed::{Declared, Expr, ExprKind, LocalKind, Pardon, Routine, RoutineId};
use super::types::{ProcType, Type, TypeId};
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::{Name, Place};

/// One exception or tag, and where it comes from.
#[derive(Clone)]
struct Found {
    ty: TypeId,
    /// It was raised here, as a `ref`.
    raised: bool,
    place: Place,
    /// A call of what is not known.
    unknown: bool,
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
}

/// What a routine does beside giving a result.
#[derive(Clone, Default)]
struct Effects {
    raises: Vec<Found>,
    tags: Vec<Found>,
    side: Option<Arc<Side>>,
}

/// Works out effects, and keeps those that are known.
struct Inference<'a> {
    sema: &'a Sema,
    known: FxHashMap<RoutineId, Arc<Effects>>,
    /// Routines whose effects were asked for.
    asked: FxHashSet<RoutineId>,
    visiting: Vec<RoutineId>,
    /// A routine that is being visited was met again: what came out is not the whole.
    cut: bool,
}

/// One body.
struct Walk<'i, 'a> {
    inference: &'i mut Inference<'a>,
    routine: &'i Routine,
    out: Effects,
    pardon: Pardon,
}

/// Does a routine come from the modules that are part of midair?
fn is_own_library(identity: &str) -> bool {
    let name = identity.strip_prefix("iterator ").unwrap_or(identity);
    name.starts_with("system.") || name.starts_with("std/")
}

impl<'a> Inference<'a> {
    fn new(sema: &'a Sema) -> Inference<'a> {
        Inference {
            sema,
            known: FxHashMap::default(),
            asked: FxHashSet::default(),
            visiting: Vec::new(),
            cut: false,
        }
    }

    fn of(&mut self, id: RoutineId) -> Arc<Effects> {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        self.asked.insert(id);
        if self.visiting.contains(&id) || self.visiting.len() > 500 {
            self.cut = true;
            return Arc::default();
        }
        let Some(routine) = self.sema.routine(id) else {
            return Arc::default();
        };
        self.visiting.push(id);
        let outer_cut = std::mem::take(&mut self.cut);
        let mut effects = self.body(&routine);
        self.visiting.pop();
        self.declared(&routine, &mut effects);
        let effects = Arc::new(effects);
        if !self.cut || self.visiting.is_empty() {
            self.known.insert(id, effects.clone());
        }
        self.cut |= outer_cut;
        effects
    }

    /// What a body does, whatever is declared.
    fn body(&mut self, routine: &Routine) -> Effects {
        let mut walk = Walk {
            inference: self,
            routine,
            out: Effects::default(),
            pardon: Pardon::default(),
        };
        if let Some(body) = &routine.body {
            walk.expr(body);
        }
        let mut out = walk.out;
        if routine.import.is_some() && !is_own_library(&routine.identity) {
            out.side = Some(Arc::new(Side::Value { at: routine.place }));
        }
        out
    }

    fn declared(&self, routine: &Routine, effects: &mut Effects) {
        let Some(declared) = &routine.declared else {
            return;
        };
        let listed = |types: &[TypeId]| {
            types
                .iter()
                .map(|&ty| Found {
                    ty,
                    raised: false,
                    place: routine.place,
                    unknown: false,
                })
                .collect()
        };
        if let Some(types) = &declared.raises {
            effects.raises = listed(types);
        }
        if let Some(types) = &declared.tags {
            effects.tags = listed(types);
        }
        if declared.no_side_effect {
            effects.side = None;
        } else if declared.side_effect {
            effects.side = Some(Arc::new(Side::Value { at: routine.place }));
        }
    }

    fn system_type(&self, name: &str) -> Option<TypeId> {
        self.sema.hooks.system_types.get(&Name::new(name)).copied()
    }

    fn derives(&self, ty: TypeId, base: TypeId) -> bool {
        let mut at = Some(ty);
        while let Some(current) = at {
            if current == base {
                return true;
            }
            at = self
                .sema
                .types
                .object(current)
                .and_then(|(_, body)| body.base);
        }
        false
    }
}

impl Walk<'_, '_> {
    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Raise(value) => {
                let exception = match value {
                    Some(value) => match self.inference.sema.types.get(value.ty) {
                        Type::Ref(inner) => Some(*inner),
                        _ => None,
                    },
                    None => self.inference.system_type("Exception"),
                };
                if let Some(ty) = exception {
                    self.raises(Found {
                        ty,
                        raised: value.is_some(),
                        place: value.as_ref().map_or(expr.place, |v| v.place),
                        unknown: value.is_none(),
                    });
                }
            }
            ExprKind::Global(id) => {
                if let Some(global) = self.inference.sema.global(*id) {
                    let name = global.shown.rsplit('.').next().unwrap_or("").into();
                    self.side(Side::Global {
                        name,
                        at: expr.place,
                        declared: global.place,
                    });
                }
            }
            ExprKind::Call(id, args) => {
                self.routine(*id, expr.place);
                args.iter().for_each(|arg| self.proc_argument(arg));
            }
            ExprKind::For { iterator, args, .. } => {
                self.routine(*iterator, expr.place);
                args.iter().for_each(|arg| self.proc_argument(arg));
            }
            ExprKind::CallValue(callee, _) => self.value(callee, expr.place),
            ExprKind::Checks(checks, body) => {
                let before = self.pardon;
                self.pardon = before.with(checks.pardon);
                self.expr(body);
                self.pardon = before;
                return;
            }
            ExprKind::Try {
                body,
                excepts,
                finally,
            } => {
                let before = std::mem::take(&mut self.out.raises);
                self.expr(body);
                let raised = std::mem::replace(&mut self.out.raises, before);
                for found in raised {
                    let caught = excepts.iter().any(|except| {
                        except.types.is_empty()
                            || except
                                .types
                                .iter()
                                .any(|&ty| self.inference.derives(found.ty, ty))
                    });
                    if !caught {
                        self.out.raises.push(found);
                    }
                }
                excepts.iter().for_each(|except| self.expr(&except.body));
                finally.iter().for_each(|finally| self.expr(finally));
                return;
            }
            _ => {}
        }
        expr.each_child(&mut |child| self.expr(child));
    }

    fn raises(&mut self, found: Found) {
        let defect = self.inference.system_type("Defect");
        let is_defect = defect.is_some_and(|defect| self.inference.derives(found.ty, defect));
        if !self.pardon.raises
            && !is_defect
            && !self
                .out
                .raises
                .iter()
                .any(|f| f.ty == found.ty && f.place == found.place)
        {
            self.out.raises.push(found);
        }
    }

    fn tag(&mut self, found: Found) {
        if !self.pardon.tags && !self.out.tags.iter().any(|f| f.ty == found.ty) {
            self.out.tags.push(found);
        }
    }

    fn side(&mut self, side: Side) {
        if !self.pardon.side_effect && self.out.side.is_none() {
            self.out.side = Some(Arc::new(side));
        }
    }

    /// The effects of a routine that is called, or given to one that calls it.
    fn routine(&mut self, id: RoutineId, place: Place) {
        let effects = self.inference.of(id);
        for found in &effects.raises {
            self.raises(Found {
                place,
                unknown: false,
                ..found.clone()
            });
        }
        for found in &effects.tags {
            self.tag(Found {
                place,
                ..found.clone()
            });
        }
        if let Some(why) = &effects.side {
            let why = Some(why.clone());
            self.side(Side::Call { id, at: place, why });
        }
    }

    /// A proc value that is called.
    fn value(&mut self, callee: &Expr, place: Place) {
        let types = &self.inference.sema.types;
        let Type::Proc(proc_type) = types.get(types.repr(callee.ty)) else {
            return;
        };
        let proc_type = proc_type.clone();
        match &callee.kind {
            ExprKind::Routine(id) => self.routine(*id, place),
            _ if self.is_parameter(callee) => {}
            _ => self.unknown(&proc_type, place),
        }
    }

    fn proc_argument(&mut self, arg: &Expr) {
        match &arg.kind {
            ExprKind::Convert { value, .. } => self.proc_argument(value),
            ExprKind::Routine(id) => self.routine(*id, arg.place),
            ExprKind::Nil => {}
            _ => {
                if let Type::Proc(proc_type) = self.inference.sema.types.get(arg.ty)
                    && !self.is_parameter(arg)
                {
                    let proc_type = proc_type.clone();
                    self.unknown(&proc_type, arg.place);
                }
            }
        }
    }

    fn is_parameter(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Local(id) => self
                .routine
                .locals
                .get(id.0 as usize)
                .is_some_and(|local| local.kind == LocalKind::Param),
            ExprKind::Deref(inner) | ExprKind::Convert { value: inner, .. } => {
                self.is_parameter(inner)
            }
            _ => false,
        }
    }

    fn unknown(&mut self, proc_type: &ProcType, place: Place) {
        let found = |ty| Found {
            ty,
            raised: false,
            place,
            unknown: true,
        };
        if proc_type.raises {
            if let Some(ty) = self.inference.system_type("Exception") {
                self.raises(found(ty));
            }
            if let Some(ty) = self.inference.system_type("RootEffect") {
                self.tag(found(ty));
            }
        }
        if !proc_type.pure {
            self.side(Side::Value { at: place });
        }
    }
}

/// Exceptions, tags, and whether there are side effects.
pub(super) type Summary = (Vec<TypeId>, Vec<TypeId>, bool);

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
                )
            })
            .collect()
    }
}

impl Checker<'_, '_> {
    /// Has all bodies there that the routines checked so far can reach. Comes before every inference.
    fn check_what_counts(&mut self) {
        self.s.check_wanted(self.loader, self.evaluator, self.run);
    }

    /// Compares the effects of this module's routines with what they declare.
    pub(super) fn check_effects(&mut self) {
        if self
            .run
            .diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
        {
            return;
        }
        let routines: Vec<Arc<Routine>> = self
            .out
            .routines
            .iter()
            .filter(|routine| {
                routine.body.is_some()
                    && routine.declared.is_some()
                    && !is_own_library(&routine.identity)
            })
            .cloned()
            .collect();
        if routines.is_empty() {
            return;
        }
        let mut found = Vec::new();
        self.check_what_counts();
        let mut inference = Inference::new(self.s);
        for routine in &routines {
            inference.visiting.push(routine.id);
            let effects = inference.body(routine);
            inference.visiting.pop();
            let declared = routine.declared.clone().unwrap_or_default();
            self.compare_effects(&inference, routine, &declared, &effects, &mut found);
        }
        let asked = inference.asked;
        self.s.effects_asked.extend(asked);
        for diagnostic in found {
            self.report(diagnostic);
        }
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
            let ty = self.s.types.show(found.ty);
            let shown = if found.raised {
                format!("ref {ty}")
            } else {
                ty.clone()
            };
            let cause = if found.unknown {
                ty
            } else {
                self.loader.text(found.place)
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

    /// Does a routine keep what a proc type promises?
    pub(super) fn keeps_promises(&mut self, want: &ProcType, routine: RoutineId) -> bool {
        if want.raises && !want.pure {
            return true;
        }
        self.s.want(routine);
        self.check_what_counts();
        let mut inference = Inference::new(self.s);
        let effects = inference.of(routine);
        let asked = inference.asked;
        self.s.effects_asked.extend(asked);
        (want.raises || effects.raises.is_empty()) && (!want.pure || effects.side.is_none())
    }
}
