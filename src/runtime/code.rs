//! Code memory: ranges of pages for generations, written while they are data and published as code.
//!
//! Free ranges are kept by address with neighbours joined, and the lowest that fits is taken, so that thousands of
//! reloads use the same addresses again.

#![allow(unsafe_code)] // writes code and changes what may run

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::fail;
use crate::os::barrier;
use crate::os::memory::round_to_pages;

use super::stubs;
use super::window::Window;

/// Hands out the code area of a window.
pub struct CodeArea {
    window: Arc<Window>,
    /// Free ranges as start → end, as offsets from the window's base.
    free: Mutex<BTreeMap<usize, usize>>,
    used: AtomicUsize,
}

/// Pages of the code area. Writable until [`CodeRange::publish`], executable after; given back when dropped.
///
/// Who drops it makes sure that nothing can run it any more: no frame, slot, closure or table points into it.
pub struct CodeRange {
    area: Arc<CodeArea>,
    range: Range<usize>,
    published: bool,
}

impl CodeArea {
    /// Takes charge of the window's code area.
    pub(super) fn new(window: Arc<Window>) -> CodeArea {
        let code = window.code();
        let free = BTreeMap::from([(code.start - window.base(), code.end - window.base())]);
        CodeArea {
            window,
            free: Mutex::new(free),
            used: AtomicUsize::new(0),
        }
    }

    /// A writable, zeroed range of at least `size` bytes, on page boundaries.
    ///
    /// # Errors
    /// When the area or memory is used up.
    pub fn allocate(self: &Arc<CodeArea>, size: usize) -> io::Result<CodeRange> {
        fail::point("code")?;
        let size = round_to_pages(size.max(1));
        let range = self
            .take(size)
            .ok_or_else(|| io::Error::other("the code area of the program is full"))?;
        let code = CodeRange {
            area: self.clone(),
            range,
            published: false,
        };
        self.window.reservation().commit(code.range.clone())?;
        Ok(code)
    }

    fn take(&self, size: usize) -> Option<Range<usize>> {
        let mut free = self
            .free
            .lock()
            .unwrap_or_else(|poison| poison.into_inner());
        let (start, end) = free
            .iter()
            .map(|(&s, &e)| (s, e))
            .find(|(start, end)| end - start >= size)?;
        free.remove(&start);
        if end - start > size {
            free.insert(start + size, end);
        }
        self.used.fetch_add(size, Ordering::Relaxed);
        Some(start..start + size)
    }

    fn give_back(&self, range: Range<usize>) {
        self.used.fetch_sub(range.len(), Ordering::Relaxed);
        let mut free = self
            .free
            .lock()
            .unwrap_or_else(|poison| poison.into_inner());
        let (mut start, mut end) = (range.start, range.end);
        if let Some((&before, _)) = free
            .range(..start)
            .next_back()
            .filter(|&(_, &e)| e == start)
        {
            free.remove(&before);
            start = before;
        }
        if let Some(after) = free.remove(&end) {
            end = after;
        }
        free.insert(start, end);
    }

    /// Bytes in use, in whole pages.
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    /// The window whose code area this is.
    pub fn window(&self) -> &Arc<Window> {
        &self.window
    }
}

impl CodeRange {
    /// The first address.
    pub fn base(&self) -> usize {
        self.area.window.base() + self.range.start
    }

    /// Bytes, in whole pages.
    pub fn size(&self) -> usize {
        self.range.len()
    }

    /// Its addresses.
    pub fn addresses(&self) -> Range<usize> {
        self.base()..self.base() + self.size()
    }

    /// The bytes, to be written.
    ///
    /// # Panics
    /// When the range is published already.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        assert!(!self.published, "published code is never written");
        // SAFETY: the pages are committed, writable, zeroed, and this range alone owns them.
        unsafe { std::slice::from_raw_parts_mut(self.base() as *mut u8, self.size()) }
    }

    /// Makes the whole range executable and no longer writable. This is the one place where memory becomes code. In order:
    ///
    /// 1. the caches that instructions are fetched through forget what they knew of the addresses (AArch64; x86-64 needs none),
    /// 2. the pages go from read-write to read-execute,
    /// 3. every core that runs this process fetches anew (`membarrier`), since the addresses may have held other code.
    ///
    /// After it returns, the address of the code may be stored to slots. Nothing else may have had it before.
    ///
    /// # Errors
    /// When the system refuses the protection; then nothing has become executable.
    pub fn publish(&mut self) -> io::Result<()> {
        if self.published {
            return Ok(());
        }
        fail::point("publish")?;
        stubs::flush(self.addresses());
        self.area
            .window
            .reservation()
            .make_executable(self.range.clone())?;
        barrier::sync_core();
        self.published = true;
        Ok(())
    }

    /// Has it been published?
    pub fn is_published(&self) -> bool {
        self.published
    }
}

impl Drop for CodeRange {
    fn drop(&mut self) {
        // When it fails the pages keep their memory and protection until the range is taken again, which commits it.
        let _ = self.area.window.reservation().decommit(self.range.clone());
        self.area.give_back(self.range.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_joined_and_used_again() {
        let area = Arc::new(CodeArea::new(Arc::new(
            Window::new(0).expect("address space"),
        )));
        let first = area.allocate(1).expect("code").base();
        let mut held = Vec::new();
        for round in 0..2000 {
            held.push(area.allocate(1 + round % 30_000).expect("code"));
            if held.len() > 7 {
                held.remove(round % 8);
            }
        }
        drop(held);
        assert_eq!(area.used(), 0);
        assert_eq!(area.free.lock().expect("no panic").len(), 1);
        assert_eq!(area.allocate(1 << 20).expect("code").base(), first);
        assert!(area.allocate(super::super::window::CODE_SIZE + 1).is_err());
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn published_code_runs() {
        let area = Arc::new(CodeArea::new(Arc::new(
            Window::new(0).expect("address space"),
        )));
        for answer in [42u8, 43] {
            let mut code = area.allocate(6).expect("code");
            code.bytes_mut()[..6].copy_from_slice(&[0xb8, answer, 0, 0, 0, 0xc3]); // mov eax, answer; ret
            code.publish().expect("publish");
            // SAFETY: the bytes above are a function of this type.
            let call: extern "C" fn() -> i32 = unsafe { std::mem::transmute(code.base()) };
            assert_eq!(call(), i32::from(answer));
        }
    }
}
