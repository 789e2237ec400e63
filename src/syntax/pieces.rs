//! A file as a list of top-level statements.

use std::hash::Hasher;
use std::sync::Arc;

use rustc_hash::FxHasher;

use super::SyntaxError;
use super::parser::{INVALID_INDENTATION, Parser};
use super::token::Tok;
use super::tree::{Data, Kind, NodeId, Origin, Span, Tree};

/// A file that has been read.
#[derive(Clone, Default)]
pub struct Parsed {
    /// Its top-level statements in order.
    pub pieces: Vec<Piece>,
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
}

/// Reads a file. `new_origin` gives a number to each piece, from the byte at which it starts.
pub fn parse_file(
    text: &str,
    previous: Option<&Parsed>,
    new_origin: &mut dyn FnMut(u32) -> Origin,
) -> Parsed {
    let _ = previous;
    let mut reader = Reader {
        parser: Parser::new(text),
        text,
        new_origin,
        parsed: Parsed::default(),
    };
    reader.file();
    reader.parsed
}

struct Reader<'a, 'o> {
    parser: Parser<'a>,
    text: &'a str,
    new_origin: &'o mut dyn FnMut(u32) -> Origin,
    parsed: Parsed,
}

impl Reader<'_, '_> {
    fn file(&mut self) {
        let mut first = true;
        while !self.parser.at(Tok::Eof) {
            self.start_piece();
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
                continue;
            }
            first = false;
            self.piece();
        }
        if !self.parser.lex.errors.is_empty() || !self.parser.errors.is_empty() {
            self.start_piece();
            let nothing = self.parser.nothing();
            self.end_piece(nothing);
        }
    }

    fn start_piece(&mut self) {
        self.parser.start_tree();
        let errors = self.parser.lex.errors.iter().chain(&self.parser.errors);
        if let Some(error) = errors.min_by_key(|error| error.span.start) {
            self.parser.base = self.parser.base.min(error.span.start);
        }
    }

    fn piece(&mut self) {
        let mut root = self.parser.complex_or_simple_stmt();
        if self.parser.is_empty(root) {
            if self.parser.errors.is_empty() && !self.parser.at(Tok::Invalid) {
                self.parser.error_expression_expected();
            }
            self.parser.next();
            root = self.parser.nothing();
        }
        self.end_piece(root);
    }

    fn end_piece(&mut self, root: NodeId) {
        let parser = &mut self.parser;
        let (start, end) = (parser.base, parser.last_end.max(parser.base));
        let mut tree = std::mem::take(&mut parser.tree);
        tree.root = Some(root);
        tree.origin = (self.new_origin)(start);
        let next = if parser.at(Tok::Eof) {
            u32::MAX
        } else {
            parser.tok.start
        };
        let lexed = &mut parser.lex.errors;
        let ours = lexed.partition_point(|error| error.span.start < next);
        let mut errors: Vec<SyntaxError> = lexed.drain(..ours).collect();
        errors.append(&mut parser.errors);
        errors.sort_by_key(|error| error.span.start);
        for error in &mut errors {
            error.span.start = error.span.start.saturating_sub(start);
            error.span.end = error.span.end.saturating_sub(start);
        }
        self.parsed.pieces.push(Piece {
            start,
            len: end - start,
            tree: Arc::new(tree),
            errors: errors.into(),
            hash: hash(&self.text[start as usize..end as usize]),
        });
    }
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

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}
