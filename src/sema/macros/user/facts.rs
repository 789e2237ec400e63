//! Facts about symbols and types that macros ask for: sizes and offsets, owners, identities, the field behind a name.

use super::ask::{self, Questions};
use super::typetree::{exists, type_of};
use super::wire::{NO_NUMBER, Reader, Stands, Writer, symkind};
use crate::sema::lookup::Bound;
use crate::sema::program::Sema;
use crate::sema::symbols::{SymId, SymKind, Table};
use crate::sema::typed::ExprKind;
use crate::sema::types::{Type, TypeId, Types};
use crate::source::{Name, Place};

type Answer = Result<Vec<u8>, String>;

/// A node that is asked about: its name, type and what it stands for.
struct Asked {
    name: Name,
    ty: Option<TypeId>,
    stands: Option<Stands>,
}

impl Asked {
    fn read(sema: &Sema, r: &mut Reader<'_>) -> Option<Asked> {
        let name = Name::new(&String::from_utf8_lossy(r.text()?));
        let known = u32::try_from(r.number()?).ok()?.checked_sub(1).map(TypeId);
        let stands = Stands::of(r.number()?, name);
        let ty = match stands {
            Some(Stands::Type(ty)) => Some(ty),
            Some(Stands::Symbol(sym)) => type_of(sema, sym).or(known),
            Some(Stands::Typed(number)) => ask::typed_at(sema, number).map(|expr| expr.ty),
            _ => known,
        };
        let ty = ty.filter(|&ty| sema.types.is_known(ty));
        Some(Asked { name, ty, stands })
    }

    fn symbol(&self, sema: &Sema) -> Option<SymId> {
        match self.stands {
            Some(Stands::Symbol(sym)) if exists(sema, sym) => Some(sym),
            Some(Stands::Bound(bound)) => bound_symbol(sema, bound),
            _ => None,
        }
    }
}

/// What a name that is bound to a module means there, if that is a symbol of the module's own or one that it imports.
pub(super) fn bound_symbol(sema: &Sema, bound: Bound) -> Option<SymId> {
    let module = sema.modules.get(bound.module.0 as usize)?;
    let first = |table: &Table| table.get(&bound.name)?.first().copied();
    let imported = || {
        let imports = module.imports.iter();
        let imports = imports.filter(|i| !i.qualified_only && !i.except.contains(&bound.name));
        let mut found = imports.map(|i| first(&sema.modules[i.module.0 as usize].exports));
        found.find_map(|sym| sym)
    };
    first(&module.scope).or_else(imported)
}

pub(super) fn answer(
    sema: &Sema,
    questions: &mut Questions<'_>,
    what: u8,
    r: &mut Reader<'_>,
) -> Option<Answer> {
    let mode = r.number()?;
    let asked = Asked::read(sema, r)?;
    let mut w = Writer::new();
    match what {
        b's' => w.text(identity(sema, &asked).as_bytes()),
        b'z' => match measure(sema, questions, &asked, mode) {
            Some(value) => w.number(value),
            None => return Some(Err(format!("the size of '{}' is not known", asked.name))),
        },
        b'R' => effects(sema, questions, &asked, mode, &mut w),
        b'o' => owner(sema, questions, &asked, &mut w),
        _ => field(sema, &asked, &mut w),
    }
    Some(Ok(w.out))
}

/// A text that two symbols share only if they are the same, and two types only if these are.
fn identity(sema: &Sema, asked: &Asked) -> String {
    let module = |sym: SymId| sema.modules[sym.module().0 as usize].name.clone();
    match asked.symbol(sema).map(|sym| (sym, &sema.sym(sym).kind)) {
        Some((_, SymKind::Routine(head))) if head.id.is_some() => head
            .id
            .map_or_else(String::new, |id| sema.routine_identity(id).to_string()),
        Some((sym, SymKind::Routine(head))) => {
            let params: Vec<String> = head.params.iter().map(|p| sema.types.show(p.ty)).collect();
            format!("{}.{}({})", module(sym), head.name, params.join(","))
        }
        Some((_, SymKind::Type(ty))) => type_identity(&sema.types, *ty),
        Some((sym, _)) => format!("{}.{}", module(sym), asked.name),
        None => match asked.ty {
            Some(ty) => type_identity(&sema.types, ty),
            None => asked.name.to_string(),
        },
    }
}

