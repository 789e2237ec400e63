//! Built-in calls whose arguments are not ordinary expressions: they are looked at before they are checked, or never are.

mod moment;

use std::sync::Arc;

use super::checker::Checker;
use super::macros::Typing;
use super::magic::Magic;
use super::source_text::text_of;
use super::template_copy::copy_tree;
use super::typed::{Expr, ExprKind};
use super::types::{Type, TypeId};
use crate::mir::RtFn;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind, Tree};

/// Can something be declared under this name?
fn may_be_declared(name: Cursor<'_>) -> bool {
    matches!(
        name.kind(),
        Kind::Ident | Kind::Sym | Kind::AccQuoted | Kind::DotExpr
    )
}

impl Checker<'_, '_> {
    /// Calls whose arguments are not ordinary expressions.
    pub(super) fn special_form(&mut self, n: Cursor<'_>, want: Option<TypeId>) -> Option<Expr> {
        let place = self.place(n);
        let head = n.kid(0);
        if let Some(name) = self.bound_name(head)
            && n.len() == 2
            && (name == "addr" || name == "unsafeAddr")
        {
            return Some(self.addr_of(n.kid(1), place));
        }
        if n.is(Kind::Prefix)
            && n.kid(1).is(Kind::Bracket)
            && self.bound_name(head).is_some_and(|op| op == "@")
        {
            return Some(self.seq_constructor(n.kid(1), want, place));
        }
        // `x.typeof` and `x.sizeof` go the ordinary way.
        let magic = self.magic_named(head)?;
        let arg = n.get(1);
        let flag =
            |c: &Self, on: bool| Some(c.make(ExprKind::Int(i64::from(on)), TypeId::BOOL, place));
        match (magic, arg) {
            (Magic::Defined, Some(arg)) => {
                if !may_be_declared(arg) {
                    let (whole, found) = (text_of(n, self), text_of(arg, self));
                    let what = format!("identifier expected, but found '{found}'");
                    self.error(self.place(arg), format!("in expression '{whole}': {what}"));
                }
                let name = self.define_name(arg);
                let on = self
                    .s
                    .config
                    .defined(&name)
                    .is_some_and(|v| v != "false" && v != "off");
                flag(self, on)
            }
            (Magic::Declared | Magic::DeclaredInScope, Some(arg)) => {
                if !may_be_declared(arg) {
                    let found = text_of(arg, self);
                    let message = format!("identifier expected, but got: {found}");
                    self.error(self.place(arg), message);
                }
                let on = self.is_declared(arg, magic == Magic::DeclaredInScope);
                flag(self, on)
            }
            (Magic::Compiles, Some(_)) if n.len() > 2 => {
                let args: Vec<Expr> = n.kids().skip(1).map(|arg| self.expr(arg, None)).collect();
                let shown: Vec<String> = args.iter().map(|arg| self.show_arg(arg)).collect();
                self.error(place, format!("type mismatch: got <{}>", shown.join(", ")));
                Some(self.bad(place))
            }
            (Magic::Compiles, Some(arg)) if imports_alone(arg) => {
                let on = self.can_import(arg);
                flag(self, on)
            }
            (Magic::Compiles, Some(arg)) => {
                let (expr, ok) = self.speculate_in_place(|c| {
                    if arg.is(Kind::StmtList) {
                        c.block_value(arg, None)
                    } else {
                        c.expr(arg, None)
                    }
                });
                flag(self, ok && expr.ty != TypeId::ERROR)
            }
            (Magic::TypeOf, Some(arg)) => {
                if self.denotes_type(arg) {
                    return Some(self.type_node_value(arg));
                }
                let iterators = self.typeof_mode(n);
                let value = self.typeof_expr(arg, iterators);
                Some(self.type_of_value(arg, &value, place))
            }
            (Magic::AstToStr, Some(arg)) => {
                let text = super::source_text::text_of(arg, self);
                Some(self.str_expr(&text, place))
            }
            (Magic::CompileMoment, Some(part)) => {
                let (date, time) = moment::started();
                let date_asked = self.bound_name(part).is_some_and(|name| name == "date");
                Some(self.str_expr(if date_asked { date } else { time }, place))
            }
            (Magic::PrivateAccess, Some(arg)) => Some(self.private_access_to(arg, place)),
            (Magic::InstantiationInfo, _) => Some(self.instantiation_info(n, place)),
            (Magic::RunnableExamples, _) => Some(self.nop(place)),
            (Magic::Is, Some(value)) if n.len() == 3 => Some(self.is_test(value, n.kid(2), place)),
            (Magic::HcrRegister, Some(before)) if n.len() == 3 => {
                Some(self.hcr_register(before, n.kid(2), place))
            }
            (Magic::HcrModuleChanged, Some(module)) => Some(self.hcr_module_changed(module, place)),
            (Magic::OffsetOf, Some(ty)) if n.len() == 3 => {
                Some(self.offset_of(ty, n.kid(2), place))
            }
            (Magic::ProcCall, Some(call)) => {
                let call = self.expr(call, want);
                let ty = call.ty;
                Some(self.make(ExprKind::Magic(Magic::ProcCall, vec![call]), ty, place))
            }
            (Magic::Of, Some(value)) if n.len() == 3 => {
                let value = self.expr(value, None);
                Some(self.of_test(value, n.kid(2), place))
            }
            (Magic::Default, Some(arg)) if n.len() == 2 && self.denotes_type(arg) => {
                let ty = self.type_expr(arg);
                Some(self.default_value(ty, place))
            }
            _ => None,
        }
    }

