//! One proc, from entry to exit.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Lowering;
use super::abi::has_env;
use super::builder::{Addr, Builder};
use super::cleanup::{Cleanup, Entry, EntryId, Exit, Landing, Target};
use super::frame::{Frame, Slot, Storage, zero_of};
use super::layout::Kind;
use super::resume::Suspension;
use super::source::Sources;
use crate::mir::{BlockId, Operand, Proc, Reg, Scalar};
use crate::sema::typed::{Checks, Expr, ExprKind, LocalId, Routine, RoutineKind};
use crate::sema::types::{CallConv, Type, TypeId};

/// A proc that is being lowered.
pub(super) struct Fun<'c, 'r> {
    pub(super) cx: &'r Lowering<'c>,
    pub(super) sources: &'r Sources,
    pub(super) b: Builder,
    pub(super) frames: Vec<Frame<'r>>,
    /// The frame whose code is being lowered.
    pub(super) frame: usize,
    pub(super) checks: Checks,
    pub(super) stack: Vec<Entry<'r>>,
    /// How many scopes of the body are open.
    pub(super) scopes: u32,
    /// The innermost of them, and how many there have been.
    pub(super) scope: u32,
    pub(super) last_scope: u32,
    /// The parameters that are this proc's to destroy.
    pub(super) given: Vec<EntryId>,
    pub(super) next_entry: u32,
    pub(super) targets: Vec<Target>,
    pub(super) chains: FxHashMap<(u32, u32), u32>,
    pub(super) exits: FxHashMap<(u32, Exit), BlockId>,
    pub(super) landings: FxHashMap<(u32, Landing), BlockId>,
    /// What is being unwound with.
    pub(super) exc: Option<Reg>,
    pub(super) env_param: Option<Reg>,
    pub(super) ret: Option<Scalar>,
    /// Can an exception leave the proc?
    pub(super) raises: bool,
    /// Where the result is when the proc returns.
    pub(super) result: Storage,
    pub(super) holds: FxHashSet<TypeId>,
    /// Types of values that are the frame's own, or that an iterator goes through.
    pub(super) owns: FxHashSet<TypeId>,
    /// Registers of parameters and variables that are references.
    pub(super) refs: Vec<Reg>,
    /// For a closure iterator.
    pub(super) suspension: Option<Suspension>,
}

/// Lowers a routine that has a body, with the procs that belong to it.
pub(super) fn lower(cx: &Lowering<'_>, routine: &Arc<Routine>) -> Vec<Arc<Proc>> {
    let sources = cx.sources(routine);
    let info = cx.proc(routine.id);
    let mut fun = Fun {
        cx,
        sources: &sources,
        b: Builder::new(&info.sig.params, routine.place),
        frames: vec![Frame::new(&sources[&routine.id], None)],
        frame: 0,
        checks: routine.checks,
        stack: Vec::new(),
        scopes: 0,
        scope: 0,
        last_scope: 0,
        given: Vec::new(),
        next_entry: 0,
        targets: Vec::new(),
        chains: FxHashMap::default(),
        exits: FxHashMap::default(),
        landings: FxHashMap::default(),
        exc: None,
        env_param: None,
        ret: info.sig.ret,
        raises: info.sig.raises,
        result: Storage::Nothing,
        holds: FxHashSet::default(),
        owns: FxHashSet::default(),
        refs: Vec::new(),
        suspension: None,
    };
    fun.body();
    if info.pinned {
        // Who calls it may be of another version.
        let locals = routine.locals.iter().map(|local| local.ty);
        let all = locals.chain([routine.ret]).map(|ty| cx.types.bare(ty));
        fun.holds.extend(all.filter(|&ty| cx.has_meaning(ty)));
    }
    let frame = fun.suspension.is_some().then(|| fun.close_iterator());
    let mut holds: Vec<_> = fun.holds.iter().map(|&ty| cx.desc(ty)).collect();
    holds.sort();
    let (uses, addressed) = super::uses::uses(cx, &sources);
    let mut owns: Vec<_> = fun.owns.iter().map(|&ty| cx.desc(ty)).collect();
    owns.sort();
    let mut refs = fun.refs;
    refs.extend(fun.env_param);
    refs.sort();
    refs.dedup();
    let (regs, slots, blocks, sites) = fun.b.finish();
    let proc = Proc {
        id: info.id,
        sig: (*info.sig).clone(),
        regs,
        slots,
        blocks,
        sites,
        name: routine.name.as_str().into(),
        traced: routine.checks.traced,
        c_abi: routine.conv == CallConv::C,
        aggregates: cx.entry_aggregates(&info),
        inline: routine.inline,
        pinned: info.pinned,
        cold: false,
        holds,
        owns,
        copied: Vec::new(),
        refs,
        uses,
        addressed,
    };
    let mut procs = vec![Arc::new(proc)];
    if let Some((size, align)) = frame {
        procs.extend(cx.instance_procs(&info, size, align));
    }
    procs
}

