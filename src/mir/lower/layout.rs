//! Sizes, alignments and field offsets, as C lays the same types out.
//!
//! In: types. Out: numbers. A variant object is what Nim gives C: each discriminator is followed by a union of one
//! struct per branch. Results are cached by type for the life of a [`Layouts`].

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::mir::Scalar;
use crate::sema::types::{CallConv, Field, ObjectBody, ProcType, Type, TypeId, Types};

/// Where an object's own fields (or a tuple's components) stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FieldLayout {
    /// Size in bytes, padded to the alignment.
    pub size: u64,
    /// Alignment in bytes.
    pub align: u32,
    /// Offset of each own field, in declaration order; of a bit field, that of its unit.
    pub offsets: Vec<u64>,
    /// Which bits of their units the fields are; empty when there is no bit field.
    bits: Vec<Option<Bits>>,
}

impl FieldLayout {
    /// The bits of a field, if it is a bit field.
    pub fn bits_of(&self, field: usize) -> Option<Bits> {
        self.bits.get(field).copied().flatten()
    }
}

/// Where a bit field lies in its unit, which is as large as its declared type. Bits count from the lowest.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Bits {
    /// The first bit.
    pub shift: u32,
    /// How many there are, from 1.
    pub width: u32,
}

impl Bits {
    /// As many ones as there are bits.
    pub fn mask(self) -> u64 {
        u64::MAX >> (64 - self.width)
    }
}

/// How a value of a type travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// There is nothing to carry.
    Unit,
    /// In a register; the flag tells whether widening extends the sign.
    Scalar(Scalar, bool),
    /// An `openArray`: address and length in two registers.
    Pair,
    /// In memory, by address.
    Memory,
}

/// Layouts of types, computed on demand.
#[derive(Default)]
pub struct Layouts {
    sizes: RefCell<FxHashMap<TypeId, (u64, u32)>>,
    fields: RefCell<FxHashMap<TypeId, Rc<FieldLayout>>>,
}

/// Rounds `at` up to a multiple of `align`. Sizes saturate: what is that large has no memory anyway.
pub fn round_up(at: u64, align: u32) -> u64 {
    at.checked_next_multiple_of(u64::from(align.max(1)))
        .unwrap_or(u64::MAX)
}

impl Layouts {
    /// Size and alignment of a value of type `ty` in memory.
    pub fn size_align(&self, types: &Types, ty: TypeId) -> (u64, u32) {
        if let Some(&known) = self.sizes.borrow().get(&ty) {
            return known;
        }
        let found = self.compute(types, ty);
        self.sizes.borrow_mut().insert(ty, found);
        found
    }

    /// Size of a value of type `ty`.
    pub fn size(&self, types: &Types, ty: TypeId) -> u64 {
        self.size_align(types, ty).0
    }

    fn compute(&self, types: &Types, ty: TypeId) -> (u64, u32) {
        match types.get(ty) {
            Type::Int(int) => (u64::from(int.size()), int.size()),
            Type::Float(size) => (u64::from(*size), u32::from(*size)),
            Type::Bool | Type::Char => (1, 1),
            Type::String | Type::Seq(_) | Type::OpenArray(_) | Type::Varargs(_) => (16, 8),
            Type::CString
            | Type::Pointer
            | Type::Nil
            | Type::Ref(_)
            | Type::Ptr(_)
            | Type::Var(_)
            | Type::Lent(_) => (8, 8),
            Type::Proc(proc) if is_closure(proc) => (16, 8),
            Type::Proc(_) => (8, 8),
            Type::Enum(_) => {
                let size = types.enumeration(ty).map_or(1, |body| body.size);
                (u64::from(size), size)
            }
            Type::Sink(inner) | Type::StaticValue(inner, _) => self.size_align(types, *inner),
            Type::Range { base, .. } | Type::FloatRange { base, .. } => {
                self.size_align(types, *base)
            }
            Type::Distinct(_) => {
                let inner = distinct_base(types, ty);
                self.size_align(types, inner)
            }
            Type::Set(_) => {
                let bytes = set_bytes(types, ty);
                (bytes, if bytes <= 8 { bytes as u32 } else { 1 })
            }
            Type::Array { elem, .. } => {
                let (size, align) = self.size_align(types, *elem);
                (size.saturating_mul(types.array_len(ty).unwrap_or(0)), align)
            }
            Type::UncheckedArray(elem) => (0, self.size_align(types, *elem).1),
            Type::Tuple(_) | Type::Object(_) => {
                let layout = self.fields(types, ty);
                (layout.size, layout.align)
            }
            _ => (0, 1),
        }
    }

