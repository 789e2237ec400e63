//! Calls in typed arguments as Nim shows them to macros once their routines are known.
//!
//! In: the candidate that overload resolution chose, and its arguments. Out: a [`CallShape`], which [`Checker::write_tree`] writes in
//! place of the call as it was written: the routine first, arguments in the order of parameters, defaults that are literals filled in,
//! and hidden conversions and addresses around what needs them. A call that cannot be told so stays as it was written.

use super::kinds;
use super::typing::Typing;
use super::wire::{Stands, Writer};
use crate::sema::call::{Given, GivenNode};
use crate::sema::checker::Checker;
use crate::sema::fit::Match;
use crate::sema::symbols::SymId;
use crate::sema::types::{Type, TypeId};
use crate::source::{Name, Place};
use crate::syntax::tree::{Cursor, Data, Handle, Kind, NodeId};

/// A call that was resolved.
pub(in crate::sema) struct CallShape {
    called: SymId,
    /// The address of the tree in which the arguments stand, if there are any beside a receiver.
    tree: Option<usize>,
    args: Vec<Shown>,
}

/// What is passed for a parameter.
enum Shown {
    Node(NodeId, Hidden),
    /// What stands before the dot.
    Receiver(Hidden),
    /// The parameter's default.
    Default(Handle),
    /// The arguments of a `varargs` parameter of this type, each with what converts it.
    Rest(TypeId, Vec<(NodeId, Option<Name>)>),
}

/// What stands around an argument unseen.
#[derive(Clone, Copy)]
enum Hidden {
    Nothing,
    Conversion,
    ToBase,
    Converter(SymId),
    Address,
}

