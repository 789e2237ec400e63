//! Threads that call without pause.

use std::path::Path;
use std::sync::Barrier;
use std::time::Instant;

use crate::c::{self, Hot};
use crate::call::{self, C, LUA, Plain, Raw, WAT, native, wasm};
use crate::measure::{Effort, Table, Times, add_column};

/// A round of a thread: calls so many times, and gives the end result.
type Round = Box<dyn FnMut(i64) -> i64>;

/// A way to call, made on the thread that calls.
struct Way<'a> {
    name: &'a str,
    make: Box<dyn Fn() -> Round + Sync + 'a>,
}

fn way<'a, F: FnMut(i64) -> i64 + 'static>(
    name: &'a str,
    make: impl Fn() -> F + Sync + 'a,
) -> Way<'a> {
    let make = move || -> Round {
        let mut step = make();
        Box::new(move |calls| (0..calls).fold(1, |x, _| step(x)))
    };
    Way {
        name,
        make: Box::new(make),
    }
}

/// Nanoseconds from when the first thread starts until the last is done, a call.
fn measure(way: &Way<'_>, threads: usize, effort: Effort) -> Times {
    let together = Barrier::new(threads);
    let rounds = || -> Vec<(Instant, Instant)> {
        let mut round = (way.make)();
        let one = |_| {
            together.wait();
            let began = Instant::now();
            assert_eq!(round(effort.calls), 1, "{}", way.name);
            (began, Instant::now())
        };
        (0..=effort.rounds).map(one).collect()
    };
    let all: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(rounds)).collect();
        let ended = threads.into_iter().map(|thread| thread.join());
        ended.map(|ended| ended.expect("it calls")).collect()
    });
    let calls = effort.calls as f64 * threads as f64;
    let time = |round: usize| {
        let began = all.iter().map(|thread| thread[round].0).min();
        let ended = all.iter().map(|thread| thread[round].1).max();
        let elapsed = began.zip(ended).map(|(began, ended)| ended - began);
        elapsed.unwrap_or_default().as_nanos() as f64 / calls
    };
    // The first warms up.
    Times((1..=effort.rounds).map(time).collect())
}

pub fn all(folder: &Path, effort: Effort) -> Table {
    // The start of threads has to be small beside their work.
    let effort = Effort {
        calls: effort.calls * 10,
        ..effort
    };
    let program = call::nim();
    let handle = program.proc::<fn(i64) -> i64>("m", "step");
    let handle = handle.expect("it is there");
    let raw = program.c_function::<Raw>("m", "cstep");
    let raw = raw.expect("it is there");
    c::build(folder, "shared", C);
    let hot = Hot::load(folder, "shared");
    let engine = wasmtime::Engine::default();

    let ways = [
        way("Rust function by pointer", || {
            let pointer = std::hint::black_box(native as Plain);
            move |x| pointer(x)
        }),
        way("midair, typed handle", || {
            let handle = handle.clone();
            move |x| handle.call(x).expect("it runs")
        }),
        // SAFETY: the program lives.
        way("midair, plain address", || move |x| unsafe { raw(x) }),
        way("hot-lib-reloader", || {
            let hot = hot.clone();
            move |x| hot.step(x)
        }),
        way("wasmtime, a store a thread", || {
            let (mut store, instance) = wasm(&engine, (), WAT);
            let step = instance.get_typed_func::<i64, i64>(&mut store, "step");
            let step = step.expect("it is there");
            move |x| step.call(&mut store, x).expect("it runs")
        }),
        way("mlua with LuaJIT, a state a thread", || {
            let lua = mlua::Lua::new();
            let step: mlua::Function = lua.load(LUA).eval().expect("it compiles");
            move |x| {
                let _alive = &lua;
                step.call::<i64>(x).expect("it runs")
            }
        }),
    ];
    let most = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .max(4);
    let columns: Vec<usize> = (0..).map(|n| 1 << n).take_while(|&n| n <= most).collect();
    let mut rows = Vec::new();
    for (column, &threads) in columns.iter().enumerate() {
        let found = ways
            .iter()
            .map(|way| (way.name.to_owned(), measure(way, threads, effort)));
        add_column(&mut rows, column, found.collect());
    }
    Table {
        name: "threads",
        title: "Threads that call at once".into(),
        about: "Time from the start of all threads to the end of the last, divided by the calls of all: where threads do not get in each \
                other's way it falls with each, up to the number of processors."
            .into(),
        unit: "ns",
        per: 1.0,
        base: "",
        axis: "threads",
        columns: columns.into_iter().map(|n| n as f64).collect(),
        rows,
    }
}
