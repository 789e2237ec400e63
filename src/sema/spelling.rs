//! How types were written.
//!
//! In Nim, types that are the same still have each the name under which they were given: `byte` beside `uint8`, an alias beside what it
//! stands for, and `float64`, which is what float literals are, beside `float`. Nothing depends on it but what `$` and `name` print. So it is
//! kept beside types instead of in them, with variables, fields and results. Where nothing is known, a type is spelled as itself.

use rustc_hash::FxHashMap;

use super::call::{Given, GivenNode};
use super::checker::Checker;
use super::fit::Slot;
use super::relation::Bindings;
use super::symbols::{RoutineSym, SymId, SymKind};
use super::typed::{Expr, ExprKind, RoutineId};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId, Types};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// A type as it was written, for showing it: a type in which [`Type::Spelled`] may stand for parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spelling(TypeId);

/// What is known of how types were written.
#[derive(Default)]
pub(super) struct Spellings {
    /// For symbols: of the type that one stands for, or that a constant is of.
    symbols: FxHashMap<SymId, Spelling>,
    /// For routines that something calls: of the result type, unless it is written as what it is.
    results: FxHashMap<RoutineId, Spelling>,
}

impl From<TypeId> for Spelling {
    fn from(ty: TypeId) -> Spelling {
        Spelling(ty)
    }
}

impl Types {
    /// The text of a type as it was written.
    pub(super) fn show_spelling(&self, spelling: Spelling) -> String {
        self.show(spelling.0)
    }
}

impl Checker<'_, '_> {
    fn named_spelling(&mut self, name: &str) -> Spelling {
        Spelling(self.intern(Type::Spelled(Name::new(name))))
    }

    /// Notes how the type that a symbol stands for, or is of, was written.
    pub(super) fn spell_symbol(&mut self, sym: SymId, spelling: Spelling) {
        self.s.spellings.symbols.insert(sym, spelling);
    }

    /// Notes under which name a declaration makes `ty` known: `type Id = int`.
    pub(super) fn spell_alias(&mut self, sym: SymId, ty: TypeId) {
        let has_own = match self.get(ty) {
            Type::Object(nominal) | Type::Distinct(nominal) => {
                self.s.types.def(*nominal).args.is_empty()
            }
            Type::Enum(_)
            | Type::Class(_)
            | Type::Generic(_)
            | Type::Error
            | Type::Untyped
            | Type::Typed => true,
            _ => false,
        };
        if !has_own && !self.generic(ty) {
            let name = self.s.sym(sym).name;
            let spelling = self.named_spelling(name.as_str());
            self.spell_symbol(sym, spelling);
        }
    }

    /// Notes how the result type of a routine is written, which something calls.
    pub(super) fn spell_result(&mut self, id: RoutineId, ret: TypeId, spelling: Spelling) {
        match spelling.0 == ret {
            true => self.s.spellings.results.remove(&id),
            false => self.s.spellings.results.insert(id, spelling),
        };
    }

    /// A type as a value, which shows as it was written.
    pub(super) fn spelled_type_value(
        &mut self,
        ty: TypeId,
        spelling: Spelling,
        place: Place,
    ) -> Expr {
        let value = self.type_value(ty, place);
        if spelling.0 == ty || ty == TypeId::ERROR {
            return value;
        }
        Expr {
            kind: ExprKind::TypeName(spelling),
            ..value
        }
    }

    /// The type that `n` denotes, as a value.
    pub(super) fn type_node_value(&mut self, n: Cursor<'_>) -> Expr {
        let ty = self.type_expr(n);
        let spelling = self.spell_type(n, ty);
        self.spelled_type_value(ty, spelling, self.place(n))
    }

    /// The type of a value, which `n` gives, as a value.
    pub(super) fn type_of_value(&mut self, n: Cursor<'_>, value: &Expr, place: Place) -> Expr {
        if let ExprKind::TypeName(_) = value.kind {
            return Expr {
                place,
                ..value.clone()
            };
        }
        let ty = self.type_as_value(value.ty);
        let spelling = match ty == value.ty {
            true => self.spell_value_at(n, value),
            false => Spelling(ty),
        };
        self.spelled_type_value(ty, spelling, place)
    }

