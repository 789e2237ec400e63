//! Addresses that live frames have in memory that a reload is going to give up: a `var` parameter, the element that a loop is at, a text
//! that was passed without being copied.
//!
//! In: the stacks of all threads that stand in the program, what closures have captured and iterators go on with, and areas of old values.
//! Out: who has an address in one. What a type
//! says is not enough: a frame with a `var int` knows nothing of the object whose field that is. So it is looked for in what there is.
//! Conservative, as [the scan](super::scan) for closures, but for words that count for nothing: of a frame that, where it stands, can go on
//! with [no address of others](crate::mir::Proc::has_views_at), none is looked at. Of one that has some, what it has left over counts
//! too, so that a version may wait for it without need.

#![allow(unsafe_code)] // reads stacks word by word

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mir::{Desc, DescId, Ids, Shape};
use crate::runtime::threads::Stopped;
use crate::runtime::{Context, ThreadFrames};

use super::migrate::{Running, memory};
use super::{LiveProgram, State};

/// The addresses that old code may go on with.
#[derive(Default)]
pub(super) struct Views {
    /// With the number of who has it, in order.
    words: Vec<(usize, usize)>,
    holders: Vec<Holder>,
}

/// Who has addresses.
pub(super) enum Holder {
    Frame(Running),
    /// What a routine's closures have captured, or an iterator that has been begun.
    Heap(Arc<str>),
}

impl Holder {
    /// A sentence that says what is wrong with it.
    pub(super) fn describe(&self, why: &str) -> String {
        match self {
            Holder::Frame(running) => running.describe(why),
            Holder::Heap(name) => {
                // What follows tells bodies apart.
                let name = name.split(" '").next().unwrap_or_default();
                let name = name.strip_prefix("iterator ").unwrap_or(name);
                format!("the {name} {why}")
            }
        }
    }
}

impl Views {
    /// Is there none?
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Who has an address in an area of so many bytes.
    pub(super) fn within(&self, start: usize, size: usize) -> Option<&Holder> {
        let first = self.words.partition_point(|word| word.0 < start);
        let (word, holder) = *self.words.get(first)?;
        (word - start < size).then(|| &self.holders[holder])
    }

    /// Who has an address in what a value keeps elsewhere: characters and elements. With `owned`, also in objects that it refers
    /// to, directly or not.
    pub(super) fn behind(
        &self,
        ids: &Ids,
        (desc, at): (DescId, usize),
        owned: bool,
    ) -> Option<&Holder> {
        let mut seen = FxHashSet::default();
        let mut work = vec![(desc, at)];
        while let Some((id, at)) = work.pop() {
            let desc = ids.desc_of(id);
            if desc.destroy.is_none() {
                continue;
            }
            let area = match desc.shape {
                Shape::String => memory::payload(at, 1, 1),
                Shape::Seq(elem) => {
                    let elem = ids.desc_of(elem);
                    memory::payload(at, elem.size as usize, elem.align)
                }
                Shape::Ref(_) => {
                    let object = memory::word(at);
                    if !owned || object == 0 || !seen.insert(object) {
                        continue;
                    }
                    let Some(dynamic) = memory::dynamic_type(object) else {
                        continue;
                    };
                    work.push((dynamic.id, object));
                    Some((object, dynamic.size as usize))
                }
                _ => None,
            };
            if let Some(holder) = area.and_then(|(start, size)| self.within(start, size)) {
                return Some(holder);
            }
            memory::each_part(ids, id, at, &mut |part, at| work.push((part, at)));
        }
        None
    }
}

impl LiveProgram {
    /// The addresses in guest memory that old code may go on with.
    pub(super) fn views(
        &self,
        state: &State,
        context: *mut Context,
        stopped: &Stopped<'_>,
    ) -> Views {
        let mut views = Views::default();
        for thread in self.frames_by_thread(context, stopped) {
            self.views_of(&thread, &mut views);
        }
        self.views_on_heap(state, &mut views);
        views.words.sort_unstable();
        views
    }

