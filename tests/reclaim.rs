//! Thousands of reloads leave memory flat: code, constants, descriptors, globals and the heap, whatever an edit is about. What lives
//! keeps what it needs meanwhile.

use std::cell::RefCell;

use midair::host::Usage;
use midair::source::Texts;
use midair::{Callback, Closure, Program, host_module};

#[path = "reclaim/kinds.rs"]
mod kinds;

use kinds::{KINDS, Kind};

type Held = Callback<fn(i64) -> i64>;

fn load(main: &str, logic: String) -> (Texts, Program) {
    thread_local!(static HELD: RefCell<Vec<Held>> = const { RefCell::new(Vec::new()) });
    let texts = Texts::new([("main.nim", main.to_owned()), ("logic.nim", logic)]);
    let engine = host_module!("engine", {
        fn hold(f: Callback<fn(i64) -> i64>) {
            HELD.with_borrow_mut(|held| {
                held.push(f);
                if held.len() > 3 {
                    held.remove(0);
                }
            });
        }
    });
    let builder = Program::builder()
        .provider(texts.clone())
        .host_module(engine);
    let program = builder
        .load("main.nim")
        .unwrap_or_else(|error| panic!("{error}"));
    (texts, program)
}

fn reload(texts: &Texts, program: &Program, logic: String) {
    texts.set("logic.nim", logic);
    program.reload().unwrap_or_else(|error| panic!("{error}"));
}

/// The most that a program has had of everything.
fn most(a: Usage, b: Usage) -> Usage {
    Usage {
        live_blocks: a.live_blocks.max(b.live_blocks),
        heap_bytes: a.heap_bytes.max(b.heap_bytes),
        code_bytes: a.code_bytes.max(b.code_bytes),
        data_bytes: a.data_bytes.max(b.data_bytes),
        descriptors: a.descriptors.max(b.descriptors),
        globals_bytes: a.globals_bytes.max(b.globals_bytes),
    }
}

/// Reloads so often, and compares what a program needed up to a third of them with what it needed afterwards.
fn stays_flat(kind: &Kind, count: usize) {
    let (texts, program) = load(kind.main, (kind.logic)(1));
    let step = program.proc::<fn() -> i64>("main", "step").unwrap();
    let settled = count / 3;
    let (mut before, mut after) = (program.usage(), program.usage());
    for version in 1..=count {
        reload(&texts, &program, (kind.logic)(version + 1));
        step.call().unwrap();
        if kind.name == "callbacks" {
            let give = program.proc::<fn(Held) -> i64>("main", "give").unwrap();
            let add = version as i64;
            let given = give.call(Closure::new(move |x: i64| x + add));
            assert_eq!(given.unwrap(), 3 + add);
        }
        let now = program.usage();
        if version <= settled {
            before = most(before, now);
        }
        after = most(after, now);
    }
    println!(
        "{}: {count} reloads\n  up to {settled}: {before:?}\n  all: {after:?}",
        kind.name
    );
    // Some of it comes and goes: a page of code, blocks of garbage cycles that nobody has looked for yet.
    let flat = |what: &str, before: usize, after: usize, play: usize| {
        assert!(
            after <= before + before / 4 + play,
            "{}: {what} grew from {before} to {after}",
            kind.name
        );
    };
    flat("blocks", before.live_blocks, after.live_blocks, 64);
    flat("the heap", before.heap_bytes, after.heap_bytes, 0);
    flat("code", before.code_bytes, after.code_bytes, 16 << 10);
    flat("data", before.data_bytes, after.data_bytes, 16 << 10);
    flat("descriptors", before.descriptors, after.descriptors, 128);
    flat("globals", before.globals_bytes, after.globals_bytes, 64);
}

fn kinds(names: &[&str], count: usize) {
    for name in names {
        let kind = KINDS.iter().find(|kind| kind.name == *name).unwrap();
        stays_flat(kind, count);
    }
}

#[test]
fn edited_bodies_leave_memory_flat() {
    kinds(
        &["bodies", "constants", "comments", "templates", "generics"],
        300,
    );
}

#[test]
fn closures_and_iterators_leave_memory_flat() {
    kinds(&["closures", "iterators"], 600);
}

#[test]
fn procs_that_come_and_go_leave_memory_flat() {
    kinds(
        &["procs", "proc values", "signatures", "instances", "globals"],
        450,
    );
}

#[test]
fn types_that_come_and_go_leave_memory_flat() {
    kinds(&["types", "layouts", "methods"], 450);
}

#[test]
fn objects_that_live_leave_memory_flat() {
    kinds(
        &[
            "destructors",
            "exceptions",
            "callbacks",
            "initialisers and handlers",
        ],
        300,
    );
}

#[test]
#[ignore = "long: ten thousand reloads of each kind, or of the one that KIND names"]
fn ten_thousand_reloads_leave_memory_flat() {
    let only = std::env::var("KIND").ok();
    let wanted = |kind: &&Kind| only.as_deref().is_none_or(|only| only == kind.name);
    for kind in KINDS.iter().filter(wanted) {
        stays_flat(kind, 10_000);
    }
}

