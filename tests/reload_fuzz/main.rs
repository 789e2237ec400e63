//! A program is edited at random, reloaded, and compared with one that was started fresh from the same text.
//!
//! What a version prints when its state is reset must be what the fresh program prints: procs, consts, types, templates,
//! generics, inline procs, includes and imports may all have changed. `MIDAIR_FUZZ_ROUNDS` and `MIDAIR_FUZZ_SEED` choose how
//! long and which.

mod items;
mod seen;

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

/// A program that is edited.
trait Model {
    fn new(random: &mut Random) -> Self;
    fn edit(&mut self, random: &mut Random);
    /// Names and texts. `main.nim` has a proc `run` that prints what the program does from a state that it resets.
    fn files(&self) -> Vec<(String, String)>;
}

fn fuzz<M: Model>(seed: u64, rounds: usize) {
    let mut random = Random(seed | 1);
    let mut model = M::new(&mut random);
    let texts = Texts::default();
    let put = |texts: &Texts, model: &M| {
        model
            .files()
            .iter()
            .for_each(|(name, text)| texts.set(name, text.as_str()));
    };
    put(&texts, &model);
    let (program, printed) = start(texts.clone());
    let program =
        program.unwrap_or_else(|error| panic!("seed {seed}: {error}\n{:#?}", model.files()));
    let (mut reloads, mut refused) = (0, 0);
    for round in 0..rounds {
        for _ in 0..=random.below(3) {
            model.edit(&mut random);
        }
        put(&texts, &model);
        let fresh = Texts::default();
        put(&fresh, &model);
        let (other, other_printed) = start(fresh);
        let outcome = program.reload();
        let place = || format!("seed {seed}, round {round}: {:#?}", model.files());
        match (other, outcome) {
            (Ok(other), Ok(report)) => {
                reloads += usize::from(report.changed);
                assert_eq!(
                    run(&program, &printed),
                    run(&other, &other_printed),
                    "{}\n{report}",
                    place()
                );
            }
            // What does not compile is refused by both.
            (Err(_), Err(_)) => refused += 1,
            // Its values have nowhere to go.
            (Ok(_), Err(error)) if error.to_string().contains("cannot be migrated") => refused += 1,
            (Ok(_), Err(error)) => panic!("{}\nonly the reload fails: {error}", place()),
            (Err(error), Ok(_)) => panic!("{}\nonly the fresh start fails: {error}", place()),
        }
    }
    println!("seed {seed}: {reloads} reloads, {refused} refused");
    assert!(reloads > 0);
}

fn number(name: &str, otherwise: u64) -> u64 {
    let given = std::env::var(name).ok();
    given
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

#[test]
fn reloaded_is_as_started_fresh() {
    let seed = number("MIDAIR_FUZZ_SEED", 1);
    let rounds = number("MIDAIR_FUZZ_ROUNDS", 25) as usize;
    fuzz::<items::Items>(seed, rounds);
    fuzz::<seen::Seen>(seed, rounds);
}

#[test]
#[ignore = "long: hundreds of seeds"]
fn reloaded_is_as_started_fresh_at_length() {
    for seed in 1..=number("MIDAIR_FUZZ_SEEDS", 200) {
        fuzz::<items::Items>(seed * 0x9e37_79b9, 40);
        fuzz::<seen::Seen>(seed * 0x9e37_79b9, 40);
    }
}
