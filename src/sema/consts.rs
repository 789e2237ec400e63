//! `const` sections.
//!
//! In: definitions. Out: symbols that stand for values, which are computed here. Nothing is left to be done when the program runs.

use std::sync::Arc;

use super::checker::Checker;
use super::pragma;
use super::symbols::SymKind;
use super::typed::{Expr, ExprKind};
use super::types::{Type, TypeId};
use super::vars::VarHead;
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// A `const` section.
    pub(super) fn const_section(&mut self, n: Cursor<'_>) -> Expr {
        for def in n.kids() {
            match def.kind() {
                Kind::ConstDef => self.const_def(def),
                Kind::VarTuple => self.const_tuple(def),
                _ => {}
            }
        }
        let place = self.place(n);
        self.nop(place)
    }

    fn const_def(&mut self, n: Cursor<'_>) {
        let Some(head) = self.var_head(n.kid(0)) else {
            return;
        };
        let declared = if n.kid(1).is_empty() {
            None
        } else {
            Some(self.type_expr(n.kid(1)))
        };
        let value = self.const_expr(n.kid(2), declared);
        let value = match declared {
            Some(ty) if value.ty != TypeId::ERROR => {
                let value = self.coerce(value, ty);
                self.constant_of(value)
            }
            _ => value,
        };
        let value = self.define_value(&head, value);
        if value.ty != TypeId::ERROR && matches!(self.get(value.ty), Type::TypeDesc(_)) {
            if let Type::TypeDesc(inner) = *self.get(value.ty) {
                let symbol =
                    self.symbol(head.name, head.exported, head.place, SymKind::Type(inner));
                self.declare(symbol);
            }
            return;
        }
        let symbol = self.symbol(
            head.name,
            head.exported,
            head.place,
            SymKind::Const(Arc::new(value)),
        );
        self.declare(symbol);
    }

    /// `{.intdefine.}`, `{.strdefine.}`, `{.booldefine.}`: the command line may give another value.
    fn define_value(&mut self, head: &VarHead<'_>, value: Expr) -> Expr {
        let Some(pragma) = head.pragma else {
            return value;
        };
        let known = ["intdefine", "strdefine", "booldefine", "define"]
            .iter()
            .any(|p| pragma::has(pragma, p));
        if !known {
            return value;
        }
        let Some(text) = self
            .s
            .config
            .defined(head.name.as_str())
            .map(str::to_string)
        else {
            return value;
        };
        let kind = match self.get(self.s.types.repr(value.ty)) {
            Type::String => ExprKind::Str(Arc::from(text.as_bytes())),
            Type::Bool => ExprKind::Int(i64::from(!matches!(
                text.as_str(),
                "false" | "off" | "0" | "no" | "n"
            ))),
            _ => match text.parse() {
                Ok(number) => ExprKind::Int(number),
                Err(_) => {
                    self.error(
                        head.place,
                        format!("-d:{}: '{text}' is not an integer", head.name),
                    );
                    return value;
                }
            },
        };
        Expr { kind, ..value }
    }

    fn const_tuple(&mut self, n: Cursor<'_>) {
        let value = self.const_expr(n.last(), None);
        let parts = match &value.kind {
            ExprKind::Const(inner) => match &inner.kind {
                ExprKind::Tuple(parts) => parts.clone(),
                _ => Vec::new(),
            },
            ExprKind::Tuple(parts) => parts.clone(),
            _ => Vec::new(),
        };
        let names: Vec<Cursor<'_>> = n.kids().take(n.len() - 2).collect();
        if parts.len() != names.len() {
            if value.ty != TypeId::ERROR {
                self.error(
                    value.place,
                    format!(
                        "'tuple' expected, but got '{}'",
                        self.s.types.show(value.ty)
                    ),
                );
            }
            return;
        }
        for (node, part) in names.into_iter().zip(parts) {
            let Some(head) = self.var_head(node) else {
                continue;
            };
            let symbol = self.symbol(
                head.name,
                head.exported,
                head.place,
                SymKind::Const(Arc::new(part)),
            );
            self.declare(symbol);
        }
    }
}
