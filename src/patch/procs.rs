//! The procs of a module, from one version to the next.
//!
//! A version of a large module has most of its procs from the one before. So it shares what that one knew of them, beside what
//! is its own, and two versions are compared by looking at what is not the very same.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::mir::{Fingerprint, Proc, ProcId};

/// A proc with the fingerprint of its body.
pub(super) type Entry = (Fingerprint, Arc<Proc>);

/// What became of the procs of a version in the next one.
#[derive(Default)]
pub(super) struct Differences<'a> {
    pub gone: Vec<&'a Arc<Proc>>,
    /// New ones, and those with another text.
    pub came: Vec<&'a Arc<Proc>>,
}

impl<'a> Differences<'a> {
    /// Between two versions of a module. Of versions with as many procs each is compared with the one in its place; where some came or
    /// went, all from the first difference to the last one count.
    pub fn between(old: &'a [Arc<Proc>], new: &'a [Arc<Proc>]) -> Differences<'a> {
        let is_same = |(old, new): &(&Arc<Proc>, &Arc<Proc>)| Arc::ptr_eq(old, new);
        if old.len() == new.len() {
            let pairs = old.iter().zip(new).filter(|pair| !is_same(pair));
            let (gone, came) = pairs.unzip();
            return Differences { gone, came };
        }
        let before = old.iter().zip(new).take_while(is_same).count();
        let (old, new) = (&old[before..], &new[before..]);
        let behind = old.iter().rev().zip(new.iter().rev());
        let behind = behind.take_while(is_same).count();
        Differences {
            gone: old[..old.len() - behind].iter().collect(),
            came: new[..new.len() - behind].iter().collect(),
        }
    }
}

/// Procs by their number.
#[derive(Clone, Default)]
pub(super) struct ProcTable {
    /// As they were some versions ago.
    base: Arc<FxHashMap<ProcId, Entry>>,
    /// What is other now: none where a proc is gone.
    since: FxHashMap<ProcId, Option<Entry>>,
}

impl ProcTable {
    pub fn new(entries: impl Iterator<Item = Entry>) -> ProcTable {
        ProcTable {
            base: Arc::new(entries.map(|entry| (entry.1.id, entry)).collect()),
            since: FxHashMap::default(),
        }
    }

    pub fn get(&self, id: ProcId) -> Option<&Entry> {
        match self.since.get(&id) {
            Some(entry) => entry.as_ref(),
            None => self.base.get(&id),
        }
    }

    /// In no order.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        let stayed = |(id, _): &(&ProcId, &Entry)| !self.since.contains_key(id);
        let base = self.base.iter().filter(stayed).map(|(_, entry)| entry);
        base.chain(self.since.values().flatten())
    }

    /// The table without some procs, and then with some.
    pub fn changed(&self, gone: &[&Arc<Proc>], came: impl Iterator<Item = Entry>) -> ProcTable {
        let mut table = self.clone();
        table.since.extend(gone.iter().map(|proc| (proc.id, None)));
        table
            .since
            .extend(came.map(|entry| (entry.1.id, Some(entry))));
        // What shares little is looked up twice for nothing.
        match table.since.len() * 8 > table.base.len() {
            true => ProcTable::new(table.iter().cloned()),
            false => table,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mir::Sig;

    fn proc(number: u32) -> Arc<Proc> {
        let sig = Sig {
            params: Default::default(),
            ret: None,
            raises: false,
        };
        Arc::new(Proc::new(ProcId(number), sig, "p"))
    }

    fn entry(proc: &Arc<Proc>) -> Entry {
        (Fingerprint(Arc::as_ptr(proc) as u128), proc.clone())
    }

    /// Every way to take procs away from three, to put another text in their place and to put new ones between them.
    #[test]
    fn a_changed_table_is_as_a_new_one() {
        let old: Vec<Arc<Proc>> = (0..40).map(proc).collect();
        let table = ProcTable::new(old.iter().map(entry));
        for way in 0..4u32.pow(3) {
            let mut new = old[..10].to_vec();
            for at in 0..3 {
                let was = &old[10 + at as usize];
                match way >> (2 * at) & 3 {
                    0 => new.push(was.clone()),
                    1 => new.push(proc(was.id.0)),
                    2 => new.extend([was.clone(), proc(100 + at)]),
                    _ => {}
                }
            }
            new.extend_from_slice(&old[13..]);
            let Differences { gone, came } = Differences::between(&old, &new);
            assert!(gone.len() <= 3 && came.len() <= 6, "way {way}");
            let changed = table.changed(&gone, came.into_iter().map(entry));
            let fresh = ProcTable::new(new.iter().map(entry));
            for number in 0..103 {
                let [changed, fresh] =
                    [&changed, &fresh].map(|table| table.get(ProcId(number)).map(|entry| entry.0));
                assert_eq!(changed, fresh, "way {way}, proc {number}");
            }
            let count = |table: &ProcTable| table.iter().count();
            assert_eq!(count(&changed), count(&fresh), "way {way}");
        }
    }

    #[test]
    fn many_changes_make_a_new_base() {
        let old: Vec<Arc<Proc>> = (0..40).map(proc).collect();
        let mut table = ProcTable::new(old.iter().map(entry));
        for number in 0..40 {
            let new = proc(number);
            table = table.changed(&[&old[number as usize]], [entry(&new)].into_iter());
            assert!(Arc::ptr_eq(
                &table.get(new.id).expect("it is there").1,
                &new
            ));
            assert!(table.since.len() <= 5 && table.iter().count() == 40);
        }
    }
}
