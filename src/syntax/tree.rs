//! The syntax tree: uniform nodes in an arena, in the manner of Nim's own `PNode`.
//!
//! Every node is a [`Kind`], a [`Span`] and either a payload (leaves) or a run of children (everything else). The kinds
//! and the order of their children are those of Nim's macro documentation (`nnk…`), so a tree can be compared with what
//! `treeRepr` prints. A uniform tree is what templates need: substitution and hygiene are plain tree copies.
//!
//! ```text
//! Tree { nodes: [Node, Node, …], kids: [NodeId, …], … }
//!               └ Kids(start, len) ──▶ kids[start..start+len]
//! ```
//!
//! Read a tree through [`Cursor`], a `Copy` pair of tree and node. Keep a node with [`Handle`], which owns its tree.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::source::{Name, Place};

/// The kind of a node. Names and children follow Nim's `NimNodeKind` without its `nnk`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
#[allow(missing_docs)] // each is Nim's node kind of the same name
pub enum Kind {
    // Leaves.
    Empty,
    Ident,
    CharLit,
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
    NilLit,
    /// A doc comment that stands as a statement.
    CommentStmt,
    /// Not made by the parser: a symbol that a later stage has bound already (template hygiene, `bind`).
    Sym,
    /// Not made by the parser: an expression that a later stage has checked already.
    Typed,
    /// A place where the parser gave up on a construct; the diagnostics say why.
    Error,
    // Expressions.
    AccQuoted,
    DotExpr,
    BracketExpr,
    CurlyExpr,
    Call,
    Command,
    Infix,
    Prefix,
    Postfix,
    CallStrLit,
    Par,
    TupleConstr,
    ObjConstr,
    Bracket,
    Curly,
    TableConstr,
    ExprColonExpr,
    ExprEqExpr,
    Range,
    DerefExpr,
    Cast,
    Addr,
    PragmaExpr,
    Lambda,
    Do,
    IfExpr,
    ElifExpr,
    ElseExpr,
    StmtListExpr,
    StaticExpr,
    AccTypeof,
    // Types.
    RefTy,
    PtrTy,
    VarTy,
    OutTy,
    ConstTy,
    DistinctTy,
    ProcTy,
    IteratorTy,
    TupleTy,
    TupleClassTy,
    ObjectTy,
    EnumTy,
    TypeClassTy,
    SharedTy,
    StaticTy,
    /// The parameters of a concept in the old style.
    ArgList,
    TypeOfExpr,
    /// `distinct T with a, b`.
    With,
    Without,
    // Parts of declarations.
    RecList,
    RecCase,
    RecWhen,
    OfInherit,
    EnumFieldDef,
    FormalParams,
    IdentDefs,
    ConstDef,
    TypeDef,
    VarTuple,
    GenericParams,
    Pragma,
    PragmaBlock,
    OfBranch,
    ElifBranch,
    Else,
    ExceptBranch,
    Finally,
    ImportAs,
    // Statements.
    StmtList,
    Asgn,
    Discard,
    IfStmt,
    WhenStmt,
    CaseStmt,
    WhileStmt,
    ForStmt,
    BlockStmt,
    BlockExpr,
    TryStmt,
    Defer,
    ReturnStmt,
    YieldStmt,
    RaiseStmt,
    BreakStmt,
    ContinueStmt,
    AsmStmt,
    StaticStmt,
    ImportStmt,
    ImportExceptStmt,
    FromStmt,
    ExportStmt,
    ExportExceptStmt,
    IncludeStmt,
    BindStmt,
    MixinStmt,
    UsingStmt,
    VarSection,
    LetSection,
    ConstSection,
    TypeSection,
    ProcDef,
    FuncDef,
    MethodDef,
    IteratorDef,
    ConverterDef,
    MacroDef,
    TemplateDef,
}

impl Kind {
    /// Does it declare a routine: a proc, func, method, iterator, converter, template or macro?
    pub fn declares_routine(self) -> bool {
        matches!(
            self,
            Kind::ProcDef
                | Kind::FuncDef
                | Kind::MethodDef
                | Kind::IteratorDef
                | Kind::ConverterDef
                | Kind::TemplateDef
                | Kind::MacroDef
        )
    }

    /// A routine, be it declared or anonymous.
    pub fn is_routine(self) -> bool {
        self.declares_routine() || matches!(self, Kind::Lambda | Kind::Do)
    }
}

/// Where a node stands, in bytes from the start of the top-level declaration that it belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A node's number in its [`Tree`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct NodeId(pub u32);

