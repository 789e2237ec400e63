//! The printed form of MIR, and a parser for it.
//!
//! In: a module and its identities. Out: text, one instruction a line; and back: `parse(print(m)) == m` under the same
//! [`Ids`](super::Ids). Tests of everything behind MIR are written in it, and `midair dump --mir` prints it. Knows nothing
//! of meaning: what is well-typed is the [verifier's](super::verify()) business.
//!
//! ```text
//! ; a comment
//! module logic                     import system
//! desc :"seq[int]"#1f size 16 align 8 = seq :int
//! data &hello align 8 "\x05\x00…hello\0" zero 2 ptr @logic.update
//! extern ~sqrt(f64) -> f64
//! global $logic.x "x" :int let
//! init @logic.init sets $logic.x
//!
//! proc @logic.update(i64 %0, ptr %1) -> i64 raises named "update" {
//!   slot ^0 size 16 align 8
//! block0:
//!   i64 %2 = checked.add %0, 1 raise @raiseOverflow unwind block2
//!   i8 %3 = slt.i64 %2, 10
//!   branch %3, block1, block2
//! …
//! }
//! ```
//!
//! Sigils: `%` register, `^` stack slot, `@` proc, `$` global, `&` data, `:` descriptor, `~` C function. A name that is not a
//! plain word is quoted. `#hex` after a proc is its ABI, after a descriptor its layout; zero is left out. A register's
//! type stands where it is first assigned, or in a `reg` line. `!N` at the end of a line is the site, zero left out.
//! In hand-written text registers, slots, blocks, data and C functions may have any name: numbers are given in order.

mod lex;
mod names;
mod parse;
mod parse_proc;
mod print;

pub use parse::{TextError, parse_module, parse_modules};
pub(in crate::mir) use print::{print_inst, print_term};
pub use print::{print_module, print_proc};

#[cfg(test)]
mod tests;
