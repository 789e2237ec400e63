//! Threads: which are in the program, and keeping them out while it changes.
//!
//! Every thread that enters gets one [`Context`] for each program, found through a thread-local, freed when the thread ends or the
//! program is dropped. Where the thread is stands in the context's [`Presence`]; the protocol of that, by which threads enter
//! without a lock while another may change the program, is the [gate].

#![allow(unsafe_code)] // contexts are shared with compiled code by address

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Weak};
use std::time::{Duration, Instant};

use crate::os::signals;

use super::Runtime;
use super::context::Context;
use super::frames::LiveFrame;
use super::gate::{self, Gate, Presence, Visitor};
use super::kept::Registers;
use super::threadvars::Area;

/// So often a change looks whether all have left before it sleeps in between.
const TURNS: u32 = 64;
/// And then for so long.
const TURN: Duration = Duration::from_micros(50);

/// The threads of one program.
pub struct Threads {
    runtime: Weak<Runtime>,
    gate: Gate<Held>,
    limit: Mutex<Option<Duration>>,
    /// A context has been made.
    made: AtomicBool,
}

/// A thread that stands in the program.
pub struct ThreadFrames {
    /// Its name, if it is not the current one.
    pub name: Option<String>,
    /// Innermost first.
    pub frames: Vec<LiveFrame>,
    /// Its stack from where it stands still up, and its registers. None where the bounds of the stack are not known.
    pub kept: Option<(std::ops::Range<usize>, Registers)>,
}

/// A context that the list owns. Raw, since compiled code and its thread use it at the same time.
struct Held(*mut Context);

// SAFETY: a context is used by its own thread alone but for its atomic fields; the list itself is under a mutex.
unsafe impl Send for Held {}

impl Visitor for Held {
    fn presence(&self) -> &Presence {
        // SAFETY: contexts in the list live; a presence is atomic.
        unsafe { &(*self.0).presence }
    }
}

/// The guard of [`Threads::stop_others`].
pub struct Stopped<'t>(#[expect(dead_code)] gate::Stopped<'t, Held>);

/// The guard of [`Threads::park`].
pub struct Parked<'t>(#[expect(dead_code)] gate::Parked<'t, Held>);

/// A context of this thread.
struct Known {
    program: u64,
    context: *mut Context,
    runtime: Weak<Runtime>,
}

/// Those of all programs.
struct Mine(RefCell<Vec<Known>>);

thread_local! {
    static MINE: Mine = const { Mine(RefCell::new(Vec::new())) };
    /// The last one that was asked for.
    static LAST: Cell<(u64, *mut Context)> = const { Cell::new((0, std::ptr::null_mut())) };
}

impl Drop for Mine {
    fn drop(&mut self) {
        LAST.set((0, std::ptr::null_mut()));
        for known in self.0.get_mut().drain(..) {
            if let Some(runtime) = known.runtime.upgrade() {
                runtime.threads.forget(known.context);
            }
        }
    }
}

/// The context of this thread for the program with this number. For signal handlers, of threads that are in guest code and so
/// have used their list before.
pub(super) fn in_handler(program: u64) -> Option<*mut Context> {
    MINE.try_with(|mine| {
        let list = mine.0.try_borrow().ok()?;
        list.iter()
            .find(|known| known.program == program)
            .map(|known| known.context)
    })
    .ok()?
}

/// The context whose guest code this thread is in, in whatever program, for signal handlers.
pub(super) fn inside_in_handler() -> Option<*mut Context> {
    MINE.try_with(|mine| {
        let list = mine.0.try_borrow().ok()?;
        let inside = |known: &&Known| {
            let lives = known.runtime.strong_count() > 0;
            // SAFETY: a context that a thread knows of lives as long as its program; only this thread writes the field.
            lives && unsafe { (*known.context).has_entry() }
        };
        list.iter().find(inside).map(|known| known.context)
    })
    .ok()?
}

/// A call from outside that is going on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Call {
    /// Address of the context.
    context: usize,
    visit: u64,
}

/// What an interrupted call finds in its context: never 0.
pub(super) fn mark(visit: u64) -> u32 {
    visit as u32 | 1 << 31
}

/// A thread that keeps a change waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// The thread's name.
    pub thread: String,
    /// The proc and the line that it is at, as "`update` at logic.nim(12)", if it is in guest code and answers.
    pub place: Option<String>,
}

impl std::fmt::Display for Busy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.thread)?;
        match &self.place {
            Some(place) => write!(f, " in {place}"),
            None => Ok(()),
        }
    }
}

