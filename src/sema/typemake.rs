//! Types that are written out: arrays, sets, ranges, tuples, procs, classes.

use std::sync::Arc;

use super::checker::Checker;
use super::symbols::TypeMaker;
use super::typed::{Declared, ExprKind};
use super::typeexpr::simple_name;
use super::types::{CallConv, Class, ProcType, StaticKey, Type, TypeId};
use crate::source::Place;
use crate::syntax::tree::{Cursor, Kind};

/// What the pragmas of a proc type say.
struct ProcTypePragmas {
    conv: CallConv,
    varargs: bool,
    effects: Declared,
}

impl Checker<'_, '_> {
    pub(super) fn make_type(&mut self, maker: TypeMaker, n: Cursor<'_>) -> TypeId {
        let place = self.place(n);
        let wanted = if maker == TypeMaker::Array { 2 } else { 1 };
        let given = n.len() - 1;
        if given != wanted
            && !(maker == TypeMaker::Varargs && given == 2)
            && maker != TypeMaker::Tuple
        {
            let name = n.get(0).and_then(simple_name);
            let message = match maker {
                TypeMaker::Array => "array expects two type parameters".to_owned(),
                _ => format!(
                    "'{}' expects one type parameter",
                    name.as_ref().map_or("?", |name| name.as_str())
                ),
            };
            self.error(place, message);
            return TypeId::ERROR;
        }
        if maker == TypeMaker::Array {
            let index = self.index_type(n.kid(1));
            let elem = self.type_expr(n.kid(2));
            return if elem == TypeId::ERROR || index == TypeId::ERROR {
                TypeId::ERROR
            } else {
                self.intern(Type::Array { index, elem })
            };
        }
        if maker == TypeMaker::Range {
            return self.range_type(n.kid(1));
        }
        if maker == TypeMaker::Tuple {
            return self.tuple_type(n);
        }
        let arg = self.type_expr(n.kid(1));
        if arg == TypeId::ERROR {
            return arg;
        }
        let ty = match maker {
            TypeMaker::Seq => Type::Seq(arg),
            TypeMaker::Set => {
                self.check_set_element(arg, place);
                Type::Set(arg)
            }
            TypeMaker::OpenArray => Type::OpenArray(arg),
            TypeMaker::Varargs => Type::Varargs(arg),
            TypeMaker::UncheckedArray => Type::UncheckedArray(arg),
            TypeMaker::TypeDesc => Type::TypeDesc(arg),
            TypeMaker::Iterable => Type::Iterable(arg),
            TypeMaker::Sink => Type::Sink(arg),
            TypeMaker::Lent => Type::Lent(arg),
            TypeMaker::Static => Type::StaticValue(arg, StaticKey::Other("?".into())),
            TypeMaker::Ref => Type::Ref(arg),
            TypeMaker::Ptr => Type::Ptr(arg),
            TypeMaker::Var => Type::Var(arg),
            TypeMaker::Owned => return arg,
            TypeMaker::Ordinal => return self.kind_class("ordinal"),
            TypeMaker::Array | TypeMaker::Range | TypeMaker::Tuple | TypeMaker::Proc => {
                return TypeId::ERROR;
            }
        };
        self.intern(ty)
    }

    pub(super) fn check_set_element(&mut self, elem: TypeId, place: Place) {
        if self.generic(elem) {
            return;
        }
        match self.s.types.ordinal_range(elem) {
            Some((lo, hi)) if hi - lo < 65536 => {}
            Some(_) => self.error(
                place,
                "set is too large; use `std/sets` for ordinal types with more than 2^16 elements",
            ),
            None => self.error(
                place,
                format!(
                    "ordinal type expected, but got '{}'",
                    self.s.types.show(elem)
                ),
            ),
        }
    }

    /// `lo..hi` or the name of an ordinal type, or a length.
    pub(super) fn index_type(&mut self, n: Cursor<'_>) -> TypeId {
        if self.is_range(n) {
            return self.range_type(n);
        }
        if self.denotes_type(n) {
            let ty = self.type_expr(n);
            if let Type::StaticValue(_, StaticKey::Int(len)) = *self.get(ty) {
                return self.intern(Type::Range {
                    base: TypeId::INT,
                    lo: 0,
                    hi: len - 1,
                });
            }
            let ordinal = self.s.types.ordinal_range(ty).is_some() && !self.s.types.has_holes(ty);
            if ty != TypeId::ERROR && !self.generic(ty) && !ordinal {
                self.error(
                    self.place(n),
                    format!("ordinal type expected, but got '{}'", self.s.types.show(ty)),
                );
                return TypeId::ERROR;
            }
            return ty;
        }
        let expr = self.const_expr(n, None);
        match expr.kind {
            ExprKind::Int(len) if len >= 0 => self.intern(Type::Range {
                base: TypeId::INT,
                lo: 0,
                hi: len - 1,
            }),
            ExprKind::Int(len) => {
                let message = format!("Array length can't be negative, but was {len}");
                self.error(expr.place, message);
                TypeId::ERROR
            }
            _ => {
                if expr.ty != TypeId::ERROR {
                    let shown = self.s.types.show(expr.ty);
                    let message = format!("ordinal type expected, but got '{shown}'");
                    self.error(expr.place, message);
                }
                TypeId::ERROR
            }
        }
    }

