//! Types and signatures as Nim's messages print them.

use super::symbols::RoutineSym;
use super::types::{CallConv, Class, IntTy, NominalBody, StaticKey, Type, TypeId, Types};
use crate::source::Name;
use crate::syntax::tree::Kind;

impl Types {
    /// The type as Nim prints it.
    pub fn show(&self, id: TypeId) -> String {
        match self.alias_name(id) {
            Some(name) => name.to_string(),
            None => self.show_structure(id),
        }
    }

    fn show_elem(&self, elem: TypeId) -> String {
        match elem {
            TypeId::EMPTY => "empty".into(),
            known => self.show(known),
        }
    }

    /// The type without a name that a program gives to its structure.
    fn show_structure(&self, id: TypeId) -> String {
        match self.get(id) {
            Type::Error => "error type".into(),
            Type::Void => "void".into(),
            Type::Int(int) => int.name().into(),
            Type::Float(4) => "float32".into(),
            Type::Float(_) => "float".into(),
            Type::Bool => "bool".into(),
            Type::Char => "char".into(),
            Type::String => "string".into(),
            Type::CString => "cstring".into(),
            Type::Pointer => "pointer".into(),
            Type::Nil => "typeof(nil)".into(),
            // Of `{}`; as an element, see below.
            Type::Empty => "set[empty]".into(),
            Type::Enum(n) | Type::Object(n) | Type::Distinct(n) => self.show_nominal(*n),
            Type::Range {
                base: TypeId::INT,
                lo: lo @ (0 | 1),
                hi: i64::MAX,
            } => if *lo == 0 { "Natural" } else { "Positive" }.into(),
            Type::Range { base, lo, hi } => {
                format!(
                    "range {}..{}({})",
                    self.show_ordinal(*base, *lo),
                    self.show_ordinal(*base, *hi),
                    self.show(*base)
                )
            }
            Type::FloatRange { base, lo, hi } => {
                format!(
                    "range {}..{}({})",
                    f64::from_bits(*lo),
                    f64::from_bits(*hi),
                    self.show(*base)
                )
            }
            Type::Set(elem) => format!("set[{}]", self.show_elem(*elem)),
            Type::Array { index, elem } => {
                format!(
                    "array[{}, {}]",
                    self.show_index(*index),
                    self.show_elem(*elem)
                )
            }
            Type::Seq(elem) => format!("seq[{}]", self.show_elem(*elem)),
            Type::OpenArray(elem) => format!("openArray[{}]", self.show_elem(*elem)),
            Type::Varargs(elem) => format!("varargs[{}]", self.show_elem(*elem)),
            Type::UncheckedArray(elem) => format!("UncheckedArray[{}]", self.show(*elem)),
            Type::Tuple(fields) => self.show_tuple(fields),
            Type::Ref(inner) => self.show_pointer("ref", 1, *inner),
            Type::Ptr(inner) => self.show_pointer("ptr", 2, *inner),
            Type::Var(inner) => format!("var {}", self.show(*inner)),
            Type::Lent(inner) => format!("lent {}", self.show(*inner)),
            Type::Sink(inner) => format!("sink {}", self.show(*inner)),
            Type::Proc(proc_type) => {
                let params: Vec<String> = proc_type
                    .params
                    .iter()
                    .enumerate()
                    .map(|(i, &p)| {
                        let name = self.proc_param(id, i).map(|name| name.to_string());
                        format!(
                            "{}: {}",
                            name.unwrap_or_else(|| param_name(i)),
                            self.show(p)
                        )
                    })
                    .collect();
                let word = if proc_type.iterator {
                    "iterator"
                } else {
                    "proc"
                };
                let ret = if proc_type.ret == TypeId::VOID {
                    String::new()
                } else {
                    format!(": {}", self.show(proc_type.ret))
                };
                let mut pragmas = match proc_type.conv {
                    CallConv::Nimcall => "nimcall",
                    CallConv::Closure => "closure",
                    CallConv::C => "cdecl",
                }
                .to_owned();
                if let Some(effects) = &proc_type.effects {
                    let flags = [
                        (effects.no_side_effect, ", noSideEffect"),
                        (effects.gc_safe, ", gcsafe"),
                    ];
                    let flags = flags.iter().filter(|(is_on, _)| *is_on);
                    pragmas.extend(flags.map(|&(_, text)| text));
                }
                format!("{word} ({}){ret}{{.{pragmas}.}}", params.join(", "))
            }
            Type::TypeDesc(inner) => format!("typedesc[{}]", self.show(*inner)),
            Type::StaticValue(base, key) => match key {
                StaticKey::Int(value) => self.show_ordinal(*base, *value),
                StaticKey::Float(bits) => f64::from_bits(*bits).to_string(),
                StaticKey::Str(text) => format!("{:?}", String::from_utf8_lossy(text)),
                StaticKey::Other(text) => text.to_string(),
            },
            Type::Spelled(name) => name.to_string(),
            Type::Iterable(elem) => match self.get(*elem) {
                Type::Class(class) if **class == Class::Any => "iterable".into(),
                _ => format!("iterable[{}]", self.show(*elem)),
            },
            Type::Untyped => "untyped".into(),
            Type::Typed => "typed".into(),
            Type::Param(number) => self.param_name(*number).unwrap_or("T").into(),
            Type::Class(class) => match self.class_name(id) {
                Some(name) => name.to_string(),
                None => self.show_class(class),
            },
            Type::Generic(number) => self.param_name(*number).unwrap_or("generic").into(),
            Type::Apply(number, args) => {
                format!(
                    "{}[{}]",
                    self.param_name(*number).unwrap_or("generic"),
                    self.show_list(args)
                )
            }
        }
    }

