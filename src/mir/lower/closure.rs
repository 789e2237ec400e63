//! Closures: the environments that nested routines share with the routine around them.
//!
//! As in Nim, there is one environment per activation of the enclosing routine: an object on the heap with a field for
//! each captured local and, if that routine is nested itself, a reference to the environment around. A routine that
//! captures nothing of its own passes on the one it was given.
//!
//! ```text
//! closure { code, env } ─▶ { up ─▶ { … }, captured locals … }
//! ```

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use smallvec::smallvec;

use super::Lowering;
use super::builder::Addr;
use super::cleanup::Cleanup;
use super::frame::{Environment, Frame, Slot, Storage};
use super::layout::{Kind, round_up};
use super::routine::Fun;
use super::synth::Synth;
use crate::mir::{
    BlockId, Callee, Desc, DescField, DescId, Inst, Operand, Reg, RtFn, Scalar, Shape, Term,
};
use crate::sema::typed::{LocalId, LocalKind, Routine, RoutineId, RoutineKind};
use crate::sema::types::{Type, TypeId};

/// The layout of an environment.
pub(super) struct Env {
    /// There is such an object; else the closures get the environment around.
    pub(super) own: bool,
    /// The captured locals that it holds, with offsets.
    pub(super) fields: Vec<(LocalId, TypeId, u64)>,
    /// The routine around, whose environment the first field refers to.
    pub(super) up: Option<RoutineId>,
    pub(super) size: u64,
    pub(super) align: u32,
    pub(super) hash: u64,
}

impl Lowering<'_> {
    /// The environment of the closures that `routine` makes.
    pub(super) fn environment(&self, routine: RoutineId) -> Environment {
        let info = self.proc(routine);
        let routine = &info.routine;
        let up = routine.parent;
        let mut hash = DefaultHasher::new();
        if let Some(up) = up {
            self.environment(up).hash.hash(&mut hash);
        }
        let instance = routine.kind == RoutineKind::ClosureIterator;
        let (mut at, mut align) = match (instance, up) {
            (true, _) => (16, 8),
            (false, Some(_)) => (8, 8),
            (false, None) => (0, 1),
        };
        let mut fields = Vec::new();
        for (i, local) in routine.locals.iter().enumerate() {
            if !local.captured || matches!(local.kind, LocalKind::Captured(_)) {
                continue;
            }
            let ty = self.types.bare(local.ty);
            let (field_size, field_align) = self.size_align(ty);
            at = round_up(at, field_align);
            align = align.max(field_align);
            fields.push((LocalId(i as u32), ty, at));
            (local.name.as_str(), at, self.fingerprint(ty)).hash(&mut hash);
            at += field_size;
        }
        Rc::new(Env {
            own: instance || !fields.is_empty(),
            fields,
            up,
            size: round_up(at.max(1), align),
            align,
            hash: hash.finish(),
        })
    }

    fn environment_desc(&self, routine: RoutineId) -> DescId {
        let env = self.environment(routine);
        let info = self.proc(routine);
        let name = format!("environment of {}", info.routine.identity);
        let (id, missing) = self.ids.desc(&name, env.hash);
        let destroy = Some(self.request(Synth::Env(routine)));
        let mut fields = Vec::new();
        if let Some(up) = env.up {
            fields.push(DescField {
                name: "up".into(),
                offset: 0,
                desc: self.environment_ref(up),
                when: None,
            });
        }
        for &(local, ty, offset) in &env.fields {
            fields.push(DescField {
                name: info.routine.locals[local.0 as usize].name.as_str().into(),
                offset: offset as u32,
                desc: self.desc(ty),
                when: None,
            });
        }
        if missing {
            let desc = Desc {
                name: name.into(),
                size: env.size as u32,
                align: env.align,
                shape: Shape::Object {
                    base: None,
                    rtti: false,
                    fields,
                },
                destroy,
                hooked: false,
                acyclic: false,
            };
            self.ids.define_desc(id, desc);
        }
        id
    }

    /// The descriptor of a reference to the environment that closures of `routine` get.
    fn environment_ref(&self, routine: RoutineId) -> DescId {
        let env = self.environment(routine);
        let info = self.proc(routine);
        if let (false, Some(up)) = (env.own, env.up) {
            return self.environment_ref(up);
        }
        if info.routine.kind == RoutineKind::ClosureIterator {
            // An instance is laid out with its body; whoever refers to it needs no more than that it is an address.
            return self.desc(TypeId::POINTER);
        }
        let name = format!("ref environment of {}", info.routine.identity);
        let (id, missing) = self.ids.desc(&name, env.hash);
        if missing {
            let desc = Desc {
                name: name.into(),
                size: 8,
                align: 8,
                shape: Shape::Ref(self.environment_desc(routine)),
                destroy: None,
                hooked: false,
                acyclic: false,
            };
            self.ids.define_desc(id, desc);
        }
        id
    }
}

