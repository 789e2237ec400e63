//! Instances of generic routines, anonymous routines, and frames for code that stands alone.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::checker::{Checker, Frame};
use super::constraint::constraints_of;
use super::lookup::Binding;
use super::program::Sema;
use super::relation::Bindings;
use super::routine::part;
use super::spelling::SpelledBinds;
use super::symbols::{ParamSym, RoutineSym, SymId, SymKind, Table};
use super::typed::{Expr, ExprKind, Routine, RoutineId};
use super::typeexpr::simple_name;
use super::types::{CallConv, ProcType, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// Identity of a frame that is thrown away, as long as nothing is declared in it.
const SCRATCH: &str = "?";

impl Sema {
    /// The routine with this identity, which a proc of the program has.
    pub fn routine_with_identity(&mut self, identity: &str) -> Option<Arc<Routine>> {
        let id = self.routine_id(identity);
        self.routine(id)
    }

    /// Has a module a generic routine of this name?
    pub fn has_generic(&self, module: &str, name: Name) -> bool {
        let ix = self.module_names.get(module);
        let syms = ix.and_then(|ix| self.modules[ix.0 as usize].scope.get(&name));
        syms.into_iter().flatten().any(|&sym| {
            matches!(&self.sym(sym).kind, SymKind::Routine(routine) if !routine.generics.is_empty())
        })
    }
}

impl Checker<'_, '_> {
    /// Makes the generic type-bound operations of all types that were instantiated here.
    pub(super) fn instantiate_hooks(&mut self) {
        let types: Vec<TypeId> = self.type_instances.values().copied().collect();
        for (bound, sym) in self.s.generic_hooks.clone() {
            let SymKind::Routine(head) = self.s.sym(sym).kind.clone() else {
                continue;
            };
            let pattern = self.s.types.bare(head.params[0].ty);
            for &ty in &types {
                let ty = self.object_of(ty).unwrap_or(ty);
                let mut binds = super::relation::Bindings::default();
                if self.generic(ty) || !self.unify(pattern, ty, &mut binds) {
                    continue;
                }
                if head.pragmas.error.is_some() {
                    self.s.hooks.forbidden.insert((ty, bound));
                } else if let Some((id, _)) =
                    self.instantiate(sym, &head, &binds, self.s.sym(sym).place)
                {
                    self.s.hooks.type_bound.insert((ty, bound), id);
                }
            }
        }
    }

    /// Makes the generic methods of all types that were instantiated here, until there is nothing new.
    pub(super) fn instantiate_methods(&mut self) {
        if self.s.generic_methods.is_empty() {
            return;
        }
        let mut seen = 0;
        loop {
            let mut types: Vec<TypeId> = self.type_instances.values().copied().collect();
            types.sort();
            if types.len() == seen {
                return;
            }
            seen = types.len();
            for sym in self.s.generic_methods.clone() {
                let SymKind::Routine(head) = self.s.sym(sym).kind.clone() else {
                    continue;
                };
                let Some(first) = head.params.first() else {
                    continue;
                };
                let pattern = self.s.types.bare(first.ty);
                for &ty in &types {
                    let mut binds = super::relation::Bindings::default();
                    let bound = |c: &Self, binds: &super::relation::Bindings| {
                        head.generics.iter().all(
                            |g| !matches!(c.get(g.ty), Type::Param(n) if !binds.contains_key(n)),
                        )
                    };
                    if !self.generic(ty)
                        && self.unify(pattern, ty, &mut binds)
                        && bound(self, &binds)
                    {
                        self.instantiate(sym, &head, &binds, self.s.sym(sym).place);
                    }
                }
            }
        }
    }

    /// The type of a routine as a value.
    pub(super) fn routine_type(&mut self, head: &RoutineSym, ret: TypeId, closure: bool) -> TypeId {
        let params = head.params.iter().map(|p| p.ty).collect();
        let conv = if closure {
            CallConv::Closure
        } else {
            head.pragmas.conv
        };
        let iterator = head.kind == Kind::IteratorDef;
        let ty = self.intern(Type::Proc(Arc::new(ProcType {
            params,
            ret,
            conv,
            iterator,
            varargs: false,
            effects: None,
            defaults: None,
        })));
        let names = head.params.iter().map(|p| p.name);
        self.s.types.name_proc_params(ty, names);
        ty
    }

    /// The routine for a generic's arguments, checked when it is new. Gives its number and result type.
    pub(super) fn instantiate(
        &mut self,
        sym: SymId,
        head: &Arc<RoutineSym>,
        binds: &Bindings,
        place: Place,
    ) -> Option<(RoutineId, TypeId)> {
        self.instance(sym, head, binds, &SpelledBinds::default(), place)
    }

    /// The same. As in Nim, the first who asks for an instance tells how its type arguments are written.
    pub(super) fn instance(
        &mut self,
        sym: SymId,
        head: &Arc<RoutineSym>,
        binds: &Bindings,
        spelled: &SpelledBinds,
        place: Place,
    ) -> Option<(RoutineId, TypeId)> {
        let mut args = Vec::new();
        for generic in &head.generics {
            let Type::Param(number) = *self.get(generic.ty) else {
                continue;
            };
            match binds.get(&number) {
                Some(&ty) => args.push(ty),
                None => {
                    let declared = self.generic_place(head, generic.name);
                    let declared = declared.unwrap_or(self.s.sym(sym).place);
                    let message = format!("cannot instantiate: '{}'", generic.name);
                    self.report(
                        crate::diagnostics::Diagnostic::error(declared, message)
                            .with_label(place, "called here"),
                    );
                    return None;
                }
            }
        }
        let key = (sym, args.clone());
        if let Some(&done) = self.instances.get(&key) {
            return Some(done);
        }
        if self.depth > 60 {
            self.error(place, "generic instantiation too nested");
            return None;
        }
        let params: Vec<ParamSym> = head
            .params
            .iter()
            .map(|p| {
                let ty = self.substitute(p.ty, binds);
                let spelled = match ty == p.ty {
                    true => p.spelled,
                    false => self.spell_bound(p.ty, ty, spelled),
                };
                ParamSym {
                    ty,
                    spelled,
                    ..p.clone()
                }
            })
            .collect();
        let ret = self.instance_ret(head, binds, &args, place);
        let ret = self.checked_result(head, &params, ret);
        let module = self.s.modules[head.module.0 as usize].name.clone();
        let word = if head.kind == Kind::IteratorDef {
            "iterator "
        } else {
            ""
        };
        let ret_spelled = match ret == head.ret {
            true => head.ret_spelled,
            false => self.spell_bound(head.ret, ret, spelled),
        };
        let types: Vec<TypeId> = params.iter().map(|p| p.ty).collect();
        let nested = if head.depth > 0 {
            format!("#{}", sym.0)
        } else {
            String::new()
        };
        let identity = format!(
            "{word}{module}.{}{nested}[{}]({}){}",
            head.name,
            self.identity_list(&args),
            self.identity_list(&types),
            constraints_of(head)
        );
        let id = self.s.routine_id(&identity);
        self.note_instance(key.clone(), (id, ret));
        self.spell_result(id, ret, ret_spelled);
        let instance = Arc::new(RoutineSym {
            params,
            ret,
            ret_spelled,
            auto_ret: head.auto_ret && !head.late_ret,
            generics: Vec::new(),
            id: Some(id),
            ..(**head).clone()
        });
        let mut env = self.env_of(head.module, head.depth);
        env.generic = Some(Arc::new(Binding::new(head)));
        let named = head.generics.iter().map(|g| g.name).zip(args);
        let scope = self.argument_scope(named, place);
        self.spell_arguments(head, &scope, spelled);
        if head.forward && head.pragmas.import.is_none() {
            self.error(place, format!("implementation of '{}' expected", head.name));
            return Some((id, ret));
        }
        self.depth += 1;
        self.expansions.push((head.name, place));
        let frames = if head.depth == 0 {
            std::mem::take(&mut self.frames)
        } else {
            Vec::new()
        };
        let ret = self.with_env(env, |c| {
            // Others may use the instance when the program runs.
            let in_macro = c.in_macro;
            c.in_macro &= instance.depth > 0;
            let ret = c.check_body(&instance, sym, id, identity.into(), scope);
            c.in_macro = in_macro;
            ret
        });
        if head.depth == 0 {
            self.frames = frames;
        }
        self.expansions.pop();
        self.depth -= 1;
        self.note_instance(key, (id, ret));
        Some((id, ret))
    }

    /// Notes how the types are written that an instance's type parameters stand for.
    fn spell_arguments(&mut self, head: &RoutineSym, scope: &Table, spelled: &SpelledBinds) {
        for generic in &head.generics {
            if let Type::Param(number) = *self.get(generic.ty)
                && let Some(&spelling) = spelled.get(&number)
                && let Some(syms) = scope.get(&generic.name)
            {
                self.spell_symbol(syms[0], spelling);
            }
        }
    }

    /// Where a generic parameter of a routine stands.
    fn generic_place(&self, head: &RoutineSym, name: Name) -> Option<Place> {
        let node = head.node.cursor();
        let mut names = node.kid(part::GENERICS).kids().flat_map(|defs| defs.kids());
        let found = names.find(|kid| simple_name(*kid) == Some(name))?;
        Some(found.place())
    }

    fn note_instance(&mut self, key: (SymId, Vec<TypeId>), made: (RoutineId, TypeId)) {
        let is_new = self.instances.insert(key.clone(), made).is_none();
        if is_new && self.speculating > 0 {
            self.trial_instances.push(key);
        }
    }

    /// The result type of an instance.
    fn instance_ret(
        &mut self,
        head: &RoutineSym,
        binds: &Bindings,
        args: &[TypeId],
        place: Place,
    ) -> TypeId {
        if !head.late_ret {
            return self.substitute(head.ret, binds);
        }
        let mut env = self.env_of(head.module, head.depth);
        let generics = head.generics.iter().map(|g| g.name);
        let named = generics.zip(args.iter().copied());
        let members = self.with_members(&head.params);
        let members: Vec<(Name, TypeId)> = members
            .iter()
            .map(|member| (member.name, self.substitute(member.ty, binds)))
            .collect();
        env.scopes
            .push(self.argument_scope(named.chain(members), place));
        let node = head.node.clone();
        self.with_env(env, |c| c.type_expr(node.cursor().kid(part::PARAMS).kid(0)))
    }

    /// The head of an anonymous proc. Parameters without a type, and those of type `auto`, take it from where the proc goes.
    fn lambda_head(&mut self, n: Cursor<'_>, name: Name, wanted: Option<&ProcType>) -> RoutineSym {
        let mut known = FxHashMap::default();
        let wanted = wanted.into_iter().flat_map(|wanted| wanted.params.iter());
        let params = n.kid(part::PARAMS).kids().skip(1);
        let names = params.flat_map(|def| def.def_names().map(move |name| (def, name)));
        for ((def, name), &ty) in names.zip(wanted) {
            let untyped = n.is(Kind::Do) && def.def_type().is_empty();
            if (untyped || is_open(def) && !self.generic(ty))
                && def.last().is_empty()
                && let Some(name) = simple_name(name)
            {
                known.insert(name, ty);
            }
        }
        let outer = std::mem::replace(&mut self.open_params, known);
        let head = self.head(n, name);
        self.open_params = outer;
        head
    }

    /// An anonymous proc or iterator: `proc (x: int): int = …`, `do (x): …`, `func`, `iterator`.
    pub(super) fn lambda(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if let Some(made) = self.pragma_macro(n, want) {
            return made;
        }
        let place = self.place(n);
        let name = Name::new(":anonymous");
        let wanted = want.and_then(|ty| match self.get(self.s.types.bare(ty)).clone() {
            Type::Proc(p) => Some(p),
            _ => None,
        });
        let mark = self.run.diagnostics.len();
        let mut head = self.lambda_head(n, name, wanted.as_deref());
        if head.is_generic() {
            self.error(
                place,
                "A nested proc can have generic parameters only when it is used as an operand to another routine \
                 and the types of the generic paramers can be inferred from the expected signature.",
            );
            return self.bad(place);
        }
        if n.is(Kind::Do) && n.kid(part::PARAMS).get(0).is_none_or(|ret| ret.is_empty()) {
            match &wanted {
                Some(wanted) if !self.generic(wanted.ret) => head.ret = wanted.ret,
                // The body tells what the generic parameter is.
                _ => head.auto_ret = true,
            }
        }
        if let Some(wanted) = &wanted
            && head.pragmas.conv_given.is_none()
            && wanted.conv == CallConv::C
        {
            head.pragmas.conv = CallConv::C;
        }
        let identity: Arc<str> = self.routine_identity(&head).into();
        let id = self.s.routine_id(&identity);
        head.id = Some(id);
        head.forward = false;
        let head = Arc::new(head);
        let ret = self.check_body(&head, SymId(u32::MAX), id, identity, Table::default());
        let found = self.run.diagnostics.iter().skip(mark);
        if found
            .into_iter()
            .any(|d| d.severity == crate::diagnostics::Severity::Error)
        {
            return self.bad(place);
        }
        let captures = self.s.routine(id).is_some_and(|r| r.parent.is_some());
        let closure = captures || head.pragmas.conv == CallConv::Closure;
        let ty = self.routine_type(&head, ret, closure);
        self.make(ExprKind::Routine(id), ty, place)
    }

    /// Runs `f` in a frame that is thrown away.
    pub(super) fn in_scratch_frame<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let id = self.s.routine_id(SCRATCH);
        self.frames.push(Frame::new(id, SCRATCH.into()));
        let result = f(self);
        self.frames.pop();
        result
    }

    /// Gives a throw-away frame an identity of its own: something is declared in it.
    pub(super) fn name_scratch(&mut self) {
        if self
            .frames
            .last()
            .is_none_or(|frame| *frame.identity != *SCRATCH)
        {
            return;
        }
        let around = self.frames.len() - 1;
        let identity: Arc<str> = match self.frames[..around].last_mut() {
            Some(outer) if !outer.top => {
                let count = outer.nested.entry(Name::new("static")).or_default();
                *count += 1;
                format!("{}.static {count}", outer.identity).into()
            }
            _ => {
                self.statics += 1;
                let module = &self.s.modules[self.module.0 as usize].name;
                format!("{module}.static {}", self.statics).into()
            }
        };
        let id = self.s.routine_id(&identity);
        let frame = self.frame();
        (frame.id, frame.identity) = (id, identity);
    }

    /// Tries `f`, within a throw-away frame when there is no other.
    pub(super) fn speculate_in_frame<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> (T, bool) {
        self.speculate(|c| c.in_scratch_frame(f))
    }
}

/// Is it a parameter of type `auto`?
pub(super) fn is_open(def: Cursor<'_>) -> bool {
    def.len() > 2 && def.def_type().name().is_some_and(|name| name == "auto")
}
