//! `locals()`: the variables that can be seen, as a tuple.
//!
//! The order of its fields is Nim's, which is that of its tables of symbols: a program sees it when it prints the tuple.

use super::checker::Checker;
use super::symbols::{SymId, SymKind, Table};
use super::typed::{Expr, ExprKind};
use super::types::{Type, TypeId};
use crate::source::{Name, Place};

impl Checker<'_, '_> {
    /// The tuple of the current routine's variables, those of the innermost scope first.
    pub(super) fn locals(&mut self, place: Place) -> Expr {
        let scopes: Vec<Vec<SymId>> = self.env.scopes.iter().rev().map(in_table_order).collect();
        let (mut fields, mut parts): (Vec<(Option<Name>, TypeId)>, Vec<Expr>) = Default::default();
        for sym in scopes.into_iter().flatten() {
            let name = self.s.sym(sym).name;
            let Some(value) = self.own_variable(sym, place) else {
                continue;
            };
            if fields.iter().all(|(known, _)| *known != Some(name)) {
                fields.push((Some(name), value.ty));
                parts.push(value);
            }
        }
        let ty = self.intern(Type::Tuple(fields));
        self.make(ExprKind::Tuple(parts), ty, place)
    }

    /// The value of a variable of the routine itself. Views and types have none that could be kept.
    fn own_variable(&mut self, sym: SymId, place: Place) -> Option<Expr> {
        let innermost = self.frames.len().checked_sub(1)?;
        let value = match self.s.sym(sym).kind {
            SymKind::Local { depth, id, ty, .. } if depth == innermost => {
                self.local_expr(depth, id, ty, place)
            }
            SymKind::Global { id, ty, .. } if self.at_top() => {
                self.make(ExprKind::Global(id), ty, place)
            }
            _ => return None,
        };
        let is_view = matches!(
            self.get(value.ty),
            Type::OpenArray(_) | Type::Varargs(_) | Type::TypeDesc(_)
        );
        (!is_view).then_some(value)
    }
}

/// The symbols of a scope as Nim's hash table has them: open addressing, doubled when it fills up.
fn in_table_order(scope: &Table) -> Vec<SymId> {
    let mut syms: Vec<(SymId, Name)> = scope
        .iter()
        .flat_map(|(&name, syms)| syms.iter().map(move |&sym| (sym, name)))
        .collect();
    syms.sort_by_key(|&(sym, _)| sym);
    let mut slots: Vec<Option<(SymId, Name)>> = vec![None; 8];
    for (count, &entry) in syms.iter().enumerate() {
        if slots.len() * 2 < count * 3 || slots.len() - count < 4 {
            let mut larger = vec![None; slots.len() * 2];
            for &old in slots.iter().flatten() {
                insert(&mut larger, old);
            }
            slots = larger;
        }
        insert(&mut slots, entry);
    }
    slots.into_iter().flatten().map(|(sym, _)| sym).collect()
}

fn insert(slots: &mut [Option<(SymId, Name)>], entry: (SymId, Name)) {
    let mask = slots.len() - 1;
    let mut at = hash(entry.1.as_str()) as usize & mask;
    while slots[at].is_some() {
        at = (5 * at + 1) & mask;
    }
    slots[at] = Some(entry);
}

/// Nim's hash of an identifier, which knows no underscores, and no case behind the first letter.
fn hash(name: &str) -> u64 {
    let mut h = 0u64;
    for (at, byte) in name.bytes().enumerate().filter(|&(_, byte)| byte != b'_') {
        let byte = if at == 0 {
            byte
        } else {
            byte.to_ascii_lowercase()
        };
        h = h.wrapping_add(byte.into());
        h = h.wrapping_add(h << 10);
        h ^= h >> 6;
    }
    h = h.wrapping_add(h << 3);
    h ^= h >> 11;
    h.wrapping_add(h << 15)
}
