//! One random proc.
//!
//! Every register is given a value at the start, so that any may be read anywhere; addresses have registers of their
//! own, which are set right before they are used. Control flow is structured, and a loop counts in a register that
//! nothing else assigns.

use std::sync::Arc;

use super::{AREA, Choices, World};
use crate::mir::ir::*;
use crate::source::Place;

use Scalar::{F32, F64, I8, I16, I32, I64, Ptr};

const INTS: [Scalar; 4] = [I64, I32, I16, I8];
const FLOATS: [Scalar; 2] = [F64, F32];
const ALL: [Scalar; 6] = [I64, I32, I16, I8, F64, F32];
/// Registers of each type that statements use.
const POOL: u32 = 3;

pub(super) struct Body<'w> {
    world: &'w World,
    /// What may be called.
    known: &'w [(ProcId, Sig)],
    sig: Sig,
    regs: Vec<Scalar>,
    slots: Vec<StackSlot>,
    blocks: Vec<Block>,
    /// The block that is being written.
    at: usize,
    /// Where exceptions go.
    handler: Option<BlockId>,
    /// Statements that may still be written.
    budget: u32,
    calls: u32,
    loops: u32,
    depth: u32,
}

impl<'w> Body<'w> {
    pub(super) fn new(world: &'w World, known: &'w [(ProcId, Sig)], sig: Sig) -> Body<'w> {
        Body {
            world,
            known,
            regs: sig.params.to_vec(),
            sig,
            slots: Vec::new(),
            blocks: Vec::new(),
            at: 0,
            handler: None,
            budget: 0,
            calls: 3,
            loops: 0,
            depth: 0,
        }
    }

    pub(super) fn finish(mut self, choices: &mut Choices<'_>, id: ProcId, name: String) -> Proc {
        self.begin(choices);
        self.budget = 4 + choices.below(30);
        let guarded = !self.sig.raises;
        if guarded {
            self.try_block(choices, true);
        } else {
            self.statements(choices);
        }
        let result = self.sig.ret.map(|ty| self.value(choices, ty));
        self.end(Term::Return(result));
        self.into_proc(choices, id, &name)
    }

    /// `main`: calls every proc, then makes one number of all results and all memory.
    pub(super) fn finish_main(mut self, choices: &mut Choices<'_>, id: ProcId) -> Proc {
        self.begin(choices);
        let total = self.fresh(I64);
        self.copy(total, Operand::Int(1));
        for number in 0..self.known.len() {
            let (proc, sig) = self.known[number].clone();
            let after = self.new_block(false);
            let handler = self.new_block(true);
            let dst = sig.ret.map(|ty| self.fresh(ty));
            if let (Some(dst), Some(ty)) = (dst, sig.ret) {
                let zero = if ty.is_float() {
                    Operand::Float(0.0)
                } else {
                    Operand::Int(0)
                };
                self.copy(dst, zero);
            }
            let args = sig
                .params
                .iter()
                .map(|&ty| self.constant(choices, ty))
                .collect();
            self.push(Inst::Call {
                dst,
                callee: Callee::Proc(proc),
                args,
                unwind: Some(handler),
            });
            if let (Some(dst), Some(ty)) = (dst, sig.ret) {
                self.mix(total, dst, ty);
            }
            self.end(Term::Goto(after));
            self.start(handler);
            self.drop_pending();
            self.bin(total, BinOp::Xor, total.into(), Operand::Int(0x5555));
            self.end(Term::Goto(after));
            self.start(after);
        }
        self.empty_holder();
        self.mix_memory(total);
        self.end(Term::Return(Some(total.into())));
        self.into_proc(choices, id, "main")
    }

    fn into_proc(self, choices: &mut Choices<'_>, id: ProcId, name: &str) -> Proc {
        Proc {
            regs: self.regs,
            slots: self.slots,
            blocks: self.blocks,
            sites: vec![Place::default()],
            inline: choices.one_in(2),
            ..Proc::new(id, self.sig, name)
        }
    }

    /// Values for all registers and slots.
    fn begin(&mut self, choices: &mut Choices<'_>) {
        let first = self.new_block(false);
        self.start(first);
        for ty in ALL {
            for _ in 0..POOL {
                let reg = self.fresh(ty);
                let value = self.constant(choices, ty);
                self.copy(reg, value);
            }
        }
        for _ in 0..1 + choices.below(3) {
            let slot = SlotId(self.slots.len() as u32);
            self.slots.push(StackSlot {
                size: AREA,
                align: 8,
                addresses: false,
            });
            let dst = self.fresh(Ptr);
            self.push(Inst::SlotAddr { dst, slot });
            self.push(Inst::MemZero {
                dst: dst.into(),
                size: Operand::Int(AREA.into()),
            });
        }
    }

    fn fresh(&mut self, ty: Scalar) -> Reg {
        self.regs.push(ty);
        Reg(self.regs.len() as u32 - 1)
    }

    fn new_block(&mut self, cold: bool) -> BlockId {
        self.blocks.push(Block {
            stmts: Vec::new(),
            term: Term::Unreachable,
            cold,
        });
        BlockId(self.blocks.len() as u32 - 1)
    }

    fn start(&mut self, block: BlockId) {
        self.at = block.0 as usize;
    }

    fn end(&mut self, term: Term) {
        self.blocks[self.at].term = term;
    }

    fn push(&mut self, inst: Inst) {
        let site = Site(0);
        self.blocks[self.at].stmts.push(Stmt { inst, site });
    }

    fn copy(&mut self, dst: Reg, value: Operand) {
        self.push(Inst::Copy { dst, value });
    }

    fn bin(&mut self, dst: Reg, op: BinOp, a: Operand, b: Operand) {
        self.push(Inst::Bin { dst, op, a, b });
    }

    fn constant(&mut self, choices: &mut Choices<'_>, ty: Scalar) -> Operand {
        match ty {
            // Rounded here, so that the printed form reads back as the same value.
            F32 => Operand::Float((choices.float() as f32).into()),
            F64 => Operand::Float(choices.float()),
            _ => {
                let unused = 64 - 8 * ty.size();
                Operand::Int(choices.int() << unused >> unused)
            }
        }
    }

    /// A register of the pool.
    fn reg(&mut self, choices: &mut Choices<'_>, ty: Scalar) -> Reg {
        let index = ALL.iter().position(|&known| known == ty).unwrap_or(0) as u32;
        let first = self.sig.params.len() as u32;
        Reg(first + index * POOL + choices.below(POOL))
    }

    /// A register of the pool, a parameter, or a constant.
    fn value(&mut self, choices: &mut Choices<'_>, ty: Scalar) -> Operand {
        match choices.below(8) {
            0 => self.constant(choices, ty),
            1 | 2 => {
                let params = self.sig.params.iter();
                let param = params.clone().position(|&param| param == ty);
                match param {
                    Some(param) => Operand::Reg(Reg(param as u32)),
                    None => self.reg(choices, ty).into(),
                }
            }
            _ => self.reg(choices, ty).into(),
        }
    }

    fn statements(&mut self, choices: &mut Choices<'_>) {
        while self.budget > 0 {
            self.budget -= 1;
            self.statement(choices);
            if self.depth > 0 && choices.one_in(5) {
                break;
            }
        }
    }

    fn statement(&mut self, choices: &mut Choices<'_>) {
        match choices.below(24) {
            0..5 => self.arithmetic(choices),
            5 => self.division(choices),
            6 => self.unary(choices),
            7 | 8 => self.compare(choices),
            9 => self.cast(choices),
            10 => self.select(choices),
            11..14 => self.memory(choices),
            14 => self.area_copy(choices),
            15 => self.checked(choices),
            16 => self.check(choices),
            17 => self.node(choices),
            18 => self.hold(choices),
            19 | 20 => self.call(choices),
            _ if self.depth >= 3 => self.arithmetic(choices),
            21 => self.branch(choices),
            22 => self.switch_or_try(choices),
            _ => self.bounded_loop(choices),
        }
    }

    fn arithmetic(&mut self, choices: &mut Choices<'_>) {
        use BinOp::{AShr, Add, And, FAdd, FDiv, FMul, FSub, LShr, Mul, Or, Shl, Sub, Xor};
        let ty = choices.pick(&ALL);
        let op = match ty.is_float() {
            true => choices.pick(&[FAdd, FSub, FMul, FDiv]),
            false => choices.pick(&[Add, Sub, Mul, And, Or, Xor, Shl, LShr, AShr]),
        };
        let (a, b) = (self.value(choices, ty), self.value(choices, ty));
        let dst = self.reg(choices, ty);
        match choices.one_in(8) {
            true => self.copy(dst, a),
            false => self.bin(dst, op, a, b),
        }
    }

    /// By something from 1 to 7, so that it is defined.
    fn division(&mut self, choices: &mut Choices<'_>) {
        use BinOp::{SDiv, SRem, UDiv, URem};
        let ty = choices.pick(&INTS);
        let (a, b) = (self.value(choices, ty), self.value(choices, ty));
        let by = self.fresh(ty);
        self.bin(by, BinOp::And, b, Operand::Int(7));
        self.bin(by, BinOp::Or, by.into(), Operand::Int(1));
        let dst = self.reg(choices, ty);
        let op = choices.pick(&[SDiv, UDiv, SRem, URem]);
        self.bin(dst, op, a, by.into());
    }

    fn unary(&mut self, choices: &mut Choices<'_>) {
        use UnOp::{
            ByteSwap, FAbs, FCeil, FFloor, FNeg, FSqrt, FTrunc, LeadingZeros, Neg, Not, PopCount,
            TrailingZeros,
        };
        let ty = choices.pick(&ALL);
        let op = match ty.is_float() {
            true => choices.pick(&[FNeg, FAbs, FSqrt, FFloor, FCeil, FTrunc]),
            false => choices.pick(&[Neg, Not, PopCount, LeadingZeros, TrailingZeros, ByteSwap]),
        };
        let a = self.value(choices, ty);
        let dst = self.reg(choices, ty);
        self.push(Inst::Un { dst, op, a });
    }

    fn compare(&mut self, choices: &mut Choices<'_>) {
        let dst = self.reg(choices, I8);
        self.compare_into(choices, dst);
    }

    fn compare_into(&mut self, choices: &mut Choices<'_>, dst: Reg) {
        use CmpOp::{Eq, FEq, FLe, FLt, FNe, Ne, SLe, SLt, ULe, ULt};
        let ty = choices.pick(&ALL);
        let op = match ty.is_float() {
            true => choices.pick(&[FEq, FNe, FLt, FLe]),
            false => choices.pick(&[Eq, Ne, SLt, SLe, ULt, ULe]),
        };
        let (a, b) = (self.value(choices, ty), self.value(choices, ty));
        self.push(Inst::Cmp { dst, op, ty, a, b });
    }

    fn cast(&mut self, choices: &mut Choices<'_>) {
        let (from, to) = (choices.pick(&ALL), choices.pick(&ALL));
        let op = match (from.is_float(), to.is_float()) {
            (true, true) => CastOp::FToF,
            (true, false) => choices.pick(&[CastOp::FToS, CastOp::FToU]),
            (false, true) => choices.pick(&[CastOp::SToF, CastOp::UToF]),
            (false, false) if from == to => CastOp::Bits,
            (false, false) if from.size() > to.size() => CastOp::Trunc,
            (false, false) => choices.pick(&[CastOp::SExt, CastOp::ZExt]),
        };
        let src = self.value(choices, from);
        let dst = self.reg(choices, to);
        self.push(Inst::Cast { dst, op, from, src });
    }

    fn select(&mut self, choices: &mut Choices<'_>) {
        let ty = choices.pick(&ALL);
        let cond = self.value(choices, I8);
        let (a, b) = (self.value(choices, ty), self.value(choices, ty));
        let dst = self.reg(choices, ty);
        self.push(Inst::Select { dst, cond, a, b });
    }

    /// The address of a slot or an area. Whether it is that of a slot which is used as an object is: part by part, each of
    /// one type.
    fn area(&mut self, choices: &mut Choices<'_>) -> (Reg, bool) {
        let dst = self.fresh(Ptr);
        match choices.below(2) {
            0 => {
                let slot = SlotId(choices.below(self.slots.len() as u32));
                self.push(Inst::SlotAddr { dst, slot });
                (dst, slot.0 > 0)
            }
            _ => {
                let global = choices.pick(&self.world.areas);
                self.push(Inst::GlobalAddr { dst, global });
                (dst, false)
            }
        }
    }

    fn memory(&mut self, choices: &mut Choices<'_>) {
        let (addr, is_object) = self.area(choices);
        let mut offset = (choices.below(AREA / 8) * 8) as i32;
        let ty = match is_object {
            true => ALL[offset as usize / 8 % ALL.len()],
            false => choices.pick(&INTS),
        };
        if !is_object && choices.one_in(3) {
            let index = self.fresh(I64);
            let by = self.value(choices, I64);
            self.bin(index, BinOp::And, by, Operand::Int(i64::from(AREA) - 8));
            self.bin(addr, BinOp::Add, addr.into(), index.into());
            offset = 0;
        }
        let addr = addr.into();
        if choices.below(2) == 0 {
            let dst = self.reg(choices, ty);
            self.push(Inst::Load { dst, addr, offset });
        } else {
            let value = self.value(choices, ty);
            self.push(Inst::Store {
                ty,
                addr,
                offset,
                value,
            });
        }
    }

    fn area_copy(&mut self, choices: &mut Choices<'_>) {
        let size = Operand::Int(i64::from(choices.below(AREA / 8) * 8));
        let (dst, _) = self.area(choices);
        if choices.one_in(3) {
            return self.push(Inst::MemZero {
                dst: dst.into(),
                size,
            });
        }
        let (src, _) = self.area(choices);
        self.push(Inst::MemCopy {
            dst: dst.into(),
            src: src.into(),
            size,
        });
    }

    fn checked(&mut self, choices: &mut Choices<'_>) {
        let ty = choices.pick(&INTS);
        let op = choices.pick(&[CheckedOp::Add, CheckedOp::Sub, CheckedOp::Mul]);
        let (a, b) = (self.value(choices, ty), self.value(choices, ty));
        let dst = self.reg(choices, ty);
        self.push(Inst::Checked {
            dst,
            op,
            a,
            b,
            raise: self.world.raise,
            unwind: self.handler,
        });
    }

    fn check(&mut self, choices: &mut Choices<'_>) {
        let cond = self.reg(choices, I8);
        if choices.below(2) == 0 {
            self.compare_into(choices, cond);
        }
        let with_arg = choices.below(2) == 0;
        let args = match with_arg {
            true => [self.value(choices, I64)].into_iter().collect(),
            false => Default::default(),
        };
        self.push(Inst::Check {
            cond: cond.into(),
            raise: if with_arg {
                self.world.raise1
            } else {
                self.world.raise
            },
            args,
            unwind: self.handler,
        });
    }

    fn new_node(&mut self, choices: &mut Choices<'_>) -> Reg {
        let (desc, node) = (self.fresh(Ptr), self.fresh(Ptr));
        self.push(Inst::DescAddr {
            dst: desc,
            desc: self.world.node,
        });
        self.push(Inst::Call {
            dst: Some(node),
            callee: Callee::Runtime(RtFn::NewRef),
            args: [desc.into()].into_iter().collect(),
            unwind: self.handler,
        });
        let value = self.value(choices, I64);
        self.push(Inst::Store {
            ty: I64,
            addr: node.into(),
            offset: 0,
            value,
        });
        node
    }

    /// A node that is made and given up.
    fn node(&mut self, choices: &mut Choices<'_>) {
        let node = self.new_node(choices);
        let ptr = Operand::Reg(node);
        let unwind = self.handler;
        if choices.below(2) == 0 {
            self.push(Inst::IncRef { ptr });
            self.push(Inst::DecRef { ptr, unwind });
        }
        let dst = self.reg(choices, I64);
        self.push(Inst::Load {
            dst,
            addr: ptr,
            offset: 0,
        });
        self.push(Inst::DecRef { ptr, unwind });
    }

    /// A node that takes the place of the one held, or goes before it.
    fn hold(&mut self, choices: &mut Choices<'_>) {
        let node = self.new_node(choices);
        let (holder, old) = (self.fresh(Ptr), self.fresh(Ptr));
        self.push(Inst::GlobalAddr {
            dst: holder,
            global: self.world.holder,
        });
        self.push(Inst::Load {
            dst: old,
            addr: holder.into(),
            offset: 0,
        });
        let chained = choices.below(2) == 0;
        if chained {
            self.push(Inst::Store {
                ty: Ptr,
                addr: node.into(),
                offset: 8,
                value: old.into(),
            });
        }
        self.push(Inst::Store {
            ty: Ptr,
            addr: holder.into(),
            offset: 0,
            value: node.into(),
        });
        if !chained {
            self.push(Inst::DecRef {
                ptr: old.into(),
                unwind: self.handler,
            });
        }
    }

    /// `main` leaves nothing in the heap.
    fn empty_holder(&mut self) {
        let (holder, old) = (self.fresh(Ptr), self.fresh(Ptr));
        self.push(Inst::GlobalAddr {
            dst: holder,
            global: self.world.holder,
        });
        self.push(Inst::Load {
            dst: old,
            addr: holder.into(),
            offset: 0,
        });
        self.push(Inst::Store {
            ty: Ptr,
            addr: holder.into(),
            offset: 0,
            value: Operand::Int(0),
        });
        self.push(Inst::DecRef {
            ptr: old.into(),
            unwind: None,
        });
    }

    fn call(&mut self, choices: &mut Choices<'_>) {
        // Calls in nested loops would multiply.
        if self.known.is_empty() || self.calls == 0 || self.loops > 1 {
            return self.arithmetic(choices);
        }
        self.calls -= 1;
        let (id, sig) = self.known[choices.below(self.known.len() as u32) as usize].clone();
        let args = sig
            .params
            .iter()
            .map(|&ty| self.value(choices, ty))
            .collect();
        let dst = match sig.ret {
            Some(ty) if choices.below(4) > 0 => Some(self.reg(choices, ty)),
            _ => None,
        };
        let callee = match choices.one_in(3) {
            true => {
                let code = self.fresh(Ptr);
                self.push(Inst::ProcAddr {
                    dst: code,
                    proc: id,
                });
                Callee::Indirect(code.into(), Arc::new(sig))
            }
            false => Callee::Proc(id),
        };
        self.push(Inst::Call {
            dst,
            callee,
            args,
            unwind: self.handler,
        });
    }

    fn nested(&mut self, choices: &mut Choices<'_>, join: BlockId) {
        self.depth += 1;
        self.statements(choices);
        self.depth -= 1;
        if choices.one_in(12) {
            let result = self.sig.ret.map(|ty| self.value(choices, ty));
            return self.end(Term::Return(result));
        }
        self.end(Term::Goto(join));
    }

    fn branch(&mut self, choices: &mut Choices<'_>) {
        let (then, els) = (self.new_block(false), self.new_block(false));
        let join = self.new_block(false);
        let cond = self.value(choices, I8);
        self.end(Term::Branch { cond, then, els });
        self.start(then);
        self.nested(choices, join);
        self.start(els);
        if choices.below(2) == 0 {
            self.nested(choices, join);
        } else {
            self.end(Term::Goto(join));
        }
        self.start(join);
    }

    fn switch_or_try(&mut self, choices: &mut Choices<'_>) {
        if choices.below(2) == 0 {
            return self.try_block(choices, false);
        }
        let join = self.new_block(false);
        let ty = choices.pick(&INTS);
        let on = self.value(choices, ty);
        let first = choices.pick(&[-1, 0, 1, 126]);
        let targets: Vec<BlockId> = (0..1 + choices.below(3))
            .map(|_| self.new_block(false))
            .collect();
        self.end(Term::Switch {
            on,
            ty,
            cases: targets
                .iter()
                .enumerate()
                .map(|(i, &to)| (first + i as i64, to))
                .collect(),
            default: join,
        });
        for target in targets {
            self.start(target);
            self.nested(choices, join);
        }
        self.start(join);
    }

    /// Up or down, from any number, with the comparison at the head of the loop or at its foot.
    fn bounded_loop(&mut self, choices: &mut Choices<'_>) {
        if self.loops >= 2 {
            return self.arithmetic(choices);
        }
        let (count, more) = (self.fresh(I64), self.fresh(I8));
        let first = i64::from(choices.below(8)) - 4;
        let by = choices.pick(&[1, 1, 2, -1, -3]);
        let bound = Operand::Int(first + by * i64::from(choices.below(4)));
        let (a, b) = match by > 0 {
            true => (count.into(), bound),
            false => (bound, count.into()),
        };
        let compare = Inst::Cmp {
            dst: more,
            op: CmpOp::SLt,
            ty: I64,
            a,
            b,
        };
        let (head, body) = (self.new_block(false), self.new_block(false));
        let (foot, step) = (self.new_block(false), self.new_block(false));
        let done = self.new_block(false);
        let go_on = |then| Term::Branch {
            cond: more.into(),
            then,
            els: done,
        };
        let at_head = choices.below(2) == 0;
        self.copy(count, Operand::Int(first));
        self.end(Term::Goto(head));
        self.start(head);
        match at_head {
            true => {
                self.push(compare.clone());
                self.end(go_on(body));
            }
            false => self.end(Term::Goto(body)),
        }
        self.start(body);
        (0..choices.below(3)).for_each(|_| self.use_counter(choices, count));
        self.loops += 1;
        self.nested(choices, foot);
        self.loops -= 1;
        self.start(foot);
        match at_head {
            true => self.end(Term::Goto(step)),
            false => {
                self.push(compare);
                self.end(go_on(step));
            }
        }
        self.start(step);
        self.push(Inst::Poll {
            unwind: self.handler,
        });
        self.count_on(choices, count, by);
        self.end(Term::Goto(head));
        self.start(done);
    }

    fn count_on(&mut self, choices: &mut Choices<'_>, count: Reg, by: i64) {
        if choices.below(2) == 0 {
            return self.bin(count, BinOp::Add, count.into(), Operand::Int(by));
        }
        let next = self.fresh(I64);
        self.push(Inst::Checked {
            dst: next,
            op: CheckedOp::Add,
            a: count.into(),
            b: Operand::Int(by),
            raise: self.world.raise,
            unwind: self.handler,
        });
        self.copy(count, next.into());
    }

    /// What is done with a counter: a sum, a part of it, and a check as of an index.
    fn use_counter(&mut self, choices: &mut Choices<'_>, count: Reg) {
        use BinOp::{AShr, And, LShr, SDiv, SRem, Shl, UDiv, URem};
        let (sum, part, fits) = (self.fresh(I64), self.fresh(I64), self.fresh(I8));
        self.push(Inst::Checked {
            dst: sum,
            op: choices.pick(&[CheckedOp::Add, CheckedOp::Sub, CheckedOp::Mul]),
            a: count.into(),
            b: Operand::Int(i64::from(choices.below(8)) - 3),
            raise: self.world.raise,
            unwind: self.handler,
        });
        let op = choices.pick(&[SRem, URem, SDiv, UDiv, And, Shl, LShr, AShr]);
        let by = Operand::Int(choices.pick(&[1, 2, 3, 8]));
        self.bin(part, op, sum.into(), by);
        self.push(Inst::Cmp {
            dst: fits,
            op: choices.pick(&[CmpOp::ULt, CmpOp::ULe, CmpOp::SLt, CmpOp::SLe, CmpOp::Eq]),
            ty: I64,
            a: part.into(),
            b: Operand::Int(choices.pick(&[0, 1, 2, 7])),
        });
        if choices.one_in(4) {
            self.push(Inst::Check {
                cond: fits.into(),
                raise: self.world.raise,
                args: Default::default(),
                unwind: self.handler,
            });
        }
        let (seen, whether) = (self.reg(choices, I64), self.reg(choices, I8));
        self.bin(seen, BinOp::Xor, seen.into(), part.into());
        self.bin(whether, BinOp::Add, whether.into(), fits.into());
    }

    /// Statements whose exceptions are taken: dropped, or passed on after a cleanup.
    fn try_block(&mut self, choices: &mut Choices<'_>, whole: bool) {
        let handler = self.new_block(true);
        let join = self.new_block(false);
        let outer = self.handler.replace(handler);
        match whole {
            true => self.statements(choices),
            false => {
                self.depth += 1;
                self.statements(choices);
                self.depth -= 1;
            }
        }
        self.handler = outer;
        self.end(Term::Goto(join));
        self.start(handler);
        if whole || choices.below(3) > 0 {
            self.drop_pending();
            self.end(Term::Goto(join));
        } else {
            self.pass_on(choices);
        }
        self.start(join);
    }

    fn drop_pending(&mut self) {
        let error = self.fresh(Ptr);
        self.push(Inst::TakePending { dst: error });
        self.push(Inst::DecRef {
            ptr: error.into(),
            unwind: None,
        });
    }

    /// A cleanup, and then to the handler outside.
    fn pass_on(&mut self, choices: &mut Choices<'_>) {
        let error = self.fresh(Ptr);
        self.push(Inst::TakePending { dst: error });
        self.area_copy(choices);
        self.push(Inst::SetPending {
            value: error.into(),
        });
        match self.handler {
            Some(outer) => self.end(Term::Goto(outer)),
            None => self.end(Term::Return(None)),
        }
    }

    /// `total = total * 31 + value`
    fn mix(&mut self, total: Reg, value: Reg, ty: Scalar) {
        let wide = self.fresh(I64);
        let op = match ty {
            _ if FLOATS.contains(&ty) => CastOp::FToS,
            I64 => CastOp::Bits,
            _ => CastOp::SExt,
        };
        self.push(Inst::Cast {
            dst: wide,
            op,
            from: ty,
            src: value.into(),
        });
        self.bin(total, BinOp::Mul, total.into(), Operand::Int(31));
        self.bin(total, BinOp::Add, total.into(), wide.into());
    }

    fn mix_memory(&mut self, total: Reg) {
        let (area, word) = (self.fresh(Ptr), self.fresh(I64));
        for &global in &self.world.areas {
            self.push(Inst::GlobalAddr { dst: area, global });
            for offset in (0..AREA as i32).step_by(8) {
                self.push(Inst::Load {
                    dst: word,
                    addr: area.into(),
                    offset,
                });
                self.mix(total, word, I64);
            }
        }
    }
}