    /// The own fields of an object type, or the components of a tuple type.
    pub fn fields(&self, types: &Types, ty: TypeId) -> Rc<FieldLayout> {
        if let Some(known) = self.fields.borrow().get(&ty) {
            return known.clone();
        }
        let layout = match types.get(ty) {
            Type::Tuple(parts) => self.tuple(types, parts.iter().map(|&(_, ty)| ty)),
            Type::Object(_) => match types.object(ty) {
                Some((_, body)) => self.object(types, body),
                None => FieldLayout::default(),
            },
            _ => FieldLayout::default(),
        };
        let layout = Rc::new(layout);
        self.fields.borrow_mut().insert(ty, layout.clone());
        layout
    }

    fn tuple(&self, types: &Types, parts: impl Iterator<Item = TypeId>) -> FieldLayout {
        let mut end = Extent::default();
        let offsets = parts
            .map(|ty| {
                let (size, align) = self.size_align(types, ty);
                end.place(size, align)
            })
            .collect();
        end.finish(offsets)
    }

    fn object(&self, types: &Types, body: &ObjectBody) -> FieldLayout {
        let mut end = Extent {
            packed: body.packed,
            ..Extent::default()
        };
        match body.base {
            Some(base) => {
                let (size, align) = self.size_align(types, base);
                // A base without fields of its own takes no place (C would give it one byte).
                if !is_empty(types, base) {
                    end.place(size, align);
                }
            }
            None if body.rtti => {
                end.place(8, 8);
            }
            None => {}
        }
        let mut offsets = vec![0; body.fields.len()];
        let mut bits = Vec::new();
        if body.fields.iter().any(|field| field.bitsize.is_some()) {
            bits.resize(body.fields.len(), None);
        }
        if body.union {
            for (index, field) in body.fields.iter().enumerate() {
                let (size, align) = self.field_extent(types, field);
                if let Some(width) = width_of(field, size) {
                    bits[index] = Some(Bits { shift: 0, width });
                }
                end.overlay(size, align);
            }
        } else {
            let top: Vec<usize> = (0..body.fields.len())
                .filter(|&i| body.fields[i].when.is_none())
                .collect();
            self.run(types, body, &top, &mut end, &mut (&mut offsets, &mut bits));
        }
        FieldLayout {
            bits,
            ..end.finish(offsets)
        }
    }

    fn field_extent(&self, types: &Types, field: &Field) -> (u64, u32) {
        let (size, align) = self.size_align(types, field.ty);
        (size, align.max(field.align.unwrap_or(1)))
    }

    /// Lays out fields one after the other; a discriminator takes its branches along.
    fn run(
        &self,
        types: &Types,
        body: &ObjectBody,
        fields: &[usize],
        end: &mut Extent,
        places: &mut Places<'_>,
    ) {
        for &index in fields {
            let field = &body.fields[index];
            let (size, align) = self.field_extent(types, field);
            if let Some(width) = width_of(field, size) {
                let (at, shift) = end.place_bits(width, size, align);
                places.0[index] = at;
                places.1[index] = Some(Bits { shift, width });
                continue;
            }
            places.0[index] = end.place(size, align);
            if !field.is_discriminator() {
                continue;
            }
            let branches = branches_of(body, index);
            let mut union = Extent {
                packed: end.packed,
                ..Extent::default()
            };
            let mut laid: Vec<(usize, u64)> = Vec::new();
            for branch in &branches {
                let mut inner = Extent {
                    packed: end.packed,
                    ..Extent::default()
                };
                let mut offsets = vec![0; places.0.len()];
                let bits = &mut *places.1;
                self.run(types, body, branch, &mut inner, &mut (&mut offsets, bits));
                for at in nested(body, branch) {
                    laid.push((at, offsets[at]));
                }
                let size = inner.padded();
                union.overlay(size, inner.align);
            }
            if union.at > 0 {
                let start = end.place(union.padded(), union.align);
                for (at, inner) in laid {
                    places.0[at] = start + inner;
                }
            }
        }
    }
}

