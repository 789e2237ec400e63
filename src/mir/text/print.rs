//! From modules to text.

use std::fmt::{self, Display, Write as _};

use super::names::{BINS, CASTS, CHECKEDS, CMPS, RUNTIME, UNS, is_plain, name_of};
use crate::mir::Ids;
use crate::mir::ir::*;
use crate::source::Place;

/// The printed form of a module with everything that it names but the procs and globals of other modules.
pub fn print_module(module: &Module, ids: &Ids) -> String {
    let mut printer = Printer::new(ids);
    for proc in &module.procs {
        printer.collect_proc(proc);
    }
    for global in &module.globals {
        printer.collect_desc(global.desc);
    }
    printer.module_head(module);
    printer.definitions();
    printer.module_lists(module);
    for proc in &module.procs {
        printer.line("");
        printer.proc(proc);
    }
    printer.out
}

/// The printed form of one proc. Constant data is numbered in order of appearance and shown in comments.
pub fn print_proc(proc: &Proc, ids: &Ids) -> String {
    let mut printer = Printer::new(ids);
    printer.collect_proc(proc);
    printer.proc(proc);
    printer.out
}

/// An instruction as messages show it.
pub(in crate::mir) fn print_inst(inst: &Inst, ids: &Ids) -> String {
    let mut printer = Printer::new(ids);
    match inst {
        Inst::DataAddr { data, .. } => printer.data.push(*data),
        Inst::Call {
            callee: Callee::Extern(function),
            ..
        } => printer.externs.push(*function),
        _ => {}
    }
    printer.inst(inst);
    printer.out
}

/// A terminator as messages show it.
pub(in crate::mir) fn print_term(term: &Term) -> String {
    let mut out = String::new();
    // Writing into a `String` cannot fail.
    let _ = write_term(&mut out, term);
    out
}

struct Printer<'a> {
    ids: &'a Ids,
    out: String,
    data: Vec<DataId>,
    descs: Vec<DescId>,
    externs: Vec<ExternId>,
    /// Registers whose type was shown, in the proc at hand.
    shown: Vec<bool>,
    regs: Vec<Scalar>,
}

/// A name behind a sigil.
struct Sigil<'a>(char, &'a str, u64);

impl Display for Sigil<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char(self.0)?;
        match is_plain(self.1) {
            true => f.write_str(self.1)?,
            false => Quoted(self.1).fmt(f)?,
        }
        match self.2 {
            0 => Ok(()),
            tag => write!(f, "#{tag:x}"),
        }
    }
}

/// A name, quoted where it must be.
struct Word<'a>(&'a str);

impl Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What begins with a digit would be read as a number.
        match is_plain(self.0) && !self.0.starts_with(|c: char| c.is_ascii_digit()) {
            true => f.write_str(self.0),
            false => Quoted(self.0).fmt(f),
        }
    }
}

/// A name in quotes.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                c if (c as u32) < 32 || c as u32 == 127 => write!(f, "\\x{:02x}", c as u32)?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

/// Bytes in quotes, anything but printable ASCII escaped.
struct Bytes<'a>(&'a [u8]);

impl Display for Bytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for &byte in self.0 {
            match byte {
                b'"' | b'\\' => write!(f, "\\{}", byte as char)?,
                b'\n' => f.write_str("\\n")?,
                b'\t' => f.write_str("\\t")?,
                0 => f.write_str("\\0")?,
                32..127 => f.write_char(byte as char)?,
                byte => write!(f, "\\x{byte:02x}")?,
            }
        }
        f.write_char('"')
    }
}

impl Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Operand::Reg(reg) => write!(f, "%{}", reg.0),
            Operand::Int(value) => write!(f, "{value}"),
            Operand::Float(value) if value.is_nan() => write!(f, "nan.{:x}", value.to_bits()),
            Operand::Float(value) => write!(f, "{value:?}"),
        }
    }
}

impl Display for Sig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('(')?;
        for (i, param) in self.params.iter().enumerate() {
            write!(f, "{}{param}", if i == 0 { "" } else { ", " })?;
        }
        f.write_char(')')?;
        sig_tail(f, self)
    }
}

