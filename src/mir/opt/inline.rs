//! Copying small procs into their callers.
//!
//! Only procs that handle no exceptions themselves, so that an explicit return never carries one. What is copied keeps the
//! place of the call: the caller's table of places stays as it is, and moving the callee in its file changes no
//! fingerprint. *Which* procs may be copied where is decided in [`super::program`].

use std::sync::Arc;

use super::loops::{Graph, InLoop};
use crate::mir::ir::*;

/// The body of a proc, if a call of it that stands there may be replaced by a copy.
pub type Bodies<'a> = &'a dyn Fn(ProcId, InLoop) -> Option<Arc<Proc>>;

/// Above this, a call is cheaper than the code.
const MAX_STMTS: usize = 32;
const MAX_BLOCKS: usize = 12;
/// So many statements are still cheaper than a call that runs at most once each time that its caller does.
const MAX_ONCE: usize = 16;
/// A caller stops growing here.
const MAX_CALLER: usize = 2000;
/// How often a recursive proc is copied into itself, and how large it becomes at most.
const MAX_DEPTH: usize = 3;
const MAX_RECURSIVE: usize = 160;

/// Can calls of it be replaced by its body?
pub fn is_inlinable(proc: &Proc) -> bool {
    let mut simple =
        !proc.pinned && count_stmts(proc) <= MAX_STMTS && proc.blocks.len() <= MAX_BLOCKS;
    proc.each_inst(|inst| {
        simple &= match inst {
            Inst::TakePending { .. } | Inst::SetPending { .. } => false,
            // Who asks for a trace or a reload, or ends the program, is seen on the stack.
            Inst::Call {
                callee: Callee::Runtime(function),
                ..
            } => !matches!(
                function,
                RtFn::StackTrace | RtFn::PerformReload | RtFn::AnyModuleChanged | RtFn::Quit
            ),
            _ => true,
        };
        simple &= inst.unwind().flatten().is_none();
    });
    simple
}

/// Is a copy of an inlinable proc where a call stands worth its code? Beside the rounds of a loop a call is little.
pub fn is_worth_copying(proc: &Proc, in_loop: InLoop) -> bool {
    let is_loop_free = || proc.blocks.len() == 1 || !Graph::of(proc).has_loop();
    in_loop == InLoop::Yes || count_stmts(proc) <= MAX_ONCE && is_loop_free()
}

/// Is it never seen on the stack, as nothing in it looks there or raises?
pub fn is_unseen(proc: &Proc) -> bool {
    let mut unseen = !proc.pinned;
    proc.each_inst(|inst| {
        unseen &= !matches!(
            inst,
            Inst::Call { .. }
                | Inst::DecRef { .. }
                | Inst::Checked { .. }
                | Inst::Check { .. }
                | Inst::TakePending { .. }
                | Inst::SetPending { .. }
                | Inst::Poll { .. }
        );
    });
    unseen
}

/// How often it calls `id`.
fn calls_of(proc: &Proc, id: ProcId) -> usize {
    let mut calls = 0;
    proc.each_inst(|inst| calls += usize::from(is_call_of(inst, id)));
    calls
}

fn is_call_of(inst: &Inst, id: ProcId) -> bool {
    matches!(inst, Inst::Call { callee: Callee::Proc(called), .. } if *called == id)
}

/// Replaces calls of a small proc by itself, [`MAX_DEPTH`] times or until it has grown to [`MAX_RECURSIVE`]: most calls of a
/// recursive proc are near the ends of the recursion, where there is less to do than to call. Has anything been replaced?
pub fn inline_recursion(proc: &mut Proc) -> bool {
    let once = Arc::new(proc.clone());
    let (size, calls) = (count_stmts(&once), calls_of(&once, proc.id));
    if calls == 0 || !is_inlinable(&once) {
        return false;
    }
    let mut depth = 0;
    while depth < MAX_DEPTH && count_stmts(proc) + calls_of(proc, proc.id) * size <= MAX_RECURSIVE {
        let id = proc.id;
        inline_calls(proc, &|called, _| (called == id).then(|| once.clone()));
        depth += 1;
    }
    depth > 0
}

/// Replaces calls of inlinable procs. What was copied is not looked at again: it was optimised before.
pub fn inline_calls(proc: &mut Proc, body_of: Bodies<'_>) {
    let mut size = count_stmts(proc);
    let mut graph = None;
    let mut order = Vec::new();
    for block in 0..proc.blocks.len() {
        order.push(block);
        if proc.blocks[block].cold {
            // Cleanups of a failure: calls are smaller, and need fewer registers.
            continue;
        }
        // After a call, the rest of a block goes on in a new one.
        let (mut number, mut at) = (block, 0);
        while let Some(stmt) = proc.blocks[number].stmts.get(at) {
            let callee = match &stmt.inst {
                Inst::Call {
                    callee: Callee::Proc(id),
                    args,
                    ..
                } if size < MAX_CALLER => {
                    // Copies add no loop around a block that was there before.
                    let graph = graph.get_or_insert_with(|| Graph::of(proc));
                    body_of(*id, graph.in_loop(block))
                        .filter(|body| is_inlinable(body) && body.sig.params.len() == args.len())
                }
                _ => None,
            };
            match callee {
                None => at += 1,
                Some(callee) => {
                    size += count_stmts(&callee);
                    let first = proc.blocks.len();
                    splice(proc, number, at, &callee);
                    order.extend(first..proc.blocks.len());
                    (number, at) = (proc.blocks.len() - 1, 0);
                }
            }
        }
    }
    reorder(proc, &order);
}

