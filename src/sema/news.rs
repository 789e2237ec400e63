//! What a new version of a module means to those that use it.
//!
//! In: the statements of a module as they were and as they are, and what is new in the modules that it imports. Out:
//! [`News`]: the names that may mean something else than before. A statement that has none of them in its text means what it
//! meant, so nothing of it is looked at again.
//!
//! # Why names are enough
//!
//! What a statement means follows from its text and from what its names stand for. The names of a module are changed by the
//! statements that differ, which give what they declare. From there they spread: a statement that has a changed name in its text
//! changes what it declares itself. Only the body of a plain routine keeps that to itself, for all that its callers see
//! is its head. A type reaches code only through names whose declarations have it in their text, or have a name that has: so what
//! involves a changed type has a changed name in its text too, whatever the way.
//!
//! Generics and templates of others look up names where they are used: which ones is noted there.
//!
//! Some things act without being named: operators and other symbols, the iterators of `for`, converters, type-bound
//! operations, what `import` brings and `{.push.}` sets, included files. There is no telling what these change: then it is
//! everything.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::bodies::{Record, Statement, is_only_called, is_plain, same_head};
use super::program::Sema;
use super::routine::part;
use super::symbols::{ModuleIx, SymKind};
use super::typed::RoutineId;
use super::types::{NominalBody, Type, TypeId, Types};
use crate::source::Name;
use crate::syntax::tree::{Data, Kind, Tree};

/// See the [module](self).
#[derive(Debug)]
pub(super) enum News {
    /// Anything may be different.
    All,
    /// Only what has one of these names in its text.
    Names(Names),
}

/// Names that mean something else, and the types that are involved.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: FxHashSet<Name>,
    involved: OnceLock<FxHashSet<TypeId>>,
}

