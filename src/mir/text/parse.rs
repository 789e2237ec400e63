//! From text to modules: everything but the bodies of procs, which are in [`super::parse_proc`].
//!
//! Two passes, so that definitions may stand in any order: the first takes definitions and lists and skips procs, the
//! second takes procs. A line that cannot be read is reported and left out.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::lex::{Tok, lex};
use super::names::{SCALARS, named};
use super::parse_proc;
use crate::mir::Ids;
use crate::mir::ir::*;
use crate::source::Place;
use crate::syntax::tree::{Origin, Span};

/// What is wrong with a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextError {
    /// Line, from 1.
    pub line: u32,
    /// What was expected, what was found.
    pub message: String,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// Reads one module. A text without a `module` line is the module `main`.
///
/// # Errors
/// Everything that could not be read.
pub fn parse_module(text: &str, ids: &Ids) -> Result<Module, Vec<TextError>> {
    let mut modules = parse_modules(text, ids)?;
    if modules.len() > 1 {
        let message = "expected one module".to_owned();
        return Err(vec![TextError { line: 1, message }]);
    }
    Ok(modules.remove(0))
}

/// Reads any number of modules; each begins with its `module` line. Definitions are shared.
///
/// # Errors
/// Everything that could not be read.
pub fn parse_modules(text: &str, ids: &Ids) -> Result<Vec<Module>, Vec<TextError>> {
    let mut parser = Parser::new(text, ids);
    parser.first_pass();
    parser.resolve_data();
    parser.procs();
    parser.check_descs();
    match parser.errors.is_empty() {
        true => Ok(parser.modules),
        false => {
            parser.errors.sort_by_key(|error| error.line);
            Err(parser.errors)
        }
    }
}

/// A result whose error is a message about the line at hand.
pub(super) type Res<T> = Result<T, String>;

/// A piece of constant data as written.
#[derive(Clone)]
enum Piece {
    Bytes(Vec<u8>),
    Zero(usize),
    Proc(ProcId),
    Desc(DescId),
    Data(String),
}

struct RawData {
    line: u32,
    align: u32,
    pieces: Vec<Piece>,
    /// Set while it is being resolved, and when it could not be.
    busy: bool,
}

pub(super) struct Parser<'a> {
    pub(super) ids: &'a Ids,
    toks: Vec<(Tok, u32)>,
    at: usize,
    errors: Vec<TextError>,
    modules: Vec<Module>,
    raw_data: FxHashMap<String, RawData>,
    pub(super) data: FxHashMap<String, DataId>,
    pub(super) externs: FxHashMap<String, ExternId>,
    /// Descriptors that were named, with the line of the first mention.
    descs: FxHashMap<DescId, u32>,
    /// Where procs begin: (module, token).
    proc_starts: Vec<(usize, usize)>,
}

