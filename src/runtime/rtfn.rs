//! The functions that compiled code calls: [`address`] for those that MIR names, [`helper`] for those that the JIT adds.
//!
//! All are C functions with the context first, and none lets a panic out. Those that can look at the stack, raise, or enter guest code again have
//! an *exit stub*: it notes where guest code was left, then jumps to the function.

#![allow(unsafe_code)] // works on the guest's memory by address

use std::arch::naked_asm;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;

use smallvec::SmallVec;

use crate::mir::{ExternId, ProcId, REF_HEADER, RtFn};

use super::atomics::atomic;
use super::context::{Context, LEAVING, offset, outcome};
use super::guest::{self, block};
use super::heap::Heap;
use super::output::Stream;
use super::strings::GuestString;
use super::tables::RtDesc;
use super::{Caller, Raise, Runtime, cycles, drops, entry, fault, frames, threads};

/// A function of the runtime that the JIT calls by itself. All have the platform's C convention.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Helper {
    /// `(ctx, args…) -> result`: the [entry trampoline](super::entry::trampoline).
    Enter,
    /// `(runtime: ptr) -> ctx`: opens an entry from C on the current thread, whose context it gives; 0 (and nothing is open) when an
    /// exception is pending: return zero then.
    CEnter,
    /// `(ctx)`: closes an entry from C.
    CLeave,
    /// `(ctx)`: after a call of C, when `pending` is not 0. Leaves further if a callback was left, else returns: unwind.
    AfterC,
    /// `(ctx, object: ptr)`: destroys and frees an object that has lost its last reference. May raise.
    DropRef,
    /// `(ctx, object: ptr)`: an object that is no candidate and may be part of a cycle gave up a reference, and lives.
    Candidate,
    /// `(ctx)`: raises `StackOverflowDefect`.
    StackOverflow,
    /// `(ctx)`: raises because the host asked the program to stop.
    Interrupted,
}

/// The address of a function that MIR names. It takes the context, then the parameters of [`RtFn::sig`].
pub fn address(function: RtFn) -> *const u8 {
    match function {
        RtFn::Alloc => alloc_exit as *const u8,
        RtFn::Realloc => realloc_exit as *const u8,
        RtFn::Dealloc => dealloc as *const u8,
        RtFn::NewRef => new_ref_exit as *const u8,
        RtFn::MemMove => mem_move as *const u8,
        RtFn::MemCmp => mem_cmp as *const u8,
        RtFn::IsOf => is_of as *const u8,
        RtFn::TypeName => type_name as *const u8,
        RtFn::FormatFloat => format_float as *const u8,
        RtFn::FormatFloat32 => format_float32 as *const u8,
        RtFn::ParseFloat => parse_float as *const u8,
        RtFn::Write => write as *const u8,
        RtFn::Echo => echo as *const u8,
        RtFn::Flush => flush as *const u8,
        RtFn::StackTrace => stack_trace_exit as *const u8,
        RtFn::Quit => quit_exit as *const u8,
        RtFn::PerformReload => perform_reload_exit as *const u8,
        RtFn::AnyModuleChanged => any_changed_exit as *const u8,
        RtFn::ModuleChanged => module_changed_exit as *const u8,
        RtFn::IsNew => is_new as *const u8,
        RtFn::LastReload => last_reload as *const u8,
        RtFn::ArgCount => arg_count as *const u8,
        RtFn::Arg => arg as *const u8,
        RtFn::LiveBlocks => live_blocks as *const u8,
        RtFn::HeapBytes => heap_bytes as *const u8,
        RtFn::CollectCycles => collect_cycles_exit as *const u8,
        RtFn::StartThread => guest::start_thread as *const u8,
        RtFn::Block => block_exit as *const u8,
        RtFn::Atomic => atomic_exit as *const u8,
    }
}