fn sig_tail(f: &mut impl fmt::Write, sig: &Sig) -> fmt::Result {
    if let Some(ret) = sig.ret {
        write!(f, " -> {ret}")?;
    }
    if sig.raises {
        f.write_str(" raises")?;
    }
    Ok(())
}

fn write_term(f: &mut impl fmt::Write, term: &Term) -> fmt::Result {
    match term {
        Term::Goto(to) => write!(f, "goto block{}", to.0),
        Term::Branch { cond, then, els } => {
            write!(f, "branch {cond}, block{}, block{}", then.0, els.0)
        }
        Term::Switch {
            on,
            ty,
            cases,
            default,
        } => {
            write!(f, "switch.{ty} {on} [")?;
            for (i, (value, to)) in cases.iter().enumerate() {
                write!(
                    f,
                    "{}{value} -> block{}",
                    if i == 0 { "" } else { ", " },
                    to.0
                )?;
            }
            write!(f, "] else block{}", default.0)
        }
        Term::Return(None) => f.write_str("return"),
        Term::Return(Some(value)) => write!(f, "return {value}"),
        Term::Unreachable => f.write_str("unreachable"),
    }
}

struct Unwind(Option<BlockId>);

impl Display for Unwind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(block) => write!(f, " unwind block{}", block.0),
            None => Ok(()),
        }
    }
}

/// An address and an offset.
struct Address(Operand, i32);

impl Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)?;
        match self.1 {
            0 => Ok(()),
            offset if offset < 0 => write!(f, " - {}", offset.unsigned_abs()),
            offset => write!(f, " + {offset}"),
        }
    }
}

struct List<'a, T>(&'a [T]);

impl<T: Display> Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

// Writing into a `String` cannot fail, so the results are dropped.
macro_rules! put {
    ($printer:expr, $($text:tt)*) => {{ let _ = write!($printer.out, $($text)*); }};
}

