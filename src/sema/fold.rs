//! Constant folding of built-in operations, and compile-time values in general.
//!
//! Folding covers scalars and strings, which is what array lengths, ranges, enum values and most `when` conditions need.
//! Everything else goes to the [`super::program::Evaluator`].

use std::sync::Arc;

use super::checker::Checker;
use super::expr::wrap;
use super::macros::Questions;
use super::magic::Magic;
use super::program::NoValue;
use super::relation::fits;
use super::typed::{Expr, ExprKind, LocalId, RoutineId};
use super::types::{IntTy, Type, TypeId};
use crate::source::Place;
use crate::syntax::tree::Cursor;

impl Checker<'_, '_> {
    /// An expression whose value must be known at compile time, as a constant tree.
    pub(super) fn const_expr(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        self.statically(|c| {
            // Variables in it are no globals, also at the top level.
            if c.at_top() {
                c.in_scratch_frame(|c| c.const_here(n, want))
            } else {
                c.const_here(n, want)
            }
        })
    }

    /// Checks what runs at compile time.
    pub(super) fn statically<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        self.static_depth += 1;
        let result = f(self);
        self.static_depth -= 1;
        result
    }

    fn const_here(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let expr = self.expr(n, want);
        let expr = self.settle_enum(expr, want);
        self.constant_of(expr)
    }

    /// The value of a checked expression at compile time.
    pub(super) fn constant_of(&mut self, expr: Expr) -> Expr {
        let place = expr.place;
        if expr.ty == TypeId::ERROR || self.is_const(&expr) {
            return expr;
        }
        if !self.has_value(&expr) {
            return self.bad(place);
        }
        let ty = expr.ty;
        match self.evaluate(&expr) {
            Ok(value) => Expr { ty, place, ..value },
            Err(why) => {
                self.no_value(why, place);
                self.bad(place)
            }
        }
    }

    /// Runs an expression of the current routine at compile time.
    pub(super) fn evaluate(&mut self, expr: &Expr) -> Result<Expr, NoValue> {
        let (parent, locals) = match self.frames.last() {
            Some(frame) => (frame.id, &frame.locals[..]),
            None => (RoutineId(u32::MAX), &[][..]),
        };
        if let Some((id, place)) = free_local(expr) {
            let name = locals
                .get(id.0 as usize)
                .map_or("", |local| local.name.as_str());
            return Err(NoValue {
                message: format!("cannot evaluate at compile time: {name}"),
                trace: vec![place],
                at: None,
            });
        }
        // It may call what waits to be checked.
        self.s.want_named(expr);
        self.s.check_wanted(self.loader, self.evaluator, self.run);
        let mut questions = Questions {
            loader: &mut *self.loader,
            gensyms: &mut self.gensyms,
            messages: Vec::new(),
            looked_at: Vec::new(),
            fatal: None,
            layouts: self.evaluator.layouts(),
            callsite: self.run.callsite.as_deref(),
            frames: self.frames.iter().map(|f| f.identity.clone()).collect(),
        };
        let value = self
            .evaluator
            .eval(self.s, expr, parent, locals, &mut questions);
        let Questions {
            messages,
            looked_at,
            fatal,
            ..
        } = questions;
        // Others may hold what their bodies were made into.
        self.s.executed.extend(looked_at);
        for message in messages {
            self.report(message);
        }
        match fatal {
            Some((place, message)) => Err(NoValue {
                message,
                trace: Vec::new(),
                at: Some(place),
            }),
            None => value,
        }
    }

    /// Reports what happened at compile time: in the innermost call that stands in the same file as the expression.
    pub(super) fn no_value(&mut self, why: NoValue, place: Place) {
        if let Some(at) = why.at {
            return self.error(at, why.message);
        }
        let (file, ..) = self.loader.line(place);
        let here = why
            .trace
            .iter()
            .rev()
            .copied()
            .find(|&at| self.loader.line(at).0 == file);
        self.error(here.unwrap_or(place), why.message);
    }

    /// A constant condition; an error counts as false.
    pub(super) fn const_bool(&mut self, n: Cursor<'_>) -> bool {
        let expr = self.const_expr(n, Some(TypeId::BOOL));
        match expr.kind {
            ExprKind::Int(value) if self.s.types.repr(expr.ty) == TypeId::BOOL => value != 0,
            _ => {
                if expr.ty != TypeId::ERROR {
                    self.mismatch(&expr, TypeId::BOOL);
                }
                false
            }
        }
    }

    /// Is it a constant tree?
    pub(super) fn is_const(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Str(_)
            | ExprKind::Nil
            | ExprKind::Const(_) => true,
            ExprKind::TypeName(_) => true,
            ExprKind::Nop => matches!(self.get(expr.ty), Type::TypeDesc(_)),
            ExprKind::Routine(id) => self.s.routine(*id).is_none_or(|r| r.parent.is_none()),
            ExprKind::Array(elems) | ExprKind::Tuple(elems) => {
                elems.iter().all(|e| self.is_const(e))
            }
            ExprKind::Object(fields) => {
                !matches!(self.get(expr.ty), Type::Ref(_))
                    && fields.iter().all(|(_, _, e)| self.is_const(e))
            }
            ExprKind::Set(elems) => elems
                .iter()
                .all(|(a, b)| self.is_const(a) && b.as_ref().is_none_or(|b| self.is_const(b))),
            ExprKind::Convert { value, .. } => {
                self.is_const(value)
                    && matches!(self.get(expr.ty), Type::Distinct(_))
                    && self.s.types.repr(expr.ty) == self.s.types.repr(value.ty)
            }
            _ => false,
        }
    }

    /// The constant behind an expression, looking through named constants.
    pub(super) fn constant<'e>(&self, expr: &'e Expr) -> Option<&'e ExprKind> {
        match &expr.kind {
            ExprKind::Const(inner) => self.constant(inner),
            kind @ (ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Str(_) | ExprKind::Nil) => {
                Some(kind)
            }
            _ => None,
        }
    }

    /// The value of a built-in operation on constants, if it can be told now. Overflow is left to run time.
    pub(super) fn fold(&self, magic: Magic, args: &[Expr], ty: TypeId) -> Option<ExprKind> {
        let values: Vec<&ExprKind> = args
            .iter()
            .map(|a| self.constant(a))
            .collect::<Option<_>>()?;
        match (&values[..], self.get(self.s.types.repr(ty))) {
            ([ExprKind::Int(a)], _) => self.fold_int_unary(magic, *a, args[0].ty, ty),
            ([ExprKind::Int(a), ExprKind::Int(b)], _) => {
                self.fold_int(magic, *a, *b, args[0].ty, ty)
            }
            ([ExprKind::Float(a)], _) => fold_float_unary(magic, *a),
            ([ExprKind::Float(a), ExprKind::Float(b)], _) => fold_float(
                magic,
                *a,
                *b,
                self.get(self.s.types.repr(ty)) == &Type::Float(4),
            ),
            ([ExprKind::Str(text)], _) if magic == Magic::Len => {
                Some(ExprKind::Int(text.len() as i64))
            }
            _ => None,
        }
    }

    fn int_ty(&self, ty: TypeId) -> Option<IntTy> {
        match self.get(self.s.types.repr(ty)) {
            Type::Int(int) => Some(*int),
            _ => None,
        }
    }

    fn fold_int_unary(&self, magic: Magic, a: i64, from: TypeId, ty: TypeId) -> Option<ExprKind> {
        let value = match magic {
            Magic::Pos => a,
            Magic::Neg => a
                .checked_neg()
                .filter(|&v| self.int_ty(ty).is_none_or(|int| fits(int, v)))?,
            Magic::Abs => a
                .checked_abs()
                .filter(|&v| self.int_ty(ty).is_none_or(|int| fits(int, v)))?,
            Magic::BitNot => wrap(self.int_ty(ty)?, !a),
            Magic::Not => i64::from(a == 0),
            Magic::Ord => a,
            Magic::Chr => return (0..=255).contains(&a).then_some(ExprKind::Int(a)),
            Magic::PopCount => i64::from(self.bits(a, from)?.count_ones()),
            _ => return None,
        };
        Some(ExprKind::Int(value))
    }

    fn bits(&self, a: i64, ty: TypeId) -> Option<u64> {
        let int = self.int_ty(ty)?;
        let mask = if int.size() == 8 {
            u64::MAX
        } else {
            (1 << (int.size() * 8)) - 1
        };
        Some(a as u64 & mask)
    }

    fn fold_int(
        &self,
        magic: Magic,
        a: i64,
        b: i64,
        operand: TypeId,
        ty: TypeId,
    ) -> Option<ExprKind> {
        let unsigned64 = matches!(self.int_ty(operand), Some(IntTy::UInt | IntTy::U64));
        let int = self.int_ty(ty).or_else(|| self.int_ty(operand));
        let signed = int.is_none_or(|int| int.signed());
        let arithmetic = |checked: Option<i64>, wrapped: i64| -> Option<i64> {
            match int {
                Some(int) if signed => checked.filter(|&v| fits(int, v)),
                Some(int) => Some(wrap(int, wrapped)),
                // The successor of the last constant of an enum is for run time to refuse.
                None => checked.filter(|&v| {
                    let range = self.s.types.ordinal_range(ty);
                    range.is_none_or(|(lo, hi)| (lo..=hi).contains(&i128::from(v)))
                }),
            }
        };
        let less = |a: i64, b: i64| {
            if unsigned64 {
                (a as u64) < (b as u64)
            } else {
                a < b
            }
        };
        let width = int.map_or(64, |int| int.size() * 8).max(32);
        let value = match magic {
            Magic::Add | Magic::Succ => arithmetic(a.checked_add(b), a.wrapping_add(b))?,
            Magic::Sub | Magic::Pred => arithmetic(a.checked_sub(b), a.wrapping_sub(b))?,
            Magic::Mul => arithmetic(a.checked_mul(b), a.wrapping_mul(b))?,
            Magic::IDiv if b != 0 && unsigned64 => ((a as u64) / (b as u64)) as i64,
            Magic::IMod if b != 0 && unsigned64 => ((a as u64) % (b as u64)) as i64,
            Magic::IDiv => a.checked_div(b)?,
            Magic::IMod => a.checked_rem(b)?,
            Magic::BitAnd => a & b,
            Magic::BitOr => a | b,
            Magic::BitXor => a ^ b,
            Magic::And => i64::from(a != 0 && b != 0),
            Magic::Or => i64::from(a != 0 || b != 0),
            // As C has it: what is small is shifted as an `int`.
            Magic::Shl => wrap(int?, a.wrapping_shl((b as u32) & (width - 1))),
            Magic::Shr if signed => a.wrapping_shr((b as u32) & (width - 1)),
            Magic::Shr => wrap(
                int?,
                (self
                    .bits(a, operand)?
                    .wrapping_shr((b as u32) & (width - 1))) as i64,
            ),
            Magic::AShr => a.wrapping_shr((b as u32) & (width - 1)),
            Magic::Eq => i64::from(a == b),
            Magic::Lt => i64::from(less(a, b)),
            Magic::Le => i64::from(!less(b, a)),
            _ => return None,
        };
        Some(ExprKind::Int(value))
    }

    /// A conversion of a constant, if it can be done now.
    pub(super) fn fold_conversion(&mut self, value: &Expr, ty: TypeId) -> Option<Expr> {
        let repr = self.s.types.repr(ty);
        let target = self.get(repr).clone();
        let kind = match (self.constant(value)?, &target) {
            (ExprKind::Int(v), Type::Int(int)) => ExprKind::Int(wrap(*int, *v)),
            (ExprKind::Int(v), Type::Float(size)) => {
                let unsigned = matches!(self.int_ty(value.ty), Some(IntTy::UInt | IntTy::U64));
                let float = if unsigned {
                    *v as u64 as f64
                } else {
                    *v as f64
                };
                ExprKind::Float(if *size == 4 {
                    f64::from(float as f32)
                } else {
                    float
                })
            }
            (ExprKind::Float(v), Type::Int(int)) => {
                let v = v.trunc();
                if v < int.lowest() as f64 || v > int.highest() as f64 || v.is_nan() {
                    return None;
                }
                ExprKind::Int(v as i128 as i64)
            }
            (ExprKind::Float(v), Type::Float(size)) => {
                ExprKind::Float(if *size == 4 { f64::from(*v as f32) } else { *v })
            }
            (ExprKind::Int(v), Type::Bool) => ExprKind::Int(i64::from(*v != 0)),
            (ExprKind::Int(v), Type::Char | Type::Enum(_)) => ExprKind::Int(*v),
            (ExprKind::Str(text), Type::String | Type::CString) => ExprKind::Str(text.clone()),
            (ExprKind::Nil, _) => ExprKind::Nil,
            _ => return None,
        };
        if let (ExprKind::Int(v), Some((lo, hi))) = (&kind, self.s.types.ordinal_range(ty))
            && !matches!(target, Type::Int(_))
            && !(lo..=hi).contains(&i128::from(*v))
        {
            return None;
        }
        Some(self.make(kind, ty, value.place))
    }

    /// A string constant.
    pub(super) fn str_expr(&self, text: &str, place: crate::source::Place) -> Expr {
        self.make(
            ExprKind::Str(Arc::from(text.as_bytes())),
            TypeId::STRING,
            place,
        )
    }
}

