//! A migration from its beginning to its end: new values in place of old ones, or the old ones again.

use std::sync::Arc;

use super::convert::{Converter, Hooked, Moved, Scratch, Stop};
use super::describe::refusal;
use super::instep::ToRun;
use super::rules::flatten;
use super::{Planned, PlannedValue, Which, memory, stale};
use crate::globals::GlobalEntry;
use crate::mir::{DescId, GlobalId, Ids};
use crate::patch::LiveProgram;
use crate::patch::plan::Refusal;
use crate::patch::report::ReloadError;
use crate::patch::views::Views;

/// The old value of a global that stays where it is.
struct Stash {
    entry: GlobalEntry,
    bytes: Scratch,
}

/// A migration that has begun, so that it can be undone.
#[derive(Default)]
pub(in crate::patch) struct Migration {
    stashes: Vec<Stash>,
    /// The old storage of globals that moved.
    moved: Vec<GlobalEntry>,
    /// Globals that have new values, also those that moved.
    begun: Vec<GlobalId>,
    objects: Vec<Moved>,
    hooked: Vec<Hooked>,
    pub(in crate::patch) warnings: Vec<String>,
    /// Types of values that were brought in step with new code where they are.
    pub(in crate::patch) in_step: Vec<Arc<str>>,
    /// The same, perhaps not of all of them.
    pub(in crate::patch) in_step_begun: bool,
}

impl Migration {
    /// Has no value been replaced?
    fn is_empty(&self) -> bool {
        self.begun.is_empty() && self.objects.is_empty() && self.hooked.is_empty()
    }

    /// The old values of globals that have been begun with, by type and place.
    fn roots(&self, planned: &Planned, laid_out: &[GlobalEntry]) -> Vec<(DescId, usize)> {
        let begun = planned.values.iter().zip(laid_out).take(self.begun.len());
        let place = |(value, old): (&PlannedValue, &GlobalEntry)| {
            let stash = self.stashes.iter().find(|stash| stash.entry.id == old.id);
            (
                value.was,
                stash.map_or(old.address, |stash| stash.bytes.address()),
            )
        };
        begun.map(place).collect()
    }
}

impl LiveProgram {
    /// Gives globals values of the new layout. `laid_out` is what [lay_out](crate::globals::Change::lay_out) gave for each of the
    /// planned values. What was begun is in `migration`, also after an error.
    pub(in crate::patch) fn migrate(
        &self,
        planned: &Planned,
        laid_out: &[GlobalEntry],
        views: &Views,
        migration: &mut Migration,
    ) -> Result<(), ReloadError> {
        if planned.is_empty() {
            return Ok(());
        }
        let mut converter = Converter::new(self, &planned.types);
        let outcome = self
            .convert_all(planned, laid_out, migration, &mut converter)
            .and_then(|()| self.check_views(planned, laid_out, views, migration, &converter))
            .and_then(|()| self.settle(planned, views, migration, &mut converter));
        let roots = migration.roots(planned, laid_out);
        let counts = converter.count(roots);
        // Globals that are gone refer to old objects too.
        let unknown = match planned.gone {
            true => Vec::new(),
            false => converter.unknown_references(&counts),
        };
        for (name, count) in unknown {
            let (are, s) = if count == 1 { ("is", "") } else { ("are", "s") };
            migration.warnings.push(format!(
                "there {are} {count} reference{s} to `{name}` that no global leads to, in a closure, an iterator or a cycle \
                 that nothing refers to: what {} to stays as it was",
                if count == 1 { "it refers" } else { "they refer" }
            ));
        }
        migration.hooked = std::mem::take(&mut converter.hooked);
        migration.objects = converter.moved(&counts);
        outcome
    }

    fn convert_all(
        &self,
        planned: &Planned,
        laid_out: &[GlobalEntry],
        migration: &mut Migration,
        converter: &mut Converter<'_>,
    ) -> Result<(), ReloadError> {
        for (value, old) in planned.values.iter().zip(laid_out) {
            let id = value.global.id;
            let Some(now) = self.runtime.globals().get(id) else {
                continue;
            };
            let mut from = old.address;
            if now.address == old.address {
                let bytes = Scratch::new(old.size);
                from = bytes.address();
                memory::copy(old.address, from, old.size);
                memory::zero(now.address, now.size.max(old.size));
                let entry = old.clone();
                migration.stashes.push(Stash { entry, bytes });
            } else {
                migration.moved.push(old.clone());
            }
            migration.begun.push(id);
            if !value.afresh {
                let to = (now.address, value.global.desc);
                converter
                    .value((from, value.was), to)
                    .map_err(|stop| stopped(stop, Some((self.ids(), value))))?;
            }
        }
        converter.finish().map_err(|stop| stopped(stop, None))
    }

