//! The standard modules that come with midair, embedded in the binary.

use std::path::Path;

use include_dir::{Dir, include_dir};

static LIB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/lib");

/// What paths of embedded modules begin with, in messages too. No file system path begins so.
pub const ROOT: &str = "<midair>/lib";

/// The text of an embedded file.
pub fn read(path: &Path) -> Option<&'static [u8]> {
    let inside = path.strip_prefix(ROOT).ok()?;
    LIB.get_file(inside).map(|file| file.contents())
}

/// Is `path` inside the embedded library (whether or not there is such a file)?
pub fn contains(path: &Path) -> bool {
    path.starts_with(ROOT)
}
