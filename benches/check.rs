//! What it takes to look for errors in a large program, and to start one of ordinary size.
//!
//! Programs are made of numbered copies of `benches/check/*.nim`, until they have so many lines. The time of a program that
//! says nothing but imports the same modules is taken away: what is left is the program's own. Asserts that the programs
//! compute what they should.

use std::time::{Duration, Instant};

use midair::Program;
use midair::source::Texts;

const ROUNDS: usize = 7;

struct Style {
    name: &'static str,
    imports: &'static str,
    unit: &'static str,
    /// What `play` of each unit gives.
    plays: i64,
}

const STYLES: [Style; 2] = [
    Style {
        name: "plain procs, types and loops",
        imports: "",
        unit: include_str!("check/plain.nim"),
        plays: 54,
    },
    Style {
        name: "tables, sequtils, strutils",
        imports: "import std/[algorithm, sequtils, strutils, tables]\n",
        unit: include_str!("check/generic.nim"),
        plays: 48,
    },
];

fn main() {
    for style in &STYLES {
        let (program, lines) = style.program(10_000);
        let empty = least(|| check(style.imports));
        let whole = least(|| check(&program));
        let own = whole.saturating_sub(empty);
        println!(
            "check: {}: {lines} lines in {own:.1?} beside {empty:.1?} of the library: {:.0} lines/s",
            style.name,
            lines as f64 / own.as_secs_f64()
        );
        let (program, lines) = style.program(1_000);
        let start = least(|| style.start(&program));
        println!("start: {}: {lines} lines in {start:.1?}", style.name);
    }
}

impl Style {
    /// A program of about so many lines, and how many it has.
    fn program(&self, lines: usize) -> (String, usize) {
        let units = lines / self.unit.lines().count();
        let mut text = self.imports.to_owned();
        text.extend((0..units).map(|number| self.unit.replace('#', &number.to_string())));
        text.push_str("proc play*(): int =\n");
        text.extend((0..units).map(|number| format!("  result += play{number}()\n")));
        let lines = text.lines().count();
        (text, lines)
    }

    fn start(&self, text: &str) -> Duration {
        let texts = Texts::new([("main.nim", text)]);
        let begun = Instant::now();
        let program = Program::builder().provider(texts).load("main.nim");
        let took = begun.elapsed();
        let program = program.expect("it has no errors");
        let play = program.proc::<fn() -> i64>("main", "play");
        let units = text.matches("\nproc play").count() as i64 - 1;
        let sum = play.expect("it is there").call().expect("it runs");
        assert_eq!(sum, units * self.plays);
        took
    }
}

fn check(text: &str) -> Duration {
    let texts = Texts::new([("main.nim", text)]);
    let begun = Instant::now();
    let checked = Program::builder().provider(texts).check("main.nim");
    let took = begun.elapsed();
    assert!(checked.expect("it has no errors").is_empty());
    took
}

fn least(mut run: impl FnMut() -> Duration) -> Duration {
    (0..ROUNDS).map(|_| run()).min().unwrap_or_default()
}
