//! The state of the parser and what its parts share: tokens, layout, nodes, messages.
//!
//! A recursive-descent parser of one token of lookahead in the shape of Nim's own, since the language is what that
//! parser does: where a line break ends an expression is decided in dozens of places by the column of the next token
//! (`indent`) against the column of the enclosing block (`current`).
//!
//! Children are collected on a stack; [`Parser::finish`] makes a node of all that was pushed since a mark.

use super::SyntaxError;
use super::lexer::{Found, Lexer};
use super::token::{Tok, Token};
use super::tree::{Data, Kind, NodeId, Span, Tree};

/// How deeply constructs may nest, so that no input can exhaust the stack of this or a later stage.
const MAX_DEPTH: u32 = 256;
/// How long a chain of operators or suffixes may be: it is as deep in the tree.
const MAX_CHAIN: u32 = 2000;

pub(super) const INVALID_INDENTATION: &str = "invalid indentation";

/// What a primary expression may take behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Normal,
    /// In a type: `proc` has no body.
    TypeDesc,
    /// On the right-hand side of a type definition.
    TypeDef,
    /// At the start of a statement: `p a, b` is not yet a command.
    TrySimple,
}

/// Which words [`Parser::symbol`] takes beside identifiers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolMode {
    Normal,
    AllowNil,
    AfterDot,
}

/// The parser of one file; `tree` is the statement at work.
pub(super) struct Parser<'a> {
    pub lex: Lexer<'a>,
    pub tok: Token,
    /// The column of the block at work.
    pub current: i32,
    pub in_pragma: u32,
    pub in_semicolons: u32,
    /// How many brackets are open.
    pub in_brackets: u32,
    /// Has a token been taken since this was cleared?
    pub progress: bool,
    pub tree: Tree,
    /// Where in the file the tree's spans count from.
    pub base: u32,
    /// One past the last byte of the last token taken.
    pub last_end: u32,
    /// Was the last token taken a doc comment?
    pub last_was_comment: bool,
    stack: Vec<NodeId>,
    depth: u32,
}

/// Where a node starts: in the text and on the stack of children.
#[derive(Clone, Copy)]
pub(super) struct Open {
    start: u32,
    mark: usize,
}

/// The one `Empty` node of each tree.
pub(super) const EMPTY: NodeId = NodeId(0);

