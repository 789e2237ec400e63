//! A program is edited at random, reloaded, and compared with one that was started fresh from the same text.
//!
//! What a version prints when its state is reset must be what the fresh program prints: procs, consts, types, templates,
//! generics, inline procs, includes and imports may all have changed. What becomes of state that is kept is compared with a
//! [model](kept) of the contract. Of edits that fail, those that are not needed for it are left out. `MIDAIR_FUZZ_ROUNDS` and
//! `MIDAIR_FUZZ_SEED` choose how long and which.

mod items;
mod kept;
mod seen;
mod views;

use std::sync::{Arc, Mutex};

use midair::Program;
use midair::source::Texts;

/// xorshift64*, which is enough to choose edits.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize) % limit
    }
}

fn start(texts: Texts) -> (midair::Result<Program>, Arc<Mutex<String>>) {
    let printed = Arc::new(Mutex::new(String::new()));
    let sink = printed.clone();
    let program = Program::builder()
        .provider(texts)
        .output(move |_, text| {
            sink.lock()
                .unwrap()
                .push_str(&String::from_utf8_lossy(text))
        })
        .load("main.nim");
    (program, printed)
}

/// What a call of `run` prints.
fn run(program: &Program, printed: &Mutex<String>) -> String {
    printed.lock().unwrap().clear();
    let ended = program
        .proc::<fn()>("main", "run")
        .and_then(|run| run.call());
    let text = printed.lock().unwrap().clone();
    match ended {
        Ok(()) => text,
        Err(error) => format!("{text}{error}"),
    }
}

/// What a reload has to come to.
enum Expect {
    /// What a program does that is started fresh from the same text.
    AsFresh,
    /// It is accepted, or refused and why; `run` prints this afterwards.
    This(Result<(), String>, String),
}

/// A program that is edited.
trait Model {
    /// It reloads itself in `run`, which is called before the host reloads.
    const INSIDE: bool = false;
    fn new(random: &mut Random) -> Self;
    fn edit(&mut self, random: &mut Random);
    /// Names and texts. `main.nim` has a proc `run` that prints what the program does: from a state that it resets, or
    /// of the state that it has.
    fn files(&self) -> Vec<(String, String)>;
    /// The program is reloaded, and `run` is called.
    fn reload(&mut self) -> Expect {
        Expect::AsFresh
    }
}

/// The edits of a program by their seeds: those of each round, before a reload. Leaving out some leaves the others what they are.
#[derive(Clone)]
struct Edits {
    program: u64,
    rounds: Vec<Vec<u64>>,
}

impl Edits {
    fn random(seed: u64, rounds: usize) -> Edits {
        let mut random = Random(seed << 1 | 1);
        let mut number = || (random.below(1 << 30) as u64) << 1 | 1;
        let program = number();
        let mut round = || {
            let edits = 1 + number() as usize / 2 % 3;
            (0..edits).map(|_| number()).collect()
        };
        let rounds = (0..rounds).map(|_| round()).collect();
        Edits { program, rounds }
    }

    /// Leaves out whatever it still fails without: from the last edit to the first, until nothing more can go.
    fn shrink<M: Model>(mut self) -> (Edits, String) {
        let Err(mut why) = play::<M>(&self) else {
            return (self, "does not fail again".into());
        };
        let mut before = 0;
        while before != self.count() {
            before = self.count();
            for at in (0..self.rounds.len()).rev() {
                // Most rounds can go as a whole.
                let mut less = self.clone();
                less.rounds.remove(at);
                if let Err(other) = play::<M>(&less) {
                    (self, why) = (less, other);
                    continue;
                }
                for edit in (0..self.rounds[at].len()).rev() {
                    let mut less = self.clone();
                    less.rounds[at].remove(edit);
                    if let Err(other) = play::<M>(&less) {
                        (self, why) = (less, other);
                    }
                }
            }
        }
        (self, why)
    }

    fn count(&self) -> usize {
        self.rounds.iter().map(Vec::len).sum()
    }
}

/// Reloads and refusals of one run.
#[derive(Default, Debug)]
struct Played {
    reloads: usize,
    refused: usize,
}

fn put<M: Model>(texts: &Texts, model: &M, known: &mut Vec<(String, String)>) {
    let files = model.files();
    for (name, _) in known.iter() {
        if files.iter().all(|file| file.0 != *name) {
            texts.remove(name);
        }
    }
    for (name, text) in &files {
        texts.set(name, text.as_str());
    }
    *known = files;
}

