//! Migration: values of globals whose types a new version lays out differently.
//!
//! In: the descriptors of two versions, and the globals that both have. Out: globals with values of the new layout, or the
//! reason why a reload is refused: the type, the field, what it was and is, and who holds it.
//!
//! # How
//!
//! A descriptor's number stands for a type and for all that it reaches, so a version that lays nothing out differently is
//! recognised without looking at a value. [`types`] says which descriptors change and which lead to such; [`rules`] says
//! how a value of the one becomes a value of the other; both are pure, and make the [plan](Planned). While other threads
//! are kept out, [`stale`] finds code of the old version that could not go on: frames, and closures that globals lead to.
//! Then [`convert`] writes each new value into fresh storage, and [`apply`] puts it in place or takes it back.
//!
//! ```text
//! global ──▶ old value ──▶ old objects ──┐
//!    └─────▶ new value ──▶ new objects ──┴─▶ objects that no change concerns: shared, one reference more
//! ```
//!
//! What does not change is copied too where it is part of a value that does; only objects behind references are shared. So the
//! old values stay whole, byte for byte, until the reload is committed. Then they are destroyed by the destructors of their own
//! version, removed fields with them. A reload that fails destroys the new values and finds the old ones in place. A
//! value that the program destroys or copies by itself (`=destroy`, `=copy`) may own something that cannot be copied:
//! of its two copies the loser is emptied first, as after a move.
//!
//! The program's own `migrate(old, new)` runs after everything else has been converted, on values nested in others first; after that
//! `migrated(value)`, on all values of its type in which something was converted: a hash table has to find its keys again. When
//! the code of that proc changes, it runs on [all values](instep) of its type.
//!
//! # What it never does
//!
//! It guesses no meaning: a field that has another name is another field. It does not touch frames, environments of closures,
//! memory behind `ptr`, or anything while a thread runs guest code. It looks at no value when no type has changed.

mod apply;
mod convert;
mod copy;
mod cursors;
mod describe;
mod fresh;
mod generics;
mod instep;
pub(super) mod memory;
mod moved;
mod rules;
mod stale;
mod types;

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

pub(super) use apply::Migration;
pub(super) use instep::{InStep, Which};
pub(super) use stale::Running;
pub(super) use types::Types;

use self::describe::{difference, refusal, renamed};
use self::rules::Rules;
use super::image::Image;
use crate::mir::{DescId, Global, Ids};

/// What a reload is allowed to give up: values of globals, whose names are as in `logic.score`, and handlers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Afresh {
    /// Those that get their first value again when their type changes.
    pub reset: Vec<String>,
    /// Those that get their first value again in any case.
    pub reinit: Vec<String>,
    /// No *before* handler runs: for one that always raises, which would stand in the way of its own repair.
    pub skip_before: bool,
}

/// What a reload does with a global that both versions have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PlannedValue {
    /// As the new version has it.
    pub(super) global: Global,
    /// The type that its value has.
    pub(super) was: DescId,
    /// It gets its first value again; else its value is converted.
    pub(super) afresh: bool,
    /// Something in it, or behind it, becomes an instance of its generic type with other arguments.
    pub(super) retyped: bool,
}

impl PlannedValue {
    /// Is the value itself laid out differently, or is what it leads to of another type?
    fn is_relaid(&self, ids: &Ids) -> bool {
        self.retyped || !types::same_bytes(ids, self.was, self.global.desc, 0)
    }
}

/// What happens to values. Pure.
#[derive(Clone, Default, Debug)]
pub(super) struct Planned {
    pub(super) types: Types,
    pub(super) values: Vec<PlannedValue>,
    pub(super) in_step: InStep,
    /// Globals of the old version are gone.
    pub(super) gone: bool,
    /// What could surprise.
    pub(super) warnings: Vec<String>,
}

