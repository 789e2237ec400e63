//! Trees as source text, the way Nim prints them: for `astToStr`, `assert` and messages.

use super::checker::Checker;
use super::typed::ExprKind;
use crate::syntax::tree::{Cursor, Kind};

/// The text of an expression.
pub(super) fn text_of(n: Cursor<'_>, c: &Checker<'_, '_>) -> String {
    let mut out = String::new();
    write(n, c, &mut out);
    out
}

fn list(kids: impl Iterator<Item = impl Fn(&mut String)>, out: &mut String) {
    for (i, kid) in kids.enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        kid(out);
    }
}

fn join<'t>(n: Cursor<'t>, from: usize, c: &Checker<'_, '_>, out: &mut String) {
    list(
        n.kids()
            .skip(from)
            .map(|kid| move |out: &mut String| write(kid, c, out)),
        out,
    );
}

fn write(n: Cursor<'_>, c: &Checker<'_, '_>, out: &mut String) {
    match n.kind() {
        Kind::Ident => out.push_str(n.name().map_or("", |name| name.as_str())),
        Kind::Sym => out.push_str(c.bound_name(n).map_or("", |name| name.as_str())),
        Kind::Typed => match c.typed_of(n) {
            Some(expr) => match &expr.kind {
                ExprKind::Int(value) => out.push_str(&c.s.types.show_ordinal(expr.ty, *value)),
                ExprKind::Str(text) => {
                    out.push_str(&format!("{:?}", String::from_utf8_lossy(text)))
                }
                ExprKind::Float(value) => out.push_str(&format!("{value:?}")),
                _ => out.push_str(&c.loader.text(expr.place)),
            },
            None => out.push('?'),
        },
        Kind::AccQuoted => {
            out.push('`');
            for kid in n.kids() {
                write(kid, c, out);
            }
            out.push('`');
        }
        Kind::CharLit => {
            let value = n.int().unwrap_or(0) as u8;
            let text: String = match value {
                b'\n' => "\\n".into(),
                b'\'' => "\\'".into(),
                b'\\' => "\\\\".into(),
                32..=126 => char::from(value).into(),
                _ => format!("\\x{value:02X}"),
            };
            out.push_str(&format!("'{text}'"));
        }
        Kind::IntLit => out.push_str(&n.int().unwrap_or(0).to_string()),
        Kind::Int8Lit
        | Kind::Int16Lit
        | Kind::Int32Lit
        | Kind::Int64Lit
        | Kind::UIntLit
        | Kind::UInt8Lit
        | Kind::UInt16Lit
        | Kind::UInt32Lit
        | Kind::UInt64Lit => {
            out.push_str(&format!("{}'{}", n.int().unwrap_or(0), suffix(n.kind())))
        }
        Kind::FloatLit | Kind::Float64Lit | Kind::Float32Lit | Kind::Float128Lit => {
            let mut buffer = [0; crate::runtime::number::MAX_FLOAT_TEXT];
            let len = crate::runtime::number::format_f64(n.float().unwrap_or(0.0), &mut buffer);
            out.push_str(&String::from_utf8_lossy(&buffer[..len]));
        }
        Kind::StrLit => quote(n.text().unwrap_or_default(), out),
        Kind::RStrLit => {
            let text = String::from_utf8_lossy(n.text().unwrap_or_default());
            out.push_str(&format!("r\"{}\"", text.replace('"', "\"\"")));
        }
        Kind::TripleStrLit => {
            let text = String::from_utf8_lossy(n.text().unwrap_or_default());
            out.push_str(&format!("\"\"\"{text}\"\"\""));
        }
        Kind::NilLit => out.push_str("nil"),
        Kind::Infix if n.len() == 3 => {
            write(n.kid(1), c, out);
            let op = c.bound_name(n.kid(0)).map_or("", |name| name.as_str());
            out.push_str(&format!(" {op} "));
            write(n.kid(2), c, out);
        }
        Kind::Prefix => {
            let op = c.bound_name(n.kid(0)).map_or("", |name| name.as_str());
            out.push_str(op);
            if op.starts_with(|ch: char| ch.is_alphabetic()) {
                out.push(' ');
            }
            write(n.kid(1), c, out);
        }
        Kind::Call | Kind::ObjConstr => {
            write(n.kid(0), c, out);
            out.push('(');
            join(n, 1, c, out);
            out.push(')');
        }
        Kind::Command => {
            write(n.kid(0), c, out);
            out.push(' ');
            join(n, 1, c, out);
        }
        Kind::DotExpr => {
            write(n.kid(0), c, out);
            out.push('.');
            write(n.kid(1), c, out);
        }
        Kind::BracketExpr => {
            write(n.kid(0), c, out);
            out.push('[');
            join(n, 1, c, out);
            out.push(']');
        }
        Kind::CurlyExpr => {
            write(n.kid(0), c, out);
            out.push('{');
            join(n, 1, c, out);
            out.push('}');
        }
        Kind::Par | Kind::TupleConstr => {
            out.push('(');
            join(n, 0, c, out);
            if n.is(Kind::TupleConstr) && n.len() == 1 {
                out.push(',');
            }
            out.push(')');
        }
        Kind::Bracket => {
            out.push('[');
            join(n, 0, c, out);
            out.push(']');
        }
        Kind::Curly | Kind::TableConstr => {
            out.push('{');
            join(n, 0, c, out);
            out.push('}');
        }
        Kind::ExprColonExpr => {
            write(n.kid(0), c, out);
            out.push_str(": ");
            write(n.kid(1), c, out);
        }
        Kind::ExprEqExpr => {
            write(n.kid(0), c, out);
            out.push_str(" = ");
            write(n.kid(1), c, out);
        }
        Kind::StmtList if n.len() == 1 => write(n.kid(0), c, out),
        Kind::Cast => {
            out.push_str("cast[");
            write(n.kid(0), c, out);
            out.push_str("](");
            write(n.kid(1), c, out);
            out.push(')');
        }
        _ => out.push_str(&c.loader.text(c.place(n))),
    }
}

fn suffix(kind: Kind) -> &'static str {
    match kind {
        Kind::Int8Lit => "i8",
        Kind::Int16Lit => "i16",
        Kind::Int32Lit => "i32",
        Kind::Int64Lit => "i64",
        Kind::UIntLit => "u",
        Kind::UInt8Lit => "u8",
        Kind::UInt16Lit => "u16",
        Kind::UInt32Lit => "u32",
        _ => "u64",
    }
}

fn quote(text: &[u8], out: &mut String) {
    out.push('"');
    for ch in String::from_utf8_lossy(text).chars() {
        match ch {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\x1b' => out.push_str("\\e"),
            '\0'..='\x1f' => out.push_str(&format!("\\x{:02X}", ch as u32)),
            ch => out.push(ch),
        }
    }
    out.push('"');
}
