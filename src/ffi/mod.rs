//! C functions: from `importc` and `dynlib` to addresses.
//!
//! In: [`Extern`]s of the program's [`Ids`]. Out: addresses to call. A function without library is looked up in the process; one with a
//! library in the first of Nim's candidates that loads (see [`pattern`]). One that is not found gets the address of a stub that raises
//! `LibraryError` with what was tried when it is called, so optional libraries cost nothing; [`Externs::problem`] tells at once.
//! Libraries stay loaded for the life of the process. Never calls anything.

#![allow(unsafe_code)] // loads libraries

pub mod pattern;

use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard};

use libloading::os::unix::Library;
use rustc_hash::FxHashMap;

use crate::mir::{Extern, ExternId, Ids};
use crate::runtime::Window;

/// The C functions of one program.
pub struct Externs {
    window: Arc<Window>,
    ids: Arc<Ids>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By Nim's pattern. An error is asked for again each time: the library may have been installed since.
    libraries: FxHashMap<Arc<str>, Arc<Library>>,
    /// What was found, and why not.
    resolved: FxHashMap<ExternId, usize>,
    problems: FxHashMap<ExternId, String>,
}

impl Externs {
    pub(crate) fn new(window: Arc<Window>, ids: Arc<Ids>) -> Externs {
        Externs {
            window,
            ids,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .unwrap_or_else(|poison| poison.into_inner())
    }

    /// The address to call the function at, with its C convention; it stays valid. If it is not found, one that raises
    /// when it is called. If it takes variable arguments, one that does for them what the convention wants besides.
    ///
    /// # Errors
    /// When memory is short.
    pub fn address(&self, id: ExternId) -> io::Result<*const u8> {
        let function = self.ids.extern_of(id);
        let stubs = self.window.extern_stubs(id)?;
        let found = self.resolve(id, &function);
        stubs
            .cell
            .store(found.unwrap_or(stubs.unresolved), Ordering::Release);
        Ok(match found {
            // System V tells the callee in `al` how many vector registers are used; no one else tells anything.
            Some(_) if function.varargs.is_some() && cfg!(target_arch = "x86_64") => stubs.varargs,
            Some(address) => address,
            None => stubs.unresolved,
        } as *const u8)
    }

    /// Why the function cannot be called, if it cannot: names it and what was tried.
    pub fn problem(&self, id: ExternId) -> Option<String> {
        let function = self.ids.extern_of(id);
        self.resolve(id, &function)?;
        self.state().problems.get(&id).cloned()
    }

    pub(crate) fn why_unresolved(&self, id: ExternId) -> String {
        let known = self.state().problems.get(&id).cloned();
        known.unwrap_or_else(|| format!("could not import: {}", self.ids.extern_of(id).symbol))
    }

    fn resolve(&self, id: ExternId, function: &Extern) -> Option<usize> {
        let mut state = self.state();
        if let Some(&address) = state.resolved.get(&id) {
            return Some(address);
        }
        match find(&mut state, function) {
            Ok(address) => {
                state.problems.remove(&id);
                state.resolved.insert(id, address);
                Some(address)
            }
            Err(problem) => {
                state.problems.insert(id, problem);
                None
            }
        }
    }
}

fn find(state: &mut State, function: &Extern) -> Result<usize, String> {
    let symbol = &function.symbol;
    let library = match &function.library {
        None => Arc::new(Library::this()),
        Some(pattern) => match state.libraries.get(pattern) {
            Some(library) => library.clone(),
            None => {
                let library = Arc::new(load(pattern)?);
                state.libraries.insert(pattern.clone(), library.clone());
                library
            }
        },
    };
    // SAFETY: the address is only called with the signature that the program declares for it.
    let found = unsafe { library.get::<*const ()>(symbol.as_bytes()) };
    let address = found
        .ok()
        .map(|found| found.into_raw() as usize)
        .filter(|&address| address != 0);
    address.ok_or_else(|| match &function.library {
        Some(pattern) => format!("could not import: {symbol} (from library {pattern})"),
        None => format!(
            "could not import: {symbol} (not in the process, the C library or the math library)"
        ),
    })
}

fn load(pattern: &str) -> Result<Library, String> {
    let candidates = pattern::expand(pattern);
    let mut reasons = Vec::new();
    for candidate in &candidates {
        // SAFETY: loading a library runs its initialisers; the program asked for it by name.
        match unsafe { Library::new(candidate) } {
            Ok(library) => return Ok(library),
            Err(error) => reasons.push(error.to_string()),
        }
    }
    let tried = candidates.join(", ");
    Err(format!(
        "could not load: {pattern} (tried {tried}: {})",
        reasons.last().map_or("", String::as_str)
    ))
}
