//! The parser over real files and small cases.

use midair::syntax::print::tree_repr;
use midair::syntax::tree::{Cursor, Data, Kind, Origin};
use midair::syntax::{Parsed, parse_file};

fn parse(text: &str) -> Parsed {
    parse_file(text, None, &mut |_| Origin(0))
}

/// Every file of an installed Nim library, and of the embedded one, is read without a diagnostic.
#[test]
fn reads_the_library_of_nim() {
    let mut files = Vec::new();
    collect(std::path::Path::new("/usr/lib/nim"), &mut files);
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    collect(&root.join("lib"), &mut files);
    collect(&root.join("examples"), &mut files);
    assert!(!files.is_empty());
    let mut bad = Vec::new();
    for file in &files {
        let text = std::fs::read(file).expect("readable");
        for error in errors_of(&String::from_utf8_lossy(&text)) {
            bad.push(format!("{}{error}", file.display()));
        }
    }
    assert!(bad.is_empty(), "of {} files: {bad:#?}", files.len());
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
        Data::Int(value, _) => value.to_string(),
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

/// A small generator of numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

const SNIPPETS: &[&str] = &[
    "\n",
    " ",
    "  ",
    "\n\n",
    "\nelse:\n",
    "\n## doc\n",
    "## x",
    "# c",
    "#[",
    "]#",
    "\"",
    "\"\"\"",
    "'",
    "`",
    "(",
    ")",
    "[",
    "]",
    "{.",
    ".}",
    "{",
    "}",
    ":",
    ";",
    "=",
    "*",
    "\nproc f() =\n  discard\n",
    "\n.",
    "\n  .foo",
    "\ntype\n",
    "\nlet x = 1\n",
    "\nwith",
    "\n->",
    "if a: b",
    " do: ",
    "\n  of 1: 2",
    "1",
    "x",
    "-",
    "@",
    "\t",
    "\r\n",
    "é",
    "'i8",
    "\nvar\n  a = 1 # c\n",
    "##[ x ]##",
];

/// One random edit.
fn edit(text: &str, random: &mut Random) -> String {
    let at = boundary(text, random.below(text.len() + 1));
    let end = boundary(text, at + random.below(40));
    let other = boundary(text, random.below(text.len() + 1));
    let line = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let end = text[at..].find('\n').map_or(text.len(), |len| at + len + 1);
        start..end
    };
    match random.below(6) {
        0 => text[..at].to_owned() + SNIPPETS[random.below(SNIPPETS.len())] + &text[at..],
        1 => text[..at].to_owned() + &text[end..],
        2 => text[..line(at).start].to_owned() + &text[line(at).end..],
        3 => text[..line(other).start].to_owned() + &text[line(at)] + &text[line(other).start..],
        4 => text[..at].to_owned() + &text[boundary(text, other.max(at).min(at + 400))..],
        _ => {
            let start = line(at).start;
            text[..start].to_owned() + SNIPPETS[random.below(SNIPPETS.len())] + &text[start..]
        }
    }
}

fn assert_same(new: &Parsed, full: &Parsed, text: &str) {
    assert_eq!(new.pieces.len(), full.pieces.len(), "{text}");
    for (new, full) in new.pieces.iter().zip(&full.pieces) {
        let part = &text[full.start as usize..(full.start + full.len) as usize];
        assert_eq!((new.start, new.len), (full.start, full.len), "{part}");
        assert_eq!(new.errors, full.errors, "{part}");
        assert_eq!(new.tree.nodes, full.tree.nodes, "{part}");
        assert_eq!(new.tree.kids, full.tree.kids, "{part}");
        assert_eq!(new.tree.texts, full.tree.texts, "{part}");
        assert_eq!(new.tree.root, full.tree.root, "{part}");
    }
}

/// Reading an edited file from its previous version gives what reading it anew gives.
#[test]
fn edits_give_what_reading_anew_gives() {
    let files = [
        include_str!("../lib/std/strutils.nim"),
        include_str!("syntax/edits.nim"),
    ];
    let mut random = Random(0x5EED_1234_5678_9ABC);
    for file in files {
        for _ in 0..rounds() {
            let mut text = file.to_owned();
            let mut parsed = parse(&text);
            for _ in 0..12 {
                text = edit(&text, &mut random);
                let new = parse_file(&text, Some(&parsed), &mut |_| Origin(1));
                assert_same(&new, &parse(&text), &text);
                parsed = new;
            }
        }
    }
}

