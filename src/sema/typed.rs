//! The typed tree: what sema makes of a module and the lowering reads.
//!
//! Names are resolved, overloads chosen, generics instantiated, templates expanded, converters and implicit
//! conversions explicit, defaults filled in, constants folded, `defer` and tuple unpacking spelled out. What is left to the
//! lowering is meaning: order of evaluation, copies, moves, destroys, checks, unwinding, iterators, closures.
//!
//! A [`Routine`] owns its locals by number; nothing refers across routines but by [`RoutineId`] and
//! [`GlobalVarId`], which are program-wide numbers of identities and stay valid across reloads.

use std::sync::Arc;

use super::magic::Magic;
use super::spelling::Spelling;
use super::types::{CallConv, TypeId};
use crate::source::{Name, Place};

/// A routine that has code: a plain one or an instance of a generic. Program-wide, by identity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct RoutineId(pub u32);

/// A global variable or a `{.global.}` local. Program-wide, by identity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct GlobalVarId(pub u32);

/// A local of a routine (parameters and `result` too). For a nested routine, see [`LocalKind::Captured`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct LocalId(pub u32);

/// The target of a `break`, unique in its routine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct LabelId(pub u32);

/// An expression or statement (a statement has type `Void`).
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type. An lvalue of type `var T` is shown as `Deref` of it, so this is never `Var` but for `AddrOf` hidden arguments.
    pub ty: TypeId,
    /// Where.
    pub place: Place,
}

/// The kinds of expressions. "Place expression" below means: `Local`, `Global`, `Field`, `TupleField`, `Index`, `Deref`, a
/// `Convert` between an object and its base, and calls that return `var`/`lent` (wrapped in `Deref`).
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// Nothing, gives nothing. With a `TypeDesc` type, a type as a value.
    Nop,
    /// A type as a value, which was written in another way than it is shown by itself.
    TypeName(Spelling),
    /// Any ordinal: integers, `char`, `bool`, enums.
    Int(i64),
    /// `float32` or `float`.
    Float(f64),
    /// A `string` or `cstring` constant, by the type.
    Str(Arc<[u8]>),
    /// `nil`, of any type that has it (closures and `cstring` included).
    Nil,
    /// A named constant of a type that is not a scalar or string: a tree of `Int`, `Float`, `Str`, `Nil`, `Routine`, `Array`, `Tuple`,
    /// `Object`, `Set` (and `Convert` to a distinct type). A read-only place: constant data, interned by content, with `seq` payloads marked
    /// [`crate::mir::LITERAL`].
    Const(Arc<Expr>),
    /// A local.
    Local(LocalId),
    /// A global.
    Global(GlobalVarId),
    /// A routine as a value. If the routine has captures, the type is a closure and the environment is the enclosing frame's.
    Routine(RoutineId),
    /// A call. `args` match the parameters one to one; an argument for a `var` parameter is an `AddrOf`. A result of type `var T`/`lent T` is an address.
    Call(RoutineId, Vec<Expr>),
    /// A call of a proc value.
    CallValue(Box<Expr>, Vec<Expr>),
    /// A built-in operation.
    Magic(Magic, Vec<Expr>),
    /// A field of an object place or value: the index into the object type's *own* fields, where `object` has exactly that object type
    /// (conversions to a base are explicit). A field of a variant is checked against the discriminator when `checked`.
    Field {
        /// The object.
        object: Box<Expr>,
        /// Index into [`super::types::ObjectBody::fields`].
        field: usize,
        /// Check the discriminator first.
        checked: bool,
    },
    /// Component of a tuple.
    TupleField(Box<Expr>, usize),
    /// Element of an array, `seq`, `string`, `openArray`, `cstring` or `UncheckedArray`; bounds are checked when `checked` (not for the last two).
    Index {
        /// The container.
        base: Box<Expr>,
        /// The index, of the array's index type or an integer.
        index: Box<Expr>,
        /// Check the bounds.
        checked: bool,
    },
    /// What a `ref`, `ptr` or hidden `var`/`lent` address points to. Nil is checked for `ref` and `ptr` when checks are on.
    Deref(Box<Expr>),
    /// The address of a place: `addr x` (a `Ptr` type) or a hidden argument/result (a `Var` or `Lent` type).
    AddrOf(Box<Expr>),
    /// A conversion, explicit or implicit; source and target types say which: numbers (range-checked when `checked`), enums, distinct, object up (slices the view, no copy)
    /// and down (checked `of`), refs likewise, array/seq/string to `openArray`, string to `cstring`, proc to closure, named to anonymous tuples.
    Convert {
        /// The value.
        value: Box<Expr>,
        /// Check ranges and dynamic types.
        checked: bool,
    },
    /// `cast[T](x)`: the same bits.
    Cast(Box<Expr>),
    /// `T(field: value, …)`; if the type is a `ref`, a new object. Fields are indices as in `Field`, with the object type (own or a base) that has them.
    Object(Vec<(TypeId, usize, Expr)>),
    /// A tuple.
    Tuple(Vec<Expr>),
    /// An array, or with a `seq` type `@[…]`; with an `openArray` type, storage of the frame.
    Array(Vec<Expr>),
    /// A set, of single elements and ranges.
    Set(Vec<(Expr, Option<Expr>)>),
    /// `if`/`elif`/`else`, and `when` that was not decided; without `else` it gives nothing.
    If(Vec<(Expr, Expr)>, Option<Box<Expr>>),
    /// `case` over ordinals, strings or floats.
    Case {
        /// The selector.
        on: Box<Expr>,
        /// Each with its labels.
        branches: Vec<(Vec<CaseLabel>, Expr)>,
        /// `else`; if absent, the labels cover the type.
        els: Option<Box<Expr>>,
    },
    /// A block that `Break(label)` leaves.
    Block(LabelId, Box<Expr>),
    /// A loop; `continue` is a `Break` of a `Block` inside `body`, `break` one of a `Block` around.
    While(Box<Expr>, Box<Expr>),
    /// A loop over an inline iterator: `body` runs at each of its yields with `vars` set to what it yields (one variable, or one per tuple
    /// component). A variable for a `var T`/`lent T` yield has that type and holds an address.
    For {
        /// The iterator.
        iterator: RoutineId,
        /// Its arguments, as in `Call`.
        args: Vec<Expr>,
        /// The loop's variables.
        vars: Vec<LocalId>,
        /// What runs.
        body: Box<Expr>,
    },
    /// `try`
    Try {
        /// What may raise.
        body: Box<Expr>,
        /// In order.
        excepts: Vec<Except>,
        /// Runs however the rest ends.
        finally: Option<Box<Expr>>,
    },
    /// One after the other; the last gives the value. A declaration section of several variables is a `Seq` of `Let`s in
    /// an outer `Seq`: it opens no scope of its own.
    Seq(Vec<Expr>),
    /// Brings a local into being, with its first value or zeroed. It is destroyed where the enclosing scope ends: the body of a
    /// `Block`, `If` branch, `Case` branch, loop, `Try` part or routine.
    Let(LocalId, Option<Box<Expr>>),
    /// Gives a global its first value, or its type's default. In a loop of the top level this happens each time round.
    InitGlobal(GlobalVarId, Option<Box<Expr>>),
    /// `place = value`, destroying what was there.
    Assign(Box<Expr>, Box<Expr>),
    /// Leaves a block.
    Break(LabelId),
    /// Leaves the routine; a value was assigned to `result` before.
    Return,
    /// `raise x`, where x is a `ref` to an exception, or re-raise.
    Raise(Option<Box<Expr>>),
    /// In an iterator.
    Yield(Box<Expr>),
    /// Evaluates and destroys what it gives.
    Discard(Box<Expr>),
    /// `{.cast(…).}:` and the like leave their body; checks may be off inside.
    Checks(Checks, Box<Expr>),
}

