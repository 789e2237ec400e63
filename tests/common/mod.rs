//! What the test drivers share: cases with Nim's `discard """ … """` headers, and running the command with a limit.
#![allow(dead_code)] // each driver uses a part

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Longer than any case takes on a loaded machine.
pub const LIMIT: Duration = Duration::from_secs(60);

/// One case: a program and what its header says.
pub struct Case {
    /// midair cannot do it yet; the case says what is missing.
    pub disabled: bool,
    /// As failures name it: `run/hello`.
    pub name: String,
    pub path: PathBuf,
    pub output: Option<String>,
    pub output_contains: Vec<String>,
    pub exit_code: i32,
    pub args: Vec<String>,
    /// Message and line.
    pub error: Option<(String, u32)>,
    /// The file that the error is in, where that is not the case's own.
    pub file: Option<String>,
}

/// The cases in `tests/FOLDER`, those whose name contains `$CASE` if that is set.
pub fn cases(folder: &str) -> Vec<Case> {
    let root = tests().join(folder);
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(&root)
        .expect("the folder of cases exists")
        .flatten()
    {
        let path = entry.path();
        if path.extension().is_some_and(|ext| ext == "nim") {
            paths.push(path);
        } else if path.join("main.nim").is_file() {
            paths.push(path.join("main.nim"));
        }
    }
    paths.sort();
    let wanted = std::env::var("CASE").unwrap_or_default();
    let cases = paths.iter().map(|path| read_case(path));
    cases
        .filter(|case| case.name.contains(&wanted) && !case.disabled)
        .collect()
}

pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn read_case(path: &Path) -> Case {
    let relative = path
        .strip_prefix(tests())
        .expect("a case is in tests/")
        .with_extension("");
    let text = std::fs::read_to_string(path).expect("a case is text");
    let mut case = Case {
        disabled: false,
        name: relative.display().to_string(),
        path: path.to_owned(),
        output: None,
        output_contains: Vec::new(),
        exit_code: 0,
        args: Vec::new(),
        error: None,
        file: None,
    };
    let Some(rest) = text.strip_prefix("discard \"\"\"\n") else {
        panic!("{}: no header", case.name);
    };
    let (header, _) = rest.split_once("\n\"\"\"").expect("the header ends");
    let mut lines = header.lines();
    while let Some(line) = lines.next() {
        field(&mut case, line.trim(), &mut lines);
    }
    case
}

fn field<'a>(case: &mut Case, line: &str, lines: &mut impl Iterator<Item = &'a str>) {
    let Some((key, value)) = line.split_once(':') else {
        assert!(line.is_empty(), "{}: not a field: {line}", case.name);
        return;
    };
    let value = value.trim();
    let quoted = || value.trim_matches('"').replace("\\\"", "\"");
    match key {
        "output" if value == "'''" => {
            let body = lines.take_while(|line| line.trim() != "'''");
            case.output = Some(body.map(|line| format!("{line}\n")).collect());
        }
        "output" => case.output = Some(quoted() + "\n"),
        "outputsub" => case.output_contains.push(quoted()),
        "exitcode" => case.exit_code = value.parse().expect("exitcode is a number"),
        "args" => case.args = quoted().split(' ').map(str::to_owned).collect(),
        "errormsg" => case.error.get_or_insert_default().0 = quoted(),
        "line" => {
            case.error.get_or_insert_default().1 = value.parse().expect("line is a number");
        }
        "file" => case.file = Some(quoted()),
        "disabled" => case.disabled = quoted() == "midair",
        _ => panic!("{}: unknown field {key}", case.name),
    }
}

/// What a command did.
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    /// `None` when a signal ended it.
    pub status: Option<i32>,
    pub timed_out: bool,
}

impl Ran {
    /// All of it, for a failure's message.
    pub fn show(&self) -> String {
        format!(
            "status {:?}\n--- stdout\n{}--- stderr\n{}",
            self.status, self.stdout, self.stderr
        )
    }
}

