//! What a type is written with, for walks that treat all kinds alike.
//!
//! A nominal type has no parts here: what it is made of is in its [`Nominal`](super::Nominal) and changes with its module.

use std::sync::Arc;

use super::{Class, ProcType, Type, TypeId};

impl Type {
    /// Is it so of one of its parts?
    pub fn any_part(&self, mut is: impl FnMut(TypeId) -> bool) -> bool {
        match self {
            Type::Range { base: part, .. }
            | Type::FloatRange { base: part, .. }
            | Type::Set(part)
            | Type::Seq(part)
            | Type::OpenArray(part)
            | Type::Varargs(part)
            | Type::UncheckedArray(part)
            | Type::Ref(part)
            | Type::Ptr(part)
            | Type::Var(part)
            | Type::Lent(part)
            | Type::Sink(part)
            | Type::TypeDesc(part)
            | Type::Iterable(part)
            | Type::StaticValue(part, _) => is(*part),
            Type::Array { index, elem } => is(*index) || is(*elem),
            Type::Tuple(fields) => fields.iter().any(|&(_, part)| is(part)),
            Type::Proc(proc) => proc.params.iter().any(|&part| is(part)) || is(proc.ret),
            Type::Apply(_, args) => args.iter().any(|&part| is(part)),
            Type::Class(class) => match &**class {
                Class::Or(parts) | Class::And(parts) => parts.iter().any(|&part| is(part)),
                Class::Not(part) => is(*part),
                Class::Any | Class::Kind(_) | Class::Concept(_) => false,
            },
            Type::Error
            | Type::Void
            | Type::Int(_)
            | Type::Float(_)
            | Type::Bool
            | Type::Char
            | Type::String
            | Type::CString
            | Type::Pointer
            | Type::Nil
            | Type::Empty
            | Type::Enum(_)
            | Type::Object(_)
            | Type::Distinct(_)
            | Type::Untyped
            | Type::Typed
            | Type::Param(_)
            | Type::Spelled(_)
            | Type::Generic(_) => false,
        }
    }

    /// The type with other parts in the places of its own. Bases of ranges, static values and classes stay.
    pub fn with_parts(self, mut new: impl FnMut(TypeId) -> TypeId) -> Type {
        match self {
            Type::Set(part) => Type::Set(new(part)),
            Type::Seq(part) => Type::Seq(new(part)),
            Type::OpenArray(part) => Type::OpenArray(new(part)),
            Type::Varargs(part) => Type::Varargs(new(part)),
            Type::UncheckedArray(part) => Type::UncheckedArray(new(part)),
            Type::Ref(part) => Type::Ref(new(part)),
            Type::Ptr(part) => Type::Ptr(new(part)),
            Type::Var(part) => Type::Var(new(part)),
            Type::Lent(part) => Type::Lent(new(part)),
            Type::Sink(part) => Type::Sink(new(part)),
            Type::TypeDesc(part) => Type::TypeDesc(new(part)),
            Type::Iterable(part) => Type::Iterable(new(part)),
            Type::Array { index, elem } => Type::Array {
                index: new(index),
                elem: new(elem),
            },
            Type::Tuple(fields) => {
                let fields = fields.into_iter().map(|(name, part)| (name, new(part)));
                Type::Tuple(fields.collect())
            }
            Type::Proc(proc) => Type::Proc(Arc::new(ProcType {
                params: proc.params.iter().map(|&part| new(part)).collect(),
                ret: new(proc.ret),
                effects: proc.effects.clone(),
                defaults: proc.defaults.clone(),
                ..*proc
            })),
            Type::Apply(number, args) => Type::Apply(number, args.into_iter().map(new).collect()),
            other => other,
        }
    }
}
