//! What a program has beside code: constant data, and descriptors, which say what values of a type are made of.

use std::sync::Arc;

use super::{DataId, DescId, ProcId};

/// Constant data.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Data {
    /// The bytes; a relocation's bytes are zero here.
    pub bytes: Vec<u8>,
    /// Alignment, a power of two.
    pub align: u32,
    /// Addresses to fill in, as (offset, target), 8 bytes each.
    pub relocs: Vec<(u32, Target)>,
}

/// What constant data can point at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    /// Start of other constant data.
    Data(DataId),
    /// A proc's trampoline.
    Proc(ProcId),
    /// A descriptor.
    Desc(DescId),
}

/// Bit of a payload's capacity that marks it as constant: never freed, never written, copied before a change.
pub const LITERAL: i64 = 1 << 62;
/// Bytes of the header before the object that a reference points to: `{ rc: i64, desc: ptr }`.
pub const REF_HEADER: u32 = 16;
/// What one reference counts in `rc`; the bits below are the collector's.
pub const RC_ONE: i64 = 8;

/// A type, as running code, destruction, debug views and migration see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Desc {
    /// The type as Nim shows it; with the module for nominal types.
    pub name: Arc<str>,
    /// Size in bytes.
    pub size: u32,
    /// Alignment in bytes.
    pub align: u32,
    /// What it is made of.
    pub shape: Shape,
    /// Destroys a value in place: one parameter, its address. `None` when there is nothing to destroy.
    pub destroy: Option<ProcId>,
    /// The program says itself how values are destroyed or copied, so they stand for more than their bytes.
    pub hooked: bool,
    /// The collector of cycles does not look through it: no cycle goes through such objects, or it cannot see them.
    pub acyclic: bool,
}

/// What a type is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Shape {
    Int {
        signed: bool,
        /// First and last value of a subrange.
        bounds: Option<(i64, i64)>,
    },
    Float,
    Bool,
    Char,
    /// Constants as (name, value).
    Enum {
        constants: Vec<(Arc<str>, i64)>,
        signed: bool,
    },
    /// A bit set over the ordinals from `low`.
    Set {
        elem: DescId,
        low: i64,
    },
    /// An address that owns nothing, of nobody knows what.
    Pointer,
    /// A value of this type that owns nothing: somebody else does (`{.cursor.}`).
    Cursor(DescId),
    /// An address that owns nothing, of values of this type.
    Ptr(DescId),
    CString,
    String,
    Seq(DescId),
    Array {
        elem: DescId,
        len: u64,
        /// The enum that it is indexed by, if it is one.
        index: Option<DescId>,
    },
    Tuple(Vec<DescField>),
    Object {
        /// The base object, whose fields stand first (at offset 0) and are not repeated in `fields`.
        base: Option<DescId>,
        /// The descriptor's address stands at offset 0 of a value.
        rtti: bool,
        fields: Vec<DescField>,
    },
    Ref(DescId),
    /// A proc value without environment: a trampoline's address.
    Proc,
    Closure,
    /// Fields share storage: nothing in it is managed.
    Union(Vec<DescField>),
}

impl Shape {
    /// Shows every descriptor that it is made of.
    pub fn each_desc(&self, mut f: impl FnMut(DescId)) {
        match self {
            Shape::Set { elem, .. } | Shape::Seq(elem) => f(*elem),
            Shape::Array { elem, index, .. } => {
                f(*elem);
                index.iter().for_each(|&index| f(index));
            }
            Shape::Ref(target) | Shape::Ptr(target) | Shape::Cursor(target) => f(*target),
            Shape::Tuple(fields) | Shape::Union(fields) => fields.iter().for_each(|x| f(x.desc)),
            Shape::Object { base, fields, .. } => {
                base.iter().for_each(|&base| f(base));
                fields.iter().for_each(|field| f(field.desc));
            }
            Shape::Int { .. }
            | Shape::Float
            | Shape::Bool
            | Shape::Char
            | Shape::Enum { .. }
            | Shape::Pointer
            | Shape::CString
            | Shape::String
            | Shape::Proc
            | Shape::Closure => {}
        }
    }
}

/// A type's name without that of its module: what follows the last dot before type arguments.
pub fn bare_name(full: &str) -> &str {
    let head = full.find('[').unwrap_or(full.len());
    let start = full[..head].rfind('.').map_or(0, |dot| dot + 1);
    &full[start..]
}

/// A field of an object or tuple.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DescField {
    /// Its name (`Field0`, … in an anonymous tuple).
    pub name: Arc<str>,
    /// Offset in bytes.
    pub offset: u32,
    /// Its type.
    pub desc: DescId,
    /// For a field of a variant: the discriminator (an index into the same list) and the values for which it exists.
    pub when: Option<(u32, Vec<i64>)>,
}
