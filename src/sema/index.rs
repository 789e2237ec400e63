//! Brackets and braces behind a value: `a[i]`, `a{i}`, and `name[T]`, which is an instance of a generic.
//!
//! In: the parts as written. Out: the built-in access to an element where the types have one, else a call of `[]` or `{}`.

use super::checker::Checker;
use super::symbols::SymKind;
use super::typed::{Expr, ExprKind};
use super::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// `a[i, …]`
    pub(super) fn bracket(&mut self, n: Cursor<'_>, _: Option<TypeId>) -> Expr {
        let place = self.place(n);
        if n.len() > 1 && self.denotes_type(n) {
            return self.type_node_value(n);
        }
        // An instance of a generic routine as a value.
        if n.len() > 1
            && let Some(value) = self.explicit_instance(n)
        {
            return value;
        }
        let base = self.expr(n.kid(0), None);
        if base.ty == TypeId::ERROR {
            return base;
        }
        if base.ty == TypeId::VOID && !self.has_value(&base) {
            return self.bad(place);
        }
        if n.len() == 1 {
            return self.deref(base, place);
        }
        let mut args: Vec<Expr> = Vec::new();
        for kid in n.kids().skip(1) {
            let want = self.index_want(base.ty);
            let value = self.index_arg(kid, want);
            args.push(self.settle_enum(value, want));
        }
        if args.iter().any(|a| a.ty == TypeId::ERROR) {
            return self.bad(place);
        }
        if args.len() == 1
            && let Some(element) = self.element(&base, &args[0], place)
        {
            return element;
        }
        let name = Name::new("[]");
        let syms = self.lookup_indexing(name);
        let mut all = vec![base];
        all.extend(args);
        self.call_with(name, &syms, all, place)
    }

    pub(super) fn index_want(&self, base: TypeId) -> Option<TypeId> {
        match self.get(self.s.types.repr(base)) {
            Type::Array { index, .. } => Some(*index),
            Type::Ref(inner) | Type::Ptr(inner) => match self.get(*inner) {
                Type::Array { index, .. } => Some(*index),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn index_arg(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        if self.denotes_type(n) && !self.is_range(n) {
            return self.type_node_value(n);
        }
        self.expr(n, want)
    }

    /// An integer of whatever type as `int`, for a check of bounds to follow.
    fn as_int(&mut self, value: Expr) -> Expr {
        let place = value.place;
        let kind = match value.kind {
            ExprKind::Int(value) => ExprKind::Int(value),
            _ => ExprKind::Convert {
                value: Box::new(value),
                checked: false,
            },
        };
        self.make(kind, TypeId::INT, place)
    }

    /// The built-in element access, if the types are such.
    pub(super) fn element(&mut self, base: &Expr, index: &Expr, place: Place) -> Option<Expr> {
        let bare = self.s.types.bare(base.ty);
        if matches!(self.get(self.s.types.bare(index.ty)), Type::Distinct(_)) {
            return None;
        }
        // In a concept a type stands for a value of it: `c[int]`.
        let stands;
        let index = match *self.get(index.ty) {
            Type::TypeDesc(inner) if self.concept.is_some() => {
                let local = self.temp(inner, place);
                stands = self.local_of(local, inner, place);
                &stands
            }
            _ => index,
        };
        // A distinct container has only the operations that it borrows or defines.
        match self.get(bare).clone() {
            Type::Array {
                index: wanted,
                elem,
            } => self.element_of_array(base, (wanted, elem), index, place),
            Type::Seq(elem) | Type::OpenArray(elem) => {
                self.element_by_number(base, elem, index, true, place)
            }
            Type::String => self.element_by_number(base, TypeId::CHAR, index, true, place),
            Type::CString => self.element_by_number(base, TypeId::CHAR, index, false, place),
            Type::UncheckedArray(elem) => self.element_by_number(base, elem, index, false, place),
            Type::Tuple(fields) => Some(self.element_of_tuple(base, &fields, index, place)),
            Type::Ref(inner) | Type::Ptr(inner) if self.is_container(inner) => {
                let at = base.place;
                let base = self.make(ExprKind::Deref(Box::new(base.clone())), inner, at);
                self.element(&base, index, place)
            }
            _ => None,
        }
    }

    /// Does it have elements that an index behind a reference means?
    fn is_container(&self, ty: TypeId) -> bool {
        matches!(
            self.get(ty),
            Type::Array { .. }
                | Type::Seq(_)
                | Type::String
                | Type::UncheckedArray(_)
                | Type::Tuple(_)
        )
    }

    fn element_of_array(
        &mut self,
        base: &Expr,
        (wanted, elem): (TypeId, TypeId),
        index: &Expr,
        place: Place,
    ) -> Option<Expr> {
        // Any integer may index what is indexed by integers.
        let integers = matches!(self.get(self.s.types.repr(wanted)), Type::Int(_))
            && matches!(self.get(self.s.types.repr(index.ty)), Type::Int(_));
        let index = match integers && !self.fits_type(wanted, index) {
            true => self.as_int(index.clone()),
            false => index.clone(),
        };
        let literal = match index.kind {
            ExprKind::Int(value) => Some(value),
            _ => None,
        };
        if !self.fits_type(wanted, &index) {
            self.s.types.ordinal_range(index.ty)?;
            let value = literal?;
            let (lo, hi) = self.s.types.ordinal_range(wanted)?;
            if self.s.types.repr(wanted) != self.s.types.repr(index.ty) {
                return None;
            }
            self.error(base.place, format!("index {value} not in {lo} .. {hi}"));
            return Some(self.bad(place));
        }
        let index = self.coerce_index(index, wanted);
        let checked = self.checks.bounds && literal.is_none();
        Some(self.indexed(base, index, (elem, checked), place))
    }

    /// A field by its number.
    fn element_of_tuple(
        &mut self,
        base: &Expr,
        fields: &[(Option<Name>, TypeId)],
        index: &Expr,
        place: Place,
    ) -> Expr {
        let Some(&ExprKind::Int(at)) = self.constant(index) else {
            self.error(index.place, "a tuple is indexed with a constant integer");
            return self.bad(place);
        };
        let Some(&(_, ty)) = usize::try_from(at).ok().and_then(|i| fields.get(i)) else {
            self.error(place, "invalid index value for tuple subscript");
            return self.bad(place);
        };
        let kind = ExprKind::TupleField(Box::new(base.clone()), at as usize);
        self.make(kind, ty, place)
    }

    /// Of what is indexed from zero.
    fn element_by_number(
        &mut self,
        base: &Expr,
        elem: TypeId,
        index: &Expr,
        has_bounds: bool,
        place: Place,
    ) -> Option<Expr> {
        let index_ty = self.s.types.bare(index.ty);
        if !matches!(self.get(self.range_base(index_ty)), Type::Int(_)) {
            return None;
        }
        let checked = has_bounds && self.checks.bounds;
        let index = match index.kind {
            ExprKind::Int(_) => self.convert_implicitly(index.clone(), TypeId::INT),
            _ => index.clone(),
        };
        Some(self.indexed(base, index, (elem, checked), place))
    }

    fn indexed(
        &mut self,
        base: &Expr,
        index: Expr,
        (elem, checked): (TypeId, bool),
        place: Place,
    ) -> Expr {
        let kind = ExprKind::Index {
            base: Box::new(base.clone()),
            index: Box::new(index),
            checked,
        };
        self.make(kind, elem, place)
    }

    /// A subrange's base.
    pub(super) fn range_base(&self, ty: TypeId) -> TypeId {
        match *self.get(ty) {
            Type::Range { base, .. } => base,
            _ => ty,
        }
    }

    /// An index keeps its integer type: the bounds check does what a range check would do.
    pub(super) fn coerce_index(&mut self, index: Expr, wanted: TypeId) -> Expr {
        if matches!(index.kind, ExprKind::Int(_)) {
            self.coerce(index, wanted)
        } else {
            index
        }
    }

    /// `a{i}`
    pub(super) fn curly_access(&mut self, n: Cursor<'_>, _: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let args: Vec<Expr> = n.kids().map(|k| self.expr(k, None)).collect();
        let name = Name::new("{}");
        let syms = self.lookup(name);
        self.call_with(name, &syms, args, place)
    }

    /// `name[T]` as a value.
    pub(super) fn explicit_instance(&mut self, n: Cursor<'_>) -> Option<Expr> {
        let head = n.kid(0);
        // `cmp[int]` or, of a module, `system.cmp[int]`.
        if !matches!(
            head.kind(),
            Kind::Ident | Kind::AccQuoted | Kind::Sym | Kind::DotExpr
        ) {
            return None;
        }
        let (_, syms) = self.syms_of(head)?;
        let generic = syms
            .iter()
            .copied()
            .find(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if r.is_generic()))?;
        // What is none but a generic proc has no elements: whatever stands in the brackets are arguments.
        let only = syms.iter().all(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if r.is_generic() && !r.is_template()));
        if syms.iter().any(|&s| !self.s.sym(s).kind.overloadable())
            || !only && !n.kids().skip(1).all(|k| self.denotes_type(k))
        {
            return None;
        }
        let SymKind::Routine(routine) = self.s.sym(generic).kind.clone() else {
            return None;
        };
        let place = self.place(n);
        if routine.is_template() {
            return Some(self.unsupported(
                place,
                "a generic template with explicit arguments and without a call",
            ));
        }
        let mut binds = super::relation::Bindings::default();
        for (param, arg) in routine.generics.iter().zip(n.kids().skip(1)) {
            let ty = self.type_arg(arg);
            if let Type::Param(number) = *self.get(param.ty) {
                binds.insert(number, ty);
            }
        }
        let (id, ret) = self.instantiate(generic, &routine, &binds, place)?;
        let params: Vec<TypeId> = routine.params.iter().map(|p| p.ty).collect();
        let params = params
            .into_iter()
            .map(|t| self.substitute(t, &binds))
            .collect();
        let conv = routine.pragmas.conv;
        let ty = self.intern(Type::Proc(std::sync::Arc::new(super::types::ProcType {
            params,
            ret,
            conv,
            iterator: routine.kind == Kind::IteratorDef,
            varargs: false,
            effects: None,
            defaults: None,
        })));
        Some(self.make(ExprKind::Routine(id), ty, place))
    }
}
