//! Text to tree: the lexer and the parser for the whole of Nim 2.
//!
//! In: the text of one file. Out: a [`Parsed`] file, a list of top-level declarations, each a [`tree::Tree`] of its own,
//! and the diagnostics found on the way. A file with errors still gives all the declarations that could be read.
//!
//! A file is split where a new top-level statement starts, and each piece owns its nodes, with positions relative to the
//! piece. So a piece whose text did not change is taken over from the previous version without lexing it again, wherever
//! in the file it now stands.
//!
//! Never touches the disk, resolves no name, and knows nothing of types.

mod decl;
mod expr;
mod lexer;
mod numbers;
mod objects;
mod parser;
mod pieces;
mod primary;
pub mod print;
mod reuse;
mod stmt;
mod strings;
mod token;
pub mod tree;
mod types;

pub use pieces::{Parsed, Piece, parse_file, parse_shared};

use tree::Span;

/// What is wrong with a text, in the words of Nim's own parser.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// Where, in bytes from the start of the piece.
    pub span: Span,
    /// What.
    pub message: String,
}
