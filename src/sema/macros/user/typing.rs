//! What the checker knows of the nodes of an argument that a macro takes typed.
//!
//! In: the argument's tree. Out: its types and symbols by node ([`Typing`]), found by checking it for nothing but that, and noted
//! on the way by [`Checker::note_typing`].

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::wire::Typing;
use crate::sema::checker::Checker;
use crate::sema::magic::Magic;
use crate::sema::symbols::{SymId, SymKind};
use crate::sema::typed::{Expr, ExprKind};
use crate::sema::types::{IntTy, Type, TypeId};
use crate::syntax::tree::{Cursor, Kind, NodeId};

impl Typing {
    /// What is known of the nodes of one tree is known of those of another one, which is the same.
    fn move_keys(&mut self, from: usize, to: usize) {
        fn moved<T>(map: &mut FxHashMap<(usize, NodeId), T>, from: usize, to: usize) {
            let all = std::mem::take(map).into_iter();
            let there = |tree| if tree == from { to } else { tree };
            *map = all
                .map(|((tree, id), of)| ((there(tree), id), of))
                .collect();
        }
        moved(&mut self.types, from, to);
        moved(&mut self.symbols, from, to);
        moved(&mut self.fields, from, to);
        moved(&mut self.values, from, to);
    }
}

impl Checker<'_, '_> {
    /// What the checker finds out about the nodes of a typed argument.
    pub(super) fn typing_of(&mut self, n: Cursor<'_>, known: Option<&Expr>) -> Typing {
        let outer = self.typing.replace(Typing::default());
        let bound = known.is_some_and(|expr| matches!(self.get(expr.ty), Type::TypeDesc(_)));
        let tree = self.share(n.tree);
        let at = tree.at(n.id);
        let before = self.s.modules[self.module.0 as usize].syms.len();
        if matches!(at.kind(), Kind::Ident | Kind::AccQuoted | Kind::Sym) && self.names_routines(at)
        {
            let first = self.syms_of(at).and_then(|(_, syms)| syms.first().copied());
            if let (Some(sym), Some(typing)) = (first, &mut self.typing) {
                typing.symbols.insert(Typing::key(at), sym);
            }
        } else if self.is_for_macro_alone(at) {
            // Looked at where it comes out.
        } else if bound || self.denotes_type(at) {
            self.speculate_in_place(|c| c.typing_of_type(at));
        } else {
            self.speculate_in_place(|c| c.expr(at, None));
        }
        let mut typing = std::mem::replace(&mut self.typing, outer).unwrap_or_default();
        // What the argument itself declares, it declares again where the macro puts it.
        let module = self.module;
        typing
            .symbols
            .retain(|_, sym| sym.module() != module || sym.index() < before);
        if !self.is_for_macro_alone(at) {
            self.fill_typing(at, &mut typing);
        }
        if let Some(expr) = known.filter(|expr| expr.ty != TypeId::VOID) {
            typing.types.insert(Typing::key(at), expr.ty);
        }
        // The tree may be a share at another address.
        if !std::ptr::eq(n.tree, Arc::as_ptr(&tree)) {
            let here = Arc::as_ptr(&tree) as usize;
            typing.move_keys(here, std::ptr::from_ref(n.tree) as usize);
        }
        typing
    }

