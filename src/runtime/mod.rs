//! What compiled code stands on: memory, calls in and out, errors, the console.
//!
//! In: calls of compiled code ([`rtfn`]) and of those who make and change programs (the JIT, the patcher, the host). One
//! [`Runtime`] is one running program. Knows nothing of syntax or compilation; never decides what is live.
//!
//! * [`window`], [`code`](CodeArea): where everything lies; trampolines; code memory.
//! * [`context`], [`entry`], [`threads`]: a thread's way into guest code and out of it.
//! * [`guest`]: threads that the program starts, and waiting. [`threadvars`]: what each has of its own.
//! * [`heap`]: the guest's memory. [`tables`]: descriptors and constant data as compiled code sees them.
//! * [`rtfn`], [`raise`], [`output`]: the functions that compiled code calls. [`drops`]: destruction of references.
//! * [`frames`], [`fault`]: who is on the stack, and wild accesses.
//!
//! # What compiled code has to do
//!
//! * Guest procs have the platform's C convention, the [`Context`] first, and keep frame pointers.
//! * Runtime functions ([`rtfn::address`]) are called alike, context first, through their absolute address. After those that
//!   may raise, [`Context::pending`] is checked as after a guest call.
//! * Before a call of a C function: store the frame pointer in [`Context::exit_fp`] and the stack pointer in
//!   [`Context::exit_sp`] (Cranelift's `get_frame_pointer`, `get_stack_pointer`). After it, if `pending` is not 0: call
//!   [`Helper::AfterC`](rtfn::Helper), which may not return, and unwind.
//! * A `DecRef` whose count was 0 calls [`Helper::DropRef`](rtfn::Helper); `pending` is checked after it.
//! * A prologue whose stack pointer is below [`Context::stack_limit`] calls [`Helper::StackOverflow`](rtfn::Helper) and returns as with an exception.
//! * A C entry of a proc (`{.cdecl.}`, see [`Window::c_slot`]) calls [`Helper::CEnter`](rtfn::Helper) with the address of the
//!   [`Runtime`], returns zero if that gives 0, stores the address of the proc's stub (or the content of its slot) in
//!   [`Context::entry_target`] and the number of words of stack arguments of the call with context in [`Context::entry_stack_words`],
//!   calls [`Helper::Enter`](rtfn::Helper) with the context and the arguments, calls [`Helper::CLeave`](rtfn::Helper) with the context, and
//!   returns the result.
//! * A C function with variable arguments is called at [`Externs::address`](crate::ffi::Externs::address) like any other; on System V that
//!   address sets `al`.

pub mod arm;
mod atomics;
mod code;
pub mod context;
mod cycles;
pub mod drops;
pub mod entry;
pub mod fault;
pub mod frames;
mod gate;
mod guest;
pub mod heap;
mod hooks;
mod kept;
pub mod number;
pub mod output;
pub mod raise;
pub mod rtfn;
pub mod strings;
mod stubs;
mod sync;
pub mod tables;
#[cfg(test)]
mod tests;
pub mod threads;
pub(crate) mod threadvars;
mod traces;
mod whereabouts;
pub mod window;

use std::any::Any;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, Weak};

pub use code::{CodeArea, CodeRange};
pub use context::Context;
pub use fault::{FaultReport, Outcome};
pub use frames::{CodeMap, CodePlace};
pub use hooks::{Caller, FromC, Positions, Reloader};
pub use kept::registers;
pub use raise::Raise;
pub use tables::{DataTable, DescTable, Marks, RtDesc};
pub use threads::ThreadFrames;
pub use window::Window;

use crate::ffi::Externs;
use crate::globals::Globals;
use crate::mir::Ids;

/// How a program is to be made.
#[derive(Debug)]
pub struct Options {
    /// Address space for the guest heap, in bytes; less is taken if the system does not give that much. The default is 64 GiB.
    pub heap: usize,
    /// The command line that the program sees, its own name first.
    pub args: Vec<String>,
    /// Wild accesses of guest code end its call with an error; else they go to whoever had the signal before.
    pub catch_faults: bool,
    /// Functions of the host's modules.
    pub hosts: crate::ffi::HostFunctions,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            heap: 64 << 30,
            args: vec![String::new()],
            catch_faults: true,
            hosts: crate::ffi::HostFunctions::default(),
        }
    }
}

/// One running program: everything that outlives a version of its modules. Any thread may use it.
pub struct Runtime {
    window: Arc<Window>,
    code: Arc<CodeArea>,
    heap: heap::Heap,
    collector: cycles::Collector,
    ids: Arc<Ids>,
    descs: DescTable,
    data: DataTable,
    globals: Globals,
    externs: Externs,
    threads: threads::Threads,
    started: guest::Started,
    output: output::Output,
    raising: raise::Raising,
    args: Vec<std::ffi::CString>,
    code_map: OnceLock<Arc<dyn CodeMap>>,
    reloader: OnceLock<Arc<dyn Reloader>>,
    positions: OnceLock<Arc<dyn Positions>>,
    trace_lines: traces::TraceLines,
    owner: OnceLock<Weak<dyn Any + Send + Sync>>,
    from_c: OnceLock<Arc<dyn FromC>>,
    refuses_c: AtomicBool,
    catch_faults: bool,
    host_closure: OnceLock<Box<tables::HostDesc>>,
}

