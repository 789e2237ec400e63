//! Types that compute with generic parameters: `array[N + 1, T]`, `range[0 .. sizeof(T) - 1]`; and those that an argument's
//! type has as its own, `m.T`.
//!
//! In: the text of such a type in the head of a routine. Out: for a parameter, an application of an alias without a name, which
//! is made when the arguments are known, as those with names are. A result's type waits for the instance instead
//! (`RoutineSym::late_ret`).

use std::sync::Arc;

use super::checker::Checker;
use super::symbols::{GenericParam, GenericType, ParamSym, SymKind};
use super::template_copy::copy_tree;
use super::types::{Type, TypeId};
use crate::source::Name;
use crate::syntax::tree::{Cursor, Data, Handle, Kind, Tree};

impl Checker<'_, '_> {
    /// The type of a parameter that computes with generic parameters. `None` if it does not.
    pub(super) fn computed_type(
        &mut self,
        n: Cursor<'_>,
        generics: &[GenericParam],
        params: &[ParamSym],
    ) -> Option<TypeId> {
        let members = self.with_members(params);
        let used: Vec<GenericParam> = generics
            .iter()
            .chain(&members)
            .filter(|generic| mentions(n, &[generic.name]))
            .cloned()
            .collect();
        let names: Vec<Name> = used.iter().map(|generic| generic.name).collect();
        if names.is_empty() || !computes(n, &names, false) && !reads_member(n, &members) {
            return None;
        }
        let mut tree = Tree {
            origin: n.tree.origin,
            ..Tree::default()
        };
        let empty = tree.leaf(Kind::Empty, n.span(), Data::None);
        let body = copy_tree(n, &mut tree);
        let root = tree.inner(Kind::TypeDef, n.span(), &[empty, empty, body]);
        tree.root = Some(root);
        let place = self.place(n);
        let name = Name::new(&self.loader.text(place));
        let sym = self.new_symbol(self.symbol(name, false, place, SymKind::Pending));
        let args = used.iter().map(|generic| generic.ty).collect();
        let generic = GenericType {
            params: used,
            node: Handle {
                tree: Arc::new(tree),
                id: root,
            },
            module: self.env.module,
            sym,
            depth: self.env.scopes.len(),
            nominal: false,
        };
        self.s.types.name_param(sym.0, name);
        self.s.sym_mut(sym).kind = SymKind::GenericType(Arc::new(generic));
        Some(self.intern(Type::Apply(sym.0, args)))
    }
}

impl Checker<'_, '_> {
    /// The parameters whose types have members, each with what stands for its type: `m` of `m: Matrix`.
    pub(super) fn with_members(&self, params: &[ParamSym]) -> Vec<GenericParam> {
        let implied = |param: &ParamSym| {
            let ty = self.s.types.bare(param.ty);
            let is_implied = |name: &str| name.ends_with(":type");
            let number = match *self.get(ty) {
                Type::Param(number) => number,
                _ => return None,
            };
            let known = self.s.types.param_name(number).is_some_and(is_implied);
            known.then_some(GenericParam {
                name: param.name,
                ty,
                constraint: None,
                is_static: false,
                default: None,
            })
        };
        params.iter().filter_map(implied).collect()
    }
}

/// Does a type name a member of what one of these stands for?
pub(super) fn reads_member(n: Cursor<'_>, members: &[GenericParam]) -> bool {
    let names = |kid: Cursor<'_>| {
        let name = kid.name();
        name.is_some_and(|name| members.iter().any(|member| member.name == name))
    };
    n.is(Kind::DotExpr) && names(n.kid(0)) || n.kids().any(|kid| reads_member(kid, members))
}

/// Does a type compute with one of these names, as `array[N + 1, T]` does?
pub(super) fn computes(n: Cursor<'_>, names: &[Name], length: bool) -> bool {
    let own = match n.kind() {
        Kind::Infix => {
            const TYPES: [&str; 7] = ["|", "or", "and", "..", "..<", "not", "->"];
            n.kid(0)
                .name()
                .is_some_and(|op| !TYPES.iter().any(|&word| op == word))
        }
        Kind::Call => length,
        _ => false,
    };
    if own && mentions(n, names) {
        return true;
    }
    let bounds = |name: Name| name == "array" || name == "range";
    let length = length || n.is(Kind::BracketExpr) && n.kid(0).name().is_some_and(bounds);
    !matches!(n.kind(), Kind::ProcTy | Kind::IteratorTy)
        && n.kids().any(|kid| computes(kid, names, length))
}

fn mentions(n: Cursor<'_>, names: &[Name]) -> bool {
    n.name().is_some_and(|name| names.contains(&name)) || n.kids().any(|kid| mentions(kid, names))
}
