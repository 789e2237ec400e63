//! What must be undone when control leaves, and the ways out.
//!
//! Cleanups stand on a stack, in the order in which they became due. Falling out of a scope runs them in place. Every
//! other way out (unwinding, `return`, `break`) goes through a *chain*: one block per cleanup that is due, innermost
//! first, each leading to the next. Chains are interned by (stack content, way out), so however many places leave with
//! the same stack, each cleanup is emitted once per way out, and a `finally` too.
//!
//! Unwinding starts at a *landing*, which takes the pending exception into the proc's `exc` register; the chain runs with
//! nothing pending and ends in a handler or by making the exception pending again and returning.

use super::builder::Addr;
use super::routine::Fun;
use crate::mir::{BlockId, Inst, Operand, Reg, Scalar, Term};
use crate::sema::typed::{Checks, Expr};
use crate::sema::types::TypeId;

/// Names an entry for as long as it stands on the stack, and beyond.
pub(super) type EntryId = u32;

/// One entry of the stack.
#[derive(Clone, Copy)]
pub(super) struct Entry<'r> {
    pub(super) id: EntryId,
    pub(super) what: Cleanup<'r>,
    /// There is nothing to do at this point: the value was moved away, or is not there yet (and the storage is zero).
    pub(super) dead: bool,
    /// How long what it cleans up lasts.
    pub(super) lasts: Lasts,
    /// The scope that it belongs to.
    pub(super) scope: u32,
}

/// How long something lasts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lasts {
    /// To the end of the statement.
    Statement,
    /// To the end of the scope.
    Scope,
    /// The same, and at the top level for a group of statements.
    Group,
}

/// What is to be done.
#[derive(Clone, Copy)]
pub(super) enum Cleanup<'r> {
    /// Give up the reference in a register, to what the type says.
    Reg(Reg, TypeId),
    /// Give up the environment of the proc's closures. Can a destructor raise then?
    Env(Reg, bool),
    /// Destroy the value in memory.
    Mem(Addr, TypeId),
    /// Destroy so many elements from an address.
    Elements(Addr, TypeId, u64),
    /// Part of a value that is being built: destroyed and zeroed, so that the whole holds nothing again.
    Partial(Addr, TypeId),
    /// The result: destroyed and zeroed when unwinding, kept when returning.
    Result(Addr, TypeId),
    /// The result is in a register.
    ResultReg(Reg, TypeId),
    /// On return: the result that closures share is copied to where the caller wants it.
    ShareResult(Addr, TypeId),
    /// Run the `finally` of a `try`, in the frame with that index.
    Finally(&'r Expr, usize, Checks),
    /// Unwinding ends here.
    Handler(BlockId),
    /// Leave an `except` branch: the exception handled before becomes current again.
    Handled(Reg),
}

/// A way out.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Exit {
    Unwind,
    Return,
    /// A suspended iterator is given up: what it holds is destroyed, nothing else of it runs.
    Abandon,
    To(usize),
}

/// How unwinding begins.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Landing {
    First,
    /// A destructor raised while another exception was under way, which is forgotten.
    Instead,
}

/// Where a `break` (or the end of a `try` or loop) leads.
pub(super) struct Target {
    pub(super) block: BlockId,
    /// Height of the stack there.
    pub(super) depth: usize,
    /// What is dead on all ways that lead there so far; `None` before the first.
    pub(super) dead: Option<Vec<EntryId>>,
}

