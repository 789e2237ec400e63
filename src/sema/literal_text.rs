//! Literals as source text, the way Nim writes them.

use crate::syntax::tree::{Base, Cursor, Kind};

/// A character of a literal.
pub(super) fn escape(byte: u8, out: &mut String) {
    let named = b"\x07a\x08b\tt\nn\x0Bv\x0Cf\rr\x1Be";
    if let Some(pair) = named.chunks(2).find(|pair| pair[0] == byte) {
        out.push('\\');
        out.push(pair[1].into());
        return;
    }
    match byte {
        b'\'' | b'"' | b'\\' => {
            out.push('\\');
            out.push(byte.into());
        }
        0..=31 | 127..=255 => out.push_str(&format!("\\x{byte:02X}")),
        _ => out.push(byte.into()),
    }
}

pub(super) fn string(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for ch in String::from_utf8_lossy(bytes).chars() {
        match u8::try_from(ch) {
            Ok(byte) if byte <= 127 => escape(byte, &mut out),
            _ => out.push(ch),
        }
    }
    out.push('"');
    out
}

pub(super) fn suffix(kind: Kind) -> &'static str {
    match kind {
        Kind::Int8Lit => "'i8",
        Kind::Int16Lit => "'i16",
        Kind::Int32Lit => "'i32",
        Kind::Int64Lit => "'i64",
        Kind::UIntLit => "'u",
        Kind::UInt8Lit => "'u8",
        Kind::UInt16Lit => "'u16",
        Kind::UInt32Lit => "'u32",
        Kind::UInt64Lit => "'u64",
        Kind::Float32Lit => "'f32",
        Kind::Float64Lit => "'f64",
        Kind::Float128Lit => "'f128",
        _ => "",
    }
}

/// Is it the text of a number, and nothing more?
pub(super) fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .chars()
            .all(|ch| ch.is_ascii_alphanumeric() || matches!(ch, '_' | '\''))
}

/// The digits of an integer literal: in full in the base that it is written in, for as many bytes as its type has.
pub(super) fn digits(literal: Cursor<'_>, value: impl std::fmt::Display) -> String {
    let bits = literal.int().unwrap_or(0) as u64;
    let bytes = match literal.kind() {
        Kind::Int8Lit | Kind::UInt8Lit => 1,
        Kind::Int16Lit | Kind::UInt16Lit => 2,
        Kind::Int64Lit | Kind::UInt64Lit => 8,
        _ => 4,
    };
    let kept = bits & (u64::MAX >> (64 - 8 * bytes));
    match literal.base() {
        Base::Decimal => value.to_string(),
        Base::Binary => format!("0b{kept:0width$b}", width = 8 * bytes),
        Base::Octal => {
            let text = format!("{kept:0width$o}", width = 3 * bytes);
            format!("0o{}", &text[text.len() - 3 * bytes..])
        }
        Base::Hexadecimal => format!("0x{kept:0width$X}", width = 2 * bytes),
    }
}

pub(super) fn float(value: f64) -> String {
    let mut buffer = [0; crate::runtime::number::MAX_FLOAT_TEXT];
    let len = crate::runtime::number::format_f64(value, &mut buffer);
    String::from_utf8_lossy(&buffer[..len]).into_owned()
}
