//! Random types with random values, edited at random: what a reload makes of the values is what a model says.
//!
//! A program has enums, object types (plain, `ref`, with a variant part) and a global for each of some types, with objects that are
//! shared and refer to each other in cycles. Each edit adds, removes, reorders and widens fields and reorders and extends
//! enums. The program then shows all its values, and in the end gives them up: no block of the heap may be left.
//! `ROUNDS=1000` runs more programs, `SEED=7` begins with another, `EDITS=1` edits each only once.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use midair::source::Texts;
use midair::{Afresh, Program};

/// A generator of random numbers (xorshift64*): the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.next(100) < percent
    }
}

#[derive(Clone, PartialEq, Debug)]
enum Ty {
    Int(u32),
    UInt(u32),
    Float(u32),
    Bool,
    Str,
    Enum(usize),
    Set(usize),
    Seq(Box<Ty>),
    Array(usize, Box<Ty>),
    ByEnum(usize, Box<Ty>),
    Tuple(Vec<(String, Ty)>),
    /// An object type, by value, or by reference.
    Object(usize),
    Ref(usize),
}

#[derive(Clone, PartialEq, Debug)]
enum Val {
    Int(i64),
    Float(f64),
    Bool(bool),
    Str(String),
    /// The name of a constant; the first one of the type where it is none.
    Enum(Option<String>),
    Set(Vec<String>),
    List(Vec<Val>),
    ByEnum(BTreeMap<String, Val>),
    Parts(BTreeMap<String, Val>),
    Ref(Option<usize>),
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    ty: Ty,
    default: Option<Val>,
}

#[derive(Clone, Debug)]
struct Object {
    is_ref: bool,
    fields: Vec<Field>,
    /// The enum that discriminates, and the fields of each of its constants.
    variant: Option<(usize, BTreeMap<String, Vec<Field>>)>,
}

/// The types of a version.
#[derive(Clone, Debug)]
struct Version {
    enums: Vec<Vec<String>>,
    objects: Vec<Object>,
    globals: Vec<Ty>,
}

/// The values: of the globals, and the objects that references refer to, with their types.
struct State {
    globals: Vec<Val>,
    pool: Vec<(usize, Val)>,
}

struct Maker {
    random: Random,
    names: usize,
}

