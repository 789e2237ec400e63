//! Macros and templates as pragmas: of a routine, which is their last argument, of a type, whose definition is, and of a variable
//! or constant, which they get as a section of its own.
//!
//! In: a declaration. Out: what the first macro among its pragmas makes of it, checked in its place; the further ones are found
//! when that is checked.

use std::sync::Arc;

use super::super::super::checker::Checker;
use super::super::super::routine::part;
use super::super::super::symbols::{RoutineSym, SymKind};
use super::super::super::template_copy::copy_tree;
use super::super::super::typed::Expr;
use super::super::super::types::{Type, TypeId};
use super::typing::Typing;
use super::wire::Writer;
use crate::syntax::tree::{Cursor, Data, Kind, NodeId, Tree};

impl Checker<'_, '_> {
    /// A routine with the names of macros or templates among its pragmas is an argument of these. `None` if there are none.
    pub(in crate::sema) fn pragma_macro(
        &mut self,
        n: Cursor<'_>,
        want: Option<TypeId>,
    ) -> Option<Expr> {
        let at = part::PRAGMA;
        let pragmas = n.get(at).filter(|pragmas| pragmas.is(Kind::Pragma))?;
        let number = pragmas
            .kids()
            .position(|entry| self.is_macro_entry(entry))?;
        let entry = pragmas.kid(number);
        let place = self.place(entry);
        let mut out = Tree {
            origin: n.tree.origin,
            ..Tree::default()
        };
        let mut kids = Vec::new();
        for (i, kid) in n.kids().enumerate() {
            kids.push(match i == at {
                true if pragmas.len() == 1 => out.leaf(Kind::Empty, kid.span(), Data::None),
                true => without(pragmas, number, &mut out),
                false => copy_tree(kid, &mut out),
            });
        }
        let routine = out.inner(n.kind(), n.span(), &kids);
        let (callee, args) = parts_of_entry(entry);
        let mut call = vec![copy_tree(callee, &mut out)];
        call.extend(args.into_iter().map(|arg| copy_tree(arg, &mut out)));
        call.push(routine);
        let root = out.inner(Kind::Call, place.span, &call);
        out.root = Some(root);
        let tree = Arc::new(out);
        self.current.push(tree.clone());
        let result = self.expr(tree.root(), want);
        self.current.pop();
        Some(result)
    }

    /// A section in which macros or templates are pragmas of variables or constants: each such definition becomes their argument.
    /// The statements that the section amounts to, or `None` if there are none.
    pub(in crate::sema) fn section_pragma_macro(&mut self, n: Cursor<'_>) -> Option<Arc<Tree>> {
        let marked: Vec<Option<usize>> = n.kids().map(|def| self.macro_of_def(def)).collect();
        if marked.iter().all(|entry| entry.is_none()) {
            return None;
        }
        let mut out = Tree {
            origin: n.tree.origin,
            ..Tree::default()
        };
        let mut stmts = Vec::new();
        for (def, entry) in n.kids().zip(marked) {
            let Some(number) = entry else {
                let def_copy = copy_tree(def, &mut out);
                stmts.push(out.inner(n.kind(), def.span(), &[def_copy]));
                continue;
            };
            let pragmas = def.kid(0).kid(1);
            let (callee, args) = parts_of_entry(pragmas.kid(number));
            let mut call = vec![copy_tree(callee, &mut out)];
            call.extend(args.into_iter().map(|arg| copy_tree(arg, &mut out)));
            let mut name = copy_tree(def.kid(0).kid(0), &mut out);
            if pragmas.len() > 1 {
                let rest = without(pragmas, number, &mut out);
                name = out.inner(Kind::PragmaExpr, def.kid(0).span(), &[name, rest]);
            }
            let mut kids = vec![name];
            kids.extend(def.kids().skip(1).map(|kid| copy_tree(kid, &mut out)));
            let def_alone = out.inner(def.kind(), def.span(), &kids);
            call.push(out.inner(n.kind(), def.span(), &[def_alone]));
            stmts.push(out.inner(Kind::Call, def.span(), &call));
        }
        let root = out.inner(Kind::StmtList, n.span(), &stmts);
        out.root = Some(root);
        Some(Arc::new(out))
    }

    /// The number of the first macro among the pragmas of a definition of one name.
    fn macro_of_def(&mut self, def: Cursor<'_>) -> Option<usize> {
        let pragmas = def
            .get(0)
            .filter(|name| name.is(Kind::PragmaExpr))?
            .get(1)?;
        let single = matches!(def.kind(), Kind::IdentDefs | Kind::ConstDef) && def.len() == 3;
        let number = pragmas
            .kids()
            .position(|entry| self.is_macro_entry(entry))?;
        single.then_some(number)
    }

