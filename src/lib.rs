//! Hot code reloading for Nim modules, in process.

pub mod diagnostics;
pub mod ffi;
pub mod globals;
pub mod handlers;
pub mod host;
pub mod jit;
pub mod mir;
pub mod os;
pub mod patch;
pub mod runtime;
pub mod sema;
pub mod source;
pub mod syntax;
#[cfg(feature = "watch")]
pub mod watch;

pub use host::{Afresh, Builder, Error, Options, Proc, Program, Report, Result};
