//! Meaning: from syntax trees to typed trees.
//!
//! In: the trees of a module, the interfaces of what it imports, an evaluator for compile-time values. Out: a
//! [`typed::CheckedModule`] and diagnostics. Knows nothing of machine code, touches no disk.
//!
//! A module is checked top to bottom, as Nim does: a name must be declared before it is used, a routine's body is checked
//! where it stands, a generic's where it is first used with new arguments, one of the library's where it is needed (see `deferred`). [`program::Sema`] keeps what outlives a check:
//! types, symbols of modules, and the numbers of identities, which stay the same from one version to the next.
//!
//! Overload resolution, conversions and their ranking follow the manual; see `overload` and `relation`. Templates are
//! copied trees whose free names carry the scope that they belong to; see `template`.

mod absent;
mod access;
mod again;
mod ambiguous;
mod apply;
mod assign;
mod bodies;
mod body;
mod branch;
mod builtin;
mod call;
mod candidates;
mod checker;
mod choices;
mod coerce;
mod computed;
mod concept;
mod config;
mod constraint;
mod construct;
mod consts;
mod convert;
mod deferred;
mod deprecated;
mod effects;
mod enumeration;
mod expr;
mod fields_loop;
mod fit;
mod fold;
mod foreign;
mod generic_names;
mod generic_params;
mod givens;
mod head;
mod hook;
mod hygiene;
mod implicit;
mod import_cycles;
mod index;
mod instance;
mod isolate;
mod jump;
mod late;
mod literal_text;
mod locals;
mod lookup;
mod loops;
mod macros;
pub mod magic;
mod method_order;
mod migration;
mod mismatch;
mod modules;
mod names;
mod news;
mod notes;
mod object;
mod overload;
mod parts;
mod pragma;
mod pragma_statement;
pub mod program;
mod rank;
mod record;
mod relation;
mod render;
mod reorder;
mod require;
mod routine;
pub mod scoped;
mod show;
mod sights;
mod source_text;
mod special;
pub mod spelling;
mod stmt;
mod substitute;
mod suggest;
pub mod symbols;
mod tail;
mod template;
mod template_copy;
pub mod typed;
mod typeexpr;
mod typeinstance;
mod typemake;
pub mod types;
mod typesection;
mod typetrait;
mod unify;
mod unpack;
mod variant;
mod vars;
mod written;

pub use bodies::Again;
pub use config::Config;
pub use program::{Evaluator, Loader, NoEvaluator, NoValue, Outcome, Sema};
