//! Values into fresh storage.
//!
//! In: the old values of globals, and [rules](super::rules). Out: new values that share nothing with the old ones but
//! objects that no rule touches, each of which gets one reference more. So the old values stay whole until the reload is
//! committed, and whichever side loses is destroyed as any value is, by the destructors of its own version. An object that
//! several references lead to is made once; objects wait in a queue, so that long lists and cycles need no stack.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::memory::{self, seq_header};
use super::rules::{EnumRule, Parts, Rule, RuleId, Rules};
use super::types::Types;
use crate::mir::{Desc, DescField, DescId, ProcId, REF_HEADER, Shape};
use crate::patch::LiveProgram;
use crate::patch::report::GuestError;

/// How deeply values may be nested in one another, references not counted.
const MAX_DEPTH: u32 = 500;

/// Why a value cannot be converted.
pub(super) enum Stop {
    /// In this value.
    Value(String),
    /// The program's own conversion, or what makes a default value, ended with an error.
    Guest(String, GuestError),
    /// A frame would go on with an address in what is given up.
    InUse(String),
    /// Memory is short.
    Memory,
}

/// Old and new storage of a value that the program destroys or copies by itself. Only one of them may be.
pub(super) struct Hooked {
    pub(super) old: (usize, DescId),
    pub(super) new: (usize, DescId),
}

/// An object and what became of it. A reference to the new one is held as long as the reload can be undone.
pub(super) struct Moved {
    pub(super) old: usize,
    pub(super) new: usize,
    /// All references to the old one are from old values.
    pub(super) known: bool,
    /// It only stood for an old layout.
    pub(super) stand_in: bool,
}

/// An object that was made.
pub(super) struct Made {
    pub(super) to: usize,
    /// It stands for an old layout in the program's own conversion.
    pub(super) stand_in: bool,
}

/// An enum of which some value was its first constant, which is gone. The number that such values have got is that of no
/// constant.
struct Doubt {
    desc: DescId,
    stands: i64,
    name: Arc<str>,
}

/// A field, and the type that has it.
type Field = (Arc<str>, DescId);

struct Job {
    from: usize,
    to: usize,
    rule: RuleId,
}

/// A migration that is going on.
pub(super) struct Converter<'a> {
    pub(super) program: &'a LiveProgram,
    pub(super) rules: Rules<'a>,
    pub(super) made: FxHashMap<(usize, DescId), Made>,
    queue: Vec<Job>,
    /// References to objects that somebody else owns, who may be met later.
    pub(super) cursors: Vec<super::cursors::Looks>,
    /// Objects that became values.
    pub(super) opened: Vec<(usize, DescId)>,
    /// Objects that are the same in both versions.
    pub(super) shared: FxHashSet<usize>,
    /// The program's own conversions, which run when everything else is in place.
    waiting: Vec<Job>,
    /// The program's `migrated` procs, which run after that.
    last: Vec<(ProcId, (usize, DescId))>,
    late: bool,
    depth: u32,
    /// How many values around have a `migrated` that may still take out what is in no use.
    tolerant: u32,
    doubts: Vec<Doubt>,
    pub(super) hooked: Vec<Hooked>,
}

pub(super) type Done = Result<(), Stop>;

