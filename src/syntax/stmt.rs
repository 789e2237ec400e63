//! Statements and the blocks they stand in.

use super::parser::{EMPTY, INVALID_INDENTATION, Mode, Parser, SymbolMode};
use super::token::Tok;
use super::tree::{Kind, NodeId};

impl Parser<'_> {
    /// The body behind a colon or an equals sign: an indented block, or simple statements on the same line.
    pub fn stmt(&mut self) -> NodeId {
        self.deeper(|p| {
            if p.is_indented() {
                p.block_body()
            } else {
                p.line_body()
            }
        })
    }

    fn block_body(&mut self) -> NodeId {
        let open = self.open();
        self.indented(|p| {
            while p.next_in_block() {
                p.progress = false;
                let stmt = p.complex_or_simple_stmt();
                if !p.is_empty(stmt) {
                    p.push(stmt);
                } else if matches!(p.tok.kind, Tok::Else | Tok::Elif) {
                    // The branch of an `if` expression whose body this is.
                    break;
                } else {
                    p.error_expression_expected();
                    p.next();
                }
                if !p.progress && p.at(Tok::Eof) {
                    break;
                }
            }
        });
        self.finish(open, Kind::StmtList)
    }

    /// Is there a further statement in the block? Takes a semicolon before it.
    fn next_in_block(&mut self) -> bool {
        loop {
            if self.is_same_indent() {
                break;
            }
            if self.at(Tok::SemiColon) {
                self.next();
                if self.tok.indent >= 0 && !self.is_same_indent() {
                    return false;
                }
                break;
            }
            if !self.is_stray() {
                return false;
            }
            self.error(INVALID_INDENTATION);
            self.skip_line();
        }
        !matches!(
            self.tok.kind,
            Tok::CurlyRi | Tok::ParRi | Tok::CurlyDotRi | Tok::BracketRi | Tok::Eof
        )
    }

    /// Goes on with the next line if a definition that started at `start` took nothing or left something behind it.
    pub fn skip_stray(&mut self, start: u32) {
        if self.is_stray() {
            self.error(INVALID_INDENTATION);
            self.skip_line();
        } else if self.tok.start == start && !self.at(Tok::Eof) {
            self.next();
            self.skip_line();
        }
    }

    /// Is the token behind a statement of a block one that nothing around the block can take?
    fn is_stray(&self) -> bool {
        use Tok::*;
        if self.at(Eof) || self.at(Dot) {
            return false;
        }
        if self.tok.indent >= 0 {
            return self.is_indented();
        }
        self.in_brackets == 0
            && !matches!(
                self.tok.kind,
                Else | Elif | Except | Finally | Of | Do | Comma | Colon
            )
    }

    fn line_body(&mut self) -> NodeId {
        use Tok::*;
        if matches!(
            self.tok.kind,
            If | While
                | Case
                | Try
                | For
                | Block
                | Asm
                | Proc
                | Func
                | Iterator
                | Macro
                | Type
                | Const
                | When
                | Var
        ) {
            self.error("nestable statement requires indentation");
            return EMPTY;
        }
        if self.in_semicolons > 0 {
            let stmt = self.simple_stmt();
            if self.is_empty(stmt) {
                self.error_expression_expected();
            }
            return stmt;
        }
        let open = self.open();
        loop {
            if self.tok.indent >= 0 {
                self.error(INVALID_INDENTATION);
            }
            self.progress = false;
            let stmt = self.simple_stmt();
            let stuck = !self.progress;
            if self.is_empty(stmt) {
                self.error_expression_expected();
            }
            self.push(stmt);
            if !self.at(SemiColon) {
                break;
            }
            self.next();
            if stuck && self.at(Eof) {
                break;
            }
        }
        self.finish(open, Kind::StmtList)
    }

    /// A statement of any kind; `Empty` if none starts here.
    pub fn complex_or_simple_stmt(&mut self) -> NodeId {
        match self.tok.kind {
            Tok::If => self.if_or_when(Kind::IfStmt),
            Tok::When => self.if_or_when(Kind::WhenStmt),
            Tok::While => self.guarded(Kind::WhileStmt, Self::stmt),
            Tok::Case => self.case_stmt(),
            Tok::Try => self.try_stmt(false),
            Tok::Finally => self.unguarded(Kind::Finally, Self::stmt),
            Tok::Except => self.unguarded(Kind::ExceptBranch, Self::stmt),
            Tok::For => self.for_stmt(),
            Tok::Block => self.block(),
            Tok::Static => self.unguarded(Kind::StaticStmt, Self::stmt),
            Tok::Defer => self.unguarded(Kind::Defer, Self::stmt),
            Tok::Asm => self.asm_stmt(),
            Tok::Bind => self.bind_stmt(Kind::BindStmt),
            Tok::Mixin => self.bind_stmt(Kind::MixinStmt),
            _ => self.declaration().unwrap_or_else(|| self.simple_stmt()),
        }
    }

    fn simple_stmt(&mut self) -> NodeId {
        let stmt = match self.tok.kind {
            Tok::Return => self.return_like(Kind::ReturnStmt),
            Tok::Raise => self.return_like(Kind::RaiseStmt),
            Tok::Yield => self.return_like(Kind::YieldStmt),
            Tok::Discard => self.return_like(Kind::Discard),
            Tok::Break => self.return_like(Kind::BreakStmt),
            Tok::Continue => self.return_like(Kind::ContinueStmt),
            Tok::CurlyDotLe => self.pragma_stmt(),
            Tok::Import => self.import(Kind::ImportStmt, Kind::ImportExceptStmt),
            Tok::Export => self.import(Kind::ExportStmt, Kind::ExportExceptStmt),
            Tok::From => self.import_from(),
            Tok::Include => self.include_stmt(),
            Tok::Comment => return self.text(Kind::CommentStmt),
            _ if self.starts_expr() => self.expr_stmt(),
            _ => return EMPTY,
        };
        self.skip_comment();
        stmt
    }

    /// An expression, assignment or command.
    fn expr_stmt(&mut self) -> NodeId {
        let left = self.simple_expr(Mode::TrySimple);
        if self.at(Tok::Equals) {
            return self.assignment_to(left);
        }
        if self.tok.indent >= 0 || !self.starts_expr() {
            return self.post_expr_blocks(left);
        }
        let open = self.open_at(left);
        self.push(left);
        let base = self.current;
        let mut first = true;
        loop {
            let argument = self.command_argument(first, Mode::Normal);
            first = false;
            self.push(argument);
            if !self.at(Tok::Comma) || (self.tok.indent >= 0 && self.tok.indent < base) {
                break;
            }
            self.next_indent();
        }
        let command = self.finish(open, Kind::Command);
        if self.at(Tok::Equals) {
            return self.assignment_to(command);
        }
        self.post_expr_blocks(command)
    }

    /// At `=`.
    fn assignment_to(&mut self, left: NodeId) -> NodeId {
        let open = self.open_at(left);
        self.push(left);
        self.next_indent();
        let value = self.expr();
        self.put(|p| p.post_expr_blocks(value));
        self.finish(open, Kind::Asgn)
    }

    fn return_like(&mut self, kind: Kind) -> NodeId {
        let open = self.open();
        self.next();
        if self.at(Tok::Comment) {
            let node_end = self.last_end;
            self.skip_comment();
            self.push_empty();
            let comment_end = std::mem::replace(&mut self.last_end, node_end);
            let node = self.finish(open, kind);
            self.last_end = comment_end;
            return node;
        }
        let ends_here = self.tok.indent >= 0 && self.tok.indent <= self.current;
        if ends_here || !self.starts_expr() {
            self.push_empty();
        } else {
            let value = self.expr();
            self.put(|p| p.post_expr_blocks(value));
        }
        self.finish(open, kind)
    }

    fn if_or_when(&mut self, kind: Kind) -> NodeId {
        let open = self.open();
        loop {
            self.put(|p| p.guarded(Kind::ElifBranch, Self::stmt));
            self.skip_comment();
            if !self.at(Tok::Elif) || !self.is_same_or_no_indent() {
                break;
            }
        }
        if self.at(Tok::Else) && self.is_same_or_no_indent() {
            self.put(|p| p.unguarded(Kind::Else, Self::stmt));
        }
        self.finish(open, kind)
    }

    /// A keyword, a condition, a colon and what that governs.
    pub fn guarded(&mut self, kind: Kind, body: fn(&mut Self) -> NodeId) -> NodeId {
        let open = self.open();
        self.next_indent();
        self.put(Self::expr);
        self.colon();
        self.put(body);
        self.finish(open, kind)
    }

    /// A keyword, a colon and what it governs.
    pub fn unguarded(&mut self, kind: Kind, body: fn(&mut Self) -> NodeId) -> NodeId {
        let open = self.open();
        self.next();
        self.colon();
        self.put(body);
        self.finish(open, kind)
    }

    /// `case`, as a statement or an expression; its branches may be indented.
    pub fn case_stmt(&mut self) -> NodeId {
        let open = self.open();
        self.next();
        self.put(Self::expr);
        if self.at(Tok::Colon) {
            self.next();
        }
        self.skip_comment();
        if self.is_indented() {
            self.indented(Self::case_branches);
        } else {
            self.case_branches();
        }
        self.finish(open, Kind::CaseStmt)
    }

    fn case_branches(&mut self) {
        let mut in_elif = false;
        while self.is_same_indent() {
            let open = self.open();
            let kind = match self.tok.kind {
                Tok::Of if !in_elif => {
                    self.expr_list(Tok::Colon);
                    Kind::OfBranch
                }
                Tok::Elif => {
                    in_elif = true;
                    self.next_indent();
                    self.put(Self::expr);
                    Kind::ElifBranch
                }
                Tok::Else => {
                    self.next();
                    Kind::Else
                }
                _ => break,
            };
            self.colon();
            self.put(Self::stmt);
            let branch = self.finish(open, kind);
            self.push(branch);
            if kind == Kind::Else {
                break;
            }
        }
    }

    pub fn try_stmt(&mut self, is_expr: bool) -> NodeId {
        let open = self.open();
        self.next();
        self.colon();
        self.put(Self::stmt);
        let (mut handled, mut done) = (false, false);
        while self.is_same_or_no_indent() || is_expr {
            let branch = self.open();
            if done && matches!(self.tok.kind, Tok::Except | Tok::Finally) {
                self.error("Only one finally is allowed after all other branches");
            }
            let kind = match self.tok.kind {
                Tok::Except => {
                    self.expr_list(Tok::Colon);
                    Kind::ExceptBranch
                }
                Tok::Finally => {
                    self.next();
                    done = true;
                    Kind::Finally
                }
                _ => break,
            };
            handled = true;
            self.colon();
            self.put(Self::stmt);
            let branch = self.finish(branch, kind);
            self.push(branch);
        }
        if !handled {
            self.error("expected 'except'");
        }
        self.finish(open, Kind::TryStmt)
    }

    pub fn block(&mut self) -> NodeId {
        let open = self.open();
        self.next_on_line();
        if self.at(Tok::Colon) {
            self.push_empty();
        } else {
            self.put(|p| p.symbol(SymbolMode::Normal));
        }
        self.colon();
        self.put(Self::stmt);
        self.finish(open, Kind::BlockStmt)
    }

    pub fn for_stmt(&mut self) -> NodeId {
        let open = self.open();
        self.next_on_line();
        loop {
            let variable = if self.at(Tok::ParLe) {
                self.var_tuple()
            } else {
                self.ident_with_pragma(false)
            };
            self.push(variable);
            if !self.comma() {
                break;
            }
        }
        self.eat(Tok::In);
        self.put(Self::expr);
        self.colon();
        self.put(Self::stmt);
        self.finish(open, Kind::ForStmt)
    }

    fn asm_stmt(&mut self) -> NodeId {
        let open = self.open();
        self.next_on_line();
        let pragma = if self.at(Tok::CurlyDotLe) {
            self.pragma()
        } else {
            EMPTY
        };
        self.push(pragma);
        let text = match self.tok.kind {
            Tok::StrLit => self.text(Kind::StrLit),
            Tok::RStrLit => self.text(Kind::RStrLit),
            Tok::TripleStrLit => self.text(Kind::TripleStrLit),
            _ => {
                self.error("the 'asm' statement takes a string literal");
                EMPTY
            }
        };
        self.push(text);
        self.finish(open, Kind::AsmStmt)
    }

    fn bind_stmt(&mut self, kind: Kind) -> NodeId {
        let open = self.open();
        self.next_indent();
        loop {
            self.put(Self::qualified_ident);
            if !self.comma() {
                break;
            }
        }
        self.finish(open, kind)
    }

    /// `import` or `export`, perhaps with `except`.
    fn import(&mut self, plain: Kind, except: Kind) -> NodeId {
        let open = self.open();
        self.next_indent();
        self.put(Self::expr);
        let mut kind = plain;
        if matches!(self.tok.kind, Tok::Comma | Tok::Except) {
            if self.at(Tok::Except) {
                kind = except;
            }
            self.next_indent();
            self.module_names();
        }
        self.finish(open, kind)
    }

    /// Names with commas, pushed.
    fn module_names(&mut self) {
        loop {
            self.progress = false;
            let name = self.expr();
            if self.is_empty(name) || !self.progress {
                break;
            }
            self.push(name);
            if !self.comma() {
                break;
            }
        }
    }

    fn import_from(&mut self) -> NodeId {
        let open = self.open();
        self.next_indent();
        self.put(Self::expr);
        self.eat(Tok::Import);
        self.optional_indent();
        self.module_names();
        self.finish(open, Kind::FromStmt)
    }

    fn include_stmt(&mut self) -> NodeId {
        let open = self.open();
        self.next_indent();
        self.module_names();
        self.finish(open, Kind::IncludeStmt)
    }
}
