//! Tells when sources were saved.
//!
//! In: the files that a program was read from, and those that an import would find if they were there. Out: on a channel,
//! the files that were written, created or deleted. Whether their content differs is not looked at here, and nothing is
//! reloaded.
//!
//! A file that was closed after writing, or renamed into place, is complete and told of at once; one that is only known to
//! have been written to, when it has been quiet for a moment; an empty one a while later, since whoever emptied it
//! is about to write. Where the system sends no events (network and container file systems), times and sizes of the files
//! are looked at now and then.
//!
//! Directories are watched, not files: an editor that saves by renaming a new file into place leaves a watch on the file
//! behind with the old inode.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode};

/// A file that was written to is complete when it has been quiet for so long.
const QUIET: Duration = Duration::from_millis(20);
/// An empty one, when it has stayed so.
const EMPTY: Duration = Duration::from_secs(1);
/// How often times and sizes are looked at.
const POLL: Duration = Duration::from_millis(500);

/// Files that were written, created or deleted, in order.
pub type Saved = Vec<PathBuf>;

/// What tells one state of a file from another without reading it; none when it is not there.
type Stamp = Option<(SystemTime, u64)>;

/// Watches files until it is dropped.
pub struct Watcher {
    /// None where the system has no events to give.
    events: Option<RecommendedWatcher>,
    directories: BTreeSet<PathBuf>,
    files: Files,
    /// Its end ends the thread.
    _open: Sender<notify::Result<Event>>,
}

/// The files and how they were when they were last told of.
type Files = Arc<Mutex<BTreeMap<PathBuf, Stamp>>>;

impl Watcher {
    /// A watcher of nothing yet, and where it reports.
    ///
    /// # Errors
    /// When there is no thread for it.
    pub fn new() -> Result<(Watcher, Receiver<Saved>), notify::Error> {
        Watcher::with(true)
    }

    /// One that only looks now and then, as for a file system without events.
    ///
    /// # Errors
    /// As for [`Watcher::new`].
    pub fn polling() -> Result<(Watcher, Receiver<Saved>), notify::Error> {
        Watcher::with(false)
    }

    fn with(events: bool) -> Result<(Watcher, Receiver<Saved>), notify::Error> {
        let (sender, receiver) = unbounded();
        let (open, raw) = unbounded();
        let heard = open.clone();
        // Without events it polls, so that is no error.
        let hear = move |event| drop(heard.send(event));
        let events = events
            .then(|| notify::recommended_watcher(hear))
            .and_then(Result::ok);
        let files = Files::default();
        let mut turn = Turn {
            files: files.clone(),
            sender,
            waiting: BTreeMap::new(),
        };
        let thread = std::thread::Builder::new().name("midair events".into());
        thread
            .spawn(move || turn.listen(&raw))
            .map_err(notify::Error::io)?;
        let directories = BTreeSet::new();
        Ok((
            Watcher {
                events,
                directories,
                files,
                _open: open,
            },
            receiver,
        ))
    }

    /// Watches exactly these files (absolute paths), which need not exist.
    ///
    /// # Errors
    /// None for now: a directory that cannot be watched is looked at now and then.
    pub fn watch(&mut self, files: impl IntoIterator<Item = PathBuf>) -> Result<(), notify::Error> {
        let files: BTreeSet<PathBuf> = files.into_iter().collect();
        let directories: BTreeSet<PathBuf> = files
            .iter()
            .filter_map(|file| file.parent())
            .filter(|dir| dir.is_dir())
            .map(Path::to_owned)
            .collect();
        {
            let mut known = lock(&self.files);
            known.retain(|file, _| files.contains(file));
            for file in files {
                known.entry(file).or_insert_with_key(|file| stamp(file));
            }
        }
        if let Some(events) = &mut self.events {
            use notify::Watcher as _;
            for gone in self.directories.difference(&directories) {
                // It may have been deleted, and the watch with it.
                let _ = events.unwatch(gone);
            }
            for new in directories.difference(&self.directories) {
                // What cannot be watched is looked at.
                let _ = events.watch(new, RecursiveMode::NonRecursive);
            }
        }
        self.directories = directories;
        Ok(())
    }
}

/// What the thread knows that waits for events.
struct Turn {
    files: Files,
    sender: Sender<Saved>,
    /// Files that may not be complete yet, and when they are taken to be.
    waiting: BTreeMap<PathBuf, Instant>,
}

