//! Names and fingerprints of types.
//!
//! The *identity* of a type names it across versions: a nominal type by its declaration, a structural one by its parts.
//! The *fingerprint* is a hash of what the type currently looks like. The deep one follows references, so a descriptor
//! and everything it names agree; the flat one stops at them, because code that only passes a reference on does not
//! depend on what it points to.

use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Lowering;
use super::layout::{Layouts, distinct_base};
use crate::sema::typed::TypeBound;
use crate::sema::types::{NominalId, Type, TypeId, Types};

/// The identity of `ty`.
pub fn identity(types: &Types, ty: TypeId) -> String {
    let mut out = String::new();
    write_type(types, ty, Style::Identity, &mut out);
    out
}

/// `ty` as messages and debug views show it.
pub fn shown(types: &Types, ty: TypeId) -> String {
    let mut out = String::new();
    write_type(types, ty, Style::Shown, &mut out);
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Identity,
    Shown,
}

fn basic_name(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Int(int) => int.name(),
        Type::Float(4) => "float32",
        Type::Float(_) => "float",
        Type::Bool => "bool",
        Type::Char => "char",
        Type::String => "string",
        Type::CString => "cstring",
        Type::Pointer => "pointer",
        Type::Nil => "nil",
        Type::Void => "void",
        _ => return None,
    })
}

fn write_type(types: &Types, ty: TypeId, style: Style, out: &mut String) {
    let content = types.get(ty);
    if let Some(name) = basic_name(content) {
        out.push_str(name);
        return;
    }
    let one = |word: &str, inner: TypeId, out: &mut String| {
        out.push_str(word);
        out.push('[');
        write_type(types, inner, style, out);
        out.push(']');
    };
    let before = |word: &str, inner: TypeId, out: &mut String| {
        out.push_str(word);
        write_type(types, inner, style, out);
    };
    match content {
        Type::Enum(n) | Type::Object(n) | Type::Distinct(n) => write_nominal(types, *n, style, out),
        Type::Range { base, lo, hi } => {
            let _ = write!(out, "range[{lo}..{hi}");
            if style == Style::Identity {
                before(", ", *base, out);
            }
            out.push(']');
        }
        Type::FloatRange { lo, hi, .. } => {
            let (lo, hi) = (f64::from_bits(*lo), f64::from_bits(*hi));
            let _ = write!(out, "range[{lo:?}..{hi:?}]");
        }
        Type::Set(elem) => one("set", *elem, out),
        Type::Seq(elem) => one("seq", *elem, out),
        Type::OpenArray(elem) => one("openArray", *elem, out),
        Type::Varargs(elem) => one("varargs", *elem, out),
        Type::UncheckedArray(elem) => one("UncheckedArray", *elem, out),
        Type::Array { index, elem } => {
            out.push_str("array[");
            write_type(types, *index, style, out);
            before(", ", *elem, out);
            out.push(']');
        }
        Type::Tuple(parts) => {
            out.push_str("tuple[");
            for (i, (name, ty)) in parts.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                if let Some(name) = name {
                    let _ = write!(out, "{name}: ");
                }
                write_type(types, *ty, style, out);
            }
            out.push(']');
        }
        Type::Ref(inner) => before("ref ", *inner, out),
        Type::Ptr(inner) => before("ptr ", *inner, out),
        Type::Var(inner) => before("var ", *inner, out),
        Type::Lent(inner) => before("lent ", *inner, out),
        Type::Sink(inner) => before("sink ", *inner, out),
        Type::StaticValue(inner, _) => write_type(types, *inner, style, out),
        Type::Proc(proc) => {
            let _ = write!(out, "{}(", if proc.iterator { "iterator" } else { "proc" });
            for (i, &param) in proc.params.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write_type(types, param, style, out);
            }
            before("): ", proc.ret, out);
            let _ = write!(out, " {{.{:?}.}}", proc.conv);
        }
        other => {
            let _ = write!(out, "{other:?}");
        }
    }
}

fn write_nominal(types: &Types, nominal: NominalId, style: Style, out: &mut String) {
    if style == Style::Identity {
        out.push_str(types.identity(nominal));
        return;
    }
    let def = types.def(nominal);
    let _ = write!(out, "{}.{}", def.module, def.name);
    if def.args.is_empty() {
        return;
    }
    out.push('[');
    for (i, &arg) in def.args.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_type(types, arg, style, out);
    }
    out.push(']');
}

struct Walk<'a, 'b> {
    lowering: &'b Lowering<'a>,
    layouts: &'b Layouts,
    deep: bool,
    seen: FxHashSet<NominalId>,
    hash: DefaultHasher,
}

impl Walk<'_, '_> {
    fn behind(&mut self, ty: TypeId) {
        if self.deep {
            self.ty(ty);
        } else {
            identity(self.lowering.types, ty).hash(&mut self.hash);
        }
    }

