//! The arguments of a macro's call as the proc that its body is takes them.
//!
//! In: a call. Out: for each parameter an expression: the value of a `static` one, and for the others a node of what stands there,
//! with what the checker knows of it where the macro wants it typed. Type arguments follow.

use std::sync::Arc;

use super::super::MacroCall;
use super::typing::Typing;
use super::wire::{self, Stands, Writer};
use crate::sema::call::GivenNode;
use crate::sema::checker::Checker;
use crate::sema::typed::{Expr, ExprKind};
use crate::sema::types::{Type, TypeId};
use crate::syntax::tree::{Base, Data, Kind, Tree};

impl Checker<'_, '_> {
    /// The arguments as the macro's proc takes them. `None` after an error.
    pub(super) fn macro_arguments(&mut self, call: &mut MacroCall<'_>) -> Option<Vec<Expr>> {
        let head = call.head.clone();
        let mut args = Vec::new();
        for (p, param) in head.params.iter().enumerate() {
            args.push(match *self.get(param.ty) {
                Type::StaticValue(base, _) => self.static_value_argument(call, p, base)?,
                Type::Varargs(elem) => self.many_arguments(call, p, elem)?,
                Type::Untyped | Type::Iterable(_) => self.node_argument(call, p, true)?,
                _ => self.node_argument(call, p, false)?,
            });
        }
        for generic in &head.generics {
            let bound = match *self.get(generic.ty) {
                Type::Param(number) => call.binds.get(&number).copied(),
                _ => None,
            };
            if let Some(value) = bound.and_then(|ty| self.static_value_of(ty, call.place)) {
                args.push(value);
                continue;
            }
            let mut w = Writer::new();
            match bound {
                Some(ty) => {
                    let name = self.s.types.show(ty);
                    let stands = Stands::Type(ty);
                    w.symbol(&name, wire::symkind::TYPE, stands, call.place, Some(ty));
                }
                None => w.empty(call.place),
            }
            args.push(self.node_of_bytes(w.out, call.place)?);
        }
        Some(args)
    }

    /// The call as a tree, for `callsite`.
    pub(super) fn call_tree(&mut self, call: &MacroCall<'_>) -> Arc<[u8]> {
        let (name, place) = (call.head.name.as_str().to_owned(), call.place);
        let operator = !name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        let kind = match call.args.len() {
            1 if operator => Kind::Prefix,
            2 if operator => Kind::Infix,
            _ => Kind::Call,
        };
        let mut w = Writer::new();
        w.kids(kind, call.args.len() + 1, place);
        w.ident(&name, place);
        for arg in &call.args {
            if let Some(name) = arg.name {
                w.kids(Kind::ExprEqExpr, 2, arg.place);
                w.ident(name.as_str(), arg.place);
            }
            match arg.node {
                GivenNode::Node(n) => self.write_tree(&mut w, n, &Typing::default()),
                GivenNode::Checked => {
                    let text = self.loader.text(arg.place);
                    w.ident(&text, arg.place);
                }
            }
        }
        w.out.into()
    }

    fn static_value_argument(
        &mut self,
        call: &mut MacroCall<'_>,
        p: usize,
        base: TypeId,
    ) -> Option<Expr> {
        let value = match call.slots[p].first() {
            Some(&i) => call.args[i].typed.take()?,
            None => self.macro_default(call, p)?,
        };
        if value.ty == TypeId::ERROR {
            return None;
        }
        let value = self.constant_of(value);
        let value = self.coerce(value, base);
        (value.ty != TypeId::ERROR).then_some(value)
    }

    fn macro_default(&mut self, call: &MacroCall<'_>, p: usize) -> Option<Expr> {
        let default = call.head.params[p].default.clone()?;
        let env = self.env_of(call.head.module, call.head.depth);
        Some(self.with_env(env, |c| c.expr(default.cursor(), None)))
    }

    fn node_argument(&mut self, call: &mut MacroCall<'_>, p: usize, untyped: bool) -> Option<Expr> {
        let mut w = Writer::new();
        let ty = call.head.params[p].ty;
        let concrete = !matches!(
            self.get(ty),
            Type::Untyped | Type::Typed | Type::TypeDesc(_) | Type::Param(_)
        );
        match call.slots[p].first() {
            Some(&i) if concrete && self.write_literal(&mut w, call, i) => {}
            Some(&i) => self.write_argument(&mut w, call, i, untyped),
            None => {
                let default = call.head.params[p].default.clone();
                match default {
                    Some(default) => {
                        let n = default.cursor();
                        let env = self.env_of(call.head.module, call.head.depth);
                        self.with_env(env, |c| {
                            let typing = match untyped {
                                true => Typing::default(),
                                false => c.typing_of(n, None),
                            };
                            c.write_tree(&mut w, n, &typing);
                        });
                    }
                    None => w.empty(call.place),
                }
            }
        }
        self.node_of_bytes(w.out, call.place)
    }

    /// A parameter of a type of its own gets a number or a text that is known as a literal. Says whether it is one.
    fn write_literal(&mut self, w: &mut Writer, call: &MacroCall<'_>, i: usize) -> bool {
        let Some(expr) = &call.args[i].typed else {
            return false;
        };
        let (ty, place) = (expr.ty, call.args[i].place);
        match (&expr.kind, self.get(ty)) {
            (ExprKind::Int(value), Type::Int(_)) if ty == TypeId::INT => {
                w.int(Kind::IntLit, (*value, Base::Decimal), place, Some(ty));
            }
            (ExprKind::Str(text), Type::String) => w.str(Kind::StrLit, text, place, Some(ty)),
            _ => return false,
        }
        true
    }

    fn many_arguments(&mut self, call: &mut MacroCall<'_>, p: usize, elem: TypeId) -> Option<Expr> {
        let untyped = elem == TypeId::UNTYPED;
        let slot = call.slots[p].clone();
        let mut w = Writer::new();
        let kind = match untyped {
            true => Kind::ArgList,
            false => Kind::Bracket,
        };
        let conv = call.head.params[p].conv;
        w.kids(kind, slot.len(), call.place);
        for i in slot {
            match conv {
                Some(conv) if !untyped => {
                    let name = conv.as_str().to_owned();
                    w.kids(Kind::Call, 2, call.args[i].place);
                    w.ident(&name, call.args[i].place);
                    self.write_argument(&mut w, call, i, untyped);
                }
                _ => self.write_argument(&mut w, call, i, untyped),
            }
        }
        self.node_of_bytes(w.out, call.place)
    }

    fn write_argument(
        &mut self,
        w: &mut Writer,
        call: &mut MacroCall<'_>,
        i: usize,
        untyped: bool,
    ) {
        let (place, name) = (call.args[i].place, call.args[i].name);
        if let Some(name) = name
            && untyped
            && call.head.params.iter().all(|param| param.name != name)
        {
            w.kids(Kind::ExprEqExpr, 2, place);
            w.ident(name.as_str(), place);
        }
        match call.args[i].node {
            GivenNode::Node(n) => {
                let typing = match untyped {
                    true => Typing::default(),
                    false => self.typing_of(n, call.args[i].typed.as_ref()),
                };
                self.write_tree(w, n, &typing);
            }
            GivenNode::Checked => match call.args[i].typed.take() {
                Some(expr) => {
                    let number = self.foreign_typed(expr);
                    let mut tree = Tree {
                        origin: place.origin,
                        ..Tree::default()
                    };
                    let root = tree.leaf(Kind::Typed, place.span, Data::Foreign(number));
                    self.write_tree(w, tree.at(root), &Typing::default());
                }
                None => w.empty(place),
            },
        }
    }
}
