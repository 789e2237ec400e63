//! Closures across the edge: Rust closures that guest code calls, and the guest's that Rust calls.
//!
//! A closure of the guest is a code address and an environment, a counted reference that is passed last. A Rust closure goes to the guest
//! with a block of the guest's heap as environment, which holds the address of the Rust one and whose descriptor drops it: so it lives as
//! long as the guest keeps it. One of the guest's is kept by counting its environment; it is noted in a block of the heap, where the
//! reloader looks for what still needs old code.

#![allow(unsafe_code)] // calls compiled code and is called by it

use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::thread::{self, ThreadId};

use crate::mir::{RC_ONE, REF_HEADER};
use crate::runtime::rtfn::exit_to;
use crate::runtime::{Context, RtDesc, Runtime, drops, rtfn};

use super::error::{Error, Kind};
use super::handle::{call_words, full, room};
use super::module::{Failure, Outcome, guarded};
use super::params::Param;
use super::shared::{Shared, lock};
use super::signature::{Callable, Signature};
use super::value::{Guest, Memory, OutOfMemory, Words};
use super::want::Want;

/// A parameter that is a closure of Nim, `proc (x: int): int`, written with the closure's signature: `Callback<fn(i64) -> i64>`.
///
/// A call takes a [`Closure`] for it. A host function gets the `Callback` itself, which it may keep and call later: on the thread that it came
/// from, as the guest does not count references across threads. On another a call is an error.
///
/// ```
/// use midair::{Callback, Closure, Program, host_module, source::Texts};
///
/// let engine = host_module!("engine", {
///     fn each(xs: Vec<i64>, f: Callback<fn(i64) -> i64>) -> Result<Vec<i64>, midair::Error> {
///         xs.into_iter().map(|x| f.call(x)).collect()
///     }
/// });
/// let texts = Texts::new([("logic.nim", "
/// import engine
/// proc scaled*(by: int): seq[int] = each(@[1, 2, 3], proc (x: int): int = x * by)
/// proc apply*(f: proc (x: int): int, x: int): int = f(f(x))
/// ")]);
/// let program = Program::builder().provider(texts).host_module(engine).load("logic.nim")?;
/// let scaled = program.proc::<fn(i64) -> Vec<i64>>("logic", "scaled")?;
/// assert_eq!(scaled.call(10)?, [10, 20, 30]);
/// let apply = program.proc::<fn(Callback<fn(i64) -> i64>, i64) -> i64>("logic", "apply")?;
/// let add = 5;
/// assert_eq!(apply.call(Closure::new(move |x: i64| x + add), 1)?, 11);
/// # Ok::<(), midair::Error>(())
/// ```
///
/// Plugins that say what they want to be told of:
///
/// ```
/// # use midair::{Callback, Program, host_module, source::Texts};
/// # use std::sync::{Arc, Mutex};
/// let listeners: Arc<Mutex<Vec<Callback<fn(&str)>>>> = Arc::default();
/// let kept = listeners.clone();
/// let app = host_module!("app", {
///     fn on_open(f: Callback<fn(&str)>) { kept.lock().unwrap().push(f); }
/// });
/// let texts = Texts::new([("plugin.nim", "
/// import app
/// var opened*: seq[string]
/// onOpen(proc (name: string) = opened.add name)
/// ")]);
/// let program = Program::builder().provider(texts).host_module(app).load("plugin.nim")?;
/// for listener in listeners.lock().unwrap().iter() {
///     listener.call("notes.txt")?;
/// }
/// assert_eq!(program.global::<Vec<String>>("plugin", "opened")?.get()?, ["notes.txt"]);
/// # Ok::<(), midair::Error>(())
/// ```
pub type Callback<F> = GuestCallback<<F as Signature>::Normal>;

/// A closure of the guest, with its signature in a form without lifetimes. Write it as [`Callback`]. Clones are the same closure; it
/// belongs to its thread, as its counts do: others may hold it and drop it, and not call it.
pub struct GuestCallback<N> {
    inner: Arc<GuestClosure>,
    of: PhantomData<fn() -> N>,
}

impl<N> Clone for GuestCallback<N> {
    fn clone(&self) -> GuestCallback<N> {
        GuestCallback {
            inner: self.inner.clone(),
            of: PhantomData,
        }
    }
}

impl<N> std::fmt::Debug for GuestCallback<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.is_nil() { "nil" } else { "a closure" })
    }
}

impl<N> GuestCallback<N> {
    /// Is it Nim's `nil`? Calling it is an error then.
    pub fn is_nil(&self) -> bool {
        // SAFETY: the block is this closure's.
        unsafe { (*self.inner.pair).code == 0 }
    }
}