impl Turn {
    /// Until the watcher is dropped.
    fn listen(&mut self, raw: &Receiver<notify::Result<Event>>) {
        let mut look = Instant::now() + POLL;
        loop {
            let next = self
                .waiting
                .values()
                .min()
                .copied()
                .unwrap_or(look)
                .min(look);
            let mut complete = BTreeSet::new();
            match raw.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(event) => {
                    self.hear(event, &mut complete);
                    raw.try_iter()
                        .for_each(|event| self.hear(event, &mut complete));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let now = Instant::now();
            if now >= look {
                self.look();
                look = now + POLL;
            }
            let due = |(file, at): (&PathBuf, &Instant)| (*at <= now).then(|| file.clone());
            complete.extend(self.waiting.iter().filter_map(due));
            self.tell(complete);
        }
    }

    fn hear(&mut self, event: notify::Result<Event>, complete: &mut BTreeSet<PathBuf>) {
        let Ok(event) = event else {
            // Events were lost: look.
            return self.look();
        };
        let is_complete = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(_))
            | EventKind::Remove(_) => true,
            EventKind::Access(_) => return,
            _ => false,
        };
        let known: Vec<PathBuf> = {
            let files = lock(&self.files);
            event
                .paths
                .into_iter()
                .filter(|path| files.contains_key(path))
                .collect()
        };
        for path in known {
            let is_empty = stamp(&path).is_some_and(|(_, size)| size == 0);
            match (is_complete, is_empty) {
                (true, false) => drop(complete.insert(path)),
                (_, true) => drop(self.waiting.insert(path, Instant::now() + EMPTY)),
                (false, false) => drop(self.waiting.insert(path, Instant::now() + QUIET)),
            }
        }
    }

    /// Finds files that are not as they were when they were last told of, and that no event has named.
    fn look(&mut self) {
        let files = lock(&self.files);
        let others = files.iter().filter(|(file, was)| stamp(file) != **was);
        let others: Vec<PathBuf> = others.map(|(file, _)| file.clone()).collect();
        drop(files);
        for file in others {
            self.waiting
                .entry(file)
                .or_insert_with(|| Instant::now() + QUIET);
        }
    }

    fn tell(&mut self, complete: BTreeSet<PathBuf>) {
        if complete.is_empty() {
            return;
        }
        let mut files = lock(&self.files);
        for file in &complete {
            self.waiting.remove(file);
            if let Some(was) = files.get_mut(file) {
                *was = stamp(file);
            }
        }
        drop(files);
        // Nobody listens any more when the program has ended.
        let _ = self.sender.send(complete.into_iter().collect());
    }
}

fn stamp(file: &Path) -> Stamp {
    let meta = std::fs::metadata(file).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

fn lock(files: &Files) -> MutexGuard<'_, BTreeMap<PathBuf, Stamp>> {
    files.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("midair-watch-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        dir.canonicalize().unwrap()
    }

    const SOON: Duration = Duration::from_secs(20);
    const NEVER: Duration = Duration::from_millis(150);

    #[test]
    fn saves_are_reported_and_reads_are_not() {
        let dir = folder("saves");
        let (file, other, later) = (dir.join("a.nim"), dir.join("b.nim"), dir.join("c.nim"));
        std::fs::write(&file, "1").unwrap();
        let (mut watcher, saved) = Watcher::new().unwrap();
        watcher.watch([file.clone(), later.clone()]).unwrap();

        std::fs::read(&file).unwrap();
        std::fs::write(&other, "not part of the program").unwrap();
        assert!(saved.recv_timeout(NEVER).is_err());

        // As an editor does it.
        std::fs::write(dir.join("a.nim~"), "2").unwrap();
        std::fs::rename(dir.join("a.nim~"), &file).unwrap();
        assert_eq!(
            saved.recv_timeout(SOON).unwrap(),
            std::slice::from_ref(&file)
        );
        assert!(saved.recv_timeout(NEVER).is_err(), "one save is one report");

        std::fs::write(&later, "3").unwrap();
        assert_eq!(saved.recv_timeout(SOON).unwrap(), [later]);
        std::fs::remove_file(&file).unwrap();
        assert_eq!(saved.recv_timeout(SOON).unwrap(), [file]);
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_file_that_is_being_written_is_waited_for() {
        use std::io::Write;
        let dir = folder("parts");
        let file = dir.join("a.nim");
        std::fs::write(&file, "first").unwrap();
        let (mut watcher, saved) = Watcher::new().unwrap();
        watcher.watch([file.clone()]).unwrap();
        let mut open = std::fs::File::create(&file).unwrap();
        // It is empty now, and nobody hears of that.
        assert!(saved.recv_timeout(Duration::from_millis(50)).is_err());
        open.write_all(b"second").unwrap();
        drop(open);
        assert_eq!(
            saved.recv_timeout(SOON).unwrap(),
            std::slice::from_ref(&file)
        );
        assert_eq!(std::fs::read(&file).unwrap(), b"second");
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn without_events_it_looks() {
        let dir = folder("polls");
        let (file, later) = (dir.join("a.nim"), dir.join("later.nim"));
        std::fs::write(&file, "1").unwrap();
        let (mut watcher, saved) = Watcher::polling().unwrap();
        watcher.watch([file.clone(), later.clone()]).unwrap();
        assert!(saved.recv_timeout(NEVER).is_err());
        std::fs::write(&file, "longer").unwrap();
        assert_eq!(saved.recv_timeout(SOON).unwrap(), [file]);
        std::fs::write(&later, "2").unwrap();
        assert_eq!(saved.recv_timeout(SOON).unwrap(), [later]);
        assert!(
            saved.recv_timeout(2 * POLL).is_err(),
            "nothing more has changed"
        );
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
