//! Loops that write no memory: what is the same in each round is done in the first one only.
//!
//! In: a proc. Out: the same, where such a loop stands twice. Its first round runs in the loop as it was, and goes on to a copy
//! without the loads, checks and computations that give what they gave in the first round:
//!
//! ```text
//! entry ─▶ loop ─▶ exits        entry ─▶ loop ─▶ exits
//!            ▲ │                           │       ▲
//!            └─┘                           ▼       │
//!                                        copy ─────┘
//!                                         ▲ │
//!                                         └─┘
//! ```
//!
//! So nothing is done before its time: an index that is wrong raises in the round in which it is used. A loop fits when it is
//! innermost, entered at its head only, and consists of computations, loads and checks that leave it when they fail. Registers keep
//! their values from the first round, since what is left out is assigned nowhere else in the loop, and only what each round
//! comes past is left out.
//!
//! What decides whether the loop ends is never left out: another thread may write what it waits for.

use super::loops::{Graph, Loop};
use super::*;

/// More blocks or statements than this are not worth standing twice.
const MAX_BLOCKS: usize = 24;
const MAX_STMTS: usize = 160;

/// Peels the first round off each loop that fits.
pub fn peel_loops(proc: &mut Proc) {
    let graph = Graph::of(proc);
    for body in &graph.loops {
        if !graph.is_innermost(body) || !is_fitting(proc, body) {
            continue;
        }
        let left_out = left_out(proc, body);
        let is_worth = |&(block, stmt): &(BlockId, usize)| {
            matches!(
                proc.blocks[block.0 as usize].stmts[stmt].inst,
                Inst::Load { .. }
            )
        };
        if left_out.iter().any(is_worth) {
            add_copy(proc, body, &left_out);
        }
    }
}

fn targets(term: &Term) -> Vec<BlockId> {
    let mut all = Vec::new();
    term.each_target(|to| all.push(to));
    all
}

fn is_fitting(proc: &Proc, body: &Loop) -> bool {
    let stmts = |block: &BlockId| &proc.blocks[block.0 as usize].stmts;
    let size: usize = body.blocks.iter().map(|block| stmts(block).len()).sum();
    body.blocks.len() <= MAX_BLOCKS
        && size <= MAX_STMTS
        && body
            .blocks
            .iter()
            .flat_map(stmts)
            .all(|stmt| fits(&stmt.inst, body))
}

/// Does it write no memory, and leave the loop when it unwinds?
fn fits(inst: &Inst, body: &Loop) -> bool {
    let leaves = |unwind: &Option<BlockId>| unwind.is_none_or(|to| !body.has(to));
    match inst {
        Inst::Checked { unwind, .. } | Inst::Check { unwind, .. } | Inst::Poll { unwind } => {
            leaves(unwind)
        }
        other => other.only_assigns(),
    }
}

/// Statements that do in each round what they did in the first.
fn left_out(proc: &Proc, body: &Loop) -> Vec<(BlockId, usize)> {
    let stmts = |block: BlockId| proc.blocks[block.0 as usize].stmts.iter().enumerate();
    let mut assigned = vec![0u32; proc.regs.len()];
    for stmt in body.blocks.iter().flat_map(|&block| stmts(block)) {
        if let Some(dst) = stmt.1.inst.dst() {
            assigned[dst.0 as usize] += 1;
        }
    }
    let kept = deciding(proc, body);
    let always: Vec<BlockId> = body
        .blocks
        .iter()
        .copied()
        .filter(|&b| body.always_passes(proc, b))
        .collect();
    let mut varies: Vec<bool> = assigned.iter().map(|&count| count > 0).collect();
    let mut found = Vec::new();
    loop {
        let before = found.len();
        for &block in &always {
            for (number, Stmt { inst, .. }) in stmts(block) {
                let once = inst.dst().is_none_or(|dst| assigned[dst.0 as usize] == 1);
                let is_kept = inst.dst().is_some_and(|dst| kept[dst.0 as usize]);
                if !once
                    || is_kept
                    || matches!(inst, Inst::Poll { .. })
                    || found.contains(&(block, number))
                {
                    continue;
                }
                let mut same = true;
                inst.each_operand(|operand| {
                    same &= !matches!(operand, Operand::Reg(reg) if varies[reg.0 as usize]);
                });
                if same {
                    if let Some(dst) = inst.dst() {
                        varies[dst.0 as usize] = false;
                    }
                    found.push((block, number));
                }
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// Registers that decide whether the loop is left by a terminator.
fn deciding(proc: &Proc, body: &Loop) -> Vec<bool> {
    let mut deciding = vec![false; proc.regs.len()];
    let mut mark = |operand: &Operand| match operand {
        Operand::Reg(reg) => !std::mem::replace(&mut deciding[reg.0 as usize], true),
        _ => false,
    };
    let blocks = || {
        body.blocks
            .iter()
            .map(|&block| &proc.blocks[block.0 as usize])
    };
    for block in blocks().filter(|block| targets(&block.term).iter().any(|&to| !body.has(to))) {
        match &block.term {
            Term::Branch { cond, .. } => drop(mark(cond)),
            Term::Switch { on, .. } => drop(mark(on)),
            Term::Goto(_) | Term::Return(_) | Term::Unreachable => {}
        }
    }
    loop {
        let mut news = false;
        for stmt in blocks().flat_map(|block| &block.stmts) {
            if stmt.inst.dst().is_some_and(|dst| deciding[dst.0 as usize]) {
                stmt.inst.each_operand(|operand| {
                    if let Operand::Reg(reg) = operand {
                        news |= !std::mem::replace(&mut deciding[reg.0 as usize], true);
                    }
                });
            }
        }
        if !news {
            return deciding;
        }
    }
}

/// Adds the copy, and has the first round go on to it.
fn add_copy(proc: &mut Proc, body: &Loop, left_out: &[(BlockId, usize)]) {
    let first = proc.blocks.len() as u32;
    let place = |block: BlockId| body.blocks.iter().position(|&b| b == block);
    let copy_of = |to: BlockId| place(to).map_or(to, |at| BlockId(first + at as u32));
    for &number in &body.blocks {
        let block = &proc.blocks[number.0 as usize];
        let stmts = block.stmts.iter().enumerate();
        let stays = |(at, _): &(usize, &Stmt)| !left_out.contains(&(number, *at));
        let mut copy = Block {
            stmts: stmts.filter(stays).map(|(_, stmt)| stmt.clone()).collect(),
            term: block.term.clone(),
            cold: block.cold,
        };
        copy.term.each_target_mut(|to| *to = copy_of(*to));
        proc.blocks.push(copy);
    }
    for &latch in &body.latches {
        let term = &mut proc.blocks[latch.0 as usize].term;
        term.each_target_mut(|to| {
            if *to == body.head {
                *to = copy_of(*to);
            }
        });
    }
}
