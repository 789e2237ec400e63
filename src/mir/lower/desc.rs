//! Type descriptors: what running code, destruction, debug views and migration know of a type.
//!
//! A descriptor is interned by the type's identity and deep fingerprint. Types may be recursive: the number is given
//! out first, the content follows.

use std::sync::Arc;

use super::Lowering;
use super::identity::shown;
use super::layout::{Kind, distinct_base, is_closure, kind, set_extent};
use super::synth::Synth;
use crate::mir::{Desc, DescField, DescId, Shape};
use crate::sema::typed::TypeBound;
use crate::sema::types::{ObjectBody, Type, TypeId};

impl Lowering<'_> {
    /// The descriptor of `ty`, defined, with the procs it names requested for the current output.
    pub(super) fn desc(&self, ty: TypeId) -> DescId {
        let ty = self.types.bare(ty);
        if let Some(&known) = self.cache.descs.borrow().get(&ty) {
            return known;
        }
        let (id, _) = self.ids.desc(&self.identity(ty), self.fingerprint(ty));
        self.cache.descs.borrow_mut().insert(ty, id);
        let (size, align) = self.size_align(ty);
        let shape = self.shape(ty);
        let destroy = match self.hooks.finalizers.contains_key(&ty) {
            true => Some(self.request(Synth::Finalize(ty))),
            false => self.managed(ty).then(|| self.destructor(ty)),
        };
        let (_, missing) = self.ids.desc(&self.identity(ty), self.fingerprint(ty));
        if missing {
            self.ids.define_desc(
                id,
                Desc {
                    name: shown(self.types, ty).into(),
                    size: size as u32,
                    align,
                    shape,
                    destroy,
                    hooked: self.is_hooked(ty),
                    acyclic: self.declared_acyclic(ty),
                },
            );
        }
        id
    }

    /// The descriptor of a field that owns nothing of its value.
    fn cursor(&self, ty: TypeId) -> DescId {
        let identity = format!("cursor {}", self.identity(ty));
        let of = self.desc(ty);
        let (id, missing) = self.ids.desc(&identity, self.fingerprint(ty));
        if missing {
            let (size, align) = self.size_align(ty);
            self.ids.define_desc(
                id,
                Desc {
                    name: format!("cursor {}", shown(self.types, ty)).into(),
                    size: size as u32,
                    align,
                    shape: Shape::Cursor(of),
                    destroy: None,
                    hooked: false,
                    acyclic: false,
                },
            );
        }
        id
    }

    fn shape(&self, ty: TypeId) -> Shape {
        match self.types.get(ty) {
            Type::Int(int) => Shape::Int {
                signed: int.signed(),
                bounds: None,
            },
            Type::Float(_) | Type::FloatRange { .. } => Shape::Float,
            Type::Bool => Shape::Bool,
            Type::Char => Shape::Char,
            Type::CString => Shape::CString,
            Type::String => Shape::String,
            Type::Seq(elem) => Shape::Seq(self.desc(*elem)),
            Type::Ref(inner) => Shape::Ref(self.desc(*inner)),
            Type::Proc(proc) if is_closure(proc) => Shape::Closure,
            Type::Proc(_) => Shape::Proc,
            Type::Ptr(inner) => Shape::Ptr(self.desc(*inner)),
            Type::Range { base, lo, hi } => match self.shape(*base) {
                Shape::Int { signed, .. } => Shape::Int {
                    signed,
                    bounds: Some((*lo, *hi)),
                },
                // The constants of the range alone: others are none of its values.
                Shape::Enum {
                    mut constants,
                    signed,
                } => {
                    constants.retain(|constant| (*lo..=*hi).contains(&constant.1));
                    Shape::Enum { constants, signed }
                }
                other => other,
            },
            Type::StaticValue(base, _) | Type::Sink(base) => self.shape(*base),
            Type::Distinct(_) => self.shape(distinct_base(self.types, ty)),
            Type::Enum(_) => self.enum_shape(ty),
            Type::Set(elem) => Shape::Set {
                elem: self.desc(*elem),
                low: set_extent(self.types, ty).0,
            },
            Type::Array { elem, index } => Shape::Array {
                elem: self.desc(*elem),
                len: self.types.array_len(ty).unwrap_or(0),
                index: self.counts_by(*index).then(|| self.desc(*index)),
            },
            Type::UncheckedArray(elem) => Shape::Array {
                elem: self.desc(*elem),
                len: 0,
                index: None,
            },
            Type::Tuple(parts) => Shape::Tuple(self.tuple_fields(ty, parts)),
            Type::Object(_) => match self.types.object(ty) {
                Some((_, body)) => self.object_shape(ty, body),
                None => Shape::Pointer,
            },
            _ => Shape::Pointer,
        }
    }

    /// Is the place of an element in an array more than its number?
    fn counts_by(&self, index: TypeId) -> bool {
        match self.types.get(index) {
            Type::Enum(_) => true,
            Type::Range { base, lo, .. } => {
                *lo != 0 || matches!(self.types.get(*base), Type::Enum(_))
            }
            _ => false,
        }
    }

    /// Does the program itself say how values of exactly this type are destroyed or copied?
    fn is_hooked(&self, ty: TypeId) -> bool {
        let hooks = &self.hooks.type_bound;
        let has = |bound| hooks.contains_key(&(ty, bound));
        has(TypeBound::Destroy) || has(TypeBound::Copy)
    }

    fn enum_shape(&self, ty: TypeId) -> Shape {
        let constants = self.types.enumeration(ty).map_or_else(Vec::new, |body| {
            body.constants
                .iter()
                .map(|c| (c.name.as_str().into(), c.value))
                .collect()
        });
        let signed = matches!(kind(self.types, ty), Kind::Scalar(_, true));
        Shape::Enum { constants, signed }
    }

    fn tuple_fields(
        &self,
        ty: TypeId,
        parts: &[(Option<crate::source::Name>, TypeId)],
    ) -> Vec<DescField> {
        let layout = self.cache.layouts.fields(self.types, ty);
        parts
            .iter()
            .zip(&layout.offsets)
            .enumerate()
            .map(|(i, (&(name, ty), &offset))| DescField {
                name: name.map_or_else(|| format!("Field{i}").into(), |n| Arc::from(n.as_str())),
                offset: offset as u32,
                desc: self.desc(ty),
                when: None,
            })
            .collect()
    }

    fn object_shape(&self, ty: TypeId, body: &ObjectBody) -> Shape {
        let bits = body.fields.iter().find(|field| field.bitsize.is_some());
        if let Some(field) = bits
            && (body.base.is_some() || body.rtti || self.managed(ty))
        {
            self.unsupported(field.place, "a bit field in an object that C does not have");
        }
        let layout = self.cache.layouts.fields(self.types, ty);
        let fields = body
            .fields
            .iter()
            .zip(&layout.offsets)
            .map(|(field, &offset)| DescField {
                name: field.name.as_str().into(),
                offset: offset as u32,
                desc: match field.cursor {
                    true => self.cursor(field.ty),
                    false => self.desc(field.ty),
                },
                when: field.when.as_ref().map(|(discriminator, ranges)| {
                    let values = ranges.iter().flat_map(|&(lo, hi)| lo..=hi).collect();
                    (*discriminator as u32, values)
                }),
            })
            .collect();
        // Bit fields share storage, as far as anything is concerned that deals in bytes.
        if body.union || bits.is_some() {
            Shape::Union(fields)
        } else {
            Shape::Object {
                base: body.base.map(|base| self.desc(base)),
                rtti: body.rtti,
                fields,
            }
        }
    }
}
