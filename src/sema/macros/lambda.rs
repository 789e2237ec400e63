//! `=>` and `->` of `std/sugar`: procs as expressions, and their types.
//!
//! A lambda is rewritten before its call is resolved, because the parameter that it goes to gives its own parameters
//! their types.

use std::sync::Arc;

use super::{Build, Checker, MacroCall, single};
use crate::sema::typed::Expr;
use crate::sema::types::TypeId;
use crate::source::Place;
use crate::syntax::tree::{Cursor, Kind, NodeId, Tree};

/// Is `n` an operator with two operands?
fn is_infix(n: Cursor<'_>) -> bool {
    n.is(Kind::Infix) && n.len() == 3
}

impl Checker<'_, '_> {
    /// The proc that `params => body` means, if `n` is one.
    pub(in crate::sema) fn lambda_sugar(&mut self, n: Cursor<'_>) -> Option<Arc<Tree>> {
        let mut n = if n.is(Kind::ExprEqExpr) { n.kid(1) } else { n };
        while n.is(Kind::Par) && n.len() == 1 {
            n = n.kid(0);
        }
        if !is_infix(n) || !self.names_macro(n.kid(0), "=>") {
            return None;
        }
        let mut b = Build::new(self.place(n), self.env.module);
        let root = self.arrow(&mut b, n.kid(1), n.kid(2))?;
        b.out.root = Some(root);
        Some(Arc::new(b.out))
    }

    pub(super) fn arrow_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let (Some(params), Some(body)) = (call.tree(0), call.tree(1)) else {
            return self.bad(call.place);
        };
        let mut b = Build::new(call.place, call.head.module);
        match self.arrow(&mut b, params, body) {
            Some(root) => self.check_built(b, root, call.want),
            None => self.bad(call.place),
        }
    }

    /// `(a: int, b) -> int => body` as an anonymous proc.
    fn arrow(&mut self, b: &mut Build, params: Cursor<'_>, body: Cursor<'_>) -> Option<NodeId> {
        let mut params = params;
        let mut pragma = b.empty();
        if params.is(Kind::PragmaExpr) {
            pragma = b.copy(params.kid(1));
            params = params.kid(0);
        }
        let mut ret = None;
        if is_infix(params) && self.bound_name(params.kid(0)).is_some_and(|op| op == "->") {
            ret = Some(params.kid(2));
            params = params.kid(1);
        }
        let ret = match ret {
            Some(ret) => b.copy(ret),
            None => b.empty(),
        };
        let mut defs = vec![ret];
        self.arrow_params(b, params, false, &mut defs)?;
        let params = b.node(Kind::FormalParams, &defs);
        let empty = b.empty();
        let body = b.copy(body);
        // A `do` proc: its result follows from where it goes, or from its body.
        Some(b.node(
            Kind::Do,
            &[empty, empty, empty, params, pragma, empty, body],
        ))
    }

    fn arrow_params(
        &mut self,
        b: &mut Build,
        params: Cursor<'_>,
        types_only: bool,
        defs: &mut Vec<NodeId>,
    ) -> Option<()> {
        let params = single(params);
        let mut list: Vec<Cursor<'_>> = match params.kind() {
            Kind::Par | Kind::TupleConstr => params.kids().collect(),
            // `f(a, b) => …` names the proc, which changes nothing here.
            Kind::Call | Kind::ObjConstr => params.kids().skip(1).collect(),
            _ => vec![params],
        };
        list.retain(|kid| !kid.is_empty());
        for (i, &param) in list.iter().enumerate() {
            let empty = b.empty();
            let def = match param.kind() {
                Kind::ExprColonExpr => {
                    let (name, ty) = (b.copy(param.kid(0)), b.copy(param.kid(1)));
                    b.node(Kind::IdentDefs, &[name, ty, empty])
                }
                Kind::ExprEqExpr => {
                    let (name, value) = (b.copy(param.kid(0)), b.copy(param.kid(1)));
                    b.node(Kind::IdentDefs, &[name, empty, value])
                }
                _ if types_only => {
                    let name = b.ident(crate::source::Name::new(&format!("i{i}")));
                    let ty = b.copy(param);
                    b.node(Kind::IdentDefs, &[name, ty, empty])
                }
                Kind::Ident | Kind::AccQuoted | Kind::Sym => {
                    // `(a, b: int)`: those without a type share the next one.
                    let ty = list[i + 1..]
                        .iter()
                        .find(|next| next.is(Kind::ExprColonExpr));
                    let name = b.copy(param);
                    let ty = match ty {
                        Some(next) => b.copy(next.kid(1)),
                        None => empty,
                    };
                    b.node(Kind::IdentDefs, &[name, ty, empty])
                }
                _ => {
                    self.error(self.place(param), "Incorrect procedure parameter.");
                    return None;
                }
            };
            defs.push(def);
        }
        Some(())
    }

    /// Is `n` a proc type in the form `(int, int) -> int`?
    pub(in crate::sema) fn is_arrow_type(&mut self, n: Cursor<'_>) -> bool {
        is_infix(n) && self.names_macro(n.kid(0), "->")
    }

    /// `(int, int) -> int` as a proc type.
    pub(in crate::sema) fn arrow_type(&mut self, n: Cursor<'_>) -> TypeId {
        let place = self.place(n);
        self.arrow_type_of(n.kid(1), n.kid(2), place)
    }

    pub(super) fn arrow_type_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let (Some(params), Some(ret)) = (call.tree(0), call.tree(1)) else {
            return self.bad(call.place);
        };
        let ty = self.arrow_type_of(params, ret, call.place);
        self.type_value(ty, call.place)
    }

    fn arrow_type_of(&mut self, params: Cursor<'_>, ret: Cursor<'_>, place: Place) -> TypeId {
        let mut b = Build::new(place, self.env.module);
        let mut defs = vec![b.copy(ret)];
        if self.arrow_params(&mut b, params, true, &mut defs).is_none() {
            return TypeId::ERROR;
        }
        let params = b.node(Kind::FormalParams, &defs);
        let empty = b.empty();
        let root = b.node(Kind::ProcTy, &[params, empty]);
        b.out.root = Some(root);
        let tree = Arc::new(b.out);
        self.current.push(tree.clone());
        let ty = self.type_expr(tree.root());
        self.current.pop();
        ty
    }
}
