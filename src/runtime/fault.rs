//! Wild accesses and traps in guest code, and how an entry ended.
//!
//! A fault belongs to a program when its instruction lies in the code of the program's window (or when a call from there went to where no
//! code is). Then the innermost entry is left, and its caller gets a [`FaultReport`]; what was between is abandoned, not
//! cleaned up. All other faults go to the handler that was there before.

#![allow(unsafe_code)] // runs in a signal handler

use std::io;

use crate::os::signals::{self, Claim, Fault};

use super::context::{Context, outcome};
use super::frames::{frame_of, walk};
use super::{Runtime, entry, threads, window};

/// How an entry into guest code ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The proc returned. An exception may be pending in the context.
    Returned,
    /// `quit(status)`: nothing more of the program is to run in this entry's caller.
    Quit(i32),
    /// A fault in guest code.
    Fault(FaultReport),
    /// The runtime could not go on, and why.
    Error(String),
}

/// A fault in guest code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultReport {
    /// What happened, in words: with the address, the proc and the line, as far as known.
    pub message: String,
    /// The signal's number.
    pub signal: i32,
    /// The address that could not be accessed.
    pub address: usize,
    /// The frames that were abandoned: the faulting instruction, then return addresses, innermost first.
    pub frames: Vec<usize>,
}

const KEPT_FRAMES: usize = 64;

/// What the handler writes down.
pub(super) struct FaultRecord {
    signal: i32,
    address: usize,
    frames: [usize; KEPT_FRAMES],
    count: usize,
}

impl Default for FaultRecord {
    fn default() -> FaultRecord {
        FaultRecord {
            signal: 0,
            address: 0,
            frames: [0; KEPT_FRAMES],
            count: 0,
        }
    }
}

/// Installs the handlers of the process.
pub(super) fn install() -> io::Result<()> {
    signals::install(claim)
}

/// Runs in the signal handler.
fn claim(fault: &Fault) -> Option<Claim> {
    let caller = caller_of_nothing(fault);
    let program = window::registry::find(fault.pc).or_else(|| window::registry::find(caller?))?;
    let context = threads::in_handler(program)?;
    // SAFETY: it is the context of this thread, which is in guest code: nothing else uses it now.
    let context = unsafe { &mut *context };
    // SAFETY: a context lives as long as its program.
    if context.entry.is_null() || !unsafe { &*context.runtime }.catch_faults {
        return None;
    }
    let record = &mut context.fault;
    (record.signal, record.address) = (fault.signal, fault.address);
    record.frames[0] = fault.pc;
    record.count = 1;
    if let Some(caller) = caller {
        record.frames[1] = caller;
        record.count = 2;
    }
    let end = frame_of(context.entry);
    if fault.fp >= fault.sp {
        walk(fault.fp, end, &mut |frame| {
            if record.count < KEPT_FRAMES {
                record.frames[record.count] = frame.pc;
                record.count += 1;
            }
        });
    }
    context.outcome = outcome::FAULT;
    Some(Claim {
        pc: entry::leave_address(),
        sp: context.entry as usize & !15,
        arg: (&raw mut *context) as usize,
    })
}

/// When the fault is that there is no code at the address jumped to: the return address of that call.
fn caller_of_nothing(fault: &Fault) -> Option<usize> {
    let plausible = fault.pc == fault.address && fault.sp.is_multiple_of(8) && fault.sp != 0;
    // SAFETY: code that called something has a stack; a stack pointer that is no stack faults again, to the default action.
    (cfg!(target_arch = "x86_64") && plausible).then(|| unsafe { *(fault.sp as *const usize) })
}

/// Takes how the last entry of the context ended, and makes it [`Outcome::Returned`].
pub fn take_outcome(context: &mut Context) -> Outcome {
    match std::mem::replace(&mut context.outcome, outcome::RETURNED) {
        outcome::QUIT => Outcome::Quit(context.status),
        outcome::FAULT => Outcome::Fault(report(context)),
        outcome::ERROR => Outcome::Error(std::mem::take(&mut context.error)),
        _ => Outcome::Returned,
    }
}

fn report(context: &Context) -> FaultReport {
    let record = &context.fault;
    let frames = record.frames[..record.count].to_vec();
    let what = match record.signal {
        libc::SIGSEGV | libc::SIGBUS => format!("illegal access of address {:#x}", record.address),
        libc::SIGFPE => "arithmetic trap".to_owned(),
        _ => "trap".to_owned(),
    };
    // SAFETY: a context lives as long as its program.
    let runtime: &Runtime = unsafe { &*context.runtime };
    let place = frames.iter().enumerate().find_map(|(index, &pc)| {
        // The first is the instruction itself, the others are return addresses.
        runtime.describe(pc - usize::from(index > 0))
    });
    let message = match place {
        Some(place) => format!("{what} in {place}"),
        None => format!("{what} in guest code at {:#x}", frames[0]),
    };
    FaultReport {
        message,
        signal: record.signal,
        address: record.address,
        frames,
    }
}

impl Runtime {
    /// `proc` at `file(line)`, of an address in code.
    pub(super) fn describe(&self, address: usize) -> Option<String> {
        let found = self.code_map()?.locate(address)?;
        Some(match self.position_of(&found) {
            Some((file, line)) => format!("`{}` at {file}({line})", found.name),
            None => format!("`{}`", found.name),
        })
    }
}