impl Fun<'_, '_> {
    /// At the start of a body: makes its environment, if closures share any of its locals.
    pub(super) fn open_environment(&mut self) {
        let routine = &self.source().routine;
        if !routine.locals.iter().any(|local| local.captured) {
            return;
        }
        let env = self.cx.environment(routine.id);
        if env.fields.is_empty() {
            return;
        }
        let desc = self.b.reg(Scalar::Ptr);
        self.b.emit(Inst::DescAddr {
            dst: desc,
            desc: self.cx.environment_desc(routine.id),
        });
        let unwind = self.without_environment();
        let object = self.b.call(
            Some(Scalar::Ptr),
            Callee::Runtime(RtFn::NewRef),
            smallvec![desc.into()],
            unwind,
        );
        let reg = self.b.reg(Scalar::Ptr);
        self.b.copy(reg, object);
        if env.up.is_some() {
            let outer = self.outer_environment();
            self.b.emit(Inst::IncRef { ptr: outer });
            self.b.store(Scalar::Ptr, Addr::op(reg), outer);
        }
        for &(_, ty, offset) in &env.fields {
            if self.cx.has_rtti(ty) {
                self.cx
                    .set_rtti(&mut self.b, ty, Addr::op(reg).plus(offset));
            }
        }
        let raises = env.up.is_some() || env.fields.iter().any(|f| self.cx.destroy_raises(f.1));
        let entry = self.push(Cleanup::Env(reg, raises), false);
        let frame = &mut self.frames[self.frame];
        (frame.env, frame.env_entry) = (Some(reg), Some(entry));
    }

    /// Where the body goes on when there is no memory for its environment.
    fn without_environment(&mut self) -> Option<BlockId> {
        let routine = self.source().routine.clone();
        // The locals of an inline iterator are those of the body around it, which has its cleanups.
        if self.frame > 0 {
            return self.unwind();
        }
        // Nothing is set up yet: the result is to be empty, and what was given away has no other owner.
        let result = self.cx.kind(routine.ret) == Kind::Memory;
        let given = self.given_away(&routine, usize::from(result));
        if !result && given.is_empty() {
            return self.unwind();
        }
        let block = self.b.block();
        let here = self.b.pause();
        self.b.enter(block);
        self.b.cold(block);
        let error = self.b.reg(Scalar::Ptr);
        self.b.emit(Inst::TakePending { dst: error });
        if result {
            let size = self.cx.size(routine.ret);
            self.b.mem_zero(Addr::op(Reg(0)), size);
        }
        for (ty, reg) in given {
            match self.cx.kind(ty) {
                Kind::Memory => self.cx.destroy_quietly(&mut self.b, ty, Addr::op(reg)),
                _ => self.b.quietly(|b, failed| b.dec_ref(reg, failed)),
            }
        }
        self.b.emit(Inst::SetPending {
            value: error.into(),
        });
        self.b.end(Term::Return(None));
        self.b.resume(here);
        Some(block)
    }

    /// The registers of parameters whose values the caller gave away; the first parameter is in register `at`.
    fn given_away(&self, routine: &Routine, mut at: usize) -> Vec<(TypeId, Reg)> {
        let mut given = Vec::new();
        for &id in &routine.params {
            let ty = routine.locals[id.0 as usize].ty;
            if matches!(self.cx.types.get(ty), Type::Sink(_)) && self.cx.managed(ty) {
                given.push((ty, Reg(at as u32)));
            }
            at += match self.cx.kind(ty) {
                Kind::Unit => 0,
                Kind::Pair => 2,
                _ => 1,
            };
        }
        given
    }

    /// The environment that the current frame's routine was called with.
    fn outer_environment(&mut self) -> Operand {
        let routine = &self.source().routine;
        match (self.frames[self.frame].serves, routine.parent) {
            // An inline iterator was not called: what is around it is around its loop, or further out.
            (Some(served), Some(parent)) => {
                let here = std::mem::replace(&mut self.frame, served.frame);
                let env = self.environment_of(parent);
                self.frame = here;
                env
            }
            _ => self.given_environment(),
        }
    }

    /// The environment that the proc itself was given. An iterator was given its instance, which refers to it.
    fn given_environment(&mut self) -> Operand {
        match (self.env_param, &self.suspension) {
            (Some(reg), None) => reg.into(),
            (Some(reg), Some(_)) => self.b.load(Scalar::Ptr, Addr::op(reg)),
            (None, _) => Operand::Int(0),
        }
    }

