//! The bodies of enums, objects and concepts.

use super::parser::{EMPTY, Parser, SymbolMode};
use super::token::Tok;
use super::tree::{Data, Kind, NodeId};
use super::types::Defs;

impl Parser<'_> {
    pub fn enum_type(&mut self) -> NodeId {
        let open = self.open();
        self.next();
        self.push_empty();
        self.optional_indent();
        self.skip_inner_comment();
        loop {
            let name = self.symbol(SymbolMode::Normal);
            if self.is_empty(name) {
                break;
            }
            self.put(|p| p.enum_value(name));
            let ends = self.tok.indent >= 0 && self.tok.indent <= self.current;
            if ends || self.at(Tok::Eof) {
                break;
            }
        }
        self.finish(open, Kind::EnumTy)
    }

    /// One value of an enum: pragma, number or text, comma, comment.
    fn enum_value(&mut self, name: NodeId) -> NodeId {
        let mut value = name;
        if self.at(Tok::CurlyDotLe) && self.continues() {
            let open = self.open_at(name);
            self.push(name);
            self.put(Self::optional_pragma);
            value = self.finish(open, Kind::PragmaExpr);
        }
        if self.tok.indent >= 0 && self.tok.indent <= self.current {
            return value;
        }
        if self.at(Tok::Equals) && self.tok.indent < 0 {
            let open = self.open_at(value);
            self.push(value);
            self.next_indent();
            self.put(Self::expr);
            value = self.finish(open, Kind::EnumFieldDef);
            self.skip_field_comment();
        }
        if self.at(Tok::Comma) && self.tok.indent < 0 {
            self.next();
            self.skip_any_comment();
        } else {
            self.skip_field_comment();
        }
        value
    }

    pub fn object_type(&mut self) -> NodeId {
        let open = self.open();
        self.next();
        self.put(Self::optional_pragma);
        if self.at(Tok::Of) && self.tok.indent < 0 {
            let inherit = self.open();
            self.next();
            self.put(Self::type_desc);
            let inherit = self.finish(inherit, Kind::OfInherit);
            self.push(inherit);
        } else {
            self.push_empty();
        }
        if self.at(Tok::Comment) {
            self.skip_comment();
        }
        if self.is_indented() {
            self.put(Self::object_part);
        } else {
            self.push_empty();
        }
        self.finish(open, Kind::ObjectTy)
    }

    /// Fields: an indented list of them, or one.
    fn object_part(&mut self) -> NodeId {
        self.deeper(|p| {
            if !p.is_indented() {
                return p.field();
            }
            let open = p.open();
            p.indented(|p| {
                p.skip_any_comment();
                while p.is_same_indent() {
                    match p.tok.kind {
                        Tok::Case
                        | Tok::When
                        | Tok::Symbol
                        | Tok::Accent
                        | Tok::Nil
                        | Tok::Discard => {
                            let start = p.tok.start;
                            p.put(Self::object_part);
                            p.skip_stray(start);
                        }
                        _ => {
                            p.error_identifier_expected();
                            break;
                        }
                    }
                }
            });
            p.finish(open, Kind::RecList)
        })
    }

    fn field(&mut self) -> NodeId {
        match self.tok.kind {
            Tok::When => self.object_when(),
            Tok::Case => self.object_case(),
            Tok::Symbol | Tok::Accent => {
                let field = self.ident_defs(Defs {
                    pragma: true,
                    both_optional: false,
                    dot: false,
                });
                self.skip_field_comment();
                field
            }
            Tok::Nil | Tok::Discard => self.leaf(Kind::NilLit, Data::None),
            _ => EMPTY,
        }
    }

    fn object_when(&mut self) -> NodeId {
        let open = self.open();
        while self.is_same_indent() {
            self.put(|p| p.guarded(Kind::ElifBranch, Self::object_part));
            self.skip_inner_comment();
            if !self.at(Tok::Elif) {
                break;
            }
        }
        if self.at(Tok::Else) && self.is_same_indent() {
            self.put(|p| p.unguarded(Kind::Else, Self::object_part));
            self.skip_inner_comment();
        }
        self.finish(open, Kind::RecWhen)
    }

    fn object_case(&mut self) -> NodeId {
        let open = self.open();
        self.next_on_line();
        let defs = self.open();
        self.put(|p| p.ident_with_pragma(false));
        self.eat(Tok::Colon);
        self.put(Self::type_desc);
        if self.at(Tok::Equals) {
            self.next();
            self.put(Self::expr);
        } else {
            self.push_empty();
        }
        let discriminator = self.finish(defs, Kind::IdentDefs);
        self.push(discriminator);
        if self.at(Tok::Colon) {
            self.next();
        }
        self.skip_inner_comment();
        if self.is_indented() {
            self.indented(Self::object_branches);
        } else {
            self.object_branches();
        }
        self.finish(open, Kind::RecCase)
    }

    fn object_branches(&mut self) {
        while self.is_same_indent() {
            let open = self.open();
            let kind = match self.tok.kind {
                Tok::Of => {
                    self.expr_list(Tok::Colon);
                    Kind::OfBranch
                }
                Tok::Else => {
                    self.next();
                    Kind::Else
                }
                _ => break,
            };
            self.colon();
            let fields = self.object_part();
            if self.is_empty(fields) {
                self.error_identifier_expected();
            }
            self.push(fields);
            let branch = self.finish(open, kind);
            self.push(branch);
            if kind == Kind::Else {
                break;
            }
        }
    }

    /// A concept, with parameters in the old style, without in the new one.
    pub fn concept(&mut self) -> NodeId {
        let open = self.open();
        self.next();
        self.skip_comment();
        if self.tok.indent < 0 {
            let params = self.open();
            loop {
                self.put(Self::concept_param);
                if !self.at(Tok::Comma) {
                    break;
                }
                self.next();
            }
            let params = self.finish(params, Kind::ArgList);
            self.push(params);
        } else {
            self.push_empty();
        }
        self.put(Self::optional_pragma);
        if self.at(Tok::Of) && self.tok.indent < 0 {
            let inherit = self.open();
            self.next();
            loop {
                self.put(Self::type_desc);
                if !self.at(Tok::Comma) {
                    break;
                }
                self.next();
            }
            let inherit = self.finish(inherit, Kind::OfInherit);
            self.push(inherit);
        } else {
            self.push_empty();
        }
        self.skip_comment();
        if self.is_indented() {
            self.put(Self::stmt);
        } else {
            if self.is_empty(self.pushed(open, 0)) {
                let message = format!(
                    "routine expected, but found '{}' (empty new-styled concepts are not allowed)",
                    self.shown()
                );
                self.error(message);
            }
            self.push_empty();
        }
        self.finish(open, Kind::TypeClassTy)
    }

    fn concept_param(&mut self) -> NodeId {
        let kind = match self.tok.kind {
            Tok::Out | Tok::Var => Kind::VarTy,
            Tok::Ptr => Kind::PtrTy,
            Tok::Ref => Kind::RefTy,
            Tok::Static => Kind::StaticTy,
            Tok::Type => Kind::TypeOfExpr,
            _ => return self.symbol(SymbolMode::Normal),
        };
        let open = self.open();
        self.next();
        self.put(|p| p.symbol(SymbolMode::Normal));
        self.finish(open, kind)
    }
}
