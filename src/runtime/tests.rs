//! Entries, leaving, frames, faults, destruction and C callbacks together, with guest code written by hand: Rust functions with the
//! guest's convention where frames and addresses do not matter, machine code in the window where they do.

#![allow(unsafe_code)] // plays the part of compiled code
#![allow(unused_unsafe)] // the macro is also used where unsafe is open already

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::rtfn::{Helper, address, call, helper};
use super::*;
use crate::mir::{Desc, DescId, Extern, GlobalId, ProcId, RtFn, Shape, Sig};

fn program() -> Arc<Runtime> {
    let args = vec!["game".to_owned(), "--fast".to_owned()];
    Runtime::new(
        Arc::default(),
        Options {
            heap: 256 << 20,
            args,
            ..Options::default()
        },
    )
    .expect("a program")
}

/// Calls like the host does: gives the result, the outcome and whether something is pending.
fn run(program: &Runtime, target: usize, args: &[u64]) -> (u64, Outcome, usize) {
    let entered = program.enter();
    let ctx = entered.context();
    // SAFETY: the context is this thread's; the tests pass what their targets take.
    unsafe {
        let value = call(ctx, target, args);
        assert!((*ctx).entry.is_null() || !(*ctx).is_outermost());
        (
            value,
            fault::take_outcome(&mut *ctx),
            std::mem::take(&mut (*ctx).pending),
        )
    }
}

macro_rules! runtime_fn {
    ($function:expr, ($($param:ty),*) $(-> $result:ty)?) => {
        // SAFETY: the signature is the function's.
        unsafe {
            std::mem::transmute::<*const u8, extern "C" fn(*mut Context $(, $param)*) $(-> $result)?>($function)
        }
    };
}

#[test]
fn all_arguments_and_results_pass_the_trampoline() {
    #[allow(clippy::too_many_arguments)]
    extern "C" fn weigh(
        ctx: *mut Context,
        a: u64,
        b: u64,
        c: u64,
        d: u64,
        e: u64,
        f: u64,
        g: u64,
        h: u64,
        i: u64,
        j: u64,
        k: u64,
        l: u64,
    ) -> u64 {
        assert!(!ctx.is_null());
        let all = [a, b, c, d, e, f, g, h, i, j, k, l];
        all.iter()
            .zip(1..)
            .map(|(value, weight)| value * weight)
            .sum()
    }
    let program = program();
    for count in 0..=12 {
        let args: Vec<u64> = (0..count).map(|i| 100 + i * i).collect();
        let mut padded = args.clone();
        padded.resize(12, 0);
        extern "C" fn few(ctx: *mut Context, a: u64, b: u64, c: u64, d: u64, e: u64) -> u64 {
            weigh(ctx, a, b, c, d, e, 0, 0, 0, 0, 0, 0, 0)
        }
        let target = if count <= 5 {
            few as *const () as usize
        } else {
            weigh as *const () as usize
        };
        if count > 5 && count < 12 {
            continue; // what is not passed is whatever stands there
        }
        let want: u64 = padded
            .iter()
            .zip(1..)
            .map(|(value, weight)| value * weight)
            .sum();
        assert_eq!(run(&program, target, &args), (want, Outcome::Returned, 0));
    }
}

#[test]
fn floats_pass_the_trampoline() {
    extern "C" fn blend(_ctx: *mut Context, a: f64, b: f64, t: f32) -> f64 {
        a + (b - a) * f64::from(t)
    }
    let program = program();
    let entered = program.enter();
    let ctx = entered.context();
    // SAFETY: the trampoline has the target's signature.
    unsafe {
        (*ctx).entry_target = blend as *const () as usize;
        let enter: extern "C" fn(*mut Context, f64, f64, f32) -> f64 =
            std::mem::transmute(entry::trampoline());
        assert_eq!(enter(ctx, 1.0, 3.0, 0.25), 1.5);
    }
}

