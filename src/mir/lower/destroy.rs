//! Destroying values, by type, and what becomes of an exception that leaves a destructor.
//!
//! Such an exception is raised like one of any other call. As in Nim the destructors that the scope, or the value, had still to run do not
//! run then. What the program cannot see destroyed is freed nevertheless.

use rustc_hash::FxHashSet;
use smallvec::smallvec;

use super::Lowering;
use super::builder::{Addr, Builder};
use super::cleanup::{Cleanup, Entry, Exit, Landing};
use super::layout::{Kind, distinct_base, is_closure, seq_header};
use super::routine::Fun;
use super::synth::Synth;
use crate::mir::{BlockId, Callee, CmpOp, Inst, LITERAL, Operand, ProcId, RtFn, Scalar, Term};
use crate::sema::typed::{RoutineId, TypeBound};
use crate::sema::types::{Type, TypeId};

impl Lowering<'_> {
    /// The proc that destroys values of a type, which types with the same code share.
    pub(super) fn destructor(&self, ty: TypeId) -> ProcId {
        if self.plain_ref(ty) {
            return self.request(Synth::DestroyRef);
        }
        if self.hook(ty, TypeBound::Destroy).is_none() {
            match self.types.get(ty) {
                // A block of memory, whatever is in it.
                Type::Seq(elem) if !self.managed(*elem) => return self.destructor(TypeId::STRING),
                Type::Object(_) => {
                    if let Some(base) = self.adds_nothing_owned(ty) {
                        return self.destructor(base);
                    }
                }
                _ => {}
            }
        }
        self.request(Synth::Destroy(ty))
    }

    /// The base of an object type whose own fields need no destruction.
    fn adds_nothing_owned(&self, ty: TypeId) -> Option<TypeId> {
        let (_, body) = self.types.object(ty)?;
        let base = self.types.bare(body.base?);
        let owns = body.fields.iter().any(|field| self.owned_field(field));
        (!owns && self.managed(base)).then_some(base)
    }

    /// Can the program see when a value of `ty` is destroyed?
    pub(super) fn observable(&self, ty: TypeId) -> bool {
        if let Some(&known) = self.cache.observable.borrow().get(&ty) {
            return known;
        }
        let found = self.any_destroyed(ty, &mut FxHashSet::default(), &|ty| {
            self.hook(ty, TypeBound::Destroy).map(|_| true)
        });
        self.cache.observable.borrow_mut().insert(ty, found);
        found
    }

    /// Can destroying a value of `ty` raise? It can where a destructor of the program runs, and where nobody knows what goes with the value.
    pub(super) fn destroy_raises(&self, ty: TypeId) -> bool {
        let ty = self.types.bare(ty);
        if let Some(&known) = self.cache.destroy_raises.borrow().get(&ty) {
            return known;
        }
        let found = self.any_destroyed(ty, &mut FxHashSet::default(), &|ty| {
            let hook = self.hook(ty, TypeBound::Destroy)?;
            Some(self.proc(hook).sig.raises)
        });
        self.cache.destroy_raises.borrow_mut().insert(ty, found);
        found
    }

    /// Is one of the values that go with a value of `ty` such that `hooked` says so, or of a type that only the running program knows?
    fn any_destroyed(
        &self,
        ty: TypeId,
        seen: &mut FxHashSet<TypeId>,
        hooked: &dyn Fn(TypeId) -> Option<bool>,
    ) -> bool {
        // A recursive type that comes back to itself adds nothing.
        if !seen.insert(ty) {
            return false;
        }
        if let Some(known) = hooked(ty) {
            return known;
        }
        let finalized = |ty| self.hooks.finalizers.contains_key(&self.types.bare(ty));
        let mut inside = |ty| self.any_destroyed(ty, seen, hooked);
        match self.types.get(ty) {
            Type::Ref(inner) => finalized(*inner) || inside(*inner),
            Type::Seq(inner) | Type::Sink(inner) => inside(*inner),
            Type::Proc(proc) => is_closure(proc),
            Type::Distinct(_) => inside(distinct_base(self.types, ty)),
            Type::Array { elem, .. } => inside(*elem),
            Type::Tuple(parts) => parts.iter().any(|&(_, part)| inside(part)),
            Type::Object(_) => self.types.object(ty).is_some_and(|(_, body)| {
                body.rtti
                    || body.base.is_some_and(&mut inside)
                    || body.fields.iter().any(|f| !f.cursor && inside(f.ty))
            }),
            _ => false,
        }
    }

    /// Destroys the value at `addr`, whose bytes then mean nothing.
    pub(super) fn destroy_value(
        &self,
        b: &mut Builder,
        ty: TypeId,
        addr: Addr,
        unwind: Option<BlockId>,
    ) {
        let ty = self.types.bare(ty);
        if !self.managed(ty) {
            return;
        }
        if self.plain_ref(ty) {
            let ptr = b.load(Scalar::Ptr, addr);
            return b.dec_ref(ptr, unwind);
        }
        if self.is_closure(ty) {
            let ptr = b.load(Scalar::Ptr, addr.plus(8));
            return b.dec_ref(ptr, unwind);
        }
        let proc = self.destructor(ty);
        let addr = b.address(addr);
        b.call(None, Callee::Proc(proc), smallvec![addr], unwind);
    }

    /// The same where nobody could do anything about an exception.
    pub(super) fn destroy_quietly(&self, b: &mut Builder, ty: TypeId, addr: Addr) {
        match self.destroy_raises(ty) {
            false => self.destroy_value(b, ty, addr, None),
            true => b.quietly(|b, failed| self.destroy_value(b, ty, addr, failed)),
        }
    }

    /// Where to destroy the value at `addr`: somewhere else when its destructor may raise, and then the place holds nothing any more.
    pub(super) fn aside(&self, b: &mut Builder, ty: TypeId, addr: Addr) -> Addr {
        if !self.destroy_raises(ty) {
            return addr;
        }
        let (size, align) = self.size_align(ty);
        let aside = Addr::slot(b.slot(size, align));
        self.move_value(b, ty, aside, addr);
        aside
    }

    pub(super) fn destroy_body(&self, b: &mut Builder, ty: TypeId, addr: Addr) {
        if let Some(hook) = self.hook(ty, TypeBound::Destroy) {
            return self.call_destroy_hook(b, hook, addr, None);
        }
        match self.types.get(ty) {
            Type::String => self.destroy_payload(b, addr, None),
            Type::Seq(elem) => self.destroy_payload(b, addr, Some(*elem)),
            Type::Ref(_) => {
                let ptr = b.load(Scalar::Ptr, addr);
                b.dec_ref(ptr, None);
            }
            Type::Proc(_) => {
                let ptr = b.load(Scalar::Ptr, addr.plus(8));
                b.dec_ref(ptr, None);
            }
            Type::Distinct(_) => {
                let base = self.types.bare(distinct_base(self.types, ty));
                self.destroy_body(b, base, addr);
            }
            Type::Array { elem, .. } => {
                let count = self.types.array_len(ty).unwrap_or(0);
                self.destroy_elements(b, *elem, addr, count, None);
            }
            Type::Tuple(_) | Type::Object(_) => self.destroy_fields(b, ty, addr),
            _ => {}
        }
    }

    /// Destroys so many values from `addr`.
    pub(super) fn destroy_elements(
        &self,
        b: &mut Builder,
        ty: TypeId,
        addr: Addr,
        count: u64,
        unwind: Option<BlockId>,
    ) {
        let base = b.address(addr);
        self.each(b, ty, base, Operand::Int(count as i64), |b, at| {
            self.destroy_value(b, ty, Addr::op(at), unwind);
        });
    }

    /// Where an exception may keep some from being destroyed, those that the program cannot see go first.
    fn destroy_fields(&self, b: &mut Builder, ty: TypeId, addr: Addr) {
        if !self.destroy_raises(ty) {
            return self.destroy_fields_if(b, ty, addr, &|_| true);
        }
        self.destroy_fields_if(b, ty, addr, &|part| !self.observable(part));
        self.destroy_fields_if(b, ty, addr, &|part| self.observable(part));
    }

    fn destroy_fields_if(
        &self,
        b: &mut Builder,
        ty: TypeId,
        addr: Addr,
        wanted: &dyn Fn(TypeId) -> bool,
    ) {
        let visit = &mut |b: &mut Builder, part: TypeId, at: Addr, _| {
            if wanted(part) {
                self.destroy_value(b, part, at, None);
            }
        };
        if let Type::Tuple(parts) = self.types.get(ty) {
            let layout = self.cache.layouts.fields(self.types, ty);
            for (&(_, part), &offset) in parts.iter().zip(&layout.offsets) {
                visit(b, part, addr.plus(offset), addr);
            }
        } else if let Some((_, body)) = self.types.object(ty) {
            if let Some(base) = body.base {
                visit(b, base, addr, addr);
            }
            self.fields_of(b, ty, body, addr, addr, visit);
        }
    }

    fn call_destroy_hook(
        &self,
        b: &mut Builder,
        hook: RoutineId,
        addr: Addr,
        unwind: Option<BlockId>,
    ) {
        let info = self.proc(hook);
        let arg = match info.params.first().map(|&p| self.kind(p)) {
            // A finalizer's parameter is a reference, which is an address too.
            Some(Kind::Scalar(scalar, _))
                if !self.is_address(info.params[0]) && !self.plain_ref(info.params[0]) =>
            {
                b.load(scalar, addr)
            }
            _ => b.address(addr),
        };
        b.call(None, Callee::Proc(info.id), smallvec![arg], unwind);
    }

    /// Calls the finalizer of the object at `addr`, and destroys it in any case.
    pub(super) fn finalize_body(&self, b: &mut Builder, ty: TypeId, addr: Addr) {
        if let Some(&finalizer) = self.hooks.finalizers.get(&ty) {
            let failed = b.block();
            self.call_destroy_hook(b, finalizer, addr, Some(failed));
            on_failure(b, failed, |b| self.destroy_quietly(b, ty, addr));
        }
        self.destroy_value(b, ty, addr, None);
    }

    /// Destroys what closures share of a routine's variables.
    pub(super) fn env_body(&self, b: &mut Builder, routine: RoutineId, addr: Addr) {
        let env = self.environment(routine);
        let failed = b.block();
        let seen = |ty| self.observable(ty);
        let (late, early): (Vec<_>, Vec<_>) = env.fields.iter().partition(|field| seen(field.1));
        for &(_, ty, offset) in early.into_iter().chain(late) {
            self.destroy_value(b, ty, addr.plus(offset), Some(failed));
        }
        let up = |b: &mut Builder| env.up.is_some().then(|| b.load(Scalar::Ptr, addr));
        on_failure(b, failed, |b| {
            if let Some(up) = up(b) {
                b.quietly(|b, failed| b.dec_ref(up, failed));
            }
        });
        if let Some(up) = up(b) {
            b.dec_ref(up, None);
        }
    }

    /// Frees the payload of a string or `seq` unless it is nil or constant, after destroying the elements.
    fn destroy_payload(&self, b: &mut Builder, addr: Addr, elem: Option<TypeId>) {
        let payload = b.load(Scalar::Ptr, addr.plus(8));
        let (some, own, done) = (b.block(), b.block(), b.block());
        let there = b.cmp(CmpOp::Ne, Scalar::Ptr, payload, Operand::Int(0));
        b.branch(there, some, done);
        b.enter(some);
        let cap = b.load(Scalar::I64, Addr::op(payload));
        let literal = b.cmp(CmpOp::SLt, Scalar::I64, cap, Operand::Int(LITERAL));
        b.branch(literal, own, done);
        b.enter(own);
        if let Some(elem) = elem
            && self.managed(elem)
        {
            let len = b.load(Scalar::I64, addr);
            let (_, align) = self.size_align(elem);
            let base = b.offset(payload, Operand::Int(seq_header(align) as i64));
            let failed = self.destroy_raises(elem).then(|| b.block());
            self.each(b, elem, base, len, |b, at| {
                self.destroy_value(b, elem, Addr::op(at), failed);
            });
            if let Some(failed) = failed {
                on_failure(b, failed, |b| free(b, payload));
            }
        }
        free(b, payload);
        b.goto(done);
        b.enter(done);
    }
}

