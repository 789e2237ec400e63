//! Objects by value to and from C, as System V passes them on x86-64.
//!
//! In: the types of a C function. Out: how each object goes: one of up to 16 bytes in up to two registers, each for integers unless
//! all of its eight bytes are floats; a larger one, a packed one, and one for which too few registers are left, on the stack. A result
//! that is larger is written where the caller says. From the psABI, section 3.2.3. Parameters that Nim's C code takes by address are
//! addresses.

use super::Lowering;
use super::abi::{ProcInfo, widened};
use super::layout::Kind;
use crate::mir::{Aggregates, ByValue, Scalar, Sig};
use crate::sema::types::{CallConv, Type, TypeId};

/// Registers for arguments.
struct Left {
    ints: usize,
    floats: usize,
}

impl Left {
    fn take(&mut self, scalar: Scalar) {
        let of = match scalar.is_float() {
            true => &mut self.floats,
            false => &mut self.ints,
        };
        *of = of.saturating_sub(1);
    }

    fn has(&self, classes: &[Scalar]) -> bool {
        let floats = classes.iter().filter(|class| class.is_float()).count();
        floats <= self.floats && classes.len() - floats <= self.ints
    }
}

/// The class of each eight bytes of an object: floats alone, or anything else; and whether a field is not aligned.
#[derive(Default)]
struct Classes {
    is_int: [bool; 2],
    is_float: [bool; 2],
    unaligned: bool,
}

impl Lowering<'_> {
    /// The signature of a C function, or which type cannot be passed.
    pub(super) fn extern_signature(
        &self,
        params: &[TypeId],
        ret: TypeId,
    ) -> Result<(Sig, Aggregates), TypeId> {
        let mut sig = Sig {
            params: Default::default(),
            ret: None,
            raises: false,
        };
        let mut aggregates = Aggregates::default();
        let mut left = Left { ints: 6, floats: 8 };
        match self.kind(ret) {
            Kind::Unit => {}
            Kind::Scalar(scalar, _) => sig.ret = Some(scalar),
            Kind::Pair => return Err(ret),
            Kind::Memory => {
                let result = self.by_value(ret)?;
                if let ByValue::Memory(_) = result {
                    left.take(Scalar::Ptr);
                }
                sig.params.push(Scalar::Ptr);
                aggregates.result = Some(result);
            }
        }
        for &param in params {
            match self.kind(param) {
                Kind::Unit => {}
                Kind::Scalar(scalar, _) => {
                    left.take(scalar);
                    sig.params.push(widened(scalar));
                }
                Kind::Pair => {
                    left.take(Scalar::Ptr);
                    left.take(Scalar::I64);
                    sig.params.extend([Scalar::Ptr, Scalar::I64]);
                }
                Kind::Memory if self.by_address(param) => {
                    left.take(Scalar::Ptr);
                    sig.params.push(Scalar::Ptr);
                }
                Kind::Memory => {
                    let mut passed = self.by_value(param)?;
                    if let ByValue::Registers(classes) = &passed {
                        match left.has(classes) {
                            true => classes.iter().for_each(|&class| left.take(class)),
                            false => passed = ByValue::Memory(self.bytes(param)),
                        }
                    }
                    let index = sig.params.len() as u32;
                    aggregates.params.push((index, passed));
                    sig.params.push(Scalar::Ptr);
                }
            }
        }
        Ok((sig, aggregates))
    }

    /// How C passes the objects of a proc that it calls. What C has no type for only Nim code passes, by address.
    pub(super) fn entry_aggregates(&self, info: &ProcInfo) -> Aggregates {
        let routine = &info.routine;
        if routine.conv != CallConv::C {
            return Aggregates::default();
        }
        let found = self.extern_signature(&info.params, routine.ret);
        found.map_or_else(|_| Aggregates::default(), |(_, aggregates)| aggregates)
    }

    /// Does Nim give C the address of a parameter of this type, which is in memory? So it does with arrays, as C has it, with objects
    /// that are `{.byref.}`, larger than three floats and not `{.bycopy.}`, or of an inheritable type, and with large tuples.
    pub(super) fn by_address(&self, ty: TypeId) -> bool {
        let repr = self.types.repr(ty);
        let is_large = self.bytes(ty) > 24;
        match self.types.get(repr) {
            Type::Array { .. } | Type::Set(_) => true,
            Type::Tuple(_) => is_large,
            Type::Object(_) => self.types.object(repr).is_some_and(|(_, body)| {
                body.by_ref || !body.by_copy && (is_large || body.inheritable)
            }),
            _ => false,
        }
    }

    fn bytes(&self, ty: TypeId) -> u32 {
        self.layouts().size(self.types, ty) as u32
    }

    /// How an object goes while there are registers.
    fn by_value(&self, ty: TypeId) -> Result<ByValue, TypeId> {
        let is_object = matches!(
            self.types.get(self.types.repr(ty)),
            Type::Object(_) | Type::Tuple(_)
        );
        if !is_object || self.managed(ty) || !cfg!(target_arch = "x86_64") {
            return Err(ty);
        }
        let bytes = self.bytes(ty);
        if bytes > 16 {
            return Ok(ByValue::Memory(bytes));
        }
        let mut classes = Classes::default();
        self.classify(ty, 0, &mut classes);
        if classes.unaligned {
            return Ok(ByValue::Memory(bytes));
        }
        let class = |i: usize| match classes.is_float[i] && !classes.is_int[i] {
            true => Scalar::F64,
            false => Scalar::I64,
        };
        Ok(ByValue::Registers(
            (0..bytes.div_ceil(8) as usize).map(class).collect(),
        ))
    }

    fn classify(&self, ty: TypeId, at: u64, classes: &mut Classes) {
        let repr = self.types.repr(ty);
        match self.types.get(repr) {
            Type::Object(_) => {
                let Some((_, body)) = self.types.object(repr) else {
                    return;
                };
                if let Some(base) = body.base {
                    self.classify(base, at, classes);
                } else if body.rtti {
                    classes.is_int[at.min(8) as usize / 8] = true;
                }
                let offsets = &self.layouts().fields(self.types, repr).offsets;
                let layout = self.layouts().fields(self.types, repr);
                for (index, (field, offset)) in body.fields.iter().zip(offsets).enumerate() {
                    if let Some(bits) = layout.bits_of(index) {
                        let first = (at + offset) * 8 + u64::from(bits.shift);
                        for bit in [first, first + u64::from(bits.width) - 1] {
                            classes.is_int[(bit / 64).min(1) as usize] = true;
                        }
                        continue;
                    }
                    self.classify(field.ty, at + offset, classes);
                }
            }
            Type::Tuple(parts) => {
                let offsets = &self.layouts().fields(self.types, repr).offsets;
                for ((_, part), offset) in parts.iter().zip(offsets) {
                    self.classify(*part, at + offset, classes);
                }
            }
            Type::Array { elem, .. } => {
                let size = self.layouts().size(self.types, *elem);
                for i in 0..self.types.array_len(repr).unwrap_or(0).min(16) {
                    self.classify(*elem, at + i * size, classes);
                }
            }
            _ => {
                let (size, align) = self.layouts().size_align(self.types, repr);
                classes.unaligned |= !at.is_multiple_of(u64::from(align.max(1)));
                let float = matches!(self.kind(ty), Kind::Scalar(scalar, _) if scalar.is_float());
                for eight in at / 8..(at + size).div_ceil(8).min(2) {
                    match float {
                        true => classes.is_float[eight as usize] = true,
                        false => classes.is_int[eight as usize] = true,
                    }
                }
            }
        }
    }
}
