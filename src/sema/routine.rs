//! Routines: their heads, their bodies, instances of generic ones.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::checker::Checker;
use super::constraint::constraints_of;
use super::symbols::{GenericParam, ParamSym, RoutineSym, SymId, SymKind, Table};
use super::typed::{Expr, ExprKind, LocalId};
use super::typeexpr::simple_name;
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::print::tree_repr;
use crate::syntax::tree::{Cursor, Handle, Kind, Tree};

/// Children of a routine's definition, in Nim's order.
pub(in crate::sema) mod part {
    pub const NAME: usize = 0;
    pub const PATTERN: usize = 1;
    pub const GENERICS: usize = 2;
    pub const PARAMS: usize = 3;
    pub const PRAGMA: usize = 4;
    pub const BODY: usize = 6;
}

impl Checker<'_, '_> {
    /// A routine, template or macro definition as a statement.
    pub(super) fn routine_def(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let name_node = n.kid(part::NAME);
        let Some(name) = simple_name(name_node).or_else(|| self.bound_name(name_node)) else {
            self.error(self.place(name_node), "a name was expected");
            return self.bad(place);
        };
        let pattern = n.kid(part::PATTERN);
        if !pattern.is_empty() {
            // Without it, what it should rewrite would stay.
            return self.unsupported(self.place(pattern), "a pattern for rewriting terms");
        }
        if let Some(made) = self.pragma_macro(n, None) {
            return self.require_void(made);
        }
        if n.is(Kind::MacroDef) {
            let exported = self.exports(name_node);
            self.macro_def(n, name, exported, self.place(name_node));
            return self.nop(place);
        }
        if name == "()" && !self.pushed.iter().any(|pushed| pushed.call_operator) {
            self.error(
                place,
                "the overloaded () operator has to be enabled with {.experimental: \"callOperator\".}",
            );
        }
        let exported = self.exports(name_node);
        let head = if n.is(Kind::TemplateDef) {
            self.head_of_template(n, name)
        } else {
            self.head(n, name)
        };
        let sym = self.declare_routine(head, exported, self.place(name_node));
        // What the head means is all in its text.
        let plain = self.looked_up.get_mut().expansions.is_empty();
        if let Some(sym) = sym {
            self.routine_body_of(sym, n);
        }
        if self.env.scopes.is_empty() {
            self.defined = sym.filter(|_| plain);
        }
        self.nop(place)
    }

    fn macro_def(&mut self, n: Cursor<'_>, name: Name, exported: bool, place: Place) {
        let mut head = self.head_of_template(n, name);
        if head.pragmas.magic.is_none() && !head.forward {
            head.id = Some(self.macro_id(&head));
        }
        let head = Arc::new(head);
        let sym = self.declare(self.symbol(name, exported, place, SymKind::Routine(head.clone())));
        if head.id.is_some() {
            self.macro_body(sym, &head);
        }
    }

    pub(super) fn handle(&self, n: Cursor<'_>) -> Handle {
        // Trees are shared; a node of a tree that somebody else owns costs one copy of the tree's arrays.
        Handle {
            tree: self.share(n.tree),
            id: n.id,
        }
    }

    /// A share of a tree that is being read.
    pub(super) fn share(&self, tree: &Tree) -> Arc<Tree> {
        match self
            .current
            .iter()
            .rev()
            .find(|shared| std::ptr::eq(Arc::as_ptr(shared), tree))
        {
            Some(shared) => shared.clone(),
            None => Arc::new(tree.clone()),
        }
    }

