//! Places: the addresses of locals, globals, fields, elements and what pointers point to.

use smallvec::smallvec;

use super::builder::{Addr, Base};
use super::frame::{Storage, Value};
use super::layout::{Kind, seq_header};
use super::routine::Fun;
use super::synth::Synth;
use crate::mir::{BinOp, Callee, CmpOp, Inst, Operand, Scalar};
use crate::sema::typed::{Expr, ExprKind, LocalKind};
use crate::sema::types::{Type, TypeId};

impl<'r> Fun<'_, 'r> {
    /// Is it something with an address of its own, so that reading it copies?
    pub(super) fn is_place(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Local(_) | ExprKind::Global(_) | ExprKind::Const(_) | ExprKind::Deref(_) => {
                true
            }
            ExprKind::Field { object: inner, .. } | ExprKind::TupleField(inner, _) => {
                self.is_place(inner)
                    // A part of a temporary is read where it stands.
                    || self.cx.kind(inner.ty) == Kind::Memory
            }
            ExprKind::Index { .. } => true,
            ExprKind::Convert { value, .. } => {
                self.same_storage(value.ty, e.ty) && self.is_place(value)
            }
            _ => false,
        }
    }

    /// Does a conversion between these leave the value where and as it is?
    pub(super) fn same_storage(&self, from: TypeId, to: TypeId) -> bool {
        let types = self.cx.types;
        let (from, to) = (types.repr(from), types.repr(to));
        if from == to {
            return true;
        }
        match (types.get(from), types.get(to)) {
            (Type::Object(_), Type::Object(_)) | (Type::Tuple(_), Type::Tuple(_)) => true,
            (Type::Ref(_), Type::Ref(_) | Type::Pointer | Type::Ptr(_)) => false,
            (Type::Array { .. }, Type::Array { .. })
            | (Type::Seq(_), Type::Seq(_))
            | (Type::Set(_), Type::Set(_)) => self.cx.size(from) == self.cx.size(to),
            (Type::Proc(_), Type::Proc(_)) => self.cx.kind(from) == self.cx.kind(to),
            _ => false,
        }
    }

    /// The address of a place, for reading.
    pub(super) fn place(&mut self, e: &'r Expr) -> Addr {
        self.locate(e, false)
    }

    /// The address of a place, for writing.
    pub(super) fn place_for_write(&mut self, e: &'r Expr) -> Addr {
        self.locate(e, true)
    }

    fn locate(&mut self, e: &'r Expr, write: bool) -> Addr {
        self.at(e);
        match &e.kind {
            ExprKind::Local(id) => {
                let slot = self.slot_of(*id);
                if write && let Some(entry) = slot.entry {
                    self.set_dead(entry, false);
                }
                match slot.storage {
                    Storage::Mem(addr) => addr,
                    Storage::Reg(reg) => {
                        if write {
                            self.cx.bug("the address of a register is taken");
                        }
                        self.spill(e.ty, reg.into())
                    }
                    _ => self.cx.zeros(16),
                }
            }
            ExprKind::Global(id) => self.global_addr(*id),
            ExprKind::Const(inner) => match self.cx.constant_tree(inner) {
                Some(data) => Addr {
                    base: Base::Data(data),
                    offset: 0,
                },
                None => {
                    self.cx.bug("a constant is not constant");
                    self.cx.zeros(self.cx.size(e.ty))
                }
            },
            ExprKind::Field { .. } if self.is_bit_field(e) => {
                if write {
                    self.cx.unsupported(e.place, "the address of a bit field");
                }
                // It is read where it is copied to.
                let place = self.bit_place(e, false);
                let value = place.map_or(Operand::Int(0), |place| self.read_bits(place));
                self.spill(e.ty, value)
            }
            ExprKind::Field {
                object,
                field,
                checked,
            } => self.field(object, *field, *checked, write),
            ExprKind::TupleField(tuple, index) => {
                let base = self.locate(tuple, write);
                let tuple = self.cx.types.repr(tuple.ty);
                let layout = self.cx.cache.layouts.fields(self.cx.types, tuple);
                base.plus(layout.offsets.get(*index).copied().unwrap_or(0))
            }
            ExprKind::Index {
                base,
                index,
                checked,
            } => self.element(base, index, *checked, write),
            ExprKind::Deref(pointer) => self.pointee(pointer),
            ExprKind::Convert { value, checked } if self.same_storage(value.ty, e.ty) => {
                let addr = self.locate(value, write);
                self.check_object(value.ty, e.ty, addr, *checked);
                addr
            }
            ExprKind::Seq(parts) => {
                // What it declares lives on to the end of the scope, because the place may be part of it.
                let Some((last, before)) = parts.split_last() else {
                    return self.cx.zeros(16);
                };
                for part in before {
                    self.effect(part);
                }
                self.locate(last, write)
            }
            ExprKind::Str(_) | ExprKind::Nil => self.memory(e),
            _ => match self.eval(e) {
                Value::Mem(addr) => addr,
                Value::Scalar(op) => self.spill(e.ty, op),
                _ => self.cx.zeros(16),
            },
        }
    }

    fn pointee(&mut self, pointer: &'r Expr) -> Addr {
        let address = self.scalar(pointer);
        let hidden = self.cx.is_address(pointer.ty);
        if !hidden && self.checks.nil && !matches!(pointer.kind, ExprKind::AddrOf(_)) {
            self.check_nil(address);
        }
        Addr::op(address)
    }

    pub(super) fn check_nil(&mut self, address: Operand) {
        if matches!(address, Operand::Int(value) if value != 0) {
            return;
        }
        let there = self.b.cmp(CmpOp::Ne, Scalar::Ptr, address, Operand::Int(0));
        self.check(there, "raiseNilAccess", &[]);
    }

    /// Raises by a compilerproc when `cond` is 0.
    pub(super) fn check(&mut self, cond: Operand, raise: &str, args: &[Operand]) {
        if matches!(cond, Operand::Int(value) if value != 0) {
            return;
        }
        let raise = self.cx.required(raise);
        let unwind = self.unwind();
        self.b.emit(Inst::Check {
            cond,
            raise,
            args: args.into(),
            unwind,
        });
    }

    /// The address of a field; of a bit field, that of its unit.
    pub(super) fn field(
        &mut self,
        object: &'r Expr,
        field: usize,
        checked: bool,
        write: bool,
    ) -> Addr {
        let base = self.locate(object, write);
        let ty = self.cx.types.repr(object.ty);
        let Some((_, body)) = self.cx.types.object(ty) else {
            self.cx.bug("a field of what is no object");
            return base;
        };
        let layout = self.cx.cache.layouts.fields(self.cx.types, ty);
        if checked && self.checks.field && body.fields[field].when.is_some() {
            let base = self.b.settle(base);
            self.check_variant(ty, field, base);
            return base.plus(layout.offsets[field]);
        }
        base.plus(layout.offsets.get(field).copied().unwrap_or(0))
    }

    /// Raises unless the discriminators say that the field exists.
    fn check_variant(&mut self, ty: TypeId, field: usize, base: Addr) {
        let Some((_, body)) = self.cx.types.object(ty) else {
            return;
        };
        let Some((discriminator, ranges)) = &body.fields[field].when else {
            return;
        };
        if body.fields[*discriminator].when.is_some() {
            self.check_variant(ty, *discriminator, base);
        }
        let kind_type = body.fields[*discriminator].ty;
        let Kind::Scalar(scalar, signed) = self.cx.kind(kind_type) else {
            return;
        };
        let layout = self.cx.cache.layouts.fields(self.cx.types, ty);
        let value = self
            .b
            .load(scalar, base.plus(layout.offsets[*discriminator]));
        let wide = self.b.resize(scalar, signed, Scalar::I64, value);
        let mut there = Operand::Int(0);
        for &(lo, hi) in ranges {
            let hit = super::synth::in_range(&mut self.b, wide, lo, hi);
            there = match there {
                Operand::Int(_) => hit,
                _ => self.b.bin(Scalar::I8, BinOp::Or, there, hit),
            };
        }
        let (good, bad) = (self.b.block(), self.b.block());
        self.b.branch(there, good, bad);
        self.b.enter(bad);
        self.b.cold(bad);
        self.raise_field_error(ty, field, *discriminator, wide);
        self.b.end(crate::mir::Term::Unreachable);
        self.b.enter(good);
    }

    fn raise_field_error(&mut self, ty: TypeId, field: usize, kind: usize, value: Operand) {
        let Some((_, body)) = self.cx.types.object(ty) else {
            return;
        };
        let shown = match self.cx.types.get(ty) {
            Type::Object(nominal) => self.cx.types.def(*nominal).name.as_str(),
            _ => "?",
        };
        let text = format!(
            "field '{}' is not accessible for type '{shown}' using '{} = ",
            body.fields[field].name, body.fields[kind].name
        );
        let text = self.cx.literal_value(text.as_bytes());
        let text = self.cx.data_address(&mut self.b, text);
        let raise = self.cx.required("raiseFieldError2");
        let unwind = self.unwind();
        self.b
            .call(None, Callee::Proc(raise), smallvec![text, value], unwind);
    }

    /// An element's address.
    fn element(&mut self, base: &'r Expr, index: &'r Expr, checked: bool, write: bool) -> Addr {
        let ty = self.cx.types.repr(base.ty);
        let checked = checked && self.checks.bounds;
        match *self.cx.types.get(ty) {
            Type::Array { index: range, elem } => {
                let start = self.locate(base, write);
                let start = self.stable(start, index);
                let (lo, hi) = self.cx.types.ordinal_range(range).unwrap_or((0, -1));
                let at = self.index(index);
                let at = self
                    .b
                    .bin(Scalar::I64, BinOp::Sub, at, Operand::Int(lo as i64));
                if checked {
                    self.check_index(at, Operand::Int((hi - lo + 1) as i64), lo as i64);
                }
                self.scaled(start, at, elem)
            }
            Type::UncheckedArray(elem) => {
                let start = self.locate(base, write);
                let start = self.stable(start, index);
                let at = self.index(index);
                self.scaled(start, at, elem)
            }
            Type::Seq(elem) => {
                let start = self.locate(base, write);
                let start = self.stable(start, index);
                let at = self.index(index);
                self.payload_element(start, at, elem, checked)
            }
            Type::String => {
                let start = self.locate(base, write);
                let start = self.stable(start, index);
                let at = self.index(index);
                // What only `unsafeAddr` reaches is read, and may be a constant.
                if write && !self.is_read_only(base) {
                    return self.string_element_for_write(start, at, checked);
                }
                self.payload_element(start, at, TypeId::CHAR, checked)
            }
            Type::OpenArray(elem) | Type::Varargs(elem) => {
                let (address, len) = self.pair(base);
                let at = self.index(index);
                if checked {
                    self.check_index(at, len, 0);
                }
                self.scaled(Addr::op(address), at, elem)
            }
            Type::CString => {
                let address = self.scalar(base);
                let at = self.index(index);
                self.scaled(Addr::op(address), at, TypeId::CHAR)
            }
            _ => {
                self.cx.bug("an element of what has none");
                self.cx.zeros(16)
            }
        }
    }

    /// Is it a part of a parameter, `let` or constant, which nothing may assign to?
    fn is_read_only(&self, place: &Expr) -> bool {
        match &place.kind {
            ExprKind::Local(id) => {
                let local = self.local(*id);
                match local.kind {
                    LocalKind::Let | LocalKind::For => true,
                    LocalKind::Param => {
                        !matches!(self.cx.types.get(local.ty), Type::Var(_) | Type::Sink(_))
                    }
                    _ => false,
                }
            }
            ExprKind::Const(_) | ExprKind::Str(_) => true,
            ExprKind::Global(id) => (self.cx.global)(*id).is_some_and(|global| global.is_let),
            ExprKind::Field { object, .. } => self.is_read_only(object),
            ExprKind::TupleField(tuple, _) => self.is_read_only(tuple),
            ExprKind::Index { base, .. } => self.is_read_only(base),
            _ => false,
        }
    }

    /// The address, safe from what evaluating `next` may assign.
    fn stable(&mut self, addr: Addr, next: &Expr) -> Addr {
        match addr.base {
            Base::Op(op @ Operand::Reg(_)) if self.has_effects(next) => Addr {
                base: Base::Op(self.b.keep(Scalar::Ptr, op)),
                offset: addr.offset,
            },
            _ => addr,
        }
    }

    /// An index as `I64`.
    pub(super) fn index(&mut self, e: &'r Expr) -> Operand {
        let value = self.scalar(e);
        match self.cx.kind(e.ty) {
            Kind::Scalar(scalar, signed) => self.b.resize(scalar, signed, Scalar::I64, value),
            _ => value,
        }
    }

    fn check_index(&mut self, at: Operand, len: Operand, lo: i64) {
        if let (Operand::Int(at), Operand::Int(len)) = (at, len)
            && at >= 0
            && at < len
        {
            return;
        }
        let good = self.b.cmp(CmpOp::ULt, Scalar::I64, at, len);
        let shown = self.b.add(at, Operand::Int(lo));
        let high = self.b.bin(Scalar::I64, BinOp::Sub, len, Operand::Int(1));
        let high = self.b.add(high, Operand::Int(lo));
        if lo != 0 && self.cx.system("raiseIndexError3").is_some() {
            return self.check(good, "raiseIndexError3", &[shown, Operand::Int(lo), high]);
        }
        self.check(good, "raiseIndexError2", &[shown, high]);
    }

    fn scaled(&mut self, start: Addr, at: Operand, elem: TypeId) -> Addr {
        let size = self.cx.size(elem) as i64;
        if let Operand::Int(at) = at {
            return Addr {
                base: start.base,
                offset: start.offset.wrapping_add(at.wrapping_mul(size)),
            };
        }
        let bytes = match size.count_ones() {
            1 => self.b.bin(
                Scalar::I64,
                if size == 1 { BinOp::Add } else { BinOp::Shl },
                at,
                Operand::Int(i64::from(size.trailing_zeros())),
            ),
            _ => self.b.bin(Scalar::I64, BinOp::Mul, at, Operand::Int(size)),
        };
        let offset = start.offset;
        let base = self.b.address(Addr {
            base: start.base,
            offset: 0,
        });
        let base = self.b.offset(base, bytes);
        Addr {
            base: Base::Op(base),
            offset,
        }
    }

    fn payload_element(&mut self, value: Addr, at: Operand, elem: TypeId, checked: bool) -> Addr {
        let value = self.b.settle(value);
        if checked {
            let len = self.b.load(Scalar::I64, value);
            self.check_index(at, len, 0);
        }
        let payload = self.b.load(Scalar::Ptr, value.plus(8));
        let (_, align) = self.cx.size_align(elem);
        let first = Addr::op(payload).plus(seq_header(align));
        self.scaled(first, at, elem)
    }

    fn string_element_for_write(&mut self, value: Addr, at: Operand, checked: bool) -> Addr {
        let value = self.b.settle(value);
        if checked {
            let len = self.b.load(Scalar::I64, value);
            self.check_index(at, len, 0);
        }
        self.unshare(value);
        self.payload_element(value, at, TypeId::CHAR, false)
    }

    /// Before writing to a string's bytes: a literal's are constant, so the string gets its own.
    pub(super) fn unshare(&mut self, value: Addr) {
        let proc = self.cx.request(Synth::Unshare);
        let address = self.b.address(value);
        let unwind = self.unwind();
        self.b
            .call(None, Callee::Proc(proc), smallvec![address], unwind);
    }

    /// `addr x` and hidden addresses.
    pub(super) fn address_of(&mut self, place: &'r Expr, ty: TypeId) -> Operand {
        let write = !matches!(self.cx.types.get(ty), Type::Lent(_));
        if let ExprKind::Deref(pointer) = &place.kind
            && self.cx.is_address(pointer.ty)
        {
            // A `var` parameter handed on.
            return self.scalar(pointer);
        }
        let addr = self.locate(place, write);
        self.b.address(addr)
    }

    /// Address and length of an `openArray`.
    pub(super) fn pair(&mut self, e: &'r Expr) -> (Operand, Operand) {
        self.at(e);
        match &e.kind {
            ExprKind::Local(id) => {
                let slot = self.slot_of(*id);
                match slot.storage {
                    Storage::Pair(a, b) => (a.into(), b.into()),
                    _ => (Operand::Int(0), Operand::Int(0)),
                }
            }
            ExprKind::Deref(inner) => self.pair(inner),
            ExprKind::AddrOf(inner) => self.open(inner, true),
            ExprKind::Convert { value, .. } => {
                let write = matches!(self.cx.types.get(e.ty), Type::Var(_));
                self.open(value, write)
            }
            ExprKind::Array(parts) => self.open_array(parts, e.ty),
            ExprKind::Magic(magic, args) => self.magic_pair(*magic, args, e),
            ExprKind::Seq(parts) => {
                let Some((last, before)) = parts.split_last() else {
                    return (Operand::Int(0), Operand::Int(0));
                };
                before.iter().for_each(|part| self.effect(part));
                self.pair(last)
            }
            ExprKind::Const(_) | ExprKind::Str(_) => self.open(e, false),
            ExprKind::If(..)
            | ExprKind::Case { .. }
            | ExprKind::Block(..)
            | ExprKind::Try { .. }
            | ExprKind::Checks(..) => {
                let (a, b) = (self.b.reg(Scalar::Ptr), self.b.reg(Scalar::I64));
                self.build(e, super::frame::Dest::Pair(a, b));
                (a.into(), b.into())
            }
            _ => {
                self.cx
                    .unsupported(e.place, "an openArray that comes from this expression");
                (Operand::Int(0), Operand::Int(0))
            }
        }
    }

    /// Address and length of what an array, `seq`, `string` or `cstring` holds.
    pub(super) fn open(&mut self, e: &'r Expr, write: bool) -> (Operand, Operand) {
        let ty = self.cx.types.repr(e.ty);
        match *self.cx.types.get(ty) {
            Type::OpenArray(_) | Type::Varargs(_) => match &e.kind {
                ExprKind::Convert { value, .. } => self.open(value, write),
                _ => self.pair(e),
            },
            Type::Array { elem, .. } => {
                if let ExprKind::Array(parts) = &e.kind
                    && !write
                {
                    return self.open_elements(parts, elem);
                }
                let addr = self.source_of(e, write);
                let len = self.cx.types.array_len(ty).unwrap_or(0);
                (self.b.address(addr), Operand::Int(len as i64))
            }
            Type::Seq(elem) => {
                let addr = self.source_of(e, write);
                let (_, align) = self.cx.size_align(elem);
                self.open_payload(addr, seq_header(align))
            }
            Type::String => {
                let addr = self.source_of(e, write);
                let addr = self.b.settle(addr);
                if write {
                    self.unshare(addr);
                }
                self.open_payload(addr, 8)
            }
            Type::CString => {
                let address = self.scalar(e);
                let len = self.c_length(address);
                (address, len)
            }
            _ => {
                self.cx.bug("an openArray of what holds no elements");
                (Operand::Int(0), Operand::Int(0))
            }
        }
    }

    fn source_of(&mut self, e: &'r Expr, write: bool) -> Addr {
        if self.is_place(e) || matches!(e.kind, ExprKind::Seq(_)) {
            self.locate(e, write)
        } else {
            self.memory(e)
        }
    }

    fn open_payload(&mut self, value: Addr, header: u64) -> (Operand, Operand) {
        let value = self.b.settle(value);
        let len = self.b.load(Scalar::I64, value);
        let payload = self.b.load(Scalar::Ptr, value.plus(8));
        let first = self.b.offset(payload, Operand::Int(header as i64));
        (first, len)
    }
}
