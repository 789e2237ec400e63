//! Nim's own modules, taken as they are from where Nim is installed, pass the cases of ours.
//!
//! Skipped with a message where there is no Nim; `NIM_LIB` names the directory of its modules.

mod common;

use std::path::{Path, PathBuf};

use common::{Case, check_all, difference, midair, run};

/// Prefixes of the cases of the modules that are tried.
const CASES: &[&str] = &[
    "run/lib_algorithm",
    "run/lib_deques",
    "run/lib_heapqueue",
    "run/lib_math",
    "run/lib_options",
    "run/lib_parseutils",
    "run/lib_sets",
    "run/lib_strutils",
    "run/lib_tables",
];

#[test]
fn modules_of_nim() {
    let Some(lib) = installed() else {
        println!("skipped: Nim is not installed");
        return;
    };
    let scratch = std::env::temp_dir().join(format!("midair-nimlib-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).expect("a directory for the cases");
    let cases: Vec<Case> = common::cases("run")
        .into_iter()
        .filter(|case| CASES.iter().any(|prefix| case.name.starts_with(prefix)))
        .collect();
    check_all(&cases, |case| check(case, &lib, &scratch));
    let _ = std::fs::remove_dir_all(&scratch);
}

fn installed() -> Option<PathBuf> {
    let named = std::env::var_os("NIM_LIB").map(PathBuf::from);
    let usual = ["/usr/lib/nim/lib", "/usr/lib/nim", "/usr/local/lib/nim"].map(PathBuf::from);
    named
        .into_iter()
        .chain(usual)
        .find(|dir| dir.join("pure/strutils.nim").is_file())
}

fn check(case: &Case, lib: &Path, scratch: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(&case.path).map_err(|error| error.to_string())?;
    let file = scratch.join(case.path.file_name().expect("a case is a file"));
    std::fs::write(&file, from_paths(&text)).map_err(|error| error.to_string())?;
    let mut command = midair();
    command.arg("run");
    for part in ["pure", "pure/collections", "std", ""] {
        command.arg(format!("--path:{}", lib.join(part).display()));
    }
    let ran = run(command.arg(&file));
    match &case.output {
        Some(output) if *output != ran.stdout => Err(format!(
            "output differs at {}\n{}",
            difference(output, &ran.stdout),
            ran.stderr.lines().take(8).collect::<Vec<_>>().join("\n")
        )),
        _ => Ok(()),
    }
}

/// `std/x` is always the module that midair brings along; without it the search paths come first.
fn from_paths(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix("import std/[") {
        Some(rest) => format!("import {}", rest.replace(']', "")),
        None if line.starts_with("import ") => line.replace("std/", ""),
        None => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}
