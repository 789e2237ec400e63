//! `check` of `std/unittest`: a condition that says what its operands were when it does not hold.

use super::{Build, Checker, MacroCall};
use crate::sema::source_text::text_of;
use crate::sema::typed::Expr;
use crate::sema::types::{Type, TypeId};
use crate::source::Place;
use crate::syntax::tree::{Cursor, Kind, NodeId};

/// Operators whose operands are worth telling.
const OPERATORS: [&str; 11] = [
    "not", "in", "notin", "==", "<=", ">=", "<", ">", "!=", "is", "isnot",
];

impl Checker<'_, '_> {
    pub(super) fn check_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let Some(n) = call.tree(0) else {
            return self.bad(call.place);
        };
        let conditions: Vec<Cursor<'_>> = if n.is(Kind::StmtList) {
            n.kids().filter(|kid| !kid.is(Kind::CommentStmt)).collect()
        } else {
            vec![n]
        };
        let mut stmts = Vec::new();
        for condition in conditions {
            self.check_condition(condition, call, &mut stmts);
        }
        self.sequence(stmts, TypeId::VOID, call.place)
    }

    fn check_condition(&mut self, n: Cursor<'_>, call: &MacroCall<'_>, stmts: &mut Vec<Expr>) {
        let place = self.place(n);
        let mut b = Build::new(place, call.head.module);
        let mut prints = Vec::new();
        let cond = if self.has_operands(n) {
            let mut kids = vec![b.copy(n.kid(0))];
            for operand in n.kids().skip(1) {
                kids.push(self.check_operand(operand, &mut b, stmts, &mut prints));
            }
            b.node(n.kind(), &kids)
        } else {
            b.copy(n)
        };
        let text = format!(
            "{}: Check failed: {}",
            self.told_place(place),
            text_of(n, self)
        );
        let text = b.str(text.as_bytes());
        let mut body = vec![self.macro_call(&mut b, "checkpoint", &[text])];
        body.append(&mut prints);
        body.push(self.macro_call(&mut b, "fail", &[]));
        let body = b.node(Kind::StmtList, &body);
        let cond = b.node(Kind::Par, &[cond]);
        let not = self.macro_name(&mut b, "not");
        let cond = b.node(Kind::Prefix, &[not, cond]);
        let branch = b.node(Kind::ElifBranch, &[cond, body]);
        let root = b.node(Kind::IfStmt, &[branch]);
        let stmt = self.check_built_stmt(b, root);
        stmts.push(stmt);
    }

    /// `file(line, column)`, as Nim's `lineInfo` counts.
    fn told_place(&self, place: Place) -> String {
        let (_, line, column) = self.loader.line(place);
        let file = self.loader.path(place);
        format!("{file}({line}, {})", column - 1)
    }

    /// `expect A, B: body`, which tells where it stands when nothing is raised.
    pub(super) fn expect_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let (exceptions, Some(body)) = (call.trees(0), call.tree(1)) else {
            return self.bad(call.place);
        };
        let at = exceptions.first().map_or(call.place, |&n| self.place(n));
        let text = self.told_place(at);
        let mut b = Build::new(call.place, call.head.module);
        let mut args = vec![b.str(text.as_bytes()), b.copy(body)];
        args.extend(exceptions.iter().map(|&n| b.copy(n)));
        let root = self.macro_call(&mut b, "expectBody", &args);
        self.check_built(b, root, None)
    }

    fn has_operands(&self, n: Cursor<'_>) -> bool {
        is_call(n)
            && self
                .bound_name(n.kid(0))
                .is_some_and(|op| OPERATORS.iter().any(|&known| op == known))
    }

    /// An operand in the condition: a variable with its value, when it is more than a literal.
    fn check_operand(
        &mut self,
        n: Cursor<'_>,
        b: &mut Build,
        stmts: &mut Vec<Expr>,
        prints: &mut Vec<NodeId>,
    ) -> NodeId {
        let name = matches!(n.kind(), Kind::Ident | Kind::AccQuoted | Kind::Sym);
        let told =
            name || is_call(n) || matches!(n.kind(), Kind::DotExpr | Kind::BracketExpr | Kind::Par);
        if !told {
            return b.copy(n);
        }
        if self.denotes_type(n) {
            let ty = b.copy(n);
            if name {
                self.tell_operand(n, ty, b, prints);
            }
            return ty;
        }
        let (value, ok) = self.speculate_in_place(|c| c.expr(n, None));
        if !ok || self.has_no_copy(value.ty) {
            return b.copy(n);
        }
        let operand = if name {
            b.copy(n)
        } else {
            let value = self.expr(n, None);
            let (declared, value) = self.macro_temp(value);
            stmts.push(declared);
            self.macro_typed(b, value)
        };
        self.tell_operand(n, operand, b, prints);
        operand
    }

    fn tell_operand(
        &mut self,
        n: Cursor<'_>,
        operand: NodeId,
        b: &mut Build,
        prints: &mut Vec<NodeId>,
    ) {
        let text = text_of(n, self);
        let text = b.str(text.as_bytes());
        let print = self.macro_call(b, "tellOperand", &[text, operand]);
        prints.push(print);
    }

    /// Can no variable have this type?
    fn has_no_copy(&self, ty: TypeId) -> bool {
        matches!(
            self.get(self.s.types.bare(ty)),
            Type::Void
                | Type::Error
                | Type::OpenArray(_)
                | Type::TypeDesc(_)
                | Type::Nil
                | Type::UncheckedArray(_)
        )
    }
}

fn is_call(n: Cursor<'_>) -> bool {
    n.len() > 1
        && matches!(
            n.kind(),
            Kind::Call | Kind::Infix | Kind::Prefix | Kind::Command | Kind::CallStrLit
        )
}
