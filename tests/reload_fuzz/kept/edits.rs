//! Edits of such a program, by kind and weight.

use super::super::Random;
use super::around::{Counter, Extra, Place};
use super::types::{Branch, Field, Schema, Type, Variant, one};
use super::{Flaw, Global, Version};

impl Version {
    pub(super) fn edit(&mut self, random: &mut Random) {
        self.flaw = None;
        match random.below(50) {
            40 | 41 => self.edit_extras(random),
            42 => self.handlers[random.below(2)] ^= true,
            43 | 44 => self.edit_distinct(random),
            45 | 46 => {
                let id = one(&self.schema.enums, random);
                if !self.schema.away.remove(&id) {
                    self.schema.away.insert(id);
                }
            }
            47 | 48 => self.edit_heirs(random),
            49 => {
                // It moves to another module, alone.
                let at = random.below(self.globals.len());
                self.globals[at].stored ^= true;
            }
            0..=7 => self.edit_enum(random),
            8..=15 => self.edit_fields(random),
            16..=18 => self.edit_variant(random),
            19 | 20 => self.edit_keys(random),
            21..=25 => self.edit_globals(random),
            26..=28 => self.edit_global_type(random),
            29 | 30 => self.edit_counters(random),
            31 | 32 => self.edit_helpers(random),
            33 => self.picks[random.below(2)] ^= true,
            34 => self.imports[random.below(3)] ^= true,
            35 => self.included ^= true,
            36 => self.made += 1,
            37 | 38 => {
                let place = random.below(self.globals.len() + 1);
                match random.below(3) {
                    0 if !self.noise.is_empty() => drop(self.noise.remove(0)),
                    _ => self.noise.push((place, random.below(8) as u32)),
                }
            }
            _ => {
                let flaws = [
                    Flaw::Raises,
                    Flaw::BeforeRaises,
                    Flaw::AfterRaises,
                    Flaw::HalfWritten,
                    Flaw::Missing,
                    Flaw::MissingInclude,
                ];
                let flaw = flaws[random.below(flaws.len())];
                // Otherwise nothing names the file.
                if flaw != Flaw::MissingInclude || self.included {
                    self.flaw = Some(flaw);
                }
            }
        }
    }

    /// Modules join and leave.
    fn edit_extras(&mut self, random: &mut Random) {
        let name = format!("extra{}", random.below(3));
        if let Some(at) = self.extras.iter().position(|extra| extra.name == name) {
            self.extras.remove(at);
            return;
        }
        let counters = self.counters.len();
        let from = self.counters.get(random.below(2 * counters.max(1)));
        let from = from.map(|counter| counter.name.clone());
        let place = random.below(self.extras.len() + 1);
        self.extras.insert(place, Extra::random(name, from, random));
    }

    fn edit_distinct(&mut self, random: &mut Random) {
        let id = one(&self.schema.distincts, random);
        let of = self.schema.distincts.get_mut(&id).expect("it was chosen");
        match random.below(8) {
            0 => *of = Type::Text,
            _ => widen(of),
        }
        self.mend(random);
    }

    fn edit_heirs(&mut self, random: &mut Random) {
        let field = self.schema.random_field(random, 1);
        let id = self.schema.next;
        let base = one(&self.schema.refs, random);
        let heirs = &mut self.schema.heirs;
        let known = heirs.len();
        let chosen = random.below(known + 1);
        match heirs.values_mut().nth(chosen) {
            Some((_, heir)) if random.below(3) == 0 => drop(heir.fields.pop()),
            Some((_, heir)) if heir.fields.len() < 3 => heir.fields.insert(0, field),
            Some((_, heir)) => {
                heir.fields.iter_mut().for_each(|field| {
                    widen(&mut field.ty);
                    field.default = None;
                });
            }
            None if known < 4 => drop(heirs.insert(id, (base, Default::default()))),
            None => {}
        }
        self.mend(random);
    }

