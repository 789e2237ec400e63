//! Sections, imports, routines and their parameters.

use super::{Renderer, STEP};
use crate::syntax::tree::{Cursor, Kind};

impl Renderer<'_> {
    pub(super) fn section(&mut self, word: &str, n: Cursor<'_>, always: bool) {
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

    pub(super) fn import(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        self.indent += STEP;
        self.newline();
        self.commas(n, 0);
        self.back();
        self.hard_newline();
    }

    /// Names, type and value.
    pub(super) fn ident_defs(&mut self, n: Cursor<'_>) {
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
    pub(super) fn value(&mut self, n: Cursor<'_>) {
        self.any(n);
    }

    pub(super) fn params(&mut self, n: Cursor<'_>) {
        self.put("(");
        let params: Vec<Cursor<'_>> = n.kids().skip(1).collect();
        self.separated(&params, "; ");
        self.put(")");
        if let Some(ret) = n.get(0).filter(|ret| !ret.is_empty()) {
            self.put(": ");
            self.any(ret);
        }
    }

    pub(super) fn routine(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        self.put(" ");
        self.any(n.kid(0));
        self.any(n.kid(2));
        self.signature(n);
        let body = n.kid(6);
        if !body.is_empty() {
            self.put(" =");
            self.body(body);
            self.hard_newline();
        }
    }

    pub(super) fn lambda(&mut self, word: &str, n: Cursor<'_>) {
        self.put(word);
        self.put(" ");
        self.signature(n);
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

    /// A routine's parameters, result and pragmas.
    fn signature(&mut self, n: Cursor<'_>) {
        self.params(n.kid(3));
        if !n.kid(4).is_empty() {
            self.put(" ");
            self.any(n.kid(4));
        }
    }

    pub(super) fn do_block(&mut self, n: Cursor<'_>) {
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

    pub(super) fn declaration(&mut self, n: Cursor<'_>) {
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

    pub(super) fn import_part(&mut self, first: &str, second: &str, n: Cursor<'_>) {
        self.put(first);
        self.put(" ");
        self.any(n.kid(0));
        self.put(&format!(" {second} "));
        self.commas(n, 1);
        self.hard_newline();
    }
}
