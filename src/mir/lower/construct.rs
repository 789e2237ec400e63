//! Building objects, tuples, arrays and sequences in place.
//!
//! Each managed part that is done becomes a cleanup until the whole is done, so an exception in the middle destroys just
//! what was built and leaves the storage holding nothing.

use smallvec::smallvec;

use super::builder::Addr;
use super::cleanup::{Cleanup, EntryId};
use super::frame::{Dest, Storage};
use super::last_use::root;
use super::layout::seq_header;
use super::routine::Fun;
use crate::mir::{Callee, Inst, Operand, RtFn, Scalar};
use crate::sema::typed::{Expr, ExprKind};
use crate::sema::types::{Type, TypeId};

type Fields = [(TypeId, usize, Expr)];

impl<'r> Fun<'_, 'r> {
    /// `T(field: value, …)` for an object type, at `addr`.
    pub(super) fn object(&mut self, fields: &'r Fields, ty: TypeId, addr: Addr) {
        let ty = self.cx.types.repr(ty);
        if !self.covers(fields, ty) {
            self.b.mem_zero(addr, self.cx.size(ty));
        }
        if self.cx.has_rtti(ty) {
            self.cx.set_rtti(&mut self.b, ty, addr);
        }
        let mut parts = Vec::new();
        self.fill(fields, addr, Some(&mut parts));
        parts.into_iter().for_each(|id| self.forget(id));
    }

    /// Do the fields leave nothing of the object as it was?
    fn covers(&self, fields: &Fields, ty: TypeId) -> bool {
        self.cx.types.object(ty).is_some_and(|(_, body)| {
            body.base.is_none()
                && !body.union
                && fields.len() == body.fields.len()
                && body
                    .fields
                    .iter()
                    .all(|field| field.when.is_none() && field.bitsize.is_none())
        })
    }

    fn fill(&mut self, fields: &'r Fields, addr: Addr, mut parts: Option<&mut Vec<EntryId>>) {
        for (owner, field, value) in fields {
            let owner = self.cx.types.repr(*owner);
            let layout = self.cx.cache.layouts.fields(self.cx.types, owner);
            let at = addr.plus(layout.offsets.get(*field).copied().unwrap_or(0));
            if let Some(bits) = self.bits_of(owner, *field) {
                let new = self.scalar(value);
                if let Some(place) = self.bit_place_at(at, value.ty, bits) {
                    self.write_bits(place, new);
                }
                continue;
            }
            if self.is_cursor(owner, *field) {
                self.borrow_into(value, Storage::Mem(at));
                continue;
            }
            self.build_at(value, at);
            if let Some(parts) = parts.as_deref_mut() {
                self.part(value.ty, at, parts);
            }
        }
    }

    /// Is the field `{.cursor.}`, so that it owns nothing?
    pub(super) fn is_cursor(&self, object: TypeId, field: usize) -> bool {
        self.cx
            .types
            .object(object)
            .is_some_and(|(_, body)| body.fields[field].cursor)
    }

    fn part(&mut self, ty: TypeId, at: Addr, parts: &mut Vec<EntryId>) {
        if self.cx.managed(ty) {
            parts.push(self.push(Cleanup::Partial(at, ty), false));
        }
    }

    /// `T(field: value, …)` for a `ref` type: a new object, owned.
    pub(super) fn new_object(&mut self, fields: &'r Fields, ty: TypeId) -> Operand {
        let object = self.allocate(ty);
        let Some(inner) = self.pointee_type(ty) else {
            return object;
        };
        let held = self.hold_scalar(object, ty);
        self.fill(fields, Addr::op(object), None);
        let _ = inner;
        self.forget_held(held);
        object
    }

    pub(super) fn pointee_type(&self, ty: TypeId) -> Option<TypeId> {
        match *self.cx.types.get(self.cx.types.repr(ty)) {
            Type::Ref(inner) | Type::Ptr(inner) => Some(inner),
            _ => None,
        }
    }

    /// A new zeroed object for a `ref` type.
    pub(super) fn allocate(&mut self, ty: TypeId) -> Operand {
        let Some(inner) = self.pointee_type(ty) else {
            self.cx.bug("a new object of what is no ref");
            return Operand::Int(0);
        };
        let desc = self.b.reg(Scalar::Ptr);
        self.b.emit(Inst::DescAddr {
            dst: desc,
            desc: self.cx.desc(inner),
        });
        let unwind = self.unwind();
        let object = self.b.call(
            Some(Scalar::Ptr),
            Callee::Runtime(RtFn::NewRef),
            smallvec![desc.into()],
            unwind,
        );
        if self.cx.has_rtti(inner) {
            self.cx.set_rtti(&mut self.b, inner, Addr::op(object));
        }
        object
    }

    pub(super) fn tuple(&mut self, parts: &'r [Expr], ty: TypeId, addr: Addr) {
        let ty = self.cx.types.repr(ty);
        let layout = self.cx.cache.layouts.fields(self.cx.types, ty);
        let types: Vec<TypeId> = match self.cx.types.get(ty) {
            Type::Tuple(parts) => parts.iter().map(|&(_, part)| part).collect(),
            _ => Vec::new(),
        };
        let mut done = Vec::new();
        for ((value, &offset), ty) in parts.iter().zip(&layout.offsets).zip(types) {
            let at = addr.plus(offset);
            self.build_part(value, ty, Dest::Mem(at));
            self.part(ty, at, &mut done);
        }
        done.into_iter().for_each(|id| self.forget(id));
    }

    /// Builds a value of type `ty`, which may be `var T` or `lent T` where `value` is the place itself.
    pub(super) fn build_part(&mut self, value: &'r Expr, ty: TypeId, dest: Dest) {
        if !self.cx.is_address(ty) || self.cx.is_address(value.ty) {
            return self.build(value, dest);
        }
        let address = self.address_of(value, ty);
        match dest {
            Dest::Reg(reg) => self.b.copy(reg, address),
            Dest::Mem(addr) => self.b.store(Scalar::Ptr, addr, address),
            _ => {}
        }
    }

    /// An array, or a `seq` with a payload of its own.
    pub(super) fn array(&mut self, parts: &'r [Expr], ty: TypeId, addr: Addr) {
        let ty = self.cx.types.repr(ty);
        match *self.cx.types.get(ty) {
            Type::Array { elem, .. } => self.elements(parts, elem, addr),
            Type::Seq(elem) => self.sequence_value(parts, elem, ty, addr),
            _ => self.cx.bug("elements of what has none"),
        }
    }

    fn elements(&mut self, parts: &'r [Expr], elem: TypeId, addr: Addr) {
        let size = self.cx.size(elem);
        let mut done = Vec::new();
        for (i, value) in (0u64..).zip(parts) {
            let at = addr.plus(i * size);
            self.build_at(value, at);
            self.part(elem, at, &mut done);
        }
        done.into_iter().for_each(|id| self.forget(id));
    }

    fn sequence_value(&mut self, parts: &'r [Expr], elem: TypeId, ty: TypeId, addr: Addr) {
        if parts.is_empty() {
            return self.b.mem_zero(addr, 16);
        }
        let (size, align) = self.cx.size_align(elem);
        let header = seq_header(align);
        let count = parts.len() as u64;
        let total = Operand::Int((header + count * size) as i64);
        // It holds nothing if there is no memory.
        self.b.mem_zero(addr, 16);
        let unwind = self.unwind();
        let payload = self.b.call(
            Some(Scalar::Ptr),
            Callee::Runtime(RtFn::Alloc),
            smallvec![total],
            unwind,
        );
        let count = Operand::Int(count as i64);
        self.b.store(Scalar::I64, Addr::op(payload), count);
        self.b.store(Scalar::I64, addr, count);
        self.b.store(Scalar::Ptr, addr.plus(8), payload);
        // The elements are zero until they are built, so the whole can be destroyed at any time.
        let whole = self.push(Cleanup::Partial(addr, ty), false);
        let first = Addr::op(payload).plus(header);
        for (i, value) in (0u64..).zip(parts) {
            self.build_at(value, first.plus(i * size));
        }
        self.forget(whole);
    }

    /// `[a, b, c]` where an `openArray` is wanted: storage of the frame.
    pub(super) fn open_array(&mut self, parts: &'r [Expr], ty: TypeId) -> (Operand, Operand) {
        let elem = match *self.cx.types.get(self.cx.types.repr(ty)) {
            Type::OpenArray(elem) | Type::Varargs(elem) => elem,
            _ => return (Operand::Int(0), Operand::Int(0)),
        };
        self.open_elements(parts, elem)
    }

    /// An array that is only lent, of these elements.
    pub(super) fn open_elements(&mut self, parts: &'r [Expr], elem: TypeId) -> (Operand, Operand) {
        let count = Operand::Int(parts.len() as i64);
        if let Some(data) = self.cx.constant_elements(parts, elem) {
            return (self.cx.data_address(&mut self.b, data), count);
        }
        let (size, align) = self.cx.size_align(elem);
        let slot = self.b.slot(size * parts.len() as u64, align);
        let addr = Addr::slot(slot);
        if self.borrows(parts, elem) {
            self.borrowed_elements(parts, elem, addr);
        } else {
            self.elements(parts, elem, addr);
            if self.cx.managed(elem) && !parts.is_empty() {
                let what = Cleanup::Elements(addr, elem, parts.len() as u64);
                self.push_temporary(what, elem);
            }
        }
        (self.b.address(addr), count)
    }

    /// An array or tuple constructor whose value is only lent, where it holds bit copies of what its parts read.
    pub(super) fn lent_parts(&mut self, e: &'r Expr) -> Option<Addr> {
        let ty = self.cx.types.repr(e.ty);
        if !matches!(e.kind, ExprKind::Array(_) | ExprKind::Tuple(_))
            || self.cx.constant(e).is_some()
        {
            return None;
        }
        match (&e.kind, self.cx.types.get(ty).clone()) {
            (ExprKind::Array(parts), Type::Array { elem, .. }) if self.borrows(parts, elem) => {
                let addr = Addr::slot(self.new_slot(ty));
                self.borrowed_elements(parts, elem, addr);
                Some(addr)
            }
            (ExprKind::Tuple(parts), Type::Tuple(types)) => {
                let mut all = parts.iter().zip(&types);
                let lends = |(part, &(_, ty)): (&Expr, &(_, TypeId))| {
                    !self.cx.is_address(ty) && self.lends(part, ty)
                };
                if parts.iter().any(assigns) || !self.cx.managed(ty) || !all.all(lends) {
                    return None;
                }
                let layout = self.cx.cache.layouts.fields(self.cx.types, ty);
                let addr = Addr::slot(self.new_slot(ty));
                for ((part, &offset), (_, ty)) in parts.iter().zip(&layout.offsets).zip(types) {
                    self.borrowed(part, ty, addr.plus(offset));
                }
                Some(addr)
            }
            _ => None,
        }
    }

    /// May the array hold bit copies of what its elements read?
    fn borrows(&self, parts: &[Expr], elem: TypeId) -> bool {
        (self.cx.managed(elem) || self.cx.uncopyable(elem))
            && !parts.iter().any(assigns)
            && parts.iter().all(|part| self.lends(part, elem))
    }

    /// Is a bit copy of a part as good as a copy? Either nobody can see the difference, or it is what the program asks for: a constructor
    /// that is only lent owns nothing. Then what it reads must stand still.
    fn lends(&self, part: &Expr, ty: TypeId) -> bool {
        if !self.cx.observable(ty) || self.cx.uncopyable(ty) || !self.is_place(part) {
            return true;
        }
        let locals = &self.source().routine.locals;
        root(part).is_some_and(|id| !locals[id.0 as usize].captured)
    }

    fn borrowed_elements(&mut self, parts: &'r [Expr], elem: TypeId, addr: Addr) {
        let size = self.cx.size(elem);
        for (i, part) in (0u64..).zip(parts) {
            self.borrowed(part, elem, addr.plus(i * size));
        }
    }

    fn borrowed(&mut self, part: &'r Expr, ty: TypeId, at: Addr) {
        match self.eval(part) {
            super::frame::Value::Mem(from) => self.b.mem_copy(at, from, self.cx.size(ty)),
            super::frame::Value::Scalar(op) => {
                if let super::layout::Kind::Scalar(scalar, _) = self.cx.kind(ty) {
                    self.b.store(scalar, at, op);
                }
            }
            _ => {}
        }
    }
}

/// Could evaluating `e` change a variable that a neighbour was read from? Calls with `var` arguments and assignments can.
fn assigns(e: &Expr) -> bool {
    e.any(&mut |part| {
        matches!(
            part.kind,
            ExprKind::AddrOf(_) | ExprKind::Assign(..) | ExprKind::CallValue(..)
        )
    })
}
