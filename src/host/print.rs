//! Values of a running program as `$` prints them, from their descriptors.
//!
//! In: a descriptor and the address of a value. Out: text. Runs no guest code, follows references no further than it is told, and gives
//! long values shortened.

#![allow(unsafe_code)] // reads the guest's memory

use std::fmt::Write as _;

use crate::mir::{Desc, DescField, DescId, Ids, Shape};
use crate::runtime::number::{MAX_FLOAT_TEXT, format_f32, format_f64};

/// So many elements or characters are shown.
const SHOWN: usize = 200;
/// So deep values are shown.
const DEPTH: usize = 8;

pub(super) struct Printer<'a> {
    ids: &'a Ids,
    text: String,
    depth: usize,
}

impl<'a> Printer<'a> {
    /// The value at `at` as text.
    ///
    /// # Safety
    /// There is one of this type, which nothing changes meanwhile.
    pub(super) unsafe fn print(ids: &'a Ids, desc: DescId, at: usize) -> String {
        let mut printer = Printer {
            ids,
            text: String::new(),
            depth: 0,
        };
        // SAFETY: by the contract.
        unsafe { printer.value(desc, at, false) };
        printer.text
    }

    /// Prints a value; as a part of another, texts are quoted.
    ///
    /// # Safety
    /// As for [`Printer::print`].
    unsafe fn value(&mut self, desc: DescId, at: usize, part: bool) {
        if self.depth > DEPTH {
            self.text.push('…');
            return;
        }
        self.depth += 1;
        let desc = self.ids.desc_of(desc);
        // SAFETY: by the contract.
        unsafe { self.shape(&desc, at, part) };
        self.depth -= 1;
    }

    /// # Safety
    /// As for [`Printer::print`].
    unsafe fn shape(&mut self, desc: &Desc, at: usize, part: bool) {
        // SAFETY: by the contract, and what a descriptor says of its type.
        unsafe {
            match &desc.shape {
                Shape::Int { signed, .. } => match signed {
                    true => self.add(integer(at, desc.size, true)),
                    false => self.add(integer(at, desc.size, false) as u64),
                },
                Shape::Float => self.float(at, desc.size),
                Shape::Bool => self.add(*(at as *const u8) != 0),
                Shape::Char => self.char(*(at as *const u8), part),
                Shape::Enum { constants, signed } => {
                    let value = integer(at, desc.size, *signed);
                    let known = constants.iter().find(|(_, known)| *known == value);
                    match known {
                        Some((name, _)) => self.text.push_str(name),
                        None => self.add(format_args!("{} (invalid data!)", value)),
                    }
                }
                Shape::Set { elem, low } => self.set(desc, *elem, *low, at),
                Shape::Pointer | Shape::Ptr(_) | Shape::Cursor(_) | Shape::Proc => {
                    self.address(*(at as *const usize))
                }
                Shape::CString => match *(at as *const usize) {
                    0 => self.text.push_str("nil"),
                    // Whether there is text behind it only its owner knows.
                    address => self.address(address),
                },
                Shape::String => {
                    let [len, payload] = *(at as *const [usize; 2]);
                    self.string(len, payload, part);
                }
                Shape::Seq(elem) => {
                    let [len, payload] = *(at as *const [usize; 2]);
                    let elem_desc = self.ids.desc_of(*elem);
                    let first = payload + 8usize.next_multiple_of(elem_desc.align.max(1) as usize);
                    self.text.push('@');
                    let len = if payload == 0 { 0 } else { len };
                    self.elements(*elem, first, len, elem_desc.size as usize);
                }
                Shape::Array { elem, len, .. } => {
                    let size = self.ids.desc_of(*elem).size as usize;
                    self.elements(*elem, at, *len as usize, size);
                }
                Shape::Tuple(fields) => {
                    self.text.push('(');
                    self.fields(fields, at, &mut true);
                    self.text.push(')');
                }
                Shape::Object { fields, .. } if desc.name.contains("options.Option[") => {
                    self.option(fields, at, part);
                }
                Shape::Object { fields, .. } if let Some(pairs) = has_pairs(&desc.name) => {
                    self.entries(fields, at, pairs);
                }
                Shape::Object { .. } => {
                    self.text.push('(');
                    self.object(desc, at, &mut true);
                    self.text.push(')');
                }
                Shape::Ref(inner) => match *(at as *const usize) {
                    0 => self.text.push_str("nil"),
                    object => {
                        self.text.push_str("ref ");
                        self.value(*inner, object, true);
                    }
                },
                Shape::Closure => self.address(*(at as *const usize)),
                Shape::Union(_) => self.text.push('…'),
            }
        }
    }

