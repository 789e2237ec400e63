//! `{.experimental: "strictFuncs".}`: whether a body changes what a parameter leads to.
//!
//! As in Nim, variables that one was assigned to the other are one graph of objects. A store behind a reference or pointer changes the graph
//! of the variable that it starts from; a graph that a parameter is in, other than a `var` or `sink` one, must not be changed.
//! In: a typed body. Out: the parameter, and where the change and the assignment stand.

use crate::sema::typed::{Expr, ExprKind, LocalId, LocalKind, Routine};
use crate::sema::types::{Type, TypeId, Types};
use crate::source::{Name, Place};

/// A change of what a parameter leads to.
#[derive(Clone, Copy)]
pub(super) struct Mutation {
    pub(super) param: Name,
    pub(super) at: Place,
    /// The assignment that connected the changed variable to it.
    pub(super) connected: Option<Place>,
}

/// The first one in a body.
pub(super) fn find(types: &Types, routine: &Routine) -> Option<Mutation> {
    let body = routine.body.as_ref()?;
    let mut graphs = Graphs {
        types,
        routine,
        owner: (0..routine.locals.len()).collect(),
        connected: vec![None; routine.locals.len()],
        changed: Vec::new(),
    };
    graphs.expr(body);
    graphs.changed.iter().find_map(|&(local, at)| {
        let graph = graphs.graph(local);
        let param = |&index: &usize| graphs.is_const_param(index) && graphs.graph(index) == graph;
        let param = (0..routine.locals.len()).find(param)?;
        Some(Mutation {
            param: routine.locals[param].name,
            at,
            connected: (param != local)
                .then_some(graphs.connected[local])
                .flatten(),
        })
    })
}

struct Graphs<'a> {
    types: &'a Types,
    routine: &'a Routine,
    /// A union-find forest over the locals.
    owner: Vec<usize>,
    /// Where a local was last assigned another one.
    connected: Vec<Option<Place>>,
    /// The locals that changes start from.
    changed: Vec<(usize, Place)>,
}

impl Graphs<'_> {
    fn graph(&self, mut local: usize) -> usize {
        while self.owner[local] != local {
            local = self.owner[local];
        }
        local
    }

    fn is_const_param(&self, index: usize) -> bool {
        let local = &self.routine.locals[index];
        matches!(local.kind, LocalKind::Param)
            && !matches!(self.types.get(local.ty), Type::Var(_) | Type::Sink(_))
    }

    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Let(id, Some(value)) => self.connect(*id, value, e.place),
            ExprKind::Assign(target, value) => match target.kind {
                ExprKind::Local(id) => self.connect(id, value, e.place),
                _ => self.change(target),
            },
            ExprKind::AddrOf(target) if matches!(self.types.get(e.ty), Type::Var(_)) => {
                self.change(target);
            }
            _ => {}
        }
        e.each_child(&mut |child| self.expr(child));
    }

    /// A place is changed, or may be.
    fn change(&mut self, target: &Expr) {
        if let Some((local, true)) = self.root(target) {
            self.changed.push((local, target.place));
        }
    }

    /// The local that a place starts from, and whether it lies behind a reference.
    fn root(&self, place: &Expr) -> Option<(usize, bool)> {
        match &place.kind {
            ExprKind::Local(id) => Some((id.0 as usize, false)),
            ExprKind::Deref(inner) => {
                let (local, behind) = self.root(inner)?;
                let ty = self.types.get(self.types.repr(inner.ty));
                Some((local, behind || matches!(ty, Type::Ref(_) | Type::Ptr(_))))
            }
            ExprKind::Field { object: inner, .. }
            | ExprKind::TupleField(inner, _)
            | ExprKind::Index { base: inner, .. }
            | ExprKind::Convert { value: inner, .. }
            | ExprKind::AddrOf(inner) => self.root(inner),
            _ => None,
        }
    }

    fn connect(&mut self, target: LocalId, value: &Expr, place: Place) {
        let target = target.0 as usize;
        if !self.leads_on(self.routine.locals[target].ty, 0) {
            return;
        }
        let mut from = Vec::new();
        self.sources(value, &mut from);
        for local in from {
            self.connected[target] = Some(place);
            let (a, b) = (self.graph(target), self.graph(local));
            self.owner[a] = b;
        }
    }

    /// The locals that a value may come from.
    fn sources(&self, value: &Expr, into: &mut Vec<usize>) {
        if let Some((local, _)) = self.root(value) {
            return into.push(local);
        }
        match &value.kind {
            ExprKind::Call(_, args) => {
                let leads = |arg: &&Expr| self.leads_on(arg.ty, 0);
                let args = args.iter().filter(leads);
                args.for_each(|arg| self.sources(arg, into));
            }
            ExprKind::Tuple(parts) | ExprKind::Array(parts) => {
                parts.iter().for_each(|part| self.sources(part, into));
            }
            ExprKind::Seq(parts) => {
                let last = parts.last();
                last.into_iter().for_each(|last| self.sources(last, into));
            }
            ExprKind::Block(_, inner) | ExprKind::Checks(_, inner) => self.sources(inner, into),
            // Nim does not look into a `try`.
            ExprKind::If(..) | ExprKind::Case { .. } => {
                let ends = value.ends().into_iter().flatten();
                ends.for_each(|end| self.sources(end, into));
            }
            _ => {}
        }
    }

    /// Does a value of the type lead to others?
    fn leads_on(&self, ty: TypeId, depth: u32) -> bool {
        let inner = |ty: TypeId| depth < 8 && self.leads_on(ty, depth + 1);
        let repr = self.types.repr(self.types.bare(ty));
        match self.types.get(repr) {
            Type::Ref(_) | Type::Ptr(_) | Type::Pointer => true,
            Type::Proc(_) => false,
            Type::Object(_) => self.types.object(repr).is_some_and(|(_, body)| {
                body.base.is_some_and(inner) || body.fields.iter().any(|field| inner(field.ty))
            }),
            other => other.any_part(inner),
        }
    }
}
