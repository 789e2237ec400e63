//! The data types of MIR. See the [module](super) for what they mean.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::source::Place;

/// A replaceable proc: a program-wide number for an identity *and* a call ABI, so it is also the number of the slot.
/// A new body keeps the number; a changed ABI is another number under the same identity. Given out by [`super::Ids`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct ProcId(pub u32);

/// A global variable: a program-wide number for an identity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct GlobalId(pub u32);

/// What the identity of a `{.threadvar.}` begins with.
pub const THREADVAR: &str = "threadvar ";

impl GlobalId {
    /// Has each thread its own?
    pub fn is_thread(self) -> bool {
        self.0 & 1 != 0
    }
}

/// Constant data, interned program-wide by content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct DataId(pub u32);

/// A type descriptor, interned program-wide by type identity and layout.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct DescId(pub u32);

/// A C function, interned program-wide by library and name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct ExternId(pub u32);

/// The type of a register.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Scalar {
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    Ptr,
}

impl Scalar {
    /// Size in bytes, which is also the alignment.
    pub fn size(self) -> u32 {
        match self {
            Scalar::I8 => 1,
            Scalar::I16 => 2,
            Scalar::I32 | Scalar::F32 => 4,
            Scalar::I64 | Scalar::F64 | Scalar::Ptr => 8,
        }
    }
    /// Is it `F32` or `F64`?
    pub fn is_float(self) -> bool {
        matches!(self, Scalar::F32 | Scalar::F64)
    }
}

/// What a caller and a callee agree on.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Sig {
    /// Parameters in order; the result's address first if the result is an aggregate, a closure's environment last.
    pub params: SmallVec<[Scalar; 6]>,
    /// The result, if it is a scalar.
    pub ret: Option<Scalar>,
    /// May it return with an exception pending? Counts defects. Callers check only then.
    pub raises: bool,
}

/// A virtual register of a proc. Mutable: it may be assigned in several places.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Reg(pub u32);

/// A stack slot of a proc.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct SlotId(pub u32);

/// A block of a proc. Block 0 is the entry.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct BlockId(pub u32);

/// Index into [`Proc::sites`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Site(pub u32);

/// A value that an instruction reads. Its type is the one that the instruction wants.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Operand {
    /// A register.
    Reg(Reg),
    /// An integer or address constant; the bits that do not fit the type are ignored.
    Int(i64),
    /// A float constant.
    Float(f64),
}

impl From<Reg> for Operand {
    fn from(reg: Reg) -> Operand {
        Operand::Reg(reg)
    }
}

/// Arithmetic on two operands of the type of `dst`. Integer operations wrap; `Shl`, `LShr`, `AShr` take the amount modulo the width.
/// Integer division by zero and `MIN / -1` must have been excluded by a check.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    SDiv,
    UDiv,
    SRem,
    URem,
    And,
    Or,
    Xor,
    Shl,
    LShr,
    AShr,
    FAdd,
    FSub,
    FMul,
    FDiv,
}

/// Signed arithmetic that raises when the result does not fit the type of `dst`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum CheckedOp {
    Add,
    Sub,
    Mul,
}

/// Comparison of two operands of one type; the result is `I8` 0 or 1. `S`/`U`: signed or unsigned integers, `F`: floats
/// (ordered, except that `FNe` is true for NaN).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum CmpOp {
    Eq,
    Ne,
    SLt,
    SLe,
    ULt,
    ULe,
    FEq,
    FNe,
    FLt,
    FLe,
}

/// Conversion from the type of `src` to the type of `dst`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CastOp {
    /// Widen a signed integer.
    SExt,
    /// Widen an unsigned integer.
    ZExt,
    /// Narrow an integer.
    Trunc,
    /// Signed integer to float.
    SToF,
    /// Unsigned integer to float.
    UToF,
    /// Float to signed integer, towards zero, saturating, NaN to 0.
    FToS,
    /// Float to unsigned integer, towards zero, saturating, NaN to 0.
    FToU,
    /// `F32` to `F64` or back.
    FToF,
    /// Same size, same bits: integer, address or float.
    Bits,
}

/// One-operand arithmetic in the type of `dst`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum UnOp {
    Neg,
    Not,
    FNeg,
    FAbs,
    FSqrt,
    FFloor,
    FCeil,
    FTrunc,
    /// Number of set bits, of leading zeros, of trailing zeros; the width of the type for zero.
    PopCount,
    LeadingZeros,
    TrailingZeros,
    /// Bytes in reverse order.
    ByteSwap,
}

