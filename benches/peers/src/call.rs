//! Calls from Rust and calls to Rust, `1000 - x` each.

use std::hint::black_box;
use std::path::Path;

use midair::source::Texts;
use midair::{Program, host_module};

use crate::c::{self, Hot};
use crate::measure::{Effort, Table, chain, rows, take_turns, whole};

pub type Plain = extern "C" fn(i64) -> i64;
pub type Raw = unsafe extern "C" fn(i64) -> i64;

#[inline(never)]
pub extern "C" fn native(x: i64) -> i64 {
    1000 - black_box(x)
}

pub const NIM: &str =
    "proc step*(x: int): int = 1000 - x\nproc cstep*(x: int64): int64 {.cdecl.} = 1000 - x\n";
pub const C: &str = "long step(long x) { return 1000 - x; }\n";
pub const LUA: &str = "return function(x) return 1000 - x end";
pub const WAT: &str = "(module (func (export \"step\") (param i64) (result i64) (i64.sub (i64.const 1000) (local.get 0))))";

pub fn nim() -> Program {
    let texts = Texts::new([("m.nim", NIM)]);
    let builder = Program::builder().provider(texts);
    builder.load("m.nim").expect("it loads")
}

pub fn roto(
    folder: &Path,
    runtime: &roto::Runtime<roto::NoCtx>,
    text: &str,
) -> roto::Package<roto::NoCtx> {
    let file = folder.join("m.roto");
    std::fs::write(&file, text).expect("a file");
    let package = runtime.compile(&file);
    package.unwrap_or_else(|error| panic!("{error}"))
}

pub fn wasm<T: 'static>(
    engine: &wasmtime::Engine,
    data: T,
    wat: &str,
) -> (wasmtime::Store<T>, wasmtime::Instance) {
    let module = wasmtime::Module::new(engine, wat).expect("it compiles");
    let mut store = wasmtime::Store::new(engine, data);
    let instance = wasmtime::Instance::new(&mut store, &module, &[]).expect("it runs");
    (store, instance)
}

/// From the host to the guest.
pub fn to_guest(folder: &Path, effort: Effort) -> Table {
    let program = nim();
    let handle = program.proc::<fn(i64) -> i64>("m", "step");
    let handle = handle.expect("it is there");
    let raw = program.c_function::<Raw>("m", "cstep");
    let raw = raw.expect("it is there");

    let library = c::library(folder, "step", C);
    // SAFETY: the function has this type.
    let loaded = unsafe { library.get::<Plain>(b"step") }.expect("it is there");
    let hot = Hot::load(folder, "step");

    let lua = mlua::Lua::new();
    let lua_step: mlua::Function = lua.load(LUA).eval().expect("it compiles");

    let rhai = rhai::Engine::new();
    let ast = rhai.compile("fn step(x) { 1000 - x }");
    let (ast, mut scope) = (ast.expect("it compiles"), rhai::Scope::new());

    let text = "fn step(x: i64) -> i64 { 1000 - x }\n";
    let mut package = roto(folder, &roto::Runtime::new(), text);
    let roto_step = package.get_function::<fn(i64) -> i64>("step");
    let roto_step = roto_step.expect("it is there");

    let (mut store, instance) = wasm(&wasmtime::Engine::default(), (), WAT);
    let wasm_step = instance.get_typed_func::<i64, i64>(&mut store, "step");
    let wasm_step = wasm_step.expect("it is there");

    let pointer = black_box(native as Plain);
    let mut subsecond = subsecond::HotFn::current(|x: i64| native(x));
    let calls = effort.calls;
    let ways = vec![
        chain("Rust function by pointer", calls, |x| pointer(x)),
        // SAFETY: the program lives.
        chain("midair, plain address", calls, |x| unsafe { raw(x) }),
        chain("midair, typed handle", calls, |x| {
            handle.call(x).expect("it runs")
        }),
        chain("C library by dlopen", calls, |x| loaded(x)),
        chain("hot-lib-reloader", calls, |x| hot.step(x)),
        chain("subsecond", calls, |x| subsecond.call((x,))),
        chain("wasmtime", calls, |x| {
            wasm_step.call(&mut store, x).expect("it runs")
        }),
        chain("roto", calls, |x| roto_step.call(x)),
        chain("mlua with LuaJIT", calls, |x| {
            lua_step.call::<i64>(x).expect("it runs")
        }),
        chain("rhai", calls, |x| {
            let result = rhai.call_fn::<i64>(&mut scope, &ast, "step", (x,));
            result.expect("it runs")
        }),
    ];
    Table {
        name: "call",
        title: "A call from Rust".into(),
        about: "`1000 - x`, each call with the result of the one before.".into(),
        unit: "ns",
        per: 1.0,
        base: "Rust function by pointer",
        axis: "",
        columns: Vec::new(),
        rows: rows(take_turns(ways, effort.rounds, calls)),
    }
}

