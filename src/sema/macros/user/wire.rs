//! Trees as bytes: how a macro's arguments reach it, and how its result comes back.
//!
//! The guest side is `lib/system/trees.nim`. A node is
//!
//! ```text
//! kind * 8 + shape, origin, start, end, type + 1, payload
//! ```
//!
//! where all numbers are in LEB128 and the shape tells the payload: nothing, a name, an integer (zigzag), the bits of a float
//! (zigzag), a text, a symbol, or children behind their number. A symbol is its name, the number of its `NimSymKind`, and
//! what it stands for: see [`Stands`].

use super::kinds;
use crate::sema::lookup::Bound;
use crate::sema::symbols::{ModuleIx, SymId};
use crate::sema::types::TypeId;
use crate::source::{Name, Place};
use crate::syntax::tree::{Base, Data, Kind, NodeId, Origin, Span, Tree};

pub(super) const NOTHING: u64 = 0;
const NAME: u64 = 1;
const INT: u64 = 2;
const FLOAT: u64 = 3;
const TEXT: u64 = 4;
const SYMBOL: u64 = 5;
pub(super) const KIDS: u64 = 6;
/// In a quoted tree: the place of an argument, by its number.
const HOLE: u64 = 7;

/// In a quoted tree: a name that is fresh each time the tree is made, by the number behind this one, which no
/// [`Stands`] has.
pub(super) const FRESH_EACH_TIME: u64 = 1 << 60;

/// In [`Stands::Fresh`]: the name as it is.
pub(in crate::sema) const NO_NUMBER: u32 = u32::MAX;

/// What a symbol stands for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::sema) enum Stands {
    /// A name of its own, by number.
    Fresh(u32),
    /// A name that is looked up in a module.
    Bound(Bound),
    /// A symbol.
    Symbol(SymId),
    /// A checked expression.
    Typed(u32),
    /// A type.
    Type(TypeId),
    /// A field of an object or tuple, by its number.
    Field(TypeId, u32),
}

impl Stands {
    fn number(self) -> u64 {
        let (tag, number) = match self {
            Stands::Fresh(number) => (1, u64::from(number)),
            Stands::Bound(bound) => {
                let depth = (bound.depth as u64).min(0xffff);
                let closed = u64::from(bound.closed);
                (2, u64::from(bound.module.0) << 17 | depth << 1 | closed)
            }
            Stands::Symbol(sym) => (3, u64::from(sym.0)),
            Stands::Typed(number) => (4, u64::from(number)),
            Stands::Type(ty) => (5, u64::from(ty.0)),
            Stands::Field(ty, at) => (6, u64::from(ty.0) << 16 | u64::from(at.min(0xffff))),
        };
        number << 3 | tag
    }

    pub fn of(number: u64, name: Name) -> Option<Stands> {
        let value = number >> 3;
        let small = u32::try_from(value).ok();
        Some(match number & 7 {
            1 => Stands::Fresh(small?),
            2 => Stands::Bound(Bound {
                name,
                module: ModuleIx(u32::try_from(value >> 17).ok()?),
                depth: (value >> 1 & 0xffff) as usize,
                order: u32::MAX,
                closed: value & 1 != 0,
                exact: None,
            }),
            3 => Stands::Symbol(SymId(small?)),
            4 => Stands::Typed(small?),
            5 => Stands::Type(TypeId(small?)),
            6 => Stands::Field(
                TypeId(u32::try_from(value >> 16).ok()?),
                (value & 0xffff) as u32,
            ),
            _ => return None,
        })
    }
}

/// Puts trees into bytes.
pub(in crate::sema) struct Writer {
    pub out: Vec<u8>,
    /// A quoted tree: names that were made up since this number are fresh each time.
    pub fresh_after: Option<u32>,
}

impl Writer {
    pub fn new() -> Writer {
        Writer {
            out: Vec::new(),
            fresh_after: None,
        }
    }

