//! Ranges of numbers, and what follows from them.

use super::*;
use crate::mir::arith;
use crate::mir::opt::interval::Interval;

#[test]
fn what_a_counter_can_be_needs_no_checks() {
    let text = "
proc @p(ptr %0, i64 %1) -> i64 raises {
block0:
  i64 %2 = copy 0
  i64 %3 = copy 0
  goto block1
block1:
  i8 %4 = slt.i64 %2, 128
  branch %4, block2, block3
block2:
  i64 %5 = checked.sub %2, 1 raise @raise
  i64 %6 = checked.add %5, 128 raise @raise
  i64 %7 = srem %6, 128
  i8 %8 = ult.i64 %7, 128
  check %8 raise @raise()
  i64 %9 = checked.mul %2, %1 raise @raise
  %3 = checked.add %3, %9 raise @raise
  i64 %10 = checked.add %2, 1 raise @raise
  %2 = copy %10
  goto block1
block3:
  return %3
}
";
    check(
        |proc, _| {
            assert_eq!(narrow_ranges(proc), Narrowed::Simpler);
            propagate(proc);
        },
        &format!("{text}{RAISE}"),
        "block0:
         i64 %2 = copy 0
         i64 %3 = copy 0
         goto block1
         block1:
         i8 %4 = slt.i64 %2, 128
         branch %4, block2, block3
         block2:
         i64 %5 = sub %2, 1
         i64 %6 = add %5, 128
         i64 %7 = and %6, 127
         i8 %8 = copy 1
         i64 %9 = checked.mul %2, %1 raise @raise
         %3 = checked.add %3, %9 raise @raise
         i64 %10 = add %2, 1
         %2 = copy %10
         goto block1
         block3:
         return %3",
    );
}

/// Loops that look as if they counted, and do not, or not only.
#[test]
fn what_may_be_otherwise_stays_checked() {
    let with = |start: &str, guard: &str, body: &str, next: &str| {
        let text = format!(
            "
proc @p(i64 %0) -> i64 raises {{
block0:
  i64 %1 = copy {start}
  goto block1
block1:
  i8 %2 = {guard}
  branch %2, block2, block3
block2:
  {body}
  i64 %3 = checked.add %1, 1 raise @raise
  %1 = {next}
  goto block1
block3:
  return %1
}}
{RAISE}"
        );
        let ids = Ids::default();
        let module = parse_module(&text, &ids).unwrap_or_else(|errors| panic!("{errors:?}"));
        let mut proc = Proc::clone(&module.procs[0]);
        narrow_ranges(&mut proc);
        print_proc(&proc, &ids).contains("checked.add %1, 1")
    };
    let below = "slt.i64 %1, %0";
    // The bound is the largest number at most, and so the counter is one less in the loop.
    assert!(!with("0", below, "", "copy %3"));
    assert!(!with("%0", below, "", "copy %3"));
    // Nothing is above it.
    assert!(with("0", "sle.i64 %1, %0", "", "copy %3"));
    assert!(with("0", "ne.i64 %1, %0", "", "copy %3"));
    // It is also something else.
    assert!(with("0", "ult.i64 %1, %0", "", "copy %3"));
    assert!(with("0", below, "%1 = mul %1, 3", "copy %3"));
    assert!(with("0", below, "%1 = copy %0", "copy %3"));
}

#[test]
fn a_guard_within_a_loop_says_nothing_of_what_is_before_it() {
    let text = "
proc @p(i64 %0) -> i64 raises {
block0:
  i64 %1 = copy 0
  goto block1
block1:
  i8 %2 = slt.i64 %1, 100
  branch %2, block2, block4
block2:
  i64 %3 = and %1, %0
  i8 %4 = sle.i64 %1, 50
  branch %4, block3, block4
block3:
  i8 %5 = sle.i64 %1, 50
  check %5 raise @raise()
  %1 = add %1, 1
  goto block1
block4:
  return %1
}
";
    check(
        |proc, _| assert_eq!(narrow_ranges(proc), Narrowed::Simpler),
        &format!("{text}{RAISE}"),
        "block0:
         i64 %1 = copy 0
         goto block1
         block1:
         i8 %2 = copy 1
         branch %2, block2, block4
         block2:
         i64 %3 = and %1, %0
         i8 %4 = sle.i64 %1, 50
         branch %4, block3, block4
         block3:
         i8 %5 = copy 1
         check %5 raise @raise()
         %1 = add %1, 1
         goto block1
         block4:
         return %1",
    );
}

