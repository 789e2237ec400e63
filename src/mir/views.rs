//! Where a frame may have addresses in memory that is not its own.
//!
//! In: a proc and a place in it where a frame stands. Out: may the frame go on with an address, or have lent one to whom it calls, that
//! leads neither to its slots nor to constants, and is no reference? Such are `var`, `lent` and `openArray` parameters, what is passed by
//! its address, the place that an assignment goes to while its value is computed, the element that a loop is at, a text that is only
//! looked at. What their types are says nothing of what they are part of.
//!
//! Forward it is found out which registers and which words of slots can have such an address at all, whatever the path; backward, as
//! for [registers](super::live), which of them still count at the place.

use super::addresses::Addresses;
use super::ir::*;
use super::live::{Live, OnEntry, step_back};
use super::lower::given_up;

/// Blocks times variables from which the analysis would take too long.
const MAX_WORK: usize = 16 << 20;

/// What a frame may go on with.
#[derive(Default)]
pub struct ViewsAt {
    /// Registers. They are among the [homes](Proc::homes) of the proc.
    pub regs: Vec<Reg>,
    /// Words of slots, each with its offset.
    pub words: Vec<(SlotId, u32)>,
}

impl ViewsAt {
    /// Is there nothing?
    pub fn is_empty(&self) -> bool {
        self.regs.is_empty() && self.words.is_empty()
    }
}

impl Proc {
    /// What a frame that is in a call at this site may have such addresses in. Without a site: anywhere.
    pub fn views_at(&self, site: Option<Site>) -> ViewsAt {
        let views = Views::of(self, None);
        match site.filter(|_| self.blocks.len() * views.count() <= MAX_WORK) {
            Some(site) => views.at(site),
            None => views.named(&views.can),
        }
    }

    /// Registers that can have such an address while a call takes place. Compiled code keeps them where a reload finds them.
    pub fn homes(&self) -> Vec<Reg> {
        let mut has_calls = false;
        self.each_inst(|inst| has_calls |= calls(inst));
        if !has_calls {
            return Vec::new();
        }
        let views = Views::of(self, None);
        let mut homes = views.regs(&views.can);
        if homes.is_empty() || self.blocks.len() * self.regs.len() > MAX_WORK {
            return homes;
        }
        let entry = OnEntry::new(self, self.regs.len(), step_back);
        let mut live_in_calls = Live::none(self.regs.len());
        for block in 0..self.blocks.len() {
            let mut live = entry.at_end(self, block);
            for stmt in self.blocks[block].stmts.iter().rev() {
                if calls(&stmt.inst) {
                    live_in_calls.join(&during(&stmt.inst, &live, &entry));
                }
                step_back(&stmt.inst, &mut live, &entry);
            }
        }
        homes.retain(|&reg| live_in_calls.has(reg));
        homes
    }

    /// Where in its last parameter, an object of so many bytes that keeps its locals while it is suspended, an iterator may have such
    /// addresses when it is called again.
    pub fn views_kept_in(&self, size: u32) -> KeptViews {
        let Some(param) = self.sig.params.len().checked_sub(1) else {
            return KeptViews::default();
        };
        let param = Reg(param as u32);
        let views = Views::of(self, Some((param, size)));
        match self.blocks.len() * views.count() <= MAX_WORK {
            true => views.kept(),
            false => KeptViews {
                anywhere: (0..size / 8).map(|word| word * 8).collect(),
                ..KeptViews::default()
            },
        }
    }
}

/// Where an iterator that is suspended keeps addresses: offsets in its instance.
#[derive(Default)]
pub struct KeptViews {
    /// Wherever it is suspended.
    pub anywhere: Vec<u32>,
    /// If its code goes by its state alone.
    by_state: Option<ByState>,
}

/// What an iterator that is suspended keeps in each of its states.
struct ByState {
    /// Where the state stands.
    state: u32,
    /// For each state in which it can be called what counts then.
    cases: Vec<(i64, Vec<u32>)>,
}

