//! Which registers hold addresses of places in stack slots.
//!
//! It is read off single assignments: the lowering makes a new register for each address.

use super::ir::*;

/// Which registers hold the address of a place in a slot.
pub(super) struct Addresses(Vec<Option<(SlotId, i64)>>);

impl Addresses {
    pub(super) fn of(proc: &Proc) -> Addresses {
        Addresses::with(proc, None)
    }

    /// The same; a parameter may be the address of something that is looked at as another slot.
    pub(super) fn with(proc: &Proc, param: Option<(Reg, SlotId)>) -> Addresses {
        let mut counts = vec![0u32; proc.regs.len()];
        counts[..proc.sig.params.len()].fill(1);
        proc.each_inst(|inst| {
            if let Some(dst) = inst.dst() {
                counts[dst.0 as usize] += 1;
            }
        });
        let mut found = Addresses(vec![None; proc.regs.len()]);
        if let Some((reg, slot)) = param.filter(|param| counts[param.0.0 as usize] == 1) {
            found.0[reg.0 as usize] = Some((slot, 0));
        }
        // An address is mostly made before it is used; what is not found is an escape, which is safe.
        loop {
            let mut changed = false;
            proc.each_inst(|inst| {
                let Some(dst) = inst.dst() else { return };
                let at = dst.0 as usize;
                if counts[at] != 1 || found.0[at].is_some() {
                    return;
                }
                found.0[at] = match *inst {
                    Inst::SlotAddr { slot, .. } => Some((slot, 0)),
                    Inst::Copy { value, .. } => found.get(&value),
                    Inst::Bin {
                        op: BinOp::Add,
                        a,
                        b: Operand::Int(offset),
                        ..
                    } => found.get(&a).map(|(slot, at)| (slot, at + offset)),
                    _ => None,
                };
                changed |= found.0[at].is_some();
            });
            if !changed {
                return found;
            }
        }
    }

    pub(super) fn get(&self, operand: &Operand) -> Option<(SlotId, i64)> {
        match operand {
            Operand::Reg(reg) => self.0[reg.0 as usize],
            _ => None,
        }
    }

    /// Does it only make another address of a slot?
    pub(super) fn is_derived(&self, inst: &Inst) -> bool {
        inst.dst()
            .is_some_and(|dst| self.0[dst.0 as usize].is_some())
    }
}