/// From the guest to the host: a loop in the guest.
pub fn to_host(folder: &Path, effort: Effort) -> Table {
    let engine = host_module!("engine", {
        fn step(x: i64) -> i64 {
            1000 - black_box(x)
        }
    });
    let text = "
import engine
proc run*(n: int): int =
  result = 1
  for i in 0 ..< n: result = step(result)
proc runPointer*(step: int, n: int): int =
  let step = cast[proc (x: int64): int64 {.cdecl, raises: [].}](step)
  result = 1
  for i in 0 ..< n: result = int(step(result))
";
    let texts = Texts::new([("m.nim", text)]);
    let builder = Program::builder().provider(texts).host_module(engine);
    let program = builder.load("m.nim").expect("it loads");
    let run = program.proc::<fn(i64) -> i64>("m", "run");
    let run = run.expect("it is there");
    let by_pointer = program.proc::<fn(i64, i64) -> i64>("m", "runPointer");
    let by_pointer = by_pointer.expect("it is there");

    let text = "long run(long (*step)(long), long n) { long x = 1; for (long i = 0; i < n; i++) x = step(x); return x; }\n";
    let library = c::library(folder, "run", text);
    // SAFETY: the function has this type.
    let loaded = unsafe { library.get::<extern "C" fn(Plain, i64) -> i64>(b"run") };
    let loaded = loaded.expect("it is there");

    let lua = mlua::Lua::new();
    let step = lua.create_function(|_, x: i64| Ok(1000 - black_box(x)));
    lua.globals()
        .set("step", step.expect("it is made"))
        .expect("it is set");
    let text = "return function(n) local x = 1; for i = 1, n do x = step(x) end; return x end";
    let lua_run: mlua::Function = lua.load(text).eval().expect("it compiles");

    let mut rhai = rhai::Engine::new();
    rhai.register_fn("step", |x: i64| 1000 - black_box(x));
    let ast = rhai.compile("fn run(n) { let x = 1; for i in 0..n { x = step(x); } x }");
    let (ast, mut scope) = (ast.expect("it compiles"), rhai::Scope::new());

    let host = roto::library! {
        fn step(x: i64) -> i64 { 1000 - std::hint::black_box(x) }
    };
    let runtime = roto::Runtime::from_lib(host).expect("it registers");
    let text = "fn run(n: i64) -> i64 { let x = 1; let i = 0; while i < n { x = step(x); i = i + 1; } x }\n";
    let mut package = roto(folder, &runtime, text);
    let roto_run = package.get_function::<fn(i64) -> i64>("run");
    let roto_run = roto_run.expect("it is there");

    let wasm = wasmtime::Engine::default();
    let text = "(module (import \"host\" \"step\" (func $step (param i64) (result i64)))
        (func (export \"run\") (param $n i64) (result i64) (local $x i64)
          (local.set $x (i64.const 1))
          (loop $again
            (local.set $x (call $step (local.get $x)))
            (local.set $n (i64.sub (local.get $n) (i64.const 1)))
            (br_if $again (i64.gt_s (local.get $n) (i64.const 0))))
          (local.get $x)))";
    let module = wasmtime::Module::new(&wasm, text).expect("it compiles");
    let mut store = wasmtime::Store::new(&wasm, ());
    let step = wasmtime::Func::wrap(&mut store, |x: i64| 1000 - black_box(x));
    let instance = wasmtime::Instance::new(&mut store, &module, &[step.into()]);
    let instance = instance.expect("it runs");
    let wasm_run = instance.get_typed_func::<i64, i64>(&mut store, "run");
    let wasm_run = wasm_run.expect("it is there");

    let n = effort.calls;
    let ways = vec![
        whole("C library, function by pointer", 1, || loaded(native, n)),
        whole("midair, function by pointer", 1, || {
            by_pointer
                .call(native as *const () as i64, n)
                .expect("it runs")
        }),
        whole("midair, host module", 1, || run.call(n).expect("it runs")),
        whole("wasmtime", 1, || {
            wasm_run.call(&mut store, n).expect("it runs")
        }),
        whole("roto", 1, || roto_run.call(n)),
        whole("mlua with LuaJIT", 1, || {
            lua_run.call::<i64>(n).expect("it runs")
        }),
        whole("rhai", 1, || {
            let result = rhai.call_fn::<i64>(&mut scope, &ast, "run", (n,));
            result.expect("it runs")
        }),
    ];
    Table {
        name: "host",
        title: "A call of Rust by the guest".into(),
        about: "A loop in the guest calls `1000 - x` of the host, with the result of the call before. A panic of \
                midair's host function would be an exception in the guest."
            .into(),
        unit: "ns",
        per: 1.0,
        base: "C library, function by pointer",
        axis: "",
        columns: Vec::new(),
        rows: rows(take_turns(ways, effort.rounds, n)),
    }
}