/// The address of a function that the JIT adds.
pub fn helper(function: Helper) -> *const u8 {
    match function {
        Helper::Enter => entry::trampoline() as *const u8,
        Helper::CEnter => c_enter as *const u8,
        Helper::CLeave => c_leave as *const u8,
        Helper::AfterC => after_c as *const u8,
        Helper::DropRef => drops::drop_ref as *const u8,
        Helper::Candidate => cycles::candidate as *const u8,
        Helper::StackOverflow => stack_overflow_exit as *const u8,
        Helper::Interrupted => interrupted_exit as *const u8,
    }
}

/// Defines a stub that notes in the context where guest code is left and goes on in a function.
macro_rules! exit_stub {
    ($($name:ident => $function:ident;)*) => { $(
        #[cfg(target_arch = "x86_64")]
        #[unsafe(naked)]
        extern "C" fn $name() {
            naked_asm!(
                "mov [rdi + {fp}], rbp",
                "lea rax, [rsp + 8]",
                "mov [rdi + {sp}], rax",
                "jmp {to}",
                fp = const offset::EXIT_FP,
                sp = const offset::EXIT_SP,
                to = sym $function,
            )
        }
        #[cfg(target_arch = "aarch64")]
        #[unsafe(naked)]
        extern "C" fn $name() {
            naked_asm!(
                "str x29, [x0, #{fp}]",
                "str x30, [x0, #{sp}]",
                "b {to}",
                fp = const offset::EXIT_FP,
                sp = const offset::EXIT_SP,
                to = sym $function,
            )
        }
    )* };
}

/// The body of a naked function that guest code calls: notes in the context where guest code is left and goes on in a function, generic
/// or not, with the same parameters.
#[cfg(target_arch = "x86_64")]
macro_rules! exit_to {
    ($($to:tt)*) => {
        std::arch::naked_asm!(
            "mov [rdi + {fp}], rbp",
            "lea rax, [rsp + 8]",
            "mov [rdi + {sp}], rax",
            "jmp {to}",
            fp = const $crate::runtime::context::offset::EXIT_FP,
            sp = const $crate::runtime::context::offset::EXIT_SP,
            to = sym $($to)*,
        )
    };
}
/// The body of a naked function that guest code calls: notes in the context where guest code is left and goes on in a function, generic
/// or not, with the same parameters.
#[cfg(target_arch = "aarch64")]
macro_rules! exit_to {
    ($($to:tt)*) => {
        std::arch::naked_asm!(
            "str x29, [x0, #{fp}]",
            "str x30, [x0, #{sp}]",
            "b {to}",
            fp = const $crate::runtime::context::offset::EXIT_FP,
            sp = const $crate::runtime::context::offset::EXIT_SP,
            to = sym $($to)*,
        )
    };
}
pub(crate) use exit_to;

exit_stub! {
    alloc_exit => alloc;
    realloc_exit => realloc;
    new_ref_exit => new_ref;
    collect_cycles_exit => collect_cycles;
    block_exit => block;
    atomic_exit => atomic;
    stack_trace_exit => stack_trace;
    quit_exit => quit;
    perform_reload_exit => perform_reload;
    any_changed_exit => any_changed;
    module_changed_exit => module_changed;
    stack_overflow_exit => stack_overflow;
    interrupted_exit => interrupted;
}

/// The program of a context.
///
/// # Safety
/// `ctx` is a context, and what is returned is not used after the call that had it.
unsafe fn program<'r>(ctx: *mut Context) -> &'r Runtime {
    // SAFETY: a context points at its program, which lives while a thread is in it.
    unsafe { &*(*ctx).runtime }
}

