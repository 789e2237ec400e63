//! Offsets in the context, as compiled code uses them.

/// The pending exception.
pub const PENDING: i32 = 0;
/// Not 0: somebody asked the program to stop.
pub const INTERRUPT: i32 = 8;
/// The stack pointer must not be below.
pub const STACK_LIMIT: i32 = 16;
/// The frame pointer of the guest frame that called C last.
pub const EXIT_FRAME: i32 = 24;
/// Bytes of the record that the entry from C keeps on its stack.
pub const ENTRY_RECORD_SIZE: u32 = 64;
