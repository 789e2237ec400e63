//! The words of the printed form.

use std::fmt;

use crate::mir::ir::{BinOp, CastOp, CheckedOp, CmpOp, RtFn, Scalar, UnOp};

pub(super) const SCALARS: &[(&str, Scalar)] = &[
    ("i8", Scalar::I8),
    ("i16", Scalar::I16),
    ("i32", Scalar::I32),
    ("i64", Scalar::I64),
    ("f32", Scalar::F32),
    ("f64", Scalar::F64),
    ("ptr", Scalar::Ptr),
];

pub(super) const BINS: &[(&str, BinOp)] = &[
    ("add", BinOp::Add),
    ("sub", BinOp::Sub),
    ("mul", BinOp::Mul),
    ("sdiv", BinOp::SDiv),
    ("udiv", BinOp::UDiv),
    ("srem", BinOp::SRem),
    ("urem", BinOp::URem),
    ("and", BinOp::And),
    ("or", BinOp::Or),
    ("xor", BinOp::Xor),
    ("shl", BinOp::Shl),
    ("lshr", BinOp::LShr),
    ("ashr", BinOp::AShr),
    ("fadd", BinOp::FAdd),
    ("fsub", BinOp::FSub),
    ("fmul", BinOp::FMul),
    ("fdiv", BinOp::FDiv),
];

pub(super) const CHECKEDS: &[(&str, CheckedOp)] = &[
    ("checked.add", CheckedOp::Add),
    ("checked.sub", CheckedOp::Sub),
    ("checked.mul", CheckedOp::Mul),
];

pub(super) const UNS: &[(&str, UnOp)] = &[
    ("neg", UnOp::Neg),
    ("not", UnOp::Not),
    ("fneg", UnOp::FNeg),
    ("fabs", UnOp::FAbs),
    ("fsqrt", UnOp::FSqrt),
    ("ffloor", UnOp::FFloor),
    ("fceil", UnOp::FCeil),
    ("ftrunc", UnOp::FTrunc),
    ("popcount", UnOp::PopCount),
    ("clz", UnOp::LeadingZeros),
    ("ctz", UnOp::TrailingZeros),
    ("bswap", UnOp::ByteSwap),
];

pub(super) const CMPS: &[(&str, CmpOp)] = &[
    ("eq", CmpOp::Eq),
    ("ne", CmpOp::Ne),
    ("slt", CmpOp::SLt),
    ("sle", CmpOp::SLe),
    ("ult", CmpOp::ULt),
    ("ule", CmpOp::ULe),
    ("feq", CmpOp::FEq),
    ("fne", CmpOp::FNe),
    ("flt", CmpOp::FLt),
    ("fle", CmpOp::FLe),
];

pub(super) const CASTS: &[(&str, CastOp)] = &[
    ("sext", CastOp::SExt),
    ("zext", CastOp::ZExt),
    ("trunc", CastOp::Trunc),
    ("stof", CastOp::SToF),
    ("utof", CastOp::UToF),
    ("ftos", CastOp::FToS),
    ("ftou", CastOp::FToU),
    ("ftof", CastOp::FToF),
    ("bits", CastOp::Bits),
];

pub(super) const RUNTIME: &[(&str, RtFn)] = &[
    ("rt.alloc", RtFn::Alloc),
    ("rt.realloc", RtFn::Realloc),
    ("rt.dealloc", RtFn::Dealloc),
    ("rt.new_ref", RtFn::NewRef),
    ("rt.mem_move", RtFn::MemMove),
    ("rt.mem_cmp", RtFn::MemCmp),
    ("rt.is_of", RtFn::IsOf),
    ("rt.type_name", RtFn::TypeName),
    ("rt.format_float", RtFn::FormatFloat),
    ("rt.format_float32", RtFn::FormatFloat32),
    ("rt.parse_float", RtFn::ParseFloat),
    ("rt.write", RtFn::Write),
    ("rt.echo", RtFn::Echo),
    ("rt.flush", RtFn::Flush),
    ("rt.stack_trace", RtFn::StackTrace),
    ("rt.quit", RtFn::Quit),
    ("rt.perform_reload", RtFn::PerformReload),
    ("rt.any_module_changed", RtFn::AnyModuleChanged),
    ("rt.module_changed", RtFn::ModuleChanged),
    ("rt.is_new", RtFn::IsNew),
    ("rt.last_reload", RtFn::LastReload),
    ("rt.arg_count", RtFn::ArgCount),
    ("rt.arg", RtFn::Arg),
    ("rt.live_blocks", RtFn::LiveBlocks),
    ("rt.heap_bytes", RtFn::HeapBytes),
    ("rt.collect_cycles", RtFn::CollectCycles),
    ("rt.start_thread", RtFn::StartThread),
    ("rt.block", RtFn::Block),
    ("rt.atomic", RtFn::Atomic),
];

/// The value with this name.
pub(super) fn named<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table
        .iter()
        .find(|entry| entry.0 == name)
        .map(|entry| entry.1)
}

/// The name of a value; every value has one, as the test below sees to.
pub(super) fn name_of<T: PartialEq>(table: &[(&'static str, T)], value: T) -> &'static str {
    table
        .iter()
        .find(|entry| entry.1 == value)
        .map_or("?", |entry| entry.0)
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(name_of(SCALARS, *self))
    }
}

/// Can `name` stand without quotes?
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(is_word)
}

/// Can the byte be part of a plain word?
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_runtime_function_has_a_word() {
        for function in RtFn::ALL {
            assert_ne!(name_of(RUNTIME, function), "?", "{function:?}");
        }
        assert_eq!(RUNTIME.len(), RtFn::ALL.len());
    }
}
