//! `midair reload` and `midair status`: clients of the control socket of a program that runs.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use midair::control::{self, Answer};

use super::args::{Reload, Status};

/// Has a program reload.
pub fn reload(args: &Reload) -> ExitCode {
    let reinit = args.reinit.iter().map(|name| format!("reinit {name}"));
    let reset = args.reset.iter().map(|name| format!("reset {name}"));
    let skip = args.skip_before.then(|| "skip-before".to_owned());
    ask(
        &args.path,
        "reload",
        args.json,
        reinit.chain(reset).chain(skip).collect(),
    )
}

/// Asks a program how it is.
pub fn status(args: &Status) -> ExitCode {
    ask(&args.path, "status", args.json, Vec::new())
}

fn ask(path: &Path, verb: &str, json: bool, mut words: Vec<String>) -> ExitCode {
    words.insert(0, verb.to_owned());
    if json {
        words.push("json".to_owned());
    }
    let (ok, text) = match control::ask(path, &words) {
        Ok(Answer { ok, text }) => (ok, text),
        Err(error) => (
            false,
            format!("Error: no program answers at {}: {error}", path.display()),
        ),
    };
    let line = format!("{}\n", text.trim_end());
    // Nothing is left to do when nobody reads it.
    let _ = match ok || json {
        true => std::io::stdout().write_all(line.as_bytes()),
        false => std::io::stderr().write_all(line.as_bytes()),
    };
    ExitCode::from(u8::from(!ok))
}