    /// Declares a routine, or finds the forward declaration that it completes. `None` after an error.
    pub(super) fn declare_routine(
        &mut self,
        mut head: RoutineSym,
        exported: bool,
        place: Place,
    ) -> Option<SymId> {
        let name = head.name;
        let template = matches!(head.kind, Kind::TemplateDef | Kind::MacroDef);
        if !self.may_stand_here(&head, place) {
            return None;
        }
        if !template && !head.is_generic() {
            head.ret = self.checked_result(&head, &head.params, head.ret);
            self.check_params(&head);
        }
        if !self.may_be_called_so(&head, place) {
            return None;
        }
        if !head.is_generic() && !template {
            let identity = self.overload_identity(&head);
            head.id = Some(self.s.routine_id(&identity));
        }
        if let Some(previous) = self.same_head(&head) {
            return self.declare_again(head, previous);
        }
        if !template && !head.is_generic() && self.differs_in_result(&head) {
            self.error(
                place,
                format!("overloaded '{name}' leads to ambiguous calls"),
            );
            return None;
        }
        if head.kind == Kind::MethodDef && !head.is_generic() {
            self.check_method_order(&head, place);
        }
        self.note_declared_effects(&head);
        let generic_method = head.kind == Kind::MethodDef && head.is_generic();
        let is_converter = head.kind == Kind::ConverterDef;
        let known = head.pragmas.compilerproc || head.pragmas.core;
        let id = head.id;
        let start = head.node.cursor().place();
        if is_converter && head.params.len() != 1 {
            self.error(start, "a converter takes exactly one argument");
            return None;
        }
        let hook = self.note_hook(&head, start);
        let is_generic_migrated = self.is_generic_migrated(name, &head);
        let sym =
            self.declare(self.symbol(name, exported, place, SymKind::Routine(Arc::new(head))));
        if is_converter {
            self.s.modules[self.module.0 as usize].converters.push(sym);
        }
        if generic_method {
            self.s.generic_methods.push(sym);
        }
        if let Some(bound) = hook {
            self.s.generic_hooks.push((bound, sym));
        }
        if is_generic_migrated {
            self.s.generic_migrated.push(sym);
        }
        if let (true, Some(id)) = (known, id) {
            self.s.hooks.system.insert(name, id);
        }
        Some(sym)
    }

    /// May a routine of this kind, with these parameters, be declared here?
    fn may_stand_here(&mut self, head: &RoutineSym, place: Place) -> bool {
        let template = matches!(head.kind, Kind::TemplateDef | Kind::MacroDef);
        let word = super::show::routine_word(head.kind);
        if matches!(head.kind, Kind::MethodDef | Kind::ConverterDef)
            && (self.frames.len() > 1 || !self.env.scopes.is_empty())
        {
            self.error(place, format!("'{word}' is only allowed at top level"));
            return false;
        }
        if head.kind == Kind::ConverterDef && head.ret == TypeId::VOID {
            self.error(place, "converter needs a return type");
            return false;
        }
        if !template
            && let Some(param) = head.params.iter().find(|p| p.ty == TypeId::UNTYPED)
            && head.pragmas.magic.is_none()
        {
            let message = "'untyped' is only allowed in templates and macros or magic procs";
            self.error(param.place, message);
            return false;
        }
        true
    }

    /// May it have this calling convention, and a method these parameters?
    fn may_be_called_so(&mut self, head: &RoutineSym, place: Place) -> bool {
        if head.pragmas.conv_given == Some("closure")
            && head.kind != Kind::IteratorDef
            && self.frames.len() <= 1
            && self.env.scopes.is_empty()
        {
            let message = "'.closure' calling convention for top level routines is invalid";
            self.error(place, message);
            return false;
        }
        if head.kind == Kind::MethodDef
            && !head.is_generic()
            && !head
                .params
                .iter()
                .any(|p| p.ty == TypeId::ERROR || self.object_of(self.s.types.bare(p.ty)).is_some())
        {
            self.error(
                head.node.cursor().place(),
                "'method' needs a parameter that has an object type",
            );
            return false;
        }
        true
    }

