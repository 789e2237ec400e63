//! Writes an argument's tree as a macro sees it: as it was written, or with what the checker knows of it.

use super::kinds;
use super::quote::hole_of;
use super::typing::Typing;
use super::wire::{FRESH_EACH_TIME, KIDS, NO_NUMBER, NOTHING, Stands, Writer, symkind};
use crate::sema::checker::Checker;
use crate::sema::foreign::Foreign;
use crate::sema::symbols::{SymId, SymKind};
use crate::sema::typed::ExprKind;
use crate::sema::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Base, Cursor, Data, Kind};

impl Checker<'_, '_> {
    /// What `NimSymKind` a symbol has.
    pub(in crate::sema) fn symbol_kind(&self, sym: SymId) -> u64 {
        use crate::sema::typed::LocalKind;
        match &self.s.sym(sym).kind {
            SymKind::Routine(head) => match head.kind {
                Kind::FuncDef => symkind::FUNC,
                Kind::MethodDef => symkind::METHOD,
                Kind::IteratorDef => symkind::ITERATOR,
                Kind::ConverterDef => symkind::CONVERTER,
                Kind::MacroDef => symkind::MACRO,
                Kind::TemplateDef => symkind::TEMPLATE,
                _ => symkind::PROC,
            },
            SymKind::Local { depth, id, .. } => {
                let local = self.frames.get(*depth);
                match local
                    .and_then(|f| f.locals.get(id.0 as usize))
                    .map(|l| l.kind)
                {
                    Some(LocalKind::Param) => symkind::PARAM,
                    Some(LocalKind::Let) => symkind::LET,
                    Some(LocalKind::For) => symkind::FOR_VAR,
                    Some(LocalKind::Result) => symkind::RESULT,
                    _ => symkind::VAR,
                }
            }
            SymKind::Global { id, .. } => match self.s.global(*id) {
                Some(global) if global.is_let => symkind::LET,
                _ => symkind::VAR,
            },
            SymKind::EnumConst { .. } => symkind::ENUM_FIELD,
            SymKind::Const(_) => symkind::CONST,
            SymKind::Module(_) => symkind::MODULE,
            SymKind::Alias(expr) if matches!(self.get(expr.ty), Type::TypeDesc(_)) => symkind::TYPE,
            SymKind::Alias(_) => symkind::PARAM,
            _ => symkind::TYPE,
        }
    }

    /// Writes an argument's tree. `typing` tells what is known of its nodes.
    pub(in crate::sema) fn write_tree(&self, w: &mut Writer, n: Cursor<'_>, typing: &Typing) {
        let (place, key) = (self.place(n), Typing::key(n));
        if let Some(&iterator) = typing.implied.get(&key) {
            w.kids(Kind::Call, 2, place);
            self.write_symbol(w, iterator, place, None);
        }
        if let Some(&ty) = typing.derefs.get(&key) {
            w.head(kinds::HIDDEN_DEREF, KIDS, place, Some(ty));
            w.number(1);
        }
        self.write_known(w, n, typing);
    }

    /// The same without what is hidden around it.
    pub(super) fn write_known(&self, w: &mut Writer, n: Cursor<'_>, typing: &Typing) {
        if self.write_value(w, n, typing) || self.write_instead(w, n, typing) {
            return;
        }
        let place = self.place(n);
        let ty = typing.types.get(&Typing::key(n)).copied();
        match n.kind() {
            Kind::Typed => return self.write_typed(w, n, ty),
            Kind::Sym => return self.write_bound(w, n, ty, typing),
            Kind::VarSection | Kind::LetSection if typing.whole.is_some() => {
                return self.write_section(w, n, typing);
            }
            _ => {}
        }
        match n.node().data {
            Data::None => w.head(kinds::number(n.kind()), NOTHING, place, ty),
            Data::Name(name) => match hole_of(name) {
                Some(hole) if w.fresh_after.is_some() => w.hole(hole, place),
                _ => self.write_name(w, name, place),
            },
            Data::Int(value, base) => w.int(n.kind(), (value, base), place, ty),
            Data::Float(value) => w.float(n.kind(), value, place, ty),
            Data::Text(_) => w.str(n.kind(), n.text().unwrap_or_default(), place, ty),
            Data::Foreign(_) => w.empty(place),
            Data::Kids { .. } => {
                let kind = match n.kind() {
                    Kind::BracketExpr if n.len() == 1 && ty.is_some() => Kind::DerefExpr,
                    kind => kind,
                };
                w.head(kinds::number(kind), KIDS, place, ty);
                w.number(n.len() as u64);
                for kid in n.kids() {
                    match typing.whole.is_some() && is_range_in(n, kid) {
                        true => self.write_range(w, kid, typing),
                        false => self.write_tree(w, kid, typing),
                    }
                }
            }
        }
    }

