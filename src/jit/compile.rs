//! One proc from MIR to bytes, and many procs on the processors that there are.
//!
//! In: MIR. Out: [`CompiledProc`], which knows nothing of addresses and can be kept for as long as the proc's
//! fingerprint stays the same.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use cranelift_codegen::Context;
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{ExternalName, Function, LibCall, StackSlot};
use cranelift_codegen::isa::{OwnedTargetIsa, TargetIsa};
use cranelift_codegen::{CompiledCode, FinalizedRelocTarget};
use cranelift_frontend::FunctionBuilderContext;

use super::isa::{self, Effort};
use super::translate::{Surroundings, translate, translate_c_entry};
use super::{JitError, LibFn, Options, Signatures, Symbol};
use crate::mir::{Ids, Proc, ProcId, Reg, Site, SlotId};
use crate::os::cores;

/// Statements from which a second thread pays for being started, which takes as long as compiling ten or twenty.
const PARALLEL_STATEMENTS: usize = 100;
/// More threads give nothing: a reload shares the machine with the program.
const MAX_THREADS: usize = 2;

/// Something to fill in when the code's address is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Relocation {
    /// Byte in the code.
    pub offset: u32,
    /// How it is encoded.
    pub kind: Reloc,
    /// What it names.
    pub symbol: Symbol,
    /// Added to its address.
    pub addend: i64,
}

/// From this byte on, up to the next range, the code belongs to this site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SiteRange {
    /// First byte.
    pub start: u32,
    /// `None` for what the compiler added by itself.
    pub site: Option<Site>,
}

/// Where in its frames a proc has its memory: offsets from the frame pointer.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct FrameMap {
    slots: Box<[i32]>,
    homes: Box<[(Reg, i32)]>,
}

impl FrameMap {
    /// That of a function whose stack slots are [those of a proc](translate).
    fn new(proc: &Proc, homes: &[Reg], compiled: &CompiledCode) -> FrameMap {
        let Some(layout) = compiled.buffer.frame_layout() else {
            return FrameMap::default();
        };
        let offset = |slot: usize| {
            let slot = &layout.stackslots[StackSlot::from_u32(slot as u32)];
            slot.offset as i32 - layout.frame_to_fp_offset as i32
        };
        let count = proc.slots.len();
        let places = homes.iter().zip((0..).step_by(8));
        FrameMap {
            slots: (0..count).map(offset).collect(),
            homes: places.map(|(&reg, at)| (reg, offset(count) + at)).collect(),
        }
    }

    /// A slot.
    pub fn slot(&self, slot: SlotId) -> Option<i32> {
        self.slots.get(slot.0 as usize).copied()
    }

    /// What a register had when it was assigned the last time.
    pub fn home(&self, reg: Reg) -> Option<i32> {
        let found = self.homes.iter().find(|home| home.0 == reg);
        found.map(|home| home.1)
    }
}

/// Position-independent code of one proc.
#[derive(Clone, PartialEq, Debug)]
pub struct CompiledProc {
    /// The proc.
    pub id: ProcId,
    /// Its code, with zeros where relocations go.
    pub code: Box<[u8]>,
    /// Alignment of its start.
    pub align: u32,
    /// What to fill in.
    pub relocs: Box<[Relocation]>,
    /// By offset.
    pub sites: Box<[SiteRange]>,
    /// What is where in its frames. The entries by which C calls have nothing there.
    pub frame: FrameMap,
}

impl CompiledProc {
    /// The site of the instruction at an offset. For a return address give the byte before it.
    pub fn site_at(&self, offset: u32) -> Option<Site> {
        let after = self.sites.partition_point(|range| range.start <= offset);
        self.sites[..after].last().and_then(|range| range.site)
    }
}

/// Is told how many procs of how many are compiled, from any of the threads that compile.
pub type Listener = Box<dyn Fn(usize, usize) + Send + Sync>;

/// Makes code for this machine. Any number of threads may use one.
pub struct Compiler {
    /// Makes good code.
    pub(super) isa: OwnedTargetIsa,
    /// Makes code fast, for procs that hardly ever run.
    cold: OwnedTargetIsa,
    pub(super) options: Options,
    /// Is told how many procs of how many are done, the next time.
    listener: Mutex<Option<Listener>>,
    /// Buffers of earlier compilations, since making new ones costs as much as a small proc.
    pool: Mutex<Vec<Scratch>>,
}