impl<'r> Fun<'_, 'r> {
    /// Makes a cleanup due. A dead one is due once it is revived.
    pub(super) fn push(&mut self, what: Cleanup<'r>, dead: bool) -> EntryId {
        let id = self.next_entry;
        self.next_entry += 1;
        self.stack.push(Entry {
            id,
            what,
            dead,
            lasts: Lasts::Scope,
            scope: self.scope,
        });
        id
    }

    /// Makes a cleanup due after those that became due since `depth`.
    pub(super) fn insert(&mut self, depth: usize, what: Cleanup<'r>, dead: bool) -> EntryId {
        let id = self.push(what, dead);
        if let Some(entry) = self.stack.pop() {
            self.stack.insert(depth.min(self.stack.len()), entry);
        }
        id
    }

    /// A cleanup for a temporary: due at the end of the statement, or of the scope if the program can see it.
    pub(super) fn push_temporary(&mut self, what: Cleanup<'r>, ty: TypeId) -> EntryId {
        let id = self.push(what, false);
        let lasts = match self.cx.observable(ty) {
            false => Lasts::Statement,
            true if self.cx.runs_hook(ty) => Lasts::Group,
            true => Lasts::Scope,
        };
        if let Some(entry) = self.stack.last_mut() {
            entry.lasts = lasts;
        }
        id
    }

    /// The cleanup is no longer due: someone else owns the value now.
    pub(super) fn forget(&mut self, id: EntryId) {
        self.stack.retain(|entry| entry.id != id);
    }

    pub(super) fn set_dead(&mut self, id: EntryId, dead: bool) {
        if !self.b.alive() {
            return;
        }
        if let Some(entry) = self.stack.iter_mut().find(|entry| entry.id == id) {
            entry.dead = dead;
        }
    }

    pub(super) fn is_dead(&self, id: EntryId) -> bool {
        self.stack.iter().any(|entry| entry.id == id && entry.dead)
    }

    /// The entries that are dead now.
    pub(super) fn dead_now(&self) -> Vec<EntryId> {
        let dead = self.stack.iter().filter(|entry| entry.dead);
        dead.map(|entry| entry.id).collect()
    }

    pub(super) fn set_all_dead(&mut self, dead: &[EntryId]) {
        for entry in &mut self.stack {
            entry.dead = dead.contains(&entry.id);
        }
    }

    /// At the head of a loop nothing may count as dead: the body may have given it a value.
    pub(super) fn revive_all(&mut self) {
        for entry in &mut self.stack {
            entry.dead = false;
        }
    }

    /// A place to leave to, at the current height of the stack.
    pub(super) fn target(&mut self) -> usize {
        let block = self.b.block();
        self.targets.push(Target {
            block,
            depth: self.stack.len(),
            dead: None,
        });
        self.targets.len() - 1
    }

    /// Goes on at a target, whose stack height is the current one.
    pub(super) fn enter_target(&mut self, target: usize) {
        if self.b.alive() {
            self.leave(Exit::To(target));
        }
        let block = self.targets[target].block;
        self.b.enter(block);
        match self.targets[target].dead.take() {
            Some(dead) => self.set_all_dead(&dead),
            // Nothing leads here.
            None => self.b.end(Term::Unreachable),
        }
    }

    /// Leaves by a way out.
    pub(super) fn leave(&mut self, exit: Exit) {
        if !self.b.alive() {
            return;
        }
        if let Exit::To(target) = exit {
            let mut now = self.dead_now();
            let known = self.targets[target].dead.take();
            if let Some(known) = known {
                now.retain(|id| known.contains(id));
            }
            self.targets[target].dead = Some(now);
        }
        let block = self.exit_block(self.stack.len(), exit);
        self.b.goto(block);
    }

    /// Where an instruction that may raise unwinds to; `None` when nothing is due.
    pub(super) fn unwind(&mut self) -> Option<BlockId> {
        let mut depth = self.stack.len();
        while depth > 0 && !self.due(depth - 1, Exit::Unwind) {
            depth -= 1;
        }
        if depth == 0 || !self.b.alive() {
            return None;
        }
        Some(self.landing(depth, Landing::First))
    }

    /// The block that takes the pending exception and unwinds the lowest `depth` entries.
    pub(super) fn landing(&mut self, depth: usize, landing: Landing) -> BlockId {
        let key = (self.chain(depth), landing);
        if let Some(&block) = self.landings.get(&key) {
            return block;
        }
        let exc = self.exc();
        let block = self.b.block();
        self.landings.insert(key, block);
        let here = self.b.pause();
        self.b.enter(block);
        self.b.cold(block);
        let old = (landing == Landing::Instead).then(|| self.b.keep(Scalar::Ptr, exc.into()));
        self.b.emit(Inst::TakePending { dst: exc });
        if let Some(old) = old {
            self.b.quietly(|b, failed| b.dec_ref(old, failed));
        }
        let next = self.exit_block(depth, Exit::Unwind);
        self.b.goto(next);
        self.b.resume(here);
        block
    }

    /// Unwinds with `value`, a reference that is given away.
    pub(super) fn throw(&mut self, value: Operand) {
        if !self.b.alive() {
            return;
        }
        let exc = self.exc();
        self.b.copy(exc, value);
        let block = self.exit_block(self.stack.len(), Exit::Unwind);
        self.b.goto(block);
    }

    pub(super) fn exc(&mut self) -> Reg {
        match self.exc {
            Some(reg) => reg,
            None => {
                let reg = self.b.reg(Scalar::Ptr);
                self.exc = Some(reg);
                reg
            }
        }
    }

    fn due(&self, index: usize, exit: Exit) -> bool {
        let entry = &self.stack[index];
        !entry.dead
            && match entry.what {
                Cleanup::Result(..) | Cleanup::ResultReg(..) | Cleanup::Handler(_) => {
                    exit == Exit::Unwind
                }
                Cleanup::ShareResult(..) => exit == Exit::Return,
                Cleanup::Finally(..) => exit != Exit::Abandon,
                _ => true,
            }
    }

    /// The content of the lowest `depth` entries, as a number.
    fn chain(&mut self, depth: usize) -> u32 {
        let mut chain = 0;
        for entry in &self.stack[..depth] {
            if !entry.dead {
                let next = self.chains.len() as u32 + 1;
                chain = *self.chains.entry((chain, entry.id)).or_insert(next);
            }
        }
        chain
    }

    /// The block that runs what is due among the lowest `depth` entries and leaves.
    fn exit_block(&mut self, mut depth: usize, exit: Exit) -> BlockId {
        let stop = match exit {
            Exit::To(target) => self.targets[target].depth,
            _ => 0,
        };
        while depth > stop && !self.due(depth - 1, exit) {
            depth -= 1;
        }
        if depth <= stop {
            return self.way_out(exit);
        }
        let key = (self.chain(depth), exit);
        if let Some(&block) = self.exits.get(&key) {
            return block;
        }
        if let (Cleanup::Handler(block), Exit::Unwind) = (self.stack[depth - 1].what, exit) {
            return block;
        }
        let block = self.b.block();
        self.exits.insert(key, block);
        let here = self.b.pause();
        let above = self.stack.split_off(depth);
        let entry = self.stack.pop();
        let dead = self.dead_now();
        let (frame, checks) = (self.frame, self.checks);
        self.b.enter(block);
        if exit == Exit::Unwind {
            self.b.cold(block);
        }
        if let Some(entry) = entry {
            self.clean(&entry, exit);
            if self.b.alive() {
                let next = self.exit_block(depth - 1, exit);
                self.b.goto(next);
            }
            (self.frame, self.checks) = (frame, checks);
            self.set_all_dead(&dead);
            self.stack.push(entry);
        }
        self.stack.extend(above);
        self.b.resume(here);
        block
    }

    /// The end of a chain.
    fn way_out(&mut self, exit: Exit) -> BlockId {
        if let Exit::To(target) = exit {
            return self.targets[target].block;
        }
        if let Some(&block) = self.exits.get(&(0, exit)) {
            return block;
        }
        let block = self.b.block();
        self.exits.insert((0, exit), block);
        let here = self.b.pause();
        self.b.enter(block);
        if exit == Exit::Abandon {
            let nothing = self.no_result();
            self.b.end(Term::Return(nothing));
        } else if exit == Exit::Unwind {
            self.finish_iterator();
            let exc = self.exc();
            self.b.cold(block);
            self.b.emit(Inst::SetPending { value: exc.into() });
            let nothing = self.no_result();
            self.b.end(Term::Return(nothing));
        } else {
            self.finish_iterator();
            let result = self.result_operand();
            self.b.end(Term::Return(result));
        }
        self.b.resume(here);
        block
    }

    fn clean(&mut self, entry: &Entry<'r>, exit: Exit) {
        let cx = self.cx;
        match entry.what {
            Cleanup::Reg(reg, ty) | Cleanup::ResultReg(reg, ty) => {
                let raises = cx.destroy_raises(ty);
                self.clean_up(entry, exit, raises, |b, unwind| b.dec_ref(reg, unwind));
            }
            Cleanup::Env(reg, raises) => {
                self.clean_up(entry, exit, raises, |b, unwind| b.dec_ref(reg, unwind));
            }
            Cleanup::Mem(addr, ty) => {
                let act = |b: &mut _, unwind| cx.destroy_value(b, ty, addr, unwind);
                self.clean_up(entry, exit, cx.destroy_raises(ty), act);
            }
            Cleanup::Elements(addr, ty, count) => {
                let act = |b: &mut _, unwind| cx.destroy_elements(b, ty, addr, count, unwind);
                self.clean_up(entry, exit, cx.destroy_raises(ty), act);
            }
            Cleanup::Result(addr, ty) | Cleanup::Partial(addr, ty) => {
                let from = cx.aside(&mut self.b, ty, addr);
                let act = |b: &mut _, unwind| cx.destroy_value(b, ty, from, unwind);
                self.clean_up(entry, exit, cx.destroy_raises(ty), act);
                if from == addr {
                    cx.clear_value(&mut self.b, ty, addr);
                }
            }
            Cleanup::ShareResult(addr, ty) => self.share_result(addr, ty),
            Cleanup::Finally(body, frame, checks) => self.finally_on(body, frame, checks, exit),
            Cleanup::Handler(_) => {}
            Cleanup::Handled(previous) if exit == Exit::Abandon => {
                self.b.quietly(|b, failed| b.dec_ref(previous, failed));
            }
            Cleanup::Handled(previous) => {
                let handled = self.restore_current(previous);
                self.clean_up(entry, exit, true, |b, unwind| b.dec_ref(handled, unwind));
            }
        }
    }

    /// Falls out of a scope: runs what became due since `depth`, and takes it off the stack.
    pub(super) fn close(&mut self, depth: usize) {
        while self.stack.len() > depth {
            let Some(entry) = self.stack.pop() else { break };
            if !entry.dead && self.b.alive() {
                self.clean(&entry, Exit::Return);
            }
        }
    }

    /// On a way on which what `entries` stand for was not evaluated: makes their storage hold nothing.
    pub(super) fn hold_nothing(&mut self, entries: &[Entry<'r>]) {
        for entry in entries {
            match entry.what {
                Cleanup::Mem(addr, ty) => {
                    let size = self.cx.size(ty);
                    self.b.mem_zero(addr, size);
                }
                Cleanup::Reg(reg, _) => self.b.copy(reg, Operand::Int(0)),
                _ => {}
            }
        }
    }

    /// Ends a statement: temporaries of it that the program cannot see are destroyed.
    pub(super) fn close_temporaries(&mut self, depth: usize) {
        let mut index = self.stack.len();
        while index > depth {
            index -= 1;
            if self.stack[index].lasts == Lasts::Statement {
                let entry = self.stack.remove(index);
                if !entry.dead && self.b.alive() {
                    self.clean(&entry, Exit::Return);
                }
            }
        }
    }
}
