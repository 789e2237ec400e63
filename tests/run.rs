//! Every program of `tests/run` does what its header says, as compiled code and in the interpreter of MIR.
//!
//! `CASE=name cargo test --test run` runs those whose name contains `name`.

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};

use common::{Case, Ran, check_all, difference, midair, run};

#[test]
fn compiled() {
    check_all(&common::cases("run"), |case| check(case, false));
}

/// What the interpreter says of C functions, which it never executes: such cases are for compiled code alone.
const REFUSED: &str = "Error: cannot interpret: call of the C function";

#[test]
fn interpreted() {
    let cases = common::cases("run");
    let refused = AtomicUsize::new(0);
    check_all(&cases, |case| {
        check(case, true).or_else(|why| match why.contains(REFUSED) {
            true => {
                refused.fetch_add(1, Ordering::Relaxed);
                Ok(())
            }
            false => Err(why),
        })
    });
    let refused = refused.into_inner();
    println!("{refused} of them need C and were not interpreted");
    assert!(
        refused * 5 < cases.len(),
        "{refused} cases were not interpreted"
    );
}

fn check(case: &Case, interpret: bool) -> Result<(), String> {
    let mut command = midair();
    command.arg("run");
    if interpret {
        command.arg("--interpret");
    }
    let ran = run(command.arg(&case.path).args(&case.args));
    compare(case, &ran).map_err(|why| {
        let stderr: Vec<&str> = ran.stderr.lines().take(12).collect();
        format!("{why}\n{}", stderr.join("\n"))
    })
}

fn compare(case: &Case, ran: &Ran) -> Result<(), String> {
    if ran.timed_out {
        return Err("did not end".into());
    }
    if ran.status != Some(case.exit_code) {
        return Err(format!(
            "exit status {:?}, expected {}",
            ran.status, case.exit_code
        ));
    }
    if let Some(output) = &case.output
        && *output != ran.stdout
    {
        return Err(format!(
            "output differs at {}",
            difference(output, &ran.stdout)
        ));
    }
    let all = format!("{}{}", ran.stdout, ran.stderr);
    match case
        .output_contains
        .iter()
        .find(|part| !all.contains(part.as_str()))
    {
        Some(part) => Err(format!("does not print: {part}")),
        None => Ok(()),
    }
}
