//! Control flow: empty blocks, chains of blocks, and what is never reached.

use super::predecessors;
use crate::mir::ir::*;

/// Sends jumps past empty blocks, joins blocks that only follow one another, and removes what is never reached. The others
/// keep their order.
pub fn simplify_flow(proc: &mut Proc) {
    thread_jumps(proc);
    remove_unreached(proc);
    join_chains(proc);
    remove_unreached(proc);
}

/// Where a jump to `from` ends up when empty blocks are passed.
fn destination(proc: &Proc, from: BlockId) -> BlockId {
    let mut at = from;
    // Empty blocks may form a loop: then any of them will do.
    for _ in 0..proc.blocks.len() {
        match &proc.blocks[at.0 as usize] {
            Block {
                stmts,
                term: Term::Goto(to),
                ..
            } if stmts.is_empty() => at = *to,
            _ => break,
        }
    }
    at
}

fn thread_jumps(proc: &mut Proc) {
    let ends: Vec<BlockId> = (0..proc.blocks.len() as u32)
        .map(|number| destination(proc, BlockId(number)))
        .collect();
    let through = |to: &mut BlockId| *to = ends[to.0 as usize];
    for block in &mut proc.blocks {
        block.each_target_mut(through);
        let single = match &block.term {
            Term::Branch { then, els, .. } if then == els => Some(*then),
            Term::Switch { cases, default, .. } if cases.iter().all(|case| case.1 == *default) => {
                Some(*default)
            }
            _ => None,
        };
        if let Some(to) = single {
            block.term = Term::Goto(to);
        }
    }
}

fn join_chains(proc: &mut Proc) {
    let counts = predecessors(proc);
    for number in 0..proc.blocks.len() {
        while let Term::Goto(to) = proc.blocks[number].term {
            let next = to.0 as usize;
            if next == number || counts[next] != 1 {
                break;
            }
            let block = &mut proc.blocks[next];
            // What is left is reached no longer.
            let term = std::mem::replace(&mut block.term, Term::Unreachable);
            let stmts = std::mem::take(&mut block.stmts);
            proc.blocks[number].stmts.extend(stmts);
            proc.blocks[number].term = term;
        }
    }
}

fn remove_unreached(proc: &mut Proc) {
    let mut reached = vec![false; proc.blocks.len()];
    let mut work = vec![0];
    reached[0] = true;
    while let Some(number) = work.pop() {
        let mut reach = |to: BlockId| {
            if !std::mem::replace(&mut reached[to.0 as usize], true) {
                work.push(to.0 as usize);
            }
        };
        let block = &proc.blocks[number];
        for stmt in &block.stmts {
            stmt.inst
                .unwind()
                .flatten()
                .into_iter()
                .for_each(&mut reach);
        }
        block.term.each_target(&mut reach);
    }
    let mut next = 0;
    let numbers: Vec<u32> = reached
        .iter()
        .map(|&reached| {
            let number = next;
            next += u32::from(reached);
            number
        })
        .collect();
    let mut number = 0;
    proc.blocks.retain(|_| {
        number += 1;
        reached[number - 1]
    });
    let renumber = |to: &mut BlockId| *to = BlockId(numbers[to.0 as usize]);
    for block in &mut proc.blocks {
        block.each_target_mut(renumber);
    }
}