impl Names {
    fn new(names: FxHashSet<Name>) -> Names {
        Names {
            names,
            involved: OnceLock::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Name> {
        self.names.iter().copied()
    }

    pub(super) fn contains(&self, name: Name) -> bool {
        self.names.contains(&name)
    }

    /// The types that have a changed type in them, or are one.
    pub(super) fn involved(&self, types: &Types) -> &FxHashSet<TypeId> {
        self.involved.get_or_init(|| involved(types, &self.names))
    }

    /// Is one of them in the text of a tree, before `end`?
    pub(super) fn are_in(&self, tree: &Tree, end: u32) -> bool {
        !self.is_empty()
            && tree.nodes.iter().any(|node| {
                node.span.start < end
                    && match (node.kind, node.data) {
                        (_, Data::Name(name)) => self.contains(name),
                        // Format strings have code in them.
                        (Kind::StrLit | Kind::RStrLit | Kind::TripleStrLit, Data::Text(text)) => {
                            self.are_words_of(&tree.texts[text as usize])
                        }
                        // A name that is put together may be any.
                        (Kind::AccQuoted, Data::Kids { len, .. }) => len > 1,
                        _ => false,
                    }
            })
    }

    fn are_words_of(&self, text: &[u8]) -> bool {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
        let words = text.split(|byte| !is_part(byte));
        words
            .filter(|word| word.first().is_some_and(|byte| !byte.is_ascii_digit()))
            .filter_map(|word| std::str::from_utf8(word).ok())
            .any(|word| self.contains(Name::new(word)))
    }
}

impl News {
    pub(super) fn none() -> News {
        News::Names(Names::default())
    }

    /// All of several.
    pub(super) fn of_all<'n>(all: impl Iterator<Item = &'n Arc<News>>) -> Arc<News> {
        let mut merged: Option<Arc<News>> = None;
        for news in all {
            let Some(so_far) = &merged else {
                merged = Some(news.clone());
                continue;
            };
            merged = match (&**so_far, &**news) {
                (_, News::Names(names)) if names.is_empty() => continue,
                (News::Names(names), _) if names.is_empty() => Some(news.clone()),
                _ if Arc::ptr_eq(so_far, news) => continue,
                (News::Names(a), News::Names(b)) => {
                    let names = a.names.union(&b.names).copied().collect();
                    Some(Arc::new(News::Names(Names::new(names))))
                }
                _ => return Arc::new(News::All),
            };
        }
        merged.unwrap_or_else(|| Arc::new(News::none()))
    }
}

/// The types that are or contain a nominal type with one of these names.
fn involved(types: &Types, names: &FxHashSet<Name>) -> FxHashSet<TypeId> {
    let mut found = FxHashSet::default();
    loop {
        let before = found.len();
        for id in types.ids() {
            if !found.contains(&id) && involves(types, id, names, &found) {
                found.insert(id);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn involves(types: &Types, id: TypeId, names: &FxHashSet<Name>, known: &FxHashSet<TypeId>) -> bool {
    let is = |id: &TypeId| known.contains(id);
    match types.get(id) {
        Type::Enum(nominal) | Type::Object(nominal) | Type::Distinct(nominal) => {
            let def = types.def(*nominal);
            names.contains(&def.name)
                || def.args.iter().any(is)
                || match &def.body {
                    NominalBody::Object(object) => {
                        object.base.iter().any(is) || object.fields.iter().any(|f| is(&f.ty))
                    }
                    NominalBody::Distinct(base) => is(base),
                    NominalBody::Enum(_) | NominalBody::Pending => false,
                }
        }
        other => other.any_part(|part| is(&part)),
    }
}

/// Names that act without being in the text: by `for`, format strings and the macros that are built in.
const IMPLICIT: [&str; 7] = [
    "items",
    "pairs",
    "mitems",
    "mpairs",
    "add",
    "incl",
    "formatValue",
];

/// May a declaration of this name matter to code that does not have it in its text?
fn is_implicit(name: Name) -> bool {
    let text = name.as_str();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    !text.chars().all(is_word) || IMPLICIT.iter().any(|word| name == Name::new(word))
}

/// Does a statement do more for a module than to declare something?
fn opens(tree: &Tree) -> bool {
    let brings = |kind| {
        matches!(
            kind,
            Kind::ImportStmt
                | Kind::ImportExceptStmt
                | Kind::FromStmt
                | Kind::ConverterDef
                | Kind::MacroDef
        )
    };
    hands_on(tree) || tree.nodes.iter().any(|node| brings(node.kind))
}

/// Does a statement hand on what others declare, or read a file?
fn hands_on(tree: &Tree) -> bool {
    let hands_on = |kind| {
        matches!(
            kind,
            Kind::ExportStmt | Kind::ExportExceptStmt | Kind::IncludeStmt
        )
    };
    tree.nodes.iter().any(|node| hands_on(node.kind))
}

impl Sema {
    /// What `ix`, which was just checked as a whole, has that is new.
    pub(super) fn news(&self, ix: ModuleIx, incoming: &News) -> News {
        let (Some(old), News::Names(incoming)) = (self.record_before(ix), incoming) else {
            return News::All;
        };
        let new = &self.records[&ix];
        match self.changed_names(old, new, incoming) {
            Some(names) if !new.has_looked_up(&names) => News::Names(names),
            _ => News::All,
        }
    }

    /// `None` where it may be anything.
    fn changed_names(&self, old: &Record, new: &Record, incoming: &Names) -> Option<Names> {
        let (was, is) = differing(old.statements(), new.statements())?;
        let own_body = |statement: &Statement, others: &[&Statement]| {
            self.keeps_to_itself(statement)
                && others.iter().any(|other| {
                    other.declares() == statement.declares()
                        && same_head(other.tree(), statement.tree())
                })
        };
        let mut names = Names::new(incoming.names.clone());
        for (some, others) in [(&was, &is), (&is, &was)] {
            for statement in some {
                if !own_body(statement, others) {
                    if opens(statement.tree()) {
                        return None;
                    }
                    names.names.extend(statement.declares());
                }
            }
        }
        // What has one of them in its text is new as well.
        let statements = new.statements().iter();
        let mut rest: Vec<&Statement> = statements.map(|statement| &**statement).collect();
        loop {
            let before = names.names.len();
            let mut next = Vec::with_capacity(rest.len());
            for statement in rest {
                if self.is_new_to_others(statement, &names) {
                    names.names.extend(statement.declares());
                } else {
                    next.push(statement);
                }
            }
            rest = next;
            if names.names.len() == before {
                break;
            }
        }
        let mut own = names.names.difference(&incoming.names).copied();
        (!own.any(is_implicit)).then_some(names)
    }

    /// Does a statement with changed names in its text declare something else?
    fn is_new_to_others(&self, statement: &Statement, names: &Names) -> bool {
        match self.keeps_to_itself(statement) {
            true => names.are_in(statement.tree(), body_start(statement.tree())),
            false => statement.has(names),
        }
    }

    /// Is the body of what the statement defines of no use to others but by being called?
    pub(super) fn keeps_to_itself(&self, statement: &Statement) -> bool {
        let Some(sym) = statement.defines() else {
            return false;
        };
        let SymKind::Routine(head) = &self.sym(sym).kind else {
            return false;
        };
        let ran = |id: &RoutineId| self.executed.contains(id);
        is_plain(statement.tree().root())
            && is_only_called(head)
            && !statement.routines().iter().chain(&head.id).any(ran)
    }

    /// Which statements of a module that is otherwise as it was have to be checked again because of the news: those of which
    /// nothing but the body is. `None` where that is not enough.
    pub(super) fn affected(&self, ix: ModuleIx, news: &News) -> Option<Vec<usize>> {
        let News::Names(names) = news else {
            return None;
        };
        if names.is_empty() {
            return Some(Vec::new());
        }
        let record = self
            .records
            .get(&ix)
            .filter(|_| self.waiting.is_whole(ix))?;
        if record.has_looked_up(names) {
            return None;
        }
        let mut affected = Vec::new();
        for (number, statement) in record.statements().iter().enumerate() {
            let tree = statement.tree();
            if hands_on(tree) || self.is_new_to_others(statement, names) {
                return None;
            }
            if statement.has(names) {
                // What is imported further down does not mean anything there.
                if number < record.last_import() {
                    return None;
                }
                affected.push(number);
            }
        }
        Some(affected)
    }
}

fn body_start(tree: &Tree) -> u32 {
    tree.root().kid(part::BODY).span().start
}

/// The statements of each version that the other one has not. `None` where the rest is in another order, or found another
/// state.
fn differing<'s>(
    old: &'s [Arc<Statement>],
    new: &'s [Arc<Statement>],
) -> Option<(Vec<&'s Statement>, Vec<&'s Statement>)> {
    let numbers: FxHashMap<*const Tree, usize> = old
        .iter()
        .enumerate()
        .map(|(number, statement)| (Arc::as_ptr(statement.tree()), number))
        .collect();
    let (mut was, mut is) = (Vec::new(), Vec::new());
    let mut next = 0;
    for statement in new {
        let number = numbers.get(&Arc::as_ptr(statement.tree()));
        let Some(&number) = number else {
            is.push(&**statement);
            continue;
        };
        let between = old.get(next..number)?;
        was.extend(between.iter().map(|statement| &**statement));
        next = number + 1;
        if !old[number].found_the_same(statement) {
            was.push(&*old[number]);
            is.push(&**statement);
        }
    }
    was.extend(old[next..].iter().map(|statement| &**statement));
    Some((was, is))
}
