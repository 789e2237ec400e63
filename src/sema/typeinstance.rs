//! Instances of generic types, and what identifies a type.

use std::sync::Arc;

use super::checker::Checker;
use super::symbols::{GenericType, SymId, SymKind};
use super::typed::{Expr, ExprKind};
use super::types::{StaticKey, Type, TypeId};
use super::typesection::nominal_part;
use crate::source::{Name, Place};

impl Checker<'_, '_> {
    /// Makes (or finds) an instance of a generic type.
    pub(super) fn instantiate_type(
        &mut self,
        generic: &Arc<GenericType>,
        args: Vec<TypeId>,
        place: Place,
    ) -> TypeId {
        let key = (generic.sym, args);
        if let Some(&ty) = self.type_instances.get(&key) {
            return ty;
        }
        if self.depth > 100 {
            self.error(place, "generic instantiation too nested");
            return TypeId::ERROR;
        }
        let args = key.1.clone();
        let mut env = self.env_of(generic.module, generic.depth);
        env.scopes.push(
            self.argument_scope(
                generic
                    .params
                    .iter()
                    .map(|p| p.name)
                    .zip(args.iter().copied()),
                place,
            ),
        );
        let generic = generic.clone();
        self.depth += 1;
        let ty = self.with_env(env, |c| c.instance_body(&generic, key, place));
        self.depth -= 1;
        ty
    }

    pub(super) fn instance_body(
        &mut self,
        generic: &Arc<GenericType>,
        key: (SymId, Vec<TypeId>),
        place: Place,
    ) -> TypeId {
        let def = generic.node.cursor();
        let args = key.1.clone();
        if let Some((pointer, _)) = nominal_part(def.kid(2)) {
            let symbol = self.s.sym(generic.sym);
            let (name, exported) = (symbol.name, symbol.exported);
            let module = self.s.modules[generic.module.0 as usize].name.clone();
            let nested = match generic.depth > 0 {
                true => format!("#{}", generic.sym.0),
                false => String::new(),
            };
            let identity = format!("{module}.{name}{nested}[{}]", self.identity_list(&args));
            let ty = self.nominal_type(
                &identity,
                name,
                pointer,
                exported,
                place,
                def.kid(2),
                Some(generic.sym.0),
                args,
            );
            self.type_instances.insert(key, ty);
            self.complete_nominal(ty, def);
            return ty;
        }
        self.current.push(generic.node.tree.clone());
        let ty = self.type_expr(def.kid(2));
        self.current.pop();
        if matches!(self.get(ty), Type::Class(_)) {
            let name = self.s.sym(generic.sym).name;
            let shown = format!("{name}[{}]", self.s.types.show_list(&args));
            self.s.types.name_class(ty, Name::new(&shown));
        }
        self.type_instances.insert(key, ty);
        ty
    }

    /// A scope in which generic parameters stand for their arguments.
    pub(super) fn argument_scope(
        &mut self,
        args: impl Iterator<Item = (Name, TypeId)>,
        place: Place,
    ) -> super::symbols::Table {
        let mut scope = super::symbols::Table::default();
        for (name, arg) in args {
            let kind = match self.static_value_of(arg, place) {
                Some(value) => SymKind::Const(Arc::new(value)),
                None => SymKind::Type(arg),
            };
            let sym = self.new_symbol(self.symbol(name, false, place, kind));
            scope.insert(name, smallvec::smallvec![sym]);
        }
        scope
    }

    /// The value that stands for a `static` parameter.
    pub(super) fn static_value_of(&self, arg: TypeId, place: Place) -> Option<Expr> {
        let Type::StaticValue(base, key) = self.get(arg).clone() else {
            return None;
        };
        let kind = match key {
            StaticKey::Int(value) => ExprKind::Int(value),
            StaticKey::Float(bits) => ExprKind::Float(f64::from_bits(bits)),
            StaticKey::Str(text) => ExprKind::Str(text),
            StaticKey::Other(text) => match self.s.static_values.get(&text) {
                // The value has a type of its own where the parameter is a view: `static openArray[int]`.
                Some(value) if matches!(self.get(base), Type::OpenArray(_)) => {
                    return Some(Expr {
                        place,
                        ..(**value).clone()
                    });
                }
                Some(value) => value.kind.clone(),
                None => ExprKind::Nop,
            },
        };
        Some(self.make(kind, base, place))
    }

    /// Types as parts of an identity: nominal ones with their module.
    pub(super) fn identity_list(&self, types: &[TypeId]) -> String {
        types
            .iter()
            .map(|&ty| self.type_identity(ty))
            .collect::<Vec<_>>()
            .join(",")
    }

    pub(super) fn type_identity(&self, ty: TypeId) -> String {
        match self.get(ty) {
            Type::Enum(n) | Type::Object(n) | Type::Distinct(n) => {
                self.s.types.identity(*n).to_string()
            }
            Type::Ref(t) => format!("ref {}", self.type_identity(*t)),
            Type::Ptr(t) => format!("ptr {}", self.type_identity(*t)),
            Type::Var(t) => format!("var {}", self.type_identity(*t)),
            Type::Sink(t) => format!("sink {}", self.type_identity(*t)),
            Type::Lent(t) => format!("lent {}", self.type_identity(*t)),
            Type::Seq(t) => format!("seq[{}]", self.type_identity(*t)),
            Type::Set(t) => format!("set[{}]", self.type_identity(*t)),
            Type::OpenArray(t) => format!("openArray[{}]", self.type_identity(*t)),
            Type::Varargs(t) => format!("varargs[{}]", self.type_identity(*t)),
            Type::UncheckedArray(t) => format!("UncheckedArray[{}]", self.type_identity(*t)),
            Type::TypeDesc(t) => format!("typedesc[{}]", self.type_identity(*t)),
            Type::Array { index, elem } => format!(
                "array[{},{}]",
                self.type_identity(*index),
                self.type_identity(*elem)
            ),
            Type::Range { base, lo, hi } => {
                format!("range[{lo}..{hi},{}]", self.type_identity(*base))
            }
            Type::Tuple(fields) => {
                let parts: Vec<String> = fields
                    .iter()
                    .map(|(name, t)| {
                        format!(
                            "{}:{}",
                            name.map_or("", |n| n.as_str()),
                            self.type_identity(*t)
                        )
                    })
                    .collect();
                format!("tuple[{}]", parts.join(","))
            }
            Type::Proc(p) => format!(
                "{}({}):{}{:?}",
                if p.iterator { "iterator" } else { "proc" },
                self.identity_list(&p.params),
                self.type_identity(p.ret),
                p.conv
            ),
            _ => self.s.types.show(ty),
        }
    }
}
