//! Guest code to which an allocation fails, at each of its allocations in turn: it raises `OutOfMemDefect`, and nothing is
//! lost or half written.

use std::collections::BTreeMap;

use super::{Error, Program};
use crate::fail::injection::{failing, failing_from};
use crate::source::Texts;

/// Each `of` is a step; it changes the state at once, at its end or not at all.
const MAIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/host/memory_faults.nim");

struct Guest {
    program: Program,
}

impl Guest {
    fn new() -> Guest {
        let text = std::fs::read_to_string(MAIN).expect("it can be read");
        let texts = Texts::new([("main.nim", text)]);
        let program = Program::builder()
            .provider(texts)
            .load("main.nim")
            .unwrap_or_else(|error| panic!("{error}"));
        Guest { program }
    }

    fn call(&self, name: &str, step: i64) -> Result<(), Error> {
        let proc = self.program.proc::<fn(i64)>("main", name);
        proc.expect("it is there").call(step)
    }

    fn state(&self) -> String {
        let proc = self.program.proc::<fn() -> String>("main", "state");
        proc.expect("it is there").call().expect("no error")
    }

    fn fresh(&self) -> usize {
        self.call("fresh", 0).expect("no error");
        self.program.live().runtime().heap().live_blocks()
    }
}

#[test]
fn every_allocation_of_guest_code_can_fail() {
    let guest = Guest::new();
    let steps = guest.program.proc::<fn() -> i64>("main", "steps");
    let steps = steps.expect("it is there").call().expect("no error");
    let mut counts = BTreeMap::new();
    for step in 0..steps {
        // Once, so that whatever is made at its first use is there.
        guest.call("run", step).expect("no error");
        let blocks = guest.fresh();
        let before = guest.state();
        guest.call("run", step).expect("no error");
        let after = guest.state();
        assert_eq!(guest.fresh(), blocks, "step {step} leaks by itself");
        for fails in 0.. {
            let (outcome, passed) = failing(fails, || guest.call("run", step));
            let at = format!("step {step}, allocation {fails}");
            let failed = passed.len() > fails;
            match outcome {
                Ok(()) => assert_eq!(guest.state(), after, "{at}"),
                Err(error) => {
                    let text = error.to_string();
                    assert!(failed && text.contains("OutOfMemDefect"), "{at}: {text}");
                    assert_eq!(guest.state(), before, "{at}");
                }
            }
            assert_eq!(guest.fresh(), blocks, "{at}: blocks are lost");
            // The program sees it by itself, and nothing is left for it to have.
            let (outcome, _) = failing_from(fails, || guest.call("caught", step));
            outcome.unwrap_or_else(|error| panic!("{at}: {error}"));
            let state = guest.state();
            assert!(state == before || state == after, "{at}: {state}");
            assert_eq!(
                guest.fresh(),
                blocks,
                "{at}: blocks are lost when it is caught"
            );
            if !failed {
                counts.insert(step, passed.len());
                break;
            }
        }
    }
    let points: usize = counts.values().sum();
    println!("{points} allocations failed, in the steps {counts:?}");
}
