//! Every module of `tests/mir` does what its first comments say, in the interpreter.
//!
//! ```text
//! ; output: a line of standard output        ; result: 42        what `@main` gives, as its type prints
//! ; raised: Type: message                    ; quit: 3           ; fault: part of the message
//! ; live: 0                                  blocks of the heap in use at the end
//! ```
//!
//! Top-level code runs first, then `@main` if there is one.

use std::path::{Path, PathBuf};

use midair::mir::interp::{Captured, End, FaultKind, Image, Limits, Machine, Outcome};
use midair::mir::text::{parse_modules, print_module};
use midair::mir::{Ids, Module, Scalar, verify};

#[derive(Default)]
struct Expected {
    output: String,
    end: Option<String>,
    live: Option<u64>,
}

fn expected(text: &str) -> Expected {
    let mut expected = Expected::default();
    for line in text.lines() {
        let Some((key, value)) = line
            .strip_prefix("; ")
            .and_then(|line| line.split_once(':'))
        else {
            break;
        };
        let value = value.strip_prefix(' ').unwrap_or(value);
        match key {
            "output" => expected.output += &format!("{value}\n"),
            "live" => expected.live = value.parse().ok(),
            _ => expected.end = Some(format!("{key}: {value}")),
        }
    }
    expected
}

fn show(ty: Option<Scalar>, bits: u64) -> String {
    match ty {
        None => "nothing".to_owned(),
        Some(Scalar::I8) => (bits as i8).to_string(),
        Some(Scalar::I16) => (bits as i16).to_string(),
        Some(Scalar::I32) => (bits as i32).to_string(),
        Some(Scalar::I64) => (bits as i64).to_string(),
        Some(Scalar::F32) => format!("{:?}", f32::from_bits(bits as u32)),
        Some(Scalar::F64) => format!("{:?}", f64::from_bits(bits)),
        Some(Scalar::Ptr) => format!("{bits:#x}"),
    }
}

/// Runs the modules; tells how they ended, and the blocks left.
fn run(modules: &[Module], ids: &Ids, host: &mut Captured) -> (String, u64) {
    let image = Image::of(modules);
    let mut machine = Machine::new(ids, &image, host, Limits::PROGRAM);
    let raised = |exception: midair::mir::interp::Exception| {
        format!("raised: {}: {}", exception.type_name, exception.message)
    };
    let end = match machine.run_program(modules) {
        Err(fault) => format!("fault: {}", fault.message),
        Ok(End::Quit(status)) => format!("quit: {status}"),
        Ok(End::Raised(exception)) => raised(exception),
        Ok(End::Done) => {
            let main = ids.proc("main", 0);
            match image.sig(main) {
                None => "result: nothing".to_owned(),
                Some(sig) => match machine.call(main, &[]) {
                    Ok(Outcome::Returned(bits)) => format!("result: {}", show(sig.ret, bits)),
                    Ok(Outcome::Raised) => raised(machine.exception(machine.pending())),
                    Err(fault) => match fault.kind {
                        FaultKind::Quit(status) => format!("quit: {status}"),
                        _ => format!("fault: {}", fault.message),
                    },
                },
            }
        }
    };
    (end, machine.live_blocks())
}

fn check(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let ids = Ids::default();
    let modules = parse_modules(&text, &ids).map_err(|errors| format!("{errors:#?}"))?;
    for module in &modules {
        let printed = print_module(module, &ids);
        let again =
            parse_modules(&printed, &ids).map_err(|errors| format!("{errors:#?}\n{printed}"))?;
        // Not compared as modules: NaN would differ from itself.
        if print_module(&again[0], &ids) != printed {
            return Err(format!(
                "the printed form reads as something else\n{printed}"
            ));
        }
    }
    let image = Image::of(&modules);
    for proc in modules.iter().flat_map(|module| &module.procs) {
        verify(proc, &ids, &|id| image.sig(id)).map_err(|errors| errors.join("\n"))?;
    }
    let expected = expected(&text);
    let mut host = Captured::default();
    let (end, live) = run(&modules, &ids, &mut host);
    let wanted = expected.end.unwrap_or_else(|| "result: nothing".to_owned());
    let ends = match wanted.strip_prefix("fault: ") {
        Some(part) => end.starts_with("fault: ") && end.contains(part),
        None => end == wanted,
    };
    if !ends {
        return Err(format!("expected {wanted}\nfound {end}"));
    }
    if host.text() != expected.output {
        return Err(format!(
            "expected output\n{}\nfound\n{}",
            expected.output,
            host.text()
        ));
    }
    match expected.live {
        Some(wanted) if wanted != live => {
            Err(format!("expected {wanted} live blocks, found {live}"))
        }
        _ => Ok(()),
    }
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mir");
    let entries = std::fs::read_dir(folder).expect("the folder of cases is there");
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "mir"));
    paths.sort();
    assert!(paths.len() >= 10, "cases are missing");
    let failed: Vec<String> = paths
        .iter()
        .filter_map(|path| Some(format!("{}: {}", path.display(), check(path).err()?)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
