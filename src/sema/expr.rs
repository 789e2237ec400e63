//! Expressions: the dispatch on syntax, literals, names, constructors, access.

use std::sync::Arc;

use super::checker::{Checker, Foreign};
use super::symbols::{SymId, SymKind, Syms};
use super::typed::{Expr, ExprKind, LocalId, LocalKind};
use super::typeexpr::is_range;
use super::types::{CallConv, IntTy, ProcType, Type, TypeId};
use crate::diagnostics::Diagnostic;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind};

impl Checker<'_, '_> {
    /// Checks an expression. `want` is what the context would like: it guides literals, empty containers, lambdas and
    /// enum constants, and is not enforced; see [`Checker::expr_of`].
    pub(super) fn expr(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        match n.kind() {
            Kind::Ident | Kind::AccQuoted => self.name_expr(n, want),
            Kind::Sym => self.foreign(n, want),
            Kind::Typed => self.foreign(n, want),
            Kind::CharLit => self.make(ExprKind::Int(n.int().unwrap_or(0)), TypeId::CHAR, place),
            Kind::IntLit => self.int_literal(n, want),
            Kind::Int8Lit => self.suffixed(n, TypeId::INT8),
            Kind::Int16Lit => self.suffixed(n, TypeId::INT16),
            Kind::Int32Lit => self.suffixed(n, TypeId::INT32),
            Kind::Int64Lit => self.suffixed(n, TypeId::INT64),
            Kind::UIntLit => self.suffixed(n, TypeId::UINT),
            Kind::UInt8Lit => self.suffixed(n, TypeId::UINT8),
            Kind::UInt16Lit => self.suffixed(n, TypeId::UINT16),
            Kind::UInt32Lit => self.suffixed(n, TypeId::UINT32),
            Kind::UInt64Lit => self.suffixed(n, TypeId::UINT64),
            Kind::FloatLit | Kind::Float64Lit => self.make(
                ExprKind::Float(n.float().unwrap_or(0.0)),
                TypeId::FLOAT,
                place,
            ),
            Kind::Float32Lit => {
                let value = f64::from(n.float().unwrap_or(0.0) as f32);
                self.make(ExprKind::Float(value), TypeId::FLOAT32, place)
            }
            Kind::Float128Lit => self.unsupported(place, "float128"),
            Kind::StrLit | Kind::RStrLit | Kind::TripleStrLit => self.make(
                ExprKind::Str(n.text().unwrap_or_default().into()),
                TypeId::STRING,
                place,
            ),
            Kind::NilLit => self.make(ExprKind::Nil, TypeId::NIL, place),
            Kind::Par => self.par(n, want),
            Kind::TupleConstr => self.tuple(n, want),
            Kind::Bracket => self.array(n, want),
            Kind::Curly => self.set_or_table(n, want),
            Kind::TableConstr => self.table(n, want),
            Kind::DotExpr => self.dot(n, want),
            Kind::BracketExpr => self.bracket(n, want),
            Kind::CurlyExpr => self.curly_access(n, want),
            Kind::Call
            | Kind::Command
            | Kind::Infix
            | Kind::Prefix
            | Kind::Postfix
            | Kind::CallStrLit => self.call(n, want),
            Kind::ObjConstr => self.object(n, want),
            Kind::DerefExpr => {
                let pointer = self.expr(n.kid(0), None);
                self.deref(pointer, place)
            }
            Kind::Addr => self.addr_of(n.kid(0), place),
            Kind::Cast => self.cast(n, place),
            Kind::IfExpr | Kind::IfStmt => self.if_expr(n, want),
            Kind::WhenStmt => self.when(n, want),
            Kind::CaseStmt => self.case(n, want),
            Kind::TryStmt => self.try_stmt(n, want),
            Kind::BlockExpr | Kind::BlockStmt => self.block(n, want),
            Kind::StmtListExpr | Kind::StmtList => self.block_value(n, want),
            Kind::Lambda => self.lambda(n, want),
            Kind::Do => self.lambda(n, want),
            Kind::StaticExpr | Kind::StaticStmt => self.static_expr(n, want),
            Kind::Range => self.range_expr(n),
            Kind::ProcDef | Kind::FuncDef | Kind::IteratorDef if n.kid(0).is_empty() => {
                self.lambda(n, want)
            }
            Kind::PragmaBlock => self.stmt(n),
            Kind::RefTy
            | Kind::PtrTy
            | Kind::VarTy
            | Kind::TupleTy
            | Kind::ProcTy
            | Kind::IteratorTy
            | Kind::TupleClassTy
            | Kind::DistinctTy
            | Kind::AccTypeof
            | Kind::ObjectTy
            | Kind::EnumTy => {
                let ty = self.type_expr(n);
                self.type_value(ty, place)
            }
            Kind::Error => self.bad(place),
            Kind::Empty => self.nop(place),
            Kind::ExprColonExpr | Kind::ExprEqExpr => {
                self.error(place, "a named argument or field is not possible here");
                self.bad(place)
            }
            Kind::TypeClassTy => self.unsupported(place, "concepts"),
            _ => self.stmt(n),
        }
    }

