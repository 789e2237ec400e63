//! Methods: dispatch on the dynamic type of the first argument.
//!
//! A call of a method goes to its *dispatcher*, a proc that tests the argument's type against those for which the program
//! overrides the method, the most derived first. Overriding methods may stand in any module, so dispatchers are made
//! for the program as a whole, by [`Lowering::dispatchers`].

use std::sync::Arc;

use smallvec::SmallVec;

use super::Lowering;
use super::abi::ProcInfo;
use super::builder::{Addr, Builder};
use super::layout::Kind;
use crate::diagnostics::Diagnostic;
use crate::mir::{Callee, CmpOp, Inst, Operand, Proc, ProcId, Reg, RtFn, Scalar, Term};
use crate::sema::typed::{CheckedModule, Routine, RoutineId, RoutineKind};
use crate::sema::types::{Type, TypeId};

impl Lowering<'_> {
    /// The proc that calls of a method go to.
    pub(super) fn dispatcher_id(&self, info: &ProcInfo) -> ProcId {
        let (identity, abi) = self.ids.proc_key(info.id);
        self.ids.proc(&format!("dispatch {identity}"), abi)
    }

    /// The dispatchers of all methods of a program, with the procs that they need. To be loaded with its main module.
    ///
    /// # Errors
    /// What of the methods is not supported.
    pub fn dispatchers(
        &self,
        modules: &[Arc<CheckedModule>],
    ) -> Result<Vec<Arc<Proc>>, Vec<Diagnostic>> {
        self.begin();
        let methods: Vec<RoutineId> = modules
            .iter()
            .flat_map(|module| &module.routines)
            .filter(|routine| routine.kind == RoutineKind::Method)
            .map(|routine| routine.id)
            .collect();
        let mut procs = Vec::new();
        for &method in &methods {
            procs.push(Arc::new(self.dispatcher(method, &methods)));
        }
        self.finish(&mut procs)?;
        Ok(procs)
    }

    fn dispatcher(&self, method: RoutineId, all: &[RoutineId]) -> Proc {
        let info = self.proc(method);
        let routine = &info.routine;
        let mut overrides: Vec<(usize, TypeId, ProcId)> = all
            .iter()
            .filter(|&&other| other != method)
            .filter_map(|&other| {
                let other = self.proc(other);
                let depth = self.overrides(&other, &info)?;
                Some((depth, self.dispatched(&other)?, other.id))
            })
            .collect();
        overrides.sort_by(|a, b| b.cmp(a));
        let mut b = Builder::new(&info.sig.params, routine.place);
        let first = usize::from(self.kind(routine.ret) == Kind::Memory);
        if !overrides.is_empty() {
            let object: Operand = Reg(first as u32).into();
            if self.is_ref(&info) {
                let there = b.cmp(CmpOp::Ne, Scalar::Ptr, object, Operand::Int(0));
                b.emit(Inst::Check {
                    cond: there,
                    raise: self.required("raiseNilAccess"),
                    args: SmallVec::new(),
                    unwind: None,
                });
            }
            let kind = b.load(Scalar::Ptr, Addr::op(object));
            for (_, ty, proc) in overrides {
                self.try_override(&mut b, &info, kind, ty, proc);
            }
        }
        self.forward(&mut b, &info, info.id);
        let (regs, slots, blocks, sites) = b.finish();
        let (id, sig) = (self.dispatcher_id(&info), (*info.sig).clone());
        Proc {
            regs,
            slots,
            blocks,
            sites,
            traced: routine.checks.traced,
            ..Proc::new(id, sig, format!("dispatch {}", routine.name))
        }
    }

    fn try_override(
        &self,
        b: &mut Builder,
        info: &ProcInfo,
        kind: Operand,
        ty: TypeId,
        proc: ProcId,
    ) {
        let want = b.reg(Scalar::Ptr);
        b.emit(Inst::DescAddr {
            dst: want,
            desc: self.desc(ty),
        });
        let args = SmallVec::from_slice(&[kind, want.into()]);
        let is = b.call(Some(Scalar::I8), Callee::Runtime(RtFn::IsOf), args, None);
        let (inside, next) = (b.block(), b.block());
        b.branch(is, inside, next);
        b.enter(inside);
        self.forward(b, info, proc);
        b.enter(next);
    }

    /// Calls `proc` with the arguments at hand and returns what it gives.
    fn forward(&self, b: &mut Builder, info: &ProcInfo, proc: ProcId) {
        let args = (0..info.sig.params.len() as u32)
            .map(|i| Operand::Reg(Reg(i)))
            .collect();
        let value = b.call(info.sig.ret, Callee::Proc(proc), args, None);
        b.end(Term::Return(info.sig.ret.map(|_| value)));
    }

    /// The object type that a method dispatches on.
    fn dispatched(&self, info: &ProcInfo) -> Option<TypeId> {
        let first = self.types.repr(*info.params.first()?);
        Some(match *self.types.get(first) {
            Type::Ref(inner) | Type::Ptr(inner) => self.types.repr(inner),
            _ => first,
        })
    }

    fn is_ref(&self, info: &ProcInfo) -> bool {
        info.params.first().is_some_and(|&first| {
            matches!(
                self.types.get(self.types.repr(first)),
                Type::Ref(_) | Type::Ptr(_)
            )
        })
    }

    /// Does `method` override `base`? Then how far its object is derived.
    fn overrides(&self, method: &ProcInfo, base: &ProcInfo) -> Option<usize> {
        let (a, b): (&Routine, &Routine) = (&method.routine, &base.routine);
        let same = a.name == b.name
            && method.sig == base.sig
            && method.params.len() == base.params.len()
            && method.params[1..] == base.params[1..]
            && self.is_ref(method) == self.is_ref(base);
        if !same {
            return None;
        }
        let target = self.dispatched(base)?;
        let mut at = self.dispatched(method)?;
        let mut depth = 0;
        while at != target {
            at = self.types.object(at)?.1.base?;
            depth += 1;
        }
        (depth > 0).then_some(depth)
    }
}
