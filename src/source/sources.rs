//! The texts of one program: what was read, under which names, and whether it has changed since.
//!
//! One [`Sources`] describes one version. To look for another, [`Sources::next`] starts from it: numbers and names stay,
//! what differs is read again when it is next asked for, and [`Sources::prune`] forgets what the new version no longer
//! uses. Where that version does not compile it is dropped, and the running program keeps the one that it has, with the
//! texts that its line numbers belong to.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::map::{FileId, SourceMap};
use super::provider::{Disk, Provider, Stamp, normalize};
use super::search::{HOSTS, SearchPaths};

/// A module's file and name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResolvedModule {
    /// Its file, which has been read.
    pub file: FileId,
    /// Its name, unique in the program and the same in each version: `logic`, `gfx/sprites`, `std/math`, `system`.
    pub name: Arc<str>,
}

/// Why a file could not be read. Shown as `cannot open file: logic.nim: it is a directory`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("cannot open file: {}: {reason}", path.display())]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub reason: String,
}

/// Why an import was not found or could not be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ResolveError {
    /// There is no such file. Shown as Nim does: `cannot open file: foo`.
    #[error("cannot open file: {spec}")]
    NotFound {
        /// What was asked for.
        spec: String,
        /// The files that would have done, in order.
        tried: Vec<PathBuf>,
    },
    /// There is one, and it cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
}

impl ResolveError {
    /// Where it was looked for, as a help text; nothing when the message says it all.
    pub fn help(&self) -> Option<String> {
        match self {
            ResolveError::NotFound { tried, .. } if !tried.is_empty() => {
                let tried: Vec<String> = tried.iter().map(|p| p.display().to_string()).collect();
                Some(format!("tried {}", tried.join(", ")))
            }
            _ => None,
        }
    }
}

/// What a program was last read from.
#[derive(Clone)]
struct Content {
    bytes: Arc<[u8]>,
    stamp: Option<Stamp>,
}

impl Content {
    fn is_same(&self, other: &Content) -> bool {
        Arc::ptr_eq(&self.bytes, &other.bytes) || self.bytes == other.bytes
    }
}

/// The texts of one version of a program.
#[derive(Clone)]
pub struct Sources {
    provider: Arc<dyn Provider>,
    search: Arc<SearchPaths>,
    base: Arc<Path>,
    /// Texts, pieces and lines.
    pub map: SourceMap,
    main: Option<FileId>,
    names: FxHashMap<PathBuf, Arc<str>>,
    owners: FxHashMap<Arc<str>, PathBuf>,
    /// Everything that this version depends on, also what is not a text (`staticRead`).
    contents: FxHashMap<PathBuf, Content>,
    /// What was found in edited files when this version began, until it reads them.
    edited: FxHashMap<PathBuf, Content>,
    /// What was deleted when this version began. Should it be back, that is a change.
    gone: FxHashSet<PathBuf>,
    /// What each file asked for.
    uses: FxHashMap<FileId, Uses>,
    /// The same of edited files, in the version before.
    before: FxHashMap<FileId, Uses>,
}

/// What a file's imports, includes and compile-time reads came to.
#[derive(Clone, Default)]
struct Uses {
    found: FxHashSet<PathBuf>,
    /// Of those, what is not a text with a number of its own (`staticRead`).
    read: FxHashSet<PathBuf>,
    /// Files that do not exist and would have been taken if they did.
    absent: FxHashSet<PathBuf>,
}

impl Sources {
    /// Texts from `provider`, looked up in `search`.
    pub fn new(provider: Arc<dyn Provider>, search: SearchPaths) -> Sources {
        let base = normalize(&provider.base());
        let absolute = |path: PathBuf| normalize(&base.join(path));
        let search = SearchPaths {
            paths: search.paths.into_iter().map(absolute).collect(),
            packages: search.packages.into_iter().map(absolute).collect(),
            lib: search.lib.map(absolute),
            hosts: search.hosts,
        };
        Sources {
            provider,
            search: Arc::new(search),
            map: SourceMap::shown_from(&base),
            base: base.into(),
            main: None,
            names: FxHashMap::default(),
            owners: FxHashMap::default(),
            contents: FxHashMap::default(),
            edited: FxHashMap::default(),
            gone: FxHashSet::default(),
            uses: FxHashMap::default(),
            before: FxHashMap::default(),
        }
    }

