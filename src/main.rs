//! The `midair` command.

mod cli;

use std::process::ExitCode;

/// The compiler allocates many small things on threads that live for one reload, which the system's allocators are slow
/// at. An embedder chooses for itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main(std::env::args_os())
}
