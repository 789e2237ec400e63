//! The `midair` command.
fn main() {}
