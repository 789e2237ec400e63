//! What compile-time code asks about the world outside: the environment, what stands in the file system, what commands print.
//!
//! In: a request with a name, a path or a command. Out: what there is now. Nothing is remembered: a value that was computed from an answer
//! is computed again when its declaration is checked again, and not when the world has changed. `lib/std/private/outside.nim` has
//! the other side.

use super::wire::{Reader, Writer};
use crate::sema::program::{Loader, Standing};

pub(super) fn answer(loader: &dyn Loader, what: u8, r: &mut Reader<'_>) -> Option<Vec<u8>> {
    let asked = String::from_utf8_lossy(r.text()?).into_owned();
    let mut w = Writer::new();
    match what {
        b'E' => {
            let value = loader.variable(&asked);
            w.number(value.is_some().into());
            w.text(&value.unwrap_or_default());
        }
        b'X' => {
            let input = r.text()?.to_vec();
            let directory = String::from_utf8_lossy(r.text()?).into_owned();
            let (output, status) = loader.run_command(&asked, &input, &directory);
            w.text(output.strip_suffix(b"\n").unwrap_or(&output));
            w.number(status.unsigned_abs().into());
            w.number((status < 0).into());
        }
        b'F' => w.number(number(loader.standing(&asked))),
        _ => {
            let names = loader.names_in(&asked);
            w.number(names.len() as u64);
            names.iter().for_each(|name| w.text(name));
        }
    }
    Some(w.out)
}

fn number(standing: Standing) -> u64 {
    match standing {
        Standing::Nothing => 0,
        Standing::File => 1,
        Standing::LinkToFile => 2,
        Standing::Directory => 3,
        Standing::LinkToDirectory => 4,
    }
}
