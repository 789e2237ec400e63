//! Locals and where they live.
//!
//! A frame is one expansion of a routine's body: the routine itself, and one more for each inline iterator that is being
//! expanded. Scalars that need no address live in registers, an `openArray` in two, everything else in a stack slot;
//! what closures share lives in an environment.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::builder::Addr;
use super::cleanup::{Cleanup, EntryId};
use super::layout::Kind;
use super::routine::Fun;
use super::source::Source;
use crate::mir::{Operand, Reg, Scalar, SlotId};
use crate::sema::typed::{Checks, Expr, LabelId, Local, LocalId, LocalKind};
use crate::sema::types::{Type, TypeId};

/// Where a local lives.
#[derive(Clone, Copy, Debug)]
pub(super) enum Storage {
    Nothing,
    Reg(Reg),
    Pair(Reg, Reg),
    Mem(Addr),
}

/// A local that is in being.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) storage: Storage,
    /// Its cleanup, if it owns something.
    pub(super) entry: Option<EntryId>,
}

/// The loop that an inline iterator's expansion serves.
#[derive(Clone, Copy)]
pub(super) struct Loop<'r> {
    /// The frame that the loop stands in.
    pub(super) frame: usize,
    pub(super) vars: &'r [LocalId],
    pub(super) body: &'r Expr,
    /// Where the loop ends.
    pub(super) end: usize,
    pub(super) checks: Checks,
}

/// One expansion of a routine's body.
pub(super) struct Frame<'r> {
    pub(super) source: &'r Source,
    pub(super) locals: Vec<Option<Slot>>,
    pub(super) labels: FxHashMap<LabelId, usize>,
    /// For an inline iterator: its loop.
    pub(super) serves: Option<Loop<'r>>,
    /// The environment that closures made here get, if it is this frame's own.
    pub(super) env: Option<Reg>,
    /// What gives it up at the end, if this body owns a reference to it.
    pub(super) env_entry: Option<EntryId>,
}

impl<'r> Frame<'r> {
    pub(super) fn new(source: &'r Source, serves: Option<Loop<'r>>) -> Frame<'r> {
        Frame {
            source,
            locals: vec![None; source.routine.locals.len()],
            labels: FxHashMap::default(),
            serves,
            env: None,
            env_entry: None,
        }
    }
}

/// A value that was evaluated for reading.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value {
    Nothing,
    Scalar(Operand),
    Pair(Operand, Operand),
    Mem(Addr),
}

/// Where a value is to be built.
#[derive(Clone, Copy, Debug)]
pub(super) enum Dest {
    Nothing,
    Reg(Reg),
    Pair(Reg, Reg),
    Mem(Addr),
    /// The storage of a variable: what is copied into it is by `=copy`, what others take for their own by `=dup`.
    Var(Addr),
}