impl Maker {
    fn name(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    fn ty(&mut self, v: &Version, object: usize, depth: u32) -> Ty {
        let kinds = if depth > 2 { 7 } else { 13 };
        match self.random.next(kinds) {
            0 => Ty::Int([8, 16, 32, 64][self.random.next(4)]),
            1 => Ty::UInt([8, 16, 32][self.random.next(3)]),
            2 => Ty::Float([32, 64][self.random.next(2)]),
            3 => Ty::Bool,
            4 => Ty::Str,
            5 => Ty::Enum(self.random.next(v.enums.len())),
            6 => Ty::Set(self.random.next(v.enums.len())),
            7 => Ty::Seq(Box::new(self.ty(v, object, depth + 1))),
            8 => Ty::Array(
                1 + self.random.next(3),
                Box::new(self.ty(v, object, depth + 1)),
            ),
            9 => Ty::ByEnum(
                self.random.next(v.enums.len()),
                Box::new(self.ty(v, object, depth + 1)),
            ),
            10 => {
                let count = 1 + self.random.next(3);
                let parts = (0..count).map(|_| (self.name("t"), self.ty(v, object, depth + 1)));
                Ty::Tuple(parts.collect())
            }
            // By value only earlier objects: no type contains itself.
            11 => match (0..object).rev().find(|&at| !v.objects[at].is_ref) {
                Some(at) => Ty::Object(at),
                None => Ty::Str,
            },
            _ => match (0..v.objects.len()).find(|&at| v.objects[at].is_ref) {
                Some(_) => loop {
                    let at = self.random.next(v.objects.len());
                    if v.objects[at].is_ref {
                        return Ty::Ref(at);
                    }
                },
                None => Ty::Bool,
            },
        }
    }

    fn field(&mut self, v: &Version, object: usize) -> Field {
        let ty = self.ty(v, object, 0);
        let default = match ty {
            Ty::Int(_) | Ty::Float(_) | Ty::Bool | Ty::Str if self.random.chance(40) => {
                Some(self.value(v, &ty, &[]))
            }
            _ => None,
        };
        Field {
            name: self.name("f"),
            ty,
            default,
        }
    }

    fn version(&mut self) -> Version {
        let mut v = Version {
            enums: Vec::new(),
            objects: Vec::new(),
            globals: Vec::new(),
        };
        for _ in 0..2 {
            let count = 2 + self.random.next(4);
            v.enums.push((0..count).map(|_| self.name("c")).collect());
        }
        let count = 3 + self.random.next(3);
        for at in 0..count {
            let is_ref = at % 2 == 1 || self.random.chance(30);
            v.objects.push(Object {
                is_ref,
                fields: Vec::new(),
                variant: None,
            });
        }
        for at in 0..count {
            let fields = (0..1 + self.random.next(4))
                .map(|_| self.field(&v, at))
                .collect();
            v.objects[at].fields = fields;
            if self.random.chance(40) {
                let by = self.random.next(v.enums.len());
                let mut branches = BTreeMap::new();
                for constant in v.enums[by].clone() {
                    let fields = (0..self.random.next(3)).map(|_| Field {
                        default: None,
                        ..self.field(&v, at)
                    });
                    branches.insert(constant, fields.collect());
                }
                v.objects[at].variant = Some((by, branches));
            }
        }
        for at in 0..3 {
            let ty = self.ty(&v, count, at % 2);
            v.globals.push(ty);
        }
        v
    }

    fn value(&mut self, v: &Version, ty: &Ty, pool: &[(usize, Val)]) -> Val {
        match ty {
            Ty::Int(bits) => {
                let value = self.random.next(1 << 30) as i64 - (1 << 29);
                Val::Int(value << (64 - bits) >> (64 - bits))
            }
            Ty::UInt(bits) => Val::Int(self.random.next(1 << 30) as i64 & ((1i64 << bits) - 1)),
            Ty::Float(_) => Val::Float((self.random.next(2000) as f64 - 1000.0) / 4.0),
            Ty::Bool => Val::Bool(self.random.chance(50)),
            Ty::Str => {
                Val::Str("s".repeat(self.random.next(4)) + &self.random.next(99).to_string())
            }
            Ty::Enum(at) => {
                let names = &v.enums[*at];
                Val::Enum(Some(names[self.random.next(names.len())].clone()))
            }
            Ty::Set(at) => {
                let names = v.enums[*at].clone();
                Val::Set(
                    names
                        .into_iter()
                        .filter(|_| self.random.chance(50))
                        .collect(),
                )
            }
            Ty::Seq(elem) => {
                let count = self.random.next(4);
                Val::List((0..count).map(|_| self.value(v, elem, pool)).collect())
            }
            Ty::Array(count, elem) => {
                Val::List((0..*count).map(|_| self.value(v, elem, pool)).collect())
            }
            Ty::ByEnum(at, elem) => {
                let names = v.enums[*at].clone();
                let pairs = names
                    .into_iter()
                    .map(|name| (name, self.value(v, elem, pool)));
                Val::ByEnum(pairs.collect())
            }
            Ty::Tuple(parts) => {
                let pairs = parts
                    .iter()
                    .map(|(name, ty)| (name.clone(), self.value(v, ty, pool)));
                Val::Parts(pairs.collect())
            }
            Ty::Object(at) => self.object(v, *at, pool),
            Ty::Ref(at) => {
                let fits: Vec<usize> = (0..pool.len())
                    .filter(|&place| pool[place].0 == *at)
                    .collect();
                match fits.is_empty() || self.random.chance(15) {
                    true => Val::Ref(None),
                    false => Val::Ref(Some(fits[self.random.next(fits.len())])),
                }
            }
        }
    }

    fn object(&mut self, v: &Version, at: usize, pool: &[(usize, Val)]) -> Val {
        let object = v.objects[at].clone();
        let mut parts = BTreeMap::new();
        for field in &object.fields {
            parts.insert(field.name.clone(), self.value(v, &field.ty, pool));
        }
        if let Some((by, branches)) = &object.variant {
            let name = v.enums[*by][self.random.next(v.enums[*by].len())].clone();
            for field in &branches[&name] {
                parts.insert(field.name.clone(), self.value(v, &field.ty, pool));
            }
            parts.insert("kind".into(), Val::Enum(Some(name)));
        }
        Val::Parts(parts)
    }

    fn state(&mut self, v: &Version) -> State {
        // Placeholders first, so that objects can refer to each other.
        let mut pool = Vec::new();
        for at in (0..v.objects.len()).filter(|&at| v.objects[at].is_ref) {
            for _ in 0..1 + self.random.next(3) {
                pool.push((at, Val::Ref(None)));
            }
        }
        for place in 0..pool.len() {
            let value = self.object(v, pool[place].0, &pool);
            pool[place].1 = value;
        }
        let globals = v.globals.clone();
        State {
            globals: globals.iter().map(|ty| self.value(v, ty, &pool)).collect(),
            pool,
        }
    }

    /// Another version that the values can be migrated to.
    fn edit(&mut self, old: &Version) -> Version {
        let mut v = old.clone();
        for at in 0..v.enums.len() {
            if self.random.chance(50) {
                let place = self.random.next(v.enums[at].len() + 1);
                let name = self.name("c");
                v.enums[at].insert(place, name);
            }
            if self.random.chance(30) {
                let first = v.enums[at].remove(0);
                v.enums[at].push(first);
            }
        }
        for at in 0..v.objects.len() {
            let mut object = v.objects[at].clone();
            self.edit_fields(&v, at, &mut object.fields, true);
            if let Some((by, branches)) = &mut object.variant {
                for name in v.enums[*by].clone() {
                    let fields = branches.entry(name).or_default();
                    if self.random.chance(30) {
                        self.edit_fields(&v, at, fields, false);
                    }
                }
            }
            v.objects[at] = object;
        }
        for ty in &mut v.globals {
            self.widen(ty);
        }
        v
    }

    fn edit_fields(&mut self, v: &Version, at: usize, fields: &mut Vec<Field>, defaults: bool) {
        if fields.len() > 1 && self.random.chance(30) {
            fields.remove(self.random.next(fields.len()));
        }
        if self.random.chance(50) {
            let mut field = self.field(v, at);
            if !defaults {
                field.default = None;
            }
            fields.insert(self.random.next(fields.len() + 1), field);
        }
        if self.random.chance(40) {
            let by = fields.len().min(1);
            fields.rotate_left(by);
        }
        fields
            .iter_mut()
            .for_each(|field| self.widen(&mut field.ty));
    }

    fn widen(&mut self, ty: &mut Ty) {
        match ty {
            Ty::Int(bits) | Ty::Float(bits) if *bits < 64 && self.random.chance(40) => *bits *= 2,
            Ty::UInt(bits) if *bits < 32 && self.random.chance(40) => {
                *ty = Ty::Int(*bits * 2);
            }
            Ty::Seq(elem) | Ty::Array(_, elem) | Ty::ByEnum(_, elem) => self.widen(elem),
            Ty::Tuple(parts) => parts.iter_mut().for_each(|part| self.widen(&mut part.1)),
            _ => {}
        }
    }
}

impl Version {
    /// What migration makes of a value: fields by name, defaults for what is new.
    fn migrate(&self, ty: &Ty, old: Option<&Val>) -> Val {
        match (ty, old) {
            (Ty::Seq(elem) | Ty::Array(_, elem), Some(Val::List(list))) => Val::List(
                list.iter()
                    .map(|value| self.migrate(elem, Some(value)))
                    .collect(),
            ),
            (Ty::Seq(_), _) => Val::List(Vec::new()),
            (Ty::Array(count, elem), _) => {
                Val::List((0..*count).map(|_| self.migrate(elem, None)).collect())
            }
            (Ty::ByEnum(at, elem), old) => {
                let value = |name: &String| match old {
                    Some(Val::ByEnum(values)) => self.migrate(elem, values.get(name)),
                    _ => self.migrate(elem, None),
                };
                let names = self.enums[*at].iter();
                Val::ByEnum(names.map(|name| (name.clone(), value(name))).collect())
            }
            (Ty::Tuple(parts), old) => {
                let value = |(name, ty): &(String, Ty)| match old {
                    Some(Val::Parts(values)) => (name.clone(), self.migrate(ty, values.get(name))),
                    _ => (name.clone(), self.migrate(ty, None)),
                };
                Val::Parts(parts.iter().map(value).collect())
            }
            (Ty::Object(at), old) => self.migrate_object(*at, old),
            (_, Some(value)) => value.clone(),
            (Ty::Int(_) | Ty::UInt(_), None) => Val::Int(0),
            (Ty::Float(_), None) => Val::Float(0.0),
            (Ty::Bool, None) => Val::Bool(false),
            (Ty::Str, None) => Val::Str(String::new()),
            (Ty::Enum(at), None) => Val::Enum(Some(self.enums[*at][0].clone())),
            (Ty::Set(_), None) => Val::Set(Vec::new()),
            (Ty::Ref(_), None) => Val::Ref(None),
        }
    }

