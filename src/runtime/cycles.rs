//! Collecting cycles, as Nim's `--mm:orc` does: counts free what they can; what only a cycle keeps alive is found by
//! [`crate::mir::cycles`] among the objects that gave up a reference and lived on.
//!
//! Candidates are noted by compiled code ([`candidate`]). Cycles are looked for before an object is made, when there are
//! many candidates, and when the program asks: places where no value is half assigned. Not while an object is being
//! destroyed. Each thread looks for its own.

#![allow(unsafe_code)] // reads and destroys objects of the guest

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::mir::cycles::{Candidates, Objects, RC_CANDIDATE, Tracer};
use crate::mir::{DescId, RC_ONE, REF_HEADER};

use super::context::{Context, outcome};
use super::tables::RtDesc;
use super::{Runtime, drops, entry, rtfn};

/// What one program knows of possible cycles.
#[derive(Default)]
pub(super) struct Collector {
    /// By thread, as the address of its context.
    candidates: Mutex<Vec<(usize, Candidates)>>,
    tracer: Mutex<Tracer>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Collector {
    fn with<T>(&self, ctx: usize, run: impl FnOnce(&mut Candidates) -> T) -> T {
        let mut all = lock(&self.candidates);
        let at = match all.iter().position(|(owner, _)| *owner == ctx) {
            Some(at) => at,
            None => {
                all.push((ctx, Candidates::default()));
                all.len() - 1
            }
        };
        run(&mut all[at].1)
    }

    /// The thread of this context ends.
    fn forget(&self, ctx: usize) {
        lock(&self.candidates).retain(|(owner, _)| *owner != ctx);
    }

    /// The object is about to be freed, by whichever thread and whatever its count says.
    fn remove(&self, object: usize) {
        for (_, candidates) in lock(&self.candidates).iter_mut() {
            candidates.remove(object as u64);
        }
    }
}

/// The count before an object.
fn count_of(object: u64) -> *mut i64 {
    (object as usize - REF_HEADER as usize) as *mut i64
}

/// Objects of the guest's heap.
struct Live;

impl Objects for Live {
    fn load(&self, address: u64, size: u32) -> u64 {
        // SAFETY: the tracer asks for parts of live objects and of the payloads of their sequences, as their descriptors
        // describe them.
        unsafe {
            match size {
                1 => u64::from((address as *const u8).read()),
                2 => u64::from((address as *const u16).read_unaligned()),
                4 => u64::from((address as *const u32).read_unaligned()),
                _ => (address as *const u64).read_unaligned(),
            }
        }
    }

    fn desc_of(&self, object: u64) -> Option<DescId> {
        // SAFETY: before every object stand its count and its descriptor, which stays as long as an object has it.
        unsafe { (*((object as usize - 8) as *const *const RtDesc)).as_ref() }.map(|desc| desc.id)
    }

    fn references(&self, object: u64) -> u64 {
        // SAFETY: as above.
        unsafe { *count_of(object) as u64 / RC_ONE as u64 + 1 }
    }
}

impl Runtime {
    /// Frees an object that nothing refers to and that holds nothing any more, without running its destructor.
    ///
    /// # Safety
    /// `object` is such an object of the heap of this program.
    pub unsafe fn free_object(&self, object: usize) {
        // SAFETY: by the contract; an object is a block of the heap behind its header.
        unsafe {
            if *count_of(object as u64) & RC_CANDIDATE != 0 {
                self.collector.remove(object);
            }
            self.heap.free(object - REF_HEADER as usize);
        }
    }
}

fn runtime<'r>(ctx: *mut Context) -> &'r Runtime {
    // SAFETY: a context points at its program, which lives while a thread is in it.
    unsafe { &*(*ctx).runtime }
}

/// See [`Helper::Candidate`](super::rtfn::Helper).
///
/// # Safety
/// `ctx` is the current thread's context and `object` a live object that is no candidate.
pub(super) unsafe extern "C" fn candidate(ctx: *mut Context, object: usize) {
    // SAFETY: by the contract.
    unsafe {
        *count_of(object as u64) |= RC_CANDIDATE;
        (*ctx).cycles_due = runtime(ctx).collector.with(ctx as usize, |candidates| {
            candidates.add(object as u64);
            candidates.due()
        });
    }
}

/// A candidate is about to be destroyed because its count says so.
///
/// # Safety
/// As [`candidate`], but for an object that is one.
pub(super) unsafe extern "C" fn forget(ctx: *mut Context, object: usize) {
    // SAFETY: by the contract.
    unsafe { *count_of(object as u64) &= !RC_CANDIDATE };
    runtime(ctx).collector.remove(object);
}

/// Destroys the cycles among the candidates of this thread.
///
/// # Safety
/// `ctx` is the current thread's context, which is in an entry; guest code was left by an exit stub; no value of the
/// guest is half assigned, and no caller up to guest code has anything to drop.
pub(super) unsafe fn collect(ctx: *mut Context) {
    // SAFETY: by the contract; the objects found are referred to by each other alone, so they are destroyed once their
    // references to each other are gone.
    unsafe {
        (*ctx).cycles_due = false;
        if (*ctx).collecting || (*ctx).drop_depth > 0 || (*ctx).pending != 0 {
            return;
        }
        let runtime = runtime(ctx);
        let collector = &runtime.collector;
        let found = collector.with(ctx as usize, Candidates::take);
        for &object in &found {
            *count_of(object) &= !RC_CANDIDATE;
        }
        let garbage = lock(&collector.tracer).find(&runtime.ids, &Live, &found);
        drop(found);
        for &slot in &garbage.slots {
            *(slot as *mut u64) = 0;
        }
        // Each has one reference: this one.
        for &object in &garbage.objects {
            *count_of(object) &= RC_ONE - 1;
        }
        (*ctx).collecting = true;
        for &object in &garbage.objects {
            rtfn::call(ctx, drops::drop_ref as *const () as usize, &[object]);
            if (*ctx).outcome != outcome::RETURNED {
                (*ctx).collecting = false;
                entry::leave(ctx);
            }
            let raised = std::mem::take(&mut (*ctx).pending);
            drops::release(ctx, raised);
        }
        (*ctx).collecting = false;
        collector.with(ctx as usize, |candidates| candidates.learn(&garbage));
    }
}

/// The thread ends: destroys the cycles among its candidates. What lives on belongs to other threads.
///
/// # Safety
/// `ctx` is the current thread's context, pinned, with no guest code on the stack.
pub(super) unsafe fn leave(ctx: *mut Context) {
    // SAFETY: by the contract; `rtfn::call` enters guest code for each object.
    unsafe {
        rtfn::call(ctx, collect_entry as *const () as usize, &[]);
        runtime(ctx).collector.forget(ctx as usize);
    }
}

unsafe extern "C" fn collect_entry(ctx: *mut Context) {
    // SAFETY: called through the trampoline with the thread's context.
    unsafe { collect(ctx) };
}
