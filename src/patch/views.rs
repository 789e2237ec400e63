//! Addresses that live frames have in memory that a reload is going to give up: a `var` parameter, the element that a loop is at, a text
//! that was passed without being copied.
//!
//! In: the stacks of all threads that stand in the program, what closures have captured and iterators go on with, and areas of old values.
//! Out: who has an address in one. What a type
//! says is not enough: a frame with a `var int` knows nothing of the object whose field that is. So it is looked for in what there is:
//! in the words of a frame that, where it stands, can be [addresses of others'](crate::mir::Proc::views_at) with which it goes on. Compiled
//! code keeps the registers among them [in memory too](crate::jit::FrameMap).

#![allow(unsafe_code)] // reads stacks word by word

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::jit::FrameMap;
use crate::mir::{Desc, DescId, Ids, KeptViews, Shape, Site, ViewsAt};
use crate::runtime::threads::Stopped;
use crate::runtime::{Context, ThreadFrames};

use super::code::Placed;
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
            let kept = match is_iterator {
                true => self.kept_by_iterator(state, &desc),
                false => KeptViews::default(),
            };
            if !offsets.is_empty() || !kept.anywhere.is_empty() {
                addresses.insert(address);
                places.insert(address, (desc.name.clone(), offsets, kept));
            }
        }
        if addresses.is_empty() {
            return;
        }
        let memory = self.guest_memory();
        self.runtime.heap().objects_of(&addresses, |object| {
            let (name, offsets, kept) = &places[&memory::word(object - 8)];
            let holder = views.holders.len();
            let word = |at: u32| memory::word(object + at as usize);
            let offsets = offsets.iter().copied().chain(kept.of(word));
            let words = offsets.map(word).filter(|word| memory.contains(word));
            views.words.extend(words.map(|word| (word, holder)));
            views.holders.push(Holder::Heap(name.clone()));
        });
    }

    /// Where in its instances the code of an iterator keeps addresses.
    fn kept_by_iterator(&self, state: &State, instance: &Desc) -> KeptViews {
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
        body.map_or_else(KeptViews::default, |code| {
            code.text().views_kept_in(instance.size)
        })
    }

    /// Where values are.
    fn guest_memory(&self) -> std::ops::Range<usize> {
        let window = self.runtime.window();
        window.globals().start..window.heap().end
    }

    fn views_of(&self, thread: &ThreadFrames, views: &mut Views) {
        let memory = self.guest_memory();
        let mut known: FxHashMap<usize, ViewsAt> = FxHashMap::default();
        // What the library has on behalf of somebody is told of him.
        let mut own: Option<(Arc<Placed>, usize)> = None;
        for frame in thread.frames.iter().rev() {
            let Some(code) = self.table.find(frame.pc.wrapping_sub(1)) else {
                continue;
            };
            let at = known
                .entry(frame.pc)
                .or_insert_with(|| code.text().views_at(site_of(&code, frame.pc)));
            let words = words_of(&code.compiled.frame, frame.fp, at);
            let holder = views.holders.len();
            let before = views.words.len();
            let words = words.filter(|word| memory.contains(word));
            views.words.extend(words.map(|word| (word, holder)));
            if own.is_none() || !self.is_of_library(&code) {
                own = Some((code, frame.pc));
            }
            if views.words.len() > before
                && let Some((code, pc)) = own.clone()
            {
                views.holders.push(Holder::Frame(Running {
                    site: site_of(&code, pc),
                    code,
                    place: self.place_shown(pc),
                    thread: thread.name.clone(),
                    waits: false,
                }));
            }
        }
    }

    /// Is it of no interest to who reads of it?
    fn is_of_library(&self, code: &Placed) -> bool {
        let (identity, _) = self.ids().proc_key(code.id());
        let library = ["std/", "system.", "extern "];
        library.iter().any(|start| identity.starts_with(start))
    }
}

/// The place in its proc where code goes on.
fn site_of(code: &Placed, pc: usize) -> Option<Site> {
    code.compiled.site_at((pc - 1 - code.address) as u32)
}

/// What a frame has there.
fn words_of<'a>(
    map: &'a FrameMap,
    fp: usize,
    at: &'a ViewsAt,
) -> impl Iterator<Item = usize> + use<'a> {
    let homes = at.regs.iter().filter_map(|&reg| map.home(reg));
    let slots = at.words.iter();
    let slots = slots.filter_map(|&(slot, at)| Some(map.slot(slot)? + at as i32));
    homes.chain(slots).map(move |offset| {
        let address = fp.wrapping_add_signed(offset as isize) as *const usize;
        // SAFETY: the frame is live and in a call, its thread stands still or is in a caller of this, and the compiler has said that this is
        // memory of it. Slots are aligned for words. Volatile, since others may own what is there.
        unsafe { address.read_volatile() }
    })
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
