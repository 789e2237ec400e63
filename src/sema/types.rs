//! Types: interned, numbered, compared by number.
//!
//! A structural type is interned by its content, a nominal one (object, enum, distinct) by its identity: module, scope,
//! name and type arguments. Numbers therefore stay the same across reloads. What a nominal type currently looks like is
//! its [`Nominal`], which a new version of its module replaces.

mod nominal;
mod parts;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::source::Name;

pub use nominal::{Branch, EnumBody, EnumConstant, Field, Nominal, NominalBody, ObjectBody};

/// An interned type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct TypeId(pub u32);

/// A nominal type's number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct NominalId(pub u32);

/// Integer types; `int` is 64 bits wide but distinct from `int64`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum IntTy {
    Int,
    I8,
    I16,
    I32,
    I64,
    UInt,
    U8,
    U16,
    U32,
    U64,
}

impl IntTy {
    /// As Nim writes it.
    pub fn name(self) -> &'static str {
        match self {
            IntTy::Int => "int",
            IntTy::I8 => "int8",
            IntTy::I16 => "int16",
            IntTy::I32 => "int32",
            IntTy::I64 => "int64",
            IntTy::UInt => "uint",
            IntTy::U8 => "uint8",
            IntTy::U16 => "uint16",
            IntTy::U32 => "uint32",
            IntTy::U64 => "uint64",
        }
    }

    /// Size in bytes.
    pub fn size(self) -> u32 {
        match self {
            IntTy::I8 | IntTy::U8 => 1,
            IntTy::I16 | IntTy::U16 => 2,
            IntTy::I32 | IntTy::U32 => 4,
            IntTy::Int | IntTy::I64 | IntTy::UInt | IntTy::U64 => 8,
        }
    }
    /// Is it signed?
    pub fn signed(self) -> bool {
        matches!(
            self,
            IntTy::Int | IntTy::I8 | IntTy::I16 | IntTy::I32 | IntTy::I64
        )
    }
    /// Its smallest value.
    pub fn lowest(self) -> i128 {
        if self.signed() {
            -(1i128 << (self.size() * 8 - 1))
        } else {
            0
        }
    }
    /// Its largest value.
    pub fn highest(self) -> i128 {
        (1i128 << (self.size() * 8 - u32::from(self.signed()))) - 1
    }
}

/// A type. `Var`, `Lent` and `Sink` stand only around parameters' and results' types (and `for` variables).
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// What an erroneous expression has; compatible with everything, so that one mistake gives one message.
    Error,
    /// No value.
    Void,
    /// `int`, `uint8`, …
    Int(IntTy),
    /// `float32` (4) or `float`/`float64` (8): the size.
    Float(u8),
    /// `bool`
    Bool,
    /// `char`
    Char,
    /// `string`
    String,
    /// `cstring`
    CString,
    /// `pointer`
    Pointer,
    /// The type of `nil`.
    Nil,
    /// The type of `[]` and `@[]` before the context gives one: of an empty container.
    Empty,
    /// An enum.
    Enum(NominalId),
    /// An object.
    Object(NominalId),
    /// `distinct T`.
    Distinct(NominalId),
    /// `range[lo..hi]` over an ordinal base type.
    Range {
        /// The type that it is a part of.
        base: TypeId,
        /// First value, as an ordinal.
        lo: i64,
        /// Last value.
        hi: i64,
    },
    /// `range[lo..hi]` over a float, as bits.
    FloatRange {
        /// The type that it is a part of.
        base: TypeId,
        /// First value's bits.
        lo: u64,
        /// Last value's bits.
        hi: u64,
    },
    /// `set[T]`
    Set(TypeId),
    /// `array[I, T]`: `index` is a range, enum, bool or char.
    Array {
        /// The index type.
        index: TypeId,
        /// The element type.
        elem: TypeId,
    },
    /// `seq[T]`
    Seq(TypeId),
    /// `openArray[T]`: an address and a length.
    OpenArray(TypeId),
    /// `varargs[T]`, with the proc that converts each argument; passed as an `openArray`.
    Varargs(TypeId),
    /// `UncheckedArray[T]`
    UncheckedArray(TypeId),
    /// A tuple; the names are part of the type when there are any.
    Tuple(Vec<(Option<Name>, TypeId)>),
    /// `ref T`
    Ref(TypeId),
    /// `ptr T`
    Ptr(TypeId),
    /// `var T`
    Var(TypeId),
    /// `lent T`
    Lent(TypeId),
    /// `sink T`
    Sink(TypeId),
    /// A proc type.
    Proc(Arc<ProcType>),
    /// `typedesc[T]`: a type as a value.
    TypeDesc(TypeId),
    /// `static T` with its value known.
    StaticValue(TypeId, StaticKey),
    /// `iterable[T]` as a template's parameter: a call of an iterator that yields `T`.
    Iterable(TypeId),
    /// `untyped` as a template's parameter or result.
    Untyped,
    /// `typed` as a template's parameter or result.
    Typed,
    /// A generic parameter, inside a generic routine or type: number in the program, unique.
    Param(u32),
    /// A type class: matches several types (`SomeInteger`, `int | float`, `tuple`, `object`, `ref`, `proc`, `enum`, …).
    Class(Arc<Class>),
    /// A generic type that is not instantiated (`Table` in `x is Table`): the number of its symbol.
    Generic(u32),
    /// An application whose arguments contain generic parameters (`Table[K, V]` inside a generic).
    Apply(u32, Vec<TypeId>),
    /// A name that a type was given. It stands in a [`Spelling`](super::spelling::Spelling) only; nothing has this type.
    Spelled(Name),
}

