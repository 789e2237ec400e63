//! What numbers can be, and the checks that this decides.
//!
//! In: a proc. Out: the same, where arithmetic that cannot overflow is not checked, comparisons whose result is certain are
//! constants (which lets `local` drop checks and branches), and remainders and quotients of natural numbers by powers of 2
//! are masks and shifts.
//!
//! Blocks are gone through in reverse postorder, once. What is known of a register is an [`Interval`]:
//!
//! * of one that is assigned in one place: what that place gives, everywhere behind it;
//! * of a counter (below): what it can be in the loop;
//! * of any: what the last assignment, a comparison that led here or a check say, along blocks that one jump alone leads to.
//!
//! A *counter* of a loop is assigned in one place in it, in the only block that goes back to the head: itself plus or minus a
//! constant. Each round comes past a comparison before, where the loop is left unless the counter is on the near side of a
//! bound. So it stays between its first value and the bound.
//!
//! Says nothing of memory, and of floats nothing either.

use smallvec::SmallVec;

use super::interval::{Interval, constant};
use super::loops::{Graph, Loop};
use super::unroll::{Counted, MAX_ROUNDS, unroll_loops};
use super::*;

/// What is known of registers at one place.
type Facts = SmallVec<[(Reg, Interval); 8]>;

/// What has become of a proc.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Narrowed {
    /// It is the same.
    Not,
    /// Instructions are simpler.
    Simpler,
    /// Loops were written out too.
    Unrolled,
}

/// Drops what the ranges of numbers decide, and writes out loops of few rounds.
pub fn narrow_ranges(proc: &mut Proc) -> Narrowed {
    let mut has_checks = false;
    proc.each_inst(|inst| {
        has_checks |= matches!(inst, Inst::Checked { .. } | Inst::Check { .. });
    });
    let graph = Graph::of(proc);
    if !has_checks && graph.loops.is_empty() {
        return Narrowed::Not;
    }
    let mut ranges = Ranges::new(proc, &graph);
    let mut changed = false;
    for &block in &graph.order {
        ranges.find_counters(proc, block);
        ranges.enter(proc, block);
        let mut stmts = std::mem::take(&mut proc.blocks[block.0 as usize].stmts);
        for stmt in &mut stmts {
            changed |= ranges.step(&mut stmt.inst, &proc.regs);
        }
        proc.blocks[block.0 as usize].stmts = stmts;
        ranges.leave(block);
    }
    let counted = ranges.counted;
    match (unroll_loops(proc, &graph, &counted), changed) {
        (true, _) => Narrowed::Unrolled,
        (false, true) => Narrowed::Simpler,
        (false, false) => Narrowed::Not,
    }
}

/// A register that counts in a loop.
#[derive(Clone, Copy)]
struct Counter {
    reg: Reg,
    /// At the head of the loop.
    at_head: Interval,
    /// In the other blocks, up to where it is counted on.
    within: Interval,
}

/// A comparison in the block that is being gone through.
#[derive(Clone, Copy)]
struct Compared {
    result: Reg,
    op: CmpOp,
    ty: Scalar,
    a: Operand,
    b: Operand,
}

struct Ranges<'g> {
    graph: &'g Graph,
    /// By register: in how many places it is assigned; that of a parameter is one more.
    assigned: Vec<u32>,
    /// By register, of those that one place assigns, once that was reached.
    once: Vec<Option<Interval>>,
    /// By loop.
    counters: Vec<Vec<Counter>>,
    /// Loops of few rounds.
    counted: Vec<Counted>,
    /// Where the block that is being gone through has come to.
    here: Facts,
    compared: Vec<Compared>,
    /// By block: what is known at its end.
    ends: Vec<(Facts, Vec<Compared>)>,
}

