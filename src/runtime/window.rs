//! The window: one reservation that holds everything compiled code can reach.
//!
//! ```text
//! ┌──────┬───────┬─────────┬─────────┬───────┬─────────┬───────┬─────────┬──────┬────────────┐
//! │ code │ stubs │ c stubs │ x stubs │ slots │ c slots │ cells │ globals │ data │ heap …     │
//! └──────┴───────┴─────────┴─────────┴───────┴─────────┴───────┴─────────┴──────┴────────────┘
//!  R-X or  R-X     R-X       R-X       RW      RW        RW      RW        RW     RW
//!  RW
//! ```
//!
//! All but the heap lie within [`NEAR_SIZE`] < 2 GiB, so every reference between them is 32 bits relative. Only address
//! space is reserved; memory is committed as tables grow. No page is ever writable and executable at once: a page of
//! stubs is written once, before it becomes executable, and never again.
//!
//! A *trampoline* is a stub and a slot with the same index, the number of the [`ProcId`]. The slot is a cell with the address of the
//! current code; the stub jumps to where the slot points. Repointing a proc is one release store to its slot.
//! `c stubs` and `c slots` are the same for the C entries of `{.cdecl.}` procs. `x stubs` and `cells` are for C functions
//! that cannot be called directly (see `Window::extern_stubs`).

#![allow(unsafe_code)] // hands out addresses in the reservation and writes stubs

use std::io;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::mir::{ExternId, ProcId};
use crate::os::memory::{Reservation, round_to_pages};

use super::{entry, stubs};

const MIB: usize = 1 << 20;

/// Bytes for code. Intel's branch predictors tell addresses apart by their low 24 bits: a stub that looks like a branch of the
/// code that it jumps to is mispredicted each time (measured: 8 to 30 ns a call instead of half of one). So the parts
/// that run begin at different distances from multiples of 16 MiB, code at 0, stubs at 8.
pub const CODE_SIZE: usize = 1024 * MIB + 8 * MIB;
/// Keeps the first C stubs and extern stubs apart from the first stubs, as above.
const APART: usize = 2 * MIB;
/// How many [`ProcId`]s a program can have in its life.
pub const MAX_PROCS: usize = 4 << 20;
/// How many C functions a program can name in its life.
pub const MAX_EXTERNS: usize = 256 << 10;
/// Bytes for globals.
pub const GLOBALS_SIZE: usize = 128 * MIB;
/// Bytes for constant data and descriptors.
pub const DATA_SIZE: usize = 256 * MIB;

/// Where each part starts, from the base.
const CODE: usize = 0;
const STUBS: usize = CODE + CODE_SIZE;
const C_STUBS: usize = STUBS + MAX_PROCS * stubs::STUB_SIZE + APART;
const X_STUBS: usize = C_STUBS + MAX_PROCS * stubs::STUB_SIZE + APART;
const SLOTS: usize = X_STUBS + MAX_EXTERNS * stubs::EXTERN_STUB_SIZE;
const C_SLOTS: usize = SLOTS + MAX_PROCS * 8;
/// Two words, the [`stubs::Unresolved`] cell, and then a cell for each extern.
const CELLS: usize = C_SLOTS + MAX_PROCS * 8;
const CELLS_SIZE: usize = 64 * 1024 + MAX_EXTERNS * 8;
const GLOBALS: usize = CELLS + CELLS_SIZE;
const DATA: usize = GLOBALS + GLOBALS_SIZE;
/// Bytes of everything but the heap: less than 2 GiB.
pub const NEAR_SIZE: usize = DATA + DATA_SIZE;

const _: () = assert!(NEAR_SIZE < (1 << 31) - 16 * MIB);

/// How many procs, or externs, are prepared at a time.
const PROCS_STEP: usize = 4096;
const EXTERNS_STEP: usize = 1024;

/// One program's window. Shared by everything that hands out parts of it; unmapped when the last of them is gone.
pub struct Window {
    reservation: Reservation,
    /// Procs and externs whose stubs and slots are ready.
    procs: AtomicUsize,
    c_procs: AtomicUsize,
    externs: AtomicUsize,
    growing: Mutex<()>,
    /// Number of the program, for what a freed window's address may not be mistaken for.
    id: u64,
}

impl Window {
    /// Reserves a window with room for a heap of `heap` bytes, or less if the system does not give that much address space.
    pub fn new(heap: usize) -> io::Result<Window> {
        let mut heap = round_to_pages(heap.max(64 * MIB));
        let reservation = loop {
            match Reservation::new(NEAR_SIZE + heap) {
                Ok(reservation) => break reservation,
                Err(error) if heap <= 64 * MIB => return Err(error),
                Err(_) => heap = round_to_pages(heap / 2),
            }
        };
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let window = Window {
            reservation,
            procs: AtomicUsize::new(0),
            c_procs: AtomicUsize::new(0),
            externs: AtomicUsize::new(0),
            growing: Mutex::new(()),
            id: NEXT.fetch_add(1, Ordering::Relaxed),
        };
        registry::add(&window)?;
        Ok(window)
    }

