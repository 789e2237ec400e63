//! Proc types that promise something take no proc that does not keep it.

use super::infer::Inference;
use super::{Effects, Found};
use crate::sema::checker::Checker;
use crate::sema::typed::{Declared, Expr, ExprKind};
use crate::sema::types::{ProcType, Type, TypeId};

impl Checker<'_, '_> {
    /// May a value do more than a proc type allows?
    pub(in crate::sema) fn breaks_promise(
        &mut self,
        want: &ProcType,
        have: &ProcType,
        value: Option<&Expr>,
    ) -> bool {
        let Some(promised) = want.effects.clone() else {
            return false;
        };
        if let Some(ExprKind::Routine(id)) = value.map(|value| &value.kind) {
            self.s.want(*id);
            self.check_what_counts();
        }
        let mut inference = Inference::new(self.s);
        let broken = self
            .broken(&mut inference, &promised, have, value)
            .is_some();
        let asked = inference.asked();
        self.s.effects_asked.extend(asked);
        broken
    }

    /// How it may, in Nim's words; nothing where it may not.
    pub(in crate::sema) fn broken_promise(
        &self,
        value: &Expr,
        target: TypeId,
    ) -> Option<&'static str> {
        let types = &self.s.types;
        let (want, have) = (
            types.get(types.repr(target)),
            types.get(types.repr(value.ty)),
        );
        let (Type::Proc(want), Type::Proc(have)) = (want, have) else {
            return None;
        };
        let promised = want.effects.as_ref()?;
        self.broken(&mut Inference::new(self.s), promised, have, Some(value))
    }

    fn broken(
        &self,
        inference: &mut Inference<'_>,
        want: &Declared,
        have: &ProcType,
        value: Option<&Expr>,
    ) -> Option<&'static str> {
        let mut declared = have.effects.as_ref();
        if let Some(&ExprKind::Routine(id)) = value.map(|value| &value.kind) {
            if self.s.routine(id).is_some() {
                let effects = inference.of(id);
                return exceeds(inference, want, &effects);
            }
            // Of one whose body has not been checked only what it declares is known.
            declared = self.s.declared_effects.get(&id).or(declared);
        }
        let declared = declared.map(|it| (**it).clone()).unwrap_or_default();
        declared_exceeds(inference, want, &declared)
    }
}

fn declared_exceeds(
    inference: &Inference<'_>,
    want: &Declared,
    have: &Declared,
) -> Option<&'static str> {
    let found = |types: &Option<Vec<TypeId>>| -> Option<Vec<Found>> {
        let types = types.as_ref()?;
        Some(
            types
                .iter()
                .map(|&ty| Found::declared(ty, Default::default()))
                .collect(),
        )
    };
    if want.no_side_effect && !have.no_side_effect {
        return Some(IMPURE);
    }
    if want.gc_safe && !have.is_gc_safe() {
        return Some(GC_UNSAFE);
    }
    let (raises, tags) = (found(&have.raises), found(&have.tags));
    if want.raises.is_some() && raises.is_none() {
        return Some("\n.raise effect is 'can raise any'");
    }
    if want.tags.is_some() && tags.is_none() {
        return Some("\n.tag effect is 'any tag allowed'");
    }
    let effects = Effects {
        raises: raises.unwrap_or_default(),
        tags: tags.unwrap_or_default(),
        ..Effects::default()
    };
    exceeds(inference, want, &effects)
}

const IMPURE: &str = "\n  Pragma mismatch: got '{..}', but expected '{.noSideEffect.}'.";
const GC_UNSAFE: &str = "\n  Pragma mismatch: got '{..}', but expected '{.gcsafe.}'.";

fn exceeds(inference: &Inference<'_>, want: &Declared, effects: &Effects) -> Option<&'static str> {
    let outside = |listed: &Option<Vec<TypeId>>, found: &[Found]| {
        listed.as_ref().is_some_and(|types| {
            let listed = |f: &Found| types.iter().any(|&base| inference.derives(f.ty, base));
            !found.iter().all(listed)
        })
    };
    if want.no_side_effect && effects.side.is_some() {
        Some(IMPURE)
    } else if want.gc_safe && effects.gc_unsafe.is_some() {
        Some(GC_UNSAFE)
    } else if outside(&want.raises, &effects.raises) {
        Some("\n.raise effects differ")
    } else if outside(&want.tags, &effects.tags) {
        Some("\n.tag effects differ")
    } else {
        None
    }
}
