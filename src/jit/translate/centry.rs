//! The entry by which C calls a guest proc.
//!
//! In: the proc's signature, and which of its parameters and result C passes by value. Out: a function with C's signature that finds the
//! context of the thread and calls the proc through the entry trampoline. The proc takes objects by address: those that come in
//! registers are put on the stack first, a result is taken from there. C gets zeros when it may not enter.

use cranelift_codegen::ir::{
    self, AbiParam, ArgumentPurpose, InstBuilder, Signature, StackSlotData, StackSlotKind,
    UserFuncName, Value, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};

use super::calls::{declare, declare_symbol, stack_words};
use super::{Surroundings, c_signature, context, guest_signature, ir_type, memory};
use crate::jit::isa;
use crate::jit::layout;
use crate::jit::symbol::{LibFn, Symbol};
use crate::mir::{ByValue, Proc, Scalar};

/// What becomes of a parameter of C's.
enum Part {
    /// It is passed on.
    Plain,
    /// The first of so many words of an object, which are put together.
    Words(Vec<ir::Type>),
}

/// How C's signature and the guest's belong together.
struct Shape {
    c: Signature,
    /// For each parameter of the guest, but a result in registers.
    parts: Vec<Part>,
    /// Words of a result in registers.
    result: Option<Vec<ir::Type>>,
    /// C says where the result goes, of so many bytes.
    result_bytes: Option<u32>,
}

fn shape(proc: &Proc, call_conv: CallConv) -> Shape {
    let plain = c_signature(&proc.sig, call_conv);
    let words = |classes: &[Scalar]| {
        classes
            .iter()
            .map(|&class| ir_type(class))
            .collect::<Vec<_>>()
    };
    let mut shape = Shape {
        c: Signature::new(call_conv),
        parts: Vec::new(),
        result: None,
        result_bytes: None,
    };
    shape.c.returns = plain.returns;
    for (i, param) in plain.params.into_iter().enumerate() {
        match (i, &proc.aggregates.result) {
            (0, Some(ByValue::Registers(classes))) => {
                let classes = words(classes);
                shape.c.returns = classes.iter().map(|&ty| AbiParam::new(ty)).collect();
                shape.result = Some(classes);
                continue;
            }
            (0, Some(ByValue::Memory(bytes))) => {
                // The callee gives the address back.
                shape.c.returns = vec![AbiParam::new(types::I64)];
                shape.result_bytes = Some(*bytes);
            }
            _ => {}
        }
        let params = &proc.aggregates.params;
        match params.iter().find(|(index, _)| *index as usize == i) {
            None => {
                shape.c.params.push(param);
                shape.parts.push(Part::Plain);
            }
            Some((_, ByValue::Registers(classes))) => {
                let classes = words(classes);
                shape
                    .c
                    .params
                    .extend(classes.iter().map(|&ty| AbiParam::new(ty)));
                shape.parts.push(Part::Words(classes));
            }
            Some((_, ByValue::Memory(bytes))) => {
                let purpose = ArgumentPurpose::StructArgument(bytes.next_multiple_of(8));
                shape.c.params.push(AbiParam::special(types::I64, purpose));
                shape.parts.push(Part::Plain);
            }
        }
    }
    shape
}

