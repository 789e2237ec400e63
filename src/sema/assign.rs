//! Assignments: to places, through setters, into elements, of tuples.

use super::call::Given;
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
        let place = self.place(n);
        let (left, right) = (n.kid(0), n.kid(1));
        match left.kind() {
            Kind::DotExpr => {
                if let Some(call) = self.assign_member(left, right, place) {
                    return call;
                }
            }
            Kind::BracketExpr if left.len() > 1 => {
                return self.assign_element(left, right, place, "[]=");
            }
            Kind::CurlyExpr => {
                let mut args: Vec<Expr> = left.kids().map(|k| self.expr(k, None)).collect();
                args.push(self.expr(right, None));
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
        self.assign_to(target, right, place)
    }

    pub(super) fn assign_to(&mut self, target: Expr, right: Cursor<'_>, place: Place) -> Expr {
        if target.ty == TypeId::ERROR {
            let _ = self.expr(right, None);
            return self.bad(place);
        }
        if let ExprKind::Local(id) = target.kind {
            // The first assignment to an `auto` result decides its type.
            let frame = self.frame();
            if frame.auto_ret && frame.result == Some(id) {
                let value = self.expr(right, None);
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
            let value = self.expr(right, Some(target.ty));
            return self.assign_result(value, place);
        }
        if !self.is_assignable(&target) {
            let shown = self.shown_place(&target);
            self.error(target.place, format!("'{shown}' cannot be assigned to"));
            let _ = self.expr(right, Some(target.ty));
            return self.bad(place);
        }
        let spelling = self.spell_place(&target);
        let value = self.expr_wanted(right, target.ty, spelling);
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
    pub(super) fn assign_member(
        &mut self,
        left: Cursor<'_>,
        right: Cursor<'_>,
        place: Place,
    ) -> Option<Expr> {
        if self.module_named(left.kid(0)).is_some() {
            return None;
        }
        let name = simple_name(left.kid(1)).or_else(|| self.bound_name(left.kid(1)))?;
        let object = self.dot_object(left.kid(0));
        if object.ty == TypeId::ERROR {
            let _ = self.expr(right, None);
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
            let given = Given::node(right, self.place(right));
            if let Some(call) = self.dot_operator(".=", &object, left.kid(1), vec![given], place) {
                return Some(call);
            }
            // A proc that gives a place has to be called for it: `a.b() = v`.
            if matches!(self.get(object.ty), Type::TypeDesc(_)) {
                let target = self.dot(left, None);
                return Some(self.assign_to(target, right, place));
            }
            return Some(self.no_field(&object, name, sign(left, right, place)));
        }
        let routines: Vec<_> = syms
            .iter()
            .copied()
            .filter(|&s| matches!(self.s.sym(s).kind, SymKind::Routine(_)))
            .collect();
        let at = self.place(right);
        let args = vec![Given::checked(object), Given::node(right, at)];
        Some(self.call_symbols(name, &routines, args, None, place))
    }

    /// `a[i] = v`: an element, or a call of `[]=`.
    pub(super) fn assign_element(
        &mut self,
        left: Cursor<'_>,
        right: Cursor<'_>,
        place: Place,
        setter: &str,
    ) -> Expr {
        let base = self.expr(left.kid(0), None);
        if base.ty == TypeId::ERROR {
            let _ = self.expr(right, None);
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
            return self.assign_to(target, right, place);
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
        let at = self.place(right);
        givens.push(Given::node(right, at));
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
                true => self.speculate_in_place(|c| c.assign_to(target, right, place)),
                false => (target, false),
            };
            if takes {
                let target = self.call_with(getter, &syms, all, place);
                return self.assign_to(target, right, place);
            }
        }
        self.call_symbols(name, &routines, givens, None, self.place(left))
    }

    /// `(a, b) = t`
    pub(super) fn assign_tuple(
        &mut self,
        left: Cursor<'_>,
        right: Cursor<'_>,
        place: Place,
    ) -> Expr {
        let value = self.expr(right, None);
        let ty = self.s.types.bare(value.ty);
        let Type::Tuple(fields) = self.get(self.s.types.repr(ty)).clone() else {
            if value.ty != TypeId::ERROR {
                self.error(
                    place,
                    format!("tuple expected, but got '{}'", self.s.types.show(value.ty)),
                );
            }
            return self.bad(place);
        };
        if fields.len() != left.len() {
            self.error(
                place,
                format!(
                    "tuple expected with {} elements, but got {}",
                    left.len(),
                    fields.len()
                ),
            );
            return self.bad(place);
        }
        let temp = self.temp(ty, place);
        let mut stmts = vec![self.make(
            ExprKind::Let(temp, Some(Box::new(value))),
            TypeId::VOID,
            place,
        )];
        for (at, (kid, &(_, field))) in left.kids().zip(&fields).enumerate() {
            if kid.name().is_some_and(|n| n == "_") {
                continue;
            }
            let target = self.expr(kid, None);
            if !self.is_assignable(&target) && target.ty != TypeId::ERROR {
                let shown = self.shown_place(&target);
                self.error(target.place, format!("'{shown}' cannot be assigned to"));
                continue;
            }
            let source = self.make(ExprKind::Local(temp), ty, place);
            let part = self.make(ExprKind::TupleField(Box::new(source), at), field, place);
            let part = self.coerce(part, target.ty);
            stmts.push(self.make(
                ExprKind::Assign(Box::new(target), Box::new(part)),
                TypeId::VOID,
                place,
            ));
        }
        self.make(ExprKind::Seq(stmts), TypeId::VOID, place)
    }
}

/// Where the `=` of an assignment stands, which is in the middle between its sides.
fn sign(left: Cursor<'_>, right: Cursor<'_>, place: Place) -> Place {
    let (end, start) = (left.span().end, right.span().start);
    match start.checked_sub(end) {
        Some(gap @ 1..) => Place {
            mark: end + (gap - 1) / 2,
            ..place
        },
        _ => place,
    }
}