impl Planned {
    /// Says what becomes of each global that both versions have.
    ///
    /// # Errors
    /// A line for each whose value cannot be converted.
    pub(super) fn new<'g>(
        ids: &Ids,
        (old, new): (&Image, &Image),
        kept: impl Iterator<Item = (&'g Global, &'g Global)>,
        afresh: &Afresh,
    ) -> Result<Planned, Vec<String>> {
        let mut planned = Planned {
            types: Types::new(ids, old, new),
            ..Planned::default()
        };
        let kept: Vec<_> = kept.collect();
        if kept.iter().any(|(was, global)| was.desc != global.desc) {
            planned.types.find_names(ids, old, new);
        }
        let (mut refused, mut unhelped) = (Vec::new(), Vec::new());
        let named = |list: &[String], name: &str| list.iter().any(|wanted| wanted == name);
        for (was, global) in kept {
            let changes = was.desc != global.desc || planned.types.is_affected(ids, was.desc);
            let value = |afresh| PlannedValue {
                global: global.clone(),
                was: was.desc,
                afresh,
                retyped: false,
            };
            let reset = changes && named(&afresh.reset, &global.name);
            if reset || named(&afresh.reinit, &global.name) {
                planned.values.push(value(true));
            } else if changes {
                let mut rules = Rules::new(ids, &planned.types);
                let found = rules.find(was.desc, global.desc);
                unhelped.append(&mut rules.unhelped);
                let retyped = !rules.instances.is_empty();
                match found {
                    Ok(_) => planned.values.push(PlannedValue {
                        retyped,
                        ..value(false)
                    }),
                    Err(why) => refused.push(refusal(ids, global, was.desc, &why)),
                }
            }
        }
        if !refused.is_empty() {
            return Err(refused);
        }
        if !planned.values.is_empty() || !planned.types.is_same() {
            planned.types.find_closures(ids, old);
        }
        planned.warn_of_moves();
        planned.warn_of_names(ids, unhelped);
        planned.warn_of_addresses(ids, old);
        Ok(planned)
    }

    /// Is there nothing to convert or to bring in step, and nothing that could be in the way?
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.types.is_same() && self.in_step.is_empty()
    }

    /// Is nothing laid out in another way?
    pub(super) fn types_are_same(&self) -> bool {
        self.types.is_same()
    }

    /// The globals that are converted.
    pub(super) fn migrated(&self) -> impl Iterator<Item = &Global> {
        self.values
            .iter()
            .filter(|value| !value.afresh)
            .map(|value| &value.global)
    }

    /// The globals that get their first value again.
    pub(super) fn reinitialised(&self) -> impl Iterator<Item = &Global> {
        let afresh = self.values.iter().filter(|value| value.afresh);
        afresh.map(|value| &value.global)
    }

    /// What is different about a type and those that it leads to, a line each.
    pub(super) fn changes(&self, ids: &Ids, old: DescId) -> Vec<String> {
        let mut seen = FxHashSet::default();
        let mut lines = Vec::new();
        let mut work = vec![old];
        while let Some(desc) = work.pop() {
            if !seen.insert(desc) || !self.types.is_affected(ids, desc) {
                continue;
            }
            if let Some(now) = self.types.target(ids, desc) {
                lines.extend(difference(ids, desc, now));
            }
            let mut parts = Vec::new();
            ids.desc_of(desc).shape.each_desc(|part| parts.push(part));
            work.extend(parts.into_iter().rev());
        }
        if lines.is_empty() {
            lines.push("an heir of a type that it refers to is laid out differently".into());
        }
        lines
    }

    /// The plan as text, a line for each global.
    pub(super) fn describe(&self, ids: &Ids) -> Vec<String> {
        let line = |value: &PlannedValue| {
            let name = &value.global.name;
            if value.afresh {
                return format!("{name} gets its first value again");
            }
            let (was, is) = (ids.desc_of(value.was), ids.desc_of(value.global.desc));
            let changes = match was.name == is.name {
                true => self.changes(ids, value.was).join("; "),
                false => format!("was `{}` and is `{}`", was.name, is.name),
            };
            format!("{name} is migrated: {changes}")
        };
        self.values.iter().map(line).collect()
    }

    /// That a type is another one under another name is a guess, if a good one.
    fn warn_of_moves(&mut self) {
        if self.migrated().next().is_none() {
            return;
        }
        let moved = self.types.moved.iter();
        let warnings = moved.map(|(was, is)| {
            format!("`{was}` is taken to be `{is}` now, which is new: its values are kept")
        });
        self.warnings.extend(warnings);
    }

    /// A field of another name is another field.
    fn warn_of_names(&mut self, ids: &Ids, mut unhelped: Vec<(DescId, DescId)>) {
        if self.migrated().next().is_none() {
            return;
        }
        // What a reference leads to may be an heir of what its type says.
        let changed = self.types.changed(ids).into_iter();
        unhelped.extend(changed.filter(|(_, new)| !self.types.hooks.contains_key(new)));
        let renamed = unhelped
            .into_iter()
            .filter_map(|(old, new)| renamed(ids, old, new));
        let warnings: BTreeSet<String> = renamed.collect();
        self.warnings.extend(warnings);
    }

    /// Old code may have kept an address of what moves.
    fn warn_of_addresses(&mut self, ids: &Ids, old: &Image) {
        if self.migrated().next().is_none() {
            return;
        }
        let moves: FxHashSet<DescId> = self
            .values
            .iter()
            .filter(|value| value.is_relaid(ids))
            .map(|value| value.was)
            .collect();
        for module in old.modules.iter() {
            for proc in &module.module.procs {
                let moved =
                    |desc: &&DescId| moves.contains(*desc) || self.types.is_affected(ids, **desc);
                if let Some(&desc) = proc.addressed.iter().find(moved) {
                    let warning = format!(
                        "`{}` in {} takes the address of a `{}`: if it was kept, it is that of the old value",
                        proc.name,
                        module.module.name,
                        ids.desc_of(desc).name
                    );
                    if !self.warnings.contains(&warning) {
                        self.warnings.push(warning);
                    }
                }
            }
        }
    }
}