    fn edit_enum(&mut self, random: &mut Random) {
        let id = one(&self.schema.enums, random);
        let name = self.schema.name("k");
        let constants = self.schema.enums.get_mut(&id).expect("it was chosen");
        let at = random.below(constants.len());
        match random.below(5) {
            0 | 1 => constants.insert(random.below(constants.len() + 1), name),
            2 if constants.len() > 2 => {
                let gone = constants.remove(at);
                self.forget_constant(id, &gone);
            }
            3 => constants.reverse(),
            _ => {
                let constant = constants.remove(at);
                constants.insert(random.below(constants.len() + 1), constant);
            }
        }
        self.mend(random);
    }

    /// A constant is in no text any more.
    fn forget_constant(&mut self, id: u32, gone: &str) {
        let schema = &mut self.schema;
        let objects = schema.objects.values_mut().chain(schema.refs.values_mut());
        for object in objects {
            if let Some(variant) = object.variant.as_mut().filter(|variant| variant.by == id) {
                for branch in &mut variant.branches {
                    let had = !branch.constants.is_empty();
                    branch.constants.retain(|name| name != gone);
                    if had && branch.constants.is_empty() {
                        branch.constants.push("(gone)".into());
                    }
                }
                variant
                    .branches
                    .retain(|branch| !branch.constants.iter().any(|name| name == "(gone)"));
            }
        }
    }

    /// After types have changed, all that is written down has to fit again.
    pub(super) fn mend(&mut self, random: &mut Random) {
        let enums = self.schema.enums.clone();
        let whole = |ty: &mut Type| {
            if let Type::Range(id, first, last) = ty {
                let constants = &enums[id];
                let at = |name: &String| constants.iter().position(|other| other == name);
                if at(first).is_none() || at(last).is_none() || at(first) > at(last) {
                    *first = constants[0].clone();
                    *last = constants[constants.len() - 1].clone();
                }
            }
        };
        for global in &mut self.globals {
            whole(&mut global.ty);
        }
        let mut schema = self.schema.clone();
        let defaults = |field: &mut Field| {
            if field.default.is_some() {
                field.default = Some(self.schema.random_value(random, &field.ty, 1));
            }
        };
        let mut work = defaults;
        let objects = schema.objects.values_mut().chain(schema.refs.values_mut());
        let heirs = schema.heirs.values_mut().map(|heir| &mut heir.1);
        for object in objects.chain(heirs).chain([&mut schema.key]) {
            object.each_field(&mut work);
        }
        self.schema = schema;
        for global in &mut self.globals {
            global.first = match global.ty {
                Type::Closure | Type::Iterator => global.first.clone(),
                _ => self.schema.random_value(random, &global.ty, 3),
            };
        }
    }

    fn edit_fields(&mut self, random: &mut Random) {
        let field = self.schema.random_field(random, 2);
        let name = self.schema.name("f");
        let ty = self.schema.random_type(random, 1);
        let other = self.schema.random_type(random, 0);
        let by_value = random.below(2) == 0;
        let (all, id) = match by_value {
            true => {
                let id = one(&self.schema.objects, random);
                (&mut self.schema.objects, id)
            }
            false => {
                let id = one(&self.schema.refs, random);
                (&mut self.schema.refs, id)
            }
        };
        let fits = |ty: &Type| !by_value || !names_object(ty);
        let fields = &mut all.get_mut(&id).expect("it was chosen").fields;
        let at = random.below(fields.len().max(1));
        match random.below(8) {
            0 | 1 if fields.len() < 6 && fits(&field.ty) => {
                fields.insert(random.below(fields.len() + 1), field);
            }
            2 if !fields.is_empty() => drop(fields.remove(at)),
            3 if !fields.is_empty() => fields[at].name = name,
            4 if !fields.is_empty() => {
                let field = fields.remove(at);
                fields.insert(random.below(fields.len() + 1), field);
            }
            5 | 6 if !fields.is_empty() => {
                widen(&mut fields[at].ty);
                fields[at].default = None;
            }
            7 if !fields.is_empty() && fits(&ty) => {
                let ty = if random.below(2) == 0 { ty } else { other };
                fields[at].ty = ty;
                fields[at].default = None;
            }
            _ => fields.reverse(),
        }
        self.mend(random);
    }

