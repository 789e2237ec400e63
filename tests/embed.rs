//! The library as a host uses it: programs from texts, typed handles, reloads, errors.

use std::sync::{Arc, Mutex};

use midair::host::Options;
use midair::source::Texts;
use midair::{Error, Program};

/// A program of one module `logic.nim`, and its text to change.
fn logic(text: &str) -> (Texts, Program) {
    let texts = Texts::new([("logic.nim", text)]);
    let program = Program::builder().provider(texts.clone()).load("logic.nim");
    (texts, program.expect("the program loads"))
}

fn error<T>(result: Result<T, Error>) -> Error {
    match result {
        Ok(_) => panic!("it should have failed"),
        Err(error) => error,
    }
}

#[test]
fn every_kind_of_scalar_travels() {
    let (_, program) = logic(
        "proc ints*(a: int8, b: int16, c: int32, d: int): int = int(a) + int(b) + int(c) + d\n\
         proc uints*(a: uint8, b: uint16, c: uint32, d: uint64): uint64 = uint64(a) + uint64(b) + uint64(c) + d\n\
         proc floats*(a: float32, b: float): float = a.float + b\n\
         proc negate*(a: bool): bool = not a\n\
         proc small*(): int8 = -3\n\
         type Colour* = enum red, green, blue\n\
         proc next*(c: Colour): Colour = succ(c)\n\
         proc upper*(c: char): char = char(ord(c) - 32)\n\
         proc nothing*() = discard\n",
    );
    let ints = program
        .proc::<fn(i8, i16, i32, i64) -> i64>("logic", "ints")
        .unwrap();
    assert_eq!(ints.call(-1, -2, -3, 10).unwrap(), 4);
    let uints = program
        .proc::<fn(u8, u16, u32, u64) -> u64>("logic", "uints")
        .unwrap();
    assert_eq!(
        uints.call(255, 65535, u32::MAX, 1).unwrap(),
        255 + 65535 + u64::from(u32::MAX) + 1
    );
    let floats = program
        .proc::<fn(f32, f64) -> f64>("logic", "floats")
        .unwrap();
    assert_eq!(floats.call(0.5, 0.25).unwrap(), 0.75);
    let negate = program.proc::<fn(bool) -> bool>("logic", "negate").unwrap();
    assert!(negate.call(false).unwrap() && !negate.call(true).unwrap());
    assert_eq!(
        program
            .proc::<fn() -> i8>("logic", "small")
            .unwrap()
            .call()
            .unwrap(),
        -3
    );
    assert_eq!(
        program
            .proc::<fn(u8) -> u8>("logic", "next")
            .unwrap()
            .call(1)
            .unwrap(),
        2
    );
    assert_eq!(
        program
            .proc::<fn(u8) -> u8>("logic", "upper")
            .unwrap()
            .call(b'a')
            .unwrap(),
        b'A'
    );
    program
        .proc::<fn()>("logic", "nothing")
        .unwrap()
        .call()
        .unwrap();
}

#[test]
fn more_arguments_than_registers_travel() {
    let (_, program) = logic(
        "proc sum*(a, b, c, d, e, f, g, h: int): int = a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + 8*h\n\
         proc mixed*(a: float, b: int, c: float, d: int, e: int, f: int, g: int, h: int): float =\n\
        \x20 a + c + float(b + 10*d + 100*e + 1000*f + 10000*g + 100000*h)\n",
    );
    type Eight = fn(i64, i64, i64, i64, i64, i64, i64, i64) -> i64;
    let sum = program.proc::<Eight>("logic", "sum").unwrap();
    assert_eq!(sum.call(1, 2, 3, 4, 5, 6, 7, 8).unwrap(), 204);
    type Mixed = fn(f64, i64, f64, i64, i64, i64, i64, i64) -> f64;
    let mixed = program.proc::<Mixed>("logic", "mixed").unwrap();
    assert_eq!(mixed.call(0.25, 1, 0.5, 2, 3, 4, 5, 6).unwrap(), 654321.75);
}

