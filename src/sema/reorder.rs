//! `{.experimental: "codeReordering".}`: the order in which a module's top-level statements are looked at.
//!
//! As in Nim, a declaration comes before the first statement that uses its name, and everything else stays in the order of the
//! text: a depth-first walk over who uses what. Statements that use each other in a circle need a forward declaration.
//! In: statements. Out: the same ones.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::typeexpr::simple_name;
use crate::source::Name;
use crate::syntax::tree::{Cursor, Kind, Tree};

/// The statements in the order in which they count.
pub(super) fn reordered(trees: Vec<Arc<Tree>>) -> Vec<Arc<Tree>> {
    if !trees.iter().any(|tree| asks(tree.root())) {
        return trees;
    }
    let mut declared: FxHashMap<Name, Vec<usize>> = FxHashMap::default();
    for (index, tree) in trees.iter().enumerate() {
        let mut names = Vec::new();
        declares(tree.root(), &mut names);
        for name in names {
            let places = declared.entry(name).or_default();
            // What a forward declaration stands for may come later.
            let known = places.iter().any(|&i| is_forward(trees[i].root()));
            if !known && places.last() != Some(&index) {
                places.push(index);
            }
        }
    }
    let mut walk = Walk {
        trees: &trees,
        declared: &declared,
        begun: vec![false; trees.len()],
        order: Vec::with_capacity(trees.len()),
    };
    (0..trees.len()).for_each(|i| walk.visit(i));
    walk.order.iter().map(|&i| trees[i].clone()).collect()
}

struct Walk<'a> {
    trees: &'a [Arc<Tree>],
    declared: &'a FxHashMap<Name, Vec<usize>>,
    begun: Vec<bool>,
    order: Vec<usize>,
}

impl Walk<'_> {
    fn visit(&mut self, index: usize) {
        if std::mem::replace(&mut self.begun[index], true) {
            return;
        }
        let mut used = FxHashSet::default();
        uses(self.trees[index].root(), &mut used);
        let declared = self.declared;
        let mut first: Vec<usize> = used
            .iter()
            .filter_map(|name| declared.get(name))
            .flatten()
            .copied()
            .collect();
        first.sort_unstable();
        first.into_iter().for_each(|i| self.visit(i));
        self.order.push(index);
    }
}

fn asks(n: Cursor<'_>) -> bool {
    n.is(Kind::Pragma)
        && n.kids().any(|entry| {
            entry.get(0).and_then(Cursor::name) == Some(Name::new("experimental"))
                && entry.get(1).and_then(Cursor::text) == Some(b"codeReordering")
        })
}

fn is_forward(n: Cursor<'_>) -> bool {
    matches!(n.kind(), Kind::ProcDef | Kind::FuncDef | Kind::IteratorDef) && n.last().is_empty()
}

/// The names that a statement declares for the module.
fn declares(n: Cursor<'_>, into: &mut Vec<Name>) {
    match n.kind() {
        kind if kind.declares_routine() => into.extend(simple_name(n.kid(0))),
        Kind::TypeDef => {
            into.extend(simple_name(n.kid(0)));
            let body = n.last();
            if body.is(Kind::EnumTy) {
                into.extend(body.kids().filter_map(enum_constant));
            }
        }
        Kind::ConstDef | Kind::IdentDefs | Kind::VarTuple => {
            for name in n.def_names() {
                match name.kind() {
                    Kind::VarTuple => declares(name, into),
                    _ => into.extend(simple_name(name)),
                }
            }
        }
        Kind::TypeSection
        | Kind::ConstSection
        | Kind::VarSection
        | Kind::LetSection
        | Kind::StmtList
        | Kind::WhenStmt
        | Kind::ElifBranch
        | Kind::Else => n.kids().for_each(|kid| declares(kid, into)),
        _ => {}
    }
}

fn enum_constant(n: Cursor<'_>) -> Option<Name> {
    match n.kind() {
        Kind::EnumFieldDef => simple_name(n.kid(0)),
        _ => simple_name(n),
    }
}

fn uses(n: Cursor<'_>, into: &mut FxHashSet<Name>) {
    into.extend(n.name());
    n.kids().for_each(|kid| uses(kid, into));
}