    pub(super) fn range_type(&mut self, n: Cursor<'_>) -> TypeId {
        let place = self.place(n);
        if !self.is_range(n) {
            if self.denotes_type(n) {
                return self.type_expr(n);
            }
            self.error(place, "expected range");
            return TypeId::ERROR;
        }
        let (lo, hi) = (n.kid(n.len() - 2), n.kid(n.len() - 1));
        let below = n.len() == 3 && n.kid(0).name().is_some_and(|op| op == "..<");
        let lo = self.const_expr(lo, None);
        let hi = self.const_expr(hi, Some(lo.ty));
        // The wider of the two decides, so that `0..high(int64)` is of `int64`.
        let base = if lo.ty == TypeId::INT { hi.ty } else { lo.ty };
        match (&lo.kind, &hi.kind) {
            (&ExprKind::Int(lo), &ExprKind::Int(hi)) => {
                let hi = hi.saturating_sub(i64::from(below));
                if self.s.types.has_holes(base) {
                    let shown = self.s.types.show(base);
                    let message = format!("ordinal or float type expected, but got '{shown}'");
                    self.error(place, message);
                    return TypeId::ERROR;
                }
                if hi < lo.saturating_sub(1) {
                    self.error(place, "range is empty");
                    return TypeId::ERROR;
                }
                let base = match *self.get(base) {
                    Type::Range { base, .. } => base,
                    _ => base,
                };
                self.intern(Type::Range { base, lo, hi })
            }
            (&ExprKind::Float(lo), &ExprKind::Float(hi)) => self.intern(Type::FloatRange {
                base: TypeId::FLOAT,
                lo: lo.to_bits(),
                hi: hi.to_bits(),
            }),
            _ => {
                if lo.ty != TypeId::ERROR && hi.ty != TypeId::ERROR {
                    let shown = self.s.types.show(lo.ty);
                    let message = format!("ordinal or float type expected, but got '{shown}'");
                    self.error(place, message);
                }
                TypeId::ERROR
            }
        }
    }

    pub(super) fn tuple_type(&mut self, n: Cursor<'_>) -> TypeId {
        let mut fields = Vec::new();
        for def in n.kids() {
            if !matches!(def.kind(), Kind::IdentDefs) {
                continue;
            }
            let ty = self.type_expr(def.def_type());
            for name in def.def_names() {
                let field = simple_name(name).or_else(|| self.bound_name(name));
                if let Some(known) = field
                    && fields.iter().any(|&(other, _)| other == field)
                {
                    self.error(self.place(name), format!("attempt to redefine: '{known}'"));
                }
                fields.push((field, ty));
            }
        }
        self.intern(Type::Tuple(fields))
    }

    /// The type of a proc type's parameters, and what they are when a call leaves them out, if that is a constant.
    fn proc_type_param(&mut self, def: Cursor<'_>) -> (TypeId, Option<TypeId>) {
        let (ty_node, default) = (def.def_type(), def.last());
        let declared = (!ty_node.is_empty()).then(|| self.type_expr(ty_node));
        if default.is_empty() {
            return (declared.unwrap_or(TypeId::ERROR), None);
        }
        let value = match declared {
            Some(ty) if self.generic(ty) => return (ty, None),
            Some(ty) => self.expr_of(default, ty),
            None => self.expr(default, None),
        };
        let ty = declared.unwrap_or(value.ty);
        (ty, self.static_value(&value, ty))
    }

    /// One entry of a proc type's pragmas; a name that `{.pragma: name, ….}` declared stands for several.
    fn proc_type_pragma(&mut self, says: &mut ProcTypePragmas, entry: Cursor<'_>, depth: u32) {
        let Some(word) = super::pragma::name_of(entry) else {
            return;
        };
        if depth < 8
            && let Some(entries) = self.user_pragmas.get(&word).cloned()
        {
            for entry in &entries {
                self.proc_type_pragma(says, entry.cursor(), depth + 1);
            }
            return;
        }
        match word.as_str() {
            "nimcall" | "fastcall" | "inline" => says.conv = CallConv::Nimcall,
            "closure" => says.conv = CallConv::Closure,
            "cdecl" | "stdcall" | "syscall" | "noconv" | "safecall" => says.conv = CallConv::C,
            "varargs" => says.varargs = true,
            _ => {
                self.effect_pragma(word, entry, &mut says.effects);
            }
        }
    }