#[test]
fn strings_travel_both_ways_and_are_copied_when_kept() {
    let (_, program) = logic(
        "var kept: string\n\
         proc keep*(s: string) = kept = s\n\
         proc greet*(name: string): string = \"hello \" & name & kept\n\
         proc literal*(): string = \"constant\"\n\
         proc same*(s: string): string = s\n\
         proc none*(): string = discard\n",
    );
    let keep = program.proc::<fn(String)>("logic", "keep").unwrap();
    let greet = program
        .proc::<fn(String) -> String>("logic", "greet")
        .unwrap();
    keep.call("!").unwrap();
    assert_eq!(greet.call("wörld").unwrap(), "hello wörld!");
    keep.call("").unwrap();
    assert_eq!(greet.call("").unwrap(), "hello ");
    assert_eq!(
        program
            .proc::<fn() -> String>("logic", "literal")
            .unwrap()
            .call()
            .unwrap(),
        "constant"
    );
    assert_eq!(
        program
            .proc::<fn(String) -> String>("logic", "same")
            .unwrap()
            .call("12345678")
            .unwrap(),
        "12345678"
    );
    assert_eq!(
        program
            .proc::<fn() -> String>("logic", "none")
            .unwrap()
            .call()
            .unwrap(),
        ""
    );
}

#[test]
fn memory_of_the_host_is_written_through_pointers() {
    let (_, program) = logic(
        "proc fill*(p: ptr UncheckedArray[uint32], n: int32, value: uint32) =\n\
        \x20 for i in 0'i32 ..< n: p[i] = value + uint32(i)\n",
    );
    let fill = program
        .proc::<fn(*mut u32, i32, u32)>("logic", "fill")
        .unwrap();
    let mut pixels = [0u32; 5];
    fill.call(pixels.as_mut_ptr(), 4, 7).unwrap();
    assert_eq!(pixels, [7, 8, 9, 10, 0]);
}

#[test]
fn names_and_signatures_are_checked_and_the_error_says_what_there_is() {
    let (_, program) = logic(
        "proc update*(dt: float): bool = dt > 0\n\
         proc update*(frames: int): bool = frames > 0\n\
         proc grow*(x: var int) = inc x\n",
    );
    assert!(
        program
            .proc::<fn(f64) -> bool>("logic", "update")
            .unwrap()
            .call(0.5)
            .unwrap()
    );
    assert!(
        !program
            .proc::<fn(i64) -> bool>("logic", "update")
            .unwrap()
            .call(0)
            .unwrap()
    );
    let wrong = error(program.proc::<fn(i32) -> bool>("logic", "update"));
    assert!(wrong.is_signature_mismatch());
    let text = wrong.to_string();
    assert!(
        text.contains("logic.update cannot be called as fn(i32) -> bool"),
        "{text}"
    );
    assert!(
        text.contains("logic.nim(1): proc update(float): bool"),
        "{text}"
    );
    assert!(
        text.contains("logic.nim(2): proc update(int): bool"),
        "{text}"
    );
    assert!(error(program.proc::<fn(i64)>("logic", "grow")).is_signature_mismatch());
    let missing = error(program.proc::<fn()>("logic", "updat"));
    assert!(
        missing.is_not_found() && missing.to_string().contains("update"),
        "{missing}"
    );
    let missing = error(program.proc::<fn()>("logik", "update"));
    assert!(
        missing.is_not_found() && missing.to_string().contains("logic"),
        "{missing}"
    );
}

#[test]
fn a_handle_runs_the_current_body_and_says_when_it_does_not_fit_any_more() {
    let (texts, program) = logic("var n = 10\nproc next*(): int =\n  n += 1\n  n\n");
    let next = program.proc::<fn() -> i64>("logic", "next").unwrap();
    assert_eq!(next.call().unwrap(), 11);
    assert!(!program.changed());

    texts.set(
        "logic.nim",
        "var n = 10\nproc next*(): int =\n  n += 100\n  n\n",
    );
    assert!(program.changed());
    let report = program.reload().unwrap();
    assert!(report.changed && report.globals_kept > 0);
    assert_eq!(next.call().unwrap(), 111);
    assert!(!program.reload().unwrap().changed);

    texts.set(
        "logic.nim",
        "var n = 10\nproc next*(by: int): int =\n  n += by\n  n\n",
    );
    program.reload().unwrap();
    assert!(error(next.call()).is_signature_mismatch());
    let by = program.proc::<fn(i64) -> i64>("logic", "next").unwrap();
    assert_eq!(by.call(1000).unwrap(), 1111);

    texts.set("logic.nim", "var n = 10\n");
    program.reload().unwrap();
    assert!(error(next.call()).is_not_found());

    texts.set("logic.nim", "var n = 10\nproc next*(): int = n\n");
    program.reload().unwrap();
    assert_eq!(next.call().unwrap(), 1111);
}

