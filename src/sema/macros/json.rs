//! `%*` of `std/json`: a constructor as a JSON tree, with `%` around each value in it.

use super::{Build, Checker, MacroCall, single};
use crate::sema::typed::Expr;
use crate::syntax::tree::{Cursor, Kind, NodeId};

impl Checker<'_, '_> {
    pub(super) fn json_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let Some(n) = call.tree(0) else {
            return self.bad(call.place);
        };
        let mut b = Build::new(call.place, call.head.module);
        let root = self.json(single(n), &mut b);
        self.check_built(b, root, None)
    }

    fn json(&mut self, n: Cursor<'_>, b: &mut Build) -> NodeId {
        let value = match n.kind() {
            Kind::Bracket if n.len() == 0 => return self.macro_call(b, "newJArray", &[]),
            Kind::Bracket => {
                let kids: Vec<NodeId> = n.kids().map(|kid| self.json(kid, b)).collect();
                b.node(Kind::Bracket, &kids)
            }
            Kind::TableConstr | Kind::Curly if n.len() == 0 => {
                return self.macro_call(b, "newJObject", &[]);
            }
            Kind::TableConstr => {
                let kids: Vec<NodeId> = n
                    .kids()
                    .map(|pair| {
                        let (key, value) = (b.copy(pair.kid(0)), self.json(pair.kid(1), b));
                        b.node(Kind::ExprColonExpr, &[key, value])
                    })
                    .collect();
                b.node(Kind::TableConstr, &kids)
            }
            Kind::NilLit => return self.macro_call(b, "newJNull", &[]),
            Kind::Par if n.len() == 1 => return self.json(n.kid(0), b),
            _ => b.copy(n),
        };
        self.macro_call(b, "%", &[value])
    }
}
