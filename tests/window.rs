//! The windowed examples in a virtual display: F9 is pressed after the colour was edited, and the window shows it.
//!
//! Needs `Xvfb`, `xdotool` and ImageMagick's `import`, so these run only when asked for (`-- --ignored`), as `.ci/run` does.

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use common::{Folder, Running, wait_for};

/// A virtual display of its own for one test.
struct Display {
    name: String,
    _server: Running,
}

impl Display {
    fn new() -> Display {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "800x600x24",
                "-nolisten",
                "tcp",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let stdout = server.stdout.take().expect("piped");
        let server = Running(server);
        let mut number = String::new();
        BufReader::new(stdout)
            .read_line(&mut number)
            .expect("Xvfb tells its display");
        Display {
            name: format!(":{}", number.trim()),
            _server: server,
        }
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.name).stdin(Stdio::null());
        command
    }

    /// Waits for a window with this title and gives it the keyboard.
    fn focus(&self, title: &str) -> String {
        let find = || {
            let found = self
                .command("xdotool")
                .args(["search", "--name", title])
                .output();
            let found =
                String::from_utf8(found.expect("xdotool is installed").stdout).expect("ids");
            found.lines().next().map(str::to_owned)
        };
        let window = wait_for(&format!("a window called {title}"), find);
        let focused = self
            .command("xdotool")
            .args(["windowfocus", "--sync", &window])
            .status();
        assert!(focused.expect("xdotool runs").success());
        window
    }

    fn key(&self, key: &str) {
        let pressed = self.command("xdotool").args(["key", key]).status();
        assert!(pressed.expect("xdotool runs").success());
    }

    /// The middle of everything that has this colour, if there is any.
    fn find(&self, colour: [u8; 3]) -> Option<(u32, u32)> {
        let shot = self
            .command("import")
            .args(["-window", "root", "-depth", "8", "rgb:-"])
            .output();
        let pixels = shot.expect("import is installed").stdout;
        let (mut count, mut x, mut y) = (0, 0, 0);
        for (i, pixel) in pixels.chunks_exact(3).enumerate() {
            if pixel == colour {
                count += 1;
                x += i as u64 % 800;
                y += i as u64 / 800;
            }
        }
        (count > 20).then(|| ((x / count) as u32, (y / count) as u32))
    }
}

fn distance(a: (u32, u32), b: (u32, u32)) -> u32 {
    a.0.abs_diff(b.0).max(a.1.abs_diff(b.1))
}

/// Edits the colour of what `file` draws, presses F9 and sees the new colour where the old one was.
fn recolours(
    display: &Display,
    copy: &Folder,
    file: &str,
    old: (&str, [u8; 3]),
    new: (&str, [u8; 3]),
) {
    // Far from where it starts, so that a program that began anew would be seen.
    let started = wait_for("the first frame", || display.find(old.1));
    wait_for("the rectangle to move on", || {
        display.find(old.1).filter(|&at| distance(at, started) > 60)
    });
    copy.edit(file, old.0, new.0);
    let before = display
        .find(old.1)
        .expect("the old colour until F9 is pressed");
    assert_eq!(display.find(new.1), None);
    display.key("F9");
    let after = wait_for("the new colour", || display.find(new.1));
    assert_eq!(display.find(old.1), None, "the old colour is gone");
    assert!(
        distance(before, after) < 200,
        "it goes on where it was: {before:?}, {after:?}"
    );
    wait_for("the rectangle to move on", || {
        display.find(new.1).filter(|&at| distance(at, after) > 10)
    });
}

#[test]
#[ignore = "needs Xvfb, xdotool and ImageMagick"]
fn the_sdl_example_reloads_its_colour() {
    let display = Display::new();
    let copy = Folder::copy_of_example("sdl2");
    let mut command = common::midair();
    let program = command
        .arg("run")
        .arg(copy.path("mymain.nim"))
        .env("DISPLAY", &display.name);
    let mut program = Running(program.stdin(Stdio::null()).spawn().expect("midair starts"));
    display.focus("testing");
    recolours(
        &display,
        &copy,
        "logic.nim",
        ("setDrawColor(255, 128, 128, 0)", [255, 128, 128]),
        ("setDrawColor(255, 255, 128, 0)", [255, 255, 128]),
    );
    display.key("Escape");
    let status = wait_for("the end", || {
        program.0.try_wait().expect("it can be waited for")
    });
    assert_eq!(status.code(), Some(0));
}
