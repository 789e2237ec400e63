//! What a program has beside the values of its types: counters of all kinds, modules that join and leave, handlers.

use std::fmt::Write as _;

use super::super::Random;
use super::{Flaw, State, Version};

/// Where a counter is kept.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Proc,
    /// In a variable that a template makes, another one at each place where it stands.
    Template,
    Generic,
    Thread,
}

/// A proc with a variable that counts its calls.
#[derive(Clone)]
pub(super) struct Counter {
    pub(super) name: String,
    pub(super) first: i64,
    pub(super) place: Place,
    pub(super) module: usize,
}

impl Counter {
    /// What it begins with.
    pub(super) fn first(&self) -> i64 {
        // A variable of a thread has no initialiser.
        if self.place == Place::Thread {
            0
        } else {
            self.first
        }
    }

    pub(super) fn text(&self) -> String {
        let (name, first) = (&self.name, self.first);
        let body = format!("  var count {{.global.}} = {first}\n  inc count\n  count\n");
        match self.place {
            Place::Proc => format!("proc {name}*(): int =\n{body}"),
            Place::Template => format!("proc {name}*(): int = counted({first})\n"),
            Place::Generic => {
                format!("proc {name}Of[T](x: T): int =\n{body}proc {name}*(): int = {name}Of(1)\n")
            }
            Place::Thread => format!(
                "var {name}Here {{.threadvar.}}: int\nproc {name}*(): int =\n  inc {name}Here\n  {name}Here\n"
            ),
        }
    }
}

/// A module with a variable of its own, whose first value may come from a counter of a module that was there before.
#[derive(Clone)]
pub(super) struct Extra {
    pub(super) name: String,
    first: i64,
    from: Option<String>,
}

impl Extra {
    pub(super) fn random(name: String, from: Option<String>, random: &mut Random) -> Extra {
        Extra {
            name,
            first: random.below(100) as i64,
            from,
        }
    }

    /// The counter that its first value comes from, as long as there is one.
    fn source<'v>(&self, version: &'v Version) -> Option<&'v Counter> {
        let name = self.from.as_ref()?;
        version.counters.iter().find(|one| one.name == *name)
    }

    pub(super) fn text(&self, version: &Version) -> String {
        let (name, first) = (&self.name, self.first);
        let more = self.source(version).map(|one| format!(" + {}()", one.name));
        format!(
            "import left, right\nvar kept = {first}{}\nproc {name}*(): int =\n  inc kept\n  kept\n",
            more.unwrap_or_default()
        )
    }
}

impl Version {
    /// What the modules that join, and those that stay, have when a version has taken the place of another.
    pub(super) fn join(&self, state: &State, next: &mut State) {
        for extra in &self.extras {
            let known = state.extras.iter().find(|one| one.0 == extra.name);
            let value = match (known, extra.source(self)) {
                (Some(known), _) => known.1,
                (None, None) => extra.first,
                (None, Some(source)) => {
                    let counter = next.counters.iter_mut().find(|one| one.0 == source.name);
                    let counter = &mut counter.expect("it was found").1;
                    *counter += 1;
                    extra.first + *counter
                }
            };
            next.extras.push((extra.name.clone(), value));
        }
    }

    /// The counters that modules which join take their first values from.
    pub(super) fn used_by_joining(&self, state: &State) -> Vec<String> {
        let joins = |extra: &&Extra| state.extras.iter().all(|one| one.0 != extra.name);
        let joining = self.extras.iter().filter(joins);
        let sources = joining.filter_map(|extra| extra.source(self));
        sources.map(|source| source.name.clone()).collect()
    }

    /// The text of the handlers.
    pub(super) fn handlers_text(&self) -> String {
        let number = self.number;
        let mut text = String::from(
            "var log*: seq[string]\nproc note(what: string) =\n  if log.len > 3: log.setLen 0\n  log.add what\n",
        );
        if self.handlers[0] {
            let _ = writeln!(text, "beforeCodeReload:\n  note \"b{number}\"");
            if self.flaw == Some(Flaw::BeforeRaises) {
                text += "  raise newException(ValueError, \"before\")\n";
            }
        }
        if self.handlers[1] {
            let _ = writeln!(text, "afterCodeReload:\n  note \"a{number}\"");
            if self.flaw == Some(Flaw::AfterRaises) {
                text += "  raise newException(ValueError, \"after\")\n";
            }
        }
        text
    }

    /// Does the *before* handler of this version end with an exception? It is left out when it has, since each version edits it.
    pub(super) fn raises_before(&self, state: &State) -> bool {
        self.flaw == Some(Flaw::BeforeRaises) && self.handlers[0] && state.raised != self.number
    }

    /// A handler of this version runs.
    pub(super) fn handler(&self, before: bool, state: &mut State) {
        let left_out =
            before && self.flaw == Some(Flaw::BeforeRaises) && state.raised == self.number;
        if left_out || !self.handlers[usize::from(!before)] {
            return;
        }
        if state.log.len() > 3 {
            state.log.clear();
        }
        let sign = if before { "b" } else { "a" };
        state.log.push(format!("{sign}{}", self.number));
        if before && self.raises_before(state) {
            state.raised = self.number;
        }
    }
}
