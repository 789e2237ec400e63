//! What names mean at the top level of modules, as it was found before.
//!
//! An operator has dozens of meanings, in `system` and in whatever is imported, and is used on every line. So what a module's top
//! level sees under a name is put together once, and again when the name got another meaning somewhere or the module another
//! import.

use std::cell::RefCell;
use std::ops::Deref;

use rustc_hash::FxHashMap;

use super::symbols::{ModuleIx, Syms, Table};
use crate::source::Name;

/// How often each name got another meaning, at the top level of any module.
#[derive(Default)]
pub(super) struct Changes(Vec<u32>);

impl Changes {
    pub fn note(&mut self, name: Name) {
        let at = name.key() as usize;
        if at >= self.0.len() {
            self.0.resize(at + 1, 0);
        }
        self.0[at] += 1;
    }

    pub fn of(&self, name: Name) -> u32 {
        self.0.get(name.key() as usize).copied().unwrap_or(0)
    }
}

/// Names of a module's top level. Reads as a [`Table`]; no name gets another meaning without a note of it.
#[derive(Default)]
pub struct TopTable(Table);

impl TopTable {
    /// The symbols under a name, to be changed.
    pub(super) fn change(&mut self, name: Name, changes: &mut Changes) -> &mut Syms {
        changes.note(name);
        self.0.entry(name).or_default()
    }
}

impl Deref for TopTable {
    type Target = Table;

    fn deref(&self) -> &Table {
        &self.0
    }
}

/// What a module's top level sees under a name.
#[derive(Clone)]
pub(super) struct Sight {
    pub syms: Syms,
    pub extent: Extent,
}

/// How far a sight goes.
#[derive(Clone, Copy, Default)]
pub(super) struct Extent {
    /// Nothing further out is seen: one of the symbols is not overloadable.
    pub last: bool,
    /// The last statement that declares one of them, of the module that is being checked.
    pub newest: u32,
}

/// What was found, with what it was found from.
#[derive(Default)]
pub(super) struct Sights(RefCell<FxHashMap<(ModuleIx, Name), Found>>);

struct Found {
    sight: Sight,
    state: State,
}

/// What a sight is made of, in numbers that grow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    /// Of the name.
    pub changes: u32,
    /// Of the module.
    pub imports: usize,
}

impl Sights {
    /// What was found in this state.
    pub fn get(&self, module: ModuleIx, name: Name, state: State) -> Option<Sight> {
        let found = self.0.borrow();
        let found = found.get(&(module, name))?;
        (found.state == state).then(|| found.sight.clone())
    }

    pub fn set(&self, module: ModuleIx, name: Name, state: State, sight: Sight) {
        let mut found = self.0.borrow_mut();
        found.insert((module, name), Found { sight, state });
    }
}