    fn add(&mut self, value: impl std::fmt::Display) {
        let _ = write!(self.text, "{value}");
    }

    fn address(&mut self, address: usize) {
        match address {
            0 => self.text.push_str("nil"),
            address => self.add(format_args!("{address:#x}")),
        }
    }

    unsafe fn float(&mut self, at: usize, size: u32) {
        let mut buffer = [0; MAX_FLOAT_TEXT];
        // SAFETY: by the contract of `print`.
        let len = unsafe {
            match size {
                4 => format_f32(*(at as *const f32), &mut buffer),
                _ => format_f64(*(at as *const f64), &mut buffer),
            }
        };
        self.text.push_str(&String::from_utf8_lossy(&buffer[..len]));
    }

    fn char(&mut self, byte: u8, part: bool) {
        match part {
            true => self.add(format_args!("'{}'", byte.escape_ascii())),
            false => self.text.push(char::from(byte)),
        }
    }

    unsafe fn string(&mut self, len: usize, payload: usize, part: bool) {
        let len = if payload == 0 { 0 } else { len };
        let bytes = match len {
            0 => &[],
            // SAFETY: a payload is its capacity and the bytes.
            len => unsafe {
                std::slice::from_raw_parts((payload + 8) as *const u8, len.min(SHOWN))
            },
        };
        let text = String::from_utf8_lossy(bytes);
        match part {
            true => {
                self.text.push('"');
                for letter in text.chars() {
                    match letter {
                        '"' | '\\' => self.add(format_args!("\\{letter}")),
                        '\n' => self.text.push_str("\\n"),
                        letter if letter.is_control() => {
                            self.add(format_args!("\\x{:02X}", u32::from(letter)))
                        }
                        letter => self.text.push(letter),
                    }
                }
                self.text.push('"');
            }
            false => self.text.push_str(&text),
        }
        if len > SHOWN {
            self.text.push('…');
        }
    }

    unsafe fn elements(&mut self, elem: DescId, first: usize, len: usize, size: usize) {
        self.text.push('[');
        for i in 0..len.min(SHOWN) {
            if i > 0 {
                self.text.push_str(", ");
            }
            // SAFETY: by the contract of `print`.
            unsafe { self.value(elem, first + i * size, true) };
        }
        if len > SHOWN {
            self.text.push_str(", …");
        }
        self.text.push(']');
    }

    unsafe fn set(&mut self, desc: &Desc, elem: DescId, low: i64, at: usize) {
        self.text.push('{');
        let of = self.ids.desc_of(elem);
        let mut first = true;
        for bit in 0..i64::from(desc.size) * 8 {
            // SAFETY: by the contract of `print`.
            let byte = unsafe { *((at + bit as usize / 8) as *const u8) };
            if byte >> (bit % 8) & 1 == 0 {
                continue;
            }
            if !std::mem::take(&mut first) {
                self.text.push_str(", ");
            }
            // An element as a value of its type: little endian, as all platforms are.
            let value = (low + bit).to_le_bytes();
            // SAFETY: it is a value of the type, which has no more than 8 bytes.
            unsafe { self.shape(&of, value.as_ptr() as usize, true) };
        }
        self.text.push('}');
    }

    unsafe fn object(&mut self, desc: &Desc, at: usize, first: &mut bool) {
        let Shape::Object { base, fields, .. } = &desc.shape else {
            return;
        };
        // SAFETY: the base's fields stand first.
        unsafe {
            if let Some(base) = base {
                let base = self.ids.desc_of(*base);
                self.object(&base, at, first);
            }
            self.fields(fields, at, first);
        }
    }

