//! Calls: finding the callee, ranking overloads, filling in arguments.
//!
//! Nim's ranking: candidates are compared by the number of exact, generic, subtype, integer-widening and converting
//! matches, in this order (`cmpCandidates` of the manual's "Overloading resolution"); a tie is an ambiguity.

use std::sync::Arc;

use super::checker::Checker;
use super::relation::{Arg, Bindings, Rel};
use super::symbols::{ParamSym, RoutineSym, SymId, SymKind, Syms};
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::diagnostics::Diagnostic;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind, Tree};

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

/// How a candidate fits.
#[derive(Clone, Default, PartialEq, Eq)]
struct Score {
    exact: i32,
    generic: i32,
    subtype: i32,
    int_conv: i32,
    conv: i32,
    /// How specific the generic parameters' patterns are.
    depth: i32,
    inheritance: i32,
}

impl Score {
    fn add(&mut self, rel: Rel) {
        match rel {
            Rel::Equal => self.exact += 1,
            Rel::Generic => self.generic += 1,
            Rel::Subtype => self.subtype += 1,
            Rel::Literal => self.int_conv += 256,
            Rel::IntConv => self.int_conv += 1,
            Rel::Convertible => self.conv += 1,
        }
    }

    fn compare(&self, other: &Score) -> std::cmp::Ordering {
        let key = |s: &Score| {
            (
                s.exact,
                s.generic,
                s.subtype,
                s.int_conv,
                s.conv,
                -s.inheritance,
            )
        };
        key(self).cmp(&key(other))
    }
}

/// A candidate that fits.
struct Match {
    sym: SymId,
    head: Arc<RoutineSym>,
    binds: Bindings,
    score: Score,
    /// For each parameter, the arguments that go there (several for varargs).
    slots: Vec<Vec<usize>>,
    /// Parameters whose argument needs a user's converter.
    converters: Vec<(usize, SymId)>,
}

