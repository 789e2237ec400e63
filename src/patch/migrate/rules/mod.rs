//! How values of one type become values of another, worked out from descriptors. Pure.
//!
//! In: pairs of descriptors. Out: [`Rule`]s, made once for each pair, and for every pair that has none the reason, with the
//! field and both versions. Nominal types become nothing but later versions of themselves; structural ones go part by
//! part. Fields are matched by name over all levels of inheritance, enums by the names of their constants, numbers only get
//! wider. What only a value can tell (a constant that is gone, a pointer that is not nil) is left to the conversion.

mod same;

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::describe::{holds_less, is_another};
use super::types::Types;
use crate::mir::{Desc, DescField, DescId, Ids, ProcId, Shape};

/// A rule by its number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct RuleId(u32);

/// How a value is converted. `None` where only a default is left, because the program converts the whole by itself.
pub(super) enum Rule {
    /// It is being worked out: the type is recursive.
    Pending,
    /// A copy as any other: nothing in it changes.
    Copy(DescId),
    /// Sign or zero extension.
    Int { signed: bool, from: u32, to: u32 },
    /// `float32` to `float`.
    Float,
    /// By the names of the constants; a value that has no constant stays as it is.
    Enum(EnumRule),
    /// A bit set, element by element.
    Set(SetRule),
    /// An address that owns nothing and refers to what may be laid out otherwise: only nil goes.
    Address { what: DescId },
    /// A reference to objects of these types that does not own, before or after.
    Cursor { to: DescId, owns: bool },
    /// A part of somebody else's value: only an empty one goes.
    View { what: DescId },
    /// A `seq`.
    Seq {
        elem: RuleId,
        from: DescId,
        to: DescId,
    },
    /// An array: pairs of places in the old and the new one.
    Array {
        elem: RuleId,
        places: Vec<(u64, u64)>,
        /// Elements of the new one.
        len: u64,
        from: DescId,
        to: DescId,
    },
    /// A reference: the object decides.
    Ref { from: DescId, to: DescId },
    /// An object becomes one that is referred to.
    Boxed { to: DescId, rule: RuleId },
    /// The other way round.
    Unboxed { from: DescId, rule: RuleId },
    /// An object or tuple.
    Parts(Parts),
}

/// Enum values by number.
#[derive(Clone)]
pub(super) struct EnumRule {
    pub(super) from: DescId,
    pub(super) to: DescId,
    pub(super) values: Vec<(i64, i64)>,
    /// Constants that are gone.
    pub(super) gone: Vec<(i64, Arc<str>)>,
}

/// The elements of a set: their constants, where it has any, the number of the first bit and the size, before and after.
pub(super) struct SetRule {
    pub(super) constants: Option<EnumRule>,
    pub(super) low: i64,
    pub(super) new_low: i64,
    pub(super) bytes: u32,
    pub(super) new_bytes: u32,
}

/// The parts of an object or tuple.
pub(super) struct Parts {
    pub(super) from: DescId,
    pub(super) to: DescId,
    /// The fields of both, of all levels of inheritance, base first.
    pub(super) old: Vec<DescField>,
    pub(super) new: Vec<DescField>,
    /// For each new field: the old one and how to convert it, or `None`: it gets its default.
    pub(super) sources: Vec<Option<(usize, RuleId)>>,
    pub(super) rtti: bool,
    /// Make default values of the type, with one branch or another of a variant.
    pub(super) defaults: Vec<ProcId>,
    /// The program's own conversion: what stands for the old layout, how to make it, and the proc.
    pub(super) hook: Option<(DescId, RuleId, ProcId)>,
    /// The program's proc that looks at the new value when everything else is done.
    pub(super) migrated: Option<ProcId>,
    /// Values that the program copies and destroys by itself.
    pub(super) hooked: bool,
}

/// The rules of one migration.
pub(super) struct Rules<'a> {
    pub(super) ids: &'a Ids,
    pub(super) types: &'a Types,
    rules: Vec<Rc<Rule>>,
    /// By the two types, and whether the new one only stands for an old layout.
    known: FxHashMap<(DescId, DescId, bool), Result<RuleId, Arc<str>>>,
    /// Objects and tuples that the program does not convert by itself.
    pub(super) unhelped: Vec<(DescId, DescId)>,
    /// Instances of generic types that become instances with other arguments.
    pub(super) instances: FxHashSet<(DescId, DescId)>,
}

