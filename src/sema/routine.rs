//! Routines: their heads, their bodies, instances of generic ones.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::checker::{Checker, Frame};
use super::relation::Bindings;
use super::symbols::{GenericParam, ParamSym, RoutineSym, SymId, SymKind, Table};
use super::typed::{
    Expr, ExprKind, LocalId, LocalKind, Routine, RoutineId, RoutineKind, TypeBound,
};
use super::typeexpr::simple_name;
use super::types::{CallConv, Class, ProcType, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Handle, Kind, Tree};

/// Children of a routine's definition, in Nim's order.
pub(super) mod part {
    pub const NAME: usize = 0;
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
        if n.is(Kind::MacroDef) {
            // A macro that nobody calls does no harm; a call is refused.
            let head = self.head_of_template(n, name);
            self.declare(self.symbol(
                name,
                is_exported(name_node),
                self.place(name_node),
                SymKind::Routine(Arc::new(head)),
            ));
            return self.nop(place);
        }
        let exported = is_exported(name_node);
        let head = if n.is(Kind::TemplateDef) {
            self.head_of_template(n, name)
        } else {
            self.head(n, name)
        };
        let sym = self.declare_routine(head, exported, self.place(name_node));
        if let Some(sym) = sym {
            self.routine_body_of(sym, n);
        }
        self.nop(place)
    }

    fn handle(&self, n: Cursor<'_>) -> Handle {
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

    /// A template's or macro's head: parameters may be `untyped`.
    fn head_of_template(&mut self, n: Cursor<'_>, name: Name) -> RoutineSym {
        let mut head = self.head(n, name);
        head.id = None;
        head
    }

    /// Reads a routine's head.
    pub(super) fn head(&mut self, n: Cursor<'_>, name: Name) -> RoutineSym {
        let node = self.handle(n);
        let depth = self.env.scopes.len();
        let tree = node.tree.clone();
        self.push_scope();
        let mut generics = Vec::new();
        if !n.kid(part::GENERICS).is_empty() {
            generics = self.generic_params(n.kid(part::GENERICS), &tree);
            let names: Vec<(Name, TypeId)> = generics.iter().map(|g| (g.name, g.ty)).collect();
            for (name, ty) in names {
                let place = self.place(n.kid(part::GENERICS));
                let sym = self.new_symbol(self.symbol(name, false, place, SymKind::Type(ty)));
                if let Some(scope) = self.env.scopes.last_mut() {
                    scope.insert(name, smallvec::smallvec![sym]);
                }
            }
        }
        let params_node = n.kid(part::PARAMS);
        let template = matches!(n.kind(), Kind::TemplateDef | Kind::MacroDef);
        let params = self.params(params_node, &tree, &mut generics, template);
        let ret_node = params_node.get(0).filter(|ret| !ret.is_empty());
        let mut auto_ret = false;
        let mut ret = match ret_node {
            Some(node) => self.type_expr(node),
            None => TypeId::VOID,
        };
        if let Type::Class(class) = self.get(ret).clone() {
            match *class {
                Class::Any if !template => auto_ret = true,
                _ if template => {}
                _ => auto_ret = true,
            }
            if auto_ret {
                ret = TypeId::VOID;
            }
        }
        self.pop_scope();
        let pragma = n.get(part::PRAGMA).filter(|p| p.is(Kind::Pragma));
        let pragmas = self.routine_pragmas(pragma, name);
        let complete = pragmas.borrow || pragmas.error.is_some() || pragmas.magic.is_some();
        let forward = n.kid(part::BODY).is_empty() && !complete;
        let varargs = params
            .iter()
            .position(|p| matches!(self.get(p.ty), Type::Varargs(_)));
        RoutineSym {
            name,
            kind: n.kind(),
            varargs,
            module: self.env.module,
            depth,
            node,
            generics,
            params,
            ret,
            auto_ret,
            pragmas,
            id: None,
            forward,
        }
    }

    fn params(
        &mut self,
        n: Cursor<'_>,
        tree: &Arc<Tree>,
        generics: &mut Vec<GenericParam>,
        template: bool,
    ) -> Vec<ParamSym> {
        let mut params: Vec<ParamSym> = Vec::new();
        for def in n.kids().skip(1) {
            if !def.is(Kind::IdentDefs) {
                continue;
            }
            let (ty_node, default_node) = (def.kid(def.len() - 2), def.last());
            let default = (!default_node.is_empty()).then(|| Handle {
                tree: tree.clone(),
                id: default_node.id,
            });
            let mut conv = None;
            let mut each = false;
            let mut given = None;
            if !ty_node.is_empty() {
                if ty_node.is(Kind::BracketExpr)
                    && ty_node.len() == 3
                    && ty_node.kid(0).name().is_some_and(|w| w == "varargs")
                {
                    conv = simple_name(ty_node.kid(2)).or_else(|| self.bound_name(ty_node.kid(2)));
                    let mut elem = self.type_expr(ty_node.kid(1));
                    if elem == TypeId::TYPED && !template {
                        // What takes values of any type gets them as text: `echo`.
                        each = true;
                        elem = TypeId::STRING;
                    }
                    given = Some(self.intern(Type::Varargs(elem)));
                } else {
                    given = Some(self.type_expr(ty_node));
                }
            } else if !default_node.is_empty() {
                given = Some(if template {
                    TypeId::UNTYPED
                } else {
                    self.default_type(default_node)
                });
            }
            for name_node in def.kids().take(def.len() - 2) {
                let Some(name) = simple_name(name_node).or_else(|| self.bound_name(name_node))
                else {
                    continue;
                };
                let place = self.place(name_node);
                let ty = match given {
                    Some(ty) => ty,
                    None => match self.using.get(&name) {
                        Some(&ty) => ty,
                        None if template => TypeId::UNTYPED,
                        None => {
                            self.error(place, format!("parameter '{name}' requires a type"));
                            TypeId::ERROR
                        }
                    },
                };
                let ty = if template {
                    ty
                } else {
                    self.implicit_generic(ty, name, place, generics)
                };
                // Later parameters may use the type of earlier ones.
                let sym = self.new_symbol(self.symbol(
                    name,
                    false,
                    place,
                    SymKind::Alias(Arc::new(Expr {
                        kind: ExprKind::Nop,
                        ty,
                        place,
                    })),
                ));
                if let Some(scope) = self.env.scopes.last_mut() {
                    scope.insert(name, smallvec::smallvec![sym]);
                }
                params.push(ParamSym {
                    name,
                    ty,
                    default: default.clone(),
                    conv,
                    each,
                    place,
                });
            }
        }
        params
    }

    fn default_type(&mut self, n: Cursor<'_>) -> TypeId {
        let (expr, _) = self.speculate_in_frame(|c| c.expr(n, None));
        let ty = self.s.types.bare(expr.ty);
        if ty == TypeId::ERROR {
            // Say what is wrong with it.
            self.in_scratch_frame(|c| c.expr(n, None));
        }
        ty
    }

    /// A parameter whose type is a class makes the routine generic.
    fn implicit_generic(
        &mut self,
        ty: TypeId,
        name: Name,
        place: Place,
        generics: &mut Vec<GenericParam>,
    ) -> TypeId {
        let class = match self.get(ty).clone() {
            Type::Var(inner) => {
                let new = self.implicit_generic(inner, name, place, generics);
                return if new == inner {
                    ty
                } else {
                    self.intern(Type::Var(new))
                };
            }
            Type::Sink(inner) => {
                let new = self.implicit_generic(inner, name, place, generics);
                return if new == inner {
                    ty
                } else {
                    self.intern(Type::Sink(new))
                };
            }
            Type::Seq(inner) => {
                let new = self.implicit_generic(inner, name, place, generics);
                return if new == inner {
                    ty
                } else {
                    self.intern(Type::Seq(new))
                };
            }
            Type::OpenArray(inner) => {
                let new = self.implicit_generic(inner, name, place, generics);
                return if new == inner {
                    ty
                } else {
                    self.intern(Type::OpenArray(new))
                };
            }
            Type::Varargs(inner) => {
                let new = self.implicit_generic(inner, name, place, generics);
                return if new == inner {
                    ty
                } else {
                    self.intern(Type::Varargs(new))
                };
            }
            Type::Ref(inner) => {
                let new = self.implicit_generic(inner, name, place, generics);
                return if new == inner {
                    ty
                } else {
                    self.intern(Type::Ref(new))
                };
            }
            Type::Ptr(inner) => {
                let new = self.implicit_generic(inner, name, place, generics);
                return if new == inner {
                    ty
                } else {
                    self.intern(Type::Ptr(new))
                };
            }
            Type::Set(inner) => {
                let new = self.implicit_generic(inner, name, place, generics);
                return if new == inner {
                    ty
                } else {
                    self.intern(Type::Set(new))
                };
            }
            Type::TypeDesc(inner) => {
                if let Type::Class(class) = self.get(inner).clone() {
                    let any = matches!(*class, Class::Any);
                    let param =
                        self.generic_param(name, if any { None } else { Some(inner) }, None, place);
                    let new = self.intern(Type::TypeDesc(param.ty));
                    generics.push(param);
                    return new;
                }
                return ty;
            }
            Type::Class(_)
            | Type::Generic(_)
            | Type::StaticValue(_, super::types::StaticKey::Other(_)) => ty,
            _ => return ty,
        };
        // Two parameters of one class name share nothing, unless the class is a plain name used before in the same list.
        let param =
            self.generic_param(Name::new(&format!("{name}:type")), Some(class), None, place);
        let new = param.ty;
        generics.push(param);
        new
    }

    /// Declares a routine, or finds the forward declaration that it completes. `None` after an error.
    fn declare_routine(
        &mut self,
        mut head: RoutineSym,
        exported: bool,
        place: Place,
    ) -> Option<SymId> {
        let name = head.name;
        let template = matches!(head.kind, Kind::TemplateDef | Kind::MacroDef);
        if !head.is_generic() && !template {
            let identity = self.routine_identity(&head);
            head.id = Some(self.s.routine_id(&identity));
        }
        if let Some(previous) = self.same_head(&head) {
            let old = match &self.s.sym(previous).kind {
                SymKind::Routine(old) => old.clone(),
                _ => return None,
            };
            if !old.forward && !template {
                let (file, line, col) = self.loader.line(self.s.sym(previous).place);
                let message = format!(
                    "redefinition of '{name}'; previous declaration here: {file}({line}, {col})"
                );
                self.error(place, message);
                return None;
            }
            if old.forward {
                // Defaults and pragmas of the forward declaration count.
                for (param, old) in head.params.iter_mut().zip(&old.params) {
                    if param.default.is_none() {
                        param.default.clone_from(&old.default);
                    }
                }
                head.pragmas.compilerproc |= old.pragmas.compilerproc;
                head.pragmas.discardable |= old.pragmas.discardable;
                head.pragmas.inline |= old.pragmas.inline;
            }
            self.s.sym_mut(previous).kind = SymKind::Routine(Arc::new(head));
            return Some(previous);
        }
        let deprecated = head.pragmas.deprecated.clone();
        let is_converter = head.kind == Kind::ConverterDef;
        let compilerproc = head.pragmas.compilerproc;
        let id = head.id;
        let hook = self.note_hook(&head, place);
        let mut symbol = self.symbol(name, exported, place, SymKind::Routine(Arc::new(head)));
        symbol.deprecated = deprecated;
        let sym = self.declare(symbol);
        if is_converter {
            self.s.modules[self.module.0 as usize].converters.push(sym);
        }
        if let Some(bound) = hook {
            self.s.generic_hooks.push((bound, sym));
        }
        if let (true, Some(id)) = (compilerproc, id) {
            self.s.hooks.system.insert(name, id);
        }
        Some(sym)
    }

    /// A declaration with the same name and parameters in the same scope.
    fn same_head(&self, head: &RoutineSym) -> Option<SymId> {
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
                        && old
                            .params
                            .iter()
                            .zip(&head.params)
                            .all(|(a, b)| self.same_param(a.ty, b.ty, old, head))
                        && (head.is_generic() || old.ret == head.ret || old.forward)
                }
                _ => false,
            })
    }

    /// The same parameter type, where generic parameters match by position.
    fn same_param(&self, a: TypeId, b: TypeId, old: &RoutineSym, new: &RoutineSym) -> bool {
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
                i.is_some() && i == j && {
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

    fn routine_identity(&mut self, head: &RoutineSym) -> String {
        let params: Vec<TypeId> = head.params.iter().map(|p| p.ty).collect();
        let mut base = self.scoped_identity(head.name);
        if let Some(frame) = self.frames.last_mut()
            && (!frame.top || head.name == ":anonymous")
        {
            if frame.top {
                // Several top-level statements can have an anonymous one (also those that leave no code behind, such as
                // reload handlers); named ones differ by name and parameters.
                let before = self.out.routines.len();
                base = format!("{}.{}@{before}", frame.identity, head.name);
            }
            let count = frame.nested.entry(head.name).or_default();
            *count += 1;
            if *count > 1 {
                base = format!("{base}#{count}");
            }
        }
        let word = if head.kind == Kind::IteratorDef {
            "iterator "
        } else {
            ""
        };
        let mut identity = format!("{word}{base}({})", self.identity_list(&params));
        if head.name == Name::new(":anonymous") {
            // Those at module level have no routine around to number them.
            while self.out.routines.iter().any(|r| *r.identity == *identity) {
                identity.push('\'');
            }
        }
        identity
    }

    /// Type-bound operations register themselves; a generic one is registered by the caller, under its symbol.
    fn note_hook(&mut self, head: &RoutineSym, place: Place) -> Option<TypeBound> {
        let bound = match head.name.as_str() {
            "=destroy" => TypeBound::Destroy,
            "=copy" | "=" => TypeBound::Copy,
            "=sink" => TypeBound::Sink,
            "=dup" => TypeBound::Dup,
            "=wasMoved" => TypeBound::WasMoved,
            "=trace" => TypeBound::Trace,
            _ => return None,
        };
        let first = head.params.first()?;
        if head.pragmas.magic.is_some() {
            return None;
        }
        let ty = self.s.types.bare(first.ty);
        if head.is_generic() {
            return Some(bound);
        }
        if !matches!(self.get(ty), Type::Object(_) | Type::Distinct(_)) {
            self.error(place, "signature for type-bound operation must be for an object or distinct type declared in the same module");
            return None;
        }
        if let Some(id) = head.id {
            self.s.hooks.type_bound.insert((ty, bound), id);
        }
        None
    }

    /// Checks the body of a routine that was just declared.
    fn routine_body_of(&mut self, sym: SymId, n: Cursor<'_>) {
        let SymKind::Routine(head) = self.s.sym(sym).kind.clone() else {
            return;
        };
        if matches!(head.kind, Kind::TemplateDef | Kind::MacroDef) || head.is_generic() {
            return;
        }
        if head.pragmas.borrow {
            self.borrowed(&head, sym, n);
            return;
        }
        if head.forward && head.pragmas.import.is_none() {
            return;
        }
        if head.pragmas.magic.is_some() || head.pragmas.error.is_some() {
            return;
        }
        let Some(id) = head.id else { return };
        let identity = self.s.routine_identity(id);
        self.check_body(&head, sym, id, identity, Table::default());
    }

    /// A `{.borrow.}` routine: a call of the same routine on the base types.
    fn borrowed(&mut self, head: &Arc<RoutineSym>, sym: SymId, n: Cursor<'_>) {
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
        let call = self.call_with(head.name, &candidates, args, place);
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

    /// Pushes a frame with the routine's parameters, which are put into `scope` under their names.
    fn open_frame(
        &mut self,
        head: &RoutineSym,
        id: RoutineId,
        identity: Arc<str>,
        scope: &mut Table,
    ) {
        let frame = Frame {
            id,
            identity,
            locals: Vec::new(),
            labels: 0,
            ret: head.ret,
            auto_ret: head.auto_ret,
            result: None,
            iterator: head.kind == Kind::IteratorDef,
            loops: Vec::new(),
            captures: FxHashMap::default(),
            hands_on: false,
            nested: FxHashMap::default(),
            handlers: 0,
            top: false,
            noinit: head.pragmas.noinit,
        };
        self.frames.push(frame);
        let depth = self.frames.len() - 1;
        for param in &head.params {
            let mut ty = param.ty;
            if let Type::Varargs(elem) = *self.get(ty) {
                ty = self.intern(Type::OpenArray(elem));
            }
            if let Type::TypeDesc(inner) = *self.get(ty) {
                let sym = self.new_symbol(self.symbol(
                    param.name,
                    false,
                    param.place,
                    SymKind::Type(inner),
                ));
                scope.insert(param.name, smallvec::smallvec![sym]);
                continue;
            }
            if let Type::StaticValue(..) = self.get(ty) {
                let table = self.argument_scope(std::iter::once((param.name, ty)), param.place);
                scope.extend(table);
                continue;
            }
            let local = self.new_local(param.name, ty, LocalKind::Param, param.place);
            let mutable = matches!(self.get(ty), Type::Var(_));
            let kind = SymKind::Local {
                depth,
                id: local,
                ty,
                mutable,
            };
            let sym = self.new_symbol(self.symbol(param.name, false, param.place, kind));
            scope.insert(param.name, smallvec::smallvec![sym]);
        }
        if head.kind != Kind::IteratorDef && (head.ret != TypeId::VOID || head.auto_ret) {
            let place = Place::default();
            let local = self.new_local(Name::new("result"), head.ret, LocalKind::Result, place);
            self.frame().result = Some(local);
            if !head.auto_ret {
                let kind = SymKind::Local {
                    depth,
                    id: local,
                    ty: head.ret,
                    mutable: true,
                };
                let sym = self.new_symbol(self.symbol(Name::new("result"), false, place, kind));
                scope
                    .entry(Name::new("result"))
                    .or_insert_with(|| smallvec::smallvec![sym]);
            }
        }
    }

    /// Pops the frame and gives the routine out.
    fn close_frame(&mut self, head: &RoutineSym, body: Expr, place: Place) -> TypeId {
        let mut frame = self.frames.pop().expect("it was pushed");
        let ret = frame.ret;
        if ret == TypeId::VOID {
            frame.result = None;
        } else if let Some(result) = frame.result {
            frame.locals[result.0 as usize].ty = ret;
            frame.locals[result.0 as usize].noinit = frame.noinit;
        }
        let params = frame
            .locals
            .iter()
            .enumerate()
            .filter(|(_, local)| local.kind == LocalKind::Param)
            .map(|(i, _)| LocalId(i as u32))
            .collect();
        let kind = match head.kind {
            Kind::MethodDef => RoutineKind::Method,
            Kind::IteratorDef if head.pragmas.closure || head.name == Name::new(":anonymous") => {
                RoutineKind::ClosureIterator
            }
            Kind::IteratorDef => RoutineKind::InlineIterator,
            _ => RoutineKind::Proc,
        };
        let captures = frame.hands_on || !frame.captures.is_empty();
        let parent = if captures {
            self.frames.last().map(|f| f.id)
        } else {
            None
        };
        let routine = Routine {
            id: frame.id,
            identity: frame.identity,
            name: head.name,
            kind,
            conv: if captures {
                CallConv::Closure
            } else {
                head.pragmas.conv
            },
            params,
            ret,
            result: frame.result,
            locals: frame.locals,
            body: if head.pragmas.import.is_some() {
                None
            } else {
                Some(Arc::new(body))
            },
            import: head.pragmas.import.clone(),
            parent,
            inline: head.pragmas.inline,
            noreturn: head.pragmas.noreturn,
            never_raises: head.pragmas.raises_nothing,
            checks: head.pragmas.checks,
            place,
        };
        self.add_routine(routine);
        ret
    }

    /// Checks a routine's body in a frame of its own. `scope` has its type arguments. Gives the result type.
    pub(super) fn check_body(
        &mut self,
        head: &Arc<RoutineSym>,
        _: SymId,
        id: RoutineId,
        identity: Arc<str>,
        mut scope: Table,
    ) -> TypeId {
        let node = head.node.clone();
        let n = node.cursor();
        let place = self.place(n.kid(part::NAME));
        let saved_checks = std::mem::replace(&mut self.checks, head.pragmas.checks);
        self.open_frame(head, id, identity, &mut scope);
        self.env.scopes.push(scope);
        self.push_scope();
        self.current.push(node.tree.clone());
        let body = if head.pragmas.import.is_some() {
            self.nop(place)
        } else {
            self.body(n.kid(part::BODY), place)
        };
        self.current.pop();
        self.pop_scope();
        self.env.scopes.pop();
        let ret = self.close_frame(head, body, place);
        self.checks = saved_checks;
        ret
    }

    /// A routine's body: statements, the last of which may be the result.
    fn body(&mut self, n: Cursor<'_>, place: Place) -> Expr {
        let (ret, auto, iterator) = {
            let frame = self.frame();
            (frame.ret, frame.auto_ret, frame.iterator)
        };
        if iterator || (ret == TypeId::VOID && !auto) {
            let body = self.stmt(n);
            return self.require_void(body);
        }
        let want = if auto {
            None
        } else {
            Some(self.s.types.bare(ret))
        };
        let body = self.block_value(n, want);
        if matches!(body.ty, TypeId::VOID | TypeId::ERROR) || self.never_returns(&body) {
            if auto && self.frame().auto_ret {
                self.frame().auto_ret = false;
            }
            return body;
        }
        self.set_auto_ret(&body);
        let _ = place;
        self.assign_tail(body)
    }

    /// With `auto`, the first value decides.
    pub(super) fn set_auto_ret(&mut self, value: &Expr) {
        let ty = self.s.types.bare(value.ty);
        let frame = self.frame();
        if frame.auto_ret {
            frame.auto_ret = false;
            frame.ret = ty;
            if let Some(result) = frame.result {
                frame.locals[result.0 as usize].ty = ty;
            }
        }
    }

    /// `result = value`, where the value is at the end of statements.
    fn assign_tail(&mut self, body: Expr) -> Expr {
        let place = body.place;
        match body.kind {
            ExprKind::Seq(mut stmts) => {
                let last = stmts.pop().expect("a value needs a statement");
                stmts.push(self.assign_tail(last));
                self.make(ExprKind::Seq(stmts), TypeId::VOID, place)
            }
            kind => {
                let value = self.make(kind, body.ty, place);
                self.assign_result(value, place)
            }
        }
    }

    /// `result = value`
    pub(super) fn assign_result(&mut self, value: Expr, place: Place) -> Expr {
        let (ret, result) = {
            let frame = self.frame();
            (frame.ret, frame.result)
        };
        let Some(result) = result else { return value };
        let value = self.result_of_value(value, ret);
        let target = self.make(ExprKind::Local(result), ret, place);
        self.make(
            ExprKind::Assign(Box::new(target), Box::new(value)),
            TypeId::VOID,
            place,
        )
    }

    /// A value as a routine's result: an address for `var T` and `lent T`.
    pub(super) fn result_of_value(&mut self, value: Expr, ret: TypeId) -> Expr {
        match *self.get(ret) {
            Type::Var(inner) | Type::Lent(inner) => {
                let place = value.place;
                if value.ty == TypeId::ERROR {
                    return value;
                }
                let lent = matches!(self.get(ret), Type::Lent(_));
                if value.ty != inner && !self.same(value.ty, inner) {
                    self.mismatch(&value, inner);
                } else if !lent && !self.is_mutable_place(&value) || !self.is_place(&value) {
                    self.error(place, "expression has no address");
                }
                self.make(ExprKind::AddrOf(Box::new(value)), ret, place)
            }
            Type::Tuple(ref fields)
                if fields
                    .iter()
                    .any(|&(_, part)| matches!(self.get(part), Type::Var(_) | Type::Lent(_))) =>
            {
                let fields = fields.clone();
                self.addresses_in_tuple(value, &fields, ret)
            }
            _ => self.coerce(value, ret),
        }
    }

    /// A tuple of which parts are `var T` or `lent T`, as `pairs` yields it.
    fn addresses_in_tuple(
        &mut self,
        value: Expr,
        fields: &[(Option<Name>, TypeId)],
        ret: TypeId,
    ) -> Expr {
        let place = value.place;
        match value.kind {
            ExprKind::Tuple(parts) if parts.len() == fields.len() => {
                let parts = parts
                    .into_iter()
                    .zip(fields)
                    .map(|(part, &(_, ty))| self.result_of_value(part, ty))
                    .collect();
                self.make(ExprKind::Tuple(parts), ret, place)
            }
            _ if value.ty == TypeId::ERROR => value,
            _ => {
                self.error(
                    place,
                    "a tuple with addresses in it must be written out: '(a, b)'",
                );
                self.bad(place)
            }
        }
    }

    /// The type of a routine as a value.
    pub(super) fn routine_type(&mut self, head: &RoutineSym, ret: TypeId, closure: bool) -> TypeId {
        let params = head.params.iter().map(|p| p.ty).collect();
        let conv = if closure {
            CallConv::Closure
        } else {
            head.pragmas.conv
        };
        let iterator = head.kind == Kind::IteratorDef;
        self.intern(Type::Proc(Arc::new(ProcType {
            params,
            ret,
            conv,
            iterator,
            varargs: false,
            raises: true,
        })))
    }

    /// The routine for a generic's arguments, checked when it is new. Gives its number and result type.
    pub(super) fn instantiate(
        &mut self,
        sym: SymId,
        head: &Arc<RoutineSym>,
        binds: &Bindings,
        place: Place,
    ) -> Option<(RoutineId, TypeId)> {
        let mut args = Vec::new();
        for generic in &head.generics {
            let Type::Param(number) = *self.get(generic.ty) else {
                continue;
            };
            match binds.get(&number) {
                Some(&ty) => args.push(ty),
                None => {
                    let declared = self.s.sym(sym).place;
                    let message = format!("cannot instantiate: '{}'", generic.name);
                    self.report(
                        crate::diagnostics::Diagnostic::error(declared, message)
                            .with_label(place, "called here"),
                    );
                    return None;
                }
            }
        }
        let key = (sym, args.clone());
        if let Some(&done) = self.instances.get(&key) {
            return Some(done);
        }
        if self.depth > 60 {
            self.error(place, "generic instantiation too nested");
            return None;
        }
        let params: Vec<ParamSym> = head
            .params
            .iter()
            .map(|p| ParamSym {
                ty: self.substitute(p.ty, binds),
                ..p.clone()
            })
            .collect();
        let ret = self.substitute(head.ret, binds);
        let module = self.s.modules[head.module.0 as usize].name.clone();
        let word = if head.kind == Kind::IteratorDef {
            "iterator "
        } else {
            ""
        };
        let types: Vec<TypeId> = params.iter().map(|p| p.ty).collect();
        let nested = if head.depth > 0 {
            format!("#{}", sym.0)
        } else {
            String::new()
        };
        let identity = format!(
            "{word}{module}.{}{nested}[{}]({})",
            head.name,
            self.identity_list(&args),
            self.identity_list(&types)
        );
        let id = self.s.routine_id(&identity);
        self.instances.insert(key.clone(), (id, ret));
        let instance = Arc::new(RoutineSym {
            params,
            ret,
            generics: Vec::new(),
            id: Some(id),
            ..(**head).clone()
        });
        let env = self.env_of(head.module, head.depth);
        let named = head.generics.iter().map(|g| g.name).zip(args);
        let scope = self.argument_scope(named, place);
        if head.forward && head.pragmas.import.is_none() {
            self.error(place, format!("implementation of '{}' expected", head.name));
            return Some((id, ret));
        }
        self.depth += 1;
        self.expansions.push((head.name, place));
        let frames = if head.depth == 0 {
            std::mem::take(&mut self.frames)
        } else {
            Vec::new()
        };
        let ret = self.with_env(env, |c| {
            c.check_body(&instance, sym, id, identity.into(), scope)
        });
        if head.depth == 0 {
            self.frames = frames;
        }
        self.expansions.pop();
        self.depth -= 1;
        self.instances.insert(key, (id, ret));
        Some((id, ret))
    }

    /// An anonymous proc or iterator: `proc (x: int): int = …`, `do (x): …`, `func`, `iterator`.
    pub(super) fn lambda(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let name = Name::new(":anonymous");
        let wanted = want.and_then(|ty| match self.get(self.s.types.bare(ty)).clone() {
            Type::Proc(p) => Some(p),
            _ => None,
        });
        let mut using = Vec::new();
        if let Some(wanted) = &wanted {
            // Parameters without a type take it from where the proc goes.
            let names = n.kid(part::PARAMS).kids().skip(1).flat_map(|def| {
                let untyped = def.kid(def.len() - 2).is_empty() && def.last().is_empty();
                def.kids()
                    .take(def.len() - 2)
                    .map(move |name| (simple_name(name), untyped))
                    .collect::<Vec<_>>()
            });
            for ((name, untyped), &ty) in names.zip(&wanted.params) {
                if let (Some(name), true) = (name, untyped) {
                    using.push((name, self.using.insert(name, ty)));
                }
            }
        }
        let mut head = self.head(n, name);
        for (name, old) in using {
            match old {
                Some(ty) => self.using.insert(name, ty),
                None => self.using.remove(&name),
            };
        }
        if head.is_generic() {
            self.error(
                place,
                "an anonymous proc cannot be generic; give its parameters types",
            );
            return self.bad(place);
        }
        if n.is(Kind::Do) && n.kid(part::PARAMS).get(0).is_none_or(|ret| ret.is_empty()) {
            if let Some(wanted) = &wanted {
                head.ret = wanted.ret;
            } else {
                head.auto_ret = true;
            }
        } else if head.ret == TypeId::VOID
            && let Some(wanted) = &wanted
            && wanted.ret != TypeId::VOID
            && n.kid(part::PARAMS).get(0).is_none_or(|ret| ret.is_empty())
        {
            head.ret = wanted.ret;
        }
        if let Some(wanted) = &wanted
            && !head.pragmas.conv_given
            && wanted.conv == CallConv::C
        {
            head.pragmas.conv = CallConv::C;
        }
        let identity: Arc<str> = self.routine_identity(&head).into();
        let id = self.s.routine_id(&identity);
        head.id = Some(id);
        head.forward = false;
        let head = Arc::new(head);
        let ret = self.check_body(&head, SymId(u32::MAX), id, identity, Table::default());
        let captures = self.s.routine(id).is_some_and(|r| r.parent.is_some());
        let closure = captures || head.pragmas.conv == CallConv::Closure;
        let ty = self.routine_type(&head, ret, closure);
        self.make(ExprKind::Routine(id), ty, place)
    }

    /// Runs `f` in a frame that is thrown away.
    pub(super) fn in_scratch_frame<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let id = self.s.routine_id("?");
        self.frames.push(Frame {
            id,
            identity: "?".into(),
            locals: Vec::new(),
            labels: 0,
            ret: TypeId::VOID,
            auto_ret: false,
            result: None,
            iterator: false,
            loops: Vec::new(),
            captures: FxHashMap::default(),
            hands_on: false,
            nested: FxHashMap::default(),
            handlers: 0,
            top: false,
            noinit: false,
        });
        let result = f(self);
        self.frames.pop();
        result
    }

    /// Tries `f`, within a throw-away frame when there is no other.
    pub(super) fn speculate_in_frame<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> (T, bool) {
        self.speculate(|c| c.in_scratch_frame(f))
    }
}

fn is_exported(name: Cursor<'_>) -> bool {
    match name.kind() {
        Kind::Postfix => true,
        Kind::PragmaExpr => is_exported(name.kid(0)),
        _ => false,
    }
}
