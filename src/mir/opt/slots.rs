//! Stack slots whose address nobody else gets: their parts become registers (scalar replacement of aggregates).
//!
//! A slot qualifies when its address, as it is or at a constant offset, is used for nothing but to load, store, clear and
//! copy whole parts, and when the parts that are used do not overlap.

use rustc_hash::FxHashMap;

use crate::mir::addresses::Addresses;
use crate::mir::ir::*;

/// A copy: where to and where from, if it is in a slot, and how many bytes.
type Copied = (Option<(SlotId, i64)>, Option<(SlotId, i64)>, i64);

/// Larger copies stay what they are.
const MAX_COPY: i64 = 64;
/// More parts than this would be more registers than a processor has.
const MAX_PARTS: usize = 32;

/// Replaces slots by registers where it can. The addresses that are left over are for [`super::remove_dead`].
pub fn promote_slots(proc: &mut Proc) {
    if proc.slots.is_empty() {
        return;
    }
    let addresses = Addresses::of(proc);
    let mut slots = Slots::of(proc, &addresses);
    slots.agree_on_copies();
    slots.drop_overlapping();
    if slots.parts.iter().all(Option::is_none) {
        return;
    }
    let first = proc.regs.len();
    let registers = slots.registers(&mut proc.regs);
    initialise(proc, first);
    for block in &mut proc.blocks {
        let mut stmts = Vec::with_capacity(block.stmts.len());
        for stmt in block.stmts.drain(..) {
            let site = stmt.site;
            let mut emit = |inst| stmts.push(Stmt { inst, site });
            rewrite(stmt.inst, &addresses, &registers, &mut proc.regs, &mut emit);
        }
        block.stmts = stmts;
    }
}

/// On some path a part may be read that was never written: what it is then does not matter, but it is something.
fn initialise(proc: &mut Proc, first: usize) {
    let zeros = (first..proc.regs.len()).map(|number| Stmt {
        inst: zero(Reg(number as u32), proc.regs[number]),
        site: Site(0),
    });
    let zeros: Vec<Stmt> = zeros.collect();
    proc.blocks[0].stmts.splice(..0, zeros);
}

fn zero(dst: Reg, ty: Scalar) -> Inst {
    let value = if ty.is_float() {
        Operand::Float(0.0)
    } else {
        Operand::Int(0)
    };
    Inst::Copy { dst, value }
}

/// The parts of each slot by offset; `None` for one that stays in memory.
struct Slots {
    parts: Vec<Option<FxHashMap<i64, Scalar>>>,
    sizes: Vec<i64>,
    /// Areas that are cleared.
    zeroed: Vec<(SlotId, i64, i64)>,
    /// Areas that are copied: each side, if it is in a slot, and the size.
    copied: Vec<Copied>,
}

impl Slots {
    fn of(proc: &Proc, addresses: &Addresses) -> Slots {
        let mut slots = Slots {
            parts: vec![Some(FxHashMap::default()); proc.slots.len()],
            sizes: proc.slots.iter().map(|slot| i64::from(slot.size)).collect(),
            zeroed: Vec::new(),
            copied: Vec::new(),
        };
        proc.each_inst(|inst| slots.note(inst, addresses, &proc.regs));
        for block in &proc.blocks {
            if let Some(operand) = block.term.operand() {
                slots.escape(addresses.get(operand));
            }
        }
        slots
    }

    fn escape(&mut self, address: Option<(SlotId, i64)>) {
        if let Some((slot, _)) = address {
            self.parts[slot.0 as usize] = None;
        }
    }

    fn note(&mut self, inst: &Inst, addresses: &Addresses, regs: &[Scalar]) {
        match inst {
            Inst::Load { dst, addr, offset } => {
                self.part(addresses.get(addr), *offset, regs[dst.0 as usize]);
            }
            Inst::Store {
                ty,
                addr,
                offset,
                value,
            } => {
                self.part(addresses.get(addr), *offset, *ty);
                self.escape(addresses.get(value));
            }
            Inst::MemZero {
                dst,
                size: Operand::Int(size),
            } => {
                if let Some((slot, at)) = addresses.get(dst) {
                    self.zeroed.push((slot, at, *size));
                }
            }
            Inst::MemCopy {
                dst,
                src,
                size: Operand::Int(size @ 0..=MAX_COPY),
            } => {
                let (dst, src) = (addresses.get(dst), addresses.get(src));
                if dst.is_some() || src.is_some() {
                    self.copied.push((dst, src, *size));
                }
            }
            inst if addresses.is_derived(inst) => {}
            // Into a register that is assigned elsewhere too: nobody knows where it goes.
            Inst::SlotAddr { slot, .. } => self.parts[slot.0 as usize] = None,
            inst => inst.each_operand(|operand| self.escape(addresses.get(operand))),
        }
    }

