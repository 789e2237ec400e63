//! Templates: expansion by copying trees.
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
use super::symbols::RoutineSym;
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind, NodeId, Span, Tree};

/// What an occurrence of a name in the body turns into.
#[derive(Clone)]
pub(super) enum Replacement<'t> {
    /// The argument's tree.
    Tree(Cursor<'t>),
    /// Several arguments, of `varargs[untyped]`.
    Trees(Vec<Cursor<'t>>),
    /// A checked expression, by number.
    Foreign(u32),
    /// A fresh name.
    Fresh(Name),
}

pub(super) struct Expansion<'t> {
    out: Tree,
    pub(super) map: FxHashMap<Name, Replacement<'t>>,
    /// Arguments that are names.
    given: FxHashMap<Name, Name>,
    module: super::symbols::ModuleIx,
    depth: usize,
    order: u32,
    dirty: bool,
    /// Names under `bind`.
    pub(super) closed: Vec<Name>,
    /// Names under `mixin`.
    pub(super) open: Vec<Name>,
    /// All that is made up stands here.
    span: Span,
    /// What was written in the body is told as standing there.
    told: bool,
}

impl Expansion<'_> {
    /// Is it a quoted tree with arguments?
    fn has_holes(&self) -> bool {
        self.map.values().any(|replacement| {
            matches!(replacement, Replacement::Fresh(name) if super::macros::hole_of(*name).is_some())
        })
    }
}

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
        if expansion.dirty {
            find_binds(body, &mut expansion);
        } else {
            self.find_declarations(body, &mut expansion);
        }
        let root = self.copy(body, &mut expansion);
        expansion.out.root = Some(root);
        stands_at(place, root, &mut expansion.out);
        let tree = Arc::new(expansion.out);
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
        if dirty {
            find_binds(body, &mut expansion);
        } else {
            self.find_declarations(body, &mut expansion);
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
            let place = self.place(n);
            let ty = self.type_expr(n);
            return self.type_value(ty, place);
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
            Type::Untyped => true,
            Type::Varargs(elem) => elem == TypeId::UNTYPED,
            _ => false,
        };
        if let Type::Varargs(elem) = *self.get(ty) {
            if untyped || elem == TypeId::TYPED {
                let mut trees = Vec::new();
                for &i in slot {
                    trees.push(nodes[i]?);
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
        Some(Replacement::Foreign(self.foreign_typed(expr)))
    }

    /// What an array, `seq` or `openArray` consists of.
    fn element_of_many(&self, ty: TypeId) -> Option<TypeId> {
        match *self.get(self.s.types.bare(ty)) {
            Type::Array { elem, .. } | Type::Seq(elem) | Type::OpenArray(elem) => Some(elem),
            Type::Varargs(elem) => Some(elem),
            _ => None,
        }
    }

    /// Copies a node of the body with all replacements.
    fn copy(&mut self, n: Cursor<'_>, x: &mut Expansion<'_>) -> NodeId {
        let id = self.copied(n, x);
        // What came with an argument stands where it was written.
        if x.told && x.out.nodes[id.0 as usize].span == x.span {
            x.out.elsewhere.entry(id).or_insert_with(|| n.place());
        }
        id
    }

    fn copied(&mut self, n: Cursor<'_>, x: &mut Expansion<'_>) -> NodeId {
        let span = x.span;
        match n.kind() {
            Kind::Ident => return self.copy_name(n, x),
            Kind::AccQuoted => return self.copy_quoted(n, x),
            Kind::DotExpr => {
                let object = self.copy(n.kid(0), x);
                // The name of a field or method is looked up where it is used, unless it is a parameter.
                let field = n.kid(1);
                let field = match simple_name(field) {
                    Some(name) => match x.map.get(&name) {
                        Some(Replacement::Fresh(fresh))
                            if field.is(Kind::Ident)
                                && super::macros::hole_of(*fresh).is_none() =>
                        {
                            self.bound(name, x, false)
                        }
                        None if !x.dirty => self.bound(name, x, false),
                        Some(Replacement::Foreign(_)) if let Some(&given) = x.given.get(&name) => {
                            x.out.leaf(Kind::Ident, span, Data::Name(given))
                        }
                        _ => self.copy(field, x),
                    },
                    None => self.copy(field, x),
                };
                return x.out.inner(n.kind(), span, &[object, field]);
            }
            Kind::ExprColonExpr | Kind::ExprEqExpr => {
                // Field and argument names are no references.
                let key = match simple_name(n.kid(0)) {
                    Some(name) => match x.map.get(&name).cloned() {
                        Some(Replacement::Tree(tree)) => copy_tree(tree, &mut x.out),
                        Some(Replacement::Fresh(_)) if n.is(Kind::ExprColonExpr) => {
                            x.out.leaf(Kind::Ident, span, Data::Name(name))
                        }
                        _ if n.is(Kind::ExprColonExpr) => self.bound(name, x, false),
                        _ => x.out.leaf(Kind::Ident, span, Data::Name(name)),
                    },
                    None => self.copy(n.kid(0), x),
                };
                let value = self.copy(n.kid(1), x);
                return x.out.inner(n.kind(), span, &[key, value]);
            }
            // The star of an exported name.
            Kind::Postfix if n.len() == 2 => {
                let star = copy_tree(n.kid(0), &mut x.out);
                let name = self.copy(n.kid(1), x);
                return x.out.inner(n.kind(), span, &[star, name]);
            }
            Kind::Pragma if !x.has_holes() => return copy_tree(n, &mut x.out),
            Kind::PragmaExpr => {
                let name = self.copy(n.kid(0), x);
                let pragma = self.copy(n.kid(1), x);
                return x.out.inner(n.kind(), span, &[name, pragma]);
            }
            Kind::ProcDef
            | Kind::FuncDef
            | Kind::MethodDef
            | Kind::IteratorDef
            | Kind::ConverterDef
            | Kind::TemplateDef
            | Kind::MacroDef => {
                return self.copy_routine(n, x);
            }
            _ => {}
        }
        match n.node().data {
            Data::Kids { .. } => {
                let mut kids = Vec::with_capacity(n.len());
                for kid in n.kids() {
                    if let Some(name) = kid.name()
                        && let Some(Replacement::Trees(trees)) = x.map.get(&name).cloned()
                    {
                        kids.extend(trees.into_iter().map(|tree| copy_tree(tree, &mut x.out)));
                        continue;
                    }
                    kids.push(self.copy(kid, x));
                }
                // A block of statements that a parameter stood for is not nested twice.
                if n.is(Kind::StmtList) && n.len() == 1 {
                    let only = kids[0];
                    if x.out.nodes[only.0 as usize].kind == Kind::StmtList {
                        return only;
                    }
                }
                x.out.inner(n.kind(), span, &kids)
            }
            Data::Text(_) => x.out.text(n.kind(), span, n.text().unwrap_or_default()),
            data => x.out.leaf(n.kind(), span, data),
        }
    }

    fn copy_name(&mut self, n: Cursor<'_>, x: &mut Expansion<'_>) -> NodeId {
        let name = n.name().unwrap_or_else(|| Name::new("_"));
        match x.map.get(&name).cloned() {
            Some(Replacement::Tree(tree)) => copy_tree(tree, &mut x.out),
            Some(Replacement::Trees(trees)) => {
                let kids: Vec<NodeId> = trees
                    .into_iter()
                    .map(|tree| copy_tree(tree, &mut x.out))
                    .collect();
                x.out.inner(Kind::Bracket, x.span, &kids)
            }
            Some(Replacement::Foreign(number)) => {
                x.out.leaf(Kind::Typed, x.span, Data::Foreign(number))
            }
            Some(Replacement::Fresh(fresh)) => x.out.leaf(Kind::Ident, x.span, Data::Name(fresh)),
            None if x.closed.contains(&name) => self.bound(name, x, true),
            None if x.dirty || name == "result" || name == "_" => {
                x.out.leaf(Kind::Ident, x.span, Data::Name(name))
            }
            None => self.bound(name, x, false),
        }
    }

    fn bound(&mut self, name: Name, x: &mut Expansion<'_>, closed: bool) -> NodeId {
        if x.open.contains(&name) {
            return x.out.leaf(Kind::Ident, x.span, Data::Name(name));
        }
        let number = self.add_foreign(Foreign::Bound(Bound {
            name,
            module: x.module,
            depth: x.depth,
            order: x.order,
            closed,
            exact: None,
        }));
        x.out.leaf(Kind::Sym, x.span, Data::Foreign(number))
    }

    /// `` `name` `` may be pieced together from parameters.
    fn copy_quoted(&mut self, n: Cursor<'_>, x: &mut Expansion<'_>) -> NodeId {
        if n.len() == 1 {
            let only = n.kid(0);
            if only
                .name()
                .is_some_and(|name| matches!(x.map.get(&name), Some(Replacement::Fresh(_))))
            {
                return self.copy_name(only, x);
            }
            let inner = self.copy(only, x);
            return match x.out.nodes[inner.0 as usize].kind {
                Kind::Ident => x.out.inner(Kind::AccQuoted, x.span, &[inner]),
                _ => inner,
            };
        }
        let is_hole = |kid: Cursor<'_>| match kid.name().and_then(|name| x.map.get(&name)) {
            Some(Replacement::Fresh(name)) => super::macros::hole_of(*name).is_some(),
            _ => false,
        };
        let holes: Vec<bool> = n.kids().map(is_hole).collect();
        if holes.contains(&true) {
            let mut kids: Vec<NodeId> = Vec::new();
            for (kid, hole) in n.kids().zip(holes) {
                kids.push(match hole {
                    true => self.copy_name(kid, x),
                    false => copy_tree(kid, &mut x.out),
                });
            }
            return x.out.inner(Kind::AccQuoted, x.span, &kids);
        }
        let mut text = String::new();
        for kid in n.kids() {
            let Some(name) = kid.name() else {
                if let Some(value) = kid.int() {
                    text.push_str(&value.to_string());
                }
                continue;
            };
            match x.map.get(&name) {
                Some(Replacement::Tree(tree)) => match self.bound_name(*tree) {
                    Some(name) => text.push_str(name.as_str()),
                    None => text.push_str(&super::source_text::text_of(*tree, self)),
                },
                Some(Replacement::Foreign(number)) => {
                    if let Some(Foreign::Typed(expr)) = self.foreign_at(*number) {
                        match (&expr.kind, self.get(expr.ty)) {
                            (ExprKind::Str(bytes), _) => {
                                text.push_str(&String::from_utf8_lossy(bytes))
                            }
                            (ExprKind::Int(value), _) => text.push_str(&value.to_string()),
                            (_, Type::TypeDesc(inner)) => text.push_str(&self.s.types.show(*inner)),
                            _ => text.push_str(name.as_str()),
                        }
                    }
                }
                _ => text.push_str(name.as_str()),
            }
        }
        let name = Name::new(&text);
        x.out.leaf(Kind::Ident, x.span, Data::Name(name))
    }

    /// A routine in a body: its name is declared, not referred to.
    fn copy_routine(&mut self, n: Cursor<'_>, x: &mut Expansion<'_>) -> NodeId {
        let mut kids = Vec::with_capacity(n.len());
        for (i, kid) in n.kids().enumerate() {
            let declared = i == part::NAME;
            let id = match kid {
                kid if declared => self.copy_declared(kid, x),
                kid => self.copy(kid, x),
            };
            kids.push(id);
        }
        x.out.inner(n.kind(), x.span, &kids)
    }

    fn copy_declared(&mut self, n: Cursor<'_>, x: &mut Expansion<'_>) -> NodeId {
        match n.kind() {
            Kind::Postfix => {
                let star = copy_tree(n.kid(0), &mut x.out);
                let name = self.copy_declared(n.kid(1), x);
                x.out.inner(Kind::Postfix, x.span, &[star, name])
            }
            Kind::Ident => {
                let name = n.name().unwrap_or_else(|| Name::new("_"));
                if x.map.contains_key(&name) {
                    self.copy_name(n, x)
                } else {
                    x.out.leaf(Kind::Ident, x.span, Data::Name(name))
                }
            }
            Kind::AccQuoted
                if n.len() == 1
                    && n.kid(0)
                        .name()
                        .is_some_and(|name| !x.map.contains_key(&name)) =>
            {
                copy_tree(n, &mut x.out)
            }
            _ => self.copy(n, x),
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

/// Copies an argument's tree as it is.
pub(super) fn copy_tree(n: Cursor<'_>, out: &mut Tree) -> NodeId {
    let id = copy_node(n, out);
    let place = n.place();
    if place.origin != out.origin {
        out.elsewhere.insert(id, place);
    }
    id
}

fn copy_node(n: Cursor<'_>, out: &mut Tree) -> NodeId {
    match n.node().data {
        Data::Kids { .. } => {
            let kids: Vec<NodeId> = n.kids().map(|kid| copy_tree(kid, out)).collect();
            out.inner(n.kind(), n.span(), &kids)
        }
        Data::Text(_) => out.text(n.kind(), n.span(), n.text().unwrap_or_default()),
        data => out.leaf(n.kind(), n.span(), data),
    }
}

/// Does an expression bring locals or labels into being?
fn declares(expr: &Expr) -> bool {
    let own = matches!(
        expr.kind,
        ExprKind::Let(..)
            | ExprKind::Block(..)
            | ExprKind::For { .. }
            | ExprKind::Try { .. }
            | ExprKind::While(..)
    );
    let mut found = own;
    expr.each_child(&mut |child| found = found || declares(child));
    found
}
