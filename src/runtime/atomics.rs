//! Integers that several threads change: see [`RtFn::Atomic`](crate::mir::RtFn).
//!
//! All operations are sequentially consistent, whatever order the program asks for: more than it may rely on. A thread may spin here, so
//! it notes where it left guest code.

#![allow(unsafe_code)] // works on the guest's memory by address

use std::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering::SeqCst};

use super::context::Context;

/// One width.
macro_rules! on {
    ($atomic:ty, $int:ty, $what:expr, $p:expr, $value:expr, $expected:expr) => {{
        // SAFETY: guest code passes the address of such an integer, aligned to its size.
        let at = unsafe { &*($p as *const $atomic) };
        let value = $value as $int;
        let old = match $what {
            0 => at.load(SeqCst),
            1 => {
                at.store(value, SeqCst);
                value
            }
            3 => at.fetch_add(value, SeqCst),
            4 => at.fetch_sub(value, SeqCst),
            5 => at.fetch_and(value, SeqCst),
            6 => at.fetch_or(value, SeqCst),
            7 => at.fetch_xor(value, SeqCst),
            8 => {
                let expected = $expected as $int;
                let outcome = at.compare_exchange(expected, value, SeqCst, SeqCst);
                outcome.unwrap_or_else(|old| old)
            }
            _ => at.swap(value, SeqCst),
        };
        old as i64
    }};
}

/// # Safety
/// Called from guest code, as `RtFn::Atomic` says.
pub(super) unsafe extern "C" fn atomic(
    _ctx: *mut Context,
    what: i32,
    p: usize,
    size: i32,
    value: i64,
    expected: i64,
) -> i64 {
    match size {
        1 => on!(AtomicU8, u8, what, p, value, expected),
        2 => on!(AtomicU16, u16, what, p, value, expected),
        4 => on!(AtomicU32, u32, what, p, value, expected),
        _ => on!(AtomicU64, u64, what, p, value, expected),
    }
}
