//! The library's front: programs as a Rust host sees them.

mod options;

pub use options::{Options, is_defined};
