//! Statements: blocks, control flow, exceptions. Loops are in `loops`, declarations in `vars`.

use std::sync::Arc;

use super::checker::Checker;
use super::symbols::SymKind;
use super::typed::{CaseLabel, Except, Expr, ExprKind, LocalKind};
use super::typeexpr::{is_range, simple_name};
use super::types::{Type, TypeId};
use crate::diagnostics::Diagnostic;
use crate::source::Place;
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// Checks a statement.
    pub(super) fn stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        match n.kind() {
            Kind::StmtList => self.block_value(n, None),
            Kind::VarSection => self.var_section(n, LocalKind::Var),
            Kind::LetSection => self.var_section(n, LocalKind::Let),
            Kind::ConstSection => self.const_section(n),
            Kind::TypeSection => {
                let tree = self.share(n.tree);
                self.type_section(&tree, n);
                self.nop(place)
            }
            Kind::ProcDef
            | Kind::FuncDef
            | Kind::MethodDef
            | Kind::IteratorDef
            | Kind::ConverterDef
            | Kind::TemplateDef
            | Kind::MacroDef => self.routine_def(n),
            Kind::Asgn => self.assign(n),
            Kind::Discard => self.discard(n),
            Kind::IfStmt | Kind::IfExpr => self.if_expr(n, None),
            Kind::WhenStmt => self.when(n, None),
            Kind::CaseStmt => self.case(n, None),
            Kind::WhileStmt => self.while_stmt(n),
            Kind::ForStmt => self.for_stmt(n),
            Kind::BlockStmt => self.block(n, None),
            Kind::TryStmt => self.try_stmt(n, None),
            Kind::ReturnStmt => self.return_stmt(n),
            Kind::YieldStmt => self.yield_stmt(n),
            Kind::RaiseStmt => self.raise_stmt(n),
            Kind::BreakStmt => self.break_stmt(n),
            Kind::ContinueStmt => self.continue_stmt(n),
            Kind::StaticStmt => self.static_stmt(n),
            Kind::Pragma => {
                self.pragma_statement(n);
                self.nop(place)
            }
            Kind::PragmaBlock => self.pragma_block(n),
            Kind::ImportStmt
            | Kind::ImportExceptStmt
            | Kind::FromStmt
            | Kind::ExportStmt
            | Kind::ExportExceptStmt
            | Kind::IncludeStmt => self.module_stmt(n),
            Kind::UsingStmt => {
                self.using_stmt(n);
                self.nop(place)
            }
            Kind::BindStmt | Kind::MixinStmt | Kind::CommentStmt | Kind::Empty => self.nop(place),
            Kind::AsmStmt => self.unsupported(place, "'asm' statements"),
            Kind::Defer => self.defer_alone(n),
            Kind::Error => self.bad(place),
            _ => self.expr(n, None),
        }
    }

    fn using_stmt(&mut self, n: Cursor<'_>) {
        for def in n.kids().filter(|def| def.is(Kind::IdentDefs)) {
            let ty = self.type_expr(def.kid(def.len() - 2));
            for name in def.kids().take(def.len() - 2).filter_map(simple_name) {
                self.using.insert(name, ty);
            }
        }
    }

    /// A statement's code must not give a value that nobody uses.
    pub(super) fn require_void(&mut self, expr: Expr) -> Expr {
        let place = expr.place;
        match self.get(expr.ty) {
            Type::Void | Type::Error => expr,
            _ if self.is_discardable(&expr) => {
                self.make(ExprKind::Discard(Box::new(expr)), TypeId::VOID, place)
            }
            _ if self.never_returns(&expr) => expr,
            Type::TypeDesc(_) => {
                self.error(place, "a type stands where a statement was expected");
                self.bad(place)
            }
            _ => {
                let shown = self.s.types.show(expr.ty);
                let text = self.loader.text(place);
                self.error(
                    place,
                    format!(
                        "expression '{text}' is of type '{shown}' and has to be used (or discarded)"
                    ),
                );
                self.bad(place)
            }
        }
    }

    fn is_discardable(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Call(id, _) => self.s.discardable.contains(id),
            ExprKind::Deref(inner) => self.is_discardable(inner),
            ExprKind::Seq(stmts) => stmts.last().is_some_and(|last| self.is_discardable(last)),
            ExprKind::Block(_, inner) => self.is_discardable(inner),
            ExprKind::If(branches, els) => {
                branches
                    .iter()
                    .all(|(_, b)| self.is_discardable(b) || self.never_returns(b))
                    && els
                        .as_ref()
                        .is_some_and(|e| self.is_discardable(e) || self.never_returns(e))
            }
            ExprKind::Convert { value, .. } => self.is_discardable(value),
            _ => false,
        }
    }

    /// Does control never come out at the end?
    pub(super) fn never_returns(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Raise(_) | ExprKind::Return | ExprKind::Break(_) => true,
            ExprKind::Call(id, _) => self.s.noreturn.contains(id),
            ExprKind::Seq(stmts) => stmts.iter().any(|s| self.never_returns(s)),
            ExprKind::Discard(inner) | ExprKind::Checks(_, inner) => self.never_returns(inner),
            ExprKind::If(branches, Some(els)) => {
                branches.iter().all(|(_, b)| self.never_returns(b)) && self.never_returns(els)
            }
            ExprKind::Case { branches, els, .. } => {
                branches.iter().all(|(_, b)| self.never_returns(b))
                    && els.as_ref().is_none_or(|e| self.never_returns(e))
            }
            ExprKind::Try { body, excepts, .. } => {
                self.never_returns(body) && excepts.iter().all(|e| self.never_returns(&e.body))
            }
            _ => false,
        }
    }

    /// Statements, the last of which may have a value. Opens a scope.
    pub(super) fn block_value(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        self.enter_block();
        let result = if matches!(n.kind(), Kind::StmtList | Kind::StmtListExpr | Kind::Par) {
            let kids: Vec<Cursor<'_>> = n.kids().collect();
            self.statements(&kids, want, self.place(n))
        } else {
            self.expr(n, want)
        };
        self.leave_block();
        result
    }

    fn enter_block(&mut self) {
        if self.at_top()
            && let Some(count) = self.blocks.last_mut()
        {
            *count += 1;
            self.blocks.push(0);
        }
        self.push_scope();
    }

    fn leave_block(&mut self) {
        self.pop_scope();
        if self.at_top() {
            self.blocks.pop();
        }
    }

    /// Statements in the current scope.
    pub(super) fn statements(
        &mut self,
        kids: &[Cursor<'_>],
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let mut out: Vec<Expr> = Vec::new();
        let mut ty = TypeId::VOID;
        let last = kids
            .iter()
            .rposition(|k| !matches!(k.kind(), Kind::CommentStmt | Kind::Empty));
        let pushed = self.pushed.len();
        let checks = self.checks;
        for (i, &kid) in kids.iter().enumerate() {
            if kid.is(Kind::Defer) {
                let rest = self.deferred(kid, &kids[i + 1..], want, place);
                ty = rest.ty;
                out.push(rest);
                break;
            }
            let is_last = Some(i) == last;
            let expr = if is_last {
                self.expr_or_stmt(kid, want)
            } else {
                self.stmt(kid)
            };
            if is_last {
                ty = expr.ty;
                if !(matches!(expr.kind, ExprKind::Nop) && ty == TypeId::VOID)
                    || matches!(self.get(ty), Type::TypeDesc(_) | Type::Error)
                {
                    out.push(expr);
                }
            } else {
                let expr = self.require_void(expr);
                if !matches!(expr.kind, ExprKind::Nop) {
                    out.push(expr);
                }
            }
        }
        if self.pushed.len() > pushed && !self.env.scopes.is_empty() {
            self.pushed.truncate(pushed);
            self.checks = checks;
        }
        match out.len() {
            0 => self.nop(place),
            1 if !matches!(out[0].kind, ExprKind::Let(..)) => out.pop().expect("there is one"),
            _ => self.make(ExprKind::Seq(out), ty, place),
        }
    }

    fn expr_or_stmt(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        match n.kind() {
            Kind::IfStmt
            | Kind::WhenStmt
            | Kind::CaseStmt
            | Kind::TryStmt
            | Kind::BlockStmt
            | Kind::StmtList => self.expr(n, want),
            Kind::ProcDef | Kind::FuncDef | Kind::IteratorDef if n.kid(0).is_empty() => {
                self.expr(n, want)
            }
            Kind::ProcDef | Kind::FuncDef | Kind::IteratorDef => self.stmt(n),
            _ => self.expr(n, want),
        }
    }

    /// `defer: cleanup` and what follows it: `try: rest finally: cleanup`.
    fn deferred(
        &mut self,
        n: Cursor<'_>,
        rest: &[Cursor<'_>],
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if self.at_top() && self.env.scopes.is_empty() {
            self.error(self.place(n), "defer statement not supported at top level");
            return self.bad(place);
        }
        let cleanup = self.block_value(n.kid(0), None);
        let cleanup = self.require_void(cleanup);
        let body = self.statements(rest, want, place);
        let ty = body.ty;
        self.make(
            ExprKind::Try {
                body: Box::new(body),
                excepts: Vec::new(),
                finally: Some(Box::new(cleanup)),
            },
            ty,
            place,
        )
    }

    fn defer_alone(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        self.deferred(n, &[], None, place)
    }

    fn pragma_block(&mut self, n: Cursor<'_>) -> Expr {
        for entry in n.kid(0).kids() {
            let Some(word) = super::pragma::name_of(entry) else {
                continue;
            };
            match word.as_str() {
                "cast" | "gcsafe" | "noSideEffect" | "locks" | "line" | "warning" | "hint"
                | "push" => {}
                "emit" => return self.unsupported(self.place(entry), "the pragma 'emit'"),
                _ => self.error(self.place(entry), format!("invalid pragma: {word}")),
            }
        }
        self.block_value(n.kid(1), None)
    }

    fn discard(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let Some(value) = n.get(0).filter(|v| !v.is_empty()) else {
            return self.nop(place);
        };
        let value = self.expr(value, None);
        match self.get(value.ty) {
            Type::Error => value,
            Type::Void => {
                self.error(place, "statement returns no value that can be discarded");
                self.bad(place)
            }
            Type::TypeDesc(_) => self.nop(place),
            _ => self.make(ExprKind::Discard(Box::new(value)), TypeId::VOID, place),
        }
    }

    /// `if` as statement or expression.
    pub(super) fn if_expr(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let mut branches = Vec::new();
        let mut els = None;
        for kid in n.kids() {
            if matches!(kid.kind(), Kind::ElifBranch | Kind::ElifExpr) {
                self.enter_block();
                let cond = self.expr_of(kid.kid(0), TypeId::BOOL);
                let body = self.block_value(kid.kid(1), want);
                self.leave_block();
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

    fn all_void(&mut self, bodies: &mut [Expr]) -> TypeId {
        for body in bodies {
            let taken = std::mem::replace(
                body,
                Expr {
                    kind: ExprKind::Nop,
                    ty: TypeId::VOID,
                    place: body.place,
                },
            );
            *body = self.require_void(taken);
        }
        TypeId::VOID
    }

    /// Gives the branches of an expression one type.
    fn join(&mut self, bodies: &mut [Expr], want: Option<TypeId>) -> TypeId {
        let valued: Vec<Expr> = bodies
            .iter()
            .filter(|b| !matches!(b.ty, TypeId::VOID | TypeId::ERROR) && !self.never_returns(b))
            .cloned()
            .collect();
        let void = bodies
            .iter()
            .any(|b| b.ty == TypeId::VOID && !self.never_returns(b));
        if valued.is_empty() || (void && want.is_none()) {
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
            if body.ty == TypeId::VOID {
                self.error(body.place, "expression has no type (or is ambiguous)");
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
        for kid in n.kids() {
            let taken = match kid.kind() {
                Kind::ElifBranch | Kind::ElifExpr => {
                    // `when nimvm` is decided where the code runs.
                    self.const_bool(kid.kid(0))
                }
                _ => true,
            };
            if taken {
                let body = kid.last();
                if body.is(Kind::StmtList) || body.is(Kind::StmtListExpr) {
                    let kids: Vec<Cursor<'_>> = body.kids().collect();
                    return self.statements(&kids, want, self.place(body));
                }
                return self.expr_or_stmt(body, want);
            }
        }
        let place = self.place(n);
        self.nop(place)
    }

    /// The labels of an `of` branch as ordinals.
    pub(super) fn case_ordinals(&mut self, n: Cursor<'_>, ty: TypeId, out: &mut Vec<(i64, i64)>) {
        let place = self.place(n);
        if is_range(n) {
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
            ExprKind::Set(elems) => {
                for (lo, hi) in elems {
                    let hi = hi.unwrap_or_else(|| lo.clone());
                    if let (&ExprKind::Int(lo), &ExprKind::Int(hi)) = (&lo.kind, &hi.kind) {
                        out.push((lo, hi));
                    }
                }
            }
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

    fn case_value(&mut self, n: Cursor<'_>, ty: TypeId) -> Expr {
        let value = self.const_expr(n, Some(ty));
        let value = self.settle_enum(value, Some(ty));
        self.coerce(value, ty)
    }

    /// `case`
    pub(super) fn case(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let on = self.expr(n.kid(0), None);
        let ty = self.s.types.bare(on.ty);
        let repr = self.s.types.repr(ty);
        let ordinal = self.s.types.ordinal_range(ty).is_some();
        if !ordinal
            && !matches!(
                self.get(repr),
                Type::String | Type::CString | Type::Float(_) | Type::Error
            )
        {
            self.error(
                on.place,
                format!(
                    "selector must be of an ordinal type, float or string, but got '{}'",
                    self.s.types.show(ty)
                ),
            );
            return self.bad(place);
        }
        let mut labels: Vec<Vec<CaseLabel>> = Vec::new();
        let mut bodies = Vec::new();
        let mut seen: Vec<(i64, i64)> = Vec::new();
        let mut has_else = false;
        let mut els_conds: Vec<(Expr, Expr)> = Vec::new();
        for kid in n.kids().skip(1) {
            match kid.kind() {
                Kind::OfBranch => {
                    let mut own = Vec::new();
                    for label in kid.kids().take(kid.len() - 1) {
                        self.case_label(label, ty, repr, ordinal, &mut seen, &mut own);
                    }
                    let body = self.block_value(kid.last(), want);
                    if els_conds.is_empty() {
                        labels.push(own);
                        bodies.push(body);
                    }
                }
                Kind::ElifBranch => {
                    let cond = self.expr_of(kid.kid(0), TypeId::BOOL);
                    let body = self.block_value(kid.kid(1), want);
                    els_conds.push((cond, body));
                }
                _ => {
                    has_else = true;
                    bodies.push(self.block_value(kid.kid(0), want));
                }
            }
        }
        if on.ty == TypeId::ERROR {
            return self.bad(place);
        }
        if !has_else && els_conds.is_empty() && ordinal {
            self.check_covered(ty, &seen, place);
        }
        let elifs = els_conds.len();
        let els_body = if has_else { bodies.pop() } else { None };
        let mut conds = Vec::new();
        for (cond, body) in els_conds {
            conds.push(cond);
            bodies.push(body);
        }
        bodies.extend(els_body);
        let exhaustive = has_else || (ordinal && elifs == 0);
        let result = if exhaustive {
            self.join(&mut bodies, want)
        } else {
            self.all_void(&mut bodies)
        };
        let mut els = if has_else {
            bodies.pop().map(Box::new)
        } else {
            None
        };
        if !conds.is_empty() {
            let rest = bodies.split_off(bodies.len() - conds.len());
            let branches = conds.into_iter().zip(rest).collect();
            els = Some(Box::new(self.make(
                ExprKind::If(branches, els),
                result,
                place,
            )));
        }
        let branches = labels.into_iter().zip(bodies).collect();
        self.make(
            ExprKind::Case {
                on: Box::new(on),
                branches,
                els,
            },
            result,
            place,
        )
    }

    fn case_label(
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
                    self.error(place, "duplicate case label");
                }
                seen.push((lo, hi));
                out.push(CaseLabel::Range(lo, hi));
            }
            return;
        }
        if is_range(n) && matches!(self.get(repr), Type::Float(_)) {
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

    fn check_covered(&mut self, ty: TypeId, seen: &[(i64, i64)], place: Place) {
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
        if total < hi - lo + 1 {
            self.report(
                Diagnostic::error(place, "not all cases are covered")
                    .with_help("add an 'else' branch"),
            );
        }
    }

    /// `block` with or without a label.
    pub(super) fn block(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let label = self.new_label();
        self.push_scope();
        if let Some(name) = simple_name(n.kid(0)) {
            let depth = self.frames.len() - 1;
            let symbol = self.symbol(name, false, place, SymKind::Label { depth, id: label });
            let sym = self.new_symbol(symbol);
            if let Some(scope) = self.env.scopes.last_mut() {
                scope.insert(name, smallvec::smallvec![sym]);
            }
        }
        self.frame().loops.push((label, None));
        let body = self.block_value(n.kid(1), want);
        self.frame().loops.pop();
        self.pop_scope();
        let ty = body.ty;
        self.make(ExprKind::Block(label, Box::new(body)), ty, place)
    }

    fn break_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let Some(name_node) = n.get(0).filter(|k| !k.is_empty()) else {
            // An unnamed `break` leaves the innermost loop or block.
            return match self.frame().loops.last() {
                Some(&(label, _)) => self.make(ExprKind::Break(label), TypeId::VOID, place),
                None => {
                    self.error(place, "invalid control flow: break");
                    self.bad(place)
                }
            };
        };
        let found = self.syms_of(name_node);
        let depth = self.frames.len() - 1;
        for sym in found.iter().flat_map(|(_, syms)| syms.iter().copied()) {
            if let SymKind::Label { depth: at, id } = self.s.sym(sym).kind
                && at == depth
            {
                return self.make(ExprKind::Break(id), TypeId::VOID, place);
            }
        }
        match found {
            Some((name, syms)) if syms.is_empty() => self.undeclared(place, name),
            _ => self.error(
                place,
                "invalid control flow: the label of an enclosing block was expected",
            ),
        }
        self.bad(place)
    }

    fn continue_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        match self.frame().loops.iter().rev().find_map(|&(_, next)| next) {
            Some(label) => self.make(ExprKind::Break(label), TypeId::VOID, place),
            None => {
                self.error(place, "invalid control flow: continue");
                self.bad(place)
            }
        }
    }

    fn return_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        if self.at_top() {
            self.error(place, "'return' not allowed here");
            return self.bad(place);
        }
        let leave = self.make(ExprKind::Return, TypeId::VOID, place);
        let Some(value) = n.get(0).filter(|v| !v.is_empty()) else {
            return leave;
        };
        let (ret, auto, iterator) = {
            let frame = self.frame();
            (frame.ret, frame.auto_ret, frame.iterator)
        };
        if iterator {
            self.error(place, "'return' in an iterator takes no value");
            return self.bad(place);
        }
        if auto {
            let value = self.expr(value, None);
            if !self.has_value(&value) {
                return self.bad(place);
            }
            self.set_auto_ret(&value);
            let assign = self.assign_result(value, place);
            return self.make(ExprKind::Seq(vec![assign, leave]), TypeId::VOID, place);
        }
        if ret == TypeId::VOID {
            let value = self.expr(value, None);
            if value.ty != TypeId::ERROR && value.ty != TypeId::VOID {
                self.error(place, "no return type declared");
                return self.bad(place);
            }
            return self.make(ExprKind::Seq(vec![value, leave]), TypeId::VOID, place);
        }
        let want = self.s.types.bare(ret);
        let value = self.expr(value, Some(want));
        let value = self.settle_enum(value, Some(want));
        if !self.has_value(&value) {
            return self.bad(place);
        }
        // `return result` assigns nothing.
        if let ExprKind::Local(id) = value.kind
            && self.frame().result == Some(id)
        {
            return leave;
        }
        let assign = self.assign_result(value, place);
        self.make(ExprKind::Seq(vec![assign, leave]), TypeId::VOID, place)
    }

    fn yield_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let (ret, iterator) = {
            let frame = self.frame();
            (frame.ret, frame.iterator)
        };
        if !iterator {
            self.error(place, "'yield' only allowed in an iterator");
            return self.bad(place);
        }
        if self.frame().auto_ret {
            let value = self.expr(n.kid(0), None);
            self.set_auto_ret(&value);
            return self.make(ExprKind::Yield(Box::new(value)), TypeId::VOID, place);
        }
        let want = self.s.types.bare(ret);
        let value = self.expr(n.kid(0), Some(want));
        let value = self.settle_enum(value, Some(want));
        if !self.has_value(&value) {
            return self.bad(place);
        }
        let value = self.result_of_value(value, ret);
        self.make(ExprKind::Yield(Box::new(value)), TypeId::VOID, place)
    }

    fn raise_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let Some(value) = n.get(0).filter(|v| !v.is_empty()) else {
            return self.make(ExprKind::Raise(None), TypeId::VOID, place);
        };
        let value = self.expr(value, None);
        if value.ty == TypeId::ERROR {
            return self.bad(place);
        }
        let exception = self
            .s
            .hooks
            .system_types
            .get(&crate::source::Name::new("Exception"))
            .copied();
        let is_exception = match (self.get(value.ty), exception) {
            (Type::Ref(inner), Some(exception)) => self.derives(*inner, exception).is_some(),
            (Type::Ref(_), None) => true,
            _ => false,
        };
        if !is_exception {
            self.error(place, "only a 'ref object' can be raised");
            return self.bad(place);
        }
        self.make(ExprKind::Raise(Some(Box::new(value))), TypeId::VOID, place)
    }

    /// `try`
    pub(super) fn try_stmt(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let body = self.block_value(n.kid(0), want);
        let mut finally = None;
        let mut heads: Vec<(Vec<TypeId>, Option<super::typed::LocalId>)> = Vec::new();
        let mut bodies = vec![body];
        for kid in n.kids().skip(1) {
            if kid.is(Kind::Finally) {
                let cleanup = self.block_value(kid.kid(0), None);
                finally = Some(Box::new(self.require_void(cleanup)));
                continue;
            }
            self.push_scope();
            let mut types = Vec::new();
            let mut binding = None;
            for ty in kid.kids().take(kid.len() - 1) {
                let named =
                    ty.is(Kind::Infix) && self.bound_name(ty.kid(0)).is_some_and(|op| op == "as");
                let (ty_node, name) = if named {
                    (ty.kid(1), Some(ty.kid(2)))
                } else {
                    (ty, None)
                };
                let at = self.place(ty_node);
                let given = self.type_expr(ty_node);
                let Some(object) = self.object_of(given) else {
                    if given != TypeId::ERROR {
                        self.error(
                            at,
                            format!(
                                "an exception type was expected, but got '{}'",
                                self.s.types.show(given)
                            ),
                        );
                    }
                    continue;
                };
                types.push(object);
                if let Some(name) =
                    name.and_then(|name| simple_name(name).or_else(|| self.bound_name(name)))
                {
                    let reference = self.intern(Type::Ref(object));
                    let local = self.new_local(name, reference, LocalKind::Let, at);
                    let depth = self.frames.len() - 1;
                    let kind = SymKind::Local {
                        depth,
                        id: local,
                        ty: reference,
                        mutable: false,
                    };
                    let symbol = self.symbol(name, false, at, kind);
                    self.declare(symbol);
                    binding = Some(local);
                }
            }
            self.frame().handlers += 1;
            let body = self.block_value(kid.last(), want);
            self.frame().handlers -= 1;
            self.pop_scope();
            heads.push((types, binding));
            bodies.push(body);
        }
        let ty = self.join(&mut bodies, want);
        let mut bodies = bodies.into_iter();
        let body = Box::new(bodies.next().expect("the body is first"));
        let excepts = heads
            .into_iter()
            .zip(bodies)
            .map(|((types, binding), body)| Except {
                types,
                binding,
                body,
            })
            .collect();
        self.make(
            ExprKind::Try {
                body,
                excepts,
                finally,
            },
            ty,
            place,
        )
    }

    /// `static:` runs its body when the program is compiled.
    pub(super) fn static_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let outcome = self.in_scratch_frame(|c| {
            let body = c.block_value(n.kid(0), None);
            let body = c.require_void(body);
            let nothing =
                body.ty == TypeId::ERROR || matches!(body.kind, ExprKind::Nop) || c.speculating > 0;
            if nothing { Ok(body) } else { c.evaluate(&body) }
        });
        if let Err(why) = outcome {
            self.error(place, why);
        }
        self.nop(place)
    }

    /// A share of an expression, for symbols that stand for it.
    pub(super) fn alias(&self, expr: Expr) -> SymKind {
        SymKind::Alias(Arc::new(expr))
    }
}
