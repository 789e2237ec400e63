//! Instances of one generic type with other arguments: `Table[string, int32]` that is `Table[string, int64]` now.
//!
//! In: the identities of two types. Out: whether the one is the other with arguments whose values can become values of the new
//! ones. That the parts can is not enough: an argument that no part has (`Id[User]` and `Id[Order]`) means something too.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::types::closure;
use crate::mir::{DescId, Ids};
use crate::patch::image::Image;

/// The types of both versions by their identities.
#[derive(Clone, Default, Debug)]
pub(super) struct Names {
    old: FxHashMap<String, DescId>,
    new: FxHashMap<String, DescId>,
}

impl Names {
    /// All types that the two versions name.
    pub(super) fn new(ids: &Ids, old: &Image, new: &Image) -> Names {
        let names = |image: &Image| {
            let modules = image.modules.iter();
            let descs = modules.flat_map(|module| module.descs(ids).iter().copied());
            let all = closure(ids, descs.collect()).into_iter();
            all.map(|desc| (spelled(&ids.desc_key(desc).0), desc))
                .collect()
        };
        Names {
            old: names(old),
            new: names(new),
        }
    }

    /// The pairs of arguments that differ, if both are instances of one generic type. None: they are not, or an argument that
    /// differs is no type that values have.
    pub(super) fn arguments(
        &self,
        old: &Arc<str>,
        new: &Arc<str>,
    ) -> Option<Vec<(DescId, DescId)>> {
        let (old, new) = (spelled(old), spelled(new));
        let (a, b) = (Instance::of(&old)?, Instance::of(&new)?);
        if (a.head, a.tail) != (b.head, b.tail) || a.args.len() != b.args.len() {
            return None;
        }
        let pairs = a.args.iter().zip(&b.args).filter(|(a, b)| a != b);
        let known = |(a, b): (&&str, &&str)| Some((*self.old.get(*a)?, *self.new.get(*b)?));
        pairs.map(known).collect()
    }
}

/// An identity, in the one spelling that is compared: what a type is made of, and an argument of a generic, are written by
/// different parts of the compiler, which set spaces, and the names that parts of tuples do not have, in different ways.
fn spelled(identity: &str) -> String {
    let mut text = identity.to_owned();
    for (written, meant) in [
        (", ", ","),
        (": ", ":"),
        ("[:", "["),
        (",:", ","),
        (" {.", ""),
        (".}", ""),
    ] {
        text = text.replace(written, meant);
    }
    text
}

/// The identity of an instance in its parts: `m.Pair` `[` `int`, `seq[string]` `]`.
struct Instance<'a> {
    head: &'a str,
    args: Vec<&'a str>,
    /// What follows the bracket: the name of a type that the declaration made beside.
    tail: &'a str,
}

impl<'a> Instance<'a> {
    fn of(identity: &'a str) -> Option<Instance<'a>> {
        let open = identity.find('[')?;
        let (mut depth, mut from) = (0, open + 1);
        let mut args = Vec::new();
        for (at, sign) in identity[open..]
            .char_indices()
            .map(|(at, sign)| (open + at, sign))
        {
            match sign {
                '[' | '(' | '{' => depth += 1,
                ']' | ')' | '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 || depth == 1 && sign == ',' {
                args.push(&identity[from..at]);
                from = at + 1;
            }
            if depth == 0 {
                let (head, tail) = (&identity[..open], &identity[at + 1..]);
                return Some(Instance { head, args, tail });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_type_are_spelled_alike() {
        let same = [
            ("tuple[:int,:seq[m.A]]", "tuple[int, seq[m.A]]"),
            (
                "tuple[a:int,b:array[range[0..1,int],m.A]]",
                "tuple[a: int, b: array[range[0..1, int], m.A]]",
            ),
            (
                "proc(int,m.A):voidClosure",
                "proc(int, m.A): void {.Closure.}",
            ),
        ];
        for (argument, whole) in same {
            assert_eq!(spelled(argument), spelled(whole));
        }
    }

    #[test]
    fn instances_have_their_arguments() {
        let parts = |text: &'static str| {
            let found = Instance::of(text).expect("an instance");
            (found.head, found.args, found.tail)
        };
        assert_eq!(parts("m.A[int]"), ("m.A", vec!["int"], ""));
        assert_eq!(
            parts("m.A[seq[m.B[int,x]],proc(int, int): void]:obj"),
            (
                "m.A",
                vec!["seq[m.B[int,x]]", "proc(int, int): void"],
                ":obj"
            )
        );
        assert!(Instance::of("m.A").is_none());
        assert!(Instance::of("m.A[int").is_none());
    }
}