    /// Texts from the disk.
    pub fn from_disk(search: SearchPaths) -> Sources {
        Sources::new(Arc::new(Disk), search)
    }

    /// The start of another version of the same program, and the files that it has to be checked again for: edited or
    /// deleted ones, those that read an edited file at compile time, and those with an import that a new file now answers.
    pub fn next(&self) -> (Sources, FxHashSet<FileId>) {
        let mut next = self.clone();
        next.edited.clear();
        next.gone.clear();
        next.contents.retain(|path, known| {
            let news = self.news(path, known);
            match &news {
                Some(Ok(content)) => drop(next.edited.insert(path.clone(), content.clone())),
                Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => {
                    next.gone.insert(path.clone());
                }
                _ => {}
            }
            news.is_none()
        });
        let edited = |path: &PathBuf| !next.contents.contains_key(path);
        let touched = |uses: &Uses| {
            uses.read.iter().any(edited) || uses.absent.iter().any(|path| self.exists(path))
        };
        let edited_files = self.contents.keys().filter(|path| edited(path));
        let mut stale: FxHashSet<FileId> = edited_files
            .filter_map(|path| self.map.find(path))
            .collect();
        let users = self.uses.iter().filter(|(_, uses)| touched(uses));
        stale.extend(users.map(|(&file, _)| file));
        next.before = next
            .uses
            .extract_if(|file, _| stale.contains(file))
            .collect();
        (next, stale)
    }

    /// An edited file uses what it used before: what names other files in it was not looked at again.
    pub fn keep_uses(&mut self, file: FileId) {
        if let Some(before) = self.before.remove(&file) {
            let uses = self.uses.entry(file).or_default();
            uses.found.extend(before.found);
            uses.read.extend(before.read);
            uses.absent.extend(before.absent);
        }
    }

    /// Forgets files that the main module no longer uses, however indirectly. Their numbers and names stay.
    pub fn prune(&mut self) {
        self.gone.clear();
        let uses = std::mem::take(&mut self.uses);
        let mut seen: FxHashSet<&Path> = FxHashSet::default();
        let start = self.main.map(|main| self.map.path(main));
        let mut todo: Vec<&Path> = start.into_iter().collect();
        while let Some(path) = todo.pop() {
            if seen.insert(path)
                && let Some(file) = self.map.find(path)
                && let Some(uses) = uses.get(&file)
            {
                todo.extend(uses.found.iter().map(PathBuf::as_path));
            }
        }
        self.contents
            .retain(|path, _| seen.contains(path.as_path()));
        let used = |file: &FileId| seen.contains(self.map.path(*file));
        let kept: FxHashSet<FileId> = uses.keys().copied().filter(used).collect();
        self.uses = uses;
        self.uses.retain(|file, _| kept.contains(file));
        self.edited.clear();
    }

