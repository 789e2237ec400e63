//! From text to procs.
//!
//! A pass over the tokens gives numbers to registers and blocks, so that both may be named before they are defined;
//! then each line is one declaration, instruction or terminator.

use rustc_hash::FxHashMap;

use super::lex::Tok;
use super::names::{BINS, CASTS, CHECKEDS, CMPS, RUNTIME, SCALARS, UNS, named};
use super::parse::{Parser, Res, show};
use crate::mir::ir::*;
use crate::source::Place;

/// Reads a proc from its first word. What is wrong in it is reported; `None` only when the head is.
pub(super) fn proc(parser: &mut Parser<'_>) -> Option<Proc> {
    let line = parser.line();
    let mut body = Body::default();
    let proc = parser.on_line(|parser| body.head(parser))?;
    body.proc = Some(proc);
    body.number_names(parser);
    body.lines(parser);
    body.finish(parser, line)
}

#[derive(Default)]
struct Body {
    proc: Option<Proc>,
    /// Name to number of registers, slots and blocks.
    regs: FxHashMap<String, u32>,
    slots: FxHashMap<String, u32>,
    blocks: FxHashMap<String, u32>,
    types: Vec<Option<Scalar>>,
    params: Vec<(Scalar, String)>,
    /// Was the terminator of the last block read?
    ended: bool,
}

impl Body {
    fn head(&mut self, parser: &mut Parser<'_>) -> Res<Proc> {
        parser.keyword("proc")?;
        let (identity, abi) = parser.sigil('@', "a proc")?;
        parser.punct('(')?;
        self.params = parser.list_until(')', |parser| {
            Ok((parser.scalar()?, parser.sigil('%', "a register")?.0))
        })?;
        let sig = parser.sig_tail(self.params.iter().map(|param| param.0).collect())?;
        let c_abi = parser.take_word("c_abi");
        let aggregates = parser.aggregates()?;
        let inline = parser.take_word("inline");
        let pinned = parser.take_word("pinned");
        let cold = parser.take_word("cold");
        let traced = !parser.take_word("untraced");
        let name = match parser.take_word("named") {
            true => parser.quoted()?,
            false => None,
        };
        parser.punct('{')?;
        let id = parser.ids.proc(&identity, abi);
        let name = name.unwrap_or_else(|| identity.as_str().into());
        Ok(Proc {
            sites: vec![Place::default()],
            traced,
            c_abi,
            aggregates,
            inline,
            pinned,
            cold,
            ..Proc::new(id, sig, name)
        })
    }

    /// Registers named by numbers keep them; the others take the free ones in order of appearance.
    fn number_names(&mut self, parser: &mut Parser<'_>) {
        let start = parser.position();
        let mut names: Vec<String> = Vec::new();
        for (i, (_, name)) in self.params.iter().enumerate() {
            self.regs.insert(name.clone(), i as u32);
        }
        let mut label = None;
        while !matches!(parser.peek(), Tok::Punct('}') | Tok::Eof) {
            match parser.next() {
                Tok::Sigil('%', name, _) => names.push(name),
                Tok::Word(word) => {
                    label = Some(word);
                    continue;
                }
                Tok::Punct(':') => {
                    if let Some(label) = label.take() {
                        let number = self.blocks.len() as u32;
                        self.blocks.entry(label).or_insert(number);
                    }
                }
                _ => {}
            }
            label = None;
        }
        parser.go_back(start);
        let explicit = |name: &str| name.parse::<u32>().ok();
        for name in names
            .iter()
            .filter(|name| !self.params.iter().any(|p| p.1 == **name))
        {
            if let Some(number) = explicit(name) {
                self.regs.insert(name.clone(), number);
            }
        }
        let mut taken: Vec<u32> = self.regs.values().copied().collect();
        taken.sort_unstable();
        let mut free = (0..).filter(|number| taken.binary_search(number).is_err());
        for name in names {
            if explicit(&name).is_none() && !self.regs.contains_key(&name) {
                self.regs.insert(name, free.next().unwrap_or_default());
            }
        }
        // A hole is reported later; a number far off the others must not cost memory.
        let count = self.regs.len().max(self.params.len());
        self.types = vec![None; count];
        for (i, param) in self.params.iter().enumerate() {
            self.types[i] = Some(param.0);
        }
    }

    fn proc_mut(&mut self) -> &mut Proc {
        self.proc.as_mut().expect("set once the head was read")
    }