/// What a node carries beside its kind.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Data {
    /// Nothing: `Empty`, `NilLit`, `Error`.
    None,
    /// A run of [`Tree::kids`].
    Kids {
        /// Index of the first child in `kids`.
        start: u32,
        /// Number of children.
        len: u32,
    },
    /// `Ident`: the name as written; Nim's identifier equality is [`Name`]'s own.
    Name(Name),
    /// Integer and character literals, as the 64 bits of the value (the suffix is the kind), and how the digits are written.
    Int(i64, Base),
    /// Float literals.
    Float(f64),
    /// String literals and comments: an index into [`Tree::texts`].
    Text(u32),
    /// `Sym` and `Typed`: a number that only the stage that made the node understands.
    Foreign(u32),
}

/// How the digits of an integer literal are written.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Base {
    /// `15`
    #[default]
    Decimal,
    /// `0b1111`
    Binary,
    /// `0o17`
    Octal,
    /// `0xF`
    Hexadecimal,
}

impl Base {
    /// All of them, by their numbers.
    pub const ALL: [Base; 4] = [Base::Decimal, Base::Binary, Base::Octal, Base::Hexadecimal];

    /// That of a literal's text.
    pub(super) fn of_text(text: &str) -> Base {
        match text.trim_start_matches('-').as_bytes() {
            [b'0', b'b' | b'B', ..] => Base::Binary,
            [b'0', b'o' | b'c' | b'C', ..] => Base::Octal,
            [b'0', b'x' | b'X', ..] => Base::Hexadecimal,
            _ => Base::Decimal,
        }
    }
}

/// One node.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
    /// Its payload or children.
    pub data: Data,
}

/// The arena of one top-level declaration (or of one template expansion).
#[derive(Clone, PartialEq, Default)]
pub struct Tree {
    /// All nodes, children before parents.
    pub nodes: Vec<Node>,
    /// The children of all nodes.
    pub kids: Vec<NodeId>,
    /// The texts of string literals and comments, unescaped.
    pub texts: Vec<Box<[u8]>>,
    /// The root, if the tree is finished.
    pub root: Option<NodeId>,
    /// What spans are relative to; see [`Origin`].
    pub origin: Origin,
    /// Where nodes stand that were written in another piece: an expansion has some of the template's, some of the call's.
    pub elsewhere: FxHashMap<NodeId, Place>,
}

/// Which piece of which file a tree's spans count from.
///
/// Numbers are given out by whoever loads the file, so that a piece that moved keeps its tree: only the table from piece
/// to line changes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Origin(pub u32);

impl Tree {
    /// Adds a leaf.
    pub fn leaf(&mut self, kind: Kind, span: Span, data: Data) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node { kind, span, data });
        id
    }

    /// Adds an inner node over children that are in the tree already.
    pub fn inner(&mut self, kind: Kind, span: Span, kids: &[NodeId]) -> NodeId {
        let start = self.kids.len() as u32;
        self.kids.extend_from_slice(kids);
        self.leaf(
            kind,
            span,
            Data::Kids {
                start,
                len: kids.len() as u32,
            },
        )
    }

    /// Adds a string literal or comment. The bytes of a Nim string need not be UTF-8.
    pub fn text(&mut self, kind: Kind, span: Span, text: impl Into<Box<[u8]>>) -> NodeId {
        let at = self.texts.len() as u32;
        self.texts.push(text.into());
        self.leaf(kind, span, Data::Text(at))
    }

    /// A cursor on the node `id`.
    pub fn at(&self, id: NodeId) -> Cursor<'_> {
        Cursor { tree: self, id }
    }

    /// A cursor on the root.
    ///
    /// # Panics
    /// If the tree has no root, which the parser never hands out.
    pub fn root(&self) -> Cursor<'_> {
        self.at(self.root.expect("a finished tree has a root"))
    }
}

/// A node that owns (a share of) its tree, to keep beyond a borrow.
#[derive(Clone)]
pub struct Handle {
    /// The tree.
    pub tree: Arc<Tree>,
    /// The node in it.
    pub id: NodeId,
}

/// The same node of the same tree, which a piece of text keeps as long as it is unchanged.
impl PartialEq for Handle {
    fn eq(&self, other: &Handle) -> bool {
        self.id == other.id && Arc::ptr_eq(&self.tree, &other.tree)
    }
}

impl Handle {
    /// The node, to read.
    pub fn cursor(&self) -> Cursor<'_> {
        self.tree.at(self.id)
    }
}

/// A node in its tree.
#[derive(Clone, Copy)]
pub struct Cursor<'t> {
    /// The tree.
    pub tree: &'t Tree,
    /// The node in it.
    pub id: NodeId,
}