/// The command under test.
pub fn midair() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_midair"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    // Packages of whoever runs the tests are none of the tests' business.
    command.env("NIMBLE_DIR", "/nonexistent");
    command
}

/// One of `examples/`, which `cargo test` has built beside the command.
pub fn example(name: &str) -> Command {
    let beside = Path::new(env!("CARGO_BIN_EXE_midair")).parent();
    let program = beside.expect("a folder").join("examples").join(name);
    assert!(program.is_file(), "cargo build --example {name}");
    Command::new(program)
}

/// Runs `command` with no input, for at most [`LIMIT`].
pub fn run(command: &mut Command) -> Ran {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command starts");
    let mut stdout = child.stdout.take().expect("piped");
    let mut stderr = child.stderr.take().expect("piped");
    let read = |pipe: &mut dyn Read| {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).expect("a pipe can be read");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    std::thread::scope(|scope| {
        let out = scope.spawn(move || read(&mut stdout));
        let err = scope.spawn(move || read(&mut stderr));
        let started = Instant::now();
        let mut timed_out = false;
        let status = loop {
            if let Some(status) = child.try_wait().expect("the child can be waited for") {
                break status;
            }
            if started.elapsed() > LIMIT {
                timed_out = true;
                child.kill().expect("the child can be killed");
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        Ran {
            stdout: out.join().expect("the reader ends"),
            stderr: err.join().expect("the reader ends"),
            status: status.code(),
            timed_out,
        }
    })
}

/// Runs `check` on every case, on all cores, and fails with what each failing case says.
pub fn check_all(cases: &[Case], check: impl Fn(&Case) -> Result<(), String> + Sync) {
    assert!(!cases.is_empty(), "no cases");
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, |n| n.get());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(why) = check(case) {
                        let mut failures = failures.lock().expect("no holder panics");
                        failures.push((case.name.clone(), why));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("no holder panics");
    failures.sort();
    for (name, why) in &failures {
        eprintln!("FAIL {name}: {why}\n");
    }
    let names: Vec<&str> = failures.iter().map(|(name, _)| name.as_str()).collect();
    println!(
        "{} of {} cases pass",
        cases.len() - failures.len(),
        cases.len()
    );
    assert!(
        names.is_empty(),
        "{} cases fail: {}",
        names.len(),
        names.join(" ")
    );
}

/// The first lines that differ, for a failure's message.
pub fn difference(want: &str, got: &str) -> String {
    let mut wants = want.lines();
    let mut gots = got.lines();
    for line in 1.. {
        match (wants.next(), gots.next()) {
            (None, None) => break,
            (want, got) if want != got => {
                let show = |line: Option<&str>| line.map_or("(end)".into(), |l| format!("{l:?}"));
                return format!("line {line}: expected {}, got {}", show(want), show(got));
            }
            _ => {}
        }
    }
    "they differ in the last line's end".into()
}

/// A folder that is deleted in the end, with files in it.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("midair-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a temporary folder");
        let folder = Folder(path.canonicalize().expect("it exists"));
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    /// A copy of a folder of `examples/`.
    pub fn copy_of_example(example: &str) -> Folder {
        let folder = Folder::new(&[]);
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("examples")
            .join(example);
        for entry in std::fs::read_dir(from)
            .expect("the example exists")
            .flatten()
        {
            std::fs::copy(
                entry.path(),
                folder.path(entry.file_name().to_str().expect("a name")),
            )
            .expect("a copy");
        }
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
        std::fs::write(path, text).expect("the folder can be written to");
    }

    /// Replaces `old`, which must be there, in a file.
    pub fn edit(&self, name: &str, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.path(name)).expect("it is a text");
        assert!(text.contains(old), "{name} has no {old}");
        self.write(name, text.replace(old, new));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A leftover in the temporary folder hurts nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Ends a process that a test has started, however the test ends.
pub struct Running(pub std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Looks until there is something to see.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed() < LIMIT, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