    /// An expression that must have a value, converted to `ty`.
    pub(super) fn expr_of(&mut self, n: Cursor<'_>, ty: TypeId) -> Expr {
        let expr = self.expr(n, Some(ty));
        let expr = self.settle_enum(expr, Some(ty));
        if !self.has_value(&expr) {
            return self.bad(expr.place);
        }
        self.coerce(expr, ty)
    }

    /// Complains about an expression without a value.
    pub(super) fn has_value(&mut self, expr: &Expr) -> bool {
        match self.get(expr.ty) {
            Type::Void if self.never_returns(expr) => true,
            Type::Void => {
                self.error(expr.place, "expression has no type (or is ambiguous)");
                false
            }
            Type::Error => false,
            _ => true,
        }
    }

    /// Checks an expression for its type only: its code is thrown away and so are its diagnostics unless it fails.
    pub(super) fn expr_quiet(&mut self, n: Cursor<'_>) -> Expr {
        let (expr, ok) = self.speculate_in_place(|c| c.expr(n, None));
        if ok { expr } else { self.expr(n, None) }
    }

    /// Tries `f` in the current frame, whose locals it may add to.
    pub(super) fn speculate_in_place<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> (T, bool) {
        if self.frames.is_empty() {
            return self.speculate_in_frame(f);
        }
        self.speculate(|c| {
            c.push_scope();
            let result = f(c);
            c.pop_scope();
            result
        })
    }

    /// A type as a value.
    pub(super) fn type_value(&mut self, ty: TypeId, place: Place) -> Expr {
        if ty == TypeId::ERROR {
            return self.bad(place);
        }
        let ty = self.intern(Type::TypeDesc(ty));
        self.make(ExprKind::Nop, ty, place)
    }

    fn int_literal(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let value = n.int().unwrap_or(0);
        let _ = want;
        self.make(ExprKind::Int(value), TypeId::INT, place)
    }

    fn suffixed(&mut self, n: Cursor<'_>, ty: TypeId) -> Expr {
        let place = self.place(n);
        self.make(ExprKind::Int(n.int().unwrap_or(0)), ty, place)
    }

    /// A node that an expansion made.
    fn foreign(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let Data::Foreign(number) = n.node().data else {
            return self.bad(place);
        };
        match self.foreign[number as usize].clone() {
            Foreign::Typed(expr) => (*expr).clone(),
            Foreign::Bound(_) => self.name_expr(n, want),
        }
    }

    /// A name.
    pub(super) fn name_expr(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let Some((name, syms)) = self.syms_of(n) else {
            return self.bad(place);
        };
        self.syms_expr(name, &syms, want, place)
    }

    pub(super) fn syms_expr(
        &mut self,
        name: Name,
        syms: &Syms,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if name == "_" && syms.is_empty() {
            self.error(
                place,
                "the special identifier '_' is ignored in declarations and cannot be used",
            );
            return self.bad(place);
        }
        // A module's name gives way to anything else.
        let others: Syms = syms
            .iter()
            .copied()
            .filter(|&s| !matches!(self.s.sym(s).kind, SymKind::Module(_)))
            .collect();
        let syms = if others.is_empty() { syms } else { &others };
        match &syms[..] {
            [] => {
                self.undeclared(place, name);
                self.bad(place)
            }
            [one] => self.sym_expr(*one, want, place),
            several => self.overloaded_name(name, several, want, place),
        }
    }

