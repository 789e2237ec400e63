//! The standard modules that come with midair, embedded in the binary.

use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use rustc_hash::FxHashMap;

static LIB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/lib");

/// What paths of embedded modules begin with, in messages too. No file system path begins so.
pub const ROOT: &str = "<midair>/lib";

/// By path inside the library. `Dir` itself compares with each of its entries, component by component.
static FILES: LazyLock<FxHashMap<&str, &[u8]>> = LazyLock::new(|| {
    let mut files = FxHashMap::default();
    collect(&LIB, &mut files);
    files
});

fn collect(dir: &'static Dir<'_>, files: &mut FxHashMap<&str, &[u8]>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path, file.contents());
        }
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

/// The text of an embedded file.
pub fn read(path: &Path) -> Option<&'static [u8]> {
    let inside = path.strip_prefix(ROOT).ok()?.to_str()?;
    FILES.get(inside).copied()
}

/// Is `path` inside the embedded library (whether or not there is such a file)?
pub fn contains(path: &Path) -> bool {
    path.starts_with(ROOT)
}
