//! `type` sections: declaring types, their bodies, and instances of generic ones.
//!
//! All names of a section are declared first, since its types may refer to each other. Nominal types get their number at once; aliases
//! are resolved when somebody asks for them; then the bodies are filled in.

use std::sync::Arc;

use super::checker::Checker;
use super::deprecated::Deprecated;
use super::pragma;
use super::symbols::{GenericType, SymId, SymKind, TypeMaker};
use super::typeexpr::simple_name;
use super::types::{Nominal, NominalBody, NominalId, ObjectBody, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Handle, Kind, Tree};

/// A type that is declared and waits for its body.
#[derive(Clone)]
pub(super) struct PendingType {
    node: Handle,
    /// Being resolved: asking again is a cycle.
    busy: bool,
}

/// The nominal part of a type definition's body: `object` itself, or below `ref`/`ptr`.
pub(super) fn nominal_part(body: Cursor<'_>) -> Option<(u8, Cursor<'_>)> {
    match body.kind() {
        Kind::ObjectTy | Kind::EnumTy => Some((0, body)),
        Kind::DistinctTy if body.len() > 0 => Some((0, body)),
        Kind::RefTy | Kind::PtrTy if body.len() > 0 && body.kid(0).is(Kind::ObjectTy) => {
            Some((if body.is(Kind::RefTy) { 1 } else { 2 }, body.kid(0)))
        }
        _ => None,
    }
}

/// What a type's name node says beside the name.
struct TypeHead<'t> {
    name: Name,
    exported: bool,
    pragma: Option<Cursor<'t>>,
}

