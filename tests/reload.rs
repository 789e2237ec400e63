//! Every folder of `tests/reload` is a program in versions: what it prints and what each reload does is its `expected.txt`.
//!
//! `NAME/0/` holds the files of the first version, `NAME/1/`, `NAME/2/`, … those that the next ones add or replace; an empty
//! file `x.nim.gone` takes `x.nim` away. The driver puts a version into place and calls `step()` of `main.nim`, which reloads
//! when it likes; without a `step` it reloads itself. A program that does not come to an end by itself prints `next`, and the
//! next version is put into place then; what its reloads do stands where they happen. `ACCEPT=1` writes what happened into `expected.txt`.

mod common;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
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
    let (sink, told) = (printed.clone(), printed.clone());
    let goes_on = Arc::new(AtomicBool::new(false));
    let (asks, tells) = (goes_on.clone(), goes_on.clone());
    let case = folder.to_owned();
    let mut versions = (1..).map(move |version| case.join(version.to_string()));
    let next = texts.clone();
    let take = || {
        let mut printed = printed.lock().expect("no holder panics");
        String::from_utf8(std::mem::take(&mut *printed)).expect("cases print text")
    };
    let mut log = String::from("--- 0\n");
    put(&texts, &folder.join("0"));
    let program = Program::builder()
        .provider(texts.clone())
        .output(move |_, text| {
            let mut seen = sink.lock().expect("no holder panics");
            seen.extend_from_slice(text);
            if seen.ends_with(b"next\n") && !text.is_empty() {
                asks.store(true, Ordering::Relaxed);
                put(&next, &versions.next().expect("there are numbers"));
            }
        })
        .on_reload(move |outcome, _| {
            if tells.load(Ordering::Relaxed) {
                let mut told = told.lock().expect("no holder panics");
                told.extend(show(outcome).bytes().chain(*b"---\n"));
            }
        })
        .load("main.nim");
    log += &take();
    let program = match program {
        Ok(program) => program,
        Err(error) => return log + &format!("refused: {error}\n"),
    };
    program.take_warnings();
    if goes_on.load(Ordering::Relaxed) {
        return log;
    }
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
            Some(outcome) => log += &show(&outcome),
            None => log += "not reloaded\n",
        }
    }
    log
}

/// Adds the files of a version.
fn put(texts: &Texts, folder: &Path) {
    // Where there are no more versions, nothing changes any more.
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
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

fn show(outcome: &midair::Result<Report>) -> String {
    match outcome {
        Ok(report) => describe(report),
        Err(error) => format!("refused: {error}\n"),
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
    list("nothing calls", &report.unreached);
    list("top level not run again", &report.top_level_changed);
    list("new globals", &report.globals_new);
    list("gone globals", &report.globals_gone);
    list("migrated globals", &report.globals_migrated);
    list("brought in step", &report.brought_in_step);
    list("not initialised again", &report.initialisers_changed);
    let old: Vec<Arc<str>> = report
        .old_frames
        .iter()
        .map(|frame| frame.proc.clone())
        .collect();
    list("old frames", &old);
    list("old closures", &report.old_closures);
    let handlers: Vec<Arc<str>> = report
        .handlers
        .iter()
        .map(|name| name.as_str().into())
        .collect();
    list("handlers", &handlers);
    if !report.is_effective() {
        out += "nothing that runs has changed\n";
    }
    for warning in &report.warnings {
        let _ = writeln!(out, "warning: {warning}");
    }
    // How many depends on what the library brings along; that some kept their code is the point.
    if report.reused > 0 {
        out += "other procs kept their code\n";
    }
    out
}
