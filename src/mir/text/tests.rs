//! Everything that can be printed reads back as it was.

use super::*;
use crate::mir::Ids;

const EVERYTHING: &str = r##"
module "a b" ; a comment
import system, "std/math"
desc :int size 8 align 8 = int
desc :"seq[int]"#1f size 16 align 8 destroy @d = seq :int
desc :Color "m.Color" size 1 align 1 = enum { red = 0, "1x" = 5 }
desc :Colors size 1 align 1 = set :Color from 0
desc :Node size 40 align 8 = object rtti of :Base { "next" :"ref Node" at 8, c :Color at 16, x :int at 24 when 1 in [0, -5], y :int at 32 }
desc :Base size 8 align 8 = object rtti { }
desc :"ref Node" size 8 align 8 = ref :Node
desc :arr size 24 align 8 = array :int x 3
desc :tup size 16 align 8 = tuple { Field0 :int at 0, Field1 :cs at 8 }
desc :cs size 8 align 8 = cstring
desc :u size 8 align 8 = union { a :int at 0, b :f at 0 }
desc :f size 8 align 8 = float
desc :cl size 16 align 8 = closure
data &text align 8 "\x05\0\0\0\0\0\0\x40hello\0"
data &table align 8 i32 5 i32 -1 zero 24 @upd#2a &text :Node f64 1.5 "x"
extern ~sqrt(f64) -> f64
extern ~open "open"(ptr, i32) -> i32 varargs 2 library "libc.so(.6|)"
global $x "m.x" :int let at 3/10-20
global $"y z" :arr
init @init sets $x, $"y z"
init @more
before @h
after @h

proc @init() raises named "`+`" {
  sites 0/0-0 3/10-12
  holds :Node, :arr
  owns :Node
  copied :arr 1
  refs %a
  slot ^0 size 16 align 8
  slot ^buf size 3 align 1
  reg f32 %40
entry:
  ptr %a = slot ^buf
  i64 %b = copy -9223372036854775808
  %b = add %b, 1 !1
  i64 %c = checked.mul %b, 0xff raise @overflow unwind bad
  f64 %d = copy -1.5
  %d = fadd %d, inf
  %d = fadd -inf, 1e-300
  %d = call ~sqrt(%d)
  i8 %e = slt.i64 %b, %c
  f32 %f = ftof.f64 %d
  %f = fsqrt %f
  i32 %g = load %a + 8
  store.i16 5, %a - 8
  %a = global $x
  %a = data &table
  %a = data &text
  %a = desc :"seq[int]"#1f
  %a = desc :tup
  %a = desc :cs
  %a = desc :u
  %a = desc :cl
  %a = desc :Colors
  %a = proc @upd#2a
  memcopy %a, %a, 16
  memzero %a, %b
  incref %a
  decref %a
  decref %a unwind bad
  call @upd#2a(%b, 2) unwind bad
  call %a(1) as (i64) -> f32 raises
  call c %a() as ()
  %g = call ~open(%a, 0, 1)
  %a = call rt.alloc(64)
  check %e raise @fail(%b, 1) unwind bad
  poll unwind bad
  poll
  %b = select %e, 1, %b
  branch %e, one, two
one:
  switch.i8 %e [0 -> two, -1 -> three] else two
two:
  goto three
three:
  return
cold bad:
  ptr %p = take_pending
  set_pending %p
  unreachable
}

proc @upd#2a(i64 %0, ptr %1) -> i64 raises c_abi inline pinned {
block0:
  return %0
}
"##;

/// The text with holes in the numbers filled: %40 above is one.
fn everything() -> String {
    EVERYTHING.replace("%40", "%f2")
}

#[test]
fn what_is_printed_reads_back() {
    let ids = Ids::default();
    let module = parse_module(&everything(), &ids).expect("the text is right");
    let printed = print_module(&module, &ids);
    let again =
        parse_module(&printed, &ids).unwrap_or_else(|errors| panic!("{errors:?}\n{printed}"));
    assert_eq!(module, again, "{printed}");
    assert_eq!(printed, print_module(&again, &ids));
    assert_eq!(module.procs.len(), 2);
    assert_eq!(module.procs[0].blocks.len(), 5);
    assert_eq!(module.globals[0].name.as_ref(), "m.x");
}

#[test]
fn what_is_printed_reads_back_under_other_numbers() {
    let ids = Ids::default();
    let module = parse_module(&everything(), &ids).expect("the text is right");
    let printed = print_module(&module, &ids);
    let other = Ids::default();
    other.proc("something else", 0);
    other.global("something else");
    let again = parse_module(&printed, &other).expect("what is printed can be read");
    assert_eq!(printed, print_module(&again, &other));
}

