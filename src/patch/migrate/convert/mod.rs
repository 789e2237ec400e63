//! Values into fresh storage.
//!
//! In: the old values of globals, and [rules](super::rules). Out: new values that share nothing with the old ones but
//! objects that no rule touches, each of which gets one reference more. So the old values stay whole until the reload is
//! committed, and whichever side loses is destroyed as any value is, by the destructors of its own version. An object that
//! several references lead to is made once; objects wait in a queue, so that long lists and cycles need no stack.

mod constants;
mod references;

use rustc_hash::{FxHashMap, FxHashSet};

use self::constants::Doubt;
use super::memory::{self, seq_header};
use super::rules::{Parts, Rule, RuleId, Rules};
use super::types::Types;
use crate::mir::{Desc, DescField, DescId, ProcId, Shape};
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
            Rule::Set(rule) => self.set(rule, from, to)?,
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
            } => self.array(*elem, (places, *len), (from, *old), (to, *new))?,
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

    /// An array, whose elements have moved as `places` says. The others are new.
    fn array(
        &mut self,
        elem: RuleId,
        (places, len): (&[(u64, u64)], u64),
        (from, old): (usize, DescId),
        (to, new): (usize, DescId),
    ) -> Done {
        let (old, size) = (self.desc(old).size as usize, self.desc(new).size as usize);
        for &(a, b) in places {
            self.convert(elem, from + a as usize * old, to + b as usize * size)?;
        }
        for gap in (0..len).filter(|at| places.iter().all(|place| place.1 != *at)) {
            self.fresh(new, to + gap as usize * size)?;
        }
        Ok(())
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
