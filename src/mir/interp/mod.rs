//! The interpreter: runs MIR over simulated memory.
//!
//! In: procs by number, and a [`Host`] for what a program asks of its surroundings. Out: results, output, or a [`Fault`]
//! with proc and place. It evaluates compile-time values and is what compiled code is compared with. Every access is
//! checked for bounds and lifetime, what lowering promises is checked where it is cheap (an exception pending where none
//! may be, memory freed twice, a wrong size), and steps, bytes and depth are limited. Never runs native code: a few pure
//! C functions are done in Rust, all others are refused by name.
//!
//! Guest calls do not nest in the interpreter's own stack: frames are a list, and what is to happen when one is left is
//! noted in it. Procs must have passed the [verifier](super::verify()): numbers of registers, slots and blocks are taken
//! at their word.

mod c;
mod cycles;
mod exec;
mod host;
mod image;
pub mod memory;
mod runtime;

use std::fmt;
use std::sync::Arc;

use super::Ids;
use super::cycles::{Candidates, Tracer};
use super::ir::*;
use crate::source::Place;
use memory::{Bad, Kind, Memory};

pub use host::{Captured, Host};
pub use image::Image;

/// Where the code of procs and the types of globals are found.
pub trait Code {
    /// The current body of a proc.
    fn proc(&self, id: ProcId) -> Option<Arc<Proc>>;
    /// The type of a global.
    fn global(&self, id: GlobalId) -> Option<DescId>;
}

/// Bounds of a run.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Instructions.
    pub fuel: u64,
    /// Bytes in use at a time.
    pub memory: u64,
    /// Frames.
    pub depth: usize,
}

impl Limits {
    /// For values that a compiler needs: a second or so, and no more memory than a table may take.
    pub const COMPILE_TIME: Limits = Limits {
        fuel: 20_000_000,
        memory: 64 << 20,
        depth: 2_000,
    };
    /// For whole programs in tests.
    pub const PROGRAM: Limits = Limits {
        fuel: 2_000_000_000,
        memory: 1 << 30,
        depth: 100_000,
    };
}

/// Why a run ended early.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FaultKind {
    /// A wrong access to memory.
    Memory,
    /// A limit was reached.
    Limit,
    /// Something that this host does not do: output at compile time, C functions.
    Refused,
    /// MIR that breaks its rules: a bug of what made it.
    Malformed,
    /// `quit` with this status.
    Quit(i32),
}

/// A run that ended early.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Why.
    pub kind: FaultKind,
    /// What happened.
    pub message: String,
    /// Name and place of each frame, innermost first.
    pub trace: Vec<(Arc<str>, Place)>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for (name, place) in self.trace.iter().take(20) {
            let (origin, span) = (place.origin.0, place.span);
            write!(f, "\n  in {name} at {origin}/{}-{}", span.start, span.end)?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

/// How a call ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It returned: the bits of a scalar result, 0 without one.
    Returned(u64),
    /// It raised: the exception is [pending](Machine::pending).
    Raised,
}

/// An exception, as far as its type tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exception {
    /// The name of its type.
    pub type_name: Arc<str>,
    /// Its field `msg`, if it has one.
    pub message: String,
}

/// How a program ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum End {
    /// All top-level code ran.
    Done,
    /// It called `quit`.
    Quit(i32),
    /// An exception was not handled.
    Raised(Exception),
}

/// What stops execution, before the trace is known.
#[derive(Debug)]
struct Stop {
    kind: FaultKind,
    message: String,
}

type Exec<T> = Result<T, Box<Stop>>;

#[cold]
fn stop<T>(kind: FaultKind, message: impl Into<String>) -> Exec<T> {
    let message = message.into();
    Err(Box::new(Stop { kind, message }))
}

impl From<Bad> for Box<Stop> {
    #[cold]
    fn from(bad: Bad) -> Box<Stop> {
        Box::new(Stop {
            kind: FaultKind::Memory,
            message: bad.to_string(),
        })
    }
}

/// What happens when a frame is left.
#[derive(Clone, Copy, Debug)]
enum Then {
    /// Back to the host.
    Exit,
    /// On in the caller with the result, or to `unwind`.
    Continue {
        dst: Option<Reg>,
        unwind: Option<BlockId>,
    },
    /// The proc was called to raise: on to `unwind`.
    Unwind(Option<BlockId>),
    /// The proc destroyed an object, which is to be freed.
    Free {
        object: u64,
        unwind: Option<BlockId>,
    },
}

