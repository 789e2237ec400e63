//! Typed handles: Nim procs as Rust functions.
//!
//! A handle names a proc and a Rust signature. It is checked against the Nim signature when it is made and again after each
//! reload, when it is next called; between those a call is a comparison, a pin and an indirect call.

#![allow(unsafe_code)] // calls compiled code

use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use smallvec::SmallVec;

use crate::runtime::{Context, entry};
use crate::sema::types::CallConv;

use super::error::{Error, Kind};
use super::lookup::Sought;
use super::params::Param;
use super::shared::Shared;
use super::signature::{Callable, Signature};
use super::value::{Guest, Memory, OutOfMemory, Words, room_for};
use super::want::Want;

/// A Nim proc with the Rust signature `F`. Any thread may call it; clones are the same handle. See [`ProcHandle`] for its methods.
///
/// ```
/// # use midair::{Proc, Program, source::Texts};
/// struct Game {
///     update: Proc<fn(f64, &mut i64) -> bool>,
/// }
///
/// let texts = Texts::new([("logic.nim", "
/// proc update*(dt: float, score: var int): bool =
///   inc score
///   score < 3
/// ")]);
/// let program = Program::builder().provider(texts).load("logic.nim")?;
/// let game = Game { update: program.handle("logic", "update")? };
/// let mut score = 0;
/// while game.update.call(1.0 / 60.0, &mut score)? {}
/// assert_eq!(score, 3);
/// # Ok::<(), midair::Error>(())
/// ```
pub type Proc<F> = ProcHandle<<F as Signature>::Normal>;

/// A Nim proc, with its Rust signature in a form without lifetimes. Write it as [`Proc`].
///
/// It stays valid across reloads: a call runs the current body. When the proc is gone or its signature is another one, calls
/// give an error that says so, until it is back. It keeps the program alive.
pub struct ProcHandle<N> {
    inner: Arc<Handle>,
    signature: PhantomData<fn() -> N>,
}

impl<N> Clone for ProcHandle<N> {
    fn clone(&self) -> ProcHandle<N> {
        ProcHandle {
            inner: self.inner.clone(),
            signature: PhantomData,
        }
    }
}

impl<N: Callable> std::fmt::Debug for ProcHandle<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Handle { module, name, .. } = &*self.inner;
        let params: Vec<String> = N::PARAMS.iter().map(Want::to_string).collect();
        write!(
            f,
            "{module}.{name}: fn({}) -> {}",
            params.join(", "),
            N::RESULT
        )
    }
}

struct Handle {
    shared: Arc<Shared>,
    module: String,
    name: String,
    params: &'static [Want],
    result: Want,
    /// The version that `slot` belongs to.
    version: AtomicU64,
    /// Address of the slot.
    slot: AtomicUsize,
}

impl<N: Callable> ProcHandle<N> {
    pub(super) fn new(
        shared: Arc<Shared>,
        module: &str,
        name: &str,
    ) -> Result<ProcHandle<N>, Error> {
        let handle = Handle {
            shared,
            module: module.to_owned(),
            name: name.to_owned(),
            params: N::PARAMS,
            result: N::RESULT,
            version: AtomicU64::new(0),
            slot: AtomicUsize::new(0),
        };
        handle.resolve()?;
        Ok(ProcHandle {
            inner: Arc::new(handle),
            signature: PhantomData,
        })
    }

    /// Does the proc exist in the version that runs, with this signature? What a call would find.
    ///
    /// # Errors
    /// As a call would give it.
    pub fn check(&self) -> Result<(), Error> {
        self.inner.slot().map(drop)
    }
}

impl Handle {
    /// The slot of the proc in the current version.
    #[inline]
    fn slot(&self) -> Result<usize, Error> {
        if self.version.load(Ordering::Acquire) == self.shared.version() {
            return Ok(self.slot.load(Ordering::Relaxed));
        }
        self.resolve()
    }

    #[cold]
    fn resolve(&self) -> Result<usize, Error> {
        let version = self.shared.version();
        let sought = Sought {
            params: self.params,
            result: self.result,
            conv: CallConv::Nimcall,
        };
        let proc = self.shared.find(&self.module, &self.name, &sought)?;
        let slot = std::ptr::from_ref(self.shared.runtime().window().slot(proc)) as usize;
        self.slot.store(slot, Ordering::Relaxed);
        self.version.store(version, Ordering::Release);
        Ok(slot)
    }
}

/// The guest's memory did not suffice for an argument.
pub(super) fn full(_: OutOfMemory) -> Error {
    Error::new(Kind::System("the program's memory is full".into()))
}

/// Integers that fit into registers, behind the context.
const REGISTERS: usize = if cfg!(target_arch = "aarch64") { 7 } else { 5 };

/// How many words of arguments do not fit into registers, behind the context.
const fn stack_words(params: &[Want], by_address: bool) -> usize {
    let mut integers = by_address as usize;
    let mut i = 0;
    while i < params.len() {
        integers += !params[i].is_float() as usize;
        i += 1;
    }
    integers.saturating_sub(REGISTERS)
}

/// Does a parameter travel as a pair?
const fn any_pair(params: &[Want]) -> bool {
    let mut i = 0;
    while i < params.len() {
        if params[i].is_pair() {
            return true;
        }
        i += 1;
    }
    false
}