/// See [`super::translate_c_entry`].
pub(super) fn c_entry(
    proc: &Proc,
    around: &Surroundings<'_>,
    func: &mut ir::Function,
    scratch: &mut FunctionBuilderContext,
) {
    let sig = &proc.sig;
    let call_conv = isa::convention(around.isa);
    let shape = shape(proc, call_conv);
    func.name = UserFuncName::User(Symbol::Stub(proc.id).to_name());
    func.signature = shape.c.clone();
    let mut b = FunctionBuilder::new(func, scratch);
    let [entry, inside, refused] = [(); 3].map(|()| b.create_block());
    b.set_cold_block(refused);

    b.switch_to_block(entry);
    b.append_block_params_for_function_params(entry);
    let args: Vec<Value> = b.block_params(entry).to_vec();
    if let Some(bytes) = shape.result_bytes {
        zero(&mut b, args[0], bytes);
    }
    let runtime = declare_symbol(&mut b, Symbol::Lib(LibFn::Runtime));
    let runtime = b.ins().symbol_value(types::I64, runtime);
    let mut enter = Signature::new(call_conv);
    enter.params.push(AbiParam::new(types::I64));
    let mut leave = enter.clone();
    enter.returns.push(AbiParam::new(types::I64));
    let enter = declare(&mut b, Symbol::Lib(LibFn::CEnter), enter);
    let call = b.ins().call(enter, &[runtime]);
    let ctx = b.inst_results(call)[0];
    b.ins().brif(ctx, inside, &[], refused, &[]);

    b.switch_to_block(inside);
    let target = declare_symbol(&mut b, Symbol::Slot(proc.id));
    let target = b.ins().symbol_value(types::I64, target);
    b.ins().store(context(), target, ctx, layout::ENTRY_TARGET);
    let words = b.ins().iconst(types::I64, stack_words(sig));
    b.ins()
        .store(context(), words, ctx, layout::ENTRY_STACK_WORDS);
    let out = shape.result.as_ref().map(|classes| {
        let out = storage(&mut b, classes.len());
        zero(&mut b, out, classes.len() as u32 * 8);
        out
    });
    let mut values = vec![ctx];
    values.extend(out);
    values.extend(put_together(&mut b, &shape.parts, &args));
    let target = declare(
        &mut b,
        Symbol::Lib(LibFn::Enter),
        guest_signature(sig, call_conv),
    );
    let call = b.ins().call(target, &values);
    let mut results = b.inst_results(call).to_vec();
    leave.returns.clear();
    let leave = declare(&mut b, Symbol::Lib(LibFn::CLeave), leave);
    b.ins().call(leave, &[ctx]);
    if let (Some(out), Some(classes)) = (out, &shape.result) {
        let load = |(i, &ty): (usize, &ir::Type)| b.ins().load(ty, memory(), out, i as i32 * 8);
        results = classes.iter().enumerate().map(load).collect();
    } else if shape.result_bytes.is_some() {
        results = vec![args[0]];
    }
    b.ins().return_(&results);

    b.switch_to_block(refused);
    let zeros: Vec<Value> = match shape.result_bytes {
        Some(_) => vec![args[0]],
        None => {
            let types: Vec<ir::Type> = shape
                .c
                .returns
                .iter()
                .map(|param| param.value_type)
                .collect();
            types.into_iter().map(|ty| zero_of(&mut b, ty)).collect()
        }
    };
    b.ins().return_(&zeros);
    b.seal_all_blocks();
    b.finalize(around.isa.frontend_config());
}

/// The guest's arguments from those of C.
fn put_together(b: &mut FunctionBuilder<'_>, parts: &[Part], args: &[Value]) -> Vec<Value> {
    let mut args = args.iter();
    let mut values = Vec::new();
    for part in parts {
        match part {
            Part::Plain => values.extend(args.next()),
            Part::Words(classes) => {
                let at = storage(b, classes.len());
                for (i, &word) in args.by_ref().take(classes.len()).enumerate() {
                    b.ins().store(memory(), word, at, i as i32 * 8);
                }
                values.push(at);
            }
        }
    }
    values
}

/// Room for so many words on the stack.
fn storage(b: &mut FunctionBuilder<'_>, words: usize) -> Value {
    let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, words as u32 * 8, 3);
    let slot = b.create_sized_stack_slot(slot);
    b.ins().stack_addr(types::I64, slot, 0)
}

fn zero_of(b: &mut FunctionBuilder<'_>, ty: ir::Type) -> Value {
    match ty {
        types::F32 => b.ins().f32const(0.0),
        types::F64 => b.ins().f64const(0.0),
        _ => b.ins().iconst(ty, 0),
    }
}

/// Fills storage with zeros, eight bytes at a time.
fn zero(b: &mut FunctionBuilder<'_>, at: Value, bytes: u32) {
    let [head, after] = [(); 2].map(|()| b.create_block());
    let whole = i64::from(bytes / 8 * 8);
    let (word, byte) = (b.ins().iconst(types::I64, 0), b.ins().iconst(types::I8, 0));
    for offset in whole..i64::from(bytes) {
        b.ins().store(memory(), byte, at, offset as i32);
    }
    if whole == 0 {
        b.ins().jump(after, &[]);
        b.switch_to_block(after);
        return;
    }
    let end = b.ins().iadd_imm_s(at, whole);
    b.append_block_param(head, types::I64);
    b.ins().jump(head, &[at.into()]);
    b.switch_to_block(head);
    let here = b.block_params(head)[0];
    b.ins().store(memory(), word, here, 0);
    let next = b.ins().iadd_imm_s(here, 8);
    let more = b
        .ins()
        .icmp(ir::condcodes::IntCC::UnsignedLessThan, next, end);
    b.ins().brif(more, head, &[next.into()], after, &[]);
    b.switch_to_block(after);
}
