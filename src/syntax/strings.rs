//! String and character literals.

use super::lexer::{Lexer, is_word};
use super::token::{Tok, Token};

const BAD_CHARACTER: &str = "invalid character constant";

impl Lexer<'_> {
    /// A string that starts with a quote: a generalized raw one if a word ends right before it.
    pub(super) fn quote(&mut self, token: &mut Token) {
        let generalized = self.pos > 0 && is_word(self.bytes[self.pos - 1]);
        self.string(token, generalized);
        if generalized {
            token.kind = match token.kind {
                Tok::TripleStrLit => Tok::GTripleStrLit,
                _ => Tok::GStrLit,
            };
        }
    }

    /// The string whose first quote is here. Escapes count unless it is `raw`.
    pub(super) fn string(&mut self, token: &mut Token, raw: bool) {
        self.literal.clear();
        if self.bytes[self.pos..].starts_with(b"\"\"\"") {
            token.kind = Tok::TripleStrLit;
            return self.triple_string();
        }
        token.kind = if raw { Tok::RStrLit } else { Tok::StrLit };
        let start = self.pos;
        self.pos += 1;
        loop {
            // Most of a string needs no look at its bytes one by one.
            let from = self.pos;
            while self
                .bytes
                .get(self.pos)
                .is_some_and(|b| !matches!(b, b'"' | b'\\' | b'\r' | b'\n'))
            {
                self.pos += 1;
            }
            self.literal.extend_from_slice(&self.bytes[from..self.pos]);
            if self.ends_line(self.pos) {
                self.error(start, "closing \" expected");
                return;
            }
            if self.bytes[self.pos] == b'\\' {
                if raw {
                    self.literal.push(b'\\');
                    self.pos += 1;
                } else {
                    self.escape(false);
                }
            } else if raw && self.at(self.pos + 1) == b'"' {
                self.literal.push(b'"');
                self.pos += 2;
            } else {
                self.pos += 1;
                return;
            }
        }
    }

    fn triple_string(&mut self) {
        let start = self.pos;
        self.pos += 3;
        // Blanks up to a first line break, and the break, are no part of the string.
        let mut blanks = self.pos;
        while matches!(self.at(blanks), b' ' | b'\t') {
            blanks += 1;
        }
        if !self.is_end(blanks) && self.ends_line(blanks) {
            self.pos = self.after_break(blanks);
        }
        while !self.is_end(self.pos) {
            match self.bytes[self.pos] {
                b'"' if self.bytes[self.pos..].starts_with(b"\"\"\"")
                    && self.at(self.pos + 3) != b'"' =>
                {
                    self.pos += 3;
                    return;
                }
                b'\r' | b'\n' => {
                    self.literal.push(b'\n');
                    self.pos = self.after_break(self.pos);
                }
                byte => {
                    self.literal.push(byte);
                    self.pos += 1;
                }
            }
        }
        // Nim points to the start of the line.
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        self.error(line, "closing \"\"\" expected, but end of file reached");
    }

    /// A character literal, or the quote of a custom literal's name in backquotes.
    pub(super) fn character(&mut self, token: &mut Token) {
        token.kind = Tok::CharLit;
        self.literal.clear();
        let start = self.pos;
        self.pos += 1;
        match self.at(self.pos) {
            b'\\' => self.escape(true),
            byte if byte < b' ' || byte == b'\'' => {
                self.error(self.pos, "invalid character literal");
                self.literal.push(byte);
            }
            byte => {
                self.literal.push(byte);
                self.pos += 1;
            }
        }
        if self.at(self.pos) == b'\'' {
            self.pos += 1;
        } else if start > 0 && self.bytes[start - 1] == b'`' {
            self.literal = b"'".to_vec();
            self.pos = start + 1;
        } else {
            self.error(self.pos, "missing closing ' for character literal");
            while (0x80..0xC0).contains(&self.at(self.pos)) {
                self.pos += 1;
            }
        }
        token.value = self.literal.first().copied().unwrap_or(0).into();
    }

    /// An escape sequence, from its backslash.
    fn escape(&mut self, in_character: bool) {
        let start = self.pos;
        self.pos += 1;
        let byte = self.at(self.pos);
        let one = match byte {
            b'n' | b'N' => b'\n',
            b'p' | b'P' if in_character => {
                self.error(start, "\\p not allowed in character literal");
                b'\n'
            }
            b'p' | b'P' => b'\n',
            b'r' | b'R' | b'c' | b'C' => b'\r',
            b'l' | b'L' => b'\n',
            b'f' | b'F' => 0x0C,
            b'e' | b'E' => 0x1B,
            b'a' | b'A' => 0x07,
            b'b' | b'B' => 0x08,
            b'v' | b'V' => 0x0B,
            b't' | b'T' => b'\t',
            b'\'' | b'"' | b'\\' => byte,
            b'x' | b'X' => return self.hex_escape(),
            b'u' | b'U' => return self.unicode_escape(start, in_character),
            b'0'..=b'9' => return self.decimal_escape(),
            _ => return self.error(self.pos, BAD_CHARACTER),
        };
        self.literal.push(one);
        self.pos += 1;
    }

    /// Reads hexadecimal digits, at most `most`, into a number.
    fn hex_digits(&mut self, most: usize) -> (u32, usize) {
        let (mut value, mut count) = (0u32, 0);
        while count < most {
            let Some(digit) = (self.at(self.pos) as char).to_digit(16) else {
                break;
            };
            value = value.saturating_mul(16).saturating_add(digit);
            self.pos += 1;
            count += 1;
        }
        (value, count)
    }

    fn hex_escape(&mut self) {
        self.pos += 1;
        let start = self.pos;
        let (value, count) = self.hex_digits(2);
        if count < 2 {
            self.expect_hex(start);
        }
        self.literal.push(value as u8);
    }

    fn expect_hex(&mut self, start: usize) {
        let found = self.text[self.pos.min(self.text.len())..].chars().next();
        let found = found.map_or_else(String::new, String::from);
        self.error(
            start,
            format!("expected a hex digit, but found: {found}; maybe prepend with 0"),
        );
    }

    fn unicode_escape(&mut self, start: usize, in_character: bool) {
        if in_character {
            self.error(start, "\\u not allowed in character literal");
        }
        self.pos += 1;
        let value = if self.at(self.pos) == b'{' {
            self.pos += 1;
            let (value, count) = self.hex_digits(usize::MAX);
            if count == 0 {
                self.error(self.pos, "Unicode codepoint cannot be empty");
            }
            if self.at(self.pos) == b'}' {
                self.pos += 1;
            } else {
                self.expect_hex(self.pos);
            }
            if value > 0x10_FFFF {
                self.error(
                    self.pos,
                    "Unicode codepoint must be lower than 0x10FFFF, but was: ".to_owned()
                        + &format!("{value:X}"),
                );
            }
            value
        } else {
            let (value, count) = self.hex_digits(4);
            if count < 4 {
                self.expect_hex(self.pos);
            }
            value
        };
        self.push_utf8(value.min(0x10_FFFF));
    }

    /// Appends a code point; surrogates too, as Nim does.
    fn push_utf8(&mut self, value: u32) {
        let low = |shift: u32| 0x80 | (value >> shift & 0x3F) as u8;
        match value {
            0..0x80 => self.literal.push(value as u8),
            0x80..0x800 => self.literal.extend([0xC0 | (value >> 6) as u8, low(0)]),
            0x800..0x1_0000 => {
                self.literal
                    .extend([0xE0 | (value >> 12) as u8, low(6), low(0)]);
            }
            _ => self
                .literal
                .extend([0xF0 | (value >> 18) as u8, low(12), low(6), low(0)]),
        }
    }

    fn decimal_escape(&mut self) {
        let mut value = 0u32;
        while self.at(self.pos).is_ascii_digit() {
            let digit = u32::from(self.at(self.pos) - b'0');
            value = value.saturating_mul(10).saturating_add(digit);
            self.pos += 1;
        }
        match u8::try_from(value) {
            Ok(byte) => self.literal.push(byte),
            Err(_) => self.error(self.pos, BAD_CHARACTER),
        }
    }
}
