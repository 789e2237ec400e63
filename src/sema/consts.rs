//! `const` sections.
//!
//! In: definitions. Out: symbols that stand for values, which are computed here. Nothing is left to be done when the program runs.

use std::sync::Arc;

use super::checker::Checker;
use super::deprecated::Deprecated;
use super::pragma;
use super::symbols::SymKind;
use super::typed::{Expr, ExprKind};
use super::types::{Type, TypeId};
use super::unpack::pattern_names;
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
        let declared = (!n.kid(1).is_empty()).then(|| self.type_expr(n.kid(1)));
        let declared = declared.filter(|&ty| !self.is_auto(ty));
        let value = self.const_expr(n.kid(2), declared);
        let value = match declared {
            Some(ty) if value.ty != TypeId::ERROR => {
                let spelling = self.spell_type(n.kid(1), ty);
                let value = self.wanting(ty, spelling, |c| c.coerce(value, ty));
                self.constant_of(value)
            }
            _ => value,
        };
        let mut head = head;
        head.spelled = Some(match declared {
            Some(ty) => self.spell_type(n.kid(1), ty),
            None => self.spell_value_at(n.kid(2), &value),
        });
        let value = self.define_value(&head, value);
        self.declare_const(&head, value);
    }

    /// Declares a name for a value, or for a type.
    fn declare_const(&mut self, head: &VarHead<'_>, value: Expr) {
        let kind = match *self.get(value.ty) {
            Type::TypeDesc(inner) => SymKind::Type(inner),
            _ => SymKind::Const(Arc::new(value)),
        };
        let mut symbol = self.symbol(head.name, head.exported, head.place, kind);
        symbol.deprecated = Deprecated::of(head.pragma);
        let sym = self.declare(symbol);
        if let Some(spelling) = head.spelled {
            self.spell_symbol(sym, spelling);
        }
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
        self.unpack_const(n, value);
    }

    /// Declares the names of a tuple pattern with the parts of a value.
    fn unpack_const(&mut self, n: Cursor<'_>, value: Expr) {
        let tuple = match &value.kind {
            ExprKind::Const(inner) => &inner.kind,
            kind => kind,
        };
        let ExprKind::Tuple(parts) = tuple else {
            if value.ty != TypeId::ERROR {
                self.not_a_tuple(value.ty, value.place);
            }
            return;
        };
        let names = pattern_names(n);
        if parts.len() != names.len() {
            return self.error(self.place(n), "wrong number of variables");
        }
        for (node, part) in names.into_iter().zip(parts.clone()) {
            if node.is(Kind::VarTuple) {
                self.unpack_const(node, part);
            } else if let Some(head) = self.var_head(node) {
                self.declare_const(&head, part);
            }
        }
    }
}
