//! Loops over `fields` and `fieldPairs`, which are unrolled: the body is checked once for each field, with the loop's variables standing for
//! the field and its name.

use super::checker::Checker;
use super::magic::Magic;
use super::symbols::{SymId, SymKind};
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// `for a in fields(x)`, `for name, a in fieldPairs(x)`: the body once a field.
    pub(super) fn fields_loop(
        &mut self,
        vars: &[Cursor<'_>],
        head: Cursor<'_>,
        body: Cursor<'_>,
        place: Place,
    ) -> Option<Expr> {
        let (callee, mut args): (Cursor<'_>, Vec<Cursor<'_>>) = match head.kind() {
            Kind::Call | Kind::Command => (head.kid(0), head.kids().skip(1).collect()),
            Kind::DotExpr => (head, Vec::new()),
            _ => return None,
        };
        let name_node = if callee.is(Kind::DotExpr) {
            args.insert(0, callee.kid(0));
            callee.kid(1)
        } else {
            callee
        };
        let name = simple_name(name_node).or_else(|| self.bound_name(name_node))?;
        let pairs = name == "fieldPairs";
        if !pairs && name != "fields" {
            return None;
        }
        let syms = if name_node.is(Kind::Sym) {
            self.syms_of(name_node)?.1
        } else {
            self.lookup(name)
        };
        let builtin = syms.iter().filter(|&&s| self.is_fields_builtin(s)).count();
        if builtin == 0 || callee.is(Kind::DotExpr) && self.has_member(callee, name) {
            return None;
        }
        // One of the program's own that fits better; the built-in ones are no calls.
        if builtin < syms.len() && self.calls_iterator(head) {
            return None;
        }
        // The body means something else for each field: a macro sees it as it was written.
        let typing = self.typing.take();
        let unrolled = self.unroll_fields(vars, &args, pairs, body, place);
        self.typing = typing;
        Some(unrolled)
    }

    fn is_fields_builtin(&self, sym: SymId) -> bool {
        match &self.s.sym(sym).kind {
            SymKind::Routine(head) => {
                let magic = head.pragmas.magic;
                matches!(magic, Some(Magic::Fields | Magic::FieldPairs))
            }
            _ => false,
        }
    }

    /// Is `n`, an object and a name, a field of the object's own?
    fn has_member(&mut self, n: Cursor<'_>, name: Name) -> bool {
        let (object, ok) = self.speculate_in_place(|c| c.dot_object(n.kid(0)));
        ok && self
            .object_of(self.s.types.bare(object.ty))
            .is_some_and(|ty| self.find_field(ty, name).is_some())
    }

    fn unroll_fields(
        &mut self,
        vars: &[Cursor<'_>],
        args: &[Cursor<'_>],
        pairs: bool,
        body: Cursor<'_>,
        place: Place,
    ) -> Expr {
        let values: Vec<Expr> = args.iter().map(|&a| self.expr(a, None)).collect();
        if values.iter().any(|v| v.ty == TypeId::ERROR) {
            return self.bad(place);
        }
        let mut stmts = Vec::new();
        // What is no place is evaluated once.
        let mut sources = Vec::new();
        for value in values {
            if self.is_place(&value) {
                sources.push(value);
                continue;
            }
            let ty = value.ty;
            let temp = self.temp(ty, place);
            stmts.push(self.make(
                ExprKind::Let(temp, Some(Box::new(value))),
                TypeId::VOID,
                place,
            ));
            sources.push(self.make(ExprKind::Local(temp), ty, place));
        }
        let names = self.field_names(sources[0].ty);
        let Some(names) = names else {
            self.error(
                place,
                format!(
                    "'fields' needs an object or a tuple, but got '{}'",
                    self.s.types.show(sources[0].ty)
                ),
            );
            return self.bad(place);
        };
        let leave = self.new_label();
        for (at, name) in names.iter().enumerate() {
            // Each copy of the body has a label of its own for `continue`.
            let next = self.new_label();
            self.push_scope();
            let mut nodes = vars.iter();
            if pairs && let Some(&node) = nodes.next() {
                let text = self.str_expr(name, place);
                self.bind_alias(node, text);
            }
            let mut ok = true;
            for (source, &node) in sources.iter().zip(nodes) {
                match self.nth_field(source.clone(), at) {
                    Some(field) => self.bind_alias(node, field),
                    None => ok = false,
                }
            }
            if ok {
                let lap = self.loop_body(body, leave, next);
                let lap = self.while_present(&sources[0], at, lap);
                stmts.push(lap);
            }
            self.pop_scope();
        }
        let all = self.make(ExprKind::Seq(stmts), TypeId::VOID, place);
        self.make(ExprKind::Block(leave, Box::new(all)), TypeId::VOID, place)
    }

    /// A field of a variant is visited only while its branch is the current one.
    fn while_present(&mut self, source: &Expr, at: usize, lap: Expr) -> Expr {
        let place = lap.place;
        let Some(field) = self.nth_field(source.clone(), at) else {
            return lap;
        };
        let ExprKind::Field { object, field, .. } = field.kind else {
            return lap;
        };
        let Some((_, body)) = self.s.types.object(object.ty) else {
            return lap;
        };
        let Some((discriminator, ranges)) = body.fields[field].when.clone() else {
            return lap;
        };
        let ty = body.fields[discriminator].ty;
        let first = at - field;
        let on = self.make(
            ExprKind::Field {
                object,
                field: discriminator,
                checked: false,
            },
            ty,
            place,
        );
        let labels = ranges
            .into_iter()
            .map(|(lo, hi)| super::typed::CaseLabel::Range(lo, hi))
            .collect();
        let els = Some(Box::new(self.nop(place)));
        let kind = ExprKind::Case {
            on: Box::new(on),
            branches: vec![(labels, lap)],
            els,
        };
        let guarded = self.make(kind, TypeId::VOID, place);
        // The discriminator may itself be part of an outer variant.
        self.while_present(source, first + discriminator, guarded)
    }

    fn bind_alias(&mut self, node: Cursor<'_>, value: Expr) {
        let Some(name) = simple_name(node).or_else(|| self.bound_name(node)) else {
            return;
        };
        let at = self.place(node);
        let kind = self.alias(value);
        let symbol = self.symbol(name, false, at, kind);
        let sym = self.new_symbol(symbol);
        if let Some(scope) = self.env.scopes.last_mut() {
            scope.insert(name, smallvec::smallvec![sym]);
        }
    }

    fn field_names(&self, ty: TypeId) -> Option<Vec<String>> {
        let ty = self.s.types.repr(ty);
        match self.get(ty) {
            Type::Tuple(fields) => Some(
                fields
                    .iter()
                    .enumerate()
                    .map(|(i, (n, _))| n.map_or_else(|| format!("Field{i}"), |n| n.to_string()))
                    .collect(),
            ),
            Type::Object(_) => {
                let mut names = Vec::new();
                // As in Nim, an object's own fields come before those of its base.
                let mut next = Some(ty);
                while let Some(ty) = next {
                    next = self.s.types.object(ty)?.1.base;
                    names.extend(
                        self.s
                            .types
                            .object(ty)?
                            .1
                            .fields
                            .iter()
                            .map(|f| f.name.to_string()),
                    );
                }
                Some(names)
            }
            _ => None,
        }
    }

    /// Field number `at` in the order of `field_names`.
    fn nth_field(&mut self, source: Expr, at: usize) -> Option<Expr> {
        let place = source.place;
        let ty = self.s.types.repr(source.ty);
        match self.get(ty).clone() {
            Type::Tuple(fields) => {
                let ty = fields.get(at)?.1;
                Some(self.make(ExprKind::TupleField(Box::new(source), at), ty, place))
            }
            Type::Object(_) => {
                let (_, body) = self.s.types.object(ty)?;
                let own = body.fields.len();
                if at >= own {
                    let base = body.base?;
                    let value = self.make(
                        ExprKind::Convert {
                            value: Box::new(source),
                            checked: false,
                        },
                        base,
                        place,
                    );
                    return self.nth_field(value, at - own);
                }
                let field = &body.fields[at];
                let (field_ty, variant) = (field.ty, field.when.is_some());
                let checked = variant && self.checks.field;
                Some(self.make(
                    ExprKind::Field {
                        object: Box::new(source),
                        field: at,
                        checked,
                    },
                    field_ty,
                    place,
                ))
            }
            _ => None,
        }
    }
}
