//! The interpreter's cases, compiled.

use std::path::Path;

use super::harness::{Program, show_error};
use midair::mir::Scalar;
use midair::patch::ReloadError;

fn expected(text: &str) -> (String, Option<String>, Option<u64>) {
    let (mut output, mut end, mut live) = (String::new(), None, None);
    for line in text.lines() {
        let Some((key, value)) = line
            .strip_prefix("; ")
            .and_then(|line| line.split_once(':'))
        else {
            break;
        };
        let value = value.strip_prefix(' ').unwrap_or(value);
        match key {
            "output" => output += &format!("  | {value}\n"),
            "live" => live = value.parse().ok(),
            _ => end = Some(format!("{key}: {value}")),
        }
    }
    (output, end, live)
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

fn run(program: &Program, text: &str) -> String {
    match program.load(text) {
        Err(ReloadError::Guest { error, .. }) => return show_error(&error),
        Err(error) => panic!("{error}"),
        Ok(_) => {}
    }
    let main = program.ids.proc("main", 0);
    let Some(proc) = program.live.proc(main) else {
        return "result: nothing".into();
    };
    match program.call("main", &[]) {
        Ok(bits) => format!("result: {}", show(proc.sig.ret, bits)),
        Err(error) => show_error(&error),
    }
}

/// Cases that end in a fault break rules that only the interpreter checks.
#[test]
fn compiled_code_does_what_the_interpreter_does() {
    run_folder("tests/mir", 10);
}

/// What the interpreter does not do: C, callbacks, the machine's stack.
#[test]
fn compiled_code_works_with_c() {
    run_folder("tests/back/native", 5);
}

fn run_folder(folder: &str, at_least: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut ran = 0;
    let mut wrong = String::new();
    for entry in std::fs::read_dir(folder).expect("the cases are there") {
        let path = entry.expect("the cases can be read").path();
        let text = std::fs::read_to_string(&path).expect("the cases can be read");
        let (output, end, live) = expected(&text);
        let end = end.unwrap_or_else(|| "result: nothing".into());
        if end.starts_with("fault:") {
            continue;
        }
        let program = Program::default();
        let found = run(&program, &text);
        let printed = program.log.take();
        let blocks = program.live.runtime().heap().live_blocks() as u64;
        if found != end || printed != output || live.is_some_and(|live| live != blocks) {
            wrong += &format!("{}:\n{printed}{found}, {blocks} blocks\n", path.display());
        }
        ran += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(ran >= at_least, "{ran} cases ran");
}
