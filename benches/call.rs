//! What a call costs, by the way that it takes.
//!
//! Everything is measured in one run, in rounds that take turns, each call depending on the one before; a figure is the
//! minimum (and the median) over the rounds in nanoseconds a call. Peers: a native function through a pointer, and a function of a
//! library that the C compiler built and `dlopen` loaded, which is what other reloaders call through.

#![allow(unsafe_code)] // calls compiled code by its address

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use midair::jit;
use midair::mir::Ids;
use midair::mir::text::parse_modules;
use midair::patch::LiveProgram;
use midair::runtime::{Context, Options, Runtime, entry};
use midair::source::Texts;
use midair::{Proc, Program};

const CALLS: u64 = 2_000_000;
const ROUNDS: usize = 3 * PLACEMENTS;

const TEXT: &str = "module m
proc @m.f(i64 %x) -> i64 {
block0:
  %x = mul %x, 6364136223846793005
  %x = add %x, 1442695040888963407
  return %x
}
proc @m.work(i64 %x) -> i64 {
block0:
  %x = mul %x, 6364136223846793005
  %x = add %x, 1442695040888963407
  %x = mul %x, 6364136223846793005
  %x = add %x, 1442695040888963407
  %x = mul %x, 6364136223846793005
  %x = add %x, 1442695040888963407
  return %x
}
proc @m.tiny(i64 %x) -> i64 {
block0:
  %x = add %x, 1
  return %x
}
";

/// Where the loop of a caller stands in its cache lines decides up to half of what a short call costs, slot or not: the same
/// loop is there in this many placements, and rounds go through them.
const PLACEMENTS: usize = 16;

/// A loop that calls a proc, each time with what it gave before. What comes before the loop is `placement` adds of zero, which the
/// compiler cannot know.
fn caller(callee: &str, placement: usize) -> String {
    let adds = "  %x = add %x, %zero\n".repeat(placement);
    format!(
        "proc @m.loop_{callee}_{placement}(i64 %n) -> i64 {{
block0:
  i64 %zero = lshr %n, 63
  i64 %x = copy 1
{adds}  goto head
head:
  i8 %more = ne.i64 %n, 0
  branch %more, body, done
body:
  %x = call @m.{callee}(%x)
  %n = sub %n, 1
  goto head
done:
  return %x
}}
"
    )
}

/// The procs that are called, and their callers.
fn text() -> String {
    let callers = ["f", "work", "tiny"].into_iter();
    let callers = callers.flat_map(|callee| (0..PLACEMENTS).map(move |at| caller(callee, at)));
    TEXT.to_owned() + &callers.collect::<String>()
}

type Function = extern "C" fn(*mut Context, i64) -> i64;

extern "C" fn native(_ctx: *mut Context, x: i64) -> i64 {
    step(x)
}

/// A step of Knuth's generator: its latency is that of real work, some five cycles.
fn step(x: i64) -> i64 {
    x.wrapping_mul(6364136223846793005)
        .wrapping_add(1442695040888963407)
}

fn program(direct_calls: bool) -> Arc<LiveProgram> {
    let ids = Arc::new(Ids::default());
    let options = Options {
        heap: 64 << 20,
        ..Options::default()
    };
    let runtime = Runtime::new(ids.clone(), options).expect("address space");
    let options = jit::Options {
        direct_calls,
        ..jit::Options::default()
    };
    let live = LiveProgram::new(runtime, options).expect("a known processor");
    let modules = parse_modules(&text(), &ids).expect("the text is right");
    let modules: Vec<_> = modules.into_iter().map(Arc::new).collect();
    live.load(&modules).expect("it loads");
    live
}

