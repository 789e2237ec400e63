//! Bodies of object types: fields, `case` sections, `when` branches.

use std::sync::Arc;

use super::checker::Checker;
use super::pragma;
use super::typeexpr::simple_name;
use super::types::{Branch, Field, NominalId, ObjectBody, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Handle, Kind};

impl Checker<'_, '_> {
    fn final_base(&mut self, ty: TypeId, place: Place) {
        let shown = self.s.types.show(ty);
        self.error(
            place,
            format!(
                "inheritance only works with non-final objects; for {shown} to be inheritable it must be 'object of RootObj' instead of 'object'"
            ),
        );
    }

    pub(super) fn object_body(
        &mut self,
        id: NominalId,
        n: Cursor<'_>,
        pragma: Option<Cursor<'_>>,
    ) -> ObjectBody {
        let mut body = ObjectBody::default();
        let (mut pure, mut is_final) = (false, false);
        let own_pragma = n.get(0).filter(|p| p.is(Kind::Pragma));
        for p in [pragma, own_pragma].into_iter().flatten() {
            body.union |= pragma::has(p, "union");
            body.packed |= pragma::has(p, "packed");
            body.inheritable |= pragma::has(p, "inheritable");
            body.acyclic |= pragma::has(p, "acyclic");
            body.by_copy |= pragma::has(p, "bycopy");
            body.by_ref |= pragma::has(p, "byref");
            body.gc_safe |= pragma::has(p, "gcsafe");
            pure |= pragma::has(p, "pure");
            is_final |= pragma::has(p, "final");
        }
        // A pure object has no place for its dynamic type.
        body.rtti = body.inheritable && !pure;
        if let Some(base) = n.get(1).filter(|base| base.is(Kind::OfInherit)) {
            let place = self.place(base);
            let ty = self.type_expr(base.kid(0));
            let ty = match *self.get(ty) {
                Type::Ref(inner) | Type::Ptr(inner) => inner,
                _ => ty,
            };
            self.complete_base(ty, place);
            match self.s.types.object(ty) {
                Some((_, base)) if base.inheritable => {
                    body.base = Some(ty);
                    body.rtti = base.rtti;
                    body.inheritable = !is_final;
                }
                Some(_) => self.final_base(ty, place),
                None if ty == TypeId::ERROR => {}
                None if matches!(self.get(ty), Type::Object(_)) => {
                    // The base stands later in the same section.
                    self.final_base(ty, place);
                }
                None => self.final_base(ty, place),
            }
        }
        // RootObj is where dynamic types start.
        if &**self.s.types.identity(id) == "system.RootObj" {
            body.rtti = true;
            body.inheritable = true;
        }
        if let Some(list) = n.get(2).filter(|list| !list.is_empty()) {
            self.record(list, &mut body.fields, None);
        }
        let pragmas = [pragma, own_pragma].into_iter().flatten();
        if pragmas.into_iter().any(|p| pragma::has(p, "requiresInit")) {
            body.fields
                .iter_mut()
                .for_each(|field| field.required = true);
        }
        self.check_fields(&body);
        body
    }

    pub(super) fn check_fields(&mut self, body: &ObjectBody) {
        let mut names: Vec<Name> = Vec::new();
        let mut base = body.base;
        while let Some(ty) = base {
            let Some((_, object)) = self.s.types.object(ty) else {
                break;
            };
            names.extend(object.fields.iter().map(|f| f.name));
            base = object.base;
        }
        for field in &body.fields {
            if body.packed && field.bitsize.is_some() {
                self.unsupported(field.place, "a bit field in a packed object");
            }
            if names.contains(&field.name) {
                self.error(
                    field.place,
                    format!("attempt to redefine: '{}'", field.name),
                );
            }
            names.push(field.name);
        }
    }

    pub(super) fn record(
        &mut self,
        n: Cursor<'_>,
        fields: &mut Vec<Field>,
        when: Option<(usize, Vec<(i64, i64)>)>,
    ) {
        match n.kind() {
            Kind::RecList | Kind::StmtList => {
                for kid in n.kids() {
                    self.record(kid, fields, when.clone());
                }
            }
            Kind::IdentDefs => self.record_fields(n, fields, when),
            Kind::RecCase => self.record_case(n, fields, when),
            Kind::RecWhen => {
                for branch in n.kids() {
                    let taken = match branch.kind() {
                        Kind::ElifBranch => self.const_bool(branch.kid(0)),
                        _ => true,
                    };
                    if taken {
                        self.record(branch.last(), fields, when);
                        return;
                    }
                }
            }
            Kind::Sym => self.error(self.place(n), "illformed AST: a field was expected"),
            _ => {}
        }
    }

