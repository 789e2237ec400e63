//! Built-in operations: those that need their arguments unchecked, those that sema answers, and the rest, which become
//! [`ExprKind::Magic`] nodes.

use std::sync::Arc;

use super::checker::Checker;
use super::magic::Magic;
use super::relation::Bindings;
use super::symbols::{SymKind, TypeMaker};
use super::typed::{Expr, ExprKind};
use super::types::{NominalBody, Type, TypeId};
use crate::mir::RtFn;
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Kind};

impl Checker<'_, '_> {
    /// The magic that a name stands for here, if all of its meanings are magics of one kind.
    pub(super) fn magic_named(&mut self, n: Cursor<'_>) -> Option<Magic> {
        let (_, syms) = match n.kind() {
            Kind::Ident | Kind::AccQuoted | Kind::Sym => self.syms_of(n)?,
            Kind::DotExpr if self.module_named(n.kid(0)).is_some() => self.syms_of(n)?,
            _ => return None,
        };
        syms.iter().find_map(|&sym| match &self.s.sym(sym).kind {
            SymKind::Routine(head) => head.pragmas.magic,
            // `type(x)` is the older spelling of `typeof(x)`.
            SymKind::TypeMaker(TypeMaker::TypeDesc) => Some(Magic::TypeOf),
            _ => None,
        })
    }

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
        // `x.defined`-like method calls of these do not occur; `x.typeof` and `x.sizeof` go the ordinary way.
        let magic = self.magic_named(head)?;
        let arg = n.get(1);
        let flag =
            |c: &Self, on: bool| Some(c.make(ExprKind::Int(i64::from(on)), TypeId::BOOL, place));
        match (magic, arg) {
            (Magic::Defined, Some(arg)) => {
                let name = self.define_name(arg);
                let on = self
                    .s
                    .config
                    .defined(&name)
                    .is_some_and(|v| v != "false" && v != "off");
                flag(self, on)
            }
            (Magic::Declared | Magic::DeclaredInScope, Some(arg)) => {
                let on = self.is_declared(arg, magic == Magic::DeclaredInScope);
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
                    let ty = self.type_expr(arg);
                    return Some(self.type_value(ty, place));
                }
                let iterators = self.typeof_mode(n);
                let ty = self.typeof_expr(arg, iterators);
                Some(self.type_value(ty, place))
            }
            (Magic::AstToStr, Some(arg)) => {
                let text = super::source_text::text_of(arg, self);
                Some(self.str_expr(&text, place))
            }
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

