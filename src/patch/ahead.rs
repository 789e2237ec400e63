//! What a reload can do before it is asked for: the plan and the machine code.
//!
//! In: the version that comes next. Kept: its image, plan and code, with the version that they were made against. A reload takes them
//! when both are still what they were, and does the rest. Nothing that lives changes here; code that nobody takes is dropped.

use std::sync::{Arc, Mutex, PoisonError};

use super::code::Item;
use super::image::{Image, ModuleImage};
use super::migrate::Afresh;
use super::plan::Plan;
use super::report::ReloadError;
use super::{LiveProgram, Version};
use crate::mir::Module;

/// What a reload begins with.
pub(super) struct Prepared {
    pub(super) image: Image,
    pub(super) plan: Plan,
    pub(super) code: Vec<Item>,
}

/// A reload that was prepared.
#[derive(Default)]
pub(super) struct Ahead(Mutex<Option<Waiting>>);

struct Waiting {
    old: Vec<Arc<ModuleImage>>,
    new: Vec<Arc<Module>>,
    prepared: Prepared,
}

fn same<T>(a: &[Arc<T>], b: &[Arc<T>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
}

impl LiveProgram {
    /// Makes the plan and the machine code of a version that a reload is going to ask for. For a thread in the background.
    ///
    /// # Errors
    /// As the reload will give them.
    pub fn prepare(&self, version: &Version) -> Result<(), ReloadError> {
        let old = self.state().image.clone();
        let image = Image::new(&version.modules, self.ids(), &old);
        let afresh = self.with_standing(&Afresh::default(), &old, &image);
        if afresh != Afresh::default() {
            return Ok(()); // what such a reload gives up is decided when it takes place
        }
        let plan = Plan::new(&old, &image, self.ids(), &afresh)?;
        let code = self.compile(&plan, &image, &mut self.state())?;
        let waiting = Waiting {
            old: old.modules,
            new: version.modules.clone(),
            prepared: Prepared { image, plan, code },
        };
        *self.ahead() = Some(waiting);
        Ok(())
    }

    /// What was prepared for a reload to this version, if it is that.
    pub(super) fn take_ahead(
        &self,
        version: &Version,
        afresh: &Afresh,
        old: &Image,
    ) -> Option<Prepared> {
        let waiting = self.ahead().take()?;
        let fits = *afresh == Afresh::default()
            && self.gives_nothing_up()
            && same(&waiting.new, &version.modules)
            && same(&waiting.old, &old.modules);
        fits.then_some(waiting.prepared)
    }

    fn ahead(&self) -> std::sync::MutexGuard<'_, Option<Waiting>> {
        self.ahead.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
