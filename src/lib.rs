//! Hot code reloading for Nim modules, in process.

// What the derive macro writes names the crate.
extern crate self as midair;

pub mod control;
pub mod diagnostics;
mod fail;
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

pub use host::{
    Afresh, Builder, Callback, Char, Closure, Error, Event, Global, GlobalInfo, Guest, Handle,
    HostModule, NoObject, Objects, OnFailure, Opaque, Options, Proc, ProcHandle, Program, Progress,
    Report, Result,
};
pub use midair_derive::Guest;

/// The Rust blocks of the guide, as tests.
#[cfg(doctest)]
mod guide {
    #[doc = include_str!("../docs/src/cost.md")]
    struct Cost;
    #[doc = include_str!("../docs/src/embedding.md")]
    struct Embedding;
    #[doc = include_str!("../docs/src/host-functions.md")]
    struct HostFunctions;
    #[doc = include_str!("../docs/src/model.md")]
    struct Model;
    #[doc = include_str!("../docs/src/release.md")]
    struct Release;
    #[doc = include_str!("../docs/src/start.md")]
    struct Start;
    #[doc = include_str!("../docs/src/survives.md")]
    struct Survives;
    #[doc = include_str!("../docs/src/threads.md")]
    struct Threads;
    #[doc = include_str!("../docs/src/troubleshooting.md")]
    struct Troubleshooting;
}
