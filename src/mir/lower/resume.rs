//! Closure iterators: procs that leave at each `yield` and go on behind it when they are called again.
//!
//! An instance is an object on the heap. The body is lowered like that of any proc; then its stack slots move into the
//! instance, and registers that are live behind a `yield` are kept there while it is suspended:
//!
//! ```text
//! instance { up, state, captured locals …, slots …, kept registers … }
//! state    0: not begun   k: suspended at yield k   -1: at its end   -k - 1: to be given up where it is suspended at yield k
//! ```
//!
//! Each call passes its arguments anew, and its own address for a result in memory. An instance that is destroyed while it
//! is suspended destroys what it holds there, without running any `finally`, as Nim does.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use smallvec::{SmallVec, smallvec};

use super::Lowering;
use super::abi::ProcInfo;
use super::builder::{Addr, Builder};
use super::cleanup::{Cleanup, Exit};
use super::frame::{Dest, Storage, zero_of};
use super::layout::{Kind, round_up};
use super::routine::Fun;
use crate::mir::{
    BinOp, Block, BlockId, Callee, CmpOp, Desc, DescField, DescId, Inst, Operand, Proc, ProcId,
    Reg, RtFn, Scalar, Shape, Sig, Stmt, Term,
};
use crate::sema::typed::{Expr, LocalId, Routine, RoutineId};
use crate::sema::types::TypeId;

/// Where the state stands in an instance.
pub(super) const STATE: u64 = 8;
/// The state of an iterator that has come to its end.
pub(super) const FINISHED: i64 = -1;

/// The state in which one is given up that is suspended in this one.
pub(in crate::mir) fn given_up(state: i64) -> i64 {
    -1 - state
}

/// A `yield`: where it leaves, where it goes on, where it is given up.
pub(super) struct Yield {
    leave: BlockId,
    resume: BlockId,
    abandon: BlockId,
}

/// What a proc that can be suspended knows of itself.
pub(super) struct Suspension {
    yields: Vec<Yield>,
    /// The block behind the entry.
    start: BlockId,
}

