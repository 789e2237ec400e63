//! Text to tokens, one at a time.
//!
//! Follows Nim's own lexer: layout is not turned into tokens, each token that is the first of its line knows its column.
//! Ordinary comments are skipped, doc comments are tokens. Literals are decoded here; a string's bytes are in
//! [`Lexer::literal`] until the next token is read.
//!
//! Written by hand, since a token depends on more than its characters: the column, the space on both sides of an operator, the word in
//! front of a string, how deep comments nest; and what is wrong in a literal is told at its place, with the rest read on.
//!
//! Words and operators are looked up in a cache of this file first, so the interner shared by all threads is asked once
//! for each spelling.

use rustc_hash::FxHashMap;

use super::SyntaxError;
use super::token::{NO_PRECEDENCE, Tok, Token, is_unicode_operator, precedence};
use super::tree::Span;
use crate::source::Name;

/// What a spelling means.
#[derive(Clone, Copy)]
struct Word {
    kind: Tok,
    precedence: i8,
    name: Name,
}

/// Where a lexer is, to come back to.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pos: usize,
    line_indent: i32,
    errors: usize,
}

/// An error, with a place in the file.
pub(super) struct Found {
    pub error: SyntaxError,
    /// By the lexer, which is one token ahead of the statement at work?
    pub lexed: bool,
}

/// The lexer of one file.
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    /// The next byte to read.
    pub(super) pos: usize,
    /// The column of the first token of the current line.
    pub(super) line_indent: i32,
    /// The bytes of the last string, comment or custom literal.
    pub(super) literal: Vec<u8>,
    /// What was found wrong so far and belongs to no finished statement, by the parser too.
    pub(super) errors: Vec<Found>,
    words: FxHashMap<&'a str, Word>,
    nameless: Name,
}

