//! What an instruction reads, writes and where it can go: one place that knows the shape of each variant, for all that
//! walk over procs.

use super::ir::{Block, BlockId, Callee, Inst, Operand, Proc, Reg, Term};

/// The register that an instruction assigns: `$as_ref` is how an option is looked into, shared or to change.
macro_rules! dst {
    ($inst:expr, $as_ref:ident) => {
        match $inst {
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
            Inst::Call { dst, .. } => dst.$as_ref(),
            Inst::Store { .. }
            | Inst::MemCopy { .. }
            | Inst::MemZero { .. }
            | Inst::IncRef { .. }
            | Inst::DecRef { .. }
            | Inst::Check { .. }
            | Inst::SetPending { .. }
            | Inst::Poll { .. } => None,
        }
    };
}

/// Shows every value that an instruction reads. `$iter` goes over arguments: shared or to change, as the instruction is.
macro_rules! each_operand {
    ($inst:expr, $f:ident, $iter:ident) => {
        match $inst {
            Inst::Copy { value, .. } | Inst::SetPending { value } => $f(value),
            Inst::Bin { a, b, .. } | Inst::Checked { a, b, .. } | Inst::Cmp { a, b, .. } => {
                $f(a);
                $f(b);
            }
            Inst::Un { a, .. } => $f(a),
            Inst::Cast { src, .. } => $f(src),
            Inst::Select { cond, a, b, .. } => {
                $f(cond);
                $f(a);
                $f(b);
            }
            Inst::Load { addr, .. } => $f(addr),
            Inst::Store { addr, value, .. } => {
                $f(addr);
                $f(value);
            }
            Inst::MemCopy { dst, src, size } => {
                $f(dst);
                $f(src);
                $f(size);
            }
            Inst::MemZero { dst, size } => {
                $f(dst);
                $f(size);
            }
            Inst::IncRef { ptr } | Inst::DecRef { ptr, .. } => $f(ptr),
            Inst::Call { callee, args, .. } => {
                if let Callee::Indirect(code, _) = callee {
                    $f(code);
                } else if let Callee::IndirectC(code, _) = callee {
                    $f(code);
                }
                args.$iter().for_each($f);
            }
            Inst::Check { cond, args, .. } => {
                $f(cond);
                args.$iter().for_each($f);
            }
            Inst::SlotAddr { .. }
            | Inst::GlobalAddr { .. }
            | Inst::DataAddr { .. }
            | Inst::DescAddr { .. }
            | Inst::ProcAddr { .. }
            | Inst::TakePending { .. }
            | Inst::Poll { .. } => {}
        }
    };
}

impl Inst {
    /// The register that it assigns.
    pub fn dst(&self) -> Option<Reg> {
        dst!(self, as_ref).copied()
    }

    /// The register that it assigns, to change.
    pub fn dst_mut(&mut self) -> Option<&mut Reg> {
        dst!(self, as_mut)
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

    /// Does it do nothing but assign? Loads never trap, and divisions were checked before.
    pub fn only_assigns(&self) -> bool {
        match self {
            Inst::Copy { .. }
            | Inst::Bin { .. }
            | Inst::Un { .. }
            | Inst::Cmp { .. }
            | Inst::Cast { .. }
            | Inst::Select { .. }
            | Inst::Load { .. }
            | Inst::SlotAddr { .. }
            | Inst::GlobalAddr { .. }
            | Inst::DataAddr { .. }
            | Inst::DescAddr { .. }
            | Inst::ProcAddr { .. } => true,
            Inst::Checked { .. }
            | Inst::Store { .. }
            | Inst::MemCopy { .. }
            | Inst::MemZero { .. }
            | Inst::IncRef { .. }
            | Inst::DecRef { .. }
            | Inst::Call { .. }
            | Inst::Check { .. }
            | Inst::TakePending { .. }
            | Inst::SetPending { .. }
            | Inst::Poll { .. } => false,
        }
    }

    /// Shows every value that it reads.
    pub fn each_operand<'a>(&'a self, mut f: impl FnMut(&'a Operand)) {
        each_operand!(self, f, iter)
    }

    /// Shows every value that it reads, to change.
    pub fn each_operand_mut(&mut self, mut f: impl FnMut(&mut Operand)) {
        each_operand!(self, f, iter_mut)
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

impl Block {
    /// Shows every block that it may go to, by its end or with an exception pending, to change.
    pub fn each_target_mut(&mut self, mut f: impl FnMut(&mut BlockId)) {
        for stmt in &mut self.stmts {
            stmt.inst
                .unwind_mut()
                .into_iter()
                .flatten()
                .for_each(&mut f);
        }
        self.term.each_target_mut(f);
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
