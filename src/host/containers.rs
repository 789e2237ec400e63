//! Strings, sequences, arrays, tuples and options at the edge: see the [memory of Nim's values](crate::mir).

#![allow(unsafe_code)] // reads and writes the guest's memory

use super::value::{Guest, Memory, OutOfMemory, Plain, Stored};
use super::want::Want;
use crate::__in_memory;
use crate::mir::LITERAL;

/// The head of a string or sequence.
#[repr(C)]
#[derive(Clone, Copy)]
struct Head {
    len: i64,
    payload: usize,
}

/// Bytes before the elements in a payload. No alignment is beyond a word's.
const CAPACITY: usize = 8;

impl Head {
    /// # Safety
    /// At `at` is a string or sequence.
    unsafe fn at(at: *const u8) -> Head {
        // SAFETY: by the contract.
        unsafe { at.cast::<Head>().read() }
    }

    fn len(self) -> usize {
        if self.payload == 0 {
            0
        } else {
            self.len.max(0) as usize
        }
    }

    fn elements(self) -> *mut u8 {
        (self.payload + CAPACITY) as *mut u8
    }

    /// Is the payload a block of the heap?
    ///
    /// # Safety
    /// It is of a string or sequence.
    unsafe fn is_owned(self) -> bool {
        // SAFETY: a payload begins with its capacity.
        self.payload != 0 && unsafe { *(self.payload as *const i64) } & LITERAL == 0
    }

    /// A payload for so many elements with `behind` bytes after them: zeroed, or `dirty` for who writes all of them at once.
    fn with_room(
        len: usize,
        size: usize,
        behind: usize,
        dirty: bool,
        memory: Memory,
    ) -> Result<Head, OutOfMemory> {
        if len == 0 {
            return Ok(Head { len: 0, payload: 0 });
        }
        let bytes = len
            .checked_mul(size)
            .and_then(|bytes| bytes.checked_add(CAPACITY + behind));
        let bytes = bytes.ok_or(OutOfMemory)?;
        let payload = match dirty {
            true => memory.allocate_dirty(bytes)?,
            false => memory.allocate(bytes)?,
        };
        // SAFETY: the block is larger than a word.
        unsafe { (payload as *mut i64).write(len as i64) };
        let len = len as i64;
        Ok(Head { len, payload })
    }
}

/// The bytes of a string.
///
/// # Safety
/// At `at` is one, which nothing changes as long as `'a` lasts.
pub(super) unsafe fn bytes_of<'a>(at: *const u8) -> &'a [u8] {
    // SAFETY: by the contract.
    unsafe {
        let head = Head::at(at);
        match head.len() {
            0 => &[],
            len => std::slice::from_raw_parts(head.elements(), len),
        }
    }
}

/// Builds a string.
///
/// # Safety
/// `at` is empty storage for one.
pub(super) unsafe fn store_text(
    text: &[u8],
    at: *mut u8,
    memory: Memory,
) -> Result<(), OutOfMemory> {
    let head = Head::with_room(text.len(), 1, 1, true, memory)?;
    // SAFETY: the payload has room for the bytes and a zero.
    unsafe {
        if head.payload != 0 {
            let bytes = head.elements();
            bytes.copy_from_nonoverlapping(text.as_ptr(), text.len());
            bytes.add(text.len()).write(0);
        }
        at.cast::<Head>().write(head);
    }
    Ok(())
}

// SAFETY: a string is its length and its payload.
unsafe impl Guest for String {
    const WANT: Want = Want::Text;
    type Given<'a> = &'a str;
    __in_memory!();

    unsafe fn store(&self, at: *mut u8, memory: Memory) -> Result<(), OutOfMemory> {
        // SAFETY: by the contract.
        unsafe { store_text(self.as_bytes(), at, memory) }
    }

    /// What is not UTF-8 is replaced, as [`String::from_utf8_lossy`] does.
    unsafe fn fetch(at: *const u8) -> String {
        // SAFETY: by the contract.
        String::from_utf8_lossy(unsafe { bytes_of(at) }).into_owned()
    }

    unsafe fn discard(at: *mut u8, memory: Memory) {
        // SAFETY: by the contract; a payload that is not constant is a block of the heap.
        unsafe {
            let head = Head::at(at);
            if head.is_owned() {
                memory.free(head.payload);
            }
        }
    }

    fn hold(given: &str, memory: Memory) -> Result<Stored<String>, OutOfMemory> {
        Stored::build(memory, |at| {
            // SAFETY: it is fresh storage of the size.
            unsafe { store_text(given.as_bytes(), at, memory) }
        })
    }
}

