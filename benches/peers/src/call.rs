//! Ways to call.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use midair::Program;
use midair::source::Texts;

use crate::Row;

const CALLS: i64 = 20_000;
const ROUNDS: usize = 60;

type Plain = extern "C" fn(i64) -> i64;

#[inline(never)]
extern "C" fn native(x: i64) -> i64 {
    1000 - black_box(x)
}

struct Way<'a> {
    name: &'a str,
    run: Box<dyn FnMut() -> i64 + 'a>,
    times: Vec<f64>,
}

fn way<'a>(name: &'a str, mut step: impl FnMut(i64) -> i64 + 'a) -> Way<'a> {
    let run = move || (0..CALLS).fold(1, |x, _| step(x));
    Way {
        name,
        run: Box::new(run),
        times: Vec::new(),
    }
}

/// Builds a C library and loads it, as a reloader of libraries does.
pub fn library(folder: &Path, name: &str, text: &str) -> libloading::Library {
    let (source, library) = (
        folder.join(format!("{name}.c")),
        folder.join(format!("{name}.so")),
    );
    std::fs::write(&source, text).expect("a file");
    let mut cc = std::process::Command::new("cc");
    let built = cc
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(&source)
        .status();
    assert!(built.expect("cc is installed").success());
    // SAFETY: the library has no initialisers.
    unsafe { libloading::Library::new(library) }.expect("it loads")
}

pub fn all(folder: &Path) -> Vec<Row> {
    let texts = Texts::new([(
        "m.nim",
        "proc step*(x: int): int = 1000 - x\nproc cstep*(x: int64): int64 {.cdecl.} = 1000 - x\n",
    )]);
    let program = Program::builder()
        .provider(texts)
        .load("m.nim")
        .expect("it loads");
    let handle = program
        .proc::<fn(i64) -> i64>("m", "step")
        .expect("it is there");
    type Raw = unsafe extern "C" fn(i64) -> i64;
    let raw = program
        .c_function::<Raw>("m", "cstep")
        .expect("it is there");

    let library = library(folder, "step", "long step(long x) { return 1000 - x; }\n");
    // SAFETY: the function has this type.
    let loaded = unsafe { library.get::<Plain>(b"step") }.expect("it is there");

    let lua = mlua::Lua::new();
    let lua_step: mlua::Function = lua
        .load("return function(x) return 1000 - x end")
        .eval()
        .expect("it compiles");

    let rhai = rhai::Engine::new();
    let ast = rhai
        .compile("fn step(x) { 1000 - x }")
        .expect("it compiles");
    let mut scope = rhai::Scope::new();

    let file = folder.join("step.roto");
    std::fs::write(&file, "fn step(x: i64) -> i64 { 1000 - x }\n").expect("a file");
    let mut package = roto::Runtime::new()
        .compile(&file)
        .unwrap_or_else(|error| panic!("{error}"));
    let roto_step = package
        .get_function::<fn(i64) -> i64>("step")
        .expect("it is there");

    let engine = wasmtime::Engine::default();
    let wat = "(module (func (export \"step\") (param i64) (result i64) (i64.sub (i64.const 1000) (local.get 0))))";
    let module = wasmtime::Module::new(&engine, wat).expect("it compiles");
    let mut store = wasmtime::Store::new(&engine, ());
    let instance = wasmtime::Instance::new(&mut store, &module, &[]).expect("it runs");
    let wasm_step = instance
        .get_typed_func::<i64, i64>(&mut store, "step")
        .expect("it is there");

    let pointer = black_box(native as Plain);
    let mut hot = subsecond::HotFn::current(|x: i64| native(x));
    let mut ways = vec![
        way("Rust function by pointer", |x| pointer(x)),
        // SAFETY: the program lives.
        way("midair, plain address", |x| unsafe { raw(x) }),
        way("midair, typed handle", |x| handle.call(x).expect("it runs")),
        way("C library by dlopen", |x| loaded(x)),
        way("subsecond", |x| hot.call((x,))),
        way("wasmtime", |x| {
            wasm_step.call(&mut store, x).expect("it runs")
        }),
        way("roto", |x| roto_step.call(x)),
        way("mlua with LuaJIT", |x| {
            lua_step.call::<i64>(x).expect("it runs")
        }),
        way("rhai", |x| {
            rhai.call_fn::<i64>(&mut scope, &ast, "step", (x,))
                .expect("it runs")
        }),
    ];
    for _ in 0..ROUNDS {
        for way in &mut ways {
            let start = Instant::now();
            assert_eq!((way.run)(), 1, "{}", way.name);
            way.times
                .push(start.elapsed().as_nanos() as f64 / CALLS as f64);
        }
    }
    let row = |way: Way<'_>| Row {
        name: way.name.to_owned(),
        times: way.times,
    };
    ways.into_iter().map(row).collect()
}
