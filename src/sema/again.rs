//! What a reload runs of a top-level statement: the first values of its new variables, and nothing else.
//!
//! In: the code of a chunk and the globals that it declares. Out: code that asks which kind of run it is. On the first load
//! it is the chunk as written. On a reload, which runs it because one of the globals is new, the statement's control flow
//! is followed and each declaration asks whether its variable is new; other statements are left out. The body of
//! a loop is gone through once, so that an endless loop ends. A declaration that is the whole statement needs
//! none of this: it is run when its variable is new.
//!
//! The same for one variable by itself is what its first value depends on, which [tells](super::written) whether an edit changed it.

use super::checker::Checker;
use super::magic::Magic;
use super::typed::{Except, Expr, ExprKind, GlobalVarId, LocalId, Written};
use super::types::{Type, TypeId};
use super::written::{self, declares};
use crate::mir::RtFn;
use crate::source::Place;

impl Checker<'_, '_> {
    /// Makes a chunk that declares `sets` fit for running again. Gives also what is written there.
    pub(super) fn for_reloads(&mut self, code: Expr, sets: &[GlobalVarId]) -> (Expr, Written) {
        if sets.is_empty() {
            let rest = Some(written::hash(&self.s.types, &code));
            let firsts = Vec::new();
            return (code, Written { rest, firsts });
        }
        if is_single(&code) {
            let first = |&id| (id, written::hash_first(&self.s.types, id, &code));
            let firsts = sets.iter().map(first).collect();
            return (code, Written { rest: None, firsts });
        }
        let place = code.place;
        let mut firsts = Vec::new();
        for &id in sets {
            if let Some(alone) = self.firsts(&code, &[id]) {
                firsts.push((id, written::hash_first(&self.s.types, id, &alone)));
            }
        }
        let rest = written::rest(&self.s.types, &code, sets);
        let again = self.firsts(&code, sets);
        let again = again.unwrap_or_else(|| self.nop(place));
        let nil = self.make(ExprKind::Nil, TypeId::POINTER, place);
        let first_load = self.asks(nil, place);
        let kind = ExprKind::If(vec![(first_load, code)], Some(Box::new(again)));
        (
            self.make(kind, TypeId::VOID, place),
            Written { rest, firsts },
        )
    }

    /// The declarations in `code`, each asking whether its variable is new. None where there are none.
    fn firsts(&mut self, code: &Expr, sets: &[GlobalVarId]) -> Option<Expr> {
        let place = code.place;
        let kind = match &code.kind {
            ExprKind::InitGlobal(id, value) if sets.contains(id) => {
                return Some(self.first(*id, value.as_deref(), code, sets));
            }
            ExprKind::InitGlobal(_, value) => return self.firsts(value.as_deref()?, sets),
            // In a loop a variable is assigned each time round.
            ExprKind::Assign(target, _) => match target.kind {
                ExprKind::Global(id) if sets.contains(&id) => {
                    return Some(self.if_new(id, code.clone(), None));
                }
                _ => return None,
            },
            ExprKind::Seq(parts) => return self.firsts_of_seq(parts, place, sets),
            ExprKind::Block(label, body) => {
                ExprKind::Block(*label, Box::new(self.firsts(body, sets)?))
            }
            ExprKind::Checks(checks, body) => {
                ExprKind::Checks(*checks, Box::new(self.firsts(body, sets)?))
            }
            ExprKind::While(condition, body) => {
                let body = self.firsts(body, sets)?;
                ExprKind::If(vec![((**condition).clone(), body)], None)
            }
            ExprKind::For {
                iterator,
                args,
                vars,
                body,
            } => {
                let body = self.firsts(body, sets)?;
                return Some(self.once(*iterator, args, vars, body));
            }
            ExprKind::If(branches, els) => {
                let parts = branches.iter().map(|(_, body)| body).chain(els.as_deref());
                let mut parts = self.firsts_of_all(parts, sets)?.into_iter();
                let conditions = branches.iter().map(|(condition, _)| condition.clone());
                let branches = conditions.zip(&mut parts).collect();
                ExprKind::If(branches, parts.next().map(Box::new))
            }
            ExprKind::Case { on, branches, els } => {
                let parts = branches.iter().map(|(_, body)| body).chain(els.as_deref());
                let mut parts = self.firsts_of_all(parts, sets)?.into_iter();
                let labels = branches.iter().map(|(labels, _)| labels.clone());
                let branches = labels.zip(&mut parts).collect();
                let els = parts.next().map(Box::new);
                ExprKind::Case {
                    on: on.clone(),
                    branches,
                    els,
                }
            }
            ExprKind::Try {
                body,
                excepts,
                finally,
            } => {
                let parts = std::iter::once(&**body);
                let parts = parts.chain(excepts.iter().map(|except| &except.body));
                let parts = parts.chain(finally.as_deref());
                let mut parts = self.firsts_of_all(parts, sets)?.into_iter();
                let body = Box::new(parts.next()?);
                let except = |(except, body): (&Except, Expr)| Except {
                    body,
                    ..except.clone()
                };
                let excepts = excepts.iter().zip(&mut parts).map(except).collect();
                ExprKind::Try {
                    body,
                    excepts,
                    finally: parts.next().map(Box::new),
                }
            }
            _ => return None,
        };
        Some(self.make(kind, TypeId::VOID, place))
    }