impl<'r> Fun<'_, 'r> {
    /// Leaves the entry for the switch over the states.
    pub(super) fn open_iterator(&mut self, routine: &'r Routine) {
        let start = self.b.block();
        self.b.enter(start);
        self.suspension = Some(Suspension {
            yields: Vec::new(),
            start,
        });
        self.frames[0].env = self.env_param;
        for &param in &routine.params {
            let local = self.local(param);
            let sink = matches!(
                self.cx.types.get(local.ty),
                crate::sema::types::Type::Sink(_)
            );
            if sink && self.cx.managed(local.ty) {
                self.cx
                    .unsupported(local.place, "a sink parameter of a closure iterator");
            }
        }
    }

    fn state(&self) -> Addr {
        let env = self.env_param.unwrap_or(Reg(0));
        Addr::op(env).plus(STATE)
    }

    /// The iterator has come to its end, or was left with an exception.
    pub(super) fn finish_iterator(&mut self) {
        if self.suspension.is_some() {
            let state = self.state();
            self.b.store(Scalar::I64, state, Operand::Int(FINISHED));
            self.no_value();
        }
    }

    /// The caller's storage for a result gets the default value.
    fn no_value(&mut self) {
        if let Storage::Mem(addr) = self.result {
            let ret = self.frames[0].source.routine.ret;
            self.cx.default_value(&mut self.b, ret, addr);
        }
    }

    /// `yield` in a closure iterator.
    pub(super) fn suspend(&mut self, value: &'r Expr) {
        let ret = self.frames[0].source.routine.ret;
        let depth = self.stack.len();
        let mut given = None;
        match (self.cx.kind(ret), self.result) {
            (Kind::Memory, Storage::Mem(addr)) => self.build_variable(value, addr),
            (Kind::Scalar(scalar, _), _) => {
                let reg = self.b.reg(scalar);
                self.build_part(value, ret, Dest::Reg(reg));
                given = Some(reg.into());
            }
            _ => self.effect(value),
        }
        self.close_temporaries(depth);
        if !self.b.alive() {
            return;
        }
        let (resume, abandon) = (self.b.block(), self.b.block());
        let leave = self.b.current();
        let Some(suspension) = &mut self.suspension else {
            return;
        };
        suspension.yields.push(Yield {
            leave,
            resume,
            abandon,
        });
        let number = suspension.yields.len() as i64;
        let state = self.state();
        self.b.store(Scalar::I64, state, Operand::Int(number));
        self.b.end(Term::Return(given));
        self.b.enter(abandon);
        self.b.cold(abandon);
        let dead = self.dead_now();
        self.leave(Exit::Abandon);
        self.set_all_dead(&dead);
        self.b.enter(resume);
    }

    /// Completes the body: the switch at the entry, and the frame in the instance. Gives the instance's size and alignment.
    pub(super) fn close_iterator(&mut self) -> (u64, u32) {
        let env = self.env_param.unwrap_or(Reg(0));
        let Some(suspension) = self.suspension.take() else {
            return (0, 1);
        };
        let done = self.b.block();
        self.b.enter(BlockId(0));
        let state = self.b.load(Scalar::I64, Addr::op(env).plus(STATE));
        let mut cases = vec![(0, suspension.start)];
        for (number, place) in (1i64..).zip(&suspension.yields) {
            cases.push((number, place.resume));
            cases.push((-number - 1, place.abandon));
        }
        self.b.end(Term::Switch {
            on: state,
            ty: Scalar::I64,
            cases,
            default: done,
        });
        self.b.enter(done);
        self.no_value();
        let nothing = self.no_result();
        self.b.end(Term::Return(nothing));
        let id = self.frames[0].source.routine.id;
        let fixed = self.cx.environment(id);
        let count = self.cx.proc(id).sig.params.len();
        let mut frame = HeapFrame {
            env,
            size: fixed.size,
            align: fixed.align.max(8),
        };
        frame.move_slots(&mut self.b);
        frame.keep_registers(&mut self.b, &suspension.yields, count);
        (round_up(frame.size, frame.align), frame.align)
    }

    /// `for` over a closure iterator: a new instance, called until it has come to its end.
    pub(super) fn iterate_instance(
        &mut self,
        iterator: RoutineId,
        args: &'r [Expr],
        vars: &'r [LocalId],
        body: &'r Expr,
    ) {
        let depth = self.stack.len();
        let instance = self.new_instance(iterator);
        let instance = self.b.keep(Scalar::Ptr, instance);
        if let Operand::Reg(reg) = instance {
            self.push(Cleanup::Env(reg, true), false);
        }
        self.revive_all();
        let end = self.target();
        let head = self.b.block();
        self.b.goto(head);
        self.b.enter(head);
        let lap = self.stack.len();
        let info = self.cx.proc(iterator);
        let ret = info.routine.ret;
        let storage = self.fresh_storage(ret, false);
        let dst = match storage {
            Storage::Mem(addr) => Some(addr),
            _ => None,
        };
        let value = self.call_instance(&info, args, instance, dst);
        if let Storage::Reg(reg) = storage {
            self.b.copy(reg, value);
        }
        let cleanup = self.cleanup_for(ret, storage);
        let given = cleanup.map(|cleanup| self.push(cleanup, false));
        let state = self.b.load(Scalar::I64, Addr::op(instance).plus(STATE));
        let over = self
            .b
            .cmp(CmpOp::Eq, Scalar::I64, state, Operand::Int(FINISHED));
        let (out, inside) = (self.b.block(), self.b.block());
        self.b.branch(over, out, inside);
        self.b.enter(out);
        let dead = self.dead_now();
        self.leave(Exit::To(end));
        self.set_all_dead(&dead);
        self.b.enter(inside);
        self.bind_results(vars, ret, storage);
        if let Some(entry) = given.filter(|_| !vars.is_empty()) {
            self.set_dead(entry, true);
        }
        self.effect(body);
        self.close(lap);
        if self.b.alive() {
            let unwind = self.unwind();
            self.b.emit(Inst::Poll { unwind });
            self.b.goto(head);
        }
        self.enter_target(end);
        self.close(depth);
    }

    /// Moves what the iterator gave into the loop's variables.
    fn bind_results(&mut self, vars: &'r [LocalId], ret: TypeId, storage: Storage) {
        let places: Vec<(LocalId, Storage)> = match (vars, storage) {
            ([], _) => Vec::new(),
            (&[var], _) => vec![(var, storage)],
            (_, Storage::Mem(addr)) => {
                let tuple = self.cx.types.repr(ret);
                let layout = self.cx.cache.layouts.fields(self.cx.types, tuple);
                let parts = vars.iter().zip(&layout.offsets);
                parts
                    .map(|(&var, &offset)| (var, Storage::Mem(addr.plus(offset))))
                    .collect()
            }
            _ => Vec::new(),
        };
        for (var, from) in places {
            self.bind_result(var, from);
        }
    }

    fn bind_result(&mut self, var: LocalId, from: Storage) {
        let local = self.local(var);
        let ty = local.ty;
        self.hold(ty);
        let shared = local.captured.then(|| self.slot_of(var).storage);
        let storage = match shared {
            Some(storage) => storage,
            None => self.fresh_storage(ty, self.needs_address(var)),
        };
        let source = match from {
            Storage::Reg(reg) => self.spill(ty, reg.into()),
            Storage::Mem(addr) => addr,
            _ => return,
        };
        match storage {
            Storage::Reg(reg) => {
                self.b.load_to(reg, source);
                self.cx.clear_value(&mut self.b, ty, source);
            }
            Storage::Mem(addr) => {
                if shared.is_some() {
                    self.vacate(ty, addr);
                }
                self.cx.move_value(&mut self.b, ty, addr, source);
            }
            _ => {}
        }
        if shared.is_none() {
            let cleanup = self.cleanup_for(ty, storage);
            let entry = cleanup.map(|cleanup| self.push(cleanup, false));
            self.set_slot(var, super::frame::Slot { storage, entry });
        }
    }

    /// A new instance of a closure iterator, owned.
    pub(super) fn new_instance(&mut self, iterator: RoutineId) -> Operand {
        let info = self.cx.proc(iterator);
        let up = match info.routine.parent {
            Some(parent) => self.environment_of(parent),
            None => Operand::Int(0),
        };
        let make = self.cx.constructor_id(&info);
        let unwind = self.unwind();
        self.b
            .call(Some(Scalar::Ptr), Callee::Proc(make), smallvec![up], unwind)
    }

    /// Is the iterator at its end?
    pub(super) fn is_finished(&mut self, closure: Addr) -> Operand {
        let env = self.b.load(Scalar::Ptr, closure.plus(8));
        let result = self.b.reg(Scalar::I8);
        self.b.copy(result, Operand::Int(1));
        let (look, done) = (self.b.block(), self.b.block());
        let there = self.b.cmp(CmpOp::Ne, Scalar::Ptr, env, Operand::Int(0));
        self.b.branch(there, look, done);
        self.b.enter(look);
        let state = self.b.load(Scalar::I64, Addr::op(env).plus(STATE));
        let over = self
            .b
            .cmp(CmpOp::Eq, Scalar::I64, state, Operand::Int(FINISHED));
        self.b.copy(result, over);
        self.b.goto(done);
        self.b.enter(done);
        result.into()
    }
}