impl<'r> Fun<'_, 'r> {
    pub(super) fn source(&self) -> &'r Source {
        self.frames[self.frame].source
    }

    pub(super) fn local(&self, id: LocalId) -> &'r Local {
        &self.source().routine.locals[id.0 as usize]
    }

    /// The local's storage, if it is in being.
    pub(super) fn slot_of(&mut self, id: LocalId) -> Slot {
        if let Some(slot) = self.frames[self.frame].locals[id.0 as usize] {
            return slot;
        }
        let local = self.local(id);
        let slot = match local.kind {
            // Not kept: the way to its environment was taken in this block, and other blocks may not come from it.
            LocalKind::Captured(_) => return self.captured(id),
            _ if local.captured => self.shared(id),
            // Declared later, or in a branch that sema knows to be taken: it starts out zeroed.
            _ => {
                let storage = self.fresh_storage(local.ty, self.needs_address(id));
                self.zero_storage(local.ty, storage);
                Slot {
                    storage,
                    entry: None,
                }
            }
        };
        self.set_slot(id, slot);
        slot
    }

    pub(super) fn set_slot(&mut self, id: LocalId, slot: Slot) {
        if let Storage::Reg(reg) = slot.storage
            && self.cx.is_reference(self.local(id).ty)
        {
            self.refs.push(reg);
        }
        self.frames[self.frame].locals[id.0 as usize] = Some(slot);
    }

    pub(super) fn needs_address(&self, id: LocalId) -> bool {
        self.source().info.addressed.contains(&id)
    }

    /// Storage for a value of `ty`, with undefined content.
    pub(super) fn fresh_storage(&mut self, ty: TypeId, addressed: bool) -> Storage {
        match self.cx.kind(ty) {
            Kind::Unit => Storage::Nothing,
            Kind::Scalar(scalar, _) if !addressed && self.cx.in_register(ty) => {
                Storage::Reg(self.b.reg(scalar))
            }
            Kind::Pair => Storage::Pair(self.b.reg(Scalar::Ptr), self.b.reg(Scalar::I64)),
            _ => Storage::Mem(Addr::slot(self.new_slot(ty))),
        }
    }

    pub(super) fn new_slot(&mut self, ty: TypeId) -> SlotId {
        let (size, align) = self.cx.size_align(ty);
        if size > 1 << 24 {
            let place = self.b.place();
            self.cx
                .unsupported(place, format_args!("a local of {size} bytes"));
        }
        if align > 16 {
            let place = self.b.place();
            self.cx.unsupported(
                place,
                format_args!("a local with an alignment of {align} bytes"),
            );
        }
        let slot = self.b.slot(size, align);
        self.b.slots[slot.0 as usize].addresses = self.cx.has_addresses(ty);
        slot
    }

    /// Makes the storage hold the type's default value.
    pub(super) fn zero_storage(&mut self, ty: TypeId, storage: Storage) {
        match storage {
            Storage::Nothing => {}
            Storage::Reg(reg) => {
                let zero = zero_of(self.b.regs[reg.0 as usize]);
                self.b.copy(reg, zero);
            }
            Storage::Pair(address, len) => {
                self.b.copy(address, Operand::Int(0));
                self.b.copy(len, Operand::Int(0));
            }
            Storage::Mem(addr) => self.cx.default_value(&mut self.b, ty, addr),
        }
    }

    /// The cleanup for a value that the storage owns.
    pub(super) fn cleanup_for(&self, ty: TypeId, storage: Storage) -> Option<Cleanup<'r>> {
        if !self.cx.managed(ty) {
            return None;
        }
        match storage {
            Storage::Reg(reg) => Some(Cleanup::Reg(reg, ty)),
            Storage::Mem(addr) => Some(Cleanup::Mem(addr, ty)),
            _ => None,
        }
    }

    /// Does the local own its value?
    pub(super) fn owns(&self, local: &Local) -> bool {
        match local.kind {
            LocalKind::Cursor | LocalKind::Captured(_) => false,
            LocalKind::Param => matches!(self.cx.types.get(local.ty), Type::Sink(_)),
            _ => true,
        }
    }

    /// Remembers that frames of this proc hold values of `ty`.
    pub(super) fn hold(&mut self, ty: TypeId) {
        let bare = self.cx.types.bare(ty);
        if self.cx.has_layout(bare) {
            self.holds.insert(bare);
            // What a `var` parameter leads to is somebody else's.
            if !matches!(self.cx.types.get(ty), Type::Var(_)) {
                self.owns.insert(bare);
            }
        }
    }

    /// Remembers that an iterator goes through a value of `ty`, or through what that refers to.
    pub(super) fn go_through(&mut self, ty: TypeId) {
        let mut ty = self.cx.types.bare(ty);
        if let Type::Ref(inner) = *self.cx.types.get(self.cx.types.repr(ty)) {
            ty = inner;
        }
        if self.cx.has_layout(ty) {
            self.holds.insert(ty);
            self.owns.insert(ty);
        }
    }

    pub(super) fn dest(storage: Storage) -> Dest {
        match storage {
            Storage::Nothing => Dest::Nothing,
            Storage::Reg(reg) => Dest::Reg(reg),
            Storage::Pair(a, b) => Dest::Pair(a, b),
            Storage::Mem(addr) => Dest::Var(addr),
        }
    }

    pub(super) fn labels(&mut self) -> &mut FxHashMap<LabelId, usize> {
        &mut self.frames[self.frame].labels
    }
}

pub(super) fn zero_of(scalar: Scalar) -> Operand {
    if scalar.is_float() {
        Operand::Float(0.0)
    } else {
        Operand::Int(0)
    }
}

impl super::Lowering<'_> {
    /// Is there an object in it, by value or by reference, whose layout a new version may change?
    pub(super) fn has_layout(&self, ty: TypeId) -> bool {
        self.may_change(ty, false, 0)
    }

    /// The same, or an enum, whose constants may get other numbers. Procs with such a parameter are others then; what is called by its
    /// value is what it was.
    pub(super) fn has_meaning(&self, ty: TypeId) -> bool {
        self.may_change(ty, true, 0)
    }

    /// Is a value of it the reference to an object, and not the address of one?
    fn is_reference(&self, ty: TypeId) -> bool {
        let is_view = matches!(self.types.get(ty), Type::Var(_) | Type::Lent(_));
        !is_view && matches!(self.types.get(self.types.repr(ty)), Type::Ref(_))
    }

    fn may_change(&self, ty: TypeId, enums: bool, depth: u32) -> bool {
        let inner = |ty: TypeId| depth < 8 && self.may_change(ty, enums, depth + 1);
        match self.types.get(self.types.repr(ty)) {
            Type::Object(_) => true,
            Type::Enum(_) => enums,
            Type::Set(t) => enums && inner(*t),
            Type::Range { base, .. } => enums && inner(*base),
            Type::Var(t) | Type::Lent(t) => enums && inner(*t),
            Type::Ref(t) | Type::Ptr(t) | Type::Seq(t) | Type::OpenArray(t) => inner(*t),
            Type::Array { elem, index } => inner(*elem) || enums && inner(*index),
            Type::Tuple(parts) => parts.iter().any(|&(_, part)| inner(part)),
            _ => false,
        }
    }
}

/// The fields of an environment; see `closure`.
pub(super) type Environment = Rc<super::closure::Env>;
