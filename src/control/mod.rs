//! A socket through which a build system or an editor has a running program reload.
//!
//! In: requests, one a connection and one a line: words with tabs between them. Out: an answer whose first line is `ok` or
//! `error`, then text, or one JSON object when `json` is among the words.
//!
//! ```text
//! reload [reinit MODULE.GLOBAL]… [reset MODULE.GLOBAL]… [skip-before] [json]
//!                                          reload what has changed, wait until it is done, and give the report
//! status [json]                            the program, its modules, how the last reload went
//! ```
//!
//! A reload is compiled on the connection's thread and taken over by the program's own, as under `--watch`
//! ([`Program::arm`]). Nothing that comes over the socket can end the program: what is not understood is answered with an
//! error. The socket is for processes of the same user.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::diagnostics::{Format, json_string};
use crate::host::{Afresh, Error, Program, Report};
use crate::os::socket;
use crate::patch::failure_json;

/// Bytes of a request.
const LONGEST: u64 = 64 << 10;
/// A client that says nothing is not waited for longer.
const SILENCE: Duration = Duration::from_secs(5);
/// How long a reload waits for the program to come to a call that can make it.
const PATIENCE: Duration = Duration::from_secs(10);
/// More connections at a time are turned away.
const MOST: usize = 16;

/// A socket that is listened on until this is dropped.
pub struct Control {
    path: PathBuf,
}