impl Threads {
    pub(super) fn new(runtime: Weak<Runtime>) -> Threads {
        Threads {
            runtime,
            gate: Gate::new(),
            limit: Mutex::new(None),
            made: AtomicBool::new(false),
        }
    }

    fn list(&self) -> MutexGuard<'_, Vec<Held>> {
        self.gate.visitors()
    }

    /// Shows of each thread but the main one its name and how far its threadvars lie behind those of the main thread. The areas stay
    /// until `show` has returned.
    pub fn with_areas(&self, mut show: impl FnMut(&str, usize)) {
        for held in self.list().iter() {
            // SAFETY: contexts in the list live; these fields never change.
            let (name, distance) = unsafe { (&(*held.0).thread, (*held.0).threadvars) };
            if distance != 0 {
                show(name, distance);
            }
        }
    }

    fn forget(&self, context: *mut Context) {
        let mut list = self.list();
        if let Some(index) = list.iter().position(|held| held.0 == context) {
            list.swap_remove(index);
            // SAFETY: it came from a box in `make`, was in the list, and its thread, which ends, was its only other user.
            drop(unsafe { Box::from_raw(context) });
        }
    }

    fn make(&self, runtime: &Runtime) -> *mut Context {
        signals::prepare_thread();
        let mut area = None;
        // The first thread is the main one.
        if self.made.swap(true, Ordering::Relaxed) {
            match Area::new(runtime.window.globals()) {
                Ok(own) => area = Some(own),
                Err(error) => panic!("no memory for the variables of another thread: {error}"),
            }
        }
        let context = Box::into_raw(Box::new(Context::new(runtime, area)));
        self.list().push(Held(context));
        let program = runtime.window.id();
        // When the thread is about to end and its own data is gone, the context stays until the program ends.
        let _ = MINE.try_with(|mine| {
            let mut list = mine.0.borrow_mut();
            list.retain(|known| known.runtime.strong_count() > 0);
            list.push(Known {
                program,
                context,
                runtime: self.runtime.clone(),
            });
        });
        context
    }

    /// The program, unless it is being dropped.
    pub(super) fn program(&self) -> Option<Arc<Runtime>> {
        self.runtime.upgrade()
    }

    /// How many threads have a context.
    pub fn count(&self) -> usize {
        self.list().len()
    }

    /// Asks every thread that is inside to stop: the next loop of code that was compiled interruptible raises.
    pub fn interrupt(&self) {
        for call in self.calls() {
            self.interrupt_call(call);
        }
    }

    /// The outermost calls that are going on.
    pub fn calls(&self) -> Vec<Call> {
        let list = self.list();
        let calls = list.iter().filter_map(|held| {
            let (presence, context) = (held.presence(), held.0 as usize);
            let visit = presence.visit();
            let inside = presence.is_inside();
            inside.then_some(Call { context, visit })
        });
        calls.collect()
    }

    /// Asks a call to stop, if it is still going on.
    pub fn interrupt_call(&self, call: Call) {
        let list = self.list();
        if let Some(held) = list.iter().find(|held| held.0 as usize == call.context) {
            // SAFETY: contexts in the list live; only an atomic is used. The mark is that of the call, so that one that begins
            // meanwhile does not heed it.
            unsafe { &(*held.0).interrupt }.store(mark(call.visit), Ordering::Relaxed);
        }
    }

    /// What calls are told that are stopped: how long they may take, if that is limited.
    pub fn set_limit(&self, limit: Option<Duration>) {
        *self
            .limit
            .lock()
            .unwrap_or_else(|poison| poison.into_inner()) = limit;
    }

    pub(super) fn limit(&self) -> Option<Duration> {
        *self
            .limit
            .lock()
            .unwrap_or_else(|poison| poison.into_inner())
    }

    /// The [frames](super::frames::frames) of all threads, and how many other threads have any that stand on a stack of which
    /// nobody knows where it ends.
    ///
    /// # Safety
    /// `me` is the current thread's context. The guard says that the others are not running guest code.
    pub unsafe fn all_frames(
        &self,
        me: *mut Context,
        stopped: &Stopped<'_>,
    ) -> (Vec<usize>, usize) {
        // SAFETY: by the contract.
        let (threads, stacks) = unsafe { (self.frames_by_thread(me, stopped), self.stacks(me)) };
        let others = threads
            .iter()
            .filter(|thread| thread.name.is_some())
            .count();
        let frames = threads.into_iter().flat_map(|thread| thread.frames);
        (
            frames.map(|frame| frame.pc).collect(),
            others - stacks.len(),
        )
    }

    /// The stacks of the other threads that have guest frames, and what these keep in registers.
    ///
    /// # Safety
    /// `me` is the current thread's context, and it keeps the others out.
    pub unsafe fn stacks(&self, me: *mut Context) -> Vec<(std::ops::Range<usize>, Registers)> {
        let list = self.list();
        let others = list.iter().filter(|held| held.0 != me);
        // SAFETY: as in `frames_by_thread`.
        let others = others.map(|held| unsafe { &*held.0 });
        let inside = others.filter(|context| context.has_entry());
        inside.filter_map(Context::kept).collect()
    }

    /// The same for each thread that has any.
    ///
    /// # Safety
    /// As for [`all_frames`](Threads::all_frames).
    pub unsafe fn frames_by_thread(
        &self,
        me: *mut Context,
        _stopped: &Stopped<'_>,
    ) -> Vec<ThreadFrames> {
        let list = self.list();
        let mut found = Vec::new();
        for &Held(context) in &*list {
            let other = context != me;
            // SAFETY: contexts in the list live. One that is not the current thread's is outside, where it has no entry and
            // cannot open one, or parked, where nothing writes what is read here.
            let context = unsafe { &*context };
            if context.has_entry() {
                let name = other.then(|| context.thread.clone());
                found.push(ThreadFrames {
                    name,
                    frames: super::frames::frames(context),
                    kept: context.kept(),
                });
            }
        }
        found
    }

    /// Keeps every other thread out, or parked, until the guard is dropped. Waits at most `patience` for those that are
    /// inside. While it waits for another that does the same, this thread counts as parked.
    ///
    /// # Errors
    /// The threads that were still inside; nothing is held then.
    ///
    /// # Safety
    /// `me` is the current thread's context.
    pub unsafe fn stop_others(
        &self,
        me: *mut Context,
        patience: Duration,
    ) -> Result<Stopped<'_>, Vec<Busy>> {
        // SAFETY: by the contract the context lives, as long as the thread, on which the guard stays. Others read what is noted
        // when it has parked.
        let me = unsafe {
            (*me).kept.note();
            &(*me).presence
        };
        let tell = |held: &Held| held.0;
        let begun = Instant::now();
        let patient = |asked: u32| {
            let patient = begun.elapsed() < patience;
            match asked {
                _ if !patient => {}
                // Most calls are short: the change, and those that wait for it, should not have to wait for a timer.
                0..TURNS => std::thread::yield_now(),
                _ => std::thread::sleep(TURN),
            }
            patient
        };
        let stopped = self.gate.stop_others(me, tell, patient);
        stopped.map(Stopped).map_err(|running| self.busy(&running))
    }

    /// Which threads these are, and where they are now.
    fn busy(&self, running: &[*mut Context]) -> Vec<Busy> {
        // Their contexts, and so they themselves, stay while the list is held.
        let list = self.list();
        let there = list.iter().map(|held| held.0);
        let there: Vec<_> = there.filter(|context| running.contains(context)).collect();
        let runtime = self.runtime.upgrade();
        // SAFETY: the list is held.
        let places = runtime.map(|runtime| unsafe { runtime.whereabouts(&there) });
        let mut places = places.unwrap_or_default().into_iter();
        let busy = there.iter().map(|&context| Busy {
            // SAFETY: contexts in the list live; the name never changes.
            thread: unsafe { &(*context).thread }.clone(),
            place: places.next().flatten(),
        });
        busy.collect()
    }

    /// Says that the program may change under this thread until the guard is dropped, which waits for the end of a change.
    ///
    /// # Safety
    /// `me` is the current thread's context.
    pub unsafe fn park(&self, me: *mut Context) -> Parked<'_> {
        // SAFETY: by the contract the context lives, as long as the thread, on which the guard stays. Others read what is noted
        // when it has parked.
        unsafe {
            (*me).kept.note();
            Parked(self.gate.park(&(*me).presence))
        }
    }

    /// Opens an entry: the outermost one waits while a change is going on.
    ///
    /// # Safety
    /// `context` is the current thread's. [`Threads::unpin`] follows.
    #[inline]
    pub unsafe fn pin(&self, context: *mut Context) {
        // SAFETY: by the contract.
        self.gate.pin(unsafe { &(*context).presence });
    }

    /// The same, unless that would have to wait: is it open?
    ///
    /// # Safety
    /// As for [`Threads::pin`].
    #[inline]
    pub(super) unsafe fn try_pin(&self, context: *mut Context) -> bool {
        // SAFETY: by the contract.
        self.gate.try_pin(unsafe { &(*context).presence })
    }

    /// Closes an entry.
    ///
    /// # Safety
    /// `context` is the current thread's and was pinned.
    #[inline]
    pub unsafe fn unpin(&self, context: *mut Context) {
        // SAFETY: by the contract.
        self.gate.unpin(unsafe { &(*context).presence });
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        for Held(context) in self.list().drain(..) {
            // SAFETY: it came from a box in `make`; the program is being dropped, so no thread is in it, and what threads
            // still know of it they find by a number that is never used again.
            drop(unsafe { Box::from_raw(context) });
        }
    }
}

