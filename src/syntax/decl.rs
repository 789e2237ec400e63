//! Declarations: names with pragmas, sections, routines.

use super::parser::{EMPTY, Mode, Open, Parser, SymbolMode};
use super::token::Tok;
use super::tree::{Kind, NodeId};
use super::types::Defs;

impl Parser<'_> {
    /// A declaration, if one starts here.
    pub fn declaration(&mut self) -> Option<NodeId> {
        Some(match self.tok.kind {
            Tok::Proc => self.routine(Kind::ProcDef),
            Tok::Func => self.routine(Kind::FuncDef),
            Tok::Method => self.routine(Kind::MethodDef),
            Tok::Iterator => self.routine(Kind::IteratorDef),
            Tok::Macro => self.routine(Kind::MacroDef),
            Tok::Template => self.routine(Kind::TemplateDef),
            Tok::Converter => self.routine(Kind::ConverterDef),
            Tok::Type => self.type_section(),
            Tok::Const => self.section(Kind::ConstSection, Self::constant),
            Tok::Let => self.section(Kind::LetSection, Self::variable),
            Tok::Var => self.section(Kind::VarSection, Self::variable),
            Tok::Using => self.section(Kind::UsingStmt, Self::variable),
            _ => return None,
        })
    }

    /// `{. … .}`.
    pub fn pragma(&mut self) -> NodeId {
        let open = self.open();
        self.in_pragma += 1;
        self.in_brackets += 1;
        self.next_indent();
        while !matches!(self.tok.kind, Tok::CurlyDotRi | Tok::CurlyRi | Tok::Eof) {
            self.progress = false;
            let entry = self.expr_colon_equals();
            if !self.progress {
                break;
            }
            self.push(entry);
            if self.at(Tok::Comma) {
                self.next();
                self.skip_comment();
            }
        }
        self.optional_break();
        if matches!(self.tok.kind, Tok::CurlyDotRi | Tok::CurlyRi) {
            self.next();
        } else {
            self.error("expected '.}'");
        }
        self.in_pragma -= 1;
        self.in_brackets -= 1;
        self.finish(open, Kind::Pragma)
    }

    pub fn optional_pragma(&mut self) -> NodeId {
        if self.at(Tok::CurlyDotLe) && self.continues() {
            self.pragma()
        } else {
            EMPTY
        }
    }

    /// A pragma as a statement, or the head of a block.
    pub fn pragma_stmt(&mut self) -> NodeId {
        let pragma = self.pragma();
        if !self.at(Tok::Colon) || self.tok.indent >= 0 {
            return pragma;
        }
        let open = self.open_at(pragma);
        self.push(pragma);
        self.next();
        self.skip_comment();
        self.put(Self::stmt);
        self.finish(open, Kind::PragmaBlock)
    }

    /// A name with an export mark, or `module.name` where that is allowed.
    fn ident_vis(&mut self, allow_dot: bool) -> NodeId {
        let name = self.symbol(SymbolMode::Normal);
        if self.at(Tok::Opr) {
            let open = self.open_at(name);
            self.put(Self::ident);
            self.push(name);
            self.finish(open, Kind::Postfix)
        } else if self.at(Tok::Dot) && allow_dot {
            self.dot_expr(name)
        } else {
            name
        }
    }

    pub fn ident_with_pragma(&mut self, allow_dot: bool) -> NodeId {
        let name = self.ident_vis(allow_dot);
        if !self.at(Tok::CurlyDotLe) {
            return name;
        }
        let open = self.open_at(name);
        self.push(name);
        self.put(Self::pragma);
        self.finish(open, Kind::PragmaExpr)
    }

    /// `a, b: T = v`.
    pub fn ident_defs(&mut self, defs: Defs) -> NodeId {
        let open = self.open();
        while matches!(self.tok.kind, Tok::Symbol | Tok::Accent) {
            let name = if defs.pragma {
                self.ident_with_pragma(defs.dot)
            } else {
                self.symbol(SymbolMode::Normal)
            };
            self.push(name);
            if !self.comma() {
                break;
            }
        }
        if self.at(Tok::Colon) {
            self.next_indent();
            self.put(Self::type_desc);
        } else {
            self.push_empty();
            if !self.at(Tok::Equals) && !defs.both_optional {
                let message = format!("':' or '=' expected, but got '{}'", self.shown());
                self.error(message);
            }
        }
        self.optional_value();
        self.finish(open, Kind::IdentDefs)
    }

    /// `= v`, or `Empty`; pushed.
    fn optional_value(&mut self) {
        self.put_behind(Tok::Equals, Self::expr);
    }

    fn generic_param(&mut self) -> NodeId {
        let open = self.open();
        loop {
            match self.tok.kind {
                Tok::In | Tok::Out => {
                    let variance = self.open();
                    self.put(Self::ident);
                    self.put(|p| p.symbol(SymbolMode::Normal));
                    let variance = self.finish(variance, Kind::Prefix);
                    self.push(variance);
                }
                Tok::Symbol | Tok::Accent => {
                    self.put(|p| p.symbol(SymbolMode::Normal));
                }
                _ => break,
            }
            if !self.comma() {
                break;
            }
        }
        self.put_behind(Tok::Colon, Self::expr);
        self.optional_value();
        self.finish(open, Kind::IdentDefs)
    }

    fn generic_params(&mut self) -> NodeId {
        let open = self.open();
        self.next_indent();
        while matches!(
            self.tok.kind,
            Tok::Symbol | Tok::Accent | Tok::In | Tok::Out
        ) {
            self.put(Self::generic_param);
            if !matches!(self.tok.kind, Tok::Comma | Tok::SemiColon) {
                break;
            }
            self.next();
            self.skip_comment();
        }
        self.optional_break();
        self.eat(Tok::BracketRi);
        self.finish(open, Kind::GenericParams)
    }

    /// The pattern of a term-rewriting template or macro.
    fn pattern(&mut self) -> NodeId {
        self.eat(Tok::CurlyLe);
        self.in_brackets += 1;
        let pattern = self.stmt();
        self.in_brackets -= 1;
        self.eat(Tok::CurlyRi);
        pattern
    }

    fn routine(&mut self, kind: Kind) -> NodeId {
        let open = self.open();
        self.next_indent();
        self.put(|p| p.ident_vis(false));
        let pattern = if self.at(Tok::CurlyLe) && self.continues() {
            self.pattern()
        } else {
            EMPTY
        };
        self.push(pattern);
        let generics = if self.at(Tok::BracketLe) && self.continues() {
            self.generic_params()
        } else {
            EMPTY
        };
        self.push(generics);
        self.put(|p| p.param_list(true));
        self.put(Self::optional_pragma);
        self.push_empty();
        if self.at(Tok::Equals) && self.continues() {
            self.next();
            self.skip_comment();
            self.put(Self::stmt);
        } else {
            self.push_empty();
        }
        let has_body = !self.is_empty(self.pushed(open, 6));
        let node = self.finish(open, kind);
        if !has_body && self.is_indented() && !self.at(Tok::Comment) {
            self.error("invalid indentation, maybe you forgot a '='");
            self.skip_line();
        }
        self.indented_comment();
        node
    }

    /// `type …`, or `type(x)` where an expression starts a statement.
    fn type_section(&mut self) -> NodeId {
        let open = self.open();
        let word = self.ident_here();
        self.next();
        if !self.at(Tok::ParLe) {
            return self.section_body(open, Kind::TypeSection, Self::type_def);
        }
        self.next();
        self.push(word);
        self.put(|p| p.primary(Mode::TypeDesc));
        self.eat(Tok::ParRi);
        let call = self.finish(open, Kind::Call);
        self.operators(call, -1, Mode::Normal)
    }

    fn section(&mut self, kind: Kind, definition: fn(&mut Self) -> NodeId) -> NodeId {
        let open = self.open();
        self.next();
        self.section_body(open, kind, definition)
    }

    /// One definition on the line, or an indented block of them.
    fn section_body(
        &mut self,
        open: Open,
        kind: Kind,
        definition: fn(&mut Self) -> NodeId,
    ) -> NodeId {
        self.skip_comment();
        if self.is_indented() {
            self.indented(|p| p.definitions(definition));
            if self.count(open) == 0 {
                self.error_identifier_expected();
            }
        } else if matches!(self.tok.kind, Tok::Symbol | Tok::Accent | Tok::ParLe)
            && self.tok.indent < 0
        {
            let one = definition(self);
            self.push(one);
        } else {
            self.error_identifier_expected();
        }
        self.finish(open, kind)
    }

    fn definitions(&mut self, definition: fn(&mut Self) -> NodeId) {
        self.skip_comment();
        while self.is_same_indent() {
            match self.tok.kind {
                Tok::Symbol | Tok::Accent | Tok::ParLe => {
                    let start = self.tok.start;
                    let one = definition(self);
                    self.push(one);
                    self.skip_comment();
                    self.skip_stray(start);
                }
                Tok::Comment => {
                    let comment = self.text(Kind::CommentStmt);
                    self.push(comment);
                }
                _ => {
                    self.error_identifier_expected();
                    break;
                }
            }
        }
    }

    /// `(a, (b, c))` and a type, pushed; the caller finishes the node.
    fn var_tuple_names(&mut self) -> Open {
        let open = self.open();
        self.next_indent();
        while matches!(self.tok.kind, Tok::Symbol | Tok::Accent | Tok::ParLe) {
            let name = if self.at(Tok::ParLe) {
                self.deeper(|p| {
                    let nested = p.var_tuple_names();
                    p.push_empty();
                    p.finish(nested, Kind::VarTuple)
                })
            } else {
                self.ident_with_pragma(true)
            };
            self.push(name);
            if !self.at(Tok::Comma) {
                break;
            }
            self.next();
            self.skip_comment();
        }
        self.optional_break();
        self.eat(Tok::ParRi);
        self.put_behind(Tok::Colon, Self::type_desc);
        open
    }

    /// A tuple of loop variables.
    pub fn var_tuple(&mut self) -> NodeId {
        let open = self.var_tuple_names();
        self.finish(open, Kind::VarTuple)
    }

    fn variable(&mut self) -> NodeId {
        let node = if self.at(Tok::ParLe) {
            let open = self.var_tuple_names();
            self.tuple_value(open)
        } else {
            self.variable_names()
        };
        self.indented_comment();
        node
    }

    /// The value of a tuple of variables or constants.
    fn tuple_value(&mut self, open: Open) -> NodeId {
        self.eat(Tok::Equals);
        self.optional_indent();
        let value = self.expr();
        self.put(|p| p.post_expr_blocks(value));
        self.finish(open, Kind::VarTuple)
    }

    fn variable_names(&mut self) -> NodeId {
        let defs = self.ident_defs(Defs {
            pragma: true,
            both_optional: false,
            dot: true,
        });
        if !self.at(Tok::Colon) && !self.at(Tok::Do) {
            return defs;
        }
        let open = self.open_at(defs);
        let kids: Vec<NodeId> = self.tree.at(defs).kids().map(|kid| kid.id).collect();
        for kid in kids {
            self.push(kid);
        }
        let value = self.pop();
        self.put(|p| p.post_expr_blocks(value));
        self.finish(open, Kind::IdentDefs)
    }

    fn constant(&mut self) -> NodeId {
        let node = if self.at(Tok::ParLe) {
            let open = self.var_tuple_names();
            self.tuple_value(open)
        } else {
            let open = self.open();
            self.put(|p| p.ident_with_pragma(false));
            self.put_behind(Tok::Colon, Self::type_desc);
            self.eat(Tok::Equals);
            self.optional_indent();
            let value = self.expr();
            self.put(|p| p.post_expr_blocks(value));
            self.finish(open, Kind::ConstDef)
        };
        self.indented_comment();
        node
    }

    fn type_def(&mut self) -> NodeId {
        let open = self.open();
        let name = self.ident_vis(true);
        let mut pragma = self.optional_pragma();
        let generics = if self.at(Tok::BracketLe) && self.continues() {
            self.generic_params()
        } else {
            EMPTY
        };
        if self.is_empty(pragma) {
            pragma = self.optional_pragma();
        } else if self.at(Tok::CurlyDotLe) {
            self.error("pragma already present");
        }
        let name = if self.is_empty(pragma) {
            name
        } else {
            let open = self.open_at(name);
            self.push(name);
            self.push(pragma);
            self.finish(open, Kind::PragmaExpr)
        };
        self.push(name);
        self.push(generics);
        self.put_behind(Tok::Equals, Self::type_def_value);
        let node = self.finish(open, Kind::TypeDef);
        self.indented_comment();
        node
    }
}
