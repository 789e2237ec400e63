//! Which registers are live where.
//!
//! A backward may-analysis: a register is live where some path reads it before it is assigned. An instruction that unwinds
//! assigns nothing, so what is live in its unwind block is live before it, its own register included. Who wants to know the same of
//! other things gives them numbers behind those of the registers.

use super::ir::*;

/// A set of registers.
#[derive(Clone, PartialEq)]
pub(super) struct Live(Vec<u64>);

impl Live {
    /// None of so many.
    pub(super) fn none(count: usize) -> Live {
        Live(vec![0; count.div_ceil(64)])
    }

    pub(super) fn has(&self, reg: Reg) -> bool {
        self.0[reg.0 as usize / 64] >> (reg.0 % 64) & 1 == 1
    }

    pub(super) fn add(&mut self, reg: Reg) {
        self.0[reg.0 as usize / 64] |= 1 << (reg.0 % 64);
    }

    pub(super) fn remove(&mut self, reg: Reg) {
        self.0[reg.0 as usize / 64] &= !(1 << (reg.0 % 64));
    }

    pub(super) fn join(&mut self, other: &Live) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// Takes all out.
    pub(super) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Leaves only what is in the other one too.
    pub(super) fn meet(&mut self, other: &Live) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }
}

/// What is live on entry to each block. `step` goes back over an instruction.
pub(super) struct OnEntry(Vec<Live>);

impl OnEntry {
    pub(super) fn new(
        proc: &Proc,
        count: usize,
        step: impl Fn(&Inst, &mut Live, &OnEntry),
    ) -> OnEntry {
        let mut entry = OnEntry(vec![Live::none(count); proc.blocks.len()]);
        loop {
            let mut changed = false;
            for number in (0..proc.blocks.len()).rev() {
                let mut live = entry.at_end(proc, number);
                for stmt in proc.blocks[number].stmts.iter().rev() {
                    step(&stmt.inst, &mut live, &entry);
                }
                if live != entry.0[number] {
                    entry.0[number] = live;
                    changed = true;
                }
            }
            if !changed {
                return entry;
            }
        }
    }

    /// What is live on entry to a block.
    pub(super) fn of(&self, block: BlockId) -> &Live {
        &self.0[block.0 as usize]
    }

    /// What is live before the terminator of a block.
    pub(super) fn at_end(&self, proc: &Proc, number: usize) -> Live {
        let mut live = Live(vec![0; self.0[number].0.len()]);
        let term = &proc.blocks[number].term;
        term.each_target(|to| live.join(&self.0[to.0 as usize]));
        if let Some(Operand::Reg(reg)) = term.operand() {
            live.add(*reg);
        }
        live
    }

    /// Goes from behind an instruction that may leave early to where it may still do so.
    pub(super) fn leave(&self, inst: &Inst, live: &mut Live) {
        if let Some(dst) = inst.dst() {
            live.remove(dst);
        }
        if let Some(Some(to)) = inst.unwind() {
            live.join(&self.0[to.0 as usize]);
        }
    }
}

/// Goes back over an instruction.
pub(super) fn step_back(inst: &Inst, live: &mut Live, entry: &OnEntry) {
    entry.leave(inst, live);
    inst.each_operand(|operand| {
        if let Operand::Reg(reg) = operand {
            live.add(*reg);
        }
    });
}
