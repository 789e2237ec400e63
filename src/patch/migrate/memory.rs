//! The guest's memory, as a migration reads and writes it: by address, value by value.
//!
//! Whoever calls these vouches for the addresses: they come from globals and from values that descriptors describe, while
//! no guest code runs.

#![allow(unsafe_code)] // reads and writes the guest's memory

use crate::mir::{Desc, DescField, DescId, Ids, LITERAL, RC_ONE, REF_HEADER, Shape};
use crate::runtime::RtDesc;

/// Copies bytes between areas that do not overlap.
pub(super) fn copy(from: usize, to: usize, size: usize) {
    // SAFETY: both are storage of so many bytes, by the contract of the module.
    unsafe { (to as *mut u8).copy_from_nonoverlapping(from as *const u8, size) };
}

pub(super) fn zero(at: usize, size: usize) {
    // SAFETY: storage of so many bytes.
    unsafe { (at as *mut u8).write_bytes(0, size) };
}

pub(super) fn is_zero(at: usize, size: usize) -> bool {
    (0..size).all(|place| int(at + place, 1, false) == 0)
}

pub(in crate::patch) fn word(at: usize) -> usize {
    // SAFETY: a word of a value; packed objects may put it anywhere.
    unsafe { (at as *const usize).read_unaligned() }
}

pub(super) fn set_word(at: usize, word: usize) {
    // SAFETY: as in `word`.
    unsafe { (at as *mut usize).write_unaligned(word) };
}

/// An integer of 1, 2, 4 or 8 bytes.
pub(super) fn int(at: usize, size: u32, signed: bool) -> i64 {
    let mut bytes = [0u8; 8];
    let size = size.min(8) as usize;
    // SAFETY: an integer of that size.
    unsafe {
        bytes
            .as_mut_ptr()
            .copy_from_nonoverlapping(at as *const u8, size)
    };
    let value = i64::from_le_bytes(bytes);
    let unused = 64 - 8 * size as u32;
    match signed {
        _ if unused == 64 => 0,
        true => value << unused >> unused,
        false => value,
    }
}

pub(super) fn set_int(at: usize, size: u32, value: i64) {
    copy(
        value.to_le_bytes().as_ptr() as usize,
        at,
        size.min(8) as usize,
    );
}

/// The value of an ordinal.
pub(super) fn ordinal(desc: &Desc, at: usize) -> i64 {
    let signed = match desc.shape {
        Shape::Int { signed, .. } | Shape::Enum { signed, .. } => signed,
        _ => false,
    };
    int(at, desc.size, signed)
}

pub(super) fn widen_float(from: usize, to: usize) {
    let narrow = f32::from_bits(int(from, 4, false) as u32);
    set_int(to, 8, f64::from(narrow).to_bits() as i64);
}

/// The descriptor in front of an object that a reference points to.
pub(in crate::patch) fn dynamic_type(object: usize) -> Option<&'static RtDesc> {
    let desc = word(object - 8) as *const RtDesc;
    // SAFETY: before every such object stands its header. A descriptor stays as long as an object has it, and none goes while a
    // migration, which lets no guest code run, holds this.
    unsafe { desc.as_ref() }
}

/// How many references there are to an object.
pub(super) fn references(object: usize) -> i64 {
    word(object - REF_HEADER as usize) as i64 / RC_ONE + 1
}

/// Counts one more reference.
pub(super) fn retain(object: usize) {
    let count = object - REF_HEADER as usize;
    set_word(count, word(count).wrapping_add(RC_ONE as usize));
}

/// Counts one reference less, of at least two.
pub(super) fn give_up(object: usize) {
    let count = object - REF_HEADER as usize;
    set_word(count, word(count).wrapping_sub(RC_ONE as usize));
}

/// Is a payload constant?
pub(super) fn is_literal(payload: usize) -> bool {
    word(payload) as i64 & LITERAL != 0
}

/// Where the elements of a `seq` begin in its payload.
pub(super) fn seq_header(align: u32) -> usize {
    8usize.next_multiple_of(align.max(1) as usize)
}

/// Where the payload of a string or a `seq` of such elements is, and its bytes. None for a constant one, which stays.
pub(in crate::patch) fn payload(at: usize, size: usize, align: u32) -> Option<(usize, usize)> {
    let (len, payload) = (word(at), word(at + 8));
    let is_own = payload != 0 && !is_literal(payload);
    // One byte more, for the NUL of a string and for the address behind the last element.
    is_own.then(|| (payload, seq_header(align) + len * size + 1))
}

/// Does a field exist, by the discriminators of the value at `base`? `fields` are of all levels of inheritance.
pub(super) fn is_active(ids: &Ids, fields: &[DescField], at: usize, base: usize) -> bool {
    let Some((discriminator, values)) = &fields[at].when else {
        return true;
    };
    let discriminator = *discriminator as usize;
    let field = &fields[discriminator];
    is_active(ids, fields, discriminator, base)
        && values.contains(&ordinal(
            &ids.desc_of(field.desc),
            base + field.offset as usize,
        ))
}

/// Shows the values that a value consists of, short of what is behind references: elements, fields that exist.
pub(in crate::patch) fn each_part(
    ids: &Ids,
    id: DescId,
    at: usize,
    f: &mut dyn FnMut(DescId, usize),
) {
    match &ids.desc_of(id).shape {
        Shape::Seq(elem) => {
            let (len, payload) = (word(at), word(at + 8));
            let desc = ids.desc_of(*elem);
            let first = payload.wrapping_add(seq_header(desc.align));
            let count = if payload == 0 { 0 } else { len };
            (0..count).for_each(|place| f(*elem, first + place * desc.size as usize));
        }
        Shape::Array { elem, len, .. } => {
            let size = ids.desc_of(*elem).size as usize;
            (0..*len as usize).for_each(|place| f(*elem, at + place * size));
        }
        Shape::Tuple(_) | Shape::Object { .. } => {
            let fields = super::rules::flatten(ids, id);
            for (place, field) in fields.iter().enumerate() {
                if is_active(ids, &fields, place, at) {
                    f(field.desc, at + field.offset as usize);
                }
            }
        }
        _ => {}
    }
}
