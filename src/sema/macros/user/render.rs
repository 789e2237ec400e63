//! Trees as source text, as `repr` of a node gives it: in the layout of Nim's renderer.
//!
//! A newline is pending until something follows, so that lists can end in one. A line that would get longer than
//! [`LONGEST`] is broken behind a comma or an operator. The text need not be what the tree was made of: there are no comments
//! but doc comments, and bases of numbers are gone.

use crate::syntax::tree::{Cursor, Kind};

/// The text of a tree.
pub(super) fn text(n: Cursor<'_>) -> String {
    let mut r = Renderer::default();
    r.any(n);
    r.out
}

const LONGEST: usize = 80;
const STEP: usize = 2;

#[derive(Default)]
struct Renderer {
    out: String,
    indent: usize,
    line: usize,
    pending: Option<usize>,
    /// Nothing is broken: only the length matters.
    flat: bool,
    /// The pending newline does not count as one: what stands on the line before it goes on being counted.
    counts_on: bool,
}

/// The text of a node on one line; longer than any line if it does not fit on one.
fn length(n: Cursor<'_>) -> usize {
    let mut r = Renderer {
        flat: true,
        ..Renderer::default()
    };
    r.any(n);
    let text = r.out;
    match text.contains('\n') {
        true => LONGEST + 1,
        false => text.chars().count(),
    }
}

