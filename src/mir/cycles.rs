//! Finding cycles of references that nothing outside of them refers to.
//!
//! In: a heap whose objects have counts and descriptors, and candidates: objects that gave up a reference and lived on.
//! Out: the objects that only each other keep alive. It is trial deletion (Christopher 1984; Bacon and Rajan 2001),
//! with what is counted in a table of its own, so that nothing changes until everything is known: an object reached
//! from the candidates whose count is larger than the number of references among those reached lives, with all that it
//! reaches; the rest is garbage.
//!
//! References are found through the descriptors. What they do not show (memory behind a `ptr`, the instances of
//! iterators) counts as outside, so that it may keep a cycle but never lose one. Runs no code and frees nothing: the
//! runtime and the interpreter do, each in its way.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{DescField, DescId, Ids, Shape};

/// Bit of a reference count: the object is among the candidates.
pub const RC_CANDIDATE: i64 = 1;
/// Bit of a reference count: no cycle can go through the object, by its type.
pub const RC_ACYCLIC: i64 = 2;

/// How many candidates there may be before cycles are first looked for.
const FIRST_THRESHOLD: usize = 128;

/// Objects in memory.
pub trait Objects {
    /// The unsigned value of `size` bytes (1, 2, 4 or 8).
    fn load(&self, address: u64, size: u32) -> u64;
    /// An object's dynamic type.
    fn desc_of(&self, object: u64) -> Option<DescId>;
    /// How many references there are to an object.
    fn references(&self, object: u64) -> u64;
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Garbage {
    /// The objects, in the order in which they are to be destroyed.
    pub objects: Vec<u64>,
    /// Where references among them stand: to be cleared first, so that each is destroyed once.
    pub slots: Vec<u64>,
    /// How many objects were looked at.
    pub visited: usize,
}

/// Objects that may be part of a cycle, and when to look.
#[derive(Debug)]
pub struct Candidates {
    objects: Vec<u64>,
    places: FxHashMap<u64, usize>,
    threshold: usize,
}

impl Default for Candidates {
    fn default() -> Candidates {
        Candidates {
            objects: Vec::new(),
            places: FxHashMap::default(),
            threshold: FIRST_THRESHOLD,
        }
    }
}

impl Candidates {
    /// Adds an object that is not among them.
    pub fn add(&mut self, object: u64) {
        self.places.insert(object, self.objects.len());
        self.objects.push(object);
    }

    /// The object is about to be freed.
    pub fn remove(&mut self, object: u64) {
        if let Some(place) = self.places.remove(&object) {
            self.objects.swap_remove(place);
            if let Some(&moved) = self.objects.get(place) {
                self.places.insert(moved, place);
            }
        }
    }

    /// Is it time to look for cycles?
    pub fn due(&self) -> bool {
        self.objects.len() >= self.threshold
    }

    /// All of them, which are none any more.
    pub fn take(&mut self) -> Vec<u64> {
        self.places.clear();
        std::mem::take(&mut self.objects)
    }

    /// Adapts to what was found: the less, the longer the next search waits, so that searching costs no more than a
    /// constant time for each candidate.
    pub fn learn(&mut self, garbage: &Garbage) {
        if garbage.objects.len() * 2 < garbage.visited {
            let grown = self.threshold + self.threshold / 2;
            self.threshold = grown.max(garbage.visited / 2);
        } else {
            self.threshold = (self.threshold / 3 * 2).max(FIRST_THRESHOLD);
        }
    }
}

/// A step in looking through a value.
#[derive(Debug)]
enum Step {
    /// A reference, at this offset.
    Ref(u64),
    /// The elements of a `seq`.
    Seq(u64, DescId),
    /// So many elements of this size.
    Array(u64, u64, u64, Arc<[Step]>),
    /// A branch of a variant, which is there while the value of the discriminator (offset, size) is one of these.
    Branch(u64, u32, Vec<u64>, Arc<[Step]>),
}

/// Looks through objects by their descriptors.
#[derive(Default)]
pub struct Tracer {
    plans: FxHashMap<DescId, Arc<[Step]>>,
    cyclic: FxHashMap<DescId, bool>,
}

impl Tracer {
    /// Can a cycle go through an object of this type?
    pub fn may_cycle(&mut self, ids: &Ids, desc: DescId) -> bool {
        if let Some(&known) = self.cyclic.get(&desc) {
            return known;
        }
        let found = self.reaches_itself(ids, desc);
        self.cyclic.insert(desc, found);
        found
    }

