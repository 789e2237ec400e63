//! Whether a proc keeps the rules that everything behind MIR relies on.
//!
//! In: a proc, and what is known of the procs that it calls. Out: nothing, or every rule that is broken. Run on all that
//! is lowered in tests and debug builds, and on what the optimisations leave. Never changes anything.
//!
//! The rules: operands have the type that the instruction wants (`I64` and `Ptr` count as one, since addresses are computed
//! with); constants are integers for integers and floats for floats; numbers of registers, slots, blocks and sites exist;
//! nothing goes to the entry; calls agree with signatures, as far as they are known; a proc that does not raise leaves
//! no exception pending by way of a check or call; and on every path, also those that leave a block early, a register
//! is assigned before it is read. The last is a forward must-analysis over blocks whose transfer at an early exit is
//! what was assigned *before* the instruction, as it assigns nothing when it unwinds.

use std::fmt::Display;

use super::Ids;
use super::ir::*;
use super::text::{print_inst, print_term};

/// Checks `proc`. `sig_of` tells the signature of a proc, where it is known.
///
/// # Errors
/// A message for each rule that is broken, with proc and block.
pub fn verify(
    proc: &Proc,
    ids: &Ids,
    sig_of: &dyn Fn(ProcId) -> Option<Sig>,
) -> Result<(), Vec<String>> {
    let mut verifier = Verifier {
        proc,
        ids,
        sig_of,
        errors: Vec::new(),
        block: None,
        at: String::new(),
    };
    verifier.frame();
    if !proc.blocks.is_empty() {
        verifier.blocks();
    }
    // Without sound numbers the analysis would index out of bounds.
    if verifier.errors.is_empty() {
        verifier.assigned_before_read();
    }
    match verifier.errors.is_empty() {
        true => Ok(()),
        false => Err(verifier.errors),
    }
}

struct Verifier<'a> {
    proc: &'a Proc,
    ids: &'a Ids,
    sig_of: &'a dyn Fn(ProcId) -> Option<Sig>,
    errors: Vec<String>,
    /// Block and text of the instruction at hand.
    block: Option<usize>,
    at: String,
}

/// Addresses are computed with, so they and `I64` may stand for each other.
fn alike(a: Scalar, b: Scalar) -> bool {
    let address = |ty| matches!(ty, Scalar::I64 | Scalar::Ptr);
    a == b || (address(a) && address(b))
}