    /// A number that no other window of this process ever has.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The first address.
    pub fn base(&self) -> usize {
        self.reservation.base()
    }

    pub(super) fn reservation(&self) -> &Reservation {
        &self.reservation
    }

    /// Addresses of the code area.
    pub fn code(&self) -> Range<usize> {
        self.part(CODE..STUBS)
    }

    /// Addresses of everything that runs: code and all stubs.
    pub fn executable(&self) -> Range<usize> {
        self.part(CODE..SLOTS)
    }

    pub(crate) fn globals(&self) -> Range<usize> {
        self.part(GLOBALS..DATA)
    }

    pub(crate) fn data(&self) -> Range<usize> {
        self.part(DATA..NEAR_SIZE)
    }

    pub(crate) fn heap(&self) -> Range<usize> {
        self.part(NEAR_SIZE..self.reservation.size())
    }

    fn part(&self, range: Range<usize>) -> Range<usize> {
        self.base() + range.start..self.base() + range.end
    }

    /// Commits addresses of the window, given as addresses on page boundaries.
    pub(crate) fn commit(&self, range: Range<usize>) -> io::Result<()> {
        self.reservation
            .commit(range.start - self.base()..range.end - self.base())
    }

    /// Makes the trampolines of all procs up to and including `last` ready.
    ///
    /// # Errors
    /// When memory is short or the program has had [`MAX_PROCS`] procs.
    pub fn prepare_procs(&self, last: ProcId) -> io::Result<()> {
        self.prepare_table(&self.procs, last.0 as usize, STUBS, SLOTS, entry::no_code())
    }

    /// Makes the C entries of all procs up to and including `last` ready.
    ///
    /// # Errors
    /// As for [`Window::prepare_procs`].
    pub fn prepare_c_procs(&self, last: ProcId) -> io::Result<()> {
        self.prepare_table(
            &self.c_procs,
            last.0 as usize,
            C_STUBS,
            C_SLOTS,
            entry::no_c_code(),
        )
    }

    fn prepare_table(
        &self,
        ready: &AtomicUsize,
        last: usize,
        stubs: usize,
        slots: usize,
        to: usize,
    ) -> io::Result<()> {
        if last < ready.load(Ordering::Acquire) {
            return Ok(());
        }
        if last >= MAX_PROCS {
            return Err(io::Error::other(
                "the program has had too many versions of procs",
            ));
        }
        let _one = self
            .growing
            .lock()
            .unwrap_or_else(|poison| poison.into_inner());
        while ready.load(Ordering::Acquire) <= last {
            let first = ready.load(Ordering::Relaxed);
            let end = first + PROCS_STEP;
            self.reservation
                .commit(slots + first * 8..slots + end * 8)?;
            let pages = stubs + first * stubs::STUB_SIZE..stubs + end * stubs::STUB_SIZE;
            self.reservation.commit(pages.clone())?;
            for index in first..end {
                let stub = self.base() + stubs + index * stubs::STUB_SIZE;
                let slot = self.base() + slots + index * 8;
                // SAFETY: both were just committed, and nobody has their addresses before `ready` says so.
                unsafe {
                    (*(slot as *const AtomicUsize)).store(to, Ordering::Relaxed);
                    stubs::write_jump(stub, slot);
                }
            }
            self.reservation.make_executable(pages.clone())?;
            stubs::flush(self.base() + pages.start..self.base() + pages.end);
            ready.store(end, Ordering::Release);
        }
        Ok(())
    }

    /// The slot of a proc: a cell with the address of its current code. Repoint it with a release store; compiled code
    /// reads it with a plain load. A slot that was never set points at code that ends the entry with an error.
    ///
    /// # Panics
    /// Where [`Window::prepare_procs`] would fail; call that first to get an error instead.
    pub fn slot(&self, proc: ProcId) -> &AtomicUsize {
        self.prepare_procs(proc)
            .expect("room for the slot of a proc");
        // SAFETY: the cell is committed, aligned, only ever used as an atomic, and lives as long as the window.
        unsafe { &*((self.base() + SLOTS + proc.0 as usize * 8) as *const AtomicUsize) }
    }

    /// The stub of a proc: its address for ever, which escapes as proc value.
    ///
    /// # Panics
    /// As for [`Window::slot`].
    pub fn stub(&self, proc: ProcId) -> usize {
        self.prepare_procs(proc)
            .expect("room for the stub of a proc");
        self.base() + STUBS + proc.0 as usize * stubs::STUB_SIZE
    }

