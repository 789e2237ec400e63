//! Messages on calls that no candidate fits, or several.

use std::sync::Arc;

use super::call::{Given, GivenNode};
use super::checker::Checker;
use super::fit::{Match, Misfit};
use super::symbols::RoutineSym;
use super::types::{Type, TypeId};
use crate::diagnostics::Diagnostic;
use crate::source::{Name, Place};

impl Checker<'_, '_> {
    pub(super) fn report_no_match(
        &mut self,
        name: Name,
        misfits: &[(Arc<RoutineSym>, Misfit)],
        args: &mut [Given<'_>],
        place: Place,
    ) {
        for arg in args.iter_mut() {
            self.type_of_given(arg);
        }
        if args
            .iter()
            .any(|a| a.typed.as_ref().is_some_and(|e| e.ty == TypeId::ERROR))
        {
            return;
        }
        // As if a routine belonged to the type of its first argument: where some candidates take that, the rest is left out.
        let first = |why: &Misfit| argument_number(*why, args.len()) <= 1;
        let some_take_first = misfits.iter().any(|(_, why)| !first(why));
        let mut shown: Vec<String> = misfits
            .iter()
            .filter(|(_, why)| !(some_take_first && first(why)))
            .map(|(head, why)| self.show_candidate(head, *why, args))
            .collect();
        let skipped = misfits.len() - shown.len();
        shown.sort();
        let mut text = format!(
            "type mismatch: got <{}>\nbut expected one of:\n{}",
            self.show_args(args),
            shown.concat()
        );
        if skipped > 0 {
            text.push_str(&format!(
                "{skipped} other mismatching symbols have been suppressed; compile with --showAllMismatches:on to see them\n"
            ));
        }
        text.push_str(&format!(
            "\nexpression: {}",
            self.call_text(name, args, place)
        ));
        self.report(Diagnostic::error(place, text));
    }

    fn show_args(&self, args: &[Given<'_>]) -> String {
        let types: Vec<String> = args
            .iter()
            .map(|arg| {
                let ty = arg
                    .typed
                    .as_ref()
                    .map_or_else(|| "untyped".into(), |e| self.show_arg(e));
                match arg.name {
                    Some(name) => format!("{name}: {ty}"),
                    None => ty,
                }
            })
            .collect();
        types.join(", ")
    }

    /// A candidate and why it does not fit, line by line.
    fn show_candidate(&self, head: &RoutineSym, why: Misfit, args: &[Given<'_>]) -> String {
        let mut text = format!("{}\n", self.show_declaration(head));
        if args.is_empty() {
            return text;
        }
        let number = argument_number(why, args.len());
        text.push_str(&format!("  first type mismatch at position: {number}\n"));
        let name_of = |i: usize| args[i].name.map_or(String::new(), |n| n.to_string());
        let line = match why {
            Misfit::Type(i, p) | Misfit::Immutable(i, p) => {
                let param = &head.params[p];
                let immutable = matches!(why, Misfit::Immutable(..));
                let reason = if immutable {
                    "immutable, not 'var'".into()
                } else {
                    let got = args[i]
                        .typed
                        .as_ref()
                        .map_or_else(|| "untyped".into(), |e| self.show_arg(e));
                    let expr = args[i].typed.as_ref();
                    let broken = expr.and_then(|expr| self.broken_promise(expr, param.ty));
                    format!("of type: {got}{}", broken.unwrap_or(""))
                };
                format!(
                    "required type for {}: {}\n  but expression '{}' is {reason}",
                    param.name,
                    match param.each {
                        true => "varargs[typed]".to_owned(),
                        false => self.show_required(param.ty),
                    },
                    self.arg_text(&args[i])
                )
            }
            Misfit::UnknownName(i) => format!("unknown named parameter: {}", name_of(i)),
            Misfit::Given(i) if args[i].name.is_some() => {
                format!("named param already provided: {}", name_of(i))
            }
            Misfit::Given(_) => "positional param was already given as named param".into(),
            Misfit::Extra(_) => "extra argument given".into(),
            Misfit::Missing(p) => format!("missing parameter: {}", head.params[p].name),
            Misfit::TypeArguments => return text,
        };
        text.push_str(&format!("  {line}\n"));
        text
    }

    /// A parameter's type, a generic one with its constraint.
    fn show_required(&self, ty: TypeId) -> String {
        match self.get(ty) {
            Type::Param(number) => {
                let name = self.s.types.param_name(*number).unwrap_or("T");
                let constraint = self.constraint(*number);
                let class = constraint.and_then(|c| c.class);
                if let Some(base) = constraint.and_then(|c| c.static_of)
                    && name.contains(':')
                {
                    return format!("static[{}]", self.s.types.show(base));
                }
                match (class, name.contains(':')) {
                    (Some(class), true) => self.s.types.show(class),
                    (Some(class), false) => format!("{name}: {}", self.s.types.show(class)),
                    (None, true) => "auto".into(),
                    (None, false) => name.into(),
                }
            }
            Type::Var(inner) => format!("var {}", self.show_required(*inner)),
            _ => self.s.types.show(ty),
        }
    }

    fn arg_text(&self, arg: &Given<'_>) -> String {
        match arg.node {
            GivenNode::Node(node) => {
                let text = super::source_text::text_of(node, self);
                match arg.name {
                    Some(name) => format!("{name} = {text}"),
                    None => text,
                }
            }
            GivenNode::Checked => self.loader.text(arg.place),
        }
    }

    /// The call as source; a method call with its object as the first argument.
    fn call_text(&self, name: Name, args: &[Given<'_>], place: Place) -> String {
        let word = name.as_str();
        let source = self.loader.text(place);
        let is_operator = !word.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if is_operator || source.starts_with(word) {
            return source;
        }
        let args: Vec<String> = args.iter().map(|arg| self.arg_text(arg)).collect();
        format!("{word}({})", args.join(", "))
    }

    pub(super) fn report_ambiguous(&mut self, best: &[Match], args: &[Given<'_>], place: Place) {
        let module = |c: &Self, m: &Match| {
            let name = c.s.modules[m.head.module.0 as usize].name.clone();
            name.rsplit('/').next().unwrap_or(&name).to_string()
        };
        let shown: Vec<String> = best
            .iter()
            .take(2)
            .map(|m| {
                let (file, line, col) = self.loader.line(self.s.sym(m.sym).place);
                let params: Vec<String> = m
                    .head
                    .params
                    .iter()
                    .map(|p| format!("{}: {}", p.name, self.show_required(p.ty)))
                    .collect();
                format!(
                    "{}.{}({}) [{} declared in {file}({line}, {col})]",
                    module(self, m),
                    m.head.name,
                    params.join(", "),
                    super::show::routine_word(m.head.kind)
                )
            })
            .collect();
        let message = format!(
            "ambiguous call; both {} match for: ({})",
            shown.join(" and "),
            self.show_args(args)
        );
        self.error(place, message);
    }

    /// A routine's head as its source has it, without pragmas.
    fn show_declaration(&self, head: &RoutineSym) -> String {
        use super::routine::part;
        use super::source_text::text_of;
        let n = head.node.cursor();
        let word = super::show::routine_word(head.kind);
        let name = super::show::quoted(head.name);
        let mut generics = Vec::new();
        for def in n.kid(part::GENERICS).kids() {
            generics.push(self.show_group(def));
        }
        let generics = if generics.is_empty() {
            String::new()
        } else {
            format!("[{}]", generics.join("; "))
        };
        let params = n.kid(part::PARAMS);
        let groups: Vec<String> = params
            .kids()
            .skip(1)
            .map(|def| self.show_group(def))
            .collect();
        let ret = match params.get(0).filter(|ret| !ret.is_empty()) {
            Some(ret) => format!(": {}", text_of(ret, self)),
            None => String::new(),
        };
        format!("{word} {name}{generics}({}){ret}", groups.join("; "))
    }

    /// `a, b: T = default`
    fn show_group(&self, def: crate::syntax::tree::Cursor<'_>) -> String {
        use super::source_text::text_of;
        if def.len() < 3 {
            return text_of(def, self);
        }
        let names: Vec<String> = def.def_names().map(|name| text_of(name, self)).collect();
        let mut text = names.join(", ");
        let (ty, default) = (def.def_type(), def.last());
        if !ty.is_empty() {
            text.push_str(&format!(": {}", text_of(ty, self)));
        }
        if !default.is_empty() {
            text.push_str(&format!(" = {}", text_of(default, self)));
        }
        text
    }
}

/// Where Nim counts the misfit to be, from 1; a missing argument comes after all others.
fn argument_number(why: Misfit, given: usize) -> usize {
    match why {
        Misfit::Type(i, _)
        | Misfit::Immutable(i, _)
        | Misfit::UnknownName(i)
        | Misfit::Given(i)
        | Misfit::Extra(i) => i + 1,
        Misfit::Missing(_) => given + 1,
        Misfit::TypeArguments => 1,
    }
}
