//! What an edit of source text costs, from the call that reloads to its return: reading, checking, compiling and swapping.
//!
//! Rows: an edit of one proc's body in a module of 10, 100, 1,000 and 10,000 procs of 15 lines; an edit of a constant, a template, a
//! type and a signature that 50 modules of 20 such procs see, each with one proc that uses them; and what threads that
//! call in without pause see of such reloads. Each round reloads another version, calls it and asserts what it gives; figures
//! are the minimum and the median over the rounds.

use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use midair::Program;
use midair::source::Texts;

const ROUNDS: usize = 12;

fn proc_text(number: usize, adds: usize) -> String {
    format!(
        "proc step{number}*(x: int): int =
  ## Adds something.
  var total = {adds}
  for k in 0 ..< 4:
    if k mod 2 == 0:
      total += x * k
    else:
      total -= k
  let y = total mod 97
  case y
  of 0: result = 1
  of 1..10: result = y + {number}
  else: result = total
  if result < 0:
    result = -result

"
    )
}

/// What `proc_text` computes, for the case that it is large.
fn expected(x: i64, adds: i64) -> i64 {
    let total = adds + 2 * x - 4;
    assert!(total % 97 > 10);
    total
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn show(what: &str, mut times: Vec<Duration>, goal: f64) {
    times.sort_unstable();
    let (least, median) = (times[0], times[times.len() / 2]);
    println!(
        "{what:<34} {:8.2} ms  (median {:8.2}; to reach: at most {goal})",
        milliseconds(least),
        milliseconds(median)
    );
}

fn load(texts: &Texts) -> Program {
    Program::builder()
        .provider(texts.clone())
        .load("main.nim")
        .expect("it compiles")
}

fn reload(program: &Program) -> Duration {
    let begun = Instant::now();
    let report = program.reload().expect("it reloads");
    let took = begun.elapsed();
    assert!(report.changed);
    took
}

fn one_proc(procs: usize, goal: f64) {
    let texts = Texts::default();
    let rest: String = (1..procs).map(|number| proc_text(number, number)).collect();
    let version = |adds: usize| format!("var count* = 0\n\n{}{rest}", proc_text(0, adds));
    texts.set("main.nim", "import big\nproc run(): int = step0(1)\n");
    texts.set("big.nim", version(60).as_str());
    let program = load(&texts);
    let run = program
        .proc::<fn() -> i64>("main", "run")
        .expect("it is there");
    let times = (0..ROUNDS).map(|round| {
        let adds = 60 + round % 20 + 1;
        texts.set("big.nim", version(adds).as_str());
        let took = reload(&program);
        assert_eq!(run.call().expect("no exception"), expected(1, adds as i64));
        took
    });
    show(&format!("one of {procs} procs"), times.collect(), goal);
}

const MODULES: usize = 50;

const SHARED: &str = "const speed* = 10
type Item* = object
  weight*: int
template twice*(x: untyped): untyped = (x) * 2
proc scale*(x: int): int = x * speed
proc fresh*(n: int): Item = Item(weight: n)
";

fn seen_by_many() {
    let texts = Texts::default();
    texts.set("shared.nim", SHARED);
    let steps: String = (0..20).map(|number| proc_text(number, number)).collect();
    let (mut main, mut run) = (String::new(), String::new());
    for module in 0..MODULES {
        let uses = "proc uses*(a: int): int = twice(a) + speed + fresh(a).weight + scale(a)\n";
        texts.set(
            format!("m{module}.nim"),
            format!("import shared\n{steps}{uses}").as_str(),
        );
        let _ = writeln!(main, "import m{module}");
        let _ = write!(run, " + m{module}.uses({module})");
    }
    texts.set(
        "main.nim",
        format!("{main}proc run(): int = 0{run}\n").as_str(),
    );
    let program = load(&texts);
    let run = program
        .proc::<fn() -> i64>("main", "run")
        .expect("it is there");
    let (sum, modules) = ((0..MODULES as i64).sum::<i64>(), MODULES as i64);
    let result = |twice: i64, speed: i64| sum * (twice + 1 + speed) + modules * speed;
    assert_eq!(run.call().expect("no exception"), result(2, 10));
    let edits = [
        ("a constant", "speed* = 10", "speed* = 11", result(2, 11)),
        ("a template", "(x) * 2", "(x) * 3", result(3, 10)),
        (
            "a type",
            "weight*: int",
            "extra*: string\n  weight*: int",
            result(2, 10),
        ),
        (
            "a signature",
            "scale*(x: int)",
            "scale*(x: int, more = 1)",
            result(2, 10),
        ),
    ];
    for (what, was, is, gives) in edits {
        let times = (0..ROUNDS).map(|round| {
            let (text, gives) = match round % 2 {
                0 => (SHARED.replace(was, is), gives),
                _ => (SHARED.to_owned(), result(2, 10)),
            };
            texts.set("shared.nim", text.as_str());
            let took = reload(&program);
            assert_eq!(run.call().expect("no exception"), gives);
            took
        });
        show(
            &format!("{what} that {MODULES} modules see"),
            times.collect(),
            20.0,
        );
    }
}

/// Threads call without pause while another edits and reloads. What a call takes, with and without reloads.
fn pauses() {
    const THREADS: usize = 2;
    let texts = Texts::default();
    let rest: String = (1..100).map(|number| proc_text(number, number)).collect();
    let version = |adds: usize| format!("{}{rest}", proc_text(0, adds));
    texts.set("main.nim", version(60).as_str());
    let program = load(&texts);
    for (what, reloads) in [("no reload", 0), ("50 reloads", 50)] {
        let done = AtomicBool::new(false);
        let mut times: Vec<Duration> = std::thread::scope(|scope| {
            let call = || {
                let step = program
                    .proc::<fn(i64) -> i64>("main", "step0")
                    .expect("it is there");
                let mut times = Vec::new();
                while !done.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    let value = step.call(1).expect("no exception");
                    times.push(begun.elapsed());
                    assert!((expected(1, 60)..=expected(1, 80)).contains(&value));
                }
                times
            };
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(call)).collect();
            for round in 0..reloads {
                texts.set("main.nim", version(60 + round % 20 + 1).as_str());
                reload(&program);
            }
            if reloads == 0 {
                std::thread::sleep(Duration::from_millis(300));
            }
            done.store(true, Ordering::Relaxed);
            threads
                .into_iter()
                .flat_map(|thread| thread.join().expect("no panic"))
                .collect()
        });
        times.sort_unstable();
        // Most calls meet no reload; those that do are the longest.
        let from_end = |back: usize| times[times.len().saturating_sub(1 + back)];
        let slowest = reloads.max(1) * THREADS;
        println!(
            "a call, {THREADS} threads, {what:<11} p50 {:7.3} us, p99 {:7.3} us; of the {slowest} longest: p50 {:8.1} us, longest {:8.1} us",
            milliseconds(times[times.len() / 2]) * 1e3,
            milliseconds(times[times.len() * 99 / 100]) * 1e3,
            milliseconds(from_end(slowest / 2)) * 1e3,
            milliseconds(from_end(0)) * 1e3,
        );
    }
}

