//! The copy of a template's body that an expansion checks.
//!
//! In: a node of the body, and what its names turn into. Out: nodes of the expansion's tree. Names that nothing replaces are bound where the
//! template stands, as the copy says of each.

use rustc_hash::FxHashMap;

use super::checker::Checker;
use super::foreign::Foreign;
use super::hygiene::opens_scope;
use super::lookup::Bound;
use super::routine::part;
use super::typed::ExprKind;
use super::typeexpr::simple_name;
use super::types::Type;
use crate::source::Name;
use crate::syntax::tree::{Cursor, Data, Kind, NodeId, Span, Tree};

/// What an occurrence of a name in the body turns into.
#[derive(Clone)]
pub(super) enum Replacement<'t> {
    /// The argument's tree.
    Tree(Cursor<'t>),
    /// Several arguments, of `varargs[untyped]`.
    Trees(Vec<Argument<'t>>),
    /// A checked expression, by number.
    Foreign(u32),
    /// A bound name, by number.
    Symbol(u32),
    /// A fresh name.
    Fresh(Name),
}

/// One of several arguments.
#[derive(Clone)]
pub(super) struct Argument<'t> {
    /// `name = tree`
    pub name: Option<Name>,
    pub tree: Cursor<'t>,
}

impl Argument<'_> {
    fn copy(&self, out: &mut Tree) -> NodeId {
        let value = copy_tree(self.tree, out);
        let Some(name) = self.name else {
            return value;
        };
        let span = self.tree.span();
        let name = out.leaf(Kind::Ident, span, Data::Name(name));
        out.inner(Kind::ExprEqExpr, span, &[name, value])
    }
}

/// A copy that is being made.
pub(super) struct Expansion<'t> {
    pub(super) out: Tree,
    pub(super) map: FxHashMap<Name, Replacement<'t>>,
    /// Arguments that are names.
    pub(super) given: FxHashMap<Name, Name>,
    pub(super) module: super::symbols::ModuleIx,
    pub(super) depth: usize,
    pub(super) order: u32,
    pub(super) dirty: bool,
    /// Names under `bind`.
    pub(super) closed: Vec<Name>,
    /// Names under `mixin`.
    pub(super) open: Vec<Name>,
    /// All that is made up stands here.
    pub(super) span: Span,
    /// What was written in the body is told as standing there.
    pub(super) told: bool,
}

impl Expansion<'_> {
    /// Is it a quoted tree with arguments?
    pub(super) fn has_holes(&self) -> bool {
        self.map.values().any(|replacement| {
            matches!(replacement, Replacement::Fresh(name) if super::macros::hole_of(*name).is_some())
        })
    }
}

impl Checker<'_, '_> {
    /// Copies a node of the body with all replacements.
    pub(super) fn copy(&mut self, n: Cursor<'_>, x: &mut Expansion<'_>) -> NodeId {
        self.copy_kid(Kind::StmtList, n, x)
    }

    fn copy_kid(&mut self, parent: Kind, n: Cursor<'_>, x: &mut Expansion<'_>) -> NodeId {
        if x.dirty || !opens_scope(parent, n) {
            return self.copy_here(n, x);
        }
        let outer = self.inner_declarations(n, x);
        let id = self.copy_here(n, x);
        if let Some(outer) = outer {
            x.map = outer;
        }
        id
    }

    /// Copies a node as a part of the scope around it.
    fn copy_here(&mut self, n: Cursor<'_>, x: &mut Expansion<'_>) -> NodeId {
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
            kind if kind.declares_routine() => return self.copy_routine(n, x),
            _ => {}
        }
        match n.node().data {
            Data::Kids { .. } => {
                let mut kids = Vec::with_capacity(n.len());
                for kid in n.kids() {
                    if let Some(name) = kid.name()
                        && let Some(Replacement::Trees(trees)) = x.map.get(&name).cloned()
                    {
                        kids.extend(trees.into_iter().map(|tree| tree.copy(&mut x.out)));
                        continue;
                    }
                    kids.push(self.copy_kid(n.kind(), kid, x));
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
                    .map(|tree| tree.copy(&mut x.out))
                    .collect();
                x.out.inner(Kind::Bracket, x.span, &kids)
            }
            Some(Replacement::Foreign(number)) => {
                x.out.leaf(Kind::Typed, x.span, Data::Foreign(number))
            }
            Some(Replacement::Symbol(number)) => {
                x.out.leaf(Kind::Sym, x.span, Data::Foreign(number))
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