impl Control {
    /// Serves requests about `program` at `path`, on a thread of its own.
    ///
    /// # Errors
    /// When the socket cannot be made: another program listens there, or the path is something else.
    pub fn serve(program: &Program, path: &Path) -> io::Result<Control> {
        let named = |error: io::Error| {
            io::Error::new(
                error.kind(),
                format!("cannot listen at {}: {error}", path.display()),
            )
        };
        let listener = socket::listen(path).map_err(named)?;
        let program = program.clone();
        let thread = std::thread::Builder::new().name("midair control".into());
        thread.spawn(move || accept(&listener, &program))?;
        Ok(Control {
            path: path.to_owned(),
        })
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        // When it is gone already there is nothing to tidy up.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// An answer, as a client sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// Was it done?
    pub ok: bool,
    /// What there is to say.
    pub text: String,
}

/// Sends a request and waits for the answer.
///
/// # Errors
/// When no program listens at `path`, or it does not answer.
pub fn ask(path: &Path, words: &[String]) -> io::Result<Answer> {
    let mut stream = UnixStream::connect(path)?;
    stream.write_all((words.join("\t") + "\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (first, text) = answer.split_once('\n').unwrap_or((&answer, ""));
    match first {
        "ok" | "error" => Ok(Answer {
            ok: first == "ok",
            text: text.to_owned(),
        }),
        _ => Err(io::Error::other("it ended without an answer")),
    }
}

fn accept(listener: &UnixListener, program: &Program) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Out of descriptors, perhaps: others may close some.
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        if !socket::is_same_user(&stream) {
            continue;
        }
        if open.fetch_add(1, Ordering::AcqRel) >= MOST {
            open.fetch_sub(1, Ordering::AcqRel);
            reply(
                &stream,
                &Answer {
                    ok: false,
                    text: "too many connections".into(),
                },
            );
            continue;
        }
        let (program, counted) = (program.clone(), open.clone());
        let thread = std::thread::Builder::new().name("midair control".into());
        let served = thread.spawn(move || {
            serve(&stream, &program);
            counted.fetch_sub(1, Ordering::AcqRel);
        });
        if served.is_err() {
            open.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

fn serve(stream: &UnixStream, program: &Program) {
    let _ = stream.set_read_timeout(Some(SILENCE));
    let _ = stream.set_write_timeout(Some(SILENCE));
    let mut line = Vec::new();
    let read = BufReader::new(stream.take(LONGEST)).read_until(b'\n', &mut line);
    let line = match (read, String::from_utf8(line)) {
        (Ok(_), Ok(line)) if line.ends_with('\n') => line,
        _ => {
            let text = "a request is one line of text, with tabs between its words".into();
            return reply(stream, &Answer { ok: false, text });
        }
    };
    reply(
        stream,
        &answer(program, line.trim_end_matches(['\n', '\r'])),
    );
}

fn reply(mut stream: &UnixStream, answer: &Answer) {
    let first = if answer.ok { "ok" } else { "error" };
    // A client that has gone does not want to know.
    let _ = stream.write_all(format!("{first}\n{}\n", answer.text.trim_end()).as_bytes());
}

/// What a request asks for.
struct Asked {
    verb: String,
    json: bool,
    afresh: Afresh,
}

fn parse(line: &str) -> Result<Asked, String> {
    let mut words = line.split('\t');
    let verb = words.next().unwrap_or_default().to_owned();
    let mut asked = Asked {
        verb,
        json: false,
        afresh: Afresh::default(),
    };
    if !["reload", "status"].contains(&&*asked.verb) {
        return Err(format!(
            "unknown request: '{}'; there are: reload, status",
            asked.verb
        ));
    }
    for word in words {
        match word.split_once(' ') {
            None if word == "json" => asked.json = true,
            None if word == "skip-before" && asked.verb == "reload" => {
                asked.afresh.skip_before = true;
            }
            Some(("reinit", global)) if asked.verb == "reload" && global.contains('.') => {
                asked.afresh.reinit.push(global.to_owned());
            }
            Some(("reset", global)) if asked.verb == "reload" && global.contains('.') => {
                asked.afresh.reset.push(global.to_owned());
            }
            _ => {
                return Err(format!(
                    "unknown word of a {} request: '{word}'",
                    asked.verb
                ));
            }
        }
    }
    Ok(asked)
}

fn answer(program: &Program, line: &str) -> Answer {
    let asked = match parse(line) {
        Ok(asked) => asked,
        Err(text) => return Answer { ok: false, text },
    };
    if asked.verb == "status" {
        return Answer {
            ok: true,
            text: status(program, asked.json),
        };
    }
    let outcome = reload(program, &asked.afresh);
    let text = match &outcome {
        Ok(report) if asked.json => report.to_json(),
        Ok(report) if report.changed => format!("{report}\n{}", report.details()),
        Ok(report) => report.to_string(),
        Err(why) if asked.json => failure_json(why, false),
        Err(why) => why.clone(),
    };
    Answer {
        ok: outcome.is_ok(),
        text,
    }
}

fn reload(program: &Program, afresh: &Afresh) -> Result<Report, String> {
    let shown = |error: &Error| error.render(Format::Plain).trim_end().to_owned();
    let before = program.reloads();
    match program.arm_with(afresh) {
        Ok(true) => {}
        // What the program makes of it may have been seen by a reload that came first.
        Ok(false) if program.reloads() == before => {
            return program.unchanged().map_err(|e| shown(&e));
        }
        Ok(false) => {}
        Err(error) => return Err(shown(&error)),
    }
    match program.wait_for_reload(before, PATIENCE) {
        Some(outcome) => outcome.map_err(|error| shown(&error)),
        None => Err(format!(
            "compiled; the program has not come to a call that takes it over within {} s, and does so at the next one",
            PATIENCE.as_secs()
        )),
    }
}

fn status(program: &Program, json: bool) -> String {
    let modules = program.modules();
    let last = program.last_reload();
    let changed = program.changed();
    let (file, pid) = (program.file().display().to_string(), std::process::id());
    if !json {
        let last = match last {
            None => "none yet".to_owned(),
            Some(Ok(report)) => report.to_string(),
            Some(Err(error)) => format!("failed: {error}"),
        };
        let changed = if changed { "yes" } else { "no" };
        return format!(
            "program: {file}\nprocess: {pid}\nmodules: {}\nreloads: {}\nchanged since: {changed}\nlast reload: {last}",
            modules.join(", "),
            program.reloads(),
        );
    }
    let mut out = String::from("{\"ok\":true,\"program\":");
    json_string(&mut out, &file);
    out += &format!(",\"process\":{pid},\"modules\":[");
    for (at, module) in modules.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { "," });
        json_string(&mut out, module);
    }
    out += &format!(
        "],\"reloads\":{},\"changed\":{changed},\"last\":",
        program.reloads()
    );
    out += &match last {
        None => "null".to_owned(),
        Some(Ok(report)) => report.to_json(),
        Some(Err(error)) => error.to_report_json(),
    };
    out.push('}');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_strictly() {
        let asked = parse("reload\treinit logic.speed\tjson").expect("a request");
        assert!(asked.json);
        assert_eq!(asked.afresh.reinit, ["logic.speed"]);
        for wrong in [
            "",
            "fly",
            "reload\treinit",
            "reload\treinit x",
            "status\treinit a.b",
            "reload json",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
