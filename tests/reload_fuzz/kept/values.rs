//! Values as the contract sees them: enums by the names of their constants, fields by name, objects by identity. How a value of one
//! version becomes one of the next, and what `show` of the program prints of it.

use super::types::{HEIR, Object, Schema, Type};

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    Int(i64),
    Float(f64),
    Text(String),
    Const(String),
    Set(Vec<String>),
    /// Of a seq, array, tuple, option or deque.
    Seq(Vec<Value>),
    /// Of an object, the discriminator first; or of an array that is indexed by an enum.
    Fields(Vec<(String, Value)>),
    /// An object that is made where this is evaluated.
    New(Vec<(String, Value)>),
    Nil,
    /// An object by its place on the heap.
    Object(usize),
    Table(Vec<(Value, Value)>),
    /// A closure or iterator: the version of its code, and its counter.
    Code(String, i64),
    /// What a closure or iterator has.
    Held(Box<Value>),
}

impl Value {
    pub(super) fn field(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Fields(fields) | Value::New(fields) => fields
                .iter()
                .find(|field| field.0 == name)
                .map(|field| &field.1),
            _ => None,
        }
    }

    pub(super) fn field_mut(&mut self, name: &str) -> Option<&mut Value> {
        match self {
            Value::Fields(fields) => {
                let field = fields.iter_mut().find(|field| field.0 == name);
                field.map(|field| &mut field.1)
            }
            _ => None,
        }
    }

    /// Which heir the object is one of.
    pub(super) fn heir(&self) -> Option<u32> {
        match self.field(HEIR) {
            Some(Value::Int(heir)) => u32::try_from(*heir).ok(),
            _ => None,
        }
    }

    fn constant(&self, name: &str) -> Option<&str> {
        match self.field(name) {
            Some(Value::Const(name)) => Some(name),
            _ => None,
        }
    }

    /// Do tables see both as one key?
    pub(super) fn same_key(&self, other: &Value) -> bool {
        match (self.field("id"), other.field("id")) {
            (Some(a), Some(b)) => a == b,
            _ => self == other,
        }
    }
}

/// Objects behind references.
pub(super) type Heap = Vec<Value>;

/// What a written value is when it is evaluated by code of this version.
pub(super) fn evaluate(value: &Value, heap: &mut Heap, version: &str) -> Value {
    let fields = |fields: &[(String, Value)], heap: &mut Heap| {
        let field =
            |(name, value): &(String, Value)| (name.clone(), evaluate(value, heap, version));
        fields.iter().map(field).collect()
    };
    match value {
        Value::Seq(values) => Value::Seq(
            values
                .iter()
                .map(|value| evaluate(value, heap, version))
                .collect(),
        ),
        Value::Fields(of) => Value::Fields(fields(of, heap)),
        Value::New(of) => {
            let object = Value::Fields(fields(of, heap));
            heap.push(object);
            Value::Object(heap.len() - 1)
        }
        Value::Table(pairs) => {
            let pair = |(key, value): &(Value, Value)| {
                (evaluate(key, heap, version), evaluate(value, heap, version))
            };
            Value::Table(pairs.iter().map(pair).collect())
        }
        Value::Code(_, at) => Value::Code(version.to_owned(), *at),
        Value::Held(value) => Value::Held(Box::new(evaluate(value, heap, version))),
        other => other.clone(),
    }
}

