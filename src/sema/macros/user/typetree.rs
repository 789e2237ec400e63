//! Types as trees: `getType`, `getTypeInst`, `getTypeImpl`, `typeKind`.
//!
//! A type under a name is a symbol, with the type in it, so that it can be asked on. What a type is made of is told one level at a
//! time.

use super::ask;
use super::facts::bound_symbol;
use super::wire::{NO_NUMBER, Reader, Stands, Writer, symkind};
use crate::sema::program::Sema;
use crate::sema::symbols::{RoutineSym, SymId, SymKind};
use crate::sema::types::{Field, IntTy, NominalBody, ObjectBody, StaticKey, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Base, Kind};

/// What is asked of a type.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    /// `getType`
    Plain,
    /// `getTypeInst`
    Instance,
    /// `getTypeImpl`
    Made,
}

type Answer = Result<Vec<u8>, String>;

/// Answers a question on the type of a node.
pub(super) fn answer(sema: &Sema, r: &mut Reader<'_>) -> Option<Answer> {
    let mode = r.number()?;
    let known = r.number()?;
    let name = Name::new(&String::from_utf8_lossy(r.text()?));
    let stands = match Stands::of(r.number()?, name) {
        Some(Stands::Bound(bound)) => bound_symbol(sema, bound).map(Stands::Symbol),
        stands => stands,
    };
    let known = u32::try_from(known).ok()?.checked_sub(1).map(TypeId);
    let known = known.filter(|&ty| sema.types.is_known(ty));
    let desc = known.filter(|&ty| matches!(sema.types.get(ty), Type::TypeDesc(_)));
    let ty = match stands {
        _ if desc.is_some() => desc,
        Some(Stands::Type(ty)) => Some(ty),
        Some(Stands::Symbol(sym)) => type_of(sema, sym).or(known),
        Some(Stands::Typed(number)) => ask::typed_at(sema, number).map(|expr| expr.ty),
        Some(Stands::Bound(_) | Stands::Fresh(_) | Stands::Field(..)) | None => known,
    };
    let routine = match stands {
        Some(Stands::Symbol(sym)) => routine_of(sema, sym),
        _ => None,
    };
    let mut w = Writer::new();
    let mut trees = Trees {
        sema,
        plain: !matches!(mode, 1 | 2),
        root: None,
        w: &mut w,
    };
    if mode == 3 {
        let kind = match (ty, routine) {
            (_, Some(_)) => PROC,
            (Some(ty), None) => trees.type_kind(ty),
            (None, None) => 0,
        };
        w.number(kind);
        return Some(Ok(w.out));
    }
    let mode = match mode {
        1 => Mode::Instance,
        2 => Mode::Made,
        _ => Mode::Plain,
    };
    if let Some(head) = routine {
        trees.routine(&head, mode);
        return Some(Ok(w.out));
    }
    let ty = ty.filter(|&ty| sema.types.is_known(ty));
    let Some(ty) = ty else {
        return Some(Err("node has no type".into()));
    };
    trees.tree(ty, mode);
    Some(Ok(w.out))
}

pub(super) fn exists(sema: &Sema, sym: SymId) -> bool {
    let module = sema.modules.get(sym.module().0 as usize);
    module.is_some_and(|module| sym.index() < module.syms.len())
}

pub(super) fn type_of(sema: &Sema, sym: SymId) -> Option<TypeId> {
    if !exists(sema, sym) {
        return None;
    }
    match &sema.sym(sym).kind {
        SymKind::Local { ty, .. } | SymKind::Global { ty, .. } => Some(*ty),
        SymKind::EnumConst { ty, .. } | SymKind::Type(ty) => Some(*ty),
        SymKind::Const(expr) | SymKind::Alias(expr) => Some(expr.ty),
        _ => None,
    }
}

fn routine_of(sema: &Sema, sym: SymId) -> Option<std::sync::Arc<RoutineSym>> {
    if !exists(sema, sym) {
        return None;
    }
    match &sema.sym(sym).kind {
        SymKind::Routine(head) => Some(head.clone()),
        _ => None,
    }
}

const PROC: u64 = 25;

struct Trees<'a> {
    sema: &'a Sema,
    /// The whole tree is what `getType` gives.
    plain: bool,
    /// The type of which the next node with parts is the root.
    root: Option<TypeId>,
    w: &'a mut Writer,
}

