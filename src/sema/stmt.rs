//! Statements: blocks, control flow, exceptions. Loops are in `loops`, declarations in `vars`.

use std::sync::Arc;

use super::checker::Checker;
use super::symbols::SymKind;
use super::typed::{Expr, ExprKind, LocalKind};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::source::Place;
use crate::syntax::tree::{Cursor, Kind, Tree};

impl Checker<'_, '_> {
    /// Checks a statement.
    pub(super) fn stmt(&mut self, n: Cursor<'_>) -> Expr {
        match self.plain_stmt(n) {
            Some(stmt) => stmt,
            None => self.expr(n, None),
        }
    }

    /// A section with macros among the pragmas, as the statements that it amounts to in the scope around.
    fn statements_of_section(&mut self, made: &Arc<Tree>) -> Expr {
        let root = made.root();
        self.current.push(made.clone());
        let stmts = root
            .kids()
            .map(|kid| {
                let stmt = self.stmt(kid);
                self.require_void(stmt)
            })
            .collect();
        self.current.pop();
        self.make(ExprKind::Seq(stmts), TypeId::VOID, self.place(root))
            .flat()
    }

    /// What can only be a statement; `None` for anything else.
    pub(super) fn plain_stmt(&mut self, n: Cursor<'_>) -> Option<Expr> {
        let place = self.place(n);
        Some(match n.kind() {
            Kind::StmtList => self.block_value(n, None),
            Kind::VarSection | Kind::LetSection | Kind::ConstSection => {
                if let Some(made) = self.section_pragma_macro(n) {
                    return Some(self.statements_of_section(&made));
                }
                match n.kind() {
                    Kind::VarSection => self.var_section(n, LocalKind::Var),
                    Kind::LetSection => self.var_section(n, LocalKind::Let),
                    _ => self.const_section(n),
                }
            }
            Kind::TypeSection => {
                if let Some(made) = self.type_pragma_macro(n) {
                    return Some(made);
                }
                let tree = self.share(n.tree);
                self.type_section(&tree, n);
                self.nop(place)
            }
            kind if kind.declares_routine() => self.routine_def(n),
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
            _ => return None,
        })
    }

    pub(super) fn using_stmt(&mut self, n: Cursor<'_>) {
        for def in n.kids().filter(|def| def.is(Kind::IdentDefs)) {
            let ty = self.type_expr(def.def_type());
            for name in def.def_names().filter_map(simple_name) {
                self.using.insert(name, ty);
            }
        }
    }

    /// A statement's code must not give a value that nobody uses.
    pub(super) fn require_void(&mut self, expr: Expr) -> Expr {
        let place = expr.place;
        match self.get(expr.ty) {
            Type::Void | Type::Error => expr,
            _ if self.concept.is_some() => {
                if !self.is_true_if_bool(&expr) {
                    self.error(place, "concept predicate failed");
                }
                self.nop(place)
            }
            _ if self.is_discardable(&expr) => {
                self.make(ExprKind::Discard(Box::new(expr)), TypeId::VOID, place)
            }
            _ if self.never_returns(&expr) => expr,
            Type::TypeDesc(_) => {
                self.error(place, "a type stands where a statement was expected");
                self.bad(place)
            }
            _ => {
                self.unused(&expr);
                self.bad(place)
            }
        }
    }

    /// A value that nobody takes. What stands at the end of a statement that has several ends is reported at the last.
    fn unused(&mut self, expr: &Expr) {
        let value = expr.last_value();
        let shown = self.show_arg(value);
        let text = match value.kind {
            // What is computed here already is shown as its value.
            ExprKind::Int(number) if value.ty == TypeId::INT => number.to_string(),
            _ => self.shown_text(value.place),
        };
        let call = match self.get(value.ty) {
            Type::Proc(_) if matches!(value.kind, ExprKind::Routine(_)) => {
                "; for a function call use ()"
            }
            _ => "",
        };
        self.error(
            value.place,
            format!(
                "expression '{text}' is of type '{shown}' and has to be used (or discarded){call}"
            ),
        );
    }