/// Calls with arguments word by word: no Rust type says how a pair travels whose halves are apart.
///
/// # Safety
/// The context's target takes these words after the context and gives an `R`.
#[inline(never)]
pub(super) unsafe fn call_words<R>(ctx: *mut Context, words: &Words) -> R {
    let (ints, floats) = (&words.ints, &words.floats);
    let i = |n: usize| ints.get(n).copied().unwrap_or(0);
    let x = |n: usize| floats.get(n).copied().unwrap_or(0.0);
    type W = u64;
    type F = f64;
    type Target<R> = unsafe extern "C" fn(
        *mut Context,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        W,
        F,
        F,
        F,
        F,
        F,
        F,
        F,
        F,
    ) -> R;
    // SAFETY: integers and floats are passed in registers of their own, so their order among each other does not matter; the
    // trampoline passes on all registers and this many words of the stack.
    unsafe {
        (*ctx).entry_stack_words = ints.len().saturating_sub(REGISTERS);
        let enter: Target<R> = std::mem::transmute(entry::trampoline());
        enter(
            ctx,
            i(0),
            i(1),
            i(2),
            i(3),
            i(4),
            i(5),
            i(6),
            i(7),
            i(8),
            i(9),
            i(10),
            i(11),
            i(12),
            i(13),
            i(14),
            i(15),
            i(16),
            i(17),
            x(0),
            x(1),
            x(2),
            x(3),
            x(4),
            x(5),
            x(6),
            x(7),
        )
    }
}

/// Storage for a result in memory; none for one in a register.
pub(super) fn room<R: Guest>() -> SmallVec<[u64; 4]> {
    match R::WANT.is_memory() {
        true => room_for(&R::WANT),
        false => SmallVec::new(),
    }
}

macro_rules! arities {
    ($(($($param:ident $value:ident),*))*) => {$(
        impl<$($param: Param,)* R: Guest> ProcHandle<fn($($param),*) -> R> {
            /// Calls the proc as it is now.
            ///
            /// Waits while another thread reloads, unless this thread is inside the program already.
            ///
            /// # Errors
            /// When a Nim exception leaves the proc, when it calls `quit` or is abandoned at a fault, when its time is over
            /// ([`Builder::time_limit`](crate::Builder::time_limit)), and when the proc is gone or its signature is another
            /// one since a reload.
            #[allow(clippy::too_many_arguments)] // as many as the proc has
            pub fn call(&self, $($value: $param::Given<'_>),*) -> Result<R, Error> {
                let handle = &*self.inner;
                let shared = &*handle.shared;
                let slot = handle.slot()?;
                let memory = Memory::of(shared.runtime());
                $(let mut $value = $param::hold($value, memory).map_err(full)?;)*
                let entered = shared.runtime().enter();
                let ctx: *mut Context = entered.context();
                shared.may_call(ctx)?;
                // SAFETY: `slot` is a slot of the program's window, which lives as long as `shared`; the context is this
                // thread's and nobody else uses it.
                unsafe {
                    (*ctx).entry_target = (*(slot as *const AtomicUsize)).load(Ordering::Acquire);
                    (*ctx).entry_stack_words = const { stack_words(Self::PARAMS_OF, R::WANT.is_memory()) };
                }
                let mut room = room::<R>();
                let out = room.as_mut_ptr().cast::<u8>();
                // SAFETY: the Nim signature was compared with this one when the slot was looked up: same kinds in the same
                // order, the storage of a result in memory first. The trampoline passes all arguments on.
                let raw = unsafe {
                    if const { any_pair(Self::PARAMS_OF) } {
                        let mut words = Words::default();
                        if R::WANT.is_memory() {
                            words.ints.push(out as u64);
                        }
                        $($param::push($param::raw(&mut $value), &mut words);)*
                        call_words::<R::Raw>(ctx, &words)
                    } else if R::WANT.is_memory() {
                        let f: unsafe extern "C" fn(*mut Context, *mut u8, $($param::Raw),*) -> R::Raw =
                            std::mem::transmute(entry::trampoline());
                        f(ctx, out, $($param::raw(&mut $value)),*)
                    } else {
                        let f: unsafe extern "C" fn(*mut Context, $($param::Raw),*) -> R::Raw =
                            std::mem::transmute(entry::trampoline());
                        f(ctx, $($param::raw(&mut $value)),*)
                    }
                };
                // SAFETY: the context is this thread's and pinned, and the call is over.
                unsafe { shared.ended(ctx) }?;
                $($param::settle($value);)*
                // SAFETY: the callee has returned its result, which is ours.
                Ok(unsafe { R::finish(raw, out, memory) })
            }

            const PARAMS_OF: &'static [Want] = <fn($($param),*) -> R as Callable>::PARAMS;
        }
    )*};
}

arities! {
    ()
    (A a)
    (A a, B b)
    (A a, B b, C c)
    (A a, B b, C c, D d)
    (A a, B b, C c, D d, E e)
    (A a, B b, C c, D d, E e, G g)
    (A a, B b, C c, D d, E e, G g, H h)
    (A a, B b, C c, D d, E e, G g, H h, I i)
}