struct Frame {
    proc: Arc<Proc>,
    /// First register.
    base: usize,
    /// First stack slot.
    slots: usize,
    /// Where to go on: block and instruction.
    block: usize,
    inst: usize,
    /// Was an exception pending when it was entered?
    held: bool,
    then: Then,
}

/// What a machine leaves to the next one: its memory, and what lies where.
pub struct State {
    memory: Memory,
    globals: Vec<u64>,
    data: Vec<u64>,
    type_names: Vec<u64>,
}

/// A machine: memory, globals, a stack, and at most one pending exception.
pub struct Machine<'a> {
    ids: &'a Ids,
    code: &'a dyn Code,
    host: &'a mut dyn Host,
    limits: Limits,
    fuel: u64,
    /// Its memory: to read results, to prepare arguments.
    pub memory: Memory,
    regs: Vec<u64>,
    slots: Vec<u64>,
    frames: Vec<Frame>,
    pending: u64,
    /// By number; what was looked up.
    procs: Vec<Option<Arc<Proc>>>,
    globals: Vec<u64>,
    data: Vec<u64>,
    type_names: Vec<u64>,
    /// Where the last exception was raised, outermost call first.
    raised_at: Vec<Place>,
    candidates: Candidates,
    tracer: Tracer,
    collecting: bool,
}

/// The entry of a table that grows as needed.
fn entry<T: Clone>(table: &mut Vec<T>, index: u32, empty: T) -> &mut T {
    let index = index as usize;
    if table.len() <= index {
        table.resize(index + 1, empty);
    }
    &mut table[index]
}

