//! Which two types are versions of one.
//!
//! By their identities: a declared type is what its module and its name say, where it has not moved; others are what they are made of.

use std::sync::Arc;

use super::Rules;
use crate::mir::{Desc, DescId, Shape};

impl Rules<'_> {
    /// Is the one a version of the other? Built-in and structural types are, as far as their parts are.
    pub(super) fn same_type(&mut self, old: DescId, new: DescId, a: &Desc, b: &Desc) -> bool {
        if !self.types.is_other(self.ids, old, new) {
            return true;
        }
        let (was, is) = (self.ids.desc_key(old).0, self.ids.desc_key(new).0);
        let number = |desc: &Desc, name: &str| match desc.shape {
            Shape::Int { .. } | Shape::Float => is_basic(name),
            _ => false,
        };
        let structural = |shape: &Shape| {
            matches!(
                shape,
                Shape::Seq(_)
                    | Shape::Array { .. }
                    | Shape::Tuple(_)
                    | Shape::Ref(_)
                    | Shape::Set { .. }
            )
        };
        let enums =
            |a: &Shape, b: &Shape| matches!((a, b), (Shape::Enum { .. }, Shape::Enum { .. }));
        let distinct = [is_distinct(a, &was), is_distinct(b, &is)];
        distinct[0] != distinct[1] && !a.hooked && !b.hooked
            || number(a, &was) && number(b, &is)
            || enums(&a.shape, &b.shape) && self.same_enum(old, new)
            || structural(&a.shape) && structural(&b.shape) && !is_nominal(&was) && !is_nominal(&is)
            || is_nominal(&was) && self.same_generic((old, &was), (new, &is))
    }

    /// Are both instances of one generic type, with arguments whose values become values of the new ones?
    fn same_generic(
        &mut self,
        (old, was): (DescId, &Arc<str>),
        (new, is): (DescId, &Arc<str>),
    ) -> bool {
        let Some(arguments) = self.types.names.arguments(was, is) else {
            return false;
        };
        // What is built in is no declared type with arguments.
        let same = !arguments.is_empty()
            && arguments
                .into_iter()
                .all(|(a, b)| self.pair(a, b, false).is_ok());
        if same {
            self.instances.insert((old, new));
        }
        same
    }

    /// Do both arrays begin with the same index? Then what a longer one has besides is new.
    pub(super) fn begin_alike(&self, old: DescId, new: DescId) -> bool {
        let first = |desc| {
            let identity = self.ids.desc_key(desc).0;
            let index = identity.strip_prefix("array[range[")?;
            index.split_once("..").map(|parts| parts.0.to_owned())
        };
        first(old).is_some() && first(old) == first(new)
    }

    /// Are both the same enum, or ranges of it?
    pub(super) fn same_enum(&self, old: DescId, new: DescId) -> bool {
        let name = |desc| {
            let identity = self.ids.desc_key(desc).0;
            let range = identity.strip_prefix("range[");
            let base = range.and_then(|range| range.strip_suffix(']')?.split_once(", "));
            base.map_or_else(|| identity.to_string(), |parts| parts.1.to_owned())
        };
        let (old, new) = (name(old), name(new));
        old == new || self.types.moved.renamed(&old) == Some(new)
    }
}

/// Is it the identity of a built-in number or of a range of one?
fn is_basic(identity: &str) -> bool {
    let name = identity.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(name, "int" | "uint" | "float") || identity.starts_with("range[")
}

/// Is it the identity of a declared type? Structural ones begin with a word of the language.
fn is_nominal(identity: &str) -> bool {
    let words = [
        "seq[",
        "array[",
        "tuple[",
        "ref ",
        "ptr ",
        "set[",
        "range[",
        "UncheckedArray[",
    ];
    !is_basic(identity) && !words.iter().any(|word| identity.starts_with(word))
}

/// Is it a declared type whose values are those of another one (`distinct`)? Of objects and enums it does not show.
fn is_distinct(desc: &Desc, identity: &str) -> bool {
    let is_value = matches!(
        desc.shape,
        Shape::Int { .. }
            | Shape::Float
            | Shape::Bool
            | Shape::Char
            | Shape::String
            | Shape::Set { .. }
            | Shape::Seq(_)
            | Shape::Array { .. }
            | Shape::Tuple(_)
            | Shape::Ref(_)
    );
    is_value && is_nominal(identity) && identity.contains('.')
}
