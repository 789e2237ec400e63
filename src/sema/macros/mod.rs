//! Macros: those of the standard modules, which are built in, and those of programs ([`user`]).
//!
//! In: a call of a macro whose declaration says `{.magic: "Macro".}`; the macro's name tells which. Out: a checked
//! expression. What Nim's own macro makes of trees is made here: a tree that is checked where the call stands, or
//! checked parts put together, with variables of the compiler's in between. Names that a macro brings along are
//! bound to the module that declares it, as in a template.

mod check;
mod collect;
mod format;
mod json;
mod lambda;
mod scan;
mod style;
mod sugar;
mod user;

pub(super) use collect::Collected;
pub(super) use user::{CallShape, Questions, hole_of, typing::Typing, wire::symkind};

use std::sync::Arc;

use super::call::{Given, GivenNode};
use super::checker::Checker;
use super::fit::Slots;
use super::foreign::Foreign;
use super::lookup::Bound;
use super::magic::Magic;
use super::relation::Bindings;
use super::symbols::{ModuleIx, RoutineSym, SymKind};
use super::typed::{Expr, ExprKind, LocalId};
use super::types::TypeId;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind, NodeId, Span, Tree};

/// A call of a built-in macro.
pub(super) struct MacroCall<'t> {
    pub head: Arc<RoutineSym>,
    pub slots: Slots,
    pub args: Vec<Given<'t>>,
    /// Type arguments.
    pub binds: Bindings,
    pub want: Option<TypeId>,
    pub place: Place,
}

impl<'t> MacroCall<'t> {
    /// The tree of the argument for parameter `p`, if it is one.
    pub fn tree(&self, p: usize) -> Option<Cursor<'t>> {
        let &i = self.slots.get(p)?.first()?;
        self.node(i)
    }

    /// The trees of all arguments for parameter `p`.
    pub fn trees(&self, p: usize) -> Vec<Cursor<'t>> {
        let slot = self.slots.get(p).map_or(&[][..], |slot| &slot[..]);
        slot.iter().filter_map(|&i| self.node(i)).collect()
    }

    fn node(&self, i: usize) -> Option<Cursor<'t>> {
        match self.args[i].node {
            GivenNode::Node(n) => Some(n),
            GivenNode::Checked => None,
        }
    }

    /// The checked argument for parameter `p`.
    pub fn typed(&self, p: usize) -> Option<&Expr> {
        let &i = self.slots.get(p)?.first()?;
        self.args[i].typed.as_ref()
    }
}

/// A tree in the making.
pub(super) struct Build {
    pub out: Tree,
    pub span: Span,
    /// Where the names that the macro brings along are looked up.
    pub module: ModuleIx,
}

impl Build {
    pub fn new(place: Place, module: ModuleIx) -> Build {
        Build {
            out: Tree {
                origin: place.origin,
                ..Tree::default()
            },
            span: place.span,
            module,
        }
    }

    pub fn ident(&mut self, name: Name) -> NodeId {
        self.out.leaf(Kind::Ident, self.span, Data::Name(name))
    }

    pub fn empty(&mut self) -> NodeId {
        self.out.leaf(Kind::Empty, self.span, Data::None)
    }

    pub fn str(&mut self, text: &[u8]) -> NodeId {
        self.out.text(Kind::StrLit, self.span, text)
    }

    pub fn node(&mut self, kind: Kind, kids: &[NodeId]) -> NodeId {
        self.out.inner(kind, self.span, kids)
    }

    pub fn copy(&mut self, n: Cursor<'_>) -> NodeId {
        super::template_copy::copy_tree(n, &mut self.out)
    }

    /// Copies a tree that stands nowhere: all of it is where the macro is used.
    pub fn copy_here(&mut self, n: Cursor<'_>) -> NodeId {
        match n.node().data {
            Data::Kids { .. } => {
                let kids: Vec<NodeId> = n.kids().map(|kid| self.copy_here(kid)).collect();
                self.node(n.kind(), &kids)
            }
            Data::Text(_) => {
                let text = n.text().unwrap_or_default();
                self.out.text(n.kind(), self.span, text)
            }
            data => self.out.leaf(n.kind(), self.span, data),
        }
    }

    pub fn foreign(&mut self, number: u32) -> NodeId {
        self.out.leaf(Kind::Typed, self.span, Data::Foreign(number))
    }
}

impl Checker<'_, '_> {
    /// Expands a call of a macro and checks what comes out.
    pub(super) fn expand_macro(&mut self, mut call: MacroCall<'_>) -> Expr {
        let (head, place) = (call.head.clone(), call.place);
        if self.depth > 200 {
            self.error(place, format!("macro '{}' nests too deeply", head.name));
            return self.bad(place);
        }
        self.depth += 1;
        self.expansions.push((head.name, place));
        let result = match head.pragmas.magic {
            Some(Magic::Macro) => self.dispatch_macro(&mut call),
            _ => self.user_macro(&mut call),
        };
        self.expansions.pop();
        self.depth -= 1;
        Expr { place, ..result }
    }

