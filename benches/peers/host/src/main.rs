//! Loads a module of so many functions, calls the last, and reloads it with another constant so many times: prints `load NS`, then lines
//! `call NS` and `reload NS`. The crate's profile is what is measured.

use std::fmt::Write;
use std::time::Instant;

use midair::Program;
use midair::source::Texts;

const CALLS: i64 = 20_000;

fn nim(procs: usize, last: i64) -> String {
    let mut text = String::new();
    for index in 0..procs {
        let (callee, constant) = (index / 2, if index + 1 == procs { last } else { 1 });
        let _ = writeln!(
            text,
            "proc p{index}*(n: int): int = (if n > 0: p{callee}(n - 1) + {constant} else: {constant})"
        );
    }
    text
}

fn main() {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse::<usize>());
    let mut number = || args.next().expect("procs and rounds").expect("a number");
    let (procs, rounds) = (number(), number());
    let texts = Texts::new([("m.nim", nim(procs, 1))]);
    let start = Instant::now();
    let program = Program::builder()
        .provider(texts.clone())
        .load("m.nim")
        .expect("it loads");
    println!("load {}", start.elapsed().as_nanos());
    let handle = program
        .proc::<fn(i64) -> i64>("m", &format!("p{}", procs - 1))
        .expect("it is there");
    for round in 0..rounds as i64 + 1 {
        texts.set("m.nim", nim(procs, round + 2));
        let start = Instant::now();
        program.reload().expect("it reloads");
        assert_eq!(handle.call(0).expect("it runs"), round + 2);
        let reload = start.elapsed().as_nanos();
        let start = Instant::now();
        let sum: i64 = (0..CALLS).map(|_| handle.call(0).expect("it runs")).sum();
        assert_eq!(sum, CALLS * (round + 2));
        // The first warms up.
        if round > 0 {
            println!("reload {reload}");
            println!("call {}", start.elapsed().as_nanos() as f64 / CALLS as f64);
        }
    }
}
