//! Built-in operations on checked arguments: those that sema answers, and the rest, which become [`ExprKind::Magic`] nodes.

use std::sync::Arc;

use super::checker::Checker;
use super::magic::Magic;
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
            Magic::Ord
                if !matches!(values[0].ty, TypeId::ERROR)
                    && !self.generic(values[0].ty)
                    && self.s.types.ordinal_range(values[0].ty).is_none() =>
            {
                let shown = self.show_arg(&values[0]);
                self.error(place, format!("type mismatch: got <{shown}>"));
                self.bad(place)
            }
            Magic::Locals => self.locals(place),
            Magic::Low | Magic::High => self.low_high(magic == Magic::High, values, place),
            Magic::Len => self.len(values, place),
            Magic::TypeName => {
                let text = self.type_text(&values[0]);
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
            ["threads"] => self.s.config.threads,
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
                    // A bound of an empty array is none of its indices.
                    Type::Range { base, .. } if hi < lo => base,
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
            Type::Float(_) | Type::FloatRange { .. } if !is_type => {
                let shown = self.show_arg(&value);
                self.error(place, format!("type mismatch: got <{shown}>"));
                self.bad(place)
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
                    self.make(ExprKind::Int(value as i64), ty, place)
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
        if let Type::Class(_) = self.get(repr) {
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
}