    /// Several meanings: an enum constant by the wanted type, a routine by the wanted proc type.
    fn overloaded_name(
        &mut self,
        name: Name,
        syms: &[SymId],
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let first_other = syms
            .iter()
            .copied()
            .find(|&s| !self.s.sym(s).kind.overloadable());
        if let Some(sym) = first_other
            && !matches!(self.s.sym(sym).kind, SymKind::Module(_))
        {
            return self.sym_expr(sym, want, place);
        }
        if let Some(want) = want {
            let want = self.s.types.bare(want);
            for &sym in syms {
                match self.s.sym(sym).kind.clone() {
                    SymKind::EnumConst { ty, .. } if ty == self.s.types.repr(want) => {
                        return self.sym_expr(sym, Some(want), place);
                    }
                    SymKind::Routine(head) if !head.is_generic() && !head.is_template() => {
                        let ty = self.routine_type(&head, head.ret, false);
                        let value = self.make(ExprKind::Nop, ty, place);
                        if self
                            .relate(
                                want,
                                super::relation::Arg::of(&value),
                                &mut Default::default(),
                            )
                            .is_some()
                        {
                            return self.sym_expr(sym, Some(want), place);
                        }
                    }
                    _ => {}
                }
            }
        }
        let constants: Vec<SymId> = syms
            .iter()
            .copied()
            .filter(|&s| matches!(self.s.sym(s).kind, SymKind::EnumConst { .. }))
            .collect();
        match &constants[..] {
            [one] => return self.sym_expr(*one, want, place),
            [] => {}
            // Which enum is meant is decided where the value goes.
            several => {
                let id = several[0];
                let mut expr = self.sym_expr(id, want, place);
                if self.speculating == 0 || want.is_none() {
                    self.ambiguous_enums.insert(place, several.to_vec());
                }
                expr.place = place;
                return expr;
            }
        }
        // A call without arguments and parentheses is no call; a routine as a value must be one.
        let plain: Vec<SymId> = syms
            .iter()
            .copied()
            .filter(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if !r.is_template() && !r.is_generic()))
            .collect();
        if let [one] = plain[..] {
            return self.sym_expr(one, want, place);
        }
        if let Some(&template) = syms.iter().find(|&&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if r.is_template() && r.params.is_empty())) {
            return self.sym_expr(template, want, place);
        }
        self.error(place, format!("ambiguous identifier: '{name}'"));
        self.bad(place)
    }

    /// Settles an enum constant whose enum was open, now that a type is known.
    pub(super) fn settle_enum(&mut self, expr: Expr, want: Option<TypeId>) -> Expr {
        let Some(want) = want else { return expr };
        if !matches!(expr.kind, ExprKind::Int(_)) || self.ambiguous_enums.is_empty() {
            return expr;
        }
        let Some(syms) = self.ambiguous_enums.get(&expr.place).cloned() else {
            return expr;
        };
        let want = self.s.types.repr(want);
        for sym in syms {
            if let SymKind::EnumConst { ty, value } = self.s.sym(sym).kind
                && ty == want
            {
                return self.make(ExprKind::Int(value), ty, expr.place);
            }
        }
        expr
    }

    /// One symbol as an expression.
    pub(super) fn sym_expr(&mut self, sym: SymId, want: Option<TypeId>, place: Place) -> Expr {
        self.note_use(sym, place);
        match self.s.sym(sym).kind.clone() {
            SymKind::Local { depth, id, ty, .. } => self.local_expr(depth, id, ty, place),
            SymKind::Global { id, ty, .. } => self.make(ExprKind::Global(id), ty, place),
            SymKind::Const(value) => self.const_use(&value, place),
            SymKind::Alias(value) => Expr {
                place,
                ..(*value).clone()
            },
            SymKind::EnumConst { ty, value } => self.make(ExprKind::Int(value), ty, place),
            SymKind::Type(ty) => self.type_value(ty, place),
            SymKind::TypeMaker(_) | SymKind::GenericType(_) => match self.symbol_type(sym, place) {
                Some(ty) => self.type_value(ty, place),
                None => self.bad(place),
            },
            SymKind::Pending => match self.symbol_type(sym, place) {
                Some(ty) => self.type_value(ty, place),
                None => {
                    self.error(
                        place,
                        format!("'{}' is used before it is declared", self.s.sym(sym).name),
                    );
                    self.bad(place)
                }
            },
            SymKind::Routine(head) => self.routine_value(sym, &head, want, place),
            SymKind::Module(_) => {
                self.error(
                    place,
                    format!("'{}' is a module and has no value", self.s.sym(sym).name),
                );
                self.bad(place)
            }
            SymKind::Label { .. } => {
                self.error(
                    place,
                    format!("'{}' is a label and has no value", self.s.sym(sym).name),
                );
                self.bad(place)
            }
        }
    }

    fn note_use(&mut self, sym: SymId, place: Place) {
        if let Some(why) = self.s.sym(sym).deprecated.clone()
            && self.expansions.is_empty()
        {
            let name = self.s.sym(sym).name;
            let text = if why.is_empty() {
                format!("{name} is deprecated [Deprecated]")
            } else {
                format!("{why}; {name} is deprecated [Deprecated]")
            };
            self.report(Diagnostic::warning(place, text));
        }
    }

    /// A local of this or of an enclosing routine.
    fn local_expr(&mut self, depth: usize, id: LocalId, ty: TypeId, place: Place) -> Expr {
        let id = self.capture(depth, id, place);
        let ty = if matches!(self.frames.get(depth).map(|f| f.result), Some(Some(result)) if result == id)
            && ty == TypeId::VOID
        {
            self.frames[depth].ret
        } else {
            ty
        };
        let local = self.make(ExprKind::Local(id), ty, place);
        match *self.get(ty) {
            Type::Var(inner) | Type::Lent(inner) => {
                self.make(ExprKind::Deref(Box::new(local)), inner, place)
            }
            Type::Sink(inner) => Expr { ty: inner, ..local },
            _ => local,
        }
    }

    /// The number of a local of frame `depth` in the current frame, captured through all frames between.
    fn capture(&mut self, depth: usize, id: LocalId, place: Place) -> LocalId {
        let top = self.frames.len() - 1;
        let mut id = id;
        for level in depth..top {
            let outer = &mut self.frames[level].locals[id.0 as usize];
            outer.captured = true;
            let (name, ty) = (outer.name, outer.ty);
            let is_var_param = outer.kind == LocalKind::Param
                && matches!(self.s.types.get(ty), Type::Var(_) | Type::OpenArray(_));
            let inner = &mut self.frames[level + 1];
            if let Some(&known) = inner.captures.get(&id) {
                id = known;
                continue;
            }
            let local = super::typed::Local {
                name,
                ty,
                kind: LocalKind::Captured(id),
                captured: false,
                noinit: false,
                place,
            };
            inner.locals.push(local);
            let number = LocalId(inner.locals.len() as u32 - 1);
            inner.captures.insert(id, number);
            id = number;
            if is_var_param {
                let shown = self.s.types.show(ty);
                self.error(place, format!("illegal capture '{name}': a parameter of type '{shown}' cannot be captured, since it may not live as long"));
            }
        }
        id
    }

    /// A constant where it is used: scalars and strings as such, the rest as a shared tree.
    fn const_use(&mut self, value: &Arc<Expr>, place: Place) -> Expr {
        match &value.kind {
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Str(_)
            | ExprKind::Nil
            | ExprKind::Nop
            | ExprKind::Routine(_) => Expr {
                place,
                ..(**value).clone()
            },
            // An empty or small literal stays one, so that it can still adapt to its context.
            ExprKind::Array(elems) if elems.is_empty() => Expr {
                place,
                ..(**value).clone()
            },
            ExprKind::Set(_) => Expr {
                place,
                ..(**value).clone()
            },
            _ => self.make(ExprKind::Const(value.clone()), value.ty, place),
        }
    }

    /// A routine's name as a value.
    fn routine_value(
        &mut self,
        sym: SymId,
        head: &Arc<super::symbols::RoutineSym>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if head.is_template() {
            return if head.params.iter().all(|p| p.default.is_some()) {
                self.call_symbols(head.name, &[sym], Vec::new(), want, place)
            } else {
                self.error(
                    place,
                    format!(
                        "'{}' is a template and cannot be used as a value",
                        head.name
                    ),
                );
                self.bad(place)
            };
        }
        if head.kind == Kind::MacroDef {
            return self.unsupported(place, format!("macros ('{}')", head.name));
        }
        if head.is_generic() {
            return self.generic_value(sym, head, want, place);
        }
        if head.pragmas.magic.is_some() {
            return self.unsupported(place, format!("the built-in '{}' as a value", head.name));
        }
        let Some(id) = head.id else {
            return self.bad(place);
        };
        self.hand_on(id);
        let captures = self.captures_of(id);
        let ty = self.routine_type(head, head.ret, captures);
        self.make(ExprKind::Routine(id), ty, place)
    }

    /// Notes that a routine is named here: if it captures something of an enclosing one, all in between hand that on.
    pub(super) fn hand_on(&mut self, id: super::typed::RoutineId) {
        let Some(parent) = self.s.routine(id).and_then(|routine| routine.parent) else {
            return;
        };
        let Some(owner) = self.frames.iter().position(|frame| frame.id == parent) else {
            return;
        };
        for frame in &mut self.frames[owner + 1..] {
            frame.hands_on = true;
        }
    }

    /// Is the routine a closure over an enclosing one? One that is still being checked may turn out to be.
    fn captures_of(&mut self, id: super::typed::RoutineId) -> bool {
        if let Some(frame) = self.frames.iter().find(|f| f.id == id) {
            return frame.hands_on || !frame.captures.is_empty();
        }
        self.s.routine(id).is_some_and(|r| r.parent.is_some())
    }

    fn generic_value(
        &mut self,
        sym: SymId,
        head: &Arc<super::symbols::RoutineSym>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let wanted = want.and_then(|w| match self.get(self.s.types.bare(w)).clone() {
            Type::Proc(p) => Some(p),
            _ => None,
        });
        if let Some(wanted) = wanted
            && wanted.params.len() == head.params.len()
        {
            let mut binds = super::relation::Bindings::default();
            let fits = head
                .params
                .iter()
                .zip(&wanted.params)
                .all(|(p, &w)| self.unify(p.ty, w, &mut binds));
            if fits && let Some((id, ret)) = self.instantiate(sym, head, &binds, place) {
                let types: Vec<TypeId> = head.params.iter().map(|p| p.ty).collect();
                let params = types
                    .into_iter()
                    .map(|t| self.substitute(t, &binds))
                    .collect();
                let conv = head.pragmas.conv;
                let ty = self.intern(Type::Proc(Arc::new(ProcType {
                    params,
                    ret,
                    conv,
                    iterator: false,
                    varargs: false,
                    raises: true,
                })));
                return self.make(ExprKind::Routine(id), ty, place);
            }
        }
        // Explicit arguments or a call may follow; alone it has no type.
        self.error(
            place,
            format!("'{}' has unspecified generic parameters", head.name),
        );
        self.bad(place)
    }

    fn par(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if n.len() == 1 && !n.kid(0).is(Kind::ExprColonExpr) {
            return self.expr(n.kid(0), want);
        }
        if n.len() > 1
            && !n.kids().any(|k| k.is(Kind::ExprColonExpr))
            && n.kids().any(|k| is_statement(k.kind()))
        {
            return self.block_value(n, want);
        }
        self.tuple(n, want)
    }

    fn tuple(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let wanted = match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
            Some(Type::Tuple(fields)) if fields.len() == n.len() => Some(fields),
            _ => None,
        };
        if wanted.is_none() && n.len() > 0 && n.kids().all(|k| self.denotes_type(k)) {
            let ty = self.type_expr(n);
            return self.type_value(ty, place);
        }
        let mut fields = Vec::new();
        let mut values = Vec::new();
        for (i, kid) in n.kids().enumerate() {
            let (name, value) = if kid.is(Kind::ExprColonExpr) {
                (
                    super::typeexpr::simple_name(kid.kid(0))
                        .or_else(|| self.bound_name(kid.kid(0))),
                    kid.kid(1),
                )
            } else {
                (None, kid)
            };
            let want = wanted.as_ref().map(|fields| fields[i].1);
            let value = self.expr(value, want);
            let value = self.settle_enum(value, want);
            if !self.has_value(&value) {
                return self.bad(place);
            }
            let mut ty = self.s.types.bare(value.ty);
            if ty == TypeId::NIL
                && let Some(want) = want
            {
                ty = want;
            }
            fields.push((name, ty));
            values.push(value);
        }
        let ty = self.intern(Type::Tuple(fields));
        self.make(ExprKind::Tuple(values), ty, place)
    }

    fn array(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let (wanted, index) = match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
            Some(Type::Array { elem, index }) => (Some(elem), Some(index)),
            Some(Type::Seq(elem) | Type::OpenArray(elem) | Type::Varargs(elem)) => {
                (Some(elem), None)
            }
            _ => (None, None),
        };
        if n.len() == 0 {
            let elem = wanted.unwrap_or(TypeId::EMPTY);
            let index = self.intern(Type::Range {
                base: TypeId::INT,
                lo: 0,
                hi: -1,
            });
            let ty = self.intern(Type::Array { index, elem });
            return self.make(ExprKind::Array(Vec::new()), ty, place);
        }
        let mut values = Vec::new();
        let mut keys: Option<(TypeId, i64)> = None;
        let mut elem = wanted.filter(|&e| !self.generic(e));
        for (i, kid) in n.kids().enumerate() {
            let (key, kid) = if kid.is(Kind::ExprColonExpr) {
                (Some(kid.kid(0)), kid.kid(1))
            } else {
                (None, kid)
            };
            if let Some(key) = key {
                let key = self.const_expr(key, index);
                match key.kind {
                    ExprKind::Int(at) if i == 0 => keys = Some((key.ty, at)),
                    ExprKind::Int(at) if keys.is_some_and(|(_, first)| first + i as i64 == at) => {}
                    _ => self.error(
                        key.place,
                        "array constructor's keys must be constant and in order",
                    ),
                }
            }
            let value = self.expr(kid, elem);
            let value = self.settle_enum(value, elem);
            if !self.has_value(&value) {
                return self.bad(place);
            }
            values.push(value);
            if elem.is_none() {
                elem = Some(self.s.types.bare(values[0].ty));
            }
        }
        let elem = match wanted.filter(|&e| !self.generic(e)) {
            Some(elem) if values.iter().all(|v| self.fits_type(elem, v)) => elem,
            _ => self.common_type(&values),
        };
        let values: Vec<Expr> = values.into_iter().map(|v| self.coerce(v, elem)).collect();
        let (base, lo) = keys.unwrap_or((TypeId::INT, 0));
        let hi = lo + values.len() as i64 - 1;
        let index_ty = match index {
            Some(index)
                if self.s.types.array_len_of(index) == Some(values.len() as u64)
                    && !self.generic(index) =>
            {
                index
            }
            _ => {
                let full =
                    self.s.types.ordinal_range(base) == Some((i128::from(lo), i128::from(hi)));
                if full {
                    base
                } else {
                    self.intern(Type::Range { base, lo, hi })
                }
            }
        };
        let ty = self.intern(Type::Array {
            index: index_ty,
            elem,
        });
        self.make(ExprKind::Array(values), ty, place)
    }

    pub(super) fn fits_type(&mut self, ty: TypeId, value: &Expr) -> bool {
        self.relate(ty, super::relation::Arg::of(value), &mut Default::default())
            .is_some()
    }

    /// The type that all values can be converted to: that of the first which works for all.
    pub(super) fn common_type(&mut self, values: &[Expr]) -> TypeId {
        let first = self.s.types.bare(values[0].ty);
        let mut best = first;
        for value in values {
            let ty = self.s.types.bare(value.ty);
            if matches!(ty, TypeId::NIL | TypeId::ERROR) || ty == best {
                continue;
            }
            let literal_int = matches!(value.kind, ExprKind::Int(_)) && ty == TypeId::INT;
            // The first may be a literal that adapts to a later value's type.
            let adapts = best == TypeId::INT
                && values.iter().all(|v| {
                    v.ty == ty || (v.ty == TypeId::INT && matches!(v.kind, ExprKind::Int(_)))
                });
            let fits = !literal_int
                && (adapts || (!self.fits_type(best, value) && self.fits_type(ty, &values[0])));
            let is_base = match (self.object_of(best), self.object_of(ty)) {
                (Some(a), Some(b)) => self.derives(b, a).is_none() && self.derives(a, b).is_some(),
                _ => false,
            };
            if best == TypeId::NIL || fits || is_base {
                best = ty;
            }
        }
        // Subranges widen to their base.
        match *self.get(best) {
            Type::Range { base, .. } if values.iter().any(|v| v.ty != best) => base,
            _ => best,
        }
    }

    /// The object type, directly or behind a `ref` or `ptr`.
    pub(super) fn object_of(&self, ty: TypeId) -> Option<TypeId> {
        match *self.get(self.s.types.bare(ty)) {
            Type::Object(_) => Some(self.s.types.bare(ty)),
            Type::Ref(inner) | Type::Ptr(inner) => {
                matches!(self.get(inner), Type::Object(_)).then_some(inner)
            }
            _ => None,
        }
    }

    fn set_or_table(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let wanted = match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
            Some(Type::Set(elem)) if !self.generic(elem) => Some(elem),
            _ => None,
        };
        if n.len() == 0 {
            let ty = match wanted {
                Some(elem) => self.intern(Type::Set(elem)),
                None => match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
                    Some(Type::Array { .. }) => return self.array(n, want),
                    _ => TypeId::EMPTY,
                },
            };
            return self.make(ExprKind::Set(Vec::new()), ty, place);
        }
        let mut elems = Vec::new();
        let mut elem = wanted;
        for kid in n.kids() {
            if is_range(kid) {
                let lo = self.expr(kid.kid(kid.len() - 2), elem);
                let lo = self.settle_enum(lo, elem);
                elem = elem.or(Some(lo.ty));
                let hi = self.expr(kid.kid(kid.len() - 1), elem);
                let hi = self.settle_enum(hi, elem);
                elems.push((lo, Some(hi)));
            } else {
                let value = self.expr(kid, elem);
                let value = self.settle_enum(value, elem);
                elem = elem.or(Some(value.ty));
                elems.push((value, None));
            }
        }
        let elem = match wanted {
            Some(elem) => elem,
            None => self.set_element(&elems),
        };
        if self.s.types.ordinal_range(elem).is_none() {
            if elem != TypeId::ERROR {
                self.error(
                    place,
                    format!(
                        "ordinal type expected, but got '{}'",
                        self.s.types.show(elem)
                    ),
                );
            }
            return self.bad(place);
        }
        let elems = elems
            .into_iter()
            .map(|(lo, hi)| (self.coerce(lo, elem), hi.map(|hi| self.coerce(hi, elem))))
            .collect();
        let ty = self.intern(Type::Set(elem));
        self.make(ExprKind::Set(elems), ty, place)
    }

    /// The element type of a set of integer literals is a range that Nim chooses: 0..65535 around them.
    fn set_element(&mut self, elems: &[(Expr, Option<Expr>)]) -> TypeId {
        let ty = self.s.types.bare(elems[0].0.ty);
        if matches!(self.get(ty), Type::Int(int) if int.size() > 2) {
            return self.intern(Type::Range {
                base: ty,
                lo: 0,
                hi: 65535,
            });
        }
        ty
    }

    fn table(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        // `{a: b, c: d}` is an array of pairs.
        let place = self.place(n);
        let wanted = match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
            Some(Type::Array { elem, .. } | Type::Seq(elem) | Type::OpenArray(elem)) => Some(elem),
            _ => None,
        };
        let pair = match wanted.map(|e| self.get(e).clone()) {
            Some(Type::Tuple(fields)) if fields.len() == 2 => Some((fields[0].1, fields[1].1)),
            _ => None,
        };
        let mut pairs: Vec<Expr> = Vec::new();
        for kid in n.kids() {
            if !kid.is(Kind::ExprColonExpr) {
                self.error(self.place(kid), "a pair 'key: value' was expected");
                return self.bad(place);
            }
            let key = self.expr(kid.kid(0), pair.map(|p| p.0).filter(|&t| !self.generic(t)));
            let value = self.expr(kid.kid(1), pair.map(|p| p.1).filter(|&t| !self.generic(t)));
            let ty = vec![
                (None, self.s.types.bare(key.ty)),
                (None, self.s.types.bare(value.ty)),
            ];
            let ty = self.intern(Type::Tuple(ty));
            let at = self.place(kid);
            pairs.push(self.make(ExprKind::Tuple(vec![key, value]), ty, at));
        }
        if pairs.is_empty() {
            let index = self.intern(Type::Range {
                base: TypeId::INT,
                lo: 0,
                hi: -1,
            });
            let ty = self.intern(Type::Array {
                index,
                elem: wanted.unwrap_or(TypeId::EMPTY),
            });
            return self.make(ExprKind::Array(Vec::new()), ty, place);
        }
        let elem = pairs[0].ty;
        let hi = pairs.len() as i64 - 1;
        let pairs = pairs.into_iter().map(|p| self.coerce(p, elem)).collect();
        let index = self.intern(Type::Range {
            base: TypeId::INT,
            lo: 0,
            hi,
        });
        let ty = self.intern(Type::Array { index, elem });
        self.make(ExprKind::Array(pairs), ty, place)
    }

    /// `lo .. hi` as a value is a call of `..`; as a `Range` node it stands in `case` labels and sets only.
    fn range_expr(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let args = vec![self.expr(n.kid(0), None), self.expr(n.kid(1), None)];
        let syms = self.lookup(Name::new(".."));
        self.call_with(Name::new(".."), &syms, args, place)
    }

    /// What a pointer points to.
    pub(super) fn deref(&mut self, pointer: Expr, place: Place) -> Expr {
        match *self.get(self.s.types.repr(pointer.ty)) {
            Type::Ref(inner) | Type::Ptr(inner) => {
                self.make(ExprKind::Deref(Box::new(pointer)), inner, place)
            }
            Type::Error => self.bad(place),
            _ => {
                // A type may define `[]` itself.
                let name = Name::new("[]");
                let syms = self.lookup(name);
                self.call_with(name, &syms, vec![pointer], place)
            }
        }
    }

    pub(super) fn addr_of(&mut self, n: Cursor<'_>, place: Place) -> Expr {
        let value = self.expr(n, None);
        if value.ty == TypeId::ERROR {
            return value;
        }
        if !self.is_place(&value) {
            self.error(place, "expression has no address");
            return self.bad(place);
        }
        let ty = self.intern(Type::Ptr(value.ty));
        self.make(ExprKind::AddrOf(Box::new(value)), ty, place)
    }

    fn cast(&mut self, n: Cursor<'_>, place: Place) -> Expr {
        let ty = self.type_expr(n.kid(0));
        let value = self.expr(n.kid(1), None);
        if ty == TypeId::ERROR || value.ty == TypeId::ERROR {
            return self.bad(place);
        }
        if matches!(
            self.get(ty),
            Type::Class(_) | Type::Generic(_) | Type::OpenArray(_) | Type::Void | Type::TypeDesc(_)
        ) || matches!(self.get(value.ty), Type::Void | Type::TypeDesc(_))
        {
            let (from, to) = (self.s.types.show(value.ty), self.s.types.show(ty));
            self.error(
                place,
                format!("expression cannot be cast to '{to}' from '{from}'"),
            );
            return self.bad(place);
        }
        let repr = self.s.types.repr(ty);
        match value.kind {
            ExprKind::Nil => self.make(ExprKind::Nil, ty, place),
            ExprKind::Int(v)
                if matches!(
                    self.get(repr),
                    Type::Int(_) | Type::Char | Type::Bool | Type::Enum(_)
                ) =>
            {
                let v = match self.get(repr) {
                    Type::Int(int) => wrap(*int, v),
                    Type::Char | Type::Bool => i64::from(v as u8),
                    _ => v,
                };
                self.make(ExprKind::Int(v), ty, place)
            }
            _ => self.make(ExprKind::Cast(Box::new(value)), ty, place),
        }
    }

    fn static_expr(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if n.is(Kind::StaticStmt) {
            return self.static_stmt(n);
        }
        self.const_expr(n.kid(0), want)
    }

    /// A place that can be read and has an address.
    pub(super) fn is_place(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Local(_) | ExprKind::Global(_) | ExprKind::Deref(_) | ExprKind::Const(_) => {
                true
            }
            ExprKind::Field { object, .. } => self.is_place(object),
            ExprKind::TupleField(tuple, _) => self.is_place(tuple),
            ExprKind::Index { base, .. } => {
                matches!(
                    self.get(self.s.types.repr(base.ty)),
                    Type::OpenArray(_) | Type::CString | Type::UncheckedArray(_)
                ) || self.is_place(base)
            }
            ExprKind::Convert { value, .. } => {
                (self.object_of(expr.ty).is_some()
                    || self.s.types.repr(expr.ty) == self.s.types.repr(value.ty))
                    && self.is_place(value)
            }
            ExprKind::Seq(stmts) => stmts.last().is_some_and(|last| self.is_place(last)),
            _ => false,
        }
    }

    /// A place that can be assigned.
    pub(super) fn is_mutable_place(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Local(id) => {
                let Some(frame) = self.frames.last() else {
                    return false;
                };
                let Some(local) = frame.locals.get(id.0 as usize) else {
                    return false;
                };
                self.mutable_local(self.frames.len() - 1, *id)
                    || matches!(self.get(local.ty), Type::Sink(_))
            }
            ExprKind::Global(id) => {
                self.s.global(*id).is_some_and(|g| !g.is_let) || self.s.global(*id).is_none()
            }
            ExprKind::Deref(inner) => match self.get(inner.ty) {
                Type::Lent(_) => false,
                Type::Var(_) | Type::Ptr(_) | Type::Ref(_) => true,
                _ => true,
            },
            ExprKind::Field { object, .. } => self.is_mutable_place(object),
            ExprKind::TupleField(tuple, _) => self.is_mutable_place(tuple),
            ExprKind::Index { base, .. } => match self.get(self.s.types.repr(base.ty)) {
                Type::CString | Type::UncheckedArray(_) => true,
                Type::OpenArray(_) => match &base.kind {
                    ExprKind::Local(_) => false,
                    _ => self.is_mutable_place(base),
                },
                _ => self.is_mutable_place(base),
            },
            ExprKind::Convert { value, .. } => self.is_place(expr) && self.is_mutable_place(value),
            ExprKind::Seq(stmts) => stmts.last().is_some_and(|last| self.is_mutable_place(last)),
            _ => false,
        }
    }

    fn mutable_local(&self, depth: usize, id: LocalId) -> bool {
        let Some(local) = self
            .frames
            .get(depth)
            .and_then(|f| f.locals.get(id.0 as usize))
        else {
            return false;
        };
        match local.kind {
            LocalKind::Var | LocalKind::Result | LocalKind::Cursor | LocalKind::Temp => true,
            LocalKind::Param | LocalKind::Let => false,
            LocalKind::Captured(outer) => depth > 0 && self.mutable_local(depth - 1, outer),
        }
    }

    /// The proc type of a value that can be called.
    pub(super) fn proc_type_of(&self, ty: TypeId) -> Option<Arc<ProcType>> {
        match self.get(self.s.types.repr(ty)) {
            Type::Proc(p) => Some(p.clone()),
            _ => None,
        }
    }

    #[allow(dead_code)]
    pub(super) fn is_closure(&self, ty: TypeId) -> bool {
        self.proc_type_of(ty)
            .is_some_and(|p| p.conv == CallConv::Closure)
    }
}

fn is_statement(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::LetSection
            | Kind::VarSection
            | Kind::ConstSection
            | Kind::Asgn
            | Kind::Discard
            | Kind::WhileStmt
            | Kind::ForStmt
            | Kind::StmtList
    )
}

/// The low bits of a value as an integer of a type.
pub(super) fn wrap(int: IntTy, value: i64) -> i64 {
    match int {
        IntTy::I8 => i64::from(value as i8),
        IntTy::I16 => i64::from(value as i16),
        IntTy::I32 => i64::from(value as i32),
        IntTy::U8 => i64::from(value as u8),
        IntTy::U16 => i64::from(value as u16),
        IntTy::U32 => i64::from(value as u32),
        IntTy::Int | IntTy::I64 | IntTy::UInt | IntTy::U64 => value,
    }
}
