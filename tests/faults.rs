//! Faults outside of guest code go to whoever handled them before: Rust's stack guard, a crash reporter, a virtual machine that handles
//! its own. Each case runs in a process of its own, which is this test started again.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]
#![allow(unsafe_code)] // installs signal handlers and makes faults

use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

use midair::source::Texts;
use midair::{Builder, Program};

const CASE: &str = "MIDAIR_FAULT_CASE";

/// Runs a case of [`the_case`] in a process of its own.
fn run(case: &str) -> Output {
    let own = std::env::current_exe().unwrap();
    let mut command = Command::new(own);
    command.args(["--exact", "the_case", "--nocapture", "--test-threads=1"]);
    command.env(CASE, case).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_case() {
    let Ok(case) = std::env::var(CASE) else {
        return;
    };
    match &*case {
        "stack guard" => stack_guard(),
        "crash reporter" => crash_reporter(),
        "switched off" => switched_off(),
        "another machine before" => another_machine(false),
        "another machine after" => another_machine(true),
        _ => panic!("no such case: {case}"),
    }
}

fn load(builder: Builder) -> Program {
    let text = "proc wild*(address: int) = cast[ptr int](address)[] = 1\nproc one*(): int = 1\n";
    let texts = Texts::new([("logic.nim", text)]);
    builder.provider(texts).load("logic.nim").unwrap()
}

/// A wild access of guest code ends its call, and the program goes on.
fn guest_faults_are_errors(program: &Program) {
    let wild = program.proc::<fn(i64)>("logic", "wild").unwrap();
    assert!(wild.call(8).unwrap_err().is_fault());
    let one = program.proc::<fn() -> i64>("logic", "one").unwrap();
    assert_eq!(one.call().unwrap(), 1);
}

type Handler = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);

/// Installs a handler for SIGSEGV; gives the one before.
fn install(handler: Handler) -> libc::sigaction {
    // SAFETY: the structures are valid, and the handlers here do only what handlers may.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        let mut before: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        assert_eq!(libc::sigaction(libc::SIGSEGV, &action, &mut before), 0);
        before
    }
}

fn host_fault() {
    // SAFETY: none; that is the point.
    unsafe { std::ptr::write_volatile(std::hint::black_box(16) as *mut u8, 1) };
}

/// Endless recursion of the host.
#[allow(unconditional_recursion)]
fn deep(n: u64) -> u64 {
    let big = std::hint::black_box([n; 512]);
    deep(n + 1) + big[3]
}

fn stack_guard() {
    let program = load(Program::builder());
    guest_faults_are_errors(&program);
    std::thread::spawn(|| deep(0)).join().unwrap();
}

#[test]
fn rusts_stack_guard_still_speaks() {
    let output = run("stack guard");
    assert!(!output.status.success());
    assert!(
        stderr(&output).contains("has overflowed its stack"),
        "{}",
        stderr(&output)
    );
}

extern "C" fn report(_: libc::c_int, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
    let text = b"crash reporter: fault\n";
    // SAFETY: both are safe in handlers.
    unsafe {
        libc::write(2, text.as_ptr().cast(), text.len());
        libc::_exit((*info).si_addr() as i32 + 24);
    }
}

fn crash_reporter() {
    install(report);
    let program = load(Program::builder());
    guest_faults_are_errors(&program);
    host_fault();
}

#[test]
fn a_crash_reporter_gets_the_hosts_faults_and_not_the_guests() {
    let output = run("crash reporter");
    assert_eq!(output.status.code(), Some(40), "{}", stderr(&output));
    assert!(stderr(&output).contains("crash reporter: fault"));
}

fn switched_off() {
    install(report);
    let program = load(Program::builder().catch_faults(false));
    let one = program.proc::<fn() -> i64>("logic", "one").unwrap();
    assert_eq!(one.call().unwrap(), 1);
    let wild = program.proc::<fn(i64)>("logic", "wild").unwrap();
    let _ = wild.call(8);
}

#[test]
fn with_ours_switched_off_the_reporter_gets_the_guests_faults_too() {
    let output = run("switched off");
    assert_eq!(output.status.code(), Some(32), "{}", stderr(&output));
}

/// A page that nobody may touch: accesses are this machine's traps, as a WebAssembly engine has them.
static TRAPS: AtomicUsize = AtomicUsize::new(0);
static CAUGHT: AtomicUsize = AtomicUsize::new(0);
static BEFORE: std::sync::OnceLock<libc::sigaction> = std::sync::OnceLock::new();

/// Takes the faults on its page, by going on behind the instruction; hands the others on, as wasmtime does.
extern "C" fn machine(signal: libc::c_int, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: the kernel passes valid structures; the handler before is of the type that its flags say.
    unsafe {
        if (*info).si_addr() as usize == TRAPS.load(Ordering::Relaxed) {
            let context = &mut *context.cast::<libc::ucontext_t>();
            context.uc_mcontext.gregs[libc::REG_RIP as usize] += 3; // `mov byte ptr [rax], cl` and its like
            CAUGHT.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let before = BEFORE.get().expect("it is installed");
        if before.sa_flags & libc::SA_SIGINFO != 0 {
            let handler: Handler = std::mem::transmute(before.sa_sigaction);
            return handler(signal, info, context);
        }
        libc::_exit(50);
    }
}

/// Touches the page with an instruction of three bytes.
fn trap() {
    // SAFETY: the handler goes on behind it.
    unsafe {
        std::arch::asm!("mov byte ptr [r11], cl", in("r11") TRAPS.load(Ordering::Relaxed), in("cl") 1u8);
    }
}

fn another_machine(after: bool) {
    // SAFETY: a new mapping.
    let page = unsafe {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        libc::mmap(std::ptr::null_mut(), 4096, libc::PROT_NONE, flags, -1, 0)
    };
    TRAPS.store(page as usize, Ordering::Relaxed);
    install(report);
    let machine_now = || {
        let before = install(machine);
        BEFORE.set(before).unwrap_or_else(|_| unreachable!());
    };
    if !after {
        machine_now();
    }
    let program = load(Program::builder());
    if after {
        machine_now();
    }
    for n in 1..=3 {
        guest_faults_are_errors(&program);
        trap();
        assert_eq!(CAUGHT.load(Ordering::Relaxed), n);
    }
    host_fault();
}

#[test]
fn a_machine_with_traps_of_its_own_lives_beside() {
    for case in ["another machine before", "another machine after"] {
        let output = run(case);
        assert_eq!(
            output.status.code(),
            Some(40),
            "{case}: {}",
            stderr(&output)
        );
    }
}