#[test]
fn a_loop_of_few_rounds_is_written_out() {
    let text = "
proc @p(ptr %0) -> i64 raises {
block0:
  i64 %1 = copy -1
  i64 %2 = copy 0
  goto block1
block1:
  i8 %3 = eq.i64 %1, 0
  branch %3, block3, block2
block2:
  i64 %4 = shl %1, 3
  ptr %5 = add %0, %4
  i64 %6 = load %5
  %2 = checked.add %2, %6 raise @raise
  goto block3
block3:
  i8 %7 = sle.i64 1, %1
  branch %7, block5, block4
block4:
  %1 = add %1, 1
  poll
  goto block1
block5:
  %2 = add %2, %1
  return %2
}
";
    check(
        |proc, _| {
            narrow(proc);
            remove_dead(proc);
        },
        &format!("{text}{RAISE}"),
        "block0:
         ptr %2 = add %0, -8
         i64 %3 = load %2
         i64 %1 = copy %3
         poll
         poll
         %2 = add %0, 8
         %3 = load %2
         %1 = checked.add %1, %3 raise @raise
         %1 = add %1, 1
         return %1",
    );
}

/// All operations on small intervals, compared with all that they stand for.
#[test]
fn intervals_hold_what_their_numbers_give() {
    const OPS: [BinOp; 13] = [
        BinOp::Add,
        BinOp::Sub,
        BinOp::Mul,
        BinOp::SDiv,
        BinOp::UDiv,
        BinOp::SRem,
        BinOp::URem,
        BinOp::And,
        BinOp::Or,
        BinOp::Xor,
        BinOp::Shl,
        BinOp::LShr,
        BinOp::AShr,
    ];
    const COMPARISONS: [CmpOp; 6] = [
        CmpOp::Eq,
        CmpOp::Ne,
        CmpOp::SLt,
        CmpOp::SLe,
        CmpOp::ULt,
        CmpOp::ULe,
    ];
    let ty = Scalar::I8;
    let ends = [-128, -127, -9, -2, -1, 0, 1, 3, 4, 8, 100, 126, 127];
    let mut all = Vec::new();
    for (at, &lo) in ends.iter().enumerate() {
        all.extend(ends[at..].iter().map(|&hi| Interval { lo, hi }));
    }
    let bits = |value: i64| arith::fit(ty, value as u64);
    let few = |of: Interval| {
        let near = [of.lo, of.lo + 1, of.hi - 1, of.hi, 0, 1, 7, -1, 64];
        near.into_iter()
            .filter(move |value| (of.lo..=of.hi).contains(value))
    };
    for (&a, &b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
        for (x, y) in few(a).flat_map(|x| few(b).map(move |y| (x, y))) {
            for op in OPS {
                let (Some(found), Some(value)) = (
                    Interval::bin(op, ty, a, b),
                    arith::bin(op, ty, bits(x), bits(y)),
                ) else {
                    continue;
                };
                let value = arith::signed(ty, value);
                assert!(
                    (found.lo..=found.hi).contains(&value),
                    "{x} {op:?} {y} = {value}: {a:?} {op:?} {b:?} = {found:?}"
                );
            }
            for op in COMPARISONS {
                let holds = arith::cmp(op, ty, bits(x), bits(y));
                let decided = Interval::compare(op, a, b);
                assert!(
                    decided.is_none_or(|decided| decided == holds),
                    "{x} {op:?} {y}"
                );
                let (a, b) = Interval::refine(op, holds, a, b);
                assert!(
                    (a.lo..=a.hi).contains(&x) && (b.lo..=b.hi).contains(&y),
                    "{x} {op:?} {y}"
                );
            }
        }
    }
}
