//! Declarations as trees: `getImpl`.
//!
//! In: a symbol. Out: the text of its declaration as a tree, in which the names that it declares and those of types are symbols.

use super::ask::{self, Questions};
use super::facts::bound_symbol;
use super::typetree::exists;
use super::wire::{NO_NUMBER, Reader, Stands, Writer, symkind};
use crate::sema::lookup::Bound;
use crate::sema::program::Sema;
use crate::sema::symbols::{ModuleIx, SymId, SymKind};
use crate::sema::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// Answers `getImpl`: the declaration of a symbol.
pub(super) fn implementation(
    sema: &Sema,
    questions: &mut Questions<'_>,
    r: &mut Reader<'_>,
) -> Option<Result<Vec<u8>, String>> {
    let name = Name::new(&String::from_utf8_lossy(r.text()?));
    let stands = Stands::of(r.number()?, name);
    let mut w = Writer::new();
    let nil = |w: &mut Writer| w.nil(Place::default());
    let sym = match stands {
        Some(Stands::Symbol(sym)) if exists(sema, sym) => Some(sym),
        Some(Stands::Type(ty)) => type_symbol(sema, ty),
        Some(Stands::Bound(bound)) => bound_symbol(sema, bound),
        _ => None,
    };
    let Some(sym) = sym else {
        nil(&mut w);
        return Some(Ok(w.out));
    };
    let names = Declaration {
        sema,
        module: sym.module(),
        place: sema.sym(sym).place,
    };
    if let SymKind::Routine(head) = &sema.sym(sym).kind {
        questions.looked_at.extend(head.id);
        names.write(&mut w, head.node.cursor());
        return Some(Ok(w.out));
    }
    let place = sema.sym(sym).place;
    let file = sema.modules[sym.module().0 as usize].file;
    let trees = questions.loader.trees(file).unwrap_or_default();
    let found = trees
        .iter()
        .filter(|tree| tree.origin == place.origin)
        .find_map(|tree| declaration(tree.root(), place));
    match found {
        Some(n) => names.write(&mut w, n),
        None => nil(&mut w),
    }
    Some(Ok(w.out))
}

fn type_symbol(sema: &Sema, ty: TypeId) -> Option<SymId> {
    let nominal = match sema.types.get(ty) {
        Type::Ref(inner) | Type::Ptr(inner) => *inner,
        _ => ty,
    };
    let def = match sema.types.get(nominal) {
        Type::Enum(n) | Type::Object(n) | Type::Distinct(n) => sema.types.def(*n),
        _ => return None,
    };
    let module = sema.module_names.get(&def.module)?;
    let syms = sema.modules[module.0 as usize].scope.get(&def.name)?;
    syms.first().copied()
}

/// A declaration of a module, of which the names that it declares and those of types are symbols.
struct Declaration<'a> {
    sema: &'a Sema,
    module: ModuleIx,
    place: Place,
}