/// Which checks are on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[allow(missing_docs)]
pub struct Checks {
    pub overflow: bool,
    pub bounds: bool,
    pub range: bool,
    pub nil: bool,
    pub field: bool,
    pub conversion: bool,
    pub assertions: bool,
    /// Of what arithmetic on floats gives; not on by itself (`nanChecks`).
    pub nan: bool,
    /// The same for infinity (`infChecks`).
    pub infinity: bool,
    /// No check either: calls of what is declared here are named in stack traces (`stackTrace`).
    pub traced: bool,
    /// No check, but it goes with the same blocks: effects that do not count.
    pub pardon: Pardon,
}

impl Checks {
    /// As in a debug build.
    pub const ON: Checks = Checks {
        overflow: true,
        bounds: true,
        range: true,
        nil: true,
        field: true,
        conversion: true,
        assertions: true,
        nan: false,
        infinity: false,
        traced: true,
        pardon: Pardon::NONE,
    };
    /// As with `-d:danger`.
    pub const OFF: Checks = Checks {
        overflow: false,
        bounds: false,
        range: false,
        nil: false,
        field: false,
        conversion: false,
        assertions: false,
        nan: false,
        infinity: false,
        traced: true,
        pardon: Pardon::NONE,
    };
}

/// A label of a `case` branch.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseLabel {
    /// An ordinal or an inclusive range.
    Range(i64, i64),
    /// A string.
    Str(Arc<[u8]>),
    /// A float or an inclusive range of them.
    Float(f64, f64),
}

/// An `except` branch.
#[derive(Clone, Debug, PartialEq)]
pub struct Except {
    /// The exception types (objects, not refs); empty catches everything.
    pub types: Vec<TypeId>,
    /// `as e`: a local of the `ref` type.
    pub binding: Option<LocalId>,
    /// What runs.
    pub body: Expr,
}