    /// The type that a symbol stands for, as a value.
    pub(super) fn type_symbol_value(&mut self, sym: SymId, ty: TypeId, place: Place) -> Expr {
        let spelling = self.s.spellings.symbols.get(&sym).copied();
        self.spelled_type_value(ty, spelling.unwrap_or(Spelling(ty)), place)
    }

    /// The text that `$` gives for a type as a value, or for the type of a value.
    pub(super) fn type_text(&self, value: &Expr) -> String {
        match value.kind {
            ExprKind::TypeName(spelling) => self.s.types.show_spelling(spelling),
            _ => self.s.types.show(self.type_argument(value)),
        }
    }

    /// The type of an expression, for messages.
    pub(super) fn shown_type(&self, expr: &Expr) -> String {
        self.s.types.show_spelling(self.spell_place(expr))
    }

    /// A value that has to be of type `ty`, which is written so.
    pub(super) fn expr_wanted(&mut self, n: Cursor<'_>, ty: TypeId, spelling: Spelling) -> Expr {
        self.wanting(ty, spelling, |c| c.expr_of(n, ty))
    }

    /// Runs `f`, in which a value has to be of type `ty`, which is written so.
    pub(super) fn wanting<T>(
        &mut self,
        ty: TypeId,
        spelling: Spelling,
        f: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let before = self.wanted.replace((ty, spelling));
        let result = f(self);
        self.wanted = before;
        result
    }

    /// The type that a value has to be of, for messages: with what it stands for, if it has a name of its own.
    pub(super) fn shown_wanted(&self, target: TypeId) -> String {
        let written = match self.wanted {
            Some((ty, spelling)) if ty == target && spelling.0 != ty => spelling,
            _ => return self.s.types.show_expected(target),
        };
        let name = self.s.types.show_spelling(written);
        match self.get(written.0) {
            Type::Spelled(_) if matches!(self.get(target), Type::Seq(_)) => name,
            Type::Spelled(_) if self.s.types.alias_name(target).is_none() => {
                format!("{name} = {}", self.s.types.show(target))
            }
            Type::Spelled(_) => self.s.types.show_expected(target),
            _ => name,
        }
    }

    /// How `n`, which denotes `ty`, says it.
    pub(super) fn spell_type(&mut self, n: Cursor<'_>, ty: TypeId) -> Spelling {
        match (n.kind(), self.get(ty).clone()) {
            (Kind::DotExpr, _) if n.kid(1).name().is_some_and(|name| name == "type") => {
                self.spell_computed(n, ty)
            }
            (Kind::Ident | Kind::AccQuoted | Kind::Sym | Kind::DotExpr, _) => {
                let syms = self.syms_of(n).map(|(_, syms)| syms);
                let found = syms.into_iter().flatten();
                let known = |sym: SymId| match self.s.sym(sym).kind {
                    SymKind::Type(own) if own == ty => self.s.spellings.symbols.get(&sym).copied(),
                    _ => None,
                };
                found.into_iter().find_map(known).unwrap_or(Spelling(ty))
            }
            (Kind::Par, _) if n.len() == 1 => self.spell_type(n.kid(0), ty),
            (Kind::Call | Kind::Command | Kind::AccTypeof | Kind::Typed, _) => {
                self.spell_computed(n, ty)
            }
            (_, structure) => self.spell_structure(n, ty, structure),
        }
    }

