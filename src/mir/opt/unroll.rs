//! Short loops that count between constants, written out.
//!
//! In: a proc, its loops, and which of them run a number of rounds that is known ([`super::ranges`] finds that). Out: the same,
//! where such a loop stands once for each round, with the counter's value in place of the counter. What depends on it is then
//! worked out by `local`: offsets, and conditions as in `if dx != 0 or dy != 0`.
//!
//! Only innermost loops that call nothing, and not more than [`MAX_ROUNDS`] rounds and [`MAX_STMTS`] statements in all. Other
//! ways out of the loop stay in each round.

use super::loops::{Graph, Loop};
use super::*;

pub(super) const MAX_ROUNDS: usize = 9;
const MAX_STMTS: usize = 240;

/// A loop with a known number of rounds.
pub(super) struct Counted {
    /// Its number in the graph.
    pub(super) number: usize,
    pub(super) reg: Reg,
    /// What the counter is in each round, and after the last one.
    pub(super) values: Vec<i64>,
    /// The block that ends the loop in the last round.
    pub(super) guard: BlockId,
    /// Where the guard goes on in all others, and in the last one.
    pub(super) stays: BlockId,
    pub(super) leaves: BlockId,
}

/// Writes out the loops that fit. Has anything changed?
pub(super) fn unroll_loops(proc: &mut Proc, graph: &Graph, counted: &[Counted]) -> bool {
    let fits = |counted: &&Counted| {
        let around = &graph.loops[counted.number];
        graph.is_innermost(around) && is_small(proc, around, counted.values.len())
    };
    let fitting: Vec<&Counted> = counted.iter().filter(fits).collect();
    for counted in &fitting {
        write_out(proc, &graph.loops[counted.number], counted);
    }
    !fitting.is_empty()
}

fn is_small(proc: &Proc, around: &Loop, rounds: usize) -> bool {
    let blocks = around
        .blocks
        .iter()
        .map(|block| &proc.blocks[block.0 as usize]);
    let mut size = 0;
    for stmt in blocks.flat_map(|block| &block.stmts) {
        if matches!(stmt.inst, Inst::Call { .. } | Inst::DecRef { .. }) {
            return false;
        }
        size += 1;
    }
    size * rounds <= MAX_STMTS
}

fn write_out(proc: &mut Proc, around: &Loop, counted: &Counted) {
    let size = around.blocks.len() as u32;
    let first = proc.blocks.len() as u32;
    let place = |block: BlockId| around.blocks.iter().position(|&b| b == block);
    let rounds = counted.values.len() - 1;
    for round in 0..rounds {
        let base = first + round as u32 * size;
        // What would go on after the last round is never reached.
        let next = if round + 1 < rounds {
            base + size
        } else {
            base
        };
        for &number in &around.blocks {
            let mut block = proc.blocks[number.0 as usize].clone();
            put_value(&mut block, counted.reg, &counted.values[round..]);
            if number == counted.guard {
                block.term = Term::Goto(match round + 1 < rounds {
                    true => counted.stays,
                    false => counted.leaves,
                });
            }
            block.each_target_mut(|to| {
                let from = if *to == around.head { next } else { base };
                if let Some(at) = place(*to) {
                    to.0 = from + at as u32;
                }
            });
            proc.blocks.push(block);
        }
    }
    // The head is the first of the blocks of each round.
    for entry in &around.entries {
        proc.blocks[entry.0 as usize].each_target_mut(|to| {
            if *to == around.head {
                to.0 = first;
            }
        });
    }
}

/// Reads the counter's value in place of the counter: the first, and the second behind where it is counted on.
fn put_value(block: &mut Block, reg: Reg, values: &[i64]) {
    let mut value = Operand::Int(values[0]);
    let put = |operand: &mut Operand, value| {
        if *operand == Operand::Reg(reg) {
            *operand = value;
        }
    };
    for stmt in &mut block.stmts {
        stmt.inst.each_operand_mut(|operand| put(operand, value));
        if stmt.inst.dst() == Some(reg) {
            value = Operand::Int(values[1]);
        }
    }
    if let Some(operand) = block.term.operand_mut() {
        put(operand, value);
    }
}
