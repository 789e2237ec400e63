//! The examples for the terminal: `bounce` in a pseudo-terminal, played by keys, and as text; `one_file` under `--watch`.

mod common;

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use common::{Folder, LIMIT, Running, midair, run, wait_for};

/// A program in a pseudo-terminal of its own, made by `script`, which every Linux has.
struct Terminal {
    child: Running,
    keys: ChildStdin,
    screen: Arc<Mutex<String>>,
}

impl Terminal {
    fn run(args: &[&str], folder: &Folder) -> Terminal {
        let midair = env!("CARGO_BIN_EXE_midair");
        Terminal::start(&format!("{midair} {}", args.join(" ")), folder)
    }

    /// An example, which stands beside the command once it is built.
    fn example(name: &str, folder: &Folder) -> Terminal {
        let mut build = std::process::Command::new(env!("CARGO"));
        build.args(["build", "--locked", "--quiet", "--example", name]);
        build.current_dir(env!("CARGO_MANIFEST_DIR"));
        assert!(build.status().expect("cargo runs").success());
        let midair = std::path::Path::new(env!("CARGO_BIN_EXE_midair"));
        let path = midair.with_file_name("examples").join(name);
        Terminal::start(&format!("{} .", path.display()), folder)
    }

    fn start(command: &str, folder: &Folder) -> Terminal {
        let mut script = std::process::Command::new("script");
        script.args([
            "--quiet",
            "--return",
            "--flush",
            "--command",
            command,
            "/dev/null",
        ]);
        script
            .current_dir(&folder.0)
            .env("NIMBLE_DIR", "/nonexistent")
            .env("TERM", "xterm");
        script
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        let mut child: Child = script.spawn().expect("script is part of util-linux");
        let keys = child.stdin.take().expect("piped");
        let screen = Arc::new(Mutex::new(String::new()));
        let mut output = child.stdout.take().expect("piped");
        let seen = screen.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..count]).into_owned();
                seen.lock().expect("no holder panics").push_str(&text);
            }
        });
        Terminal {
            child: Running(child),
            keys,
            screen,
        }
    }

    fn press(&mut self, key: &str) {
        self.keys
            .write_all(key.as_bytes())
            .expect("the program reads keys");
        self.keys.flush().expect("the program reads keys");
    }

    /// What was printed since the last call, once it contains `text`.
    fn sees(&self, text: &str) -> String {
        let started = Instant::now();
        loop {
            let mut screen = self.screen.lock().expect("no holder panics");
            if screen.contains(text) {
                return std::mem::take(&mut *screen);
            }
            let last: String = screen.chars().rev().take(2000).collect();
            drop(screen);
            if started.elapsed() > LIMIT {
                let last: String = last.chars().rev().collect();
                panic!("waited in vain for {text:?}; last seen:\n{last}");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn ends(&mut self) -> Option<i32> {
        wait_for("the end", || {
            self.child.0.try_wait().expect("it can be waited for")
        })
        .code()
    }
}

/// The number behind the last `word` in a text.
fn number_behind(word: &str, text: &str) -> u32 {
    let (_, rest) = text.rsplit_once(word).expect("the word is there");
    let digits: String = rest
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().expect("a number follows")
}

#[test]
fn bounce_reloads_at_a_key_and_goes_on() {
    let folder = Folder::copy_of_example("bounce");
    let mut terminal = Terminal::run(&["run", "main.nim"], &folder);
    terminal.sees("reloads 0");
    let before = number_behind("tick", &terminal.sees("tick 20"));
    folder.edit("logic.nim", "ball = 'o'", "ball = '@'");
    folder.edit("logic.nim", "title = \"bounce\"", "title = \"edited\"");
    terminal.press("r");
    let after = terminal.sees("edited  tick");
    assert!(terminal.sees("reloads 1").contains('@'));
    assert!(
        number_behind("tick", &after) >= before,
        "the state was kept: {after}"
    );
    terminal.press("q");
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn bounce_keeps_running_when_the_edit_has_an_error() {
    let folder = Folder::copy_of_example("bounce");
    let mut terminal = Terminal::run(&["run", "main.nim"], &folder);
    terminal.sees("tick 5");
    folder.edit("logic.nim", "inc ticks", "inc tocks");
    terminal.press("r");
    terminal.sees("undeclared identifier: 'tocks'");
    terminal.sees("reloads 0");
    folder.edit("logic.nim", "inc tocks", "inc ticks, 1000");
    terminal.press("r");
    terminal.sees("reloads 1");
    assert!(number_behind("tick", &terminal.sees("tick 3")) >= 1000);
    terminal.press("q");
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn bounce_sees_a_save_under_watch() {
    let folder = Folder::copy_of_example("bounce");
    let mut terminal = Terminal::run(&["run", "--watch", "main.nim"], &folder);
    terminal.sees("tick 5");
    folder.edit("logic.nim", "title = \"bounce\"", "title = \"edited\"");
    terminal.sees("edited  tick");
    terminal.press("q");
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn a_crash_pauses_bounce_and_the_fix_goes_on_from_the_state_before() {
    let folder = Folder::copy_of_example("bounce");
    let mut terminal = Terminal::example("bounce", &folder);
    terminal.sees("tick 5");
    folder.edit(
        "logic.nim",
        "  inc ticks",
        "  inc ticks, 1000\n  raise newException(ValueError, \"out of bounds\")",
    );
    let crashed = terminal.sees("paused until the next edit");
    assert!(crashed.contains("out of bounds"), "{crashed}");
    assert!(crashed.contains("logic.nim(34)"), "{crashed}");
    // It waits: nothing runs meanwhile.
    terminal.sees("paused until the next edit");
    folder.edit(
        "logic.nim",
        "  raise newException(ValueError, \"out of bounds\")",
        "  discard",
    );
    let after = number_behind("tick", &terminal.sees("reloads 2"));
    assert!(
        (2000..3000).contains(&after),
        "the failed step and one more: {after}"
    );
    terminal.press("q");
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn bounce_plays_as_text_without_a_terminal() {
    let folder = Folder::copy_of_example("bounce");
    let ran = run(midair()
        .current_dir(&folder.0)
        .args(["run", "main.nim", "7"]));
    assert_eq!(ran.status, Some(0), "{}", ran.show());
    assert!(ran.stdout.contains("tick 7: o at 8, 8"), "{}", ran.show());
    assert!(!ran.stdout.contains("tick 8"), "{}", ran.show());
}

#[test]
fn a_loop_in_one_file_sees_a_save_of_what_it_calls() {
    let folder = Folder::new(&[]);
    let example = include_str!("../examples/one_file.nim");
    folder.write("one_file.nim", example);
    let terminal = Terminal::run(&["run", "--watch", "one_file.nim"], &folder);
    let before = number_behind("tick", &terminal.sees(": hello"));
    folder.edit("one_file.nim", ": hello", ": edited");
    let after = number_behind("tick", &terminal.sees(": edited"));
    assert!(after > before, "the loop went on: {before}, {after}");
    // What was saved half is said, and the loop goes on.
    folder.edit("one_file.nim", "\"tick \" & $tick", "\"tick \" & $tock");
    terminal.sees("undeclared identifier: 'tock'");
    terminal.sees(": edited");
    folder.edit(
        "one_file.nim",
        "$tock & \": edited\"",
        "$tick & \": mended\"",
    );
    let last = number_behind("tick", &terminal.sees(": mended"));
    assert!(last > after, "the loop went on: {after}, {last}");
}

#[test]
fn one_file_ends_after_so_many_ticks() {
    let ran = run(midair().args(["run", "examples/one_file.nim", "3"]));
    assert_eq!(ran.status, Some(0), "{}", ran.show());
    assert_eq!(ran.stdout, "tick 1: hello\ntick 2: hello\ntick 3: hello\n");
}
