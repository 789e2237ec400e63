//! What a reload needs to give values of types that have changed: default values, and conversions of the program's own.
//!
//! In: a checked module. Out: a routine for each object type with declared defaults that makes such an object, one more for each
//! branch of a variant that has some, and the procs
//! that convert old values: `proc migrate(old: OldT; new: var T)` at the top level, where `OldT` declares the fields of a
//! former `T`; and the procs that look at values in which something was converted, `proc migrated(value: var T)`, which may
//! be generic, and for what a `ref object` leads to takes the reference. The names of proc and parameters are the whole of the convention, so other compilers accept it too.

use std::fmt::Write as _;

use super::checker::Checker;
use super::relation::Bindings;
use super::symbols::{RoutineSym, SymId, SymKind};
use super::typed::{ExprKind, Routine, RoutineKind};
use super::types::{CallConv, Type, TypeId};
use crate::source::Name;
use crate::syntax::tree::Kind;

/// Discriminators with a value each: the type that declares it, which of its fields it is.
type Branch = Vec<(TypeId, usize, i64)>;

impl Checker<'_, '_> {
    /// Makes what gives the default values of the module's object types.
    pub(super) fn make_defaults(&mut self) {
        let mut objects = std::mem::take(&mut self.objects);
        objects.sort();
        objects.dedup();
        for ty in objects {
            if !self.generic(ty) && self.has_field_defaults(ty) {
                for branch in self.branches_with_defaults(ty) {
                    self.add_default(ty, branch);
                }
            }
        }
    }

    /// Notes the conversions of the module, which has been checked.
    pub(super) fn note_migrations(&mut self) {
        self.instantiate_migrated();
        let routines = self.out.routines.iter();
        let migrations = routines
            .filter_map(|routine| self.migration(routine))
            .collect();
        self.out.migrations = migrations;
    }

    /// The branches of a variant object that have defaults of their own, each as the discriminators that choose it. The first is that
    /// of the default value itself, which is chosen by nothing.
    fn branches_with_defaults(&self, ty: TypeId) -> Vec<Branch> {
        let mut branches = vec![Branch::new()];
        let mut current = Some(ty);
        while let Some(owner) = current {
            let Some((_, body)) = self.s.types.object(owner) else {
                break;
            };
            for field in &body.fields {
                if field.default.is_none() && !self.has_field_defaults(field.ty) {
                    continue;
                }
                let mut branch = Branch::new();
                let mut of = field;
                while let Some((discriminator, ranges)) = &of.when {
                    let value = ranges.first().map_or(0, |range| range.0);
                    branch.push((owner, *discriminator, value));
                    of = &body.fields[*discriminator];
                }
                if !branches.contains(&branch) {
                    branches.push(branch);
                }
            }
            current = body.base;
        }
        branches
    }

    /// Notes the types that the module declares.
    pub(super) fn note_types(&mut self) {
        let own = &self.s.modules[self.module.0 as usize];
        let mut types = Vec::new();
        for (name, syms) in own.scope.iter() {
            let identity = format!("{}.{name}", own.name);
            let declares = |&sym: &SymId| match &self.s.sym(sym).kind {
                SymKind::Type(ty) => self.is_named(*ty, &identity),
                SymKind::GenericType(generic) => generic.nominal && generic.module == self.module,
                _ => false,
            };
            if syms.iter().any(declares) {
                types.push(identity.into());
            }
        }
        types.sort();
        self.out.types = types.into();
    }

    /// Is it the type of this identity, or a reference to one that is declared beside it?
    fn is_named(&self, ty: TypeId, identity: &str) -> bool {
        match *self.get(ty) {
            Type::Object(id) | Type::Enum(id) | Type::Distinct(id) => {
                let own = self.s.types.identity(id).strip_prefix(identity);
                own.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
            }
            Type::Ref(ty) | Type::Ptr(ty) => self.is_named(ty, identity),
            _ => false,
        }
    }

