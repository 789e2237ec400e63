//! Identities: program-wide numbers for what outlives a version of a module.
//!
//! The same identity always gives the same number, so what was compiled against it stays valid across reloads. Numbers
//! are never given to another identity. Shared by reference; any thread may ask.

use std::sync::{Arc, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::ir::{Data, DataId, Desc, DescId, Extern, ExternId, GlobalId, ProcId, THREADVAR};

/// The identities of one program.
#[derive(Default)]
pub struct Ids {
    tables: RwLock<Tables>,
}

#[derive(Default)]
struct Tables {
    procs: Interned<(Arc<str>, u64)>,
    /// What procs take and give, whatever that looks like.
    proc_types: FxHashMap<ProcId, u64>,
    globals: Interned<Arc<str>>,
    data: Interned<Arc<Data>>,
    externs: Interned<Arc<Extern>>,
    descs: Interned<(Arc<str>, u64)>,
    desc_bodies: Vec<Option<Arc<Desc>>>,
    /// Identities of types, to notice the second layout of one.
    laid_out: FxHashSet<Arc<str>>,
    /// Types have been laid out in different ways.
    relaid: bool,
}

struct Interned<K> {
    numbers: FxHashMap<K, u32>,
    keys: Vec<K>,
}

impl<K> Default for Interned<K> {
    fn default() -> Self {
        Interned {
            numbers: FxHashMap::default(),
            keys: Vec::new(),
        }
    }
}

impl<K: Clone + Eq + std::hash::Hash> Interned<K> {
    fn intern(&mut self, key: K) -> u32 {
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        let number = self.keys.len() as u32;
        self.keys.push(key.clone());
        self.numbers.insert(key, number);
        number
    }
}

impl Ids {
    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Tables> {
        self.tables
            .write()
            .expect("no user of the table panics while it holds it")
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Tables> {
        self.tables
            .read()
            .expect("no user of the table panics while it holds it")
    }

    /// The proc with this identity (module, enclosing names, name, Nim signature) and this hash of its call ABI.
    pub fn proc(&self, identity: &str, abi: u64) -> ProcId {
        ProcId(self.write().procs.intern((identity.into(), abi)))
    }

    /// Identity and ABI hash of a proc.
    pub fn proc_key(&self, id: ProcId) -> (Arc<str>, u64) {
        self.read().procs.keys[id.0 as usize].clone()
    }

    /// Notes a hash of what a proc takes and gives: the identities of the types, and not their layouts.
    pub fn set_proc_type(&self, id: ProcId, hash: u64) {
        if self.read().proc_types.get(&id) != Some(&hash) {
            self.write().proc_types.insert(id, hash);
        }
    }

    /// Do both procs take and give values of the same types?
    pub fn have_same_type(&self, a: ProcId, b: ProcId) -> bool {
        let tables = self.read();
        let known = |id| tables.proc_types.get(&id);
        known(a).is_some() && known(a) == known(b)
    }

    /// The global with this identity. One that begins with [`THREADVAR`] is a variable of each thread's own.
    pub fn global(&self, identity: &str) -> GlobalId {
        let number = self.write().globals.intern(identity.into());
        GlobalId(number << 1 | u32::from(identity.starts_with(THREADVAR)))
    }

    /// Identity of a global.
    pub fn global_key(&self, id: GlobalId) -> Arc<str> {
        self.read().globals.keys[(id.0 >> 1) as usize].clone()
    }

    /// Constant data with this content.
    pub fn data(&self, data: Data) -> DataId {
        DataId(self.write().data.intern(Arc::new(data)))
    }

    /// Content of constant data.
    pub fn data_of(&self, id: DataId) -> Arc<Data> {
        self.read().data.keys[id.0 as usize].clone()
    }

    /// The C function.
    pub fn extern_fn(&self, function: Extern) -> ExternId {
        ExternId(self.write().externs.intern(Arc::new(function)))
    }

    /// What a C function is.
    pub fn extern_of(&self, id: ExternId) -> Arc<Extern> {
        self.read().externs.keys[id.0 as usize].clone()
    }

    /// The descriptor of the type with this identity and layout fingerprint. Types may be recursive, so the content
    /// follows by [`Ids::define_desc`]. The flag tells whether it still has to.
    pub fn desc(&self, identity: &str, layout: u64) -> (DescId, bool) {
        let mut tables = self.write();
        let identity: Arc<str> = identity.into();
        let number = tables.descs.intern((identity.clone(), layout));
        if tables.desc_bodies.len() <= number as usize {
            tables.desc_bodies.push(None);
            tables.relaid |= !tables.laid_out.insert(identity);
        }
        (
            DescId(number),
            tables.desc_bodies[number as usize].is_none(),
        )
    }

    /// Has any type been laid out in more than one way? If none has, no value needs to be converted.
    pub fn has_relaid(&self) -> bool {
        self.read().relaid
    }

    /// Gives a descriptor its content.
    pub fn define_desc(&self, id: DescId, desc: Desc) {
        self.write().desc_bodies[id.0 as usize] = Some(Arc::new(desc));
    }

    /// Content of a descriptor.
    ///
    /// # Panics
    /// If it was never defined, which is a bug of the lowering.
    pub fn desc_of(&self, id: DescId) -> Arc<Desc> {
        self.read().desc_bodies[id.0 as usize]
            .clone()
            .expect("every descriptor that code names is defined")
    }

    /// Content of a descriptor, if it has been defined.
    pub fn known_desc(&self, id: DescId) -> Option<Arc<Desc>> {
        self.read()
            .desc_bodies
            .get(id.0 as usize)
            .cloned()
            .flatten()
    }

    /// Identity and layout fingerprint of a descriptor.
    pub fn desc_key(&self, id: DescId) -> (Arc<str>, u64) {
        self.read().descs.keys[id.0 as usize].clone()
    }
}
