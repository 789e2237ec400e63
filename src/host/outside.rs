//! The environment and the file system, for code that runs at compile time.

use std::ffi::OsString;
use std::fs;

use crate::sema::program::Standing;

pub(super) fn variable(name: &str) -> Option<Vec<u8>> {
    // Such names have no variable, and the system's own function does not take them.
    let possible = !name.is_empty() && !name.contains(['=', '\0']);
    possible
        .then(|| std::env::var_os(name))?
        .map(OsString::into_encoded_bytes)
}

pub(super) fn standing(path: &str) -> Standing {
    let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
    let directory = fs::metadata(path).map(|found| found.is_dir());
    match (directory, is_link) {
        (Err(_), _) => Standing::Nothing,
        (Ok(false), false) => Standing::File,
        (Ok(false), true) => Standing::LinkToFile,
        (Ok(true), false) => Standing::Directory,
        (Ok(true), true) => Standing::LinkToDirectory,
    }
}

pub(super) fn names_in(path: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut names: Vec<Vec<u8>> = entries
        .map(|entry| entry.file_name().into_encoded_bytes())
        .collect();
    names.sort_unstable();
    names
}
