//! Overload resolution: which of several routines a call means.
//!
//! In: candidates and arguments. Out: the best match with the conversions it takes, or Nim's message on none or several.
//! Ranking follows the manual; see [`Score`].

use std::sync::Arc;

use smallvec::SmallVec;

use super::call::{Given, GivenNode};
use super::checker::Checker;
use super::relation::{Arg, Bindings, Rel};
use super::symbols::{ParamSym, RoutineSym, SymId, SymKind};
use super::typed::{Expr, ExprKind};
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind, Tree};

/// How a candidate fits.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Score {
    pub exact: i32,
    pub generic: i32,
    pub subtype: i32,
    pub int_conv: i32,
    pub conv: i32,
    pub inheritance: i32,
}

impl Score {
    pub(super) fn add(&mut self, rel: Rel) {
        match rel {
            Rel::Equal => self.exact += 1,
            Rel::Generic => self.generic += 1,
            Rel::Subtype => self.subtype += 1,
            Rel::Literal => self.int_conv += 256,
            Rel::IntConv => self.int_conv += 1,
            Rel::Convertible => self.conv += 1,
        }
    }

    pub(super) fn compare(&self, other: &Score) -> std::cmp::Ordering {
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

/// The numbers of the arguments that go to one parameter: several for varargs.
pub(super) type Slot = SmallVec<[usize; 2]>;

/// For each parameter of a candidate, what goes there.
pub(super) type Slots = SmallVec<[Slot; 3]>;

/// A candidate that fits.
#[derive(Clone)]
pub(super) struct Match {
    pub sym: SymId,
    pub head: Arc<RoutineSym>,
    pub binds: Bindings,
    pub score: Score,
    pub slots: Slots,
    /// Parameters whose argument needs a user's converter.
    pub converters: Vec<(usize, SymId)>,
}

/// Why a candidate does not fit, by the number of the argument.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// Its type is another than that of the parameter.
    Type(usize, usize),
    /// It cannot be changed, as the parameter wants.
    Immutable(usize, usize),
    /// There is no parameter of its name.
    UnknownName(usize),
    /// The parameter of its name has a value.
    Given(usize),
    /// There are fewer parameters.
    Extra(usize),
    /// There is none for the parameter.
    Missing(usize),
    /// Explicit type arguments that the constraints exclude.
    TypeArguments,
}

impl<'a, 'r> Checker<'a, 'r> {
    pub(super) fn resolve(
        &mut self,
        name: Name,
        syms: &[SymId],
        explicit: &[TypeId],
        mut args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let mut heads: Vec<(SymId, Arc<RoutineSym>)> = syms
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
        // Iterators are called by `for` loops and by nobody else, if there is a choice.
        let is_meant =
            |(_, h): &(_, Arc<RoutineSym>)| (h.kind == Kind::IteratorDef) == iterator_wanted;
        if heads.iter().any(is_meant) {
            heads.retain(is_meant);
        }
        let question = self.question(&heads, explicit, &args);
        if let Some(question) = &question
            && let Some(found) = self.chosen(question, &heads)
        {
            return self.call_chosen(found, args, want, place);
        }
        let mut fitting: Vec<Match> = Vec::new();
        let mut misfits = Vec::new();
        for (sym, head) in &heads {
            match self.fit(*sym, head, explicit, &args) {
                Ok(found) => fitting.push(found),
                Err(why) => misfits.push(why),
            }
        }
        if fitting.len() > 1 {
            self.try_lambdas(&mut fitting, &args);
        }
        let mut best: Vec<Match> = Vec::new();
        for found in fitting {
            self.keep_better(&mut best, found);
        }
        match best.len() {
            0 => {
                let heads = heads.into_iter().map(|(_, head)| head);
                let misfits: Vec<_> = heads.zip(misfits).collect();
                self.report_no_match(name, &misfits, &mut args, place);
                self.bad(place)
            }
            1 => {
                let found = best.pop().expect("there is one");
                if let Some(question) = question {
                    self.remember(question, &heads, &found);
                }
                self.call_chosen(found, args, want, place)
            }
            _ => {
                self.report_ambiguous(&best, &args, place);
                self.bad(place)
            }
        }
    }

