//! `midair bindings`: the interfaces of a host's modules, which only the host itself knows.

use std::process::{Command, ExitCode, Stdio};

use super::Out;
use super::args::Bindings;

/// Runs the host so that it writes its interfaces and nothing else, and names them.
pub(super) fn bindings(args: &Bindings) -> ExitCode {
    let out = Out::default();
    let dir = match std::path::absolute(&args.dir) {
        Ok(dir) => dir,
        Err(error) => return failed(&out, format!("{}: {error}", args.dir.display())),
    };
    let Some((command, rest)) = args.command.split_first() else {
        return failed(&out, "name the command that runs the host, after --".into());
    };
    let started = std::time::SystemTime::now();
    let host = Command::new(command)
        .args(rest)
        .env("MIDAIR_BINDINGS", &dir)
        .stdin(Stdio::null())
        .output();
    let output = match host {
        Ok(output) => output,
        Err(error) => return failed(&out, format!("cannot run {command}: {error}")),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    // A host that ended for another reason has not come to its program.
    if !said.contains("MIDAIR_BINDINGS") && !any_since(&dir, started) {
        out.text(&said);
        return failed(
            &out,
            format!(
                "{command} wrote no interface: it gives no host module to a program that it loads"
            ),
        );
    }
    for path in interfaces(&dir) {
        println!("{}", path.display());
    }
    ExitCode::SUCCESS
}

fn failed(out: &Out, why: String) -> ExitCode {
    out.error(why);
    ExitCode::FAILURE
}

/// What midair wrote into the directory, now or earlier.
fn interfaces(dir: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut todo = vec![dir.to_owned()];
    while let Some(dir) = todo.pop() {
        for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                todo.push(path);
            } else if std::fs::read_to_string(&path)
                .is_ok_and(|text| text.starts_with("## What the host gives as"))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn any_since(dir: &std::path::Path, started: std::time::SystemTime) -> bool {
    interfaces(dir).iter().any(|path| {
        let modified = path.metadata().and_then(|about| about.modified());
        modified.is_ok_and(|modified| modified >= started)
    })
}