    fn migrate_object(&self, at: usize, old: Option<&Val>) -> Val {
        let empty = BTreeMap::new();
        let values = match old {
            Some(Val::Parts(values)) => values,
            _ => &empty,
        };
        let object = &self.objects[at];
        let mut parts = BTreeMap::new();
        let mut add = |fields: &[Field]| {
            for field in fields {
                let value = match (values.get(&field.name), &field.default) {
                    (None, Some(default)) => default.clone(),
                    (value, _) => self.migrate(&field.ty, value),
                };
                parts.insert(field.name.clone(), value);
            }
        };
        add(&object.fields);
        if let Some((by, branches)) = &object.variant {
            let kind = match values.get("kind") {
                Some(Val::Enum(Some(name))) => name.clone(),
                _ => self.enums[*by][0].clone(),
            };
            add(&branches[&kind]);
            parts.insert("kind".into(), Val::Enum(Some(kind)));
        }
        Val::Parts(parts)
    }

    fn text(&self, ty: &Ty) -> String {
        match ty {
            Ty::Int(bits) => format!("int{bits}"),
            Ty::UInt(bits) => format!("uint{bits}"),
            Ty::Float(bits) => format!("float{bits}"),
            Ty::Bool => "bool".into(),
            Ty::Str => "string".into(),
            Ty::Enum(at) => format!("E{at}"),
            Ty::Set(at) => format!("set[E{at}]"),
            Ty::Seq(elem) => format!("seq[{}]", self.text(elem)),
            Ty::Array(count, elem) => format!("array[{count}, {}]", self.text(elem)),
            Ty::ByEnum(at, elem) => format!("array[E{at}, {}]", self.text(elem)),
            Ty::Tuple(parts) => {
                let parts = parts
                    .iter()
                    .map(|(name, ty)| format!("{name}: {}", self.text(ty)));
                format!("tuple[{}]", parts.collect::<Vec<_>>().join(", "))
            }
            Ty::Object(at) | Ty::Ref(at) => format!("O{at}"),
        }
    }

