//! Statements that leave: `block`, `break`, `continue`, `return`, `yield`, `raise`, and `try`, which they pass through.

use super::checker::Checker;
use super::macros::symkind;
use super::symbols::SymKind;
use super::typed::{Except, Expr, ExprKind, LocalKind};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// `block` with or without a label.
    pub(super) fn block(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let label = self.new_label();
        self.push_scope();
        if let Some(name) = simple_name(n.kid(0)) {
            let depth = self.frames.len() - 1;
            let symbol = self.symbol(name, false, place, SymKind::Label { depth, id: label });
            let sym = self.new_symbol(symbol);
            if let Some(scope) = self.env.scopes.last_mut() {
                scope.insert(name, smallvec::smallvec![sym]);
            }
        }
        self.frame().loops.push((label, None));
        let body = self.block_value(n.kid(1), want);
        self.frame().loops.pop();
        self.pop_scope();
        let ty = body.ty;
        self.make(ExprKind::Block(label, Box::new(body)), ty, place)
    }

    pub(super) fn break_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let Some(name_node) = n.get(0).filter(|k| !k.is_empty()) else {
            // An unnamed `break` leaves the innermost loop or block.
            return match self.frame().loops.last() {
                Some(&(label, _)) => self.make(ExprKind::Break(label), TypeId::VOID, place),
                None => {
                    self.error(place, "invalid control flow: break");
                    self.bad(place)
                }
            };
        };
        let found = self.syms_of(name_node);
        let depth = self.frames.len() - 1;
        for sym in found.iter().flat_map(|(_, syms)| syms.iter().copied()) {
            if let SymKind::Label { depth: at, id } = self.s.sym(sym).kind
                && at == depth
            {
                return self.make(ExprKind::Break(id), TypeId::VOID, place);
            }
        }
        match found {
            Some((name, syms)) if syms.is_empty() => {
                self.undeclared(self.place(name_node), name);
            }
            _ => self.error(
                place,
                "invalid control flow: the label of an enclosing block was expected",
            ),
        }
        self.bad(place)
    }

    pub(super) fn continue_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        match self.frame().loops.iter().rev().find_map(|&(_, next)| next) {
            Some(label) => self.make(ExprKind::Break(label), TypeId::VOID, place),
            None => {
                self.error(place, "invalid control flow: continue");
                self.bad(place)
            }
        }
    }

    pub(super) fn return_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        if self.at_top() || self.frame().inlined {
            self.error(place, "'return' not allowed here");
            return self.bad(place);
        }
        let leave = self.make(ExprKind::Return, TypeId::VOID, place);
        let Some(value) = n.get(0).filter(|v| !v.is_empty()) else {
            return leave;
        };
        let (ret, auto, iterator) = {
            let frame = self.frame();
            (frame.ret, frame.auto_ret, frame.iterator)
        };
        if iterator {
            return self.unsupported(place, "a value in the 'return' of a closure iterator");
        }
        if auto {
            let value = self.expr(value, None);
            if !self.has_value(&value) {
                return self.bad(place);
            }
            self.set_auto_ret(&value);
            let assign = self.assign_tail(value);
            return self.make(ExprKind::Seq(vec![assign, leave]), TypeId::VOID, place);
        }
        if ret == TypeId::VOID {
            let value = self.expr(value, None);
            if value.ty != TypeId::ERROR && value.ty != TypeId::VOID {
                self.error(place, "no return type declared");
                return self.bad(place);
            }
            return self.make(ExprKind::Seq(vec![value, leave]), TypeId::VOID, place);
        }
        let want = self.s.types.bare(ret);
        let value = self.expr(value, Some(want));
        let value = self.settle_enum(value, Some(want));
        if !self.has_value(&value) {
            return self.bad(place);
        }
        // `return result` assigns nothing.
        if let ExprKind::Local(id) = value.kind
            && self.frame().result == Some(id)
        {
            return leave;
        }
        let assign = self.assign_tail(value);
        self.make(ExprKind::Seq(vec![assign, leave]), TypeId::VOID, place)
    }

    pub(super) fn yield_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let (ret, iterator) = {
            let frame = self.frame();
            (frame.ret, frame.iterator)
        };
        if !iterator {
            self.error(place, "'yield' only allowed in an iterator");
            return self.bad(place);
        }
        if self.frame().auto_ret {
            let value = self.expr(n.kid(0), None);
            self.set_auto_ret(&value);
            return self.make(ExprKind::Yield(Box::new(value)), TypeId::VOID, place);
        }
        if ret == TypeId::VOID {
            let value = match n.get(0).filter(|value| !value.is_empty()) {
                Some(value) => self.expr(value, None),
                None => self.nop(place),
            };
            if !matches!(value.ty, TypeId::VOID | TypeId::ERROR) {
                self.error(place, "current routine cannot return an expression");
                return self.bad(place);
            }
            return self.make(ExprKind::Yield(Box::new(value)), TypeId::VOID, place);
        }
        let want = self.s.types.bare(ret);
        let value = match n.get(0).filter(|value| !value.is_empty()) {
            Some(value) => self.expr(value, Some(want)),
            None => self.nop(place),
        };
        let value = self.settle_enum(value, Some(want));
        if !self.has_value(&value) {
            return self.bad(place);
        }
        // Nim tells where the statement stands.
        let mut value = value;
        if value.place.origin == place.origin {
            value.place.mark = place.mark;
        }
        let value = self.result_of_value(value, ret);
        self.make(ExprKind::Yield(Box::new(value)), TypeId::VOID, place)
    }

    pub(super) fn raise_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let Some(value) = n.get(0).filter(|v| !v.is_empty()) else {
            return self.make(ExprKind::Raise(None), TypeId::VOID, place);
        };
        let value = self.expr(value, None);
        if value.ty == TypeId::ERROR {
            return self.bad(place);
        }
        let exception = self
            .s
            .hooks
            .system_types
            .get(&crate::source::Name::new("Exception"))
            .copied();
        let is_exception = match (self.get(value.ty), exception) {
            (Type::Ref(inner), Some(exception)) => self.derives(*inner, exception).is_some(),
            (Type::Ref(_), None) => true,
            _ => false,
        };
        if !is_exception {
            let message = match self.get(value.ty) {
                Type::Ref(inner) if self.object_of(*inner).is_some() => format!(
                    "raised object of type {} does not inherit from Exception",
                    self.s.types.show(value.ty)
                ),
                _ => "only a 'ref object' can be raised".to_string(),
            };
            self.error(place, message);
            return self.bad(place);
        }
        self.make(ExprKind::Raise(Some(Box::new(value))), TypeId::VOID, place)
    }

    /// `try`
    pub(super) fn try_stmt(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let body = self.block_value(n.kid(0), want);
        let mut finally = None;
        let mut heads: Vec<(Vec<TypeId>, Option<super::typed::LocalId>)> = Vec::new();
        let mut bodies = vec![body];
        for kid in n.kids().skip(1) {
            if kid.is(Kind::Finally) {
                let cleanup = self.block_value(kid.kid(0), None);
                finally = Some(Box::new(self.require_void(cleanup)));
                continue;
            }
            if heads.iter().any(|(types, _)| types.is_empty()) {
                self.error(
                    self.place(kid),
                    "Only one general except clause is allowed after more specific exceptions",
                );
            }
            self.push_scope();
            let mut types = Vec::new();
            let mut binding = None;
            for ty in handled(kid) {
                let named =
                    ty.is(Kind::Infix) && self.bound_name(ty.kid(0)).is_some_and(|op| op == "as");
                let (ty_node, at_name) = if named {
                    (ty.kid(1), Some(ty.kid(2)))
                } else {
                    (ty, None)
                };
                let at = self.place(ty_node);
                let given = self.type_expr(ty_node);
                let Some(object) = self.object_of(given) else {
                    if given != TypeId::ERROR {
                        self.error(at, "only a 'ref object' can be raised");
                    }
                    continue;
                };
                if types.contains(&object) || heads.iter().any(|(seen, _)| seen.contains(&object)) {
                    self.error(at, "exception already handled");
                }
                types.push(object);
                if let Some(name) =
                    at_name.and_then(|name| simple_name(name).or_else(|| self.bound_name(name)))
                {
                    let reference = self.intern(Type::Ref(object));
                    let local = self.new_local(name, reference, LocalKind::Let, at);
                    let depth = self.frames.len() - 1;
                    let kind = SymKind::Local {
                        depth,
                        id: local,
                        ty: reference,
                        mutable: false,
                    };
                    let symbol = self.symbol(name, false, at, kind);
                    self.declare(symbol);
                    if let Some(node) = at_name {
                        self.note_own(node, symkind::LET, reference);
                    }
                    binding = Some(local);
                }
            }
            self.frame().handlers += 1;
            let body = self.block_value(kid.last(), want);
            self.frame().handlers -= 1;
            self.pop_scope();
            heads.push((types, binding));
            bodies.push(body);
        }
        let ty = self.join(&mut bodies, want);
        let mut bodies = bodies.into_iter();
        let body = Box::new(bodies.next().expect("the body is first"));
        let excepts = heads
            .into_iter()
            .zip(bodies)
            .map(|((types, binding), body)| Except {
                types,
                binding,
                body,
            })
            .collect();
        self.make(
            ExprKind::Try {
                body,
                excepts,
                finally,
            },
            ty,
            place,
        )
    }
}

/// The types that an `except` branch lists; a bracket, which macros put there, is several.
fn handled(branch: Cursor<'_>) -> impl Iterator<Item = Cursor<'_>> {
    branch.kids().take(branch.len() - 1).flat_map(|ty| {
        let several = if ty.is(Kind::Bracket) { ty.len() } else { 0 };
        let single = (several == 0).then_some(ty);
        ty.kids().take(several).chain(single)
    })
}
