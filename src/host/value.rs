//! Rust types at the edge: which Nim types they stand for, and how their values travel.
//!
//! | Rust | Nim |
//! |---|---|
//! | `i8` … `i64`, `u8` … `u64` | the integer type of that size and sign (`int` is `i64`), C's names for it, ranges of it, enums of that size; `u8` also `char` |
//! | `f32`, `f64` | `float32`, `float` |
//! | `bool`, [`Char`] | `bool`, `char` |
//! | `String`, `&str` | `string` |
//! | `Vec<T>`, `[T; N]`, tuples, `Option<T>` | `seq[T]`, `array[N, T]`, tuples, `Option[T]` |
//! | `&[T]`, `&mut [T]` | `openArray[T]`, `var openArray[T]`, without a copy |
//! | a struct or enum with `#[derive(midair::Guest)]`, `&` of it | the object or enum of the same layout |
//! | `&mut T` | `var T` |
//! | [`Callback`](super::Callback) | a closure |
//! | `*mut T`, `*const T` | `pointer`, `ptr T`, `cstring` |
//! | [`Handle`] | an object of the host |
//! | `()` as a result | no result |
//!
//! A value in a register travels as it is. One in memory is built in the guest's heap for the time of the call, or, where the Rust
//! value has the guest's layout, lent where it lies.

#![allow(unsafe_code)] // reads and writes the guest's memory

use std::marker::PhantomData;

use smallvec::SmallVec;

use super::objects::{Handle, Opaque};
use super::want::Want;
use crate::runtime::Runtime;

/// The guest's memory, as values at the edge use it.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Memory(*const Runtime);

/// The guest's memory is full.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfMemory;

impl Memory {
    #[inline]
    pub(super) fn of(runtime: &Runtime) -> Memory {
        Memory(runtime)
    }

    /// # Safety
    /// The program lives.
    pub(super) unsafe fn runtime<'r>(self) -> &'r Runtime {
        // SAFETY: by the contract.
        unsafe { &*self.0 }
    }

    /// Zeroed memory.
    pub(super) fn allocate(self, size: usize) -> Result<usize, OutOfMemory> {
        // SAFETY: a `Memory` is only used during calls, while the program lives.
        match unsafe { self.runtime() }.heap().allocate(size) {
            0 => Err(OutOfMemory),
            address => Ok(address),
        }
    }

    /// The same with whatever it contains.
    pub(super) fn allocate_dirty(self, size: usize) -> Result<usize, OutOfMemory> {
        // SAFETY: as above.
        match unsafe { self.runtime() }.heap().allocate_dirty(size) {
            0 => Err(OutOfMemory),
            address => Ok(address),
        }
    }

    /// # Safety
    /// `block` is of this memory and not used any more.
    pub(super) unsafe fn free(self, block: usize) {
        // SAFETY: as above, and by the contract.
        unsafe { self.runtime().heap().free(block) };
    }
}

