//! Macros that programs define.
//!
//! A macro's body is checked as that of a proc whose parameters and result are `NimNode`s, an ordinary type of the library. In: a call
//! of a macro. The arguments' trees travel as bytes ([`wire`]) into guest nodes, the proc runs in the evaluator of compile time,
//! and its result travels back. Out: that tree, checked where the call stands, as a template's expansion is.
//!
//! Hygiene is in the nodes: an identifier means what it means at the call; a symbol of `genSym` is a fresh name; one of `bindSym`
//! or `quote` ([`quote`]) is bound to the macro's module, as in a template. What macros ask of the compiler while they run is in
//! [`ask`]. A tree that the parser could not have made is refused ([`shape`]).
//!
//! Never runs anything natively, and keeps no expansion: a macro runs each time its call is checked.

mod arguments;
mod ask;
mod calls;
mod declared;
mod facts;
mod kinds;
mod outside;
mod pragmas;
mod quote;
mod shape;
mod statements;
mod typetree;
pub(in crate::sema) mod typing;
pub(in crate::sema) mod wire;
mod write;

use std::sync::Arc;

use self::wire::{Build, NO_NUMBER, Reader, Stands};
use super::super::checker::Checker;
use super::super::foreign::Foreign;
use super::super::lookup::Bound;
use super::super::program::NoValue;
use super::super::relation::Bindings;
use super::super::symbols::{ParamSym, RoutinePragmas, RoutineSym, SymKind, Table};
use super::super::typed::{Expr, ExprKind, RoutineId};
use super::super::types::{Type, TypeId};
use super::MacroCall;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Kind, NodeId, Span, Tree};

pub(in crate::sema) use ask::Questions;
pub(in crate::sema) use calls::CallShape;
pub(in crate::sema) use quote::hole_of;

impl Checker<'_, '_> {
    /// The type `NimNode`.
    pub(in crate::sema) fn node_type(&self) -> Option<TypeId> {
        let system = *self.s.module_names.get("system")?;
        let scope = &self.s.modules[system.0 as usize].scope;
        let &sym = scope.get(&Name::new("NimNode"))?.first()?;
        match self.s.sym(sym).kind {
            SymKind::Type(ty) => Some(ty),
            _ => None,
        }
    }

    /// The number of the proc that a macro's body is checked as.
    pub(in crate::sema) fn macro_id(&mut self, head: &RoutineSym) -> RoutineId {
        let mut named = head.clone();
        named.name = Name::new(&format!("macro {}", head.name));
        let mut identity = self.routine_identity(&named);
        let position = head.node.cursor().span().start;
        if self.s.modules[self.module.0 as usize]
            .scope
            .get(&head.name)
            .is_some_and(|syms| {
                syms.iter().any(|&sym| {
                    matches!(&self.s.sym(sym).kind, SymKind::Routine(old)
                        if old.kind == Kind::MacroDef
                            && old.id.is_some_and(|id| *self.s.routine_identity(id) == *identity))
                })
            })
        {
            identity.push_str(&format!(" {position}"));
        }
        self.s.routine_id(&identity)
    }

    /// A macro as the proc that its body is checked as; any other routine as it is.
    pub(in crate::sema) fn body_head(&mut self, head: &Arc<RoutineSym>) -> Arc<RoutineSym> {
        if head.kind != Kind::MacroDef {
            return head.clone();
        }
        let Some(node) = self.node_type() else {
            return head.clone();
        };
        let mut params: Vec<ParamSym> = Vec::new();
        for param in &head.params {
            let ty = match *self.get(param.ty) {
                Type::StaticValue(base, _) => base,
                _ => node,
            };
            params.push(ParamSym {
                ty,
                spelled: ty.into(),
                default: None,
                constraint: None,
                conv: None,
                each: false,
                ..param.clone()
            });
        }
        for generic in &head.generics {
            let base = match *self.get(generic.ty) {
                Type::Param(number) => self.constraint(number).and_then(|c| c.static_of),
                _ => None,
            };
            params.push(ParamSym {
                name: generic.name,
                ty: base.unwrap_or(node),
                spelled: base.unwrap_or(node).into(),
                default: None,
                constraint: None,
                conv: None,
                each: false,
                place: self.place(head.node.cursor()),
            });
        }
        Arc::new(RoutineSym {
            kind: Kind::ProcDef,
            generics: Vec::new(),
            params,
            ret: node,
            ret_spelled: node.into(),
            auto_ret: false,
            late_ret: false,
            pragmas: RoutinePragmas::new(head.pragmas.checks),
            varargs: None,
            ..(**head).clone()
        })
    }

    /// Checks the body of a macro that was just declared.
    pub(in crate::sema) fn macro_body(
        &mut self,
        sym: super::super::symbols::SymId,
        head: &Arc<RoutineSym>,
    ) {
        let Some(id) = head.id else { return };
        let proc = self.body_head(head);
        if self.may_wait(&proc) {
            return self.defer(sym, id);
        }
        let identity = self.s.routine_identity(id);
        let outer = std::mem::replace(&mut self.in_macro, true);
        self.statically(|c| c.check_body(&proc, sym, id, identity, Table::default()));
        self.in_macro = outer;
    }