impl Schema {
    /// What a variable or field has that nobody gave a value.
    pub(super) fn unset(&self, ty: &Type) -> Value {
        match ty {
            Type::Int { .. } => Value::Int(0),
            Type::Float(_) => Value::Float(0.0),
            Type::Text => Value::Text(String::new()),
            Type::Enum(id) | Type::Range(id, ..) => Value::Const(self.enums[id][0].clone()),
            Type::Set(_) | Type::Packed(_) => Value::Set(Vec::new()),
            Type::Seq(_) | Type::Deque(_) | Type::Option(_) => Value::Seq(Vec::new()),
            Type::Boxed(of) => Value::Seq(vec![self.unset(of)]),
            Type::Array(len, elem) => Value::Seq(vec![self.unset(elem); *len as usize]),
            Type::ByEnum(id, elem) => {
                let constants = self.enums[id].iter();
                Value::Fields(
                    constants
                        .map(|name| (name.clone(), self.unset(elem)))
                        .collect(),
                )
            }
            Type::Tuple(parts) => {
                Value::Seq(parts.iter().map(|part| self.unset(&part.1)).collect())
            }
            Type::Object(_) | Type::Key => {
                let object = self.object_of(ty);
                let mut fields = Vec::new();
                let constant = object.variant.as_ref().map(|variant| {
                    let first = self.enums[&variant.by][0].clone();
                    fields.push((variant.name.clone(), Value::Const(first.clone())));
                    first
                });
                for field in object.active(constant.as_deref()) {
                    let given = field.default.clone();
                    let value = given.unwrap_or_else(|| self.unset(&field.ty));
                    fields.push((field.name.clone(), value));
                }
                Value::Fields(fields)
            }
            Type::Ref(_) => Value::Nil,
            Type::Table(..) | Type::Hashed(_) | Type::Heap => Value::Table(Vec::new()),
            Type::Closure | Type::Iterator | Type::Holds(..) => Value::Nil,
            Type::Distinct(id) => self.unset(&self.distincts[id]),
        }
    }

    /// What `show` prints.
    pub(super) fn show(&self, ty: &Type, value: &Value, heap: &Heap, depth: u32) -> String {
        let show = |ty: &Type, value: &Value| self.show(ty, value, heap, depth);
        let list = |ty: &Type, values: &[Value]| {
            let values: Vec<String> = values.iter().map(|value| show(ty, value)).collect();
            values.join(" ")
        };
        match (ty, value) {
            (Type::Distinct(id), value) => show(&self.distincts[id], value),
            (Type::Holds(..), Value::Nil) => "nil".into(),
            (Type::Holds(_, of), Value::Held(value)) => show(of, value),
            (_, Value::Int(value)) => value.to_string(),
            (_, Value::Float(value)) => format!("{value:?}"),
            (_, Value::Text(text)) => format!("'{text}'"),
            (_, Value::Const(name)) => name.clone(),
            (Type::Set(id) | Type::Packed(id), Value::Set(constants)) => {
                let held = self.enums[id]
                    .iter()
                    .filter(|name| constants.contains(name));
                let held: Vec<&str> = held.map(String::as_str).collect();
                format!("{{{}}}", held.join(" "))
            }
            (Type::Seq(elem) | Type::Deque(elem) | Type::Array(_, elem), Value::Seq(values)) => {
                format!("[{}]", list(elem, values))
            }
            (Type::Option(of), Value::Seq(values)) => format!("?{}", list(of, values)),
            (Type::Boxed(of), Value::Seq(values)) => format!("(val={};)", list(of, values)),
            (Type::ByEnum(id, elem), value) => {
                let value = |name: &String| match value.field(name) {
                    Some(value) => show(elem, value),
                    None => "(missing)".into(),
                };
                let values: Vec<String> = self.enums[id].iter().map(value).collect();
                format!("[{}]", values.join(" "))
            }
            (Type::Tuple(parts), Value::Seq(values)) => {
                let values = parts
                    .iter()
                    .zip(values)
                    .map(|(part, value)| show(&part.1, value));
                let values: Vec<String> = values.collect();
                format!("({})", values.join(" "))
            }
            (Type::Object(_) | Type::Key, value) => self.show_object(ty, value, heap, depth),
            (Type::Ref(_), Value::Object(at)) => match depth >= 3 {
                true => "~".into(),
                false => format!("^{}", self.show_object(ty, &heap[*at], heap, depth + 1)),
            },
            (Type::Ref(_), _) => "nil".into(),
            (Type::Table(key, of), Value::Table(pairs)) => {
                let pairs = pairs
                    .iter()
                    .map(|(k, v)| format!("{}:{}", show(key, k), show(of, v)));
                let mut pairs: Vec<String> = pairs.collect();
                pairs.sort();
                format!("{{{}}}", pairs.join(" "))
            }
            (Type::Hashed(key), Value::Table(pairs)) => {
                let mut keys: Vec<String> = pairs.iter().map(|pair| show(key, &pair.0)).collect();
                keys.sort();
                format!("{{{}}}", keys.join(" "))
            }
            (Type::Heap, Value::Table(pairs)) => {
                let mut keys: Vec<&Value> = pairs.iter().map(|pair| &pair.0).collect();
                keys.sort_by_key(|key| match key.field("id") {
                    Some(Value::Int(id)) => *id,
                    _ => 0,
                });
                if self.less != 0 {
                    keys.reverse();
                }
                let keys: Vec<String> = keys.iter().map(|key| show(&Type::Key, key)).collect();
                format!("<{}>", keys.join(" "))
            }
            (Type::Closure | Type::Iterator, Value::Nil) => "nil".into(),
            (_, Value::Code(version, at)) => format!("{version} {at}"),
            other => format!("(no text for {other:?})"),
        }
    }