    fn part(&mut self, address: Option<(SlotId, i64)>, offset: i32, ty: Scalar) {
        let Some((slot, at)) = address else { return };
        self.add(slot, at + i64::from(offset), ty);
    }

    /// Notes a part; one of the same size and kind is the same. True when it is new.
    fn add(&mut self, slot: SlotId, at: i64, ty: Scalar) -> bool {
        let size = self.sizes[slot.0 as usize];
        let Some(parts) = &mut self.parts[slot.0 as usize] else {
            return false;
        };
        let fits = at >= 0 && at + i64::from(ty.size()) <= size;
        let known = parts.insert(at, ty);
        let same = known.is_none_or(|known| known.size() == ty.size());
        if !fits || !same || parts.len() > MAX_PARTS {
            self.parts[slot.0 as usize] = None;
            return true;
        }
        if let Some(known) = known {
            // A part that is a float once is one register with bits moved in and out: keep the first kind.
            parts.insert(at, known);
        }
        known.is_none()
    }

    /// Both sides of a copy have the same parts, and every byte of it belongs to one.
    fn agree_on_copies(&mut self) {
        let copied = std::mem::take(&mut self.copied);
        loop {
            let mut changed = false;
            for &(dst, src, size) in &copied {
                for (from, to) in [(dst, src), (src, dst)] {
                    let Some((slot, start)) = from else { continue };
                    let Some(parts) = &self.parts[slot.0 as usize] else {
                        // Where one side stays in memory, the other is loaded and stored part by part.
                        continue;
                    };
                    let inside: Vec<(i64, Scalar)> = parts
                        .iter()
                        .map(|(&at, &ty)| (at - start, ty))
                        .filter(|&(at, ty)| at + i64::from(ty.size()) > 0 && at < size)
                        .collect();
                    for (at, ty) in inside {
                        let whole = at >= 0 && at + i64::from(ty.size()) <= size;
                        match to {
                            _ if !whole => {
                                changed = true;
                                self.parts[slot.0 as usize] = None;
                            }
                            Some((other, start)) => changed |= self.add(other, start + at, ty),
                            None => {}
                        }
                    }
                }
            }
            if !changed && !self.fill_gaps(&copied) {
                break;
            }
        }
        self.copied = copied;
    }

    /// Gives the first gap that is found a part. False when there is none.
    fn fill_gaps(&mut self, copied: &[Copied]) -> bool {
        for &(dst, src, size) in copied {
            for (slot, start) in [dst, src].into_iter().flatten() {
                let Some(parts) = &self.parts[slot.0 as usize] else {
                    continue;
                };
                let mut at = start;
                while at < start + size {
                    if let Some(ty) = parts.get(&at) {
                        at += i64::from(ty.size());
                        continue;
                    }
                    let next = parts.keys().copied().filter(|&other| other > at).min();
                    let room = next.unwrap_or(i64::MAX).min(start + size) - at;
                    let ty = [Scalar::I64, Scalar::I32, Scalar::I16, Scalar::I8]
                        .into_iter()
                        .find(|ty| i64::from(ty.size()) <= room && at % i64::from(ty.size()) == 0);
                    self.add(slot, at, ty.unwrap_or(Scalar::I8));
                    return true;
                }
            }
        }
        false
    }

    /// Parts that overlap, or are cleared by half, keep their slot in memory.
    fn drop_overlapping(&mut self) {
        for parts in &mut self.parts {
            let Some(map) = parts else { continue };
            let mut sorted: Vec<(i64, Scalar)> = map.iter().map(|(&at, &ty)| (at, ty)).collect();
            sorted.sort_by_key(|part| part.0);
            let overlap =
                |pair: &[(i64, Scalar)]| pair[0].0 + i64::from(pair[0].1.size()) > pair[1].0;
            if sorted.windows(2).any(overlap) {
                *parts = None;
            }
        }
        for &(slot, start, size) in &self.zeroed {
            let parts = &mut self.parts[slot.0 as usize];
            let half = |(&at, ty): (&i64, &Scalar)| {
                let end = at + i64::from(ty.size());
                let touched = at < start + size && end > start;
                touched && !(at >= start && end <= start + size)
            };
            if parts.as_ref().is_some_and(|parts| parts.iter().any(half)) {
                *parts = None;
            }
        }
    }

