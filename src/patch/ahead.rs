//! What a reload can do before it is asked for: the plan, the machine code, and where nothing else has to be there first, its place.
//!
//! In: the version that comes next. Kept: its image, plan and code, with the version that they were made against. A reload takes them
//! when both are still what they were, and does the rest. Nothing that lives changes here; code that nobody takes is dropped.

use std::sync::Arc;

use super::code::{Item, Placed};
use super::image::{Image, ModuleImage};
use super::migrate::Afresh;
use super::plan::Plan;
use super::reload::NewCode;
use super::report::{ReloadError, Report};
use super::{LiveProgram, Modules, Version};

/// What a reload begins with.
pub(super) struct Prepared {
    pub(super) image: Image,
    pub(super) plan: Plan,
    /// What the plan says.
    pub(super) report: Report,
    pub(super) code: Code,
}

/// Code of a reload that has not taken place.
pub(super) enum Code {
    /// It names storage of globals that is not there yet.
    Compiled(Vec<Item>),
    /// Nothing calls it yet.
    Placed(NewCode),
}

/// A reload that was prepared.
pub(super) struct Ahead {
    old: Arc<[Arc<ModuleImage>]>,
    new: Modules,
    prepared: Prepared,
}

fn same<T>(a: &[Arc<T>], b: &[Arc<T>]) -> bool {
    std::ptr::eq(a, b) || a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
}

impl LiveProgram {
    /// Makes the plan and the machine code of a version that a reload is going to ask for, and drops what the one before has left. For a
    /// thread in the background.
    ///
    /// # Errors
    /// As the reload will give them.
    pub fn prepare(&self, version: &Version) -> Result<(), ReloadError> {
        self.drop_left();
        let old = self.state().image.clone();
        let image = Image::new(&version.modules, self.ids(), &old);
        let afresh = self.with_standing(&Afresh::default(), &old, &image);
        if afresh != Afresh::default() {
            return Ok(()); // what such a reload gives up is decided when it takes place
        }
        let plan = Plan::new(&old, &image, self.ids(), &afresh)?;
        let mut state = self.state();
        let items = self.compile(&plan, &image, &mut state)?;
        let code = match plan.adds_storage() {
            true => Code::Compiled(items),
            false => Code::Placed(self.place(items, &state)?),
        };
        state.ahead = Some(Ahead {
            old: old.modules,
            new: version.modules.clone(),
            prepared: Prepared {
                image,
                report: Report::of(&plan),
                plan,
                code,
            },
        });
        Ok(())
    }

    /// What was prepared for a reload to this version, if it is that.
    pub(super) fn take_ahead(
        &self,
        version: &Version,
        afresh: &Afresh,
        old: &Image,
    ) -> Option<Prepared> {
        let waiting = self.state().ahead.take()?;
        let fits = *afresh == Afresh::default()
            && self.gives_nothing_up()
            && same(&waiting.new, &version.modules)
            && same(&waiting.old, &old.modules);
        fits.then_some(waiting.prepared)
    }
}

impl Ahead {
    /// The code that has its place already.
    pub(super) fn placed(&self) -> impl Iterator<Item = &Arc<Placed>> {
        let new = match &self.prepared.code {
            Code::Placed(new) => Some(new),
            Code::Compiled(_) => None,
        };
        new.into_iter().flat_map(NewCode::all)
    }
}
