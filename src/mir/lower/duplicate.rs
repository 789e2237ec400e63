//! Bodies of the procs that copy values: strings and sequences deeply, references by counting, the rest by parts.
//!
//! A copy that fails half-way, because a hook of the program raised or there is no memory, destroys what it has built and leaves nothing.

use smallvec::smallvec;

use super::Lowering;
use super::builder::{Addr, Builder};
use super::layout::{Kind, distinct_base, seq_header};
use super::own::Copying;
use crate::mir::{BinOp, BlockId, Callee, CmpOp, Inst, LITERAL, Operand, RtFn, Scalar, Term};
use crate::sema::typed::{RoutineId, TypeBound};
use crate::sema::types::{ObjectBody, Type, TypeId};

/// How the parts of a value are copied.
#[derive(Clone, Copy)]
struct Parts {
    by: Copying,
    failed: Option<BlockId>,
}

impl Lowering<'_> {
    pub(super) fn copy_body(&self, b: &mut Builder, by: Copying, ty: TypeId, dst: Addr, src: Addr) {
        // A copy that fails half-way destroys what it has built and leaves nothing.
        let failed = self.copy_raises(ty).then(|| b.block());
        let parts = Parts { by, failed };
        if by == Copying::Dup
            && let Some(hook) = self.hook(ty, TypeBound::Dup)
        {
            self.call_dup(b, hook, ty, dst, src, failed);
        } else if let Some(hook) = self.hook(ty, TypeBound::Copy) {
            let info = self.proc(hook);
            b.mem_zero(dst, self.size(ty));
            let dst = b.address(dst);
            let src = match info.params.get(1).map(|&p| (p, self.kind(p))) {
                Some((p, Kind::Scalar(scalar, _))) if !self.is_address(p) => b.load(scalar, src),
                _ => b.address(src),
            };
            b.call(None, Callee::Proc(info.id), smallvec![dst, src], failed);
        } else {
            match self.types.get(ty) {
                Type::String => self.copy_string(b, dst, src, failed),
                Type::Seq(elem) => self.copy_seq(b, *elem, dst, src, parts),
                Type::Distinct(_) => {
                    let base = self.types.bare(distinct_base(self.types, ty));
                    self.duplicate(b, by, base, dst, src, failed);
                }
                _ => self.copy_parts(b, ty, dst, src, parts),
            }
        }
        if let Some(failed) = failed {
            b.end(Term::Return(None));
            b.enter(failed);
            b.cold(failed);
            let error = b.reg(Scalar::Ptr);
            b.emit(Inst::TakePending { dst: error });
            self.destroy_quietly(b, ty, dst);
            b.mem_zero(dst, self.size(ty));
            b.emit(Inst::SetPending {
                value: error.into(),
            });
        }
    }

    /// `dst = =dup(src)`, where `dst` holds nothing.
    fn call_dup(
        &self,
        b: &mut Builder,
        hook: RoutineId,
        ty: TypeId,
        dst: Addr,
        src: Addr,
        failed: Option<BlockId>,
    ) {
        let info = self.proc(hook);
        let by_value = info
            .params
            .first()
            .filter(|&&param| !self.is_address(param));
        let src = match by_value.map(|&param| self.kind(param)) {
            Some(Kind::Scalar(scalar, _)) => b.load(scalar, src),
            _ => b.address(src),
        };
        match self.kind(ty) {
            Kind::Scalar(scalar, _) => {
                b.mem_zero(dst, self.size(ty));
                let fresh = b.call(Some(scalar), Callee::Proc(info.id), smallvec![src], failed);
                b.store(scalar, dst, fresh);
            }
            _ => {
                let dst = b.address(dst);
                b.call(None, Callee::Proc(info.id), smallvec![dst, src], failed);
            }
        }
    }

    fn copy_parts(&self, b: &mut Builder, ty: TypeId, dst: Addr, src: Addr, parts: Parts) {
        let Parts { by, failed } = parts;
        match self.types.get(ty) {
            Type::Array { elem, .. } => {
                if failed.is_some() {
                    b.mem_zero(dst, self.size(ty));
                }
                let count = Operand::Int(self.types.array_len(ty).unwrap_or(0) as i64);
                self.copy_elements(b, *elem, dst, src, count, parts);
            }
            Type::Tuple(fields) => {
                self.copy_bytes(b, ty, dst, src, failed.is_some());
                let layout = self.cache.layouts.fields(self.types, ty);
                for (&(_, part), &offset) in fields.iter().zip(&layout.offsets) {
                    if failed.is_some() || self.managed(part) {
                        self.duplicate(b, by, part, dst.plus(offset), src.plus(offset), failed);
                    }
                }
            }
            Type::Object(_) => {
                if let Some((_, body)) = self.types.object(ty) {
                    self.copy_object(b, ty, body, dst, src, parts);
                }
            }
            _ => b.mem_copy(dst, src, self.size(ty)),
        }
    }

    fn copy_object(
        &self,
        b: &mut Builder,
        ty: TypeId,
        body: &ObjectBody,
        dst: Addr,
        src: Addr,
        Parts { by, failed }: Parts,
    ) {
        // Bytes first, then the managed fields over them; where a copy may fail, those hold nothing until copied.
        b.mem_copy(dst, src, self.size(ty));
        if failed.is_some() {
            let wipe = &mut |b: &mut Builder, field: TypeId, at: Addr, _| {
                b.mem_zero(at, self.size(field));
            };
            self.all_managed(b, ty, body, dst, src, wipe);
        }
        let copy = &mut |b: &mut Builder, field: TypeId, at: Addr, from: Addr| {
            self.duplicate(b, by, field, at, from, failed);
        };
        self.all_managed(b, ty, body, dst, src, copy);
        if self.has_rtti(ty) {
            self.set_rtti(b, ty, dst);
        }
    }

    /// Visits the managed fields of an object and of its bases.
    fn all_managed(
        &self,
        b: &mut Builder,
        ty: TypeId,
        body: &ObjectBody,
        addr: Addr,
        other: Addr,
        visit: &mut dyn FnMut(&mut Builder, TypeId, Addr, Addr),
    ) {
        if let Some(base) = body.base
            && let Some((_, inner)) = self.types.object(base)
        {
            self.all_managed(b, base, inner, addr, other, visit);
        }
        self.fields_of(b, ty, body, addr, other, visit);
    }

    fn copy_bytes(&self, b: &mut Builder, ty: TypeId, dst: Addr, src: Addr, zero: bool) {
        if zero {
            b.mem_zero(dst, self.size(ty));
        } else {
            b.mem_copy(dst, src, self.size(ty));
        }
    }

    fn copy_elements(
        &self,
        b: &mut Builder,
        elem: TypeId,
        dst: Addr,
        src: Addr,
        count: Operand,
        Parts { by, failed }: Parts,
    ) {
        let (to, from) = (b.address(dst), b.address(src));
        let delta = b.bin(Scalar::I64, BinOp::Sub, from, to);
        self.each(b, elem, to, count, |b, at| {
            let from = b.offset(at.into(), delta);
            self.duplicate(b, by, elem, Addr::op(at), Addr::op(from), failed);
        });
    }

    fn copy_string(&self, b: &mut Builder, dst: Addr, src: Addr, failed: Option<BlockId>) {
        let len = b.load(Scalar::I64, src);
        let payload = b.load(Scalar::Ptr, src.plus(8));
        let (some, own, share) = (b.block(), b.block(), b.block());
        let (empty, done) = (b.block(), b.block());
        let any = b.cmp(CmpOp::Ne, Scalar::I64, len, Operand::Int(0));
        b.branch(any, some, empty);
        b.enter(empty);
        b.mem_zero(dst, 16);
        b.goto(done);
        b.enter(some);
        let cap = b.load(Scalar::I64, Addr::op(payload));
        let literal = b.cmp(CmpOp::SLe, Scalar::I64, Operand::Int(LITERAL), cap);
        b.branch(literal, share, own);
        b.enter(share);
        b.store(Scalar::I64, dst, len);
        b.store(Scalar::Ptr, dst.plus(8), payload);
        b.goto(done);
        b.enter(own);
        b.mem_zero(dst, 16);
        let fresh = self.string_payload(b, len, payload, failed);
        b.store(Scalar::I64, dst, len);
        b.store(Scalar::Ptr, dst.plus(8), fresh);
        b.goto(done);
        b.enter(done);
    }

    /// A new payload with `len` bytes of `payload` and a zero after them.
    fn string_payload(
        &self,
        b: &mut Builder,
        len: Operand,
        payload: Operand,
        failed: Option<BlockId>,
    ) -> Operand {
        let size = b.add(len, Operand::Int(9));
        let fresh = b.call(
            Some(Scalar::Ptr),
            Callee::Runtime(RtFn::Alloc),
            smallvec![size],
            failed,
        );
        b.store(Scalar::I64, Addr::op(fresh), len);
        let to = b.offset(fresh, Operand::Int(8));
        let from = b.offset(payload, Operand::Int(8));
        b.emit(Inst::MemCopy {
            dst: to,
            src: from,
            size: len,
        });
        fresh
    }

    fn copy_seq(&self, b: &mut Builder, elem: TypeId, dst: Addr, src: Addr, parts: Parts) {
        let (size, align) = self.size_align(elem);
        let header = seq_header(align);
        let len = b.load(Scalar::I64, src);
        let (some, empty, done) = (b.block(), b.block(), b.block());
        let any = b.cmp(CmpOp::Ne, Scalar::I64, len, Operand::Int(0));
        b.branch(any, some, empty);
        b.enter(empty);
        b.mem_zero(dst, 16);
        b.goto(done);
        b.enter(some);
        let payload = b.load(Scalar::Ptr, src.plus(8));
        let bytes = b.bin(Scalar::I64, BinOp::Mul, len, Operand::Int(size as i64));
        let total = b.add(bytes, Operand::Int(header as i64));
        b.mem_zero(dst, 16);
        let fresh = b.call(
            Some(Scalar::Ptr),
            Callee::Runtime(RtFn::Alloc),
            smallvec![total],
            parts.failed,
        );
        b.store(Scalar::I64, Addr::op(fresh), len);
        b.store(Scalar::I64, dst, len);
        b.store(Scalar::Ptr, dst.plus(8), fresh);
        let to = Addr::op(fresh).plus(header);
        let from = Addr::op(payload).plus(header);
        if self.managed(elem) || self.has_rtti(elem) {
            self.copy_elements(b, elem, to, from, len, parts);
        } else {
            let (dst, src) = (b.address(to), b.address(from));
            b.emit(Inst::MemCopy {
                dst,
                src,
                size: bytes,
            });
        }
        b.goto(done);
        b.enter(done);
    }

    pub(super) fn unshare_body(&self, b: &mut Builder, addr: Addr) {
        let payload = b.load(Scalar::Ptr, addr.plus(8));
        let (some, literal, done) = (b.block(), b.block(), b.block());
        let there = b.cmp(CmpOp::Ne, Scalar::Ptr, payload, Operand::Int(0));
        b.branch(there, some, done);
        b.enter(some);
        let cap = b.load(Scalar::I64, Addr::op(payload));
        let shared = b.cmp(CmpOp::SLe, Scalar::I64, Operand::Int(LITERAL), cap);
        b.branch(shared, literal, done);
        b.enter(literal);
        let len = b.load(Scalar::I64, addr);
        let fresh = self.string_payload(b, len, payload, None);
        b.store(Scalar::Ptr, addr.plus(8), fresh);
        b.goto(done);
        b.enter(done);
    }
}