impl Declaration<'_> {
    fn find(&self, name: Name) -> Option<SymId> {
        let module = &self.sema.modules[self.module.0 as usize];
        let imports = module
            .imports
            .iter()
            .filter(|import| !import.qualified_only);
        let imported = imports.map(|import| &self.sema.modules[import.module.0 as usize].exports);
        std::iter::once(&module.scope)
            .chain(imported)
            .find_map(|table| table.get(&name)?.first().copied())
    }

    fn symbol(&self, w: &mut Writer, name: Name, kind: u64, ty: Option<TypeId>) {
        let bound = Bound {
            name,
            module: self.module,
            depth: 0,
            order: u32::MAX,
            closed: false,
            exact: None,
        };
        let stands = match kind {
            symkind::PARAM | symkind::GENERIC_PARAM => Stands::Fresh(NO_NUMBER),
            _ => Stands::Bound(bound),
        };
        w.symbol(name.as_str(), kind, stands, self.place, ty);
    }

    /// A name that is declared here, without its star.
    fn declared(&self, w: &mut Writer, n: Cursor<'_>, kind: u64) {
        let n = match n.kind() {
            Kind::Postfix if n.len() == 2 => n.kid(1),
            _ => n,
        };
        match n.name() {
            Some(name) => self.symbol(w, name, kind, None),
            None => self.write(w, n),
        }
    }

    fn write(&self, w: &mut Writer, n: Cursor<'_>) {
        let routine = n.kind().declares_routine();
        match n.kind() {
            Kind::Ident => match n.name().and_then(|name| Some((name, self.find(name)?))) {
                Some((name, sym)) => match &self.sema.sym(sym).kind {
                    SymKind::Type(ty) => self.symbol(w, name, symkind::TYPE, Some(*ty)),
                    SymKind::TypeMaker(_) | SymKind::GenericType(_) => {
                        self.symbol(w, name, symkind::TYPE, None);
                    }
                    _ => ask::plain(w, n, self.place),
                },
                None => ask::plain(w, n, self.place),
            },
            Kind::FormalParams => {
                w.kids(n.kind(), n.len(), self.place);
                for (i, kid) in n.kids().enumerate() {
                    match i {
                        0 => self.write(w, kid),
                        _ => self.parts(w, kid, symkind::PARAM, kid.len().saturating_sub(2)),
                    }
                }
            }
            Kind::IdentDefs => self.fields(w, n),
            Kind::EnumTy => {
                w.kids(n.kind(), n.len(), self.place);
                for kid in n.kids() {
                    match kid.kind() {
                        Kind::EnumFieldDef => self.parts(w, kid, symkind::ENUM_FIELD, 1),
                        _ => self.declared(w, kid, symkind::ENUM_FIELD),
                    }
                }
            }
            Kind::TypeDef => self.parts(w, n, symkind::TYPE, 1),
            Kind::GenericParams => self.generics(w, n),
            Kind::ConstDef => self.parts(w, n, symkind::CONST, 1),
            _ if routine => self.parts(w, n, symkind::PROC, 1),
            _ if n.len() > 0 => {
                w.kids(n.kind(), n.len(), self.place);
                n.kids().for_each(|kid| self.write(w, kid));
            }
            _ => ask::plain(w, n, self.place),
        }
    }

    /// Generic parameters are symbols, those with a constraint in a definition.
    fn generics(&self, w: &mut Writer, n: Cursor<'_>) {
        let names = |def: Cursor<'_>| def.len().saturating_sub(2);
        let plain =
            |def: Cursor<'_>| def.len() > 2 && def.def_type().is_empty() && def.last().is_empty();
        let count = n
            .kids()
            .map(|def| if plain(def) { names(def) } else { 1 })
            .sum();
        w.kids(n.kind(), count, self.place);
        for def in n.kids() {
            if !plain(def) {
                self.parts(w, def, symkind::GENERIC_PARAM, names(def));
                continue;
            }
            for name in def.kids().take(names(def)) {
                self.declared(w, name, symkind::GENERIC_PARAM);
            }
        }
    }

    /// Fields keep their names as they are.
    fn fields(&self, w: &mut Writer, n: Cursor<'_>) {
        w.kids(n.kind(), n.len(), self.place);
        for (i, kid) in n.kids().enumerate() {
            match i + 2 < n.len() {
                true => ask::plain(w, kid, self.place),
                false => self.write(w, kid),
            }
        }
    }

    /// A node of which the first children are names that it declares.
    fn parts(&self, w: &mut Writer, n: Cursor<'_>, kind: u64, names: usize) {
        w.kids(n.kind(), n.len(), self.place);
        for (i, kid) in n.kids().enumerate() {
            match i < names {
                true => self.declared(w, kid, kind),
                false => self.write(w, kid),
            }
        }
    }
}

/// The definition whose name stands at a place.
fn declaration(n: Cursor<'_>, place: Place) -> Option<Cursor<'_>> {
    if matches!(n.kind(), Kind::TypeDef | Kind::ConstDef | Kind::IdentDefs) {
        let name = n.get(0)?.span();
        if name.start <= place.span.start && place.span.end <= name.end {
            return Some(n);
        }
    }
    n.kids().find_map(|kid| declaration(kid, place))
}
