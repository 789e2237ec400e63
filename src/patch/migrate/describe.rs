//! What is different about types, in words.

use std::sync::Arc;

use super::rules::{as_named_in, flatten};
use super::types;
use crate::mir::{Desc, DescField, DescId, Global, Ids, Shape};

/// Why the value of a global, whose type was `was`, cannot be kept, and what to do about it.
pub(super) fn refusal(ids: &Ids, global: &Global, was: DescId, why: &str) -> String {
    // Only what has fields is converted by the program.
    let help = match why.contains("field `") || have_fields(ids, was, global.desc) {
        true => "declare a `migrate` for it, or ",
        false => "",
    };
    format!(
        "the value of the global `{}` cannot be migrated: {}{why}; {help}give its value up with --reset {0}",
        global.name,
        if why.starts_with("was ") { "it " } else { "" },
    )
}

/// Are both, or what both consist of or refer to, objects or tuples?
fn have_fields(ids: &Ids, old: DescId, new: DescId) -> bool {
    match (&ids.desc_of(old).shape, &ids.desc_of(new).shape) {
        (Shape::Ref(old), Shape::Ref(new)) | (Shape::Seq(old), Shape::Seq(new)) => {
            have_fields(ids, *old, *new)
        }
        (Shape::Array { elem: old, .. }, Shape::Array { elem: new, .. }) => {
            have_fields(ids, *old, *new)
        }
        (old, new) => [old, new]
            .iter()
            .all(|shape| matches!(shape, Shape::Object { .. } | Shape::Tuple(_))),
    }
}

/// Values of the one type do not become values of the other.
pub(super) fn is_another(ids: &Ids, (a, b): (DescId, DescId)) -> String {
    let (old, new) = (ids.desc_of(a), ids.desc_of(b));
    match old.name == new.name {
        // Names do not show the values among the arguments of a generic type.
        true if kind(&old) == kind(&new) => {
            format!("was `{}` and is `{}`", ids.desc_key(a).0, ids.desc_key(b).0)
        }
        // A distinct type, or another kind of type of the same name.
        true => format!(
            "was `{}`, {}, and is {} now",
            old.name,
            kind(&old),
            kind(&new)
        ),
        false => format!("was `{}` and is `{}`", old.name, new.name),
    }
}

/// Not all values of the one type are values of the other.
pub(super) fn holds_less(ids: &Ids, pair: (DescId, DescId)) -> String {
    format!(
        "{}, which does not hold all of its values",
        is_another(ids, pair).trim_end_matches(" now")
    )
}

fn kind(desc: &Desc) -> String {
    let size = desc.size;
    match &desc.shape {
        Shape::Int {
            bounds: Some((first, last)),
            ..
        } => format!("a range {first}..{last}"),
        Shape::Int { signed: true, .. } => format!("an integer of {size} bytes"),
        Shape::Int { signed: false, .. } => format!("an unsigned integer of {size} bytes"),
        Shape::Float => format!("a float of {size} bytes"),
        Shape::Bool => "a bool".into(),
        Shape::Char => "a char".into(),
        Shape::Enum { .. } => "an enum".into(),
        Shape::Set { .. } => format!("a set of {size} bytes"),
        Shape::Pointer | Shape::Ptr(_) => "an address".into(),
        Shape::Cursor(_) => "a cursor".into(),
        Shape::CString => "a cstring".into(),
        Shape::String => "a string".into(),
        Shape::Seq(_) => "a seq".into(),
        Shape::Array { len, .. } => format!("an array of {len} elements"),
        Shape::Tuple(_) => "a tuple".into(),
        Shape::Object { .. } => "an object".into(),
        Shape::Ref(_) => "a ref".into(),
        Shape::Proc => "a proc".into(),
        Shape::Closure => "a closure".into(),
        Shape::Union(_) => "a union".into(),
    }
}

/// The fields of both versions of an object or tuple.
fn both_fields(ids: &Ids, old: DescId, new: DescId) -> (Vec<DescField>, Vec<DescField>) {
    let (was, is) = (flatten(ids, old), flatten(ids, new));
    match ids.desc_of(old).shape {
        Shape::Tuple(_) => (as_named_in(&was, &is), is),
        _ => (was, is),
    }
}