    /// The type where it was expected: with what it stands for, if it has a name of its own.
    pub fn show_expected(&self, id: TypeId) -> String {
        let name = self.show(id);
        if self.alias_name(id).is_some() {
            return format!("{name} = {}", self.show_structure(id));
        }
        match self.get(id) {
            Type::Object(n) | Type::Enum(n) if !self.def(*n).args.is_empty() => name,
            Type::Ref(inner) | Type::Ptr(inner) => match self.get(*inner) {
                Type::Object(n) if self.def(*n).pointer != 0 => {
                    let word = if matches!(self.get(id), Type::Ref(_)) {
                        "ref"
                    } else {
                        "ptr"
                    };
                    format!("{name} = {word} {name}:ObjectType")
                }
                _ => name,
            },
            Type::Enum(_) => format!("{name} = enum"),
            Type::Object(_) => format!("{name} = object"),
            Type::Distinct(n) => match self.def(*n).body {
                NominalBody::Distinct(base) => format!("{name} = distinct {}", self.show(base)),
                _ => name,
            },
            Type::Range { base, lo, hi } if !name.starts_with("range") => {
                format!("{name} = range {lo}..{hi}({})", self.show(*base))
            }
            _ => name,
        }
    }

    /// Several types, separated by commas.
    pub fn show_list(&self, types: &[TypeId]) -> String {
        types
            .iter()
            .map(|&ty| self.show(ty))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The name of an object type without its arguments: one that a `ref object` declares has a name of its own.
    pub fn object_name(&self, id: TypeId) -> String {
        match *self.get(id) {
            Type::Object(nominal) => self.nominal_name(nominal),
            _ => self.show(id),
        }
    }

    /// The arguments of a generic type, each with the module that declares it.
    fn show_type_args(&self, args: &[TypeId]) -> String {
        let shown: Vec<String> = args.iter().map(|&arg| self.show_type_arg(arg)).collect();
        shown.join(", ")
    }

    fn show_type_arg(&self, id: TypeId) -> String {
        let name = self.show(id);
        let nominal = match self.get(id) {
            Type::Int(_)
            | Type::Float(_)
            | Type::Bool
            | Type::Char
            | Type::String
            | Type::CString
            | Type::Pointer => return format!("system.{name}"),
            _ if id == TypeId::VOID => return format!("system.{name}"),
            Type::Range { .. } if !name.starts_with("range") => return format!("system.{name}"),
            Type::Enum(n) | Type::Object(n) | Type::Distinct(n) => self.def(*n),
            Type::Ref(inner) | Type::Ptr(inner) => match self.get(*inner) {
                Type::Object(n) if self.def(*n).name.as_str() == name => self.def(*n),
                _ => return name,
            },
            _ => return name,
        };
        if !nominal.args.is_empty() {
            return name;
        }
        let module = nominal.module.rsplit('/').next().unwrap_or_default();
        format!("{module}.{name}")
    }

    fn nominal_name(&self, id: super::types::NominalId) -> String {
        let nominal = self.def(id);
        if nominal.pointer == 0 {
            nominal.name.to_string()
        } else {
            format!("{}:ObjectType", nominal.name)
        }
    }

    fn show_nominal(&self, id: super::types::NominalId) -> String {
        let nominal = self.def(id);
        let name = self.nominal_name(id);
        if nominal.args.is_empty() {
            name
        } else {
            format!("{name}[{}]", self.show_type_args(&nominal.args))
        }
    }

    fn show_pointer(&self, word: &str, pointer: u8, inner: TypeId) -> String {
        if let Type::Object(n) = self.get(inner) {
            let nominal = self.def(*n);
            if nominal.name == "NimNodeObj" && word == "ref" {
                return "NimNode".into();
            }
            if nominal.pointer == pointer {
                let name = nominal.name.to_string();
                return if nominal.args.is_empty() {
                    name
                } else {
                    format!("{name}[{}]", self.show_type_args(&nominal.args))
                };
            }
        }
        format!("{word} {}", self.show(inner))
    }

    fn show_tuple(&self, fields: &[(Option<crate::source::Name>, TypeId)]) -> String {
        if fields.iter().any(|(name, _)| name.is_none()) || fields.is_empty() {
            let types: Vec<String> = fields.iter().map(|&(_, ty)| self.show(ty)).collect();
            let comma = if types.len() == 1 { "," } else { "" };
            return format!("({}{comma})", types.join(", "));
        }
        let parts: Vec<String> = fields
            .iter()
            .map(|(name, ty)| format!("{}: {}", name.expect("all are named"), self.show(*ty)))
            .collect();
        format!("tuple[{}]", parts.join(", "))
    }

    fn show_index(&self, index: TypeId) -> String {
        match self.get(index) {
            Type::Range { base, lo, hi } => format!(
                "{}..{}",
                self.show_ordinal(*base, *lo),
                self.show_ordinal(*base, *hi)
            ),
            _ => self.show(index),
        }
    }

    /// An ordinal value of a type, as source.
    pub fn show_ordinal(&self, ty: TypeId, value: i64) -> String {
        match self.get(self.repr(ty)) {
            Type::Bool => (value != 0).to_string(),
            Type::Char => format!("{:?}", char::from(value as u8)),
            Type::Int(IntTy::UInt | IntTy::U64) => (value as u64).to_string(),
            Type::Enum(_) => self
                .enumeration(self.repr(ty))
                .and_then(|body| body.constants.iter().find(|c| c.value == value))
                .map_or_else(|| value.to_string(), |c| c.name.to_string()),
            _ => value.to_string(),
        }
    }

    fn show_class(&self, class: &Class) -> String {
        match class {
            Class::Any => "any".into(),
            Class::Or(parts) => parts
                .iter()
                .map(|&p| self.show(p))
                .collect::<Vec<_>>()
                .join(" or "),
            Class::And(parts) => parts
                .iter()
                .map(|&p| self.show(p))
                .collect::<Vec<_>>()
                .join(" and "),
            Class::Not(inner) => format!("not {}", self.show(*inner)),
            Class::Kind(word) => (*word).into(),
            Class::Concept(_) => "concept".into(),
        }
    }

    /// Name and parameters of a routine.
    pub fn show_head(&self, routine: &RoutineSym) -> String {
        let name = quoted(routine.name);
        let generics = if routine.generics.is_empty() {
            String::new()
        } else {
            format!(
                "[{}]",
                routine
                    .generics
                    .iter()
                    .map(|g| g.name.as_str())
                    .collect::<Vec<_>>()
                    .join("; ")
            )
        };
        let params: Vec<String> = routine
            .params
            .iter()
            .map(|p| {
                format!(
                    "{}: {}{}",
                    p.name,
                    self.show(p.ty),
                    if p.default.is_some() { " = ..." } else { "" }
                )
            })
            .collect();
        format!("{name}{generics}({})", params.join("; "))
    }
}

/// The keyword that a routine was declared with.
pub(super) fn routine_word(kind: Kind) -> &'static str {
    match kind {
        Kind::FuncDef => "func",
        Kind::MethodDef => "method",
        Kind::IteratorDef => "iterator",
        Kind::ConverterDef => "converter",
        Kind::MacroDef => "macro",
        Kind::TemplateDef => "template",
        _ => "proc",
    }
}

/// A routine's name as it is declared: operators in backquotes.
pub(super) fn quoted(name: Name) -> String {
    let name = name.as_str();
    const WORDS: [&str; 14] = [
        "and", "or", "xor", "not", "div", "mod", "shl", "shr", "in", "notin", "is", "isnot", "of",
        "as",
    ];
    let word = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if word && !WORDS.contains(&name) {
        name.to_string()
    } else {
        format!("`{name}`")
    }
}

fn param_name(i: usize) -> String {
    format!("a{i}")
}
