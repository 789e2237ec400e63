//! Type expressions: from syntax to [`TypeId`].

use std::sync::Arc;

use super::checker::{Bound, Checker, Foreign};
use super::relation::Bindings;
use super::symbols::{GenericType, SymId, SymKind, Syms, TypeMaker};
use super::typed::ExprKind;
use super::types::{CallConv, Class, ProcType, StaticKey, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind};

/// What is known of a generic parameter beside its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Constraint {
    pub class: Option<TypeId>,
    /// `static T`: the T.
    pub static_of: Option<TypeId>,
}

impl Checker<'_, '_> {
    pub(super) fn constraint(&self, number: u32) -> Option<Constraint> {
        self.s.constraints.get(&number).copied()
    }

    /// The type that `n` denotes. Reports what is wrong and gives `ERROR` then.
    pub(super) fn type_expr(&mut self, n: Cursor<'_>) -> TypeId {
        match n.kind() {
            Kind::Ident | Kind::AccQuoted | Kind::Sym | Kind::DotExpr => self.type_name(n),
            Kind::BracketExpr => self.type_application(n),
            Kind::RefTy => self.pointer_type(n, "ref", Type::Ref),
            Kind::PtrTy => self.pointer_type(n, "ptr", Type::Ptr),
            Kind::VarTy | Kind::OutTy => self.pointer_type(n, "var", Type::Var),
            Kind::DistinctTy if n.len() == 0 || n.kid(0).is_empty() => self.kind_class("distinct"),
            Kind::ObjectTy if n.len() == 0 || n.kids().all(|k| k.is_empty()) => {
                self.kind_class("object")
            }
            Kind::EnumTy if n.len() == 0 || n.kids().all(|k| k.is_empty()) => {
                self.kind_class("enum")
            }
            Kind::TupleClassTy => self.kind_class("tuple"),
            Kind::ProcTy => self.proc_type(n, false),
            Kind::IteratorTy => self.proc_type(n, true),
            Kind::TupleTy => self.tuple_type(n),
            Kind::TupleConstr => {
                let fields = n.kids().map(|k| (None, self.type_expr(k))).collect();
                self.intern(Type::Tuple(fields))
            }
            Kind::Par if n.len() == 1 => self.type_expr(n.kid(0)),
            Kind::Infix => self.type_infix(n),
            Kind::Prefix => self.type_prefix(n),
            Kind::StaticTy => {
                let inner = self.type_expr(n.kid(0));
                self.intern(Type::StaticValue(inner, StaticKey::Other("?".into())))
            }
            Kind::SharedTy if n.len() == 1 => self.type_expr(n.kid(0)),
            Kind::ConstTy if n.len() == 1 => self.type_expr(n.kid(0)),
            Kind::Call | Kind::Command | Kind::AccTypeof | Kind::StmtListExpr => {
                self.type_of_expr(n)
            }
            Kind::ObjectTy | Kind::EnumTy | Kind::DistinctTy => {
                self.error(
                    self.place(n),
                    "a type with a name of its own can be declared only in a 'type' section",
                );
                TypeId::ERROR
            }
            Kind::TypeClassTy => {
                self.unsupported(self.place(n), "concepts");
                TypeId::ERROR
            }
            Kind::PragmaExpr => self.type_expr(n.kid(0)),
            Kind::NilLit => TypeId::NIL,
            Kind::Empty => TypeId::VOID,
            Kind::Error => TypeId::ERROR,
            Kind::Typed => self.type_of_expr(n),
            _ => {
                self.error(self.place(n), "type expected");
                TypeId::ERROR
            }
        }
    }

    fn kind_class(&mut self, word: &'static str) -> TypeId {
        self.intern(Type::Class(Arc::new(Class::Kind(word))))
    }

    fn pointer_type(
        &mut self,
        n: Cursor<'_>,
        word: &'static str,
        make: fn(TypeId) -> Type,
    ) -> TypeId {
        if n.len() == 0 || n.kid(0).is_empty() {
            return self.kind_class(word);
        }
        let inner = self.type_expr(n.kid(0));
        if inner == TypeId::ERROR {
            inner
        } else {
            self.intern(make(inner))
        }
    }

