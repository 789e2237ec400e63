//! Which procs a proc names: by calling them, by their address, through constant data, through descriptors.

use rustc_hash::FxHashSet;

use super::Ids;
use super::ir::{Callee, DataId, Desc, DescId, Global, Inst, Proc, ProcId, Target};

/// Finds what procs name. Constant data and descriptors are looked into once.
pub struct References<'a> {
    ids: &'a Ids,
    data: FxHashSet<DataId>,
    descs: FxHashSet<DescId>,
    found: FxHashSet<ProcId>,
    new: Vec<ProcId>,
}

impl<'a> References<'a> {
    /// Nothing was looked at yet.
    pub fn new(ids: &'a Ids) -> References<'a> {
        References {
            ids,
            data: FxHashSet::default(),
            descs: FxHashSet::default(),
            found: FxHashSet::default(),
            new: Vec::new(),
        }
    }

    /// What `proc` names and nothing before it did.
    pub fn of_proc(&mut self, proc: &Proc) -> Vec<ProcId> {
        proc.each_inst(|inst| self.inst(inst));
        proc.holds.iter().for_each(|&desc| self.desc(desc));
        std::mem::take(&mut self.new)
    }

    /// What the type of `global` names and nothing before it did.
    pub fn of_global(&mut self, global: &Global) -> Vec<ProcId> {
        self.desc(global.desc);
        std::mem::take(&mut self.new)
    }

    fn inst(&mut self, inst: &Inst) {
        match inst {
            Inst::Checked { raise, .. } | Inst::Check { raise, .. } => self.proc(*raise),
            Inst::ProcAddr { proc, .. } => self.proc(*proc),
            Inst::Call {
                callee: Callee::Proc(proc),
                ..
            } => self.proc(*proc),
            Inst::DataAddr { data, .. } => self.data(*data),
            Inst::DescAddr { desc, .. } => self.desc(*desc),
            _ => {}
        }
    }

    fn proc(&mut self, proc: ProcId) {
        if self.found.insert(proc) {
            self.new.push(proc);
        }
    }

    fn data(&mut self, data: DataId) {
        if !self.data.insert(data) {
            return;
        }
        for &(_, target) in &self.ids.data_of(data).relocs {
            match target {
                Target::Data(data) => self.data(data),
                Target::Proc(proc) => self.proc(proc),
                Target::Desc(desc) => self.desc(desc),
            }
        }
    }

    fn desc(&mut self, desc: DescId) {
        if !self.descs.insert(desc) {
            return;
        }
        let desc = self.ids.desc_of(desc);
        desc.each_proc(|proc| self.proc(proc));
        desc.shape.each_desc(|part| self.desc(part));
    }
}

impl Desc {
    /// Shows every proc that works on values of the type.
    fn each_proc(&self, f: impl FnMut(ProcId)) {
        self.destroy.into_iter().for_each(f);
    }
}
