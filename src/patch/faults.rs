//! A reload that fails at any of its steps leaves everything that it had changed as it was, and the next one works.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::LiveProgram;
use crate::fail::injection::failing;
use crate::host::{Afresh, Program};
use crate::mir::ProcId;
use crate::source::Texts;

const MAIN: &str = "
import logic, std/hotcodereloading
var score* = 7
proc bump*() = score = 8
proc answer*(): int = value() * 100 + score
beforeCodeReload: echo \"main: before\"
afterCodeReload: echo \"main: after\"
";

const OLD: &str = "
import leaving, std/hotcodereloading
type Node = ref object
  next: Node
  name: string
var
  list = Node(name: \"kept\", next: Node(name: \"too\"))
  gone = @[\"one\", \"two\"]
  names = @[\"a\"]
let closure = proc (x: int): int = x + names.len
proc scaled(x: int): int = x * 2
proc removed(): int = leaving.number()
proc value*(): int = scaled(closure(0)) + gone.len + removed() + ord(list.name == \"kept\")
beforeCodeReload: echo \"logic: before\"
afterCodeReload: echo \"logic: after, old\"
";

const NEW: &str = "
import joining, std/hotcodereloading
type Node = ref object
  next: Node
  name: string
var
  list = Node(name: \"kept\", next: Node(name: \"too\"))
  fresh = @[\"one\", \"two\", \"three\"]
  names = @[\"a\"]
  table = newSeq[Node]()
for i in 0 .. 3:
  let node = Node(name: $i, next: list)
  table.add node
let closure = proc (x: int): int = x + names.len
proc scaled(x: int; by = 3): float = float(x * by)
proc other(x: proc (y: int): int): int = x(1)
proc value*(): int =
  int(scaled(closure(0))) + fresh.len + joining.number() + other(proc (y: int): int = y * fresh.len)
beforeCodeReload: echo \"logic: before, new\"
afterCodeReload: echo \"logic: after, new\"
";

const JOINING: &str = "
type Entry = object
  key: string
  value: seq[int]
var entries = @[Entry(key: \"x\", value: @[1, 2, 3])]
proc number*(): int = entries[0].value.len
proc cCallback*(x: cint): cint {.cdecl.} = x + 1
let callback* = cCallback
";

const LEAVING: &str = "
import std/hotcodereloading
var entries = @[\"leaving\"]
proc number*(): int = entries.len
beforeCodeReload: echo \"leaving: before\"
";

/// Everything that a reload may change, as far as the program can tell.
#[derive(PartialEq, Debug)]
struct Snapshot {
    /// Of live procs, with the address of their code.
    slots: BTreeMap<ProcId, (usize, usize)>,
    globals: Vec<(String, usize, Vec<u8>)>,
    armed: usize,
    gone: usize,
    modules: Vec<(Arc<str>, usize)>,
    live_blocks: usize,
}

#[allow(unsafe_code)] // reads the storage of globals
fn snapshot(live: &LiveProgram) -> Snapshot {
    let window = live.runtime().window();
    let slot = |proc| window.slot(proc).load(std::sync::atomic::Ordering::Relaxed);
    let globals = live.runtime().globals().list();
    let bytes = |address: usize, size: usize| {
        // SAFETY: the storage of a global, which nobody writes now.
        unsafe { std::slice::from_raw_parts(address as *const u8, size) }.to_vec()
    };
    let state = live.state();
    let slots = state
        .live
        .iter()
        .map(|(&id, placed)| (id, (slot(id), placed.address)));
    Snapshot {
        slots: slots.collect(),
        globals: globals
            .iter()
            .map(|global| {
                (
                    global.name.to_string(),
                    global.address,
                    bytes(global.address, global.size),
                )
            })
            .collect(),
        armed: state.armed.len(),
        gone: state.gone.len(),
        modules: state
            .image
            .modules()
            .iter()
            .map(|module| (module.name.clone(), Arc::as_ptr(module) as usize))
            .collect(),
        live_blocks: live.runtime().heap().live_blocks(),
    }
}

#[test]
fn a_reload_that_fails_anywhere_leaves_nothing_behind() {
    let texts = Texts::new([
        ("main.nim", MAIN),
        ("logic.nim", OLD),
        ("joining.nim", JOINING),
        ("leaving.nim", LEAVING),
    ]);
    let printed = Arc::new(Mutex::new(String::new()));
    let sink = printed.clone();
    let program = Program::builder()
        .provider(texts.clone())
        .output(move |_, text| {
            let mut printed = sink.lock().unwrap_or_else(PoisonError::into_inner);
            printed.push_str(&String::from_utf8_lossy(text));
        })
        .load("main.nim")
        .expect("the program is fine");
    let answer = program
        .proc::<fn() -> i64>("main", "answer")
        .expect("it is there");
    let bump = program.proc::<fn()>("main", "bump").expect("it is there");
    let live = program.live().clone();
    let (old_answer, new_answer) = (607, 1207);
    assert_eq!(answer.call().expect("no error"), old_answer);
    let afresh = Afresh {
        reinit: vec!["main.score".into()],
        ..Afresh::default()
    };
    let mut points = Vec::new();
    let mut flat = None;
    for fails in 0.. {
        // A failing text is not tried again, so each has a comment of its own.
        texts.set("logic.nim", format!("{NEW}\n# {fails}"));
        bump.call().expect("no error");
        let before = snapshot(&live);
        let code = live.runtime().code().used();
        let (outcome, passed) = failing(fails, || program.reload_with(&afresh));
        let fired = passed.len() > fails;
        match outcome {
            Ok(_) => assert_eq!(answer.call().expect("no error"), new_answer),
            Err(error) => {
                assert!(fired, "{error}");
                let text = error.to_string();
                assert!(
                    text.contains("injected") || text.contains("out of memory"),
                    "{text}"
                );
                let after = snapshot(&live);
                assert_eq!(
                    before, after,
                    "after a failure at {} ({fails})",
                    passed[fails]
                );
                assert!(
                    live.runtime().code().used() <= code,
                    "code is left after {}",
                    passed[fails]
                );
                assert_eq!(answer.call().expect("no error"), old_answer + 1);
                texts.set("logic.nim", format!("{NEW}\n# {fails} again"));
                program.reload_with(&afresh).expect("the next reload works");
                assert_eq!(answer.call().expect("no error"), new_answer);
            }
        }
        texts.set("logic.nim", format!("{OLD}\n# {fails}"));
        program.reload().expect("back again");
        assert_eq!(answer.call().expect("no error"), old_answer);
        let blocks = live.runtime().heap().live_blocks();
        if fails > 2 {
            assert_eq!(
                *flat.get_or_insert(blocks),
                blocks,
                "blocks are lost at {fails}"
            );
        }
        if !fired {
            points = passed;
            break;
        }
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    points
        .iter()
        .for_each(|name| *kinds.entry(name).or_default() += 1);
    println!("{} injection points: {kinds:?}", points.len());
    for kind in [
        "plan",
        "compile",
        "wait",
        "handler",
        "global",
        "code",
        "slot",
        "initialiser",
        "heap",
    ] {
        assert!(kinds.contains_key(kind), "no point of the kind {kind}");
    }
}
