//! Copying, moving and destroying values, by type.
//!
//! These emit code into any [`Builder`]: small cases inline, the rest as a call of the type's synthesised proc.

use rustc_hash::FxHashSet;
use smallvec::smallvec;

use super::Lowering;
use super::builder::{Addr, Base, Builder};
use super::layout::{Kind, is_closure};
use super::synth::Synth;
use crate::mir::{BlockId, Callee, DataId, Inst, Operand, Scalar};
use crate::mir::{Data, LITERAL, Target};
use crate::sema::typed::{RoutineId, TypeBound};
use crate::sema::types::{Field, ObjectBody, Type, TypeId};
use crate::source::Name;

/// How a value is copied.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Copying {
    /// By `=copy`, as into a variable.
    Copy,
    /// By `=dup` where the program declares one, else by `=copy`: for who takes a value as its own.
    Dup,
}

impl Lowering<'_> {
    /// The hook of a type, if the program declares one.
    pub(super) fn hook(&self, ty: TypeId, bound: TypeBound) -> Option<RoutineId> {
        self.hooks
            .type_bound
            .get(&(self.types.bare(ty), bound))
            .copied()
    }

    /// Does a value of `ty` own something, so that it must be destroyed?
    pub(super) fn managed(&self, ty: TypeId) -> bool {
        if let Some(&known) = self.cache.managed.borrow().get(&ty) {
            return known;
        }
        let found = self.compute_managed(ty);
        self.cache.managed.borrow_mut().insert(ty, found);
        found
    }

    fn compute_managed(&self, ty: TypeId) -> bool {
        let hooked = |bound| self.hook(ty, bound).is_some();
        let copies = (self.types.bare(ty), TypeBound::Copy);
        let forbidden = self.hooks.forbidden.contains(&copies);
        if forbidden || hooked(TypeBound::Destroy) || hooked(TypeBound::Copy) {
            return !matches!(self.types.get(ty), Type::Var(_) | Type::Lent(_));
        }
        match self.types.get(ty) {
            Type::String | Type::Seq(_) | Type::Ref(_) => true,
            Type::Proc(proc) => is_closure(proc),
            Type::Sink(inner) | Type::StaticValue(inner, _) => self.managed(*inner),
            Type::Distinct(_) => self.managed(super::layout::distinct_base(self.types, ty)),
            Type::Array { elem, .. } => self.types.array_len(ty) != Some(0) && self.managed(*elem),
            Type::Tuple(parts) => parts.iter().any(|&(_, part)| self.managed(part)),
            Type::Object(_) => self.types.object(ty).is_some_and(|(_, body)| {
                !body.union
                    && (body.base.is_some_and(|base| self.managed(base))
                        || body.fields.iter().any(|field| self.owned_field(field)))
            }),
            _ => false,
        }
    }

    /// Has a value of `ty` itself addresses that are no references?
    pub(super) fn has_addresses(&self, ty: TypeId) -> bool {
        if let Some(&known) = self.cache.addresses.borrow().get(&ty) {
            return known;
        }
        let field = |field: &Field| self.has_addresses(field.ty);
        let found = match self.types.get(ty) {
            Type::Ptr(_) | Type::Pointer | Type::CString | Type::Var(_) | Type::Lent(_) => true,
            Type::OpenArray(_) | Type::Varargs(_) => true,
            Type::Sink(inner) | Type::StaticValue(inner, _) => self.has_addresses(*inner),
            Type::Distinct(_) => self.has_addresses(super::layout::distinct_base(self.types, ty)),
            Type::Array { elem, .. } => self.has_addresses(*elem),
            Type::Tuple(parts) => parts.iter().any(|&(_, part)| self.has_addresses(part)),
            Type::Object(_) => self.types.object(ty).is_some_and(|(_, body)| {
                body.base.is_some_and(|base| self.has_addresses(base))
                    || body.fields.iter().any(field)
            }),
            _ => false,
        };
        self.cache.addresses.borrow_mut().insert(ty, found);
        found
    }

    /// Does the field own what it holds?
    pub(super) fn owned_field(&self, field: &Field) -> bool {
        !field.cursor && self.managed(field.ty)
    }

    /// Was the type declared `{.acyclic.}`?
    pub(super) fn declared_acyclic(&self, ty: TypeId) -> bool {
        self.types.object(ty).is_some_and(|(_, body)| body.acyclic)
    }

    /// Does destroying a value of `ty` run a destructor that the program declares, as far as its type tells?
    pub(super) fn runs_hook(&self, ty: TypeId) -> bool {
        fn look(cx: &Lowering<'_>, ty: TypeId, seen: &mut FxHashSet<TypeId>) -> bool {
            if !seen.insert(ty) {
                return false;
            }
            if cx.hook(ty, TypeBound::Destroy).is_some() {
                return true;
            }
            let mut inside = |inner| look(cx, inner, seen);
            match cx.types.get(ty) {
                Type::Seq(inner) | Type::Ref(inner) | Type::Sink(inner) => inside(*inner),
                Type::Distinct(_) => inside(super::layout::distinct_base(cx.types, ty)),
                Type::Array { elem, .. } => inside(*elem),
                Type::Tuple(parts) => parts.iter().any(|&(_, part)| inside(part)),
                Type::Object(_) => cx.types.object(ty).is_some_and(|(_, body)| {
                    body.base.is_some_and(&mut inside)
                        || body.fields.iter().any(|f| !f.cursor && inside(f.ty))
                }),
                _ => false,
            }
        }
        look(self, ty, &mut FxHashSet::default())
    }

    /// Is there a `seq` in a value of `ty`?
    pub(super) fn has_seq(&self, ty: TypeId) -> bool {
        match self.types.get(ty) {
            Type::Seq(_) => true,
            Type::Sink(inner) => self.has_seq(*inner),
            Type::Distinct(_) => self.has_seq(super::layout::distinct_base(self.types, ty)),
            Type::Array { elem, .. } => self.has_seq(*elem),
            Type::Tuple(parts) => parts.iter().any(|&(_, part)| self.has_seq(part)),
            Type::Object(_) => self.types.object(ty).is_some_and(|(_, body)| {
                body.base.is_some_and(|base| self.has_seq(base))
                    || body.fields.iter().any(|field| self.has_seq(field.ty))
            }),
            _ => false,
        }
    }

    /// Is it a reference that a register can own?
    pub(super) fn plain_ref(&self, ty: TypeId) -> bool {
        let ty = self.types.bare(ty);
        match self.types.get(ty) {
            Type::Ref(_) => true,
            Type::Distinct(_) => {
                self.hook(ty, TypeBound::Destroy).is_none()
                    && self.hook(ty, TypeBound::Copy).is_none()
                    && self.plain_ref(super::layout::distinct_base(self.types, ty))
            }
            _ => false,
        }
    }

    /// Can a local of `ty` live in a register?
    pub(super) fn in_register(&self, ty: TypeId) -> bool {
        matches!(self.kind(ty), Kind::Scalar(..)) && (!self.managed(ty) || self.plain_ref(ty))
    }

    /// Can making a copy raise? It can where memory is needed, and where the program has a hook.
    pub(super) fn copy_raises(&self, ty: TypeId) -> bool {
        let all = |inner| self.copy_raises(inner);
        match self.types.get(ty) {
            Type::String | Type::Seq(_) => true,
            _ => {
                self.hook(ty, TypeBound::Copy).is_some()
                    || self.hook(ty, TypeBound::Dup).is_some()
                    || self.any_copied_part(ty, all)
            }
        }
    }

    /// Does making a copy call a `=copy` of the program?
    pub(super) fn copy_hooked(&self, ty: TypeId) -> bool {
        self.hooked_inside(ty, TypeBound::Copy)
    }

    /// Has the type or a part of it this hook?
    fn hooked_inside(&self, ty: TypeId, bound: TypeBound) -> bool {
        let known = &self.cache.hooked;
        if let Some(&known) = known.borrow().get(&(ty, bound)) {
            return known;
        }
        // A recursive type that comes back to itself adds nothing.
        known.borrow_mut().insert((ty, bound), false);
        let inside = |inner| self.hooked_inside(inner, bound);
        let found = self.hook(ty, bound).is_some()
            || match self.types.get(ty) {
                Type::Seq(inner) => inside(*inner),
                _ => self.any_copied_part(ty, inside),
            };
        known.borrow_mut().insert((ty, bound), found);
        found
    }

    /// Does the program forbid copies of such values, or of a part of them?
    pub(super) fn uncopyable(&self, ty: TypeId) -> bool {
        self.forbidden(ty, TypeBound::Copy)
    }

    fn forbidden(&self, ty: TypeId, bound: TypeBound) -> bool {
        if self.hooks.forbidden.is_empty() {
            return false;
        }
        let ty = self.types.bare(ty);
        let known = &self.cache.forbidden;
        if let Some(&known) = known.borrow().get(&(ty, bound)) {
            return known;
        }
        known.borrow_mut().insert((ty, bound), false);
        let inside = |inner| self.forbidden(inner, bound);
        let found = self.hooks.forbidden.contains(&(ty, bound))
            || match self.types.get(ty) {
                Type::Seq(inner) => inside(*inner),
                _ => self.any_copied_part(ty, inside),
            };
        known.borrow_mut().insert((ty, bound), found);
        found
    }

    /// The operation that it would take and that the program forbids.
    pub(super) fn missing_copy(&self, by: Copying, ty: TypeId) -> Option<&'static str> {
        let dup = by == Copying::Dup;
        if dup && self.forbidden(ty, TypeBound::Dup) {
            return Some("=dup");
        }
        let own = dup && self.hook(ty, TypeBound::Dup).is_some();
        (!own && self.uncopyable(ty)).then_some("=copy")
    }

    /// Is it so for a part that stands in the value itself and is copied with it?
    fn any_copied_part(&self, ty: TypeId, holds: impl Fn(TypeId) -> bool) -> bool {
        match self.types.get(ty) {
            Type::Sink(inner) | Type::StaticValue(inner, _) => holds(*inner),
            Type::Distinct(_) => holds(super::layout::distinct_base(self.types, ty)),
            Type::Array { elem, .. } => holds(*elem),
            Type::Tuple(parts) => parts.iter().any(|&(_, part)| holds(part)),
            Type::Object(_) => self.types.object(ty).is_some_and(|(_, body)| {
                body.base.is_some_and(&holds)
                    || body
                        .fields
                        .iter()
                        .any(|field| !field.cursor && holds(field.ty))
            }),
            _ => false,
        }
    }

    /// Does moving a value over another one move each part by itself? It does where the program has a `=sink` for one of them.
    pub(super) fn sinks_by_parts(&self, ty: TypeId) -> bool {
        self.hook(ty, TypeBound::Destroy).is_none()
            && self.parts_of(ty).iter().any(|&(part, _)| {
                self.hook(part, TypeBound::Sink).is_some() || self.sinks_by_parts(part)
            })
    }

    /// The parts of a tuple, or of an object that has the same fields at any time, each with its offset.
    pub(super) fn parts_of(&self, ty: TypeId) -> Vec<(TypeId, u64)> {
        let ty = self.types.bare(ty);
        let offsets = || self.cache.layouts.fields(self.types, ty);
        match self.types.get(ty) {
            Type::Tuple(parts) => {
                let layout = offsets();
                let parts = parts.iter().zip(&layout.offsets);
                parts.map(|(&(_, part), &at)| (part, at)).collect()
            }
            Type::Object(_) => match self.types.object(ty) {
                Some((_, body)) if has_plain_fields(body) => {
                    let layout = offsets();
                    let fields = body.fields.iter().zip(&layout.offsets);
                    let own = fields.map(|(field, &at)| (field.ty, at));
                    let base = body.base.map(|base| self.parts_of(base));
                    base.unwrap_or_default().into_iter().chain(own).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// A copy that the program forbids; `why` says what asks for it.
    pub(super) fn refuse_copy(&self, operation: &str, ty: TypeId, why: &str) {
        let mut shown = self.types.show(ty);
        if let (Type::Object(_), Some(arguments)) = (self.types.get(ty), shown.find('[')) {
            shown.truncate(arguments); // as Nim shows it
        }
        self.report(crate::diagnostics::Diagnostic::error(
            self.cache.place.get(),
            format!("'{operation}' is not available for type <{shown}>{why}"),
        ));
    }

    /// Builds a copy of the value at `src` in the storage `dst`, which holds nothing, by `=copy`.
    pub(super) fn copy_value(
        &self,
        b: &mut Builder,
        ty: TypeId,
        dst: Addr,
        src: Addr,
        unwind: Option<BlockId>,
    ) {
        self.duplicate(b, Copying::Copy, ty, dst, src, unwind);
    }

    /// Builds a copy of the value at `src` in the storage `dst`, which holds nothing.
    pub(super) fn duplicate(
        &self,
        b: &mut Builder,
        by: Copying,
        ty: TypeId,
        dst: Addr,
        src: Addr,
        unwind: Option<BlockId>,
    ) {
        let ty = self.types.bare(ty);
        if let Some(operation) = self.missing_copy(by, ty) {
            return self.refuse_copy(operation, ty, "");
        }
        let by = match self.hooked_inside(ty, TypeBound::Dup) {
            true => by,
            false => Copying::Copy,
        };
        if self.plain_ref(ty) {
            let value = b.load(Scalar::Ptr, src);
            b.emit(Inst::IncRef { ptr: value });
            return b.store(Scalar::Ptr, dst, value);
        }
        if !self.managed(ty) && !self.has_rtti(ty) {
            return b.mem_copy(dst, src, self.size(ty));
        }
        if self.is_closure(ty) {
            let env = b.load(Scalar::Ptr, src.plus(8));
            b.emit(Inst::IncRef { ptr: env });
            return b.mem_copy(dst, src, 16);
        }
        let raises = self.copy_raises(ty);
        let proc = self.request(Synth::Copy(by, ty));
        let (dst, src) = (b.address(dst), b.address(src));
        let unwind = if raises { unwind } else { None };
        b.call(None, Callee::Proc(proc), smallvec![dst, src], unwind);
    }

    /// Makes the storage hold nothing, without destroying what was there.
    pub(super) fn clear_value(&self, b: &mut Builder, ty: TypeId, addr: Addr) {
        if let Some(hook) = self.hook(ty, TypeBound::WasMoved) {
            let addr = b.address(addr);
            let proc = self.proc(hook).id;
            b.call(None, Callee::Proc(proc), smallvec![addr], None);
            return;
        }
        b.mem_zero(addr, self.size(ty));
    }

    /// Moves the value at `src` to `dst`, which holds nothing; `src` then holds nothing.
    pub(super) fn move_value(&self, b: &mut Builder, ty: TypeId, dst: Addr, src: Addr) {
        b.mem_copy(dst, src, self.size(ty));
        self.clear_value(b, ty, src);
    }

    /// Gives the storage the default value of its type.
    pub(super) fn default_value(&self, b: &mut Builder, ty: TypeId, addr: Addr) {
        b.mem_zero(addr, self.size(ty));
        if self.has_rtti(ty) {
            self.set_rtti(b, ty, addr);
        }
    }

    /// Writes the type descriptors of the objects with RTTI in a value of type `ty`.
    pub(super) fn set_rtti(&self, b: &mut Builder, ty: TypeId, addr: Addr) {
        let ty = self.types.bare(ty);
        match self.types.get(ty) {
            Type::Distinct(_) => {
                self.set_rtti(b, super::layout::distinct_base(self.types, ty), addr);
            }
            Type::Array { elem, .. } if self.has_rtti(*elem) => {
                let size = self.size(*elem);
                for i in 0..self.types.array_len(ty).unwrap_or(0) {
                    self.set_rtti(b, *elem, addr.plus(i * size));
                }
            }
            Type::Tuple(parts) => {
                let layout = self.cache.layouts.fields(self.types, ty);
                for (&(_, part), &offset) in parts.iter().zip(&layout.offsets) {
                    if self.has_rtti(part) {
                        self.set_rtti(b, part, addr.plus(offset));
                    }
                }
            }
            Type::Object(_) => self.set_object_rtti(b, ty, addr, true),
            _ => {}
        }
    }

    fn set_object_rtti(&self, b: &mut Builder, ty: TypeId, addr: Addr, own: bool) {
        let Some((_, body)) = self.types.object(ty) else {
            return;
        };
        if body.rtti && own {
            let desc = b.reg(Scalar::Ptr);
            b.emit(Inst::DescAddr {
                dst: desc,
                desc: self.desc(ty),
            });
            b.store(Scalar::Ptr, addr, desc.into());
            if let Some(offset) = self.exception_name_field(ty) {
                let name = self.types.object_name(ty);
                let text = self.data_address(b, self.c_text(name.as_bytes()));
                b.store(Scalar::Ptr, addr.plus(offset), text);
            }
        }
        if let Some(base) = body.base {
            self.set_object_rtti(b, base, addr, false);
        }
        let layout = self.cache.layouts.fields(self.types, ty);
        for (field, &offset) in body.fields.iter().zip(&layout.offsets) {
            if field.when.is_none() && self.has_rtti(field.ty) {
                self.set_rtti(b, field.ty, addr.plus(offset));
            }
        }
    }

    /// Where the field `name` lies in an object that derives from `Exception`.
    pub(super) fn exception_name_field(&self, ty: TypeId) -> Option<u64> {
        let root = self
            .types
            .bare(*self.hooks.system_types.get(&Name::new("Exception"))?);
        let mut at = ty;
        while at != root {
            at = self.types.bare(self.types.object(at)?.1.base?);
        }
        let (_, body) = self.types.object(root)?;
        let field = body.fields.iter().position(|f| f.name.as_str() == "name")?;
        let layout = self.cache.layouts.fields(self.types, root);
        layout.offsets.get(field).copied()
    }

    /// Does a value of `ty` contain a descriptor's address?
    pub(super) fn has_rtti(&self, ty: TypeId) -> bool {
        let ty = self.types.bare(ty);
        match self.types.get(ty) {
            Type::Distinct(_) => self.has_rtti(super::layout::distinct_base(self.types, ty)),
            Type::Array { elem, .. } => self.has_rtti(*elem),
            Type::Tuple(parts) => parts.iter().any(|&(_, part)| self.has_rtti(part)),
            Type::Object(_) => self.types.object(ty).is_some_and(|(_, body)| {
                body.rtti
                    || body.base.is_some_and(|base| self.has_rtti(base))
                    || body
                        .fields
                        .iter()
                        .any(|f| f.when.is_none() && self.has_rtti(f.ty))
            }),
            _ => false,
        }
    }

    pub(super) fn is_closure(&self, ty: TypeId) -> bool {
        let ty = self.types.bare(ty);
        match self.types.get(ty) {
            Type::Proc(proc) => is_closure(proc),
            Type::Distinct(_) => {
                self.hook(ty, TypeBound::Destroy).is_none()
                    && self.is_closure(super::layout::distinct_base(self.types, ty))
            }
            _ => false,
        }
    }

    /// The payload of a string literal: `{ cap | LITERAL, bytes, 0 }`.
    pub(super) fn literal(&self, text: &[u8]) -> DataId {
        let mut bytes = (text.len() as i64 | LITERAL).to_le_bytes().to_vec();
        bytes.extend_from_slice(text);
        bytes.push(0);
        self.ids.data(Data {
            bytes,
            align: 8,
            relocs: Vec::new(),
        })
    }

    /// A constant string value: `{ len, payload }`.
    pub(super) fn literal_value(&self, text: &[u8]) -> DataId {
        let mut bytes = (text.len() as i64).to_le_bytes().to_vec();
        bytes.extend([0; 8]);
        let relocs = match text {
            [] => Vec::new(),
            _ => vec![(8, Target::Data(self.literal(text)))],
        };
        self.ids.data(Data {
            bytes,
            align: 8,
            relocs,
        })
    }

    /// NUL-terminated bytes.
    pub(super) fn c_text(&self, text: &[u8]) -> DataId {
        let mut bytes = text.to_vec();
        bytes.push(0);
        self.ids.data(Data {
            bytes,
            align: 1,
            relocs: Vec::new(),
        })
    }

    /// `size` zero bytes to read.
    pub(super) fn zeros(&self, size: u64) -> Addr {
        let data = self.ids.data(Data {
            bytes: vec![0; size.max(1) as usize],
            align: 16,
            relocs: Vec::new(),
        });
        Addr {
            base: Base::Data(data),
            offset: 0,
        }
    }

    /// Address of constant data as an operand.
    pub(super) fn data_address(&self, b: &mut Builder, data: DataId) -> Operand {
        let dst = b.reg(Scalar::Ptr);
        b.emit(Inst::DataAddr { dst, data });
        dst.into()
    }
}

/// Are all fields of an object there at any time, each in storage of its own that it owns?
fn has_plain_fields(body: &ObjectBody) -> bool {
    let plain = |field: &Field| field.when.is_none() && field.bitsize.is_none() && !field.cursor;
    !body.union && body.fields.iter().all(plain)
}