/// Buffers that are used again for each proc.
#[derive(Default)]
struct Scratch {
    context: Option<Context>,
    builder: FunctionBuilderContext,
}

impl Compiler {
    /// A compiler for the processor that this runs on.
    ///
    /// # Errors
    /// When Cranelift does not know the processor.
    pub fn new(options: Options) -> Result<Compiler, JitError> {
        Ok(Compiler {
            isa: isa::host(&options, Effort::Full)?,
            cold: isa::host(&options, Effort::Least)?,
            options,
            listener: Mutex::default(),
            pool: Mutex::default(),
        })
    }

    /// What it was made with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Tells somebody how far the next [`Compiler::compile_all`] is.
    pub fn tell_once(&self, listener: Listener) {
        let mut held = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        *held = Some(listener);
    }

    /// Compiles one proc.
    ///
    /// # Errors
    /// When the MIR is not what the verifier accepts.
    pub fn compile(
        &self,
        proc: &Proc,
        ids: &Ids,
        signatures: &Signatures,
    ) -> Result<CompiledProc, JitError> {
        self.with_scratch(|scratch| self.compile_with(proc, ids, signatures, scratch))
    }

    /// Compiles procs, on several threads when there is much to do. Results are in the order of the procs.
    ///
    /// # Errors
    /// The first one.
    pub fn compile_all(
        &self,
        procs: &[&Proc],
        ids: &Ids,
        signatures: &Signatures,
    ) -> Result<Vec<CompiledProc>, JitError> {
        let statements = |proc: &&Proc| {
            proc.blocks
                .iter()
                .map(|block| block.stmts.len())
                .sum::<usize>()
        };
        let total: usize = procs.iter().map(statements).sum();
        let listener = self
            .listener
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let tell = |done: usize| {
            if let Some(listener) = &listener {
                listener(done, procs.len());
            }
        };
        tell(0);
        if total < PARALLEL_STATEMENTS || procs.len() < 2 || cores() < 2 {
            return self.with_scratch(|scratch| {
                let compile = |(index, proc): (usize, &&Proc)| {
                    let compiled = self.compile_with(proc, ids, signatures, scratch);
                    tell(index + 1);
                    compiled
                };
                procs.iter().enumerate().map(compile).collect()
            });
        }
        self.compile_parallel(procs, ids, signatures, &tell)
    }

    fn with_scratch<T>(&self, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let pool = || self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = pool().pop().unwrap_or_default();
        let result = work(&mut scratch);
        pool().push(scratch);
        result
    }

    /// Threads take the next proc from a shared counter, so a large one does not hold up the rest.
    fn compile_parallel(
        &self,
        procs: &[&Proc],
        ids: &Ids,
        signatures: &Signatures,
        tell: &(impl Fn(usize) + Sync),
    ) -> Result<Vec<CompiledProc>, JitError> {
        let (next, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let results = Mutex::new(Vec::with_capacity(procs.len()));
        let work = || {
            let mut done = Vec::new();
            self.with_scratch(|scratch| {
                while let index = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(proc) = procs.get(index)
                {
                    done.push((index, self.compile_with(proc, ids, signatures, scratch)));
                    tell(finished.fetch_add(1, Ordering::Relaxed) + 1);
                }
            });
            // A poisoned lock means that another thread panicked, which the scope passes on.
            if let Ok(mut results) = results.lock() {
                results.extend(done);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..MAX_THREADS {
                scope.spawn(work);
            }
            work();
        });
        let mut results = results.into_inner().unwrap_or_default();
        results.sort_by_key(|&(index, _)| index);
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// Compiles the entry by which C calls a proc: of the proc, only the signature matters.
    ///
    /// # Errors
    /// When Cranelift cannot, which is a bug.
    pub fn compile_c_entry(
        &self,
        proc: &Proc,
        ids: &Ids,
        signatures: &Signatures,
    ) -> Result<CompiledProc, JitError> {
        let mut scratch = Scratch::default();
        let context = scratch.context.insert(Context::new());
        let around = self.surroundings(ids, signatures);
        translate_c_entry(proc, &around, &mut context.func, &mut scratch.builder);
        let name = format!("C entry of {}", super::proc_name(ids, proc.id)).into();
        finish(&*self.isa, proc.id, &name, context, |_| FrameMap::default())
    }

    pub(super) fn surroundings<'a>(
        &'a self,
        ids: &'a Ids,
        signatures: &'a Signatures,
    ) -> Surroundings<'a> {
        Surroundings {
            isa: &*self.isa,
            ids,
            signatures,
            options: &self.options,
        }
    }

