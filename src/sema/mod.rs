//! Meaning: from syntax trees to typed trees.
//!
//! In: the trees of a module, the interfaces of what it imports, an evaluator for compile-time values. Out: a
//! [`typed::CheckedModule`] and diagnostics. Knows nothing of machine code, touches no disk.
//!
//! A module is checked top to bottom, as Nim does: a name must be declared before it is used, a routine's body is checked
//! where it stands, a generic's where it is first used with new arguments. [`program::Sema`] keeps what outlives a check:
//! types, symbols of modules, and the numbers of identities, which stay the same from one version to the next.
//!
//! Overload resolution, conversions and their ranking follow the manual; see `relation` and `call`. Templates are
//! copied trees whose free names carry the scope that they belong to; see `template`.

mod access;
mod builtin;
mod call;
mod checker;
mod expr;
mod fold;
mod loops;
pub mod magic;
mod modules;
mod pragma;
pub mod program;
mod relation;
mod routine;
mod show;
mod source_text;
mod stmt;
pub mod symbols;
mod template;
pub mod typed;
mod typeexpr;
pub mod types;
mod typesection;
mod vars;

pub use program::{Config, Evaluator, Loader, NoEvaluator, Outcome, Sema};