type Found = Result<RuleId, Arc<str>>;

impl<'a> Rules<'a> {
    pub(super) fn new(ids: &'a Ids, types: &'a Types) -> Rules<'a> {
        Rules {
            ids,
            types,
            rules: Vec::new(),
            known: FxHashMap::default(),
            unhelped: Vec::new(),
            instances: FxHashSet::default(),
        }
    }

    pub(super) fn get(&self, id: RuleId) -> Rc<Rule> {
        self.rules[id.0 as usize].clone()
    }

    /// How a value of type `old` becomes one of type `new`.
    pub(super) fn find(&mut self, old: DescId, new: DescId) -> Found {
        self.pair(old, new, false)
    }

    /// `stands`: `new` is declared by the program to stand for an old layout, so its name does not count.
    fn pair(&mut self, old: DescId, new: DescId, stands: bool) -> Found {
        if let Some(known) = self.known.get(&(old, new, stands)) {
            return known.clone();
        }
        let id = RuleId(self.rules.len() as u32);
        self.rules.push(Rc::new(Rule::Pending));
        self.known.insert((old, new, stands), Ok(id));
        match self.work_out(old, new, stands) {
            Ok(rule) => {
                self.rules[id.0 as usize] = Rc::new(rule);
                Ok(id)
            }
            Err(why) => {
                self.known.insert((old, new, stands), Err(why.clone()));
                Err(why)
            }
        }
    }

    fn work_out(&mut self, old: DescId, new: DescId, stands: bool) -> Result<Rule, Arc<str>> {
        if let Shape::Cursor(what) = self.ids.desc_of(old).shape
            && !matches!(self.ids.desc_of(what).shape, Shape::Ref(_))
        {
            return Ok(Rule::View { what });
        }
        if old == new && !self.types.is_affected(self.ids, old) {
            return Ok(Rule::Copy(old));
        }
        let (a, b) = (self.ids.desc_of(old), self.ids.desc_of(new));
        if let Some(rule) = self.refers_otherwise((old, &a.shape), (new, &b.shape), stands)? {
            return Ok(rule);
        }
        match stands || self.same_type(old, new, &a, &b) {
            true => self.of_shapes((old, &a), (new, &b), stands),
            false => self.hooked(old, new, &b),
        }
    }

    /// What owned what it refers to and does so no more, or the other way round; what was a value and is a reference, and back.
    fn refers_otherwise(
        &mut self,
        (old, a): (DescId, &Shape),
        (new, b): (DescId, &Shape),
        stands: bool,
    ) -> Result<Option<Rule>, Arc<str>> {
        Ok(match (a, b) {
            (&Shape::Cursor(x), &Shape::Ref(to)) => {
                self.part("what it refers to", x, new, stands)?;
                Some(Rule::Cursor { to, owns: true })
            }
            (Shape::Ref(_), &Shape::Cursor(y)) => match self.ids.desc_of(y).shape {
                Shape::Ref(to) => {
                    self.part("what it refers to", old, y, stands)?;
                    Some(Rule::Cursor { to, owns: false })
                }
                _ => None,
            },
            (Shape::Object { .. }, &Shape::Ref(to)) if !self.types.is_other(self.ids, old, to) => {
                let rule = self.pair(old, to, stands)?;
                Some(Rule::Boxed { to, rule })
            }
            (&Shape::Ref(from), Shape::Object { .. })
                if !self.types.is_other(self.ids, from, new) =>
            {
                let rule = self.pair(from, new, stands)?;
                Some(Rule::Unboxed { from, rule })
            }
            _ => None,
        })
    }

    /// Of two types only the program may know how the one becomes the other.
    fn hooked(&mut self, old: DescId, new: DescId, b: &Desc) -> Result<Rule, Arc<str>> {
        let identity = self.ids.desc_key(old).0;
        let hooks = self.types.hooks.get(&new).into_iter().flatten();
        let known = |hook: &(DescId, ProcId)| self.ids.desc_key(hook.0).0 == identity;
        if !hooks.copied().any(|hook| known(&hook)) {
            return Err(is_another(self.ids, (old, new)).into());
        }
        let rtti = matches!(b.shape, Shape::Object { rtti: true, .. });
        let (x, y) = (flatten(self.ids, old), flatten(self.ids, new));
        self.parts((old, x), (new, y), rtti, false)
    }

    /// Two versions of a type.
    fn of_shapes(
        &mut self,
        (old, a): (DescId, &Desc),
        (new, b): (DescId, &Desc),
        stands: bool,
    ) -> Result<Rule, Arc<str>> {
        let ids = self.ids;
        let other = || is_another(ids, (old, new)).into();
        match (&a.shape, &b.shape) {
            (Shape::Int { .. }, Shape::Int { .. }) => self.numbers((old, a), (new, b)),
            (Shape::Float, Shape::Float) => match (a.size, b.size) {
                (from, to) if from == to => Ok(Rule::Copy(new)),
                (4, 8) => Ok(Rule::Float),
                _ => Err(holds_less(ids, (old, new)).into()),
            },
            (Shape::Enum { .. }, Shape::Enum { .. }) => Ok(Rule::Enum(self.constants(old, new))),
            (Shape::Set { .. }, Shape::Set { .. }) => self.sets((old, a), (new, b), stands),
            (Shape::Ptr(x), Shape::Ptr(_)) => match self.types.is_relaid(ids, *x) {
                true => Ok(Rule::Address { what: *x }),
                false => Ok(Rule::Copy(new)),
            },
            (Shape::Cursor(x), Shape::Cursor(y)) => {
                self.part("what it refers to", *x, *y, stands)?;
                match ids.desc_of(*y).shape {
                    Shape::Ref(to) => Ok(Rule::Cursor { to, owns: false }),
                    _ => Err(other()),
                }
            }
            (&Shape::Seq(from), &Shape::Seq(to)) => {
                let elem = self.part("an element", from, to, stands)?;
                Ok(Rule::Seq { elem, from, to })
            }
            (Shape::Array { .. }, Shape::Array { .. }) => self.arrays((old, a), (new, b), stands),
            (&Shape::Ref(from), &Shape::Ref(to)) => {
                // The objects may be of heirs; those are looked at when they are met.
                self.part("what it refers to", from, to, stands)?;
                Ok(Rule::Ref { from, to })
            }
            (Shape::Tuple(x), Shape::Tuple(y)) => {
                self.parts((old, as_named_in(x, y)), (new, y.clone()), false, stands)
            }
            (Shape::Object { .. }, Shape::Object { rtti, .. }) => {
                let (x, y) = (flatten(ids, old), flatten(ids, new));
                self.parts((old, x), (new, y), *rtti, stands)
            }
            (x, y) if x == y && a.size == b.size => Ok(Rule::Copy(new)),
            _ => Err(other()),
        }
    }

    /// Integers, of which the new ones must hold all that the old ones do.
    fn numbers(
        &self,
        (old, a): (DescId, &Desc),
        (new, b): (DescId, &Desc),
    ) -> Result<Rule, Arc<str>> {
        let range = |desc: &Desc| match desc.shape {
            Shape::Int { signed, bounds } => Some((signed, int_range(signed, desc.size, bounds))),
            _ => None,
        };
        match (range(a), range(b)) {
            (Some((signed, (lo, hi))), Some((_, (new_lo, new_hi))))
                if new_lo <= lo && hi <= new_hi =>
            {
                Ok(Rule::Int {
                    signed,
                    from: a.size,
                    to: b.size,
                })
            }
            _ => Err(holds_less(self.ids, (old, new)).into()),
        }
    }

    fn sets(
        &mut self,
        (old, a): (DescId, &Desc),
        (new, b): (DescId, &Desc),
        stands: bool,
    ) -> Result<Rule, Arc<str>> {
        let (
            &Shape::Set { elem: x, low },
            &Shape::Set {
                elem: y,
                low: new_low,
            },
        ) = (&a.shape, &b.shape)
        else {
            return Err(is_another(self.ids, (old, new)).into());
        };
        let constants = match (&self.ids.desc_of(x).shape, &self.ids.desc_of(y).shape) {
            (Shape::Enum { .. }, Shape::Enum { .. }) if stands || self.same_enum(x, y) => {
                Some(self.constants(x, y))
            }
            _ if x == y => None,
            (Shape::Int { .. }, Shape::Int { .. }) => {
                self.part("an element", x, y, stands)?;
                None
            }
            _ => return Err(is_another(self.ids, (old, new)).into()),
        };
        Ok(Rule::Set(SetRule {
            constants,
            low,
            new_low,
            bytes: a.size,
            new_bytes: b.size,
        }))
    }

    fn arrays(
        &mut self,
        (old, a): (DescId, &Desc),
        (new, b): (DescId, &Desc),
        stands: bool,
    ) -> Result<Rule, Arc<str>> {
        let other = |rules: &Self| is_another(rules.ids, (old, new)).into();
        let (
            Shape::Array {
                elem: from,
                len,
                index,
            },
            Shape::Array {
                elem: to,
                len: now,
                index: by,
            },
        ) = (&a.shape, &b.shape)
        else {
            return Err(other(self));
        };
        let begins = |rules: &mut Self| len < now && rules.begin_alike(old, new);
        let places = match (index, by) {
            (Some(a), Some(b)) => {
                let (x, y) = (self.ids.desc_of(*a), self.ids.desc_of(*b));
                match (&x.shape, &y.shape) {
                    (Shape::Enum { .. }, Shape::Enum { .. })
                        if stands || self.same_enum(*a, *b) =>
                    {
                        Some(self.places(*a, *b))
                    }
                    (x, y) if x == y && len == now || begins(self) => None,
                    _ => return Err(other(self)),
                }
            }
            (None, None) if len == now || begins(self) => None,
            _ => return Err(other(self)),
        };
        Ok(Rule::Array {
            places: places.unwrap_or_else(|| (0..*len).map(|at| (at, at)).collect()),
            elem: self.part("an element", *from, *to, stands)?,
            len: *now,
            from: *from,
            to: *to,
        })
    }

    fn part(&mut self, what: &str, old: DescId, new: DescId, stands: bool) -> Found {
        // Below a type that stands for an old one, parts may be of such types too.
        let found = match stands {
            true => self
                .pair(old, new, false)
                .or_else(|_| self.pair(old, new, true)),
            false => self.pair(old, new, false),
        };
        // Of parts in parts the innermost one is named.
        found.map_err(|why| match why.starts_with("was ") {
            true => format!("{what} {why}").into(),
            false => why,
        })
    }

    fn constants(&self, old: DescId, new: DescId) -> EnumRule {
        let (a, b) = (self.ids.desc_of(old), self.ids.desc_of(new));
        let list = |shape: &Shape| match shape {
            Shape::Enum { constants, .. } => constants.clone(),
            _ => Vec::new(),
        };
        let (was, is) = (list(&a.shape), list(&b.shape));
        let now = |name: &str| is.iter().find(|(other, _)| **other == *name).map(|c| c.1);
        let mut rule = EnumRule {
            from: old,
            to: new,
            values: Vec::new(),
            gone: Vec::new(),
        };
        for (name, value) in was {
            match now(&name) {
                Some(to) => rule.values.push((value, to)),
                None => rule.gone.push((value, name)),
            }
        }
        rule
    }

    /// The places of an array that is indexed by an enum. Elements of constants that are gone go with them.
    fn places(&self, old: DescId, new: DescId) -> Vec<(u64, u64)> {
        let first = |desc: DescId| match &self.ids.desc_of(desc).shape {
            Shape::Enum { constants, .. } => constants.first().map_or(0, |constant| constant.1),
            _ => 0,
        };
        let (old_first, new_first) = (first(old), first(new));
        let place = |&(from, to): &(i64, i64)| {
            (
                from.wrapping_sub(old_first) as u64,
                to.wrapping_sub(new_first) as u64,
            )
        };
        self.constants(old, new).values.iter().map(place).collect()
    }

    fn parts(
        &mut self,
        (from, old): (DescId, Vec<DescField>),
        (to, new): (DescId, Vec<DescField>),
        rtti: bool,
        stands: bool,
    ) -> Result<Rule, Arc<str>> {
        let (hook, misfit) = match stands {
            true => (None, String::new()),
            false => self.hook(from, &old, to),
        };
        if hook.is_none() && !stands {
            self.unhelped.push((from, to));
        }
        let name = self.ids.desc_of(to).name.clone();
        let mut sources = Vec::with_capacity(new.len());
        for field in &new {
            let source = old.iter().position(|other| other.name == field.name);
            let Some(at) = source else {
                if stands {
                    return Err(format!("field `{}` is not in the old layout", field.name).into());
                }
                sources.push(None);
                continue;
            };
            match self.part("", old[at].desc, field.desc, stands) {
                Ok(rule) => sources.push(Some((at, rule))),
                Err(_) if hook.is_some() => sources.push(None),
                Err(why) if why.starts_with("field ") => return Err(why),
                Err(why) => {
                    let why = why.trim_start();
                    return Err(format!("field `{}` of `{name}` {why}{misfit}", field.name).into());
                }
            }
        }
        Ok(Rule::Parts(Parts {
            defaults: self.types.defaults.get(&to).cloned().unwrap_or_default(),
            migrated: self.types.migrated.get(&to).copied().filter(|_| !stands),
            hooked: self.ids.desc_of(from).hooked,
            from,
            to,
            old,
            new,
            sources,
            rtti,
            hook,
        }))
    }

    /// The program's own conversion that fits the old layout: best one that stands for exactly its fields. Also why another does not fit,
    /// for messages.
    fn hook(
        &mut self,
        from: DescId,
        old: &[DescField],
        to: DescId,
    ) -> (Option<(DescId, RuleId, ProcId)>, String) {
        let mut misfit = String::new();
        // Of another type, values mean something else even where they look the same.
        if !self.types.is_other(self.ids, from, to) && same_layout(self.ids, from, to) {
            return (None, misfit);
        }
        let mut hooks = self.types.hooks.get(&to).cloned().unwrap_or_default();
        hooks.sort_by_key(|&(stand_in, _)| flatten(self.ids, stand_in).len() != old.len());
        for (stand_in, proc) in hooks {
            match self.pair(from, stand_in, true) {
                Ok(rule) => return (Some((stand_in, rule, proc)), misfit),
                Err(why) => {
                    let name = self.ids.desc_of(stand_in).name.clone();
                    misfit = format!("; the `migrate` from `{name}` does not fit: {why}");
                }
            }
        }
        (None, misfit)
    }
}