    /// The symbols that a name node can mean, and the name.
    pub(super) fn syms_of(&mut self, n: Cursor<'_>) -> Option<(Name, Syms)> {
        match n.kind() {
            Kind::Ident => {
                let name = n.name()?;
                Some((name, self.lookup(name)))
            }
            Kind::AccQuoted => {
                let name = quoted_name(n)?;
                if n.len() == 1 && n.kid(0).is(Kind::Sym) {
                    return self.syms_of(n.kid(0));
                }
                Some((name, self.lookup(name)))
            }
            Kind::Sym => {
                let Data::Foreign(number) = n.node().data else {
                    return None;
                };
                match self.foreign[number as usize].clone() {
                    Foreign::Bound(bound) => Some((bound.name, self.lookup_bound(bound))),
                    Foreign::Typed(_) => None,
                }
            }
            Kind::DotExpr if n.len() == 2 => {
                let module = self.module_named(n.kid(0))?;
                let name = simple_name(n.kid(1)).or_else(|| self.bound_name(n.kid(1)))?;
                Some((name, self.lookup_qualified(module, name)))
            }
            _ => None,
        }
    }

    /// The name of a node that a template's expansion may have bound.
    pub(super) fn bound_name(&self, n: Cursor<'_>) -> Option<Name> {
        match n.node().data {
            Data::Foreign(number) if n.is(Kind::Sym) => match &self.foreign[number as usize] {
                Foreign::Bound(Bound { name, .. }) => Some(*name),
                Foreign::Typed(_) => None,
            },
            _ => simple_name(n),
        }
    }

    /// The module of the template whose body a name comes from.
    pub(super) fn bound_module(&self, n: Cursor<'_>) -> Option<super::symbols::ModuleIx> {
        match n.node().data {
            Data::Foreign(number) if n.is(Kind::Sym) => match &self.foreign[number as usize] {
                Foreign::Bound(bound) => Some(bound.module),
                _ => None,
            },
            _ => None,
        }
    }

    /// The module, if `n` names one.
    pub(super) fn module_named(&mut self, n: Cursor<'_>) -> Option<super::symbols::ModuleIx> {
        if !matches!(n.kind(), Kind::Ident | Kind::Sym | Kind::AccQuoted) {
            return None;
        }
        let (_, syms) = self.syms_of(n)?;
        // Routines may share the name; a variable or type hides the module.
        let mut found = None;
        for &sym in &syms {
            match self.s.sym(sym).kind {
                SymKind::Module(module) => found = Some(module),
                ref kind if kind.overloadable() => {}
                _ => return None,
            }
        }
        found
    }

    fn type_name(&mut self, n: Cursor<'_>) -> TypeId {
        let place = self.place(n);
        let Some((name, syms)) = self.syms_of(n) else {
            return self.type_of_expr(n);
        };
        for &sym in &syms {
            if let Some(ty) = self.symbol_type(sym, place) {
                return ty;
            }
        }
        if syms.is_empty() {
            self.undeclared(place, name);
        } else {
            self.error(place, format!("type expected, but got: {name}"));
        }
        TypeId::ERROR
    }

    /// The type that a symbol stands for in a type expression.
    pub(super) fn symbol_type(&mut self, sym: SymId, place: Place) -> Option<TypeId> {
        match self.s.sym(sym).kind.clone() {
            SymKind::Type(ty) => Some(ty),
            SymKind::TypeMaker(maker) => Some(self.bare_maker(maker)),
            SymKind::GenericType(generic) => Some(self.intern(Type::Generic(generic.sym.0))),
            SymKind::Pending => {
                self.resolve_pending(sym, place);
                match self.s.sym(sym).kind.clone() {
                    SymKind::Type(ty) => Some(ty),
                    _ => None,
                }
            }
            SymKind::Alias(expr) => match *self.get(expr.ty) {
                Type::TypeDesc(inner) => Some(inner),
                _ => None,
            },
            SymKind::Local { ty, .. } | SymKind::Global { ty, .. } => match *self.get(ty) {
                Type::TypeDesc(inner) => Some(inner),
                _ => None,
            },
            _ => None,
        }
    }

