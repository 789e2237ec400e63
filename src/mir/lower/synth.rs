//! Procs that no program text declares: destroying and copying by type, texts of enums, entries to C functions.
//!
//! Each is identified by what it does and the identity and fingerprint of its type, so every module that needs one
//! gets the same number and the same body.

use smallvec::{SmallVec, smallvec};

use super::Lowering;
use super::abi::widened;
use super::builder::{Addr, Base, Builder};
use super::layout::{Kind, branches_of};
use super::own::Copying;
use crate::mir::{BinOp, Callee, CmpOp, Inst, Operand, Proc, ProcId, Reg, Scalar, Sig, Term};
use crate::sema::typed::{Import, RoutineId};
use crate::sema::types::{CallConv, ObjectBody, Type, TypeId};

/// A synthesised proc.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Synth {
    /// `(p)`: destroys the value at `p`.
    Destroy(TypeId),
    /// `(p)`: destroys the reference at `p`.
    DestroyRef,
    /// `(p)`: calls the finalizer of the object at `p`, and destroys it.
    Finalize(TypeId),
    /// `(dst, src)`: builds a copy.
    Copy(Copying, TypeId),
    /// `(result, value)`: the text of an enum's value.
    EnumText(TypeId),
    /// `(p)`: destroys the environment of a routine's closures.
    Env(RoutineId),
    /// A C function with the signature of a Nim proc, for use as a value.
    Thunk(RoutineId),
    /// `(p)`: gives the string at `p` a payload that may be written.
    Unshare,
}