impl<'g> Ranges<'g> {
    fn new(proc: &Proc, graph: &'g Graph) -> Ranges<'g> {
        let mut assigned = vec![0; proc.regs.len()];
        (0..proc.sig.params.len()).for_each(|param| assigned[param] += 1);
        proc.each_inst(|inst| {
            if let Some(dst) = inst.dst() {
                assigned[dst.0 as usize] += 1;
            }
        });
        Ranges {
            graph,
            assigned,
            once: vec![None; proc.regs.len()],
            counters: graph.loops.iter().map(|_| Vec::new()).collect(),
            counted: Vec::new(),
            here: Facts::new(),
            compared: Vec::new(),
            ends: vec![Default::default(); proc.blocks.len()],
        }
    }

    /// What a register can be, given what is known where it is read.
    fn reg(&self, facts: &Facts, reg: Reg, ty: Scalar) -> Interval {
        let known = facts.iter().find(|(known, _)| *known == reg);
        let known = known.map(|known| known.1).or(self.once[reg.0 as usize]);
        known.unwrap_or(Interval::all(ty))
    }

    fn operand(&self, operand: Operand, ty: Scalar) -> Interval {
        match operand {
            Operand::Reg(reg) => self.reg(&self.here, reg, ty),
            _ => constant(ty, operand).map_or(Interval::all(ty), Interval::one),
        }
    }

    /// Says more of a register, here.
    fn note(&mut self, reg: Reg, interval: Interval) {
        match self.here.iter_mut().find(|(known, _)| *known == reg) {
            Some((_, known)) => *known = known.and(interval),
            None => self.here.push((reg, interval)),
        }
    }

    /// Takes note of what is known where a block begins.
    fn enter(&mut self, proc: &Proc, block: BlockId) {
        self.here.clear();
        self.compared.clear();
        if let [before] = self.graph.before[block.0 as usize][..]
            && block != BlockId(0)
        {
            let term = &proc.blocks[before.0 as usize].term;
            let mut jumps = false;
            term.each_target(|to| jumps |= to == block);
            if jumps {
                (self.here, self.compared) = self.ends[before.0 as usize].clone();
                self.take_branch(term, block);
            }
        }
        let graph = self.graph;
        for &number in &graph.around[block.0 as usize] {
            let at_head = block == graph.loops[number].head;
            for at in 0..self.counters[number].len() {
                let counter = self.counters[number][at];
                let interval = if at_head {
                    counter.at_head
                } else {
                    counter.within
                };
                self.note(counter.reg, interval);
            }
        }
    }

    fn leave(&mut self, block: BlockId) {
        self.ends[block.0 as usize] = (
            std::mem::take(&mut self.here),
            std::mem::take(&mut self.compared),
        );
    }

    /// What the way from a branch to one of its sides says.
    fn take_branch(&mut self, term: &Term, to: BlockId) {
        if let Term::Branch {
            cond: Operand::Reg(cond),
            then,
            els,
        } = term
            && then != els
        {
            self.take(*cond, *then == to);
        }
    }

    /// A condition is known to hold, or not to.
    fn take(&mut self, cond: Reg, holds: bool) {
        let found = self.compared.iter().find(|known| known.result == cond);
        let Some(&Compared { op, ty, a, b, .. }) = found else {
            return;
        };
        let before = (self.operand(a, ty), self.operand(b, ty));
        let after = Interval::refine(op, holds, before.0, before.1);
        for (operand, before, after) in [(a, before.0, after.0), (b, before.1, after.1)] {
            if let Operand::Reg(reg) = operand
                && before != after
            {
                self.note(reg, after);
            }
        }
    }

    /// Simplifies an instruction and takes note of what it says. Has it changed?
    fn step(&mut self, inst: &mut Inst, regs: &[Scalar]) -> bool {
        let simpler = self.simpler(inst, regs);
        let changed = simpler.is_some();
        if let Some(simpler) = simpler {
            *inst = simpler;
        }
        if let Inst::Check {
            cond: Operand::Reg(cond),
            ..
        } = inst
        {
            self.take(*cond, true);
        }
        let Some(dst) = inst.dst() else {
            return changed;
        };
        let result = self.result(inst, regs);
        self.forget(dst);
        if let Some(result) = result {
            match self.assigned[dst.0 as usize] {
                1 => self.once[dst.0 as usize] = Some(result),
                _ => self.here.push((dst, result)),
            }
        }
        if let Inst::Cmp { op, ty, a, b, .. } = *inst
            && ![a, b].contains(&Operand::Reg(dst))
        {
            self.compared.push(Compared {
                result: dst,
                op,
                ty,
                a,
                b,
            });
        }
        changed
    }

    /// A register is given another value.
    fn forget(&mut self, dst: Reg) {
        self.here.retain(|(known, _)| *known != dst);
        let gone = Operand::Reg(dst);
        self.compared
            .retain(|known| known.result != dst && known.a != gone && known.b != gone);
    }

    /// An instruction that does the same in fewer steps.
    fn simpler(&self, inst: &Inst, regs: &[Scalar]) -> Option<Inst> {
        match *inst {
            Inst::Checked { dst, op, a, b, .. } => {
                let ty = regs[dst.0 as usize];
                let (x, y) = (self.operand(a, ty), self.operand(b, ty));
                Interval::exact(op, ty, x, y)?;
                let op = match op {
                    CheckedOp::Add => BinOp::Add,
                    CheckedOp::Sub => BinOp::Sub,
                    CheckedOp::Mul => BinOp::Mul,
                };
                Some(Inst::Bin { dst, op, a, b })
            }
            Inst::Cmp { dst, op, ty, a, b } if !ty.is_float() => {
                let (a, b) = (self.operand(a, ty), self.operand(b, ty));
                let value = Interval::compare(op, a, b)?;
                let value = Operand::Int(value.into());
                Some(Inst::Copy { dst, value })
            }
            Inst::Bin { dst, op, a, b } => {
                let ty = regs[dst.0 as usize];
                let by = constant(ty, b).filter(|by| by.count_ones() == 1 && *by > 0)?;
                if ty.is_float() || self.operand(a, ty).lo < 0 {
                    return None;
                }
                let (op, by) = match op {
                    BinOp::SRem | BinOp::URem => (BinOp::And, by - 1),
                    BinOp::SDiv | BinOp::UDiv => (BinOp::LShr, by.trailing_zeros().into()),
                    _ => return None,
                };
                let b = Operand::Int(by);
                Some(Inst::Bin { dst, op, a, b })
            }
            _ => None,
        }
    }

    /// What an instruction can give, if that is less than all of the type.
    fn result(&self, inst: &Inst, regs: &[Scalar]) -> Option<Interval> {
        let ty = regs[inst.dst()?.0 as usize];
        if ty.is_float() {
            return None;
        }
        let of = |operand: Operand| self.operand(operand, ty);
        match *inst {
            Inst::Copy { value, .. } => Some(of(value)),
            Inst::Bin { op, a, b, .. } => Interval::bin(op, ty, of(a), of(b)),
            // What it gives where it does not fit, nobody sees.
            Inst::Checked { op, a, b, .. } => Some(Interval::checked(op, ty, of(a), of(b))),
            Inst::Cmp { .. } => Some(Interval { lo: 0, hi: 1 }),
            Inst::Cast { op, from, src, .. } if !from.is_float() => {
                Interval::cast(op, from, ty, self.operand(src, from))
            }
            Inst::Select { a, b, .. } => Some(of(a).union(of(b))),
            _ => None,
        }
    }

    /// Finds what counts in the loop that begins here, if one does.
    fn find_counters(&mut self, proc: &Proc, head: BlockId) {
        let graph = self.graph;
        let found = graph.loops.iter().position(|around| around.head == head);
        let Some(number) = found else { return };
        let around = &graph.loops[number];
        let [latch] = around.latches[..] else { return };
        let stmts = &proc.blocks[latch.0 as usize].stmts;
        // What catches an exception within the loop would see the counter before or after.
        let caught = |stmt: &Stmt| {
            stmt.inst
                .unwind()
                .flatten()
                .is_some_and(|to| around.has(to))
        };
        if stmts.iter().any(caught) {
            return;
        }
        let steps = (0..stmts.len()).filter_map(|at| count(proc, stmts, at));
        for step in steps.collect::<Vec<_>>() {
            if times_assigned(proc, around, step.reg) != 1 {
                continue;
            }
            let Some(first) = self.at_entry(proc, around, step.reg) else {
                continue;
            };
            let blocks = around.blocks.iter().filter(|guard| **guard != latch);
            let guards = blocks.filter_map(|&block| self.guard(proc, around, block, step.reg));
            let guards: Vec<Guard> = guards.collect();
            let counter = counter(proc, around, &step, first, &guards);
            self.counters[number].extend(counter);
            let all = Interval::all(proc.regs[step.reg.0 as usize]);
            let mut rounds = guards
                .iter()
                .filter_map(|guard| guard.rounds(number, first, &step));
            let fits = |rounds: &Counted| rounds.values.iter().all(|&value| all.has(value));
            // One counter is enough to write the loop out.
            if self.counted.last().is_none_or(|last| last.number != number) {
                self.counted.extend(rounds.find(fits));
            }
        }
    }

    /// What a register is where a loop is entered.
    fn at_entry(&self, proc: &Proc, around: &Loop, reg: Reg) -> Option<Interval> {
        let ty = proc.regs[reg.0 as usize];
        let mut first: Option<Interval> = None;
        for entry in &around.entries {
            // A handler begins somewhere in the middle of what it protects.
            let block = &proc.blocks[entry.0 as usize];
            let raises = |stmt: &Stmt| stmt.inst.unwind() == Some(Some(around.head));
            if block.stmts.iter().any(raises) {
                return None;
            }
            let here = self.reg(&self.ends[entry.0 as usize].0, reg, ty);
            first = Some(first.map_or(here, |first| first.union(here)));
        }
        first
    }

    /// The guard that a block ends with, if it does with one.
    fn guard(&self, proc: &Proc, around: &Loop, block: BlockId, reg: Reg) -> Option<Guard> {
        let Block { stmts, term, .. } = &proc.blocks[block.0 as usize];
        let &Term::Branch {
            cond: Operand::Reg(cond),
            then,
            els,
        } = term
        else {
            return None;
        };
        let holds = around.has(then);
        let (stays, leaves) = if holds { (then, els) } else { (els, then) };
        if !around.has(stays) || around.has(leaves) || !around.always_passes(proc, block) {
            return None;
        }
        let compare = stmts.iter().rfind(|stmt| stmt.inst.dst() == Some(cond))?;
        let Inst::Cmp { op, ty, a, b, .. } = compare.inst else {
            return None;
        };
        let bound = match (a == Operand::Reg(reg), b == Operand::Reg(reg)) {
            (true, false) => b,
            (false, true) => a,
            _ => return None,
        };
        let bound = match bound {
            Operand::Reg(reg) => self.once[reg.0 as usize].unwrap_or(Interval::all(ty)),
            _ => Interval::one(constant(ty, bound)?),
        };
        Some(Guard {
            block,
            op,
            holds,
            is_left: a == Operand::Reg(reg),
            bound,
            stays,
            leaves,
        })
    }
}

/// Where each round compares the counter with a bound, and leaves the loop if need be.
struct Guard {
    block: BlockId,
    op: CmpOp,
    /// Does the comparison hold where the loop goes on?
    holds: bool,
    /// Is the counter its left side?
    is_left: bool,
    bound: Interval,
    stays: BlockId,
    leaves: BlockId,
}

impl Guard {
    /// What of `counter` goes on in the loop.
    fn kept(&self, counter: Interval) -> Interval {
        match self.is_left {
            true => Interval::refine(self.op, self.holds, counter, self.bound).0,
            false => Interval::refine(self.op, self.holds, self.bound, counter).1,
        }
    }