    /// `x.astToStr` and its like: a call whose argument is not an ordinary expression.
    pub(super) fn special_member(&mut self, n: Cursor<'_>, name: Name) -> Option<Expr> {
        let special = |word: &&str| name == *word;
        if !["astToStr", "compiles", "declared"].iter().any(special) {
            return None;
        }
        self.magic_named(n.kid(1))?;
        let mut out = Tree {
            origin: n.tree.origin,
            ..Tree::default()
        };
        let kids = [n.kid(1), n.kid(0)].map(|kid| copy_tree(kid, &mut out));
        let root = out.inner(Kind::Call, n.span(), &kids);
        out.root = Some(root);
        let tree = Arc::new(out);
        self.current.push(tree.clone());
        let result = self.special_form(tree.root(), None);
        self.current.pop();
        result
    }

    /// `privateAccess(T)`, until the end of the module or body that it stands in.
    fn private_access_to(&mut self, arg: Cursor<'_>, place: Place) -> Expr {
        let ty = self.type_expr(arg);
        let Some((nominal, _)) = self.object_of(ty).and_then(|ty| self.s.types.object(ty)) else {
            let shown = self.s.types.show(ty);
            self.error(
                place,
                format!("privateAccess takes an object type, not '{shown}'"),
            );
            return self.bad(place);
        };
        let def = self.s.types.def(nominal);
        let entry = format!("{}.{}", def.module, def.name);
        self.private_access.push(entry.into());
        self.nop(place)
    }

    /// `offsetOf(T, field)`
    pub(super) fn offset_of(&mut self, ty: Cursor<'_>, field: Cursor<'_>, place: Place) -> Expr {
        let ty = if self.denotes_type(ty) {
            self.type_expr(ty)
        } else {
            let value = self.typeof_expr(ty, false);
            self.type_as_value(value.ty)
        };
        let ty = self.object_of(ty).unwrap_or(ty);
        let Some(name) = self.bound_name(field) else {
            self.error(place, "offsetOf takes the name of a field");
            return self.bad(place);
        };
        let found = match self.get(ty).clone() {
            Type::Tuple(fields) => fields
                .iter()
                .position(|&(n, _)| n == Some(name))
                .map(|at| (ty, at)),
            _ => self.find_field(ty, name).map(|(owner, at, _)| (owner, at)),
        };
        let offset_of = self.evaluator.layouts().offset;
        let offset = found.and_then(|(owner, at)| offset_of(&self.s.types, owner, at));
        match offset {
            Some(offset) => self.make(ExprKind::Int(offset as i64), TypeId::INT, place),
            None => {
                let shown = self.s.types.show(ty);
                self.error(
                    place,
                    format!("undeclared field: '{name}' for type {shown}"),
                );
                self.bad(place)
            }
        }
    }

