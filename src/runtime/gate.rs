//! The gate: who is in a program, and who may change it. The protocol of threads and reloads, and nothing else.
//!
//! Everything here is made of [`sync`](super::sync) alone and compiled a second time, against a model of those types, by
//! `tests/threads_model.rs`, which goes through the interleavings and the weak orders of memory that the rules below allow.
//!
//! # The states of a thread
//!
//! ```text
//!             pin (outermost)            park
//!   OUTSIDE ──────────────────▶ INSIDE ────────▶ PARKED
//!      ▲                         │  ▲               │
//!      └─────────────────────────┘  └───────────────┘
//!             unpin (outermost)          end of Parked
//! ```
//!
//! *Inside* is a thread from its outermost entry to the end of that, whatever it calls meanwhile, be it Rust or C. *Parked* is
//! one that is inside, at a place where the program may change under it: it waits for its turn to change the program
//! itself, or for an outcome. Its frames stand still. Who changes the program, the *stopper*, waits until nobody else is `INSIDE`.
//!
//! # Who writes what
//!
//! | what | who writes | who reads |
//! |---|---|---|
//! | [`Presence`] | its own thread | its own thread; who holds `stopping` |
//! | `visitors` | a thread that enters for the first time, or ends | who holds `stopping` |
//! | `stop` | who holds `stopping`; to `false` under `resume_lock` | every outermost `pin`, every end of `Parked` |
//! | the program: slots, code, types, globals of another layout | who holds [`Stopped`] | who is `INSIDE` |
//!
//! # Why a call sees one version of the whole program
//!
//! 1. `pin` stores `INSIDE`, then loads `stop`; the stopper stores `stop`, then loads each presence. Between the two steps each
//!    has a half of one [fence](super::sync::light), so at least one of them sees what the other stored. If the thread saw `stop`, it
//!    goes back to where it was and waits. If not, the stopper sees `INSIDE` and waits. So a `Stopped` and an entry never overlap.
//! 2. A thread that is not in the list yet puts itself there before it pins. If the stopper's look at the list came first, it
//!    released the list's lock with `stop` set, so the thread that took the lock afterwards sees that. So a stopper that finds nobody
//!    else in the list leaves its half of the fence out.
//! 3. Leaving (`OUTSIDE`, `PARKED`) is a release that the stopper's look acquires: what the call read was read before anything changes.
//! 4. The end of `Stopped` releases `stop = false`, which the next `pin` acquires: it sees all of the change. It may also read
//!    a `false` from before the change, but then by 1 the stopper waits for it.
//! 5. Nested entries neither wait nor look: their outermost entry keeps every change away. What a thread sees may change only
//!    where it parks, or if it is the stopper itself.
//!
//! # Why nobody is refused, and how long it takes
//!
//! `pin` has no error. A thread that finds `stop` set sleeps until it is `false`, and every way out of [`Gate::stop_others`] ends
//! there: when it gives up, and when the guard is dropped, also by a panic. A thread inside that itself wants to stop the others is parked while it
//! waits for `stopping`; two that want to at once do so one after the other.
//!
//! What a caller waits for is therefore: the calls that were inside when `stop` was set, at most as long as the stopper's patience;
//! then the change itself, with what its handlers do. Reading, checking and compiling of sources come before `stop` is set. When patience
//! ends nothing has changed, and the caller goes on in the version that was there.
//!
//! # What it costs
//!
//! A pin and its unpin are three stores to words of the thread's own, and a load of a word that nobody writes between reloads. The light half of
//! the fence is an order to the compiler alone where the system can run a barrier on the other cores for the heavy half.

use super::sync::{
    AtomicBool, AtomicU32, AtomicU64, Condvar, Mutex, MutexGuard, Ordering, heavy, light,
};

/// Not in the program.
const OUTSIDE: u32 = 0;
/// In guest code, or in host or C code called from it.
const INSIDE: u32 = 1;
/// Inside at a place where the program may change under it.
const PARKED: u32 = 2;