fn fold_float_unary(magic: Magic, a: f64) -> Option<ExprKind> {
    Some(ExprKind::Float(match magic {
        Magic::Pos => a,
        Magic::Neg => -a,
        Magic::Abs => a.abs(),
        Magic::Sqrt => a.sqrt(),
        Magic::Floor => a.floor(),
        Magic::Ceil => a.ceil(),
        Magic::Trunc => a.trunc(),
        _ => return None,
    }))
}

fn fold_float(magic: Magic, a: f64, b: f64, single: bool) -> Option<ExprKind> {
    let value = match magic {
        Magic::Add => a + b,
        Magic::Sub => a - b,
        Magic::Mul => a * b,
        Magic::Div => a / b,
        Magic::Eq => return Some(ExprKind::Int(i64::from(a == b))),
        Magic::Lt => return Some(ExprKind::Int(i64::from(a < b))),
        Magic::Le => return Some(ExprKind::Int(i64::from(a <= b))),
        _ => return None,
    };
    Some(ExprKind::Float(if single {
        f64::from(value as f32)
    } else {
        value
    }))
}

/// A variable that an expression uses and does not declare.
fn free_local(expr: &Expr) -> Option<(LocalId, Place)> {
    let (mut declared, mut used) = (Vec::new(), Vec::new());
    expr.walk(&mut |part| match &part.kind {
        ExprKind::Local(id) => used.push((*id, part.place)),
        ExprKind::Let(id, _) => declared.push(*id),
        ExprKind::For { vars, .. } => declared.extend(vars),
        ExprKind::Try { excepts, .. } => {
            declared.extend(excepts.iter().filter_map(|e| e.binding));
        }
        _ => {}
    });
    used.into_iter().find(|(id, _)| !declared.contains(id))
}
