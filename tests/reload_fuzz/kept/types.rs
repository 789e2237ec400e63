//! Types of the program that is edited, and random ones, with values.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Random;
use super::values::Value;

/// A type, structural or by the number of its declaration.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Type {
    Int {
        signed: bool,
        bits: u32,
    },
    Float(u32),
    Text,
    Enum(u32),
    /// A range of an enum.
    Range(u32, String, String),
    Set(u32),
    Packed(u32),
    Seq(Box<Type>),
    Array(u32, Box<Type>),
    /// Indexed by an enum.
    ByEnum(u32, Box<Type>),
    Tuple(Vec<(Option<String>, Type)>),
    Object(u32),
    Ref(u32),
    Table(Box<Type>, Box<Type>),
    Hashed(Box<Type>),
    Option(Box<Type>),
    Deque(Box<Type>),
    /// `Box[T]`, a generic object of the program's own.
    Boxed(Box<Type>),
    /// A heap of keys.
    Heap,
    /// An object with `hash`, `==` and `<` of the program's own.
    Key,
    Closure,
    Iterator,
    /// A distinct type with the name of its number.
    Distinct(u32),
    /// A closure, or an iterator that is suspended in the middle, which has such a value.
    Holds(bool, Box<Type>),
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) ty: Type,
    pub(super) default: Option<Value>,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct Branch {
    /// Empty: the `else` branch.
    pub(super) constants: Vec<String>,
    pub(super) fields: Vec<Field>,
}

#[derive(Clone, PartialEq, Debug)]
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) by: u32,
    pub(super) branches: Vec<Branch>,
}

/// An object, or what a `ref` leads to.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Object {
    pub(super) fields: Vec<Field>,
    pub(super) variant: Option<Variant>,
}

impl Object {
    /// The fields that a value with this discriminator has, without the discriminator.
    pub(super) fn active(&self, constant: Option<&str>) -> Vec<&Field> {
        let mut fields: Vec<&Field> = self.fields.iter().collect();
        if let (Some(variant), Some(constant)) = (&self.variant, constant) {
            fields.extend(&variant.branch(constant).fields);
        }
        fields
    }

    pub(super) fn each_field(&mut self, work: &mut dyn FnMut(&mut Field)) {
        let branches = self
            .variant
            .iter_mut()
            .flat_map(|variant| &mut variant.branches);
        let branches = branches.flat_map(|branch| &mut branch.fields);
        self.fields.iter_mut().chain(branches).for_each(work);
    }

    /// All fields of all branches.
    pub(super) fn all(&self) -> Vec<&Field> {
        let branches = self.variant.iter().flat_map(|variant| &variant.branches);
        let branches = branches.flat_map(|branch| &branch.fields);
        self.fields.iter().chain(branches).collect()
    }
}

impl Variant {
    pub(super) fn branch(&self, constant: &str) -> &Branch {
        let named = |branch: &&Branch| branch.constants.iter().any(|name| name == constant);
        let other = || self.branches.last().expect("there is an `else`");
        self.branches.iter().find(named).unwrap_or_else(other)
    }
}

/// The declarations of one version.
#[derive(Clone, Debug, Default)]
pub(super) struct Schema {
    pub(super) enums: BTreeMap<u32, Vec<String>>,
    pub(super) objects: BTreeMap<u32, Object>,
    pub(super) refs: BTreeMap<u32, Object>,
    /// Heirs of those, with the number of the base.
    pub(super) heirs: BTreeMap<u32, (u32, Object)>,
    pub(super) distincts: BTreeMap<u32, Type>,
    /// Enums that a module of their own declares.
    pub(super) away: BTreeSet<u32>,
    /// More fields of `Key`, and how it is hashed and compared.
    pub(super) key: Object,
    pub(super) hash: usize,
    pub(super) less: usize,
    /// For names that were never used.
    pub(super) next: u32,
}

/// What an object says its type by, if that is an heir's.
pub(super) const HEIR: &str = "(heir)";

impl Schema {
    pub(super) fn name(&mut self, prefix: &str) -> String {
        self.next += 1;
        format!("{prefix}{}", self.next)
    }

    pub(super) fn object_of(&self, ty: &Type) -> &Object {
        match ty {
            Type::Object(id) => &self.objects[id],
            Type::Ref(id) => &self.refs[id],
            _ => &self.key,
        }
    }

