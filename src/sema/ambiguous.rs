//! Names of which nothing says what they mean: those that several imported modules export and that cannot be overloaded, and those of
//! several routines, or of a template, where a value is wanted.

use super::checker::Checker;
use super::symbols::{ModuleIx, ParamSym, RoutineSym, SymId, SymKind};
use super::types::TypeId;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// Reports that nothing tells which of these symbols is meant. One of the module itself or of a scope is nearer than
    /// those of imports, and what comes with every module is farther away.
    pub(super) fn is_ambiguous(&mut self, name: Name, syms: &[SymId], place: Place) -> bool {
        if syms.len() < 2 {
            return false;
        }
        let clashing: Vec<SymId> = syms
            .iter()
            .copied()
            .filter(|&sym| self.may_clash(sym))
            .collect();
        if clashing.len() < 2 || self.is_one_type(&clashing) {
            return false;
        }
        self.report_clash(name, &clashing, place);
        true
    }

    /// The same for a name that is no type and not called: then an import's routines clash with what else the others have.
    pub(super) fn is_ambiguous_value(&mut self, name: Name, syms: &[SymId], place: Place) -> bool {
        let is_routine = |sym: SymId| matches!(self.s.sym(sym).kind, SymKind::Routine(_));
        let routines = syms
            .iter()
            .any(|&sym| is_routine(sym) && self.is_imported(sym));
        if !routines || !syms.iter().any(|&sym| self.may_clash(sym)) {
            return self.is_ambiguous(name, syms, place);
        }
        let clashes = |&sym: &SymId| self.may_clash(sym) || is_routine(sym);
        let clashing: Vec<SymId> = syms.iter().copied().filter(clashes).collect();
        self.report_clash(name, &clashing, place);
        true
    }

    /// The type of a name that stands for a template, or for several routines of which nothing says which one is meant, and a hint.
    pub(super) fn without_value(&mut self, n: Cursor<'_>) -> Option<(String, &'static str)> {
        if let Some(shown) = self.named_template(n) {
            return Some((shown, ". Did you mean to call the template with '()'?"));
        }
        let syms = self.lookup(n.name().filter(|_| n.is(Kind::Ident))?);
        let is_call = |head: &RoutineSym| head.is_template() && head.params.is_empty();
        let routine = |&sym: &SymId| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => !is_call(head),
            _ => false,
        };
        let several = syms.iter().any(|&sym| sym != syms[0]);
        (several && syms.iter().all(routine)).then(|| ("None".to_owned(), ""))
    }

    /// The type of a template that needs arguments, where its name stands for a value.
    fn named_template(&mut self, n: Cursor<'_>) -> Option<String> {
        let syms = n
            .name()
            .filter(|_| n.is(Kind::Ident))
            .map(|name| self.lookup(name))?;
        let [sym] = syms[..] else { return None };
        let SymKind::Routine(head) = &self.s.sym(sym).kind else {
            return None;
        };
        if !head.is_template() || head.params.iter().all(|p| p.default.is_some()) {
            return None;
        }
        let types = &self.s.types;
        let param = |param: &ParamSym| format!("{}: {}", param.name, types.show(param.ty));
        let params: Vec<String> = head.params.iter().map(param).collect();
        let ret = match head.ret {
            TypeId::VOID => String::new(),
            ret => format!(": {}", types.show(ret)),
        };
        Some(format!("template ({}){ret}", params.join(", ")))
    }

    fn report_clash(&mut self, name: Name, clashing: &[SymId], place: Place) {
        let lines = clashing.iter().map(|&sym| self.qualified_line(sym));
        let lines: String = lines.collect::<Vec<_>>().concat();
        self.error(
            place,
            format!("ambiguous identifier: '{name}' -- use one of the following:{lines}"),
        );
    }

    fn is_imported(&self, sym: SymId) -> bool {
        let module = sym.module();
        module != self.env.module && module != self.module
    }

    fn may_clash(&self, sym: SymId) -> bool {
        let apart = matches!(
            self.s.sym(sym).kind,
            SymKind::Global { .. } | SymKind::Const(_) | SymKind::Type(_) | SymKind::GenericType(_)
        );
        apart && self.is_imported(sym) && self.name_of(sym.module()) != "system"
    }

    /// Is it the same type under the names of several modules?
    fn is_one_type(&self, syms: &[SymId]) -> bool {
        let type_of = |sym: &SymId| match self.s.sym(*sym).kind {
            SymKind::Type(ty) => Some(ty),
            _ => None,
        };
        let first = type_of(&syms[0]);
        first.is_some() && syms.iter().all(|sym| type_of(sym) == first)
    }

    pub(super) fn name_of(&self, module: ModuleIx) -> &str {
        &self.s.modules[module.0 as usize].name
    }

    /// `module.name: type`, on a line of its own.
    fn qualified_line(&mut self, sym: SymId) -> String {
        let symbol = self.s.sym(sym).clone();
        let shown = match &symbol.kind {
            SymKind::Routine(head) if !head.is_generic() && !head.is_template() => {
                let ty = self.routine_type(head, head.ret, false);
                self.s.types.show(ty)
            }
            SymKind::Type(ty) | SymKind::Global { ty, .. } => self.s.types.show(*ty),
            SymKind::Const(value) => self.show_arg(value),
            _ => symbol.name.to_string(),
        };
        let module = self.name_of(sym.module());
        let module = module.rsplit('/').next().unwrap_or(module);
        format!("\n  {module}.{}: {shown}", symbol.name)
    }
}