/// Calls guest code, or anything with its convention, through the entry trampoline with integer and address arguments, and gives the
/// result if it is such. Afterwards look at [`Context::pending`] and [`fault::take_outcome`].
///
/// # Panics
/// With more than 12 arguments.
///
/// # Safety
/// `ctx` is the current thread's context, which is pinned ([`Runtime::enter`]); `target` is guest code that takes these arguments
/// after the context.
pub unsafe fn call(ctx: *mut Context, target: usize, args: &[u64]) -> u64 {
    const IN_REGISTERS: usize = if cfg!(target_arch = "x86_64") { 5 } else { 7 };
    type Target = extern "C" fn(
        *mut Context,
        u64,
        u64,
        u64,
        u64,
        u64,
        u64,
        u64,
        u64,
        u64,
        u64,
        u64,
        u64,
    ) -> u64;
    let mut a = [0; 12];
    a[..args.len()].copy_from_slice(args);
    // SAFETY: the trampoline passes all argument registers, and this many words of the stack, on to the target; more
    // than it takes do no harm. The context is the thread's own.
    unsafe {
        (*ctx).entry_target = target;
        (*ctx).entry_stack_words = args.len().saturating_sub(IN_REGISTERS);
        let enter: Target = std::mem::transmute(entry::trampoline());
        enter(
            ctx, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11],
        )
    }
}

/// Leaves the innermost entry with an error.
///
/// # Safety
/// As [`entry::leave`].
unsafe fn give_up(ctx: *mut Context, text: &str) -> ! {
    // SAFETY: the context is the current thread's; nothing here is left to drop.
    unsafe {
        // The text may be that of the context itself.
        (*ctx).error = text.to_owned();
        (*ctx).outcome = outcome::ERROR;
        entry::leave(ctx)
    }
}

/// Raises in the guest: afterwards an exception is pending. Leaves the entry instead if the program cannot raise.
///
/// # Safety
/// `ctx` is the current thread's context and in an entry; no caller up to guest code has anything to drop.
pub unsafe fn raise(ctx: *mut Context, what: Raise, text: &str) {
    // SAFETY: by the contract; the proc takes a text and its length.
    unsafe {
        let runtime = program(ctx);
        let Some(proc) = runtime.raising.get() else {
            give_up(ctx, text)
        };
        let limit = (*ctx).stack_limit;
        if what == Raise::StackOverflow {
            (*ctx).stack_limit = (*ctx).raising_limit();
        }
        let short = what == Raise::OutOfMemory;
        if short {
            // The exception comes from the heap's reserve. Where that is used up too, nobody in the guest can be told.
            if std::mem::replace(&mut (*ctx).out_of_memory, true) {
                give_up(ctx, "out of memory, and none is left to raise it with");
            }
            runtime.heap.open_reserve();
        }
        call(
            ctx,
            runtime.window.stub(proc),
            &[what as u64, text.as_ptr() as u64, text.len() as u64],
        );
        (*ctx).stack_limit = limit;
        if short {
            runtime.heap.close_reserve();
            (*ctx).out_of_memory = false;
        }
        if (*ctx).outcome != outcome::RETURNED {
            entry::leave(ctx);
        }
        if (*ctx).pending == 0 {
            give_up(ctx, text);
        }
    }
}

/// The same with a text that is made for it.
///
/// # Safety
/// As for [`raise`].
pub unsafe fn raise_text(ctx: *mut Context, what: Raise, text: String) {
    // SAFETY: by the contract. The text is kept in the context, so that it is not lost when the entry is left.
    unsafe {
        (*ctx).text = text;
        let text = &raw const (*ctx).text;
        raise(ctx, what, &*text);
    }
}

/// Goes on leaving on the way back from a host function to the guest code that called it, when a nested call ended with this outcome.
/// Marks the context so that the check after the call leaves the next entry.
pub fn keep_leaving(context: &mut Context, how: fault::Outcome) {
    match how {
        fault::Outcome::Returned => return,
        fault::Outcome::Quit(status) => {
            context.outcome = outcome::QUIT;
            context.status = status;
        }
        fault::Outcome::Fault(report) => {
            context.outcome = outcome::ERROR;
            context.error = report.message;
        }
        fault::Outcome::Error(text) => {
            context.outcome = outcome::ERROR;
            context.error = text;
        }
    }
    context.pending = LEAVING;
}

/// Runs a function of the layers above and stops panics: they leave the entry with an error.
///
/// # Safety
/// As [`give_up`].
unsafe fn guarded<T>(ctx: *mut Context, run: impl FnOnce() -> T) -> T {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(value) => value,
        Err(payload) => {
            let text = payload
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned());
            let text = text
                .or_else(|| payload.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            drop(payload);
            // SAFETY: by the contract; the text is moved out of this frame before it is left.
            unsafe {
                (*ctx).error = format!("internal error: {text}");
                drop(text);
                (*ctx).outcome = outcome::ERROR;
                entry::leave(ctx)
            }
        }
    }
}

