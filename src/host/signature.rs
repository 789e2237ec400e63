//! Signatures: Rust function types, and what they are without lifetimes.
//!
//! A function type with references, `fn(&str, &mut Player)`, holds for all lifetimes and unifies with none of its instances, so a trait
//! for it has to be implemented for each pattern of references. There are 121 with up to four parameters; longer signatures name
//! their references by the [markers](super::params).

// Both `fn(A)` and `for<'a> fn(&'a A)` have an implementation. They are different types; that a parameter might one day be a reference
// is what the lint says.
#![allow(coherence_leak_check)]

use super::params::{Param, Ref, Slice, SliceMut, Str, Var};
use super::value::{Guest, Plain};
use super::want::Want;

/// A Rust function type that can stand for a Nim signature: `fn(A, B, …) -> R` with up to eight parameters, of which up to four may be
/// references if there are no more than four.
pub trait Signature {
    /// The same without lifetimes: `&str` is [`Str`], `&mut T` [`Var<T>`], and so on.
    type Normal: 'static;
}

/// A signature without lifetimes, of types that the guest has.
pub trait Callable: 'static {
    /// Kinds of the parameters.
    #[doc(hidden)]
    const PARAMS: &'static [Want];
    /// Kind of the result.
    #[doc(hidden)]
    const RESULT: Want;
}

/// What stands behind a `&`.
pub trait Behind {
    /// The parameter that the reference is.
    type Shared: Param;
}

/// What stands behind a `&mut`.
pub trait BehindMut {
    /// The parameter that the reference is.
    type Unique: Param;
}

impl Behind for str {
    type Shared = Str;
}

impl<T: Plain> Behind for [T] {
    type Shared = Slice<T>;
}

impl<T: Plain> Behind for T {
    type Shared = Ref<T>;
}

impl<T: Plain> BehindMut for [T] {
    type Unique = SliceMut<T>;
}

impl<T: Guest> BehindMut for T {
    type Unique = Var<T>;
}

macro_rules! normal {
    ($(($($param:ident)*))*) => {$(
        impl<$($param: Param,)* R: Guest> Callable for fn($($param),*) -> R {
            const PARAMS: &'static [Want] = &[$($param::WANT),*];
            const RESULT: Want = R::WANT;
        }
    )*};
}

normal! {
    () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E G) (A B C D E G H) (A B C D E G H I)
}

macro_rules! longer {
    ($(($($param:ident)*))*) => {$(
        impl<$($param: Param,)* R: 'static> Signature for fn($($param),*) -> R {
            type Normal = Self;
        }
    )*};
}

longer! {
    (A B C D E) (A B C D E G) (A B C D E G H) (A B C D E G H I)
}

/// All patterns of references: takes the first parameter that is left in each of three ways.
macro_rules! patterns {
    ([$($bound:tt)*] [$($life:lifetime)*] [$($ty:ty,)*] [$($normal:ty,)*]) => {
        impl<$($bound)* R: 'static> Signature for for<$($life),*> fn($($ty),*) -> R {
            type Normal = fn($($normal),*) -> R;
        }
    };
    ([$($bound:tt)*] [$($life:lifetime)*] [$($ty:ty,)*] [$($normal:ty,)*] $param:ident $a:lifetime $($rest:tt)*) => {
        patterns!([$($bound)* $param: Param,] [$($life)*] [$($ty,)* $param,] [$($normal,)* $param,] $($rest)*);
        patterns!([$($bound)* $param: Behind + ?Sized,] [$($life)* $a] [$($ty,)* &$a $param,]
            [$($normal,)* $param::Shared,] $($rest)*);
        patterns!([$($bound)* $param: BehindMut + ?Sized,] [$($life)* $a] [$($ty,)* &$a mut $param,]
            [$($normal,)* $param::Unique,] $($rest)*);
    };
}

patterns!([] [] [] []);
patterns!([] [] [] [] A 'a);
patterns!([] [] [] [] A 'a B 'b);
patterns!([] [] [] [] A 'a B 'b C 'c);
patterns!([] [] [] [] A 'a B 'b C 'c D 'd);
