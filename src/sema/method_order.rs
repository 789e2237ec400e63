//! The order in which methods are declared.
//!
//! In: a method's head. Out: an error where it comes after one that overrides it, or calls itself a base and is none.

use super::checker::Checker;
use super::routine::part;
use super::symbols::{RoutineSym, SymKind};
use super::types::TypeId;
use crate::source::Place;
use crate::syntax::tree::Kind;

impl Checker<'_, '_> {
    /// A method comes after the one that it overrides, and is no base then.
    pub(super) fn check_method_order(&mut self, head: &RoutineSym, place: Place) {
        let first = |c: &Self, head: &RoutineSym| {
            let param = head.params.first()?;
            c.object_of(c.s.types.bare(param.ty))
        };
        let Some(object) = first(self, head) else {
            return;
        };
        let mut before = None;
        for sym in self.lookup(head.name) {
            let SymKind::Routine(other) = &self.s.sym(sym).kind else {
                continue;
            };
            let rest = |head: &RoutineSym| -> Vec<TypeId> {
                head.params.iter().skip(1).map(|param| param.ty).collect()
            };
            let is_like =
                other.kind == Kind::MethodDef && !other.is_generic() && rest(other) == rest(head);
            let Some(over) = first(self, other).filter(|_| is_like) else {
                continue;
            };
            if self.derives(object, over).is_some() {
                let pragma = head.node.cursor().kid(part::PRAGMA);
                if super::pragma::has(pragma, "base") {
                    self.error(place, "method is not a base");
                }
                return;
            }
            if self.derives(over, object).is_some() {
                before = before.or(Some(sym));
            }
        }
        if let Some(before) = before {
            let (file, line, col) = self.loader.line(self.s.sym(before).place);
            let message = format!(
                "invalid declaration order; cannot attach '{}' to method defined here: {file}({line}, {col})",
                head.name
            );
            self.error(place, message);
        }
    }
}
