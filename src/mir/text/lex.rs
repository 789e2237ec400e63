//! From text to tokens. A line break is a token, so that an error loses one line only.

use super::names::is_word;

/// A token.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Tok {
    /// A plain word, dots included: `store.i64`.
    Word(String),
    /// A name behind one of `%^@$&:~`, with the hexadecimal tag after `#`.
    Sigil(char, String, u64),
    Int(i64),
    Float(f64),
    Str(Vec<u8>),
    /// Any other character.
    Punct(char),
    /// `->`
    Arrow,
    Newline,
    Eof,
}

/// Tokens with the line of each, and what could not be read.
pub(super) struct Lexed {
    pub(super) toks: Vec<(Tok, u32)>,
    pub(super) errors: Vec<(u32, String)>,
}

/// Splits a text.
pub(super) fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer {
        text: text.as_bytes(),
        at: 0,
        line: 1,
        out: Lexed {
            toks: Vec::new(),
            errors: Vec::new(),
        },
    };
    while lexer.at < lexer.text.len() {
        lexer.token();
    }
    lexer.push(Tok::Newline);
    lexer.push(Tok::Eof);
    lexer.out
}

struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
    out: Lexed,
}

impl Lexer<'_> {
    fn push(&mut self, tok: Tok) {
        self.out.toks.push((tok, self.line));
    }

    fn error(&mut self, message: &str) {
        self.out.errors.push((self.line, message.to_owned()));
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn token(&mut self) {
        match self.peek(0) {
            b'\n' => {
                self.push(Tok::Newline);
                self.at += 1;
                self.line += 1;
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b';' => {
                while self.at < self.text.len() && self.peek(0) != b'\n' {
                    self.at += 1;
                }
            }
            b'"' => {
                let text = self.string();
                self.push(Tok::Str(text));
            }
            b'-' if self.peek(1) == b'>' => {
                self.at += 2;
                self.push(Tok::Arrow);
            }
            b'-' if self.peek(1).is_ascii_digit() || self.text[self.at..].starts_with(b"-inf") => {
                self.number();
            }
            b'0'..=b'9' => self.number(),
            c if b"%^@$&:~".contains(&c) && (is_word(self.peek(1)) || self.peek(1) == b'"') => {
                self.sigil(c as char);
            }
            c if is_word(c) => {
                let word = self.word();
                self.push(Tok::Word(word));
            }
            c if c.is_ascii() => {
                self.at += 1;
                self.push(Tok::Punct(c as char));
            }
            _ => {
                self.error("unexpected character");
                while self.at < self.text.len() && !self.text[self.at].is_ascii() {
                    self.at += 1;
                }
            }
        }
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while is_word(self.peek(0)) {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.text[start..self.at]).into_owned()
    }

    fn sigil(&mut self, sigil: char) {
        self.at += 1;
        let name = match self.peek(0) {
            b'"' => {
                let bytes = self.string();
                String::from_utf8(bytes).unwrap_or_else(|_| {
                    self.error("a name is UTF-8");
                    String::new()
                })
            }
            _ => self.word(),
        };
        let mut tag = 0;
        if self.peek(0) == b'#' {
            self.at += 1;
            let digits = self.word();
            tag = u64::from_str_radix(&digits, 16).unwrap_or_else(|_| {
                self.error("expected hexadecimal digits after '#'");
                0
            });
        }
        self.push(Tok::Sigil(sigil, name, tag));
    }

    fn number(&mut self) {
        let start = self.at;
        if self.peek(0) == b'-' {
            self.at += 1;
        }
        let mut last = 0;
        // The sign of an exponent belongs to the number.
        while is_word(self.peek(0))
            || (matches!(self.peek(0), b'+' | b'-') && matches!(last, b'e' | b'E'))
        {
            last = self.peek(0);
            self.at += 1;
        }
        let text = String::from_utf8_lossy(&self.text[start..self.at]).into_owned();
        match number(&text) {
            Some(tok) => self.push(tok),
            None => self.error(&format!("not a number: {text}")),
        }
    }

    /// A string in quotes, from the opening quote.
    fn string(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        loop {
            match self.peek(0) {
                b'"' => {
                    self.at += 1;
                    return out;
                }
                b'\n' | 0 if self.at >= self.text.len() || self.peek(0) == b'\n' => {
                    self.error("the string has no end");
                    return out;
                }
                b'\\' => self.escape(&mut out),
                byte => {
                    out.push(byte);
                    self.at += 1;
                }
            }
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let code = self.peek(1);
        self.at += 2;
        match code {
            b'n' => out.push(b'\n'),
            b't' => out.push(b'\t'),
            b'0' => out.push(0),
            b'"' | b'\\' => out.push(code),
            b'x' => {
                let digits = [self.peek(0), self.peek(1)];
                let value = std::str::from_utf8(&digits)
                    .ok()
                    .and_then(|digits| u8::from_str_radix(digits, 16).ok());
                match value {
                    Some(value) => {
                        out.push(value);
                        self.at += 2;
                    }
                    None => self.error("expected two hexadecimal digits after \\x"),
                }
            }
            _ => {
                self.at = self.at.min(self.text.len());
                self.error("unknown escape");
            }
        }
    }
}

fn number(text: &str) -> Option<Tok> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if let Some(hex) = digits.strip_prefix("0x") {
        let value = u64::from_str_radix(hex, 16).ok()? as i64;
        return Some(Tok::Int(if negative {
            value.wrapping_neg()
        } else {
            value
        }));
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        // Through i128: -2^63 has no positive counterpart, and 2^64 - 1 is a convenient way to write -1.
        let value: i128 = text.parse().ok()?;
        let fits = value >= i64::MIN.into() && value <= u64::MAX.into();
        return fits.then_some(Tok::Int(value as i64));
    }
    text.parse().ok().map(Tok::Float)
}
