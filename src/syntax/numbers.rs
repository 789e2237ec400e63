//! Number literals: digits, bases, suffixes, ranges.

use super::lexer::{Lexer, is_word};
use super::token::{Tok, Token};

/// The digits of a number as they are read.
struct Digits {
    /// Without underscores and prefix; with sign, point and exponent.
    text: String,
    radix: u32,
    is_float: bool,
}

impl Lexer<'_> {
    /// The number that starts here, perhaps with a minus.
    pub(super) fn number(&mut self, token: &mut Token) {
        let first = self.pos;
        let digits = self.digits();
        // Messages show the number without its sign.
        let start = first + usize::from(digits.text.starts_with('-'));
        let end = self.pos;
        token.kind = if digits.is_float {
            Tok::FloatLit
        } else {
            Tok::IntLit
        };
        if matches!(
            self.at(end),
            b'\'' | b'f' | b'F' | b'd' | b'D' | b'i' | b'I' | b'u' | b'U'
        ) && self.suffix(token, first)
        {
            return;
        }
        self.value(token, start, &digits);
        let next = self.at(self.pos);
        let more_digits = next == b'.' && self.at(self.pos + 1).is_ascii_digit();
        let more = is_word(next) || next == b'_' || more_digits;
        if more && !self.starts_operator(self.pos) {
            self.invalid_number(start, end);
            while is_word(self.at(self.pos)) || matches!(self.at(self.pos), b'_' | b'.') {
                self.pos += 1;
            }
        }
    }

    fn invalid_number(&mut self, start: usize, at: usize) {
        let message = format!("invalid number: '{}'", self.number_text(start));
        self.error(at, message);
    }

    /// All that could be meant to belong to the number that starts at `start`.
    fn number_text(&self, start: usize) -> &str {
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'\'');
        let len = self.bytes[start..].iter().take_while(|&b| part(b)).count();
        &self.text[start..start + len]
    }

    fn starts_operator(&self, at: usize) -> bool {
        let first = self.text.get(at..).and_then(|rest| rest.chars().next());
        first.is_some_and(super::token::is_unicode_operator)
    }

    fn digits(&mut self) -> Digits {
        let start = self.pos;
        let mut digits = Digits {
            text: String::new(),
            radix: 10,
            is_float: false,
        };
        if self.at(self.pos) == b'-' {
            digits.text.push('-');
            self.pos += 1;
        }
        if self.at(self.pos) == b'0' {
            digits.radix = match self.at(self.pos + 1) {
                b'x' | b'X' => 16,
                b'b' | b'B' => 2,
                b'o' | b'c' | b'C' => 8,
                b'O' => {
                    let message = format!(
                        "{} is an invalid int literal; For octal literals use the '0o' prefix.",
                        self.number_text(self.pos)
                    );
                    self.error(self.pos + 1, message);
                    8
                }
                _ => 10,
            };
        }
        if digits.radix != 10 {
            let prefix = self.pos;
            self.pos += 2;
            let before = digits.text.len();
            self.take_digits(&mut digits, start);
            if digits.text.len() == before {
                self.invalid_number(prefix, self.pos);
                digits.text.push('0');
            }
            return digits;
        }
        self.take_digits(&mut digits, start);
        if self.at(self.pos) == b'.' && self.at(self.pos + 1).is_ascii_digit() {
            digits.is_float = true;
            digits.text.push('.');
            self.pos += 1;
            self.take_digits(&mut digits, start);
        }
        if matches!(self.at(self.pos), b'e' | b'E') {
            digits.is_float = true;
            digits.text.push('e');
            self.pos += 1;
            if let sign @ (b'+' | b'-') = self.at(self.pos) {
                digits.text.push(sign as char);
                self.pos += 1;
            }
            let before = digits.text.len();
            self.take_digits(&mut digits, start);
            if digits.text.len() == before {
                self.invalid_number(start, start);
                digits.text.push('0');
            }
        }
        digits
    }

    fn take_digits(&mut self, digits: &mut Digits, start: usize) {
        loop {
            let byte = self.at(self.pos);
            let is_digit = |byte: u8| (byte as char).is_digit(digits.radix);
            if is_digit(byte) {
                digits.text.push(byte as char);
            } else if byte == b'_' {
                if !is_digit(self.at(self.pos + 1)) {
                    self.error(
                        start,
                        "only single underscores may occur in a token and token may not end with an underscore: e.g. '1__1' and '1_' are invalid",
                    );
                    while self.at(self.pos) == b'_' {
                        self.pos += 1;
                    }
                    return;
                }
            } else {
                return;
            }
            self.pos += 1;
        }
    }

    /// Reads a type suffix, or the name of a custom literal. Is the token complete?
    fn suffix(&mut self, token: &mut Token, start: usize) -> bool {
        let quote = self.pos;
        let quoted = self.at(quote) == b'\'';
        let from = quote + usize::from(quoted);
        let mut end = from;
        while is_word(self.at(end)) || self.at(end) == b'_' {
            end += 1;
        }
        let suffix = self.text[from..end].to_ascii_lowercase().replace('_', "");
        token.kind = match suffix.as_str() {
            "f" | "f32" => Tok::Float32Lit,
            "d" | "f64" => Tok::Float64Lit,
            "f128" => Tok::Float128Lit,
            "i8" => Tok::Int8Lit,
            "i16" => Tok::Int16Lit,
            "i32" => Tok::Int32Lit,
            "i64" => Tok::Int64Lit,
            "u" => Tok::UIntLit,
            "u8" => Tok::UInt8Lit,
            "u16" => Tok::UInt16Lit,
            "u32" => Tok::UInt32Lit,
            "u64" => Tok::UInt64Lit,
            _ if quoted && !suffix.is_empty() && !suffix.as_bytes()[0].is_ascii_digit() => {
                // The digits, the quote and the name: the parser makes a call of them.
                self.literal.clear();
                self.literal.extend_from_slice(&self.bytes[start..end]);
                token.value = (quote - start) as u64;
                self.pos = end;
                token.kind = Tok::CustomLit;
                return true;
            }
            _ => {
                let shown = &self.text[start..end];
                let message = format!("invalid number suffix: '{}'", &shown[quote - start..]);
                self.error(quote, message);
                self.pos = end;
                token.value = 0;
                return true;
            }
        };
        self.pos = end;
        false
    }

    fn value(&mut self, token: &mut Token, start: usize, digits: &Digits) {
        let value = match token.kind {
            Tok::FloatLit | Tok::Float32Lit | Tok::Float64Lit | Tok::Float128Lit => {
                float(token.kind, digits)
            }
            _ => integer(token, digits),
        };
        match value {
            Some(value) => token.value = value,
            None => {
                let message = format!("number out of range: '{}'", &self.text[start..self.pos]);
                self.error(start, message);
            }
        }
    }
}

