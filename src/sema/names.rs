//! Names in expressions: what they stand for, and what using them does to the routine around.

use std::sync::Arc;

use super::checker::Checker;
use super::symbols::{RoutineSym, SymId, SymKind, Syms};
use super::typed::{Expr, ExprKind, LocalId, LocalKind};
use super::types::{ProcType, Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// A name.
    pub(super) fn name_expr(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Expr {
        let place = self.place(n);
        let Some((name, syms)) = self.syms_of(n) else {
            return self.bad(place);
        };
        self.syms_expr(name, &syms, want, place)
    }

    pub(super) fn syms_expr(
        &mut self,
        name: Name,
        syms: &Syms,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if name == "_" && syms.is_empty() {
            self.error(
                place,
                "the special identifier '_' is ignored in declarations and cannot be used",
            );
            return self.bad(place);
        }
        // A module's name gives way to anything else.
        let others: Syms = syms
            .iter()
            .copied()
            .filter(|&s| !matches!(self.s.sym(s).kind, SymKind::Module(_)))
            .collect();
        let syms = if others.is_empty() { syms } else { &others };
        match &syms[..] {
            [] => {
                self.undeclared(place, name);
                self.bad(place)
            }
            [one] => self.sym_expr(*one, want, place),
            several => self.overloaded_name(name, several, want, place),
        }
    }

    /// Several meanings: an enum constant by the wanted type, a routine by the wanted proc type.
    pub(super) fn overloaded_name(
        &mut self,
        name: Name,
        syms: &[SymId],
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        // Constants of pure enums count where nothing else has the name, and need their enum's where several have it.
        let others: Vec<SymId> = syms
            .iter()
            .copied()
            .filter(|&sym| !self.is_pure_constant(sym))
            .collect();
        if others.is_empty() && syms.len() > 1 {
            self.ambiguous_enums.insert(place, syms.to_vec());
            let expr = self.sym_expr(syms[0], want, place);
            self.is_ambiguous_enum(&expr);
            return self.bad(place);
        }
        let syms = if others.is_empty() { syms } else { &others[..] };
        // What is nearest decides, if it needs no arguments.
        if let Some(&nearest) = syms.first()
            && let SymKind::Routine(head) = &self.s.sym(nearest).kind
            && matches!(head.kind, Kind::TemplateDef | Kind::MacroDef)
            && head.params.is_empty()
        {
            return self.sym_expr(nearest, want, place);
        }
        let first_other = syms
            .iter()
            .copied()
            .find(|&s| !self.s.sym(s).kind.overloadable());
        if let Some(sym) = first_other
            && !matches!(self.s.sym(sym).kind, SymKind::Module(_))
        {
            if self.is_ambiguous_value(name, syms, place) {
                return self.bad(place);
            }
            return self.sym_expr(sym, want, place);
        }
        let meant = want.and_then(|want| self.meaning_of_type(syms, want, place));
        let meant = meant.or_else(|| self.only_constant(syms, want, place));
        if let Some(sym) = meant.or_else(|| self.only_value(syms)) {
            return self.sym_expr(sym, want, place);
        }
        let message = match want.filter(|&want| self.proc_type_of(want).is_some()) {
            Some(want) => {
                let shown = self.s.types.show(want);
                format!("type mismatch: got 'None' for '{name}' but expected '{shown}'")
            }
            None => format!("ambiguous identifier: '{name}'"),
        };
        self.error(place, message);
        self.bad(place)
    }

    /// The one that is of a wanted type.
    fn meaning_of_type(&mut self, syms: &[SymId], want: TypeId, place: Place) -> Option<SymId> {
        let bare = self.s.types.bare(want);
        let signature = self.without_effects(bare);
        let fits = |c: &mut Self, sym: &SymId| match c.s.sym(*sym).kind.clone() {
            SymKind::EnumConst { ty, .. } => ty == c.s.types.repr(bare),
            SymKind::Routine(head) if !head.is_generic() && !head.is_template() => {
                let ty = c.routine_type(&head, head.ret, false);
                let value = c.make(ExprKind::Nop, ty, place);
                let value = super::relation::Arg::of(&value);
                c.relate(signature, value, &mut Default::default())
                    .is_some()
            }
            _ => false,
        };
        if let Some(sym) = syms.iter().copied().find(|sym| fits(self, sym)) {
            return Some(sym);
        }
        let wanted = self.proc_type_of(want)?;
        let fits = |c: &mut Self, sym: &SymId| match c.s.sym(*sym).kind.clone() {
            SymKind::Routine(head) if head.is_generic() && !head.is_template() => {
                c.generic_fits(&head, &wanted).is_some()
            }
            _ => false,
        };
        syms.iter().copied().find(|sym| fits(self, sym))
    }

    /// The enum constant among them. Which enum is meant, if there are several, is decided where the value goes.
    fn only_constant(
        &mut self,
        syms: &[SymId],
        want: Option<TypeId>,
        place: Place,
    ) -> Option<SymId> {
        let is_constant = |s: &SymId| matches!(self.s.sym(*s).kind, SymKind::EnumConst { .. });
        let constants: Vec<SymId> = syms.iter().copied().filter(is_constant).collect();
        if constants.len() > 1 && (self.speculating == 0 || want.is_none()) {
            self.ambiguous_enums.insert(place, constants.clone());
        }
        constants.first().copied()
    }

    /// A call without arguments and parentheses is no call; a routine as a value must be one.
    fn only_value(&self, syms: &[SymId]) -> Option<SymId> {
        let is = |sym: &SymId, is: &dyn Fn(&RoutineSym) -> bool| match &self.s.sym(*sym).kind {
            SymKind::Routine(head) => is(head),
            _ => false,
        };
        let plain = |head: &RoutineSym| !head.is_template() && !head.is_generic();
        let called = |head: &RoutineSym| head.is_template() && head.params.is_empty();
        let mut values = syms.iter().copied().filter(|sym| is(sym, &plain));
        match (values.next(), values.next()) {
            (Some(one), None) => Some(one),
            _ => syms.iter().copied().find(|sym| is(sym, &called)),
        }
    }

    /// A type of procs that may have any effects: which routine of a name is meant does not depend on them.
    fn without_effects(&mut self, ty: TypeId) -> TypeId {
        match self.get(ty).clone() {
            Type::Proc(of) if of.effects.is_some() => {
                let mut of = (*of).clone();
                of.effects = None;
                self.intern(Type::Proc(Arc::new(of)))
            }
            _ => ty,
        }
    }

    /// Is it a constant of a `{.pure.}` enum?
    pub(super) fn is_pure_constant(&self, sym: SymId) -> bool {
        match self.s.sym(sym).kind {
            SymKind::EnumConst { ty, .. } => {
                self.s.types.enumeration(ty).is_some_and(|body| body.pure)
            }
            _ => false,
        }
    }

    /// Reports a constant of several enums where nothing tells which one is meant.
    pub(super) fn is_ambiguous_enum(&mut self, expr: &Expr) -> bool {
        if !matches!(expr.kind, ExprKind::Int(_)) {
            return false;
        }
        let Some(syms) = self.ambiguous_enums.get(&expr.place).cloned() else {
            return false;
        };
        let mut lines = Vec::new();
        let mut name = None;
        for &sym in &syms {
            if let SymKind::EnumConst { ty, .. } = self.s.sym(sym).kind {
                name = Some(self.s.sym(sym).name);
                let shown = self.s.types.show(ty);
                lines.push(format!("\n  {shown}.{}: {shown}", self.s.sym(sym).name));
            }
        }
        let Some(name) = name else { return false };
        self.error(
            expr.place,
            format!(
                "ambiguous identifier: '{name}' -- use one of the following:{}",
                lines.concat()
            ),
        );
        true
    }

    /// Settles an enum constant whose enum was open, now that a type is known.
    pub(super) fn settle_enum(&mut self, expr: Expr, want: Option<TypeId>) -> Expr {
        let Some(want) = want else { return expr };
        if !matches!(expr.kind, ExprKind::Int(_)) || self.ambiguous_enums.is_empty() {
            return expr;
        }
        let Some(syms) = self.ambiguous_enums.get(&expr.place).cloned() else {
            return expr;
        };
        let want = self.s.types.repr(want);
        for sym in syms {
            if let SymKind::EnumConst { ty, value } = self.s.sym(sym).kind
                && ty == want
            {
                return self.make(ExprKind::Int(value), ty, expr.place);
            }
        }
        expr
    }

    /// One symbol as an expression.
    pub(super) fn sym_expr(&mut self, sym: SymId, want: Option<TypeId>, place: Place) -> Expr {
        self.note_use(sym, place);
        self.last_named = Some(sym);
        match self.s.sym(sym).kind.clone() {
            SymKind::Local { depth, id, ty, .. } => self.local_expr(depth, id, ty, place),
            SymKind::Global { id, ty, .. } => self.make(ExprKind::Global(id), ty, place),
            SymKind::Const(value) => self.const_use(&value, place),
            SymKind::Alias(value) => Expr {
                place,
                ..(*value).clone()
            },
            SymKind::EnumConst { ty, value } => self.make(ExprKind::Int(value), ty, place),
            SymKind::Type(ty) => self.type_symbol_value(sym, ty, place),
            SymKind::TypeMaker(_) | SymKind::GenericType(_) => match self.symbol_type(sym) {
                Some(ty) => self.type_value(ty, place),
                None => self.bad(place),
            },
            SymKind::Pending => match self.symbol_type(sym) {
                Some(ty) => self.type_symbol_value(sym, ty, place),
                None => {
                    self.error(
                        place,
                        format!("'{}' is used before it is declared", self.s.sym(sym).name),
                    );
                    self.bad(place)
                }
            },
            SymKind::Routine(head) => self.routine_value(sym, &head, want, place),
            SymKind::Module(_) => {
                self.error(
                    place,
                    format!("'{}' is a module and has no value", self.s.sym(sym).name),
                );
                self.bad(place)
            }
            SymKind::Label { .. } => {
                self.error(
                    place,
                    format!("'{}' is a label and has no value", self.s.sym(sym).name),
                );
                self.bad(place)
            }
        }
    }

    /// A local of this or of an enclosing routine.
    pub(super) fn local_expr(
        &mut self,
        depth: usize,
        id: LocalId,
        ty: TypeId,
        place: Place,
    ) -> Expr {
        let id = self.capture(depth, id, place);
        let ty = if matches!(self.frames.get(depth).map(|f| f.result), Some(Some(result)) if result == id)
            && ty == TypeId::VOID
        {
            self.frames[depth].ret
        } else {
            ty
        };
        let local = self.make(ExprKind::Local(id), ty, place);
        match *self.get(ty) {
            Type::Var(inner) | Type::Lent(inner) => {
                self.make(ExprKind::Deref(Box::new(local)), inner, place)
            }
            Type::Sink(inner) => Expr { ty: inner, ..local },
            _ => local,
        }
    }

    /// The number of a local of frame `depth` in the current frame, captured through all frames between.
    pub(super) fn capture(&mut self, depth: usize, id: LocalId, place: Place) -> LocalId {
        let top = self.frames.len() - 1;
        // What a loop at the top level of a module runs over is a global of Nim's, which nothing has to capture.
        let global = self.frames[depth].top;
        let mut id = id;
        for level in depth..top {
            let outer = &mut self.frames[level].locals[id.0 as usize];
            outer.captured = true;
            let (name, ty, spelled) = (outer.name, outer.ty, outer.spelled);
            let declared = outer.place;
            let address = matches!(
                self.s.types.get(ty),
                Type::Var(_) | Type::Lent(_) | Type::OpenArray(_)
            );
            let inner = &mut self.frames[level + 1];
            if let Some(&known) = inner.captures.get(&id) {
                id = known;
                continue;
            }
            let local = super::typed::Local {
                name,
                ty,
                kind: LocalKind::Captured(id),
                captured: false,
                noinit: false,
                holds: None,
                spelled,
                place,
            };
            inner.locals.push(local);
            let number = LocalId(inner.locals.len() as u32 - 1);
            inner.captures.insert(id, number);
            id = number;
            if let Some(conv) = inner.conv.filter(|&conv| conv != "closure") {
                let routine = inner.name;
                self.error(
                    place,
                    format!(
                        "illegal capture '{name}' because '{routine}' has the calling convention: <{conv}>"
                    ),
                );
            } else if address && !global {
                let shown = self.s.types.show(ty);
                let (file, line, col) = self.loader.line(declared);
                self.error(
                    place,
                    format!(
                        "'{name}' is of type <{shown}> which cannot be captured as it would violate memory safety, \
                         declared here: {file}({line}, {col}); using '-d:nimNoLentIterators' helps in some cases"
                    ),
                );
            }
        }
        id
    }

    /// A constant where it is used: scalars and strings as such, the rest as a shared tree.
    pub(super) fn const_use(&mut self, value: &Arc<Expr>, place: Place) -> Expr {
        match &value.kind {
            ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Str(_)
            | ExprKind::Nil
            | ExprKind::Nop
            | ExprKind::Routine(_) => Expr {
                place,
                ..(**value).clone()
            },
            // An empty or small literal stays one, so that it can still adapt to its context.
            ExprKind::Array(elems) if elems.is_empty() => Expr {
                place,
                ..(**value).clone()
            },
            // A set stays a literal; a shared tree is not shared once more.
            ExprKind::Set(_) | ExprKind::Const(_) => Expr {
                place,
                ..(**value).clone()
            },
            _ => self.make(ExprKind::Const(value.clone()), value.ty, place),
        }
    }

    /// A routine's name as a value.
    pub(super) fn routine_value(
        &mut self,
        sym: SymId,
        head: &Arc<super::symbols::RoutineSym>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        if head.is_template() {
            return if head.params.iter().all(|p| p.default.is_some()) {
                self.call_symbols(head.name, &[sym], Vec::new(), want, place)
            } else {
                self.error(
                    place,
                    format!(
                        "'{}' is a template and cannot be used as a value",
                        head.name
                    ),
                );
                self.bad(place)
            };
        }
        if head.kind == Kind::MacroDef {
            return if head.params.iter().all(|p| p.default.is_some()) {
                self.call_symbols(head.name, &[sym], Vec::new(), want, place)
            } else {
                let text = format!("'{}' is a macro and cannot be used as a value", head.name);
                self.error(place, text);
                self.bad(place)
            };
        }
        if head.is_generic() {
            return self.generic_value(sym, head, want, place);
        }
        if head.pragmas.magic.is_some() {
            let text = format!("'{}' cannot be passed to a procvar", head.name);
            self.error(place, text);
            return self.bad(place);
        }
        let Some(id) = head.id else {
            return self.bad(place);
        };
        self.hand_on(id);
        let captures = self.captures_of(id);
        let ty = self.routine_type(head, head.ret, captures);
        self.make(ExprKind::Routine(id), ty, place)
    }

    /// Notes that a routine is named here: if it captures something of an enclosing one, all in between hand that on.
    pub(super) fn hand_on(&mut self, id: super::typed::RoutineId) {
        let Some(parent) = self.s.routine(id).and_then(|routine| routine.parent) else {
            return;
        };
        let Some(owner) = self.frames.iter().position(|frame| frame.id == parent) else {
            return;
        };
        for frame in &mut self.frames[owner + 1..] {
            frame.hands_on = true;
        }
    }

    /// Is the routine a closure over an enclosing one? One that is still being checked may turn out to be.
    pub(super) fn captures_of(&mut self, id: super::typed::RoutineId) -> bool {
        if let Some(frame) = self.frames.iter().find(|f| f.id == id) {
            return frame.hands_on || !frame.captures.is_empty();
        }
        self.s.routine(id).is_some_and(|r| r.parent.is_some())
    }

    /// The type arguments with which a generic routine has the wanted parameters.
    fn generic_fits(
        &mut self,
        head: &super::symbols::RoutineSym,
        wanted: &ProcType,
    ) -> Option<super::relation::Bindings> {
        let mut binds = super::relation::Bindings::default();
        let fits = wanted.params.len() == head.params.len()
            && head
                .params
                .iter()
                .zip(&wanted.params)
                .all(|(p, &w)| self.unify(p.ty, w, &mut binds));
        fits.then_some(binds)
    }

    pub(super) fn generic_value(
        &mut self,
        sym: SymId,
        head: &Arc<super::symbols::RoutineSym>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let wanted = want.and_then(|w| match self.get(self.s.types.bare(w)).clone() {
            Type::Proc(p) => Some(p),
            _ => None,
        });
        if let Some(wanted) = wanted
            && let Some(binds) = self.generic_fits(head, &wanted)
            && let Some((id, ret)) = self.instantiate(sym, head, &binds, place)
        {
            let types: Vec<TypeId> = head.params.iter().map(|p| p.ty).collect();
            let params = types
                .into_iter()
                .map(|t| self.substitute(t, &binds))
                .collect();
            let conv = head.pragmas.conv;
            let ty = self.intern(Type::Proc(Arc::new(ProcType {
                params,
                ret,
                conv,
                iterator: false,
                varargs: false,
                effects: None,
                defaults: None,
            })));
            return self.make(ExprKind::Routine(id), ty, place);
        }
        // Explicit arguments or a call may follow; alone it has no type.
        self.error(
            place,
            format!(
                "'{}' doesn't have a concrete type, due to unspecified generic parameters.",
                head.name
            ),
        );
        self.bad(place)
    }
}
