//! Symbols: what names stand for, and the tables that find them.
//!
//! A symbol lives in the table of the module that was being checked when it was made; a recheck of the module replaces
//! the table. Top-level symbols keep their number from one version of a module to the next as long as name, visibility and
//! position among the overloads stay, so what other modules hold (re-exports, template bodies, types) stays valid.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::deprecated::Deprecated;
use super::sights::TopTable;
use super::spelling::Spelling;
use super::typed::{Checks, Expr, GlobalVarId, LabelId, LocalId, RoutineId};
use super::types::{CallConv, TypeId};
use crate::source::{FileId, Name, Place};
use crate::syntax::tree::{Handle, Kind};

/// A module's number in the program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct ModuleIx(pub u32);

/// A symbol's number: 11 bits of module, 21 bits of index.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct SymId(pub u32);

const INDEX_BITS: u32 = 21;

impl SymId {
    pub(super) fn new(module: ModuleIx, index: usize) -> SymId {
        SymId(module.0 << INDEX_BITS | index as u32)
    }
    /// The module whose table has it.
    pub fn module(self) -> ModuleIx {
        ModuleIx(self.0 >> INDEX_BITS)
    }
    pub(super) fn index(self) -> usize {
        (self.0 & ((1 << INDEX_BITS) - 1)) as usize
    }
}

/// Several symbols with one name.
pub type Syms = SmallVec<[SymId; 2]>;

/// Names to symbols.
pub type Table = FxHashMap<Name, Syms>;

/// What a name stands for.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// As declared.
    pub name: Name,
    /// Visible to importers.
    pub exported: bool,
    /// Where.
    pub place: Place,
    /// What it is.
    pub kind: SymKind,
    /// Should it not be used any more?
    pub deprecated: Option<Deprecated>,
    /// Which top-level statement of the module declares it, counted from 1.
    pub order: u32,
}

impl Symbol {
    pub(super) fn vacant() -> Symbol {
        Symbol {
            name: Name::new(""),
            exported: false,
            place: Place::default(),
            kind: SymKind::Pending,
            deprecated: None,
            order: 0,
        }
    }
}

/// The kinds of symbols. Locals and labels belong to the routine at `depth` of the stack of routines being checked.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum SymKind {
    /// Declared, and not looked at yet.
    Pending,
    /// An imported module.
    Module(ModuleIx),
    /// A parameter or local variable of the routine at this depth of the routine stack.
    Local {
        depth: usize,
        id: LocalId,
        ty: TypeId,
        mutable: bool,
    },
    /// A global variable.
    Global {
        id: GlobalVarId,
        ty: TypeId,
        mutable: bool,
    },
    /// A constant's value.
    Const(Arc<Expr>),
    /// A constant of an enum.
    EnumConst { ty: TypeId, value: i64 },
    /// A type, or a type parameter with its argument.
    Type(TypeId),
    /// A type that only the compiler can make: `seq`, `array`, `set`, …
    TypeMaker(TypeMaker),
    /// A generic type.
    GenericType(Arc<GenericType>),
    /// A routine, template or macro.
    Routine(Arc<RoutineSym>),
    /// A block's label, of the routine at this depth.
    Label { depth: usize, id: LabelId },
    /// A checked expression under a name: a parameter of a template, a loop variable of an unrolled loop.
    Alias(Arc<Expr>),
}

impl SymKind {
    /// Can several of them share a name in one scope?
    pub fn overloadable(&self) -> bool {
        matches!(self, SymKind::Routine(_) | SymKind::EnumConst { .. })
    }
}

/// Type constructors of the compiler, by the name in `{.magic.}`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum TypeMaker {
    Array,
    Seq,
    Set,
    OpenArray,
    Varargs,
    UncheckedArray,
    Range,
    TypeDesc,
    Iterable,
    Sink,
    Lent,
    Static,
    Ordinal,
    Ref,
    Ptr,
    Var,
    Tuple,
    Proc,
    Owned,
}

/// A parameter of a generic.
#[derive(Clone, Debug)]
pub struct GenericParam {
    /// Its name.
    pub name: Name,
    /// What stands for it in signatures (`Type::Param`).
    pub ty: TypeId,
    /// A class that arguments must match.
    pub constraint: Option<TypeId>,
    /// `static T`.
    pub is_static: bool,
    /// Its default.
    pub default: Option<Handle>,
}

/// A generic type.
#[derive(Debug)]
pub struct GenericType {
    /// Its parameters.
    pub params: Vec<GenericParam>,
    /// The `TypeDef`.
    pub node: Handle,
    /// Where it is declared.
    pub module: ModuleIx,
    /// Its symbol.
    pub sym: SymId,
    /// How many scopes were around; if there are any, others may have one of its name.
    pub depth: usize,
    /// Its body is a nominal type (object, enum, distinct), or a `ref`/`ptr` to one.
    pub nominal: bool,
}

impl std::fmt::Debug for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cursor().fmt(f)
    }
}

/// A parameter of a routine.
#[derive(Clone, Debug)]
pub struct ParamSym {
    /// Its name.
    pub name: Name,
    /// Its type; in a generic, with `Type::Param`s.
    pub ty: TypeId,
    /// How that was written.
    pub spelled: Spelling,
    /// The default value's expression, checked at each call in the scope of the declaration.
    pub default: Option<Handle>,
    /// What an argument must be beside its type: `a: int{lit}`.
    pub constraint: Option<Arc<super::constraint::Constraint>>,
    /// For `varargs[T, conv]`.
    pub conv: Option<Name>,
    /// For `varargs[typed, conv]`: each argument is one element, also an array.
    pub each: bool,
    /// Where.
    pub place: Place,
}

