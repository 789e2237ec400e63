//! Building blocks of a proc: registers, slots, blocks, and instructions at the current place.
//!
//! After a terminator nothing is emitted until a block is entered, so code that cannot be reached costs nothing; blocks
//! that nothing reaches are dropped at the end.

use smallvec::SmallVec;

use crate::mir::{
    BinOp, Block, BlockId, Callee, CastOp, CmpOp, DataId, GlobalId, Inst, Operand, Reg, Scalar,
    Site, SlotId, StackSlot, Stmt, Term, UnOp,
};
use crate::source::Place;

/// An address: something that can be named again at any time, and an offset.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Addr {
    pub(super) base: Base,
    pub(super) offset: i64,
}

/// What an address counts from.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Base {
    Slot(SlotId),
    Global(GlobalId),
    Data(DataId),
    Op(Operand),
}

impl Addr {
    pub(super) fn slot(slot: SlotId) -> Addr {
        Addr {
            base: Base::Slot(slot),
            offset: 0,
        }
    }
    pub(super) fn op(op: impl Into<Operand>) -> Addr {
        Addr {
            base: Base::Op(op.into()),
            offset: 0,
        }
    }
    pub(super) fn plus(self, offset: u64) -> Addr {
        Addr {
            base: self.base,
            offset: self.offset + offset as i64,
        }
    }
}

/// A proc under construction.
pub(super) struct Builder {
    pub(super) regs: Vec<Scalar>,
    pub(super) slots: Vec<StackSlot>,
    pub(super) blocks: Vec<Block>,
    current: BlockId,
    dead: bool,
    sites: Vec<Place>,
    site: Site,
}

impl Builder {
    pub(super) fn new(params: &[Scalar], place: Place) -> Builder {
        let mut builder = Builder {
            regs: params.to_vec(),
            slots: Vec::new(),
            blocks: Vec::new(),
            current: BlockId(0),
            dead: false,
            sites: vec![place],
            site: Site(0),
        };
        builder.block();
        builder
    }

    /// What follows comes from `place`.
    pub(super) fn at(&mut self, place: Place) {
        if self.sites[self.site.0 as usize] == place {
            return;
        }
        let recent = self.sites.len().saturating_sub(8);
        let known = self.sites[recent..].iter().position(|&p| p == place);
        self.site = match known {
            Some(i) => Site((recent + i) as u32),
            None => {
                self.sites.push(place);
                Site(self.sites.len() as u32 - 1)
            }
        };
    }

    pub(super) fn place(&self) -> Place {
        self.sites[self.site.0 as usize]
    }

    pub(super) fn reg(&mut self, ty: Scalar) -> Reg {
        self.regs.push(ty);
        Reg(self.regs.len() as u32 - 1)
    }

    pub(super) fn slot(&mut self, size: u64, align: u32) -> SlotId {
        self.slots.push(StackSlot {
            size: u32::try_from(size.max(1)).unwrap_or(u32::MAX),
            align: align.clamp(1, 16),
            addresses: false,
        });
        SlotId(self.slots.len() as u32 - 1)
    }

    /// A new block, not entered.
    pub(super) fn block(&mut self) -> BlockId {
        self.blocks.push(Block {
            stmts: Vec::new(),
            term: Term::Unreachable,
            cold: false,
        });
        BlockId(self.blocks.len() as u32 - 1)
    }

    pub(super) fn cold(&mut self, block: BlockId) {
        self.blocks[block.0 as usize].cold = true;
    }

    /// Goes on in `block`.
    pub(super) fn enter(&mut self, block: BlockId) {
        self.current = block;
        self.dead = false;
    }

    /// The block that code goes to now.
    pub(super) fn current(&self) -> BlockId {
        self.current
    }

    /// Can control come here?
    pub(super) fn alive(&self) -> bool {
        !self.dead
    }

