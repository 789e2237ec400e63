//! `quote`, `getAst` and `bindSym`: trees of which a macro's own text says what they are.
//!
//! In: their arguments where the macro is checked. Out: an expression that makes the tree when the macro runs. The body of
//! `quote`, or of the template that `getAst` names, is expanded at once as a template is, with a hole where an argument goes;
//! the expression has that tree as bytes, and what goes into the holes. Names that it declares are fresh each time.

use super::super::super::checker::Checker;
use super::super::super::lookup::Bound;
use super::super::super::routine::part;
use super::super::super::symbols::{RoutineSym, SymKind};
use super::super::super::typed::Expr;
use super::super::super::typeexpr::simple_name;
use super::super::{Build, MacroCall};
use super::typing::Typing;
use super::wire::{Stands, Writer};
use crate::source::Name;
use crate::syntax::tree::{Cursor, Data, Kind, NodeId, Tree};
use std::sync::Arc;

/// What the name of a hole starts with; a number follows.
pub(in crate::sema) const HOLE: &str = ":hole";

/// The number of the hole that a name stands for.
pub(in crate::sema) fn hole_of(name: Name) -> Option<usize> {
    name.as_str().strip_prefix(HOLE)?.parse().ok()
}

/// The body of `quote` with its arguments taken out.
struct Quoted<'t> {
    out: Tree,
    holes: Vec<Cursor<'t>>,
    op: String,
}

impl<'t> Quoted<'t> {
    fn hole(&mut self, n: Cursor<'t>) -> NodeId {
        let name = Name::new(&format!("{HOLE}{}", self.holes.len()));
        self.holes.push(n);
        self.out.leaf(Kind::Ident, n.span(), Data::Name(name))
    }

    fn copy(&mut self, n: Cursor<'t>) -> NodeId {
        if self.op.is_empty() {
            if n.is(Kind::AccQuoted) {
                return self.hole(n.kid(0));
            }
        } else if n.is(Kind::Prefix)
            && n.len() == 2
            && let Some(op) = n.kid(0).name()
        {
            if op == self.op.as_str() {
                return self.hole(n.kid(1));
            }
            if let Some(rest) = op.as_str().strip_prefix(self.op.as_str()) {
                let rest = Name::new(rest);
                let op = self
                    .out
                    .leaf(Kind::Ident, n.kid(0).span(), Data::Name(rest));
                let operand = self.copy(n.kid(1));
                return self.out.inner(Kind::Prefix, n.span(), &[op, operand]);
            }
        }
        match n.node().data {
            Data::Kids { .. } => {
                let kids: Vec<NodeId> = n.kids().map(|kid| self.copy(kid)).collect();
                self.out.inner(n.kind(), n.span(), &kids)
            }
            Data::Text(_) => {
                let text = n.text().unwrap_or_default();
                self.out.text(n.kind(), n.span(), text)
            }
            data => self.out.leaf(n.kind(), n.span(), data),
        }
    }
}

