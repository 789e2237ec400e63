//! A hash of what a proc does, which decides whether it is compiled again.
//!
//! In: a proc as it goes to the JIT, with all that was inlined. Out: 128 bits that are equal when its code would be, whatever
//! numbers its identities have and wherever its source stands. It covers everything but [`Proc::sites`], and of those the
//! *numbers* that instructions refer to: code that is kept finds its new places in the new table by the old numbers.
//! Identities count by key and constant data by content. Two lanes of multiply-and-fold (as in wyhash), which is no
//! defence against texts that are made to collide: whoever writes them owns the program anyway.

use super::Ids;
use super::ir::*;

/// What tells the bodies of procs apart. Stable from one process to the next.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct Fingerprint(pub u128);

/// The fingerprint of `proc`.
pub fn fingerprint(proc: &Proc, ids: &Ids) -> Fingerprint {
    let mut hasher = Hasher::new(ids);
    hasher.proc(proc);
    hasher.finish()
}

/// The same without its own identity: what two procs of different names have in common when they do the same.
pub fn body_fingerprint(proc: &Proc, ids: &Ids) -> Fingerprint {
    let mut hasher = Hasher::new(ids);
    hasher.body(proc);
    hasher.finish()
}

struct Hasher<'a> {
    ids: &'a Ids,
    a: u64,
    b: u64,
}

/// Both halves of the product: every bit of the factors reaches the middle.
fn fold(x: u64, y: u64) -> u64 {
    let product = u128::from(x) * u128::from(y);
    product as u64 ^ (product >> 64) as u64
}

const KEY_A: u64 = 0xa076_1d64_78bd_642f;
const KEY_B: u64 = 0xe703_7ed1_a0b4_28db;

