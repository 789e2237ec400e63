//! Room for the compiler to recurse: deep nesting of source text is deep recursion of it.
//!
//! In: work of the front end. Out: its result, or what it panicked with, for what is compiled is not what runs. The work is
//! done on a thread with a large stack, while the caller waits. The thread stays from one edit to the next: to start another
//! each time, with a cold stack and heap, costs as much as a small edit does.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::OnceLock;

use rayon_core::{ThreadPool, ThreadPoolBuilder};

/// What the stack may take; memory is used only as far as something recurses.
const STACK: usize = 256 << 20;

/// The thread, from the first work on.
#[derive(Default)]
pub(super) struct Room(OnceLock<ThreadPool>);

impl Room {
    /// Does `work` there.
    pub(super) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, String> {
        let thread = self.thread()?;
        let there = || {
            if rayon_core::current_thread_index().is_none() {
                return thread.install(work);
            }
            // While it waits, a thread of a pool of the host's would do other jobs of that pool, in the middle of a reload.
            let wait = || thread.install(work);
            let done = std::thread::scope(|scope| scope.spawn(wait).join());
            done.unwrap_or_else(|panic| resume_unwind(panic))
        };
        // What the work leaves half done is its caller's to throw away.
        catch_unwind(AssertUnwindSafe(there)).map_err(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            text.unwrap_or("the compiler panicked").to_owned()
        })
    }

    fn thread(&self) -> Result<&ThreadPool, String> {
        if let Some(thread) = self.0.get() {
            return Ok(thread);
        }
        let thread = ThreadPoolBuilder::new()
            .num_threads(1)
            .thread_name(|_| "midair compile".into())
            .stack_size(STACK)
            .build()
            .map_err(|error| format!("no thread to compile in: {error}"))?;
        Ok(self.0.get_or_init(|| thread))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_and_the_thread_goes_on() {
        let room = Room::default();
        let me = || std::thread::current().id();
        let first = room.run(me).expect("no panic");
        assert_ne!(first, me());
        let told = room.run(|| -> () { panic!("a mistake of {}", "ours") });
        assert_eq!(told.err().as_deref(), Some("a mistake of ours"));
        assert_eq!(room.run(me).ok(), Some(first));
    }

    #[test]
    fn a_thread_of_a_pool_does_nothing_else_meanwhile() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let pool = ThreadPoolBuilder::new().num_threads(1).build();
        let other_job = AtomicBool::new(false);
        pool.expect("a pool").scope(|scope| {
            scope.spawn(|_| other_job.store(true, Ordering::Relaxed));
            let wait = || std::thread::sleep(std::time::Duration::from_millis(50));
            Room::default().run(wait).expect("no panic");
            assert!(!other_job.load(Ordering::Relaxed));
        });
        assert!(other_job.load(Ordering::Relaxed));
    }

    #[test]
    fn there_is_room_for_deep_recursion() {
        fn depth(left: u32) -> u32 {
            let local = std::hint::black_box([left; 256]);
            if left == 0 {
                0
            } else {
                1 + depth(local[7] - 1)
            }
        }
        // 100,000 frames of a kilobyte.
        assert_eq!(Room::default().run(|| depth(100_000)), Ok(100_000));
    }
}