    /// What has been declared before: a forward declaration, or a template that this one replaces.
    fn declare_again(&mut self, mut head: RoutineSym, previous: SymId) -> Option<SymId> {
        let name = head.name;
        let old = match &self.s.sym(previous).kind {
            SymKind::Routine(old) => old.clone(),
            _ => return None,
        };
        let template = matches!(head.kind, Kind::TemplateDef | Kind::MacroDef);
        if !old.forward && !template {
            let (file, line, col) = self.loader.line(self.s.sym(previous).place);
            let message = format!(
                "redefinition of '{name}'; previous declaration here: {file}({line}, {col})"
            );
            self.error(head.node.cursor().place(), message);
            return None;
        }
        if old.forward && old.ret != head.ret && !head.is_generic() && !head.auto_ret {
            let message = format!("overloaded '{name}' leads to ambiguous calls");
            self.error(self.place(head.node.cursor().kid(part::NAME)), message);
        }
        if old.forward {
            // A nested one was numbered by its first declaration.
            head.id = old.id;
            // Defaults and pragmas of the forward declaration count.
            for (param, old) in head.params.iter_mut().zip(&old.params) {
                if param.default.is_none() {
                    param.default.clone_from(&old.default);
                }
            }
            head.pragmas.compilerproc |= old.pragmas.compilerproc;
            head.pragmas.discardable |= old.pragmas.discardable;
            head.pragmas.inline |= old.pragmas.inline;
            head.pragmas.forwarded = true;
            if head.pragmas.effects.is_none() {
                head.pragmas.effects.clone_from(&old.pragmas.effects);
            }
        }
        self.note_declared_effects(&head);
        self.s.sym_mut(previous).kind = SymKind::Routine(Arc::new(head));
        Some(previous)
    }

    /// What of a result's type only looks at somebody else's elements, or has no size.
    pub(super) fn unreturnable(&self, ty: TypeId) -> Option<TypeId> {
        match self.get(ty) {
            Type::OpenArray(_) | Type::Varargs(_) | Type::UncheckedArray(_) => Some(ty),
            Type::Var(inner) | Type::Lent(inner) => self.unreturnable(*inner).map(|_| ty),
            Type::Seq(elem) | Type::Array { elem, .. } => self.unreturnable(*elem),
            Type::Tuple(fields) => {
                let mut parts = fields.iter();
                parts.find_map(|&(_, part)| self.unreturnable(part))
            }
            _ => None,
        }
    }

    /// What cannot stand in a parameter's type: an `openArray` is lent by a call, and not a part of anything.
    fn unpassable(&self, ty: TypeId, inside: bool) -> Option<TypeId> {
        match self.get(ty) {
            Type::OpenArray(_) | Type::Varargs(_) if inside => Some(ty),
            Type::Lent(_) | Type::Iterable(_) => Some(ty),
            Type::OpenArray(elem)
            | Type::Varargs(elem)
            | Type::Seq(elem)
            | Type::Array { elem, .. } => self.unpassable(*elem, true),
            Type::Var(inner) | Type::Sink(inner) => self.unpassable(*inner, inside),
            _ => None,
        }
    }

    fn check_params(&mut self, head: &RoutineSym) {
        if head.is_template() || head.kind == Kind::MacroDef || head.pragmas.magic.is_some() {
            return;
        }
        let part = head
            .params
            .iter()
            .find_map(|p| self.unpassable(p.ty, false));
        if let Some(part) = part {
            self.invalid_part(head, &head.params, head.ret, part);
        }
    }

    fn invalid_part(&mut self, head: &RoutineSym, params: &[ParamSym], ret: TypeId, part: TypeId) {
        let types = &self.s.types;
        let param = |param: &ParamSym| format!("{}: {}", param.name, types.show(param.ty));
        let params: Vec<String> = params.iter().map(param).collect();
        let ret = match ret {
            TypeId::VOID => String::new(),
            ret => format!(": {}", types.show(ret)),
        };
        let message = format!(
            "invalid type: '{}' in this context: '{} ({}){ret}' for proc",
            types.show(part),
            super::show::routine_word(head.kind),
            params.join(", "),
        );
        let place = head.node.cursor().kid(part::PARAMS).place();
        self.error(place, message);
    }