impl Checker<'_, '_> {
    /// `quote do: …`, `quote("@") do: …`
    pub(in crate::sema) fn quote_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let place = call.place;
        let trees: Vec<Cursor<'_>> = call.trees(0);
        let (body, op) = match trees[..] {
            [body] => (body, String::new()),
            [op, body] | [body, op] if op.text().is_some() => {
                let op = String::from_utf8_lossy(op.text().unwrap_or_default()).into_owned();
                (body, if op == "``" { String::new() } else { op })
            }
            _ => {
                self.error(
                    place,
                    "'quote' takes a block, and an operator in front of it",
                );
                return self.bad(place);
            }
        };
        let body = match body.is(Kind::Do) {
            true => body.kid(part::BODY),
            false => body,
        };
        let mut quoted = Quoted {
            out: Tree {
                origin: body.tree.origin,
                ..Tree::default()
            },
            holes: Vec::new(),
            op,
        };
        let root = quoted.copy(body);
        let Quoted { mut out, holes, .. } = quoted;
        out.root = Some(root);
        let names: Vec<Name> = (0..holes.len())
            .map(|hole| Name::new(&format!("{HOLE}{hole}")))
            .collect();
        let before = self.gensyms;
        let (module, depth) = (self.env.module, self.quote_depth);
        let tree = self.expand_quoted(out.root(), module, depth, false, &names, &names, place);
        self.quoted(call, &tree, before, &holes)
    }

    /// `getAst(template(args))`
    pub(in crate::sema) fn get_ast_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let place = call.place;
        let Some(n) = call.tree(0) else {
            return self.bad(place);
        };
        let (callee, args): (Cursor<'_>, Vec<Cursor<'_>>) = match n.kind() {
            Kind::Call | Kind::Command | Kind::Infix | Kind::Prefix => {
                (n.kid(0), n.kids().skip(1).collect())
            }
            _ => (n, Vec::new()),
        };
        let Some((head, args)) = self.ast_head(callee, args) else {
            self.error(place, "expected a call of a template or macro");
            return self.bad(place);
        };
        if head.kind == Kind::MacroDef {
            return self.macro_ast(call, &head, &args);
        }
        let params: Vec<Name> = head.params.iter().map(|param| param.name).collect();
        let holes: Vec<Name> = (0..params.len())
            .map(|hole| Name::new(&format!("{HOLE}{hole}")))
            .collect();
        let node = head.node.clone();
        let body = node.cursor().kid(part::BODY);
        let before = self.gensyms;
        let (module, depth, dirty) = (head.module, head.depth, head.pragmas.dirty);
        let tree = self.expand_quoted(body, module, depth, dirty, &params, &holes, place);
        self.quoted(call, &tree, before, &args)
    }

    /// The template or macro that takes so many arguments, and they in the order of its parameters.
    fn ast_head<'t>(
        &mut self,
        callee: Cursor<'_>,
        args: Vec<Cursor<'t>>,
    ) -> Option<(Arc<RoutineSym>, Vec<Cursor<'t>>)> {
        let (_, syms) = self.syms_of(callee)?;
        let mut heads = syms.iter().filter_map(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head)
                if matches!(head.kind, Kind::TemplateDef | Kind::MacroDef)
                    && head.params.len() == args.len() =>
            {
                Some(head.clone())
            }
            _ => None,
        });
        let head = heads.next_back()?;
        let mut ordered = Vec::new();
        for (p, param) in head.params.iter().enumerate() {
            let named = args.iter().find(|arg| {
                arg.is(Kind::ExprEqExpr) && simple_name(arg.kid(0)) == Some(param.name)
            });
            ordered.push(match named {
                Some(arg) => arg.kid(1),
                None => *args.get(p)?,
            });
        }
        Some((head, ordered))
    }

    /// What a macro makes of nodes.
    fn macro_ast(
        &mut self,
        call: &MacroCall<'_>,
        head: &Arc<RoutineSym>,
        args: &[Cursor<'_>],
    ) -> Expr {
        let (Some(node), Some(id), true) = (self.node_type(), head.id, self.in_macro) else {
            return self.unsupported(call.place, format!("'getAst' of '{}'", head.name));
        };
        let proc = self.body_head(head);
        let mut values = Vec::new();
        for (arg, param) in args.iter().zip(&proc.params) {
            if param.ty != node {
                values.push(self.expr_of(*arg, param.ty));
                continue;
            }
            let mut b = Build::new(call.place, call.head.module);
            let arg = b.copy(*arg);
            let root = self.macro_call(&mut b, "toNode", &[arg]);
            let value = self.check_built(b, root, Some(node));
            values.push(self.coerce(value, node));
        }
        if values
            .iter()
            .any(|v| v.ty == super::super::super::types::TypeId::ERROR)
        {
            return self.bad(call.place);
        }
        self.routine_call(id, values, node, call.place)
    }

    /// An expression that makes a tree with holes in it.
    fn quoted(
        &mut self,
        call: &MacroCall<'_>,
        tree: &Tree,
        before: u32,
        holes: &[Cursor<'_>],
    ) -> Expr {
        let mut w = Writer::new();
        w.fresh_after = Some(before);
        // A single statement is no list.
        let root = tree.root();
        let root = match root.is(Kind::StmtList) && root.len() == 1 {
            true => root.kid(0),
            false => root,
        };
        self.write_tree(&mut w, root, &Typing::default());
        let mut b = Build::new(call.place, call.head.module);
        let text = b.str(&w.out);
        let mut args = vec![text];
        for &hole in holes {
            let value = b.copy(hole);
            args.push(self.macro_call(&mut b, "toNode", &[value]));
        }
        let root = self.macro_call(&mut b, "quotedTree", &args);
        self.check_built(b, root, None)
    }

    /// `bindSym("addr")`: a word of the language, not a symbol.
    fn bound_addr(&mut self, call: &MacroCall<'_>) -> Expr {
        let mut w = Writer::new();
        w.ident("addr", call.place);
        let mut b = Build::new(call.place, call.head.module);
        let text = b.str(&w.out);
        let root = self.macro_call(&mut b, "quotedTree", &[text]);
        self.check_built(b, root, None)
    }

    /// `bindSym("name")`
    pub(in crate::sema) fn bind_sym_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let place = call.place;
        let name = call.typed(0).cloned().map(|expr| self.constant_of(expr));
        let text = match &name {
            Some(expr) => match &expr.kind {
                super::super::super::typed::ExprKind::Str(text) => {
                    String::from_utf8_lossy(text).into_owned()
                }
                _ => {
                    self.error(place, "a constant string is expected");
                    return self.bad(place);
                }
            },
            None => return self.bad(place),
        };
        let rule = match call.typed(1).cloned() {
            Some(rule) => match self.constant_of(rule).kind {
                super::super::super::typed::ExprKind::Int(rule) => rule,
                _ => 0,
            },
            None => 0,
        };
        let name = Name::new(&text);
        let found = self.lookup(name);
        let Some(&first) = found.first() else {
            if name == "addr" {
                return self.bound_addr(call);
            }
            self.undeclared(place, name);
            return self.bad(place);
        };
        let bound = Bound {
            name,
            module: self.env.module,
            depth: self.quote_depth,
            order: u32::MAX,
            closed: rule == 0,
            exact: None,
        };
        let mut w = Writer::new();
        let kind = self.symbol_kind(first);
        let several = found.len() > 1 || rule == 2;
        if several {
            let choice = if rule == 0 {
                super::kinds::CLOSED_CHOICE
            } else {
                super::kinds::OPEN_CHOICE
            };
            w.choice(choice, found.len(), place);
        }
        for _ in 0..found.len() {
            w.symbol(name.as_str(), kind, Stands::Bound(bound), place, None);
        }
        let mut b = Build::new(place, call.head.module);
        let text = b.str(&w.out);
        let root = self.macro_call(&mut b, "quotedTree", &[text]);
        self.check_built(b, root, None)
    }
}
