//! Host modules: guest code calls Rust.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use midair::source::Texts;
use midair::{Guest, Handle, HostModule, NoObject, Objects, Opaque, Program, host_module};

fn load(module: HostModule, text: &str) -> (Texts, Program) {
    let texts = Texts::new([("main.nim", text)]);
    let builder = Program::builder()
        .provider(texts.clone())
        .host_module(module);
    let program = builder
        .load("main.nim")
        .unwrap_or_else(|error| panic!("{error}"));
    (texts, program)
}

#[derive(Guest, Clone, Copy, PartialEq, Debug)]
#[repr(C)]
struct Rect {
    x: i32,
    y: i32,
    w: i32,
    h: i32,
}

#[derive(Guest, Clone, Copy, PartialEq, Debug)]
#[repr(u8)]
enum Key {
    Up,
    Down,
}

#[test]
fn every_kind_of_argument_and_result_travels() {
    static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());
    fn note(text: String) {
        SEEN.lock().unwrap().push(text);
    }
    let engine = host_module!("engine", {
        fn small(a: i8, b: u8, c: i16, d: u16, e: bool) -> i8 {
            note(format!("{a} {b} {c} {d} {e}"));
            -5
        }
        fn large(p: i32, q: u32, r: i64, s: u64, t: f32, u: f64) -> f32 {
            note(format!("{p} {q} {r} {s} {t} {u}"));
            0.5
        }
        fn texts(borrowed: &str, owned: String) -> String {
            note(format!("{borrowed}|{owned}"));
            format!("{owned}{borrowed}")
        }
        fn lists(xs: &[i32], ys: Vec<String>, zs: &mut [f64]) -> Vec<i64> {
            note(format!("{xs:?} {ys:?} {zs:?}"));
            zs[0] = 9.0;
            vec![1, 2, 3]
        }
        fn area_of(r: &Rect, key: Key) -> Rect {
            note(format!("{} {key:?}", r.x));
            Rect { x: r.w * r.h, ..*r }
        }
        fn change(r: &mut Rect, s: &mut String, n: &mut i64) -> Option<(i32, String)> {
            note(format!("{} {s} {n}", r.x));
            r.x = 100;
            s.push('!');
            *n += 1;
            Some((7, "seven".to_owned()))
        }
        fn many(
            a: i64,
            b: i64,
            c: i64,
            d: i64,
            e: midair::host::Slice<i64>,
            f: f64,
            h: i64,
            i: i64,
        ) -> [i64; 2];
        fn nothing() {}
    });
    fn many(a: i64, b: i64, c: i64, d: i64, e: &[i64], f: f64, h: i64, i: i64) -> [i64; 2] {
        note(format!("{a}{b}{c}{d}{e:?}{f}{h}{i}"));
        [a, i]
    }
    let text = r#"