// What MIR names. SAFETY of all: compiled code passes the thread's context and arguments as `RtFn` describes them.

unsafe extern "C" fn alloc(ctx: *mut Context, size: i64) -> usize {
    // SAFETY: see above.
    unsafe { claim(ctx, |heap| heap.allocate(bytes_of(size))) }
}

/// The size that the guest asks for; a negative one is of a value that is too large for any memory.
fn bytes_of(size: i64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}

/// What the guest gets from its heap: every allocation of guest code comes through here. Without memory it raises.
///
/// # Safety
/// As for [`raise`].
unsafe fn claim(ctx: *mut Context, from: impl FnOnce(&Heap) -> usize) -> usize {
    // SAFETY: by the contract.
    unsafe {
        let block = from(&program(ctx).heap);
        if block == 0 {
            raise(ctx, Raise::OutOfMemory, "out of memory");
        }
        block
    }
}

unsafe extern "C" fn realloc(ctx: *mut Context, p: usize, old: i64, new: i64) -> usize {
    // SAFETY: see above.
    unsafe { claim(ctx, |heap| heap.reallocate(p, bytes_of(old), bytes_of(new))) }
}

pub(super) unsafe extern "C" fn dealloc(ctx: *mut Context, p: usize) {
    // SAFETY: see above.
    unsafe { program(ctx).heap.free(p) };
}

unsafe extern "C" fn new_ref(ctx: *mut Context, desc: *const RtDesc) -> usize {
    // SAFETY: see above; the block is as large as what is written to it. Values are whole when an object is made.
    unsafe {
        if (*ctx).cycles_due {
            cycles::collect(ctx);
        }
        let size = REF_HEADER as usize + (*desc).size as usize;
        let block = claim(ctx, |heap| heap.allocate(size));
        if block == 0 {
            return 0;
        }
        let object = block + REF_HEADER as usize;
        *(block as *mut i64) = (*desc).first_count;
        *((object - 8) as *mut *const RtDesc) = desc;
        if (*desc).rtti {
            *(object as *mut *const RtDesc) = desc;
        }
        object
    }
}

unsafe extern "C" fn mem_move(_ctx: *mut Context, dst: *mut u8, src: *const u8, size: i64) {
    // SAFETY: see above.
    unsafe { dst.copy_from(src, size as usize) };
}

unsafe extern "C" fn mem_cmp(_ctx: *mut Context, a: *const u8, b: *const u8, size: i64) -> i32 {
    if size <= 0 {
        return 0;
    }
    // SAFETY: see above.
    unsafe { libc::memcmp(a.cast(), b.cast(), size as usize) }
}

unsafe extern "C" fn is_of(_ctx: *mut Context, have: *const RtDesc, want: *const RtDesc) -> u8 {
    let mut have = have;
    // SAFETY: descriptors that stand in values or code stay, those of bases with them, and the bases of one end.
    while let Some(desc) = unsafe { have.as_ref() } {
        if std::ptr::eq(desc, want) {
            return 1;
        }
        have = desc.base;
    }
    0
}

unsafe extern "C" fn type_name(_ctx: *mut Context, desc: *const RtDesc) -> *const c_char {
    // SAFETY: see above.
    unsafe { desc.as_ref() }.map_or(c"nil".as_ptr(), |desc| desc.name)
}

unsafe extern "C" fn format_float(_ctx: *mut Context, value: f64, buffer: *mut u8) -> i64 {
    // SAFETY: see above: 32 bytes.
    let buffer = unsafe { &mut *buffer.cast::<[u8; 32]>() };
    super::number::format_f64(value, buffer) as i64
}

