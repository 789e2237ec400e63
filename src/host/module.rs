//! Host modules: Rust functions and closures that guest code imports.
//!
//! In: functions with their signatures. Out: the text of a Nim module with their declarations, which the front finds by the module's
//! name before any file, and for each function code that the guest can call: it takes the arguments over, runs the function, and
//! gives the result or raises. Nothing unwinds into guest code: a panic is an exception there.

#![allow(unsafe_code)] // is called by compiled code

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::ffi::{HostFunction, HostFunctions};
use crate::mir::HOST_LIBRARY;
use crate::runtime::{Context, Outcome as Ended, Raise, rtfn};

use super::error::Error;
use super::params::Param;
use super::signature::Signature;
use super::value::{Guest, Memory, OutOfMemory};
use super::want::Want;

/// A Nim module whose procs are functions of the host. Usually written with [`host_module!`](crate::host_module).
///
/// ```
/// use midair::{HostModule, Program, source::Texts};
///
/// let scale = 3;
/// let engine = HostModule::new("engine")
///     .function::<fn(i64) -> i64>("scaled", &["x"], move |x: i64| x * scale)
///     .function::<fn(&str) -> Result<f64, std::num::ParseFloatError>>("number", &["text"], |text: &str| text.parse());
/// let texts = Texts::new([("logic.nim", "
/// import engine
/// proc both*(text: string): float =
///   try: number(text) + scaled(2).float
///   except HostError: -1.0
/// ")]);
/// let program = Program::builder().provider(texts).host_module(engine).load("logic.nim")?;
/// let both = program.proc::<fn(&str) -> f64>("logic", "both")?;
/// assert_eq!(both.call("1.5")?, 7.5);
/// assert_eq!(both.call("one")?, -1.0);
/// # Ok::<(), midair::Error>(())
/// ```
///
/// * A function that gives a `Result` raises `HostError` with the error's text when it fails; one that panics does too, with what the
///   panic said. Guest code may catch it. `quit` in guest code that the function calls ends the program as everywhere.
/// * It runs on the thread that calls it and may be called by several at once, hence `Send + Sync`. It may call the program, and
///   reload it ([`Program::current`](crate::Program::current)). Only when it borrows the guest's own memory, by `&str`, `&[T]`,
///   `&mut [T]` or `&T` in its signature, such calls are refused with an error, as guest code could change what is borrowed: take
///   `String`, `Vec<T>` or `T` instead.
pub struct HostModule {
    name: String,
    functions: Vec<Declared>,
    declared: Vec<Want>,
    constants: Vec<String>,
    code: Vec<(String, HostFunction)>,
}

/// What the interface says of a function.
struct Declared {
    name: String,
    params: Vec<(String, Want)>,
    result: Want,
    doc: &'static str,
}