import engine, std/options
proc run*(): string =
  nothing()
  result = $small(-1, 200, -300, 60000, true)
  result.add " " & $large(-1, 4000000000'u32, -5, 18446744073709551615'u64, 1.5, 2.5)
  result.add " " & texts("ab", "cd")
  var zs = [1.0, 2.0]
  result.add " " & $lists([1'i32, 2], @["x", "yz"], zs) & $zs
  var r = Rect(x: 1, y: 2, w: 3, h: 4)
  result.add " " & $areaOf(r, Key.Down).x
  var s = "s"
  var n = 41
  let got = change(r, s, n)
  result.add " " & $got.get[0] & got.get[1] & $r.x & s & $n
  result.add " " & $many(1, 2, 3, 4, @[5, 6], 0.5, 7, 8)
  let f = small
  result.add " " & $f(1, 2, 3, 4, false)
"#;
    let (_, program) = load(engine, text);
    let run = program.proc::<fn() -> String>("main", "run").unwrap();
    let expected = "-5 0.5 cdab @[1, 2, 3][9.0, 2.0] 12 7seven100s!42 [1, 8] -5";
    assert_eq!(run.call().unwrap(), expected);
    let expected = [
        "-1 200 -300 60000 true",
        "-1 4000000000 -5 18446744073709551615 1.5 2.5",
        "ab|cd",
        "[1, 2] [\"x\", \"yz\"] [1.0, 2.0]",
        "1 Down",
        "1 s 41",
        "1234[5, 6]0.578",
        "1 2 3 4 false",
    ];
    assert_eq!(*SEEN.lock().unwrap(), expected);
}

#[test]
fn errors_and_panics_are_exceptions_in_the_guest() {
    let engine = host_module!("engine", {
        fn parse(text: &str) -> Result<i64, std::num::ParseIntError> {
            text.parse()
        }
        fn refuse() -> Result<(), String> {
            Err("refused".into())
        }
        fn explode(n: i64) -> String {
            panic!("cannot {n}")
        }
    });
    let text = r#"
import engine
proc tried*(text: string): string =
  try:
    result = $parse(text)
  except HostError as e:
    result = "caught: " & e.msg
  finally:
    result.add "."
proc untried*(n: int): string =
  var kept = @["a", "b"]
  if n > 0: result = explode(n)
  refuse()
"#;
    let (_, program) = load(engine, text);
    let tried = program.proc::<fn(&str) -> String>("main", "tried").unwrap();
    assert_eq!(tried.call("12").unwrap(), "12.");
    assert_eq!(
        tried.call("x").unwrap(),
        "caught: invalid digit found in string."
    );
    let untried = program
        .proc::<fn(i64) -> String>("main", "untried")
        .unwrap();
    let error = untried.call(0).unwrap_err();
    assert_eq!(error.exception(), Some(("HostError", "refused")));
    assert!(error.to_string().contains("main.nim(13)"), "{error}");
    let panicked = untried.call(7).unwrap_err();
    let expected = "a function of the host panicked: cannot 7";
    assert_eq!(panicked.exception(), Some(("HostError", expected)));
    assert_eq!(tried.call("13").unwrap(), "13.", "it goes on");
}

struct Sprite {
    name: String,
    x: i64,
}

impl Opaque for Sprite {
    const NAME: &'static str = "Sprite";
}

#[test]
fn objects_of_the_host_are_numbers_that_outlive_reloads() {
    let sprites = Objects::<Sprite>::default();
    let (a, b, c, d) = (
        sprites.clone(),
        sprites.clone(),
        sprites.clone(),
        sprites.clone(),
    );
    let engine = host_module!("engine", {
        fn new_sprite(name: String) -> Handle<Sprite> {
            a.add(Sprite { name, x: 0 })
        }
        fn move_by(sprite: Handle<Sprite>, dx: i64) -> Result<i64, NoObject> {
            b.with(sprite, |sprite| {
                sprite.x += dx;
                sprite.x
            })
        }
        fn name(sprite: Handle<Sprite>) -> Result<String, NoObject> {
            c.with(sprite, |sprite| sprite.name.clone())
        }
        fn free(sprite: Handle<Sprite>) -> bool {
            d.remove(sprite)
        }
    });
    let text = "
import engine
var hero = newSprite(\"hero\")
var nobody: Sprite
proc step*(): int = hero.moveBy(2)
proc finish*(): string =
  result = hero.name
  doAssert hero.free and not hero.free and hero != nobody
proc wrong*() = discard nobody.moveBy(1)
";
    let (texts, program) = load(engine, text);
    let step = program.proc::<fn() -> i64>("main", "step").unwrap();
    assert_eq!(step.call().unwrap(), 2);
    texts.set("main.nim", text.replace("moveBy(2)", "moveBy(10)"));
    program.reload().unwrap();
    assert_eq!(step.call().unwrap(), 12);
    assert_eq!(sprites.len(), 1);
    let wrong = program.proc::<fn()>("main", "wrong").unwrap();
    assert_eq!(
        wrong.call().unwrap_err().exception().unwrap().1,
        "no Sprite was given"
    );
    let finish = program.proc::<fn() -> String>("main", "finish").unwrap();
    assert_eq!(finish.call().unwrap(), "hero");
    assert_eq!(
        step.call().unwrap_err().exception().unwrap().1,
        "Sprite 1 is gone"
    );
}

#[test]
fn the_host_calls_back_into_the_program_and_reloads_it() {
    let calls = Arc::new(AtomicI64::new(0));
    let count = calls.clone();
    let engine = host_module!("engine", {
        fn twice(n: i64) -> Result<i64, midair::Error> {
            count.fetch_add(1, Ordering::Relaxed);
            let inner = Program::current()
                .unwrap()
                .proc::<fn(i64) -> i64>("main", "inner")?;
            Ok(inner.call(n)? + inner.call(n)?)
        }
        fn borrowing(text: &str) -> Result<i64, midair::Error> {
            Program::current()
                .unwrap()
                .proc::<fn(i64) -> i64>("main", "inner")?
                .call(text.len() as i64)
        }
        fn stop() -> Result<(), midair::Error> {
            Program::current()
                .unwrap()
                .proc::<fn()>("main", "leave")?
                .call()
        }
    });
    let text = "
import engine
proc inner*(n: int): int =
  if n < 0: raise newException(ValueError, \"negative\")
  n + 1
proc outer*(n: int): int = twice(n) * 10
proc borrow*(): int = borrowing(\"abc\")
proc leave*() = quit(4)
proc stopped*() =
  try: stop()
  finally: discard outer(0)
";
    let (_, program) = load(engine, text);
    let outer = program.proc::<fn(i64) -> i64>("main", "outer").unwrap();
    assert_eq!(outer.call(2).unwrap(), 60);
    let failed = outer.call(-1).unwrap_err();
    assert_eq!(
        failed.exception(),
        Some(("HostError", "negative [ValueError]"))
    );
    let borrow = program.proc::<fn() -> i64>("main", "borrow").unwrap();
    let refused = borrow.call().unwrap_err();
    assert!(refused.to_string().contains("take `String`"), "{refused}");
    let stopped = program.proc::<fn()>("main", "stopped").unwrap();
    assert_eq!(stopped.call().unwrap_err().quit_status(), Some(4));
    assert_eq!(calls.load(Ordering::Relaxed), 2, "quit runs no finally");
    assert!(Program::current().is_none());
    assert_eq!(outer.call(3).unwrap(), 80);
}

#[test]
fn host_functions_are_nothing_for_compile_time_and_checked_like_others() {
    let engine = || {
        host_module!("engine", {
            fn answer() -> i64 {
                42
            }
        })
    };
    let texts = Texts::new([("main.nim", "import engine\nconst x = answer()\n")]);
    let builder = Program::builder().provider(texts).host_module(engine());
    let error = builder.load("main.nim").unwrap_err().to_string();
    assert!(error.contains("main.nim(2"), "{error}");
    assert!(error.contains("cannot evaluate at compile time"), "{error}");
    let texts = Texts::new([("main.nim", "import engine\nlet x: string = answer()\n")]);
    let builder = Program::builder().provider(texts).host_module(engine());
    assert!(
        builder
            .load("main.nim")
            .unwrap_err()
            .to_string()
            .contains("type mismatch")
    );
}

#[test]
fn the_interface_is_nim() {
    let engine = host_module!("game/engine", {
        /// Fills a rectangle.
        /// Nothing outside of the window is drawn.
        fn fill_rect(rect: &Rect, colour: u32) {
            let _ = (rect, colour);
        }
        fn pressed(key: Key) -> bool {
            key == Key::Up
        }
        fn spawn(at: (f64, f64), tags: Vec<String>) -> Option<Handle<Sprite>> {
            let _ = (at, tags);
            None
        }
    })
    .constant("maxSprites", "64");
    let expected = r#"## What the host gives as `game/engine`. Written by midair.

import std/options

type
  Rect* {.bycopy.} = object
    x*: int32
    y*: int32
    w*: int32
    h*: int32
  Key* {.pure, size: sizeof(uint8).} = enum
    Up = 0, Down = 1
  Sprite* = distinct uint64

proc `==`*(a, b: Sprite): bool {.borrow.}

const maxSprites* = 64

when defined(midair):
  {.push dynlib: "midair:game/engine".}

proc fillRect*(rect: Rect, colour: uint32) {.importc: "game_engine_fillRect".}
  ## Fills a rectangle.
  ## Nothing outside of the window is drawn.
proc pressed*(key: Key): bool {.importc: "game_engine_pressed".}
proc spawn*(at: (float, float), tags: seq[string]): Option[Sprite] {.importc: "game_engine_spawn".}

when defined(midair):
  {.pop.}
"#;
    let interface = engine.interface();
    assert_eq!(interface, expected);
    // The real Nim takes it, where it is installed.
    let dir = std::env::temp_dir().join(format!("midair-interface-{}", std::process::id()));
    std::fs::create_dir_all(dir.join("game")).unwrap();
    std::fs::write(dir.join("game/engine.nim"), interface).unwrap();
    std::fs::write(
        dir.join("main.nim"),
        "import game/engine\nif pressed(Key.Up): fillRect(Rect(x: 1), 0)\n",
    )
    .unwrap();
    let check = std::process::Command::new("nim")
        .args(["check", "--hints:off"])
        .arg(dir.join("main.nim"))
        .output();
    std::fs::remove_dir_all(&dir).unwrap();
    if let Ok(check) = check {
        assert!(
            check.status.success(),
            "{}",
            String::from_utf8_lossy(&check.stderr)
        );
    }
    let texts = Texts::new([("main.nim", "import game/engine\ndoAssert pressed(Key.Up)\n")]);
    Program::builder()
        .provider(texts)
        .host_module(engine)
        .load("main.nim")
        .unwrap();
}

#[test]
fn threads_call_host_functions_at_once() {
    let sum = Arc::new(AtomicI64::new(0));
    let add = sum.clone();
    let engine = host_module!("engine", {
        fn add(n: i64) {
            add.fetch_add(n, Ordering::Relaxed);
        }
    });
    let (_, program) = load(
        engine,
        "import engine\nproc run*(n: int) =\n  for i in 1 .. n: add(i)\n",
    );
    let run = program.proc::<fn(i64)>("main", "run").unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| run.call(1000).unwrap());
        }
    });
    assert_eq!(sum.load(Ordering::Relaxed), 4 * 500_500);
}