    /// A type whose values cost little to write down.
    pub(super) fn random_type(&self, random: &mut Random, depth: u32) -> Type {
        let plain = depth == 0;
        let of = |random: &mut Random| Box::new(self.random_type(random, depth - 1));
        match random.below(if plain { 7 } else { 19 }) {
            0 | 1 => Type::Int {
                signed: random.below(3) > 0,
                bits: 8 << random.below(4),
            },
            2 => Type::Float(32 << random.below(2)),
            3 => Type::Text,
            4 => Type::Enum(one(&self.enums, random)),
            5 => Type::Set(one(&self.enums, random)),
            6 => Type::Distinct(one(&self.distincts, random)),
            18 => Type::Packed(one(&self.enums, random)),
            7 | 8 => Type::Seq(of(random)),
            9 => Type::Array(1 + random.below(3) as u32, of(random)),
            10 => Type::ByEnum(one(&self.enums, random), of(random)),
            11 => {
                let named = random.below(2) == 0;
                let part = |at: usize, random: &mut Random| {
                    let name = named.then(|| format!("p{at}"));
                    (name, self.random_type(random, depth - 1))
                };
                Type::Tuple(
                    (0..2 + random.below(2))
                        .map(|at| part(at, random))
                        .collect(),
                )
            }
            12 => Type::Object(one(&self.objects, random)),
            13 => Type::Ref(one(&self.refs, random)),
            14 => Type::Table(Box::new(self.random_key(random)), of(random)),
            15 => match random.below(4) {
                0 => Type::Deque(of(random)),
                1 => Type::Boxed(of(random)),
                _ => Type::Hashed(Box::new(self.random_key(random))),
            },
            16 => Type::Option(of(random)),
            _ => Type::Heap,
        }
    }

    fn random_key(&self, random: &mut Random) -> Type {
        match random.below(5) {
            0 => Type::Int {
                signed: true,
                bits: 32,
            },
            1 => Type::Text,
            2 | 3 => Type::Enum(one(&self.enums, random)),
            _ => Type::Key,
        }
    }

    pub(super) fn random_field(&mut self, random: &mut Random, depth: u32) -> Field {
        let ty = self.random_type(random, depth);
        let simple = matches!(ty, Type::Int { .. } | Type::Text | Type::Enum(_));
        let default = simple && random.below(2) == 0;
        Field {
            name: self.name("f"),
            default: default.then(|| self.random_value(random, &ty, 1)),
            ty,
        }
    }

    /// Looks at each type that the declarations are made of.
    pub(super) fn each_type(&mut self, work: &mut dyn FnMut(&mut Type)) {
        let objects = self.objects.values_mut().chain(self.refs.values_mut());
        for object in objects.chain(self.heirs.values_mut().map(|heir| &mut heir.1)) {
            object.each_field(&mut |field| work(&mut field.ty));
        }
    }

    /// A value as a program writes it. Objects are new ones.
    pub(super) fn random_value(&self, random: &mut Random, ty: &Type, depth: u32) -> Value {
        let some = if depth == 0 { 0 } else { random.below(4) };
        let less = depth.saturating_sub(1);
        let constant = |random: &mut Random, id: &u32| {
            let constants = &self.enums[id];
            constants[random.below(constants.len())].clone()
        };
        let constants = |random: &mut Random, id: &u32| {
            let all = self.enums[id].iter().cloned();
            all.filter(|_| random.below(3) == 0).collect()
        };
        let distinct = |random: &mut Random, key: &Type| {
            let mut keys: Vec<Value> = Vec::new();
            for _ in 0..some {
                let key = self.random_value(random, key, 1);
                if keys.iter().all(|other| !other.same_key(&key)) {
                    keys.push(key);
                }
            }
            keys
        };
        match ty {
            Type::Int { signed: true, .. } => Value::Int(random.below(200) as i64 - 100),
            Type::Int { .. } => Value::Int(random.below(200) as i64),
            Type::Float(_) => Value::Float(random.below(100) as f64 / 4.0),
            Type::Text => Value::Text(format!("t{}", random.below(1000))),
            Type::Enum(id) => Value::Const(constant(random, id)),
            Type::Range(id, first, last) => {
                let constants = &self.enums[id];
                let at = |name: &String| constants.iter().position(|other| other == name);
                let (first, last) = (at(first).unwrap_or(0), at(last).unwrap_or(0));
                Value::Const(constants[first + random.below(last - first + 1)].clone())
            }
            Type::Set(id) | Type::Packed(id) => Value::Set(constants(random, id)),
            Type::Boxed(of) => Value::Seq(vec![self.random_value(random, of, less)]),
            Type::Seq(elem) | Type::Deque(elem) => Value::Seq(
                (0..some)
                    .map(|_| self.random_value(random, elem, less))
                    .collect(),
            ),
            Type::Array(len, elem) => Value::Seq(
                (0..*len)
                    .map(|_| self.random_value(random, elem, less))
                    .collect(),
            ),
            Type::ByEnum(id, elem) => {
                let constants = self.enums[id].iter();
                let value = |name: &String| (name.clone(), self.random_value(random, elem, less));
                Value::Fields(constants.map(value).collect())
            }
            Type::Tuple(parts) => Value::Seq(
                parts
                    .iter()
                    .map(|part| self.random_value(random, &part.1, less))
                    .collect(),
            ),
            Type::Object(_) | Type::Key => {
                Value::Fields(self.random_fields(random, self.object_of(ty), less))
            }
            Type::Ref(_) if some == 0 => Value::Nil,
            Type::Ref(id) => {
                let heirs = self.heirs.iter().filter(|heir| heir.1.0 == *id);
                let heirs: Vec<u32> = heirs.map(|heir| *heir.0).collect();
                let heir = heirs.get(random.below(2 * heirs.len().max(1))).copied();
                let mut fields = self.random_fields(random, &self.whole(*id, heir), less);
                if let Some(heir) = heir {
                    fields.push((HEIR.into(), Value::Int(heir.into())));
                }
                Value::New(fields)
            }
            Type::Distinct(id) => self.random_value(random, &self.distincts[id], depth),
            Type::Holds(..) if some == 0 => Value::Nil,
            Type::Holds(_, of) => Value::Held(Box::new(self.random_value(random, of, less))),
            Type::Table(key, value) => {
                let keys = distinct(random, key).into_iter();
                let pair = |key| (key, self.random_value(random, value, less));
                Value::Table(keys.map(pair).collect())
            }
            Type::Hashed(key) => {
                let keys = distinct(random, key).into_iter();
                Value::Table(keys.map(|key| (key, Value::Nil)).collect())
            }
            Type::Heap => {
                let keys = distinct(random, &Type::Key).into_iter();
                Value::Table(keys.map(|key| (key, Value::Nil)).collect())
            }
            Type::Option(of) => {
                let value = (some > 0).then(|| self.random_value(random, of, less));
                // A reference that is nil is none.
                let value = value.filter(|value| *value != Value::Nil);
                Value::Seq(value.into_iter().collect())
            }
            Type::Closure | Type::Iterator => Value::Code(String::new(), 0),
        }
    }

