//! Constructors of values: parentheses, tuples, arrays, sets, tables, ranges.

use super::checker::Checker;
use super::expr::is_statement;
use super::typed::{Expr, ExprKind};
use super::types::{Type, TypeId};
use crate::source::Name;
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    pub(super) fn par(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if n.len() == 1 && !n.kid(0).is(Kind::ExprColonExpr) {
            return self.expr(n.kid(0), want);
        }
        if n.len() > 1
            && !n.kids().any(|k| k.is(Kind::ExprColonExpr))
            && n.kids().any(|k| is_statement(k.kind()))
        {
            return self.block_value(n, want);
        }
        self.tuple(n, want)
    }

    pub(super) fn tuple(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let wanted = match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
            Some(Type::Tuple(fields)) if fields.len() == n.len() => Some(fields),
            _ => None,
        };
        if wanted.is_none() && n.len() > 0 && n.kids().all(|k| self.denotes_type(k)) {
            let ty = self.type_expr(n);
            return self.type_value(ty, place);
        }
        let named = n.get(0).is_some_and(|first| first.is(Kind::ExprColonExpr));
        let mut fields: Vec<(Option<Name>, TypeId)> = Vec::new();
        let mut values = Vec::new();
        for (i, kid) in n.kids().enumerate() {
            if kid.is(Kind::ExprColonExpr) != named {
                let message = match named {
                    true => "named expression expected",
                    false => "named expression not allowed here",
                };
                self.error(self.place(kid), message);
                return self.bad(place);
            }
            let (name, value) = if named {
                (
                    super::typeexpr::simple_name(kid.kid(0))
                        .or_else(|| self.bound_name(kid.kid(0))),
                    kid.kid(1),
                )
            } else {
                (None, kid)
            };
            if let Some(again) = name.filter(|_| fields.iter().any(|field| field.0 == name)) {
                let message = format!("field initialized twice: '{again}'");
                self.error(self.place(kid), message);
                return self.bad(place);
            }
            let want = wanted.as_ref().map(|fields| fields[i].1);
            let value = self.expr(value, want);
            let value = self.settle_enum(value, want);
            if !self.has_value(&value) {
                return self.bad(place);
            }
            let mut ty = self.s.types.bare(value.ty);
            if ty == TypeId::NIL
                && let Some(want) = want
            {
                ty = want;
            }
            fields.push((name, ty));
            values.push(value);
        }
        let ty = self.intern(Type::Tuple(fields));
        self.make(ExprKind::Tuple(values), ty, place)
    }

    pub(super) fn array(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let (wanted, index) = match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
            Some(Type::Array { elem, index }) => (Some(elem), Some(index)),
            Some(Type::Seq(elem) | Type::OpenArray(elem) | Type::Varargs(elem)) => {
                (Some(elem), None)
            }
            _ => (None, None),
        };
        if n.len() == 0 {
            let elem = wanted.unwrap_or(TypeId::EMPTY);
            let index = self.intern(Type::Range {
                base: TypeId::INT,
                lo: 0,
                hi: -1,
            });
            let ty = self.intern(Type::Array { index, elem });
            return self.make(ExprKind::Array(Vec::new()), ty, place);
        }
        let mut values = Vec::new();
        let mut keys: Option<(TypeId, i64)> = None;
        let mut elem = wanted.filter(|&e| !self.generic(e));
        for (i, kid) in n.kids().enumerate() {
            let (key, kid) = if kid.is(Kind::ExprColonExpr) {
                (Some(kid.kid(0)), kid.kid(1))
            } else {
                (None, kid)
            };
            if let Some(key) = key {
                let key = self.const_expr(key, index);
                match key.kind {
                    ExprKind::Int(at) if i == 0 => keys = Some((key.ty, at)),
                    ExprKind::Int(at) if keys.is_some_and(|(_, first)| first + i as i64 == at) => {}
                    _ => self.error(
                        key.place,
                        "array constructor's keys must be constant and in order",
                    ),
                }
            }
            let value = self.expr(kid, elem);
            let value = self.settle_enum(value, elem);
            if !self.has_value(&value) {
                return self.bad(place);
            }
            values.push(value);
            if elem.is_none() {
                elem = Some(self.s.types.bare(values[0].ty));
            }
        }
        let elem = match wanted.filter(|&e| !self.generic(e)) {
            Some(elem) if values.iter().all(|v| self.fits_type(elem, v)) => elem,
            _ => self.common_type(&values),
        };
        let values: Vec<Expr> = values.into_iter().map(|v| self.coerce(v, elem)).collect();
        let (base, lo) = keys.unwrap_or((TypeId::INT, 0));
        let hi = lo + values.len() as i64 - 1;
        let index_ty = match index {
            Some(index)
                if self.s.types.array_len_of(index) == Some(values.len() as u64)
                    && !self.generic(index) =>
            {
                index
            }
            _ => {
                let full =
                    self.s.types.ordinal_range(base) == Some((i128::from(lo), i128::from(hi)));
                if full {
                    base
                } else {
                    self.intern(Type::Range { base, lo, hi })
                }
            }
        };
        let ty = self.intern(Type::Array {
            index: index_ty,
            elem,
        });
        self.make(ExprKind::Array(values), ty, place)
    }

    pub(super) fn fits_type(&mut self, ty: TypeId, value: &Expr) -> bool {
        self.relate(ty, super::relation::Arg::of(value), &mut Default::default())
            .is_some()
    }

    /// The type that all values can be converted to: that of the first which works for all.
    pub(super) fn common_type(&mut self, values: &[Expr]) -> TypeId {
        let first = self.s.types.bare(values[0].ty);
        let mut best = first;
        for value in values {
            let ty = self.s.types.bare(value.ty);
            if matches!(ty, TypeId::NIL | TypeId::ERROR) || ty == best {
                continue;
            }
            let literal_int = matches!(value.kind, ExprKind::Int(_)) && ty == TypeId::INT;
            // The first may be a literal that adapts to a later value's type.
            let adapts = best == TypeId::INT
                && !matches!(self.get(self.s.types.repr(ty)), Type::Float(_))
                && values.iter().all(|v| {
                    v.ty == ty || (v.ty == TypeId::INT && matches!(v.kind, ExprKind::Int(_)))
                });
            let literal_first = matches!(values[0].kind, ExprKind::Int(_)) && first == TypeId::INT;
            let mixed = literal_first && matches!(self.get(self.s.types.repr(ty)), Type::Float(_));
            let fits = !literal_int
                && !mixed
                && (adapts || (!self.fits_type(best, value) && self.fits_type(ty, &values[0])));
            let is_base = match (self.object_of(best), self.object_of(ty)) {
                (Some(a), Some(b)) => self.derives(b, a).is_none() && self.derives(a, b).is_some(),
                _ => false,
            };
            if best == TypeId::NIL || fits || is_base {
                best = ty;
            }
        }
        // Where there is none, all are to be like the first.
        let misfit = values
            .iter()
            .find(|value| !self.fits_or_converts(best, value));
        if misfit.is_some() && !self.generic(first) {
            if let (&ExprKind::Int(value), TypeId::INT) = (&values[0].kind, first)
                && let Some(misfit) = values.iter().find(|v| !self.fits_or_converts(first, v))
            {
                let misfit = misfit.last_value();
                let (got, text) = (self.show_arg(misfit), self.shown_text(misfit.place));
                let message = format!(
                    "type mismatch: got '{got}' for '{text}' but expected 'int literal({value})'"
                );
                self.error(misfit.place, message);
                return TypeId::ERROR;
            }
            return first;
        }
        // Subranges widen to their base.
        match *self.get(best) {
            Type::Range { base, .. } if values.iter().any(|v| v.ty != best) => base,
            _ => best,
        }
    }

    fn fits_or_converts(&mut self, ty: TypeId, value: &Expr) -> bool {
        value.ty == TypeId::ERROR
            || self.never_returns(value)
            || self.fits_type(ty, value)
            || self.find_converter(ty, value).is_some()
    }

    /// The object type, directly or behind a `ref` or `ptr`.
    pub(super) fn object_of(&self, ty: TypeId) -> Option<TypeId> {
        match *self.get(self.s.types.bare(ty)) {
            Type::Object(_) => Some(self.s.types.bare(ty)),
            Type::Ref(inner) | Type::Ptr(inner) => {
                matches!(self.get(inner), Type::Object(_)).then_some(inner)
            }
            _ => None,
        }
    }

    pub(super) fn set_or_table(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let wanted = match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
            Some(Type::Set(elem)) if !self.generic(elem) => Some(elem),
            _ => None,
        };
        if n.len() == 0 {
            let ty = match wanted {
                Some(elem) => self.intern(Type::Set(elem)),
                None => match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
                    Some(Type::Array { .. }) => return self.array(n, want),
                    _ => TypeId::EMPTY,
                },
            };
            return self.make(ExprKind::Set(Vec::new()), ty, place);
        }
        let mut elems = Vec::new();
        let mut elem = wanted;
        for kid in n.kids() {
            if self.is_range(kid) {
                let lo = self.expr(kid.kid(kid.len() - 2), elem);
                let lo = self.settle_enum(lo, elem);
                elem = elem.or(Some(lo.ty));
                let hi = self.expr(kid.kid(kid.len() - 1), elem);
                let hi = self.settle_enum(hi, elem);
                elems.push((lo, Some(hi)));
            } else {
                let value = self.expr(kid, elem);
                let value = self.settle_enum(value, elem);
                elem = elem.or(Some(value.ty));
                elems.push((value, None));
            }
        }
        let elem = match wanted {
            Some(elem) => elem,
            None => self.set_element(&elems),
        };
        if self.s.types.ordinal_range(elem).is_none() {
            if elem != TypeId::ERROR {
                self.error(
                    place,
                    format!(
                        "ordinal type expected, but got '{}'",
                        self.s.types.show(elem)
                    ),
                );
            }
            return self.bad(place);
        }
        let elems = elems
            .into_iter()
            .map(|(lo, hi)| (self.coerce(lo, elem), hi.map(|hi| self.coerce(hi, elem))))
            .collect();
        let ty = self.intern(Type::Set(elem));
        self.make(ExprKind::Set(elems), ty, place)
    }

    /// The element type of a set of integer literals is a range that Nim chooses: 0..65535 around them.
    pub(super) fn set_element(&mut self, elems: &[(Expr, Option<Expr>)]) -> TypeId {
        let ty = self.s.types.bare(elems[0].0.ty);
        if matches!(self.get(ty), Type::Int(int) if int.size() > 2) {
            return self.intern(Type::Range {
                base: ty,
                lo: 0,
                hi: 65535,
            });
        }
        ty
    }

    pub(super) fn table(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        // `{a: b, c: d}` is an array of pairs.
        let place = self.place(n);
        let wanted = match want.map(|w| self.get(self.s.types.repr(w)).clone()) {
            Some(Type::Array { elem, .. } | Type::Seq(elem) | Type::OpenArray(elem)) => Some(elem),
            _ => None,
        };
        let pair = match wanted.map(|e| self.get(e).clone()) {
            Some(Type::Tuple(fields)) if fields.len() == 2 => Some((fields[0].1, fields[1].1)),
            _ => None,
        };
        let mut pairs: Vec<Expr> = Vec::new();
        for kid in n.kids() {
            if !kid.is(Kind::ExprColonExpr) {
                self.error(self.place(kid), "a pair 'key: value' was expected");
                return self.bad(place);
            }
            let key = self.expr(kid.kid(0), pair.map(|p| p.0).filter(|&t| !self.generic(t)));
            let value = self.expr(kid.kid(1), pair.map(|p| p.1).filter(|&t| !self.generic(t)));
            let ty = vec![
                (None, self.s.types.bare(key.ty)),
                (None, self.s.types.bare(value.ty)),
            ];
            let ty = self.intern(Type::Tuple(ty));
            let at = self.place(kid);
            pairs.push(self.make(ExprKind::Tuple(vec![key, value]), ty, at));
        }
        if pairs.is_empty() {
            let index = self.intern(Type::Range {
                base: TypeId::INT,
                lo: 0,
                hi: -1,
            });
            let ty = self.intern(Type::Array {
                index,
                elem: wanted.unwrap_or(TypeId::EMPTY),
            });
            return self.make(ExprKind::Array(Vec::new()), ty, place);
        }
        let elem = pairs[0].ty;
        let hi = pairs.len() as i64 - 1;
        let pairs = pairs.into_iter().map(|p| self.coerce(p, elem)).collect();
        let index = self.intern(Type::Range {
            base: TypeId::INT,
            lo: 0,
            hi,
        });
        let ty = self.intern(Type::Array { index, elem });
        self.make(ExprKind::Array(pairs), ty, place)
    }

    /// `lo .. hi` as a value is a call of `..`; as a `Range` node it stands in `case` labels and sets only.
    pub(super) fn range_expr(&mut self, n: Cursor<'_>) -> Expr {
        let place = self.place(n);
        let args = vec![self.expr(n.kid(0), None), self.expr(n.kid(1), None)];
        let syms = self.lookup(Name::new(".."));
        self.call_with(Name::new(".."), &syms, args, place)
    }
}
