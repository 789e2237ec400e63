//! Ways to take over an edit.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use midair::Program;
use midair::source::Texts;

use crate::c;
use crate::call::{roto, wasm};
use crate::cold::Hosts;
use crate::measure::{Effort, Row, Table, Times, add_column};

/// How many functions the module has.
const COUNTS: [usize; 3] = [10, 100, 1_000];

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

/// Times of so many reloads. `reload` gives what the last function then gives.
fn rounds(name: &str, count: i64, mut reload: impl FnMut(i64) -> i64) -> (String, Times) {
    let round = |round| {
        let start = Instant::now();
        assert_eq!(reload(round), round, "{name}");
        start.elapsed().as_nanos() as f64
    };
    // The first warms up.
    let times = (2..count + 3).map(round).skip(1).collect();
    (name.to_owned(), Times(times))
}

pub fn all(folder: &Path, effort: Effort, hosts: Option<&Hosts>) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    let own = NimsOwn::new(folder);
    for (column, procs) in COUNTS.into_iter().enumerate() {
        let mut found = in_process(folder, effort, procs);
        found.push(by_cc(folder, effort, procs));
        if let Some(own) = &own {
            found.extend(own.measure(effort, procs));
        }
        if let Some(hosts) = hosts {
            found.extend(hosts.measure("reload", procs, effort.builds));
        }
        add_column(&mut rows, column, found);
    }
    Table {
        name: "reload",
        title: "From an edit to a call".into(),
        about: "Another constant in the last function of a module, from its text to a call that gives it; in brackets how many times as long \
                as midair."
            .into(),
        unit: "ms",
        per: 1e6,
        base: "midair",
        axis: "functions",
        columns: COUNTS.map(|count| count as f64).to_vec(),
        rows,
    }
}

fn in_process(folder: &Path, effort: Effort, procs: usize) -> Vec<(String, Times)> {
    let last = format!("p{}", procs - 1);
    let mut found = Vec::new();

    let texts = Texts::new([("m.nim", nim(procs, 1))]);
    let program = Program::builder().provider(texts.clone()).load("m.nim");
    let program = program.expect("it loads");
    let handle = program.proc::<fn(i64) -> i64>("m", &last);
    let handle = handle.expect("it is there");
    // The texts of all are made outside of the figures of none.
    found.push(rounds("midair", effort.reloads, |round| {
        texts.set("m.nim", nim(procs, round));
        program.reload().expect("it reloads");
        handle.call(0).expect("it runs")
    }));

    let state = mlua::Lua::new();
    found.push(rounds("mlua with LuaJIT", effort.reloads, |round| {
        state.load(lua(procs, round)).exec().expect("it runs");
        let function: mlua::Function = state.globals().get(&*last).expect("it is there");
        function.call(0).expect("it runs")
    }));

    let engine = rhai::Engine::new();
    found.push(rounds("rhai", effort.reloads, |round| {
        let ast = engine.compile(braces(procs, round, ("", "")));
        let (ast, mut scope) = (ast.expect("it compiles"), rhai::Scope::new());
        let result = engine.call_fn::<i64>(&mut scope, &ast, &last, (0_i64,));
        result.expect("it runs")
    }));

    let runtime = roto::Runtime::new();
    found.push(rounds("roto", effort.builds, |round| {
        let text = braces(procs, round, (": i64", " -> i64"));
        let mut package = roto(folder, &runtime, &text);
        let function = package.get_function::<fn(i64) -> i64>(&last);
        function.expect("it is there").call(0)
    }));

    let engine = wasmtime::Engine::default();
    found.push(rounds("wasmtime", effort.builds, |round| {
        let (mut store, instance) = wasm(&engine, (), &wat(procs, round));
        let function = instance.get_typed_func::<i64, i64>(&mut store, &last);
        let function = function.expect("it is there");
        function.call(&mut store, 0).expect("it runs")
    }));
    found
}

fn by_cc(folder: &Path, effort: Effort, procs: usize) -> (String, Times) {
    let last = format!("p{}", procs - 1);
    rounds("C library by cc and dlopen", effort.builds, |round| {
        let name = format!("m{procs}_{round}");
        let library = c::library(folder, &name, &c(procs, round));
        // SAFETY: the function has this type.
        let function = unsafe { library.get::<extern "C" fn(i64) -> i64>(last.as_bytes()) };
        function.expect("it is there")(0)
    })
}

/// Nim's own hot code reloading, where its compiler is installed with the sources of the libraries that it needs.
struct NimsOwn {
    folder: PathBuf,
}

impl NimsOwn {
    /// Builds its run-time libraries, once.
    fn new(folder: &Path) -> Option<NimsOwn> {
        let folder = folder.join("nim");
        std::fs::create_dir_all(&folder).ok()?;
        let own = NimsOwn { folder };
        let dump = own.nim(&["dump", "--dump.format:json", "."])?;
        let (_, rest) = dump.split_once("\"libpath\":\"")?;
        let (libraries, _) = rest.split_once('"')?;
        for name in ["nimhcr", "nimrtl"] {
            let out = format!("-o:{}", own.folder.join(format!("lib{name}.so")).display());
            own.nim(&["c", &out, &format!("{libraries}/{name}.nim")])?;
        }
        Some(own)
    }

    /// Runs the compiler; gives what it printed, if it succeeded.
    fn nim(&self, args: &[&str]) -> Option<String> {
        let mut nim = Command::new("nim");
        let nim = nim.args(&args[..1]).args(["--hints:off", "--warnings:off"]);
        let output = nim
            .args(&args[1..])
            .current_dir(&self.folder)
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then_some(text)
    }

    fn build(&self, procs: usize, round: i64) -> Option<()> {
        let text = nim(procs, round);
        std::fs::write(self.folder.join("logic.nim"), text).ok()?;
        let args = ["c", "--hotcodereloading:on", "--nimcache:cache", "main.nim"];
        self.nim(&args).map(drop)
    }

    /// A program that reloads at each line that it is given, and prints what the last function gives.
    fn measure(&self, effort: Effort, procs: usize) -> Option<(String, Times)> {
        let main = format!(
            "import std/hotcodereloading
import logic
while true:
  let line = stdin.readLine
  if line == \"quit\": break
  performCodeReload()
  echo p{}(0)
  flushFile stdout
",
            procs - 1
        );
        std::fs::write(self.folder.join("main.nim"), main).ok()?;
        self.build(procs, 1)?;
        let folder = self.folder.display();
        let mut program = Command::new(self.folder.join("main"))
            .env("LD_LIBRARY_PATH", format!("{folder}:{folder}/cache"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut input = program.stdin.take()?;
        let mut output = BufReader::new(program.stdout.take()?).lines();
        let times = rounds("Nim's own hot code reloading", effort.builds, |round| {
            self.build(procs, round).expect("it builds");
            writeln!(input, "reload").expect("it reads");
            let line = output.next().expect("it answers").expect("a text");
            line.parse().expect("a number")
        });
        writeln!(input, "quit").ok()?;
        program.wait().ok()?;
        Some(times)
    }
}