    pub(super) fn define_name(&self, n: Cursor<'_>) -> String {
        match n.kind() {
            Kind::DotExpr => format!(
                "{}.{}",
                self.define_name(n.kid(0)),
                self.define_name(n.kid(1))
            ),
            _ => self
                .bound_name(n)
                .map_or_else(String::new, |name| name.to_string()),
        }
    }

    pub(super) fn is_declared(&mut self, n: Cursor<'_>, here: bool) -> bool {
        if here {
            let Some(name) = self.bound_name(n) else {
                return false;
            };
            return match self.env.scopes.last() {
                Some(scope) => scope.contains_key(&name),
                None => self.s.modules[self.env.module.0 as usize]
                    .scope
                    .get(&name)
                    .is_some_and(|syms| !self.visible(syms).is_empty()),
            };
        }
        self.syms_of(n).is_some_and(|(_, syms)| !syms.is_empty())
    }

    /// The type of an expression that is not evaluated; an iterator call has the type of what it yields.
    pub(super) fn typeof_expr(&mut self, n: Cursor<'_>, iterators: bool) -> Expr {
        let expr = self.unevaluated(n, iterators);
        let ty = self.owned_tuple(expr.ty);
        Expr { ty, ..expr }
    }

    fn unevaluated(&mut self, n: Cursor<'_>, iterators: bool) -> Expr {
        if iterators && self.names_iterator(n) {
            let (expr, ok) = self.speculate_in_place(|c| c.as_iterator(|c| c.expr(n, None)));
            if ok {
                return expr;
            }
        }
        self.valued_at_end(n, |c| {
            let (expr, ok) = c.speculate_in_place(|c| c.expr(n, None));
            if ok { expr } else { c.expr(n, None) }
        })
    }

    /// Checks what ends with `n`, which is not evaluated: a loop or an `if` at its end has a value.
    pub(super) fn valued_at_end<T>(
        &mut self,
        n: Cursor<'_>,
        check: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let valued = end_with_body(n).map(Typing::key);
        let outer = std::mem::replace(&mut self.valued_end, valued);
        let result = check(self);
        self.valued_end = outer;
        result
    }

    /// The second argument of `typeof`: what a name means that is both an iterator and a routine.
    fn typeof_mode(&mut self, n: Cursor<'_>) -> bool {
        let Some(mode) = n.get(2) else { return true };
        let mode = match mode.kind() {
            Kind::ExprEqExpr => mode.kid(1),
            _ => mode,
        };
        !matches!(self.const_expr(mode, None).kind, ExprKind::Int(0))
    }

    pub(super) fn instantiation_info(&mut self, n: Cursor<'_>, place: Place) -> Expr {
        let depth = argument(n, 0, "index").and_then(|k| match k.kind() {
            Kind::IntLit => k.int(),
            Kind::Prefix if k.len() == 2 => k.kid(1).int().map(|v| -v),
            _ => None,
        });
        // From the innermost expansion if it is negative.
        let index = match depth.unwrap_or(-1) {
            back @ ..0 => self
                .expansions
                .len()
                .checked_sub(back.unsigned_abs() as usize),
            index => Some(index as usize),
        };
        let full = argument(n, 1, "fullPaths").is_some_and(|full| self.const_bool(full));
        let at = index.and_then(|index| self.expansions.get(index));
        let (file, line, col) = match at {
            Some(&(_, at)) => {
                let (file, line, col) = self.loader.line(at);
                let name = file.rsplit('/').next().unwrap_or(&file).to_string();
                (if full { self.loader.path(at) } else { name }, line, col)
            }
            None => ("???".to_string(), 0, 0),
        };
        let values = vec![
            self.str_expr(&file, place),
            self.make(ExprKind::Int(i64::from(line)), TypeId::INT, place),
            self.make(ExprKind::Int(i64::from(col) - 1), TypeId::INT, place),
        ];
        let fields = vec![
            (Some(Name::new("filename")), TypeId::STRING),
            (Some(Name::new("line")), TypeId::INT),
            (Some(Name::new("column")), TypeId::INT),
        ];
        let ty = self.intern(Type::Tuple(fields));
        self.make(ExprKind::Tuple(values), ty, place)
    }

