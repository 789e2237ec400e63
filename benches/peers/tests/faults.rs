//! Faults of two engines in one process, each of which handles signals: midair's guests and wasmtime's get their own, whichever came first,
//! and also when one calls the other. `cargo test --release` in this folder. Each case runs in a process of its own, which is this
//! test started again.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::process::{Command, Output};

use midair::source::Texts;
use midair::{Builder, Program, host_module};
use wasmtime::{Caller, Engine, Instance, Linker, Module, Store, Trap};

const CASE: &str = "MIDAIR_FAULT_CASE";

fn run(case: &str) -> Output {
    let own = std::env::current_exe().unwrap();
    let mut command = Command::new(own);
    command.args(["--exact", "the_case", "--nocapture", "--test-threads=1"]);
    command.env(CASE, case).output().unwrap()
}

fn passes(case: &str) {
    let output = run(case);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{said}", output.status);
}

#[test]
fn the_case() {
    let Ok(case) = std::env::var(CASE) else {
        return;
    };
    match &*case {
        "midair first" => one_after_the_other(true),
        "wasmtime first" => one_after_the_other(false),
        "a guest calls wasm" => a_guest_calls_wasm(),
        "wasm calls a guest" => wasm_calls_a_guest(),
        "host fault" => host_fault(),
        _ => panic!("no such case: {case}"),
    }
}

/// `peek` reads memory anywhere, which ends in a guard page; `divide` and `stop` trap by instructions of their own.
const WAT: &str = "(module
    (import \"host\" \"wild\" (func $wild (result i32)))
    (memory 1)
    (func (export \"peek\") (param i32) (result i32) (i32.load (local.get 0)))
    (func (export \"divide\") (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
    (func (export \"stop\") (param i32) (result i32) unreachable)
    (func (export \"wild\") (param i32) (result i32) (call $wild)))";

struct Wasm {
    store: Store<Option<Program>>,
    instance: Instance,
}

impl Wasm {
    /// Its import `wild` calls the proc of that name, and gives 1 when that has faulted.
    fn new(program: Option<Program>) -> Wasm {
        let engine = Engine::default();
        let module = Module::new(&engine, WAT).unwrap();
        let mut linker = Linker::new(&engine);
        let wild = |caller: Caller<'_, Option<Program>>| -> i32 {
            let program = caller.data().as_ref().unwrap();
            let wild = program.proc::<fn(i64)>("logic", "wild").unwrap();
            i32::from(wild.call(8).unwrap_err().is_fault())
        };
        linker.func_wrap("host", "wild", wild).unwrap();
        let mut store = Store::new(&engine, program);
        let instance = linker.instantiate(&mut store, &module).unwrap();
        Wasm { store, instance }
    }

    fn call(&mut self, name: &str, argument: i32) -> Result<i32, Trap> {
        let function = self
            .instance
            .get_typed_func::<i32, i32>(&mut self.store, name);
        let result = function.unwrap().call(&mut self.store, argument);
        result.map_err(|error| *error.downcast_ref::<Trap>().expect("a trap"))
    }

    fn traps(&mut self) {
        assert_eq!(self.call("peek", 0x7fff_0000), Err(Trap::MemoryOutOfBounds));
        assert_eq!(self.call("divide", 0), Err(Trap::IntegerDivisionByZero));
        assert_eq!(self.call("stop", 0), Err(Trap::UnreachableCodeReached));
        assert_eq!(self.call("divide", 1), Ok(1));
    }
}

fn load(builder: Builder) -> Program {
    let text = "proc wild*(address: int) = cast[ptr int](address)[] = 1\nproc one*(): int = 1\n";
    let texts = Texts::new([("logic.nim", text)]);
    builder.provider(texts).load("logic.nim").unwrap()
}

fn guest_faults(program: &Program) {
    let wild = program.proc::<fn(i64)>("logic", "wild").unwrap();
    assert!(wild.call(8).unwrap_err().is_fault());
    let one = program.proc::<fn() -> i64>("logic", "one").unwrap();
    assert_eq!(one.call().unwrap(), 1);
}

fn one_after_the_other(midair_first: bool) {
    let (mut wasm, program);
    if midair_first {
        program = load(Program::builder());
        guest_faults(&program);
        wasm = Wasm::new(None);
    } else {
        wasm = Wasm::new(None);
        wasm.traps();
        program = load(Program::builder());
    }
    for _ in 0..100 {
        wasm.traps();
        guest_faults(&program);
    }
    std::thread::scope(|scope| {
        scope.spawn(|| (0..100).for_each(|_| guest_faults(&program)));
        scope.spawn(|| (0..100).for_each(|_| wasm.traps()));
    });
}

#[test]
fn each_engine_handles_its_own_whichever_came_first() {
    passes("midair first");
    passes("wasmtime first");
}

fn a_guest_calls_wasm() {
    let sandbox = host_module!("sandbox", {
        fn peek(at: i32) -> Result<i32, String> {
            let mut wasm = Wasm::new(None);
            wasm.call("peek", at).map_err(|trap| trap.to_string())
        }
    });
    let text = "
import sandbox
proc safe*(at: int32): string =
  try: $peek(at)
  except HostError as e: e.msg
proc wild*(at: int32) =
  discard safe(at)
  cast[ptr int](8)[] = 1
";
    let texts = Texts::new([("logic.nim", text)]);
    let builder = Program::builder().host_module(sandbox).provider(texts);
    let program = builder.load("logic.nim").unwrap();
    let safe = program.proc::<fn(i32) -> String>("logic", "safe").unwrap();
    let wild = program.proc::<fn(i32)>("logic", "wild").unwrap();
    for _ in 0..20 {
        assert_eq!(safe.call(16).unwrap(), "0");
        let trap = safe.call(0x7fff_0000).unwrap();
        assert!(trap.contains("out of bounds"), "{trap}");
        assert!(wild.call(0x7fff_0000).unwrap_err().is_fault());
    }
}

#[test]
fn a_trap_below_a_guest_is_its_exception() {
    passes("a guest calls wasm");
}

fn wasm_calls_a_guest() {
    let mut wasm = Wasm::new(Some(load(Program::builder())));
    for _ in 0..20 {
        assert_eq!(wasm.call("wild", 0), Ok(1));
        wasm.traps();
    }
}

#[test]
fn a_fault_below_wasm_is_an_error_of_the_guests_call() {
    passes("wasm calls a guest");
}

/// A fault of neither.
fn host_fault() {
    guest_faults(&load(Program::builder()));
    Wasm::new(None).traps();
    // SAFETY: none; that is the point.
    unsafe { std::ptr::write_volatile(std::hint::black_box(16) as *mut u8, 1) };
}

#[test]
fn a_fault_of_the_host_ends_the_process() {
    use std::os::unix::process::ExitStatusExt;
    assert_eq!(run("host fault").status.signal(), Some(libc::SIGSEGV));
}
