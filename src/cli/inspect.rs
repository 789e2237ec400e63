//! `midair check`, `midair parse` and `midair dump`: what the stages make of a file, without running it.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use midair::Program;
use midair::host::Lowered;
use midair::jit::{self, Compiler, Signatures};
use midair::mir::{Proc, text};
use midair::source::{SearchPaths, Sources};

use super::args::{Check, Dump, Parse};
use super::{Out, options};

/// Reports errors and warnings of programs.
pub fn check(args: &Check) -> ExitCode {
    let out = Out::new(&args.common);
    let mut failed = false;
    for file in &args.files {
        let Some(options) = options(&args.common, file, &out) else {
            return ExitCode::FAILURE;
        };
        if let Some(old) = &args.against {
            match Program::builder().options(options).plan_against(old, file) {
                Ok(lines) => print(&(lines.join("\n") + "\n")),
                Err(error) => {
                    out.failure(&error);
                    failed = true;
                }
            }
            continue;
        }
        match Program::builder().options(options).check(file) {
            Ok(warnings) => out.findings(&warnings),
            Err(error) => {
                out.failure(&error);
                failed = true;
            }
        }
    }
    ExitCode::from(u8::from(failed))
}

/// Reports syntax errors.
pub fn parse(args: &Parse) -> ExitCode {
    let out = Out::new(&args.common);
    let mut failed = false;
    for file in &args.files {
        failed |= parse_one(file, &out).is_none();
    }
    ExitCode::from(u8::from(failed))
}

/// The trees of a file, if it has no errors.
fn parse_one(file: &Path, out: &Out) -> Option<Vec<Arc<midair::syntax::tree::Tree>>> {
    let mut sources = Sources::from_disk(SearchPaths::default());
    let module = match sources.main(file) {
        Ok(module) => module,
        Err(error) => {
            out.error(error.to_string());
            return None;
        }
    };
    let parsed = midair::host::parse(&mut sources, module.file, None);
    let failed = out.print(&parsed.diagnostics, &sources.map);
    (!failed).then_some(parsed.trees)
}

/// Prints what a stage makes of a file.
pub fn dump(args: &Dump) -> ExitCode {
    let out = Out::new(&args.common);
    if args.ast {
        let Some(trees) = parse_one(&args.file, &out) else {
            return ExitCode::FAILURE;
        };
        let printed = trees
            .iter()
            .map(|tree| midair::syntax::print::tree_repr(tree.root()));
        print(&printed.collect::<String>());
        return ExitCode::SUCCESS;
    }
    let Some(options) = options(&args.common, &args.file, &out) else {
        return ExitCode::FAILURE;
    };
    let program = match Program::builder().options(options).lower(&args.file) {
        Ok(program) => program,
        Err(error) => return out.failure(&error),
    };
    out.findings(&program.warnings);
    let procs = wanted(&program, args.proc.as_deref());
    if procs.is_empty()
        && let Some(name) = &args.proc
    {
        out.error(format!("there is no proc called {name}"));
        return ExitCode::FAILURE;
    }
    match text_of(&program, &procs, args) {
        Ok(text) => {
            print(&text);
            ExitCode::SUCCESS
        }
        Err(error) => {
            out.error(error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// The procs with this name in all modules, or all those of the main module.
fn wanted(program: &Lowered, name: Option<&str>) -> Vec<Arc<Proc>> {
    let Some(name) = name else {
        return program
            .modules
            .last()
            .map(|main| main.procs.clone())
            .unwrap_or_default();
    };
    let all = program.modules.iter().flat_map(|module| &module.procs);
    all.filter(|proc| *proc.name == *name).cloned().collect()
}

fn text_of(program: &Lowered, procs: &[Arc<Proc>], args: &Dump) -> Result<String, jit::JitError> {
    let ids = &program.ids;
    if args.mir {
        let printed = procs.iter().map(|proc| text::print_proc(proc, ids));
        return Ok(printed.collect::<Vec<_>>().join("\n"));
    }
    let compiler = Compiler::new(jit::Options::default())?;
    let signatures = Signatures::of(&program.modules);
    let show = |proc: &Arc<Proc>| match args.clif {
        true => jit::clif(&compiler, proc, ids, &signatures),
        false => jit::asm(&compiler, proc, ids, &signatures),
    };
    let shown: Result<Vec<String>, _> = procs.iter().map(show).collect();
    Ok(shown?.join("\n"))
}

/// To standard output; a reader that went away early is no error.
fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().write_all(text.as_bytes());
}