/// A character of a literal.
fn escape(byte: u8, out: &mut String) {
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

fn string(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for ch in String::from_utf8_lossy(bytes).chars() {
        match u8::try_from(ch) {
            Ok(byte) if byte < 127 => escape(byte, &mut out),
            _ => out.push(ch),
        }
    }
    out.push('"');
    out
}

fn suffix(kind: Kind) -> &'static str {
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

fn float(value: f64) -> String {
    let mut buffer = [0; crate::runtime::number::MAX_FLOAT_TEXT];
    let len = crate::runtime::number::format_f64(value, &mut buffer);
    String::from_utf8_lossy(&buffer[..len]).into_owned()
}

fn is_list(n: Cursor<'_>) -> bool {
    matches!(n.kind(), Kind::StmtList | Kind::StmtListExpr)
}

impl Renderer {
    fn put(&mut self, text: &str) {
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
    fn newline(&mut self) {
        self.pending = Some(self.indent);
        self.line = self.indent;
    }

    /// A new line, and a further one if something follows.
    fn hard_newline(&mut self) {
        match self.pending.take() {
            Some(indent) => {
                self.out.push('\n');
                self.out.extend(std::iter::repeat_n(' ', indent));
            }
            None => self.out.push('\n'),
        }
        self.newline();
    }

    fn deeper(&mut self) {
        self.indent += STEP;
        self.newline();
    }

    fn back(&mut self) {
        self.indent = self.indent.saturating_sub(STEP);
        if let Some(pending) = &mut self.pending
            && *pending > STEP
        {
            *pending -= STEP;
            self.line = self.line.saturating_sub(STEP);
        }
    }

    fn fits(&self, length: usize) -> bool {
        self.line + length <= LONGEST
    }

    /// Statements, indented.
    fn body(&mut self, n: Cursor<'_>) {
        if n.is_empty() {
            return;
        }
        if is_list(n) {
            self.deeper();
            self.list(n);
            self.back();
            return;
        }
        self.deeper();
        self.any(n);
        self.back();
        self.newline();
    }

    fn list(&mut self, n: Cursor<'_>) {
        for kid in n.kids() {
            self.newline();
            match is_list(kid) {
                true => self.list(kid),
                false => self.statement(kid),
            }
        }
    }

    fn statement(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::Call if n.len() > 1 && is_list(n.last()) => self.call_with_block(n, ":"),
            _ => self.any(n),
        }
    }

    fn call_with_block(&mut self, n: Cursor<'_>, word: &str) {
        self.any(n.kid(0));
        if n.len() > 2 {
            self.put("(");
            let args: Vec<Cursor<'_>> = n.kids().skip(1).take(n.len() - 2).collect();
            self.separated(&args, ", ");
            self.put(")");
        }
        self.put(word);
        self.body(n.last());
    }

    /// Nodes with commas in between.
    fn separated(&mut self, nodes: &[Cursor<'_>], separator: &str) {
        let start = self.line;
        for (i, &node) in nodes.iter().enumerate() {
            if i > 0 && !self.flat {
                let len = length(node) + 1;
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

    fn commas(&mut self, n: Cursor<'_>, from: usize) {
        let nodes: Vec<Cursor<'_>> = n.kids().skip(from).collect();
        self.separated(&nodes, ", ");
    }

    fn between(&mut self, open: &str, n: Cursor<'_>, from: usize, close: &str) {
        self.put(open);
        self.commas(n, from);
        self.put(close);
    }

    /// `word x` or `word`
    fn word_and(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        if let Some(kid) = n.get(0).filter(|kid| !kid.is_empty()) {
            self.put(" ");
            self.any(kid);
        }
    }

    fn branch(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        let conditions: Vec<Cursor<'_>> = n.kids().take(n.len() - 1).collect();
        if !conditions.is_empty() {
            self.put(" ");
            self.separated(&conditions, ", ");
        }
        self.put(":");
        self.body(n.last());
    }

    fn branches(&mut self, word: &str, n: Cursor<'_>) {
        for (i, kid) in n.kids().enumerate() {
            if i > 0 {
                self.newline();
            }
            match kid.kind() {
                Kind::Else | Kind::ElseExpr => self.branch("else", kid),
                _ if i == 0 => self.branch(word, kid),
                _ => self.branch("elif", kid),
            }
        }
    }

    /// `if` as a value.
    fn if_value(&mut self, word: &str, n: Cursor<'_>) {
        for (i, kid) in n.kids().enumerate() {
            match kid.kind() {
                Kind::Else | Kind::ElseExpr => self.put(" else"),
                _ if i == 0 => self.put(word),
                _ => self.put(" elif"),
            }
            if kid.len() > 1 {
                self.put(" ");
                self.any(kid.kid(0));
            }
            self.put(":");
            let body = kid.last();
            self.deeper();
            match is_list(body) {
                true => self.list(body),
                false => self.any(body),
            }
            self.back();
            if i + 1 < n.len() {
                self.pending = None;
            }
        }
    }

    fn case(&mut self, n: Cursor<'_>) {
        self.put("case ");
        self.any(n.kid(0));
        for kid in n.kids().skip(1) {
            self.newline();
            match kid.kind() {
                Kind::OfBranch => self.branch("of", kid),
                Kind::ElifBranch | Kind::ElifExpr => self.branch("elif", kid),
                _ => self.branch("else", kid),
            }
        }
    }

    fn section(&mut self, word: &str, n: Cursor<'_>, always: bool) {
        self.put(word);
        match n.len() {
            0 => {}
            1 if !always => {
                self.put(" ");
                self.any(n.kid(0));
            }
            _ => {
                self.indent += STEP;
                for kid in n.kids() {
                    self.newline();
                    self.any(kid);
                }
                self.back();
            }
        }
    }

    fn import(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        self.indent += STEP;
        self.newline();
        self.commas(n, 0);
        self.back();
        self.hard_newline();
    }

    /// Names, type and value.
    fn ident_defs(&mut self, n: Cursor<'_>) {
        let names: Vec<Cursor<'_>> = n.kids().take(n.len().saturating_sub(2)).collect();
        self.separated(&names, ", ");
        if n.len() < 2 {
            return;
        }
        let (ty, value) = (n.kid(n.len() - 2), n.last());
        if !ty.is_empty() {
            self.put(": ");
            self.any(ty);
        }
        if !value.is_empty() {
            self.put(" = ");
            self.value(value);
        }
    }

    /// What stands behind `=`.
    fn value(&mut self, n: Cursor<'_>) {
        self.any(n);
    }

    fn params(&mut self, n: Cursor<'_>) {
        self.put("(");
        let params: Vec<Cursor<'_>> = n.kids().skip(1).collect();
        self.separated(&params, "; ");
        self.put(")");
        if let Some(ret) = n.get(0).filter(|ret| !ret.is_empty()) {
            self.put(": ");
            self.any(ret);
        }
    }

    fn routine(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        self.put(" ");
        self.any(n.kid(0));
        self.any(n.kid(2));
        self.params(n.kid(3));
        if !n.kid(4).is_empty() {
            self.put(" ");
            self.any(n.kid(4));
        }
        let body = n.kid(6);
        if !body.is_empty() {
            self.put(" =");
            self.body(body);
            self.hard_newline();
        }
    }

    fn lambda(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        self.put(" ");
        self.params(n.kid(3));
        if !n.kid(4).is_empty() {
            self.put(" ");
            self.any(n.kid(4));
        }
        let body = n.kid(6);
        if !body.is_empty() {
            self.put(" =");
            match body.is(Kind::Discard) {
                true => {
                    self.put(" (");
                    self.word_and("discard", body);
                    self.put(if body.kid(0).is_empty() { " )" } else { ")" });
                }
                false => self.body(body),
            }
        }
    }

    fn do_block(&mut self, n: Cursor<'_>) {
        self.put("do");
        let params = n.kid(3);
        if params.len() > 1 {
            self.put(" (");
            let defs: Vec<Cursor<'_>> = params.kids().skip(1).collect();
            self.separated(&defs, "; ");
            self.put(")");
        }
        if let Some(ret) = params.get(0).filter(|ret| !ret.is_empty()) {
            self.put("-> ");
            self.any(ret);
        }
        self.put(":");
        self.body(n.kid(6));
    }

    fn type_def(&mut self, n: Cursor<'_>) {
        let (name, generics, body) = (n.kid(0), n.kid(1), n.kid(2));
        match name.kind() {
            Kind::PragmaExpr if !generics.is_empty() => {
                self.any(name.kid(0));
                self.any(generics);
                self.put(" ");
                self.any(name.kid(1));
            }
            _ => {
                self.any(name);
                self.any(generics);
            }
        }
        if !body.is_empty() {
            self.put(" = ");
            self.any(body);
        }
    }

    fn object(&mut self, n: Cursor<'_>) {
        self.put("object");
        if !n.kid(1).is_empty() {
            self.put(" of ");
            self.any(n.kid(1).kid(0));
        }
        let fields = n.kid(2);
        if !fields.is_empty() {
            self.records(fields);
        }
    }

    /// A list of fields.
    fn records(&mut self, n: Cursor<'_>) {
        self.indent += STEP;
        self.newline();
        for kid in n.kids() {
            self.newline();
            self.any(kid);
        }
        self.back();
        self.hard_newline();
    }

    fn record_body(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::RecList => {
                self.indent += STEP;
                self.records(n);
                self.back();
            }
            _ => self.body(n),
        }
    }

    fn record_case(&mut self, n: Cursor<'_>) {
        self.put("case ");
        self.any(n.kid(0));
        for kid in n.kids().skip(1) {
            self.newline();
            match kid.kind() {
                Kind::OfBranch => {
                    self.put("of ");
                    let values: Vec<Cursor<'_>> = kid.kids().take(kid.len() - 1).collect();
                    self.separated(&values, ", ");
                    self.put(":");
                }
                _ => self.put("else:"),
            }
            self.record_body(kid.last());
        }
    }

    fn record_when(&mut self, n: Cursor<'_>) {
        for (i, kid) in n.kids().enumerate() {
            if i > 0 {
                self.newline();
            }
            match (kid.kind(), i) {
                (Kind::Else | Kind::ElseExpr, _) => self.put("else:"),
                (_, 0) => {
                    self.put("when ");
                    self.any(kid.kid(0));
                    self.put(":");
                }
                _ => {
                    self.put("elif ");
                    self.any(kid.kid(0));
                    self.put(":");
                }
            }
            self.record_body(kid.last());
        }
    }

    fn try_stmt(&mut self, n: Cursor<'_>) {
        self.put("try:");
        self.body(n.kid(0));
        for kid in n.kids().skip(1) {
            self.newline();
            match kid.kind() {
                Kind::Finally => self.branch("finally", kid),
                _ => self.branch("except", kid),
            }
        }
    }

    fn infix(&mut self, n: Cursor<'_>) {
        self.any(n.kid(1));
        self.put(" ");
        self.any(n.kid(0));
        let breaks = !self.flat && !self.fits(length(n.kid(2)) + 1);
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

    fn prefix(&mut self, n: Cursor<'_>) {
        let op = n.kid(0);
        self.any(op);
        if n.len() < 2 {
            return;
        }
        let operand = n.kid(1);
        let word = op
            .name()
            .is_some_and(|name| name.as_str().starts_with(|c: char| c.is_alphabetic()));
        let nested = operand.is(Kind::Prefix)
            && operand
                .kid(0)
                .name()
                .is_some_and(|name| !name.as_str().starts_with(|c: char| c.is_alphabetic()));
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

    fn quoted(&mut self, n: Cursor<'_>) {
        self.put("`");
        for (i, kid) in n.kids().enumerate() {
            if i > 0 {
                self.put(" ");
            }
            self.any(kid);
        }
        self.put("`");
    }

    fn any(&mut self, n: Cursor<'_>) {
        if self.out.len() > MOST {
            return;
        }
        match n.kind() {
            Kind::Empty | Kind::Error => {}
            Kind::Ident => {
                let name = n.name().map_or("", |name| name.as_str());
                self.put(name);
            }
            Kind::Sym | Kind::Typed => self.put("?"),
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
                self.put(&format!("{value}{}", suffix(kind)));
            }
            kind @ (Kind::IntLit
            | Kind::Int8Lit
            | Kind::Int16Lit
            | Kind::Int32Lit
            | Kind::Int64Lit) => {
                let value = n.int().unwrap_or(0);
                self.put(&format!("{value}{}", suffix(kind)));
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

    fn expression(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::AccQuoted => self.quoted(n),
            Kind::Call if n.len() > 1 && is_list(n.last()) => self.call_with_block(n, " do:"),
            Kind::Call | Kind::ObjConstr => {
                self.any(n.kid(0));
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

    fn command(&mut self, n: Cursor<'_>) {
        self.any(n.kid(0));
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

    fn dot(&mut self, n: Cursor<'_>) {
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
        self.any(n.kid(1));
    }

    fn declaration(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::VarSection => self.section("var", n, false),
            Kind::LetSection => self.section("let", n, false),
            Kind::UsingStmt => self.section("using", n, false),
            Kind::ConstSection => self.section("const", n, true),
            Kind::TypeSection => self.section("type", n, true),
            Kind::IdentDefs | Kind::ConstDef => self.ident_defs(n),
            Kind::VarTuple => {
                let names: Vec<Cursor<'_>> = n.kids().take(n.len() - 2).collect();
                self.put("(");
                self.separated(&names, ", ");
                self.put(")");
                if !n.last().is_empty() {
                    self.put(" = ");
                    self.value(n.last());
                }
            }
            Kind::TypeDef => self.type_def(n),
            Kind::ProcDef => self.routine("proc", n),
            Kind::FuncDef => self.routine("func", n),
            Kind::MethodDef => self.routine("method", n),
            Kind::IteratorDef => self.routine("iterator", n),
            Kind::ConverterDef => self.routine("converter", n),
            Kind::MacroDef => self.routine("macro", n),
            Kind::TemplateDef => self.routine("template", n),
            Kind::GenericParams => {
                self.put("[");
                let params: Vec<Cursor<'_>> = n.kids().collect();
                self.separated(&params, "; ");
                self.put("]");
            }
            Kind::FormalParams => self.params(n),
            Kind::ReturnStmt => self.word_and("return", n),
            Kind::YieldStmt => self.word_and("yield", n),
            Kind::RaiseStmt => self.word_and("raise", n),
            Kind::BreakStmt => self.word_and("break", n),
            Kind::ContinueStmt => self.word_and("continue", n),
            Kind::Discard => self.word_and("discard", n),
            Kind::ImportStmt => self.import("import", n),
            Kind::ExportStmt => self.import("export", n),
            Kind::IncludeStmt => self.import("include", n),
            Kind::ImportExceptStmt => self.import_part("import", "except", n),
            Kind::ExportExceptStmt => self.import_part("export", "except", n),
            Kind::FromStmt => self.import_part("from", "import", n),
            Kind::ImportAs => {
                self.any(n.kid(0));
                self.put(" as ");
                self.any(n.kid(1));
            }
            Kind::BindStmt => {
                self.put("bind ");
                self.commas(n, 0);
            }
            Kind::MixinStmt => {
                self.put("mixin ");
                self.commas(n, 0);
            }
            Kind::AsmStmt => {
                self.put("asm ");
                self.any(n.last());
            }
            Kind::ElifBranch | Kind::ElifExpr => self.branch("elif", n),
            Kind::Else | Kind::ElseExpr => self.branch("else", n),
            Kind::OfBranch => self.branch("of", n),
            Kind::ExceptBranch => self.branch("except", n),
            Kind::Finally => self.branch("finally", n),
            Kind::ArgList => self.commas(n, 0),
            _ => self.type_tree(n),
        }
    }

    fn import_part(&mut self, first: &str, second: &str, n: Cursor<'_>) {
        self.put(first);
        self.put(" ");
        self.any(n.kid(0));
        self.put(&format!(" {second} "));
        self.commas(n, 1);
        self.hard_newline();
    }

    fn type_tree(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::RefTy => self.word_and("ref", n),
            Kind::PtrTy => self.word_and("ptr", n),
            Kind::VarTy => self.word_and("var", n),
            Kind::OutTy => self.word_and("out", n),
            Kind::ConstTy => self.word_and("const", n),
            Kind::DistinctTy => self.word_and("distinct", n),
            Kind::SharedTy => self.word_and("shared", n),
            Kind::StaticTy => self.word_and("static", n),
            Kind::ProcTy => self.proc_type("proc", n),
            Kind::IteratorTy => self.proc_type("iterator", n),
            Kind::TupleTy => {
                self.put("tuple");
                if n.len() > 0 {
                    self.between("[", n, 0, "]");
                }
            }
            Kind::TupleClassTy => self.put("tuple"),
            Kind::ObjectTy => self.object(n),
            Kind::OfInherit => self.word_and("of", n),
            Kind::RecList => self.records(n),
            Kind::RecCase => self.record_case(n),
            Kind::RecWhen => self.record_when(n),
            Kind::EnumTy => {
                self.put("enum");
                if n.len() > 1 {
                    self.indent += STEP;
                    self.newline();
                    self.commas(n, 1);
                    self.back();
                }
            }
            Kind::EnumFieldDef => {
                self.any(n.kid(0));
                self.put(" = ");
                self.any(n.kid(1));
            }
            Kind::TypeClassTy => {
                self.put("concept");
                if !n.kid(0).is_empty() {
                    self.put(" ");
                    self.any(n.kid(0));
                }
                self.indent += STEP;
                self.body(n.kid(3));
                self.indent -= STEP;
            }
            _ => {}
        }
    }

    fn proc_type(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        if n.len() < 2 {
            return;
        }
        self.put(" ");
        self.params(n.kid(0));
        if !n.kid(1).is_empty() {
            self.put(" ");
            self.any(n.kid(1));
        }
    }
}

/// So long may a text get: nesting is rendered again for each length that matters.
const MOST: usize = 4 << 20;