    /// Runs a macro and checks what it gives.
    pub(super) fn user_macro(&mut self, call: &mut MacroCall<'_>) -> Expr {
        let (head, place) = (call.head.clone(), call.place);
        let Some(id) = head.id else {
            return self.unsupported(place, format!("the macro '{}'", head.name));
        };
        if self.frames.iter().any(|frame| frame.id == id) {
            self.error(place, format!("recursive dependency: '{}'", head.name));
            return self.bad(place);
        }
        let callsite = mentions(head.node.cursor(), "callsite").then(|| self.call_tree(call));
        let Some(args) = self.macro_arguments(call) else {
            return self.bad(place);
        };
        let outer = std::mem::replace(&mut self.run.callsite, callsite);
        let result = self.run_macro(&head, id, args, &call.binds, call.want, place);
        self.run.callsite = outer;
        result
    }

    fn run_macro(
        &mut self,
        head: &Arc<RoutineSym>,
        id: RoutineId,
        args: Vec<Expr>,
        binds: &Bindings,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let tree = match self.expansion_of(id, args, place) {
            Ok(tree) => Arc::new(tree),
            Err(why) => {
                self.no_value(why, place);
                return self.bad(place);
            }
        };
        self.begin_expansion(&tree);
        self.current.push(tree.clone());
        let result = self.check_expansion(tree.root(), head, want, place);
        self.current.pop();
        let result = self.result_of_template(result, head, binds, place);
        self.end_expansion(tree, place);
        result
    }

    /// What a macro makes of its arguments.
    pub(in crate::sema) fn expansion_of(
        &mut self,
        id: RoutineId,
        args: Vec<Expr>,
        place: Place,
    ) -> Result<Tree, NoValue> {
        let Some(node) = self.node_type() else {
            return Err(untraced("there is no type 'NimNode'", place));
        };
        let call = self.make(ExprKind::Call(id, args), node, place);
        let Some(&writer) = self.s.hooks.system.get(&Name::new("writeTree")) else {
            return Err(untraced("there is no 'writeTree'", place));
        };
        let call = self.make(ExprKind::Call(writer, vec![call]), TypeId::STRING, place);
        let value = self.statically(|c| c.in_scratch_frame(|c| c.evaluate(&call)))?;
        let ExprKind::Str(bytes) = value.kind else {
            return Err(untraced("illformed AST: the macro gave no tree", place));
        };
        self.tree_of_bytes(&bytes, place)
            .map_err(|(message, at)| untraced(&message, at))
    }

    /// Makes the tree that a macro gave as bytes.
    pub(in crate::sema) fn tree_of_bytes(
        &mut self,
        bytes: &[u8],
        place: Place,
    ) -> Result<Tree, (String, Place)> {
        let mut symbol = |out: &mut Tree, span: Span, name: Name, stands: Stands| {
            self.symbol_node(out, span, name, stands)
        };
        let mut build = Build {
            from: Reader::new(bytes),
            out: Tree {
                origin: place.origin,
                ..Tree::default()
            },
            place,
            symbol: &mut symbol,
            depth: 0,
            as_shown: false,
        };
        let root = build.node()?;
        let mut out = build.out;
        out.root = Some(root);
        Ok(out)
    }

    fn symbol_node(&mut self, out: &mut Tree, span: Span, name: Name, stands: Stands) -> NodeId {
        let ident = |out: &mut Tree, name| out.leaf(Kind::Ident, span, Data::Name(name));
        match stands {
            Stands::Fresh(number) if number != NO_NUMBER => ident(out, fresh_name(name, number)),
            Stands::Bound(bound) if self.s.modules.len() > bound.module.0 as usize => {
                let number = self.add_foreign(Foreign::Bound(bound));
                out.leaf(Kind::Sym, span, Data::Foreign(number))
            }
            Stands::Symbol(sym) if self.is_symbol(sym, name) => {
                let number = self.add_foreign(Foreign::Bound(Bound::exactly(sym, name)));
                out.leaf(Kind::Sym, span, Data::Foreign(number))
            }
            Stands::Typed(number) if matches!(self.foreign_at(number), Some(Foreign::Typed(_))) => {
                out.leaf(Kind::Typed, span, Data::Foreign(number))
            }
            Stands::Type(ty) if self.s.types.is_known(ty) => {
                let place = Place::new(out.origin, span);
                let value = self.type_value(ty, place);
                let number = self.foreign_typed(value);
                out.leaf(Kind::Typed, span, Data::Foreign(number))
            }
            _ => ident(out, name),
        }
    }

    /// Is it a symbol of this name? What a macro kept may have been forgotten since.
    pub(in crate::sema) fn is_symbol(&self, sym: super::super::symbols::SymId, name: Name) -> bool {
        let module = self.s.modules.get(sym.module().0 as usize);
        module
            .and_then(|module| module.syms.get(sym.index()))
            .is_some_and(|symbol| symbol.name == name)
    }

    /// Bytes as a guest node.
    fn node_of_bytes(&mut self, bytes: Vec<u8>, place: Place) -> Option<Expr> {
        let node = self.node_type()?;
        let &reader = self.s.hooks.system.get(&Name::new("readTree"))?;
        let text = self.make(ExprKind::Str(bytes.into()), TypeId::STRING, place);
        Some(self.make(ExprKind::Call(reader, vec![text]), node, place))
    }
}

/// A name of its own, as templates make them.
fn fresh_name(name: Name, number: u32) -> Name {
    Name::new(&format!("{name}`gensym{number}"))
}

fn untraced(message: &str, place: Place) -> NoValue {
    NoValue {
        message: message.into(),
        trace: Vec::new(),
        at: Some(place),
    }
}

/// Does a name stand anywhere in a tree?
fn mentions(n: Cursor<'_>, name: &str) -> bool {
    n.name().is_some_and(|found| found == name) || n.kids().any(|kid| mentions(kid, name))
}
