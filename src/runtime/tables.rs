//! Constant data and type descriptors as compiled code sees them: copied into the window on first demand, at an address that
//! stays as long as something can refer to it. Both are interned program-wide (by content; by type and layout), so they grow
//! with the number of different texts and types. What nothing names or points into any more is given back by
//! [`DataTable::sweep`], for which somebody else has to look and to leave [`Marks`]. [`DataTable::bytes`] reports.
//!
//! Storage of a descriptor is only used again for another descriptor: an address that somebody has hidden from whoever looks, as in
//! memory of C, is that of a wrong type then, but never of something else.

#![allow(unsafe_code)] // writes the data area

mod mark;

pub use mark::Marks;

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char};
use std::io;
use std::sync::{Arc, Mutex};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::fail;
use crate::mir::cycles::{RC_ACYCLIC, Tracer};
use crate::mir::{DataId, Desc, DescId, Ids, ProcId, Shape, Target, bare_name};

use super::window::Window;

/// A type descriptor as compiled code and the runtime see it.
#[repr(C)]
pub struct RtDesc {
    /// Bytes of a value.
    pub size: u64,
    /// Alignment of a value.
    pub align: u32,
    /// Which descriptor it is.
    pub id: DescId,
    /// Stub of the guest proc `(address of the value)` that destroys a value in place, or 0.
    pub destroy: usize,
    /// Descriptor of the base object, or null.
    pub base: *const RtDesc,
    /// The type's name, without that of its module.
    pub name: *const c_char,
    /// Does the descriptor's address stand at offset 0 of a value?
    pub rtti: bool,
    /// The reference count of a new object: no bits but perhaps [`RC_ACYCLIC`].
    pub first_count: i64,
}

/// The descriptor of objects that belong to the host.
pub(super) struct HostDesc(RtDesc);

// SAFETY: nothing that it points at changes.
unsafe impl Send for HostDesc {}
// SAFETY: as above.
unsafe impl Sync for HostDesc {}

impl HostDesc {
    /// For objects of so many bytes that the guest knows nothing of, destroyed by a function of the runtime's convention.
    pub(super) fn new(ids: &Ids, size: usize, destroy: usize) -> HostDesc {
        const NAME: &CStr = c"closure of the host";
        let name = "closure of the host";
        let (id, is_new) = ids.desc(name, size as u64);
        if is_new {
            let desc = Desc {
                name: name.into(),
                size: size as u32,
                align: 8,
                shape: Shape::Tuple(Vec::new()),
                destroy: None,
                hooked: false,
                // What the host holds is not seen.
                acyclic: true,
            };
            ids.define_desc(id, desc);
        }
        HostDesc(RtDesc {
            size: size as u64,
            align: 8,
            id,
            destroy,
            base: std::ptr::null(),
            name: NAME.as_ptr(),
            rtti: false,
            first_count: RC_ACYCLIC,
        })
    }

    pub(super) fn address(&self) -> *const RtDesc {
        &self.0
    }
}

/// Bump allocation in the window's data area.
struct Arena {
    window: Arc<Window>,
    next: usize,
    committed: usize,
}

impl Arena {
    fn new(window: Arc<Window>) -> Arena {
        let start = window.data().start;
        Arena {
            window,
            next: start,
            committed: start,
        }
    }

    /// Zeroed memory.
    fn allocate(&mut self, size: usize, align: usize) -> io::Result<usize> {
        const STEP: usize = 256 << 10;
        fail::point("data")?;
        let start = self.next.next_multiple_of(align.max(1));
        let end = start + size;
        if end > self.window.data().end {
            return Err(io::Error::other(
                "the program's area for constant data is full",
            ));
        }
        if end > self.committed {
            let to = end.next_multiple_of(STEP).min(self.window.data().end);
            self.window.commit(self.committed..to)?;
            self.committed = to;
        }
        self.next = end;
        Ok(start)
    }
}

/// Where data is.
#[derive(Clone, Copy)]
struct Span {
    address: usize,
    /// Bytes that it may use, rounded up.
    room: usize,
}

/// A descriptor in the window, and the name that it points at.
#[derive(Clone, Copy)]
struct PlacedDesc {
    address: usize,
    name: Span,
}

/// What is at an address.
#[derive(Clone, Copy)]
enum Item {
    Data(DataId, Span),
    Desc(DescId),
}

