//! `scanf` and `scanTuple` of `std/strscans`: input against a pattern, as a chain of calls of that module's matchers,
//! each of which moves an index on.

use super::{Build, Checker, MacroCall};
use crate::sema::typed::{Expr, ExprKind};
use crate::sema::types::{Type, TypeId};
use crate::source::Name;
use crate::syntax::tree::{Base, Data, Kind, NodeId};

/// A part of a pattern.
enum Part {
    Text(Vec<u8>),
    /// A built-in matcher, by its letter, with what follows in the pattern for `$*` and `$+`.
    Matcher(u8, Vec<u8>),
    /// `${proc}` or `${proc(args)}`: sets a result.
    Bind(String),
    /// `$[proc]`: skips.
    Skip(String),
}

impl Checker<'_, '_> {
    /// `scanf(input, pattern, results…)`
    pub(super) fn scanf_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let results = call.trees(2);
        let mut targets = Vec::new();
        for n in results {
            let target = self.expr(n, None);
            if !self.has_value(&target) {
                return self.bad(call.place);
            }
            targets.push(target);
        }
        let Some(parts) = self.scan_parts(call) else {
            return self.bad(call.place);
        };
        let wanted = parts.iter().filter(|part| is_result(part)).count();
        if wanted != targets.len() {
            self.error(call.place, "number of matches does not fit the pattern");
            return self.bad(call.place);
        }
        let mut stmts = Vec::new();
        let chain = self.scan_chain(call, &parts, &targets, &mut stmts);
        stmts.push(chain);
        self.sequence(stmts, TypeId::BOOL, call.place)
    }

    /// `scanTuple(input, pattern, types…)`: success and the results as a tuple.
    pub(super) fn scan_tuple_macro(&mut self, call: &MacroCall<'_>) -> Expr {
        let place = call.place;
        let Some(parts) = self.scan_parts(call) else {
            return self.bad(place);
        };
        let mut own_types = call.trees(2).into_iter();
        let mut stmts = Vec::new();
        let mut targets = Vec::new();
        for part in &parts {
            let ty = match part {
                Part::Matcher(b'i' | b'b' | b'o' | b'h', _) => TypeId::INT,
                Part::Matcher(b'f', _) => TypeId::FLOAT,
                Part::Matcher(b'c', _) => TypeId::CHAR,
                Part::Matcher(b'w' | b'*' | b'+', _) => TypeId::STRING,
                Part::Bind(_) => match own_types.next() {
                    Some(n) => self.type_expr(n),
                    None => {
                        self.error(place, "a type is missing for a matcher of the pattern");
                        return self.bad(place);
                    }
                },
                _ => continue,
            };
            let zero = self.default_value(ty, place);
            let (declared, target) = self.macro_temp(zero);
            stmts.push(declared);
            targets.push(target);
        }
        let chain = self.scan_chain(call, &parts, &targets, &mut stmts);
        let (declared, success) = self.macro_temp(chain);
        stmts.push(declared);
        let mut values = vec![success];
        values.extend(targets);
        let fields: Vec<(Option<Name>, TypeId)> =
            values.iter().map(|value| (None, value.ty)).collect();
        let ty = self.intern(Type::Tuple(fields));
        stmts.push(self.make(ExprKind::Tuple(values), ty, place));
        self.sequence(stmts, ty, place)
    }

    fn scan_parts(&mut self, call: &MacroCall<'_>) -> Option<Vec<Part>> {
        let pattern = self.macro_text(call, 1)?;
        match parts(&pattern) {
            Ok(parts) => Some(parts),
            Err(message) => {
                self.error(call.place, message);
                None
            }
        }
    }

    /// All parts match, one after the other.
    fn scan_chain(
        &mut self,
        call: &MacroCall<'_>,
        parts: &[Part],
        targets: &[Expr],
        stmts: &mut Vec<Expr>,
    ) -> Expr {
        let place = call.place;
        let input = match (call.typed(0).cloned(), call.tree(0)) {
            (Some(input), _) => input,
            (None, Some(n)) => self.expr(n, Some(TypeId::STRING)),
            _ => return self.bad(place),
        };
        let input = self.coerce(input, TypeId::STRING);
        let (declared, input) = self.macro_temp(input);
        stmts.push(declared);
        let zero = self.make(ExprKind::Int(0), TypeId::INT, place);
        let (declared, index) = self.macro_temp(zero);
        stmts.push(declared);
        let (input, index) = (self.foreign_typed(input), self.foreign_typed(index));
        let mut b = Build::new(place, call.head.module);
        let mut targets = targets.iter().cloned();
        let mut chain: Option<NodeId> = None;
        for part in parts {
            let mut args = vec![b.foreign(input), b.foreign(index)];
            if is_result(part) {
                let Some(target) = targets.next() else { break };
                args.push(self.macro_typed(&mut b, target));
            }
            let step = match part {
                Part::Text(text) => {
                    args.push(b.str(text));
                    self.macro_call(&mut b, "scanText", &args)
                }
                Part::Matcher(letter, follow) => {
                    let name = match letter {
                        b'i' => "scanInt",
                        b'b' => "scanBinary",
                        b'o' => "scanOctal",
                        b'h' => "scanHex",
                        b'f' => "scanFloat",
                        b'w' => "scanWord",
                        b'c' => "scanChar",
                        b's' => "scanSpaces",
                        b'.' => "scanEnd",
                        b'*' => "scanUntil",
                        _ => "scanSomeUntil",
                    };
                    if matches!(letter, b'*' | b'+') {
                        args.push(b.str(follow));
                    }
                    self.macro_call(&mut b, name, &args)
                }
                Part::Bind(code) | Part::Skip(code) => {
                    match self.scan_user(&mut b, code, &args, matches!(part, Part::Bind(_))) {
                        Some(step) => step,
                        None => {
                            self.error(place, format!("invalid matcher '{code}' in the pattern"));
                            return self.bad(place);
                        }
                    }
                }
            };
            chain = Some(match chain {
                None => step,
                Some(before) => {
                    let and = self.macro_name(&mut b, "and");
                    b.node(Kind::Infix, &[and, before, step])
                }
            });
        }
        match chain {
            Some(root) => self.check_built(b, root, Some(TypeId::BOOL)),
            None => self.make(ExprKind::Int(1), TypeId::BOOL, place),
        }
    }

    /// A program's own matcher: `proc (input: string, result: var T, start: int, args…): int` gives how much it took;
    /// one that skips has no result and need not take anything.
    fn scan_user(
        &mut self,
        b: &mut Build,
        code: &str,
        args: &[NodeId],
        bind: bool,
    ) -> Option<NodeId> {
        let parsed = crate::syntax::parse_file(code.trim(), None, &mut |_| Default::default());
        let [only] = &parsed.pieces[..] else {
            return None;
        };
        let n = only.tree.root();
        let mut kids = match n.kind() {
            Kind::Call => vec![b.copy_here(n.kid(0)), args[0]],
            _ => vec![b.copy_here(n), args[0]],
        };
        kids.extend(args.get(2));
        kids.push(args[1]);
        if n.is(Kind::Call) {
            kids.extend(
                n.kids()
                    .skip(1)
                    .map(|arg| b.copy_here(arg))
                    .collect::<Vec<_>>(),
            );
        }
        let taken = b.node(Kind::Call, &kids);
        let least = i64::from(bind);
        let least = b
            .out
            .leaf(Kind::IntLit, b.span, Data::Int(least, Base::Decimal));
        Some(self.macro_call(b, "scanTaken", &[args[1], taken, least]))
    }
}