    pub(super) fn is_discardable(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Call(id, _) => self.s.discardable.contains(id),
            ExprKind::Deref(inner) => self.is_discardable(inner),
            ExprKind::Seq(stmts) => stmts.last().is_some_and(|last| self.is_discardable(last)),
            ExprKind::Block(_, inner) => self.is_discardable(inner),
            ExprKind::Convert { value, .. } => self.is_discardable(value),
            _ => is_at_all_ends(expr, |end| self.is_discardable_end(end)),
        }
    }

    /// One of several ends of a statement.
    fn is_discardable_end(&self, expr: &Expr) -> bool {
        self.is_discardable(expr) || self.never_returns(expr)
    }

    /// Does control never come out at the end?
    pub(super) fn never_returns(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Raise(_) | ExprKind::Return | ExprKind::Break(_) => true,
            ExprKind::Call(id, _) => self.s.noreturn.contains(id),
            ExprKind::Seq(stmts) => stmts.iter().any(|s| self.never_returns(s)),
            ExprKind::Discard(inner) | ExprKind::Checks(_, inner) => self.never_returns(inner),
            _ => is_at_all_ends(expr, |end| self.never_returns(end)),
        }
    }

    /// Statements, the last of which may have a value. Opens a scope.
    pub(super) fn block_value(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        self.push_scope();
        let result = if matches!(n.kind(), Kind::StmtList | Kind::StmtListExpr | Kind::Par) {
            let kids: Vec<Cursor<'_>> = n.kids().collect();
            self.statements(&kids, want, self.place(n))
        } else {
            self.expr(n, want)
        };
        self.pop_scope();
        result
    }

    /// Statements to the end of the current scope.
    pub(super) fn statements(
        &mut self,
        kids: &[Cursor<'_>],
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        self.statement_list(kids, want, place, true)
    }

    /// Statements of an expansion that others of the scope follow: what they defer is left in `left_deferred`.
    pub(super) fn statements_of_expansion(
        &mut self,
        kids: &[Cursor<'_>],
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        self.statement_list(kids, want, place, false)
    }

    fn statement_list(
        &mut self,
        kids: &[Cursor<'_>],
        want: Option<TypeId>,
        place: Place,
        is_scope: bool,
    ) -> Expr {
        // A list in a list, such as a template's block argument, is no scope of its own.
        let flat: Vec<Cursor<'_>>;
        let kids = if kids.iter().any(|kid| kid.is(Kind::StmtList)) {
            flat = kids.iter().flat_map(|&kid| flattened(kid)).collect();
            &flat[..]
        } else {
            kids
        };
        let mut out: Vec<Expr> = Vec::new();
        let mut ty = TypeId::VOID;
        let last = kids
            .iter()
            .rposition(|k| !matches!(k.kind(), Kind::CommentStmt | Kind::Empty));
        let pushed = self.pushed.len();
        let before = (self.checks, self.notes.clone());
        for (i, &kid) in kids.iter().enumerate() {
            if kid.is(Kind::Defer) && is_scope {
                let rest = self.deferred(kid, &kids[i + 1..], want, place);
                ty = rest.ty;
                out.push(rest);
                break;
            }
            if kid.is(Kind::Defer) {
                if let Some(cleanup) = self.cleanup(kid) {
                    let mut left = vec![(cleanup, self.nop(place))];
                    self.go_on_behind(&mut left, &kids[i + 1..], place);
                    self.left_deferred = left;
                }
                break;
            }
            if kid.is(Kind::WhenStmt) && defers(kid) {
                // Its branch is no scope: what is deferred there runs at the end of this one.
                let branch = self.taken_branch(kid);
                let mut rest: Vec<Cursor<'_>> = match branch {
                    Some(body) if body.is(Kind::StmtList) => body.kids().collect(),
                    Some(body) => vec![body],
                    None => Vec::new(),
                };
                rest.extend_from_slice(&kids[i + 1..]);
                let rest = self.statement_list(&rest, want, place, is_scope);
                ty = rest.ty;
                out.push(rest);
                break;
            }
            let is_last = Some(i) == last;
            // What an expansion defers at the end of a scope runs there anyway.
            if !is_last || !is_scope {
                self.statement_at = Some(self.place(kid));
            }
            let expr = match is_last {
                true => self.expr_or_stmt(kid, want),
                false => self.stmt(kid),
            };
            self.statement_at = None;
            let mut left = std::mem::take(&mut self.left_deferred);
            if !left.is_empty() {
                out.push(self.require_void(expr));
                if is_scope {
                    let rest = self.statements(&kids[i + 1..], want, place);
                    ty = rest.ty;
                    out.push(self.with_cleanups(left, rest, place));
                } else {
                    self.go_on_behind(&mut left, &kids[i + 1..], place);
                    self.left_deferred = left;
                }
                break;
            }
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
            (self.checks, self.notes) = before;
        }
        match out.len() {
            0 => self.nop(place),
            1 if !matches!(out[0].kind, ExprKind::Let(..)) => out.pop().expect("there is one"),
            _ => self.make(ExprKind::Seq(out), ty, place),
        }
    }

    pub(super) fn expr_or_stmt(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
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

    /// Checks what follows in an expansion that has deferred something. It may defer more.
    fn go_on_behind(&mut self, left: &mut Vec<(Expr, Expr)>, rest: &[Cursor<'_>], place: Place) {
        let rest = self.statements_of_expansion(rest, None, place);
        let rest = self.require_void(rest);
        if let Some((_, behind)) = left.last_mut() {
            let before = std::mem::replace(behind, self.nop(place));
            *behind = self.sequence(vec![before, rest], TypeId::VOID, place);
        }
        left.append(&mut self.left_deferred);
    }

    /// What expansions have deferred, each with what stands behind it there, around the rest of the scope.
    fn with_cleanups(&mut self, left: Vec<(Expr, Expr)>, rest: Expr, place: Place) -> Expr {
        let ty = rest.ty;
        left.into_iter()
            .rev()
            .fold(rest, |rest, (cleanup, behind)| {
                let body = self.sequence(vec![behind, rest], ty, place);
                self.try_finally(body, cleanup, place)
            })
    }

    fn try_finally(&self, body: Expr, cleanup: Expr, place: Place) -> Expr {
        let ty = body.ty;
        let kind = ExprKind::Try {
            body: Box::new(body),
            excepts: Vec::new(),
            finally: Some(Box::new(cleanup)),
        };
        self.make(kind, ty, place)
    }

    /// What a `defer` does in the end. None, with an error, where there is no end.
    fn cleanup(&mut self, n: Cursor<'_>) -> Option<Expr> {
        if self.at_top() && self.env.scopes.is_empty() {
            self.error(self.place(n), "defer statement not supported at top level");
            return None;
        }
        let cleanup = self.block_value(n.kid(0), None);
        Some(self.require_void(cleanup))
    }

    /// `defer: cleanup` and what follows it: `try: rest finally: cleanup`.
    pub(super) fn deferred(
        &mut self,
        n: Cursor<'_>,
        rest: &[Cursor<'_>],
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let Some(cleanup) = self.cleanup(n) else {
            return self.bad(place);
        };
        let body = self.statements(rest, want, place);
        self.try_finally(body, cleanup, place)
    }

    pub(super) fn defer_alone(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        self.deferred(n, &[], None, place)
    }

    pub(super) fn pragma_block(&mut self, n: Cursor<'_>) -> Expr {
        let mut pardon = super::typed::Pardon::default();
        for entry in n.kid(0).kids() {
            if entry.is(Kind::Cast) {
                self.pardon(entry.last(), &mut pardon);
                continue;
            }
            let Some(word) = super::pragma::name_of(entry) else {
                continue;
            };
            match word.as_str() {
                "noSideEffect" | "gcsafe" => self.pardon(entry, &mut pardon),
                "locks" | "line" | "warning" | "hint" | "push" => {}
                "emit" => return self.unsupported(self.place(entry), "the pragma 'emit'"),
                _ => self.error(self.place(entry), format!("invalid pragma: {word}")),
            }
        }
        let unchecked = n.kid(0).kids().any(leaves_discriminators_alone);
        let outer = self.unchecked_assign;
        self.unchecked_assign |= unchecked;
        let body = self.block_value(n.kid(1), None);
        self.unchecked_assign = outer;
        if pardon == super::typed::Pardon::default() {
            return body;
        }
        let (ty, place) = (body.ty, body.place);
        let checks = super::typed::Checks {
            pardon,
            ..self.checks
        };
        self.make(ExprKind::Checks(checks, Box::new(body)), ty, place)
    }

    /// One entry of a block's pragma, which says which effects do not count.
    fn pardon(&mut self, entry: Cursor<'_>, pardon: &mut super::typed::Pardon) {
        let tuple = |c: &mut Self| {
            let types = c.effect_types(entry);
            let fields = types.into_iter().map(|ty| (None, ty)).collect();
            Some(c.intern(Type::Tuple(fields)))
        };
        match super::pragma::name_of(entry).map(|name| name.as_str()) {
            Some("raises") => pardon.raises = tuple(self),
            Some("tags") => pardon.tags = tuple(self),
            Some("noSideEffect") => pardon.side_effect = true,
            Some("gcsafe") => pardon.gc_safe = true,
            Some("uncheckedAssign") => {}
            _ => {
                let (place, text) = (self.place(entry), self.loader.text(self.place(entry)));
                self.error(place, format!("invalid pragma block: cast({text})"));
            }
        }
    }

    pub(super) fn discard(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let Some(value) = n.get(0).filter(|v| !v.is_empty()) else {
            return self.nop(place);
        };
        let value = self.expr(value, None);
        match self.get(value.ty) {
            Type::Error => value,
            Type::Void => {
                self.has_value(&value);
                self.bad(place)
            }
            Type::TypeDesc(_) => self.nop(place),
            _ => self.make(ExprKind::Discard(Box::new(value)), TypeId::VOID, place),
        }
    }

    /// `static:` runs its body when the program is compiled.
    pub(super) fn static_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let outcome = self.statically(|c| {
            c.in_scratch_frame(|c| {
                let body = c.block_value(n.kid(0), None);
                let body = c.require_void(body);
                let nothing = body.ty == TypeId::ERROR
                    || matches!(body.kind, ExprKind::Nop)
                    || c.speculating > 0;
                if nothing { Ok(body) } else { c.evaluate(&body) }
            })
        });
        if let Err(why) = outcome {
            self.no_value(why, place);
        }
        self.nop(place)
    }

    /// A share of an expression, for symbols that stand for it.
    pub(super) fn alias(&self, expr: Expr) -> SymKind {
        SymKind::Alias(Arc::new(expr))
    }
}

/// Does a branch of a `when` have a `defer` of its own?
fn defers(n: Cursor<'_>) -> bool {
    n.kids().any(|branch| {
        let body = branch.last();
        body.is(Kind::Defer) || body.kids().any(|kid| kid.is(Kind::Defer))
    })
}

/// The statements of a list and of the lists in it.
pub(super) fn flattened(n: Cursor<'_>) -> Vec<Cursor<'_>> {
    if n.is(Kind::StmtList) {
        n.kids().flat_map(flattened).collect()
    } else {
        vec![n]
    }
}

/// Does it branch, and is it so of all that control can come out of?
fn is_at_all_ends(expr: &Expr, is: impl Fn(&Expr) -> bool) -> bool {
    let ends = expr.ends().filter(|_| !expr.may_fall_through());
    ends.is_some_and(|ends| ends.into_iter().all(is))
}

/// Is it `cast(uncheckedAssign)`?
fn leaves_discriminators_alone(entry: Cursor<'_>) -> bool {
    entry.is(Kind::Cast)
        && super::pragma::name_of(entry.last()).is_some_and(|name| name == "uncheckedAssign")
}
