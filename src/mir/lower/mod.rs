//! Lowering: from the typed tree to MIR. This is where Nim's meaning is spelled out.
//!
//! In: checked modules ([`crate::sema::typed`]) and a way to look up the routines and globals of others. Out: a
//! [`Module`] of procs, or the procs of one routine for compile-time evaluation. Order of evaluation, copies, moves,
//! destroys, checks, unwinding, inline iterators and closures become explicit; names and overloads were settled before.
//!
//! # How
//!
//! One pass over each body, in the order of evaluation. An expression is asked for in one of three ways: *read* (an
//! operand or the address of something that outlives the use), *build into* (an owned value in storage that the
//! consumer provides) or *place* (an address). What must be undone when control leaves stands on a stack of cleanups;
//! each way out (unwinding, return, break) gets a chain of blocks, shared by all places that leave with the same stack.
//!
//! | file | |
//! |---|---|
//! | `layout`, `identity`, `desc`, `abi` | sizes, names and hashes, descriptors, signatures |
//! | `builder` | blocks and instructions |
//! | `routine`, `cleanup`, `frame` | a proc from entry to exit, the stack of cleanups, locals |
//! | `expr`, `place`, `call`, `convert`, `arith`, `magic`, `sets`, `construct` | expressions |
//! | `stmt`, `branch`, `exception`, `iterate`, `closure`, `resume`, `method` | statements, `case`, `try`, `for`, environments, closure iterators, dispatch |
//! | `borrow` | which arguments are held during a call |
//! | `own`, `destroy`, `synth`, `duplicate` | copies, moves, destroys; the procs per type that do them |
//! | `pinned` | the identity of nested and anonymous procs |
//! | `uses` | which layouts a body knows, for frames that go on in it |
//! | `last_use`, `part` | which read of a local or a part of one is the last, and so moves |
//! | `constant` | constant data |
//!
//! Conventions that all lowered procs share, beyond those of MIR: a result in memory is zeroed when the proc leaves with
//! an exception; a `sink` argument in memory is storage that the callee takes over; an `openArray` is two arguments.

mod abi;
mod arith;
mod bits;
mod borrow;
mod branch;
mod builder;
mod byvalue;
mod call;
mod cleanup;
mod closure;
mod constant;
mod construct;
mod convert;
mod cursor;
mod desc;
mod destroy;
mod duplicate;
mod env_use;
mod exception;
mod expr;
mod first_write;
mod frame;
pub mod identity;
mod iterate;
mod last_use;
pub mod layout;
mod live;
mod magic;
mod method;
mod own;
mod part;
mod pinned;
mod place;
mod resume;
mod routine;
mod sets;
mod source;
mod stmt;
mod synth;
#[cfg(test)]
mod tests;
mod toplevel;
mod uses;

pub(super) use resume::given_up;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::Diagnostic;
use crate::mir::{
    DescId, GlobalId, Handler, Ids, InitStep, Migration, Module, Proc, ProcId, Written,
};
use crate::sema::typed::{
    CheckedModule, Expr, ExprKind, GlobalVar, GlobalVarId, Hooks, Routine, RoutineId, RoutineKind,
    TypeBound,
};
use crate::sema::types::{TypeId, Types};
use crate::source::{Name, Place};

use abi::ProcInfo;
use layout::{Kind, Layouts};
use source::Source;
use synth::Synth;

/// Lowers the modules and routines of one program.
pub struct Lowering<'a> {
    types: &'a Types,
    ids: &'a Ids,
    hooks: &'a Hooks,
    routine: &'a dyn Fn(RoutineId) -> Option<Arc<Routine>>,
    global: &'a dyn Fn(GlobalVarId) -> Option<Arc<GlobalVar>>,
    /// For evaluation at compile time: what `nimvm` is.
    compile_time: bool,
    cache: Cache,
}