impl<'t> Cursor<'t> {
    /// The node itself.
    pub fn node(self) -> &'t Node {
        &self.tree.nodes[self.id.0 as usize]
    }
    /// Its kind.
    pub fn kind(self) -> Kind {
        self.node().kind
    }
    /// Its place.
    pub fn span(self) -> Span {
        self.node().span
    }
    /// Where it was written.
    pub fn place(self) -> Place {
        if let Some(&place) = self.tree.elsewhere.get(&self.id) {
            return place;
        }
        Place {
            mark: self.mark(),
            ..Place::new(self.tree.origin, self.span())
        }
    }
    /// The byte at which Nim says that it stands: the parenthesis of a call, the operator, the dot, the bracket, the colon.
    pub fn mark(self) -> u32 {
        let Span { start, end } = self.span();
        let behind_first = || self.kid(0).span().end;
        let mark = match self.kind() {
            Kind::Infix => self.kid(0).span().start,
            Kind::Call | Kind::Command if self.len() > 0 && self.kid(0).is(Kind::DotExpr) => {
                self.kid(0).mark()
            }
            // A call that is written without parentheses is a node that begins with its first argument.
            Kind::Command | Kind::CallStrLit if self.len() > 1 => self.kid(1).span().start,
            Kind::DotExpr if self.len() > 1 => self.kid(1).span().start.saturating_sub(1),
            Kind::Call
            | Kind::ObjConstr
            | Kind::BracketExpr
            | Kind::CurlyExpr
            | Kind::ExprColonExpr
                if self.len() > 0 =>
            {
                behind_first()
            }
            _ => start,
        };
        // What a macro or a template put together may have parts from elsewhere.
        if (start..end).contains(&mark) {
            mark
        } else {
            start
        }
    }
    /// Is it of this kind?
    pub fn is(self, kind: Kind) -> bool {
        self.kind() == kind
    }
    /// Is it `Empty`?
    pub fn is_empty(self) -> bool {
        self.kind() == Kind::Empty
    }
    /// Number of children; 0 for a leaf.
    pub fn len(self) -> usize {
        match self.node().data {
            Data::Kids { len, .. } => len as usize,
            _ => 0,
        }
    }
    /// Child number `i`.
    ///
    /// # Panics
    /// If there is no such child.
    pub fn kid(self, i: usize) -> Cursor<'t> {
        self.get(i)
            .expect("the parser gives this kind of node this many children")
    }
    /// Child number `i`, if there is one.
    pub fn get(self, i: usize) -> Option<Cursor<'t>> {
        match self.node().data {
            Data::Kids { start, len } if i < len as usize => {
                Some(self.tree.at(self.tree.kids[start as usize + i]))
            }
            _ => None,
        }
    }
    /// The last child.
    ///
    /// # Panics
    /// If there is none.
    pub fn last(self) -> Cursor<'t> {
        self.kid(self.len() - 1)
    }
    /// All children in order.
    pub fn kids(self) -> impl DoubleEndedIterator<Item = Cursor<'t>> + ExactSizeIterator + Clone {
        let range = match self.node().data {
            Data::Kids { start, len } => start as usize..(start + len) as usize,
            _ => 0..0,
        };
        self.tree.kids[range]
            .iter()
            .map(move |&id| self.tree.at(id))
    }
    /// The names of a definition with all that is written at them: of an `IdentDefs`, a `ConstDef`, or a `VarTuple`, whose names
    /// may be such tuples.
    pub fn def_names(self) -> impl Iterator<Item = Cursor<'t>> + Clone {
        // In a loop, a tuple has no value behind its names.
        let others = if self.is(Kind::VarTuple) { 1 } else { 2 };
        let names = self.kids().take(self.len().saturating_sub(others));
        names.filter(|name| !name.is_empty())
    }
    /// The type of an `IdentDefs`, which may be empty.
    pub fn def_type(self) -> Cursor<'t> {
        self.kid(self.len() - 2)
    }
    /// What is declared, and the pragmas that stand behind it.
    pub fn with_pragmas(self) -> (Cursor<'t>, Option<Cursor<'t>>) {
        match self.is(Kind::PragmaExpr) {
            true => (self.kid(0), self.get(1)),
            false => (self, None),
        }
    }
    /// The name of an `Ident`.
    pub fn name(self) -> Option<Name> {
        match self.node().data {
            Data::Name(name) => Some(name),
            _ => None,
        }
    }
    /// The value of an integer or character literal.
    pub fn int(self) -> Option<i64> {
        match self.node().data {
            Data::Int(value, _) => Some(value),
            _ => None,
        }
    }
    /// How an integer literal is written.
    pub fn base(self) -> Base {
        match self.node().data {
            Data::Int(_, base) => base,
            _ => Base::Decimal,
        }
    }
    /// The value of a float literal.
    pub fn float(self) -> Option<f64> {
        match self.node().data {
            Data::Float(value) => Some(value),
            _ => None,
        }
    }
    /// The text of a string literal or comment.
    pub fn text(self) -> Option<&'t [u8]> {
        match self.node().data {
            Data::Text(at) => Some(&self.tree.texts[at as usize]),
            _ => None,
        }
    }
}

impl fmt::Debug for Cursor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:?}@{}..{}",
            self.kind(),
            self.span().start,
            self.span().end
        )
    }
}
