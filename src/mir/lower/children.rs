//! The typed tree's nodes, one level at a time.

use crate::sema::typed::{Expr, ExprKind};

/// Calls `visit` for each direct child of `e`, in the order of evaluation.
pub(super) fn children<'e>(e: &'e Expr, visit: &mut dyn FnMut(&'e Expr)) {
    match &e.kind {
        ExprKind::Nop
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
        ExprKind::Call(_, args) | ExprKind::Magic(_, args) => args.iter().for_each(visit),
        ExprKind::CallValue(callee, args) => {
            visit(callee);
            args.iter().for_each(visit);
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
        | ExprKind::Checks(_, inner) => visit(inner),
        ExprKind::Index { base, index, .. } => {
            visit(base);
            visit(index);
        }
        ExprKind::Object(fields) => fields.iter().for_each(|(_, _, value)| visit(value)),
        ExprKind::Tuple(parts) | ExprKind::Array(parts) | ExprKind::Seq(parts) => {
            parts.iter().for_each(visit);
        }
        ExprKind::Set(parts) => {
            for (first, last) in parts {
                visit(first);
                last.iter().for_each(&mut *visit);
            }
        }
        ExprKind::If(branches, els) => {
            for (cond, body) in branches {
                visit(cond);
                visit(body);
            }
            els.iter().for_each(|e| visit(e));
        }
        ExprKind::Case { on, branches, els } => {
            visit(on);
            branches.iter().for_each(|(_, body)| visit(body));
            els.iter().for_each(|e| visit(e));
        }
        ExprKind::While(cond, body) => {
            visit(cond);
            visit(body);
        }
        ExprKind::For { args, body, .. } => {
            args.iter().for_each(&mut *visit);
            visit(body);
        }
        ExprKind::Try {
            body,
            excepts,
            finally,
        } => {
            visit(body);
            excepts.iter().for_each(|except| visit(&except.body));
            finally.iter().for_each(|e| visit(e));
        }
        ExprKind::Let(_, value) | ExprKind::InitGlobal(_, value) => {
            value.iter().for_each(|e| visit(e));
        }
        ExprKind::Raise(value) => value.iter().for_each(|e| visit(e)),
        ExprKind::Assign(place, value) => {
            visit(place);
            visit(value);
        }
    }
}