impl<'a> Parser<'a> {
    pub fn new(text: &'a str) -> Parser<'a> {
        let mut lex = Lexer::new(text);
        let tok = lex.next();
        let mut parser = Parser {
            lex,
            tok,
            current: 0,
            in_pragma: 0,
            in_semicolons: 0,
            in_brackets: 0,
            progress: true,
            tree: Tree::default(),
            base: 0,
            last_end: 0,
            last_was_comment: false,
            stack: Vec::new(),
            depth: 0,
        };
        parser.start_tree();
        parser
    }

    /// Begins a new tree at the current token.
    pub fn start_tree(&mut self) {
        self.tree = Tree::default();
        self.base = self.tok.start;
        self.last_end = self.tok.start;
        self.current = 0;
        self.in_pragma = 0;
        self.in_semicolons = 0;
        self.in_brackets = 0;
        self.depth = 0;
        self.stack.clear();
        self.tree.leaf(Kind::Empty, Span::default(), Data::None);
    }

    // Tokens.

    pub fn next(&mut self) {
        self.last_end = self.tok.end;
        self.last_was_comment = self.at(Tok::Comment);
        // The end can be taken again and again.
        self.progress |= !self.at(Tok::Eof);
        self.tok = self.lex.next();
    }

    pub fn at(&self, kind: Tok) -> bool {
        self.tok.kind == kind
    }

    /// Takes a token that must be here.
    pub fn eat(&mut self, kind: Tok) {
        if self.at(kind) {
            self.next();
        } else {
            let message = format!("expected: '{}', but got: '{}'", kind.shown(), self.shown());
            self.error_behind(message);
        }
    }

    /// The current token as messages show it.
    pub fn shown(&self) -> String {
        match self.tok.kind {
            Tok::Eof => "[EOF]".to_owned(),
            kind if kind.is_keyword() => format!("keyword {}", kind.shown()),
            _ => self.lex.text[self.tok.start as usize..self.tok.end as usize].to_owned(),
        }
    }

    // Messages.

    /// An error at the current token.
    pub fn error(&mut self, message: impl Into<String>) {
        let span = Span {
            start: self.tok.start,
            end: self.tok.end,
        };
        self.push_error(span, message.into());
    }

    /// An error where the lexer stands, behind the current token: Nim reports missing tokens there.
    pub fn error_behind(&mut self, message: impl Into<String>) {
        let at = self.lex.pos as u32;
        self.push_error(Span { start: at, end: at }, message.into());
    }

    fn push_error(&mut self, span: Span, message: String) {
        self.lex.errors.push(Found {
            error: SyntaxError { span, message },
            lexed: false,
        });
    }

    pub fn error_identifier_expected(&mut self) {
        let message = format!("identifier expected, but got '{}'", self.shown());
        self.error(message);
    }

    pub fn error_expression_expected(&mut self) {
        let message = format!("expression expected, but found '{}'", self.shown());
        self.error(message);
    }

    /// Runs `parse` one level deeper, or gives up on a construct that nests too deeply.
    pub fn deeper(&mut self, parse: impl FnOnce(&mut Self) -> NodeId) -> NodeId {
        if self.depth >= MAX_DEPTH {
            self.error("expression or statement is nested too deeply");
            self.skip_to_end();
            return EMPTY;
        }
        self.depth += 1;
        let node = parse(self);
        self.depth -= 1;
        node
    }

    /// Is a chain that has grown to `length` too long? Gives up on it then.
    pub fn chain_is_too_long(&mut self, length: u32) -> bool {
        if length < MAX_CHAIN {
            return false;
        }
        self.error("expression is too long: it has more than 2000 parts in a row");
        self.skip_to_end();
        true
    }

    /// Skips to the next line of this block, or of one around it.
    pub fn skip_line(&mut self) {
        while !self.at(Tok::Eof) && !(0..=self.current).contains(&self.tok.indent) {
            self.next();
        }
    }

    /// Skips to the next top-level statement.
    pub fn skip_to_end(&mut self) {
        while !self.at(Tok::Eof) && self.tok.indent != 0 {
            self.next();
        }
    }

    // Layout.

    /// Is the token the first of a line that is indented more than the block?
    pub fn is_indented(&self) -> bool {
        self.tok.indent > self.current
    }

    pub fn is_same_indent(&self) -> bool {
        self.tok.indent == self.current
    }

    pub fn is_same_or_no_indent(&self) -> bool {
        self.tok.indent == self.current || self.tok.indent < 0
    }

    /// Is the token on this line, or on one that continues it?
    pub fn continues(&self) -> bool {
        self.tok.indent < 0 || self.tok.indent > self.current
    }

    /// Runs `parse` in a block at the column of the current token.
    pub fn indented<T>(&mut self, parse: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.current, self.tok.indent);
        let result = parse(self);
        self.current = before;
        result
    }

    /// Skips a comment that stands on this line.
    pub fn skip_comment(&mut self) {
        if self.tok.indent < 0 {
            self.skip_any_comment();
        }
    }

    pub fn skip_any_comment(&mut self) {
        if self.at(Tok::Comment) {
            self.next();
        }
    }

    pub fn skip_inner_comment(&mut self) {
        if self.continues() {
            self.skip_any_comment();
        }
    }

    /// Skips a comment of a field or an enum value, which may stand on a line of its own.
    pub fn skip_field_comment(&mut self) {
        if self.tok.indent < 0 || self.tok.indent >= self.current {
            self.skip_any_comment();
        }
    }

    /// A comment, and a line break if what follows is indented.
    pub fn optional_indent(&mut self) {
        self.skip_comment();
        if self.tok.indent >= 0 && !self.is_indented() {
            self.error(INVALID_INDENTATION);
        }
    }

    /// Takes a token behind which a line may be broken.
    pub fn next_indent(&mut self) {
        self.next();
        self.optional_indent();
    }

    /// Takes a comma of a list whose items may stand in lines of their own, if one is here.
    pub fn comma(&mut self) -> bool {
        let here = self.at(Tok::Comma);
        if here {
            self.next_indent();
        }
        here
    }

    /// A line break within brackets.
    pub fn optional_break(&mut self) {
        if self.tok.indent >= 0 && self.tok.indent < self.current {
            self.error(INVALID_INDENTATION);
        }
    }

    pub fn next_on_line(&mut self) {
        self.next();
        if self.tok.indent >= 0 {
            self.error(INVALID_INDENTATION);
        }
    }