extern "C" fn quits(ctx: *mut Context, status: i32) -> u64 {
    runtime_fn!(address(RtFn::Quit), (i32))(ctx, status);
    unreachable!("quit does not return")
}

#[test]
fn quit_leaves_the_innermost_entry() {
    extern "C" fn outer(ctx: *mut Context) -> u64 {
        // SAFETY: the context is this thread's.
        let (value, how) = unsafe {
            (
                call(ctx, quits as *const () as usize, &[3]),
                fault::take_outcome(&mut *ctx),
            )
        };
        assert_eq!((value, how), (0, Outcome::Quit(3)));
        17
    }
    let program = program();
    for _ in 0..3 {
        assert_eq!(
            run(&program, quits as *const () as usize, &[7]),
            (0, Outcome::Quit(7), 0)
        );
        assert_eq!(
            run(&program, outer as *const () as usize, &[]),
            (17, Outcome::Returned, 0)
        );
    }
}

#[test]
fn code_that_is_missing_ends_the_entry_with_an_error() {
    let program = program();
    let stub = program.window().stub(ProcId(9));
    let (_, how, _) = run(&program, stub, &[]);
    assert!(matches!(how, Outcome::Error(text) if text.contains("no code")));
}

#[test]
fn the_runtime_raises_with_the_procs_of_the_guest() {
    extern "C" fn raises(ctx: *mut Context, what: i64, text: *const u8, len: i64) {
        assert_eq!(what, Raise::StackOverflow as i64);
        // SAFETY: a text of the runtime.
        let text = unsafe { std::slice::from_raw_parts(text, len as usize) };
        assert_eq!(text, b"stack overflow");
        // SAFETY: the context is this thread's.
        unsafe {
            assert!((*ctx).stack_limit < RAISED_AT.load(Ordering::Relaxed));
            (*ctx).pending = 0x1000;
        }
    }
    static RAISED_AT: AtomicUsize = AtomicUsize::new(0);
    let program = program();
    let check = helper(Helper::StackOverflow) as usize;
    let (_, how, _) = run(&program, check, &[]);
    assert_eq!(how, Outcome::Error("stack overflow".to_owned()));
    program
        .window()
        .slot(ProcId(4))
        .store(raises as *const () as usize, Ordering::Release);
    program.raising().set(ProcId(4));
    // SAFETY: the context is this thread's.
    RAISED_AT.store(
        unsafe { (*program.context()).stack_limit },
        Ordering::Relaxed,
    );
    let (_, how, pending) = run(&program, check, &[]);
    assert_eq!((how, pending), (Outcome::Returned, 0x1000));
    // SAFETY: as above.
    let limit = unsafe { (*program.context()).stack_limit };
    assert_eq!(limit, RAISED_AT.load(Ordering::Relaxed));
}

#[test]
fn an_interrupt_reaches_threads_that_are_inside_once() {
    let program = program();
    let entered = program.enter();
    program.threads().interrupt();
    // SAFETY: the context is this thread's.
    let flag = || unsafe { (*entered.context()).interrupt.load(Ordering::Relaxed) };
    assert_ne!(flag(), 0);
    let (_, how, _) = run(&program, helper(Helper::Interrupted) as usize, &[]);
    assert_eq!((how, flag()), (Outcome::Error("interrupted".to_owned()), 0));
}

#[cfg(target_arch = "x86_64")]
mod machine {
    use super::*;

    /// Publishes code that makes a frame, calls `target` with its own arguments and returns its result.
    fn caller_of(program: &Runtime, target: usize) -> CodeRange {
        let mut bytes = vec![0x55, 0x48, 0x89, 0xe5, 0x48, 0xb8]; // push rbp; mov rbp, rsp; mov rax, target
        bytes.extend(target.to_le_bytes());
        bytes.extend([0xff, 0xd0, 0x5d, 0xc3]); // call rax; pop rbp; ret
        publish(program, &bytes)
    }

