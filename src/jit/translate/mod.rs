//! One proc from MIR to CLIF.
//!
//! In: a proc and the signatures of what it calls. Out: a Cranelift function, one MIR block being one or more of
//! Cranelift's, because an instruction that can leave early ends a basic block there. Registers become Cranelift's
//! variables, which its front end turns into SSA form while the blocks are filled (Braun et al., 2013). The failing side
//! of each check is a block of its own that is laid out after the others.

mod arith;
mod calls;
mod centry;
mod memory;

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, AbiParam, Block as IrBlock, FuncRef, GlobalValue, InstBuilder, MemFlagsData, Signature,
    SourceLoc, StackSlotData, StackSlotKind, TrapCode, Type, UserFuncName, Value, types,
};
use cranelift_codegen::isa::{CallConv, TargetIsa};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Switch, Variable};
use rustc_hash::FxHashMap;

use super::{JitError, LibFn, Options, Signatures, Symbol, isa, layout};
use crate::mir::{
    BlockId, Ids, Inst, Operand, Proc, Reg, Scalar, Sig, SlotId, StackSlot, Stmt, Term,
};

/// Code that must never run reached its end.
const UNREACHABLE: TrapCode = TrapCode::unwrap_user(1);

/// Instructions of a loop's test that is copied to the end of the body.
const LOOP_HEAD: usize = 6;

/// What a translation may look at.
pub(super) struct Surroundings<'a> {
    pub isa: &'a dyn TargetIsa,
    pub ids: &'a Ids,
    pub signatures: &'a Signatures,
    pub options: &'a Options,
}

/// Fills `func`, which is empty, with the code of `proc`. Its first stack slots are those of the proc, in order; behind them comes one
/// in which its [homes](Proc::homes) have a word each, in the order that is given back.
pub(super) fn translate(
    proc: &Proc,
    around: &Surroundings<'_>,
    func: &mut ir::Function,
    scratch: &mut FunctionBuilderContext,
) -> Result<Vec<Reg>, JitError> {
    let call_conv = isa::convention(around.isa);
    func.name = UserFuncName::User(Symbol::Code(proc.id).to_name());
    func.signature = guest_signature(&proc.sig, call_conv);
    let homes = proc.homes();
    let mut translator = Translator::new(proc, around, FunctionBuilder::new(func, scratch));
    translator.run(&homes)?;
    translator.b.seal_all_blocks();
    translator.b.finalize(around.isa.frontend_config());
    Ok(homes)
}

/// Fills `func` with the entry by which C calls a guest proc of this signature: it finds the context of the thread,
/// or gives C a zero at once when there is none or an exception is pending.
pub(super) fn translate_c_entry(
    proc: &Proc,
    around: &Surroundings<'_>,
    func: &mut ir::Function,
    scratch: &mut FunctionBuilderContext,
) {
    centry::c_entry(proc, around, func, scratch);
}

/// Cranelift's type for a scalar. Addresses are integers.
fn ir_type(scalar: Scalar) -> Type {
    match scalar {
        Scalar::I8 => types::I8,
        Scalar::I16 => types::I16,
        Scalar::I32 => types::I32,
        Scalar::I64 | Scalar::Ptr => types::I64,
        Scalar::F32 => types::F32,
        Scalar::F64 => types::F64,
    }
}

/// The signature of a guest proc: the context comes first.
fn guest_signature(sig: &Sig, call_conv: CallConv) -> Signature {
    let mut signature = c_signature(sig, call_conv);
    signature.params.insert(0, AbiParam::new(types::I64));
    signature
}

/// The same without the context. Narrow integers are zero-extended where the platform cares.
fn c_signature(sig: &Sig, call_conv: CallConv) -> Signature {
    let param = |&scalar: &Scalar| {
        let param = AbiParam::new(ir_type(scalar));
        match scalar {
            Scalar::I8 | Scalar::I16 => param.uext(),
            _ => param,
        }
    };
    let mut signature = Signature::new(call_conv);
    signature.params.extend(sig.params.iter().map(param));
    signature.returns.extend(sig.ret.iter().map(param));
    signature
}

/// Memory that was checked to be there. Nothing is known of its alignment: fields of packed objects have none.
fn memory() -> MemFlagsData {
    MemFlagsData::new().with_notrap()
}

/// Memory of the context, which is aligned.
fn context() -> MemFlagsData {
    MemFlagsData::trusted()
}

struct Translator<'a, 'f> {
    b: FunctionBuilder<'f>,
    proc: &'a Proc,
    around: &'a Surroundings<'a>,
    call_conv: CallConv,
    ctx: Value,
    vars: Vec<Variable>,
    blocks: Vec<IrBlock>,
    slots: Vec<ir::StackSlot>,
    /// Where registers are kept so that a reload finds them.
    homes: FxHashMap<Reg, (ir::StackSlot, i32)>,
    /// Returns with an exception pending; made when first wanted.
    leave: Option<IrBlock>,
    functions: FxHashMap<Symbol, FuncRef>,
    addresses: FxHashMap<Symbol, GlobalValue>,
}

