//! Keeping pages full: the code of a proc that was edited alone takes a page of its own.
//!
//! When many pages hold little, what they hold is placed once more, together, from the cached relocatable code, and slots are
//! moved there. That is the same code, so it may happen at any time at which old code may be retired; frames stay
//! where they are, and their pages with them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::addresses::Addresses;
use super::code::{self, Item, Placed};
use super::{LiveProgram, State};

/// After so many new regions it is worth to look.
const MANY: usize = 32;

impl LiveProgram {
    /// Joins sparse regions when there are many. Gives the code that is at a new address now.
    pub(super) fn compact(&self, state: &mut State) -> Vec<Arc<Placed>> {
        if self.table.regions() < state.compact_at.max(MANY) {
            return Vec::new();
        }
        let mut regions: BTreeMap<usize, Vec<&Arc<Placed>>> = BTreeMap::new();
        let tables = [&state.live, &state.raising, &state.removed];
        for placed in tables.into_iter().flat_map(|table| table.values()) {
            regions.entry(placed.pages().0).or_default().push(placed);
        }
        regions.retain(|_, procs| is_sparse(procs));
        let sparse_regions = regions.len();
        let sparse: Vec<&Arc<Placed>> = regions.into_values().flatten().collect();
        let items: Vec<Item> = sparse.iter().map(|placed| placed.to_item()).collect();
        let addresses = Addresses {
            runtime: &self.runtime,
            c_abi: &state.c_abi,
        };
        let generation = self.table.next_generation();
        // Without memory everything stays where it is.
        let Ok(placed) = code::place(&addresses, &self.table, generation, &items) else {
            return Vec::new();
        };
        let mut moved = Vec::with_capacity(placed.len());
        for placed in placed {
            let id = placed.id();
            self.runtime
                .window()
                .slot(id)
                .store(placed.address, Ordering::Release);
            let tables = [&mut state.live, &mut state.raising, &mut state.removed];
            let entry = tables.into_iter().find_map(|table| table.get_mut(&id));
            if let Some(entry) = &entry {
                placed.succeed(entry);
            }
            moved.extend(entry.map(|entry| std::mem::replace(entry, placed)));
        }
        // The sparse regions go with what moved, as far as no frame is in it.
        state.compact_at = (self.table.regions() - sparse_regions).max(1) + MANY;
        moved
    }
}

/// Less than half of the pages is code that is current.
fn is_sparse(procs: &[&Arc<Placed>]) -> bool {
    let size = procs.first().map_or(0, |placed| placed.pages().1);
    let used: usize = procs.iter().map(|placed| placed.compiled.code.len()).sum();
    used * 2 < size
}
