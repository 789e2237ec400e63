//! Parameters: what signatures in Rust may say besides types of values, and how arguments go both ways.
//!
//! A Rust signature is written as Rust says it, `fn(f64, &mut Player, &str) -> bool`. References in it make it a type over all
//! lifetimes, for which no method can be found by its parts; [`Signature`](super::Signature) maps it to one with the markers of
//! this module, `fn(f64, Var<Player>, Str) -> bool`, which may be written as well.

#![allow(unsafe_code)] // reads and writes the guest's memory

use std::borrow::Cow;
use std::marker::PhantomData;

use super::containers::{bytes_of, store_text};
use super::value::{Guest, Memory, OutOfMemory, Plain, Stored, Words};
use super::want::Want;

/// What a signature writes as `&str`: a `string` that is only read.
pub struct Str(());
/// What a signature writes as `&[T]`: an `openArray[T]`.
pub struct Slice<T>(PhantomData<fn() -> T>);
/// What a signature writes as `&mut [T]`: a `var openArray[T]`.
pub struct SliceMut<T>(PhantomData<fn() -> T>);
/// What a signature writes as `&T`: an object that is only read.
pub struct Ref<T>(PhantomData<fn() -> T>);
/// What a signature writes as `&mut T`: a `var T`.
pub struct Var<T>(PhantomData<fn() -> T>);

