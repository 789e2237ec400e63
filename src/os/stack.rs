//! The bounds of the current thread's stack.

#![allow(unsafe_code)] // asks the threads library

use std::ops::Range;

/// The addresses of the current thread's stack, lowest first. Stacks grow down. On Linux the main thread's lower end is
/// where its limit (`ulimit -s`) ends it. `None` when the system does not tell.
#[cfg(target_os = "linux")]
pub fn bounds() -> Option<Range<usize>> {
    // SAFETY: `attr` is initialised by `pthread_getattr_np` before anything reads it, and destroyed once.
    unsafe {
        let mut attr = std::mem::MaybeUninit::<libc::pthread_attr_t>::zeroed();
        if libc::pthread_getattr_np(libc::pthread_self(), attr.as_mut_ptr()) != 0 {
            return None;
        }
        let (mut low, mut size, mut guard) = (std::ptr::null_mut(), 0, 0);
        let found = libc::pthread_attr_getstack(attr.as_ptr(), &mut low, &mut size) == 0;
        let _ = libc::pthread_attr_getguardsize(attr.as_ptr(), &mut guard);
        libc::pthread_attr_destroy(attr.as_mut_ptr());
        // Old versions of glibc count the guard pages in.
        found.then(|| low as usize + guard..low as usize + size)
    }
}

/// The addresses of the current thread's stack, lowest first.
#[cfg(target_os = "macos")]
pub fn bounds() -> Option<Range<usize>> {
    // SAFETY: both calls only read facts of the current thread.
    let (top, size) = unsafe {
        let thread = libc::pthread_self();
        (
            libc::pthread_get_stackaddr_np(thread) as usize,
            libc::pthread_get_stacksize_np(thread),
        )
    };
    Some(top - size..top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_lies_within_the_bounds() {
        let check = || {
            let local = 0u8;
            let bounds = bounds().expect("the bounds are known");
            assert!(bounds.contains(&(&raw const local as usize)));
            bounds.len()
        };
        check();
        let thread = std::thread::Builder::new()
            .stack_size(1 << 20)
            .spawn(check)
            .expect("a thread");
        let size = thread.join().expect("no panic");
        assert!(((1 << 19)..(1 << 22)).contains(&size), "{size}");
    }
}
