//! Calls: arguments from left to right, ownership handed over, results.

use std::sync::Arc;

use smallvec::SmallVec;

use super::abi::{ProcInfo, widened};
use super::builder::Addr;
use super::cleanup::{Cleanup, EntryId};
use super::frame::{Storage, Value};
use super::layout::{Kind, is_closure};
use super::routine::Fun;
use crate::diagnostics::Diagnostic;
use crate::mir::{CSig, Callee, CmpOp, Inst, Operand, Scalar, Sig, Term, UnOp};
use crate::sema::typed::{Expr, ExprKind, Import, Routine, RoutineId, RoutineKind};
use crate::sema::types::{CallConv, ProcType, Type, TypeId};

type Args = SmallVec<[Operand; 4]>;

impl super::Lowering<'_> {
    pub(super) fn no_c_type(&self, routine: &Routine, ty: TypeId) {
        self.unsupported(
            routine.place,
            format_args!(
                "passing `{}` by value to or from C, in `{}`",
                super::identity::shown(self.types, ty),
                routine.name
            ),
        );
    }

    /// The proc whose address stands for a routine as a value.
    pub(super) fn code_of(&self, routine: RoutineId) -> crate::mir::ProcId {
        let info = self.proc(routine);
        if info.routine.import.is_some() {
            self.request(super::synth::Synth::Thunk(routine))
        } else if info.routine.kind == RoutineKind::Method {
            self.dispatcher_id(&info)
        } else {
            info.id
        }
    }
}

