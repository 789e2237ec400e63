//! Meaning: from syntax trees to typed trees.
//!
//! In: the trees of a module, the interfaces of what it imports, an evaluator for compile-time values. Out: a
//! [`typed::CheckedModule`] and diagnostics. Knows nothing of machine code, touches no disk.

pub mod magic;
pub mod typed;
pub mod types;