    fn lines(&mut self, parser: &mut Parser<'_>) {
        loop {
            match parser.peek() {
                Tok::Punct('}') => {
                    parser.next();
                    break;
                }
                Tok::Eof => break,
                Tok::Newline => {
                    parser.next();
                }
                _ => {
                    parser.on_line(|parser| self.line(parser));
                }
            }
        }
    }

    fn line(&mut self, parser: &mut Parser<'_>) -> Res<()> {
        let start = parser.position();
        if let Tok::Word(word) = parser.next() {
            let is_label = *parser.peek() == Tok::Punct(':');
            match (word.as_str(), parser.peek()) {
                (_, Tok::Punct(':')) if is_label => return self.label(parser, &word, false),
                ("cold", Tok::Word(_)) => {
                    let label = parser.word()?;
                    return self.label(parser, &label, true);
                }
                ("slot", Tok::Sigil('^', ..)) => return self.slot_decl(parser),
                ("reg", Tok::Word(_)) => {
                    let ty = parser.scalar()?;
                    let reg = self.reg(parser)?;
                    return self.declare(reg, ty);
                }
                ("holds", Tok::Sigil(':', ..)) => {
                    let holds = parser.list(Parser::desc_id)?;
                    self.proc_mut().holds.extend(holds);
                    return Ok(());
                }
                ("owns", Tok::Sigil(':', ..)) => {
                    let owns = parser.list(Parser::desc_id)?;
                    self.proc_mut().owns.extend(owns);
                    return Ok(());
                }
                ("copied", Tok::Sigil(':', ..)) => {
                    let desc = parser.desc_id()?;
                    let site = u32::try_from(parser.int()?).map_err(|_| "not a site")?;
                    self.proc_mut().copied.push((Site(site), desc));
                    return Ok(());
                }
                ("refs", Tok::Sigil('%', ..)) => {
                    let refs = parser.list(|parser| self.reg(parser))?;
                    self.proc_mut().refs.extend(refs);
                    return Ok(());
                }
                ("uses", Tok::Sigil(':', ..)) => {
                    let uses = parser.list(Parser::desc_id)?;
                    self.proc_mut().uses.extend(uses);
                    return Ok(());
                }
                ("addressed", Tok::Sigil(':', ..)) => {
                    let addressed = parser.list(Parser::desc_id)?;
                    self.proc_mut().addressed.extend(addressed);
                    return Ok(());
                }
                ("sites", _) => return self.sites(parser),
                _ => {}
            }
        }
        parser.go_back(start);
        self.stmt(parser)
    }

    fn label(&mut self, parser: &mut Parser<'_>, label: &str, cold: bool) -> Res<()> {
        parser.punct(':')?;
        let expected = self.proc_mut().blocks.len() as u32;
        if self.blocks.get(label) != Some(&expected) {
            return Err(format!("the block '{label}' is defined already"));
        }
        let unended = expected > 0 && !self.ended;
        self.ended = false;
        self.proc_mut().blocks.push(Block {
            stmts: Vec::new(),
            term: Term::Unreachable,
            cold,
        });
        match unended {
            true => Err("the block before has no terminator".to_owned()),
            false => Ok(()),
        }
    }

    fn slot_decl(&mut self, parser: &mut Parser<'_>) -> Res<()> {
        let (name, _) = parser.sigil('^', "a slot")?;
        parser.keyword("size")?;
        let size = parser.small()?;
        parser.keyword("align")?;
        let slot = StackSlot {
            size,
            align: parser.small()?,
            addresses: parser.take_word("addresses"),
        };
        let number = self.proc_mut().slots.len() as u32;
        self.proc_mut().slots.push(slot);
        match self.slots.insert(name, number) {
            Some(_) => Err("the slot is defined already".to_owned()),
            None => Ok(()),
        }
    }

    fn sites(&mut self, parser: &mut Parser<'_>) -> Res<()> {
        let mut sites = Vec::new();
        while !matches!(parser.peek(), Tok::Newline | Tok::Eof) {
            sites.push(parser.place()?);
        }
        self.proc_mut().sites = sites;
        Ok(())
    }

    fn reg(&mut self, parser: &mut Parser<'_>) -> Res<Reg> {
        let (name, _) = parser.sigil('%', "a register")?;
        match self.regs.get(&name) {
            Some(&number) => Ok(Reg(number)),
            None => Err(format!("unknown register %{name}")),
        }
    }

