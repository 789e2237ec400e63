//! What a frame pays for being reloadable.
//!
//! A game loop asks `reload_if_changed` once a frame. Measured are that question while nothing has changed, with a watcher and without, and
//! the frame in which an edit of one proc of a module of 10, 100, 1,000 procs takes effect: what was saved is compiled in the
//! background, and the frame pays for the rest. The last rows are the time from a save to the first call of the new code. Each round
//! asserts that the new body runs. Figures are p50, p99 and the most.

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use midair::{Event, Program, Report};

/// A phase of a reload and how long it took.
type Phase = (&'static str, fn(&Report) -> Duration);

/// A module of so many procs, of which the last gives `constant`.
fn module(procs: usize, constant: usize) -> String {
    let mut text = String::from("var count* = 0\nproc leaf(n: int): int = n\n");
    for index in 0..procs {
        let callee = match index {
            0 => "leaf".to_owned(),
            _ => format!("p{}", index / 2),
        };
        let own = if index + 1 == procs { constant } else { 0 };
        let _ = write!(
            text,
            "proc p{index}*(n: int): int =
  result = {own}
  for i in 0 ..< n:
    let t = (i * 3) xor result
    result += (t - (t shr 2)) and 1023
    result += {callee}(0) and 1
  inc count
"
        );
    }
    text
}

struct Times(Vec<Duration>);

impl Times {
    fn show(mut self, what: &str, most: f64) {
        self.0.sort();
        let at = |part: f64| {
            let last = self.0.len() - 1;
            self.0[(last as f64 * part).round() as usize].as_nanos() as f64 / 1e3
        };
        println!(
            "{what:42} p50 {:9.3}  p99 {:9.3}  most {:9.3} µs  (to reach: {most} µs)",
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
}

/// Each time stands for a thousand calls, by their mean.
fn nothing_changed(dir: &Path, watched: bool) -> Times {
    let file = dir.join("logic.nim");
    std::fs::write(&file, module(1_000, 0)).expect("a file");
    let program = Program::builder().watch(watched).load(&file);
    let program = program.expect("it loads");
    std::thread::sleep(Duration::from_millis(300));
    let round = |_| {
        const CALLS: u32 = 1_000;
        let start = Instant::now();
        for _ in 0..CALLS {
            let report = black_box(&program).reload_if_changed();
            assert!(report.expect("nothing is wrong").is_none());
        }
        start.elapsed() / CALLS
    };
    Times((0..1_000).map(round).collect())
}

/// The pauses of frames in which an edit takes effect, with what they consist of.
fn pauses(dir: &Path, procs: usize, rounds: usize) -> (Times, Vec<Report>) {
    let file = dir.join("logic.nim");
    std::fs::write(&file, module(procs, 0)).expect("a file");
    let program = Program::builder().watch(true).load(&file);
    let program = program.expect("it loads");
    let last = format!("p{}", procs - 1);
    let last = program.proc::<fn(i64) -> i64>("logic", &last);
    let last = last.expect("there is such a proc");
    let events = program.events();
    let (mut times, mut reports) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        std::fs::write(&file, module(procs, round)).expect("a file");
        let report = loop {
            match events.recv_timeout(Duration::from_secs(10)) {
                Ok(Event::Ready) => {}
                Ok(Event::Broken(error)) => panic!("{error}"),
                Ok(_) => continue,
                Err(error) => panic!("nothing was compiled: {error}"),
            }
            std::thread::sleep(Duration::from_millis(5));
            let start = Instant::now();
            let report = program.reload_if_changed();
            let took = start.elapsed();
            // A save is more than one event, and the last may be told when the first has been applied.
            if let Some(report) = report.expect("it reloads") {
                times.push(took);
                break report;
            }
        };
        assert_eq!(report.recompiled.len(), 1);
        reports.push(report);
        assert_eq!(last.call(0).expect("it runs"), round as i64);
    }
    (Times(times), reports)
}

/// From a save to the return of the first call that runs the new body, in a loop that asks and calls all the time.
fn saved_to_called(dir: &Path, procs: usize, rounds: usize) -> Times {
    let file = dir.join("logic.nim");
    std::fs::write(&file, module(procs, 0)).expect("a file");
    let program = Program::builder().watch(true).load(&file);
    let program = program.expect("it loads");
    let last = program.proc::<fn(i64) -> i64>("logic", &format!("p{}", procs - 1));
    let last = last.expect("there is such a proc");
    std::thread::sleep(Duration::from_millis(300));
    let round = |round| {
        std::fs::write(&file, module(procs, round)).expect("a file");
        let start = Instant::now();
        loop {
            program.reload_if_changed().expect("it compiles");
            if last.call(0).expect("it runs") == round as i64 {
                break;
            }
            assert!(start.elapsed() < Duration::from_secs(10), "nothing came");
            std::thread::sleep(Duration::from_micros(50));
        }
        let took = start.elapsed();
        std::thread::sleep(Duration::from_millis(20));
        took
    };
    Times((1..=rounds).map(round).collect())
}

fn main() {
    let dir = std::env::temp_dir().join(format!("midair-frame-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a directory");
    nothing_changed(&dir, true).show("nothing changed, watched", 0.1);
    nothing_changed(&dir, false).show("nothing changed, not watched", 0.1);
    for (procs, rounds) in [(10, 100), (100, 100), (1_000, 100)] {
        let (times, reports) = pauses(&dir, procs, rounds);
        times.show(&format!("frame with an edit, {procs} procs"), 50.0);
        let phases: [Phase; 7] = [
            ("front", |report| report.times.front),
            ("plan", |report| report.times.plan),
            ("compile", |report| report.times.compile),
            ("before", |report| report.times.before),
            ("apply", |report| report.times.apply),
            ("after", |report| report.times.after),
            ("retire", |report| report.times.retire),
        ];
        for (name, phase) in phases {
            let mut all: Vec<Duration> = reports.iter().map(phase).collect();
            all.sort();
            let micros = all[all.len() / 2].as_nanos() as f64 / 1e3;
            println!("    {name:10} p50 {micros:9.3} µs");
        }
    }
    for procs in [100, 1_000] {
        let times = saved_to_called(&dir, procs, 300);
        times.show(&format!("save to first call, {procs} procs"), 20_000.0);
    }
    std::fs::remove_dir_all(&dir).expect("the directory goes");
}
