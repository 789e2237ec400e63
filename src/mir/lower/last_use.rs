//! Which read of a local is the last one, and which locals need an address.
//!
//! A backward liveness analysis on the typed tree. Only locals that own memory are tracked, and their parts (`part`); a local whose address is
//! taken for good (`addr x`) or that a closure captures is never moved from. What a handler or `finally` reads counts as
//! live throughout the code that it protects, and what an argument of a call reads counts as live while the other
//! arguments are evaluated, so a value is never moved away under a borrow of the same expression.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Lowering;
use super::cursor::{self, Cursors};
use super::env_use::EnvUse;
use super::first_write;
use super::live::Bits;
use super::part::{Fields, Tracked};
use crate::sema::magic::Magic;
use crate::sema::typed::{Expr, ExprKind, LabelId, LocalId, LocalKind, Routine, TypeBound};
use crate::sema::types::Type;

/// What the analysis found out about one routine.
#[derive(Default)]
pub(super) struct Info {
    /// Occurrences (by address of the node) after which the local is not read again.
    last: FxHashSet<usize>,
    /// Locals that need an address.
    pub(super) addressed: FxHashSet<LocalId>,
    /// Locals that look at what another one owns.
    cursors: Cursors,
    /// Locals with a `=sink` hook that were declared with a value.
    given: FxHashSet<LocalId>,
    /// Places of assignments that give a part of a local its first value.
    first: FxHashSet<usize>,
}

impl Info {
    pub(super) fn is_last(&self, occurrence: &Expr) -> bool {
        self.last.contains(&key(occurrence))
    }

    /// Is an assignment to the local never its first value, so that Nim calls its `=sink`?
    pub(super) fn is_given(&self, local: LocalId) -> bool {
        self.given.contains(&local)
    }

    /// Does an assignment to this part of a local give it its first value?
    pub(super) fn is_first(&self, place: &Expr) -> bool {
        self.first.contains(&key(place))
    }

    /// Does the local look at what another one owns?
    pub(super) fn is_cursor(&self, local: LocalId) -> bool {
        self.cursors.contains_key(&local)
    }
}

pub(super) fn key(e: &Expr) -> usize {
    std::ptr::from_ref(e) as usize
}

/// Magics whose `AddrOf` arguments do not need an address when they name a local.
pub(super) fn takes_local(magic: Magic) -> bool {
    matches!(
        magic,
        Magic::Inc
            | Magic::Dec
            | Magic::Incl
            | Magic::Excl
            | Magic::New
            | Magic::WasMoved
            | Magic::Move
            | Magic::Swap
    )
}

/// Analyses `routine`.
pub(super) fn analyse(lowering: &Lowering<'_>, routine: &Routine) -> Info {
    let mut info = Info::default();
    let Some(body) = &routine.body else {
        return info;
    };
    let mut found = Found {
        lowering,
        routine,
        addressed: FxHashSet::default(),
        pinned: FxHashSet::default(),
        given: FxHashSet::default(),
    };
    found.expr(body);
    let pinned = found.pinned;
    info.addressed = found.addressed;
    info.given = found.given;
    let owning = routine
        .locals
        .iter()
        .enumerate()
        .map(|(i, local)| (LocalId(i as u32), local))
        .filter(|(id, local)| {
            let owns = match local.kind {
                LocalKind::Var
                | LocalKind::Let
                | LocalKind::For
                | LocalKind::Temp
                | LocalKind::Result => true,
                LocalKind::Param => matches!(lowering.types.get(local.ty), Type::Sink(_)),
                _ => false,
            };
            owns && !local.captured && !pinned.contains(id) && lowering.managed(local.ty)
        })
        .map(|(id, _)| id);
    let mut tracked = Tracked::new(owning);
    let env = EnvUse::of(lowering, routine, body);
    if tracked.is_empty() && env.is_none() {
        return info;
    }
    tracked.find(lowering, body);
    info.first = first_write::first_writes(lowering, routine, &tracked, body);
    let mut cursors = cursor::candidates(lowering, routine, body, &pinned);
    loop {
        let mut walk = Walk {
            // The last one is the environment.
            live: Bits::new(tracked.len() + 1),
            pinned: Bits::new(tracked.len() + 1),
            tracked: &tracked,
            env: env.as_ref(),
            labels: FxHashMap::default(),
            result: routine.result,
            frozen: 0,
            last: FxHashSet::default(),
            cursors: &cursors,
            broken: FxHashSet::default(),
        };
        walk.leave();
        walk.expr(body);
        let Walk { last, broken, .. } = walk;
        if broken.is_empty() {
            info.last = last;
            info.cursors = cursors;
            return info;
        }
        // Without those, what they looked at is free to move earlier.
        cursors.retain(|id, source| !broken.contains(id) && !broken.contains(source));
    }
}