    /// Does it go on with this value? `None`: it depends on the bound.
    fn stays_at(&self, value: i64) -> Option<bool> {
        let value = Interval::one(value);
        let (a, b) = match self.is_left {
            true => (value, self.bound),
            false => (self.bound, value),
        };
        Some(Interval::compare(self.op, a, b)? == self.holds)
    }

    /// The rounds of a loop whose first value is known, if they are few.
    fn rounds(&self, number: usize, first: Interval, step: &Step) -> Option<Counted> {
        let mut values = vec![first.constant()?];
        loop {
            let last = *values.last()?;
            let stays = self.stays_at(last)?;
            values.push(last.checked_add(step.by)?);
            if !stays {
                break;
            }
            if values.len() > MAX_ROUNDS {
                return None;
            }
        }
        Some(Counted {
            number,
            reg: step.reg,
            values,
            guard: self.block,
            stays: self.stays,
            leaves: self.leaves,
        })
    }
}

/// The range of a register that is counted on, if there is a bound.
fn counter(
    proc: &Proc,
    around: &Loop,
    step: &Step,
    first: Interval,
    guards: &[Guard],
) -> Option<Counter> {
    let Step { reg, by, checked } = *step;
    let ty = proc.regs[reg.0 as usize];
    let all = Interval::all(ty);
    // From where it is counted on: there all guards hold; behind the head that of the head alone.
    let last = guards.iter().fold(all, |last, guard| guard.kept(last));
    let mut at_head = guards.iter().filter(|guard| guard.block == around.head);
    let by = Interval::one(by);
    let next = match (Interval::exact(CheckedOp::Add, ty, last, by), checked) {
        (Some(next), _) => next,
        (None, true) => Interval::checked(CheckedOp::Add, ty, last, by),
        (None, false) => return None,
    };
    let range = match step.by > 0 {
        true => Interval {
            lo: first.lo,
            hi: first.hi.max(next.hi),
        },
        false => Interval {
            lo: first.lo.min(next.lo),
            hi: first.hi,
        },
    };
    Some(Counter {
        reg,
        at_head: range,
        within: at_head.next().map_or(range, |guard| guard.kept(range)),
    })
}

/// How a register is counted on.
struct Step {
    reg: Reg,
    by: i64,
    /// Raises when it does not fit.
    checked: bool,
}

/// Is this where a register gets a constant more?
fn count(proc: &Proc, stmts: &[Stmt], at: usize) -> Option<Step> {
    let plus = |inst: &Inst| {
        let (reg, by, negative, checked) = match *inst {
            Inst::Bin {
                op,
                a: Operand::Reg(reg),
                b,
                ..
            } => match op {
                BinOp::Add => (reg, b, false, false),
                BinOp::Sub => (reg, b, true, false),
                _ => return None,
            },
            Inst::Checked {
                op,
                a: Operand::Reg(reg),
                b,
                ..
            } => match op {
                CheckedOp::Add => (reg, b, false, true),
                CheckedOp::Sub => (reg, b, true, true),
                CheckedOp::Mul => return None,
            },
            _ => return None,
        };
        let ty = proc.regs[reg.0 as usize];
        let by = constant(ty, by).filter(|by| !ty.is_float() && *by != 0)?;
        let by = if negative { by.checked_neg()? } else { by };
        Some(Step { reg, by, checked })
    };
    let inst = &stmts[at].inst;
    let step = match *inst {
        // By way of a register that is assigned just for that.
        Inst::Copy {
            value: Operand::Reg(next),
            ..
        } => {
            let assigns = |stmt: &&Stmt| stmt.inst.dst() == Some(next);
            plus(&stmts[..at].iter().rfind(assigns)?.inst)?
        }
        _ => plus(inst)?,
    };
    (inst.dst() == Some(step.reg)).then_some(step)
}

/// In how many places of a loop.
fn times_assigned(proc: &Proc, around: &Loop, reg: Reg) -> usize {
    let stmts = around
        .blocks
        .iter()
        .flat_map(|block| &proc.blocks[block.0 as usize].stmts);
    stmts.filter(|stmt| stmt.inst.dst() == Some(reg)).count()
}
