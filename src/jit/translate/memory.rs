//! Loads, stores, blocks of memory, addresses and reference counts.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{AbiParam, InstBuilder, Signature, Type, Value, types};

use super::calls::declare_symbol;
use super::{Translator, ir_type, memory};
use crate::jit::{JitError, LibFn, Symbol, layout};
use crate::mir::cycles::{RC_ACYCLIC, RC_CANDIDATE};
use crate::mir::{BlockId, GlobalId, Operand, RC_ONE, REF_HEADER, Reg, Scalar, SlotId};

/// Areas up to this size are copied and cleared by moves; each takes 16 bytes at most.
const INLINE_BYTES: i64 = 64;
/// The count stands at the start of the header.
const RC_OFFSET: i32 = -(REF_HEADER as i32);

impl Translator<'_, '_> {
    pub(super) fn load(&mut self, dst: Reg, addr: &Operand, offset: i32) -> Result<(), JitError> {
        let ty = ir_type(self.reg_type(dst));
        let addr = self.operand(addr, Scalar::Ptr)?;
        let value = self.b.ins().load(ty, memory(), addr, offset);
        self.set(dst, value);
        Ok(())
    }

    pub(super) fn store(
        &mut self,
        ty: Scalar,
        addr: &Operand,
        offset: i32,
        value: &Operand,
    ) -> Result<(), JitError> {
        let addr = self.operand(addr, Scalar::Ptr)?;
        let value = self.operand(value, ty)?;
        self.b.ins().store(memory(), value, addr, offset);
        Ok(())
    }

    pub(super) fn slot_addr(&mut self, dst: Reg, slot: SlotId) -> Result<(), JitError> {
        let slot = self.slot(slot)?;
        let addr = self.b.ins().stack_addr(types::I64, slot, 0);
        self.set(dst, addr);
        Ok(())
    }

    pub(super) fn symbol_addr(&mut self, dst: Reg, symbol: Symbol) {
        let addr = self.symbol_value(symbol);
        self.set(dst, addr);
    }

    /// A threadvar lies as far from the one of the main thread as the thread's whole area does.
    pub(super) fn global_addr(&mut self, dst: Reg, global: GlobalId) {
        let mut addr = self.symbol_value(Symbol::Global(global));
        if global.is_thread() {
            let away =
                self.b
                    .ins()
                    .load(types::I64, super::context(), self.ctx, layout::THREADVARS);
            addr = self.b.ins().iadd(addr, away);
        }
        self.set(dst, addr);
    }

    pub(super) fn symbol_value(&mut self, symbol: Symbol) -> Value {
        let global = match self.addresses.get(&symbol) {
            Some(&global) => global,
            None => {
                let global = declare_symbol(&mut self.b, symbol);
                self.addresses.insert(symbol, global);
                global
            }
        };
        self.b.ins().symbol_value(types::I64, global)
    }

    /// All loads come before the first store, so areas that are equal are fine.
    pub(super) fn mem_copy(
        &mut self,
        dst: &Operand,
        src: &Operand,
        size: &Operand,
    ) -> Result<(), JitError> {
        let (dst, src) = (
            self.operand(dst, Scalar::Ptr)?,
            self.operand(src, Scalar::Ptr)?,
        );
        if let Operand::Int(size @ 0..=INLINE_BYTES) = *size {
            let pieces: Vec<(i32, Value)> = pieces(size)
                .map(|(ty, offset)| (offset, self.b.ins().load(ty, memory(), src, offset)))
                .collect();
            for (offset, value) in pieces {
                self.b.ins().store(memory(), value, dst, offset);
            }
            return Ok(());
        }
        let size = self.operand(size, Scalar::I64)?;
        let signature = self.lib_signature(&[types::I64; 3], Some(types::I64));
        self.call_symbol(Symbol::Lib(LibFn::MemMove), signature, &[dst, src, size]);
        Ok(())
    }

    pub(super) fn mem_zero(&mut self, dst: &Operand, size: &Operand) -> Result<(), JitError> {
        let dst = self.operand(dst, Scalar::Ptr)?;
        if let Operand::Int(size @ 0..=INLINE_BYTES) = *size {
            for (ty, offset) in pieces(size) {
                let zero = if ty == types::I8X16 {
                    let byte = self.b.ins().iconst(types::I8, 0);
                    self.b.ins().splat(types::I8X16, byte)
                } else {
                    self.b.ins().iconst(ty, 0)
                };
                self.b.ins().store(memory(), zero, dst, offset);
            }
            return Ok(());
        }
        let size = self.operand(size, Scalar::I64)?;
        let byte = self.b.ins().iconst(types::I32, 0);
        let params = [types::I64, types::I32, types::I64];
        let signature = self.lib_signature(&params, Some(types::I64));
        self.call_symbol(Symbol::Lib(LibFn::MemSet), signature, &[dst, byte, size]);
        Ok(())
    }

