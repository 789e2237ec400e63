//! Globals: one arena in the window where each global has an address that stays.
//!
//! In: identities with size, alignment and descriptor. Out: addresses, and who is there. Changes are made in a [`Change`], which
//! undoes them unless it is committed. Storage that is given up is only used again after it is [released](Globals::release), when its
//! value has been destroyed and no code that names it can run. Knows no syntax; runs no code.

#![allow(unsafe_code)] // clears storage

use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use rustc_hash::FxHashMap;

use crate::fail;
use crate::mir::{DescId, GlobalId};
use crate::runtime::{Window, threadvars};

/// A global as it is in storage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GlobalEntry {
    /// Its identity.
    pub id: GlobalId,
    /// As messages show it, `logic.posX`.
    pub name: Arc<str>,
    /// Its type.
    pub desc: DescId,
    /// Declared with `let`.
    pub is_let: bool,
    /// Where its value is.
    pub address: usize,
    /// Bytes of its value.
    pub size: usize,
    /// Alignment of its value.
    pub align: usize,
}

/// What a global needs.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct GlobalSpec {
    pub id: GlobalId,
    pub name: Arc<str>,
    pub desc: DescId,
    pub is_let: bool,
    pub size: usize,
    pub align: usize,
}

/// The globals of one program.
pub struct Globals {
    state: Mutex<State>,
}

struct State {
    window: Arc<Window>,
    entries: FxHashMap<GlobalId, GlobalEntry>,
    /// Free storage by rounded size.
    free: FxHashMap<usize, Vec<usize>>,
    next: usize,
    committed: usize,
    /// The next free address among the threadvars, which are given back from the end alone.
    next_thread: usize,
}

impl State {
    /// Zeroed storage. Sizes are rounded to 16 so that what is freed fits again.
    fn storage(&mut self, size: usize, align: usize) -> io::Result<usize> {
        const STEP: usize = 64 << 10;
        fail::point("global")?;
        let size = rounded(size);
        if align <= 16
            && let Some(address) = self.free.get_mut(&size).and_then(Vec::pop)
        {
            // SAFETY: free storage of this size, committed; nobody else has it.
            unsafe { (address as *mut u8).write_bytes(0, size) };
            return Ok(address);
        }
        let end = threadvars::main_area(self.window.globals()).start;
        let start = self.next.next_multiple_of(align.max(16));
        if size > end - self.next || start + size > end {
            return Err(io::Error::other("the program's area for globals is full"));
        }
        if start + size > self.committed {
            let to = (start + size).next_multiple_of(STEP).min(end);
            self.window.commit(self.committed..to)?;
            self.committed = to;
        }
        self.next = start + size;
        Ok(start)
    }

    /// Zeroed storage in the main thread's area of threadvars.
    fn thread_storage(&mut self, size: usize, align: usize) -> io::Result<usize> {
        fail::point("global")?;
        let area = threadvars::main_area(self.window.globals());
        if self.next_thread == 0 {
            self.window.commit(area.clone())?;
            self.next_thread = area.start;
        }
        let start = self.next_thread.next_multiple_of(align.max(16));
        if size > area.end - self.next_thread || start + rounded(size) > area.end {
            let text = "the program's area for threadvars is full";
            return Err(io::Error::other(text));
        }
        self.next_thread = start + rounded(size);
        // SAFETY: the area is committed, and nobody else has this part of it.
        unsafe { (start as *mut u8).write_bytes(0, size) };
        Ok(start)
    }

    fn add(&mut self, spec: GlobalSpec) -> io::Result<usize> {
        let address = match spec.id.is_thread() {
            true => self.thread_storage(spec.size, spec.align)?,
            false => self.storage(spec.size, spec.align)?,
        };
        let GlobalSpec {
            id,
            name,
            desc,
            is_let,
            size,
            align,
        } = spec;
        self.entries.insert(
            id,
            GlobalEntry {
                id,
                name,
                desc,
                is_let,
                address,
                size,
                align,
            },
        );
        Ok(address)
    }
}

fn rounded(size: usize) -> usize {
    size.max(1).next_multiple_of(16)
}

