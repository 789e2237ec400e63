//! Calls from the host into guest code, and how they end.

#![allow(unsafe_code)] // enters guest code and reads the exception that comes out

use std::ffi::{CStr, c_char};
use std::time::Duration;

use super::code::Placed;
use super::report::{GuestError, GuestErrorKind};
use super::{LiveProgram, ReloadError};
use crate::globals::GlobalEntry;
use crate::mir::{DescField, DescId, ProcId, Scalar, Shape};
use crate::runtime::strings::GuestString;
use crate::runtime::threads::{Busy, Stopped};
use crate::runtime::{
    Context, FaultReport, Outcome, RtDesc, ThreadFrames, drops, entry, fault, rtfn,
};

/// The global that holds a program's exit status, by its shown name.
const PROGRAM_RESULT: &str = "system.programResult";

/// The global that holds the handler that sees the exception that ends the program.
const UNHANDLED_HOOK: &str = "system.unhandledExceptionHook";

/// Where that exception is kept for it.
const UNHANDLED: &str = "system.unhandled";

/// The globals that hold handlers of its text. The first one that is set takes it.
const TEXT_HANDLERS: [&str; 2] = ["system.onUnhandledException", "system.errorMessageWriter"];

impl LiveProgram {
    /// Calls the current code of a proc with integer and address arguments, at most five. Gives the bits of the
    /// result.
    ///
    /// # Errors
    /// When an exception, a fault or `quit` came out.
    ///
    /// # Safety
    /// The arguments are those of the proc's signature, and what they point at lives.
    pub unsafe fn call(&self, proc: ProcId, args: &[u64]) -> Result<u64, GuestError> {
        let stub = self.runtime.window().stub(proc);
        let ret = self.state().signatures.get(proc).and_then(|sig| sig.ret);
        if !ret.is_some_and(Scalar::is_float) {
            // SAFETY: by the contract.
            return unsafe { self.call_address(stub, args) };
        }
        let entered = self.runtime.enter();
        let context = entered.context();
        let mut a = [0; 5];
        a[..args.len()].copy_from_slice(args);
        // SAFETY: by the contract; the trampoline passes arguments and result through, and a float's bits are the low
        // ones of its register.
        unsafe {
            (*context).entry_target = stub;
            (*context).entry_stack_words = 0;
            let enter: extern "C" fn(*mut Context, u64, u64, u64, u64, u64) -> f64 =
                std::mem::transmute(entry::trampoline());
            let bits = enter(context, a[0], a[1], a[2], a[3], a[4]).to_bits();
            self.outcome(context).map(|()| bits)
        }
    }

    /// Calls a proc that takes addresses of values and gives nothing: destructors, default values, conversions.
    pub(super) fn call_plain(&self, proc: ProcId, args: &[u64]) -> Result<(), GuestError> {
        // SAFETY: the front end made it for addresses of such values, which its descriptors name it for.
        unsafe { self.call(proc, args) }.map(drop)
    }

    /// Calls a `migrated` proc. Gives what it has to say, if it gives a text.
    pub(super) fn call_migrated(&self, proc: ProcId, value: usize) -> Result<String, GuestError> {
        let says = |sig: &crate::mir::Sig| sig.params.len() > 1;
        if !self.state().signatures.get(proc).is_some_and(says) {
            return self
                .call_plain(proc, &[value as u64])
                .map(|()| String::new());
        }
        let mut text = GuestString::default();
        self.call_plain(proc, &[(&raw mut text) as u64, value as u64])?;
        // SAFETY: the call has written a string of its own, which nobody else has.
        unsafe {
            let said = String::from_utf8_lossy(text.bytes()).into_owned();
            text.free(self.runtime.heap());
            Ok(said)
        }
    }

    /// Gives up a reference to an object. An error in its destructor has nobody to go to.
    pub(super) fn release(&self, object: usize) {
        let entered = self.runtime.enter();
        let context = entered.context();
        // SAFETY: the context is this thread's and pinned; the reference is the caller's.
        unsafe {
            drops::release(context, object);
            let _ = self.outcome(context);
        }
    }

    /// Frees an object that nothing refers to and that holds nothing any more.
    pub(super) fn free_object(&self, object: usize) {
        // SAFETY: the caller has the last reference to it.
        unsafe { self.runtime.free_object(object) };
    }

    /// Runs a step of top-level code.
    pub(super) fn run_init(&self, step: &Placed) -> Result<(), GuestError> {
        // SAFETY: such a proc takes nothing, and the reference keeps its code.
        unsafe { self.call_address(step.address, &[]) }.map(|_| ())
    }

    /// Runs a handler.
    pub(super) fn run_handler(&self, handler: ProcId) -> Result<(), GuestError> {
        // SAFETY: handlers take nothing.
        unsafe { self.call(handler, &[]) }.map(|_| ())
    }

