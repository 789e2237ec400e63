//! Threads call Nim code while another replaces it: each call sees one version as a whole. `cargo run --example threads`

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use midair::Program;
use midair::source::Texts;

/// Two procs of which each version gives the same number.
fn version(number: u32) -> String {
    format!(
        "proc left(): int = {number}\nproc right(): int = {number}\nproc both*(): (int, int) = (left(), right())\n"
    )
}

/// Gives how many calls there were while so many versions ran.
pub fn run(versions: u32) -> Result<u64, midair::Error> {
    let texts = Texts::new([("logic.nim", version(0))]);
    let program = Program::builder()
        .provider(texts.clone())
        .load("logic.nim")?;
    let both = program.proc::<fn() -> (i64, i64)>("logic", "both")?;
    let (calls, done) = (AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let both = both.clone();
            scope.spawn(|| {
                let both = both;
                while !done.load(Ordering::Relaxed) {
                    let (left, right) = both.call().expect("no version fails");
                    assert_eq!(left, right, "a call sees one version");
                    calls.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for number in 1..=versions {
            texts.set("logic.nim", version(number));
            program.reload()?;
        }
        while calls.load(Ordering::Relaxed) < u64::from(versions) {
            std::thread::yield_now();
        }
        done.store(true, Ordering::Relaxed);
        Ok(calls.load(Ordering::Relaxed))
    })
}

/// Says how many calls there were.
pub fn main() -> Result<(), midair::Error> {
    println!("{} calls of 100 versions", run(100)?);
    Ok(())
}