    fn call_chosen(
        &mut self,
        found: Match,
        args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let sym = found.sym;
        let result = self.apply(found, args, want, place);
        self.last_called = Some(sym);
        result
    }

    /// Checks the arguments that some candidate wants typed. Says whether one has an error.
    pub(super) fn check_givens(
        &mut self,
        heads: &[(SymId, Arc<RoutineSym>)],
        args: &mut [Given<'_>],
    ) -> bool {
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
            let mut proc_wanted = false;
            for (_, head) in heads {
                if !accepts_count(head, count) {
                    continue;
                }
                let Some(param) = self.param_of(head, i, arg.name, count) else {
                    continue;
                };
                let ty = head.params[param].ty;
                match self.get(ty) {
                    Type::Untyped => untyped += 1,
                    Type::Varargs(inner) if *inner == TypeId::UNTYPED => untyped += 1,
                    _ => {
                        typed += 1;
                        proc_wanted |= self.proc_type_of(self.wanted_by_param(ty)).is_some();
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
            if wanted == Some(TypeId::TYPED)
                && heads.iter().all(|(_, head)| head.kind == Kind::MacroDef)
                && self.is_for_macro_alone(node)
            {
                arg.typed = Some(self.nop(arg.place));
                continue;
            }
            if untyped > 0 {
                // An argument that makes sense only to the template that takes it unchecked.
                let (expr, ok) = self.speculate_in_place(|c| c.expr(node, want));
                if !ok || expr.ty == TypeId::ERROR {
                    continue;
                }
            }
            let open = several || want.is_some_and(|w| self.generic(w));
            if proc_wanted && open && self.names_several(node) {
                // Which of them is decided by the parameter's type, when that is known.
                continue;
            }
            let lambda = matches!(node.kind(), Kind::Lambda | Kind::Do);
            if lambda && open && self.lambda_needs_types(node) {
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
    pub(super) fn statements_as_proc(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
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

    pub(super) fn given_expr(&mut self, node: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if self.denotes_type(node) {
            let place = self.place(node);
            let ty = self.type_expr(node);
            return self.type_value(ty, place);
        }
        self.expr(node, want)
    }

    /// Does a name stand for several routines, or for a generic one, of which each could be the value?
    pub(super) fn names_several(&mut self, node: Cursor<'_>) -> bool {
        if !matches!(
            node.kind(),
            Kind::Ident | Kind::AccQuoted | Kind::Sym | Kind::DotExpr
        ) {
            return false;
        }
        let Some((_, syms)) = self.syms_of(node) else {
            return false;
        };
        let routines: Vec<&RoutineSym> = syms
            .iter()
            .filter_map(|&sym| match &self.s.sym(sym).kind {
                SymKind::Routine(head) if !head.is_template() => Some(&**head),
                _ => None,
            })
            .collect();
        routines.len() == syms.len()
            && (routines.len() > 1 || routines.iter().any(|head| head.is_generic()))
    }

    pub(super) fn lambda_needs_types(&self, node: Cursor<'_>) -> bool {
        node.kid(3)
            .kids()
            .skip(1)
            .any(|def| def.len() > 2 && def.kid(def.len() - 2).is_empty())
    }

    /// What a parameter's type says about an argument before the candidate is chosen.
    pub(super) fn wanted_by_param(&self, ty: TypeId) -> TypeId {
        match *self.get(ty) {
            Type::Varargs(elem) => elem,
            Type::Sink(inner) | Type::Lent(inner) | Type::Var(inner) => inner,
            _ => ty,
        }
    }

    pub(super) fn type_of_given(&mut self, arg: &mut Given<'_>) {
        if arg.typed.is_none()
            && let GivenNode::Node(node) = arg.node
        {
            let expr = self.given_expr(node, None);
            arg.typed = Some(expr);
        }
    }

    /// Does a candidate fit the arguments?
    pub(super) fn fit(
        &mut self,
        sym: SymId,
        head: &Arc<RoutineSym>,
        explicit: &[TypeId],
        args: &[Given<'_>],
    ) -> Result<Match, Misfit> {
        let found = self.fit_as(sym, head, explicit, args, false);
        // An array may be all of the varargs, and what stands behind it the argument of the next parameter.
        match head.varargs {
            Some(at)
                if found.is_err() && args.len() > at + 1 && args.len() <= head.params.len() =>
            {
                self.fit_as(sym, head, explicit, args, true).or(found)
            }
            _ => found,
        }
    }

    /// The same; `whole` when each argument is all that a parameter gets.
    fn fit_as(
        &mut self,
        sym: SymId,
        head: &Arc<RoutineSym>,
        explicit: &[TypeId],
        args: &[Given<'_>],
        whole: bool,
    ) -> Result<Match, Misfit> {
        let places = self.places(head, args, whole)?;
        let given_for = |p| {
            let here = places.iter().enumerate();
            here.filter_map(move |(i, &place)| (place == Some(p)).then_some(i))
        };
        let mut binds = Bindings::default();
        self.bind_explicit(head, explicit, &mut binds)?;
        let mut score = Score::default();
        let mut converters = Vec::new();
        for (p, param) in head.params.iter().enumerate() {
            let ty = param.ty;
            let optional = || param.default.is_some() || self.is_varargs(ty);
            let count = given_for(p).count();
            if count == 0 && !optional() {
                return Err(Misfit::Missing(p));
            }
            for i in given_for(p) {
                match self.fit_argument(ty, param, &args[i], count, &mut binds) {
                    Some(rel) => {
                        score.add(rel);
                        if rel == Rel::Subtype
                            && let Some(expr) = &args[i].typed
                        {
                            score.inheritance += self.inheritance(ty, expr.ty);
                        }
                    }
                    None => {
                        let Some(converter) = self.argument_converter(ty, &args[i], &binds) else {
                            return Err(self.why_not(ty, &args[i], i, p));
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
            slots: (0..head.params.len())
                .map(|p| given_for(p).collect())
                .collect(),
            converters,
        })
    }

    /// The parameter of each argument; none for what only C's `...` takes.
    fn places(
        &self,
        head: &RoutineSym,
        args: &[Given<'_>],
        whole: bool,
    ) -> Result<SmallVec<[Option<usize>; 4]>, Misfit> {
        let mut places = SmallVec::new();
        for (i, arg) in args.iter().enumerate() {
            let place = match arg.name {
                None if whole => Some(i),
                name => self.param_of(head, i, name, args.len()),
            };
            match place {
                Some(p) if places.contains(&place) && !self.is_varargs(head.params[p].ty) => {
                    return Err(Misfit::Given(i));
                }
                None if !takes_c_varargs(head) => {
                    return Err(match arg.name {
                        Some(_) => Misfit::UnknownName(i),
                        None => Misfit::Extra(i),
                    });
                }
                _ => places.push(place),
            }
        }
        Ok(places)
    }

    fn is_varargs(&self, ty: TypeId) -> bool {
        matches!(self.get(ty), Type::Varargs(_))
    }

    /// The parameter that takes argument number `i`; `varargs[untyped]` takes names that no parameter has.
    fn param_of(
        &self,
        head: &RoutineSym,
        i: usize,
        name: Option<Name>,
        count: usize,
    ) -> Option<usize> {
        let takes_names = |at: &usize| {
            matches!(
                self.get(head.params[*at].ty),
                Type::Varargs(TypeId::UNTYPED)
            )
        };
        param_for(head, i, name, count).or_else(|| head.varargs.filter(takes_names))
    }

    pub(super) fn inheritance(&self, formal: TypeId, actual: TypeId) -> i32 {
        match (self.object_of(formal), self.object_of(actual)) {
            (Some(base), Some(derived)) => self.derives(derived, base).unwrap_or(0) as i32,
            _ => 0,
        }
    }

    pub(super) fn argument_converter(
        &mut self,
        ty: TypeId,
        arg: &Given<'_>,
        binds: &Bindings,
    ) -> Option<SymId> {
        let expr = arg.typed.as_ref()?;
        if !self.sees_converters() {
            return None;
        }
        if matches!(
            self.get(ty),
            Type::Var(_) | Type::Typed | Type::Untyped | Type::TypeDesc(_)
        ) {
            return None;
        }
        // What cannot be made with these arguments is no candidate; it is no mistake of the program's.
        let mark = self.run.diagnostics.len();
        let target = self.substitute(self.wanted_by_param(ty), binds);
        if self.run.diagnostics.len() > mark {
            self.run.diagnostics.truncate(mark);
            return None;
        }
        if matches!(self.get(target), Type::Param(_)) {
            return None;
        }
        self.find_converter(target, expr).map(|(sym, _)| sym)
    }

    pub(super) fn bind_explicit(
        &mut self,
        head: &RoutineSym,
        explicit: &[TypeId],
        binds: &mut Bindings,
    ) -> Result<(), Misfit> {
        if explicit.len() > head.generics.len() {
            return Err(Misfit::TypeArguments);
        }
        for (generic, &ty) in head.generics.iter().zip(explicit) {
            if let Some(class) = generic.constraint
                && !self.satisfies(class, ty, binds)
            {
                return Err(Misfit::TypeArguments);
            }
            if let Type::Param(number) = *self.get(generic.ty) {
                binds.insert(number, ty);
            }
        }
        Ok(())
    }

    /// A parameter that wants a variable does not take another, whatever its type.
    fn why_not(&mut self, ty: TypeId, arg: &Given<'_>, i: usize, p: usize) -> Misfit {
        match (self.get(ty), &arg.typed) {
            (Type::Var(_), Some(expr)) if !self.is_mutable_place(expr) => Misfit::Immutable(i, p),
            _ => Misfit::Type(i, p),
        }
    }

    /// How one argument fits a parameter.
    pub(super) fn fit_argument(
        &mut self,
        ty: TypeId,
        param: &ParamSym,
        arg: &Given<'_>,
        of: usize,
        binds: &mut Bindings,
    ) -> Option<Rel> {
        match *self.get(ty) {
            Type::Untyped => return Some(Rel::Generic),
            Type::Varargs(elem) => {
                if elem == TypeId::UNTYPED {
                    return Some(Rel::Generic);
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
                        return Some(rel.min(Rel::Generic));
                    }
                }
                if param.conv.is_some() {
                    // `nil` has no text.
                    let nothing = expr.ty == TypeId::NIL && elem == TypeId::STRING;
                    return (!nothing).then_some(Rel::Convertible);
                }
                let rel = self.relate(elem, Arg::of(expr), binds)?;
                return Some(rel.min(Rel::Subtype));
            }
            _ => {}
        }
        let Some(expr) = &arg.typed else {
            // A lambda that waits for its parameters' types.
            return matches!(self.get(ty), Type::Proc(_) | Type::Param(_)).then_some(Rel::Generic);
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
        self.relate(ty, Arg::of(expr), binds)
    }

    /// Lambdas whose parameter types the candidates tell: those stay for which their bodies make sense.
    fn try_lambdas(&mut self, best: &mut Vec<Match>, args: &[Given<'_>]) {
        let lambda = |arg: &Given<'_>| match arg.node {
            GivenNode::Node(n) => {
                arg.typed.is_none() && matches!(n.kind(), Kind::Lambda | Kind::Do)
            }
            GivenNode::Checked => false,
        };
        if !args.iter().any(lambda) {
            return;
        }
        let fits: Vec<bool> = best
            .iter()
            .map(|m| {
                let (mut args, mut binds) = (args.to_vec(), m.binds.clone());
                let trial = |c: &mut Self| c.late_lambdas(&m.head, &m.slots, &mut args, &mut binds);
                self.speculate_in_place(trial).1
            })
            .collect();
        if fits.contains(&true) {
            let mut fits = fits.into_iter();
            best.retain(|_| fits.next() == Some(true));
        }
    }

    pub(super) fn same_overload(&self, a: &RoutineSym, b: &RoutineSym) -> bool {
        std::ptr::eq(a, b)
            || (a.module == b.module
                && a.node.id == b.node.id
                && Arc::ptr_eq(&a.node.tree, &b.node.tree))
    }
}

/// Can a routine be called with this many arguments?
pub(super) fn accepts_count(head: &RoutineSym, count: usize) -> bool {
    count <= head.params.len() || takes_c_varargs(head) || head.varargs.is_some()
}

/// `proc printf(format: cstring) {.importc, varargs.}`
fn takes_c_varargs(head: &RoutineSym) -> bool {
    let import = head.pragmas.import.as_ref();
    import.is_some_and(|import| import.varargs)
}

/// The parameter that takes argument number `i` of `count`.
pub(super) fn param_for(
    head: &RoutineSym,
    i: usize,
    name: Option<Name>,
    count: usize,
) -> Option<usize> {
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