/// How a local came to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LocalKind {
    /// A parameter; the type tells `var`, `sink` and the rest.
    Param,
    /// `result`: zeroed at the start, given to the caller at the end.
    Result,
    /// `var`
    Var,
    /// `let`
    Let,
    /// The variable of a `for`.
    For,
    /// Made by the compiler, used once or moved freely.
    Temp,
    /// `{.cursor.}`: does not own.
    Cursor,
    /// A local of the enclosing routine, by its number there: this routine is a closure over it.
    Captured(LocalId),
}

/// A local.
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: TypeId,
    /// How it came to be.
    pub kind: LocalKind,
    /// A nested routine captures it, so it lives in an environment.
    pub captured: bool,
    /// `{.noinit.}`
    pub noinit: bool,
    /// It was declared without a type, with this routine as its value.
    pub holds: Option<RoutineId>,
    /// How its type was written.
    pub spelled: Spelling,
    /// Where.
    pub place: Place,
}

/// What kind of routine it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RoutineKind {
    /// `proc`, `func`, `converter`.
    Proc,
    /// `method`: dispatches on the dynamic type of its first parameter.
    Method,
    /// Expanded at each `For`.
    InlineIterator,
    /// A resumable closure.
    ClosureIterator,
}

/// A C symbol that a routine or global stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The symbol.
    pub symbol: Arc<str>,
    /// `dynlib`'s pattern.
    pub library: Option<Arc<str>>,
    /// C `...` after the declared parameters.
    pub varargs: bool,
}

impl Import {
    /// Is it a function of a host module?
    pub fn is_host(&self) -> bool {
        let library = self.library.as_deref();
        library.is_some_and(|library| library.starts_with(crate::mir::HOST_LIBRARY))
    }
}

/// What pragmas say about the effects of a routine or of the values of a proc type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Declared {
    /// `raises`: the exceptions, as objects.
    pub raises: Option<Vec<TypeId>>,
    /// `tags`
    pub tags: Option<Vec<TypeId>>,
    /// `forbids`
    pub forbids: Vec<TypeId>,
    /// `func` or `noSideEffect`
    pub no_side_effect: bool,
    /// `sideEffect`
    pub side_effect: bool,
    /// `gcsafe`
    pub gc_safe: bool,
    /// `effectsOf`: parameters whose effects are the routine's.
    pub effects_of: Vec<Name>,
    /// `strictEffects` is on where it stands.
    pub strict: bool,
    /// `strictFuncs` is on where it stands.
    pub strict_funcs: bool,
}

impl Declared {
    /// Does it say what a body must not do?
    pub fn promises(&self) -> bool {
        self.raises.is_some()
            || self.tags.is_some()
            || !self.forbids.is_empty()
            || self.no_side_effect
            || self.gc_safe
    }

    /// What has no side effects uses no global either.
    pub fn is_gc_safe(&self) -> bool {
        self.gc_safe || self.no_side_effect
    }
}

/// Effects that do not count, within `{.cast(…).}`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub struct Pardon {
    /// The exceptions that count in the place of those that are found, as a tuple.
    pub raises: Option<TypeId>,
    /// Likewise for tags.
    pub tags: Option<TypeId>,
    /// Side effects do not count.
    pub side_effect: bool,
    /// Globals may be used.
    pub gc_safe: bool,
}

impl Pardon {
    /// Everything counts.
    pub const NONE: Pardon = Pardon {
        raises: None,
        tags: None,
        side_effect: false,
        gc_safe: false,
    };
}

/// Where a routine's body stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stand {
    /// The module's number.
    pub module: u32,
    /// The number of its top-level statement.
    pub statement: u32,
    /// The routine was declared before.
    pub forwarded: bool,
}

/// A routine, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Routine {
    /// Its number.
    pub id: RoutineId,
    /// Module, enclosing names, name and signature (and type arguments): the same as long as it is the same routine.
    pub identity: Arc<str>,
    /// Its Nim name.
    pub name: Name,
    /// What kind.
    pub kind: RoutineKind,
    /// Calling convention.
    pub conv: CallConv,
    /// Parameters, in order, as numbers into `locals`. Those of types that have no values (`typedesc`, `static`) are gone.
    pub params: Vec<LocalId>,
    /// The result type, `Void` if there is none.
    pub ret: TypeId,
    /// `result`, if there is a result type.
    pub result: Option<LocalId>,
    /// All locals.
    pub locals: Vec<Local>,
    /// Its body; none for imported ones.
    pub body: Option<Arc<Expr>>,
    /// Comes from C.
    pub import: Option<Import>,
    /// The routine that it is nested in, if it captures something of it.
    pub parent: Option<RoutineId>,
    /// `{.inline.}`
    pub inline: bool,
    /// `{.noreturn.}`
    pub noreturn: bool,
    /// Nothing can leave it as an exception, as declared (`raises: []` is not enough: defects count).
    pub never_raises: bool,
    /// What its pragmas say about effects.
    pub declared: Option<Arc<Declared>>,
    /// Where its body stands.
    pub stand: Stand,
    /// The checks at its start.
    pub checks: Checks,
    /// Where its name stands.
    pub place: Place,
}

