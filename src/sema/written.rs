//! What a top-level statement says, as a number: did an edit change what a variable's first value is, or what else is done?
//!
//! In: checked code. Out: hashes that are equal when the code means the same, wherever it stands and however the types that
//! it names are laid out: fields and constants count by name, routines, types and globals by identity, locals by the order in
//! which they come. Equal within one program, across its versions; not from one process to the next.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::typed::{CaseLabel, Expr, ExprKind, GlobalVarId, LabelId, LocalId};
use super::types::{TypeId, Types};

/// What code says.
pub(super) fn hash(types: &Types, code: &Expr) -> u64 {
    let mut written = Written::new(types);
    written.expr(code);
    written.hash.finish()
}

/// The same for code that gives a variable its first value: which variable that is says nothing.
pub(super) fn hash_first(types: &Types, variable: GlobalVarId, code: &Expr) -> u64 {
    let mut written = Written::new(types);
    written.variable = Some(variable);
    written.expr(code);
    written.hash.finish()
}

/// What a statement that declares `sets` says beside their first values, and how it gets to those. None when that is nothing.
pub(super) fn rest(types: &Types, code: &Expr, sets: &[GlobalVarId]) -> Option<u64> {
    let mut written = Written::new(types);
    let some = written.beside(code, sets);
    some.then(|| written.hash.finish())
}

struct Written<'t> {
    types: &'t Types,
    variable: Option<GlobalVarId>,
    hash: FxHasher,
    locals: FxHashMap<LocalId, usize>,
    labels: FxHashMap<LabelId, usize>,
}

impl<'t> Written<'t> {
    fn new(types: &'t Types) -> Written<'t> {
        Written {
            types,
            variable: None,
            hash: FxHasher::default(),
            locals: FxHashMap::default(),
            labels: FxHashMap::default(),
        }
    }

    /// Goes where declarations are. What stands between them counts; is there something?
    fn beside(&mut self, expr: &Expr, sets: &[GlobalVarId]) -> bool {
        let is_set =
            |place: &Expr| matches!(place.kind, ExprKind::Global(id) if sets.contains(&id));
        match &expr.kind {
            ExprKind::InitGlobal(..) | ExprKind::Let(..) | ExprKind::Nop | ExprKind::Break(_) => {
                false
            }
            ExprKind::Assign(place, _) if is_set(place) => false,
            ExprKind::While(_, body) | ExprKind::For { body, .. } if declares(body) => {
                self.beside(body, sets)
            }
            ExprKind::If(..) | ExprKind::Case { .. } if declares(expr) => {
                let ends = expr.ends().into_iter().flatten();
                ends.fold(false, |some, body| self.beside(body, sets) | some)
            }
            ExprKind::Seq(_)
            | ExprKind::Block(..)
            | ExprKind::Checks(..)
            | ExprKind::Try { .. } => {
                let mut some = false;
                expr.each_child(&mut |part| some |= self.beside(part, sets));
                some
            }
            _ => {
                self.expr(expr);
                true
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        if let ExprKind::Seq(parts) = &expr.kind
            && let [one] = &parts[..]
        {
            return self.expr(one);
        }
        std::mem::discriminant(&expr.kind).hash(&mut self.hash);
        expr.ty.hash(&mut self.hash);
        match &expr.kind {
            ExprKind::Int(value) => self.ordinal(expr.ty, *value),
            ExprKind::Float(value) => value.to_bits().hash(&mut self.hash),
            ExprKind::Str(bytes) => bytes.hash(&mut self.hash),
            ExprKind::Const(tree) => self.expr(tree),
            ExprKind::Local(local) | ExprKind::Let(local, _) => self.local(*local),
            ExprKind::Global(id) | ExprKind::InitGlobal(id, _) => {
                (self.variable != Some(*id))
                    .then_some(id)
                    .hash(&mut self.hash);
            }
            ExprKind::Routine(id) | ExprKind::Call(id, _) => id.hash(&mut self.hash),
            ExprKind::Magic(magic, _) => magic.hash(&mut self.hash),
            ExprKind::Field {
                object,
                field,
                checked,
            } => {
                checked.hash(&mut self.hash);
                self.field(object.ty, *field);
            }
            ExprKind::TupleField(_, field) => field.hash(&mut self.hash),
            ExprKind::Index { checked, .. } | ExprKind::Convert { checked, .. } => {
                checked.hash(&mut self.hash);
            }
            ExprKind::Object(fields) => {
                for (ty, field, _) in fields {
                    self.field(*ty, *field);
                }
            }
            ExprKind::Case { branches, .. } => {
                for label in branches.iter().flat_map(|branch| &branch.0) {
                    self.case_label(label);
                }
            }
            ExprKind::Block(label, _) | ExprKind::Break(label) => self.label(*label),
            ExprKind::For { iterator, vars, .. } => {
                iterator.hash(&mut self.hash);
                vars.iter().for_each(|&local| self.local(local));
            }
            ExprKind::Try { excepts, .. } => {
                for except in excepts {
                    except.types.hash(&mut self.hash);
                    except.binding.iter().for_each(|&local| self.local(local));
                }
            }
            ExprKind::Checks(checks, _) => checks.hash(&mut self.hash),
            _ => {}
        }
        let mut parts = 0usize;
        expr.each_child(&mut |child| {
            parts += 1;
            self.expr(child);
        });
        parts.hash(&mut self.hash);
    }

    fn ordinal(&mut self, ty: TypeId, value: i64) {
        let constants = self.types.enumeration(ty).map(|body| &body.constants);
        match constants.and_then(|all| all.iter().find(|constant| constant.value == value)) {
            Some(constant) => constant.name.as_str().hash(&mut self.hash),
            None => value.hash(&mut self.hash),
        }
    }

    fn field(&mut self, object: TypeId, field: usize) {
        object.hash(&mut self.hash);
        let fields = self.types.object(object).map(|object| &object.1.fields);
        match fields.and_then(|fields| fields.get(field)) {
            Some(field) => field.name.as_str().hash(&mut self.hash),
            None => field.hash(&mut self.hash),
        }
    }

    fn local(&mut self, local: LocalId) {
        let next = self.locals.len();
        self.locals
            .entry(local)
            .or_insert(next)
            .hash(&mut self.hash);
    }

    fn label(&mut self, label: LabelId) {
        let next = self.labels.len();
        self.labels
            .entry(label)
            .or_insert(next)
            .hash(&mut self.hash);
    }

    fn case_label(&mut self, label: &CaseLabel) {
        std::mem::discriminant(label).hash(&mut self.hash);
        match label {
            CaseLabel::Range(first, last) => (first, last).hash(&mut self.hash),
            CaseLabel::Str(text) => text.hash(&mut self.hash),
            CaseLabel::Float(first, last) => {
                (first.to_bits(), last.to_bits()).hash(&mut self.hash);
            }
        }
    }
}

/// Is there a declaration in it?
pub(super) fn declares(expr: &Expr) -> bool {
    expr.any(&mut |part| matches!(part.kind, ExprKind::InitGlobal(..)))
}
