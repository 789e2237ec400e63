//! Diagnostics as text: as Nim prints them, with the source line for a terminal, or as JSON lines for tools.

use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::source::{LineCol, Place, SourceMap};
use crate::syntax::tree::Origin;

/// How diagnostics are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// `path(line, col) Error: message`, as Nim prints it: for editors and scripts.
    #[default]
    Plain,
    /// With the source line and colour: for a person at a terminal.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// More errors than this are counted, not shown.
const SHOWN: usize = 50;

/// All of `diagnostics` as text, in order of their places, each once. The first errors matter: where there are many, the
/// last line says how many are not shown.
pub fn render(diagnostics: &[Diagnostic], map: &SourceMap, format: Format) -> String {
    let sorted = in_order(diagnostics, map);
    let shown = match format {
        Format::Json => sorted.len(),
        _ => sorted.len().min(SHOWN),
    };
    let mut out = String::new();
    for diagnostic in &sorted[..shown] {
        match format {
            Format::Plain => plain(&mut out, diagnostic, map),
            Format::Pretty => pretty(&mut out, diagnostic, map),
            Format::Json => json(&mut out, diagnostic, map),
        }
    }
    if shown < sorted.len() {
        let _ = writeln!(out, "… and {} more", sorted.len() - shown);
    }
    out
}

/// Errors first, so that the cap never hides one behind warnings; then file by file, in the order in which something was found, since
/// what a module imports is looked at first and may be the cause; then by place.
fn in_order<'d>(diagnostics: &'d [Diagnostic], map: &SourceMap) -> Vec<&'d Diagnostic> {
    let mut files = Vec::new();
    for found in diagnostics {
        let file = map.file(found.place);
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let file = |place| {
        let file = map.file(place);
        files.iter().position(|&known| known == file)
    };
    let key = |d: &Diagnostic| {
        let at = map.line_col(d.place);
        (d.severity != Severity::Error, file(d.place), at)
    };
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|d| key(d));
    sorted.dedup_by(|a, b| key(a) == key(b) && a.message == b.message);
    if sorted.len() <= SHOWN {
        // Where all are shown, a warning is easier to read among the errors around it.
        sorted.sort_by_key(|d| (file(d.place), map.line_col(d.place)));
    }
    sorted
}

/// The word that Nim uses.
fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Hint => "Hint",
    }
}

/// Is there a file to show?
fn is_somewhere(place: Place) -> bool {
    place.origin != Origin::default()
}

fn shown_path(place: Place, map: &SourceMap) -> String {
    map.shown(map.path(map.file(place))).display().to_string()
}

/// `path(line, col) `, or nothing for what stands in no file.
fn position(place: Place, map: &SourceMap) -> String {
    if !is_somewhere(place) {
        return String::new();
    }
    let LineCol { line, col } = map.line_col(place);
    format!("{}({line}, {col}) ", shown_path(place, map))
}

fn plain(out: &mut String, d: &Diagnostic, map: &SourceMap) {
    // Nim tells the way to an instantiation before what is wrong in it.
    let is_way = |label: &&(Place, String)| label.1.starts_with("template/generic instantiation");
    let line = |(place, text): &(Place, String)| format!("{}{text}\n", position(*place, map));
    out.extend(d.labels.iter().filter(is_way).map(line));
    let at = position(d.place, map);
    let _ = writeln!(out, "{at}{}: {}", word(d.severity), d.message);
    out.extend(d.labels.iter().filter(|label| !is_way(label)).map(line));
    if let Some(help) = &d.help {
        let _ = writeln!(out, "  help: {help}");
    }
}

fn pretty(out: &mut String, d: &Diagnostic, map: &SourceMap) {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let mut lines = d.message.split('\n');
    let mut group = level
        .primary_title(lines.next().unwrap_or_default())
        .elements(
            files_of(d, map)
                .into_iter()
                .map(|file| snippet(d, file, map)),
        );
    let rest: Vec<&str> = lines.collect();
    if !rest.is_empty() {
        group = group.element(Level::NOTE.message(rest.join("\n")));
    }
    if let Some(help) = &d.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode);
    let _ = writeln!(out, "{}", renderer.render(&[group]));
}

/// One place of each file that the diagnostic shows, the primary one's first.
fn files_of(d: &Diagnostic, map: &SourceMap) -> Vec<Place> {
    let places = std::iter::once(d.place).chain(d.labels.iter().map(|&(place, _)| place));
    let mut files: Vec<Place> = Vec::new();
    for place in places.filter(|&place| is_somewhere(place)) {
        if files
            .iter()
            .all(|&known| map.file(known) != map.file(place))
        {
            files.push(place);
        }
    }
    files
}

