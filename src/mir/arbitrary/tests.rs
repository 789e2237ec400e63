//! Random programs keep their promises.

use super::*;
use crate::mir::interp::{Captured, Image, Limits, Machine, Outcome};
use crate::mir::text::{parse_module, print_module};
use crate::mir::verify;

#[test]
fn programs_are_sound_and_end_and_leave_nothing() {
    let mut results = Vec::new();
    let mut raised = 0;
    for seed in 0..400 {
        let ids = Ids::default();
        let (module, main) = program(&mut Choices::Seed(seed), &ids);
        let image = Image::of([&module]);
        for proc in &module.procs {
            let checked = verify(proc, &ids, &|id| image.sig(id));
            checked.unwrap_or_else(|errors| {
                panic!("seed {seed}: {errors:#?}\n{}", print_module(&module, &ids))
            });
        }
        let mut host = Captured::default();
        let mut machine = Machine::new(&ids, &image, &mut host, Limits::COMPILE_TIME);
        match machine.call(main, &[]) {
            Ok(Outcome::Returned(bits)) => results.push(bits),
            other => panic!("seed {seed}: {other:?}\n{}", print_module(&module, &ids)),
        }
        assert_eq!(machine.live_blocks(), 0, "seed {seed}");
        raised += usize::from(
            module
                .procs
                .iter()
                .any(|proc| proc.sig.raises && proc.name.starts_with('p')),
        );
    }
    let count = results.len();
    results.sort_unstable();
    results.dedup();
    // They differ, and exceptions take part.
    assert!(results.len() > count / 2, "{}", results.len());
    assert!(raised > count / 3, "{raised}");
}

#[test]
fn programs_read_back_as_they_were() {
    for seed in 0..100 {
        let ids = Ids::default();
        let (module, _) = program(&mut Choices::Seed(seed), &ids);
        let printed = print_module(&module, &ids);
        let again = parse_module(&printed, &ids).unwrap_or_else(|errors| panic!("{errors:?}"));
        assert_eq!(print_module(&again, &ids), printed);
    }
}

#[test]
fn any_bytes_make_a_program() {
    let bytes: Vec<u8> = (0..=255).collect();
    for len in [0, 1, 17, 256] {
        let ids = Ids::default();
        let (module, main) = program(&mut Choices::Bytes(&bytes[..len]), &ids);
        let image = Image::of([&module]);
        let mut host = Captured::default();
        let mut machine = Machine::new(&ids, &image, &mut host, Limits::COMPILE_TIME);
        let outcome = machine.call(main, &[]);
        assert!(
            matches!(outcome, Ok(Outcome::Returned(_))),
            "{len}: {outcome:?}"
        );
    }
}
