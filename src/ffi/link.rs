//! What a C program would be linked with: `{.passL: "-lfoo -L/opt/lib /opt/lib/libbar.so".}`.
//!
//! In: the words of such a text. Out: names to load, in the order of the words. A linker takes `libfoo.so`, which only packages for
//! development have; here it may have a number behind it, as the loader knows it. Never loads anything.

use std::path::{Path, PathBuf};

/// Where loaders look by themselves, for names with numbers.
const DIRECTORIES: [&str; 6] = [
    "/usr/local/lib",
    "/lib/x86_64-linux-gnu",
    "/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
    "/opt/homebrew/lib",
];

const EXTENSION: &str = if cfg!(target_os = "macos") {
    "dylib"
} else {
    "so"
};

/// What one word asks for.
#[derive(Debug, PartialEq)]
enum Word<'a> {
    /// What every process has.
    Standard,
    /// `-lfoo`.
    Named(&'a str),
    /// `-Ldir`.
    Directory(&'a str),
    /// A library by its path.
    Path(&'a str),
    /// What only concerns the file that a linker writes.
    Output,
}

/// Such flags, by how they begin.
const OUTPUT: [&str; 7] = [
    "-g",
    "-O",
    "-flto",
    "-fPIC",
    "-fpic",
    "-rdynamic",
    "-Wl,-z,",
];

fn word(word: &str) -> Option<Word<'_>> {
    if matches!(
        word,
        "-lm" | "-lc" | "-ldl" | "-lpthread" | "-lrt" | "-pthread"
    ) {
        return Some(Word::Standard);
    }
    if word == "-s" || OUTPUT.iter().any(|flag| word.starts_with(flag)) {
        return Some(Word::Output);
    }
    for prefix in ["-L", "-Wl,-rpath,", "-Wl,-rpath="] {
        if let Some(dir) = word.strip_prefix(prefix) {
            return (!dir.is_empty()).then_some(Word::Directory(dir));
        }
    }
    if let Some(name) = word.strip_prefix("-l") {
        return (!name.is_empty()).then_some(Word::Named(name));
    }
    let name = word.rsplit('/').next().unwrap_or(word);
    let is_library = name.ends_with(".so") || name.contains(".so.") || name.ends_with(".dylib");
    (is_library && !word.starts_with('-')).then_some(Word::Path(word))
}

/// The first word that asks for something that cannot be loaded: a static library, an object file, a flag of the linker.
pub fn unknown(text: &str) -> Option<&str> {
    text.split_whitespace().find(|text| word(text).is_none())
}

/// Does a text ask for more than what every process has?
pub fn is_more(text: &str) -> bool {
    text.split_whitespace()
        .any(|text| !matches!(word(text), Some(Word::Standard | Word::Output)))
}

/// For each library that the words ask for, what to try in turn.
pub(super) fn candidates(text: &str) -> Vec<Vec<String>> {
    let words: Vec<Word<'_>> = text.split_whitespace().filter_map(word).collect();
    let directories: Vec<&str> = words
        .iter()
        .filter_map(|word| match word {
            Word::Directory(dir) => Some(*dir),
            _ => None,
        })
        .collect();
    let of = |word: &Word<'_>| match word {
        Word::Named(name) => Some(named(name, &directories)),
        Word::Path(path) => Some(vec![(*path).to_owned()]),
        _ => None,
    };
    words.iter().filter_map(of).collect()
}

fn named(name: &str, directories: &[&str]) -> Vec<String> {
    let file = format!("lib{name}.{EXTENSION}");
    let mut all = Vec::new();
    for dir in directories {
        let path = Path::new(dir).join(&file);
        if path.exists() {
            all.push(path.display().to_string());
        }
        all.extend(numbered(Path::new(dir), &file));
    }
    all.push(file.clone());
    for dir in DIRECTORIES {
        all.extend(numbered(Path::new(dir), &file));
    }
    all
}

/// `libfoo.so.1` and the like in a directory, the shortest names first: these are what programs are bound to.
fn numbered(dir: &Path, file: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    let start = format!("{file}.");
    let is_one = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with(&start))
    };
    let paths = entries.flatten().map(|entry| entry.path());
    let mut found: Vec<String> = paths
        .filter(is_one)
        .map(|path| path.display().to_string())
        .collect();
    found.sort_by_key(|path| (path.len(), path.clone()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_linker_are_libraries_to_load() {
        assert_eq!(unknown("-lm -lfoo -L/x /x/libbar.so.2 -Wl,-rpath,/x"), None);
        assert_eq!(unknown("-lfoo libbar.a"), Some("libbar.a"));
        assert_eq!(unknown("-framework Cocoa"), Some("-framework"));
        assert_eq!(unknown("-s -flto -lfoo -static"), Some("-static"));
        assert!(
            is_more("-lm -lfoo") && !is_more("-s -O2") && !is_more("-lm -pthread") && !is_more("")
        );
        let all = candidates("-lm /x/libbar.so -L/nowhere -lfoo");
        assert_eq!(all.len(), 2);
        assert_eq!(all[0], ["/x/libbar.so"]);
        assert!(all[1][0].starts_with("libfoo."));
    }
}