/// Does the part set a result?
fn is_result(part: &Part) -> bool {
    match part {
        Part::Matcher(letter, _) => !matches!(letter, b's' | b'.'),
        Part::Bind(_) => true,
        Part::Text(_) | Part::Skip(_) => false,
    }
}

fn parts(pattern: &[u8]) -> Result<Vec<Part>, String> {
    let mut out: Vec<Part> = Vec::new();
    let mut i = 0;
    while i < pattern.len() {
        if pattern[i] != b'$' {
            push_text(&mut out, pattern[i]);
            i += 1;
            continue;
        }
        let Some(&letter) = pattern.get(i + 1) else {
            return Err("invalid format string".into());
        };
        match letter {
            b'$' => {
                push_text(&mut out, b'$');
                i += 2;
            }
            b'i' | b'b' | b'o' | b'h' | b'f' | b'w' | b'c' | b's' | b'.' => {
                out.push(Part::Matcher(letter, Vec::new()));
                i += 2;
            }
            b'*' | b'+' => {
                let follow: Vec<u8> = pattern[i + 2..]
                    .iter()
                    .copied()
                    .take_while(|&c| c != b'$')
                    .collect();
                out.push(Part::Matcher(letter, follow));
                i += 2;
            }
            b'{' | b'[' => {
                let (open, close) = (letter, if letter == b'{' { b'}' } else { b']' });
                let mut depth = 0;
                let mut end = i + 1;
                while end < pattern.len() {
                    if pattern[end] == open {
                        depth += 1;
                    } else if pattern[end] == close {
                        depth -= 1;
                        if depth == 0 {
                            break;
                        }
                    }
                    end += 1;
                }
                if end == pattern.len() {
                    return Err(format!("closing '{}' expected", char::from(close)));
                }
                let code = String::from_utf8_lossy(&pattern[i + 2..end]).into_owned();
                out.push(if letter == b'{' {
                    Part::Bind(code)
                } else {
                    Part::Skip(code)
                });
                i = end + 1;
            }
            _ => return Err("invalid format string".into()),
        }
    }
    Ok(out)
}

fn push_text(out: &mut Vec<Part>, ch: u8) {
    match out.last_mut() {
        Some(Part::Text(text)) => text.push(ch),
        _ => out.push(Part::Text(vec![ch])),
    }
}
