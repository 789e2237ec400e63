//! Where the symbols of compiled code are in this program.

use rustc_hash::FxHashSet;

use super::report::ReloadError;
use crate::jit::{LibFn, Symbol};
use crate::mir::{ProcId, RtFn};
use crate::runtime::Runtime;
use crate::runtime::rtfn::{self, Helper};

/// Where something is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// In the window.
    Near(usize),
    /// A cell in the window holds its address.
    Cell(usize),
    /// Anywhere.
    Far(usize),
}

/// Knows where everything is that code can name.
pub(super) struct Addresses<'a> {
    pub(super) runtime: &'a Runtime,
    pub(super) c_abi: &'a FxHashSet<ProcId>,
}

impl Addresses<'_> {
    /// Where a symbol is. Makes trampolines, constant data and descriptors ready when they are first named.
    pub(super) fn of(&self, symbol: Symbol) -> Result<Place, ReloadError> {
        let runtime = self.runtime;
        let window = runtime.window();
        Ok(match symbol {
            Symbol::Slot(proc) => {
                window.prepare_procs(proc)?;
                Place::Cell(window.slot(proc).as_ptr() as usize)
            }
            Symbol::Stub(proc) if self.c_abi.contains(&proc) => {
                window.prepare_c_procs(proc)?;
                Place::Near(window.c_stub(proc))
            }
            Symbol::Stub(proc) => {
                window.prepare_procs(proc)?;
                Place::Near(window.stub(proc))
            }
            Symbol::Global(global) => match runtime.globals().address(global) {
                Some(address) => Place::Near(address),
                None => {
                    let name = runtime.ids().global_key(global);
                    return Err(ReloadError::Link(format!(
                        "no module has the global `{name}`"
                    )));
                }
            },
            Symbol::Data(data) => Place::Near(runtime.data().address(data)? as usize),
            Symbol::Desc(desc) => Place::Near(runtime.descs().address(desc)? as usize),
            Symbol::Extern(function) => Place::Far(runtime.externs().address(function)? as usize),
            Symbol::HostData(function) => Place::Far(runtime.externs().host_data(function)),
            Symbol::Runtime(function) => Place::Far(runtime_function(function)),
            Symbol::Lib(function) => Place::Far(self.lib(function)),
            Symbol::Code(proc) => {
                let name = &runtime.ids().proc_key(proc).0;
                return Err(ReloadError::Link(format!(
                    "`{name}` is called directly from another batch"
                )));
            }
        })
    }

    fn lib(&self, function: LibFn) -> usize {
        let helper = match function {
            LibFn::DropRef => Helper::DropRef,
            LibFn::Candidate => Helper::Candidate,
            LibFn::StackOverflow => Helper::StackOverflow,
            LibFn::Interrupted => Helper::Interrupted,
            LibFn::AfterC => Helper::AfterC,
            LibFn::CEnter => Helper::CEnter,
            LibFn::Enter => Helper::Enter,
            LibFn::CLeave => Helper::CLeave,
            LibFn::Runtime => return std::ptr::from_ref(self.runtime) as usize,
            LibFn::MemMove => return libc::memmove as *const () as usize,
            LibFn::MemSet => return libc::memset as *const () as usize,
            LibFn::FloorF32 => return floor_f32 as *const () as usize,
            LibFn::FloorF64 => return floor_f64 as *const () as usize,
            LibFn::CeilF32 => return ceil_f32 as *const () as usize,
            LibFn::CeilF64 => return ceil_f64 as *const () as usize,
            LibFn::TruncF32 => return trunc_f32 as *const () as usize,
            LibFn::TruncF64 => return trunc_f64 as *const () as usize,
        };
        rtfn::helper(helper) as usize
    }
}

fn runtime_function(function: RtFn) -> usize {
    rtfn::address(function) as usize
}

extern "C" fn floor_f32(x: f32) -> f32 {
    x.floor()
}

extern "C" fn floor_f64(x: f64) -> f64 {
    x.floor()
}

extern "C" fn ceil_f32(x: f32) -> f32 {
    x.ceil()
}

extern "C" fn ceil_f64(x: f64) -> f64 {
    x.ceil()
}

extern "C" fn trunc_f32(x: f32) -> f32 {
    x.trunc()
}

extern "C" fn trunc_f64(x: f64) -> f64 {
    x.trunc()
}
