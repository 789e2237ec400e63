//! What a program calls that it does not define: functions of C, of the host and of the runtime.

use std::sync::Arc;

use smallvec::SmallVec;

use super::{Scalar, Sig};

/// A C function.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Extern {
    /// Its symbol.
    pub symbol: Arc<str>,
    /// The library as Nim names it (`libSDL2(|-2.0).so(|.0)`), or `None` for one that the process has already.
    pub library: Option<Arc<str>>,
    /// C parameters and result, all scalars.
    pub sig: Sig,
    /// Number of parameters before `...`, if it has that.
    pub varargs: Option<u32>,
    /// Objects that it takes or gives by value.
    pub aggregates: Aggregates,
}

/// What a C function takes and gives that is called by its address.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct CSig {
    /// C parameters and result, all scalars.
    pub sig: Sig,
    /// Objects that it takes or gives by value.
    pub aggregates: Aggregates,
}

/// What of a C signature is no scalar. For each of these `Sig` has the address of storage padded to whole words, that of the result
/// first.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Aggregates {
    /// Parameters, by their index in the `Sig`.
    pub params: Vec<(u32, ByValue)>,
    /// The result.
    pub result: Option<ByValue>,
}

/// How C passes an object by value.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum ByValue {
    /// In registers, eight bytes each: `I64` or `F64`.
    Registers(SmallVec<[Scalar; 2]>),
    /// So many bytes on the stack; a result where the caller says.
    Memory(u32),
}

/// What the library of a host module's functions begins with; the module's name follows.
pub const HOST_LIBRARY: &str = "midair:";

/// What the library of a function begins with that is in one of those that the program is linked with; the words for the linker
/// follow.
pub const LINKED: &str = "link:";

impl Extern {
    /// The host module whose function it is. Those take the context and a word of the host's own first, then what a guest proc
    /// takes, but the address of a pair for an `openArray`.
    pub fn host_module(&self) -> Option<&str> {
        self.library.as_deref()?.strip_prefix(HOST_LIBRARY)
    }
}

/// What compiled code asks of the runtime. Signatures are in [`RtFn::sig`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum RtFn {
    /// `(size: i64) -> ptr`: zeroed memory, aligned to 16. Raises when memory is short, as all that allocate do: none gives nil.
    Alloc,
    /// `(p: ptr, old_size: i64, new_size: i64) -> ptr`: moves, clears what is new. Raises when memory is short, and `p` is as it was.
    Realloc,
    /// `(p: ptr)`: frees; nil is allowed.
    Dealloc,
    /// `(desc: ptr) -> ptr`: a zeroed object with one reference and, if its type has RTTI, its descriptor in place.
    NewRef,
    /// `(dst: ptr, src: ptr, size: i64)`: copies between areas that may overlap.
    MemMove,
    /// `(a: ptr, b: ptr, size: i64) -> i32`: as C's `memcmp`.
    MemCmp,
    /// `(have: ptr, want: ptr) -> i8`: is descriptor `have` equal to or derived from `want`? `have` may be nil: no.
    IsOf,
    /// `(desc: ptr) -> ptr`: a type's name, without that of its module, as a NUL-terminated C string, for exceptions.
    TypeName,
    /// `(value: f64, buffer: ptr) -> i64`: Nim's `$` of a float into at least 32 bytes; gives the length.
    FormatFloat,
    /// `(value: f32, buffer: ptr) -> i64`: the same for `float32`.
    FormatFloat32,
    /// `(text: ptr, len: i64, out: ptr) -> i64`: reads a float at the start as Nim's `parseFloat` does; gives the bytes used, 0 for none.
    ParseFloat,
    /// `(stream: i32, text: ptr, len: i64)`: writes to standard output (1) or error (2), buffered for 1, in order with each other.
    Write,
    /// `(strings: ptr, count: i64)`: writes so many strings that stand side by side, and the end of the line, to standard output, with
    /// nothing of others between them.
    Echo,
    /// `()`: flushes standard output.
    Flush,
    /// `(out: ptr)`: appends the stack trace, as Nim prints it below its headline, to the string at `out`.
    StackTrace,
    /// `(status: i32)`: ends the program: leaves every frame of this entry without cleanups.
    Quit,
    /// `()`: `performCodeReload()`.
    PerformReload,
    /// `() -> i8`: `hasAnyModuleChanged()`.
    AnyModuleChanged,
    /// `(name: ptr, len: i64) -> i8`: `hasModuleChanged(m)`, by the module's name.
    ModuleChanged,
    /// `(global: ptr) -> i8`: asked by top-level code. Does the global get its first value in the reload that runs the code? Of nil: is
    /// it no reload but the first load of its module, where all of it runs?
    IsNew,
    /// `(out_len: ptr) -> ptr`: how the last reload went, as names and values that end with NUL. The bytes stay until the next one.
    LastReload,
    /// `() -> i64`: number of command line arguments, the program's own name not counted.
    ArgCount,
    /// `(index: i64, out_len: ptr) -> ptr`: bytes of an argument; 0 is the program.
    Arg,
    /// `() -> i64`: blocks of the guest heap that are in use, for leak tests.
    LiveBlocks,
    /// `(what: i32) -> i64`: bytes of the guest heap: in use (0), given by the system (1).
    HeapBytes,
    /// `()`: destroys the cycles of references that nothing refers to.
    CollectCycles,
    /// `(code: ptr, arg: ptr) -> i64`: starts a thread that runs a guest proc with this argument; gives the system's name for it, or 0.
    StartThread,
    /// `(function: ptr, how: i32, a: i64, b: i64, c: i64, d: i64) -> i64`: calls a C function that may take long and calls nobody back.
    /// Meanwhile the program may be reloaded. `how`: 1 if it waits for another thread of the program, 3 if it is `pthread_join`.
    Block,
    /// `(what: i32, p: ptr, size: i32, value: i64, expected: i64) -> i64`: changes an integer of 1, 2, 4 or 8 bytes as a whole, and gives what
    /// it was: load (0), store (1), exchange (2), add (3), subtract (4), and (5), or (6), xor (7), exchange if it is the expected one (8).
    Atomic,
}