/// What has been found out, and what the current output still needs.
#[derive(Default)]
struct Cache {
    layouts: Layouts,
    identities: RefCell<FxHashMap<TypeId, Arc<str>>>,
    fingerprints: RefCell<FxHashMap<TypeId, u64>>,
    flat_fingerprints: RefCell<FxHashMap<TypeId, u64>>,
    managed: RefCell<FxHashMap<TypeId, bool>>,
    addresses: RefCell<FxHashMap<TypeId, bool>>,
    observable: RefCell<FxHashMap<TypeId, bool>>,
    destroy_raises: RefCell<FxHashMap<TypeId, bool>>,
    hooked: RefCell<FxHashMap<(TypeId, TypeBound), bool>>,
    forbidden: RefCell<FxHashMap<(TypeId, TypeBound), bool>>,
    procs: RefCell<FxHashMap<RoutineId, Arc<ProcInfo>>>,
    iterators: RefCell<FxHashMap<RoutineId, Rc<Source>>>,
    routines: RefCell<FxHashMap<ProcId, RoutineId>>,
    descs: RefCell<FxHashMap<TypeId, DescId>>,
    has_ref: RefCell<FxHashMap<TypeId, bool>>,
    releases: RefCell<FxHashMap<RoutineId, bool>>,
    /// The routines of the module that is being lowered.
    own: RefCell<FxHashSet<RoutineId>>,
    /// Variables of blocks of the top level: those that other routines use too, and those whose value ends with the block.
    shared: RefCell<FxHashSet<GlobalVarId>>,
    scoped: RefCell<FxHashSet<GlobalVarId>>,
    /// The steps of the top level that may leave something to others, and whether that goes there.
    steps: RefCell<FxHashMap<RoutineId, bool>>,
    /// Variables of the top level that may be moved from, and in which step.
    movable: RefCell<FxHashMap<GlobalVarId, RoutineId>>,
    /// Synthesised procs that the current output has or still needs.
    requested: RefCell<FxHashSet<Synth>>,
    pending: RefCell<Vec<Synth>>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    place: std::cell::Cell<Place>,
}