impl HostModule {
    /// A module without functions, which guest code imports as `name`.
    pub fn new(name: &str) -> HostModule {
        HostModule {
            name: name.to_owned(),
            functions: Vec::new(),
            declared: Vec::new(),
            constants: Vec::new(),
            code: Vec::new(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds a function with the signature `S`, whose result may be a `Result`. In Nim it has the name in camel case (which Nim takes
    /// for the same), and these names of parameters.
    ///
    /// # Panics
    /// When the number of names is not that of parameters.
    pub fn function<S: Signature>(
        self,
        name: &str,
        params: &[&str],
        function: impl HostCall<S::Normal>,
    ) -> HostModule {
        self.documented::<S>(name, params, "", function)
    }

    /// The same with a text for the interface.
    ///
    /// # Panics
    /// When the number of names is not that of parameters.
    pub fn documented<S: Signature>(
        mut self,
        name: &str,
        params: &[&str],
        doc: &'static str,
        function: impl HostCall<S::Normal>,
    ) -> HostModule {
        let call = function.call_data();
        assert_eq!(
            params.len(),
            call.params.len(),
            "{name}: a name for each parameter"
        );
        for want in call.params.iter().chain([&call.result]) {
            self.declare(want);
        }
        let names = params.iter().map(|name| camel(name));
        self.functions.push(Declared {
            name: camel(name),
            params: names.zip(call.params.iter().copied()).collect(),
            result: call.result,
            doc,
        });
        let symbol = self.symbol(&camel(name));
        self.code.push((symbol, call.function));
        self
    }

    /// Declares a type in the interface that no function names.
    pub fn ty<T: Guest>(mut self) -> HostModule {
        self.declare(&T::WANT);
        self
    }

    /// Adds a constant of a number, bool or text, written as Nim writes it: `("maxPlayers", "4")`.
    pub fn constant(mut self, name: &str, value: &str) -> HostModule {
        self.constants.push(format!("const {name}* = {value}\n"));
        self
    }

    fn declare(&mut self, want: &Want) {
        want.declared(&mut |want| {
            if !self.declared.contains(want) {
                self.declared.push(*want);
            }
        });
    }

    fn symbol(&self, name: &str) -> String {
        format!("{}_{name}", self.name.replace('/', "_"))
    }

    /// The interface as a Nim module, for editors and for the real Nim: what `import` finds. A build with the real Nim links the
    /// functions by the C names that it gives.
    ///
    /// ```
    /// use midair::host_module;
    ///
    /// let engine = host_module!("engine", {
    ///     /// Draws a filled rectangle.
    ///     fn draw_rect(x: i32, y: i32, w: i32, h: i32) {}
    /// });
    /// assert!(engine.interface().contains("proc drawRect*(x: int32, y: int32, w: int32, h: int32)"));
    /// ```
    pub fn interface(&self) -> String {
        let mut text = format!(
            "## What the host gives as `{}`. Written by midair.\n",
            self.name
        );
        if self
            .declared
            .iter()
            .any(|want| matches!(want, Want::Option(_)))
        {
            text += "\nimport std/options\n";
        }
        let types: String = self.declared.iter().filter_map(declaration).collect();
        if !types.is_empty() {
            let _ = write!(text, "\ntype\n{types}");
        }
        for want in &self.declared {
            if let Want::Handle(name) = want {
                let _ = writeln!(text, "\nproc `==`*(a, b: {name}): bool {{.borrow.}}");
            }
        }
        if !self.constants.is_empty() {
            let _ = write!(text, "\n{}", self.constants.concat());
        }
        let _ = writeln!(
            text,
            "\nwhen defined(midair):\n  {{.push dynlib: \"{HOST_LIBRARY}{}\".}}\n",
            self.name
        );
        for function in &self.functions {
            let params: Vec<String> = function
                .params
                .iter()
                .map(|(name, want)| format!("{name}: {}", want.nim()))
                .collect();
            let result = match function.result {
                Want::Nothing => String::new(),
                result => format!(": {}", result.nim()),
            };
            let (name, symbol) = (&function.name, self.symbol(&function.name));
            let params = params.join(", ");
            let _ = writeln!(
                text,
                "proc {name}*({params}){result} {{.importc: \"{symbol}\".}}"
            );
            for line in function.doc.lines() {
                let _ = writeln!(text, "  ## {}", line.trim());
            }
        }
        text += "\nwhen defined(midair):\n  {.pop.}\n";
        text
    }

    /// Gives the functions to a program that is to be made, and the text to its front.
    pub(super) fn install(
        self,
        texts: &mut BTreeMap<String, std::sync::Arc<str>>,
        functions: &mut HostFunctions,
    ) {
        texts.insert(self.name.clone(), self.interface().into());
        for (symbol, function) in self.code {
            functions.add(&self.name, &symbol, function);
        }
    }
}

impl std::fmt::Debug for HostModule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.interface())
    }
}

fn declaration(want: &Want) -> Option<String> {
    match want {
        Want::Object(object) => Some(object.declaration()),
        Want::Enum(body) => Some(body.declaration()),
        Want::Handle(name) => Some(format!("  {name}* = distinct uint64\n")),
        _ => None,
    }
}

/// `draw_rect` as Nim's programs write it: `drawRect`.
fn camel(name: &str) -> String {
    let mut text = String::new();
    let mut up = false;
    for letter in name.trim_start_matches("r#").chars() {
        match letter {
            '_' => up = !text.is_empty(),
            letter if std::mem::take(&mut up) => text.extend(letter.to_uppercase()),
            letter => text.push(letter),
        }
    }
    text
}

/// What a host function may give: a value, or a `Result` of one whose error becomes an exception.
pub trait Outcome: 'static {
    /// The value.
    type Value: Guest;
    #[doc(hidden)]
    fn outcome(self) -> Result<Self::Value, Failure>;
}

impl<T: Guest> Outcome for T {
    type Value = T;
    fn outcome(self) -> Result<T, Failure> {
        Ok(self)
    }
}

