//! Code in the window: which proc's code is where, and how long.
//!
//! In: compiled procs. Out: [`Placed`] code. The procs of one batch share a [`Region`] of whole pages, with a table of far
//! addresses at its start. A region is given back when the last of its procs is dropped, and dropping a placed proc is what
//! retiring it means; who does makes sure that nothing runs it. Nothing here moves a slot.
//!
//! ```text
//! region  │ addresses of runtime and C functions │ proc │ proc │ proc │ … │ to the end of the page
//! ```

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, Weak};

use rustc_hash::FxHashMap;

use super::addresses::{Addresses, Place};
use super::report::ReloadError;
use crate::jit::{Address, CompiledProc, Symbol, link};
use crate::mir::{Fingerprint, Proc, ProcId};
use crate::runtime::{CodeMap, CodePlace, CodeRange, Positions};

/// Procs start on boundaries of this, as processors decode.
const ALIGN: usize = 16;

/// The bytes that a processor fetches at once.
const LINE: usize = 64;

/// Where from `offset` on a proc of `len` bytes starts: its first bytes lie in one line. A short one that crosses a line takes a
/// third longer to call.
fn start(offset: usize, len: usize, align: usize) -> usize {
    let at = offset.next_multiple_of(ALIGN.max(align));
    if at % LINE + len.min(LINE) > LINE {
        at.next_multiple_of(LINE.max(align))
    } else {
        at
    }
}

/// The pages of one batch.
struct Region {
    /// Given back when it is dropped.
    range: CodeRange,
    table: Arc<CodeTable>,
}

impl Drop for Region {
    fn drop(&mut self) {
        self.table.regions.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Code of one proc at its address. Dropping it gives the address up.
pub(super) struct Placed {
    pub(super) address: usize,
    pub(super) compiled: Arc<CompiledProc>,
    /// Fingerprint of the proc that was compiled.
    pub(super) fingerprint: Fingerprint,
    /// The newest text with the same code: moving code in its file compiles nothing again.
    text: RwLock<Arc<Proc>>,
    /// Who knows its lines, once another version runs.
    positions: OnceLock<Arc<dyn Positions>>,
    /// Number of the reload that placed it.
    pub(super) generation: u64,
    region: Arc<Region>,
    table: Arc<CodeTable>,
}

impl Placed {
    pub(super) fn id(&self) -> ProcId {
        self.compiled.id
    }

    /// The proc, with the places where its code now stands.
    pub(super) fn text(&self) -> Arc<Proc> {
        self.text
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The same code stands elsewhere in its file now. Gives the text before.
    pub(super) fn set_text(&self, text: Arc<Proc>) -> Arc<Proc> {
        let before = std::mem::replace(
            &mut *self.text.write().unwrap_or_else(PoisonError::into_inner),
            text,
        );
        self.table.changed();
        before
    }

    /// It is of no newer version than the one that these know. Said once: later ones count no more.
    pub(super) fn set_positions(&self, positions: &Arc<dyn Positions>) {
        let _ = self.positions.set(positions.clone());
        self.table.changed();
    }

    /// It takes the place of `other`, the same code elsewhere.
    pub(super) fn succeed(&self, other: &Placed) {
        if let Some(positions) = other.positions.get() {
            self.set_positions(positions);
        }
    }

    fn end(&self) -> usize {
        self.address + self.compiled.code.len()
    }

    /// Procs that this code can call or whose address it can give away.
    pub(super) fn procs_named(&self) -> impl Iterator<Item = ProcId> {
        let proc = |symbol| match symbol {
            Symbol::Slot(proc) | Symbol::Stub(proc) | Symbol::Code(proc) => Some(proc),
            _ => None,
        };
        self.compiled
            .relocs
            .iter()
            .filter_map(move |reloc| proc(reloc.symbol))
    }

    /// The pages that it lies in: their first address, and their bytes.
    pub(super) fn pages(&self) -> (usize, usize) {
        (self.region.range.base(), self.region.range.size())
    }

    /// The same code once more, to be placed elsewhere.
    pub(super) fn to_item(&self) -> Item {
        Item {
            compiled: self.compiled.clone(),
            proc: self.text(),
            fingerprint: self.fingerprint,
            kind: Kind::Proc,
        }
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        self.table
            .by_start
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.address);
        self.table.changed();
    }
}

/// Placed code by address, for traces and for finding out what is on the stack.
#[derive(Default)]
pub(super) struct CodeTable {
    by_start: RwLock<BTreeMap<usize, Weak<Placed>>>,
    next_generation: AtomicU64,
    /// How many regions there are.
    regions: AtomicUsize,
    /// How often code came or went, or what is said of it changed.
    changes: AtomicU64,
}

impl CodeTable {
    /// What is said of code is not what it was.
    fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    /// The code that holds this address.
    pub(super) fn find(&self, address: usize) -> Option<Arc<Placed>> {
        let table = self.by_start.read().unwrap_or_else(PoisonError::into_inner);
        let (_, placed) = table.range(..=address).next_back()?;
        placed.upgrade().filter(|placed| address < placed.end())
    }

    /// How many regions there are.
    pub(super) fn regions(&self) -> usize {
        self.regions.load(Ordering::Relaxed)
    }

    /// A number for the next reload.
    pub(super) fn next_generation(&self) -> u64 {
        self.next_generation.fetch_add(1, Ordering::Relaxed)
    }
}

impl CodeMap for CodeTable {
    fn locate(&self, address: usize) -> Option<CodePlace> {
        let placed = self.find(address)?;
        let site = placed.compiled.site_at((address - placed.address) as u32);
        let text = placed.text();
        Some(CodePlace {
            proc: placed.id(),
            generation: placed.generation,
            name: text.name.clone(),
            traced: text.traced,
            site,
            place: site.and_then(|site| text.sites.get(site.0 as usize).copied()),
            positions: placed.positions.get().cloned(),
        })
    }

    fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }
}

/// What is to be placed.
pub(super) struct Item {
    pub(super) compiled: Arc<CompiledProc>,
    pub(super) proc: Arc<Proc>,
    pub(super) fingerprint: Fingerprint,
    pub(super) kind: Kind,
}

/// What calls it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// The slot of a proc.
    Proc,
    /// The reloader: a step of top-level code.
    Init,
    /// The slot of a C entry.
    CEntry,
}

