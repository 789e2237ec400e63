//! The command: its help, its switches, its exit statuses, and what it says of bad input.

mod common;

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::Duration;

use common::{Folder, Ran, Running, midair, run};

/// `midair ARGS…` in a folder with these files.
fn in_folder(files: &[(&str, &str)], args: &[&str]) -> Ran {
    let folder = Folder::new(files);
    run(midair().current_dir(&folder.0).args(args))
}

/// Runs, and fails the test unless the program ends with 0; gives what it printed.
fn prints(files: &[(&str, &str)], args: &[&str]) -> String {
    let ran = in_folder(files, args);
    assert_eq!(ran.status, Some(0), "{}", ran.show());
    ran.stdout
}

/// Fails the test unless the command refuses: status 1, nothing run, and the text on standard error.
fn refuses(files: &[(&str, &str)], args: &[&str], text: &str) {
    let ran = in_folder(files, args);
    assert_eq!(ran.status, Some(1), "{}", ran.show());
    assert_eq!(ran.stdout, "", "{}", ran.show());
    assert!(
        ran.stderr.contains(text),
        "expected {text:?}\n{}",
        ran.show()
    );
}

#[test]
fn help_is_complete() {
    let help = prints(&[], &["--help"]);
    for part in ["run", "check", "parse", "dump", "Examples:", "--watch"] {
        assert!(help.contains(part), "{part} is not in\n{help}");
    }
    let help = prints(&[], &["run", "--help"]);
    for part in [
        "--watch",
        "-d:NAME",
        "--path:DIR",
        "--checks:on|off",
        "--report",
        "nim.cfg",
    ] {
        assert!(help.contains(part), "{part} is not in\n{help}");
    }
    assert!(prints(&[], &["--version"]).starts_with("midair "));
}

#[test]
fn wrong_use_is_status_1_with_a_hint() {
    refuses(&[], &[], "Usage: midair");
    refuses(&[], &["fly"], "fly");
    refuses(&[], &["run"], "FILE");
    refuses(&[], &["run", "--fly", "a.nim"], "unknown switch: --fly");
    refuses(
        &[],
        &["run", "--mm:refc", "a.nim"],
        "nothing else is available",
    );
    refuses(&[], &["run", "--checks:perhaps", "a.nim"], "on or off");
    refuses(&[], &["dump", "a.nim"], "--mir");
}

#[test]
fn files_that_cannot_be_read_are_named_with_the_reason() {
    refuses(
        &[],
        &["run", "none.nim"],
        "Error: cannot open file: none.nim: no such file",
    );
    refuses(
        &[("d.nim/x", "")],
        &["run", "d.nim"],
        "Error: cannot open file: d.nim: it is a directory",
    );
    for command in ["check", "parse", "run"] {
        refuses(
            &[],
            &[command, "none.nim"],
            "cannot open file: none.nim: no such file",
        );
    }
    let folder = Folder::new(&[]);
    folder.write("latin.nim", b"echo 1\necho \"\xE9\"\n");
    let ran = run(midair().current_dir(&folder.0).args(["run", "latin.nim"]));
    assert_eq!(ran.status, Some(1), "{}", ran.show());
    assert_eq!(
        ran.stderr,
        "Error: cannot open file: latin.nim: it is not UTF-8 (line 2)\n"
    );
}

#[test]
fn imports_that_are_not_there_are_named_with_what_was_tried() {
    let main = ("main.nim", "echo 1\nimport nowhere\n");
    refuses(
        &[main],
        &["run", "main.nim"],
        "main.nim(2, 8) Error: cannot open file: nowhere",
    );
    refuses(&[main], &["run", "-p:deps", "main.nim"], "deps/nowhere.nim");
    let main = ("main.nim", "echo 1\nimport broken\n");
    let broken = ("broken.nim/x", "");
    refuses(
        &[main, broken],
        &["run", "main.nim"],
        "cannot open file: broken",
    );
}

#[test]
fn errors_have_places_in_each_form() {
    let files = [("main.nim", "echo 1\nlet a: int = \"x\"\n")];
    refuses(
        &files,
        &["run", "main.nim"],
        "main.nim(2, 14) Error: type mismatch",
    );
    refuses(
        &files,
        &["check", "main.nim"],
        "main.nim(2, 14) Error: type mismatch",
    );
    refuses(
        &files,
        &["check", "--messages:json", "main.nim"],
        "\"line\":2,\"column\":14",
    );
    refuses(
        &files,
        &["check", "--messages=pretty", "main.nim"],
        "let a: int = \"x\"",
    );
}

