//! Constant data: what of a program is known before it runs and is only read.

use super::Lowering;
use super::layout::{Bits, Kind, is_closure, seq_header, set_bytes, set_extent};
use crate::mir::{Data, DataId, LITERAL, Target};
use crate::sema::typed::{Expr, ExprKind, RoutineKind};
use crate::sema::types::{EnumBody, Type, TypeId};

/// Bytes under construction.
struct Image {
    bytes: Vec<u8>,
    relocs: Vec<(u32, Target)>,
}

impl Image {
    fn new(size: u64) -> Image {
        Image {
            bytes: vec![0; size as usize],
            relocs: Vec::new(),
        }
    }

    fn put(&mut self, at: u64, bytes: &[u8]) {
        let at = at as usize;
        if let Some(place) = self.bytes.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }

    fn int(&mut self, at: u64, value: i64, size: u32) {
        self.put(at, &value.to_le_bytes()[..size as usize]);
    }

    fn bits(&mut self, at: u64, size: u64, bits: Bits, value: i64) {
        let value = (value as u64 & bits.mask()) << bits.shift;
        let unit = &mut self.bytes[at as usize..(at + size) as usize];
        for (byte, new) in unit.iter_mut().zip(value.to_le_bytes()) {
            *byte |= new;
        }
    }

    fn target(&mut self, at: u64, target: Target) {
        self.relocs.push((at as u32, target));
    }
}