/// # Errors
/// What is not as it has to be.
fn play<M: Model>(edits: &Edits) -> Result<Played, String> {
    let mut model = M::new(&mut Random(edits.program));
    let texts = Texts::default();
    let mut known = Vec::new();
    put(&texts, &model, &mut known);
    let (program, printed) = start(texts.clone());
    let program = program.map_err(|error| format!("{error}\n{}", shown(&known)))?;
    let mut played = Played::default();
    for (round, seeds) in std::iter::once(&Vec::new())
        .chain(&edits.rounds)
        .enumerate()
    {
        let was = known.clone();
        for &seed in seeds {
            model.edit(&mut Random(seed));
        }
        put(&texts, &model, &mut known);
        let inside = M::INSIDE.then(|| run(&program, &printed));
        let outcome = program.reload();
        let expects = model.reload();
        let is_fresh = matches!(expects, Expect::AsFresh);
        let expected = match expects {
            Expect::AsFresh => {
                let fresh = Texts::default();
                put(&fresh, &model, &mut Vec::new());
                let (other, other_printed) = start(fresh);
                match other {
                    Ok(other) => (Ok(()), Some(run(&other, &other_printed))),
                    Err(error) => (Err(error.to_string()), None),
                }
            }
            Expect::This(accepted, text) => (accepted, Some(text)),
        };
        let place = || {
            format!(
                "before: {}\nafter round {round}: {}",
                shown(&was),
                shown(&changed(&was, &known))
            )
        };
        let report = match (expected.0, outcome) {
            (Ok(()), Ok(report)) => {
                played.reloads += usize::from(report.changed);
                report.to_string()
            }
            // What does not compile is refused by both.
            (Err(_), Err(error)) => {
                played.refused += 1;
                error.to_string()
            }
            // Its values have nowhere to go.
            (Ok(()), Err(error))
                if is_fresh && error.to_string().contains("cannot be migrated") =>
            {
                played.refused += 1;
                continue;
            }
            (Ok(()), Err(error)) => return Err(format!("{}\nrefused: {error}", place())),
            (Err(why), Ok(_)) => return Err(format!("{}\nis not refused: {why}", place())),
        };
        let Some(expected) = expected.1 else {
            continue;
        };
        let found = inside.unwrap_or_else(|| run(&program, &printed));
        if found != expected {
            return Err(format!(
                "{}\n{report}\n{}",
                place(),
                differences(&expected, &found)
            ));
        }
    }
    Ok(played)
}

/// The lines that differ.
fn differences(expected: &str, found: &str) -> String {
    let pairs = expected.lines().zip(found.lines());
    let mut text: Vec<String> = pairs
        .filter(|(a, b)| a != b)
        .map(|(a, b)| format!("expected {a}\nfound    {b}"))
        .collect();
    let (lines, other) = (expected.lines().count(), found.lines().count());
    if lines != other {
        text.push(format!("{lines} and {other} lines: {found}"));
    }
    text.join("\n")
}

/// The files that are not as they were.
fn changed(was: &[(String, String)], now: &[(String, String)]) -> Vec<(String, String)> {
    let others = now.iter().filter(|file| !was.contains(file));
    others.cloned().collect()
}

fn shown(files: &[(String, String)]) -> String {
    let file = |(name, text): &(String, String)| format!("--- {name}\n{text}");
    files.iter().map(file).collect()
}

fn fuzz<M: Model>(seed: u64, rounds: usize) {
    let edits = Edits::random(seed, rounds);
    match play::<M>(&edits) {
        Ok(Played { reloads, refused }) => {
            println!("seed {seed}: {reloads} reloads, {refused} refused");
            assert!(M::INSIDE || reloads > 0);
        }
        Err(why) => {
            eprintln!("seed {seed}: {why}\nleaving out edits");
            let (least, why) = edits.shrink::<M>();
            panic!("seed {seed}, left of it {:?}: {why}", least.rounds);
        }
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    let given = std::env::var(name).ok();
    given
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

/// How many rounds, from which seed.
fn short<M: Model>() {
    let seed = number("MIDAIR_FUZZ_SEED", 1);
    let rounds = number("MIDAIR_FUZZ_ROUNDS", 25) as usize;
    fuzz::<M>(seed, rounds);
}

#[test]
fn reloaded_is_as_started_fresh() {
    short::<items::Items>();
    short::<seen::Seen>();
}

#[test]
fn state_is_kept() {
    short::<kept::Kept>();
}

#[test]
fn addresses_stay_good() {
    short::<views::Views>();
}

#[test]
#[ignore = "long: hundreds of seeds"]
fn addresses_stay_good_at_length() {
    let first = number("MIDAIR_FUZZ_SEED", 1);
    for seed in first..first + number("MIDAIR_FUZZ_SEEDS", 200) {
        fuzz::<views::Views>(seed * 0x9e37_79b9, 40);
    }
}

#[test]
#[ignore = "long: hundreds of seeds"]
fn reloaded_is_as_started_fresh_at_length() {
    for seed in 1..=number("MIDAIR_FUZZ_SEEDS", 200) {
        fuzz::<items::Items>(seed * 0x9e37_79b9, 40);
        fuzz::<seen::Seen>(seed * 0x9e37_79b9, 40);
    }
}

#[test]
#[ignore = "long: hundreds of seeds"]
fn state_is_kept_at_length() {
    let first = number("MIDAIR_FUZZ_SEED", 1);
    for seed in first..first + number("MIDAIR_FUZZ_SEEDS", 200) {
        fuzz::<kept::Kept>(seed * 0x9e37_79b9, 40);
    }
}
