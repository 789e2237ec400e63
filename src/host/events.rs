//! What happens to a program, as messages on channels; and changes on the disk, compiled in the background.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::error::Error;
use crate::patch::Report;

/// Something that happened to a program. See [`Program::events`](crate::Program::events).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// Files of the program were saved ([`Builder::watch`](crate::Builder::watch)).
    Saved(Vec<PathBuf>),
    /// What was saved is compiled: the next reload only has to apply it.
    Ready,
    /// What was saved does not compile. The program goes on as it is.
    Broken(Error),
    /// A reload has replaced something.
    Reloaded(Report),
    /// A reload was asked for and has changed nothing, for this reason.
    NotReloaded(Error),
    /// A call from outside by a plain address ([`Program::c_function`](crate::Program::c_function)), or of a callback that C kept, failed
    /// and has given 0. When nobody listens, it is printed.
    Failed(Error),
    /// A call failed, and the program is paused ([`OnFailure::Pause`](crate::OnFailure)).
    Paused(Error),
    /// A call failed, and the version before is back ([`OnFailure::GoBack`](crate::OnFailure)).
    WentBack {
        /// Why the call failed.
        error: Error,
        /// What was put back.
        report: Report,
    },
}

/// Who wants to know.
#[derive(Default)]
pub(super) struct Feed(Mutex<Vec<Sender<Event>>>);

impl Feed {
    pub(super) fn subscribe(&self) -> Receiver<Event> {
        let (sender, receiver) = unbounded();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(sender);
        receiver
    }

    /// True when somebody was told.
    pub(super) fn tell(&self, event: impl FnOnce() -> Event) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.is_empty() {
            let event = event();
            all.retain(|sender| sender.send(event.clone()).is_ok());
        }
        !all.is_empty()
    }
}

#[cfg(feature = "watch")]
pub(super) use watching::watch;

#[cfg(feature = "watch")]
mod watching {
    use std::sync::{Arc, Weak};
    use std::time::Duration;

    use super::Event;
    use crate::host::error::{Error, Kind};
    use crate::host::shared::Shared;
    use crate::watch::Watcher;

    /// How soon the thread notices that its program is gone or has left something to drop.
    const TURN: Duration = Duration::from_millis(100);

    /// Starts a thread that compiles what is saved and drops what reloads leave over, as long as the program lives.
    pub(in crate::host) fn watch(shared: &Arc<Shared>) -> Result<(), Error> {
        let failed = |error: &dyn std::fmt::Display| {
            Error::new(Kind::System(format!("cannot watch the sources: {error}")))
        };
        let (mut watcher, saved) = Watcher::new().map_err(|error| failed(&error))?;
        watcher
            .watch(shared.watched())
            .map_err(|error| failed(&error))?;
        let program: Weak<Shared> = Arc::downgrade(shared);
        let work = move || {
            loop {
                let files = saved.recv_timeout(TURN);
                let Some(shared) = program.upgrade() else {
                    return;
                };
                shared.live.drop_left();
                if let Ok(files) = files {
                    shared.events().tell(|| Event::Saved(files));
                    shared.compile_saved();
                    // A directory that is gone or full of watches is no reason to stop: what can be watched is.
                    let _ = watcher.watch(shared.watched());
                }
            }
        };
        let thread = std::thread::Builder::new().name("midair watch".into());
        thread.spawn(work).map(drop).map_err(|error| failed(&error))
    }
}
