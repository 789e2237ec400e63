//! Primary expressions: names, literals, brackets, and what may stand directly behind them.

use super::parser::{EMPTY, Mode, Open, Parser, SymbolMode};
use super::token::Tok;
use super::tree::{Base, Data, Kind, NodeId};
use crate::source::Name;

impl Parser<'_> {
    /// A name: an identifier, one in backquotes, or a keyword where that is allowed.
    pub fn symbol(&mut self, mode: SymbolMode) -> NodeId {
        match self.tok.kind {
            Tok::Symbol => self.ident(),
            Tok::Type | Tok::Static | Tok::Addr => self.ident(),
            kind if kind.is_keyword() && mode == SymbolMode::AfterDot => self.ident(),
            Tok::Nil if mode == SymbolMode::AllowNil => self.leaf(Kind::NilLit, Data::None),
            Tok::Accent => self.quoted(),
            _ => {
                self.error_identifier_expected();
                EMPTY
            }
        }
    }

    /// A name in backquotes, of one or several parts.
    fn quoted(&mut self) -> NodeId {
        let open = self.open();
        self.next();
        loop {
            match self.tok.kind {
                // A name that is not closed ends with its line.
                _ if self.tok.indent >= 0 => {
                    self.error_identifier_expected();
                    break;
                }
                Tok::Accent => {
                    if self.count(open) == 0 {
                        self.error_identifier_expected();
                    }
                    break;
                }
                kind if is_operator_part(kind) => {
                    self.put(Self::operator_parts);
                }
                kind if kind == Tok::Symbol || kind.is_keyword() => {
                    self.put(Self::ident);
                }
                kind if kind.is_literal() => {
                    let name = self.literal_text();
                    let part = self.leaf(Kind::Ident, Data::Name(name));
                    self.push(part);
                }
                _ => {
                    self.error_identifier_expected();
                    break;
                }
            }
        }
        self.eat(Tok::Accent);
        self.finish(open, Kind::AccQuoted)
    }

    /// Operators and brackets that follow each other in backquotes are one name.
    fn operator_parts(&mut self) -> NodeId {
        let mut span = self.span();
        let mut name = String::new();
        while is_operator_part(self.tok.kind) {
            name.push_str(&self.shown());
            span.end = self.span().end;
            self.next();
        }
        self.tree
            .leaf(Kind::Ident, span, Data::Name(Name::new(&name)))
    }

    fn literal_text(&self) -> Name {
        let value = self.tok.value;
        match self.tok.kind {
            Tok::StrLit
            | Tok::RStrLit
            | Tok::TripleStrLit
            | Tok::GStrLit
            | Tok::GTripleStrLit
            | Tok::CharLit
            | Tok::CustomLit => Name::new(&String::from_utf8_lossy(&self.lex.literal)),
            Tok::FloatLit | Tok::Float32Lit | Tok::Float64Lit | Tok::Float128Lit => {
                Name::new(&format!("{:?}", f64::from_bits(value)))
            }
            Tok::UIntLit | Tok::UInt8Lit | Tok::UInt16Lit | Tok::UInt32Lit | Tok::UInt64Lit => {
                Name::new(&value.to_string())
            }
            _ => Name::new(&(value as i64).to_string()),
        }
    }

    /// What follows `left`: a dot and a name. `x.y[:T](z)` becomes `y[T](x, z)`.
    pub fn dot_expr(&mut self, left: NodeId) -> NodeId {
        let open = self.open_at(left);
        self.next_indent();
        let name = self.symbol(SymbolMode::AfterDot);
        if !self.at(Tok::BracketLeColon) || self.tok.space_before {
            self.push(left);
            self.push(name);
            return self.finish(open, Kind::DotExpr);
        }
        let generic = self.open_at(name);
        self.push(name);
        self.in_brackets += 1;
        self.expr_list(Tok::BracketRi);
        self.in_brackets -= 1;
        self.eat(Tok::BracketRi);
        let callee = self.finish(generic, Kind::BracketExpr);
        self.push(callee);
        self.push(left);
        if self.at(Tok::ParLe) && !self.tok.space_before {
            self.arguments(open, Tok::ParRi);
        }
        self.finish(open, Kind::Call)
    }

    /// `name` or `module.name`.
    pub fn qualified_ident(&mut self) -> NodeId {
        let name = self.symbol(SymbolMode::Normal);
        if self.at(Tok::Dot) {
            self.dot_expr(name)
        } else {
            name
        }
    }

    /// Expressions with commas, from the token before the first up to `end`, which stays.
    pub fn expr_list(&mut self, end: Tok) {
        self.next_indent();
        while !self.at(end) && !self.at(Tok::Eof) {
            self.put(Self::expr);
            if !self.comma() {
                break;
            }
        }
    }

    /// Arguments from the opening bracket to the closing one, pushed; `open` is the node they go to.
    /// Was it `(x,)`, one value and a comma?
    pub fn arguments(&mut self, open: Open, end: Tok) -> bool {
        self.in_brackets += 1;
        self.next();
        self.skip_inner_comment();
        self.optional_break();
        let mut lone = false;
        while !self.at(end) && !self.at(Tok::Eof) {
            self.put(Self::expr_colon_equals);
            if !self.at(Tok::Comma) {
                break;
            }
            self.next();
            lone |= self.at(end) && self.count(open) == 1;
            self.skip_comment();
        }
        self.optional_break();
        self.in_brackets -= 1;
        self.eat(end);
        lone
    }

    /// A call or an index behind `callee`.
    fn suffix_call(&mut self, callee: NodeId, kind: Kind, end: Tok) -> NodeId {
        let open = self.open_at(callee);
        self.push(callee);
        self.arguments(open, end);
        let names_fields = kind == Kind::Call
            && self.count(open) > 1
            && self.kind(self.pushed(open, 1)) == Kind::ExprColonExpr;
        self.finish(open, if names_fields { Kind::ObjConstr } else { kind })
    }

    /// A string right behind `left`, as in `re"…"`.
    fn string_suffix(&mut self, left: NodeId) -> NodeId {
        let kind = match self.tok.kind {
            Tok::GStrLit => Kind::RStrLit,
            Tok::GTripleStrLit => Kind::TripleStrLit,
            _ => return left,
        };
        let open = self.open_at(left);
        self.push(left);
        let text = self.text(kind);
        self.push(text);
        self.finish(open, Kind::CallStrLit)
    }

    fn set_or_table(&mut self) -> NodeId {
        let open = self.open();
        let mut kind = Kind::Curly;
        self.in_brackets += 1;
        self.next_indent();
        if self.at(Tok::Colon) {
            self.next();
            kind = Kind::TableConstr;
        } else {
            while !self.at(Tok::CurlyRi) && !self.at(Tok::Eof) {
                let value = self.expr_colon_equals();
                if self.kind(value) == Kind::ExprColonExpr {
                    kind = Kind::TableConstr;
                }
                self.push(value);
                if !self.at(Tok::Comma) {
                    break;
                }
                self.next();
                self.skip_comment();
            }
        }
        self.optional_break();
        self.in_brackets -= 1;
        self.eat(Tok::CurlyRi);
        self.finish(open, kind)
    }

    fn cast(&mut self) -> NodeId {
        let open = self.open();
        self.in_brackets += 1;
        self.next();
        if self.at(Tok::BracketLe) {
            self.next_indent();
            self.put(Self::type_desc);
            self.optional_break();
            self.eat(Tok::BracketRi);
            self.eat(Tok::ParLe);
            self.optional_indent();
            self.put(Self::expr);
        } else {
            // `{.cast(gcsafe).}` names an effect.
            self.push_empty();
            self.eat(Tok::ParLe);
            self.optional_indent();
            self.put(Self::expr_colon_equals);
        }
        self.optional_break();
        self.in_brackets -= 1;
        self.eat(Tok::ParRi);
        self.finish(open, Kind::Cast)
    }

    fn literal(&mut self) -> NodeId {
        let value = self.tok.value;
        let kind = match self.tok.kind {
            Tok::IntLit => Kind::IntLit,
            Tok::Int8Lit => Kind::Int8Lit,
            Tok::Int16Lit => Kind::Int16Lit,
            Tok::Int32Lit => Kind::Int32Lit,
            Tok::Int64Lit => Kind::Int64Lit,
            Tok::UIntLit => Kind::UIntLit,
            Tok::UInt8Lit => Kind::UInt8Lit,
            Tok::UInt16Lit => Kind::UInt16Lit,
            Tok::UInt32Lit => Kind::UInt32Lit,
            Tok::UInt64Lit => Kind::UInt64Lit,
            Tok::CharLit => Kind::CharLit,
            Tok::FloatLit => return self.float(Kind::FloatLit),
            Tok::Float32Lit => return self.float(Kind::Float32Lit),
            Tok::Float64Lit => return self.float(Kind::Float64Lit),
            Tok::Float128Lit => return self.float(Kind::Float128Lit),
            Tok::StrLit => return self.text(Kind::StrLit),
            Tok::RStrLit => return self.text(Kind::RStrLit),
            Tok::TripleStrLit => return self.text(Kind::TripleStrLit),
            Tok::CustomLit => return self.custom_literal(),
            _ => {
                self.error_expression_expected();
                // What starts a line of this block or of one around it is the start of another statement.
                if !(0..=self.current).contains(&self.tok.indent) {
                    self.next();
                }
                return EMPTY;
            }
        };
        let text = &self.lex.text[self.tok.start as usize..self.tok.end as usize];
        let base = Base::of_text(text);
        self.leaf(kind, Data::Int(value as i64, base))
    }

    fn float(&mut self, kind: Kind) -> NodeId {
        let value = f64::from_bits(self.tok.value);
        self.leaf(kind, Data::Float(value))
    }

    /// `12'km` is the call of `'km` on the text `12`.
    fn custom_literal(&mut self) -> NodeId {
        let open = self.open();
        let (mut digits, mut suffix) = (self.span(), self.span());
        let split = self.tok.value as usize;
        digits.end = digits.start + split as u32;
        suffix.start = digits.end;
        let text: Box<[u8]> = self.lex.literal[..split].into();
        let name = Name::new(&String::from_utf8_lossy(&self.lex.literal[split..]));
        let text = self.tree.text(Kind::RStrLit, digits, text);
        let name = self.tree.leaf(Kind::Ident, suffix, Data::Name(name));
        self.push(text);
        self.push(name);
        self.next();
        self.finish(open, Kind::DotExpr)
    }

    fn ident_or_literal(&mut self, mode: Mode) -> NodeId {
        match self.tok.kind {
            Tok::Symbol | Tok::Type | Tok::Static | Tok::Addr | Tok::Out => {
                let name = self.ident();
                self.string_suffix(name)
            }
            Tok::Accent => self.symbol(SymbolMode::Normal),
            Tok::Nil => self.leaf(Kind::NilLit, Data::None),
            Tok::ParLe if matches!(mode, Mode::TypeDesc | Mode::TypeDef) => {
                let open = self.open();
                let lone = self.arguments(open, Tok::ParRi);
                // Only a comma makes it a tuple: `()` in `() -> int` is a list of parameters.
                let kind = match self.count(open) {
                    0 | 1 if !lone => Kind::Par,
                    _ => Kind::TupleConstr,
                };
                self.finish(open, kind)
            }
            Tok::ParLe => self.deeper(|p| p.par()),
            Tok::CurlyLe => self.set_or_table(),
            Tok::BracketLe => {
                let open = self.open();
                self.arguments(open, Tok::BracketRi);
                self.finish(open, Kind::Bracket)
            }
            Tok::Cast => self.cast(),
            _ => self.literal(),
        }
    }

    /// Is `( … )` a tuple?
    pub fn par_kind(&self, open: Open, lone: bool) -> Kind {
        let count = self.count(open);
        let named = count > 0 && self.kind(self.pushed(open, 0)) == Kind::ExprColonExpr;
        if lone || named || count != 1 {
            Kind::TupleConstr
        } else {
            Kind::Par
        }
    }

    /// All that follows a primary expression: calls, dots, indices, and the argument of a command.
    fn suffixes(&mut self, mut left: NodeId, base: i32, mode: Mode) -> NodeId {
        let mut length = 0;
        while self.tok.indent < 0 || (self.at(Tok::Dot) && self.tok.indent >= base) {
            length += 1;
            if self.chain_is_too_long(length) {
                break;
            }
            let (kind, end) = match self.tok.kind {
                Tok::Dot => {
                    left = self.dot_expr(left);
                    left = self.string_suffix(left);
                    continue;
                }
                Tok::ParLe => (Kind::Call, Tok::ParRi),
                Tok::BracketLe => (Kind::BracketExpr, Tok::BracketRi),
                Tok::CurlyLe => (Kind::CurlyExpr, Tok::CurlyRi),
                kind if starts_command(kind) => {
                    // In a pragma `hints:off` is a name and a value, no command.
                    let operator = matches!(kind, Tok::Opr | Tok::DotDot);
                    if self.in_pragma == 0 && (!operator || self.tok.is_unary()) {
                        left = self.command(left, mode);
                    }
                    break;
                }
                _ => break,
            };
            if self.tok.space_before {
                left = self.command(left, mode);
                break;
            }
            left = self.suffix_call(left, kind, end);
        }
        left
    }

    /// `callee argument`, unless the statement at work decides later whether it is a command.
    fn command(&mut self, callee: NodeId, mode: Mode) -> NodeId {
        if mode == Mode::TrySimple {
            return callee;
        }
        let open = self.open_at(callee);
        self.push(callee);
        self.progress = false;
        self.put(|p| p.command_argument(true, mode));
        self.finish(open, Kind::Command)
    }

    /// One argument of a command; all but the first may be named.
    pub fn command_argument(&mut self, first: bool, mode: Mode) -> NodeId {
        let value = match mode {
            Mode::TypeDesc => self.simple_expr(mode),
            _ => self.expr(),
        };
        if self.at(Tok::Do) {
            return self.post_expr_blocks(value);
        }
        if !self.at(Tok::Equals) || first {
            return value;
        }
        let open = self.open_at(value);
        self.next();
        self.push(value);
        self.put(Self::expr);
        self.finish(open, Kind::ExprEqExpr)
    }

    /// A primary expression with its prefixes and suffixes.
    pub fn primary(&mut self, mode: Mode) -> NodeId {
        if self.tok.kind.is_operator() {
            return self.deeper(|p| p.prefixed(mode));
        }
        match self.tok.kind {
            Tok::Proc | Tok::Func | Tok::Iterator => self.proc_expr(mode),
            Tok::Bind => {
                // An old form without a meaning of its own.
                self.next_indent();
                self.deeper(|p| p.primary(Mode::Normal))
            }
            Tok::Tuple
            | Tok::Enum
            | Tok::Object
            | Tok::Concept
            | Tok::Var
            | Tok::Ref
            | Tok::Ptr
            | Tok::Distinct => self.deeper(|p| p.type_keyword(mode)),
            Tok::Out if matches!(mode, Mode::TypeDesc | Mode::TypeDef) => {
                self.deeper(|p| p.type_keyword(mode))
            }
            _ => {
                let base = self.lex.line_indent;
                let left = self.ident_or_literal(mode);
                self.suffixes(left, base, mode)
            }
        }
    }

    /// A prefix operator and its operand. Suffixes bind to `@x` as a whole, to `-x` within.
    fn prefixed(&mut self, mode: Mode) -> NodeId {
        let open = self.open();
        let sigil = self.at(Tok::Opr) && self.shown().starts_with('@');
        self.put(Self::ident);
        self.optional_indent();
        if !sigil || !starts_operand(self.tok.kind) {
            self.put(|p| p.primary(Mode::Normal));
            return self.finish(open, Kind::Prefix);
        }
        let base = self.lex.line_indent;
        self.put(|p| p.ident_or_literal(mode));
        let prefix = self.finish(open, Kind::Prefix);
        self.suffixes(prefix, base, mode)
    }
}

fn is_operator_part(kind: Tok) -> bool {
    matches!(kind, Tok::Opr | Tok::Dot | Tok::DotDot | Tok::Equals)
        || (Tok::ParLe..=Tok::ParDotRi).contains(&kind)
}

/// May a command's argument start with it?
fn starts_command(kind: Tok) -> bool {
    use Tok::*;
    kind.is_literal()
        || matches!(
            kind,
            Symbol
                | Accent
                | Nil
                | Cast
                | Addr
                | Opr
                | DotDot
                | Var
                | Out
                | Static
                | Type
                | Enum
                | Tuple
                | Object
                | Proc
        )
}

/// May the operand of `@` start with it?
fn starts_operand(kind: Tok) -> bool {
    use Tok::*;
    kind.is_literal()
        || matches!(
            kind,
            Type | Static | Addr | Symbol | Accent | Nil | Cast | Out | ParLe | BracketLe | CurlyLe
        )
}
