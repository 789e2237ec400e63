//! Registers: assignments that nothing reads, and what is left over.

use crate::mir::ir::*;
use crate::mir::live::{OnEntry, step_back};

/// Removes instructions without an effect whose result nothing reads, then registers and slots that nothing names.
pub fn remove_dead(proc: &mut Proc) {
    let entry_live = OnEntry::new(proc, proc.regs.len(), step_back);
    for number in 0..proc.blocks.len() {
        let mut live = entry_live.at_end(proc, number);
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
    proc.refs.retain(|reg| used[reg.0 as usize]);
    proc.refs.iter_mut().for_each(renumber);
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
