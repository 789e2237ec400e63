//! Rust types at the edge: which Nim types they stand for, and how they travel.
//!
//! | Rust | Nim |
//! |---|---|
//! | `i8` … `i64`, `u8` … `u64` | the integer type of that size and sign (`int` is `i64`), C's names for it, ranges of it, enums and `char` of that size |
//! | `f32`, `f64` | `float32`, `float` |
//! | `bool` | `bool` |
//! | `*mut T`, `*const T` | `pointer`, `ptr T`, `cstring` |
//! | `String`; a call takes a `&str` for it | `string` |
//! | `()` as a result | no result |

use std::fmt;

use crate::mir::LITERAL;
use crate::runtime::Runtime;
use crate::sema::types::{Type, TypeId, Types};

/// The kind of a Nim type that a Rust type stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Want {
    /// An integer of so many bytes.
    Int {
        /// Its size in bytes.
        size: u8,
        /// Has it a sign?
        signed: bool,
    },
    /// A float of so many bytes.
    Float(u8),
    /// `bool`.
    Bool,
    /// Any address that owns nothing.
    Pointer,
    /// `string`.
    Text,
    /// No value.
    Nothing,
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Want::Int { size, signed } => {
                write!(
                    f,
                    "{}{}",
                    if signed { "i" } else { "u" },
                    u32::from(size) * 8
                )
            }
            Want::Float(size) => write!(f, "f{}", u32::from(size) * 8),
            Want::Bool => f.write_str("bool"),
            Want::Pointer => f.write_str("a raw pointer"),
            Want::Text => f.write_str("a string"),
            Want::Nothing => f.write_str("()"),
        }
    }
}

impl Want {
    /// Does a value of the Nim type `ty` travel as this?
    pub(super) fn fits(self, types: &Types, ty: TypeId) -> bool {
        if matches!(types.get(ty), Type::Var(_) | Type::Lent(_) | Type::Sink(_)) {
            return false;
        }
        let have = match types.get(types.repr(ty)) {
            Type::Int(int) => Want::Int {
                size: int.size() as u8,
                signed: int.signed(),
            },
            Type::Char => Want::Int {
                size: 1,
                signed: false,
            },
            Type::Enum(_) => {
                let have = types.enumeration(types.repr(ty)).map(|body| body.size);
                return matches!(self, Want::Int { size, .. } if Some(u32::from(size)) == have);
            }
            Type::Float(size) => Want::Float(*size),
            Type::Bool => Want::Bool,
            Type::Pointer | Type::Ptr(_) | Type::CString => Want::Pointer,
            Type::String => Want::Text,
            Type::Void => Want::Nothing,
            _ => return false,
        };
        have == self
    }

    /// Is it passed in a register for floats?
    pub(super) const fn is_float(self) -> bool {
        matches!(self, Want::Float(_))
    }
}

mod sealed {
    pub trait Sealed {}
}
use sealed::Sealed;