/// A reload that gives objects another layout: in a seq, behind references in a seq, and in a table.
fn migrations() {
    const OBJECTS: usize = 100_000;
    let version = |round: usize| {
        let fields = ["x: int32", "y: float\n  x: int64"][round % 2];
        format!(
            "import std/tables
type Item = object
  {fields}
type Node = ref object
  item: Item
var (items, nodes, byKey) = (newSeq[Item](), newSeq[Node](), initTable[int, Item]())
for number in 0 ..< {OBJECTS}:
  items.add Item(x: int32(number))
  nodes.add Node(item: Item(x: int32(number)))
  byKey[number] = Item(x: int32(number))
proc sum*(): int =
  for number in 0 ..< {OBJECTS}:
    result += int(items[number].x) + int(nodes[number].item.x) + int(byKey[number].x)
"
        )
    };
    let texts = Texts::default();
    let all = (OBJECTS * (OBJECTS - 1) / 2 * 3) as i64;
    // A number is widened and never narrowed, so each round begins with a new program.
    let times = (0..ROUNDS).map(|_| {
        texts.set("main.nim", version(0).as_str());
        let program = load(&texts);
        let sum = program.proc::<fn() -> i64>("main", "sum");
        texts.set("main.nim", version(1).as_str());
        let took = reload(&program);
        assert_eq!(sum.expect("it is there").call().expect("no exception"), all);
        took
    });
    let times: Vec<Duration> = times.collect();
    show("300,000 objects get another layout", times, f64::INFINITY);
}

fn main() {
    for (procs, goal) in [(10, 1.0), (100, 1.0), (1_000, 3.0), (10_000, 10.0)] {
        one_proc(procs, goal);
    }
    seen_by_many();
    migrations();
    pauses();
}