unsafe extern "C" fn format_float32(_ctx: *mut Context, value: f32, buffer: *mut u8) -> i64 {
    // SAFETY: see above: 32 bytes.
    let buffer = unsafe { &mut *buffer.cast::<[u8; 32]>() };
    super::number::format_f32(value, buffer) as i64
}

unsafe extern "C" fn parse_float(
    _ctx: *mut Context,
    text: *const u8,
    len: i64,
    out: *mut f64,
) -> i64 {
    // SAFETY: see above.
    unsafe {
        match super::number::parse_f64(bytes(text, len)) {
            Some((value, used)) => {
                out.write(value);
                used as i64
            }
            None => 0,
        }
    }
}

/// Bytes that the guest passes; an empty text may have any address.
unsafe fn bytes<'b>(text: *const u8, len: i64) -> &'b [u8] {
    match usize::try_from(len) {
        // SAFETY: the guest passes readable bytes.
        Ok(len) if len > 0 => unsafe { std::slice::from_raw_parts(text, len) },
        _ => &[],
    }
}

unsafe extern "C" fn write(ctx: *mut Context, stream: i32, text: *const u8, len: i64) {
    let stream = if stream == 2 {
        Stream::Stderr
    } else {
        Stream::Stdout
    };
    // SAFETY: see above.
    unsafe { guarded(ctx, || program(ctx).output.write(stream, bytes(text, len))) };
}

unsafe extern "C" fn echo(ctx: *mut Context, strings: *const GuestString, count: i64) {
    // SAFETY: see above: so many strings stand there, or none.
    unsafe {
        guarded(ctx, || {
            let strings = match count {
                ..=0 => &[],
                _ => std::slice::from_raw_parts(strings, count as usize),
            };
            let texts: SmallVec<[&[u8]; 8]> = strings.iter().map(|string| string.bytes()).collect();
            program(ctx).output.echo(&texts);
        });
    };
}

unsafe extern "C" fn flush(ctx: *mut Context) {
    // SAFETY: see above.
    unsafe { guarded(ctx, || program(ctx).output.flush()) };
}

unsafe extern "C" fn stack_trace(ctx: *mut Context, out: *mut GuestString) {
    // SAFETY: see above.
    unsafe {
        let enough = guarded(ctx, || {
            let runtime = program(ctx);
            let text = runtime.stack_trace(&frames::addresses(&*ctx));
            (*out).append(&runtime.heap, text.as_bytes())
        });
        if !enough {
            raise(ctx, Raise::OutOfMemory, "out of memory");
        }
    }
}

unsafe extern "C" fn quit(ctx: *mut Context, status: i32) {
    // SAFETY: the context is the thread's and in an entry; this frame has nothing to drop.
    unsafe {
        (*ctx).status = status;
        (*ctx).outcome = outcome::QUIT;
        entry::leave(ctx)
    }
}

unsafe extern "C" fn perform_reload(ctx: *mut Context) {
    // SAFETY: see above.
    unsafe {
        guarded(ctx, || {
            if let Some(reloader) = program(ctx).reloader() {
                reloader.perform(&mut *ctx);
            }
        });
        if (*ctx).outcome != outcome::RETURNED {
            (*ctx).pending = 0;
            entry::leave(ctx);
        }
    }
}

/// What an [arm stub](super::arm) asks: where a call of `proc` that will return to `address` goes on.
///
/// # Safety
/// The context is the thread's, with the frame and stack pointers of the call in it; the caller's frame has nothing to drop.
pub(super) unsafe extern "C" fn armed(ctx: *mut Context, proc: u32, address: usize) -> usize {
    // SAFETY: by the contract.
    unsafe {
        let from_host = (*ctx).is_outermost() && (*ctx).exit_fp == frames::frame_of((*ctx).entry);
        let caller = match from_host {
            true => Caller::Host,
            false => Caller::Code(address),
        };
        let target = guarded(ctx, || {
            let reloader = program(ctx).reloader();
            reloader.map_or(entry::no_code(), |reloader| {
                reloader.armed(&mut *ctx, ProcId(proc), caller)
            })
        });
        if (*ctx).outcome != outcome::RETURNED {
            (*ctx).pending = 0;
            entry::leave(ctx);
        }
        target
    }
}