/// A Rust type that can be passed to a Nim proc.
pub trait Argument: Sealed {
    /// The kind of Nim type that it stands for.
    const WANT: Want;
    /// What a call takes for it: the type itself, but `&str` for `String`.
    type Given<'a>;
    /// What travels.
    #[doc(hidden)]
    type Raw: Copy;
    /// What has to live during the call.
    #[doc(hidden)]
    type Held;
    #[doc(hidden)]
    fn hold(given: Self::Given<'_>) -> Self::Held;
    #[doc(hidden)]
    fn raw(held: &mut Self::Held) -> Self::Raw;
}

/// A Rust type that a Nim proc can give back.
pub trait Returned: Sealed + Sized {
    /// The kind of Nim type that it stands for.
    const WANT: Want;
    /// What travels in a register.
    #[doc(hidden)]
    type Raw: Default;
    /// From the register, or for [`Want::Text`] from the storage that the callee filled.
    #[doc(hidden)]
    fn from_raw(raw: Self::Raw, text: &mut TextResult<'_>) -> Self;
}

macro_rules! scalars {
    ($($rust:ty => $want:expr;)*) => {$(
        impl Sealed for $rust {}
        impl Argument for $rust {
            const WANT: Want = $want;
            type Given<'a> = $rust;
            type Raw = $rust;
            type Held = $rust;
            fn hold(given: $rust) -> $rust { given }
            fn raw(held: &mut $rust) -> $rust { *held }
        }
        impl Returned for $rust {
            const WANT: Want = $want;
            type Raw = $rust;
            fn from_raw(raw: $rust, _: &mut TextResult<'_>) -> $rust { raw }
        }
    )*};
}

scalars! {
    i8 => Want::Int { size: 1, signed: true };
    i16 => Want::Int { size: 2, signed: true };
    i32 => Want::Int { size: 4, signed: true };
    i64 => Want::Int { size: 8, signed: true };
    u8 => Want::Int { size: 1, signed: false };
    u16 => Want::Int { size: 2, signed: false };
    u32 => Want::Int { size: 4, signed: false };
    u64 => Want::Int { size: 8, signed: false };
    f32 => Want::Float(4);
    f64 => Want::Float(8);
}

impl Sealed for bool {}
impl Argument for bool {
    const WANT: Want = Want::Bool;
    type Given<'a> = bool;
    type Raw = u8;
    type Held = u8;
    fn hold(given: bool) -> u8 {
        u8::from(given)
    }
    fn raw(held: &mut u8) -> u8 {
        *held
    }
}
impl Returned for bool {
    const WANT: Want = Want::Bool;
    type Raw = u8;
    fn from_raw(raw: u8, _: &mut TextResult<'_>) -> bool {
        raw != 0
    }
}

impl Sealed for () {}
impl Returned for () {
    const WANT: Want = Want::Nothing;
    type Raw = ();
    fn from_raw((): (), _: &mut TextResult<'_>) {}
}

macro_rules! pointers {
    ($($rust:ty),*) => {$(
        impl<T> Sealed for $rust {}
        impl<T> Argument for $rust {
            const WANT: Want = Want::Pointer;
            type Given<'a> = $rust;
            type Raw = usize;
            type Held = usize;
            fn hold(given: $rust) -> usize {
                given as usize
            }
            fn raw(held: &mut usize) -> usize { *held }
        }
        impl<T> Returned for $rust {
            const WANT: Want = Want::Pointer;
            type Raw = usize;
            fn from_raw(raw: usize, _: &mut TextResult<'_>) -> $rust { raw as $rust }
        }
    )*};
}

pointers!(*mut T, *const T);

/// A Nim string: see the [memory of Nim's values](crate::mir).
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RawText {
    len: i64,
    payload: *const i64,
}

impl Default for RawText {
    fn default() -> RawText {
        RawText {
            len: 0,
            payload: std::ptr::null(),
        }
    }
}

/// A `string` argument: storage that the callee only reads. Its payload is not marked as constant, so a callee that keeps
/// the value copies it.
pub struct HeldText {
    text: RawText,
    payload: Vec<i64>,
}

impl Sealed for String {}
impl Argument for String {
    const WANT: Want = Want::Text;
    type Given<'a> = &'a str;
    type Raw = *const RawText;
    type Held = HeldText;

    fn hold(given: &str) -> HeldText {
        // The capacity, the bytes and a zero behind them, in words.
        let mut payload = vec![given.len() as i64];
        let mut padded = given.as_bytes().to_vec();
        padded.resize((given.len() + 1).next_multiple_of(8), 0);
        let words = padded.chunks_exact(8);
        payload.extend(words.map(|word| i64::from_ne_bytes(word.try_into().expect("8 bytes"))));
        HeldText {
            text: RawText {
                len: given.len() as i64,
                payload: std::ptr::null(),
            },
            payload,
        }
    }

    fn raw(held: &mut HeldText) -> *const RawText {
        if held.text.len > 0 {
            held.text.payload = held.payload.as_ptr();
        }
        &raw const held.text
    }
}

impl Returned for String {
    const WANT: Want = Want::Text;
    type Raw = ();
    /// What is not UTF-8 is replaced, as [`String::from_utf8_lossy`] does.
    fn from_raw((): (), text: &mut TextResult<'_>) -> String {
        text.take()
    }
}

/// Storage for a `string` result, and whose heap its payload is from.
pub struct TextResult<'r> {
    pub(super) raw: RawText,
    pub(super) runtime: &'r Runtime,
}

impl TextResult<'_> {
    #[allow(unsafe_code)] // reads and frees what compiled code has left
    fn take(&mut self) -> String {
        let RawText { len, payload } = std::mem::take(&mut self.raw);
        if payload.is_null() {
            return String::new();
        }
        // SAFETY: the callee wrote a Nim string and gave it up: `len` bytes stand behind the word of the capacity.
        let (capacity, bytes) = unsafe {
            let bytes = std::slice::from_raw_parts(payload.add(1).cast::<u8>(), len as usize);
            (*payload, String::from_utf8_lossy(bytes).into_owned())
        };
        if capacity & LITERAL == 0 {
            // SAFETY: a payload that is not constant is a block of the guest heap, and nobody else has it.
            unsafe { self.runtime.heap().free(payload as usize) };
        }
        bytes
    }
}
