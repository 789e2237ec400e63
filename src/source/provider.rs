//! Where texts come from: the disk, or a map that an embedder fills.

use std::collections::HashMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant, SystemTime};

/// A source of texts. Paths are absolute and without `.` and `..`, unless [`Provider::base`] is empty.
pub trait Provider: Send + Sync {
    /// The content of the file at `path`.
    ///
    /// # Errors
    /// As the file system gives them; `NotFound` for what does not exist, `IsADirectory` for a directory.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The same for a file that was read before. Who may find it while it is being saved waits until it is whole: a part often compiles,
    /// without the globals of the rest, whose values the program would lose.
    ///
    /// # Errors
    /// As for [`Provider::read`].
    fn read_again(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.read(path)
    }

    /// Is there a file (not a directory) at `path`?
    fn is_file(&self, path: &Path) -> bool;

    /// The directory that relative paths start from; empty when paths are mere keys.
    fn base(&self) -> PathBuf {
        PathBuf::new()
    }

    /// Something that changes whenever the content may have changed, so that a poll need not read. `None`: always read.
    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let _ = path;
        None
    }

    /// Names of the directories in `path`; used to find installed packages.
    fn directories(&self, path: &Path) -> Vec<String> {
        let _ = path;
        Vec::new()
    }
}

/// Size and time of a file, taken before it was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    len: u64,
    modified: SystemTime,
    /// Inode and its change time where the system has them: an editor that renames a new file into place changes both.
    node: (u64, i64, i64),
    /// The file was still "hot" when it was looked at: a write after it could leave the same time behind.
    racy: bool,
}

impl Stamp {
    /// Is a file with this stamp certain to have the content that was read when `earlier` was taken?
    pub fn proves_same(&self, earlier: &Stamp) -> bool {
        !earlier.racy
            && self.len == earlier.len
            && self.modified == earlier.modified
            && self.node == earlier.node
    }
}

/// Coarser than the clock tick that file systems stamp with.
const RACY: Duration = Duration::from_millis(50);

/// Who saves a file first empties it and then writes, a block of this many bytes or a multiple at a time but for the last.
const BLOCK: usize = 4096;
/// Nobody takes longer than this from one block to the next, however busy the machine is.
const SETTLE: Duration = Duration::from_millis(500);
/// How often a file that may be cut is read.
const TURN: Duration = Duration::from_millis(1);

/// Could this be the beginning of a file that somebody is writing?
fn may_be_cut(path: &Path, read: usize) -> bool {
    let is_young = || {
        let modified = std::fs::metadata(path).and_then(|about| about.modified());
        let age = modified.map(|modified| SystemTime::now().duration_since(modified));
        // A time in the future tells nothing.
        matches!(age, Ok(Ok(age)) if age < SETTLE)
    };
    read.is_multiple_of(BLOCK) && is_young()
}

/// The file system. A file that was read before and is just being written is waited for, up to half a second.
#[derive(Default, Debug)]
pub struct Disk;

impl Provider for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // Opening a directory succeeds on Unix, and a FIFO would block: look first.
        let about = std::fs::metadata(path)?;
        if about.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !about.is_file() {
            return Err(io::Error::other("it is not a regular file"));
        }
        std::fs::read(path)
    }

    fn read_again(&self, path: &Path) -> io::Result<Vec<u8>> {
        let give_up = Instant::now() + SETTLE;
        loop {
            let bytes = self.read(path)?;
            if !may_be_cut(path, bytes.len()) || Instant::now() >= give_up {
                return Ok(bytes);
            }
            std::thread::sleep(TURN);
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn base(&self) -> PathBuf {
        std::env::current_dir().unwrap_or_default()
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let about = std::fs::metadata(path).ok()?;
        let modified = about.modified().ok()?;
        let age = SystemTime::now().duration_since(modified);
        Some(Stamp {
            len: about.len(),
            modified,
            node: node(&about),
            racy: age.map_or(true, |age| age < RACY),
        })
    }

    fn directories(&self, path: &Path) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(path) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }
}

#[cfg(unix)]
fn node(about: &std::fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (about.ino(), about.ctime(), about.ctime_nsec())
}

#[cfg(not(unix))]
fn node(_: &std::fs::Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

/// Texts in memory, by path. Clones share their content, so an embedder keeps one and changes it between reloads.
///
/// ```
/// use midair::source::{Provider, Texts};
/// let texts = Texts::new([("logic.nim", "proc answer*(): int = 42")]);
/// assert!(texts.is_file("logic.nim".as_ref()));
/// texts.set("logic.nim", "proc answer*(): int = 43");
/// ```
#[derive(Clone, Default, Debug)]
pub struct Texts {
    texts: Arc<RwLock<HashMap<PathBuf, Arc<[u8]>>>>,
}

impl Texts {
    /// A map with these files.
    pub fn new<P: AsRef<Path>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Texts {
        let texts = Texts::default();
        for (path, text) in files {
            texts.set(path, text);
        }
        texts
    }

    /// Adds a file, or gives it another text.
    pub fn set(&self, path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
        let path = normalize(path.as_ref());
        self.write().insert(path, text.as_ref().into());
    }

    /// Takes a file away.
    pub fn remove(&self, path: impl AsRef<Path>) {
        self.write().remove(&normalize(path.as_ref()));
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, HashMap<PathBuf, Arc<[u8]>>> {
        self.texts
            .write()
            .expect("no user of the map panics while it holds it")
    }

    fn get(&self, path: &Path) -> Option<Arc<[u8]>> {
        let texts = self.texts.read();
        let texts = texts.expect("no user of the map panics while it holds it");
        texts.get(path).cloned()
    }
}

impl Provider for Texts {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.get(path) {
            Some(text) => Ok(text.to_vec()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        self.get(path).is_some()
    }
}

/// `path` without `.` and `..`, by its text alone.
pub fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => match out.components().next_back() {
                Some(Component::Normal(_)) => {
                    out.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => out.push(".."),
            },
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalized_by_text() {
        let cases = [
            ("a/./b/../c.nim", "a/c.nim"),
            ("../x", "../x"),
            ("../../x/..", "../.."),
            ("/../x", "/x"),
            ("./a", "a"),
        ];
        for (given, want) in cases {
            assert_eq!(normalize(given.as_ref()), PathBuf::from(want), "{given}");
        }
    }

    #[test]
    fn a_file_is_not_read_while_it_is_written() {
        use std::io::Write;
        let file = std::env::temp_dir().join(format!("midair-cut-{}", std::process::id()));
        let whole = "x".repeat(2 * BLOCK + 1);
        let rounds = 20;
        let mut judged = 0;
        for _ in 0..rounds {
            std::fs::write(&file, &whole).unwrap();
            let (begun, read) = std::sync::mpsc::channel();
            let (path, text) = (file.clone(), whole.clone());
            let writer = std::thread::spawn(move || {
                let mut out = std::fs::File::create(&path).unwrap();
                let start = Instant::now();
                begun.send(()).unwrap();
                for block in text.as_bytes().chunks(BLOCK) {
                    std::thread::sleep(TURN);
                    out.write_all(block).unwrap();
                }
                start.elapsed()
            });
            read.recv().unwrap();
            let seen = Disk.read_again(&file).unwrap();
            // A writer that the machine has kept waiting is taken to be done.
            if writer.join().unwrap() < SETTLE / 2 {
                assert_eq!(seen.len(), whole.len());
                judged += 1;
            }
        }
        std::fs::remove_file(&file).unwrap();
        println!("{judged} of {rounds} rounds were quick enough to be judged");
    }
}
