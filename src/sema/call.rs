//! Calls: finding the callee, ranking overloads, filling in arguments.
//!
//! Nim's ranking: candidates are compared by the number of exact, generic, subtype, integer-widening and converting
//! matches, in this order (`cmpCandidates` of the manual's "Overloading resolution"); a tie is an ambiguity.

use std::borrow::Cow;
use std::sync::Arc;

use super::checker::Checker;
use super::relation::{Arg, Bindings};
use super::symbols::{SymId, SymKind, Syms};
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{ProcType, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind, Tree};

/// An argument as written.
#[derive(Clone)]
pub(super) struct Given<'t> {
    /// `name = value`.
    pub name: Option<Name>,
    pub node: GivenNode<'t>,
    pub place: Place,
    /// Checked when some candidate wants it typed.
    pub typed: Option<Expr>,
}

/// The syntax of an argument, or none when it comes checked.
#[derive(Clone)]
pub(super) enum GivenNode<'t> {
    Node(Cursor<'t>),
    Checked,
}

impl<'t> Given<'t> {
    pub fn checked(expr: Expr) -> Given<'t> {
        Given {
            name: None,
            node: GivenNode::Checked,
            place: expr.place,
            typed: Some(expr),
        }
    }
    pub fn node(n: Cursor<'t>, place: Place) -> Given<'t> {
        Given {
            name: None,
            node: GivenNode::Node(n),
            place,
            typed: None,
        }
    }
}

impl<'a, 'r> Checker<'a, 'r> {
    /// A call in any of its forms.
    pub(super) fn call(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let head = n.kid(0);
        if n.is(Kind::CallStrLit) {
            return self.call_head(head, n, want);
        }
        if let Some(special) = self.special_form(n, want) {
            return special;
        }
        let named = match head.kind() {
            Kind::DotExpr => head.kid(1),
            Kind::BracketExpr => head.kid(0),
            _ => head,
        };
        let callees = self.callees.len();
        self.callees.push((self.place(n), self.place(named)));
        let call = self.call_head(head, n, want);
        self.callees.truncate(callees);
        call
    }

