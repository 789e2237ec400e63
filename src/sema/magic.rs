//! Built-in operations: what `{.magic: "…".}` in `lib/system` names.
//!
//! An operation that applies to several types is one magic; the argument types say which it is. Those that sema
//! answers by itself (`sizeof`, `defined`, `is`, …) are marked so and never reach the lowering.

use crate::mir::RtFn;

macro_rules! magics {
    ($($(#[$doc:meta])* $name:ident)*) => {
        /// A built-in operation.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Magic { $($(#[$doc])* $name,)*
            /// A function of the runtime, as `Rt…`: arguments and result are those of [`RtFn::sig`].
            Runtime(RtFn),
        }
        impl Magic {
            /// By the name in the pragma.
            pub fn named(name: &str) -> Option<Magic> {
                // Names that Nim has for the same.
                let name = match name {
                    "BitandI" => "BitAnd",
                    "BitorI" => "BitOr",
                    "BitxorI" => "BitXor",
                    "BitnotI" => "BitNot",
                    name => name,
                };
                match name {
                    $(stringify!($name) => Some(Magic::$name),)*
                    _ => {
                        let name = name.strip_prefix("Rt")?;
                        RtFn::ALL.into_iter().find(|f| format!("{f:?}") == name).map(Magic::Runtime)
                    }
                }
            }
        }
    };
}

magics! {
    /// `+` on integers (checked when signed) and floats.
    Add
    /// `-`
    Sub
    /// `*`
    Mul
    /// `/` on floats.
    Div
    /// `div`
    IDiv
    /// `mod`
    IMod
    /// Unary `+`
    Pos
    /// Unary `-`
    Neg
    /// `abs`
    Abs
    /// `and` on integers.
    BitAnd
    /// `or` on integers.
    BitOr
    /// `xor` on integers and `bool`.
    BitXor
    /// `not` on integers.
    BitNot
    /// `shl`
    Shl
    /// `shr`: arithmetic on signed, logical on unsigned types.
    Shr
    /// `ashr`
    AShr
    /// `+%`
    AddW
    /// `-%`
    SubW
    /// `*%`
    MulW
    /// `/%`
    DivU
    /// `%%`
    ModU
    /// `<%`
    LtU
    /// `<=%`
    LeU
    /// `==` on ordinals, floats, addresses, refs, procs, closures.
    Eq
    /// `<` on ordinals, floats, addresses.
    Lt
    /// `<=`
    Le
    /// `not` on `bool`.
    Not
    /// Short-circuit `and`.
    And
    /// Short-circuit `or`.
    Or
    /// `succ(x, n)`, checked.
    Succ
    /// `pred(x, n)`, checked.
    Pred
    /// `inc(x, n)`: the first argument is an `AddrOf`; checked.
    Inc
    /// `dec(x, n)`
    Dec
    /// `x += y` and the like on numbers need no magic: they are templates over `=`. `ord(x)`: any ordinal to `int`.
    Ord
    /// `chr(i)`: range-checked.
    Chr
    /// `len` of `string`, `seq`, `openArray`, `cstring` (0 for nil). Of arrays, sema answers.
    Len
    /// Set union `+`.
    SetUnion
    /// Set intersection `*`.
    SetIntersect
    /// Set difference `-`.
    SetDiff
    /// Set symmetric difference `-+-`.
    SetSymDiff
    /// `==` on sets.
    SetEq
    /// `<=` on sets.
    SetLe
    /// `<` on sets.
    SetLt
    /// `contains(s, x)`, `x in s`.
    InSet
    /// `incl(s, x)`: the first argument is an `AddrOf`.
    Incl
    /// `excl(s, x)`
    Excl
    /// `card(s)`
    Card
    /// `default(T)`: the zero value of the expression's type (Nim 2's field defaults are filled in by sema).
    Default
    /// `new(x)`: the argument is an `AddrOf` of a `ref`; a new zeroed object.
    New
    /// `new(x, finalizer)`: also binds the finalizer to the type; `New` for the lowering.
    NewFinalize
    /// `wasMoved(x)`: the argument is an `AddrOf`; the place becomes zero without being destroyed.
    WasMoved
    /// `move(x)`: the argument is an `AddrOf`; gives the value and leaves zero.
    Move
    /// `swap(a, b)`: both are `AddrOf`s.
    Swap
    /// `=destroy(x)`: the argument is a place or an `AddrOf`.
    Destroy
    /// `=copy(a, b)`
    CopyHook
    /// `=sink(a, b)`
    SinkHook
    /// `place(a, b)`: the place `a` holds nothing and gets `b`; no hook runs.
    Place
    /// `copyMem(dst, src, size)`
    CopyMem
    /// `zeroMem(dst, size)`
    ZeroMem
    /// `of`: (object or ref, and an expression of type `typedesc` whose inner type is asked for).
    Of
    /// `isNil(x)` of refs, ptrs, `pointer`, `cstring`, procs, closures.
    IsNil
    /// The exception being handled, as `ref Exception`, or nil: `getCurrentException()`.
    CurrentException
    /// `$` of an enum: gives a `string`.
    EnumToStr
    /// The address of an `openArray`'s, `seq`'s, `string`'s or array's first element, as `pointer`.
    DataPtr
    /// `toOpenArray(x, first, last)`
    ToOpenArray
    /// `rawProc`/`rawEnv` of closures.
    RawProc
    /// See `RawProc`.
    RawEnv
    /// The address of the descriptor of the expression's type argument, as `pointer` (`getTypeInfo`).
    TypeInfo
    /// `finished(it)` of a closure iterator.
    Finished
    /// `countBits`, on the bits of an integer.
    PopCount
    /// Number of leading zero bits; the width for 0.
    LeadingZeros
    /// Number of trailing zero bits; the width for 0.
    TrailingZeros
    /// Bytes reversed.
    ByteSwap
    /// `sqrt` of a float.
    Sqrt
    /// `floor`
    Floor
    /// `ceil`
    Ceil
    /// `trunc`
    Trunc
    // Answered by sema.
    /// `parseBiggestFloat(s, number, start)`: a call of `nimParseBiggestFloat`.
    ParseBiggestFloat
    /// A macro of a standard module, by its name: see `macros`.
    Macro
    /// `sizeof`
    SizeOf
    /// `alignof`
    AlignOf
    /// `offsetOf`
    OffsetOf
    /// `low`
    Low
    /// `high`: of containers `Len - 1`.
    High
    /// `defined(name)`
    Defined
    /// `declared(name)`
    Declared
    /// `declaredInScope(name)`
    DeclaredInScope
    /// `locals()`
    Locals
    /// `compiles(expr)`
    Compiles
    /// `is`
    Is
    /// `isnot` is a template over it. `typeof(x)`
    TypeOf
    /// `astToStr(x)`
    AstToStr
    /// `instantiationInfo()`
    InstantiationInfo
    /// `compileMoment(date)`, `compileMoment(time)`: when this compiler was started.
    CompileMoment
    /// `privateAccess(T)`: from here on, private fields of `T` can be named.
    PrivateAccess
    /// `typedesc` to string, `$T` and `name(T)`.
    TypeName
    /// `echo`-like conversions to an array of strings need nothing; `runnableExamples` drops its body.
    RunnableExamples
    /// `fields`/`fieldPairs` loops, which sema unrolls.
    Fields
    /// See `Fields`.
    FieldPairs
    /// `likely`/`unlikely`
    Likely
    /// `staticRead`
    StaticRead
    /// `procCall`
    ProcCall
    /// `beforeCodeReload`/`afterCodeReload`: registers at module level.
    HcrRegister
    /// `performCodeReload`
    HcrPerform
    /// `hasAnyModuleChanged`
    HcrAnyChanged
    /// `hasModuleChanged(m)`
    HcrModuleChanged
    /// `compileOption("…")`
    CompileOption
    /// `supportsCopyMem(T)`: nothing in it is managed.
    SupportsCopyMem
    /// `nimvm`: false in compiled code.
    NimVm
    /// `distinctBase`, `elementType`, `genericParams` and the like, by name.
    TypeTrait
    /// `items` of a `set`, an enum type or anything that needs no body is in Nim. `static` evaluation.
    StaticEval
}