    fn publish(program: &Runtime, bytes: &[u8]) -> CodeRange {
        let mut code = program.code().allocate(bytes.len()).expect("code");
        code.bytes_mut()[..bytes.len()].copy_from_slice(bytes);
        code.publish().expect("publish");
        code
    }

    /// Knows ranges of code by number.
    struct Map(Mutex<Vec<std::ops::Range<usize>>>);

    impl CodeMap for Map {
        fn locate(&self, address: usize) -> Option<CodePlace> {
            let ranges = self.0.lock().expect("no panic");
            let index = ranges.iter().position(|range| range.contains(&address))?;
            let name = format!("proc{index}").into();
            Some(CodePlace {
                proc: ProcId(index as u32),
                generation: 1,
                name,
                traced: true,
                site: None,
                place: None,
                positions: None,
            })
        }

        fn changes(&self) -> u64 {
            0
        }
    }

    /// Notes the frames when a reload is asked for.
    #[derive(Default)]
    struct Notes(Mutex<Vec<usize>>);

    impl Reloader for Notes {
        fn last(&self) -> Arc<str> {
            "".into()
        }
        fn is_new(&self, _: usize) -> bool {
            true
        }

        fn perform(&self, context: &mut Context) {
            *self.0.lock().expect("no panic") = frames::addresses(context);
        }
        fn armed(&self, _: &mut Context, _: ProcId, _: Caller) -> usize {
            unreachable!("nothing is armed")
        }
        fn any_changed(&self) -> bool {
            true
        }
        fn changed(&self, module: &str) -> bool {
            module == "logic"
        }
    }

    #[test]
    fn live_frames_are_listed_across_entries() {
        let program = program();
        let notes = Arc::new(Notes::default());
        program.set_reloader(notes.clone());
        let innermost = caller_of(&program, address(RtFn::PerformReload) as usize);
        let middle = caller_of(&program, innermost.base());

        /// Rust code between two segments, called as C is.
        extern "C" fn host(ctx: *mut Context, inner: usize) -> u64 {
            // SAFETY: the context is this thread's.
            unsafe { call(ctx, inner, &[]) }
        }
        // Calls `host` as C is called: notes its frame and stack pointers first.
        let mut bytes = vec![0x55, 0x48, 0x89, 0xe5]; // push rbp; mov rbp, rsp
        bytes.extend([0x48, 0x89, 0x6f, context::offset::EXIT_FP as u8]); // mov [rdi + exit_fp], rbp
        bytes.extend([0x48, 0x89, 0x67, context::offset::EXIT_SP as u8]); // mov [rdi + exit_sp], rsp
        bytes.extend([0x48, 0xb8]);
        bytes.extend((host as *const () as usize).to_le_bytes());
        bytes.extend([0xff, 0xd0, 0x5d, 0xc3]);
        let exits = publish(&program, &bytes);
        let outermost = caller_of(&program, exits.base());
        let ranges = [&innermost, &middle, &exits, &outermost].map(CodeRange::addresses);
        let map = Arc::new(Map(Mutex::new(ranges.to_vec())));
        program.set_code_map(map.clone());

        assert_eq!(
            run(&program, outermost.base(), &[middle.base() as u64]).1,
            Outcome::Returned
        );
        let seen = notes.0.lock().expect("no panic").clone();
        let procs: Vec<_> = seen
            .iter()
            .map(|&pc| map.locate(pc).map(|place| place.proc.0))
            .collect();
        assert_eq!(procs, [Some(0), Some(1), Some(2), Some(3)]);
        let trace = program.stack_trace(&seen);
        let names: Vec<_> = trace
            .lines()
            .map(|line| line.split_whitespace().last())
            .collect();
        assert_eq!(
            names,
            [Some("proc3"), Some("proc2"), Some("proc1"), Some("proc0")]
        );
        let deep = program.stack_trace(&vec![seen[0]; 1000]);
        assert_eq!(deep.lines().count(), 32 + 1 + 95);
        assert!(deep.contains("\n(873 calls omitted) ...\n"));
    }

