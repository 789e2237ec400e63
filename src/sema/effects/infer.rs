//! Working out effects along the calls.
//!
//! All routines that a question can reach are looked at callees first; where they call each other in a circle, again and again
//! until nothing is added. What is found once stays, so this ends.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Effects, Found, Side, Unsafe, mutation};
use crate::sema::program::Sema;
use crate::sema::typed::{
    Declared, Except, Expr, ExprKind, LocalKind, Pardon, Routine, RoutineId, RoutineKind,
};
use crate::sema::types::{CallConv, ProcType, Type, TypeId};
use crate::source::{Name, Place};

/// Works out effects, and keeps those that are known.
pub(super) struct Inference<'a> {
    sema: &'a Sema,
    known: FxHashMap<RoutineId, Arc<Effects>>,
    /// A routine was met whose effects are still being worked out.
    circle: bool,
}

/// One body.
struct Walk<'i, 'a> {
    inference: &'i mut Inference<'a>,
    routine: &'i Routine,
    out: Effects,
    /// Where in `out.raises` that begins which the innermost `try` can catch.
    bottom: usize,
    pardon: Pardon,
}

impl<'a> Inference<'a> {
    pub(super) fn new(sema: &'a Sema) -> Inference<'a> {
        Inference {
            sema,
            known: FxHashMap::default(),
            circle: false,
        }
    }

    /// The routines whose effects were asked for.
    pub(super) fn asked(self) -> Vec<RoutineId> {
        self.known.into_keys().collect()
    }

    /// What a call of a routine does.
    pub(super) fn of(&mut self, id: RoutineId) -> Arc<Effects> {
        self.reach(&[id]);
        self.known.get(&id).cloned().unwrap_or_default()
    }

    /// What a body does, whatever is declared.
    pub(super) fn body(&mut self, routine: &Routine) -> Effects {
        self.reach(&self.callees(routine));
        self.walk(routine)
    }

    /// Has the effects of these routines there, and of all that they call.
    fn reach(&mut self, roots: &[RoutineId]) {
        let mut order: Vec<Arc<Routine>> = Vec::new();
        let mut seen: FxHashSet<RoutineId> = FxHashSet::default();
        // Some(…) is left when all that it calls is in order.
        let mut stack: Vec<(RoutineId, Option<Arc<Routine>>)> =
            roots.iter().map(|&id| (id, None)).collect();
        while let Some((id, left)) = stack.pop() {
            if let Some(routine) = left {
                order.push(routine);
                continue;
            }
            if self.known.contains_key(&id) || !seen.insert(id) {
                continue;
            }
            if let Some(routine) = self.sema.routine(id) {
                let inner = self.callees(&routine);
                stack.push((id, Some(routine)));
                stack.extend(inner.into_iter().map(|id| (id, None)));
            }
        }
        loop {
            self.circle = false;
            let mut grown = false;
            for routine in &order {
                let mut effects = self.walk(routine);
                self.apply_declared(routine, &mut effects);
                let size = effects.size();
                let before = self.known.insert(routine.id, Arc::new(effects));
                grown |= before.is_none_or(|before| before.size() != size);
            }
            if !self.circle || !grown {
                return;
            }
        }
    }

    /// What a body calls, or hands on as a value.
    fn callees(&self, routine: &Routine) -> Vec<RoutineId> {
        let mut out = Vec::new();
        if let Some(body) = &routine.body {
            self.search(body, &mut out);
        }
        // Variables stand for what they were declared with.
        out.extend(routine.locals.iter().filter_map(|local| local.holds));
        out
    }

    fn search(&self, expr: &Expr, out: &mut Vec<RoutineId>) {
        expr.walk(&mut |part| match &part.kind {
            ExprKind::Call(id, _) | ExprKind::Routine(id) => out.push(*id),
            ExprKind::For { iterator, .. } => out.push(*iterator),
            ExprKind::Global(id) => out.extend(self.sema.global(*id).and_then(|g| g.holds)),
            _ => {}
        });
    }

    fn walk(&mut self, routine: &Routine) -> Effects {
        let mut walk = Walk {
            inference: self,
            routine,
            out: Effects::default(),
            bottom: 0,
            pardon: Pardon::default(),
        };
        if let Some(body) = &routine.body {
            walk.expr(body);
        }
        let strict = |declared: &Arc<Declared>| declared.strict_funcs;
        if routine.declared.as_ref().is_some_and(strict)
            && let Some(found) = mutation::find(&walk.inference.sema.types, routine)
        {
            walk.side(Side::Mutation(found));
        }
        walk.out
    }

    /// What is declared counts in the place of what the body does.
    fn apply_declared(&self, routine: &Routine, effects: &mut Effects) {
        let Some(declared) = &routine.declared else {
            return;
        };
        let listed = |types: &[TypeId]| {
            let found = |&ty| Found::declared(ty, routine.place);
            types.iter().map(found).collect()
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
        if declared.is_gc_safe() {
            effects.gc_unsafe = None;
        }
    }

    pub(super) fn system_type(&self, name: &str) -> Option<TypeId> {
        self.sema.hooks.system_types.get(&Name::new(name)).copied()
    }

    pub(super) fn derives(&self, ty: TypeId, base: TypeId) -> bool {
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

    /// Does a value of this type lie on the heap, or hold what does?
    fn is_managed(&self, ty: TypeId, depth: u32) -> bool {
        let types = &self.sema.types;
        let ty = types.repr(ty);
        match types.get(ty) {
            Type::String | Type::Seq(_) | Type::Ref(_) => true,
            Type::Proc(proc_type) => proc_type.conv == CallConv::Closure,
            Type::Array { elem, .. } => self.is_managed(*elem, depth),
            Type::Tuple(fields) => fields.iter().any(|&(_, ty)| self.is_managed(ty, depth)),
            _ => types.object(ty).is_some_and(|(_, body)| {
                !body.gc_safe
                    && depth < 50
                    && ((body.fields.iter()).any(|field| self.is_managed(field.ty, depth + 1))
                        || (body.base).is_some_and(|base| self.is_managed(base, depth + 1)))
            }),
        }
    }
}

impl Walk<'_, '_> {
    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Raise(value) => self.raise(value.as_deref(), expr.place),
            ExprKind::Global(id) => self.global(*id, expr.place),
            ExprKind::Call(id, args) => {
                self.routine(*id, expr.place);
                self.arguments(*id, args);
            }
            ExprKind::For { iterator, args, .. } => {
                self.routine(*iterator, expr.place);
                self.arguments(*iterator, args);
            }
            ExprKind::CallValue(callee, args) => {
                self.value(callee, expr.place);
                if !self.is_strict() {
                    args.iter().for_each(|arg| self.value(arg, arg.place));
                }
            }
            ExprKind::Checks(checks, body) => return self.pardoned(checks.pardon, body),
            ExprKind::Try {
                body,
                excepts,
                finally,
            } => return self.guarded(body, excepts, finally.as_deref()),
            _ => {}
        }
        expr.each_child(&mut |child| self.expr(child));
    }

    fn raise(&mut self, value: Option<&Expr>, place: Place) {
        let Some(value) = value else {
            // What is raised again may be anything.
            if let Some(ty) = self.inference.system_type("Exception") {
                self.raises(Found::unknown(ty, place));
            }
            return;
        };
        let types = &self.inference.sema.types;
        if let Type::Ref(inner) = types.get(types.repr(value.ty)) {
            self.raises(Found {
                ty: *inner,
                shown: value.ty,
                place,
                text: Some(value.place),
            });
        }
    }

    fn global(&mut self, id: crate::sema::typed::GlobalVarId, place: Place) {
        let Some(global) = self.inference.sema.global(id) else {
            return;
        };
        let name: Arc<str> = global.shown.rsplit('.').next().unwrap_or("").into();
        let types = &self.inference.sema.types;
        if matches!(types.get(types.repr(global.ty)), Type::Proc(_)) {
            // Nim looks at procs in variables where they are called.
        } else if !global.threadvar && self.inference.is_managed(global.ty, 0) {
            self.gc_unsafe(|| Unsafe::Global(name.clone()));
        }
        self.side(Side::Global {
            name,
            at: place,
            declared: global.place,
        });
    }

    fn gc_unsafe(&mut self, why: impl FnOnce() -> Unsafe) {
        // What the library's own modules keep they share between threads.
        let own = super::is_own_library(&self.routine.identity);
        if !self.pardon.gc_safe && !own && self.out.gc_unsafe.is_none() {
            self.out.gc_unsafe = Some(why());
        }
    }

    /// A block in which effects do not count, or others in their place.
    fn pardoned(&mut self, pardon: Pardon, body: &Expr) {
        let before = self.pardon;
        let (raises, tags) = (self.out.raises.len(), self.out.tags.len());
        self.pardon.side_effect |= pardon.side_effect;
        self.pardon.gc_safe |= pardon.gc_safe;
        self.expr(body);
        self.pardon = before;
        if let Some(types) = pardon.raises {
            self.out.raises.truncate(raises);
            for ty in self.listed(types) {
                self.raises(Found::declared(ty, body.place));
            }
        }
        if let Some(types) = pardon.tags {
            self.out.tags.truncate(tags);
            for ty in self.listed(types) {
                self.tag(Found::declared(ty, body.place));
            }
        }
    }

    fn listed(&self, types: TypeId) -> Vec<TypeId> {
        match self.inference.sema.types.get(types) {
            Type::Tuple(types) => types.iter().map(|&(_, ty)| ty).collect(),
            _ => Vec::new(),
        }
    }

    fn guarded(&mut self, body: &Expr, excepts: &[Except], finally: Option<&Expr>) {
        let before = std::mem::replace(&mut self.bottom, self.out.raises.len());
        self.expr(body);
        let mut tried = self.out.raises.split_off(self.bottom);
        let inference = &self.inference;
        tried.retain(|found| {
            let catches = |except: &Except| {
                except.types.is_empty()
                    || (except.types.iter()).any(|&ty| inference.derives(found.ty, ty))
            };
            !excepts.iter().any(catches)
        });
        self.bottom = before;
        tried.into_iter().for_each(|found| self.raises(found));
        excepts.iter().for_each(|except| self.expr(&except.body));
        finally.into_iter().for_each(|finally| self.expr(finally));
    }

    fn raises(&mut self, found: Found) {
        let defect = self.inference.system_type("Defect");
        let is_defect = defect.is_some_and(|defect| self.inference.derives(found.ty, defect));
        let seen = |known: &Found| known.ty == found.ty;
        if !is_defect && !self.out.raises[self.bottom..].iter().any(seen) {
            self.out.raises.push(found);
        }
    }

    fn tag(&mut self, found: Found) {
        if !self.out.tags.iter().any(|known| known.ty == found.ty) {
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
        let Some(callee) = self.inference.sema.routine(id) else {
            return;
        };
        if self.is_open(&callee) {
            return self.open(&callee, place);
        }
        let Some(effects) = self.inference.known.get(&id).cloned() else {
            self.inference.circle = true;
            return;
        };
        // What was called to itself in a circle is looked at again.
        self.inference.circle |= id == self.routine.id;
        let here = |found: &Found| Found {
            place,
            text: Some(place),
            ..found.clone()
        };
        effects.raises.iter().for_each(|f| self.raises(here(f)));
        effects.tags.iter().for_each(|f| self.tag(here(f)));
        if let Some(why) = &effects.side {
            let why = Some(why.clone());
            self.side(Side::Call { id, at: place, why });
        }
        if effects.gc_unsafe.is_some() {
            self.gc_unsafe(|| Unsafe::Call(callee.name));
        }
    }

    /// Is nothing known of a routine but what it declares? So it is with a method, which others override, and with one whose
    /// body follows further down.
    fn is_open(&self, callee: &Routine) -> bool {
        let (here, there) = (self.routine.stand, callee.stand);
        callee.kind == RoutineKind::Method
            || there.forwarded
                && !super::is_own_library(&callee.identity)
                && callee.id != self.routine.id
                && here.module == there.module
                && here.statement < there.statement
    }

    fn open(&mut self, callee: &Routine, place: Place) {
        let declared = callee.declared.as_deref().cloned().unwrap_or_default();
        self.promised(&declared, place, Some(place));
        // Of a method, Nim looks at the body that it has here.
        let known = self.inference.known.get(&callee.id);
        let safe = match callee.kind {
            RoutineKind::Method => known.is_none_or(|effects| effects.gc_unsafe.is_none()),
            _ => declared.is_gc_safe(),
        };
        if !safe {
            self.gc_unsafe(|| Unsafe::Call(callee.name));
        }
        if !declared.no_side_effect {
            self.side(Side::Call {
                id: callee.id,
                at: place,
                why: None,
            });
        }
    }

    /// What a promise leaves open: what it lists, or if it lists nothing, anything.
    fn promised(&mut self, declared: &Declared, place: Place, text: Option<Place>) {
        let found = |ty| Found {
            ty,
            shown: ty,
            place,
            text,
        };
        let listed = |ty| Found {
            text: Some(place),
            ..found(ty)
        };
        match &declared.raises {
            Some(types) => types.iter().for_each(|&ty| self.raises(listed(ty))),
            None => {
                let ty = self.inference.system_type("Exception");
                ty.into_iter().for_each(|ty| self.raises(found(ty)));
            }
        }
        match &declared.tags {
            Some(types) => types.iter().for_each(|&ty| self.tag(listed(ty))),
            None => {
                let ty = self.inference.system_type("RootEffect");
                ty.into_iter().for_each(|ty| self.tag(found(ty)));
            }
        }
    }

    /// Proc values that are given to a routine count as called by it.
    fn arguments(&mut self, id: RoutineId, args: &[Expr]) {
        let strict = self.is_strict();
        for (number, arg) in args.iter().enumerate() {
            if !strict || self.is_effects_of(id, number) {
                self.value(arg, arg.place);
            }
        }
    }

    /// Does a routine say that its effects are those of this parameter? For the library's own the lax rule holds.
    fn is_effects_of(&self, id: RoutineId, number: usize) -> bool {
        let Some(callee) = self.inference.sema.routine(id) else {
            return false;
        };
        super::is_own_library(&callee.identity)
            || callee.declared.as_ref().is_some_and(|declared| {
                let param = callee.params.get(number);
                let local = param.and_then(|param| callee.locals.get(param.0 as usize));
                local.is_some_and(|local| declared.effects_of.contains(&local.name))
            })
    }

    fn is_strict(&self) -> bool {
        let declared = self.routine.declared.as_ref();
        declared.is_some_and(|declared| declared.strict)
    }

    /// A proc value that is called, here or where it is given to.
    fn value(&mut self, value: &Expr, place: Place) {
        let types = &self.inference.sema.types;
        let Type::Proc(proc_type) = types.get(types.repr(value.ty)) else {
            return;
        };
        let proc_type = proc_type.clone();
        match &value.kind {
            ExprKind::Convert { value, .. } | ExprKind::Cast(value)
                if self.is_proc(value.ty) && proc_type.effects.is_none() =>
            {
                self.value(value, place);
            }
            ExprKind::Routine(id) => self.routine(*id, place),
            ExprKind::Nil => {}
            _ if self.is_callers_matter(value, &proc_type) => {}
            _ => match self.held(value) {
                Some(id) => self.routine(id, place),
                None => {
                    self.unknown(&proc_type, place);
                    let safe = |declared: &Arc<Declared>| declared.is_gc_safe();
                    if !proc_type.effects.as_ref().is_some_and(safe) {
                        let why = self.variable(value);
                        self.gc_unsafe(|| why);
                    }
                }
            },
        }
    }

    /// How Nim names what holds a proc.
    fn variable(&self, value: &Expr) -> Unsafe {
        match &value.kind {
            ExprKind::Local(id) => match self.routine.locals.get(id.0 as usize) {
                Some(local) if local.kind == LocalKind::Param => Unsafe::Variable(local.name),
                Some(local) => Unsafe::Call(local.name),
                None => Unsafe::Value(value.place),
            },
            ExprKind::Global(id) => match self.inference.sema.global(*id) {
                Some(global) => {
                    let name = global.shown.rsplit('.').next().unwrap_or_default();
                    Unsafe::Call(Name::new(name))
                }
                None => Unsafe::Value(value.place),
            },
            _ => Unsafe::Value(value.place),
        }
    }

    fn is_proc(&self, ty: TypeId) -> bool {
        let types = &self.inference.sema.types;
        matches!(types.get(types.repr(ty)), Type::Proc(_))
    }

    /// Is it a parameter, whose effects count where it was given?
    fn is_callers_matter(&self, value: &Expr, proc_type: &ProcType) -> bool {
        let lists = proc_type
            .effects
            .as_ref()
            .is_some_and(|effects| effects.raises.is_some() || effects.tags.is_some());
        let Some(name) = self.parameter(value).filter(|_| !lists) else {
            return false;
        };
        let declared = self.routine.declared.as_ref();
        declared.is_none_or(|declared| !declared.strict || declared.effects_of.contains(&name))
    }

    fn parameter(&self, expr: &Expr) -> Option<Name> {
        match &expr.kind {
            ExprKind::Local(id) => {
                let local = self.routine.locals.get(id.0 as usize);
                local
                    .filter(|local| local.kind == LocalKind::Param)
                    .map(|local| local.name)
            }
            ExprKind::Deref(inner) | ExprKind::Convert { value: inner, .. } => {
                self.parameter(inner)
            }
            _ => None,
        }
    }

    /// The routine with which a variable without a type was declared: that is its type, with its effects.
    fn held(&self, value: &Expr) -> Option<RoutineId> {
        match &value.kind {
            ExprKind::Local(id) => self.routine.locals.get(id.0 as usize)?.holds,
            ExprKind::Global(id) => self.inference.sema.global(*id)?.holds,
            _ => None,
        }
    }

    fn unknown(&mut self, proc_type: &ProcType, place: Place) {
        let declared = proc_type.effects.as_deref().cloned().unwrap_or_default();
        self.promised(&declared, place, None);
        if !declared.no_side_effect {
            self.side(Side::Value { at: place });
        }
    }
}
