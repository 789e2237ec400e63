//! Host threads, and threads of C, call into a program while it reloads.

#![allow(unsafe_code)] // calls a callback by its address, as C does

use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use midair::source::Texts;
use midair::{Global, Program};

/// What everything a call sees must agree with, looked at from a module that never changes. The result is the number of the version,
/// or what does not fit.
const MAIN: &str = "
import left, right
proc same*(): int =
  let first = left.number()
  if right.number() != first: return -1
  if shape.a != 7 or shape.b != 11: return -2
  if int(sizeof(shape)) != 16 + 8 * (first mod 2): return -3
  if right.size() != int(sizeof(shape)): return -4
  if left.number() != first: return -5
  first
proc tick(): int {.cdecl.} = same()
proc callback*(): int = cast[int](tick)
";

fn left(number: u64) -> String {
    format!("proc number*(): int = {number}\n")
}

/// The type of the global has another layout in every other version, so its value is moved at each reload.
fn right(number: u64) -> String {
    let fields = ["a*, b*: int", "b*, spare*, a*: int"][number as usize % 2];
    format!(
        "type Shape* = object\n  {fields}\nvar shape* = Shape(a: 7, b: 11)\nproc number*(): int = {number}\n\
         proc size*(): int = int(sizeof(Shape))\n"
    )
}

fn program() -> (Texts, Program) {
    let texts = Texts::new([
        ("main.nim", MAIN.to_owned()),
        ("left.nim", left(1)),
        ("right.nim", right(1)),
    ]);
    let program = Program::builder().provider(texts.clone()).load("main.nim");
    (texts, program.expect("the program loads"))
}

fn reload(texts: &Texts, program: &Program, number: u64) {
    texts.set("left.nim", left(number));
    texts.set("right.nim", right(number));
    program.reload().expect("callers come and go");
}

/// What one thread saw: whole versions, never an older one after a newer one.
struct Witness(i64);

impl Witness {
    fn saw(&mut self, version: i64) {
        assert!(version > 0, "two versions in one call: {version}");
        assert!(version >= self.0, "{version} after {}", self.0);
        self.0 = version;
    }
}

/// Calls the callback at the address that stands first, until the flag that stands second is set. A thread of C.
extern "C" fn audio(data: *mut c_void) -> *mut c_void {
    // SAFETY: the test gives this and joins.
    let (callback, done, calls) = unsafe { &*data.cast::<(usize, &AtomicBool, &AtomicU64)>() };
    // SAFETY: the callback is a `cdecl` proc of this signature, whose address stays.
    let tick = unsafe { std::mem::transmute::<usize, extern "C" fn() -> i64>(*callback) };
    let mut last = 0;
    while !done.load(Ordering::Relaxed) {
        let version = tick();
        if version < last {
            return std::ptr::without_provenance_mut(1); // a panic must not leave C
        }
        last = version;
        calls.fetch_add(1, Ordering::Relaxed);
    }
    std::ptr::null_mut()
}

/// So many reloads, while three threads of the host, one of C, and ever new ones call without pause.
fn stress(rounds: u64) {
    let (texts, program) = program();
    let same = program.proc::<fn() -> i64>("main", "same").unwrap();
    let callback = program.proc::<fn() -> i64>("main", "callback").unwrap();
    let (done, calls, ticks) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let audio_data = (callback.call().unwrap() as usize, &done, &ticks);
    let mut audio_thread = 0;
    // SAFETY: the data lives until the thread is joined.
    let started = unsafe {
        let data = (&raw const audio_data).cast_mut().cast();
        libc::pthread_create(&mut audio_thread, std::ptr::null(), audio, data)
    };
    assert_eq!(started, 0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut witness = Witness(0);
                while !done.load(Ordering::Relaxed) {
                    witness.saw(same.call().expect("calls are never refused"));
                    calls.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        scope.spawn(|| {
            let mut witness = Witness(0);
            while !done.load(Ordering::Relaxed) {
                let same = &same;
                let first = thread::scope(|scope| scope.spawn(|| same.call()).join());
                witness.saw(first.expect("no panic").expect("calls are never refused"));
            }
        });
        // However this ends, the threads do.
        struct Done<'a>(&'a AtomicBool);
        impl Drop for Done<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Relaxed);
            }
        }
        let _done = Done(&done);
        let mut witness = Witness(0);
        for number in 2..rounds + 2 {
            reload(&texts, &program, number);
            witness.saw(same.call().unwrap());
            assert_eq!(witness.0, number as i64, "the reload is over");
        }
    });
    let mut failed = std::ptr::null_mut();
    // SAFETY: it was created above and is joined once.
    unsafe { libc::pthread_join(audio_thread, &mut failed) };
    assert!(failed.is_null(), "the thread of C saw two versions");
    let (calls, ticks) = (calls.into_inner(), ticks.into_inner());
    println!("{rounds} reloads, {calls} calls of the host, {ticks} of C");
    assert!(calls > 0 && ticks > 0);
}

