//! The guest's strings, as the runtime reads and appends to them.

#![allow(unsafe_code)] // the guest's memory

use crate::mir::LITERAL;

use super::heap::Heap;

/// `{ len: i64, p: ptr } ─▶ { cap: i64, bytes…, 0 }`
#[derive(Default)]
#[repr(C)]
pub struct GuestString {
    len: i64,
    payload: usize,
}

const HEADER: usize = 8;

impl GuestString {
    /// The bytes.
    ///
    /// # Safety
    /// It is a string of the guest that nothing changes meanwhile.
    pub unsafe fn bytes(&self) -> &[u8] {
        if self.len <= 0 || self.payload == 0 {
            return &[];
        }
        // SAFETY: a string's payload holds `len` bytes after its capacity.
        unsafe {
            std::slice::from_raw_parts((self.payload + HEADER) as *const u8, self.len as usize)
        }
    }

    /// Gives the payload back; the string is empty then.
    ///
    /// # Safety
    /// As for [`append`](GuestString::append).
    pub unsafe fn free(&mut self, heap: &Heap) {
        let GuestString { payload, .. } = std::mem::take(self);
        // SAFETY: by the contract the payload is none, constant, or a block of the heap with its capacity in front.
        unsafe {
            if payload != 0 && *(payload as *const i64) & LITERAL == 0 {
                heap.free(payload);
            }
        }
    }

    /// Appends. False when memory is short; then nothing has changed.
    ///
    /// # Safety
    /// It is a string of the guest with this heap, and nothing else uses it meanwhile.
    pub unsafe fn append(&mut self, heap: &Heap, text: &[u8]) -> bool {
        let len = self.len.max(0) as usize;
        let need = len + text.len();
        // SAFETY: by the contract the payload is none, constant, or a block of the heap with its capacity in front.
        unsafe {
            let capacity = if self.payload == 0 {
                0
            } else {
                *(self.payload as *const i64)
            };
            let owned = self.payload != 0 && capacity & LITERAL == 0;
            if !owned || (capacity as usize) < need {
                let room = need.max(len * 2);
                let size = HEADER + room + 1;
                let payload = if owned {
                    heap.reallocate(self.payload, HEADER + capacity as usize + 1, size)
                } else {
                    heap.allocate(size)
                };
                if payload == 0 {
                    return false;
                }
                if !owned {
                    let old = self.bytes();
                    ((payload + HEADER) as *mut u8)
                        .copy_from_nonoverlapping(old.as_ptr(), old.len());
                }
                *(payload as *mut i64) = room as i64;
                self.payload = payload;
            }
            let end = (self.payload + HEADER + len) as *mut u8;
            end.copy_from_nonoverlapping(text.as_ptr(), text.len());
            end.add(text.len()).write(0);
        }
        self.len = need as i64;
        true
    }
}
