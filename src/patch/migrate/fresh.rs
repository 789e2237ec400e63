//! Values of fields that the old version did not have: what the program declares, and zeros.

use super::convert::{Converter, Done, Scratch, Stop};
use super::memory;
use super::rules::{Parts, flatten};
use crate::mir::{DescId, ProcId, Shape};

impl Converter<'_> {
    /// Where a field has its declared default in a default value of its object: in one that has the field. `made` has those that have been
    /// made.
    pub(super) fn declared_default(
        &self,
        parts: &Parts,
        at: usize,
        made: &mut Vec<Scratch>,
    ) -> Result<Option<usize>, Stop> {
        for (number, &proc) in parts.defaults.iter().enumerate() {
            if made.len() == number {
                let scratch = Scratch::new(self.desc(parts.to).size as usize);
                self.make_default(parts.to, proc, scratch.address())?;
                made.push(scratch);
            }
            let base = made[number].address();
            if self.is_active(&parts.new, at, base) {
                return Ok(Some(base + parts.new[at].offset as usize));
            }
        }
        Ok(None)
    }

    /// Has the program write a default value into zeroed storage.
    fn make_default(&self, desc: DescId, proc: ProcId, at: usize) -> Done {
        let done = self.program.call_plain(proc, &[at as u64]);
        done.map_err(|error| {
            let name = self.desc(desc).name.clone();
            Stop::Guest(format!("the default value of `{name}`"), error)
        })
    }

    /// Writes the default value of a type into zeroed storage.
    pub(super) fn fresh(&self, desc: DescId, at: usize) -> Done {
        match self
            .rules
            .types
            .defaults
            .get(&desc)
            .and_then(|procs| procs.first())
        {
            Some(&proc) => self.make_default(desc, proc, at),
            None => self.types_in(desc, at),
        }
    }

    /// Writes dynamic types, and declared defaults of parts, into zeroed storage.
    pub(super) fn types_in(&self, id: DescId, at: usize) -> Done {
        let desc = self.desc(id);
        match &desc.shape {
            Shape::Object { rtti, .. } => {
                if *rtti {
                    memory::set_word(at, self.descriptor(id)?);
                }
                let fields = flatten(self.program.ids(), id);
                for field in fields.iter().filter(|field| field.when.is_none()) {
                    self.fresh_part(field.desc, at + field.offset as usize)?;
                }
            }
            Shape::Tuple(fields) => {
                for field in fields {
                    self.fresh_part(field.desc, at + field.offset as usize)?;
                }
            }
            Shape::Array { elem, len, .. } => {
                let size = self.desc(*elem).size as usize;
                for place in 0..*len as usize {
                    self.fresh_part(*elem, at + place * size)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn fresh_part(&self, desc: DescId, at: usize) -> Done {
        match self.desc(desc).shape {
            Shape::Object { .. } | Shape::Tuple(_) | Shape::Array { .. } => self.fresh(desc, at),
            _ => Ok(()),
        }
    }
}
