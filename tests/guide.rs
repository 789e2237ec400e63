//! The guide's Nim blocks compile and run. Its Rust blocks are tests of the library's documentation.

use std::path::Path;

use midair::Program;
use midair::source::Texts;

/// Blocks of a language in a text, each with the line that it begins on.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(&'a str, usize, String)> = None;
    for (number, line) in text.lines().enumerate() {
        open = match (open, line.strip_prefix("```")) {
            (None, Some(language)) => Some((language, number + 2, String::new())),
            (None, None) => None,
            (Some((is, at, body)), Some(_)) => {
                if is == language {
                    found.push((at, body));
                }
                None
            }
            (Some((is, at, body)), None) => Some((is, at, body + line + "\n")),
        };
    }
    assert!(open.is_none(), "a block does not end");
    found
}

#[test]
fn nim_blocks_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for (line, block) in blocks(&text, "nim") {
            let texts = Texts::new([("guide.nim", &*block)]);
            if let Err(error) = Program::builder().provider(texts).load("guide.nim") {
                panic!("{}({line}): {error}", path.display());
            }
            count += 1;
        }
    }
    assert!(count >= 4, "{count}");
}

#[test]
fn the_summary_names_all_chapters() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src");
    let summary = std::fs::read_to_string(folder.join("SUMMARY.md")).unwrap();
    let library =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name != "SUMMARY.md" {
            assert!(summary.contains(&format!("({name})")), "{name}");
            assert!(
                library.contains(&format!("docs/src/{name}")),
                "{name} is tested"
            );
        }
    }
}
