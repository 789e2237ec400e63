//! The smaller macros: `dup`, `with`, `capture`, `dump` of `std/sugar` and `std/with`, `mapLiterals` of `std/sequtils`,
//! `enumerate` of `std/enumerate`.

use std::sync::Arc;

use super::{Build, Checker, MacroCall, single};
use crate::sema::source_text::text_of;
use crate::sema::typed::Expr;
use crate::sema::types::TypeId;
use crate::source::Name;
use crate::syntax::tree::{Base, Cursor, Data, Kind, NodeId, Tree};

impl Checker<'_, '_> {
    /// `dup(x, calls)`: a copy of `x` after calls that change it.
    pub(super) fn dup_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let Some(value) = call.typed(0).cloned() else {
            return self.bad(call.place);
        };
        let (declared, copy) = self.macro_temp(value);
        let mut stmts = vec![declared];
        let number = self.foreign_typed(copy.clone());
        for n in call.trees(1) {
            self.calls_on(n, call, &mut |b| b.foreign(number), &mut stmts);
        }
        let ty = copy.ty;
        stmts.push(copy);
        self.sequence(stmts, ty, call.place)
    }

    /// `with x: calls`: calls that change `x`, which is named once.
    pub(super) fn with_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let Some(target) = call.tree(0) else {
            return self.bad(call.place);
        };
        let mut stmts = Vec::new();
        for n in call.trees(1) {
            self.calls_on(n, call, &mut |b| b.copy(target), &mut stmts);
        }
        self.sequence(stmts, TypeId::VOID, call.place)
    }

    /// Calls with `target` as their first argument, or in the place of `_`.
    fn calls_on(
        &mut self,
        n: Cursor<'_>,
        call: &MacroCall<'_>,
        target: &mut dyn FnMut(&mut Build) -> NodeId,
        stmts: &mut Vec<Expr>,
    ) {
        if matches!(n.kind(), Kind::StmtList | Kind::StmtListExpr) {
            for kid in n.kids().filter(|kid| !kid.is(Kind::CommentStmt)) {
                self.calls_on(kid, call, target, stmts);
            }
            return;
        }
        let mut b = Build::new(self.place(n), call.head.module);
        let root = match n.kind() {
            Kind::Call | Kind::Command | Kind::Infix | Kind::Prefix | Kind::CallStrLit => {
                let blank = n.kids().skip(1).any(is_blank);
                let mut kids = vec![b.copy(n.kid(0))];
                if !blank {
                    kids.push(target(&mut b));
                }
                let mut replaced = !blank;
                for arg in n.kids().skip(1) {
                    if !replaced && is_blank(arg) {
                        kids.push(target(&mut b));
                        replaced = true;
                    } else {
                        kids.push(b.copy(arg));
                    }
                }
                b.node(Kind::Call, &kids)
            }
            Kind::Asgn | Kind::ExprEqExpr => {
                let (object, field, value) = (target(&mut b), b.copy(n.kid(0)), b.copy(n.kid(1)));
                let place = b.node(Kind::DotExpr, &[object, field]);
                b.node(Kind::Asgn, &[place, value])
            }
            _ => {
                let (callee, object) = (b.copy(n), target(&mut b));
                b.node(Kind::Call, &[callee, object])
            }
        };
        let stmt = self.check_built_stmt(b, root);
        stmts.push(stmt);
    }

    /// `capture a, b: body`: the body in a proc of its own, which has the variables as they are now.
    pub(super) fn capture_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let Some(body) = call.tree(1) else {
            return self.bad(call.place);
        };
        let mut b = Build::new(call.place, call.head.module);
        let empty = b.empty();
        let mut defs = vec![empty];
        let mut args = Vec::new();
        for name in call.trees(0) {
            if !matches!(name.kind(), Kind::Ident | Kind::AccQuoted | Kind::Sym) {
                self.error(self.place(name), "a variable was expected");
                return self.bad(call.place);
            }
            let value = self.expr(name, None);
            if !self.has_value(&value) {
                return self.bad(call.place);
            }
            let ty = self.s.types.bare(value.ty);
            let ty = self.type_value(ty, call.place);
            let ty = self.macro_typed(&mut b, ty);
            let param = b.copy(name);
            defs.push(b.node(Kind::IdentDefs, &[param, ty, empty]));
            args.push(b.copy(name));
        }
        let params = b.node(Kind::FormalParams, &defs);
        let body = b.copy(body);
        let lambda = b.node(Kind::Do, &[empty, empty, empty, params, empty, empty, body]);
        let mut kids = vec![b.node(Kind::Par, &[lambda])];
        kids.extend(args);
        let root = b.node(Kind::Call, &kids);
        self.check_built(b, root, call.want)
    }

    /// `dump(x)` shows an expression and its value; `dumpToString` gives that as a string.
    pub(super) fn dump_macro(&mut self, call: &MacroCall<'_>, to_string: bool) -> Expr {
        let Some(n) = call.tree(0).map(single) else {
            return self.bad(call.place);
        };
        let text = text_of(n, self);
        let mut b = Build::new(call.place, call.head.module);
        let value = b.copy(n);
        let root = if to_string {
            let value_text = self.folded_text(n).unwrap_or_else(|| text.clone());
            let text = b.str(format!("{text}: {value_text} = ").as_bytes());
            let shown = self.macro_call(&mut b, "$", &[value]);
            self.macro_call(&mut b, "&", &[text, shown])
        } else {
            let (text, equals) = (b.str(text.as_bytes()), b.str(b" = "));
            self.macro_call(&mut b, "echo", &[text, equals, value])
        };
        self.check_built(b, root, None)
    }

    /// The text of an expression that is a constant.
    fn folded_text(&mut self, n: Cursor<'_>) -> Option<String> {
        let (expr, ok) = self.speculate_in_place(|c| c.expr(n, None));
        match (ok, self.constant(&expr)) {
            (true, Some(crate::sema::typed::ExprKind::Int(value))) => {
                Some(self.s.types.show_ordinal(expr.ty, *value))
            }
            _ => None,
        }
    }

    /// `mapLiterals(x, op)`: `op` around each literal of a constructor.
    pub(super) fn map_literals_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let (Some(n), Some(op)) = (call.tree(0), call.tree(1)) else {
            return self.bad(call.place);
        };
        let nested = call
            .tree(2)
            .is_none_or(|n| n.name().is_none_or(|name| name != "false"));
        let mut b = Build::new(call.place, call.head.module);
        let depth = if nested { usize::MAX } else { 1 };
        let root = map_literals(single(n), op, depth, &mut b);
        self.check_built(b, root, call.want)
    }

    /// `for i, x in enumerate(xs): body` with a counter in the place of `enumerate`, if that is what `n` is.
    pub(in crate::sema) fn enumerate_loop(&mut self, n: Cursor<'_>) -> Option<Arc<Tree>> {
        let (head, body) = (n.kid(n.len() - 2), n.last());
        let (callee, args): (Cursor<'_>, Vec<Cursor<'_>>) = match head.kind() {
            Kind::Call | Kind::Command => (head.kid(0), head.kids().skip(1).collect()),
            Kind::DotExpr => (head.kid(1), vec![head.kid(0)]),
            _ => return None,
        };
        if !self.names_macro(callee, "enumerate") {
            return None;
        }
        let mut vars: Vec<Cursor<'_>> = n.kids().take(n.len() - 2).collect();
        if let [only] = vars[..]
            && only.is(Kind::VarTuple)
        {
            vars = only.kids().take(only.len() - 1).collect();
        }
        if vars.len() < 2 || args.is_empty() {
            self.error(self.place(n), "Missing second for loop variable");
            return None;
        }
        let mut b = Build::new(self.place(n), self.env.module);
        let one = b
            .out
            .leaf(Kind::IntLit, b.span, Data::Int(1, Base::Decimal));
        let first = match args[..] {
            [start, _] => b.copy(start),
            _ => b
                .out
                .leaf(Kind::IntLit, b.span, Data::Int(0, Base::Decimal)),
        };
        // It is counted up where the body begins, so that `continue` does not leave it behind.
        let minus = b.ident(Name::new("-"));
        let first = b.node(Kind::Infix, &[minus, first, one]);
        let (counter, empty) = (b.copy(vars[0]), b.empty());
        let def = b.node(Kind::IdentDefs, &[counter, empty, first]);
        let section = b.node(Kind::VarSection, &[def]);
        let inc = b.ident(Name::new("inc"));
        let step = b.node(Kind::Call, &[inc, counter]);
        let body = b.copy(body);
        let body = b.node(Kind::StmtList, &[step, body]);
        let mut kids: Vec<NodeId> = vars[1..].iter().map(|&var| b.copy(var)).collect();
        kids.push(b.copy(args[args.len() - 1]));
        kids.push(body);
        let lap = b.node(Kind::ForStmt, &kids);
        let stmts = b.node(Kind::StmtList, &[section, lap]);
        b.out.root = Some(b.node(Kind::BlockStmt, &[empty, stmts]));
        Some(Arc::new(b.out))
    }
}

fn is_blank(n: Cursor<'_>) -> bool {
    n.name().is_some_and(|name| name == "_")
}

fn map_literals(n: Cursor<'_>, op: Cursor<'_>, depth: usize, b: &mut Build) -> NodeId {
    let literal = matches!(
        n.kind(),
        Kind::CharLit
            | Kind::IntLit
            | Kind::Int8Lit
            | Kind::Int16Lit
            | Kind::Int32Lit
            | Kind::Int64Lit
            | Kind::UIntLit
            | Kind::UInt8Lit
            | Kind::UInt16Lit
            | Kind::UInt32Lit
            | Kind::UInt64Lit
            | Kind::FloatLit
            | Kind::Float32Lit
            | Kind::Float64Lit
            | Kind::StrLit
            | Kind::RStrLit
            | Kind::TripleStrLit
    );
    if literal {
        let (op, value) = (b.copy(op), b.copy(n));
        return b.node(Kind::Call, &[op, value]);
    }
    if n.len() == 0 || depth == 0 {
        return b.copy(n);
    }
    let kids: Vec<NodeId> = n
        .kids()
        .map(|kid| map_literals(kid, op, depth - 1, b))
        .collect();
    b.node(n.kind(), &kids)
}
