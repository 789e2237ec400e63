//! What an expression is made of.

use smallvec::SmallVec;

use super::typed::{Expr, ExprKind};
use super::types::TypeId;

/// The bodies of a branching expression, in order.
pub type Ends<'e> = SmallVec<[&'e Expr; 4]>;

impl Expr {
    /// Calls `f` for the expression and for all within it, an outer one before its parts.
    pub fn walk<'e>(&'e self, f: &mut dyn FnMut(&'e Expr)) {
        f(self);
        self.each_child(&mut |child| child.walk(f));
    }

    /// Is it so of the expression, or of one within it?
    pub fn any<'e>(&'e self, is: &mut dyn FnMut(&'e Expr) -> bool) -> bool {
        let mut found = is(self);
        self.each_child(&mut |child| found = found || child.any(is));
        found
    }

    /// Calls `f` for each expression directly within this one, in order of evaluation.
    pub fn each_child<'e>(&'e self, f: &mut dyn FnMut(&'e Expr)) {
        match &self.kind {
            ExprKind::Nop
            | ExprKind::TypeName(_)
            | ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Str(_)
            | ExprKind::Nil
            | ExprKind::Const(_)
            | ExprKind::Local(_)
            | ExprKind::Global(_)
            | ExprKind::Routine(_)
            | ExprKind::Break(_)
            | ExprKind::Return => {}
            ExprKind::Call(_, parts)
            | ExprKind::Magic(_, parts)
            | ExprKind::Tuple(parts)
            | ExprKind::Array(parts)
            | ExprKind::Seq(parts) => parts.iter().for_each(f),
            ExprKind::CallValue(callee, args) => {
                f(callee);
                args.iter().for_each(f);
            }
            ExprKind::Field { object: inner, .. }
            | ExprKind::TupleField(inner, _)
            | ExprKind::Deref(inner)
            | ExprKind::AddrOf(inner)
            | ExprKind::Convert { value: inner, .. }
            | ExprKind::Cast(inner)
            | ExprKind::Block(_, inner)
            | ExprKind::Yield(inner)
            | ExprKind::Discard(inner)
            | ExprKind::Checks(_, inner) => f(inner),
            ExprKind::Let(_, init) | ExprKind::InitGlobal(_, init) | ExprKind::Raise(init) => {
                init.iter().for_each(|init| f(init));
            }
            ExprKind::Index {
                base: a, index: b, ..
            }
            | ExprKind::While(a, b)
            | ExprKind::Assign(a, b) => {
                f(a);
                f(b);
            }
            ExprKind::Object(fields) => fields.iter().for_each(|(_, _, value)| f(value)),
            ExprKind::Set(elems) => {
                for (low, high) in elems {
                    f(low);
                    high.iter().for_each(&mut *f);
                }
            }
            ExprKind::If(branches, els) => {
                for (cond, body) in branches {
                    f(cond);
                    f(body);
                }
                els.iter().for_each(|els| f(els));
            }
            ExprKind::Case { on, branches, els } => {
                f(on);
                branches.iter().for_each(|(_, body)| f(body));
                els.iter().for_each(|els| f(els));
            }
            ExprKind::For { args, body, .. } => {
                args.iter().for_each(&mut *f);
                f(body);
            }
            ExprKind::Try {
                body,
                excepts,
                finally,
            } => {
                f(body);
                excepts.iter().for_each(|except| f(&except.body));
                finally.iter().for_each(|finally| f(finally));
            }
        }
    }

    /// Where control comes out of an `if`, a `case` or a `try` (whose `finally` gives no value): the bodies of their branches.
    /// `None` for what does not branch.
    pub fn ends(&self) -> Option<Ends<'_>> {
        match &self.kind {
            ExprKind::If(branches, els) => {
                let bodies = branches.iter().map(|(_, body)| body);
                Some(bodies.chain(els.as_deref()).collect())
            }
            ExprKind::Case { branches, els, .. } => {
                let bodies = branches.iter().map(|(_, body)| body);
                Some(bodies.chain(els.as_deref()).collect())
            }
            ExprKind::Try { body, excepts, .. } => {
                let handlers = excepts.iter().map(|except| &except.body);
                Some(std::iter::once(&**body).chain(handlers).collect())
            }
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn ends_mut(&mut self) -> Option<SmallVec<[&mut Expr; 4]>> {
        match &mut self.kind {
            ExprKind::If(branches, els) => {
                let bodies = branches.iter_mut().map(|(_, body)| body);
                Some(bodies.chain(els.as_deref_mut()).collect())
            }
            ExprKind::Case { branches, els, .. } => {
                let bodies = branches.iter_mut().map(|(_, body)| body);
                Some(bodies.chain(els.as_deref_mut()).collect())
            }
            ExprKind::Try { body, excepts, .. } => {
                let handlers = excepts.iter_mut().map(|except| &mut except.body);
                Some(std::iter::once(&mut **body).chain(handlers).collect())
            }
            _ => None,
        }
    }

    /// Does nothing happen if no branch is taken? Such an `if` comes out beside its branches too.
    pub fn may_fall_through(&self) -> bool {
        matches!(self.kind, ExprKind::If(_, None))
    }

    /// What gives it its value: of statements and branches the last one.
    pub fn last_value(&self) -> &Expr {
        let inner = match &self.kind {
            ExprKind::Seq(stmts) => stmts.last(),
            ExprKind::Block(_, body) => Some(&**body),
            _ => self.ends().and_then(|ends| ends.last().copied()),
        };
        match inner {
            Some(inner) if inner.ty != TypeId::VOID => inner.last_value(),
            _ => self,
        }
    }
}