/// What pragmas say about a routine, by the pragma's name.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct RoutinePragmas {
    pub magic: Option<super::magic::Magic>,
    pub import: Option<super::typed::Import>,
    pub conv: CallConv,
    /// The word with which the convention was given.
    pub conv_given: Option<&'static str>,
    pub inline: bool,
    pub discardable: bool,
    pub noreturn: bool,
    pub compile_time: bool,
    /// The compiler knows it by its name, and lowering may call it.
    pub compilerproc: bool,
    /// The compiler knows it by its name, and calls it only in trees that it checks.
    pub core: bool,
    pub dirty: bool,
    pub closure: bool,
    pub borrow: bool,
    pub error: Option<Arc<str>>,
    pub deprecated: Option<Deprecated>,
    pub checks: Checks,
    pub noinit: bool,
    pub raises_nothing: bool,
    pub exportc: bool,
    /// The routine was declared before.
    pub forwarded: bool,
    /// What the module is linked with, the last first.
    pub linked: Vec<Arc<str>>,
    /// What they say about effects, if anything.
    pub effects: Option<Arc<super::typed::Declared>>,
}

impl RoutinePragmas {
    pub(super) fn new(checks: Checks) -> RoutinePragmas {
        RoutinePragmas {
            magic: None,
            import: None,
            linked: Vec::new(),
            conv: CallConv::Nimcall,
            conv_given: None,
            inline: false,
            discardable: false,
            noreturn: false,
            compile_time: false,
            compilerproc: false,
            core: false,
            dirty: false,
            closure: false,
            borrow: false,
            error: None,
            deprecated: None,
            checks,
            noinit: false,
            raises_nothing: false,
            exportc: false,
            forwarded: false,
            effects: None,
        }
    }
}

/// A routine, as overload resolution sees it.
#[derive(Clone, Debug)]
pub struct RoutineSym {
    /// Its name.
    pub name: Name,
    /// `ProcDef`, `FuncDef`, `MethodDef`, `IteratorDef`, `ConverterDef`, `TemplateDef` or `MacroDef`.
    pub kind: Kind,
    /// Where it is declared.
    pub module: ModuleIx,
    /// Number of local scopes around the declaration; 0 at module level.
    pub depth: usize,
    /// The declaration.
    pub node: Handle,
    /// Generic parameters, implicit ones (`auto`, type classes as parameter types) included.
    pub generics: Vec<GenericParam>,
    /// Parameters.
    pub params: Vec<ParamSym>,
    /// Result type; `Void` if none.
    pub ret: TypeId,
    /// How that was written.
    pub ret_spelled: Spelling,
    /// The result type is `auto` and follows from the body.
    pub auto_ret: bool,
    /// The result type computes with type parameters, so only an instance knows it.
    pub late_ret: bool,
    /// Pragmas.
    pub pragmas: RoutinePragmas,
    /// Its code, unless it is generic, a template or a macro.
    pub id: Option<RoutineId>,
    /// The position of the `varargs` parameter, if there is one.
    pub varargs: Option<usize>,
    /// Declared without a body so far.
    pub forward: bool,
    /// The statement of its module that declares it: of what follows, a generic body or a template binds nothing.
    pub order: u32,
}

impl RoutineSym {
    /// Is it a template that only names a pragma: `template p {.pragma.}`?
    pub fn marks_pragma(&self) -> bool {
        let pragmas = self.node.cursor().get(super::routine::part::PRAGMA);
        self.kind == Kind::TemplateDef
            && pragmas.is_some_and(|p| p.is(Kind::Pragma) && super::pragma::has(p, "pragma"))
    }

    /// Needs type arguments.
    pub fn is_generic(&self) -> bool {
        !self.generics.is_empty()
    }
    /// Expanded rather than called.
    pub fn is_template(&self) -> bool {
        self.kind == Kind::TemplateDef
    }
}

/// An import of a module into another.
#[derive(Clone, Debug)]
pub struct ImportOf {
    /// What is imported.
    pub module: ModuleIx,
    /// Names left out (`except`).
    pub except: Vec<Name>,
    /// Only qualified access (`from m import nil`, and the names of `from m import a` come separately).
    pub qualified_only: bool,
}

/// How far a module has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ModuleState {
    /// Known by name.
    New,
    /// Being checked; a cyclic import sees what has been declared so far.
    Checking,
    /// Checked.
    Done,
}

/// A module, as other modules see it.
pub struct ModuleData {
    /// Unique in the program.
    pub name: Arc<str>,
    /// Its source.
    pub file: FileId,
    /// How far it is.
    pub state: ModuleState,
    /// All symbols made while it was checked.
    pub syms: Vec<Symbol>,
    /// Numbers of top-level symbols, by name, visibility and position, over all versions.
    pub stable: FxHashMap<(Name, bool, u32), usize>,
    /// Top-level names.
    pub scope: TopTable,
    /// What importers see.
    pub exports: TopTable,
    /// Its imports in order; `system` is implied.
    pub imports: Vec<ImportOf>,
    /// Converters that it declares or re-exports.
    pub converters: Vec<SymId>,
    /// It declares `{.compileTime.}` variables.
    pub compile_time_state: bool,
    /// Whoever imports it is told so.
    pub deprecated: Option<Arc<str>>,
}