/// What is called.
#[derive(Clone, PartialEq, Debug)]
pub enum Callee {
    /// A guest proc, through its slot.
    Proc(ProcId),
    /// A guest proc by its address (the code word of a proc value).
    Indirect(Operand, Arc<Sig>),
    /// A C function by its address: no context is passed and nothing can be pending but through a callback.
    IndirectC(Operand, Arc<CSig>),
    /// A C function by name.
    Extern(ExternId),
    /// A function of the runtime.
    Runtime(RtFn),
}

/// An instruction. `unwind` is where control goes with an exception pending; `None` returns from the proc with it.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)] // fields are named as in the field's texts; each variant says what it does
pub enum Inst {
    /// `dst = value`
    Copy { dst: Reg, value: Operand },
    /// `dst = a op b`
    Bin {
        dst: Reg,
        op: BinOp,
        a: Operand,
        b: Operand,
    },
    /// `dst = a op b`, or call `raise()` and unwind when it overflows.
    Checked {
        dst: Reg,
        op: CheckedOp,
        a: Operand,
        b: Operand,
        raise: ProcId,
        unwind: Option<BlockId>,
    },
    /// `dst = op a`
    Un { dst: Reg, op: UnOp, a: Operand },
    /// `dst = a op b` on operands of type `ty`
    Cmp {
        dst: Reg,
        op: CmpOp,
        ty: Scalar,
        a: Operand,
        b: Operand,
    },
    /// `dst = op src`, where `src` has type `from`
    Cast {
        dst: Reg,
        op: CastOp,
        from: Scalar,
        src: Operand,
    },
    /// `dst = if cond != 0 { a } else { b }`
    Select {
        dst: Reg,
        cond: Operand,
        a: Operand,
        b: Operand,
    },
    /// `dst = *(addr + offset)`, of the type of `dst`; never traps: nil was checked before
    Load {
        dst: Reg,
        addr: Operand,
        offset: i32,
    },
    /// `*(addr + offset) = value`
    Store {
        ty: Scalar,
        addr: Operand,
        offset: i32,
        value: Operand,
    },
    /// Address of a stack slot.
    SlotAddr { dst: Reg, slot: SlotId },
    /// Address of a global, the same for the life of the global; of a threadvar, that of the current thread.
    GlobalAddr { dst: Reg, global: GlobalId },
    /// Address of constant data.
    DataAddr { dst: Reg, data: DataId },
    /// Address of a type descriptor.
    DescAddr { dst: Reg, desc: DescId },
    /// Address of a proc's trampoline, valid for the life of the program (of its C entry where the proc has [`Proc::c_abi`]).
    ProcAddr { dst: Reg, proc: ProcId },
    /// Copies `size` bytes between areas that are equal or do not overlap.
    MemCopy {
        dst: Operand,
        src: Operand,
        size: Operand,
    },
    /// Clears `size` bytes.
    MemZero { dst: Operand, size: Operand },
    /// Counts one more reference to an object; nil is allowed.
    IncRef { ptr: Operand },
    /// Gives up a reference; destroys and frees the object when it was the last; nil is allowed.
    DecRef {
        ptr: Operand,
        unwind: Option<BlockId>,
    },
    /// Calls; `dst` takes a scalar result.
    Call {
        dst: Option<Reg>,
        callee: Callee,
        args: SmallVec<[Operand; 4]>,
        unwind: Option<BlockId>,
    },
    /// When `cond` is 0: calls `raise(args…)`, which always raises, and unwinds. The failing side is cold.
    Check {
        cond: Operand,
        raise: ProcId,
        args: SmallVec<[Operand; 3]>,
        unwind: Option<BlockId>,
    },
    /// `dst` = the pending exception (nil if none), which is pending no longer. The reference is owned by `dst`.
    TakePending { dst: Reg },
    /// Makes `value` (owned) the pending exception; nil makes none pending.
    SetPending { value: Operand },
    /// A loop's back edge: where a program that was started interruptible can be stopped.
    Poll { unwind: Option<BlockId> },
}

/// How a block ends.
#[derive(Clone, PartialEq, Debug)]
#[allow(missing_docs)]
pub enum Term {
    Goto(BlockId),
    /// To `then` when `cond` (an `I8`) is not 0.
    Branch {
        cond: Operand,
        then: BlockId,
        els: BlockId,
    },
    /// By the value of an integer of type `ty`.
    Switch {
        on: Operand,
        ty: Scalar,
        cases: Vec<(i64, BlockId)>,
        default: BlockId,
    },
    /// Returns; with an exception pending the value is ignored.
    Return(Option<Operand>),
    /// Never reached: what stood before always unwinds.
    Unreachable,
}

/// An instruction and its place in the source.
#[derive(Clone, PartialEq, Debug)]
pub struct Stmt {
    /// The instruction.
    pub inst: Inst,
    /// Where it comes from, for traces.
    pub site: Site,
}

