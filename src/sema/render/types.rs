//! Type definitions and types.

use super::{Renderer, STEP};
use crate::syntax::tree::{Cursor, Kind};

impl Renderer<'_> {
    pub(super) fn type_def(&mut self, n: Cursor<'_>) {
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

    pub(super) fn object(&mut self, n: Cursor<'_>) {
        self.put("object");
        if n.len() == 0 {
            return; // the class of all objects
        }
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
    pub(super) fn records(&mut self, n: Cursor<'_>) {
        self.indent += STEP;
        self.newline();
        for kid in n.kids() {
            self.newline();
            self.any(kid);
        }
        self.back();
        self.hard_newline();
    }

    pub(super) fn record_body(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::RecList => {
                self.indent += STEP;
                self.records(n);
                self.back();
            }
            _ => self.body(n),
        }
    }

    pub(super) fn record_case(&mut self, n: Cursor<'_>) {
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

    pub(super) fn record_when(&mut self, n: Cursor<'_>) {
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

    pub(super) fn type_tree(&mut self, n: Cursor<'_>) {
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

    pub(super) fn proc_type(&mut self, word: &str, n: Cursor<'_>) {
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