    fn bare_maker(&mut self, maker: TypeMaker) -> TypeId {
        let word = match maker {
            TypeMaker::Array => "array",
            TypeMaker::Seq => "seq",
            TypeMaker::Set => "set",
            TypeMaker::OpenArray | TypeMaker::Varargs => "openarray",
            TypeMaker::Range => "range",
            TypeMaker::Ordinal => "ordinal",
            TypeMaker::Ref => "ref",
            TypeMaker::Ptr => "ptr",
            TypeMaker::Tuple => "tuple",
            TypeMaker::Proc => "proc",
            TypeMaker::TypeDesc => {
                let any = self.intern(Type::Class(Arc::new(Class::Any)));
                return self.intern(Type::TypeDesc(any));
            }
            _ => return self.intern(Type::Class(Arc::new(Class::Any))),
        };
        self.kind_class(word)
    }

    fn type_application(&mut self, n: Cursor<'_>) -> TypeId {
        let place = self.place(n);
        let head = n.kid(0);
        let Some((name, syms)) = self.syms_of(head) else {
            self.error(place, "type expected");
            return TypeId::ERROR;
        };
        for &sym in &syms {
            if matches!(self.s.sym(sym).kind, SymKind::Pending) {
                self.resolve_pending(sym, place);
            }
            match self.s.sym(sym).kind.clone() {
                SymKind::TypeMaker(maker) => return self.make_type(maker, n),
                SymKind::GenericType(generic) => {
                    let args: Vec<TypeId> =
                        n.kids().skip(1).map(|arg| self.type_arg(arg)).collect();
                    return self.apply_generic(&generic, args, place);
                }
                SymKind::Type(ty) => {
                    if let Type::Generic(number) = *self.get(ty)
                        && let SymKind::GenericType(generic) =
                            self.s.sym(SymId(number)).kind.clone()
                    {
                        let args: Vec<TypeId> =
                            n.kids().skip(1).map(|arg| self.type_arg(arg)).collect();
                        return self.apply_generic(&generic, args, place);
                    }
                    if let Type::Class(class) = self.get(ty).clone()
                        && let Class::Kind(word @ ("seq" | "set" | "openarray" | "array")) = *class
                    {
                        let maker = match word {
                            "seq" => TypeMaker::Seq,
                            "set" => TypeMaker::Set,
                            "array" => TypeMaker::Array,
                            _ => TypeMaker::OpenArray,
                        };
                        return self.make_type(maker, n);
                    }
                    self.error(place, format!("'{name}' is not a generic type"));
                    return TypeId::ERROR;
                }
                _ => {}
            }
        }
        if syms.is_empty() {
            self.undeclared(place, name);
        } else {
            return self.type_of_expr(n);
        }
        TypeId::ERROR
    }

    /// An argument of a generic type: a type, or a constant for a `static` parameter.
    pub(super) fn type_arg(&mut self, n: Cursor<'_>) -> TypeId {
        if self.denotes_type(n) {
            return self.type_expr(n);
        }
        let expr = self.expr(n, None);
        if let Type::TypeDesc(inner) = *self.get(expr.ty) {
            return inner;
        }
        let base = expr.ty;
        let place = expr.place;
        match self.static_value(&expr, base) {
            Some(value) => value,
            None => {
                if expr.ty != TypeId::ERROR {
                    self.error(place, "type expected");
                }
                TypeId::ERROR
            }
        }
    }

