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

use rustc_hash::FxHashMap;

use super::kinds;
use super::quote::hole_of;
use crate::sema::checker::Checker;
use crate::sema::foreign::Foreign;
use crate::sema::lookup::Bound;
use crate::sema::symbols::{ModuleIx, SymId, SymKind};
use crate::sema::typed::ExprKind;
use crate::sema::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind, NodeId, Origin, Span, Tree};

const NOTHING: u64 = 0;
const NAME: u64 = 1;
const INT: u64 = 2;
const FLOAT: u64 = 3;
const TEXT: u64 = 4;
const SYMBOL: u64 = 5;
const KIDS: u64 = 6;
/// In a quoted tree: the place of an argument, by its number.
const HOLE: u64 = 7;

/// In a quoted tree: a name that is fresh each time the tree is made, by the number behind this one, which no
/// [`Stands`] has.
const FRESH_EACH_TIME: u64 = 1 << 60;

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

/// What the checker knows of the nodes of typed arguments.
#[derive(Default)]
pub(in crate::sema) struct Typing {
    pub types: FxHashMap<(usize, NodeId), TypeId>,
    pub symbols: FxHashMap<(usize, NodeId), SymId>,
    /// Names of fields, with their types if these are known.
    pub fields: FxHashMap<(usize, NodeId), TypeId>,
    /// What is a number or a text already, though it is not written as one.
    pub values: FxHashMap<(usize, NodeId), (Kind, ExprKind)>,
}

