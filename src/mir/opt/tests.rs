//! Each pass by example, and all of them on random programs.

mod ranges;

use std::sync::Arc;

use super::*;
use crate::mir::Ids;
use crate::mir::arbitrary::{Choices, program};
use crate::mir::interp::{Captured, Image, Limits, Machine, Outcome};
use crate::mir::text::{parse_module, print_module, print_proc};
use crate::mir::verify;

/// Runs `pass` on the first proc of a text and compares the statements of what comes out.
#[track_caller]
fn check(pass: impl Fn(&mut Proc, &Module), text: &str, expected: &str) {
    let ids = Ids::default();
    let module = parse_module(text, &ids).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut proc = Proc::clone(&module.procs[0]);
    pass(&mut proc, &module);
    let sig_of = |id| {
        module
            .procs
            .iter()
            .find(|proc| proc.id == id)
            .map(|proc| proc.sig.clone())
    };
    verify(&proc, &ids, &sig_of).unwrap_or_else(|errors| panic!("{errors:?}"));
    let printed = print_proc(&proc, &ids);
    let lines: Vec<&str> = printed
        .lines()
        .skip(1)
        .map(str::trim)
        .filter(|line| *line != "}")
        .collect();
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(lines, expected, "{printed}");
}

const RAISE: &str = "
proc @raise() raises {
block0:
  call rt.quit(1)
  unreachable
}
";

#[test]
fn constants_and_copies_reach_their_uses() {
    let text = "
proc @p(i64 %0) -> i64 {
block0:
  i64 %1 = copy 5
  i64 %2 = add %1, 2
  i64 %3 = copy %0
  %3 = add %3, %2
  i64 %4 = copy %0
  %0 = copy 1
  %4 = add %4, 0
  return %4
}";
    check(
        |proc, _| propagate(proc),
        text,
        "block0:
         i64 %1 = copy 5
         i64 %2 = copy 7
         i64 %3 = copy %0
         %3 = add %0, 7
         i64 %4 = copy %0
         %0 = copy 1
         return %4",
    );
}

#[test]
fn what_was_checked_is_not_checked_again() {
    let text = "
proc @p(i64 %i, i64 %n, i64 %m) -> i64 raises {
block0:
  i8 %c = ult.i64 %i, %n
  check %c raise @raise()
  i8 %d = ult.i64 %i, %n
  check %d raise @raise()
  i8 %e = eq.i64 %m, 0
  branch %e, a, b
a:
  %d = ult.i64 %i, %n
  check %d raise @raise()
  check %e raise @raise()
  %i = add %i, 1
  %d = ult.i64 %i, %n
  check %d raise @raise()
  goto b
b:
  %d = ult.i64 %i, %n
  check %d raise @raise()
  return %i
}";
    check(
        |proc, _| {
            propagate(proc);
            remove_dead(proc);
        },
        &format!("{text}{RAISE}"),
        "block0:
         i8 %3 = ult.i64 %0, %1
         check %3 raise @raise()
         i8 %5 = eq.i64 %2, 0
         branch %5, block1, block2
         block1:
         %0 = add %0, 1
         i8 %4 = ult.i64 %0, %1
         check %4 raise @raise()
         goto block2
         block2:
         %4 = ult.i64 %0, %1
         check %4 raise @raise()
         return %0",
    );
}

#[test]
fn what_is_not_so_is_the_opposite_comparison() {
    let text = "
proc @p(i64 %0, f64 %1) -> i64 {
block0:
  i8 %c = eq.i64 %0, 3
  %c = xor %c, 1
  i8 %d = slt.i64 %0, 9
  i8 %e = xor %d, 1
  i8 %f = flt.f64 %1, 2.0
  i8 %g = xor %f, 1
  i8 %h = ult.i64 %0, 5
  %0 = add %0, 1
  i8 %i = xor %h, 1
  %e = and %e, %c
  %g = and %g, %i
  %e = and %e, %g
  branch %e, a, b
a:
  return 1
b:
  return %0
}";
    // Floats have no opposite order, and what `%h` compared is overwritten.
    check(
        |proc, _| {
            propagate(proc);
            remove_dead(proc);
        },
        text,
        "block0:
         i8 %2 = ne.i64 %0, 3
         i8 %3 = sle.i64 9, %0
         i8 %4 = flt.f64 %1, 2.0
         i8 %5 = xor %4, 1
         i8 %6 = ult.i64 %0, 5
         %0 = add %0, 1
         i8 %7 = xor %6, 1
         %3 = and %3, %2
         %5 = and %5, %7
         %3 = and %3, %5
         branch %3, block1, block2
         block1:
         return 1
         block2:
         return %0",
    );
}