    /// What lives on when its frame is left: variables that are addresses, and what an iterator that is suspended goes on with.
    fn views_on_heap(&self, state: &State, views: &mut Views) {
        let (mut places, mut addresses) = (FxHashMap::default(), FxHashSet::default());
        for (id, address) in self.runtime.descs().all() {
            let desc = self.ids().desc_of(id);
            let is_iterator = desc.name.starts_with("iterator ");
            if !is_iterator && !desc.name.starts_with("environment of ") {
                continue;
            }
            let mut offsets = Vec::new();
            addresses_in(self.ids(), id, 0, &mut offsets);
            if is_iterator {
                offsets.extend(self.kept_by_iterator(state, &desc));
            }
            if !offsets.is_empty() {
                addresses.insert(address);
                places.insert(address, (desc.name.clone(), offsets));
            }
        }
        if addresses.is_empty() {
            return;
        }
        let memory = self.guest_memory();
        self.runtime.heap().objects_of(&addresses, |object| {
            let (name, offsets) = &places[&memory::word(object - 8)];
            let holder = views.holders.len();
            let words = offsets.iter().map(|&at| memory::word(object + at as usize));
            let words = words.filter(|word| memory.contains(word));
            views.words.extend(words.map(|word| (word, holder)));
            views.holders.push(Holder::Heap(name.clone()));
        });
    }

    /// Where in its instances the code of an iterator keeps addresses.
    fn kept_by_iterator(&self, state: &State, instance: &Desc) -> Vec<u32> {
        let body = instance.destroy.and_then(|destroy| {
            let (identity, abi) = self.ids().proc_key(destroy);
            let identity = identity.strip_prefix("=destroy ")?;
            let id = self.ids().proc(identity, abi);
            state
                .live
                .get(&id)
                .or_else(|| state.removed.get(&id))
                .cloned()
        });
        body.map_or_else(Vec::new, |code| code.text().views_kept_in(instance.size))
    }

    /// Where values are.
    fn guest_memory(&self) -> std::ops::Range<usize> {
        let window = self.runtime.window();
        window.globals().start..window.heap().end
    }

    fn views_of(&self, thread: &ThreadFrames, views: &mut Views) {
        // Innermost first, each with the end of its memory.
        let mut open: Vec<Open> = Vec::new();
        for frame in &thread.frames {
            let Some(code) = self.table.find(frame.pc.wrapping_sub(1)) else {
                continue;
            };
            let site = code.compiled.site_at((frame.pc - 1 - code.address) as u32);
            if code.text().has_views_at(site) {
                let (identity, _) = self.ids().proc_key(code.id());
                let library = ["std/", "system.", "extern "];
                open.push(Open {
                    end: frame.fp,
                    holder: views.holders.len(),
                    of_library: library.iter().any(|start| identity.starts_with(start)),
                });
                views.holders.push(Holder::Frame(Running {
                    code,
                    site,
                    place: self.place_shown(frame.pc),
                    thread: thread.name.clone(),
                    waits: false,
                }));
            }
        }
        let (Some((stack, registers)), Some(outermost)) = (&thread.kept, open.last()) else {
            return;
        };
        let memory = self.guest_memory();
        let end = outermost.end.min(stack.end) & !7;
        // Whoever is called keeps the registers of its callers in its own memory.
        let mut add = |word: usize, place: usize| {
            let holder = holder(&open, place).filter(|_| memory.contains(&word));
            views.words.extend(holder.map(|holder| (word, holder)));
        };
        registers.iter().for_each(|&word| add(word, 0));
        for address in (stack.start.next_multiple_of(8)..end).step_by(8) {
            // SAFETY: the stack is mapped from where its thread stands still, or is in a caller of this, up to its end. Reading volatile, since
            // others may own what is there.
            add(
                unsafe { (address as *const usize).read_volatile() },
                address,
            );
        }
    }
}

/// The offsets of addresses that a value has as such (`ptr`, `pointer`, `cstring`).
fn addresses_in(ids: &Ids, id: DescId, at: u32, found: &mut Vec<u32>) {
    match &ids.desc_of(id).shape {
        Shape::Ptr(_) | Shape::Pointer | Shape::CString => found.push(at),
        Shape::Tuple(fields) | Shape::Union(fields) | Shape::Object { fields, .. } => {
            for field in fields {
                addresses_in(ids, field.desc, at + field.offset, found);
            }
        }
        Shape::Array { elem, len, .. } => {
            let size = ids.desc_of(*elem).size;
            for place in 0..*len as u32 {
                let before = found.len();
                addresses_in(ids, *elem, at + place * size, found);
                if found.len() == before {
                    break;
                }
            }
        }
        _ => {}
    }
}

/// A frame that may go on with addresses.
struct Open {
    /// The end of its memory.
    end: usize,
    holder: usize,
    /// It is of no interest to who reads of it.
    of_library: bool,
}

/// Whose a word at this place may be. Of several that is the innermost one, of the program's own if there is one.
fn holder(open: &[Open], place: usize) -> Option<usize> {
    let open = &open[open.partition_point(|frame| frame.end <= place)..];
    let own = open.iter().find(|frame| !frame.of_library);
    own.or(open.first()).map(|frame| frame.holder)
}