    /// `offsetOf(T, field)`
    pub(super) fn offset_of(&mut self, ty: Cursor<'_>, field: Cursor<'_>, place: Place) -> Expr {
        let ty = if self.denotes_type(ty) {
            self.type_expr(ty)
        } else {
            self.typeof_expr(ty, false)
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
        let offset = found.and_then(|(owner, at)| self.evaluator.offset(&self.s.types, owner, at));
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
    pub(super) fn typeof_expr(&mut self, n: Cursor<'_>, iterators: bool) -> TypeId {
        if iterators && self.names_iterator(n) {
            let (expr, ok) = self.speculate_in_place(|c| c.as_iterator(|c| c.expr(n, None)));
            if ok {
                return self.type_as_value(expr.ty);
            }
        }
        let (expr, ok) = self.speculate_in_place(|c| c.expr(n, None));
        let expr = if ok { expr } else { self.expr(n, None) };
        self.type_as_value(expr.ty)
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
        let depth = depth.unwrap_or(-1);
        let at = match depth {
            -1 => self.expansions.last(),
            d if d < -1 => self
                .expansions
                .len()
                .checked_sub(d.unsigned_abs() as usize)
                .and_then(|i| self.expansions.get(i))
                .or(self.expansions.first()),
            d => self.expansions.get(d as usize),
        }
        .map_or(place, |&(_, place)| place);
        let (file, line, col) = self.loader.line(at);
        let col = col + argument_offset(&self.loader.text(at));
        let full = argument(n, 1, "fullPaths");
        let file = if full.is_some_and(|full| self.const_bool(full)) {
            self.loader.path(at)
        } else {
            file.rsplit('/').next().unwrap_or(&file).to_string()
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

    /// `x is T`
    pub(super) fn is_test(&mut self, value: Cursor<'_>, class: Cursor<'_>, place: Place) -> Expr {
        let class = self.type_expr(class);
        let proc_class = matches!(self.get(class), Type::Class(c) if matches!(**c, super::types::Class::Kind("proc")));
        if proc_class
            && let Some((_, syms)) = self.syms_of(value)
            && syms
                .iter()
                .any(|&s| matches!(&self.s.sym(s).kind, SymKind::Routine(r) if r.is_generic()))
        {
            // A generic routine has no type yet, and is a proc all the same.
            return self.make(ExprKind::Int(1), TypeId::BOOL, place);
        }
        let ty = if self.denotes_type(value) {
            self.type_expr(value)
        } else {
            self.typeof_expr(value, false)
        };
        let on = ty != TypeId::ERROR && class != TypeId::ERROR && self.type_is(ty, class);
        self.make(ExprKind::Int(i64::from(on)), TypeId::BOOL, place)
    }

    pub(super) fn type_is(&mut self, ty: TypeId, class: TypeId) -> bool {
        if ty == class || self.same(ty, class) {
            return true;
        }
        if self.generic(class)
            && let Some(mut binds) = self.concept.clone()
        {
            // The test of a concept may be what binds its parameters.
            let on = self.satisfies(class, ty, &mut binds);
            if on {
                self.concept = Some(binds);
            }
            return on;
        }
        match self.get(class).clone() {
            Type::Class(class) => self.in_class(&class, ty, &mut Bindings::default()),
            Type::Generic(number) => self.instance_or_alias(number, ty),
            Type::TypeDesc(_) => false,
            Type::Object(_) => self.derives(ty, class).is_some(),
            Type::Ref(base) => match *self.get(ty) {
                Type::Ref(inner) => self.derives(inner, base).is_some(),
                _ => false,
            },
            _ => self.unify(class, ty, &mut Bindings::default()),
        }
    }

    /// `x of T`
    pub(super) fn of_test(&mut self, value: Expr, class: Cursor<'_>, place: Place) -> Expr {
        let ty = self.type_expr(class);
        if ty == TypeId::ERROR || value.ty == TypeId::ERROR {
            return self.bad(place);
        }
        let (Some(have), Some(want)) = (self.object_of(value.ty), self.object_of(ty)) else {
            self.error(place, "'of' takes object types");
            return self.bad(place);
        };
        if self.derives(have, want).is_some()
            && !matches!(self.get(value.ty), Type::Ref(_) | Type::Ptr(_))
        {
            return self.make(ExprKind::Int(1), TypeId::BOOL, place);
        }
        if self.derives(want, have).is_none() && self.derives(have, want).is_none() {
            let (a, b) = (self.s.types.show(value.ty), self.s.types.show(ty));
            self.error(place, format!("'{a}' is never a subtype of '{b}'"));
            return self.bad(place);
        }
        let class = self.type_value(want, place);
        self.make(
            ExprKind::Magic(Magic::Of, vec![value, class]),
            TypeId::BOOL,
            place,
        )
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

    /// The inner type of a type argument, or the type of a value.
    pub(super) fn type_argument(&self, value: &Expr) -> TypeId {
        self.type_as_value(value.ty)
    }

    /// A call of a built-in routine with its arguments converted.
    pub(super) fn magic_call(
        &mut self,
        name: Name,
        magic: Magic,
        values: Vec<Expr>,
        ret: TypeId,
        place: Place,
    ) -> Expr {
        if magic == Magic::TypeTrait {
            return self.type_trait(name, &values, place);
        }
        self.plain_magic(magic, values, ret, place)
    }

    /// What `std/typetraits` asks of a type.
    pub(super) fn type_trait(&mut self, name: Name, values: &[Expr], place: Place) -> Expr {
        let ty = values
            .first()
            .map_or(TypeId::ERROR, |v| self.type_argument(v));
        let flag = |c: &Self, on: bool| c.make(ExprKind::Int(i64::from(on)), TypeId::BOOL, place);
        match name.as_str() {
            "isNamedTuple" => flag(
                self,
                matches!(self.get(ty), Type::Tuple(fields) if fields.iter().all(|(n, _)| n.is_some()) && !fields.is_empty()),
            ),
            "supportsCopyMem" => flag(self, !self.is_managed(ty)),
            "distinctBase" => {
                let once = values
                    .get(1)
                    .is_some_and(|v| matches!(self.constant(v), Some(ExprKind::Int(0))));
                let base = match self.get(ty) {
                    Type::Distinct(n) if once => match self.s.types.def(*n).body {
                        NominalBody::Distinct(base) => base,
                        _ => ty,
                    },
                    _ => {
                        let mut base = ty;
                        while matches!(self.get(base), Type::Distinct(_)) {
                            base = self.undistinct(base);
                        }
                        base
                    }
                };
                self.type_value(base, place)
            }
            "rangeBase" => {
                let base = match *self.get(ty) {
                    Type::Range { base, .. } => base,
                    _ => ty,
                };
                self.type_value(base, place)
            }
            "arity" => {
                let (_, args) = self.generic_head(ty);
                self.make(ExprKind::Int(args.len() as i64), TypeId::INT, place)
            }
            "genericHead" | "stripGenericParams" => match self.generic_head(ty) {
                (Some(head), _) => self.type_value(head, place),
                (None, _) if name == "stripGenericParams" => self.type_value(ty, place),
                _ => {
                    let shown = self.s.types.show(ty);
                    self.error(place, format!("'{shown}' is no instance of a generic type"));
                    self.bad(place)
                }
            },
            "genericParam" => {
                let (_, args) = self.generic_head(ty);
                let at = match values.get(1).and_then(|v| self.constant(v)) {
                    Some(&ExprKind::Int(at)) => usize::try_from(at).ok(),
                    _ => None,
                };
                match at.and_then(|at| args.get(at)) {
                    Some(&arg) => self.type_value(arg, place),
                    None => {
                        self.error(place, "there is no such type argument");
                        self.bad(place)
                    }
                }
            }
            "hasClosure" => flag(
                self,
                matches!(self.get(ty), Type::Proc(p) if p.conv == super::types::CallConv::Closure),
            ),
            "tupleLen" => {
                let len = match self.get(ty) {
                    Type::Tuple(fields) => fields.len(),
                    _ => 0,
                };
                self.make(ExprKind::Int(len as i64), TypeId::INT, place)
            }
            "enumConstants" | "enumNames" => self.enum_list(ty, name == "enumNames", place),
            _ => self.unsupported(place, format!("the type trait '{name}'")),
        }
    }

    /// An array of an enum's constants, or of their names, in the order of their declaration.
    fn enum_list(&mut self, ty: TypeId, names: bool, place: Place) -> Expr {
        let Some(body) = self.s.types.enumeration(ty) else {
            let shown = self.s.types.show(ty);
            self.error(place, format!("'{shown}' is no enum"));
            return self.bad(place);
        };
        let constants: Vec<(Name, i64)> =
            body.constants.iter().map(|c| (c.name, c.value)).collect();
        let elems: Vec<Expr> = constants
            .into_iter()
            .map(|(name, value)| match names {
                true => self.str_expr(name.as_str(), place),
                false => self.make(ExprKind::Int(value), ty, place),
            })
            .collect();
        let elem = if names { TypeId::STRING } else { ty };
        let index = self.intern(Type::Range {
            base: TypeId::INT,
            lo: 0,
            hi: elems.len() as i64 - 1,
        });
        let array = self.intern(Type::Array { index, elem });
        self.make(ExprKind::Array(elems), array, place)
    }

    /// The generic type of an instance, and its arguments.
    fn generic_head(&mut self, ty: TypeId) -> (Option<TypeId>, Vec<TypeId>) {
        match *self.get(ty) {
            Type::Object(n) | Type::Enum(n) | Type::Distinct(n) => {
                let def = self.s.types.def(n);
                let (generic, args) = (def.generic, def.args.clone());
                (generic.map(|g| self.intern(Type::Generic(g))), args)
            }
            Type::Ref(inner) | Type::Ptr(inner) => match self.generic_head(inner) {
                (_, args) if args.is_empty() => (None, vec![inner]),
                (head, args) => (head, args),
            },
            Type::Seq(elem) | Type::Set(elem) | Type::OpenArray(elem) => (None, vec![elem]),
            Type::Array { index, elem } => (None, vec![index, elem]),
            _ => (None, Vec::new()),
        }
    }

    /// `new(x, finalizer)`: as in Nim with counted references, the finalizer belongs to the type from now on.
    fn new_finalized(&mut self, mut values: Vec<Expr>, place: Place) -> Expr {
        let finalizer = values.pop();
        let object =
            values
                .first()
                .and_then(|value| match *self.get(self.s.types.bare(value.ty)) {
                    Type::Ref(inner) => Some(inner),
                    _ => None,
                });
        match (finalizer.map(|f| f.kind), object) {
            (Some(ExprKind::Routine(id)), Some(object)) => {
                self.s.want(id);
                self.s.hooks.finalizers.insert(object, id);
                self.make(ExprKind::Magic(Magic::New, values), TypeId::VOID, place)
            }
            _ => self.unsupported(place, "a finalizer that is not a proc by its name"),
        }
    }

    pub(super) fn plain_magic(
        &mut self,
        magic: Magic,
        values: Vec<Expr>,
        ret: TypeId,
        place: Place,
    ) -> Expr {
        let int = |c: &Self, value: i64| c.make(ExprKind::Int(value), TypeId::INT, place);
        match magic {
            Magic::NewFinalize => self.new_finalized(values, place),
            Magic::New
                if values
                    .first()
                    .and_then(|value| self.object_of(value.ty))
                    .is_some_and(|object| self.has_field_defaults(object)) =>
            {
                self.new_of_defaults(values.into_iter().next().expect("there is one"), place)
            }
            Magic::SizeOf | Magic::AlignOf => {
                let ty = self.type_argument(&values[0]);
                match self.layout_of(ty) {
                    Some((size, align)) => int(
                        self,
                        i64::from(if magic == Magic::SizeOf { size } else { align }),
                    ),
                    None => {
                        self.error(
                            place,
                            format!("the size of '{}' is not known", self.s.types.show(ty)),
                        );
                        self.bad(place)
                    }
                }
            }
            Magic::Low | Magic::High => self.low_high(magic == Magic::High, values, place),
            Magic::Len => self.len(values, place),
            Magic::TypeName => {
                let ty = self.type_argument(&values[0]);
                let text = self.s.types.show(ty);
                self.str_expr(&text, place)
            }
            Magic::TypeOf => {
                let ty = self.type_argument(&values[0]);
                self.type_value(ty, place)
            }
            Magic::Default => {
                let ty = values.first().map_or(ret, |v| self.type_argument(v));
                self.default_value(ty, place)
            }
            Magic::Likely => values.into_iter().next().unwrap_or_else(|| self.bad(place)),
            Magic::CompileOption => {
                let on = self.compile_option(&values);
                self.make(ExprKind::Int(i64::from(on)), TypeId::BOOL, place)
            }
            Magic::SupportsCopyMem => {
                let ty = self.type_argument(&values[0]);
                let on = !self.is_managed(ty);
                self.make(ExprKind::Int(i64::from(on)), TypeId::BOOL, place)
            }
            Magic::HcrPerform => self.make(
                ExprKind::Magic(Magic::Runtime(RtFn::PerformReload), Vec::new()),
                TypeId::VOID,
                place,
            ),
            Magic::HcrAnyChanged => self.make(
                ExprKind::Magic(Magic::Runtime(RtFn::AnyModuleChanged), Vec::new()),
                TypeId::BOOL,
                place,
            ),
            Magic::ParseBiggestFloat => {
                let plain = values.into_iter().map(|value| match value.kind {
                    ExprKind::AddrOf(inner) => *inner,
                    kind => Expr { kind, ..value },
                });
                let plain: Vec<Expr> = plain.collect();
                let name = Name::new("nimParseBiggestFloat");
                let system = self.s.module_names.get("system").copied();
                let syms = system.map_or_else(Default::default, |system| {
                    self.lookup_qualified(system, name)
                });
                self.call_with(name, &syms, plain, place)
            }
            Magic::StaticRead => self.static_read(&values[0], place),
            Magic::OffsetOf
            | Magic::TypeTrait
            | Magic::StaticEval
            | Magic::Fields
            | Magic::FieldPairs
            | Magic::ProcCall => {
                self.unsupported(place, format!("the built-in '{magic:?}' in this place"))
            }
            Magic::Add
            | Magic::Sub
            | Magic::Mul
            | Magic::Div
            | Magic::IDiv
            | Magic::IMod
            | Magic::Pos
            | Magic::Neg
            | Magic::Abs => self.operation(magic, values, ret, place),
            _ => self.operation(magic, values, ret, place),
        }
    }

    /// `compileOption("name")` and `compileOption("name", "value")`.
    pub(super) fn compile_option(&self, values: &[Expr]) -> bool {
        let texts: Vec<String> = values
            .iter()
            .filter_map(|value| match self.constant(value) {
                Some(ExprKind::Str(text)) => Some(String::from_utf8_lossy(text).to_lowercase()),
                _ => None,
            })
            .collect();
        let words: Vec<&str> = texts.iter().map(String::as_str).collect();
        let checks = self.checks;
        match words[..] {
            ["assertions"] => checks.assertions,
            ["rangechecks"] => checks.range,
            ["boundchecks"] => checks.bounds,
            ["overflowchecks"] => checks.overflow,
            ["nilchecks"] => checks.nil,
            ["fieldchecks"] => checks.field,
            ["objchecks"] => checks.conversion,
            ["stacktrace" | "linetrace"] => self.s.config.defined("release").is_none(),
            ["hotcodereloading"] => true,
            ["mm" | "gc", "orc"] | ["app", "console"] => true,
            _ => false,
        }
    }

    pub(super) fn operation(
        &mut self,
        magic: Magic,
        values: Vec<Expr>,
        ret: TypeId,
        place: Place,
    ) -> Expr {
        if let Some(kind) = self.fold(magic, &values, ret) {
            return self.make(kind, ret, place);
        }
        self.make(ExprKind::Magic(magic, values), ret, place)
    }

    pub(super) fn low_high(&mut self, high: bool, values: Vec<Expr>, place: Place) -> Expr {
        let value = values
            .into_iter()
            .next()
            .expect("low and high take one argument");
        let ty = self.type_argument(&value);
        let is_type = matches!(self.get(value.ty), Type::TypeDesc(_));
        let repr = match self.get(ty) {
            Type::Distinct(n) => match self.s.types.def(*n).body {
                NominalBody::Distinct(base) => base,
                _ => ty,
            },
            _ => ty,
        };
        match self.get(repr).clone() {
            Type::Array { index, .. } => {
                let (lo, hi) = self.s.types.ordinal_range(index).unwrap_or((0, -1));
                let index = match *self.get(index) {
                    Type::Range { base, .. } => base,
                    _ => index,
                };
                self.make(
                    ExprKind::Int(if high { hi } else { lo } as i64),
                    index,
                    place,
                )
            }
            Type::Seq(_) | Type::String | Type::OpenArray(_) | Type::CString if !is_type => {
                if !high {
                    return self.make(ExprKind::Int(0), TypeId::INT, place);
                }
                let len = self.make(ExprKind::Magic(Magic::Len, vec![value]), TypeId::INT, place);
                let one = self.make(ExprKind::Int(1), TypeId::INT, place);
                self.make(
                    ExprKind::Magic(Magic::SubW, vec![len, one]),
                    TypeId::INT,
                    place,
                )
            }
            Type::Set(elem) => {
                let (lo, hi) = self.s.types.ordinal_range(elem).unwrap_or((0, 0));
                self.make(
                    ExprKind::Int(if high { hi } else { lo } as i64),
                    elem,
                    place,
                )
            }
            Type::Float(_) => {
                let value = if high {
                    f64::INFINITY
                } else {
                    f64::NEG_INFINITY
                };
                self.make(ExprKind::Float(value), ty, place)
            }
            Type::FloatRange { lo, hi, .. } => self.make(
                ExprKind::Float(f64::from_bits(if high { hi } else { lo })),
                ty,
                place,
            ),
            _ => match self.s.types.ordinal_range(ty) {
                Some((lo, hi)) => {
                    let value = if high { hi } else { lo };
                    let base = match *self.get(ty) {
                        Type::Range { base, .. } => base,
                        _ => ty,
                    };
                    self.make(ExprKind::Int(value as i64), base, place)
                }
                None => {
                    let word = if high { "high" } else { "low" };
                    self.error(
                        place,
                        format!(
                            "invalid argument for: {word}; '{}' has no such value",
                            self.s.types.show(ty)
                        ),
                    );
                    self.bad(place)
                }
            },
        }
    }

    pub(super) fn len(&mut self, values: Vec<Expr>, place: Place) -> Expr {
        let ty = self.s.types.repr(self.type_argument(&values[0]));
        if let Some(len) = self.s.types.array_len(ty) {
            let value = self.make(ExprKind::Int(len as i64), TypeId::INT, place);
            return value;
        }
        self.operation(Magic::Len, values, TypeId::INT, place)
    }

    /// The default value of a type: zero, with the declared defaults of fields.
    pub(super) fn default_value(&mut self, ty: TypeId, place: Place) -> Expr {
        let repr = self.s.types.bare(ty);
        if self.generic(repr) {
            self.error(
                place,
                format!("'{}' has no default value", self.s.types.show(repr)),
            );
            return self.bad(place);
        }
        let zero = match self.get(repr).clone() {
            Type::Int(_) | Type::Bool | Type::Char | Type::Enum(_) => ExprKind::Int(0),
            Type::Float(_) => ExprKind::Float(0.0),
            Type::String => ExprKind::Str(Arc::from(&b""[..])),
            Type::Ref(_) | Type::Ptr(_) | Type::Pointer | Type::CString | Type::Proc(_) => {
                ExprKind::Nil
            }
            _ if self.has_field_defaults(repr) => return self.value_of_defaults(repr, place),
            Type::Error => return self.bad(place),
            _ => ExprKind::Magic(Magic::Default, Vec::new()),
        };
        self.make(zero, repr, place)
    }

    pub(super) fn static_read(&mut self, path: &Expr, place: Place) -> Expr {
        let Some(ExprKind::Str(path)) = self.constant(path).cloned() else {
            self.error(place, "staticRead takes a constant path");
            return self.bad(place);
        };
        let path = String::from_utf8_lossy(&path).into_owned();
        let file = self.s.modules[self.module.0 as usize].file;
        match self.loader.read(file, &path) {
            Ok(bytes) => self.make(ExprKind::Str(bytes.into()), TypeId::STRING, place),
            Err(message) => {
                self.error(place, message);
                self.bad(place)
            }
        }
    }

    /// Does a value of this type own memory?
    pub(super) fn is_managed(&self, ty: TypeId) -> bool {
        use super::typed::TypeBound;
        let bare = self.s.types.bare(ty);
        let hooks = &self.s.hooks.type_bound;
        if [TypeBound::Destroy, TypeBound::Copy]
            .iter()
            .any(|&bound| hooks.contains_key(&(bare, bound)))
        {
            return true;
        }
        match self.get(self.s.types.repr(ty)) {
            Type::String | Type::Seq(_) | Type::Ref(_) => true,
            Type::Proc(p) => p.conv == super::types::CallConv::Closure,
            Type::Array { elem, .. } => self.is_managed(*elem),
            Type::Tuple(fields) => fields.iter().any(|&(_, t)| self.is_managed(t)),
            Type::Object(_) => {
                self.s
                    .types
                    .object(self.s.types.repr(ty))
                    .is_some_and(|(_, body)| {
                        body.fields.iter().any(|f| self.is_managed(f.ty))
                            || body.base.is_some_and(|b| self.is_managed(b))
                    })
            }
            _ => false,
        }
    }

    pub(super) fn layout_of(&self, ty: TypeId) -> Option<(u32, u32)> {
        if self.generic(ty) || ty == TypeId::ERROR {
            return None;
        }
        self.evaluator.layout(&self.s.types, ty)
    }
}

/// Where Nim says that a call stands: at its parenthesis, or at the first argument of a command.
fn argument_offset(call: &str) -> u32 {
    let name = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '.' | '`');
    let callee = call.chars().take_while(name).count();
    let rest = call.chars().skip(callee);
    let spaces = rest.clone().take_while(|&c| c == ' ').count();
    match rest.clone().next() {
        Some('(') => callee as u32,
        Some(' ') if callee > 0 => (callee + spaces) as u32,
        _ => 0,
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