    #[test]
    fn wild_accesses_of_guest_code_leave_the_innermost_entry_and_name_the_proc() {
        let program = program();
        let wild = publish(
            &program,
            &[0x55, 0x48, 0x89, 0xe5, 0x48, 0x8b, 0x06, 0x5d, 0xc3],
        ); // … mov rax, [rsi]; …
        let outer = caller_of(&program, wild.base());
        let trap = publish(&program, &[0x0f, 0x0b]); // ud2
        let divide = publish(&program, &[0x31, 0xc9, 0x31, 0xd2, 0xf7, 0xf1, 0xc3]); // xor ecx, ecx; xor edx, edx; div ecx; ret
        let nowhere = caller_of(&program, 0x1234_5000);
        let ranges = [&wild, &outer, &trap, &divide, &nowhere].map(CodeRange::addresses);
        program.set_code_map(Arc::new(Map(Mutex::new(ranges.to_vec()))));
        let fault = |target: &CodeRange, arg: u64| match run(&program, target.base(), &[arg]) {
            (0, Outcome::Fault(report), 0) => report,
            other => panic!("{other:?}"),
        };
        for _ in 0..3 {
            let report = fault(&outer, 0x10);
            assert_eq!((report.signal, report.address), (libc::SIGSEGV, 0x10));
            assert_eq!(report.message, "illegal access of address 0x10 in `proc0`");
            assert_eq!(report.frames.len(), 2);
            assert_eq!(fault(&trap, 0).message, "trap in `proc2`");
            assert_eq!(fault(&divide, 0).message, "arithmetic trap in `proc3`");
            assert_eq!(
                fault(&nowhere, 0).message,
                "illegal access of address 0x12345000 in `proc4`"
            );
        }
        // What is well goes on.
        let word = 42u64;
        assert_eq!(run(&program, outer.base(), &[&raw const word as u64]).0, 42);
        let on_thread = std::thread::scope(|scope| scope.spawn(|| fault(&outer, 8).address).join());
        assert_eq!(on_thread.expect("no panic"), 8);
    }

    #[test]
    fn a_c_function_that_is_missing_raises_when_it_is_called() {
        let program = program();
        let sig = Sig {
            params: Default::default(),
            ret: None,
            raises: false,
        };
        let missing = Extern {
            symbol: "no_such_thing".into(),
            library: None,
            sig,
            varargs: None,
            aggregates: Default::default(),
        };
        let id = program.ids().extern_fn(missing);
        let caller = caller_of(
            &program,
            program.externs().address(id).expect("memory") as usize,
        );
        let (_, how, _) = run(&program, caller.base(), &[]);
        assert!(matches!(how, Outcome::Error(text) if text.contains("no_such_thing")));
        extern "C" fn raises(ctx: *mut Context, what: i64, _text: *const u8, _len: i64) {
            assert_eq!(what, Raise::Library as i64);
            // SAFETY: the context is this thread's.
            unsafe { (*ctx).pending = 0x2000 };
        }
        program
            .window()
            .slot(ProcId(0))
            .store(raises as *const () as usize, Ordering::Release);
        program.raising().set(ProcId(0));
        assert_eq!(
            run(&program, caller.base(), &[]),
            (0, Outcome::Returned, 0x2000)
        );
    }
}

#[test]
fn a_fault_outside_of_guest_code_goes_to_the_handler_before() {
    // Run in a child, which dies of it.
    if std::env::var_os("MIDAIR_TEST_FAULT").is_some() {
        let _program = program();
        // SAFETY: it is not: that is the point.
        unsafe { std::ptr::with_exposed_provenance::<u64>(8).read_volatile() };
        return;
    }
    let me = std::env::current_exe().expect("the test's program");
    let test = "runtime::tests::a_fault_outside_of_guest_code_goes_to_the_handler_before";
    let mut child = std::process::Command::new(me);
    let child = child
        .args([test, "--exact"])
        .env("MIDAIR_TEST_FAULT", "1")
        .output()
        .expect("a child");
    let signal = std::os::unix::process::ExitStatusExt::signal(&child.status);
    assert_eq!(signal, Some(libc::SIGSEGV));
}