/// Locals by what a body does with them.
struct Found<'a> {
    lowering: &'a Lowering<'a>,
    routine: &'a Routine,
    addressed: FxHashSet<LocalId>,
    /// Their address is taken for good.
    pinned: FxHashSet<LocalId>,
    given: FxHashSet<LocalId>,
}

impl Found<'_> {
    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::AddrOf(place) => {
                if let Some(local) = root(place) {
                    self.addressed.insert(local);
                    if matches!(self.lowering.types.get(e.ty), Type::Ptr(_) | Type::Pointer) {
                        self.pinned.insert(local);
                    }
                }
            }
            ExprKind::Magic(magic, args) if takes_local(*magic) => {
                for arg in args {
                    match &arg.kind {
                        ExprKind::AddrOf(place) if matches!(place.kind, ExprKind::Local(_)) => {}
                        _ => self.expr(arg),
                    }
                }
                return;
            }
            ExprKind::Let(id, Some(_)) => {
                let ty = self.routine.locals[id.0 as usize].ty;
                if self.lowering.hook(ty, TypeBound::Sink).is_some() {
                    self.given.insert(*id);
                }
            }
            _ => {}
        }
        e.each_child(&mut |child| self.expr(child));
    }
}

/// The local whose storage the place is part of.
pub(super) fn root(place: &Expr) -> Option<LocalId> {
    match &place.kind {
        ExprKind::Local(local) => Some(*local),
        ExprKind::Field { object: inner, .. }
        | ExprKind::TupleField(inner, _)
        | ExprKind::Index { base: inner, .. }
        | ExprKind::Convert { value: inner, .. } => root(inner),
        ExprKind::Seq(parts) => root(parts.last()?),
        _ => None,
    }
}

/// What is held for an operand: a constructor that is only lent holds what its parts read.
fn operands<'e>(e: &'e Expr, into: &mut Vec<&'e Expr>) {
    match &e.kind {
        ExprKind::Array(parts) | ExprKind::Tuple(parts) => {
            parts.iter().for_each(|part| operands(part, into));
        }
        ExprKind::Convert { value, .. } => operands(value, into),
        _ => into.push(e),
    }
}

struct Walk<'a> {
    tracked: &'a Tracked,
    env: Option<&'a EnvUse<'a>>,
    /// What is read after the current point.
    live: Bits,
    /// What counts as live wherever it is read.
    pinned: Bits,
    labels: FxHashMap<LabelId, Bits>,
    /// What the caller reads.
    result: Option<LocalId>,
    /// Inside a `finally`, which runs on several ways out: nothing is moved there.
    frozen: u32,
    last: FxHashSet<usize>,
    /// Locals that look at a part of another.
    cursors: &'a Cursors,
    /// Those that would be read after it has changed.
    broken: FxHashSet<LocalId>,
}

