//! Which constant data and descriptors are still referred to, and giving back the others.
//!
//! In: what code names, and words of memory that may be addresses. Out: [`Marks`], and then the storage of what has none. A
//! descriptor leads to its base and to the destructors of all that a value consists of, data to what its relocations name. The
//! marks also tell which procs that leads to: whose code a caller then follows in turn.

use std::collections::btree_map::Range;

use rustc_hash::FxHashSet;

use super::{DataTable, Item, Tables, lock};
use crate::mir::{DataId, DescId, ProcId, Shape, Target};

/// What has been found to be referred to.
#[derive(Default)]
pub struct Marks {
    data: FxHashSet<DataId>,
    /// Descriptors whose addresses somebody has.
    descs: FxHashSet<DescId>,
    /// Types of which there may be values.
    types: FxHashSet<DescId>,
    destructors: Vec<ProcId>,
    values: Vec<ProcId>,
}

impl Marks {
    /// The destructors that what was marked since the last time leads to.
    pub fn take_destructors(&mut self) -> Vec<ProcId> {
        std::mem::take(&mut self.destructors)
    }

    /// The procs whose values stand in what was marked since the last time.
    pub fn take_values(&mut self) -> Vec<ProcId> {
        std::mem::take(&mut self.values)
    }
}

impl Tables {
    fn mark_data(&self, id: DataId, marks: &mut Marks) {
        if !marks.data.insert(id) {
            return;
        }
        // It is in use, so its content is known.
        let data = self.ids.data_of(id);
        for &(_, target) in &data.relocs {
            match target {
                Target::Data(other) => self.mark_data(other, marks),
                Target::Desc(desc) => self.mark_desc(desc, marks),
                Target::Proc(proc) => marks.values.push(proc),
            }
        }
    }

    fn mark_desc(&self, id: DescId, marks: &mut Marks) {
        let mut next = Some(id);
        while let Some(id) = next.filter(|&id| marks.descs.insert(id)) {
            self.mark_type(id, marks);
            next = match self.ids.desc_of(id).shape {
                Shape::Object { base, .. } => base,
                _ => None,
            };
        }
    }

    /// Values of the type may exist: what destroys them and their parts is called.
    fn mark_type(&self, id: DescId, marks: &mut Marks) {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            if !marks.types.insert(id) {
                continue;
            }
            let Some(desc) = self.ids.known_desc(id) else {
                continue;
            };
            marks.destructors.extend(desc.destroy);
            desc.shape.each_desc(|part| open.push(part));
        }
    }

    /// A word is an address when it is that of a descriptor, or within data. One past the end counts too: an empty view of the rest.
    fn mark_word(&self, word: usize, marks: &mut Marks) {
        let mut before: Range<'_, usize, Item> = self.items.range(..=word);
        for _ in 0..2 {
            match before.next_back() {
                Some((_, &Item::Data(id, span))) => {
                    if word <= span.address + span.room {
                        self.mark_data(id, marks);
                    }
                    // What ends where this begins.
                    if word != span.address {
                        return;
                    }
                }
                Some((&address, &Item::Desc(id))) if word == address => self.mark_desc(id, marks),
                _ => return,
            }
        }
    }
}

impl DataTable {
    /// Marks data that code names.
    pub fn mark_data(&self, id: DataId, marks: &mut Marks) {
        lock(&self.0).mark_data(id, marks);
    }

    /// Marks a descriptor that code names.
    pub fn mark_desc(&self, id: DescId, marks: &mut Marks) {
        lock(&self.0).mark_desc(id, marks);
    }

    /// Marks a type of which there are values, whose descriptor need not be anywhere.
    pub fn mark_type(&self, id: DescId, marks: &mut Marks) {
        lock(&self.0).mark_type(id, marks);
    }

    /// Marks every descriptor: nobody has looked whose address stands somewhere.
    pub fn mark_all_descs(&self, marks: &mut Marks) {
        let tables = lock(&self.0);
        for &id in tables.descs.keys() {
            tables.mark_desc(id, marks);
        }
    }

    /// Marks what these words of memory are addresses of.
    pub fn mark_words(&self, words: impl IntoIterator<Item = usize>, marks: &mut Marks) {
        let tables = lock(&self.0);
        for word in words {
            tables.mark_word(word, marks);
        }
    }

    /// Gives back what has no mark. The caller has marked what all code names that is kept, and has looked
    /// everywhere where an address can be. Says how many bytes it gave back.
    pub fn sweep(&self, marks: &Marks) -> usize {
        let tables = &mut *lock(&self.0);
        let before = tables.bytes;
        let (free, bytes) = (&mut tables.free, &mut tables.bytes);
        let items = &mut tables.items;
        let mut give_back = |address: usize, room: usize| {
            free.entry(room).or_default().push(address);
            *bytes -= room;
        };
        tables.data.retain(|id, span| {
            let kept = marks.data.contains(id);
            if !kept {
                items.remove(&span.address);
                give_back(span.address, span.room);
            }
            kept
        });
        let free_descs = &mut tables.free_descs;
        let mut swept = 0;
        tables.descs.retain(|id, placed| {
            let kept = marks.descs.contains(id);
            if !kept {
                items.remove(&placed.address);
                give_back(placed.name.address, placed.name.room);
                free_descs.push(placed.address);
                swept += size_of::<super::RtDesc>();
            }
            kept
        });
        tables.bytes -= swept;
        before - tables.bytes
    }
}