impl<'r> Fun<'_, 'r> {
    /// A call whose result is a scalar (owned, if that means something) or nothing.
    pub(super) fn call_scalar(&mut self, id: RoutineId, args: &'r [Expr], e: &'r Expr) -> Operand {
        self.call(id, args, None, e, false)
    }

    /// A call that builds its result at `addr`.
    pub(super) fn call_memory(&mut self, id: RoutineId, args: &'r [Expr], e: &'r Expr, addr: Addr) {
        self.call(id, args, Some(addr), e, false);
    }

    /// `procCall`: a call of a method that goes to just that method.
    pub(super) fn call_statically(&mut self, call: &'r Expr, dst: Option<Addr>) -> Operand {
        match &call.kind {
            ExprKind::Call(id, args) => self.call(*id, args, dst, call, true),
            _ => match dst {
                Some(addr) => {
                    self.build_at(call, addr);
                    Operand::Int(0)
                }
                None => self.owned(call),
            },
        }
    }

    fn call(
        &mut self,
        id: RoutineId,
        args: &'r [Expr],
        dst: Option<Addr>,
        e: &'r Expr,
        statically: bool,
    ) -> Operand {
        let info = self.cx.proc(id);
        if info.routine.kind == RoutineKind::InlineIterator {
            let name = info.routine.name;
            let text = format!("attempting to call routine: '{name}'");
            self.cx.report(Diagnostic::error(e.place, text));
            return Operand::Int(0);
        }
        let import = info.routine.import.as_ref();
        let target = match info.routine.kind {
            RoutineKind::Method if !statically => self.cx.dispatcher_id(&info),
            // To its callers a function of a host module is a guest proc.
            _ if import.is_some_and(Import::is_host) => self.cx.code_of(id),
            _ if import.is_some() && info.routine.body.is_none() => {
                return self.call_extern(&info, args, dst, e);
            }
            _ => info.id,
        };
        let mut ops = self.result_argument(info.routine.ret, dst);
        let keep = self.cx.releases(id);
        let given = self.arguments(&info.params, args, keep, &mut ops);
        if info.env {
            let env = match info.routine.parent {
                Some(parent) => self.environment_of(parent),
                None => Operand::Int(0),
            };
            ops.push(env);
        }
        given.into_iter().for_each(|id| self.forget(id));
        self.at(e);
        let unwind = if info.sig.raises { self.unwind() } else { None };
        let value = self.b.call(info.sig.ret, Callee::Proc(target), ops, unwind);
        if info.routine.noreturn {
            self.b.end(Term::Unreachable);
        }
        value
    }

    /// The address for a result in memory, as the first argument.
    fn result_argument(&mut self, ret: TypeId, dst: Option<Addr>) -> Args {
        let mut ops = Args::new();
        if self.cx.kind(ret) == Kind::Memory {
            let addr = match dst {
                Some(addr) => addr,
                None => Addr::slot(self.new_slot(ret)),
            };
            ops.push(self.b.address(addr));
        }
        ops
    }

    /// Evaluates arguments; gives the cleanups of those that the callee will take over. With `keep`, references that are
    /// not in a local are held as long as the statement takes.
    fn arguments(
        &mut self,
        params: &[TypeId],
        args: &'r [Expr],
        keep: bool,
        ops: &mut Args,
    ) -> Vec<EntryId> {
        let mut given = Vec::new();
        for (i, arg) in args.iter().enumerate() {
            let param = params.get(i).copied().unwrap_or(arg.ty);
            let later = &args[i + 1..];
            let at = ops.len();
            self.argument(param, arg, later, ops, &mut given);
            if keep && self.cx.plain_ref(param) && self.is_elsewhere(param, arg) {
                let held = self.count(ops[at]);
                if let Operand::Reg(reg) = held {
                    self.push_temporary(Cleanup::Reg(reg, param), param);
                }
            }
        }
        given
    }

    /// Is the reference read from a place that others can overwrite?
    fn is_elsewhere(&mut self, param: TypeId, arg: &'r Expr) -> bool {
        let sink = matches!(self.cx.types.get(param), Type::Sink(_));
        let inner = super::expr::without_conversions(arg);
        if sink || !self.is_place(inner) {
            return false;
        }
        match inner.kind {
            ExprKind::Local(id) => !matches!(self.slot_of(id).storage, Storage::Reg(_)),
            _ => true,
        }
    }

    fn argument(
        &mut self,
        param: TypeId,
        arg: &'r Expr,
        later: &[Expr],
        ops: &mut Args,
        given: &mut Vec<EntryId>,
    ) {
        let sink = matches!(self.cx.types.get(param), Type::Sink(_)) && self.cx.managed(param);
        match self.cx.kind(param) {
            Kind::Unit => self.effect(arg),
            Kind::Scalar(scalar, _) if sink => {
                let value = self.owned(arg);
                let kept = self.b.keep(scalar, value);
                if self.cx.plain_ref(param) {
                    given.extend(self.hold_scalar(kept, param));
                }
                ops.push(kept);
            }
            Kind::Scalar(..) => {
                let mut value = self.scalar(arg);
                let local = matches!(arg.kind, ExprKind::Local(_) | ExprKind::Convert { .. });
                if local && later.iter().any(|next| self.has_effects(next)) {
                    value = self.keep_local(value, param);
                }
                ops.push(value);
            }
            Kind::Pair => {
                let (address, len) = self.pair(arg);
                ops.extend([address, len]);
            }
            Kind::Memory if sink => {
                let addr = Addr::slot(self.new_slot(param));
                self.build_at(arg, addr);
                given.push(self.push(Cleanup::Mem(addr, param), false));
                ops.push(self.b.address(addr));
            }
            Kind::Memory if let Some(addr) = self.lent_parts(arg) => {
                ops.push(self.b.address(addr));
            }
            Kind::Memory => match self.eval(arg) {
                Value::Mem(addr) => ops.push(self.b.address(addr)),
                _ => ops.push(Operand::Int(0)),
            },
        }
    }

    /// Makes giving up an owned reference due, until someone takes it over.
    pub(super) fn hold_scalar(&mut self, value: Operand, ty: TypeId) -> Option<EntryId> {
        match value {
            Operand::Reg(reg) => Some(self.push(Cleanup::Reg(reg, ty), false)),
            _ => None,
        }
    }

    pub(super) fn forget_held(&mut self, held: Option<EntryId>) {
        if let Some(id) = held {
            self.forget(id);
        }
    }

    /// A call of a C function.
    fn call_extern(
        &mut self,
        info: &Arc<ProcInfo>,
        args: &'r [Expr],
        dst: Option<Addr>,
        e: &'r Expr,
    ) -> Operand {
        let (callee, sig) = match self.cx.extern_of(info) {
            Ok(found) => found,
            Err(ty) => {
                self.cx.no_c_type(&info.routine, ty);
                return Operand::Int(0);
            }
        };
        let ret = info.routine.ret;
        let (mut ops, out) = self.c_result(ret);
        ops.extend(self.c_arguments(&info.params, args));
        self.at(e);
        if let Some((op, scalar)) = instruction(info, &sig) {
            let dst = self.b.reg(scalar);
            self.b.emit(Inst::Un { dst, op, a: ops[0] });
            return dst.into();
        }
        let unwind = if sig.raises { self.unwind() } else { None };
        let value = self.b.call(sig.ret, Callee::Extern(callee), ops, unwind);
        self.take_c_result(ret, out, dst);
        if info.routine.noreturn {
            self.b.end(Term::Unreachable);
        }
        value
    }

    fn padded(&mut self, ty: TypeId) -> Addr {
        self.cx.padded(ty, &mut self.b)
    }

    fn c_arguments(&mut self, params: &[TypeId], args: &'r [Expr]) -> Args {
        let mut ops = Args::new();
        let mut given = Vec::new();
        for (i, arg) in args.iter().enumerate() {
            let extra = i >= params.len();
            let param = params.get(i).copied().unwrap_or(arg.ty);
            let mut here = Args::new();
            self.argument(param, arg, &args[i + 1..], &mut here, &mut given);
            match (self.cx.kind(param), &here[..]) {
                (Kind::Scalar(scalar, signed), [value]) => {
                    let value = self.c_value(scalar, signed, *value, extra);
                    here = SmallVec::from_slice(&[value]);
                }
                // C takes whole words of it.
                (Kind::Memory, [address]) if !self.cx.by_address(param) => {
                    let copy = self.padded(param);
                    let size = self.cx.layouts().size(self.cx.types, param);
                    self.b.mem_copy(copy, Addr::op(*address), size);
                    here = SmallVec::from_slice(&[self.b.address(copy)]);
                }
                _ => {}
            }
            ops.extend(here);
        }
        ops
    }

    /// Widens as C does; a variadic argument goes into a register, whose type says how it is passed.
    fn c_value(&mut self, scalar: Scalar, signed: bool, value: Operand, extra: bool) -> Operand {
        if !extra {
            return self.b.resize(scalar, signed, widened(scalar), value);
        }
        match scalar {
            Scalar::F32 => {
                let kept = self.b.keep(scalar, value);
                self.b
                    .cast(crate::mir::CastOp::FToF, Scalar::F32, Scalar::F64, kept)
            }
            _ => {
                let wide = self.b.resize(scalar, signed, widened(scalar), value);
                self.b.keep(widened(scalar), wide)
            }
        }
    }

    pub(super) fn call_value_scalar(
        &mut self,
        callee: &'r Expr,
        args: &'r [Expr],
        e: &'r Expr,
    ) -> Operand {
        self.call_value(callee, args, None, e)
    }

    pub(super) fn call_value_memory(
        &mut self,
        callee: &'r Expr,
        args: &'r [Expr],
        e: &'r Expr,
        addr: Addr,
    ) {
        self.call_value(callee, args, Some(addr), e);
    }

    fn call_value(
        &mut self,
        callee: &'r Expr,
        args: &'r [Expr],
        dst: Option<Addr>,
        e: &'r Expr,
    ) -> Operand {
        let ty = self.cx.types.repr(callee.ty);
        let Type::Proc(proc) = self.cx.types.get(ty) else {
            self.cx.bug("a call of what is no proc");
            return Operand::Int(0);
        };
        let proc = proc.clone();
        let (code, env) = self.callee(callee, &proc);
        if self.checks.nil {
            let there = self.b.cmp(CmpOp::Ne, Scalar::Ptr, code, Operand::Int(0));
            self.check(there, "raiseNilAccess", &[]);
        }
        if proc.conv == CallConv::C {
            return self.call_c_value(code, &proc, args, dst, e);
        }
        let mut ops = self.result_argument(proc.ret, dst);
        let given = self.arguments(&proc.params, args, true, &mut ops);
        ops.extend(env);
        given.into_iter().for_each(|id| self.forget(id));
        self.at(e);
        let sig = Arc::new(self.cx.value_signature(&proc));
        let ret = sig.ret;
        let unwind = self.unwind();
        self.b.call(ret, Callee::Indirect(code, sig), ops, unwind)
    }

    /// A call of an instance of a closure iterator.
    pub(super) fn call_instance(
        &mut self,
        info: &ProcInfo,
        args: &'r [Expr],
        instance: Operand,
        dst: Option<Addr>,
    ) -> Operand {
        let mut ops = self.result_argument(info.routine.ret, dst);
        let given = self.arguments(&info.params, args, true, &mut ops);
        ops.push(instance);
        given.into_iter().for_each(|id| self.forget(id));
        let unwind = self.unwind();
        self.b
            .call(info.sig.ret, Callee::Proc(info.id), ops, unwind)
    }

    /// Code and environment of a proc value.
    fn callee(&mut self, callee: &'r Expr, proc: &ProcType) -> (Operand, Option<Operand>) {
        if !is_closure(proc) {
            let code = self.scalar(callee);
            return (self.b.keep(Scalar::Ptr, code), None);
        }
        let addr = self.memory(callee);
        let addr = self.b.settle(addr);
        let code = self.b.load(Scalar::Ptr, addr);
        let env = self.b.load(Scalar::Ptr, addr.plus(8));
        (code, Some(env))
    }

    fn call_c_value(
        &mut self,
        code: Operand,
        proc: &ProcType,
        args: &'r [Expr],
        dst: Option<Addr>,
        e: &'r Expr,
    ) -> Operand {
        let (mut sig, aggregates) = match self.cx.extern_signature(&proc.params, proc.ret) {
            Ok(found) => found,
            Err(ty) => {
                let shown = super::identity::shown(self.cx.types, ty);
                self.cx.unsupported(
                    e.place,
                    format_args!("passing `{shown}` by value to or from C"),
                );
                return Operand::Int(0);
            }
        };
        sig.raises = true;
        let (ret, result) = (sig.ret, proc.ret);
        let (mut ops, out) = self.c_result(result);
        ops.extend(self.c_arguments(&proc.params, args));
        self.at(e);
        let unwind = self.unwind();
        let callee = Callee::IndirectC(code, Arc::new(CSig { sig, aggregates }));
        let value = self.b.call(ret, callee, ops, unwind);
        self.take_c_result(result, out, dst);
        value
    }

    /// Where C puts an object, and its address as the first argument.
    fn c_result(&mut self, ret: TypeId) -> (Args, Option<Addr>) {
        let out = (self.cx.kind(ret) == Kind::Memory).then(|| self.padded(ret));
        let ops = out.into_iter().map(|out| self.b.address(out)).collect();
        (ops, out)
    }

    /// Copies an object that C gave to where it is wanted.
    fn take_c_result(&mut self, ret: TypeId, out: Option<Addr>, dst: Option<Addr>) {
        if let (Some(out), Some(dst)) = (out, dst) {
            let size = self.cx.layouts().size(self.cx.types, ret);
            self.b.mem_copy(dst, out, size);
        }
    }

    /// Calls `=copy` or `=sink` of a type: (target, source).
    pub(super) fn call_hook(&mut self, hook: RoutineId, ty: TypeId, to: Addr, from: Addr) {
        let info = self.cx.proc(hook);
        let to = self.b.address(to);
        let from = match (self.cx.kind(ty), info.params.get(1)) {
            (Kind::Scalar(scalar, _), Some(&param)) if !self.cx.is_address(param) => {
                self.b.load(scalar, from)
            }
            _ => self.b.address(from),
        };
        let unwind = if info.sig.raises { self.unwind() } else { None };
        self.b.call(
            None,
            Callee::Proc(info.id),
            SmallVec::from_slice(&[to, from]),
            unwind,
        );
    }
}

/// The instruction that does what a function of C's mathematical library does, as C compilers know it too.
fn instruction(info: &ProcInfo, sig: &Sig) -> Option<(UnOp, Scalar)> {
    let import = info.routine.import.as_ref()?;
    if import.library.is_some() || import.varargs {
        return None;
    }
    let (name, scalar) = match (&sig.params[..], sig.ret?) {
        ([Scalar::F64], Scalar::F64) => (&*import.symbol, Scalar::F64),
        ([Scalar::F32], Scalar::F32) => (import.symbol.strip_suffix('f')?, Scalar::F32),
        _ => return None,
    };
    let op = match name {
        "sqrt" => UnOp::FSqrt,
        "fabs" => UnOp::FAbs,
        "floor" => UnOp::FFloor,
        "ceil" => UnOp::FCeil,
        "trunc" => UnOp::FTrunc,
        _ => return None,
    };
    Some((op, scalar))
}
