//! The guest heap.

#![allow(unsafe_code)] // the guest's memory

use std::io;
use std::sync::Arc;

use super::window::Window;

/// The guest heap of one program.
pub struct Heap {
    _window: Arc<Window>,
}

impl Heap {
    /// An empty heap in the window.
    pub(super) fn new(window: &Arc<Window>) -> io::Result<Heap> {
        Ok(Heap {
            _window: window.clone(),
        })
    }

    /// Zeroed memory, aligned to 16; 0 when memory is short.
    pub fn allocate(&self, size: usize) -> usize {
        // SAFETY: for now from C.
        unsafe { libc::calloc(size.max(1), 1) as usize }
    }

    /// Moves a block, and clears what is new; 0 (and the block still valid) when memory is short.
    ///
    /// # Safety
    /// `p` is 0 or a block of this heap of which `old` bytes are used.
    pub unsafe fn reallocate(&self, p: usize, old: usize, new: usize) -> usize {
        // SAFETY: by the contract.
        unsafe {
            let q = libc::realloc(p as *mut libc::c_void, new.max(1)) as usize;
            if q != 0 && new > old {
                ((q + old) as *mut u8).write_bytes(0, new - old);
            }
            q
        }
    }

    /// Frees; 0 is allowed.
    ///
    /// # Safety
    /// `p` is 0 or a block of this heap, and nothing uses it any more.
    pub unsafe fn free(&self, p: usize) {
        // SAFETY: by the contract.
        unsafe { libc::free(p as *mut libc::c_void) };
    }

    /// Blocks in use.
    pub fn live_blocks(&self) -> usize {
        0
    }
}