    fn ty(&mut self, ty: TypeId) {
        let types = self.lowering.types;
        std::mem::discriminant(types.get(ty)).hash(&mut self.hash);
        match types.get(ty) {
            Type::Enum(nominal) => self.enumeration(*nominal, ty),
            Type::Object(nominal) => self.object(*nominal, ty),
            Type::Distinct(nominal) => {
                types.identity(*nominal).hash(&mut self.hash);
                if self.seen.insert(*nominal) {
                    self.hooks(ty);
                    self.ty(distinct_base(types, ty));
                }
            }
            Type::Ref(inner) | Type::Ptr(inner) | Type::Seq(inner) => self.behind(*inner),
            Type::Set(inner)
            | Type::OpenArray(inner)
            | Type::Varargs(inner)
            | Type::UncheckedArray(inner)
            | Type::Sink(inner)
            | Type::StaticValue(inner, _) => self.ty(*inner),
            // The callee reads and writes what it points to, by this layout.
            Type::Var(inner) | Type::Lent(inner) => self.ty(*inner),
            Type::Range { base, lo, hi } => {
                (lo, hi).hash(&mut self.hash);
                self.ty(*base);
            }
            Type::Array { index, elem } => {
                types.array_len(ty).hash(&mut self.hash);
                self.ty(*index);
                self.ty(*elem);
            }
            Type::Tuple(parts) => {
                for (name, part) in parts {
                    name.map(|n| n.as_str()).hash(&mut self.hash);
                    self.ty(*part);
                }
            }
            _ => identity(types, ty).hash(&mut self.hash),
        }
    }

    fn hooks(&mut self, ty: TypeId) {
        let finalizers = &self.lowering.hooks.finalizers;
        finalizers.contains_key(&ty).hash(&mut self.hash);
        for bound in [TypeBound::Destroy, TypeBound::Copy, TypeBound::Dup] {
            let hook = self.lowering.hooks.type_bound.contains_key(&(ty, bound));
            hook.hash(&mut self.hash);
        }
    }

    fn enumeration(&mut self, nominal: NominalId, ty: TypeId) {
        let types = self.lowering.types;
        types.identity(nominal).hash(&mut self.hash);
        if !self.seen.insert(nominal) {
            return;
        }
        if let Some(body) = types.enumeration(ty) {
            body.size.hash(&mut self.hash);
            for constant in &body.constants {
                (constant.name.as_str(), constant.value).hash(&mut self.hash);
            }
        }
    }

    fn object(&mut self, nominal: NominalId, ty: TypeId) {
        let types = self.lowering.types;
        types.identity(nominal).hash(&mut self.hash);
        if !self.seen.insert(nominal) {
            return;
        }
        self.hooks(ty);
        let Some((_, body)) = types.object(ty) else {
            return;
        };
        let layout = self.layouts.fields(types, ty);
        (layout.size, layout.align, body.rtti, body.union).hash(&mut self.hash);
        (body.acyclic, body.by_copy, body.by_ref).hash(&mut self.hash);
        if let Some(base) = body.base {
            self.ty(base);
        }
        for (field, offset) in body.fields.iter().zip(&layout.offsets) {
            (field.name.as_str(), offset, &field.when).hash(&mut self.hash);
            (field.cursor, field.bitsize).hash(&mut self.hash);
            self.ty(field.ty);
        }
    }
}

impl Lowering<'_> {
    /// The identity of `ty`, cached.
    pub(super) fn identity(&self, ty: TypeId) -> Arc<str> {
        if let Some(known) = self.cache.identities.borrow().get(&ty) {
            return known.clone();
        }
        let text: Arc<str> = identity(self.types, ty).into();
        self.cache.identities.borrow_mut().insert(ty, text.clone());
        text
    }

    /// A hash of what `ty` and everything it reaches look like.
    pub(super) fn fingerprint(&self, ty: TypeId) -> u64 {
        if let Some(&known) = self.cache.fingerprints.borrow().get(&ty) {
            return known;
        }
        let hash = self.walk(ty, true);
        self.cache.fingerprints.borrow_mut().insert(ty, hash);
        hash
    }

    /// A hash of what a value of `ty` itself looks like.
    pub(super) fn flat_fingerprint(&self, ty: TypeId) -> u64 {
        if let Some(&known) = self.cache.flat_fingerprints.borrow().get(&ty) {
            return known;
        }
        let hash = self.walk(ty, false);
        self.cache.flat_fingerprints.borrow_mut().insert(ty, hash);
        hash
    }

    fn walk(&self, ty: TypeId, deep: bool) -> u64 {
        let mut walk = Walk {
            lowering: self,
            layouts: &self.cache.layouts,
            deep,
            seen: FxHashSet::default(),
            hash: DefaultHasher::new(),
        };
        walk.ty(ty);
        walk.hash.finish()
    }
}
