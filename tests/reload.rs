//! Every folder of `tests/reload` is a program in versions: what it prints and what each reload does is its `expected.txt`.
//!
//! `NAME/0/` holds the files of the first version, `NAME/1/`, `NAME/2/`, … those that the next ones add or replace; an empty
//! file `x.nim.gone` takes `x.nim` away. The driver puts a version into place and calls `step()` of `main.nim`, which reloads
//! when it likes; without a `step` it reloads itself. `ACCEPT=1` writes what happened into `expected.txt`.

mod common;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use common::difference;
use midair::diagnostics::Format;
use midair::source::Texts;
use midair::{Program, Report};

#[test]
fn cases() {
    let root = common::tests().join("reload");
    let wanted = std::env::var("CASE").unwrap_or_default();
    let entries = std::fs::read_dir(root)
        .expect("the folder of cases exists")
        .flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir() && path.display().to_string().contains(&wanted));
    folders.sort();
    assert!(!folders.is_empty(), "no cases");
    let failures: Vec<String> = folders
        .iter()
        .filter_map(|folder| check(folder).err())
        .collect();
    println!(
        "{} of {} cases pass",
        folders.len() - failures.len(),
        folders.len()
    );
    assert!(failures.is_empty(), "\n{}", failures.join("\n\n"));
}

fn check(folder: &Path) -> Result<(), String> {
    let name = folder.file_name().expect("a case has a name").display();
    let log = play(folder);
    let expected = folder.join("expected.txt");
    if std::env::var_os("ACCEPT").is_some() {
        std::fs::write(&expected, log).expect("the log can be written");
        return Ok(());
    }
    let want = std::fs::read_to_string(&expected).unwrap_or_default();
    match log == want {
        true => Ok(()),
        false => Err(format!("FAIL {name}: {}\n{log}", difference(&want, &log))),
    }
}

/// Runs all versions of a case and writes down what happens.
fn play(folder: &Path) -> String {
    let texts = Texts::default();
    let printed = Arc::new(Mutex::new(Vec::new()));
    let sink = printed.clone();
    let take = || {
        let mut printed = printed.lock().expect("no holder panics");
        String::from_utf8(std::mem::take(&mut *printed)).expect("cases print text")
    };
    let mut log = String::from("--- 0\n");
    put(&texts, &folder.join("0"));
    let program = Program::builder()
        .provider(texts.clone())
        .output(move |_, text| {
            sink.lock()
                .expect("no holder panics")
                .extend_from_slice(text)
        })
        .load("main.nim");
    log += &take();
    let program = match program {
        Ok(program) => program,
        Err(error) => return log + &format!("refused: {error}\n"),
    };
    program.take_warnings();
    let step = program.proc::<fn()>("main", "step");
    for version in 1.. {
        let folder = folder.join(version.to_string());
        if !folder.is_dir() {
            break;
        }
        put(&texts, &folder);
        let _ = writeln!(log, "--- {version}");
        let ended = match &step {
            Ok(step) => step.call(),
            // How it went is in `take_last_reload`, as after a reload that the program asked for.
            Err(_) => program.reload().map_or(Ok(()), |_| Ok(())),
        };
        log += &take();
        if let Err(error) = ended {
            let _ = writeln!(log, "step: {error}");
        }
        let found = program.take_warnings();
        if !found.is_empty() {
            let _ = write!(log, "{}", found.render(Format::Plain));
        }
        match program.take_last_reload() {
            Some(Ok(report)) => log += &describe(&report),
            Some(Err(error)) => {
                let _ = writeln!(log, "refused: {error}");
            }
            None => log += "not reloaded\n",
        }
    }
    log
}

/// Adds the files of a version.
fn put(texts: &Texts, folder: &Path) {
    for entry in std::fs::read_dir(folder)
        .expect("a version is a folder")
        .flatten()
    {
        let name = entry.file_name().into_string().expect("names are text");
        match name.strip_suffix(".gone") {
            Some(gone) => texts.remove(gone),
            None => texts.set(
                &name,
                std::fs::read(entry.path()).expect("files can be read"),
            ),
        }
    }
}

/// A report without its times, each kind of fact on a line.
fn describe(report: &Report) -> String {
    if !report.changed {
        return "nothing changed\n".into();
    }
    let mut out = String::new();
    let mut list = |what: &str, names: &[Arc<str>]| {
        if !names.is_empty() {
            let _ = writeln!(out, "{what}: {}", names.join(", "));
        }
    };
    list("changed", &report.modules_changed);
    list("joined", &report.modules_joined);
    list("left", &report.modules_left);
    list("compiled", &report.recompiled);
    list("removed", &report.removed);
    list("new globals", &report.globals_new);
    list("gone globals", &report.globals_gone);
    list("migrated globals", &report.globals_migrated);
    list("not initialised again", &report.initialisers_changed);
    let old: Vec<Arc<str>> = report
        .old_frames
        .iter()
        .map(|frame| frame.proc.clone())
        .collect();
    list("old frames", &old);
    let handlers: Vec<Arc<str>> = report
        .handlers
        .iter()
        .map(|name| name.as_str().into())
        .collect();
    list("handlers", &handlers);
    for warning in &report.warnings {
        let _ = writeln!(out, "warning: {warning}");
    }
    // How many depends on what the library brings along; that some kept their code is the point.
    if report.reused > 0 {
        out += "other procs kept their code\n";
    }
    out
}