/// May `byte` stand in an identifier? All of UTF-8 beyond ASCII may.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn is_operator(byte: u8) -> bool {
    matches!(
        byte,
        b'+' | b'-'
            | b'*'
            | b'/'
            | b'\\'
            | b'<'
            | b'>'
            | b'!'
            | b'?'
            | b'^'
            | b'.'
            | b'|'
            | b'='
            | b'%'
            | b'&'
            | b'$'
            | b'@'
            | b'~'
            | b':'
    )
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Lexer<'a> {
        let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Lexer {
            text,
            bytes: text.as_bytes(),
            pos: bom,
            line_indent: 0,
            literal: Vec::new(),
            errors: Vec::new(),
            words: FxHashMap::default(),
            nameless: Name::new(""),
        }
    }

    /// The byte at `at`, 0 beyond the end.
    pub(super) fn at(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    pub(super) fn is_end(&self, at: usize) -> bool {
        at >= self.bytes.len()
    }

    pub(super) fn ends_line(&self, at: usize) -> bool {
        self.is_end(at) || matches!(self.bytes[at], b'\r' | b'\n')
    }

    /// The place after the line break at `at`, or `at` if there is none.
    pub(super) fn after_break(&self, at: usize) -> usize {
        match (self.at(at), self.at(at + 1)) {
            (b'\r', b'\n') => at + 2,
            (b'\r' | b'\n', _) => at + 1,
            _ => at,
        }
    }

    pub(super) fn error(&mut self, at: usize, message: impl Into<String>) {
        let at = at.min(self.bytes.len()) as u32;
        self.errors.push(Found {
            error: SyntaxError {
                span: Span { start: at, end: at },
                message: message.into(),
            },
            lexed: true,
        });
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            pos: self.pos,
            line_indent: self.line_indent,
            errors: self.errors.len(),
        }
    }

    pub(super) fn reset(&mut self, mark: Mark) {
        self.pos = mark.pos;
        self.line_indent = mark.line_indent;
        self.errors.truncate(mark.errors);
    }

    /// Goes on behind a piece of text that is known to be a whole statement.
    pub(super) fn jump(&mut self, pos: usize) {
        self.pos = pos;
        self.line_indent = 0;
    }

    /// Reads the next token.
    pub(super) fn next(&mut self) -> Token {
        let mut token = Token {
            kind: Tok::Invalid,
            precedence: NO_PRECEDENCE,
            space_before: false,
            space_after: false,
            ends_line: false,
            start: 0,
            end: 0,
            indent: -1,
            value: 0,
            name: self.nameless,
        };
        self.skip(&mut token);
        token.start = self.pos as u32;
        if self.is_end(self.pos) {
            token.kind = Tok::Eof;
            token.indent = 0;
        } else {
            self.scan(&mut token);
        }
        token.end = self.pos as u32;
        token
    }

    /// Skips blanks and ordinary comments; notes the column of the token if it is the first of its line.
    fn skip(&mut self, token: &mut Token) {
        loop {
            match self.at(self.pos) {
                b' ' => {
                    self.pos += 1;
                    token.space_before = true;
                }
                b'\t' => {
                    self.error(self.pos, "tabs are not allowed, use spaces instead");
                    self.pos += 1;
                }
                b'\r' | b'\n' => {
                    if self.start_line(token) {
                        return;
                    }
                }
                b'#' if self.at(self.pos + 1) == b'#' => return,
                b'#' if self.at(self.pos + 1) == b'[' => self.skip_block_comment(),
                b'#' => {
                    while !self.ends_line(self.pos) {
                        self.pos += 1;
                    }
                }
                _ => return,
            }
        }
    }

    /// Takes a line break and the blanks after it. Is there a token on that line?
    fn start_line(&mut self, token: &mut Token) -> bool {
        self.pos = self.after_break(self.pos);
        token.space_before = false;
        let mut indent = 0;
        loop {
            match self.at(self.pos) {
                b' ' => {
                    self.pos += 1;
                    indent += 1;
                }
                b'#' if self.at(self.pos + 1) == b'[' => self.skip_block_comment(),
                _ => break,
            }
        }
        let byte = self.at(self.pos);
        let found = byte > b' ' && (byte != b'#' || self.at(self.pos + 1) == b'#');
        if found {
            token.indent = indent;
            self.line_indent = indent;
        }
        found
    }

    fn scan(&mut self, token: &mut Token) {
        let start = self.pos;
        let next = self.at(start + 1);
        let byte = self.bytes[start];
        match byte {
            b'r' | b'R' if next == b'"' => {
                self.pos += 1;
                self.string(token, true);
            }
            b'a'..=b'z' | b'A'..=b'Z' => self.word(token),
            0x80.. if self.unicode_operator(start).is_some() => self.operator(token),
            0x80.. => self.word(token),
            b'#' => self.doc_comment(token),
            b'*' if next == b':' && !is_operator(self.at(start + 2)) => {
                // `*:` in `var v*: int` is two tokens.
                self.pos += 1;
                self.end_operator(token, start);
            }
            b',' => self.punctuation(token, Tok::Comma, 1),
            b';' => self.punctuation(token, Tok::SemiColon, 1),
            b'`' => self.punctuation(token, Tok::Accent, 1),
            b'(' | b'[' | b'{' => self.open(token, byte),
            b')' => self.punctuation(token, Tok::ParRi, 1),
            b']' => self.punctuation(token, Tok::BracketRi, 1),
            b'}' => self.punctuation(token, Tok::CurlyRi, 1),
            b'.' if next == b')' => self.punctuation(token, Tok::ParDotRi, 2),
            b'.' if next == b']' => self.punctuation(token, Tok::BracketDotRi, 2),
            b'.' if next == b'}' => self.punctuation(token, Tok::CurlyDotRi, 2),
            b'_' => self.underscore(token),
            b'"' => self.quote(token),
            b'\'' => self.character(token),
            b'0'..=b'9' => self.number(token),
            b'-' if next.is_ascii_digit() && self.minus_is_sign(start) => self.number(token),
            _ if is_operator(byte) => self.operator(token),
            _ => {
                let shown = self.text[start..].chars().next().unwrap_or(' ');
                self.error(
                    start,
                    format!("invalid token: {shown} (\\{})", u32::from(byte)),
                );
                self.pos += 1;
            }
        }
    }

    /// Does the minus before a digit belong to the number?
    fn minus_is_sign(&self, at: usize) -> bool {
        at == 0
            || matches!(
                self.bytes[at - 1],
                b' ' | b'\t' | b'\n' | b'\r' | b',' | b';' | b'(' | b'[' | b'{'
            )
    }

    fn punctuation(&mut self, token: &mut Token, kind: Tok, len: usize) {
        token.kind = kind;
        self.pos += len;
    }

    fn open(&mut self, token: &mut Token, byte: u8) {
        let (plain, dotted) = match byte {
            b'(' => (Tok::ParLe, Tok::ParDotLe),
            b'[' => (Tok::BracketLe, Tok::BracketDotLe),
            _ => (Tok::CurlyLe, Tok::CurlyDotLe),
        };
        match (self.at(self.pos + 1), self.at(self.pos + 2)) {
            (b'.', after) if after != b'.' => self.punctuation(token, dotted, 2),
            (b':', _) if byte == b'[' => self.punctuation(token, Tok::BracketLeColon, 2),
            _ => self.punctuation(token, plain, 1),
        }
    }

    fn underscore(&mut self, token: &mut Token) {
        let next = self.at(self.pos + 1);
        self.pos += 1;
        if is_word(next) || next == b'_' {
            self.error(self.pos, "invalid token: _ (\\95)");
        } else {
            self.name(token, self.pos - 1);
        }
    }
}