    /// A value as Nim text.
    fn literal(&self, ty: &Ty, value: &Val) -> String {
        let list = |open: &str, elem: &Ty, values: &[Val]| {
            let parts: Vec<String> = values
                .iter()
                .map(|value| self.literal(elem, value))
                .collect();
            format!("{open}{}]", parts.join(", "))
        };
        match (ty, value) {
            (Ty::Int(bits), Val::Int(value)) => format!("int{bits}({value})"),
            (Ty::UInt(bits), Val::Int(value)) => format!("uint{bits}({value})"),
            (Ty::Float(bits), Val::Float(value)) => format!("float{bits}({value:?})"),
            (_, Val::Bool(value)) => value.to_string(),
            (_, Val::Str(text)) => format!("{text:?}"),
            (_, Val::Enum(name)) => name.clone().unwrap_or_default(),
            (_, Val::Set(names)) => format!("{{{}}}", names.join(", ")),
            (Ty::Seq(elem), Val::List(values)) if values.is_empty() => {
                format!("newSeq[{}]()", self.text(elem))
            }
            (Ty::Seq(elem), Val::List(values)) => list("@[", elem, values),
            (Ty::Array(_, elem), Val::List(values)) => list("[", elem, values),
            (Ty::ByEnum(at, elem), Val::ByEnum(values)) => {
                let one = |name: &String| format!("{name}: {}", self.literal(elem, &values[name]));
                let parts: Vec<String> = self.enums[*at].iter().map(one).collect();
                format!("[{}]", parts.join(", "))
            }
            (Ty::Tuple(parts), Val::Parts(values)) => {
                let one = |(name, ty): &(String, Ty)| {
                    format!("{name}: {}", self.literal(ty, &values[name]))
                };
                format!("({})", parts.iter().map(one).collect::<Vec<_>>().join(", "))
            }
            (Ty::Object(at), value) => self.constructor(*at, value),
            (_, Val::Ref(Some(place))) => format!("p{place}"),
            (_, Val::Ref(None)) => "nil".into(),
            other => unreachable!("{other:?}"),
        }
    }