/// A Rust type whose values a Nim program can have: as parts of others, as arguments and as results. Derive it for structs and enums. One with
/// `#[repr(C)]` shares its bytes with Nim:
///
/// ```
/// use midair::{Guest, Program, source::Texts};
///
/// #[derive(Guest, Clone, Copy, PartialEq, Debug)]
/// #[repr(C)]
/// struct Player {
///     x: f64,
///     lives: i32,
/// }
///
/// let texts = Texts::new([("logic.nim", "
/// type Player* = object
///   x: float
///   lives: int32
/// proc hit*(p: var Player) = dec p.lives
/// ")]);
/// let program = Program::builder().provider(texts).load("logic.nim")?;
/// let hit = program.proc::<fn(&mut Player)>("logic", "hit")?;
/// let mut player = Player { x: 1.0, lives: 3 };
/// hit.call(&mut player)?;
/// assert_eq!(player, Player { x: 1.0, lives: 2 });
/// # Ok::<(), midair::Error>(())
/// ```
///
/// A struct without `#[repr(C)]` may have texts and lists, and is copied field by field:
///
/// ```
/// use midair::{Guest, Program, source::Texts};
///
/// #[derive(Guest)]
/// struct Request { path: String, headers: Vec<(String, String)>, body: Option<Vec<u8>> }
///
/// let texts = Texts::new([("server.nim", "
/// import std/options
/// type Request = object
///   path: string
///   headers: seq[(string, string)]
///   body: Option[seq[byte]]
/// proc describe*(r: Request): string =
///   r.path & \" \" & $r.headers & \" \" & $r.body.get(@[]).len
/// ")]);
/// let program = Program::builder().provider(texts).load("server.nim")?;
/// let describe = program.proc::<fn(Request) -> String>("server", "describe")?;
/// let headers = vec![("host".into(), "here".into())];
/// let request = Request { path: "/".into(), headers, body: Some(vec![1, 2]) };
/// assert_eq!(describe.call(request)?, "/ @[(\"host\", \"here\")] 2");
/// # Ok::<(), midair::Error>(())
/// ```
///
/// # Safety
/// What the methods write and read at an address is a value of the Nim types that [`Guest::WANT`] fits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no type that a Nim program has",
    note = "numbers have a size in both languages: Nim's `int` is `i64`, its `uint` is `u64`, its `float` is `f64`",
    note = "structs and enums become such types with `#[derive(midair::Guest)]`; objects that stay in Rust travel as `Handle<T>`"
)]
pub unsafe trait Guest: Sized + 'static {
    /// The kind of Nim type that it stands for.
    const WANT: Want;
    /// Are its bytes in Rust those in the guest?
    #[doc(hidden)]
    const PLAIN: bool = false;
    /// What a call takes for it: the type itself, but `&str` for `String` and `&[T]` for `Vec<T>`.
    type Given<'a>;
    /// What travels: the value, or the address of one in memory.
    #[doc(hidden)]
    type Raw: Copy + Default;
    /// The same as a parameter of a function that the guest calls.
    #[doc(hidden)]
    type Wide: Copy;
    /// What lives during a call.
    #[doc(hidden)]
    type Held;

    /// Builds a value.
    ///
    /// # Errors
    /// When the guest's memory is full; nothing is built then.
    ///
    /// # Safety
    /// `at` is storage of the guest's size and alignment, with nothing in it.
    #[doc(hidden)]
    unsafe fn store(&self, at: *mut u8, memory: Memory) -> Result<(), OutOfMemory>;

    /// Copies a value out.
    ///
    /// # Safety
    /// At `at` is one.
    #[doc(hidden)]
    unsafe fn fetch(at: *const u8) -> Self;

    /// Gives back what a value owns.
    ///
    /// # Safety
    /// At `at` is one that nobody uses any more.
    #[doc(hidden)]
    unsafe fn discard(_at: *mut u8, _memory: Memory) {}

    /// Makes an argument ready.
    ///
    /// # Errors
    /// When the guest's memory is full.
    #[doc(hidden)]
    fn hold(given: Self::Given<'_>, memory: Memory) -> Result<Self::Held, OutOfMemory>;
    #[doc(hidden)]
    fn raw(held: &mut Self::Held) -> Self::Raw;
    #[doc(hidden)]
    fn push(raw: Self::Raw, words: &mut Words);

    /// An argument that the guest passes.
    ///
    /// # Safety
    /// It was passed as [`Guest::WANT`] says.
    #[doc(hidden)]
    unsafe fn from_wide(wide: Self::Wide) -> Self;

    /// The result of a guest proc.
    ///
    /// # Safety
    /// One in memory is in `room`, and the caller's.
    #[doc(hidden)]
    unsafe fn finish(raw: Self::Raw, room: *mut u8, memory: Memory) -> Self;

    /// The result of a host function.
    ///
    /// # Errors
    /// When the guest's memory is full.
    ///
    /// # Safety
    /// One in memory goes to `out`, which is empty storage.
    #[doc(hidden)]
    unsafe fn give(self, out: *mut u8, memory: Memory) -> Result<Self::Raw, OutOfMemory>;
}

/// A [`Guest`] type whose bytes in Rust are those in the guest, so that the two share values in memory: scalars, arrays of them, and
/// derived structs and enums.
///
/// # Safety
/// It has the size, alignment and fields that [`Guest::WANT`] tells, and any value that checked Nim code can leave there is one of it.
#[diagnostic::on_unimplemented(
    message = "the bytes of `{Self}` are not those of its values in Nim",
    note = "`&T`, `&mut T`, `&[T]` and the fields of a `#[repr(C)]` struct share bytes: numbers, `bool`, `Char`, arrays, `#[derive(Guest)]` \
            enums and `#[repr(C)]` structs of these",
    note = "a derived struct without `#[repr(C)]` is copied field by field and may have texts and lists; it goes as `T`, not as `&T`"
)]
pub unsafe trait Plain: Guest + Copy {}

/// Arguments word by word, for calls that pass some as pairs.
#[doc(hidden)]
#[derive(Default)]
pub struct Words {
    pub ints: SmallVec<[u64; 18]>,
    pub floats: SmallVec<[f64; 8]>,
}