    fn reaches_itself(&self, ids: &Ids, of: DescId) -> bool {
        let mut seen = FxHashSet::default();
        let mut open = vec![of];
        while let Some(desc) = open.pop() {
            let Some(body) = ids.known_desc(desc) else {
                return true;
            };
            if body.acyclic {
                continue;
            }
            let mut next = Vec::new();
            match &body.shape {
                Shape::Closure => return true,
                // An heir may have anything.
                Shape::Object { rtti: true, .. } => return true,
                Shape::Object { base, fields, .. } => {
                    next.extend(*base);
                    next.extend(fields.iter().map(|field| field.desc));
                }
                Shape::Tuple(fields) => next.extend(fields.iter().map(|field| field.desc)),
                Shape::Seq(elem) | Shape::Array { elem, .. } | Shape::Ref(elem) => next.push(*elem),
                _ => {}
            }
            if next.contains(&of) {
                return true;
            }
            open.extend(next.into_iter().filter(|&desc| seen.insert(desc)));
        }
        false
    }

    fn plan(&mut self, ids: &Ids, desc: DescId) -> Arc<[Step]> {
        if let Some(known) = self.plans.get(&desc) {
            return known.clone();
        }
        let mut steps = Vec::new();
        self.steps(ids, desc, 0, &mut steps);
        let plan: Arc<[Step]> = steps.into();
        self.plans.insert(desc, plan.clone());
        plan
    }

    fn steps(&mut self, ids: &Ids, desc: DescId, at: u64, out: &mut Vec<Step>) {
        let Some(body) = ids.known_desc(desc) else {
            return;
        };
        if body.acyclic {
            return;
        }
        match &body.shape {
            Shape::Ref(inner) if self.may_cycle(ids, *inner) => out.push(Step::Ref(at)),
            Shape::Closure => out.push(Step::Ref(at + 8)),
            Shape::Seq(elem) => out.push(Step::Seq(at, *elem)),
            Shape::Array { elem, len, .. } => {
                let plan = self.plan(ids, *elem);
                let size = ids.known_desc(*elem).map_or(0, |elem| u64::from(elem.size));
                if !plan.is_empty() && *len > 0 {
                    out.push(Step::Array(at, *len, size, plan));
                }
            }
            Shape::Tuple(fields) => self.fields(ids, fields, None, at, out),
            Shape::Object { base, fields, .. } => {
                if let Some(base) = base {
                    self.steps(ids, *base, at, out);
                }
                self.fields(ids, fields, None, at, out);
            }
            _ => {}
        }
    }

    /// The fields that hang on one discriminator, or on none.
    fn fields(
        &mut self,
        ids: &Ids,
        fields: &[DescField],
        of: Option<u32>,
        at: u64,
        out: &mut Vec<Step>,
    ) {
        for (index, field) in (0u32..).zip(fields) {
            if field.when.as_ref().map(|(of, _)| *of) != of {
                continue;
            }
            let start = out.len();
            self.steps(ids, field.desc, at + u64::from(field.offset), out);
            if fields
                .iter()
                .any(|f| f.when.as_ref().is_some_and(|(of, _)| *of == index))
            {
                self.fields(ids, fields, Some(index), at, out);
            }
            let Some((discriminator, values)) = &field.when else {
                continue;
            };
            let inner: Vec<Step> = out.drain(start..).collect();
            let discriminator = &fields[*discriminator as usize];
            let size = ids.known_desc(discriminator.desc).map_or(1, |d| d.size);
            if !inner.is_empty() {
                let mask = u64::MAX >> (64 - 8 * size.clamp(1, 8));
                let values = values.iter().map(|&value| value as u64 & mask).collect();
                let offset = at + u64::from(discriminator.offset);
                out.push(Step::Branch(offset, size, values, inner.into()));
            }
        }
    }

