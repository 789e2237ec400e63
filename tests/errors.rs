//! Every program of `tests/errors` is refused with the message, at the line, that its header says, and never runs.

mod common;

use common::{Case, check_all, midair, run};

#[test]
fn checked() {
    check_all(&common::cases("errors"), |case| check(case, "check"));
}

#[test]
fn never_run() {
    check_all(&common::cases("errors"), |case| check(case, "run"));
}

fn check(case: &Case, command: &str) -> Result<(), String> {
    let (message, line) = case.error.as_ref().ok_or("the header has no errormsg")?;
    let ran = run(midair().arg(command).arg(&case.path));
    if ran.status != Some(1) || ran.timed_out {
        return Err(format!("expected exit status 1\n{}", ran.show()));
    }
    if !ran.stdout.is_empty() {
        return Err(format!(
            "a program that does not compile has run\n{}",
            ran.show()
        ));
    }
    let own = || {
        case.path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let file = case.file.clone().or_else(own).unwrap_or_default();
    let at = format!("{file}({line}, ");
    let found =
        |text: &str| text.contains(&at) && text.contains(" Error: ") && text.contains(message);
    if !ran.stderr.lines().any(found) {
        return Err(format!(
            "expected at line {line}: {message}\n{}",
            ran.stderr
        ));
    }
    Ok(())
}