/// Places a batch and makes it executable. Nothing points to it yet.
pub(super) fn place(
    addresses: &Addresses<'_>,
    table: &Arc<CodeTable>,
    generation: u64,
    batch: &[Item],
) -> Result<Vec<Arc<Placed>>, ReloadError> {
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let far = far_symbols(batch, addresses)?;
    let mut offset = (far.len() * 8).next_multiple_of(LINE);
    let mut offsets = Vec::with_capacity(batch.len());
    for Item { compiled, .. } in batch {
        offset = start(offset, compiled.code.len(), compiled.align as usize);
        offsets.push(offset);
        offset += compiled.code.len();
    }
    let mut range = addresses.runtime.code().allocate(offset)?;
    let base = range.base();
    let here: FxHashMap<ProcId, usize> = batch
        .iter()
        .zip(&offsets)
        .map(|(item, offset)| (item.compiled.id, base + offset))
        .collect();
    let bytes = range.bytes_mut();
    for &(address, index) in far.values() {
        bytes[index * 8..][..8].copy_from_slice(&address.to_le_bytes());
    }
    let resolve = |symbol: Symbol| match symbol {
        Symbol::Code(proc) => here.get(&proc).copied().map(Address::Near),
        _ => match far.get(&symbol) {
            Some((_, index)) => Some(Address::Cell(base + index * 8)),
            None => match addresses.of(symbol).ok()? {
                Place::Near(address) => Some(Address::Near(address)),
                Place::Cell(cell) => Some(Address::Cell(cell)),
                Place::Far(_) => None,
            },
        },
    };
    for (Item { compiled, proc, .. }, &offset) in batch.iter().zip(&offsets) {
        let place = &mut bytes[offset..][..compiled.code.len()];
        link(compiled, place, base + offset, resolve)
            .map_err(|error| ReloadError::Link(format!("`{}`: {error}", proc.name)))?;
    }
    range.publish()?;
    table.regions.fetch_add(1, Ordering::Relaxed);
    let region = Arc::new(Region {
        range,
        table: table.clone(),
    });
    let placed: Vec<Arc<Placed>> = batch
        .iter()
        .zip(&offsets)
        .map(|(item, &offset)| {
            Arc::new(Placed {
                address: base + offset,
                compiled: item.compiled.clone(),
                fingerprint: item.fingerprint,
                positions: OnceLock::new(),
                text: RwLock::new(item.proc.clone()),
                generation,
                region: region.clone(),
                table: table.clone(),
            })
        })
        .collect();
    let mut by_start = table
        .by_start
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    by_start.extend(
        placed
            .iter()
            .map(|placed| (placed.address, Arc::downgrade(placed))),
    );
    table.changed();
    Ok(placed)
}

/// What the batch names that may be anywhere in the address space: its address and its index in the region's table.
/// Everything else is looked up once too, so that a failure comes with its reason before anything is placed.
fn far_symbols(
    batch: &[Item],
    addresses: &Addresses<'_>,
) -> Result<FxHashMap<Symbol, (usize, usize)>, ReloadError> {
    let mut far = FxHashMap::default();
    let mut seen = rustc_hash::FxHashSet::default();
    for reloc in batch.iter().flat_map(|item| &item.compiled.relocs) {
        if matches!(reloc.symbol, Symbol::Code(_)) || !seen.insert(reloc.symbol) {
            continue;
        }
        if let Place::Far(address) = addresses.of(reloc.symbol)? {
            let index = far.len();
            far.insert(reloc.symbol, (address, index));
        }
    }
    Ok(far)
}

#[cfg(test)]
mod tests {
    use super::{ALIGN, LINE, start};

    #[test]
    fn first_bytes_lie_in_one_line_and_nothing_is_skipped_without_need() {
        for (offset, len) in (0..200).flat_map(|offset| (1..200).map(move |len| (offset, len))) {
            for align in [1, 16, 32, 128] {
                let at = start(offset, len, align);
                let last = at + len.min(LINE) - 1;
                assert!(at.is_multiple_of(ALIGN.max(align)), "{offset} {len}");
                assert_eq!(at / LINE, last / LINE, "{offset} {len} {align}");
                assert!((offset..offset + LINE.max(align)).contains(&at), "{at}");
            }
        }
    }
}
