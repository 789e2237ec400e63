//! What nominal types look like: enums, objects with their fields and variants, distinct types.
//!
//! In: nothing, this is data that the type section makes. A new version of a module replaces a whole [`Nominal`]; the type's
//! number stays.

use std::sync::Arc;

use super::TypeId;
use crate::sema::spelling::Spelling;
use crate::source::{Name, Place};
use crate::syntax::tree::Handle;

/// What a nominal type looks like now.
#[derive(Clone, Debug)]
pub struct Nominal {
    /// Its name, without module and arguments.
    pub name: Name,
    /// The module that declares it.
    pub module: Arc<str>,
    /// The type arguments if it is an instance of a generic type, and that type's number.
    pub args: Vec<TypeId>,
    /// The generic it is an instance of.
    pub generic: Option<u32>,
    /// Declared as `ref object` (1) or `ptr object` (2): the name then belongs to the reference.
    pub pointer: u8,
    /// Exported.
    pub exported: bool,
    /// ``{.borrow: `.`.}``: a distinct type with the fields of its base.
    pub borrows_fields: bool,
    /// Where.
    pub place: Place,
    /// Its content.
    pub body: NominalBody,
}

/// What a nominal type is made of.
#[derive(Clone, Debug)]
pub enum NominalBody {
    /// Declared, and being looked at.
    Pending,
    /// An enum.
    Enum(EnumBody),
    /// An object.
    Object(ObjectBody),
    /// `distinct T`.
    Distinct(TypeId),
}

/// An enum's content.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumBody {
    /// In order of value.
    pub constants: Vec<EnumConstant>,
    /// Size in bytes: 1, 2, 4 or 8.
    pub size: u32,
    /// `{.pure.}`.
    pub pure: bool,
}

/// One constant.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumConstant {
    /// Its name.
    pub name: Name,
    /// Its ordinal.
    pub value: i64,
    /// What `$` gives.
    pub text: Arc<str>,
}

/// An object's content.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ObjectBody {
    /// The base object (an `Object` type).
    pub base: Option<TypeId>,
    /// It carries its dynamic type: `RootObj` and heirs.
    pub rtti: bool,
    /// Own fields in declaration order, those of variants included.
    pub fields: Vec<Field>,
    /// `{.union.}`
    pub union: bool,
    /// `{.packed.}`
    pub packed: bool,
    /// `{.inheritable.}` or not `{.final.}`
    pub inheritable: bool,
    /// `{.acyclic.}`: references in it are no part of cycles.
    pub acyclic: bool,
    /// `{.bycopy.}`: C takes it by value, whatever its size.
    pub by_copy: bool,
    /// `{.byref.}`: C takes its address.
    pub by_ref: bool,
    /// `{.gcsafe.}`: threads may share it, whatever it holds.
    pub gc_safe: bool,
}

/// A branch of a variant.
#[derive(Clone, Debug)]
pub struct Branch {
    /// For which ordinals, as inclusive ranges: one for each label.
    pub ordinals: Vec<(i64, i64)>,
    /// It is the `else`.
    pub is_else: bool,
    /// Its fields stand in a block of their own.
    pub listed: bool,
}

/// A field.
#[derive(Clone)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeId,
    /// How that was written.
    pub spelled: Spelling,
    /// Visible to other modules.
    pub exported: bool,
    /// Where.
    pub place: Place,
    /// For a field of a variant: the index of the discriminator in the same list, and the ordinals as inclusive ranges.
    pub when: Option<(usize, Vec<(i64, i64)>)>,
    /// Of a discriminator: its branches, as they are written.
    pub branches: Option<Vec<Branch>>,
    /// Its declared default (Nim 2), to be checked where it is used.
    pub default: Option<Handle>,
    /// `{.bitsize: n.}`
    pub bitsize: Option<u32>,
    /// `{.align: n.}`
    pub align: Option<u32>,
    /// `{.cursor.}`: refers without counting.
    pub cursor: bool,
    /// `{.requiresInit.}`, its own or its type's: a constructor has to name it.
    pub required: bool,
    /// `{.deprecated.}`
    pub deprecated: bool,
}

impl Field {
    /// Does a variant's `case` stand on it?
    pub fn is_discriminator(&self) -> bool {
        self.branches.is_some()
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Field) -> bool {
        (
            self.name,
            self.ty,
            self.exported,
            &self.when,
            self.is_discriminator(),
            self.bitsize,
            (self.align, self.cursor),
        ) == (
            other.name,
            other.ty,
            other.exported,
            &other.when,
            other.is_discriminator(),
            other.bitsize,
            (other.align, other.cursor),
        )
    }
}

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {:?}", self.name, self.ty)
    }
}