    fn edit_variant(&mut self, random: &mut Random) {
        let field = self.schema.random_field(random, 0);
        let fresh = random_variant(&mut self.schema, random);
        let enums = self.schema.enums.clone();
        let Some(variant) = &mut self.schema.objects.get_mut(&2).expect("it stays").variant else {
            return;
        };
        let places = variant.branches.len();
        let at = random.below(places);
        match random.below(7) {
            0 => variant.branches[at].fields.push(field),
            1 => drop(variant.branches[at].fields.pop()),
            2 => {
                // A field goes to another branch.
                if let Some(field) = variant.branches[at].fields.pop() {
                    variant.branches[random.below(places)].fields.push(field);
                }
            }
            3 | 4 => {
                // A constant gets another branch.
                let known = |name: &&String| {
                    let of = |branch: &Branch| branch.constants.contains(*name);
                    !variant.branches.iter().any(of)
                };
                let free = enums[&variant.by].iter().find(known).cloned();
                if let Some(free) = free.filter(|_| at + 1 < places) {
                    variant.branches[at].constants.push(free);
                }
            }
            5 => {
                // As many as are left stay where they are.
                let last = variant.branches.len() - 1;
                variant.branches[..last].reverse();
            }
            _ => *variant = fresh,
        }
        self.mend(random);
    }

    fn edit_keys(&mut self, random: &mut Random) {
        match random.below(4) {
            0 | 1 => self.schema.hash = random.below(Schema::hashes()),
            2 => self.schema.less ^= 1,
            _ => {
                let field = self.schema.random_field(random, 0);
                let fields = &mut self.schema.key.fields;
                match fields.len() {
                    1 | 2 => fields.insert(random.below(2), field),
                    _ => fields.retain(|field| field.name == "id"),
                }
            }
        }
        self.mend(random);
    }

    pub(super) fn random_global(&self, random: &mut Random) -> Type {
        if random.below(12) == 0 {
            let id = one(&self.schema.enums, random);
            let constants = &self.schema.enums[&id];
            let first = random.below(constants.len());
            let last = first + random.below(constants.len() - first);
            return Type::Range(id, constants[first].clone(), constants[last].clone());
        }
        self.schema.random_type(random, 3)
    }

    pub(super) fn add_global(&mut self, random: &mut Random, ty: Type) {
        let first = self.schema.random_value(random, &ty, 3);
        let name = self.schema.name("g");
        let place = random.below(self.globals.len() + 1);
        let stored = random.below(4) == 0;
        let global = Global {
            name,
            ty,
            first,
            stored,
        };
        self.globals.insert(place, global);
    }

    fn edit_globals(&mut self, random: &mut Random) {
        let at = random.below(self.globals.len());
        match random.below(4) {
            0 if self.globals.len() < 12 => {
                let ty = match random.below(8) {
                    0 => Type::Closure,
                    1 => Type::Iterator,
                    2 | 3 => {
                        let of = self.schema.random_type(random, 1);
                        let plain = !matches!(of, Type::Table(..) | Type::Hashed(_) | Type::Heap);
                        let of = if plain { of } else { Type::Text };
                        Type::Holds(random.below(2) == 0, Box::new(of))
                    }
                    _ => self.random_global(random),
                };
                self.add_global(random, ty);
            }
            1 if self.globals.len() > 4 => drop(self.globals.remove(at)),
            2 => {
                // A new initialiser, which is not run.
                let ty = self.globals[at].ty.clone();
                self.globals[at].first = self.schema.random_value(random, &ty, 3);
            }
            _ => {
                let global = self.globals.remove(at);
                self.globals
                    .insert(random.below(self.globals.len() + 1), global);
            }
        }
    }

    fn edit_global_type(&mut self, random: &mut Random) {
        let at = random.below(self.globals.len());
        let other = self.random_global(random);
        if let Type::Holds(..) = self.globals[at].ty {
            return;
        }
        let ty = &mut self.globals[at].ty;
        match random.below(4) {
            0 => *ty = other,
            _ => widen(ty),
        }
        self.mend(random);
    }

