//! Threads that a program starts, as its host sees them: reloads that have to wait, failures, the end.

mod common;

use std::sync::mpsc;
use std::time::Duration;

use midair::Program;
use midair::source::Texts;

fn load(code: &str, patience: Duration) -> (Texts, Program) {
    let texts = Texts::new([("logic.nim", code)]);
    let program = Program::builder()
        .provider(texts.clone())
        .patience(patience)
        .load("logic.nim")
        .expect("it compiles");
    (texts, program)
}

#[test]
fn a_thread_that_computes_for_ever_is_named_and_the_next_reload_works() {
    let code = "import std/atomics
var stop: Atomic[bool]
var counts: Atomic[int]
var worker: Thread[void]
proc count() = counts += 1
proc spin() {.thread.} =
  while not stop.load: count()
createThread(worker, spin)
proc finish*() =
  stop.store(true)
  joinThread(worker)
proc counted*(): int = counts.load
proc version*(): int = 1
";
    let (texts, program) = load(code, Duration::from_millis(200));
    let counted = program.proc::<fn() -> i64>("logic", "counted");
    let counted = counted.expect("it is there");
    while counted.call().expect("it runs") == 0 {
        std::thread::yield_now();
    }
    let version = program
        .proc::<fn() -> i64>("logic", "version")
        .expect("it is there");
    texts.set("logic.nim", code.replace("int = 1", "int = 2"));
    let busy = program
        .reload()
        .expect_err("a thread is inside")
        .to_string();
    assert!(busy.contains("thread 1"), "{busy}");
    assert!(
        busy.contains("logic.nim(") || busy.contains("atomics.nim("),
        "{busy}"
    );
    assert_eq!(version.call().expect("it goes on"), 1);
    let finish = program
        .proc::<fn()>("logic", "finish")
        .expect("it is there");
    finish.call().expect("the thread ends");
    program.reload().expect("nobody is inside");
    assert_eq!(version.call().expect("it is new"), 2);
}

#[test]
fn what_comes_out_of_a_thread_is_told_to_the_host() {
    let code = "var worker: Thread[int]
proc fail(n: int) {.thread.} =
  case n
  of 0: raise newException(ValueError, \"of a thread\")
  of 1: quit(7)
  else: cast[ptr int](8)[] = 1
proc start*(n: int) =
  createThread(worker, fail, n)
  joinThread(worker)
";
    let (sender, told) = mpsc::channel();
    let sender = std::sync::Mutex::new(sender);
    let program = Program::builder()
        .provider(Texts::new([("logic.nim", code)]))
        .on_thread_failure(move |_, error| {
            let sender = sender.lock().expect("no panic");
            let _ = sender.send((error.to_string(), error.quit_status()));
        })
        .load("logic.nim")
        .expect("it compiles");
    let start = program.proc::<fn(i64)>("logic", "start").expect("there");
    for n in 0..3 {
        start.call(n).expect("the program goes on");
    }
    let told: Vec<_> = told.try_iter().collect();
    assert!(told[0].0.contains("of a thread [ValueError]"), "{told:?}");
    assert_eq!(told[1].1, Some(7));
    assert!(
        told[2].0.contains("`fail`") || told[2].0.contains("fail"),
        "{told:?}"
    );
    assert_eq!(told.len(), 3);
}

#[test]
fn a_program_lives_until_its_threads_have_ended() {
    let (told, output) = mpsc::channel();
    let code = "import std/os
var worker: Thread[string]
proc work(s: string) {.thread.} =
  sleep 50
  echo s, \" ends\"
createThread(worker, work, \"thread\")
";
    let program = Program::builder()
        .provider(Texts::new([("logic.nim", code)]))
        .output(move |_, text| {
            let _ = told.send(String::from_utf8_lossy(text).into_owned());
        })
        .load("logic.nim")
        .expect("it compiles");
    drop(program);
    let text: String = output.iter().collect();
    assert_eq!(text.trim(), "thread ends");
}

#[test]
fn reloads_and_threads_at_the_same_time() {
    let code = |n: u32| {
        format!(
            "import std/[locks, atomics]
type Job = object
  id: int
  name: string
var jobs: Channel[Job]
var done: Atomic[int]
var wrong: Atomic[int]
var l: Lock
var workers: array[3, Thread[int]]
initLock l
jobs.open(8)
proc half(id: int): int = {n}
proc other(id: int): int = {n}
proc both(job: Job): bool =
  let same = half(job.id)
  same == other(job.id)
proc loop(n: int) {{.thread.}} =
  while true:
    let job = jobs.recv()
    if job.id < 0: break
    if not both(job): wrong += 1
    let name = job.name & $n
    withLock l: discard name.len
    done += 1
for i in 0 .. 2: createThread(workers[i], loop, i)
proc feed*(n: int): int =
  for i in 1 .. n: jobs.send(Job(id: i, name: \"job \" & $i))
  done.load
proc finish*(): int =
  for i in 0 .. 2: jobs.send(Job(id: -1))
  joinThreads(workers)
  done.load * 1000 + wrong.load
"
        )
    };
    let (texts, program) = load(&code(0), Duration::from_secs(20));
    let feed = program
        .proc::<fn(i64) -> i64>("logic", "feed")
        .expect("there");
    for n in 1..60 {
        feed.call(20).expect("work is taken");
        texts.set("logic.nim", code(n));
        program.reload().expect("workers wait between jobs");
    }
    let finish = program
        .proc::<fn() -> i64>("logic", "finish")
        .expect("there");
    assert_eq!(finish.call().expect("they end"), 59 * 20 * 1000);
}
