//! Concepts: type classes that say what must be possible with a type.
//!
//! One with variables (`concept x, var y`) holds statements, which must compile with variables of the type; those of type
//! `bool` must be true. One without holds declarations of routines on `Self`, for each of which there must be a routine in
//! sight. Type parameters of a generic concept are bound on the way, by `is` or by the types of the routines found.
//!
//! Everything is looked up where the type is matched; nothing of a match stays but the bindings.

use std::sync::Arc;

use super::call::Given;
use super::checker::Checker;
use super::relation::{Arg, Bindings, Rel};
use super::routine::part;
use super::symbols::{ModuleIx, RoutineSym, SymId, SymKind};
use super::typed::{Expr, ExprKind, LocalKind};
use super::typeexpr::simple_name;
use super::types::{Class, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Handle, Kind};

/// A concept, with the arguments of its type parameters.
pub(super) struct Concept {
    pub module: ModuleIx,
    pub node: Handle,
    pub args: Vec<(Name, TypeId)>,
}

impl Checker<'_, '_> {
    /// The class that a concept's body stands for.
    pub(super) fn concept_type(&mut self, n: Cursor<'_>) -> TypeId {
        let node = self.handle(n);
        let args = self.types_in_scope();
        let key = (
            Arc::as_ptr(&node.tree) as usize,
            node.id,
            args.iter().map(|&(_, ty)| ty).collect(),
        );
        let next = self.s.concepts.len() as u32;
        let number = *self.s.concept_numbers.entry(key).or_insert(next);
        if number == next {
            self.s.concepts.push(Arc::new(Concept {
                module: self.env.module,
                node,
                args,
            }));
        }
        self.intern(Type::Class(Arc::new(Class::Concept(number))))
    }

    /// Type parameters and constants of the scopes around, for when the concept's body is checked elsewhere.
    fn types_in_scope(&mut self) -> Vec<(Name, TypeId)> {
        let mut found: Vec<(Name, TypeId)> = Vec::new();
        let syms: Vec<(Name, SymId)> = self
            .env
            .scopes
            .iter()
            .rev()
            .flat_map(|scope| scope.iter())
            .filter_map(|(&name, syms)| Some((name, *syms.first()?)))
            .collect();
        for (name, sym) in syms {
            if found.iter().any(|&(known, _)| known == name) {
                continue;
            }
            match self.s.sym(sym).kind.clone() {
                SymKind::Type(ty) => found.push((name, ty)),
                SymKind::Const(value) => {
                    if let Some(ty) = self.static_value(&value, value.ty) {
                        found.push((name, ty));
                    }
                }
                _ => {}
            }
        }
        found.sort_by_key(|&(name, _)| name.as_str());
        found
    }

    /// Does a type match a concept?
    pub(super) fn matches_concept(
        &mut self,
        number: u32,
        ty: TypeId,
        binds: &mut Bindings,
    ) -> bool {
        if self.matching.contains(&(number, ty)) {
            // A concept that speaks of itself.
            return true;
        }
        if self.generic(ty) || ty == TypeId::ERROR || self.matching.len() > 20 {
            return false;
        }
        let concept = self.s.concepts[number as usize].clone();
        self.matching.push((number, ty));
        let around = self.concept.replace(binds.clone());
        let mut env = self.env.clone();
        env.generic = None;
        if env.outer.is_none() && concept.module != env.module {
            env.outer = Some(concept.module);
        }
        let scope = self.argument_scope(concept.args.iter().copied(), Place::default());
        env.scopes.push(scope);
        let (holds, ok) = self.with_env(env, |c| {
            c.speculate_in_frame(|c| {
                c.push_scope();
                let holds = c.concept_holds(&concept, ty);
                c.pop_scope();
                holds
            })
        });
        let found = std::mem::replace(&mut self.concept, around);
        self.matching.pop();
        if holds && ok {
            *binds = found.unwrap_or_default();
        }
        holds && ok
    }

    fn concept_holds(&mut self, concept: &Concept, ty: TypeId) -> bool {
        let n = concept.node.cursor();
        let tree = concept.node.tree.clone();
        self.current.push(tree);
        let mut holds = true;
        for base in n.kid(2).kids() {
            let class = self.type_expr(base);
            let mut binds = self.concept.clone().unwrap_or_default();
            holds &= self.satisfies(class, ty, &mut binds);
            self.concept = Some(binds);
        }
        let body = n.kid(3);
        if n.kid(0).is_empty() {
            self.type_in_scope(Name::new("Self"), ty, self.place(n));
            holds = holds && self.each_statement(body, |c, def| c.routine_in_sight(def));
        } else {
            for variable in n.kid(0).kids() {
                holds &= self.concept_variable(variable, ty);
            }
            holds = holds && self.each_statement(body, |c, stmt| c.predicate_holds(stmt));
        }
        self.current.pop();
        holds
    }

