//! Scopes: declaring a name, and finding what a name means at a place.
//!
//! A lookup goes through the local scopes from the innermost outwards, then the module's top level together with what
//! its imports export. It ends at the first name that cannot be overloaded; until then overloads of all
//! scopes come together. Generic instances and templates look where they were declared, and in overloads also where they are used.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::checker::Checker;
use super::routine::part;
use super::sights::{Extent, Sight, State};
use super::symbols::{ModuleIx, RoutineSym, SymId, SymKind, Symbol, Syms, Table};
use super::typeexpr::simple_name;
use crate::diagnostics::Diagnostic;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

/// Where names are looked up.
#[derive(Clone)]
pub(super) struct Env {
    /// The module whose top level, imports and privacy count.
    pub module: ModuleIx,
    /// Local scopes, outermost first.
    pub scopes: Vec<Table>,
    /// In a generic instance: the module that asked for it, where overloads are looked up too.
    pub outer: Option<ModuleIx>,
    /// In a generic instance: which names of the body its declaration has bound.
    pub generic: Option<Arc<Binding>>,
}

/// Where a generic routine stands, which decides what the names in its body can mean.
///
/// As the manual's "Symbol lookup in generics" has it: a name that has one meaning there keeps it in every instance. One with several is open:
/// overloads that are in sight where an instance is asked for join in. `bind` closes a name, `mixin` opens it.
#[derive(Debug)]
pub(super) struct Binding {
    /// The statement that declares it.
    pub order: u32,
    /// Local scopes around it.
    pub depth: usize,
    pub closed: Vec<Name>,
    pub open: Vec<Name>,
}

impl Binding {
    pub(super) fn new(head: &RoutineSym) -> Binding {
        let mut binding = Binding {
            order: head.order,
            depth: head.depth,
            closed: Vec::new(),
            open: Vec::new(),
        };
        binding.find(head.node.cursor().kid(part::BODY));
        binding
    }

    fn find(&mut self, n: Cursor<'_>) {
        match n.kind() {
            Kind::BindStmt => self.closed.extend(n.kids().filter_map(simple_name)),
            Kind::MixinStmt => self.open.extend(n.kids().filter_map(simple_name)),
            Kind::TemplateDef | Kind::MacroDef => {}
            _ => n.kids().for_each(|kid| self.find(kid)),
        }
    }
}

/// A name in a template's expansion that is looked up where the template was declared.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Bound {
    pub name: Name,
    pub module: ModuleIx,
    /// Local scopes around the template's declaration.
    pub depth: usize,
    /// The statement that declares the template: what the module declares later is no part of a name's meaning.
    pub order: u32,
    /// `bind`: nothing of the expansion's scope is added.
    pub closed: bool,
    /// This symbol and no other: a macro was given it.
    pub exact: Option<SymId>,
}

impl Bound {
    /// A name that means one symbol.
    pub(super) fn exactly(sym: SymId, name: Name) -> Bound {
        Bound {
            name,
            module: sym.module(),
            depth: 0,
            order: u32::MAX,
            closed: true,
            exact: Some(sym),
        }
    }
}

/// Names that a module's top level was asked for by code that stands elsewhere.
#[derive(Default)]
pub(super) struct LookedUp {
    /// By instances of other modules' generics, which the whole module shares.
    pub instances: FxHashSet<Name>,
    /// By expansions of templates in the current statement.
    pub expansions: FxHashSet<Name>,
}

impl Checker<'_, '_> {
    /// Is it declared further down than where a single body is checked?
    pub(super) fn is_hidden(&self, sym: SymId) -> bool {
        self.horizon
            .is_some_and(|horizon| sym.module() == self.module && self.s.sym(sym).order > horizon)
    }

    /// Those of some symbols that can be seen.
    pub(super) fn visible(&self, syms: &Syms) -> Syms {
        let seen = |sym: &&SymId| !self.is_hidden(**sym);
        syms.iter().filter(seen).copied().collect()
    }

    // Symbols and scopes.

    pub(super) fn new_symbol(&mut self, symbol: Symbol) -> SymId {
        let syms = &mut self.s.modules[self.module.0 as usize].syms;
        syms.push(symbol);
        SymId::new(self.module, syms.len() - 1)
    }

    /// A symbol of the module's top level, with the number that it had in earlier versions.
    fn new_top_symbol(&mut self, symbol: Symbol) -> SymId {
        let count = self
            .overloads
            .entry((symbol.name, symbol.exported))
            .or_default();
        let key = (symbol.name, symbol.exported, *count);
        *count += 1;
        let module = &mut self.s.modules[self.module.0 as usize];
        if let Some(&index) = module.stable.get(&key) {
            module.syms[index] = symbol;
            return SymId::new(self.module, index);
        }
        module.syms.push(symbol);
        let index = module.syms.len() - 1;
        module.stable.insert(key, index);
        SymId::new(self.module, index)
    }

