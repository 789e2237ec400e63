//! Where a body uses the environment that it shares with its closures.
//!
//! Once its last use is over, the environment has no need of its owner's reference: a closure that is made there takes it, so that what
//! was captured ends with the closure. As in Nim, that is so where the body makes one closure; of several each takes a
//! reference of its own, and the body keeps its own to the end. In: a typed body. Out: what `last_use` asks at each node.

use rustc_hash::FxHashSet;

use super::Lowering;
use super::last_use::key;
use crate::sema::typed::{Expr, ExprKind, LocalId, LocalKind, Routine, RoutineId, RoutineKind};

/// The environment of a routine that may give it away.
pub(super) struct EnvUse<'a> {
    lowering: &'a Lowering<'a>,
    owner: RoutineId,
    /// The locals that are in it.
    captured: FxHashSet<LocalId>,
    /// The only closure that is made of it.
    site: usize,
    /// The result is in it, and read when the routine returns.
    pub(super) result: bool,
}

impl<'a> EnvUse<'a> {
    /// None if nothing of it can be given away.
    pub(super) fn of(lowering: &'a Lowering<'a>, routine: &Routine, body: &Expr) -> Option<Self> {
        if !matches!(routine.kind, RoutineKind::Proc | RoutineKind::Method) {
            return None;
        }
        let own = |(index, local): (usize, &crate::sema::typed::Local)| {
            let own = local.captured && !matches!(local.kind, LocalKind::Captured(_));
            own.then_some(LocalId(index as u32))
        };
        let captured: FxHashSet<LocalId> =
            routine.locals.iter().enumerate().filter_map(own).collect();
        if captured.is_empty() {
            return None;
        }
        let mut found = EnvUse {
            lowering,
            owner: routine.id,
            result: routine.result.is_some_and(|id| captured.contains(&id)),
            captured,
            site: 0,
        };
        let [site] = found.sites(body)[..] else {
            return None;
        };
        found.site = site;
        Some(found)
    }

    fn sites(&self, body: &Expr) -> Vec<usize> {
        let mut sites = Vec::new();
        body.walk(&mut |part| match &part.kind {
            ExprKind::Routine(id) if self.is_nested(*id) => sites.push(key(part)),
            // What an inline iterator makes closures of stands in its own body.
            ExprKind::For { iterator, .. } if self.is_nested(*iterator) => sites.extend([0, 0]),
            _ => {}
        });
        sites
    }

    /// Does the routine stand in the one that has the environment?
    fn is_nested(&self, id: RoutineId) -> bool {
        let mut parent = self.lowering.proc(id).routine.parent;
        while let Some(around) = parent
            && around != self.owner
        {
            parent = self.lowering.proc(around).routine.parent;
        }
        parent.is_some()
    }

    /// Is the closure made here?
    pub(super) fn is_site(&self, e: &Expr) -> bool {
        self.site == key(e)
    }

    /// Is the local in it?
    pub(super) fn holds(&self, local: LocalId) -> bool {
        self.captured.contains(&local)
    }

    /// Does evaluating the node itself, not what is in it, need the environment?
    pub(super) fn is_used_by(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Routine(id) | ExprKind::Call(id, _) => self.is_nested(*id),
            ExprKind::Local(local) | ExprKind::Let(local, _) => self.holds(*local),
            ExprKind::For { vars, .. } => vars.iter().any(|var| self.holds(*var)),
            ExprKind::Try { excepts, .. } => {
                let bindings = excepts.iter().filter_map(|except| except.binding);
                bindings.into_iter().any(|binding| self.holds(binding))
            }
            _ => false,
        }
    }
}
