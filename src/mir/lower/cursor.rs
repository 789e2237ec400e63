//! Cursor inference: locals that look at a part of another local instead of owning a copy of it.
//!
//! Nim's rule, restricted to values whose copies a program can see (those with hooks of its own): a local that is declared
//! once with a part of another local or parameter and never written copies nothing and destroys nothing; where it is given
//! away, that is a copy. It must not be read after the other changes, which the liveness analysis (`last_use`) decides: it keeps what a
//! cursor looks at alive, and drops the cursor where it is live across a change. Nothing is inferred through a `ref` or a
//! global, which others may change.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Lowering;
use super::last_use::{root, takes_local};
use crate::sema::typed::{Expr, ExprKind, LocalId, LocalKind, Routine, RoutineKind};
use crate::sema::types::{Type, TypeId};

/// Cursors, each with the local that it looks at.
pub(super) type Cursors = FxHashMap<LocalId, LocalId>;

/// What the body does with its locals.
#[derive(Default)]
struct Survey {
    /// Locals declared with a part of another.
    parts: Cursors,
    /// Those of them that are elements.
    elements: FxHashSet<LocalId>,
    /// Declared more often than once, or written.
    spoiled: FxHashSet<LocalId>,
    declared: FxHashSet<LocalId>,
    /// Given another value as a whole, or to somebody who may do that.
    replaced: FxHashSet<LocalId>,
    /// Changed in part by somebody else, up to what is looked at.
    changed: FxHashSet<LocalId>,
    loop_vars: FxHashSet<LocalId>,
    /// Where each local is mentioned last, by a count of all mentions in the order of the text.
    last: FxHashMap<LocalId, u32>,
    mentions: u32,
}

/// The locals of `routine` that may be cursors, as far as their changes are not looked at.
pub(super) fn candidates(
    cx: &Lowering<'_>,
    routine: &Routine,
    body: &Expr,
    pinned: &FxHashSet<LocalId>,
) -> Cursors {
    let visible = |ty| (cx.runs_hook(ty) || cx.copy_hooked(ty)) && !cx.uncopyable(ty);
    let local = |id: LocalId| &routine.locals[id.0 as usize];
    let kind = |id: LocalId| {
        matches!(
            local(id).kind,
            LocalKind::Var | LocalKind::Let | LocalKind::For | LocalKind::Temp
        )
    };
    let proc = matches!(routine.kind, RoutineKind::Proc | RoutineKind::Method);
    if !proc || !routine.locals.iter().any(|l| visible(l.ty)) {
        return Cursors::default();
    }
    let mut survey = Survey::default();
    survey.look(cx, body);
    let Survey {
        mut parts,
        spoiled,
        loop_vars,
        replaced,
        last,
        elements,
        ..
    } = survey;
    parts.retain(|&id, _| {
        let plain = kind(id) && !local(id).captured && !pinned.contains(&id);
        plain && !spoiled.contains(&id) && visible(local(id).ty) && !is_ref(cx, local(id).ty)
    });
    // As in Nim, what a cursor is a field of must also be mentioned as late as the cursor.
    let outlived = |id: LocalId, mut source: LocalId| {
        while let Some(&owner) = parts.get(&source)
            && local(source).kind == LocalKind::Temp
        {
            source = owner;
        }
        let free = local(id).kind == LocalKind::Temp || elements.contains(&id);
        local(source).kind == LocalKind::Param || free || last.get(&source) >= last.get(&id)
    };
    let short: Vec<LocalId> = parts
        .iter()
        .filter(|&(&id, &source)| !outlived(id, source))
        .map(|(&id, _)| id)
        .collect();
    parts.retain(|id, _| !short.contains(id));
    // What is looked at must stand still: a temporary that owns its value is taken apart by moves.
    loop {
        let before = parts.len();
        let known = parts.clone();
        parts.retain(|_, &mut source| {
            let of = local(source);
            let owner = match of.kind {
                LocalKind::Var | LocalKind::Let | LocalKind::For => !loop_vars.contains(&source),
                LocalKind::Param => !is_view(cx, of.ty),
                LocalKind::Temp => known.contains_key(&source),
                _ => false,
            };
            owner && !of.captured && !replaced.contains(&source) && !pinned.contains(&source)
        });
        if parts.len() == before {
            return parts;
        }
    }
}

fn is_ref(cx: &Lowering<'_>, ty: TypeId) -> bool {
    cx.plain_ref(ty) || cx.is_closure(ty)
}

fn is_view(cx: &Lowering<'_>, ty: TypeId) -> bool {
    matches!(
        cx.types.get(ty),
        Type::Var(_) | Type::Lent(_) | Type::Ptr(_) | Type::Ref(_)
    )
}

/// The local whose own storage `e` names a part of, if the way there goes through values alone.
fn looked_at(cx: &Lowering<'_>, e: &Expr) -> Option<LocalId> {
    match &e.kind {
        ExprKind::Local(id) => Some(*id),
        ExprKind::Field { object, .. } => looked_at(cx, object),
        ExprKind::TupleField(inner, _) => looked_at(cx, inner),
        ExprKind::Index { base, .. } => {
            let owning = matches!(
                cx.types.get(cx.types.repr(base.ty)),
                Type::Seq(_) | Type::Array { .. }
            );
            owning.then(|| looked_at(cx, base)).flatten()
        }
        _ => None,
    }
}

impl Survey {
    fn look(&mut self, cx: &Lowering<'_>, e: &Expr) {
        match &e.kind {
            ExprKind::Local(id) => {
                self.mentions += 1;
                self.last.insert(*id, self.mentions);
            }
            ExprKind::Let(id, value) => self.declaration(cx, *id, value.as_deref()),
            ExprKind::AddrOf(place) => {
                self.spoiled.extend(root(place));
                match place.kind {
                    ExprKind::Local(id) => drop(self.replaced.insert(id)),
                    _ => self.changed.extend(root(place)),
                }
                self.look(cx, place);
            }
            ExprKind::Assign(place, value) => {
                self.spoiled.extend(root(place));
                if let ExprKind::Local(id) = place.kind {
                    self.replaced.insert(id);
                }
                self.look(cx, place);
                self.look(cx, value);
            }
            ExprKind::For { vars, .. } => {
                self.loop_vars.extend(vars.iter().copied());
                e.each_child(&mut |child| self.look(cx, child));
            }
            _ => e.each_child(&mut |child| self.look(cx, child)),
        }
    }

    fn declaration(&mut self, cx: &Lowering<'_>, id: LocalId, value: Option<&Expr>) {
        if !self.declared.insert(id) {
            self.spoiled.insert(id);
        }
        let Some(value) = value else { return };
        let source = looked_at(cx, value).filter(|source| !self.changed.contains(source));
        self.parts.extend(source.map(|source| (id, source)));
        if matches!(value.kind, ExprKind::Index { .. }) {
            self.elements.insert(id);
        }
        self.look(cx, value);
    }
}

/// The locals that `e` may change while it is evaluated.
pub(super) fn changed(e: &Expr, into: &mut FxHashSet<LocalId>) {
    e.walk(&mut |part| match &part.kind {
        ExprKind::AddrOf(place) | ExprKind::Assign(place, _) => into.extend(root(place)),
        ExprKind::Magic(magic, args) if takes_local(*magic) => {
            into.extend(args.iter().filter_map(root));
        }
        _ => {}
    });
}
