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

mod ask;
mod kinds;
mod pragmas;
mod quote;
mod render;
mod shape;
mod typetree;
pub(in crate::sema) mod wire;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use self::wire::{Build, NO_NUMBER, Reader, Stands, Typing, Writer};
use super::super::call::GivenNode;
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
                default: None,
                conv: None,
                each: false,
                ..param.clone()
            });
        }
        for generic in &head.generics {
            params.push(ParamSym {
                name: generic.name,
                ty: node,
                default: None,
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
        let Some(args) = self.macro_arguments(call) else {
            return self.bad(place);
        };
        self.run_macro(&head, id, args, &call.binds, call.want, place)
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
        self.current.push(tree.clone());
        let result = self.check_expansion(tree.root(), head, want, place);
        self.current.pop();
        self.result_of_template(result, head, binds, place)
    }

    /// `for x in macro(…)`, where the macro takes the whole loop. `None` if it is none.
    pub(in crate::sema) fn for_macro(&mut self, n: Cursor<'_>) -> Option<Expr> {
        let head = n.kid(n.len() - 2);
        if !matches!(head.kind(), Kind::Call | Kind::Command) {
            return None;
        }
        let callee = head.kid(0);
        if !matches!(callee.kind(), Kind::Ident | Kind::AccQuoted | Kind::Sym) {
            return None;
        }
        let (_, syms) = self.syms_of(callee)?;
        let takes_loop = |c: &Self, head: &RoutineSym| {
            head.kind == Kind::MacroDef
                && head.params.len() == 1
                && c.s.types.show(head.params[0].ty) == "ForLoopStmt"
        };
        let found = syms.iter().find_map(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) if takes_loop(self, head) => Some(head.clone()),
            _ => None,
        })?;
        let (id, place) = (found.id?, self.place(n));
        let mut w = Writer::new();
        self.write_tree(&mut w, n, &Typing::default());
        let arg = self.node_of_bytes(w.out, place)?;
        self.depth += 1;
        self.expansions.push((found.name, place));
        let result = self.run_macro(&found, id, vec![arg], &Bindings::default(), None, place);
        self.expansions.pop();
        self.depth -= 1;
        Some(result)
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
                let bound = Bound {
                    name,
                    module: sym.module(),
                    depth: 0,
                    closed: true,
                    exact: Some(sym),
                };
                let number = self.add_foreign(Foreign::Bound(bound));
                out.leaf(Kind::Sym, span, Data::Foreign(number))
            }
            Stands::Typed(number) if matches!(self.foreign_at(number), Some(Foreign::Typed(_))) => {
                out.leaf(Kind::Typed, span, Data::Foreign(number))
            }
            Stands::Type(ty) if self.s.types.is_known(ty) => {
                let place = Place {
                    origin: out.origin,
                    span,
                };
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

    /// The arguments as the macro's proc takes them. `None` after an error.
    fn macro_arguments(&mut self, call: &mut MacroCall<'_>) -> Option<Vec<Expr>> {
        let head = call.head.clone();
        let mut args = Vec::new();
        for (p, param) in head.params.iter().enumerate() {
            args.push(match *self.get(param.ty) {
                Type::StaticValue(base, _) => self.static_value_argument(call, p, base)?,
                Type::Varargs(elem) => self.many_arguments(call, p, elem)?,
                Type::Untyped => self.node_argument(call, p, true)?,
                _ => self.node_argument(call, p, false)?,
            });
        }
        for generic in &head.generics {
            let bound = match *self.get(generic.ty) {
                Type::Param(number) => call.binds.get(&number).copied(),
                _ => None,
            };
            if bound.is_some_and(|ty| matches!(self.get(ty), Type::StaticValue(..))) {
                let text = format!(
                    "the 'static' generic parameter '{}' of a macro",
                    generic.name
                );
                self.unsupported(call.place, text);
                return None;
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
                w.int(Kind::IntLit, *value, place, Some(ty));
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

    /// What the checker finds out about the nodes of a typed argument.
    fn typing_of(&mut self, n: Cursor<'_>, known: Option<&Expr>) -> Typing {
        let outer = self.typing.replace(Typing::default());
        let bound = known.is_some_and(|expr| matches!(self.get(expr.ty), Type::TypeDesc(_)));
        let tree = self.share(n.tree);
        let at = tree.at(n.id);
        if matches!(at.kind(), Kind::Ident | Kind::AccQuoted | Kind::Sym) && self.names_routines(at)
        {
            let first = self.syms_of(at).and_then(|(_, syms)| syms.first().copied());
            if let (Some(sym), Some(typing)) = (first, &mut self.typing) {
                typing.symbols.insert(Typing::key(at), sym);
            }
        } else if self.is_for_macro_alone(at) {
            // Looked at where it comes out.
        } else if bound || self.denotes_type(at) {
            self.speculate_in_place(|c| c.typing_of_type(at));
        } else {
            self.speculate_in_place(|c| c.expr(at, None));
        }
        let mut typing = std::mem::replace(&mut self.typing, outer).unwrap_or_default();
        if !self.is_for_macro_alone(at) {
            self.fill_typing(at, &mut typing);
        }
        if let Some(expr) = known.filter(|expr| expr.ty != TypeId::VOID) {
            typing.types.insert(Typing::key(at), expr.ty);
        }
        // The tree may be a share at another address.
        if !std::ptr::eq(n.tree, Arc::as_ptr(&tree)) {
            let moved = |key: (usize, NodeId)| (std::ptr::from_ref(n.tree) as usize, key.1);
            let here = Arc::as_ptr(&tree) as usize;
            let types: FxHashMap<_, _> = typing
                .types
                .iter()
                .map(|(&key, &ty)| (if key.0 == here { moved(key) } else { key }, ty))
                .collect();
            let symbols: FxHashMap<_, _> = typing
                .symbols
                .iter()
                .map(|(&key, &sym)| (if key.0 == here { moved(key) } else { key }, sym))
                .collect();
            typing.types = types;
            typing.symbols = symbols;
            let fields = typing.fields.iter();
            typing.fields = fields
                .map(|(&key, &ty)| (if key.0 == here { moved(key) } else { key }, ty))
                .collect();
        }
        typing
    }

    /// An argument that a macro takes typed and that is no expression: a declaration, which counts when the macro gives it
    /// back, or the name of routines.
    pub(in crate::sema) fn is_for_macro_alone(&mut self, n: Cursor<'_>) -> bool {
        let declares = |n: Cursor<'_>| {
            matches!(
                n.kind(),
                Kind::ProcDef
                    | Kind::FuncDef
                    | Kind::MethodDef
                    | Kind::IteratorDef
                    | Kind::ConverterDef
                    | Kind::TemplateDef
                    | Kind::MacroDef
                    | Kind::TypeSection
                    | Kind::VarSection
                    | Kind::LetSection
                    | Kind::ConstSection
            )
        };
        match n.kind() {
            Kind::StmtList => n.kids().any(declares),
            Kind::Ident | Kind::AccQuoted | Kind::Sym => self.names_routines(n),
            _ => declares(n),
        }
    }

    fn names_routines(&mut self, n: Cursor<'_>) -> bool {
        let Some((_, syms)) = self.syms_of(n) else {
            return false;
        };
        let is_routine = |&sym: &super::super::symbols::SymId| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => {
                !(matches!(head.kind, Kind::TemplateDef | Kind::MacroDef) && head.params.is_empty())
            }
            _ => false,
        };
        !syms.is_empty() && syms.iter().all(is_routine)
    }

    /// Variables and constants in what was expanded before anybody looked at them.
    fn fill_typing(&mut self, n: Cursor<'_>, typing: &mut Typing) {
        match n.kind() {
            Kind::Ident => {
                let key = Typing::key(n);
                if typing.symbols.contains_key(&key) || typing.fields.contains_key(&key) {
                    return;
                }
                let Some((_, syms)) = self.syms_of(n) else {
                    return;
                };
                if let [only] = syms[..]
                    && matches!(
                        self.s.sym(only).kind,
                        SymKind::Local { .. } | SymKind::Global { .. } | SymKind::Const(_)
                    )
                {
                    typing.symbols.insert(key, only);
                }
            }
            Kind::DotExpr => self.fill_typing(n.kid(0), typing),
            Kind::ExprColonExpr | Kind::ExprEqExpr => self.fill_typing(n.kid(1), typing),
            Kind::Call
            | Kind::Command
            | Kind::Infix
            | Kind::Prefix
            | Kind::Par
            | Kind::Bracket
            | Kind::Curly
            | Kind::TupleConstr
            | Kind::BracketExpr
            | Kind::IfExpr
            | Kind::ElifExpr
            | Kind::ElseExpr
            | Kind::StmtList => {
                for kid in n.kids() {
                    self.fill_typing(kid, typing);
                }
            }
            _ => {}
        }
    }

    /// The names in a type's tree, as far as they are plain ones.
    fn typing_of_type(&mut self, n: Cursor<'_>) {
        if let Kind::Ident | Kind::AccQuoted = n.kind() {
            let Some((_, syms)) = self.syms_of(n) else {
                return;
            };
            let found = syms.iter().copied().find(|&sym| self.is_type_symbol(sym));
            if let (Some(sym), Some(typing)) = (found, &mut self.typing) {
                typing.symbols.insert(Typing::key(n), sym);
            }
            return;
        }
        for kid in n.kids() {
            self.typing_of_type(kid);
        }
    }

    /// Notes what is known of a node, when a typed argument is looked at.
    pub(in crate::sema) fn note_typing(&mut self, n: Cursor<'_>, expr: &Expr) {
        let Some(typing) = &mut self.typing else {
            return;
        };
        if expr.ty != TypeId::ERROR {
            typing.types.insert(Typing::key(n), expr.ty);
        }
        match n.kind() {
            Kind::Ident | Kind::AccQuoted => {
                if let Some(sym) = self.last_named.take() {
                    typing.symbols.insert(Typing::key(n), sym);
                }
            }
            Kind::DotExpr
                if matches!(expr.kind, ExprKind::Field { .. } | ExprKind::TupleField(..)) =>
            {
                typing.fields.insert(Typing::key(n.kid(1)), expr.ty);
            }
            Kind::ObjConstr => {
                for part in n.kids().skip(1).filter(|part| part.len() == 2) {
                    typing
                        .fields
                        .insert(Typing::key(part.kid(0)), TypeId::ERROR);
                }
                self.typing_of_type(n.kid(0));
            }
            Kind::Call | Kind::Command | Kind::Infix | Kind::Prefix | Kind::Postfix => {
                let called = self.last_called.take();
                let Some(callee) = n.get(0) else { return };
                let callee = match callee.is(Kind::DotExpr) {
                    true => callee.kid(1),
                    false => callee,
                };
                if matches!(callee.kind(), Kind::Ident | Kind::AccQuoted) {
                    let syms = self.syms_of(callee);
                    let called = called.or_else(|| syms?.1.first().copied());
                    if let (Some(sym), Some(typing)) = (called, &mut self.typing) {
                        typing.symbols.insert(Typing::key(callee), sym);
                    }
                }
            }
            _ => {}
        }
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
