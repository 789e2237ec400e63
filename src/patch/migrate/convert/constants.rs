//! Enum constants, in values and in sets, and what becomes of those that the new version does not have.
//!
//! A value that is such a constant stops the migration. But where a container says by itself what of its storage is in use, a zero
//! may be nothing at all: that is in doubt until the container's own conversion has run.

use std::sync::Arc;

use super::{Converter, Done, Stop, within};
use crate::mir::{DescId, Shape};
use crate::patch::migrate::memory;
use crate::patch::migrate::rules::{self, EnumRule, SetRule};

/// An enum of which some value was its first constant, which is gone. The number that such values have got is that of no
/// constant.
pub(super) struct Doubt {
    desc: DescId,
    stands: i64,
    name: Arc<str>,
}

/// A field, and the type that has it.
type Field = (Arc<str>, DescId);

impl Converter<'_> {
    /// Where a container says what of its storage is in use, a zero may be nothing at all. It gets a number that shows
    /// whether it is still there in the end.
    pub(super) fn doubt(&mut self, rule: &EnumRule, value: i64) -> Option<i64> {
        let gone = rule.gone.iter().find(|gone| gone.0 == value)?;
        if self.tolerant == 0 || value != 0 {
            return None;
        }
        if let Some(known) = self.doubts.iter().find(|known| known.desc == rule.to) {
            return Some(known.stands);
        }
        let desc = self.desc(rule.to);
        let Shape::Enum { constants, signed } = &desc.shape else {
            return None;
        };
        let bits = desc.size * 8 - u32::from(*signed);
        let last = if bits >= 63 {
            i64::MAX
        } else {
            (1 << bits) - 1
        };
        let free = |number: &i64| constants.iter().all(|constant| constant.1 != *number);
        let stands = (1..=last).rev().take(constants.len() + 1).find(free)?;
        self.doubts.push(Doubt {
            desc: rule.to,
            stands,
            name: gone.1.clone(),
        });
        Some(stands)
    }

    /// Looks whether a value that no constant stands for is left in a global.
    pub(in crate::patch::migrate) fn settle_global(&self, global: (DescId, usize)) -> Done {
        self.settle(std::iter::once(global))
    }

    /// The same for the objects that were made.
    pub(in crate::patch::migrate) fn settle_objects(&self) -> Done {
        self.settle(self.made.iter().map(|(&(_, desc), made)| (desc, made.to)))
    }

    fn settle(&self, values: impl Iterator<Item = (DescId, usize)>) -> Done {
        if self.doubts.is_empty() {
            return Ok(());
        }
        let ids = self.program.ids();
        let mut work: Vec<(DescId, usize, Option<Field>)> =
            values.map(|(desc, at)| (desc, at, None)).collect();
        while let Some((id, at, field)) = work.pop() {
            let desc = self.desc(id);
            match &desc.shape {
                Shape::Enum { .. } => {
                    let value = memory::ordinal(&desc, at);
                    let is_it = |doubt: &&Doubt| doubt.desc == id && doubt.stands == value;
                    if let Some(doubt) = self.doubts.iter().find(is_it) {
                        let why = Stop::Value(is_gone(&doubt.name, &desc.name));
                        return Err(match field {
                            Some((name, owner)) => within(why, &name, &self.desc(owner).name),
                            None => why,
                        });
                    }
                }
                Shape::Tuple(_) | Shape::Object { .. } => {
                    let fields = rules::flatten(ids, id);
                    for (place, field) in fields.iter().enumerate() {
                        if self.is_active(&fields, place, at) {
                            let name = Some((field.name.clone(), id));
                            work.push((field.desc, at + field.offset as usize, name));
                        }
                    }
                }
                _ => memory::each_part(ids, id, at, &mut |part, at| {
                    work.push((part, at, field.clone()));
                }),
            }
        }
        Ok(())
    }

    pub(super) fn constant(&self, rule: &EnumRule, value: i64) -> Result<i64, Stop> {
        if let Some((_, name)) = rule.gone.iter().find(|gone| gone.0 == value) {
            let name_of = self.desc(rule.to).name.clone();
            return Err(Stop::Value(is_gone(name, &name_of)));
        }
        let known = rule.values.iter().find(|known| known.0 == value);
        Ok(known.map_or(value, |known| known.1))
    }

    /// A set, element by element.
    pub(super) fn set(&self, rule: &SetRule, from: usize, to: usize) -> Done {
        for bit in 0..i64::from(rule.bytes) * 8 {
            if memory::int(from + bit as usize / 8, 1, false) >> (bit % 8) & 1 == 0 {
                continue;
            }
            let value = match &rule.constants {
                Some(constants) => self.constant(constants, rule.low + bit)?,
                None => rule.low + bit,
            };
            let place = value - rule.new_low;
            if !(0..i64::from(rule.new_bytes) * 8).contains(&place) {
                return Err(Stop::Value(format!(
                    "holds the element {value}, for which the new set has no place"
                )));
            }
            let at = to + place as usize / 8;
            memory::set_int(at, 1, memory::int(at, 1, false) | 1 << (place % 8));
        }
        Ok(())
    }
}

/// A value is a constant that the new version does not have.
fn is_gone(constant: &str, of: &str) -> String {
    format!("is `{constant}`, which `{of}` does not have any more")
}