    pub fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.out.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.out.push(value as u8);
    }

    fn signed(&mut self, value: i64) {
        self.number((value << 1 ^ value >> 63) as u64);
    }

    pub fn text(&mut self, text: &[u8]) {
        self.number(text.len() as u64);
        self.out.extend_from_slice(text);
    }

    pub fn head(&mut self, kind: usize, shape: u64, place: Place, ty: Option<TypeId>) {
        self.number(kind as u64 * 8 + shape);
        self.number(place.origin.0.into());
        self.number(place.span.start.into());
        self.number(place.span.end.into());
        self.number(ty.map_or(0, |ty| u64::from(ty.0) + 1));
    }

    pub fn raw_symbol(&mut self, name: &str, kind: u64, stands: u64, place: Place) {
        self.head(kinds::SYM, SYMBOL, place, None);
        self.text(name.as_bytes());
        self.number(kind);
        self.number(stands);
    }

    /// A choice of symbols: overloads under a name.
    pub fn choice(&mut self, kind: usize, count: usize, place: Place) {
        self.head(kind, KIDS, place, None);
        self.number(count as u64);
    }

    /// The start of a node with so many children.
    pub fn kids(&mut self, kind: Kind, count: usize, place: Place) {
        self.typed_kids(kind, count, place, None);
    }

    /// The same with the node's type.
    pub fn typed_kids(&mut self, kind: Kind, count: usize, place: Place, ty: Option<TypeId>) {
        self.head(kinds::number(kind), KIDS, place, ty);
        self.number(count as u64);
    }

    /// A node that only a checked tree has.
    pub fn hidden(&mut self, number: usize, count: usize, place: Place) {
        self.head(number, KIDS, place, None);
        self.number(count as u64);
    }

    /// Behind this stands what is passed for a `varargs` parameter of that type.
    pub fn rest_follows(&mut self, ty: TypeId, place: Place) {
        self.head(kinds::number(Kind::Empty), NOTHING, place, Some(ty));
    }

    pub fn empty(&mut self, place: Place) {
        self.head(kinds::number(Kind::Empty), NOTHING, place, None);
    }

    pub fn nil(&mut self, place: Place) {
        self.head(kinds::number(Kind::NilLit), NOTHING, place, None);
    }

    pub fn ident(&mut self, name: &str, place: Place) {
        self.head(kinds::number(Kind::Ident), NAME, place, None);
        self.text(name.as_bytes());
    }

    pub fn int(
        &mut self,
        kind: Kind,
        (value, base): (i64, Base),
        place: Place,
        ty: Option<TypeId>,
    ) {
        self.head(kinds::number(kind), INT, place, ty);
        self.signed(value);
        self.number(base as u64);
    }

    pub fn float(&mut self, kind: Kind, value: f64, place: Place, ty: Option<TypeId>) {
        self.head(kinds::number(kind), FLOAT, place, ty);
        self.signed(value.to_bits() as i64);
    }

    pub fn str(&mut self, kind: Kind, value: &[u8], place: Place, ty: Option<TypeId>) {
        self.head(kinds::number(kind), TEXT, place, ty);
        self.text(value);
    }

    pub fn hole(&mut self, number: usize, place: Place) {
        self.head(kinds::number(Kind::Empty), HOLE, place, None);
        self.number(number as u64);
    }

    pub fn symbol(
        &mut self,
        name: &str,
        kind: u64,
        stands: Stands,
        place: Place,
        ty: Option<TypeId>,
    ) {
        self.head(kinds::SYM, SYMBOL, place, ty);
        self.text(name.as_bytes());
        self.number(kind);
        self.number(stands.number());
    }
}

/// `NimSymKind` by its order.
pub(in crate::sema) mod symkind {
    pub const UNKNOWN: u64 = 0;
    pub const PARAM: u64 = 3;
    pub const GENERIC_PARAM: u64 = 4;
    pub const MODULE: u64 = 6;
    pub const TYPE: u64 = 7;
    pub const VAR: u64 = 8;
    pub const LET: u64 = 9;
    pub const CONST: u64 = 10;
    pub const RESULT: u64 = 11;
    pub const PROC: u64 = 12;
    pub const FUNC: u64 = 13;
    pub const METHOD: u64 = 14;
    pub const ITERATOR: u64 = 15;
    pub const CONVERTER: u64 = 16;
    pub const MACRO: u64 = 17;
    pub const TEMPLATE: u64 = 18;
    pub const FIELD: u64 = 19;
    pub const ENUM_FIELD: u64 = 20;
    pub const FOR_VAR: u64 = 21;

    /// That of what a `let` or `var` section declares.
    pub fn of_variable(kind: crate::sema::typed::LocalKind) -> u64 {
        match kind {
            crate::sema::typed::LocalKind::Let => LET,
            _ => VAR,
        }
    }
}

/// Takes bytes apart.
#[derive(Clone, Copy)]
pub(in crate::sema) struct Reader<'b> {
    bytes: &'b [u8],
}

/// A node that was read.
pub(in crate::sema) struct Head {
    pub kind: usize,
    pub shape: u64,
    pub place: Place,
    pub typed: bool,
}

