//! The environment, the file system and commands, for code that runs at compile time.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::thread;

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

/// Runs a command of the shell. Both of its outputs go into one, as they come.
pub(super) fn run_command(
    command: &str,
    input: &[u8],
    directory: &str,
) -> io::Result<(Vec<u8>, i32)> {
    let (mut reader, writer) = io::pipe()?;
    let mut child = Command::new("/bin/sh")
        .args(["-c", command])
        .current_dir(directory)
        .stdin(Stdio::piped())
        .stderr(writer.try_clone()?)
        .stdout(writer)
        .spawn()?;
    let stdin = child.stdin.take();
    let mut output = Vec::new();
    thread::scope(|scope| {
        // It may stop to read before it has seen all of it.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        reader.read_to_end(&mut output)
    })?;
    let status = child.wait()?;
    Ok((output, status.code().unwrap_or(-1)))
}