    pub(super) fn givens<'t>(&mut self, nodes: impl Iterator<Item = Cursor<'t>>) -> Vec<Given<'t>> {
        nodes
            .map(|kid| {
                let place = self.place(kid);
                if kid.is(Kind::ExprEqExpr) {
                    let name = simple_name(kid.kid(0)).or_else(|| self.bound_name(kid.kid(0)));
                    Given {
                        name,
                        ..Given::node(kid.kid(1), place)
                    }
                } else {
                    Given::node(kid, place)
                }
            })
            .collect()
    }

    pub(super) fn call_head(
        &mut self,
        head: Cursor<'_>,
        n: Cursor<'_>,
        want: Option<TypeId>,
    ) -> Expr {
        let place = self.place(n);
        // Lambdas in the form `x => y` are rewritten first: where they go gives their parameters types.
        let lambdas: Vec<Option<Arc<Tree>>> =
            n.kids().skip(1).map(|arg| self.lambda_sugar(arg)).collect();
        let mut args = self.givens(n.kids().skip(1));
        for (arg, lambda) in args.iter_mut().zip(&lambdas) {
            if let Some(tree) = lambda {
                arg.node = GivenNode::Node(tree.root());
            }
        }
        match head.kind() {
            Kind::Ident | Kind::AccQuoted | Kind::Sym => {
                let Some((name, syms)) = self.syms_of(head) else {
                    let callee = self.expr(head, None);
                    return self.call_value(callee, args, place);
                };
                // What nobody declares is reported at its name.
                let place = match syms.is_empty() {
                    true => self.place(head),
                    false => place,
                };
                self.call_named(name, syms, args, want, place)
            }
            Kind::DotExpr => self.call_dot(head, args, want, place),
            Kind::BracketExpr => self.call_bracket(head, args, want, place),
            Kind::Par if head.len() == 1 && !self.denotes_type(head) => {
                let callee = self.expr(head.kid(0), None);
                self.call_value(callee, args, place)
            }
            _ => {
                if self.denotes_type(head) {
                    let ty = self.type_expr(head);
                    return self.convert_call(ty, &mut args, place);
                }
                let callee = self.expr(head, None);
                self.call_value(callee, args, place)
            }
        }
    }

    /// `name(args)`: routines, a conversion, a proc value, or an instance of a generic type.
    pub(super) fn call_named(
        &mut self,
        name: Name,
        syms: Syms,
        mut args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if syms.is_empty() {
            let mut trial = args.clone();
            let (_, known) = self.speculate_in_place(|c| {
                trial.iter_mut().for_each(|arg| {
                    c.type_of_given(arg);
                })
            });
            if !known {
                // Of several names that nobody declares the first is reported.
                self.undeclared(place, name);
                return self.bad(place);
            }
            for arg in &mut args {
                self.type_of_given(arg);
            }
            self.report_undeclared_call(name, &args, place);
            return self.bad(place);
        }
        let is_routine = |s: &SymId| matches!(self.s.sym(*s).kind, SymKind::Routine(_));
        let routines: Cow<'_, [SymId]> = match syms.iter().all(is_routine) {
            true => Cow::Borrowed(&syms),
            false => syms.iter().copied().filter(is_routine).collect(),
        };
        let first = syms
            .iter()
            .copied()
            .find(|&s| !matches!(self.s.sym(s).kind, SymKind::Module(_)))
            .unwrap_or(syms[0]);
        // A routine may share a type's name (`any`, `set`): it is called unless the type is what fits.
        if self.is_type_symbol(first) {
            let hidden = self.lookup_routines(name);
            if !hidden.is_empty() {
                let trial = args.clone();
                let (_, fits) =
                    self.speculate_in_place(|c| c.call_symbols(name, &hidden, trial, want, place));
                if fits {
                    return self.call_symbols(name, &hidden, args, want, place);
                }
            }
        }
        match self.s.sym(first).kind.clone() {
            SymKind::Routine(_) | SymKind::EnumConst { .. } | SymKind::Module(_) => {}
            SymKind::Type(_)
            | SymKind::TypeMaker(_)
            | SymKind::GenericType(_)
            | SymKind::Pending => {
                if let Some(ty) = self.symbol_type(first) {
                    self.note_use(first, place);
                    return self.convert_call(ty, &mut args, place);
                }
            }
            SymKind::Alias(expr) if matches!(self.get(expr.ty), Type::TypeDesc(_)) => {
                if let Some(ty) = self.symbol_type(first) {
                    return self.convert_call(ty, &mut args, place);
                }
            }
            _ if self.proc_type_of(self.value_type(first)).is_some() => {
                let callee = self.sym_expr(first, None, place);
                return self.call_value(callee, args, place);
            }
            _ => {}
        }
        if routines.is_empty()
            && matches!(
                self.s.sym(first).kind,
                SymKind::Local { .. }
                    | SymKind::Global { .. }
                    | SymKind::Const(_)
                    | SymKind::Alias(_)
            )
        {
            let hidden = self.lookup_routines(name);
            if !hidden.is_empty() {
                return self.call_symbols(name, &hidden, args, want, place);
            }
        }
        if routines.is_empty() {
            let callee = self.syms_expr(name, &syms, None, place);
            return self.call_value(callee, args, place);
        }
        self.call_symbols(name, &routines, args, want, place)
    }

    pub(super) fn value_type(&self, sym: SymId) -> TypeId {
        match &self.s.sym(sym).kind {
            SymKind::Local { ty, .. } | SymKind::Global { ty, .. } => self.s.types.bare(*ty),
            SymKind::Const(e) | SymKind::Alias(e) => e.ty,
            _ => TypeId::ERROR,
        }
    }

    pub(super) fn report_undeclared_call(&mut self, name: Name, args: &[Given<'_>], place: Place) {
        if args
            .iter()
            .any(|a| a.typed.as_ref().is_some_and(|e| e.ty == TypeId::ERROR))
        {
            return;
        }
        self.undeclared(place, name);
    }

    /// `a.name(args)`
    pub(super) fn call_dot(
        &mut self,
        head: Cursor<'_>,
        args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let field = head.kid(1);
        let Some(name) = simple_name(field).or_else(|| self.bound_name(field)) else {
            let callee = self.expr(head, None);
            return self.call_value(callee, args, place);
        };
        if let Some(module) = self.module_named(head.kid(0)) {
            let syms = self.lookup_qualified(module, name);
            if syms.is_empty() {
                self.undeclared(self.place(field), name);
                return self.bad(place);
            }
            return self.call_named(name, syms, args, want, place);
        }
        let iterator_wanted = std::mem::take(&mut self.iterator_wanted);
        let object = self.dot_object(head.kid(0));
        self.iterator_wanted = iterator_wanted;
        if object.ty == TypeId::ERROR {
            return object;
        }
        if let Some(member) = self.field_of(object.clone(), field, name)
            && (self.proc_type_of(member.ty).is_some() || args.is_empty())
        {
            return self.call_value(member, args, place);
        }
        let syms = match field.kind() {
            Kind::Sym => self.syms_of(field).map(|(_, s)| s).unwrap_or_default(),
            _ => self.lookup_callable(name),
        };
        if syms.is_empty()
            && let Some(call) = self.dot_operator(".()", &object, field, args.clone(), place)
        {
            return call;
        }
        if syms.is_empty() {
            self.error(
                self.place_at(field, place),
                format!("attempting to call undeclared routine: '{name}'"),
            );
            return self.bad(place);
        }
        let first = self.receiver(object, head.kid(0), &syms);
        let mut all = vec![first];
        all.extend(args);
        self.call_named(name, syms, all, want, place)
    }

    /// What stands before a dot, as an argument: macros take it as a tree, and loops go over a call and not over a value.
    pub(super) fn receiver<'t>(&self, object: Expr, n: Cursor<'t>, syms: &[SymId]) -> Given<'t> {
        let is_macro = |sym: &SymId| matches!(&self.s.sym(*sym).kind, SymKind::Routine(r) if r.kind == Kind::MacroDef);
        let takes_tree = self.is_iterator_call(&object) || syms.iter().any(is_macro);
        let given = Given::checked(object);
        match takes_tree {
            true => Given {
                node: GivenNode::Node(n),
                ..given
            },
            false => given,
        }
    }

    /// The left side of a dot: an expression or a type.
    pub(super) fn dot_object(&mut self, n: Cursor<'_>) -> Expr {
        if self.denotes_type(n) {
            return self.type_node_value(n);
        }
        self.expr(n, None)
    }

    /// `name[T](args)`, or a call of an element.
    pub(super) fn call_bracket(
        &mut self,
        head: Cursor<'_>,
        args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if self.denotes_type(head) {
            let ty = self.type_expr(head);
            let mut args = args;
            return self.convert_call(ty, &mut args, place);
        }
        let target = head.kid(0);
        let found = match target.kind() {
            Kind::Ident | Kind::AccQuoted | Kind::Sym => self.syms_of(target),
            Kind::DotExpr if self.module_named(target.kid(0)).is_some() => self.syms_of(target),
            _ => None,
        };
        if let Some((name, syms)) = found {
            let routines: Vec<SymId> = syms
                .iter()
                .copied()
                .filter(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if r.is_generic() || r.is_template()))
                .collect();
            if !routines.is_empty() {
                let explicit: Vec<TypeId> =
                    head.kids().skip(1).map(|arg| self.type_arg(arg)).collect();
                return self.call_explicit(name, &routines, &explicit, args, want, place);
            }
        }
        // `a.name[T](args)`
        if target.is(Kind::DotExpr)
            && let Some(name) =
                simple_name(target.kid(1)).or_else(|| self.bound_name(target.kid(1)))
        {
            let syms: Vec<SymId> = self
                .lookup(name)
                .into_iter()
                .filter(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if r.is_generic()))
                .collect();
            if !syms.is_empty() && head.kids().skip(1).all(|arg| self.denotes_type(arg)) {
                let explicit: Vec<TypeId> =
                    head.kids().skip(1).map(|arg| self.type_arg(arg)).collect();
                let mut all = vec![Given::checked(self.dot_object(target.kid(0)))];
                all.extend(args);
                return self.call_explicit(name, &syms, &explicit, all, want, place);
            }
        }
        let callee = self.expr(head, None);
        self.call_value(callee, args, place)
    }

    pub(super) fn call_explicit(
        &mut self,
        name: Name,
        syms: &[SymId],
        explicit: &[TypeId],
        args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if explicit.contains(&TypeId::ERROR) {
            return self.bad(place);
        }
        let generics = syms.iter().filter_map(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => Some(head.generics.len()),
            _ => None,
        });
        let most = generics.max().unwrap_or(0);
        if explicit.len() > most && !explicit.is_empty() {
            let given: Vec<String> = explicit.iter().map(|&ty| self.s.types.show(ty)).collect();
            let (given, count) = (given.join(", "), given.len());
            let of_one = match syms.len() {
                1 => format!("; got {count} typeof(s) but expected {most}"),
                _ => String::new(),
            };
            let message = format!("cannot instantiate: '{name}[{given}]'{of_one}");
            self.error(place, message);
            return self.bad(place);
        }
        self.resolve(name, syms, explicit, args, want, place)
    }

    /// A call of one of several routines with arguments that are checked already.
    pub(super) fn call_with(
        &mut self,
        name: Name,
        syms: &Syms,
        args: Vec<Expr>,
        place: Place,
    ) -> Expr {
        if args.iter().any(|a| a.ty == TypeId::ERROR) {
            return self.bad(place);
        }
        let args: Vec<Given<'_>> = args.into_iter().map(Given::checked).collect();
        if syms.is_empty() {
            self.report_undeclared_call(name, &args, place);
            return self.bad(place);
        }
        self.call_named(name, syms.clone(), args, None, place)
    }

    /// A call of one of several routines.
    pub(super) fn call_symbols(
        &mut self,
        name: Name,
        syms: &[SymId],
        args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        self.resolve(name, syms, &[], args, want, place)
    }

    /// Reports that a proc value does not take the arguments.
    fn value_misfit(&mut self, callee: &Expr, args: Vec<Given<'_>>, place: Place) -> Expr {
        let mut types = Vec::new();
        for mut arg in args {
            self.type_of_given(&mut arg);
            if let Some(expr) = &arg.typed {
                types.push(self.show_arg(expr));
            }
        }
        let shown = self.s.types.show(callee.ty);
        self.error(
            place,
            format!(
                "type mismatch: got <{}>\nbut expected one of:\n{shown}",
                types.join(", ")
            ),
        );
        self.bad(place)
    }

    /// For each argument of a call of a proc value the parameter that it goes to; C's `...` takes what stands behind them.
    fn places_for_value(
        &self,
        ty: TypeId,
        proc_type: &ProcType,
        args: &[Given<'_>],
    ) -> Option<Vec<usize>> {
        let ty = self.s.types.repr(ty);
        let place = |(at, arg): (usize, &Given<'_>)| match arg.name {
            Some(name) => self.s.types.proc_param_place(ty, name),
            None => Some(at),
        };
        let places: Vec<usize> = args.iter().enumerate().map(place).collect::<Option<_>>()?;
        let count = proc_type.params.len();
        let once = (0..places.len()).all(|i| !places[..i].contains(&places[i]));
        let known = proc_type.varargs || places.iter().all(|&place| place < count);
        let has_default = |at: usize| {
            let defaults = proc_type.defaults.as_ref();
            defaults.is_some_and(|defaults| defaults[at].is_some())
        };
        let given = (0..count).all(|at| places.contains(&at) || has_default(at));
        (once && known && given).then_some(places)
    }

    /// What a parameter that takes `varargs` gets is one argument, if all of it fits.
    fn gather_varargs<'t>(
        &mut self,
        proc_type: &ProcType,
        mut args: Vec<Given<'t>>,
        place: Place,
    ) -> Vec<Given<'t>> {
        let Some((&last, before)) = proc_type.params.split_last() else {
            return args;
        };
        let Type::Varargs(elem) = *self.get(last) else {
            return args;
        };
        if args.len() < before.len() || args.iter().any(|arg| arg.name.is_some()) {
            return args;
        }
        for arg in &mut args[before.len()..] {
            if let (None, GivenNode::Node(node)) = (&arg.typed, &arg.node) {
                arg.typed = Some(self.given_expr(*node, Some(elem)));
            }
        }
        let fits = |c: &mut Self, arg: &Given<'_>, want| {
            let value = arg.typed.as_ref();
            value.is_some_and(|value| {
                c.relate(want, Arg::of(value), &mut Bindings::default())
                    .is_some()
            })
        };
        let rest = &args[before.len()..];
        let whole = matches!(rest, [only] if fits(self, only, last) && !fits(self, only, elem));
        if whole || !rest.iter().all(|arg| fits(self, arg, elem)) {
            return args;
        }
        let rest = args.split_off(before.len());
        let values: Vec<Expr> = rest.into_iter().filter_map(|arg| arg.typed).collect();
        let values = values
            .into_iter()
            .map(|value| self.coerce(value, elem))
            .collect();
        let all = self.varargs_of(values, elem, place);
        args.push(Given::checked(all));
        args
    }

    /// The arguments in the order of the parameters, with the defaults of those that were left out.
    fn arguments_for_value<'t>(
        &self,
        proc_type: &ProcType,
        args: Vec<Given<'t>>,
        places: &[usize],
        place: Place,
    ) -> Vec<Given<'t>> {
        let mut all: Vec<(usize, Given<'t>)> = places.iter().copied().zip(args).collect();
        let defaults = proc_type
            .defaults
            .iter()
            .flat_map(|defaults| defaults.iter());
        for (at, &default) in defaults.enumerate() {
            if !places.contains(&at)
                && let Some(value) = default.and_then(|value| self.static_value_of(value, place))
            {
                all.push((at, Given::checked(value)));
            }
        }
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, arg)| arg).collect()
    }

    /// A call of a proc value.
    pub(super) fn call_value(
        &mut self,
        callee: Expr,
        mut args: Vec<Given<'_>>,
        place: Place,
    ) -> Expr {
        if callee.ty == TypeId::ERROR {
            return callee;
        }
        // A type in parentheses.
        if let Type::TypeDesc(inner) = *self.get(callee.ty) {
            return self.convert_call(inner, &mut args, place);
        }
        let Some(proc_type) = self.proc_type_of(callee.ty) else {
            // A type may define `()`.
            let name = Name::new("()");
            let syms = self.lookup(name);
            if !syms.is_empty() {
                let mut all = vec![Given::checked(callee)];
                all.extend(args);
                return self.call_named(name, syms, all, None, place);
            }
            let text = self.loader.text(callee.place);
            if matches!(
                callee.kind,
                ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Str(_)
            ) {
                let whole = self.shown_text(place);
                let message =
                    format!("in expression '{whole}': identifier expected, but found '{text}'");
                self.error(Place::new(place.origin, place.span), message);
                return self.bad(place);
            }
            let message = match callee.kind {
                ExprKind::Local(_) | ExprKind::Global(_) => {
                    let name = text.split(['(', ' ']).next().unwrap_or_default();
                    format!("attempting to call routine: '{name}'")
                }
                _ => format!("expression '{text}' cannot be called"),
            };
            self.error(place, message);
            return self.bad(place);
        };
        let args = self.gather_varargs(&proc_type, args, place);
        let mut values = Vec::new();
        let Some(places) = self.places_for_value(callee.ty, &proc_type, &args) else {
            return self.value_misfit(&callee, args, place);
        };
        let args = self.arguments_for_value(&proc_type, args, &places, place);
        for (i, arg) in args.into_iter().enumerate() {
            let want = proc_type.params.get(i).copied();
            let expr = match (arg.typed, arg.node) {
                (Some(expr), _) => expr,
                (None, GivenNode::Node(node)) => {
                    self.given_expr(node, want.map(|w| self.wanted_by_param(w)))
                }
                (None, GivenNode::Checked) => continue,
            };
            if !self.has_value(&expr) {
                return self.bad(place);
            }
            let Some(want) = want else {
                values.push(self.c_vararg(expr));
                continue;
            };
            if let Type::Var(_) = self.get(want)
                && !self.is_mutable_place(&expr)
            {
                let shown = self.show_arg(&expr);
                let text = format!(
                    "type mismatch: got <{shown}> but expected '{}': the expression is immutable, not 'var'",
                    self.s.types.show(want)
                );
                self.error(expr.place, text);
                return self.bad(place);
            }
            values.push(expr);
        }
        let fits = |c: &mut Self, value: &Expr, want: &TypeId| {
            value.ty == TypeId::ERROR
                || c.relate(*want, Arg::of(value), &mut Default::default())
                    .is_some()
        };
        let wants = &proc_type.params;
        if !values
            .iter()
            .zip(wants)
            .all(|(value, want)| fits(self, value, want))
        {
            let args = values.into_iter().map(Given::checked).collect();
            return self.value_misfit(&callee, args, place);
        }
        let values: Vec<Expr> = values
            .into_iter()
            .enumerate()
            .map(|(i, value)| match wants.get(i) {
                Some(&want) => self.pass(value, want),
                None => value,
            })
            .collect();
        if values.iter().any(|v| v.ty == TypeId::ERROR) {
            return self.bad(place);
        }
        let call = self.make(
            ExprKind::CallValue(Box::new(callee), values),
            proc_type.ret,
            place,
        );
        self.look_through(call)
    }
}