/// Why a candidate does not fit.
enum Misfit {
    /// Argument number and the reason.
    Argument(usize),
    Other,
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
        self.call_head(head, n, want)
    }

    fn givens<'t>(&mut self, nodes: impl Iterator<Item = Cursor<'t>>) -> Vec<Given<'t>> {
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

    fn call_head(&mut self, head: Cursor<'_>, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let mut args = self.givens(n.kids().skip(1));
        match head.kind() {
            Kind::Ident | Kind::AccQuoted | Kind::Sym => {
                let Some((name, syms)) = self.syms_of(head) else {
                    let callee = self.expr(head, None);
                    return self.call_value(callee, args, place);
                };
                self.call_named(name, syms, args, want, place)
            }
            Kind::DotExpr => self.call_dot(head, args, want, place),
            Kind::BracketExpr => self.call_bracket(head, args, want, place),
            Kind::Par if head.len() == 1 => {
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
    fn call_named(
        &mut self,
        name: Name,
        syms: Syms,
        mut args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if syms.is_empty() {
            for arg in &mut args {
                self.type_of_given(arg);
            }
            self.report_undeclared_call(name, &args, place);
            return self.bad(place);
        }
        let routines: Vec<SymId> = syms
            .iter()
            .copied()
            .filter(|&s| matches!(self.s.sym(s).kind, SymKind::Routine(_)))
            .collect();
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
                if let Some(ty) = self.symbol_type(first, place) {
                    return self.convert_call(ty, &mut args, place);
                }
            }
            SymKind::Alias(expr) if matches!(self.get(expr.ty), Type::TypeDesc(_)) => {
                if let Some(ty) = self.symbol_type(first, place) {
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

    fn value_type(&self, sym: SymId) -> TypeId {
        match &self.s.sym(sym).kind {
            SymKind::Local { ty, .. } | SymKind::Global { ty, .. } => self.s.types.bare(*ty),
            SymKind::Const(e) | SymKind::Alias(e) => e.ty,
            _ => TypeId::ERROR,
        }
    }

    fn report_undeclared_call(&mut self, name: Name, args: &[Given<'_>], place: Place) {
        if args
            .iter()
            .any(|a| a.typed.as_ref().is_some_and(|e| e.ty == TypeId::ERROR))
        {
            return;
        }
        if name
            .as_str()
            .starts_with(|c: char| c.is_alphabetic() || c == '_')
        {
            self.error(place, format!("undeclared identifier: '{name}'"));
        } else {
            let types: Vec<String> = args
                .iter()
                .filter_map(|a| a.typed.as_ref())
                .map(|e| self.show_arg(e))
                .collect();
            self.error(
                place,
                format!("undeclared operator: '{name}' for <{}>", types.join(", ")),
            );
        }
    }

    /// `a.name(args)`
    fn call_dot(
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
                self.undeclared(place, name);
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
        let mut all = vec![Given::checked(object)];
        all.extend(args);
        self.call_named(name, syms, all, want, place)
    }

    /// The left side of a dot: an expression or a type.
    pub(super) fn dot_object(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        if self.denotes_type(n) {
            let ty = self.type_expr(n);
            return self.type_value(ty, place);
        }
        self.expr(n, None)
    }

    /// `name[T](args)`, or a call of an element.
    fn call_bracket(
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

    fn call_explicit(
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

    fn resolve(
        &mut self,
        name: Name,
        syms: &[SymId],
        explicit: &[TypeId],
        mut args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let heads: Vec<(SymId, Arc<RoutineSym>)> = syms
            .iter()
            .filter_map(|&sym| match &self.s.sym(sym).kind {
                SymKind::Routine(head) => Some((sym, head.clone())),
                _ => None,
            })
            .collect();
        let iterator_wanted = std::mem::take(&mut self.iterator_wanted);
        let failed = self.check_givens(&heads, &mut args);
        if failed {
            return self.bad(place);
        }
        // Iterators are called by `for` loops and by nobody else.
        let (iterators, others): (Vec<_>, Vec<_>) = heads
            .iter()
            .cloned()
            .partition(|(_, h)| h.kind == Kind::IteratorDef);
        let heads = match (iterator_wanted, iterators.is_empty(), others.is_empty()) {
            (true, false, _) => iterators,
            (false, _, false) => others,
            _ => heads,
        };
        let mut best: Vec<Match> = Vec::new();
        let mut misfit = None;
        for (sym, head) in &heads {
            match self.fit(*sym, head, explicit, &args) {
                Ok(found) => match best.first().map(|b| found.score.compare(&b.score)) {
                    None | Some(std::cmp::Ordering::Greater) => best = vec![found],
                    Some(std::cmp::Ordering::Equal) => best.push(found),
                    Some(std::cmp::Ordering::Less) => {}
                },
                Err(why) => misfit = Some(why),
            }
        }
        if best.len() > 1 {
            self.disambiguate(&mut best, want);
        }
        match best.len() {
            0 => {
                self.report_no_match(name, &heads, &mut args, misfit, place);
                self.bad(place)
            }
            1 => {
                let found = best.pop().expect("there is one");
                self.apply(found, args, want, place)
            }
            _ => {
                self.report_ambiguous(&best, &args, place);
                self.bad(place)
            }
        }
    }

    /// Checks the arguments that some candidate wants typed. Says whether one has an error.
    fn check_givens(&mut self, heads: &[(SymId, Arc<RoutineSym>)], args: &mut [Given<'_>]) -> bool {
        let count = args.len();
        let mut failed = false;
        for (i, arg) in args.iter_mut().enumerate() {
            if arg.typed.is_some() {
                failed |= arg.typed.as_ref().is_some_and(|e| e.ty == TypeId::ERROR);
                continue;
            }
            let mut untyped = 0;
            let mut typed = 0;
            let mut wanted: Option<TypeId> = None;
            let mut several = false;
            for (_, head) in heads {
                if !accepts_count(head, count) {
                    continue;
                }
                let Some(param) = param_for(head, i, arg.name, count) else {
                    continue;
                };
                let ty = head.params[param].ty;
                match self.get(ty) {
                    Type::Untyped => untyped += 1,
                    Type::Varargs(inner) if *inner == TypeId::UNTYPED => untyped += 1,
                    _ => {
                        typed += 1;
                        if wanted.is_some_and(|w| w != ty) {
                            several = true;
                        }
                        wanted = Some(ty);
                    }
                }
            }
            if typed == 0 && untyped > 0 {
                continue;
            }
            let want = if several { None } else { wanted };
            let want = want.map(|w| self.wanted_by_param(w));
            let GivenNode::Node(node) = arg.node else {
                continue;
            };
            if untyped > 0 {
                // An argument that makes sense only to the template that takes it unchecked.
                let (expr, ok) = self.speculate_in_place(|c| c.expr(node, want));
                if !ok || expr.ty == TypeId::ERROR {
                    continue;
                }
            }
            let lambda = matches!(node.kind(), Kind::Lambda | Kind::Do);
            if lambda
                && (several || want.is_some_and(|w| self.generic(w)))
                && self.lambda_needs_types(node)
            {
                // Left for when the other arguments have bound the parameters.
                continue;
            }
            let takes_proc = want.is_some_and(|w| self.proc_type_of(w).is_some());
            let expr = match node.kind() {
                Kind::StmtList if takes_proc => self.statements_as_proc(node, want),
                Kind::StmtList => self.block_value(node, want),
                _ => self.given_expr(node, want),
            };
            failed |= expr.ty == TypeId::ERROR;
            arg.typed = Some(expr);
        }
        failed
    }

    /// A block that is given for a proc parameter: `twice do: …`.
    fn statements_as_proc(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let mut tree = Tree {
            origin: n.tree.origin,
            ..Tree::default()
        };
        let span = n.span();
        let empty = tree.leaf(Kind::Empty, span, Data::None);
        let params = tree.inner(Kind::FormalParams, span, &[empty]);
        let body = super::template::copy_tree(n, &mut tree);
        let root = tree.inner(
            Kind::Do,
            span,
            &[empty, empty, empty, params, empty, empty, body],
        );
        tree.root = Some(root);
        let tree = Arc::new(tree);
        self.current.push(tree.clone());
        let expr = self.lambda(tree.root(), want);
        self.current.pop();
        expr
    }

    fn given_expr(&mut self, node: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if self.denotes_type(node) {
            let place = self.place(node);
            let ty = self.type_expr(node);
            return self.type_value(ty, place);
        }
        self.expr(node, want)
    }

    fn lambda_needs_types(&self, node: Cursor<'_>) -> bool {
        node.kid(3)
            .kids()
            .skip(1)
            .any(|def| def.len() > 2 && def.kid(def.len() - 2).is_empty())
    }

    /// What a parameter's type says about an argument before the candidate is chosen.
    fn wanted_by_param(&self, ty: TypeId) -> TypeId {
        match *self.get(ty) {
            Type::Varargs(elem) => elem,
            Type::Sink(inner) | Type::Lent(inner) | Type::Var(inner) => inner,
            _ => ty,
        }
    }

    fn type_of_given(&mut self, arg: &mut Given<'_>) {
        if arg.typed.is_none()
            && let GivenNode::Node(node) = arg.node
        {
            let expr = self.given_expr(node, None);
            arg.typed = Some(expr);
        }
    }

    /// Does a candidate fit the arguments?
    fn fit(
        &mut self,
        sym: SymId,
        head: &Arc<RoutineSym>,
        explicit: &[TypeId],
        args: &[Given<'_>],
    ) -> Result<Match, Misfit> {
        let mut slots: Vec<Vec<usize>> = vec![Vec::new(); head.params.len()];
        for (i, arg) in args.iter().enumerate() {
            let Some(param) = param_for(head, i, arg.name, args.len()) else {
                if head
                    .pragmas
                    .import
                    .as_ref()
                    .is_some_and(|import| import.varargs)
                {
                    continue;
                }
                return Err(Misfit::Other);
            };
            let many = matches!(self.get(head.params[param].ty), Type::Varargs(_));
            if !slots[param].is_empty() && !many {
                return Err(Misfit::Argument(i));
            }
            slots[param].push(i);
        }
        for (slot, param) in slots.iter().zip(&head.params) {
            let many = matches!(self.get(param.ty), Type::Varargs(_));
            if slot.is_empty() && param.default.is_none() && !many {
                return Err(Misfit::Other);
            }
        }
        let mut binds = Bindings::default();
        self.bind_explicit(head, explicit, &mut binds)?;
        let mut score = Score::default();
        let mut converters = Vec::new();
        for (p, slot) in slots.iter().enumerate() {
            let ty = head.params[p].ty;
            for &i in slot {
                match self.fit_argument(ty, &head.params[p], &args[i], slot.len(), &mut binds) {
                    Some((rel, depth)) => {
                        score.add(rel);
                        score.depth += depth;
                        if rel == Rel::Subtype
                            && let Some(expr) = &args[i].typed
                        {
                            score.inheritance += self.inheritance(ty, expr.ty);
                        }
                    }
                    None => {
                        let Some(converter) = self.argument_converter(ty, &args[i], &binds) else {
                            return Err(Misfit::Argument(i));
                        };
                        score.conv += 1;
                        converters.push((i, converter));
                    }
                }
            }
        }
        Ok(Match {
            sym,
            head: head.clone(),
            binds,
            score,
            slots,
            converters,
        })
    }

    fn inheritance(&self, formal: TypeId, actual: TypeId) -> i32 {
        match (self.object_of(formal), self.object_of(actual)) {
            (Some(base), Some(derived)) => self.derives(derived, base).unwrap_or(0) as i32,
            _ => 0,
        }
    }

    fn argument_converter(
        &mut self,
        ty: TypeId,
        arg: &Given<'_>,
        binds: &Bindings,
    ) -> Option<SymId> {
        let expr = arg.typed.as_ref()?;
        if matches!(
            self.get(ty),
            Type::Var(_) | Type::Typed | Type::Untyped | Type::TypeDesc(_)
        ) {
            return None;
        }
        let target = self.substitute(self.wanted_by_param(ty), binds);
        if matches!(self.get(target), Type::Param(_)) {
            return None;
        }
        self.find_converter(target, expr).map(|(sym, _)| sym)
    }

    fn bind_explicit(
        &mut self,
        head: &RoutineSym,
        explicit: &[TypeId],
        binds: &mut Bindings,
    ) -> Result<(), Misfit> {
        if explicit.len() > head.generics.len() {
            return Err(Misfit::Other);
        }
        for (generic, &ty) in head.generics.iter().zip(explicit) {
            if let Some(class) = generic.constraint
                && !self.satisfies(class, ty, binds)
            {
                return Err(Misfit::Other);
            }
            if let Type::Param(number) = *self.get(generic.ty) {
                binds.insert(number, ty);
            }
        }
        Ok(())
    }

    /// How one argument fits a parameter, and how deep the parameter's type pattern is.
    fn fit_argument(
        &mut self,
        ty: TypeId,
        param: &ParamSym,
        arg: &Given<'_>,
        of: usize,
        binds: &mut Bindings,
    ) -> Option<(Rel, i32)> {
        match *self.get(ty) {
            Type::Untyped => return Some((Rel::Generic, 0)),
            Type::Varargs(elem) => {
                if elem == TypeId::UNTYPED {
                    return Some((Rel::Generic, 0));
                }
                let expr = arg.typed.as_ref()?;
                // A whole array for the parameter, or one of the elements.
                if of == 1 && !param.each {
                    let mut trial = binds.clone();
                    if matches!(
                        self.get(self.s.types.repr(expr.ty)),
                        Type::Array { .. } | Type::Seq(_) | Type::OpenArray(_)
                    ) && let Some(rel) = self.relate(ty, Arg::of(expr), &mut trial)
                    {
                        *binds = trial;
                        return Some((rel.min(Rel::Generic), 1));
                    }
                }
                if param.conv.is_some() {
                    return Some((Rel::Convertible, 0));
                }
                let rel = self.relate(elem, Arg::of(expr), binds)?;
                return Some((rel.min(Rel::Subtype), 0));
            }
            _ => {}
        }
        let Some(expr) = &arg.typed else {
            // A lambda that waits for its parameters' types.
            return matches!(self.get(ty), Type::Proc(_) | Type::Param(_))
                .then_some((Rel::Generic, 1));
        };
        let settled;
        let expr = if matches!(expr.kind, ExprKind::Int(_))
            && self.ambiguous_enums.contains_key(&expr.place)
        {
            settled = self.settle_enum(expr.clone(), Some(self.wanted_by_param(ty)));
            &settled
        } else {
            expr
        };
        let rel = self.relate(ty, Arg::of(expr), binds)?;
        let depth = if rel == Rel::Generic {
            self.pattern_depth(ty)
        } else {
            0
        };
        Some((rel, depth))
    }

    /// How much of a type a generic parameter's pattern spells out.
    fn pattern_depth(&self, ty: TypeId) -> i32 {
        match self.get(ty) {
            Type::Param(number) => match self.constraint(*number) {
                Some(c) if c.class.is_some() || c.static_of.is_some() => 1,
                _ => 0,
            },
            Type::Seq(t)
            | Type::Set(t)
            | Type::Ref(t)
            | Type::Ptr(t)
            | Type::OpenArray(t)
            | Type::UncheckedArray(t)
            | Type::TypeDesc(t) => 2 + self.pattern_depth(*t),
            Type::Varargs(t) => 1 + self.pattern_depth(*t),
            Type::Var(t) | Type::Sink(t) | Type::Lent(t) => 1 + self.pattern_depth(*t),
            Type::Array { index, elem } => {
                2 + self.pattern_depth(*index) + self.pattern_depth(*elem)
            }
            Type::Apply(_, args) => 2 + args.iter().map(|&t| self.pattern_depth(t)).sum::<i32>(),
            Type::Tuple(fields) => {
                2 + fields
                    .iter()
                    .map(|&(_, t)| self.pattern_depth(t))
                    .sum::<i32>()
            }
            Type::Proc(p) => {
                2 + p.params.iter().map(|&t| self.pattern_depth(t)).sum::<i32>()
                    + self.pattern_depth(p.ret)
            }
            Type::Class(_) | Type::Generic(_) => 1,
            _ => 1,
        }
    }

    /// Ties: a concrete routine before a generic one, a more specific pattern, a `var` parameter, an inner scope, the wanted result.
    fn disambiguate(&mut self, best: &mut Vec<Match>, want: Option<TypeId>) {
        let deepest = best.iter().map(|m| m.score.depth).max().unwrap_or(0);
        best.retain(|m| m.score.depth == deepest);
        if best.len() > 1 && best.iter().any(|m| !m.head.is_template()) {
            // `var T` before `T`: what can be changed in place.
            let vars = |c: &Self, m: &Match| {
                m.head
                    .params
                    .iter()
                    .filter(|p| matches!(c.get(p.ty), Type::Var(_)))
                    .count()
            };
            let most = best.iter().map(|m| vars(self, m)).max().unwrap_or(0);
            let counts: Vec<usize> = best.iter().map(|m| vars(self, m)).collect();
            let mut counts = counts.into_iter();
            best.retain(|_| counts.next() == Some(most));
        }
        if best.len() > 1 {
            let inner = best.iter().map(|m| m.head.depth).max().unwrap_or(0);
            best.retain(|m| m.head.depth == inner);
        }
        if best.len() > 1 {
            let non_generic = best.iter().any(|m| !m.head.is_generic());
            if non_generic {
                best.retain(|m| !m.head.is_generic());
            }
        }
        if best.len() > 1
            && let Some(want) = want
        {
            let fits: Vec<bool> = best.iter().map(|m| m.head.ret == want).collect();
            if fits.iter().filter(|&&f| f).count() == 1 {
                let mut fits = fits.into_iter();
                best.retain(|_| fits.next() == Some(true));
            }
        }
        if best.len() > 1 {
            // The same declaration seen through two imports, or a module's own before an imported one of equal type.
            let own = best.iter().any(|m| m.head.module == self.env.module);
            if own {
                let module = self.env.module;
                best.retain(|m| m.head.module == module);
            }
        }
        if best.len() > 1
            && best
                .iter()
                .all(|m| self.same_overload(&m.head, &best[0].head))
        {
            best.truncate(1);
        }
    }

    fn same_overload(&self, a: &RoutineSym, b: &RoutineSym) -> bool {
        std::ptr::eq(a, b)
            || (a.module == b.module
                && a.node.id == b.node.id
                && Arc::ptr_eq(&a.node.tree, &b.node.tree))
    }

    fn report_no_match(
        &mut self,
        name: Name,
        heads: &[(SymId, Arc<RoutineSym>)],
        args: &mut [Given<'_>],
        misfit: Option<Misfit>,
        place: Place,
    ) {
        for arg in args.iter_mut() {
            self.type_of_given(arg);
        }
        if args
            .iter()
            .any(|a| a.typed.as_ref().is_some_and(|e| e.ty == TypeId::ERROR))
        {
            return;
        }
        let types: Vec<String> = args
            .iter()
            .map(|a| {
                let shown = a
                    .typed
                    .as_ref()
                    .map_or_else(|| "untyped".into(), |e| self.show_arg(e));
                a.name
                    .map_or(shown.clone(), |name| format!("{name} = {shown}"))
            })
            .collect();
        let mut text = format!(
            "type mismatch: got <{}>\nbut expected one of:",
            types.join(", ")
        );
        for (_, head) in heads.iter().take(8) {
            text.push('\n');
            text.push_str(&self.s.types.show_routine(head));
        }
        if heads.len() > 8 {
            text.push_str(&format!("\n({} more)", heads.len() - 8));
        }
        text.push_str(&format!("\n\nexpression: {name}(…)"));
        let mut diagnostic = Diagnostic::error(place, text);
        if let Some(Misfit::Argument(i)) = misfit
            && heads.len() == 1
            && let Some(arg) = args.get(i)
        {
            diagnostic = diagnostic.with_label(arg.place, format!("this is '{}'", types[i]));
        }
        self.report(diagnostic);
    }

    fn report_ambiguous(&mut self, best: &[Match], args: &[Given<'_>], place: Place) {
        let types: Vec<String> = args
            .iter()
            .filter_map(|a| a.typed.as_ref())
            .map(|e| self.show_arg(e))
            .collect();
        let shown: Vec<String> = best
            .iter()
            .take(2)
            .map(|m| {
                let at = self.s.sym(m.sym).place;
                let (file, line, col) = self.loader.line(at);
                format!(
                    "{} [declared in {file}({line}, {col})]",
                    self.s.types.show_routine(&m.head)
                )
            })
            .collect();
        let message = format!(
            "ambiguous call; both {} match for: ({})",
            shown.join(" and "),
            types.join(", ")
        );
        self.error(place, message);
    }

    /// Makes the call that overload resolution chose.
    fn apply(
        &mut self,
        found: Match,
        args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let head = found.head.clone();
        if let Some(text) = &head.pragmas.error {
            self.error(
                place,
                format!("{text}; usage of '{}' is a user-defined error", head.name),
            );
            return self.bad(place);
        }
        if let Some(why) = &head.pragmas.deprecated
            && self.expansions.is_empty()
        {
            let text = if why.is_empty() {
                format!("{} is deprecated [Deprecated]", head.name)
            } else {
                format!("{why}; {} is deprecated [Deprecated]", head.name)
            };
            self.report(Diagnostic::warning(place, text));
        }
        match head.kind {
            Kind::MacroDef => return self.unsupported(place, format!("macros ('{}')", head.name)),
            Kind::TemplateDef => {
                return self.expand(&head, found.binds, found.slots, args, want, place);
            }
            _ => {}
        }
        self.apply_routine(found, &head, args, want, place)
    }

    fn apply_routine(
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
            match self.instantiate(found.sym, head, &binds, place) {
                Some(done) => done,
                None => return self.bad(place),
            }
        } else {
            match head.id {
                Some(id) => (id, self.result_of(id, head)),
                None => return self.bad(place),
            }
        };
        let mut values = Vec::new();
        for (p, slot) in found.slots.iter().enumerate() {
            let ty = self.substitute(head.params[p].ty, &binds);
            if matches!(self.get(ty), Type::TypeDesc(_) | Type::StaticValue(..)) {
                continue;
            }
            if slot.is_empty() && !matches!(self.get(ty), Type::Varargs(_)) {
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
        let call = self.routine_call(id, values, ret, place);
        if head.pragmas.discardable {
            self.s.discardable.insert(id);
        }
        if head.pragmas.noreturn {
            self.s.noreturn.insert(id);
        }
        call
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

    fn look_through(&mut self, call: Expr) -> Expr {
        let place = call.place;
        match *self.get(call.ty) {
            Type::Var(inner) | Type::Lent(inner) => {
                self.make(ExprKind::Deref(Box::new(call)), inner, place)
            }
            _ => call,
        }
    }

    fn result_of(&mut self, id: super::typed::RoutineId, head: &RoutineSym) -> TypeId {
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

    fn c_vararg(&mut self, expr: Expr) -> Expr {
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
    fn late_lambdas(
        &mut self,
        head: &RoutineSym,
        slots: &[Vec<usize>],
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

    fn bind_defaults(&mut self, head: &Arc<RoutineSym>, binds: &mut Bindings) {
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
                if let (Type::Param(n), Some(default)) =
                    (self.get(param.ty).clone(), param.default.clone())
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
    fn default_argument(
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
    fn argument(
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

    fn varargs(
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
                let at = expr.place;
                if !self.has_value(&expr) {
                    return self.bad(at);
                }
                expr = self.call_with(conv, &syms, vec![expr], at);
            }
            let expr = self.settle_enum(expr, Some(elem));
            values.push(self.coerce(expr, elem));
        }
        if values.iter().any(|v| v.ty == TypeId::ERROR) {
            return self.bad(place);
        }
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
    fn conversion_syms(&mut self, conv: Name, head: &RoutineSym) -> Syms {
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
    fn magic_args(
        &mut self,
        head: &Arc<RoutineSym>,
        binds: &Bindings,
        slots: &[Vec<usize>],
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

    /// A call of a proc value.
    pub(super) fn call_value(&mut self, callee: Expr, args: Vec<Given<'_>>, place: Place) -> Expr {
        if callee.ty == TypeId::ERROR {
            return callee;
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
            if args.is_empty() && !matches!(self.get(callee.ty), Type::Void) {
                return callee;
            }
            self.error(
                place,
                format!(
                    "attempting to call routine: expression of type '{}' cannot be called",
                    self.s.types.show(callee.ty)
                ),
            );
            return self.bad(place);
        };
        let mut values = Vec::new();
        let count = args.len();
        if count != proc_type.params.len() && !(proc_type.varargs && count > proc_type.params.len())
        {
            let (want, ty) = (proc_type.params.len(), self.s.types.show(callee.ty));
            self.error(
                place,
                format!("type mismatch: got {count} argument(s), but expected {want} for {ty}"),
            );
            return self.bad(place);
        }
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
            values.push(self.pass(expr, want));
        }
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

/// Can a routine be called with this many arguments?
fn accepts_count(head: &RoutineSym, count: usize) -> bool {
    let c_varargs = head.pragmas.import.as_ref().is_some_and(|i| i.varargs);
    count <= head.params.len() || c_varargs || head.varargs.is_some()
}

/// The parameter that takes argument number `i` of `count`.
fn param_for(head: &RoutineSym, i: usize, name: Option<Name>, count: usize) -> Option<usize> {
    if let Some(name) = name {
        return head.params.iter().position(|p| p.name == name);
    }
    if let Some(varargs) = head.varargs {
        // What stands behind the varargs takes the last arguments.
        let after = head.params.len() - varargs - 1;
        let after = after.min(
            head.params
                .iter()
                .skip(varargs + 1)
                .filter(|p| p.default.is_none())
                .count(),
        );
        if i < varargs {
            return Some(i);
        }
        if count > after && i >= count - after && i > varargs {
            return Some(head.params.len() - (count - i));
        }
        return Some(varargs);
    }
    (i < head.params.len()).then_some(i)
}