/// Offsets and bits of fields, to fill in.
type Places<'a> = (&'a mut [u64], &'a mut [Option<Bits>]);

/// How many bits a bit field has, of a type of `size` bytes.
fn width_of(field: &Field, size: u64) -> Option<u32> {
    Some(field.bitsize?.clamp(1, (size.clamp(1, 8) * 8) as u32))
}

/// The fields of each branch of the discriminator `index`.
pub fn branches_of(body: &ObjectBody, index: usize) -> Vec<Vec<usize>> {
    let mut labels: Vec<&[(i64, i64)]> = Vec::new();
    let mut branches: Vec<Vec<usize>> = Vec::new();
    for (at, field) in body.fields.iter().enumerate() {
        let Some((discriminator, ranges)) = &field.when else {
            continue;
        };
        if *discriminator != index {
            continue;
        }
        match labels.iter().position(|known| *known == &ranges[..]) {
            Some(branch) => branches[branch].push(at),
            None => {
                labels.push(ranges);
                branches.push(vec![at]);
            }
        }
    }
    branches
}

/// `fields` and everything in the branches that hang on them.
pub fn nested(body: &ObjectBody, fields: &[usize]) -> Vec<usize> {
    let mut all = fields.to_vec();
    for &index in fields {
        if body.fields[index].is_discriminator() {
            for branch in branches_of(body, index) {
                all.extend(nested(body, &branch));
            }
        }
    }
    all
}

fn is_empty(types: &Types, object: TypeId) -> bool {
    types.object(object).is_some_and(|(_, body)| {
        body.fields.is_empty() && !body.rtti && body.base.is_none_or(|base| is_empty(types, base))
    })
}

/// The end of what has been laid out so far.
#[derive(Clone, Copy)]
struct Extent {
    at: u64,
    /// Bits of the last byte that are free, after a bit field.
    free: u64,
    align: u32,
    packed: bool,
}

impl Default for Extent {
    fn default() -> Self {
        Extent {
            at: 0,
            free: 0,
            align: 1,
            packed: false,
        }
    }
}

impl Extent {
    fn place(&mut self, size: u64, align: u32) -> u64 {
        let align = if self.packed { 1 } else { align };
        self.align = self.align.max(align);
        let at = round_up(self.at, align);
        self.at = at.saturating_add(size);
        self.free = 0;
        at
    }

    /// A bit field follows the bits before it, unless it would then lie across a boundary of its type (psABI, section 3.1.2). Gives the
    /// offset of its unit and its first bit there.
    fn place_bits(&mut self, width: u32, size: u64, align: u32) -> (u64, u32) {
        self.align = self.align.max(align);
        let unit = size * 8;
        let mut first = self.at.saturating_mul(8) - self.free;
        if first % unit + u64::from(width) > unit {
            first = first.checked_next_multiple_of(unit).unwrap_or(u64::MAX);
        }
        let end = first.saturating_add(u64::from(width));
        self.at = end.div_ceil(8);
        self.free = self.at.saturating_mul(8).saturating_sub(end);
        (first / unit * size, (first % unit) as u32)
    }

    fn overlay(&mut self, size: u64, align: u32) {
        let align = if self.packed { 1 } else { align };
        self.align = self.align.max(align);
        self.at = self.at.max(size);
    }

    fn padded(&self) -> u64 {
        round_up(self.at, self.align)
    }

    fn finish(self, offsets: Vec<u64>) -> FieldLayout {
        FieldLayout {
            // As in C through Nim, an empty struct has one byte.
            size: self.padded().max(1),
            align: self.align,
            offsets,
            bits: Vec::new(),
        }
    }
}

/// What a distinct type is made of.
pub fn distinct_base(types: &Types, ty: TypeId) -> TypeId {
    match *types.get(ty) {
        Type::Distinct(nominal) => match types.def(nominal).body {
            crate::sema::types::NominalBody::Distinct(base) => base,
            _ => TypeId::ERROR,
        },
        _ => ty,
    }
}