/// The fields of a tuple, by the names that they have in another version. Where only one of both names them, they go by number.
pub(super) fn as_named_in(fields: &[DescField], now: &[DescField]) -> Vec<DescField> {
    let number = |at: usize| -> Arc<str> { format!("Field{at}").into() };
    let is_named = |fields: &[DescField]| (0..).zip(fields).any(|(at, f)| f.name != number(at));
    let mut fields = fields.to_vec();
    if is_named(&fields) != is_named(now) {
        for (at, field) in fields.iter_mut().enumerate() {
            field.name = now
                .get(at)
                .map_or_else(|| number(at), |now| now.name.clone());
        }
    }
    fields
}

fn same_layout(ids: &Ids, old: DescId, new: DescId) -> bool {
    super::types::same_bytes(ids, old, new, 0)
}

/// First and last value.
fn int_range(signed: bool, size: u32, bounds: Option<(i64, i64)>) -> (i128, i128) {
    if let Some((first, last)) = bounds {
        return (first.into(), last.into());
    }
    let bits = size * 8;
    match signed {
        true => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
        false => (0, (1i128 << bits) - 1),
    }
}

/// The fields of an object of all levels of inheritance, base first, or those of a tuple. Discriminators are numbers into
/// the whole list.
pub(super) fn flatten(ids: &Ids, object: DescId) -> Vec<DescField> {
    let desc = ids.desc_of(object);
    match &desc.shape {
        Shape::Tuple(fields) => fields.clone(),
        Shape::Object { base, fields, .. } => {
            let mut all = base.map_or_else(Vec::new, |base| flatten(ids, base));
            let first = all.len() as u32;
            all.extend(fields.iter().cloned().map(|mut field| {
                if let Some((discriminator, _)) = &mut field.when {
                    *discriminator += first;
                }
                field
            }));
            all
        }
        _ => Vec::new(),
    }
}