    fn compile_with(
        &self,
        proc: &Proc,
        ids: &Ids,
        signatures: &Signatures,
        scratch: &mut Scratch,
    ) -> Result<CompiledProc, JitError> {
        let context = scratch.context.get_or_insert_with(Context::new);
        context.clear();
        let isa = match proc.cold {
            true => &self.cold,
            false => &self.isa,
        };
        let around = Surroundings {
            isa: &**isa,
            ..self.surroundings(ids, signatures)
        };
        let homes = translate(proc, &around, &mut context.func, &mut scratch.builder).inspect_err(
            |_| {
                // A builder that was left half-way cannot be used again.
                scratch.builder = FunctionBuilderContext::new();
            },
        )?;
        finish(&**isa, proc.id, &proc.name, context, |compiled| {
            FrameMap::new(proc, &homes, compiled)
        })
    }
}

/// Compiles what was translated.
fn finish(
    isa: &dyn TargetIsa,
    id: ProcId,
    name: &std::sync::Arc<str>,
    context: &mut Context,
    frame: impl FnOnce(&CompiledCode) -> FrameMap,
) -> Result<CompiledProc, JitError> {
    if let Err(error) = context.compile(isa, &mut ControlPlane::default()) {
        return Err(JitError::new(name, format!("{:?}", error.inner)));
    }
    let Some(compiled) = context.take_compiled_code() else {
        return Err(JitError::new(name, "Cranelift gave no code"));
    };
    let relocs = relocations(&compiled, &context.func)
        .map_err(|what| JitError::new(name, format!("it needs {what}, which nothing provides")))?;
    Ok(CompiledProc {
        id,
        code: compiled.code_buffer().into(),
        align: compiled.buffer.alignment,
        relocs,
        sites: site_ranges(&compiled),
        frame: frame(&compiled),
    })
}

/// The relocations of a function by symbol, or what it names that is none.
fn relocations(compiled: &CompiledCode, func: &Function) -> Result<Box<[Relocation]>, String> {
    let names = func.params.user_named_funcs();
    let convert = |reloc: &cranelift_codegen::FinalizedMachReloc| {
        let FinalizedRelocTarget::ExternalName(name) = &reloc.target else {
            return Err("a place in itself".to_owned());
        };
        let symbol = match name {
            ExternalName::User(name) => Symbol::from_name(&names[*name]),
            ExternalName::LibCall(call) => lib_function(*call).map(Symbol::Lib),
            _ => None,
        };
        match symbol {
            Some(symbol) => Ok(Relocation {
                offset: reloc.offset,
                kind: reloc.kind,
                symbol,
                addend: reloc.addend,
            }),
            None => Err(name.display(Some(&func.params)).to_string()),
        }
    };
    compiled.buffer.relocs().iter().map(convert).collect()
}

fn lib_function(call: LibCall) -> Option<LibFn> {
    Some(match call {
        LibCall::FloorF32 => LibFn::FloorF32,
        LibCall::FloorF64 => LibFn::FloorF64,
        LibCall::CeilF32 => LibFn::CeilF32,
        LibCall::CeilF64 => LibFn::CeilF64,
        LibCall::TruncF32 => LibFn::TruncF32,
        LibCall::TruncF64 => LibFn::TruncF64,
        LibCall::Memmove | LibCall::Memcpy => LibFn::MemMove,
        LibCall::Memset => LibFn::MemSet,
        _ => return None,
    })
}

/// Cranelift gives ranges with gaps between them; a gap belongs to no site.
fn site_ranges(compiled: &CompiledCode) -> Box<[SiteRange]> {
    let mut ranges: Vec<SiteRange> = Vec::new();
    let mut end = 0;
    let mut push = |start, site| match ranges.last() {
        Some(last) if last.site == site => {}
        _ => ranges.push(SiteRange { start, site }),
    };
    for range in compiled.buffer.get_srclocs_sorted() {
        if range.start > end {
            push(end, None);
        }
        let site = (!range.loc.is_default()).then(|| Site(range.loc.bits()));
        push(range.start, site);
        end = range.end;
    }
    push(end, None);
    ranges.into()
}
