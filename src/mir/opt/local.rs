//! Constants, copies, repeated computations and known conditions along chains of blocks.
//!
//! A block that one jump alone leads to goes on with what was known at the jump; any other starts with nothing. So facts
//! need no merging: this is value numbering over extended basic blocks (Cocke and Schwartz, 1970), with registers that
//! change instead of SSA: each assignment gives a register a new version, and a fact about an old version is not a fact
//! any longer.

use rustc_hash::FxHashMap;

use super::predecessors;
use crate::mir::arith;
use crate::mir::ir::*;

/// Replaces operands by what they are known to be, computations by their results, and removes checks and branches whose
/// outcome is known.
pub fn propagate(proc: &mut Proc) {
    let counts = predecessors(proc);
    let jumped = jumped_to(proc);
    let mut seen = vec![false; proc.blocks.len()];
    for start in 0..proc.blocks.len() {
        // The others are reached from their one predecessor, if that is reached itself.
        if start == 0 || counts[start] != 1 || !jumped[start] {
            chain(proc, start, &counts, &mut seen);
        }
    }
}

/// Which blocks a terminator leads to, and not only exceptions?
fn jumped_to(proc: &Proc) -> Vec<bool> {
    let mut found = vec![false; proc.blocks.len()];
    for block in &proc.blocks {
        block.term.each_target(|to| found[to.0 as usize] = true);
    }
    found
}

/// Works on a block and on all that only follow from it.
fn chain(proc: &mut Proc, start: usize, counts: &[u32], seen: &mut [bool]) {
    let mut work = vec![(start, Facts::new(proc.regs.len()))];
    while let Some((number, mut facts)) = work.pop() {
        seen[number] = true;
        let mut stmts = std::mem::take(&mut proc.blocks[number].stmts);
        stmts.retain_mut(|stmt| facts.step(&mut stmt.inst, &proc.regs));
        proc.blocks[number].stmts = stmts;
        let term = &mut proc.blocks[number].term;
        facts.term(term);
        let mut next = Vec::new();
        term.each_target(|to| {
            if counts[to.0 as usize] == 1 && !seen[to.0 as usize] {
                next.push(to);
            }
        });
        // The last one takes the facts, the others copies.
        let last = next.pop();
        for to in next {
            let mut facts = facts.clone();
            facts.along(term, to);
            work.push((to.0 as usize, facts));
        }
        if let Some(to) = last {
            facts.along(term, to);
            work.push((to.0 as usize, facts));
        }
    }
}

/// A value, as it was when a fact was found.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Value {
    Reg(Reg, u32),
    Int(i64),
    Float(u64),
}

/// A computation without an effect.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Expr {
    Bin(BinOp, Scalar, Value, Value),
    Un(UnOp, Scalar, Value),
    Cmp(CmpOp, Scalar, Value, Value),
    Cast(CastOp, Scalar, Scalar, Value),
    Slot(SlotId),
    Global(GlobalId),
    Data(DataId),
    Desc(DescId),
    Proc(ProcId),
}

#[derive(Clone)]
struct Facts {
    /// Of each register, counting its assignments.
    versions: Vec<u32>,
    /// What a version of a register is equal to.
    equal: FxHashMap<(Reg, u32), Value>,
    /// The register that holds a result.
    results: FxHashMap<Expr, (Reg, u32)>,
    /// The comparison whose result a version is.
    comparisons: FxHashMap<(Reg, u32), (CmpOp, Scalar, Value, Value)>,
    /// Is a version known to be other than 0, or 0?
    truth: FxHashMap<(Reg, u32), bool>,
}

impl Facts {
    fn new(regs: usize) -> Facts {
        Facts {
            versions: vec![0; regs],
            equal: FxHashMap::default(),
            results: FxHashMap::default(),
            comparisons: FxHashMap::default(),
            truth: FxHashMap::default(),
        }
    }

    fn now(&self, reg: Reg) -> (Reg, u32) {
        (reg, self.versions[reg.0 as usize])
    }

    fn value(&self, operand: Operand) -> Value {
        match operand {
            Operand::Reg(reg) => Value::Reg(reg, self.versions[reg.0 as usize]),
            Operand::Int(value) => Value::Int(value),
            Operand::Float(value) => Value::Float(value.to_bits()),
        }
    }

    /// What the operand is known to be now.
    fn known(&self, operand: Operand) -> Operand {
        let Operand::Reg(reg) = operand else {
            return operand;
        };
        let known = self.equal.get(&self.now(reg));
        known
            .and_then(|&value| self.operand(value))
            .unwrap_or(operand)
    }

    /// Where a value still is.
    fn operand(&self, value: Value) -> Option<Operand> {
        match value {
            Value::Int(value) => Some(Operand::Int(value)),
            Value::Float(bits) => Some(Operand::Float(f64::from_bits(bits))),
            Value::Reg(reg, version) => (self.now(reg) == (reg, version)).then_some(reg.into()),
        }
    }

