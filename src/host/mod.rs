//! The library's front: programs as a Rust host sees them.
//!
//! In: a main module's path, [`Options`], texts from the disk or a provider. Out: a running [`Program`], typed handles of
//! its procs ([`Proc`]), reloads and their reports. Here the stages are wired together; what a reload means is decided in
//! [`patch`](crate::patch).

mod against;
mod builder;
mod callback;
mod cfunction;
mod containers;
mod error;
mod evaluate;
mod events;
mod findings;
mod front;
mod global;
mod handle;
mod loader;
mod lookup;
#[cfg(test)]
mod memory_faults;
mod module;
mod objects;
mod options;
mod outside;
mod params;
mod policy;
mod prefetch;
mod print;
mod program;
mod progress;
mod reach;
mod room;
mod service;
mod shared;
mod signature;
mod value;
mod want;

pub use crate::patch::{Afresh, Report};
pub use crate::runtime::output::Stream;
pub use builder::{Builder, Lowered};
pub use callback::{Callback, Closure, ClosureCall, GuestCallback};
pub use cfunction::CFunction;
#[doc(hidden)]
pub use containers::{__component, __struct};
pub use error::{Error, Result};
pub use events::Event;
pub use findings::Findings;
pub use global::{Global, GlobalInfo};
pub use handle::{Proc, ProcHandle};
pub use loader::{ParsedFile, parse};
pub use module::{HostCall, HostModule, Outcome};
pub use objects::{Handle, NoObject, Objects, Opaque};
pub use options::{Options, is_defined};
pub use params::{Param, Ref, Slice, SliceMut, Str, Var};
pub use policy::OnFailure;
pub use program::{Program, Usage};
pub use progress::Progress;
pub use signature::{Behind, BehindMut, Callable, Signature};
pub use value::{Char, Guest, Memory, OutOfMemory, Plain, Stored, Words};
pub use want::{EnumWant, FieldWant, ObjectWant, Want};