/// A static value that is part of a type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum StaticKey {
    /// An ordinal.
    Int(i64),
    /// A float, as bits.
    Float(u64),
    /// A string.
    Str(Arc<[u8]>),
    /// Anything else, printed.
    Other(Arc<str>),
}

/// What a type class accepts.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Class {
    /// `auto`, `any`: everything.
    Any,
    /// One of several types or classes.
    Or(Vec<TypeId>),
    /// All of several.
    And(Vec<TypeId>),
    /// Everything but.
    Not(TypeId),
    /// All types of a kind, by Nim's word for it: `object`, `tuple`, `enum`, `ref`, `ptr`, `proc`, `seq`, `array`, `set`, `distinct`, `ordinal`, …
    Kind(&'static str),
    /// A concept; its number.
    Concept(u32),
}

/// How a proc is called.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CallConv {
    /// Nim's own, without an environment.
    Nimcall,
    /// A code address and an environment.
    Closure,
    /// C's (`cdecl`, `stdcall` where it is the same, `exportc`d procs).
    C,
}

/// A proc type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ProcType {
    /// Parameters, with `var` and the like in the type.
    pub params: Vec<TypeId>,
    /// `Void` if there is none.
    pub ret: TypeId,
    /// Calling convention.
    pub conv: CallConv,
    /// A closure iterator's type.
    pub iterator: bool,
    /// C `...`.
    pub varargs: bool,
    /// What the type says of effects.
    pub effects: Option<Arc<super::typed::Declared>>,
    /// What parameters are when a call leaves them out, as [`Type::StaticValue`]s; none if there is no default at all.
    pub defaults: Option<Arc<[Option<TypeId>]>>,
}

/// All types of a program.
pub struct Types {
    types: Vec<Type>,
    /// For each type: is there a generic parameter or a class in it?
    generic: Vec<bool>,
    numbers: FxHashMap<Type, TypeId>,
    nominals: Vec<Arc<Nominal>>,
    nominal_numbers: FxHashMap<Arc<str>, NominalId>,
    identities: Vec<Arc<str>>,
    /// Names of generic parameters and generic types, for messages.
    param_names: FxHashMap<u32, Name>,
    /// Names of type classes, for messages.
    class_names: FxHashMap<TypeId, Name>,
    /// Names that programs give to structural types: `type Pair = tuple[a, b: int]`.
    alias_names: FxHashMap<TypeId, Name>,
    /// What the parameters of proc types are called.
    proc_params: FxHashMap<TypeId, Arc<[Name]>>,
    /// Where a parameter of a proc type stands; none if the type was written with the name in several places.
    proc_param_places: FxHashMap<(TypeId, Name), Option<usize>>,
}

macro_rules! basic {
    ($($name:ident = $number:literal, $ty:expr;)*) => {
        /// Types that need no table.
        #[allow(missing_docs)]
        impl TypeId { $(pub const $name: TypeId = TypeId($number);)* }
        const BASIC: &[(TypeId, Type)] = &[$((TypeId($number), $ty),)*];
    };
}

