//! Thousands of reloads leave memory as it was.

use super::harness::Program;

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