/// A parameter of a signature.
///
/// # Safety
/// What the methods make of a Rust value is an argument as [`Param::WANT`] says, and they take one.
pub unsafe trait Param: 'static {
    /// The kind of Nim type that it stands for.
    const WANT: Want;
    /// Does a host function see the guest's own memory in it? Then it must not let guest code run.
    #[doc(hidden)]
    const LENDS: bool = false;
    /// What a call takes for it.
    type Given<'a>;
    /// What a host function gets for it.
    type Taken<'a>;
    #[doc(hidden)]
    type Raw: Copy;
    #[doc(hidden)]
    type Held<'a>;
    #[doc(hidden)]
    type Wide: Copy;
    #[doc(hidden)]
    type Kept;

    /// Makes an argument ready.
    ///
    /// # Errors
    /// When the guest's memory is full.
    #[doc(hidden)]
    fn hold(given: Self::Given<'_>, memory: Memory) -> Result<Self::Held<'_>, OutOfMemory>;
    #[doc(hidden)]
    fn raw(held: &mut Self::Held<'_>) -> Self::Raw;
    #[doc(hidden)]
    fn push(raw: Self::Raw, words: &mut Words);
    /// After a call that has returned.
    #[doc(hidden)]
    fn settle(_held: Self::Held<'_>) {}

    /// Takes an argument of the guest.
    ///
    /// # Errors
    /// Why it is none in Rust.
    ///
    /// # Safety
    /// The guest passed it as [`Param::WANT`] says, and what it is an address of stays as it is until [`Param::after`].
    #[doc(hidden)]
    unsafe fn arrive(wide: Self::Wide, memory: Memory) -> Result<Self::Kept, &'static str>;
    #[doc(hidden)]
    fn lend(kept: &mut Self::Kept) -> Self::Taken<'_>;
    /// When the host function has returned.
    ///
    /// # Errors
    /// When the guest's memory is full.
    ///
    /// # Safety
    /// As for [`Param::arrive`].
    #[doc(hidden)]
    unsafe fn after(
        _kept: Self::Kept,
        _wide: Self::Wide,
        _memory: Memory,
    ) -> Result<(), OutOfMemory> {
        Ok(())
    }
}

// SAFETY: by the contract of `Guest`.
unsafe impl<T: Guest> Param for T {
    const WANT: Want = T::WANT;
    type Given<'a> = <T as Guest>::Given<'a>;
    type Taken<'a> = T;
    type Raw = <T as Guest>::Raw;
    type Held<'a> = <T as Guest>::Held;
    type Wide = <T as Guest>::Wide;
    type Kept = Option<T>;

    fn hold(given: Self::Given<'_>, memory: Memory) -> Result<Self::Held<'_>, OutOfMemory> {
        <T as Guest>::hold(given, memory)
    }
    fn raw(held: &mut Self::Held<'_>) -> Self::Raw {
        <T as Guest>::raw(held)
    }
    fn push(raw: Self::Raw, words: &mut Words) {
        <T as Guest>::push(raw, words);
    }
    unsafe fn arrive(wide: Self::Wide, _: Memory) -> Result<Option<T>, &'static str> {
        // SAFETY: by the contract.
        Ok(Some(unsafe { T::from_wide(wide) }))
    }
    fn lend(kept: &mut Option<T>) -> T {
        kept.take().expect("an argument is lent once")
    }
}

/// What an argument that travels by its address is for calls.
macro_rules! by_address {
    () => {
        type Raw = usize;
        type Wide = u64;
        fn push(raw: usize, words: &mut Words) {
            words.ints.push(raw as u64);
        }
    };
}

// SAFETY: a string by its address, which is only read.
unsafe impl Param for Str {
    const WANT: Want = Want::Text;
    const LENDS: bool = true;
    type Given<'a> = &'a str;
    type Taken<'a> = &'a str;
    type Held<'a> = Stored<String>;
    type Kept = Cow<'static, str>;
    by_address!();

    fn hold(given: Self::Given<'_>, memory: Memory) -> Result<Self::Held<'_>, OutOfMemory> {
        Stored::build(memory, |at| {
            // SAFETY: it is fresh storage of the size.
            unsafe { store_text(given.as_bytes(), at, memory) }
        })
    }
    fn raw(held: &mut Stored<String>) -> usize {
        held.address()
    }
    /// What is not UTF-8 is replaced, as [`String::from_utf8_lossy`] does.
    unsafe fn arrive(wide: u64, _: Memory) -> Result<Cow<'static, str>, &'static str> {
        // SAFETY: by the contract the bytes stay as they are while the value is kept.
        Ok(String::from_utf8_lossy(unsafe {
            bytes_of(wide as *const u8)
        }))
    }
    fn lend<'a>(kept: &'a mut Cow<'static, str>) -> &'a str {
        kept
    }
}

/// An address and a length.
#[doc(hidden)]
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Pair {
    address: usize,
    len: i64,
}

impl Pair {
    fn of<T>(elements: *const T, len: usize) -> Pair {
        Pair {
            address: elements as usize,
            len: len as i64,
        }
    }

    /// # Safety
    /// At `wide` is a pair.
    unsafe fn at(wide: u64) -> Pair {
        // SAFETY: by the contract.
        unsafe { (wide as *const Pair).read() }
    }

    /// The elements; of an empty one an address that may be used for none.
    fn elements<T>(self) -> (*mut T, usize) {
        match self.len.max(0) as usize {
            0 => (std::ptr::dangling_mut(), 0),
            len => (self.address as *mut T, len),
        }
    }
}

/// What an argument that travels as a pair is for calls.
macro_rules! by_pair {
    () => {
        type Raw = Pair;
        type Wide = u64;
        fn push(raw: Pair, words: &mut Words) {
            words.ints.extend([raw.address as u64, raw.len as u64]);
        }
    };
}

// SAFETY: the elements are plain, and only read.
unsafe impl<T: Plain> Param for Slice<T> {
    const WANT: Want = Want::Open(&T::WANT, false);
    const LENDS: bool = true;
    type Given<'a> = &'a [T];
    type Taken<'a> = &'a [T];
    type Held<'a> = &'a [T];
    type Kept = Pair;
    by_pair!();

    fn hold(given: Self::Given<'_>, _: Memory) -> Result<Self::Held<'_>, OutOfMemory> {
        Ok(given)
    }
    fn raw(held: &mut &[T]) -> Pair {
        Pair::of(held.as_ptr(), held.len())
    }
    unsafe fn arrive(wide: u64, _: Memory) -> Result<Pair, &'static str> {
        // SAFETY: by the contract.
        Ok(unsafe { Pair::at(wide) })
    }
    fn lend(kept: &mut Pair) -> &[T] {
        let (elements, len) = kept.elements();
        // SAFETY: the guest passed plain elements, which stay as they are while they are kept.
        unsafe { std::slice::from_raw_parts(elements, len) }
    }
}

// SAFETY: the elements are plain, and nobody else has them.
unsafe impl<T: Plain> Param for SliceMut<T> {
    const WANT: Want = Want::Open(&T::WANT, true);
    const LENDS: bool = true;
    type Given<'a> = &'a mut [T];
    type Taken<'a> = &'a mut [T];
    type Held<'a> = &'a mut [T];
    type Kept = Pair;
    by_pair!();

    fn hold(given: Self::Given<'_>, _: Memory) -> Result<Self::Held<'_>, OutOfMemory> {
        Ok(given)
    }
    fn raw(held: &mut &mut [T]) -> Pair {
        Pair::of(held.as_mut_ptr(), held.len())
    }
    unsafe fn arrive(wide: u64, _: Memory) -> Result<Pair, &'static str> {
        // SAFETY: by the contract.
        Ok(unsafe { Pair::at(wide) })
    }
    fn lend(kept: &mut Pair) -> &mut [T] {
        let (elements, len) = kept.elements();
        // SAFETY: the guest passed plain elements for the host to write, and runs nothing while they are kept.
        unsafe { std::slice::from_raw_parts_mut(elements, len) }
    }
}

// SAFETY: the value is plain, and only read.
unsafe impl<T: Plain> Param for Ref<T> {
    const WANT: Want = T::WANT;
    const LENDS: bool = true;
    type Given<'a> = &'a T;
    type Taken<'a> = &'a T;
    type Held<'a> = &'a T;
    type Kept = u64;
    by_address!();

    fn hold(given: Self::Given<'_>, _: Memory) -> Result<Self::Held<'_>, OutOfMemory> {
        const {
            assert!(
                T::WANT.is_memory(),
                "a scalar travels by value: write `T` in place of `&T`"
            )
        };
        Ok(given)
    }
    fn raw(held: &mut &T) -> usize {
        std::ptr::from_ref::<T>(held) as usize
    }
    unsafe fn arrive(wide: u64, _: Memory) -> Result<u64, &'static str> {
        const {
            assert!(
                T::WANT.is_memory(),
                "a scalar travels by value: write `T` in place of `&T`"
            )
        };
        Ok(wide)
    }
    fn lend(kept: &mut u64) -> &T {
        // SAFETY: the guest passed the address of a plain value, which stays as it is while it is kept.
        unsafe { &*(*kept as *const T) }
    }
}

/// A `var` argument during a call: plain values are shared, others are copied in and out.
#[doc(hidden)]
pub struct HeldVar<'a, T: Guest> {
    target: &'a mut T,
    stored: Option<Stored<T>>,
}

// SAFETY: the address is that of a value, which nobody else has.
unsafe impl<T: Guest> Param for Var<T> {
    const WANT: Want = Want::Var(&T::WANT);
    type Given<'a> = &'a mut T;
    type Taken<'a> = &'a mut T;
    type Held<'a> = HeldVar<'a, T>;
    /// A copy: guest code that the host function calls may change or move the original.
    type Kept = T;
    by_address!();

    fn hold(target: Self::Given<'_>, memory: Memory) -> Result<Self::Held<'_>, OutOfMemory> {
        let stored = match T::PLAIN {
            true => None,
            false => Some(Stored::new(target, memory)?),
        };
        Ok(HeldVar { target, stored })
    }
    fn raw(held: &mut HeldVar<'_, T>) -> usize {
        match &mut held.stored {
            Some(stored) => stored.address(),
            None => std::ptr::from_mut::<T>(held.target) as usize,
        }
    }
    fn settle(held: HeldVar<'_, T>) {
        if let Some(stored) = held.stored {
            *held.target = stored.fetch();
        }
    }
    unsafe fn arrive(wide: u64, _: Memory) -> Result<T, &'static str> {
        // SAFETY: by the contract.
        Ok(unsafe { T::fetch(wide as *const u8) })
    }
    fn lend(kept: &mut T) -> &mut T {
        kept
    }
    unsafe fn after(kept: T, wide: u64, memory: Memory) -> Result<(), OutOfMemory> {
        let at = wide as *mut u8;
        // SAFETY: by the contract; the old value is given back only when there is a new one.
        unsafe {
            let mut made = Stored::new(&kept, memory)?;
            let (size, _) = T::WANT.size_align();
            std::ptr::swap_nonoverlapping(at, made.address() as *mut u8, size);
        }
        Ok(())
    }
}