/// The part of an instance that was a stack frame.
struct HeapFrame {
    env: Reg,
    size: u64,
    align: u32,
}

impl HeapFrame {
    fn place(&mut self, size: u32, align: u32) -> u64 {
        self.align = self.align.max(align);
        let at = round_up(self.size, align);
        self.size = at + u64::from(size);
        at
    }

    /// Stack slots become parts of the instance.
    fn move_slots(&mut self, b: &mut Builder) {
        let offsets: Vec<u64> = b
            .slots
            .iter()
            .map(|slot| self.place(slot.size, slot.align))
            .collect();
        b.slots.clear();
        for block in &mut b.blocks {
            for stmt in &mut block.stmts {
                if let Inst::SlotAddr { dst, slot } = stmt.inst {
                    stmt.inst = Inst::Bin {
                        dst,
                        op: BinOp::Add,
                        a: self.env.into(),
                        b: Operand::Int(offsets[slot.0 as usize] as i64),
                    };
                }
            }
        }
    }

    /// Registers that are read behind a `yield` are stored before it and loaded behind it. Parameters are not among them:
    /// each call passes them.
    fn keep_registers(&mut self, b: &mut Builder, yields: &[Yield], params: usize) {
        let live = live_in(&b.blocks, yields);
        let mut homes: Vec<Option<u64>> = vec![None; b.regs.len()];
        for place in yields {
            let mut stores = FxHashSet::default();
            for target in [place.resume, place.abandon] {
                let mut kept: Vec<Reg> = live[target.0 as usize]
                    .iter()
                    .copied()
                    .filter(|reg| reg.0 as usize >= params)
                    .collect();
                kept.sort();
                let mut loads = Vec::new();
                for reg in kept {
                    let size = b.regs[reg.0 as usize].size();
                    let home = *homes[reg.0 as usize].get_or_insert_with(|| self.place(size, size));
                    stores.insert((reg, home));
                    loads.push(Inst::Load {
                        dst: reg,
                        addr: self.env.into(),
                        offset: home as i32,
                    });
                }
                let block = &mut b.blocks[target.0 as usize];
                let site = block.stmts.first().map_or(crate::mir::Site(0), |s| s.site);
                let loads = loads.into_iter().map(|inst| Stmt { inst, site });
                block.stmts.splice(0..0, loads);
            }
            let mut stores: Vec<(Reg, u64)> = stores.into_iter().collect();
            stores.sort();
            let block = &mut b.blocks[place.leave.0 as usize];
            let site = block.stmts.last().map_or(crate::mir::Site(0), |s| s.site);
            for (reg, home) in stores {
                let inst = Inst::Store {
                    ty: b.regs[reg.0 as usize],
                    addr: self.env.into(),
                    offset: home as i32,
                    value: reg.into(),
                };
                block.stmts.push(Stmt { inst, site });
            }
        }
    }
}