/// Code and environment, as the guest has them.
#[derive(Clone, Copy)]
#[repr(C)]
struct Raw {
    code: usize,
    env: usize,
}

/// A closure of the guest, counted.
struct GuestClosure {
    /// A block of the guest's heap.
    pair: *mut Raw,
    program: Weak<Shared>,
    /// That counts its references.
    thread: ThreadId,
}

// SAFETY: other threads than its own do not touch what it refers to, but the block, which nothing changes.
unsafe impl Send for GuestClosure {}
// SAFETY: as above.
unsafe impl Sync for GuestClosure {}

impl Drop for GuestClosure {
    fn drop(&mut self) {
        // With the program its heap is gone.
        let Some(shared) = self.program.upgrade() else {
            return;
        };
        let pair = self.pair as usize;
        if self.thread != thread::current().id() {
            shared.left.add(self.thread, pair);
            return;
        }
        // SAFETY: the block and the count of the environment are this value's.
        unsafe { give_up(&shared, pair) };
        collect(&shared);
    }
}

/// Gives up a closure of the guest.
///
/// # Safety
/// It is the block of one that nobody has any more, and of this thread.
unsafe fn give_up(shared: &Shared, pair: usize) {
    let entered = shared.runtime().enter();
    // SAFETY: by the contract. An error of a destructor has nobody to go to.
    unsafe {
        drops::release(entered.context(), (*(pair as *const Raw)).env);
        let _ = shared.ended(entered.context());
        shared.runtime().heap().free(pair);
    }
}

/// Gives up closures of this thread that others have dropped.
#[inline]
fn collect(shared: &Shared) {
    while let Some(pair) = shared.left.take() {
        // SAFETY: they were left by their last holders, and are of this thread.
        unsafe { give_up(shared, pair) };
    }
}

/// Closures that other threads than their own have dropped. They are given up when their own has to do with a closure next.
#[derive(Default)]
pub(super) struct Left {
    some: AtomicBool,
    all: Mutex<Vec<(ThreadId, usize)>>,
}

impl Left {
    fn add(&self, thread: ThreadId, pair: usize) {
        lock(&self.all).push((thread, pair));
        self.some.store(true, Ordering::Release);
    }

    /// One of the thread's.
    #[inline]
    fn take(&self) -> Option<usize> {
        match self.some.load(Ordering::Acquire) {
            true => self.take_one(),
            false => None,
        }
    }

    #[cold]
    fn take_one(&self) -> Option<usize> {
        let mut all = lock(&self.all);
        let own = thread::current().id();
        let index = all.iter().position(|(thread, _)| *thread == own)?;
        let (_, pair) = all.swap_remove(index);
        self.some.store(!all.is_empty(), Ordering::Release);
        Some(pair)
    }
}

/// A Rust closure for a parameter [`Callback`]. The guest may keep it: it is dropped when the guest has given it up.
pub struct Closure<N> {
    /// The address of the closure in a box, and what guest code calls.
    data: Box<dyn std::any::Any + Send + Sync>,
    code: usize,
    of: PhantomData<fn() -> N>,
}

impl<N> Closure<N> {
    /// A closure with the signature that the call says, whose result may be a `Result`, as with host functions. Guest code may call it on any thread, also
    /// on several at once.
    pub fn new(closure: impl ClosureCall<N>) -> Closure<N> {
        let (data, code) = closure.boxed();
        Closure {
            data,
            code,
            of: PhantomData,
        }
    }
}

impl<N> std::fmt::Debug for Closure<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a closure of the host")
    }
}

/// A Rust closure's environment in the guest's heap: the box of the closure.
#[repr(C)]
struct Env {
    data: *mut (dyn std::any::Any + Send + Sync),
}

/// The descriptor of such environments.
pub(super) fn descriptor(runtime: &Runtime) -> *const RtDesc {
    runtime.host_closure(size_of::<Env>(), drop_env as *const () as usize)
}

/// Destroys an environment, called by the guest's heap.
unsafe extern "C" fn drop_env(ctx: *mut Context, env: *mut Env) {
    // SAFETY: it was made by `hold` and has lost its last reference; the context is this thread's. What is dropped must not run guest
    // code, which cannot be told of here.
    unsafe {
        (*ctx).lent += 1;
        let data = (*env).data;
        // A panic has nowhere to go.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(Box::from_raw(data))));
        (*ctx).lent -= 1;
    }
}