/// What stands before the dot of a call.
fn receiver(n: Cursor<'_>) -> Option<Cursor<'_>> {
    let callee = match n.kind() {
        Kind::DotExpr => n,
        _ => n.get(0)?,
    };
    callee.is(Kind::DotExpr).then(|| callee.kid(0))
}

impl CallShape {
    /// What is known of one tree is known of another one, which is the same.
    pub fn move_to(&mut self, from: usize, to: usize) {
        if self.tree == Some(from) {
            self.tree = Some(to);
        }
    }

    /// Can it be the call that this node is?
    pub fn is_of(&self, n: Cursor<'_>) -> bool {
        let has_receiver = self
            .args
            .iter()
            .any(|arg| matches!(arg, Shown::Receiver(_)));
        let same_tree = self.tree.is_none_or(|tree| tree == Typing::key(n).0);
        same_tree && (!has_receiver || receiver(n).is_some())
    }
}

impl Checker<'_, '_> {
    /// What a call that was resolved looks like. `None` if it stays as it was written.
    pub(in crate::sema) fn call_shape(
        &mut self,
        found: &Match,
        args: &[Given<'_>],
    ) -> Option<CallShape> {
        let head = &found.head;
        if matches!(head.kind, Kind::TemplateDef | Kind::MacroDef) {
            return None;
        }
        let tree = args.iter().find_map(|arg| match arg.node {
            GivenNode::Node(n) => Some(Typing::key(n).0),
            GivenNode::Checked => None,
        });
        let node = |i: usize| match args[i].node {
            GivenNode::Node(n) if Some(Typing::key(n).0) == tree => Some(n.id),
            _ => None,
        };
        let is_built_in = self.name_of(head.module) == "system" && takes_places(head.name);
        let mut shown = Vec::new();
        let last = head.params.len().wrapping_sub(1);
        for (at, (param, slot)) in head.params.iter().zip(&found.slots).enumerate() {
            let ty = self.substitute(param.ty, &found.binds);
            shown.push(match (self.get(ty), &slot[..]) {
                (&Type::Varargs(elem), several) if !self.is_given_whole(several, args) => {
                    // When the tree comes back, the rest would take what follows it too.
                    if at != last {
                        return None;
                    }
                    let mut rest = Vec::new();
                    for &i in several {
                        let typed = args[i].typed.as_ref()?;
                        let conv = param.conv.filter(|_| typed.ty != elem);
                        rest.push((node(i)?, conv));
                    }
                    Shown::Rest(ty, rest)
                }
                (_, &[i]) => {
                    let converter = found.converters.iter().find(|&&(at, _)| at == i);
                    let hidden = match converter {
                        Some(&(_, converter)) => Hidden::Converter(converter),
                        None => self.hidden_around(ty, &args[i], is_built_in),
                    };
                    match args[i].node {
                        GivenNode::Checked if i == 0 => Shown::Receiver(hidden),
                        _ => Shown::Node(node(i)?, hidden),
                    }
                }
                (_, []) => {
                    let default = param.default.as_ref()?;
                    is_literal(default.cursor()).then_some(())?;
                    Shown::Default(default.clone())
                }
                _ => return None,
            });
        }
        Some(CallShape {
            called: found.sym,
            tree,
            args: shown,
        })
    }

    fn is_given_whole(&self, slot: &[usize], args: &[Given<'_>]) -> bool {
        let [only] = slot else { return false };
        args[*only].typed.as_ref().is_some_and(|expr| {
            matches!(
                self.get(self.s.types.repr(expr.ty)),
                Type::Array { .. } | Type::Seq(_) | Type::OpenArray(_)
            )
        })
    }

    fn hidden_around(&self, formal: TypeId, arg: &Given<'_>, is_built_in: bool) -> Hidden {
        let Some(expr) = &arg.typed else {
            return Hidden::Nothing;
        };
        let formal = match *self.get(formal) {
            Type::Var(_) if !is_built_in => return Hidden::Address,
            Type::Var(inner) | Type::Sink(inner) | Type::Lent(inner) => inner,
            _ => formal,
        };
        let actual = self.s.types.bare(expr.ty);
        match (self.get(formal), self.get(actual)) {
            _ if formal == actual => Hidden::Nothing,
            (Type::OpenArray(_), Type::OpenArray(_)) => Hidden::Nothing,
            (Type::Int(_), Type::Int(_)) if is_given_literal(arg) => Hidden::Nothing,
            (Type::OpenArray(_) | Type::Varargs(_) | Type::CString | Type::Float(_), _)
            | (Type::Int(_) | Type::Range { .. }, Type::Int(_) | Type::Range { .. }) => {
                Hidden::Conversion
            }
            (Type::Object(_), Type::Object(_)) | (Type::Ref(_), Type::Ref(_)) => Hidden::ToBase,
            _ => Hidden::Nothing,
        }
    }

    /// Writes a call by its shape.
    pub(super) fn write_call(
        &self,
        w: &mut Writer,
        n: Cursor<'_>,
        shape: &CallShape,
        typing: &Typing,
    ) {
        let place = self.place(n);
        let receiver = receiver(n);
        let kind = match receiver {
            Some(_) => Kind::Call,
            None => n.kind(),
        };
        let ty = typing.types.get(&Typing::key(n)).copied();
        w.typed_kids(kind, shape.args.len() + 1, place, ty);
        self.write_symbol(w, shape.called, place, None);
        for arg in &shape.args {
            match arg {
                Shown::Node(id, hidden) => self.write_given(w, n.tree.at(*id), *hidden, typing),
                Shown::Receiver(hidden) => {
                    self.write_given(w, receiver.unwrap_or(n), *hidden, typing);
                }
                Shown::Default(default) => {
                    self.write_tree(w, default.cursor(), &Typing::default());
                }
                Shown::Rest(ty, rest) => self.write_rest(w, n, *ty, rest, typing),
            }
        }
    }

    fn write_given(&self, w: &mut Writer, n: Cursor<'_>, hidden: Hidden, typing: &Typing) {
        // The address of what an address leads to is that.
        if matches!(hidden, Hidden::Address) && typing.derefs.contains_key(&Typing::key(n)) {
            return self.write_known(w, n, typing);
        }
        self.write_hidden(w, hidden, self.place(n));
        self.write_tree(w, n, typing);
    }

    /// A section of variables, each with a definition of its own.
    pub(super) fn write_section(&self, w: &mut Writer, n: Cursor<'_>, typing: &Typing) {
        let names = |def: Cursor<'_>| match def.kind() {
            Kind::IdentDefs => def.len() - 2,
            _ => 1,
        };
        w.kids(n.kind(), n.kids().map(names).sum(), self.place(n));
        for def in n.kids() {
            if !def.is(Kind::IdentDefs) {
                self.write_tree(w, def, typing);
                continue;
            }
            for name in def.def_names() {
                w.kids(Kind::IdentDefs, 3, self.place(def));
                self.write_tree(w, name, typing);
                self.write_tree(w, def.def_type(), typing);
                if self.is_converted(name, def.last(), typing) {
                    self.write_hidden(w, Hidden::Conversion, self.place(def.last()));
                }
                self.write_tree(w, def.last(), typing);
            }
        }
    }

    /// Is a variable of another type of numbers than its first value?
    fn is_converted(&self, name: Cursor<'_>, init: Cursor<'_>, typing: &Typing) -> bool {
        let (name, _) = name.with_pragmas();
        let declared = typing.own.get(&Typing::key(name)).map(|own| own.1);
        let given = typing.types.get(&Typing::key(init)).copied();
        let (Some(declared), Some(given)) = (declared, given) else {
            return false;
        };
        let is_number = |ty| matches!(self.get(ty), Type::Int(_) | Type::Float(_));
        declared != given && is_number(declared) && is_number(given)
    }

    /// The nodes around an argument.
    fn write_hidden(&self, w: &mut Writer, hidden: Hidden, place: Place) {
        match hidden {
            Hidden::Nothing => {}
            Hidden::Address => w.hidden(kinds::HIDDEN_ADDRESS, 1, place),
            Hidden::Conversion | Hidden::ToBase => {
                let number = match hidden {
                    Hidden::ToBase => kinds::HIDDEN_TO_BASE,
                    _ => kinds::HIDDEN_CONVERSION,
                };
                w.hidden(number, 2, place);
                w.empty(place);
            }
            Hidden::Converter(converter) => {
                w.hidden(kinds::HIDDEN_CALL, 2, place);
                self.write_symbol(w, converter, place, None);
            }
        }
    }

    /// The arguments of a `varargs` parameter. The type of the empty node before them tells, when the tree comes back, that they
    /// were written one by one.
    fn write_rest(
        &self,
        w: &mut Writer,
        n: Cursor<'_>,
        ty: TypeId,
        rest: &[(NodeId, Option<Name>)],
        typing: &Typing,
    ) {
        let place = self.place(n);
        w.hidden(kinds::HIDDEN_CONVERSION, 2, place);
        w.rest_follows(ty, place);
        w.kids(Kind::Bracket, rest.len(), place);
        for &(id, conv) in rest {
            let arg = n.tree.at(id);
            if let (Some(conv), Some(text)) = (conv, text_of(arg))
                && conv == "$"
            {
                w.str(Kind::StrLit, text.as_bytes(), place, Some(TypeId::STRING));
                continue;
            }
            if let Some(conv) = conv {
                w.hidden(kinds::HIDDEN_CALL, 2, place);
                let stands = Stands::Fresh(super::NO_NUMBER);
                w.symbol(
                    conv.as_str(),
                    super::wire::symkind::PROC,
                    stands,
                    place,
                    None,
                );
            }
            self.write_tree(w, arg, typing);
        }
    }
}

/// What `$` makes of a literal.
fn text_of(n: Cursor<'_>) -> Option<String> {
    match (n.kind(), n.node().data) {
        (Kind::CharLit, Data::Int(value, _)) => Some(char::from(value as u8).to_string()),
        (Kind::IntLit, Data::Int(value, _)) => Some(value.to_string()),
        _ => None,
    }
}

/// Procs of `system` that Nim gives places themselves, and not their addresses.
fn takes_places(name: Name) -> bool {
    const NAMES: [&str; 17] = [
        "new",
        "inc",
        "dec",
        "incl",
        "excl",
        "setLen",
        "add",
        "swap",
        "newSeq",
        "reset",
        "move",
        "shallowCopy",
        "deepCopy",
        "wasMoved",
        "+=",
        "-=",
        "&=",
    ];
    NAMES.iter().any(|&known| name == known)
}

fn is_literal(n: Cursor<'_>) -> bool {
    matches!(
        n.node().data,
        Data::Int(..) | Data::Float(_) | Data::Text(_)
    ) || n.is(Kind::NilLit)
}

fn is_given_literal(arg: &Given<'_>) -> bool {
    matches!(arg.node, GivenNode::Node(n) if is_literal(n))
}
