//! The candidates of a call, and what they want of its arguments.
//!
//! In: the symbols that a name stands for where it is called. Out: the heads of those that the call can mean. An operator has dozens,
//! and calls of one follow each other, so they are kept from one call to the next as long as the name keeps its meanings.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::call::Given;
use super::checker::Checker;
use super::fit::accepts_count;
use super::symbols::{RoutineSym, SymId, SymKind};
use super::types::{Class, Type, TypeId};
use crate::source::Name;
use crate::syntax::tree::Kind;

/// Fewer candidates are put together, and ranked, as fast as they are looked up.
pub(super) const WORTHWHILE: usize = 4;

/// What the candidates want of one argument.
#[derive(Clone, Copy, Default)]
pub(super) struct Wishes {
    /// Some take it unchecked.
    pub untyped: bool,
    /// The type of its parameter, of the last candidate that wants it checked.
    pub typed: Option<TypeId>,
    /// Not all of those agree.
    pub several: bool,
    /// One of them takes a proc.
    pub routine: bool,
    /// One of them takes the call of an iterator.
    pub iterable: bool,
}

/// Routines of which a call means one.
pub(super) struct Candidates {
    pub heads: Vec<(SymId, Arc<RoutineSym>)>,
    pub syms: Rc<[SymId]>,
    /// Of the argument with this number among so many.
    wishes: RefCell<FxHashMap<(usize, usize), Wishes>>,
    /// Is the choice among them a matter of types alone?
    by_types: OnceCell<bool>,
}

/// Candidates by their symbols, and whether the call is the iterator of a loop.
pub(super) type Known = FxHashMap<(Vec<SymId>, bool), Recent>;

/// Candidates, and how often their name had changed by then.
pub(super) struct Recent {
    changes: u32,
    candidates: Rc<Candidates>,
}

impl Checker<'_, '_> {
    /// The routines among some symbols that have this name. Iterators are called by `for` loops and by nobody else, if there
    /// is a choice.
    pub(super) fn candidates_of(
        &mut self,
        name: Name,
        syms: &[SymId],
        iterator_wanted: bool,
    ) -> Rc<Candidates> {
        if syms.len() < WORTHWHILE {
            return self.gather(syms, iterator_wanted);
        }
        let changes = self.s.changes.of(name);
        let key = (syms.to_vec(), iterator_wanted);
        if let Some(recent) = self.known.get(&key)
            && recent.changes == changes
        {
            return recent.candidates.clone();
        }
        let candidates = self.gather(syms, iterator_wanted);
        // The numbers of local ones are used again, and those of another name change unseen.
        let lasts = |(sym, head): &(SymId, Arc<RoutineSym>)| {
            head.depth == 0 && self.s.sym(*sym).name == name
        };
        if candidates.heads.iter().all(lasts) {
            let candidates = candidates.clone();
            let recent = Recent {
                changes,
                candidates,
            };
            self.known.insert(key, recent);
        }
        candidates
    }

    fn gather(&self, syms: &[SymId], iterator_wanted: bool) -> Rc<Candidates> {
        let heads = syms.iter().filter_map(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => Some((sym, head.clone())),
            _ => None,
        });
        let mut heads: Vec<_> = heads.collect();
        let is_meant =
            |(_, h): &(_, Arc<RoutineSym>)| (h.kind == Kind::IteratorDef) == iterator_wanted;
        if heads.iter().any(is_meant) {
            heads.retain(is_meant);
        }
        Rc::new(Candidates {
            syms: heads.iter().map(|(sym, _)| *sym).collect(),
            heads,
            wishes: RefCell::default(),
            by_types: OnceCell::new(),
        })
    }

    /// What the candidates want of argument number `i` of so many.
    pub(super) fn wishes(
        &self,
        candidates: &Candidates,
        i: usize,
        arg: &Given<'_>,
        count: usize,
    ) -> Wishes {
        if arg.name.is_some() {
            return self.ask_for_wishes(&candidates.heads, i, arg, count);
        }
        if let Some(known) = candidates.wishes.borrow().get(&(i, count)) {
            return *known;
        }
        let wishes = self.ask_for_wishes(&candidates.heads, i, arg, count);
        candidates.wishes.borrow_mut().insert((i, count), wishes);
        wishes
    }

    fn ask_for_wishes(
        &self,
        heads: &[(SymId, Arc<RoutineSym>)],
        i: usize,
        arg: &Given<'_>,
        count: usize,
    ) -> Wishes {
        let mut wishes = Wishes::default();
        for (_, head) in heads.iter().filter(|(_, head)| accepts_count(head, count)) {
            let Some(param) = self.param_of(head, i, arg.name, count) else {
                continue;
            };
            let ty = head.params[param].ty;
            match self.get(ty) {
                Type::Untyped | Type::Varargs(TypeId::UNTYPED) => wishes.untyped = true,
                _ => {
                    wishes.routine |= self.takes_routine(self.wanted_by_param(ty));
                    wishes.iterable |= matches!(self.get(ty), Type::Iterable(_));
                    wishes.several |= wishes.typed.is_some_and(|other| other != ty);
                    wishes.typed = Some(ty);
                }
            }
        }
        wishes
    }

    pub(super) fn takes_routine(&self, ty: TypeId) -> bool {
        self.proc_type_of(ty).is_some()
    }

    /// Do only the types of the arguments say which of them is meant?
    pub(super) fn go_by_types(&self, candidates: &Candidates) -> bool {
        let heads = || {
            candidates
                .heads
                .iter()
                .all(|(_, head)| self.goes_by_types(head))
        };
        *candidates.by_types.get_or_init(heads)
    }

    /// Does only the type of an argument say whether a candidate takes it?
    fn goes_by_types(&self, head: &RoutineSym) -> bool {
        let computed = |ty| match *self.get(ty) {
            Type::Param(number) => self.static_base(number).is_some(),
            Type::StaticValue(..) => true,
            _ => self.has_concept(ty),
        };
        let constraints = head.generics.iter().filter_map(|param| param.constraint);
        let params = head.params.iter().map(|param| param.ty);
        head.depth == 0
            && head.params.iter().all(|param| param.constraint.is_none())
            && !params.clone().any(computed)
            && !constraints.clone().any(|class| self.has_concept(class))
    }

    /// What fits a concept depends on what can be seen where it is asked.
    fn has_concept(&self, ty: TypeId) -> bool {
        match self.get(ty) {
            Type::Class(class) => match &**class {
                Class::Concept(_) => true,
                Class::Or(parts) | Class::And(parts) => {
                    parts.iter().any(|&part| self.has_concept(part))
                }
                Class::Not(part) => self.has_concept(*part),
                Class::Any | Class::Kind(_) => false,
            },
            other => other.any_part(|part| self.has_concept(part)),
        }
    }
}
