//! Variables in unnamed scopes of the top level (`if`, `block:`, loops): which of those of the version before each one is.
//!
//! In: the trees of a module, and the declarations of the version before. Out: a number for each declaration, which with its
//! name and the names of the blocks around it makes its identity. Declarations of one name are aligned by the longest common
//! subsequence of their texts; what stands in a gap between those is matched in order, and where that is
//! no more than a guess, a warning says so. A name that a module declares once in such scopes is matched wherever it
//! stands. The same for what templates declare under names of their own, and for `{.global.}` variables that a proc has more than one
//! of, once all are known. Never looks at types: a variable whose type has changed is still the same variable.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::checker::Checker;
use super::typed::{Expr, GlobalVarId};
use super::typeexpr::simple_name;
use super::written;
use crate::diagnostics::Diagnostic;
use crate::source::{Name, Place};
use crate::syntax::print::tree_repr;
use crate::syntax::tree::{Cursor, Kind, Tree};

/// A declaration in an unnamed scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scoped {
    /// The names of the blocks around it, and its own.
    pub path: Arc<str>,
    /// A hash of its text.
    pub text: u64,
    /// Tells it from others of this path.
    pub number: u32,
}

/// One that was found.
pub(super) struct Found {
    path: Arc<str>,
    text: u64,
    place: Place,
}

impl Checker<'_, '_> {
    /// Numbers the declarations in these trees.
    pub(super) fn number_scoped(&mut self, trees: &[Arc<Tree>]) {
        let mut found = Vec::new();
        for tree in trees {
            collect(tree.root(), None, &mut found);
        }
        if found.is_empty() {
            return;
        }
        let before = self.s.before(self.module);
        let old = before.map_or_else(Vec::new, |module| module.scoped.clone());
        let mut by_path: FxHashMap<Arc<str>, Vec<Found>> = FxHashMap::default();
        for one in found {
            by_path.entry(one.path.clone()).or_default().push(one);
        }
        for (path, new) in by_path {
            let old: Vec<&Scoped> = old.iter().filter(|one| one.path == path).collect();
            let texts: Vec<u64> = new.iter().map(|one| one.text).collect();
            for (one, (number, sure)) in new.iter().zip(align(&old, &texts)) {
                if !sure {
                    self.unsure(
                        one,
                        "in an unnamed scope, of which there were several; name the block, or give the variables",
                    );
                }
                self.take_number(&path, one, number);
            }
        }
    }

    /// Notes a variable that templates or several blocks of one proc may declare more than once. Which of those of the version before it
    /// is is found out when all are known.
    pub(super) fn note_made(
        &mut self,
        id: GlobalVarId,
        path: Arc<str>,
        init: Option<&Expr>,
        place: Place,
    ) {
        let mut hash = DefaultHasher::new();
        init.map(|init| written::hash(&self.s.types, init))
            .hash(&mut hash);
        // At the top level a statement is little; a proc may be much, and its edit says nothing about one variable.
        if let Some(statement) = self.current.first().filter(|_| self.at_top()) {
            tree_repr(statement.root()).hash(&mut hash);
        }
        let text = hash.finish();
        self.made.push((id, Found { path, text, place }));
    }

    /// Gives those their identities.
    pub(super) fn number_made(&mut self) {
        let made = std::mem::take(&mut self.made);
        let mut by_path: FxHashMap<Arc<str>, Vec<(GlobalVarId, Found)>> = FxHashMap::default();
        for (id, one) in made {
            by_path.entry(one.path.clone()).or_default().push((id, one));
        }
        let before = self.s.before(self.module);
        let all = before.map_or_else(Vec::new, |module| module.scoped.clone());
        for (path, new) in by_path {
            let kept: Arc<str> = format!("made {path}").into();
            let old: Vec<&Scoped> = all.iter().filter(|one| one.path == kept).collect();
            let texts: Vec<u64> = new.iter().map(|one| one.1.text).collect();
            for ((id, one), (number, sure)) in new.iter().zip(align(&old, &texts)) {
                if !sure {
                    self.unsure(one, "of which there were several; give the variables");
                }
                let text = one.text;
                self.out.scoped.push(Scoped {
                    path: kept.clone(),
                    text,
                    number,
                });
                self.set_identity(*id, format!("{path}{}", "'".repeat(number as usize)).into());
            }
        }
    }

    fn set_identity(&mut self, id: GlobalVarId, identity: Arc<str>) {
        let Some(global) = self.out.globals.iter_mut().find(|global| global.id == id) else {
            return;
        };
        if global.identity != identity {
            Arc::make_mut(global).identity = identity;
            self.s.globals[id.0 as usize] = Some(global.clone());
        }
    }

