//! Implicit conversions, once it is known that one fits.

use super::checker::Checker;
use super::literal_text;
use super::relation::{Arg, Bindings, Rel};
use super::symbols::{SymId, SymKind, Syms};
use super::typed::{Expr, ExprKind};
use super::types::{CallConv, Type, TypeId};
use crate::source::Place;

impl Checker<'_, '_> {
    /// The conversion of `expr` to `target` that is implicit, or an error.
    pub(super) fn coerce(&mut self, expr: Expr, target: TypeId) -> Expr {
        let place = expr.place;
        self.coerce_at(place, expr, target)
    }

    /// The same, with the error somewhere else than at the expression.
    pub(super) fn coerce_at(&mut self, place: Place, expr: Expr, target: TypeId) -> Expr {
        if expr.ty == target || expr.ty == TypeId::ERROR || target == TypeId::ERROR {
            return expr;
        }
        let mut binds = Bindings::default();
        if self.relate(target, Arg::of(&expr), &mut binds).is_some() {
            return self.convert_implicitly(expr, target);
        }
        if let Some((converter, _)) = self.find_converter(target, &expr) {
            return self.call_converter(converter, expr, target);
        }
        self.mismatch_at(place, &expr, target);
        self.bad(expr.place)
    }

    /// Reports that `expr` is not of type `target`.
    pub(super) fn mismatch(&mut self, expr: &Expr, target: TypeId) {
        self.mismatch_at(expr.place, expr, target);
    }

    /// Reports it somewhere else than at the expression.
    pub(super) fn mismatch_at(&mut self, place: Place, expr: &Expr, target: TypeId) {
        let reason = self.broken_promise(expr, target).unwrap_or("");
        let (got, want) = (self.show_arg(expr), self.shown_wanted(target));
        let range = matches!(
            self.get(target),
            Type::Range { .. } | Type::FloatRange { .. }
        );
        let base = self.s.types.repr(target);
        let message = if range && self.fits_type(base, expr) {
            format!(
                "conversion from {got} to {} is invalid",
                self.s.types.show(target)
            )
        } else {
            let text = match expr.kind {
                // What is computed here already is shown as its value.
                ExprKind::Int(number)
                    if got == format!("int literal({number})")
                        && !literal_text::is_number(&self.loader.text(expr.place)) =>
                {
                    number.to_string()
                }
                _ => self.shown_text(expr.place),
            };
            format!("type mismatch: got '{got}' for '{text}' but expected '{want}'{reason}")
        };
        self.error(place, message);
    }

    /// An expression's type as messages show it.
    pub(super) fn show_arg(&self, expr: &Expr) -> String {
        match &expr.kind {
            ExprKind::Int(value) if expr.ty == TypeId::INT => format!("int literal({value})"),
            ExprKind::Float(_) if expr.ty == TypeId::FLOAT => "float64".into(),
            _ => self.shown_type(expr),
        }
    }

    /// Makes the conversion that [`Checker::relate`] allowed.
    pub(super) fn convert_implicitly(&mut self, expr: Expr, target: TypeId) -> Expr {
        let target = match *self.get(target) {
            Type::Sink(inner) | Type::Lent(inner) => inner,
            Type::Varargs(elem) => self.intern(Type::OpenArray(elem)),
            _ => target,
        };
        if expr.ty == target || matches!(self.get(target), Type::Typed | Type::Untyped) {
            return expr;
        }
        let place = expr.place;
        let repr = self.s.types.repr(target);
        match (self.get(repr).clone(), expr.kind) {
            (Type::Int(_) | Type::Enum(_) | Type::Bool | Type::Char, ExprKind::Int(value)) => {
                self.make(ExprKind::Int(value), target, place)
            }
            (Type::Float(size), ExprKind::Int(value)) => {
                let value = if size == 4 {
                    f64::from(value as f32)
                } else {
                    value as f64
                };
                self.make(ExprKind::Float(value), target, place)
            }
            (Type::Float(4), ExprKind::Float(value)) => {
                self.make(ExprKind::Float(f64::from(value as f32)), target, place)
            }
            (Type::Float(_), ExprKind::Float(value)) => {
                self.make(ExprKind::Float(value), target, place)
            }
            (Type::CString, ExprKind::Str(text)) => self.make(ExprKind::Str(text), target, place),
            (_, ExprKind::Nil) => self.make(ExprKind::Nil, target, place),
            (Type::Seq(elem), ExprKind::Array(elems))
                if matches!(self.get(expr.ty), Type::Seq(_) | Type::Empty) =>
            {
                let elems = elems.into_iter().map(|e| self.coerce(e, elem)).collect();
                self.make(ExprKind::Array(elems), target, place)
            }
            (Type::Array { elem, .. }, ExprKind::Array(elems)) => {
                let elems = elems.into_iter().map(|e| self.coerce(e, elem)).collect();
                self.make(ExprKind::Array(elems), target, place)
            }
            (Type::OpenArray(elem), ExprKind::Array(elems)) => {
                self.array_to_open(elem, elems, expr.ty, target, place)
            }
            (Type::Set(elem), ExprKind::Set(elems)) => {
                let elems = elems
                    .into_iter()
                    .map(|(lo, hi)| (self.coerce(lo, elem), hi.map(|hi| self.coerce(hi, elem))))
                    .collect();
                self.make(ExprKind::Set(elems), target, place)
            }
            (Type::Tuple(fields), ExprKind::Tuple(elems)) if fields.len() == elems.len() => {
                let elems = fields
                    .into_iter()
                    .zip(elems)
                    .map(|((_, ty), e)| self.coerce(e, ty))
                    .collect();
                self.make(ExprKind::Tuple(elems), target, place)
            }
            (Type::Proc(want), ExprKind::Routine(id)) if want.conv == CallConv::Closure => {
                let value = Box::new(self.make(ExprKind::Routine(id), expr.ty, place));
                self.make(
                    ExprKind::Convert {
                        value,
                        checked: false,
                    },
                    target,
                    place,
                )
            }
            // `if` and `case` as values: the branches are converted, so that literals in them stay literals.
            (_, kind) => {
                let value = self.make(kind, expr.ty, place);
                self.conversion(value, target)
            }
        }
    }