#[test]
fn known_branches_and_empty_blocks_go() {
    let text = "
proc @p(i64 %0) -> i64 {
block0:
  i8 %c = eq.i64 1, 1
  branch %c, a, b
a:
  goto c
b:
  %0 = copy 7
  goto c
c:
  switch.i64 3 [1 -> b, 3 -> d] else b
d:
  i8 %e = eq.i64 %0, 0
  branch %e, f, g
f:
  goto g
g:
  return %0
}";
    check(
        |proc, _| *proc = optimize(proc, &|_, _| None),
        text,
        "block0:
         return %0",
    );
}

#[test]
fn dead_assignments_go_but_not_effects() {
    let text = "
proc @p(i64 %0) -> i64 raises {
  slot ^unused size 8 align 8
  slot ^used size 8 align 8
block0:
  i64 %1 = add %0, 1
  ptr %2 = slot ^unused
  ptr %3 = slot ^used
  i64 %4 = load %3
  store.i64 %0, %3
  i64 %5 = checked.add %0, 1 raise @raise
  ptr %6 = call rt.alloc(8)
  i64 %7 = copy 1
  i64 %8 = checked.add %0, 1 raise @raise unwind failed
  %7 = copy 2
  return %7
failed:
  ptr %9 = take_pending
  return %7
}";
    check(
        |proc, _| remove_dead(proc),
        &format!("{text}{RAISE}"),
        "slot ^0 size 8 align 8
         block0:
         ptr %1 = slot ^0
         store.i64 %0, %1
         i64 %2 = checked.add %0, 1 raise @raise
         call rt.alloc(8)
         i64 %3 = copy 1
         i64 %4 = checked.add %0, 1 raise @raise unwind block1
         %3 = copy 2
         return %3
         block1:
         ptr %5 = take_pending
         return %3",
    );
}

#[test]
fn small_leaf_procs_are_copied_into_their_callers() {
    let text = "
proc @p(i64 %0) -> i64 raises {
block0:
  i64 %1 = call @inc(%0) unwind failed
  %1 = call @inc(%1)
  %1 = call @other(%1)
  return %1
failed:
  return
}
proc @inc(i64 %0) -> i64 raises inline {
block0:
  i8 %1 = slt.i64 %0, 0
  branch %1, a, b
a:
  return 0
b:
  i64 %2 = checked.add %0, 1 raise @raise
  return %2
}
proc @other(i64 %0) -> i64 {
block0:
  return %0
}
";
    check(
        |proc, module| {
            let body = |id, _| {
                let mut all = module.procs.iter();
                all.find(|proc| proc.id == id && proc.inline).cloned()
            };
            *proc = optimize(proc, &body);
        },
        &format!("{text}{RAISE}"),
        "block0:
         i8 %2 = slt.i64 %0, 0
         branch %2, block1, block2
         block1:
         i64 %1 = copy 0
         goto block3
         block2:
         i64 %3 = checked.add %0, 1 raise @raise unwind block7
         %1 = copy %3
         goto block3
         block3:
         i8 %4 = slt.i64 %1, 0
         branch %4, block4, block5
         block4:
         %1 = copy 0
         goto block6
         block5:
         i64 %5 = checked.add %1, 1 raise @raise
         %1 = copy %5
         goto block6
         block6:
         %1 = call @other(%1)
         return %1
         block7:
         return",
    );
}