/// What did not change is not read again, also when it moved, and a comment between statements changes none.
#[test]
fn unchanged_statements_keep_their_trees() {
    let before =
        "import a\nproc f() =\n  echo 1\n\n# about g\nproc g() =\n  echo 2 # two\n\nlet x = 1\n";
    let parsed = parse(before);
    let read_again = |text: &str| {
        let mut read = Vec::new();
        let new = parse_file(text, Some(&parsed), &mut |start| {
            let line = text[start as usize..].lines().next();
            read.push(line.unwrap_or_default().to_owned());
            Origin(1)
        });
        assert_same(&new, &parse(text), text);
        read
    };
    let none: [&str; 0] = [];
    assert_eq!(read_again(before), none);
    assert_eq!(read_again(&before.replace("about g", "of g")), none);
    assert_eq!(read_again(&before.replace("# about g\n", "\n\n")), none);
    assert_eq!(
        read_again(&before.replace("echo 1", "echo 3")),
        ["proc f() ="]
    );
    assert_eq!(read_again(&before.replace("let x", "var x")), ["var x = 1"]);
    assert_eq!(read_again(&format!("let y = 2\n{before}")), ["let y = 2"]);
    let swapped = "import a\nproc g() =\n  echo 2 # two\n\nproc f() =\n  echo 1\nlet x = 1";
    assert_eq!(read_again(swapped), none);
    // What continues the statement before it is part of it.
    let longer = before.replace("\nlet x", "\n  echo 4\nlet x");
    assert_eq!(read_again(&longer), ["proc g() ="]);
    assert_eq!(
        read_again(&before.replace("echo 1\n", "echo 1 #[\n")),
        ["proc f() ="]
    );
}

/// How many rounds random tests take: `MIDAIR_ROUNDS`, or few enough for every run.
fn rounds() -> usize {
    let set = std::env::var("MIDAIR_ROUNDS").ok();
    set.and_then(|rounds| rounds.parse().ok()).unwrap_or(60)
}

/// The errors of a file as Nim prints them, without its name.
fn errors_of(text: &str) -> Vec<String> {
    let mut errors = Vec::new();
    for piece in &parse(text).pieces {
        for error in piece.errors.iter() {
            let at = (piece.start + error.span.start) as usize;
            let line = text[..at].matches('\n').count() + 1;
            let col = at - text[..at].rfind('\n').map_or(0, |at| at + 1) + 1;
            errors.push(format!("({line}, {col}) Error: {}", error.message));
        }
    }
    errors
}

/// Prints the errors of the files named in `MIDAIR_FILES`, to compare by eye.
#[test]
#[ignore = "prints; for work on messages"]
fn print_errors() {
    for file in std::env::var("MIDAIR_FILES")
        .expect("files")
        .split_whitespace()
    {
        let text = std::fs::read_to_string(file).expect("readable");
        for error in errors_of(&text) {
            println!("{file} {error}");
        }
    }
}

/// No text makes the parser panic, run on or exhaust the stack.
#[test]
fn any_text_is_read() {
    let words = [
        "if", "else", "elif", "proc", "type", "object", "case", "of", "(", ")", "[", "]", "{", "}",
        "{.", ".}", ":", "=", ",", ";", "\n", "\n  ", "\n    ", "\n      ", "x", "1", "\"s\"", "+",
        "-", "@", "do", "for", "in", "var", "let", "ref", "tuple", "enum", "not", "try", "except",
        "finally", "block", "while", "when", "static", "`", "..", ".", "*", "## c\n", "concept",
        "cast", "import", "from", "discard", "return", "distinct", "iterator", "template", "'",
        "nil", "of", "out", "func", "using", "const", "bind", "mixin", "asm", "defer", "raise",
        "[:", "\u{2218}",
    ];
    let mut random = Random(0xABCD_EF01_2345_6789);
    for _ in 0..rounds() * 20 {
        let mut text = String::new();
        for _ in 0..random.below(120) {
            text.push_str(words[random.below(words.len())]);
            if random.below(3) > 0 {
                text.push(' ');
            }
        }
        check_pieces(&text);
    }
}

/// Pieces lie in the text in order, and every node within the reach of its piece.
fn check_pieces(text: &str) {
    let parsed = parse(text);
    let mut last = 0;
    for piece in &parsed.pieces {
        assert!(piece.start >= last, "{text}");
        last = piece.start + piece.len;
        assert!(last as usize <= text.len(), "{text}");
        let root = piece.tree.root();
        let mut todo = vec![root];
        while let Some(node) = todo.pop() {
            let span = node.span();
            assert!(
                span.start <= span.end && span.end <= piece.len,
                "{text}\n{node:?}"
            );
            assert!(!node.is(Kind::Error) || !piece.errors.is_empty(), "{text}");
            todo.extend(node.kids());
        }
    }
}

