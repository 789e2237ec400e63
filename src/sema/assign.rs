//! Assignments: to places, through setters, into elements, of tuples.

use super::call::{Given, GivenNode};
use super::checker::Checker;
use super::symbols::SymKind;
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// `target = value`
    pub(super) fn assign(&mut self, n: Cursor<'_>) -> Expr {
        let right = Given::node(n.kid(1), self.place(n.kid(1)));
        self.assign_given(n.kid(0), right, self.place(n))
    }

    fn assign_given(&mut self, left: Cursor<'_>, right: Given<'_>, place: Place) -> Expr {
        match left.kind() {
            Kind::DotExpr => {
                if let Some(call) = self.assign_member(left, &right, place) {
                    return call;
                }
            }
            Kind::BracketExpr if left.len() > 1 => {
                return self.assign_element(left, right, place, "[]=");
            }
            Kind::CurlyExpr => {
                let mut args: Vec<Expr> = left.kids().map(|k| self.expr(k, None)).collect();
                args.push(self.assigned(&right, None));
                let name = Name::new("{}=");
                let syms = self.lookup(name);
                return self.call_with(name, &syms, args, place);
            }
            Kind::TupleConstr | Kind::Par if left.len() > 1 => {
                return self.assign_tuple(left, right, place);
            }
            _ => {}
        }
        let target = self.expr(left, None);
        self.assign_to(target, &right, place)
    }

    /// The value of what is assigned; a place of type `want` may say what it is.
    fn assigned(&mut self, right: &Given<'_>, want: Option<TypeId>) -> Expr {
        match (&right.node, &right.typed) {
            (_, Some(value)) => value.clone(),
            (GivenNode::Node(n), None) => self.expr(*n, want),
            (GivenNode::Checked, None) => self.bad(right.place),
        }
    }

    /// The same as a value of the type of `target`.
    fn assigned_to(&mut self, target: &Expr, right: &Given<'_>) -> Expr {
        match (&right.node, &right.typed) {
            (GivenNode::Node(n), None) => {
                let spelling = self.spell_place(target);
                self.expr_wanted(*n, target.ty, spelling)
            }
            _ => {
                let value = self.assigned(right, None);
                self.coerce(value, target.ty)
            }
        }
    }

    fn assign_to(&mut self, target: Expr, right: &Given<'_>, place: Place) -> Expr {
        if target.ty == TypeId::ERROR {
            let _ = self.assigned(right, None);
            return self.bad(place);
        }
        if let ExprKind::Local(id) = target.kind {
            // The first assignment to an `auto` result decides its type.
            let frame = self.frame();
            if frame.auto_ret && frame.result == Some(id) {
                let value = self.assigned(right, None);
                self.set_auto_ret(&value);
                return self.assign_result(value, place);
            }
        }
        // `result = x` where the result is an address: of `x`, as with `return x`.
        if let ExprKind::Deref(inner) = &target.kind
            && let ExprKind::Local(id) = inner.kind
            && self.frame().result == Some(id)
            && matches!(self.get(inner.ty), Type::Var(_) | Type::Lent(_))
        {
            let value = self.assigned(right, Some(target.ty));
            return self.assign_result(value, place);
        }
        if !self.is_assignable(&target) {
            let shown = self.shown_place(&target);
            self.error(target.place, format!("'{shown}' cannot be assigned to"));
            let _ = self.assigned(right, Some(target.ty));
            return self.bad(place);
        }
        let value = self.assigned_to(&target, right);
        if value.ty == TypeId::ERROR {
            return self.bad(place);
        }
        self.make(
            ExprKind::Assign(Box::new(target), Box::new(value)),
            TypeId::VOID,
            place,
        )
    }

    /// A place as source, for messages.
    pub(super) fn shown_place(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Local(id) => self
                .frames
                .last()
                .and_then(|f| f.locals.get(id.0 as usize))
                .map_or_else(String::new, |l| l.name.to_string()),
            ExprKind::Global(id) => self.s.global(*id).map_or_else(String::new, |g| {
                g.shown.rsplit('.').next().unwrap_or("").to_string()
            }),
            ExprKind::Field { object, field, .. } => {
                let name = self
                    .s
                    .types
                    .object(object.ty)
                    .map_or_else(String::new, |(_, body)| {
                        body.fields[*field].name.to_string()
                    });
                format!("{}.{name}", self.shown_place(object))
            }
            ExprKind::TupleField(tuple, at) => match self.get(tuple.ty) {
                Type::Tuple(fields) => match fields[*at].0 {
                    Some(name) => format!("{}.{name}", self.shown_place(tuple)),
                    None => format!("{}[{at}]", self.shown_place(tuple)),
                },
                _ => self.shown_place(tuple),
            },
            ExprKind::Index { base, index, .. } => {
                format!("{}[{}]", self.shown_place(base), self.shown_place(index))
            }
            ExprKind::Deref(inner) if matches!(self.get(inner.ty), Type::Ref(_) | Type::Ptr(_)) => {
                format!("{}[]", self.shown_place(inner))
            }
            ExprKind::Deref(inner) => self.shown_place(inner),
            ExprKind::Convert { value, .. } => self.shown_place(value),
            ExprKind::Int(value) => self.s.types.show_ordinal(expr.ty, *value),
            _ => self.loader.text(expr.place),
        }
    }

    /// `a.b = v`: a field, or a call of `b=`.
    fn assign_member(&mut self, left: Cursor<'_>, right: &Given<'_>, place: Place) -> Option<Expr> {
        if self.module_named(left.kid(0)).is_some() {
            return None;
        }
        let name = simple_name(left.kid(1)).or_else(|| self.bound_name(left.kid(1)))?;
        let object = self.dot_object(left.kid(0));
        if object.ty == TypeId::ERROR {
            let _ = self.assigned(right, None);
            return Some(object);
        }
        if let Some(member) = self.field_of(object.clone(), left.kid(1), name) {
            // Messages stand at the dot.
            let member = Expr {
                place: self.place(left),
                ..member
            };
            return Some(self.assign_to(member, right, place));
        }
        let setter = Name::new(&format!("{name}="));
        let syms = self.lookup(setter);
        if syms.is_empty() {
            let given = vec![right.clone()];
            if let Some(call) = self.dot_operator(".=", &object, left.kid(1), given, place) {
                return Some(call);
            }
            // A proc that gives a place has to be called for it: `a.b() = v`.
            if matches!(self.get(object.ty), Type::TypeDesc(_)) {
                let target = self.dot(left, None);
                return Some(self.assign_to(target, right, place));
            }
            let at = sign(left, right, place);
            if self.object_of(object.ty).is_some() {
                return Some(self.no_field(&object, name, at));
            }
            if !self.has_value(&object) {
                return Some(self.bad(place));
            }
            self.error(
                at,
                format!("attempting to call undeclared routine: '{setter}'"),
            );
            return Some(self.bad(place));
        }
        let routines: Vec<_> = syms
            .iter()
            .copied()
            .filter(|&s| matches!(self.s.sym(s).kind, SymKind::Routine(_)))
            .collect();
        let args = vec![Given::checked(object), right.clone()];
        Some(self.call_symbols(name, &routines, args, None, place))
    }

    /// `a[i] = v`: an element, or a call of `[]=`.
    fn assign_element(
        &mut self,
        left: Cursor<'_>,
        right: Given<'_>,
        place: Place,
        setter: &str,
    ) -> Expr {
        let base = self.expr(left.kid(0), None);
        if base.ty == TypeId::ERROR {
            let _ = self.assigned(&right, None);
            return base;
        }
        let mut args = Vec::new();
        for kid in left.kids().skip(1) {
            let want = self.index_want(base.ty);
            let value = self.index_arg(kid, want);
            args.push(self.settle_enum(value, want));
        }
        if args.iter().any(|a| a.ty == TypeId::ERROR) {
            return self.bad(place);
        }
        if args.len() == 1
            && let Some(target) = self.element(&base, &args[0], self.place(left))
        {
            return self.assign_to(target, &right, place);
        }
        let name = Name::new(setter);
        let syms = self.lookup_indexing(name);
        let routines: Vec<_> = syms
            .iter()
            .copied()
            .filter(|&s| matches!(self.s.sym(s).kind, SymKind::Routine(_)))
            .collect();
        let mut givens: Vec<Given<'_>> = vec![Given::checked(base.clone())];
        givens.extend(args.iter().cloned().map(Given::checked));
        givens.push(right.clone());
        // `[]` may give a `var`: then the place is assigned.
        let (_, fits) = if routines.is_empty() {
            (self.bad(place), false)
        } else {
            let trial = givens.clone();
            self.speculate_in_place(|c| c.call_symbols(name, &routines, trial, None, place))
        };
        if !fits {
            let getter = Name::new("[]");
            let syms = self.lookup_indexing(getter);
            let mut all = vec![base];
            all.extend(args);
            let trial = all.clone();
            let (target, ok) =
                self.speculate_in_place(|c| c.call_with(getter, &syms, trial, place));
            let (_, takes) = match ok && self.is_assignable(&target) {
                true => self.speculate_in_place(|c| c.assign_to(target, &right, place)),
                false => (target, false),
            };
            if takes {
                let target = self.call_with(getter, &syms, all, place);
                return self.assign_to(target, &right, place);
            }
        }
        self.call_symbols(name, &routines, givens, None, self.place(left))
    }

    /// `(a, b) = t`
    fn assign_tuple(&mut self, left: Cursor<'_>, right: Given<'_>, place: Place) -> Expr {
        let value = self.assigned(&right, None);
        let ty = self.s.types.bare(value.ty);
        let Some(fields) = self.tuple_parts(&value, left.len(), place) else {
            return self.bad(place);
        };
        let temp = self.temp(ty, place);
        let mut stmts = vec![self.make(
            ExprKind::Let(temp, Some(Box::new(value))),
            TypeId::VOID,
            place,
        )];
        for (at, (kid, field)) in left.kids().zip(fields).enumerate() {
            if kid.name().is_some_and(|n| n == "_") {
                continue;
            }
            let source = self.make(ExprKind::Local(temp), ty, place);
            let part = self.make(ExprKind::TupleField(Box::new(source), at), field, place);
            stmts.push(self.assign_given(kid, Given::checked(part), place));
        }
        self.make(ExprKind::Seq(stmts), TypeId::VOID, place)
    }

    /// The types of the parts of a tuple, which has to have so many.
    fn tuple_parts(&mut self, value: &Expr, wanted: usize, place: Place) -> Option<Vec<TypeId>> {
        let ty = self.s.types.bare(value.ty);
        let message = match self.get(self.s.types.repr(ty)) {
            Type::Tuple(fields) if fields.len() == wanted => {
                return Some(fields.iter().map(|&(_, ty)| ty).collect());
            }
            Type::Tuple(fields) => {
                let have = fields.len();
                format!("tuple expected with {wanted} elements, but got {have}")
            }
            _ if value.ty == TypeId::ERROR => return None,
            _ => format!("tuple expected, but got '{}'", self.s.types.show(value.ty)),
        };
        self.error(place, message);
        None
    }
}

/// Where the `=` of an assignment stands, which is in the middle between its sides.
fn sign(left: Cursor<'_>, right: &Given<'_>, place: Place) -> Place {
    let GivenNode::Node(right) = right.node else {
        return place;
    };
    let (end, start) = (left.span().end, right.span().start);
    match start.checked_sub(end) {
        Some(gap @ 1..) => Place {
            mark: end + (gap - 1) / 2,
            ..place
        },
        _ => place,
    }
}