impl<'a> Printer<'a> {
    fn new(ids: &'a Ids) -> Printer<'a> {
        Printer {
            ids,
            out: String::new(),
            data: Vec::new(),
            descs: Vec::new(),
            externs: Vec::new(),
            shown: Vec::new(),
            regs: Vec::new(),
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn collect_proc(&mut self, proc: &Proc) {
        let named = [&proc.holds, &proc.owns, &proc.uses, &proc.addressed];
        let copied = proc.copied.iter().map(|(_, desc)| desc);
        let named = named.into_iter().flatten().chain(copied);
        named.for_each(|&desc| self.collect_desc(desc));
        proc.each_inst(|inst| match inst {
            Inst::DataAddr { data, .. } => self.collect_data(*data),
            Inst::DescAddr { desc, .. } => self.collect_desc(*desc),
            Inst::Call {
                callee: Callee::Extern(function),
                ..
            } if !self.externs.contains(function) => self.externs.push(*function),
            _ => {}
        });
    }

    fn collect_data(&mut self, id: DataId) {
        if self.data.contains(&id) {
            return;
        }
        self.data.push(id);
        for (_, target) in &self.ids.data_of(id).relocs {
            match target {
                Target::Data(data) => self.collect_data(*data),
                Target::Desc(desc) => self.collect_desc(*desc),
                Target::Proc(_) => {}
            }
        }
    }

    fn collect_desc(&mut self, id: DescId) {
        if self.descs.contains(&id) {
            return;
        }
        self.descs.push(id);
        self.ids
            .desc_of(id)
            .shape
            .each_desc(|inner| self.collect_desc(inner));
    }

    fn proc_name(&self, id: ProcId) -> String {
        let (identity, abi) = self.ids.proc_key(id);
        Sigil('@', &identity, abi).to_string()
    }

    fn desc_name(&self, id: DescId) -> String {
        let (identity, layout) = self.ids.desc_key(id);
        Sigil(':', &identity, layout).to_string()
    }

    fn global_name(&self, id: GlobalId) -> String {
        Sigil('$', &self.ids.global_key(id), 0).to_string()
    }

    fn data_name(&self, id: DataId) -> String {
        let number = self.data.iter().position(|&known| known == id);
        format!("&{}", number.expect("all data was collected"))
    }

    /// The symbol, with a number when another C function of the same symbol came before.
    fn extern_name(&self, id: ExternId) -> String {
        let symbol = &self.ids.extern_of(id).symbol;
        let before = self.externs.iter().take_while(|&&known| known != id);
        let same = before.filter(|&&known| self.ids.extern_of(known).symbol == *symbol);
        match same.count() {
            0 => Sigil('~', symbol, 0).to_string(),
            n => Sigil('~', &format!("{symbol}.{}", n + 1), 0).to_string(),
        }
    }

    fn module_head(&mut self, module: &Module) {
        put!(self, "module {}\n", Word(&module.name));
        if !module.imports.is_empty() {
            let imports: Vec<_> = module.imports.iter().map(|name| Word(name)).collect();
            put!(self, "import {}\n", List(&imports));
        }
    }

    fn definitions(&mut self) {
        for id in self.descs.clone() {
            self.desc(id);
        }
        for id in self.data.clone() {
            self.data(id);
        }
        for id in self.externs.clone() {
            self.extern_fn(id);
        }
    }

    fn desc(&mut self, id: DescId) {
        let desc = self.ids.desc_of(id);
        put!(self, "desc {} ", self.desc_name(id));
        if *desc.name != *self.ids.desc_key(id).0 {
            put!(self, "{} ", Quoted(&desc.name));
        }
        put!(self, "size {} align {}", desc.size, desc.align);
        if let Some(destroy) = desc.destroy {
            put!(self, " destroy {}", self.proc_name(destroy));
        }
        put!(self, "{}", if desc.hooked { " hooked" } else { "" });
        if desc.acyclic {
            put!(self, " acyclic");
        }
        self.out.push_str(" = ");
        self.shape(&desc.shape);
        self.out.push('\n');
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Int { signed, bounds } => {
                put!(self, "{}", if *signed { "int" } else { "uint" });
                if let Some((first, last)) = bounds {
                    put!(self, " from {first} to {last}");
                }
            }
            Shape::Float => put!(self, "float"),
            Shape::Bool => put!(self, "bool"),
            Shape::Char => put!(self, "char"),
            Shape::Enum { constants, signed } => {
                put!(self, "enum{} {{", if *signed { " signed" } else { "" });
                for (i, (name, value)) in constants.iter().enumerate() {
                    put!(
                        self,
                        "{}{} = {value}",
                        if i == 0 { " " } else { ", " },
                        Word(name)
                    );
                }
                put!(self, " }}");
            }
            Shape::Set { elem, low } => put!(self, "set {} from {low}", self.desc_name(*elem)),
            Shape::Pointer => put!(self, "pointer"),
            Shape::Ptr(target) => put!(self, "ptr {}", self.desc_name(*target)),
            Shape::Cursor(target) => put!(self, "cursor {}", self.desc_name(*target)),
            Shape::CString => put!(self, "cstring"),
            Shape::String => put!(self, "string"),
            Shape::Seq(elem) => put!(self, "seq {}", self.desc_name(*elem)),
            Shape::Array { elem, len, index } => {
                put!(self, "array {} x {len}", self.desc_name(*elem));
                if let Some(index) = index {
                    put!(self, " by {}", self.desc_name(*index));
                }
            }
            Shape::Tuple(fields) => {
                put!(self, "tuple");
                self.fields(fields);
            }
            Shape::Object { base, rtti, fields } => {
                put!(self, "object{}", if *rtti { " rtti" } else { "" });
                if let Some(base) = base {
                    put!(self, " of {}", self.desc_name(*base));
                }
                self.fields(fields);
            }
            Shape::Ref(target) => put!(self, "ref {}", self.desc_name(*target)),
            Shape::Proc => put!(self, "proc"),
            Shape::Closure => put!(self, "closure"),
            Shape::Union(fields) => {
                put!(self, "union");
                self.fields(fields);
            }
        }
    }

    fn fields(&mut self, fields: &[DescField]) {
        put!(self, " {{");
        for (i, field) in fields.iter().enumerate() {
            let comma = if i == 0 { " " } else { ", " };
            put!(
                self,
                "{comma}{} {} at {}",
                Word(&field.name),
                self.desc_name(field.desc),
                field.offset
            );
            if let Some((discriminator, values)) = &field.when {
                put!(self, " when {discriminator} in [{}]", List(values));
            }
        }
        put!(self, " }}");
    }

    fn data(&mut self, id: DataId) {
        let data = self.ids.data_of(id);
        put!(self, "data {} align {}", self.data_name(id), data.align);
        let mut at = 0;
        for &(offset, target) in &data.relocs {
            self.bytes(&data.bytes[at..offset as usize]);
            let target = match target {
                Target::Data(data) => self.data_name(data),
                Target::Proc(proc) => self.proc_name(proc),
                Target::Desc(desc) => self.desc_name(desc),
            };
            put!(self, " {target}");
            at = offset as usize + 8;
        }
        self.bytes(&data.bytes[at..]);
        self.out.push('\n');
    }

    /// Runs of eight or more zeros become `zero N`, the rest strings.
    fn bytes(&mut self, bytes: &[u8]) {
        let mut from = 0;
        let mut at = 0;
        while at < bytes.len() {
            let zeros = bytes[at..].iter().take_while(|&&byte| byte == 0).count();
            if zeros < 8 {
                at += zeros.max(1);
                continue;
            }
            if from < at {
                put!(self, " {}", Bytes(&bytes[from..at]));
            }
            put!(self, " zero {zeros}");
            at += zeros;
            from = at;
        }
        if from < bytes.len() {
            put!(self, " {}", Bytes(&bytes[from..]));
        }
    }

    fn extern_fn(&mut self, id: ExternId) {
        let function = self.ids.extern_of(id);
        let label = self.extern_name(id);
        put!(self, "extern {label}");
        if label != Sigil('~', &function.symbol, 0).to_string() {
            put!(self, " {}", Quoted(&function.symbol));
        }
        put!(self, "{}", function.sig);
        if let Some(count) = function.varargs {
            put!(self, " varargs {count}");
        }
        if let Some(library) = &function.library {
            put!(self, " library {}", Quoted(library));
        }
        self.aggregates(&function.aggregates);
        self.out.push('\n');
    }

    fn aggregates(&mut self, aggregates: &Aggregates) {
        for (index, by_value) in &aggregates.params {
            put!(self, " passes {index}");
            self.by_value(by_value);
        }
        if let Some(by_value) = &aggregates.result {
            put!(self, " gives");
            self.by_value(by_value);
        }
    }

    fn by_value(&mut self, by_value: &ByValue) {
        match by_value {
            ByValue::Registers(classes) => {
                for class in classes {
                    put!(self, " {}", if class.is_float() { "float" } else { "int" });
                }
            }
            ByValue::Memory(bytes) => put!(self, " stack {bytes}"),
        }
    }

    fn module_lists(&mut self, module: &Module) {
        for global in &module.globals {
            put!(
                self,
                "global {} {} {}",
                self.global_name(global.id),
                Quoted(&global.name),
                self.desc_name(global.desc)
            );
            put!(self, "{}", if global.is_let { " let" } else { "" });
            put!(self, "{}", if global.scoped { " scoped" } else { "" });
            if global.place != Place::default() {
                put!(self, " at {}", place(global.place));
            }
            self.out.push('\n');
        }
        for step in &module.init {
            put!(self, "init {}", self.proc_name(step.proc));
            if !step.sets.is_empty() {
                let sets: Vec<_> = step.sets.iter().map(|&id| self.global_name(id)).collect();
                put!(self, " sets {}", List(&sets));
            }
            self.out.push('\n');
        }
        for (desc, proc) in &module.defaults {
            let (desc, proc) = (self.desc_name(*desc), self.proc_name(*proc));
            put!(self, "default {desc} {proc}\n");
        }
        for Migration { proc, old, new } in &module.migrations {
            let (old, new) = (self.desc_name(*old), self.desc_name(*new));
            put!(self, "migration {old} {new} {}\n", self.proc_name(*proc));
        }
        for handler in &module.handlers {
            let kind = if handler.before { "before" } else { "after" };
            put!(self, "{kind} {}\n", self.proc_name(handler.proc));
        }
    }

    fn proc(&mut self, proc: &Proc) {
        self.regs.clone_from(&proc.regs);
        self.shown = vec![false; proc.regs.len()];
        self.proc_head(proc);
        self.proc_declarations(proc);
        for (number, block) in proc.blocks.iter().enumerate() {
            put!(
                self,
                "{}block{number}:\n",
                if block.cold { "cold " } else { "" }
            );
            for stmt in &block.stmts {
                self.out.push_str("  ");
                self.inst(&stmt.inst);
                if stmt.site != Site(0) {
                    put!(self, " !{}", stmt.site.0);
                }
                self.comment(&stmt.inst);
                self.out.push('\n');
            }
            put!(self, "  ");
            self.term(&block.term);
            self.out.push('\n');
        }
        self.line("}");
    }

    fn proc_head(&mut self, proc: &Proc) {
        put!(self, "proc {}(", self.proc_name(proc.id));
        for (i, param) in proc.sig.params.iter().enumerate() {
            put!(self, "{}{param} %{i}", if i == 0 { "" } else { ", " });
            if let Some(shown) = self.shown.get_mut(i) {
                *shown = true;
            }
        }
        self.out.push(')');
        let _ = sig_tail(&mut self.out, &proc.sig);
        put!(self, "{}", if proc.c_abi { " c_abi" } else { "" });
        self.aggregates(&proc.aggregates);
        put!(self, "{}", if proc.inline { " inline" } else { "" });
        put!(self, "{}", if proc.pinned { " pinned" } else { "" });
        put!(self, "{}", if proc.cold { " cold" } else { "" });
        put!(self, "{}", if proc.traced { "" } else { " untraced" });
        if *proc.name != *self.ids.proc_key(proc.id).0 {
            put!(self, " named {}", Quoted(&proc.name));
        }
        self.line(" {");
    }

    fn proc_declarations(&mut self, proc: &Proc) {
        let lists = [
            ("holds", &proc.holds),
            ("owns", &proc.owns),
            ("uses", &proc.uses),
            ("addressed", &proc.addressed),
        ];
        for (word, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            let names: Vec<_> = list.iter().map(|&id| self.desc_name(id)).collect();
            put!(self, "  {word} {}\n", List(&names));
        }
        for &(site, desc) in &proc.copied {
            let name = self.desc_name(desc);
            put!(self, "  copied {name} {}\n", site.0);
        }
        if !proc.refs.is_empty() {
            let names: Vec<_> = proc.refs.iter().map(|reg| format!("%{}", reg.0)).collect();
            put!(self, "  refs {}\n", List(&names));
        }
        for (number, slot) in proc.slots.iter().enumerate() {
            put!(
                self,
                "  slot ^{number} size {} align {}{}\n",
                slot.size,
                slot.align,
                if slot.addresses { " addresses" } else { "" }
            );
        }
        let mut assigned = self.shown.clone();
        proc.each_inst(|inst| {
            if let Some(known) = inst.dst().and_then(|dst| assigned.get_mut(dst.0 as usize)) {
                *known = true;
            }
        });
        for (number, _) in assigned.iter().enumerate().filter(|known| !known.1) {
            put!(self, "  reg {} %{number}\n", proc.regs[number]);
        }
        if proc.sites[..] != [Place::default()] {
            put!(self, "  sites");
            for &site in &proc.sites {
                put!(self, " {}", place(site));
            }
            self.out.push('\n');
        }
    }

    /// `type %dst = ` where the register is assigned first, `%dst = ` later.
    fn dst(&mut self, dst: Reg) {
        let number = dst.0 as usize;
        if self.shown.get(number) == Some(&false) {
            self.shown[number] = true;
            put!(self, "{} ", self.regs[number]);
        }
        put!(self, "%{number} = ");
    }

    fn inst(&mut self, inst: &Inst) {
        if let Some(dst) = inst.dst() {
            self.dst(dst);
        }
        match inst {
            Inst::Copy { value, .. } => put!(self, "copy {value}"),
            Inst::Bin { op, a, b, .. } => put!(self, "{} {a}, {b}", name_of(BINS, *op)),
            Inst::Checked {
                op,
                a,
                b,
                raise,
                unwind,
                ..
            } => {
                let raise = self.proc_name(*raise);
                put!(
                    self,
                    "{} {a}, {b} raise {raise}{}",
                    name_of(CHECKEDS, *op),
                    Unwind(*unwind)
                );
            }
            Inst::Un { op, a, .. } => put!(self, "{} {a}", name_of(UNS, *op)),
            Inst::Cmp { op, ty, a, b, .. } => put!(self, "{}.{ty} {a}, {b}", name_of(CMPS, *op)),
            Inst::Cast { op, from, src, .. } => put!(self, "{}.{from} {src}", name_of(CASTS, *op)),
            Inst::Select { cond, a, b, .. } => put!(self, "select {cond}, {a}, {b}"),
            Inst::Load { addr, offset, .. } => put!(self, "load {}", Address(*addr, *offset)),
            Inst::Store {
                ty,
                addr,
                offset,
                value,
            } => {
                put!(self, "store.{ty} {value}, {}", Address(*addr, *offset));
            }
            Inst::SlotAddr { slot, .. } => put!(self, "slot ^{}", slot.0),
            Inst::GlobalAddr { global, .. } => put!(self, "global {}", self.global_name(*global)),
            Inst::DataAddr { data, .. } => put!(self, "data {}", self.data_name(*data)),
            Inst::DescAddr { desc, .. } => put!(self, "desc {}", self.desc_name(*desc)),
            Inst::ProcAddr { proc, .. } => put!(self, "proc {}", self.proc_name(*proc)),
            Inst::MemCopy { dst, src, size } => put!(self, "memcopy {dst}, {src}, {size}"),
            Inst::MemZero { dst, size } => put!(self, "memzero {dst}, {size}"),
            Inst::IncRef { ptr } => put!(self, "incref {ptr}"),
            Inst::DecRef { ptr, unwind } => put!(self, "decref {ptr}{}", Unwind(*unwind)),
            Inst::Call {
                callee,
                args,
                unwind,
                ..
            } => self.call(callee, args, *unwind),
            Inst::Check {
                cond,
                raise,
                args,
                unwind,
            } => {
                let raise = self.proc_name(*raise);
                put!(
                    self,
                    "check {cond} raise {raise}({}){}",
                    List(args),
                    Unwind(*unwind)
                );
            }
            Inst::TakePending { .. } => put!(self, "take_pending"),
            Inst::SetPending { value } => put!(self, "set_pending {value}"),
            Inst::Poll { unwind } => put!(self, "poll{}", Unwind(*unwind)),
        }
    }

    fn call(&mut self, callee: &Callee, args: &[Operand], unwind: Option<BlockId>) {
        let (name, sig) = match callee {
            Callee::Proc(id) => (self.proc_name(*id), None),
            Callee::Indirect(code, sig) => (code.to_string(), Some(&**sig)),
            Callee::IndirectC(code, c) => (format!("c {code}"), Some(&c.sig)),
            Callee::Extern(id) => (self.extern_name(*id), None),
            Callee::Runtime(function) => (name_of(RUNTIME, *function).to_owned(), None),
        };
        put!(self, "call {name}({})", List(args));
        if let Some(sig) = sig {
            put!(self, " as {sig}");
        }
        if let Callee::IndirectC(_, c) = callee {
            self.aggregates(&c.aggregates);
        }
        put!(self, "{}", Unwind(unwind));
    }

    fn term(&mut self, term: &Term) {
        let _ = write_term(&mut self.out, term);
    }

    /// Shows the text of a literal beside its use.
    fn comment(&mut self, inst: &Inst) {
        let Inst::DataAddr { data, .. } = inst else {
            return;
        };
        let data = self.ids.data_of(*data);
        let payload = data.bytes.get(8..).unwrap_or_default();
        let text: &[u8] = payload.strip_suffix(&[0]).unwrap_or(payload);
        if !text.is_empty() && text.iter().all(|byte| (32..127).contains(byte)) {
            put!(self, "  ; {}", Bytes(&text[..text.len().min(40)]));
        }
    }
}

fn place(place: Place) -> String {
    let Place { origin, span, mark } = place;
    let mark = match mark == span.start {
        true => String::new(),
        false => format!("/{mark}"),
    };
    format!("{}/{}-{}{mark}", origin.0, span.start, span.end)
}
