//! `let x: int` without a value, where `{.experimental: "strictDefs".}` is on: it is assigned later, once on each way, and not read before.
//!
//! In: a routine's body, and which of its locals are late. Out: an error for each place where a way leads to that must not. As in
//! Nim a handler follows what its `try` begins with, though an exception may come later than the assignment.

use rustc_hash::FxHashMap;

use super::checker::{Checker, Frame};
use super::magic::Magic;
use super::program::Sema;
use super::typed::{Except, Expr, ExprKind, LabelId, LocalId, LocalKind, RoutineId};
use crate::diagnostics::Severity;
use crate::source::Place;

/// What the ways to a place have done to the variable. If it is neither, none leads there.
#[derive(Clone, Copy, Default, PartialEq)]
struct Ways {
    unset: bool,
    set: bool,
}

impl Ways {
    const NONE: Ways = Ways {
        unset: false,
        set: false,
    };
    const UNSET: Ways = Ways {
        unset: true,
        set: false,
    };

    /// Where these ways and others meet.
    fn or(self, other: Ways) -> Ways {
        Ways {
            unset: self.unset || other.unset,
            set: self.set || other.set,
        }
    }

    fn is_reached(self) -> bool {
        self.unset || self.set
    }

    /// These ways, on which the variable has a value from here on.
    fn settled(self) -> Ways {
        Ways {
            unset: false,
            set: self.is_reached(),
        }
    }
}

/// What is wrong at a place.
#[derive(Clone, Copy, PartialEq)]
enum Misuse {
    Read,
    AssignedAgain,
}

/// A walk through a routine's body that looks at one variable.
struct Walk<'w> {
    sema: &'w Sema,
    routine: RoutineId,
    local: LocalId,
    /// The ways that leave blocks so far.
    leaving: FxHashMap<LabelId, Ways>,
    found: Vec<(Place, Misuse)>,
}

