//! Nim's patterns for names of libraries: `libSDL2(|-2.0).so(|.0)` stands for several names, tried in order.

/// The names that a pattern stands for, in the order in which Nim tries them: each group in parentheses is replaced by its alternatives,
/// those of the first group varying slowest. A group that is not closed stands for itself.
pub fn expand(pattern: &str) -> Vec<String> {
    let group = pattern.split_once('(').and_then(|(before, rest)| {
        let (alternatives, after) = rest.split_once(')')?;
        Some((before, alternatives, after))
    });
    match group {
        None => vec![pattern.to_owned()],
        Some((before, alternatives, after)) => {
            let endings = expand(after);
            let start = |alternative| format!("{before}{alternative}");
            let names = alternatives.split('|').map(start);
            names
                .flat_map(|start| endings.iter().map(move |end| format!("{start}{end}")))
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn alternatives_are_tried_in_the_order_of_nim() {
        assert_eq!(expand("libm.so.6"), ["libm.so.6"]);
        assert_eq!(expand("libc.so(.6|)"), ["libc.so.6", "libc.so"]);
        assert_eq!(
            expand("libSDL2(|-2.0).so(|.0)"),
            [
                "libSDL2.so",
                "libSDL2.so.0",
                "libSDL2-2.0.so",
                "libSDL2-2.0.so.0"
            ]
        );
        assert_eq!(expand("lib(x"), ["lib(x"]);
        assert_eq!(expand(""), [""]);
    }
}