    pub(super) fn edit_counters(&mut self, random: &mut Random) {
        let name = self.schema.name("count");
        let places = self.counters.len().max(1);
        match random.below(4) {
            0 if self.counters.len() > 2 => drop(self.counters.remove(random.below(places))),
            1 if !self.counters.is_empty() => {
                let at = random.below(places);
                let counter = self.counters.remove(at);
                self.counters.push(counter);
            }
            _ => {
                let counter = Counter {
                    name,
                    first: random.below(100) as i64,
                    place: [Place::Proc, Place::Template, Place::Generic, Place::Thread]
                        [random.below(4)],
                    module: random.below(2),
                };
                self.counters.insert(random.below(places), counter);
            }
        }
    }

    fn edit_helpers(&mut self, random: &mut Random) {
        let name = self.schema.name("help");
        let version = self.schema.next;
        let at = random.below(self.helpers.len().max(1));
        match random.below(4) {
            0 | 1 if !self.helpers.is_empty() => self.helpers[at].2 ^= 1,
            2 if !self.helpers.is_empty() => self.helpers[at].1 = version,
            3 if !self.helpers.is_empty() => drop(self.helpers.remove(at)),
            _ => self.helpers.push((name, version, random.below(2))),
        }
    }
}

/// A discriminator with branches.
pub(super) fn random_variant(schema: &mut Schema, random: &mut Random) -> Variant {
    let by = one(&schema.enums, random);
    let mut free = schema.enums[&by].clone();
    let mut branches = Vec::new();
    for _ in 0..2 {
        if free.len() < 2 {
            break;
        }
        let constant = free.remove(random.below(free.len()));
        let fields = (0..1 + random.below(2))
            .map(|_| schema.random_field(random, 0))
            .collect();
        branches.push(Branch {
            constants: vec![constant],
            fields,
        });
    }
    branches.push(Branch {
        constants: Vec::new(),
        fields: vec![schema.random_field(random, 0)],
    });
    Variant {
        name: schema.name("kind"),
        by,
        branches,
    }
}

/// Is there an object in it by value?
pub(super) fn names_object(ty: &Type) -> bool {
    match ty {
        Type::Object(_) => true,
        Type::Seq(of)
        | Type::Array(_, of)
        | Type::ByEnum(_, of)
        | Type::Option(of)
        | Type::Deque(of)
        | Type::Boxed(of)
        | Type::Table(_, of) => names_object(of),
        Type::Tuple(parts) => parts.iter().any(|part| names_object(&part.1)),
        _ => false,
    }
}

/// Puts one type in the place of another.
pub(super) fn replace(ty: &mut Type, was: &Type, is: &Type) {
    if ty == was {
        *ty = is.clone();
        return;
    }
    match ty {
        Type::Seq(of)
        | Type::Array(_, of)
        | Type::ByEnum(_, of)
        | Type::Option(of)
        | Type::Deque(of)
        | Type::Boxed(of)
        | Type::Table(_, of) => replace(of, was, is),
        Type::Tuple(parts) => parts
            .iter_mut()
            .for_each(|part| replace(&mut part.1, was, is)),
        _ => {}
    }
}

/// Another version of a type, as a later one may have it.
fn widen(ty: &mut Type) {
    match ty {
        Type::Int { signed, bits } => match *bits {
            64 => *signed ^= true,
            _ => *bits *= 2,
        },
        Type::Float(bits) => *bits = 96 - *bits,
        Type::Range(_, first, last) => std::mem::swap(first, last),
        Type::Seq(of)
        | Type::Array(_, of)
        | Type::ByEnum(_, of)
        | Type::Option(of)
        | Type::Deque(of)
        | Type::Boxed(of) => widen(of),
        Type::Table(key, of) => {
            widen(key);
            widen(of);
        }
        Type::Hashed(key) => widen(key),
        Type::Tuple(parts) => {
            let named = parts[0].0.is_some();
            for (at, (name, _)) in parts.iter_mut().enumerate() {
                *name = (!named).then(|| format!("p{at}"));
            }
        }
        _ => {}
    }
}
