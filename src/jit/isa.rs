//! The target: the processor that runs this, and Cranelift's settings for it.

use std::sync::Arc;

use cranelift_codegen::isa::{CallConv, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};

use super::{JitError, Options};

/// How hard Cranelift tries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Good code.
    Full,
    /// Any code, in half the time.
    Least,
}

/// Makes the target. Costs a fraction of a millisecond, so a program does it once.
pub(super) fn host(options: &Options, effort: Effort) -> Result<OwnedTargetIsa, JitError> {
    let failed = |message: String| JitError {
        proc: Arc::from("the target"),
        message,
    };
    let mut flags = settings::builder();
    let (opt_level, regalloc) = match effort {
        Effort::Full => ("speed", "backtracking"),
        Effort::Least => ("none", "single_pass"),
    };
    let settings = [
        ("opt_level", opt_level),
        ("regalloc_algorithm", regalloc),
        // Slots are the global offset table: see the module's text.
        ("is_pic", "true"),
        ("preserve_frame_pointers", "true"),
        ("unwind_info", "false"),
        ("enable_probestack", "false"),
        (
            "enable_verifier",
            if options.verify { "true" } else { "false" },
        ),
    ];
    for (name, value) in settings {
        flags
            .set(name, value)
            .map_err(|error| failed(format!("setting {name}: {error}")))?;
    }
    let builder = cranelift_native::builder().map_err(|error| failed(error.to_owned()))?;
    builder
        .finish(settings::Flags::new(flags))
        .map_err(|error| failed(error.to_string()))
}

/// The convention of guest procs and of C functions, which is the same, so that the host calls guest code directly.
pub(super) fn convention(isa: &dyn TargetIsa) -> CallConv {
    isa.default_call_conv()
}