impl<'a> Machine<'a> {
    /// A machine with empty memory.
    pub fn new(
        ids: &'a Ids,
        code: &'a dyn Code,
        host: &'a mut dyn Host,
        limits: Limits,
    ) -> Machine<'a> {
        let state = State {
            memory: Memory::new(limits.memory),
            globals: Vec::new(),
            data: Vec::new(),
            type_names: Vec::new(),
        };
        Machine::resume(ids, code, host, limits, state)
    }

    /// A machine that goes on with the memory and the globals of an earlier one. It may use as much again.
    pub fn resume(
        ids: &'a Ids,
        code: &'a dyn Code,
        host: &'a mut dyn Host,
        limits: Limits,
        mut state: State,
    ) -> Machine<'a> {
        state.memory.allow(limits.memory);
        Machine {
            ids,
            code,
            host,
            limits,
            fuel: limits.fuel,
            memory: state.memory,
            regs: Vec::new(),
            slots: Vec::new(),
            frames: Vec::new(),
            pending: 0,
            procs: Vec::new(),
            globals: state.globals,
            data: state.data,
            type_names: state.type_names,
            raised_at: Vec::new(),
            candidates: Candidates::default(),
            tracer: Tracer::default(),
            collecting: false,
        }
    }

    /// What the next machine can go on with.
    pub fn into_state(self) -> State {
        State {
            memory: self.memory,
            globals: self.globals,
            data: self.data,
            type_names: self.type_names,
        }
    }

    /// Where the last exception was raised: a place for each frame, outermost first.
    pub fn raised_at(&self) -> &[Place] {
        &self.raised_at
    }

    /// Calls a proc. Scalars travel as their bits, low end first, zeros above.
    ///
    /// # Errors
    /// When the run ends early. The machine can be used again; memory stays as it is.
    pub fn call(&mut self, id: ProcId, args: &[u64]) -> Result<Outcome, Fault> {
        let floor = self.frames.len();
        let result = self
            .lookup(id)
            .and_then(|proc| self.enter(proc, args, Then::Exit))
            .and_then(|()| self.run());
        result.map_err(|stop| self.fault(floor, *stop))
    }

    /// Runs the top-level code of modules, in this order.
    ///
    /// # Errors
    /// When the run ends early, but not by `quit`.
    pub fn run_program<'m>(
        &mut self,
        modules: impl IntoIterator<Item = &'m Module>,
    ) -> Result<End, Fault> {
        for step in modules.into_iter().flat_map(|module| &module.init) {
            match self.call(step.proc, &[]) {
                Ok(Outcome::Returned(_)) => {}
                Ok(Outcome::Raised) => return Ok(End::Raised(self.exception(self.pending))),
                Err(fault) => match fault.kind {
                    FaultKind::Quit(status) => return Ok(End::Quit(status)),
                    _ => return Err(fault),
                },
            }
        }
        Ok(End::Done)
    }

    /// Unwinds what is left of a run that was stopped.
    fn fault(&mut self, floor: usize, stop: Stop) -> Fault {
        let mut trace = Vec::new();
        while self.frames.len() > floor {
            let frame = self.pop();
            trace.push((Arc::clone(&frame.proc.name), place_of(&frame)));
        }
        self.pending = 0;
        Fault {
            kind: stop.kind,
            message: stop.message,
            trace,
        }
    }

    /// The pending exception's address; 0 when there is none.
    pub fn pending(&self) -> u64 {
        self.pending
    }

    /// Takes the pending exception: none is pending any longer.
    pub fn take_pending(&mut self) -> u64 {
        std::mem::take(&mut self.pending)
    }

    /// Instructions that may still run.
    pub fn fuel(&self) -> u64 {
        self.fuel
    }

    /// Gives the next run all its fuel.
    pub fn refuel(&mut self) {
        self.fuel = self.limits.fuel;
    }

    /// Blocks of the guest heap in use.
    pub fn live_blocks(&self) -> u64 {
        self.memory.live_blocks()
    }

    /// Looks every proc up again: code was replaced.
    pub fn forget_procs(&mut self) {
        self.procs.clear();
    }

    /// Address of a global, which is made when it is asked for first, all zeros.
    ///
    /// # Errors
    /// When it is unknown, or memory is short.
    pub fn global(&mut self, id: GlobalId) -> Result<u64, Fault> {
        let floor = self.frames.len();
        self.global_address(id)
            .map_err(|stop| self.fault(floor, *stop))
    }

    /// Address of constant data.
    ///
    /// # Errors
    /// When memory is short.
    pub fn data(&mut self, id: DataId) -> Result<u64, Fault> {
        let floor = self.frames.len();
        self.data_address(id)
            .map_err(|stop| self.fault(floor, *stop))
    }

    /// A block for arguments or results, all zeros; `None` when memory is short.
    pub fn host_block(&mut self, size: u64) -> Option<u64> {
        self.memory.allocate(Kind::Host, size)
    }

    /// The bytes at an address.
    ///
    /// # Errors
    /// When the access is wrong.
    pub fn read_bytes(&self, ptr: u64, len: usize) -> Result<&[u8], Bad> {
        match len {
            0 => Ok(&[]),
            _ => self.memory.read(ptr, len),
        }
    }

    /// The text of the `string` at an address.
    ///
    /// # Errors
    /// When memory holds no string there.
    pub fn read_string(&self, ptr: u64) -> Result<&[u8], Bad> {
        let len = self.memory.load(ptr, Scalar::I64)?;
        let payload = self.memory.load(ptr.wrapping_add(8), Scalar::Ptr)?;
        self.read_bytes(payload.wrapping_add(8), len as usize)
    }

    /// What is known of an exception.
    pub fn exception(&self, ptr: u64) -> Exception {
        let Ok(desc) = self.dynamic_type(ptr) else {
            return Exception {
                type_name: "exception".into(),
                message: String::new(),
            };
        };
        let message = self.find_field(desc, "msg").and_then(|offset| {
            let text = self.read_string(ptr + u64::from(offset)).ok()?;
            Some(String::from_utf8_lossy(text).into_owned())
        });
        Exception {
            type_name: Arc::clone(&self.ids.desc_of(desc).name),
            message: message.unwrap_or_default(),
        }
    }

    /// The type of the object that a reference points to, from its header.
    fn dynamic_type(&self, object: u64) -> Exec<DescId> {
        let desc = self.memory.load(object.wrapping_sub(8), Scalar::Ptr)?;
        self.desc_at(desc)
    }

    fn find_field(&self, desc: DescId, name: &str) -> Option<u32> {
        let desc = self.ids.desc_of(desc);
        let Shape::Object { base, fields, .. } = &desc.shape else {
            return None;
        };
        match fields.iter().find(|field| *field.name == *name) {
            Some(field) => Some(field.offset),
            None => self.find_field((*base)?, name),
        }
    }
}

/// Where a frame is.
fn place_of(frame: &Frame) -> Place {
    let blocks = &frame.proc.blocks;
    let mut block = blocks.get(frame.block);
    let mut stmt = block.and_then(|block| block.stmts.get(frame.inst.saturating_sub(1)));
    // A jump that is all of its block is told by where it leads.
    for _ in 0..blocks.len() {
        let Some(Term::Goto(to)) = block.map(|block| &block.term).filter(|_| stmt.is_none()) else {
            break;
        };
        block = blocks.get(to.0 as usize);
        stmt = block.and_then(|block| block.stmts.first());
    }
    let site = stmt.and_then(|stmt| frame.proc.sites.get(stmt.site.0 as usize));
    site.copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
