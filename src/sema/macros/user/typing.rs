//! What the checker knows of the nodes of an argument that a macro takes typed.
//!
//! In: the argument's tree. Out: its types and symbols by node ([`Typing`]), found by checking it for nothing but that, and noted
//! on the way by [`Checker::note_typing`].

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::calls::CallShape;
use crate::sema::checker::Checker;
use crate::sema::magic::Magic;
use crate::sema::routine::part;
use crate::sema::symbols::{SymId, SymKind};
use crate::sema::typed::{Expr, ExprKind};
use crate::sema::typeexpr::simple_name;
use crate::sema::types::{IntTy, Type, TypeId};
use crate::source::Place;
use crate::syntax::tree::{Cursor, Handle, Kind, NodeId, Tree};

/// What the checker knows of the nodes of typed arguments.
#[derive(Default)]
pub(in crate::sema) struct Typing {
    pub types: FxHashMap<(usize, NodeId), TypeId>,
    pub symbols: FxHashMap<(usize, NodeId), SymId>,
    /// Names of fields, with their types if these are known.
    pub fields: FxHashMap<(usize, NodeId), TypeId>,
    /// What is a number or a text already, though it is not written as one.
    pub values: FxHashMap<(usize, NodeId), (Kind, ExprKind)>,
    /// What holds an address that is looked through, and the type of what is there.
    pub derefs: FxHashMap<(usize, NodeId), TypeId>,
    /// Calls of types.
    pub conversions: FxHashSet<(usize, NodeId)>,
    /// What stands in the place of calls of templates.
    pub expansions: FxHashMap<(usize, NodeId), Handle>,
    /// What the checked arguments in such an expansion were, by their numbers.
    pub given: FxHashMap<u32, Handle>,
    /// Calls that were resolved.
    pub calls: FxHashMap<(usize, NodeId), CallShape>,
    /// Names that the argument itself declares, where it does and where it uses them: what kind of symbol, and of which type. It declares
    /// them again where the macro puts it.
    pub own: FxHashMap<(usize, NodeId), (u64, TypeId)>,
    /// What loops go over, with the iterator that is implied.
    pub implied: FxHashMap<(usize, NodeId), SymId>,
    /// Symbols of the module from this one on are of the argument itself.
    pub since: usize,
    /// The argument, of which all was checked.
    pub whole: Option<(usize, NodeId)>,
}

impl Typing {
    pub fn key(n: Cursor<'_>) -> (usize, NodeId) {
        (std::ptr::from_ref(n.tree) as usize, n.id)
    }
}

impl Typing {
    /// A tree is new: what was known of one that had its address before is of no use.
    pub(in crate::sema) fn forget(&mut self, tree: usize) {
        let other = |key: &(usize, NodeId)| key.0 != tree;
        self.types.retain(|key, _| other(key));
        self.symbols.retain(|key, _| other(key));
        self.fields.retain(|key, _| other(key));
        self.values.retain(|key, _| other(key));
        self.calls.retain(|key, _| other(key));
        self.own.retain(|key, _| other(key));
        self.implied.retain(|key, _| other(key));
        self.expansions.retain(|key, _| other(key));
        self.derefs.retain(|key, _| other(key));
        self.conversions.retain(other);
    }

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
        moved(&mut self.calls, from, to);
        moved(&mut self.own, from, to);
        moved(&mut self.implied, from, to);
        moved(&mut self.expansions, from, to);
        moved(&mut self.derefs, from, to);
        let conversions = std::mem::take(&mut self.conversions).into_iter();
        let there = |tree| if tree == from { to } else { tree };
        self.conversions = conversions.map(|(tree, id)| (there(tree), id)).collect();
        for shape in self.calls.values_mut() {
            shape.move_to(from, to);
        }
    }
}

impl Checker<'_, '_> {
    /// What the checker finds out about the nodes of a typed argument.
    pub(super) fn typing_of(&mut self, n: Cursor<'_>, known: Option<&Expr>) -> Typing {
        let since = self.s.modules[self.module.0 as usize].syms.len();
        let outer = self.typing.replace(Typing {
            since,
            ..Typing::default()
        });
        let bound = known.is_some_and(|expr| matches!(self.get(expr.ty), Type::TypeDesc(_)));
        let tree = self.share(n.tree);
        let at = tree.at(n.id);
        if matches!(at.kind(), Kind::Ident | Kind::AccQuoted | Kind::Sym) && self.names_routines(at)
        {
            let first = self.syms_of(at).and_then(|(_, syms)| syms.first().copied());
            if let (Some(sym), Some(typing)) = (first, &mut self.typing) {
                typing.symbols.insert(Typing::key(at), sym);
            }
        } else if self.is_for_macro_alone(at) && !self.declares_variables(at) {
            // Looked at where it comes out.
        } else if bound || self.denotes_type(at) {
            self.speculate_in_place(|c| c.typing_of_type(at));
        } else {
            let (_, is_right) = self.speculate_in_place(|c| c.expr(at, None));
            if let Some(typing) = self.typing.as_mut().filter(|_| is_right) {
                typing.whole = Some(Typing::key(n));
            }
        }
        let mut typing = std::mem::replace(&mut self.typing, outer).unwrap_or_default();
        // What the argument itself declares, it declares again where the macro puts it.
        let module = self.module;
        typing
            .symbols
            .retain(|_, sym| sym.module() != module || sym.index() < since);
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

    /// Statements that declare nothing but variables.
    fn declares_variables(&self, n: Cursor<'_>) -> bool {
        let declares_more = |n: Cursor<'_>| {
            let section = matches!(n.kind(), Kind::TypeSection | Kind::ConstSection);
            section || n.kind().declares_routine()
        };
        match n.kind() {
            Kind::VarSection | Kind::LetSection => true,
            Kind::StmtList => !n.kids().any(declares_more),
            _ => false,
        }
    }

