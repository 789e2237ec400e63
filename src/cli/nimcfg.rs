//! Reads `nim.cfg`: switches, one or more a line, with `@if`.
//!
//! As Nim does, for a program `DIR/main.nim`: `nim.cfg` of each directory above `DIR` from the root down, then
//! `DIR/nim.cfg`, then `DIR/main.nim.cfg`. Scripts (`config.nims`) are not run, and a warning says so. What is not understood
//! is warned about with its line.

use std::path::{Path, PathBuf};

use midair::diagnostics::Diagnostic;
use midair::host::Options;
use midair::source::{FileId, Place, SourceMap};
use midair::syntax::tree::Span;

use super::switches::{Effect, Switch, apply};

/// Applies the configuration of the program `main` to `options`.
pub fn read(main: &Path, options: &mut Options, map: &mut SourceMap) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let main = std::path::absolute(main).unwrap_or_else(|_| main.to_owned());
    let dir = main.parent().unwrap_or(Path::new("/")).to_owned();
    let mut dirs: Vec<&Path> = dir.ancestors().collect();
    dirs.reverse();
    let mut files: Vec<PathBuf> = dirs.iter().map(|dir| dir.join("nim.cfg")).collect();
    files.push(main.with_extension("nim.cfg"));
    for file in files {
        if let Ok(text) = std::fs::read_to_string(&file) {
            let id = map.add_file(file.clone(), text.as_str().into());
            let mut reader = Reader {
                main: &main,
                file: &file,
                id,
                map,
                options,
                found: &mut found,
            };
            reader.read(&text);
        }
    }
    for script in [dir.join("config.nims"), main.with_extension("nims")] {
        if script.is_file() {
            let id = map.add_file(script, "".into());
            let place = Place::new(map.add_piece(id, 0), Span::default());
            found.push(
                Diagnostic::warning(place, "NimScript configuration is not run by midair")
                    .with_help("put paths and defines into nim.cfg"),
            );
        }
    }
    found
}

struct Reader<'a> {
    main: &'a Path,
    file: &'a Path,
    id: FileId,
    map: &'a mut SourceMap,
    options: &'a mut Options,
    found: &'a mut Vec<Diagnostic>,
}

/// One `@if`: is the current branch taken, was one before?
struct Branch {
    active: bool,
    done: bool,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) {
        let mut branches: Vec<Branch> = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            if let Some(directive) = trimmed.strip_prefix('@') {
                self.directive(directive, start, &mut branches);
            } else if branches.iter().all(|branch| branch.active) {
                self.line(trimmed, start);
            }
            start += line.len();
        }
    }

    fn directive(&mut self, directive: &str, start: usize, branches: &mut Vec<Branch>) {
        let word_end = directive
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(directive.len());
        let (word, rest) = directive.split_at(word_end);
        let condition = rest
            .split('#')
            .next()
            .unwrap_or_default()
            .trim()
            .trim_end_matches(':');
        match (word, branches.last_mut()) {
            ("if", _) => {
                let active = self.holds(condition);
                branches.push(Branch {
                    active,
                    done: active,
                });
            }
            ("elif", Some(_)) => {
                let active = self.holds(condition);
                let branch = branches.last_mut().expect("there is one");
                branch.active = active && !branch.done;
                branch.done |= active;
            }
            ("else", Some(branch)) => {
                branch.active = !branch.done;
                branch.done = true;
            }
            ("end", Some(_)) => {
                branches.pop();
            }
            _ => self.warn(start, format!("not understood by midair: @{word}")),
        }
    }

    /// `a and not b or c`, from left to right as Nim reads them: `or` binds weakest.
    fn holds(&self, condition: &str) -> bool {
        let spaced = condition.replace(['(', ')'], " ");
        let any_of = spaced.split(" or ");
        any_of.into_iter().any(|all_of| {
            all_of.split(" and ").all(|term| {
                let term = term.trim();
                match term.strip_prefix("not ") {
                    Some(name) => !self.is_defined(name.trim()),
                    None => self.is_defined(term),
                }
            })
        })
    }

    fn is_defined(&self, name: &str) -> bool {
        midair::host::is_defined(self.options, name.trim_start_matches("defined").trim())
    }

    fn line(&mut self, line: &str, start: usize) {
        let mut rest = line;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';');
            if rest.is_empty() || rest.starts_with('#') {
                return;
            }
            if rest.starts_with('[') {
                // A section heading groups lines for readers.
                return;
            }
            let (switch, after) = one_switch(rest);
            let Some(switch) = switch else {
                return self.warn(start, format!("not understood by midair: {rest}"));
            };
            self.apply(switch, start);
            rest = after;
        }
    }

    fn apply(&mut self, mut switch: Switch, start: usize) {
        if matches!(
            switch.name.as_str(),
            "path" | "p" | "nimblepath" | "lib" | "excludepath"
        ) {
            switch.value = switch.value.map(|value| self.path(&value));
        }
        match apply(&switch, self.options) {
            Effect::Applied | Effect::Nothing => {}
            Effect::Wrong(why) => self.warn(start, why),
            Effect::Ignored | Effect::Unknown => {
                self.warn(start, format!("not understood by midair: {}", switch.name));
            }
        }
    }

    /// A path of the configuration: variables replaced, relative to the file's directory.
    fn path(&self, value: &str) -> String {
        let dir = |path: &Path| path.parent().unwrap_or(Path::new("")).display().to_string();
        let home = std::env::home_dir()
            .unwrap_or_default()
            .display()
            .to_string();
        let mut value = value.to_owned();
        let variables = [
            ("projectpath", dir(self.main)),
            ("projectdir", dir(self.main)),
            ("config", dir(self.file)),
            ("home", home.clone()),
        ];
        for (name, text) in variables {
            value = value.replace(&format!("${{{name}}}"), &text);
            value = value.replace(&format!("${name}"), &text);
        }
        if let Some(rest) = value.strip_prefix("~/") {
            value = format!("{home}/{rest}");
        }
        let base = self.file.parent().unwrap_or(Path::new(""));
        midair::source::normalize(&base.join(value))
            .display()
            .to_string()
    }

    fn warn(&mut self, start: usize, message: String) {
        let origin = self.map.add_piece(self.id, start as u32);
        let place = Place::new(origin, Span::default());
        self.found.push(Diagnostic::warning(place, message));
    }
}