impl Globals {
    pub(crate) fn new(window: Arc<Window>) -> Globals {
        let start = window.globals().start;
        let state = State {
            window,
            entries: FxHashMap::default(),
            free: FxHashMap::default(),
            next: start,
            committed: start,
            next_thread: 0,
        };
        Globals {
            state: Mutex::new(state),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(|poison| poison.into_inner())
    }

    /// Where the global is, if it exists.
    pub fn address(&self, id: GlobalId) -> Option<usize> {
        self.state().entries.get(&id).map(|entry| entry.address)
    }

    /// The global, if it exists.
    pub fn get(&self, id: GlobalId) -> Option<GlobalEntry> {
        self.state().entries.get(&id).cloned()
    }

    /// All globals, by number.
    pub fn list(&self) -> Vec<GlobalEntry> {
        let mut list: Vec<_> = self.state().entries.values().cloned().collect();
        list.sort_by_key(|entry| entry.id);
        list
    }

    /// Begins a change. One at a time: who reloads sees to that.
    pub fn change(&self) -> Change<'_> {
        Change {
            globals: self,
            undo: Vec::new(),
        }
    }

    /// Gives the storage of a global that a committed change has given up back for other globals.
    pub fn release(&self, gone: GlobalEntry) {
        let mut state = self.state();
        if gone.id.is_thread() {
            if gone.address + rounded(gone.size) == state.next_thread {
                state.next_thread = gone.address;
            }
            return;
        }
        state
            .free
            .entry(rounded(gone.size))
            .or_default()
            .push(gone.address);
    }

    /// Bytes of the arena that have ever been in use.
    pub fn bytes(&self) -> usize {
        let state = self.state();
        state.next - state.window.globals().start
    }
}

enum Undo {
    Added(GlobalId),
    Replaced(GlobalEntry),
    Removed(GlobalEntry),
    Redescribed(GlobalEntry),
}

/// Changes to the globals that are undone when it is dropped before [`Change::commit`].
pub struct Change<'g> {
    globals: &'g Globals,
    undo: Vec<Undo>,
}

impl Change<'_> {
    /// A new global, zeroed. Gives its address.
    ///
    /// # Errors
    /// When the arena or memory is used up.
    ///
    /// # Panics
    /// If it exists.
    pub fn add(&mut self, spec: GlobalSpec) -> io::Result<usize> {
        let mut state = self.globals.state();
        assert!(
            !state.entries.contains_key(&spec.id),
            "a global is added once"
        );
        let id = spec.id;
        let address = state.add(spec)?;
        self.undo.push(Undo::Added(id));
        Ok(address)
    }

    /// Fresh zeroed storage for a global whose layout changed: gives the new address; the old entry, whose value is to be
    /// migrated, is among what [`Change::commit`] gives.
    ///
    /// # Errors
    /// When the arena or memory is used up.
    ///
    /// # Panics
    /// If it does not exist.
    pub fn replace(&mut self, spec: GlobalSpec) -> io::Result<usize> {
        let mut state = self.globals.state();
        let old = state
            .entries
            .get(&spec.id)
            .cloned()
            .expect("the global exists");
        let address = state.add(spec)?;
        self.undo.push(Undo::Replaced(old));
        Ok(address)
    }

    /// Has a global laid out anew. It stays where it is if its new value takes as much room as the old one; else it gets
    /// fresh zeroed storage, as from [`Change::replace`]. Gives what it was.
    ///
    /// # Errors
    /// When the arena or memory is used up.
    ///
    /// # Panics
    /// If it does not exist.
    pub fn lay_out(&mut self, spec: GlobalSpec) -> io::Result<GlobalEntry> {
        let old = self.globals.get(spec.id).expect("the global exists");
        let fits = rounded(old.size) == rounded(spec.size) && spec.align <= 16;
        if !fits {
            self.replace(spec)?;
            return Ok(old);
        }
        let entry = GlobalEntry {
            id: spec.id,
            name: spec.name,
            desc: spec.desc,
            is_let: spec.is_let,
            address: old.address,
            size: spec.size,
            align: spec.align,
        };
        self.globals.state().entries.insert(spec.id, entry);
        self.undo.push(Undo::Redescribed(old.clone()));
        Ok(old)
    }

    /// Changes what is said of a global (name, `let`, descriptor of the same layout), not where it is.
    ///
    /// # Panics
    /// If it does not exist.
    pub fn redescribe(&mut self, id: GlobalId, name: Arc<str>, desc: DescId, is_let: bool) {
        let mut state = self.globals.state();
        let entry = state.entries.get_mut(&id).expect("the global exists");
        self.undo.push(Undo::Redescribed(entry.clone()));
        (entry.name, entry.desc, entry.is_let) = (name, desc, is_let);
    }

    /// Takes a global away; its value stays where it is until it is released.
    ///
    /// # Panics
    /// If it does not exist.
    pub fn remove(&mut self, id: GlobalId) {
        let old = self
            .globals
            .state()
            .entries
            .remove(&id)
            .expect("the global exists");
        self.undo.push(Undo::Removed(old));
    }

    /// Makes the changes last. Gives what was given up, in order: values to destroy (removed) or already moved from (replaced), then to
    /// [release](Globals::release).
    pub fn commit(mut self) -> Vec<Gone> {
        let gone = |undo| match undo {
            Undo::Removed(entry) => Some(Gone {
                entry,
                replaced: false,
            }),
            Undo::Replaced(entry) => Some(Gone {
                entry,
                replaced: true,
            }),
            Undo::Added(_) | Undo::Redescribed(_) => None,
        };
        std::mem::take(&mut self.undo)
            .into_iter()
            .filter_map(gone)
            .collect()
    }
}

