//! The control socket: what a build system or an editor does with a program that runs.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const MAIN: &str = "import logic, std/os\n\
    var speed* = 1\n\
    while true:\n  \
      echo text(), \" \", speed\n  \
      flushFile(stdout)\n  \
      sleep(5)\n";

/// A folder with a program, and the program running.
struct Running {
    dir: PathBuf,
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

fn folder(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("midair-socket-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("main.nim"), MAIN).unwrap();
    std::fs::write(dir.join("logic.nim"), "proc text*(): string = \"old\"\n").unwrap();
    dir
}

fn midair(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midair"));
    command.current_dir(dir).args(args);
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    midair(dir, args).output().unwrap()
}

fn start(name: &str, args: &[&str]) -> Running {
    let dir = folder(name);
    let mut command = midair(&dir, &["run", "--control", "sock"]);
    let command = command.args(args).arg("main.nim").stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut running = Running { dir, child, lines };
    running.wait_for("old 1");
    running
}

impl Running {
    fn wait_for(&mut self, wanted: &str) {
        let end = Instant::now() + common::LIMIT;
        while Instant::now() < end {
            let line = self.lines.next().expect("the program goes on").unwrap();
            if line == wanted {
                return;
            }
        }
        panic!("{wanted} was not printed");
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.dir.join(file), text).unwrap();
    }

    fn ask(&self, args: &[&str]) -> (bool, String) {
        let output = run(&self.dir, args);
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(text).unwrap())
    }
}