    pub(super) fn symbol(&self, name: Name, exported: bool, place: Place, kind: SymKind) -> Symbol {
        let deprecated = match &kind {
            SymKind::Routine(head) => head.pragmas.deprecated.clone(),
            _ => None,
        };
        Symbol {
            name,
            exported,
            place,
            kind,
            deprecated,
            order: self.order,
        }
    }

    /// Does the name of a declaration have a star? Within a scope none may.
    pub(super) fn exports(&mut self, name: Cursor<'_>) -> bool {
        let (name, _) = name.with_pragmas();
        let exported = name.is(Kind::Postfix);
        if exported && !(self.at_top() && self.env.scopes.is_empty()) {
            let star = self.place(name.kid(0));
            self.error(star, "'export' is only allowed at top level");
        }
        exported
    }

    pub(super) fn push_scope(&mut self) {
        self.env.scopes.push(Table::default());
    }
    pub(super) fn pop_scope(&mut self) {
        self.env.scopes.pop();
    }

    /// Declares a symbol in the innermost scope.
    pub(super) fn declare(&mut self, symbol: Symbol) -> SymId {
        let (name, exported, place) = (symbol.name, symbol.exported, symbol.place);
        let overloadable = symbol.kind.overloadable();
        let pending = matches!(symbol.kind, SymKind::Pending);
        if self.env.scopes.is_empty() {
            let clash = self.s.modules[self.module.0 as usize]
                .scope
                .get(&name)
                .cloned()
                .unwrap_or_default();
            self.check_clash(name, place, overloadable || pending, &clash);
            let id = self.new_top_symbol(symbol);
            self.declared.push(id);
            let module = &mut self.s.modules[self.module.0 as usize];
            let changes = &mut self.s.changes;
            module.scope.change(name, changes).push(id);
            if exported {
                module.exports.change(name, changes).push(id);
            }
            return id;
        }
        let clash = self
            .env
            .scopes
            .last()
            .and_then(|scope| scope.get(&name))
            .cloned()
            .unwrap_or_default();
        self.check_clash(name, place, overloadable || pending, &clash);
        let id = self.new_symbol(symbol);
        let scope = self.env.scopes.last_mut().expect("there is a local scope");
        let syms = scope.entry(name).or_default();
        if overloadable {
            syms.push(id);
        } else {
            *syms = smallvec::smallvec![id];
        }
        id
    }

    pub(super) fn check_clash(
        &mut self,
        name: Name,
        place: Place,
        overloadable: bool,
        others: &Syms,
    ) {
        if name == "_" {
            return;
        }
        let clash = others.iter().find(|&&other| {
            let kind = &self.s.sym(other).kind;
            !(overloadable && (kind.overloadable() || matches!(kind, SymKind::Module(_))))
                && !matches!(kind, SymKind::Module(_) | SymKind::Alias(_))
                && !self.is_pure_constant(other)
        });
        if let Some(&other) = clash {
            let previous = self.s.sym(other).place;
            let (file, line, col) = self.loader.line(previous);
            let message = format!(
                "redefinition of '{name}'; previous declaration here: {file}({line}, {col})"
            );
            self.report(
                Diagnostic::error(place, message).with_label(previous, "first declared here"),
            );
        }
    }

    /// All that `name` can mean here: the innermost declaration, or if that is overloadable, all overloads in sight.
    pub(super) fn lookup(&self, name: Name) -> Syms {
        let env = &self.env;
        match &env.generic {
            Some(generic) => self.lookup_generic(generic, name),
            None => self.lookup_in(&env.scopes, env.module, env.outer, name),
        }
    }

    /// What a name in the body of a generic routine means in an instance.
    fn lookup_generic(&self, generic: &Binding, name: Name) -> Syms {
        let env = &self.env;
        let own = env.scopes.iter().skip(generic.depth);
        let is_own = own.into_iter().any(|scope| scope.contains_key(&name));
        let all = || self.lookup_in(&env.scopes, env.module, env.outer, name);
        if is_own || generic.open.contains(&name) {
            return all();
        }
        let around = &env.scopes[..generic.depth.min(env.scopes.len())];
        let bound = self.declared_by(around, env.module, generic.order, name);
        if self.is_one(&bound) || !bound.is_empty() && generic.closed.contains(&name) {
            return bound;
        }
        all()
    }

