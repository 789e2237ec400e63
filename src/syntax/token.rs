//! Tokens, and what the parser asks of them.

use crate::source::Name;

/// The kind of a token. The order within a group is relied on by the range tests below.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Tok {
    Invalid,
    Eof,
    Symbol,
    // Keywords.
    Addr,
    And,
    As,
    Asm,
    Bind,
    Block,
    Break,
    Case,
    Cast,
    Concept,
    Const,
    Continue,
    Converter,
    Defer,
    Discard,
    Distinct,
    Div,
    Do,
    Elif,
    Else,
    End,
    Enum,
    Except,
    Export,
    Finally,
    For,
    From,
    Func,
    If,
    Import,
    In,
    Include,
    Interface,
    Is,
    Isnot,
    Iterator,
    Let,
    Macro,
    Method,
    Mixin,
    Mod,
    Nil,
    Not,
    Notin,
    Object,
    Of,
    Or,
    Out,
    Proc,
    Ptr,
    Raise,
    Ref,
    Return,
    Shl,
    Shr,
    Static,
    Template,
    Try,
    Tuple,
    Type,
    Using,
    Var,
    When,
    While,
    Xor,
    Yield,
    // Literals.
    IntLit,
    Int8Lit,
    Int16Lit,
    Int32Lit,
    Int64Lit,
    UIntLit,
    UInt8Lit,
    UInt16Lit,
    UInt32Lit,
    UInt64Lit,
    FloatLit,
    Float32Lit,
    Float64Lit,
    Float128Lit,
    StrLit,
    RStrLit,
    TripleStrLit,
    /// `ident"…"`, the string alone.
    GStrLit,
    /// `ident"""…"""`, the string alone.
    GTripleStrLit,
    CharLit,
    /// `123'suffix`.
    CustomLit,
    // Punctuation.
    ParLe,
    ParRi,
    BracketLe,
    BracketRi,
    CurlyLe,
    CurlyRi,
    BracketDotLe,
    BracketDotRi,
    CurlyDotLe,
    CurlyDotRi,
    ParDotLe,
    ParDotRi,
    Comma,
    SemiColon,
    Colon,
    ColonColon,
    Equals,
    Dot,
    DotDot,
    BracketLeColon,
    Opr,
    /// A doc comment.
    Comment,
    Accent,
}

/// All keywords in their normalized spelling, in the order of [`Tok`].
const KEYWORDS: [(&str, Tok); 66] = [
    ("addr", Tok::Addr),
    ("and", Tok::And),
    ("as", Tok::As),
    ("asm", Tok::Asm),
    ("bind", Tok::Bind),
    ("block", Tok::Block),
    ("break", Tok::Break),
    ("case", Tok::Case),
    ("cast", Tok::Cast),
    ("concept", Tok::Concept),
    ("const", Tok::Const),
    ("continue", Tok::Continue),
    ("converter", Tok::Converter),
    ("defer", Tok::Defer),
    ("discard", Tok::Discard),
    ("distinct", Tok::Distinct),
    ("div", Tok::Div),
    ("do", Tok::Do),
    ("elif", Tok::Elif),
    ("else", Tok::Else),
    ("end", Tok::End),
    ("enum", Tok::Enum),
    ("except", Tok::Except),
    ("export", Tok::Export),
    ("finally", Tok::Finally),
    ("for", Tok::For),
    ("from", Tok::From),
    ("func", Tok::Func),
    ("if", Tok::If),
    ("import", Tok::Import),
    ("in", Tok::In),
    ("include", Tok::Include),
    ("interface", Tok::Interface),
    ("is", Tok::Is),
    ("isnot", Tok::Isnot),
    ("iterator", Tok::Iterator),
    ("let", Tok::Let),
    ("macro", Tok::Macro),
    ("method", Tok::Method),
    ("mixin", Tok::Mixin),
    ("mod", Tok::Mod),
    ("nil", Tok::Nil),
    ("not", Tok::Not),
    ("notin", Tok::Notin),
    ("object", Tok::Object),
    ("of", Tok::Of),
    ("or", Tok::Or),
    ("out", Tok::Out),
    ("proc", Tok::Proc),
    ("ptr", Tok::Ptr),
    ("raise", Tok::Raise),
    ("ref", Tok::Ref),
    ("return", Tok::Return),
    ("shl", Tok::Shl),
    ("shr", Tok::Shr),
    ("static", Tok::Static),
    ("template", Tok::Template),
    ("try", Tok::Try),
    ("tuple", Tok::Tuple),
    ("type", Tok::Type),
    ("using", Tok::Using),
    ("var", Tok::Var),
    ("when", Tok::When),
    ("while", Tok::While),
    ("xor", Tok::Xor),
    ("yield", Tok::Yield),
];

impl Tok {
    /// The keyword that `text` spells in Nim's notion of equality, else `Symbol`.
    pub fn of_word(text: &str) -> Tok {
        let bytes = text.as_bytes();
        let mut normal = [0u8; 9];
        let mut len = 0;
        for (i, &byte) in bytes.iter().enumerate() {
            if byte == b'_' {
                continue;
            }
            if len == normal.len() {
                return Tok::Symbol;
            }
            normal[len] = if i == 0 {
                byte
            } else {
                byte.to_ascii_lowercase()
            };
            len += 1;
        }
        match KEYWORDS.binary_search_by(|(word, _)| word.as_bytes().cmp(&normal[..len])) {
            Ok(at) => KEYWORDS[at].1,
            Err(_) => Tok::Symbol,
        }
    }

    pub fn is_keyword(self) -> bool {
        (Tok::Addr..=Tok::Yield).contains(&self)
    }

