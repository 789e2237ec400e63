//! Threads in the program while it is reloaded.

#![allow(unsafe_code)] // calls compiled code

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::harness::Program;

/// A proc that reloads in its middle, between two calls of what is edited.
fn text(number: i64) -> String {
    format!(
        "module m
proc @m.number() -> i64 {{
block0:
  return {number}
}}
proc @m.around() -> i64 raises {{
block0:
  i64 %a = call @m.number()
  call rt.perform_reload()
  i64 %b = call @m.number()
  i64 %d = sub %b, %a
  return %d
}}
proc @m.twice() -> i64 raises {{
block0:
  i64 %a = call @m.number()
  i64 %b = call @m.number()
  i64 %d = sub %b, %a
  return %d
}}
"
    )
}

#[test]
fn threads_see_a_reload_wholly_or_not_at_all() {
    let program = Arc::new(Program::new(midair::jit::Options::default()));
    program.load(&text(0)).expect("it loads");
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    assert_eq!(program.call("m.twice", &[]).expect("it runs"), 0);
                }
            });
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    let passed = program.call("m.around", &[]).expect("it runs") as i64;
                    assert!(passed >= 0, "{passed}");
                }
            });
        }
        for number in 1..200 {
            let version = program.version(&text(number));
            if number % 2 == 0 {
                program.live.apply(&version).expect("it reloads");
            } else {
                program.next.set(version);
                // One of the threads takes it, or this one.
                program.live.reload().expect("it reloads");
            }
        }
        over.store(true, Ordering::Relaxed);
    });
    assert_eq!(program.call("m.number", &[]).expect("it runs"), 199);
    program.live.collect();
    assert!(program.live.runtime().code().used() <= 8 * 4096);
}