#[test]
fn a_fixed_program_reloads_what_was_copied_into_callers() {
    let text = "proc base*(): int = 1\n\
                proc fib*(n: int): int = (if n < 2: n + base() else: fib(n - 1) + fib(n - 2))\n\
                proc twice*(n: int): int = 2 * fib(n)\n";
    for defines in [&["x"][..], &["release"]] {
        let texts = Texts::new([("logic.nim", text)]);
        let mut options = Options {
            fixed: true,
            ..Options::default()
        };
        defines.iter().for_each(|name| options.define(name, None));
        let builder = Program::builder().options(options).provider(texts.clone());
        let program = builder.load("logic.nim").unwrap();
        let twice = program.proc::<fn(i64) -> i64>("logic", "twice").unwrap();
        assert_eq!(twice.call(10).unwrap(), 2 * 144);
        texts.set("logic.nim", text.replace("int = 1", "int = 2"));
        let report = program.reload().unwrap();
        // Who has a copy is compiled again too.
        assert!(!report.recompiled.is_empty());
        assert_eq!(twice.call(10).unwrap(), 2 * (55 + 2 * 89));
        texts.set("logic.nim", text.replace("2 * fib", "3 * fib"));
        program.reload().unwrap();
        assert_eq!(twice.call(10).unwrap(), 3 * 144);
    }
}

#[test]
fn errors_in_the_sources_leave_the_program_running() {
    let (texts, program) = logic("proc one*(): int = 1\n");
    let one = program.proc::<fn() -> i64>("logic", "one").unwrap();
    texts.set("logic.nim", "proc one*(): int = \"2\"\n");
    for _ in 0..2 {
        let broken = error(program.reload());
        assert!(broken.is_diagnostics());
        assert!(
            broken
                .to_string()
                .contains("logic.nim(1, 20) Error: type mismatch"),
            "{broken}"
        );
        assert_eq!(one.call().unwrap(), 1);
        assert!(program.changed());
    }
    texts.remove("logic.nim");
    let gone = error(program.reload());
    assert!(
        gone.to_string().contains("cannot open file: logic.nim"),
        "{gone}"
    );
    assert_eq!(one.call().unwrap(), 1);
    texts.set("logic.nim", "proc one*(): int = 1\n");
    assert!(!program.reload().unwrap().changed, "it is what is loaded");

    let texts = Texts::new([("bad.nim", "echo undeclared")]);
    let bad = error(Program::builder().provider(texts).load("bad.nim"));
    assert!(bad.is_diagnostics(), "{bad}");
}

#[test]
fn exceptions_and_quit_leave_the_call_as_errors() {
    let (_, program) = logic(
        "proc risky*(n: int): int =\n\
        \x20 if n == 0: raise newException(ValueError, \"zero\")\n\
        \x20 if n < 0: quit(3)\n\
        \x20 100 div (n - 1)\n",
    );
    let risky = program.proc::<fn(i64) -> i64>("logic", "risky").unwrap();
    assert_eq!(risky.call(3).unwrap(), 50);
    let raised = error(risky.call(0));
    assert_eq!(raised.exception(), Some(("ValueError", "zero")));
    assert!(raised.to_string().contains("logic.nim(2)"), "{raised}");
    assert_eq!(
        error(risky.call(1)).exception().map(|(name, _)| name),
        Some("DivByZeroDefect")
    );
    assert_eq!(error(risky.call(-1)).quit_status(), Some(3));
    assert_eq!(risky.call(2).unwrap(), 100, "it can be called again");
}

#[test]
fn output_and_arguments_and_defines_are_the_hosts() {
    let printed = Arc::new(Mutex::new(Vec::new()));
    let sink = printed.clone();
    let texts = Texts::new([(
        "main.nim",
        "import std/os\nconst level {.intdefine.} = 1\necho paramStr(1), \" \", level, \" \", defined(extra)\n",
    )]);
    Program::builder()
        .provider(texts)
        .args(["first"])
        .define("extra")
        .define_value("level", "7")
        .output(move |_, text| sink.lock().unwrap().extend_from_slice(text))
        .load("main.nim")
        .unwrap();
    let printed = String::from_utf8(printed.lock().unwrap().clone()).unwrap();
    assert_eq!(printed, "first 7 true\n");
}

