//! The protocol of threads and reloads (`src/runtime/gate.rs`) in a model of memory: loom runs each small program below in every
//! interleaving that needs at most a few preemptions, with every value that a weakly ordered load may give. What is compiled here is
//! the file that the runtime uses, with loom's types in place of the system's.
//!
//! `LOOM_MAX_PREEMPTIONS` makes the search deeper.

use std::sync::Arc;

use loom::cell::UnsafeCell;
use loom::sync::atomic::AtomicUsize;
use loom::thread;

#[path = "../src/runtime/gate.rs"]
#[expect(dead_code)]
mod gate;

mod sync {
    pub use loom::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
    pub use loom::sync::{Condvar, Mutex, MutexGuard};

    /// What `membarrier` does to the other cores is that their light half is a whole fence.
    pub fn light() {
        loom::sync::atomic::fence(Ordering::SeqCst);
    }

    pub fn heavy() {
        loom::sync::atomic::fence(Ordering::SeqCst);
    }
}

use gate::{Gate, Presence, Visitor};
use sync::Ordering;

/// A thread, with a name.
#[derive(Clone)]
struct Thread(Arc<Presence>, &'static str);

impl Visitor for Thread {
    fn presence(&self) -> &Presence {
        &self.0
    }
}

/// A program of two procs. Loom fails when one is read while it is replaced, or when what a read sees is not ordered after what was
/// written.
struct Program {
    gate: Gate<Thread>,
    procs: [UnsafeCell<usize>; 2],
    reloads: AtomicUsize,
}

// SAFETY: the cells are under the protocol that is tested, and loom looks whether it holds.
#[allow(unsafe_code)]
unsafe impl Sync for Program {}
// SAFETY: numbers.
#[allow(unsafe_code)]
unsafe impl Send for Program {}

/// What a reload finds that had to give up.
type Busy = Vec<&'static str>;

impl Program {
    fn new() -> Arc<Program> {
        Arc::new(Program {
            gate: Gate::new(),
            procs: [UnsafeCell::new(0), UnsafeCell::new(0)],
            reloads: AtomicUsize::new(0),
        })
    }

    /// A thread's first entry makes it known.
    fn meet(&self, name: &'static str) -> Thread {
        let thread = Thread(Arc::new(Presence::new()), name);
        self.gate.visitors().push(thread.clone());
        thread
    }

    /// A thread ends.
    fn forget(&self, thread: Thread) {
        let mut visitors = self.gate.visitors();
        visitors.retain(|other| !Arc::ptr_eq(&other.0, &thread.0));
    }

    #[allow(unsafe_code)]
    fn proc(&self, index: usize) -> usize {
        // SAFETY: loom looks whether anybody writes.
        self.procs[index].with(|version| unsafe { *version })
    }

    /// The version that one place of an entry sees, of the whole program.
    fn look(&self) -> usize {
        let versions = [self.proc(0), self.proc(1)];
        assert_eq!(versions[0], versions[1], "two versions in one call");
        versions[0]
    }

    /// An outermost call with a nested one.
    fn call(&self, thread: &Thread) -> usize {
        self.gate.pin(&thread.0);
        let outer = self.proc(0);
        self.gate.pin(&thread.0);
        let inner = self.proc(1);
        self.gate.unpin(&thread.0);
        assert_eq!(outer, inner, "two versions in one call");
        self.gate.unpin(&thread.0);
        outer
    }

    /// Replaces both procs, if the others leave before patience, as a number of looks, ends.
    #[allow(unsafe_code)]
    fn reload(&self, thread: &Thread, patience: u32) -> Result<usize, Busy> {
        let patient = |asked| {
            thread::yield_now();
            asked < patience
        };
        let stopped = self.gate.stop_others(&thread.0, |busy| busy.1, patient)?;
        let new = self.proc(0) + 1;
        for proc in &self.procs {
            // SAFETY: loom looks whether anybody reads or writes.
            proc.with_mut(|version| unsafe { *version = new });
        }
        self.reloads.fetch_add(1, Ordering::Relaxed);
        drop(stopped);
        Ok(new)
    }

    fn reloads(&self) -> usize {
        self.reloads.load(Ordering::Relaxed)
    }
}

/// Searches; says how many runs that were.
fn model(name: &str, preemptions: usize, run: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound.get_or_insert(preemptions);
    let runs = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let (counted, begun) = (runs.clone(), std::time::Instant::now());
    builder.check(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        run();
    });
    let runs = runs.load(Ordering::Relaxed);
    println!("{name}: {runs} runs, {:?}", begun.elapsed());
    assert!(runs > 10, "the threads meet in many ways");
}

#[test]
fn a_call_sees_one_version_and_never_an_older_one_after() {
    model("two callers", 2, || {
        let program = Program::new();
        let caller = |name, calls: usize| {
            let program = program.clone();
            thread::spawn(move || {
                let me = program.meet(name);
                let mut last = 0;
                for _ in 0..calls {
                    let seen = program.call(&me);
                    assert!(seen >= last, "an older version after a newer one");
                    last = seen;
                }
                program.forget(me);
            })
        };
        let callers = [caller("a", 2), caller("b", 1)];
        let me = program.meet("reloader");
        let done = program.reload(&me, 2);
        let done = usize::from(done.is_ok());
        for caller in callers {
            caller.join().expect("no panic");
        }
        assert_eq!(program.call(&me), done);
        assert_eq!(program.reload(&me, 0), Ok(done + 1), "nobody is inside");
    });
}

