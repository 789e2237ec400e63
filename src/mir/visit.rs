//! What an instruction reads, writes and where it can go: one place that knows the shape of each variant, for all that
//! walk over procs.

use super::ir::{BlockId, Callee, Inst, Operand, Proc, Reg, Term};

impl Inst {
    /// The register that it assigns.
    pub fn dst(&self) -> Option<Reg> {
        self.dst_ref().copied()
    }

    fn dst_ref(&self) -> Option<&Reg> {
        match self {
            Inst::Copy { dst, .. }
            | Inst::Bin { dst, .. }
            | Inst::Checked { dst, .. }
            | Inst::Un { dst, .. }
            | Inst::Cmp { dst, .. }
            | Inst::Cast { dst, .. }
            | Inst::Select { dst, .. }
            | Inst::Load { dst, .. }
            | Inst::SlotAddr { dst, .. }
            | Inst::GlobalAddr { dst, .. }
            | Inst::DataAddr { dst, .. }
            | Inst::DescAddr { dst, .. }
            | Inst::ProcAddr { dst, .. }
            | Inst::TakePending { dst } => Some(dst),
            Inst::Call { dst, .. } => dst.as_ref(),
            Inst::Store { .. }
            | Inst::MemCopy { .. }
            | Inst::MemZero { .. }
            | Inst::IncRef { .. }
            | Inst::DecRef { .. }
            | Inst::Check { .. }
            | Inst::SetPending { .. }
            | Inst::Poll { .. } => None,
        }
    }

    /// The register that it assigns, to change.
    pub fn dst_mut(&mut self) -> Option<&mut Reg> {
        match self {
            Inst::Copy { dst, .. }
            | Inst::Bin { dst, .. }
            | Inst::Checked { dst, .. }
            | Inst::Un { dst, .. }
            | Inst::Cmp { dst, .. }
            | Inst::Cast { dst, .. }
            | Inst::Select { dst, .. }
            | Inst::Load { dst, .. }
            | Inst::SlotAddr { dst, .. }
            | Inst::GlobalAddr { dst, .. }
            | Inst::DataAddr { dst, .. }
            | Inst::DescAddr { dst, .. }
            | Inst::ProcAddr { dst, .. }
            | Inst::TakePending { dst } => Some(dst),
            Inst::Call { dst, .. } => dst.as_mut(),
            _ => None,
        }
    }

    /// The block that it may leave to with an exception pending: `None` when it never leaves early, `Some(None)` when it
    /// then leaves the proc.
    pub fn unwind(&self) -> Option<Option<BlockId>> {
        match self {
            Inst::Checked { unwind, .. }
            | Inst::DecRef { unwind, .. }
            | Inst::Call { unwind, .. }
            | Inst::Check { unwind, .. }
            | Inst::Poll { unwind } => Some(*unwind),
            _ => None,
        }
    }

    /// The block that it may leave to, to change.
    pub fn unwind_mut(&mut self) -> Option<&mut Option<BlockId>> {
        match self {
            Inst::Checked { unwind, .. }
            | Inst::DecRef { unwind, .. }
            | Inst::Call { unwind, .. }
            | Inst::Check { unwind, .. }
            | Inst::Poll { unwind } => Some(unwind),
            _ => None,
        }
    }

    /// Shows every value that it reads.
    pub fn each_operand<'a>(&'a self, mut f: impl FnMut(&'a Operand)) {
        match self {
            Inst::Copy { value, .. } | Inst::SetPending { value } => f(value),
            Inst::Bin { a, b, .. } | Inst::Checked { a, b, .. } | Inst::Cmp { a, b, .. } => {
                f(a);
                f(b);
            }
            Inst::Un { a, .. } => f(a),
            Inst::Cast { src, .. } => f(src),
            Inst::Select { cond, a, b, .. } => {
                f(cond);
                f(a);
                f(b);
            }
            Inst::Load { addr, .. } => f(addr),
            Inst::Store { addr, value, .. } => {
                f(addr);
                f(value);
            }
            Inst::MemCopy { dst, src, size } => {
                f(dst);
                f(src);
                f(size);
            }
            Inst::MemZero { dst, size } => {
                f(dst);
                f(size);
            }
            Inst::IncRef { ptr } | Inst::DecRef { ptr, .. } => f(ptr),
            Inst::Call { callee, args, .. } => {
                if let Callee::Indirect(code, _) = callee {
                    f(code);
                } else if let Callee::IndirectC(code, _) = callee {
                    f(code);
                }
                args.iter().for_each(f);
            }
            Inst::Check { cond, args, .. } => {
                f(cond);
                args.iter().for_each(f);
            }
            Inst::SlotAddr { .. }
            | Inst::GlobalAddr { .. }
            | Inst::DataAddr { .. }
            | Inst::DescAddr { .. }
            | Inst::ProcAddr { .. }
            | Inst::TakePending { .. }
            | Inst::Poll { .. } => {}
        }
    }