    fn firsts_of_all<'e>(
        &mut self,
        parts: impl Iterator<Item = &'e Expr>,
        sets: &[GlobalVarId],
    ) -> Option<Vec<Expr>> {
        let mut found = false;
        let mut part = |part: &Expr| {
            let first = self.firsts(part, sets);
            found |= first.is_some();
            first.unwrap_or_else(|| self.nop(part.place))
        };
        let parts: Vec<Expr> = parts.map(&mut part).collect();
        found.then_some(parts)
    }

    fn firsts_of_seq(
        &mut self,
        parts: &[Expr],
        place: Place,
        sets: &[GlobalVarId],
    ) -> Option<Expr> {
        let mut kept: Vec<Expr> = Vec::new();
        // From the end, since a local is only wanted where a declaration further down uses it.
        for part in parts.iter().rev() {
            match &part.kind {
                ExprKind::Let(local, _) if kept.iter().any(|later| uses(later, *local)) => {
                    kept.push(part.clone());
                }
                _ => kept.extend(self.firsts(part, sets)),
            }
        }
        kept.reverse();
        let some = !kept.is_empty();
        some.then(|| self.make(ExprKind::Seq(kept), TypeId::VOID, place))
    }

    /// Gives a global its first value if it is new. What its initialiser declares is asked for by itself.
    fn first(
        &mut self,
        id: GlobalVarId,
        value: Option<&Expr>,
        code: &Expr,
        sets: &[GlobalVarId],
    ) -> Expr {
        let inner = value.and_then(|value| self.firsts(value, sets));
        let value = value.map(|value| Box::new(self.with_questions(value)));
        let init = self.make(ExprKind::InitGlobal(id, value), TypeId::VOID, code.place);
        self.if_new(id, init, inner)
    }

    /// A value as it is, but what is declared on the way asks whether it is new.
    fn with_questions(&mut self, value: &Expr) -> Expr {
        let mut value = value.clone();
        match &mut value.kind {
            ExprKind::Block(_, body) | ExprKind::Checks(_, body) => {
                **body = self.with_questions(body)
            }
            ExprKind::Seq(parts) => {
                for part in parts {
                    *part = match &part.kind {
                        ExprKind::InitGlobal(id, _) => self.if_new(*id, part.clone(), None),
                        _ => self.with_questions(part),
                    };
                }
            }
            _ => {
                for end in value.ends_mut().into_iter().flatten() {
                    *end = self.with_questions(end);
                }
            }
        }
        value
    }

    /// The first round of a loop over an iterator.
    fn once(
        &mut self,
        iterator: super::typed::RoutineId,
        args: &[Expr],
        vars: &[LocalId],
        body: Expr,
    ) -> Expr {
        let place = body.place;
        let label = self.new_label();
        let leave = self.make(ExprKind::Break(label), TypeId::VOID, place);
        let body = self.make(ExprKind::Seq(vec![body, leave]), TypeId::VOID, place);
        let kind = ExprKind::For {
            iterator,
            args: args.to_vec(),
            vars: vars.to_vec(),
            body: Box::new(body),
        };
        let round = self.make(kind, TypeId::VOID, place);
        self.make(ExprKind::Block(label, Box::new(round)), TypeId::VOID, place)
    }

    fn if_new(&mut self, id: GlobalVarId, then: Expr, otherwise: Option<Expr>) -> Expr {
        let place = then.place;
        let ty = self.s.global(id).map_or(TypeId::INT, |global| global.ty);
        let global = self.make(ExprKind::Global(id), ty, place);
        let pointer = self.intern(Type::Ptr(ty));
        let address = self.make(ExprKind::AddrOf(Box::new(global)), pointer, place);
        let is_new = self.asks(address, place);
        let kind = ExprKind::If(vec![(is_new, then)], otherwise.map(Box::new));
        self.make(kind, TypeId::VOID, place)
    }

    fn asks(&mut self, address: Expr, place: Place) -> Expr {
        let kind = ExprKind::Magic(Magic::Runtime(RtFn::IsNew), vec![address]);
        self.make(kind, TypeId::BOOL, place)
    }
}

/// Is it one declaration of one variable?
fn is_single(code: &Expr) -> bool {
    match &code.kind {
        ExprKind::Seq(parts) => match &parts[..] {
            [part] => is_single(part),
            _ => false,
        },
        ExprKind::InitGlobal(_, value) => !value.as_ref().is_some_and(|value| declares(value)),
        _ => false,
    }
}

fn uses(expr: &Expr, local: LocalId) -> bool {
    expr.any(&mut |part| matches!(part.kind, ExprKind::Local(used) if used == local))
}
