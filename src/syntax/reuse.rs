//! Which statements of the previous version of a file can be taken over without reading them again.
//!
//! A statement is the same if its text is the same, it starts a line, and what the parser saw behind it decides the same:
//! it looks at one token beyond the statement, of which it uses little more than the kind.
//!
//! Most edits are in one place. What lies before the first byte that differs and behind the last one is taken over at once,
//! but for the statement next to the edit, which could see it; the rest is looked for statement by statement.

use rustc_hash::FxHashMap;

use super::pieces::{Parsed, Piece};
use super::token::{Tok, Token};
use crate::source::Name;

/// How many statements that start alike are tried before the text is read.
const MOST_CANDIDATES: usize = 64;

/// What the parser could see of the token behind a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Follow {
    kind: Tok,
    /// Operators and the few words that count by their spelling.
    word: Option<Name>,
}

impl Follow {
    /// What `token` is to the statement before it, if that statement can be taken over at all.
    pub fn of(token: &Token) -> Option<Follow> {
        if token.indent != 0 {
            return None;
        }
        let counts = match token.kind {
            Tok::Opr => true,
            Tok::Symbol => matches!(token.name.as_str(), "with" | "without"),
            _ => false,
        };
        Some(Follow {
            kind: token.kind,
            word: counts.then_some(token.name),
        })
    }

    pub fn is_comment(self) -> bool {
        self.kind == Tok::Comment
    }
}

/// Does a line of `text` start at byte `at`?
pub(super) fn starts_line(text: &str, at: u32) -> bool {
    at == 0 || matches!(text.as_bytes()[at as usize - 1], b'\n' | b'\r')
}

/// The statements of the previous version that are still to be had.
pub(super) struct Previous<'p> {
    parsed: &'p Parsed,
    /// How many bytes are the same at the start of both texts.
    same_start: usize,
    /// How many of the others are the same at the end.
    same_end: usize,
    /// The new text's length.
    len: usize,
    used: Vec<bool>,
    /// One past the last statement taken over.
    next: usize,
    /// Statements by the hash of their first line; made when the order alone does not lead to one.
    by_line: Option<FxHashMap<u64, Vec<u32>>>,
}

impl<'p> Previous<'p> {
    pub fn new(parsed: &'p Parsed, text: &str) -> Previous<'p> {
        let (old, new) = (parsed.text.as_bytes(), text.as_bytes());
        let same_start = common_start(old, new);
        Previous {
            parsed,
            same_start,
            same_end: common_end(&old[same_start..], &new[same_start..]),
            len: new.len(),
            used: vec![false; parsed.pieces.len()],
            next: 0,
            by_line: None,
        }
    }

    /// Takes the statements that stand before the edit and cannot see it.
    pub fn take_start(&mut self) -> &'p [Piece] {
        let pieces = &self.parsed.pieces;
        // The one behind a statement decides about it, as far as its first token.
        let before_edit = |piece: &Piece| {
            let end = (piece.start + piece.len) as usize;
            let line = line(&self.parsed.text.as_bytes()[end..]).len();
            end + line < self.same_start
        };
        let whole = pieces.partition_point(before_edit);
        let count = pieces[..whole.saturating_sub(1)]
            .iter()
            .take_while(|piece| piece.follow.is_some())
            .count();
        self.used[..count].fill(true);
        self.next = count;
        &pieces[..count]
    }

