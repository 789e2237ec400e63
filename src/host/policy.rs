//! What becomes of a program when one of its calls fails, and calls that take too long.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::error::Error;
use super::shared::Shared;
use crate::runtime::threads::Call;

/// What to do when a call from the host ends with an exception, a fault or at its time limit. The call itself gives the error
/// in each case.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum OnFailure {
    /// Nothing more: the next call runs as usual.
    #[default]
    Report,
    /// Put the version before the last reload back, if there is one, so that the next call runs that. The failed version is not tried
    /// again; the next edit is. [`Event::WentBack`](crate::Event) says so.
    ///
    /// When values have changed meanwhile so that the old version cannot have them, the new one stays.
    GoBack,
    /// Pause: each further call gives the same error at once, without running anything, until the next reload succeeds. State stays as
    /// the failed call left it. [`Event::Paused`](crate::Event) says so.
    ///
    /// ```
    /// use midair::{OnFailure, Program, source::Texts};
    ///
    /// let text = "
    /// var frames = 0
    /// proc update*(): int =
    ///   inc frames
    ///   if frames == 3: raise newException(ValueError, \"three\")
    ///   frames
    /// ";
    /// let texts = Texts::new([("logic.nim", text)]);
    /// let builder = Program::builder().provider(texts.clone()).on_failure(OnFailure::Pause);
    /// let program = builder.load("logic.nim")?;
    /// let update = program.proc::<fn() -> i64>("logic", "update")?;
    /// update.call()?;
    /// update.call()?;
    /// assert!(update.call().is_err() && update.call().is_err());
    /// assert_eq!(program.paused().unwrap().exception(), Some(("ValueError", "three")));
    ///
    /// texts.set("logic.nim", text.replace("raise newException(ValueError, \"three\")", "discard"));
    /// program.reload()?;
    /// assert_eq!(update.call()?, 4); // it goes on from the state before
    /// # Ok::<(), midair::Error>(())
    /// ```
    Pause,
}

/// The error that a program is paused with.
#[derive(Default)]
pub(super) struct Paused {
    is: AtomicBool,
    error: Mutex<Option<Error>>,
}

impl Paused {
    #[inline]
    pub(super) fn is(&self) -> bool {
        self.is.load(Ordering::Relaxed)
    }

    pub(super) fn error(&self) -> Option<Error> {
        self.error
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn set(&self, error: Option<Error>) {
        let mut held = self.error.lock().unwrap_or_else(PoisonError::into_inner);
        self.is.store(error.is_some(), Ordering::Relaxed);
        *held = error;
    }
}

/// Starts a thread that stops calls that take longer than `limit`, as long as the program lives. It looks often enough that a call gets
/// at most a quarter more.
pub(super) fn limit(shared: &Arc<Shared>, limit: Duration) -> std::io::Result<()> {
    let turn = (limit / 4).clamp(Duration::from_millis(1), Duration::from_millis(100));
    shared.runtime().threads().set_limit(Some(limit));
    let program: Weak<Shared> = Arc::downgrade(shared);
    let work = move || {
        let mut since: HashMap<Call, Instant> = HashMap::new();
        loop {
            std::thread::sleep(turn);
            let Some(shared) = program.upgrade() else {
                return;
            };
            let threads = shared.runtime().threads();
            let (calls, now) = (threads.calls(), Instant::now());
            since.retain(|call, _| calls.contains(call));
            for call in calls {
                let begun = *since.entry(call).or_insert(now);
                if now - begun >= limit {
                    threads.interrupt_call(call);
                }
            }
        }
    };
    let thread = std::thread::Builder::new().name("midair limit".into());
    thread.spawn(work).map(drop)
}