/// Builds elements one after the other; when one fails, those before it are given back.
///
/// # Safety
/// `at` is empty storage for so many.
unsafe fn store_all<T: Guest>(given: &[T], at: *mut u8, memory: Memory) -> Result<(), OutOfMemory> {
    let size = T::WANT.size_align().0;
    if T::PLAIN {
        // SAFETY: the bytes in Rust are those in the guest.
        unsafe { at.copy_from_nonoverlapping(given.as_ptr().cast(), given.len() * size) };
        return Ok(());
    }
    for (i, value) in given.iter().enumerate() {
        // SAFETY: by the contract.
        let stored = unsafe { value.store(at.add(i * size), memory) };
        if stored.is_err() {
            // SAFETY: those were built.
            unsafe { discard_all::<T>(at, i, memory) };
            return stored;
        }
    }
    Ok(())
}

/// # Safety
/// At `at` are so many values that nobody uses any more.
unsafe fn discard_all<T: Guest>(at: *mut u8, count: usize, memory: Memory) {
    if T::PLAIN {
        return;
    }
    for i in 0..count {
        // SAFETY: by the contract.
        unsafe { T::discard(at.add(i * T::WANT.size_align().0), memory) };
    }
}

fn store_seq<T: Guest>(given: &[T], at: *mut u8, memory: Memory) -> Result<(), OutOfMemory> {
    let size = T::WANT.size_align().0;
    let head = Head::with_room(given.len(), size, 0, T::PLAIN, memory)?;
    // SAFETY: the payload has room for the elements; when one cannot be built nobody has the payload.
    unsafe {
        if head.payload != 0
            && let Err(full) = store_all(given, head.elements(), memory)
        {
            memory.free(head.payload);
            return Err(full);
        }
        at.cast::<Head>().write(head);
    }
    Ok(())
}

// SAFETY: a sequence is its length and its payload.
unsafe impl<T: Guest> Guest for Vec<T> {
    const WANT: Want = Want::Seq(&T::WANT);
    type Given<'a> = &'a [T];
    __in_memory!();

    unsafe fn store(&self, at: *mut u8, memory: Memory) -> Result<(), OutOfMemory> {
        store_seq(self, at, memory)
    }

    unsafe fn fetch(at: *const u8) -> Vec<T> {
        // SAFETY: by the contract.
        unsafe {
            let head = Head::at(at);
            let size = T::WANT.size_align().0;
            (0..head.len())
                .map(|i| T::fetch(head.elements().add(i * size)))
                .collect()
        }
    }

    unsafe fn discard(at: *mut u8, memory: Memory) {
        // SAFETY: by the contract; a payload that is not constant is a block of the heap.
        unsafe {
            let head = Head::at(at);
            if head.is_owned() {
                discard_all::<T>(head.elements(), head.len(), memory);
                memory.free(head.payload);
            }
        }
    }

    fn hold(given: &[T], memory: Memory) -> Result<Stored<Vec<T>>, OutOfMemory> {
        Stored::build(memory, |at| store_seq(given, at, memory))
    }
}

// SAFETY: an array is its elements.
unsafe impl<T: Guest, const N: usize> Guest for [T; N] {
    const WANT: Want = Want::Array(&T::WANT, N);
    const PLAIN: bool = T::PLAIN;
    type Given<'a> = [T; N];
    __in_memory!();

    unsafe fn store(&self, at: *mut u8, memory: Memory) -> Result<(), OutOfMemory> {
        // SAFETY: by the contract.
        unsafe { store_all(self, at, memory) }
    }

    unsafe fn fetch(at: *const u8) -> [T; N] {
        let size = T::WANT.size_align().0;
        // SAFETY: by the contract.
        std::array::from_fn(|i| unsafe { T::fetch(at.add(i * size)) })
    }

    unsafe fn discard(at: *mut u8, memory: Memory) {
        // SAFETY: by the contract.
        unsafe { discard_all::<T>(at, N, memory) };
    }

    fn hold(given: [T; N], memory: Memory) -> Result<Stored<[T; N]>, OutOfMemory> {
        Stored::new(&given, memory)
    }
}

// SAFETY: its elements are plain, and stand one behind the other in both languages.
unsafe impl<T: Plain, const N: usize> Plain for [T; N] {}

/// Where the mark of an option stands.
const fn mark_of(inner: &Want) -> usize {
    inner.size_align().0
}