impl Trees<'_> {
    fn here() -> Place {
        Place::default()
    }

    fn get(&self, ty: TypeId) -> &Type {
        self.sema.types.get(ty)
    }

    /// A symbol for a type that has a name.
    fn named(&mut self, name: &str, ty: TypeId) {
        self.root = None;
        let (stands, here) = (Stands::Type(ty), Self::here());
        self.w.symbol(name, symkind::TYPE, stands, here, Some(ty));
    }

    fn kids(&mut self, kind: Kind, count: usize) {
        let root = self.root.take();
        self.w.typed_kids(kind, count, Self::here(), root);
    }

    fn empty(&mut self) {
        self.w.empty(Self::here());
    }

    fn word(&mut self, word: &str) {
        let stands = Stands::Fresh(NO_NUMBER);
        self.w
            .symbol(word, symkind::TYPE, stands, Self::here(), None);
    }

    /// `word[parts]`
    fn bracket(&mut self, word: &str, parts: &[TypeId]) {
        self.kids(Kind::BracketExpr, parts.len() + 1);
        self.word(word);
        for &part in parts {
            self.reference(part);
        }
    }

    /// A type where another one mentions it.
    fn reference(&mut self, ty: TypeId) {
        match (self.plain, self.get(ty)) {
            // `getType` shows by its name only what may lead to itself.
            (true, Type::Object(_)) => {
                let name = self.sema.types.show(ty);
                let bare = name.split('[').next().unwrap_or(&name).to_owned();
                self.named(&bare, ty);
            }
            (true, Type::Distinct(_)) | (false, _) => self.tree(ty, Mode::Instance),
            (true, _) => self.tree(ty, Mode::Plain),
        }
    }

    fn int(&mut self, value: i64) {
        self.w
            .int(Kind::IntLit, (value, Base::Decimal), Self::here(), None);
    }

    fn tree(&mut self, ty: TypeId, mode: Mode) {
        if mode == Mode::Instance
            && let Some(name) = self.sema.types.alias_name(ty)
        {
            return self.named(name.as_str(), ty);
        }
        self.root = Some(ty);
        match self.get(ty).clone() {
            Type::Enum(_) | Type::Object(_) | Type::Distinct(_) => self.nominal(ty, mode),
            Type::Range { lo, hi, .. } if mode == Mode::Plain => {
                self.kids(Kind::BracketExpr, 3);
                self.word("range");
                self.int(lo);
                self.int(hi);
            }
            Type::Range { lo, hi, .. } => {
                self.kids(Kind::BracketExpr, 2);
                self.word("range");
                self.kids(Kind::Infix, 3);
                self.w.ident("..", Self::here());
                self.int(lo);
                self.int(hi);
            }
            Type::Array { index, elem } => {
                self.kids(Kind::BracketExpr, 3);
                self.word("array");
                match (mode, self.get(index).clone()) {
                    (Mode::Plain, Type::Range { .. }) => self.tree(index, Mode::Plain),
                    (_, Type::Range { lo, hi, .. }) => {
                        self.kids(Kind::Infix, 3);
                        self.w.ident("..", Self::here());
                        self.int(lo);
                        self.int(hi);
                    }
                    _ => self.reference(index),
                }
                self.reference(elem);
            }
            Type::Set(elem) => self.bracket("set", &[elem]),
            Type::Seq(elem) => self.bracket("seq", &[elem]),
            Type::OpenArray(elem) => self.bracket("openArray", &[elem]),
            Type::Varargs(elem) => self.bracket("varargs", &[elem]),
            Type::UncheckedArray(elem) => self.bracket("UncheckedArray", &[elem]),
            Type::TypeDesc(inner) if mode == Mode::Plain => self.bracket("typeDesc", &[inner]),
            Type::TypeDesc(inner) => self.bracket("typeDesc", &[inner]),
            Type::Lent(inner) => self.bracket("lent", &[inner]),
            Type::Sink(inner) => self.bracket("sink", &[inner]),
            Type::Ref(inner) => self.pointer("ref", Kind::RefTy, ty, inner, mode),
            Type::Ptr(inner) => self.pointer("ptr", Kind::PtrTy, ty, inner, mode),
            Type::Var(inner) if mode == Mode::Plain => self.bracket("var", &[inner]),
            Type::Var(inner) => {
                self.kids(Kind::VarTy, 1);
                self.reference(inner);
            }
            Type::Tuple(fields) => self.tuple(ty, &fields, mode),
            Type::Proc(of) => {
                let params: Vec<(Name, TypeId)> = of
                    .params
                    .iter()
                    .enumerate()
                    .map(|(i, &param)| {
                        let name = self.sema.types.proc_param(ty, i);
                        let name = name.unwrap_or_else(|| Name::new(&format!("a{i}")));
                        (name, param)
                    })
                    .collect();
                self.proc(&params, of.ret, mode);
            }
            Type::Nil => self.named("nil", ty),
            Type::StaticValue(base, StaticKey::Int(value))
                if matches!(self.get(base), Type::Int(_)) =>
            {
                self.int(value);
            }
            _ => {
                let name = self.sema.types.show(ty);
                self.named(&name, ty);
            }
        }
    }

    fn pointer(&mut self, word: &str, kind: Kind, ty: TypeId, inner: TypeId, mode: Mode) {
        let declared = match self.get(inner) {
            Type::Object(n) => self.sema.types.def(*n).pointer > 0,
            _ => false,
        };
        match mode {
            Mode::Instance if declared => {
                let name = self.sema.types.show(ty);
                self.generic_name(&name, inner, ty);
            }
            Mode::Plain => {
                self.kids(Kind::BracketExpr, 2);
                self.word(word);
                self.object_name(inner);
            }
            Mode::Made | Mode::Instance => {
                self.kids(kind, 1);
                self.object_name(inner);
            }
        }
    }

    /// What a reference points to, which may have no name of its own.
    fn object_name(&mut self, inner: TypeId) {
        if let Type::Object(n) = self.get(inner) {
            let def = self.sema.types.def(*n);
            let name = match def.pointer > 0 {
                true => format!("{}:ObjectType", def.name),
                false => def.name.to_string(),
            };
            return self.generic_name(&name, inner, inner);
        }
        self.reference(inner);
    }

    /// A nominal type's name, with its arguments.
    fn generic_name(&mut self, shown: &str, nominal: TypeId, ty: TypeId) {
        let args = match self.get(nominal) {
            Type::Enum(n) | Type::Object(n) | Type::Distinct(n) => {
                self.sema.types.def(*n).args.clone()
            }
            _ => Vec::new(),
        };
        let bare = shown.split('[').next().unwrap_or(shown).to_owned();
        if args.is_empty() {
            return self.named(&bare, ty);
        }
        self.kids(Kind::BracketExpr, args.len() + 1);
        self.named(&bare, ty);
        for arg in args {
            self.reference(arg);
        }
    }

    fn nominal(&mut self, ty: TypeId, mode: Mode) {
        self.root = Some(ty);
        let def = match self.get(ty) {
            Type::Enum(n) | Type::Object(n) | Type::Distinct(n) => self.sema.types.def(*n).clone(),
            _ => return self.empty(),
        };
        if mode == Mode::Instance {
            return self.generic_name(def.name.as_str(), ty, ty);
        }
        match &def.body {
            NominalBody::Enum(body) => {
                self.kids(Kind::EnumTy, body.constants.len() + 1);
                self.empty();
                for constant in &body.constants {
                    let (stands, here) = (Stands::Fresh(NO_NUMBER), Self::here());
                    let name = constant.name.as_str();
                    self.w
                        .symbol(name, symkind::ENUM_FIELD, stands, here, Some(ty));
                }
            }
            NominalBody::Object(body) => self.object(ty, body, mode),
            NominalBody::Distinct(base) if mode == Mode::Plain => {
                self.bracket("distinct", &[*base])
            }
            NominalBody::Distinct(base) => {
                self.kids(Kind::DistinctTy, 1);
                self.reference(*base);
            }
            NominalBody::Pending => self.generic_name(def.name.as_str(), ty, ty),
        }
    }

    fn object(&mut self, owner: TypeId, body: &ObjectBody, mode: Mode) {
        self.kids(Kind::ObjectTy, 3);
        self.empty();
        match body.base {
            Some(base) if mode == Mode::Plain => self.reference(base),
            Some(base) => {
                self.kids(Kind::OfInherit, 1);
                self.reference(base);
            }
            None => self.empty(),
        }
        let members = members(body, None);
        if members.is_empty() {
            return self.empty();
        }
        self.kids(Kind::RecList, members.len());
        for at in members {
            self.member(owner, body, at, mode);
        }
    }

    /// A field of an object, with its branches if it is a discriminator.
    fn member(&mut self, owner: TypeId, body: &ObjectBody, at: usize, mode: Mode) {
        let field = &body.fields[at];
        if let Some(branches) = &field.branches {
            self.kids(Kind::RecCase, branches.len() + 1);
        }
        self.field(field.name, field.ty, Stands::Field(owner, at as u32), mode);
        for branch in field.branches.iter().flatten() {
            match branch.is_else {
                true => self.kids(Kind::Else, 1),
                false => self.kids(Kind::OfBranch, branch.ordinals.len() + 1),
            }
            let labels = branch.ordinals.iter().filter(|_| !branch.is_else);
            for &(first, last) in labels {
                if first != last {
                    self.kids(Kind::Range, 2);
                    self.int(first);
                }
                self.int(last);
            }
            let members = members(body, Some((at, &branch.ordinals)));
            if branch.listed || members.len() != 1 {
                self.kids(Kind::RecList, members.len());
            }
            for at in members {
                self.member(owner, body, at, mode);
            }
        }
    }

    fn field(&mut self, name: Name, ty: TypeId, stands: Stands, mode: Mode) {
        let here = Self::here();
        if mode == Mode::Plain {
            return self
                .w
                .symbol(name.as_str(), symkind::FIELD, stands, here, Some(ty));
        }
        self.kids(Kind::IdentDefs, 3);
        self.w
            .symbol(name.as_str(), symkind::FIELD, stands, here, Some(ty));
        self.reference(ty);
        self.empty();
    }

    fn tuple(&mut self, owner: TypeId, fields: &[(Option<Name>, TypeId)], mode: Mode) {
        if mode == Mode::Plain {
            let parts: Vec<TypeId> = fields.iter().map(|field| field.1).collect();
            return self.bracket("tuple", &parts);
        }
        let named = fields.iter().all(|field| field.0.is_some()) && !fields.is_empty();
        if !named {
            self.kids(Kind::TupleConstr, fields.len());
            for field in fields {
                self.reference(field.1);
            }
            return;
        }
        self.kids(Kind::TupleTy, fields.len());
        for (at, &(name, ty)) in fields.iter().enumerate() {
            let stands = Stands::Field(owner, at as u32);
            self.field(name.unwrap_or_else(|| Name::new("_")), ty, stands, mode);
        }
    }

    fn proc(&mut self, params: &[(Name, TypeId)], ret: TypeId, mode: Mode) {
        if mode == Mode::Plain {
            self.kids(Kind::BracketExpr, params.len() + 2);
            self.word("proc");
            self.reference(ret);
            for &(_, ty) in params {
                self.reference(ty);
            }
            return;
        }
        self.kids(Kind::ProcTy, 2);
        self.kids(Kind::FormalParams, params.len() + 1);
        match ret {
            TypeId::VOID => self.empty(),
            ret => self.reference(ret),
        }
        for &(name, ty) in params {
            self.kids(Kind::IdentDefs, 3);
            let (stands, here) = (Stands::Fresh(NO_NUMBER), Self::here());
            self.w
                .symbol(name.as_str(), symkind::PARAM, stands, here, Some(ty));
            self.reference(ty);
            self.empty();
        }
        self.empty();
    }

    fn routine(&mut self, head: &RoutineSym, mode: Mode) {
        let params: Vec<(Name, TypeId)> = head.params.iter().map(|p| (p.name, p.ty)).collect();
        self.proc(&params, head.ret, mode);
    }

    /// `NimTypeKind` by its order.
    fn type_kind(&self, ty: TypeId) -> u64 {
        match self.get(ty) {
            Type::Bool => 1,
            Type::Char => 2,
            Type::Nil => 5,
            Type::Untyped => 6,
            Type::TypeDesc(_) => 8,
            Type::Distinct(_) => 13,
            Type::Enum(_) => 14,
            Type::Array { .. } => 16,
            Type::Object(n) if !self.sema.types.def(*n).args.is_empty() => 11,
            Type::Object(_) => 17,
            Type::Tuple(_) => 18,
            Type::Set(_) => 19,
            Type::Range { .. } | Type::FloatRange { .. } => 20,
            Type::Ptr(_) => 21,
            Type::Ref(_) => 22,
            Type::Var(_) => 23,
            Type::Seq(_) => 24,
            Type::Proc(_) => PROC,
            Type::Pointer => 26,
            Type::OpenArray(_) => 27,
            Type::String => 28,
            Type::CString => 29,
            Type::Int(int) => match int {
                IntTy::Int => 31,
                IntTy::I8 => 32,
                IntTy::I16 => 33,
                IntTy::I32 => 34,
                IntTy::I64 => 35,
                IntTy::UInt => 40,
                IntTy::U8 => 41,
                IntTy::U16 => 42,
                IntTy::U32 => 43,
                IntTy::U64 => 44,
            },
            Type::Float(4) => 37,
            Type::Float(_) => 36,
            Type::Varargs(_) => 48,
            Type::UncheckedArray(_) => 49,
            Type::Void => 63,
            _ => 0,
        }
    }
}

/// The fields that stand directly in an object, or in a branch of the variant with this discriminator.
fn members(body: &ObjectBody, branch: Option<(usize, &Vec<(i64, i64)>)>) -> Vec<usize> {
    let stands = |field: &Field| match (&field.when, branch) {
        (None, None) => true,
        (Some((of, when)), Some((discriminator, ordinals))) => {
            *of == discriminator && when == ordinals
        }
        _ => false,
    };
    let fields = body.fields.iter().enumerate();
    fields
        .filter(|(_, field)| stands(field))
        .map(|(at, _)| at)
        .collect()
}