    /// Calls code of this program at an address.
    ///
    /// # Safety
    /// As for [`LiveProgram::call`]; the code lives until the call has returned.
    unsafe fn call_address(&self, target: usize, args: &[u64]) -> Result<u64, GuestError> {
        let entered = self.runtime.enter();
        let context = entered.context();
        // SAFETY: the context is this thread's and pinned; the rest is the contract.
        unsafe {
            let value = rtfn::call(context, target, args);
            self.outcome(context).map(|()| value)
        }
    }

    /// How a call into the guest ended. Takes the pending exception.
    ///
    /// # Errors
    /// What came out, if it is no plain return.
    ///
    /// # Safety
    /// `context` is the current thread's, pinned, and the thread is between two calls of guest code.
    pub unsafe fn outcome(&self, context: *mut Context) -> Result<(), GuestError> {
        // SAFETY: by the contract nobody else uses the context now.
        let (outcome, pending) = unsafe {
            let context = &mut *context;
            (
                fault::take_outcome(context),
                std::mem::take(&mut context.pending),
            )
        };
        let simple = |kind, message: String| GuestError {
            kind,
            type_name: String::new(),
            message,
            trace: Vec::new(),
        };
        match outcome {
            Outcome::Returned if pending == 0 => Ok(()),
            // SAFETY: what was pending is a reference that is ours now.
            Outcome::Returned => Err(unsafe { self.describe(context, pending) }),
            Outcome::Quit(status) => Err(simple(GuestErrorKind::Quit(status), String::new())),
            Outcome::Error(text) => Err(simple(GuestErrorKind::Runtime, text)),
            Outcome::Fault(report) => Err(self.describe_fault(report)),
        }
    }

    fn describe_fault(&self, report: FaultReport) -> GuestError {
        let trace = self.runtime.stack_trace(&report.frames);
        GuestError {
            kind: GuestErrorKind::Fault,
            type_name: String::new(),
            message: report.message,
            trace: trace.lines().map(str::to_owned).collect(),
        }
    }

    /// Reads an exception, and gives the reference up.
    ///
    /// # Safety
    /// As for [`LiveProgram::outcome`]; `exception` is an owned reference.
    unsafe fn describe(&self, context: *mut Context, exception: usize) -> GuestError {
        // SAFETY: before the object stands its header, with the descriptor, which stays as long as it.
        let desc = unsafe { &**((exception - 8) as *const *const RtDesc) };
        let field = |name, shape| {
            self.field(desc.id, name, &shape)
                .map(|at| exception + at as usize)
        };
        let text = |name| {
            // SAFETY: the object has a string there, which nobody changes meanwhile.
            let bytes = field(name, Shape::String)
                .map(|at| unsafe { (*(at as *const GuestString)).bytes() });
            String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned()
        };
        let given = field("name", Shape::CString);
        // SAFETY: the object has an address there: none, or that of a text that ends with NUL, as has its type's name.
        let type_name = unsafe {
            let given = given.map_or(std::ptr::null(), |at| *(at as *const *const c_char));
            CStr::from_ptr(if given.is_null() { desc.name } else { given })
        };
        let error = GuestError {
            kind: GuestErrorKind::Exception,
            type_name: type_name.to_string_lossy().into_owned(),
            message: text("msg"),
            trace: text("trace").lines().map(str::to_owned).collect(),
        };
        // SAFETY: the reference is owned, and the context this thread's.
        unsafe {
            drops::release(context, self.keep_unhandled(exception));
            // A destructor's own error has nobody to go to.
            let _ = fault::take_outcome(&mut *context);
            let failed = std::mem::take(&mut (*context).pending);
            drops::release(context, failed);
        }
        error
    }

    /// Keeps an exception if the program wants to see the one that ends it. Gives the reference to release: the one that was kept
    /// before, or the exception itself.
    fn keep_unhandled(&self, exception: usize) -> usize {
        if self.word(UNHANDLED_HOOK).is_none() {
            return exception;
        }
        match self.word_address(UNHANDLED) {
            // SAFETY: a global's storage stays while it exists, and this one is a reference, which is exchanged for another.
            Some(kept) => unsafe { std::ptr::replace(kept, exception) },
            None => exception,
        }
    }

    /// Where the global with this shown name is, if it is one word.
    fn word_address(&self, shown: &str) -> Option<*mut usize> {
        let globals = self.runtime.globals().list();
        let found = globals
            .iter()
            .find(|global| &*global.name == shown && global.size == 8);
        found.map(|global| global.address as *mut usize)
    }

    /// What the global holds, a reference or a proc value, if it is not nil.
    fn word(&self, shown: &str) -> Option<usize> {
        let address = self.word_address(shown)?;
        // SAFETY: a global's storage stays while it exists.
        let word = unsafe { std::ptr::read_volatile(address) };
        (word != 0).then_some(word)
    }

