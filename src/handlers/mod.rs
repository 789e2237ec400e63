//! Reload handlers: which run, and in which order.
//!
//! In: the modules of one version of the program. Out: the handlers of one kind in the order of the contract: imports
//! first, depth first, each module once, the main module last; within a module in the order of registration. Runs
//! nothing itself.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mir::{Module, ProcId};

/// A handler that is to run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// The module that registered it.
    pub module: Arc<str>,
    /// What to call.
    pub proc: ProcId,
}

/// The handlers of one kind. `modules` are in the order in which they were initialised, the main module last.
pub fn in_order(modules: &[Arc<Module>], before: bool) -> Vec<Run> {
    let handlers = |module: &Arc<Module>| {
        let name = module.name.clone();
        let wanted = module
            .handlers
            .iter()
            .filter(move |handler| handler.before == before);
        let run = move |handler: &crate::mir::Handler| Run {
            module: name.clone(),
            proc: handler.proc,
        };
        wanted.map(run).collect::<Vec<_>>()
    };
    import_order(modules)
        .into_iter()
        .flat_map(handlers)
        .collect()
}

/// Modules in import order, depth first from the main module. What it does not reach comes before everything else:
/// it was initialised without being named, as `system` is.
pub fn import_order(modules: &[Arc<Module>]) -> Vec<&Arc<Module>> {
    let by_name: FxHashMap<&str, &Arc<Module>> = modules
        .iter()
        .map(|module| (&*module.name, module))
        .collect();
    let mut seen = FxHashSet::default();
    let mut reached = Vec::with_capacity(modules.len());
    if let Some(main) = modules.last() {
        visit(main, &by_name, &mut seen, &mut reached);
    }
    let mut order: Vec<_> = modules
        .iter()
        .filter(|module| !seen.contains(&*module.name))
        .collect();
    order.extend(reached);
    order
}

/// Post-order with a stack of its own: a chain of imports may be long.
fn visit<'a>(
    main: &'a Arc<Module>,
    by_name: &FxHashMap<&str, &'a Arc<Module>>,
    seen: &mut FxHashSet<&'a str>,
    order: &mut Vec<&'a Arc<Module>>,
) {
    seen.insert(&main.name);
    let mut path = vec![(main, 0)];
    while let Some((module, next)) = path.last_mut() {
        match module.imports.get(*next) {
            Some(name) => {
                *next += 1;
                if let Some(&import) = by_name.get(&**name)
                    && seen.insert(&import.name)
                {
                    path.push((import, 0));
                }
            }
            None => {
                order.push(module);
                path.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mir::Handler;

    fn module(name: &str, imports: &[&str], handlers: &[(bool, u32)]) -> Arc<Module> {
        Arc::new(Module {
            imports: imports.iter().map(|&import| import.into()).collect(),
            handlers: handlers
                .iter()
                .map(|&(before, proc)| Handler {
                    before,
                    proc: ProcId(proc),
                })
                .collect(),
            ..Module::empty(name.into())
        })
    }

    #[test]
    fn imports_come_first_and_each_module_once() {
        let modules = [
            module("system", &[], &[]),
            module("c", &[], &[(true, 30), (false, 31)]),
            module("b", &["c"], &[(true, 20), (true, 21)]),
            module("a", &["c", "b"], &[(true, 10)]),
            module("main", &["a", "b", "a"], &[(true, 1), (false, 2)]),
        ];
        let procs = |before| -> Vec<u32> {
            in_order(&modules, before)
                .iter()
                .map(|run| run.proc.0)
                .collect()
        };
        assert_eq!(procs(true), [30, 20, 21, 10, 1]);
        assert_eq!(procs(false), [31, 2]);
        assert_eq!(&*import_order(&modules)[0].name, "system");
    }

    #[test]
    fn cycles_end() {
        let modules = [
            module("a", &["main", "b"], &[(true, 1)]),
            module("b", &["a"], &[(true, 2)]),
            module("main", &["a"], &[(true, 3)]),
        ];
        let procs: Vec<u32> = in_order(&modules, true)
            .iter()
            .map(|run| run.proc.0)
            .collect();
        assert_eq!(procs, [2, 1, 3]);
    }
}
