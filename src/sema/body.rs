//! Bodies of routines: the frame they are checked in, their result.

use std::sync::Arc;

use super::checker::{Checker, Frame};
use super::routine::part;
use super::symbols::{RoutineSym, SymId, SymKind, Table};
use super::typed::{Expr, ExprKind, LocalId, LocalKind, Routine, RoutineId, RoutineKind, Stand};
use super::types::{CallConv, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// Pushes a frame with the routine's parameters, which are put into `scope` under their names.
    pub(super) fn open_frame(
        &mut self,
        head: &RoutineSym,
        id: RoutineId,
        identity: Arc<str>,
        scope: &mut Table,
    ) {
        let frame = Frame {
            ret: head.ret,
            auto_ret: head.auto_ret,
            iterator: head.kind == Kind::IteratorDef,
            inlined: head.kind == Kind::IteratorDef
                && !head.pragmas.closure
                && head.name != Name::new(":anonymous"),
            noinit: head.pragmas.noinit,
            name: head.name,
            conv: head.pragmas.conv_given,
            ..Frame::new(id, identity)
        };
        self.frames.push(frame);
        let depth = self.frames.len() - 1;
        for param in &head.params {
            let mut ty = param.ty;
            if let Type::Varargs(elem) = *self.get(ty) {
                ty = self.intern(Type::OpenArray(elem));
            }
            if let Type::TypeDesc(inner) = *self.get(ty) {
                let sym = self.new_symbol(self.symbol(
                    param.name,
                    false,
                    param.place,
                    SymKind::Type(inner),
                ));
                scope.insert(param.name, smallvec::smallvec![sym]);
                continue;
            }
            if let Type::StaticValue(..) = self.get(ty) {
                let table = self.argument_scope(std::iter::once((param.name, ty)), param.place);
                scope.extend(table);
                continue;
            }
            let local = self.new_local(param.name, ty, LocalKind::Param, param.place);
            if ty == param.ty {
                self.frame().locals[local.0 as usize].spelled = param.spelled;
            }
            let mutable = matches!(self.get(ty), Type::Var(_));
            let kind = SymKind::Local {
                depth,
                id: local,
                ty,
                mutable,
            };
            let sym = self.new_symbol(self.symbol(param.name, false, param.place, kind));
            scope.insert(param.name, smallvec::smallvec![sym]);
        }
        if head.kind != Kind::IteratorDef && (head.ret != TypeId::VOID || head.auto_ret) {
            let place = Place::default();
            let local = self.new_local(Name::new("result"), head.ret, LocalKind::Result, place);
            self.frame().locals[local.0 as usize].spelled = head.ret_spelled;
            self.frame().result = Some(local);
            let kind = SymKind::Local {
                depth,
                id: local,
                ty: head.ret,
                mutable: true,
            };
            let sym = self.new_symbol(self.symbol(Name::new("result"), false, place, kind));
            self.frame().result_sym = head.auto_ret.then_some(sym);
            scope
                .entry(Name::new("result"))
                .or_insert_with(|| smallvec::smallvec![sym]);
        }
    }

    /// Pops the frame and gives the routine out.
    pub(super) fn close_frame(&mut self, head: &RoutineSym, body: Expr, place: Place) -> TypeId {
        let mut frame = self.frames.pop().expect("it was pushed");
        self.check_late(&mut frame, &body);
        let ret = frame.ret;
        if ret == TypeId::VOID {
            frame.result = None;
        } else if let Some(result) = frame.result {
            frame.locals[result.0 as usize].ty = ret;
            frame.locals[result.0 as usize].noinit = frame.noinit;
        }
        let params = frame
            .locals
            .iter()
            .enumerate()
            .filter(|(_, local)| local.kind == LocalKind::Param)
            .map(|(i, _)| LocalId(i as u32))
            .collect();
        let kind = match head.kind {
            Kind::MethodDef => RoutineKind::Method,
            Kind::IteratorDef if head.pragmas.closure || head.name == Name::new(":anonymous") => {
                RoutineKind::ClosureIterator
            }
            Kind::IteratorDef => RoutineKind::InlineIterator,
            _ => RoutineKind::Proc,
        };
        let captures = frame.hands_on || !frame.captures.is_empty();
        let parent = if captures {
            self.frames.last().map(|f| f.id)
        } else {
            None
        };
        let routine = Routine {
            id: frame.id,
            identity: frame.identity,
            name: head.name,
            kind,
            conv: if captures {
                CallConv::Closure
            } else {
                head.pragmas.conv
            },
            params,
            ret,
            result: frame.result,
            locals: frame.locals,
            body: if head.pragmas.import.is_some() {
                None
            } else {
                Some(Arc::new(body))
            },
            import: head.pragmas.import.clone(),
            parent,
            inline: head.pragmas.inline,
            noreturn: head.pragmas.noreturn,
            never_raises: head.pragmas.raises_nothing,
            declared: head.pragmas.effects.clone(),
            stand: Stand {
                module: self.module.0,
                statement: self.order,
                forwarded: head.pragmas.forwarded,
            },
            checks: head.pragmas.checks,
            place,
        };
        self.add_routine(routine);
        ret
    }

    /// Checks a routine's body in a frame of its own. `scope` has its type arguments. Gives the result type.
    pub(super) fn check_body(
        &mut self,
        head: &Arc<RoutineSym>,
        _: SymId,
        id: RoutineId,
        identity: Arc<str>,
        mut scope: Table,
    ) -> TypeId {
        let node = head.node.clone();
        let n = node.cursor();
        let place = self.place(n.kid(part::NAME));
        let saved_checks = std::mem::replace(&mut self.checks, head.pragmas.checks);
        let concept = self.concept.take();
        self.open_frame(head, id, identity, &mut scope);
        self.env.scopes.push(scope);
        self.push_scope();
        let quote_depth = std::mem::replace(&mut self.quote_depth, head.depth);
        self.current.push(node.tree.clone());
        let found = self.run.diagnostics.len();
        let body = if head.pragmas.import.is_some() {
            self.nop(place)
        } else {
            self.body(n.kid(part::BODY), place)
        };
        self.current.pop();
        self.quote_depth = quote_depth;
        self.pop_scope();
        self.env.scopes.pop();
        let ret = self.close_frame(head, body, place);
        if lacks_result(head) && self.run.diagnostics.len() == found {
            self.error(head.node.cursor().place(), "iterator needs a return type");
        }
        self.checks = saved_checks;
        self.concept = concept;
        ret
    }

    /// A routine's body: statements, the last of which may be the result.
    pub(super) fn body(&mut self, n: Cursor<'_>, place: Place) -> Expr {
        let (ret, auto, iterator) = {
            let frame = self.frame();
            (frame.ret, frame.auto_ret, frame.iterator)
        };
        if iterator || (ret == TypeId::VOID && !auto) {
            let body = self.stmt(n);
            return self.require_void(body);
        }
        let want = if auto {
            None
        } else {
            Some(self.s.types.bare(ret))
        };
        let body = self.block_value(n, want);
        let body = self.without_late_value(body);
        if matches!(body.ty, TypeId::VOID | TypeId::ERROR) || self.never_returns(&body) {
            if auto && self.frame().auto_ret {
                self.frame().auto_ret = false;
            }
            return body;
        }
        self.set_auto_ret(&body);
        let _ = place;
        self.assign_tail(body)
    }

    /// With `auto`, the first value decides.
    pub(super) fn set_auto_ret(&mut self, value: &Expr) {
        let mut ty = self.s.types.bare(value.ty);
        if !self.frame().auto_ret {
            return;
        }
        if let Some(part) = self.unreturnable(ty) {
            let message = format!("invalid type: '{}' for result", self.s.types.show(part));
            self.error(value.place, message);
            ty = TypeId::ERROR;
        }
        let frame = self.frame();
        frame.auto_ret = false;
        frame.ret = ty;
        if let Some(result) = frame.result {
            let result = &mut frame.locals[result.0 as usize];
            result.ty = ty;
            result.spelled = ty.into();
        }
        if let Some(sym) = frame.result_sym.take()
            && let SymKind::Local { ty: known, .. } = &mut self.s.sym_mut(sym).kind
        {
            *known = ty;
        }
    }

    /// `result = value`, where the value is at the end of statements, and wherever a `finally` still follows it: that
    /// sees the result, and may change it.
    pub(super) fn assign_tail(&mut self, mut body: Expr) -> Expr {
        let value = std::mem::replace(&mut body.ty, TypeId::VOID);
        if let ExprKind::Seq(stmts) = &mut body.kind {
            let last = stmts.pop().expect("a value needs a statement");
            stmts.push(self.assign_tail(last));
        } else if ends_in_finally(&body) {
            for end in body.ends_mut().into_iter().flatten() {
                self.assign_end(end, value);
            }
        } else {
            body.ty = value;
            let place = body.place;
            return self.assign_result(body, place);
        }
        body
    }

    /// One of the ways in which a value of type `value` comes about: some of them may never end.
    fn assign_end(&mut self, end: &mut Expr, value: TypeId) {
        if end.ty != value && self.never_returns(end) {
            return;
        }
        let nop = self.nop(end.place);
        let taken = std::mem::replace(end, nop);
        *end = self.assign_tail(taken);
    }

    /// `result = value`
    pub(super) fn assign_result(&mut self, value: Expr, place: Place) -> Expr {
        let (ret, result) = {
            let frame = self.frame();
            (frame.ret, frame.result)
        };
        let Some(result) = result else { return value };
        let value = self.result_of_value(value, ret);
        let target = self.make(ExprKind::Local(result), ret, place);
        self.make(
            ExprKind::Assign(Box::new(target), Box::new(value)),
            TypeId::VOID,
            place,
        )
    }

    /// A value as a routine's result: an address for `var T` and `lent T`.
    pub(super) fn result_of_value(&mut self, value: Expr, ret: TypeId) -> Expr {
        match *self.get(ret) {
            Type::Var(inner) | Type::Lent(inner) => {
                let place = value.place;
                if value.ty == TypeId::ERROR {
                    return value;
                }
                let lent = matches!(self.get(ret), Type::Lent(_));
                if value.ty != inner && !self.same(value.ty, inner) {
                    self.mismatch(&value, inner);
                } else if !lent && !self.is_mutable_place(&value) || !self.is_place(&value) {
                    self.error(place, "expression has no address");
                }
                self.check_escape(&value);
                self.make(ExprKind::AddrOf(Box::new(value)), ret, place)
            }
            Type::Tuple(ref fields)
                if fields
                    .iter()
                    .any(|&(_, part)| matches!(self.get(part), Type::Var(_) | Type::Lent(_))) =>
            {
                let fields = fields.clone();
                self.addresses_in_tuple(value, &fields, ret)
            }
            _ => {
                let frame = self.frame();
                let result = frame.result.map(|id| &frame.locals[id.0 as usize]);
                let spelling = result.map_or(ret.into(), |result| result.spelled);
                self.wanting(ret, spelling, |c| c.coerce(value, ret))
            }
        }
    }

    /// The address of a routine's own variable must not leave it, nor may that of a parameter other than the first: callers take
    /// it that a view which they are given is one of their first argument.
    fn check_escape(&mut self, value: &Expr) {
        let Some(root) = self.viewed(value) else {
            return;
        };
        let Some(frame) = self.frames.last() else {
            return;
        };
        let local = &frame.locals[root.0 as usize];
        let own = !matches!(self.get(local.ty), Type::Var(_) | Type::Lent(_));
        let what = match local.kind {
            // What an iterator's own loop goes through stays where it is while the body of the caller's loop runs.
            LocalKind::Let | LocalKind::For if frame.iterator => return,
            LocalKind::Var | LocalKind::Let | LocalKind::For if own && !frame.top => {
                "escapes its stack frame"
            }
            LocalKind::Param if root != LocalId(0) => "is not the first parameter",
            _ => return,
        };
        let name = local.name;
        let context = self.loader.text(value.place);
        let page = "https://nim-lang.github.io/Nim/var_t_return.html";
        let message = format!("'{name}' {what}; context: '{context}'; see {page}");
        self.error(value.place, message);
    }

    /// The local of this routine that a place is part of, or of which a call gives a view.
    fn viewed(&self, value: &Expr) -> Option<LocalId> {
        match &value.kind {
            ExprKind::Local(id) => Some(*id),
            ExprKind::Deref(view) if !matches!(self.get(view.ty), Type::Ref(_) | Type::Ptr(_)) => {
                self.viewed(view)
            }
            ExprKind::Field { object: inner, .. }
            | ExprKind::TupleField(inner, _)
            | ExprKind::Index { base: inner, .. }
            | ExprKind::AddrOf(inner)
            | ExprKind::Convert { value: inner, .. } => self.viewed(inner),
            ExprKind::Seq(stmts) => self.viewed(stmts.last()?),
            ExprKind::Call(_, args)
                if matches!(self.get(value.ty), Type::Var(_) | Type::Lent(_)) =>
            {
                self.viewed(args.first()?)
            }
            _ => None,
        }
    }

    /// A tuple of which parts are `var T` or `lent T`, as `pairs` yields it.
    pub(super) fn addresses_in_tuple(
        &mut self,
        value: Expr,
        fields: &[(Option<Name>, TypeId)],
        ret: TypeId,
    ) -> Expr {
        let place = value.place;
        match value.kind {
            ExprKind::Tuple(parts) if parts.len() == fields.len() => {
                let parts = parts
                    .into_iter()
                    .zip(fields)
                    .map(|(part, &(_, ty))| self.result_of_value(part, ty))
                    .collect();
                self.make(ExprKind::Tuple(parts), ret, place)
            }
            _ if value.ty == TypeId::ERROR => value,
            _ => {
                self.error(
                    place,
                    "a tuple with addresses in it must be written out: '(a, b)'",
                );
                self.bad(place)
            }
        }
    }
}

/// Does a `finally` run after the value has come about?
fn ends_in_finally(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Try {
            finally: Some(_), ..
        } => true,
        ExprKind::Seq(stmts) => stmts.last().is_some_and(ends_in_finally),
        _ => value
            .ends()
            .is_some_and(|ends| ends.into_iter().any(ends_in_finally)),
    }
}

/// Is it an inline iterator that does not say what it yields?
fn lacks_result(head: &RoutineSym) -> bool {
    let params = head.node.cursor().kid(part::PARAMS);
    head.kind == Kind::IteratorDef
        && !head.pragmas.closure
        && params.get(0).is_none_or(|ret| ret.is_empty())
}