/// Descriptors and data share one lock and one arena; each refers to the other.
struct Tables {
    arena: Arena,
    ids: Arc<Ids>,
    descs: FxHashMap<DescId, PlacedDesc>,
    tracer: Tracer,
    data: FxHashMap<DataId, Span>,
    /// Both, by address.
    items: BTreeMap<usize, Item>,
    /// Free storage of data by rounded size.
    free: FxHashMap<usize, Vec<usize>>,
    free_descs: Vec<usize>,
    /// Bytes in use by both.
    bytes: usize,
    /// Procs whose address is that of their C entry.
    c_abi: FxHashSet<ProcId>,
}

impl Tables {
    fn desc(&mut self, id: DescId) -> io::Result<usize> {
        if let Some(placed) = self.descs.get(&id) {
            return Ok(placed.address);
        }
        let desc = self.ids.desc_of(id);
        let (base, rtti) = match &desc.shape {
            Shape::Object {
                base: Some(base),
                rtti,
                ..
            } => (self.desc(*base)?, *rtti),
            Shape::Object {
                base: None, rtti, ..
            } => (0, *rtti),
            _ => (0, false),
        };
        let destroy = match desc.destroy {
            Some(proc) => {
                self.arena.window.prepare_procs(proc)?;
                self.arena.window.stub(proc)
            }
            None => 0,
        };
        let mut text = bare_name(&desc.name).as_bytes().to_vec();
        text.push(0);
        let name = self.copy(&text, 1)?;
        let address = match self.free_descs.pop() {
            Some(address) => address,
            None => self
                .arena
                .allocate(size_of::<RtDesc>(), align_of::<RtDesc>())?,
        };
        let value = RtDesc {
            size: u64::from(desc.size),
            align: desc.align,
            id,
            destroy,
            base: base as *const RtDesc,
            name: name.address as *const c_char,
            rtti,
            first_count: match self.tracer.may_cycle(&self.ids, id) {
                true => 0,
                false => RC_ACYCLIC,
            },
        };
        // SAFETY: storage with the size and alignment of the type, which nobody else has.
        unsafe { (address as *mut RtDesc).write(value) };
        self.descs.insert(id, PlacedDesc { address, name });
        self.items.insert(address, Item::Desc(id));
        self.bytes += size_of::<RtDesc>();
        Ok(address)
    }

    fn data(&mut self, id: DataId) -> io::Result<usize> {
        if let Some(span) = self.data.get(&id) {
            return Ok(span.address);
        }
        let data = self.ids.data_of(id);
        let mut bytes = data.bytes.clone();
        for &(offset, target) in &data.relocs {
            // Data is interned by content, so it refers to older data only, and this ends.
            let value = match target {
                Target::Data(other) => self.data(other)?,
                Target::Desc(desc) => self.desc(desc)?,
                Target::Proc(proc) if self.c_abi.contains(&proc) => {
                    self.arena.window.prepare_c_procs(proc)?;
                    self.arena.window.c_stub(proc)
                }
                Target::Proc(proc) => {
                    self.arena.window.prepare_procs(proc)?;
                    self.arena.window.stub(proc)
                }
            };
            let place = offset as usize..offset as usize + 8;
            let Some(place) = bytes.get_mut(place) else {
                return Err(io::Error::other(
                    "constant data has a relocation outside of it",
                ));
            };
            place.copy_from_slice(&(value as u64).to_ne_bytes());
        }
        let span = self.copy(&bytes, data.align as usize)?;
        self.data.insert(id, span);
        self.items.insert(span.address, Item::Data(id, span));
        Ok(span.address)
    }

    fn copy(&mut self, bytes: &[u8], align: usize) -> io::Result<Span> {
        let span = self.room_for(bytes.len(), align)?;
        // SAFETY: committed room of that size, which nobody else has.
        unsafe { (span.address as *mut u8).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        self.bytes += span.room;
        Ok(span)
    }

    /// Sizes are rounded to 16 so that what is given back fits again.
    fn room_for(&mut self, size: usize, align: usize) -> io::Result<Span> {
        let room = size.max(1).next_multiple_of(16);
        let free = self.free.get_mut(&room).filter(|_| align <= 16);
        let address = match free.and_then(Vec::pop) {
            Some(address) => address,
            None => self.arena.allocate(room, align.max(16))?,
        };
        Ok(Span { address, room })
    }
}

/// Addresses of type descriptors.
#[derive(Clone)]
pub struct DescTable(Arc<Mutex<Tables>>);

/// Addresses of constant data.
#[derive(Clone)]
pub struct DataTable(Arc<Mutex<Tables>>);

fn lock(tables: &Mutex<Tables>) -> std::sync::MutexGuard<'_, Tables> {
    tables.lock().unwrap_or_else(|poison| poison.into_inner())
}

