//! Tells when sources were saved.
//!
//! In: the files that a program was read from, and those that an import would find if they were there. Out: on a channel,
//! the files that were written, created or deleted, a few milliseconds after the last of a burst of events. Whether
//! their content differs is not looked at here, and nothing is reloaded.
//!
//! Directories are watched, not files: an editor that saves by renaming a new file into place leaves a watch on the file
//! behind with the old inode.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, unbounded};
use notify_debouncer_full::notify::{self, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{
    DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer,
};

/// An editor's save is several events within a millisecond or two; a person does not notice this.
const QUIET: Duration = Duration::from_millis(20);

/// Files that were written, created or deleted, in order.
pub type Saved = Vec<PathBuf>;

/// Watches files until it is dropped.
pub struct Watcher {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    directories: BTreeSet<PathBuf>,
    files: Arc<Mutex<BTreeSet<PathBuf>>>,
}

impl Watcher {
    /// A watcher of nothing yet, and where it reports.
    ///
    /// # Errors
    /// When the system has no more watches to give.
    pub fn new() -> Result<(Watcher, Receiver<Saved>), notify::Error> {
        let (sender, receiver) = unbounded();
        let files: Arc<Mutex<BTreeSet<PathBuf>>> = Arc::default();
        let wanted = files.clone();
        let debouncer = new_debouncer(QUIET, None, move |result: DebounceEventResult| {
            // An error means lost events: report everything, and the contents decide.
            let saved = match result {
                Ok(events) => interesting(&events, &lock(&wanted)),
                Err(_) => lock(&wanted).iter().cloned().collect(),
            };
            report(&sender, saved);
        })?;
        let directories = BTreeSet::new();
        Ok((
            Watcher {
                debouncer,
                directories,
                files,
            },
            receiver,
        ))
    }

    /// Watches exactly these files (absolute paths), which need not exist.
    ///
    /// # Errors
    /// When a directory that exists cannot be watched.
    pub fn watch(&mut self, files: impl IntoIterator<Item = PathBuf>) -> Result<(), notify::Error> {
        let files: BTreeSet<PathBuf> = files.into_iter().collect();
        let directories: BTreeSet<PathBuf> = files
            .iter()
            .filter_map(|file| file.parent())
            .filter(|dir| dir.is_dir())
            .map(Path::to_owned)
            .collect();
        *lock(&self.files) = files;
        for gone in self.directories.difference(&directories) {
            // It may have been deleted, and the watch with it.
            let _ = self.debouncer.unwatch(gone);
        }
        for new in directories.difference(&self.directories) {
            self.debouncer.watch(new, RecursiveMode::NonRecursive)?;
        }
        self.directories = directories;
        Ok(())
    }
}

fn report(sender: &Sender<Saved>, saved: Saved) {
    if !saved.is_empty() {
        // Nobody listens any more when the program has ended.
        let _ = sender.send(saved);
    }
}

fn interesting(events: &[DebouncedEvent], files: &BTreeSet<PathBuf>) -> Saved {
    let changes = events.iter().filter(|event| !event.kind.is_access());
    let paths: BTreeSet<&PathBuf> = changes.flat_map(|event| &event.paths).collect();
    let known = paths.into_iter().filter(|path| files.contains(*path));
    known.cloned().collect()
}

fn lock(files: &Mutex<BTreeSet<PathBuf>>) -> MutexGuard<'_, BTreeSet<PathBuf>> {
    files.lock().expect("no holder panics")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saves_are_reported_and_reads_are_not() {
        let dir = std::env::temp_dir().join(format!("midair-watch-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let dir = dir.canonicalize().unwrap();
        let (file, other, later) = (dir.join("a.nim"), dir.join("b.nim"), dir.join("c.nim"));
        std::fs::write(&file, "1").unwrap();
        let (mut watcher, saved) = Watcher::new().unwrap();
        watcher.watch([file.clone(), later.clone()]).unwrap();

        std::fs::read(&file).unwrap();
        std::fs::write(&other, "not part of the program").unwrap();
        assert!(saved.recv_timeout(Duration::from_millis(150)).is_err());

        // As an editor does it.
        std::fs::write(dir.join("a.nim~"), "2").unwrap();
        std::fs::rename(dir.join("a.nim~"), &file).unwrap();
        let got = saved.recv_timeout(Duration::from_secs(5)).unwrap();
        assert_eq!(got, [file]);

        std::fs::write(&later, "3").unwrap();
        let got = saved.recv_timeout(Duration::from_secs(5)).unwrap();
        assert_eq!(got, [later]);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