impl<'a> Lexer<'a> {
    /// An identifier or a keyword.
    fn word(&mut self, token: &mut Token) {
        let start = self.pos;
        loop {
            let byte = self.at(self.pos);
            if byte.is_ascii_alphanumeric() {
                self.pos += 1;
            } else if byte >= 0x80 {
                if self.unicode_operator(self.pos).is_some() {
                    break;
                }
                self.pos += 1;
            } else if byte == b'_' {
                if !is_word(self.at(self.pos + 1)) {
                    self.error(start, "invalid token: trailing underscore");
                    break;
                }
                self.pos += 1;
            } else {
                break;
            }
        }
        self.name(token, start);
        // A trailing underscore was reported; it is no token of its own.
        while self.at(self.pos) == b'_' {
            self.pos += 1;
        }
    }

    /// Looks up the spelling from `start` to here.
    fn name(&mut self, token: &mut Token, start: usize) {
        let text = &self.text[start..self.pos];
        let word = *self.words.entry(text).or_insert_with(|| {
            let kind = match text.as_bytes()[0] {
                b'a'..=b'z' | b'A'..=b'Z' => Tok::of_word(text),
                _ => Tok::Symbol,
            };
            Word {
                kind,
                precedence: precedence(kind, text),
                name: Name::new(text),
            }
        });
        token.kind = word.kind;
        token.precedence = word.precedence;
        token.name = word.name;
    }

    /// The length of the operator character outside ASCII at `at`, if there is one.
    fn unicode_operator(&self, at: usize) -> Option<usize> {
        // All of them start with one of these bytes.
        if !matches!(self.at(at), 0xC2 | 0xC3 | 0xE2) {
            return None;
        }
        let c = self.text.get(at..)?.chars().next()?;
        is_unicode_operator(c).then(|| c.len_utf8())
    }

    fn operator(&mut self, token: &mut Token) {
        let start = self.pos;
        loop {
            if is_operator(self.at(self.pos)) {
                self.pos += 1;
            } else if let Some(len) = self.unicode_operator(self.pos) {
                self.pos += len;
            } else {
                break;
            }
        }
        self.end_operator(token, start);
    }

    fn end_operator(&mut self, token: &mut Token, start: usize) {
        let text = &self.text[start..self.pos];
        let word = *self.words.entry(text).or_insert_with(|| {
            let kind = match text {
                ":" => Tok::Colon,
                "::" => Tok::ColonColon,
                "=" => Tok::Equals,
                "." => Tok::Dot,
                ".." => Tok::DotDot,
                _ => Tok::Opr,
            };
            Word {
                kind,
                precedence: precedence(kind, text),
                name: Name::new(text),
            }
        });
        token.kind = word.kind;
        token.precedence = word.precedence;
        token.name = word.name;
        let mut after = self.pos;
        while self.at(after) == b' ' {
            after += 1;
            token.space_after = true;
        }
        token.ends_line = self.ends_line(after);
    }

    /// Skips `#[ … ]#`, which nests.
    fn skip_block_comment(&mut self) {
        self.pos += 2;
        let mut depth = 0;
        while !self.is_end(self.pos) {
            match (self.at(self.pos), self.at(self.pos + 1)) {
                (b'#', b'[') => {
                    depth += 1;
                    self.pos += 2;
                }
                (b']', b'#') => {
                    self.pos += 2;
                    if depth == 0 {
                        return;
                    }
                    depth -= 1;
                }
                _ => self.pos += 1,
            }
        }
        self.error(self.pos, "end of multiline comment expected");
    }

    /// `## …`, and the lines of that kind that follow it directly; or `##[ … ]##`.
    fn doc_comment(&mut self, token: &mut Token) {
        token.kind = Tok::Comment;
        self.literal.clear();
        if self.at(self.pos + 2) == b'[' {
            return self.doc_block_comment();
        }
        let mut strip = None;
        loop {
            self.pos += 2;
            let mut blanks = 0;
            while self.at(self.pos) == b' ' && strip.is_none_or(|strip| blanks < strip) {
                self.pos += 1;
                blanks += 1;
            }
            if strip.is_none() && !self.ends_line(self.pos) {
                strip = Some(blanks);
            }
            let start = self.pos;
            while !self.ends_line(self.pos) {
                self.pos += 1;
            }
            self.literal.extend_from_slice(&self.bytes[start..self.pos]);
            let mut next = self.after_break(self.pos);
            while self.at(next) == b' ' {
                next += 1;
            }
            if self.at(next) == b'#' && self.at(next + 1) == b'#' {
                self.literal.push(b'\n');
                self.pos = next;
                continue;
            }
            return;
        }
    }

    fn doc_block_comment(&mut self) {
        self.pos += 3;
        let mut depth = 0;
        while !self.is_end(self.pos) {
            let rest = &self.bytes[self.pos..];
            if rest.starts_with(b"##[") {
                depth += 1;
                self.literal.extend_from_slice(b"##[");
                self.pos += 3;
            } else if rest.starts_with(b"]##") {
                self.pos += 3;
                if depth == 0 {
                    return;
                }
                depth -= 1;
                self.literal.extend_from_slice(b"]##");
            } else {
                self.literal.push(rest[0]);
                self.pos += 1;
            }
        }
        self.error(self.pos, "end of multiline comment expected");
    }
}