    pub(super) fn inc_ref(&mut self, ptr: &Operand) -> Result<(), JitError> {
        let ptr = self.operand(ptr, Scalar::Ptr)?;
        let (count, next) = (self.b.create_block(), self.b.create_block());
        self.b.ins().brif(ptr, count, &[], next, &[]);
        self.b.seal_block(count);
        self.b.switch_to_block(count);
        let rc = self.b.ins().load(types::I64, memory(), ptr, RC_OFFSET);
        let rc = self.b.ins().iadd_imm_s(rc, RC_ONE);
        self.b.ins().store(memory(), rc, ptr, RC_OFFSET);
        self.b.ins().jump(next, &[]);
        self.b.seal_block(next);
        self.b.switch_to_block(next);
        Ok(())
    }

    /// The count is that of the references beyond the first: when there is none, the runtime takes the object.
    pub(super) fn dec_ref(
        &mut self,
        ptr: &Operand,
        unwind: Option<BlockId>,
    ) -> Result<(), JitError> {
        let ptr = self.operand(ptr, Scalar::Ptr)?;
        let [count, last, more, next] = [(); 4].map(|()| self.b.create_block());
        self.b.ins().brif(ptr, count, &[], next, &[]);
        self.b.seal_block(count);

        self.b.switch_to_block(count);
        let rc = self.b.ins().load(types::I64, memory(), ptr, RC_OFFSET);
        let is_last = self.b.ins().icmp_imm_u(IntCC::UnsignedLessThan, rc, RC_ONE);
        self.b.ins().brif(is_last, last, &[], more, &[]);
        self.b.seal_block(last);
        self.b.seal_block(more);

        self.b.switch_to_block(more);
        let rc = self.b.ins().iadd_imm_s(rc, -RC_ONE);
        self.b.ins().store(memory(), rc, ptr, RC_OFFSET);
        // One that may be part of a cycle is noted, once.
        let noted = self.b.create_block();
        let known = self.b.ins().band_imm_s(rc, RC_CANDIDATE | RC_ACYCLIC);
        self.b.ins().brif(known, next, &[], noted, &[]);
        self.b.seal_block(noted);
        self.b.switch_to_block(noted);
        self.b.set_cold_block(noted);
        let signature = self.lib_signature(&[types::I64; 2], None);
        self.call_symbol(Symbol::Lib(LibFn::Candidate), signature, &[self.ctx, ptr]);
        self.b.ins().jump(next, &[]);

        self.b.switch_to_block(last);
        let signature = self.lib_signature(&[types::I64; 2], None);
        self.call_symbol(Symbol::Lib(LibFn::DropRef), signature, &[self.ctx, ptr]);
        if self.proc.sig.raises || unwind.is_some() {
            self.check_pending(unwind);
        }
        self.b.ins().jump(next, &[]);
        self.b.seal_block(next);
        self.b.switch_to_block(next);
        Ok(())
    }

    fn lib_signature(&self, params: &[Type], ret: Option<Type>) -> Signature {
        let mut signature = Signature::new(self.call_conv);
        signature
            .params
            .extend(params.iter().map(|&ty| AbiParam::new(ty)));
        signature.returns.extend(ret.map(AbiParam::new));
        signature
    }
}

/// The moves that make up an area: type and offset of each.
fn pieces(size: i64) -> impl Iterator<Item = (Type, i32)> {
    let mut offset = 0;
    std::iter::from_fn(move || {
        let ty = match size - offset {
            16.. => types::I8X16,
            8.. => types::I64,
            4.. => types::I32,
            2.. => types::I16,
            1 => types::I8,
            _ => return None,
        };
        let at = offset as i32;
        offset += i64::from(ty.bytes());
        Some((ty, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_cover_each_byte_once() {
        for size in 0..=INLINE_BYTES {
            let mut expected = 0;
            for (ty, offset) in pieces(size) {
                assert_eq!(offset, expected);
                expected += ty.bytes() as i32;
            }
            assert_eq!(i64::from(expected), size);
        }
    }
}