/// A function of a library, built by the C compiler. `None` without one.
fn from_library() -> Option<(libloading::Library, Function)> {
    let folder = std::env::temp_dir().join(format!("midair-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).ok()?;
    let (source, library) = (folder.join("f.c"), folder.join("libf.so"));
    let text = "long f(void *ctx, long x) { return (long)((unsigned long)x * 6364136223846793005ul + 1442695040888963407ul); }\n";
    std::fs::write(&source, text).ok()?;
    let mut cc = std::process::Command::new("cc");
    let built = cc
        .args(["-O2", "-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(&source)
        .status();
    let loaded = built.ok().filter(|status| status.success()).and_then(|_| {
        // SAFETY: the library was just built from the text above and has no initialisers.
        let library = unsafe { libloading::Library::new(&library) }.ok()?;
        // SAFETY: that is its signature.
        let function = unsafe { *library.get::<Function>(b"f").ok()? };
        Some((library, function))
    });
    let _ = std::fs::remove_dir_all(&folder);
    loaded
}

fn expected() -> i64 {
    (0..CALLS).fold(1, |x, _| step(x))
}

/// Code of this program at an address. None of it uses its context.
fn function(address: usize) -> Function {
    // SAFETY: the procs that are measured take and give a number.
    unsafe { std::mem::transmute::<usize, Function>(address) }
}

/// Calls through a pointer, each with the result of the one before.
fn through(function: Function) -> i64 {
    let function = black_box(function);
    let mut x = 1;
    for _ in 0..CALLS {
        x = function(std::ptr::null_mut(), x);
    }
    x
}

/// As a typed handle and a C entry do: the slot says at each call where the code is.
fn through_slot(slot: &AtomicUsize) -> i64 {
    let slot = black_box(slot);
    let mut x = 1;
    for _ in 0..CALLS {
        x = function(slot.load(Ordering::Acquire))(std::ptr::null_mut(), x);
    }
    x
}

/// As a typed handle does: pin the program, go through the entry, look how it ended.
fn through_entry(live: &LiveProgram, slot: &AtomicUsize) -> i64 {
    // SAFETY: the trampoline passes the arguments of this signature on.
    let enter: Function = unsafe { std::mem::transmute::<usize, Function>(entry::trampoline()) };
    let mut x = 1;
    for _ in 0..CALLS {
        let entered = live.runtime().enter();
        let context = entered.context();
        // SAFETY: the context is this thread's and pinned.
        x = unsafe {
            (*context).entry_target = slot.load(Ordering::Acquire);
            let value = enter(context, x);
            assert_eq!((*context).pending, 0);
            value
        };
    }
    x
}

/// The same under one pin for all: what no synchronisation costs.
fn through_entry_unpinned(live: &LiveProgram, slot: &AtomicUsize) -> i64 {
    // SAFETY: as in `through_entry`.
    let enter: Function = unsafe { std::mem::transmute::<usize, Function>(entry::trampoline()) };
    let entered = live.runtime().enter();
    let mut x = 1;
    for _ in 0..CALLS {
        let context = black_box(entered.context());
        // SAFETY: the context is this thread's and pinned.
        x = unsafe {
            (*context).entry_target = slot.load(Ordering::Acquire);
            let value = enter(context, x);
            assert_eq!((*context).pending, 0);
            value
        };
    }
    x
}

/// The step in Nim: for Rust, and for C.
const NIM: &str = "
proc f*(x: int): int = cast[int](cast[uint](x) * 6364136223846793005'u + 1442695040888963407'u)
proc g*(ctx: pointer, x: int): int {.cdecl.} = f(x)
";

/// Calls as a host does.
fn through_handle(handle: &Proc<fn(i64) -> i64>) -> i64 {
    (0..CALLS).fold(1, |x, _| handle.call(x).expect("it ends"))
}

/// A loop inside the guest.
fn inside(live: &LiveProgram, callee: &str, round: usize) -> i64 {
    let name = format!("m.loop_{callee}_{}", round % PLACEMENTS);
    let proc = live.runtime().ids().proc(&name, 0);
    // SAFETY: it takes a number.
    unsafe { live.call(proc, &[CALLS]) }.expect("it ends") as i64
}

struct Way<'a> {
    name: &'a str,
    expected: i64,
    /// Of a round by its number.
    run: Box<dyn Fn(usize) -> i64 + 'a>,
    times: Vec<f64>,
}

fn way<'a>(name: &'a str, expected: i64, run: impl Fn() -> i64 + 'a) -> Way<'a> {
    placed(name, expected, move |_| run())
}

/// A way whose code stands elsewhere from round to round.
fn placed<'a>(name: &'a str, expected: i64, run: impl Fn(usize) -> i64 + 'a) -> Way<'a> {
    Way {
        name,
        expected,
        run: Box::new(run),
        times: Vec::new(),
    }
}

impl Way<'_> {
    fn min(&self) -> f64 {
        self.times.iter().copied().fold(f64::INFINITY, f64::min)
    }

    fn median(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    }
}

fn main() {
    let (slots, direct) = (program(false), program(true));
    let proc = slots.runtime().ids().proc("m.f", 0);
    let window = slots.runtime().window();
    let stub = window.stub(proc);
    let code = window.slot(proc).load(Ordering::Acquire);
    let (stub_fn, code_fn) = (function(stub), function(code));
    let work = slots.runtime().ids().proc("m.work", 0);
    let work_code = window.slot(work).load(Ordering::Acquire);
    let (work_stub, work_fn) = (function(window.stub(work)), function(work_code));
    let library = from_library();

    let texts = Texts::new([("m.nim", NIM)]);
    let nim = Program::builder().provider(texts).load("m.nim");
    let nim = nim.expect("it loads");
    let handle: Proc<fn(i64) -> i64> = nim.handle("m", "f").expect("it is there");
    let c_function = nim.c_function::<unsafe extern "C" fn(*mut Context, i64) -> i64>("m", "g");
    let c_function = function(c_function.expect("it is there") as usize);

    let expected = expected();
    let thrice = (0..CALLS * 3).fold(1, |x, _| step(x));
    let tiny = CALLS as i64 + 1;
    let mut ways = vec![
        way("native function, by pointer", expected, || through(native)),
        way("compiled code, by pointer", expected, || through(code_fn)),
        way("compiled code, through its slot", expected, || {
            through_slot(window.slot(proc))
        }),
        way("compiled code, through its stub", expected, || {
            through(stub_fn)
        }),
        way("three steps, by pointer", thrice, || through(work_fn)),
        way("three steps, through its slot", thrice, || {
            through_slot(window.slot(work))
        }),
        way("three steps, through its stub", thrice, || {
            through(work_stub)
        }),
        way("pinned and entered, as a handle", expected, || {
            through_entry(&slots, window.slot(proc))
        }),
        way("entered without a pin", expected, || {
            through_entry_unpinned(&slots, window.slot(proc))
        }),
        way("typed handle", expected, || through_handle(&handle)),
        way("C function", expected, || through(c_function)),
        placed("in the guest, direct", expected, |round| {
            inside(&direct, "f", round)
        }),
        placed("in the guest, through the slot", expected, |round| {
            inside(&slots, "f", round)
        }),
        placed("in the guest, three steps, direct", thrice, |round| {
            inside(&direct, "work", round)
        }),
        placed("in the guest, three steps, slot", thrice, |round| {
            inside(&slots, "work", round)
        }),
        placed("in the guest, one add, direct", tiny, |round| {
            inside(&direct, "tiny", round)
        }),
        placed("in the guest, one add, slot", tiny, |round| {
            inside(&slots, "tiny", round)
        }),
    ];
    if let Some((_, function)) = &library {
        ways.push(way("C library, dlopen", expected, || through(*function)));
    }
    for round in 0..ROUNDS {
        for way in &mut ways {
            let start = Instant::now();
            let found = (way.run)(round);
            way.times
                .push(start.elapsed().as_nanos() as f64 / CALLS as f64);
            assert_eq!(found, way.expected, "{}", way.name);
        }
    }
    for way in &ways {
        println!(
            "{:34} {:6.3} ns  (median {:6.3})",
            way.name,
            way.min(),
            way.median()
        );
    }
    let min = |name: &str| {
        ways.iter()
            .find(|way| way.name == name)
            .map_or(f64::NAN, Way::min)
    };
    let slot = min("in the guest, through the slot") / min("in the guest, direct");
    let slot_work =
        min("in the guest, three steps, slot") / min("in the guest, three steps, direct");
    let pin = min("pinned and entered, as a handle") - min("entered without a pin");
    let pointer = min("compiled code, by pointer");
    let pointer_work = min("three steps, by pointer");
    let from_rust = min("compiled code, through its slot") - pointer;
    let from_rust_work = min("three steps, through its slot") - pointer_work;
    let stub = min("compiled code, through its stub") - pointer;
    let stub_work = min("three steps, through its stub") - pointer_work;
    println!("pin and unpin                      {pin:6.3} ns  (to reach: at most 2)");
    println!("slot / direct, three steps         {slot_work:6.3}     (to reach: at most 1.02)");
    println!("slot / direct                      {slot:6.3}     (to reach: at most 1.02)");
    println!(
        "slot - pointer, three steps        {from_rust_work:6.3} ns  (to reach: at most 0.30)"
    );
    println!("slot - pointer                     {from_rust:6.3} ns  (to reach: at most 0.30)");
    println!("stub - pointer, three steps        {stub_work:6.3} ns  (what proc values cost)");
    println!(
        "stub - pointer                     {stub:6.3} ns  (the second branch, when nothing hides it)"
    );
}
