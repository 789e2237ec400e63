//! What the cases of `tests/mir` cannot say: hosts, limits, and machines that go on after a fault.

use super::*;
use crate::mir::text::parse_module;

/// A host without surroundings.
struct CompileTime;

impl Host for CompileTime {
    fn refusal(&self, what: &str) -> String {
        format!("cannot evaluate at compile time: {what}")
    }

    fn write(&mut self, _stream: i32, _text: &[u8]) -> Result<(), String> {
        Err(self.refusal("output"))
    }
}

struct Loaded {
    ids: Ids,
    module: Module,
    image: Image,
}

fn load(text: &str) -> Loaded {
    let ids = Ids::default();
    let module = parse_module(text, &ids).unwrap_or_else(|errors| panic!("{errors:?}"));
    let image = Image::of([&module]);
    for proc in &module.procs {
        let checked = crate::mir::verify(proc, &ids, &|id| image.sig(id));
        checked.unwrap_or_else(|errors| panic!("{errors:?}"));
    }
    Loaded { ids, module, image }
}

const PROGRAM: &str = "
module m
desc :int size 8 align 8 = int
global $x \"m.x\" :int
data &text align 1 \"text\\n\"
extern ~getenv(ptr) -> ptr
proc @add(i64 %a, i64 %b) -> i64 {
block0:
  i64 %c = add %a, %b
  return %c
}
proc @loop() {
block0:
  goto a
a:
  goto a
}
proc @speak() {
block0:
  ptr %t = data &text
  call rt.write(1, %t, 5)
  return
}
proc @getenv(ptr %name) -> ptr {
block0:
  ptr %p = call ~getenv(%name)
  return %p
}
proc @fill(ptr %out) {
block0:
  store.i64 7, %out + 8
  return
}
proc @outer() {
  sites 0/0-0 1/10-20 1/30-40
block0:
  i64 %z = call @add(1, 2) !1
  call @fill(0) !2
  return
}
proc @eat() raises {
block0:
  ptr %p = call rt.alloc(1000)
  call @eat()
  return
}
proc @bump() -> i64 {
block0:
  ptr %x = global $x
  i64 %v = load %x
  %v = add %v, 1
  store.i64 %v, %x
  return %v
}
proc @count() -> i64 {
block0:
  i64 %n = call rt.arg_count()
  return %n
}
";

#[track_caller]
fn check_fault(proc: &str, kind: FaultKind, message: &str) {
    let program = load(PROGRAM);
    let limits = Limits {
        fuel: 100_000,
        memory: 10_000,
        depth: 100,
    };
    let mut host = CompileTime;
    let mut machine = Machine::new(&program.ids, &program.image, &mut host, limits);
    let id = program.ids.proc(proc, 0);
    let args = [0; 1];
    let count = program.image.sig(id).map_or(0, |sig| sig.params.len());
    let fault = machine
        .call(id, &args[..count])
        .expect_err("the run ends early");
    assert_eq!((fault.kind, fault.message.as_str()), (kind, message));
    // The machine can be used again.
    machine.refuel();
    let add = program.ids.proc("add", 0);
    assert_eq!(
        machine.call(add, &[1, 2]).expect("it runs"),
        Outcome::Returned(3)
    );
}

#[test]
fn compile_time_refuses_what_has_effects() {
    check_fault(
        "speak",
        FaultKind::Refused,
        "cannot evaluate at compile time: output",
    );
    let message = "cannot evaluate at compile time: call of the C function 'getenv'";
    check_fault("getenv", FaultKind::Refused, message);
}

#[test]
fn limits_hold() {
    check_fault("loop", FaultKind::Limit, "too many instructions");
    check_fault("eat", FaultKind::Limit, "out of memory for 1000 bytes");
}

#[test]
fn a_fault_tells_where_it_was() {
    let program = load(PROGRAM);
    let mut host = CompileTime;
    let mut machine = Machine::new(
        &program.ids,
        &program.image,
        &mut host,
        Limits::COMPILE_TIME,
    );
    let fault = machine
        .call(program.ids.proc("outer", 0), &[])
        .expect_err("it writes through nil");
    assert_eq!(fault.message, "access through nil (address 0x8)");
    let places: Vec<_> = fault
        .trace
        .iter()
        .map(|(name, place)| (&**name, place.span.start))
        .collect();
    assert_eq!(places, [("fill", 0), ("outer", 30)]);
}

#[test]
fn results_in_memory_can_be_read() {
    let program = load(PROGRAM);
    let mut host = CompileTime;
    let mut machine = Machine::new(
        &program.ids,
        &program.image,
        &mut host,
        Limits::COMPILE_TIME,
    );
    let out = machine.host_block(16).expect("there is room");
    machine
        .call(program.ids.proc("fill", 0), &[out])
        .expect("it runs");
    assert_eq!(
        machine.read_bytes(out, 16).expect("it is there"),
        [0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]
    );
    assert!(machine.read_bytes(out, 17).is_err());
}

#[test]
fn globals_live_as_long_as_the_machine() {
    let program = load(PROGRAM);
    let mut host = CompileTime;
    let mut machine = Machine::new(
        &program.ids,
        &program.image,
        &mut host,
        Limits::COMPILE_TIME,
    );
    let bump = program.ids.proc("bump", 0);
    for expected in 1..4 {
        assert_eq!(
            machine.call(bump, &[]).expect("it runs"),
            Outcome::Returned(expected)
        );
    }
    let x = machine
        .global(program.module.globals[0].id)
        .expect("it is known");
    assert_eq!(machine.memory.load(x, Scalar::I64), Ok(3));
    assert!(machine.global(program.ids.global("y")).is_err());
}

#[test]
fn a_replaced_proc_is_seen_after_it_was_forgotten() {
    let program = load(PROGRAM);
    let other = parse_module(
        "proc @add(i64 %a, i64 %b) -> i64 {\nx:\n  return 9\n}",
        &program.ids,
    );
    let other = other.expect("the text is right");
    let replaced = Image::of([&program.module, &other]);
    let mut host = Captured::default();
    let mut machine = Machine::new(&program.ids, &replaced, &mut host, Limits::COMPILE_TIME);
    let add = program.ids.proc("add", 0);
    assert_eq!(
        machine.call(add, &[1, 2]).expect("it runs"),
        Outcome::Returned(9)
    );
    machine.forget_procs();
    assert_eq!(
        machine.call(add, &[1, 2]).expect("it runs"),
        Outcome::Returned(9)
    );
}

#[test]
fn arguments_do_not_count_the_program() {
    let program = load(PROGRAM);
    let mut host = Captured {
        args: vec![b"program".to_vec(), b"one".to_vec()],
        ..Captured::default()
    };
    let mut machine = Machine::new(
        &program.ids,
        &program.image,
        &mut host,
        Limits::COMPILE_TIME,
    );
    let count = machine
        .call(program.ids.proc("count", 0), &[])
        .expect("it runs");
    assert_eq!(count, Outcome::Returned(1));
}

#[test]
fn large_areas_count_as_steps() {
    let text = "
proc @main() raises {
block0:
  ptr %p = call rt.alloc(1000000)
  goto a
a:
  memzero %p, 1000000
  goto a
}
";
    let program = load(text);
    let mut host = CompileTime;
    let mut machine = Machine::new(
        &program.ids,
        &program.image,
        &mut host,
        Limits::COMPILE_TIME,
    );
    let started = std::time::Instant::now();
    let fault = machine
        .call(program.ids.proc("main", 0), &[])
        .expect_err("it does not end");
    assert_eq!(fault.kind, FaultKind::Limit);
    assert!(started.elapsed().as_secs() < 20);
}