impl Typing {
    pub fn key(n: Cursor<'_>) -> (usize, NodeId) {
        (std::ptr::from_ref(n.tree) as usize, n.id)
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

    fn raw_symbol(&mut self, name: &str, kind: u64, stands: u64, place: Place) {
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

    pub fn int(&mut self, kind: Kind, value: i64, place: Place, ty: Option<TypeId>) {
        self.head(kinds::number(kind), INT, place, ty);
        self.signed(value);
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
}

impl Checker<'_, '_> {
    /// What `NimSymKind` a symbol has.
    pub(in crate::sema) fn symbol_kind(&self, sym: SymId) -> u64 {
        use crate::sema::typed::LocalKind;
        match &self.s.sym(sym).kind {
            SymKind::Routine(head) => match head.kind {
                Kind::FuncDef => symkind::FUNC,
                Kind::MethodDef => symkind::METHOD,
                Kind::IteratorDef => symkind::ITERATOR,
                Kind::ConverterDef => symkind::CONVERTER,
                Kind::MacroDef => symkind::MACRO,
                Kind::TemplateDef => symkind::TEMPLATE,
                _ => symkind::PROC,
            },
            SymKind::Local { depth, id, .. } => {
                let local = self.frames.get(*depth);
                match local
                    .and_then(|f| f.locals.get(id.0 as usize))
                    .map(|l| l.kind)
                {
                    Some(LocalKind::Param) => symkind::PARAM,
                    Some(LocalKind::Let) => symkind::LET,
                    Some(LocalKind::Result) => symkind::RESULT,
                    _ => symkind::VAR,
                }
            }
            SymKind::Global { id, .. } => match self.s.global(*id) {
                Some(global) if global.is_let => symkind::LET,
                _ => symkind::VAR,
            },
            SymKind::EnumConst { .. } => symkind::ENUM_FIELD,
            SymKind::Const(_) => symkind::CONST,
            SymKind::Module(_) => symkind::MODULE,
            SymKind::Alias(expr) if matches!(self.get(expr.ty), Type::TypeDesc(_)) => symkind::TYPE,
            SymKind::Alias(_) => symkind::PARAM,
            _ => symkind::TYPE,
        }
    }

    /// Writes an argument's tree. `typing` tells what is known of its nodes.
    pub(in crate::sema) fn write_tree(&self, w: &mut Writer, n: Cursor<'_>, typing: &Typing) {
        let place = self.place(n);
        let key = Typing::key(n);
        let ty = typing.types.get(&key).copied();
        match typing.values.get(&key) {
            Some((kind, ExprKind::Int(value))) => return w.int(*kind, *value, place, ty),
            Some((kind, ExprKind::Float(value))) => return w.float(*kind, *value, place, ty),
            Some((kind, ExprKind::Str(text))) => return w.str(*kind, text, place, ty),
            _ => {}
        }
        if let Some(&sym) = typing.symbols.get(&key) {
            return self.write_symbol(w, sym, place, ty);
        }
        if let (Some(&ty), Some(name)) = (typing.fields.get(&key), n.name()) {
            let ty = Some(ty).filter(|&ty| ty != TypeId::ERROR);
            let stands = Stands::Fresh(NO_NUMBER);
            return w.symbol(name.as_str(), symkind::FIELD, stands, place, ty);
        }
        match n.kind() {
            Kind::Typed => return self.write_typed(w, n, ty),
            Kind::Sym => {
                let Data::Foreign(number) = n.node().data else {
                    return w.empty(place);
                };
                let Some(Foreign::Bound(bound)) = self.foreign_at(number) else {
                    return w.empty(place);
                };
                let bound = *bound;
                let found = self.lookup_bound(bound);
                let Some(&first) = found.first() else {
                    return w.ident(bound.name.as_str(), place);
                };
                let kind = self.symbol_kind(first);
                let is_routine = |&sym: &SymId| matches!(self.s.sym(sym).kind, SymKind::Routine(_));
                let several = found.len() > 1 && !bound.closed && found.iter().all(is_routine);
                if several {
                    // Which of them is meant is open; two stand for all.
                    w.choice(kinds::OPEN_CHOICE, 2, place);
                    w.symbol(bound.name.as_str(), kind, Stands::Bound(bound), place, ty);
                }
                return w.symbol(bound.name.as_str(), kind, Stands::Bound(bound), place, ty);
            }
            _ => {}
        }
        match n.node().data {
            Data::None => w.head(kinds::number(n.kind()), NOTHING, place, ty),
            Data::Name(name) => match hole_of(name) {
                Some(hole) if w.fresh_after.is_some() => w.hole(hole, place),
                _ => self.write_name(w, name, place),
            },
            Data::Int(value) => w.int(n.kind(), value, place, ty),
            Data::Float(value) => w.float(n.kind(), value, place, ty),
            Data::Text(_) => w.str(n.kind(), n.text().unwrap_or_default(), place, ty),
            Data::Foreign(_) => w.empty(place),
            Data::Kids { .. } => {
                w.head(kinds::number(n.kind()), KIDS, place, ty);
                w.number(n.len() as u64);
                for kid in n.kids() {
                    self.write_tree(w, kid, typing);
                }
            }
        }
    }

    /// A name, which may be one that an expansion made up.
    fn write_name(&self, w: &mut Writer, name: Name, place: Place) {
        let made_up = name.as_str().split_once("`gensym");
        let number = made_up.and_then(|(_, number)| number.parse::<u32>().ok());
        match (made_up, number, w.fresh_after) {
            (Some((base, _)), Some(number), Some(after)) if number > after => {
                let number = FRESH_EACH_TIME + u64::from(number - after);
                w.raw_symbol(base, symkind::UNKNOWN, number, place);
            }
            _ => w.ident(name.as_str(), place),
        }
    }

    /// A symbol that a name of a typed argument means.
    pub(in crate::sema) fn write_symbol(
        &self,
        w: &mut Writer,
        sym: SymId,
        place: Place,
        ty: Option<TypeId>,
    ) {
        let name = self.s.sym(sym).name;
        let kind = self.symbol_kind(sym);
        let ty = ty.or_else(|| match &self.s.sym(sym).kind {
            SymKind::Type(ty) => Some(*ty),
            _ => None,
        });
        w.symbol(name.as_str(), kind, Stands::Symbol(sym), place, ty);
    }

    /// An expression that a template's expansion brings along.
    fn write_typed(&self, w: &mut Writer, n: Cursor<'_>, ty: Option<TypeId>) {
        let place = self.place(n);
        let (Data::Foreign(number), Some(expr)) = (n.node().data, self.typed_of(n)) else {
            return w.empty(place);
        };
        let ty = ty.or(Some(expr.ty));
        match (&expr.kind, self.get(expr.ty)) {
            (ExprKind::Int(value), Type::Int(_)) => w.int(Kind::IntLit, *value, place, ty),
            (ExprKind::Int(value), Type::Char) => w.int(Kind::CharLit, *value, place, ty),
            (ExprKind::Float(value), _) => w.float(Kind::FloatLit, *value, place, ty),
            (ExprKind::Str(text), Type::String) => w.str(Kind::StrLit, text, place, ty),
            (ExprKind::Nop | ExprKind::TypeName(_), Type::TypeDesc(inner)) => {
                let name = self.s.types.show(*inner);
                w.symbol(
                    &name,
                    symkind::TYPE,
                    Stands::Type(*inner),
                    place,
                    Some(*inner),
                );
            }
            _ => {
                let text = self.loader.text(expr.place);
                w.symbol(&text, symkind::UNKNOWN, Stands::Typed(number), place, ty);
            }
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
        self.number()?; // its type, which the checker finds out again
        Some(Head {
            kind: usize::try_from(first >> 3).ok()?,
            shape: first & 7,
            place,
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
                self.out.leaf(kind?, span, Data::Int(value))
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
        let made = super::shape::assemble(&mut self.out, head.kind, kind, kids, place.span);
        Some(made.map_err(|text| (text, place)))
    }
}
