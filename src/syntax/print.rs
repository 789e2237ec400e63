//! Trees as text, in the form of Nim's `treeRepr`: a node a line, children indented.

use std::fmt::Write as _;

use super::tree::{Cursor, Data};

/// The tree below `node`, a node a line.
pub fn tree_repr(node: Cursor) -> String {
    let mut out = String::new();
    // A stack of our own: operator chains make deep trees.
    let mut todo = vec![(node, 0)];
    while let Some((node, depth)) = todo.pop() {
        line(&mut out, node, depth);
        todo.extend(node.kids().rev().map(|kid| (kid, depth + 1)));
    }
    out
}

fn line(out: &mut String, node: Cursor, depth: usize) {
    for _ in 0..depth {
        out.push_str("  ");
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "{:?}", node.kind());
    let _ = match node.node().data {
        Data::None | Data::Kids { .. } => Ok(()),
        Data::Name(name) => write!(out, " {name:?}"),
        Data::Int(value, _) => write!(out, " {value}"),
        Data::Float(value) => write!(out, " {value:?}"),
        Data::Text(_) => {
            out.push(' ');
            quote(out, node.text().unwrap_or_default());
            Ok(())
        }
        Data::Foreign(number) => write!(out, " #{number}"),
    };
    out.push('\n');
}

/// Bytes in quotes: printable ASCII as it is, the rest as `\xHH`.
fn quote(out: &mut String, bytes: &[u8]) {
    out.push('"');
    for &byte in bytes {
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b' '..=b'~' => out.push(byte as char),
            _ => {
                let _ = write!(out, "\\x{byte:02X}");
            }
        }
    }
    out.push('"');
}