#[test]
fn a_proc_with_a_loop_is_copied_only_into_loops() {
    let text = "
proc @p(i64 %0) -> i64 {
block0:
  i64 %1 = call @halvings(%0)
  goto block1
block1:
  i8 %2 = slt.i64 %1, 100
  branch %2, block2, block3
block2:
  %1 = call @halvings(%1)
  goto block1
block3:
  return %1
}
proc @halvings(i64 %0) -> i64 inline {
block0:
  i64 %1 = copy 0
  goto block1
block1:
  i8 %2 = ne.i64 %0, 0
  branch %2, block2, block3
block2:
  %0 = ashr %0, 1
  %1 = add %1, 1
  goto block1
block3:
  return %1
}
";
    let ids = Ids::default();
    let module = parse_module(text, &ids).expect("it is right");
    let body = |id, in_loop| {
        let body = module.procs.iter().find(|proc| proc.id == id)?;
        is_worth_copying(body, in_loop).then(|| body.clone())
    };
    let mut proc = Proc::clone(&module.procs[0]);
    inline_calls(&mut proc, &body);
    let has_call = |block: &Block| {
        block
            .stmts
            .iter()
            .any(|stmt| matches!(stmt.inst, Inst::Call { .. }))
    };
    let with_calls = proc.blocks.iter().map(has_call).collect::<Vec<_>>();
    assert!(with_calls[0], "{}", print_proc(&proc, &ids));
    assert_eq!(
        with_calls.iter().filter(|with| **with).count(),
        1,
        "{}",
        print_proc(&proc, &ids)
    );
}

#[test]
fn a_small_recursive_proc_is_copied_into_itself_until_it_is_large() {
    let text = "
proc @p(i64 %0) -> i64 {
block0:
  i8 %1 = slt.i64 %0, 2
  branch %1, a, b
a:
  return %0
b:
  i64 %2 = sub %0, 1
  i64 %3 = call @p(%2)
  %2 = sub %0, 2
  i64 %4 = call @p(%2)
  %3 = add %3, %4
  return %3
}
";
    let ids = Ids::default();
    let module = parse_module(text, &ids).expect("it is MIR");
    let once = &module.procs[0];
    let mut deep = Proc::clone(once);
    assert!(inline_recursion(&mut deep));
    let calls = |proc: &Proc| {
        let mut calls = 0;
        proc.each_inst(|inst| calls += usize::from(matches!(inst, Inst::Call { .. })));
        calls
    };
    assert_eq!((calls(once), calls(&deep)), (2, 16));
    let mut optimised = module.clone();
    optimised.procs[0] = Arc::new(deep);
    let fib = |module: &Module| {
        let image = Image::of([module]);
        let mut host = Captured::default();
        let mut machine = Machine::new(&ids, &image, &mut host, Limits::COMPILE_TIME);
        format!("{:?}", machine.call(once.id, &[15]))
    };
    assert_eq!(fib(&module), fib(&optimised));
}

#[test]
fn what_only_this_proc_sees_of_a_slot_lies_in_registers() {
    let text = "
proc @p(ptr %0) -> i64 {
  slot ^pair size 16 align 8
  slot ^copy size 16 align 8
  slot ^seen size 8 align 8
block0:
  ptr %1 = slot ^pair
  memcopy %1, %0, 16
  ptr %2 = add %1, 8
  f64 %3 = load %2
  %3 = fadd %3, 1.0
  store.f64 %3, %1 + 8
  ptr %4 = slot ^copy
  memcopy %4, %1, 16
  ptr %5 = slot ^seen
  memzero %5, 8
  i64 %6 = call @q(%5)
  memcopy %0, %4, 16
  return %6
}
proc @q(ptr %0) -> i64 {
block0:
  return 0
}
";
    check(
        |proc, _| {
            promote_slots(proc);
            propagate(proc);
            remove_dead(proc);
        },
        text,
        "slot ^0 size 8 align 8
         block0:
         i64 %4 = load %0
         f64 %5 = load %0 + 8
         f64 %1 = fadd %5, 1.0
         ptr %2 = slot ^0
         memzero %2, 8
         i64 %3 = call @q(%2)
         store.i64 %4, %0
         store.f64 %1, %0 + 8
         return %3",
    );
}

