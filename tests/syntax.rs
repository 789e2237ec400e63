//! The parser over real files and small cases.

use midair::syntax::tree::Origin;
use midair::syntax::{Parsed, parse_file};

fn parse(text: &str) -> Parsed {
    parse_file(text, None, &mut |_| Origin(0))
}

/// Every file of an installed Nim library is read without a diagnostic.
#[test]
fn reads_the_library_of_nim() {
    let mut files = Vec::new();
    collect(std::path::Path::new("/usr/lib/nim"), &mut files);
    let mut bad = 0;
    for file in &files {
        let text = std::fs::read(file).expect("readable");
        let text = String::from_utf8_lossy(&text);
        let parsed = parse(&text);
        for piece in &parsed.pieces {
            for error in piece.errors.iter() {
                let at = (piece.start + error.span.start) as usize;
                let line = text[..at].matches('\n').count() + 1;
                let col = at - text[..at].rfind('\n').map_or(0, |at| at + 1) + 1;
                println!("{}({line}, {col}) Error: {}", file.display(), error.message);
                bad += 1;
            }
        }
    }
    println!("{} files", files.len());
    assert_eq!(bad, 0);
}

fn collect(dir: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ext| ext == "nim") {
            files.push(path);
        }
    }
}