    fn constructor(&self, at: usize, value: &Val) -> String {
        let Val::Parts(values) = value else {
            unreachable!("an object has parts")
        };
        let mut parts = Vec::new();
        if let Some(Val::Enum(Some(kind))) = values.get("kind") {
            parts.push(format!("kind: {kind}"));
        }
        for field in self.fields_of(at, values) {
            let text = self.literal(&field.ty, &values[&field.name]);
            parts.push(format!("{}: {text}", field.name));
        }
        format!("O{at}({})", parts.join(", "))
    }

    /// The fields that exist, in order.
    fn fields_of(&self, at: usize, values: &BTreeMap<String, Val>) -> Vec<&Field> {
        let object = &self.objects[at];
        let mut fields: Vec<&Field> = object.fields.iter().collect();
        if let (Some((_, branches)), Some(Val::Enum(Some(kind)))) =
            (&object.variant, values.get("kind"))
        {
            fields.extend(&branches[kind]);
        }
        fields
    }

    /// A value as the program shows it.
    fn shown(&self, ty: &Ty, value: &Val, out: &mut String) {
        match (ty, value) {
            (_, Val::Int(value)) => put(out, value),
            (_, Val::Float(value)) => put(out, format!("{value:?}")),
            (_, Val::Bool(value)) => put(out, value),
            (_, Val::Str(text)) => put(out, text),
            (_, Val::Enum(name)) => put(out, name.as_deref().unwrap_or("?")),
            (Ty::Set(at), Val::Set(names)) => {
                for name in self.enums[*at].iter().filter(|name| names.contains(name)) {
                    put(out, name);
                }
            }
            (Ty::Seq(elem) | Ty::Array(_, elem), Val::List(values)) => {
                put(out, values.len());
                values.iter().for_each(|value| self.shown(elem, value, out));
            }
            (Ty::ByEnum(at, elem), Val::ByEnum(values)) => {
                for name in &self.enums[*at] {
                    self.shown(elem, &values[name], out);
                }
            }
            (Ty::Tuple(parts), Val::Parts(values)) => {
                parts
                    .iter()
                    .for_each(|(name, ty)| self.shown(ty, &values[name], out));
            }
            (Ty::Object(at), Val::Parts(values)) => self.shown_object(*at, values, out),
            (_, Val::Ref(None)) => put(out, "nil"),
            (_, Val::Ref(Some(place))) => put(out, format!("#{place}")),
            other => unreachable!("{other:?}"),
        }
    }

    fn shown_object(&self, at: usize, values: &BTreeMap<String, Val>, out: &mut String) {
        if let Some(Val::Enum(Some(kind))) = values.get("kind") {
            put(out, kind);
        }
        for field in self.fields_of(at, values) {
            self.shown(&field.ty, &values[&field.name], out);
        }
    }