unsafe extern "C" fn any_changed(ctx: *mut Context) -> u8 {
    // SAFETY: see above.
    unsafe {
        guarded(ctx, || {
            program(ctx)
                .reloader()
                .is_some_and(|reloader| reloader.any_changed())
                .into()
        })
    }
}

unsafe extern "C" fn module_changed(ctx: *mut Context, name: *const u8, len: i64) -> u8 {
    // SAFETY: see above.
    unsafe {
        guarded(ctx, || {
            let name = String::from_utf8_lossy(bytes(name, len));
            program(ctx)
                .reloader()
                .is_some_and(|reloader| reloader.changed(&name))
                .into()
        })
    }
}

unsafe extern "C" fn is_new(ctx: *mut Context, global: usize) -> u8 {
    // SAFETY: see above; nothing here calls back or leaves.
    let reloader = unsafe { program(ctx) }.reloader();
    reloader
        .is_none_or(|reloader| reloader.is_new(global))
        .into()
}

unsafe extern "C" fn last_reload(ctx: *mut Context, out_len: *mut i64) -> *const u8 {
    // SAFETY: see above; the program keeps the text until a reload is over, which this thread is not in now.
    let reloader = unsafe { program(ctx) }.reloader();
    let text = reloader.map_or_else(|| "".into(), |reloader| reloader.last());
    // SAFETY: the caller gives the address of an integer.
    unsafe { *out_len = text.len() as i64 };
    text.as_ptr()
}

unsafe extern "C" fn arg_count(ctx: *mut Context) -> i64 {
    // SAFETY: see above.
    unsafe { program(ctx) }.args.len().saturating_sub(1) as i64
}

unsafe extern "C" fn arg(ctx: *mut Context, index: i64, out_len: *mut i64) -> *const u8 {
    // SAFETY: see above; arguments live as long as the program.
    unsafe {
        let found = usize::try_from(index)
            .ok()
            .and_then(|index| program(ctx).args.get(index));
        let text = found.map_or(c"", |text| text.as_c_str());
        out_len.write(text.count_bytes() as i64);
        text.as_ptr().cast()
    }
}

unsafe extern "C" fn collect_cycles(ctx: *mut Context) {
    // SAFETY: the program asks for it between two instructions.
    unsafe { cycles::collect(ctx) };
}

unsafe extern "C" fn heap_bytes(ctx: *mut Context, what: i32) -> i64 {
    // SAFETY: see above.
    let stats = unsafe { program(ctx) }.heap.stats();
    match what {
        0 => stats.live_bytes as i64,
        _ => stats.committed_bytes as i64,
    }
}

unsafe extern "C" fn live_blocks(ctx: *mut Context) -> i64 {
    // SAFETY: see above.
    unsafe { program(ctx) }.heap.live_blocks() as i64
}

// What the JIT adds.

unsafe extern "C" fn c_enter(runtime: *const Runtime) -> *mut Context {
    // SAFETY: C entries are compiled with the address of their program, which lives while its code runs. A known context is the
    // current thread's.
    unsafe {
        let program = &*runtime;
        match program.known_context() {
            Some(ctx) if program.admits_c(ctx) && program.threads.try_pin(ctx) => ctx,
            _ => c_enter_slowly(runtime),
        }
    }
}

/// The thread is new, has to wait, or is refused.
#[cold]
unsafe extern "C" fn c_enter_slowly(runtime: *const Runtime) -> *mut Context {
    // SAFETY: as in `c_enter`.
    unsafe {
        let program = &*runtime;
        let ctx = program.context();
        if !program.admits_c(ctx) {
            return std::ptr::null_mut();
        }
        program.threads.pin(ctx);
        ctx
    }
}

impl Runtime {
    /// May C call in on this thread?
    ///
    /// # Safety
    /// The context is the current thread's.
    #[inline]
    unsafe fn admits_c(&self, ctx: *const Context) -> bool {
        // SAFETY: by the contract.
        let ctx = unsafe { &*ctx };
        ctx.pending == 0 && (!ctx.entry.is_null() || !self.refuses_c.load(Ordering::Relaxed))
    }
}