fn count_stmts(proc: &Proc) -> usize {
    proc.blocks.iter().map(|block| block.stmts.len()).sum()
}

/// Puts the blocks into this order, which names each once.
fn reorder(proc: &mut Proc, order: &[usize]) {
    let mut numbers = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        numbers[old] = new as u32;
    }
    let mut blocks: Vec<Option<Block>> = std::mem::take(&mut proc.blocks)
        .into_iter()
        .map(Some)
        .collect();
    proc.blocks = order.iter().filter_map(|&old| blocks[old].take()).collect();
    let renumber = |to: &mut BlockId| to.0 = numbers[to.0 as usize];
    for block in &mut proc.blocks {
        block.each_target_mut(renumber);
    }
}

/// Puts the callee's blocks in place of a call; the caller goes on in the last of the new blocks.
fn splice(proc: &mut Proc, number: usize, at: usize, callee: &Proc) {
    let block = &mut proc.blocks[number];
    let cold = block.cold;
    let after = block.stmts.split_off(at + 1);
    let call = block.stmts.pop();
    let term = std::mem::replace(&mut block.term, Term::Unreachable);
    let Some(Stmt {
        inst: Inst::Call {
            dst, args, unwind, ..
        },
        site,
    }) = call
    else {
        unreachable!("only called at a call");
    };
    let copy = Copied {
        regs: proc.regs.len() as u32,
        slots: proc.slots.len() as u32,
        blocks: proc.blocks.len() as u32,
        rest: BlockId((proc.blocks.len() + callee.blocks.len()) as u32),
        dst,
        unwind,
        site,
    };
    proc.regs.extend_from_slice(&callee.regs);
    proc.slots.extend_from_slice(&callee.slots);
    let known = [
        (&callee.holds, &mut proc.holds),
        (&callee.uses, &mut proc.uses),
        (&callee.addressed, &mut proc.addressed),
    ];
    for (from, into) in known {
        for desc in from {
            if !into.contains(desc) {
                into.push(*desc);
            }
        }
    }
    let copied = callee.holds.iter().map(|&desc| (site, desc));
    proc.copied.extend(copied);
    let refs = callee.refs.iter().map(|reg| Reg(copy.regs + reg.0));
    proc.refs.extend(refs);
    let params = (0..).map(|param| Reg(copy.regs + param));
    let copies = params.zip(args).map(|(dst, value)| Stmt {
        inst: Inst::Copy { dst, value },
        site,
    });
    let block = &mut proc.blocks[number];
    block.stmts.extend(copies);
    block.term = Term::Goto(BlockId(copy.blocks));
    for body in &callee.blocks {
        proc.blocks.push(copy.block(body, cold));
    }
    proc.blocks.push(Block {
        stmts: after,
        term,
        cold,
    });
}

/// How numbers of a callee become numbers of its caller.
struct Copied {
    regs: u32,
    slots: u32,
    blocks: u32,
    rest: BlockId,
    dst: Option<Reg>,
    unwind: Option<BlockId>,
    site: Site,
}

impl Copied {
    fn block(&self, body: &Block, cold: bool) -> Block {
        let stmts = body.stmts.iter().map(|stmt| Stmt {
            inst: self.inst(&stmt.inst),
            site: self.site,
        });
        let mut block = Block {
            stmts: stmts.collect(),
            term: body.term.clone(),
            cold: cold || body.cold,
        };
        if let Some(operand) = block.term.operand_mut() {
            self.operand(operand);
        }
        block.term.each_target_mut(|to| to.0 += self.blocks);
        if let Term::Return(value) = block.term {
            block.term = Term::Goto(self.rest);
            if let (Some(dst), Some(value)) = (self.dst, value) {
                block.stmts.push(Stmt {
                    inst: Inst::Copy { dst, value },
                    site: self.site,
                });
            }
        }
        block
    }

    fn operand(&self, operand: &mut Operand) {
        if let Operand::Reg(reg) = operand {
            reg.0 += self.regs;
        }
    }

    fn inst(&self, inst: &Inst) -> Inst {
        let mut inst = inst.clone();
        inst.each_operand_mut(|operand| self.operand(operand));
        if let Some(dst) = inst.dst_mut() {
            dst.0 += self.regs;
        }
        if let Some(unwind) = inst.unwind_mut() {
            *unwind = self.unwind;
        }
        if let Inst::SlotAddr { slot, .. } = &mut inst {
            slot.0 += self.slots;
        }
        inst
    }
}
