//! `fmt"…"` and `&"…"` of `std/strformat`: text with expressions in braces.
//!
//! `{expr}`, `{expr:spec}` and `{expr=}` become calls of `formatValue`, which is looked up where the text stands too, so
//! that a program can format its own types.

use super::{Build, Checker, MacroCall};
use crate::sema::typed::{Expr, ExprKind};
use crate::sema::types::TypeId;
use crate::source::Place;
use crate::syntax::tree::Origin;

/// A piece of a format string.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(Vec<u8>),
    Value { code: Vec<u8>, spec: Vec<u8> },
}

impl Checker<'_, '_> {
    pub(super) fn format_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let Some(pattern) = self.macro_text(call, 0) else {
            return self.bad(call.place);
        };
        let mut bracket = |p: usize, usual: u8| match call.typed(p).cloned() {
            Some(expr) => {
                let expr = self.constant_of(expr);
                match self.constant(&expr) {
                    Some(&ExprKind::Int(char)) => char as u8,
                    _ => usual,
                }
            }
            None => usual,
        };
        let (open, close) = (bracket(1, b'{'), bracket(2, b'}'));
        match pieces(&pattern, open, close) {
            Ok(pieces) => self.formatted(call, &pattern, pieces),
            Err(message) => {
                self.error(call.place, message);
                self.bad(call.place)
            }
        }
    }

    fn formatted(&mut self, call: &MacroCall<'_>, pattern: &[u8], pieces: Vec<Piece>) -> Expr {
        let place = call.place;
        let text =
            |c: &Self, text: &[u8]| c.make(ExprKind::Str(text.into()), TypeId::STRING, place);
        if pieces.is_empty() {
            return text(self, b"");
        }
        if let [Piece::Text(only)] = &pieces[..] {
            return text(self, only);
        }
        let empty = text(self, b"");
        let (declared, made) = self.macro_temp(empty);
        let mut stmts = vec![declared];
        for piece in pieces {
            let mut b = Build::new(place, call.head.module);
            let target = self.macro_typed(&mut b, made.clone());
            let root = match piece {
                Piece::Text(literal) => {
                    let literal = b.str(&literal);
                    self.macro_call(&mut b, "add", &[target, literal])
                }
                Piece::Value { code, spec } => {
                    let Some(value) = self.parse_code(&code, &mut b, pattern, place) else {
                        return self.bad(place);
                    };
                    let spec = b.str(&spec);
                    self.macro_call(&mut b, "formatValue", &[target, value, spec])
                }
            };
            let stmt = self.check_built_stmt(b, root);
            if stmt.ty == TypeId::ERROR {
                return self.bad(place);
            }
            stmts.push(stmt);
        }
        stmts.push(made);
        self.sequence(stmts, TypeId::STRING, place)
    }

    /// The tree of an expression in a string.
    fn parse_code(
        &mut self,
        code: &[u8],
        b: &mut Build,
        pattern: &[u8],
        place: Place,
    ) -> Option<crate::syntax::tree::NodeId> {
        let code = String::from_utf8_lossy(code);
        let parsed = crate::syntax::parse_file(code.trim(), None, &mut |_| Origin::default());
        let errors = parsed.pieces.iter().flat_map(|piece| piece.errors.iter());
        let why = match (errors.map(|e| e.message.clone()).next(), &parsed.pieces[..]) {
            (None, [only]) => return Some(b.copy_here(only.tree.root())),
            (Some(message), _) => message,
            (None, _) => "expression expected".into(),
        };
        let pattern = String::from_utf8_lossy(pattern);
        self.error(
            place,
            format!("could not parse `{code}` in `{pattern}`.\n{why}"),
        );
        None
    }
}