unsafe extern "C" fn c_leave(ctx: *mut Context) {
    // SAFETY: `c_enter` gave and pinned it.
    unsafe {
        match (*ctx).has_returned() {
            true => program(ctx).threads.unpin(ctx),
            false => c_left_badly(ctx),
        }
    }
}

#[cold]
unsafe extern "C" fn c_left_badly(ctx: *mut Context) {
    // SAFETY: as in `c_leave`.
    unsafe {
        let runtime = program(ctx);
        if (*ctx).entry.is_null() {
            // No guest code called the C code that called back: nobody but C is there to be told.
            match runtime.from_c.get() {
                Some(from_c) => from_c.failed(ctx),
                None => report_from_c(runtime, &mut *ctx),
            }
        } else if (*ctx).outcome != outcome::RETURNED {
            (*ctx).pending = LEAVING;
        }
        runtime.threads.unpin(ctx);
    }
}

/// Says on standard error how a callback on a thread of C ended, if not well.
pub(super) fn report_from_c(runtime: &Runtime, context: &mut Context) {
    let text = match fault::take_outcome(context) {
        fault::Outcome::Returned if context.pending == 0 => return,
        fault::Outcome::Returned => "unhandled exception in a callback from C".to_owned(),
        fault::Outcome::Quit(_) => {
            "quit was called in a callback from C on a thread outside of the program".to_owned()
        }
        fault::Outcome::Fault(report) => report.message,
        fault::Outcome::Error(text) => text,
    };
    runtime
        .output
        .write(Stream::Stderr, format!("Error: {text}\n").as_bytes());
    let raised = std::mem::take(&mut context.pending);
    // SAFETY: the context is the current thread's and owns the pending exception.
    unsafe { drops::release(context, raised) };
}

unsafe extern "C" fn after_c(ctx: *mut Context) {
    // SAFETY: called from guest code; this frame has nothing to drop.
    unsafe { keep_on_leaving(ctx) };
}

/// Leaves the innermost entry if [`keep_leaving`] said so.
///
/// # Safety
/// As [`entry::leave`], if so.
pub unsafe fn keep_on_leaving(ctx: *mut Context) {
    // SAFETY: by the contract.
    unsafe {
        if (*ctx).pending == LEAVING {
            (*ctx).pending = 0;
            entry::leave(ctx);
        }
    }
}

unsafe extern "C" fn stack_overflow(ctx: *mut Context) {
    // SAFETY: called from guest code; this frame has nothing to drop.
    unsafe { raise(ctx, Raise::StackOverflow, "stack overflow") };
}

unsafe extern "C" fn interrupted(ctx: *mut Context) {
    // SAFETY: called from guest code; this frame has nothing to drop once the text is moved.
    unsafe {
        let asked = (*ctx).interrupt.swap(0, Ordering::Relaxed);
        if asked != threads::mark((*ctx).presence.visit()) {
            return; // an earlier call was meant
        }
        let text = match program(ctx).threads.limit() {
            Some(limit) => format!("stopped after its time limit of {limit:?}"),
            None => "interrupted".to_owned(),
        };
        raise_text(ctx, Raise::Interrupted, text);
    }
}

/// A slot without code was called.
pub(super) unsafe extern "C" fn called_no_code(ctx: *mut Context) {
    // SAFETY: called as guest code; this frame has nothing to drop.
    unsafe { raise(ctx, Raise::Reload, "called a proc that has no code") };
}

/// A C function that was not found is called, from guest code of this thread.
pub(super) unsafe extern "C" fn raise_unresolved(id: u32, runtime: *const Runtime) {
    // SAFETY: the stubs know their program, which lives while its code runs.
    unsafe {
        let runtime = &*runtime;
        let ctx = runtime.context();
        if (*ctx).entry.is_null() {
            return;
        }
        let text = runtime.externs.why_unresolved(ExternId(id));
        raise_text(ctx, Raise::Library, text);
    }
}