#[test]
fn the_exit_status_is_the_programs() {
    let ran = in_folder(&[("main.nim", "echo 1\nquit(7)\n")], &["run", "main.nim"]);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (Some(7), "1\n"),
        "{}",
        ran.show()
    );
    let uncaught = "proc f() =\n  raise newException(ValueError, \"bad\")\nf()\n";
    let ran = in_folder(&[("main.nim", uncaught)], &["run", "main.nim"]);
    assert_eq!(ran.status, Some(1), "{}", ran.show());
    assert!(
        ran.stderr
            .contains("Error: unhandled exception: bad [ValueError]"),
        "{}",
        ran.show()
    );
    assert!(ran.stderr.contains("main.nim(2)"), "{}", ran.show());
}

#[test]
fn a_handler_takes_the_text_of_what_ends_the_program() {
    // As with the real Nim, whose handlers cannot do much more than print: its exception is still pending then.
    let source = r#"type Broken = object of ValueError
onUnhandledException = proc (errorMsg: string) =
  echo "at the end: ", errorMsg
proc fail = raise newException(Broken, "nothing is left")
echo "start"
fail()
"#;
    let ran = in_folder(&[("a.nim", source)], &["run", "a.nim"]);
    assert_eq!(ran.status, Some(1), "{}", ran.show());
    let expected = format!(
        "start\nat the end: {:<24} a\n{:<24} fail\nError: unhandled exception: nothing is left [Broken]\n\n",
        "a.nim(6)", "a.nim(4)"
    );
    assert_eq!((&*ran.stdout, &*ran.stderr), (&*expected, ""));
}

#[test]
fn hooks_see_what_ends_the_program() {
    let source = r#"type Broken = object of ValueError
unhandledExceptionHook = proc (e: ref Exception) {.nimcall, gcsafe, raises: [], tags: [].} =
  {.cast(tags: []), cast(raises: []).}: stdout.writeLine e.name, " ", e of Broken
errorMessageWriter = proc (msg: string) {.nimcall, gcsafe, tags: [WriteIOEffect].} =
  stdout.write "writer: ", msg
try: raise newException(IOError, "handled")
except IOError: echo "start"
raise newException(Broken, "nothing is left")
"#;
    let ran = in_folder(&[("a.nim", source)], &["run", "a.nim"]);
    assert_eq!(ran.status, Some(1), "{}", ran.show());
    let expected = format!(
        "start\nBroken true\nwriter: {:<24} a\nError: unhandled exception: nothing is left [Broken]\n",
        "a.nim(8)"
    );
    assert_eq!((&*ran.stdout, &*ran.stderr), (&*expected, ""));
}

#[test]
fn arguments_after_the_file_are_the_programs() {
    let main = (
        "main.nim",
        "import std/os\nfor arg in commandLineParams(): echo arg\n",
    );
    assert_eq!(
        prints(&[main], &["run", "main.nim", "-d:x", "--watch", "b c"]),
        "-d:x\n--watch\nb c\n"
    );
    assert_eq!(prints(&[main], &["run", "main.nim"]), "");
}

#[test]
fn defines_come_from_switches_and_nim_cfg() {
    let main = (
        "main.nim",
        "const level {.intdefine.} = 1\necho level, \" \", defined(fast), \" \", defined(midair), \" \", defined(hotcodereloading)\n",
    );
    assert_eq!(prints(&[main], &["run", "main.nim"]), "1 false true true\n");
    assert_eq!(
        prints(&[main], &["run", "-d:level:3", "-d", "fast", "main.nim"]),
        "3 true true true\n"
    );
    let cfg = ("nim.cfg", "-d:fast\n--passC:\"-O3\"\n");
    let ran = in_folder(&[main, cfg], &["run", "--define:level=4", "main.nim"]);
    assert_eq!(ran.stdout, "4 true true true\n", "{}", ran.show());
    assert_eq!(
        ran.stderr,
        "nim.cfg(2, 1) Warning: not understood by midair: passc\n"
    );
    let ran = in_folder(&[main, cfg], &["run", "--warnings:off", "main.nim"]);
    assert_eq!(ran.stderr, "", "{}", ran.show());
}