macro_rules! scalars {
    ($($rust:ty, $want:expr, $raw:ty, $wide:ty, $to:expr, $from:expr, $widen:expr, $push:ident $word:expr, [$($plain:tt)*];)*) => {$(
        // SAFETY: the guest keeps such a value as Rust keeps its raw form.
        unsafe impl Guest for $rust {
            const WANT: Want = $want;
            const PLAIN: bool = true;
            type Given<'a> = $rust;
            type Raw = $raw;
            type Wide = $wide;
            type Held = $raw;
            unsafe fn store(&self, at: *mut u8, _: Memory) -> Result<(), OutOfMemory> {
                // SAFETY: by the contract.
                unsafe { at.cast::<$raw>().write(($to)(*self)) };
                Ok(())
            }
            unsafe fn fetch(at: *const u8) -> $rust {
                // SAFETY: by the contract.
                ($from)(unsafe { at.cast::<$raw>().read() })
            }
            fn hold(given: $rust, _: Memory) -> Result<$raw, OutOfMemory> { Ok(($to)(given)) }
            fn raw(held: &mut $raw) -> $raw { *held }
            fn push(raw: $raw, words: &mut Words) { words.$push.push(($word)(raw)) }
            unsafe fn from_wide(wide: $wide) -> $rust { ($from)(($widen)(wide)) }
            unsafe fn finish(raw: $raw, _: *mut u8, _: Memory) -> $rust { ($from)(raw) }
            unsafe fn give(self, _: *mut u8, _: Memory) -> Result<$raw, OutOfMemory> { Ok(($to)(self)) }
        }
        $($plain)*
    )*};
}

macro_rules! plain_scalars {
    ($($rust:ty, $want:expr, $wide:ty, $widen:expr, $push:ident $word:expr;)*) => { scalars! {
        $($rust, $want, $rust, $wide, |value: $rust| value, |raw: $rust| raw, $widen, $push $word, [
            // SAFETY: it is what the guest has.
            unsafe impl Plain for $rust {}
        ];)*
    } };
}

plain_scalars! {
    i8, Want::Int { size: 1, signed: true }, u64, |wide| wide as i8, ints |raw| raw as u64;
    i16, Want::Int { size: 2, signed: true }, u64, |wide| wide as i16, ints |raw| raw as u64;
    i32, Want::Int { size: 4, signed: true }, u64, |wide| wide as i32, ints |raw| raw as u64;
    i64, Want::Int { size: 8, signed: true }, u64, |wide| wide as i64, ints |raw| raw as u64;
    u8, Want::Int { size: 1, signed: false }, u64, |wide| wide as u8, ints u64::from;
    u16, Want::Int { size: 2, signed: false }, u64, |wide| wide as u16, ints u64::from;
    u32, Want::Int { size: 4, signed: false }, u64, |wide| wide as u32, ints u64::from;
    u64, Want::Int { size: 8, signed: false }, u64, |wide| wide, ints |raw| raw;
    f32, Want::Float(4), f32, |wide| wide, floats |raw: f32| f64::from_bits(u64::from(raw.to_bits()));
    f64, Want::Float(8), f64, |wide| wide, floats |raw| raw;
}

/// A `char` of Nim: one byte. (`u8` stands for `char` too, and for `uint8`.)
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
#[repr(transparent)]
pub struct Char(pub u8);

scalars! {
    Char, Want::Char, u8, u64, |value: Char| value.0, Char, |wide| wide as u8, ints u64::from, [];
    bool, Want::Bool, u8, u64, u8::from, |raw: u8| raw != 0, |wide| wide as u8, ints u64::from, [
    ];
}

// SAFETY: a byte is what the guest has.
unsafe impl Plain for Char {}

// SAFETY: a byte that is 0 or 1 is what checked code of the guest has.
unsafe impl Plain for bool {}

