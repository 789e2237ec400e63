//! Nested and anonymous routines: values made of them run the body they were made with, whatever is loaded later.
//!
//! So the identity of such a proc covers what it does: a hash of its checked body, of the layouts that it sees and of the
//! iterators and nested routines that are part of it. Positions are not covered.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashSet;

use super::Lowering;
use crate::sema::typed::{CaseLabel, Expr, ExprKind, Routine, RoutineId, RoutineKind};

/// Is it declared inside another routine, or nowhere?
pub(super) fn is_pinned(routine: &Routine) -> bool {
    routine.parent.is_some()
        || routine.kind == RoutineKind::ClosureIterator
        || routine.name.as_str().starts_with(':')
        // A template's own name: which of its expansions it is of, nobody can say in the next version.
        || routine.name.as_str().contains("`gensym")
        || is_nested(&routine.identity)
}

/// Does the identity name an enclosing routine, as in `m.outer(int).inner()`?
fn is_nested(identity: &str) -> bool {
    let mut depth = 0u32;
    let mut closed = false;
    for c in identity.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                closed = depth == 0 && c == ')';
            }
            '.' if closed && depth == 0 => return true,
            _ if depth == 0 => closed = false,
            _ => {}
        }
    }
    false
}

struct Walk<'a, 'b> {
    lowering: &'b Lowering<'a>,
    seen: FxHashSet<RoutineId>,
    hash: DefaultHasher,
}

impl Lowering<'_> {
    /// A hash of what a pinned routine does.
    pub(super) fn body_hash(&self, routine: &Routine) -> u64 {
        let mut walk = Walk {
            lowering: self,
            seen: FxHashSet::default(),
            hash: DefaultHasher::new(),
        };
        walk.routine(routine);
        walk.hash.finish()
    }
}

impl Walk<'_, '_> {
    fn routine(&mut self, routine: &Routine) {
        routine.identity.hash(&mut self.hash);
        if !self.seen.insert(routine.id) {
            return;
        }
        routine.checks.hash(&mut self.hash);
        for local in &routine.locals {
            self.lowering.fingerprint(local.ty).hash(&mut self.hash);
            (local.captured, local.noinit).hash(&mut self.hash);
            std::mem::discriminant(&local.kind).hash(&mut self.hash);
        }
        if let Some(body) = &routine.body {
            self.expr(body);
        }
    }

    /// A routine that is named: what is part of this one counts as a whole.
    fn mention(&mut self, id: RoutineId) {
        id.hash(&mut self.hash);
        if let Some(routine) = (self.lowering.routine)(id)
            && (routine.kind == RoutineKind::InlineIterator || is_pinned(&routine))
        {
            self.routine(&routine);
        }
    }

    fn expr(&mut self, e: &Expr) {
        std::mem::discriminant(&e.kind).hash(&mut self.hash);
        self.lowering.fingerprint(e.ty).hash(&mut self.hash);
        let hash = &mut self.hash;
        match &e.kind {
            ExprKind::Int(value) => value.hash(hash),
            ExprKind::Float(value) => value.to_bits().hash(hash),
            ExprKind::Str(text) => text.hash(hash),
            ExprKind::Local(id) => id.hash(hash),
            ExprKind::Global(id) => id.hash(hash),
            ExprKind::Field { field, checked, .. } => (field, checked).hash(hash),
            ExprKind::TupleField(_, index) => index.hash(hash),
            ExprKind::Index { checked, .. } | ExprKind::Convert { checked, .. } => {
                checked.hash(hash);
            }
            ExprKind::Magic(magic, _) => magic.hash(hash),
            ExprKind::Block(label, _) | ExprKind::Break(label) => label.hash(hash),
            ExprKind::Let(id, _) => id.hash(hash),
            ExprKind::InitGlobal(id, _) => id.hash(hash),
            ExprKind::Checks(checks, _) => checks.hash(hash),
            ExprKind::Object(fields) => {
                for (_, field, _) in fields {
                    field.hash(hash);
                }
            }
            ExprKind::For { vars, .. } => vars.hash(hash),
            ExprKind::If(branches, els) => (branches.len(), els.is_some()).hash(hash),
            ExprKind::Case { branches, .. } => {
                for label in branches.iter().flat_map(|(labels, _)| labels) {
                    match label {
                        CaseLabel::Range(lo, hi) => (lo, hi).hash(hash),
                        CaseLabel::Str(text) => text.hash(hash),
                        CaseLabel::Float(lo, hi) => (lo.to_bits(), hi.to_bits()).hash(hash),
                    }
                }
            }
            _ => {}
        }
        match &e.kind {
            ExprKind::Call(id, _) | ExprKind::Routine(id) => self.mention(*id),
            ExprKind::For { iterator, .. } => self.mention(*iterator),
            ExprKind::Const(inner) => self.expr(inner),
            ExprKind::Try { excepts, .. } => {
                for except in excepts {
                    for &ty in &except.types {
                        self.lowering.fingerprint(ty).hash(&mut self.hash);
                    }
                }
            }
            _ => {}
        }
        let mut count = 0u32;
        let mut parts = Vec::new();
        e.each_child(&mut |child| {
            count += 1;
            parts.push(child);
        });
        count.hash(&mut self.hash);
        parts.into_iter().for_each(|part| self.expr(part));
    }
}

#[cfg(test)]
mod tests {
    use super::is_nested;

    #[test]
    fn nesting_shows_in_the_identity() {
        for plain in [
            "m.f()",
            "std/m.f(tuple[a: m.T, b: int])",
            "m.g[int](m.T)",
            "m.[]=(seq[m.T], int)",
        ] {
            assert!(!is_nested(plain), "{plain}");
        }
        for nested in ["m.f().g()", "m.f[int](m.T).h(int)", "m.f().g()#2"] {
            assert!(is_nested(nested), "{nested}");
        }
    }
}