    /// Shows every value that it reads, to change.
    pub fn each_operand_mut(&mut self, mut f: impl FnMut(&mut Operand)) {
        match self {
            Inst::Copy { value, .. } | Inst::SetPending { value } => f(value),
            Inst::Bin { a, b, .. } | Inst::Checked { a, b, .. } | Inst::Cmp { a, b, .. } => {
                f(a);
                f(b);
            }
            Inst::Un { a, .. } => f(a),
            Inst::Cast { src, .. } => f(src),
            Inst::Select { cond, a, b, .. } => {
                f(cond);
                f(a);
                f(b);
            }
            Inst::Load { addr, .. } => f(addr),
            Inst::Store { addr, value, .. } => {
                f(addr);
                f(value);
            }
            Inst::MemCopy { dst, src, size } => {
                f(dst);
                f(src);
                f(size);
            }
            Inst::MemZero { dst, size } => {
                f(dst);
                f(size);
            }
            Inst::IncRef { ptr } | Inst::DecRef { ptr, .. } => f(ptr),
            Inst::Call { callee, args, .. } => {
                if let Callee::Indirect(code, _) = callee {
                    f(code);
                } else if let Callee::IndirectC(code, _) = callee {
                    f(code);
                }
                args.iter_mut().for_each(f);
            }
            Inst::Check { cond, args, .. } => {
                f(cond);
                args.iter_mut().for_each(f);
            }
            Inst::SlotAddr { .. }
            | Inst::GlobalAddr { .. }
            | Inst::DataAddr { .. }
            | Inst::DescAddr { .. }
            | Inst::ProcAddr { .. }
            | Inst::TakePending { .. }
            | Inst::Poll { .. } => {}
        }
    }
}

impl Term {
    /// The value that it reads.
    pub fn operand(&self) -> Option<&Operand> {
        match self {
            Term::Branch { cond, .. } => Some(cond),
            Term::Switch { on, .. } => Some(on),
            Term::Return(value) => value.as_ref(),
            Term::Goto(_) | Term::Unreachable => None,
        }
    }

    /// The value that it reads, to change.
    pub fn operand_mut(&mut self) -> Option<&mut Operand> {
        match self {
            Term::Branch { cond, .. } => Some(cond),
            Term::Switch { on, .. } => Some(on),
            Term::Return(value) => value.as_mut(),
            Term::Goto(_) | Term::Unreachable => None,
        }
    }

    /// Shows every block that it may go to.
    pub fn each_target(&self, mut f: impl FnMut(BlockId)) {
        match self {
            Term::Goto(to) => f(*to),
            Term::Branch { then, els, .. } => {
                f(*then);
                f(*els);
            }
            Term::Switch { cases, default, .. } => {
                cases.iter().for_each(|case| f(case.1));
                f(*default);
            }
            Term::Return(_) | Term::Unreachable => {}
        }
    }

    /// Shows every block that it may go to, to change.
    pub fn each_target_mut(&mut self, mut f: impl FnMut(&mut BlockId)) {
        match self {
            Term::Goto(to) => f(to),
            Term::Branch { then, els, .. } => {
                f(then);
                f(els);
            }
            Term::Switch { cases, default, .. } => {
                cases.iter_mut().for_each(|case| f(&mut case.1));
                f(default);
            }
            Term::Return(_) | Term::Unreachable => {}
        }
    }
}

impl Proc {
    /// Did the lowering add it (a destructor, a copy, a dispatcher, …)? Those are named by two words.
    pub fn is_synthesised(&self) -> bool {
        self.name.contains(' ')
    }

    /// Shows every instruction, in order.
    pub fn each_inst<'a>(&'a self, mut f: impl FnMut(&'a Inst)) {
        for block in &self.blocks {
            block.stmts.iter().for_each(|stmt| f(&stmt.inst));
        }
    }
}
