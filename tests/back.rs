//! The back half of the pipeline on hand-written MIR: compiled code against the interpreter's cases, and reloads.
//!
//! Each file of `tests/mir` that the interpreter runs to an end is loaded as a program and must do what its first
//! comments say. Each file of `tests/back/reload` holds versions of a program, steps, and the log that they must give:
//!
//! ```text
//! --- version 0              modules, in the order of initialisation
//! --- common                 the end of the last module of each version
//! --- steps
//! load 0                     reload 1            what the host does
//! next 1                     the guest's own `performCodeReload()` will find this version
//! call @m.proc(1, 2)         and its result, or how it ended
//! --- log
//! ```
//!
//! With `MIDAIR_ACCEPT=1` the logs are written anew.

mod back {
    pub mod cases;
    pub mod flat;
    pub mod harness;
    pub mod random;
    pub mod reloads;
    pub mod threads;
}