/// Registers that are read in or behind each block before they are assigned. What is read behind a `yield` is read behind
/// the block that it leaves.
fn live_in(blocks: &[Block], yields: &[Yield]) -> Vec<FxHashSet<Reg>> {
    let mut live: Vec<FxHashSet<Reg>> = vec![FxHashSet::default(); blocks.len()];
    loop {
        let mut changed = false;
        for (index, block) in blocks.iter().enumerate().rev() {
            let mut after = FxHashSet::default();
            let here = BlockId(index as u32);
            if let Some(place) = yields.iter().find(|place| place.leave == here) {
                after.extend(&live[place.resume.0 as usize]);
                after.extend(&live[place.abandon.0 as usize]);
            }
            let before = live_before(block, after, &live);
            if before.len() != live[index].len() {
                live[index] = before;
                changed = true;
            }
        }
        if !changed {
            return live;
        }
    }
}

fn live_before(block: &Block, after: FxHashSet<Reg>, live: &[FxHashSet<Reg>]) -> FxHashSet<Reg> {
    let mut now = after;
    block
        .term
        .each_target(|target| now.extend(&live[target.0 as usize]));
    if let Some(Operand::Reg(reg)) = block.term.operand() {
        now.insert(*reg);
    }
    for stmt in block.stmts.iter().rev() {
        if let Some(dst) = stmt.inst.dst() {
            now.remove(&dst);
        }
        stmt.inst.each_operand(|operand| {
            if let Operand::Reg(reg) = operand {
                now.insert(*reg);
            }
        });
        if let Some(Some(target)) = stmt.inst.unwind() {
            now.extend(&live[target.0 as usize]);
        }
    }
    now
}

