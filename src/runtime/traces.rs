//! Stack traces as text.
//!
//! In: the addresses at which frames go on. Out: a line for each that belongs to a proc. Every exception that is raised has a
//! trace, so what an address says is kept until code or lines of sources have changed; nothing else is remembered.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::frames::{CodeMap, CodePlace};

/// Lines of a trace of very many frames.
const OUTER_LINES: usize = 32;
const INNER_LINES: usize = 95;

/// The lines of addresses that were in traces.
#[derive(Default)]
pub(super) struct TraceLines(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// The changes of code and of positions up to which the lines hold.
    changes: (u64, u64),
    /// By address; empty for what no trace names.
    lines: FxHashMap<usize, Arc<str>>,
}

impl super::Runtime {
    /// A stack trace as Nim prints it below its headline: outermost first, one line a frame, without procs whose calls are not
    /// traced; of very many frames those in the middle are left out.
    ///
    /// ```text
    /// main.nim(12)             main
    /// logic.nim(3)             update
    /// ```
    pub fn stack_trace(&self, frames: &[usize]) -> String {
        let Some(map) = self.code_map() else {
            return String::new();
        };
        // Before anything is asked: what changes meanwhile is asked for again next time.
        let positions = self.positions().map_or(0, |positions| positions.changes());
        let changes = (map.changes(), positions);
        let mut known = self
            .trace_lines
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if known.changes != changes {
            *known = Known {
                changes,
                ..Known::default()
            };
        }
        let mut text = String::new();
        let mut add = |frames: &[usize]| {
            for &pc in frames.iter().rev() {
                let line = known.lines.entry(pc);
                text.push_str(line.or_insert_with(|| self.trace_line(&**map, pc)));
            }
            text.len()
        };
        if frames.len() <= OUTER_LINES + INNER_LINES {
            add(frames);
            return text;
        }
        let omitted = frames.len() - OUTER_LINES - INNER_LINES;
        let at = add(&frames[frames.len() - OUTER_LINES..]);
        add(&frames[..INNER_LINES]);
        text.insert_str(at, &format!("({omitted} calls omitted) ...\n"));
        text
    }

    /// File and line of a place in code.
    pub(crate) fn position_of(&self, place: &CodePlace) -> Option<(String, u32)> {
        let positions = place.positions.as_ref().or(self.positions())?;
        positions.position(place.place?)
    }

    /// The line of the frame that goes on at an address. Empty for all but procs: the runtime has frames between them.
    fn trace_line(&self, map: &dyn CodeMap, pc: usize) -> Arc<str> {
        let place = map.locate(pc.wrapping_sub(1));
        let Some(place) = place.filter(|place| place.traced) else {
            return Arc::default();
        };
        let position = self.position_of(&place);
        let shown = position.map_or("???".to_owned(), |(file, line)| format!("{file}({line})"));
        format!("{shown:<24} {}\n", place.name).into()
    }
}
