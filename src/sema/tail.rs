//! What stands at the end of a routine's body: its result, unless `result` was given one before.

use super::checker::Checker;
use super::typed::{Expr, ExprKind};

impl Checker<'_, '_> {
    /// The body, whose value nobody takes if it follows an assignment of `result`.
    pub(super) fn without_late_value(&mut self, body: Expr) -> Expr {
        match self.comes_late(&body) {
            true => self.require_void(body),
            false => body,
        }
    }

    /// Does a value at the end follow an assignment of `result`?
    fn comes_late(&self, body: &Expr) -> bool {
        // `return value` is no value at the end.
        if self.never_returns(body) {
            return false;
        }
        let late = |part: &Expr| self.comes_late(part);
        match &body.kind {
            ExprKind::Seq(parts) => {
                let (last, before) = match parts.split_last() {
                    Some(parts) => parts,
                    None => return false,
                };
                before.iter().any(|part| self.gives_result(part)) || late(last)
            }
            ExprKind::Block(_, body) | ExprKind::Checks(_, body) => late(body),
            _ => body.ends().is_some_and(|ends| ends.into_iter().any(late)),
        }
    }

    /// Is `result` assigned on all ways through a statement?
    fn gives_result(&self, stmt: &Expr) -> bool {
        // `return value` assigns it too, and nothing follows.
        if self.never_returns(stmt) {
            return false;
        }
        let gives = |part: &Expr| self.gives_result(part);
        match &stmt.kind {
            ExprKind::Assign(place, _) => {
                let result = self.frames.last().and_then(|frame| frame.result);
                matches!(place.kind, ExprKind::Local(id) if Some(id) == result)
            }
            ExprKind::Seq(parts) => parts.iter().any(gives),
            ExprKind::Block(_, body) | ExprKind::While(_, body) | ExprKind::Checks(_, body) => {
                gives(body)
            }
            ExprKind::For { body, .. } => gives(body),
            _ => stmt.ends().is_some_and(|ends| self.all_give(&ends)),
        }
    }

    /// Is it assigned at each of the ends that control comes out of?
    fn all_give(&self, ends: &[&Expr]) -> bool {
        let mut reached = ends
            .iter()
            .filter(|end| !self.never_returns(end))
            .peekable();
        reached.peek().is_some() && reached.all(|end| self.gives_result(end))
    }
}