    /// The result type of a routine or an instance of one, if there can be such a result.
    pub(super) fn checked_result(
        &mut self,
        head: &RoutineSym,
        params: &[ParamSym],
        ret: TypeId,
    ) -> TypeId {
        let Some(part) = self.unreturnable(ret) else {
            return ret;
        };
        if head.pragmas.magic.is_some() {
            return ret;
        }
        self.invalid_part(head, params, ret, part);
        TypeId::ERROR
    }

    fn note_declared_effects(&mut self, head: &RoutineSym) {
        let Some(id) = head.id else {
            return;
        };
        match &head.pragmas.effects {
            Some(effects) => self.s.declared_effects.insert(id, effects.clone()),
            None => self.s.declared_effects.remove(&id),
        };
    }

    /// Overloads may differ in nothing but the names of their parameters.
    fn overload_identity(&mut self, head: &RoutineSym) -> String {
        let mut identity = self.routine_identity(head);
        let id = self.s.routine_id(&identity);
        let scope = match self.env.scopes.last() {
            Some(scope) => scope.get(&head.name),
            None => self.s.modules[self.module.0 as usize].scope.get(&head.name),
        };
        let taken = scope.into_iter().flatten().any(
            |&sym| matches!(&self.s.sym(sym).kind, SymKind::Routine(old) if old.id == Some(id)),
        );
        if taken && self.same_head(head).is_none() {
            let names: Vec<&str> = head.params.iter().map(|p| p.name.as_str()).collect();
            identity.push_str(&format!(" {}", names.join(",")));
        }
        identity
    }

    /// A declaration with the same name and parameters in the same scope.
    pub(super) fn same_head(&self, head: &RoutineSym) -> Option<SymId> {
        let table = match self.env.scopes.last() {
            Some(scope) => scope,
            None => &self.s.modules[self.module.0 as usize].scope,
        };
        table
            .get(&head.name)?
            .iter()
            .copied()
            .find(|&sym| match &self.s.sym(sym).kind {
                SymKind::Routine(old) => {
                    old.params.len() == head.params.len()
                        && old.generics.len() == head.generics.len()
                        && (old.kind == Kind::IteratorDef) == (head.kind == Kind::IteratorDef)
                        && (old.kind == Kind::TemplateDef) == (head.kind == Kind::TemplateDef)
                        && old.params.iter().zip(&head.params).all(|(a, b)| {
                            a.name == b.name && self.same_param(a.ty, b.ty, old, head)
                        })
                        && constraints_of(old) == constraints_of(head)
                        && (head.is_generic() || old.ret == head.ret || old.forward)
                }
                _ => false,
            })
    }

    /// Is there a routine of the same scope with the same parameters and another result?
    fn differs_in_result(&self, head: &RoutineSym) -> bool {
        let table = match self.env.scopes.last() {
            Some(scope) => scope,
            None => &self.s.modules[self.module.0 as usize].scope,
        };
        let same = |old: &RoutineSym| {
            old.kind == head.kind
                && old.pragmas.magic.is_none()
                && !old.is_generic()
                && old.ret != head.ret
                && old.params.len() == head.params.len()
                && old
                    .params
                    .iter()
                    .zip(&head.params)
                    .all(|(a, b)| a.name == b.name && a.ty == b.ty)
        };
        table
            .get(&head.name)
            .into_iter()
            .flatten()
            .any(|&sym| matches!(&self.s.sym(sym).kind, SymKind::Routine(old) if same(old)))
    }