    fn take_number(&mut self, path: &Arc<str>, one: &Found, number: u32) {
        self.scoped.insert(one.place, (path.clone(), number));
        self.out.scoped.push(Scoped {
            path: path.clone(),
            text: one.text,
            number,
        });
    }

    fn unsure(&mut self, one: &Found, how: &str) {
        let name = one.path.rsplit(['.', ' ']).next().unwrap_or_default();
        let and = if how.starts_with("in ") { " " } else { ", " };
        let message = format!(
            "'{name}' is taken for a former variable of that name{and}{how} different names, \
             to be sure that each keeps its value"
        );
        let warning = Diagnostic::warning(one.place, message);
        self.run.diagnostics.push(warning);
    }
}

/// A number for each new one, and whether it is more than a guess.
fn align(old: &[&Scoped], new: &[u64]) -> Vec<(u32, bool)> {
    let mut next = old.iter().map(|one| one.number + 1).max().unwrap_or(0);
    let mut anchors = common(old, new);
    anchors.push((old.len(), new.len()));
    let mut numbers = Vec::with_capacity(new.len());
    let (mut from, mut at) = (0, 0);
    for (old_end, new_end) in anchors {
        let gap = &old[from..old_end];
        let unsure = !gap.is_empty() && new_end > at && (gap.len() > 1 || new_end - at > 1);
        for place in 0..new_end - at {
            numbers.push(match gap.get(place) {
                Some(known) => (known.number, !unsure),
                None => {
                    next += 1;
                    (next - 1, true)
                }
            });
        }
        if let (Some(known), Some(&text)) = (old.get(old_end), new.get(new_end)) {
            // Of those that look the same, one more or less may be any of them.
            let were = old.iter().filter(|one| one.text == text).count();
            let are = new.iter().filter(|&&other| other == text).count();
            numbers.push((known.number, were == are));
        }
        (from, at) = (old_end + 1, new_end + 1);
    }
    numbers
}

/// The longest common subsequence by text, as pairs of places.
fn common(old: &[&Scoped], new: &[u64]) -> Vec<(usize, usize)> {
    let (n, m) = (old.len(), new.len());
    let mut best = vec![vec![0u32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            best[i][j] = match old[i].text == new[j] {
                true => best[i + 1][j + 1] + 1,
                false => best[i + 1][j].max(best[i][j + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < n && j < m {
        if old[i].text == new[j] && best[i][j] == best[i + 1][j + 1] + 1 {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Finds declarations. `scope`: the names of the blocks around, once there is a scope.
fn collect(n: Cursor<'_>, scope: Option<&str>, found: &mut Vec<Found>) {
    match n.kind() {
        Kind::TypeSection => {}
        kind if kind.is_routine() => {}
        Kind::VarSection | Kind::LetSection => {
            for def in n.kids() {
                if let Some(scope) = scope {
                    declaration(def, scope, found);
                }
                // A first value may be a block itself.
                if def.len() > 0 {
                    collect(def.last(), scope, found);
                }
            }
        }
        Kind::BlockStmt | Kind::BlockExpr => {
            let name = simple_name(n.kid(0)).map_or("", Name::as_str);
            let scope = scope.unwrap_or("");
            let inner = match name.is_empty() {
                true => scope.to_owned(),
                false => format!("{scope}{name}."),
            };
            n.kids()
                .skip(1)
                .for_each(|kid| collect(kid, Some(&inner), found));
        }
        Kind::IfStmt
        | Kind::IfExpr
        | Kind::CaseStmt
        | Kind::WhileStmt
        | Kind::ForStmt
        | Kind::TryStmt
        | Kind::StmtListExpr => {
            let scope = scope.unwrap_or("");
            n.kids().for_each(|kid| collect(kid, Some(scope), found));
        }
        _ => n.kids().for_each(|kid| collect(kid, scope, found)),
    }
}

fn declaration(def: Cursor<'_>, scope: &str, found: &mut Vec<Found>) {
    if !matches!(def.kind(), Kind::IdentDefs | Kind::VarTuple) {
        return;
    }
    let mut hash = DefaultHasher::new();
    tree_repr(def).hash(&mut hash);
    let text = hash.finish();
    for name in def.def_names() {
        if name.is(Kind::VarTuple) {
            declaration(name, scope, found);
            continue;
        }
        let (head, _) = name.with_pragmas();
        if let Some(word) = simple_name(head) {
            found.push(Found {
                path: format!("{scope}{word}").into(),
                text,
                place: Place::new(head.tree.origin, head.span()),
            });
        }
    }
}
