//! Heads of routines: parameters, generic parameters, result type.

use std::sync::Arc;

use super::checker::Checker;
use super::computed::{computes, reads_member};
use super::constraint::Constraint;
use super::implicit::Implied;
use super::pragma::Owner;
use super::routine::part;
use super::symbols::{GenericParam, ParamSym, RoutinePragmas, RoutineSym, SymKind};
use super::typed::{Expr, ExprKind};
use super::typeexpr::simple_name;
use super::types::{Class, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Handle, Kind, Tree};

/// What a declaration of parameters says of each.
#[derive(Clone, Copy, Default)]
struct GivenType {
    ty: Option<TypeId>,
    /// What `varargs[T, conv]` converts each argument with.
    conv: Option<Name>,
    /// Arguments of any type are taken, as text.
    each: bool,
}

impl Checker<'_, '_> {
    /// A template's or macro's head: parameters may be `untyped`.
    pub(super) fn head_of_template(&mut self, n: Cursor<'_>, name: Name) -> RoutineSym {
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
        let names: Vec<Name> = generics.iter().map(|g| g.name).collect();
        let members = self.with_members(&params);
        let is_late = |node| computes(node, &names, false) || reads_member(node, &members);
        let late_ret = !template && ret_node.is_some_and(is_late);
        let mut auto_ret = late_ret;
        let mut ret = match ret_node {
            _ if late_ret => TypeId::VOID,
            Some(node) => self.type_expr(node),
            None => TypeId::VOID,
        };
        if let Type::StaticValue(base, _) = *self.get(ret) {
            // Whether the call's value is known when it is compiled shows where it is used.
            ret = base;
        }
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
        let ret_spelled = match ret_node {
            Some(node) if !auto_ret && !template => self.spell_type(node, ret),
            _ => ret.into(),
        };
        self.pop_scope();
        let pragma = n.get(part::PRAGMA).filter(|p| p.is(Kind::Pragma));
        let mut pragmas = self.routine_pragmas(
            pragma,
            Owner {
                name,
                kind: n.kind(),
            },
        );
        if n.is(Kind::FuncDef) {
            let mut effects = pragmas.effects.as_deref().cloned().unwrap_or_default();
            effects.no_side_effect = true;
            pragmas.effects = Some(Arc::new(effects));
        }
        self.check_effects_of(pragma, &pragmas, &params);
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
            ret_spelled,
            auto_ret,
            late_ret,
            pragmas,
            id: None,
            forward,
            order: self.binding_order(),
        }
    }

    /// Up to which statement of the module a generic body or a template that stands here binds names. The library binds what all of a
    /// module declares: its modules have their parts in another order than Nim's.
    fn binding_order(&self) -> u32 {
        let file = self.s.modules[self.env.module.0 as usize].file;
        match &self.env.generic {
            Some(generic) => generic.order,
            None if self.loader.is_library(file) => u32::MAX,
            None => self.order,
        }
    }

    /// `effectsOf` names parameters.
    fn check_effects_of(
        &mut self,
        pragma: Option<Cursor<'_>>,
        pragmas: &RoutinePragmas,
        params: &[ParamSym],
    ) {
        let (Some(pragma), Some(effects)) = (pragma, &pragmas.effects) else {
            return;
        };
        let is_param = |name: &Name| params.iter().any(|param| param.name == *name);
        if !effects.effects_of.iter().all(is_param) {
            let place = self.entry_place(pragma, "effectsOf");
            self.error(place, "parameter name expected");
        }
    }

    pub(super) fn params(
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
            let (ty_node, constraint) = self.constrained_type(def.def_type());
            let default_node = def.last();
            let default = (!default_node.is_empty()).then(|| Handle {
                tree: tree.clone(),
                id: default_node.id,
            });
            let given = self.given_type(def, ty_node, (generics, &params), template);
            for name_node in def.def_names() {
                let Some(name) = simple_name(name_node).or_else(|| self.bound_name(name_node))
                else {
                    continue;
                };
                let place = self.place(name_node);
                if name != "_" && params.iter().any(|p| p.name == name) {
                    self.error(place, format!("attempt to redefine: '{name}'"));
                }
                let ty = self.type_of_param((name, place), given.ty, template);
                let ty = if template {
                    ty
                } else {
                    let of = Implied {
                        name,
                        class: self.class_name(ty_node),
                        place,
                    };
                    self.implicit_generic(ty, of, generics)
                };
                self.declare_param(name, ty, place);
                let spelled = match ty_node.is_empty() || template {
                    true => ty.into(),
                    false => self.spell_type(ty_node, ty),
                };
                params.push(ParamSym {
                    name,
                    ty,
                    spelled,
                    default: default.clone(),
                    constraint: constraint.clone(),
                    conv: given.conv,
                    each: given.each,
                    place,
                });
            }
        }
        params
    }

    /// A parameter's type, and the constraint behind it.
    fn constrained_type<'t>(
        &mut self,
        ty_node: Cursor<'t>,
    ) -> (Cursor<'t>, Option<Arc<Constraint>>) {
        match ty_node.is(Kind::CurlyExpr) && ty_node.len() == 2 {
            true => (ty_node.kid(0), self.constraint_of(ty_node.kid(1))),
            false => (ty_node, None),
        }
    }

    /// What parameters are declared to be. No type where only `using` can tell.
    fn given_type(
        &mut self,
        def: Cursor<'_>,
        ty_node: Cursor<'_>,
        (generics, params): (&[GenericParam], &[ParamSym]),
        template: bool,
    ) -> GivenType {
        let default_node = def.last();
        let mut given = GivenType::default();
        if ty_node.is_empty() {
            given.ty = match (default_node.is_empty(), template) {
                (true, _) => None,
                (_, true) => Some(TypeId::UNTYPED),
                (_, false) => Some(self.default_type(default_node)),
            };
            return given;
        }
        let ty = if ty_node.is(Kind::BracketExpr)
            && ty_node.len() == 3
            && ty_node.kid(0).name().is_some_and(|w| w == "varargs")
        {
            let conv = ty_node.kid(2);
            given.conv = simple_name(conv).or_else(|| self.bound_name(conv));
            let mut elem = self.type_expr(ty_node.kid(1));
            if elem == TypeId::TYPED && !template {
                // What takes values of any type gets them as text: `echo`.
                given.each = true;
                elem = TypeId::STRING;
            }
            self.intern(Type::Varargs(elem))
        } else {
            let computed = match template {
                true => None,
                false => self.computed_type(ty_node, generics, params),
            };
            computed.unwrap_or_else(|| self.param_type(ty_node))
        };
        if !template && !default_node.is_empty() {
            self.check_default(default_node, ty);
        }
        given.ty = Some(ty);
        given
    }

    fn type_of_param(
        &mut self,
        (name, place): (Name, Place),
        given: Option<TypeId>,
        template: bool,
    ) -> TypeId {
        let known = self.open_params.get(&name).copied();
        match known.or(given).or_else(|| self.using.get(&name).copied()) {
            Some(ty) => ty,
            None if template => TypeId::UNTYPED,
            None => {
                self.error(place, format!("parameter '{name}' requires a type"));
                TypeId::ERROR
            }
        }
    }

    /// Later parameters may use the type of earlier ones.
    fn declare_param(&mut self, name: Name, ty: TypeId, place: Place) {
        let kind = if self.is_static_param(ty) {
            // As if it stood among the generic parameters.
            SymKind::Type(ty)
        } else {
            SymKind::Alias(Arc::new(Expr {
                kind: ExprKind::Nop,
                ty,
                place,
            }))
        };
        let sym = self.new_symbol(self.symbol(name, false, place, kind));
        if let Some(scope) = self.env.scopes.last_mut() {
            scope.insert(name, smallvec::smallvec![sym]);
        }
    }

    /// A parameter's type, with the forms that mean something there only. `type X` there stands for `typedesc[X]`.
    fn param_type(&mut self, n: Cursor<'_>) -> TypeId {
        if n.is(Kind::DistinctTy) && n.len() > 0 && !n.kid(0).is_empty() {
            // `distinct Class`: the class binds anew for each parameter.
            let (ty, ok) = self.speculate(|c| c.type_expr(n.kid(0)));
            if ok && self.has_class(ty) {
                return ty;
            }
        }
        let names_type = matches!(n.kind(), Kind::Call | Kind::Command)
            && n.len() == 2
            && self.bound_name(n.kid(0)).is_some_and(|w| w == "type")
            && self.denotes_type(n.kid(1));
        if !names_type {
            return self.type_expr(n);
        }
        match self.type_expr(n.kid(1)) {
            TypeId::ERROR => TypeId::ERROR,
            inner => self.intern(Type::TypeDesc(inner)),
        }
    }

    /// A default value must be of the parameter's type, as far as that is known here.
    fn check_default(&mut self, n: Cursor<'_>, ty: TypeId) {
        let open = matches!(
            self.get(ty),
            Type::Error
                | Type::Varargs(_)
                | Type::OpenArray(_)
                | Type::StaticValue(..)
                | Type::TypeDesc(_)
                | Type::Class(_)
        );
        if open || self.generic(ty) {
            return;
        }
        let (_, ok) = self.speculate_in_frame(|c| c.expr_of(n, ty));
        if !ok {
            self.in_scratch_frame(|c| c.expr_of(n, ty));
        }
    }

    fn is_static_param(&self, ty: TypeId) -> bool {
        let Type::Param(number) = *self.get(ty) else {
            return false;
        };
        self.constraint(number)
            .is_some_and(|constraint| constraint.static_of.is_some())
    }

    pub(super) fn default_type(&mut self, n: Cursor<'_>) -> TypeId {
        let (expr, _) = self.speculate_in_frame(|c| c.expr(n, None));
        let ty = self.s.types.bare(expr.ty);
        if ty == TypeId::ERROR {
            // Say what is wrong with it.
            self.in_scratch_frame(|c| c.expr(n, None));
        }
        ty
    }
}