impl<'a> Converter<'a> {
    pub(super) fn new(program: &'a LiveProgram, types: &'a Types) -> Converter<'a> {
        Converter {
            program,
            rules: Rules::new(program.ids(), types),
            made: FxHashMap::default(),
            queue: Vec::new(),
            cursors: Vec::new(),
            opened: Vec::new(),
            shared: FxHashSet::default(),
            waiting: Vec::new(),
            last: Vec::new(),
            late: false,
            depth: 0,
            tolerant: 0,
            doubts: Vec::new(),
            hooked: Vec::new(),
        }
    }

    pub(super) fn desc(&self, id: DescId) -> std::sync::Arc<Desc> {
        self.program.ids().desc_of(id)
    }

    /// Converts a value, and everything that it leads to, into zeroed storage.
    pub(super) fn value(
        &mut self,
        (from, old): (usize, DescId),
        (to, new): (usize, DescId),
    ) -> Done {
        let rule = self
            .rules
            .find(old, new)
            .map_err(|why| Stop::Value(why.to_string()))?;
        self.convert(rule, from, to)?;
        self.drain()
    }

    /// Runs the program's own conversions.
    pub(super) fn finish(&mut self) -> Done {
        self.late = true;
        self.resolve_cursors()?;
        for job in std::mem::take(&mut self.waiting) {
            self.own_conversion(&job)?;
            self.resolve_cursors()?;
        }
        Ok(())
    }

    /// What the program's `migrated` procs are to look at, nested values first.
    pub(super) fn take_last(&mut self) -> Vec<(ProcId, (usize, DescId))> {
        std::mem::take(&mut self.last)
    }

    /// How many references there are to each object among the old values: these globals, and the objects that became others.
    pub(super) fn count(&self, globals: Vec<(DescId, usize)>) -> FxHashMap<usize, i64> {
        let ids = self.program.ids();
        let mut counts: FxHashMap<usize, i64> = FxHashMap::default();
        let old: FxHashSet<usize> = self.made.keys().map(|key| key.0).collect();
        let mut work = globals;
        work.extend(
            old.into_iter()
                .filter_map(|object| memory::dynamic_type(object).map(|desc| (desc.id, object))),
        );
        while let Some((id, at)) = work.pop() {
            let desc = self.desc(id);
            if desc.destroy.is_none() {
                continue;
            }
            match &desc.shape {
                Shape::Ref(_) => *counts.entry(memory::word(at)).or_default() += 1,
                _ => memory::each_part(ids, id, at, &mut |part, at| work.push((part, at))),
            }
        }
        counts
    }

    /// All objects that were made.
    pub(super) fn moved(&self, counts: &FxHashMap<usize, i64>) -> Vec<Moved> {
        let count = |object| counts.get(&object).copied().unwrap_or(0);
        let moved = |(&(old, _), made): (&(usize, DescId), &Made)| Moved {
            old,
            new: made.to,
            known: !made.stand_in && memory::references(old) == count(old),
            stand_in: made.stand_in,
        };
        self.made.iter().map(moved).collect()
    }

    /// Types of objects that something else refers to, and how many such references there are.
    pub(super) fn unknown_references(
        &self,
        counts: &FxHashMap<usize, i64>,
    ) -> Vec<(std::sync::Arc<str>, i64)> {
        let mut unknown: FxHashMap<std::sync::Arc<str>, i64> = FxHashMap::default();
        for ((from, to), _) in self.made.iter().filter(|(_, made)| !made.stand_in) {
            let missing = memory::references(*from) - counts.get(from).copied().unwrap_or(0);
            if missing > 0 {
                *unknown.entry(self.desc(*to).name.clone()).or_default() += missing;
            }
        }
        let mut unknown: Vec<_> = unknown.into_iter().collect();
        unknown.sort();
        unknown
    }

    fn drain(&mut self) -> Done {
        while let Some(job) = self.queue.pop() {
            self.convert(job.rule, job.from, job.to)?;
        }
        Ok(())
    }

    pub(super) fn allocate(&self, size: usize) -> Result<usize, Stop> {
        match self.program.runtime.heap().allocate(size) {
            0 => Err(Stop::Memory),
            block => Ok(block),
        }
    }

    fn convert(&mut self, rule: RuleId, from: usize, to: usize) -> Done {
        self.nested(|converter| converter.convert_inner(rule, from, to))
    }

    /// Values can be nested in sequences as deeply as a program likes; the stack is not endless.
    pub(super) fn nested(&mut self, work: impl FnOnce(&mut Self) -> Done) -> Done {
        if self.depth >= MAX_DEPTH {
            return Err(Stop::Value("is nested too deeply".into()));
        }
        self.depth += 1;
        let done = work(self);
        self.depth -= 1;
        done
    }

    fn convert_inner(&mut self, rule: RuleId, from: usize, to: usize) -> Done {
        match &*self.rules.get(rule) {
            Rule::Pending => return Err(Stop::Value("has no end".into())),
            Rule::Copy(desc) => self.copy(*desc, from, to)?,
            Rule::Int {
                signed,
                from: size,
                to: now,
            } => {
                memory::set_int(to, *now, memory::int(from, *size, *signed));
            }
            Rule::Float => memory::widen_float(from, to),
            Rule::Enum(rule) => {
                let value = memory::ordinal(&self.desc(rule.from), from);
                let value = match self.doubt(rule, value) {
                    Some(stands) => stands,
                    None => self.constant(rule, value)?,
                };
                memory::set_int(to, self.desc(rule.to).size, value);
            }
            Rule::Set {
                rule,
                low,
                new_low,
                bytes,
                new_bytes,
                bits,
            } => {
                for bit in 0..i64::from(*bytes) * 8 {
                    if memory::int(from + bit as usize / 8, 1, false) >> (bit % 8) & 1 == 0 {
                        continue;
                    }
                    let value = match rule {
                        Some(rule) => self.constant(rule, low + bit)?,
                        None => low + bit,
                    };
                    let place = value - new_low;
                    if place < 0 || place >= *bits || place / 8 >= i64::from(*new_bytes) {
                        return Err(Stop::Value(format!(
                            "holds the element {value}, for which the new set has no place"
                        )));
                    }
                    let at = to + place as usize / 8;
                    memory::set_int(at, 1, memory::int(at, 1, false) | 1 << (place % 8));
                }
            }
            Rule::Address { what } => match memory::word(from) {
                0 => {}
                _ => {
                    return Err(Stop::Value(format!(
                        "holds the address of a `{}`, which has another layout now; \
                         memory behind a `ptr` is not converted",
                        self.desc(*what).name
                    )));
                }
            },
            Rule::Cursor { to: desc, owns } => match memory::word(from) {
                0 => {}
                object => self.cursors.push(super::cursors::Looks {
                    object,
                    at: to,
                    desc: *desc,
                    owns: *owns,
                }),
            },
            Rule::View { what } => self.view(*what, from)?,
            Rule::Seq {
                elem,
                from: old,
                to: new,
            } => self.sequence(*elem, (from, *old), (to, *new))?,
            Rule::Array {
                elem,
                places,
                len,
                from: old,
                to: new,
            } => {
                let (old, size) = (self.desc(*old).size as usize, self.desc(*new).size as usize);
                for &(a, b) in places {
                    self.convert(*elem, from + a as usize * old, to + b as usize * size)?;
                }
                for gap in (0..*len).filter(|at| places.iter().all(|place| place.1 != *at)) {
                    self.fresh(*new, to + gap as usize * size)?;
                }
            }
            Rule::Ref { from: old, to: new } => self.reference((from, *old), (to, *new))?,
            Rule::Boxed { to: desc, rule } => {
                let object = self.object(*desc)?;
                memory::set_word(to, object);
                self.queue.push(Job {
                    from,
                    to: object,
                    rule: *rule,
                });
            }
            Rule::Unboxed { from: desc, rule } => self.unbox(*rule, (from, *desc), to)?,
            Rule::Parts(parts) => {
                let tolerant = u32::from(parts.migrated.is_some());
                self.tolerant += tolerant;
                let done = self.parts(parts, from, to);
                self.tolerant -= tolerant;
                done?;
                if parts.hooked {
                    let (old, new) = ((from, parts.from), (to, parts.to));
                    self.hooked.push(Hooked { old, new });
                }
                if let Some(proc) = parts.migrated {
                    self.last.push((proc, (to, parts.to)));
                }
                if parts.hook.is_some() {
                    let job = Job { from, to, rule };
                    match self.late {
                        true => self.own_conversion(&job)?,
                        false => self.waiting.push(job),
                    }
                }
            }
        }
        Ok(())
    }

    /// Where a container says what of its storage is in use, a zero may be nothing at all. It gets a number that shows
    /// whether it is still there in the end.
    fn doubt(&mut self, rule: &EnumRule, value: i64) -> Option<i64> {
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
    pub(super) fn settle_global(&self, global: (DescId, usize)) -> Done {
        self.settle(std::iter::once(global))
    }

    /// The same for the objects that were made.
    pub(super) fn settle_objects(&self) -> Done {
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
                    let fields = super::rules::flatten(ids, id);
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

    fn constant(&self, rule: &EnumRule, value: i64) -> Result<i64, Stop> {
        if let Some((_, name)) = rule.gone.iter().find(|gone| gone.0 == value) {
            let name_of = self.desc(rule.to).name.clone();
            return Err(Stop::Value(is_gone(name, &name_of)));
        }
        let known = rule.values.iter().find(|known| known.0 == value);
        Ok(known.map_or(value, |known| known.1))
    }

    fn sequence(
        &mut self,
        elem: RuleId,
        (from, old): (usize, DescId),
        (to, new): (usize, DescId),
    ) -> Done {
        let (len, payload) = (memory::word(from), memory::word(from + 8));
        if len == 0 || payload == 0 {
            return Ok(());
        }
        let (old, new) = (self.desc(old), self.desc(new));
        let (first, header) = (payload + seq_header(old.align), seq_header(new.align));
        let fresh = self.allocate(header + len * new.size as usize)?;
        memory::set_word(fresh, len);
        // The elements are zero, so the whole can be destroyed at any time.
        memory::set_word(to + 8, fresh);
        memory::set_word(to, len);
        for at in 0..len {
            let (a, b) = (at * old.size as usize, at * new.size as usize);
            self.convert(elem, first + a, fresh + header + b)?;
        }
        Ok(())
    }

    fn reference(&mut self, (from, old): (usize, DescId), (to, new): (usize, DescId)) -> Done {
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
        if !stand_in && !retyped && !self.rules.types.is_affected(ids, dynamic) {
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
    fn unbox(&mut self, rule: RuleId, (from, desc): (usize, DescId), to: usize) -> Done {
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
    fn object(&self, desc: DescId) -> Result<usize, Stop> {
        let header = REF_HEADER as usize;
        let object = self.allocate(header + self.desc(desc).size as usize)? + header;
        memory::set_word(object - 8, self.descriptor(desc)?);
        self.types_in(desc, object)?;
        Ok(object)
    }

    pub(super) fn descriptor(&self, desc: DescId) -> Result<usize, Stop> {
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

    fn parts(&mut self, parts: &Parts, from: usize, to: usize) -> Done {
        let mut made = Vec::new();
        let done = self.fields(parts, from, to, &mut made);
        for default in made {
            self.destroy(parts.to, default.address());
        }
        done
    }

    fn fields(&mut self, parts: &Parts, from: usize, to: usize, made: &mut Vec<Scratch>) -> Done {
        if parts.rtti {
            memory::set_word(to, self.descriptor(parts.to)?);
        }
        for (at, field) in parts.new.iter().enumerate() {
            if !self.is_active(&parts.new, at, to) {
                continue;
            }
            let place = to + field.offset as usize;
            if let Some((source, rule)) = parts.sources[at]
                && self.is_active(&parts.old, source, from)
            {
                let offset = parts.old[source].offset as usize;
                self.convert(rule, from + offset, place)
                    .map_err(|stop| within(stop, &field.name, &self.desc(parts.to).name))?;
                continue;
            }
            let size = self.desc(field.desc).size as usize;
            match self.declared_default(parts, at, made)? {
                // A value may be moved by its bytes.
                Some(given) if !memory::is_zero(given, size) => {
                    memory::copy(given, place, size);
                    memory::zero(given, size);
                }
                _ => self.fresh(field.desc, place)?,
            }
        }
        Ok(())
    }

    pub(super) fn is_active(&self, fields: &[DescField], at: usize, base: usize) -> bool {
        memory::is_active(self.program.ids(), fields, at, base)
    }

    /// The program's own conversion of a value: `migrate(old, new)`.
    fn own_conversion(&mut self, job: &Job) -> Done {
        let rule = self.rules.get(job.rule);
        let Rule::Parts(Parts {
            hook: Some((stand_in, how, proc)),
            to,
            ..
        }) = &*rule
        else {
            return Ok(());
        };
        let old = Scratch::new(self.desc(*stand_in).size as usize);
        let made = self
            .convert(*how, job.from, old.address())
            .and_then(|()| self.drain());
        let done = made.and_then(|()| {
            let args = [old.address() as u64, job.to as u64];
            self.program.call_plain(*proc, &args).map_err(|error| {
                Stop::Guest(format!("`migrate` for `{}`", self.desc(*to).name), error)
            })
        });
        self.destroy(*stand_in, old.address());
        done
    }

    /// Destroys a value that nobody wants. An error of its destructor has nobody to go to.
    fn destroy(&self, desc: DescId, at: usize) {
        if let Some(destroy) = self.desc(desc).destroy {
            let _ = self.program.call_plain(destroy, &[at as u64]);
        }
    }
}

/// A value is a constant that the new version does not have.
fn is_gone(constant: &str, of: &str) -> String {
    format!("is `{constant}`, which `{of}` does not have any more")
}

/// Where in a value the conversion stopped.
fn within(stop: Stop, field: &str, owner: &str) -> Stop {
    match stop {
        Stop::Value(why) if !why.contains("field `") => {
            Stop::Value(format!("field `{field}` of `{owner}` {why}"))
        }
        other => other,
    }
}

/// Zeroed storage outside of the guest's heap, aligned to 16.
pub(super) struct Scratch {
    /// Never touched by name: whoever has the address does.
    _storage: Vec<u128>,
    address: usize,
}

impl Scratch {
    pub(super) fn new(size: usize) -> Scratch {
        let mut storage = vec![0u128; size.div_ceil(16).max(1)];
        Scratch {
            address: storage.as_mut_ptr() as usize,
            _storage: storage,
        }
    }

    pub(super) fn address(&self) -> usize {
        self.address
    }
}
