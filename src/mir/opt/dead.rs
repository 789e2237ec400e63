//! Registers: assignments that nothing reads, and what is left over.
//!
//! A backward may-analysis: a register is live where some path reads it before it is assigned. An instruction that unwinds
//! assigns nothing, so what is live in its unwind block is live before it, its own register included.

use crate::mir::ir::*;

/// Removes instructions without an effect whose result nothing reads, then registers and slots that nothing names.
pub fn remove_dead(proc: &mut Proc) {
    let entry_live = live_on_entry(proc);
    for number in 0..proc.blocks.len() {
        let mut live = live_at_end(proc, number, &entry_live);
        let block = &mut proc.blocks[number];
        let mut kept = Vec::with_capacity(block.stmts.len());
        for mut stmt in std::mem::take(&mut block.stmts).into_iter().rev() {
            if let Some(dst) = stmt.inst.dst()
                && !live.has(dst)
            {
                if stmt.inst.only_assigns() {
                    continue;
                }
                if let Inst::Call { dst, .. } = &mut stmt.inst {
                    *dst = None;
                }
            }
            step_back(&stmt.inst, &mut live, &entry_live);
            kept.push(stmt);
        }
        kept.reverse();
        block.stmts = kept;
    }
    compact_regs(proc);
    compact_slots(proc);
}

/// A set of registers.
#[derive(Clone, PartialEq)]
struct Live(Vec<u64>);

impl Live {
    fn has(&self, reg: Reg) -> bool {
        self.0[reg.0 as usize / 64] >> (reg.0 % 64) & 1 == 1
    }

    fn add(&mut self, reg: Reg) {
        self.0[reg.0 as usize / 64] |= 1 << (reg.0 % 64);
    }

    fn remove(&mut self, reg: Reg) {
        self.0[reg.0 as usize / 64] &= !(1 << (reg.0 % 64));
    }

    fn join(&mut self, other: &Live) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }
}

fn live_at_end(proc: &Proc, number: usize, entry_live: &[Live]) -> Live {
    let mut live = Live(vec![0; proc.regs.len().div_ceil(64)]);
    let term = &proc.blocks[number].term;
    term.each_target(|to| live.join(&entry_live[to.0 as usize]));
    if let Some(Operand::Reg(reg)) = term.operand() {
        live.add(*reg);
    }
    live
}

fn step_back(inst: &Inst, live: &mut Live, entry_live: &[Live]) {
    if let Some(dst) = inst.dst() {
        live.remove(dst);
    }
    if let Some(Some(to)) = inst.unwind() {
        live.join(&entry_live[to.0 as usize]);
    }
    inst.each_operand(|operand| {
        if let Operand::Reg(reg) = operand {
            live.add(*reg);
        }
    });
}

fn live_on_entry(proc: &Proc) -> Vec<Live> {
    let nothing = Live(vec![0; proc.regs.len().div_ceil(64)]);
    let mut entry_live = vec![nothing; proc.blocks.len()];
    loop {
        let mut changed = false;
        for number in (0..proc.blocks.len()).rev() {
            let mut live = live_at_end(proc, number, &entry_live);
            for stmt in proc.blocks[number].stmts.iter().rev() {
                step_back(&stmt.inst, &mut live, &entry_live);
            }
            if live != entry_live[number] {
                entry_live[number] = live;
                changed = true;
            }
        }
        if !changed {
            return entry_live;
        }
    }
}

/// Gives the registers that something names the lowest numbers, in order.
fn compact_regs(proc: &mut Proc) {
    let mut used = vec![false; proc.regs.len()];
    used[..proc.sig.params.len()].fill(true);
    for block in &proc.blocks {
        let mut note = |operand: &Operand| {
            if let Operand::Reg(reg) = operand {
                used[reg.0 as usize] = true;
            }
        };
        for stmt in &block.stmts {
            stmt.inst.each_operand(&mut note);
            stmt.inst.dst().map(Operand::Reg).iter().for_each(&mut note);
        }
        block.term.operand().into_iter().for_each(&mut note);
    }
    let numbers = renumbered(&used);
    let mut all = used.iter();
    proc.regs.retain(|_| all.next() == Some(&true));
    let renumber = |reg: &mut Reg| *reg = Reg(numbers[reg.0 as usize]);
    let renumber_operand = |operand: &mut Operand| {
        if let Operand::Reg(reg) = operand {
            renumber(reg);
        }
    };
    for block in &mut proc.blocks {
        for stmt in &mut block.stmts {
            stmt.inst.each_operand_mut(renumber_operand);
            stmt.inst.dst_mut().into_iter().for_each(renumber);
        }
        block
            .term
            .operand_mut()
            .into_iter()
            .for_each(renumber_operand);
    }
}

fn compact_slots(proc: &mut Proc) {
    let mut used = vec![false; proc.slots.len()];
    proc.each_inst(|inst| {
        if let Inst::SlotAddr { slot, .. } = inst {
            used[slot.0 as usize] = true;
        }
    });
    let numbers = renumbered(&used);
    let mut all = used.iter();
    proc.slots.retain(|_| all.next() == Some(&true));
    for stmt in proc.blocks.iter_mut().flat_map(|block| &mut block.stmts) {
        if let Inst::SlotAddr { slot, .. } = &mut stmt.inst {
            *slot = SlotId(numbers[slot.0 as usize]);
        }
    }
}

/// New numbers when only what is used stays.
fn renumbered(used: &[bool]) -> Vec<u32> {
    let mut next = 0;
    used.iter()
        .map(|&used| {
            next += u32::from(used);
            next - u32::from(used)
        })
        .collect()
}
