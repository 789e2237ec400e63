//! The arguments of a call before a candidate is chosen.
//!
//! In: the arguments as written, and the candidates. Out: the checked arguments, where the candidates want them checked and
//! agree on what they need to know for that. What only the chosen one can tell (the parameter types of a lambda, which of
//! several routines a name means) is left for later.

use std::sync::Arc;

use super::call::{Given, GivenNode};
use super::candidates::{Candidates, Wishes};
use super::checker::Checker;
use super::fit::Misfit;
use super::instance::is_open;
use super::symbols::{RoutineSym, SymKind};
use super::typed::Expr;
use super::types::{Type, TypeId};
use crate::syntax::tree::{Cursor, Data, Kind, Tree};

impl Checker<'_, '_> {
    /// Checks the arguments that some candidate wants typed. Says whether one has an error.
    pub(super) fn check_givens(&mut self, candidates: &Candidates, args: &mut [Given<'_>]) -> bool {
        let count = args.len();
        let mut failed = false;
        for i in 0..count {
            let (before, rest) = args.split_at_mut(i);
            let arg = &mut rest[0];
            if arg.typed.is_none() {
                let wishes = self.wishes(candidates, i, arg, count);
                arg.typed = self.check_given(candidates, &wishes, arg, before);
            }
            if let Some(expr) = arg.typed.take() {
                arg.typed = Some(self.as_iterable(candidates, i, arg, count, expr));
            }
            failed |= arg.typed.as_ref().is_some_and(|e| e.ty == TypeId::ERROR);
        }
        failed
    }

    /// The checked argument, unless it has to wait or is to stay as it is.
    fn check_given(
        &mut self,
        candidates: &Candidates,
        wishes: &Wishes,
        arg: &Given<'_>,
        before: &[Given<'_>],
    ) -> Option<Expr> {
        let GivenNode::Node(node) = arg.node else {
            return None;
        };
        if wishes.typed.is_none() && wishes.untyped {
            return None;
        }
        let heads = &candidates.heads;
        let of_macros = || heads.iter().all(|(_, head)| head.kind == Kind::MacroDef);
        let is_typed = wishes.typed == Some(TypeId::TYPED);
        if is_typed && of_macros() && self.is_for_macro_alone(node) {
            return Some(self.nop(arg.place));
        }
        // A macro hands over what it was given as `varargs[typed]`: these need not be of one type.
        let many = wishes
            .typed
            .is_some_and(|ty| *self.get(ty) == Type::Varargs(TypeId::TYPED));
        if many && node.is(Kind::Bracket) && !self.expansions.is_empty() && of_macros() {
            let (_, ok) = self.speculate_in_place(|c| c.expr(node, None));
            if !ok {
                return Some(self.nop(arg.place));
            }
        }
        // Templates take the name of routines as it is.
        let of_templates = || heads.iter().all(|(_, head)| head.kind == Kind::TemplateDef);
        if is_typed && of_templates() && self.names_routines(node) {
            return Some(self.nop(arg.place));
        }
        if wishes.iterable
            && let Some(call) = self.written_iterator_call(node)
        {
            return Some(call);
        }
        let want = wishes.typed.filter(|_| !wishes.several && !wishes.iterable);
        let want = want.map(|ty| self.wanted_by_param(ty));
        if wishes.untyped {
            // An argument that makes sense only to the template that takes it unchecked.
            let (expr, ok) = self.speculate_in_place(|c| c.expr(node, want));
            let fails = !ok || expr.ty == TypeId::ERROR;
            if fails && !self.is_checked_for_one(candidates, arg, before) {
                return None;
            }
        }
        let open = wishes.several || want.is_some_and(|ty| self.generic(ty));
        if wishes.routine && open && self.names_several(node) {
            // Which of them is decided by the parameter's type, when that is known.
            return None;
        }
        let lambda = matches!(node.kind(), Kind::Lambda | Kind::Do);
        if lambda && open && self.lambda_needs_types(node) {
            // Left for when the other arguments have bound the parameters.
            return None;
        }
        Some(match node.kind() {
            Kind::StmtList if want.is_some_and(|ty| self.takes_routine(ty)) => {
                self.statements_as_proc(node, want)
            }
            Kind::StmtList => self.block_value(node, want),
            _ => self.given_expr(node, want),
        })
    }

    /// Is there a candidate that what stands before an argument fits, and that takes the argument checked? Then it has to make
    /// sense, also when another one takes it as it is.
    fn is_checked_for_one(
        &mut self,
        candidates: &Candidates,
        arg: &Given<'_>,
        before: &[Given<'_>],
    ) -> bool {
        let i = before.len();
        candidates.heads.iter().any(|(sym, head)| {
            let Some(param) = self.param_of(head, i, arg.name, i + 1) else {
                return false;
            };
            let ty = head.params[param].ty;
            !matches!(self.get(ty), Type::Untyped | Type::Varargs(TypeId::UNTYPED))
                && matches!(
                    self.fit(*sym, head, &[], before),
                    Ok(_) | Err(Misfit::Missing(_))
                )
        })
    }

    /// The call of an iterator is of type `iterable[T]` where a candidate takes one.
    fn as_iterable(
        &mut self,
        candidates: &Candidates,
        i: usize,
        arg: &Given<'_>,
        count: usize,
        expr: Expr,
    ) -> Expr {
        if !self.is_iterator_call(&expr) || !self.wishes(candidates, i, arg, count).iterable {
            return expr;
        }
        let yields = self.owned_tuple(self.s.types.bare(expr.ty));
        let ty = self.intern(Type::Iterable(yields));
        Expr { ty, ..expr }
    }

    /// A block that is given for a proc parameter: `twice do: …`.
    pub(super) fn statements_as_proc(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let mut tree = Tree {
            origin: n.tree.origin,
            ..Tree::default()
        };
        let span = n.span();
        let empty = tree.leaf(Kind::Empty, span, Data::None);
        let params = tree.inner(Kind::FormalParams, span, &[empty]);
        let body = super::template_copy::copy_tree(n, &mut tree);
        let root = tree.inner(
            Kind::Do,
            span,
            &[empty, empty, empty, params, empty, empty, body],
        );
        tree.root = Some(root);
        let tree = Arc::new(tree);
        self.current.push(tree.clone());
        let expr = self.lambda(tree.root(), want);
        self.current.pop();
        expr
    }

    pub(super) fn given_expr(&mut self, node: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if self.denotes_type(node) {
            return self.type_node_value(node);
        }
        self.expr(node, want)
    }

    /// Does a name stand for several routines, or for a generic one, of which each could be the value?
    pub(super) fn names_several(&mut self, node: Cursor<'_>) -> bool {
        if !matches!(
            node.kind(),
            Kind::Ident | Kind::AccQuoted | Kind::Sym | Kind::DotExpr
        ) {
            return false;
        }
        let Some((_, syms)) = self.syms_of(node) else {
            return false;
        };
        let routines: Vec<&RoutineSym> = syms
            .iter()
            .filter_map(|&sym| match &self.s.sym(sym).kind {
                SymKind::Routine(head) if !head.is_template() => Some(&**head),
                _ => None,
            })
            .collect();
        routines.len() == syms.len()
            && (routines.len() > 1 || routines.iter().any(|head| head.is_generic()))
    }

    pub(super) fn lambda_needs_types(&self, node: Cursor<'_>) -> bool {
        node.kid(3)
            .kids()
            .skip(1)
            .any(|def| def.len() > 2 && def.def_type().is_empty() || is_open(def))
    }

    /// What a parameter's type says about an argument before the candidate is chosen.
    pub(super) fn wanted_by_param(&self, ty: TypeId) -> TypeId {
        match *self.get(ty) {
            Type::Varargs(elem) => elem,
            Type::Sink(inner) | Type::Lent(inner) | Type::Var(inner) => inner,
            _ => ty,
        }
    }

    pub(super) fn type_of_given(&mut self, arg: &mut Given<'_>) {
        if arg.typed.is_none()
            && let GivenNode::Node(node) = arg.node
        {
            let expr = self.given_expr(node, None);
            arg.typed = Some(expr);
        }
    }
}
