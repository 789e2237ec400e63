//! What a host can do with a running program: its globals, its state as a whole, failures, time limits, events.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use midair::source::Texts;
use midair::{Builder, Event, Guest, OnFailure, Program, host_module};

fn load(text: &str) -> (Texts, Program) {
    load_with(text, Program::builder())
}

fn load_with(text: &str, builder: Builder) -> (Texts, Program) {
    let texts = Texts::new([("logic.nim", text)]);
    let program = builder.provider(texts.clone()).load("logic.nim");
    (texts, program.unwrap_or_else(|error| panic!("{error}")))
}

#[derive(Guest, Clone, Copy, PartialEq, Debug)]
#[repr(C)]
struct Camera {
    x: f64,
    zoom: f32,
}

const STATE: &str = r#"import std/options
type
  Camera = object
    x: float
    zoom: float32
  Kind = enum calm, angry
  Shape = object
    case round: bool
    of true: radius: float
    of false: w, h: int8
  Node = ref object
    name: string
    next: Node
var
  speed* = 1.5
  names = @["a", "b\n\"c\""]
  camera = Camera(x: 2.0, zoom: 0.5)
  kind = angry
  letters = {'a', 'c'}
  pair = (1, "two")
  named = (x: 1'i8, y: 2'u16)
  shapes = [Shape(round: true, radius: 2.0), Shape(round: false, w: 3, h: 4)]
  maybe = some(3)
  nothing = none(string)
  list = Node(name: "first", next: Node(name: "second"))
  address: pointer
  letter = 'x'
  big = 18446744073709551615'u64
let fixed = 7
proc sum*(): float = speed * float(names.len) + camera.x
"#;

#[test]
fn globals_are_read_and_written_and_listed() {
    let (texts, program) = load(STATE);
    let speed = program.global::<f64>("logic", "speed").unwrap();
    assert_eq!(speed.get().unwrap(), 1.5);
    speed.set(&2.0).unwrap();
    let names = program.global::<Vec<String>>("logic", "names").unwrap();
    assert_eq!(names.get().unwrap(), ["a", "b\n\"c\""]);
    names.set(&vec!["x".to_owned(); 3]).unwrap();
    let camera = program.global::<Camera>("logic", "camera").unwrap();
    camera.with(|camera| camera.x += 1.0).unwrap();
    assert_eq!(camera.get().unwrap(), Camera { x: 3.0, zoom: 0.5 });
    let sum = program.proc::<fn() -> f64>("logic", "sum").unwrap();
    assert_eq!(sum.call().unwrap(), 9.0);
    let refused = camera.with(|_| sum.call()).unwrap().unwrap_err();
    assert!(refused.to_string().contains("borrowed"), "{refused}");

    let fixed = program.global::<i64>("logic", "fixed").unwrap();
    assert_eq!(fixed.get().unwrap(), 7);
    assert!(
        fixed
            .set(&8)
            .unwrap_err()
            .to_string()
            .contains("logic.fixed is a `let`")
    );
    let wrong = program
        .global::<i32>("logic", "fixed")
        .unwrap_err()
        .to_string();
    assert!(
        wrong.contains("logic.fixed is no i32, in Nim int32"),
        "{wrong}"
    );
    assert!(
        wrong.contains("logic.nim(29): fixed: int, in Rust i64"),
        "{wrong}"
    );
    let missing = program.global::<i32>("logic", "sped").unwrap_err();
    assert!(
        missing.is_not_found() && missing.to_string().contains("logic.speed"),
        "{missing}"
    );

    names
        .set(&vec!["a".to_owned(), "b\n\"c\"".to_owned()])
        .unwrap();
    let list = program.globals().unwrap();
    let shown: Vec<String> = list
        .iter()
        .map(|g| format!("{} = {}", g.name, g.value))
        .collect();
    let expected = [
        "logic.speed = 2.0",
        r#"logic.names = @["a", "b\n\"c\""]"#,
        "logic.camera = (x: 3.0, zoom: 0.5)",
        "logic.kind = angry",
        "logic.letters = {'a', 'c'}",
        r#"logic.pair = (1, "two")"#,
        "logic.named = (x: 1, y: 2)",
        "logic.shapes = [(round: true, radius: 2.0), (round: false, w: 3, h: 4)]",
        "logic.maybe = some(3)",
        "logic.nothing = none(string)",
        r#"logic.list = ref (name: "first", next: ref (name: "second", next: nil))"#,
        "logic.address = nil",
        "logic.letter = x",
        "logic.big = 18446744073709551615",
        "logic.fixed = 7",
    ];
    assert_eq!(shown, expected);

    texts.set(
        "logic.nim",
        STATE.replace("speed* = 1.5", "speed* = \"fast\""),
    );
    let _ = program.reload();
    texts.set(
        "logic.nim",
        STATE
            .replace("  speed* = 1.5\n", "")
            .replace("speed * ", ""),
    );
    program.reload().unwrap();
    assert!(speed.get().unwrap_err().is_not_found());
    texts.set("logic.nim", STATE);
    program.reload().unwrap();
    assert_eq!(speed.get().unwrap(), 1.5, "it is a new one");
}

