//! Templates: expansion by copying trees (see `template_copy`).
//!
//! A parameter's occurrences become the argument's tree (`untyped`) or checked expression. A name that the body declares
//! itself gets a fresh spelling (see `hygiene`). Every other name is bound
//! to the template's own scope; overloads of the place of expansion join in unless `bind` forbids it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::call::{Given, GivenNode};
use super::checker::Checker;
use super::fit::Slots;
use super::foreign::Foreign;
use super::hygiene::find_binds;
use super::lookup::Bound;
use super::relation::Bindings;
use super::routine::part;
use super::symbols::{RoutineSym, SymId};
use super::template_copy::{Argument, Expansion, Replacement};
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind, NodeId, Tree};

impl Checker<'_, '_> {
    /// Expands a template and checks what comes out.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn expand(
        &mut self,
        head: &Arc<RoutineSym>,
        binds: Bindings,
        slots: Slots,
        mut args: Vec<Given<'_>>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if self.depth > 200 {
            self.error(place, "template instantiation too nested");
            return self.bad(place);
        }
        let node = head.node.clone();
        let body = node.cursor().kid(part::BODY);
        let mut expansion = Expansion {
            out: Tree {
                origin: place.origin,
                ..Tree::default()
            },
            map: FxHashMap::default(),
            given: FxHashMap::default(),
            module: head.module,
            depth: head.depth,
            order: head.order,
            dirty: head.pragmas.dirty,
            closed: Vec::new(),
            open: Vec::new(),
            span: place.span,
            told: !self
                .loader
                .is_library(self.s.modules[head.module.0 as usize].file),
        };
        let nodes: Vec<Option<Cursor<'_>>> = args
            .iter()
            .map(|a| match a.node {
                GivenNode::Node(n) => Some(n),
                GivenNode::Checked => None,
            })
            .collect();
        for (p, slot) in slots.iter().enumerate() {
            let param = &head.params[p];
            if let &[i] = &slot[..]
                && let Some(name) = nodes[i].and_then(simple_name)
            {
                expansion.given.insert(param.name, name);
            }
            let replacement = self.replacement(head, p, slot, &mut args, &nodes, &binds, place);
            match replacement {
                Some(replacement) => {
                    expansion.map.insert(param.name, replacement);
                }
                None => return self.bad(place),
            }
        }
        for generic in &head.generics {
            if let Type::Param(number) = *self.get(generic.ty)
                && let Some(&ty) = binds.get(&number)
            {
                let value = match self.get(ty) {
                    Type::StaticValue(..) => {
                        let table = self.argument_scope(std::iter::once((generic.name, ty)), place);
                        let sym = table[&generic.name][0];
                        self.sym_expr(sym, None, place)
                    }
                    _ => self.type_value(ty, place),
                };
                let number = self.foreign_typed(value);
                expansion
                    .map
                    .insert(generic.name, Replacement::Foreign(number));
            }
        }
        find_binds(body, &mut expansion);
        if !expansion.dirty {
            self.outer_declarations(body, &mut expansion);
        }
        let root = self.copy(body, &mut expansion);
        expansion.out.root = Some(root);
        stands_at(place, root, &mut expansion.out);
        let tree = Arc::new(expansion.out);
        self.begin_expansion(&tree);
        self.depth += 1;
        self.expansions.push((head.name, place));
        self.template_modules.push(head.module);
        self.current.push(tree.clone());
        let result = self.check_expansion(tree.root(), head, want, place);
        self.current.pop();
        self.template_modules.pop();
        self.expansions.pop();
        self.depth -= 1;
        let result = self.result_of_template(result, head, &binds, place);
        self.end_expansion(tree, place);
        Expr { place, ..result }
    }

    /// Expands a body with names for its parameters: those of holes, which are filled later.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn expand_quoted(
        &mut self,
        body: Cursor<'_>,
        module: super::symbols::ModuleIx,
        depth: usize,
        dirty: bool,
        params: &[Name],
        holes: &[Name],
        place: Place,
    ) -> Tree {
        let mut expansion = Expansion {
            out: Tree {
                origin: place.origin,
                ..Tree::default()
            },
            map: FxHashMap::default(),
            given: FxHashMap::default(),
            module,
            depth,
            order: u32::MAX,
            dirty,
            closed: Vec::new(),
            open: Vec::new(),
            span: place.span,
            told: false,
        };
        for (&param, &hole) in params.iter().zip(holes) {
            expansion.map.insert(param, Replacement::Fresh(hole));
        }
        find_binds(body, &mut expansion);
        if !dirty {
            self.outer_declarations(body, &mut expansion);
        }
        let root = self.copy(body, &mut expansion);
        expansion.out.root = Some(root);
        expansion.out
    }

    pub(super) fn check_expansion(
        &mut self,
        n: Cursor<'_>,
        head: &RoutineSym,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let want = match self.get(head.ret) {
            Type::Untyped | Type::Typed | Type::Void => want,
            _ if self.generic(head.ret) => want,
            _ => Some(head.ret),
        };
        // What the body declares is visible after the expansion, as if it stood there.
        if matches!(n.kind(), Kind::StmtList | Kind::Defer) {
            let kids = super::stmt::flattened(n);
            if self.statement_at.take() == Some(place) {
                return self.statements_of_expansion(&kids, want, place);
            }
            return self.statements(&kids, want, place);
        }
        self.expr_or_type(n, want)
    }

    fn expr_or_type(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if self.denotes_type(n) {
            return self.type_node_value(n);
        }
        self.expr(n, want)
    }

    /// Converts what the body gave to the declared result type.
    pub(super) fn result_of_template(
        &mut self,
        result: Expr,
        head: &RoutineSym,
        binds: &Bindings,
        place: Place,
    ) -> Expr {
        match *self.get(head.ret) {
            Type::Untyped | Type::Typed => result,
            Type::Void if matches!(self.get(result.ty), Type::TypeDesc(_)) => result,
            Type::Void if self.is_iterator_call(&result) => result,
            // No declared result: statements.
            Type::Void => self.require_void(result),
            _ => {
                let ret = self.substitute(head.ret, binds);
                if let Type::Class(_) | Type::TypeDesc(_) = self.get(ret) {
                    return result;
                }
                if !self.has_value(&result) {
                    return self.bad(place);
                }
                let target = self.s.types.bare(ret);
                self.coerce_tail(result, target)
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn replacement<'t>(
        &mut self,
        head: &Arc<RoutineSym>,
        p: usize,
        slot: &[usize],
        args: &mut [Given<'t>],
        nodes: &[Option<Cursor<'t>>],
        binds: &Bindings,
        place: Place,
    ) -> Option<Replacement<'t>> {
        let ty = head.params[p].ty;
        let untyped = match *self.get(ty) {
            // A loop over it goes over the call itself.
            Type::Untyped | Type::Iterable(_) => true,
            Type::Varargs(elem) => elem == TypeId::UNTYPED,
            _ => false,
        };
        if let Type::Varargs(elem) = *self.get(ty) {
            if untyped || elem == TypeId::TYPED {
                let mut trees = Vec::new();
                for &i in slot {
                    let (name, tree) = (args[i].name, nodes[i]?);
                    trees.push(Argument { name, tree });
                }
                return Some(Replacement::Trees(trees));
            }
            let elem = self.substitute(elem, binds);
            // One argument may be all of them.
            if let &[i] = slot
                && let Some(expr) = &args[i].typed
                && self.element_of_many(expr.ty) == Some(elem)
            {
                let expr = args[i].typed.take()?;
                return Some(Replacement::Foreign(self.foreign_typed(expr)));
            }
            let mut values = Vec::new();
            for &i in slot {
                let mut expr = args[i].typed.take()?;
                if let Some(conv) = head.params[p].conv
                    && expr.ty != elem
                {
                    let syms = self.lookup(conv);
                    let at = expr.place;
                    expr = self.call_with(conv, &syms, vec![expr], at);
                }
                values.push(self.coerce(expr, elem));
            }
            let index = self.intern(Type::Range {
                base: TypeId::INT,
                lo: 0,
                hi: values.len() as i64 - 1,
            });
            let array = self.intern(Type::Array { index, elem });
            let value = self.make(ExprKind::Array(values), array, place);
            return Some(Replacement::Foreign(self.foreign_typed(value)));
        }
        let Some(&i) = slot.first() else {
            // A default is checked where the template was declared.
            let default = head.params[p].default.clone()?;
            let env = self.env_of(head.module, head.depth);
            let target = self.substitute(ty, binds);
            let plain = matches!(
                self.get(target),
                Type::Untyped | Type::Typed | Type::Param(_)
            );
            let value = self.with_env(env, |c| {
                if plain {
                    c.expr(default.cursor(), None)
                } else {
                    c.expr_of(default.cursor(), target)
                }
            });
            return Some(Replacement::Foreign(self.foreign_typed(value)));
        };
        if untyped {
            if let Some(node) = nodes[i] {
                return Some(Replacement::Tree(node));
            }
            let expr = args[i].typed.take()?;
            return Some(Replacement::Foreign(self.foreign_typed(expr)));
        }
        if *self.get(ty) == Type::Typed
            && let Some(node) = nodes[i]
            && self.names_routines(node)
        {
            return Some(self.routine_symbol(node));
        }
        let Some(expr) = args[i].typed.take() else {
            // A lambda whose parameters' types the body tells.
            return nodes[i].map(Replacement::Tree);
        };
        let expr = match *self.get(ty) {
            Type::StaticValue(base, _) => {
                let value = self.constant_of(expr);
                self.coerce(value, base)
            }
            Type::Typed | Type::TypeDesc(_) | Type::Var(_) => expr,
            _ => {
                let target = self.substitute(ty, binds);
                if self.generic(target) || matches!(self.get(target), Type::Class(_)) {
                    expr
                } else {
                    self.coerce(expr, target)
                }
            }
        };
        if declares(&expr)
            && let Some(node) = nodes[i]
        {
            // Code with variables of its own must not be copied checked: each copy needs its own.
            return Some(Replacement::Tree(node));
        }
        let number = self.foreign_typed(expr);
        self.note_given(number, nodes[i]);
        Some(Replacement::Foreign(number))
    }

    /// The name of a routine stands for the routine, with its defaults, and not for a value; overloads are told apart where it is used.
    fn routine_symbol<'t>(&mut self, node: Cursor<'t>) -> Replacement<'t> {
        match self.syms_of(node) {
            Some((name, syms))
                if let [only] = syms[..]
                    && self.is_at_top_of_module(only, name) =>
            {
                let number = self.add_foreign(Foreign::Bound(Bound::exactly(only, name)));
                Replacement::Symbol(number)
            }
            _ => Replacement::Tree(node),
        }
    }

    fn is_at_top_of_module(&self, sym: SymId, name: Name) -> bool {
        let scope = &self.s.modules[sym.module().0 as usize].scope;
        scope.get(&name).is_some_and(|syms| syms.contains(&sym))
    }

    /// What an array, `seq` or `openArray` consists of.
    fn element_of_many(&self, ty: TypeId) -> Option<TypeId> {
        match *self.get(self.s.types.bare(ty)) {
            Type::Array { elem, .. } | Type::Seq(elem) | Type::OpenArray(elem) => Some(elem),
            Type::Varargs(elem) => Some(elem),
            _ => None,
        }
    }
}

/// An expansion as a whole stands where the call is, and so does the last statement of several, which is its value.
fn stands_at(place: Place, root: NodeId, out: &mut Tree) {
    out.elsewhere.insert(root, place);
    let root = out.at(root);
    if matches!(root.kind(), Kind::StmtList | Kind::StmtListExpr) && root.len() > 0 {
        let last = root.last().id;
        out.elsewhere.insert(last, place);
    }
}

/// Does an expression bring locals or labels into being?
fn declares(expr: &Expr) -> bool {
    expr.any(&mut |part| {
        matches!(
            part.kind,
            ExprKind::Let(..)
                | ExprKind::Block(..)
                | ExprKind::For { .. }
                | ExprKind::Try { .. }
                | ExprKind::While(..)
        )
    })
}