/// Takes a format string apart.
fn pieces(f: &[u8], open: u8, close: u8) -> Result<Vec<Piece>, String> {
    if open == b':' || close == b':' {
        return Err("openChar and closeChar must not be ':'".into());
    }
    let mut out = Vec::new();
    let mut text: Vec<u8> = Vec::new();
    let mut i = 0;
    while i < f.len() {
        let doubled = f.get(i + 1) == Some(&f[i]);
        match f[i] {
            ch if ch == open && doubled => {
                text.push(ch);
                i += 2;
            }
            ch if ch == open => {
                flush(&mut text, &mut out);
                i = value(f, i + 1, open, close, &mut out)?;
            }
            ch if ch == close && doubled => {
                text.push(ch);
                i += 2;
            }
            ch if ch == close => {
                let close = char::from(close);
                return Err(format!(
                    "invalid format string: '{close}' instead of '{close}{close}'"
                ));
            }
            ch => {
                text.push(ch);
                i += 1;
            }
        }
    }
    flush(&mut text, &mut out);
    Ok(out)
}

fn flush(text: &mut Vec<u8>, out: &mut Vec<Piece>) {
    if text.is_empty() {
        return;
    }
    if let Some(Piece::Text(last)) = out.last_mut() {
        last.append(text);
    } else {
        out.push(Piece::Text(std::mem::take(text)));
    }
}

/// Reads an expression and its specifier behind the opening bracket; gives the place behind the closing one.
fn value(
    f: &[u8],
    mut i: usize,
    open: u8,
    close: u8,
    out: &mut Vec<Piece>,
) -> Result<usize, String> {
    let missing = || {
        let close = char::from(close);
        format!("invalid format string: missing closing character '{close}'")
    };
    let mut code = Vec::new();
    let (mut parens, mut in_char, mut in_string) = (0i32, false, false);
    while i < f.len() && f[i] != close && (f[i] != b':' || parens != 0) {
        let escaped = i > 0 && f[i - 1] == b'\\';
        match f[i] {
            b'\\'
                if f.get(i + 1)
                    .is_some_and(|&c| c == open || c == close || c == b':') =>
            {
                i += 1
            }
            b'\'' if !in_string && !escaped => in_char = !in_char,
            b'"' if !escaped => in_string = !in_string,
            b'(' if !in_char && !in_string => parens += 1,
            b')' if !in_char && !in_string => parens -= 1,
            b'=' => {
                let start = i;
                i += 1;
                while i < f.len() && matches!(f[i], b' ' | b'\t' | b'\n' | b'\r' | 11 | 12) {
                    i += 1;
                }
                if i == f.len() {
                    return Err(missing());
                }
                if f[i] == close || f[i] == b':' {
                    // `{x=}` shows the expression's text too.
                    let mut shown = code.clone();
                    shown.extend_from_slice(&f[start..i]);
                    flush(&mut shown, out);
                } else {
                    code.extend_from_slice(&f[start..i]);
                }
                continue;
            }
            _ => {}
        }
        code.push(f[i]);
        i += 1;
    }
    let mut spec = Vec::new();
    if f.get(i) == Some(&b':') {
        i += 1;
        while i < f.len() && f[i] != close {
            spec.push(f[i]);
            i += 1;
        }
    }
    if i >= f.len() {
        return Err(missing());
    }
    out.push(Piece::Value { code, spec });
    Ok(i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match pieces(text.as_bytes(), b'{', b'}') {
            Ok(pieces) => pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => format!("<{}>", String::from_utf8_lossy(text)),
                    Piece::Value { code, spec } => format!(
                        "[{}|{}]",
                        String::from_utf8_lossy(code),
                        String::from_utf8_lossy(spec)
                    ),
                })
                .collect(),
            Err(message) => message,
        }
    }

    #[test]
    fn text_and_values() {
        assert_eq!(shown("a{b}c"), "<a>[b|]<c>");
        assert_eq!(shown("{{x}} {y:>4}"), "<{x} >[y|>4]");
        assert_eq!(shown("{x = }"), "<x = >[x |]");
        assert_eq!(shown("{a == b}"), "[a == b|]");
        assert_eq!(shown("{(if a: 1 else: 2)}"), "[(if a: 1 else: 2)|]");
    }

    #[test]
    fn mistakes() {
        assert_eq!(
            shown("{x"),
            "invalid format string: missing closing character '}'"
        );
        assert_eq!(shown("x}"), "invalid format string: '}' instead of '}}'");
    }
}