    /// The slot of a proc's C entry, which code that is called from C goes through. It is called with the C calling
    /// convention and without a context.
    ///
    /// # Panics
    /// As for [`Window::slot`].
    pub fn c_slot(&self, proc: ProcId) -> &AtomicUsize {
        self.prepare_c_procs(proc)
            .expect("room for the slot of a C entry");
        // SAFETY: as in `slot`.
        unsafe { &*((self.base() + C_SLOTS + proc.0 as usize * 8) as *const AtomicUsize) }
    }

    /// The stub of a proc's C entry: the address that C gets.
    ///
    /// # Panics
    /// As for [`Window::slot`].
    pub fn c_stub(&self, proc: ProcId) -> usize {
        self.prepare_c_procs(proc)
            .expect("room for the stub of a C entry");
        self.base() + C_STUBS + proc.0 as usize * stubs::STUB_SIZE
    }

    /// Addresses of all stubs of procs.
    pub fn stubs(&self) -> Range<usize> {
        self.part(STUBS..X_STUBS)
    }

    /// The proc whose stub, or C stub, is at this address: what a proc value means.
    pub fn proc_of_stub(&self, address: usize) -> Option<ProcId> {
        let offset = address.checked_sub(self.base())?;
        let (start, ready) = match offset {
            STUBS..C_STUBS => (STUBS, &self.procs),
            C_STUBS..X_STUBS => (C_STUBS, &self.c_procs),
            _ => return None,
        };
        let index = (offset - start) / stubs::STUB_SIZE;
        let exact = (offset - start).is_multiple_of(stubs::STUB_SIZE);
        (exact && index < ready.load(Ordering::Acquire)).then_some(ProcId(index as u32))
    }

    /// The cell of an extern (the address that its stubs jump to), and its two stubs: one that calls the cell as C's
    /// variable arguments want it, and one that raises because the function was not found.
    ///
    /// # Errors
    /// When memory is short or the program has had [`MAX_EXTERNS`] externs.
    pub(crate) fn extern_stubs(&self, id: ExternId) -> io::Result<ExternStubs<'_>> {
        let index = id.0 as usize;
        if index >= MAX_EXTERNS {
            return Err(io::Error::other(
                "the program has named too many C functions",
            ));
        }
        let _one = self
            .growing
            .lock()
            .unwrap_or_else(|poison| poison.into_inner());
        while self.externs.load(Ordering::Relaxed) <= index {
            self.grow_externs()?;
        }
        let stub = self.base() + X_STUBS + index * stubs::EXTERN_STUB_SIZE;
        Ok(ExternStubs {
            // SAFETY: the cell is committed, aligned, only ever used as an atomic, and lives as long as the window.
            cell: unsafe {
                &*((self.base() + CELLS + stubs::UNRESOLVED_SIZE + index * 8) as *const AtomicUsize)
            },
            unresolved: stub,
            varargs: stub + stubs::EXTERN_VARARGS,
        })
    }

    fn grow_externs(&self) -> io::Result<()> {
        let first = self.externs.load(Ordering::Relaxed);
        let end = first + EXTERNS_STEP;
        let cell = |index: usize| CELLS + stubs::UNRESOLVED_SIZE + index * 8;
        self.reservation.commit(CELLS..round_to_pages(cell(end)))?;
        let pages =
            X_STUBS + first * stubs::EXTERN_STUB_SIZE..X_STUBS + end * stubs::EXTERN_STUB_SIZE;
        self.reservation.commit(pages.clone())?;
        for index in first..end {
            let stub = self.base() + X_STUBS + index * stubs::EXTERN_STUB_SIZE;
            // SAFETY: the stubs' pages were just committed for writing, and nobody has their addresses yet.
            unsafe {
                stubs::write_extern(
                    stub,
                    index as u32,
                    self.base() + CELLS,
                    self.base() + cell(index),
                )
            };
        }
        self.reservation.make_executable(pages.clone())?;
        stubs::flush(self.base() + pages.start..self.base() + pages.end);
        self.externs.store(end, Ordering::Release);
        Ok(())
    }

    /// Where the routine for unresolved externs finds itself and the program.
    ///
    /// # Errors
    /// When memory is short.
    pub(super) fn set_unresolved(&self, cell: stubs::Unresolved) -> io::Result<()> {
        self.reservation
            .commit(CELLS..CELLS + round_to_pages(stubs::UNRESOLVED_SIZE))?;
        // SAFETY: committed, aligned, and written before any stub exists that reads it.
        unsafe { ((self.base() + CELLS) as *mut stubs::Unresolved).write(cell) };
        Ok(())
    }
}

