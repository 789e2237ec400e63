//! `if`, `when` and `case`, as statements and as expressions.

use super::checker::Checker;
use super::macros::Typing;
use super::magic::Magic;
use super::typed::{CaseLabel, Expr, ExprKind};
use super::types::{Type, TypeId};
use crate::diagnostics::Diagnostic;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// The branches of a `case`.
#[derive(Default)]
struct Branches {
    labels: Vec<Vec<CaseLabel>>,
    bodies: Vec<Expr>,
    elifs: Vec<(Expr, Expr)>,
    els: Option<Expr>,
    /// What the labels cover.
    seen: Vec<(i64, i64)>,
}

impl Checker<'_, '_> {
    /// `if` as statement or expression.
    pub(super) fn if_expr(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        if self.valued_end == Some(Typing::key(n)) {
            return self.if_value(n, want);
        }
        let mut branches = Vec::new();
        let mut els = None;
        for kid in n.kids() {
            if matches!(kid.kind(), Kind::ElifBranch | Kind::ElifExpr) {
                self.push_scope();
                let cond = self.expr_of(kid.kid(0), TypeId::BOOL);
                let body = self.block_value(kid.kid(1), want);
                self.pop_scope();
                branches.push((cond, body));
            } else {
                els = Some(self.block_value(kid.kid(0), want));
            }
        }
        let mut bodies: Vec<Expr> = Vec::new();
        let mut conds = Vec::new();
        for (cond, body) in branches {
            conds.push(cond);
            bodies.push(body);
        }
        let has_else = els.is_some();
        bodies.extend(els);
        let ty = if has_else {
            self.join(&mut bodies, want)
        } else {
            self.all_void(&mut bodies)
        };
        let els = if has_else {
            bodies.pop().map(Box::new)
        } else {
            None
        };
        let branches = conds.into_iter().zip(bodies).collect();
        self.make(ExprKind::If(branches, els), ty, place)
    }

    /// An `if` under `typeof`, which is of the type of its branches.
    fn if_value(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let mut bodies = Vec::new();
        for kid in n.kids() {
            self.push_scope();
            if kid.len() > 1 {
                let _ = self.expr_of(kid.kid(0), TypeId::BOOL);
            }
            let body = kid.last();
            bodies.push(self.valued_at_end(body, |c| c.block_value(body, want)));
            self.pop_scope();
        }
        let ty = self.join(&mut bodies, want);
        self.make(ExprKind::Nop, ty, self.place(n))
    }

    pub(super) fn all_void(&mut self, bodies: &mut [Expr]) -> TypeId {
        let mut ty = TypeId::VOID;
        for body in bodies {
            let taken = std::mem::replace(
                body,
                Expr {
                    kind: ExprKind::Nop,
                    ty: TypeId::VOID,
                    place: body.place,
                },
            );
            let wrong = taken.ty != TypeId::ERROR;
            *body = self.require_void(taken);
            if wrong && body.ty == TypeId::ERROR {
                ty = TypeId::ERROR;
            }
        }
        ty
    }

    /// Gives the branches of an expression one type.
    pub(super) fn join(&mut self, bodies: &mut [Expr], want: Option<TypeId>) -> TypeId {
        let valued: Vec<Expr> = bodies
            .iter()
            .filter(|b| !matches!(b.ty, TypeId::VOID | TypeId::ERROR) && !self.never_returns(b))
            .cloned()
            .collect();
        let void = bodies
            .iter()
            .any(|b| b.ty == TypeId::VOID && !self.never_returns(b));
        // Beside an end without a value, the others have to be discarded.
        if valued.is_empty() || void {
            return self.all_void(bodies);
        }
        let want = want.map(|w| self.s.types.bare(w)).filter(|&w| {
            !self.generic(w)
                && !matches!(
                    self.get(w),
                    Type::Typed | Type::Untyped | Type::Class(_) | Type::TypeDesc(_)
                )
        });
        let ty = match want {
            Some(want) if valued.iter().all(|v| self.fits_type(want, v)) => want,
            _ => self.common_type(&valued),
        };
        for body in bodies {
            if body.ty == TypeId::ERROR || self.never_returns(body) {
                continue;
            }
            let taken = std::mem::replace(
                body,
                Expr {
                    kind: ExprKind::Nop,
                    ty: TypeId::VOID,
                    place: body.place,
                },
            );
            *body = self.coerce_tail(taken, ty);
        }
        ty
    }

