//! Broken programs through the front end: each gives findings or MIR, in bounded time, without a panic.
//!
//! The programs of `tests/run` are mutated by lines, words and characters. `FUZZ_COUNT` says how many mutants (a few by
//! default, thousands for a long run), `FUZZ_SEED` where to begin. What fails is left in the temporary directory and
//! becomes a case.

mod common;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use midair::Program;
use midair::diagnostics::Format;
use midair::source::Texts;

/// Longer than any of these programs takes on a loaded machine.
const SLOW: Duration = Duration::from_secs(120);

#[test]
fn mutants_are_checked_or_refused() {
    let count = setting("FUZZ_COUNT", 60);
    let first = setting("FUZZ_SEED", 1);
    let texts: Vec<(PathBuf, String)> = common::cases("run")
        .into_iter()
        .filter(|case| !case.path.ends_with("main.nim"))
        .filter_map(|case| Some((case.path.clone(), std::fs::read_to_string(&case.path).ok()?)))
        .collect();
    let mut failures = Vec::new();
    for seed in first..first + count {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let text = mutant(&texts, &mut random);
        // It is there also when the process does not survive it.
        let path = std::env::temp_dir().join(format!("midair-mutant-{seed}.nim"));
        std::fs::write(&path, &text).expect("the temporary directory can be written to");
        match check(&text) {
            Err(why) => failures.push(format!("seed {seed}, {}: {why}", path.display())),
            Ok(()) => drop(std::fs::remove_file(&path)),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn setting(name: &str, default: u64) -> u64 {
    let value = std::env::var(name).ok();
    value.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Checks and lowers a program. Never runs it.
fn check(text: &str) -> Result<(), String> {
    let began = Instant::now();
    let files = Texts::new([("mutant.nim", text)]);
    let outcome = Program::builder().provider(files).lower("mutant.nim");
    if began.elapsed() > SLOW {
        return Err(format!("took {:?}", began.elapsed()));
    }
    match outcome {
        Ok(_) => Ok(()),
        Err(error) => {
            let shown = error.render(Format::Plain);
            let internal = error.is_internal() || shown.contains("internal error");
            if internal { Err(shown) } else { Ok(()) }
        }
    }
}

/// A xorshift generator: the same mutants on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Below `n`, which is not 0.
    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 11) as usize % n
    }
}

fn mutant(texts: &[(PathBuf, String)], random: &mut Random) -> String {
    let text = &texts[random.below(texts.len())].1;
    let donor = &texts[random.below(texts.len())].1;
    // The header is of the test driver.
    let body = |text: &str| {
        let start = text.match_indices("\"\"\"\n").nth(1);
        start.map_or(text, |(at, _)| &text[at + 4..]).to_string()
    };
    let (mut text, donor) = (body(text), body(donor));
    for _ in 0..1 + random.below(3) {
        text = mutate(&text, &donor, random);
    }
    text
}

fn mutate(text: &str, donor: &str, random: &mut Random) -> String {
    match random.below(8) {
        0 => {
            let chars: Vec<char> = text.chars().collect();
            let at = random.below(chars.len().max(1));
            chars.into_iter().take(at).collect()
        }
        1 => without_some_chars(text, random),
        2..=4 => change_lines(text, donor, random),
        _ => change_word(text, donor, random),
    }
}

fn without_some_chars(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    if !chars.is_empty() {
        let at = random.below(chars.len());
        let end = (at + 1 + random.below(6)).min(chars.len());
        chars.drain(at..end);
    }
    chars.into_iter().collect()
}

fn change_lines(text: &str, donor: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(String::from).collect();
    let other: Vec<&str> = donor.lines().collect();
    if lines.is_empty() || other.is_empty() {
        return text.to_string();
    }
    let at = random.below(lines.len());
    match random.below(5) {
        0 => {
            lines.remove(at);
        }
        1 => {
            let line = lines[at].clone();
            lines.insert(random.below(lines.len()), line);
        }
        2 => {
            let to = random.below(lines.len());
            lines.swap(at, to);
        }
        3 => lines[at].insert_str(0, ["  ", " ", "    "][random.below(3)]),
        _ => lines.insert(at, other[random.below(other.len())].into()),
    }
    lines.join("\n") + "\n"
}

/// Puts a word of one of the programs in the place of another.
fn change_word(text: &str, donor: &str, random: &mut Random) -> String {
    let words = spans(text);
    let from = if random.below(2) == 0 { text } else { donor };
    let others = spans(from);
    if words.is_empty() || others.is_empty() {
        return text.to_string();
    }
    let (start, end) = words[random.below(words.len())];
    let (a, b) = others[random.below(others.len())];
    let new = match random.below(6) {
        0 => "",
        1 => [
            "0",
            "-1",
            "nil",
            "(",
            ")",
            "[",
            "]",
            ":",
            "=",
            ",",
            "\"",
            "'a'",
            "proc",
            "const",
            "static",
            "ref",
            "object",
            "result",
            "high(int)",
            "{}",
            "@[]",
            "typeof",
            "when",
            "template",
            "iterator",
            "yield",
        ][random.below(26)],
        _ => &from[a..b],
    };
    format!("{}{new}{}", &text[..start], &text[end..])
}

/// Where words and other signs are.
fn spans(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let word = c.is_alphanumeric() || c == '_';
        if let (Some(begun), false) = (start, word) {
            found.push((begun, at));
            start = None;
        }
        if word {
            start = start.or(Some(at));
        } else if !c.is_whitespace() {
            found.push((at, at + c.len_utf8()));
        }
    }
    found
}