    /// Is `n` a type by its shape and names?
    pub(super) fn denotes_type(&mut self, n: Cursor<'_>) -> bool {
        match n.kind() {
            Kind::Ident | Kind::AccQuoted | Kind::Sym => match self.syms_of(n) {
                Some((_, syms)) => syms.iter().any(|&sym| self.is_type_symbol(sym)),
                None => {
                    matches!(self.typed_of(n), Some(expr) if matches!(self.get(expr.ty), Type::TypeDesc(_)))
                }
            },
            Kind::DotExpr => match self.syms_of(n) {
                Some((_, syms)) => syms.iter().any(|&sym| self.is_type_symbol(sym)),
                None => false,
            },
            Kind::BracketExpr => n.len() > 1 && self.denotes_type(n.kid(0)),
            Kind::RefTy
            | Kind::PtrTy
            | Kind::VarTy
            | Kind::ProcTy
            | Kind::IteratorTy
            | Kind::TupleTy
            | Kind::TupleClassTy
            | Kind::AccTypeof
            | Kind::DistinctTy
            | Kind::ObjectTy
            | Kind::EnumTy
            | Kind::OutTy => true,
            Kind::TupleConstr => n.len() > 0 && n.kids().all(|k| self.denotes_type(k)),
            Kind::Par => n.len() == 1 && self.denotes_type(n.kid(0)),
            Kind::Call | Kind::Command => {
                n.len() == 2
                    && n.kid(0)
                        .name()
                        .is_some_and(|name| name == "typeof" || name == "type")
            }
            Kind::Infix => {
                n.kid(0)
                    .name()
                    .is_some_and(|op| op == "or" || op == "|" || op == "and")
                    && self.denotes_type(n.kid(1))
                    && self.denotes_type(n.kid(2))
            }
            Kind::Typed => {
                matches!(self.typed_of(n), Some(expr) if matches!(self.get(expr.ty), Type::TypeDesc(_)))
            }
            _ => false,
        }
    }

    pub(super) fn is_type_symbol(&self, sym: SymId) -> bool {
        match &self.s.sym(sym).kind {
            SymKind::Type(_) | SymKind::TypeMaker(_) | SymKind::GenericType(_) => true,
            SymKind::Pending => self.pending.contains_key(&sym),
            SymKind::Alias(expr) => matches!(self.get(expr.ty), Type::TypeDesc(_)),
            _ => false,
        }
    }