    fn declare(&mut self, reg: Reg, ty: Scalar) -> Res<()> {
        let Some(known) = self.types.get_mut(reg.0 as usize) else {
            return Err(format!("register %{} leaves a hole in the numbers", reg.0));
        };
        if known.is_some_and(|known| known != ty) {
            return Err(format!("register %{} has another type", reg.0));
        }
        *known = Some(ty);
        Ok(())
    }

    fn block(&mut self, parser: &mut Parser<'_>) -> Res<BlockId> {
        let label = parser.word()?;
        match self.blocks.get(&label) {
            Some(&number) => Ok(BlockId(number)),
            None => Err(format!("unknown block '{label}'")),
        }
    }

    fn unwind(&mut self, parser: &mut Parser<'_>) -> Res<Option<BlockId>> {
        match parser.take_word("unwind") {
            true => self.block(parser).map(Some),
            false => Ok(None),
        }
    }

    fn operand(&mut self, parser: &mut Parser<'_>) -> Res<Operand> {
        match parser.peek().clone() {
            Tok::Sigil('%', ..) => self.reg(parser).map(Operand::Reg),
            Tok::Int(value) => {
                parser.next();
                Ok(Operand::Int(value))
            }
            Tok::Float(value) => {
                parser.next();
                Ok(Operand::Float(value))
            }
            Tok::Word(word) => {
                parser.next();
                word_float(&word).ok_or_else(|| format!("expected a value, found '{word}'"))
            }
            tok => Err(format!("expected a value, found {}", show(&tok))),
        }
    }

    fn pair(&mut self, parser: &mut Parser<'_>) -> Res<(Operand, Operand)> {
        let a = self.operand(parser)?;
        parser.punct(',')?;
        let b = self.operand(parser)?;
        Ok((a, b))
    }

    /// `value`, `value + 8`, `value - 8`.
    fn address(&mut self, parser: &mut Parser<'_>) -> Res<(Operand, i32)> {
        let addr = self.operand(parser)?;
        let sign = if parser.take_punct('+') {
            1
        } else if parser.take_punct('-') {
            -1
        } else {
            return Ok((addr, 0));
        };
        let offset = sign * parser.small()? as i64;
        match i32::try_from(offset) {
            Ok(offset) => Ok((addr, offset)),
            Err(_) => Err(format!("{offset} is out of range")),
        }
    }

    fn stmt(&mut self, parser: &mut Parser<'_>) -> Res<()> {
        if self.proc_mut().blocks.is_empty() {
            return Err("expected a block before instructions".to_owned());
        }
        if self.ended {
            return Err("expected a block after a terminator".to_owned());
        }
        let dst = self.dst(parser)?;
        let word = parser.word()?;
        if dst.is_none()
            && let Some(term) = self.term(parser, &word)?
        {
            self.ended = true;
            let block = self.proc_mut().blocks.last_mut().expect("checked above");
            block.term = term;
            return Ok(());
        }
        let inst = match dst {
            Some(dst) => self.value(parser, dst, &word)?,
            None => self.effect(parser, &word)?,
        };
        let site = match parser.take_punct('!') {
            true => Site(parser.small()?),
            false => Site(0),
        };
        let block = self.proc_mut().blocks.last_mut().expect("checked above");
        block.stmts.push(Stmt { inst, site });
        Ok(())
    }

    /// `type %dst =` or `%dst =`.
    fn dst(&mut self, parser: &mut Parser<'_>) -> Res<Option<Reg>> {
        let ty = match parser.peek() {
            Tok::Word(word) => named(SCALARS, word),
            _ => None,
        };
        if ty.is_some() {
            parser.next();
        } else if !matches!(parser.peek(), Tok::Sigil('%', ..)) {
            return Ok(None);
        }
        let reg = self.reg(parser)?;
        if let Some(ty) = ty {
            self.declare(reg, ty)?;
        }
        parser.punct('=')?;
        Ok(Some(reg))
    }

    fn term(&mut self, parser: &mut Parser<'_>, word: &str) -> Res<Option<Term>> {
        Ok(Some(match word {
            "goto" => Term::Goto(self.block(parser)?),
            "branch" => {
                let cond = self.operand(parser)?;
                parser.punct(',')?;
                let then = self.block(parser)?;
                parser.punct(',')?;
                let els = self.block(parser)?;
                Term::Branch { cond, then, els }
            }
            "return" => match parser.peek() {
                Tok::Newline | Tok::Eof => Term::Return(None),
                _ => Term::Return(Some(self.operand(parser)?)),
            },
            "unreachable" => Term::Unreachable,
            _ => match word.split_once('.') {
                Some(("switch", ty)) => self.switch(parser, ty)?,
                _ => return Ok(None),
            },
        }))
    }