    /// The environment that closures over `target` get.
    pub(super) fn environment_of(&mut self, target: RoutineId) -> Operand {
        let mut frame = Some(self.frame);
        while let Some(index) = frame {
            if self.frames[index].source.routine.id == target {
                return self.frame_environment(index);
            }
            frame = self.frames[index].serves.map(|served| served.frame);
        }
        // Not among the bodies at hand: up from the environment that the proc itself was given.
        let mut routine = self.frames[0].source.routine.parent;
        let mut env = self.given_environment();
        while let Some(id) = routine {
            if id == target {
                return env;
            }
            if self.cx.environment(id).own {
                env = self.b.load(Scalar::Ptr, Addr::op(env));
            }
            routine = self.cx.proc(id).routine.parent;
        }
        self.cx
            .bug("a closure's environment is not in scope where it is made");
        Operand::Int(0)
    }

    fn frame_environment(&mut self, index: usize) -> Operand {
        if let Some(reg) = self.frames[index].env {
            return reg.into();
        }
        let here = std::mem::replace(&mut self.frame, index);
        let env = self.outer_environment();
        self.frame = here;
        env
    }

    /// A captured local of this frame, in its environment.
    pub(super) fn shared(&mut self, id: LocalId) -> Slot {
        let routine = self.source().routine.id;
        let offset = self.env_offset(routine, id);
        let env = self.frame_environment(self.frame);
        Slot {
            storage: Storage::Mem(Addr::op(env).plus(offset)),
            entry: None,
        }
    }

    /// A local of an enclosing routine.
    pub(super) fn captured(&mut self, id: LocalId) -> Slot {
        let mut routine = self.source().routine.clone();
        let mut local = id;
        while let LocalKind::Captured(outer) = routine.locals[local.0 as usize].kind {
            local = outer;
            let Some(parent) = routine.parent else {
                self.cx.bug("a captured local has no owner");
                break;
            };
            routine = self.cx.proc(parent).routine.clone();
        }
        // An inline iterator sees the locals of the body that its loop stands in as they are.
        let mut frame = self.frames[self.frame].serves.map(|served| served.frame);
        while let Some(index) = frame {
            if self.frames[index].source.routine.id == routine.id {
                let here = std::mem::replace(&mut self.frame, index);
                let slot = self.slot_of(local);
                self.frame = here;
                return slot;
            }
            frame = self.frames[index].serves.map(|served| served.frame);
        }
        let offset = self.env_offset(routine.id, local);
        let env = self.environment_of(routine.id);
        Slot {
            storage: Storage::Mem(Addr::op(env).plus(offset)),
            entry: None,
        }
    }

    fn env_offset(&self, routine: RoutineId, local: LocalId) -> u64 {
        let env = self.cx.environment(routine);
        let field = env.fields.iter().find(|&&(id, _, _)| id == local);
        match field {
            Some(&(_, _, offset)) => offset,
            None => {
                self.cx.bug("a captured local is not in its environment");
                0
            }
        }
    }

    /// Writes a routine as a closure value to `dst`. With `last`, nothing needs the environment of this body any more.
    pub(super) fn make_closure(&mut self, routine: RoutineId, dst: Addr, last: bool) {
        let code = self.code_address(routine);
        if self.cx.proc(routine).routine.kind == RoutineKind::ClosureIterator {
            let instance = self.new_instance(routine);
            self.b.store(Scalar::Ptr, dst, code);
            return self.b.store(Scalar::Ptr, dst.plus(8), instance);
        }
        let env = match self.cx.proc(routine).routine.parent {
            Some(parent) => self.environment_of(parent),
            None => Operand::Int(0),
        };
        self.b.store(Scalar::Ptr, dst, code);
        self.b.store(Scalar::Ptr, dst.plus(8), env);
        match (last, &self.frames[self.frame]) {
            (
                true,
                &Frame {
                    env: Some(own),
                    env_entry: Some(entry),
                    ..
                },
            ) => {
                self.b.copy(own, Operand::Int(0));
                self.set_dead(entry, true);
            }
            _ if env == Operand::Int(0) => {}
            _ => self.b.emit(Inst::IncRef { ptr: env }),
        }
    }

    /// The address of a routine's code.
    pub(super) fn code_address(&mut self, routine: RoutineId) -> Operand {
        let proc = self.cx.code_of(routine);
        let dst = self.b.reg(Scalar::Ptr);
        self.b.emit(Inst::ProcAddr { dst, proc });
        dst.into()
    }

    /// The register of the environment parameter.
    pub(super) fn take_env_param(&mut self, index: usize) {
        self.env_param = Some(Reg(index as u32));
    }
}