    /// The comment that may follow a definition.
    pub fn indented_comment(&mut self) {
        if self.is_indented() {
            if self.at(Tok::Comment) {
                self.skip_any_comment();
            } else {
                self.error(INVALID_INDENTATION);
            }
        } else {
            self.skip_comment();
        }
    }

    pub fn colon(&mut self) {
        self.eat(Tok::Colon);
        self.skip_comment();
    }

    // Nodes.

    /// Opens a node at the current token.
    pub fn open(&self) -> Open {
        Open {
            start: self.tok.start,
            mark: self.stack.len(),
        }
    }

    /// Opens a node that starts where `first`, its first child or part, starts.
    pub fn open_at(&self, first: NodeId) -> Open {
        let span = self.tree.nodes[first.0 as usize].span;
        Open {
            start: span.start + self.base,
            mark: self.stack.len(),
        }
    }

    /// The same start, for children that are pushed from now on.
    pub fn remark(&self, open: Open) -> Open {
        Open {
            mark: self.stack.len(),
            ..open
        }
    }

    pub fn push(&mut self, node: NodeId) {
        self.stack.push(node);
    }

    /// Pushes what `part` reads.
    pub fn put(&mut self, part: impl FnOnce(&mut Self) -> NodeId) {
        let node = part(self);
        self.push(node);
    }

    /// Pushes what stands behind `tok` if that is here, else `Empty`.
    pub fn put_behind(&mut self, tok: Tok, part: impl FnOnce(&mut Self) -> NodeId) {
        if self.at(tok) {
            self.next_indent();
            self.put(part);
        } else {
            self.push_empty();
        }
    }

    pub fn push_empty(&mut self) {
        self.stack.push(EMPTY);
    }

    /// How many children have been pushed since `open`.
    pub fn count(&self, open: Open) -> usize {
        self.stack.len() - open.mark
    }

    /// Child number `i` of the open node.
    pub fn pushed(&self, open: Open, i: usize) -> NodeId {
        self.stack[open.mark + i]
    }

    pub fn replace_pushed(&mut self, open: Open, i: usize, node: NodeId) {
        self.stack[open.mark + i] = node;
    }

    pub fn pop(&mut self) -> NodeId {
        self.stack.pop().unwrap_or(EMPTY)
    }

    /// Drops the children of a node that is not made after all.
    pub fn abandon(&mut self, open: Open) {
        self.stack.truncate(open.mark);
    }

    /// Makes a node of the children pushed since `open`; it ends where the last token taken ends.
    pub fn finish(&mut self, open: Open, kind: Kind) -> NodeId {
        let span = self.span_since(open);
        let node = self.tree.inner(kind, span, &self.stack[open.mark..]);
        self.stack.truncate(open.mark);
        node
    }

    fn span_since(&self, open: Open) -> Span {
        // A node without a token of its own stands behind the last one.
        let end = self.last_end - self.base;
        let start = open.start.saturating_sub(self.base).min(end);
        Span { start, end }
    }

    /// The span of the current token in the tree.
    pub fn span(&self) -> Span {
        Span {
            start: self.tok.start - self.base,
            end: self.tok.end - self.base,
        }
    }

    pub fn kind(&self, node: NodeId) -> Kind {
        self.tree.nodes[node.0 as usize].kind
    }

    pub fn is_empty(&self, node: NodeId) -> bool {
        self.kind(node) == Kind::Empty
    }

    /// An identifier of the current token, which is taken.
    pub fn ident(&mut self) -> NodeId {
        let node = self.ident_here();
        self.next();
        node
    }

    /// An identifier of the current token.
    pub fn ident_here(&mut self) -> NodeId {
        let (span, name) = (self.span(), self.tok.name);
        self.tree.leaf(Kind::Ident, span, Data::Name(name))
    }

    /// A leaf of the current token, which is taken.
    pub fn leaf(&mut self, kind: Kind, data: Data) -> NodeId {
        let span = self.span();
        let node = self.tree.leaf(kind, span, data);
        self.next();
        node
    }

    /// A text of the current token, which is taken.
    pub fn text(&mut self, kind: Kind) -> NodeId {
        let span = self.span();
        let text: Box<[u8]> = self.lex.literal.as_slice().into();
        let node = self.tree.text(kind, span, text);
        self.next();
        node
    }
}
