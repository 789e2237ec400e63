//! What a node made by a macro must look like.
//!
//! In: a kind and children. Out: the node that the parser would have made, or what is wrong. Later stages rely on the
//! number and the kinds of the children that the parser gives; a macro is free to give others. What Nim makes only of checked trees
//! (hidden conversions, choices of symbols) is taken back to what it was made of.

use super::kinds;
use crate::syntax::tree::{Data, Kind, NodeId, Span, Tree};

/// Makes a node of children that are in the tree.
///
/// # Errors
/// Nim's message on a tree that is none.
pub(super) fn assemble(
    out: &mut Tree,
    number: usize,
    kind: Option<Kind>,
    mut kids: Vec<NodeId>,
    span: Span,
) -> Result<NodeId, String> {
    let wrong = |what: &str| Err(format!("illformed AST: nnk{}: {what}", kinds::name(number)));
    if matches!(number, kinds::CLOSED_CHOICE | kinds::OPEN_CHOICE) {
        return kids.first().copied().map_or_else(|| wrong("no symbol"), Ok);
    }
    if kinds::HIDDEN.contains(&number) {
        return hidden(out, number, &kids, span).map_or_else(|| wrong("no expression"), Ok);
    }
    let kind = match kinds::name(number) {
        "FastAsgn" => Kind::Asgn,
        "TypeOfExpr" if kids.len() == 1 => Kind::AccTypeof,
        "StmtListType" => Kind::StmtListExpr,
        "MutableTy" => Kind::VarTy,
        _ => match kind {
            Some(kind) => kind,
            None => return wrong("it is not supported in what a macro returns"),
        },
    };
    let is = |out: &Tree, id: NodeId| out.nodes[id.0 as usize].kind;
    if let Kind::VarSection | Kind::LetSection | Kind::ConstSection | Kind::TypeSection = kind {
        kids.retain(|&kid| !matches!(is(out, kid), Kind::CommentStmt | Kind::Empty));
    }
    if let Kind::Call | Kind::Command | Kind::Infix | Kind::Prefix = kind {
        let args = kids.iter().flat_map(|&kid| match is(out, kid) {
            Kind::ArgList => kids_of(out, kid).to_vec(),
            _ => vec![kid],
        });
        kids = args.collect();
    }
    let kind = match kind {
        Kind::Infix if kids.len() != 3 => Kind::Call,
        Kind::Prefix if kids.len() != 2 => Kind::Call,
        Kind::Par if kids.len() != 1 || is(out, kids[0]) == Kind::ExprColonExpr => {
            Kind::TupleConstr
        }
        Kind::Lambda | Kind::Do
            if kids
                .first()
                .is_some_and(|&name| is(out, name) != Kind::Empty) =>
        {
            return wrong("it has a name");
        }
        kind => kind,
    };
    let of: Vec<Kind> = kids.iter().map(|&kid| is(out, kid)).collect();
    match check(kind, &of) {
        Ok(()) => Ok(out.inner(kind, span, &kids)),
        Err(what) => wrong(what),
    }
}

/// A conversion that Nim shows in checked trees.
fn hidden(out: &mut Tree, number: usize, kids: &[NodeId], span: Span) -> Option<NodeId> {
    let &last = kids.last()?;
    let is = |out: &Tree, id: NodeId| out.nodes[id.0 as usize].kind;
    match (number, kids) {
        (kinds::CONVERSION | kinds::HIDDEN_CALL, [_, _]) => Some(out.inner(Kind::Call, span, kids)),
        (kinds::HIDDEN_CONVERSION, &[first, _]) if is(out, first) == Kind::ArgList => {
            let rest = kids_of(out, last).to_vec();
            Some(out.inner(Kind::ArgList, span, &rest))
        }
        _ => Some(last),
    }
}

fn kids_of(out: &Tree, id: NodeId) -> &[NodeId] {
    match out.nodes[id.0 as usize].data {
        Data::Kids { start, len } => &out.kids[start as usize..][..len as usize],
        _ => &[],
    }
}

type Check = Result<(), &'static str>;

fn all(kids: &[Kind], allowed: &[Kind], what: &'static str) -> Check {
    match kids.iter().all(|kid| allowed.contains(kid)) {
        true => Ok(()),
        false => Err(what),
    }
}

fn count(kids: &[Kind], from: usize, to: usize) -> Check {
    match kids.len() {
        len if len < from => Err("too few children"),
        len if len > to => Err("too many children"),
        _ => Ok(()),
    }
}

const MANY: usize = usize::MAX;