basic! {
    ERROR = 0, Type::Error;
    VOID = 1, Type::Void;
    INT = 2, Type::Int(IntTy::Int);
    INT8 = 3, Type::Int(IntTy::I8);
    INT16 = 4, Type::Int(IntTy::I16);
    INT32 = 5, Type::Int(IntTy::I32);
    INT64 = 6, Type::Int(IntTy::I64);
    UINT = 7, Type::Int(IntTy::UInt);
    UINT8 = 8, Type::Int(IntTy::U8);
    UINT16 = 9, Type::Int(IntTy::U16);
    UINT32 = 10, Type::Int(IntTy::U32);
    UINT64 = 11, Type::Int(IntTy::U64);
    FLOAT32 = 12, Type::Float(4);
    FLOAT = 13, Type::Float(8);
    BOOL = 14, Type::Bool;
    CHAR = 15, Type::Char;
    STRING = 16, Type::String;
    CSTRING = 17, Type::CString;
    POINTER = 18, Type::Pointer;
    NIL = 19, Type::Nil;
    EMPTY = 20, Type::Empty;
    UNTYPED = 21, Type::Untyped;
    TYPED = 22, Type::Typed;
}

impl Default for Types {
    fn default() -> Types {
        let mut types = Types {
            types: Vec::new(),
            generic: Vec::new(),
            numbers: FxHashMap::default(),
            nominals: Vec::new(),
            nominal_numbers: FxHashMap::default(),
            identities: Vec::new(),
            param_names: FxHashMap::default(),
            class_names: FxHashMap::default(),
            alias_names: FxHashMap::default(),
            proc_params: FxHashMap::default(),
            proc_param_places: FxHashMap::default(),
        };
        for (number, ty) in BASIC {
            let id = types.intern(ty.clone());
            debug_assert_eq!(id, *number);
        }
        types
    }
}

impl Types {
    /// The number of `ty`.
    pub fn intern(&mut self, ty: Type) -> TypeId {
        if let Some(&id) = self.numbers.get(&ty) {
            return id;
        }
        let id = TypeId(self.types.len() as u32);
        let generic = match &ty {
            Type::Param(_) | Type::Apply(..) | Type::Class(_) | Type::Generic(_) => true,
            other => other.any_part(|part| self.is_generic(part)),
        };
        self.generic.push(generic);
        self.types.push(ty.clone());
        self.numbers.insert(ty, id);
        id
    }