#[test]
fn first_values_come_again_on_purpose() {
    let text = "
var log* = \"\"
proc make(name: string, value: int): int =
  log.add name
  value
var
  a = make(\"a\", 1)
  (b, c) = (make(\"b\", 2), make(\"c\", 3))
  words = @[\"one\"]
log.add \"!\"
proc change*() =
  a = 10
  b = 20
  c = 30
  words.add \"two\"
proc all*(): string = $a & \" \" & $b & \" \" & $c & \" \" & $words.len & \" \" & log
proc during*(): bool = again()
";
    let engine = host_module!("engine", {
        fn again() -> Result<bool, midair::Error> {
            Ok(Program::current().unwrap().restart().is_err())
        }
    });
    let text = format!("import engine\n{text}");
    let (texts, program) = load_with(&text, Program::builder().host_module(engine));
    let change = program.proc::<fn()>("logic", "change").unwrap();
    let all = program.proc::<fn() -> String>("logic", "all").unwrap();
    let blocks = program.memory().live_blocks;
    change.call().unwrap();
    assert_eq!(all.call().unwrap(), "10 20 30 2 abc!");
    program.reinit(&["logic.b", "logic.words"]).unwrap();
    assert_eq!(all.call().unwrap(), "10 2 30 1 abc!bc");
    assert!(program.reinit(&["logic.d"]).is_err());

    texts.set(
        "logic.nim",
        text.replace("make(\"a\", 1)", "make(\"A\", 100)"),
    );
    program.reload().unwrap();
    assert_eq!(all.call().unwrap(), "10 2 30 1 abc!bc");
    program.reinit(&["logic.a"]).unwrap();
    assert_eq!(all.call().unwrap(), "100 2 30 1 abc!bcA");

    let failing = text.replace("make(\"a\", 1)", "make(\"a\", parse())");
    let failing = failing.replace(
        "proc make",
        "proc parse(): int = raise newException(ValueError, \"no\")\nproc make",
    );
    texts.set("logic.nim", &failing);
    program.reload().unwrap();
    let error = program.reinit(&["logic.words", "logic.a"]).unwrap_err();
    assert!(error.to_string().contains("no"), "{error}");
    assert_eq!(all.call().unwrap(), "100 2 30 1 abc!bcA");
    texts.set("logic.nim", &text);
    program.reload().unwrap();

    let during = program.proc::<fn() -> bool>("logic", "during").unwrap();
    assert!(during.call().unwrap(), "not while guest code runs");
    program.restart().unwrap();
    assert_eq!(all.call().unwrap(), "1 2 3 1 abc!");
    assert_eq!(program.memory().live_blocks, blocks);
}

#[test]
fn a_program_that_failed_pauses_until_it_is_mended() {
    let text = "
import std/strutils
var ticks* = 0
proc update*(): int =
  inc ticks
  let values = @[1, 2, 3]
  values[ticks]
proc other*(): int = 5
";
    let (texts, program) = load_with(text, Program::builder().on_failure(OnFailure::Pause));
    let events = program.events();
    let update = program.proc::<fn() -> i64>("logic", "update").unwrap();
    let other = program.proc::<fn() -> i64>("logic", "other").unwrap();
    assert_eq!(update.call().unwrap() + update.call().unwrap(), 5);
    let error = update.call().unwrap_err();
    assert_eq!(error.exception().unwrap().0, "IndexDefect");
    assert!(
        error
            .trace()
            .iter()
            .any(|line| line.contains("logic.nim(7)")),
        "{error}"
    );
    assert_eq!(other.call().unwrap_err().to_string(), error.to_string());
    assert_eq!(
        program
            .global::<i64>("logic", "ticks")
            .unwrap()
            .get()
            .unwrap(),
        3
    );
    assert!(matches!(events.try_recv(), Ok(Event::Paused(_))));

    texts.set("logic.nim", text.replace("values[ticks]", "values[tick]"));
    assert!(program.reload().unwrap_err().is_diagnostics());
    assert!(update.call().is_err() && program.paused().is_some());
    texts.set(
        "logic.nim",
        text.replace("values[ticks]", "values[ticks mod 3]"),
    );
    program.reload().unwrap();
    assert_eq!(update.call().unwrap(), 2, "it goes on with tick 4");
    assert!(program.paused().is_none());
    assert!(matches!(events.try_recv(), Ok(Event::NotReloaded(_))));
    assert!(matches!(events.try_recv(), Ok(Event::Reloaded(_))));
    assert!(events.try_recv().is_err());
}

#[test]
fn a_program_that_failed_goes_back_to_the_version_before() {
    let text = "var n* = 0\nproc update*(): int =\n  inc n\n  n\n";
    let (texts, program) = load_with(text, Program::builder().on_failure(OnFailure::GoBack));
    let events = program.events();
    let update = program.proc::<fn() -> i64>("logic", "update").unwrap();
    assert_eq!(update.call().unwrap(), 1);
    let bad = text.replace(
        "  n\n",
        "  if n > 2: raise newException(ValueError, \"bad\")\n  n * 100\n",
    );
    texts.set("logic.nim", &bad);
    program.reload().unwrap();
    assert_eq!(update.call().unwrap(), 200);
    assert_eq!(
        update.call().unwrap_err().exception(),
        Some(("ValueError", "bad"))
    );
    assert_eq!(update.call().unwrap(), 4, "the version before runs again");
    let told: Vec<Event> = events.try_iter().collect();
    assert!(
        matches!(&told[..], [Event::Reloaded(_), Event::WentBack { .. }]),
        "{told:?}"
    );
    assert!(program.changed());
    assert!(program.reload().is_err(), "what failed is not tried again");
    assert_eq!(update.call().unwrap(), 5);
    texts.set("logic.nim", bad.replace("n > 2", "n > 200"));
    program.reload().unwrap();
    assert_eq!(update.call().unwrap(), 600);
    texts.set("logic.nim", text);
    program.reload().unwrap();
    assert_eq!(update.call().unwrap(), 7);
}

#[test]
fn a_call_that_does_not_end_is_stopped_and_the_program_goes_on() {
    let text = "
var rounds* = 0
proc spin*(stop: int): int =
  try:
    while rounds != stop: inc rounds
  finally:
    result = -1
proc quick*(): int = rounds
";
    let limit = Duration::from_millis(100);
    let (_, program) = load_with(text, Program::builder().time_limit(limit));
    let spin = program.proc::<fn(i64) -> i64>("logic", "spin").unwrap();
    let quick = program.proc::<fn() -> i64>("logic", "quick").unwrap();
    for _ in 0..2 {
        let started = Instant::now();
        let error = spin.call(-1).unwrap_err();
        assert!(error.is_interrupted(), "{error}");
        assert!(started.elapsed() >= limit);
        assert!(error.to_string().contains("time limit of 100ms"), "{error}");
        assert!(error.to_string().contains("logic.nim(5)"), "{error}");
        assert!(quick.call().unwrap() > 0);
    }
    for _ in 0..1000 {
        quick.call().unwrap();
    }
}

#[test]
fn a_host_can_interrupt_by_itself() {
    let options = midair::Options {
        interruptible: true,
        ..midair::Options::default()
    };
    let text = "var on = false\nproc spin*() =\n  on = true\n  while on: discard\n";
    let (_, program) = load_with(text, Program::builder().options(options));
    let spin = program.proc::<fn()>("logic", "spin").unwrap();
    let on = program.global::<bool>("logic", "on").unwrap();
    std::thread::scope(|scope| {
        let call = scope.spawn(|| spin.call());
        while !on.get().unwrap() {
            std::thread::yield_now();
        }
        program.interrupt();
        assert!(call.join().unwrap().unwrap_err().is_interrupted());
    });
}

#[test]
fn wild_accesses_end_the_call_with_a_trace() {
    let text = "
var blocks = @[1, 2, 3]
proc poke(address: int) = cast[ptr int](address)[] = 1
proc wild*(address: int) = poke(address)
proc fine*(): int = blocks.len
";
    let (_, program) = load(text);
    let wild = program.proc::<fn(i64)>("logic", "wild").unwrap();
    let fine = program.proc::<fn() -> i64>("logic", "fine").unwrap();
    for _ in 0..3 {
        let error = wild.call(8).unwrap_err();
        assert!(error.is_fault(), "{error}");
        assert!(
            error.to_string().contains("illegal access of address 0x8"),
            "{error}"
        );
        assert!(
            error
                .trace()
                .iter()
                .any(|line| line.contains("logic.nim(4)")),
            "{error}"
        );
        assert_eq!(fine.call().unwrap(), 3);
    }
}

#[test]
fn a_frame_reloads_when_something_changed() {
    let (texts, program) = load("proc one*(): int = 1\n");
    let one = program.proc::<fn() -> i64>("logic", "one").unwrap();
    let wait = || std::thread::sleep(Duration::from_millis(110));
    wait();
    assert!(program.reload_if_changed().unwrap().is_none());
    texts.set("logic.nim", "proc one*(): int = 11\n");
    wait();
    assert!(program.reload_if_changed().unwrap().unwrap().changed);
    assert_eq!(one.call().unwrap(), 11);
    texts.set("logic.nim", "proc one*(): int = x\n");
    wait();
    assert!(program.reload_if_changed().is_err());
    wait();
    assert!(
        program.reload_if_changed().unwrap().is_none(),
        "an error is told once"
    );
}

#[cfg(feature = "watch")]
#[test]
fn saves_are_compiled_in_the_background() {
    let dir = std::env::temp_dir().join(format!("midair-control-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let file = dir.join("logic.nim");
    std::fs::write(&file, "proc one*(): int = 1\n").unwrap();
    let program = Program::builder().watch(true).load(&file).unwrap();
    let events = program.events();
    let one = program.proc::<fn() -> i64>("logic", "one").unwrap();
    assert!(program.reload_if_changed().unwrap().is_none());
    let next = || events.recv_timeout(Duration::from_secs(60)).unwrap();
    std::fs::write(&file, "proc one*(): int = 12\n").unwrap();
    assert!(matches!(next(), Event::Saved(files) if files.len() == 1));
    assert!(matches!(next(), Event::Ready));
    assert_eq!(one.call().unwrap(), 1);
    assert!(program.reload_if_changed().unwrap().is_some());
    assert_eq!(one.call().unwrap(), 12);
    assert!(matches!(next(), Event::Reloaded(_)));
    std::fs::write(&file, "proc one*(): int = \n").unwrap();
    assert!(matches!(next(), Event::Saved(_)));
    assert!(matches!(next(), Event::Broken(error) if error.is_diagnostics()));
    assert!(program.reload_if_changed().is_err());
    assert_eq!(one.call().unwrap(), 12);
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn reloads_within_reloads_are_refused() {
    let refused = Arc::new(AtomicBool::new(false));
    let seen = refused.clone();
    let engine = host_module!("engine", {
        fn reload_again() {
            let error = Program::current().unwrap().reload().unwrap_err();
            seen.store(error.is_reentrant(), Ordering::Relaxed);
        }
    });
    let text = "import engine, std/hotcodereloading\nafterCodeReload: reloadAgain()\nproc one*(): int = 1\n";
    let (texts, program) = load_with(text, Program::builder().host_module(engine));
    texts.set("logic.nim", text.replace("int = 1", "int = 2"));
    assert!(program.reload().unwrap().changed);
    assert!(refused.load(Ordering::Relaxed));
}

#[test]
fn what_was_prepared_is_taken_only_when_it_is_still_right() {
    let (texts, program) = load("var n* = 1\nproc get*(): int = n * 10\n");
    let get = program.proc::<fn() -> i64>("logic", "get").unwrap();
    assert!(!program.prepare().unwrap());
    texts.set("logic.nim", "var n* = 1\nproc get*(): int = n * 20\n");
    assert!(program.prepare().unwrap());
    assert_eq!(get.call().unwrap(), 10, "nothing that lives has changed");
    // Another edit, after it.
    texts.set("logic.nim", "var n* = 1\nproc get*(): int = n * 30\n");
    assert_eq!(program.reload().unwrap().recompiled.len(), 1);
    assert_eq!(get.call().unwrap(), 30);
    // As prepared, with a first value that comes again besides.
    texts.set("logic.nim", "var n* = 2\nproc get*(): int = n * 40\n");
    assert!(program.prepare().unwrap());
    program.reinit(&["logic.n"]).unwrap();
    assert_eq!(get.call().unwrap(), 80);
    // As prepared.
    texts.set("logic.nim", "var n* = 2\nproc get*(): int = n * 50\n");
    assert!(program.prepare().unwrap() && program.prepare().unwrap());
    assert_eq!(program.reload().unwrap().recompiled.len(), 1);
    assert_eq!(get.call().unwrap(), 100);
}

#[test]
fn tables_and_sets_are_listed_as_they_print() {
    let text = "
import std/[sets, tables]
var hits = {\"/a\": 1, \"/b\": 2}.toOrderedTable
hits.del \"/a\"
hits[\"/c\"] = 3
var one = {'x': 1.5}.toTable
var none: Table[string, int]
var counts = toCountTable(\"aa\")
var seen = toOrderedSet([\"q\", \"r\"])
var empty: HashSet[int]
proc all*(): seq[string] =
  @[$hits, $one, $none, $counts, $seen, $empty]
";
    let texts = Texts::new([("logic.nim", text)]);
    let program = Program::builder()
        .provider(texts)
        .load("logic.nim")
        .unwrap();
    let list = program.globals().unwrap();
    let shown: Vec<String> = list.into_iter().map(|global| global.value).collect();
    let all = program.proc::<fn() -> Vec<String>>("logic", "all").unwrap();
    assert_eq!(shown, all.call().unwrap());
    assert_eq!(shown[0], r#"{"/b": 2, "/c": 3}"#);
}
