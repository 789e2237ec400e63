//! Cases of reloads: see the head of `tests/back.rs`.

use std::path::Path;

use super::harness::{Program, show_error, show_outcome};

#[derive(Default)]
pub struct Case {
    pub versions: Vec<String>,
    steps: Vec<String>,
    log: String,
    /// The end of each version's last module.
    common: String,
    /// Everything before the log.
    head: String,
}

pub fn parse(text: &str) -> Case {
    let mut case = Case::default();
    let mut section = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            section = name.to_owned();
            if section.starts_with("version") {
                case.versions.push(String::new());
            }
        } else if section == "log" {
            case.log += &format!("{line}\n");
            continue;
        } else if section == "common" {
            case.common += &format!("{line}\n");
        } else if section == "steps" {
            case.steps
                .extend(Some(line.trim().to_owned()).filter(|step| !step.is_empty()));
        } else if let Some(version) = case.versions.last_mut() {
            *version += &format!("{line}\n");
        }
        case.head += &format!("{line}\n");
    }
    let common = std::mem::take(&mut case.common);
    case.versions
        .iter_mut()
        .for_each(|version| version.push_str(&common));
    case
}

/// The number in `reload 3`.
fn version<'c>(case: &'c Case, number: &str) -> &'c str {
    let number: usize = number.trim().parse().expect("a version's number");
    &case.versions[number]
}

fn step(program: &Program, case: &Case, step: &str) {
    let log = &program.log;
    log.line(format!("> {step}"));
    let (word, rest) = step.split_once(' ').unwrap_or((step, ""));
    match word {
        "load" => log.line(show_outcome(&program.load(version(case, rest)))),
        "reload" => {
            let version = program.version(version(case, rest));
            log.line(show_outcome(&program.live.apply(&version)));
        }
        "next" => program.next.set(program.version(version(case, rest))),
        "collect" => program.live.collect(),
        "call" => {
            let (name, args) = rest.trim_end_matches(')').split_once('(').expect("a call");
            let args = args.split(',').map(str::trim).filter(|arg| !arg.is_empty());
            let args: Vec<u64> = args
                .map(|arg| arg.parse::<i64>().expect("a number") as u64)
                .collect();
            match program.call(name.trim_start_matches('@'), &args) {
                Ok(value) => log.line(format!("  {}", value as i64)),
                Err(error) => log.line(format!("  {}", show_error(&error))),
            }
        }
        _ => panic!("unknown step: {step}"),
    }
}

#[test]
fn reloads_do_what_their_logs_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/back/reload");
    let accept = std::env::var_os("MIDAIR_ACCEPT").is_some();
    let mut wrong = String::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("the cases can be read").path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("the cases can be read");
        let case = parse(&text);
        let program = Program::default();
        case.steps
            .iter()
            .for_each(|text| step(&program, &case, text));
        let found = program.log.take();
        if found != case.log {
            if accept {
                let text = format!("{}{found}", case.head);
                std::fs::write(&path, text).expect("the case can be written");
            } else {
                wrong += &format!("{}:\n{found}\n", path.display());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