impl RtFn {
    /// Every function.
    pub const ALL: [RtFn; 29] = [
        RtFn::Alloc,
        RtFn::Realloc,
        RtFn::Dealloc,
        RtFn::NewRef,
        RtFn::MemMove,
        RtFn::MemCmp,
        RtFn::IsOf,
        RtFn::TypeName,
        RtFn::FormatFloat,
        RtFn::FormatFloat32,
        RtFn::ParseFloat,
        RtFn::Write,
        RtFn::Echo,
        RtFn::Flush,
        RtFn::StackTrace,
        RtFn::Quit,
        RtFn::PerformReload,
        RtFn::AnyModuleChanged,
        RtFn::ModuleChanged,
        RtFn::IsNew,
        RtFn::LastReload,
        RtFn::ArgCount,
        RtFn::Arg,
        RtFn::LiveBlocks,
        RtFn::HeapBytes,
        RtFn::CollectCycles,
        RtFn::StartThread,
        RtFn::Block,
        RtFn::Atomic,
    ];

    /// Its parameters and result. The context comes first, as for every guest proc, and is not listed.
    pub fn sig(self) -> Sig {
        use Scalar::{F32, F64, I8, I32, I64, Ptr};
        let (params, ret): (&[Scalar], Option<Scalar>) = match self {
            RtFn::Alloc => (&[I64], Some(Ptr)),
            RtFn::Realloc => (&[Ptr, I64, I64], Some(Ptr)),
            RtFn::Dealloc => (&[Ptr], None),
            RtFn::NewRef => (&[Ptr], Some(Ptr)),
            RtFn::MemMove => (&[Ptr, Ptr, I64], None),
            RtFn::MemCmp => (&[Ptr, Ptr, I64], Some(I32)),
            RtFn::IsOf => (&[Ptr, Ptr], Some(I8)),
            RtFn::TypeName => (&[Ptr], Some(Ptr)),
            RtFn::FormatFloat => (&[F64, Ptr], Some(I64)),
            RtFn::FormatFloat32 => (&[F32, Ptr], Some(I64)),
            RtFn::ParseFloat => (&[Ptr, I64, Ptr], Some(I64)),
            RtFn::Write => (&[I32, Ptr, I64], None),
            RtFn::Echo => (&[Ptr, I64], None),
            RtFn::Flush | RtFn::PerformReload | RtFn::CollectCycles => (&[], None),
            RtFn::HeapBytes => (&[I32], Some(I64)),
            RtFn::StackTrace => (&[Ptr], None),
            RtFn::Quit => (&[I32], None),
            RtFn::AnyModuleChanged => (&[], Some(I8)),
            RtFn::ModuleChanged => (&[Ptr, I64], Some(I8)),
            RtFn::IsNew => (&[Ptr], Some(I8)),
            RtFn::LastReload => (&[Ptr], Some(Ptr)),
            RtFn::ArgCount | RtFn::LiveBlocks => (&[], Some(I64)),
            RtFn::Arg => (&[I64, Ptr], Some(Ptr)),
            RtFn::StartThread => (&[Ptr, Ptr], Some(I64)),
            RtFn::Block => (&[Ptr, I32, I64, I64, I64, I64], Some(I64)),
            RtFn::Atomic => (&[I32, Ptr, I32, I64, I64], Some(I64)),
        };
        Sig {
            params: params.into(),
            ret,
            raises: self.raises(),
        }
    }

    /// Can it leave an exception pending? `Quit` does: it unwinds by way of the pending exception without running cleanups.
    pub fn raises(self) -> bool {
        matches!(
            self,
            RtFn::Alloc
                | RtFn::Realloc
                | RtFn::NewRef
                | RtFn::StackTrace
                | RtFn::PerformReload
                | RtFn::AnyModuleChanged
                | RtFn::Block
                | RtFn::Quit
        )
    }
}
