//! Copies of values in which nothing changes: only objects behind references are shared with the old ones.

use super::convert::{Converter, Done, Hooked, Stop};
use super::memory::{self, seq_header};
use super::rules::flatten;
use crate::mir::{DescId, Shape};

impl Converter<'_> {
    /// A copy of a value in which nothing changes.
    pub(super) fn copy(&mut self, id: DescId, from: usize, to: usize) -> Done {
        self.nested(|converter| converter.copy_inner(id, from, to))
    }

    fn copy_inner(&mut self, id: DescId, from: usize, to: usize) -> Done {
        let desc = self.desc(id);
        if let Shape::Cursor(what) = desc.shape
            && !matches!(self.desc(what).shape, Shape::Ref(_))
        {
            return self.view(what, from);
        }
        if desc.destroy.is_none() {
            memory::copy(from, to, desc.size as usize);
            return Ok(());
        }
        match &desc.shape {
            Shape::String => self.text(from, to)?,
            Shape::Seq(elem) => self.elements(*elem, from, to)?,
            Shape::Ref(_) => self.share(from, to),
            Shape::Closure => {
                memory::set_word(to, memory::word(from));
                self.share(from + 8, to + 8);
            }
            Shape::Array { elem, len, .. } => {
                let size = self.desc(*elem).size as usize;
                for at in 0..*len as usize {
                    self.copy(*elem, from + at * size, to + at * size)?;
                }
            }
            Shape::Tuple(_) | Shape::Object { .. } => {
                if matches!(desc.shape, Shape::Object { rtti: true, .. }) {
                    memory::set_word(to, memory::word(from));
                }
                let fields = flatten(self.program.ids(), id);
                for (at, field) in fields.iter().enumerate() {
                    if self.is_active(&fields, at, from) {
                        let offset = field.offset as usize;
                        self.copy(field.desc, from + offset, to + offset)?;
                    }
                }
            }
            _ => memory::copy(from, to, desc.size as usize),
        }
        if desc.hooked {
            let (old, new) = ((from, id), (to, id));
            self.hooked.push(Hooked { old, new });
        }
        Ok(())
    }

    /// What a value refers to that somebody else owns may go with that.
    pub(super) fn view(&self, what: DescId, from: usize) -> Done {
        let what = self.desc(what);
        match memory::is_zero(from, what.size as usize) {
            true => Ok(()),
            false => Err(Stop::Value(format!(
                "is a `{{.cursor.}}` of a `{}`, which is not converted",
                what.name
            ))),
        }
    }

    fn share(&mut self, from: usize, to: usize) {
        let object = memory::word(from);
        if object != 0 {
            self.shared.insert(object);
            memory::retain(object);
        }
        memory::set_word(to, object);
    }

    fn text(&self, from: usize, to: usize) -> Done {
        let (len, payload) = (memory::word(from), memory::word(from + 8));
        if payload == 0 || len == 0 || memory::is_literal(payload) {
            if len != 0 {
                memory::copy(from, to, 16);
            }
            return Ok(());
        }
        let fresh = self.allocate(len + 9)?;
        memory::set_word(fresh, len);
        memory::copy(payload + 8, fresh + 8, len);
        memory::set_word(to + 8, fresh);
        memory::set_word(to, len);
        Ok(())
    }

    fn elements(&mut self, elem: DescId, from: usize, to: usize) -> Done {
        let (len, payload) = (memory::word(from), memory::word(from + 8));
        if payload == 0 || len == 0 || memory::is_literal(payload) {
            if len != 0 {
                memory::copy(from, to, 16);
            }
            return Ok(());
        }
        let desc = self.desc(elem);
        let (size, header) = (desc.size as usize, seq_header(desc.align));
        let fresh = self.allocate(header + len * size)?;
        memory::set_word(fresh, len);
        memory::set_word(to + 8, fresh);
        memory::set_word(to, len);
        if desc.destroy.is_none() {
            memory::copy(payload + header, fresh + header, len * size);
            return Ok(());
        }
        for at in 0..len {
            let offset = header + at * size;
            self.copy(elem, payload + offset, fresh + offset)?;
        }
        Ok(())
    }
}