/// A closure, an iterator, a proc value, an object of a removed type and an exception of the first version, over many reloads.
#[test]
fn what_lives_keeps_what_it_needs() {
    let logic = |v: usize| {
        format!(
            "type\n  \
               Log* = ref object\n    \
                 lines*: seq[string]\n  \
               Item{v} = object\n    \
                 log: Log\n    \
                 name: string\n  \
               Node{v} = ref object of RootObj\n    \
                 item: Item{v}\n    \
                 rest: seq[string]\n  \
               Failure{v} = object of CatchableError\n\
             proc `=destroy`(item: var Item{v}) =\n  \
               if item.log != nil: item.log.lines.add \"destroyed \" & item.name & \" by {v}\"\n  \
               `=destroy`(item.name)\n  \
               `=destroy`(item.log)\n\
             proc node*(log: Log): RootRef =\n  \
               Node{v}(item: Item{v}(log: log, name: \"node {v}\"), rest: @[\"x\", $({v})])\n\
             proc closure*(log: Log): proc (): string =\n  \
               let node = Node{v}(item: Item{v}(log: log, name: \"captured {v}\"))\n  \
               result = proc (): string = node.item.name & \" {v}\"\n\
             proc counter*(): iterator (): int =\n  \
               result = iterator (): int {{.closure.}} =\n    \
                 for i in 1..1000: yield {v} * 1000 + i\n\
             proc failure*(): ref CatchableError =\n  \
               try: raise newException(Failure{v}, \"failure {v}\")\n  \
               except CatchableError as e: result = e\n\
             proc old{v}(x: int): int = (if x > 9: old{v}(x - 1) else: {v})\n\
             proc value*(): proc (x: int): int {{.nimcall.}} = old{v}\n"
        )
    };
    let main = "\
import logic
var
  log = Log()
  node = node(log)
  closure = closure(log)
  counter = counter()
  failure = failure()
  value = value()
proc step*(): string =
  result = closure() & \" \" & $counter() & \" \" & $failure.name & \" \" & failure.msg
  try: result.add \" \" & $value(1)
  except CatchableError as e: result.add \" \" & $e.name
proc release*(): seq[string] =
  node = nil
  closure = nil
  counter = nil
  failure = nil
  log.lines
";
    let (texts, program) = load(main, logic(1));
    let step = program.proc::<fn() -> String>("main", "step").unwrap();
    let release = program.proc::<fn() -> Vec<String>>("main", "release");
    let release = release.unwrap();
    for version in 2..150 {
        reload(&texts, &program, logic(version));
        let expected = format!(
            "captured 1 1 {} Failure1 failure 1 ReloadError",
            1000 + version - 1
        );
        assert_eq!(step.call().unwrap(), expected);
    }
    let lines = release.call().unwrap();
    assert_eq!(
        lines,
        ["destroyed node 1 by 1", "destroyed captured 1 by 1"]
    );
    let with = program.usage();
    for version in 150..155 {
        reload(&texts, &program, logic(version));
    }
    let without = program.usage();
    assert!(
        without.code_bytes <= with.code_bytes,
        "{with:?}, {without:?}"
    );
}

/// A large heap is not looked through at each reload, and yet in time.
#[test]
fn a_large_heap_is_looked_through_now_and_then() {
    let main = "\
import logic
type Node = ref object
  name: string
var
  nodes: seq[Node]
  closures: seq[proc (): int]
for i in 1..100_000: nodes.add Node(name: $i)
proc step*(): int =
  if closures.len > 3: closures.delete(0)
  closures.add makeClosure(closures.len)
  for closure in closures: result += closure()
";
    let closures = KINDS.iter().find(|kind| kind.name == "closures").unwrap();
    let (texts, program) = load(main, (closures.logic)(1));
    let step = program.proc::<fn() -> i64>("main", "step").unwrap();
    let heap = program.usage().heap_bytes;
    assert!(heap > 5 << 20, "{heap}");
    let mut most = 0;
    for version in 2..1500 {
        reload(&texts, &program, (closures.logic)(version));
        step.call().unwrap();
        most = most.max(program.usage().code_bytes);
    }
    let last = program.usage().code_bytes;
    println!("heap of {heap}: code up to {most}, {last} at the end");
    assert!(most < (256 << 10) + heap / 16, "{most}");
}

/// The last value of a nested proc goes while it runs, and its code with it as soon as it has returned.
#[test]
fn a_nested_proc_may_outlive_its_last_value() {
    let main = "import logic\nproc step*(): string = slot()\n";
    let logic = |v: usize| {
        format!(
            "import std/hotcodereloading\n\
             var slot*: proc (): string\n\
             proc prepare*() =\n  \
               slot = proc (): string =\n    \
                 slot = nil\n    \
                 for i in 1..3: performCodeReload()\n    \
                 result = \"made by \"\n    \
                 result.addInt {v}\n"
        )
    };
    let (texts, program) = load(main, logic(1));
    let step = program.proc::<fn() -> String>("main", "step").unwrap();
    let prepare = program.proc::<fn()>("logic", "prepare").unwrap();
    for version in 1..60 {
        prepare.call().unwrap();
        texts.set("logic.nim", logic(version + 1));
        assert_eq!(step.call().unwrap(), format!("made by {version}"));
    }
    let usage = program.usage();
    assert!(usage.code_bytes < 100 << 10, "{usage:?}");
}
