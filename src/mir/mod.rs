//! The middle: a small typed control-flow IR in which the language's meaning is spelled out.
//!
//! In: typed modules. Out: [`Module`]s, which the interpreter runs and the JIT translates. Order of evaluation, copies,
//! moves, destroys, checks and unwinding are explicit here: what comes before only resolves, what comes after only
//! translates. MIR knows no syntax, and nothing after it knows Nim: tests write MIR by hand, and another language could.
//!
//! # The machine
//!
//! * A [`Proc`] has typed mutable registers (parameters first), stack slots, and extended basic blocks: one entry, a run
//!   of instructions of which some may leave early (`unwind`), one terminator.
//! * Memory is flat bytes. Scalars live in registers; everything else (objects, tuples, arrays, strings, sequences,
//!   closures) lives in memory and is handled by address. An aggregate argument is the address of storage that the
//!   callee only reads; an aggregate result is written through an address that the caller passes as the first argument.
//! * `bool` is `I8` 0 or 1. Signedness is in the operation.
//! * Errors: the context has one *pending* exception, a reference or nil. Raising is setting it; after a call that may
//!   raise, control goes to the call's `unwind` block when something is pending. A proc that may raise returns with the
//!   exception pending and an unspecified result. Cleanups take the pending exception, run, and set it again.
//! * Nothing here is concerned with the hidden context argument, trampolines or stack limits: the JIT adds them.
//!
//! # Memory of Nim's values
//!
//! ```text
//! string  { len: i64, p: ptr } ─▶ { cap: i64, bytes…, 0 }      cap has LITERAL set when the payload is constant
//! seq[T]  { len: i64, p: ptr } ─▶ { cap: i64, (padding to align T) elements… }
//! ref T   ptr ─▶ object, and before it { rc: i64, desc: ptr }  rc counts the references beyond the first, times 8
//! closure { code: ptr, env: ptr }                              env is an owned reference, passed as the last argument
//! object with RTTI (`RootObj` and heirs): the address of its descriptor at offset 0, then base fields, then its own
//! ```

mod addresses;
#[doc(hidden)]
pub mod arbitrary;
pub mod arith;
pub mod cycles;
mod fingerprint;
mod ids;
pub mod interp;
mod ir;
mod live;
pub mod lower;
pub mod opt;
mod refs;
pub mod text;
mod verify;
mod views;
mod visit;

pub use fingerprint::{Fingerprint, body_fingerprint, fingerprint};
pub use ids::Ids;
pub use ir::*;
pub use refs::References;
pub use verify::verify;
pub use views::{KeptViews, ViewsAt};