    /// What a name means after the statement `order` of a module's top level, under some local scopes.
    fn declared_by(&self, scopes: &[Table], module: ModuleIx, order: u32, name: Name) -> Syms {
        let mut found = self.lookup_in(scopes, module, None, name);
        found.retain(|sym| sym.module() != module || self.s.sym(*sym).order <= order);
        found
    }

    /// Is it one routine? A name that has no more meanings where it stands keeps this one.
    fn is_one(&self, syms: &Syms) -> bool {
        let is_module = |sym: &&SymId| matches!(self.s.sym(**sym).kind, SymKind::Module(_));
        let mut meanings = syms.iter().filter(|sym| !is_module(sym));
        let first = meanings.next();
        first.is_some_and(|&sym| matches!(self.s.sym(sym).kind, SymKind::Routine(_)))
            && meanings.next().is_none()
    }

    fn lookup_in(
        &self,
        scopes: &[Table],
        module: ModuleIx,
        outer: Option<ModuleIx>,
        name: Name,
    ) -> Syms {
        let mut found = Syms::new();
        for scope in scopes.iter().rev() {
            let nearer = found.len();
            if let Some(syms) = scope.get(&name)
                && self.collect(&mut found, syms, nearer)
            {
                return found;
            }
        }
        if outer.is_none() {
            self.note_lookup(name);
        }
        if self.lookup_module(module, name, &mut found) {
            return found;
        }
        if let Some(outer) = outer
            && outer != module
        {
            self.note_lookup(name);
            self.lookup_module(outer, name, &mut found);
        }
        found
    }

    /// Notes a name that the module's top level is asked for and that may not be in the statement's text.
    fn note_lookup(&self, name: Name) {
        if self.env.outer.is_some() {
            self.looked_up.borrow_mut().instances.insert(name);
        } else if !self.expansions.is_empty() {
            self.looked_up.borrow_mut().expansions.insert(name);
        }
    }

    /// The routines in sight under a name, whatever else has it: `x.len` calls `len` also where a variable is called so.
    pub(super) fn lookup_routines(&self, name: Name) -> Syms {
        let mut found = Syms::new();
        self.note_lookup(name);
        let mut add = |syms: Option<&Syms>| {
            for &sym in syms.into_iter().flatten() {
                if matches!(self.s.sym(sym).kind, SymKind::Routine(_))
                    && !found.contains(&sym)
                    && !self.is_hidden(sym)
                {
                    found.push(sym);
                }
            }
        };
        for scope in self.env.scopes.iter().rev() {
            add(scope.get(&name));
        }
        for module in std::iter::once(self.env.module).chain(self.env.outer) {
            let data = &self.s.modules[module.0 as usize];
            add(data.scope.get(&name));
            for import in data
                .imports
                .iter()
                .filter(|i| !i.qualified_only && !i.except.contains(&name))
            {
                add(self.s.modules[import.module.0 as usize].exports.get(&name));
            }
        }
        found
    }

    /// What `x.name` can call: routines before anything else of that name.
    pub(super) fn lookup_callable(&self, name: Name) -> Syms {
        let all = self.lookup(name);
        if all.iter().any(|&sym| self.s.sym(sym).kind.overloadable()) {
            return all;
        }
        let routines = self.lookup_routines(name);
        if routines.is_empty() { all } else { routines }
    }

    /// Adds what a module's top level sees under `name`. Says whether the search ends here.
    fn lookup_module(&self, module: ModuleIx, name: Name, found: &mut Syms) -> bool {
        if !found.is_empty() {
            return self.add_top_level(module, name, found).last;
        }
        let state = State {
            changes: self.s.changes.of(name),
            imports: self.s.modules[module.0 as usize].imports.len(),
        };
        let is_whole = |newest| self.horizon.is_none_or(|horizon| newest <= horizon);
        if let Some(sight) = self.sights.get(module, name, state)
            && is_whole(sight.extent.newest)
        {
            *found = sight.syms;
            return sight.extent.last;
        }
        let extent = self.add_top_level(module, name, found);
        if is_whole(extent.newest) {
            let syms = found.clone();
            let sight = Sight { syms, extent };
            self.sights.set(module, name, state, sight);
        }
        extent.last
    }