/// Branches of `if` and `when`: an `else` stands last.
fn branches(kids: &[Kind]) -> Check {
    count(kids, 1, MANY)?;
    let (last, rest) = kids.split_last().ok_or("no branch")?;
    all(
        rest,
        &[Kind::ElifBranch, Kind::ElifExpr],
        "a branch was expected",
    )?;
    all(
        &[*last],
        &[Kind::ElifBranch, Kind::ElifExpr, Kind::Else, Kind::ElseExpr],
        "a branch was expected",
    )
}

fn of_branches(kids: &[Kind]) -> Check {
    let allowed = [
        Kind::OfBranch,
        Kind::ElifBranch,
        Kind::Else,
        Kind::ElifExpr,
        Kind::ElseExpr,
    ];
    all(kids, &allowed, "an 'of' branch was expected")
}

const IDENTS: [Kind; 5] = [
    Kind::Ident,
    Kind::Sym,
    Kind::AccQuoted,
    Kind::Postfix,
    Kind::PragmaExpr,
];

fn names(kids: &[Kind]) -> Check {
    all(kids, &IDENTS, "identifier expected")
}

fn routine(kids: &[Kind]) -> Check {
    count(kids, 7, 7)?;
    if kids[0] != Kind::Empty {
        names(&kids[..1])?;
    }
    let slot = |kid: Kind, kind: Kind| kid == kind || kid == Kind::Empty;
    match () {
        () if !slot(kids[2], Kind::GenericParams) => Err("nnkGenericParams was expected"),
        () if kids[3] != Kind::FormalParams => Err("nnkFormalParams was expected"),
        () if !slot(kids[4], Kind::Pragma) => Err("nnkPragma was expected"),
        () => Ok(()),
    }
}

fn proc_type(kids: &[Kind]) -> Check {
    count(kids, 0, 2)?;
    if kids.is_empty() {
        return Ok(());
    }
    count(kids, 2, 2)?;
    let params = matches!(kids[0], Kind::FormalParams);
    let pragma = matches!(kids[1], Kind::Pragma | Kind::Empty);
    match params && pragma {
        true => Ok(()),
        false => Err("nnkFormalParams and nnkPragma were expected"),
    }
}

fn object(kids: &[Kind]) -> Check {
    count(kids, 3, 3)?;
    all(
        &kids[..1],
        &[Kind::Empty, Kind::Pragma],
        "nnkPragma was expected",
    )?;
    all(
        &kids[1..2],
        &[Kind::Empty, Kind::OfInherit],
        "nnkOfInherit was expected",
    )?;
    all(
        &kids[2..],
        &[Kind::Empty, Kind::RecList],
        "nnkRecList was expected",
    )
}