impl Lowering<'_> {
    /// The proc that makes instances of a closure iterator: (environment around) -> instance.
    pub(super) fn constructor_id(&self, info: &ProcInfo) -> ProcId {
        let (identity, abi) = self.ids.proc_key(info.id);
        self.ids.proc(&format!("new {identity}"), abi)
    }

    /// The procs that go with an iterator's body: one makes instances, one destroys them.
    pub(super) fn instance_procs(&self, info: &ProcInfo, size: u64, align: u32) -> [Arc<Proc>; 2] {
        let (identity, abi) = self.ids.proc_key(info.id);
        let destroy = self.ids.proc(&format!("=destroy {identity}"), abi);
        let desc = self.instance_desc(info, destroy, size, align);
        [
            Arc::new(self.constructor(info, desc)),
            Arc::new(self.destroyer(info, destroy)),
        ]
    }

    fn instance_desc(&self, info: &ProcInfo, destroy: ProcId, size: u64, align: u32) -> DescId {
        let env = self.environment(info.routine.id);
        let (identity, _) = self.ids.proc_key(info.id);
        let mut hash = DefaultHasher::new();
        (env.hash, size, align).hash(&mut hash);
        let name = format!("iterator {identity}");
        let (id, missing) = self.ids.desc(&name, hash.finish());
        let field = |&(local, ty, offset): &(LocalId, TypeId, u64)| DescField {
            name: info.routine.locals[local.0 as usize].name.as_str().into(),
            offset: offset as u32,
            desc: self.desc(ty),
            when: None,
        };
        let fields = env.fields.iter().map(field).collect();
        if missing {
            let desc = Desc {
                name: name.into(),
                size: size as u32,
                align,
                shape: Shape::Object {
                    base: None,
                    rtti: false,
                    fields,
                },
                destroy: Some(destroy),
                hooked: false,
                // Its fields also stand for locals whose values are gone already.
                acyclic: true,
            };
            self.ids.define_desc(id, desc);
        }
        id
    }

    fn constructor(&self, info: &ProcInfo, desc: DescId) -> Proc {
        let mut b = Builder::new(&[Scalar::Ptr], info.routine.place);
        let address = b.reg(Scalar::Ptr);
        b.emit(Inst::DescAddr { dst: address, desc });
        let object = b.call(
            Some(Scalar::Ptr),
            Callee::Runtime(RtFn::NewRef),
            smallvec![address.into()],
            None,
        );
        b.emit(Inst::IncRef { ptr: Reg(0).into() });
        b.store(Scalar::Ptr, Addr::op(object), Reg(0).into());
        for &(_, ty, offset) in &self.environment(info.routine.id).fields {
            if self.has_rtti(ty) {
                self.set_rtti(&mut b, ty, Addr::op(object).plus(offset));
            }
        }
        b.end(Term::Return(Some(object)));
        let sig = Sig {
            params: smallvec![Scalar::Ptr],
            ret: Some(Scalar::Ptr),
            raises: true,
        };
        self.package(self.constructor_id(info), sig, b, false)
    }

    /// `(instance)`: gives up what a suspended iterator holds, then what closures share of it.
    fn destroyer(&self, info: &ProcInfo, id: ProcId) -> Proc {
        let mut b = Builder::new(&[Scalar::Ptr], info.routine.place);
        let instance = Addr::op(Reg(0));
        let state = b.load(Scalar::I64, instance.plus(STATE));
        let (suspended, failed, rest) = (b.block(), b.block(), b.block());
        let inside = b.cmp(CmpOp::SLt, Scalar::I64, Operand::Int(0), state);
        b.branch(inside, suspended, rest);
        b.enter(suspended);
        let given_up = b.bin(Scalar::I64, BinOp::Sub, Operand::Int(-1), state);
        b.store(Scalar::I64, instance.plus(STATE), given_up);
        let others = info.sig.params.len().saturating_sub(1);
        let others = info.sig.params[..others].iter();
        let mut args: SmallVec<[Operand; 4]> = others.map(|&ty| zero_of(ty)).collect();
        args.push(Reg(0).into());
        b.call(info.sig.ret, Callee::Proc(info.id), args, Some(failed));
        b.goto(rest);
        b.enter(failed);
        b.cold(failed);
        b.drop_pending();
        b.goto(rest);
        b.enter(rest);
        for &(_, ty, offset) in &self.environment(info.routine.id).fields {
            self.destroy_quietly(&mut b, ty, instance.plus(offset));
        }
        let up = b.load(Scalar::Ptr, instance);
        b.quietly(|b, failed| b.dec_ref(up, failed));
        b.end(Term::Return(None));
        let sig = Sig {
            params: smallvec![Scalar::Ptr],
            ret: None,
            raises: false,
        };
        self.package(id, sig, b, false)
    }
}