/// Fields that go while others come: perhaps they only got other names, and their values should not be lost.
pub(super) fn renamed(ids: &Ids, old: DescId, new: DescId) -> Option<String> {
    let (was, is) = both_fields(ids, old, new);
    let missing = |from: &[DescField], of: &[DescField]| -> Vec<String> {
        let known = |field: &&DescField| of.iter().all(|other| other.name != field.name);
        let fields = from.iter().filter(known);
        fields.map(|field| format!("`{}`", field.name)).collect()
    };
    let (gone, added) = (missing(&was, &is), missing(&is, &was));
    (!gone.is_empty() && !added.is_empty()).then(|| {
        format!(
            "`{}` has {} no more, whose values are given up, and has {} now: where that is another name for the same, \
             a `migrate` keeps the values",
            ids.desc_of(new).name,
            gone.join(", "),
            added.join(", ")
        )
    })
}

/// What is different about the declaration of a type.
pub(super) fn difference(ids: &Ids, old: DescId, new: DescId) -> Option<String> {
    let (a, b) = (ids.desc_of(old), ids.desc_of(new));
    let list = |what: &str, names: Vec<String>| match names.is_empty() {
        true => None,
        false => Some(format!("{what} {}", names.join(", "))),
    };
    let mut parts: Vec<String> = match (&a.shape, &b.shape) {
        (Shape::Enum { constants: was, .. }, Shape::Enum { constants: is, .. }) => {
            let missing = |from: &[(Arc<str>, i64)], of: &[(Arc<str>, i64)]| {
                let gone = from
                    .iter()
                    .filter(|c| of.iter().all(|other| other.0 != c.0));
                gone.map(|c| c.0.to_string()).collect::<Vec<_>>()
            };
            let moved = was
                .iter()
                .any(|c| is.iter().any(|other| other.0 == c.0 && other.1 != c.1));
            let moved = moved.then(|| "its constants have other values".to_owned());
            [
                list("new", missing(is, was)),
                list("gone", missing(was, is)),
                moved,
            ]
            .into_iter()
            .flatten()
            .collect()
        }
        (Shape::Object { .. }, Shape::Object { .. }) | (Shape::Tuple(_), Shape::Tuple(_)) => {
            let (was, is) = both_fields(ids, old, new);
            let find = |fields: &[DescField], name: &str| {
                fields.iter().position(|field| *field.name == *name)
            };
            let added = is.iter().filter(|field| find(&was, &field.name).is_none());
            let gone = was.iter().filter(|field| find(&is, &field.name).is_none());
            let retyped = was.iter().filter_map(|field| {
                let now = &is[find(&is, &field.name)?];
                let (was, is) = (ids.desc_key(field.desc).0, ids.desc_key(now.desc).0);
                let show = |desc| ids.desc_of(desc).name.clone();
                (was != is).then(|| {
                    format!(
                        "{} was `{}` and is `{}`",
                        field.name,
                        show(field.desc),
                        show(now.desc)
                    )
                })
            });
            let retyped: Vec<String> = retyped.collect();
            let names = |fields: &mut dyn Iterator<Item = &DescField>| {
                fields
                    .map(|field| field.name.to_string())
                    .collect::<Vec<_>>()
            };
            let added = list("new field", names(&mut added.into_iter()));
            let gone = list("without", names(&mut gone.into_iter()));
            let mut parts: Vec<String> = [added, gone].into_iter().flatten().collect();
            parts.extend(retyped);
            if parts.is_empty() && !types::same_bytes(ids, old, new, 0) {
                let kept = was.iter().map(|f| &f.name).eq(is.iter().map(|f| &f.name));
                parts.push(if kept { "other places" } else { "other order" }.to_owned());
            }
            parts
        }
        _ => return None,
    };
    if a.name != b.name && matches!(b.shape, Shape::Enum { .. } | Shape::Object { .. }) {
        parts.push(format!("was `{}`", a.name));
    }
    (!parts.is_empty()).then(|| format!("`{}`: {}", b.name, parts.join(", ")))
}