    /// Where code goes now; to come back with [`Builder::resume`].
    pub(super) fn pause(&self) -> (BlockId, bool, Site) {
        (self.current, self.dead, self.site)
    }

    pub(super) fn resume(&mut self, (block, dead, site): (BlockId, bool, Site)) {
        self.current = block;
        self.dead = dead;
        self.site = site;
    }

    pub(super) fn emit(&mut self, inst: Inst) {
        if !self.dead {
            let site = self.site;
            self.blocks[self.current.0 as usize]
                .stmts
                .push(Stmt { inst, site });
        }
    }

    /// Gives up a reference.
    pub(super) fn dec_ref(&mut self, ptr: impl Into<Operand>, unwind: Option<BlockId>) {
        let ptr = ptr.into();
        self.emit(Inst::DecRef { ptr, unwind });
    }

    /// Does something whose exceptions nobody is to see.
    pub(super) fn quietly(&mut self, act: impl FnOnce(&mut Self, Option<BlockId>)) {
        let (failed, done) = (self.block(), self.block());
        act(self, Some(failed));
        self.goto(done);
        self.enter(failed);
        self.cold(failed);
        self.drop_pending();
        self.goto(done);
        self.enter(done);
    }

    /// Forgets the exception that is raised, and what giving it up raises.
    pub(super) fn drop_pending(&mut self) {
        let error = self.reg(Scalar::Ptr);
        let (failed, done) = (self.block(), self.block());
        self.emit(Inst::TakePending { dst: error });
        self.dec_ref(error, Some(failed));
        self.goto(done);
        self.enter(failed);
        self.cold(failed);
        let nothing = Operand::Int(0);
        self.emit(Inst::SetPending { value: nothing });
        self.goto(done);
        self.enter(done);
    }

    pub(super) fn end(&mut self, term: Term) {
        if !self.dead {
            self.blocks[self.current.0 as usize].term = term;
            self.dead = true;
        }
    }

    pub(super) fn goto(&mut self, block: BlockId) {
        self.end(Term::Goto(block));
    }

    pub(super) fn branch(&mut self, cond: Operand, then: BlockId, els: BlockId) {
        match cond {
            Operand::Int(value) => self.goto(if value & 0xff != 0 { then } else { els }),
            _ => self.end(Term::Branch { cond, then, els }),
        }
    }

    pub(super) fn copy(&mut self, dst: Reg, value: impl Into<Operand>) {
        let value = value.into();
        if value != Operand::Reg(dst) {
            self.emit(Inst::Copy { dst, value });
        }
    }

    /// The operand in a register of its own, so that later assignments do not change it.
    pub(super) fn keep(&mut self, ty: Scalar, value: Operand) -> Operand {
        let dst = self.reg(ty);
        self.copy(dst, value);
        dst.into()
    }

    pub(super) fn bin(&mut self, ty: Scalar, op: BinOp, a: Operand, b: Operand) -> Operand {
        match (op, a, b) {
            (BinOp::Add | BinOp::Sub | BinOp::Or | BinOp::Xor, a, Operand::Int(0)) => return a,
            (BinOp::Add, Operand::Int(0), b) => return b,
            (BinOp::Mul, a, Operand::Int(1)) => return a,
            (BinOp::Add, Operand::Int(a), Operand::Int(b)) if ty.size() == 8 => {
                return Operand::Int(a.wrapping_add(b));
            }
            (BinOp::Sub, Operand::Int(a), Operand::Int(b)) if ty.size() == 8 => {
                return Operand::Int(a.wrapping_sub(b));
            }
            (BinOp::Mul, Operand::Int(a), Operand::Int(b)) if ty.size() == 8 => {
                return Operand::Int(a.wrapping_mul(b));
            }
            _ => {}
        }
        let dst = self.reg(ty);
        self.emit(Inst::Bin { dst, op, a, b });
        dst.into()
    }

    pub(super) fn add(&mut self, a: Operand, b: Operand) -> Operand {
        self.bin(Scalar::I64, BinOp::Add, a, b)
    }