impl Walk<'_> {
    fn note(&mut self, place: Place, misuse: Misuse) {
        // A loop's body is walked more than once.
        if !self.found.contains(&(place, misuse)) {
            self.found.push((place, misuse));
        }
    }

    fn read(&mut self, place: Place, before: Ways) -> Ways {
        if before.unset {
            self.note(place, Misuse::Read);
        }
        // One report is enough.
        before.settled()
    }

    /// Does the routine see the variable?
    fn captures(&self, routine: RoutineId) -> bool {
        let routine = self.sema.routine(routine);
        routine.is_some_and(|inner| {
            let mut locals = inner.locals.iter();
            inner.parent == Some(self.routine)
                && locals.any(|local| local.kind == LocalKind::Captured(self.local))
        })
    }

    fn parts(&mut self, expr: &Expr, before: Ways) -> Ways {
        let mut ways = before;
        expr.each_child(&mut |part| ways = self.walk(part, ways));
        ways
    }

    /// The ways out of an expression, by those into it.
    fn walk(&mut self, expr: &Expr, before: Ways) -> Ways {
        match &expr.kind {
            ExprKind::Local(id) if *id == self.local => self.read(expr.place, before),
            ExprKind::Routine(id) if self.captures(*id) => self.read(expr.place, before),
            ExprKind::Call(id, _) => self.call(*id, expr, before),
            ExprKind::Let(id, _) if *id == self.local => match before.is_reached() {
                true => Ways::UNSET,
                false => before,
            },
            ExprKind::Assign(target, value) if self.is_it(target) => {
                let ways = self.walk(value, before);
                if ways.set {
                    self.note(target.place, Misuse::AssignedAgain);
                }
                ways.settled()
            }
            ExprKind::Magic(Magic::And | Magic::Or, parts) => self.either(parts, before),
            ExprKind::If(branches, els) => self.branch(branches, els.as_deref(), before),
            ExprKind::Case { on, branches, els } => {
                let ways = self.walk(on, before);
                // Without `else`, branches cover all values of an ordinal type; of texts and floats they never do.
                let covered = els.is_some() || self.sema.types.ordinal_range(on.ty).is_some();
                let missed = if covered { Ways::NONE } else { ways };
                let bodies = branches.iter().map(|(_, body)| body).chain(els.as_deref());
                bodies.fold(missed, |out, body| out.or(self.walk(body, ways)))
            }
            ExprKind::Block(label, body) => {
                let end = self.walk(body, before);
                end.or(self.leaving.remove(label).unwrap_or_default())
            }
            ExprKind::While(cond, body) => self.repeat(cond, body, before),
            ExprKind::For { args, body, .. } => {
                let ways = args.iter().fold(before, |ways, arg| self.walk(arg, ways));
                self.rounds(ways, |walk, ways| walk.walk(body, ways))
            }
            ExprKind::Try {
                body,
                excepts,
                finally,
            } => self.attempt(body, excepts, finally.as_deref(), before),
            ExprKind::Break(label) => {
                let leaving = self.leaving.entry(*label).or_default();
                *leaving = leaving.or(before);
                Ways::NONE
            }
            ExprKind::Return => Ways::NONE,
            ExprKind::Raise(_) => {
                self.parts(expr, before);
                Ways::NONE
            }
            _ => self.parts(expr, before),
        }
    }

    fn is_it(&self, place: &Expr) -> bool {
        matches!(place.kind, ExprKind::Local(id) if id == self.local)
    }

    fn call(&mut self, routine: RoutineId, call: &Expr, before: Ways) -> Ways {
        let mut ways = self.parts(call, before);
        if self.captures(routine) {
            ways = self.read(call.place, ways);
        }
        match self.sema.noreturn.contains(&routine) {
            true => Ways::NONE,
            false => ways,
        }
    }

    /// `a and b`, `a or b`
    fn either(&mut self, parts: &[Expr], before: Ways) -> Ways {
        let mut out = Ways::NONE;
        let mut ways = before;
        for part in parts {
            ways = self.walk(part, ways);
            out = out.or(ways);
        }
        out
    }

    fn branch(&mut self, branches: &[(Expr, Expr)], els: Option<&Expr>, before: Ways) -> Ways {
        let mut ways = before;
        let mut out = Ways::NONE;
        for (cond, body) in branches {
            ways = self.walk(cond, ways);
            out = out.or(self.walk(body, ways));
        }
        out.or(match els {
            Some(els) => self.walk(els, ways),
            None => ways,
        })
    }

    fn repeat(&mut self, cond: &Expr, body: &Expr, before: Ways) -> Ways {
        let mut out = Ways::NONE;
        let forever = matches!(cond.kind, ExprKind::Int(1));
        self.rounds(before, |walk, ways| {
            let ways = walk.walk(cond, ways);
            out = out.or(ways);
            walk.walk(body, ways)
        });
        if forever { Ways::NONE } else { out }
    }

    /// Goes round until another round brings no other way. Gives the ways to the beginning of a round.
    fn rounds(&mut self, before: Ways, mut round: impl FnMut(&mut Self, Ways) -> Ways) -> Ways {
        let mut ways = before;
        loop {
            let next = ways.or(round(self, ways));
            if next == ways {
                return ways;
            }
            ways = next;
        }
    }

    fn attempt(
        &mut self,
        body: &Expr,
        excepts: &[Except],
        finally: Option<&Expr>,
        before: Ways,
    ) -> Ways {
        let mut out = self.walk(body, before);
        for except in excepts {
            out = out.or(self.walk(&except.body, before));
        }
        match finally {
            None => out,
            Some(finally) if out.is_reached() => self.walk(finally, out),
            // It runs, and what comes after it does not.
            Some(finally) => {
                self.walk(finally, before);
                Ways::NONE
            }
        }
    }
}

impl Checker<'_, '_> {
    /// May a `let` go without a value where the next declaration stands?
    pub(super) fn allows_late(&self) -> bool {
        !self.at_top() && self.pushed.iter().any(|pushed| pushed.late)
    }

    /// Checks how the late variables of a routine are used. From then on they are variables as any.
    pub(super) fn check_late(&mut self, frame: &mut Frame, body: &Expr) {
        if frame.late.is_empty() {
            return;
        }
        let mut found = self.run.diagnostics.iter();
        if !found.any(|found| found.severity == Severity::Error) {
            for &local in &frame.late {
                self.check_late_local(frame, local, body);
            }
        }
        for local in &frame.late {
            frame.locals[local.0 as usize].kind = LocalKind::Var;
        }
    }

    fn check_late_local(&mut self, frame: &Frame, local: LocalId, body: &Expr) {
        let mut walk = Walk {
            sema: self.s,
            routine: frame.id,
            local,
            leaving: FxHashMap::default(),
            found: Vec::new(),
        };
        walk.walk(body, Ways::UNSET);
        let name = frame.locals[local.0 as usize].name;
        for (place, misuse) in walk.found {
            match misuse {
                Misuse::Read => self.error(place, "'let' symbol requires an initialization"),
                Misuse::AssignedAgain => {
                    self.error(place, format!("'{name}' cannot be assigned to"));
                }
            }
        }
    }
}