    /// The same where `n` says what the type is made of.
    fn spell_structure(&mut self, n: Cursor<'_>, ty: TypeId, structure: Type) -> Spelling {
        match (n.kind(), structure) {
            (Kind::BracketExpr, Type::Seq(elem)) if n.len() == 2 => {
                self.spell_part(n.kid(1), elem, Type::Seq)
            }
            (Kind::BracketExpr, Type::Set(elem)) if n.len() == 2 => {
                self.spell_part(n.kid(1), elem, Type::Set)
            }
            (Kind::BracketExpr, Type::OpenArray(elem)) if n.len() == 2 => {
                self.spell_part(n.kid(1), elem, Type::OpenArray)
            }
            (Kind::BracketExpr, Type::Array { index, elem }) if n.len() == 3 => {
                self.spell_part(n.kid(2), elem, |elem| Type::Array { index, elem })
            }
            (Kind::RefTy, Type::Ref(inner)) if n.len() == 1 => {
                self.spell_part(n.kid(0), inner, Type::Ref)
            }
            (Kind::PtrTy, Type::Ptr(inner)) if n.len() == 1 => {
                self.spell_part(n.kid(0), inner, Type::Ptr)
            }
            (Kind::VarTy, Type::Var(inner)) if n.len() == 1 => {
                self.spell_part(n.kid(0), inner, Type::Var)
            }
            (Kind::TupleConstr, Type::Tuple(parts)) if n.len() == parts.len() => {
                let spelled = n.kids().zip(&parts);
                let spelled = spelled.map(|(kid, &(_, part))| self.spell_type(kid, part));
                let spelled: Vec<Spelling> = spelled.collect();
                self.spell_tuple(parts, spelled)
            }
            (Kind::TupleTy, Type::Tuple(parts)) => self.spell_named_tuple(n, parts),
            _ => Spelling(ty),
        }
    }

    /// The same where `n` computes the type.
    fn spell_computed(&mut self, n: Cursor<'_>, ty: TypeId) -> Spelling {
        let (value, _) = self.speculate_in_place(|c| c.expr(n, None));
        match value.kind {
            ExprKind::TypeName(spelling) => spelling,
            _ => Spelling(ty),
        }
    }

    fn spell_part(
        &mut self,
        n: Cursor<'_>,
        part: TypeId,
        whole: impl FnOnce(TypeId) -> Type,
    ) -> Spelling {
        let part = self.spell_type(n, part);
        Spelling(self.intern(whole(part.0)))
    }

    fn spell_named_tuple(&mut self, n: Cursor<'_>, parts: Vec<(Option<Name>, TypeId)>) -> Spelling {
        let mut spelled = Vec::new();
        for def in n.kids().filter(|def| def.is(Kind::IdentDefs)) {
            let names = def.len() - 2;
            let first = spelled.len();
            for &(_, part) in parts.iter().skip(first).take(names) {
                spelled.push(self.spell_type(def.kid(names), part));
            }
        }
        self.spell_tuple(parts, spelled)
    }

    fn spell_tuple(
        &mut self,
        mut parts: Vec<(Option<Name>, TypeId)>,
        spelled: Vec<Spelling>,
    ) -> Spelling {
        for (part, spelling) in parts.iter_mut().zip(spelled) {
            part.1 = spelling.0;
        }
        Spelling(self.intern(Type::Tuple(parts)))
    }

    /// How the type of a value would be written, which `n` gives.
    pub(super) fn spell_value_at(&mut self, n: Cursor<'_>, value: &Expr) -> Spelling {
        match (n.kind(), &value.kind) {
            (Kind::Par, _) if n.len() == 1 => self.spell_value_at(n.kid(0), value),
            (Kind::FloatLit | Kind::Float64Lit, _) if value.ty == TypeId::FLOAT => {
                self.named_spelling("float64")
            }
            (Kind::Call | Kind::Command | Kind::Cast, _)
                if n.len() == 2 && self.denotes_type(n.kid(0)) =>
            {
                self.spell_type(n.kid(0), value.ty)
            }
            (Kind::DotExpr, _) if n.len() == 2 && self.denotes_type(n.kid(1)) => {
                self.spell_type(n.kid(1), value.ty)
            }
            // A constant is its value where it is used.
            (Kind::Ident | Kind::AccQuoted | Kind::Sym, ExprKind::Int(_) | ExprKind::Float(_)) => {
                let syms = simple_name(n).map(|name| self.lookup(name));
                let found = syms.unwrap_or_default().into_iter();
                let is_const = |sym: &SymId| matches!(self.s.sym(*sym).kind, SymKind::Const(_));
                let mut known = found
                    .filter(is_const)
                    .filter_map(|sym| self.s.spellings.symbols.get(&sym).copied());
                known.next().unwrap_or(Spelling(value.ty))
            }
            // What was computed here already is no literal.
            (_, ExprKind::Float(_)) => Spelling(value.ty),
            _ => self.spell_value(value),
        }
    }