#[test]
fn a_program_that_reloads_itself_tells_its_host() {
    let texts = Texts::new([
        (
            "main.nim",
            "import logic, std/hotcodereloading\nproc step*(): int =\n  performCodeReload()\n  answer()\n",
        ),
        ("logic.nim", "proc answer*(): int = 1\n"),
    ]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let teller = told.clone();
    let program = Program::builder()
        .provider(texts.clone())
        .on_reload(move |outcome, _| teller.lock().unwrap().push(outcome.is_ok()))
        .load("main.nim")
        .unwrap();
    let step = program.proc::<fn() -> i64>("main", "step").unwrap();
    assert_eq!(step.call().unwrap(), 1);
    assert_eq!(*told.lock().unwrap(), []);
    texts.set("logic.nim", "proc answer*(): int = 2\n");
    assert_eq!(step.call().unwrap(), 2);
    assert_eq!(*told.lock().unwrap(), [true]);
    assert!(program.take_last_reload().unwrap().unwrap().changed);
    texts.set("logic.nim", "proc answer*(): int = x\n");
    assert_eq!(step.call().unwrap(), 2);
    assert_eq!(step.call().unwrap(), 2);
    assert_eq!(
        *told.lock().unwrap(),
        [true, false],
        "the same error is told once"
    );
}

#[test]
fn threads_call_while_another_reloads() {
    let (texts, program) = logic("proc pair*(): int = 1001\n");
    let pair = program.proc::<fn() -> i64>("logic", "pair").unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut last = 0;
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    let got = pair.call().unwrap();
                    assert!(
                        got % 1000 == got / 1000 && got >= last,
                        "a version as a whole, never an older one"
                    );
                    last = got;
                }
            });
        }
        for version in 2..60 {
            let text = format!("proc pair*(): int = {}\n", version * 1001);
            texts.set("logic.nim", text);
            program.reload().unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(pair.call().unwrap(), 59 * 1001);
}

#[test]
fn several_programs_live_side_by_side() {
    let (a_texts, a) = logic("proc name*(): string = \"a\"\n");
    let (_, b) = logic("proc name*(): string = \"b\"\n");
    let (name_a, name_b) = (
        a.proc::<fn() -> String>("logic", "name").unwrap(),
        b.proc::<fn() -> String>("logic", "name").unwrap(),
    );
    a_texts.set("logic.nim", "proc name*(): string = \"new a\"\n");
    a.reload().unwrap();
    assert_eq!(
        (name_a.call().unwrap(), name_b.call().unwrap()),
        ("new a".into(), "b".into())
    );
    drop(a);
    assert_eq!(
        name_a.call().unwrap(),
        "new a",
        "a handle keeps its program"
    );
}

#[test]
fn instances_of_generic_procs_are_named_by_their_arguments() {
    let (texts, program) = logic(
        "type Hit = object\n\
        \x20 n: int\n\
         proc largest*[T](a, b: T): T =\n\
        \x20 if a < b: b else: a\n\
         proc `<`(a, b: Hit): bool = a.n < b.n\n\
         proc unused*[T](a: T): T = a\n\
         proc start*(): int = largest(1, 2) + int(largest(1.5, 2.5)) + largest(Hit(n: 1), Hit(n: 2)).n\n",
    );
    let ints = program
        .proc::<fn(i64, i64) -> i64>("logic", "largest[int]")
        .unwrap();
    assert_eq!(ints.call(3, 4).unwrap(), 4);
    let floats = program.proc::<fn(f64, f64) -> f64>("logic", "largest");
    assert_eq!(floats.unwrap().call(3.5, 1.0).unwrap(), 3.5);
    let named = program.proc::<fn(f64, f64) -> f64>("logic", "largest[float](float, float)");
    assert_eq!(named.unwrap().call(0.5, 1.0).unwrap(), 1.0);

    let wrong = error(program.proc::<fn(f64, f64) -> f64>("logic", "largest[int]")).to_string();
    assert!(wrong.contains("proc largest(int, int): int"), "{wrong}");
    let none = error(program.proc::<fn(u8, u8) -> u8>("logic", "largest[uint8]"));
    assert!(none.is_signature_mismatch());
    let none = none.to_string();
    assert!(
        none.contains("no instance largest[uint8]") && none.contains("largest[float]"),
        "{none}"
    );
    let none = error(program.proc::<fn(i64) -> i64>("logic", "unused")).to_string();
    assert!(
        none.contains("logic.unused is generic, and the program has no instance"),
        "{none}"
    );

    texts.set(
        "logic.nim",
        "proc largest*[T](a, b: T): T =\n  a + b\nproc start*(): int = largest(1, 2)\n",
    );
    program.reload().unwrap();
    assert_eq!(ints.call(3, 4).unwrap(), 7);
}

