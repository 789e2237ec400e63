//! Trees as source text, the way Nim prints them: for `astToStr`, `assert` and messages.

use super::checker::Checker;
use super::literal_text as literals;
use super::macros::text;
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
            out.push('\'');
            literals::escape(n.int().unwrap_or(0) as u8, out);
            out.push('\'');
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
            out.push_str(&n.int().unwrap_or(0).to_string());
            out.push_str(literals::suffix(n.kind()));
        }
        Kind::FloatLit | Kind::Float64Lit | Kind::Float32Lit | Kind::Float128Lit => {
            out.push_str(&literals::float(n.float().unwrap_or(0.0)));
            out.push_str(literals::suffix(n.kind()));
        }
        Kind::StrLit => out.push_str(&literals::string(n.text().unwrap_or_default())),
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
            if n.is(Kind::TupleConstr) && n.len() == 1 && !n.kid(0).is(Kind::ExprColonExpr) {
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
        _ if is_plain(n) => out.push_str(&text(n)),
        _ => out.push_str(&c.loader.text(c.place(n))),
    }
}

/// Is nothing in it resolved? Then it is laid out as a whole.
fn is_plain(n: Cursor<'_>) -> bool {
    !matches!(n.kind(), Kind::Typed | Kind::Sym) && n.kids().all(is_plain)
}