/// Bytes that are no tree: a bug of the library.
pub(in crate::sema) const NO_TREE: &str = "illformed AST: the tree cannot be read";

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader { bytes }
    }

    pub fn number(&mut self) -> Option<u64> {
        let mut value = 0u64;
        let mut shift = 0;
        loop {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    pub fn signed(&mut self) -> Option<i64> {
        let value = self.number()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    pub fn text(&mut self) -> Option<&'b [u8]> {
        let len = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        Some(text)
    }

    pub fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(byte)
    }

    pub fn place(&mut self) -> Option<Place> {
        let origin = Origin(self.small()?);
        let (start, end) = (self.small()?, self.small()?);
        Some(Place::new(origin, Span { start, end }))
    }

    pub fn head(&mut self) -> Option<Head> {
        let first = self.number()?;
        let place = self.place()?;
        // The checker finds out again which type it is.
        let typed = self.number()? != 0;
        Some(Head {
            kind: usize::try_from(first >> 3).ok()?,
            shape: first & 7,
            place,
            typed,
        })
    }
}

/// Makes a tree of bytes.
pub(in crate::sema) struct Build<'b> {
    pub from: Reader<'b>,
    pub out: Tree,
    /// Where what comes from elsewhere is said to stand.
    pub place: Place,
    /// Makes the node of a symbol.
    pub symbol: &'b mut dyn FnMut(&mut Tree, Span, Name, Stands) -> NodeId,
    pub depth: u32,
    /// It is to be read: arguments of a `varargs` parameter stay the array that macros see, and what converts them is left out.
    pub as_shown: bool,
}

/// So deep may a tree be.
const DEEPEST: u32 = 800;

impl Build<'_> {
    /// The next node.
    ///
    /// # Errors
    /// What is wrong with the tree, and where.
    pub fn node(&mut self) -> Result<NodeId, (String, Place)> {
        let head = self.from.head().ok_or((NO_TREE.into(), self.place))?;
        let place = match head.place.origin == self.out.origin && head.place.span.end > 0 {
            true => head.place,
            false => self.place,
        };
        self.payload(&head, place)
            .unwrap_or_else(|| Err((NO_TREE.into(), place)))
    }

    fn payload(&mut self, head: &Head, place: Place) -> Option<Result<NodeId, (String, Place)>> {
        let span = place.span;
        let kind = kinds::kind(head.kind);
        let fail = |text: String| Some(Err((format!("illformed AST: {text}"), place)));
        let leaf = match head.shape {
            NOTHING => match kind {
                Some(Kind::NilLit) => self.out.leaf(Kind::NilLit, span, Data::None),
                // See [`Writer::rest_follows`].
                Some(Kind::Empty) if head.typed && !self.as_shown => {
                    self.out.inner(Kind::ArgList, span, &[])
                }
                _ if head.kind <= 1 => self.out.leaf(Kind::Empty, span, Data::None),
                _ => return fail(format!("nnk{}", kinds::name(head.kind))),
            },
            NAME => {
                let name = String::from_utf8_lossy(self.from.text()?).into_owned();
                if name.is_empty() {
                    return fail("an identifier without a name".into());
                }
                self.out
                    .leaf(Kind::Ident, span, Data::Name(Name::new(&name)))
            }
            INT => {
                let value = self.from.signed()?;
                let base = usize::try_from(self.from.number()?).ok()?;
                let data = Data::Int(value, *Base::ALL.get(base)?);
                self.out.leaf(kind?, span, data)
            }
            FLOAT => {
                let bits = self.from.signed()?;
                let value = f64::from_bits(bits as u64);
                self.out.leaf(kind?, span, Data::Float(value))
            }
            TEXT => {
                let text = self.from.text()?;
                self.out.text(kind?, span, text)
            }
            SYMBOL => {
                let name = String::from_utf8_lossy(self.from.text()?).into_owned();
                self.from.number()?;
                let number = self.from.number()?;
                let name = Name::new(&name);
                match Stands::of(number, name) {
                    Some(stands) => (self.symbol)(&mut self.out, span, name, stands),
                    None => self.out.leaf(Kind::Ident, span, Data::Name(name)),
                }
            }
            KIDS => return self.with_kids(head, kind, place),
            _ => return None,
        };
        Some(Ok(leaf))
    }

    fn with_kids(
        &mut self,
        head: &Head,
        kind: Option<Kind>,
        place: Place,
    ) -> Option<Result<NodeId, (String, Place)>> {
        let count = usize::try_from(self.from.number()?).ok()?;
        if self.depth > DEEPEST {
            return Some(Err((
                "illformed AST: it is nested too deeply".into(),
                place,
            )));
        }
        self.depth += 1;
        let mut kids = Vec::new();
        for _ in 0..count {
            match self.node() {
                Ok(kid) => kids.push(kid),
                Err(why) => return Some(Err(why)),
            }
        }
        self.depth -= 1;
        if let (true, kinds::HIDDEN_CALL, Some(&last)) = (self.as_shown, head.kind, kids.last()) {
            return Some(Ok(last));
        }
        let made = super::shape::assemble(&mut self.out, head.kind, kind, kids, place.span);
        Some(made.map_err(|text| (text, place)))
    }
}