impl<T: Guest, E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static> Outcome
    for Result<T, E>
{
    type Value = T;
    fn outcome(self) -> Result<T, Failure> {
        self.map_err(|error| Failure::of(&*error.into()))
    }
}

/// Why a host function has no result.
#[doc(hidden)]
#[derive(Debug)]
pub enum Failure {
    /// It says so.
    Text(String),
    /// The program ends.
    Quit(i32),
}

impl Failure {
    fn of(error: &(dyn std::error::Error + Send + Sync + 'static)) -> Failure {
        let known = error.downcast_ref::<Error>();
        if let Some(status) = known.and_then(Error::quit_status) {
            return Failure::Quit(status);
        }
        if let Some((name, message)) = known.and_then(Error::exception) {
            return Failure::Text(format!("{message} [{name}]"));
        }
        Failure::Text(error.to_string())
    }

    pub(super) fn of_text(text: &'static str) -> Failure {
        Failure::Text(text.to_owned())
    }

    fn panic(payload: &(dyn Any + Send)) -> Failure {
        let text = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned());
        let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
        let text = text.unwrap_or_else(|| "panic".into());
        Failure::Text(format!("a function of the host panicked: {text}"))
    }
}

impl From<OutOfMemory> for Failure {
    fn from(_: OutOfMemory) -> Failure {
        Failure::Text("the program's memory is full".into())
    }
}

/// Lets guest code raise on return from the host. All Rust values are dropped before.
///
/// # Safety
/// `ctx` is this thread's, in an entry; no caller up to guest code has anything to drop.
pub(super) unsafe fn fail(ctx: *mut Context, failure: Failure) {
    // SAFETY: by the contract.
    unsafe {
        match failure {
            Failure::Text(text) => rtfn::raise_text(ctx, Raise::Host, text),
            Failure::Quit(status) => rtfn::keep_leaving(&mut *ctx, Ended::Quit(status)),
        }
    }
}

/// Runs a host function for the guest. Afterwards an exception is pending if it failed.
///
/// # Safety
/// As for [`fail`].
pub(super) unsafe fn guarded<Raw: Default>(
    ctx: *mut Context,
    lends: bool,
    run: impl FnOnce(Memory) -> Result<Raw, Failure>,
) -> Raw {
    // SAFETY: by the contract the context is this thread's, and its program lives while a thread is in it.
    let (program, before) = unsafe {
        (*ctx).lent += u32::from(lends);
        (&*(*ctx).program(), super::shared::enter_host(ctx))
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| run(Memory::of(program))));
    super::shared::leave_host(before);
    // SAFETY: as above.
    unsafe { (*ctx).lent -= u32::from(lends) };
    let failure = match outcome {
        Ok(Ok(raw)) => return raw,
        Ok(Err(failure)) => failure,
        Err(payload) => {
            let failure = Failure::panic(&*payload);
            // A payload whose destructor panics again is not worth a process.
            let _ = catch_unwind(AssertUnwindSafe(move || drop(payload)));
            failure
        }
    };
    // SAFETY: the failure is moved in, and nothing else is left to drop.
    unsafe { fail(ctx, failure) };
    Raw::default()
}

/// A function for guest code, with what its declaration needs.
#[doc(hidden)]
pub struct CallData {
    params: &'static [Want],
    result: Want,
    function: HostFunction,
}

/// A Rust function or closure that guest code can call with the signature `N`.
pub trait HostCall<N>: Send + Sync + 'static {
    #[doc(hidden)]
    fn call_data(self) -> CallData;
}