#[test]
fn whatever_is_deprecated_says_so_where_it_is_used() {
    let old = "{.deprecated: \"use new\".}
type New* = object
proc newp*() = discard
{.deprecated: [OldN: New, oldp: newp].}
";
    let main = "import old
type
  T {.deprecated.} = object
  G[X] {.deprecated: \"no G\".} = object
  E = enum
    ea, eb {.deprecated.}
  O {.deprecated: \"no O\".} = enum oa
  F = object
    case k {.deprecated.}: bool
    of true: x {.deprecated.}: int
    else: discard
var v {.deprecated: \"no v\".}, w = 1
const c {.deprecated.} = 2
proc p(t: T, g: G[int]): seq[OldN] = discard
proc q(f: F) =
  let l {.deprecated.} = f.k
  echo f.x, l, c, eb, oa, v, w, ea
  oldp()
";
    let ran = in_folder(
        &[("old.nim", old), ("main.nim", main)],
        &["check", "main.nim"],
    );
    let found = [
        "(1, 8) Warning: use new; old is deprecated",
        "(14, 11) Warning: T is deprecated",
        "(14, 17) Warning: no G; G is deprecated",
        "(14, 30) Warning: use New instead; OldN is deprecated",
        "(16, 28) Warning: k is deprecated",
        "(17, 10) Warning: x is deprecated",
        "(17, 13) Warning: l is deprecated",
        "(17, 16) Warning: c is deprecated",
        "(17, 19) Warning: eb is deprecated",
        "(17, 23) Warning: no O; enum 'O' which contains field 'oa' is deprecated",
        "(17, 27) Warning: no v; v is deprecated",
        "(18, 3) Warning: use newp instead; oldp is deprecated",
    ];
    let found = found.map(|found| format!("main.nim{found} [Deprecated]\n"));
    let unreliable =
        "old.nim(4, 31) Warning: the .deprecated pragma is unreliable for routines [User]\n";
    assert_eq!(
        ran.stderr,
        format!("{unreliable}{}", found.concat()),
        "{}",
        ran.show()
    );
}

#[test]
fn search_paths_come_from_switches_and_nim_cfg() {
    let files = [
        ("main.nim", "import dep\necho dep.name\n"),
        ("a/dep.nim", "const name* = \"a\"\n"),
        ("b/dep.nim", "const name* = \"b\"\n"),
    ];
    assert_eq!(prints(&files, &["run", "--path:a", "main.nim"]), "a\n");
    assert_eq!(
        prints(
            &files,
            &["run", "-p:b", "--hints:off", "--mm:orc", "main.nim"]
        ),
        "b\n"
    );
    let with_cfg = [
        files.as_slice(),
        &[("nim.cfg", "--path:\"$projectdir/b\"\n")],
    ]
    .concat();
    assert_eq!(prints(&with_cfg, &["run", "main.nim"]), "b\n");
}

#[test]
fn an_installed_package_comes_before_the_embedded_one() {
    let folder = Folder::new(&[
        ("pkgs2/strutils-1.0/strutils.nim", "const name* = \"old\"\n"),
        (
            "pkgs2/strutils-1.10/strutils.nim",
            "const name* = \"new\"\n",
        ),
        ("main.nim", "import strutils\necho name\n"),
    ]);
    let ran = run(midair()
        .env("NIMBLE_DIR", &folder.0)
        .arg("run")
        .arg(folder.path("main.nim")));
    assert_eq!(ran.stdout, "new\n", "{}", ran.show());
}

#[test]
fn checks_can_be_turned_off() {
    let main = (
        "main.nim",
        "var a = [1, 2, 3]\nvar i = 2\nvar n = high(int)\nn += i\necho n < 0\n",
    );
    let ran = in_folder(&[main], &["run", "main.nim"]);
    assert_eq!(ran.status, Some(1), "{}", ran.show());
    assert!(ran.stderr.contains("OverflowDefect"), "{}", ran.show());
    assert_eq!(
        prints(&[main], &["run", "--checks:off", "main.nim"]),
        "true\n"
    );
    assert_eq!(prints(&[main], &["run", "-d:danger", "main.nim"]), "true\n");
}

#[test]
fn a_missing_library_or_symbol_is_named() {
    let main = (
        "main.nim",
        "proc f(x: cint): cint {.importc, dynlib: \"libnone(|-2.0).so(|.7)\", cdecl.}\necho f(1)\n",
    );
    let ran = in_folder(&[main], &["run", "main.nim"]);
    assert_eq!(ran.status, Some(1), "{}", ran.show());
    assert!(ran.stderr.contains("libnone-2.0.so.7"), "{}", ran.show());
    let main = (
        "main.nim",
        "proc noSuchThing(x: cint): cint {.importc, cdecl.}\necho noSuchThing(1)\n",
    );
    let ran = in_folder(&[main], &["run", "main.nim"]);
    assert_eq!(ran.status, Some(1), "{}", ran.show());
    assert!(ran.stderr.contains("noSuchThing"), "{}", ran.show());
}

#[test]
fn several_files_are_checked_and_parsed() {
    let files = [
        ("a.nim", "echo 1\n"),
        ("b.nim", "echo undefinedThing\n"),
        ("c.nim", "if true\n  echo 1\n"),
    ];
    assert_eq!(prints(&files, &["check", "a.nim"]), "");
    refuses(
        &files,
        &["check", "a.nim", "b.nim"],
        "b.nim(1, 6) Error: undeclared identifier: 'undefinedThing'",
    );
    assert_eq!(prints(&files, &["parse", "a.nim", "b.nim"]), "");
    refuses(&files, &["parse", "a.nim", "c.nim"], "c.nim(");
}

#[test]
fn each_stage_can_be_dumped() {
    let files = [(
        "main.nim",
        "proc twice(x: int): int = x * 2\necho twice(21)\n",
    )];
    assert!(prints(&files, &["dump", "--ast", "main.nim"]).contains("Infix"));
    let mir = prints(&files, &["dump", "--mir", "main.nim", "twice"]);
    assert!(mir.contains("twice") && !mir.contains("echo"), "{mir}");
    assert!(prints(&files, &["dump", "--clif", "main.nim", "twice"]).contains("block0"));
    assert!(prints(&files, &["dump", "--asm", "main.nim", "twice"]).contains("ret"));
    refuses(
        &files,
        &["dump", "--mir", "main.nim", "thrice"],
        "there is no proc called thrice",
    );
}

#[test]
fn check_against_an_old_version_prints_the_plan_and_runs_nothing() {
    let old = "type Player = object\n  hp: int32\nvar player = Player(hp: 3)\nvar gone = 1\n\
               proc show*() = echo player.hp, gone\nshow()\n";
    let new = "type Player = object\n  name: string\n  hp: int\nvar player = Player(hp: 4)\nvar fresh = 2\n\
               proc show*() = echo player.hp, player.name, fresh\nshow()\n";
    let bad = "type Player = object\n  hp: string\nvar player = Player()\necho player.hp\n";
    let main = "import logic\necho \"main\"\n";
    let folder = Folder::new(&[
        ("old/main.nim", main),
        ("old/logic.nim", old),
        ("new/main.nim", main),
        ("new/logic.nim", new),
        ("bad/main.nim", main),
        ("bad/logic.nim", bad),
    ]);
    let check = |file: &str| {
        let args = ["check", "--against", "old", file];
        run(midair().current_dir(&folder.0).args(args))
    };
    let ran = check("new/main.nim");
    assert_eq!(ran.status, Some(0), "{}", ran.show());
    for line in [
        "changed: logic\n",
        "compiled: show",
        "new globals: logic.fresh\n",
        "gone globals: logic.gone\n",
        "logic.player is migrated: `logic.Player`: new field name, hp was `int32` and is `int`\n",
    ] {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.show());
    }
    assert!(!ran.stdout.contains("main\n4"), "{}", ran.show());
    let ran = check("bad/main.nim");
    assert_eq!(ran.status, Some(1), "{}", ran.show());
    let why = "field `hp` of `logic.Player` was `int32` and is `string`";
    assert!(ran.stderr.contains(why), "{}", ran.show());
    let ran = check("old/main.nim");
    assert_eq!((ran.status, &*ran.stdout), (Some(0), "nothing changed\n"));
}

#[test]
fn libraries_to_link_with_come_from_switches_and_nim_cfg() {
    let dir = std::env::temp_dir().join(format!("midair-cli-link-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let (source, library) = (dir.join("probe.c"), dir.join("libmidairprobe.so"));
    std::fs::write(&source, "int probe(int x) { return x + 1; }\n").unwrap();
    let mut cc = std::process::Command::new("cc");
    let cc = cc.args(["-shared", "-fPIC", "-o"]);
    let built = cc.arg(&library).arg(&source).status();
    assert!(built.expect("cc is installed").success());
    let main = (
        "main.nim",
        "proc probe(x: cint): cint {.importc.}\necho probe(41)\n",
    );
    let words = format!("-L{} -lmidairprobe -s", dir.display());
    let switch = format!("--passL:{words}");
    assert_eq!(prints(&[main], &["run", &switch, "main.nim"]), "42\n");
    let (clibdir, clib) = (format!("--clibdir:{}", dir.display()), "--clib:midairprobe");
    let args = ["run", &clibdir, clib, "main.nim"];
    assert_eq!(prints(&[main], &args), "42\n");
    let cfg = format!("--passL:\"{words}\"\n");
    let files = [main, ("nim.cfg", &cfg)];
    assert_eq!(prints(&files, &["run", "main.nim"]), "42\n");
    refuses(
        &[main],
        &["run", "--passL:probe.o", "main.nim"],
        "passL: \"probe.o\" is no library that can be loaded",
    );
    std::fs::remove_dir_all(&dir).unwrap();
}

/// A program that reloads at each line of its input and answers with what `logic.text()` gives.
struct Reloading {
    folder: Folder,
    program: Running,
    answers: std::io::Lines<BufReader<std::process::ChildStdout>>,
    reports: std::io::Lines<BufReader<std::process::ChildStderr>>,
}

impl Reloading {
    fn start() -> Reloading {
        let main = "import std/hotcodereloading, logic\nvar line: string\n\
             while stdin.readLine(line):\n  performCodeReload()\n  echo text()\n  flushFile(stdout)\n";
        let logic = "proc text*(): string = \"0\"\n";
        let folder = Folder::new(&[("main.nim", main), ("logic.nim", logic)]);
        let mut command = midair();
        command.args(["run", "--report", "json"]);
        command.arg(folder.path("main.nim"));
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let child = command.stderr(Stdio::piped()).spawn();
        let mut program = Running(child.expect("the command starts"));
        let stdout = program.0.stdout.take().expect("piped");
        let stderr = program.0.stderr.take().expect("piped");
        let mut reloading = Reloading {
            folder,
            program,
            answers: BufReader::new(stdout).lines(),
            reports: BufReader::new(stderr).lines(),
        };
        assert_eq!(reloading.reload(), "0");
        reloading
    }

    fn reload(&mut self) -> String {
        let stdin = self.program.0.stdin.as_mut().expect("piped");
        writeln!(stdin).expect("it reads");
        self.answers.next().expect("a line").expect("a text")
    }

    /// Saves another text, leaves time for a look at it, and reloads. Gives the answer and the report.
    fn save_and_reload(&mut self, text: &str) -> (String, String) {
        let logic = format!("proc text*(): string = {text}\n");
        self.folder.write("logic.nim", logic);
        std::thread::sleep(Duration::from_millis(100));
        let answer = self.reload();
        let report = self.reports.next().expect("a line");
        (answer, report.expect("a text"))
    }
}

#[test]
fn what_is_saved_is_compiled_before_the_program_asks_for_it() {
    let mut program = Reloading::start();
    // However slow the machine is, one of many saves is seen and compiled in time.
    let seen = (1..=100).map(|number| number.to_string()).find(|number| {
        let (answer, report) = program.save_and_reload(&format!("\"{number}\""));
        assert_eq!(answer, *number, "{report}");
        report.contains("\"compileMs\":0.00")
    });
    let seen = seen.expect("one is compiled ahead");
    // What is wrong with a save is told when it is asked for, once.
    let (answer, report) = program.save_and_reload("wrong");
    assert_eq!(answer, seen);
    assert!(
        report.contains("undeclared identifier: 'wrong'"),
        "{report}"
    );
    let (answer, report) = program.save_and_reload("\"right\"");
    assert_eq!(answer, "right");
    assert!(report.starts_with("{\"ok\":true"), "{report}");
}
