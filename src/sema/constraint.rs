//! Constraints of parameters: `a: string{lit|sym}` takes literals and names alone.
//!
//! In: what stands in the braces, and an argument as it was checked. Out: whether the argument is such an expression. A
//! candidate with a constraint that holds is better than one without.

use std::sync::Arc;

use super::call::{Given, GivenNode};
use super::checker::Checker;
use super::source_text::text_of;
use super::symbols::RoutineSym;
use super::typed::{Expr, ExprKind, LocalId, LocalKind};
use super::types::Type;
use crate::syntax::tree::{Cursor, Kind};

/// What an argument must be beside its type.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// As it is written: two that are written alike are the same.
    pub text: Arc<str>,
    test: Test,
}

#[derive(Clone, Debug)]
enum Test {
    Is(Trait),
    Not(Box<Test>),
    And(Box<[Test; 2]>),
    Or(Box<[Test; 2]>),
}

/// What can be asked of an expression.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Trait {
    Literal,
    Symbol(Option<Of>),
    /// A literal that is written so: `nkRStrLit`.
    Written(Kind),
    /// A literal or a symbol.
    Atom,
    Call,
    /// What can be assigned to.
    Place,
    /// It calls what is marked so.
    SideEffect,
    NoSideEffect,
    /// How arguments relate to each other counts for patterns alone.
    Alias,
}

/// What a symbol stands for.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Of {
    Var,
    Let,
    For,
    Param,
    Result,
    Const,
    /// A constant of an enum, `true` and `false` among them.
    EnumField,
    Routine,
}

/// How an argument looks once constants are worked out.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Literal,
    Symbol(Of),
    Call,
    Other,
}

impl Checker<'_, '_> {
    /// The constraint in the braces behind a parameter's type.
    pub(super) fn constraint_of(&mut self, n: Cursor<'_>) -> Option<Arc<Constraint>> {
        let test = self.constraint_test(n)?;
        let text = text_of(n, self).into();
        Some(Arc::new(Constraint { text, test }))
    }

    fn constraint_test(&mut self, n: Cursor<'_>) -> Option<Test> {
        let place = self.place(n);
        let operator = n.get(0).and_then(|op| op.name());
        match (n.kind(), operator.as_ref().map(|op| op.as_str())) {
            (Kind::Infix, Some(op @ ("|" | "or" | "&" | "and"))) => {
                let first = self.constraint_test(n.kid(1));
                let both = Box::new([first?, self.constraint_test(n.kid(2))?]);
                Some(match op {
                    "|" | "or" => Test::Or(both),
                    _ => Test::And(both),
                })
            }
            (Kind::Prefix, Some("~" | "not")) => {
                let inner = self.constraint_test(n.kid(1))?;
                Some(Test::Not(Box::new(inner)))
            }
            (Kind::Par | Kind::AccQuoted, _) if n.len() == 1 => self.constraint_test(n.kid(0)),
            (Kind::Ident, _) => {
                let word = n.name()?;
                let plain = word.as_str().to_lowercase().replace('_', "");
                let found = trait_named(&plain);
                if found.is_none() && (plain.starts_with("nk") || NEVER_VALUES.contains(&&*plain)) {
                    self.unsupported(place, format!("the constraint '{word}'"));
                } else if found.is_none() {
                    self.error(place, format!("illformed AST: {word}"));
                }
                found.map(Test::Is)
            }
            _ => {
                let text = text_of(n, self);
                self.error(place, format!("illformed AST: {text}"));
                None
            }
        }
    }

    /// Is the argument what the constraint wants?
    pub(super) fn meets(&mut self, constraint: &Constraint, arg: &Given<'_>) -> bool {
        let shape = self.shape_of(arg);
        self.holds(&constraint.test, shape, arg)
    }

    fn holds(&self, test: &Test, shape: Shape, arg: &Given<'_>) -> bool {
        match test {
            Test::Is(what) => self.is_trait(*what, shape, arg),
            Test::Not(inner) => !self.holds(inner, shape, arg),
            Test::And(both) => both.iter().all(|test| self.holds(test, shape, arg)),
            Test::Or(both) => both.iter().any(|test| self.holds(test, shape, arg)),
        }
    }

    fn is_trait(&self, what: Trait, shape: Shape, arg: &Given<'_>) -> bool {
        let typed = arg.typed.as_ref();
        let calls_marked = || typed.is_some_and(|expr| self.calls_marked(expr));
        match what {
            Trait::Literal => shape == Shape::Literal,
            Trait::Written(kind) => written(arg).is_some_and(|n| n.is(kind)),
            Trait::Symbol(None) => matches!(shape, Shape::Symbol(_)),
            Trait::Symbol(Some(of)) => shape == Shape::Symbol(of),
            Trait::Atom => matches!(shape, Shape::Literal | Shape::Symbol(_)),
            Trait::Call => shape == Shape::Call,
            Trait::Place => typed.is_some_and(|expr| self.is_mutable_place(expr)),
            Trait::SideEffect => calls_marked(),
            Trait::NoSideEffect => !calls_marked(),
            Trait::Alias => true,
        }
    }