impl Verifier<'_> {
    fn error(&mut self, message: impl Display) {
        let place = match self.block {
            Some(block) => format!("@{}, block{block}: `{}`", self.proc.name, self.at),
            None => format!("@{}", self.proc.name),
        };
        self.errors.push(format!("{place}: {message}"));
    }

    fn frame(&mut self) {
        let proc = self.proc;
        if proc.blocks.is_empty() {
            self.error("there is no entry block");
        }
        let params = &proc.sig.params;
        if proc.regs.len() < params.len() || params[..] != proc.regs[..params.len()] {
            self.error("the first registers are not the parameters");
        }
        for (number, slot) in proc.slots.iter().enumerate() {
            if !slot.align.is_power_of_two() || slot.align > 16 {
                self.error(format!(
                    "slot ^{number} cannot be aligned to {}",
                    slot.align
                ));
            }
        }
    }

    fn blocks(&mut self) {
        let proc = self.proc;
        for (number, block) in proc.blocks.iter().enumerate() {
            self.block = Some(number);
            for stmt in &block.stmts {
                self.at = print_inst(&stmt.inst, self.ids);
                if stmt.site.0 as usize >= proc.sites.len() {
                    self.error(format!("there is no site !{}", stmt.site.0));
                }
                self.inst(&stmt.inst);
            }
            self.at = print_term(&block.term);
            self.term(&block.term);
        }
        self.block = None;
    }

    /// The type of a register.
    fn ty(&mut self, reg: Reg) -> Option<Scalar> {
        let ty = self.proc.regs.get(reg.0 as usize).copied();
        if ty.is_none() {
            self.error(format!("there is no register %{}", reg.0));
        }
        ty
    }

    fn operand(&mut self, operand: Operand, want: Scalar) {
        match operand {
            Operand::Reg(reg) => {
                if let Some(found) = self.ty(reg)
                    && !alike(found, want)
                {
                    self.error(format!("%{} is {found}, expected {want}", reg.0));
                }
            }
            Operand::Int(_) if want.is_float() => {
                self.error(format!("integer constant, expected {want}"))
            }
            Operand::Float(_) if !want.is_float() => {
                self.error(format!("float constant, expected {want}"))
            }
            Operand::Int(_) | Operand::Float(_) => {}
        }
    }

    fn want(&mut self, found: Scalar, want: Scalar) {
        if !alike(found, want) {
            self.error(format!("the result is {want}, but the register is {found}"));
        }
    }

    fn target(&mut self, block: BlockId) {
        if block.0 as usize >= self.proc.blocks.len() {
            self.error(format!("there is no block{}", block.0));
        } else if block.0 == 0 {
            self.error("nothing goes to the entry");
        }
    }

    /// Checks where an exception goes; `certain` when it is known that one can be pending.
    fn unwind(&mut self, unwind: Option<BlockId>, certain: bool) {
        match unwind {
            Some(block) => self.target(block),
            None if certain && !self.proc.sig.raises => {
                self.error("an exception would leave a proc that does not raise");
            }
            None => {}
        }
    }

    fn args(&mut self, args: &[Operand], sig: &Sig, varargs: Option<u32>) {
        let fixed = sig.params.len();
        let enough = match varargs {
            Some(_) => args.len() >= fixed,
            None => args.len() == fixed,
        };
        if !enough {
            self.error(format!("{} arguments, expected {fixed}", args.len()));
        }
        for (&arg, &param) in args.iter().zip(&sig.params) {
            self.operand(arg, param);
        }
    }

    /// A call of a proc that only raises.
    fn raise(&mut self, raise: ProcId, args: &[Operand], unwind: Option<BlockId>) {
        self.unwind(unwind, true);
        if let Some(sig) = (self.sig_of)(raise) {
            self.args(args, &sig, None);
            if !sig.raises {
                self.error("the proc that is to raise does not");
            }
        }
    }

    fn inst(&mut self, inst: &Inst) {
        let dst = match inst.dst() {
            Some(reg) => match self.ty(reg) {
                Some(ty) => ty,
                None => return,
            },
            None => Scalar::I64,
        };
        match inst {
            Inst::Copy { value, .. } => self.operand(*value, dst),
            Inst::Bin { op, a, b, .. } => {
                self.class(
                    dst,
                    matches!(op, BinOp::FAdd | BinOp::FSub | BinOp::FMul | BinOp::FDiv),
                );
                self.operand(*a, dst);
                self.operand(*b, dst);
            }
            Inst::Checked {
                a,
                b,
                raise,
                unwind,
                ..
            } => {
                self.class(dst, false);
                self.operand(*a, dst);
                self.operand(*b, dst);
                self.raise(*raise, &[], *unwind);
            }
            Inst::Un { op, a, .. } => {
                use UnOp::{FAbs, FCeil, FFloor, FNeg, FSqrt, FTrunc};
                self.class(
                    dst,
                    matches!(op, FNeg | FAbs | FSqrt | FFloor | FCeil | FTrunc),
                );
                self.operand(*a, dst);
            }
            Inst::Cmp { op, ty, a, b, .. } => {
                self.want(dst, Scalar::I8);
                let float = matches!(op, CmpOp::FEq | CmpOp::FNe | CmpOp::FLt | CmpOp::FLe);
                self.class(*ty, float);
                self.operand(*a, *ty);
                self.operand(*b, *ty);
            }
            Inst::Cast { op, from, src, .. } => {
                self.operand(*src, *from);
                self.cast(*op, *from, dst);
            }
            Inst::Select { cond, a, b, .. } => {
                self.operand(*cond, Scalar::I8);
                self.operand(*a, dst);
                self.operand(*b, dst);
            }
            Inst::Load { addr, .. } => self.operand(*addr, Scalar::Ptr),
            Inst::Store {
                ty, addr, value, ..
            } => {
                self.operand(*addr, Scalar::Ptr);
                self.operand(*value, *ty);
            }
            Inst::SlotAddr { slot, .. } => {
                self.want(dst, Scalar::Ptr);
                if slot.0 as usize >= self.proc.slots.len() {
                    self.error(format!("there is no slot ^{}", slot.0));
                }
            }
            Inst::GlobalAddr { .. }
            | Inst::DataAddr { .. }
            | Inst::DescAddr { .. }
            | Inst::ProcAddr { .. }
            | Inst::TakePending { .. } => self.want(dst, Scalar::Ptr),
            Inst::MemCopy { dst, src, size } => {
                self.operand(*dst, Scalar::Ptr);
                self.operand(*src, Scalar::Ptr);
                self.operand(*size, Scalar::I64);
            }
            Inst::MemZero { dst, size } => {
                self.operand(*dst, Scalar::Ptr);
                self.operand(*size, Scalar::I64);
            }
            Inst::IncRef { ptr } => self.operand(*ptr, Scalar::Ptr),
            Inst::DecRef { ptr, unwind } => {
                self.operand(*ptr, Scalar::Ptr);
                self.unwind(*unwind, false);
            }
            Inst::Call {
                dst: reg,
                callee,
                args,
                unwind,
            } => {
                self.call(reg.map(|_| dst), callee, args, *unwind);
            }
            Inst::Check {
                cond,
                raise,
                args,
                unwind,
            } => {
                self.operand(*cond, Scalar::I8);
                self.raise(*raise, args, *unwind);
            }
            Inst::SetPending { value } => self.operand(*value, Scalar::Ptr),
            Inst::Poll { unwind } => self.unwind(*unwind, false),
        }
    }

    fn class(&mut self, ty: Scalar, float: bool) {
        if ty.is_float() != float {
            self.error(format!("the operation is not for {ty}"));
        }
    }

    fn cast(&mut self, op: CastOp, from: Scalar, to: Scalar) {
        let (a, b) = (from.size(), to.size());
        let fits = match op {
            CastOp::SExt | CastOp::ZExt => !from.is_float() && !to.is_float() && a <= b,
            CastOp::Trunc => !from.is_float() && !to.is_float() && a >= b,
            CastOp::SToF | CastOp::UToF => !from.is_float() && to.is_float(),
            CastOp::FToS | CastOp::FToU => from.is_float() && !to.is_float(),
            CastOp::FToF => from.is_float() && to.is_float(),
            CastOp::Bits => a == b,
        };
        if !fits {
            self.error(format!("no such conversion from {from} to {to}"));
        }
    }

    fn call(
        &mut self,
        dst: Option<Scalar>,
        callee: &Callee,
        args: &[Operand],
        unwind: Option<BlockId>,
    ) {
        let (sig, varargs) = match callee {
            Callee::Proc(id) => ((self.sig_of)(*id), None),
            Callee::Indirect(code, sig) => {
                self.operand(*code, Scalar::Ptr);
                (Some(sig.as_ref().clone()), None)
            }
            Callee::IndirectC(code, c) => {
                self.operand(*code, Scalar::Ptr);
                (Some(c.sig.clone()), None)
            }
            Callee::Extern(id) => {
                let function = self.ids.extern_of(*id);
                (Some(function.sig.clone()), function.varargs)
            }
            Callee::Runtime(function) => (Some(function.sig()), None),
        };
        let Some(sig) = sig else {
            // Only what the call itself names can be checked.
            self.unwind(unwind, false);
            for arg in args {
                if let Operand::Reg(reg) = arg {
                    self.ty(*reg);
                }
            }
            return;
        };
        self.args(args, &sig, varargs);
        // A C function can leave an exception only by calling back.
        let from_c = matches!(callee, Callee::Extern(_) | Callee::IndirectC(..));
        self.unwind(unwind, sig.raises && !from_c);
        match (dst, sig.ret) {
            (Some(dst), Some(ret)) => self.want(dst, ret),
            (Some(_), None) => self.error("the callee has no result"),
            (None, _) => {}
        }
    }

    fn term(&mut self, term: &Term) {
        let mut targets = Vec::new();
        term.each_target(|block| targets.push(block));
        targets.into_iter().for_each(|block| self.target(block));
        match term {
            Term::Branch { cond, .. } => self.operand(*cond, Scalar::I8),
            Term::Switch { on, ty, cases, .. } => {
                self.class(*ty, false);
                self.operand(*on, *ty);
                let mask = u64::MAX >> (64 - 8 * ty.size());
                let mut values: Vec<u64> = cases.iter().map(|case| case.0 as u64 & mask).collect();
                values.sort_unstable();
                values.dedup();
                if values.len() != cases.len() {
                    self.error("two cases have the same value");
                }
            }
            Term::Return(value) => match (value, self.proc.sig.ret) {
                (Some(value), Some(ret)) => self.operand(*value, ret),
                (Some(_), None) => self.error("the proc has no result"),
                // An unwinding path has no result to give.
                (None, _) => {}
            },
            Term::Goto(_) | Term::Unreachable => {}
        }
    }

    fn assigned_before_read(&mut self) {
        let before = assigned_on_entry(self.proc);
        let proc = self.proc;
        for (number, block) in proc.blocks.iter().enumerate() {
            let Some(assigned) = &before[number] else {
                continue;
            };
            self.block = Some(number);
            let mut assigned = assigned.clone();
            for stmt in &block.stmts {
                let mut missing = None;
                stmt.inst.each_operand(|operand| {
                    if let Operand::Reg(reg) = operand
                        && !assigned.has(*reg)
                    {
                        missing = Some(*reg);
                    }
                });
                if let Some(reg) = missing {
                    self.at = print_inst(&stmt.inst, self.ids);
                    self.error(format!("%{} may not have a value here", reg.0));
                }
                stmt.inst.dst().iter().for_each(|&dst| assigned.add(dst));
            }
            if let Some(Operand::Reg(reg)) = block.term.operand()
                && !assigned.has(*reg)
            {
                self.at = print_term(&block.term);
                self.error(format!("%{} may not have a value here", reg.0));
            }
        }
    }
}