    pub(super) fn record_fields(
        &mut self,
        n: Cursor<'_>,
        fields: &mut Vec<Field>,
        when: Option<(usize, Vec<(i64, i64)>)>,
    ) {
        let (ty_node, default) = (n.def_type(), n.last());
        let ty = if ty_node.is_empty() && !default.is_empty() {
            self.expr(default, None).ty
        } else {
            self.type_expr(ty_node)
        };
        let spelled = self.spell_type(ty_node, ty);
        // Where a generic type's argument is `void`, the fields of that type have no value: they are not there.
        if ty == TypeId::VOID && !simple_name(ty_node).is_some_and(|name| name == "void") {
            return;
        }
        self.check_storable(ty, " in this context", self.place(ty_node));
        let default = (!default.is_empty()).then(|| Handle {
            tree: Arc::new(default.tree.clone()),
            id: default.id,
        });
        for name_node in n.def_names() {
            let Some(name) = simple_name(name_node).or_else(|| self.bound_name(name_node)) else {
                continue;
            };
            let (head, pragma) = name_node.with_pragmas();
            if let Some(pragma) = pragma {
                self.check_type_pragmas(pragma);
            }
            let deprecated = self.deprecated_part(pragma);
            fields.push(Field {
                name,
                ty,
                spelled,
                deprecated,
                exported: head.is(Kind::Postfix),
                place: self.place(name_node),
                when: when.clone(),
                branches: None,
                default: default.clone(),
                bitsize: pragma.and_then(|p| self.bit_size(p, ty)),
                align: pragma
                    .and_then(|p| self.pragma_int(p, "align"))
                    .map(|v| v as u32),
                cursor: pragma.is_some_and(|p| pragma::has(p, "cursor")),
                required: pragma.is_some_and(|p| pragma::has(p, "requiresInit")),
            });
        }
    }

    /// How many bits a field has, if it says so.
    fn bit_size(&mut self, pragma: Cursor<'_>, ty: TypeId) -> Option<u32> {
        let bits = self.pragma_int(pragma, "bitsize")?;
        let place = self.place(pragma);
        let base = match *self.get(self.s.types.repr(ty)) {
            Type::Range { base, .. } => self.s.types.repr(base),
            _ => self.s.types.repr(ty),
        };
        let bytes = match self.get(base) {
            Type::Int(int) => int.size(),
            Type::Bool | Type::Char => 1,
            Type::Enum(_) => self.s.types.enumeration(base).map_or(1, |body| body.size),
            _ => {
                self.error(place, "a bit field needs an ordinal type");
                return None;
            }
        };
        if !(1..=i64::from(bytes) * 8).contains(&bits) {
            let most = bytes * 8;
            self.error(
                place,
                format!("a bit field of this type has 1 to {most} bits, not {bits}"),
            );
            return None;
        }
        Some(bits as u32)
    }

    pub(super) fn record_case(
        &mut self,
        n: Cursor<'_>,
        fields: &mut Vec<Field>,
        when: Option<(usize, Vec<(i64, i64)>)>,
    ) {
        let discriminator = fields.len();
        self.check_declared_before(n.kid(0).def_type());
        self.record_fields(n.kid(0), fields, when);
        if fields.len() != discriminator + 1 {
            return;
        }
        fields[discriminator].branches = Some(Vec::new());
        if fields[discriminator].bitsize.is_some() {
            let place = fields[discriminator].place;
            self.unsupported(place, "a discriminator that is a bit field");
        }
        let ty = fields[discriminator].ty;
        let (name, place) = (fields[discriminator].name, fields[discriminator].place);
        if !self.check_discriminator(ty, name.as_str(), (place, self.place(n))) {
            return;
        }
        let mut has_else = false;
        let mut seen: Vec<(i64, i64)> = Vec::new();
        let mut branches = Vec::new();
        for branch in n.kids().skip(1) {
            let is_else = !branch.is(Kind::OfBranch);
            has_else |= is_else;
            let ordinals = match is_else {
                true => self.complement(ty, &seen),
                false => {
                    let mut ordinals = Vec::new();
                    for label in branch.kids().take(branch.len() - 1) {
                        let before = ordinals.len();
                        self.case_ordinals(label, ty, &mut ordinals);
                        let (known, new) = ordinals.split_at(before);
                        let meets = |&(lo, hi): &(i64, i64)| {
                            seen.iter().chain(known).any(|&(a, b)| lo <= b && a <= hi)
                        };
                        if new.iter().any(meets) {
                            self.error(self.place(label), "duplicate case label");
                        }
                    }
                    ordinals
                }
            };
            seen.extend(&ordinals);
            branches.push(Branch {
                ordinals: ordinals.clone(),
                is_else,
                listed: branch.last().is(Kind::RecList),
            });
            self.record(branch.last(), fields, Some((discriminator, ordinals)));
        }
        fields[discriminator].branches = Some(branches);
        if !has_else {
            self.check_covered(ty, &seen, self.place(n));
        }
    }

    /// The type of a discriminator stands before it, also in a section whose types may name each other otherwise.
    fn check_declared_before(&mut self, ty: Cursor<'_>) {
        let place = self.place(ty);
        let Some((name, syms)) = self.syms_of(ty) else {
            return;
        };
        let comes_later = |declared: Place| {
            declared.origin == place.origin && declared.span.start > place.span.start
        };
        if syms.iter().any(|&sym| comes_later(self.s.sym(sym).place)) {
            self.error(place, format!("undeclared identifier: '{name}'"));
        }
    }

    /// The ordinals of a type that none of `ranges` has.
    pub(super) fn complement(&self, ty: TypeId, ranges: &[(i64, i64)]) -> Vec<(i64, i64)> {
        let Some((lo, hi)) = self.s.types.ordinal_range(ty) else {
            return Vec::new();
        };
        let mut sorted = ranges.to_vec();
        sorted.sort_unstable();
        let mut rest = Vec::new();
        let mut next = lo as i64;
        for (a, b) in sorted {
            if a > next {
                rest.push((next, a - 1));
            }
            next = next.max(b.saturating_add(1));
        }
        if next <= hi as i64 {
            rest.push((next, hi as i64));
        }
        rest
    }
}