    unsafe fn fields(&mut self, fields: &[DescField], at: usize, first: &mut bool) {
        for field in fields {
            if let Some((discriminator, values)) = &field.when {
                let on = &fields[*discriminator as usize];
                let desc = self.ids.desc_of(on.desc);
                // SAFETY: by the contract of `print`; a discriminator is ordinal.
                let is = unsafe { integer(at + on.offset as usize, desc.size, false) };
                if !values.contains(&is) {
                    continue;
                }
            }
            if !std::mem::take(first) {
                self.text.push_str(", ");
            }
            if !field.name.starts_with("Field") {
                self.add(format_args!("{}: ", field.name));
            }
            // SAFETY: by the contract of `print`: the field exists.
            unsafe { self.value(field.desc, at + field.offset as usize, true) };
        }
    }

    /// The entries of a table or a set: those places of its first field that are taken.
    ///
    /// # Safety
    /// As for [`Printer::print`].
    unsafe fn entries(&mut self, fields: &[DescField], at: usize, pairs: bool) {
        let Some(places) = fields.first() else { return };
        let Shape::Seq(elem) = self.ids.desc_of(places.desc).shape else {
            return;
        };
        let elem = self.ids.desc_of(elem);
        let Shape::Tuple(parts) = &elem.shape else {
            return;
        };
        let named = |name: &str| parts.iter().find(|part| *part.name == *name);
        let (key, value) = (named("key"), named("val"));
        let Some(mark) = named("hcode").or(value) else {
            return;
        };
        let start = self.text.len();
        self.text.push('{');
        let mut shown = 0;
        // SAFETY: by the contract of `print`, and as sequences lie in memory.
        unsafe {
            let [len, payload] = *((at + places.offset as usize) as *const [usize; 2]);
            let first = payload + 8usize.next_multiple_of(elem.align.max(1) as usize);
            for index in 0..if payload == 0 { 0 } else { len } {
                let entry = first + index * elem.size as usize;
                if integer(entry + mark.offset as usize, 8, true) == 0 {
                    continue;
                }
                if shown == SHOWN {
                    self.text.push_str(", …");
                    break;
                }
                self.text.push_str(if shown > 0 { ", " } else { "" });
                shown += 1;
                for (i, part) in key.into_iter().chain(value.filter(|_| pairs)).enumerate() {
                    self.text.push_str(if i > 0 { ": " } else { "" });
                    self.value(part.desc, entry + part.offset as usize, true);
                }
            }
        }
        if shown == 0 && pairs {
            self.text.truncate(start);
            self.text.push_str("{:");
        }
        self.text.push('}');
    }

    unsafe fn option(&mut self, fields: &[DescField], at: usize, _part: bool) {
        let named = |name: &str| fields.iter().find(|field| *field.name == *name);
        let Some(value) = named("val") else {
            return;
        };
        // SAFETY: by the contract of `print`; a pointer is its own mark.
        unsafe {
            let there = match named("has") {
                Some(has) => *((at + has.offset as usize) as *const u8) != 0,
                None => *((at + value.offset as usize) as *const usize) != 0,
            };
            if there {
                self.text.push_str("some(");
                self.value(value.desc, at + value.offset as usize, true);
                self.text.push(')');
            } else {
                let name = self.ids.desc_of(value.desc).name.clone();
                self.add(format_args!("none({name})"));
            }
        }
    }
}

/// Is it a table or a set of the library, and has it values besides keys?
fn has_pairs(name: &str) -> Option<bool> {
    let (name, _) = name.split_once('[')?;
    match name.rsplit('/').next()? {
        "tables.Table" | "tables.OrderedTable" | "tables.CountTable" => Some(true),
        "sets.HashSet" | "sets.OrderedSet" => Some(false),
        _ => None,
    }
}

/// An integer of so many bytes.
///
/// # Safety
/// There is one.
unsafe fn integer(at: usize, size: u32, signed: bool) -> i64 {
    // SAFETY: by the contract.
    unsafe {
        match (size, signed) {
            (1, true) => i64::from(*(at as *const i8)),
            (1, false) => i64::from(*(at as *const u8)),
            (2, true) => i64::from(*(at as *const i16)),
            (2, false) => i64::from(*(at as *const u16)),
            (4, true) => i64::from(*(at as *const i32)),
            (4, false) => i64::from(*(at as *const u32)),
            _ => *(at as *const i64),
        }
    }
}