    /// Statements that show the value of an expression.
    fn show(&self, ty: &Ty, what: &str, indent: usize, pool: &[(usize, Val)], out: &mut String) {
        let pad = " ".repeat(indent);
        let inner = format!("i{indent}");
        match ty {
            Ty::Int(_) | Ty::UInt(_) | Ty::Float(_) | Ty::Bool | Ty::Str | Ty::Enum(_) => {
                let _ = writeln!(out, "{pad}put $({what})");
            }
            Ty::Set(at) => {
                let _ = writeln!(out, "{pad}for {inner} in E{at}.low .. E{at}.high:");
                let _ = writeln!(out, "{pad}  if {inner} in {what}: put ${inner}");
            }
            Ty::Seq(elem) | Ty::Array(_, elem) => {
                let _ = writeln!(out, "{pad}put $({what}.len)");
                let _ = writeln!(out, "{pad}for {inner} in 0 ..< {what}.len:");
                self.show(elem, &format!("{what}[{inner}]"), indent + 2, pool, out);
            }
            Ty::ByEnum(at, elem) => {
                let _ = writeln!(out, "{pad}for {inner} in E{at}.low .. E{at}.high:");
                self.show(elem, &format!("{what}[{inner}]"), indent + 2, pool, out);
            }
            Ty::Tuple(parts) => {
                for (name, ty) in parts {
                    self.show(ty, &format!("{what}.{name}"), indent, pool, out);
                }
            }
            Ty::Object(at) => {
                let _ = writeln!(out, "{pad}show{at}({what})");
            }
            Ty::Ref(at) => {
                let _ = writeln!(out, "{pad}if {what} == nil: put \"nil\"");
                for (place, _) in pool
                    .iter()
                    .enumerate()
                    .filter(|(_, object)| object.0 == *at)
                {
                    let _ = writeln!(out, "{pad}elif {what} == p{place}: put \"#{place}\"");
                }
                let _ = writeln!(out, "{pad}else: put \"another\"");
            }
        }
    }

    /// The module, with the values of `state` as initialisers if this is the first version.
    fn module(&self, state: &State, first: bool) -> String {
        let mut out = String::from("proc liveBlocks(): int {.magic: \"RtLiveBlocks\".}\ntype\n");
        for (at, names) in self.enums.iter().enumerate() {
            let _ = writeln!(out, "  E{at} = enum {}", names.join(", "));
        }
        for (at, object) in self.objects.iter().enumerate() {
            let _ = writeln!(
                out,
                "  O{at} = {}object",
                if object.is_ref { "ref " } else { "" }
            );
            self.declare(&object.fields, 4, &mut out);
            if let Some((by, branches)) = &object.variant {
                let _ = writeln!(out, "    case kind: E{by}");
                for name in &self.enums[*by] {
                    let fields = branches.get(name).map_or(&[][..], |fields| fields);
                    match fields.is_empty() {
                        true => drop(writeln!(out, "    of {name}: discard")),
                        false => {
                            let _ = writeln!(out, "    of {name}:");
                            self.declare(fields, 6, &mut out);
                        }
                    }
                }
            }
        }
        for (place, (at, _)) in state.pool.iter().enumerate() {
            let _ = writeln!(out, "var p{place}: O{at}");
        }
        for (at, ty) in self.globals.iter().enumerate() {
            let _ = writeln!(out, "var g{at}: {}", self.text(ty));
        }
        out += "proc put(s: string) = stdout.write s, \" \"\n";
        for at in 0..self.objects.len() {
            let _ = writeln!(out, "proc show{at}(x: O{at}) =");
            self.show_fields(at, state, &mut out);
        }
        out += "proc show*() =\n";
        for (place, (at, _)) in state.pool.iter().enumerate() {
            let _ = writeln!(out, "  show{at}(p{place})");
        }
        for (at, ty) in self.globals.iter().enumerate() {
            self.show(ty, &format!("g{at}"), 2, &state.pool, &mut out);
        }
        out += "  echo \"\"\nproc build*() =\n";
        if first {
            for (place, (at, _)) in state.pool.iter().enumerate() {
                let _ = writeln!(out, "  p{place} = O{at}()");
            }
            for (place, (at, value)) in state.pool.iter().enumerate() {
                let _ = writeln!(out, "  p{place}[] = {}[]", self.constructor(*at, value));
            }
            for (at, (ty, value)) in self.globals.iter().zip(&state.globals).enumerate() {
                let _ = writeln!(out, "  g{at} = {}", self.literal(ty, value));
            }
        }
        // References are cut first: there is no collector of cycles.
        out += "  discard\nproc clear*() =\n";
        for (place, (at, _)) in state.pool.iter().enumerate() {
            let _ = writeln!(out, "  p{place}[] = O{at}()[]");
        }
        for (place, _) in state.pool.iter().enumerate() {
            let _ = writeln!(out, "  p{place} = nil");
        }
        for (at, ty) in self.globals.iter().enumerate() {
            let _ = writeln!(out, "  g{at} = default({})", self.text(ty));
        }
        out += "  discard\nproc blocks*(): int = liveBlocks()\n";
        out
    }