    /// The same parameter type, where generic parameters match by position.
    pub(super) fn same_param(
        &self,
        a: TypeId,
        b: TypeId,
        old: &RoutineSym,
        new: &RoutineSym,
    ) -> bool {
        if a == b {
            return true;
        }
        let position = |list: &[GenericParam], number: u32| {
            list.iter()
                .position(|g| matches!(self.get(g.ty), Type::Param(n) if *n == number))
        };
        match (self.get(a), self.get(b)) {
            (Type::Param(x), Type::Param(y)) => {
                let (i, j) = (position(&old.generics, *x), position(&new.generics, *y));
                let same_static = self.static_base(*x) == self.static_base(*y);
                i.is_some() && i == j && same_static && {
                    let (g, h) = (&old.generics[i.unwrap_or(0)], &new.generics[j.unwrap_or(0)]);
                    g.constraint == h.constraint && g.is_static == h.is_static
                }
            }
            (Type::Seq(x), Type::Seq(y))
            | (Type::Set(x), Type::Set(y))
            | (Type::OpenArray(x), Type::OpenArray(y))
            | (Type::Varargs(x), Type::Varargs(y))
            | (Type::UncheckedArray(x), Type::UncheckedArray(y))
            | (Type::Ref(x), Type::Ref(y))
            | (Type::Ptr(x), Type::Ptr(y))
            | (Type::Var(x), Type::Var(y))
            | (Type::Lent(x), Type::Lent(y))
            | (Type::Sink(x), Type::Sink(y))
            | (Type::TypeDesc(x), Type::TypeDesc(y)) => self.same_param(*x, *y, old, new),
            (Type::Array { index: i, elem: x }, Type::Array { index: j, elem: y }) => {
                self.same_param(*i, *j, old, new) && self.same_param(*x, *y, old, new)
            }
            (Type::Tuple(x), Type::Tuple(y)) => {
                x.len() == y.len()
                    && x.iter()
                        .zip(y)
                        .all(|((n, s), (m, t))| n == m && self.same_param(*s, *t, old, new))
            }
            (Type::Apply(n, x), Type::Apply(m, y)) => {
                n == m
                    && x.len() == y.len()
                    && x.iter()
                        .zip(y)
                        .all(|(&s, &t)| self.same_param(s, t, old, new))
            }
            (Type::Proc(x), Type::Proc(y)) => {
                x.conv == y.conv
                    && x.params.len() == y.params.len()
                    && self.same_param(x.ret, y.ret, old, new)
                    && x.params
                        .iter()
                        .zip(&y.params)
                        .all(|(&s, &t)| self.same_param(s, t, old, new))
            }
            _ => false,
        }
    }

    pub(super) fn routine_identity(&mut self, head: &RoutineSym) -> String {
        let params: Vec<TypeId> = head.params.iter().map(|p| p.ty).collect();
        self.name_scratch();
        let mut base = self.scoped_identity(head.name);
        if let Some(frame) = self.frames.last_mut()
            && (!frame.top || head.name == ":anonymous")
        {
            if frame.top {
                // Several top-level statements can have an anonymous one; named ones differ by name and parameters. The
                // text tells them apart, whatever else stands before them.
                let mut text = DefaultHasher::new();
                tree_repr(head.node.cursor()).hash(&mut text);
                let text = text.finish() as u16;
                base = format!("{}.{}@{text:04x}", frame.identity, head.name);
            }
            let count = frame.nested.entry(head.name).or_default();
            *count += 1;
            if *count > 1 && !frame.top {
                base = format!("{base}#{count}");
            }
        }
        let word = if head.kind == Kind::IteratorDef {
            "iterator "
        } else {
            ""
        };
        let types = self.identity_list(&params);
        let mut identity = format!("{word}{base}({types}){}", constraints_of(head));
        if head.name == Name::new(":anonymous") {
            // Those at module level have no routine around to number them.
            while self.out.routines.iter().any(|r| *r.identity == *identity) {
                identity.push('\'');
            }
        } else if self.frames.last().is_none_or(|frame| frame.top) {
            let id = self.s.routine_id(&identity);
            let scope = &self.s.modules[self.module.0 as usize].scope;
            let taken = scope.get(&head.name).into_iter().flatten().any(
                |&sym| matches!(&self.s.sym(sym).kind, SymKind::Routine(old) if old.id == Some(id)),
            );
            return self.free_identity(identity, taken);
        }
        identity
    }

