//! `collect` of `std/sugar`: a loop whose last expressions go into a container.
//!
//! The body is checked twice: on trial, to learn what its last expressions are, then with each of them added to the
//! container.

use super::{Build, Checker, MacroCall, single};
use crate::sema::typed::Expr;
use crate::sema::types::{Type, TypeId};
use crate::source::Name;
use crate::syntax::tree::{Cursor, Kind, NodeId};

/// What the last expressions of a body are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::sema) enum Collected {
    /// `x`
    Item(TypeId),
    /// `{x}`
    Member(TypeId),
    /// `{key: value}`
    Pair(TypeId, TypeId),
}

type Leaf<'l, 'a, 'r> = &'l mut dyn FnMut(&mut Checker<'a, 'r>, &mut Build, Cursor<'_>) -> NodeId;

impl<'a, 'r> Checker<'a, 'r> {
    pub(super) fn collect_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let place = call.place;
        let (init, body) = match (call.tree(0), call.tree(1)) {
            (Some(init), Some(body)) => (Some(init), body),
            (Some(body), None) => (None, body),
            _ => return self.bad(place),
        };
        let Some(found) = self.collected_types(call, body) else {
            return self.bad(place);
        };
        let Some(empty) = self.container(call, init, found) else {
            return self.bad(place);
        };
        let (declared, target) = self.macro_temp(empty);
        let mut b = Build::new(place, call.head.module);
        let target_node = self.foreign_typed(target.clone());
        let body = self.with_last(body, &mut b, &mut |c, b, n| {
            c.collect_leaf(b, n, target_node)
        });
        let nothing = b.empty();
        let root = b.node(Kind::BlockStmt, &[nothing, body]);
        let body = self.check_built_stmt(b, root);
        let ty = target.ty;
        self.sequence(vec![declared, body, target], ty, place)
    }

    /// Checks the body on trial and says what its last expressions are.
    fn collected_types(&mut self, call: &MacroCall<'_>, body: Cursor<'_>) -> Option<Collected> {
        let trial = |c: &mut Self| {
            let mut b = Build::new(call.place, call.head.module);
            let body = c.with_last(body, &mut b, &mut |c, b, n| {
                let n = b.copy(n);
                c.macro_call(b, "collectProbe", &[n])
            });
            let nothing = b.empty();
            let root = b.node(Kind::BlockStmt, &[nothing, body]);
            c.check_built_stmt(b, root)
        };
        let mark = self.probes.len();
        let (_, ok) = self.speculate_in_place(trial);
        let found = self.probes.get(mark).copied();
        self.probes.truncate(mark);
        if !ok {
            // Again, to say what is wrong.
            self.speculate_visibly(trial);
            self.probes.truncate(mark);
            return None;
        }
        if found.is_none() {
            self.error(call.place, "'collect' needs an expression to collect");
        }
        found
    }

    /// Tries `f` for its messages.
    fn speculate_visibly(&mut self, f: impl FnOnce(&mut Self) -> Expr) {
        self.push_scope();
        f(self);
        self.pop_scope();
    }

    /// A last expression of the trial: its type is noted.
    pub(super) fn collect_probe(&mut self, call: &MacroCall<'_>) -> Expr {
        let Some(n) = call.tree(0) else {
            return self.bad(call.place);
        };
        let mut value = |n: Cursor<'_>| {
            let expr = self.expr(n, None);
            self.has_value(&expr).then(|| self.s.types.bare(expr.ty))
        };
        let found = match n.kind() {
            Kind::Curly if n.len() == 1 => value(n.kid(0)).map(Collected::Member),
            Kind::TableConstr if n.len() == 1 => {
                let key = value(n.kid(0).kid(0));
                let item = value(n.kid(0).kid(1));
                key.zip(item).map(|(key, item)| Collected::Pair(key, item))
            }
            _ => value(n).map(Collected::Item),
        };
        match found {
            Some(found) => self.probes.push(found),
            None => return self.bad(call.place),
        }
        self.nop(call.place)
    }

    /// The empty container.
    fn container(
        &mut self,
        call: &MacroCall<'_>,
        init: Option<Cursor<'_>>,
        found: Collected,
    ) -> Option<Expr> {
        let place = call.place;
        let types = match found {
            Collected::Item(ty) | Collected::Member(ty) => vec![ty],
            Collected::Pair(key, value) => vec![key, value],
        };
        if init.is_none()
            && let Collected::Item(ty) = found
        {
            let seq = self.intern(Type::Seq(ty));
            return Some(self.default_value(seq, place));
        }
        let mut b = Build::new(place, call.head.module);
        let (callee, args) = match init.map(single) {
            Some(init) if matches!(init.kind(), Kind::Call | Kind::Command) => {
                let callee = b.copy(init.kid(0));
                let args: Vec<NodeId> = init.kids().skip(1).map(|arg| b.copy(arg)).collect();
                (callee, args)
            }
            Some(init) => (b.copy(init), Vec::new()),
            None if matches!(found, Collected::Member(_)) => {
                (b.ident(Name::new("initHashSet")), Vec::new())
            }
            None => (b.ident(Name::new("initTable")), Vec::new()),
        };
        let mut bracket = vec![callee];
        for ty in types {
            let ty = self.type_value(ty, place);
            bracket.push(self.macro_typed(&mut b, ty));
        }
        let mut kids = vec![b.node(Kind::BracketExpr, &bracket)];
        kids.extend(args);
        let root = b.node(Kind::Call, &kids);
        let value = self.check_built(b, root, None);
        self.has_value(&value).then_some(value)
    }

    /// A last expression of the body: put into the container.
    fn collect_leaf(&mut self, b: &mut Build, n: Cursor<'_>, target: u32) -> NodeId {
        let target = b.foreign(target);
        match n.kind() {
            Kind::Curly if n.len() == 1 => {
                let item = b.copy(n.kid(0));
                let incl = b.ident(Name::new("incl"));
                b.node(Kind::Call, &[incl, target, item])
            }
            Kind::TableConstr if n.len() == 1 => {
                let (key, value) = (b.copy(n.kid(0).kid(0)), b.copy(n.kid(0).kid(1)));
                let place = b.node(Kind::BracketExpr, &[target, key]);
                b.node(Kind::Asgn, &[place, value])
            }
            _ => {
                let item = b.copy(n);
                self.macro_call(b, "add", &[target, item])
            }
        }
    }

    /// Copies a body with its last expressions replaced.
    fn with_last(&mut self, n: Cursor<'_>, b: &mut Build, leaf: Leaf<'_, 'a, 'r>) -> NodeId {
        match n.kind() {
            Kind::StmtList
            | Kind::StmtListExpr
            | Kind::ForStmt
            | Kind::WhileStmt
            | Kind::BlockStmt
            | Kind::BlockExpr
            | Kind::ElifBranch
            | Kind::ElifExpr
            | Kind::Else
            | Kind::ElseExpr
            | Kind::OfBranch
            | Kind::ExceptBranch
            | Kind::PragmaBlock
                if n.len() > 0 =>
            {
                let last = n.len() - 1;
                let kids: Vec<NodeId> = n
                    .kids()
                    .enumerate()
                    .map(|(i, kid)| match i == last {
                        true => self.with_last(kid, b, leaf),
                        false => b.copy(kid),
                    })
                    .collect();
                b.node(n.kind(), &kids)
            }
            Kind::IfStmt | Kind::IfExpr | Kind::WhenStmt | Kind::CaseStmt | Kind::TryStmt => {
                let kind = match n.kind() {
                    Kind::IfExpr => Kind::IfStmt,
                    kind => kind,
                };
                let kids: Vec<NodeId> = n
                    .kids()
                    .enumerate()
                    .map(|(i, kid)| match kid.kind() {
                        Kind::Finally => b.copy(kid),
                        _ if i == 0 && n.is(Kind::CaseStmt) => b.copy(kid),
                        _ => self.with_last(kid, b, leaf),
                    })
                    .collect();
                b.node(kind, &kids)
            }
            Kind::Par if n.len() == 1 && is_statement(n.kid(0)) => {
                self.with_last(n.kid(0), b, leaf)
            }
            Kind::Discard | Kind::Asgn | Kind::ContinueStmt | Kind::BreakStmt | Kind::Empty => {
                b.copy(n)
            }
            _ => leaf(self, b, n),
        }
    }
}

fn is_statement(n: Cursor<'_>) -> bool {
    matches!(
        n.kind(),
        Kind::IfStmt
            | Kind::IfExpr
            | Kind::WhenStmt
            | Kind::CaseStmt
            | Kind::TryStmt
            | Kind::ForStmt
            | Kind::StmtList
            | Kind::StmtListExpr
            | Kind::BlockStmt
            | Kind::BlockExpr
    )
}
