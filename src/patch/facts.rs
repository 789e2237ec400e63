//! A report as a list of named facts, from which its JSON and what `lastReload()` gives to the program are made.

use std::fmt::Write;
use std::sync::Arc;

use super::report::Report;
use crate::diagnostics::json_string;

/// What a fact says.
enum Value<'r> {
    Flag(bool),
    Count(usize),
    Milliseconds(f64),
    Names(&'r [Arc<str>]),
    Texts(&'r [String]),
}

impl Report {
    /// All facts, under the names that the fields of `ReloadReport` have in Nim.
    fn facts(&self) -> Vec<(&'static str, Value<'_>)> {
        use Value::{Count, Flag, Milliseconds, Names, Texts};
        let times = &self.times;
        let time = |time: std::time::Duration| Milliseconds(time.as_secs_f64() * 1e3);
        vec![
            ("changed", Flag(self.changed)),
            ("effective", Flag(self.is_effective())),
            ("modules", Names(&self.modules_changed)),
            ("joined", Names(&self.modules_joined)),
            ("left", Names(&self.modules_left)),
            ("recompiled", Names(&self.recompiled)),
            ("reused", Count(self.reused)),
            ("removed", Names(&self.removed)),
            ("unreached", Names(&self.unreached)),
            ("topLevelChanged", Names(&self.top_level_changed)),
            ("globalsNew", Names(&self.globals_new)),
            ("globalsGone", Names(&self.globals_gone)),
            ("globalsMigrated", Names(&self.globals_migrated)),
            ("broughtInStep", Names(&self.brought_in_step)),
            ("globalsKept", Count(self.globals_kept)),
            ("globalsReinitialised", Names(&self.globals_reinitialised)),
            ("initialisersChanged", Names(&self.initialisers_changed)),
            ("handlers", Texts(&self.handlers)),
            ("oldClosures", Names(&self.old_closures)),
            ("warnings", Texts(&self.warnings)),
            ("frontMs", time(times.front)),
            ("planMs", time(times.plan)),
            ("compileMs", time(times.compile)),
            ("beforeMs", time(times.before)),
            ("applyMs", time(times.apply)),
            ("afterMs", time(times.after)),
            ("retireMs", time(times.retire)),
            ("totalMs", time(times.total())),
        ]
    }

    /// Everything as one JSON object on one line: `{"ok":true,"changed":true,"modules":["logic"],…}`.
    pub fn to_json(&self) -> String {
        let mut out = String::from("{\"ok\":true");
        for (name, value) in self.facts() {
            let _ = write!(out, ",\"{name}\":");
            match value {
                Value::Flag(flag) => out.push_str(if flag { "true" } else { "false" }),
                Value::Count(count) => out.push_str(&count.to_string()),
                Value::Milliseconds(time) => {
                    let _ = write!(out, "{time:.3}");
                }
                Value::Names(names) => list(&mut out, names.iter().map(|name| &**name)),
                Value::Texts(texts) => list(&mut out, texts.iter().map(|text| &**text)),
            }
        }
        out.push_str(",\"oldFrames\":[");
        for (at, frame) in self.old_frames.iter().enumerate() {
            out.push_str(if at == 0 { "{\"proc\":" } else { ",{\"proc\":" });
            json_string(&mut out, &frame.proc);
            out.push_str(",\"callsRemoved\":");
            list(&mut out, frame.calls_removed.iter().map(|name| &**name));
            out.push('}');
        }
        out.push_str("]}");
        out
    }

    /// For the program: names and values, each followed by NUL; a list is its name again and again.
    pub fn to_records(&self) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            for part in [name, value] {
                out.extend(part.chars().filter(|&c| c != '\0'));
                out.push('\0');
            }
        };
        for (name, value) in self.facts() {
            match value {
                Value::Flag(flag) => add(name, if flag { "true" } else { "false" }),
                Value::Count(count) => add(name, &count.to_string()),
                Value::Milliseconds(time) => add(name, &format!("{time:.3}")),
                Value::Names(names) => names.iter().for_each(|value| add(name, value)),
                Value::Texts(texts) => texts.iter().for_each(|value| add(name, value)),
            }
        }
        let frames = self.old_frames.iter();
        frames.for_each(|frame| add("oldFrames", &frame.proc));
        out
    }
}

/// What `lastReload()` gives after a reload that was not made.
pub fn failure_records(error: &str, waiting: bool) -> String {
    format!("waiting\0{waiting}\0error\0{}\0", error.replace('\0', ""))
}

/// A reload that was not made, as one JSON object on one line. Is it `waiting` for code that is running?
pub fn failure_json(error: &str, waiting: bool) -> String {
    let mut out = format!("{{\"ok\":false,\"waiting\":{waiting},\"error\":");
    json_string(&mut out, error);
    out.push('}');
    out
}

fn list<'t>(out: &mut String, texts: impl Iterator<Item = &'t str>) {
    out.push('[');
    for (at, text) in texts.enumerate() {
        if at > 0 {
            out.push(',');
        }
        json_string(out, text);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_one_json_object_on_one_line() {
        let report = Report {
            changed: true,
            modules_changed: vec!["logic".into()],
            warnings: vec!["two\nlines, \"quoted\"".into()],
            ..Report::default()
        };
        let json = report.to_json();
        assert!(
            json.starts_with(
                "{\"ok\":true,\"changed\":true,\"effective\":false,\"modules\":[\"logic\"]"
            ),
            "{json}"
        );
        assert!(
            json.contains(r#""warnings":["two\nlines, \"quoted\""]"#),
            "{json}"
        );
        assert!(json.ends_with(",\"oldFrames\":[]}"), "{json}");
        assert!(report.to_records().contains("modules\0logic\0"));
        assert_eq!(
            failure_json("no\tway", true),
            r#"{"ok":false,"waiting":true,"error":"no\tway"}"#
        );
    }
}
