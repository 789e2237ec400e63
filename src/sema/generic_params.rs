//! The parameters of generic types and routines.
//!
//! In: the `[T: SomeInteger, N: static int = 3]` of a declaration. Out: its parameters, each with a type of its own that stands for
//! what it will be bound to, and what may be bound to it.

use std::sync::Arc;

use super::checker::Checker;
use super::symbols::{GenericParam, SymKind};
use super::typeexpr::{Constraint, simple_name};
use super::types::{StaticKey, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Handle, Kind, Tree};

impl Checker<'_, '_> {
    /// Declares generic parameters in a scope that is pushed and popped here; whoever needs their names declares them again.
    pub(super) fn generic_params(&mut self, n: Cursor<'_>, tree: &Arc<Tree>) -> Vec<GenericParam> {
        let mut params = Vec::new();
        self.push_scope();
        for def in n.kids() {
            if !def.is(Kind::IdentDefs) {
                continue;
            }
            let (ty_node, default) = (def.def_type(), def.last());
            let default = (!default.is_empty()).then(|| Handle {
                tree: tree.clone(),
                id: default.id,
            });
            let constraint = if ty_node.is_empty() {
                None
            } else {
                Some(self.type_expr(ty_node))
            };
            for name_node in def.def_names() {
                let Some(name) = simple_name(name_node).or_else(|| self.bound_name(name_node))
                else {
                    continue;
                };
                let place = self.place(name_node);
                if let Some(other) = self.env.scopes.last().and_then(|scope| scope.get(&name)) {
                    let other = other.clone();
                    self.check_clash(name, place, false, &other);
                }
                params.push(self.generic_param(name, constraint, default.clone(), place));
            }
        }
        self.pop_scope();
        params
    }

    pub(super) fn generic_param(
        &mut self,
        name: Name,
        constraint: Option<TypeId>,
        default: Option<Handle>,
        place: Place,
    ) -> GenericParam {
        let sym = self.new_symbol(self.symbol(name, false, place, SymKind::Pending));
        let ty = self.intern(Type::Param(sym.0));
        self.s.types.name_param(sym.0, name);
        let static_of = constraint.and_then(|c| match self.get(c) {
            Type::StaticValue(base, StaticKey::Other(_)) => Some(*base),
            _ => None,
        });
        let class = if static_of.is_some() {
            None
        } else {
            constraint
        };
        // `T: typedesc` is `T` itself.
        let class = class.map(|c| match *self.get(c) {
            Type::TypeDesc(inner) => inner,
            _ => c,
        });
        self.s
            .constraints
            .insert(sym.0, Constraint { class, static_of });
        self.s.sym_mut(sym).kind = SymKind::Type(ty);
        if let Some(scope) = self.env.scopes.last_mut() {
            scope.insert(name, smallvec::smallvec![sym]);
        }
        GenericParam {
            name,
            ty,
            constraint: class,
            is_static: static_of.is_some(),
            default,
        }
    }
}
