//! A file as a list of top-level statements.

use std::hash::Hasher;
use std::sync::Arc;

use rustc_hash::{FxHashSet, FxHasher};

use super::SyntaxError;
use super::lexer::Found;
use super::parser::{INVALID_INDENTATION, Parser};
use super::reuse::{Follow, Previous, starts_line};
use super::token::Tok;
use super::tree::{Data, Kind, NodeId, Origin, Span, Tree};

/// A file that has been read.
#[derive(Clone, Default)]
pub struct Parsed {
    /// Its top-level statements in order.
    pub pieces: Vec<Piece>,
    /// The text it was read from, to compare the next version with.
    pub(super) text: Arc<str>,
}

impl Parsed {
    /// Gives all pieces other numbers, as [`parse_file`] would have done.
    pub fn renumber(&mut self, new_origin: &mut dyn FnMut(u32) -> Origin) {
        for piece in &mut self.pieces {
            Arc::make_mut(&mut piece.tree).origin = new_origin(piece.start);
        }
    }
}

/// One top-level statement, with the comments in it.
#[derive(Clone)]
pub struct Piece {
    /// Its first byte in the file.
    pub start: u32,
    /// Its length in bytes, up to the end of its last token.
    pub len: u32,
    /// The statement; places in it count from `start`.
    pub tree: Arc<Tree>,
    /// What is wrong with it; places count from `start` too and may lie behind its end.
    pub errors: Arc<[SyntaxError]>,
    /// A hash of its text.
    pub hash: u64,
    /// What stood behind it, if the statement can be taken over by the next version of the file.
    pub(super) follow: Option<Follow>,
}

/// Reads a file. `new_origin` gives a number to each new piece, from the byte at which it starts. A piece of `previous`
/// that is still there keeps its tree and its number, wherever it stands now; the rest of the result is what reading
/// the whole text would give.
pub fn parse_file(
    text: &str,
    previous: Option<&Parsed>,
    new_origin: &mut dyn FnMut(u32) -> Origin,
) -> Parsed {
    parse_shared(&text.into(), previous, new_origin)
}

/// The same for a text that the result keeps a share of.
pub fn parse_shared(
    text: &Arc<str>,
    previous: Option<&Parsed>,
    new_origin: &mut dyn FnMut(u32) -> Origin,
) -> Parsed {
    let mut reader = Reader {
        parser: Parser::new(text),
        text,
        new_origin,
        previous: previous.map(|previous| Previous::new(previous, text)),
        parsed: Parsed {
            pieces: Vec::new(),
            text: text.clone(),
        },
    };
    reader.file();
    reader.parsed
}

struct Reader<'a, 'o> {
    parser: Parser<'a>,
    text: &'a str,
    new_origin: &'o mut dyn FnMut(u32) -> Origin,
    previous: Option<Previous<'a>>,
    parsed: Parsed,
}

impl Reader<'_, '_> {
    fn file(&mut self) {
        let mut first = !self.take_over_start();
        while !self.parser.at(Tok::Eof) {
            self.start_piece();
            if self.take_over_end() {
                first = false;
                continue;
            }
            if self.parser.at(Tok::SemiColon) {
                self.parser.next();
                if self.parser.tok.indent > 0 {
                    self.parser.error(INVALID_INDENTATION);
                }
                first = true;
                continue;
            }
            if self.parser.tok.indent != 0 && !(first && self.parser.tok.indent < 0) {
                self.parser.top_level_indentation();
                let nothing = self.parser.nothing();
                self.end_piece(nothing);
                continue;
            }
            first = false;
            if !self.take_over() {
                self.piece();
            }
        }
        if !self.parser.lex.errors.is_empty() {
            self.start_piece();
            let nothing = self.parser.nothing();
            self.end_piece(nothing);
        }
    }

    fn start_piece(&mut self) {
        self.parser.start_tree();
        let errors = self.parser.lex.errors.iter();
        if let Some(first) = errors.map(|found| found.error.span.start).min() {
            self.parser.base = self.parser.base.min(first);
        }
    }

    /// Takes over the statements before the edit. Says whether there are any.
    fn take_over_start(&mut self) -> bool {
        let Some(previous) = &mut self.previous else {
            return false;
        };
        let pieces = previous.take_start();
        self.parsed.pieces.extend_from_slice(pieces);
        self.go_on_behind(pieces.last().map(|last| last.start + last.len))
    }

    /// Takes over the statements behind the edit, if it is passed. Says whether there are any.
    fn take_over_end(&mut self) -> bool {
        let at = self.parser.tok.start;
        let clean = self.parser.lex.errors.is_empty() && starts_line(self.text, at);
        let Some(previous) = self.previous.as_mut().filter(|_| clean) else {
            return false;
        };
        let pieces = previous.take_end(at);
        let Some(first) = pieces.first() else {
            return false;
        };
        let moved = |piece: &Piece| Piece {
            start: at + (piece.start - first.start),
            ..piece.clone()
        };
        self.parsed.pieces.extend(pieces.iter().map(moved));
        let last = self.parsed.pieces.last();
        self.go_on_behind(last.map(|last| last.start + last.len))
    }