    /// Offset of a field of this name and kind, its own or of a base.
    fn field(&self, object: DescId, name: &str, shape: &Shape) -> Option<u32> {
        let desc = self.ids().desc_of(object);
        let Shape::Object { base, fields, .. } = &desc.shape else {
            return None;
        };
        let found = fields.iter().find(|field| *field.name == *name);
        let is_meant = |field: &&DescField| self.ids().desc_of(field.desc).shape == *shape;
        let own = found.filter(is_meant).map(|field| field.offset);
        own.or_else(|| self.field((*base)?, name, shape))
    }

    /// Destroys the value of a global, whose code for that is still there.
    pub(super) fn destroy_global(&self, global: &GlobalEntry) -> Result<(), GuestError> {
        match self.ids().desc_of(global.desc).destroy {
            // SAFETY: a destructor takes the address of a value, and storage is only released later.
            Some(destroy) => unsafe { self.call(destroy, &[global.address as u64]) }.map(|_| ()),
            None => Ok(()),
        }
    }

    /// Destroys all globals, last first, because the program has come to its end: nothing of it may be called afterwards.
    /// An error in a destructor leaves the other globals as they are.
    ///
    /// # Errors
    /// What came out of a destructor.
    pub fn finish(&self) -> Result<(), GuestError> {
        for module in self.modules().iter().rev() {
            for global in module.globals.iter().rev().filter(|global| !global.scoped) {
                if let Some(entry) = self.runtime.globals().get(global.id) {
                    self.destroy_global(&entry)?;
                }
            }
        }
        Ok(())
    }

    /// Gives the exception that ends the program, and the text about it, to the handlers that the program has set
    /// (`unhandledExceptionHook`, `onUnhandledException`, `errorMessageWriter`). False when none takes the text.
    ///
    /// # Errors
    /// What came out of a handler.
    pub fn tell_unhandled(&self, text: &str) -> Result<bool, GuestError> {
        if let (Some(hook), Some(exception)) = (self.word(UNHANDLED_HOOK), self.word(UNHANDLED)) {
            // SAFETY: the global's value is the address of a proc that takes a reference, which the other global holds meanwhile.
            unsafe { self.call_address(hook, &[exception as u64]) }?;
        }
        let Some(handler) = TEXT_HANDLERS.iter().find_map(|shown| self.word(shown)) else {
            return Ok(false);
        };
        let heap = self.runtime.heap();
        let mut message = GuestString::default();
        // SAFETY: the string is ours and of this heap; the handler takes its address and leaves it as it is.
        unsafe {
            message.append(heap, text.as_bytes());
            let told = self.call_address(handler, &[&raw const message as u64]);
            message.free(heap);
            told.map(|_| true)
        }
    }

    /// The value of `programResult`, the status that a program ends with when it says nothing else; 0 if it never names it.
    pub fn program_result(&self) -> i32 {
        match self.word_address(PROGRAM_RESULT) {
            // SAFETY: a global's storage stays while it exists, and this one is an `int`.
            Some(address) => unsafe { std::ptr::read_volatile(address) as i32 },
            None => 0,
        }
    }

    /// Keeps other threads out of the program.
    pub(super) fn keep_others_out(
        &self,
        context: *mut Context,
        patience: Duration,
    ) -> Result<Stopped<'_>, Vec<Busy>> {
        // SAFETY: the context is the current thread's.
        unsafe { self.runtime.threads().stop_others(context, patience) }
    }

    /// Addresses in guest code to which the frames of the program's threads return, and how many other threads have
    /// such frames.
    pub(super) fn frames(
        &self,
        context: *mut Context,
        stopped: &Stopped<'_>,
    ) -> (Vec<usize>, usize) {
        // SAFETY: the context is the current thread's.
        unsafe { self.runtime.threads().all_frames(context, stopped) }
    }

    /// The same for each thread.
    pub(super) fn frames_by_thread(
        &self,
        context: *mut Context,
        stopped: &Stopped<'_>,
    ) -> Vec<ThreadFrames> {
        // SAFETY: the context is the current thread's.
        unsafe { self.runtime.threads().frames_by_thread(context, stopped) }
    }

    /// Waits until `done`; meanwhile a reload may happen under this thread.
    pub(super) fn parked(&self, done: impl FnOnce()) {
        let entered = self.runtime.enter();
        // SAFETY: the context is the current thread's, which is in host code.
        let parked = unsafe { self.runtime.threads().park(entered.context()) };
        done();
        drop(parked);
    }

    /// Lets `quit` in a handler or initialiser end the program, although a reload stands between it and its entry.
    pub(super) fn pass_on_quit(
        context: &mut Context,
        outcome: &Result<super::Report, ReloadError>,
    ) {
        if let Err(ReloadError::Guest { error, .. }) = outcome
            && let GuestErrorKind::Quit(status) = error.kind
        {
            rtfn::keep_leaving(context, Outcome::Quit(status));
            // That is for callers that are C; this one looks at the outcome itself.
            context.pending = 0;
        }
    }
}
