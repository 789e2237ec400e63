//! The parser over real files and small cases.

use midair::syntax::tree::{Cursor, Data, Kind, Origin};
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

/// The trees are those that the real Nim makes; `tests/oracle/ast.sh` runs it.
#[test]
#[ignore = "needs trees written by the real Nim: tests/oracle/ast.sh"]
fn trees_are_those_of_nim() {
    let work = std::env::var("MIDAIR_NIM_TREES").expect("set by tests/oracle/ast.sh");
    let work = std::path::Path::new(&work);
    let files = std::fs::read_to_string(work.join("files")).expect("the list of files");
    let (mut lines, mut different) = (0, 0);
    for (number, file) in files.lines().enumerate() {
        let text = std::fs::read(file).expect("readable");
        let text = String::from_utf8_lossy(&text);
        let ours = nim_lines(&parse(&text));
        let theirs = std::fs::read(work.join("out").join(format!("{number}.txt")));
        let theirs = String::from_utf8_lossy(&theirs.expect("a tree")).into_owned();
        lines += theirs.lines().count();
        if let Some(at) = first_difference(&ours, &theirs) {
            different += 1;
            println!(
                "{file}: line {at} of the tree\n{}",
                around(&ours, &theirs, at)
            );
        }
    }
    println!(
        "{} files, {lines} nodes, {different} files differ",
        files.lines().count()
    );
    assert_eq!(different, 0);
}

fn first_difference(ours: &str, theirs: &str) -> Option<usize> {
    let mut pairs = ours.split('\n').zip(theirs.split('\n'));
    pairs
        .position(|(a, b)| a != b)
        .or_else(|| (ours.len() != theirs.len()).then_some(0))
}

fn around(ours: &str, theirs: &str, at: usize) -> String {
    let part = |text: &str, mark: &str| -> String {
        text.split('\n')
            .skip(at.saturating_sub(6))
            .take(10)
            .map(|line| format!("  {mark} {line}\n"))
            .collect()
    };
    part(ours, "-") + &part(theirs, "+")
}

/// A parsed file in the form that `ast.nim` writes.
fn nim_lines(parsed: &Parsed) -> String {
    let mut errors = parsed.pieces.iter().flat_map(|piece| piece.errors.iter());
    if let Some(error) = errors.next() {
        return format!("Error: {}\n", error.message);
    }
    let mut out = String::new();
    for piece in &parsed.pieces {
        let mut todo = vec![(piece.tree.root(), 0)];
        while let Some((node, depth)) = todo.pop() {
            out.push_str(&" ".repeat(depth));
            out.push_str(&nim_line(node));
            out.push('\n');
            todo.extend(node.kids().rev().map(|kid| (kid, depth + 1)));
        }
    }
    out
}

fn nim_line(node: Cursor) -> String {
    let kind = match node.kind() {
        Kind::Discard => "DiscardStmt".to_owned(),
        kind => format!("{kind:?}"),
    };
    let value = match node.node().data {
        Data::Name(name) => {
            let name = name.as_str();
            let first = name.chars().next().into_iter();
            let rest = name.chars().skip(1).filter(|&c| c != '_');
            first.chain(rest.map(|c| c.to_ascii_lowercase())).collect()
        }
        Data::Int(value) => value.to_string(),
        Data::Float(value) => (value.to_bits() as i64).to_string(),
        Data::Text(_) if node.kind() != Kind::CommentStmt => {
            String::from_utf8_lossy(node.text().unwrap_or_default())
                .replace('\\', "\\\\")
                .replace('\n', "\\n")
                .replace('\r', "\\r")
        }
        _ => return kind,
    };
    format!("{kind} {value}")
}
