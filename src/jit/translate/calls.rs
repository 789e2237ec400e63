//! Calls, checks and polls, and the entry that C calls.

use cranelift_codegen::ir::{
    self, ExtFuncData, ExternalName, FuncRef, InstBuilder, Signature, StackSlotData, StackSlotKind,
    UserFuncName, Value, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};

use super::{
    IrBlock, Surroundings, Translator, c_signature, context, guest_signature, ir_type, isa,
};
use crate::jit::layout;
use crate::jit::{JitError, LibFn, Symbol};
use crate::mir::{BlockId, Callee, Operand, ProcId, Reg, RtFn, Scalar, Sig};

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
            Callee::IndirectC(address, sig) => {
                let address = self.operand(address, Scalar::Ptr)?;
                let values = self.args(sig, args, false)?;
                let signature = c_signature(sig, self.call_conv);
                let signature = self.b.import_signature(signature);
                self.note_exit();
                let call = self.b.ins().call_indirect(signature, address, &values);
                (self.result(call), sig.raises)
            }
            Callee::Extern(function) => self.call_extern(*function, args)?,
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
        function: crate::mir::ExternId,
        args: &[Operand],
    ) -> Result<(Option<Value>, bool), JitError> {
        let external = self.around.ids.extern_of(function);
        let sig = &external.sig;
        let symbol = Symbol::Extern(function);
        if external.varargs.is_some() {
            // Each call has its own signature: the named parameters and whatever follows.
            let scalars: Result<Vec<Scalar>, JitError> = args
                .iter()
                .enumerate()
                .map(|(index, arg)| self.vararg_type(sig, index, arg))
                .collect();
            let sig = Sig {
                params: scalars?.into(),
                ..sig.clone()
            };
            let values = self.args(&sig, args, false)?;
            self.note_exit();
            let signature = c_signature(&sig, self.call_conv);
            let result = self.call_symbol(symbol, signature, &values);
            return Ok((result, sig.raises));
        }
        let values = self.args(sig, args, false)?;
        self.note_exit();
        let function = self.function(symbol, |call_conv| c_signature(sig, call_conv));
        let call = self.b.ins().call(function, &values);
        Ok((self.result(call), sig.raises))
    }

    fn vararg_type(&self, sig: &Sig, index: usize, arg: &Operand) -> Result<Scalar, JitError> {
        if let Some(&scalar) = sig.params.get(index) {
            return Ok(scalar);
        }
        Ok(match *arg {
            Operand::Reg(reg) => self.reg_type(reg),
            Operand::Int(_) => Scalar::I64,
            Operand::Float(_) => Scalar::F64,
        })
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
            .store(context(), frame, self.ctx, layout::EXIT_FRAME);
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
        let options = self.around.options;
        let Some(hook) = options.hooks.interrupt.filter(|_| options.interruptible) else {
            return;
        };
        let flag = self
            .b
            .ins()
            .load(types::I64, context(), self.ctx, layout::INTERRUPT);
        let (cold, next) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(cold);
        self.b.ins().brif(flag, cold, &[], next, &[]);
        self.b.seal_block(cold);
        self.b.switch_to_block(cold);
        self.call_raise(hook, &[]);
        self.check_pending(unwind);
        self.b.ins().jump(next, &[]);
        self.b.seal_block(next);
        self.b.switch_to_block(next);
    }
}

fn declare(b: &mut FunctionBuilder<'_>, symbol: Symbol, signature: Signature) -> FuncRef {
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

/// See [`super::translate_c_entry`].
pub(super) fn c_entry(
    proc: ProcId,
    sig: &Sig,
    around: &Surroundings<'_>,
    func: &mut ir::Function,
    scratch: &mut FunctionBuilderContext,
) {
    let call_conv = isa::convention(around.isa);
    func.name = UserFuncName::User(Symbol::Stub(proc).to_name());
    func.signature = c_signature(sig, call_conv);
    let mut b = FunctionBuilder::new(func, scratch);
    let [entry, inside, refused] = [(); 3].map(|()| b.create_block());
    b.set_cold_block(refused);

    b.switch_to_block(entry);
    b.append_block_params_for_function_params(entry);
    let args: Vec<Value> = b.block_params(entry).to_vec();
    let frame = b.create_sized_stack_slot(StackSlotData::new(
        StackSlotKind::ExplicitSlot,
        layout::ENTRY_RECORD_SIZE,
        4,
    ));
    let frame = b.ins().stack_addr(types::I64, frame, 0);
    let pair = Sig {
        params: [Scalar::Ptr].as_slice().into(),
        ret: None,
        raises: false,
    };
    let enter = Sig {
        ret: Some(Scalar::Ptr),
        ..pair.clone()
    };
    let enter = declare(
        &mut b,
        Symbol::Lib(LibFn::EnterFromC),
        c_signature(&enter, call_conv),
    );
    let call = b.ins().call(enter, &[frame]);
    let ctx = b.inst_results(call)[0];
    b.ins().brif(ctx, inside, &[], refused, &[]);

    b.switch_to_block(inside);
    let target = declare(&mut b, Symbol::Slot(proc), guest_signature(sig, call_conv));
    let mut values = vec![ctx];
    values.extend(&args);
    let call = b.ins().call(target, &values);
    let results = b.inst_results(call).to_vec();
    let leave = declare(
        &mut b,
        Symbol::Lib(LibFn::LeaveToC),
        guest_signature(&pair, call_conv),
    );
    b.ins().call(leave, &[ctx, frame]);
    b.ins().return_(&results);

    b.switch_to_block(refused);
    let zero = sig.ret.map(|scalar| match scalar {
        Scalar::F32 => b.ins().f32const(0.0),
        Scalar::F64 => b.ins().f64const(0.0),
        _ => b.ins().iconst(ir_type(scalar), 0),
    });
    b.ins().return_(zero.as_slice());
    b.seal_all_blocks();
    b.finalize(around.isa.frontend_config());
}
