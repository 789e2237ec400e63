//! Trees as source text, in the layout of Nim's renderer: for `repr` of a node, `astToStr` and messages.
//!
//! In: a tree, and who knows what its nodes are bound to that have no text of their own ([`Resolved`]). Out: a text.
//!
//! A newline is pending until something follows, so that lists can end in one. A line that would get longer than
//! [`LONGEST`] is broken behind a comma or an operator. The text need not be what the tree was made of: there are no comments
//! but doc comments, and bases of numbers are gone.

mod declarations;
mod statements;
mod types;

use super::literal_text::{digits, escape, float, string, suffix};
use crate::source::Name;
use crate::syntax::tree::{Cursor, Kind};

/// What nodes stand for that a check has put into a tree.
pub(super) trait Resolved {
    /// The name of the symbol that a node is bound to.
    fn name(&self, n: Cursor<'_>) -> Option<Name>;
    /// The text of a checked expression.
    fn expression(&self, n: Cursor<'_>) -> Option<String>;
}

/// There are none.
pub(super) struct Unresolved;

impl Resolved for Unresolved {
    fn name(&self, _: Cursor<'_>) -> Option<Name> {
        None
    }

    fn expression(&self, _: Cursor<'_>) -> Option<String> {
        None
    }
}

/// The text of a tree.
pub(super) fn text(n: Cursor<'_>, resolved: &dyn Resolved) -> String {
    let mut r = Renderer::new(resolved, false);
    r.any(n);
    r.out
}

const LONGEST: usize = 80;
const STEP: usize = 2;

struct Renderer<'r> {
    resolved: &'r dyn Resolved,
    out: String,
    indent: usize,
    line: usize,
    pending: Option<usize>,
    /// Nothing is broken: only the length matters.
    flat: bool,
    /// The pending newline does not count as one: what stands on the line before it goes on being counted.
    counts_on: bool,
}

fn is_list(n: Cursor<'_>) -> bool {
    matches!(n.kind(), Kind::StmtList | Kind::StmtListExpr)
}

/// Does a name read as a word?
fn is_word(name: Name) -> bool {
    name.as_str().starts_with(|c: char| c.is_alphabetic())
}

impl<'r> Renderer<'r> {
    fn new(resolved: &'r dyn Resolved, flat: bool) -> Renderer<'r> {
        Renderer {
            resolved,
            out: String::new(),
            indent: 0,
            line: 0,
            pending: None,
            flat,
            counts_on: false,
        }
    }

    /// The length of a node on one line; longer than any line if it does not fit on one.
    fn length(&self, n: Cursor<'_>) -> usize {
        let mut r = Renderer::new(self.resolved, true);
        r.any(n);
        let text = r.out;
        match text.contains('\n') {
            true => LONGEST + 1,
            false => text.chars().count(),
        }
    }

    fn name(&self, n: Cursor<'_>) -> Option<Name> {
        n.name().or_else(|| self.resolved.name(n))
    }

    pub(super) fn put(&mut self, text: &str) {
        if let Some(indent) = self.pending.take() {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n(' ', indent));
            if !std::mem::take(&mut self.counts_on) {
                self.line = indent;
            }
        }
        self.out.push_str(text);
        self.line += text.chars().count();
    }

    /// A new line, unless nothing follows.
    pub(super) fn newline(&mut self) {
        self.pending = Some(self.indent);
        self.line = self.indent;
    }

    /// A new line, and a further one if something follows.
    pub(super) fn hard_newline(&mut self) {
        match self.pending.take() {
            Some(indent) => {
                self.out.push('\n');
                self.out.extend(std::iter::repeat_n(' ', indent));
            }
            None => self.out.push('\n'),
        }
        self.newline();
    }

    pub(super) fn deeper(&mut self) {
        self.indent += STEP;
        self.newline();
    }

    pub(super) fn back(&mut self) {
        self.indent = self.indent.saturating_sub(STEP);
        if let Some(pending) = &mut self.pending
            && *pending > STEP
        {
            *pending -= STEP;
            self.line = self.line.saturating_sub(STEP);
        }
    }

    pub(super) fn fits(&self, length: usize) -> bool {
        self.line + length <= LONGEST
    }

