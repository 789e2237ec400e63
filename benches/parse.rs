//! How many lines a second the parser reads, and what a one-line edit costs.
//!
//! Reads every file of an installed Nim library (`NIM_LIB`, or `/usr/lib/nim`), or the embedded one where there is none.
//! Asserts that all of it is accepted, so that a figure never comes from giving up early.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use midair::syntax::parse_file;
use midair::syntax::tree::Origin;

const ROUNDS: usize = 10;

fn main() {
    let installed = std::env::var("NIM_LIB").unwrap_or_else(|_| "/usr/lib/nim".to_owned());
    let mut files = Vec::new();
    collect(Path::new(&installed), &mut files);
    if files.is_empty() {
        collect(
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/lib")),
            &mut files,
        );
    }
    let texts: Vec<String> = files
        .iter()
        .filter_map(|file| std::fs::read(file).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    whole(&texts);
    let longest = texts.iter().max_by_key(|text| text.len());
    edited(longest.expect("at least one file"));
}

/// Reads all texts anew.
fn whole(texts: &[String]) {
    let lines: usize = texts.iter().map(|text| text.lines().count()).sum();
    let (mut best, mut nodes) = (Duration::MAX, 0);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        nodes = 0;
        for text in texts {
            let parsed = parse_file(text, None, &mut |_| Origin(0));
            for piece in &parsed.pieces {
                assert!(piece.errors.is_empty(), "{:?}", piece.errors);
                nodes += piece.tree.nodes.len();
            }
        }
        best = best.min(start.elapsed());
    }
    assert!(nodes > lines, "{nodes} nodes of {lines} lines");
    println!(
        "parse: {} files, {lines} lines, {nodes} nodes in {best:.1?}: {:.0} lines/s",
        texts.len(),
        lines as f64 / best.as_secs_f64()
    );
}

/// Reads a text again after an edit in its middle.
fn edited(text: &str) {
    let before = parse_file(text, None, &mut |_| Origin(0));
    let middle = &before.pieces[before.pieces.len() / 2];
    let mut new = text.to_owned();
    new.insert_str(middle.start as usize, "let midairBench = 1\n");
    let (mut best, mut read) = (Duration::MAX, 0);
    for _ in 0..ROUNDS * 10 {
        read = 0;
        let start = Instant::now();
        let after = parse_file(&new, Some(&before), &mut |_| {
            read += 1;
            Origin(1)
        });
        best = best.min(start.elapsed());
        assert_eq!(after.pieces.len(), before.pieces.len() + 1);
    }
    assert_eq!(read, 1, "only the new statement is read");
    println!(
        "parse: one statement more in {} lines: {best:.1?}",
        text.lines().count()
    );
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ext| ext == "nim") {
            files.push(path);
        }
    }
}
