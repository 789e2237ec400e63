//! The text of trees that a check has put symbols and checked expressions into: for `astToStr`, `assert` and messages.

use super::checker::Checker;
use super::render::{Resolved, text};
use super::typed::ExprKind;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind, Origin};

/// The text of an expression.
pub(super) fn text_of(n: Cursor<'_>, c: &Checker<'_, '_>) -> String {
    text(n, c)
}

impl Resolved for Checker<'_, '_> {
    fn name(&self, n: Cursor<'_>) -> Option<Name> {
        self.bound_name(n)
    }

    fn expression(&self, n: Cursor<'_>) -> Option<String> {
        let expr = self.typed_of(n)?;
        Some(match &expr.kind {
            ExprKind::Int(value) => self.s.types.show_ordinal(expr.ty, *value),
            ExprKind::Str(text) => format!("{:?}", String::from_utf8_lossy(text)),
            ExprKind::Float(value) => format!("{value:?}"),
            _ => self.loader.text(expr.place),
        })
    }
}

impl Checker<'_, '_> {
    /// What stands at a place, laid out as Nim does in messages: `a+b` is shown as `a + b`. What is more than an
    /// expression on a line is shown as it was written.
    pub(super) fn shown_text(&self, place: Place) -> String {
        let written = self.loader.text(place);
        // A trial is not read by anybody.
        if self.speculating > 0 {
            return written;
        }
        let parsed = crate::syntax::parse_file(&written, None, &mut |_| Origin::default());
        match &parsed.pieces[..] {
            [only] if only.errors.is_empty() && is_simple(only.tree.root()) => {
                text_of(only.tree.root(), self)
            }
            _ => written,
        }
    }
}

/// Is it an expression of the kinds that are shown on one line?
fn is_simple(n: Cursor<'_>) -> bool {
    let known = n.len() == 0
        || matches!(
            n.kind(),
            Kind::Infix
                | Kind::Prefix
                | Kind::Call
                | Kind::Command
                | Kind::DotExpr
                | Kind::BracketExpr
                | Kind::Par
                | Kind::TupleConstr
                | Kind::Bracket
                | Kind::Curly
                | Kind::ExprColonExpr
                | Kind::ExprEqExpr
        );
    known && n.kids().all(is_simple)
}