impl<'a, 'f> Translator<'a, 'f> {
    fn new(proc: &'a Proc, around: &'a Surroundings<'a>, b: FunctionBuilder<'f>) -> Self {
        Translator {
            b,
            proc,
            around,
            call_conv: isa::convention(around.isa),
            ctx: Value::from_u32(0),
            vars: Vec::new(),
            blocks: Vec::new(),
            slots: Vec::new(),
            homes: FxHashMap::default(),
            leave: None,
            functions: FxHashMap::default(),
            addresses: FxHashMap::default(),
        }
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, JitError> {
        Err(JitError::new(&self.proc.name, message))
    }

    fn run(&mut self, homes: &[Reg]) -> Result<(), JitError> {
        let proc = self.proc;
        self.vars = proc
            .regs
            .iter()
            .map(|&scalar| self.b.declare_var(ir_type(scalar)))
            .collect();
        self.blocks = proc.blocks.iter().map(|_| self.b.create_block()).collect();
        self.slots = proc
            .slots
            .iter()
            .map(|&slot| self.stack_slot(slot))
            .collect();
        self.make_homes(homes);
        let Some(&entry) = self.blocks.first() else {
            return self.fail("it has no blocks");
        };
        // Cranelift keeps differences to the first location it is given, and -1 means none: start from the lowest.
        self.b.func.params.ensure_base_srcloc(SourceLoc::new(0));
        self.prologue(entry);
        for (index, block) in proc.blocks.iter().enumerate() {
            let ir_block = self.blocks[index];
            if index != 0 {
                self.b.switch_to_block(ir_block);
            }
            if block.cold {
                self.b.set_cold_block(ir_block);
            }
            for stmt in &block.stmts {
                self.b.set_srcloc(SourceLoc::new(stmt.site.0));
                self.inst(&stmt.inst)?;
            }
            self.term(BlockId(index as u32), &block.term)?;
        }
        self.leave_block();
        Ok(())
    }

    fn make_homes(&mut self, homes: &[Reg]) {
        if homes.is_empty() {
            return;
        }
        let slot = self.stack_slot(StackSlot {
            size: 8 * homes.len() as u32,
            align: 8,
            addresses: true,
        });
        let places = homes.iter().zip((0..).step_by(8));
        self.homes = places.map(|(&reg, at)| (reg, (slot, at))).collect();
    }

    fn stack_slot(&mut self, slot: StackSlot) -> ir::StackSlot {
        let align_shift = slot.align.max(1).trailing_zeros() as u8;
        self.b.create_sized_stack_slot(StackSlotData::new(
            StackSlotKind::ExplicitSlot,
            slot.size,
            align_shift,
        ))
    }

    /// Takes the parameters and looks whether there is stack left.
    fn prologue(&mut self, entry: IrBlock) {
        self.b.switch_to_block(entry);
        self.b.append_block_params_for_function_params(entry);
        let params: Vec<Value> = self.b.block_params(entry).to_vec();
        self.ctx = params[0];
        for (reg, &value) in (0..).map(Reg).zip(&params[1..]) {
            self.set(reg, value);
        }
        if self.needs_stack_check() {
            let limit = self
                .b
                .ins()
                .load(types::I64, context(), self.ctx, layout::STACK_LIMIT);
            let sp = self.b.ins().get_stack_pointer(types::I64);
            let short = self.b.ins().icmp(IntCC::UnsignedLessThan, sp, limit);
            let cold = self.cold_side(short);
            self.in_cold(cold, |this| {
                this.call_helper(LibFn::StackOverflow);
                let leave = this.leave_target();
                this.b.ins().jump(leave, &[]);
            });
        }
    }

    /// A proc that calls others (or has a large frame) and can say so when the stack is used up.
    fn needs_stack_check(&self) -> bool {
        let large = self
            .proc
            .slots
            .iter()
            .map(|slot| u64::from(slot.size))
            .sum::<u64>()
            > 4096;
        let calls = || {
            let stmts = self.proc.blocks.iter().flat_map(|block| &block.stmts);
            stmts
                .into_iter()
                .any(|stmt| matches!(stmt.inst, Inst::Call { .. } | Inst::DecRef { .. }))
        };
        self.proc.sig.raises && (large || calls())
    }

    fn inst(&mut self, inst: &Inst) -> Result<(), JitError> {
        match inst {
            Inst::Copy { dst, value } => {
                let value = self.operand(value, self.reg_type(*dst))?;
                self.set(*dst, value);
            }
            Inst::Bin { dst, op, a, b } => self.bin(*dst, *op, a, b)?,
            Inst::Checked {
                dst,
                op,
                a,
                b,
                raise,
                unwind,
            } => {
                self.checked(*dst, *op, a, b, *raise, *unwind)?;
            }
            Inst::Un { dst, op, a } => self.un(*dst, *op, a)?,
            Inst::Cmp { dst, op, ty, a, b } => self.cmp(*dst, *op, *ty, a, b)?,
            Inst::Cast { dst, op, from, src } => self.cast(*dst, *op, *from, src)?,
            Inst::Select { dst, cond, a, b } => self.select(*dst, cond, a, b)?,
            Inst::Load { dst, addr, offset } => self.load(*dst, addr, *offset)?,
            Inst::Store {
                ty,
                addr,
                offset,
                value,
            } => self.store(*ty, addr, *offset, value)?,
            Inst::SlotAddr { dst, slot } => self.slot_addr(*dst, *slot)?,
            Inst::GlobalAddr { dst, global } => self.global_addr(*dst, *global),
            Inst::DataAddr { dst, data } => self.symbol_addr(*dst, Symbol::Data(*data)),
            Inst::DescAddr { dst, desc } => self.symbol_addr(*dst, Symbol::Desc(*desc)),
            Inst::ProcAddr { dst, proc } => self.symbol_addr(*dst, Symbol::Stub(*proc)),
            Inst::MemCopy { dst, src, size } => self.mem_copy(dst, src, size)?,
            Inst::MemZero { dst, size } => self.mem_zero(dst, size)?,
            Inst::IncRef { ptr } => self.inc_ref(ptr)?,
            Inst::DecRef { ptr, unwind } => self.dec_ref(ptr, *unwind)?,
            Inst::Call {
                dst,
                callee,
                args,
                unwind,
            } => self.call(*dst, callee, args, *unwind)?,
            Inst::Check {
                cond,
                raise,
                args,
                unwind,
            } => self.check(cond, *raise, args, *unwind)?,
            Inst::TakePending { dst } => {
                let value = self
                    .b
                    .ins()
                    .load(types::I64, context(), self.ctx, layout::PENDING);
                let nil = self.b.ins().iconst(types::I64, 0);
                self.b
                    .ins()
                    .store(context(), nil, self.ctx, layout::PENDING);
                self.set(*dst, value);
            }
            Inst::SetPending { value } => {
                let value = self.operand(value, Scalar::Ptr)?;
                self.b
                    .ins()
                    .store(context(), value, self.ctx, layout::PENDING);
            }
            Inst::Poll { unwind } => self.poll(*unwind),
        }
        Ok(())
    }

    /// Is this jump one back to a loop's test, which is short enough to be there twice?
    fn is_loop_head(&self, from: BlockId, to: BlockId) -> bool {
        let plain = |stmt: &Stmt| {
            matches!(
                stmt.inst,
                Inst::Copy { .. }
                    | Inst::Bin { .. }
                    | Inst::Un { .. }
                    | Inst::Cmp { .. }
                    | Inst::Cast { .. }
                    | Inst::Load { .. }
                    | Inst::SlotAddr { .. }
                    | Inst::GlobalAddr { .. }
            )
        };
        let head = self.proc.blocks.get(to.0 as usize);
        to <= from
            && head.is_some_and(|head| {
                matches!(head.term, Term::Branch { .. })
                    && head.stmts.len() <= LOOP_HEAD
                    && head.stmts.iter().all(plain)
            })
    }

    fn term(&mut self, from: BlockId, term: &Term) -> Result<(), JitError> {
        match term {
            Term::Goto(to) if self.is_loop_head(from, *to) => {
                // The test at the end of the body, too: an iteration then takes one jump less (loop inversion).
                let head = &self.proc.blocks[to.0 as usize];
                for stmt in &head.stmts {
                    self.b.set_srcloc(SourceLoc::new(stmt.site.0));
                    self.inst(&stmt.inst)?;
                }
                self.term(*to, &head.term)?;
            }
            Term::Goto(to) => {
                let to = self.block(*to)?;
                self.b.ins().jump(to, &[]);
            }
            Term::Branch { cond, then, els } => {
                let cond = self.operand(cond, Scalar::I8)?;
                let (then, els) = (self.block(*then)?, self.block(*els)?);
                self.b.ins().brif(cond, then, &[], els, &[]);
            }
            Term::Switch {
                on,
                ty,
                cases,
                default,
            } => {
                let on = self.operand(on, *ty)?;
                let mut switch = Switch::new();
                for (value, to) in cases {
                    let index = u128::from(arith::truncated(*value, *ty) as u64);
                    if switch.entries().contains_key(&index) {
                        return self.fail(format!("two cases for {value}"));
                    }
                    switch.set_entry(index, self.block(*to)?);
                }
                let default = self.block(*default)?;
                switch.emit(&mut self.b, on, default);
            }
            Term::Return(value) => {
                let value = match (value, self.proc.sig.ret) {
                    (Some(value), Some(scalar)) => Some(self.operand(value, scalar)?),
                    (None, Some(scalar)) => Some(self.zero(scalar)),
                    (_, None) => None,
                };
                self.b.ins().return_(value.as_slice());
            }
            Term::Unreachable => {
                self.b.ins().trap(UNREACHABLE);
            }
        }
        Ok(())
    }

    /// Emits the block that returns with an exception pending, if anything goes there.
    fn leave_block(&mut self) {
        let Some(leave) = self.leave else { return };
        self.b.switch_to_block(leave);
        self.b.set_srcloc(SourceLoc::default());
        let value = self.proc.sig.ret.map(|scalar| self.zero(scalar));
        self.b.ins().return_(value.as_slice());
    }

    fn leave_target(&mut self) -> IrBlock {
        if let Some(block) = self.leave {
            return block;
        }
        let block = self.b.create_block();
        self.b.set_cold_block(block);
        self.leave = Some(block);
        block
    }

    /// Where control goes with an exception pending.
    fn unwind_target(&mut self, unwind: Option<BlockId>) -> IrBlock {
        match unwind.and_then(|block| self.blocks.get(block.0 as usize).copied()) {
            Some(block) => block,
            None => self.leave_target(),
        }
    }

    /// Branches to a new cold block when `condition` holds, and goes on in another new block otherwise.
    fn cold_side(&mut self, condition: Value) -> IrBlock {
        let (cold, next) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(cold);
        self.b.ins().brif(condition, cold, &[], next, &[]);
        self.b.seal_block(cold);
        self.b.seal_block(next);
        self.b.switch_to_block(next);
        cold
    }

    /// Fills a cold block, and comes back to where the code goes on.
    fn in_cold(&mut self, cold: IrBlock, fill: impl FnOnce(&mut Self)) {
        let here = self.b.current_block();
        self.b.switch_to_block(cold);
        fill(self);
        if let Some(here) = here {
            self.b.switch_to_block(here);
        }
    }

    /// Leaves for the unwind block when an exception is pending.
    fn check_pending(&mut self, unwind: Option<BlockId>) {
        let target = self.unwind_target(unwind);
        let pending = self
            .b
            .ins()
            .load(types::I64, context(), self.ctx, layout::PENDING);
        let next = self.b.create_block();
        self.b.ins().brif(pending, target, &[], next, &[]);
        self.b.seal_block(next);
        self.b.switch_to_block(next);
    }

    fn block(&self, block: BlockId) -> Result<IrBlock, JitError> {
        match self.blocks.get(block.0 as usize) {
            Some(&block) => Ok(block),
            None => self.fail(format!("block {} does not exist", block.0)),
        }
    }

    fn slot(&self, slot: SlotId) -> Result<ir::StackSlot, JitError> {
        match self.slots.get(slot.0 as usize) {
            Some(&slot) => Ok(slot),
            None => self.fail(format!("stack slot {} does not exist", slot.0)),
        }
    }

    fn reg_type(&self, reg: Reg) -> Scalar {
        self.proc.regs[reg.0 as usize]
    }

    fn set(&mut self, reg: Reg, value: Value) {
        self.b.def_var(self.vars[reg.0 as usize], value);
        if let Some(&(slot, at)) = self.homes.get(&reg) {
            self.b.ins().stack_store(types::I64, value, slot, at);
        }
    }

    fn zero(&mut self, scalar: Scalar) -> Value {
        match scalar {
            Scalar::F32 => self.b.ins().f32const(0.0),
            Scalar::F64 => self.b.ins().f64const(0.0),
            _ => self.b.ins().iconst(ir_type(scalar), 0),
        }
    }

    /// The value of an operand that is wanted as `scalar`.
    fn operand(&mut self, operand: &Operand, scalar: Scalar) -> Result<Value, JitError> {
        match *operand {
            Operand::Reg(reg) => {
                let have = self.reg_type(reg);
                if ir_type(have) != ir_type(scalar) {
                    return self.fail(format!("register {} is {have:?}, not {scalar:?}", reg.0));
                }
                Ok(self.b.use_var(self.vars[reg.0 as usize]))
            }
            Operand::Int(value) if !scalar.is_float() => {
                let value = arith::truncated(value, scalar);
                Ok(self.b.ins().iconst(ir_type(scalar), value))
            }
            Operand::Float(value) if scalar == Scalar::F64 => Ok(self.b.ins().f64const(value)),
            Operand::Float(value) if scalar == Scalar::F32 => {
                Ok(self.b.ins().f32const(value as f32))
            }
            _ => self.fail(format!("constant {operand:?} where {scalar:?} is wanted")),
        }
    }
}
