//! How fast compiled code runs, against the same program built by the real Nim.
//!
//! The programs stand in `benches/run/`. Each asserts its own result, times its own work (so neither start-up nor
//! compilation is in the figures) and prints the nanoseconds, then the result, which has to be the same on both sides. Runs of
//! both sides take turns; a figure is the median over the rounds, or the ratio of two medians.
//!
//! `cargo bench --bench run [NAME…]`; `ROUNDS=n` for more or fewer rounds. Without `nim` its columns are left out.

use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAMS: [&str; 15] = [
    "nbody",
    "fannkuch",
    "spectral_norm",
    "mandelbrot",
    "matrix",
    "queens",
    "sudoku",
    "binary_trees",
    "strings",
    "tables",
    "sorting",
    "recursion",
    "vectors",
    "life",
    "exceptions",
];
/// With all checks that Nim's release build has, and without any.
const MODES: [&str; 2] = ["release", "danger"];

/// Nanoseconds of one run, and what it found.
fn run(command: &mut Command) -> (f64, String) {
    let shown = format!("{command:?}");
    let output = command.output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}\n{text}{errors}");
    let (time, result) = text.split_once('\n').expect("a time and a result");
    let time = time
        .strip_prefix("time ")
        .and_then(|time| time.parse().ok());
    (time.expect("nanoseconds"), result.to_owned())
}

/// Builds a program with the real Nim.
fn native(source: &Path, mode: &str) -> PathBuf {
    let name = source.file_stem().expect("a file").to_string_lossy();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("run");
    std::fs::create_dir_all(&folder).expect("a writable target folder");
    let binary = folder.join(format!("{name}_{mode}"));
    let cache = folder.join(format!("{name}_{mode}.cache"));
    let built = Command::new("nim")
        .args(["c", "--gc:orc", "--hints:off", "--warnings:off"])
        .arg(format!("-d:{mode}"))
        .arg(format!("--nimcache:{}", cache.display()))
        .arg(format!("--out:{}", binary.display()))
        .arg(source)
        .output()
        .expect("nim starts");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    binary
}

fn midair(source: &Path, mode: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midair"));
    command.arg("run").arg(format!("-d:{mode}")).arg(source);
    command
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Medians in milliseconds: ours and, where it is installed, Nim's.
fn measure(source: &Path, mode: &str, rounds: usize, has_nim: bool) -> (f64, Option<f64>) {
    let peer = has_nim.then(|| native(source, mode));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (time, result) = run(&mut midair(source, mode));
        ours.push(time / 1e6);
        if let Some(peer) = &peer {
            let (time, expected) = run(&mut Command::new(peer));
            theirs.push(time / 1e6);
            assert_eq!(result, expected, "{}", source.display());
        }
    }
    (median(ours), has_nim.then(|| median(theirs)))
}

fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with('-'))
        .collect();
    let rounds = std::env::var("ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(7);
    let has_nim = Command::new("nim").arg("--version").output().is_ok();
    if !has_nim {
        println!("nim is not installed: no ratios");
    }
    println!(
        "{:<16}{:>12}{:>12}{:>8}{:>12}{:>12}{:>8}",
        "", "release", "nim", "ratio", "danger", "nim", "ratio"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/run");
    for name in PROGRAMS {
        if !wanted.is_empty() && !wanted.iter().any(|one| name.contains(one.as_str())) {
            continue;
        }
        print!("{name:<16}");
        for mode in MODES {
            let (ours, theirs) =
                measure(&folder.join(format!("{name}.nim")), mode, rounds, has_nim);
            match theirs {
                Some(theirs) => print!("{ours:>9.1} ms{theirs:>9.1} ms{:>8.2}", ours / theirs),
                None => print!("{ours:>9.1} ms{:>12}{:>8}", "-", "-"),
            }
        }
        println!();
    }
}
