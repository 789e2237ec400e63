//! Kinds of Nim types that Rust types stand for.
//!
//! In: a [`Want`], which a Rust type has as a constant, and a Nim type. Out: whether they fit, and if not, why: where layouts differ,
//! the first field that does. Also each kind's name in Rust and in Nim, and the declarations that an interface needs.

use std::fmt;

use crate::mir::lower::layout::Layouts;
use crate::sema::types::{CallConv, Type, TypeId, Types};
use crate::source::Name;

/// The kind of a Nim type that a Rust type stands for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Want {
    /// An integer of so many bytes.
    Int {
        /// Its size in bytes.
        size: u8,
        /// Has it a sign?
        signed: bool,
    },
    /// A float of so many bytes.
    Float(u8),
    /// `bool`.
    Bool,
    /// `char`.
    Char,
    /// Any address that owns nothing.
    Pointer,
    /// `string`.
    Text,
    /// No value.
    Nothing,
    /// `seq[T]`.
    Seq(&'static Want),
    /// `openArray[T]`; the flag: `var openArray[T]`.
    Open(&'static Want, bool),
    /// `array[N, T]`.
    Array(&'static Want, usize),
    /// A tuple.
    Tuple(&'static [Want]),
    /// `Option[T]`.
    Option(&'static Want),
    /// An object with the layout of a Rust struct.
    Object(&'static ObjectWant),
    /// An enum with the constants of a Rust one.
    Enum(&'static EnumWant),
    /// `var T`.
    Var(&'static Want),
    /// A closure.
    Closure(&'static [Want], &'static Want),
    /// An object of the host, by number: the name of its type.
    Handle(&'static str),
}

/// A Rust struct whose values the guest shares.
#[derive(PartialEq, Debug)]
pub struct ObjectWant {
    /// Its name.
    pub name: &'static str,
    /// Its size in bytes.
    pub size: usize,
    /// Its alignment in bytes.
    pub align: usize,
    /// Its fields, in order.
    pub fields: &'static [FieldWant],
}

/// A field of a Rust struct.
#[derive(PartialEq, Debug)]
pub struct FieldWant {
    /// Its name.
    pub name: &'static str,
    /// Where it is, in bytes.
    pub offset: usize,
    /// Its type.
    pub want: Want,
}

/// A Rust enum without fields.
#[derive(PartialEq, Debug)]
pub struct EnumWant {
    /// Its name.
    pub name: &'static str,
    /// Its size in bytes.
    pub size: u8,
    /// Its constants and their values, in order of the values.
    pub constants: &'static [(&'static str, i64)],
}

const fn align_up(at: usize, align: usize) -> usize {
    at.next_multiple_of(align)
}

impl Want {
    /// Size and alignment in the guest's memory.
    pub const fn size_align(&self) -> (usize, usize) {
        match *self {
            Want::Int { size, .. } | Want::Float(size) => (size as usize, size as usize),
            Want::Bool | Want::Char => (1, 1),
            Want::Pointer | Want::Var(_) | Want::Handle(_) => (8, 8),
            Want::Text | Want::Seq(_) | Want::Open(..) | Want::Closure(..) => (16, 8),
            Want::Nothing => (0, 1),
            Want::Array(elem, len) => {
                let (size, align) = elem.size_align();
                (size * len, align)
            }
            Want::Tuple(parts) => {
                let (mut at, mut most, mut i) = (0, 1, 0);
                while i < parts.len() {
                    let (size, align) = parts[i].size_align();
                    at = align_up(at, align) + size;
                    most = if align > most { align } else { most };
                    i += 1;
                }
                (align_up(at, most), most)
            }
            // A pointer is its own mark.
            Want::Option(Want::Pointer) => (8, 8),
            Want::Option(inner) => {
                let (size, align) = inner.size_align();
                (align_up(size + 1, align), align)
            }
            Want::Object(object) => (object.size, object.align),
            Want::Enum(body) => (body.size as usize, body.size as usize),
        }
    }

    /// Does a value travel in memory, by its address?
    pub const fn is_memory(&self) -> bool {
        matches!(
            self,
            Want::Text
                | Want::Seq(_)
                | Want::Array(..)
                | Want::Tuple(_)
                | Want::Option(_)
                | Want::Object(_)
                | Want::Closure(..)
        )
    }

    /// Does it travel as an address and a length?
    pub const fn is_pair(&self) -> bool {
        matches!(self, Want::Open(..))
    }

    /// Is it passed in a register for floats?
    pub const fn is_float(&self) -> bool {
        matches!(self, Want::Float(_))
    }

    /// Does the Nim type `ty` fit?
    ///
    /// # Errors
    /// Why not, where that is more than another kind of type: empty if there is nothing to add.
    pub(super) fn fits(&self, types: &Types, ty: TypeId) -> Result<(), String> {
        let no = || Err(String::new());
        match (self, types.get(ty)) {
            (Want::Var(inner), &Type::Var(have)) => return inner.fits(types, have),
            (Want::Open(elem, true), &Type::Var(have)) => {
                return Want::Open(elem, false).fits(types, have);
            }
            (Want::Open(_, true), _) => return no(),
            (Want::Handle(name), Type::Distinct(nominal)) => {
                let is_word =
                    matches!(types.get(types.repr(ty)), Type::Int(int) if int.size() == 8);
                let same = Name::new(name) == types.def(*nominal).name;
                return if is_word && same { Ok(()) } else { no() };
            }
            (_, Type::Var(_) | Type::Lent(_) | Type::Sink(_)) => return no(),
            _ => {}
        }
        let have = types.get(types.repr(ty));
        let simple = match (self, have) {
            (Want::Int { size, signed }, Type::Int(int)) => {
                (u32::from(*size), *signed) == (int.size(), int.signed())
            }
            (
                Want::Int {
                    size,
                    signed: false,
                },
                Type::Char,
            ) => *size == 1,
            (Want::Int { size, .. }, Type::Enum(_)) => {
                let body = types.enumeration(types.repr(ty));
                body.map(|body| body.size) == Some(u32::from(*size))
            }
            (Want::Float(size), Type::Float(have)) => size == have,
            (Want::Bool, Type::Bool)
            | (Want::Char, Type::Char)
            | (Want::Pointer, Type::Pointer | Type::Ptr(_) | Type::CString)
            | (Want::Text, Type::String)
            | (Want::Nothing, Type::Void) => true,
            (Want::Seq(elem), Type::Seq(have))
            | (Want::Open(elem, false), Type::OpenArray(have) | Type::Varargs(have)) => {
                return elem.fits(types, *have);
            }
            (Want::Array(elem, len), Type::Array { elem: have, .. }) => {
                if types.array_len(types.repr(ty)) != Some(*len as u64) {
                    return no();
                }
                return elem.fits(types, *have);
            }
            (Want::Tuple(parts), Type::Tuple(have)) if parts.len() == have.len() => {
                let mut pairs = parts.iter().zip(have);
                return pairs.try_for_each(|(want, &(_, have))| want.fits(types, have));
            }
            (Want::Option(inner), Type::Object(_)) => {
                return option_fits(inner, types, types.repr(ty));
            }
            (Want::Object(object), Type::Object(_)) => return object.fits(types, types.repr(ty)),
            (Want::Enum(body), Type::Enum(_)) => return body.fits(types, types.repr(ty)),
            (Want::Closure(params, result), Type::Proc(proc)) => {
                if proc.conv != CallConv::Closure
                    || proc.iterator
                    || proc.params.len() != params.len()
                {
                    return no();
                }
                let mut pairs = params.iter().zip(&proc.params);
                pairs.try_for_each(|(want, &have)| want.fits(types, have))?;
                return result.fits(types, proc.ret);
            }
            _ => false,
        };
        if simple { Ok(()) } else { no() }
    }

    /// The type as an interface in Nim says it.
    pub(super) fn nim(&self) -> String {
        let list = |parts: &[Want]| {
            let parts: Vec<String> = parts.iter().map(Want::nim).collect();
            parts.join(", ")
        };
        match self {
            Want::Int {
                size: 8,
                signed: true,
            } => "int".into(),
            Want::Int { size, signed } => {
                format!(
                    "{}int{}",
                    if *signed { "" } else { "u" },
                    u32::from(*size) * 8
                )
            }
            Want::Float(4) => "float32".into(),
            Want::Float(_) => "float".into(),
            Want::Bool => "bool".into(),
            Want::Char => "char".into(),
            Want::Pointer => "pointer".into(),
            Want::Text => "string".into(),
            Want::Nothing => "void".into(),
            Want::Seq(elem) => format!("seq[{}]", elem.nim()),
            Want::Open(elem, false) => format!("openArray[{}]", elem.nim()),
            Want::Open(elem, true) => format!("var openArray[{}]", elem.nim()),
            Want::Array(elem, len) => format!("array[{len}, {}]", elem.nim()),
            Want::Tuple([one]) => format!("({},)", one.nim()),
            Want::Tuple(parts) => format!("({})", list(parts)),
            Want::Option(inner) => format!("Option[{}]", inner.nim()),
            Want::Object(object) => object.name.into(),
            Want::Enum(body) => body.name.into(),
            Want::Var(inner) => format!("var {}", inner.nim()),
            Want::Closure(params, result) => {
                let params = params.iter().enumerate();
                let params: Vec<String> = params
                    .map(|(i, param)| format!("a{i}: {}", param.nim()))
                    .collect();
                let result = match result {
                    Want::Nothing => String::new(),
                    result => format!(": {}", result.nim()),
                };
                format!("proc ({}){result}", params.join(", "))
            }
            Want::Handle(name) => (*name).into(),
        }
    }

    /// Calls `see` with each type that an interface has to declare, parts first.
    pub(super) fn declared(&self, see: &mut dyn FnMut(&Want)) {
        match self {
            Want::Seq(inner) | Want::Open(inner, _) | Want::Array(inner, _) | Want::Var(inner) => {
                inner.declared(see)
            }
            Want::Option(inner) => {
                inner.declared(see);
                see(self);
            }
            Want::Tuple(parts) => parts.iter().for_each(|part| part.declared(see)),
            Want::Closure(params, result) => {
                params.iter().for_each(|part| part.declared(see));
                result.declared(see);
            }
            Want::Object(object) => {
                object
                    .fields
                    .iter()
                    .for_each(|field| field.want.declared(see));
                see(self);
            }
            Want::Enum(_) | Want::Handle(_) => see(self),
            _ => {}
        }
    }
}

/// The Rust type that stands for a Nim type in a parameter; `_` where none does.
pub(super) fn rust_of(types: &Types, ty: TypeId) -> String {
    let inner = |ty| rust_of(types, ty);
    match types.get(ty) {
        Type::Var(elem) => match types.get(*elem) {
            Type::OpenArray(elem) => return format!("&mut [{}]", inner(*elem)),
            _ => return format!("&mut {}", inner(*elem)),
        },
        Type::Lent(_) | Type::Sink(_) => return "_".into(),
        _ => {}
    }
    let list = |tys: &mut dyn Iterator<Item = TypeId>| {
        let names: Vec<String> = tys.map(inner).collect();
        names.join(", ")
    };
    match types.get(types.repr(ty)) {
        Type::Int(int) => format!("{}{}", if int.signed() { "i" } else { "u" }, int.size() * 8),
        Type::Float(size) => format!("f{}", u32::from(*size) * 8),
        Type::Bool => "bool".into(),
        Type::Char => "Char".into(),
        Type::String => "String".into(),
        Type::Void => "()".into(),
        Type::Pointer | Type::Ptr(_) | Type::CString => "*mut _".into(),
        Type::Seq(elem) => format!("Vec<{}>", inner(*elem)),
        Type::OpenArray(elem) | Type::Varargs(elem) => format!("&[{}]", inner(*elem)),
        Type::Array { elem, .. } => {
            let len = types.array_len(types.repr(ty)).unwrap_or(0);
            format!("[{}; {len}]", inner(*elem))
        }
        Type::Tuple(parts) => format!("({})", list(&mut parts.iter().map(|part| part.1))),
        Type::Object(nominal) => {
            let def = types.def(*nominal);
            match def.args[..] {
                [arg] if def.name == Name::new("Option") => format!("Option<{}>", inner(arg)),
                _ => def.name.as_str().into(),
            }
        }
        Type::Enum(nominal) => types.def(*nominal).name.as_str().into(),
        Type::Proc(proc) if proc.conv == CallConv::Closure => {
            let params = list(&mut proc.params.iter().copied());
            format!("Callback<fn({params}) -> {}>", inner(proc.ret))
        }
        _ => "_".into(),
    }
}

/// `Option[T]` of the library, whose type argument tells what it holds.
fn option_fits(inner: &Want, types: &Types, ty: TypeId) -> Result<(), String> {
    let Some((nominal, _)) = types.object(ty) else {
        return Err(String::new());
    };
    let def = types.def(nominal);
    match def.args[..] {
        [have] if def.name == Name::new("Option") && def.module.ends_with("options") => {
            inner.fits(types, have)
        }
        _ => Err(String::new()),
    }
}

impl ObjectWant {
    /// Compares layouts, field by field in order.
    fn fits(&self, types: &Types, ty: TypeId) -> Result<(), String> {
        let Some((_, body)) = types.object(ty) else {
            return Err(String::new());
        };
        let shown = types.show(ty);
        let (rust, layouts) = (self.name, Layouts::default());
        let layout = layouts.fields(types, ty);
        if body.base.is_some() || body.rtti {
            return Err(format!(
                "{shown} has a base or is inheritable, the struct {rust} is not"
            ));
        }
        for (index, field) in body.fields.iter().enumerate() {
            let (name, offset) = (field.name, layout.offsets[index]);
            let have = types.show(field.ty);
            let Some(want) = self.fields.get(index) else {
                return Err(format!("{shown}.{name} is not in the struct {rust}"));
            };
            if Name::new(want.name) != name {
                let wanted = want.name;
                return Err(format!(
                    "field {index} is {name}: {have} in {shown} and {wanted}: {} in the struct {rust}",
                    want.want
                ));
            }
            if let Err(why) = want.want.fits(types, field.ty) {
                let why = if why.is_empty() {
                    why
                } else {
                    format!(": {why}")
                };
                let want = want.want;
                return Err(format!(
                    "{shown}.{name} is {have} in Nim and {want} in the struct {rust}{why}"
                ));
            }
            if want.offset as u64 != offset {
                return Err(format!(
                    "{shown}.{name} is at offset {offset} in Nim and at {} in the struct {rust}",
                    want.offset
                ));
            }
        }
        if let Some(missing) = self.fields.get(body.fields.len()) {
            return Err(format!(
                "{}: {} of the struct {rust} is not in {shown}",
                missing.name, missing.want
            ));
        }
        if body.fields.iter().any(|field| field.bitsize.is_some()) {
            return Err(format!("{shown} has bit fields"));
        }
        if layout.size != self.size as u64 {
            return Err(format!(
                "{shown} has {} bytes, the struct {rust} {}",
                layout.size, self.size
            ));
        }
        Ok(())
    }

    pub(super) fn declaration(&self) -> String {
        let mut text = format!("  {}* {{.bycopy.}} = object\n", self.name);
        for field in self.fields {
            text += &format!("    {}*: {}\n", field.name, field.want.nim());
        }
        text
    }
}

impl EnumWant {
    fn fits(&self, types: &Types, ty: TypeId) -> Result<(), String> {
        let Some(have) = types.enumeration(ty) else {
            return Err(String::new());
        };
        let (shown, rust) = (types.show(ty), self.name);
        if have.size != u32::from(self.size) {
            return Err(format!(
                "{shown} has {} bytes, the enum {rust} {}",
                have.size, self.size
            ));
        }
        for constant in &have.constants {
            // Rust writes `Calm` where Nim writes `calm`.
            let same = |(name, value): &&(&str, i64)| {
                let folded = |name: &str| Name::new(&name.to_lowercase());
                folded(name) == folded(constant.name.as_str()) && *value == constant.value
            };
            if !self.constants.iter().any(|known| same(&known)) {
                let (name, value) = (constant.name, constant.value);
                return Err(format!(
                    "{shown} has {name} = {value}, the enum {rust} has not"
                ));
            }
        }
        let missing = self.constants.get(have.constants.len());
        match missing {
            Some(_) => Err(format!("the enum {rust} has more constants than {shown}")),
            None => Ok(()),
        }
    }

    pub(super) fn declaration(&self) -> String {
        let constants: Vec<String> = self
            .constants
            .iter()
            .map(|(name, value)| format!("{name} = {value}"))
            .collect();
        let bits = u32::from(self.size) * 8;
        let size = format!("{{.pure, size: sizeof(uint{bits}).}}");
        format!(
            "  {}* {size} = enum\n    {}\n",
            self.name,
            constants.join(", ")
        )
    }
}

impl fmt::Display for Want {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Want::Int { size, signed } => {
                write!(
                    f,
                    "{}{}",
                    if *signed { "i" } else { "u" },
                    u32::from(*size) * 8
                )
            }
            Want::Float(size) => write!(f, "f{}", u32::from(*size) * 8),
            Want::Bool => f.write_str("bool"),
            Want::Char => f.write_str("Char"),
            Want::Pointer => f.write_str("a raw pointer"),
            Want::Text => f.write_str("String"),
            Want::Nothing => f.write_str("()"),
            Want::Seq(elem) => write!(f, "Vec<{elem}>"),
            Want::Open(elem, false) => write!(f, "&[{elem}]"),
            Want::Open(elem, true) => write!(f, "&mut [{elem}]"),
            Want::Array(elem, len) => write!(f, "[{elem}; {len}]"),
            Want::Tuple(parts) => {
                let all: Vec<String> = parts.iter().map(Want::to_string).collect();
                let comma = if all.len() == 1 { "," } else { "" };
                write!(f, "({}{comma})", all.join(", "))
            }
            Want::Option(inner) => write!(f, "Option<{inner}>"),
            Want::Object(object) => f.write_str(object.name),
            Want::Enum(body) => f.write_str(body.name),
            Want::Var(inner) => write!(f, "&mut {inner}"),
            Want::Closure(params, result) => {
                let params: Vec<String> = params.iter().map(Want::to_string).collect();
                write!(f, "Callback<fn({}) -> {result}>", params.join(", "))
            }
            Want::Handle(name) => write!(f, "Handle<{name}>"),
        }
    }
}