impl Lowering<'_> {
    /// The value of an expression as constant data, if it is one that is worth it.
    pub(super) fn constant(&self, e: &Expr) -> Option<DataId> {
        match &e.kind {
            ExprKind::Const(inner) => self.constant_tree(inner),
            ExprKind::Array(_) | ExprKind::Tuple(_) | ExprKind::Object(_) | ExprKind::Set(_)
                if self.kind(e.ty) == Kind::Memory && self.is_constant(e) =>
            {
                // A `seq` that the program may change needs a payload of its own, which a copy makes.
                self.constant_tree(e)
            }
            _ => None,
        }
    }

    /// Can the value be written down without running anything?
    fn is_constant(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Str(_)
            | ExprKind::Nil
            | ExprKind::Const(_) => true,
            ExprKind::Routine(id) => {
                let info = self.proc(*id);
                info.routine.parent.is_none() && info.routine.kind != RoutineKind::ClosureIterator
            }
            ExprKind::Array(parts) | ExprKind::Tuple(parts) => {
                parts.iter().all(|part| self.is_constant(part))
            }
            ExprKind::Object(fields) => {
                !matches!(self.types.get(self.types.repr(e.ty)), Type::Ref(_))
                    && fields.iter().all(|(_, _, value)| self.is_constant(value))
            }
            ExprKind::Set(parts) => parts.iter().all(|(first, last)| {
                self.is_constant(first) && last.as_ref().is_none_or(|last| self.is_constant(last))
            }),
            ExprKind::Convert { value, .. } => {
                self.types.repr(e.ty) == self.types.repr(value.ty) && self.is_constant(value)
            }
            _ => false,
        }
    }

    /// A constant tree as data.
    pub(super) fn constant_tree(&self, e: &Expr) -> Option<DataId> {
        let (size, align) = self.size_align(e.ty);
        let mut image = Image::new(size);
        self.write(&mut image, 0, e, e.ty)?;
        Some(self.intern(image, align))
    }

    /// The elements of an array as data.
    pub(super) fn constant_elements(&self, parts: &[Expr], elem: TypeId) -> Option<DataId> {
        if !parts.iter().all(|part| self.is_constant(part)) {
            return None;
        }
        let (size, align) = self.size_align(elem);
        let mut image = Image::new((size * parts.len() as u64).max(1));
        for (i, part) in (0u64..).zip(parts) {
            self.write(&mut image, i * size, part, elem)?;
        }
        Some(self.intern(image, align))
    }

    fn intern(&self, image: Image, align: u32) -> DataId {
        self.ids.data(Data {
            bytes: image.bytes,
            align,
            relocs: image.relocs,
        })
    }

    fn write(&self, image: &mut Image, at: u64, e: &Expr, ty: TypeId) -> Option<()> {
        match &e.kind {
            ExprKind::Int(value) => {
                let Kind::Scalar(scalar, _) = self.kind(ty) else {
                    return None;
                };
                image.int(at, *value, scalar.size());
            }
            ExprKind::Float(value) => match self.size(ty) {
                4 => image.put(at, &(*value as f32).to_le_bytes()),
                _ => image.put(at, &value.to_le_bytes()),
            },
            ExprKind::Str(text) => self.write_text(image, at, text, ty),
            ExprKind::Nil | ExprKind::Nop => {}
            ExprKind::Const(inner) => self.write(image, at, inner, ty)?,
            ExprKind::Convert { value, .. } => self.write(image, at, value, ty)?,
            ExprKind::Routine(id) => image.target(at, Target::Proc(self.code_of(*id))),
            ExprKind::Array(parts) => self.write_elements(image, at, parts, ty)?,
            ExprKind::Tuple(parts) => {
                let ty = self.types.repr(ty);
                let layout = self.cache.layouts.fields(self.types, ty);
                let Type::Tuple(types) = self.types.get(ty) else {
                    return None;
                };
                for ((part, &offset), &(_, ty)) in parts.iter().zip(&layout.offsets).zip(types) {
                    self.write(image, at + offset, part, ty)?;
                }
            }
            ExprKind::Object(fields) => {
                let ty = self.types.repr(ty);
                self.write_descs(image, at, ty, true);
                for (owner, field, value) in fields {
                    let owner = self.types.repr(*owner);
                    let layout = self.cache.layouts.fields(self.types, owner);
                    let (_, body) = self.types.object(owner)?;
                    let field_type = body.fields.get(*field)?.ty;
                    if let Some(bits) = layout.bits_of(*field) {
                        let mut value = value;
                        loop {
                            value = match &value.kind {
                                ExprKind::Const(inner) => inner,
                                ExprKind::Convert { value: inner, .. } => inner,
                                _ => break,
                            };
                        }
                        let ExprKind::Int(value) = value.kind else {
                            return None;
                        };
                        let size = self.size(field_type);
                        image.bits(at + layout.offsets[*field], size, bits, value);
                        continue;
                    }
                    self.write(image, at + layout.offsets[*field], value, field_type)?;
                }
            }
            ExprKind::Set(parts) => self.write_set(image, at, parts, ty)?,
            _ => return None,
        }
        Some(())
    }

    /// Descriptors of objects with RTTI.
    fn write_descs(&self, image: &mut Image, at: u64, ty: TypeId, own: bool) {
        let Some((_, body)) = self.types.object(ty) else {
            return;
        };
        if own && body.rtti {
            image.target(at, Target::Desc(self.desc(ty)));
            if let Some(offset) = self.exception_name_field(ty) {
                let name = self.types.object_name(ty);
                image.target(at + offset, Target::Data(self.c_text(name.as_bytes())));
            }
        }
        if let Some(base) = body.base {
            self.write_descs(image, at, base, false);
        }
    }

    fn write_text(&self, image: &mut Image, at: u64, text: &[u8], ty: TypeId) {
        if self.types.get(self.types.repr(ty)) == &Type::CString {
            return image.target(at, Target::Data(self.c_text(text)));
        }
        image.int(at, text.len() as i64, 8);
        if !text.is_empty() {
            image.target(at + 8, Target::Data(self.literal(text)));
        }
    }

    fn write_elements(&self, image: &mut Image, at: u64, parts: &[Expr], ty: TypeId) -> Option<()> {
        match *self.types.get(self.types.repr(ty)) {
            Type::Array { elem, .. } => {
                let size = self.size(elem);
                for (i, part) in (0u64..).zip(parts) {
                    self.write(image, at + i * size, part, elem)?;
                }
            }
            Type::Seq(elem) => {
                image.int(at, parts.len() as i64, 8);
                if !parts.is_empty() {
                    let payload = self.payload(parts, elem)?;
                    image.target(at + 8, Target::Data(payload));
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn payload(&self, parts: &[Expr], elem: TypeId) -> Option<DataId> {
        let (size, align) = self.size_align(elem);
        let header = seq_header(align);
        let mut image = Image::new(header + size * parts.len() as u64);
        image.int(0, parts.len() as i64 | LITERAL, 8);
        for (i, part) in (0u64..).zip(parts) {
            self.write(&mut image, header + i * size, part, elem)?;
        }
        Some(self.intern(image, align.max(8)))
    }

    fn write_set(
        &self,
        image: &mut Image,
        at: u64,
        parts: &[(Expr, Option<Expr>)],
        ty: TypeId,
    ) -> Option<()> {
        for (byte, bits) in self.set_image(parts, ty)?.into_iter().enumerate() {
            image.put(at + byte as u64, &[bits]);
        }
        Some(())
    }

    /// The bytes of a set of constants.
    pub(super) fn set_image(&self, parts: &[(Expr, Option<Expr>)], ty: TypeId) -> Option<Vec<u8>> {
        let (low, bits) = set_extent(self.types, ty);
        let mut bytes = vec![0u8; set_bytes(self.types, ty) as usize];
        for (first, last) in parts {
            let first = ordinal(first)?;
            let last = match last {
                Some(last) => ordinal(last)?,
                None => first,
            };
            for value in first..=last {
                let bit = value.wrapping_sub(low);
                if bit < 0 || bit as u64 >= bits {
                    return None;
                }
                bytes[bit as usize / 8] |= 1 << (bit % 8);
            }
        }
        Some(bytes)
    }

    /// The texts of an enum's constants, as an array of strings in order, and what an unknown value gives.
    pub(super) fn enum_table(&self, body: &EnumBody) -> (DataId, DataId) {
        let mut image = Image::new(16 * body.constants.len().max(1) as u64);
        for (i, constant) in (0u64..).zip(&body.constants) {
            self.write_text(&mut image, i * 16, constant.text.as_bytes(), TypeId::STRING);
        }
        let invalid = self.literal_value(b"(invalid data!)");
        (self.intern(image, 8), invalid)
    }

    /// Is it a proc type that is not a closure?
    pub(super) fn is_code(&self, ty: TypeId) -> bool {
        match self.types.get(self.types.repr(ty)) {
            Type::Proc(proc) => !is_closure(proc),
            _ => false,
        }
    }
}

fn ordinal(e: &Expr) -> Option<i64> {
    match &e.kind {
        ExprKind::Int(value) => Some(*value),
        ExprKind::Const(inner) => ordinal(inner),
        ExprKind::Convert { value, .. } => ordinal(value),
        _ => None,
    }
}