impl Lowering<'_> {
    /// The number of a synthesised proc, which the current output will contain.
    pub(super) fn request(&self, synth: Synth) -> ProcId {
        if self.cache.requested.borrow_mut().insert(synth) {
            self.cache.pending.borrow_mut().push(synth);
        }
        self.synth_id(synth)
    }

    fn synth_id(&self, synth: Synth) -> ProcId {
        let typed = |what: &str, ty: TypeId| {
            let name = format!("{what} {}", self.identity(ty));
            self.ids.proc(&name, self.fingerprint(ty))
        };
        match synth {
            Synth::Destroy(ty) => {
                let name = format!("=destroy {}", self.identity(ty));
                let raises = u64::from(self.destroy_raises(ty));
                self.ids
                    .proc(&name, self.fingerprint(ty).wrapping_add(raises))
            }
            Synth::DestroyRef => self.ids.proc("=destroy ref", 0),
            Synth::Finalize(ty) => typed("finalize", ty),
            Synth::Copy(Copying::Copy, ty) => typed("=copy", ty),
            Synth::Copy(Copying::Dup, ty) => typed("=dup", ty),
            Synth::EnumText(ty) => typed("$", ty),
            Synth::Env(routine) => {
                let env = self.environment(routine);
                let name = format!("=destroy env of {}", self.proc(routine).routine.identity);
                self.ids.proc(&name, env.hash)
            }
            Synth::Thunk(routine) => {
                let info = self.proc(routine);
                let (_, abi) = self.ids.proc_key(info.id);
                let name = format!("extern {}", info.routine.identity);
                self.ids.proc(&name, abi)
            }
            Synth::Unshare => self.ids.proc("unshare string", 0),
        }
    }

    /// Writes the body.
    pub(super) fn synthesise(&self, synth: Synth) -> Proc {
        let id = self.synth_id(synth);
        let (params, ret, raises): (&[Scalar], _, _) = match synth {
            Synth::Destroy(ty) => (&[Scalar::Ptr], None, self.destroy_raises(ty)),
            Synth::DestroyRef | Synth::Finalize(_) | Synth::Env(_) | Synth::Unshare => {
                (&[Scalar::Ptr], None, true)
            }
            Synth::Copy(_, ty) => (&[Scalar::Ptr, Scalar::Ptr], None, self.copy_raises(ty)),
            Synth::EnumText(ty) => match self.kind(ty) {
                Kind::Scalar(Scalar::I8, _) => (&[Scalar::Ptr, Scalar::I8], None, false),
                Kind::Scalar(Scalar::I16, _) => (&[Scalar::Ptr, Scalar::I16], None, false),
                Kind::Scalar(Scalar::I32, _) => (&[Scalar::Ptr, Scalar::I32], None, false),
                _ => (&[Scalar::Ptr, Scalar::I64], None, false),
            },
            Synth::Thunk(routine) => return self.thunk(id, routine),
        };
        let mut b = Builder::new(params, Default::default());
        let first = Addr::op(Reg(0));
        match synth {
            Synth::Destroy(ty) => self.destroy_body(&mut b, ty, first),
            Synth::DestroyRef => {
                let ptr = b.load(Scalar::Ptr, first);
                b.dec_ref(ptr, None);
            }
            Synth::Finalize(ty) => self.finalize_body(&mut b, ty, first),
            Synth::Copy(by, ty) => self.copy_body(&mut b, by, ty, first, Addr::op(Reg(1))),
            Synth::EnumText(ty) => self.enum_body(&mut b, ty, first),
            Synth::Env(routine) => self.env_body(&mut b, routine, first),
            Synth::Unshare => self.unshare_body(&mut b, first),
            Synth::Thunk(_) => {}
        }
        b.end(Term::Return(None));
        let sig = Sig {
            params: params.into(),
            ret,
            raises,
        };
        self.package(id, sig, b, false)
    }

    pub(super) fn package(&self, id: ProcId, sig: Sig, b: Builder, c_abi: bool) -> Proc {
        let (name, _) = self.ids.proc_key(id);
        let (regs, slots, blocks, sites) = b.finish();
        Proc {
            regs,
            slots,
            blocks,
            sites,
            c_abi,
            inline: true,
            traced: false,
            ..Proc::new(id, sig, name)
        }
    }

    pub(super) fn is_address(&self, ty: TypeId) -> bool {
        matches!(self.types.get(ty), Type::Var(_) | Type::Lent(_))
    }

    /// A loop over `count` elements from `base`.
    pub(super) fn each(
        &self,
        b: &mut Builder,
        elem: TypeId,
        base: Operand,
        count: Operand,
        body: impl FnOnce(&mut Builder, Reg),
    ) {
        let size = Operand::Int(self.size(elem) as i64);
        let bytes = b.bin(Scalar::I64, BinOp::Mul, count, size);
        let end = b.offset(base, bytes);
        let at = b.reg(Scalar::Ptr);
        b.copy(at, base);
        let (head, inner, done) = (b.block(), b.block(), b.block());
        b.goto(head);
        b.enter(head);
        let more = b.cmp(CmpOp::ULt, Scalar::Ptr, at.into(), end);
        b.branch(more, inner, done);
        b.enter(inner);
        body(b, at);
        b.emit(Inst::Bin {
            dst: at,
            op: BinOp::Add,
            a: at.into(),
            b: size,
        });
        b.goto(head);
        b.enter(done);
    }

    /// Visits the managed fields of an object value, in the branch that its discriminators select.
    pub(super) fn fields_of(
        &self,
        b: &mut Builder,
        ty: TypeId,
        body: &ObjectBody,
        addr: Addr,
        other: Addr,
        visit: &mut dyn FnMut(&mut Builder, TypeId, Addr, Addr),
    ) {
        let top: Vec<usize> = (0..body.fields.len())
            .filter(|&i| body.fields[i].when.is_none())
            .collect();
        self.fields_among(b, ty, body, &top, (addr, other), visit);
    }

    fn fields_among(
        &self,
        b: &mut Builder,
        ty: TypeId,
        body: &ObjectBody,
        fields: &[usize],
        (addr, other): (Addr, Addr),
        visit: &mut dyn FnMut(&mut Builder, TypeId, Addr, Addr),
    ) {
        let layout = self.cache.layouts.fields(self.types, ty);
        for &index in fields {
            let field = &body.fields[index];
            let offset = layout.offsets[index];
            if field.is_discriminator() {
                self.branches(b, ty, body, index, (addr, other), visit);
            } else if self.owned_field(field) {
                visit(b, field.ty, addr.plus(offset), other.plus(offset));
            }
        }
    }

    /// Visits the managed fields of the branch that discriminator `index` selects.
    pub(super) fn branches(
        &self,
        b: &mut Builder,
        ty: TypeId,
        body: &ObjectBody,
        index: usize,
        (addr, other): (Addr, Addr),
        visit: &mut dyn FnMut(&mut Builder, TypeId, Addr, Addr),
    ) {
        let branches: Vec<Vec<usize>> = branches_of(body, index)
            .into_iter()
            .filter(|fields| self.any_managed(body, fields))
            .collect();
        if branches.is_empty() {
            return;
        }
        let layout = self.cache.layouts.fields(self.types, ty);
        let Kind::Scalar(scalar, signed) = self.kind(body.fields[index].ty) else {
            return;
        };
        let value = b.load(scalar, addr.plus(layout.offsets[index]));
        let value = b.resize(scalar, signed, Scalar::I64, value);
        let done = b.block();
        for fields in branches {
            let (inside, next) = (b.block(), b.block());
            let ranges = body.fields[fields[0]].when.as_ref();
            for &(lo, hi) in ranges.map_or(&[][..], |(_, ranges)| ranges) {
                let other = b.block();
                let hit = in_range(b, value, lo, hi);
                b.branch(hit, inside, other);
                b.enter(other);
            }
            b.goto(next);
            b.enter(inside);
            self.fields_among(b, ty, body, &fields, (addr, other), visit);
            b.goto(done);
            b.enter(next);
        }
        b.goto(done);
        b.enter(done);
    }

    fn any_managed(&self, body: &ObjectBody, fields: &[usize]) -> bool {
        fields.iter().any(|&i| {
            self.owned_field(&body.fields[i])
                || body.fields[i].is_discriminator()
                    && branches_of(body, i)
                        .iter()
                        .any(|inner| self.any_managed(body, inner))
        })
    }

    fn enum_body(&self, b: &mut Builder, ty: TypeId, dst: Addr) {
        let Some(body) = self.types.enumeration(ty) else {
            return;
        };
        let Kind::Scalar(scalar, signed) = self.kind(ty) else {
            return;
        };
        let (table, invalid) = self.enum_table(body);
        let value = b.resize(scalar, signed, Scalar::I64, Reg(1).into());
        let at = b.reg(Scalar::I64);
        let (found, unknown, done) = (b.block(), b.block(), b.block());
        let first = body.constants.first().map_or(0, |c| c.value);
        let dense = (0i64..)
            .zip(&body.constants)
            .all(|(i, c)| c.value == first.wrapping_add(i));
        if dense {
            let index = b.bin(Scalar::I64, BinOp::Sub, value, Operand::Int(first));
            b.copy(at, index);
            let count = Operand::Int(body.constants.len() as i64);
            let known = b.cmp(CmpOp::ULt, Scalar::I64, index, count);
            b.branch(known, found, unknown);
        } else {
            let cases = (0i64..)
                .zip(&body.constants)
                .map(|(i, constant)| {
                    let block = b.block();
                    let here = b.pause();
                    b.enter(block);
                    b.copy(at, Operand::Int(i));
                    b.goto(found);
                    b.resume(here);
                    (constant.value, block)
                })
                .collect();
            b.end(Term::Switch {
                on: value,
                ty: Scalar::I64,
                cases,
                default: unknown,
            });
        }
        b.enter(unknown);
        b.mem_copy(
            dst,
            Addr {
                base: Base::Data(invalid),
                offset: 0,
            },
            16,
        );
        b.goto(done);
        b.enter(found);
        let offset = b.bin(Scalar::I64, BinOp::Mul, at.into(), Operand::Int(16));
        let table = self.data_address(b, table);
        let entry = b.offset(table, offset);
        b.mem_copy(dst, Addr::op(entry), 16);
        b.goto(done);
        b.enter(done);
    }

    fn thunk(&self, id: ProcId, routine: RoutineId) -> Proc {
        let info = self.proc(routine);
        let c_abi = info.routine.conv == CallConv::C;
        let mut b = Builder::new(&info.sig.params, info.routine.place);
        match self.extern_of(&info) {
            Err(ty) => self.no_c_type(&info.routine, ty),
            Ok((callee, sig)) if info.routine.import.as_ref().is_some_and(Import::is_host) => {
                let args = self.host_arguments(&info, &sig, &mut b);
                let value = b.call(sig.ret, Callee::Extern(callee), args, None);
                b.end(Term::Return(sig.ret.map(|_| value)));
            }
            Ok((callee, sig)) => {
                let ret = info.routine.ret;
                let out = (self.kind(ret) == Kind::Memory).then(|| self.padded(ret, &mut b));
                let mut args: SmallVec<[Operand; 4]> = smallvec![];
                args.extend(out.map(|out| b.address(out)));
                let words = self.words(&info.params);
                for ((ty, reg), &want) in words.zip(args.len()..).zip(&sig.params[args.len()..]) {
                    let value = Operand::Reg(Reg(reg as u32));
                    args.push(match self.kind(ty) {
                        Kind::Scalar(scalar, signed) => b.resize(scalar, signed, want, value),
                        // C takes whole words.
                        Kind::Memory if !self.by_address(ty) => {
                            let copy = self.padded(ty, &mut b);
                            b.mem_copy(copy, Addr::op(value), self.layouts().size(self.types, ty));
                            b.address(copy)
                        }
                        _ => value,
                    });
                }
                let value = b.call(sig.ret, Callee::Extern(callee), args, None);
                if let Some(out) = out {
                    let size = self.layouts().size(self.types, ret);
                    b.mem_copy(Addr::op(Reg(0)), out, size);
                }
                b.end(Term::Return(sig.ret.map(|_| value)));
            }
        }
        b.end(Term::Return(None));
        Proc {
            aggregates: self.entry_aggregates(&info),
            ..self.package(id, (*info.sig).clone(), b, c_abi)
        }
    }

    /// The parameters of a guest proc as a function of a host module takes them.
    fn host_arguments(
        &self,
        info: &super::abi::ProcInfo,
        sig: &Sig,
        b: &mut Builder,
    ) -> SmallVec<[Operand; 4]> {
        let mut given = (0..info.sig.params.len()).map(|i| Operand::from(Reg(i as u32)));
        let mut args = SmallVec::new();
        if self.kind(info.routine.ret) == Kind::Memory {
            args.extend(given.next());
        }
        for &param in &info.params {
            let value = match self.kind(param) {
                Kind::Unit => continue,
                Kind::Pair => {
                    let slot = Addr::slot(b.slot(16, 8));
                    for offset in [0, 8] {
                        let half = given.next().unwrap_or(Operand::Int(0));
                        let scalar = if offset == 0 {
                            Scalar::Ptr
                        } else {
                            Scalar::I64
                        };
                        b.store(scalar, slot.plus(offset), half);
                    }
                    b.address(slot)
                }
                Kind::Scalar(scalar, signed) => {
                    let value = given.next().unwrap_or(Operand::Int(0));
                    b.resize(scalar, signed, widened(scalar), value)
                }
                Kind::Memory => given.next().unwrap_or(Operand::Int(0)),
            };
            args.push(value);
        }
        debug_assert_eq!(args.len(), sig.params.len());
        args
    }

    /// The type of each word of parameters: a pair has two.
    fn words(&self, params: &[TypeId]) -> impl Iterator<Item = TypeId> {
        let words = |&ty: &TypeId| match self.kind(ty) {
            Kind::Unit => [None, None],
            Kind::Pair => [Some(ty), Some(ty)],
            _ => [Some(ty), None],
        };
        params.iter().flat_map(words).flatten()
    }

    /// Storage for an object in whole words.
    pub(super) fn padded(&self, ty: TypeId, b: &mut Builder) -> Addr {
        let (size, align) = self.layouts().size_align(self.types, ty);
        Addr::slot(b.slot(size.next_multiple_of(8), align.max(8)))
    }
}

/// Is `value` (an `I64`) within `lo..=hi`?
pub(super) fn in_range(b: &mut Builder, value: Operand, lo: i64, hi: i64) -> Operand {
    if lo == hi {
        return b.cmp(CmpOp::Eq, Scalar::I64, value, Operand::Int(lo));
    }
    let from_lo = b.bin(Scalar::I64, BinOp::Sub, value, Operand::Int(lo));
    let width = Operand::Int(hi.wrapping_sub(lo));
    b.cmp(CmpOp::ULe, Scalar::I64, from_lo, width)
}