    /// Converts the value at the end of statements.
    pub(super) fn coerce_tail(&mut self, expr: Expr, ty: TypeId) -> Expr {
        if expr.ty == ty || expr.ty == TypeId::ERROR || self.never_returns(&expr) {
            return expr;
        }
        let place = expr.place;
        match expr.kind {
            ExprKind::Seq(mut stmts) => {
                let last = stmts.pop().expect("a value needs a statement");
                stmts.push(self.coerce_tail(last, ty));
                self.make(ExprKind::Seq(stmts), ty, place)
            }
            kind => {
                let expr = self.make(kind, expr.ty, place);
                let expr = self.settle_enum(expr, Some(ty));
                self.coerce(expr, ty)
            }
        }
    }

    /// `when`: the first branch whose condition holds; its declarations belong to the scope around.
    pub(super) fn when(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if n.len() <= 2
            && self
                .bound_name(n.kid(0).kid(0))
                .is_some_and(|name| name == "nimvm")
        {
            return self.when_nimvm(n, want);
        }
        match self.taken_branch(n) {
            Some(body) if matches!(body.kind(), Kind::StmtList | Kind::StmtListExpr) => {
                let kids: Vec<Cursor<'_>> = body.kids().collect();
                self.statements(&kids, want, self.place(body))
            }
            Some(body) => self.expr_or_stmt(body, want),
            None => self.nop(self.place(n)),
        }
    }