    /// What is a number, a text or a name that is known. Says whether the node is one.
    fn write_value(&self, w: &mut Writer, n: Cursor<'_>, typing: &Typing) -> bool {
        let (place, key) = (self.place(n), Typing::key(n));
        let ty = typing.types.get(&key).copied();
        match typing.values.get(&key) {
            Some((kind, ExprKind::Int(value))) => w.int(*kind, (*value, Base::Decimal), place, ty),
            Some((kind, ExprKind::Float(value))) => w.float(*kind, *value, place, ty),
            Some((kind, ExprKind::Str(text))) => w.str(*kind, text, place, ty),
            _ => {
                if typing.expansions.contains_key(&key) {
                    return false;
                }
                if let Some(&sym) = typing.symbols.get(&key) {
                    self.write_symbol(w, sym, place, ty);
                    return true;
                }
                let own = typing.own.get(&key).map(|&(kind, ty)| (kind, Some(ty)));
                let field = typing.fields.get(&key).map(|&ty| {
                    let ty = Some(ty).filter(|&ty| ty != TypeId::ERROR);
                    (symkind::FIELD, ty)
                });
                let (Some((kind, ty)), Some(name)) = (own.or(field), n.name()) else {
                    return false;
                };
                w.symbol(name.as_str(), kind, Stands::Fresh(NO_NUMBER), place, ty);
            }
        }
        true
    }

    /// What another tree stands for, now that it was checked. Says whether it does.
    fn write_instead(&self, w: &mut Writer, n: Cursor<'_>, typing: &Typing) -> bool {
        let key = Typing::key(n);
        let given = match (n.kind(), n.node().data) {
            (Kind::Typed, Data::Foreign(number)) => typing.given.get(&number),
            _ => None,
        };
        // A list of one statement is that statement, but where it is the argument.
        let is_inner = typing.whole.is_some_and(|whole| whole != key);
        if let Some(other) = typing.expansions.get(&key).or(given) {
            self.write_tree(w, other.cursor(), typing);
        } else if n.is(Kind::StmtList) && n.len() == 1 && is_inner {
            self.write_tree(w, n.kid(0), typing);
        } else if let Some(shape) = typing.calls.get(&key) {
            self.write_call(w, n, shape, typing);
        } else if typing.conversions.contains(&key) {
            let ty = typing.types.get(&key).copied();
            w.head(kinds::CONVERSION, KIDS, self.place(n), ty);
            w.number(2);
            let turned = n.is(Kind::DotExpr);
            self.write_tree(w, n.kid(usize::from(turned)), typing);
            self.write_tree(w, n.kid(usize::from(!turned)), typing);
        } else {
            return false;
        }
        true
    }

