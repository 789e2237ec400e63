//! Thousands of reloads leave memory as it was.

#![allow(unsafe_code)] // looks at slots and globals

use std::sync::atomic::Ordering;

use super::harness::Program;
use midair::mir::ProcId;

fn text(number: i64) -> String {
    format!(
        "module m
global $m.x :int
desc :int size 8 align 8 = int
proc @m.answer() -> i64 {{
block0:
  ptr %x = global $m.x
  i64 %v = load %x
  %v = add %v, 1
  store.i64 %v, %x
  i64 %r = call @m.constant()
  %r = mul %r, %v
  return %r
}}
proc @m.constant() -> i64 {{
block0:
  return {number}
}}
"
    )
}

#[test]
fn ten_thousand_reloads_leave_memory_flat() {
    let program = Program::new(midair::jit::Options::default());
    program.load(&text(0)).expect("it loads");
    let mut used = 0;
    for number in 1..10_000 {
        program
            .live
            .apply(&program.version(&text(number)))
            .expect("it reloads");
        assert_eq!(
            program.call("m.answer", &[]).expect("it runs") as i64,
            number * number
        );
        if number == 100 {
            used = program.live.runtime().code().used();
        }
    }
    assert_eq!(program.live.runtime().code().used(), used);
    assert!(used <= 4 * 4096, "{used}");
}

/// Many procs, of which one has another body.
fn many(edited: usize, body: i64) -> String {
    let mut text = String::from("module m\n");
    for index in 0..200 {
        let value = if index == edited { body } else { -1 };
        text += &format!("proc @m.p{index}() -> i64 {{\nblock0:\n  return {value}\n}}\n");
    }
    text
}

#[test]
fn pages_with_little_code_are_joined() {
    let program = Program::new(midair::jit::Options::default());
    program.load(&many(0, 0)).expect("it loads");
    let mut most = 0;
    for round in 1..1000 {
        let edited = (round * 7) % 200;
        program
            .live
            .apply(&program.version(&many(edited, round as i64)))
            .expect("it reloads");
        let found = program.call(&format!("m.p{edited}"), &[]).expect("it runs");
        assert_eq!(found, round as u64);
        most = most.max(program.live.runtime().code().used());
    }
    assert!(most < 100 * 4096, "{most} bytes of code");
}

/// A proc with another ABI each time, and one that calls it.
fn abi(number: i64) -> String {
    let params = ["", "i64 %0", "i64 %0, i64 %1"][number as usize % 3];
    let args = ["", "1", "1, 2"][number as usize % 3];
    format!(
        "module m
proc @m.f#{:x}({params}) -> i64 raises {{
block0:
  return {number}
}}
proc @m.run() -> i64 raises {{
block0:
  i64 %v = call @m.f#{:x}({args})
  return %v
}}
desc :E size 8 align 8 = object rtti {{ }}
proc @raise_from_runtime(i64 %what, ptr %text, i64 %len) raises {{
block0:
  ptr %d = desc :E
  ptr %e = call rt.new_ref(%d)
  set_pending %e
  return
}}
",
        number + 1,
        number + 1
    )
}

#[test]
fn changed_signatures_leave_little_behind() {
    let program = Program::new(midair::jit::Options::default());
    program.load(&abi(0)).expect("it loads");
    for number in 1..2000 {
        program
            .live
            .apply(&program.version(&abi(number)))
            .expect("it reloads");
        assert_eq!(program.call("m.run", &[]).expect("it runs") as i64, number);
    }
    // What raises for each of the old ones is some hundred bytes.
    let used = program.live.runtime().code().used();
    assert!(used < 2000 * 256, "{used}");
    let old = program.ids.proc("m.f", 5);
    // SAFETY: it takes what it takes, and raises.
    assert!(unsafe { program.live.call(old, &[1, 2]) }.is_err());
}

fn state(program: &Program) -> Vec<u8> {
    let runtime = program.live.runtime();
    let slots = (0..64).map(|proc| runtime.window().slot(ProcId(proc)).load(Ordering::Acquire));
    let mut bytes: Vec<u8> = slots.flat_map(usize::to_le_bytes).collect();
    for global in runtime.globals().list() {
        bytes.extend(global.name.as_bytes());
        bytes.extend(global.address.to_le_bytes());
        // SAFETY: storage of that size.
        bytes.extend(unsafe {
            std::slice::from_raw_parts(global.address as *const u8, global.size)
        });
    }
    bytes
}

#[test]
fn an_undone_reload_leaves_every_byte() {
    let case = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/back/reload/undone.mir"),
    );
    let case = case.expect("the case is there");
    let case = super::reloads::parse(&case);
    let program = Program::default();
    program.load(&case.versions[0]).expect("it loads");
    // Slots are made ready.
    program.live.runtime().window().slot(ProcId(64));
    for _ in 0..100 {
        for version in 1..3 {
            let before = state(&program);
            let used = program.live.runtime().code().used();
            program
                .live
                .apply(&program.version(&case.versions[version]))
                .expect_err("it is undone");
            assert_eq!(state(&program), before);
            assert_eq!(program.live.runtime().code().used(), used);
        }
    }
    let blocks = program.live.runtime().heap().live_blocks();
    assert!(blocks <= 2 * 200, "{blocks}");
}

/// A nested proc with another body, and so another identity, each time; a global may hold a value of it.
fn nested(number: i64) -> String {
    format!(
        "module m
desc :int size 8 align 8 = int
global $m.closure \"m.closure\" :int
proc @m.nested{number}() -> i64 raises pinned {{
block0:
  return {number}
}}
proc @m.keep() -> i64 {{
block0:
  ptr %p = global $m.closure
  ptr %a = proc @m.nested{number}
  store.ptr %a, %p
  return 0
}}
proc @m.call() -> i64 raises {{
block0:
  ptr %p = global $m.closure
  ptr %a = load %p
  i64 %v = call %a() as () -> i64 raises
  return %v
}}
desc :E size 8 align 8 = object rtti {{ }}
proc @raise_from_runtime(i64 %what, ptr %text, i64 %len) raises {{
block0:
  ptr %d = desc :E
  ptr %e = call rt.new_ref(%d)
  set_pending %e
  return
}}
"
    )
}

#[test]
fn bodies_of_nested_procs_live_as_long_as_their_values() {
    let program = Program::new(midair::jit::Options::default());
    program.load(&nested(0)).expect("it loads");
    let mut kept = 0;
    program.call("m.keep", &[]).expect("it runs");
    for number in 1..1000 {
        program
            .live
            .apply(&program.version(&nested(number)))
            .expect("it reloads");
        assert_eq!(program.call("m.call", &[]).expect("it runs") as i64, kept);
        if number % 3 == 0 {
            program.call("m.keep", &[]).expect("it runs");
            kept = number;
        }
    }
    let gone = program.ids.proc("m.nested500", 0);
    // SAFETY: it takes nothing.
    assert!(unsafe { program.live.call(gone, &[]) }.is_err());
}