/// An argument for the guest, as long as a call takes.
#[doc(hidden)]
pub struct HeldClosure {
    raw: Raw,
    memory: Memory,
}

impl Drop for HeldClosure {
    fn drop(&mut self) {
        // SAFETY: the program lives during the call; the reference is this value's.
        unsafe {
            let entered = self.memory.runtime().enter();
            drops::release(entered.context(), self.raw.env);
        }
    }
}

// SAFETY: a closure is its code and its environment.
unsafe impl<N: Callable> Param for GuestCallback<N> {
    const WANT: Want = Want::Closure(N::PARAMS, &N::RESULT);
    type Given<'a> = Closure<N>;
    type Taken<'a> = GuestCallback<N>;
    type Raw = usize;
    type Held<'a> = HeldClosure;
    type Wide = u64;
    type Kept = Option<GuestCallback<N>>;

    fn hold(given: Self::Given<'_>, memory: Memory) -> Result<Self::Held<'_>, OutOfMemory> {
        // SAFETY: the program lives during the call.
        let desc = descriptor(unsafe { memory.runtime() });
        let header = REF_HEADER as usize;
        let env = memory.allocate(header + size_of::<Env>())? + header;
        // SAFETY: the block is that large and nobody else's; its count is that of one reference.
        unsafe {
            *((env - 8) as *mut *const RtDesc) = desc;
            let data = Box::into_raw(given.data);
            (env as *mut Env).write(Env { data });
        }
        let code = given.code;
        Ok(HeldClosure {
            raw: Raw { code, env },
            memory,
        })
    }
    fn raw(held: &mut Self::Held<'_>) -> usize {
        &raw const held.raw as usize
    }
    fn push(raw: usize, words: &mut Words) {
        words.ints.push(raw as u64);
    }
    unsafe fn arrive(wide: u64, memory: Memory) -> Result<Self::Kept, &'static str> {
        let full = "the program's memory is full";
        let block = memory.allocate(size_of::<Raw>()).map_err(|_| full)?;
        // SAFETY: by the contract there is a closure; its environment gets one reference more.
        unsafe {
            let raw = *(wide as *const Raw);
            if raw.env != 0 {
                *((raw.env - REF_HEADER as usize) as *mut i64) += RC_ONE;
            }
            let pair = block as *mut Raw;
            pair.write(raw);
            let program = super::shared::weak(memory.runtime());
            if let Some(shared) = program.upgrade() {
                collect(&shared);
            }
            let inner = Arc::new(GuestClosure {
                pair,
                program,
                thread: thread::current().id(),
            });
            let of = PhantomData;
            Ok(Some(GuestCallback { inner, of }))
        }
    }
    fn lend(kept: &mut Self::Kept) -> GuestCallback<N> {
        kept.take().expect("an argument is lent once")
    }
}

/// A Rust closure that guest code can call with the signature `N`.
pub trait ClosureCall<N>: Send + Sync + 'static {
    /// The closure in a box, and the code that calls it.
    #[doc(hidden)]
    fn boxed(self) -> (Box<dyn std::any::Any + Send + Sync>, usize);
}

/// The closure behind an environment.
///
/// # Safety
/// It is the environment of a closure of this type.
unsafe fn closure_of<'a, Func>(env: u64) -> &'a Func {
    // SAFETY: by the contract.
    unsafe { &*(*(env as *const Env)).data.cast::<Func>() }
}