impl<'a> Parser<'a> {
    fn new(text: &str, ids: &'a Ids) -> Parser<'a> {
        let lexed = lex(text);
        let errors = lexed
            .errors
            .into_iter()
            .map(|(line, message)| TextError { line, message });
        Parser {
            ids,
            toks: lexed.toks,
            at: 0,
            errors: errors.collect(),
            modules: Vec::new(),
            raw_data: FxHashMap::default(),
            data: FxHashMap::default(),
            externs: FxHashMap::default(),
            descs: FxHashMap::default(),
            proc_starts: Vec::new(),
        }
    }

    pub(super) fn peek(&self) -> &Tok {
        &self.toks[self.at].0
    }

    pub(super) fn line(&self) -> u32 {
        self.toks[self.at].1
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn go_back(&mut self, position: usize) {
        self.at = position;
    }

    /// Takes a token; the last one, `Eof`, stays.
    pub(super) fn next(&mut self) -> Tok {
        let tok = self.toks[self.at].0.clone();
        if self.at + 1 < self.toks.len() {
            self.at += 1;
        }
        tok
    }

    pub(super) fn error(&mut self, line: u32, message: String) {
        self.errors.push(TextError { line, message });
    }

    pub(super) fn skip_line(&mut self) {
        while !matches!(self.peek(), Tok::Newline | Tok::Eof) {
            self.next();
        }
    }

    /// Runs `f` on the rest of a line, which it must use up, and reports what goes wrong.
    pub(super) fn on_line<T>(&mut self, f: impl FnOnce(&mut Self) -> Res<T>) -> Option<T> {
        let line = self.line();
        let result = f(self).and_then(|value| match self.peek() {
            Tok::Newline | Tok::Eof => Ok(value),
            tok => Err(format!("expected the end of the line, found {}", show(tok))),
        });
        self.skip_line();
        result.map_err(|message| self.error(line, message)).ok()
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Tok::Word(found) if found == word);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn take_punct(&mut self, punct: char) -> bool {
        let found = *self.peek() == Tok::Punct(punct);
        if found {
            self.next();
        }
        found
    }

    pub(super) fn punct(&mut self, punct: char) -> Res<()> {
        match self.take_punct(punct) {
            true => Ok(()),
            false => Err(format!("expected '{punct}', found {}", show(self.peek()))),
        }
    }

    pub(super) fn word(&mut self) -> Res<String> {
        match self.next() {
            Tok::Word(word) => Ok(word),
            tok => Err(format!("expected a word, found {}", show(&tok))),
        }
    }

    pub(super) fn keyword(&mut self, word: &str) -> Res<()> {
        match self.take_word(word) {
            true => Ok(()),
            false => Err(format!("expected '{word}', found {}", show(self.peek()))),
        }
    }

    /// A plain or quoted name.
    fn name(&mut self) -> Res<Arc<str>> {
        match self.next() {
            Tok::Word(word) => Ok(word.into()),
            Tok::Str(bytes) => utf8(bytes),
            tok => Err(format!("expected a name, found {}", show(&tok))),
        }
    }

    pub(super) fn quoted(&mut self) -> Res<Option<Arc<str>>> {
        match self.peek() {
            Tok::Str(bytes) => {
                let bytes = bytes.clone();
                self.next();
                utf8(bytes).map(Some)
            }
            _ => Ok(None),
        }
    }

    pub(super) fn int(&mut self) -> Res<i64> {
        match self.next() {
            Tok::Int(value) => Ok(value),
            tok => Err(format!("expected an integer, found {}", show(&tok))),
        }
    }

    pub(super) fn small(&mut self) -> Res<u32> {
        let value = self.int()?;
        u32::try_from(value).map_err(|_| format!("{value} is out of range"))
    }

    pub(super) fn sigil(&mut self, sigil: char, what: &str) -> Res<(String, u64)> {
        match self.next() {
            Tok::Sigil(found, name, tag) if found == sigil => Ok((name, tag)),
            tok => Err(format!("expected {what}, found {}", show(&tok))),
        }
    }

    pub(super) fn proc_id(&mut self) -> Res<ProcId> {
        let (name, abi) = self.sigil('@', "a proc")?;
        Ok(self.ids.proc(&name, abi))
    }

    pub(super) fn global_id(&mut self) -> Res<GlobalId> {
        let (name, _) = self.sigil('$', "a global")?;
        Ok(self.ids.global(&name))
    }

    pub(super) fn desc_id(&mut self) -> Res<DescId> {
        let line = self.line();
        let (name, layout) = self.sigil(':', "a descriptor")?;
        let id = self.ids.desc(&name, layout).0;
        self.descs.entry(id).or_insert(line);
        Ok(id)
    }

    pub(super) fn scalar(&mut self) -> Res<Scalar> {
        let word = self.word()?;
        named(SCALARS, &word).ok_or_else(|| format!("expected a type, found '{word}'"))
    }

    /// Items with commas between; none when the next token cannot begin one.
    pub(super) fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Res<T>) -> Res<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.take_punct(',') {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// Items with commas between, up to `close`.
    pub(super) fn list_until<T>(
        &mut self,
        close: char,
        item: impl FnMut(&mut Self) -> Res<T>,
    ) -> Res<Vec<T>> {
        if self.take_punct(close) {
            return Ok(Vec::new());
        }
        let items = self.list(item)?;
        self.punct(close)?;
        Ok(items)
    }

    /// `origin/start-end`, and `/mark` where that is another byte; the lexer takes `-end` as a negative number.
    pub(super) fn place(&mut self) -> Res<Place> {
        let origin = self.small()?;
        self.punct('/')?;
        let start = self.small()?;
        let end = -self.int()?;
        let end = u32::try_from(end).map_err(|_| "expected a place, as in 3/10-20".to_owned())?;
        let place = Place::new(Origin(origin), Span { start, end });
        let mark = match self.take_punct('/') {
            true => self.small()?,
            false => start,
        };
        Ok(Place { mark, ..place })
    }

    /// `-> type` and `raises` behind the parameters.
    pub(super) fn sig_tail(&mut self, params: Vec<Scalar>) -> Res<Sig> {
        let ret = match self.peek() {
            Tok::Arrow => {
                self.next();
                Some(self.scalar()?)
            }
            _ => None,
        };
        let raises = self.take_word("raises");
        Ok(Sig {
            params: params.into(),
            ret,
            raises,
        })
    }

    pub(super) fn sig(&mut self) -> Res<Sig> {
        self.punct('(')?;
        let params = self.list_until(')', Self::scalar)?;
        self.sig_tail(params)
    }

    fn module(&mut self) -> &mut Module {
        if self.modules.is_empty() {
            self.modules.push(Module::empty("main".into()));
        }
        let last = self.modules.len() - 1;
        &mut self.modules[last]
    }

    fn first_pass(&mut self) {
        while *self.peek() != Tok::Eof {
            match self.peek() {
                Tok::Newline => {
                    self.next();
                }
                Tok::Word(word) if word == "proc" => self.note_proc(),
                _ => {
                    self.on_line(Self::item);
                }
            }
        }
        self.module();
    }

    fn note_proc(&mut self) {
        self.module();
        self.proc_starts.push((self.modules.len() - 1, self.at));
        let line = self.line();
        while *self.peek() != Tok::Punct('}') {
            if *self.peek() == Tok::Eof {
                return self.error(line, "the proc has no end".to_owned());
            }
            self.next();
        }
        self.next();
    }

    fn item(&mut self) -> Res<()> {
        match self.word()?.as_str() {
            "module" => {
                let name = self.name()?;
                self.modules.push(Module::empty(name));
            }
            "import" => {
                let names = self.list(Self::name)?;
                self.module().imports.extend(names);
            }
            "desc" => self.desc()?,
            "data" => self.data_item()?,
            "extern" => self.extern_item()?,
            "global" => self.global_item()?,
            "init" => {
                let proc = self.proc_id()?;
                let sets = match self.take_word("sets") {
                    true => self.list(Self::global_id)?,
                    false => Vec::new(),
                };
                self.module().init.push(InitStep {
                    proc,
                    sets,
                    written: None,
                });
            }
            "before" => self.handler(true)?,
            "after" => self.handler(false)?,
            "default" => {
                let made = (self.desc_id()?, self.proc_id()?);
                self.module().defaults.push(made);
            }
            "migration" => {
                let (old, new) = (self.desc_id()?, self.desc_id()?);
                let proc = self.proc_id()?;
                self.module().migrations.push(Migration { proc, old, new });
            }
            word => return Err(format!("expected a definition, found '{word}'")),
        }
        Ok(())
    }

    fn handler(&mut self, before: bool) -> Res<()> {
        let proc = self.proc_id()?;
        self.module().handlers.push(Handler { before, proc });
        Ok(())
    }

    fn global_item(&mut self) -> Res<()> {
        let (identity, _) = self.sigil('$', "a global")?;
        let name = self.quoted()?.unwrap_or_else(|| identity.as_str().into());
        let desc = self.desc_id()?;
        let is_let = self.take_word("let");
        let scoped = self.take_word("scoped");
        let place = match self.take_word("at") {
            true => self.place()?,
            false => Place::default(),
        };
        let id = self.ids.global(&identity);
        self.module().globals.push(Global {
            id,
            name,
            desc,
            is_let,
            scoped,
            place,
        });
        Ok(())
    }

    fn extern_item(&mut self) -> Res<()> {
        let (label, _) = self.sigil('~', "a C function")?;
        let symbol = self.quoted()?.unwrap_or_else(|| label.as_str().into());
        let sig = self.sig()?;
        let varargs = match self.take_word("varargs") {
            true => Some(self.small()?),
            false => None,
        };
        let library = match self.take_word("library") {
            true => Some(self.name()?),
            false => None,
        };
        let aggregates = self.aggregates()?;
        let id = self.ids.extern_fn(Extern {
            symbol,
            library,
            sig,
            varargs,
            aggregates,
        });
        match self.externs.insert(label, id) {
            Some(before) if before != id => Err("the C function is defined already".to_owned()),
            _ => Ok(()),
        }
    }

    pub(super) fn aggregates(&mut self) -> Res<Aggregates> {
        let mut aggregates = Aggregates::default();
        while self.take_word("passes") {
            let index = self.small()?;
            aggregates.params.push((index, self.by_value()?));
        }
        if self.take_word("gives") {
            aggregates.result = Some(self.by_value()?);
        }
        Ok(aggregates)
    }

    /// `stack 24`, or a word for each register.
    fn by_value(&mut self) -> Res<ByValue> {
        if self.take_word("stack") {
            return Ok(ByValue::Memory(self.small()?));
        }
        let mut classes = smallvec::SmallVec::new();
        loop {
            if self.take_word("int") {
                classes.push(Scalar::I64);
            } else if self.take_word("float") {
                classes.push(Scalar::F64);
            } else {
                return Ok(ByValue::Registers(classes));
            }
        }
    }

    fn data_item(&mut self) -> Res<()> {
        let line = self.line();
        let (label, _) = self.sigil('&', "a name for data")?;
        self.keyword("align")?;
        let align = self.small()?;
        let mut pieces = Vec::new();
        loop {
            let piece = match self.peek().clone() {
                Tok::Str(bytes) => Piece::Bytes(bytes),
                Tok::Sigil('@', name, abi) => Piece::Proc(self.ids.proc(&name, abi)),
                Tok::Sigil('&', name, _) => Piece::Data(name),
                Tok::Sigil(':', ..) => {
                    pieces.push(Piece::Desc(self.desc_id()?));
                    continue;
                }
                Tok::Word(word) if word == "zero" => {
                    self.next();
                    pieces.push(Piece::Zero(self.small()? as usize));
                    continue;
                }
                Tok::Word(_) => {
                    pieces.push(Piece::Bytes(self.data_scalar()?));
                    continue;
                }
                Tok::Newline | Tok::Eof => break,
                tok => return Err(format!("expected data, found {}", show(&tok))),
            };
            self.next();
            pieces.push(piece);
        }
        let raw = RawData {
            line,
            align,
            pieces,
            busy: false,
        };
        match self.raw_data.insert(label, raw) {
            Some(_) => Err("the data is defined already".to_owned()),
            None => Ok(()),
        }
    }

    /// `i32 5`, `f64 1.5`: for text written by hand.
    fn data_scalar(&mut self) -> Res<Vec<u8>> {
        let ty = self.scalar()?;
        let bits = match (self.next(), ty) {
            (Tok::Int(value), _) if !ty.is_float() => value as u64,
            (Tok::Float(value), Scalar::F64) => value.to_bits(),
            (Tok::Float(value), Scalar::F32) => (value as f32).to_bits().into(),
            (tok, _) => return Err(format!("expected a constant, found {}", show(&tok))),
        };
        Ok(bits.to_le_bytes()[..ty.size() as usize].to_vec())
    }

    fn resolve_data(&mut self) {
        let mut labels: Vec<String> = self.raw_data.keys().cloned().collect();
        labels.sort();
        for label in labels {
            if let Err((line, message)) = self.resolve(&label, 0) {
                self.error(line, message);
            }
        }
    }

    fn resolve(&mut self, label: &str, from: u32) -> Result<DataId, (u32, String)> {
        if let Some(&id) = self.data.get(label) {
            return Ok(id);
        }
        let Some(raw) = self.raw_data.get_mut(label) else {
            return Err((from, format!("unknown data &{label}")));
        };
        let (line, align, pieces) = (raw.line, raw.align, raw.pieces.clone());
        if std::mem::replace(&mut raw.busy, true) {
            return Err((
                line,
                format!("data &{label} contains itself or what cannot be read"),
            ));
        }
        let mut data = Data {
            bytes: Vec::new(),
            align,
            relocs: Vec::new(),
        };
        for piece in pieces {
            let target = match piece {
                Piece::Bytes(bytes) => {
                    data.bytes.extend(bytes);
                    continue;
                }
                Piece::Zero(count) => {
                    data.bytes.resize(data.bytes.len() + count, 0);
                    continue;
                }
                Piece::Proc(proc) => Target::Proc(proc),
                Piece::Desc(desc) => Target::Desc(desc),
                Piece::Data(inner) => Target::Data(self.resolve(&inner, line)?),
            };
            data.relocs.push((data.bytes.len() as u32, target));
            data.bytes.extend([0; 8]);
        }
        let id = self.ids.data(data);
        self.data.insert(label.to_owned(), id);
        Ok(id)
    }

    fn desc(&mut self) -> Res<()> {
        let Tok::Sigil(':', identity, layout) = self.peek().clone() else {
            return Err(format!(
                "expected a descriptor, found {}",
                show(self.peek())
            ));
        };
        let id = self.desc_id()?;
        let name = self.quoted()?.unwrap_or_else(|| identity.as_str().into());
        self.keyword("size")?;
        let size = self.small()?;
        self.keyword("align")?;
        let align = self.small()?;
        let destroy = match self.take_word("destroy") {
            true => Some(self.proc_id()?),
            false => None,
        };
        let hooked = self.take_word("hooked");
        let acyclic = self.take_word("acyclic");
        self.punct('=')?;
        let shape = self.shape()?;
        let desc = Desc {
            name,
            size,
            align,
            shape,
            destroy,
            hooked,
            acyclic,
        };
        let (_, is_new) = self.ids.desc(&identity, layout);
        if is_new {
            self.ids.define_desc(id, desc);
        } else if *self.ids.desc_of(id) != desc {
            return Err("the descriptor is defined already, in another way".to_owned());
        }
        Ok(())
    }

    fn shape(&mut self) -> Res<Shape> {
        let word = self.word()?;
        Ok(match word.as_str() {
            "int" => self.int_shape(true)?,
            "uint" => self.int_shape(false)?,
            "float" => Shape::Float,
            "bool" => Shape::Bool,
            "char" => Shape::Char,
            "enum" => {
                let signed = self.take_word("signed");
                self.punct('{')?;
                let constants = self.list_until('}', |parser| {
                    let name = parser.name()?;
                    parser.punct('=')?;
                    Ok((name, parser.int()?))
                })?;
                Shape::Enum { constants, signed }
            }
            "set" => {
                let elem = self.desc_id()?;
                self.keyword("from")?;
                let low = self.int()?;
                Shape::Set { elem, low }
            }
            "pointer" => Shape::Pointer,
            "ptr" => Shape::Ptr(self.desc_id()?),
            "cursor" => Shape::Cursor(self.desc_id()?),
            "cstring" => Shape::CString,
            "string" => Shape::String,
            "seq" => Shape::Seq(self.desc_id()?),
            "array" => {
                let elem = self.desc_id()?;
                self.keyword("x")?;
                let len = self.int()? as u64;
                let index = match self.take_word("by") {
                    true => Some(self.desc_id()?),
                    false => None,
                };
                Shape::Array { elem, len, index }
            }
            "tuple" => Shape::Tuple(self.fields()?),
            "object" => {
                let rtti = self.take_word("rtti");
                let base = match self.take_word("of") {
                    true => Some(self.desc_id()?),
                    false => None,
                };
                let fields = self.fields()?;
                Shape::Object { base, rtti, fields }
            }
            "ref" => Shape::Ref(self.desc_id()?),
            "proc" => Shape::Proc,
            "closure" => Shape::Closure,
            "union" => Shape::Union(self.fields()?),
            _ => return Err(format!("expected a shape, found '{word}'")),
        })
    }

    fn int_shape(&mut self, signed: bool) -> Res<Shape> {
        let bounds = match self.take_word("from") {
            true => {
                let first = self.int()?;
                self.keyword("to")?;
                Some((first, self.int()?))
            }
            false => None,
        };
        Ok(Shape::Int { signed, bounds })
    }

    fn fields(&mut self) -> Res<Vec<DescField>> {
        self.punct('{')?;
        self.list_until('}', |parser| {
            let name = parser.name()?;
            let desc = parser.desc_id()?;
            parser.keyword("at")?;
            let offset = parser.small()?;
            let when = match parser.take_word("when") {
                true => {
                    let discriminator = parser.small()?;
                    parser.keyword("in")?;
                    parser.punct('[')?;
                    Some((discriminator, parser.list_until(']', Self::int)?))
                }
                false => None,
            };
            Ok(DescField {
                name,
                offset,
                desc,
                when,
            })
        })
    }

    fn procs(&mut self) {
        for (module, start) in std::mem::take(&mut self.proc_starts) {
            self.at = start;
            if let Some(proc) = parse_proc::proc(self) {
                let known = &self.modules[module].procs;
                if known.iter().any(|other| other.id == proc.id) {
                    let line = self.toks[start].1;
                    self.error(line, "the proc is defined already".to_owned());
                }
                self.modules[module].procs.push(Arc::new(proc));
            }
        }
    }

    fn check_descs(&mut self) {
        for (id, line) in std::mem::take(&mut self.descs) {
            let (identity, layout) = self.ids.desc_key(id);
            if self.ids.desc(&identity, layout).1 {
                self.error(line, format!("the descriptor :{identity} is not defined"));
            }
        }
    }
}

fn utf8(bytes: Vec<u8>) -> Res<Arc<str>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(_) => Err("a name is UTF-8".to_owned()),
    }
}

/// A token as messages show it.
pub(super) fn show(tok: &Tok) -> String {
    match tok {
        Tok::Word(word) => format!("'{word}'"),
        Tok::Sigil(sigil, name, _) => format!("'{sigil}{name}'"),
        Tok::Int(value) => format!("'{value}'"),
        Tok::Float(value) => format!("'{value:?}'"),
        Tok::Str(_) => "a string".to_owned(),
        Tok::Punct(punct) => format!("'{punct}'"),
        Tok::Arrow => "'->'".to_owned(),
        Tok::Newline => "the end of the line".to_owned(),
        Tok::Eof => "the end of the text".to_owned(),
    }
}
