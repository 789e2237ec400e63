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

pub mod tree;
