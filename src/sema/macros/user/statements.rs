//! Macros that take a whole statement: a `for` loop over their call, and a `case` over a value of their parameter's type.
//!
//! In: the statement. Out: what the macro makes of it, checked in its place.

use std::sync::Arc;

use super::typing::Typing;
use super::wire::Writer;
use crate::sema::call::Given;
use crate::sema::checker::Checker;
use crate::sema::relation::Bindings;
use crate::sema::symbols::{RoutineSym, SymKind};
use crate::sema::typed::Expr;
use crate::sema::types::TypeId;
use crate::source::Name;
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// `for x in macro(…)`, where the macro takes the whole loop. `None` if it is none.
    pub(in crate::sema) fn for_macro(&mut self, n: Cursor<'_>) -> Option<Expr> {
        let head = n.kid(n.len() - 2);
        if !matches!(head.kind(), Kind::Call | Kind::Command) {
            return None;
        }
        let callee = head.kid(0);
        if !matches!(callee.kind(), Kind::Ident | Kind::AccQuoted | Kind::Sym) {
            return None;
        }
        let (_, syms) = self.syms_of(callee)?;
        let takes_loop = |c: &Self, head: &RoutineSym| {
            head.kind == Kind::MacroDef
                && head.params.len() == 1
                && c.s.types.show(head.params[0].ty) == "ForLoopStmt"
        };
        let found = syms.iter().find_map(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) if takes_loop(self, head) => Some(head.clone()),
            _ => None,
        })?;
        self.macro_of_statement(&found, n, None)
    }

    /// A `case` over something that no `case` can be over, for which there is a macro of that name: it takes the whole statement.
    /// `None` if there is none.
    pub(in crate::sema) fn case_macro(
        &mut self,
        n: Cursor<'_>,
        on: &Expr,
        want: Option<TypeId>,
    ) -> Option<Expr> {
        let given = [Given::checked(on.clone())];
        let mut best = Vec::new();
        for sym in self.lookup(Name::new("case")) {
            let SymKind::Routine(head) = self.s.sym(sym).kind.clone() else {
                continue;
            };
            if head.kind == Kind::MacroDef
                && let Ok(found) = self.fit(sym, &head, &[], &given)
            {
                self.keep_better(&mut best, found);
            }
        }
        let found = best.pop()?;
        self.macro_of_statement(&found.head, n, want)
    }

    fn macro_of_statement(
        &mut self,
        head: &Arc<RoutineSym>,
        n: Cursor<'_>,
        want: Option<TypeId>,
    ) -> Option<Expr> {
        let (id, place) = (head.id?, self.place(n));
        let mut w = Writer::new();
        self.write_tree(&mut w, n, &Typing::default());
        let arg = self.node_of_bytes(w.out, place)?;
        self.depth += 1;
        self.expansions.push((head.name, place));
        let result = self.run_macro(head, id, vec![arg], &Bindings::default(), want, place);
        self.expansions.pop();
        self.depth -= 1;
        Some(result)
    }
}
