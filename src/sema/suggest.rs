//! Names that may have been meant, for a name that nobody declared.
//!
//! As in Nim: those at the smallest edit distance, and their distance in scopes.

use super::checker::Checker;
use super::symbols::{SymId, SymKind, Table};
use crate::source::Name;

/// Names that are listed.
const SHOWN: usize = 4;

impl Checker<'_, '_> {
    /// Lines to add to the message, or nothing when no name is near.
    pub(super) fn candidates(&self, name: Name) -> String {
        let wanted = normal(name);
        // Farther away, it is another name and not a misspelt one.
        let limit = (wanted.len() / 3).max(1);
        let mut found: Vec<(usize, usize, SymId)> = Vec::new();
        let mut look = |table: &Table, depth: usize| {
            for (&other, syms) in table {
                let length = other.as_str().len();
                if length.abs_diff(wanted.len()) > limit + 2 {
                    continue;
                }
                let distance = edit_distance(&wanted, &normal(other));
                if distance <= limit {
                    let seen = syms.iter().filter(|&&sym| !self.is_hidden(sym));
                    found.extend(seen.map(|&sym| (distance, depth, sym)));
                }
            }
        };
        let scopes = self.env.scopes.iter().rev();
        scopes
            .clone()
            .enumerate()
            .for_each(|(depth, table)| look(table, depth));
        let top = scopes.len() + 1;
        let module = &self.s.modules[self.env.module.0 as usize];
        look(&module.scope, top);
        for import in module
            .imports
            .iter()
            .filter(|import| !import.qualified_only)
        {
            look(&self.s.modules[import.module.0 as usize].exports, top + 1);
        }
        let Some(best) = found.iter().map(|&(distance, ..)| distance).min() else {
            return String::new();
        };
        found.retain(|&(distance, ..)| distance == best);
        let mut lines: Vec<String> = found
            .into_iter()
            .map(|(distance, depth, sym)| self.candidate(distance, depth, sym))
            .collect();
        lines.sort();
        lines.dedup();
        lines.truncate(SHOWN);
        format!(
            "\ncandidates (edit distance, scope distance); see '--spellSuggest': {}",
            lines.concat()
        )
    }

    fn candidate(&self, distance: usize, depth: usize, sym: SymId) -> String {
        let symbol = self.s.sym(sym);
        let (file, line, col) = self.loader.line(symbol.place);
        let word = match &symbol.kind {
            SymKind::Module(_) => "module",
            SymKind::Local { mutable: true, .. } | SymKind::Global { mutable: true, .. } => "var",
            SymKind::Local { .. } | SymKind::Global { .. } => "let",
            SymKind::Const(_) => "const",
            SymKind::EnumConst { .. } => "enumField",
            SymKind::Routine(head) => super::show::routine_word(head.kind),
            SymKind::Label { .. } => "label",
            SymKind::Alias(_) => "param",
            _ => "type",
        };
        let name = symbol.name;
        format!("\n ({distance}, {depth}): '{name}' [{word} declared in {file}({line}, {col})]")
    }
}

/// What counts of a name where names are compared.
fn normal(name: Name) -> Vec<u8> {
    name.as_str()
        .bytes()
        .filter(|&byte| byte != b'_')
        .map(|byte| byte.to_ascii_lowercase())
        .collect()
}

/// Levenshtein's distance, with one row of the table at a time.
fn edit_distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
