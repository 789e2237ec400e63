//! Names that several imported modules export and that cannot be overloaded: it has to be said which one is meant.

use super::checker::Checker;
use super::symbols::{ModuleIx, SymId, SymKind};
use crate::source::{Name, Place};

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
        let lines: String = clashing
            .iter()
            .map(|&sym| self.qualified_line(sym))
            .collect();
        self.error(
            place,
            format!("ambiguous identifier: '{name}' -- use one of the following:{lines}"),
        );
        true
    }

    fn may_clash(&self, sym: SymId) -> bool {
        let apart = matches!(
            self.s.sym(sym).kind,
            SymKind::Global { .. } | SymKind::Const(_) | SymKind::Type(_) | SymKind::GenericType(_)
        );
        let module = sym.module();
        apart
            && module != self.env.module
            && module != self.module
            && self.name_of(module) != "system"
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

    fn name_of(&self, module: ModuleIx) -> &str {
        &self.s.modules[module.0 as usize].name
    }

    /// `module.name: type`, on a line of its own.
    fn qualified_line(&self, sym: SymId) -> String {
        let symbol = self.s.sym(sym);
        let shown = match &symbol.kind {
            SymKind::Type(ty) | SymKind::Global { ty, .. } => self.s.types.show(*ty),
            SymKind::Const(value) => self.show_arg(value),
            _ => symbol.name.to_string(),
        };
        let module = self.name_of(sym.module());
        let module = module.rsplit('/').next().unwrap_or(module);
        format!("\n  {module}.{}: {shown}", symbol.name)
    }
}
