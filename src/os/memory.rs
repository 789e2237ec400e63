//! Address space: reserved at once, committed page by page, never writable and executable at the same time.

#![allow(unsafe_code)] // gives memory to the runtime and takes it away

use std::io;
use std::ops::Range;

use region::Protection;

/// A reserved range of addresses. Dropping it unmaps it.
///
/// All ranges that its methods take are in bytes from the base and must lie on page boundaries.
#[derive(Debug)]
pub struct Reservation {
    base: usize,
    size: usize,
}

/// Bytes of a page.
pub fn page_size() -> usize {
    region::page::size()
}

/// `size` rounded up to whole pages.
pub fn round_to_pages(size: usize) -> usize {
    size.next_multiple_of(page_size())
}

fn error(error: region::Error) -> io::Error {
    error.into_io_error()
}

impl Reservation {
    /// Reserves `size` bytes (rounded up to pages) of address space that nothing can access yet.
    pub fn new(size: usize) -> io::Result<Reservation> {
        let allocation = region::alloc(size, Protection::NONE).map_err(error)?;
        let (base, size) = allocation.into_raw_parts::<u8>();
        Ok(Reservation {
            base: base as usize,
            size,
        })
    }

    /// The first address.
    pub fn base(&self) -> usize {
        self.base
    }

    /// Bytes reserved.
    pub fn size(&self) -> usize {
        self.size
    }

    fn protect(&self, range: Range<usize>, protection: Protection) -> io::Result<()> {
        assert!(
            range.start <= range.end && range.end <= self.size,
            "a range of the reservation"
        );
        if range.is_empty() {
            return Ok(());
        }
        let start = (self.base + range.start) as *const u8;
        // SAFETY: the range is inside address space that this reservation owns; what becomes inaccessible or read-only
        // is the caller's to give up, which the methods below say.
        unsafe { region::protect(start, range.len(), protection) }.map_err(error)
    }

    /// Makes a range readable and writable. Pages that were never committed, or were decommitted, are zero.
    pub fn commit(&self, range: Range<usize>) -> io::Result<()> {
        self.protect(range, Protection::READ_WRITE)
    }

    /// Makes a committed range readable and executable and no longer writable.
    pub fn make_executable(&self, range: Range<usize>) -> io::Result<()> {
        self.protect(range, Protection::READ_EXECUTE)
    }

    /// Makes a range inaccessible and gives its memory back. The caller no longer uses what was in it.
    pub fn decommit(&self, range: Range<usize>) -> io::Result<()> {
        self.discard(range.clone())?;
        self.protect(range, Protection::NONE)
    }

    /// Gives the memory of a committed range back; it stays accessible. On Linux it reads as zero afterwards; elsewhere its
    /// content is unspecified.
    pub fn discard(&self, range: Range<usize>) -> io::Result<()> {
        assert!(
            range.start <= range.end && range.end <= self.size,
            "a range of the reservation"
        );
        if range.is_empty() {
            return Ok(());
        }
        #[cfg(target_os = "macos")]
        const ADVICE: libc::c_int = libc::MADV_FREE;
        #[cfg(not(target_os = "macos"))]
        const ADVICE: libc::c_int = libc::MADV_DONTNEED;
        let start = (self.base + range.start) as *mut libc::c_void;
        // SAFETY: the range is inside address space that this reservation owns, and the caller gave up its content.
        match unsafe { libc::madvise(start, range.len(), ADVICE) } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        // SAFETY: `base` and `size` are what the reservation was made of, and who drops it keeps no pointer into it.
        unsafe { libc::munmap(self.base as *mut libc::c_void, self.size) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_committed_protected_and_given_back() {
        let page = page_size();
        let reservation = Reservation::new(16 * page).expect("address space");
        reservation.commit(page..3 * page).expect("commit");
        let p = (reservation.base() + page) as *mut u8;
        // SAFETY: the two pages were just committed.
        unsafe {
            assert_eq!(*p, 0);
            p.write_bytes(0x5a, 2 * page);
        }
        reservation
            .make_executable(page..2 * page)
            .expect("protect");
        // SAFETY: the page is readable.
        unsafe { assert_eq!(*p.add(page - 1), 0x5a) };
        reservation.decommit(page..3 * page).expect("decommit");
        reservation
            .commit(2 * page..3 * page)
            .expect("commit again");
        if cfg!(target_os = "linux") {
            // SAFETY: committed again.
            unsafe { assert_eq!(*p.add(page), 0) };
        }
    }

    #[test]
    fn an_impossible_size_is_an_error() {
        assert!(Reservation::new(1 << 60).is_err());
    }
}
