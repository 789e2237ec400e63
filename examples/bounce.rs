//! The game of `examples/bounce` with a Rust host: `cargo run --example bounce`, then change and save
//! `examples/bounce/logic.nim`. A crash in `update` shows its message and trace, and the game waits; when the mended file is saved, it
//! goes on from the state before. `q` quits.
//!
//! An argument names another folder with a `logic.nim`.

use std::io::{Read, Write};
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use midair::{Event, OnFailure, Program};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/bounce");
const FRAME: Duration = Duration::from_millis(40);
/// To the first column of the first row; and what clears the rest of a line, and of the screen.
const HOME: &str = "\x1b[H";
const LINE: &str = "\x1b[K\r\n";
const REST: &str = "\x1b[J";

fn main() -> Result<(), midair::Error> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| FOLDER.into());
    let program = Program::builder()
        .watch(true)
        .on_failure(OnFailure::Pause)
        .load(format!("{folder}/logic.nim"))?;
    stty(&["-icanon", "-echo", "-isig"]);
    let played = play(&program, &keys());
    stty(&["sane"]);
    played
}

fn play(program: &Program, keys: &Receiver<u8>) -> Result<(), midair::Error> {
    let update = program.proc::<fn()>("logic", "update")?;
    let frame = program.proc::<fn() -> Vec<String>>("logic", "frame")?;
    let status = program.proc::<fn() -> String>("logic", "status")?;
    let events = program.events();
    let (mut lines, mut below) = (Vec::new(), String::new());
    print!("{REST}");
    loop {
        let reloaded = program.reload_if_changed();
        // While the program is paused, each call gives the error at once, and the picture stays.
        let drawn = update
            .call()
            .and_then(|()| Ok((frame.call()?, status.call()?)));
        let message = match (reloaded, drawn) {
            (Err(error), _) => error.to_string(),
            (Ok(_), Ok((picture, line))) => {
                (lines, below) = (picture, line);
                String::new()
            }
            (Ok(_), Err(error)) => format!("{error}\npaused until the next edit"),
        };
        if let Some(Event::Broken(error)) = events.try_iter().last() {
            below = error.to_string();
        }
        let picture = lines.iter().map(String::as_str);
        let all = picture.chain([&*below, "q: quit"]).chain(message.lines());
        let text: String = all.flat_map(|line| [line, LINE]).collect();
        print!("{HOME}{text}{REST}");
        let _ = std::io::stdout().flush();
        match keys.recv_timeout(FRAME) {
            Ok(b'q' | 3 | 4) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Keys as they are pressed.
fn keys() -> Receiver<u8> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let keys = std::io::stdin().lock().bytes().map_while(Result::ok);
        keys.map_while(|key| sender.send(key).ok()).count()
    });
    receiver
}

/// Sets what the terminal does with keys, if there is one.
fn stty(args: &[&str]) {
    let _ = Command::new("stty").args(args).status();
}