    /// The checked expression of a `Typed` node.
    pub(super) fn typed_of(&self, n: Cursor<'_>) -> Option<Arc<super::typed::Expr>> {
        match n.node().data {
            Data::Foreign(number) => match &self.foreign[number as usize] {
                Foreign::Typed(expr) => Some(expr.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    fn make_type(&mut self, maker: TypeMaker, n: Cursor<'_>) -> TypeId {
        let place = self.place(n);
        let wanted = if maker == TypeMaker::Array { 2 } else { 1 };
        let given = n.len() - 1;
        if given != wanted
            && !(maker == TypeMaker::Varargs && given == 2)
            && maker != TypeMaker::Tuple
        {
            self.error(
                place,
                format!("expected {wanted} type argument(s), but got {given}"),
            );
            return TypeId::ERROR;
        }
        if maker == TypeMaker::Array {
            let index = self.index_type(n.kid(1));
            let elem = self.type_expr(n.kid(2));
            return if elem == TypeId::ERROR || index == TypeId::ERROR {
                TypeId::ERROR
            } else {
                self.intern(Type::Array { index, elem })
            };
        }
        if maker == TypeMaker::Range {
            return self.range_type(n.kid(1));
        }
        if maker == TypeMaker::Tuple {
            return self.tuple_type(n);
        }
        let arg = self.type_expr(n.kid(1));
        if arg == TypeId::ERROR {
            return arg;
        }
        let ty = match maker {
            TypeMaker::Seq => Type::Seq(arg),
            TypeMaker::Set => {
                self.check_set_element(arg, place);
                Type::Set(arg)
            }
            TypeMaker::OpenArray => Type::OpenArray(arg),
            TypeMaker::Varargs => Type::Varargs(arg),
            TypeMaker::UncheckedArray => Type::UncheckedArray(arg),
            TypeMaker::TypeDesc => Type::TypeDesc(arg),
            TypeMaker::Sink => Type::Sink(arg),
            TypeMaker::Lent => Type::Lent(arg),
            TypeMaker::Static => Type::StaticValue(arg, StaticKey::Other("?".into())),
            TypeMaker::Ref => Type::Ref(arg),
            TypeMaker::Ptr => Type::Ptr(arg),
            TypeMaker::Var => Type::Var(arg),
            TypeMaker::Owned => return arg,
            TypeMaker::Ordinal => return self.kind_class("ordinal"),
            TypeMaker::Array | TypeMaker::Range | TypeMaker::Tuple | TypeMaker::Proc => {
                return TypeId::ERROR;
            }
        };
        self.intern(ty)
    }

    fn check_set_element(&mut self, elem: TypeId, place: Place) {
        if self.generic(elem) {
            return;
        }
        match self.s.types.ordinal_range(elem) {
            Some((lo, hi)) if hi - lo < 65536 => {}
            Some(_) => self.error(
                place,
                "set is too large; use `std/sets` for ordinal types with more than 2^16 elements",
            ),
            None => self.error(
                place,
                format!(
                    "ordinal type expected, but got '{}'",
                    self.s.types.show(elem)
                ),
            ),
        }
    }

    /// `lo..hi` or the name of an ordinal type, or a length.
    fn index_type(&mut self, n: Cursor<'_>) -> TypeId {
        if is_range(n) {
            return self.range_type(n);
        }
        if self.denotes_type(n) {
            let ty = self.type_expr(n);
            if let Type::StaticValue(_, StaticKey::Int(len)) = *self.get(ty) {
                return self.intern(Type::Range {
                    base: TypeId::INT,
                    lo: 0,
                    hi: len - 1,
                });
            }
            if ty != TypeId::ERROR && !self.generic(ty) && self.s.types.ordinal_range(ty).is_none()
            {
                self.error(
                    self.place(n),
                    format!("ordinal type expected, but got '{}'", self.s.types.show(ty)),
                );
                return TypeId::ERROR;
            }
            return ty;
        }
        let expr = self.const_expr(n, None);
        match expr.kind {
            ExprKind::Int(len) if len >= 0 => self.intern(Type::Range {
                base: TypeId::INT,
                lo: 0,
                hi: len - 1,
            }),
            _ => {
                if expr.ty != TypeId::ERROR {
                    self.error(
                        expr.place,
                        "a constant, non-negative array length was expected",
                    );
                }
                TypeId::ERROR
            }
        }
    }

    pub(super) fn range_type(&mut self, n: Cursor<'_>) -> TypeId {
        let place = self.place(n);
        if !is_range(n) {
            if self.denotes_type(n) {
                return self.type_expr(n);
            }
            self.error(place, "expected range");
            return TypeId::ERROR;
        }
        let (lo, hi) = (n.kid(n.len() - 2), n.kid(n.len() - 1));
        let below = n.len() == 3 && n.kid(0).name().is_some_and(|op| op == "..<");
        let lo = self.const_expr(lo, None);
        let hi = self.const_expr(hi, Some(lo.ty));
        // The wider of the two decides, so that `0..high(int64)` is of `int64`.
        let base = if lo.ty == TypeId::INT { hi.ty } else { lo.ty };
        match (&lo.kind, &hi.kind) {
            (&ExprKind::Int(lo), &ExprKind::Int(hi)) => {
                let hi = hi.saturating_sub(i64::from(below));
                if hi < lo.saturating_sub(1) {
                    self.error(place, "range is empty");
                    return TypeId::ERROR;
                }
                let base = match *self.get(base) {
                    Type::Range { base, .. } => base,
                    _ => base,
                };
                self.intern(Type::Range { base, lo, hi })
            }
            (&ExprKind::Float(lo), &ExprKind::Float(hi)) => self.intern(Type::FloatRange {
                base: TypeId::FLOAT,
                lo: lo.to_bits(),
                hi: hi.to_bits(),
            }),
            _ => {
                if lo.ty != TypeId::ERROR && hi.ty != TypeId::ERROR {
                    self.error(place, "range bounds must be constant ordinals or floats");
                }
                TypeId::ERROR
            }
        }
    }

    fn tuple_type(&mut self, n: Cursor<'_>) -> TypeId {
        let mut fields = Vec::new();
        for def in n.kids() {
            if !matches!(def.kind(), Kind::IdentDefs) {
                continue;
            }
            let ty = self.type_expr(def.kid(def.len() - 2));
            for name in def.kids().take(def.len() - 2) {
                fields.push((simple_name(name), ty));
            }
        }
        self.intern(Type::Tuple(fields))
    }

    fn proc_type(&mut self, n: Cursor<'_>, iterator: bool) -> TypeId {
        if n.len() == 0 || n.kid(0).is_empty() {
            return self.kind_class(if iterator { "iterator" } else { "proc" });
        }
        let (params_node, pragma) = (n.kid(0), n.get(1));
        let mut params = Vec::new();
        for def in params_node.kids().skip(1) {
            let ty = match (def.kid(def.len() - 2), def.last()) {
                (ty, _) if !ty.is_empty() => self.type_expr(ty),
                (_, default) if !default.is_empty() => self.expr(default, None).ty,
                _ => TypeId::ERROR,
            };
            params.extend(std::iter::repeat_n(ty, def.len() - 2));
        }
        let ret = params_node
            .get(0)
            .map_or(TypeId::VOID, |ret| self.type_expr(ret));
        let mut conv = CallConv::Closure;
        let mut varargs = false;
        let mut raises = true;
        for p in pragma.into_iter().flat_map(|p| p.kids()) {
            let name = super::pragma::name_of(p);
            match name.map(|n| n.as_str()) {
                Some("nimcall" | "fastcall" | "inline") => conv = CallConv::Nimcall,
                Some("closure") => conv = CallConv::Closure,
                Some("cdecl" | "stdcall" | "syscall" | "noconv" | "safecall") => conv = CallConv::C,
                Some("varargs") => varargs = true,
                Some("raises") => raises = p.len() < 2 || p.kid(1).len() > 0,
                _ => {}
            }
        }
        self.intern(Type::Proc(Arc::new(ProcType {
            params,
            ret,
            conv,
            iterator,
            varargs,
            raises,
        })))
    }

    fn type_infix(&mut self, n: Cursor<'_>) -> TypeId {
        let op = self.bound_name(n.kid(0)).map_or("", |op| op.as_str());
        match op {
            "or" | "|" | "and" => {
                let parts = vec![self.type_expr(n.kid(1)), self.type_expr(n.kid(2))];
                let class = if op == "and" {
                    Class::And(parts)
                } else {
                    Class::Or(self.flat_or(parts))
                };
                self.intern(Type::Class(Arc::new(class)))
            }
            ".." => self.range_type(n),
            _ => self.type_of_expr(n),
        }
    }

    fn flat_or(&self, parts: Vec<TypeId>) -> Vec<TypeId> {
        let mut flat = Vec::new();
        for part in parts {
            match self.get(part) {
                Type::Class(class) if matches!(**class, Class::Or(_)) => {
                    if let Class::Or(inner) = &**class {
                        flat.extend(inner);
                    }
                }
                _ => flat.push(part),
            }
        }
        flat
    }

    fn type_prefix(&mut self, n: Cursor<'_>) -> TypeId {
        let op = self.bound_name(n.kid(0)).map_or("", |op| op.as_str());
        match op {
            "not" => {
                let inner = self.type_expr(n.kid(1));
                self.intern(Type::Class(Arc::new(Class::Not(inner))))
            }
            "ref" => self.pointer_type_of(n.kid(1), Type::Ref),
            "ptr" => self.pointer_type_of(n.kid(1), Type::Ptr),
            _ => self.type_of_expr(n),
        }
    }

    fn pointer_type_of(&mut self, n: Cursor<'_>, make: fn(TypeId) -> Type) -> TypeId {
        let inner = self.type_expr(n);
        if inner == TypeId::ERROR {
            inner
        } else {
            self.intern(make(inner))
        }
    }

    /// A type given by an expression: `typeof(x)`, a template that gives a type.
    fn type_of_expr(&mut self, n: Cursor<'_>) -> TypeId {
        if matches!(n.kind(), Kind::AccTypeof) {
            let expr = self.expr_quiet(n.kid(0));
            return self.type_as_value(expr.ty);
        }
        if let (Kind::Call | Kind::Command, 2) = (n.kind(), n.len())
            && self.bound_name(n.kid(0)).is_some_and(|name| {
                name == "sink" || name == "lent" || name == "owned" || name == "static"
            })
        {
            let arg = self.type_expr(n.kid(1));
            return match self.bound_name(n.kid(0)).map_or("", |name| name.as_str()) {
                "sink" => self.intern(Type::Sink(arg)),
                "lent" => self.intern(Type::Lent(arg)),
                "static" => self.intern(Type::StaticValue(arg, StaticKey::Other("?".into()))),
                _ => arg,
            };
        }
        let expr = self.expr(n, None);
        match *self.get(expr.ty) {
            Type::TypeDesc(inner) => inner,
            Type::Error => TypeId::ERROR,
            _ => {
                if let Some(value) = self.static_value(&expr, expr.ty) {
                    return value;
                }
                self.error(
                    expr.place,
                    format!(
                        "type expected, but got an expression of type '{}'",
                        self.s.types.show(expr.ty)
                    ),
                );
                TypeId::ERROR
            }
        }
    }

    /// What `typeof` gives for an expression of this type.
    pub(super) fn type_as_value(&self, ty: TypeId) -> TypeId {
        match *self.get(ty) {
            Type::TypeDesc(inner) => inner,
            _ => self.s.types.bare(ty),
        }
    }

    /// A generic type with its arguments.
    pub(super) fn apply_generic(
        &mut self,
        generic: &Arc<GenericType>,
        mut args: Vec<TypeId>,
        place: Place,
    ) -> TypeId {
        if args.contains(&TypeId::ERROR) {
            return TypeId::ERROR;
        }
        for param in generic.params.iter().skip(args.len()) {
            let Some(default) = param.default.clone() else {
                break;
            };
            let ty = self.type_arg(default.cursor());
            args.push(ty);
        }
        if args.len() != generic.params.len() {
            let name = self.s.sym(generic.sym).name;
            let (want, got) = (generic.params.len(), args.len());
            self.error(
                place,
                format!(
                    "cannot instantiate: '{name}'; expected {want} type argument(s), but got {got}"
                ),
            );
            return TypeId::ERROR;
        }
        for (param, &arg) in generic.params.iter().zip(&args) {
            if let Some(class) = param.constraint
                && !self.generic(arg)
                && !self.satisfies(class, arg, &mut Bindings::default())
            {
                let (got, want) = (self.s.types.show(arg), self.s.types.show(class));
                self.error(
                    place,
                    format!(
                        "cannot instantiate {}; got: <{got}> but expected: <{want}>",
                        self.s.sym(generic.sym).name
                    ),
                );
                return TypeId::ERROR;
            }
        }
        if generic.nominal && args.iter().any(|&arg| self.generic(arg)) {
            return self.intern(Type::Apply(generic.sym.0, args));
        }
        self.instantiate_type(generic, args, place)
    }

    /// Replaces generic parameters by what they are bound to.
    pub(super) fn substitute(&mut self, ty: TypeId, binds: &Bindings) -> TypeId {
        if !self.generic(ty) {
            return ty;
        }
        let sub = |checker: &mut Self, t: TypeId| checker.substitute(t, binds);
        let replaced = match self.get(ty).clone() {
            Type::Param(number) => return binds.get(&number).copied().unwrap_or(ty),
            Type::Set(t) => Type::Set(sub(self, t)),
            Type::Seq(t) => Type::Seq(sub(self, t)),
            Type::OpenArray(t) => Type::OpenArray(sub(self, t)),
            Type::Varargs(t) => Type::Varargs(sub(self, t)),
            Type::UncheckedArray(t) => Type::UncheckedArray(sub(self, t)),
            Type::Ref(t) => Type::Ref(sub(self, t)),
            Type::Ptr(t) => Type::Ptr(sub(self, t)),
            Type::Var(t) => Type::Var(sub(self, t)),
            Type::Lent(t) => Type::Lent(sub(self, t)),
            Type::Sink(t) => Type::Sink(sub(self, t)),
            Type::TypeDesc(t) => Type::TypeDesc(sub(self, t)),
            Type::Array { index, elem } => {
                let mut index = sub(self, index);
                if let Type::StaticValue(_, StaticKey::Int(len)) = *self.get(index) {
                    index = self.intern(Type::Range {
                        base: TypeId::INT,
                        lo: 0,
                        hi: len - 1,
                    });
                }
                Type::Array {
                    index,
                    elem: sub(self, elem),
                }
            }
            Type::Tuple(fields) => {
                Type::Tuple(fields.into_iter().map(|(n, t)| (n, sub(self, t))).collect())
            }
            Type::Proc(p) => Type::Proc(Arc::new(ProcType {
                params: p.params.iter().map(|&t| sub(self, t)).collect(),
                ret: sub(self, p.ret),
                ..*p
            })),
            Type::Apply(number, args) => {
                let args: Vec<TypeId> = args.into_iter().map(|t| sub(self, t)).collect();
                let SymKind::GenericType(generic) = self.s.sym(SymId(number)).kind.clone() else {
                    return TypeId::ERROR;
                };
                let place = self.s.sym(SymId(number)).place;
                return self.apply_generic(&generic, args, place);
            }
            _ => return ty,
        };
        self.intern(replaced)
    }

    /// A constant as a type argument.
    pub(super) fn static_value(
        &mut self,
        expr: &super::typed::Expr,
        base: TypeId,
    ) -> Option<TypeId> {
        let base = self.s.types.bare(base);
        let key = match &expr.kind {
            ExprKind::Int(value) => StaticKey::Int(*value),
            ExprKind::Float(value) => StaticKey::Float(value.to_bits()),
            ExprKind::Str(text) => StaticKey::Str(text.clone()),
            _ => match self.get(expr.ty) {
                Type::StaticValue(_, key) => key.clone(),
                _ => return None,
            },
        };
        Some(self.intern(Type::StaticValue(base, key)))
    }

    fn unify_static_key(&self, ty: TypeId) -> Option<StaticKey> {
        match self.get(ty) {
            Type::StaticValue(_, key) => Some(key.clone()),
            _ => None,
        }
    }

    pub(super) fn unify_static(&mut self, bound: TypeId, arg: super::relation::Arg<'_>) -> bool {
        let Some(want) = self.unify_static_key(bound) else {
            return false;
        };
        let have = match arg.expr {
            Some(expr) => self.static_value(expr, expr.ty),
            None => Some(arg.ty),
        };
        have.and_then(|have| self.unify_static_key(have)) == Some(want)
    }

    pub(super) fn undeclared(&mut self, place: Place, name: Name) {
        if name.as_str().is_empty() {
            return;
        }
        self.error(place, format!("undeclared identifier: '{name}'"));
    }
}

/// `a..b` in one of the forms that the parser gives.
pub(super) fn is_range(n: Cursor<'_>) -> bool {
    n.is(Kind::Range)
        || (n.is(Kind::Infix) && n.kid(0).name().is_some_and(|op| op == ".." || op == "..<"))
}

/// The name of an identifier, quoted or not, with or without `*` and pragmas.
pub(super) fn simple_name(n: Cursor<'_>) -> Option<Name> {
    match n.kind() {
        Kind::Ident => n.name(),
        Kind::AccQuoted => quoted_name(n),
        Kind::Postfix => simple_name(n.kid(1)),
        Kind::PragmaExpr => simple_name(n.kid(0)),
        _ => None,
    }
}

/// The name that the parts of a backquoted identifier form together.
pub(super) fn quoted_name(n: Cursor<'_>) -> Option<Name> {
    if n.len() == 1 {
        return n.kid(0).name();
    }
    let mut text = String::new();
    for part in n.kids() {
        match part.node().data {
            Data::Name(name) => text.push_str(name.as_str()),
            Data::Int(value) => text.push_str(&value.to_string()),
            _ => return None,
        }
    }
    Some(Name::new(&text))
}
