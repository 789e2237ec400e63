//! MIR to machine code: a proc at a time, position independent, made live by nobody here.
//!
//! In: [`Proc`](crate::mir::Proc)s that the verifier accepts. Out: [`CompiledProc`]s, which are bytes, relocations by
//! [`Symbol`] and a table from code offsets to sites, and [`link()`], which copies one to its address and fills in what
//! its symbols stand for. Nothing here allocates executable memory, moves a slot or calls what it made.
//!
//! # How code reaches the rest of the program
//!
//! Everything that a proc names is a symbol. Cranelift is told to make position-independent code, so it asks for each
//! of them through a global offset table (`mov sym@GOTPCREL(%rip), reg`), and *the program's slots are that table*: for
//! a proc the entry is its slot, so a call is a load of the slot and an indirect call, at the place of the call, and is
//! never hoisted out of a loop. Runtime and C functions have entries too. Globals, constant data, descriptors and
//! stubs stand in the window, within ±2 GiB of the code, so the linker turns the load into `lea sym(%rip), reg`,
//! the relaxation that every static linker does.
//!
//! A guest proc is a native function in the platform's C convention with the context first. It keeps its frame pointer,
//! so that live frames can be walked.
//!
//! # Why not `JITModule`
//!
//! `cranelift-jit` links a module as a whole and frees it as a whole, keeps no source locations of functions defined
//! from cached bytes, resolves only functions and data that were declared by name, and panics on GOT relocations, which
//! are what makes slots cost nothing here. What it would do for us is copy bytes and patch five kinds of relocations, which
//! [`link()`] does. Speed does not decide: from bytes to executable code, a new `JITModule` took 5 µs for one proc and 74 for a
//! hundred where compiling them takes 75 and 7,500; the whole apply phase of a reload takes 6 here (see the `reload` bench).

mod compile;
mod dump;
mod isa;
pub mod layout;
mod link;
mod symbol;
mod translate;

pub use compile::{CompiledProc, Compiler, FrameMap, Relocation, SiteRange};
pub use dump::{asm, clif};
pub use link::{Address, LinkError, link};
pub use symbol::{LibFn, Symbol};

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::mir::{Ids, Module, ProcId, Sig};

/// What a compilation depends on beside the proc.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// Loops poll the interrupt flag.
    pub interruptible: bool,
    /// Calls go to the code itself instead of through the slot. Only to measure what slots cost.
    pub direct_calls: bool,
    /// Let Cranelift check what it is given, which costs a tenth of the time. The default in debug builds.
    pub verify: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            interruptible: false,
            direct_calls: false,
            verify: cfg!(debug_assertions),
        }
    }
}

/// Signatures of the procs that code may call.
#[derive(Default)]
pub struct Signatures {
    by_proc: FxHashMap<ProcId, Sig>,
}

impl Signatures {
    /// Those of all procs of some modules.
    pub fn of(modules: &[Arc<Module>]) -> Signatures {
        let mut signatures = Signatures::default();
        for proc in modules.iter().flat_map(|module| &module.procs) {
            signatures.add(proc.id, proc.sig.clone());
        }
        signatures
    }

    /// Adds one.
    pub fn add(&mut self, proc: ProcId, sig: Sig) {
        self.by_proc.insert(proc, sig);
    }

    /// Forgets that of a proc that nothing calls any more.
    pub fn remove(&mut self, proc: ProcId) {
        self.by_proc.remove(&proc);
    }

    /// That of a proc, if it is known.
    pub fn get(&self, proc: ProcId) -> Option<&Sig> {
        self.by_proc.get(&proc)
    }
}

/// A proc that cannot be compiled. Never the user's fault: the program was checked before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JitError {
    /// The proc's name, or what was being done.
    pub proc: Arc<str>,
    /// What is wrong with it.
    pub message: String,
}

impl JitError {
    pub(crate) fn new(proc: &Arc<str>, message: impl Into<String>) -> JitError {
        JitError {
            proc: proc.clone(),
            message: message.into(),
        }
    }
}

impl fmt::Display for JitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "internal error: cannot compile `{}`: {}",
            self.proc, self.message
        )
    }
}

impl std::error::Error for JitError {}

/// Names a proc for a human, as far as the identities know it.
pub(crate) fn proc_name(ids: &Ids, proc: ProcId) -> String {
    format!("{}", ids.proc_key(proc).0)
}

#[cfg(test)]
mod tests;