    /// The branch of a `when` whose condition holds.
    pub(super) fn taken_branch<'t>(&mut self, n: Cursor<'t>) -> Option<Cursor<'t>> {
        n.kids()
            .find(|kid| match kid.kind() {
                Kind::ElifBranch | Kind::ElifExpr => self.const_bool(kid.kid(0)),
                _ => true,
            })
            .map(|kid| kid.last())
    }

    /// `when nimvm: … else: …` is decided where the code runs, so both branches must make sense.
    fn when_nimvm(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let cond = self.make(
            ExprKind::Magic(Magic::NimVm, Vec::new()),
            TypeId::BOOL,
            place,
        );
        let mut bodies = vec![self.block_value(n.kid(0).kid(1), want)];
        let (ty, els) = match n.get(1) {
            Some(els) => {
                bodies.push(self.block_value(els.kid(0), want));
                (self.join(&mut bodies, want), bodies.pop().map(Box::new))
            }
            None => (self.all_void(&mut bodies), None),
        };
        let branches = std::iter::once(cond).zip(bodies).collect();
        self.make(ExprKind::If(branches, els), ty, place)
    }

    /// The labels of an `of` branch as ordinals.
    pub(super) fn case_ordinals(&mut self, n: Cursor<'_>, ty: TypeId, out: &mut Vec<(i64, i64)>) {
        let place = self.place(n);
        if self.is_range(n) {
            let lo = self.case_value(n.kid(n.len() - 2), ty);
            let hi = self.case_value(n.kid(n.len() - 1), ty);
            if let (ExprKind::Int(lo), ExprKind::Int(hi)) = (lo.kind, hi.kind) {
                out.push((lo, hi));
            }
            return;
        }
        let value = self.const_expr(n, Some(ty));
        let value = self.settle_enum(value, Some(ty));
        let kind = match &value.kind {
            ExprKind::Const(inner) => inner.kind.clone(),
            kind => kind.clone(),
        };
        match kind {
            // `of Letters:`, a constant set, or `of {'a', 'b'}`.
            ExprKind::Set(elems) => out.extend(set_ranges(&elems)),
            ExprKind::Array(elems) => {
                for elem in elems {
                    if let ExprKind::Int(value) = elem.kind {
                        out.push((value, value));
                    }
                }
            }
            _ => {
                let value = self.coerce(value, ty);
                match value.kind {
                    ExprKind::Int(v) => out.push((v, v)),
                    _ if value.ty == TypeId::ERROR => {}
                    _ => self.error(place, "a constant was expected as a case label"),
                }
            }
        }
    }

    pub(super) fn case_value(&mut self, n: Cursor<'_>, ty: TypeId) -> Expr {
        let value = self.const_expr(n, Some(ty));
        let value = self.settle_enum(value, Some(ty));
        self.coerce(value, ty)
    }

    /// `case`
    pub(super) fn case(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let on = self.expr(n.kid(0), None);
        let on = self.as_selector(on);
        let ty = self.s.types.bare(on.ty);
        let repr = self.s.types.repr(ty);
        let ordinal = self.s.types.ordinal_range(ty).is_some();
        if !ordinal && !matches!(self.get(repr), Type::String | Type::Float(_) | Type::Error) {
            if let Some(made) = self.case_macro(n, &on, want) {
                return made;
            }
            self.error(
                on.place,
                format!(
                    "selector must be of an ordinal type, float or string, but got '{}'",
                    self.s.types.show(ty)
                ),
            );
            return self.bad(place);
        }
        let branches = self.case_branches(n, &on, want);
        if on.ty == TypeId::ERROR {
            return self.bad(place);
        }
        if ordinal && branches.els.is_none() && branches.elifs.is_empty() {
            self.check_covered(ty, &branches.seen, place);
        }
        self.case_of(on, branches, ordinal, want, place)
    }

    /// What a `case` compares: of a `cstring` the text.
    fn as_selector(&mut self, on: Expr) -> Expr {
        if !matches!(self.get(self.s.types.bare(on.ty)), Type::CString) {
            return on;
        }
        let name = Name::new("$");
        let (syms, place) = (self.lookup(name), on.place);
        self.call_with(name, &syms, vec![on], place)
    }

    fn case_branches(&mut self, n: Cursor<'_>, on: &Expr, want: Option<TypeId>) -> Branches {
        let mut branches = Branches::default();
        for kid in n.kids().skip(1) {
            match kid.kind() {
                Kind::OfBranch => {
                    let labels = self.case_labels(kid, on, &mut branches);
                    let values = labels.iter().filter_map(|label| match *label {
                        CaseLabel::Range(lo, hi) => Some((lo, hi)),
                        _ => None,
                    });
                    let values = values.collect();
                    let body = self.narrowed(on, values, |c| c.block_value(kid.last(), want));
                    if branches.elifs.is_empty() {
                        branches.labels.push(labels);
                        branches.bodies.push(body);
                    }
                }
                Kind::ElifBranch => {
                    let cond = self.expr_of(kid.kid(0), TypeId::BOOL);
                    let body = self.block_value(kid.kid(1), want);
                    branches.elifs.push((cond, body));
                }
                _ => {
                    let ty = self.s.types.bare(on.ty);
                    let rest = self.complement(ty, &branches.seen);
                    let body = self.narrowed(on, rest, |c| c.block_value(kid.kid(0), want));
                    branches.els = Some(body);
                }
            }
        }
        branches
    }

    /// The labels of one branch.
    fn case_labels(
        &mut self,
        branch: Cursor<'_>,
        on: &Expr,
        before: &mut Branches,
    ) -> Vec<CaseLabel> {
        let ty = self.s.types.bare(on.ty);
        let repr = self.s.types.repr(ty);
        let ordinal = self.s.types.ordinal_range(ty).is_some();
        let spelling = self.spell_place(on);
        let mut own = Vec::new();
        for label in branch.kids().take(branch.len() - 1) {
            self.wanting(ty, spelling, |c| {
                c.case_label(label, ty, repr, ordinal, &mut before.seen, &mut own);
            });
            let text = own.last().filter(|l| matches!(l, CaseLabel::Str(_)));
            if text.is_some_and(|text| before.labels.iter().any(|all| all.contains(text))) {
                self.error(self.place(label), "duplicate case label");
            }
        }
        own
    }

    /// The whole of it, once all branches are checked: what follows `elif` is an `if` in place of the `else`.
    fn case_of(
        &mut self,
        on: Expr,
        branches: Branches,
        ordinal: bool,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let Branches {
            labels,
            mut bodies,
            elifs,
            els,
            ..
        } = branches;
        let has_else = els.is_some();
        let (conds, others): (Vec<Expr>, Vec<Expr>) = elifs.into_iter().unzip();
        bodies.extend(others);
        bodies.extend(els);
        let exhaustive = has_else || (ordinal && conds.is_empty());
        let result = if exhaustive {
            self.join(&mut bodies, want)
        } else {
            self.all_void(&mut bodies)
        };
        let mut els = match has_else {
            true => bodies.pop(),
            // Nothing happens where no branch of strings or floats is meant.
            false => (!ordinal && conds.is_empty()).then(|| self.nop(place)),
        };
        if !conds.is_empty() {
            let rest = bodies.split_off(labels.len());
            let elifs = conds.into_iter().zip(rest).collect();
            let kind = ExprKind::If(elifs, els.map(Box::new));
            els = Some(self.make(kind, result, place));
        }
        let kind = ExprKind::Case {
            on: Box::new(on),
            branches: labels.into_iter().zip(bodies).collect(),
            els: els.map(Box::new),
        };
        self.make(kind, result, place)
    }

    pub(super) fn case_label(
        &mut self,
        n: Cursor<'_>,
        ty: TypeId,
        repr: TypeId,
        ordinal: bool,
        seen: &mut Vec<(i64, i64)>,
        out: &mut Vec<CaseLabel>,
    ) {
        let place = self.place(n);
        if ordinal {
            let mut ranges = Vec::new();
            self.case_ordinals(n, ty, &mut ranges);
            for (lo, hi) in ranges {
                if lo > hi {
                    self.error(place, "range is empty");
                }
                if seen.iter().any(|&(a, b)| lo <= b && a <= hi) {
                    let start = Place::new(place.origin, place.span);
                    self.error(start, "duplicate case label");
                }
                seen.push((lo, hi));
                out.push(CaseLabel::Range(lo, hi));
            }
            return;
        }
        if self.is_range(n) && matches!(self.get(repr), Type::Float(_)) {
            let lo = self.case_value(n.kid(n.len() - 2), ty);
            let hi = self.case_value(n.kid(n.len() - 1), ty);
            if let (ExprKind::Float(lo), ExprKind::Float(hi)) = (lo.kind, hi.kind) {
                out.push(CaseLabel::Float(lo, hi));
            }
            return;
        }
        let value = self.case_value(n, ty);
        match value.kind {
            ExprKind::Str(text) => {
                if out.contains(&CaseLabel::Str(text.clone())) {
                    self.error(place, "duplicate case label");
                }
                out.push(CaseLabel::Str(text));
            }
            ExprKind::Float(value) => out.push(CaseLabel::Float(value, value)),
            _ if value.ty == TypeId::ERROR => {}
            _ => self.error(place, "a constant was expected as a case label"),
        }
    }

    pub(super) fn check_covered(&mut self, ty: TypeId, seen: &[(i64, i64)], place: Place) {
        let covered = |v: i64| seen.iter().any(|&(a, b)| (a..=b).contains(&v));
        let bare = self.s.types.bare(ty);
        if let Some(body) = self.s.types.enumeration(self.range_base(bare)) {
            let (lo, hi) = self.s.types.ordinal_range(bare).unwrap_or((0, -1));
            let missing: Vec<String> = body
                .constants
                .iter()
                .filter(|c| (lo..=hi).contains(&i128::from(c.value)) && !covered(c.value))
                .map(|c| c.name.to_string())
                .collect();
            if !missing.is_empty() {
                let text = format!(
                    "not all cases are covered; missing: {{{}}}",
                    missing.join(", ")
                );
                self.report(
                    Diagnostic::error(place, text)
                        .with_help("add the missing branches, or an 'else'"),
                );
            }
            return;
        }
        let Some((lo, hi)) = self.s.types.ordinal_range(bare) else {
            return;
        };
        let total: i128 = seen
            .iter()
            .map(|&(a, b)| i128::from(b) - i128::from(a) + 1)
            .sum();
        if total < hi - lo + 1 && self.s.types.repr(bare) == TypeId::CHAR {
            let missing = (lo as i64..=hi as i64).filter(|&v| !covered(v)).map(|v| {
                let mut text = String::from("'");
                super::literal_text::escape(v as u8, &mut text);
                text + "'"
            });
            let missing: Vec<String> = missing.collect();
            let text = format!(
                "not all cases are covered; missing: {{{}}}",
                missing.join(", ")
            );
            self.report(
                Diagnostic::error(place, text).with_help("add the missing branches, or an 'else'"),
            );
        } else if total < hi - lo + 1 {
            self.report(
                Diagnostic::error(place, "not all cases are covered")
                    .with_help("add an 'else' branch"),
            );
        }
    }
}

/// The members of a constant set, none twice.
fn set_ranges(elems: &[(Expr, Option<Expr>)]) -> Vec<(i64, i64)> {
    let ordinal = |expr: &Expr| match expr.kind {
        ExprKind::Int(value) => Some(value),
        _ => None,
    };
    let bounds = |(lo, hi): &(Expr, Option<Expr>)| {
        let lo = ordinal(lo)?;
        Some((lo, hi.as_ref().map_or(Some(lo), ordinal)?))
    };
    let mut all: Vec<(i64, i64)> = elems.iter().filter_map(bounds).collect();
    all.sort_unstable();
    let mut ranges: Vec<(i64, i64)> = Vec::new();
    for (lo, hi) in all {
        match ranges.last_mut() {
            Some(last) if lo <= last.1 => last.1 = last.1.max(hi),
            _ => ranges.push((lo, hi)),
        }
    }
    ranges
}