    fn switch(&mut self, parser: &mut Parser<'_>, ty: &str) -> Res<Term> {
        let ty = scalar(ty)?;
        let on = self.operand(parser)?;
        parser.punct('[')?;
        let cases = parser.list_until(']', |parser| {
            let value = parser.int()?;
            match parser.next() {
                Tok::Arrow => Ok((value, self.block(parser)?)),
                tok => Err(format!("expected '->', found {}", show(&tok))),
            }
        })?;
        parser.keyword("else")?;
        let default = self.block(parser)?;
        Ok(Term::Switch {
            on,
            ty,
            cases,
            default,
        })
    }

    /// An instruction that assigns.
    fn value(&mut self, parser: &mut Parser<'_>, dst: Reg, word: &str) -> Res<Inst> {
        if let Some(op) = named(BINS, word) {
            let (a, b) = self.pair(parser)?;
            return Ok(Inst::Bin { dst, op, a, b });
        }
        if let Some(op) = named(UNS, word) {
            let a = self.operand(parser)?;
            return Ok(Inst::Un { dst, op, a });
        }
        if let Some(op) = named(CHECKEDS, word) {
            let (a, b) = self.pair(parser)?;
            parser.keyword("raise")?;
            let raise = parser.proc_id()?;
            let unwind = self.unwind(parser)?;
            return Ok(Inst::Checked {
                dst,
                op,
                a,
                b,
                raise,
                unwind,
            });
        }
        match word {
            "copy" => {
                let value = self.operand(parser)?;
                Ok(Inst::Copy { dst, value })
            }
            "select" => {
                let cond = self.operand(parser)?;
                parser.punct(',')?;
                let (a, b) = self.pair(parser)?;
                Ok(Inst::Select { dst, cond, a, b })
            }
            "load" => {
                let (addr, offset) = self.address(parser)?;
                Ok(Inst::Load { dst, addr, offset })
            }
            "slot" => {
                let (name, _) = parser.sigil('^', "a slot")?;
                match self.slots.get(&name) {
                    Some(&number) => Ok(Inst::SlotAddr {
                        dst,
                        slot: SlotId(number),
                    }),
                    None => Err(format!("unknown slot ^{name}")),
                }
            }
            "global" => {
                let global = parser.global_id()?;
                Ok(Inst::GlobalAddr { dst, global })
            }
            "data" => {
                let (name, _) = parser.sigil('&', "data")?;
                match parser.data.get(&name) {
                    Some(&data) => Ok(Inst::DataAddr { dst, data }),
                    None => Err(format!("unknown data &{name}")),
                }
            }
            "desc" => {
                let desc = parser.desc_id()?;
                Ok(Inst::DescAddr { dst, desc })
            }
            "proc" => {
                let proc = parser.proc_id()?;
                Ok(Inst::ProcAddr { dst, proc })
            }
            "call" => self.call(parser, Some(dst)),
            "take_pending" => Ok(Inst::TakePending { dst }),
            _ => self.typed_value(parser, dst, word),
        }
    }

    /// `slt.i64 a, b` and `sext.i8 a`.
    fn typed_value(&mut self, parser: &mut Parser<'_>, dst: Reg, word: &str) -> Res<Inst> {
        if let Some((op, ty)) = word.split_once('.') {
            if let Some(op) = named(CMPS, op) {
                let ty = scalar(ty)?;
                let (a, b) = self.pair(parser)?;
                return Ok(Inst::Cmp { dst, op, ty, a, b });
            }
            if let Some(op) = named(CASTS, op) {
                let from = scalar(ty)?;
                let src = self.operand(parser)?;
                return Ok(Inst::Cast { dst, op, from, src });
            }
        }
        Err(format!("unknown instruction '{word}' with a result"))
    }