    fn declare(&self, fields: &[Field], indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        for field in fields {
            let _ = match &field.default {
                Some(value) => {
                    let value = self.literal(&field.ty, value);
                    writeln!(
                        out,
                        "{pad}{}: {} = {value}",
                        field.name,
                        self.text(&field.ty)
                    )
                }
                None => writeln!(out, "{pad}{}: {}", field.name, self.text(&field.ty)),
            };
        }
    }

    fn show_fields(&self, at: usize, state: &State, out: &mut String) {
        let object = &self.objects[at];
        if object.variant.is_some() {
            out.push_str("  put $x.kind\n");
        }
        for field in &object.fields {
            self.show(&field.ty, &format!("x.{}", field.name), 2, &state.pool, out);
        }
        if let Some((by, branches)) = &object.variant {
            out.push_str("  case x.kind\n");
            for name in &self.enums[*by] {
                let _ = writeln!(out, "  of {name}:\n    discard");
                for field in branches.get(name).into_iter().flatten() {
                    self.show(&field.ty, &format!("x.{}", field.name), 4, &state.pool, out);
                }
            }
        }
        out.push_str("  discard\n");
    }
}

fn put(out: &mut String, what: impl std::fmt::Display) {
    let _ = write!(out, "{what} ");
}

fn expected(v: &Version, state: &State) -> String {
    let mut out = String::new();
    for (at, value) in &state.pool {
        if let Val::Parts(values) = value {
            v.shown_object(*at, values, &mut out);
        }
    }
    for (ty, value) in v.globals.iter().zip(&state.globals) {
        v.shown(ty, value, &mut out);
    }
    out + "\n"
}

fn round(seed: u64) {
    let mut maker = Maker {
        random: Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1),
        names: 0,
    };
    let mut version = maker.version();
    let mut state = maker.state(&version);
    let printed = Arc::new(Mutex::new(Vec::new()));
    let sink = printed.clone();
    let take = || {
        let text = std::mem::take(&mut *printed.lock().expect("no holder panics"));
        String::from_utf8(text).expect("the program prints text")
    };
    let texts = Texts::new([("data.nim", version.module(&state, true))]);
    let source = version.module(&state, true);
    let context = |what: &str, text: &str| format!("seed {seed}: {what}\n{source}\n======\n{text}");
    let program = Program::builder()
        .provider(texts.clone())
        .output(move |_, text| {
            let mut sink = sink.lock().expect("no holder panics");
            sink.extend_from_slice(text);
        })
        .load("data.nim")
        .unwrap_or_else(|error| panic!("{}", context(&error.to_string(), "")));
    let call = |name: &str| {
        let proc = program
            .proc::<fn()>("data", name)
            .expect("the program has it");
        proc.call()
            .unwrap_or_else(|error| panic!("seed {seed}: {name}: {error}"));
    };
    let blocks = program
        .proc::<fn() -> i64>("data", "blocks")
        .expect("the program has it");
    let before = blocks.call().expect("it counts");
    call("build");
    call("show");
    assert_eq!(
        take(),
        expected(&version, &state),
        "{}",
        context("at first", "")
    );
    let edits = std::env::var("EDITS").map_or(3, |text| text.parse().expect("a number"));
    for edit in 1..=edits {
        let next = maker.edit(&version);
        state.globals = next
            .globals
            .iter()
            .zip(&state.globals)
            .map(|(ty, value)| next.migrate(ty, Some(value)))
            .collect();
        for (at, value) in &mut state.pool {
            *value = next.migrate_object(*at, Some(value));
        }
        version = next;
        let text = version.module(&state, false);
        texts.set("data.nim", &*text);
        let report = program
            .reload()
            .unwrap_or_else(|error| panic!("{}", context(&error.to_string(), &text)));
        // Fields that go while others come may only have got other names.
        let renamed = |warning: &String| warning.contains(" no more, whose values are given up");
        let others: Vec<_> = report.warnings.iter().filter(|w| !renamed(w)).collect();
        assert!(
            others.is_empty(),
            "{}",
            context(&format!("{others:?}"), &text)
        );
        call("show");
        assert_eq!(
            take(),
            expected(&version, &state),
            "{}",
            context(&format!("edit {edit}"), &text)
        );
    }
    call("clear");
    let left = blocks.call().expect("it counts") - before;
    let text = version.module(&state, false);
    assert_eq!(left, 0, "{}", context("blocks are left", &text));
}

