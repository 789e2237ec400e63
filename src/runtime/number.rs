//! Floats as text, the way Nim writes and reads them. Pure: the runtime of compiled code and the interpreter share it.
//!
//! Digits are the shortest that read back to the same value, as in Nim 2 (and in Nim 1.6 under
//! `-d:nimPreviewFloatRoundtrip`, which the tests' expectations come from; plain 1.6 prints 16 digits of `printf`).

use std::fmt::Write;

/// The longest text of a float, with room to spare.
pub const MAX_FLOAT_TEXT: usize = 32;

/// Text of a number, without allocation.
struct Buffer<'a> {
    bytes: &'a mut [u8],
    len: usize,
}

impl Write for Buffer<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.len + text.len();
        let room = self.bytes.get_mut(self.len..end).ok_or(std::fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

/// Writes Nim's `$` of a `float` and gives the length.
pub fn format_f64(value: f64, out: &mut [u8; MAX_FLOAT_TEXT]) -> usize {
    // Rust's `{:e}` has the shortest digits that read back.
    format(value, format_args!("{value:e}"), -7..=16, out)
}

/// Writes Nim's `$` of a `float32` and gives the length.
pub fn format_f32(value: f32, out: &mut [u8; MAX_FLOAT_TEXT]) -> usize {
    format(f64::from(value), format_args!("{value:e}"), -5..=8, out)
}

/// Writes a value whose scientific form is `text`; `fixed` are the exponents that are written out.
fn format(
    value: f64,
    text: std::fmt::Arguments<'_>,
    fixed: std::ops::RangeInclusive<i32>,
    out: &mut [u8; MAX_FLOAT_TEXT],
) -> usize {
    let mut buffer = Buffer { bytes: out, len: 0 };
    if value.is_nan() {
        put(&mut buffer, "nan");
    } else if value.is_infinite() {
        put(&mut buffer, if value > 0.0 { "inf" } else { "-inf" });
    } else {
        let mut room = [0; MAX_FLOAT_TEXT];
        let mut scientific = Buffer {
            bytes: &mut room,
            len: 0,
        };
        // `-1.7976931348623157e-308` is the longest form and fits.
        let _ = scientific.write_fmt(text);
        let len = scientific.len;
        finite(
            std::str::from_utf8(&room[..len]).unwrap_or("0e0"),
            fixed,
            &mut buffer,
        );
    }
    buffer.len
}

fn put(buffer: &mut Buffer<'_>, text: &str) {
    // No form is longer than the buffer.
    let _ = buffer.write_str(text);
}

/// Rewrites `-d.ddde-n`.
fn finite(text: &str, fixed: std::ops::RangeInclusive<i32>, out: &mut Buffer<'_>) {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (first, rest) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    put(out, sign);
    if !fixed.contains(&exponent) {
        put(out, first);
        if !rest.is_empty() {
            put(out, ".");
            put(out, rest);
        }
        let _ = write!(out, "e{exponent:+}");
    } else if exponent < 0 {
        put(out, "0.");
        (1..-exponent).for_each(|_| put(out, "0"));
        put(out, first);
        put(out, rest);
    } else {
        let whole = (exponent as usize).min(rest.len());
        put(out, first);
        put(out, &rest[..whole]);
        (whole..exponent as usize).for_each(|_| put(out, "0"));
        put(out, ".");
        put(
            out,
            if whole < rest.len() {
                &rest[whole..]
            } else {
                "0"
            },
        );
    }
}

/// Reads a float at the start of `text` as Nim's `parseFloat` does (underscores between digits, `nan` and `inf` in any
/// case, digits may be missing on one side of the point): the value and the bytes used.
pub fn parse_f64(text: &[u8]) -> Option<(f64, usize)> {
    let mut reader = Reader { text, at: 0 };
    let negative = reader.peek() == b'-';
    let signed = negative || reader.peek() == b'+';
    reader.at += usize::from(signed);
    let sign = if negative { -1.0 } else { 1.0 };
    match reader.peek() {
        b'n' | b'N' => return reader.named(b"nan").map(|end| (f64::NAN, end)),
        b'i' | b'I' => return reader.named(b"inf").map(|end| (f64::INFINITY * sign, end)),
        _ => {}
    }
    let mut digits = String::new();
    reader.digits(&mut digits);
    let mut fraction = 0;
    if reader.peek() == b'.' {
        reader.at += 1;
        let before = digits.len();
        reader.digits(&mut digits);
        fraction = (digits.len() - before) as i64;
    }
    if reader.at == usize::from(signed) {
        return None;
    }
    let exponent = reader.exponent()?;
    let scale = exponent.saturating_sub(fraction);
    let value = if scale.abs() > 999 {
        // Nim decides by the exponent alone, so that zeros with a large one are infinite.
        if scale < 0 { 0.0 } else { f64::INFINITY }
    } else {
        format!("0{digits}e{scale}").parse().unwrap_or(0.0)
    };
    Some((value * sign, reader.at))
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    /// Is the word here, and not the start of a longer one? Gives its end.
    fn named(&self, word: &[u8; 3]) -> Option<usize> {
        let end = self.at + 3;
        let found = self.text.get(self.at..end)?.eq_ignore_ascii_case(word);
        let longer = self
            .text
            .get(end)
            .is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
        (found && !longer).then_some(end)
    }

    /// Digits, each with the underscores behind it.
    fn digits(&mut self, out: &mut String) {
        while self.peek().is_ascii_digit() {
            out.push(self.peek() as char);
            self.at += 1;
            while self.peek() == b'_' {
                self.at += 1;
            }
        }
    }

    /// The exponent, 0 when there is none; `None` when it has no digits. A last `e` with nothing behind it is not one.
    fn exponent(&mut self) -> Option<i64> {
        if !matches!(self.peek(), b'e' | b'E') || self.at + 1 >= self.text.len() {
            return Some(0);
        }
        self.at += 1;
        let negative = self.peek() == b'-';
        if negative || self.peek() == b'+' {
            self.at += 1;
        }
        if !self.peek().is_ascii_digit() {
            return None;
        }
        let mut digits = String::new();
        self.digits(&mut digits);
        let value = digits.parse().unwrap_or(i64::from(i32::MAX));
        Some(if negative { -value } else { value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text64(value: f64) -> String {
        let mut buffer = [0; MAX_FLOAT_TEXT];
        let len = format_f64(value, &mut buffer);
        String::from_utf8(buffer[..len].to_vec()).expect("digits are ASCII")
    }

    fn text32(value: f32) -> String {
        let mut buffer = [0; MAX_FLOAT_TEXT];
        let len = format_f32(value, &mut buffer);
        String::from_utf8(buffer[..len].to_vec()).expect("digits are ASCII")
    }

    /// Values and what Nim prints for them.
    #[test]
    fn floats_are_written_as_nim_does() {
        let cases = [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (100.0, "100.0"),
            (12.25, "12.25"),
            (2.0 / 3.0, "0.6666666666666666"),
            (1e15, "1000000000000000.0"),
            (1e16, "10000000000000000.0"),
            (1.2345678901234567e16, "12345678901234568.0"),
            (1e17, "1e+17"),
            (123456789012345678.0, "1.2345678901234568e+17"),
            (1e20, "1e+20"),
            (1.5e300, "1.5e+300"),
            (f64::MAX, "1.7976931348623157e+308"),
            (1e-5, "0.00001"),
            (123e-9, "0.000000123"),
            (1e-7, "0.0000001"),
            (1e-8, "1e-8"),
            (1.5e-10, "1.5e-10"),
            (5e-324, "5e-324"),
            (-1.2345678901234567e-7, "-0.00000012345678901234566"),
            (-0.0, "-0.0"),
            (0.0, "0.0"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ];
        for (value, text) in cases {
            assert_eq!(text64(value), text);
        }
    }

    #[test]
    fn float32s_are_written_as_nim_does() {
        let cases = [
            (1.0, "1.0"),
            (0.1, "0.1"),
            (-1.5, "-1.5"),
            (16777216.0, "16777216.0"),
            (123456789.0, "123456790.0"),
            (1e8, "100000000.0"),
            (1e9, "1e+9"),
            (1.5e9, "1.5e+9"),
            (3.4028235e38, "3.4028235e+38"),
            (1.5e-4, "0.00015"),
            (1e-5, "0.00001"),
            (1.5e-6, "1.5e-6"),
            (1e-45, "1e-45"),
            (-0.0, "-0.0"),
            (f32::INFINITY, "inf"),
            (f32::NAN, "nan"),
        ];
        for (value, text) in cases {
            assert_eq!(text32(value), text);
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut state = 1u64;
        for _ in 0..20_000 {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            let value = f64::from_bits(state ^ (state >> 29));
            if value.is_finite() {
                let text = text64(value);
                assert_eq!(
                    parse_f64(text.as_bytes()),
                    Some((value, text.len())),
                    "{text}"
                );
            }
        }
    }

    /// Texts, and what Nim's `parseFloat` gives: the value and the bytes used.
    #[test]
    fn floats_are_read_as_nim_does() {
        let cases: [(&str, Option<(f64, usize)>); 24] = [
            ("32.57", Some((32.57, 5))),
            ("1", Some((1.0, 1))),
            ("1_000.5_0x", Some((1000.5, 9))),
            (".5", Some((0.5, 2))),
            (".05", Some((0.05, 3))),
            ("5.", Some((5.0, 2))),
            (".", Some((0.0, 1))),
            ("-2.5e3", Some((-2500.0, 6))),
            ("+1e-2", Some((0.01, 5))),
            ("1e", Some((1.0, 1))),
            ("1e+", None),
            ("1ex", None),
            ("e5", None),
            ("", None),
            ("-", None),
            ("x", None),
            ("inf", Some((f64::INFINITY, 3))),
            ("-INF ", Some((f64::NEG_INFINITY, 4))),
            ("infinity", None),
            ("1e1000", Some((f64::INFINITY, 6))),
            ("1e-1000", Some((0.0, 7))),
            ("0.1000000000000000055511151231257827", Some((0.1, 36))),
            ("1e99999999999999999999", Some((f64::INFINITY, 22))),
            (
                "123456789012345678901234567890",
                Some((1.2345678901234568e29, 30)),
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_f64(text.as_bytes()), expected, "{text}");
        }
        assert!(parse_f64(b"NaN").is_some_and(|(value, used)| value.is_nan() && used == 3));
        assert_eq!(parse_f64(b"nano"), None);
    }
}