#[test]
fn a_build_system_reloads_and_asks() {
    let mut game = start("reloads", &[]);
    let mode = std::fs::metadata(game.dir.join("sock"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let (ok, status) = game.ask(&["status", "sock"]);
    assert!(
        ok && status.contains("modules: logic, main\nreloads: 0\nchanged since: no"),
        "{status}"
    );

    assert_eq!(
        game.ask(&["reload", "sock"]),
        (true, "nothing changed\n".into())
    );

    game.write("logic.nim", "proc text*(): string = \"new\"\n");
    let (_, status) = game.ask(&["status", "--json", "sock"]);
    assert!(
        status.contains("\"changed\":true,\"last\":null}"),
        "{status}"
    );
    let (ok, report) = game.ask(&["reload", "sock"]);
    assert!(
        ok && report.starts_with("reloaded logic: 1 proc (text) compiled"),
        "{report}"
    );
    game.wait_for("new 1");

    game.write("logic.nim", "proc text*(): string = 1\n");
    let (ok, why) = game.ask(&["reload", "sock"]);
    assert!(
        !ok && why.contains("logic.nim(1, 24) Error: type mismatch"),
        "{why}"
    );
    // The same again is the same answer.
    assert_eq!(game.ask(&["reload", "sock"]), (false, why));
    game.wait_for("new 1");

    game.write("logic.nim", "proc text*(): string = \"newest\"\n");
    let (ok, report) = game.ask(&["reload", "--json", "sock"]);
    assert!(
        ok && report.starts_with("{\"ok\":true,\"changed\":true"),
        "{report}"
    );
    game.wait_for("newest 1");
    let (_, status) = game.ask(&["status", "--json", "sock"]);
    assert!(
        status.contains("\"changed\":false,\"last\":{\"ok\":true"),
        "{status}"
    );
}

#[test]
fn a_global_gets_its_first_value_again() {
    let mut game = start("reinit", &[]);
    game.write("main.nim", &MAIN.replace("speed* = 1", "speed* = 7"));
    let (ok, report) = game.ask(&["reload", "sock"]);
    assert!(ok && report.contains("--reinit main.speed"), "{report}");
    game.wait_for("old 1");
    let (ok, report) = game.ask(&["reload", "--reinit", "main.speed", "sock"]);
    assert!(
        ok && report.contains("initialised again: main.speed"),
        "{report}"
    );
    game.wait_for("old 7");
    let (ok, why) = game.ask(&["reload", "--reinit", "main.sped", "sock"]);
    assert!(
        !ok && why.contains("there is no global `main.sped`"),
        "{why}"
    );
    game.wait_for("old 7");
}

#[test]
fn bad_requests_get_an_error_and_the_program_goes_on() {
    let mut game = start("bad", &[]);
    let long = vec![b'x'; 200 << 10];
    let bad: [&[u8]; 7] = [
        b"\n",
        b"fly\n",
        b"reload\treinit\n",
        b"reload\treinit nodot\n",
        b"status\textra\n",
        b"\xff\xfe\x00\n",
        &long,
    ];
    for request in bad {
        let mut stream = UnixStream::connect(game.dir.join("sock")).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        // The other end may have answered and closed before all of it is written.
        let _ = stream.write_all(request);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let shown = String::from_utf8_lossy(&answer[..answer.len().min(80)]).into_owned();
        assert!(
            answer.starts_with(b"error\n") || (request.len() > 1000 && answer.is_empty()),
            "{shown}"
        );
    }
    // One that goes away at once, one that says nothing, one that does not wait for its answer.
    drop(UnixStream::connect(game.dir.join("sock")).unwrap());
    let silent = UnixStream::connect(game.dir.join("sock")).unwrap();
    UnixStream::connect(game.dir.join("sock"))
        .unwrap()
        .write_all(b"status\n")
        .unwrap();
    assert!(game.ask(&["status", "sock"]).0);
    game.wait_for("old 1");
    drop(silent);
}

#[test]
fn what_stands_at_the_path_decides() {
    let dir = folder("stale");
    std::fs::write(dir.join("main.nim"), "echo \"done\"\n").unwrap();
    // Left behind by a program that was killed.
    drop(UnixListener::bind(dir.join("stale")).unwrap());
    let output = run(&dir, &["run", "--control", "stale", "main.nim"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "done\n");
    assert!(!dir.join("stale").exists());
    // No socket: not touched.
    std::fs::write(dir.join("file"), "precious").unwrap();
    let output = run(&dir, &["run", "--control", "file", "main.nim"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && text.contains("file exists and is no socket"),
        "{text}"
    );
    assert_eq!(
        std::fs::read_to_string(dir.join("file")).unwrap(),
        "precious"
    );
    // Somebody listens.
    let _listener = UnixListener::bind(dir.join("taken")).unwrap();
    let output = run(&dir, &["run", "--control", "taken", "main.nim"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && text.contains("listens at taken already"),
        "{text}"
    );
    // Nobody is there.
    let output = run(&dir, &["reload", "nobody"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("no program answers at nobody"));
    let _ = std::fs::remove_dir_all(&dir);
}

#[test]
fn reports_as_json() {
    let dir = folder("json");
    std::fs::write(
        dir.join("main.nim"),
        "import logic, std/hotcodereloading\n\
         echo text()\n\
         writeFile(\"logic.nim\", \"proc text*(): string = \\\"new\\\"\\n\")\n\
         performCodeReload()\n\
         echo text()\n\
         writeFile(\"logic.nim\", \"proc text*(: string\")\n\
         performCodeReload()\n",
    )
    .unwrap();
    let output = run(&dir, &["run", "--report", "json", "main.nim"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "old\nnew\n");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(
        lines[0].starts_with(
            "{\"ok\":true,\"changed\":true,\"effective\":true,\"modules\":[\"logic\"]"
        ),
        "{text}"
    );
    assert!(
        lines[1].starts_with("{\"ok\":false,\"waiting\":false,\"error\":\"logic.nim(1, "),
        "{text}"
    );
    let _ = std::fs::remove_dir_all(&dir);
}

#[test]
fn a_before_handler_that_raises_can_be_left_out() {
    let mut game = start("skip", &[]);
    let with = |text: &str| {
        format!(
            "import std/hotcodereloading\nproc text*(): string = \"{text}\"\n\
             beforeCodeReload: raise newException(IOError, \"broken\")\n"
        )
    };
    game.write("logic.nim", &with("one"));
    assert!(game.ask(&["reload", "sock"]).0);
    game.wait_for("one 1");
    game.write("logic.nim", &with("two"));
    let (ok, text) = game.ask(&["reload", "sock"]);
    assert!(
        !ok && text.contains("broken") && text.contains("--skip-before"),
        "{text}"
    );
    let (ok, text) = game.ask(&["reload", "--skip-before", "sock"]);
    assert!(ok && text.contains("no before handler was run"), "{text}");
    game.wait_for("two 1");
    // It stays what it is, and a version without it gets past it once it has raised.
    game.write("logic.nim", "proc text*(): string = \"three\"\n");
    assert!(!game.ask(&["reload", "sock"]).0);
    game.write("logic.nim", "proc text*(): string = \"four\"\n");
    let (ok, text) = game.ask(&["reload", "sock"]);
    assert!(ok && text.contains("was left out"), "{text}");
    game.wait_for("four 1");
}
