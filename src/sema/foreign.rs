//! What the made-up nodes of expanded trees stand for.
//!
//! An expansion puts numbers into its tree ([`Data::Foreign`](crate::syntax::tree::Data)). They mean the same in every
//! module and in every check, since what a template declares is looked at again elsewhere: generics are instantiated,
//! defaults filled in and bodies of the library checked for whoever uses them. The numbers of a module live as long as
//! the version of the module that made them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::checker::Checker;
use super::lookup::Bound;
use super::symbols::ModuleIx;
use super::typed::Expr;

/// What a made-up node of a tree stands for.
#[derive(Clone)]
pub(super) enum Foreign {
    /// A name bound to a template's scope.
    Bound(Bound),
    /// A checked expression.
    Typed(Arc<Expr>),
}

/// All that nodes stand for, by number.
#[derive(Default)]
pub(super) struct Foreigns {
    entries: FxHashMap<u32, Foreign>,
    next: u32,
    of: FxHashMap<ModuleIx, Vec<u32>>,
    /// Those of versions that the present check replaces, until the next check begins.
    replaced: Vec<(ModuleIx, Vec<u32>)>,
}

impl Foreigns {
    /// What a number stands for.
    pub fn get(&self, number: u32) -> Option<&Foreign> {
        self.entries.get(&number)
    }

    fn add(&mut self, module: ModuleIx, entry: Foreign) -> u32 {
        let number = self.next;
        self.next = self.next.wrapping_add(1);
        self.entries.insert(number, entry);
        self.of.entry(module).or_default().push(number);
        number
    }

    /// A check of the program begins: the one before stands.
    pub fn begin(&mut self) {
        for (_, numbers) in std::mem::take(&mut self.replaced) {
            self.forget(&numbers);
        }
    }

    /// A module is checked as a whole.
    pub fn replace(&mut self, module: ModuleIx) {
        let numbers = self.of.remove(&module).unwrap_or_default();
        self.replaced.push((module, numbers));
    }

    /// The check is undone.
    pub fn rollback(&mut self) {
        for (module, numbers) in std::mem::take(&mut self.replaced).into_iter().rev() {
            let new = self.of.insert(module, numbers).unwrap_or_default();
            self.forget(&new);
        }
    }

    fn forget(&mut self, numbers: &[u32]) {
        for number in numbers {
            self.entries.remove(number);
        }
    }
}

impl Checker<'_, '_> {
    /// A number for what a node stands for.
    pub(super) fn add_foreign(&mut self, entry: Foreign) -> u32 {
        self.s.foreigns.add(self.module, entry)
    }

    /// A number for a checked expression, to put into a tree.
    pub(super) fn foreign_typed(&mut self, expr: Expr) -> u32 {
        self.add_foreign(Foreign::Typed(Arc::new(expr)))
    }

    /// What a number stands for.
    pub(super) fn foreign_at(&self, number: u32) -> Option<&Foreign> {
        self.s.foreigns.entries.get(&number)
    }
}