/// An extended basic block.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// In order.
    pub stmts: Vec<Stmt>,
    /// How it ends.
    pub term: Term,
    /// Rarely entered: unwinding.
    pub cold: bool,
}

/// Memory of a frame.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct StackSlot {
    /// Size in bytes.
    pub size: u32,
    /// Alignment in bytes, a power of two up to 16.
    pub align: u32,
    /// Its type has `ptr`s or the like: who is given its address may put some there.
    pub addresses: bool,
}

/// One proc.
#[derive(Clone, PartialEq, Debug)]
pub struct Proc {
    /// Identity and ABI.
    pub id: ProcId,
    /// Agrees with every call of it.
    pub sig: Sig,
    /// Types of the registers; the first `sig.params.len()` are the parameters.
    pub regs: Vec<Scalar>,
    /// Stack slots.
    pub slots: Vec<StackSlot>,
    /// Blocks; 0 is the entry, which has no predecessors.
    pub blocks: Vec<Block>,
    /// The places that instructions refer to. Not part of the fingerprint: moving code compiles nothing again.
    pub sites: Vec<Place>,
    /// The Nim name for traces, as in `update` or `` `+` ``.
    pub name: Arc<str>,
    /// Its calls are named in traces.
    pub traced: bool,
    /// It has the C calling convention: its address is a C entry, which finds the context by itself.
    pub c_abi: bool,
    /// Objects that this entry takes or gives by value.
    pub aggregates: Aggregates,
    /// Small and worth copying into callers.
    pub inline: bool,
    /// Nested or anonymous: values made of it run this body for as long as they live. Its identity covers its
    /// fingerprint, so an edited one is another proc.
    pub pinned: bool,
    /// Of the library, and called only when something goes wrong: its code is made fast rather than well.
    pub cold: bool,
    /// Descriptors of what live frames of it hold by value or by address, for layout checks on reload.
    pub holds: Vec<DescId>,
    /// Those of them that are of values which frames have as their own, or go through.
    pub owns: Vec<DescId>,
    /// What procs hold whose bodies were copied into this one, and the place.
    pub copied: Vec<(Site, DescId)>,
    /// Registers that have nothing but references to objects, of types that are among `holds` if they can change.
    pub refs: Vec<Reg>,
    /// Descriptors of the types whose own layout its code knows: what it reads or writes parts of, wherever that is.
    pub uses: Vec<DescId>,
    /// Descriptors of what it takes addresses of or in (`addr`), for warnings about storage that moves.
    pub addressed: Vec<DescId>,
}

/// One global variable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Global {
    /// Identity.
    pub id: GlobalId,
    /// The name as messages show it, as in `logic.posX`.
    pub name: Arc<str>,
    /// Its type: size, alignment, how to destroy and migrate it.
    pub desc: DescId,
    /// Declared with `let`.
    pub is_let: bool,
    /// A variable of a block of the top level, which destroys the value where it ends.
    pub scoped: bool,
    /// Where it is declared.
    pub place: Place,
}

/// A run of top-level code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InitStep {
    /// Runs it: no parameters, no result.
    pub proc: ProcId,
    /// The globals that it gives their first value; a reload runs a step only when one of them is new. Empty for
    /// statements that declare nothing, which run on first load alone.
    pub sets: Vec<GlobalId>,
    /// What is written there, where the front end says so.
    pub written: Option<Written>,
}

/// What a step of top-level code says, as numbers that are compared with those of other versions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// All but first values. None for a declaration, which does nothing else.
    pub rest: Option<u64>,
    /// What gives each global its first value.
    pub firsts: Vec<(GlobalId, u64)>,
}

/// A reload handler.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handler {
    /// Runs before the reload (in the old code), or after it (in the new).
    pub before: bool,
    /// No parameters, no result.
    pub proc: ProcId,
}

/// One module, lowered.
#[derive(Clone, PartialEq, Debug)]
pub struct Module {
    /// Its identity, which is also how messages name it.
    pub name: Arc<str>,
    /// Names of the modules that it imports, in source order.
    pub imports: Vec<Arc<str>>,
    /// All procs with code in this module.
    pub procs: Vec<Arc<Proc>>,
    /// Its globals in source order.
    pub globals: Vec<Global>,
    /// Its top-level code in source order.
    pub init: Vec<InitStep>,
    /// In the order of registration.
    pub handlers: Vec<Handler>,
    /// Procs that write the default value of an object type that declares defaults for fields: one parameter, where to. Further ones
    /// of the same type write it with another branch of a variant.
    pub defaults: Vec<(DescId, ProcId)>,
    /// Conversions of the program's own for values of types that change. One from a type to itself looks at values in which
    /// something was converted.
    pub migrations: Vec<Migration>,
    /// Types that it declares, as their identities begin: one that another module has in the next version has moved there.
    pub types: Arc<[Arc<str>]>,
    /// It has only the procs that something reaches: another version may have more of them, and none is ever gone.
    pub partial: bool,
    /// How many procs it has had made since it was last lowered as a whole: some may be of no use any more.
    pub added: usize,
}

