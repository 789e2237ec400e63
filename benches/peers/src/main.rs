//! What a call and a reload cost, beside peers, in one run: `cargo run --release` in this folder writes `benches/RESULTS.md`.
//!
//! Every way of calling runs the same function, `1000 - x`, with the result of the call before as its argument, and its end result is
//! compared. The ways take turns over many rounds; the figures are the least and the median of the rounds. Every way of reloading is
//! given the same edit: another constant in the last of so many functions, from text in memory or in a file to a call that gives it.

mod call;
mod reload;

use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

/// A row of a table: a name, and times in nanoseconds.
pub struct Row {
    pub name: String,
    pub times: Vec<f64>,
}

impl Row {
    fn sorted(&self) -> Vec<f64> {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        times
    }

    fn least(&self) -> f64 {
        self.sorted().first().copied().unwrap_or(f64::NAN)
    }

    fn median(&self) -> f64 {
        let times = self.sorted();
        times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

fn table(rows: &[Row], unit: &str, per: f64, first: &str) -> String {
    let base = rows
        .iter()
        .find(|row| row.name == first)
        .map_or(f64::NAN, Row::least);
    let mut text =
        format!("| way | least, {unit} | median, {unit} | least / {first} |\n|---|--:|--:|--:|\n");
    for row in rows {
        let (least, median) = (row.least(), row.median());
        let _ = writeln!(
            text,
            "| {} | {:.2} | {:.2} | {:.2} |",
            row.name,
            least / per,
            median / per,
            least / base
        );
    }
    text
}

fn said(command: &str, args: &[&str]) -> String {
    let output = Command::new(command).args(args).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    text.unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn machine() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, model)| model);
    let count = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{model}, {count} processors, {} {}, load {} when it began; {}; {}; {}",
        said("uname", &["-s"]),
        said("uname", &["-r"]),
        read("/proc/loadavg").split(' ').next().unwrap_or_default(),
        said("rustc", &["--version"]),
        said("nim", &["--version"]),
        said("cc", &["--version"]),
    )
}

fn main() {
    let (machine, date) = (machine(), said("date", &["-u", "+%Y-%m-%d"]));
    let folder = std::env::temp_dir().join(format!("midair-peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut text = format!(
        "# Results\n\nWritten by `cargo run --release` in `benches/peers` on {date}: {machine}.\n\n\
         Figures of a shared machine: the least of many rounds is what a quiet one gives, the median what this one gave.\n\n\
         ## A call from Rust\n\n`1000 - x`, each call with the result of the one before.\n\n"
    );
    text += &table(&call::all(&folder), "ns", 1.0, "Rust function by pointer");
    for procs in [100, 1_000] {
        let _ = write!(
            text,
            "\n## From an edit to a call, module of {procs} functions\n\n"
        );
        text += &table(&reload::all(&folder, procs), "ms", 1e6, "midair");
    }
    text += "\n`hot-lib-reloader` is what `dlopen` is, with a lock and a copy of the file besides, and `cargo build` in front of \
             it. `subsecond::call` is a plain call in a release build; its reload is a build of the host by `dx`, which has no \
             place in one process with the others.\n";
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../RESULTS.md");
    std::fs::write(path, &text).expect("the file can be written");
    print!("{text}");
}