/// A set of registers.
#[derive(Clone, PartialEq)]
struct RegSet(Vec<u64>);

impl RegSet {
    fn has(&self, reg: Reg) -> bool {
        self.0[reg.0 as usize / 64] >> (reg.0 % 64) & 1 == 1
    }

    fn add(&mut self, reg: Reg) {
        self.0[reg.0 as usize / 64] |= 1 << (reg.0 % 64);
    }

    /// Keeps what is in both; did it change?
    fn meet(&mut self, other: &RegSet) -> bool {
        let mut changed = false;
        for (a, b) in self.0.iter_mut().zip(&other.0) {
            changed |= *a & !b != 0;
            *a &= b;
        }
        changed
    }
}

/// The registers that are surely assigned when a block begins; `None` for a block that is never reached.
fn assigned_on_entry(proc: &Proc) -> Vec<Option<RegSet>> {
    let mut before: Vec<Option<RegSet>> = vec![None; proc.blocks.len()];
    let mut entry = RegSet(vec![0; proc.regs.len().div_ceil(64)]);
    (0..proc.sig.params.len()).for_each(|param| entry.add(Reg(param as u32)));
    before[0] = Some(entry);
    let mut work = vec![0];
    while let Some(number) = work.pop() {
        let Some(mut assigned) = before[number].clone() else {
            continue;
        };
        let mut flow = |to: BlockId, state: &RegSet| {
            let changed = match &mut before[to.0 as usize] {
                Some(known) => known.meet(state),
                unknown => {
                    *unknown = Some(state.clone());
                    true
                }
            };
            if changed && !work.contains(&(to.0 as usize)) {
                work.push(to.0 as usize);
            }
        };
        let block = &proc.blocks[number];
        for stmt in &block.stmts {
            if let Some(Some(to)) = stmt.inst.unwind() {
                flow(to, &assigned);
            }
            stmt.inst.dst().iter().for_each(|&dst| assigned.add(dst));
        }
        block.term.each_target(|to| flow(to, &assigned));
    }
    before
}

#[cfg(test)]
mod tests;
