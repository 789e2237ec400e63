//! Giving back constant data, as string literals, that nothing can refer to any more.
//!
//! In: the code that is kept, and the program's memory. Out: room for other data. Data is named by code and by other data; its
//! address may stand in the heap, in globals, on the current thread's stack and in its registers, where every word
//! counts ([`scan`](super::scan)). When another thread has frames, whose registers are out of reach, nothing is given
//! back. It is looked for when data has doubled since the last time, so the cost of a reload hardly knows it.

use std::sync::Arc;

use super::code::Placed;
use super::{LiveProgram, State};
use crate::jit::Symbol;
use crate::runtime::Context;

/// Less than this is not worth a look.
const LITTLE: usize = 32 << 10;

impl LiveProgram {
    /// Sweeps constant data when there is much more of it than there was.
    pub(super) fn sweep_data(
        &self,
        state: &mut State,
        frames: &[Arc<Placed>],
        context: *mut Context,
        others: usize,
    ) {
        let data = self.runtime.data();
        if others > 0 || data.bytes() < state.sweep_at.max(LITTLE) {
            return;
        }
        let tables = [
            &state.live,
            &state.c_entries,
            &state.removed,
            &state.raising,
        ];
        let code = tables.into_iter().flat_map(|table| table.values());
        let code = code.chain(&state.old).chain(&state.inits).chain(frames);
        let named = code.flat_map(|placed| &placed.compiled.relocs);
        let named = named.filter_map(|reloc| match reloc.symbol {
            Symbol::Data(id) => Some(id),
            _ => None,
        });
        let mut words = Vec::new();
        let area = self.runtime.window().data();
        self.each_word(context, &state.gone, &mut |word| {
            if area.contains(&word) || word == area.end {
                words.push(word);
            }
        });
        data.sweep(named, &words);
        state.sweep_at = 2 * data.bytes();
    }
}
