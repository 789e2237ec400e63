//! Ways to do the same, which take turns, and tables of what they took.

use std::fmt::Write;
use std::time::Instant;

/// How long a run is.
#[derive(Clone, Copy)]
pub struct Effort {
    /// Rounds of what takes microseconds.
    pub rounds: usize,
    /// Rounds of reloads in the process.
    pub reloads: i64,
    /// Rounds of builds by another process.
    pub builds: i64,
    /// Calls in a round.
    pub calls: i64,
}

impl Effort {
    pub const FULL: Effort = Effort {
        rounds: 60,
        reloads: 25,
        builds: 5,
        calls: 20_000,
    };
    /// To see that everything works.
    pub const SMOKE: Effort = Effort {
        rounds: 3,
        reloads: 2,
        builds: 1,
        calls: 2_000,
    };
}

/// Times of one way in one situation, in nanoseconds.
#[derive(Clone, Default)]
pub struct Times(pub Vec<f64>);

impl Times {
    fn sorted(&self) -> Vec<f64> {
        let mut times = self.0.clone();
        times.sort_by(f64::total_cmp);
        times
    }

    pub fn least(&self) -> f64 {
        self.sorted().first().copied().unwrap_or(f64::NAN)
    }

    fn median(&self) -> f64 {
        let times = self.sorted();
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

/// One way: its times for each situation of a table.
pub struct Row {
    pub name: String,
    pub cells: Vec<Times>,
}

/// What was measured, and how to show it.
pub struct Table {
    /// Of the plot's file.
    pub name: &'static str,
    pub title: String,
    pub about: String,
    pub unit: &'static str,
    /// Nanoseconds in a unit.
    pub per: f64,
    /// What other rows are compared with, if with one.
    pub base: &'static str,
    /// What changes from column to column.
    pub axis: &'static str,
    /// By so much; empty in a table of one column.
    pub columns: Vec<f64>,
    pub rows: Vec<Row>,
}

impl Table {
    /// As Markdown. With one column least, median, and ratio; with several the least of each.
    pub fn markdown(&self) -> String {
        let mut text = format!("## {}\n\n{}\n\n", self.title, self.about);
        if self.columns.is_empty() {
            self.one_column(&mut text);
        } else {
            self.many_columns(&mut text);
        }
        text
    }

    fn one_column(&self, text: &mut String) {
        let (unit, base) = (self.unit, self.base);
        let of_base = self.rows.iter().find(|row| row.name == base);
        let of_base = of_base.map_or(f64::NAN, |row| row.cells[0].least());
        let _ = writeln!(
            text,
            "| way | least, {unit} | median, {unit} | least / {base} |\n|---|--:|--:|--:|"
        );
        for row in &self.rows {
            let (least, median) = (row.cells[0].least(), row.cells[0].median());
            let _ = writeln!(
                text,
                "| {} | {:.2} | {:.2} | {:.2} |",
                row.name,
                least / self.per,
                median / self.per,
                least / of_base
            );
        }
    }

    fn many_columns(&self, text: &mut String) {
        let _ = write!(text, "| {}, least, by {} |", self.unit, self.axis);
        for column in &self.columns {
            let _ = write!(text, " {column} |");
        }
        let base = self.rows.iter().find(|row| row.name == self.base);
        let _ = writeln!(text, "\n|---|{}", "--:|".repeat(self.columns.len()));
        for row in &self.rows {
            let _ = write!(text, "| {} |", row.name);
            for (column, cell) in row.cells.iter().enumerate() {
                let least = cell.least() / self.per;
                let _ = match least.is_nan() {
                    true => write!(text, " –"),
                    false => write!(text, " {least:.2}"),
                };
                let base = base.and_then(|base| base.cells.get(column));
                if let Some(base) = base.filter(|_| row.name != self.base && !least.is_nan()) {
                    let _ = write!(text, " ({:.1})", cell.least() / base.least());
                }
                text.push_str(" |");
            }
            text.push('\n');
        }
    }
}

/// One way to do what is measured.
pub struct Way<'a> {
    name: String,
    expected: i64,
    run: Box<dyn FnMut() -> i64 + 'a>,
}

/// A way that does all of a round by itself and gives its end result.
pub fn whole<'a>(name: &str, expected: i64, run: impl FnMut() -> i64 + 'a) -> Way<'a> {
    Way {
        name: name.to_owned(),
        expected,
        run: Box::new(run),
    }
}

/// `1000 - x` so many times, each with the result of the one before: an even number gives 1 again.
pub fn chain<'a>(name: &str, calls: i64, mut step: impl FnMut(i64) -> i64 + 'a) -> Way<'a> {
    whole(name, 1, move || (0..calls).fold(1, |x, _| step(x)))
}

/// The same argument so many times, for which each call gives `expected`.
pub fn same<'a>(
    name: &str,
    calls: i64,
    expected: i64,
    mut call: impl FnMut() -> i64 + 'a,
) -> Way<'a> {
    whole(name, calls * expected, move || {
        (0..calls).map(|_| call()).sum()
    })
}

/// Runs all ways in turns; gives their names, and times for one of so many calls.
pub fn take_turns(mut ways: Vec<Way<'_>>, rounds: usize, calls: i64) -> Vec<(String, Times)> {
    let mut times = vec![Times::default(); ways.len()];
    for round in 0..=rounds {
        for (way, times) in ways.iter_mut().zip(&mut times) {
            let start = Instant::now();
            let found = (way.run)();
            let elapsed = start.elapsed().as_nanos() as f64;
            assert_eq!(found, way.expected, "{}", way.name);
            // The first warms up.
            if round > 0 {
                times.0.push(elapsed / calls as f64);
            }
        }
    }
    let names = ways.into_iter().map(|way| way.name);
    names.zip(times).collect()
}

/// Rows of a table of one column.
pub fn rows(found: Vec<(String, Times)>) -> Vec<Row> {
    let row = |(name, times)| Row {
        name,
        cells: vec![times],
    };
    found.into_iter().map(row).collect()
}

/// Adds a column. A way that is in no other has no times there.
pub fn add_column(rows: &mut Vec<Row>, before: usize, found: Vec<(String, Times)>) {
    for (name, times) in found {
        let row = match rows.iter_mut().find(|row| row.name == name) {
            Some(row) => row,
            None => {
                rows.push(Row {
                    name,
                    cells: Vec::new(),
                });
                rows.last_mut().expect("it was just added")
            }
        };
        row.cells.resize(before, Times::default());
        row.cells.push(times);
    }
}
