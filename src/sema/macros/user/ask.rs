//! What macros ask of the compiler while they run.
//!
//! In: a request in bytes, the first of which tells what is wanted. Out: the answer in bytes. `lib/system/trees.nim` has the other
//! side. Questions look at the program and change nothing but what they are for: numbers for fresh names, messages.

use std::sync::Arc;

use super::declared;
use super::facts;
use super::outside;
use super::typetree;
use super::wire::{Build, NO_NUMBER, Reader, Stands, Writer};
use crate::diagnostics::Diagnostic;
use crate::sema::foreign::Foreign;
use crate::sema::program::{Asked, Layouts, Loader, Sema};
use crate::sema::render::{Unresolved, text};
use crate::sema::typed::RoutineId;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind, Origin, Tree};

/// Who answers.
pub(in crate::sema) struct Questions<'q> {
    pub loader: &'q mut dyn Loader,
    pub gensyms: &'q mut u32,
    pub messages: Vec<Diagnostic>,
    /// Routines of which a macro has seen the body.
    pub looked_at: Vec<RoutineId>,
    /// `error` was called: where, and with what.
    pub fatal: Option<(Place, String)>,
    pub layouts: Layouts,
    /// The call of the macro that runs, if it asks for it.
    pub callsite: Option<&'q [u8]>,
    /// The identities of the routines around, outermost first.
    pub frames: Vec<Arc<str>>,
}

/// So long is a place that is none.
fn is_somewhere(place: Place) -> bool {
    place.span.end > 0
}

impl Asked for Questions<'_> {
    fn ask(&mut self, sema: &Sema, request: &[u8]) -> Result<Vec<u8>, String> {
        let mut r = Reader::new(request);
        let what = r.byte().unwrap_or_default();
        self.answer(sema, what, &mut r)
            .unwrap_or_else(|| Err("illformed question to the compiler".into()))
    }
}

impl Questions<'_> {
    fn answer(
        &mut self,
        sema: &Sema,
        what: u8,
        r: &mut Reader<'_>,
    ) -> Option<Result<Vec<u8>, String>> {
        let mut w = Writer::new();
        match what {
            b'e' | b'w' | b'h' => {
                let place = r.place()?;
                let text = String::from_utf8_lossy(r.text()?).into_owned();
                if what == b'e' {
                    if is_somewhere(place) {
                        self.fatal = Some((place, text.clone()));
                    }
                    return Some(Err(text));
                }
                // There are no milder messages than warnings.
                let text = format!("{text} [User]");
                self.messages.push(Diagnostic::warning(place, text));
            }
            b'g' => {
                *self.gensyms += 1;
                w.number(u64::from(*self.gensyms));
            }
            b'l' => {
                let place = r.place()?;
                let (file, line, column) = match is_somewhere(place) {
                    true => self.loader.line(place),
                    false => ("???".into(), 0, 0),
                };
                let file = match is_somewhere(place) {
                    true => self.loader.path(place),
                    false => file,
                };
                w.text(file.as_bytes());
                w.number(line.into());
                w.number(u64::from(column.saturating_sub(1)));
            }
            b'p' => {
                let place = r.place()?;
                let statements = r.number()? != 0;
                let text = String::from_utf8_lossy(r.text()?).into_owned();
                match parsed(&text, statements, place) {
                    Ok(bytes) => {
                        w.out.push(1);
                        w.out.extend(bytes);
                    }
                    Err(message) => {
                        w.out.push(0);
                        w.text(message.as_bytes());
                    }
                }
            }
            b'r' => {
                let text = rendered(r);
                w.text(text.as_bytes());
            }
            b'P' => {
                let main = sema.main.and_then(|ix| sema.modules.get(ix.0 as usize));
                let path = main.map(|module| self.loader.file_path(module.file));
                w.text(path.unwrap_or_default().as_bytes());
            }
            b'c' => match self.callsite {
                Some(tree) => w.out.extend(tree),
                None => {
                    let why = "not supported yet: 'callsite' in a routine that a macro calls";
                    return Some(Err(why.into()));
                }
            },
            b's' | b'z' | b'o' | b'f' | b'R' => return facts::answer(sema, self, what, r),
            b'E' | b'F' | b'D' | b'X' => return outside::answer(self.loader, what, r).map(Ok),
            b't' => return typetree::answer(sema, r),
            b'i' => return declared::implementation(sema, self, r),
            _ => return None,
        }
        Some(Ok(w.out))
    }
}

/// Tree to text.
fn rendered(r: &Reader<'_>) -> String {
    let mut symbol = |out: &mut Tree, span, name: Name, stands: Stands| match stands {
        Stands::Fresh(number) if number != NO_NUMBER => out.leaf(
            Kind::Ident,
            span,
            Data::Name(Name::new(&format!("{name}`gensym{number}"))),
        ),
        _ => out.leaf(Kind::Ident, span, Data::Name(name)),
    };
    let place = Place::default();
    let mut build = Build {
        from: *r,
        out: Tree::default(),
        place,
        symbol: &mut symbol,
        depth: 0,
        as_shown: true,
    };
    match build.node() {
        Ok(root) => {
            let out = build.out;
            text(out.at(root), &Unresolved)
        }
        Err((message, _)) => message,
    }
}

/// Text to tree.
fn parsed(text: &str, statements: bool, place: Place) -> Result<Vec<u8>, String> {
    let parsed = crate::syntax::parse_file(text, None, &mut |_| Origin(0));
    let errors = parsed.pieces.iter().flat_map(|piece| piece.errors.iter());
    if let Some(error) = errors.into_iter().next() {
        return Err(error.message.clone());
    }
    let roots: Vec<Cursor<'_>> = parsed
        .pieces
        .iter()
        .map(|piece| piece.tree.root())
        .filter(|root| !root.is_empty())
        .collect();
    let mut w = Writer::new();
    if !statements {
        let [only] = roots[..] else {
            return Err("expected expression, but got multiple statements".into());
        };
        if crate::sema::expr::is_statement(only.kind()) {
            return Err("expected expression, but got a statement".into());
        }
        plain(&mut w, only, place);
        return Ok(w.out);
    }
    w.kids(Kind::StmtList, roots.len(), place);
    for root in roots {
        plain(&mut w, root, place);
    }
    Ok(w.out)
}

/// A tree of the parser, all of which stands at one place.
pub(super) fn plain(w: &mut Writer, n: Cursor<'_>, place: Place) {
    match n.node().data {
        Data::Name(name) => w.ident(name.as_str(), place),
        Data::Int(value, base) => w.int(n.kind(), (value, base), place, None),
        Data::Float(value) => w.float(n.kind(), value, place, None),
        Data::Text(_) => w.str(n.kind(), n.text().unwrap_or_default(), place, None),
        Data::None | Data::Foreign(_) => match n.kind() {
            Kind::NilLit => w.nil(place),
            _ => w.empty(place),
        },
        Data::Kids { .. } => {
            w.kids(n.kind(), n.len(), place);
            for kid in n.kids() {
                plain(w, kid, place);
            }
        }
    }
}

/// What is found of a number, if it is a checked expression.
pub(super) fn typed_at(
    sema: &Sema,
    number: u32,
) -> Option<std::sync::Arc<crate::sema::typed::Expr>> {
    match sema.foreigns.get(number)? {
        Foreign::Typed(expr) => Some(expr.clone()),
        Foreign::Bound(_) => None,
    }
}