impl KeptViews {
    /// Those of an instance whose words these are.
    pub fn of(&self, word: impl Fn(u32) -> usize) -> Vec<u32> {
        let Some(by_state) = &self.by_state else {
            return self.anywhere.clone();
        };
        let state = word(by_state.state) as i64;
        let counting = by_state
            .cases
            .iter()
            .filter(|case| case.0 == state || case.0 == given_up(state));
        counting.flat_map(|case| case.1.iter().copied()).collect()
    }
}

/// The registers, and behind them the words of slots, by number.
struct Views<'a> {
    proc: &'a Proc,
    addresses: Addresses,
    /// The first word of each slot, and the end.
    first: Vec<u32>,
    /// Those that can have addresses in other memory.
    can: Live,
    /// Slots to whose addresses somebody may come back later.
    escaped: Vec<SlotId>,
}

/// A place in a slot and the bytes that are meant.
type Area = ((SlotId, i64), i64);

impl<'a> Views<'a> {
    /// `object`: a parameter that is the address of so many bytes which are like a slot, behind all others.
    fn of(proc: &'a Proc, object: Option<(Reg, u32)>) -> Views<'a> {
        let mut end = proc.regs.len() as u32;
        let mut first = vec![end];
        let sizes = proc.slots.iter().map(|slot| slot.size);
        for size in sizes.chain(object.map(|object| object.1)) {
            end += size.div_ceil(8);
            first.push(end);
        }
        let slot = SlotId(proc.slots.len() as u32);
        let mut views = Views {
            proc,
            addresses: Addresses::with(proc, object.map(|object| (object.0, slot))),
            first,
            can: Live::none(end as usize),
            escaped: Vec::new(),
        };
        for param in (0..proc.sig.params.len() as u32).map(Reg) {
            if views.is_address(param) {
                views.can.add(param);
            }
        }
        views.spread();
        views
    }

    fn count(&self) -> usize {
        self.first.last().map_or(0, |&end| end as usize)
    }

    /// Is it an address that is not known to be a reference?
    fn is_address(&self, reg: Reg) -> bool {
        self.proc.regs[reg.0 as usize] == Scalar::Ptr && !self.proc.refs.contains(&reg)
    }

    /// The words of a slot that have a byte in an area; all of them where it is not known how large it is.
    fn words(&self, ((slot, at), size): Area) -> std::ops::Range<u32> {
        let (first, end) = (self.first[slot.0 as usize], self.first[slot.0 as usize + 1]);
        let word = |byte: i64| first.saturating_add(byte.clamp(0, u32::MAX.into()) as u32 / 8);
        match size {
            0 => first..end,
            _ => word(at).min(end)..word(at + size + 7).min(end),
        }
    }

    /// Finds what can have addresses in other memory.
    fn spread(&mut self) {
        loop {
            let before = self.can.clone();
            let proc = self.proc;
            proc.each_inst(|inst| self.note(inst));
            if self.can == before {
                return;
            }
        }
    }

    fn can(&self, operand: &Operand) -> bool {
        matches!(operand, Operand::Reg(reg) if self.can.has(*reg))
    }

    fn any(&self, area: Area) -> bool {
        self.words(area).any(|word| self.can.has(Reg(word)))
    }

    fn note(&mut self, inst: &Inst) {
        let place = |addr: &Operand, offset: i32| {
            let (slot, at) = self.addresses.get(addr)?;
            Some((slot, at + i64::from(offset)))
        };
        let (into, given) = match inst {
            Inst::Store {
                ty,
                addr,
                offset,
                value,
            } => {
                let area = place(addr, *offset).map(|place| (place, ty.size().into()));
                (area, self.can(value))
            }
            Inst::MemCopy { dst, src, size } => {
                let size = constant(size);
                let given = place(src, 0).is_none_or(|place| self.any((place, size)));
                (place(dst, 0).map(|place| (place, size)), given)
            }
            Inst::Load { addr, offset, dst } => {
                let size = self.proc.regs[dst.0 as usize].size();
                let area = place(addr, *offset).map(|place| (place, size.into()));
                let given = area.is_none_or(|area| self.any(area));
                return self.assign(*dst, given && self.is_address(*dst));
            }
            _ => {
                self.note_lent(inst);
                let Some(dst) = inst.dst() else { return };
                return self.assign(dst, self.gives(inst));
            }
        };
        if let (Some(area), true) = (into, given) {
            self.words(area).for_each(|word| self.can.add(Reg(word)));
        }
    }

    /// Who is called may put anything into slots whose addresses it is given: a result, a `var ptr`.
    fn note_lent(&mut self, inst: &Inst) {
        let Inst::Call { callee, args, .. } = inst else {
            return;
        };
        if matches!(callee, Callee::Runtime(_)) {
            return;
        }
        for (slot, _) in args.iter().filter_map(|arg| self.addresses.get(arg)) {
            let slots = &self.proc.slots;
            if slots
                .get(slot.0 as usize)
                .is_some_and(|slot| slot.addresses)
            {
                self.words(((slot, 0), 0))
                    .for_each(|word| self.can.add(Reg(word)));
            }
        }
    }

    fn assign(&mut self, dst: Reg, given: bool) {
        if given && !self.proc.refs.contains(&dst) {
            self.can.add(dst);
        }
    }

    /// Is the result of this instruction, which reads no memory, such an address?
    fn gives(&self, inst: &Inst) -> bool {
        match inst {
            Inst::Copy { value, .. } => self.can(value),
            Inst::Cast {
                op: CastOp::Bits,
                src,
                ..
            } => self.can(src),
            Inst::Bin { a, b, .. } | Inst::Select { a, b, .. } => self.can(a) || self.can(b),
            Inst::Call { callee, dst, .. } => {
                !matches!(callee, Callee::Runtime(_)) && dst.is_some_and(|dst| self.is_address(dst))
            }
            _ => false,
        }
    }

    fn on_entry(&self) -> OnEntry {
        OnEntry::new(self.proc, self.count(), |inst, live, entry| {
            self.step_back(inst, live, entry);
        })
    }

    /// The words of the last slot that count when the proc is called.
    fn kept(mut self) -> KeptViews {
        self.find_escaped();
        let entry = self.on_entry();
        let slot = SlotId(self.first.len() as u32 - 2);
        let offsets = |live: &Live| {
            let all = self.words(((slot, 0), 0));
            let first = all.start;
            let counts = |word: u32| self.escaped.contains(&slot) || live.has(Reg(word));
            let kept = all.filter(|&word| self.can.has(Reg(word)) && counts(word));
            kept.map(|word| (word - first) * 8).collect()
        };
        let by_state = self.states(slot).map(|(state, cases)| {
            let case = |case: &(i64, BlockId)| (case.0, offsets(entry.of(case.1)));
            ByState {
                state,
                cases: cases.iter().map(case).collect(),
            }
        });
        KeptViews {
            anywhere: offsets(entry.of(BlockId(0))),
            by_state,
        }
    }

    /// Where in the slot the proc has what alone says where it begins, and where that is: when all that the entry does is to look there.
    /// In a state that is not among them it does nothing.
    fn states(&self, slot: SlotId) -> Option<(u32, &'a [(i64, BlockId)])> {
        let block = self.proc.blocks.first()?;
        let Term::Switch {
            on,
            ty: Scalar::I64,
            cases,
            default,
        } = &block.term
        else {
            return None;
        };
        let [
            Stmt {
                inst: Inst::Load { dst, addr, offset },
                ..
            },
        ] = &block.stmts[..]
        else {
            return None;
        };
        let (found, at) = self.addresses.get(addr)?;
        let other = self.proc.blocks.get(default.0 as usize)?;
        let is_idle = other.stmts.is_empty() && matches!(other.term, Term::Return(_));
        let goes_by_it = *on == Operand::Reg(*dst) && found == slot && is_idle;
        let at = u32::try_from(at + i64::from(*offset)).ok()?;
        goes_by_it.then_some((at, &cases[..]))
    }

    /// Those that count in a call at the site.
    fn at(mut self, site: Site) -> ViewsAt {
        self.find_escaped();
        let entry = self.on_entry();
        let mut found = Live::none(self.count());
        for (number, block) in self.proc.blocks.iter().enumerate() {
            if block.stmts.iter().all(|stmt| stmt.site != site) {
                continue;
            }
            let mut live = entry.at_end(self.proc, number);
            for stmt in block.stmts.iter().rev() {
                if stmt.site == site && calls(&stmt.inst) {
                    found.join(&self.counting(&stmt.inst, &live, &entry));
                }
                self.step_back(&stmt.inst, &mut live, &entry);
            }
        }
        found.meet(&self.can);
        self.named(&found)
    }

    /// What counts while this instruction runs. `after` is live behind it.
    fn counting(&self, inst: &Inst, after: &Live, entry: &OnEntry) -> Live {
        let mut live = during(inst, after, entry);
        for slot in &self.escaped {
            self.words(((*slot, 0), 0))
                .for_each(|word| live.add(Reg(word)));
        }
        inst.each_operand(|operand| self.lend(operand, &mut live));
        live
    }

    /// The registers in a set.
    fn regs(&self, set: &Live) -> Vec<Reg> {
        let all = (0..self.proc.regs.len() as u32).map(Reg);
        all.filter(|&reg| set.has(reg)).collect()
    }

    /// Registers and words of slots by what they are.
    fn named(&self, set: &Live) -> ViewsAt {
        let slots = (0..self.proc.slots.len() as u32).map(SlotId);
        let words = slots.flat_map(|slot| {
            let all = self.words(((slot, 0), 0));
            let first = all.start;
            let found = all.filter(|&word| set.has(Reg(word)));
            found.map(move |word| (slot, (word - first) * 8))
        });
        ViewsAt {
            regs: self.regs(set),
            words: words.collect(),
        }
    }

    /// Who has the address of a slot sees what is in it.
    fn lend(&self, operand: &Operand, live: &mut Live) {
        if let Some((slot, _)) = self.addresses.get(operand) {
            self.words(((slot, 0), 0))
                .for_each(|word| live.add(Reg(word)));
        }
    }

    /// Slots whose addresses are kept where [`Addresses`] does not follow them.
    fn find_escaped(&mut self) {
        let mut escaped = Vec::new();
        self.proc.each_inst(|inst| {
            let mut note = |operand| escaped.extend(self.addresses.get(operand).map(|at| at.0));
            match inst {
                Inst::Store { value, .. } => note(value),
                Inst::Copy { .. } | Inst::Bin { .. } if self.addresses.is_derived(inst) => {}
                Inst::Copy { .. } | Inst::Bin { .. } | Inst::Select { .. } | Inst::Cast { .. } => {
                    inst.each_operand(note);
                }
                _ => {}
            }
        });
        self.escaped = escaped;
    }

    fn step_back(&self, inst: &Inst, live: &mut Live, entry: &OnEntry) {
        step_back(inst, live, entry);
        let place = |addr: &Operand, offset: i32| {
            let (slot, at) = self.addresses.get(addr)?;
            Some((slot, at + i64::from(offset)))
        };
        match inst {
            Inst::Store {
                ty, addr, offset, ..
            } => self.overwrite(place(addr, *offset), ty.size().into(), live),
            Inst::MemZero { dst, size } => self.overwrite(place(dst, 0), constant(size), live),
            Inst::MemCopy { dst, src, size } => {
                self.overwrite(place(dst, 0), constant(size), live);
                if let Some(place) = place(src, 0) {
                    let words = self.words((place, constant(size)));
                    words.for_each(|word| live.add(Reg(word)));
                }
            }
            Inst::Load { addr, offset, dst } => {
                if let Some(place) = place(addr, *offset) {
                    let size = self.proc.regs[dst.0 as usize].size();
                    let words = self.words((place, size.into()));
                    words.for_each(|word| live.add(Reg(word)));
                }
            }
            inst if self.addresses.is_derived(inst) => {}
            inst => inst.each_operand(|operand| self.lend(operand, live)),
        }
    }

    /// What stood in whole words before does not count.
    fn overwrite(&self, place: Option<(SlotId, i64)>, size: i64, live: &mut Live) {
        if let Some((slot, at)) = place
            && at % 8 == 0
            && size >= 8
        {
            let words = self.words(((slot, at), size - size % 8));
            words.for_each(|word| live.remove(Reg(word)));
        }
    }
}

/// Can control leave the proc here and come back?
fn calls(inst: &Inst) -> bool {
    matches!(inst, Inst::Call { .. }) || inst.unwind().is_some()
}

/// The registers that somebody reads after this instruction, or while it runs. `after` is live behind it.
fn during(inst: &Inst, after: &Live, entry: &OnEntry) -> Live {
    let mut live = after.clone();
    if matches!(inst, Inst::Check { .. } | Inst::Checked { .. }) {
        // What these call raises.
        live.clear();
    }
    entry.leave(inst, &mut live);
    if let Inst::Call { callee, args, .. } = inst
        && !matches!(callee, Callee::Proc(_) | Callee::Indirect(..))
    {
        // Guest procs have frames of their own, which say what of their parameters counts.
        for arg in args {
            if let Operand::Reg(reg) = arg {
                live.add(*reg);
            }
        }
    }
    live
}

/// A number of bytes, 0 where it is not known.
fn constant(size: &Operand) -> i64 {
    match size {
        Operand::Int(size) => *size,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::mir::text::parse_module;
    use crate::mir::{Ids, SlotId};

    /// Calls of `@pause` stand at site 1, all else at site 0.
    const PROCS: &str = "
proc @pause() {
x:
  return
}
proc @view() -> ptr {
x:
  return 0
}
proc @used(ptr %x) {
x:
  call @pause() !1
  store.i64 1, %x
  return
}
proc @unused(ptr %x) {
x:
  store.i64 1, %x
  call @pause() !1
  return
}
proc @reference(ptr %x) {
  refs %x
x:
  call @pause() !1
  store.i64 1, %x
  return
}
proc @result() {
x:
  ptr %x = call @view()
  ptr %y = add %x, 8
  call @pause() !1
  store.i64 1, %y
  return
}
proc @copied(ptr %x) {
  slot ^0 size 16 align 8
x:
  ptr %s = slot ^0
  memcopy %s, %x, 16
  call @pause() !1
  ptr %p = load %s + 8
  store.i64 1, %p
  return
}
proc @written_first() {
  slot ^0 size 16 align 8
x:
  ptr %s = slot ^0
  goto loop
loop:
  call @pause() !1
  ptr %x = call @view()
  memcopy %s, %x, 16
  ptr %p = load %s + 8
  store.i64 1, %p
  goto loop
}
proc @lent(ptr %x) {
  slot ^0 size 8 align 8
x:
  ptr %s = slot ^0
  store.ptr %x, %s
  call @reference(%s) !1
  return
}
proc @fill(ptr %x) {
x:
  return
}
proc @filled() {
  slot ^0 size 16 align 8 addresses
  slot ^1 size 16 align 8
x:
  ptr %s = slot ^0
  call @fill(%s)
  ptr %t = slot ^1
  call @fill(%t)
  call @pause() !1
  ptr %p = load %s
  store.i64 1, %p
  ptr %q = load %t
  store.i64 1, %q
  return
}
proc @own() {
  slot ^0 size 8 align 8
x:
  ptr %s = slot ^0
  call @pause() !1
  store.i64 1, %s
  return
}
";

    #[test]
    fn addresses_count_where_they_are_used_later() {
        let ids = Ids::default();
        let text: String = PROCS
            .replace(") {", ") {\n  sites 0/0-0 0/1-1")
            .replace("-> ptr {", "-> ptr {\n  sites 0/0-0 0/1-1");
        let module = parse_module(&text, &ids).unwrap_or_else(|errors| panic!("{errors:?}"));
        let site = Some(crate::mir::Site(1));
        let mut names = Vec::new();
        for proc in &module.procs {
            let views = proc.views_at(site);
            let homes = proc.homes();
            assert!(views.regs.iter().all(|reg| homes.contains(reg)));
            if !views.is_empty() {
                names.push((&*proc.name, views.regs.len(), views.words));
            }
        }
        let word = |at| vec![(SlotId(0), at)];
        let expected = [
            ("used", 1, vec![]),
            ("result", 1, vec![]),
            ("copied", 0, word(8)),
            ("lent", 0, word(0)),
            ("filled", 0, word(0)),
        ];
        assert_eq!(names, expected);
    }
}