fn free(b: &mut Builder, payload: Operand) {
    let dealloc = Callee::Runtime(RtFn::Dealloc);
    b.call(None, dealloc, smallvec![payload], None);
}

/// In `failed` does something while an exception waits, which leaves the proc then.
fn on_failure(b: &mut Builder, failed: BlockId, act: impl FnOnce(&mut Builder)) {
    let here = b.pause();
    b.enter(failed);
    b.cold(failed);
    let error = b.reg(Scalar::Ptr);
    b.emit(Inst::TakePending { dst: error });
    act(b);
    b.emit(Inst::SetPending {
        value: error.into(),
    });
    b.end(Term::Return(None));
    b.resume(here);
}

impl<'r> Fun<'_, 'r> {
    /// Destroys the value at `addr`, whose bytes then mean nothing.
    pub(super) fn destroy(&mut self, ty: TypeId, addr: Addr) {
        let cx = self.cx;
        let raises = cx.destroy_raises(ty);
        self.giving_up(raises, |b, unwind| cx.destroy_value(b, ty, addr, unwind));
    }

    /// The same, where the place is used again even if the destructor raises: it holds nothing by then.
    pub(super) fn vacate(&mut self, ty: TypeId, addr: Addr) {
        let from = self.cx.aside(&mut self.b, ty, addr);
        self.destroy(ty, from);
    }

    /// Gives up a reference to what `ty` says.
    pub(super) fn give_up(&mut self, ty: TypeId, ptr: impl Into<Operand>) {
        let ptr = ptr.into();
        let raises = self.cx.destroy_raises(ty);
        self.giving_up(raises, |b, unwind| b.dec_ref(ptr, unwind));
    }

    /// Runs a cleanup. After one that raises unwinding goes on, or begins, with what the program cannot see of the scope, and outside of it.
    pub(super) fn clean_up(
        &mut self,
        entry: &Entry<'r>,
        exit: Exit,
        raises: bool,
        act: impl FnOnce(&mut Builder, Option<BlockId>),
    ) {
        if !raises {
            return act(&mut self.b, None);
        }
        if exit == Exit::Abandon || !self.raises {
            return self.b.quietly(act);
        }
        let dead = self.dead_now();
        for index in 0..self.stack.len() {
            let due = self.stack[index];
            self.stack[index].dead |= due.scope == entry.scope && self.runs_hooks(due.what);
        }
        let unwind = match exit {
            Exit::Unwind => Some(self.landing(self.stack.len(), Landing::Instead)),
            _ => self.unwind(),
        };
        self.set_all_dead(&dead);
        act(&mut self.b, unwind);
    }

    /// Does the cleanup run destructors of the program?
    fn runs_hooks(&self, what: Cleanup<'r>) -> bool {
        match what {
            Cleanup::Reg(_, ty) | Cleanup::ResultReg(_, ty) => self.cx.runs_hook(ty),
            Cleanup::Mem(_, ty) | Cleanup::Elements(_, ty, _) => self.cx.runs_hook(ty),
            _ => false,
        }
    }

    /// Does something that may run destructors, and so raise.
    pub(super) fn giving_up(
        &mut self,
        raises: bool,
        act: impl FnOnce(&mut Builder, Option<BlockId>),
    ) {
        match raises {
            false => act(&mut self.b, None),
            true if !self.raises => self.b.quietly(act),
            true => {
                let unwind = self.unwind();
                act(&mut self.b, unwind);
            }
        }
    }
}