/// The bits of a float, as 64-bit float bits.
fn float(kind: Tok, digits: &Digits) -> Option<u64> {
    if digits.radix == 10 {
        let value: f64 = digits.text.parse().ok()?;
        return Some(value.to_bits());
    }
    let bits = magnitude(digits)?;
    Some(match kind {
        Tok::Float32Lit => f64::from(f32::from_bits(u32::try_from(bits).ok()?)).to_bits(),
        _ => bits,
    })
}

fn magnitude(digits: &Digits) -> Option<u64> {
    let text = digits.text.trim_start_matches('-');
    if text.is_empty() {
        return None;
    }
    if digits.radix == 10 {
        return text.parse().ok();
    }
    // Digits beyond 64 bits fall off at the top, as in Nim.
    let bits = digits.radix.ilog2();
    let push = |value: u64, digit: char| {
        value << bits | u64::from(digit.to_digit(digits.radix).unwrap_or(0))
    };
    Some(text.chars().fold(0, push))
}

/// The 64 bits of an integer of the token's kind. A plain literal beyond 32 bits becomes one of 64 bits.
fn integer(token: &mut Token, digits: &Digits) -> Option<u64> {
    let negative = digits.text.starts_with('-');
    let magnitude = magnitude(digits)?;
    let (bits, signed) = match token.kind {
        Tok::Int8Lit => (8, true),
        Tok::Int16Lit => (16, true),
        Tok::Int32Lit => (32, true),
        Tok::UInt8Lit => (8, false),
        Tok::UInt16Lit => (16, false),
        Tok::UInt32Lit => (32, false),
        Tok::UIntLit | Tok::UInt64Lit => (64, false),
        _ => (64, true),
    };
    let value = if digits.radix == 10 {
        let top = 1u128 << (bits - u32::from(signed));
        let value = u128::from(magnitude);
        let fits = match (negative, signed) {
            (false, _) => value < top,
            (true, true) => value <= top,
            (true, false) => value == 0,
        };
        fits.then(|| {
            if negative {
                magnitude.wrapping_neg()
            } else {
                magnitude
            }
        })?
    } else {
        // Digits in another base are a bit pattern, so `0xFF'i8` is -1.
        if bits < 64 && magnitude >> bits != 0 {
            return None;
        }
        let shift = 64 - bits;
        let value = if signed {
            ((magnitude << shift) as i64 >> shift) as u64
        } else {
            magnitude
        };
        if negative {
            value.wrapping_neg()
        } else {
            value
        }
    };
    if token.kind == Tok::IntLit && i32::try_from(value as i64).is_err() {
        token.kind = Tok::Int64Lit;
    }
    Some(value)
}