/// A global variable, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct GlobalVar {
    /// Its number.
    pub id: GlobalVarId,
    /// Module, enclosing scopes and name.
    pub identity: Arc<str>,
    /// `module.name`, for people.
    pub shown: Arc<str>,
    /// Its type.
    pub ty: TypeId,
    /// `let`
    pub is_let: bool,
    /// Comes from C.
    pub import: Option<Import>,
    /// `{.threadvar.}`
    pub threadvar: bool,
    /// `{.compileTime.}`: code that runs at compile time sees it too.
    pub compile_time: bool,
    /// It was declared without a type, with this routine as its value.
    pub holds: Option<RoutineId>,
    /// How its type was written.
    pub spelled: Spelling,
    /// Declared in a block or loop of the top level: its value ends with that, unless a routine may use it later.
    pub nested: bool,
    /// Where.
    pub place: Place,
}

/// A piece of top-level code.
#[derive(Clone, Debug, PartialEq)]
pub struct TopLevel {
    /// A routine without parameters and result that runs it. A local of it is a variable of a nested scope that sema did not make global.
    pub routine: RoutineId,
    /// The globals that it initialises.
    pub sets: Vec<GlobalVarId>,
    /// What is written there.
    pub written: Written,
    /// A declaration of a routine follows, or nothing: what temporaries are left is destroyed here.
    pub ends_group: bool,
}

/// What a piece of top-level code says, as numbers that are compared with those of other versions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// All but first values. None for a declaration, which does nothing else.
    pub rest: Option<u64>,
    /// What gives each global its first value.
    pub firsts: Vec<(GlobalVarId, u64)>,
}

/// A module, checked.
#[derive(Clone, Debug, Default)]
pub struct CheckedModule {
    /// Its name, unique in the program (`logic`, `std/math`).
    pub name: Arc<str>,
    /// Imported modules in source order.
    pub imports: Vec<Arc<str>>,
    /// Routines with code in this module: its own, instances that it asked for, top-level code, handlers, all nested ones.
    pub routines: Vec<Arc<Routine>>,
    /// Its globals in source order.
    pub globals: Vec<Arc<GlobalVar>>,
    /// Its top-level code.
    pub init: Vec<TopLevel>,
    /// Reload handlers in order: runs before (true) or after.
    pub handlers: Vec<(bool, RoutineId)>,
    /// Object types that declare defaults for fields, with a routine without parameters that gives their default value; further ones
    /// of the same type give it with another branch of a variant.
    pub defaults: Vec<(TypeId, RoutineId)>,
    /// Conversions for values of types that change: the type that stands for the old layout, the type, and the routine. One from
    /// a type to itself looks at values in which something was converted.
    pub migrations: Vec<(TypeId, TypeId, RoutineId)>,
    /// Names of the object types, enums and distinct types that its top level declares, as their identities begin: `m.Hero`.
    pub types: Arc<[Arc<str>]>,
    /// Variables in unnamed scopes of its top level, for the next version.
    pub scoped: Vec<super::scoped::Scoped>,
}

/// Type-bound operations and other routines that the lowering calls by itself.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    /// `=destroy`, `=copy`, `=sink`, `=dup`, `=wasMoved`, `=trace` that programs declare, by the object or distinct type.
    pub type_bound: rustc_hash::FxHashMap<(TypeId, TypeBound), RoutineId>,
    /// Types that are not copied so: their `=copy` or `=dup` is an `{.error.}`.
    pub forbidden: rustc_hash::FxHashSet<(TypeId, TypeBound)>,
    /// What `new(x, finalizer)` bound to types of objects: called before an object is destroyed.
    pub finalizers: rustc_hash::FxHashMap<TypeId, RoutineId>,
    /// `{.compilerproc.}` and `{.core.}` routines of `system`, by name (`raiseIndexError2`, `raiseOverflow`, …).
    pub system: rustc_hash::FxHashMap<Name, RoutineId>,
    /// `{.compilerproc.}` globals of `system`, by name.
    pub system_globals: rustc_hash::FxHashMap<Name, GlobalVarId>,
    /// Named types that the lowering needs (`Exception`, …), by name.
    pub system_types: rustc_hash::FxHashMap<Name, TypeId>,
}

/// The type-bound operations.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum TypeBound {
    Destroy,
    Copy,
    Sink,
    Dup,
    WasMoved,
    Trace,
}