    /// Reads the main module. Names of other modules are relative to its directory.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn main(&mut self, path: &Path) -> Result<ResolvedModule, ReadError> {
        let path = normalize(&self.base.join(path));
        let file = self.read(&path)?;
        self.main = Some(file);
        let name = self.name(&path);
        Ok(ResolvedModule { file, name })
    }

    /// Finds and reads the module that `import spec` in `from` means. `spec` is a path as written, without quotes:
    /// `strutils`, `std/math`, `pkg/sdl2`, `../shared/util`, `gfx/sprites.nim`.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn resolve(&mut self, from: FileId, spec: &str) -> Result<ResolvedModule, ResolveError> {
        let tried = self
            .search
            .candidates(&*self.provider, self.map.path(from), spec);
        let path = self.first(from, spec, tried)?;
        let file = self.read(&path)?;
        let name = self.name(&path);
        Ok(ResolvedModule { file, name })
    }

    /// Finds and reads the module `system`, which every module imports, for the main module `from`.
    ///
    /// # Errors
    /// When `--lib` names a directory without it.
    pub fn system(&mut self, from: FileId) -> Result<ResolvedModule, ResolveError> {
        let path = self.search.library_root().join("system.nim");
        self.uses
            .entry(from)
            .or_default()
            .found
            .insert(path.clone());
        let file = self.read(&path)?;
        let name = self.name(&path);
        Ok(ResolvedModule { file, name })
    }

    /// Finds and reads a file for `include`: beside the including file, then in the search paths.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn include(&mut self, from: FileId, spec: &str) -> Result<FileId, ResolveError> {
        let path = self.map.path(from);
        let mut tried = self.search.candidates(&*self.provider, path, spec);
        if Path::new(spec).extension().is_some() {
            // An included file may have any extension.
            tried.insert(0, normalize(&parent(path).join(spec)));
        }
        let path = self.first(from, spec, tried)?;
        Ok(self.read(&path)?)
    }

    /// Reads a file for `staticRead`, relative to the file `from`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn static_read(&mut self, from: FileId, path: &str) -> Result<Arc<[u8]>, ReadError> {
        let path = normalize(&parent(self.map.path(from)).join(path));
        let bytes = self.bytes(&path)?;
        let uses = self.uses.entry(from).or_default();
        uses.found.insert(path.clone());
        uses.read.insert(path);
        Ok(bytes)
    }

    /// Reads a file of an earlier version again, if this version has not done so yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn refresh(&mut self, file: FileId) -> Result<(), ReadError> {
        let path = self.map.path(file).to_owned();
        self.read(&path).map(drop)
    }

    /// The text of a file that was read.
    pub fn text(&self, file: FileId) -> &Arc<str> {
        self.map.text(file)
    }

    /// Is `file` one of the standard modules that come with midair?
    pub fn is_library(&self, file: FileId) -> bool {
        let path = self.map.path(file);
        self.search.in_library(path) || self.search.is_embedded(path)
    }

    /// The files that differ now from what this version was read from: edited, deleted, or new where an import would
    /// find them first. A file that was written with the same content is not among them. In order of their paths.
    pub fn changed(&self) -> Vec<PathBuf> {
        let edited = |(path, known): (&PathBuf, &Content)| {
            (!self.is_current(path, known)).then(|| path.clone())
        };
        let mut changed: Vec<PathBuf> = self.contents.iter().filter_map(edited).collect();
        changed.extend(self.appeared().cloned());
        changed.sort();
        changed.dedup();
        changed
    }

    /// Is there anything that [`Sources::changed`] would list?
    pub fn has_changed(&self) -> bool {
        self.contents
            .iter()
            .any(|(path, known)| !self.is_current(path, known))
            || self.appeared().next().is_some()
    }

    fn appeared(&self) -> impl Iterator<Item = &PathBuf> {
        let absent = self.uses.values().flat_map(|uses| &uses.absent);
        absent.chain(&self.gone).filter(|path| self.exists(path))
    }

    /// Have both versions been read from the same content?
    pub fn same_content(&self, other: &Sources) -> bool {
        self.contents.len() == other.contents.len()
            && self.contents.iter().all(|(path, mine)| {
                other
                    .contents
                    .get(path)
                    .is_some_and(|theirs| mine.bytes == theirs.bytes)
            })
    }

    /// Everything that this version depends on, in order of the paths; what is embedded is left out.
    pub fn files(&self) -> Vec<PathBuf> {
        let on_disk = |path: &&PathBuf| !self.search.is_embedded(path);
        let mut files: Vec<PathBuf> = self.contents.keys().filter(on_disk).cloned().collect();
        files.sort();
        files
    }

    /// Everything whose saving could mean a change: [`Sources::files`], and what an import would find if it were there.
    pub fn watched(&self) -> Vec<PathBuf> {
        let absent = self.uses.values().flat_map(|uses| &uses.absent);
        let mut files = self.files();
        files.extend(absent.chain(&self.gone).cloned());
        files
    }

    /// `path` as the map of this program names it: absolute and normalized.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        normalize(&self.base.join(path))
    }

    /// The name of the module at `path`, if it is part of the program.
    pub fn module_name(&self, path: &Path) -> Option<&Arc<str>> {
        self.names.get(path)
    }

    /// The file of the module with this name, if there was one in any version.
    pub fn module_file(&self, name: &str) -> Option<FileId> {
        self.map.find(self.owners.get(name)?)
    }

    /// Is the content of `file` part of this version?
    pub fn is_read(&self, file: FileId) -> bool {
        self.contents.contains_key(self.map.path(file))
    }

    /// Does the module with this name differ now, in its own file or in one that it includes or reads at compile time?
    pub fn has_module_changed(&self, name: &str) -> bool {
        let is_same = |path: &Path, known: &Content| self.is_current(path, known);
        self.differs(name, is_same, |path| self.exists(path))
    }

    /// Does it differ from what the next version has read?
    pub fn has_module_changed_in(&self, next: &Sources, name: &str) -> bool {
        let read = |path: &Path| next.contents.get(path);
        let is_same =
            |path: &Path, known: &Content| read(path).is_some_and(|new| new.is_same(known));
        self.differs(name, is_same, |path| read(path).is_some())
    }

    fn differs(
        &self,
        name: &str,
        is_same: impl Fn(&Path, &Content) -> bool,
        exists: impl Fn(&Path) -> bool,
    ) -> bool {
        let mut todo: Vec<&PathBuf> = self.owners.get(name).into_iter().collect();
        let mut seen: FxHashSet<&PathBuf> = FxHashSet::default();
        while let Some(path) = todo.pop() {
            if !seen.insert(path) {
                continue;
            }
            let Some(known) = self.contents.get(path) else {
                continue;
            };
            let uses = self.map.find(path).and_then(|file| self.uses.get(&file));
            let shadowed = |uses: &Uses| uses.absent.iter().any(|path| exists(path));
            if !is_same(path, known) || uses.is_some_and(shadowed) {
                return true;
            }
            let parts = uses.into_iter().flat_map(|uses| &uses.found);
            todo.extend(parts.filter(|part| !self.names.contains_key(*part)));
        }
        false
    }

    fn is_current(&self, path: &Path, known: &Content) -> bool {
        self.news(path, known).is_none()
    }

    /// What a file contains, if that is something else than it was.
    fn news(&self, path: &Path, known: &Content) -> Option<io::Result<Content>> {
        if self.search.is_embedded(path) {
            return None;
        }
        let stamp = self.provider.stamp(path);
        if let (Some(now), Some(then)) = (&stamp, &known.stamp)
            && now.proves_same(then)
        {
            return None;
        }
        match self.provider.read_again(path) {
            Ok(bytes) if bytes[..] == known.bytes[..] => None,
            Ok(bytes) => Some(Ok(Content {
                bytes: bytes.into(),
                stamp,
            })),
            Err(error) => Some(Err(error)),
        }
    }

    fn exists(&self, path: &Path) -> bool {
        match self.search.embedded(path) {
            Some(text) => text.is_some(),
            None => self.provider.is_file(path),
        }
    }

    fn first(
        &mut self,
        from: FileId,
        spec: &str,
        tried: Vec<PathBuf>,
    ) -> Result<PathBuf, ResolveError> {
        let found = tried.iter().position(|path| self.exists(path));
        let missing = &tried[..found.unwrap_or(tried.len())];
        let outside = |path: &&PathBuf| !self.search.is_embedded(path);
        let outside: Vec<PathBuf> = missing.iter().filter(outside).cloned().collect();
        let uses = self.uses.entry(from).or_default();
        uses.absent.extend(outside);
        uses.found.extend(found.map(|at| tried[at].clone()));
        match found {
            Some(at) => Ok(tried[at].clone()),
            None => Err(ResolveError::NotFound {
                spec: spec.to_owned(),
                tried: tried
                    .iter()
                    .map(|path| self.map.shown(path).to_owned())
                    .collect(),
            }),
        }
    }

    /// Reads `path` as a text, once a version.
    fn read(&mut self, path: &Path) -> Result<FileId, ReadError> {
        if self.contents.contains_key(path)
            && let Some(file) = self.map.find(path)
        {
            return Ok(file);
        }
        let bytes = self.bytes(path)?;
        // A byte order mark is not part of the program, and Nim skips it too.
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let text = std::str::from_utf8(bytes).map_err(|err| {
            let line = bytes[..err.valid_up_to()]
                .iter()
                .filter(|&&b| b == b'\n')
                .count()
                + 1;
            self.error(path, format!("it is not UTF-8 (line {line})"))
        })?;
        if u32::try_from(text.len()).is_err() {
            return Err(self.error(path, "it is larger than 4 GiB".into()));
        }
        Ok(self.map.add_file(path.to_owned(), text.into()))
    }

    fn bytes(&mut self, path: &Path) -> Result<Arc<[u8]>, ReadError> {
        if let Some(known) = self.contents.get(path) {
            return Ok(known.bytes.clone());
        }
        if let Some(content) = self.edited.remove(path) {
            let bytes = content.bytes.clone();
            self.contents.insert(path.to_owned(), content);
            return Ok(bytes);
        }
        let (bytes, stamp) = match self.search.embedded(path) {
            Some(text) => {
                let missing = || io::Error::from(io::ErrorKind::NotFound);
                (text.map(<[u8]>::to_vec).ok_or_else(missing), None)
            }
            None => {
                let stamp = self.provider.stamp(path);
                (self.provider.read(path), stamp)
            }
        };
        let bytes: Arc<[u8]> = match bytes {
            Ok(bytes) => bytes.into(),
            Err(err) => return Err(self.error(path, reason(&err))),
        };
        let content = Content {
            bytes: bytes.clone(),
            stamp,
        };
        self.contents.insert(path.to_owned(), content);
        Ok(bytes)
    }

    fn error(&self, path: &Path, reason: String) -> ReadError {
        let path = self.map.shown(path).to_owned();
        ReadError { path, reason }
    }

    /// The name of the module at `path`: relative to the library, the main module's directory or a search path, without
    /// the extension; longer if another module has that already.
    fn name(&mut self, path: &Path) -> Arc<str> {
        if let Some(name) = self.names.get(path) {
            return name.clone();
        }
        let relative = self.relative(path);
        let mut name = slashed(&relative.with_extension(""));
        if self.owners.contains_key(name.as_str()) {
            name = slashed(&path.with_extension(""));
        }
        while self.owners.contains_key(name.as_str()) {
            name.push('~');
        }
        let name: Arc<str> = name.into();
        self.names.insert(path.to_owned(), name.clone());
        self.owners.insert(name.clone(), path.to_owned());
        name
    }

    fn relative(&self, path: &Path) -> PathBuf {
        for root in [self.search.library_root(), Path::new(HOSTS)] {
            if let Ok(inside) = path.strip_prefix(root) {
                return inside.to_owned();
            }
        }
        let project = self.main.map(|main| parent(self.map.path(main)));
        let roots = project
            .into_iter()
            .chain(self.search.paths.iter().map(PathBuf::as_path));
        if let Some(inside) = roots.filter_map(|root| path.strip_prefix(root).ok()).next() {
            return inside.to_owned();
        }
        for packages in &self.search.packages {
            if let Ok(inside) = path.strip_prefix(packages) {
                return inside.components().skip(1).collect();
            }
        }
        match project.and_then(|project| below_parents(project, path)) {
            Some(relative) => relative,
            None => path.to_owned(),
        }
    }
}

/// `path` as seen from `dir`, with as many `..` as it takes.
fn below_parents(dir: &Path, path: &Path) -> Option<PathBuf> {
    let mut up = PathBuf::new();
    for ancestor in dir.ancestors() {
        if let Ok(inside) = path.strip_prefix(ancestor) {
            return Some(up.join(inside));
        }
        up.push("..");
    }
    None
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// In words, without the number that the system puts behind them.
fn reason(err: &io::Error) -> String {
    match err.kind() {
        io::ErrorKind::NotFound => "no such file".into(),
        io::ErrorKind::IsADirectory => "it is a directory".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => err.to_string(),
    }
}

#[cfg(test)]
mod tests;
