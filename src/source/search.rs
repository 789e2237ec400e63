//! Where a module's file may be: the rules of `import`, as a list of candidates in order.
//!
//! ```text
//! import x        the host's modules, beside the importing file, search paths, packages, library (`lib/x`, `lib/std/x`)
//! import std/x    library, search paths
//! import pkg/x    search paths, packages, library
//! import ./x, ../x, /x    that file
//! ```
//! A module of the embedded library sees the library first, so that a program's `strutils.nim` does not replace what
//! `std/os` imports.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::library;
use super::provider::{Provider, normalize};

/// What paths of the host's modules begin with, in messages too.
pub(super) const HOSTS: &str = "<host>";

/// The directories that modules are looked up in.
#[derive(Clone, Default, Debug)]
pub struct SearchPaths {
    /// `--path`, and paths of `nim.cfg`, in order.
    pub paths: Vec<PathBuf>,
    /// Directories that hold installed packages (`~/.nimble/pkgs2`), each a directory `NAME-VERSION…`.
    pub packages: Vec<PathBuf>,
    /// Reads the standard modules from here in place of the embedded ones (`--lib`).
    pub lib: Option<PathBuf>,
    /// Texts of the host's modules by their names, which are found before everything else.
    pub hosts: BTreeMap<String, Arc<str>>,
}

impl SearchPaths {
    /// Nimble's directories for this user: `$NIMBLE_DIR` or `~/.nimble`.
    pub fn user_packages() -> Vec<PathBuf> {
        let nimble = std::env::var_os("NIMBLE_DIR").map(PathBuf::from);
        let home = || std::env::home_dir().map(|home| home.join(".nimble"));
        let Some(nimble) = nimble.or_else(home) else {
            return Vec::new();
        };
        vec![nimble.join("pkgs2"), nimble.join("pkgs")]
    }

    /// The candidates for `import spec` in the file `from`, best first.
    pub(super) fn candidates(
        &self,
        provider: &dyn Provider,
        from: &Path,
        spec: &str,
    ) -> Vec<PathBuf> {
        let spec = spec.strip_suffix(".nim").unwrap_or(spec);
        let beside = from.parent().unwrap_or(Path::new("")).join(with_ext(spec));
        let mut found = Candidates::default();
        if let Some(rest) = spec.strip_prefix("std/") {
            self.library(&mut found, rest);
            self.searched(&mut found, spec);
        } else if let Some(rest) = spec.strip_prefix("pkg/") {
            self.searched(&mut found, rest);
            self.installed(provider, &mut found, rest);
            self.library(&mut found, rest);
        } else if spec.starts_with("./") || spec.starts_with("../") || spec.starts_with('/') {
            found.add(beside);
        } else {
            if self.hosts.contains_key(spec) {
                found.add(Path::new(HOSTS).join(with_ext(spec)));
            }
            found.add(beside);
            if self.in_library(from) {
                self.library(&mut found, spec);
            }
            self.searched(&mut found, spec);
            self.installed(provider, &mut found, spec);
            self.library(&mut found, spec);
        }
        found.0
    }

    /// The text of a file that is no file: of the library or of a host's module. The outer `None` is for other paths.
    pub(super) fn embedded(&self, path: &Path) -> Option<Option<&[u8]>> {
        if let Ok(inside) = path.strip_prefix(HOSTS) {
            let name = inside.with_extension("");
            let text = self.hosts.get(name.to_str().unwrap_or_default());
            return Some(text.map(|text| text.as_bytes()));
        }
        library::contains(path).then(|| library::read(path))
    }

    /// Is `path` outside of any file system?
    pub(super) fn is_embedded(&self, path: &Path) -> bool {
        path.starts_with(HOSTS) || library::contains(path)
    }

    /// Is `path` a file of the standard modules?
    pub(super) fn in_library(&self, path: &Path) -> bool {
        path.starts_with(self.library_root())
    }

    pub(super) fn library_root(&self) -> &Path {
        self.lib.as_deref().unwrap_or(Path::new(library::ROOT))
    }