    /// Adds what a module's declarations and imports have under `name`.
    fn add_top_level(&self, module: ModuleIx, name: Name, found: &mut Syms) -> Extent {
        let mut extent = Extent::default();
        let newest = |syms: &Syms| {
            let own = syms.iter().filter(|sym| sym.module() == self.module);
            own.map(|&sym| self.s.sym(sym).order).max().unwrap_or(0)
        };
        let data = &self.s.modules[module.0 as usize];
        let nearer = found.len();
        if let Some(syms) = data.scope.get(&name) {
            extent.newest = newest(syms);
            extent.last = self.collect(found, syms, nearer);
            if extent.last {
                return extent;
            }
        }
        let nearer = found.len();
        for import in &data.imports {
            if import.qualified_only || import.except.contains(&name) {
                continue;
            }
            if let Some(syms) = self.s.modules[import.module.0 as usize].exports.get(&name) {
                extent.newest = extent.newest.max(newest(syms));
                extent.last |= self.collect(found, syms, nearer);
            }
        }
        extent
    }

    /// Adds overloads of one scope to those of `nearer` symbols of scopes within it, and maybe others that are as far away. Says whether
    /// the search ends: something found is not overloadable. A module's name never ends it, since routines often share it.
    fn collect(&self, found: &mut Syms, syms: &Syms, nearer: usize) -> bool {
        let mut last = false;
        // A scope has each symbol once: only what comes from elsewhere can be the same.
        let others = found.len();
        found.reserve(syms.len());
        for &sym in syms {
            if self.is_hidden(sym) {
                continue;
            }
            let kind = &self.s.sym(sym).kind;
            let ends = !kind.overloadable() && !matches!(kind, SymKind::Module(_));
            if found[..others].contains(&sym) {
                last |= ends;
                continue;
            }
            // A routine hides what is not overloadable in an outer scope, a constant of an enum also what is as near.
            let is_enum = |f: SymId| matches!(self.s.sym(f).kind, SymKind::EnumConst { .. });
            let hides = |(at, &f): (usize, &SymId)| {
                let kind = &self.s.sym(f).kind;
                kind.overloadable() && !self.is_pure_constant(f) && (at < nearer || is_enum(f))
            };
            if ends && found.iter().enumerate().any(hides) {
                last = true;
                continue;
            }
            found.push(sym);
            last |= ends;
        }
        last
    }

    /// What indexing means, whose name stands nowhere: an expansion of a template sees what the template sees.
    pub(super) fn lookup_indexing(&self, name: Name) -> Syms {
        let mut found = self.lookup(name);
        for &module in &self.template_modules {
            if module == self.env.module {
                continue;
            }
            for sym in self.lookup_in(&[], module, None, name) {
                if !found.contains(&sym) && matches!(self.s.sym(sym).kind, SymKind::Routine(_)) {
                    found.push(sym);
                }
            }
        }
        found
    }

    /// What a name of a template's body means at its expansion.
    pub(super) fn lookup_bound(&self, bound: Bound) -> Syms {
        if let Some(sym) = bound.exact.filter(|&sym| self.is_symbol(sym, bound.name)) {
            return smallvec::smallvec![sym];
        }
        let here = self.env.module == bound.module;
        let depth = if here {
            bound.depth.min(self.env.scopes.len())
        } else {
            0
        };
        let scopes = &self.env.scopes[..depth];
        let mut found = self.declared_by(scopes, bound.module, bound.order, bound.name);
        // A name for one routine means that one; overloads of the expansion's scope join several.
        let open =
            !self.is_one(&found) && found.iter().all(|&sym| self.s.sym(sym).kind.overloadable());
        if open && !bound.closed {
            for sym in self.lookup(bound.name) {
                if !found.contains(&sym)
                    && (found.is_empty() || self.s.sym(sym).kind.overloadable())
                {
                    found.push(sym);
                }
            }
        }
        found
    }

    /// Names exported by a module, for `m.name`. In the module itself, all of its names.
    pub(super) fn lookup_qualified(&self, module: ModuleIx, name: Name) -> Syms {
        let data = &self.s.modules[module.0 as usize];
        let table = if module == self.env.module || module == self.module {
            &data.scope
        } else {
            &data.exports
        };
        table
            .get(&name)
            .map(|syms| self.visible(syms))
            .unwrap_or_default()
    }

    /// Checks `f` with another place of lookup, and comes back.
    pub(super) fn with_env<T>(&mut self, env: Env, f: impl FnOnce(&mut Self) -> T) -> T {
        let saved = std::mem::replace(&mut self.env, env);
        let result = f(self);
        self.env = saved;
        result
    }

    /// The environment of a declaration in `module` under `depth` local scopes.
    pub(super) fn env_of(&self, module: ModuleIx, depth: usize) -> Env {
        let scopes = if module == self.env.module {
            self.env.scopes[..depth.min(self.env.scopes.len())].to_vec()
        } else {
            Vec::new()
        };
        let outer = self
            .env
            .outer
            .or(Some(self.env.module))
            .filter(|&outer| outer != module);
        Env {
            module,
            scopes,
            outer,
            generic: None,
        }
    }
}