/// An open entry of the current thread: it has a context and is pinned until this is dropped.
pub struct Entered<'r> {
    runtime: &'r Runtime,
    context: *mut Context,
    /// Stays on its thread.
    _here: PhantomData<*mut ()>,
}

impl Entered<'_> {
    /// The context, to pass to guest code.
    #[inline]
    pub fn context(&self) -> *mut Context {
        self.context
    }
}

impl Drop for Entered<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: it was pinned on this thread when it was made.
        unsafe { self.runtime.threads.unpin(self.context) };
    }
}

impl Runtime {
    /// The current thread's context for this program, made if it is the first time.
    #[inline]
    pub fn context(&self) -> *mut Context {
        self.known_context().unwrap_or_else(|| self.find_context())
    }

    /// The same, if it is the program that the thread has been in last.
    #[inline]
    pub(super) fn known_context(&self) -> Option<*mut Context> {
        let (program, context) = LAST.get();
        (program == self.window.id()).then_some(context)
    }

    #[cold]
    fn find_context(&self) -> *mut Context {
        let program = self.window.id();
        let context = in_handler(program).unwrap_or_else(|| self.threads.make(self));
        LAST.set((program, context));
        context
    }

    /// Opens an entry of the current thread. Waits if a change keeps other threads out, unless this thread is inside already.
    #[inline]
    pub fn enter(&self) -> Entered<'_> {
        let context = self.context();
        // SAFETY: it is this thread's, and the guard unpins it.
        unsafe { self.threads.pin(context) };
        Entered {
            runtime: self,
            context,
            _here: PhantomData,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::Options;
    use std::sync::Barrier;

    fn program() -> Arc<Runtime> {
        Runtime::new(
            Arc::default(),
            Options {
                heap: 1 << 20,
                ..Options::default()
            },
        )
        .expect("a program")
    }

    #[test]
    fn a_thread_has_one_context_for_each_program_and_loses_it_when_it_ends() {
        let (a, b) = (program(), program());
        assert_eq!(a.context(), a.context());
        assert_ne!(a.context(), b.context());
        std::thread::scope(|scope| {
            scope.spawn(|| {
                a.context();
                assert_eq!(a.threads().count(), 2);
            });
        });
        // The thread's own data goes after its closure has returned.
        for _ in 0..1000 {
            if a.threads().count() == 1 {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(a.threads().count(), 1);
        drop(a);
        b.context();
        drop(program());
    }

    #[test]
    fn others_are_kept_out_while_one_holds_them() {
        let program = program();
        let (inside, leave) = (Barrier::new(2), Barrier::new(2));
        std::thread::scope(|scope| {
            let other = scope.spawn(|| {
                let entered = program.enter();
                inside.wait();
                leave.wait();
                drop(entered);
                drop(program.enter());
                Instant::now()
            });
            inside.wait();
            let me = program.enter();
            // SAFETY: it is this thread's.
            let refused = unsafe {
                program
                    .threads()
                    .stop_others(me.context(), Duration::from_millis(5))
            };
            assert_eq!(refused.err().map(|busy| busy.len()), Some(1));
            leave.wait();
            // SAFETY: it is this thread's.
            let stopped = unsafe {
                program
                    .threads()
                    .stop_others(me.context(), Duration::from_secs(10))
            };
            let stopped = stopped.unwrap_or_else(|busy| panic!("{busy:?} did not leave"));
            drop(program.enter()); // nested: does not wait
            std::thread::sleep(Duration::from_millis(10));
            let released = Instant::now();
            drop(stopped);
            let _ = (released, other.join().expect("no panic"));
        });
    }

    #[test]
    fn a_parked_thread_is_not_waited_for_and_resumes_after_the_change() {
        let program = program();
        let parked = Barrier::new(2);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let entered = program.enter();
                // SAFETY: it is this thread's.
                let park = unsafe { program.threads().park(entered.context()) };
                parked.wait();
                drop(park);
            });
            parked.wait();
            // SAFETY: it is this thread's.
            let stopped = unsafe {
                let threads = program.threads();
                threads.stop_others(program.context(), Duration::from_secs(10))
            };
            assert!(stopped.is_ok());
        });
    }
}
