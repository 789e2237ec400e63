//! What the back half of a reload costs: an edit of one proc in a module of 10, 100 and 1,000 procs of 22 instructions.
//!
//! Lowered modules go in, so the front end is not in these figures. Each round makes another body, reloads, calls the edited
//! proc and asserts its result. Figures are the minimum and the median over the rounds, with each phase, and what the first
//! load of the program cost, with and without a compiler that has been warmed up.
//!
//! Then what a program takes of memory after 100, 1,000 and 10,000 reloads, and what it costs to look through a heap of a million objects
//! for what still refers to old code.

#![allow(unsafe_code)] // calls compiled code

use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use midair::Program;
use midair::jit;
use midair::mir::text::parse_module;
use midair::mir::{Ids, Module, Proc};
use midair::patch::{LiveProgram, Report, Version};
use midair::runtime::{Options, Runtime};
use midair::source::Texts;

#[path = "../tests/reclaim/kinds.rs"]
mod kinds;

const ROUNDS: i64 = 60;

/// A proc of 22 instructions with a loop, a checked addition, a call and a global.
fn proc_text(index: usize, constant: i64) -> String {
    let callee = if index == 0 {
        "m.leaf".to_owned()
    } else {
        format!("m.p{}", index / 2)
    };
    let call = if index == 0 {
        "call @m.leaf(%s)".to_owned()
    } else {
        format!("call @{callee}(0)")
    };
    format!(
        "proc @m.p{index}(i64 %n) -> i64 raises {{
block0:
  i64 %s = copy {constant}
  i64 %i = copy 0
  ptr %g = global $m.count
  i64 %c = load %g
  %c = add %c, 1
  store.i64 %c, %g
  goto head
head:
  i8 %more = slt.i64 %i, %n
  branch %more, body, done
body:
  i64 %t = mul %i, 3
  %t = xor %t, %s
  i64 %u = ashr %t, 2
  %t = sub %t, %u
  i64 %v = and %t, 1023
  %s = checked.add %s, %v raise @m.overflow
  i64 %w = {call}
  %w = and %w, 1
  %s = add %s, %w
  %i = checked.add %i, 1 raise @m.overflow
  goto head
done:
  return %s
}}
"
    )
}

fn module_text(procs: usize) -> String {
    let mut text = String::from(
        "module m
desc :int size 8 align 8 = int
desc :E size 8 align 8 = object rtti { }
global $m.count \"m.count\" :int
proc @m.overflow() raises {
block0:
  ptr %d = desc :E
  ptr %e = call rt.new_ref(%d)
  set_pending %e
  return
}
proc @m.leaf(i64 %n) -> i64 raises {
block0:
  return %n
}
",
    );
    for index in 0..procs {
        let _ = write!(text, "{}", proc_text(index, 0));
    }
    text
}

/// The module with another body of its last proc, everything else the same objects, as an incremental front end gives it.
fn edited(module: &Module, constant: i64) -> Arc<Module> {
    let mut module = module.clone();
    let last = module.procs.last_mut().expect("there are procs");
    let mut proc = Proc::clone(last);
    for stmt in proc
        .blocks
        .iter_mut()
        .flat_map(|block| &mut block.stmts)
        .take(1)
    {
        if let midair::mir::Inst::Copy { value, .. } = &mut stmt.inst {
            *value = midair::mir::Operand::Int(constant);
        }
    }
    *last = Arc::new(proc);
    Arc::new(module)
}