    fn show_object(&self, ty: &Type, value: &Value, heap: &Heap, depth: u32) -> String {
        let object = self.object_of(ty);
        let mut text = String::from("(");
        for field in &object.fields {
            text += &self.show_field(&field.name, &field.ty, value, heap, depth);
        }
        if let Some(variant) = &object.variant {
            text += &self.show_field(&variant.name, &Type::Enum(variant.by), value, heap, depth);
            let constant = value.constant(&variant.name).unwrap_or_default();
            for field in &variant.branch(constant).fields {
                text += &self.show_field(&field.name, &field.ty, value, heap, depth);
            }
        }
        text += ")";
        if let Some((_, more)) = value.heir().and_then(|heir| self.heirs.get(&heir)) {
            text += "+";
            for field in &more.fields {
                text += &self.show_field(&field.name, &field.ty, value, heap, depth);
            }
        }
        text
    }

    fn show_field(&self, name: &str, ty: &Type, of: &Value, heap: &Heap, depth: u32) -> String {
        let value = of
            .field(name)
            .map(|value| self.show(ty, value, heap, depth));
        format!("{name}={};", value.unwrap_or_else(|| "(missing)".into()))
    }
}

/// How values of one version become those of the next.
pub(super) struct Migration<'a> {
    pub(super) old: &'a Schema,
    pub(super) new: &'a Schema,
    pub(super) heap: &'a Heap,
    /// The objects of the new version, and which of the old ones they were.
    pub(super) made: Heap,
    pub(super) moved: Vec<(usize, usize)>,
    /// Pairs of references that were found to go together.
    seen: Vec<u32>,
}

/// Why a reload is refused.
pub(super) type Refused = String;