    /// An argument that a macro takes typed and that is no expression: a declaration, which counts when the macro gives it
    /// back, or the name of routines.
    pub(in crate::sema) fn is_for_macro_alone(&mut self, n: Cursor<'_>) -> bool {
        let declares = |n: Cursor<'_>| {
            let section = matches!(
                n.kind(),
                Kind::TypeSection | Kind::VarSection | Kind::LetSection | Kind::ConstSection
            );
            section || n.kind().declares_routine()
        };
        match n.kind() {
            Kind::StmtList => n.kids().any(declares),
            Kind::Ident | Kind::AccQuoted | Kind::Sym => self.names_routines(n),
            _ => declares(n),
        }
    }

    /// Does a node mean nothing but routines?
    pub(in crate::sema) fn names_routines(&mut self, n: Cursor<'_>) -> bool {
        let Some((_, syms)) = self.syms_of(n) else {
            return false;
        };
        let is_routine = |&sym: &SymId| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => {
                !(matches!(head.kind, Kind::TemplateDef | Kind::MacroDef) && head.params.is_empty())
                    || head.marks_pragma()
            }
            _ => false,
        };
        !syms.is_empty() && syms.iter().all(is_routine)
    }

    /// Variables and constants in what was expanded before anybody looked at them.
    fn fill_typing(&mut self, n: Cursor<'_>, typing: &mut Typing) {
        match n.kind() {
            Kind::Ident => {
                let key = Typing::key(n);
                if typing.symbols.contains_key(&key) || typing.fields.contains_key(&key) {
                    return;
                }
                let Some((_, syms)) = self.syms_of(n) else {
                    return;
                };
                if let [only] = syms[..]
                    && matches!(
                        self.s.sym(only).kind,
                        SymKind::Local { .. }
                            | SymKind::Global { .. }
                            | SymKind::Const(_)
                            | SymKind::Type(_)
                    )
                {
                    typing.symbols.insert(key, only);
                }
            }
            Kind::DotExpr => self.fill_typing(n.kid(0), typing),
            Kind::ExprColonExpr | Kind::ExprEqExpr => self.fill_typing(n.kid(1), typing),
            Kind::Call
            | Kind::Command
            | Kind::Infix
            | Kind::Prefix
            | Kind::Par
            | Kind::Bracket
            | Kind::Curly
            | Kind::TupleConstr
            | Kind::BracketExpr
            | Kind::IfExpr
            | Kind::ElifExpr
            | Kind::ElseExpr
            | Kind::StmtList => {
                for kid in n.kids() {
                    self.fill_typing(kid, typing);
                }
            }
            _ => {}
        }
    }

    /// The names in a type's tree, as far as they are plain ones.
    fn typing_of_type(&mut self, n: Cursor<'_>) {
        if let Kind::Ident | Kind::AccQuoted = n.kind() {
            let Some((_, syms)) = self.syms_of(n) else {
                return;
            };
            let found = syms.iter().copied().find(|&sym| self.is_type_symbol(sym));
            if let (Some(sym), Some(typing)) = (found, &mut self.typing) {
                typing.symbols.insert(Typing::key(n), sym);
            }
            return;
        }
        for kid in n.kids() {
            self.typing_of_type(kid);
        }
    }

    /// The number or text that Nim puts in the place of a constant's name, and of what it computes of nothing but such: the kind of the
    /// literal, and its value.
    fn value_in_place(&self, n: Cursor<'_>, expr: &Expr) -> Option<(Kind, ExprKind)> {
        let kind = match (self.get(expr.ty), &expr.kind) {
            (Type::Int(int), ExprKind::Int(_)) => int_literal(*int),
            (Type::Char, ExprKind::Int(_)) => Kind::CharLit,
            (Type::Float(4), ExprKind::Float(_)) => Kind::Float32Lit,
            (Type::Float(_), ExprKind::Float(_)) => Kind::FloatLit,
            (Type::String, ExprKind::Str(_)) => Kind::StrLit,
            _ => return None,
        };
        let replaced = match n.kind() {
            // Texts keep their names.
            Kind::Ident | Kind::AccQuoted => {
                let named = self.last_named.map(|sym| &self.s.sym(sym).kind);
                kind != Kind::StrLit && matches!(named, Some(SymKind::Const(_)))
            }
            Kind::Call | Kind::Command | Kind::Infix | Kind::Prefix => {
                let called = self.last_called.map(|sym| &self.s.sym(sym).kind);
                let magic = match called {
                    Some(SymKind::Routine(head)) => head.pragmas.magic,
                    _ => None,
                };
                !matches!(magic, Some(Magic::High | Magic::Low))
            }
            _ => false,
        };
        replaced.then(|| (kind, expr.kind.clone()))
    }

    /// Notes what is known of a node, when a typed argument is looked at.
    pub(in crate::sema) fn note_typing(&mut self, n: Cursor<'_>, expr: &Expr) {
        let Some(typing) = &mut self.typing else {
            return;
        };
        if expr.ty != TypeId::ERROR {
            typing.types.insert(Typing::key(n), expr.ty);
        }
        if let Some(value) = self.value_in_place(n, expr)
            && let Some(typing) = &mut self.typing
        {
            typing.values.insert(Typing::key(n), value);
        }
        let Some(typing) = &mut self.typing else {
            return;
        };
        match n.kind() {
            Kind::Ident | Kind::AccQuoted => {
                if let Some(sym) = self.last_named.take() {
                    typing.symbols.insert(Typing::key(n), sym);
                }
            }
            Kind::DotExpr
                if matches!(expr.kind, ExprKind::Field { .. } | ExprKind::TupleField(..)) =>
            {
                typing.fields.insert(Typing::key(n.kid(1)), expr.ty);
            }
            Kind::ObjConstr => {
                for part in n.kids().skip(1).filter(|part| part.len() == 2) {
                    typing
                        .fields
                        .insert(Typing::key(part.kid(0)), TypeId::ERROR);
                }
                self.typing_of_type(n.kid(0));
            }
            Kind::Call | Kind::Command | Kind::Infix | Kind::Prefix | Kind::Postfix => {
                let called = self.last_called.take();
                let Some(callee) = n.get(0) else { return };
                let callee = match callee.is(Kind::DotExpr) {
                    true => callee.kid(1),
                    false => callee,
                };
                if matches!(callee.kind(), Kind::Ident | Kind::AccQuoted) {
                    let syms = self.syms_of(callee);
                    let called = called.or_else(|| syms?.1.first().copied());
                    if let (Some(sym), Some(typing)) = (called, &mut self.typing) {
                        typing.symbols.insert(Typing::key(callee), sym);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The kind of the literals of a type.
fn int_literal(int: IntTy) -> Kind {
    match int {
        IntTy::Int => Kind::IntLit,
        IntTy::I8 => Kind::Int8Lit,
        IntTy::I16 => Kind::Int16Lit,
        IntTy::I32 => Kind::Int32Lit,
        IntTy::I64 => Kind::Int64Lit,
        IntTy::UInt => Kind::UIntLit,
        IntTy::U8 => Kind::UInt8Lit,
        IntTy::U16 => Kind::UInt16Lit,
        IntTy::U32 => Kind::UInt32Lit,
        IntTy::U64 => Kind::UInt64Lit,
    }
}