#[test]
fn migrated_values_are_what_a_model_says() {
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
    };
    let (first, rounds) = (number("SEED", 1), number("ROUNDS", 30));
    for seed in first..first + rounds {
        round(seed);
    }
    println!("{rounds} programs, 3 edits each");
}

/// A program of one module, and a handle that gives what its `show()` gives.
/// A program, its texts, and the proc that is asked.
type Logic = (Texts, Program, midair::Proc<fn() -> String>);

fn logic(text: &str, afresh: Afresh) -> Logic {
    let texts = Texts::new([("logic.nim", text)]);
    let builder = Program::builder().provider(texts.clone()).afresh(afresh);
    let program = builder.load("logic.nim").expect("it runs");
    let show = program.handle("logic", "show").expect("it has it");
    (texts, program, show)
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|&name| name.to_owned()).collect()
}

const BEFORE: &str = "type Level = object\n  number: int\nvar level = Level(number: 3)\nvar name = \"x\"\n\
                      proc show*(): string = $level.number & name\nlevel.number += 1\nname.add \"y\"";
const AFTER: &str = "type Level = object\n  number: string\nvar level = Level(number: \"new\")\nvar name = \"z\"\n\
                     proc show*(): string = level.number & name\n";

#[test]
fn a_value_that_is_in_the_way_is_given_up_by_name() {
    let (texts, program, show) = logic(BEFORE, Afresh::default());
    assert_eq!(show.call().unwrap(), "4xy");
    texts.set("logic.nim", AFTER);
    let error = program.reload().unwrap_err().to_string();
    let why = "field `number` of `logic.Level` was `int` and is `string`";
    assert!(
        error.contains(why) && error.contains("--reset logic.level"),
        "{error}"
    );
    assert_eq!(show.call().unwrap(), "4xy");
    let reset = names(&["logic.nothing"]);
    let wrong = Afresh {
        reset,
        ..Afresh::default()
    };
    let error = program.reload_with(&wrong).unwrap_err().to_string();
    assert!(
        error.contains("there is no global `logic.nothing`"),
        "{error}"
    );
    // What has not changed its type is kept.
    let reset = names(&["logic.level", "logic.name"]);
    let report = program
        .reload_with(&Afresh {
            reset,
            ..Afresh::default()
        })
        .unwrap();
    assert!(report.globals_migrated.is_empty(), "{report:?}");
    assert_eq!(show.call().unwrap(), "newxy");
}

#[test]
fn what_every_reload_may_give_up_is_given_up_only_where_it_must() {
    let afresh = Afresh {
        reset: names(&["logic.level"]),
        reinit: names(&["logic.name"]),
        ..Afresh::default()
    };
    let (texts, program, show) = logic(BEFORE, afresh);
    texts.set("logic.nim", BEFORE.replace("$level", "\"-\" & $level"));
    program.reload().unwrap();
    assert_eq!(show.call().unwrap(), "-4xy");
    texts.set("logic.nim", AFTER);
    program.reload().unwrap();
    assert_eq!(show.call().unwrap(), "newz");
}

#[test]
fn a_first_value_that_fails_leaves_the_old_one() {
    let (texts, program, show) = logic(BEFORE, Afresh::default());
    texts.set(
        "logic.nim",
        BEFORE.replace(
            "var name = \"x\"",
            "proc fail(): string =\n  result = \"half\"\n  raise newException(ValueError, \"no\")\nvar name = fail()",
        ),
    );
    program.reload().unwrap();
    assert_eq!(show.call().unwrap(), "4xy");
    let reinit = names(&["logic.level", "logic.name"]);
    let error = program
        .reload_with(&Afresh {
            reinit,
            ..Afresh::default()
        })
        .unwrap_err();
    assert!(error.to_string().contains("no"), "{error}");
    assert_eq!(show.call().unwrap(), "4xy");
    let reinit = names(&["logic.level"]);
    program
        .reload_with(&Afresh {
            reinit,
            ..Afresh::default()
        })
        .unwrap();
    assert_eq!(show.call().unwrap(), "3xy");
}