impl Runtime {
    /// A program without code.
    ///
    /// # Errors
    /// When address space or memory is short or the handlers for faults cannot be installed.
    pub fn new(ids: Arc<Ids>, options: Options) -> io::Result<Arc<Runtime>> {
        crate::os::barrier::prepare();
        if options.catch_faults {
            fault::install()?;
        }
        let window = Arc::new(Window::new(options.heap)?);
        let heap = heap::Heap::new(&window)?;
        let args = options.args.into_iter().map(|arg| {
            let bytes: Vec<u8> = arg
                .into_bytes()
                .into_iter()
                .filter(|&byte| byte != 0)
                .collect();
            std::ffi::CString::new(bytes).unwrap_or_default()
        });
        let (descs, data) = tables::new(window.clone(), ids.clone());
        let runtime = Arc::new_cyclic(|weak| Runtime {
            code: Arc::new(CodeArea::new(window.clone())),
            heap,
            collector: cycles::Collector::default(),
            descs,
            data,
            globals: Globals::new(window.clone()),
            externs: Externs::new(window.clone(), ids.clone(), options.hosts),
            threads: threads::Threads::new(weak.clone()),
            started: guest::Started::default(),
            output: output::Output::default(),
            raising: raise::Raising::default(),
            args: args.collect(),
            code_map: OnceLock::new(),
            reloader: OnceLock::new(),
            positions: OnceLock::new(),
            trace_lines: traces::TraceLines::default(),
            owner: OnceLock::new(),
            from_c: OnceLock::new(),
            refuses_c: AtomicBool::new(false),
            catch_faults: options.catch_faults,
            host_closure: OnceLock::new(),
            window,
            ids,
        });
        runtime.window.set_unresolved(stubs::Unresolved {
            routine: entry::unresolved as *const () as usize,
            runtime: Arc::as_ptr(&runtime) as usize,
        })?;
        Ok(runtime)
    }

    /// Where everything lies; slots and stubs.
    pub fn window(&self) -> &Arc<Window> {
        &self.window
    }

    /// Code memory.
    pub fn code(&self) -> &Arc<CodeArea> {
        &self.code
    }

    /// The guest heap.
    pub fn heap(&self) -> &heap::Heap {
        &self.heap
    }

    /// The program's identities.
    pub fn ids(&self) -> &Arc<Ids> {
        &self.ids
    }

    /// Type descriptors as compiled code sees them.
    pub fn descs(&self) -> &DescTable {
        &self.descs
    }

    /// Constant data as compiled code sees it.
    pub fn data(&self) -> &DataTable {
        &self.data
    }

    /// The global variables.
    pub fn globals(&self) -> &Globals {
        &self.globals
    }

    /// The C functions.
    pub fn externs(&self) -> &Externs {
        &self.externs
    }

    /// The threads that have entered.
    pub fn threads(&self) -> &threads::Threads {
        &self.threads
    }

    /// Standard output and error of the program.
    pub fn output(&self) -> &output::Output {
        &self.output
    }

    /// The guest proc that raises what the runtime wants to raise.
    pub fn raising(&self) -> &raise::Raising {
        &self.raising
    }

    /// Sets who knows which code is where. Once; a second call does nothing.
    pub fn set_code_map(&self, map: Arc<dyn CodeMap>) {
        let _ = self.code_map.set(map);
    }

    /// Sets who reloads when the program asks. Once; a second call does nothing.
    pub fn set_reloader(&self, reloader: Arc<dyn Reloader>) {
        let _ = self.reloader.set(reloader);
    }

    /// Sets who knows lines of places. Once; a second call does nothing.
    pub fn set_positions(&self, positions: Arc<dyn Positions>) {
        let _ = self.positions.set(positions);
    }

    /// Sets whose program it is, for functions of the host. Once; a second call does nothing.
    pub fn set_owner(&self, owner: Weak<dyn Any + Send + Sync>) {
        let _ = self.owner.set(owner);
    }

    /// Sets who is told of calls from C that failed. Once; a second call does nothing.
    pub fn set_from_c(&self, from_c: Arc<dyn FromC>) {
        let _ = self.from_c.set(from_c);
    }

    /// From now on calls from C that no guest code is around give 0 at once, or run as usual.
    pub fn refuse_c(&self, on: bool) {
        self.refuses_c.store(on, Ordering::Relaxed);
    }

    /// The descriptor of environments of the host's closures, which have so many bytes and are destroyed by this function.
    pub(crate) fn host_closure(&self, size: usize, destroy: usize) -> *const RtDesc {
        let desc = self
            .host_closure
            .get_or_init(|| Box::new(tables::HostDesc::new(&self.ids, size, destroy)));
        desc.address()
    }

    pub(crate) fn owner(&self) -> Option<Arc<dyn Any + Send + Sync>> {
        self.owner.get()?.upgrade()
    }

    pub(crate) fn code_map(&self) -> Option<&Arc<dyn CodeMap>> {
        self.code_map.get()
    }

    pub(crate) fn callback_host(&self) -> Option<&Arc<dyn FromC>> {
        self.from_c.get()
    }

    pub(crate) fn reloader(&self) -> Option<&Arc<dyn Reloader>> {
        self.reloader.get()
    }

    pub(crate) fn positions(&self) -> Option<&Arc<dyn Positions>> {
        self.positions.get()
    }
}