    /// A routine that gives the default value of an object type, or of one of its branches.
    fn add_default(&mut self, ty: TypeId, branch: Branch) {
        let Some((nominal, _)) = self.s.types.object(ty) else {
            return;
        };
        let place = self.s.types.def(nominal).place;
        let mut identity = format!("default {}", self.s.types.identity(nominal));
        let mut given = Vec::new();
        for (owner, field, value) in branch {
            let Some((_, body)) = self.s.types.object(owner) else {
                continue;
            };
            let _ = write!(identity, " {}={value}", body.fields[field].name);
            let kind = body.fields[field].ty;
            given.push((owner, field, self.make(ExprKind::Int(value), kind, place)));
        }
        let id = self.s.routine_id(&identity);
        let make = |checker: &mut Self| checker.object_of_defaults(ty, ty, given, place);
        let (value, frame) = self.in_top_frame(id, make);
        if value.ty == TypeId::ERROR {
            return;
        }
        self.add_code(id, Name::new("default"), ty, frame.locals, value, place);
        self.out.defaults.push((ty, id));
    }

    /// Is it a generic `migrated`?
    pub(super) fn is_generic_migrated(&self, name: Name, head: &RoutineSym) -> bool {
        name == "migrated"
            && head.kind == Kind::ProcDef
            && head.is_generic()
            && self.env.scopes.is_empty()
            && matches!(&head.params[..], [value]
                if value.name == "value" && matches!(self.get(value.ty), Type::Var(_) | Type::Apply(..)))
    }

    /// Makes the generic `migrated` of all types that were instantiated here.
    fn instantiate_migrated(&mut self) {
        let mut types: Vec<TypeId> = self.type_instances.values().copied().collect();
        types.sort();
        for sym in self.s.generic_migrated.clone() {
            let SymKind::Routine(head) = self.s.sym(sym).kind.clone() else {
                continue;
            };
            let place = self.s.sym(sym).place;
            let param = head.params[0].ty;
            let in_place = matches!(self.get(param), Type::Var(_));
            let pattern = self.s.types.bare(param);
            for &ty in &types {
                let mut binds = Bindings::default();
                let fits = in_place || matches!(self.get(ty), Type::Ref(_));
                if self.generic(ty) || !fits || !self.unify(pattern, ty, &mut binds) {
                    continue;
                }
                // A module that only names the type may not see what the proc calls. One that makes such values does.
                let (_, fits) = self.speculate(|c| c.instantiate(sym, &head, &binds, place));
                if fits {
                    self.instantiate(sym, &head, &binds, place);
                }
            }
        }
    }

    /// The types that a routine converts from and to, if it is a conversion.
    fn migration(&self, routine: &Routine) -> Option<(TypeId, TypeId, super::typed::RoutineId)> {
        let plain = routine.kind == RoutineKind::Proc
            && routine.conv == CallConv::Nimcall
            && routine.parent.is_none();
        let says = routine.ret == TypeId::STRING && routine.name == "migrated";
        if !plain || !says && routine.ret != TypeId::VOID {
            return None;
        }
        let param = |id: super::typed::LocalId| &routine.locals[id.0 as usize];
        let in_memory = |ty| matches!(self.get(ty), Type::Object(_) | Type::Tuple(_));
        let (old, new) = match routine.params[..] {
            [value] if routine.name == "migrated" && param(value).name == "value" => {
                return match *self.get(param(value).ty) {
                    Type::Var(ty) if in_memory(ty) => Some((ty, ty, routine.id)),
                    // A reference is the address of the object.
                    Type::Ref(ty) if in_memory(ty) => Some((ty, ty, routine.id)),
                    _ => None,
                };
            }
            [old, new] if routine.name == "migrate" => (param(old), param(new)),
            _ => return None,
        };
        if old.name != "old" || new.name != "new" {
            return None;
        }
        let Type::Var(to) = *self.get(new.ty) else {
            return None;
        };
        let from = self.s.types.bare(old.ty);
        let by_value = matches!(self.get(old.ty), Type::Object(_) | Type::Tuple(_));
        (by_value && in_memory(to) && from != to).then_some((from, to, routine.id))
    }
}
