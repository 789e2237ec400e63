//! C functions: from `importc` and `dynlib` to addresses.
//!
//! In: [`Extern`]s of the program's [`Ids`]. Out: addresses to call. A function without library is looked up in the process; one with a
//! library in the first of Nim's candidates that loads (see [`pattern`]). One that is not found gets the address of a stub that raises
//! `LibraryError` with what was tried when it is called, so optional libraries cost nothing; [`Externs::problem`] tells at once.
//! Functions of the host itself are found by the names of module and function ([`HostFunctions`]). Libraries stay loaded for the life of the process. Never calls anything.

#![allow(unsafe_code)] // loads libraries

pub mod link;
pub mod pattern;

use std::any::Any;
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard};

use libloading::os::unix::Library;
use rustc_hash::FxHashMap;

use crate::mir::{Extern, ExternId, Ids, LINKED, Scalar};
use crate::runtime::Window;

/// The C functions of one program.
pub struct Externs {
    window: Arc<Window>,
    ids: Arc<Ids>,
    hosts: HostFunctions,
    state: Mutex<State>,
}

/// The functions of the host's modules: what a program finds by the name of a module and a symbol.
#[derive(Default)]
pub struct HostFunctions(FxHashMap<(String, String), HostFunction>);

/// A function of the host, to be called with the C convention: the context, the address of `data`, then as
/// [`Extern::host_module`] says.
pub struct HostFunction {
    /// Its address.
    pub code: usize,
    /// What it is called with; lives as long as the program.
    pub data: Box<dyn Any + Send + Sync>,
}

impl HostFunctions {
    /// Adds a function; one with the same names is replaced.
    pub fn add(&mut self, module: &str, symbol: &str, function: HostFunction) {
        self.0
            .insert((module.to_owned(), symbol.to_owned()), function);
    }

    fn get(&self, function: &Extern) -> Option<&HostFunction> {
        let module = function.host_module()?.to_owned();
        self.0.get(&(module, function.symbol.to_string()))
    }
}