    /// Refuses a migration under which a frame would go on with an address in an old value.
    fn check_views(
        &self,
        planned: &Planned,
        laid_out: &[GlobalEntry],
        views: &Views,
        migration: &Migration,
        converter: &Converter<'_>,
    ) -> Result<(), ReloadError> {
        if views.is_empty() {
            return Ok(());
        }
        let ids = self.ids();
        let roots = migration.roots(planned, laid_out);
        for ((value, old), root) in planned.values.iter().zip(laid_out).zip(roots) {
            let name = &value.global.name;
            let stays = self.runtime.globals().address(value.global.id) == Some(old.address)
                && !value.afresh
                && !value.is_relaid(ids);
            let own = match stays {
                true => None,
                false => views.within(old.address, old.size),
            };
            if let Some(frame) = own.or_else(|| views.behind(ids, root, value.afresh)) {
                let why = format!(
                    "has an address in the value of the global `{name}`, which is replaced"
                );
                return Err(ReloadError::InUse(Refusal(vec![frame.describe(&why)])));
            }
        }
        let old = converter.made.iter().filter(|(_, made)| !made.stand_in);
        let old = old.map(|(old, _)| old.0);
        for object in old.chain(converter.opened.iter().map(|opened| opened.0)) {
            let Some(desc) = memory::dynamic_type(object) else {
                continue;
            };
            let own = views.within(object, desc.size as usize);
            if let Some(frame) = own.or_else(|| views.behind(ids, (desc.id, object), false)) {
                let why = format!(
                    "has an address in an object of the type `{}`, which is replaced",
                    ids.desc_of(desc.id).name
                );
                return Err(ReloadError::InUse(Refusal(vec![frame.describe(&why)])));
            }
        }
        Ok(())
    }

    /// Has the program's `migrated` procs look at what was converted.
    fn settle(
        &self,
        planned: &Planned,
        views: &Views,
        migration: &mut Migration,
        converter: &mut Converter<'_>,
    ) -> Result<(), ReloadError> {
        let last = converter.take_last();
        let done = self.in_step(planned, (Which::All, last), views, migration);
        // This says more than an error of somebody who met such a value.
        for value in planned.values.iter().filter(|value| !value.afresh) {
            if let Some(now) = self.runtime.globals().get(value.global.id) {
                let settled = converter.settle_global((value.global.desc, now.address));
                settled.map_err(|stop| stopped(stop, Some((self.ids(), value))))?;
            }
        }
        converter
            .settle_objects()
            .map_err(|stop| stopped(stop, None))?;
        done
    }

    /// Runs the program's `migrated` procs.
    fn in_step(
        &self,
        planned: &Planned,
        (which, converted): (Which, Vec<ToRun>),
        views: &Views,
        migration: &mut Migration,
    ) -> Result<(), ReloadError> {
        migration.in_step_begun = !planned.in_step.is_empty();
        let done = self.bring_in_step(&planned.in_step, which, converted, views);
        let (names, said) = done.map_err(|stop| stopped(stop, None))?;
        migration.in_step.retain(|known| !names.contains(known));
        migration.in_step.extend(names);
        migration.warnings.retain(|known| !said.contains(known));
        migration.warnings.extend(said);
        Ok(())
    }

    /// Runs those again that read globals which have got their first value now.
    pub(in crate::patch) fn late_in_step(
        &self,
        planned: &Planned,
        views: &Views,
        migration: &mut Migration,
    ) -> Result<(), ReloadError> {
        match planned.in_step.is_empty() {
            true => Ok(()),
            false => self.in_step(planned, (Which::Late, Vec::new()), views, migration),
        }
    }

    /// Of an undone reload, whose code and globals are what they were before: brings values in step with those.
    pub(in crate::patch) fn back_in_step(&self, planned: &Planned) {
        // An error cannot make the undone reload any more undone.
        let _ = self.bring_in_step(
            &planned.in_step,
            Which::Before,
            Vec::new(),
            &Views::default(),
        );
    }

    /// Refuses a version under which a closure that a global leads to could not go on.
    pub(in crate::patch) fn check_closures(
        &self,
        planned: &Planned,
        laid_out: &[GlobalEntry],
    ) -> Result<(), ReloadError> {
        if planned.is_empty() {
            return Ok(());
        }
        let is_planned = |id| planned.values.iter().any(|value| value.global.id == id);
        let others = self.runtime.globals().list().into_iter();
        let others = others.filter(|entry| !is_planned(entry.id));
        let pairs = planned.values.iter().zip(laid_out);
        let kept = pairs
            .filter(|(value, _)| !value.afresh)
            .map(|(_, old)| old.clone());
        let mut closures = stale::Closures::new(self, planned);
        let why = |entry: GlobalEntry| {
            let why = closures.check(entry.desc, entry.address).err()?;
            Some(format!(
                "the global `{0}` holds {why}; give its value up with --reset {0}",
                entry.name
            ))
        };
        let refused: Vec<String> = kept.chain(others).filter_map(why).collect();
        match refused.is_empty() {
            true => Ok(()),
            false => Err(Refusal(refused).into()),
        }
    }