// Destruction: a node is `{ next: ref Node }`.

static DESTROYED: AtomicUsize = AtomicUsize::new(0);

extern "C" fn destroy_node(ctx: *mut Context, node: *const usize) {
    DESTROYED.fetch_add(1, Ordering::Relaxed);
    // SAFETY: a node of these tests.
    let next = unsafe { *node };
    if next != 0 {
        runtime_fn!(helper(Helper::DropRef), (usize))(ctx, next);
    }
}

fn node_desc(
    program: &Runtime,
    destroy: extern "C" fn(*mut Context, *const usize),
) -> *const RtDesc {
    let proc = program.ids().proc("node.destroy", 0);
    program
        .window()
        .slot(proc)
        .store(destroy as *const () as usize, Ordering::Release);
    let (id, _) = program.ids().desc("Node", 0);
    let shape = Shape::Object {
        base: None,
        rtti: false,
        fields: Vec::new(),
    };
    program.ids().define_desc(
        id,
        Desc {
            name: "Node".into(),
            size: 8,
            align: 8,
            shape,
            destroy: Some(proc),
            hooked: false,
            acyclic: false,
        },
    );
    program.descs().address(id).expect("memory")
}

#[test]
fn a_list_of_a_million_is_destroyed_without_deep_recursion() {
    let program = program();
    let desc = node_desc(&program, destroy_node);
    let entered = program.enter();
    let ctx = entered.context();
    let new_ref = runtime_fn!(address(RtFn::NewRef), (*const RtDesc) -> usize);
    let before = program.heap().live_blocks();
    let mut first = 0;
    for _ in 0..1_000_000 {
        let node = new_ref(ctx, desc);
        // SAFETY: a fresh object of 8 bytes behind its header.
        unsafe {
            // One reference; the bits below are the collector's.
            assert_eq!(*((node - 16) as *const usize) >> 3, 0);
            *(node as *mut usize) = first;
        }
        first = node;
    }
    assert_eq!(program.heap().live_blocks(), before + 1_000_000);
    DESTROYED.store(0, Ordering::Relaxed);
    // SAFETY: the context is this thread's, and the list has one reference.
    unsafe { drops::release(ctx, first) };
    assert_eq!(DESTROYED.load(Ordering::Relaxed), 1_000_000);
    assert_eq!(program.heap().live_blocks(), before);
}

#[test]
fn an_exception_in_a_destructor_is_pending_at_the_end_and_nothing_leaks() {
    extern "C" fn raising(ctx: *mut Context, node: *const usize) {
        // SAFETY: a node of these tests; the context is this thread's.
        unsafe {
            assert_eq!((*ctx).pending, 0);
            if *node != 0 {
                runtime_fn!(helper(Helper::DropRef), (usize))(ctx, *node);
            }
            // As guest code does: what is pending after a call is passed on.
            if (*ctx).pending == 0 {
                (*ctx).pending = runtime_fn!(address(RtFn::Alloc), (i64) -> usize)(ctx, 64) + 16;
                *(((*ctx).pending - 8) as *mut *const RtDesc) = &*PLAIN;
            }
        }
    }
    static PLAIN: StaticDesc = StaticDesc::new();
    let program = program();
    let desc = node_desc(&program, raising);
    let entered = program.enter();
    let ctx = entered.context();
    let new_ref = runtime_fn!(address(RtFn::NewRef), (*const RtDesc) -> usize);
    let mut first = 0;
    for _ in 0..1000 {
        let node = new_ref(ctx, desc);
        // SAFETY: a fresh object.
        unsafe { *(node as *mut usize) = first };
        first = node;
    }
    // SAFETY: the context is this thread's; then the one exception that is left is given up.
    unsafe {
        drops::release(ctx, first);
        let raised = std::mem::take(&mut (*ctx).pending);
        assert_ne!(raised, 0);
        assert_eq!(program.heap().live_blocks(), 1);
        drops::release(ctx, raised);
    }
    assert_eq!(program.heap().live_blocks(), 0);
}

