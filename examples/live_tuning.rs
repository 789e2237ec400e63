//! Constants that are edited while the program runs: `cargo run --example live_tuning`, then change and save
//! `examples/live_tuning/tuning.nim`. A crash pauses the simulation; the fix goes on from the state before.
//!
//! An argument bounds the number of frames.

use std::time::Duration;

use midair::{Event, OnFailure, Program};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/examples/live_tuning/tuning.nim"
);
const FRAME: Duration = Duration::from_millis(16);

/// Runs frames until `go_on` says no; gives it what each frame has to say.
pub fn run(file: &str, mut go_on: impl FnMut(&str) -> bool) -> Result<(), midair::Error> {
    let builder = Program::builder().watch(true).on_failure(OnFailure::Pause);
    let program = builder.load(file)?;
    let update = program.proc::<fn(f64) -> String>("tuning", "update")?;
    let events = program.events();
    loop {
        match program.reload_if_changed() {
            Ok(Some(report)) => println!("{report}"),
            Ok(None) => {}
            Err(error) => eprintln!("{error}"), // the program goes on as it was
        }
        for event in events.try_iter() {
            if let Event::Paused(error) = event {
                eprintln!("{error}\npaused until the next edit");
            }
        }
        let line = update
            .call(FRAME.as_secs_f64())
            .unwrap_or_else(|_| "paused".into());
        if !go_on(&line) {
            return Ok(());
        }
        std::thread::sleep(FRAME);
    }
}

/// Runs until it is stopped, or so many frames.
pub fn main() -> Result<(), midair::Error> {
    let frames = std::env::args().nth(1).and_then(|arg| arg.parse().ok());
    let mut left: u64 = frames.unwrap_or(u64::MAX);
    run(FILE, |line| {
        println!("{line}");
        left -= 1;
        left > 0
    })
}
