//! Loops.

use super::checker::Checker;
use super::macros::{Typing, symkind};
use super::magic::Magic;
use super::symbols::{SymId, SymKind, Syms};
use super::typed::{Expr, ExprKind, LabelId, LocalId, LocalKind};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    pub(super) fn while_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let (leave, next) = (self.new_label(), self.new_label());
        self.push_scope();
        let cond = self.expr_of(n.kid(0), TypeId::BOOL);
        let body = self.loop_body(n.kid(1), leave, next);
        self.pop_scope();
        let lap = self.make(
            ExprKind::While(Box::new(cond), Box::new(body)),
            TypeId::VOID,
            place,
        );
        self.make(ExprKind::Block(leave, Box::new(lap)), TypeId::VOID, place)
    }

    pub(super) fn loop_body(&mut self, n: Cursor<'_>, leave: LabelId, next: LabelId) -> Expr {
        let place = self.place(n);
        self.frame().loops.push((leave, Some(next)));
        let body = self.block_value(n, None);
        let body = self.require_void(body);
        self.frame().loops.pop();
        self.make(ExprKind::Block(next, Box::new(body)), TypeId::VOID, place)
    }

    /// `for vars in expr: body`
    pub(super) fn for_stmt(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let vars: Vec<Cursor<'_>> = n.kids().take(n.len() - 2).collect();
        let (head, body) = (n.kid(n.len() - 2), n.last());
        if self.valued_end == Some(Typing::key(n)) {
            return self.loop_value(&vars, head, body, place);
        }
        if let Some(unrolled) = self.fields_loop(&vars, head, body, place) {
            return unrolled;
        }
        if let Some(made) = self.for_macro(n) {
            return made;
        }
        if let Some(counted) = self.enumerate_loop(n) {
            self.current.push(counted.clone());
            let counted = self.stmt(counted.root());
            self.current.pop();
            return counted;
        }
        self.push_scope();
        let call = self.iterator_call(head, vars.len());
        let result = match call {
            Some(call) => self.for_over(call, &vars, body, place),
            None => {
                self.pop_scope();
                return self.bad(place);
            }
        };
        self.pop_scope();
        result
    }

    /// A loop under `typeof`, which is of the type of its body.
    fn loop_value(
        &mut self,
        vars: &[Cursor<'_>],
        head: Cursor<'_>,
        body: Cursor<'_>,
        place: Place,
    ) -> Expr {
        self.push_scope();
        let ty = match self.iterator_call(head, vars.len()) {
            Some(call) => {
                let yields = match call.kind {
                    ExprKind::Deref(inner) => inner.ty,
                    _ => call.ty,
                };
                self.loop_vars(vars, yields, place);
                self.valued_at_end(body, |c| c.block_value(body, None).ty)
            }
            None => TypeId::ERROR,
        };
        self.pop_scope();
        self.make(ExprKind::Nop, ty, place)
    }

    fn for_over(
        &mut self,
        call: Expr,
        vars: &[Cursor<'_>],
        body: Cursor<'_>,
        place: Place,
    ) -> Expr {
        let (leave, next) = (self.new_label(), self.new_label());
        // The result's address is what a loop variable for `var T` holds.
        let call = match call.kind {
            ExprKind::Deref(inner) => *inner,
            kind => Expr { kind, ..call },
        };
        let yields = call.ty;
        let spelling = self.spell_value(&call);
        let (locals, unpack) = self.loop_vars(vars, yields, place);
        if let ([local], true) = (&locals[..], vars.len() == 1) {
            self.frame().locals[local.0 as usize].spelled = spelling;
        }
        let mut block = self.loop_body(body, leave, next);
        if !unpack.is_empty() {
            let mut stmts = unpack;
            stmts.push(block);
            block = self.make(ExprKind::Seq(stmts), TypeId::VOID, place);
        }
        let lap = match call.kind {
            ExprKind::Call(iterator, args) => self.make(
                ExprKind::For {
                    iterator,
                    args,
                    vars: locals,
                    body: Box::new(block),
                },
                TypeId::VOID,
                call.place,
            ),
            ExprKind::CallValue(callee, args) => {
                self.for_closure(*callee, args, yields, &locals, block, leave, place)
            }
            _ => self.bad(place),
        };
        self.make(ExprKind::Block(leave, Box::new(lap)), TypeId::VOID, place)
    }

    /// Declares the loop's variables. Nested tuple patterns are unpacked by statements at the start of the body.
    fn loop_vars(
        &mut self,
        vars: &[Cursor<'_>],
        yields: TypeId,
        place: Place,
    ) -> (Vec<LocalId>, Vec<Expr>) {
        let first = self.place(vars[0]);
        let mut unpack = Vec::new();
        // The address of a tuple is one value, whose parts are looked at in the body.
        let address = matches!(self.get(yields), Type::Var(_) | Type::Lent(_));
        if address && vars.len() > 1 {
            let local = self.unpack_address(vars, yields, &mut unpack, place);
            return (vec![local], unpack);
        }
        if let [var] = vars
            && !var.is(Kind::VarTuple)
            && let owned = self.owned_tuple(yields)
            && owned != yields
        {
            let locals = self.loop_var_of_parts(*var, yields, owned, &mut unpack);
            return (locals, unpack);
        }
        let whole = vars.len() == 1 && (address || !vars[0].is(Kind::VarTuple));
        let parts: Vec<TypeId> = if whole {
            vec![yields]
        } else {
            let flat = if vars.len() == 1 {
                vars[0].len() - 1
            } else {
                vars.len()
            };
            match self.get(self.s.types.repr(yields)).clone() {
                Type::Tuple(fields) if fields.len() == flat => {
                    fields.iter().map(|&(_, t)| t).collect()
                }
                Type::Error => vec![TypeId::ERROR; flat],
                Type::Tuple(_) => {
                    self.error(first, "wrong number of variables");
                    vec![TypeId::ERROR; flat]
                }
                _ => {
                    let message = match flat {
                        1 | 2 => "wrong number of variables",
                        _ => "iterator within for loop context expected",
                    };
                    self.error(first, message);
                    vec![TypeId::ERROR; flat]
                }
            }
        };
        let nodes: Vec<Cursor<'_>> = if !whole && vars.len() == 1 {
            vars[0].kids().take(vars[0].len() - 1).collect()
        } else {
            vars.to_vec()
        };
        let mut locals = Vec::new();
        for (node, ty) in nodes.into_iter().zip(parts) {
            if node.is(Kind::VarTuple) {
                let at = self.place(node);
                let bare = self.s.types.bare(ty);
                let local = self.new_local(Name::new("tmp"), ty, LocalKind::Let, at);
                locals.push(local);
                let mut value = self.make(ExprKind::Local(local), ty, at);
                if bare != ty {
                    value = self.make(ExprKind::Deref(Box::new(value)), bare, at);
                }
                self.unpack_into(node, value, LocalKind::Let, &mut unpack);
                continue;
            }
            locals.push(self.loop_var(node, ty));
        }
        (locals, unpack)
    }

    /// The type of what a tuple with `lent` parts is when it is kept: it has the values. A tuple of one part stays.
    pub(super) fn owned_tuple(&mut self, ty: TypeId) -> TypeId {
        let is_lent = |&(_, part): &(Option<Name>, TypeId)| matches!(self.get(part), Type::Lent(_));
        match self.get(ty) {
            Type::Tuple(fields) if fields.len() > 1 && fields.iter().any(is_lent) => {
                let owned = |&(name, part)| match *self.get(part) {
                    Type::Lent(inner) => (name, inner),
                    _ => (name, part),
                };
                let fields = fields.iter().map(owned).collect();
                self.intern(Type::Tuple(fields))
            }
            _ => ty,
        }
    }

    /// One variable for a tuple with `lent` parts: hidden ones take the parts, and the body begins with a tuple of copies.
    fn loop_var_of_parts(
        &mut self,
        node: Cursor<'_>,
        yields: TypeId,
        owned: TypeId,
        unpack: &mut Vec<Expr>,
    ) -> Vec<LocalId> {
        let at = self.place(node);
        let fields = match self.get(yields) {
            Type::Tuple(fields) => fields.clone(),
            _ => Vec::new(),
        };
        let (mut locals, mut parts) = (Vec::new(), Vec::new());
        for (_, ty) in fields {
            let local = self.new_local(Name::new("tmp"), ty, LocalKind::Let, at);
            let value = self.make(ExprKind::Local(local), ty, at);
            parts.push(match *self.get(ty) {
                Type::Lent(inner) => self.make(ExprKind::Deref(Box::new(value)), inner, at),
                _ => value,
            });
            locals.push(local);
        }
        let tuple = self.make(ExprKind::Tuple(parts), owned, at);
        let var = ExprKind::Let(self.loop_var(node, owned), Some(Box::new(tuple)));
        unpack.push(self.make(var, TypeId::VOID, at));
        locals
    }

    fn loop_var(&mut self, node: Cursor<'_>, ty: TypeId) -> LocalId {
        let name = simple_name(node)
            .or_else(|| self.bound_name(node))
            .unwrap_or_else(|| Name::new("_"));
        let at = self.place(node);
        let local = self.new_local(name, ty, LocalKind::For, at);
        if name == "_" {
            return local;
        }
        self.note_own(node, symkind::FOR_VAR, ty);
        let depth = self.frames.len() - 1;
        let mutable = matches!(self.get(ty), Type::Var(_));
        let symbol = self.symbol(
            name,
            false,
            at,
            SymKind::Local {
                depth,
                id: local,
                ty,
                mutable,
            },
        );
        let sym = self.new_symbol(symbol);
        if let Some(scope) = self.env.scopes.last_mut() {
            scope.insert(name, smallvec::smallvec![sym]);
        }
        local
    }

    /// Several variables for the address of a tuple: a hidden one takes it, and the body begins with copies of the parts.
    fn unpack_address(
        &mut self,
        vars: &[Cursor<'_>],
        yields: TypeId,
        unpack: &mut Vec<Expr>,
        place: Place,
    ) -> LocalId {
        let bare = self.s.types.bare(yields);
        let hidden = self.new_local(Name::new("tmp"), yields, LocalKind::Let, place);
        let parts: Vec<TypeId> = match self.get(self.s.types.repr(bare)) {
            Type::Tuple(fields) if fields.len() == vars.len() => {
                fields.iter().map(|&(_, t)| t).collect()
            }
            _ => {
                self.error(place, "wrong number of variables");
                vec![TypeId::ERROR; vars.len()]
            }
        };
        for (i, (&node, ty)) in vars.iter().zip(parts).enumerate() {
            let at = self.place(node);
            let address = self.make(ExprKind::Local(hidden), yields, at);
            let tuple = self.make(ExprKind::Deref(Box::new(address)), bare, at);
            let part = self.make(ExprKind::TupleField(Box::new(tuple), i), ty, at);
            if node.is(Kind::VarTuple) {
                self.unpack_into(node, part, LocalKind::Let, unpack);
            } else {
                let local = self.loop_var(node, ty);
                unpack.push(self.make(
                    ExprKind::Let(local, Some(Box::new(part))),
                    TypeId::VOID,
                    at,
                ));
            }
        }
        hidden
    }

    /// A loop over a closure iterator's value: call it until it is finished.
    #[allow(clippy::too_many_arguments)]
    fn for_closure(
        &mut self,
        callee: Expr,
        args: Vec<Expr>,
        yields: TypeId,
        vars: &[LocalId],
        body: Expr,
        leave: LabelId,
        place: Place,
    ) -> Expr {
        let (keep, callee) = self.kept_iterator(callee, place);
        let call = |c: &mut Self| {
            let callee = callee.clone();
            c.make(
                ExprKind::CallValue(Box::new(callee), args.clone()),
                yields,
                place,
            )
        };
        let mut stmts = Vec::new();
        if let [only] = vars {
            let value = call(self);
            stmts.push(self.make(
                ExprKind::Let(*only, Some(Box::new(value))),
                TypeId::VOID,
                place,
            ));
        } else {
            let value = call(self);
            let temp = self.temp(yields, place);
            stmts.push(self.make(
                ExprKind::Let(temp, Some(Box::new(value))),
                TypeId::VOID,
                place,
            ));
            for (i, &var) in vars.iter().enumerate() {
                let ty = self.frame().locals[var.0 as usize].ty;
                let tuple = self.make(ExprKind::Local(temp), yields, place);
                let part = self.make(ExprKind::TupleField(Box::new(tuple), i), ty, place);
                stmts.push(self.make(
                    ExprKind::Let(var, Some(Box::new(part))),
                    TypeId::VOID,
                    place,
                ));
            }
        }
        let done = self.make(
            ExprKind::Magic(Magic::Finished, vec![callee]),
            TypeId::BOOL,
            place,
        );
        let stop = self.make(ExprKind::Break(leave), TypeId::VOID, place);
        let check = self.make(ExprKind::If(vec![(done, stop)], None), TypeId::VOID, place);
        // The check follows the call and precedes the body.
        stmts.push(check);
        stmts.push(body);
        let lap = self.make(ExprKind::Seq(stmts), TypeId::VOID, place);
        let always = self.make(ExprKind::Int(1), TypeId::BOOL, place);
        let lap = self.make(
            ExprKind::While(Box::new(always), Box::new(lap)),
            TypeId::VOID,
            place,
        );
        self.make(ExprKind::Seq(vec![keep, lap]), TypeId::VOID, place)
    }

    /// What a loop calls again and again: the variable that has the iterator, or a temporary, and what fills that.
    fn kept_iterator(&mut self, callee: Expr, place: Place) -> (Expr, Expr) {
        if matches!(callee.kind, ExprKind::Local(_) | ExprKind::Global(_)) {
            return (self.nop(place), callee);
        }
        let ty = callee.ty;
        let it = self.temp(ty, place);
        let keep = ExprKind::Let(it, Some(Box::new(callee)));
        let keep = self.make(keep, TypeId::VOID, place);
        (keep, self.make(ExprKind::Local(it), ty, place))
    }

    /// The call of an iterator that a loop's head stands for; `items` and `pairs` are implied.
    fn iterator_call(&mut self, head: Cursor<'_>, vars: usize) -> Option<Expr> {
        if let Some(call) = self.written_iterator_call(head) {
            return Some(call);
        }
        let value = if self.denotes_type(head) {
            let ty = self.type_expr(head);
            let place = self.place(head);
            self.type_value(ty, place)
        } else {
            self.expr(head, None)
        };
        if value.ty == TypeId::ERROR {
            return None;
        }
        if self.is_iterator_call(&value) {
            return Some(value);
        }
        let place = value.place;
        let word = if vars > 1 { "pairs" } else { "items" };
        let name = Name::new(word);
        // A variable named `items` hides no iterator.
        let syms: Syms = self
            .lookup_routines(name)
            .into_iter()
            .filter(|&s| self.is_iterator(s))
            .collect();
        if syms.is_empty() {
            self.error(
                place,
                format!(
                    "cannot iterate over '{}': no iterator '{word}' is in sight",
                    self.s.types.show(value.ty)
                ),
            );
            return None;
        }
        let call = self.as_iterator(|c| c.call_with(name, &syms, vec![value], place));
        self.note_implied(head);
        self.is_iterator_call(&call).then_some(call)
    }

    /// The call of an iterator that is written as one: `items` is not implied.
    pub(super) fn written_iterator_call(&mut self, n: Cursor<'_>) -> Option<Expr> {
        (self.names_iterator(n) && self.calls_iterator(n))
            .then(|| self.as_iterator(|c| c.expr(n, None)))
    }

    /// Would it be the call of an iterator, where one is wanted?
    pub(super) fn calls_iterator(&mut self, n: Cursor<'_>) -> bool {
        let (call, ok) = self.speculate_in_place(|c| c.as_iterator(|c| c.expr(n, None)));
        ok && self.is_iterator_call(&call)
    }

    fn is_iterator(&self, sym: SymId) -> bool {
        match &self.s.sym(sym).kind {
            SymKind::Routine(head) => head.kind == Kind::IteratorDef || head.is_template(),
            _ => false,
        }
    }

    /// Does the head's callee have a meaning as an iterator?
    pub(super) fn names_iterator(&mut self, head: Cursor<'_>) -> bool {
        let callee = match head.kind() {
            Kind::Call | Kind::Command | Kind::Infix | Kind::Prefix => {
                let callee = head.kid(0);
                if callee.is(Kind::BracketExpr) {
                    callee.kid(0)
                } else {
                    callee
                }
            }
            Kind::DotExpr => head,
            _ => return false,
        };
        let syms = match callee.kind() {
            Kind::DotExpr => {
                if self.module_named(callee.kid(0)).is_some() {
                    self.syms_of(callee)
                } else {
                    let name =
                        simple_name(callee.kid(1)).or_else(|| self.bound_name(callee.kid(1)));
                    name.map(|name| (name, self.lookup(name)))
                }
            }
            _ => self.syms_of(callee),
        };
        syms.is_some_and(|(_, syms)| {
            syms.iter().any(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(head) if head.kind == Kind::IteratorDef))
        })
    }

    pub(super) fn as_iterator<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let saved = std::mem::replace(&mut self.iterator_wanted, true);
        let result = f(self);
        self.iterator_wanted = saved;
        result
    }

    pub(super) fn is_iterator_call(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Deref(inner) => self.is_iterator_call(inner),
            ExprKind::Call(id, _) => self.s.is_iterator(*id),
            ExprKind::CallValue(callee, _) => {
                self.proc_type_of(callee.ty).is_some_and(|p| p.iterator)
            }
            _ => false,
        }
    }
}
