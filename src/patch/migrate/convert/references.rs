//! References: each object is made once, however many lead to it.

use super::{Converter, Done, Job, Made, Stop};
use crate::mir::{DescId, REF_HEADER, Shape};
use crate::patch::migrate::memory;
use crate::patch::migrate::rules::RuleId;

impl Converter<'_> {
    pub(super) fn reference(
        &mut self,
        (from, old): (usize, DescId),
        (to, new): (usize, DescId),
    ) -> Done {
        let object = memory::word(from);
        if object == 0 {
            return Ok(());
        }
        let Some(dynamic) = memory::dynamic_type(object).map(|desc| desc.id) else {
            return Err(Stop::Value("refers to what is no object".into()));
        };
        let ids = self.program.ids();
        let retyped = self.rules.instances.contains(&(old, new));
        let stand_in = !retyped && self.rules.types.is_other(ids, old, new);
        let types = self.rules.types;
        // Of what is left over nothing is seen but its base.
        let stays = !types.is_affected(ids, dynamic) || types.is_left_over(ids, dynamic);
        if !stand_in && !retyped && stays {
            if let Some(base) = self.relaid_ancestor(dynamic) {
                let (name, base) = (
                    self.desc(dynamic).name.clone(),
                    self.desc(base).name.clone(),
                );
                return Err(Stop::Value(format!(
                    "refers to a `{name}`, which the program does not have any more, and whose base `{base}` changes"
                )));
            }
            self.shared.insert(object);
            memory::retain(object);
            memory::set_word(to, object);
            return Ok(());
        }
        let target = match stand_in || retyped {
            true if dynamic == old => Some(new),
            true => None,
            false => self.rules.types.target(ids, dynamic),
        };
        let name = self.desc(dynamic).name.clone();
        let Some(target) = target.filter(|&target| self.derives(target, new)) else {
            let want = self.desc(new).name.clone();
            return Err(Stop::Value(format!(
                "refers to a `{name}`, which is no `{want}` any more"
            )));
        };
        if let Some(made) = self.made.get(&(object, target)) {
            memory::retain(made.to);
            memory::set_word(to, made.to);
            return Ok(());
        }
        let rule = self.rules.find(dynamic, target);
        let rule = rule.map_err(|why| Stop::Value(format!("refers to a `{name}`: {why}")))?;
        let fresh = self.object(target)?;
        // One for the migration itself.
        memory::retain(fresh);
        memory::set_word(to, fresh);
        self.made.insert(
            (object, target),
            Made {
                to: fresh,
                stand_in,
            },
        );
        self.queue.push(Job {
            from: object,
            to: fresh,
            rule,
        });
        Ok(())
    }

    /// An object that was referred to becomes a value, which it can only if nothing else refers to it.
    pub(super) fn unbox(&mut self, rule: RuleId, (from, desc): (usize, DescId), to: usize) -> Done {
        let object = memory::word(from);
        if object == 0 {
            return Err(Stop::Value("is nil, which no object is".into()));
        }
        if memory::dynamic_type(object).is_none_or(|dynamic| dynamic.id != desc) {
            let name = self.desc(desc).name.clone();
            return Err(Stop::Value(format!("refers to an heir of `{name}`")));
        }
        if memory::references(object) != 1 {
            let name = self.desc(desc).name.clone();
            return Err(Stop::Value(format!(
                "refers to a `{name}` to which something else refers too"
            )));
        }
        self.opened.push((object, desc));
        self.convert(rule, object, to)
    }

    /// An ancestor that changes, of a type of which the version before knew nothing any more.
    fn relaid_ancestor(&self, desc: DescId) -> Option<DescId> {
        let mut desc = desc;
        while let Shape::Object {
            base: Some(base), ..
        } = self.desc(desc).shape
        {
            let target = self.rules.types.target(self.program.ids(), base);
            if target.is_some_and(|now| now != base) {
                return Some(base);
            }
            desc = base;
        }
        None
    }

    /// A zeroed object with one reference.
    pub(super) fn object(&self, desc: DescId) -> Result<usize, Stop> {
        let header = REF_HEADER as usize;
        let object = self.allocate(header + self.desc(desc).size as usize)? + header;
        memory::set_word(object - 8, self.descriptor(desc)?);
        self.types_in(desc, object)?;
        Ok(object)
    }

    pub(in crate::patch::migrate) fn descriptor(&self, desc: DescId) -> Result<usize, Stop> {
        let address = self.program.runtime.descs().address(desc);
        address
            .map(|address| address as usize)
            .map_err(|_| Stop::Memory)
    }

    fn derives(&self, desc: DescId, ancestor: DescId) -> bool {
        let mut current = Some(desc);
        while let Some(desc) = current {
            if desc == ancestor {
                return true;
            }
            current = match self.desc(desc).shape {
                Shape::Object { base, .. } => base,
                _ => None,
            };
        }
        false
    }
}