macro_rules! arities {
    ($(($($param:ident $value:ident),*))*) => {$(
        impl<Func, $($param: Param,)* Ret: Outcome> HostCall<fn($($param),*) -> Ret> for Func
        where
            Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret + Send + Sync + 'static,
        {
            fn call_data(self) -> CallData {
                type Raw<Ret> = <<Ret as Outcome>::Value as Guest>::Raw;

                /// # Safety
                /// The guest calls it, with the function as `data`, as the declaration says.
                #[allow(clippy::too_many_arguments)] // as many as the function has
                unsafe fn body<Func, $($param: Param,)* Ret: Outcome>(
                    ctx: *mut Context,
                    data: *const (),
                    out: *mut u8,
                    $($value: $param::Wide),*
                ) -> Raw<Ret>
                where
                    Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret,
                {
                    let lends = false $(|| $param::LENDS)*;
                    // SAFETY: by the contract; the function lives as long as the program.
                    unsafe {
                        guarded(ctx, lends, |memory| {
                            let function = &*data.cast::<Func>();
                            $(let mut $value = ($param::arrive($value, memory).map_err(Failure::of_text)?, $value);)*
                            let result = function($($param::lend(&mut $value.0)),*).outcome()?;
                            $($param::after($value.0, $value.1, memory)?;)*
                            Ok(result.give(out, memory)?)
                        })
                    }
                }

                #[allow(clippy::too_many_arguments)]
                unsafe extern "C" fn in_register<Func, $($param: Param,)* Ret: Outcome>(
                    ctx: *mut Context,
                    data: *const (),
                    $($value: $param::Wide),*
                ) -> Raw<Ret>
                where
                    Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret,
                {
                    // SAFETY: the guest calls it.
                    unsafe { body::<Func, $($param,)* Ret>(ctx, data, std::ptr::null_mut(), $($value),*) }
                }

                #[allow(clippy::too_many_arguments)]
                unsafe extern "C" fn in_memory<Func, $($param: Param,)* Ret: Outcome>(
                    ctx: *mut Context,
                    data: *const (),
                    out: *mut u8,
                    $($value: $param::Wide),*
                ) -> Raw<Ret>
                where
                    Func: for<'x> Fn($($param::Taken<'x>),*) -> Ret,
                {
                    // SAFETY: the guest calls it, with empty storage for the result.
                    unsafe { body::<Func, $($param,)* Ret>(ctx, data, out, $($value),*) }
                }

                let result = <Ret::Value as Guest>::WANT;
                let code = match result.is_memory() {
                    true => in_memory::<Func, $($param,)* Ret> as *const () as usize,
                    false => in_register::<Func, $($param,)* Ret> as *const () as usize,
                };
                CallData {
                    params: const { &[$($param::WANT),*] },
                    result,
                    function: HostFunction { code, data: Box::new(self) },
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
    (A a, B b, C c, D d, E e)
    (A a, B b, C c, D d, E e, G g)
    (A a, B b, C c, D d, E e, G g, H h)
    (A a, B b, C c, D d, E e, G g, H h, I i)
}

/// Writes a [`HostModule`] as Rust functions: with a body, which may capture by move, or, with a semicolon, the one of that name.
/// Their documentation goes to the interface.
///
/// ```
/// use midair::{Program, host_module, source::Texts};
///
/// fn twice(x: i64) -> i64 { 2 * x }
///
/// let (log, lines) = std::sync::mpsc::channel();
/// let engine = host_module!("engine", {
///     /// Notes a line.
///     fn note_line(text: String) { log.send(text).unwrap(); }
///     fn twice(x: i64) -> i64;
/// });
/// let texts = Texts::new([("main.nim", "
/// import engine
/// noteLine(\"got \" & $twice(21))
/// ")]);
/// Program::builder().provider(texts).host_module(engine).load("main.nim")?;
/// assert_eq!(lines.recv().unwrap(), "got 42");
/// # Ok::<(), midair::Error>(())
/// ```
#[macro_export]
macro_rules! host_module {
    ($name:expr, { $($functions:tt)* }) => {
        $crate::__host_functions!($crate::HostModule::new($name); $($functions)*)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __host_functions {
    ($module:expr;) => { $module };
    ($module:expr; $(#[doc = $doc:literal])* fn $name:ident($($param:ident: $ty:ty),* $(,)?) $(-> $ret:ty)?; $($rest:tt)*) => {
        $crate::__host_functions!(
            $module.documented::<fn($($ty),*) $(-> $ret)?>(
                stringify!($name),
                &[$(stringify!($param)),*],
                concat!($($doc, "\n"),*),
                $name,
            );
            $($rest)*
        )
    };
    ($module:expr; $(#[doc = $doc:literal])* fn $name:ident($($param:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? { $($body:tt)* } $($rest:tt)*) => {
        $crate::__host_functions!(
            $module.documented::<fn($($ty),*) $(-> $ret)?>(
                stringify!($name),
                &[$(stringify!($param)),*],
                concat!($($doc, "\n"),*),
                move |$($param: $ty),*| $(-> $ret)? { $($body)* },
            );
            $($rest)*
        )
    };
}