macro_rules! arities {
    ($(($($param:ident $value:ident),*))*) => {$(
        impl<Func, $($param: Param,)* Ret: Outcome> ClosureCall<fn($($param),*) -> Ret> for Func
        where
            Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret + Send + Sync + 'static,
        {
            fn boxed(self) -> (Box<dyn std::any::Any + Send + Sync>, usize) {
                type Raw<Ret> = <<Ret as Outcome>::Value as Guest>::Raw;

                /// # Safety
                /// The guest calls it, with the closure's environment, as its type says.
                unsafe fn body<Func, $($param: Param,)* Ret: Outcome>(
                    ctx: *mut Context,
                    env: u64,
                    out: *mut u8,
                    $($value: $param::Wide),*
                ) -> Raw<Ret>
                where
                    Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret,
                {
                    const { assert!(!(false $(|| $param::WANT.is_pair())*), "a closure cannot take an openArray: take a `Vec`") };
                    let lends = false $(|| $param::LENDS)*;
                    // SAFETY: by the contract; the closure lives as long as the guest holds it, which calls it now.
                    unsafe {
                        let raw = guarded(ctx, lends, |memory| {
                            let function = closure_of::<Func>(env);
                            $(let mut $value = ($param::arrive($value, memory).map_err(Failure::of_text)?, $value);)*
                            let result = function($($param::lend(&mut $value.0)),*).outcome()?;
                            $($param::after($value.0, $value.1, memory)?;)*
                            Ok(result.give(out, memory)?)
                        });
                        rtfn::keep_on_leaving(ctx);
                        raw
                    }
                }

                #[allow(clippy::too_many_arguments)] // as many as the closure has
                unsafe extern "C" fn in_register<Func, $($param: Param,)* Ret: Outcome>(
                    ctx: *mut Context,
                    $($value: $param::Wide,)*
                    env: u64,
                ) -> Raw<Ret>
                where
                    Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret,
                {
                    // SAFETY: the guest calls it.
                    unsafe { body::<Func, $($param,)* Ret>(ctx, env, std::ptr::null_mut(), $($value),*) }
                }

                #[allow(clippy::too_many_arguments)]
                unsafe extern "C" fn in_memory<Func, $($param: Param,)* Ret: Outcome>(
                    ctx: *mut Context,
                    out: *mut u8,
                    $($value: $param::Wide,)*
                    env: u64,
                ) -> Raw<Ret>
                where
                    Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret,
                {
                    // SAFETY: the guest calls it, with empty storage for the result.
                    unsafe { body::<Func, $($param,)* Ret>(ctx, env, out, $($value),*) }
                }

                /// What guest code calls: says where it was left, and goes on in the function.
                #[unsafe(naked)]
                extern "C" fn register_exit<Func, $($param: Param,)* Ret: Outcome>()
                where
                    Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret,
                {
                    exit_to!(in_register::<Func, $($param,)* Ret>)
                }

                /// The same for results in memory.
                #[unsafe(naked)]
                extern "C" fn memory_exit<Func, $($param: Param,)* Ret: Outcome>()
                where
                    Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret,
                {
                    exit_to!(in_memory::<Func, $($param,)* Ret>)
                }

                let code = match <Ret::Value as Guest>::WANT.is_memory() {
                    true => memory_exit::<Func, $($param,)* Ret> as *const () as usize,
                    false => register_exit::<Func, $($param,)* Ret> as *const () as usize,
                };
                (Box::new(self), code)
            }
        }

        impl<$($param: Param,)* R: Guest> GuestCallback<fn($($param),*) -> R> {
            /// Calls the closure, in the code that it was made of.
            ///
            /// # Errors
            /// When it is nil, its program is gone, or it came from another thread, and as calls of a [`Proc`](crate::Proc).
            #[allow(clippy::too_many_arguments)] // as many as the closure has
            pub fn call(&self, $($value: $param::Given<'_>),*) -> Result<R, Error> {
                let shared = self.inner.program.upgrade().ok_or_else(gone)?;
                if self.inner.thread != thread::current().id() {
                    return Err(elsewhere());
                }
                collect(&shared);
                // SAFETY: the block is this closure's.
                let closure = unsafe { *self.inner.pair };
                if closure.code == 0 {
                    return Err(Error::new(Kind::System("the closure is nil".into())));
                }
                let memory = Memory::of(shared.runtime());
                $(let mut $value = $param::hold($value, memory).map_err(full)?;)*
                let entered = shared.runtime().enter();
                let ctx: *mut Context = entered.context();
                shared.may_call(ctx)?;
                let mut room = room::<R>();
                let out = room.as_mut_ptr().cast::<u8>();
                let mut words = Words::default();
                if R::WANT.is_memory() {
                    words.ints.push(out as u64);
                }
                $($param::push($param::raw(&mut $value), &mut words);)*
                words.ints.push(closure.env as u64);
                // SAFETY: the closure's type was compared with the signature when its proc was compiled; its code lives as long as it
                // does. The context is this thread's.
                unsafe {
                    (*ctx).entry_target = closure.code;
                    let raw = call_words::<R::Raw>(ctx, &words);
                    shared.ended(ctx)?;
                    $($param::settle($value);)*
                    Ok(R::finish(raw, out, memory))
                }
            }
        }
    )*};
}

arities! {
    ()
    (A a)
    (A a, B b)
    (A a, B b, C c)
    (A a, B b, C c, D d)
}

#[cold]
fn elsewhere() -> Error {
    let text = "the closure belongs to another thread: Nim counts its references there, so call it from the one on which the host \
                function got it";
    Error::new(Kind::System(text.into()))
}

#[cold]
fn gone() -> Error {
    Error::new(Kind::System("the program of the closure is gone".into()))
}