fn type_identity(types: &Types, ty: TypeId) -> String {
    let nominal = match *types.get(ty) {
        Type::Ref(inner) | Type::Ptr(inner) => inner,
        _ => ty,
    };
    match types.get(nominal) {
        Type::Object(n) | Type::Enum(n) | Type::Distinct(n) => {
            format!("{} {}", types.show(ty), types.identity(*n))
        }
        _ => types.show(ty),
    }
}

/// Size (0), alignment (1), or offset (2).
fn measure(sema: &Sema, questions: &Questions<'_>, asked: &Asked, mode: u64) -> Option<u64> {
    if mode == 2 {
        let Some(Stands::Field(owner, at)) = asked.stands else {
            return None;
        };
        return (questions.layouts.offset)(&sema.types, owner, at as usize);
    }
    let mut ty = asked.ty?;
    if let Type::TypeDesc(inner) = *sema.types.get(ty) {
        ty = inner;
    }
    let (size, align) = (questions.layouts.size)(&sema.types, sema.types.bare(ty))?;
    Some(u64::from(if mode == 0 { size } else { align }))
}

/// What a routine raises (0), its tags (1), may it run on any thread (2), has it no side effect (3)?
fn effects(sema: &Sema, questions: &mut Questions<'_>, asked: &Asked, mode: u64, w: &mut Writer) {
    let routine = asked
        .symbol(sema)
        .and_then(|sym| match &sema.sym(sym).kind {
            SymKind::Routine(head) => head.id,
            _ => None,
        });
    let told = routine.map(|id| sema.told_effects(id)).unwrap_or_default();
    questions.looked_at.extend(told.asked);
    match mode {
        0 => effect_types(sema, &told.raises, w),
        1 => effect_types(sema, &told.tags, w),
        2 => w.number(told.gc_safe.into()),
        _ => w.number(told.no_side_effect.into()),
    }
}

fn effect_types(sema: &Sema, types: &[TypeId], w: &mut Writer) {
    let here = Place::default();
    w.kids(crate::syntax::tree::Kind::Bracket, types.len(), here);
    for &ty in types {
        let shown = sema.types.show(ty);
        w.symbol(&shown, symkind::TYPE, Stands::Type(ty), here, Some(ty));
    }
}

/// The symbol of the routine or module that a symbol is declared in.
fn owner(sema: &Sema, questions: &Questions<'_>, asked: &Asked, w: &mut Writer) {
    let (here, stands) = (Place::default(), Stands::Fresh(NO_NUMBER));
    let Some(sym) = asked.symbol(sema) else {
        if let Some(Stands::Field(ty, _)) = asked.stands {
            let name = sema.types.show(ty);
            return w.symbol(&name, symkind::TYPE, Stands::Type(ty), here, Some(ty));
        }
        return w.nil(here);
    };
    let module = &sema.modules[sym.module().0 as usize].name;
    let module = module.rsplit(['/', '.']).next().unwrap_or(module);
    let routine = match sema.sym(sym).kind {
        SymKind::Local { depth, .. } => questions.frames.get(depth),
        _ => None,
    };
    // An identity is `module.outer.name(parameters)`.
    let routine = routine.and_then(|identity| {
        let (head, _) = identity.split_once('(')?;
        head.rsplit('.').next()
    });
    match routine {
        Some(name) => w.symbol(name, symkind::PROC, stands, here, None),
        None => w.symbol(module, symkind::MODULE, stands, here, None),
    }
}

/// The object and the field that a name stands for, as those that `fieldPairs` declares do.
fn field(sema: &Sema, asked: &Asked, w: &mut Writer) {
    let here = Place::default();
    let found = asked
        .symbol(sema)
        .and_then(|sym| match &sema.sym(sym).kind {
            SymKind::Alias(expr) => match &expr.kind {
                ExprKind::Field { object, field, .. } => {
                    let (_, body) = sema.types.object(object.ty)?;
                    Some((object.ty, body.fields.get(*field)?.name))
                }
                _ => None,
            },
            _ => None,
        });
    let Some((ty, name)) = found else {
        return w.nil(here);
    };
    w.kids(crate::syntax::tree::Kind::DotExpr, 2, here);
    let shown = sema.types.show(ty);
    w.symbol(&shown, symkind::TYPE, Stands::Type(ty), here, Some(ty));
    w.ident(name.as_str(), here);
}