    fn registers(&self, regs: &mut Vec<Scalar>) -> Vec<Option<Parts>> {
        let of = |parts: &Option<FxHashMap<i64, Scalar>>| {
            let parts = parts.as_ref()?;
            let mut sorted: Vec<(i64, Scalar)> = parts.iter().map(|(&at, &ty)| (at, ty)).collect();
            sorted.sort_by_key(|part| part.0);
            let part = |(at, ty)| {
                regs.push(ty);
                (at, Reg(regs.len() as u32 - 1), ty)
            };
            Some(Parts(sorted.into_iter().map(part).collect()))
        };
        self.parts.iter().map(of).collect()
    }
}

/// The registers of a slot by offset.
struct Parts(Vec<(i64, Reg, Scalar)>);

impl Parts {
    fn at(&self, offset: i64) -> Option<(Reg, Scalar)> {
        let found = self.0.binary_search_by_key(&offset, |part| part.0).ok()?;
        Some((self.0[found].1, self.0[found].2))
    }

    /// Those in an area, by their distance from its start.
    fn within(&self, start: i64, size: i64) -> impl Iterator<Item = (i64, Reg, Scalar)> + '_ {
        let inside = move |part: &&(i64, Reg, Scalar)| part.0 >= start && part.0 < start + size;
        let all = self.0.iter().filter(inside);
        all.map(move |&(at, reg, ty)| (at - start, reg, ty))
    }
}

fn rewrite(
    inst: Inst,
    addresses: &Addresses,
    registers: &[Option<Parts>],
    regs: &mut [Scalar],
    emit: &mut dyn FnMut(Inst),
) {
    let promoted = |operand: &Operand| {
        let (slot, at) = addresses.get(operand)?;
        Some((registers[slot.0 as usize].as_ref()?, at))
    };
    match &inst {
        Inst::Load { dst, addr, offset } => {
            if let Some((parts, at)) = promoted(addr)
                && let Some((reg, ty)) = parts.at(at + i64::from(*offset))
            {
                return emit(moved(*dst, regs[dst.0 as usize], reg.into(), ty));
            }
        }
        Inst::Store {
            ty,
            addr,
            offset,
            value,
        } => {
            if let Some((parts, at)) = promoted(addr)
                && let Some((reg, have)) = parts.at(at + i64::from(*offset))
            {
                return emit(moved(reg, have, *value, *ty));
            }
        }
        Inst::MemZero {
            dst,
            size: Operand::Int(size),
        } => {
            if let Some((parts, at)) = promoted(dst) {
                for (_, dst, ty) in parts.within(at, *size) {
                    emit(zero(dst, ty));
                }
                return;
            }
        }
        Inst::MemCopy {
            dst,
            src,
            size: Operand::Int(size),
        } => match (promoted(dst), promoted(src)) {
            (None, None) => {}
            (Some((to, at)), None) => {
                // All loads first: the source may be reached through what is loaded.
                for (offset, dst, _) in to.within(at, *size) {
                    emit(Inst::Load {
                        dst,
                        addr: *src,
                        offset: offset as i32,
                    });
                }
                return;
            }
            (None, Some((from, at))) => {
                for (offset, value, ty) in from.within(at, *size) {
                    emit(Inst::Store {
                        ty,
                        addr: *dst,
                        offset: offset as i32,
                        value: value.into(),
                    });
                }
                return;
            }
            (Some((to, to_at)), Some((from, from_at))) => {
                let sources = from.within(from_at, *size);
                for ((_, dst, ty), (_, src, have)) in to.within(to_at, *size).zip(sources) {
                    emit(moved(dst, ty, src.into(), have));
                }
                return;
            }
        },
        _ => {}
    }
    emit(inst);
}

/// `dst = value` where the types may differ in kind, not in size.
fn moved(dst: Reg, ty: Scalar, value: Operand, from: Scalar) -> Inst {
    if ty == from {
        return Inst::Copy { dst, value };
    }
    Inst::Cast {
        dst,
        op: CastOp::Bits,
        from,
        src: value,
    }
}
