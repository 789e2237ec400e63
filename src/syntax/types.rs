//! Types: what starts with a keyword of its own, parameter lists, and anonymous procs.

use super::parser::{EMPTY, Mode, Parser, SymbolMode};
use super::token::Tok;
use super::tree::{Kind, NodeId};

impl Parser<'_> {
    /// A type.
    pub fn type_desc(&mut self) -> NodeId {
        let desc = self.deeper(|p| p.simple_expr(Mode::TypeDesc));
        self.binary_not(desc)
    }

    /// The right-hand side of a type definition.
    pub fn type_def_value(&mut self) -> NodeId {
        let value = self.deeper(Self::type_def_value_inner);
        self.binary_not(value)
    }

    fn type_def_value_inner(&mut self) -> NodeId {
        if matches!(
            self.tok.kind,
            Tok::Tuple
                | Tok::Ref
                | Tok::Ptr
                | Tok::Distinct
                | Tok::Enum
                | Tok::Object
                | Tok::Concept
        ) {
            let node = self.type_keyword(Mode::TypeDef);
            return self.operators(node, -1, Mode::TypeDef);
        }
        let mut value = self.simple_expr(Mode::TypeDef);
        if self.at(Tok::Not) {
            return value;
        }
        if self.kind(value) == Kind::Command && self.at(Tok::Comma) {
            let (open, kind) = self.reopen_call(value);
            while self.at(Tok::Comma) {
                self.next_indent();
                self.put(|p| p.command_argument(false, Mode::TypeDef));
            }
            value = self.finish(open, kind);
        }
        self.post_expr_blocks(value)
    }

    /// `T not nil`.
    fn binary_not(&mut self, left: NodeId) -> NodeId {
        if !self.at(Tok::Not) {
            return left;
        }
        let open = self.open_at(left);
        self.put(Self::ident);
        self.push(left);
        self.optional_indent();
        self.put(|p| p.primary(Mode::TypeDesc));
        self.finish(open, Kind::Infix)
    }

    /// A type that starts with a keyword.
    pub fn type_keyword(&mut self, mode: Mode) -> NodeId {
        match self.tok.kind {
            Tok::Tuple => self.tuple(mode == Mode::TypeDef),
            Tok::Enum if mode == Mode::TypeDef => self.enum_type(),
            Tok::Object if mode == Mode::TypeDef => self.object_type(),
            Tok::Concept if mode == Mode::TypeDef => self.concept(),
            Tok::Enum => self.bare(Kind::EnumTy),
            Tok::Object => self.bare(Kind::ObjectTy),
            Tok::Concept => {
                self.error("the 'concept' keyword is only valid in 'type' sections");
                self.next();
                EMPTY
            }
            Tok::Var => self.modified(Kind::VarTy, mode),
            Tok::Out => self.modified(Kind::OutTy, mode),
            Tok::Ref => self.modified(Kind::RefTy, mode),
            Tok::Ptr => self.modified(Kind::PtrTy, mode),
            _ => self.modified(Kind::DistinctTy, mode),
        }
    }

    /// `enum` or `object` as a class of types.
    fn bare(&mut self, kind: Kind) -> NodeId {
        let open = self.open();
        self.next();
        self.finish(open, kind)
    }

    /// `ref T`, `var T`, `distinct T`, …, also without a type.
    fn modified(&mut self, kind: Kind, mode: Mode) -> NodeId {
        let open = self.open();
        self.next();
        if self.tok.indent >= 0 && self.tok.indent <= self.current {
            return self.finish(open, kind);
        }
        self.optional_indent();
        let defines = mode == Mode::TypeDef && matches!(self.tok.kind, Tok::Object | Tok::Tuple);
        if !self.tok.kind.is_operator() && self.starts_expr() {
            let base = if defines {
                let body = self.type_keyword(mode);
                self.binary_not(body)
            } else {
                self.primary(mode)
            };
            self.push(base);
        }
        if kind == Kind::DistinctTy && !defines && self.at(Tok::Symbol) {
            self.borrowed();
        }
        let node = self.finish(open, kind);
        if mode == Mode::TypeDef && !defines {
            self.operators(node, -1, mode)
        } else {
            node
        }
    }

    /// `with a, b` or `without c` behind a distinct type, pushed.
    fn borrowed(&mut self) {
        let kind = match self.tok.name.as_str() {
            "with" => Kind::With,
            "without" => Kind::Without,
            _ => return,
        };
        self.next();
        let open = self.open();
        loop {
            let name = self.symbol(SymbolMode::AllowNil);
            if self.is_empty(name) {
                break;
            }
            self.push(name);
            if !self.comma() {
                break;
            }
        }
        let names = self.finish(open, kind);
        self.push(names);
    }

    fn tuple(&mut self, indent_allowed: bool) -> NodeId {
        let open = self.open();
        self.next();
        if self.at(Tok::BracketLe) {
            self.next_indent();
            while matches!(self.tok.kind, Tok::Symbol | Tok::Accent) {
                let field = self.ident_defs(Defs::default());
                self.push(field);
                if !matches!(self.tok.kind, Tok::Comma | Tok::SemiColon) {
                    break;
                }
                self.next();
                self.skip_comment();
            }
            self.optional_break();
            self.eat(Tok::BracketRi);
        } else if indent_allowed {
            self.skip_comment();
            if self.is_indented() {
                self.indented(Self::tuple_fields);
            }
        } else if self.at(Tok::ParLe) {
            self.error("the syntax for tuple types is 'tuple[...]', not 'tuple(...)'");
        } else {
            return self.finish(open, Kind::TupleClassTy);
        }
        self.finish(open, Kind::TupleTy)
    }

    fn tuple_fields(&mut self) {
        self.skip_any_comment();
        loop {
            match self.tok.kind {
                Tok::Symbol | Tok::Accent => {
                    let field = self.ident_defs(Defs::default());
                    self.skip_field_comment();
                    self.push(field);
                }
                Tok::Eof => break,
                _ => {
                    self.error_identifier_expected();
                    break;
                }
            }
            if !self.is_same_indent() {
                break;
            }
        }
    }

    /// Parameters and return type; without `ret_colon` the return type follows `->`, as behind `do`.
    /// `Empty` if there is nothing at all behind a `do`.
    pub fn param_list(&mut self, ret_colon: bool) -> NodeId {
        let open = self.open();
        self.push_empty();
        let has_list = self.at(Tok::ParLe) && self.tok.indent < 0;
        if has_list {
            self.next_indent();
            self.in_brackets += 1;
            self.params();
            self.in_brackets -= 1;
            self.optional_break();
            self.eat(Tok::ParRi);
        }
        let has_result = if ret_colon {
            self.at(Tok::Colon)
        } else {
            self.at(Tok::Opr) && self.shown() == "->"
        };
        if has_result && self.tok.indent < 0 {
            self.next_indent();
            let result = self.type_desc();
            self.replace_pushed(open, 0, result);
        } else if !ret_colon && !has_list {
            self.abandon(open);
            return EMPTY;
        }
        self.finish(open, Kind::FormalParams)
    }

    fn params(&mut self) {
        loop {
            match self.tok.kind {
                Tok::Symbol | Tok::Accent => {
                    self.put(|p| {
                        p.ident_defs(Defs {
                            pragma: true,
                            both_optional: true,
                            dot: false,
                        })
                    });
                }
                Tok::ParRi => break,
                Tok::Var => {
                    self.error("the syntax is 'parameter: var T', not 'var parameter: T'");
                    break;
                }
                _ => {
                    self.error("expected closing ')'");
                    break;
                }
            }
            if !matches!(self.tok.kind, Tok::Comma | Tok::SemiColon) {
                break;
            }
            self.next();
            self.skip_comment();
        }
    }

    /// A proc type, or an anonymous proc where the mode allows a body.
    pub fn proc_expr(&mut self, mode: Mode) -> NodeId {
        let open = self.open();
        let keyword = self.tok.kind;
        self.next();
        let has_signature = matches!(self.tok.kind, Tok::ParLe | Tok::Colon) && self.tok.indent < 0;
        let params = self.param_list(true);
        let pragmas = self.optional_pragma();
        let takes_body = !matches!(mode, Mode::TypeDesc | Mode::TypeDef);
        if takes_body && self.at(Tok::Equals) {
            self.next();
            self.skip_comment();
            let body = self.deeper(|p| p.stmt());
            let kind = match keyword {
                Tok::Func => Kind::FuncDef,
                Tok::Iterator => Kind::IteratorDef,
                _ => Kind::Lambda,
            };
            return self.anonymous_proc(open, kind, params, pragmas, body);
        }
        if has_signature {
            self.push(params);
            if keyword == Tok::Func {
                self.error(
                    "func keyword is not allowed in type descriptions, use proc with {.noSideEffect.} pragma instead",
                );
            }
            self.push(pragmas);
        }
        let kind = match keyword {
            Tok::Iterator => Kind::IteratorTy,
            _ => Kind::ProcTy,
        };
        self.finish(open, kind)
    }

    /// Can an expression start here?
    pub fn starts_expr(&self) -> bool {
        use Tok::*;
        let kind = self.tok.kind;
        kind.is_literal()
            || matches!(
                kind,
                Symbol
                    | Accent
                    | Opr
                    | Not
                    | Nil
                    | Cast
                    | If
                    | For
                    | Proc
                    | Func
                    | Iterator
                    | Bind
                    | Type
                    | Static
                    | Addr
                    | ParLe
                    | BracketLe
                    | CurlyLe
                    | Var
                    | Ref
                    | Ptr
                    | Tuple
                    | Object
                    | When
                    | Case
                    | Out
                    | Try
                    | Block
                    | Enum
            )
    }
}

/// What a definition `a, b: T = v` may leave out or add.
#[derive(Clone, Copy, Default)]
pub(super) struct Defs {
    /// Names may have pragmas and export marks.
    pub pragma: bool,
    /// Type and value may both be missing.
    pub both_optional: bool,
    /// A name may be `module.name`.
    pub dot: bool,
}