    pub(super) fn proc_type(&mut self, n: Cursor<'_>, iterator: bool) -> TypeId {
        if n.len() == 0 || n.kid(0).is_empty() {
            return self.kind_class(if iterator { "iterator" } else { "proc" });
        }
        let (params_node, pragma) = (n.kid(0), n.get(1));
        let mut params = Vec::new();
        let mut defaults = Vec::new();
        for def in params_node.kids().skip(1) {
            let (ty, default) = self.proc_type_param(def);
            params.extend(std::iter::repeat_n(ty, def.len() - 2));
            defaults.extend(std::iter::repeat_n(default, def.len() - 2));
        }
        let ret = params_node
            .get(0)
            .map_or(TypeId::VOID, |ret| self.type_expr(ret));
        let mut says = ProcTypePragmas {
            conv: CallConv::Closure,
            varargs: false,
            effects: Declared::default(),
        };
        for entry in pragma.into_iter().flat_map(|p| p.kids()) {
            self.proc_type_pragma(&mut says, entry, 0);
        }
        let effects = says.effects;
        let ty = self.intern(Type::Proc(Arc::new(ProcType {
            params,
            ret,
            conv: says.conv,
            iterator,
            varargs: says.varargs,
            effects: (effects != Declared::default()).then(|| Arc::new(effects)),
            defaults: defaults
                .iter()
                .any(Option::is_some)
                .then(|| defaults.into()),
        })));
        let groups = params_node.kids().skip(1);
        let names = groups.flat_map(|def| def.def_names());
        let names: Vec<_> = names.filter_map(simple_name).collect();
        self.s.types.name_proc_params(ty, names.into_iter());
        ty
    }

    pub(super) fn type_infix(&mut self, n: Cursor<'_>) -> TypeId {
        let op = self.bound_name(n.kid(0)).map_or("", |op| op.as_str());
        match op {
            "or" | "|" | "and" => {
                let parts = vec![self.type_expr(n.kid(1)), self.type_expr(n.kid(2))];
                let class = if op == "and" {
                    Class::And(parts)
                } else {
                    Class::Or(self.flat_or(parts))
                };
                self.intern(Type::Class(Arc::new(class)))
            }
            ".." => self.range_type(n),
            "not" if n.kid(2).is(Kind::NilLit) => {
                self.unsupported(self.place(n), "the annotation 'not nil'");
                TypeId::ERROR
            }
            _ if self.is_arrow_type(n) => self.arrow_type(n),
            _ => self.type_of_expr(n),
        }
    }

    pub(super) fn flat_or(&self, parts: Vec<TypeId>) -> Vec<TypeId> {
        let mut flat = Vec::new();
        for part in parts {
            match self.get(part) {
                Type::Class(class) if matches!(**class, Class::Or(_)) => {
                    if let Class::Or(inner) = &**class {
                        flat.extend(inner);
                    }
                }
                _ => flat.push(part),
            }
        }
        flat
    }

    pub(super) fn type_prefix(&mut self, n: Cursor<'_>) -> TypeId {
        let op = self.bound_name(n.kid(0)).map_or("", |op| op.as_str());
        match op {
            "not" => {
                let inner = self.type_expr(n.kid(1));
                self.intern(Type::Class(Arc::new(Class::Not(inner))))
            }
            "ref" => self.pointer_type_of(n.kid(1), Type::Ref),
            "ptr" => self.pointer_type_of(n.kid(1), Type::Ptr),
            _ => self.type_of_expr(n),
        }
    }

    pub(super) fn pointer_type_of(&mut self, n: Cursor<'_>, make: fn(TypeId) -> Type) -> TypeId {
        let inner = self.type_expr(n);
        if inner == TypeId::ERROR {
            inner
        } else {
            self.intern(make(inner))
        }
    }

    /// A type given by an expression: `typeof(x)`, a template that gives a type.
    pub(super) fn type_of_expr(&mut self, n: Cursor<'_>) -> TypeId {
        if matches!(n.kind(), Kind::AccTypeof) {
            let expr = self.expr_quiet(n.kid(0));
            return self.type_as_value(expr.ty);
        }
        if let (Kind::Call | Kind::Command, 2) = (n.kind(), n.len())
            && self.bound_name(n.kid(0)).is_some_and(|name| {
                name == "sink" || name == "lent" || name == "owned" || name == "static"
            })
        {
            let arg = self.type_expr(n.kid(1));
            return match self.bound_name(n.kid(0)).map_or("", |name| name.as_str()) {
                "sink" => self.intern(Type::Sink(arg)),
                "lent" => self.intern(Type::Lent(arg)),
                "static" => self.intern(Type::StaticValue(arg, StaticKey::Other("?".into()))),
                _ => arg,
            };
        }
        let expr = self.expr(n, None);
        match *self.get(expr.ty) {
            Type::TypeDesc(inner) => inner,
            Type::Error => TypeId::ERROR,
            _ => {
                if let Some(value) = self.static_value(&expr, expr.ty) {
                    return value;
                }
                self.error(
                    expr.place,
                    format!(
                        "type expected, but got an expression of type '{}'",
                        self.s.types.show(expr.ty)
                    ),
                );
                TypeId::ERROR
            }
        }
    }
}
