//! The windowed examples in a virtual display: F9 is pressed after the colour was edited, and the window shows it.
//!
//! Needs `Xvfb`, `xdotool` and ImageMagick's `import`, so these run only when asked for (`-- --ignored`), as `.ci/run` does.
//! With `SHOTS=DIR` the screenshots from before and after are kept there, for a person to look at.

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use common::{Folder, Running, wait_for};

/// Size of the virtual screen.
const WIDTH: usize = 800;
const HEIGHT: usize = 600;
/// Side of the square that the examples draw.
const SIDE: usize = 50;

/// A virtual display of its own for one test.
struct Display {
    name: String,
    _server: Running,
}

impl Display {
    fn new() -> Display {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{WIDTH}x{HEIGHT}x24"))
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

    /// Starts a program that draws here.
    fn start(&self, command: &mut Command) -> Running {
        let command = command.env("DISPLAY", &self.name).stdin(Stdio::null());
        // What the machine has of other ways to show a window is not meant.
        let command = command
            .env("SDL_VIDEODRIVER", "x11")
            .env_remove("WAYLAND_DISPLAY");
        Running(command.spawn().expect("the program starts"))
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

    /// Keeps a screenshot, where that is wanted.
    fn keep(&self, name: &str) {
        if let Ok(folder) = std::env::var("SHOTS") {
            let file = std::path::Path::new(&folder).join(format!("{name}.png"));
            let kept = self
                .command("import")
                .args(["-window", "root"])
                .arg(file)
                .status();
            assert!(kept.expect("import is installed").success());
        }
    }

    /// The rectangle of this colour on the screen, if there is one.
    fn find(&self, colour: [u8; 3]) -> Option<Area> {
        let shot = self
            .command("import")
            .args(["-window", "root", "-depth", "8", "rgb:-"])
            .output();
        let pixels = shot.expect("import is installed").stdout;
        assert_eq!(
            pixels.len(),
            WIDTH * HEIGHT * 3,
            "a screenshot of everything"
        );
        let mut area: Option<Area> = None;
        for (i, pixel) in pixels.chunks_exact(3).enumerate() {
            if pixel == colour {
                let (x, y) = (i % WIDTH, i / WIDTH);
                area.get_or_insert(Area::at(x, y)).add(x, y);
            }
        }
        area
    }
}

/// What has one colour: its bounds, and how many pixels of it there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Area {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
    pixels: usize,
}

impl Area {
    fn at(x: usize, y: usize) -> Area {
        Area {
            left: x,
            top: y,
            right: x + 1,
            bottom: y + 1,
            pixels: 0,
        }
    }

    fn add(&mut self, x: usize, y: usize) {
        self.left = self.left.min(x);
        self.right = self.right.max(x + 1);
        self.bottom = self.bottom.max(y + 1);
        self.pixels += 1;
    }

    /// Is it a whole rectangle of the size that the examples draw?
    fn is_whole(&self) -> bool {
        (self.right - self.left, self.bottom - self.top) == (SIDE, SIDE)
            && self.pixels == SIDE * SIDE
    }

    fn distance(&self, other: &Area) -> usize {
        let across = self.left.abs_diff(other.left);
        across.max(self.top.abs_diff(other.top))
    }
}

/// How far the rectangle has gone from where it starts before the edit, so that a program that began anew would be seen.
const FAR: usize = 200;
/// How far it may go on until the new colour is seen: a second on a loaded machine, at two pixels each 10 ms.
const NEAR: usize = 150;

/// Edits the colour of what `file` draws, presses F9 and sees the new colour where the old one was.
fn recolours(
    display: &Display,
    copy: &Folder,
    file: &str,
    old: (&str, [u8; 3]),
    new: (&str, [u8; 3]),
) {
    let whole = |colour| display.find(colour).filter(Area::is_whole);
    let started = wait_for("the first frame", || display.find(old.1));
    let gone_far = |area: &Area| area.distance(&started) > FAR;
    wait_for("the rectangle to move on", || whole(old.1).filter(gone_far));
    copy.edit(file, old.0, new.0);
    display.keep(&format!("{file}-before"));
    // An edit alone changes nothing.
    let before = whole(old.1).expect("the old colour until F9 is pressed");
    assert_eq!(display.find(new.1), None);
    display.key("F9");
    let after = wait_for("the new colour", || display.find(new.1));
    display.keep(&format!("{file}-after"));
    assert_eq!(display.find(old.1), None, "the old colour is gone");
    assert!(
        before.distance(&after) < NEAR && after.distance(&started) > FAR - NEAR,
        "it goes on from where it was: {before:?}, {after:?}"
    );
    wait_for("the rectangle to move on", || {
        whole(new.1).filter(|area| area.distance(&after) > 10)
    });
}

/// Presses Escape and waits for the program to end well.
fn ends(display: &Display, program: &mut Running) {
    display.key("Escape");
    let status = wait_for("the end", || {
        program.0.try_wait().expect("it can be waited for")
    });
    assert_eq!(status.code(), Some(0));
}

#[test]
#[ignore = "needs Xvfb, xdotool and ImageMagick"]
fn the_sdl_example_reloads_its_colour() {
    let display = Display::new();
    let copy = Folder::copy_of_example("sdl2");
    let mut command = common::midair();
    let command = command.arg("run").arg(copy.path("mymain.nim"));
    let mut program = display.start(command);
    display.focus("testing");
    recolours(
        &display,
        &copy,
        "logic.nim",
        ("setDrawColor(255, 128, 128, 0)", [255, 128, 128]),
        ("setDrawColor(255, 255, 128, 0)", [255, 255, 128]),
    );
    ends(&display, &mut program);
}

#[test]
#[ignore = "needs Xvfb, xdotool and ImageMagick"]
fn the_rust_host_reloads_its_scene() {
    let display = Display::new();
    let copy = Folder::copy_of_example("game_loop");
    let mut command = common::example("game_loop");
    let mut program = display.start(command.arg(copy.path("scene.nim")));
    display.focus("game loop");
    recolours(
        &display,
        &copy,
        "scene.nim",
        ("ball = 0xff8080'u32", [255, 128, 128]),
        ("ball = 0xffff80'u32", [255, 255, 128]),
    );
    ends(&display, &mut program);
}

#[test]
#[ignore = "needs Xvfb"]
fn the_rust_host_plays_so_many_frames() {
    let display = Display::new();
    let mut command = common::example("game_loop");
    let mut program = display.start(command.env("FRAMES", "5"));
    let status = wait_for("the end", || {
        program.0.try_wait().expect("it can be waited for")
    });
    assert_eq!(status.code(), Some(0));
}