#[test]
fn a_proc_alone_is_printed_with_the_text_of_its_literals() {
    let ids = Ids::default();
    let module = parse_module(&everything(), &ids).expect("the text is right");
    let printed = print_proc(&module.procs[0], &ids);
    assert!(printed.contains("= data &1  ; \"hello\"\n"), "{printed}");
}

#[test]
fn nan_keeps_its_bits() {
    let ids = Ids::default();
    let text = "proc @p() -> f64 {\nblock0:\n  return nan.fff8000000000123\n}\n";
    let module = parse_module(text, &ids).expect("the text is right");
    assert!(print_module(&module, &ids).contains("return nan.fff8000000000123"));
}

#[track_caller]
fn check_error(text: &str, line: u32, message: &str) {
    let errors = parse_module(text, &Ids::default()).expect_err("the text is wrong");
    let found = errors
        .iter()
        .any(|error| error.line == line && error.message.contains(message));
    assert!(found, "{errors:?}");
}

#[test]
fn every_wrong_line_is_reported() {
    let body = |line: &str| format!("proc @p(i64 %0) {{\nblock0:\n  {line}\n  return\n}}\n");
    check_error("modul x", 1, "expected a definition, found 'modul'");
    check_error("module x y", 1, "expected the end of the line");
    check_error("data &a align 8 &a", 1, "contains itself");
    check_error("data &a align 8 &b", 1, "unknown data &b");
    check_error("global $x :int", 1, ":int is not defined");
    check_error(
        "desc :int size 8 align 8 = int\ndesc :int size 4 align 4 = int",
        2,
        "in another way",
    );
    check_error("proc @p() {\n", 1, "has no end");
    check_error("proc @p() {\n}", 1, "no terminator");
    check_error("proc @p() {\nblock0:\n  poll\n}", 1, "no terminator");
    check_error(
        "proc @p() {\nblock0:\nblock1:\n  return\n}",
        3,
        "no terminator",
    );
    check_error(
        "proc @p() {\na:\n  return\n}\nproc @p() {\na:\n  return\n}",
        5,
        "defined already",
    );
    check_error(&body("%1 = add %0, 1"), 1, "register %1 has no type");
    check_error(&body("i64 %7 = add %0, 1"), 1, "leaves a hole");
    check_error(&body("i8 %0 = copy 1"), 3, "has another type");
    check_error(&body("frob %0"), 3, "unknown instruction 'frob'");
    check_error(&body("%0 = frob 1"), 3, "unknown instruction 'frob'");
    check_error(&body("goto nowhere"), 3, "unknown block 'nowhere'");
    check_error(&body("ptr %1 = slot ^x"), 3, "unknown slot ^x");
    check_error(&body("ptr %1 = data &x"), 3, "unknown data &x");
    check_error(&body("call ~f()"), 3, "unknown C function ~f");
    check_error(&body("call %0()"), 3, "expected 'as'");
    check_error(&body("%0 = load %0 + 4294967295"), 3, "out of range");
    check_error(&body("%0 = copy 99999999999999999999"), 3, "not a number");
    check_error("module \"x", 1, "has no end");
    check_error("module \"\\q\"", 1, "unknown escape");
}

/// Texts with bytes changed, dropped and doubled.
#[test]
fn no_text_makes_the_parser_panic() {
    let text = everything().into_bytes();
    let mut choices = crate::mir::arbitrary::Choices::Seed(7);
    let mut read = 0;
    for _ in 0..2000 {
        let mut bytes = text.clone();
        for _ in 0..1 + choices.below(4) {
            let at = choices.below(bytes.len() as u32) as usize;
            match choices.below(3) {
                0 => bytes[at] = choices.pick(b"%^@$&:~#(){}[]=,;!+-\"\n 0az."),
                1 => drop(bytes.drain(at..(at + 8).min(bytes.len()))),
                _ => bytes.insert(at, bytes[at]),
            }
        }
        let ids = Ids::default();
        if let Ok(module) = parse_module(&String::from_utf8_lossy(&bytes), &ids) {
            print_module(&module, &ids);
            for proc in &module.procs {
                // Whether it is sound does not matter here.
                let _ = crate::mir::verify(proc, &ids, &|_| None);
            }
            read += 1;
        }
    }
    assert!(read > 0);
}
