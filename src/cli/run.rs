//! `midair run`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use midair::Program;
use midair::control::Control;
use midair::host::{Afresh, Error, Lowered, Report};
use midair::mir::interp::{End, Fault, FaultKind, Host, Image, Limits, Machine, Outcome};
use midair::source::Place;
use midair::watch::Watcher;

use super::args::{ReportFormat, Run};
use super::{Out, options};

/// Compiles and runs a program. The exit status is the program's.
pub fn run(args: Run) -> ExitCode {
    let out = Out::new(&args.common);
    let Some(mut options) = options(&args.common, &args.file, &out) else {
        return ExitCode::FAILURE;
    };
    options.args.clone_from(&args.args);
    options.fixed = !args.watch && args.control.is_none();
    let builder = Program::builder().options(options);
    if args.interpret {
        return match builder.lower(&args.file) {
            Ok(program) => interpret(&program, &args, &out),
            Err(error) => out.failure(&error),
        };
    }
    let format = args.report;
    let teller = out.clone();
    let builder = builder.afresh(Afresh {
        reset: args.reset.clone(),
        reinit: args.reinit.clone(),
        skip_before: false,
    });
    let builder = builder.on_reload(move |outcome, warnings| {
        teller.findings(warnings);
        tell(outcome, format, &teller);
    });
    let ending = Arc::new(AtomicBool::new(false));
    let (teller, over) = (out.clone(), ending.clone());
    let builder = builder.on_thread_failure(move |program, error| {
        await_end(&over);
        let status = tell_end(program, error, &teller);
        std::process::exit(status)
    });
    let program = match builder.compile(&args.file) {
        Ok(program) => program,
        Err(error) => return out.failure(&error),
    };
    out.findings(&program.take_warnings());
    if args.watch {
        let (saved, lost) = (out.clone(), out.clone());
        let arm = move |program: &Program| {
            if let Err(error) = program.arm() {
                saved.text(&error.render(saved.format));
            }
        };
        if let Err(error) = at_each_save(&program, arm, move |error| lost.error(unseen(&error))) {
            out.error(unseen(&error));
            return ExitCode::FAILURE;
        }
    } else if program.reloads_itself() {
        // Then the reload only has to apply it. What is wrong it says itself, and what is not seen here it compiles.
        let prepare = |program: &Program| drop(program.prepare());
        let _ = at_each_save(&program, prepare, |_| {});
    }
    let control = args
        .control
        .as_ref()
        .map(|path| Control::serve(&program, path));
    let control = match control.transpose() {
        Ok(control) => control,
        Err(error) => {
            out.error(error.to_string());
            return ExitCode::FAILURE;
        }
    };
    let outcome = program.start();
    await_end(&ending);
    let outcome = outcome.and_then(|()| program.finish());
    let status = match &outcome {
        Ok(()) => program.exit_status(),
        Err(error) => tell_end(&program, error, &out),
    };
    drop(control);
    // C libraries may have threads of their own that are still inside callbacks, and so may the program: the process ends with the
    // program in place.
    std::mem::forget(program);
    match status {
        0 => ExitCode::SUCCESS,
        // The C library's `exit`, which this calls, flushes what the program has printed.
        status => std::process::exit(status),
    }
}

/// Comes back to the first thread that calls it, which ends the process. Any other waits here for that.
fn await_end(ending: &AtomicBool) {
    if ending.swap(true, Ordering::AcqRel) {
        loop {
            std::thread::park();
        }
    }
}

/// Says on standard error why the program has ended, unless it was by `quit` or the program says so itself. Gives the exit status.
fn tell_end(program: &Program, error: &Error, out: &Out) -> i32 {
    if let Some(status) = error.quit_status() {
        return status;
    }
    match program.tell_unhandled(error) {
        Ok(true) => {}
        Ok(false) => drop(out.failure(error)),
        Err(error) => drop(out.failure(&error)),
    }
    1
}

/// Says on standard error how a reload went.
fn tell(outcome: &Result<Report, Error>, format: Option<ReportFormat>, out: &Out) {
    let json = format == Some(ReportFormat::Json);
    match outcome {
        Ok(report) if json => out.text(&format!("{}\n", report.to_json())),
        Err(error) if json => out.text(&format!("{}\n", error.to_report_json())),
        Ok(report) if format.is_some() => {
            out.text(&format!("midair: {report}\n{}\n", report.details()))
        }
        Ok(report) => out.text(&format!("midair: {report}\n")),
        Err(error) => {
            out.text(&error.render(out.format));
            out.text("midair: not reloaded, the program goes on as it was\n");
        }
    }
}