    pub fn is_literal(self) -> bool {
        (Tok::IntLit..=Tok::CustomLit).contains(&self)
    }

    /// Can it be an operator?
    pub fn is_operator(self) -> bool {
        use Tok::*;
        matches!(
            self,
            Opr | Div
                | Mod
                | Shl
                | Shr
                | In
                | Notin
                | Is
                | Isnot
                | Not
                | Of
                | As
                | From
                | DotDot
                | And
                | Or
                | Xor
        )
    }

    /// The spelling of punctuation, as messages show it; for the rest the name of the class of token.
    pub fn shown(self) -> &'static str {
        use Tok::*;
        match self {
            Eof => "[EOF]",
            Symbol => "tkSymbol",
            ParLe => "(",
            ParRi => ")",
            BracketLe => "[",
            BracketRi => "]",
            CurlyLe => "{",
            CurlyRi => "}",
            BracketDotLe => "[.",
            BracketDotRi => ".]",
            CurlyDotLe => "{.",
            CurlyDotRi => ".}",
            ParDotLe => "(.",
            ParDotRi => ".)",
            Comma => ",",
            SemiColon => ";",
            Colon => ":",
            ColonColon => "::",
            Equals => "=",
            Dot => ".",
            DotDot => "..",
            BracketLeColon => "[:",
            Accent => "`",
            _ => match KEYWORDS.iter().find(|(_, tok)| *tok == self) {
                Some((word, _)) => word,
                None => "token",
            },
        }
    }
}

/// The precedence of a token that cannot be a binary operator.
pub(super) const NO_PRECEDENCE: i8 = -10;

/// How tightly a binary operator binds, 10 the tightest.
pub(super) fn precedence(kind: Tok, text: &str) -> i8 {
    use Tok::*;
    match kind {
        Opr => operator_precedence(text),
        Div | Mod | Shl | Shr => 9,
        DotDot => 6,
        In | Notin | Is | Isnot | Of | As | From => 5,
        And => 4,
        Or | Xor | Ptr | Ref => 3,
        _ => NO_PRECEDENCE,
    }
}

fn operator_precedence(text: &str) -> i8 {
    let bytes = text.as_bytes();
    let last = bytes.last().copied().unwrap_or(0);
    if let [.., before, b'>'] = bytes
        && matches!(before, b'-' | b'~' | b'=')
    {
        return 0;
    }
    let or_assignment = |value| if last == b'=' { 1 } else { value };
    match bytes.first() {
        Some(b'$' | b'^') => or_assignment(10),
        Some(b'*' | b'%' | b'/' | b'\\') => or_assignment(9),
        Some(b'~') => 8,
        Some(b'+' | b'-' | b'|') => or_assignment(8),
        Some(b'&') => or_assignment(7),
        Some(b'=' | b'<' | b'>' | b'!') => 5,
        Some(b'.') => or_assignment(6),
        Some(b'?') => 2,
        Some(0x80..) => or_assignment(unicode_precedence(text)),
        _ => or_assignment(2),
    }
}

/// Unicode operators that bind like `*`.
const LIKE_TIMES: &str = "∙∘×★⊗⊘⊙⊛⊠⊡∩∧⊓";
/// Unicode operators that bind like `+`.
const LIKE_PLUS: &str = "±⊕⊖⊞⊟∪∨⊔";

fn unicode_precedence(text: &str) -> i8 {
    match text.chars().next() {
        Some(first) if LIKE_TIMES.contains(first) => 9,
        Some(first) if LIKE_PLUS.contains(first) => 8,
        _ => 2,
    }
}

/// Is this character an operator character outside ASCII?
pub(super) fn is_unicode_operator(c: char) -> bool {
    LIKE_TIMES.contains(c) || LIKE_PLUS.contains(c)
}

/// One token. Columns and lines follow from its place; the text of string literals and comments is in the lexer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Tok,
    /// Binary precedence, or [`NO_PRECEDENCE`].
    pub precedence: i8,
    /// Is there a space before it (on its line)?
    pub space_before: bool,
    /// For operators: is there a space after it?
    pub space_after: bool,
    /// For operators: does its line end after it?
    pub ends_line: bool,
    /// First byte in the file.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The column, if it is the first on its line, else -1.
    pub indent: i32,
    /// The value of an integer or character, the bits of a float, the length of the digits of a custom literal.
    pub value: u64,
    /// The spelling of words and operators.
    pub name: Name,
}

impl Token {
    /// Does it read as a prefix operator, by the spaces around it?
    pub fn is_unary(&self) -> bool {
        matches!(self.kind, Tok::Opr | Tok::DotDot)
            && self.space_before
            && !self.space_after
            && !self.ends_line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_found_in_any_style() {
        for (word, tok) in KEYWORDS {
            assert_eq!(Tok::of_word(word), tok, "{word}");
        }
        assert_eq!(Tok::of_word("not_in"), Tok::Notin);
        assert_eq!(Tok::of_word("isNot"), Tok::Isnot);
        assert_eq!(Tok::of_word("Is"), Tok::Symbol);
        assert_eq!(Tok::of_word("converters"), Tok::Symbol);
    }

    #[test]
    fn operators_bind_as_in_nim() {
        let of = |text| precedence(Tok::Opr, text);
        assert_eq!(
            ["$", "*", "+", "&", "==", "<=", "+=", "->", "=>", "@", "?"].map(of),
            [10, 9, 8, 7, 5, 5, 1, 0, 0, 2, 2]
        );
        assert_eq!(of("∪"), 8);
        assert_eq!(of("..<"), 6);
    }
}