macro_rules! pointers {
    ($($rust:ty),*) => {$(
        // SAFETY: an address is an address.
        unsafe impl<T: 'static> Guest for $rust {
            const WANT: Want = Want::Pointer;
            const PLAIN: bool = true;
            type Given<'a> = $rust;
            type Raw = usize;
            type Wide = u64;
            type Held = usize;
            unsafe fn store(&self, at: *mut u8, _: Memory) -> Result<(), OutOfMemory> {
                // SAFETY: by the contract.
                unsafe { at.cast::<usize>().write(*self as usize) };
                Ok(())
            }
            unsafe fn fetch(at: *const u8) -> $rust {
                // SAFETY: by the contract.
                unsafe { at.cast::<usize>().read() as $rust }
            }
            fn hold(given: $rust, _: Memory) -> Result<usize, OutOfMemory> { Ok(given as usize) }
            fn raw(held: &mut usize) -> usize { *held }
            fn push(raw: usize, words: &mut Words) { words.ints.push(raw as u64) }
            unsafe fn from_wide(wide: u64) -> $rust { wide as $rust }
            unsafe fn finish(raw: usize, _: *mut u8, _: Memory) -> $rust { raw as $rust }
            unsafe fn give(self, _: *mut u8, _: Memory) -> Result<usize, OutOfMemory> { Ok(self as usize) }
        }
        // SAFETY: an address is an address.
        unsafe impl<T: 'static> Plain for $rust {}
    )*};
}

pointers!(*mut T, *const T);

// SAFETY: the guest has the number.
unsafe impl<T: Opaque> Guest for Handle<T> {
    const WANT: Want = Want::Handle(T::NAME);
    const PLAIN: bool = true;
    type Given<'a> = Handle<T>;
    type Raw = u64;
    type Wide = u64;
    type Held = u64;
    unsafe fn store(&self, at: *mut u8, _: Memory) -> Result<(), OutOfMemory> {
        // SAFETY: by the contract.
        unsafe { at.cast::<u64>().write(self.id()) };
        Ok(())
    }
    unsafe fn fetch(at: *const u8) -> Handle<T> {
        // SAFETY: by the contract.
        Handle::from_id(unsafe { at.cast::<u64>().read() })
    }
    fn hold(given: Handle<T>, _: Memory) -> Result<u64, OutOfMemory> {
        Ok(given.id())
    }
    fn raw(held: &mut u64) -> u64 {
        *held
    }
    fn push(raw: u64, words: &mut Words) {
        words.ints.push(raw);
    }
    unsafe fn from_wide(wide: u64) -> Handle<T> {
        Handle::from_id(wide)
    }
    unsafe fn finish(raw: u64, _: *mut u8, _: Memory) -> Handle<T> {
        Handle::from_id(raw)
    }
    unsafe fn give(self, _: *mut u8, _: Memory) -> Result<u64, OutOfMemory> {
        Ok(self.id())
    }
}

// SAFETY: a number is a number.
unsafe impl<T: Opaque> Plain for Handle<T> {}

// SAFETY: there is nothing.
unsafe impl Guest for () {
    const WANT: Want = Want::Nothing;
    type Given<'a> = ();
    type Raw = ();
    type Wide = u64;
    type Held = ();
    unsafe fn store(&self, _: *mut u8, _: Memory) -> Result<(), OutOfMemory> {
        Ok(())
    }
    unsafe fn fetch(_: *const u8) {}
    fn hold((): (), _: Memory) -> Result<(), OutOfMemory> {
        Ok(())
    }
    fn raw((): &mut ()) {}
    fn push((): (), _: &mut Words) {}
    unsafe fn from_wide(_: u64) {}
    unsafe fn finish((): (), _: *mut u8, _: Memory) {}
    unsafe fn give(self, _: *mut u8, _: Memory) -> Result<(), OutOfMemory> {
        Ok(())
    }
}

/// A value in the guest's form, as long as a call takes.
#[doc(hidden)]
pub struct Stored<T: Guest> {
    words: SmallVec<[u64; 4]>,
    memory: Memory,
    of: PhantomData<T>,
}

/// Words of storage for a value.
pub(super) fn room_for(want: &Want) -> SmallVec<[u64; 4]> {
    SmallVec::from_elem(0, want.size_align().0.div_ceil(8))
}

impl<T: Guest> Stored<T> {
    #[doc(hidden)]
    pub fn new(value: &T, memory: Memory) -> Result<Stored<T>, OutOfMemory> {
        Stored::build(memory, |at| {
            // SAFETY: it is fresh storage of the size; no alignment is beyond that of a word.
            unsafe { value.store(at, memory) }
        })
    }

    pub(super) fn build(
        memory: Memory,
        store: impl FnOnce(*mut u8) -> Result<(), OutOfMemory>,
    ) -> Result<Stored<T>, OutOfMemory> {
        const { assert!(T::WANT.size_align().1 <= 8, "an alignment beyond 8 bytes") };
        let mut words = room_for(&T::WANT);
        store(words.as_mut_ptr().cast())?;
        Ok(Stored {
            words,
            memory,
            of: PhantomData,
        })
    }

