//! Collecting cycles: finds them as the runtime does and runs the destructors.

use super::memory::{Memory, desc_of_address};
use super::{Exec, Machine, Outcome, Then};
use crate::mir::cycles::{Objects, RC_CANDIDATE};
use crate::mir::ir::*;

impl Objects for Memory {
    fn load(&self, address: u64, size: u32) -> u64 {
        let ty = match size {
            1 => Scalar::I8,
            2 => Scalar::I16,
            4 => Scalar::I32,
            _ => Scalar::I64,
        };
        // What cannot be read refers to nothing.
        Memory::load(self, address, ty).unwrap_or(0)
    }

    fn desc_of(&self, object: u64) -> Option<DescId> {
        desc_of_address(Objects::load(self, object.wrapping_sub(8), 8))
    }

    fn references(&self, object: u64) -> u64 {
        let count = Objects::load(self, object.wrapping_sub(REF_HEADER.into()), 8);
        count / RC_ONE as u64 + 1
    }
}

impl Machine<'_> {
    /// Destroys the cycles that nothing refers to. Gives 0, as a function without a result does.
    pub(super) fn collect_cycles(&mut self) -> Exec<u64> {
        let busy = self
            .frames
            .iter()
            .any(|frame| matches!(frame.then, Then::Free { .. }));
        if self.collecting || busy {
            return Ok(0);
        }
        let found = self.candidates.take();
        for &object in &found {
            self.mark(object, |count| count & !RC_CANDIDATE)?;
        }
        let garbage = self.tracer.find(self.ids, &self.memory, &found);
        self.charge(64 * garbage.visited as u64)?;
        for &slot in &garbage.slots {
            self.memory.store(slot, Scalar::Ptr, 0)?;
        }
        self.collecting = true;
        for &object in &garbage.objects {
            self.mark(object, |count| count & (RC_ONE - 1))?;
            self.destroy_object(object)?;
        }
        self.collecting = false;
        self.candidates.learn(&garbage);
        Ok(0)
    }

    fn mark(&mut self, object: u64, change: impl FnOnce(i64) -> i64) -> Exec<()> {
        let header = object.wrapping_sub(REF_HEADER.into());
        let count = self.memory.load(header, Scalar::I64)? as i64;
        Ok(self
            .memory
            .store(header, Scalar::I64, change(count) as u64)?)
    }

    /// Destroys and frees an object, at once.
    fn destroy_object(&mut self, object: u64) -> Exec<()> {
        let desc = self.dynamic_type(object)?;
        if let Some(destroy) = self.ids.desc_of(desc).destroy {
            let proc = self.lookup(destroy)?;
            self.enter(proc, &[object], Then::Exit)?;
            if self.run()? == Outcome::Raised {
                // Whoever runs meanwhile has nothing to do with it.
                self.take_pending();
            }
        }
        let header = object.wrapping_sub(REF_HEADER.into());
        self.free_object(header)
    }
}
