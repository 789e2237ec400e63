//! The text of trees that a check has put symbols and checked expressions into: for `astToStr`, `assert` and messages.

use super::checker::Checker;
use super::render::{Resolved, text};
use super::typed::ExprKind;
use crate::source::Name;
use crate::syntax::tree::Cursor;

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
