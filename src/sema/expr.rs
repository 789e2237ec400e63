//! Expressions: the dispatch on syntax, literals, names, constructors, access.

use std::sync::Arc;

use super::checker::Checker;
use super::foreign::Foreign;
use super::magic::Magic;
use super::typed::{Expr, ExprKind, LocalId, LocalKind};
use super::types::{CallConv, IntTy, ProcType, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind};

impl Checker<'_, '_> {
    /// Checks an expression. `want` is what the context would like: it guides literals, empty containers, lambdas and
    /// enum constants, and is not enforced; see [`Checker::expr_of`].
    pub(super) fn expr(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if self.typing.is_none() {
            return self.expr_of_kind(n, want);
        }
        self.last_named = None;
        self.last_called = None;
        self.last_shape = None;
        self.last_expansion = None;
        let expr = self.expr_of_kind(n, want);
        self.note_typing(n, &expr);
        expr
    }

    fn expr_of_kind(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
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
            Kind::StmtList => self.block_value(n, want),
            // `(let x = f(); x > 0)`: what it declares is seen behind it.
            Kind::StmtListExpr => {
                let kids: Vec<Cursor<'_>> = n.kids().collect();
                self.statements(&kids, want, place)
            }
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
            | Kind::TypeClassTy
            | Kind::EnumTy => self.type_node_value(n),
            Kind::Error => self.bad(place),
            Kind::Empty => self.nop(place),
            Kind::ExprColonExpr | Kind::ExprEqExpr => {
                self.error(place, "a named argument or field is not possible here");
                self.bad(place)
            }
            _ => self.plain_stmt(n).unwrap_or_else(|| {
                self.error(place, "an expression or a statement was expected");
                self.bad(place)
            }),
        }
    }

    /// An expression that must have a value, converted to `ty`.
    pub(super) fn expr_of(&mut self, n: Cursor<'_>, ty: TypeId) -> Expr {
        let expr = self.value_for(n, ty);
        self.coerce(expr, ty)
    }

    /// A value that is to be of a type.
    pub(super) fn value_for(&mut self, n: Cursor<'_>, ty: TypeId) -> Expr {
        let expr = self.expr(n, Some(ty));
        let expr = self.settle_enum(expr, Some(ty));
        match self.has_value(&expr) {
            true => expr,
            false => self.bad(expr.place),
        }
    }

    /// Complains about an expression without a value.
    pub(super) fn has_value(&mut self, expr: &Expr) -> bool {
        match self.get(expr.ty) {
            Type::Void if self.never_returns(expr) => true,
            Type::Void => {
                let text = self.shown_text(expr.place);
                self.error(
                    expr.place,
                    format!("expression '{text}' has no type (or is ambiguous)"),
                );
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

    pub(super) fn int_literal(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let value = n.int().unwrap_or(0);
        let _ = want;
        self.make(ExprKind::Int(value), TypeId::INT, place)
    }

    pub(super) fn suffixed(&mut self, n: Cursor<'_>, ty: TypeId) -> Expr {
        let place = self.place(n);
        self.make(ExprKind::Int(n.int().unwrap_or(0)), ty, place)
    }

    /// A node that an expansion made.
    pub(super) fn foreign(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let Data::Foreign(number) = n.node().data else {
            return self.bad(place);
        };
        match self.foreign_at(number).cloned() {
            Some(Foreign::Typed(expr)) => (*expr).clone(),
            Some(Foreign::Bound(_)) => self.name_expr(n, want),
            None => self.bad(place),
        }
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
                let syms = self.lookup_indexing(name);
                self.call_with(name, &syms, vec![pointer], place)
            }
        }
    }

    pub(super) fn addr_of(&mut self, n: Cursor<'_>, place: Place) -> Expr {
        let value = self.expr(n, None);
        self.address_of(value, place)
    }

    /// `addr value`
    pub(super) fn address_of(&mut self, value: Expr, place: Place) -> Expr {
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

    pub(super) fn cast(&mut self, n: Cursor<'_>, place: Place) -> Expr {
        let ty = self.type_expr(n.kid(0));
        let value = self.expr(n.kid(1), None);
        if ty == TypeId::ERROR || value.ty == TypeId::ERROR {
            return self.bad(place);
        }
        if matches!(
            self.get(ty),
            Type::Class(_) | Type::Generic(_) | Type::OpenArray(_) | Type::Void | Type::TypeDesc(_)
        ) || matches!(self.get(value.ty), Type::Void | Type::TypeDesc(_))
            || self.differs_inside(value.ty, ty)
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

    /// Strings and sequences are no addresses, and neither are closures, which a cast between them would hide.
    fn differs_inside(&self, from: TypeId, to: TypeId) -> bool {
        let (from, to) = (
            self.get(self.s.types.repr(from)),
            self.get(self.s.types.repr(to)),
        );
        let is_list = |ty: &Type| matches!(ty, Type::String | Type::Seq(_));
        let is_closure = |ty: &Type| matches!(ty, Type::Proc(p) if p.conv == CallConv::Closure);
        let is_address = |ty: &Type| matches!(ty, Type::Pointer | Type::Ptr(_) | Type::Ref(_));
        is_list(from) && !is_list(to)
            || is_closure(from) && is_address(to)
            || is_closure(to) && !matches!(from, Type::Proc(_))
    }

    pub(super) fn static_expr(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
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

    /// A place that can be assigned. That of a discriminator is looked at by who assigns, and nobody else is let at it.
    pub(super) fn is_assignable(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Field { object, .. } => self.is_mutable_place(object),
            ExprKind::Local(id) if self.frames.last().is_some_and(|f| f.late.contains(id)) => true,
            _ => self.is_mutable_place(expr),
        }
    }

    fn is_discriminator(&self, object: TypeId, field: usize) -> bool {
        let object = self.s.types.object(object);
        object.is_some_and(|(_, body)| body.fields[field].is_discriminator())
    }

    /// A place that can be changed in any way, by whoever is given its address.
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
            ExprKind::Field { object, field, .. } => {
                (self.unchecked_assign || !self.is_discriminator(object.ty, *field))
                    && self.is_mutable_place(object)
            }
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
            // A view of what can be changed.
            ExprKind::Magic(Magic::ToOpenArray, args) => {
                let viewed = match args.first().map(|arg| &arg.kind) {
                    Some(ExprKind::Convert { value, .. }) => Some(&**value),
                    _ => args.first(),
                };
                viewed.is_some_and(|value| {
                    matches!(self.get(value.ty), Type::Ptr(_)) || self.is_mutable_place(value)
                })
            }
            _ => false,
        }
    }

    pub(super) fn mutable_local(&self, depth: usize, id: LocalId) -> bool {
        let Some(local) = self
            .frames
            .get(depth)
            .and_then(|f| f.locals.get(id.0 as usize))
        else {
            return false;
        };
        match local.kind {
            LocalKind::Var | LocalKind::Result | LocalKind::Cursor | LocalKind::Temp => true,
            LocalKind::Param | LocalKind::Let | LocalKind::For => false,
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

pub(super) fn is_statement(kind: Kind) -> bool {
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