impl Module {
    /// A module with nothing in it.
    pub fn empty(name: Arc<str>) -> Module {
        Module {
            name,
            imports: Vec::new(),
            procs: Vec::new(),
            globals: Vec::new(),
            init: Vec::new(),
            handlers: Vec::new(),
            defaults: Vec::new(),
            migrations: Vec::new(),
            types: Arc::default(),
            partial: false,
            added: 0,
        }
    }
}

/// A program's own conversion of a value, as in `proc migrate(old: OldT; new: var T)`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Migration {
    /// Takes the addresses of the old value, laid out as `old`, and of the new one.
    pub proc: ProcId,
    /// The type that stands for the old layout.
    pub old: DescId,
    /// The type whose values it converts.
    pub new: DescId,
}

/// Constant data.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Data {
    /// The bytes; a relocation's bytes are zero here.
    pub bytes: Vec<u8>,
    /// Alignment, a power of two.
    pub align: u32,
    /// Addresses to fill in, as (offset, target), 8 bytes each.
    pub relocs: Vec<(u32, Target)>,
}

/// What constant data can point at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    /// Start of other constant data.
    Data(DataId),
    /// A proc's trampoline.
    Proc(ProcId),
    /// A descriptor.
    Desc(DescId),
}

/// Bit of a payload's capacity that marks it as constant: never freed, never written, copied before a change.
pub const LITERAL: i64 = 1 << 62;
/// Bytes of the header before the object that a reference points to: `{ rc: i64, desc: ptr }`.
pub const REF_HEADER: u32 = 16;
/// What one reference counts in `rc`; the bits below are the collector's.
pub const RC_ONE: i64 = 8;

/// A type, as running code, destruction, debug views and migration see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Desc {
    /// The type as Nim shows it; with the module for nominal types.
    pub name: Arc<str>,
    /// Size in bytes.
    pub size: u32,
    /// Alignment in bytes.
    pub align: u32,
    /// What it is made of.
    pub shape: Shape,
    /// Destroys a value in place: one parameter, its address. `None` when there is nothing to destroy.
    pub destroy: Option<ProcId>,
    /// The program says itself how values are destroyed or copied, so they stand for more than their bytes.
    pub hooked: bool,
    /// The collector of cycles does not look through it: no cycle goes through such objects, or it cannot see them.
    pub acyclic: bool,
}

/// What a type is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Shape {
    Int {
        signed: bool,
        /// First and last value of a subrange.
        bounds: Option<(i64, i64)>,
    },
    Float,
    Bool,
    Char,
    /// Constants as (name, value).
    Enum {
        constants: Vec<(Arc<str>, i64)>,
        signed: bool,
    },
    /// A bit set over the ordinals from `low`.
    Set {
        elem: DescId,
        low: i64,
    },
    /// An address that owns nothing, of nobody knows what.
    Pointer,
    /// A value of this type that owns nothing: somebody else does (`{.cursor.}`).
    Cursor(DescId),
    /// An address that owns nothing, of values of this type.
    Ptr(DescId),
    CString,
    String,
    Seq(DescId),
    Array {
        elem: DescId,
        len: u64,
        /// The enum that it is indexed by, if it is one.
        index: Option<DescId>,
    },
    Tuple(Vec<DescField>),
    Object {
        /// The base object, whose fields stand first (at offset 0) and are not repeated in `fields`.
        base: Option<DescId>,
        /// The descriptor's address stands at offset 0 of a value.
        rtti: bool,
        fields: Vec<DescField>,
    },
    Ref(DescId),
    /// A proc value without environment: a trampoline's address.
    Proc,
    Closure,
    /// Fields share storage: nothing in it is managed.
    Union(Vec<DescField>),
}

/// A type's name without that of its module: what follows the last dot before type arguments.
pub fn bare_name(full: &str) -> &str {
    let head = full.find('[').unwrap_or(full.len());
    let start = full[..head].rfind('.').map_or(0, |dot| dot + 1);
    &full[start..]
}

/// A field of an object or tuple.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DescField {
    /// Its name (`Field0`, … in an anonymous tuple).
    pub name: Arc<str>,
    /// Offset in bytes.
    pub offset: u32,
    /// Its type.
    pub desc: DescId,
    /// For a field of a variant: the discriminator (an index into the same list) and the values for which it exists.
    pub when: Option<(u32, Vec<i64>)>,
}

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
