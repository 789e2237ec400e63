//! `styledWrite`, `styledWriteLine` and `styledEcho` of `std/terminal`: text and styles, one after the other.

use super::{Build, Checker, MacroCall};
use crate::sema::typed::Expr;
use crate::sema::types::TypeId;
use crate::syntax::tree::{Cursor, Kind, NodeId};

impl Checker<'_, '_> {
    pub(super) fn styled_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let name = call.head.name.as_str();
        let echo = name == "styledEcho";
        let (file, parts) = if echo {
            (None, call.trees(0))
        } else {
            (call.tree(0), call.trees(1))
        };
        let line = name != "styledWrite";
        let mut styled = false;
        let mut stmts = Vec::new();
        for part in parts {
            styled |= !is_text(part);
            let mut b = Build::new(self.place(part), call.head.module);
            let target = self.styled_file(&mut b, file);
            let part = b.copy(part);
            let root = self.macro_call(&mut b, "styledPart", &[target, part]);
            stmts.push(self.check_built_stmt(b, root));
        }
        let mut b = Build::new(call.place, call.head.module);
        let mut tail: Vec<NodeId> = Vec::new();
        if styled {
            let target = self.styled_file(&mut b, file);
            tail.push(self.macro_call(&mut b, "resetAttributes", &[target]));
        }
        if line {
            let (target, end) = (self.styled_file(&mut b, file), b.str(b"\n"));
            tail.push(self.macro_call(&mut b, "write", &[target, end]));
        }
        let root = b.node(Kind::StmtList, &tail);
        stmts.push(self.check_built_stmt(b, root));
        self.sequence(stmts, TypeId::VOID, call.place)
    }

    fn styled_file(&mut self, b: &mut Build, file: Option<Cursor<'_>>) -> NodeId {
        match file {
            Some(file) => b.copy(file),
            None => self.macro_name(b, "stdout"),
        }
    }
}

fn is_text(n: Cursor<'_>) -> bool {
    matches!(n.kind(), Kind::StrLit | Kind::RStrLit | Kind::TripleStrLit)
}
