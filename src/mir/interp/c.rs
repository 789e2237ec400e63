//! C functions that are done in Rust: pure ones of libm and libc, so that compile-time values can use them.

use super::memory::Kind;
use super::{Exec, FaultKind, Machine, stop};
use crate::mir::ir::*;

/// Functions of one `double`; with `f` at the end of the name, of one `float`.
type Unary = (&'static str, fn(f64) -> f64, fn(f32) -> f32);

const UNARY: &[Unary] = &[
    ("sqrt", f64::sqrt, f32::sqrt),
    ("cbrt", f64::cbrt, f32::cbrt),
    ("sin", f64::sin, f32::sin),
    ("cos", f64::cos, f32::cos),
    ("tan", f64::tan, f32::tan),
    ("asin", f64::asin, f32::asin),
    ("acos", f64::acos, f32::acos),
    ("atan", f64::atan, f32::atan),
    ("sinh", f64::sinh, f32::sinh),
    ("cosh", f64::cosh, f32::cosh),
    ("tanh", f64::tanh, f32::tanh),
    ("asinh", f64::asinh, f32::asinh),
    ("acosh", f64::acosh, f32::acosh),
    ("atanh", f64::atanh, f32::atanh),
    ("exp", f64::exp, f32::exp),
    ("exp2", f64::exp2, f32::exp2),
    ("expm1", f64::exp_m1, f32::exp_m1),
    ("log", f64::ln, f32::ln),
    ("log2", f64::log2, f32::log2),
    ("log10", f64::log10, f32::log10),
    ("log1p", f64::ln_1p, f32::ln_1p),
    ("floor", f64::floor, f32::floor),
    ("ceil", f64::ceil, f32::ceil),
    ("trunc", f64::trunc, f32::trunc),
    ("round", f64::round, f32::round),
    ("rint", f64::round_ties_even, f32::round_ties_even),
    ("nearbyint", f64::round_ties_even, f32::round_ties_even),
    ("fabs", f64::abs, f32::abs),
];

type Binary = (&'static str, fn(f64, f64) -> f64, fn(f32, f32) -> f32);

const BINARY: &[Binary] = &[
    ("pow", f64::powf, f32::powf),
    ("atan2", f64::atan2, f32::atan2),
    ("fmod", |a, b| a % b, |a, b| a % b),
    ("hypot", f64::hypot, f32::hypot),
    ("fmin", f64::min, f32::min),
    ("fmax", f64::max, f32::max),
    ("copysign", f64::copysign, f32::copysign),
];

/// `name` for doubles, `namef` for floats.
fn is_float32(symbol: &str, name: &str) -> Option<bool> {
    match symbol.strip_prefix(name) {
        Some("") => Some(false),
        Some("f") => Some(true),
        _ => None,
    }
}

fn unary(symbol: &str, arg: u64) -> Option<u64> {
    UNARY.iter().find_map(|&(name, double, single)| {
        Some(match is_float32(symbol, name)? {
            true => single(f32::from_bits(arg as u32)).to_bits().into(),
            false => double(f64::from_bits(arg)).to_bits(),
        })
    })
}

fn binary(symbol: &str, a: u64, b: u64) -> Option<u64> {
    BINARY.iter().find_map(|&(name, double, single)| {
        Some(match is_float32(symbol, name)? {
            true => single(f32::from_bits(a as u32), f32::from_bits(b as u32))
                .to_bits()
                .into(),
            false => double(f64::from_bits(a), f64::from_bits(b)).to_bits(),
        })
    })
}

/// `value * 2^exponent`: in steps, as a power of two beyond the range of the type has no value of its own.
fn scale(mut value: f64, exponent: i32) -> f64 {
    let mut left = exponent.clamp(-2200, 2200);
    while left != 0 {
        let step = left.clamp(-1000, 1000);
        value *= f64::powi(2.0, step);
        left -= step;
    }
    value
}

/// The fraction in `0.5..1` and the exponent.
fn split(value: f64) -> (f64, i32) {
    if value == 0.0 || !value.is_finite() {
        return (value, 0);
    }
    let (value, extra) = if value.is_normal() {
        (value, 0)
    } else {
        (value * 2f64.powi(64), 64)
    };
    let exponent = (value.to_bits() >> 52 & 0x7ff) as i32 - 1022;
    let fraction = f64::from_bits(value.to_bits() & !(0x7ff << 52) | 1022 << 52);
    (fraction, exponent - extra)
}

fn ctype(symbol: &str, arg: u64) -> Option<u64> {
    let byte = u8::try_from(arg as u32).ok()?;
    let holds = match symbol {
        "isdigit" => byte.is_ascii_digit(),
        "isalpha" => byte.is_ascii_alphabetic(),
        "isalnum" => byte.is_ascii_alphanumeric(),
        "isspace" => byte.is_ascii_whitespace() || byte == 11,
        "isupper" => byte.is_ascii_uppercase(),
        "islower" => byte.is_ascii_lowercase(),
        "toupper" => return Some(byte.to_ascii_uppercase().into()),
        "tolower" => return Some(byte.to_ascii_lowercase().into()),
        _ => return None,
    };
    Some(holds.into())
}

/// What C's stream variables hold here: only their identity matters.
const STDOUT: u64 = 1;
const STDERR: u64 = 2;
const STDIN: u64 = 3;

impl Machine<'_> {
    /// Calls a C function; gives the bits of its result.
    pub(super) fn call_c(&mut self, function: &Extern, args: &[u64]) -> Exec<u64> {
        let symbol = &*function.symbol;
        let known = match *args {
            [a] => unary(symbol, a).or_else(|| ctype(symbol, a)),
            [a, b] => binary(symbol, a, b),
            _ => None,
        };
        if let Some(value) = known {
            return Ok(value);
        }
        let done = match self.libc(symbol, args)? {
            None => self.stdio(symbol, args)?,
            done => done,
        };
        match done {
            Some(value) => Ok(value),
            None => {
                let message = self
                    .host
                    .refusal(&format!("call of the C function '{symbol}'"));
                stop(FaultKind::Refused, message)
            }
        }
    }

    /// A question to the compiler. The answer lies behind its length.
    fn ask(&mut self, request: u64, size: u64) -> Exec<u64> {
        self.charge(size)?;
        let request = self.read_bytes(request, size as usize)?.to_vec();
        let answer = match self.host.ask(&request) {
            Ok(answer) => answer,
            Err(refused) => return stop(FaultKind::Refused, refused),
        };
        let len = answer.len() as u64;
        self.charge(len)?;
        let block = self.c_alloc(len + 8)?;
        self.memory.store(block, Scalar::I64, len)?;
        if len > 0 {
            let to = self.memory.write(block + 8, answer.len())?;
            to.copy_from_slice(&answer);
        }
        Ok(block)
    }

    fn libc(&mut self, symbol: &str, args: &[u64]) -> Exec<Option<u64>> {
        Ok(Some(match (symbol, args) {
            ("ldexp" | "scalbn", &[a, b]) => scale(f64::from_bits(a), b as i32).to_bits(),
            ("frexp", &[value, out]) => {
                let (fraction, exponent) = split(f64::from_bits(value));
                self.memory.store(out, Scalar::I32, exponent as u64)?;
                fraction.to_bits()
            }
            ("modf", &[value, out]) => {
                let value = f64::from_bits(value);
                self.memory
                    .store(out, Scalar::F64, value.trunc().to_bits())?;
                let fraction = if value.is_infinite() {
                    0.0
                } else {
                    value.fract()
                };
                fraction.copysign(value).to_bits()
            }
            ("strlen", &[text]) => self.memory.c_string(text)?.len() as u64,
            ("strcmp", &[a, b]) => self.str_cmp(a, b, usize::MAX)?,
            ("strncmp", &[a, b, size]) => self.str_cmp(a, b, size as usize)?,
            ("memcmp", &[a, b, size]) => self.mem_cmp(a, b, size)?,
            ("memcpy" | "memmove", &[to, from, size]) => {
                self.charge(size)?;
                self.memory.copy(to, from, size as usize)?;
                to
            }
            ("memset", &[to, byte, size]) => {
                self.charge(size)?;
                if size > 0 {
                    self.memory.write(to, size as usize)?.fill(byte as u8);
                }
                to
            }
            ("memchr", &[text, byte, size]) => {
                let bytes = self.read_bytes(text, size as usize)?;
                let at = bytes.iter().position(|&found| found == byte as u8);
                at.map_or(0, |at| text + at as u64)
            }
            ("malloc", &[size]) => self.c_alloc(size)?,
            ("calloc", &[count, size]) => match count.checked_mul(size) {
                Some(size) => self.c_alloc(size)?,
                None => 0,
            },
            ("realloc", &[ptr, size]) => {
                let old = if ptr == 0 {
                    0
                } else {
                    self.memory.size_of(ptr)?
                };
                self.realloc(ptr, old, size, Kind::C)?
            }
            ("midair_ask", &[request, size]) => self.ask(request, size)?,
            ("free", &[ptr]) => self.dealloc(ptr, Kind::C)?,
            ("strtod", &[text, 0]) => {
                let text = String::from_utf8_lossy(self.memory.c_string(text)?);
                text.parse::<f64>().unwrap_or(0.0).to_bits()
            }
            ("abs", &[value]) => (value as i32).wrapping_abs() as u32 as u64,
            ("labs" | "llabs", &[value]) => (value as i64).wrapping_abs() as u64,
            ("exit", &[status]) => {
                return stop(FaultKind::Quit(status as i32), "the program called exit");
            }
            _ => return Ok(None),
        }))
    }

    /// The standard streams, of which input is empty.
    fn stdio(&mut self, symbol: &str, args: &[u64]) -> Exec<Option<u64>> {
        Ok(Some(match (symbol, args) {
            ("dlsym", &[_, name]) => {
                let stream = match self.memory.c_string(name)? {
                    b"stdout" | b"__stdoutp" => STDOUT,
                    b"stderr" | b"__stderrp" => STDERR,
                    b"stdin" | b"__stdinp" => STDIN,
                    _ => return Ok(None),
                };
                let variable = self.c_alloc(8)?;
                self.memory.store(variable, Scalar::Ptr, stream)?;
                variable
            }
            ("fwrite", &[text, size, count, stream @ (STDOUT | STDERR)]) => {
                let bytes = size.saturating_mul(count);
                self.charge(bytes)?;
                let text = self.read_bytes(text, bytes as usize)?.to_vec();
                if let Err(refused) = self.host.write(stream as i32, &text) {
                    return stop(FaultKind::Refused, refused);
                }
                count
            }
            ("fflush", &[STDOUT | STDERR | 0]) => match self.host.flush() {
                Ok(()) => 0,
                Err(refused) => return stop(FaultKind::Refused, refused),
            },
            ("fgetc", &[STDIN]) => u64::from(u32::MAX),
            ("fread", &[_, _, _, STDIN]) => 0,
            ("feof", &[STDIN]) => 1,
            ("ferror", &[STDIN | STDOUT | STDERR]) => 0,
            _ => return Ok(None),
        }))
    }

    fn str_cmp(&self, a: u64, b: u64, most: usize) -> Exec<u64> {
        let (a, b) = (self.memory.c_string(a)?, self.memory.c_string(b)?);
        let order = a[..a.len().min(most)].cmp(&b[..b.len().min(most)]);
        Ok((order as i32 as u32).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_split_and_scaled() {
        for value in [1.0, 0.75, -3.5, 1e300, 1e-310, 5e-324, f64::MAX] {
            let (fraction, exponent) = split(value);
            assert!((0.5..1.0).contains(&fraction.abs()), "{value}: {fraction}");
            assert_eq!(scale(fraction, exponent), value);
        }
        assert_eq!(split(8.0), (0.5, 4));
        assert_eq!(split(0.0), (0.0, 0));
        assert_eq!(scale(1.0, 5000), f64::INFINITY);
    }

    #[test]
    fn names_end_in_f_for_floats() {
        let bits = |value: f32| u64::from(value.to_bits());
        assert_eq!(unary("sqrtf", bits(4.0)), Some(bits(2.0)));
        assert_eq!(unary("sqrt", 4f64.to_bits()), Some(2f64.to_bits()));
        assert_eq!(unary("sqrtl", 0), None);
        assert_eq!(
            binary("fmod", 7.5f64.to_bits(), 2f64.to_bits()),
            Some(1.5f64.to_bits())
        );
        assert_eq!(binary("powf", bits(2.0), bits(3.0)), Some(bits(8.0)));
    }
}
