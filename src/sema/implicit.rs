//! Implied generic parameters: a type class as a parameter's type makes the routine generic.
//!
//! A class with a name binds once: all parameters of that type have the same one. `auto`, the built-in classes and those
//! written out (`int | float`) bind anew for each parameter.

use super::checker::Checker;
use super::symbols::GenericParam;
use super::types::{Class, StaticKey, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// The parameter of which the type is looked at.
#[derive(Clone, Copy)]
pub(super) struct Implied {
    pub name: Name,
    /// The class's own name.
    pub class: Option<Name>,
    pub place: Place,
}

impl Checker<'_, '_> {
    /// The name under which a parameter's class binds once.
    pub(super) fn class_name(&self, n: Cursor<'_>) -> Option<Name> {
        match n.kind() {
            Kind::VarTy | Kind::OutTy if n.len() == 1 => self.class_name(n.kid(0)),
            Kind::Call | Kind::Command if n.len() == 2 => self.class_name(n.kid(1)),
            Kind::DotExpr => self.bound_name(n.kid(1)),
            _ => self.bound_name(n),
        }
    }

    /// A parameter's type with each class in it replaced by a generic parameter.
    pub(super) fn implicit_generic(
        &mut self,
        ty: TypeId,
        of: Implied,
        generics: &mut Vec<GenericParam>,
    ) -> TypeId {
        if !self.has_class(ty) {
            return ty;
        }
        let replaced = match self.get(ty).clone() {
            Type::TypeDesc(t) => {
                let Type::Class(class) = self.get(t).clone() else {
                    return ty;
                };
                // A type parameter goes by the name of the parameter itself.
                let constraint = (*class != Class::Any).then_some(t);
                let param = self.generic_param(of.name, constraint, None, of.place);
                let new = param.ty;
                generics.push(param);
                Type::TypeDesc(new)
            }
            Type::Class(_) | Type::Generic(_) | Type::StaticValue(..) => {
                return self.implied_param(ty, of, generics);
            }
            other => other.with_parts(|part| self.implicit_generic(part, of, generics)),
        };
        self.intern(replaced)
    }

    fn implied_param(
        &mut self,
        class: TypeId,
        of: Implied,
        generics: &mut Vec<GenericParam>,
    ) -> TypeId {
        let once = match self.get(class) {
            Type::Class(class) => !matches!(**class, Class::Any | Class::Kind(_)),
            Type::Generic(_) => true,
            _ => false,
        };
        let name = match of.class.filter(|_| once) {
            Some(class) => Name::new(&format!("{class}:type")),
            None => Name::new(&format!("{}:type", of.name)),
        };
        if once && let Some(known) = generics.iter().find(|g| g.name == name) {
            return known.ty;
        }
        let param = self.generic_param(name, Some(class), None, of.place);
        let new = param.ty;
        generics.push(param);
        new
    }

    /// Is there something in the type that a generic parameter has to stand for?
    pub(super) fn has_class(&self, ty: TypeId) -> bool {
        match self.get(ty) {
            Type::Class(_) | Type::Generic(_) => true,
            Type::StaticValue(_, StaticKey::Other(_)) => true,
            other => other.any_part(|part| self.has_class(part)),
        }
    }
}
