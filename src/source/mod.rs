//! Source texts: names, files, modules, and from a position in a tree back to a line.
//!
//! In: paths and search paths, or a [`Provider`] of texts. Out: [`Name`]s, [`FileId`]s, texts, the file that an `import`
//! means, and whether anything has changed. A module is found by Nim's rules ([`SearchPaths`]); a change is a change of
//! content. Never parses.
//!
//! ```text
//! Provider (disk, map) ─┐
//! embedded lib/ ────────┼─▶ Sources ── resolve(from, "std/math") ─▶ ResolvedModule { file, name }
//! SearchPaths ──────────┘      └─ map: SourceMap ── (Origin, Span) ─▶ path, line, column
//! ```

pub(crate) mod library;
mod map;
mod name;
mod provider;
mod search;
mod sources;

pub use map::{FileId, LineCol, Place, SourceMap};
pub use name::Name;
pub use provider::{Disk, Provider, Stamp, Texts, normalize};
pub use search::SearchPaths;
pub use sources::{ReadError, ResolveError, ResolvedModule, Sources};