fn check(kind: Kind, kids: &[Kind]) -> Check {
    let defs = [Kind::IdentDefs];
    match kind {
        Kind::DotExpr
        | Kind::ExprColonExpr
        | Kind::ExprEqExpr
        | Kind::Cast
        | Kind::Range
        | Kind::WhileStmt
        | Kind::Asgn
        | Kind::ElifBranch
        | Kind::ElifExpr
        | Kind::ImportAs
        | Kind::CallStrLit
        | Kind::AsmStmt
        | Kind::Postfix => count(kids, 2, 2),
        Kind::DerefExpr
        | Kind::Addr
        | Kind::StaticExpr
        | Kind::StaticStmt
        | Kind::Defer
        | Kind::Discard
        | Kind::ReturnStmt
        | Kind::YieldStmt
        | Kind::RaiseStmt
        | Kind::BreakStmt
        | Kind::ContinueStmt
        | Kind::Else
        | Kind::ElseExpr
        | Kind::Finally
        | Kind::OfInherit
        | Kind::AccTypeof
        | Kind::SharedTy => count(kids, 1, 1),
        Kind::RefTy | Kind::PtrTy | Kind::VarTy | Kind::OutTy | Kind::ConstTy | Kind::StaticTy => {
            count(kids, 0, 1)
        }
        Kind::DistinctTy => count(kids, 0, 2),
        Kind::Call
        | Kind::Command
        | Kind::ObjConstr
        | Kind::BracketExpr
        | Kind::CurlyExpr
        | Kind::ImportStmt
        | Kind::ExportStmt
        | Kind::IncludeStmt
        | Kind::StmtListExpr => count(kids, 1, MANY),
        Kind::ImportExceptStmt | Kind::FromStmt | Kind::ExportExceptStmt => count(kids, 2, MANY),
        Kind::PragmaExpr => {
            count(kids, 2, 2)?;
            all(&kids[1..], &[Kind::Pragma], "nnkPragma was expected")
        }
        Kind::PragmaBlock => {
            count(kids, 2, 2)?;
            all(&kids[..1], &[Kind::Pragma], "nnkPragma was expected")
        }
        Kind::IfExpr | Kind::IfStmt | Kind::WhenStmt | Kind::RecWhen => branches(kids),
        Kind::CaseStmt => {
            count(kids, 2, MANY)?;
            of_branches(&kids[1..])
        }
        Kind::RecCase => {
            count(kids, 2, MANY)?;
            all(&kids[..1], &defs, "nnkIdentDefs was expected")?;
            of_branches(&kids[1..])
        }
        Kind::OfBranch => count(kids, 2, MANY),
        Kind::ExceptBranch => count(kids, 1, MANY),
        Kind::ForStmt => count(kids, 3, MANY),
        Kind::BlockStmt | Kind::BlockExpr => {
            count(kids, 2, 2)?;
            let label = [Kind::Empty, Kind::Ident, Kind::Sym, Kind::AccQuoted];
            all(&kids[..1], &label, "identifier expected")
        }
        Kind::TryStmt => {
            count(kids, 2, MANY)?;
            let parts = [Kind::ExceptBranch, Kind::Finally];
            all(&kids[1..], &parts, "'except' or 'finally' was expected")
        }
        Kind::IdentDefs => {
            count(kids, 3, MANY)?;
            names(&kids[..kids.len() - 2])
        }
        Kind::VarTuple => {
            count(kids, 3, MANY)?;
            let rest = &kids[..kids.len() - 2];
            let parts: Vec<Kind> = rest
                .iter()
                .copied()
                .filter(|&k| k != Kind::VarTuple)
                .collect();
            names(&parts)
        }
        Kind::ConstDef => {
            count(kids, 3, 3)?;
            names(&kids[..1])
        }
        Kind::TypeDef => {
            count(kids, 3, 3)?;
            names(&kids[..1])?;
            let generics = [Kind::Empty, Kind::GenericParams];
            all(&kids[1..2], &generics, "nnkGenericParams was expected")
        }
        kind if kind.is_routine() => routine(kids),
        Kind::ProcTy | Kind::IteratorTy => proc_type(kids),
        Kind::FormalParams => {
            count(kids, 1, MANY)?;
            all(&kids[1..], &defs, "nnkIdentDefs was expected")
        }
        Kind::GenericParams | Kind::TupleTy | Kind::UsingStmt => {
            all(kids, &defs, "nnkIdentDefs was expected")
        }
        Kind::VarSection | Kind::LetSection => {
            let parts = [Kind::IdentDefs, Kind::VarTuple];
            all(kids, &parts, "nnkIdentDefs was expected")
        }
        Kind::ConstSection => {
            let parts = [Kind::ConstDef, Kind::VarTuple];
            all(kids, &parts, "nnkConstDef was expected")
        }
        Kind::TypeSection => all(kids, &[Kind::TypeDef], "nnkTypeDef was expected"),
        // The class of all such types.
        Kind::EnumTy | Kind::ObjectTy if kids.is_empty() => Ok(()),
        Kind::ObjectTy => object(kids),
        Kind::RecList => {
            let parts = [
                Kind::IdentDefs,
                Kind::RecCase,
                Kind::RecWhen,
                Kind::RecList,
                Kind::NilLit,
                Kind::Empty,
                Kind::Discard,
                Kind::CommentStmt,
                // As `getType` shows fields.
                Kind::Sym,
            ];
            all(kids, &parts, "a field was expected")
        }
        Kind::EnumTy => {
            count(kids, 1, MANY)?;
            all(
                &kids[..1],
                &[Kind::Empty, Kind::Pragma],
                "nnkEmpty was expected",
            )?;
            let parts = [
                Kind::Ident,
                Kind::Sym,
                Kind::AccQuoted,
                Kind::EnumFieldDef,
                Kind::PragmaExpr,
                Kind::CommentStmt,
            ];
            all(&kids[1..], &parts, "identifier expected")
        }
        Kind::EnumFieldDef => {
            count(kids, 2, 2)?;
            names(&kids[..1])
        }
        Kind::TypeClassTy => count(kids, 4, 4),
        Kind::TupleClassTy => count(kids, 0, 0),
        Kind::AccQuoted => count(kids, 1, MANY),
        Kind::TableConstr => all(
            kids,
            &[Kind::ExprColonExpr],
            "nnkExprColonExpr was expected",
        ),
        _ => Ok(()),
    }
}