fn unseen(error: &notify::Error) -> String {
    format!("cannot watch the sources: {error}")
}

/// Does `work` on a thread in the background whenever a source of the program is saved; tells `lost` why it no longer sees some of them.
fn at_each_save(
    program: &Program,
    work: impl Fn(&Program) + Send + 'static,
    lost: impl Fn(notify::Error) + Send + 'static,
) -> Result<(), notify::Error> {
    let (mut watcher, saved) = Watcher::new()?;
    watcher.watch(program.watched_files())?;
    let program = program.clone();
    let thread = std::thread::Builder::new().name("midair watch".into());
    let work = move || {
        while saved.recv().is_ok() {
            work(&program);
            if let Err(error) = watcher.watch(program.watched_files()) {
                lost(error);
            }
        }
    };
    thread.spawn(work).map(drop).map_err(notify::Error::io)
}

/// Passes output on, and gives the program its command line.
struct Console<'a> {
    args: Vec<Vec<u8>>,
    program: &'a Lowered,
}

impl Host for Console<'_> {
    fn locate(&self, place: Place) -> Option<(PathBuf, u32)> {
        Some(self.program.warnings.position(place))
    }

    fn write(&mut self, stream: i32, text: &[u8]) -> Result<(), String> {
        use std::io::Write;
        let written = match stream {
            1 => std::io::stdout().write_all(text),
            _ => std::io::stdout()
                .flush()
                .and_then(|()| std::io::stderr().write_all(text)),
        };
        written.map_err(|error| error.to_string())
    }

    fn flush(&mut self) -> Result<(), String> {
        use std::io::Write;
        std::io::stdout().flush().map_err(|error| error.to_string())
    }

    fn args(&self) -> &[Vec<u8>] {
        &self.args
    }
}

fn interpret(program: &Lowered, args: &Run, out: &Out) -> ExitCode {
    let image = Image::of(program.unoptimized.iter().map(|module| &**module));
    let own_name = args.file.display().to_string();
    let all = std::iter::once(&own_name).chain(&args.args);
    let mut host = Console {
        args: all.map(|arg| arg.clone().into_bytes()).collect(),
        program,
    };
    let mut machine = Machine::new(&program.ids, &image, &mut host, Limits::PROGRAM);
    let end = machine.run_program(program.unoptimized.iter().map(|module| &**module));
    let end = match end {
        Ok(End::Done) => finish(&mut machine, program),
        end => end,
    };
    use std::io::Write;
    // Where it cannot be written to, nobody reads it.
    let _ = std::io::stdout().flush();
    match end {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Quit(status)) => std::process::exit(status),
        Ok(End::Raised(exception)) => {
            // The name has the module in front where it comes from the type alone.
            let name = exception.type_name.rsplit('.').next().unwrap_or_default();
            let message = exception.message;
            out.text(&format!("Error: unhandled exception: {message} [{name}]\n"));
            ExitCode::FAILURE
        }
        Err(fault) => {
            let internal = fault.kind == FaultKind::Malformed;
            out.error(format!(
                "{}{fault}",
                if internal { "internal error: " } else { "" }
            ));
            ExitCode::FAILURE
        }
    }
}

/// Destroys the globals, last first, as [`Program::finish`] does.
fn finish(machine: &mut Machine<'_>, program: &Lowered) -> Result<End, Fault> {
    for global in program
        .unoptimized
        .iter()
        .rev()
        .flat_map(|module| module.globals.iter().rev())
        .filter(|global| !global.scoped)
    {
        let Some(destroy) = program.ids.desc_of(global.desc).destroy else {
            continue;
        };
        let address = machine.global(global.id)?;
        if machine.call(destroy, &[address])? == Outcome::Raised {
            return Ok(End::Raised(machine.exception(machine.pending())));
        }
    }
    Ok(match program_result(machine, program)? {
        0 => End::Done,
        status => End::Quit(status),
    })
}

/// As [`Program::exit_status`].
fn program_result(machine: &mut Machine<'_>, program: &Lowered) -> Result<i32, Fault> {
    let mut globals = program.modules.iter().flat_map(|module| &module.globals);
    let Some(result) = globals.find(|global| &*global.name == "system.programResult") else {
        return Ok(0);
    };
    let address = machine.global(result.id)?;
    let bytes = machine.read_bytes(address, 8).unwrap_or_default();
    Ok(bytes.try_into().map_or(0, i64::from_le_bytes) as i32)
}
