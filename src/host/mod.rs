//! The library's front: programs as a Rust host sees them.
//!
//! In: a main module's path, [`Options`], texts from the disk or a provider. Out: a running [`Program`], typed handles of
//! its procs ([`Proc`]), reloads and their reports. Here the stages are wired together; what a reload means is decided in
//! [`patch`](crate::patch).

mod against;
mod error;
mod evaluate;
mod front;
mod handle;
mod loader;
mod options;
mod program;
mod reach;
mod value;

pub use crate::patch::{Afresh, Report};
pub use crate::runtime::output::Stream;
pub use error::{Error, Result};
pub use handle::{Proc, Signature};
pub use loader::{ParsedFile, parse};
pub use options::{Options, is_defined};
pub use program::{Builder, Findings, Lowered, Program};
pub use value::{Argument, Returned, Want};