// SAFETY: an option is its value and a mark behind it; of a pointer, the pointer.
unsafe impl<T: Guest> Guest for Option<T> {
    const WANT: Want = Want::Option(&T::WANT);
    type Given<'a> = Option<T>;
    __in_memory!();

    unsafe fn store(&self, at: *mut u8, memory: Memory) -> Result<(), OutOfMemory> {
        let Some(value) = self else {
            return Ok(());
        };
        // SAFETY: by the contract.
        unsafe {
            value.store(at, memory)?;
            if !matches!(T::WANT, Want::Pointer) {
                at.add(mark_of(&T::WANT)).write(1);
            }
        }
        Ok(())
    }

    unsafe fn fetch(at: *const u8) -> Option<T> {
        // SAFETY: by the contract.
        unsafe {
            let there = match T::WANT {
                Want::Pointer => at.cast::<usize>().read() != 0,
                _ => at.add(mark_of(&T::WANT)).read() != 0,
            };
            there.then(|| T::fetch(at))
        }
    }

    unsafe fn discard(at: *mut u8, memory: Memory) {
        // SAFETY: by the contract; where there is no value, the place of one is zeroed or holds an old one that owns nothing
        // that is not its own.
        unsafe { T::discard(at, memory) };
    }

    fn hold(given: Option<T>, memory: Memory) -> Result<Stored<Option<T>>, OutOfMemory> {
        Stored::new(&given, memory)
    }
}

/// Size and alignment of a struct of these, as C lays it out.
#[doc(hidden)]
pub const fn __struct(parts: &[Want]) -> (usize, usize) {
    let (mut end, mut most, mut i) = (0usize, 1, 0);
    while i < parts.len() {
        let (size, align) = parts[i].size_align();
        end = end.next_multiple_of(align) + size;
        if align > most {
            most = align;
        }
        i += 1;
    }
    (end.next_multiple_of(most), most)
}

/// Offset of component `index` of a tuple, or of a struct as C lays it out.
#[doc(hidden)]
pub const fn __component(parts: &[Want], index: usize) -> usize {
    let (mut at, mut i) = (0usize, 0);
    loop {
        let (size, align) = parts[i].size_align();
        at = at.next_multiple_of(align);
        if i == index {
            return at;
        }
        at += size;
        i += 1;
    }
}

macro_rules! tuples {
    ($(($($part:ident $index:tt [$($before:ident $at:tt)*]),+))*) => {$(
        // SAFETY: a tuple is its components, laid out as C lays out a struct of them.
        unsafe impl<$($part: Guest),+> Guest for ($($part,)+) {
            const WANT: Want = Want::Tuple(&[$($part::WANT),+]);
            type Given<'a> = ($($part,)+);
            __in_memory!();

            #[allow(clippy::question_mark)] // before the first component there is nothing to give back
            unsafe fn store(&self, at: *mut u8, memory: Memory) -> Result<(), OutOfMemory> {
                let parts = &[$($part::WANT),+];
                // SAFETY: by the contract. What was built before a failure is given back.
                unsafe {
                    $(
                        let stored = self.$index.store(at.add(__component(parts, $index)), memory);
                        if stored.is_err() {
                            $($before::discard(at.add(__component(parts, $at)), memory);)*
                            return stored;
                        }
                    )+
                }
                Ok(())
            }

            unsafe fn fetch(at: *const u8) -> Self {
                let parts = &[$($part::WANT),+];
                // SAFETY: by the contract.
                unsafe { ($($part::fetch(at.add(__component(parts, $index))),)+) }
            }

            unsafe fn discard(at: *mut u8, memory: Memory) {
                let parts = &[$($part::WANT),+];
                // SAFETY: by the contract.
                unsafe { $($part::discard(at.add(__component(parts, $index)), memory);)+ }
            }

            fn hold(given: Self, memory: Memory) -> Result<Stored<Self>, OutOfMemory> {
                Stored::new(&given, memory)
            }
        }
    )*};
}

tuples! {
    (A 0 [])
    (A 0 [], B 1 [A 0])
    (A 0 [], B 1 [A 0], C 2 [A 0 B 1])
    (A 0 [], B 1 [A 0], C 2 [A 0 B 1], D 3 [A 0 B 1 C 2])
    (A 0 [], B 1 [A 0], C 2 [A 0 B 1], D 3 [A 0 B 1 C 2], E 4 [A 0 B 1 C 2 D 3])
    (A 0 [], B 1 [A 0], C 2 [A 0 B 1], D 3 [A 0 B 1 C 2], E 4 [A 0 B 1 C 2 D 3], G 5 [A 0 B 1 C 2 D 3 E 4])
}
