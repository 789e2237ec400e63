//! Offsets in the context, as compiled code uses them: the runtime's.

pub use crate::runtime::context::offset::{
    ENTRY_STACK_WORDS, ENTRY_TARGET, EXIT_FP, EXIT_SP, INTERRUPT, PENDING, STACK_LIMIT, THREADVARS,
};
