//! Arming: a change that waits is taken over at a call of the main module, and nowhere else.

use std::sync::{Arc, Mutex, OnceLock};

use midair::Program;
use midair::source::Texts;

/// What is saved once the program has printed a line.
type Saves = Vec<(&'static str, &'static str, &'static str)>;

/// Runs a program whose sources are edited when it prints certain lines: the line, the file, its new text. Each edit is armed
/// at once, as a watcher would. Gives what it printed, and how many reloads there were.
fn play(files: &[(&str, &str)], saves: Saves) -> (String, usize) {
    let texts = Texts::new(files.iter().copied());
    let this: Arc<OnceLock<Program>> = Arc::default();
    let printed = Arc::new(Mutex::new(String::new()));
    let reloads = Arc::new(Mutex::new(0));
    let (seen, to_arm, count) = (printed.clone(), this.clone(), reloads.clone());
    let edited = texts.clone();
    let mut saves = saves.into_iter().peekable();
    let program = Program::builder()
        .provider(texts)
        .output(move |_, text| {
            let mut seen = seen.lock().unwrap();
            seen.push_str(&String::from_utf8_lossy(text));
            let complete = seen.clone();
            drop(seen);
            if let Some((_, file, text)) =
                saves.next_if(|(line, ..)| complete.ends_with(&format!("{line}\n")))
            {
                edited.set(file, text);
                assert!(to_arm.get().unwrap().arm().unwrap());
            }
        })
        .on_reload(move |outcome, _| {
            outcome.as_ref().unwrap();
            *count.lock().unwrap() += 1;
        })
        .compile("main.nim")
        .unwrap();
    this.set(program.clone()).unwrap();
    program.start().unwrap();
    let printed = printed.lock().unwrap().clone();
    (printed, *reloads.lock().unwrap())
}

#[test]
fn a_call_of_the_main_module_reloads_and_passes_its_arguments_on() {
    let main = "import logic\n\
         for i in 1 .. 4:\n  \
           echo mix(i, 2, 3, 4, 5, 6, 7, 8, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 0.25'f32)\n";
    let logic = "proc mix*(a, b, c, d, e, f, g, h: int, p, q, r, s, t, u, v, w, x: float, y: float32): float =\n  \
           float(a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f + 1000000 * g + 10000000 * h) +\n    \
             p + q + r + s + t + u + v + w + x + y.float\n";
    let edited = "proc mix*(a, b, c, d, e, f, g, h: int, p, q, r, s, t, u, v, w, x: float, y: float32): float =\n  \
           float(h + 10 * g + 100 * f + 1000 * e + 10000 * d + 100000 * c + 1000000 * b + 10000000 * a) +\n    \
             x * 8.0 - y.float + p / 2.0 + w\n";
    let (printed, reloads) = play(
        &[("main.nim", main), ("logic.nim", logic)],
        vec![("87654362.75", "logic.nim", edited)],
    );
    assert_eq!(
        printed,
        "87654361.75\n87654362.75\n32345753.5\n42345753.5\n"
    );
    assert_eq!(reloads, 1);
}

#[test]
fn calls_between_other_modules_go_on_in_old_code() {
    let main = "import logic\necho twice()\necho twice()\n";
    let logic = "import deep\nproc twice*(): int =\n  echo answer()\n  answer() + answer()\n";
    let deep = "proc answer*(): int = 1\n";
    let edited = "proc answer*(): int = 21\n";
    let (printed, reloads) = play(
        &[("main.nim", main), ("logic.nim", logic), ("deep.nim", deep)],
        vec![("1", "deep.nim", edited)],
    );
    assert_eq!(printed, "1\n2\n21\n42\n");
    assert_eq!(reloads, 1);
}

#[test]
fn a_loop_sees_each_of_several_changes() {
    let main = "proc line(i: int): string = $i & \" a\"\nproc run() =\n  for i in 1 .. 6: echo line(i)\nrun()\n";
    let b = "proc line(i: int): string = $i & \" b\"\nproc run() =\n  for i in 1 .. 6: echo line(i)\nrun()\n";
    let c = "proc line(i: int): string = $i & \" c\"\nproc run() =\n  for i in 1 .. 6: echo line(i)\nrun()\n";
    let saves = vec![("2 a", "main.nim", b), ("4 b", "main.nim", c)];
    let (printed, reloads) = play(&[("main.nim", main)], saves);
    assert_eq!(printed, "1 a\n2 a\n3 b\n4 b\n5 c\n6 c\n");
    assert_eq!(reloads, 2);
}

#[test]
fn the_host_reloads_at_a_call_too() {
    let texts = Texts::new([(
        "logic.nim",
        "proc scale*(x: float, n: int): float = x * n.float\n",
    )]);
    let program = Program::builder()
        .provider(texts.clone())
        .load("logic.nim")
        .unwrap();
    let scale = program
        .proc::<fn(f64, i64) -> f64>("logic", "scale")
        .unwrap();
    assert_eq!(scale.call(1.5, 4).unwrap(), 6.0);
    assert!(!program.arm().unwrap(), "nothing has changed");

    texts.set(
        "logic.nim",
        "proc scale*(x: float, n: int): float = x / n.float\n",
    );
    assert!(program.arm().unwrap());
    assert_eq!(scale.call(1.5, 4).unwrap(), 0.375);
    assert!(program.take_last_reload().unwrap().unwrap().changed);

    // Another thread than the one that loaded it stays with what there is.
    texts.set(
        "logic.nim",
        "proc scale*(x: float, n: int): float = x - n.float\n",
    );
    assert!(program.arm().unwrap());
    let there = scale.clone();
    let result = std::thread::spawn(move || there.call(1.5, 4).unwrap()).join();
    assert_eq!(result.unwrap(), 0.375);
    assert_eq!(scale.call(1.5, 4).unwrap(), -2.5);
}

#[test]
fn what_waits_is_forgotten_when_it_is_taken_back_or_broken() {
    let first = "proc answer*(): int = 1\n";
    let texts = Texts::new([("logic.nim", first)]);
    let program = Program::builder()
        .provider(texts.clone())
        .load("logic.nim")
        .unwrap();
    let answer = program.proc::<fn() -> i64>("logic", "answer").unwrap();

    texts.set("logic.nim", "proc answer*(): int = 2\n");
    assert!(program.arm().unwrap());
    texts.set("logic.nim", first);
    assert!(!program.arm().unwrap());
    assert_eq!(answer.call().unwrap(), 1);
    assert!(program.take_last_reload().is_none());

    texts.set("logic.nim", "proc answer*(): int = 3\n");
    assert!(program.arm().unwrap());
    texts.set("logic.nim", "proc answer*(): int = three\n");
    assert!(program.arm().unwrap_err().is_diagnostics());
    assert!(!program.arm().unwrap(), "the same mistake is told once");
    assert_eq!(answer.call().unwrap(), 1);

    texts.set("logic.nim", "proc answer*(): int = 4\n");
    assert!(program.arm().unwrap());
    assert_eq!(answer.call().unwrap(), 4);
}

/// A watcher's thread and a program that runs and reloads by itself, as fast as both can.
#[test]
fn arming_races_with_running() {
    let text = |n: i64| format!("proc answer*(): int = {n}\n");
    let texts = Texts::new([("logic.nim", text(0))]);
    let program = Program::builder()
        .provider(texts.clone())
        .load("logic.nim")
        .unwrap();
    let answer = program.proc::<fn() -> i64>("logic", "answer").unwrap();
    const LAST: i64 = 200;
    let watcher = {
        let (texts, program) = (texts.clone(), program.clone());
        std::thread::spawn(move || {
            for n in 1..=LAST {
                texts.set("logic.nim", text(n));
                program.arm().unwrap();
            }
        })
    };
    let mut last = 0;
    while last < LAST {
        let now = answer.call().unwrap();
        assert!(now >= last, "an older version came back: {last}, {now}");
        last = now;
        if watcher.is_finished() && now < LAST {
            assert_eq!(answer.call().unwrap(), LAST, "the last change was lost");
        }
    }
    watcher.join().unwrap();
}
