//! The standard modules, checked whole: a program has only those bodies of them checked that it needs.

use std::fs;
use std::path::Path;

use midair::Program;
use midair::host::Options;

#[test]
fn every_body_of_the_library_is_correct() -> Result<(), Box<dyn std::error::Error>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("lib/std");
    let mut names: Vec<String> = fs::read_dir(dir)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".nim")?.to_owned()))
        .collect();
    names.sort();
    assert!(names.len() > 40, "{names:?}");
    let file = std::env::temp_dir().join(format!("midair_library_{}.nim", std::process::id()));
    fs::write(&file, format!("import std/[{}]\n", names.join(", ")))?;
    let options = Options {
        whole_library: true,
        ..Options::default()
    };
    let lowered = Program::builder().options(options).lower(&file);
    fs::remove_file(&file)?;
    lowered?;
    Ok(())
}
