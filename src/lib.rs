//! Hot code reloading for Nim modules, in process.

pub mod diagnostics;
pub mod mir;
pub mod source;
pub mod syntax;
