//! Typed handles: Nim procs as Rust functions.
//!
//! A handle names a proc and a Rust signature. It is checked against the Nim signature when it is made and again after each
//! reload, when it is next called; between those a call is a comparison, a pin and an indirect call.

#![allow(unsafe_code)] // calls compiled code

use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::mir::ProcId;
use crate::runtime::{Context, entry};

use super::error::Error;
use super::program::Shared;
use super::value::{Argument, RawText, Returned, TextResult, Want};

/// A Rust function type that can stand for a Nim signature: `fn(A, B, …) -> R` with up to eight parameters.
pub trait Signature {
    /// Kinds of the parameters.
    #[doc(hidden)]
    const PARAMS: &'static [Want];
    /// Kind of the result.
    #[doc(hidden)]
    const RESULT: Want;
}

/// A Nim proc with the Rust signature `F`. Any thread may call it; clones are the same handle.
///
/// It stays valid across reloads: a call runs the current body. When the proc is gone or its signature is another one, calls
/// give an error that says so, until it is back.
pub struct Proc<F> {
    inner: Arc<Handle>,
    signature: PhantomData<fn() -> F>,
}

impl<F> Clone for Proc<F> {
    fn clone(&self) -> Proc<F> {
        Proc {
            inner: self.inner.clone(),
            signature: PhantomData,
        }
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

impl<F: Signature> Proc<F> {
    pub(super) fn new(shared: Arc<Shared>, module: &str, name: &str) -> Result<Proc<F>, Error> {
        let handle = Handle {
            shared,
            module: module.to_owned(),
            name: name.to_owned(),
            params: F::PARAMS,
            result: F::RESULT,
            version: AtomicU64::new(0),
            slot: AtomicUsize::new(0),
        };
        handle.resolve()?;
        Ok(Proc {
            inner: Arc::new(handle),
            signature: PhantomData,
        })
    }
}

impl Handle {
    /// The slot of the proc in the current version.
    fn slot(&self) -> Result<usize, Error> {
        if self.version.load(Ordering::Acquire) == self.shared.version() {
            return Ok(self.slot.load(Ordering::Relaxed));
        }
        self.resolve()
    }

    #[cold]
    fn resolve(&self) -> Result<usize, Error> {
        let version = self.shared.version();
        let proc: ProcId = self
            .shared
            .find(&self.module, &self.name, self.params, self.result)?;
        let slot = std::ptr::from_ref(self.shared.runtime().window().slot(proc)) as usize;
        self.slot.store(slot, Ordering::Relaxed);
        self.version.store(version, Ordering::Release);
        Ok(slot)
    }
}

/// How many words of arguments do not fit into registers, behind the context.
const fn stack_words(params: &[Want], by_address: bool) -> usize {
    let registers = if cfg!(target_arch = "aarch64") { 7 } else { 5 };
    let mut integers = by_address as usize;
    let mut i = 0;
    while i < params.len() {
        integers += !params[i].is_float() as usize;
        i += 1;
    }
    integers.saturating_sub(registers)
}

macro_rules! arities {
    ($(($($param:ident $value:ident),*))*) => {$(
        impl<$($param: Argument,)* R: Returned> Signature for fn($($param),*) -> R {
            const PARAMS: &'static [Want] = &[$($param::WANT),*];
            const RESULT: Want = R::WANT;
        }

        impl<$($param: Argument,)* R: Returned> Proc<fn($($param),*) -> R> {
            /// Calls the proc as it is now.
            ///
            /// Waits while another thread reloads, unless this thread is inside the program already.
            ///
            /// # Errors
            /// When a Nim exception leaves the proc, when it calls `quit` or is abandoned at a fault, and when the proc is gone
            /// or its signature is another one since a reload.
            #[allow(clippy::too_many_arguments)] // as many as the proc has
            pub fn call(&self, $($value: $param::Given<'_>),*) -> Result<R, Error> {
                let handle = &*self.inner;
                let shared = &*handle.shared;
                let slot = handle.slot()?;
                $(let mut $value = $param::hold($value);)*
                let entered = shared.runtime().enter();
                let ctx: *mut Context = entered.context();
                let by_address = matches!(R::WANT, Want::Text);
                let words = stack_words(Self::PARAMS_OF, by_address);
                // SAFETY: `slot` is a slot of the program's window, which lives as long as `shared`; the context is this
                // thread's and nobody else uses it.
                unsafe {
                    (*ctx).entry_target = (*(slot as *const AtomicUsize)).load(Ordering::Acquire);
                    (*ctx).entry_stack_words = words;
                }
                let mut text = TextResult { raw: RawText::default(), runtime: shared.runtime() };
                let raw = if by_address {
                    // SAFETY: the Nim signature was compared with this one when the slot was looked up: same kinds in
                    // the same order, the result's storage first. The trampoline passes all arguments on.
                    unsafe {
                        let f: unsafe extern "C" fn(*mut Context, *mut RawText, $($param::Raw),*) =
                            std::mem::transmute(entry::trampoline());
                        f(ctx, &raw mut text.raw, $($param::raw(&mut $value)),*);
                    }
                    R::Raw::default()
                } else {
                    // SAFETY: as above, with the result in a register.
                    unsafe {
                        let f: unsafe extern "C" fn(*mut Context, $($param::Raw),*) -> R::Raw =
                            std::mem::transmute(entry::trampoline());
                        f(ctx, $($param::raw(&mut $value)),*)
                    }
                };
                // SAFETY: the context is this thread's and pinned, and the call is over.
                unsafe { shared.ended(ctx) }?;
                Ok(R::from_raw(raw, &mut text))
            }

            const PARAMS_OF: &'static [Want] = <fn($($param),*) -> R as Signature>::PARAMS;
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