type Step = unsafe extern "C" fn(i32) -> i32;

/// Calls the plain address of a proc, whose program lives.
#[allow(unsafe_code)]
fn at(step: Step, n: i32) -> i32 {
    // SAFETY: each test keeps the program until after its last call.
    unsafe { step(n) }
}

const STEP: &str = "proc step*(n: cint): cint {.cdecl.} =\n\
                   \x20 if n < 0: raise newException(ValueError, \"negative\")\n\
                   \x20 n + 1\n\
                    proc own*(n: cint): cint = n\n";

#[test]
fn a_plain_address_runs_the_current_body_and_gives_0_when_it_fails() {
    let (texts, program) = logic(STEP);
    let step = program.c_function::<Step>("logic", "step").unwrap();
    assert_eq!(at(step, 41), 42);

    // Errors are events.
    let events = program.events();
    assert_eq!(at(step, -1), 0);
    let event = events.try_recv().unwrap();
    let midair::Event::Failed(failed) = event else {
        panic!("{event:?}");
    };
    assert_eq!(failed.exception(), Some(("ValueError", "negative")));
    assert!(failed.to_string().contains("logic.nim(2)"), "{failed}");
    assert_eq!(at(step, 1), 2);

    // The convention is checked, both ways.
    let nims = error(program.c_function::<Step>("logic", "own")).to_string();
    assert!(nims.contains("needs {.cdecl.}"), "{nims}");
    let cs = error(program.proc::<fn(i32) -> i32>("logic", "step")).to_string();
    assert!(cs.contains("see `Program::c_function`"), "{cs}");
    type Wide = unsafe extern "C" fn(i64) -> i32;
    let wide = error(program.c_function::<Wide>("logic", "step")).to_string();
    assert!(
        wide.contains("unsafe extern \"C\" fn(i64) -> i32"),
        "{wide}"
    );

    // The address is the same after a reload, and runs the new body.
    texts.set("logic.nim", STEP.replace("n + 1", "n + 100"));
    program.reload().unwrap();
    assert_eq!(
        program.c_function::<Step>("logic", "step").unwrap() as usize,
        step as usize
    );
    assert_eq!(at(step, 1), 101);

    // Another signature is another proc; what is gone says so.
    texts.set("logic.nim", STEP.replace("cint", "int64"));
    program.reload().unwrap();
    while events.try_recv().is_ok() {}
    assert_eq!(at(step, 1), 0);
    let Ok(midair::Event::Failed(gone)) = events.try_recv() else {
        panic!("no event");
    };
    assert_eq!(gone.exception().map(|(name, _)| name), Some("ReloadError"));
    texts.set("logic.nim", STEP);
    program.reload().unwrap();
    assert_eq!(at(step, 1), 2);
}

#[test]
fn plain_addresses_are_called_by_many_threads_while_another_reloads() {
    let (texts, program) = logic(STEP);
    let step = program.c_function::<Step>("logic", "step").unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut last = 0;
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    let got = at(step, 0);
                    assert!(got >= last.max(1), "never an older version");
                    last = got;
                }
            });
        }
        for version in 2..40 {
            texts.set(
                "logic.nim",
                STEP.replace("n + 1", &format!("n + {version}")),
            );
            program.reload().unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(at(step, 0), 39);
}

#[test]
fn a_paused_program_gives_0_at_plain_addresses_and_host_functions_pass_exceptions_on() {
    let pointer = Arc::new(std::sync::OnceLock::<Step>::new());
    let called = pointer.clone();
    let through = move |n: i32| -> i32 { at(*called.get().unwrap(), n) };
    let engine = midair::HostModule::new("engine");
    let engine = engine.function::<fn(i32) -> i32>("through", &["n"], through);
    let text = format!(
        "import engine\n{STEP}proc caught*(n: int32): string =\n  try: $through(n)\n  except ValueError as e: e.msg\n"
    );
    let texts = Texts::new([("logic.nim", text.as_str())]);
    let program = Program::builder()
        .provider(texts.clone())
        .host_module(engine)
        .on_failure(midair::OnFailure::Pause)
        .load("logic.nim")
        .unwrap();
    let step = program.c_function::<Step>("logic", "step").unwrap();
    pointer.set(step).unwrap();
    let caught = program
        .proc::<fn(i32) -> String>("logic", "caught")
        .unwrap();
    assert_eq!(caught.call(1).unwrap(), "2");
    assert_eq!(caught.call(-1).unwrap(), "negative");
    assert!(program.paused().is_none());

    let _quiet = program.events();
    assert_eq!(at(step, -1), 0);
    assert!(program.paused().is_some());
    assert_eq!(at(step, 1), 0, "paused");
    assert!(caught.call(1).is_err());
    program.resume();
    assert_eq!(at(step, 1), 2);
}