/// The two tables of a program.
pub(super) fn new(window: Arc<Window>, ids: Arc<Ids>) -> (DescTable, DataTable) {
    let arena = Arena::new(window);
    let tables = Tables {
        arena,
        ids,
        descs: FxHashMap::default(),
        tracer: Tracer::default(),
        data: FxHashMap::default(),
        items: BTreeMap::new(),
        free: FxHashMap::default(),
        free_descs: Vec::new(),
        bytes: 0,
        c_abi: FxHashSet::default(),
    };
    let tables = Arc::new(Mutex::new(tables));
    (DescTable(tables.clone()), DataTable(tables))
}

impl DescTable {
    /// The address of the descriptor, the same until it is [swept](DataTable::sweep).
    ///
    /// # Errors
    /// When memory or the area for data is used up.
    pub fn address(&self, id: DescId) -> io::Result<*const RtDesc> {
        lock(&self.0)
            .desc(id)
            .map(|address| address as *const RtDesc)
    }

    /// How many have been materialised.
    pub fn count(&self) -> usize {
        lock(&self.0).descs.len()
    }

    /// Those that have been materialised, with their addresses.
    pub fn all(&self) -> Vec<(DescId, usize)> {
        let placed = |(&id, placed): (&DescId, &PlacedDesc)| (id, placed.address);
        lock(&self.0).descs.iter().map(placed).collect()
    }
}

impl DataTable {
    /// Says that a proc has the C calling convention, so that data that names it holds the address of its C entry. Before
    /// such data is first asked for.
    pub fn set_c_abi(&self, proc: ProcId) {
        lock(&self.0).c_abi.insert(proc);
    }

    /// The address of the data, the same until it is swept.
    ///
    /// # Errors
    /// When memory or the area for data is used up.
    pub fn address(&self, id: DataId) -> io::Result<*const u8> {
        lock(&self.0).data(id).map(|address| address as *const u8)
    }

    /// How many have been materialised.
    pub fn count(&self) -> usize {
        lock(&self.0).data.len()
    }

    /// Bytes in use by data and descriptors.
    pub fn bytes(&self) -> usize {
        lock(&self.0).bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mir::{Data, Desc, ProcId};

    fn object(name: &str, base: Option<DescId>, destroy: Option<ProcId>) -> Desc {
        let shape = Shape::Object {
            base,
            rtti: true,
            fields: Vec::new(),
        };
        Desc {
            name: name.into(),
            size: 24,
            align: 8,
            shape,
            destroy,
            hooked: false,
            acyclic: false,
        }
    }

    #[test]
    fn descriptors_and_data_are_materialised_once_with_their_relocations() {
        let ids = Arc::new(Ids::default());
        let window = Arc::new(Window::new(0).expect("address space"));
        let (descs, data) = new(window.clone(), ids.clone());
        let destroy = ids.proc("m.destroy", 0);
        let (base, _) = ids.desc("m.Base", 0);
        let (heir, _) = ids.desc("m.Heir", 0);
        ids.define_desc(base, object("m.Base", None, None));
        ids.define_desc(heir, object("m.Heir", Some(base), Some(destroy)));
        let at = descs.address(heir).expect("a descriptor");
        // SAFETY: descriptors stay where they are.
        let have = unsafe { &*at };
        assert_eq!(
            (have.size, have.align, have.id, have.rtti),
            (24, 8, heir, true)
        );
        assert_eq!(have.base, descs.address(base).expect("a descriptor"));
        assert_eq!(have.destroy, window.stub(destroy));
        assert_eq!(descs.address(heir).expect("a descriptor"), at);
        assert_eq!(descs.count(), 2);

        let text = ids.data(Data {
            bytes: b"text".to_vec(),
            align: 1,
            relocs: vec![],
        });
        let relocs = vec![
            (0, Target::Data(text)),
            (8, Target::Proc(destroy)),
            (16, Target::Desc(heir)),
        ];
        let table = ids.data(Data {
            bytes: vec![0; 24],
            align: 16,
            relocs,
        });
        let at = data.address(table).expect("data") as usize;
        assert_eq!(at % 16, 0);
        // SAFETY: 24 bytes of data stand there.
        let words = unsafe { *(at as *const [usize; 3]) };
        let text = data.address(text).expect("data") as usize;
        assert_eq!(
            words,
            [text, window.stub(destroy), have as *const RtDesc as usize]
        );
        let broken = ids.data(Data {
            bytes: vec![0; 4],
            align: 1,
            relocs: vec![(0, Target::Desc(heir))],
        });
        assert!(data.address(broken).is_err());
    }
}