fn program(ids: &Arc<Ids>) -> Arc<LiveProgram> {
    let options = Options {
        heap: 64 << 20,
        ..Options::default()
    };
    let runtime = Runtime::new(ids.clone(), options).expect("address space");
    LiveProgram::new(runtime, jit::Options::default()).expect("a known processor")
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn min_and_median(mut times: Vec<Duration>) -> String {
    times.sort();
    let (min, median) = (times[0], times[times.len() / 2]);
    format!("{:8.1} ({:8.1})", microseconds(min), microseconds(median))
}

fn measure(procs: usize) {
    let ids = Arc::new(Ids::default());
    let live = program(&ids);
    let module = parse_module(&module_text(procs), &ids).expect("the text is right");
    let start = Instant::now();
    live.load(&[Arc::new(module.clone())]).expect("it loads");
    let load = start.elapsed();
    let last = ids.proc(&format!("m.p{}", procs - 1), 0);
    let (mut totals, mut reports): (Vec<Duration>, Vec<Report>) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        let version = Version {
            modules: [edited(&module, round)].into(),
            changed: vec!["m".into()],
        };
        let start = Instant::now();
        let report = live.apply(&version).expect("it reloads");
        totals.push(start.elapsed());
        assert_eq!((report.recompiled.len(), report.reused), (1, procs + 1));
        reports.push(report);
        // SAFETY: the proc takes a number.
        let found = unsafe { live.call(last, &[0]) };
        assert_eq!(found.expect("it runs") as i64, round);
    }
    let phase = |of: fn(&Report) -> Duration| min_and_median(reports.iter().map(of).collect());
    println!(
        "{procs:5} procs: load {:9.1} ({:.1} a proc), reload {}",
        microseconds(load),
        microseconds(load) / procs as f64,
        min_and_median(totals)
    );
    println!("             plan    {}", phase(|report| report.times.plan));
    println!(
        "             compile {}",
        phase(|report| report.times.compile)
    );
    println!(
        "             apply   {}",
        phase(|report| report.times.apply)
    );
    println!(
        "             retire  {}",
        phase(|report| report.times.retire)
    );
}

/// The program in which each version has other closures, with what stands behind its main module.
fn closures(behind: &str) -> (Texts, Program, fn(usize) -> String) {
    let kind = kinds::KINDS.iter().find(|kind| kind.name == "closures");
    let kind = kind.expect("there is such a program");
    let main = format!("{}{behind}", kind.main);
    let texts = Texts::new([("main.nim", main), ("logic.nim", (kind.logic)(0))]);
    let builder = Program::builder().provider(texts.clone());
    let program = builder.load("main.nim").expect("it loads");
    (texts, program, kind.logic)
}

/// Bytes of this process in memory, where the system tells.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0usize) * 4096
}

fn memory_over_reloads() {
    println!("memory of a program whose closures are edited, in KiB");
    let (texts, program, logic) = closures("");
    let step = program.proc::<fn() -> i64>("main", "step");
    let step = step.expect("there is such a proc");
    for version in 1..=10_000 {
        texts.set("logic.nim", logic(version));
        assert!(program.reload().expect("it reloads").changed);
        step.call().expect("it runs");
        if matches!(version, 100 | 1_000 | 10_000) {
            let usage = program.usage();
            println!(
                "  after {version:6} reloads: code {}, data {}, heap {} ({} blocks), {} descriptors, process {}",
                usage.code_bytes >> 10,
                usage.data_bytes >> 10,
                usage.heap_bytes >> 10,
                usage.live_blocks,
                usage.descriptors,
                resident() >> 10,
            );
        }
    }
}

fn pause_with_a_large_heap() {
    let behind = "
type Node = ref object
  name: string
var nodes: seq[Node]
for i in 1..1_000_000: nodes.add Node(name: $i)
";
    let (texts, program, logic) = closures(behind);
    let step = program.proc::<fn() -> i64>("main", "step");
    let step = step.expect("there is such a proc");
    let mut times = Vec::new();
    let mut most = 0;
    for version in 1..=5_000 {
        texts.set("logic.nim", logic(version));
        times.push(program.reload().expect("it reloads").times.retire);
        step.call().expect("it runs");
        most = most.max(program.usage().code_bytes);
    }
    let longest = times.iter().max().copied().unwrap_or_default();
    println!(
        "with a heap of {} MiB: retiring takes {}, at most {:.1} microseconds; code up to {} KiB in {} reloads",
        program.usage().heap_bytes >> 20,
        min_and_median(times.clone()),
        microseconds(longest),
        most >> 10,
        times.len(),
    );
}

fn main() {
    println!("microseconds, minimum (median) of {ROUNDS} rounds");
    let ids = Arc::new(Ids::default());
    let module = Arc::new(parse_module(&module_text(1), &ids).expect("the text is right"));
    for what in ["first", "second"] {
        let live = program(&ids);
        let start = Instant::now();
        live.load(std::slice::from_ref(&module)).expect("it loads");
        println!(
            "{what} load of a program of 3 procs in this process: {:.1}",
            microseconds(start.elapsed())
        );
    }
    for procs in [10, 100, 1000] {
        measure(procs);
    }
    memory_over_reloads();
    pause_with_a_large_heap();
}