    fn truth(&self, cond: Operand) -> Option<bool> {
        match cond {
            Operand::Reg(reg) => self.truth.get(&self.now(reg)).copied(),
            _ => arith::constant(Scalar::I8, cond).map(|bits| bits != 0),
        }
    }

    fn assign(&mut self, reg: Reg) {
        self.versions[reg.0 as usize] += 1;
    }

    /// Rewrites an instruction and takes note of what it says; false when it can go.
    fn step(&mut self, inst: &mut Inst, regs: &[Scalar]) -> bool {
        self.rewrite_operands(inst);
        let ty = |reg: &Reg| regs[reg.0 as usize];
        if let Some(simpler) = simplify(inst, &ty).or_else(|| self.negation(inst)) {
            *inst = simpler;
        }
        match inst {
            Inst::Copy { dst, value } => {
                // A register that stands for itself says nothing.
                if *value == Operand::Reg(*dst) {
                    return false;
                }
                let value = match arith::constant(ty(dst), *value) {
                    Some(bits) => self.value(arith::operand(ty(dst), bits)),
                    None => self.value(*value),
                };
                let dst = *dst;
                self.assign(dst);
                self.equal.insert(self.now(dst), value);
                return true;
            }
            Inst::Check { cond, .. } => match self.truth(*cond) {
                Some(true) => return false,
                _ => {
                    if let Operand::Reg(reg) = *cond {
                        self.truth.insert(self.now(reg), true);
                    }
                }
            },
            Inst::MemCopy { size, .. } | Inst::MemZero { size, .. } if *size == Operand::Int(0) => {
                return false;
            }
            Inst::IncRef { ptr } | Inst::DecRef { ptr, .. } if *ptr == Operand::Int(0) => {
                return false;
            }
            _ => {}
        }
        match self.expr(inst, &ty) {
            Some(expr) => self.compute(inst, expr),
            None => inst.dst().iter().for_each(|&dst| self.assign(dst)),
        }
        true
    }

    /// Takes the result from a register that has it, or notes where it is now.
    fn compute(&mut self, inst: &mut Inst, expr: Expr) {
        let Some(dst) = inst.dst() else { return };
        let before = self.results.get(&expr).copied();
        match before.filter(|&(reg, version)| self.now(reg) == (reg, version)) {
            Some((reg, _)) => {
                let value = Operand::Reg(reg);
                *inst = Inst::Copy { dst, value };
                let value = self.value(value);
                self.assign(dst);
                self.equal.insert(self.now(dst), value);
            }
            None => {
                self.assign(dst);
                // An operand that is overwritten by the result is an old version, which nothing asks for again.
                if let Expr::Cmp(op, ty, a, b) = expr {
                    self.comparisons.insert(self.now(dst), (op, ty, a, b));
                }
                self.results.insert(expr, self.now(dst));
            }
        }
    }

    /// `not` of a comparison, as a comparison.
    fn negation(&self, inst: &Inst) -> Option<Inst> {
        let &Inst::Bin {
            dst,
            op: BinOp::Xor,
            a: Operand::Reg(reg),
            b: Operand::Int(1),
        } = inst
        else {
            return None;
        };
        let &(op, ty, a, b) = self.comparisons.get(&self.now(reg))?;
        let (a, b) = (self.operand(a)?, self.operand(b)?);
        let (op, a, b) = negated(op, a, b)?;
        Some(Inst::Cmp { dst, op, ty, a, b })
    }

    fn rewrite_operands(&self, inst: &mut Inst) {
        // The type of an argument for `...` is that of its register: a constant would lose it.
        let keep = matches!(
            inst,
            Inst::Call {
                callee: Callee::Extern(_),
                ..
            }
        );
        inst.each_operand_mut(|operand| {
            let known = self.known(*operand);
            if !keep || matches!(known, Operand::Reg(_)) {
                *operand = known;
            }
        });
    }

    fn expr(&self, inst: &Inst, ty: &dyn Fn(&Reg) -> Scalar) -> Option<Expr> {
        let value = |operand: &Operand| self.value(*operand);
        Some(match inst {
            Inst::Bin { dst, op, a, b } => Expr::Bin(*op, ty(dst), value(a), value(b)),
            Inst::Un { dst, op, a } => Expr::Un(*op, ty(dst), value(a)),
            Inst::Cmp { op, ty, a, b, .. } => Expr::Cmp(*op, *ty, value(a), value(b)),
            Inst::Cast { dst, op, from, src } => Expr::Cast(*op, *from, ty(dst), value(src)),
            Inst::SlotAddr { slot, .. } => Expr::Slot(*slot),
            Inst::GlobalAddr { global, .. } => Expr::Global(*global),
            Inst::DataAddr { data, .. } => Expr::Data(*data),
            Inst::DescAddr { desc, .. } => Expr::Desc(*desc),
            Inst::ProcAddr { proc, .. } => Expr::Proc(*proc),
            _ => return None,
        })
    }