/// Is a thread in the program? Written by that thread alone.
#[derive(Debug)]
pub struct Presence {
    /// [`OUTSIDE`], [`INSIDE`] or [`PARKED`].
    state: AtomicU32,
    /// Entries that are open within the outermost one. That one, of which there are many a frame, leaves it alone: counting
    /// it up and down again makes each call wait for the store of the one before.
    nested: AtomicU32,
    /// Counts outermost entries.
    visits: AtomicU64,
    /// How many [`Stopped`] the thread has.
    stops: AtomicU32,
}

impl Presence {
    /// Of a thread that is outside.
    pub fn new() -> Presence {
        Presence {
            state: AtomicU32::new(OUTSIDE),
            nested: AtomicU32::new(0),
            visits: AtomicU64::new(0),
            stops: AtomicU32::new(0),
        }
    }

    /// Is one entry open, and no other within it? For its own thread.
    #[inline]
    pub fn is_outermost(&self) -> bool {
        self.state.load(Ordering::Relaxed) != OUTSIDE && self.nested.load(Ordering::Relaxed) == 0
    }

    /// Does it keep the others out? For its own thread.
    pub fn changes_program(&self) -> bool {
        self.stops.load(Ordering::Relaxed) != 0
    }

    /// The number of the outermost entry that is open, or was last.
    #[inline]
    pub fn visit(&self) -> u64 {
        self.visits.load(Ordering::Relaxed)
    }

    /// Inside, parked or not.
    pub fn is_inside(&self) -> bool {
        self.state.load(Ordering::Acquire) != OUTSIDE
    }

    /// Inside and not parked: what a change waits for.
    fn is_running(&self) -> bool {
        self.state.load(Ordering::Acquire) == INSIDE
    }
}

/// A thread as the list of a program knows it.
pub trait Visitor {
    /// Where it is.
    fn presence(&self) -> &Presence;
}

/// See the [module](self).
pub struct Gate<V> {
    /// Every thread that has ever entered and not ended.
    visitors: Mutex<Vec<V>>,
    /// Somebody wants the others outside.
    stop: AtomicBool,
    /// One at a time.
    stopping: Mutex<()>,
    /// Wakes who waits for `stop` to be false. Who waits for others to leave polls, so leaving need not wake anybody.
    resume: Condvar,
    resume_lock: Mutex<()>,
}

/// What a panic left behind is whole here: each lock is held for one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poison| poison.into_inner())
}

impl<V: Visitor> Gate<V> {
    /// A gate that is open, with nobody inside.
    pub fn new() -> Gate<V> {
        Gate {
            visitors: Mutex::new(Vec::new()),
            stop: AtomicBool::new(false),
            stopping: Mutex::new(()),
            resume: Condvar::new(),
            resume_lock: Mutex::new(()),
        }
    }