impl<'a> Hasher<'a> {
    fn new(ids: &'a Ids) -> Hasher<'a> {
        Hasher {
            ids,
            a: KEY_A,
            b: KEY_B,
        }
    }

    fn finish(mut self) -> Fingerprint {
        self.word(0);
        self.word(1);
        Fingerprint(u128::from(self.a) << 64 | u128::from(self.b))
    }

    fn word(&mut self, word: u64) {
        self.a = fold(self.a ^ word, KEY_B).wrapping_add(self.b);
        self.b = fold(self.b.rotate_left(29) ^ word, KEY_A | 1).wrapping_add(word);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }

    fn flag(&mut self, flag: bool) {
        self.word(flag.into());
    }

    fn key(&mut self, key: (std::sync::Arc<str>, u64)) {
        self.bytes(key.0.as_bytes());
        self.word(key.1);
    }

    fn proc_id(&mut self, id: ProcId) {
        self.key(self.ids.proc_key(id));
    }

    fn desc(&mut self, id: DescId) {
        self.key(self.ids.desc_key(id));
    }

    fn global(&mut self, id: GlobalId) {
        let key = self.ids.global_key(id);
        self.bytes(key.as_bytes());
    }

    fn data(&mut self, id: DataId) {
        let data = self.ids.data_of(id);
        let Data {
            bytes,
            align,
            relocs,
        } = &*data;
        self.bytes(bytes);
        self.word((*align).into());
        self.word(relocs.len() as u64);
        for (offset, target) in relocs {
            self.word((*offset).into());
            match target {
                Target::Data(data) => {
                    self.word(0);
                    self.data(*data);
                }
                Target::Proc(proc) => {
                    self.word(1);
                    self.proc_id(*proc);
                }
                Target::Desc(desc) => {
                    self.word(2);
                    self.desc(*desc);
                }
            }
        }
    }

    fn extern_fn(&mut self, id: ExternId) {
        let function = self.ids.extern_of(id);
        let Extern {
            symbol,
            library,
            sig,
            varargs,
            aggregates,
        } = &*function;
        self.bytes(symbol.as_bytes());
        self.flag(library.is_some());
        self.bytes(library.as_deref().unwrap_or_default().as_bytes());
        self.sig(sig);
        self.word(varargs.map_or(0, |count| u64::from(count) + 1));
        self.aggregates(aggregates);
    }

    fn aggregates(&mut self, aggregates: &Aggregates) {
        self.word(aggregates.params.len() as u64);
        for (index, by_value) in &aggregates.params {
            self.word(u64::from(*index));
            self.by_value(by_value);
        }
        self.flag(aggregates.result.is_some());
        aggregates
            .result
            .iter()
            .for_each(|result| self.by_value(result));
    }

    fn by_value(&mut self, by_value: &ByValue) {
        match by_value {
            ByValue::Registers(classes) => {
                self.word(classes.len() as u64);
                classes.iter().for_each(|&class| self.scalar(class));
            }
            ByValue::Memory(bytes) => {
                self.word(3); // more than there are registers for one
                self.word(u64::from(*bytes));
            }
        }
    }

    fn scalar(&mut self, ty: Scalar) {
        self.word(match ty {
            Scalar::I8 => 1,
            Scalar::I16 => 2,
            Scalar::I32 => 3,
            Scalar::I64 => 4,
            Scalar::F32 => 5,
            Scalar::F64 => 6,
            Scalar::Ptr => 7,
        });
    }

    fn sig(&mut self, sig: &Sig) {
        let Sig {
            params,
            ret,
            raises,
        } = sig;
        self.word(params.len() as u64);
        params.iter().for_each(|&param| self.scalar(param));
        match ret {
            Some(ret) => self.scalar(*ret),
            None => self.word(0),
        }
        self.flag(*raises);
    }

    fn proc(&mut self, proc: &Proc) {
        self.proc_id(proc.id);
        self.body(proc);
    }

    fn body(&mut self, proc: &Proc) {
        let Proc {
            id: _,
            sig,
            regs,
            slots,
            blocks,
            sites: _,
            name,
            traced,
            c_abi,
            aggregates,
            inline,
            pinned,
            cold,
            holds,
            refs,
            // Code that a change of these would change is another code anyway.
            owns: _,
            copied: _,
            uses: _,
            addressed: _,
        } = proc;
        self.sig(sig);
        self.word(regs.len() as u64);
        regs.iter().for_each(|&ty| self.scalar(ty));
        self.word(slots.len() as u64);
        for &StackSlot {
            size,
            align,
            addresses,
        } in slots
        {
            self.word(u64::from(size) << 32 | u64::from(align) << 1 | u64::from(addresses));
        }
        self.bytes(name.as_bytes());
        self.flag(*traced);
        self.flag(*c_abi);
        self.aggregates(aggregates);
        self.flag(*inline);
        self.flag(*pinned);
        self.flag(*cold);
        self.word(holds.len() as u64);
        holds.iter().for_each(|&desc| self.desc(desc));
        self.word(refs.len() as u64);
        refs.iter().for_each(|reg| self.word(reg.0.into()));
        self.word(blocks.len() as u64);
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        let Block { stmts, term, cold } = block;
        self.word(stmts.len() as u64);
        for Stmt { inst, site } in stmts {
            self.word(site.0.into());
            self.inst(inst);
        }
        self.term(term);
        self.flag(*cold);
    }

    fn reg(&mut self, reg: Reg) {
        self.word(reg.0.into());
    }

    fn target(&mut self, block: BlockId) {
        self.word(block.0.into());
    }

    fn unwind(&mut self, unwind: Option<BlockId>) {
        self.word(unwind.map_or(0, |block| u64::from(block.0) + 1));
    }

    fn operand(&mut self, operand: &Operand) {
        let (tag, value) = match *operand {
            Operand::Reg(reg) => (1, u64::from(reg.0)),
            Operand::Int(value) => (2, value as u64),
            Operand::Float(value) => (3, value.to_bits()),
        };
        self.word(tag);
        self.word(value);
    }

    fn operands(&mut self, operands: &[Operand]) {
        self.word(operands.len() as u64);
        operands.iter().for_each(|operand| self.operand(operand));
    }

    fn callee(&mut self, callee: &Callee) {
        match callee {
            Callee::Proc(id) => {
                self.word(1);
                self.proc_id(*id);
            }
            Callee::Indirect(code, sig) => {
                self.word(2);
                self.operand(code);
                self.sig(sig);
            }
            Callee::IndirectC(code, c) => {
                self.word(3);
                self.operand(code);
                self.sig(&c.sig);
                self.aggregates(&c.aggregates);
            }
            Callee::Extern(id) => {
                self.word(4);
                self.extern_fn(*id);
            }
            Callee::Runtime(function) => {
                self.word(5);
                self.word(*function as u64);
            }
        }
    }

    // No `..` in the patterns: a new field that is forgotten here does not compile.
    fn inst(&mut self, inst: &Inst) {
        match inst {
            Inst::Copy { dst, value } => {
                self.word(1);
                self.reg(*dst);
                self.operand(value);
            }
            Inst::Bin { dst, op, a, b } => {
                self.word(2);
                self.reg(*dst);
                self.word(*op as u64);
                self.operand(a);
                self.operand(b);
            }
            Inst::Checked {
                dst,
                op,
                a,
                b,
                raise,
                unwind,
            } => {
                self.word(3);
                self.reg(*dst);
                self.word(*op as u64);
                self.operand(a);
                self.operand(b);
                self.proc_id(*raise);
                self.unwind(*unwind);
            }
            Inst::Un { dst, op, a } => {
                self.word(4);
                self.reg(*dst);
                self.word(*op as u64);
                self.operand(a);
            }
            Inst::Cmp { dst, op, ty, a, b } => {
                self.word(5);
                self.reg(*dst);
                self.word(*op as u64);
                self.scalar(*ty);
                self.operand(a);
                self.operand(b);
            }
            Inst::Cast { dst, op, from, src } => {
                self.word(6);
                self.reg(*dst);
                self.word(*op as u64);
                self.scalar(*from);
                self.operand(src);
            }
            Inst::Select { dst, cond, a, b } => {
                self.word(7);
                self.reg(*dst);
                self.operand(cond);
                self.operand(a);
                self.operand(b);
            }
            Inst::Load { dst, addr, offset } => {
                self.word(8);
                self.reg(*dst);
                self.operand(addr);
                self.word(*offset as u64);
            }
            Inst::Store {
                ty,
                addr,
                offset,
                value,
            } => {
                self.word(9);
                self.scalar(*ty);
                self.operand(addr);
                self.word(*offset as u64);
                self.operand(value);
            }
            Inst::SlotAddr { dst, slot } => {
                self.word(10);
                self.reg(*dst);
                self.word(slot.0.into());
            }
            Inst::GlobalAddr { dst, global } => {
                self.word(11);
                self.reg(*dst);
                self.global(*global);
            }
            Inst::DataAddr { dst, data } => {
                self.word(12);
                self.reg(*dst);
                self.data(*data);
            }
            Inst::DescAddr { dst, desc } => {
                self.word(13);
                self.reg(*dst);
                self.desc(*desc);
            }
            Inst::ProcAddr { dst, proc } => {
                self.word(14);
                self.reg(*dst);
                self.proc_id(*proc);
            }
            Inst::MemCopy { dst, src, size } => {
                self.word(15);
                self.operand(dst);
                self.operand(src);
                self.operand(size);
            }
            Inst::MemZero { dst, size } => {
                self.word(16);
                self.operand(dst);
                self.operand(size);
            }
            Inst::IncRef { ptr } => {
                self.word(17);
                self.operand(ptr);
            }
            Inst::DecRef { ptr, unwind } => {
                self.word(18);
                self.operand(ptr);
                self.unwind(*unwind);
            }
            Inst::Call {
                dst,
                callee,
                args,
                unwind,
            } => {
                self.word(19);
                self.word(dst.map_or(0, |dst| u64::from(dst.0) + 1));
                self.callee(callee);
                self.operands(args);
                self.unwind(*unwind);
            }
            Inst::Check {
                cond,
                raise,
                args,
                unwind,
            } => {
                self.word(20);
                self.operand(cond);
                self.proc_id(*raise);
                self.operands(args);
                self.unwind(*unwind);
            }
            Inst::TakePending { dst } => {
                self.word(21);
                self.reg(*dst);
            }
            Inst::SetPending { value } => {
                self.word(22);
                self.operand(value);
            }
            Inst::Poll { unwind } => {
                self.word(23);
                self.unwind(*unwind);
            }
        }
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Goto(to) => {
                self.word(1);
                self.target(*to);
            }
            Term::Branch { cond, then, els } => {
                self.word(2);
                self.operand(cond);
                self.target(*then);
                self.target(*els);
            }
            Term::Switch {
                on,
                ty,
                cases,
                default,
            } => {
                self.word(3);
                self.operand(on);
                self.scalar(*ty);
                self.word(cases.len() as u64);
                for (value, to) in cases {
                    self.word(*value as u64);
                    self.target(*to);
                }
                self.target(*default);
            }
            Term::Return(value) => {
                self.word(4);
                self.operands(value.as_slice());
            }
            Term::Unreachable => self.word(5),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mir::text::parse_module;

    const TEXT: &str = "
desc :A#1 size 8 align 8 = int
desc :A#2 size 8 align 8 = int
data &d align 8 \"abc\" zero 5 @f
data &e align 8 \"abd\" zero 5 @f
data &f align 8 \"abc\" zero 5 @g
extern ~c(i64) -> i64 varargs 1 library \"lib\"
proc @p(i64 %0, f64 %1) -> i64 raises {
  sites 0/0-0 1/10-20
  holds :A#1
  slot ^0 size 8 align 8
  slot ^1 size 8 align 8
block0:
  i64 %2 = add %0, 1
  %2 = checked.add %0, 1 raise @f unwind block1
  i8 %3 = slt.i64 %2, 10
  %1 = fadd %1, 1.5
  i32 %4 = trunc.i64 %0
  ptr %5 = slot ^0
  %5 = data &d
  %5 = desc :A#1
  %5 = global $x
  %5 = proc @f
  %4 = load %5 + 4
  store.i32 %4, %5 + 4
  memcopy %5, %5, 4
  decref %5 unwind block1
  %2 = call ~c(%2)
  %2 = call @f#1(%2) unwind block1 !1
  %2 = call %5(%2) as (i64) -> i64
  check %3 raise @f(%2) unwind block1
  branch %3, block1, block2
block1:
  switch.i64 %0 [1 -> block2, 2 -> block1] else block2
cold block2:
  return %2
}
";

    fn of(text: &str, ids: &Ids) -> Fingerprint {
        let module = parse_module(text, ids).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"));
        fingerprint(&module.procs[0], ids)
    }

    #[test]
    fn numbers_and_places_do_not_count() {
        let expected = of(TEXT, &Ids::default());
        let other = Ids::default();
        other.proc("f", 77);
        other.global("other");
        other.data(Data {
            bytes: vec![1],
            align: 1,
            relocs: Vec::new(),
        });
        other.desc("other", 0);
        assert_eq!(of(TEXT, &other), expected);
        let moved = TEXT.replace("1/10-20", "7/30-41");
        assert_eq!(of(&moved, &Ids::default()), expected);
    }

    #[test]
    fn everything_else_counts() {
        let changes = [
            ("proc @p", "proc @q"),
            ("raises {", "raises inline {"),
            ("raises {", "raises c_abi {"),
            ("raises {", "raises untraced {"),
            ("raises {", "raises pinned {"),
            ("raises {", "raises named \"x\" {"),
            ("holds :A#1", "holds :A#2"),
            ("^1 size 8", "^1 size 16"),
            ("^1 size 8 align 8", "^1 size 8 align 4"),
            ("= add %0, 1", "= add %0, 2"),
            ("= add %0, 1", "= sub %0, 1"),
            ("= add %0, 1", "= add 1, %0"),
            ("checked.add", "checked.sub"),
            ("raise @f unwind", "raise @g unwind"),
            ("raise @f unwind block1", "raise @f unwind block2"),
            ("slt.i64", "sle.i64"),
            ("1.5", "1.25"),
            ("slot ^0\n", "slot ^1\n"),
            ("= data &d", "= data &e"),
            ("= data &d", "= data &f"),
            ("desc :A#1\n  %5", "desc :A#2\n  %5"),
            ("$x", "$y"),
            ("= proc @f", "= proc @f#1"),
            ("load %5 + 4", "load %5 + 8"),
            ("store.i32 %4, %5 + 4", "store.i32 %4, %5"),
            ("memcopy %5, %5, 4", "memcopy %5, %5, 8"),
            ("decref %5 unwind block1", "decref %5"),
            ("extern ~c(i64)", "extern ~c \"d\"(i64)"),
            ("varargs 1 ", ""),
            ("library \"lib\"", "library \"lab\""),
            ("call @f#1", "call @f#2"),
            ("!1", ""),
            ("as (i64) -> i64", "as (ptr) -> i64"),
            ("check %3 raise @f(%2)", "check %3 raise @f()"),
            ("branch %3, block1, block2", "branch %3, block2, block1"),
            ("2 -> block1", "3 -> block1"),
            ("cold ", ""),
            ("return %2", "return %0"),
        ];
        let ids = Ids::default();
        let mut seen = vec![of(TEXT, &ids)];
        for (from, to) in changes {
            assert!(TEXT.contains(from), "{from}");
            let changed = of(&TEXT.replacen(from, to, 1), &ids);
            assert!(!seen.contains(&changed), "{from} -> {to}");
            seen.push(changed);
        }
    }
}