    fn dispatch_macro(&mut self, call: &mut MacroCall<'_>) -> Expr {
        match call.head.name.as_str() {
            "&" | "fmt" => self.format_macro(call),
            "=>" => self.arrow_macro(call),
            "->" => self.arrow_type_macro(call),
            "collect" => self.collect_macro(call),
            "quote" => self.quote_macro(call),
            "getAst" => self.get_ast_macro(call),
            "bindSym" => self.bind_sym_macro(call),
            "collectProbe" => self.collect_probe(call),
            "dup" => self.dup_macro(call),
            "with" => self.with_macro(call),
            "capture" => self.capture_macro(call),
            "dump" => self.dump_macro(call, false),
            "dumpToString" => self.dump_macro(call, true),
            "check" => self.check_macro(call),
            "expect" => self.expect_macro(call),
            "%*" => self.json_macro(call),
            "styledWrite" | "styledWriteLine" | "styledEcho" => self.styled_macro(call),
            "mapLiterals" => self.map_literals_macro(call),
            "scanf" => self.scanf_macro(call),
            "scanTuple" => self.scan_tuple_macro(call),
            "enumerate" => {
                self.error(call.place, "'enumerate' is used in the head of a for loop");
                self.bad(call.place)
            }
            name => {
                let text = format!("the macro '{name}'");
                self.unsupported(call.place, text)
            }
        }
    }

    /// Does `n` name a built-in macro of this name, and nothing else that is a macro?
    pub(in crate::sema) fn names_macro(&mut self, n: Cursor<'_>, name: &str) -> bool {
        if self.bound_name(n).is_none_or(|found| found != name) {
            return false;
        }
        let Some((_, syms)) = self.syms_of(n) else {
            return false;
        };
        syms.iter().any(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => head.pragmas.magic == Some(Magic::Macro),
            _ => false,
        })
    }

    /// A name as the macro's module sees it; what the place of the call sees joins in.
    pub(super) fn macro_name(&mut self, b: &mut Build, name: &str) -> NodeId {
        let number = self.add_foreign(Foreign::Bound(Bound {
            name: Name::new(name),
            module: b.module,
            depth: 0,
            order: u32::MAX,
            closed: false,
            exact: None,
        }));
        b.out.leaf(Kind::Sym, b.span, Data::Foreign(number))
    }

    /// A call of a routine of the macro's module.
    pub(super) fn macro_call(&mut self, b: &mut Build, name: &str, args: &[NodeId]) -> NodeId {
        let mut kids = vec![self.macro_name(b, name)];
        kids.extend_from_slice(args);
        b.node(Kind::Call, &kids)
    }

    /// A checked expression as a node.
    pub(super) fn macro_typed(&mut self, b: &mut Build, expr: Expr) -> NodeId {
        let number = self.foreign_typed(expr);
        b.foreign(number)
    }

    /// Checks what was built.
    pub(super) fn check_built(&mut self, b: Build, root: NodeId, want: Option<TypeId>) -> Expr {
        let mut out = b.out;
        out.root = Some(root);
        let tree = Arc::new(out);
        self.current.push(tree.clone());
        let expr = self.expr(tree.root(), want);
        self.current.pop();
        expr
    }

    /// Checks what was built as a statement.
    pub(super) fn check_built_stmt(&mut self, b: Build, root: NodeId) -> Expr {
        let expr = self.check_built(b, root, None);
        self.require_void(expr)
    }

    /// A variable of the compiler's with a first value: the declaration, and the variable as an expression.
    pub(super) fn macro_temp(&mut self, value: Expr) -> (Expr, Expr) {
        let (ty, place) = (self.s.types.bare(value.ty), value.place);
        let id = self.temp(ty, place);
        let value = self.coerce(value, ty);
        let declared = self.make(
            ExprKind::Let(id, Some(Box::new(value))),
            TypeId::VOID,
            place,
        );
        (declared, self.local_of(id, ty, place))
    }

    pub(super) fn local_of(&self, id: LocalId, ty: TypeId, place: Place) -> Expr {
        self.make(ExprKind::Local(id), ty, place)
    }

    /// Statements with a value at their end.
    pub(super) fn sequence(&self, stmts: Vec<Expr>, ty: TypeId, place: Place) -> Expr {
        self.make(ExprKind::Seq(stmts), ty, place)
    }

    /// A compile-time string that was given for parameter `p`.
    pub(super) fn macro_text(&mut self, call: &MacroCall<'_>, p: usize) -> Option<Arc<[u8]>> {
        let expr = call.typed(p)?.clone();
        let expr = self.constant_of(expr);
        match self.constant(&expr) {
            Some(ExprKind::Str(text)) => Some(text.clone()),
            _ if expr.ty == TypeId::ERROR => None,
            _ => {
                self.error(call.place, "a constant string was expected");
                None
            }
        }
    }
}

/// Removes what stands around a single expression: a list of statements with one statement.
pub(super) fn single(n: Cursor<'_>) -> Cursor<'_> {
    if matches!(n.kind(), Kind::StmtList | Kind::StmtListExpr) {
        let mut kids = n.kids().filter(|kid| !kid.is(Kind::CommentStmt));
        if let (Some(only), None) = (kids.next(), kids.next()) {
            return single(only);
        }
    }
    n
}