/// A descriptor of a plain type.
#[repr(transparent)]
struct StaticDesc(RtDesc);

// SAFETY: never changed.
unsafe impl Sync for StaticDesc {}

impl StaticDesc {
    const fn new() -> StaticDesc {
        StaticDesc(RtDesc {
            size: 48,
            align: 8,
            id: DescId(u32::MAX),
            destroy: 0,
            base: std::ptr::null(),
            name: c"Plain".as_ptr(),
            rtti: false,
            first_count: 0,
        })
    }
}

impl std::ops::Deref for StaticDesc {
    type Target = RtDesc;
    fn deref(&self) -> &RtDesc {
        &self.0
    }
}

// Callbacks from C: the C entry as the JIT makes it, written in Rust.

static CALLED: Mutex<Option<Arc<Runtime>>> = Mutex::new(None);

extern "C" fn c_entry(status: i32) -> i32 {
    let runtime = CALLED.lock().expect("no panic").clone().expect("a program");
    // SAFETY: the helpers' signatures.
    unsafe {
        let enter: extern "C" fn(*const Runtime) -> *mut Context =
            std::mem::transmute(helper(Helper::CEnter));
        let ctx = enter(Arc::as_ptr(&runtime));
        if ctx.is_null() {
            return 0;
        }
        let result = call(ctx, called_back as *const () as usize, &[status as u64]);
        runtime_fn!(helper(Helper::CLeave), ())(ctx);
        result as i32
    }
}

/// Quits with its argument unless that is 0.
extern "C" fn called_back(ctx: *mut Context, status: i32) -> u64 {
    if status == 0 { 5 } else { quits(ctx, status) }
}

/// Guest code that calls C, which calls back twice.
extern "C" fn calls_c(ctx: *mut Context, first: i32) -> u64 {
    let sum = c_entry(first) + c_entry(0);
    // SAFETY: the context is this thread's.
    if unsafe { (*ctx).pending } != 0 {
        runtime_fn!(helper(Helper::AfterC), ())(ctx);
    }
    sum as u64
}

#[test]
fn quit_in_a_callback_from_c_leaves_the_guest_code_that_called_c() {
    let program = program();
    *CALLED.lock().expect("no panic") = Some(program.clone());
    let target = calls_c as *const () as usize;
    assert_eq!(run(&program, target, &[0]), (10, Outcome::Returned, 0));
    assert_eq!(run(&program, target, &[9]), (0, Outcome::Quit(9), 0));
    // A thread of C's own: nobody to tell but standard error.
    let said = Arc::new(Mutex::new(String::new()));
    let sink = said.clone();
    program.output().redirect(Some(Box::new(move |_, text| {
        sink.lock()
            .expect("no panic")
            .push_str(&String::from_utf8_lossy(text));
    })));
    let results =
        std::thread::scope(|scope| scope.spawn(|| (c_entry(0), c_entry(4), c_entry(0))).join());
    assert_eq!(results.expect("no panic"), (5, 0, 5));
    assert!(said.lock().expect("no panic").contains("quit"));
    *CALLED.lock().expect("no panic") = None;
}