#[test]
fn callbacks_are_kept_where_others_may_drop_them_and_not_call_them() {
    type Kept = Arc<Mutex<Vec<midair::Callback<fn(i64) -> i64>>>>;
    let kept = Kept::default();
    let keeper = kept.clone();
    let engine = host_module!("engine", {
        fn keep(f: midair::Callback<fn(i64) -> i64>) {
            keeper.lock().unwrap().push(f);
        }
    });
    let text = "
import engine
type Counter = object
  by: int
var destroyed* = 0
proc `=destroy`(c: var Counter) =
  if c.by != 0: inc destroyed
proc make*(by: int) =
  let counter = new Counter
  counter.by = by
  keep(proc (x: int): int = x + counter.by)
";
    let texts = Texts::new([("logic.nim", text)]);
    let builder = Program::builder().provider(texts).host_module(engine);
    let program = builder.load("logic.nim").unwrap();
    let make = program.proc::<fn(i64)>("logic", "make").unwrap();
    let destroyed = program.global::<i64>("logic", "destroyed").unwrap();
    let blocks = program.usage().live_blocks;
    (1..=3).for_each(|by| make.call(by).unwrap());
    let call = |index: usize| kept.lock().unwrap()[index].call(10);
    assert_eq!(call(2).unwrap(), 13);
    let elsewhere = std::thread::scope(|scope| scope.spawn(|| call(1)).join().unwrap());
    let error = elsewhere.unwrap_err().to_string();
    assert!(error.contains("another thread"), "{error}");
    // The last one of this thread, the others of one that cannot count.
    drop(kept.lock().unwrap().pop());
    assert_eq!(destroyed.get().unwrap(), 1);
    let rest = std::mem::take(&mut *kept.lock().unwrap());
    std::thread::scope(|scope| scope.spawn(|| drop(rest)).join().unwrap());
    assert_eq!(destroyed.get().unwrap(), 1);
    make.call(4).unwrap();
    assert_eq!(destroyed.get().unwrap(), 3);
    kept.lock().unwrap().clear();
    assert_eq!(destroyed.get().unwrap(), 4);
    assert_eq!(program.usage().live_blocks, blocks);
}