    #[doc(hidden)]
    pub fn address(&mut self) -> usize {
        self.words.as_mut_ptr() as usize
    }

    pub(super) fn fetch(&self) -> T {
        // SAFETY: a value is in it.
        unsafe { T::fetch(self.words.as_ptr().cast()) }
    }
}

impl<T: Guest> Drop for Stored<T> {
    fn drop(&mut self) {
        // SAFETY: a value is in it, which nobody else has: callees only read arguments, and copy what they keep.
        unsafe { T::discard(self.words.as_mut_ptr().cast(), self.memory) };
    }
}

/// The members of [`Guest`] that are the same for all types whose values travel by address.
#[doc(hidden)]
#[macro_export]
macro_rules! __in_memory {
    () => {
        type Raw = usize;
        type Wide = u64;
        type Held = $crate::host::Stored<Self>;
        fn raw(held: &mut Self::Held) -> usize {
            held.address()
        }
        fn push(raw: usize, words: &mut $crate::host::Words) {
            words.ints.push(raw as u64)
        }
        unsafe fn from_wide(wide: u64) -> Self {
            // SAFETY: by the contract the word is the address of a value.
            unsafe { <Self as $crate::Guest>::fetch(wide as *const u8) }
        }
        unsafe fn finish(_: usize, room: *mut u8, memory: $crate::host::Memory) -> Self {
            // SAFETY: by the contract.
            unsafe {
                let value = <Self as $crate::Guest>::fetch(room);
                <Self as $crate::Guest>::discard(room, memory);
                value
            }
        }
        unsafe fn give(
            self,
            out: *mut u8,
            memory: $crate::host::Memory,
        ) -> ::std::result::Result<usize, $crate::host::OutOfMemory> {
            // SAFETY: by the contract.
            unsafe { <Self as $crate::Guest>::store(&self, out, memory) }.map(|()| 0)
        }
    };
}

/// The members of [`Guest`] of a derived struct, but for its kind.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain_struct {
    () => {
        const PLAIN: bool = true;
        type Given<'a> = Self;
        $crate::__in_memory!();
        unsafe fn store(
            &self,
            at: *mut u8,
            _: $crate::host::Memory,
        ) -> ::std::result::Result<(), $crate::host::OutOfMemory> {
            // SAFETY: by the contract.
            unsafe { at.cast::<Self>().write(*self) };
            ::std::result::Result::Ok(())
        }
        unsafe fn fetch(at: *const u8) -> Self {
            // SAFETY: by the contract.
            unsafe { at.cast::<Self>().read() }
        }
        fn hold(
            given: Self,
            memory: $crate::host::Memory,
        ) -> ::std::result::Result<Self::Held, $crate::host::OutOfMemory> {
            $crate::host::Stored::new(&given, memory)
        }
    };
}

/// The members of [`Guest`] of a derived enum, but for its kind and its values.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain_enum {
    ($repr:ty) => {
        const PLAIN: bool = true;
        type Given<'a> = Self;
        type Raw = $repr;
        type Wide = u64;
        type Held = $repr;
        unsafe fn store(
            &self,
            at: *mut u8,
            _: $crate::host::Memory,
        ) -> ::std::result::Result<(), $crate::host::OutOfMemory> {
            // SAFETY: by the contract.
            unsafe { at.cast::<$repr>().write(*self as $repr) };
            ::std::result::Result::Ok(())
        }
        unsafe fn fetch(at: *const u8) -> Self {
            // SAFETY: by the contract.
            Self::__of_value(unsafe { at.cast::<$repr>().read() })
        }
        fn hold(
            given: Self,
            _: $crate::host::Memory,
        ) -> ::std::result::Result<$repr, $crate::host::OutOfMemory> {
            ::std::result::Result::Ok(given as $repr)
        }
        fn raw(held: &mut $repr) -> $repr {
            *held
        }
        fn push(raw: $repr, words: &mut $crate::host::Words) {
            words.ints.push(raw as u64)
        }
        unsafe fn from_wide(wide: u64) -> Self {
            Self::__of_value(wide as $repr)
        }
        unsafe fn finish(raw: $repr, _: *mut u8, _: $crate::host::Memory) -> Self {
            Self::__of_value(raw)
        }
        unsafe fn give(
            self,
            _: *mut u8,
            _: $crate::host::Memory,
        ) -> ::std::result::Result<$repr, $crate::host::OutOfMemory> {
            ::std::result::Result::Ok(self as $repr)
        }
    };
}