/// See [`Window::extern_stubs`].
pub(crate) struct ExternStubs<'w> {
    pub(crate) cell: &'w AtomicUsize,
    pub(crate) unresolved: usize,
    pub(crate) varargs: usize,
}

impl Drop for Window {
    fn drop(&mut self) {
        registry::remove(self);
    }
}

/// The windows of this process, readable from a signal handler: entries are never freed, only used again.
pub(super) mod registry {
    use std::io;
    use std::ptr;
    use std::sync::atomic::{AtomicPtr, AtomicU64, AtomicUsize, Ordering};

    use super::Window;

    struct Entry {
        /// Start and end of what is executable; the end is 0 while the entry is free.
        start: AtomicUsize,
        end: AtomicUsize,
        id: AtomicU64,
        used: AtomicUsize,
        next: *const Entry,
    }

    static FIRST: AtomicPtr<Entry> = AtomicPtr::new(ptr::null_mut());

    fn entries() -> impl Iterator<Item = &'static Entry> {
        let mut next = FIRST.load(Ordering::Acquire).cast_const();
        std::iter::from_fn(move || {
            // SAFETY: entries are leaked boxes, linked before they are published and never changed in their link.
            let entry: &'static Entry = unsafe { next.as_ref() }?;
            next = entry.next;
            Some(entry)
        })
    }

    pub(super) fn add(window: &Window) -> io::Result<()> {
        let claim = |entry: &&Entry| {
            entry
                .used
                .compare_exchange(0, 1, Ordering::AcqRel, Ordering::Relaxed)
                .is_ok()
        };
        let entry = entries().find(claim).unwrap_or_else(push);
        let range = window.executable();
        entry.start.store(range.start, Ordering::Relaxed);
        entry.id.store(window.id(), Ordering::Relaxed);
        entry.end.store(range.end, Ordering::Release);
        Ok(())
    }

    fn push() -> &'static Entry {
        let entry = Box::leak(Box::new(Entry {
            start: AtomicUsize::new(0),
            end: AtomicUsize::new(0),
            id: AtomicU64::new(0),
            used: AtomicUsize::new(1),
            next: FIRST.load(Ordering::Acquire),
        }));
        while let Err(first) = FIRST.compare_exchange(
            entry.next.cast_mut(),
            entry,
            Ordering::AcqRel,
            Ordering::Acquire,
        ) {
            entry.next = first;
        }
        entry
    }

    pub(super) fn remove(window: &Window) {
        if let Some(entry) = entries().find(|entry| entry.id.load(Ordering::Acquire) == window.id())
        {
            entry.end.store(0, Ordering::Release);
            entry.id.store(0, Ordering::Release);
            entry.used.store(0, Ordering::Release);
        }
    }

    /// The id of the window in which this address is executable. Safe in a signal handler.
    pub(in crate::runtime) fn find(address: usize) -> Option<u64> {
        let inside = |entry: &&Entry| {
            let end = entry.end.load(Ordering::Acquire);
            address < end && address >= entry.start.load(Ordering::Relaxed)
        };
        entries()
            .find(inside)
            .map(|entry| entry.id.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trampolines_have_stable_addresses_and_know_their_proc() {
        let window = Window::new(0).expect("address space");
        let far = ProcId(10_000);
        let stub = window.stub(far);
        assert_eq!(window.proc_of_stub(stub), Some(far));
        assert_eq!(window.proc_of_stub(stub + 1), None);
        assert_eq!(
            window.proc_of_stub(window.c_stub(ProcId(3))),
            Some(ProcId(3))
        );
        assert_eq!(window.slot(far).load(Ordering::Relaxed), entry::no_code());
        assert!(window.prepare_procs(ProcId(MAX_PROCS as u32)).is_err());
        assert_eq!(registry::find(stub), Some(window.id()));
        drop(window);
        assert_ne!(registry::find(stub), Some(far.0 as u64));
    }

    #[test]
    fn a_stub_jumps_to_where_its_slot_points() {
        extern "C" fn seven() -> i32 {
            7
        }
        extern "C" fn eight() -> i32 {
            8
        }
        let window = Window::new(0).expect("address space");
        // SAFETY: the stub of a proc whose slot holds a function of this type has this type.
        let call: extern "C" fn() -> i32 = unsafe { std::mem::transmute(window.stub(ProcId(5))) };
        window
            .slot(ProcId(5))
            .store(seven as *const () as usize, Ordering::Release);
        assert_eq!(call(), 7);
        window
            .slot(ProcId(5))
            .store(eight as *const () as usize, Ordering::Release);
        assert_eq!(call(), 8);
    }
}
