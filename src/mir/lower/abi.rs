//! Signatures: what caller and callee agree on, and its hash.
//!
//! The hash names the call ABI in a proc's identity: how each parameter travels, its type's identity and flat layout,
//! and whether the proc may raise. What lies behind references is not in it, so that a type that grows a field does not
//! take the procs that merely pass references to it out of use.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::Lowering;
use super::layout::{Kind, is_closure};
use super::pinned::is_pinned;
use crate::mir::{Aggregates, Extern, ExternId, ProcId, Scalar, Sig};
use crate::sema::typed::{Import, Local, Routine, RoutineId, RoutineKind};
use crate::sema::types::{CallConv, ProcType, Type, TypeId};

/// What calls of a routine need to know.
pub(super) struct ProcInfo {
    pub(super) id: ProcId,
    pub(super) sig: Arc<Sig>,
    pub(super) routine: Arc<Routine>,
    pub(super) params: Vec<TypeId>,
    /// The environment is passed last.
    pub(super) env: bool,
    /// See [`is_pinned`].
    pub(super) pinned: bool,
}

impl Lowering<'_> {
    /// What is known about a routine.
    pub(super) fn proc(&self, id: RoutineId) -> Arc<ProcInfo> {
        if let Some(known) = self.cache.procs.borrow().get(&id) {
            return known.clone();
        }
        let routine = (self.routine)(id).unwrap_or_else(|| {
            self.bug("a routine is unknown");
            Arc::new(unknown_routine(id))
        });
        let params: Vec<TypeId> = routine
            .params
            .iter()
            .map(|p| routine.locals[p.0 as usize].ty)
            .collect();
        let env = has_env(&routine);
        let sig = Arc::new(self.signature(&params, routine.ret, env, !routine.never_raises));
        let (mut hash, mut typed) = (DefaultHasher::new(), DefaultHasher::new());
        for &param in params.iter().chain([&routine.ret]) {
            self.identity(param).hash(&mut hash);
            self.identity(param).hash(&mut typed);
            self.flat_fingerprint(param).hash(&mut hash);
        }
        (&*sig, env, routine.conv as u8).hash(&mut hash);
        let pinned = is_pinned(&routine);
        let proc = match pinned {
            true => {
                // What else the routine around shares with its closures decides where this one finds its part.
                let around = routine.parent.map(|parent| self.environment(parent).hash);
                let mut what = DefaultHasher::new();
                (self.body_hash(&routine), around).hash(&mut what);
                let identity = format!("{} '{:x}", routine.identity, what.finish());
                self.ids.proc(&identity, hash.finish())
            }
            false => self.ids.proc(&routine.identity, hash.finish()),
        };
        if !pinned {
            (env, routine.conv as u8).hash(&mut typed);
            self.ids.set_proc_type(proc, typed.finish());
        }
        let info = Arc::new(ProcInfo {
            id: proc,
            sig,
            params,
            env,
            pinned,
            routine,
        });
        self.cache.routines.borrow_mut().insert(proc, id);
        self.cache.procs.borrow_mut().insert(id, info.clone());
        info
    }

    /// The signature of a guest proc.
    pub(super) fn signature(&self, params: &[TypeId], ret: TypeId, env: bool, raises: bool) -> Sig {
        let mut sig = Sig {
            params: Default::default(),
            ret: None,
            raises,
        };
        match self.kind(ret) {
            Kind::Memory => sig.params.push(Scalar::Ptr),
            Kind::Scalar(scalar, _) => sig.ret = Some(scalar),
            Kind::Pair | Kind::Unit => {}
        }
        for &param in params {
            match self.kind(param) {
                Kind::Unit => {}
                Kind::Scalar(scalar, _) => sig.params.push(scalar),
                Kind::Pair => sig.params.extend([Scalar::Ptr, Scalar::I64]),
                Kind::Memory => sig.params.push(Scalar::Ptr),
            }
        }
        if env {
            sig.params.push(Scalar::Ptr);
        }
        sig
    }

    /// The signature behind a proc type. An exception may always come: defects count.
    pub(super) fn value_signature(&self, proc: &ProcType) -> Sig {
        self.signature(&proc.params, proc.ret, is_closure(proc), true)
    }

    /// The C function that an imported routine stands for, or which type C cannot take yet.
    pub(super) fn extern_of(&self, info: &ProcInfo) -> Result<(ExternId, Sig), TypeId> {
        let routine = &info.routine;
        let import = routine.import.as_ref();
        let (mut sig, aggregates) = match import.is_some_and(Import::is_host) {
            true => (self.host_signature(info), Aggregates::default()),
            false => self.extern_signature(&info.params, routine.ret)?,
        };
        let library = import.and_then(|import| import.library.clone());
        // A function of the C library calls back only what it was just given; another library may have kept something.
        sig.raises = library.is_some() || info.params.iter().any(|&param| self.holds_code(param));
        let count = sig.params.len() as u32;
        let id = self.ids.extern_fn(Extern {
            symbol: import.map_or_else(|| "?".into(), |import| import.symbol.clone()),
            library,
            sig: sig.clone(),
            varargs: import.is_some_and(|import| import.varargs).then_some(count),
            aggregates,
        });
        Ok((id, sig))
    }

    /// What a function of a host module takes after the context and its own word: as a guest proc, but small integers in whole
    /// registers, and the address of a pair for an `openArray`.
    fn host_signature(&self, info: &ProcInfo) -> Sig {
        let mut sig = Sig {
            params: Default::default(),
            ret: info.sig.ret,
            raises: true,
        };
        if self.kind(info.routine.ret) == Kind::Memory {
            sig.params.push(Scalar::Ptr);
        }
        for &param in &info.params {
            match self.kind(param) {
                Kind::Unit => {}
                Kind::Scalar(scalar, _) => sig.params.push(widened(scalar)),
                Kind::Pair | Kind::Memory => sig.params.push(Scalar::Ptr),
            }
        }
        sig
    }

    fn holds_code(&self, ty: TypeId) -> bool {
        match self.types.get(self.types.repr(ty)) {
            Type::Proc(_) => true,
            Type::Ptr(inner) => matches!(
                self.types.get(self.types.repr(*inner)),
                Type::Proc(_) | Type::Object(_)
            ),
            _ => false,
        }
    }
}

/// C passes small integers in whole registers, extended by the caller.
pub(super) fn widened(scalar: Scalar) -> Scalar {
    match scalar {
        Scalar::I8 | Scalar::I16 => Scalar::I32,
        other => other,
    }
}

/// Does the routine take an environment as its last argument?
pub(super) fn has_env(routine: &Routine) -> bool {
    routine.parent.is_some()
        || routine.conv == CallConv::Closure
        || routine.kind == RoutineKind::ClosureIterator
}

/// Stands in for a routine that the lookup does not know, so that lowering can go on to other diagnostics.
fn unknown_routine(id: RoutineId) -> Routine {
    Routine {
        id,
        identity: format!("?{}", id.0).into(),
        name: crate::source::Name::new("?"),
        kind: RoutineKind::Proc,
        conv: CallConv::Nimcall,
        params: Vec::new(),
        ret: TypeId::VOID,
        result: None,
        locals: Vec::<Local>::new(),
        body: None,
        import: None,
        parent: None,
        inline: false,
        noreturn: false,
        never_raises: false,
        declared: None,
        stand: Default::default(),
        checks: crate::sema::typed::Checks::ON,
        place: Default::default(),
    }
}