    fn library(&self, found: &mut Candidates, spec: &str) {
        let root = self.library_root();
        found.add(root.join("std").join(with_ext(spec)));
        found.add(root.join(with_ext(spec)));
    }

    fn searched(&self, found: &mut Candidates, spec: &str) {
        for dir in &self.paths {
            found.add(dir.join(with_ext(spec)));
        }
    }

    fn installed(&self, provider: &dyn Provider, found: &mut Candidates, spec: &str) {
        for dir in &self.packages {
            for package in newest(provider.directories(dir)) {
                found.add(dir.join(package).join(with_ext(spec)));
            }
        }
    }
}

#[derive(Default)]
struct Candidates(Vec<PathBuf>);

impl Candidates {
    fn add(&mut self, path: PathBuf) {
        let path = normalize(&path);
        if !self.0.contains(&path) {
            self.0.push(path);
        }
    }
}

fn with_ext(spec: &str) -> String {
    format!("{spec}.nim")
}

/// Of the packages that are installed in several versions, the newest of each.
fn newest(directories: Vec<String>) -> Vec<String> {
    let mut best: Vec<(String, Vec<u64>, String)> = Vec::new();
    for dir in directories {
        let (name, version) = package_version(&dir);
        match best.iter_mut().find(|(known, ..)| *known == name) {
            Some(known) if known.1 < version => *known = (name, version, dir),
            Some(_) => {}
            None => best.push((name, version, dir)),
        }
    }
    best.into_iter().map(|(.., dir)| dir).collect()
}

/// Name and version of `sdl2-2.0.5`, `sdl2-2.0.5-HASH` or `sdl2-#head` (which counts as the newest).
fn package_version(dir: &str) -> (String, Vec<u64>) {
    let mut parts = dir.split('-');
    let name = parts.next().unwrap_or_default().to_owned();
    let version = match parts.next() {
        Some(special) if special.starts_with('#') => vec![u64::MAX],
        Some(version) => version.split('.').map_while(|n| n.parse().ok()).collect(),
        None => Vec::new(),
    };
    (name, version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Texts;

    fn candidates(from: &str, spec: &str) -> Vec<String> {
        let search = SearchPaths {
            paths: vec!["deps".into()],
            ..SearchPaths::default()
        };
        let found = search.candidates(&Texts::default(), from.as_ref(), spec);
        found.iter().map(|p| p.display().to_string()).collect()
    }

    #[test]
    fn a_plain_import_looks_beside_then_in_the_paths_then_in_the_library() {
        assert_eq!(
            candidates("game/main.nim", "strutils"),
            [
                "game/strutils.nim",
                "deps/strutils.nim",
                "<midair>/lib/std/strutils.nim",
                "<midair>/lib/strutils.nim"
            ]
        );
        assert_eq!(candidates("game/main.nim", "./a/b"), ["game/a/b.nim"]);
        assert_eq!(candidates("game/main.nim", "../b"), ["b.nim"]);
    }

    #[test]
    fn std_is_the_library_and_pkg_the_packages() {
        assert_eq!(
            candidates("main.nim", "std/os")[0],
            "<midair>/lib/std/os.nim"
        );
        assert_eq!(candidates("main.nim", "pkg/sdl2")[0], "deps/sdl2.nim");
    }

    #[test]
    fn the_library_imports_from_itself_first() {
        let from = "<midair>/lib/std/os.nim";
        assert_eq!(
            candidates(from, "strutils")[0],
            "<midair>/lib/std/strutils.nim"
        );
        assert_eq!(candidates(from, "sdl2")[1], "<midair>/lib/sdl2.nim");
    }

    #[test]
    fn the_newest_version_of_a_package_wins() {
        let dirs = ["sdl2-2.0.10", "sdl2-2.0.9-ab12", "stew-0.1"].map(str::to_owned);
        assert_eq!(newest(dirs.to_vec()), ["sdl2-2.0.10", "stew-0.1"]);
    }
}
