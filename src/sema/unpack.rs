//! Declaring several variables with the parts of a tuple: `let (a, (b, _)) = value`, also in the head of a `for`.

use super::checker::Checker;
use super::macros::symkind;
use super::typed::{Expr, ExprKind, LocalKind};
use super::types::{Type, TypeId};
use crate::source::Place;
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// `let (a, b) = value`
    pub(super) fn tuple_def(&mut self, n: Cursor<'_>, kind: LocalKind, stmts: &mut Vec<Expr>) {
        let place = self.place(n);
        let value = self.expr(n.last(), None);
        if !self.has_value(&value) {
            self.declare_bad(n, kind);
            return;
        }
        let ty = self.s.types.bare(value.ty);
        let temp = self.temp(ty, place);
        stmts.push(self.make(
            ExprKind::Let(temp, Some(Box::new(value))),
            TypeId::VOID,
            place,
        ));
        let source = self.make(ExprKind::Local(temp), ty, place);
        self.unpack_into(n, source, kind, stmts);
    }

    fn declare_bad(&mut self, n: Cursor<'_>, kind: LocalKind) {
        let mut stmts = Vec::new();
        for node in n.kids().take(n.len() - 2) {
            if let Some(head) = self.var_head(node) {
                self.declare_var(&head, TypeId::ERROR, kind, None, &mut stmts);
            }
        }
    }

    /// Declares the names of a tuple pattern with the parts of `source`, a place that is evaluated freely.
    pub(super) fn unpack_into(
        &mut self,
        n: Cursor<'_>,
        source: Expr,
        kind: LocalKind,
        stmts: &mut Vec<Expr>,
    ) {
        let place = self.place(n);
        let names = pattern_names(n);
        let Type::Tuple(fields) = self.get(self.s.types.repr(source.ty)).clone() else {
            self.not_a_tuple(source.ty, place);
            self.declare_bad(n, kind);
            return;
        };
        if fields.len() != names.len() {
            self.error(place, "wrong number of variables");
            self.declare_bad(n, kind);
            return;
        }
        for (at, (&node, &(_, ty))) in names.iter().zip(&fields).enumerate() {
            let part = self.make(
                ExprKind::TupleField(Box::new(source.clone()), at),
                ty,
                place,
            );
            if node.is(Kind::VarTuple) {
                self.unpack_into(node, part, kind, stmts);
                continue;
            }
            let Some(head) = self.var_head(node) else {
                continue;
            };
            if head.name == "_" {
                continue;
            }
            self.note_own(node, symkind::of_variable(kind), ty);
            self.declare_var(&head, self.s.types.bare(ty), kind, Some(part), stmts);
        }
    }

    pub(super) fn not_a_tuple(&mut self, ty: TypeId, place: Place) {
        let shown = self.s.types.show(ty);
        self.error(place, format!("'tuple' expected, but got '{shown}'"));
    }
}

/// The names and patterns in a tuple pattern. It ends with type and value in a section, with the type alone in a `for`.
pub(super) fn pattern_names(n: Cursor<'_>) -> Vec<Cursor<'_>> {
    let is_name = |kid: &Cursor<'_>| {
        matches!(
            kid.kind(),
            Kind::Ident
                | Kind::PragmaExpr
                | Kind::Postfix
                | Kind::AccQuoted
                | Kind::VarTuple
                | Kind::Sym
        )
    };
    let mut names: Vec<Cursor<'_>> = n.kids().take_while(is_name).collect();
    if !n.last().is_empty() && names.len() < n.len() {
        names.truncate(n.len() - 2);
    }
    names
}
