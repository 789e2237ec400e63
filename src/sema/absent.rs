//! What Nim's system module has and midair has not yet: refused by name, where anything else is an undeclared identifier.

use crate::source::Name;

const ABSENT: &[&str] = &[
    // What looks into frames and descriptors.
    "getFrame",
    "setFrame",
    "getFrameState",
    "setFrameState",
    "PFrame",
    "TFrame",
    "FrameState",
    "getTypeInfo",
    "iterToProc",
    "WideCString",
    "newWideCString",
    "toWideCString",
];

/// Is it one of them?
pub(super) fn is_absent(name: Name) -> bool {
    ABSENT.iter().any(|known| name == *known)
}