    fn shape_of(&mut self, arg: &Given<'_>) -> Shape {
        let Some(expr) = &arg.typed else {
            return Shape::Other;
        };
        let written = written(arg);
        let is_call = |n: &Cursor<'_>| matches!(n.kind(), Kind::Call | Kind::Command);
        if written.is_some_and(|n| is_call(&n) && n.len() == 2 && self.denotes_type(n.kid(0))) {
            // A conversion.
            return Shape::Other;
        }
        let named = written.is_some_and(is_name);
        match &expr.kind {
            ExprKind::Int(_)
                if named && matches!(self.get(expr.ty), Type::Enum(_) | Type::Bool) =>
            {
                Shape::Symbol(Of::EnumField)
            }
            ExprKind::Str(_) if named => Shape::Symbol(Of::Const),
            ExprKind::Int(_) | ExprKind::Float(_) | ExprKind::Str(_) | ExprKind::Nil => {
                Shape::Literal
            }
            ExprKind::Const(_) => Shape::Symbol(Of::Const),
            ExprKind::Routine(_) => Shape::Symbol(Of::Routine),
            ExprKind::Global(id) => match self.s.global(*id) {
                Some(global) if global.is_let => Shape::Symbol(Of::Let),
                _ => Shape::Symbol(Of::Var),
            },
            ExprKind::Local(id) => self.shape_of_local(self.frames.len(), *id),
            ExprKind::Call(..) | ExprKind::CallValue(..) | ExprKind::Magic(..) => Shape::Call,
            // The result of such a call.
            ExprKind::Deref(call) if matches!(self.get(call.ty), Type::Var(_) | Type::Lent(_)) => {
                match call.kind {
                    ExprKind::Call(..) | ExprKind::CallValue(..) => Shape::Call,
                    _ => Shape::Other,
                }
            }
            _ => Shape::Other,
        }
    }

    /// Of a local of the routine with `depth` around it, itself counted.
    fn shape_of_local(&self, depth: usize, id: LocalId) -> Shape {
        let frame = depth.checked_sub(1).and_then(|at| self.frames.get(at));
        let local = frame.and_then(|frame| frame.locals.get(id.0 as usize));
        Shape::Symbol(match local.map(|local| local.kind) {
            Some(LocalKind::Param) => Of::Param,
            Some(LocalKind::Result) => Of::Result,
            Some(LocalKind::Let) => Of::Let,
            Some(LocalKind::For) => Of::For,
            Some(LocalKind::Captured(outer)) => return self.shape_of_local(depth - 1, outer),
            Some(LocalKind::Var | LocalKind::Cursor) => Of::Var,
            Some(LocalKind::Temp) | None => return Shape::Other,
        })
    }

    /// Does the expression call a routine that is marked `sideEffect`?
    fn calls_marked(&self, expr: &Expr) -> bool {
        let marked = |id| {
            self.s
                .declared_effects
                .get(id)
                .is_some_and(|d| d.side_effect)
        };
        match &expr.kind {
            ExprKind::Call(id, args) => marked(id) || args.iter().any(|arg| self.calls_marked(arg)),
            ExprKind::Magic(_, args) => args.iter().any(|arg| self.calls_marked(arg)),
            _ => false,
        }
    }
}

/// The constraints of a routine's parameters, for its identity: routines may differ in nothing else.
pub(super) fn constraints_of(head: &RoutineSym) -> String {
    let mut text = String::new();
    for (number, param) in head.params.iter().enumerate() {
        if let Some(constraint) = &param.constraint {
            text.push_str(&format!(" {number}{{{}}}", constraint.text));
        }
    }
    text
}

/// The argument as it is written, without parentheses.
fn written<'t>(arg: &Given<'t>) -> Option<Cursor<'t>> {
    let GivenNode::Node(mut n) = arg.node else {
        return None;
    };
    while n.is(Kind::Par) && n.len() == 1 {
        n = n.kid(0);
    }
    Some(n)
}

fn is_name(n: Cursor<'_>) -> bool {
    matches!(
        n.kind(),
        Kind::Ident | Kind::AccQuoted | Kind::Sym | Kind::DotExpr
    )
}

/// Symbols of these kinds are known to Nim, and are hardly ever arguments.
const NEVER_VALUES: [&str; 10] = [
    "ident",
    "genericparam",
    "module",
    "type",
    "method",
    "iterator",
    "converter",
    "macro",
    "template",
    "label",
];

fn trait_named(word: &str) -> Option<Trait> {
    let symbol = |of| Trait::Symbol(Some(of));
    Some(match word {
        "lit" => Trait::Literal,
        "sym" => Trait::Symbol(None),
        "atom" => Trait::Atom,
        "call" => Trait::Call,
        "nkcharlit" => Trait::Written(Kind::CharLit),
        "nkintlit" => Trait::Written(Kind::IntLit),
        "nkfloatlit" => Trait::Written(Kind::FloatLit),
        "nkstrlit" => Trait::Written(Kind::StrLit),
        "nkrstrlit" => Trait::Written(Kind::RStrLit),
        "nktriplestrlit" => Trait::Written(Kind::TripleStrLit),
        "nknillit" => Trait::Written(Kind::NilLit),
        "lvalue" => Trait::Place,
        "sideeffect" => Trait::SideEffect,
        "nosideeffect" => Trait::NoSideEffect,
        "alias" | "noalias" => Trait::Alias,
        "var" => symbol(Of::Var),
        "let" => symbol(Of::Let),
        "forvar" => symbol(Of::For),
        "param" => symbol(Of::Param),
        "result" => symbol(Of::Result),
        "const" => symbol(Of::Const),
        "enumfield" => symbol(Of::EnumField),
        "proc" => symbol(Of::Routine),
        _ => return None,
    })
}
