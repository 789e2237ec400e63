//! Type expressions: from syntax to [`TypeId`].

use std::sync::Arc;

use super::checker::Checker;
use super::foreign::Foreign;
use super::lookup::Bound;
use super::symbols::{SymId, SymKind, Syms, TypeMaker};
use super::types::{Class, StaticKey, Type, TypeId};
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
        if self.typing.is_some() {
            self.typing_of_type(n);
        }
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
            Kind::StmtList if n.len() == 1 => self.type_expr(n.kid(0)),
            Kind::WhenStmt => match self.taken_branch(n) {
                Some(body) => self.type_expr(body),
                None => TypeId::VOID,
            },
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
            Kind::TypeClassTy => self.concept_type(n),
            Kind::PragmaExpr => self.type_expr(n.kid(0)),
            Kind::NilLit => TypeId::NIL,
            Kind::Empty => TypeId::VOID,
            Kind::Error => TypeId::ERROR,
            Kind::Typed => self.type_of_expr(n),
            _ => {
                let place = self.place(n);
                let text = self.shown_text(place);
                self.error(place, format!("type expected, but got: {text}"));
                TypeId::ERROR
            }
        }
    }

    pub(super) fn kind_class(&mut self, word: &'static str) -> TypeId {
        self.intern(Type::Class(Arc::new(Class::Kind(word))))
    }

    pub(super) fn pointer_type(
        &mut self,
        n: Cursor<'_>,
        word: &'static str,
        make: fn(TypeId) -> Type,
    ) -> TypeId {
        if n.len() == 0 || n.kid(0).is_empty() {
            return self.kind_class(word);
        }
        let target = n.kid(0);
        // `ptr[T]` is the same as `ptr T`.
        let inner = match target.kind() {
            Kind::Bracket if target.len() == 1 => self.type_expr(target.kid(0)),
            _ => self.type_expr(target),
        };
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
                match self.foreign_at(number) {
                    Some(&Foreign::Bound(bound)) => Some((bound.name, self.lookup_bound(bound))),
                    _ => None,
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
            Data::Foreign(number) if n.is(Kind::Sym) => match self.foreign_at(number) {
                Some(Foreign::Bound(Bound { name, .. })) => Some(*name),
                _ => None,
            },
            _ => simple_name(n),
        }
    }

    /// `a..b` in one of the forms that the parser gives, also where a template has bound the operator.
    pub(super) fn is_range(&self, n: Cursor<'_>) -> bool {
        let is_dots = |op: Name| op == ".." || op == "..<";
        n.is(Kind::Range) || (n.is(Kind::Infix) && self.bound_name(n.kid(0)).is_some_and(is_dots))
    }

    /// The module of the template whose body a name comes from.
    pub(super) fn bound_module(&self, n: Cursor<'_>) -> Option<super::symbols::ModuleIx> {
        match n.node().data {
            Data::Foreign(number) if n.is(Kind::Sym) => match self.foreign_at(number) {
                Some(Foreign::Bound(bound)) => Some(bound.module),
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

    pub(super) fn type_name(&mut self, n: Cursor<'_>) -> TypeId {
        let place = self.place(n);
        let Some((name, syms)) = self.syms_of(n) else {
            return self.type_of_expr(n);
        };
        if self.is_ambiguous(name, &syms, place) {
            return TypeId::ERROR;
        }
        for &sym in &syms {
            if let Some(ty) = self.symbol_type(sym) {
                self.note_use(sym, place);
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
    pub(super) fn symbol_type(&mut self, sym: SymId) -> Option<TypeId> {
        match self.s.sym(sym).kind.clone() {
            SymKind::Type(ty) => Some(self.known_in_concept(ty)),
            SymKind::TypeMaker(maker) => Some(self.bare_maker(maker)),
            SymKind::GenericType(generic) => Some(self.intern(Type::Generic(generic.sym.0))),
            SymKind::Pending => {
                self.resolve_pending(sym);
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

    pub(super) fn bare_maker(&mut self, maker: TypeMaker) -> TypeId {
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
            TypeMaker::TypeDesc | TypeMaker::Iterable => {
                let any = self.intern(Type::Class(Arc::new(Class::Any)));
                return self.intern(match maker {
                    TypeMaker::Iterable => Type::Iterable(any),
                    _ => Type::TypeDesc(any),
                });
            }
            _ => return self.intern(Type::Class(Arc::new(Class::Any))),
        };
        self.kind_class(word)
    }

    pub(super) fn type_application(&mut self, n: Cursor<'_>) -> TypeId {
        let place = self.place(n);
        let head = n.kid(0);
        let Some((name, syms)) = self.syms_of(head) else {
            self.error(place, "type expected");
            return TypeId::ERROR;
        };
        for &sym in &syms {
            if matches!(self.s.sym(sym).kind, SymKind::Pending) {
                self.resolve_pending(sym);
            }
            match self.s.sym(sym).kind.clone() {
                SymKind::TypeMaker(maker) => return self.make_type(maker, n),
                SymKind::GenericType(generic) => {
                    self.note_use(sym, self.place(head));
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
                    self.error(place, format!("no generic parameters allowed for {name}"));
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
                    || self.is_arrow_type(n)
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

    /// A concept's type parameter that the match has bound stands for that type.
    fn known_in_concept(&mut self, ty: TypeId) -> TypeId {
        match self.concept.clone() {
            Some(binds) => self.substitute(ty, &binds),
            None => ty,
        }
    }

    /// The checked expression of a `Typed` node.
    pub(super) fn typed_of(&self, n: Cursor<'_>) -> Option<Arc<super::typed::Expr>> {
        match n.node().data {
            Data::Foreign(number) => match self.foreign_at(number) {
                Some(Foreign::Typed(expr)) => Some(expr.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// What `typeof` gives for an expression of this type.
    pub(super) fn type_as_value(&self, ty: TypeId) -> TypeId {
        match *self.get(ty) {
            Type::TypeDesc(inner) => inner,
            _ => self.s.types.bare(ty),
        }
    }

    pub(super) fn undeclared(&mut self, place: Place, name: Name) {
        if name.as_str().is_empty() {
            return;
        }
        if super::absent::is_absent(name) {
            self.unsupported(place, format!("'{name}'"));
            return;
        }
        // An instance of what was found before, in the generic body as it stands.
        let message = format!("undeclared identifier: '{name}'");
        if self.speculating == 0
            && self.run.diagnostics.iter().any(|found| {
                (found.place.origin, found.place.span.start) == (place.origin, place.span.start)
                    && found.message.lines().next() == Some(&message)
            })
        {
            return;
        }
        // A trial is not read by anybody.
        let candidates = if self.speculating == 0 {
            self.candidates(name)
        } else {
            String::new()
        };
        self.error(place, format!("{message}{candidates}"));
    }
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
            Data::Int(value, _) => text.push_str(&value.to_string()),
            _ => return None,
        }
    }
    Some(Name::new(&text))
}
