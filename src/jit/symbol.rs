//! What compiled code can name, and its numbering in Cranelift's name space.

use cranelift_codegen::ir::UserExternalName;

use crate::mir::{DataId, DescId, ExternId, GlobalId, ProcId, RtFn};

/// Something outside a proc that its code refers to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Symbol {
    /// The code of a proc by its slot: what it is at the moment it is asked for.
    Slot(ProcId),
    /// What the address of a proc is for the program: its stub, or its C entry.
    Stub(ProcId),
    /// The code of a proc as it is now; only with [`Options::direct_calls`](super::Options::direct_calls).
    Code(ProcId),
    /// A global.
    Global(GlobalId),
    /// Constant data.
    Data(DataId),
    /// A descriptor.
    Desc(DescId),
    /// A C function.
    Extern(ExternId),
    /// No function: the word that a function of a host module takes after the context.
    HostData(ExternId),
    /// A function of the runtime.
    Runtime(RtFn),
    /// A function that the JIT itself needs.
    Lib(LibFn),
}

/// Functions that no MIR names and code needs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum LibFn {
    /// `(ctx, object)`: its last reference is gone: destroys and frees it.
    DropRef,
    /// `(ctx, object)`: it lost a reference, lives, and may be part of a cycle.
    Candidate,
    /// `(ctx)`: raises because the stack is used up.
    StackOverflow,
    /// `(ctx)`: raises because somebody asked the program to stop.
    Interrupted,
    /// `(ctx)`: C returned with something pending; may not return.
    AfterC,
    /// `(runtime) -> ctx`: C calls in; nil when it must get a zero at once.
    CEnter,
    /// `(ctx, arguments…)`: calls what the context says.
    Enter,
    /// `(ctx)`: a call from C is over.
    CLeave,
    /// No function: the running program.
    Runtime,
    /// C's `memmove`.
    MemMove,
    /// C's `memset`.
    MemSet,
    /// C's `floorf`, and so on: what a processor without SSE 4.1 has no instruction for.
    FloorF32,
    /// C's `floor`.
    FloorF64,
    /// C's `ceilf`.
    CeilF32,
    /// C's `ceil`.
    CeilF64,
    /// C's `truncf`.
    TruncF32,
    /// C's `trunc`.
    TruncF64,
}

impl LibFn {
    /// All of them.
    pub const ALL: [LibFn; 17] = [
        LibFn::DropRef,
        LibFn::Candidate,
        LibFn::StackOverflow,
        LibFn::Interrupted,
        LibFn::AfterC,
        LibFn::CEnter,
        LibFn::Enter,
        LibFn::CLeave,
        LibFn::Runtime,
        LibFn::MemMove,
        LibFn::MemSet,
        LibFn::FloorF32,
        LibFn::FloorF64,
        LibFn::CeilF32,
        LibFn::CeilF64,
        LibFn::TruncF32,
        LibFn::TruncF64,
    ];
}

impl Symbol {
    pub(super) fn to_name(self) -> UserExternalName {
        let (namespace, index) = match self {
            Symbol::Slot(proc) => (0, proc.0),
            Symbol::Stub(proc) => (1, proc.0),
            Symbol::Code(proc) => (2, proc.0),
            Symbol::Global(global) => (3, global.0),
            Symbol::Data(data) => (4, data.0),
            Symbol::Desc(desc) => (5, desc.0),
            Symbol::Extern(function) => (6, function.0),
            Symbol::Runtime(function) => (7, function as u32),
            Symbol::Lib(function) => (8, function as u32),
            Symbol::HostData(function) => (9, function.0),
        };
        UserExternalName { namespace, index }
    }

    pub(super) fn from_name(name: &UserExternalName) -> Option<Symbol> {
        let index = name.index;
        Some(match name.namespace {
            0 => Symbol::Slot(ProcId(index)),
            1 => Symbol::Stub(ProcId(index)),
            2 => Symbol::Code(ProcId(index)),
            3 => Symbol::Global(GlobalId(index)),
            4 => Symbol::Data(DataId(index)),
            5 => Symbol::Desc(DescId(index)),
            6 => Symbol::Extern(ExternId(index)),
            7 => Symbol::Runtime(
                RtFn::ALL
                    .into_iter()
                    .find(|&function| function as u32 == index)?,
            ),
            8 => Symbol::Lib(
                LibFn::ALL
                    .into_iter()
                    .find(|&function| function as u32 == index)?,
            ),
            9 => Symbol::HostData(ExternId(index)),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_symbols_agree() {
        let mut symbols = vec![
            Symbol::Slot(ProcId(7)),
            Symbol::Stub(ProcId(7)),
            Symbol::Code(ProcId(7)),
            Symbol::Global(GlobalId(7)),
            Symbol::Data(DataId(7)),
            Symbol::Desc(DescId(7)),
            Symbol::Extern(ExternId(7)),
            Symbol::HostData(ExternId(7)),
        ];
        symbols.extend(RtFn::ALL.map(Symbol::Runtime));
        symbols.extend(LibFn::ALL.map(Symbol::Lib));
        for symbol in symbols {
            assert_eq!(Symbol::from_name(&symbol.to_name()), Some(symbol));
        }
    }
}