    /// An address plus a number of bytes.
    pub(super) fn offset(&mut self, a: Operand, b: Operand) -> Operand {
        if b == Operand::Int(0) {
            return a;
        }
        self.bin(Scalar::Ptr, BinOp::Add, a, b)
    }

    pub(super) fn un(&mut self, ty: Scalar, op: UnOp, a: Operand) -> Operand {
        let dst = self.reg(ty);
        self.emit(Inst::Un { dst, op, a });
        dst.into()
    }

    pub(super) fn cmp(&mut self, op: CmpOp, ty: Scalar, a: Operand, b: Operand) -> Operand {
        let dst = self.reg(Scalar::I8);
        self.emit(Inst::Cmp { dst, op, ty, a, b });
        dst.into()
    }

    pub(super) fn cast(&mut self, op: CastOp, from: Scalar, to: Scalar, src: Operand) -> Operand {
        let dst = self.reg(to);
        self.emit(Inst::Cast { dst, op, from, src });
        dst.into()
    }

    /// Widens, narrows or keeps an integer or address.
    pub(super) fn resize(
        &mut self,
        from: Scalar,
        signed: bool,
        to: Scalar,
        src: Operand,
    ) -> Operand {
        if from == to {
            return src;
        }
        if let Operand::Int(value) = src {
            return Operand::Int(extend(value, from, signed));
        }
        let op = match from.size().cmp(&to.size()) {
            std::cmp::Ordering::Less if signed => CastOp::SExt,
            std::cmp::Ordering::Less => CastOp::ZExt,
            std::cmp::Ordering::Equal => CastOp::Bits,
            std::cmp::Ordering::Greater => CastOp::Trunc,
        };
        self.cast(op, from, to, src)
    }

    pub(super) fn load(&mut self, ty: Scalar, addr: Addr) -> Operand {
        let dst = self.reg(ty);
        self.load_to(dst, addr);
        dst.into()
    }

    pub(super) fn load_to(&mut self, dst: Reg, addr: Addr) {
        let (addr, offset) = self.split(addr);
        self.emit(Inst::Load { dst, addr, offset });
    }

    pub(super) fn store(&mut self, ty: Scalar, addr: Addr, value: Operand) {
        let (addr, offset) = self.split(addr);
        self.emit(Inst::Store {
            ty,
            addr,
            offset,
            value,
        });
    }

    fn split(&mut self, addr: Addr) -> (Operand, i32) {
        match i32::try_from(addr.offset) {
            Ok(offset) => (self.base(addr.base), offset),
            Err(_) => (self.address(addr), 0),
        }
    }

    fn base(&mut self, base: Base) -> Operand {
        if let Base::Op(op) = base {
            return op;
        }
        let dst = self.reg(Scalar::Ptr);
        self.emit(match base {
            Base::Slot(slot) => Inst::SlotAddr { dst, slot },
            Base::Global(global) => Inst::GlobalAddr { dst, global },
            Base::Data(data) => Inst::DataAddr { dst, data },
            Base::Op(value) => Inst::Copy { dst, value },
        });
        dst.into()
    }

    /// The address as one operand.
    pub(super) fn address(&mut self, addr: Addr) -> Operand {
        let base = self.base(addr.base);
        self.offset(base, Operand::Int(addr.offset))
    }

    /// The address with its base evaluated once.
    pub(super) fn settle(&mut self, addr: Addr) -> Addr {
        match addr.base {
            Base::Op(Operand::Reg(_)) | Base::Slot(_) => addr,
            _ => Addr {
                base: Base::Op(self.base(addr.base)),
                offset: addr.offset,
            },
        }
    }

    pub(super) fn mem_copy(&mut self, dst: Addr, src: Addr, size: u64) {
        if size == 0 || dst == src {
            return;
        }
        if let Some(ty) = word(size) {
            let value = self.load(ty, src);
            self.store(ty, dst, value);
            return;
        }
        let (dst, src) = (self.address(dst), self.address(src));
        self.emit(Inst::MemCopy {
            dst,
            src,
            size: Operand::Int(size as i64),
        });
    }

