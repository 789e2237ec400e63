//! The functions of the runtime.

use super::memory::{Kind, Pointee, desc_address};
use super::{Exec, FaultKind, Machine, entry, place_of, stop};
use crate::mir::cycles::RC_ACYCLIC;
use crate::mir::ir::*;
use crate::runtime::number;

/// Above this, a request of C's `malloc` fails as it would natively, instead of being a limit of the interpreter's.
const ABSURD: u64 = 1 << 31;

impl Machine<'_> {
    /// Calls a function of the runtime; gives the bits of its result, 0 without one.
    pub(super) fn call_runtime(&mut self, function: RtFn, args: &[u64]) -> Exec<u64> {
        if args.len() != function.sig().params.len() {
            return stop(
                FaultKind::Malformed,
                format!("{function:?} is called with {} arguments", args.len()),
            );
        }
        if self.pending != 0 && function.raises() && function != RtFn::Quit {
            return stop(
                FaultKind::Malformed,
                format!("{function:?} is called while an exception is pending"),
            );
        }
        let arg = |index: usize| args.get(index).copied().unwrap_or(0);
        Ok(match function {
            RtFn::Alloc => self.heap(arg(0))?,
            RtFn::Realloc => self.realloc(arg(0), arg(1), arg(2), Kind::Heap)?,
            RtFn::Dealloc => self.dealloc(arg(0), Kind::Heap)?,
            RtFn::NewRef => self.new_ref(arg(0))?,
            RtFn::MemMove => {
                self.charge(arg(2))?;
                self.memory.copy(arg(0), arg(1), arg(2) as usize)?;
                0
            }
            RtFn::MemCmp => self.mem_cmp(arg(0), arg(1), arg(2))?,
            RtFn::IsOf => self.is_of(arg(0), arg(1))?.into(),
            RtFn::TypeName => self.type_name(arg(0))?,
            RtFn::FormatFloat => {
                let mut text = [0; number::MAX_FLOAT_TEXT];
                let len = number::format_f64(f64::from_bits(arg(0)), &mut text);
                self.put(arg(1), &text[..len])?
            }
            RtFn::FormatFloat32 => {
                let mut text = [0; number::MAX_FLOAT_TEXT];
                let len = number::format_f32(f32::from_bits(arg(0) as u32), &mut text);
                self.put(arg(1), &text[..len])?
            }
            RtFn::ParseFloat => match number::parse_f64(self.bytes(arg(0), arg(1))?) {
                Some((value, used)) => {
                    self.memory.store(arg(2), Scalar::F64, value.to_bits())?;
                    used as u64
                }
                None => 0,
            },
            RtFn::Write => self.write(arg(0) as i32, arg(1), arg(2))?,
            RtFn::Echo => self.echo(arg(0), arg(1))?,
            RtFn::Flush => match self.host.flush() {
                Ok(()) => 0,
                Err(message) => return stop(FaultKind::Refused, message),
            },
            RtFn::StackTrace => self.stack_trace(arg(0))?,
            RtFn::Quit => return stop(FaultKind::Quit(arg(0) as i32), "the program called quit"),
            RtFn::PerformReload => match self.host.perform_reload() {
                Ok(replaced) => {
                    if replaced {
                        self.forget_procs();
                    }
                    0
                }
                Err(message) => return stop(FaultKind::Refused, message),
            },
            RtFn::AnyModuleChanged => self.host.any_module_changed().into(),
            RtFn::ModuleChanged => {
                let name = String::from_utf8_lossy(self.bytes(arg(0), arg(1))?).into_owned();
                self.host.module_changed(&name).into()
            }
            // Programs are loaded here, and not reloaded module by module.
            RtFn::IsNew => 1,
            RtFn::LastReload => {
                self.memory.store(arg(0), Scalar::I64, 0)?;
                0
            }
            RtFn::ArgCount => self.host.args().len().saturating_sub(1) as u64,
            RtFn::Arg => self.program_arg(arg(0), arg(1))?,
            RtFn::LiveBlocks => self.live_blocks(),
            RtFn::HeapBytes => self.memory.used(),
            RtFn::CollectCycles => self.collect_cycles()?,
            RtFn::StartThread | RtFn::Block => {
                let message = self.host.refusal("call of the C function of a thread");
                return stop(FaultKind::Refused, message);
            }
            RtFn::Atomic => self.atomic(arg(0), arg(1), arg(2), arg(3), arg(4))?,
        })
    }

    /// There is one thread here, so that plain operations do.
    fn atomic(&mut self, what: u64, ptr: u64, size: u64, value: u64, expected: u64) -> Exec<u64> {
        let ty = match size {
            1 => Scalar::I8,
            2 => Scalar::I16,
            4 => Scalar::I32,
            _ => Scalar::I64,
        };
        let old = self.memory.load(ptr, ty)?;
        let mask = u64::MAX >> (64 - 8 * size.clamp(1, 8));
        let new = match what {
            0 => return Ok(old),
            3 => old.wrapping_add(value),
            4 => old.wrapping_sub(value),
            5 => old & value,
            6 => old | value,
            7 => old ^ value,
            8 if old & mask != expected & mask => old,
            _ => value,
        };
        self.memory.store(ptr, ty, new & mask)?;
        Ok(old)
    }

    fn bytes(&self, ptr: u64, len: u64) -> Exec<&[u8]> {
        Ok(self.read_bytes(ptr, len as usize)?)
    }

    /// Writes a text and gives its length.
    fn put(&mut self, ptr: u64, text: &[u8]) -> Exec<u64> {
        self.memory.write(ptr, text.len())?.copy_from_slice(text);
        Ok(text.len() as u64)
    }

    fn block(&mut self, kind: Kind, size: u64) -> Exec<u64> {
        self.charge(size)?;
        match self.memory.allocate(kind, size) {
            Some(ptr) => Ok(ptr),
            None => stop(FaultKind::Limit, format!("out of memory for {size} bytes")),
        }
    }

    fn heap(&mut self, size: u64) -> Exec<u64> {
        self.block(Kind::Heap, size)
    }

    /// `realloc` for the guest's heap and for that of C.
    pub(super) fn realloc(&mut self, ptr: u64, old: u64, new: u64, kind: Kind) -> Exec<u64> {
        if new > ABSURD && kind == Kind::C {
            return Ok(0);
        }
        if ptr == 0 {
            return self.block(kind, new);
        }
        self.charge(new)?;
        match self.memory.resize(ptr, old, new, kind)? {
            Some(ptr) => Ok(ptr),
            None => stop(FaultKind::Limit, format!("out of memory for {new} bytes")),
        }
    }

    /// `malloc` of C.
    pub(super) fn c_alloc(&mut self, size: u64) -> Exec<u64> {
        match size > ABSURD {
            true => Ok(0),
            false => self.block(Kind::C, size),
        }
    }

    /// Frees; nil is allowed.
    pub(super) fn dealloc(&mut self, ptr: u64, kind: Kind) -> Exec<u64> {
        if ptr != 0 {
            self.memory.free(ptr, kind)?;
        }
        Ok(0)
    }

    fn new_ref(&mut self, desc: u64) -> Exec<u64> {
        let id = self.desc_at(desc)?;
        if self.candidates.due() {
            self.collect_cycles()?;
        }
        let body = self.ids.desc_of(id);
        let header = self.block(Kind::Heap, u64::from(body.size) + u64::from(REF_HEADER))?;
        self.memory.store(header + 8, Scalar::Ptr, desc)?;
        if !self.tracer.may_cycle(self.ids, id) {
            self.memory.store(header, Scalar::I64, RC_ACYCLIC as u64)?;
        }
        let object = header + u64::from(REF_HEADER);
        if let Shape::Object { rtti: true, .. } = body.shape {
            self.memory.store(object, Scalar::Ptr, desc)?;
        }
        Ok(object)
    }

    /// C's `memcmp`, as the bits of an `int`.
    pub(super) fn mem_cmp(&mut self, a: u64, b: u64, size: u64) -> Exec<u64> {
        self.charge(size)?;
        let order = self.bytes(a, size)?.cmp(self.bytes(b, size)?);
        Ok((order as i32 as u32).into())
    }

    fn is_of(&self, have: u64, want: u64) -> Exec<bool> {
        if have == 0 {
            return Ok(false);
        }
        let want = self.desc_at(want)?;
        let mut have = self.desc_at(have)?;
        loop {
            if have == want {
                return Ok(true);
            }
            match self.ids.desc_of(have).shape {
                Shape::Object {
                    base: Some(base), ..
                } => have = base,
                _ => return Ok(false),
            }
        }
    }

    fn type_name(&mut self, desc: u64) -> Exec<u64> {
        let id = self.desc_at(desc)?;
        let known = *entry(&mut self.type_names, id.0, 0);
        if known != 0 {
            return Ok(known);
        }
        let mut text = bare_name(&self.ids.desc_of(id).name).as_bytes().to_vec();
        text.push(0);
        let ptr = self.block(Kind::Const, text.len() as u64)?;
        self.memory.fill(ptr, &text);
        self.type_names[id.0 as usize] = ptr;
        Ok(ptr)
    }

    fn write(&mut self, stream: i32, text: u64, len: u64) -> Exec<u64> {
        let text = match len {
            0 => &[],
            _ => self.memory.read(text, len as usize)?,
        };
        match self.host.write(stream, text) {
            Ok(()) => Ok(0),
            Err(message) => stop(FaultKind::Refused, message),
        }
    }

    fn echo(&mut self, strings: u64, count: u64) -> Exec<u64> {
        let mut line = Vec::new();
        for index in 0..count {
            // A string is a length and the address of its payload.
            line.extend_from_slice(self.read_string(strings + index * 16)?);
        }
        line.push(b'\n');
        match self.host.write(1, &line) {
            Ok(()) => Ok(0),
            Err(message) => stop(FaultKind::Refused, message),
        }
    }

    /// Appends the trace to the string at `out`, outermost call first.
    fn stack_trace(&mut self, out: u64) -> Exec<u64> {
        let mut text = String::new();
        self.raised_at = self.frames.iter().map(place_of).collect();
        for frame in self.frames.iter().filter(|frame| frame.proc.traced) {
            if let Some((path, line)) = self.host.locate(place_of(frame)) {
                let place = format!("{}({line})", path.display());
                // Nim puts the names in a column.
                text.push_str(&format!("{place:<24} {}\n", frame.proc.name));
            }
        }
        self.append(out, text.as_bytes())
    }

    /// Appends to the string at `out`, by way of a new payload.
    fn append(&mut self, out: u64, text: &[u8]) -> Exec<u64> {
        let old = self.read_string(out)?.to_vec();
        let old_payload = self.memory.load(out + 8, Scalar::Ptr)?;
        let len = (old.len() + text.len()) as u64;
        let payload = self.block(Kind::Heap, 8 + len + 1)?;
        self.memory.store(payload, Scalar::I64, len)?;
        self.put(payload + 8, &old)?;
        self.put(payload + 8 + old.len() as u64, text)?;
        self.memory.store(out, Scalar::I64, len)?;
        self.memory.store(out + 8, Scalar::Ptr, payload)?;
        if let Pointee::Block {
            kind: Kind::Heap, ..
        } = self.memory.pointee(old_payload)
        {
            self.memory.free(old_payload, Kind::Heap)?;
        }
        Ok(0)
    }

    fn program_arg(&mut self, index: u64, out_len: u64) -> Exec<u64> {
        let Some(text) = self.host.args().get(index as usize).cloned() else {
            self.memory.store(out_len, Scalar::I64, 0)?;
            return Ok(0);
        };
        let ptr = self.block(Kind::Const, text.len() as u64)?;
        self.memory.fill(ptr, &text);
        self.memory.store(out_len, Scalar::I64, text.len() as u64)?;
        Ok(ptr)
    }

    /// The address of the descriptor of a type, for hosts.
    pub fn desc_address(&self, id: DescId) -> u64 {
        desc_address(id)
    }
}