#[test]
fn a_first_load_says_how_far_it_is() {
    let modules = ["a", "b", "c"].map(|name| {
        let procs: String = (0..40)
            .map(|n| format!("proc {name}{n}*(x: int): int = x * {n} + 1\n"))
            .collect();
        (format!("{name}.nim"), procs)
    });
    let main = (
        "main.nim".to_owned(),
        "import a, b, c\necho a1(b2(c3(1)))\n".to_owned(),
    );
    let texts = Texts::new(modules.into_iter().chain([main]));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = seen.clone();
    let program = Program::builder()
        .provider(texts.clone())
        .output(|_, _| {})
        .on_progress(move |now| told.lock().unwrap().push(now.clone()));
    let program = program.load("main.nim").unwrap();
    let all = std::mem::take(&mut *seen.lock().unwrap());
    assert_eq!((all[0].modules, &*all[0].last), (1, "main"));
    for pair in all.windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        assert!(before != now);
        assert!(now.parsed >= before.parsed && now.checked >= before.checked);
        assert!(
            now.modules >= now.parsed && now.parsed >= now.checked,
            "{now:?}"
        );
        assert!(now.compiled >= before.compiled && now.compiled <= now.procs);
    }
    let last = all.last().unwrap();
    assert!(last.modules >= 5, "the three, main and system: {last:?}");
    assert_eq!((last.parsed, last.checked), (last.modules, last.modules));
    assert!(last.procs >= 120 && last.compiled == last.procs, "{last:?}");
    for name in ["a", "b", "c", "main", "system"] {
        let checked =
            |pair: &[midair::Progress]| pair[1].checked > pair[0].checked && &*pair[1].last == name;
        assert!(all.windows(2).any(checked), "{name}");
    }
    // Reloads have reports, and are not told of.
    texts.set("a.nim", "proc a1*(x: int): int = x\n");
    texts.set("main.nim", "import a\necho a1(1)\n");
    program.reload().unwrap();
    assert!(seen.lock().unwrap().is_empty());
}

#[test]
fn a_listener_that_panics_is_not_asked_again() {
    let texts = Texts::new([("main.nim", "proc one*(): int = 1")]);
    let calls = Arc::new(Mutex::new(0));
    let counted = calls.clone();
    let builder = Program::builder().provider(texts).on_progress(move |_| {
        *counted.lock().unwrap() += 1;
        std::panic::resume_unwind(Box::new("no more"));
    });
    let program = builder.load("main.nim").unwrap();
    let one = program.proc::<fn() -> i64>("main", "one").unwrap();
    assert_eq!(one.call().unwrap(), 1);
    // A lock that a panic left is poisoned.
    let calls = calls
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    assert_eq!(*calls, 1);
}

#[test]
fn each_thread_that_calls_has_its_own_threadvars() {
    let code = "var count {.threadvar.}: int\nvar names {.threadvar.}: seq[string]\n\
                proc next*(): int =\n  inc count\n  names.add $count\n  count * 10 + names.len\n";
    let (texts, program) = logic(code);
    let next = program.proc::<fn() -> i64>("logic", "next").unwrap();
    assert_eq!(next.call().unwrap(), 11);
    let elsewhere = || {
        std::thread::scope(|scope| {
            let calls = scope.spawn(|| (next.call().unwrap(), next.call().unwrap()));
            calls.join().unwrap()
        })
    };
    assert_eq!(elsewhere(), (11, 22));
    assert_eq!(next.call().unwrap(), 22);
    // A reload adds one, and keeps what this thread has.
    texts.set(
        "logic.nim",
        format!("var before {{.threadvar.}}: int\n{code}")
            .replace("count * 10", "before + count * 10"),
    );
    program.reload().unwrap();
    assert_eq!(next.call().unwrap(), 33);
    assert_eq!(elsewhere(), (11, 22));
}
