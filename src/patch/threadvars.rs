//! Threadvars of other threads than the main one, in a reload.
//!
//! A reload migrates globals where they are; the threadvars of the main thread are among them. Those of other threads lie in areas of
//! their own: what they hold is looked at and destroyed here, and never converted. A version that would have to convert such a value is refused.

#![allow(unsafe_code)] // reads and moves values by address

use super::LiveProgram;
use super::migrate::Planned;
use super::plan::Refusal;
use super::report::ReloadError;
use crate::globals::GlobalEntry;

/// A value of a threadvar, as bytes.
fn bytes(address: usize, size: usize) -> &'static [u8] {
    // SAFETY: the areas are committed as a whole and stay while their list is held; nobody keeps what is given for longer.
    unsafe { std::slice::from_raw_parts(address as *const u8, size) }
}

impl LiveProgram {
    fn threadvar_list(&self) -> Vec<GlobalEntry> {
        let mut list = self.runtime.globals().list();
        list.retain(|global| global.id.is_thread());
        list
    }

    /// Refuses a version whose types another thread has values of.
    pub(super) fn check_threadvars(&self, planned: &Planned) -> Result<(), ReloadError> {
        let of_types = planned.values.iter().map(|value| value.global.id);
        let ids: Vec<_> = of_types.filter(|id| id.is_thread()).collect();
        let mut vars = self.threadvar_list();
        vars.retain(|global| ids.contains(&global.id));
        let mut refused = Vec::new();
        self.runtime.threads().with_areas(|thread, distance| {
            for global in &vars {
                let value = bytes(global.address.wrapping_add(distance), global.size);
                if value.iter().any(|&byte| byte != 0) {
                    refused.push(format!(
                        "the threadvar `{}` has a value in {thread}, which cannot be migrated",
                        global.name
                    ));
                }
            }
        });
        match refused.is_empty() {
            true => Ok(()),
            false => Err(Refusal(refused).into()),
        }
    }

    /// Destroys what other threads have in a threadvar that is gone.
    pub(super) fn destroy_threadvar(&self, gone: &GlobalEntry) {
        if !gone.id.is_thread() {
            return;
        }
        let mut values: Vec<Vec<u128>> = Vec::new();
        self.runtime.threads().with_areas(|_, distance| {
            let at = gone.address.wrapping_add(distance) as *mut u8;
            let mut words = vec![0u128; gone.size.div_ceil(16)];
            // SAFETY: the area is there while the list is held, and the threads stand still; values of the guest move by their bytes.
            unsafe {
                let to = words.as_mut_ptr().cast::<u8>();
                to.copy_from_nonoverlapping(at, gone.size);
                at.write_bytes(0, gone.size);
            }
            values.push(words);
        });
        let Some(destroy) = self.ids().desc_of(gone.desc).destroy else {
            return;
        };
        for value in &values {
            // SAFETY: a destructor takes the address of a value, which nobody else has. An error has nobody to go to.
            let _ = unsafe { self.call(destroy, &[value.as_ptr() as u64]) };
        }
    }

    /// Gives each word of the threadvars of other threads.
    pub(super) fn words_of_threadvars(&self, gone: &[GlobalEntry], add: &mut dyn FnMut(usize)) {
        let mut vars = self.threadvar_list();
        vars.extend(gone.iter().filter(|global| global.id.is_thread()).cloned());
        self.runtime.threads().with_areas(|_, distance| {
            for global in &vars {
                let value = bytes(global.address.wrapping_add(distance), global.size);
                for word in value.chunks_exact(8) {
                    add(usize::from_ne_bytes(word.try_into().unwrap_or_default()));
                }
            }
        });
    }
}