    /// Takes the statements from byte `at` of the new text on, if it lies behind the edit.
    pub fn take_end(&mut self, at: u32) -> &'p [Piece] {
        let pieces = &self.parsed.pieces;
        let from_end = self.len - at as usize;
        let old_at = self.parsed.text.len().checked_sub(from_end);
        let Some(old_at) = old_at.filter(|_| from_end <= self.same_end) else {
            return &[];
        };
        let from = pieces.partition_point(|piece| (piece.start as usize) < old_at);
        let starts_there = |piece: &Piece| piece.start as usize == old_at;
        if !pieces.get(from).is_some_and(starts_there) {
            return &[];
        }
        let count = pieces[from..]
            .iter()
            .zip(&self.used[from..])
            .take_while(|(piece, used)| piece.follow.is_some() && !**used)
            .count();
        let to = from + count;
        self.used[from..to].fill(true);
        self.next = to;
        &pieces[from..to]
    }

    /// The statements that `text` from byte `at` may start with, likely ones first.
    pub fn candidates(&mut self, text: &str, at: u32) -> Vec<usize> {
        let rest = &text.as_bytes()[at as usize..];
        let mut found: Vec<usize> = (self.next..self.next + 2)
            .filter(|&i| self.begins(i, rest))
            .collect();
        if found.is_empty() {
            let same_line = self.by_line().get(&first_line(rest)).cloned();
            let same_line = same_line.unwrap_or_default();
            let near = same_line.partition_point(|&i| (i as usize) < self.next);
            let (before, behind) = same_line.split_at(near);
            found = behind
                .iter()
                .chain(before)
                .map(|&i| i as usize)
                .filter(|&i| !self.used[i])
                .take(MOST_CANDIDATES)
                .filter(|&i| self.begins(i, rest))
                .collect();
        }
        found
    }

    /// Statements by the hash of their first line: those around the edit, since the others are found by their place.
    fn by_line(&mut self) -> &FxHashMap<u64, Vec<u32>> {
        let (parsed, same_end) = (self.parsed, self.same_end);
        let from = self.used.iter().take_while(|used| **used).count();
        self.by_line.get_or_insert_with(|| {
            let end = parsed.text.len() - same_end;
            let mut by_line: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
            let pieces = parsed.pieces.iter().enumerate().skip(from);
            for (i, piece) in pieces.take_while(|(_, piece)| (piece.start as usize) <= end) {
                let rest = &parsed.text.as_bytes()[piece.start as usize..];
                by_line.entry(first_line(rest)).or_default().push(i as u32);
            }
            by_line
        })
    }

    /// Is statement `i` still to be had, and does `rest` begin with it and the rest of its last line?
    fn begins(&self, i: usize, rest: &[u8]) -> bool {
        let Some(piece) = self.parsed.pieces.get(i) else {
            return false;
        };
        let len = piece.len as usize;
        let old = &self.parsed.text.as_bytes()[piece.start as usize..];
        !self.used[i]
            && rest.len() >= len
            && rest[..len] == old[..len]
            && line(&rest[len..]) == line(&old[len..])
    }

    pub fn piece(&self, i: usize) -> &'p Piece {
        &self.parsed.pieces[i]
    }

    pub fn take(&mut self, i: usize) {
        self.used[i] = true;
        self.next = i + 1;
    }

    /// A statement that was read again and turned out to be the same: its number.
    pub fn same(&mut self, text: &str, piece: &Piece) -> Option<usize> {
        let rest = &text.as_bytes()[piece.start as usize..];
        let likely = self.next..self.next + 2;
        if let Some(found) = likely.into_iter().find(|&i| self.is_same(i, rest, piece)) {
            return Some(found);
        }
        let same_line = self.by_line().get(&first_line(rest))?.clone();
        let mut same_line = same_line.into_iter().map(|i| i as usize);
        same_line.find(|&i| self.is_same(i, rest, piece))
    }

    fn is_same(&self, i: usize, rest: &[u8], piece: &Piece) -> bool {
        let Some(old) = self.parsed.pieces.get(i) else {
            return false;
        };
        let (start, len) = (old.start as usize, piece.len as usize);
        !self.used[i]
            && old.len == piece.len
            && old.hash == piece.hash
            && self.parsed.text.as_bytes()[start..start + len] == rest[..len]
            && old.errors == piece.errors
            && old.tree.nodes == piece.tree.nodes
            && old.tree.kids == piece.tree.kids
            && old.tree.texts == piece.tree.texts
            && old.tree.root == piece.tree.root
    }
}

/// How many bytes two texts have in common at their start.
fn common_start(a: &[u8], b: &[u8]) -> usize {
    const STEP: usize = 64;
    let steps = a.chunks_exact(STEP).zip(b.chunks_exact(STEP));
    let at = steps.take_while(|(a, b)| a == b).count() * STEP;
    let rest = a[at..].iter().zip(&b[at..]);
    at + rest.take_while(|(a, b)| a == b).count()
}

/// The same at their end.
fn common_end(a: &[u8], b: &[u8]) -> usize {
    const STEP: usize = 64;
    let steps = a.rchunks_exact(STEP).zip(b.rchunks_exact(STEP));
    let at = steps.take_while(|(a, b)| a == b).count() * STEP;
    let (a, b) = (&a[..a.len() - at], &b[..b.len() - at]);
    let rest = a.iter().rev().zip(b.iter().rev());
    at + rest.take_while(|(a, b)| a == b).count()
}

/// The bytes up to the end of the line.
fn line(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    &text[..end.unwrap_or(text.len())]
}

fn first_line(text: &[u8]) -> u64 {
    super::pieces::hash(line(text))
}