#[test]
fn functions_of_the_runtime_do_what_they_say() {
    let program = program();
    let entered = program.enter();
    let ctx = entered.context();
    let alloc = runtime_fn!(address(RtFn::Alloc), (i64) -> usize);
    let block = alloc(ctx, 10);
    let block =
        runtime_fn!(address(RtFn::Realloc), (usize, i64, i64) -> usize)(ctx, block, 10, 100_000);
    assert_eq!(runtime_fn!(address(RtFn::LiveBlocks), () -> i64)(ctx), 1);
    // SAFETY: a block of 100,000 bytes.
    let bytes = unsafe { std::slice::from_raw_parts_mut(block as *mut u8, 100_000) };
    assert!(bytes.iter().all(|&byte| byte == 0));
    bytes[..4].copy_from_slice(b"abcd");
    runtime_fn!(address(RtFn::MemMove), (usize, usize, i64))(ctx, block + 1, block, 4);
    assert_eq!(&bytes[..5], b"aabcd");
    let compare = runtime_fn!(address(RtFn::MemCmp), (*const u8, *const u8, i64) -> i32);
    assert!(compare(ctx, b"ab".as_ptr(), b"ac".as_ptr(), 2) < 0);
    assert_eq!(compare(ctx, b"ab".as_ptr(), b"ac".as_ptr(), 1), 0);
    runtime_fn!(address(RtFn::Dealloc), (usize))(ctx, block);
    runtime_fn!(address(RtFn::Dealloc), (usize))(ctx, 0);
    assert_eq!(runtime_fn!(address(RtFn::LiveBlocks), () -> i64)(ctx), 0);

    let mut text = [0u8; 32];
    let len =
        runtime_fn!(address(RtFn::FormatFloat), (f64, *mut u8) -> i64)(ctx, 0.5, text.as_mut_ptr());
    assert_eq!(&text[..len as usize], b"0.5");
    let len = runtime_fn!(address(RtFn::FormatFloat32), (f32, *mut u8) -> i64)(
        ctx,
        0.1,
        text.as_mut_ptr(),
    );
    assert_eq!(&text[..len as usize], b"0.1");
    let mut value = 0.0;
    let parse = runtime_fn!(address(RtFn::ParseFloat), (*const u8, i64, *mut f64) -> i64);
    assert_eq!(
        (parse(ctx, b"1.5x".as_ptr(), 4, &mut value), value),
        (3, 1.5)
    );
    assert_eq!(parse(ctx, b"x".as_ptr(), 1, &mut value), 0);

    assert_eq!(runtime_fn!(address(RtFn::ArgCount), () -> i64)(ctx), 1);
    let mut len = -1;
    let argument = runtime_fn!(address(RtFn::Arg), (i64, *mut i64) -> *const u8);
    let first = argument(ctx, 1, &mut len);
    // SAFETY: so many bytes.
    let first = unsafe { std::slice::from_raw_parts(first, len as usize) };
    assert_eq!(first, b"--fast");
    argument(ctx, 5, &mut len);
    assert_eq!(len, 0);
    assert_eq!(
        runtime_fn!(address(RtFn::AnyModuleChanged), () -> u8)(ctx),
        0
    );
    assert_eq!(program.globals().address(GlobalId(0)), None);
}

#[test]
fn objects_know_their_type_and_its_bases() {
    let program = program();
    let object = |name: &str, base: Option<DescId>| {
        let (id, _) = program.ids().desc(name, 0);
        let shape = Shape::Object {
            base,
            rtti: true,
            fields: Vec::new(),
        };
        program.ids().define_desc(
            id,
            Desc {
                name: name.into(),
                size: 16,
                align: 8,
                shape,
                destroy: None,
                hooked: false,
                acyclic: false,
            },
        );
        (id, program.descs().address(id).expect("memory"))
    };
    let (base, base_at) = object("Base", None);
    let (_, heir) = object("Heir", Some(base));
    let (_, other) = object("Other", None);
    let entered = program.enter();
    let ctx = entered.context();
    let of = runtime_fn!(address(RtFn::IsOf), (*const RtDesc, *const RtDesc) -> u8);
    assert_eq!(
        [
            of(ctx, heir, base_at),
            of(ctx, heir, heir),
            of(ctx, base_at, heir)
        ],
        [1, 1, 0]
    );
    assert_eq!(
        [of(ctx, other, base_at), of(ctx, std::ptr::null(), base_at)],
        [0, 0]
    );
    let made = runtime_fn!(address(RtFn::NewRef), (*const RtDesc) -> usize)(ctx, heir);
    // SAFETY: an object with its header and, as its type has RTTI, its descriptor at offset 0; the name is a C string.
    unsafe {
        assert_eq!(
            (*(made as *const usize), *((made - 8) as *const usize)),
            (heir as usize, heir as usize)
        );
        let name =
            runtime_fn!(address(RtFn::TypeName), (*const RtDesc) -> *const libc::c_char)(ctx, heir);
        assert_eq!(std::ffi::CStr::from_ptr(name), c"Heir");
        drops::release(ctx, made);
    }
    assert_eq!(program.heap().live_blocks(), 0);
}

