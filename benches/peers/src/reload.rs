//! Ways to take over an edit.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use midair::Program;
use midair::source::Texts;

use crate::Row;
use crate::call::library;

const ROUNDS: i64 = 25;
/// Builds of another process take long.
const BUILDS: i64 = 5;

/// A text with a function after the other: number, number of the one that it calls, and its constant.
fn functions(procs: usize, last: i64, function: impl Fn(usize, usize, i64) -> String) -> String {
    let mut text = String::new();
    for index in 0..procs {
        let constant = if index + 1 == procs { last } else { 1 };
        let _ = writeln!(text, "{}", function(index, index / 2, constant));
    }
    text
}

fn nim(procs: usize, last: i64) -> String {
    functions(procs, last, |index, callee, constant| {
        format!(
            "proc p{index}*(n: int): int = (if n > 0: p{callee}(n - 1) + {constant} else: {constant})"
        )
    })
}

fn c(procs: usize, last: i64) -> String {
    functions(procs, last, |index, callee, constant| {
        format!(
            "long p{index}(long n) {{ return n > 0 ? p{callee}(n - 1) + {constant} : {constant}; }}"
        )
    })
}

fn lua(procs: usize, last: i64) -> String {
    functions(procs, last, |index, callee, constant| {
        format!(
            "function p{index}(n) if n > 0 then return p{callee}(n - 1) + {constant} else return {constant} end end"
        )
    })
}

fn braces(procs: usize, last: i64, types: (&str, &str)) -> String {
    functions(procs, last, |index, callee, constant| {
        let (param, result) = types;
        format!(
            "fn p{index}(n{param}){result} {{ if n > 0 {{ p{callee}(n - 1) + {constant} }} else {{ {constant} }} }}"
        )
    })
}

fn wat(procs: usize, last: i64) -> String {
    let all = functions(procs, last, |index, callee, constant| {
        format!(
            "(func $p{index} (export \"p{index}\") (param i64) (result i64) \
             (if (result i64) (i64.gt_s (local.get 0) (i64.const 0)) \
             (then (i64.add (call $p{callee} (i64.sub (local.get 0) (i64.const 1))) (i64.const {constant}))) \
             (else (i64.const {constant}))))"
        )
    });
    format!("(module {all})")
}

fn rounds(name: &str, count: i64, mut reload: impl FnMut(i64) -> i64) -> Row {
    let round = |round| {
        let start = Instant::now();
        assert_eq!(reload(round), round, "{name}");
        start.elapsed().as_nanos() as f64
    };
    // The first warms up.
    let times = (2..count + 3).map(round).skip(1).collect();
    Row {
        name: name.to_owned(),
        times,
    }
}

pub fn all(folder: &Path, procs: usize) -> Vec<Row> {
    let last = format!("p{}", procs - 1);
    let mut rows = Vec::new();

    let texts = Texts::new([("m.nim", nim(procs, 1))]);
    let program = Program::builder()
        .provider(texts.clone())
        .load("m.nim")
        .expect("it loads");
    let handle = program
        .proc::<fn(i64) -> i64>("m", &last)
        .expect("it is there");
    // The texts of all are made outside of the figures of none.
    rows.push(rounds("midair", ROUNDS, |round| {
        texts.set("m.nim", nim(procs, round));
        program.reload().expect("it reloads");
        handle.call(0).expect("it runs")
    }));

    let state = mlua::Lua::new();
    rows.push(rounds("mlua with LuaJIT", ROUNDS, |round| {
        state.load(lua(procs, round)).exec().expect("it runs");
        let function: mlua::Function = state.globals().get(&*last).expect("it is there");
        function.call(0).expect("it runs")
    }));

    let engine = rhai::Engine::new();
    rows.push(rounds("rhai", ROUNDS, |round| {
        let ast = engine
            .compile(braces(procs, round, ("", "")))
            .expect("it compiles");
        engine
            .call_fn::<i64>(&mut rhai::Scope::new(), &ast, &last, (0_i64,))
            .expect("it runs")
    }));

    let file = folder.join("m.roto");
    rows.push(rounds("roto", BUILDS, |round| {
        std::fs::write(&file, braces(procs, round, (": i64", " -> i64"))).expect("a file");
        let mut package = roto::Runtime::new()
            .compile(&file)
            .unwrap_or_else(|error| panic!("{error}"));
        package
            .get_function::<fn(i64) -> i64>(&last)
            .expect("it is there")
            .call(0)
    }));

    let engine = wasmtime::Engine::default();
    rows.push(rounds("wasmtime", BUILDS, |round| {
        let module = wasmtime::Module::new(&engine, wat(procs, round)).expect("it compiles");
        let mut store = wasmtime::Store::new(&engine, ());
        let instance = wasmtime::Instance::new(&mut store, &module, &[]).expect("it runs");
        let function = instance
            .get_typed_func::<i64, i64>(&mut store, &last)
            .expect("it is there");
        function.call(&mut store, 0).expect("it runs")
    }));

    rows.push(rounds("C library by cc and dlopen", BUILDS, |round| {
        let library = library(folder, &format!("m{procs}_{round}"), &c(procs, round));
        // SAFETY: the function has this type.
        let function = unsafe { library.get::<extern "C" fn(i64) -> i64>(last.as_bytes()) };
        function.expect("it is there")(0)
    }));

    if let Some(row) = nims_own(folder, procs) {
        rows.push(row);
    }
    rows
}

/// Nim's own hot code reloading: the compiler, run again on the program, builds the library anew; how long the running program then
/// takes to load it is not counted. None where it does not work.
fn nims_own(folder: &Path, procs: usize) -> Option<Row> {
    let folder = folder.join(format!("nim{procs}"));
    std::fs::create_dir_all(&folder).ok()?;
    let main = format!("import logic\necho p{}(0)\n", procs - 1);
    std::fs::write(folder.join("main.nim"), main).ok()?;
    let build = |round: i64| {
        std::fs::write(folder.join("logic.nim"), nim(procs, round)).ok()?;
        let mut nim = Command::new("nim");
        nim.args([
            "c",
            "--hotcodereloading:on",
            "--hints:off",
            "--warnings:off",
            "--nimcache:cache",
            "main.nim",
        ]);
        let output = nim.current_dir(&folder).output().ok()?;
        output.status.success().then_some(())
    };
    build(1)?;
    Some(rounds("Nim's own: its compiler alone", BUILDS, |round| {
        build(round).map_or(0, |()| round)
    }))
}
