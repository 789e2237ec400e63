//! A plan as text, for who wants to know before anything happens.

use std::sync::Arc;

use super::Refusal;
use super::image::Image;
use super::migrate::Afresh;
use super::plan::Plan;
use crate::mir::{Ids, Module};

/// What a reload from these modules to those would do, a fact a line. `changed`: modules whose own text differs.
///
/// # Errors
/// Why it would be refused.
pub fn preview(
    old: &[Arc<Module>],
    new: &[Arc<Module>],
    changed: &[Arc<str>],
    ids: &Ids,
) -> Result<Vec<String>, Refusal> {
    let old = Image::new(old, ids, &Image::default());
    let new = Image::new(new, ids, &old);
    let plan = Plan::new(&old, &new, ids, &Afresh::default())?;
    let mut lines = Vec::new();
    let mut list = |what: &str, names: Vec<Arc<str>>| {
        if !names.is_empty() {
            lines.push(format!("{what}: {}", names.join(", ")));
        }
    };
    let names = |globals: &[crate::mir::Global]| -> Vec<Arc<str>> {
        globals.iter().map(|global| global.name.clone()).collect()
    };
    let stays = |name: &&Arc<str>| !plan.joined.contains(name) && !plan.left.contains(name);
    list("changed", changed.iter().filter(stays).cloned().collect());
    list("joins", plan.joined.clone());
    list("leaves", plan.left.clone());
    let procs = plan.compile.iter().map(|planned| &planned.proc);
    let procs = procs.filter(|proc| !plan.init.iter().any(|step| step.proc == proc.id));
    list("compiled", procs.map(|proc| proc.name.clone()).collect());
    list(
        "removed",
        plan.removed.iter().map(|proc| proc.name.clone()).collect(),
    );
    list("new globals", names(&plan.new_globals));
    list("gone globals", names(&plan.gone_globals));
    list(
        "initialisers that are not run again",
        plan.initialisers_changed.clone(),
    );
    let before = plan.before.iter().map(|run| run.module.clone());
    list("before handlers", before.collect());
    list(
        "after handlers",
        plan.after.iter().map(|run| run.module.clone()).collect(),
    );
    lines.extend(plan.migration.describe(ids));
    let warnings = plan.migration.warnings.iter();
    lines.extend(warnings.map(|warning| format!("warning: {warning}")));
    Ok(lines)
}
