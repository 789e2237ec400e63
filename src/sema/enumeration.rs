//! Enums: their constants, what these are worth, and how many bytes a value takes.

use std::sync::Arc;

use super::checker::Checker;
use super::deprecated::Deprecated;
use super::pragma;
use super::symbols::{SymKind, Symbol};
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{EnumBody, EnumConstant, NominalBody, NominalId, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// The parts of `name` or `name = value` in an enum.
fn parts(field: Cursor<'_>) -> (Cursor<'_>, Option<Cursor<'_>>) {
    match field.is(Kind::EnumFieldDef) {
        true => (field.kid(0), field.get(1)),
        false => (field, None),
    }
}

impl Checker<'_, '_> {
    pub(super) fn enum_body(
        &mut self,
        id: NominalId,
        ty: TypeId,
        n: Cursor<'_>,
        pragma: Option<Cursor<'_>>,
    ) {
        let pure = pragma.is_some_and(|p| pragma::has(p, "pure"));
        let exported = self.s.types.def(id).exported;
        let whole = match Deprecated::of(pragma) {
            Some(Deprecated::Itself(why)) => Some(Deprecated::Enum(self.s.types.def(id).name, why)),
            other => other,
        };
        let mut constants: Vec<EnumConstant> = Vec::new();
        for field in n.kids().skip(1) {
            let next = constants
                .last()
                .map_or(0, |last| last.value.saturating_add(1));
            let Some(constant) = self.enum_constant(field, next) else {
                continue;
            };
            let name = constant.name;
            if constants
                .last()
                .is_some_and(|last| constant.value <= last.value)
            {
                let at = parts(field).1.unwrap_or(field);
                self.error(self.place(at), format!("invalid order in enum '{name}'"));
            }
            let own = parts(field).0;
            let place = self.place(own);
            if constants.iter().any(|other| other.name == name) {
                self.redefined_constant(name, n, place);
                continue;
            }
            let value = constant.value;
            let kind = SymKind::EnumConst { ty, value };
            let mut symbol = self.symbol(name, exported, place, kind);
            symbol.deprecated = match self.deprecated_part(own.with_pragmas().1) {
                true => Some(Deprecated::Itself("".into())),
                false => whole.clone(),
            };
            self.declare_enum_constant(symbol, pure);
            constants.push(constant);
        }
        let size = match pragma.and_then(|p| self.pragma_int(p, "size")) {
            Some(size @ (1 | 2 | 4 | 8)) => size as u32,
            Some(_) => {
                self.error(self.place(n), "size may only be 1, 2, 4 or 8");
                8
            }
            None => enum_size(&constants),
        };
        let body = EnumBody {
            constants,
            size,
            pure,
        };
        self.set_body(id, NominalBody::Enum(body));
    }

    /// A constant, which is worth `next` unless it says otherwise.
    fn enum_constant(&mut self, field: Cursor<'_>, next: i64) -> Option<EnumConstant> {
        let (name_node, value) = parts(field);
        let name = simple_name(name_node).or_else(|| self.bound_name(name_node))?;
        let mut constant = EnumConstant {
            name,
            value: next,
            text: name.as_str().into(),
        };
        if let Some(value) = value {
            let expr = self.const_expr(value, None);
            if !take_value(&mut constant, &expr) && expr.ty != TypeId::ERROR {
                let given = self.s.types.show(expr.ty);
                self.error(expr.place, format!("ordinal type expected; given: {given}"));
            }
        }
        Some(constant)
    }

    fn redefined_constant(&mut self, name: Name, n: Cursor<'_>, place: Place) {
        let mut names = n.kids().skip(1).map(|field| parts(field).0);
        let first = names.find(|&node| simple_name(node) == Some(name));
        let earlier = first.map_or(place, |node| self.place(node));
        let (file, line, col) = self.loader.line(earlier);
        let message =
            format!("redefinition of '{name}'; previous declaration here: {file}({line}, {col})");
        self.error(place, message);
    }

    fn declare_enum_constant(&mut self, symbol: Symbol, pure: bool) {
        if pure {
            // Reached through the type, or by its bare name where nothing else has it.
            let others = self.lookup(symbol.name);
            if !others.iter().all(|&other| self.is_pure_constant(other)) {
                return;
            }
        }
        self.declare(symbol);
    }
}

/// Gives a constant what stands behind its name; false when that is no ordinal, string or pair of them.
fn take_value(constant: &mut EnumConstant, expr: &Expr) -> bool {
    let text = |given: &[u8]| -> Arc<str> { String::from_utf8_lossy(given).into() };
    match &expr.kind {
        ExprKind::Int(value) => constant.value = *value,
        ExprKind::Str(given) => constant.text = text(given),
        ExprKind::Tuple(parts) => match &parts[..] {
            [a, b] => match (&a.kind, &b.kind) {
                (ExprKind::Int(value), ExprKind::Str(given)) => {
                    constant.value = *value;
                    constant.text = text(given);
                }
                _ => return false,
            },
            _ => return false,
        },
        _ => return false,
    }
    true
}

/// Nim's choice: one byte for up to 256 values from 0, then 2, 4, 8.
fn enum_size(constants: &[EnumConstant]) -> u32 {
    let lo = constants.first().map_or(0, |c| c.value);
    let hi = constants.last().map_or(0, |c| c.value);
    if lo < 0 {
        // Signed: Nim uses 4 bytes, or 8 where they do not suffice.
        return if lo >= i64::from(i32::MIN) && hi <= i64::from(i32::MAX) {
            4
        } else {
            8
        };
    }
    match hi {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => 8,
    }
}
