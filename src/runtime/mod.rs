//! What running code calls for.

pub mod number;