/// The switch at the start of `text`, and what follows it.
fn one_switch(text: &str) -> (Option<Switch>, &str) {
    let text = text.trim_start_matches('-');
    let name_end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']')))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(name_end);
    if name.is_empty() {
        return (None, text);
    }
    let Some(rest) = rest
        .trim_start_matches([' ', '\t'])
        .strip_prefix([':', '=', '+'])
    else {
        return (Some(Switch::new(name, None)), rest);
    };
    let rest = rest.trim_start_matches([' ', '\t', '=']);
    let (mut value, mut rest) = one_value(rest);
    // `define:"name"="value"` and text joined with `&`.
    while let Some(more) = rest.trim_start_matches([' ', '\t']).strip_prefix('&') {
        let (next, after) = one_value(more.trim_start_matches([' ', '\t']));
        value.push_str(&next);
        rest = after;
    }
    if let Some(more) = rest.strip_prefix([':', '=']) {
        let (next, after) = one_value(more);
        value.push(':');
        value.push_str(&next);
        rest = after;
    }
    (Some(Switch::new(name, Some(&value))), rest)
}

/// A quoted text, or everything up to the next space.
fn one_value(text: &str) -> (String, &str) {
    let quoted = text
        .strip_prefix('r')
        .filter(|rest| rest.starts_with('"'))
        .unwrap_or(text);
    if let Some(rest) = quoted.strip_prefix('"') {
        let end = rest.find('"').unwrap_or(rest.len());
        return (
            rest[..end].replace("\\\\", "\\"),
            rest.get(end + 1..).unwrap_or(""),
        );
    }
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, ';' | '#'))
        .unwrap_or(text.len());
    (text[..end].to_owned(), &text[end..])
}

#[cfg(test)]
mod tests {
    use midair::diagnostics::{Format, render};

    use super::*;

    fn configured(text: &str) -> (Options, String) {
        let mut options = Options::default();
        let mut map = SourceMap::new();
        let mut found = Vec::new();
        let id = map.add_file("/game/nim.cfg".into(), text.into());
        Reader {
            main: "/game/main.nim".as_ref(),
            file: "/game/nim.cfg".as_ref(),
            id,
            map: &mut map,
            options: &mut options,
            found: &mut found,
        }
        .read(text);
        let said = render(&found, &map, Format::Plain);
        (options, said)
    }

    #[test]
    fn paths_and_defines_are_read() {
        let (options, said) = configured(
            "# a comment\n--path:\"deps\"\npath = \"$projectdir/../shared\"  # why\n-d:fast --define:level=3\n[section]\nhint[XDeclaredButNotUsed]=off\ndefine:\"a\"=\"b c\"\n",
        );
        assert_eq!(said, "");
        let paths = ["/game/deps", "/shared"].map(PathBuf::from);
        assert_eq!(options.search.paths, paths);
        let defines: Vec<(&str, &str)> = options
            .defines
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(defines, [("fast", "true"), ("level", "3"), ("a", "b c")]);
    }

    #[test]
    fn what_is_not_understood_is_warned_about_with_its_line() {
        let (_, said) = configured("-d:x\n\n--passC:\"-O3\"\n@putenv A B\n");
        assert_eq!(
            said,
            "/game/nim.cfg(3, 1) Warning: not understood by midair: passc\n\
             /game/nim.cfg(4, 1) Warning: not understood by midair: @putenv\n"
        );
    }

    #[test]
    fn branches_follow_the_defines() {
        let (options, said) = configured(
            "-d:mine\n@if mine and not nothing:\n-d:a\n@else:\n-d:b\n@end\n@if nothing:\n  @if mine:\n -d:c\n  @end\n@elif midair:\n-d:e\n@end\n",
        );
        assert_eq!(said, "");
        let names: Vec<&str> = options.defines.iter().map(|(n, _)| n.as_str()).collect();
        assert_eq!(names, ["mine", "a", "e"]);
    }
}
