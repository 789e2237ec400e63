//! The command line, as `clap` reads it after [`super::switches::normalize`].

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use midair::diagnostics::Format;

/// Runs Nim programs and reloads their code while they run.
#[derive(Parser, Debug)]
#[command(
    name = "midair",
    version,
    about = "Runs Nim programs and reloads their code while they run.",
    after_help = EXAMPLES,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  midair run --watch game.nim          run, and reload whenever a file is saved
  midair run -d:debug game.nim level1  with a define, and an argument for the program
  midair check src/*.nim               errors and warnings only
  midair dump --mir game.nim update    what becomes of one proc
  midair run --control game.sock game.nim; midair reload game.sock

`midair COMMAND --help` tells more of a command.";

const SWITCHES: &str = "\
Nim's switches (before FILE):
  -d:NAME[:VALUE]          define a symbol; -d:release, -d:danger as in Nim
  -p:DIR, --path:DIR       look for modules in DIR
  --checks:on|off          all run-time checks; also --boundChecks, --overflowChecks, --rangeChecks,
                           --fieldChecks, --nilChecks, --objChecks, --assertions
  --lib:DIR                take the standard modules from DIR
  --nimblePath:DIR         look for installed packages in DIR; --noNimblePath: nowhere
  --mm:orc, --hotCodeReloading:on, --hints:…, --warnings:…, --opt:… are accepted.

`nim.cfg` beside the program (and in the directories above) is read first.";

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Compile a program in memory and run it
    ///
    /// The exit status is the program's; 1 when it does not compile. A program reloads its code by calling
    /// `performCodeReload()` of `std/hotcodereloading`; what was saved before is compiled by then, in the background. With
    /// --watch it is also applied at the next call that the main module makes into the program's own modules.
    #[command(after_help = concat_help())]
    Run(Run),
    /// Have a program that runs with --control reload what has changed
    ///
    /// Prints the report. The exit status is 1 when nothing could be reloaded.
    Reload(Reload),
    /// Tell about a program that runs with --control
    Status(Status),
    /// Report errors and warnings of programs without running them
    #[command(after_help = SWITCHES)]
    Check(Check),
    /// Read files as Nim syntax alone
    ///
    /// Accepts every feature of the language, also those that midair cannot run yet.
    Parse(Parse),
    /// Print what a stage of the compiler makes of a file
    #[command(after_help = SWITCHES)]
    Dump(Dump),
    /// Write the interfaces of a host's modules as Nim files
    ///
    /// Runs a Rust program that embeds midair just so far that it writes them, for editors and for the real Nim. The program itself
    /// needs none of the files.
    #[command(
        after_help = "Example:\n  midair bindings game -- cargo run --example host_functions"
    )]
    Bindings(Bindings),
}

fn concat_help() -> String {
    format!(
        "{SWITCHES}\n\nExamples:\n  midair run hello.nim\n  midair run --watch -d:debug game.nim level1 --fast"
    )
}

/// What all commands that compile take.
#[derive(Args, Debug)]
pub struct Common {
    /// How errors and warnings are printed [default: pretty on a terminal, else plain]
    #[arg(long, value_name = "FORMAT")]
    pub messages: Option<Messages>,
    /// Nim's switches, in the order given.
    #[arg(long = "nim", hide = true, value_name = "SWITCH")]
    pub switches: Vec<String>,
}

/// Forms of diagnostics.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum Messages {
    /// path(line, col) Error: message
    Plain,
    /// With the source line
    Pretty,
    /// One JSON object a line
    Json,
}

/// Forms of reports.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReportFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

impl From<Messages> for Format {
    fn from(messages: Messages) -> Format {
        match messages {
            Messages::Plain => Format::Plain,
            Messages::Pretty => Format::Pretty,
            Messages::Json => Format::Json,
        }
    }
}

#[derive(Args, Debug)]
pub struct Run {
    /// Compile on save, in the background
    #[arg(long)]
    pub watch: bool,
    /// Where the type of this global changes, give its value up instead of migrating it (may be repeated)
    #[arg(long, value_name = "MODULE.GLOBAL")]
    pub reset: Vec<String>,
    /// Where the initialiser of this global changes, run it again (may be repeated)
    #[arg(long, value_name = "MODULE.GLOBAL")]
    pub reinit: Vec<String>,
    /// Print all of what each reload did to standard error: as text, or as one JSON object a line
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "text")]
    pub report: Option<ReportFormat>,
    /// Listen on a socket at PATH for `midair reload PATH` and `midair status PATH`; for the owner's processes only
    #[arg(long, value_name = "PATH")]
    pub control: Option<PathBuf>,
    /// Run in the interpreter of the compiler's middle representation: slow, for comparison; no reloading
    #[arg(long)]
    pub interpret: bool,
    #[command(flatten)]
    pub common: Common,
    /// The program's main module
    pub file: PathBuf,
    /// What the program gets as its command line
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub args: Vec<String>,
}

#[derive(Args, Debug)]
pub struct Reload {
    /// Compute the first value of this global again (may be repeated)
    #[arg(long, value_name = "MODULE.GLOBAL")]
    pub reinit: Vec<String>,
    /// Where the type of this global has changed, give its value up instead of migrating it (may be repeated)
    #[arg(long, value_name = "MODULE.GLOBAL")]
    pub reset: Vec<String>,
    /// Run no before handlers, of which one may always raise
    #[arg(long, alias = "skipbefore")]
    pub skip_before: bool,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// The socket that the program was given with --control
    pub path: PathBuf,
}

#[derive(Args, Debug)]
pub struct Status {
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// The socket that the program was given with --control
    pub path: PathBuf,
}

#[derive(Args, Debug)]
pub struct Check {
    /// Say what reloading the version in DIR to this one would do
    #[arg(long, value_name = "DIR")]
    pub against: Option<PathBuf>,
    #[command(flatten)]
    pub common: Common,
    /// Main modules of programs
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Parse {
    #[command(flatten)]
    pub common: Common,
    /// Files of Nim source
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Bindings {
    /// Where the files go: `DIR/engine.nim` for the module `engine`
    pub dir: PathBuf,
    /// The command that runs the host, after `--`
    #[arg(last = true, required = true)]
    pub command: Vec<String>,
}

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("stage").required(true))]
pub struct Dump {
    /// The syntax tree, as Nim's treeRepr shows it
    #[arg(long, group = "stage")]
    pub ast: bool,
    /// The control-flow graph that the interpreter and the back end read
    #[arg(long, group = "stage")]
    pub mir: bool,
    /// Cranelift's input
    #[arg(long, group = "stage")]
    pub clif: bool,
    /// Machine code
    #[arg(long, group = "stage")]
    pub asm: bool,
    #[command(flatten)]
    pub common: Common,
    /// The program's main module
    pub file: PathBuf,
    /// Only the procs with this name
    pub proc: Option<String>,
}