    pub(super) fn array_to_open(
        &mut self,
        elem: TypeId,
        elems: Vec<Expr>,
        from: TypeId,
        target: TypeId,
        place: Place,
    ) -> Expr {
        let len = elems.len() as i64;
        let elems: Vec<Expr> = elems.into_iter().map(|e| self.coerce(e, elem)).collect();
        let is_seq = matches!(self.get(from), Type::Seq(_));
        let ty = if is_seq {
            self.intern(Type::Seq(elem))
        } else {
            let index = self.intern(Type::Range {
                base: TypeId::INT,
                lo: 0,
                hi: len - 1,
            });
            self.intern(Type::Array { index, elem })
        };
        let value = Box::new(self.make(ExprKind::Array(elems), ty, place));
        self.make(
            ExprKind::Convert {
                value,
                checked: false,
            },
            target,
            place,
        )
    }

    /// A conversion node, unless the types are the same.
    pub(super) fn conversion(&mut self, value: Expr, target: TypeId) -> Expr {
        if value.ty == target {
            return value;
        }
        let place = value.place;
        let checked = self.checks.range;
        self.make(
            ExprKind::Convert {
                value: Box::new(value),
                checked,
            },
            target,
            place,
        )
    }

    /// A converter in sight that takes `expr` to `target`.
    pub(super) fn find_converter(
        &mut self,
        target: TypeId,
        expr: &Expr,
    ) -> Option<(SymId, TypeId)> {
        if matches!(expr.ty, TypeId::NIL | TypeId::EMPTY | TypeId::VOID) {
            return None;
        }
        for sym in self.converters_in_sight() {
            let SymKind::Routine(routine) = self.s.sym(sym).kind.clone() else {
                continue;
            };
            let Some(param) = routine.params.first() else {
                continue;
            };
            if self.frames.iter().any(|frame| Some(frame.id) == routine.id) {
                // It converts once its body has been read.
                continue;
            }
            // A type is no value, and elements are only lent: a converter of anything takes neither.
            let is_bound = matches!(
                self.get(self.s.types.bare(expr.ty)),
                Type::TypeDesc(_) | Type::OpenArray(_) | Type::Varargs(_)
            );
            if is_bound && matches!(self.get(self.s.types.bare(param.ty)), Type::Param(_)) {
                continue;
            }
            let mut binds = Bindings::default();
            let Some(rel) = self.relate(param.ty, Arg::of(expr), &mut binds) else {
                continue;
            };
            if rel < Rel::Subtype {
                continue;
            }
            // What it would give may not exist for this argument.
            let mark = self.run.diagnostics.len();
            let ret = self.substitute(routine.ret, &binds);
            if self.run.diagnostics.len() > mark {
                self.run.diagnostics.truncate(mark);
                continue;
            }
            let mut target_binds = Bindings::default();
            if self
                .relate(target, Arg::ty(ret), &mut target_binds)
                .is_some_and(|rel| rel >= Rel::Subtype)
            {
                return Some((sym, ret));
            }
        }
        None
    }

    pub(super) fn converters_in_sight(&self) -> Vec<SymId> {
        let converters: Syms = self.known_converters().flatten().copied().collect();
        self.visible(&converters).into_vec()
    }

    /// Is there any? Asked for every argument that does not fit.
    pub(super) fn sees_converters(&self) -> bool {
        self.known_converters()
            .any(|converters| !converters.is_empty())
    }

    /// Those of the modules that can be seen from here, also what stands further down.
    fn known_converters(&self) -> impl Iterator<Item = &Vec<SymId>> {
        let modules = std::iter::once(self.env.module).chain(self.env.outer);
        modules.flat_map(|module| {
            let data = &self.s.modules[module.0 as usize];
            let imports = data.imports.iter().filter(|i| !i.qualified_only);
            let imported = imports.map(|i| &self.s.modules[i.module.0 as usize].converters);
            std::iter::once(&data.converters).chain(imported)
        })
    }
}