#[test]
fn parts_that_overlap_and_addresses_that_change_keep_a_slot() {
    let text = "
proc @p(i64 %0) -> i64 {
  slot ^halves size 8 align 8
  slot ^walked size 16 align 8
block0:
  ptr %1 = slot ^halves
  store.i64 %0, %1
  i32 %2 = load %1
  ptr %3 = slot ^walked
  memzero %3, 16
  ptr %4 = slot ^walked
  %4 = add %4, 8
  i64 %5 = load %4
  return %5
}
";
    check(
        |proc, _| promote_slots(proc),
        text,
        "slot ^0 size 8 align 8
         slot ^1 size 16 align 8
         block0:
         ptr %1 = slot ^0
         store.i64 %0, %1
         i32 %2 = load %1
         ptr %3 = slot ^1
         memzero %3, 16
         ptr %4 = slot ^1
         %4 = add %4, 8
         i64 %5 = load %4
         return %5",
    );
}

#[test]
fn an_argument_for_dots_keeps_its_register() {
    let text = "
extern ~printf(ptr) -> i32 varargs 1
proc @p() {
block0:
  i32 %0 = copy 5
  call ~printf(0, %0)
  return
}";
    check(
        |proc, _| *proc = optimize(proc, &|_, _| None),
        text,
        "block0:
         i32 %0 = copy 5
         call ~printf(0, %0)
         return",
    );
}

/// What a program does, and in how many steps.
fn run(module: &Module, main: ProcId, ids: &Ids) -> (String, u64) {
    let image = Image::of([module]);
    let mut host = Captured::default();
    let mut machine = Machine::new(ids, &image, &mut host, Limits::COMPILE_TIME);
    let outcome = match machine.call(main, &[]) {
        Ok(Outcome::Returned(bits)) => format!("{bits:#x}, {} blocks left", machine.live_blocks()),
        other => format!("{other:?}"),
    };
    (outcome, Limits::COMPILE_TIME.fuel - machine.fuel())
}

#[test]
fn random_programs_do_the_same_in_fewer_steps() {
    let (mut before, mut after) = (0, 0);
    for seed in 0..600 {
        let ids = Ids::default();
        let (module, main) = program(&mut Choices::Seed(seed), &ids);
        let body = |id, _| module.procs.iter().find(|proc| proc.id == id).cloned();
        let mut optimised = module.clone();
        for proc in &mut optimised.procs {
            *proc = Arc::new(optimize(proc, &body));
        }
        let show = || {
            format!(
                "seed {seed}\n{}\n{}",
                print_module(&module, &ids),
                print_module(&optimised, &ids)
            )
        };
        let image = Image::of([&optimised]);
        for proc in &optimised.procs {
            let checked = verify(proc, &ids, &|id| image.sig(id));
            checked.unwrap_or_else(|errors| panic!("{errors:#?}\n{}", show()));
        }
        let (expected, steps) = run(&module, main, &ids);
        let (found, fewer) = run(&optimised, main, &ids);
        assert_eq!(found, expected, "{}", show());
        before += steps;
        after += fewer;
    }
    assert!(after * 10 < before * 9, "{before} steps became {after}");
}

/// A sum of what stands behind a length and an address, as in a seq.
const SUM: &str = "
proc @p(ptr %0, i64 %1) -> i64 raises {
block0:
  i64 %2 = copy 0
  i64 %3 = copy 0
  goto block1
block1:
  i8 %4 = slt.i64 %2, %1
  branch %4, block2, block3
block2:
  i64 %5 = load %0
  i8 %6 = ult.i64 %2, %5
  check %6 raise @raise()
  ptr %7 = load %0 + 8
  i64 %8 = shl %2, 3
  ptr %9 = add %7, %8
  i64 %10 = load %9
  %3 = add %3, %10
  %2 = add %2, 1
  goto block1
block3:
  return %3
}
";

