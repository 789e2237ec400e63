//! The data types of MIR. See the [module](super) for what they mean.

mod data;
mod external;

use std::sync::Arc;

use smallvec::SmallVec;

use crate::source::Place;

pub use data::*;
pub use external::*;

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

impl Proc {
    /// One that does nothing yet: no register, no block, and nothing that a reload had to know.
    pub fn new(id: ProcId, sig: Sig, name: impl Into<Arc<str>>) -> Proc {
        Proc {
            id,
            sig,
            regs: Vec::new(),
            slots: Vec::new(),
            blocks: Vec::new(),
            sites: Vec::new(),
            name: name.into(),
            traced: true,
            c_abi: false,
            aggregates: Aggregates::default(),
            inline: false,
            pinned: false,
            cold: false,
            holds: Vec::new(),
            owns: Vec::new(),
            copied: Vec::new(),
            refs: Vec::new(),
            uses: Vec::new(),
            addressed: Vec::new(),
        }
    }

    /// The same proc with other code, of one block.
    pub fn with_block(&self, sig: Sig, regs: Vec<Scalar>, block: Block) -> Proc {
        Proc {
            regs,
            blocks: vec![block],
            sites: self.sites.clone(),
            traced: self.traced,
            c_abi: self.c_abi,
            aggregates: self.aggregates.clone(),
            inline: self.inline,
            pinned: self.pinned,
            cold: self.cold,
            ..Proc::new(self.id, sig, self.name.clone())
        }
    }
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