    /// How the type of a value would be written.
    pub(super) fn spell_value(&mut self, value: &Expr) -> Spelling {
        let ty = value.ty;
        match &value.kind {
            ExprKind::Float(_) if ty == TypeId::FLOAT => self.named_spelling("float64"),
            ExprKind::AddrOf(inner) if matches!(self.get(ty), Type::Ptr(_)) => {
                let inner = self.spell_value(inner).0;
                Spelling(self.intern(Type::Ptr(inner)))
            }
            ExprKind::Tuple(values) => {
                let spelled = values.iter().map(|value| self.spell_value(value)).collect();
                match self.get(ty).clone() {
                    Type::Tuple(parts) => self.spell_tuple(parts, spelled),
                    _ => Spelling(ty),
                }
            }
            ExprKind::Array(values) => match values.first() {
                Some(first) => {
                    let first = self.spell_value(first).0;
                    self.spell_container(ty, first)
                }
                None => Spelling(ty),
            },
            ExprKind::Convert { value: inner, .. } if inner.ty == ty => self.spell_value(inner),
            _ => self.spell_place(value),
        }
    }

    /// The same for what has a name, and for its parts.
    pub(super) fn spell_place(&self, value: &Expr) -> Spelling {
        let ty = value.ty;
        match &value.kind {
            ExprKind::Local(id) => {
                // A frame that was only tried may be gone.
                let locals = self.frames.last().map(|frame| &frame.locals[..]);
                let local = locals.unwrap_or_default().get(id.0 as usize);
                local
                    .filter(|local| local.ty == ty)
                    .map_or(Spelling(ty), |local| local.spelled)
            }
            ExprKind::Global(id) => match self.s.globals.get(id.0 as usize) {
                Some(Some(global)) => global.spelled,
                _ => Spelling(ty),
            },
            ExprKind::Call(id, _) => match self.s.spellings.results.get(id) {
                Some(&spelling) => spelling,
                None => Spelling(ty),
            },
            ExprKind::Deref(inner) => {
                let whole = self.spell_place(inner);
                match *self.get(whole.0) {
                    Type::Var(inner) | Type::Lent(inner) | Type::Ref(inner) | Type::Ptr(inner) => {
                        Spelling(inner)
                    }
                    _ => Spelling(ty),
                }
            }
            ExprKind::Field { object, field, .. } => match self.s.types.object(object.ty) {
                Some((_, body)) => body.fields[*field].spelled,
                None => Spelling(ty),
            },
            ExprKind::Index { base, .. } => {
                let whole = self.spell_place(base);
                self.spelled_elem(whole).unwrap_or(Spelling(ty))
            }
            ExprKind::TupleField(tuple, index) => {
                let whole = self.spell_place(tuple);
                match self.get(whole.0) {
                    Type::Tuple(parts) => Spelling(parts[*index].1),
                    _ => Spelling(ty),
                }
            }
            _ => Spelling(ty),
        }
    }

    /// The element of a container, as it was written.
    pub(super) fn spelled_elem(&self, whole: Spelling) -> Option<Spelling> {
        match *self.get(whole.0) {
            Type::Seq(elem)
            | Type::Set(elem)
            | Type::OpenArray(elem)
            | Type::UncheckedArray(elem)
            | Type::Array { elem, .. } => Some(Spelling(elem)),
            _ => None,
        }
    }