    /// The threads. A thread puts itself there before its first [`Gate::pin`], and takes itself away when it is outside for good.
    pub fn visitors(&self) -> MutexGuard<'_, Vec<V>> {
        lock(&self.visitors)
    }

    /// Opens an entry of the current thread, whose presence this is. The outermost one waits while a change is going on.
    #[inline]
    pub fn pin(&self, mine: &Presence) {
        while !self.try_pin(mine) {
            self.wait_for_end();
        }
    }

    /// Opens an entry of the current thread, whose presence this is, unless that would have to wait: is it open?
    #[inline]
    pub fn try_pin(&self, mine: &Presence) -> bool {
        if mine.state.load(Ordering::Relaxed) != OUTSIDE {
            let nested = mine.nested.load(Ordering::Relaxed);
            mine.nested.store(nested + 1, Ordering::Relaxed);
            return true;
        }
        mine.visits.store(mine.visit() + 1, Ordering::Relaxed);
        self.come_in(mine, OUTSIDE)
    }

    /// Says that the thread is inside, unless it has to wait for that where it was: is it inside?
    #[inline]
    fn come_in(&self, mine: &Presence, was: u32) -> bool {
        mine.state.store(INSIDE, Ordering::Relaxed);
        light();
        let may = !self.stop.load(Ordering::Acquire);
        if !may {
            mine.state.store(was, Ordering::Release);
        }
        may
    }

    /// Closes the entry that was opened last.
    #[inline]
    pub fn unpin(&self, mine: &Presence) {
        match mine.nested.load(Ordering::Relaxed) {
            0 => mine.state.store(OUTSIDE, Ordering::Release),
            nested => mine.nested.store(nested - 1, Ordering::Relaxed),
        }
    }

    /// Waits while a change is going on.
    #[cold]
    fn wait_for_end(&self) {
        let mut held = lock(&self.resume_lock);
        while self.stop.load(Ordering::Acquire) {
            held = self
                .resume
                .wait(held)
                .unwrap_or_else(|poison| poison.into_inner());
        }
    }

    /// Says that the program may change under the current thread, until the guard is dropped, which waits for the end of a change.
    pub fn park<'g>(&'g self, mine: &'g Presence) -> Parked<'g, V> {
        let before = mine.state.swap(PARKED, Ordering::Release);
        Parked {
            gate: self,
            mine,
            before,
        }
    }

    /// What `tell` says of each thread but this one that is inside and not parked.
    pub fn running<R>(&self, me: &Presence, tell: impl Fn(&V) -> R) -> Vec<R> {
        let visitors = self.visitors();
        let running = visitors.iter().filter(|visitor| {
            let presence = visitor.presence();
            !std::ptr::eq(presence, me) && presence.is_running()
        });
        running.map(tell).collect()
    }

    /// Keeps every other thread out, or parked, until the guard is dropped. Looks whether all have left, and as long as not asks
    /// `patient`, which is given how often it has been asked, whether to look again. Who has a guard already gets one more.
    ///
    /// # Errors
    /// What `tell` says of those that were still inside; nothing is held then.
    pub fn stop_others<'g, R>(
        &'g self,
        me: &'g Presence,
        tell: impl Fn(&V) -> R,
        mut patient: impl FnMut(u32) -> bool,
    ) -> Result<Stopped<'g, V>, Vec<R>> {
        let stops = me.stops.load(Ordering::Relaxed);
        let one = (stops == 0).then(|| {
            let _parked = self.park(me);
            lock(&self.stopping)
        });
        // Who held the lock before has set `stop` to false, so the end of `_parked` did not wait.
        me.stops.store(stops + 1, Ordering::Relaxed);
        let stopped = Stopped {
            gate: self,
            me,
            one,
        };
        if stopped.one.is_none() {
            return Ok(stopped);
        }
        self.stop.store(true, Ordering::SeqCst);
        // Who is not in the list yet sees `stop` when it is, so one who is alone there needs no barrier on other cores.
        let is_other = |visitor: &V| !std::ptr::eq(visitor.presence(), me);
        if self.visitors().iter().any(is_other) {
            heavy();
        }
        for asked in 0.. {
            let running = self.running(me, &tell);
            if running.is_empty() {
                break;
            }
            if !patient(asked) {
                return Err(running);
            }
        }
        Ok(stopped)
    }
}

/// The other threads are out or parked. See [`Gate::stop_others`].
pub struct Stopped<'g, V> {
    gate: &'g Gate<V>,
    me: &'g Presence,
    /// Of the outermost guard of the thread.
    one: Option<MutexGuard<'g, ()>>,
}

impl<V> Drop for Stopped<'_, V> {
    fn drop(&mut self) {
        let stops = self.me.stops.load(Ordering::Relaxed) - 1;
        self.me.stops.store(stops, Ordering::Relaxed);
        if self.one.is_some() {
            let _held = lock(&self.gate.resume_lock);
            self.gate.stop.store(false, Ordering::SeqCst);
            self.gate.resume.notify_all();
        }
    }
}

/// The current thread is parked. See [`Gate::park`].
pub struct Parked<'g, V: Visitor> {
    gate: &'g Gate<V>,
    mine: &'g Presence,
    before: u32,
}

impl<V: Visitor> Drop for Parked<'_, V> {
    fn drop(&mut self) {
        if self.before != INSIDE {
            self.mine.state.store(self.before, Ordering::Release);
            return;
        }
        while !self.gate.come_in(self.mine, PARKED) {
            self.gate.wait_for_end();
        }
    }
}