    fn each_statement(
        &mut self,
        body: Cursor<'_>,
        mut f: impl FnMut(&mut Self, Cursor<'_>) -> bool,
    ) -> bool {
        match body.kind() {
            Kind::StmtList => body.kids().all(|stmt| f(self, stmt)),
            Kind::Empty | Kind::CommentStmt => true,
            _ => f(self, body),
        }
    }

    fn type_in_scope(&mut self, name: Name, ty: TypeId, place: Place) {
        let sym = self.new_symbol(self.symbol(name, false, place, SymKind::Type(ty)));
        if let Some(scope) = self.env.scopes.last_mut() {
            scope.insert(name, smallvec::smallvec![sym]);
        }
    }

    /// `x`, `var x`, `ref x`, `ptr x` or `type T` in a concept's head.
    fn concept_variable(&mut self, n: Cursor<'_>, ty: TypeId) -> bool {
        let place = self.place(n);
        let node = if n.is(Kind::Ident) { Some(n) } else { n.get(0) };
        let Some(name) = node.and_then(simple_name) else {
            return false;
        };
        let (ty, kind) = match n.kind() {
            Kind::TypeOfExpr => {
                self.type_in_scope(name, ty, place);
                return true;
            }
            Kind::VarTy => (ty, LocalKind::Var),
            Kind::RefTy => (self.intern(Type::Ref(ty)), LocalKind::Let),
            Kind::PtrTy => (self.intern(Type::Ptr(ty)), LocalKind::Let),
            Kind::StaticTy => {
                self.unsupported(place, "'static' variables of concepts");
                return false;
            }
            // With or without `var`, as in Nim, which takes statements that change it for a test of the type.
            _ => (ty, LocalKind::Var),
        };
        let id = self.new_local(name, ty, kind, place);
        let kind = SymKind::Local {
            depth: self.frames.len() - 1,
            id,
            ty,
            mutable: kind == LocalKind::Var,
        };
        let sym = self.new_symbol(self.symbol(name, false, place, kind));
        if let Some(scope) = self.env.scopes.last_mut() {
            scope.insert(name, smallvec::smallvec![sym]);
        }
        true
    }

    /// A statement of a concept compiles, and is true if it is a condition.
    fn predicate_holds(&mut self, stmt: Cursor<'_>) -> bool {
        let value = self.expr_or_stmt(stmt, None);
        value.ty != TypeId::ERROR && self.is_true_if_bool(&value)
    }

    pub(super) fn is_true_if_bool(&mut self, value: &Expr) -> bool {
        if value.ty != TypeId::BOOL {
            return true;
        }
        match value.kind {
            ExprKind::Int(on) => on != 0,
            _ => match self.evaluate(value) {
                Ok(value) => !matches!(value.kind, ExprKind::Int(0)),
                // What is known only at run time has compiled, which is all that is asked.
                Err(_) => true,
            },
        }
    }

    /// Is there a routine as a concept declares it?
    fn routine_in_sight(&mut self, def: Cursor<'_>) -> bool {
        if def.is(Kind::CommentStmt) {
            return true;
        }
        let Some(name) = def.get(part::NAME).and_then(simple_name) else {
            self.error(self.place(def), "a routine was expected");
            return false;
        };
        let wanted = self.head(def, name);
        for sym in self.lookup_routines(name) {
            let SymKind::Routine(head) = self.s.sym(sym).kind.clone() else {
                continue;
            };
            let mut binds = self.concept.clone().unwrap_or_default();
            if self.serves(&wanted, &head, &mut binds) {
                self.concept = Some(binds);
                return true;
            }
        }
        self.built_in_serves(name, &wanted, self.place(def))
    }

    /// Can `head` be called in the place of `wanted`?
    fn serves(&mut self, wanted: &RoutineSym, head: &RoutineSym, binds: &mut Bindings) -> bool {
        let iterator = |kind: Kind| kind == Kind::IteratorDef;
        let rest_optional = head
            .params
            .iter()
            .skip(wanted.params.len())
            .all(|p| p.default.is_some());
        if iterator(wanted.kind) != iterator(head.kind)
            || head.params.len() < wanted.params.len()
            || !rest_optional
        {
            return false;
        }
        let mut own = Bindings::default();
        for (w, h) in wanted.params.iter().zip(&head.params) {
            let want = self.substitute(w.ty, binds);
            let mutable = matches!(self.get(want), Type::Var(_));
            if matches!(self.get(h.ty), Type::Var(_)) && !mutable {
                return false;
            }
            let (want, have) = (self.s.types.bare(want), self.s.types.bare(h.ty));
            let fits = if self.generic(want) && !self.generic(have) {
                self.unify(want, have, binds)
            } else {
                self.relate(have, Arg::ty(want), &mut own)
                    .is_some_and(|rel| rel >= Rel::Subtype)
            };
            if !fits {
                return false;
            }
        }
        if head.auto_ret || wanted.auto_ret {
            return true;
        }
        let (want, have) = (
            self.substitute(wanted.ret, binds),
            self.substitute(head.ret, &own),
        );
        let (want, have) = (self.s.types.bare(want), self.s.types.bare(have));
        want == have || self.satisfies(want, have, binds)
    }

    /// What the compiler does itself (`[]` of a `seq`) is tried as a call.
    fn built_in_serves(&mut self, name: Name, wanted: &RoutineSym, place: Place) -> bool {
        let mut binds = self.concept.clone().unwrap_or_default();
        let mut args = Vec::new();
        for param in &wanted.params {
            let ty = self.substitute(param.ty, &binds);
            let ty = self.s.types.bare(ty);
            if self.generic(ty) {
                return false;
            }
            let local = self.new_local(param.name, ty, LocalKind::Var, place);
            args.push(self.make(ExprKind::Local(local), ty, place));
        }
        let (found, ok) = self.speculate(|c| {
            if let ([base, index], "[]") = (&args[..], name.as_str())
                && let Some(element) = c.element(base, index, place)
            {
                return element;
            }
            let syms = c.lookup_routines(name);
            let givens = args.iter().cloned().map(Given::checked).collect();
            c.call_symbols(name, &syms, givens, None, place)
        });
        if !ok || found.ty == TypeId::ERROR {
            return false;
        }
        let want = self.substitute(wanted.ret, &binds);
        let fits = self.satisfies(self.s.types.bare(want), found.ty, &mut binds);
        if fits {
            self.concept = Some(binds);
        }
        fits
    }
}