fn type_head(n: Cursor<'_>) -> Option<TypeHead<'_>> {
    let (head, pragma) = n.with_pragmas();
    Some(TypeHead {
        name: simple_name(head)?,
        exported: head.is(Kind::Postfix),
        pragma,
    })
}

impl Checker<'_, '_> {
    pub(super) fn type_section(&mut self, tree: &Arc<Tree>, section: Cursor<'_>) {
        let mut declared: Vec<(SymId, Cursor<'_>)> = Vec::new();
        for def in section.kids().filter(|def| def.is(Kind::TypeDef)) {
            if let Some(sym) = self.declare_type(tree, def) {
                declared.push((sym, def));
                self.note_bodiless(sym, tree, def);
            }
        }
        // Constants of enums may be bounds of ranges.
        let (enums, others): (Vec<_>, Vec<_>) = declared
            .into_iter()
            .partition(|(_, def)| def.kid(2).is(Kind::EnumTy));
        for (sym, def) in enums {
            self.complete_type(sym, def);
        }
        for &(sym, _) in &others {
            self.resolve_pending(sym);
        }
        for &(sym, def) in &others {
            self.complete_type(sym, def);
        }
        for (sym, def) in others {
            self.check_finite(sym, self.place(def.kid(0)));
        }
    }

    /// An object cannot contain itself but by way of a reference.
    fn check_finite(&mut self, sym: SymId, place: Place) {
        let SymKind::Type(ty) = self.s.sym(sym).kind else {
            return;
        };
        let Type::Object(id) = *self.get(ty) else {
            return;
        };
        if !self.contains(ty, ty, &mut Vec::new()) {
            return;
        }
        let nominal = (**self.s.types.def(id)).clone();
        self.error(
            place,
            format!("illegal recursion in type '{}'", nominal.name),
        );
        let body = NominalBody::Object(ObjectBody::default());
        self.s.define(id, Nominal { body, ..nominal });
    }

    /// Does a value of type `outer` contain one of type `inner`?
    fn contains(&self, outer: TypeId, inner: TypeId, seen: &mut Vec<TypeId>) -> bool {
        if seen.contains(&outer) {
            return false;
        }
        seen.push(outer);
        let parts: Vec<TypeId> = match self.get(outer) {
            Type::Object(_) => {
                let body = self.s.types.object(outer).map(|(_, body)| body);
                let fields = body.into_iter().flat_map(|body| &body.fields);
                let base = body.and_then(|body| body.base);
                fields.map(|field| field.ty).chain(base).collect()
            }
            Type::Tuple(fields) => fields.iter().map(|&(_, ty)| ty).collect(),
            Type::Array { elem, .. } => vec![*elem],
            Type::Distinct(id) => match self.s.types.def(*id).body {
                NominalBody::Distinct(base) => vec![base],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        parts
            .into_iter()
            .any(|part| part == inner || self.contains(part, inner, seen))
    }

    /// Declares one type, without looking at what it refers to.
    pub(super) fn declare_type(&mut self, tree: &Arc<Tree>, def: Cursor<'_>) -> Option<SymId> {
        let head = type_head(def.kid(0))?;
        self.exports(def.kid(0).with_pragmas().0);
        let sym = self.declare_type_named(&head, tree, def)?;
        self.s.sym_mut(sym).deprecated = Deprecated::of(head.pragma);
        Some(sym)
    }

    fn declare_type_named(
        &mut self,
        head: &TypeHead<'_>,
        tree: &Arc<Tree>,
        def: Cursor<'_>,
    ) -> Option<SymId> {
        let place = self.place(def.kid(0));
        if let Some(pragma) = head.pragma
            && let Some(magic) = pragma::string_arg(pragma, "magic")
        {
            return self.declare_magic_type(head.name, head.exported, place, &magic);
        }
        if let Some(pragma) = head.pragma {
            self.check_type_pragmas(pragma);
        }
        let handle = Handle {
            tree: tree.clone(),
            id: def.id,
        };
        if !def.kid(1).is_empty() {
            return Some(self.declare_generic_type(head.name, head.exported, place, def, handle));
        }
        if let Some((pointer, _)) = nominal_part(def.kid(2)) {
            // A forward declaration or an earlier version keeps its number.
            let identity = self.declared_type_identity(head.name);
            let ty = self.nominal_type(
                &identity,
                head.name,
                pointer,
                head.exported,
                place,
                def.kid(2),
                None,
                Vec::new(),
            );
            let sym = self.declare(self.symbol(head.name, head.exported, place, SymKind::Type(ty)));
            if &*self.out.name == "system" {
                self.s
                    .hooks
                    .system_types
                    .insert(head.name, self.object_of(ty).unwrap_or(ty));
            }
            return Some(sym);
        }
        let sym = self.declare(self.symbol(head.name, head.exported, place, SymKind::Pending));
        self.pending.insert(
            sym,
            PendingType {
                node: handle,
                busy: false,
            },
        );
        Some(sym)
    }

    /// The identity of something declared here: module, enclosing routines, name.
    pub(super) fn scoped_identity(&self, name: Name) -> String {
        match self.frames.last() {
            Some(frame) if !frame.top => format!("{}.{name}", frame.identity),
            _ => {
                let module = &self.s.modules[self.env.module.0 as usize].name;
                format!("{module}.{name}")
            }
        }
    }

    /// The identity of something that the top level declares. What stands in a scope has the one that it would have outside,
    /// unless that is `taken` outside or by another scope: each `block:` may have its own of a name.
    pub(super) fn free_identity(&mut self, identity: String, taken: bool) -> String {
        let nested = !self.env.scopes.is_empty();
        let mut free = identity;
        if nested && taken {
            free.push('\'');
        }
        while self.inner_names.contains(&free) {
            free.push('\'');
        }
        if nested {
            self.inner_names.insert(free.clone());
        }
        free
    }

    /// The identity of a type declared here. A routine's scopes may have several of one name.
    fn declared_type_identity(&mut self, name: Name) -> String {
        self.name_scratch();
        let identity = self.scoped_identity(name);
        let Some(frame) = self.frames.last_mut().filter(|frame| !frame.top) else {
            let taken = self.s.modules[self.module.0 as usize]
                .scope
                .contains_key(&name);
            return self.free_identity(identity, taken);
        };
        let key = Name::new(&format!("type {name}"));
        let count = frame.nested.entry(key).or_default();
        *count += 1;
        match *count {
            1 => identity,
            count => format!("{identity}#{count}"),
        }
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn nominal_type(
        &mut self,
        identity: &str,
        name: Name,
        pointer: u8,
        exported: bool,
        place: Place,
        body: Cursor<'_>,
        generic: Option<u32>,
        args: Vec<TypeId>,
    ) -> TypeId {
        let module = self.s.modules[self.env.module.0 as usize].name.clone();
        let pending = Nominal {
            name,
            module,
            args,
            generic,
            pointer,
            exported,
            borrows_fields: false,
            place,
            body: NominalBody::Pending,
        };
        let id = self.s.types.nominal(identity, || pending.clone());
        self.s.define(id, pending);
        let part = nominal_part(body).map_or(body, |(_, part)| part);
        let nominal = match part.kind() {
            Kind::EnumTy => Type::Enum(id),
            Kind::DistinctTy => Type::Distinct(id),
            _ => Type::Object(id),
        };
        let ty = self.intern(nominal);
        match pointer {
            1 => self.intern(Type::Ref(ty)),
            2 => self.intern(Type::Ptr(ty)),
            _ => ty,
        }
    }

    /// Types of `system` that the compiler knows by themselves.
    pub(super) fn declare_magic_type(
        &mut self,
        name: Name,
        exported: bool,
        place: Place,
        magic: &str,
    ) -> Option<SymId> {
        let maker = match magic {
            "Array" => Some(TypeMaker::Array),
            "Seq" => Some(TypeMaker::Seq),
            "Set" => Some(TypeMaker::Set),
            "OpenArray" => Some(TypeMaker::OpenArray),
            "Varargs" => Some(TypeMaker::Varargs),
            "UncheckedArray" => Some(TypeMaker::UncheckedArray),
            "Range" => Some(TypeMaker::Range),
            "TypeDesc" => Some(TypeMaker::TypeDesc),
            "IterableType" => Some(TypeMaker::Iterable),
            "Sink" => Some(TypeMaker::Sink),
            "Lent" => Some(TypeMaker::Lent),
            "Static" => Some(TypeMaker::Static),
            "Ordinal" => Some(TypeMaker::Ordinal),
            "Ref" => Some(TypeMaker::Ref),
            "Ptr" => Some(TypeMaker::Ptr),
            "Owned" => Some(TypeMaker::Owned),
            _ => None,
        };
        if let Some(maker) = maker {
            return Some(self.declare(self.symbol(
                name,
                exported,
                place,
                SymKind::TypeMaker(maker),
            )));
        }
        let any = super::types::Class::Any;
        let ty = match magic {
            "Int" => TypeId::INT,
            "Int8" => TypeId::INT8,
            "Int16" => TypeId::INT16,
            "Int32" => TypeId::INT32,
            "Int64" => TypeId::INT64,
            "UInt" => TypeId::UINT,
            "UInt8" => TypeId::UINT8,
            "UInt16" => TypeId::UINT16,
            "UInt32" => TypeId::UINT32,
            "UInt64" => TypeId::UINT64,
            "Float" | "Float64" => TypeId::FLOAT,
            "Float32" => TypeId::FLOAT32,
            "Bool" => TypeId::BOOL,
            "Char" => TypeId::CHAR,
            "String" => TypeId::STRING,
            "CString" => TypeId::CSTRING,
            "Pointer" => TypeId::POINTER,
            "Void" => TypeId::VOID,
            "Nil" => TypeId::NIL,
            "Untyped" => TypeId::UNTYPED,
            "Typed" => TypeId::TYPED,
            "Any" | "Auto" => self.intern(Type::Class(Arc::new(any))),
            _ => {
                self.error(place, format!("unknown magic type: '{magic}'"));
                TypeId::ERROR
            }
        };
        let sym = self.declare(self.symbol(name, exported, place, SymKind::Type(ty)));
        if magic == "Float64" {
            self.spell_alias(sym, ty);
        }
        Some(sym)
    }

    pub(super) fn declare_generic_type(
        &mut self,
        name: Name,
        exported: bool,
        place: Place,
        def: Cursor<'_>,
        node: Handle,
    ) -> SymId {
        let sym = self.declare(self.symbol(name, exported, place, SymKind::Pending));
        self.s.types.name_param(sym.0, name);
        let params = self.generic_params(def.kid(1), &node.tree);
        let nominal = nominal_part(def.kid(2)).is_some();
        let generic = GenericType {
            params,
            node,
            module: self.env.module,
            sym,
            depth: self.env.scopes.len(),
            nominal,
        };
        self.s.sym_mut(sym).kind = SymKind::GenericType(Arc::new(generic));
        sym
    }

    /// Finds out what an alias stands for.
    pub(super) fn resolve_pending(&mut self, sym: SymId) {
        let Some(pending) = self.pending.get_mut(&sym) else {
            return;
        };
        if pending.busy {
            let (name, place) = (self.s.sym(sym).name, self.s.sym(sym).place);
            self.error(place, format!("illegal recursion in type '{name}'"));
            self.s.sym_mut(sym).kind = SymKind::Type(TypeId::ERROR);
            return;
        }
        pending.busy = true;
        let node = pending.node.clone();
        let def = node.cursor();
        let body = def.kid(2);
        let ty = if body.is_empty() {
            self.unsupported(self.place(def), "types without a body");
            TypeId::ERROR
        } else {
            self.type_expr(body)
        };
        self.pending.remove(&sym);
        if let Type::Class(class) = self.get(ty)
            && !matches!(
                **class,
                super::types::Class::Any | super::types::Class::Kind(_)
            )
        {
            let name = self.s.sym(sym).name;
            self.s.types.name_class(ty, name);
        }
        let written_out = simple_name(body).is_none() && self.s.waiting.is_whole(self.module);
        if written_out && self.speculating == 0 {
            let name = self.s.sym(sym).name;
            self.s.types.name_alias(ty, name);
        }
        self.spell_alias(sym, ty);
        // `type T = SomeGeneric` is another name for the generic.
        let kind = match self.get(ty).clone() {
            Type::Generic(number) => self.s.sym(SymId(number)).kind.clone(),
            _ => SymKind::Type(ty),
        };
        self.s.sym_mut(sym).kind = kind;
    }

    /// The nominal type that a definition declares, as a type of its own.
    fn nominal_of(&self, sym: SymId, def: Cursor<'_>) -> Option<TypeId> {
        let SymKind::Type(ty) = self.s.sym(sym).kind else {
            return None;
        };
        let (pointer, _) = nominal_part(def.kid(2))?;
        match *self.get(ty) {
            Type::Ref(inner) | Type::Ptr(inner) if pointer > 0 => Some(inner),
            _ => Some(ty),
        }
    }

    fn note_bodiless(&mut self, sym: SymId, tree: &Arc<Tree>, def: Cursor<'_>) {
        if let Some(ty) = self.nominal_of(sym, def) {
            let (tree, id) = (tree.clone(), def.id);
            self.bodiless.insert(ty, (sym, Handle { tree, id }));
        }
    }

    /// Fills in the body of a nominal type, if that was not done before.
    fn complete_type(&mut self, sym: SymId, def: Cursor<'_>) {
        let bodiless = self
            .nominal_of(sym, def)
            .and_then(|ty| self.bodiless.remove(&ty));
        if let (Some(_), SymKind::Type(ty)) = (bodiless, &self.s.sym(sym).kind) {
            self.complete_nominal(*ty, def);
        }
    }

    /// Fills in the body of a base that stands before its heir, which an instance wants while the section is being looked at.
    pub(super) fn complete_base(&mut self, base: TypeId, heir: Place) {
        let Some((sym, def)) = self.bodiless.get(&base).cloned() else {
            return;
        };
        let at = self.place(def.cursor());
        if at.origin == heir.origin && at.span.start < heir.span.start {
            self.complete_type(sym, def.cursor());
        }
    }

    pub(super) fn complete_nominal(&mut self, ty: TypeId, def: Cursor<'_>) {
        let Some((pointer, part)) = nominal_part(def.kid(2)) else {
            return;
        };
        let inner = match *self.get(ty) {
            Type::Ref(inner) | Type::Ptr(inner) if pointer > 0 => inner,
            _ => ty,
        };
        let (Type::Object(id) | Type::Enum(id) | Type::Distinct(id)) = *self.get(inner) else {
            return;
        };
        let pragma = type_head(def.kid(0)).and_then(|head| head.pragma);
        match part.kind() {
            Kind::EnumTy => self.enum_body(id, inner, part, pragma),
            Kind::DistinctTy => {
                let base = self.type_expr(part.kid(0));
                if pragma.is_some_and(|p| pragma::has(p, "borrow")) {
                    let nominal = Nominal {
                        borrows_fields: true,
                        ..(**self.s.types.def(id)).clone()
                    };
                    self.s.define(id, nominal);
                }
                self.set_body(id, NominalBody::Distinct(base));
            }
            _ => {
                let body = self.object_body(id, part, pragma);
                self.set_body(id, NominalBody::Object(body));
                self.objects.push(inner);
            }
        }
    }

    pub(super) fn set_body(&mut self, id: NominalId, body: NominalBody) {
        let nominal = Nominal {
            body,
            ..(**self.s.types.def(id)).clone()
        };
        self.s.define(id, nominal);
    }

    /// Complains about types that no variable or field can have; `user` says which of them it would be.
    pub(super) fn check_storable(&mut self, ty: TypeId, user: &str, place: Place) {
        let message = match self.get(ty) {
            Type::OpenArray(_)
            | Type::Varargs(_)
            | Type::Untyped
            | Type::Typed
            | Type::Iterable(_)
            | Type::Nil
            | Type::Var(_)
            | Type::Lent(_)
            | Type::Class(_)
            | Type::Generic(_)
            | Type::TypeDesc(_) => {
                format!("invalid type: '{}'{user}", self.s.types.show(ty))
            }
            Type::Void => format!("invalid type: 'void'{user}"),
            Type::StaticValue(base, _) => {
                format!("invalid type: 'static[{}]'{user}", self.s.types.show(*base))
            }
            _ => return,
        };
        self.error(place, message);
    }
}
