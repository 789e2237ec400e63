//! `if` and `case`.

use std::sync::Arc;

use smallvec::smallvec;

use super::builder::Addr;
use super::cleanup::Exit;
use super::frame::{Dest, Value};
use super::layout::Kind;
use super::routine::Fun;
use crate::mir::{BlockId, Callee, CmpOp, Operand, RtFn, Scalar, Term};
use crate::sema::magic::Magic;
use crate::sema::typed::{CaseLabel, Expr, ExprKind};

/// Ranges of labels up to this width become entries of a switch.
const SWITCH_WIDTH: i64 = 64;

type Branches = [(Vec<CaseLabel>, Expr)];

impl<'r> Fun<'_, 'r> {
    pub(super) fn conditional(
        &mut self,
        branches: &'r [(Expr, Expr)],
        els: Option<&'r Expr>,
        dest: Dest,
    ) {
        // What the first condition leaves lives as long as the scope that the statement is in.
        let first = match branches {
            [(cond, _), ..] if !is_nimvm(cond) => Some(self.condition(cond)),
            _ => None,
        };
        if branches
            .iter()
            .skip(1)
            .any(|(cond, _)| self.leaves_something(cond))
        {
            return self.conditional_keeping(branches, first, els, dest);
        }
        let end = self.target();
        let arm = |fun: &mut Self, body| fun.arm(body, dest, end);
        if !self.each_branch(branches, first, arm) {
            match els {
                Some(els) => self.arm(els, dest, end),
                None => self.leave(Exit::To(end)),
            }
        }
        self.finish_arms(end);
    }

    /// Conditions in order, and `arm` for the body behind each; the block that comes next is the one where none holds. `first`: what the
    /// first gives, if it was asked for already. True when an arm is always taken, so that nothing comes next.
    fn each_branch(
        &mut self,
        branches: &'r [(Expr, Expr)],
        mut first: Option<Operand>,
        mut arm: impl FnMut(&mut Self, &'r Expr),
    ) -> bool {
        for (cond, body) in branches {
            if !self.b.alive() {
                break;
            }
            if is_nimvm(cond) {
                if self.cx.compile_time {
                    arm(self, body);
                    return true;
                }
                continue;
            }
            let go = match first.take() {
                Some(go) => go,
                None => self.condition(cond),
            };
            let (yes, no) = (self.b.block(), self.b.block());
            self.b.branch(go, yes, no);
            self.b.enter(yes);
            let dead = self.dead_now();
            arm(self, body);
            self.set_all_dead(&dead);
            self.b.enter(no);
        }
        false
    }

    /// May a temporary that the program can see be left when `cond` has been evaluated?
    fn leaves_something(&self, cond: &Expr) -> bool {
        cond.any(&mut |part| {
            let made = matches!(part.kind, ExprKind::Call(..) | ExprKind::CallValue(..));
            made && self.cx.observable(part.ty)
        })
    }

    /// The same where conditions leave temporaries that the program can see: all of them live as long as the scope that
    /// the statement is in, and where a condition was not evaluated, nothing is there.
    fn conditional_keeping(
        &mut self,
        branches: &'r [(Expr, Expr)],
        first: Option<Operand>,
        els: Option<&'r Expr>,
        dest: Dest,
    ) {
        let depth = self.stack.len();
        let end = self.target();
        let mut ends = Vec::new();
        let arm = |fun: &mut Self, body| ends.push(fun.arm_keeping(body, dest, depth));
        let taken = self.each_branch(branches, first, arm);
        let left = self.stack.split_off(depth);
        if !taken && self.b.alive() {
            match els {
                Some(els) => {
                    self.stack.extend(left.iter().copied());
                    ends.push(self.arm_keeping(els, dest, depth));
                    self.stack.truncate(depth);
                }
                None => self.leave(Exit::To(end)),
            }
        }
        for (arm, known) in ends {
            self.enter_target(arm);
            self.hold_nothing(&left[known.min(left.len())..]);
            self.leave(Exit::To(end));
        }
        self.enter_target(end);
        self.stack.extend(left);
    }

    /// An arm that keeps what became due since `depth`; where it ends, and how much that is.
    fn arm_keeping(&mut self, body: &'r Expr, dest: Dest, depth: usize) -> (usize, usize) {
        let kept = self.stack.split_off(depth);
        let end = self.target();
        self.stack.extend(kept.iter().copied());
        self.scoped(body, dest);
        self.stack.truncate(depth);
        self.leave(Exit::To(end));
        self.stack.extend(kept.iter().copied());
        (end, kept.len())
    }

    fn condition(&mut self, cond: &'r Expr) -> Operand {
        let depth = self.stack.len();
        let go = self.scalar(cond);
        self.close_temporaries(depth);
        go
    }

    /// Cleanups that a later condition left on the stack (temporaries that the program can see) outlive the branches.
    fn finish_arms(&mut self, end: usize) {
        let depth = self.targets[end].depth;
        debug_assert!(self.stack.len() >= depth);
        self.stack.truncate(depth);
        self.enter_target(end);
    }

    fn arm(&mut self, body: &'r Expr, dest: Dest, end: usize) {
        self.scoped(body, dest);
        self.leave(Exit::To(end));
    }

    pub(super) fn case(
        &mut self,
        on: &'r Expr,
        branches: &'r Branches,
        els: Option<&'r Expr>,
        dest: Dest,
    ) {
        let value = self.eval(on);
        let end = self.target();
        let arms: Vec<BlockId> = branches.iter().map(|_| self.b.block()).collect();
        let other = self.b.block();
        match (value, self.cx.kind(on.ty)) {
            (Value::Scalar(op), Kind::Scalar(scalar, _)) if scalar.is_float() => {
                self.float_labels(op, scalar, branches, &arms);
            }
            (Value::Scalar(op), Kind::Scalar(scalar, signed)) => {
                let wide = self.b.resize(scalar, signed, Scalar::I64, op);
                self.ordinal_labels(wide, branches, &arms, other);
            }
            (Value::Mem(addr), _) => self.string_labels(addr, branches, &arms),
            _ => {}
        }
        self.b.goto(other);
        let dead = self.dead_now();
        for ((_, body), block) in branches.iter().zip(arms) {
            self.b.enter(block);
            self.set_all_dead(&dead);
            self.arm(body, dest, end);
        }
        self.b.enter(other);
        self.set_all_dead(&dead);
        match els {
            Some(els) => self.arm(els, dest, end),
            // The labels cover the type.
            None => self.b.end(Term::Unreachable),
        }
        self.enter_target(end);
    }

    fn ordinal_labels(
        &mut self,
        value: Operand,
        branches: &Branches,
        arms: &[BlockId],
        other: BlockId,
    ) {
        let mut cases: Vec<(i64, BlockId)> = Vec::new();
        for ((labels, _), &arm) in branches.iter().zip(arms) {
            for label in labels {
                let CaseLabel::Range(lo, hi) = *label else {
                    continue;
                };
                if hi.saturating_sub(lo) < SWITCH_WIDTH {
                    for value in lo..=hi {
                        if !cases.iter().any(|&(known, _)| known == value) {
                            cases.push((value, arm));
                        }
                    }
                } else {
                    let next = self.b.block();
                    let hit = super::synth::in_range(&mut self.b, value, lo, hi);
                    self.b.branch(hit, arm, next);
                    self.b.enter(next);
                }
            }
        }
        self.b.end(Term::Switch {
            on: value,
            ty: Scalar::I64,
            cases,
            default: other,
        });
    }

    fn float_labels(&mut self, value: Operand, ty: Scalar, branches: &Branches, arms: &[BlockId]) {
        for ((labels, _), &arm) in branches.iter().zip(arms) {
            for label in labels {
                let CaseLabel::Float(lo, hi) = *label else {
                    continue;
                };
                let (inside, next) = (self.b.block(), self.b.block());
                let above = self.b.cmp(CmpOp::FLe, ty, Operand::Float(lo), value);
                self.b.branch(above, inside, next);
                self.b.enter(inside);
                let below = self.b.cmp(CmpOp::FLe, ty, value, Operand::Float(hi));
                self.b.branch(below, arm, next);
                self.b.enter(next);
            }
        }
    }

    fn string_labels(&mut self, value: Addr, branches: &Branches, arms: &[BlockId]) {
        let value = self.b.settle(value);
        let len = self.b.load(Scalar::I64, value);
        let payload = self.b.load(Scalar::Ptr, value.plus(8));
        let bytes = self.b.offset(payload, Operand::Int(8));
        for ((labels, _), &arm) in branches.iter().zip(arms) {
            for label in labels {
                if let CaseLabel::Str(text) = label {
                    self.string_label(len, bytes, text, arm);
                }
            }
        }
    }

    fn string_label(&mut self, len: Operand, bytes: Operand, text: &Arc<[u8]>, arm: BlockId) {
        let next = self.b.block();
        let want = Operand::Int(text.len() as i64);
        let same = self.b.cmp(CmpOp::Eq, Scalar::I64, len, want);
        if text.is_empty() {
            self.b.branch(same, arm, next);
            return self.b.enter(next);
        }
        let compare = self.b.block();
        self.b.branch(same, compare, next);
        self.b.enter(compare);
        let data = self.cx.c_text(text);
        let data = self.cx.data_address(&mut self.b, data);
        let order = self.b.call(
            Some(Scalar::I32),
            Callee::Runtime(RtFn::MemCmp),
            smallvec![bytes, data, want],
            None,
        );
        let equal = self.b.cmp(CmpOp::Eq, Scalar::I32, order, Operand::Int(0));
        self.b.branch(equal, arm, next);
        self.b.enter(next);
    }
}

fn is_nimvm(cond: &Expr) -> bool {
    matches!(cond.kind, ExprKind::Magic(Magic::NimVm, _))
}
