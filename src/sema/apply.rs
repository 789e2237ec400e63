//! What becomes of a call once its routine is known: arguments in the order of parameters, defaults, conversions.

use std::sync::Arc;

use super::call::{Given, GivenNode};
use super::checker::Checker;
use super::fit::{Match, Slot};
use super::relation::{Arg, Bindings};
use super::symbols::{RoutineSym, SymId, SymKind, Syms};
use super::typed::{Expr, ExprKind};
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl<'a, 'r> Checker<'a, 'r> {
    /// Makes the call that overload resolution chose.
    pub(super) fn apply(
        &mut self,
        found: Match,
        args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let head = found.head.clone();
        if let Some(text) = &head.pragmas.error {
            let at = self.s.sym(found.sym).place;
            let (file, line, col) = self.loader.line(at);
            let name = head.name;
            let usage =
                format!("usage of '{name}' is an {{.error.}} defined at {file}({line}, {col})");
            let message = match text.is_empty() {
                true => usage,
                false => format!("{text}; {usage}"),
            };
            self.error(place, message);
            return self.bad(place);
        }
        self.note_use(found.sym, place);
        match head.kind {
            Kind::MacroDef => {
                return self.expand_macro(super::macros::MacroCall {
                    head,
                    slots: found.slots,
                    args,
                    binds: found.binds,
                    want,
                    place,
                });
            }
            Kind::TemplateDef => {
                return self.expand(&head, found.binds, found.slots, args, want, place);
            }
            _ => {}
        }
        self.apply_routine(found, &head, args, want, place)
    }

    pub(super) fn apply_routine(
        &mut self,
        found: Match,
        head: &Arc<RoutineSym>,
        args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let mut binds = found.binds;
        let mut args = args;
        self.late_lambdas(head, &found.slots, &mut args, &mut binds);
        // A result type that only the context tells: `default`, `newSeq` and their like.
        if let Some(want) = want
            && head.pragmas.magic.is_some()
            && head
                .generics
                .iter()
                .any(|g| matches!(self.get(g.ty), Type::Param(n) if !binds.contains_key(n)))
        {
            let want = self.s.types.bare(want);
            self.unify(head.ret, want, &mut binds);
        }
        self.bind_defaults(head, &mut binds);
        if let Some(magic) = head.pragmas.magic {
            let values: Vec<Expr> =
                self.magic_args(head, &binds, &found.slots, &found.converters, args);
            if values.iter().any(|v| v.ty == TypeId::ERROR) {
                return self.bad(place);
            }
            let ret = self.substitute(head.ret, &binds);
            return self.magic_call(head.name, magic, values, ret, place);
        }
        let (id, ret) = if head.is_generic() {
            let spelled = self.spell_binds(head, &binds, &found.slots, &args);
            match self.instance(found.sym, head, &binds, &spelled, place) {
                Some(done) => done,
                None => return self.bad(place),
            }
        } else {
            match head.id {
                Some(id) => (id, self.result_of(id, head)),
                None => return self.bad(place),
            }
        };
        if head.kind == Kind::IteratorDef && self.frames.last().is_some_and(|f| f.id == id) {
            let message = format!("recursion is not supported in iterators: '{}'", head.name);
            self.error(place, message);
            return self.bad(place);
        }
        let mut values = Vec::new();
        let mut kept = Vec::new();
        for (p, slot) in found.slots.iter().enumerate() {
            let ty = self.substitute(head.params[p].ty, &binds);
            if matches!(self.get(ty), Type::TypeDesc(_) | Type::StaticValue(..)) {
                continue;
            }
            if slot.is_empty() && !matches!(self.get(ty), Type::Varargs(_)) {
                self.keep_for_default(head, p, &mut values, &mut kept);
                values.push(self.default_argument(head, p, ty, &binds, &values, place));
                continue;
            }
            values.push(self.argument(head, p, ty, slot, &found.converters, &mut args, place));
        }
        // C varargs beyond the declared parameters.
        if head.pragmas.import.as_ref().is_some_and(|i| i.varargs) {
            for arg in args.iter_mut().skip(head.params.len()) {
                if let Some(expr) = arg.typed.take() {
                    values.push(self.c_vararg(expr));
                }
            }
        }
        if values.iter().any(|v| v.ty == TypeId::ERROR) {
            return self.bad(place);
        }
        self.check_isolated(found.sym, head, &values, place);
        if !head.is_generic() && ret == head.ret {
            self.spell_result(id, ret, head.ret_spelled);
        }
        let call = self.routine_call(id, values, ret, place);
        if head.pragmas.discardable {
            self.s.discardable.insert(id);
        }
        if head.pragmas.noreturn {
            self.s.noreturn.insert(id);
        }
        if head.pragmas.compile_time {
            return self.compile_time_call(call);
        }
        match kept.is_empty() {
            true => call,
            false => {
                let ty = call.ty;
                kept.push(call);
                self.make(ExprKind::Seq(kept), ty, place)
            }
        }
    }

    /// Where the default of parameter `p` looks at arguments, these are evaluated once, and as in Nim before the others.
    fn keep_for_default(
        &mut self,
        head: &RoutineSym,
        p: usize,
        values: &mut [Expr],
        kept: &mut Vec<Expr>,
    ) {
        let Some(default) = &head.params[p].default else {
            return;
        };
        if head.kind == Kind::IteratorDef || values.len() != p {
            return;
        }
        for (param, value) in head.params.iter().zip(values) {
            if !mentions(default.cursor(), param.name) {
                continue;
            }
            let lent = matches!(
                self.get(value.ty),
                Type::OpenArray(_) | Type::Varargs(_) | Type::Var(_) | Type::Lent(_)
            );
            if lent || !calls(value) {
                continue;
            }
            let (ty, place) = (value.ty, value.place);
            let temp = self.temp(ty, place);
            let read = self.make(ExprKind::Local(temp), ty, place);
            let value = std::mem::replace(value, read);
            let bound = ExprKind::Let(temp, Some(Box::new(value)));
            kept.push(self.make(bound, TypeId::VOID, place));
        }
    }

    /// A call of a `{.compileTime.}` routine from code that runs later is its value, where that can be told.
    fn compile_time_call(&mut self, call: Expr) -> Expr {
        let constant = match &call.kind {
            ExprKind::Call(_, values) => values.iter().all(|value| self.is_const(value)),
            _ => false,
        };
        if self.static_depth > 0 || self.speculating > 0 || call.ty == TypeId::VOID || !constant {
            return call;
        }
        self.constant_of(call)
    }

    /// A call's result: an address is looked through at once.
    pub(super) fn routine_call(
        &mut self,
        id: super::typed::RoutineId,
        values: Vec<Expr>,
        ret: TypeId,
        place: Place,
    ) -> Expr {
        self.hand_on(id);
        let call = self.make(ExprKind::Call(id, values), ret, place);
        self.look_through(call)
    }

    pub(super) fn look_through(&mut self, call: Expr) -> Expr {
        let place = call.place;
        match *self.get(call.ty) {
            Type::Var(inner) | Type::Lent(inner) => {
                self.make(ExprKind::Deref(Box::new(call)), inner, place)
            }
            _ => call,
        }
    }

    pub(super) fn result_of(&mut self, id: super::typed::RoutineId, head: &RoutineSym) -> TypeId {
        if !head.auto_ret {
            return head.ret;
        }
        match self.s.routine(id) {
            Some(routine) => routine.ret,
            None => self
                .frames
                .iter()
                .find(|f| f.id == id)
                .map_or(head.ret, |f| f.ret),
        }
    }

    pub(super) fn c_vararg(&mut self, expr: Expr) -> Expr {
        // C's default promotions.
        let target = match self.get(self.s.types.repr(expr.ty)).clone() {
            Type::Float(4) => TypeId::FLOAT,
            Type::Int(int) if int.size() < 4 => TypeId::INT32,
            Type::Bool | Type::Char => TypeId::INT32,
            Type::String => TypeId::CSTRING,
            _ => return expr,
        };
        match expr.kind {
            ExprKind::Str(text) => self.make(ExprKind::Str(text), TypeId::CSTRING, expr.place),
            _ => self.conversion(expr, target),
        }
    }

    /// Checks lambdas whose parameter types the other arguments have decided.
    pub(super) fn late_lambdas(
        &mut self,
        head: &RoutineSym,
        slots: &[Slot],
        args: &mut [Given<'_>],
        binds: &mut Bindings,
    ) {
        for (p, slot) in slots.iter().enumerate() {
            for &i in slot {
                if args[i].typed.is_some() || matches!(self.get(head.params[p].ty), Type::Untyped) {
                    continue;
                }
                let GivenNode::Node(node) = args[i].node else {
                    continue;
                };
                let want = self.substitute(head.params[p].ty, binds);
                let expr = self.expr(node, Some(want));
                self.relate(head.params[p].ty, Arg::of(&expr), binds);
                args[i].typed = Some(expr);
            }
        }
    }

    pub(super) fn bind_defaults(&mut self, head: &Arc<RoutineSym>, binds: &mut Bindings) {
        for generic in &head.generics {
            let Type::Param(number) = *self.get(generic.ty) else {
                continue;
            };
            if binds.contains_key(&number) {
                continue;
            }
            if let Some(default) = &generic.default {
                let ty = self.type_arg(default.cursor());
                binds.insert(number, ty);
                continue;
            }
            // An argument that was left out may decide by its default value.
            for param in head.params.iter() {
                let Some(default) = param.default.clone() else {
                    continue;
                };
                if let Type::TypeDesc(inner) = *self.get(param.ty)
                    && inner == generic.ty
                {
                    let env = self.env_of(head.module, head.depth);
                    let ty = self.with_env(env, |c| c.type_expr(default.cursor()));
                    binds.insert(number, ty);
                    break;
                }
                if let Type::Param(n) = *self.get(param.ty)
                    && n == number
                {
                    let env = self.env_of(head.module, head.depth);
                    let (expr, _) = self.with_env(env, |c| {
                        c.speculate_in_frame(|c| c.expr(default.cursor(), None))
                    });
                    binds.insert(number, self.s.types.bare(expr.ty));
                    break;
                }
            }
        }
    }

    /// A default value, checked in the scope of the declaration, where earlier parameters have their arguments' values.
    pub(super) fn default_argument(
        &mut self,
        head: &Arc<RoutineSym>,
        p: usize,
        ty: TypeId,
        binds: &Bindings,
        before: &[Expr],
        place: Place,
    ) -> Expr {
        let Some(default) = head.params[p].default.clone() else {
            return self.bad(place);
        };
        let mut env = self.env_of(head.module, head.depth);
        let named: Vec<(Name, TypeId)> = head
            .generics
            .iter()
            .filter_map(|g| match self.get(g.ty) {
                Type::Param(n) => binds.get(n).map(|&ty| (g.name, ty)),
                _ => None,
            })
            .collect();
        let mut scope = self.argument_scope(named.into_iter(), place);
        for (param, value) in head.params.iter().zip(before) {
            let symbol = self.symbol(
                param.name,
                false,
                param.place,
                SymKind::Alias(Arc::new(value.clone())),
            );
            let sym = self.new_symbol(symbol);
            scope.insert(param.name, smallvec::smallvec![sym]);
        }
        env.scopes.push(scope);
        self.expansions.push((head.name, place));
        let mut value = self.with_env(env, |c| c.expr_of(default.cursor(), ty));
        self.expansions.pop();
        value.place = place;
        value
    }

    /// The value for one parameter.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn argument(
        &mut self,
        head: &RoutineSym,
        p: usize,
        ty: TypeId,
        slot: &[usize],
        converters: &[(usize, SymId)],
        args: &mut [Given<'_>],
        place: Place,
    ) -> Expr {
        if let Type::Varargs(elem) = *self.get(ty) {
            return self.varargs(head, p, elem, slot, args, place);
        }
        let i = slot[0];
        let Some(expr) = args[i].typed.take() else {
            return self.bad(args[i].place);
        };
        if let Some(&(_, converter)) = converters.iter().find(|&&(at, _)| at == i) {
            let target = self.wanted_by_param(ty);
            return self.call_converter(converter, expr, target);
        }
        self.pass(expr, ty)
    }

    /// A value as an argument for a parameter of type `ty`.
    pub(super) fn pass(&mut self, expr: Expr, ty: TypeId) -> Expr {
        let place = expr.place;
        match *self.get(ty) {
            Type::Var(inner) => {
                let expr = self.settle_enum(expr, Some(inner));
                let expr = if matches!(self.get(inner), Type::OpenArray(_))
                    || self.object_of(inner).is_some()
                {
                    self.convert_implicitly(expr, inner)
                } else {
                    expr
                };
                self.make(ExprKind::AddrOf(Box::new(expr)), ty, place)
            }
            Type::Sink(inner) | Type::Lent(inner) => {
                let expr = self.settle_enum(expr, Some(inner));
                self.coerce(expr, inner)
            }
            _ => {
                let expr = self.settle_enum(expr, Some(ty));
                self.coerce(expr, ty)
            }
        }
    }

    pub(super) fn varargs(
        &mut self,
        head: &RoutineSym,
        p: usize,
        elem: TypeId,
        slot: &[usize],
        args: &mut [Given<'_>],
        place: Place,
    ) -> Expr {
        let open = self.intern(Type::OpenArray(elem));
        if let [only] = slot
            && !head.params[p].each
            && let Some(expr) = &args[*only].typed
            && matches!(
                self.get(self.s.types.repr(expr.ty)),
                Type::Array { .. } | Type::Seq(_) | Type::OpenArray(_)
            )
            && self
                .relate(open, Arg::of(expr), &mut Bindings::default())
                .is_some()
        {
            let expr = args[*only].typed.take().expect("was just looked at");
            return self.convert_implicitly(expr, open);
        }
        let mut values = Vec::new();
        for &i in slot {
            let Some(mut expr) = args[i].typed.take() else {
                continue;
            };
            if let Some(conv) = head.params[p].conv
                && !(expr.ty == elem && conv == "$")
            {
                let syms = self.conversion_syms(conv, head);
                if expr.ty == elem {
                    // Converting by the routine itself would not end.
                    let itself = |sym: &SymId| matches!(&self.s.sym(*sym).kind, SymKind::Routine(r) if self.same_overload(r, head));
                    if syms.iter().any(itself) {
                        values.push(expr);
                        continue;
                    }
                }
                let at = expr.place;
                if !self.has_value(&expr) || self.is_ambiguous_enum(&expr) {
                    return self.bad(at);
                }
                expr = self.call_with(conv, &syms, vec![expr], at);
            }
            let expr = self.settle_enum(expr, Some(elem));
            values.push(self.coerce(expr, elem));
        }
        self.varargs_of(values, elem, place)
    }

    /// The `varargs` of so many values.
    pub(super) fn varargs_of(&mut self, values: Vec<Expr>, elem: TypeId, place: Place) -> Expr {
        if values.iter().any(|v| v.ty == TypeId::ERROR) {
            return self.bad(place);
        }
        let open = self.intern(Type::OpenArray(elem));
        let hi = values.len() as i64 - 1;
        let index = self.intern(Type::Range {
            base: TypeId::INT,
            lo: 0,
            hi,
        });
        let array = self.intern(Type::Array { index, elem });
        let value = self.make(ExprKind::Array(values), array, place);
        self.make(
            ExprKind::Convert {
                value: Box::new(value),
                checked: false,
            },
            open,
            place,
        )
    }

    /// The converter of `varargs[T, conv]`: what the caller sees and what the declaration sees.
    pub(super) fn conversion_syms(&mut self, conv: Name, head: &RoutineSym) -> Syms {
        let mut syms = self.lookup(conv);
        let env = self.env_of(head.module, 0);
        for sym in self.with_env(env, |c| c.lookup(conv)) {
            if !syms.contains(&sym) {
                syms.push(sym);
            }
        }
        syms
    }

    /// Applies a user's converter.
    pub(super) fn call_converter(&mut self, converter: SymId, expr: Expr, target: TypeId) -> Expr {
        let place = expr.place;
        let name = self.s.sym(converter).name;
        let value = self.call_symbols(name, &[converter], vec![Given::checked(expr)], None, place);
        if value.ty == TypeId::ERROR {
            value
        } else {
            self.coerce(value, target)
        }
    }

    /// Arguments of a built-in operation.
    pub(super) fn magic_args(
        &mut self,
        head: &Arc<RoutineSym>,
        binds: &Bindings,
        slots: &[Slot],
        converters: &[(usize, SymId)],
        mut args: Vec<Given<'_>>,
    ) -> Vec<Expr> {
        let mut values = Vec::new();
        for (p, slot) in slots.iter().enumerate() {
            let ty = self.substitute(head.params[p].ty, binds);
            if slot.is_empty() && !matches!(self.get(ty), Type::Varargs(_)) {
                let place = args.first().map_or(head.params[p].place, |a| a.place);
                values.push(self.default_argument(head, p, ty, binds, &values, place));
                continue;
            }
            if matches!(
                self.get(ty),
                Type::TypeDesc(_)
                    | Type::StaticValue(..)
                    | Type::Typed
                    | Type::Untyped
                    | Type::Param(_)
            ) {
                values.extend(args[slot[0]].typed.take());
                continue;
            }
            let place = args
                .get(slot.first().copied().unwrap_or(0))
                .map_or(head.params[p].place, |a| a.place);
            values.push(self.argument(head, p, ty, slot, converters, &mut args, place));
        }
        values
    }
}

/// Does the name stand somewhere in a tree?
fn mentions(n: Cursor<'_>, name: Name) -> bool {
    n.name() == Some(name) || n.kids().any(|kid| mentions(kid, name))
}

/// Does evaluating it call something?
fn calls(e: &Expr) -> bool {
    e.any(&mut |part| matches!(part.kind, ExprKind::Call(..) | ExprKind::CallValue(..)))
}