#[test]
fn each_call_sees_one_version_of_the_whole_program() {
    stress(200);
}

#[test]
#[ignore = "takes hours"]
fn each_call_sees_one_version_of_the_whole_program_a_million_times() {
    stress(1_000_000);
}

#[test]
fn a_call_that_never_returns_makes_the_reload_fail_which_changes_nothing() {
    let text = |number| {
        format!(
            "var go* = 1\nvar inside* = 0\nproc number*(): int = {number}\n\
             proc usleep(time: cuint): cint {{.importc.}}\n\
             proc spin*() =\n  inside = 1\n  while go != 0: discard usleep(100)\n"
        )
    };
    let texts = Texts::new([("main.nim", text(1))]);
    let builder = Program::builder().provider(texts.clone());
    let program = builder
        .patience(Duration::from_millis(100))
        .load("main.nim");
    let program = program.expect("the program loads");
    let number = program.proc::<fn() -> i64>("main", "number").unwrap();
    let spin = program.proc::<fn()>("main", "spin").unwrap();
    let global = |name| -> Global<i64> { program.global("main", name).unwrap() };
    let (go, inside) = (global("go"), global("inside"));
    thread::scope(|scope| {
        let spinning = thread::Builder::new().name("spinner".into());
        let spinning = spinning.spawn_scoped(scope, || spin.call()).unwrap();
        while inside.get().unwrap() == 0 {
            thread::sleep(Duration::from_millis(1));
        }
        texts.set("main.nim", text(2));
        // Who calls meanwhile waits until the reload gives up, and is not refused.
        let caller = scope.spawn(|| number.call());
        let busy = program.reload().expect_err("one is inside");
        assert!(
            busy.to_string()
                .contains("spinner in `spin` at main.nim(7)"),
            "{busy}"
        );
        assert_eq!(caller.join().expect("no panic").unwrap(), 1);
        assert_eq!(number.call().unwrap(), 1, "nothing has changed");
        go.set(&0).unwrap();
        spinning.join().expect("no panic").unwrap();
        program.reload().expect("a later try");
        assert_eq!(number.call().unwrap(), 2);
    });
}

#[test]
fn a_handler_of_the_host_may_look_at_the_program_that_it_has_stopped() {
    let (texts, seen) = (
        Texts::new([("main.nim", "var names* = @[1, 2, 3]\nproc f*(): int = 1\n")]),
        Arc::new(AtomicU64::new(0)),
    );
    let own = Arc::new(OnceLock::<Program>::new());
    let (told, handed) = (seen.clone(), own.clone());
    let program = Program::builder()
        .provider(texts.clone())
        .after_reload(move |_| {
            let program = handed.get().expect("it is set");
            let names: Global<Vec<i64>> = program.global("main", "names").unwrap();
            let sum: i64 = names.get().unwrap().iter().sum();
            told.store(sum as u64, Ordering::Relaxed);
        })
        .load("main.nim")
        .expect("the program loads");
    assert!(own.set(program.clone()).is_ok());
    texts.set("main.nim", "var names* = @[1, 2, 3]\nproc f*(): int = 2\n");
    program.reload().unwrap();
    assert_eq!(seen.load(Ordering::Relaxed), 6);
}
