//! The `midair` command.
//!
//! In: the command line, `nim.cfg`. Out: what the command prints, and an exit status: the program's, or 1 for every error.
//! Everything else is done by the library.

mod args;
mod bindings;
mod control;
mod inspect;
mod nimcfg;
mod run;
mod switches;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use midair::diagnostics::{Diagnostic, Format, Severity, render};
use midair::host::{Error, Findings, Options};
use midair::source::{Place, SearchPaths, SourceMap};

use args::{Cli, Command, Common};
use switches::{Effect, Switch};

/// Runs the command.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Cli::try_parse_from(switches::normalize(args)) {
        Ok(cli) => dispatch(cli.command),
        Err(err) => {
            let failed = err.use_stderr();
            // Nothing is left to do when the terminal is gone.
            let _ = err.print();
            ExitCode::from(u8::from(failed))
        }
    }
}

fn dispatch(command: Command) -> ExitCode {
    match command {
        Command::Run(args) => run::run(args),
        Command::Reload(args) => control::reload(&args),
        Command::Status(args) => control::status(&args),
        Command::Check(args) => inspect::check(&args),
        Command::Parse(args) => inspect::parse(&args),
        Command::Dump(args) => inspect::dump(&args),
        Command::Bindings(args) => bindings::bindings(&args),
    }
}

/// What a command says on standard error, and in which form.
#[derive(Clone)]
pub struct Out {
    format: Format,
    quiet: bool,
}

impl Default for Out {
    fn default() -> Out {
        let pretty = std::io::stderr().is_terminal();
        Out {
            format: if pretty {
                Format::Pretty
            } else {
                Format::Plain
            },
            quiet: false,
        }
    }
}

impl Out {
    fn new(common: &Common) -> Out {
        let format = match common.messages {
            Some(messages) => messages.into(),
            None if std::io::stderr().is_terminal() => Format::Pretty,
            None => Format::Plain,
        };
        let off = |name: &str| common.switches.iter().any(|s| s == &format!("{name}:off"));
        Out {
            format,
            quiet: off("warnings") || off("w"),
        }
    }

    /// Prints diagnostics. Says whether there is an error among them.
    fn print(&self, diagnostics: &[Diagnostic], map: &SourceMap) -> bool {
        let wanted = |d: &&Diagnostic| !self.quiet || d.severity == Severity::Error;
        let wanted: Vec<Diagnostic> = diagnostics.iter().filter(wanted).cloned().collect();
        self.text(&render(&wanted, map, self.format));
        diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// Prints an error that has no place.
    fn error(&self, message: impl Into<String>) {
        let error = Diagnostic::error(Place::default(), message);
        self.print(&[error], &SourceMap::new());
    }

    /// Prints warnings and hints.
    fn findings(&self, findings: &Findings) {
        if !self.quiet {
            self.text(&findings.render(self.format));
        }
    }

    /// Prints an error of the library.
    fn failure(&self, error: &Error) -> ExitCode {
        self.text(&error.render(self.format));
        ExitCode::FAILURE
    }

    fn text(&self, text: &str) {
        // Standard error may be closed; the exit status still tells.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}

/// The options for the program `main`: defaults, `nim.cfg`, then the command line. `None` when a switch is wrong.
fn options(common: &Common, main: &Path, out: &Out) -> Option<Options> {
    let mut options = Options {
        search: SearchPaths {
            packages: SearchPaths::user_packages(),
            ..SearchPaths::default()
        },
        ..Options::default()
    };
    let base = std::env::current_dir().unwrap_or_default();
    let mut map = SourceMap::shown_from(&base);
    let warnings = nimcfg::read(main, &mut options, &mut map);
    out.print(&warnings, &map);
    let mut fine = true;
    for text in &common.switches {
        let (name, value) = match text.split_once(':') {
            Some((name, value)) => (name, Some(value)),
            None => (text.as_str(), None),
        };
        match switches::apply(&Switch::new(name, value), &mut options) {
            Effect::Applied | Effect::Nothing => {}
            Effect::Ignored => {
                let warning = format!("--{text} has no effect in midair");
                out.print(&[Diagnostic::warning(Place::default(), warning)], &map);
            }
            Effect::Wrong(why) => {
                out.error(why);
                fine = false;
            }
            Effect::Unknown => {
                out.error(format!("unknown switch: --{text}; see 'midair --help'"));
                fine = false;
            }
        }
    }
    fine.then_some(options)
}