    fn look(
        &mut self,
        ids: &Ids,
        heap: &dyn Objects,
        steps: &[Step],
        at: u64,
        found: &mut Vec<u64>,
    ) {
        for step in steps {
            match step {
                Step::Ref(offset) => found.push(at + offset),
                Step::Seq(offset, elem) => {
                    let plan = self.plan(ids, *elem);
                    let payload = heap.load(at + offset + 8, 8);
                    let Some(elem) = ids.known_desc(*elem).filter(|_| !plan.is_empty()) else {
                        continue;
                    };
                    if payload == 0 {
                        continue;
                    }
                    let first = payload + 8u64.next_multiple_of(u64::from(elem.align.max(1)));
                    for i in 0..heap.load(at + offset, 8) {
                        self.look(ids, heap, &plan, first + i * u64::from(elem.size), found);
                    }
                }
                Step::Array(offset, len, size, plan) => {
                    for i in 0..*len {
                        self.look(ids, heap, plan, at + offset + i * size, found);
                    }
                }
                Step::Branch(offset, size, values, plan) => {
                    if values.contains(&heap.load(at + offset, *size)) {
                        self.look(ids, heap, plan, at, found);
                    }
                }
            }
        }
    }

    /// The garbage among what can be reached from the candidates.
    pub fn find(&mut self, ids: &Ids, heap: &dyn Objects, candidates: &[u64]) -> Garbage {
        let mut graph = Graph::default();
        for &object in candidates {
            graph.number(heap, object);
        }
        let mut at = 0;
        while at < graph.nodes.len() {
            let object = graph.nodes[at].object;
            let start = graph.slots.len();
            if let Some(desc) = heap.desc_of(object) {
                let plan = self.plan(ids, desc);
                self.look(ids, heap, &plan, object, &mut graph.slots);
            }
            for slot in start..graph.slots.len() {
                let target = heap.load(graph.slots[slot], 8);
                let number = (target != 0).then(|| graph.number(heap, target));
                if let Some(number) = number {
                    graph.nodes[number].inner += 1;
                }
                graph.targets.push(number);
            }
            graph.nodes[at].slots = start..graph.slots.len();
            at += 1;
        }
        graph.mark_live();
        graph.garbage(candidates.len())
    }
}

struct Node {
    object: u64,
    /// All references to it, and those from objects that were reached.
    references: u64,
    inner: u64,
    /// Where its references stand, in `Graph::slots`.
    slots: std::ops::Range<usize>,
    done: bool,
}

/// What can be reached.
#[derive(Default)]
struct Graph {
    nodes: Vec<Node>,
    numbers: FxHashMap<u64, usize>,
    slots: Vec<u64>,
    /// What each slot refers to.
    targets: Vec<Option<usize>>,
}

impl Graph {
    fn number(&mut self, heap: &dyn Objects, object: u64) -> usize {
        *self.numbers.entry(object).or_insert_with(|| {
            self.nodes.push(Node {
                object,
                references: heap.references(object),
                inner: 0,
                slots: 0..0,
                done: false,
            });
            self.nodes.len() - 1
        })
    }

    fn mark_live(&mut self) {
        let outside = |node: &Node| node.references > node.inner;
        let mut open: Vec<usize> = (0..self.nodes.len())
            .filter(|&i| outside(&self.nodes[i]))
            .collect();
        while let Some(number) = open.pop() {
            if !std::mem::replace(&mut self.nodes[number].done, true) {
                let slots = self.nodes[number].slots.clone();
                open.extend(self.targets[slots].iter().flatten());
            }
        }
    }

    /// The rest, depth first from each candidate, as Nim destroys it. The candidates are the first nodes.
    fn garbage(mut self, candidates: usize) -> Garbage {
        let mut garbage = Garbage {
            visited: self.nodes.len(),
            ..Garbage::default()
        };
        for root in 0..candidates.min(self.nodes.len()) {
            let mut open = vec![root];
            while let Some(number) = open.pop() {
                if std::mem::replace(&mut self.nodes[number].done, true) {
                    continue;
                }
                garbage.objects.push(self.nodes[number].object);
                for slot in self.nodes[number].slots.clone() {
                    let Some(target) = self.targets[slot] else {
                        continue;
                    };
                    garbage.slots.push(self.slots[slot]);
                    open.push(target);
                }
            }
        }
        // References to what lives on are given up by the destructors.
        let dead: FxHashSet<u64> = garbage.objects.iter().copied().collect();
        let (slots, targets, nodes) = (&self.slots, &self.targets, &self.nodes);
        let inner: FxHashSet<u64> = slots
            .iter()
            .zip(targets)
            .filter(|(_, target)| target.is_some_and(|t| dead.contains(&nodes[t].object)))
            .map(|(&slot, _)| slot)
            .collect();
        garbage.slots.retain(|slot| inner.contains(slot));
        garbage
    }
}