    fn term(&mut self, term: &mut Term) {
        if let Some(operand) = term.operand_mut() {
            *operand = self.known(*operand);
        }
        let to = match term {
            Term::Branch { cond, then, els } => match self.truth(*cond) {
                Some(true) => *then,
                Some(false) => *els,
                None => return,
            },
            Term::Switch {
                on,
                ty,
                cases,
                default,
            } => match arith::constant(*ty, *on) {
                Some(on) => {
                    let case = cases
                        .iter()
                        .find(|case| arith::fit(*ty, case.0 as u64) == on);
                    case.map_or(*default, |case| case.1)
                }
                None => return,
            },
            _ => return,
        };
        *term = Term::Goto(to);
    }

    /// What a jump says.
    fn along(&mut self, term: &Term, to: BlockId) {
        if let Term::Branch {
            cond: Operand::Reg(reg),
            then,
            els,
        } = term
            && then != els
        {
            self.truth.insert(self.now(*reg), *then == to);
        }
    }
}

/// A simpler instruction that does the same.
fn simplify(inst: &Inst, ty: &dyn Fn(&Reg) -> Scalar) -> Option<Inst> {
    let copy = |dst: &Reg, value: Operand| Some(Inst::Copy { dst: *dst, value });
    // The bits of a NaN are left to the machine.
    let folded = |dst: &Reg, bits: u64| match arith::operand(ty(dst), bits) {
        Operand::Float(value) if value.is_nan() => None,
        value => copy(dst, value),
    };
    match inst {
        Inst::Bin { dst, op, a, b } => {
            let ty = ty(dst);
            match (arith::constant(ty, *a), arith::constant(ty, *b)) {
                (Some(a), Some(b)) => folded(dst, arith::bin(*op, ty, a, b)?),
                (None, Some(b)) if is_neutral(*op, b) => copy(dst, *a),
                (Some(0), None) if matches!(op, BinOp::Add | BinOp::Or | BinOp::Xor) => {
                    copy(dst, *b)
                }
                _ => None,
            }
        }
        Inst::Checked { dst, op, a, b, .. } => {
            let ty = ty(dst);
            let (a, b) = (arith::constant(ty, *a)?, arith::constant(ty, *b)?);
            folded(dst, arith::checked(*op, ty, a, b)?)
        }
        Inst::Un { dst, op, a } => {
            folded(dst, arith::un(*op, ty(dst), arith::constant(ty(dst), *a)?))
        }
        Inst::Cmp { dst, op, ty, a, b } => {
            let (a, b) = (arith::constant(*ty, *a)?, arith::constant(*ty, *b)?);
            copy(dst, Operand::Int(arith::cmp(*op, *ty, a, b).into()))
        }
        Inst::Cast { dst, op, from, src } => folded(
            dst,
            arith::cast(*op, *from, ty(dst), arith::constant(*from, *src)?),
        ),
        Inst::Select { dst, cond, a, b } => match arith::constant(Scalar::I8, *cond) {
            Some(0) => copy(dst, *b),
            Some(_) => copy(dst, *a),
            None => None,
        },
        _ => None,
    }
}

/// The comparison that holds where this one does not. There is none for the order of floats: NaN is neither less nor not less.
fn negated(op: CmpOp, a: Operand, b: Operand) -> Option<(CmpOp, Operand, Operand)> {
    Some(match op {
        CmpOp::Eq => (CmpOp::Ne, a, b),
        CmpOp::Ne => (CmpOp::Eq, a, b),
        CmpOp::FEq => (CmpOp::FNe, a, b),
        CmpOp::FNe => (CmpOp::FEq, a, b),
        CmpOp::SLt => (CmpOp::SLe, b, a),
        CmpOp::SLe => (CmpOp::SLt, b, a),
        CmpOp::ULt => (CmpOp::ULe, b, a),
        CmpOp::ULe => (CmpOp::ULt, b, a),
        CmpOp::FLt | CmpOp::FLe => return None,
    })
}

/// Does `x op b` leave `x` as it is? For integers alone: adding 0.0 changes -0.0.
fn is_neutral(op: BinOp, b: u64) -> bool {
    match op {
        BinOp::Add
        | BinOp::Sub
        | BinOp::Or
        | BinOp::Xor
        | BinOp::Shl
        | BinOp::LShr
        | BinOp::AShr => b == 0,
        BinOp::Mul | BinOp::SDiv | BinOp::UDiv => b == 1,
        _ => false,
    }
}