/// Nesting ends in a diagnostic, not in the end of the stack.
#[test]
fn deep_nesting_is_an_error() {
    let many = 20_000;
    let indented = |head: &str| -> String {
        let line = |i: usize| format!("{}{head}\n", " ".repeat(i));
        (0..1000).map(line).collect()
    };
    let texts = [
        "(".repeat(many),
        "[".repeat(many),
        "{".repeat(many),
        "a(".repeat(many),
        "a[".repeat(many),
        "@".to_owned() + &"- ".repeat(many) + "1",
        "not ".repeat(many),
        "a ".repeat(many),
        "a ^ ".repeat(many),
        "a + ".repeat(many),
        "a.".repeat(many),
        "a => ".repeat(many),
        "proc () = ".repeat(many),
        "var x: ".to_owned() + &"ref ".repeat(many) + "int",
        "var x: ".to_owned() + &"proc (x: ".repeat(many),
        "var ".to_owned() + &"(".repeat(many),
        "if a: ".repeat(many),
        "(if a: ".repeat(many),
        "(discard; ".repeat(many),
        "(;".repeat(many),
        "(a;".repeat(many),
        "x = if a: ".repeat(many),
        "let x = block: ".repeat(many),
        "{.".repeat(many),
        "f do: ".repeat(many),
        "f: ".repeat(many),
        "type A = ".to_owned() + &"distinct ".repeat(many),
        "type A = ".to_owned() + &"tuple[a: ".repeat(many),
        "cast[".repeat(many),
        "bind ".repeat(many) + "x",
        "x of ".repeat(many),
        indented("if a:"),
        indented("block:"),
        indented("f:"),
        indented("proc f() ="),
        "type A = object\n".to_owned() + &indented("when a:"),
        "type A = object\n".to_owned() + &indented("case a: b"),
    ];
    for text in texts {
        check_pieces(&text);
        let shown = &text[..text.len().min(40)];
        assert!(!errors_of(&text).is_empty(), "{shown}");
    }
}

/// The trees of the cases are what the files beside them say; `MIDAIR_ACCEPT=1` writes them.
#[test]
fn trees_of_cases() {
    let mut wrong = Vec::new();
    for path in cases("tests/syntax") {
        let text = std::fs::read_to_string(&path).expect("readable");
        let errors = errors_of(&text);
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
        let parsed = parse(&text);
        let trees = parsed
            .pieces
            .iter()
            .map(|piece| tree_repr(piece.tree.root()));
        let printed: String = trees.collect();
        let beside = path.with_extension("ast");
        if std::fs::read_to_string(&beside).is_ok_and(|expected| expected == printed) {
            continue;
        }
        if accepts() {
            std::fs::write(&beside, printed).expect("writable");
        } else {
            wrong.push(path);
        }
    }
    assert!(
        wrong.is_empty(),
        "trees changed: {wrong:?}; MIDAIR_ACCEPT=1 accepts them"
    );
}

/// The errors of the cases are those that their first lines name; `MIDAIR_ACCEPT=1` writes them.
#[test]
fn errors_of_cases() {
    let mut wrong = Vec::new();
    for path in cases("tests/syntax/errors") {
        let text = std::fs::read_to_string(&path).expect("readable");
        let body = text.lines().skip_while(|line| line.starts_with("#! "));
        let body: Vec<&str> = body.collect();
        // Lines count from the first line of the case, not of its header.
        let header = |errors: &[String]| -> String {
            errors.iter().map(|error| format!("#! {error}\n")).collect()
        };
        let body = body.join("\n") + "\n";
        let expected = header(&errors_of(&body)) + &body;
        if text == expected {
            continue;
        }
        if accepts() {
            std::fs::write(&path, expected).expect("writable");
        } else {
            wrong.push(path);
        }
    }
    assert!(
        wrong.is_empty(),
        "errors changed: {wrong:?}; MIDAIR_ACCEPT=1 accepts them"
    );
}

fn accepts() -> bool {
    std::env::var_os("MIDAIR_ACCEPT").is_some()
}

/// The Nim files right in a folder.
fn cases(folder: &str) -> Vec<std::path::PathBuf> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("the folder of cases");
    let paths = entries.flatten().map(|entry| entry.path());
    let mut cases: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ext| ext == "nim"))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}
