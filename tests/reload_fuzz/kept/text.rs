//! The text of the declarations of a program, and of their values.

use std::fmt::Write as _;

use super::types::{Field, HEIR, Object, Schema, Type};
use super::values::Value;

const HASHES: &[&str] = &[
    "hash(k.id)",
    "hash(k.id * 31 + 7)",
    "Hash(0)",
    "hash($k.id)",
    "!$(hash(k.id) !& hash(\"x\"))",
    "hash(mixed(k))",
];

impl Schema {
    /// The ways in which a key can be hashed.
    pub(super) fn hashes() -> usize {
        HASHES.len()
    }

    /// The type as the program writes it.
    pub(super) fn written(&self, ty: &Type) -> String {
        let of = |ty: &Type| self.written(ty);
        match ty {
            Type::Int { signed, bits } => match (signed, bits) {
                (true, 64) => "int".into(),
                (true, bits) => format!("int{bits}"),
                (false, bits) => format!("uint{bits}"),
            },
            Type::Float(64) => "float".into(),
            Type::Float(_) => "float32".into(),
            Type::Text => "string".into(),
            Type::Enum(id) => format!("E{id}"),
            Type::Range(_, first, last) => format!("range[{first}..{last}]"),
            Type::Set(id) => format!("set[E{id}]"),
            Type::Packed(id) => format!("PackedSet[E{id}]"),
            Type::Seq(elem) => format!("seq[{}]", of(elem)),
            Type::Deque(elem) => format!("Deque[{}]", of(elem)),
            Type::Boxed(value) => format!("Box[{}]", of(value)),
            Type::Array(len, elem) => format!("array[{len}, {}]", of(elem)),
            Type::ByEnum(id, elem) => format!("array[E{id}, {}]", of(elem)),
            Type::Tuple(parts) => {
                let part = |(name, ty): &(Option<String>, Type)| match name {
                    Some(name) => format!("{name}: {}", of(ty)),
                    None => of(ty),
                };
                let parts: Vec<String> = parts.iter().map(part).collect();
                match parts[0].contains(": ") && parts[0].starts_with('p') {
                    true => format!("tuple[{}]", parts.join(", ")),
                    false => format!("({})", parts.join(", ")),
                }
            }
            Type::Object(id) => format!("O{id}"),
            Type::Ref(id) => format!("R{id}"),
            Type::Table(key, value) => format!("Table[{}, {}]", of(key), of(value)),
            Type::Hashed(key) => format!("HashSet[{}]", of(key)),
            Type::Option(value) => format!("Option[{}]", of(value)),
            Type::Heap => "HeapQueue[Key]".into(),
            Type::Key => "Key".into(),
            Type::Closure | Type::Holds(false, _) => "proc (): string".into(),
            Type::Iterator | Type::Holds(true, _) => "iterator (): string".into(),
            Type::Distinct(id) => format!("D{id}"),
        }
    }