    fn is_macro_entry(&mut self, entry: Cursor<'_>) -> bool {
        let callee = match entry.kind() {
            Kind::Ident | Kind::Sym | Kind::AccQuoted => entry,
            Kind::Call | Kind::ExprColonExpr | Kind::CallStrLit => entry.kid(0),
            _ => return false,
        };
        let Some(name) = self.bound_name(callee) else {
            return false;
        };
        if self.user_pragmas.contains_key(&name) || super::super::super::pragma::is_known(name) {
            return false;
        }
        let Some((_, syms)) = self.syms_of(callee) else {
            return false;
        };
        syms.iter().any(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => {
                !head.marks_pragma() && matches!(head.kind, Kind::MacroDef | Kind::TemplateDef)
            }
            _ => false,
        })
    }

    /// A type section in which macros are pragmas of types. `None` if there are none.
    pub(in crate::sema) fn type_pragma_macro(&mut self, n: Cursor<'_>) -> Option<Expr> {
        let found = n.kids().enumerate().find_map(|(i, def)| {
            let pragmas = def
                .get(0)
                .filter(|name| name.is(Kind::PragmaExpr))?
                .get(1)?;
            let number = pragmas.kids().position(|e| self.is_macro_entry(e))?;
            Some((i, number))
        });
        let (i, number) = found?;
        let def = n.kid(i);
        let entry = def.kid(0).kid(1).kid(number);
        let place = self.place(entry);
        let (callee, args) = parts_of_entry(entry);
        let Some(head) = self.macro_of_type(callee, args.len() + 1) else {
            self.unsupported(place, "a template as a pragma of a type");
            return Some(self.nop(place));
        };
        let mut out = Tree {
            origin: n.tree.origin,
            ..Tree::default()
        };
        let name = def.kid(0);
        let declared = copy_tree(name.kid(0), &mut out);
        let rest = without(name.kid(1), number, &mut out);
        let declared = out.inner(Kind::PragmaExpr, name.span(), &[declared, rest]);
        let mut kids = vec![declared];
        kids.extend(def.kids().skip(1).map(|kid| copy_tree(kid, &mut out)));
        let root = out.inner(Kind::TypeDef, def.span(), &kids);
        let mut values = Vec::new();
        for (arg, param) in args.into_iter().chain([out.at(root)]).zip(&head.params) {
            if let Type::StaticValue(base, _) = *self.get(param.ty) {
                let value = self.expr_of(arg, base);
                let value = self.constant_of(value);
                if value.ty == TypeId::ERROR {
                    return Some(self.bad(place));
                }
                values.push(value);
                continue;
            }
            let mut w = Writer::new();
            self.write_tree(&mut w, arg, &Typing::default());
            values.push(self.node_of_bytes(w.out, place)?);
        }
        let made = match self.expansion_of(head.id?, values, place) {
            Ok(made) => made,
            Err(why) => {
                self.no_value(why, place);
                return Some(self.bad(place));
            }
        };
        let defs: Vec<Cursor<'_>> = match made.root().kind() {
            Kind::TypeDef => vec![made.root()],
            Kind::TypeSection => made.root().kids().collect(),
            Kind::StmtList
                if made.root().len() == 1 && made.root().kid(0).is(Kind::TypeSection) =>
            {
                made.root().kid(0).kids().collect()
            }
            _ => {
                self.error(place, "illformed AST: nnkTypeDef was expected");
                return Some(self.bad(place));
            }
        };
        let mut out = Tree {
            origin: n.tree.origin,
            ..Tree::default()
        };
        let mut kids = Vec::new();
        for (other, kid) in n.kids().enumerate() {
            if other == i {
                kids.extend(defs.iter().map(|&def| copy_tree(def, &mut out)));
            } else {
                kids.push(copy_tree(kid, &mut out));
            }
        }
        let root = out.inner(Kind::TypeSection, n.span(), &kids);
        out.root = Some(root);
        let tree = Arc::new(out);
        self.current.push(tree.clone());
        let result = self.stmt(tree.root());
        self.current.pop();
        Some(result)
    }

    fn macro_of_type(&mut self, callee: Cursor<'_>, count: usize) -> Option<Arc<RoutineSym>> {
        let (_, syms) = self.syms_of(callee)?;
        syms.iter().find_map(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) if head.kind == Kind::MacroDef && head.params.len() == count => {
                Some(head.clone())
            }
            _ => None,
        })
    }
}

/// What a pragma calls, and its arguments.
fn parts_of_entry(entry: Cursor<'_>) -> (Cursor<'_>, Vec<Cursor<'_>>) {
    match entry.kind() {
        Kind::Ident | Kind::Sym | Kind::AccQuoted | Kind::DotExpr => (entry, Vec::new()),
        _ => (entry.kid(0), entry.kids().skip(1).collect()),
    }
}

/// Pragmas but for one of them.
fn without(pragmas: Cursor<'_>, number: usize, out: &mut Tree) -> NodeId {
    let rest: Vec<NodeId> = (0..pragmas.len())
        .filter(|&other| other != number)
        .map(|other| copy_tree(pragmas.kid(other), out))
        .collect();
    out.inner(Kind::Pragma, pragmas.span(), &rest)
}
