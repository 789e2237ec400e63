//! Global variables from the host: by name and type, one by one, and all of them as text.

#![allow(unsafe_code)] // reads and writes the guest's memory

use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::error::{Error, Result};
use super::handle::full;
use super::print::Printer;
use super::shared::Shared;
use super::value::{Guest, Memory, Plain, Stored};
use super::want::Want;

/// A global variable of a Nim program with the Rust type `T`. Any thread may use it; clones are the same handle.
///
/// It stays valid across reloads, like a [`Proc`](crate::Proc). Where it takes more than one word, or owns memory, other threads are kept
/// out of the program meanwhile: it waits for those that are inside.
///
/// ```
/// # use midair::{Program, source::Texts};
/// let texts = Texts::new([("logic.nim", "
/// var speed* = 2.0
/// var names = @[\"a\"]
/// proc total*(): float = speed * float(names.len)
/// ")]);
/// let program = Program::builder().provider(texts).load("logic.nim")?;
/// let speed = program.global::<f64>("logic", "speed")?;
/// speed.set(&(speed.get()? + 1.0))?;
/// program.global::<Vec<String>>("logic", "names")?.set(&vec!["b".into(), "c".into()])?;
/// let total = program.proc::<fn() -> f64>("logic", "total")?;
/// assert_eq!(total.call()?, 6.0);
/// # Ok::<(), midair::Error>(())
/// ```
pub struct Global<T> {
    inner: Arc<Handle>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Global<T> {
    fn clone(&self) -> Global<T> {
        Global {
            inner: self.inner.clone(),
            of: PhantomData,
        }
    }
}

struct Handle {
    shared: Arc<Shared>,
    module: String,
    name: String,
    want: Want,
    /// The version that `address` belongs to.
    version: AtomicU64,
    address: AtomicUsize,
}

impl Handle {
    fn address(&self) -> Result<usize> {
        let version = self.shared.version();
        if self.version.load(Ordering::Acquire) == version {
            return Ok(self.address.load(Ordering::Relaxed));
        }
        let found = self
            .shared
            .find_global(&self.module, &self.name, &self.want)?;
        self.address.store(found.address, Ordering::Relaxed);
        self.version.store(version, Ordering::Release);
        Ok(found.address)
    }
}

/// Is a value read and written whole, whatever other threads do?
const fn is_word<T: Guest>() -> bool {
    T::PLAIN && matches!(T::WANT.size_align(), (1 | 2 | 4 | 8, _)) && !T::WANT.is_memory()
}

impl<T: Guest> Global<T> {
    pub(super) fn new(shared: Arc<Shared>, module: &str, name: &str) -> Result<Global<T>> {
        let handle = Handle {
            shared,
            module: module.to_owned(),
            name: name.to_owned(),
            want: T::WANT,
            version: AtomicU64::new(0),
            address: AtomicUsize::new(0),
        };
        handle.address()?;
        Ok(Global {
            inner: Arc::new(handle),
            of: PhantomData,
        })
    }

    /// Its value, copied.
    ///
    /// # Errors
    /// When it is gone or its type is another one since a reload, and when a thread stays inside the program.
    pub fn get(&self) -> Result<T> {
        self.locked(is_word::<T>(), |at, _| {
            // SAFETY: a value of the type is there, and nobody changes it, or it is read whole.
            Ok(unsafe { T::fetch(at) })
        })
    }

    /// Gives it another value.
    ///
    /// # Errors
    /// As [`Global::get`]; when it is a `let`, and when the program's memory is full.
    pub fn set(&self, value: &T) -> Result<()> {
        let Handle {
            shared,
            module,
            name,
            want,
            ..
        } = &*self.inner;
        if shared.find_global(module, name, want)?.is_let {
            return Err(Error::fixed(format!(
                "{module}.{name} is a `let`: it keeps its value"
            )));
        }
        self.locked(is_word::<T>(), |at, memory| {
            let mut made = Stored::new(value, memory).map_err(full)?;
            let (size, _) = T::WANT.size_align();
            // SAFETY: both are values of the type, of which nobody else has one now; the old one is given back with `made`.
            unsafe { std::ptr::swap_nonoverlapping(at, made.address() as *mut u8, size) };
            Ok(())
        })
    }

    fn locked<R>(&self, word: bool, then: impl FnOnce(*mut u8, Memory) -> Result<R>) -> Result<R> {
        let shared = &*self.inner.shared;
        shared.alone(!word, || {
            let address = self.inner.address()?;
            then(address as *mut u8, Memory::of(shared.runtime()))
        })
    }
}

impl<T: Plain> Global<T> {
    /// Gives the value itself to `then`. No guest code runs meanwhile: other threads are kept out, and calls of the program by this one
    /// are refused.
    ///
    /// ```
    /// # use midair::{Guest, Program, source::Texts};
    /// #[derive(Guest, Clone, Copy)]
    /// #[repr(C)]
    /// struct Camera { x: f64, zoom: f64 }
    /// # let texts = Texts::new([("logic.nim", "
    /// # type Camera* = object
    /// #   x*, zoom*: float
    /// # var camera* = Camera(x: 1.0, zoom: 2.0)
    /// # ")]);
    /// # let program = Program::builder().provider(texts).load("logic.nim")?;
    /// let camera = program.global::<Camera>("logic", "camera")?;
    /// camera.with(|camera| camera.x += camera.zoom)?;
    /// assert_eq!(camera.get()?.x, 3.0);
    /// # Ok::<(), midair::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Global::get`].
    pub fn with<R>(&self, then: impl FnOnce(&mut T) -> R) -> Result<R> {
        self.locked(false, |at, _| {
            // SAFETY: the value has the layout of the Rust type, and no guest code runs.
            Ok(then(unsafe { &mut *at.cast::<T>() }))
        })
    }
}

impl<T> std::fmt::Debug for Global<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Handle {
            module, name, want, ..
        } = &*self.inner;
        write!(f, "{module}.{name}: {want}")
    }
}

/// A global variable, for a list of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GlobalInfo {
    /// Module and name, `logic.speed`.
    pub name: Arc<str>,
    /// Its type, as Nim shows it.
    pub ty: Arc<str>,
    /// Its value, as `$` prints it; long ones are shortened.
    pub value: String,
    /// Declared with `let`.
    pub is_let: bool,
}

/// All globals of the program's own modules, in order of declaration.
pub(super) fn list(shared: &Shared) -> Result<Vec<GlobalInfo>> {
    shared.alone(true, || {
        let ids = shared.runtime().ids();
        let entries = shared.own_globals();
        let info = |entry: crate::globals::GlobalEntry| GlobalInfo {
            name: entry.name.clone(),
            ty: ids.desc_of(entry.desc).name.clone(),
            // SAFETY: a global's storage holds a value of its type, and no guest code runs.
            value: unsafe { Printer::print(ids, entry.desc, entry.address) },
            is_let: entry.is_let,
        };
        Ok(entries.into_iter().map(info).collect())
    })
}
