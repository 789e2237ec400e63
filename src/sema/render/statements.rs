//! Statement lists, and statements that have branches or bodies.

use super::{Renderer, is_list};
use crate::syntax::tree::{Cursor, Kind};

impl Renderer<'_> {
    /// Statements, indented.
    pub(super) fn body(&mut self, n: Cursor<'_>) {
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

    pub(super) fn list(&mut self, n: Cursor<'_>) {
        for kid in n.kids() {
            self.newline();
            match is_list(kid) {
                true => self.list(kid),
                false => self.statement(kid),
            }
        }
    }

    pub(super) fn statement(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::Call if n.len() > 1 && is_list(n.last()) => self.call_with_block(n, ":"),
            _ => self.any(n),
        }
    }

    pub(super) fn call_with_block(&mut self, n: Cursor<'_>, word: &str) {
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

    pub(super) fn branch(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        let conditions: Vec<Cursor<'_>> = n.kids().take(n.len() - 1).collect();
        if !conditions.is_empty() {
            self.put(" ");
            self.separated(&conditions, ", ");
        }
        self.put(":");
        self.body(n.last());
    }

    pub(super) fn branches(&mut self, word: &str, n: Cursor<'_>) {
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
    pub(super) fn if_value(&mut self, word: &str, n: Cursor<'_>) {
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
            if !is_list(body) {
                self.put(" ");
                self.any(body);
                continue;
            }
            self.deeper();
            self.list(body);
            self.back();
            if i + 1 < n.len() {
                self.pending = None;
            }
        }
    }

    pub(super) fn case(&mut self, n: Cursor<'_>) {
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

    pub(super) fn try_stmt(&mut self, n: Cursor<'_>) {
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

    /// `word x` or `word`
    pub(super) fn word_and(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        if let Some(kid) = n.get(0).filter(|kid| !kid.is_empty()) {
            self.put(" ");
            self.any(kid);
        }
    }
}
