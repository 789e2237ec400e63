//! Source texts: names, files, and from a position in a tree back to a line.
//!
//! In: paths and texts. Out: [`Name`]s, [`FileId`]s, texts, content hashes. Never parses.

mod map;
mod name;

pub use map::{FileId, LineCol, Place, SourceMap};
pub use name::Name;