#[test]
fn what_the_program_writes_comes_in_order() {
    let program = program();
    let said = Arc::new(Mutex::new(Vec::new()));
    let sink = said.clone();
    program
        .output()
        .redirect(Some(Box::new(move |stream, text| {
            sink.lock().expect("no panic").push((stream, text.to_vec()));
        })));
    let entered = program.enter();
    let write = runtime_fn!(address(RtFn::Write), (i32, *const u8, i64));
    write(entered.context(), 1, b"out".as_ptr(), 3);
    write(entered.context(), 2, b"err".as_ptr(), 3);
    runtime_fn!(address(RtFn::Flush), ())(entered.context());
    use output::Stream::{Stderr, Stdout};
    let want = [
        (Stdout, b"out".to_vec()),
        (Stderr, b"err".to_vec()),
        (Stdout, Vec::new()),
    ];
    assert_eq!(*said.lock().expect("no panic"), want);
}

#[test]
fn strings_grow_and_literals_are_copied() {
    #[repr(C)]
    struct Literal {
        cap: i64,
        bytes: [u8; 4],
    }
    static LITERAL: Literal = Literal {
        cap: crate::mir::LITERAL | 3,
        bytes: *b"abc\0",
    };
    let program = program();
    let mut string = [3, &raw const LITERAL as u64];
    // SAFETY: a string of the guest's layout.
    let string = unsafe { &mut *string.as_mut_ptr().cast::<strings::GuestString>() };
    for _ in 0..100 {
        // SAFETY: as above; nothing else uses it.
        assert!(unsafe { string.append(program.heap(), b"-xyz") });
    }
    // SAFETY: as above.
    let bytes = unsafe { string.bytes() };
    assert_eq!(bytes, format!("abc{}", "-xyz".repeat(100)).as_bytes());
    assert_eq!(program.heap().live_blocks(), 1);
}

#[test]
#[ignore = "a measurement: run it alone, optimised"]
fn speed_of_entries() {
    extern "C" fn add(_ctx: *mut Context, a: u64, b: u64) -> u64 {
        a.wrapping_add(b)
    }
    type Add = extern "C" fn(*mut Context, u64, u64) -> u64;
    let program = program();
    let ctx = program.context();
    let measure = |what: &str, run: &mut dyn FnMut(u64) -> u64| {
        let mut best = f64::MAX;
        for _ in 0..30 {
            let start = std::time::Instant::now();
            let sum = (0..100_000).fold(0, |sum, _| run(sum));
            best = best.min(start.elapsed().as_nanos() as f64 / 100_000.0);
            assert_eq!(sum, 100_000);
        }
        println!("{what}: {best:.2} ns");
    };
    let direct = std::hint::black_box(add as Add);
    measure("a function pointer", &mut |sum| direct(ctx, sum, 1));
    // SAFETY: the trampoline has the target's signature.
    let enter: Add = unsafe { std::mem::transmute(entry::trampoline()) };
    let mut entered = |sum| {
        // SAFETY: the context is this thread's.
        unsafe { (*ctx).entry_target = direct as usize };
        enter(ctx, sum, 1)
    };
    measure("the entry trampoline", &mut entered);
    measure("the entry trampoline, pinned for each call", &mut |sum| {
        let _pinned = program.enter();
        entered(sum)
    });
}
