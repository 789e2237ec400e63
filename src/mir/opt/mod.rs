//! Simple optimisations of MIR: what Cranelift cannot do, or what makes it faster by leaving it less.
//!
//! In: a proc that passes the [verifier](super::verify()), and the bodies of procs that may be copied into it. Out: a proc
//! that does the same, in no more steps. Each pass stands alone:
//!
//! * `inline`: copies small procs into their callers;
//! * `slots`: what lies in a stack slot that only this proc sees, in registers;
//! * `local`: constants, copies and repeated computations along chains of blocks, checks whose condition was checked
//!   before, branches whose side is known;
//! * `ranges`: checks, comparisons and divisions that the ranges of numbers decide;
//! * `unroll`: loops of few rounds, written out;
//! * `flow`: empty blocks, blocks that only follow one another, blocks that are never reached;
//! * `peel`: what is the same in each round of a loop that writes no memory, in the first round only;
//! * `dead`: registers that are assigned and not read, then registers and slots that nothing names.
//!
//! Never moves a check or an effect, never touches memory accesses but to drop loads that nothing reads or that give what they
//! gave before. What is inlined
//! becomes part of the caller's fingerprint; whoever changes an inlined proc must optimise its callers again.

mod dead;
mod flow;
mod inline;
mod interval;
mod local;
mod loops;
mod peel;
mod program;
mod ranges;
mod slots;
mod unroll;

use super::ir::*;

pub use dead::remove_dead;
pub use flow::simplify_flow;
pub use inline::{
    Bodies, inline_calls, inline_recursion, is_inlinable, is_unseen, is_worth_copying,
};
pub use local::propagate;
pub use loops::InLoop;
pub use peel::peel_loops;
pub use program::Optimizer;
pub use ranges::{Narrowed, narrow_ranges};
pub use slots::promote_slots;

/// Blocks times registers from which analyses would cost more than they give.
const MAX_WORK: usize = 4 << 20;

/// Runs all passes. `body_of` gives the bodies of procs where they may be copied.
pub fn optimize(proc: &Proc, body_of: Bodies<'_>) -> Proc {
    let mut proc = proc.clone();
    inline_calls(&mut proc, body_of);
    improve(&mut proc);
    proc
}

/// The same for a proc that nobody edits: calls of itself are copied too.
fn optimize_fixed(proc: &Proc, body_of: Bodies<'_>) -> Proc {
    let mut proc = optimize(proc, body_of);
    if inline_recursion(&mut proc) {
        improve(&mut proc);
    }
    proc
}

/// All passes but inlining.
fn improve(proc: &mut Proc) {
    // Merged blocks show `propagate` more at a time; what it decides leaves blocks to remove.
    simplify_flow(proc);
    if proc.blocks.len() * proc.regs.len() > MAX_WORK {
        return;
    }
    promote_slots(proc);
    propagate(proc);
    simplify_flow(proc);
    if !proc.cold {
        narrow(proc);
        peel_loops(proc);
    }
    remove_dead(proc);
}

/// A loop that is written out gives a loop around it constants, so that it may be the next.
fn narrow(proc: &mut Proc) {
    loop {
        let narrowed = narrow_ranges(proc);
        if narrowed == Narrowed::Not {
            return;
        }
        propagate(proc);
        simplify_flow(proc);
        if narrowed == Narrowed::Simpler {
            return;
        }
    }
}

/// How often each block is gone to, by terminators and by exceptions. The entry counts once more.
fn predecessors(proc: &Proc) -> Vec<u32> {
    let mut counts = vec![0; proc.blocks.len()];
    counts[0] = 1;
    for block in &proc.blocks {
        for stmt in &block.stmts {
            if let Some(Some(to)) = stmt.inst.unwind() {
                counts[to.0 as usize] += 1;
            }
        }
        block.term.each_target(|to| counts[to.0 as usize] += 1);
    }
    counts
}

#[cfg(test)]
mod tests;
