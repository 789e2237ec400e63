//! Which expressions `isolate` of `std/isolation` takes: those of which nothing else can hold a part.
//!
//! In: the checked argument. Out: whether it can be isolated. The rule is that of Nim's manual ("Isolated data"): without a
//! reference inside there is nothing to share; literals, constructors and calls are isolated when their parts are, or when no
//! argument's type may be a part of what the call gives.

use rustc_hash::FxHashSet;

use super::checker::Checker;
use super::symbols::{RoutineSym, SymId};
use super::typed::{Expr, ExprKind};
use super::types::{CallConv, Type, TypeId};
use crate::source::Place;

impl Checker<'_, '_> {
    /// Complains about an argument of `isolate` that something else may hold a part of.
    pub(super) fn check_isolated(
        &mut self,
        sym: SymId,
        head: &RoutineSym,
        values: &[Expr],
        place: Place,
    ) {
        if head.name != "isolate" {
            return;
        }
        let module = &self.s.modules[sym.module().0 as usize];
        let [value] = values else { return };
        if &*module.name != "std/isolation" || self.is_isolated(value) {
            return;
        }
        let text = self.shown_text(value.place);
        self.error(place, format!("expression cannot be isolated: {text}"));
    }

    fn is_isolated(&self, e: &Expr) -> bool {
        if !self.shares(e.ty) {
            return true;
        }
        let all = |parts: &[Expr]| parts.iter().all(|part| self.is_isolated(part));
        match &e.kind {
            ExprKind::Nil | ExprKind::Str(_) | ExprKind::Const(_) | ExprKind::Nop => true,
            ExprKind::Call(_, args) | ExprKind::CallValue(_, args) | ExprKind::Magic(_, args) => {
                args.iter()
                    .all(|arg| self.is_isolated(arg) || !self.may_hold(e.ty, arg.ty))
            }
            ExprKind::Object(fields) => fields.iter().all(|(_, _, value)| self.is_isolated(value)),
            ExprKind::Tuple(parts) | ExprKind::Array(parts) => all(parts),
            ExprKind::Convert { value, .. } | ExprKind::Cast(value) => self.is_isolated(value),
            ExprKind::Block(_, body) | ExprKind::Checks(_, body) => self.is_isolated(body),
            ExprKind::Seq(parts) => parts.last().is_some_and(|last| self.is_isolated(last)),
            // It gives nothing.
            ExprKind::Raise(_) | ExprKind::Return | ExprKind::Break(_) => true,
            _ => e
                .ends()
                .is_some_and(|ends| ends.iter().all(|end| self.is_isolated(end))),
        }
    }

    /// Is there a reference in it, which something else may have too?
    fn shares(&self, ty: TypeId) -> bool {
        self.any_part(ty, &mut FxHashSet::default(), &|ty| {
            matches!(self.get(ty), Type::Ref(_))
                || matches!(self.get(ty), Type::Proc(p) if p.conv == CallConv::Closure)
        })
    }

    /// May a value of `whole` hold what a value of `part` shares?
    fn may_hold(&self, whole: TypeId, part: TypeId) -> bool {
        let part = self.s.types.bare(part);
        self.shares(part)
            && self.any_part(whole, &mut FxHashSet::default(), &|ty| {
                self.s.types.repr(ty) == self.s.types.repr(part)
                    || matches!(self.get(ty), Type::Proc(p) if p.conv == CallConv::Closure)
                    || self
                        .s
                        .types
                        .object(ty)
                        .is_some_and(|(_, body)| body.inheritable || body.rtti)
            })
    }

    /// Is it so of the type, or of one that it is made of? What pointers lead to is not looked at.
    fn any_part(
        &self,
        ty: TypeId,
        seen: &mut FxHashSet<TypeId>,
        is: &dyn Fn(TypeId) -> bool,
    ) -> bool {
        let ty = self.s.types.bare(ty);
        if !seen.insert(ty) {
            return false;
        }
        if is(ty) {
            return true;
        }
        match self.get(ty) {
            Type::Seq(part) | Type::Array { elem: part, .. } | Type::Ref(part) => {
                self.any_part(*part, seen, is)
            }
            Type::Tuple(fields) => fields
                .iter()
                .any(|&(_, part)| self.any_part(part, seen, is)),
            Type::Distinct(_) => {
                let base = self.s.types.repr(ty);
                base != ty && self.any_part(base, seen, is)
            }
            Type::Object(_) => self.s.types.object(ty).is_some_and(|(_, body)| {
                let mut parts = body
                    .base
                    .into_iter()
                    .chain(body.fields.iter().map(|f| f.ty));
                parts.any(|part| self.any_part(part, seen, is))
            }),
            _ => false,
        }
    }
}
