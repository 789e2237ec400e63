//! Each thread's own variables.
//!
//! The globals of a program end with an area for `{.threadvar.}`s, which the main thread uses: the one that made the program, in whose
//! storage a reload finds and migrates them as any other global. Each other thread that enters the program has a copy of that area, zero at
//! first, at a distance that its context knows; compiled code adds it to the address. Pages are given by the system when they
//! are written to, so what a thread does not use costs nothing.

use std::io;
use std::ops::Range;

use crate::os::memory::Reservation;

/// Bytes that the threadvars of a program may have together.
const AREA: usize = 1 << 20;

/// The part of the globals' storage that is the main thread's area.
pub(crate) fn main_area(globals: Range<usize>) -> Range<usize> {
    globals.end - AREA..globals.end
}

/// The area of another thread.
pub(super) struct Area {
    memory: Reservation,
    distance: usize,
}

impl Area {
    /// A copy of the main thread's area, all zero.
    pub(super) fn new(globals: Range<usize>) -> io::Result<Area> {
        let memory = Reservation::new(AREA)?;
        memory.commit(0..AREA)?;
        let distance = memory.base().wrapping_sub(main_area(globals).start);
        Ok(Area { memory, distance })
    }

    /// What has to be added to the address of a threadvar of the main thread, wrapping around.
    pub(super) fn distance(&self) -> usize {
        debug_assert_eq!(self.memory.size(), AREA);
        self.distance
    }
}