impl std::fmt::Debug for HostFunctions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
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
    pub(crate) fn new(window: Arc<Window>, ids: Arc<Ids>, hosts: HostFunctions) -> Externs {
        Externs {
            window,
            ids,
            hosts,
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

    /// What a function of a host module is called with after the context; 0 for any other.
    pub(crate) fn host_data(&self, id: ExternId) -> usize {
        let found = self
            .hosts
            .get(&self.ids.extern_of(id))
            .map(|host| &*host.data);
        found.map_or(0, |data| std::ptr::from_ref(data).cast::<()>() as usize)
    }

    /// Why the function cannot be called, if it cannot: names it and what was tried.
    pub fn problem(&self, id: ExternId) -> Option<String> {
        let function = self.ids.extern_of(id);
        if self.resolve(id, &function).is_some() {
            return None;
        }
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
        let found = match function.host_module() {
            Some(module) => self.hosts.get(function).map(|host| host.code).ok_or_else(|| {
                let symbol = &function.symbol;
                format!("could not import: {symbol} (the host has no such function in its module {module})")
            }),
            None => find(&mut state, function),
        };
        match found {
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
    let symbol = &*function.symbol;
    let Some(pattern) = &function.library else {
        if let Some(address) = behind_macro(function).and_then(|name| in_process(&name)) {
            return Ok(address);
        }
        return in_process(symbol).ok_or_else(|| {
            format!(
                "could not import: {symbol} (it is neither in the process nor in {})",
                STANDARD.join(", ")
            )
        });
    };
    if let Some(words) = pattern.strip_prefix(LINKED) {
        return linked(state, symbol, words);
    }
    let library = loaded(state, pattern, || load(pattern))?;
    symbol_in(&library, symbol)
        .ok_or_else(|| format!("could not import: {symbol} (from library {pattern})"))
}

/// The function behind one of the macros of C's `math.h`, which take a float of any size.
fn behind_macro(function: &Extern) -> Option<String> {
    let [param @ (Scalar::F32 | Scalar::F64)] = function.sig.params[..] else {
        return None;
    };
    let name = match &*function.symbol {
        "signbit" => "__signbit",
        "isnan" => "__isnan",
        "isinf" => "__isinf",
        "isfinite" if cfg!(target_os = "macos") => "__isfinite",
        "isfinite" => "__finite",
        "fpclassify" => "__fpclassify",
        _ => return None,
    };
    let size = match param {
        Scalar::F32 => "f",
        _ if cfg!(target_os = "macos") => "d",
        _ => "",
    };
    Some(format!("{name}{size}"))
}

/// What a C program that was linked so would have: the process first, then the libraries in their order.
fn linked(state: &mut State, symbol: &str, words: &str) -> Result<usize, String> {
    if let Some(address) = in_process(symbol) {
        return Ok(address);
    }
    let mut reasons = Vec::new();
    for candidates in link::candidates(words) {
        let first = candidates.first().map_or("", String::as_str);
        match loaded(state, first, || load_first(&candidates)) {
            Ok(library) => match symbol_in(&library, symbol) {
                Some(address) => return Ok(address),
                None => reasons.push(format!("{first} has it not")),
            },
            Err(reason) => reasons.push(reason),
        }
    }
    let reasons = reasons.join("; ");
    Err(format!(
        "could not import: {symbol} (passL: {words}; {reasons})"
    ))
}

fn loaded(
    state: &mut State,
    name: &str,
    load: impl FnOnce() -> Result<Library, String>,
) -> Result<Arc<Library>, String> {
    if let Some(library) = state.libraries.get(name) {
        return Ok(library.clone());
    }
    let library = Arc::new(load()?);
    state.libraries.insert(name.into(), library.clone());
    Ok(library)
}

fn load_first(candidates: &[String]) -> Result<Library, String> {
    let mut reasons = Vec::new();
    for candidate in candidates {
        match open(candidate) {
            Ok(library) => return Ok(library),
            Err(error) => reasons.push(error),
        }
    }
    Err(reasons.join("; "))
}

fn symbol_in(library: &Library, symbol: &str) -> Option<usize> {
    // SAFETY: the address is only called with the signature that the program declares for it.
    let found = unsafe { library.get::<*const ()>(symbol.as_bytes()) };
    let address = found.ok()?.into_raw() as usize;
    (address != 0).then_some(address)
}

/// What C programs are linked with, and this process may be not.
#[cfg(target_os = "linux")]
const STANDARD: [&str; 2] = ["libc.so.6", "libm.so.6"];
/// What C programs are linked with, and this process may be not.
#[cfg(target_os = "macos")]
const STANDARD: [&str; 1] = ["libSystem.dylib"];

fn in_process(symbol: &str) -> Option<usize> {
    let standard = || {
        STANDARD
            .iter()
            .filter_map(|name| open(name).ok())
            .find_map(|library| symbol_in(&library, symbol))
    };
    symbol_in(&Library::this(), symbol).or_else(standard)
}

/// Loads a library for good: what it gave out must stay where it is.
fn open(name: &str) -> Result<Library, String> {
    // SAFETY: loading a library runs its initialisers; the program asked for it by name.
    let library = unsafe { Library::new(name) }.map_err(|error| {
        // What the loader says stands in the source, and names the library.
        let said = std::error::Error::source(&error).map(ToString::to_string);
        said.unwrap_or_else(|| format!("{name}: {error}"))
    })?;
    // Counted once more and never closed.
    // SAFETY: as above; it is loaded already.
    if let Ok(again) = unsafe { Library::new(name) } {
        std::mem::forget(again);
    }
    Ok(library)
}

fn load(pattern: &str) -> Result<Library, String> {
    let candidates: Vec<String> = pattern::expand(pattern).into_iter().collect();
    load_first(&candidates)
        .map_err(|reasons| format!("could not load: {pattern} (tried: {reasons})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mir::{Aggregates, Scalar, Sig};

    fn function(symbol: &str, library: Option<&str>, varargs: Option<u32>) -> Extern {
        let sig = Sig {
            params: [Scalar::F64].as_slice().into(),
            ret: Some(Scalar::F64),
            raises: false,
        };
        Extern {
            symbol: symbol.into(),
            library: library.map(Into::into),
            sig,
            varargs,
            aggregates: Aggregates::default(),
        }
    }

    fn externs() -> (Arc<Ids>, Externs) {
        let ids = Arc::new(Ids::default());
        let window = Arc::new(Window::new(0).expect("address space"));
        (
            ids.clone(),
            Externs::new(window, ids, HostFunctions::default()),
        )
    }

    #[test]
    fn functions_of_the_c_and_math_libraries_are_found() {
        let (ids, externs) = externs();
        for library in [None, Some("libm.so(.nope|.6)")] {
            if library.is_some() && !cfg!(target_os = "linux") {
                continue;
            }
            let id = ids.extern_fn(function("cos", library, None));
            assert_eq!(externs.problem(id), None);
            let address = externs.address(id).expect("memory");
            // SAFETY: C's cos.
            let cos: extern "C" fn(f64) -> f64 = unsafe { std::mem::transmute(address) };
            assert_eq!(cos(0.0), 1.0);
        }
    }

    #[test]
    fn variable_arguments_get_what_the_convention_wants() {
        let (ids, externs) = externs();
        let id = ids.extern_fn(function("snprintf", None, Some(3)));
        let address = externs.address(id).expect("memory");
        if !cfg!(target_arch = "x86_64") {
            return;
        }
        type Print = extern "C" fn(*mut u8, usize, *const libc::c_char, f64, i32) -> i32;
        // SAFETY: on System V a call with these arguments differs from one with variable arguments in `al` alone.
        let print: Print = unsafe { std::mem::transmute(address) };
        let mut text = [0; 16];
        assert_eq!(
            print(text.as_mut_ptr(), 16, c"%.2f %d".as_ptr(), 1.25, 7),
            6
        );
        assert_eq!(&text[..6], b"1.25 7");
    }

    #[test]
    fn what_is_missing_is_named_with_what_was_tried() {
        let (ids, externs) = externs();
        let library = ids.extern_fn(function("init", Some("libnowhere(|-2).so"), None));
        let problem = externs.problem(library).expect("a problem");
        assert!(problem.contains("libnowhere(|-2).so"), "{problem}");
        assert!(
            problem.contains("libnowhere.so:") && problem.contains("libnowhere-2.so:"),
            "{problem}"
        );
        let symbol = ids.extern_fn(function("no_such_function", None, None));
        let problem = externs.problem(symbol).expect("a problem");
        assert!(
            problem.starts_with("could not import: no_such_function"),
            "{problem}"
        );
        assert!(
            externs
                .window
                .executable()
                .contains(&(externs.address(symbol).expect("memory") as usize))
        );
    }
}