    /// Destroys what has been replaced.
    pub(in crate::patch) fn commit_migration(&self, migration: Migration) -> Vec<String> {
        let mut warnings = Vec::new();
        if migration.is_empty() {
            return warnings;
        }
        for hooked in &migration.hooked {
            self.empty(hooked.old);
        }
        let known = || migration.objects.iter().filter(|moved| moved.known);
        known().for_each(|moved| memory::retain(moved.old));
        let stashed = migration
            .stashes
            .iter()
            .map(|Stash { entry, bytes }| GlobalEntry {
                address: bytes.address(),
                ..entry.clone()
            });
        for old in stashed.chain(migration.moved.iter().cloned()) {
            if let Err(error) = self.destroy_global(&old) {
                warnings.push(format!("destroying the old value of {}: {error}", old.name));
            }
            // The storage of a global that has moved is looked at once more when it is given back.
            memory::zero(old.address, old.size);
        }
        self.dispose(known().map(|moved| moved.old));
        self.let_go(&migration);
        warnings
    }

    /// Puts the old values back. `ran`: code of the program has run since, so values that it copies by itself may have gone
    /// elsewhere; then the new ones are left alone.
    pub(in crate::patch) fn undo_migration(&self, migration: Migration, ran: bool) {
        let lost = ran && !migration.hooked.is_empty();
        if !lost {
            for hooked in &migration.hooked {
                self.empty(hooked.new);
            }
            for &id in migration.begun.iter().rev() {
                if let Some(entry) = self.runtime.globals().get(id) {
                    // As for new globals: the reload is undone already.
                    let _ = self.destroy_global(&entry);
                }
            }
        }
        for Stash { entry, bytes } in &migration.stashes {
            memory::copy(bytes.address(), entry.address, entry.size);
        }
        match ran {
            true => self.let_go(&migration),
            // Nobody else has seen the new objects.
            false => self.dispose(migration.objects.iter().map(|moved| moved.new)),
        }
    }

    /// Destroys objects that only refer to each other any more, and to which one reference each is held. There may be
    /// cycles, so the contents of all go before any of them.
    fn dispose(&self, objects: impl Iterator<Item = usize> + Clone) {
        for object in objects.clone() {
            if let Some(desc) = memory::dynamic_type(object) {
                if let Some(destroy) = self.ids().desc_of(desc.id).destroy {
                    // An error in a destructor of a value that nobody wants has nobody to go to.
                    let _ = self.call_plain(destroy, &[object as u64]);
                }
                memory::zero(object, desc.size as usize);
            }
        }
        for object in objects {
            match memory::references(object) {
                1 => self.free_object(object),
                _ => memory::give_up(object),
            }
        }
    }

    /// Gives up the references that a migration holds.
    fn let_go(&self, migration: &Migration) {
        let stand_ins = migration.objects.iter().filter(|moved| moved.stand_in);
        self.dispose(stand_ins.map(|moved| moved.new));
        for moved in migration.objects.iter().filter(|moved| !moved.stand_in) {
            self.release(moved.new);
        }
    }

    /// Leaves a value that the program destroys by itself as after a move, when the other copy is the one that counts.
    fn empty(&self, (at, id): (usize, DescId)) {
        let ids = self.ids();
        let desc = ids.desc_of(id);
        let fields = flatten(ids, id);
        for (place, field) in fields.iter().enumerate() {
            if memory::is_active(ids, &fields, place, at)
                && let Some(destroy) = ids.desc_of(field.desc).destroy
            {
                // An error in a destructor of a copy has nobody to go to.
                let _ = self.call_plain(destroy, &[(at + field.offset as usize) as u64]);
            }
        }
        memory::zero(at, desc.size as usize);
    }
}

fn stopped(stop: Stop, value: Option<(&Ids, &PlannedValue)>) -> ReloadError {
    match stop {
        Stop::Value(why) => match value {
            Some((ids, value)) => {
                Refusal(vec![refusal(ids, &value.global, value.was, &why)]).into()
            }
            None => Refusal(vec![format!("a value cannot be migrated: {why}")]).into(),
        },
        Stop::Guest(place, error) => ReloadError::Guest {
            advice: None,
            place,
            error,
            had_run: Vec::new(),
        },
        Stop::InUse(why) => ReloadError::InUse(Refusal(vec![why])),
        Stop::Memory => ReloadError::Memory(std::io::Error::other("no room for migrated values")),
    }
}