    fn go_on_behind(&mut self, end: Option<u32>) -> bool {
        if let Some(end) = end {
            self.parser.lex.jump(end as usize);
            self.parser.tok = self.parser.lex.next();
        }
        end.is_some()
    }

    /// Takes over the statement of the previous version that stands here, if there is one.
    fn take_over(&mut self) -> bool {
        let parser = &mut self.parser;
        let at = parser.tok.start;
        let clean = parser.lex.errors.is_empty();
        let Some(previous) = self.previous.as_mut().filter(|_| clean) else {
            return false;
        };
        if !starts_line(self.text, at) {
            return false;
        }
        for i in previous.candidates(self.text, at) {
            let piece = previous.piece(i);
            if piece.follow.is_none() {
                continue;
            }
            let mark = parser.lex.mark();
            parser.lex.jump((at + piece.len) as usize);
            let token = parser.lex.next();
            let same = Follow::of(&token) == piece.follow && parser.lex.errors.is_empty();
            if !same {
                // Read the current token once more: the one tried has taken the place of its text.
                parser.lex.jump(at as usize);
                parser.lex.next();
                parser.lex.reset(mark);
                continue;
            }
            parser.tok = token;
            previous.take(i);
            self.parsed.pieces.push(Piece {
                start: at,
                ..piece.clone()
            });
            return true;
        }
        false
    }

    fn piece(&mut self) {
        let mut root = self.parser.complex_or_simple_stmt();
        if self.parser.is_empty(root) {
            self.parser.error_expression_expected();
            self.parser.next();
            root = self.parser.nothing();
        }
        if self.parser.tok.indent != 0 && !self.parser.at(Tok::SemiColon) {
            self.parser.top_level_indentation();
        }
        self.end_piece(root);
    }

    fn end_piece(&mut self, root: NodeId) {
        let parser = &mut self.parser;
        let (start, end) = (parser.base, parser.last_end.max(parser.base));
        let mut tree = std::mem::take(&mut parser.tree);
        tree.root = Some(root);
        let next = if parser.at(Tok::Eof) {
            u32::MAX
        } else {
            parser.tok.start
        };
        let errors = errors_before(&mut parser.lex.errors, next, start, self.text);
        // A comment goes on in a comment behind it, so what follows it would decide what it is.
        let follow = Follow::of(&parser.tok).filter(|follow| {
            errors.is_empty()
                && starts_line(self.text, start)
                && !(follow.is_comment() && parser.last_was_comment)
        });
        let mut piece = Piece {
            start,
            len: end - start,
            tree: Arc::new(tree),
            errors: errors.into(),
            hash: hash(&self.text.as_bytes()[start as usize..end as usize]),
            follow,
        };
        let previous = self.previous.as_mut();
        let same =
            previous.and_then(|previous| Some((previous.same(self.text, &piece)?, previous)));
        if let Some((i, previous)) = same {
            previous.take(i);
            piece.tree = previous.piece(i).tree.clone();
        } else if let Some(tree) = Arc::get_mut(&mut piece.tree) {
            tree.origin = (self.new_origin)(start);
        }
        self.parsed.pieces.push(piece);
    }
}

/// Takes the errors of the statement that ends before `next`, with places from `start`, in the order they were found.
/// Only the first on a line tells something: what follows it comes of it.
fn errors_before(found: &mut Vec<Found>, next: u32, start: u32, text: &str) -> Vec<SyntaxError> {
    let mut errors = Vec::new();
    let mut lines = FxHashSet::default();
    found.retain_mut(|found| {
        let at = found.error.span.start;
        if found.lexed && at >= next {
            return true;
        }
        let before = &text.as_bytes()[..(at as usize).min(text.len())];
        let line = before.iter().rposition(|&byte| byte == b'\n');
        if lines.insert(line) {
            let mut error = found.error.clone();
            error.span.start = error.span.start.saturating_sub(start);
            error.span.end = error.span.end.saturating_sub(start);
            errors.push(error);
        }
        false
    });
    errors
}

impl Parser<'_> {
    /// Reports a top-level statement that does not start where one may, and goes on with the next.
    fn top_level_indentation(&mut self) {
        if self.at(Tok::Opr) && self.shown() == "*" {
            self.error("invalid indentation; an export marker '*' follows the declared identifier");
        } else {
            self.error(INVALID_INDENTATION);
        }
        self.skip_to_end();
    }

    /// The root of a piece of which nothing could be read.
    fn nothing(&mut self) -> NodeId {
        self.tree.leaf(Kind::Error, Span::default(), Data::None)
    }
}

pub(super) fn hash(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.finish()
}