    /// An instruction that assigns nothing.
    fn effect(&mut self, parser: &mut Parser<'_>, word: &str) -> Res<Inst> {
        Ok(match word {
            "memcopy" => {
                let (dst, src) = self.pair(parser)?;
                parser.punct(',')?;
                let size = self.operand(parser)?;
                Inst::MemCopy { dst, src, size }
            }
            "memzero" => {
                let (dst, size) = self.pair(parser)?;
                Inst::MemZero { dst, size }
            }
            "incref" => {
                let ptr = self.operand(parser)?;
                Inst::IncRef { ptr }
            }
            "decref" => {
                let ptr = self.operand(parser)?;
                let unwind = self.unwind(parser)?;
                Inst::DecRef { ptr, unwind }
            }
            "call" => self.call(parser, None)?,
            "check" => {
                let cond = self.operand(parser)?;
                parser.keyword("raise")?;
                let raise = parser.proc_id()?;
                let args = self.args(parser)?.into();
                let unwind = self.unwind(parser)?;
                Inst::Check {
                    cond,
                    raise,
                    args,
                    unwind,
                }
            }
            "set_pending" => {
                let value = self.operand(parser)?;
                Inst::SetPending { value }
            }
            "poll" => {
                let unwind = self.unwind(parser)?;
                Inst::Poll { unwind }
            }
            _ => match word.split_once('.') {
                Some(("store", ty)) => self.store(parser, ty)?,
                _ => return Err(format!("unknown instruction '{word}'")),
            },
        })
    }

    fn store(&mut self, parser: &mut Parser<'_>, ty: &str) -> Res<Inst> {
        let ty = scalar(ty)?;
        let value = self.operand(parser)?;
        parser.punct(',')?;
        let (addr, offset) = self.address(parser)?;
        Ok(Inst::Store {
            ty,
            addr,
            offset,
            value,
        })
    }

    fn args(&mut self, parser: &mut Parser<'_>) -> Res<Vec<Operand>> {
        parser.punct('(')?;
        parser.list_until(')', |parser| self.operand(parser))
    }

    fn call(&mut self, parser: &mut Parser<'_>, dst: Option<Reg>) -> Res<Inst> {
        let in_c = parser.take_word("c");
        let mut code = None;
        let callee = match parser.peek().clone() {
            Tok::Sigil('@', ..) if !in_c => Some(Callee::Proc(parser.proc_id()?)),
            Tok::Sigil('~', name, _) if !in_c => {
                parser.next();
                match parser.externs.get(&name) {
                    Some(&id) => Some(Callee::Extern(id)),
                    None => return Err(format!("unknown C function ~{name}")),
                }
            }
            Tok::Word(word) if !in_c && named(RUNTIME, &word).is_some() => {
                parser.next();
                named(RUNTIME, &word).map(Callee::Runtime)
            }
            _ => {
                code = Some(self.operand(parser)?);
                None
            }
        };
        let args = self.args(parser)?.into();
        let callee = match (callee, code) {
            (Some(callee), _) => callee,
            (None, code) => {
                let code = code.unwrap_or(Operand::Int(0));
                parser.keyword("as")?;
                let sig = parser.sig()?;
                match in_c {
                    true => {
                        let aggregates = parser.aggregates()?;
                        Callee::IndirectC(code, CSig { sig, aggregates }.into())
                    }
                    false => Callee::Indirect(code, sig.into()),
                }
            }
        };
        let unwind = self.unwind(parser)?;
        Ok(Inst::Call {
            dst,
            callee,
            args,
            unwind,
        })
    }

    fn finish(mut self, parser: &mut Parser<'_>, line: u32) -> Option<Proc> {
        if self.proc_mut().blocks.is_empty() || !self.ended {
            parser.error(line, "the proc's last block has no terminator".to_owned());
        }
        let numbers = self.regs.values();
        if let Some(hole) = numbers.filter(|&&n| n as usize >= self.types.len()).max() {
            parser.error(
                line,
                format!("register %{hole} leaves a hole in the numbers"),
            );
        }
        for (number, ty) in self.types.iter().enumerate() {
            if ty.is_none() {
                let name = self.regs.iter().find(|(_, n)| **n == number as u32);
                let name = name.map_or_else(|| number.to_string(), |(name, _)| name.clone());
                parser.error(line, format!("register %{name} has no type"));
            }
        }
        let mut proc = self.proc.take()?;
        proc.regs = self
            .types
            .iter()
            .map(|ty| ty.unwrap_or(Scalar::I64))
            .collect();
        Some(proc)
    }
}

fn scalar(word: &str) -> Res<Scalar> {
    named(SCALARS, word).ok_or_else(|| format!("expected a type after the dot, found '{word}'"))
}

/// `inf`, `nan`, `nan.7ff8000000000001`.
fn word_float(word: &str) -> Option<Operand> {
    match word {
        "inf" => Some(Operand::Float(f64::INFINITY)),
        "nan" => Some(Operand::Float(f64::NAN)),
        _ => {
            let bits = u64::from_str_radix(word.strip_prefix("nan.")?, 16).ok()?;
            Some(Operand::Float(f64::from_bits(bits)))
        }
    }
}
