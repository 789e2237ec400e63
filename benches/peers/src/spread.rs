//! Calls that spread over many functions: what branch prediction makes of trampolines.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use midair::mir::text::parse_modules;
use midair::mir::{Ids, ProcId};
use midair::patch::LiveProgram;
use midair::runtime::{Context, Options, Runtime};
use midair::source::Texts;
use midair::{Program, jit};

use crate::c;
use crate::call::{Plain, Raw};
use crate::measure::{Effort, Table, add_column, take_turns, whole};

const COUNTS: [usize; 5] = [1, 10, 100, 1_000, 10_000];

/// As the code of a program is called by its address.
type Code = extern "C" fn(*mut Context, i64) -> i64;

/// The functions `offset - x`, each with an offset of its own.
fn offset(index: usize) -> i64 {
    1000 + index as i64
}

fn lines(count: usize, line: impl Fn(usize, i64) -> String) -> String {
    (0..count).fold(String::new(), |mut text, index| {
        let _ = writeln!(text, "{}", line(index, offset(index)));
        text
    })
}

/// A fixed order that looks like none.
fn order(count: usize, calls: i64) -> Vec<usize> {
    let mut state = 88_172_645_463_325_252_u64;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % count as u64) as usize
    };
    (0..calls).map(next).collect()
}

/// The code at an address in a program made by `compiled`.
fn code(address: usize) -> Code {
    // SAFETY: its procs take and give a number, and none of them uses its context.
    unsafe { std::mem::transmute::<usize, Code>(address) }
}

/// A program made from MIR, and its procs.
fn compiled(count: usize) -> (Arc<LiveProgram>, Vec<ProcId>) {
    let procs = lines(count, |index, offset| {
        format!(
            "proc @m.p{index}(i64 %x) -> i64 {{\nblock0:\n  %x = sub {offset}, %x\n  return %x\n}}"
        )
    });
    let ids = Arc::new(Ids::default());
    let runtime = Runtime::new(ids.clone(), Options::default()).expect("address space");
    let live = LiveProgram::new(runtime, jit::Options::default());
    let live = live.expect("a known processor");
    let modules = parse_modules(&format!("module m\n{procs}"), &ids).expect("the text is right");
    let modules: Vec<_> = modules.into_iter().map(Arc::new).collect();
    live.load(&modules).expect("it loads");
    let procs = (0..count).map(|index| ids.proc(&format!("m.p{index}"), 0));
    let procs = procs.collect();
    (live, procs)
}

pub fn all(folder: &Path, effort: Effort) -> Table {
    let mut all = Vec::new();
    for (column, count) in COUNTS.into_iter().enumerate() {
        let text = lines(count, |index, offset| {
            format!(
                "proc p{index}*(x: int): int = {offset} - x\nproc c{index}*(x: int64): int64 {{.cdecl.}} = {offset} - x"
            )
        });
        let texts = Texts::new([("m.nim", text)]);
        let program = Program::builder()
            .provider(texts)
            .checks(false)
            .load("m.nim");
        let program = program.expect("it loads");
        let handles: Vec<_> = (0..count)
            .map(|index| {
                let handle = program.proc::<fn(i64) -> i64>("m", &format!("p{index}"));
                handle.expect("it is there")
            })
            .collect();
        let raws: Vec<Raw> = (0..count)
            .map(|index| {
                program
                    .c_function("m", &format!("c{index}"))
                    .expect("it is there")
            })
            .collect();
        let text = lines(count, |index, offset| {
            format!("long p{index}(long x) {{ return {offset} - x; }}")
        });
        let library = c::library(folder, &format!("spread{count}"), &text);
        let pointers: Vec<Plain> = (0..count)
            .map(|index| {
                // SAFETY: the function has this type.
                let found = unsafe { library.get::<Plain>(format!("p{index}").as_bytes()) };
                *found.expect("it is there")
            })
            .collect();
        let (live, procs) = compiled(count);
        let window = live.runtime().window();
        let slots: Vec<_> = procs.iter().map(|&proc| window.slot(proc)).collect();
        let current = |slot: &AtomicUsize| code(slot.load(Ordering::Acquire));
        let bodies: Vec<Code> = slots.iter().map(|slot| current(slot)).collect();
        let stubs: Vec<Code> = procs.iter().map(|&proc| code(window.stub(proc))).collect();

        // Enough for each to be called often.
        let calls = effort.calls.max(4 * count as i64);
        let order = &*order(count, calls);
        let expected = order.iter().fold(1, |x, &index| offset(index) - x);
        let context = std::ptr::null_mut();
        let ways = vec![
            whole("C functions by pointer", expected, || {
                order.iter().fold(1, |x, &index| pointers[index](x))
            }),
            whole("midair's code by pointer", expected, || {
                order.iter().fold(1, |x, &index| bodies[index](context, x))
            }),
            whole("midair's code through slots", expected, || {
                let call = |x, &index: &usize| current(slots[index])(context, x);
                order.iter().fold(1, call)
            }),
            whole("midair's code through stubs", expected, || {
                order.iter().fold(1, |x, &index| stubs[index](context, x))
            }),
            whole("midair, typed handles", expected, || {
                order
                    .iter()
                    .fold(1, |x, &index| handles[index].call(x).expect("it runs"))
            }),
            whole("midair, plain addresses", expected, || {
                // SAFETY: the program lives.
                order.iter().fold(1, |x, &index| unsafe { raws[index](x) })
            }),
        ];
        add_column(&mut all, column, take_turns(ways, effort.rounds, calls));
    }
    Table {
        name: "spread",
        title: "Calls of many functions".into(),
        about: "Calls in an order that looks like none, over so many functions. A slot is what handles and callers in the guest \
                go through: one load. A stub is what proc values go through: one jump through memory. A handle and a plain address \
                enter and leave the program besides."
            .into(),
        unit: "ns",
        per: 1.0,
        base: "",
        axis: "functions",
        columns: COUNTS.map(|count| count as f64).to_vec(),
        rows: all,
    }
}