    /// Checks the body of a routine that was just declared.
    pub(super) fn routine_body_of(&mut self, sym: SymId, n: Cursor<'_>) {
        let SymKind::Routine(head) = self.s.sym(sym).kind.clone() else {
            return;
        };
        if matches!(head.kind, Kind::TemplateDef | Kind::MacroDef) {
            return;
        }
        if head.is_generic() {
            self.check_generic_names(&head, n);
            return;
        }
        if head.pragmas.borrow {
            self.borrowed(&head, sym, n);
            return;
        }
        if head.pragmas.noreturn && head.ret != TypeId::VOID && !head.auto_ret {
            let place = self.place(n.kid(part::PARAMS).kid(0));
            self.error(place, ".noreturn with return type not allowed");
        }
        if head.forward && head.pragmas.import.is_none() {
            if head.auto_ret {
                let place = self.place(n.kid(part::PARAMS).kid(0));
                self.error(
                    place,
                    "return type 'auto' cannot be used in forward declarations",
                );
            }
            return;
        }
        if head.pragmas.magic.is_some() || head.pragmas.error.is_some() {
            return;
        }
        let Some(id) = head.id else { return };
        if self.may_wait(&head) {
            self.defer(sym, id);
            return;
        }
        let identity = self.s.routine_identity(id);
        self.check_body(&head, sym, id, identity, Table::default());
    }

    /// A `{.borrow.}` routine: a call of the same routine on the base types.
    pub(super) fn borrowed(&mut self, head: &Arc<RoutineSym>, sym: SymId, n: Cursor<'_>) {
        let mut params = Table::default();
        let place = self.place(n);
        let Some(id) = head.id else { return };
        let identity = self.s.routine_identity(id);
        self.open_frame(head, id, identity, &mut params);
        self.env.scopes.push(params);
        let args: Vec<Expr> = head
            .params
            .iter()
            .enumerate()
            .map(|(i, p)| {
                let local = LocalId(i as u32);
                let is_var = matches!(self.get(p.ty), Type::Var(_));
                let bare = self.s.types.bare(p.ty);
                let base = self.undistinct(bare);
                let mut value = self.make(ExprKind::Local(local), p.ty, place);
                if is_var {
                    value = self.make(ExprKind::Deref(Box::new(value)), bare, place);
                }
                if base == bare {
                    value
                } else {
                    self.make(
                        ExprKind::Convert {
                            value: Box::new(value),
                            checked: false,
                        },
                        base,
                        place,
                    )
                }
            })
            .collect();
        let candidates: super::symbols::Syms = self
            .lookup(head.name)
            .into_iter()
            .filter(|&s| s != sym)
            .collect();
        let trial = args.clone();
        let found = !candidates.is_empty()
            && self
                .speculate_in_place(|c| c.call_with(head.name, &candidates, trial, place))
                .1;
        let call = if found {
            self.call_with(head.name, &candidates, args, place)
        } else {
            self.error(self.place(n), "no symbol to borrow from found");
            self.bad(place)
        };
        let body = if head.ret == TypeId::VOID {
            call
        } else {
            let value = if call.ty == head.ret || call.ty == TypeId::ERROR {
                call
            } else {
                self.make(
                    ExprKind::Convert {
                        value: Box::new(call),
                        checked: false,
                    },
                    head.ret,
                    place,
                )
            };
            self.assign_result(value, place)
        };
        self.env.scopes.pop();
        self.close_frame(head, body, place);
    }

    /// A distinct type's base, or the type itself.
    pub(super) fn undistinct(&self, ty: TypeId) -> TypeId {
        match *self.get(ty) {
            Type::Distinct(n) => match self.s.types.def(n).body {
                super::types::NominalBody::Distinct(base) => base,
                _ => ty,
            },
            _ => ty,
        }
    }
}