    /// A container with elements that are written so.
    fn spell_container(&mut self, ty: TypeId, elem: TypeId) -> Spelling {
        let whole = match *self.get(ty) {
            Type::Seq(_) => Type::Seq(elem),
            Type::Array { index, .. } => Type::Array { index, elem },
            _ => return Spelling(ty),
        };
        Spelling(self.intern(whole))
    }
}

/// How the types were written that generic parameters stand for, by the parameters' numbers.
pub(super) type SpelledBinds = FxHashMap<u32, Spelling>;

impl Checker<'_, '_> {
    /// How a call's arguments write the types that the parameters of a generic routine are bound to.
    pub(super) fn spell_binds(
        &mut self,
        head: &RoutineSym,
        binds: &Bindings,
        slots: &[Slot],
        args: &[Given<'_>],
    ) -> SpelledBinds {
        let mut spelled = SpelledBinds::default();
        for (param, slot) in head.params.iter().zip(slots) {
            let Some(given) = slot.first().and_then(|&at| args.get(at)) else {
                continue;
            };
            let Some(value) = &given.typed else {
                continue;
            };
            let actual = self.type_as_value(value.ty);
            let written = match (&value.kind, &given.node) {
                (ExprKind::TypeName(written), _) => *written,
                (ExprKind::Nop, _) => Spelling(actual),
                (_, GivenNode::Node(node)) => self.spell_value_at(*node, value),
                _ => self.spell_value(value),
            };
            let formal = match *self.get(param.ty) {
                Type::Varargs(elem) | Type::TypeDesc(elem) => elem,
                _ => param.ty,
            };
            self.bind_spelling(formal, actual, written.0, binds, &mut spelled);
        }
        spelled
    }

    fn bind_spelling(
        &self,
        formal: TypeId,
        actual: TypeId,
        written: TypeId,
        binds: &Bindings,
        spelled: &mut SpelledBinds,
    ) {
        if let Type::Param(number) = *self.get(formal) {
            if binds.get(&number) == Some(&actual) {
                spelled.entry(number).or_insert(Spelling(written));
            }
            return;
        }
        let part = |ty: TypeId| match *self.get(ty) {
            Type::Seq(part)
            | Type::Set(part)
            | Type::OpenArray(part)
            | Type::Array { elem: part, .. }
            | Type::Ref(part)
            | Type::Ptr(part) => Some(part),
            _ => None,
        };
        match *self.get(formal) {
            Type::Var(inner) | Type::Sink(inner) | Type::Lent(inner) => {
                self.bind_spelling(inner, actual, written, binds, spelled);
            }
            _ => {
                if let (Some(formal), Some(actual), Some(written)) =
                    (part(formal), part(actual), part(written))
                {
                    self.bind_spelling(formal, actual, written, binds, spelled);
                }
            }
        }
    }

    /// How a type is written in an instance, where it is `ty`; `formal` is what the generic routine says.
    pub(super) fn spell_bound(
        &mut self,
        formal: TypeId,
        ty: TypeId,
        spelled: &SpelledBinds,
    ) -> Spelling {
        match self.written_bound(formal, spelled) {
            Some(written) if formal != ty => Spelling(written),
            _ => Spelling(ty),
        }
    }

    fn written_bound(&mut self, formal: TypeId, spelled: &SpelledBinds) -> Option<TypeId> {
        let whole = match *self.get(formal) {
            Type::Param(number) => return spelled.get(&number).map(|spelling| spelling.0),
            Type::Seq(part) => Type::Seq(self.written_bound(part, spelled)?),
            Type::OpenArray(part) => Type::OpenArray(self.written_bound(part, spelled)?),
            Type::Ref(part) => Type::Ref(self.written_bound(part, spelled)?),
            Type::Ptr(part) => Type::Ptr(self.written_bound(part, spelled)?),
            Type::Var(part) => Type::Var(self.written_bound(part, spelled)?),
            Type::Lent(part) => Type::Lent(self.written_bound(part, spelled)?),
            _ => return None,
        };
        Some(self.intern(whole))
    }
}
