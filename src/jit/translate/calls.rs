//! Calls, checks and polls, and the entry that C calls.

use cranelift_codegen::ir::{
    self, AbiParam, ArgumentPurpose, ExtFuncData, ExternalName, FuncRef, GlobalValue,
    GlobalValueData, InstBuilder, Signature, Value, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::FunctionBuilder;

use super::{IrBlock, Translator, c_signature, context, guest_signature, ir_type, memory};
use crate::jit::layout;
use crate::jit::{JitError, LibFn, Symbol};
use crate::mir::{
    Aggregates, BlockId, ByValue, Callee, ExternId, Operand, ProcId, Reg, RtFn, Scalar, Sig,
};

impl Translator<'_, '_> {
    pub(super) fn call(
        &mut self,
        dst: Option<Reg>,
        callee: &Callee,
        args: &[Operand],
        unwind: Option<BlockId>,
    ) -> Result<(), JitError> {
        let (result, raises) = match callee {
            Callee::Proc(proc) => self.call_proc(*proc, args)?,
            Callee::Indirect(address, sig) => {
                let address = self.operand(address, Scalar::Ptr)?;
                let values = self.args(sig, args, true)?;
                let signature = guest_signature(sig, self.call_conv);
                let signature = self.b.import_signature(signature);
                let call = self.b.ins().call_indirect(signature, address, &values);
                (self.result(call), sig.raises)
            }
            Callee::IndirectC(address, c) => {
                let address = self.operand(address, Scalar::Ptr)?;
                let values = self.args(&c.sig, args, false)?;
                let call = self.spread(&c.aggregates, &c.sig, values);
                let signature = self.b.import_signature(call.signature);
                self.note_exit();
                let inst = self.b.ins().call_indirect(signature, address, &call.values);
                let result = self.c_result(inst, call.out);
                self.after_c(unwind);
                (result, false)
            }
            Callee::Extern(function) => (self.call_extern(*function, args, unwind)?, false),
            Callee::Runtime(function) => self.call_runtime(*function, args)?,
        };
        if raises {
            self.check_pending(unwind);
        }
        match (dst, result) {
            (Some(dst), Some(value)) => {
                self.set(dst, value);
                Ok(())
            }
            (Some(_), None) => self.fail("a call without result gives one"),
            (None, _) => Ok(()),
        }
    }

    fn call_proc(
        &mut self,
        proc: ProcId,
        args: &[Operand],
    ) -> Result<(Option<Value>, bool), JitError> {
        let Some(sig) = self.around.signatures.get(proc) else {
            let name = crate::jit::proc_name(self.around.ids, proc);
            return self.fail(format!("it calls `{name}`, which no module has"));
        };
        let values = self.args(sig, args, true)?;
        let symbol = self.proc_symbol(proc);
        let function = self.function(symbol, |call_conv| guest_signature(sig, call_conv));
        let call = self.b.ins().call(function, &values);
        Ok((self.result(call), sig.raises))
    }

    fn call_extern(
        &mut self,
        function: ExternId,
        args: &[Operand],
        unwind: Option<BlockId>,
    ) -> Result<Option<Value>, JitError> {
        let external = self.around.ids.extern_of(function);
        let symbol = Symbol::Extern(function);
        let mut sig = external.sig.clone();
        if external.varargs.is_some() {
            // Each call has its own signature: the named parameters and whatever follows.
            for arg in args.iter().skip(sig.params.len()) {
                sig.params.push(self.vararg_type(arg));
            }
        }
        let values = self.args(&sig, args, false)?;
        let mut call = self.spread(&external.aggregates, &sig, values);
        if external.host_module().is_some() {
            let data = self.symbol_value(Symbol::HostData(function));
            call.values.splice(0..0, [self.ctx, data]);
            let words = [AbiParam::new(types::I64); 2];
            call.signature.params.splice(0..0, words);
        }
        self.note_exit();
        let callee = declare(&mut self.b, symbol, call.signature);
        let inst = self.b.ins().call(callee, &call.values);
        let result = self.c_result(inst, call.out);
        self.after_c(unwind);
        Ok(result)
    }

    /// What a call of C gives: an object in registers goes to `out`.
    fn c_result(&mut self, call: ir::Inst, out: Option<Value>) -> Option<Value> {
        let Some(out) = out else {
            return self.result(call);
        };
        let pieces = self.b.inst_results(call).to_vec();
        for (i, piece) in pieces.into_iter().enumerate() {
            self.b.ins().store(memory(), piece, out, i as i32 * 8);
        }
        None
    }

    /// The C signature and the arguments of a call that passes objects by value: in place of their addresses what goes into registers,
    /// or onto the stack.
    fn spread(&mut self, aggregates: &Aggregates, sig: &Sig, values: Vec<Value>) -> Spread {
        let plain = c_signature(sig, self.call_conv);
        if *aggregates == Aggregates::default() {
            return Spread {
                signature: plain,
                values,
                out: None,
            };
        }
        let mut spread = Spread {
            signature: Signature::new(self.call_conv),
            values: Vec::new(),
            out: None,
        };
        spread.signature.returns = plain.returns;
        let class = |scalar: &Scalar| AbiParam::new(ir_type(*scalar));
        for (i, (value, param)) in values.into_iter().zip(plain.params).enumerate() {
            if let (0, Some(ByValue::Registers(classes))) = (i, &aggregates.result) {
                spread.out = Some(value);
                spread.signature.returns = classes.iter().map(class).collect();
                continue;
            }
            let by_value = aggregates
                .params
                .iter()
                .find(|(index, _)| *index as usize == i);
            match by_value {
                None => {
                    spread.signature.params.push(param);
                    spread.values.push(value);
                }
                Some((_, ByValue::Registers(classes))) => {
                    for (piece, scalar) in classes.iter().enumerate() {
                        let at = piece as i32 * 8;
                        let loaded = self.b.ins().load(ir_type(*scalar), memory(), value, at);
                        spread.signature.params.push(class(scalar));
                        spread.values.push(loaded);
                    }
                }
                Some((_, ByValue::Memory(bytes))) => {
                    let purpose = ArgumentPurpose::StructArgument(bytes.next_multiple_of(8));
                    spread
                        .signature
                        .params
                        .push(AbiParam::special(types::I64, purpose));
                    spread.values.push(value);
                }
            }
        }
        spread
    }

    /// C may have called back, or may not be there at all: whatever the signature says, something may be pending.
    fn after_c(&mut self, unwind: Option<BlockId>) {
        let pending = self
            .b
            .ins()
            .load(types::I64, context(), self.ctx, layout::PENDING);
        let cold = self.cold_side(pending);
        self.in_cold(cold, |this| {
            this.call_helper(LibFn::AfterC);
            let target = this.unwind_target(unwind);
            this.b.ins().jump(target, &[]);
        });
    }

    /// Calls a function of the runtime that takes the context alone.
    pub(super) fn call_helper(&mut self, helper: LibFn) {
        let mut signature = Signature::new(self.call_conv);
        signature.params.push(AbiParam::new(types::I64));
        self.call_symbol(Symbol::Lib(helper), signature, &[self.ctx]);
    }

    fn vararg_type(&self, arg: &Operand) -> Scalar {
        match *arg {
            Operand::Reg(reg) => self.reg_type(reg),
            Operand::Int(_) => Scalar::I64,
            Operand::Float(_) => Scalar::F64,
        }
    }

    fn call_runtime(
        &mut self,
        function: RtFn,
        args: &[Operand],
    ) -> Result<(Option<Value>, bool), JitError> {
        let sig = function.sig();
        let values = self.args(&sig, args, true)?;
        let symbol = Symbol::Runtime(function);
        let function = self.function(symbol, |call_conv| guest_signature(&sig, call_conv));
        let call = self.b.ins().call(function, &values);
        Ok((self.result(call), sig.raises))
    }

    fn args(
        &mut self,
        sig: &Sig,
        args: &[Operand],
        with_context: bool,
    ) -> Result<Vec<Value>, JitError> {
        if sig.params.len() != args.len() {
            let (want, have) = (sig.params.len(), args.len());
            return self.fail(format!("{have} arguments in a call that takes {want}"));
        }
        let mut values = Vec::with_capacity(args.len() + 1);
        if with_context {
            values.push(self.ctx);
        }
        for (arg, &scalar) in args.iter().zip(&sig.params) {
            values.push(self.operand(arg, scalar)?);
        }
        Ok(values)
    }

    fn result(&self, call: ir::Inst) -> Option<Value> {
        self.b.inst_results(call).first().copied()
    }

    fn proc_symbol(&self, proc: ProcId) -> Symbol {
        if self.around.options.direct_calls {
            Symbol::Code(proc)
        } else {
            Symbol::Slot(proc)
        }
    }

    /// The function that a symbol stands for, declared once.
    fn function(
        &mut self,
        symbol: Symbol,
        signature: impl FnOnce(CallConv) -> Signature,
    ) -> FuncRef {
        if let Some(&function) = self.functions.get(&symbol) {
            return function;
        }
        let signature = signature(self.call_conv);
        let function = declare(&mut self.b, symbol, signature);
        self.functions.insert(symbol, function);
        function
    }

    /// Calls a symbol with a signature that is not the same at each call.
    pub(super) fn call_symbol(
        &mut self,
        symbol: Symbol,
        signature: Signature,
        args: &[Value],
    ) -> Option<Value> {
        let function = declare(&mut self.b, symbol, signature);
        let call = self.b.ins().call(function, args);
        self.result(call)
    }

    /// Leaves a trace of this frame for whoever walks the stack while C runs: C keeps no frame pointers.
    fn note_exit(&mut self) {
        let frame = self.b.ins().get_frame_pointer(types::I64);
        self.b
            .ins()
            .store(context(), frame, self.ctx, layout::EXIT_FP);
        // Where the stack does not tell the return address, an address in this code does.
        let place = if cfg!(target_arch = "aarch64") {
            self.symbol_value(Symbol::Code(self.proc.id))
        } else {
            self.b.ins().get_stack_pointer(types::I64)
        };
        self.b
            .ins()
            .store(context(), place, self.ctx, layout::EXIT_SP);
    }

    /// Calls a proc that always raises.
    pub(super) fn call_raise(&mut self, raise: ProcId, args: &[(Value, Scalar)]) {
        let sig = Sig {
            params: args.iter().map(|&(_, scalar)| scalar).collect(),
            ret: None,
            raises: true,
        };
        let mut values = vec![self.ctx];
        values.extend(args.iter().map(|&(value, _)| value));
        let symbol = self.proc_symbol(raise);
        let function = self.function(symbol, |call_conv| guest_signature(&sig, call_conv));
        self.b.ins().call(function, &values);
    }

    /// Fills a cold block with the call of a proc that raises.
    pub(super) fn raise_in(
        &mut self,
        cold: IrBlock,
        raise: ProcId,
        args: &[Operand],
        unwind: Option<BlockId>,
    ) -> Result<(), JitError> {
        let params = match self.around.signatures.get(raise) {
            Some(sig) if sig.params.len() == args.len() => sig.params.clone(),
            Some(_) => return self.fail("a check has the wrong number of arguments"),
            None => return self.fail("a check raises by a proc that no module has"),
        };
        let mut outcome = Ok(());
        self.in_cold(cold, |this| {
            let mut values = Vec::with_capacity(args.len());
            for (arg, &scalar) in args.iter().zip(&params) {
                match this.operand(arg, scalar) {
                    Ok(value) => values.push((value, scalar)),
                    Err(error) => outcome = Err(error),
                }
            }
            if outcome.is_ok() {
                this.call_raise(raise, &values);
            }
            let target = this.unwind_target(unwind);
            this.b.ins().jump(target, &[]);
        });
        outcome
    }

    pub(super) fn check(
        &mut self,
        cond: &Operand,
        raise: ProcId,
        args: &[Operand],
        unwind: Option<BlockId>,
    ) -> Result<(), JitError> {
        let cond = self.operand(cond, Scalar::I8)?;
        let (cold, next) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(cold);
        self.b.ins().brif(cond, next, &[], cold, &[]);
        self.b.seal_block(cold);
        self.b.seal_block(next);
        self.b.switch_to_block(next);
        self.raise_in(cold, raise, args, unwind)
    }

    /// Nothing, unless the program was started interruptible.
    pub(super) fn poll(&mut self, unwind: Option<BlockId>) {
        if !self.around.options.interruptible {
            return;
        }
        let flag = self
            .b
            .ins()
            .load(types::I32, context(), self.ctx, layout::INTERRUPT);
        let (cold, next) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(cold);
        self.b.ins().brif(flag, cold, &[], next, &[]);
        self.b.seal_block(cold);
        self.b.switch_to_block(cold);
        self.call_helper(LibFn::Interrupted);
        self.check_pending(unwind);
        self.b.ins().jump(next, &[]);
        self.b.seal_block(next);
        self.b.switch_to_block(next);
    }
}

/// A call of C as Cranelift takes it.
struct Spread {
    signature: Signature,
    values: Vec<Value>,
    /// Where a result in registers goes that is an object.
    out: Option<Value>,
}

pub(super) fn declare(
    b: &mut FunctionBuilder<'_>,
    symbol: Symbol,
    signature: Signature,
) -> FuncRef {
    let signature = b.import_signature(signature);
    let name = b.func.declare_imported_user_function(symbol.to_name());
    b.import_function(ExtFuncData {
        name: ExternalName::user(name),
        signature,
        // What is not near is reached through the global offset table, which is what slots are.
        colocated: matches!(symbol, Symbol::Code(_)),
        patchable: false,
    })
}

/// Words of arguments that a call with a context passes on the stack.
pub(in crate::jit) fn stack_words(sig: &Sig) -> i64 {
    let floats = sig.params.iter().filter(|scalar| scalar.is_float()).count();
    let ints = sig.params.len() - floats + 1;
    let int_registers = if cfg!(target_arch = "x86_64") { 6 } else { 8 };
    (ints.saturating_sub(int_registers) + floats.saturating_sub(8)) as i64
}

/// Names a symbol whose address is wanted.
pub(super) fn declare_symbol(b: &mut FunctionBuilder<'_>, symbol: Symbol) -> GlobalValue {
    let name = b.func.declare_imported_user_function(symbol.to_name());
    b.create_global_value(GlobalValueData::Symbol {
        name: ExternalName::user(name),
        offset: 0.into(),
        colocated: true,
        tls: false,
    })
}