impl Walk<'_> {
    fn read(&mut self, e: &Expr, local: LocalId, fields: &Fields) {
        let tracked = self.tracked;
        if let Some(number) = tracked.number(local, fields) {
            let stays = self.frozen > 0 || self.live.get(number) || self.pinned.get(number);
            // Nothing moves out of a cursor.
            if stays || self.cursors.contains_key(&local) {
                self.last.remove(&key(e));
            } else {
                self.last.insert(key(e));
            }
        }
        let mut live = std::mem::replace(&mut self.live, Bits(Vec::new()));
        self.mark(local, fields, &mut live);
        self.live = live;
    }

    fn env_number(&self) -> u32 {
        self.tracked.len() as u32
    }

    /// The node needs the environment of the body's closures, or is where the only one takes it.
    fn use_env(&mut self, e: &Expr) {
        let Some(env) = self.env.filter(|env| env.is_used_by(e)) else {
            return;
        };
        let number = self.env_number();
        if env.is_site(e) {
            match self.frozen > 0 || self.live.get(number) || self.pinned.get(number) {
                true => self.last.remove(&key(e)),
                false => self.last.insert(key(e)),
            };
        }
        self.live.set(number);
    }

    /// Marks a part, all that shares storage with it, and what a cursor looks at.
    fn mark(&self, local: LocalId, fields: &Fields, into: &mut Bits) {
        self.tracked
            .sharing(local, fields)
            .for_each(|number| into.set(number));
        if self.env.is_some_and(|env| env.holds(local)) {
            into.set(self.env_number());
        }
        let mut source = self.cursors.get(&local);
        while let Some(owner) = source {
            self.tracked.all(*owner).for_each(|number| into.set(number));
            source = self.cursors.get(owner);
        }
    }

    fn write(&mut self, local: LocalId) {
        self.write_part(local, &Fields::new());
    }

    /// The routine returns.
    fn leave(&mut self) {
        self.live = self.none();
        if let Some(result) = self.result {
            self.tracked
                .all(result)
                .for_each(|number| self.live.set(number));
        }
        if self.env.is_some_and(|env| env.result) {
            self.live.set(self.env_number());
        }
    }

    fn write_part(&mut self, local: LocalId, fields: &Fields) {
        if self.env.is_some_and(|env| env.holds(local)) {
            self.live.set(self.env_number());
        }
        let tracked = self.tracked;
        tracked
            .within(local, fields)
            .for_each(|number| self.live.clear(number));
    }

    /// The local changes here: no cursor may look at it from here on.
    fn change(&mut self, local: LocalId) {
        let live: Vec<LocalId> = self.looking_at(local);
        let live = live.into_iter().filter(|cursor| {
            let number = self.tracked.whole(*cursor);
            number.is_none_or(|n| self.live.get(n) || self.pinned.get(n))
        });
        let live: Vec<LocalId> = live.collect();
        self.broken.extend(live);
    }

    fn looking_at(&self, local: LocalId) -> Vec<LocalId> {
        let looks = |&cursor: &LocalId| {
            let mut at = self.cursors.get(&cursor);
            while let Some(&owner) = at
                && owner != local
            {
                at = self.cursors.get(&owner);
            }
            at.is_some()
        };
        self.cursors.keys().copied().filter(looks).collect()
    }

    /// What is evaluated together must not change what a part of it looks at.
    fn change_beside(&mut self, parts: &[&Expr]) {
        if self.cursors.is_empty() || parts.len() < 2 {
            return;
        }
        let mut changed = FxHashSet::default();
        parts
            .iter()
            .for_each(|part| cursor::changed(part, &mut changed));
        let mut mentioned = self.none();
        parts
            .iter()
            .for_each(|part| self.mentioned(part, &mut mentioned));
        for local in changed {
            let beside = self.looking_at(local).into_iter().filter(|cursor| {
                let number = self.tracked.whole(*cursor);
                number.is_none_or(|n| mentioned.get(n))
            });
            let beside: Vec<LocalId> = beside.collect();
            self.broken.extend(beside);
        }
    }

    fn mentioned(&self, e: &Expr, into: &mut Bits) {
        match self.tracked.part(e) {
            Some((local, fields)) => self.mark(local, &fields, into),
            None => {
                if self.env.is_some_and(|env| env.is_used_by(e)) {
                    into.set(self.env_number());
                }
                e.each_child(&mut |child| self.mentioned(child, into));
            }
        }
    }

    fn none(&self) -> Bits {
        Bits(vec![0; self.live.0.len()])
    }

    /// Runs `f` with `more` pinned.
    fn pinning(&mut self, more: &Bits, f: impl FnOnce(&mut Self)) {
        let before = self.pinned.clone();
        self.pinned.join(more);
        f(self);
        self.pinned = before;
    }

    /// Operands that are all held while the operation runs.
    fn together(&mut self, parts: &[&Expr]) {
        self.change_beside(parts);
        let mut once = self.none();
        let mut twice = self.none();
        let mut held = Vec::new();
        parts.iter().for_each(|part| operands(part, &mut held));
        if held.len() > 1 {
            for part in held {
                let mut here = self.none();
                self.mentioned(part, &mut here);
                for (i, word) in here.0.iter().enumerate() {
                    twice.0[i] |= once.0[i] & word;
                }
                once.join(&here);
            }
        }
        self.pinning(&twice, |walk| {
            parts.iter().rev().for_each(|part| walk.expr(part));
        });
    }

    /// One of several continuations: each starts from the same state, the results are joined.
    fn either(&mut self, branches: &[&Expr], nothing: bool) {
        let after = self.live.clone();
        let mut joined = if nothing { after.clone() } else { self.none() };
        for branch in branches {
            self.live = after.clone();
            self.expr(branch);
            joined.join(&self.live);
        }
        self.live = joined;
    }

    fn expr(&mut self, e: &Expr) {
        if let Some((local, fields)) = self.tracked.part(e) {
            return self.read(e, local, &fields);
        }
        self.use_env(e);
        match &e.kind {
            ExprKind::Magic(Magic::And | Magic::Or, args) if args.len() == 2 => {
                self.either(&[&args[1]], true);
                self.expr(&args[0]);
            }
            ExprKind::Call(_, args) | ExprKind::Magic(_, args) => {
                self.together(&args.iter().collect::<Vec<_>>());
            }
            ExprKind::CallValue(callee, args) => {
                let parts: Vec<&Expr> = std::iter::once(&**callee).chain(args).collect();
                self.together(&parts);
            }
            ExprKind::Index { base, index, .. } => self.together(&[base, index]),
            ExprKind::If(branches, els) => self.conditional(branches, els.as_deref()),
            ExprKind::Case { on, branches, els } => {
                let all: Vec<&Expr> = branches
                    .iter()
                    .map(|(_, body)| body)
                    .chain(els.as_deref())
                    .collect();
                self.either(&all, false);
                self.expr(on);
            }
            ExprKind::Block(label, body) => {
                self.labels.insert(*label, self.live.clone());
                self.expr(body);
            }
            ExprKind::Break(label) => {
                self.live = match self.labels.get(label) {
                    Some(live) => live.clone(),
                    None => Bits(vec![u64::MAX; self.live.0.len()]),
                };
            }
            ExprKind::Return => self.leave(),
            ExprKind::While(cond, body) => self.repeat(Some(cond), body, &[]),
            ExprKind::For {
                args, vars, body, ..
            } => {
                let mut held = self.none();
                for arg in args {
                    self.mentioned(arg, &mut held);
                }
                self.pinning(&held, |walk| walk.repeat(None, body, vars));
                self.live.join(&held);
                self.together(&args.iter().collect::<Vec<_>>());
            }
            ExprKind::Try { .. } => self.protected(e),
            ExprKind::Let(local, value) => {
                self.write(*local);
                value.iter().for_each(|value| self.expr(value));
            }
            ExprKind::AddrOf(place) => {
                if let Some(local) = root(place) {
                    self.change(local);
                }
                self.expr(place);
            }
            ExprKind::Assign(place, value) => {
                if let Some(local) = root(place) {
                    self.change(local);
                }
                if let Some((local, fields)) = self.tracked.part(place) {
                    self.write_part(local, &fields);
                    self.expr(value);
                } else {
                    self.together(&[place, value]);
                }
            }
            ExprKind::Raise(value) => {
                self.live = self.none();
                value.iter().for_each(|value| self.expr(value));
            }
            _ => {
                let mut parts = Vec::new();
                e.each_child(&mut |child| parts.push(child));
                parts.iter().rev().for_each(|part| self.expr(part));
            }
        }
    }

    fn conditional(&mut self, branches: &[(Expr, Expr)], els: Option<&Expr>) {
        let after = self.live.clone();
        if let Some(els) = els {
            self.expr(els);
        }
        for (cond, body) in branches.iter().rev() {
            let otherwise = std::mem::replace(&mut self.live, after.clone());
            self.expr(body);
            self.live.join(&otherwise);
            self.expr(cond);
        }
    }

    fn repeat(&mut self, cond: Option<&Expr>, body: &Expr, vars: &[LocalId]) {
        let after = self.live.clone();
        let mut head = after.clone();
        loop {
            self.live = head.clone();
            self.expr(body);
            vars.iter().for_each(|&var| self.write(var));
            self.live.join(&after);
            if let Some(cond) = cond {
                self.expr(cond);
            }
            let before = self.live.clone();
            if !head.join(&before) {
                break;
            }
        }
        self.live = head;
    }

    fn protected(&mut self, e: &Expr) {
        let ExprKind::Try {
            body,
            excepts,
            finally,
        } = &e.kind
        else {
            return;
        };
        let mut last = self.none();
        if let Some(finally) = finally {
            self.mentioned(finally, &mut last);
            self.frozen += 1;
            self.expr(finally);
            self.frozen -= 1;
            self.live.join(&last);
        }
        let after = self.live.clone();
        self.pinning(&last, |walk| {
            let mut handlers = walk.none();
            for except in excepts {
                walk.live = after.clone();
                walk.expr(&except.body);
                if let Some(binding) = except.binding {
                    walk.write(binding);
                }
                handlers.join(&walk.live);
            }
            walk.live = after.clone();
            walk.pinning(&handlers, |walk| walk.expr(body));
            walk.live.join(&handlers);
        });
    }
}