    fn random_fields(
        &self,
        random: &mut Random,
        object: &Object,
        depth: u32,
    ) -> Vec<(String, Value)> {
        let mut fields = Vec::new();
        let mut constant = None;
        if let Some(variant) = &object.variant {
            let constants = &self.enums[&variant.by];
            let chosen = constants[random.below(constants.len())].clone();
            fields.push((variant.name.clone(), Value::Const(chosen.clone())));
            constant = Some(chosen);
        }
        for field in object.active(constant.as_deref()) {
            let value = match &*field.name {
                "id" => Value::Int(random.below(1000) as i64),
                _ => self.random_value(random, &field.ty, depth),
            };
            fields.push((field.name.clone(), value));
        }
        fields
    }

    /// An object behind a reference, perhaps of an heir.
    pub(super) fn whole(&self, id: u32, heir: Option<u32>) -> Object {
        let mut object = self.refs[&id].clone();
        if let Some((_, more)) = heir.and_then(|heir| self.heirs.get(&heir)) {
            object.fields.extend(more.fields.iter().cloned());
        }
        object
    }

    /// All that values of a type are made of, down to the last part.
    pub(super) fn layout(&self, ty: &Type, seen: &mut Vec<Type>) -> String {
        if seen.contains(ty) {
            return self.written(ty);
        }
        seen.push(ty.clone());
        let mut of = |ty: &Type| self.layout(ty, seen);
        let mut text = self.written(ty);
        match ty {
            Type::Enum(id) | Type::Set(id) | Type::Packed(id) | Type::Range(id, ..) => {
                text += &format!("{:?}{}", self.enums[id], self.away.contains(id));
            }
            Type::Seq(elem)
            | Type::Array(_, elem)
            | Type::Option(elem)
            | Type::Deque(elem)
            | Type::Boxed(elem)
            | Type::Hashed(elem) => text += &of(elem),
            Type::ByEnum(id, elem) => text += &(of(&Type::Enum(*id)) + &of(elem)),
            Type::Table(key, value) => text += &(of(key) + &of(value)),
            Type::Tuple(parts) => parts.iter().for_each(|part| text += &of(&part.1)),
            Type::Heap => text += &of(&Type::Key),
            Type::Distinct(id) => text += &of(&self.distincts[id]),
            Type::Object(_) | Type::Key | Type::Ref(_) => {
                let heirs = self.heirs.values().filter(|heir| *ty == Type::Ref(heir.0));
                let objects = std::iter::once(self.object_of(ty)).chain(heirs.map(|heir| &heir.1));
                for object in objects {
                    for field in object.all() {
                        text += &format!(" {}: {}", field.name, of(&field.ty));
                    }
                    if let Some(variant) = &object.variant {
                        text += &format!(" {}: {}", variant.name, of(&Type::Enum(variant.by)));
                        for name in &self.enums[&variant.by] {
                            let fields = variant.branch(name).fields.iter();
                            let names: Vec<&String> = fields.map(|field| &field.name).collect();
                            text += &format!("{name}: {names:?}");
                        }
                    }
                }
            }
            _ => {}
        }
        text
    }
}

/// One of the declarations.
pub(super) fn one<T>(all: &BTreeMap<u32, T>, random: &mut Random) -> u32 {
    *all.keys()
        .nth(random.below(all.len()))
        .expect("there is one")
}
