//! Each rule, broken once.

use super::super::Ids;
use super::super::text::parse_module;
use super::verify;

/// Messages for the first proc of a text; the others are known to it.
fn errors(text: &str) -> Vec<String> {
    let ids = Ids::default();
    let module = parse_module(text, &ids).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
    let sig_of = |id| {
        let found = module.procs.iter().find(|proc| proc.id == id);
        found.map(|proc| proc.sig.clone())
    };
    verify(&module.procs[0], &ids, &sig_of)
        .err()
        .unwrap_or_default()
}

const OTHERS: &str = "
proc @raise() raises {
block0:
  call rt.quit(1)
  unreachable
}
proc @raise1(i64 %0) raises {
block0:
  call rt.quit(1)
  unreachable
}
proc @quiet(f64 %0) -> i32 {
block0:
  return 1
}
";

#[track_caller]
fn bad(body: &str, message: &str) {
    let text = format!(
        "extern ~c(i64) varargs 1\nproc @p(i64 %0, f64 %1, ptr %2) -> i64 raises {{\n{body}\n}}\n{OTHERS}"
    );
    let errors = errors(&text);
    let found = errors.iter().any(|error| error.contains(message));
    assert!(found, "expected {message:?} in {errors:?}");
}

#[track_caller]
fn bad_line(line: &str, message: &str) {
    bad(&format!("block0:\n  {line}\n  return %0"), message);
}

#[test]
fn a_sound_proc_passes() {
    let text = format!(
        "extern ~c(i64) varargs 1
proc @p(i64 %0, f64 %1, ptr %2) -> i64 raises {{
  slot ^0 size 8 align 8
block0:
  i8 %c = slt.i64 %0, 5
  ptr %s = slot ^0
  %s = add %s, %0
  store.i64 %2, %s
  branch %c, block1, block2
block1:
  i64 %x = checked.add %0, 1 raise @raise unwind block3
  goto block4
block2:
  %x = copy 2
  call ~c(1, %1, 2)
  goto block4
cold block3:
  return
block4:
  check %c raise @raise1(%x)
  i32 %r = call @quiet(%1)
  %r = call @unknown(%1) unwind block3
  return %x
}}
{OTHERS}"
    );
    assert_eq!(errors(&text), Vec::<String>::new());
}

#[test]
fn types_of_operands() {
    bad_line("%0 = add %0, %1", "%1 is f64, expected i64");
    bad_line("%0 = add %0, 1.5", "float constant, expected i64");
    bad_line("%1 = fadd %1, 1", "integer constant, expected f64");
    bad_line("%1 = add %1, 1.0", "the operation is not for f64");
    bad_line("%0 = fneg %0", "the operation is not for i64");
    bad_line(
        "%0 = eq.i64 %0, 1",
        "the result is i8, but the register is i64",
    );
    bad_line("i8 %3 = feq.i64 %0, 1", "the operation is not for i64");
    bad_line("i8 %3 = sext.i64 %0", "no such conversion from i64 to i8");
    bad_line("%0 = bits.f32 1.0", "no such conversion from f32 to i64");
    bad_line("%0 = select %0, 1, 2", "%0 is i64, expected i8");
    bad_line("store.f64 %0, %2", "%0 is i64, expected f64");
    bad_line("i32 %3 = load %1", "%1 is f64, expected ptr");
    bad_line(
        "i32 %3 = proc @p",
        "the result is ptr, but the register is i32",
    );
    bad_line("memcopy %2, %2, %1", "%1 is f64, expected i64");
    bad("block0:\n  return %1", "%1 is f64, expected i64");
    bad(
        "block0:\n  branch %0, a, a\na:\n  return 1",
        "%0 is i64, expected i8",
    );
    bad(
        "block0:\n  switch.i64 %0 [1 -> a, 1 -> a] else a\na:\n  return 1",
        "two cases have the same value",
    );
    bad(
        "block0:\n  switch.i8 300 [44 -> a, 300 -> a] else a\na:\n  return 1",
        "two cases have the same value",
    );
}

#[test]
fn calls_agree_with_signatures() {
    bad_line("call @quiet()", "0 arguments, expected 1");
    bad_line("call @quiet(%0)", "%0 is i64, expected f64");
    bad_line(
        "%0 = call @quiet(%1)",
        "the result is i32, but the register is i64",
    );
    bad_line("%0 = call @raise()", "the callee has no result");
    bad_line("call ~c()", "0 arguments, expected 1");
    bad_line("call ~c(%1)", "%1 is f64, expected i64");
    bad_line("call rt.alloc(1, 2)", "2 arguments, expected 1");
    bad_line("call %1() as ()", "%1 is f64, expected ptr");
    bad_line(
        "check 1 raise @quiet(1.0)",
        "the proc that is to raise does not",
    );
    bad_line("check 1 raise @raise1()", "0 arguments, expected 1");
}

#[test]
fn numbers_exist() {
    bad_line("poll !3", "there is no site !3");
    bad(
        "slot ^0 size 8 align 3\nblock0:\n  return 1",
        "cannot be aligned to 3",
    );
    bad("block0:\n  goto block0", "nothing goes to the entry");
    bad(
        "block0:\n  poll unwind block0\n  return 1",
        "nothing goes to the entry",
    );
}

#[test]
fn a_proc_that_does_not_raise_lets_nothing_out() {
    let text = |line: &str| format!("proc @p() {{\nblock0:\n  {line}\n  return\n}}\n{OTHERS}");
    for line in [
        "call @raise()",
        "check 1 raise @raise()",
        "i64 %0 = checked.add 1, 1 raise @raise",
        "call rt.quit(1)",
    ] {
        let errors = errors(&text(line));
        assert!(
            errors[0].contains("would leave a proc that does not raise"),
            "{errors:?}"
        );
    }
    assert_eq!(errors(&text("call @unknown()")), Vec::<String>::new());
}

#[test]
fn registers_are_assigned_on_every_path() {
    bad_line("i64 %3 = add %3, 1", "%3 may not have a value here");
    let one_side = "block0:\n  i8 %c = eq.i64 %0, 1\n  branch %c, a, b\na:\n  i64 %x = copy 1\n  goto b\nb:\n  return %x";
    bad(one_side, "`return %4`: %4 may not have a value here");
    let early =
        "block0:\n  i64 %x = checked.add %0, 1 raise @raise unwind b\n  goto b\nb:\n  return %x";
    bad(early, "%3 may not have a value here");
    let call = "block0:\n  i64 %x = call @unknown() unwind b\n  return %x\nb:\n  return %x";
    bad(call, "block1: `return %3`");
    let around = "block0:\n  goto a\na:\n  i8 %c = eq.i64 %0, 1\n  branch %c, b, c\nb:\n  i64 %x = copy 1\n  goto a\nc:\n  return %x";
    bad(around, "%4 may not have a value here");
}
