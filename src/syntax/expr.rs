//! Expressions: operators by precedence, parentheses, branching expressions, and the blocks behind a call.

use super::parser::{EMPTY, INVALID_INDENTATION, Mode, Open, Parser};
use super::token::Tok;
use super::tree::{Data, Kind, NodeId};

impl Parser<'_> {
    /// Any expression.
    pub fn expr(&mut self) -> NodeId {
        self.deeper(|p| match p.tok.kind {
            Tok::Block => p.block(),
            Tok::If => p.if_or_when_expr(Kind::IfExpr),
            Tok::When => p.if_or_when_expr(Kind::WhenStmt),
            Tok::For => p.for_stmt(),
            Tok::Case => p.case_stmt(),
            Tok::Try => p.try_stmt(true),
            _ => p.simple_expr(Mode::Normal),
        })
    }

    /// Operands and operators.
    pub fn simple_expr(&mut self, mode: Mode) -> NodeId {
        self.operand_and_operators(-1, mode)
    }

    fn operand_and_operators(&mut self, limit: i8, mode: Mode) -> NodeId {
        let mut left = self.primary(mode);
        let mode = match mode {
            Mode::TrySimple => Mode::Normal,
            mode => mode,
        };
        if self.at(Tok::CurlyDotLe) && self.continues() && mode == Mode::Normal {
            let open = self.open_at(left);
            self.push(left);
            self.put(Self::pragma);
            left = self.finish(open, Kind::PragmaExpr);
        }
        self.operators(left, limit, mode)
    }

    /// Binary operators behind `left` that bind at least as tightly as `limit`.
    pub fn operators(&mut self, mut left: NodeId, limit: i8, mode: Mode) -> NodeId {
        let mode = if mode == Mode::TypeDef {
            Mode::TypeDesc
        } else {
            mode
        };
        let mut length = 0;
        // An operator that starts a line does not go on with the line above.
        while self.tok.precedence >= limit && self.tok.indent < 0 && !self.tok.is_unary() {
            length += 1;
            if self.chain_is_too_long(length) {
                break;
            }
            let precedence = self.tok.precedence;
            let right_associative = self.at(Tok::Opr) && self.shown().starts_with('^');
            let open = self.open_at(left);
            self.put(Self::ident);
            self.push(left);
            self.skip_inner_comment();
            self.optional_break();
            let limit = precedence + i8::from(!right_associative);
            let right = self.deeper(|p| p.operand_and_operators(limit, mode));
            self.push(right);
            left = self.finish(open, Kind::Infix);
        }
        left
    }

    /// `left`, `left: value` or `left = value`.
    fn colon_or_equals(&mut self, left: NodeId) -> NodeId {
        let kind = match self.tok.kind {
            Tok::Colon => Kind::ExprColonExpr,
            Tok::Equals => Kind::ExprEqExpr,
            _ => return left,
        };
        let open = self.open_at(left);
        self.push(left);
        self.next();
        self.put(Self::expr);
        self.finish(open, kind)
    }

    /// One argument or field in brackets.
    pub fn expr_colon_equals(&mut self) -> NodeId {
        let left = self.expr();
        if self.at(Tok::Do) {
            self.post_expr_blocks(left)
        } else {
            self.colon_or_equals(left)
        }
    }

    /// `if`, or `when`, as an expression: its branches may stand anywhere.
    fn if_or_when_expr(&mut self, kind: Kind) -> NodeId {
        let open = self.open();
        loop {
            self.put(|p| p.guarded(Kind::ElifExpr, Self::stmt));
            self.skip_comment();
            if !self.at(Tok::Elif) {
                break;
            }
        }
        if self.at(Tok::Else) {
            self.put(|p| p.unguarded(Kind::ElseExpr, Self::stmt));
        }
        self.finish(open, kind)
    }

    /// What starts with `(`: a grouping, a tuple, or statements with a value.
    pub fn par(&mut self) -> NodeId {
        let open = self.open();
        self.in_brackets += 1;
        self.next_indent();
        self.skip_inner_comment();
        let kind = match self.tok.kind {
            kind if starts_statement(kind) => self.semicolon_stmts(),
            Tok::SemiColon => {
                self.next_indent();
                self.semicolon_stmts()
            }
            Tok::CurlyDotLe => {
                self.put(Self::pragma_stmt);
                Kind::Par
            }
            Tok::ParRi => Kind::TupleConstr,
            _ => {
                let first = self.simple_expr(Mode::Normal);
                if self.at(Tok::Do) {
                    let call = self.post_expr_blocks(first);
                    self.optional_break();
                    self.in_brackets -= 1;
                    self.eat(Tok::ParRi);
                    self.abandon(open);
                    return call;
                }
                self.par_contents(open, first)
            }
        };
        self.optional_break();
        self.in_brackets -= 1;
        self.eat(Tok::ParRi);
        self.finish(open, kind)
    }

    /// The inside of parentheses behind its first expression.
    fn par_contents(&mut self, open: Open, first: NodeId) -> Kind {
        if self.at(Tok::Equals) {
            let assignment = self.open_at(first);
            self.push(first);
            self.next_indent();
            self.put(Self::expr);
            let assignment = self.finish(assignment, Kind::Asgn);
            self.push(assignment);
            if self.at(Tok::SemiColon) {
                return self.semicolon_stmts();
            }
            return Kind::Par;
        }
        if self.at(Tok::SemiColon) {
            self.push(first);
            return self.semicolon_stmts();
        }
        self.put(|p| p.colon_or_equals(first));
        let mut lone = false;
        if self.at(Tok::Comma) {
            self.next();
            self.skip_comment();
            lone = self.at(Tok::ParRi);
            while !self.at(Tok::ParRi) && !self.at(Tok::Eof) {
                self.put(Self::expr_colon_equals);
                if !self.at(Tok::Comma) {
                    break;
                }
                self.next();
                self.skip_comment();
            }
        }
        self.par_kind(open, lone)
    }

    /// Statements with semicolons within parentheses, pushed.
    fn semicolon_stmts(&mut self) -> Kind {
        self.in_semicolons += 1;
        self.indented(|p| {
            // `(a; b)` comes here at its semicolon and gets an `Empty` in between, as in Nim's tree.
            let first = match p.tok.kind {
                Tok::If => p.if_or_when_expr(Kind::IfStmt),
                Tok::When => p.if_or_when_expr(Kind::WhenStmt),
                _ => p.complex_or_simple_stmt(),
            };
            p.push(first);
            while !p.at(Tok::Eof) {
                if p.at(Tok::SemiColon) {
                    p.next();
                }
                if p.at(Tok::ParRi) {
                    break;
                }
                if !p.is_same_indent() && !p.is_indented() {
                    p.error(INVALID_INDENTATION);
                }
                p.progress = false;
                let stmt = p.complex_or_simple_stmt();
                if p.is_empty(stmt) {
                    p.error_expression_expected();
                    p.next();
                } else {
                    p.push(stmt);
                }
            }
        });
        self.in_semicolons -= 1;
        Kind::StmtListExpr
    }

    /// Opens a node with the children of `call`, or with `call` alone if it is no call yet.
    pub fn reopen_call(&mut self, call: NodeId) -> (Open, Kind) {
        let open = self.open_at(call);
        let node = self.tree.nodes[call.0 as usize];
        let is_call = matches!(
            node.kind,
            Kind::Call
                | Kind::Infix
                | Kind::Prefix
                | Kind::Postfix
                | Kind::Command
                | Kind::CallStrLit
        );
        match node.data {
            Data::Kids { start, len } if is_call => {
                for i in start..start + len {
                    let kid = self.tree.kids[i as usize];
                    self.push(kid);
                }
                (open, node.kind)
            }
            _ => {
                self.push(call);
                (open, Kind::Call)
            }
        }
    }

    /// The blocks behind a call: `call: stmts`, `call do (x): stmts`, and the branches after them.
    pub fn post_expr_blocks(&mut self, call: NodeId) -> NodeId {
        if self.tok.indent >= 0 || !matches!(self.tok.kind, Tok::Do | Tok::Colon) {
            return call;
        }
        let do_block = self.open();
        let is_do = self.at(Tok::Do);
        let (mut params, mut pragmas) = (EMPTY, EMPTY);
        if is_do {
            self.next();
            params = self.param_list(false);
            pragmas = self.optional_pragma();
        }
        if !self.at(Tok::Colon) {
            if !self.is_empty(params) {
                self.error("expected ':'");
            }
            return call;
        }
        let (open, kind) = self.reopen_call(call);
        self.next();
        self.skip_comment();
        let branch_first = matches!(
            self.tok.kind,
            Tok::Of | Tok::Elif | Tok::Else | Tok::Except | Tok::Finally
        );
        if !branch_first {
            let body = self.block_argument();
            self.put(|p| p.do_node(do_block, params, pragmas, body));
        }
        while self.is_same_indent() {
            let Some(branch) = self.call_branch() else {
                break;
            };
            self.push(branch);
            if self.kind(branch) == Kind::Else {
                break;
            }
        }
        self.finish(open, kind)
    }

    /// The body behind the colon of a call: always a statement list.
    fn block_argument(&mut self) -> NodeId {
        let open = self.open();
        let body = self.stmt();
        if self.kind(body) == Kind::StmtList {
            return body;
        }
        self.push(body);
        self.finish(open, Kind::StmtList)
    }

    /// `body`, or the anonymous proc that `do` with parameters or pragmas makes of it.
    fn do_node(&mut self, open: Open, params: NodeId, pragmas: NodeId, body: NodeId) -> NodeId {
        if self.is_empty(params) && self.is_empty(pragmas) {
            return body;
        }
        let mut params = params;
        if self.is_empty(params) {
            let list = self.open();
            self.push_empty();
            params = self.finish(list, Kind::FormalParams);
        }
        self.anonymous_proc(open, Kind::Do, params, pragmas, body)
    }

    /// The seven children of a proc without a name.
    pub fn anonymous_proc(
        &mut self,
        open: Open,
        kind: Kind,
        params: NodeId,
        pragmas: NodeId,
        body: NodeId,
    ) -> NodeId {
        let open = self.remark(open);
        for kid in [EMPTY, EMPTY, EMPTY, params, pragmas, EMPTY, body] {
            self.push(kid);
        }
        self.finish(open, kind)
    }

    /// A branch behind the blocks of a call, such as `of …:` or a further `do`.
    fn call_branch(&mut self) -> Option<NodeId> {
        let open = self.open();
        let kind = match self.tok.kind {
            Tok::Do => {
                self.next();
                let params = self.param_list(false);
                let pragmas = self.optional_pragma();
                self.colon();
                let body = self.stmt();
                return Some(self.do_node(open, params, pragmas, body));
            }
            Tok::Of => {
                self.expr_list(Tok::Colon);
                Kind::OfBranch
            }
            Tok::Except => {
                self.expr_list(Tok::Colon);
                Kind::ExceptBranch
            }
            Tok::Elif => {
                self.next_indent();
                self.put(Self::expr);
                Kind::ElifBranch
            }
            Tok::Else => {
                self.next();
                Kind::Else
            }
            Tok::Finally => {
                self.next();
                Kind::Finally
            }
            _ => return None,
        };
        self.eat(Tok::Colon);
        self.put(Self::stmt);
        Some(self.finish(open, kind))
    }
}

/// Does it start a statement rather than an expression within parentheses?
fn starts_statement(kind: Tok) -> bool {
    use Tok::*;
    matches!(
        kind,
        Discard
            | Include
            | If
            | While
            | Case
            | Try
            | Defer
            | Finally
            | Except
            | For
            | Block
            | Const
            | Let
            | When
            | Var
            | Mixin
    )
}