    /// Does the argument itself declare the symbol?
    pub(super) fn is_own(&self, sym: SymId, typing: &Typing) -> bool {
        sym.module() == self.module && sym.index() >= typing.since
    }

    /// Notes that a loop of a typed argument goes over this by the iterator that was called last.
    pub(in crate::sema) fn note_implied(&mut self, n: Cursor<'_>) {
        if let (Some(typing), Some(iterator)) = (&mut self.typing, self.last_called) {
            typing.implied.insert(Typing::key(n), iterator);
        }
    }

    /// Notes that a typed argument declares a variable.
    pub(in crate::sema) fn note_own(&mut self, n: Cursor<'_>, kind: u64, ty: TypeId) {
        let (name, _) = n.with_pragmas();
        if let Some(typing) = &mut self.typing
            && name.is(Kind::Ident)
        {
            typing.own.insert(Typing::key(name), (kind, ty));
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
            // It declares names of its own.
            Kind::Infix if self.names_macro(n.kid(0), "=>") => {}
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
    pub(in crate::sema) fn typing_of_type(&mut self, n: Cursor<'_>) {
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
                match called {
                    Some(SymKind::Routine(head)) => {
                        !matches!(head.pragmas.magic, Some(Magic::High | Magic::Low))
                    }
                    _ => false,
                }
            }
            _ => false,
        };
        replaced.then(|| (kind, expr.kind.clone()))
    }

    /// A tree was made that is checked in the place of a call.
    pub(in crate::sema) fn begin_expansion(&mut self, tree: &Arc<Tree>) {
        if let Some(typing) = &mut self.typing {
            typing.forget(Arc::as_ptr(tree) as usize);
        }
    }

    /// It was checked.
    pub(in crate::sema) fn end_expansion(&mut self, tree: Arc<Tree>, place: Place) {
        let root = tree.root.filter(|_| self.typing.is_some());
        self.last_expansion = root.map(|id| (Handle { tree, id }, place));
    }

    /// Notes what stands in the place of the call of a template or macro.
    fn note_expansion(&mut self, n: Cursor<'_>, expansion: Handle) {
        let root = expansion.cursor();
        let several = root.is(Kind::StmtList) && root.len() > 1;
        // What the library does inside is its own business.
        let hides = several && self.last_called.is_some_and(|sym| self.is_of_library(sym))
            || has_open_params(root);
        if let Some(typing) = self.typing.as_mut().filter(|_| !hides) {
            typing.expansions.insert(Typing::key(n), expansion);
        }
    }

    /// Notes what an argument was that a template's expansion has checked.
    pub(in crate::sema) fn note_given(&mut self, number: u32, n: Option<Cursor<'_>>) {
        let Some(n) = n.filter(|_| self.typing.is_some()) else {
            return;
        };
        let tree = self.share(n.tree);
        if std::ptr::eq(n.tree, Arc::as_ptr(&tree))
            && let Some(typing) = &mut self.typing
        {
            typing.given.insert(number, Handle { tree, id: n.id });
        }
    }

    fn is_of_library(&self, sym: SymId) -> bool {
        let file = self.s.modules[sym.module().0 as usize].file;
        self.loader.is_library(file)
    }

    /// Notes that a node converts to a type.
    fn note_conversion(&mut self, n: Cursor<'_>, to: Cursor<'_>, expr: &Expr) {
        if self.last_called.is_none()
            && !matches!(self.get(expr.ty), Type::TypeDesc(_))
            && self.denotes_type(to)
            && !(n.is(Kind::DotExpr) && self.denotes_type(n.kid(0)))
            && let Some(typing) = &mut self.typing
        {
            typing.conversions.insert(Typing::key(n));
            self.typing_of_type(to);
        }
    }