    pub(super) fn mem_zero(&mut self, dst: Addr, size: u64) {
        if size == 0 {
            return;
        }
        if let Some(ty) = word(size) {
            return self.store(ty, dst, Operand::Int(0));
        }
        if size == 16 {
            self.store(Scalar::I64, dst, Operand::Int(0));
            return self.store(Scalar::I64, dst.plus(8), Operand::Int(0));
        }
        let dst = self.address(dst);
        self.emit(Inst::MemZero {
            dst,
            size: Operand::Int(size as i64),
        });
    }

    pub(super) fn call(
        &mut self,
        ret: Option<Scalar>,
        callee: Callee,
        args: SmallVec<[Operand; 4]>,
        unwind: Option<BlockId>,
    ) -> Operand {
        let dst = ret.map(|ty| self.reg(ty));
        self.emit(Inst::Call {
            dst,
            callee,
            args,
            unwind,
        });
        dst.map_or(Operand::Int(0), Operand::Reg)
    }

    /// Blocks without those that nothing reaches, and the sites.
    pub(super) fn finish(mut self) -> (Vec<Scalar>, Vec<StackSlot>, Vec<Block>, Vec<Place>) {
        let mut reached = vec![false; self.blocks.len()];
        let mut todo = vec![BlockId(0)];
        while let Some(block) = todo.pop() {
            if std::mem::replace(&mut reached[block.0 as usize], true) {
                continue;
            }
            for_targets(&mut self.blocks[block.0 as usize], |target| {
                todo.push(*target)
            });
        }
        let mut number = 0;
        let numbers: Vec<BlockId> = reached
            .iter()
            .map(|&there| {
                number += u32::from(there);
                BlockId(number.saturating_sub(1))
            })
            .collect();
        let mut blocks: Vec<Block> = std::mem::take(&mut self.blocks)
            .into_iter()
            .zip(&reached)
            .filter_map(|(block, &there)| there.then_some(block))
            .collect();
        for block in &mut blocks {
            for_targets(block, |target| *target = numbers[target.0 as usize]);
        }
        (self.regs, self.slots, blocks, self.sites)
    }
}

/// The register type that carries `size` bytes at once.
fn word(size: u64) -> Option<Scalar> {
    Some(match size {
        1 => Scalar::I8,
        2 => Scalar::I16,
        4 => Scalar::I32,
        8 => Scalar::I64,
        _ => return None,
    })
}

/// The value of an integer constant of type `from`.
pub(super) fn extend(value: i64, from: Scalar, signed: bool) -> i64 {
    match (from.size(), signed) {
        (1, true) => i64::from(value as i8),
        (1, false) => i64::from(value as u8),
        (2, true) => i64::from(value as i16),
        (2, false) => i64::from(value as u16),
        (4, true) => i64::from(value as i32),
        (4, false) => i64::from(value as u32),
        _ => value,
    }
}

fn for_targets(block: &mut Block, mut visit: impl FnMut(&mut BlockId)) {
    for stmt in &mut block.stmts {
        match &mut stmt.inst {
            Inst::Checked { unwind, .. }
            | Inst::DecRef { unwind, .. }
            | Inst::Call { unwind, .. }
            | Inst::Check { unwind, .. }
            | Inst::Poll { unwind } => {
                if let Some(target) = unwind {
                    visit(target);
                }
            }
            _ => {}
        }
    }
    match &mut block.term {
        Term::Goto(target) => visit(target),
        Term::Branch { then, els, .. } => {
            visit(then);
            visit(els);
        }
        Term::Switch { cases, default, .. } => {
            for (_, target) in cases {
                visit(target);
            }
            visit(default);
        }
        Term::Return(_) | Term::Unreachable => {}
    }
}
