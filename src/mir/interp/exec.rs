//! The loop, and what each instruction does.

use std::sync::Arc;

use smallvec::SmallVec;

use super::memory::{Kind, Pointee, desc_address, proc_address};
use super::{Exec, FaultKind, Frame, Machine, Outcome, Then, entry, stop};
use crate::mir::arith;
use crate::mir::cycles::{RC_ACYCLIC, RC_CANDIDATE};
use crate::mir::ir::*;

/// Where control goes after an instruction.
enum Flow {
    /// To the next instruction.
    Next,
    /// To this block, with an exception pending; out of the proc without one.
    Unwind(Option<BlockId>),
    /// Into a proc: a frame was added.
    Entered,
}

type Args = SmallVec<[u64; 8]>;

impl Machine<'_> {
    /// The body of a proc.
    pub(super) fn lookup(&mut self, id: ProcId) -> Exec<Arc<Proc>> {
        let known = entry(&mut self.procs, id.0, None);
        if let Some(proc) = known {
            return Ok(Arc::clone(proc));
        }
        *known = self.code.proc(id);
        match known {
            Some(proc) => Ok(Arc::clone(proc)),
            None => {
                let (identity, _) = self.ids.proc_key(id);
                stop(
                    FaultKind::Malformed,
                    format!("the proc '{identity}' has no body"),
                )
            }
        }
    }

    /// Adds a frame.
    pub(super) fn enter(&mut self, proc: Arc<Proc>, args: &[u64], then: Then) -> Exec<()> {
        if self.frames.len() >= self.limits.depth {
            let depth = self.limits.depth;
            return stop(FaultKind::Limit, format!("too many nested calls: {depth}"));
        }
        if args.len() != proc.sig.params.len() {
            let message = format!("'{}' is called with {} arguments", proc.name, args.len());
            return stop(FaultKind::Malformed, message);
        }
        if self.pending != 0 && proc.sig.raises {
            let message = format!("'{}' is called while an exception is pending", proc.name);
            return stop(FaultKind::Malformed, message);
        }
        let (base, slots) = (self.regs.len(), self.slots.len());
        self.regs.extend_from_slice(args);
        self.regs.resize(base + proc.regs.len().max(args.len()), 0);
        for slot in &proc.slots {
            match self.memory.allocate(Kind::Stack, slot.size.into()) {
                Some(ptr) => self.slots.push(ptr),
                None => {
                    self.drop_frame(base, slots);
                    return stop(FaultKind::Limit, "out of memory for a stack frame");
                }
            }
        }
        self.frames.push(Frame {
            proc,
            base,
            slots,
            block: 0,
            inst: 0,
            held: self.pending != 0,
            then,
        });
        Ok(())
    }

    fn drop_frame(&mut self, base: usize, slots: usize) {
        self.regs.truncate(base);
        for slot in self.slots.drain(slots..) {
            self.memory.release(slot);
        }
    }

    /// Removes the innermost frame, which exists.
    pub(super) fn pop(&mut self) -> Frame {
        let frame = self.frames.pop().expect("only called with a frame");
        self.drop_frame(frame.base, frame.slots);
        frame
    }

    /// Runs the innermost frame until the one that goes back to the host is left.
    pub(super) fn run(&mut self) -> Exec<Outcome> {
        loop {
            let top = self.frames.len() - 1;
            let frame = &self.frames[top];
            let proc = Arc::clone(&frame.proc);
            let (base, mut block, mut inst) = (frame.base, frame.block, frame.inst);
            let result = self.run_frame(&proc, base, &mut block, &mut inst);
            let frame = &mut self.frames[top];
            (frame.block, frame.inst) = (block, inst);
            // Otherwise a frame was entered, which is the innermost one now.
            if let Some(value) = result?
                && let Some(outcome) = self.leave(value)?
            {
                return Ok(outcome);
            }
        }
    }

    /// Runs a frame until it enters another (`None`) or is to be left, with a result or without.
    fn run_frame(
        &mut self,
        proc: &Proc,
        base: usize,
        block: &mut usize,
        inst: &mut usize,
    ) -> Exec<Option<Option<u64>>> {
        loop {
            let Some(body) = proc.blocks.get(*block) else {
                return stop(FaultKind::Malformed, "there is no such block");
            };
            let mut unwound = false;
            while let Some(stmt) = body.stmts.get(*inst) {
                *inst += 1;
                if self.fuel == 0 {
                    return stop(FaultKind::Limit, "too many instructions");
                }
                self.fuel -= 1;
                match self.step(proc, base, &stmt.inst)? {
                    Flow::Next => {}
                    Flow::Entered => return Ok(None),
                    Flow::Unwind(None) => return Ok(Some(None)),
                    Flow::Unwind(Some(to)) => {
                        (*block, *inst) = (to.0 as usize, 0);
                        unwound = true;
                        break;
                    }
                }
            }
            if unwound {
                continue;
            }
            if self.fuel == 0 {
                return stop(FaultKind::Limit, "too many instructions");
            }
            self.fuel -= 1;
            let to = match &body.term {
                Term::Goto(to) => *to,
                Term::Branch { cond, then, els } => match self.value(base, *cond, Scalar::I8) {
                    0 => *els,
                    _ => *then,
                },
                Term::Switch {
                    on,
                    ty,
                    cases,
                    default,
                } => {
                    let on = self.value(base, *on, *ty);
                    let case = cases
                        .iter()
                        .find(|case| arith::fit(*ty, case.0 as u64) == on);
                    case.map_or(*default, |case| case.1)
                }
                Term::Return(value) => {
                    let ret = proc.sig.ret.unwrap_or(Scalar::I64);
                    return Ok(Some(value.map(|value| self.value(base, value, ret))));
                }
                Term::Unreachable => {
                    return stop(FaultKind::Malformed, "what is never reached was reached");
                }
            };
            (*block, *inst) = (to.0 as usize, 0);
        }
    }

    /// Leaves the innermost frame, and each caller that an exception leaves too. Gives the outcome when the host called.
    fn leave(&mut self, mut value: Option<u64>) -> Exec<Option<Outcome>> {
        loop {
            let frame = self.pop();
            let proc = &frame.proc;
            // What a proc that does not raise found pending when it was entered, it leaves pending.
            if !proc.sig.raises && (self.pending != 0) != frame.held {
                let message = format!(
                    "'{}', which does not raise, changed what is pending",
                    proc.name
                );
                return stop(FaultKind::Malformed, message);
            }
            let raised = self.pending != 0 && proc.sig.raises;
            if !raised && value.is_none() && proc.sig.ret.is_some() {
                let message = format!("'{}' returned without its result", proc.name);
                return stop(FaultKind::Malformed, message);
            }
            let unwind = match frame.then {
                Then::Exit if raised => return Ok(Some(Outcome::Raised)),
                Then::Exit => return Ok(Some(Outcome::Returned(value.unwrap_or(0)))),
                Then::Continue { dst, unwind } => {
                    if !raised {
                        if let (Some(dst), Some(value)) = (dst, value) {
                            let base = self.frames[self.frames.len() - 1].base;
                            self.regs[base + dst.0 as usize] = value;
                        }
                        return Ok(None);
                    }
                    unwind
                }
                Then::Unwind(unwind) => {
                    if !raised {
                        let message = format!("'{}' was called to raise, and did not", proc.name);
                        return stop(FaultKind::Malformed, message);
                    }
                    unwind
                }
                Then::Free { object, unwind } => {
                    self.free_object(object)?;
                    if !raised {
                        return Ok(None);
                    }
                    unwind
                }
            };
            let caller = self.frames.len() - 1;
            if let Some(to) = unwind {
                let caller = &mut self.frames[caller];
                (caller.block, caller.inst) = (to.0 as usize, 0);
                return Ok(None);
            }
            value = None;
        }
    }

    #[inline(always)]
    fn value(&self, base: usize, operand: Operand, ty: Scalar) -> u64 {
        match operand {
            Operand::Reg(reg) => self.regs[base + reg.0 as usize],
            Operand::Int(value) => arith::fit(ty, value as u64),
            Operand::Float(value) if ty == Scalar::F32 => (value as f32).to_bits().into(),
            Operand::Float(value) => value.to_bits(),
        }
    }

    #[inline(always)]
    fn set(&mut self, base: usize, reg: Reg, value: u64) {
        self.regs[base + reg.0 as usize] = value;
    }

    #[inline(always)]
    fn step(&mut self, proc: &Proc, base: usize, inst: &Inst) -> Exec<Flow> {
        let ty = |reg: &Reg| proc.regs[reg.0 as usize];
        match inst {
            Inst::Copy { dst, value } => {
                let value = self.value(base, *value, ty(dst));
                self.set(base, *dst, value);
            }
            Inst::Bin { dst, op, a, b } => {
                let ty = ty(dst);
                let (a, b) = (self.value(base, *a, ty), self.value(base, *b, ty));
                match arith::bin(*op, ty, a, b) {
                    Some(value) => self.set(base, *dst, value),
                    None => return stop(FaultKind::Malformed, "a division that no check excluded"),
                }
            }
            Inst::Checked {
                dst,
                op,
                a,
                b,
                raise,
                unwind,
            } => {
                let ty = ty(dst);
                let (a, b) = (self.value(base, *a, ty), self.value(base, *b, ty));
                match arith::checked(*op, ty, a, b) {
                    Some(value) => self.set(base, *dst, value),
                    None => return self.raise(*raise, &[], *unwind),
                }
            }
            Inst::Un { dst, op, a } => {
                let ty = ty(dst);
                let value = arith::un(*op, ty, self.value(base, *a, ty));
                self.set(base, *dst, value);
            }
            Inst::Cmp { dst, op, ty, a, b } => {
                let (a, b) = (self.value(base, *a, *ty), self.value(base, *b, *ty));
                self.set(base, *dst, arith::cmp(*op, *ty, a, b).into());
            }
            Inst::Cast { dst, op, from, src } => {
                let value = arith::cast(*op, *from, ty(dst), self.value(base, *src, *from));
                self.set(base, *dst, value);
            }
            Inst::Select { dst, cond, a, b } => {
                let chosen = match self.value(base, *cond, Scalar::I8) {
                    0 => b,
                    _ => a,
                };
                let value = self.value(base, *chosen, ty(dst));
                self.set(base, *dst, value);
            }
            Inst::Load { dst, addr, offset } => {
                let ptr = self.address(base, *addr, *offset);
                let value = self.memory.load(ptr, ty(dst))?;
                self.set(base, *dst, value);
            }
            Inst::Store {
                ty,
                addr,
                offset,
                value,
            } => {
                let ptr = self.address(base, *addr, *offset);
                let value = self.value(base, *value, *ty);
                self.memory.store(ptr, *ty, value)?;
            }
            Inst::SlotAddr { dst, slot } => {
                let first = self.frames[self.frames.len() - 1].slots;
                let ptr = self.slots[first + slot.0 as usize];
                self.set(base, *dst, ptr);
            }
            Inst::Call {
                dst,
                callee,
                args,
                unwind,
            } => return self.call_inst(base, *dst, callee, args, *unwind),
            Inst::Check {
                cond,
                raise,
                args,
                unwind,
            } => {
                if self.value(base, *cond, Scalar::I8) == 0 {
                    let args = self.args_of_proc(base, *raise, args)?;
                    return self.raise(*raise, &args, *unwind);
                }
            }
            _ => return self.step_rarer(base, inst),
        }
        Ok(Flow::Next)
    }

    fn step_rarer(&mut self, base: usize, inst: &Inst) -> Exec<Flow> {
        let ptr = |machine: &Self, operand: &Operand| machine.value(base, *operand, Scalar::Ptr);
        match inst {
            Inst::GlobalAddr { dst, global } => {
                let ptr = self.global_address(*global)?;
                self.set(base, *dst, ptr);
            }
            Inst::DataAddr { dst, data } => {
                let ptr = self.data_address(*data)?;
                self.set(base, *dst, ptr);
            }
            Inst::DescAddr { dst, desc } => self.set(base, *dst, desc_address(*desc)),
            Inst::ProcAddr { dst, proc } => self.set(base, *dst, proc_address(*proc)),
            Inst::MemCopy { dst, src, size } => {
                let (to, from, size) = (ptr(self, dst), ptr(self, src), ptr(self, size));
                self.mem_copy(to, from, size)?;
            }
            Inst::MemZero { dst, size } => {
                let (to, size) = (ptr(self, dst), ptr(self, size));
                self.charge(size)?;
                self.memory.zero(to, size as usize)?;
            }
            Inst::IncRef { ptr: object } => {
                let object = ptr(self, object);
                if object != 0 {
                    let header = object.wrapping_sub(REF_HEADER.into());
                    let count = self.memory.load(header, Scalar::I64)?;
                    let count = count.wrapping_add(RC_ONE as u64);
                    self.memory.store(header, Scalar::I64, count)?;
                }
            }
            Inst::DecRef {
                ptr: object,
                unwind,
            } => {
                let object = ptr(self, object);
                return self.dec_ref(object, *unwind);
            }
            Inst::TakePending { dst } => {
                let pending = self.take_pending();
                self.set(base, *dst, pending);
            }
            Inst::SetPending { value } => self.pending = ptr(self, value),
            // Steps are limited anyway.
            Inst::Poll { .. } => {}
            _ => return stop(FaultKind::Malformed, "an instruction that is not known"),
        }
        Ok(Flow::Next)
    }

    #[inline(always)]
    fn address(&self, base: usize, addr: Operand, offset: i32) -> u64 {
        self.value(base, addr, Scalar::Ptr)
            .wrapping_add(offset as i64 as u64)
    }

    /// Counts the bytes of a large operation as steps.
    pub(super) fn charge(&mut self, size: u64) -> Exec<()> {
        match self.fuel.checked_sub(size / 64) {
            Some(left) => {
                self.fuel = left;
                Ok(())
            }
            None => stop(FaultKind::Limit, "too many instructions"),
        }
    }

    /// Copies between areas that must be equal or apart.
    fn mem_copy(&mut self, to: u64, from: u64, size: u64) -> Exec<()> {
        self.charge(size)?;
        let apart = to.abs_diff(from) >= size;
        if to != from && !apart {
            return stop(FaultKind::Malformed, "a copy between areas that overlap");
        }
        Ok(self.memory.copy(to, from, size as usize)?)
    }

    fn raise(&mut self, raise: ProcId, args: &[u64], unwind: Option<BlockId>) -> Exec<Flow> {
        let proc = self.lookup(raise)?;
        self.enter(proc, args, Then::Unwind(unwind))?;
        Ok(Flow::Entered)
    }

    fn dec_ref(&mut self, object: u64, unwind: Option<BlockId>) -> Exec<Flow> {
        if object == 0 {
            return Ok(Flow::Next);
        }
        let header = object.wrapping_sub(REF_HEADER.into());
        let count = self.memory.load(header, Scalar::I64)? as i64;
        if count >= RC_ONE {
            let mut count = count - RC_ONE;
            if count & (RC_CANDIDATE | RC_ACYCLIC) == 0 {
                count |= RC_CANDIDATE;
                self.candidates.add(object);
            }
            self.memory.store(header, Scalar::I64, count as u64)?;
            return Ok(Flow::Next);
        }
        if count < 0 {
            return stop(FaultKind::Memory, "a reference was given up too often");
        }
        let desc = self.dynamic_type(object)?;
        let Some(destroy) = self.ids.desc_of(desc).destroy else {
            self.free_object(header)?;
            return Ok(Flow::Next);
        };
        let proc = self.lookup(destroy)?;
        let then = Then::Free {
            object: header,
            unwind,
        };
        self.enter(proc, &[object], then)?;
        Ok(Flow::Entered)
    }

    /// Frees an object, whose header it is given, after it was destroyed.
    pub(super) fn free_object(&mut self, header: u64) -> Exec<()> {
        if self.memory.load(header, Scalar::I64)? as i64 & RC_CANDIDATE != 0 {
            self.candidates.remove(header + u64::from(REF_HEADER));
        }
        Ok(self.memory.free(header, Kind::Heap)?)
    }

    fn args(&self, base: usize, args: &[Operand], sig: &Sig) -> Args {
        // Beyond the parameters stand those for `...`, which are 8 bytes wide as bits.
        let types = sig
            .params
            .iter()
            .copied()
            .chain(std::iter::repeat(Scalar::I64));
        args.iter()
            .zip(types)
            .map(|(arg, ty)| self.value(base, *arg, ty))
            .collect()
    }

    fn args_of_proc(&mut self, base: usize, id: ProcId, args: &[Operand]) -> Exec<Args> {
        let proc = self.lookup(id)?;
        Ok(self.args(base, args, &proc.sig))
    }

    /// A proc by its address, and its arguments.
    fn indirect(
        &mut self,
        base: usize,
        code: Operand,
        sig: &Sig,
        args: &[Operand],
    ) -> Exec<(Arc<Proc>, Args)> {
        let args = self.args(base, args, sig);
        let code = self.value(base, code, Scalar::Ptr);
        Ok((self.proc_at(code, sig)?, args))
    }

    fn call_inst(
        &mut self,
        base: usize,
        dst: Option<Reg>,
        callee: &Callee,
        args: &[Operand],
        unwind: Option<BlockId>,
    ) -> Exec<Flow> {
        let (proc, args) = match callee {
            Callee::Proc(id) => {
                let proc = self.lookup(*id)?;
                let args = self.args(base, args, &proc.sig);
                (proc, args)
            }
            Callee::Indirect(code, sig) => self.indirect(base, *code, sig, args)?,
            // Objects by value are addresses on both sides.
            Callee::IndirectC(code, c) => self.indirect(base, *code, &c.sig, args)?,
            Callee::Extern(id) => {
                let function = self.ids.extern_of(*id);
                let args = self.args(base, args, &function.sig);
                let value = self.call_c(&function, &args)?;
                if let (Some(dst), Some(ret)) = (dst, function.sig.ret) {
                    self.set(base, dst, arith::fit(ret, value));
                }
                return Ok(Flow::Next);
            }
            Callee::Runtime(function) => {
                let sig = function.sig();
                let args = self.args(base, args, &sig);
                let value = self.call_runtime(*function, &args)?;
                if let Some(dst) = dst {
                    self.set(base, dst, value);
                }
                return Ok(match self.pending != 0 && sig.raises {
                    true => Flow::Unwind(unwind),
                    false => Flow::Next,
                });
            }
        };
        let taken = args.len().min(proc.sig.params.len());
        self.enter(proc, &args[..taken], Then::Continue { dst, unwind })?;
        Ok(Flow::Entered)
    }

    /// The proc whose address is in a proc value.
    fn proc_at(&mut self, code: u64, sig: &Sig) -> Exec<Arc<Proc>> {
        let Pointee::Proc(id) = self.memory.pointee(code) else {
            return stop(
                FaultKind::Memory,
                format!("call through {code:#x}, which is no proc"),
            );
        };
        let proc = self.lookup(id)?;
        // A proc without environment may stand in a closure, and is passed one that it does not look at.
        let given = match sig.params.split_last() {
            Some((Scalar::Ptr, rest)) if rest.len() == proc.sig.params.len() => rest,
            _ => &sig.params[..],
        };
        let fits = proc.sig.params[..] == *given
            && proc.sig.ret == sig.ret
            && (sig.raises || !proc.sig.raises);
        if !fits {
            let message = format!("'{}' {} is called as {sig}", proc.name, proc.sig);
            return stop(FaultKind::Malformed, message);
        }
        Ok(proc)
    }

    /// The descriptor at an address.
    pub(super) fn desc_at(&self, ptr: u64) -> Exec<DescId> {
        match self.memory.pointee(ptr) {
            Pointee::Desc(desc) => Ok(desc),
            _ => stop(FaultKind::Memory, format!("{ptr:#x} is no type descriptor")),
        }
    }

    pub(super) fn global_address(&mut self, id: GlobalId) -> Exec<u64> {
        let known = *entry(&mut self.globals, id.0, 0);
        if known != 0 {
            return Ok(known);
        }
        let Some(desc) = self.code.global(id) else {
            let name = self.ids.global_key(id);
            let name = name.rsplit('.').next().unwrap_or(&name);
            let message = self.host.refusal(name);
            return stop(FaultKind::Refused, message);
        };
        let size = self.ids.desc_of(desc).size;
        let Some(ptr) = self.memory.allocate(Kind::Global, size.into()) else {
            return stop(FaultKind::Limit, "out of memory for a global");
        };
        self.globals[id.0 as usize] = ptr;
        Ok(ptr)
    }

    pub(super) fn data_address(&mut self, id: DataId) -> Exec<u64> {
        let known = *entry(&mut self.data, id.0, 0);
        if known != 0 {
            return Ok(known);
        }
        let data = self.ids.data_of(id);
        let mut bytes = data.bytes.clone();
        for &(offset, target) in &data.relocs {
            // Data is interned by content, so it cannot contain itself.
            let ptr = match target {
                Target::Data(inner) => self.data_address(inner)?,
                Target::Proc(proc) => proc_address(proc),
                Target::Desc(desc) => desc_address(desc),
            };
            match bytes.get_mut(offset as usize..offset as usize + 8) {
                Some(place) => place.copy_from_slice(&ptr.to_le_bytes()),
                None => return stop(FaultKind::Malformed, "an address outside of its data"),
            }
        }
        let Some(ptr) = self.memory.allocate(Kind::Const, bytes.len() as u64) else {
            return stop(FaultKind::Limit, "out of memory for constant data");
        };
        self.memory.fill(ptr, &bytes);
        self.data[id.0 as usize] = ptr;
        Ok(ptr)
    }
}