    /// Notes what the call that was resolved last looks like, if it is this one.
    fn note_call(&mut self, n: Cursor<'_>) {
        let Some(shape) = self.last_shape.take().filter(|shape| shape.is_of(n)) else {
            return;
        };
        let callee = match (n.kind(), n.get(0)) {
            (Kind::DotExpr, _) => n,
            (_, Some(callee)) => callee,
            _ => return,
        };
        let name = match callee.kind() {
            Kind::DotExpr => callee.kid(1),
            _ => callee,
        };
        if matches!(name.kind(), Kind::Ident | Kind::AccQuoted | Kind::Sym)
            && let Some(typing) = &mut self.typing
        {
            typing.calls.insert(Typing::key(n), shape);
        }
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
        if let Some((expansion, place)) = self.last_expansion.take() {
            let is_name = matches!(n.kind(), Kind::Ident | Kind::AccQuoted);
            if is_name || place == expr.place {
                self.note_expansion(n, expansion);
            }
            // A name that was named since then stands in the expansion.
            self.last_named = self.last_named.filter(|_| !is_name);
        }
        let Some(typing) = &mut self.typing else {
            return;
        };
        match n.kind() {
            Kind::Ident | Kind::AccQuoted => self.note_name(n, expr),
            Kind::DotExpr
                if matches!(expr.kind, ExprKind::Field { .. } | ExprKind::TupleField(..)) =>
            {
                self.note_field(n, expr);
            }
            Kind::ObjConstr => {
                for part in n.kids().skip(1).filter(|part| part.len() == 2) {
                    typing
                        .fields
                        .insert(Typing::key(part.kid(0)), TypeId::ERROR);
                }
                self.typing_of_type(n.kid(0));
            }
            Kind::DotExpr if self.last_shape.is_some() => self.note_call(n),
            Kind::DotExpr => self.note_conversion(n, n.kid(1), expr),
            Kind::Call | Kind::Command | Kind::Infix | Kind::Prefix | Kind::Postfix => {
                self.note_call(n);
                if n.is(Kind::Call) && n.len() == 2 {
                    self.note_conversion(n, n.kid(0), expr);
                }
                self.note_callee(n);
            }
            _ => {}
        }
    }

    /// Notes the symbol that a name means.
    fn note_name(&mut self, n: Cursor<'_>, expr: &Expr) {
        let (Some(sym), Some(typing)) = (self.last_named.take(), &mut self.typing) else {
            return;
        };
        if let ExprKind::Deref(inner) = &expr.kind
            && matches!(self.s.types.get(inner.ty), Type::Var(_) | Type::Lent(_))
        {
            typing.derefs.insert(Typing::key(n), expr.ty);
        }
        if sym.module() != self.module || sym.index() < typing.since {
            typing.symbols.insert(Typing::key(n), sym);
        } else if n.is(Kind::Ident) {
            let kind = self.symbol_kind(sym);
            self.note_own(n, kind, expr.ty);
        }
    }

    /// Notes the name of a field, and that its object stands behind a reference.
    fn note_field(&mut self, n: Cursor<'_>, expr: &Expr) {
        let Some(typing) = &mut self.typing else {
            return;
        };
        typing.fields.insert(Typing::key(n.kid(1)), expr.ty);
        let ExprKind::Field { object, .. } = &expr.kind else {
            return;
        };
        let object = object_itself(object);
        if let ExprKind::Deref(pointer) = &object.kind
            && matches!(self.s.types.get(pointer.ty), Type::Ref(_) | Type::Ptr(_))
            && !matches!(n.kid(0).kind(), Kind::BracketExpr | Kind::DerefExpr)
        {
            typing.derefs.insert(Typing::key(n.kid(0)), object.ty);
        }
    }

    /// Notes the routine that is called.
    fn note_callee(&mut self, n: Cursor<'_>) {
        let called = self.last_called.take();
        let Some(callee) = n.get(0) else { return };
        let callee = match callee.is(Kind::DotExpr) {
            true => callee.kid(1),
            false => callee,
        };
        if matches!(callee.kind(), Kind::Ident | Kind::AccQuoted) {
            let syms = self.syms_of(callee);
            let called = called.or_else(|| syms?.1.first().copied());
            // The name of a value is not that of the `()` which is called with it.
            let named = called.filter(|&sym| Some(self.s.sym(sym).name) == simple_name(callee));
            if let (Some(sym), Some(typing)) = (named, &mut self.typing) {
                typing.symbols.insert(Typing::key(callee), sym);
            }
        }
    }
}

/// Is there a lambda without the types of its parameters, which the call told that it stood in?
fn has_open_params(n: Cursor<'_>) -> bool {
    let is_open = |def: Cursor<'_>| {
        def.is(Kind::IdentDefs) && def.def_type().is_empty() && def.last().is_empty()
    };
    let is_lambda = matches!(n.kind(), Kind::Lambda | Kind::Do);
    is_lambda && n.kid(part::PARAMS).kids().any(is_open) || n.kids().any(has_open_params)
}

/// The object that is looked at as one of a base.
fn object_itself(object: &Expr) -> &Expr {
    match &object.kind {
        ExprKind::Convert { value, .. } => object_itself(value),
        _ => object,
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