    /// `beforeCodeReload`/`afterCodeReload`: a handler of the module, registered where it stands.
    pub(super) fn hcr_register(
        &mut self,
        before: Cursor<'_>,
        handler: Cursor<'_>,
        place: Place,
    ) -> Expr {
        if !self.at_top() {
            self.error(
                place,
                "a reload handler can be declared only at the top level of a module",
            );
            return self.bad(place);
        }
        let before = self.const_bool(before);
        let handler = self.expr(handler, None);
        match handler.kind {
            ExprKind::Routine(id) => {
                self.s.want(id);
                self.out.handlers.push((before, id));
            }
            _ if handler.ty == TypeId::ERROR => {}
            _ => self.error(
                place,
                "a reload handler must be a proc without captured variables",
            ),
        }
        self.nop(place)
    }

    /// `hasModuleChanged(m)`
    pub(super) fn hcr_module_changed(&mut self, module: Cursor<'_>, place: Place) -> Expr {
        let Some(ix) = self.module_named(module) else {
            self.error(
                place,
                "hasModuleChanged takes the name of an imported module",
            );
            return self.bad(place);
        };
        let name = self.s.modules[ix.0 as usize].name.clone();
        let text = self.make(
            ExprKind::Str(Arc::from(name.as_bytes())),
            TypeId::CSTRING,
            place,
        );
        let text = self.make(ExprKind::Cast(Box::new(text)), TypeId::POINTER, place);
        let len = self.make(ExprKind::Int(name.len() as i64), TypeId::INT, place);
        self.make(
            ExprKind::Magic(Magic::Runtime(RtFn::ModuleChanged), vec![text, len]),
            TypeId::BOOL,
            place,
        )
    }

    /// `@[a, b]`
    pub(super) fn seq_constructor(
        &mut self,
        n: Cursor<'_>,
        want: Option<TypeId>,
        place: Place,
    ) -> Expr {
        let want = want.map(|w| self.s.types.repr(w));
        let elem = want.and_then(|w| match *self.get(w) {
            Type::Seq(elem) | Type::OpenArray(elem) => Some(elem),
            _ => None,
        });
        let open = elem.map(|elem| self.intern(Type::OpenArray(elem)));
        let array = self.expr(n, open);
        let Type::Array { elem, .. } = *self.get(array.ty) else {
            return array;
        };
        let ty = self.intern(Type::Seq(elem));
        Expr { ty, place, ..array }
    }
}

/// The argument of a call that goes to parameter `number`, which is called `name`.
fn argument<'t>(call: Cursor<'t>, number: usize, name: &str) -> Option<Cursor<'t>> {
    let args = || call.kids().skip(1);
    let named =
        args().find(|k| k.is(Kind::ExprEqExpr) && k.kid(0).name().is_some_and(|n| n == name));
    let positional = args().take_while(|k| !k.is(Kind::ExprEqExpr)).nth(number);
    named.map(|k| k.kid(1)).or(positional)
}

/// Is it an `import`, or nothing but such?
fn imports_alone(n: Cursor<'_>) -> bool {
    match n.kind() {
        Kind::ImportStmt => true,
        Kind::StmtList => n.len() > 0 && n.kids().all(imports_alone),
        _ => false,
    }
}

/// The `for` that statements end with.
fn end_with_body(n: Cursor<'_>) -> Option<Cursor<'_>> {
    match n.kind() {
        Kind::ForStmt | Kind::IfStmt | Kind::IfExpr => Some(n),
        Kind::BlockStmt | Kind::BlockExpr => end_with_body(n.last()),
        Kind::StmtList | Kind::StmtListExpr if n.len() > 0 => end_with_body(n.last()),
        _ => None,
    }
}