    /// All types.
    pub(super) fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.types.len() as u32).map(TypeId)
    }

    /// Is there a type with this number?
    pub fn is_known(&self, id: TypeId) -> bool {
        (id.0 as usize) < self.types.len()
    }

    /// Is there a generic parameter or a class in it?
    pub fn is_generic(&self, id: TypeId) -> bool {
        self.generic[id.0 as usize]
    }

    /// The type with this number.
    pub fn get(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    /// The nominal type with this identity, which is `pending` if it is new.
    pub fn nominal(&mut self, identity: &str, pending: impl FnOnce() -> Nominal) -> NominalId {
        if let Some(&id) = self.nominal_numbers.get(identity) {
            return id;
        }
        let id = NominalId(self.nominals.len() as u32);
        let identity: Arc<str> = identity.into();
        self.nominals.push(Arc::new(pending()));
        self.identities.push(identity.clone());
        self.nominal_numbers.insert(identity, id);
        id
    }

    /// What a nominal type looks like.
    pub fn def(&self, id: NominalId) -> &Arc<Nominal> {
        &self.nominals[id.0 as usize]
    }

    /// Its identity.
    pub fn identity(&self, id: NominalId) -> &Arc<str> {
        &self.identities[id.0 as usize]
    }

    /// Replaces what a nominal type looks like, giving back what it was.
    pub fn define(&mut self, id: NominalId, nominal: Arc<Nominal>) -> Arc<Nominal> {
        std::mem::replace(&mut self.nominals[id.0 as usize], nominal)
    }

    /// Gives a generic parameter or generic type a name for messages.
    pub fn name_param(&mut self, number: u32, name: Name) {
        self.param_names.insert(number, name);
    }

    /// The name of a generic parameter or generic type.
    pub fn param_name(&self, number: u32) -> Option<&'static str> {
        self.param_names.get(&number).map(|name| name.as_str())
    }

    /// Gives a type class a name for messages, unless it has one.
    pub fn name_class(&mut self, class: TypeId, name: Name) {
        self.class_names.entry(class).or_insert(name);
    }

    /// Gives a structural type a name for messages. A sequence keeps its own: most are written out.
    pub fn name_alias(&mut self, ty: TypeId, name: Name) {
        let named = match self.get(ty) {
            Type::Tuple(fields) => fields.iter().any(|(name, _)| name.is_some()),
            Type::Array { .. } | Type::Set(_) | Type::Ref(_) | Type::Ptr(_) | Type::Proc(_) => true,
            Type::Range { .. } | Type::FloatRange { .. } => true,
            _ => false,
        };
        if named {
            self.alias_names.entry(ty).or_insert(name);
        }
    }

    /// The name that a program gives to a structural type.
    pub fn alias_name(&self, ty: TypeId) -> Option<Name> {
        self.alias_names.get(&ty).copied()
    }

    /// Says what the parameters of a proc type are called where it was last written.
    pub fn name_proc_params(&mut self, ty: TypeId, names: impl Iterator<Item = Name>) {
        let names: Arc<[Name]> = names.collect();
        for (at, &name) in names.iter().enumerate() {
            let known = self.proc_param_places.entry((ty, name));
            let known = known.or_insert(Some(at));
            *known = known.filter(|&known| known == at);
        }
        self.proc_params.insert(ty, names);
    }

    /// The place of a parameter of a proc type, if its name tells one.
    pub fn proc_param_place(&self, ty: TypeId, name: Name) -> Option<usize> {
        *self.proc_param_places.get(&(ty, name))?
    }

    /// The name of a parameter of a proc type.
    pub fn proc_param(&self, ty: TypeId, i: usize) -> Option<Name> {
        self.proc_params.get(&ty)?.get(i).copied()
    }

    /// The name of a type class.
    pub fn class_name(&self, class: TypeId) -> Option<Name> {
        self.class_names.get(&class).copied()
    }

    /// The type without `var`, `lent` and `sink`.
    pub fn bare(&self, id: TypeId) -> TypeId {
        match *self.get(id) {
            Type::Var(inner) | Type::Lent(inner) | Type::Sink(inner) => self.bare(inner),
            _ => id,
        }
    }

    /// The type without `var`, `lent`, `sink`, ranges and distinct: what its values are made of.
    pub fn repr(&self, id: TypeId) -> TypeId {
        match *self.get(id) {
            Type::Var(inner) | Type::Lent(inner) | Type::Sink(inner) => self.repr(inner),
            Type::Range { base, .. } | Type::FloatRange { base, .. } => self.repr(base),
            Type::Distinct(nominal) => match self.def(nominal).body {
                NominalBody::Distinct(base) => self.repr(base),
                _ => TypeId::ERROR,
            },
            Type::StaticValue(base, _) => self.repr(base),
            _ => id,
        }
    }

    /// The object behind an object type.
    pub fn object(&self, id: TypeId) -> Option<(NominalId, &ObjectBody)> {
        match *self.get(id) {
            Type::Object(nominal) => match &self.def(nominal).body {
                NominalBody::Object(body) => Some((nominal, body)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The enum behind an enum type.
    pub fn enumeration(&self, id: TypeId) -> Option<&EnumBody> {
        match *self.get(id) {
            Type::Enum(nominal) => match &self.def(nominal).body {
                NominalBody::Enum(body) => Some(body),
                _ => None,
            },
            _ => None,
        }
    }

    /// Is it an enum whose constants leave values out?
    pub fn has_holes(&self, id: TypeId) -> bool {
        self.enumeration(id).is_some_and(|body| {
            body.constants
                .windows(2)
                .any(|pair| pair[1].value - pair[0].value > 1)
        })
    }

    /// First and last value of an ordinal type, as ordinals (`uint64`'s last does not fit `i64` and is given exactly).
    pub fn ordinal_range(&self, id: TypeId) -> Option<(i128, i128)> {
        Some(match self.get(self.bare(id)) {
            Type::Int(int) => (int.lowest(), int.highest()),
            Type::Bool => (0, 1),
            Type::Char => (0, 255),
            Type::Range { lo, hi, .. } => (i128::from(*lo), i128::from(*hi)),
            Type::Enum(_) => {
                let body = self.enumeration(self.bare(id))?;
                (
                    i128::from(body.constants.first()?.value),
                    i128::from(body.constants.last()?.value),
                )
            }
            Type::Distinct(nominal) => match self.def(*nominal).body {
                NominalBody::Distinct(base) => return self.ordinal_range(base),
                _ => return None,
            },
            _ => return None,
        })
    }

    /// Number of elements of an array with this index type.
    pub fn array_len_of(&self, index: TypeId) -> Option<u64> {
        let (lo, hi) = self.ordinal_range(index)?;
        Some((hi - lo + 1).max(0) as u64)
    }

    /// Number of elements of an array type.
    pub fn array_len(&self, id: TypeId) -> Option<u64> {
        match *self.get(id) {
            Type::Array { index, .. } => self.array_len_of(index),
            _ => None,
        }
    }
}
