//! Random programs give the same result compiled as interpreted, and a reload from one to another gives that of the other.

#![allow(unsafe_code)] // calls compiled code

use std::sync::Arc;

use super::harness::Program;
use midair::mir::arbitrary::{Choices, program};
use midair::mir::interp::{Captured, Image, Limits, Machine, Outcome};
use midair::mir::text::print_module;
use midair::mir::{Ids, Module, ProcId};
use midair::patch::Version;

fn interpreted(ids: &Ids, module: &Module, main: ProcId) -> u64 {
    let image = Image::of([module]);
    let mut host = Captured::default();
    let mut machine = Machine::new(ids, &image, &mut host, Limits::COMPILE_TIME);
    match machine.call(main, &[]) {
        Ok(Outcome::Returned(bits)) => bits,
        other => panic!("{other:?}"),
    }
}

/// How many programs: `MIDAIR_SEEDS=5000` for more.
fn seeds() -> u64 {
    std::env::var("MIDAIR_SEEDS")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(300)
}

#[test]
fn compiled_and_interpreted_programs_agree() {
    for seed in 0..seeds() {
        let host = Program::default();
        let (module, main) = program(&mut Choices::Seed(seed), &host.ids);
        let expected = interpreted(&host.ids, &module, main);
        let text = || print_module(&module, &host.ids);
        host.live
            .load(&[Arc::new(module.clone())])
            .unwrap_or_else(|error| panic!("{seed}: {error}\n{}", text()));
        // SAFETY: `main` takes nothing.
        let found = unsafe { host.live.call(main, &[]) };
        assert_eq!(
            found.as_ref().ok(),
            Some(&expected),
            "seed {seed}: {found:?}\n{}",
            text()
        );
        assert_eq!(
            host.live.runtime().heap().live_blocks(),
            0,
            "seed {seed}\n{}",
            text()
        );
    }
}

/// The interpreted programs start anew each time.
fn clear_globals(host: &Program) {
    for global in host.live.runtime().globals().list() {
        // SAFETY: storage of that size, in which the programs leave nothing that they own.
        unsafe { (global.address as *mut u8).write_bytes(0, global.size) };
    }
}

/// Programs of one generator have procs and globals of the same names, so one is a new version of another.
#[test]
fn a_reload_to_another_program_gives_its_result() {
    let host = Program::default();
    let mut refused = 0;
    let (first, _) = program(&mut Choices::Seed(0), &host.ids);
    host.live.load(&[Arc::new(first)]).expect("it loads");
    for seed in 1..seeds() {
        let (module, main) = program(&mut Choices::Seed(seed), &host.ids);
        let modules = vec![Arc::new(module.clone())];
        let version = Version {
            changed: vec![module.name.clone()],
            modules: modules.into(),
        };
        if host.live.apply(&version).is_err() {
            refused += 1;
            continue;
        }
        let expected = interpreted(&host.ids, &module, main);
        clear_globals(&host);
        // SAFETY: `main` takes nothing.
        let found = unsafe { host.live.call(main, &[]) };
        assert_eq!(
            found.as_ref().ok(),
            Some(&expected),
            "seed {seed}: {found:?}"
        );
    }
    assert!(refused < seeds() / 2, "{refused} were refused");
    assert_eq!(host.live.runtime().heap().live_blocks(), 0);
}