#[test]
fn what_each_round_loads_again_is_loaded_in_the_first() {
    check(
        |proc, _| peel_loops(proc),
        &format!("{SUM}{RAISE}"),
        "
block0:
  i64 %2 = copy 0
  i64 %3 = copy 0
  goto block1
block1:
  i8 %4 = slt.i64 %2, %1
  branch %4, block2, block3
block2:
  i64 %5 = load %0
  i8 %6 = ult.i64 %2, %5
  check %6 raise @raise()
  ptr %7 = load %0 + 8
  i64 %8 = shl %2, 3
  ptr %9 = add %7, %8
  i64 %10 = load %9
  %3 = add %3, %10
  %2 = add %2, 1
  goto block4
block3:
  return %3
block4:
  %4 = slt.i64 %2, %1
  branch %4, block5, block3
block5:
  %6 = ult.i64 %2, %5
  check %6 raise @raise()
  %8 = shl %2, 3
  %9 = add %7, %8
  %10 = load %9
  %3 = add %3, %10
  %2 = add %2, 1
  goto block4",
    );
}

#[test]
fn a_loop_within_another_is_found() {
    let ids = Ids::default();
    let outer = SUM.replacen("goto block1", "goto block5", 1).replace(
        "block3:\n  return %3",
        "block3:\n  store.i64 %3, %0 + 16\n  i64 %11 = load %0 + 24\n  \
         branch %11, block5, block4\nblock4:\n  return %3\nblock5:\n  %2 = copy 0\n  goto block1",
    );
    let module = parse_module(&format!("{outer}{RAISE}"), &ids).expect("it parses");
    let mut proc = Proc::clone(&module.procs[0]);
    peel_loops(&mut proc);
    assert_eq!(proc.blocks.len(), 6 + 2, "{}", print_proc(&proc, &ids));
}

#[test]
fn a_loop_that_writes_or_waits_stays_as_it_is() {
    let same = |text: &str| {
        let ids = Ids::default();
        let module = parse_module(&format!("{text}{RAISE}"), &ids).expect("it parses");
        let mut proc = Proc::clone(&module.procs[0]);
        peel_loops(&mut proc);
        assert_eq!(proc, *module.procs[0], "{}", print_proc(&proc, &ids));
    };
    same(&SUM.replace(
        "  %2 = add %2, 1\n",
        "  store.i64 %3, %0\n  %2 = add %2, 1\n",
    ));
    same(&SUM.replace(
        "  %2 = add %2, 1\n",
        "  call rt.dealloc(%7)\n  %2 = add %2, 1\n",
    ));
    // It ends when another thread says so.
    same(
        "
proc @p(ptr %0) -> i64 {
block0:
  i64 %1 = copy 0
  goto block1
block1:
  i64 %2 = load %0
  i8 %3 = eq.i64 %2, 0
  branch %3, block2, block3
block2:
  %1 = add %1, 1
  goto block1
block3:
  return %1
}
",
    );
}

#[test]
fn each_pass_alone_keeps_what_programs_do() {
    type Pass = fn(&mut Proc);
    let passes: [(&str, Pass); 7] = [
        ("ranges", |proc| _ = narrow_ranges(proc)),
        ("recursion", |proc| _ = inline_recursion(proc)),
        ("peel", peel_loops),
        ("slots", promote_slots),
        ("flow", simplify_flow),
        ("local", propagate),
        ("dead", remove_dead),
    ];
    for seed in 1000..1100 {
        let ids = Ids::default();
        let (module, main) = program(&mut Choices::Seed(seed), &ids);
        let (expected, _) = run(&module, main, &ids);
        for (name, pass) in passes {
            let mut changed = module.clone();
            for proc in &mut changed.procs {
                pass(Arc::make_mut(proc));
            }
            let (found, _) = run(&changed, main, &ids);
            assert_eq!(found, expected, "seed {seed}, {name}");
        }
    }
}
