//! What a proc looks like on the way to machine code, for humans.

use cranelift_codegen::Context;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{ExternalName, Function};
use cranelift_frontend::FunctionBuilderContext;

use super::translate::translate;
use super::{Compiler, JitError, Signatures, Symbol};
use crate::mir::{Ids, Proc};

/// CLIF of a proc, before optimisation.
///
/// # Errors
/// When the MIR is not what the verifier accepts.
pub fn clif(
    compiler: &Compiler,
    proc: &Proc,
    ids: &Ids,
    signatures: &Signatures,
) -> Result<String, JitError> {
    let mut func = Function::new();
    let around = compiler.surroundings(ids, signatures);
    translate(proc, &around, &mut func, &mut FunctionBuilderContext::new())?;
    Ok(format!(
        "; {}\n{}{}",
        proc.name,
        names(&func, ids, "; "),
        func.display()
    ))
}

/// Assembly of a proc, with the names of what it refers to.
///
/// # Errors
/// When the MIR is not what the verifier accepts.
pub fn asm(
    compiler: &Compiler,
    proc: &Proc,
    ids: &Ids,
    signatures: &Signatures,
) -> Result<String, JitError> {
    let mut context = Context::new();
    let around = compiler.surroundings(ids, signatures);
    translate(
        proc,
        &around,
        &mut context.func,
        &mut FunctionBuilderContext::new(),
    )?;
    context.set_disasm(true);
    if let Err(error) = context.compile(&*compiler.isa, &mut ControlPlane::default()) {
        return Err(JitError::new(&proc.name, format!("{:?}", error.inner)));
    }
    let text = context
        .compiled_code()
        .and_then(|code| code.vcode.clone())
        .unwrap_or_default();
    Ok(format!(
        "; {}\n{}{text}",
        proc.name,
        names(&context.func, ids, "; ")
    ))
}

/// A line for each symbol: the number that the text uses and what it is.
fn names(func: &Function, ids: &Ids, prefix: &str) -> String {
    let mut text = String::new();
    for (reference, name) in func.params.user_named_funcs() {
        let Some(symbol) = Symbol::from_name(name) else {
            continue;
        };
        let what = match symbol {
            Symbol::Slot(proc) => format!("proc {}", super::proc_name(ids, proc)),
            Symbol::Stub(proc) => format!("address of {}", super::proc_name(ids, proc)),
            Symbol::Code(proc) => format!("code of {}", super::proc_name(ids, proc)),
            Symbol::Global(global) => format!("global {}", ids.global_key(global)),
            Symbol::Data(data) => format!("data {}", data.0),
            Symbol::Desc(desc) => format!("type {}", ids.desc_key(desc).0),
            Symbol::HostData(function) => format!("data of {}", ids.extern_of(function).symbol),
            Symbol::Extern(function) => format!("C function {}", ids.extern_of(function).symbol),
            Symbol::Runtime(function) => format!("runtime {function:?}"),
            Symbol::Lib(function) => format!("library {function:?}"),
        };
        let shown = ExternalName::user(reference);
        text += &format!("{prefix}{} = {name} = {what}\n", shown.display(None));
    }
    text
}