    /// Nodes with commas in between.
    pub(super) fn separated(&mut self, nodes: &[Cursor<'_>], separator: &str) {
        let start = self.line;
        for (i, &node) in nodes.iter().enumerate() {
            if i > 0 && !self.flat {
                let len = self.length(node) + 1;
                if !self.fits(len) && start + len < LONGEST && self.line > start {
                    while self.out.ends_with(' ') && self.pending.is_none() {
                        self.out.pop();
                    }
                    self.pending = Some(start);
                    self.line = start;
                }
            }
            self.any(node);
            if i + 1 < nodes.len() {
                self.put(separator);
            }
        }
    }

    pub(super) fn commas(&mut self, n: Cursor<'_>, from: usize) {
        let nodes: Vec<Cursor<'_>> = n.kids().skip(from).collect();
        self.separated(&nodes, ", ");
    }

    pub(super) fn between(&mut self, open: &str, n: Cursor<'_>, from: usize, close: &str) {
        self.put(open);
        self.commas(n, from);
        self.put(close);
    }

    pub(super) fn infix(&mut self, n: Cursor<'_>) {
        self.any(n.kid(1));
        self.put(" ");
        self.any(n.kid(0));
        let breaks = !self.flat && !self.fits(self.length(n.kid(2)) + 1);
        if breaks {
            self.indent += 2 * STEP;
            self.pending = Some(self.indent);
            self.counts_on = true;
        } else {
            self.put(" ");
        }
        self.any(n.kid(2));
        if breaks {
            self.indent -= 2 * STEP;
        }
    }

    pub(super) fn prefix(&mut self, n: Cursor<'_>) {
        let op = n.kid(0);
        self.any(op);
        if n.len() < 2 {
            return;
        }
        let operand = n.kid(1);
        let word = self.name(op).is_some_and(is_word);
        let nested = operand.is(Kind::Prefix)
            && (self.name(operand.kid(0))).is_some_and(|name| !is_word(name));
        if word || nested || operand.is(Kind::Infix) {
            self.put(" ");
        }
        if operand.is(Kind::Infix) {
            self.put("(");
            self.any(operand);
            self.put(")");
        } else {
            self.any(operand);
        }
    }

    pub(super) fn quoted(&mut self, n: Cursor<'_>) {
        self.put("`");
        for (i, kid) in n.kids().enumerate() {
            if i > 0 {
                self.put(" ");
            }
            self.any(kid);
        }
        self.put("`");
    }

    /// The name of what is called: an operator's stands in quotes, as it is not between its operands.
    pub(super) fn callee(&mut self, n: Cursor<'_>) {
        let is_sign = |name: Name| !is_word(name) && !name.as_str().starts_with(['_', ':', '\'']);
        match self.name(n) {
            Some(name) if is_sign(name) => self.put(&format!("`{name}`")),
            _ => self.any(n),
        }
    }

    pub(super) fn any(&mut self, n: Cursor<'_>) {
        if self.out.len() > MOST {
            return;
        }
        match n.kind() {
            Kind::Empty | Kind::Error => {}
            Kind::Ident => {
                let name = n.name().map_or("", |name| name.as_str());
                self.put(name);
            }
            Kind::Sym => self.put(self.name(n).map_or("?", |name| name.as_str())),
            Kind::Typed => {
                let text = self.resolved.expression(n);
                self.put(text.as_deref().unwrap_or("?"));
            }
            Kind::CharLit => {
                let mut out = String::from("'");
                escape(n.int().unwrap_or(0) as u8, &mut out);
                out.push('\'');
                self.put(&out);
            }
            kind @ (Kind::UIntLit
            | Kind::UInt8Lit
            | Kind::UInt16Lit
            | Kind::UInt32Lit
            | Kind::UInt64Lit) => {
                let value = n.int().unwrap_or(0) as u64;
                self.put(&format!("{}{}", digits(n, value), suffix(kind)));
            }
            kind @ (Kind::IntLit
            | Kind::Int8Lit
            | Kind::Int16Lit
            | Kind::Int32Lit
            | Kind::Int64Lit) => {
                let value = n.int().unwrap_or(0);
                self.put(&format!("{}{}", digits(n, value), suffix(kind)));
            }
            kind @ (Kind::FloatLit | Kind::Float32Lit | Kind::Float64Lit | Kind::Float128Lit) => {
                let value = float(n.float().unwrap_or(0.0));
                self.put(&format!("{value}{}", suffix(kind)));
            }
            Kind::StrLit => self.put(&string(n.text().unwrap_or_default())),
            Kind::RStrLit => {
                let text = String::from_utf8_lossy(n.text().unwrap_or_default());
                let text = text.replace('"', "\"\"");
                self.put(&format!("r\"{text}\""));
            }
            Kind::TripleStrLit => {
                let text = String::from_utf8_lossy(n.text().unwrap_or_default()).into_owned();
                self.put(&format!("\"\"\"{text}\"\"\""));
            }
            Kind::NilLit => self.put("nil"),
            Kind::CommentStmt => {
                let text = String::from_utf8_lossy(n.text().unwrap_or_default()).into_owned();
                for (i, line) in text.lines().enumerate() {
                    if i > 0 {
                        self.newline();
                    }
                    self.put(format!("## {line}").trim_end());
                }
            }
            Kind::StmtList | Kind::StmtListExpr => self.list(n),
            _ => self.expression(n),
        }
    }

    pub(super) fn expression(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::AccQuoted => self.quoted(n),
            Kind::Call if n.len() > 1 && is_list(n.last()) => self.call_with_block(n, " do:"),
            Kind::Call | Kind::ObjConstr => {
                self.callee(n.kid(0));
                self.between("(", n, 1, ")");
            }
            Kind::Command => self.command(n),
            Kind::Infix => self.infix(n),
            Kind::Prefix => self.prefix(n),
            Kind::Postfix => {
                self.any(n.kid(1));
                self.any(n.kid(0));
            }
            Kind::CallStrLit => {
                self.any(n.kid(0));
                let text = String::from_utf8_lossy(n.kid(1).text().unwrap_or_default());
                match n.kid(1).kind() {
                    Kind::RStrLit => {
                        let text = text.replace('"', "\"\"");
                        self.put(&format!("\"{text}\""));
                    }
                    _ => self.any(n.kid(1)),
                }
            }
            Kind::DotExpr => self.dot(n),
            Kind::BracketExpr => {
                self.any(n.kid(0));
                self.between("[", n, 1, "]");
            }
            Kind::CurlyExpr => {
                self.any(n.kid(0));
                self.between("{", n, 1, "}");
            }
            Kind::DerefExpr => {
                self.any(n.kid(0));
                self.put("[]");
            }
            Kind::Par => self.between("(", n, 0, ")"),
            Kind::TupleConstr if n.len() == 1 && !n.kid(0).is(Kind::ExprColonExpr) => {
                self.between("(", n, 0, ",)");
            }
            Kind::TupleConstr => self.between("(", n, 0, ")"),
            Kind::Bracket => self.between("[", n, 0, "]"),
            Kind::Curly => self.between("{", n, 0, "}"),
            Kind::TableConstr if n.len() == 0 => self.put("{:}"),
            Kind::TableConstr => self.between("{", n, 0, "}"),
            Kind::ExprColonExpr => {
                self.any(n.kid(0));
                self.put(": ");
                self.any(n.kid(1));
            }
            Kind::ExprEqExpr | Kind::Asgn => {
                self.any(n.kid(0));
                self.put(" = ");
                self.value(n.kid(1));
            }
            Kind::Range => {
                self.any(n.kid(0));
                self.put(" .. ");
                self.any(n.kid(1));
            }
            Kind::Cast if n.kid(0).is_empty() => self.between("cast(", n, 1, ")"),
            Kind::Cast => {
                self.put("cast[");
                self.any(n.kid(0));
                self.put("](");
                self.any(n.kid(1));
                self.put(")");
            }
            Kind::Addr => {
                self.put("addr ");
                self.any(n.kid(0));
            }
            Kind::StaticExpr => self.word_and("static", n),
            Kind::AccTypeof | Kind::TypeOfExpr => self.between("typeof(", n, 0, ")"),
            Kind::PragmaExpr => {
                self.any(n.kid(0));
                self.put(" ");
                self.any(n.kid(1));
            }
            Kind::Pragma => {
                if self.out.is_empty() {
                    self.put(" ");
                }
                self.between("{.", n, 0, ".}");
            }
            Kind::PragmaBlock => {
                self.any(n.kid(0));
                self.put(":");
                self.body(n.kid(1));
            }
            Kind::Lambda => self.lambda("proc", n),
            Kind::Do => self.do_block(n),
            Kind::IfExpr => self.if_value("if", n),
            Kind::IfStmt => self.branches("if", n),
            Kind::WhenStmt => self.branches("when", n),
            Kind::CaseStmt => self.case(n),
            Kind::TryStmt => self.try_stmt(n),
            Kind::WhileStmt => {
                self.put("while ");
                self.any(n.kid(0));
                self.put(":");
                self.body(n.kid(1));
            }
            Kind::ForStmt => {
                self.put("for ");
                for (i, var) in n.kids().take(n.len() - 2).enumerate() {
                    if i > 0 {
                        self.put(", ");
                    }
                    match var.kind() {
                        Kind::VarTuple => {
                            let names: Vec<Cursor<'_>> = var.kids().take(var.len() - 1).collect();
                            self.put("(");
                            self.separated(&names, ", ");
                            self.put(")");
                        }
                        _ => self.any(var),
                    }
                }
                self.put(" in ");
                self.any(n.kid(n.len() - 2));
                self.put(":");
                self.body(n.last());
            }
            Kind::BlockStmt | Kind::BlockExpr => {
                self.word_and("block", n);
                self.put(":");
                self.body(n.kid(1));
            }
            Kind::Defer => {
                self.newline();
                self.put("defer:");
                self.body(n.kid(0));
            }
            Kind::StaticStmt => {
                self.put("static :");
                self.body(n.kid(0));
            }
            _ => self.declaration(n),
        }
    }

    pub(super) fn command(&mut self, n: Cursor<'_>) {
        self.callee(n.kid(0));
        if n.len() < 2 {
            return;
        }
        self.put(" ");
        if is_list(n.last()) {
            let args: Vec<Cursor<'_>> = n.kids().skip(1).take(n.len() - 2).collect();
            self.separated(&args, ", ");
            self.put(":");
            self.body(n.last());
        } else {
            self.commas(n, 1);
        }
    }

    pub(super) fn dot(&mut self, n: Cursor<'_>) {
        let custom = n
            .kid(1)
            .name()
            .is_some_and(|name| name.as_str().starts_with('\''));
        if custom && let Some(text) = n.kid(0).text() {
            let text = String::from_utf8_lossy(text).into_owned();
            self.put(&text);
        } else {
            self.any(n.kid(0));
            self.put(".");
        }
        self.callee(n.kid(1));
    }
}

/// So long may a text get: nesting is rendered again for each length that matters.
const MOST: usize = 4 << 20;
