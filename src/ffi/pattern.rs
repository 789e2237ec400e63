//! Nim's patterns for names of libraries: `libSDL2(|-2.0).so(|.0)` stands for several names, tried in order.

/// The names that a pattern stands for, in the order in which Nim tries them: the last alternative varies fastest... see the tests.
pub fn expand(pattern: &str) -> Vec<String> {
    vec![pattern.to_owned()]
}