impl<'a> Migration<'a> {
    pub(super) fn new(old: &'a Schema, new: &'a Schema, heap: &'a Heap) -> Migration<'a> {
        Migration {
            old,
            new,
            heap,
            made: Vec::new(),
            moved: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// Can values of the one type become values of the other, as far as the types tell?
    pub(super) fn types(&mut self, old: &Type, new: &Type) -> Result<(), Refused> {
        let range = |signed: bool, bits: u32| match signed {
            true => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
            false => (0, (1i128 << bits) - 1),
        };
        match (old, new) {
            (Type::Int { signed, bits }, Type::Int { signed: s, bits: b }) => {
                let (was, is) = (range(*signed, *bits), range(*s, *b));
                match is.0 <= was.0 && was.1 <= is.1 {
                    true => Ok(()),
                    false => Err("holds less".into()),
                }
            }
            (Type::Float(was), Type::Float(is)) if was <= is => Ok(()),
            (Type::Text, Type::Text) => Ok(()),
            (Type::Enum(a) | Type::Range(a, ..), Type::Enum(b) | Type::Range(b, ..)) if a == b => {
                Ok(())
            }
            (Type::Set(a), Type::Set(b)) | (Type::Packed(a), Type::Packed(b)) if a == b => Ok(()),
            (Type::Seq(a), Type::Seq(b))
            | (Type::Deque(a), Type::Deque(b))
            | (Type::Option(a), Type::Option(b))
            | (Type::Boxed(a), Type::Boxed(b))
            | (Type::Hashed(a), Type::Hashed(b)) => self.types(a, b),
            (Type::Array(len, a), Type::Array(now, b)) if len == now => self.types(a, b),
            (Type::ByEnum(by, a), Type::ByEnum(now, b)) if by == now => self.types(a, b),
            (Type::Tuple(a), Type::Tuple(b)) => {
                for (at, (name, ty)) in b.iter().enumerate() {
                    if let Some(source) = part(a, b, at, name.as_ref()) {
                        self.types(&a[source].1, ty)?;
                    }
                }
                Ok(())
            }
            (Type::Table(a, x), Type::Table(b, y)) => {
                self.types(a, b)?;
                self.types(x, y)
            }
            (Type::Object(a), Type::Object(b)) if a == b => {
                self.fields(&self.old.objects[a], &self.new.objects[b])
            }
            (Type::Ref(a), Type::Ref(b)) if a == b => {
                if self.seen.contains(a) {
                    return Ok(());
                }
                self.seen.push(*a);
                self.fields(&self.old.refs[a], &self.new.refs[b])
            }
            (Type::Key, Type::Key) | (Type::Heap, Type::Heap) => {
                self.fields(&self.old.key, &self.new.key)
            }
            (Type::Closure, Type::Closure) | (Type::Iterator, Type::Iterator) => Ok(()),
            // Both are closures, or iterators; what they hold is their own business.
            (Type::Holds(a, _), Type::Holds(b, _)) if a == b => Ok(()),
            (Type::Distinct(a), Type::Distinct(b)) if a == b => {
                self.types(&self.old.distincts[a], &self.new.distincts[b])
            }
            _ => Err(format!("{old:?} is {new:?}")),
        }
    }

    fn fields(&mut self, old: &Object, new: &Object) -> Result<(), Refused> {
        let (before, now) = (old.all(), new.all());
        for field in now {
            if let Some(was) = before.iter().find(|was| was.name == field.name) {
                self.types(&was.ty, &field.ty)?;
            }
        }
        match (&old.variant, &new.variant) {
            (Some(a), Some(b)) if a.name == b.name && a.by != b.by => Err("another enum".into()),
            _ => Ok(()),
        }
    }

    pub(super) fn value(
        &mut self,
        (a, b): (&Type, &Type),
        value: &Value,
    ) -> Result<Value, Refused> {
        Ok(match (a, b, value) {
            (Type::Holds(_, of), _, Value::Held(held)) => {
                let layout = |schema: &Schema| schema.layout(of, &mut Vec::new());
                // There are no objects of new heirs.
                let mut new = self.new.clone();
                new.heirs
                    .retain(|heir, _| self.old.heirs.contains_key(heir));
                if layout(self.old) != layout(&new) {
                    return Err("a closure has it".into());
                }
                Value::Held(Box::new(self.value((of, of), held)?))
            }
            (Type::Distinct(a), Type::Distinct(b), value) => {
                self.value((&self.old.distincts[a], &self.new.distincts[b]), value)?
            }
            (_, Type::Enum(id), Value::Const(name)) => {
                self.constant(*id, name)?;
                value.clone()
            }
            (_, Type::Range(id, first, last), Value::Const(name)) => {
                self.constant(*id, name)?;
                let constants = &self.new.enums[id];
                let at = |name: &String| constants.iter().position(|other| other == name);
                if at(name) < at(first) || at(name) > at(last) {
                    return Err(format!("{name} is outside"));
                }
                value.clone()
            }
            (_, Type::Set(id) | Type::Packed(id), Value::Set(constants)) => {
                for name in constants {
                    self.constant(*id, name)?;
                }
                value.clone()
            }
            (Type::Seq(a), Type::Seq(b), Value::Seq(values))
            | (Type::Deque(a), Type::Deque(b), Value::Seq(values))
            | (Type::Option(a), Type::Option(b), Value::Seq(values))
            | (Type::Boxed(a), Type::Boxed(b), Value::Seq(values))
            | (Type::Array(_, a), Type::Array(_, b), Value::Seq(values)) => {
                let values = values.iter().map(|value| self.value((a, b), value));
                Value::Seq(values.collect::<Result<_, _>>()?)
            }
            (Type::ByEnum(_, a), Type::ByEnum(id, b), value) => {
                let mut values = Vec::new();
                for name in &self.new.enums[id] {
                    let value = match value.field(name) {
                        Some(value) => self.value((a, b), value)?,
                        None => self.new.unset(b),
                    };
                    values.push((name.clone(), value));
                }
                Value::Fields(values)
            }
            (Type::Tuple(a), Type::Tuple(b), Value::Seq(values)) => {
                let mut parts = Vec::new();
                for (at, (name, ty)) in b.iter().enumerate() {
                    parts.push(match part(a, b, at, name.as_ref()) {
                        Some(source) => self.value((&a[source].1, ty), &values[source])?,
                        None => self.new.unset(ty),
                    });
                }
                Value::Seq(parts)
            }
            (Type::Table(a, x), Type::Table(b, y), Value::Table(pairs)) => {
                let mut now = Vec::new();
                for (key, value) in pairs {
                    now.push((self.value((a, b), key)?, self.value((x, y), value)?));
                }
                Value::Table(now)
            }
            (Type::Hashed(a), Type::Hashed(b), Value::Table(pairs)) => self.keys((a, b), pairs)?,
            (Type::Heap, Type::Heap, Value::Table(pairs)) => {
                self.keys((&Type::Key, &Type::Key), pairs)?
            }
            (Type::Object(_) | Type::Key, _, value) => {
                self.object(self.old.object_of(a), self.new.object_of(b), value)?
            }
            (_, _, Value::Object(at)) => {
                if let Some(known) = self.moved.iter().find(|moved| moved.0 == *at) {
                    return Ok(Value::Object(known.1));
                }
                let place = self.made.len();
                self.made.push(Value::Nil);
                self.moved.push((*at, place));
                let (Type::Ref(a), Type::Ref(b)) = (a, b) else {
                    return Err("no reference".into());
                };
                let (old, heir) = (&self.heap[*at], self.heap[*at].heir());
                let (was, is) = (self.old.whole(*a, heir), self.new.whole(*b, heir));
                if heir.is_some() {
                    // Of an object behind a reference to its base it is seen late.
                    self.fields(&was, &is)?;
                }
                let mut object = self.object(&was, &is, old)?;
                if let (Some(heir), Value::Fields(fields)) = (heir, &mut object) {
                    fields.push((HEIR.into(), Value::Int(heir.into())));
                }
                self.made[place] = object;
                Value::Object(place)
            }
            _ => value.clone(),
        })
    }

    fn keys(&mut self, types: (&Type, &Type), pairs: &[(Value, Value)]) -> Result<Value, Refused> {
        let mut keys = Vec::new();
        for (key, _) in pairs {
            keys.push((self.value(types, key)?, Value::Nil));
        }
        Ok(Value::Table(keys))
    }

    fn constant(&self, id: u32, name: &str) -> Result<(), Refused> {
        match self.new.enums[&id].iter().any(|other| other == name) {
            true => Ok(()),
            false => Err(format!("{name} is gone")),
        }
    }

    fn object(&mut self, old: &Object, new: &Object, value: &Value) -> Result<Value, Refused> {
        let mut fields = Vec::new();
        let was = old
            .variant
            .as_ref()
            .and_then(|variant| value.constant(&variant.name));
        let active = old.active(was);
        let mut is = None;
        if let Some(variant) = &new.variant {
            let kept = old
                .variant
                .as_ref()
                .filter(|old| old.name == variant.name)
                .and(was);
            if let Some(name) = kept {
                self.constant(variant.by, name)?;
            }
            let now = kept.map_or_else(|| self.new.enums[&variant.by][0].clone(), str::to_owned);
            fields.push((variant.name.clone(), Value::Const(now.clone())));
            is = Some(now);
        }
        for field in new.active(is.as_deref()) {
            let source = active.iter().find(|was| was.name == field.name);
            let value = match source.and_then(|was| Some((was, value.field(&was.name)?))) {
                Some((was, value)) => self.value((&was.ty, &field.ty), value)?,
                None => {
                    let given = field.default.clone();
                    given.unwrap_or_else(|| self.new.unset(&field.ty))
                }
            };
            fields.push((field.name.clone(), value));
        }
        Ok(Value::Fields(fields))
    }
}

/// Which part of a tuple of the old version is this one: by name, or by number where only one version has names.
fn part(
    old: &[(Option<String>, Type)],
    new: &[(Option<String>, Type)],
    at: usize,
    name: Option<&String>,
) -> Option<usize> {
    let named = |parts: &[(Option<String>, Type)]| parts[0].0.is_some();
    match named(old) && named(new) {
        true => old.iter().position(|part| part.0.as_ref() == name),
        false => (at < old.len()).then_some(at),
    }
}