/// Storage that a change gave up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gone {
    /// What was there.
    pub entry: GlobalEntry,
    /// The global has other storage now, so the value may have been moved from.
    pub replaced: bool,
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        for undo in self.undo.drain(..).rev() {
            let mut state = self.globals.state();
            let new = match undo {
                Undo::Added(id) => state.entries.remove(&id),
                Undo::Replaced(old) => state.entries.insert(old.id, old),
                Undo::Removed(old) | Undo::Redescribed(old) => {
                    state.entries.insert(old.id, old);
                    None
                }
            };
            drop(state);
            if let Some(new) = new {
                self.globals.release(new);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(id: u32, size: usize) -> GlobalSpec {
        GlobalSpec {
            id: GlobalId(2 * id),
            name: format!("m.g{id}").into(),
            desc: DescId(0),
            is_let: false,
            size,
            align: 8,
        }
    }

    fn globals() -> Globals {
        Globals::new(Arc::new(Window::new(0).expect("address space")))
    }

    #[test]
    fn addresses_stay_and_storage_is_zeroed_and_used_again() {
        let globals = globals();
        let mut change = globals.change();
        let a = change.add(spec(1, 24)).expect("storage");
        let b = change.add(spec(2, 200_000)).expect("storage");
        assert!(change.commit().is_empty());
        assert_eq!(
            (globals.address(GlobalId(2)), globals.address(GlobalId(4))),
            (Some(a), Some(b))
        );
        // SAFETY: storage of 24 bytes.
        unsafe { *(a as *mut u64) = 7 };
        let mut change = globals.change();
        change.remove(GlobalId(2));
        let gone = change.commit();
        assert_eq!(globals.address(GlobalId(2)), None);
        let bytes = globals.bytes();
        globals.release(gone[0].entry.clone());
        let mut change = globals.change();
        assert_eq!(change.add(spec(3, 32)).expect("storage"), a);
        // SAFETY: storage of 32 bytes.
        unsafe { assert_eq!(*(a as *const u64), 0) };
        change.commit();
        assert_eq!(globals.bytes(), bytes);
        assert_eq!(
            globals
                .list()
                .iter()
                .map(|entry| entry.id.0)
                .collect::<Vec<_>>(),
            [4, 6]
        );
    }

    #[test]
    fn a_change_that_is_not_committed_leaves_no_trace() {
        let globals = globals();
        let mut change = globals.change();
        change.add(spec(1, 8)).expect("storage");
        change.add(spec(2, 8)).expect("storage");
        change.commit();
        let before = globals.list();
        let mut change = globals.change();
        change.add(spec(3, 8)).expect("storage");
        change.replace(spec(1, 64)).expect("storage");
        change.remove(GlobalId(4));
        change.remove(GlobalId(2));
        change.redescribe(GlobalId(6), "m.other".into(), DescId(4), true);
        drop(change);
        assert_eq!(globals.list(), before);
    }

    #[test]
    fn a_full_arena_is_an_error() {
        assert!(globals().change().add(spec(1, 1 << 40)).is_err());
    }
}