impl<'r> Fun<'_, 'r> {
    fn body(&mut self) {
        let source = self.source();
        let routine = &*source.routine;
        let in_memory = self.cx.kind(routine.ret) == Kind::Memory;
        let mut param = usize::from(in_memory);
        if in_memory {
            self.result = Storage::Mem(Addr::op(Reg(0)));
        }
        if has_env(routine) {
            self.take_env_param(self.b.regs.len() - 1);
        }
        if routine.kind == RoutineKind::ClosureIterator {
            self.open_iterator(routine);
        } else {
            self.open_environment();
            if let Some(result) = routine.result {
                self.open_result(result);
            }
        }
        let below = self.stack.len();
        for &id in &routine.params {
            param = self.open_param(id, param);
        }
        self.given = self.stack[below..].iter().map(|entry| entry.id).collect();
        if let Some(body) = &routine.body {
            self.root(body, routine);
        }
        self.end_step();
        self.leave(Exit::Return);
    }

    /// Between two statements of the body: what the caller gave away is destroyed before the variables of the body, as in
    /// Nim, although it is older.
    fn raise_given(&mut self) {
        let given = |entry: &Entry<'_>| self.given.contains(&entry.id);
        self.stack.sort_by_key(given);
    }

    /// The statements of the body but the last.
    fn all_but_last(&mut self, body: &'r Expr) -> &'r Expr {
        let ExprKind::Seq(parts) = &body.kind else {
            return body;
        };
        let Some((last, before)) = parts.split_last() else {
            return body;
        };
        for part in before {
            self.all_but_last_and(part);
        }
        self.all_but_last(last)
    }

    fn all_but_last_and(&mut self, part: &'r Expr) {
        let last = self.all_but_last(part);
        self.effect(last);
        self.raise_given();
    }

    /// The body. One that is an expression without a `result` to assign gives its value directly.
    fn root(&mut self, body: &'r Expr, routine: &'r Routine) {
        let body = match self.given.is_empty() {
            true => body,
            false => self.all_but_last(body),
        };
        if !self.b.alive() {
            return;
        }
        let iterator = routine.kind == RoutineKind::ClosureIterator;
        if iterator || routine.result.is_some() || self.cx.kind(routine.ret) == Kind::Unit {
            return self.effect(body);
        }
        let storage = match (self.result, self.ret) {
            (Storage::Nothing, Some(scalar)) => Storage::Reg(self.b.reg(scalar)),
            (storage, _) => storage,
        };
        self.result = storage;
        self.build(body, Self::dest(storage));
    }

    fn open_result(&mut self, id: LocalId) {
        let local = self.local(id);
        let ty = local.ty;
        self.hold(ty);
        if local.captured {
            // Closures may outlive the call, so they share the environment's; it is copied out on return.
            if let (Storage::Nothing, Some(scalar)) = (self.result, self.ret) {
                self.result = Storage::Reg(self.b.reg(scalar));
            }
            let slot = self.slot_of(id);
            if let Storage::Mem(addr) = slot.storage {
                self.push(Cleanup::ShareResult(addr, ty), false);
            }
            return;
        }
        let storage = match self.result {
            Storage::Mem(addr) => Storage::Mem(addr),
            _ => self.fresh_storage(ty, self.needs_address(id)),
        };
        self.result = storage;
        // Registers always have a value.
        let in_memory = matches!(storage, Storage::Mem(_));
        if !local.noinit || !in_memory || self.cx.managed(ty) {
            self.zero_storage(ty, storage);
        }
        let entry = match (self.cx.managed(ty), storage) {
            (true, Storage::Mem(addr)) => Some(self.push(Cleanup::Result(addr, ty), true)),
            (true, Storage::Reg(reg)) => Some(self.push(Cleanup::ResultReg(reg, ty), true)),
            _ => None,
        };
        self.set_slot(id, Slot { storage, entry });
    }

    /// Gives a parameter its storage; the next parameter's register.
    fn open_param(&mut self, id: LocalId, at: usize) -> usize {
        let local = self.local(id);
        let ty = local.ty;
        self.hold(ty);
        let reg = Reg(at as u32);
        let (incoming, next) = match self.cx.kind(ty) {
            Kind::Unit => (Storage::Nothing, at),
            Kind::Scalar(..) => (Storage::Reg(reg), at + 1),
            Kind::Pair => (Storage::Pair(reg, Reg(at as u32 + 1)), at + 2),
            Kind::Memory => (Storage::Mem(Addr::op(reg)), at + 1),
        };
        let sink = matches!(self.cx.types.get(ty), Type::Sink(_)) && self.cx.managed(ty);
        if local.captured {
            self.share_param(id, ty, incoming, sink);
            return next;
        }
        let spill = self.needs_address(id) || !self.cx.in_register(ty);
        let storage = match incoming {
            Storage::Reg(reg) if spill => {
                let addr = Addr::slot(self.new_slot(ty));
                let scalar = self.b.regs[reg.0 as usize];
                self.b.store(scalar, addr, reg.into());
                Storage::Mem(addr)
            }
            other => other,
        };
        let entry = match self.cleanup_for(ty, storage) {
            Some(cleanup) if sink => Some(self.push(cleanup, false)),
            _ => None,
        };
        self.set_slot(id, Slot { storage, entry });
        next
    }

    /// A captured parameter starts its life in the environment as a copy, or as what the caller gave away.
    pub(super) fn share_param(&mut self, id: LocalId, ty: TypeId, incoming: Storage, sink: bool) {
        let Storage::Mem(addr) = self.slot_of(id).storage else {
            return;
        };
        match incoming {
            Storage::Reg(reg) => {
                let scalar = self.b.regs[reg.0 as usize];
                self.b.store(scalar, addr, reg.into());
                if self.cx.plain_ref(ty) && !sink {
                    self.b.emit(crate::mir::Inst::IncRef { ptr: reg.into() });
                }
            }
            Storage::Mem(from) if sink => self.cx.move_value(&mut self.b, ty, addr, from),
            Storage::Mem(from) => {
                let unwind = self.unwind();
                self.cx.copy_value(&mut self.b, ty, addr, from, unwind);
            }
            _ => {
                let place = self.local(id).place;
                self.cx
                    .unsupported(place, "an openArray parameter that a closure captures");
            }
        }
    }

    /// On return, with `result` in an environment: copies it to where the caller wants it.
    pub(super) fn share_result(&mut self, addr: Addr, ty: TypeId) {
        match self.result {
            Storage::Reg(reg) => {
                self.b.load_to(reg, addr);
                if self.cx.managed(ty) {
                    self.b.emit(crate::mir::Inst::IncRef { ptr: reg.into() });
                }
            }
            Storage::Mem(dst) => {
                let unwind = self.unwind();
                self.cx.copy_value(&mut self.b, ty, dst, addr, unwind);
            }
            _ => {}
        }
    }

    /// What `Return` gives.
    pub(super) fn result_operand(&mut self) -> Option<Operand> {
        let scalar = self.ret?;
        if self.suspension.is_some() {
            return Some(zero_of(scalar));
        }
        Some(match self.result {
            Storage::Reg(reg) => reg.into(),
            Storage::Mem(addr) => self.b.load(scalar, addr),
            _ => zero_of(scalar),
        })
    }

    /// What a return with an exception pending gives.
    pub(super) fn no_result(&self) -> Option<Operand> {
        self.ret.map(zero_of)
    }
}