impl<'a> Lowering<'a> {
    /// A lowering that sees the program through `routine` and `global`: the checked form of any routine and global
    /// variable, of whichever module.
    pub fn new(
        types: &'a Types,
        ids: &'a Ids,
        hooks: &'a Hooks,
        routine: &'a dyn Fn(RoutineId) -> Option<Arc<Routine>>,
        global: &'a dyn Fn(GlobalVarId) -> Option<Arc<GlobalVar>>,
    ) -> Lowering<'a> {
        Lowering {
            types,
            ids,
            hooks,
            routine,
            global,
            compile_time: false,
            cache: Cache::default(),
        }
    }

    /// The same for what runs when the program is compiled: there `nimvm` is true.
    pub fn at_compile_time(mut self) -> Self {
        self.compile_time = true;
        self
    }

    /// Lowers a module: its routines, and the synthesised procs that they need.
    ///
    /// # Errors
    /// What of the module is not supported yet, each with its place.
    pub fn lower_module(&self, module: &CheckedModule) -> Result<Module, Vec<Diagnostic>> {
        self.lower_part(module, &module.routines)
    }

    /// Lowers a module with some of its routines: what runs by itself (top-level code, handlers, methods) has to be
    /// among them.
    ///
    /// # Errors
    /// What of it is not supported yet, each with its place.
    pub fn lower_part(
        &self,
        module: &CheckedModule,
        routines: &[Arc<Routine>],
    ) -> Result<Module, Vec<Diagnostic>> {
        self.begin();
        self.own(module, routines);
        let mut procs: Vec<Arc<Proc>> = routines
            .iter()
            .flat_map(|routine| self.lower_one(routine))
            .collect();
        let globals = module
            .globals
            .iter()
            .filter(|global| global.import.is_none())
            .map(|global| self.lower_global(global))
            .collect();
        let init = module
            .init
            .iter()
            .map(|top| InitStep {
                proc: self.proc(top.routine).id,
                sets: top.sets.iter().map(|&id| self.global_id(id)).collect(),
                written: Some(Written {
                    rest: top.written.rest,
                    firsts: top
                        .written
                        .firsts
                        .iter()
                        .map(|&(id, hash)| (self.global_id(id), hash))
                        .collect(),
                }),
            })
            .collect();
        let handlers = module
            .handlers
            .iter()
            .map(|&(before, routine)| Handler {
                before,
                proc: self.proc(routine).id,
            })
            .collect();
        let defaults = module
            .defaults
            .iter()
            .map(|&(ty, routine)| (self.desc(ty), self.proc(routine).id))
            .collect();
        let migrations = module
            .migrations
            .iter()
            .map(|&(old, new, routine)| Migration {
                proc: self.proc(routine).id,
                old: self.desc(old),
                new: self.desc(new),
            })
            .collect();
        self.finish(&mut procs)?;
        Ok(Module {
            name: module.name.clone(),
            imports: module.imports.clone(),
            procs,
            globals,
            init,
            handlers,
            defaults,
            migrations,
            types: module.types.clone(),
            partial: routines.len() < module.routines.len(),
            added: 0,
        })
    }

    /// Lowers some routines of a module, and the synthesised procs that they need.
    ///
    /// # Errors
    /// What of them is not supported yet, each with its place.
    pub fn lower_routines(
        &self,
        module: &CheckedModule,
        routines: &[Arc<Routine>],
    ) -> Result<Vec<Arc<Proc>>, Vec<Diagnostic>> {
        self.begin();
        self.own(module, routines);
        let mut procs = routines
            .iter()
            .flat_map(|routine| self.lower_one(routine))
            .collect();
        self.finish(&mut procs)?;
        Ok(procs)
    }

    /// Finds out what lowering these routines of the module has to know of the others.
    fn own(&self, module: &CheckedModule, routines: &[Arc<Routine>]) {
        let own = module.routines.iter().map(|routine| routine.id).collect();
        self.cache.own.replace(own);
        self.cache.shared.replace(self.shared_globals(module));
        self.cache.scoped.borrow_mut().clear();
        let steps: FxHashSet<RoutineId> = module.init.iter().map(|step| step.routine).collect();
        if routines.iter().any(|routine| steps.contains(&routine.id)) {
            self.cache.steps.replace(self.groups(module));
            self.cache.movable.replace(self.movable_globals(module));
        }
    }

    /// The variables of blocks of the top level that other routines than the top level use: closures, handlers, procs.
    fn shared_globals(&self, module: &CheckedModule) -> FxHashSet<GlobalVarId> {
        let nested = |global: &&Arc<GlobalVar>| global.nested && self.runs_hook(global.ty);
        let nested: FxHashSet<GlobalVarId> =
            module.globals.iter().filter(nested).map(|g| g.id).collect();
        let mut shared = FxHashSet::default();
        if nested.is_empty() {
            return shared;
        }
        let top: FxHashSet<RoutineId> = module.init.iter().map(|top| top.routine).collect();
        for routine in &module.routines {
            if let Some(body) = routine.body.as_ref().filter(|_| !top.contains(&routine.id)) {
                mentioned(body, &nested, &mut shared);
            }
        }
        shared
    }

    /// Lowers one routine and the synthesised procs that it needs; what it calls is lowered when it is called.
    ///
    /// # Errors
    /// What of it is not supported yet.
    pub fn lower_routine(&self, routine: &Arc<Routine>) -> Result<Vec<Arc<Proc>>, Vec<Diagnostic>> {
        self.begin();
        let mut procs = self.lower_one(routine);
        self.finish(&mut procs)?;
        Ok(procs)
    }

    /// The proc that `routine` becomes.
    pub fn proc_id(&self, routine: RoutineId) -> ProcId {
        self.proc(routine).id
    }

    /// The routine that became `proc`, if this lowering has named it before.
    pub fn routine_of(&self, proc: ProcId) -> Option<RoutineId> {
        self.cache.routines.borrow().get(&proc).copied()
    }

    fn identify(&self, global: &GlobalVar) -> GlobalId {
        match global.threadvar {
            true => (self.ids).global(&format!("{}{}", crate::mir::THREADVAR, global.identity)),
            false => self.ids.global(&global.identity),
        }
    }

    /// The global that a global variable becomes.
    pub fn global_id(&self, global: GlobalVarId) -> GlobalId {
        match (self.global)(global) {
            Some(var) => self.identify(&var),
            None => {
                self.bug("a global variable is unknown");
                self.ids.global("?")
            }
        }
    }

    /// The layouts of this program's types.
    pub fn layouts(&self) -> &Layouts {
        &self.cache.layouts
    }

    /// The descriptor of `ty`.
    pub fn desc_id(&self, ty: TypeId) -> DescId {
        self.desc(ty)
    }

    fn begin(&self) {
        self.cache.requested.borrow_mut().clear();
        self.cache.pending.borrow_mut().clear();
        self.cache.descs.borrow_mut().clear();
        self.cache.own.borrow_mut().clear();
        self.cache.steps.borrow_mut().clear();
        self.cache.movable.borrow_mut().clear();
        self.cache.releases.borrow_mut().clear();
        self.cache.iterators.borrow_mut().clear();
        self.cache.diagnostics.borrow_mut().clear();
    }

    fn finish(&self, procs: &mut Vec<Arc<Proc>>) -> Result<(), Vec<Diagnostic>> {
        loop {
            let next = self.cache.pending.borrow_mut().pop();
            let Some(synth) = next else { break };
            procs.push(Arc::new(self.synthesise(synth)));
        }
        if cfg!(debug_assertions) && self.cache.diagnostics.borrow().is_empty() {
            self.verify(procs);
        }
        let diagnostics = std::mem::take(&mut *self.cache.diagnostics.borrow_mut());
        if diagnostics.is_empty() {
            Ok(())
        } else {
            Err(diagnostics)
        }
    }

    /// Checks that what was made keeps the rules of MIR.
    fn verify(&self, procs: &[Arc<Proc>]) {
        let made: FxHashMap<ProcId, &Arc<Proc>> =
            procs.iter().map(|proc| (proc.id, proc)).collect();
        let known = |id: ProcId| match made.get(&id) {
            Some(proc) => Some(proc.sig.clone()),
            None => Some((*self.proc(self.routine_of(id)?).sig).clone()),
        };
        for proc in procs {
            if let Err(errors) = crate::mir::verify(proc, self.ids, &known) {
                if let Some(&place) = proc.sites.first() {
                    self.cache.place.set(place);
                }
                self.bug(&errors.join("\n"));
            }
        }
    }

    fn lower_one(&self, routine: &Arc<Routine>) -> Vec<Arc<Proc>> {
        self.cache.place.set(routine.place);
        match routine.kind {
            RoutineKind::InlineIterator => return Vec::new(),
            RoutineKind::Proc | RoutineKind::Method | RoutineKind::ClosureIterator => {}
        }
        match routine.body {
            Some(_) => routine::lower(self, routine),
            None => Vec::new(),
        }
    }

    fn lower_global(&self, global: &GlobalVar) -> crate::mir::Global {
        crate::mir::Global {
            id: self.identify(global),
            name: global.shown.clone(),
            desc: self.desc(global.ty),
            is_let: global.is_let,
            scoped: self.cache.scoped.borrow().contains(&global.id),
            place: global.place,
        }
    }

    fn kind(&self, ty: TypeId) -> Kind {
        layout::kind(self.types, ty)
    }

    fn size(&self, ty: TypeId) -> u64 {
        self.cache.layouts.size(self.types, ty)
    }

    fn size_align(&self, ty: TypeId) -> (u64, u32) {
        self.cache.layouts.size_align(self.types, ty)
    }

    /// A compilerproc of `system`, by name.
    fn system(&self, name: &str) -> Option<ProcId> {
        let id = *self.hooks.system.get(&Name::new(name))?;
        Some(self.proc(id).id)
    }

    /// A compilerproc that must be there.
    fn required(&self, name: &str) -> ProcId {
        self.system(name).unwrap_or_else(|| {
            self.bug(&format!("system has no compilerproc `{name}`"));
            self.ids.proc(name, 0)
        })
    }

    fn unsupported(&self, place: Place, feature: impl std::fmt::Display) {
        self.report(Diagnostic::unsupported(place, feature));
    }

    fn report(&self, diagnostic: Diagnostic) {
        let mut all = self.cache.diagnostics.borrow_mut();
        if !all.contains(&diagnostic) {
            all.push(diagnostic);
        }
    }

    /// What sema should have excluded.
    fn bug(&self, what: &str) {
        self.report(Diagnostic::error(
            self.cache.place.get(),
            format!("internal error: lowering: {what}"),
        ));
    }
}

/// Adds the globals of `among` that an expression mentions.
fn mentioned(e: &Expr, among: &FxHashSet<GlobalVarId>, found: &mut FxHashSet<GlobalVarId>) {
    e.walk(&mut |part| {
        if let ExprKind::Global(id) = &part.kind
            && among.contains(id)
        {
            found.insert(*id);
        }
    });
}