    /// A proc that works with all types. What a version has no use for, it says nothing about, and old code may go on with it.
    pub(super) fn naming_text(&self) -> String {
        let named = |prefix: &'static str, ids: Vec<u32>| {
            ids.into_iter().map(move |id| format!("{prefix}{id}"))
        };
        let all = named("E", self.enums.keys().copied().collect())
            .chain(named("D", self.distincts.keys().copied().collect()))
            .chain(named("O", self.objects.keys().copied().collect()))
            .chain(named("R", self.refs.keys().copied().collect()));
        let mut text = String::from("proc named() =\n  var key: seq[Key]\n  discard key\n");
        for name in all {
            let _ = writeln!(text, "  var all{name}: seq[{name}]\n  discard all{name}");
        }
        text
    }

    /// A value as the program writes it.
    pub(super) fn literal(&self, ty: &Type, value: &Value) -> String {
        let list = |values: &[Value], ty: &Type| {
            let values: Vec<String> = values.iter().map(|value| self.literal(ty, value)).collect();
            values.join(", ")
        };
        match (ty, value) {
            (Type::Distinct(id), _) => {
                format!("D{id}({})", self.literal(&self.distincts[id], value))
            }
            (Type::Holds(_, _), Value::Nil) => format!("({})(nil)", self.written(ty)),
            (Type::Holds(is_iterator, of), Value::Held(value)) => {
                let maker = if *is_iterator { "holding" } else { "keeping" };
                format!("{maker}[{}]({})", self.written(of), self.literal(of, value))
            }
            (
                Type::Int {
                    signed: true,
                    bits: 64,
                },
                Value::Int(value),
            ) => value.to_string(),
            (Type::Int { signed, bits }, Value::Int(value)) => {
                format!("{value}'{}{bits}", if *signed { 'i' } else { 'u' })
            }
            (Type::Float(32), Value::Float(value)) => format!("{value:?}'f32"),
            (_, Value::Float(value)) => format!("{value:?}"),
            (_, Value::Text(text)) => format!("\"{text}\""),
            (_, Value::Const(name)) => name.clone(),
            (Type::Packed(_), Value::Set(constants)) if !constants.is_empty() => {
                format!("toPackedSet([{}])", constants.join(", "))
            }
            (Type::Set(_), Value::Set(constants)) if !constants.is_empty() => {
                format!("{{{}}}", constants.join(", "))
            }
            (Type::Packed(id), _) => format!("initPackedSet[E{id}]()"),
            (Type::Set(id), _) => format!("default(set[E{id}])"),
            (Type::Seq(elem), Value::Seq(values)) if values.is_empty() => {
                format!("newSeq[{}]()", self.written(elem))
            }
            (Type::Seq(elem), Value::Seq(values)) => format!("@[{}]", list(values, elem)),
            (Type::Boxed(of), Value::Seq(values)) => {
                format!("{}(val: {})", self.written(ty), list(values, of))
            }
            (Type::Deque(elem), Value::Seq(values)) if values.is_empty() => {
                format!("initDeque[{}]()", self.written(elem))
            }
            (Type::Deque(elem), Value::Seq(values)) => format!("toDeque([{}])", list(values, elem)),
            (Type::Option(of), Value::Seq(values)) if values.is_empty() => {
                format!("none({})", self.written(of))
            }
            (Type::Option(of), Value::Seq(values)) => format!("some({})", list(values, of)),
            (Type::Array(_, elem), Value::Seq(values)) => format!("[{}]", list(values, elem)),
            (Type::ByEnum(id, elem), Value::Fields(values)) => {
                let value = |name: &String| {
                    &values
                        .iter()
                        .find(|value| value.0 == *name)
                        .expect("all have one")
                        .1
                };
                let values: Vec<String> = self.enums[id]
                    .iter()
                    .map(|name| format!("{name}: {}", self.literal(elem, value(name))))
                    .collect();
                format!("[{}]", values.join(", "))
            }
            (Type::Tuple(parts), Value::Seq(values)) => {
                let part = |((name, ty), value): (&(Option<String>, Type), &Value)| match name {
                    Some(name) => format!("{name}: {}", self.literal(ty, value)),
                    None => self.literal(ty, value),
                };
                let parts: Vec<String> = parts.iter().zip(values).map(part).collect();
                format!("({})", parts.join(", "))
            }
            (_, Value::Fields(fields) | Value::New(fields)) => {
                let (object, heir) = match ty {
                    Type::Ref(id) => (self.whole(*id, value.heir()), value.heir()),
                    _ => (self.object_of(ty).clone(), None),
                };
                let all = object.all();
                let fields = fields.iter().filter(|field| field.0 != HEIR);
                let field = |(name, value): &(String, Value)| {
                    let known = all.iter().find(|field| field.name == *name);
                    match known {
                        Some(field) => format!("{name}: {}", self.literal(&field.ty, value)),
                        None => format!("{name}: {}", self.literal(&Type::Text, value)),
                    }
                };
                let fields: Vec<String> = fields.map(field).collect();
                let fields = fields.join(", ");
                match heir {
                    Some(heir) => format!("{}(H{heir}({fields}))", self.written(ty)),
                    None => format!("{}({fields})", self.written(ty)),
                }
            }
            (Type::Ref(id), _) => format!("R{id}(nil)"),
            (Type::Table(key, of), Value::Table(pairs)) if pairs.is_empty() => {
                format!("initTable[{}, {}]()", self.written(key), self.written(of))
            }
            (Type::Table(key, of), Value::Table(pairs)) => {
                let pair = |(k, v): &(Value, Value)| {
                    format!("{}: {}", self.literal(key, k), self.literal(of, v))
                };
                let pairs: Vec<String> = pairs.iter().map(pair).collect();
                format!("{{{}}}.toTable", pairs.join(", "))
            }
            (Type::Hashed(key), Value::Table(pairs)) if pairs.is_empty() => {
                format!("initHashSet[{}]()", self.written(key))
            }
            (Type::Hashed(key), Value::Table(pairs)) => {
                let keys: Vec<String> = pairs
                    .iter()
                    .map(|pair| self.literal(key, &pair.0))
                    .collect();
                format!("toHashSet([{}])", keys.join(", "))
            }
            (Type::Heap, Value::Table(pairs)) if pairs.is_empty() => "initHeapQueue[Key]()".into(),
            (Type::Heap, Value::Table(pairs)) => {
                let keys: Vec<String> = pairs
                    .iter()
                    .map(|pair| self.literal(&Type::Key, &pair.0))
                    .collect();
                format!("toHeapQueue([{}])", keys.join(", "))
            }
            (Type::Closure, Value::Code(_, at)) => format!("made({at})"),
            (Type::Iterator, Value::Code(_, at)) => format!("counting({at})"),
            other => panic!("no literal for {other:?}"),
        }
    }

    /// The declarations.
    pub(super) fn text(&self) -> String {
        let mut text = String::from("type\n  Box*[T] = object\n    val*: T\n");
        for (id, constants) in self.enums.iter().filter(|one| !self.away.contains(one.0)) {
            let _ = writeln!(text, "  E{id}* = enum {}", constants.join(", "));
        }
        for (id, of) in &self.distincts {
            let _ = writeln!(text, "  D{id}* = distinct {}", self.written(of));
        }
        for (id, object) in &self.objects {
            self.object_text(&mut text, &format!("O{id}* = object"), object);
        }
        self.object_text(&mut text, "Key* = object", &self.key);
        for (id, object) in &self.refs {
            self.object_text(
                &mut text,
                &format!("R{id}* = ref object of RootObj"),
                object,
            );
        }
        for (id, (base, object)) in &self.heirs {
            self.object_text(
                &mut text,
                &format!("H{id}* = ref object of R{base}"),
                object,
            );
        }
        let less = if self.less == 0 {
            "a.id < b.id"
        } else {
            "a.id > b.id"
        };
        let _ = write!(
            text,
            "proc mixed(k: Key): int = k.id * 3 + {}\n\
             proc hash*(k: Key): Hash = {}\n\
             proc `==`*(a, b: Key): bool = a.id == b.id\n\
             proc `<`*(a, b: Key): bool = {less}\n",
            self.next, HASHES[self.hash]
        );
        for (id, of) in &self.distincts {
            let _ = writeln!(
                text,
                "proc show*(x: D{id}): string = show({}(x))",
                self.written(of)
            );
        }
        for id in self.refs.keys() {
            let _ = writeln!(text, "method more*(x: R{id}): string {{.base.}} = \"\"");
        }
        for (id, (_, object)) in &self.heirs {
            let _ = write!(
                text,
                "method more*(x: H{id}): string =\n  mixin show\n  result = \"+\"\n"
            );
            for field in &object.fields {
                let name = &field.name;
                let _ = writeln!(text, "  result.add \"{name}=\" & show(x.{name}) & \";\"");
            }
        }
        text
    }

    /// The declarations of a module of their own.
    pub(super) fn away_text(&self) -> String {
        let mut text = String::from("# enums\n");
        for id in &self.away {
            let _ = writeln!(text, "type E{id}* = enum {}", self.enums[id].join(", "));
        }
        text
    }

    fn object_text(&self, text: &mut String, head: &str, object: &Object) {
        let _ = writeln!(text, "  {head}");
        let field = |text: &mut String, by: &str, field: &Field| {
            let _ = match &field.default {
                Some(value) => writeln!(
                    text,
                    "{by}{}*: {} = {}",
                    field.name,
                    self.written(&field.ty),
                    self.literal(&field.ty, value)
                ),
                None => writeln!(text, "{by}{}*: {}", field.name, self.written(&field.ty)),
            };
        };
        for one in &object.fields {
            field(text, "    ", one);
        }
        if object.fields.is_empty() && object.variant.is_none() {
            text.push_str("    discard\n");
        }
        let Some(variant) = &object.variant else {
            return;
        };
        let _ = writeln!(text, "    case {}*: E{}", variant.name, variant.by);
        for branch in &variant.branches {
            let _ = match branch.constants.is_empty() {
                true => writeln!(text, "    else:"),
                false => writeln!(text, "    of {}:", branch.constants.join(", ")),
            };
            for one in &branch.fields {
                field(text, "      ", one);
            }
            if branch.fields.is_empty() {
                text.push_str("      discard\n");
            }
        }
    }
}