/// First element of a set type and the number of bits.
pub fn set_extent(types: &Types, ty: TypeId) -> (i64, u64) {
    let Type::Set(elem) = *types.get(types.repr(ty)) else {
        return (0, 0);
    };
    let (lo, hi) = types.ordinal_range(elem).unwrap_or((0, -1));
    (lo as i64, (hi - lo + 1).max(0) as u64)
}

/// Size of a set type: 1, 2, 4, 8, or as many bytes as its bits need.
pub fn set_bytes(types: &Types, ty: TypeId) -> u64 {
    match set_extent(types, ty).1 {
        0..=8 => 1,
        9..=16 => 2,
        17..=32 => 4,
        33..=64 => 8,
        bits => bits.div_ceil(8),
    }
}

/// Offset of the first element in a `seq`'s payload.
pub fn seq_header(elem_align: u32) -> u64 {
    round_up(8, elem_align)
}

/// Has a value of this proc type an environment?
pub fn is_closure(proc: &ProcType) -> bool {
    proc.conv == CallConv::Closure || proc.iterator
}

/// How values of `ty` travel.
pub fn kind(types: &Types, ty: TypeId) -> Kind {
    match types.get(ty) {
        Type::Int(int) => Kind::Scalar(int_scalar(int.size()), int.signed()),
        Type::Float(4) => Kind::Scalar(Scalar::F32, true),
        Type::Float(_) => Kind::Scalar(Scalar::F64, true),
        Type::Bool | Type::Char => Kind::Scalar(Scalar::I8, false),
        Type::String | Type::Seq(_) | Type::Array { .. } | Type::UncheckedArray(_) => Kind::Memory,
        Type::Tuple(_) | Type::Object(_) => Kind::Memory,
        Type::CString | Type::Pointer | Type::Nil | Type::Ref(_) | Type::Ptr(_) => {
            Kind::Scalar(Scalar::Ptr, false)
        }
        Type::Var(inner) | Type::Lent(inner) => match types.get(*inner) {
            Type::OpenArray(_) | Type::Varargs(_) => Kind::Pair,
            _ => Kind::Scalar(Scalar::Ptr, false),
        },
        Type::Proc(proc) if is_closure(proc) => Kind::Memory,
        Type::Proc(_) => Kind::Scalar(Scalar::Ptr, false),
        Type::Enum(_) => match types.enumeration(ty) {
            Some(body) => {
                let signed = body.constants.iter().any(|c| c.value < 0);
                Kind::Scalar(int_scalar(body.size), signed)
            }
            None => Kind::Unit,
        },
        Type::Sink(inner) | Type::StaticValue(inner, _) => kind(types, *inner),
        Type::Range { base, .. } | Type::FloatRange { base, .. } => kind(types, *base),
        Type::Distinct(_) => kind(types, distinct_base(types, ty)),
        Type::Set(_) => match set_bytes(types, ty) {
            bytes @ (1 | 2 | 4 | 8) if set_extent(types, ty).1 <= 64 => {
                Kind::Scalar(int_scalar(bytes as u32), false)
            }
            _ => Kind::Memory,
        },
        Type::OpenArray(_) | Type::Varargs(_) => Kind::Pair,
        _ => Kind::Unit,
    }
}

fn int_scalar(size: u32) -> Scalar {
    match size {
        1 => Scalar::I8,
        2 => Scalar::I16,
        4 => Scalar::I32,
        _ => Scalar::I64,
    }
}

/// `sizeof(T)`.
pub fn size_of(types: &Types, ty: TypeId) -> u64 {
    Layouts::default().size(types, ty)
}

/// `alignof(T)`.
pub fn align_of(types: &Types, ty: TypeId) -> u32 {
    Layouts::default().size_align(types, ty).1
}

/// `offsetOf(T, field)`: by the index into the own fields of an object, or the component of a tuple.
pub fn offset_of(types: &Types, ty: TypeId, field: usize) -> u64 {
    let layouts = Layouts::default();
    let fields = layouts.fields(types, ty);
    fields.offsets.get(field).copied().unwrap_or(0)
}
