//! Type-bound operations: `=destroy`, `=copy` and their like, as programs declare them.
//!
//! In: the head of a routine. Out: its entry among the hooks, which the lowering calls, or a message on what is wrong with it.

use super::checker::Checker;
use super::symbols::RoutineSym;
use super::typed::TypeBound;
use super::types::{Type, TypeId};
use crate::source::Place;

impl Checker<'_, '_> {
    /// Type-bound operations register themselves; a generic one is registered by the caller, under its symbol.
    pub(super) fn note_hook(&mut self, head: &RoutineSym, place: Place) -> Option<TypeBound> {
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
        let has_hooks = matches!(self.get(ty), Type::Object(_) | Type::Distinct(_));
        if !self.hook_signature_fits(bound, head) || !head.is_generic() && !has_hooks {
            let rest = match bound {
                TypeBound::Copy | TypeBound::Sink => "x: var T; y: T)",
                TypeBound::Trace => "x: var T; env: pointer)",
                TypeBound::Dup => "x: T): T",
                TypeBound::Destroy | TypeBound::WasMoved => "x: var T)",
            };
            let name = head.name;
            let message = format!("signature for '{name}' must be proc[T: object]({rest}");
            self.error(place, message);
            return None;
        }
        if head.is_generic() {
            return Some(bound);
        }
        let forbidden = head.pragmas.error.is_some();
        match forbidden {
            true => self.s.hooks.forbidden.insert((ty, bound)),
            false => self.s.hooks.forbidden.remove(&(ty, bound)),
        };
        if let Some(id) = head.id.filter(|_| !forbidden) {
            self.s.hooks.type_bound.insert((ty, bound), id);
        }
        None
    }

    /// Has it the parameters and the result of such an operation?
    fn hook_signature_fits(&self, bound: TypeBound, head: &RoutineSym) -> bool {
        let param = |at: usize| head.params.get(at).map(|param| param.ty);
        let is_var = |ty: TypeId| matches!(self.get(ty), Type::Var(_));
        let Some(first) = param(0) else { return false };
        let same = |ty: TypeId| self.s.types.bare(ty) == self.s.types.bare(first);
        let (count, ret) = (head.params.len(), head.ret);
        match bound {
            // By value as well as by `var`, as Nim 2 has it.
            TypeBound::Destroy => count == 1 && ret == TypeId::VOID,
            TypeBound::WasMoved => count == 1 && ret == TypeId::VOID && is_var(first),
            TypeBound::Dup => count == 1 && same(ret),
            TypeBound::Trace => count == 2 && ret == TypeId::VOID && is_var(first),
            TypeBound::Copy | TypeBound::Sink => {
                count == 2
                    && ret == TypeId::VOID
                    && is_var(first)
                    && param(1).is_some_and(|second| same(second) && !is_var(second))
            }
        }
    }
}
