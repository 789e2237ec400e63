//! Plain C functions: what [`Program::c_function`](crate::Program::c_function) can give.

#![allow(unsafe_code)] // makes functions of addresses

use super::value::Guest;
use super::want::Want;

/// An `unsafe extern "C" fn` with up to eight parameters that C and Nim have: numbers, `bool`, pointers, and on x86-64 structs of up to
/// 24 bytes (`#[derive(Guest)]`), by value.
pub trait CFunction: Copy + 'static {
    /// Kinds of the parameters.
    #[doc(hidden)]
    const PARAMS: &'static [Want];
    /// Kind of the result.
    #[doc(hidden)]
    const RESULT: Want;
    /// The function at an address.
    #[doc(hidden)]
    fn at(address: usize) -> Self;
}

/// Does C pass it as Rust does?
const fn is_c(want: &Want) -> bool {
    match want {
        Want::Int { .. } | Want::Float(_) | Want::Bool | Want::Char | Want::Pointer => true,
        // Nim itself passes larger ones by address.
        Want::Object(object) => object.size <= 24 && cfg!(target_arch = "x86_64"),
        _ => false,
    }
}

macro_rules! functions {
    ($(($($param:ident)*))*) => {$(
        impl<$($param: Guest,)* R: Guest> CFunction for unsafe extern "C" fn($($param),*) -> R {
            const PARAMS: &'static [Want] = {
                $(assert!(is_c(&$param::WANT), "a C function takes numbers, `bool`, pointers and small structs");)*
                &[$($param::WANT),*]
            };
            const RESULT: Want = {
                assert!(
                    is_c(&R::WANT) || matches!(R::WANT, Want::Nothing),
                    "a C function gives a number, a `bool`, a pointer or a small struct"
                );
                R::WANT
            };
            fn at(address: usize) -> Self {
                // SAFETY: an address is as large as a function; whoever calls it warrants that it is one of this type.
                unsafe { std::mem::transmute::<usize, Self>(address) }
            }
        }
    )*};
}

functions! {
    () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E G) (A B C D E G H) (A B C D E G H I)
}