    /// A name that an expansion has bound.
    fn write_bound(&self, w: &mut Writer, n: Cursor<'_>, ty: Option<TypeId>, typing: &Typing) {
        let place = self.place(n);
        let Data::Foreign(number) = n.node().data else {
            return w.empty(place);
        };
        let Some(Foreign::Bound(bound)) = self.foreign_at(number) else {
            return w.empty(place);
        };
        let bound = *bound;
        match bound.exact {
            // A macro within the argument was given the name of what the argument declares.
            Some(sym) if typing.whole.is_some() && self.is_own(sym, typing) => {
                let stands = Stands::Fresh(NO_NUMBER);
                return w.symbol(bound.name.as_str(), symkind::UNKNOWN, stands, place, ty);
            }
            Some(sym) if self.is_symbol(sym, bound.name) => {
                return self.write_symbol(w, sym, place, ty);
            }
            _ => {}
        }
        let found = self.lookup_bound(bound);
        let Some(&first) = found.first() else {
            return w.ident(bound.name.as_str(), place);
        };
        let kind = self.symbol_kind(first);
        let is_routine = |&sym: &SymId| matches!(self.s.sym(sym).kind, SymKind::Routine(_));
        let several = found.len() > 1 && !bound.closed && found.iter().all(is_routine);
        if several {
            // Which of them is meant is open; two stand for all.
            w.choice(kinds::OPEN_CHOICE, 2, place);
            w.symbol(bound.name.as_str(), kind, Stands::Bound(bound), place, ty);
        }
        w.symbol(bound.name.as_str(), kind, Stands::Bound(bound), place, ty);
    }

    fn write_range(&self, w: &mut Writer, n: Cursor<'_>, typing: &Typing) {
        w.kids(Kind::Range, 2, self.place(n));
        self.write_tree(w, n.kid(1), typing);
        self.write_tree(w, n.kid(2), typing);
    }

    /// A name, which may be one that an expansion made up.
    fn write_name(&self, w: &mut Writer, name: Name, place: Place) {
        let made_up = name.as_str().split_once("`gensym");
        let number = made_up.and_then(|(_, number)| number.parse::<u32>().ok());
        match (made_up, number, w.fresh_after) {
            (Some((base, _)), Some(number), Some(after)) if number > after => {
                let number = FRESH_EACH_TIME + u64::from(number - after);
                w.raw_symbol(base, symkind::UNKNOWN, number, place);
            }
            _ => w.ident(name.as_str(), place),
        }
    }

    /// A symbol that a name of a typed argument means.
    pub(in crate::sema) fn write_symbol(
        &self,
        w: &mut Writer,
        sym: SymId,
        place: Place,
        ty: Option<TypeId>,
    ) {
        let name = self.s.sym(sym).name;
        let kind = self.symbol_kind(sym);
        let ty = ty.or_else(|| match &self.s.sym(sym).kind {
            SymKind::Type(ty) => Some(*ty),
            _ => None,
        });
        w.symbol(name.as_str(), kind, Stands::Symbol(sym), place, ty);
    }

    /// An expression that a template's expansion brings along.
    fn write_typed(&self, w: &mut Writer, n: Cursor<'_>, ty: Option<TypeId>) {
        let place = self.place(n);
        let (Data::Foreign(number), Some(expr)) = (n.node().data, self.typed_of(n)) else {
            return w.empty(place);
        };
        let given = ty;
        let ty = ty.or(Some(expr.ty));
        match (&expr.kind, self.get(expr.ty)) {
            (ExprKind::Int(value), Type::Int(_)) => {
                w.int(Kind::IntLit, (*value, Base::Decimal), place, ty)
            }
            (ExprKind::Int(value), Type::Char) => {
                w.int(Kind::CharLit, (*value, Base::Decimal), place, ty)
            }
            (ExprKind::Float(value), _) => w.float(Kind::FloatLit, *value, place, ty),
            (ExprKind::Nil, _) => w.nil(place),
            (ExprKind::Str(text), Type::String) => w.str(Kind::StrLit, text, place, ty),
            (ExprKind::Nop | ExprKind::TypeName(_), Type::TypeDesc(inner)) => {
                let name = self.s.types.show(*inner);
                let ty = given.or(Some(*inner));
                w.symbol(&name, symkind::TYPE, Stands::Type(*inner), place, ty);
            }
            _ => {
                let text = self.loader.text(expr.place);
                w.symbol(&text, symkind::UNKNOWN, Stands::Typed(number), place, ty);
            }
        }
    }
}

/// Is it a range of a label or a set, which is no call?
fn is_range_in(n: Cursor<'_>, kid: Cursor<'_>) -> bool {
    matches!(n.kind(), Kind::OfBranch | Kind::Curly)
        && kid.is(Kind::Infix)
        && kid.len() == 3
        && kid.kid(0).name().is_some_and(|name| name == "..")
}