#[test]
fn three_callers_are_let_in_whatever_comes_of_the_reload() {
    model("three callers", 1, || {
        let program = Program::new();
        let caller = |name| {
            let program = program.clone();
            thread::spawn(move || program.call(&program.meet(name)))
        };
        let callers = ["a", "b", "c"].map(caller);
        let me = program.meet("reloader");
        let done = usize::from(program.reload(&me, 1).is_ok());
        for caller in callers {
            assert!(caller.join().expect("no panic") <= done);
        }
        assert_eq!(program.call(&me), done);
    });
}

#[test]
fn a_thread_that_stays_inside_makes_the_reload_fail_and_changes_nothing() {
    model("one never returns", 3, || {
        let program = Program::new();
        let me = program.meet("never returns");
        program.gate.pin(&me.0);
        let before = program.look();
        let reloader = {
            let program = program.clone();
            thread::spawn(move || {
                let me = program.meet("reloader");
                let busy = program.reload(&me, 1).expect_err("one is inside");
                assert!(busy.contains(&"never returns"));
                me
            })
        };
        let caller = {
            let program = program.clone();
            thread::spawn(move || program.call(&program.meet("caller")))
        };
        assert_eq!(caller.join().expect("no panic"), 0, "it is let in again");
        let other = reloader.join().expect("no panic");
        assert_eq!((program.look(), program.reloads()), (before, 0));
        program.gate.unpin(&me.0);
        assert_eq!(program.reload(&other, 0), Ok(1), "a later try");
    });
}

#[test]
fn a_parked_thread_counts_as_outside_and_goes_on_in_the_new_version() {
    model("one parks", 3, || {
        let program = Program::new();
        let reloader = program.clone();
        let me = program.meet("parks");
        program.gate.pin(&me.0);
        program.look();
        let park = program.gate.park(&me.0);
        let other = thread::spawn(move || {
            let me = reloader.meet("reloader");
            reloader.reload(&me, 3).is_ok()
        });
        drop(park);
        let seen = program.look();
        program.gate.unpin(&me.0);
        let done = usize::from(other.join().expect("no panic"));
        assert!(seen <= done);
        assert_eq!(program.call(&me), done);
    });
    model("one stays parked", 3, || {
        let program = Program::new();
        let reloader = program.clone();
        let me = program.meet("parks");
        program.gate.pin(&me.0);
        let park = program.gate.park(&me.0);
        let caller = program.clone();
        let caller = thread::spawn(move || caller.call(&caller.meet("caller")));
        let other = thread::spawn(move || {
            let me = reloader.meet("reloader");
            reloader.reload(&me, 3)
        });
        let done = other.join().expect("no panic");
        if let Err(busy) = &done {
            assert_eq!(busy, &["caller"], "who is parked is waited for by nobody");
        }
        drop(park);
        assert_eq!(program.look(), usize::from(done.is_ok()));
        program.gate.unpin(&me.0);
        caller.join().expect("no panic");
    });
}

/// Loom ends a run with an error when it goes on for ever.
const FOR_EVER: u32 = u32::MAX;

#[test]
fn two_that_are_inside_reload_one_after_the_other() {
    model("two reload", 2, || {
        let program = Program::new();
        let threads = ["other", "first"].map(|name| program.meet(name));
        for thread in &threads {
            program.gate.pin(&thread.0);
        }
        let [other, first] = threads.map(|me| {
            let program = program.clone();
            move || {
                let before = program.look();
                let done = program.reload(&me, FOR_EVER).expect("both park or leave");
                assert!(done > before && program.look() >= done);
                program.gate.unpin(&me.0);
            }
        });
        let other = thread::spawn(other);
        first();
        other.join().expect("no panic");
        assert_eq!(program.reloads(), 2);
        let me = program.meet("last");
        assert_eq!(program.call(&me), 2);
    });
}

#[test]
fn a_reload_waits_for_nobody_who_waits_for_it_and_the_next_one_is_waited_for_too() {
    model("two reloads", 3, || {
        let program = Program::new();
        let caller = program.clone();
        let caller = thread::spawn(move || caller.call(&caller.meet("caller")));
        let me = program.meet("reloader");
        assert_eq!(program.reload(&me, FOR_EVER), Ok(1));
        assert_eq!(program.reload(&me, FOR_EVER), Ok(2));
        caller.join().expect("no panic");
    });
}

#[test]
fn who_has_stopped_the_others_may_call_and_stop_them_again() {
    model("stops twice", 3, || {
        let program = Program::new();
        let caller = program.clone();
        let caller = thread::spawn(move || caller.call(&caller.meet("caller")));
        let me = program.meet("reloader");
        program.gate.pin(&me.0);
        let patient = |asked| {
            thread::yield_now();
            asked < 3
        };
        let stopped = program.gate.stop_others(&me.0, |_| (), patient);
        if let Ok(stopped) = stopped {
            assert_eq!(program.reload(&me, 0), Ok(1), "it holds them already");
            assert_eq!(program.call(&me), 1);
            assert_eq!(program.reload(&me, 0), Ok(2), "and still does");
            drop(stopped);
        }
        program.gate.unpin(&me.0);
        let seen = caller.join().expect("no panic");
        assert!(seen == 0 || seen == 2, "half of a change: {seen}");
    });
}