/// The part of the file around `of` that holds places of the diagnostic.
fn snippet<'a>(
    d: &'a Diagnostic,
    of: Place,
    map: &'a SourceMap,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = map.file(of);
    let text = &**map.text(file);
    let labels = d
        .labels
        .iter()
        .filter(|(place, _)| map.file(*place) == file);
    let labels = labels.map(|(place, text)| (*place, Some(text.as_str())));
    let primary = (map.file(d.place) == file).then_some((d.place, None));
    let annotations = primary.into_iter().chain(labels).map(|(place, label)| {
        let kind = match label {
            None => AnnotationKind::Primary,
            Some(_) => AnnotationKind::Context,
        };
        kind.span(within(map.range(place), text)).label(label)
    });
    Snippet::source(text)
        .path(shown_path(of, map))
        .annotations(annotations.collect::<Vec<_>>())
}

/// `range`, cut to the first line of it and to the text: a long body would bury the message.
fn within(range: std::ops::Range<usize>, text: &str) -> std::ops::Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(range.start);
    let end = floor(range.end).max(start);
    let line_end = text[start..end].find('\n').map_or(end, |at| start + at);
    start..line_end
}

fn json(out: &mut String, d: &Diagnostic, map: &SourceMap) {
    out.push('{');
    let _ = write!(out, "\"severity\":\"{}\",", word(d.severity).to_lowercase());
    json_place(out, d.place, map);
    out.push_str("\"message\":");
    json_string(out, &d.message);
    if let Some(help) = &d.help {
        out.push_str(",\"help\":");
        json_string(out, help);
    }
    out.push_str(",\"labels\":[");
    for (i, (place, text)) in d.labels.iter().enumerate() {
        out.push_str(if i == 0 { "{" } else { ",{" });
        json_place(out, *place, map);
        out.push_str("\"message\":");
        json_string(out, text);
        out.push('}');
    }
    out.push_str("]}\n");
}

fn json_place(out: &mut String, place: Place, map: &SourceMap) {
    if !is_somewhere(place) {
        return;
    }
    let LineCol { line, col } = map.line_col(place);
    let length = place.span.end.saturating_sub(place.span.start);
    out.push_str("\"file\":");
    json_string(out, &shown_path(place, map));
    let _ = write!(
        out,
        ",\"line\":{line},\"column\":{col},\"length\":{length},"
    );
}

/// `text` as a JSON string.
pub(crate) fn json_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tree::Span;

    fn two_lines() -> (SourceMap, Place, Place) {
        let mut map = SourceMap::new();
        let file = map.add_file("logic.nim".into(), "var a = 1\nvar b = x\n".into());
        let origin = map.add_piece(file, 10);
        let place = |start, end| Place::new(origin, Span { start, end });
        (map, place(8, 9), place(4, 5))
    }

    #[test]
    fn plain_is_as_nim_prints_it() {
        let (map, x, b) = two_lines();
        let d = Diagnostic::error(x, "undeclared identifier: 'x'")
            .with_label(b, "needed here")
            .with_help("declare it");
        assert_eq!(
            render(&[d], &map, Format::Plain),
            "logic.nim(2, 9) Error: undeclared identifier: 'x'\nlogic.nim(2, 5) needed here\n  help: declare it\n"
        );
    }

    #[test]
    fn sorted_and_each_once() {
        let (map, x, b) = two_lines();
        let second = Diagnostic::error(x, "second");
        let first = Diagnostic::warning(b, "first");
        assert_eq!(
            render(&[second.clone(), first, second], &map, Format::Plain),
            "logic.nim(2, 5) Warning: first\nlogic.nim(2, 9) Error: second\n"
        );
    }

    #[test]
    fn many_errors_are_counted() {
        let (map, x, _) = two_lines();
        let many: Vec<_> = (0..60)
            .map(|i| Diagnostic::error(x, format!("no {i}")))
            .collect();
        let text = render(&many, &map, Format::Plain);
        assert_eq!(text.lines().count(), SHOWN + 1);
        assert!(text.ends_with("… and 10 more\n"));
    }

    #[test]
    fn what_stands_in_no_file_has_no_position() {
        let d = Diagnostic::error(Place::default(), "cannot open file: x.nim: no such file");
        let map = SourceMap::new();
        assert_eq!(
            render(std::slice::from_ref(&d), &map, Format::Plain),
            "Error: cannot open file: x.nim: no such file\n"
        );
        assert!(render(&[d], &map, Format::Pretty).contains("no such file"));
    }

    #[test]
    fn pretty_shows_the_line() {
        let (map, x, b) = two_lines();
        let d = Diagnostic::error(x, "undeclared identifier: 'x'\nmore").with_label(b, "for this");
        let text = render(&[d], &map, Format::Pretty);
        assert!(
            text.contains("var b = x") && text.contains("for this"),
            "{text}"
        );
        assert!(!text.contains("var a"), "{text}");
    }

    #[test]
    fn json_is_one_line_a_finding() {
        let (map, x, _) = two_lines();
        let d = Diagnostic::error(x, "a \"quoted\"\nword");
        assert_eq!(
            render(&[d], &map, Format::Json),
            "{\"severity\":\"error\",\"file\":\"logic.nim\",\"line\":2,\"column\":9,\"length\":1,\
             \"message\":\"a \\\"quoted\\\"\\nword\",\"labels\":[]}\n"
        );
    }
}
