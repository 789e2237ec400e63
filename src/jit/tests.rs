//! Compiled code runs: small procs in a memory of the test's own.
#![allow(unsafe_code)] // reason: it calls the code that it compiled

use smallvec::{SmallVec, smallvec};

use super::*;
use crate::mir::cycles::RC_ACYCLIC;
use crate::mir::*;

/// Slots, cells and code of a few procs in one piece of memory.
struct Memory {
    allocation: region::Allocation,
    procs: usize,
}

/// Cells of library functions stand behind the slots.
const MAX_PROCS: usize = 16;
const CODE: usize = 4096;

/// The context, as far as these tests need it.
#[repr(C)]
#[derive(Default)]
struct Context {
    words: [u64; 16],
}

extern "C" fn drop_ref(ctx: *mut Context, object: *mut i64) {
    // SAFETY: compiled code passes its context and an object whose header stands before it.
    unsafe {
        (*ctx).words[8] += 1;
        *object.sub(2) = -1;
    }
}

extern "C" fn raise(ctx: *mut Context) {
    // SAFETY: compiled code passes its context.
    unsafe { (*ctx).words[0] = 77 };
}

impl Memory {
    fn load(procs: &[Proc], options: Options) -> Memory {
        let compiler = Compiler::new(Options {
            verify: true,
            ..options
        })
        .unwrap();
        let ids = Ids::default();
        let mut signatures = Signatures::default();
        procs
            .iter()
            .for_each(|proc| signatures.add(proc.id, proc.sig.clone()));
        let procs: Vec<&Proc> = procs.iter().collect();
        let compiled = compiler.compile_all(&procs, &ids, &signatures).unwrap();

        let mut allocation = region::alloc(1 << 16, region::Protection::READ_WRITE).unwrap();
        let base = allocation.as_ptr::<u8>() as usize;
        let slot = |index: usize| base + index * 8;
        // SAFETY: the allocation is that long, and nobody else knows it yet.
        let bytes =
            unsafe { std::slice::from_raw_parts_mut(allocation.as_mut_ptr::<u8>(), 1 << 16) };
        let mut write = |address: usize, value: usize| {
            bytes[address - base..][..8].copy_from_slice(&value.to_le_bytes());
        };
        write(slot(MAX_PROCS), drop_ref as *const () as usize);
        write(slot(MAX_PROCS + 1), libc::memmove as *const () as usize);
        write(slot(MAX_PROCS + 2), libc::memset as *const () as usize);
        write(slot(MAX_PROCS + 3), raise as *const () as usize);
        let mut at = base + CODE;
        for proc in &compiled {
            write(slot(proc.id.0 as usize), at);
            at = (at + proc.code.len()).next_multiple_of(16);
        }
        let resolve = |symbol| {
            Some(match symbol {
                Symbol::Slot(proc) => Address::Cell(slot(proc.0 as usize)),
                Symbol::Lib(LibFn::DropRef | LibFn::Candidate) => Address::Cell(slot(MAX_PROCS)),
                Symbol::Lib(LibFn::MemMove) => Address::Cell(slot(MAX_PROCS + 1)),
                Symbol::Lib(LibFn::MemSet) => Address::Cell(slot(MAX_PROCS + 2)),
                Symbol::Lib(LibFn::StackOverflow | LibFn::Interrupted) => {
                    Address::Cell(slot(MAX_PROCS + 3))
                }
                Symbol::Global(global) => Address::Near(base + 1024 + 8 * global.0 as usize),
                _ => return None,
            })
        };
        let mut at = base + CODE;
        for proc in &compiled {
            let place = &mut bytes[at - base..][..proc.code.len()];
            link(proc, place, at, resolve).unwrap();
            at = (at + proc.code.len()).next_multiple_of(16);
        }
        // SAFETY: the pages are ours, and what was written there is code.
        unsafe {
            let code = (base + CODE) as *const u8;
            region::protect(code, (1 << 16) - CODE, region::Protection::READ_EXECUTE).unwrap();
        }
        Memory {
            allocation,
            procs: compiled.len(),
        }
    }

    fn code(&self, proc: ProcId) -> *const () {
        assert!((proc.0 as usize) < self.procs);
        // SAFETY: the slot was written by `load`.
        unsafe { *self.allocation.as_ptr::<*const ()>().add(proc.0 as usize) }
    }

    fn call2(&self, proc: ProcId, ctx: &mut Context, a: i64, b: i64) -> i64 {
        // SAFETY: every proc in these tests has this signature, or ignores what it does not take.
        unsafe {
            let code: extern "C" fn(*mut Context, i64, i64) -> i64 =
                std::mem::transmute(self.code(proc));
            code(ctx, a, b)
        }
    }
}

fn stmt(inst: Inst) -> Stmt {
    Stmt {
        inst,
        site: Site(0),
    }
}

fn block(insts: Vec<Inst>, term: Term) -> Block {
    Block {
        stmts: insts.into_iter().map(stmt).collect(),
        term,
        cold: false,
    }
}

fn proc(id: u32, params: &[Scalar], raises: bool, more: &[Scalar], blocks: Vec<Block>) -> Proc {
    let sig = Sig {
        params: params.into(),
        ret: Some(Scalar::I64),
        raises,
    };
    Proc {
        regs: params.iter().chain(more).copied().collect(),
        blocks,
        ..Proc::new(ProcId(id), sig, format!("p{id}"))
    }
}

const I: Scalar = Scalar::I64;

fn r(number: u32) -> Operand {
    Operand::Reg(Reg(number))
}

/// `raise`: sets the number 77 pending.
fn raiser(id: u32) -> Proc {
    let set = Inst::SetPending {
        value: Operand::Int(77),
    };
    let mut raiser = proc(
        id,
        &[],
        true,
        &[],
        vec![block(vec![set], Term::Return(None))],
    );
    raiser.sig.ret = None;
    raiser
}

fn call(dst: u32, proc: u32, args: SmallVec<[Operand; 4]>, unwind: Option<BlockId>) -> Inst {
    Inst::Call {
        dst: Some(Reg(dst)),
        callee: Callee::Proc(ProcId(proc)),
        args,
        unwind,
    }
}

#[test]
fn overflow_raises_and_the_caller_unwinds() {
    let add = Inst::Checked {
        dst: Reg(2),
        op: CheckedOp::Add,
        a: r(0),
        b: r(1),
        raise: ProcId(2),
        unwind: None,
    };
    let adder = proc(
        0,
        &[I, I],
        true,
        &[I],
        vec![block(vec![add], Term::Return(Some(r(2))))],
    );
    let caller = proc(
        1,
        &[I, I],
        false,
        &[I],
        vec![
            block(
                vec![call(2, 0, smallvec![r(0), r(1)], Some(BlockId(1)))],
                Term::Return(Some(r(2))),
            ),
            block(
                vec![Inst::TakePending { dst: Reg(2) }],
                Term::Return(Some(r(2))),
            ),
        ],
    );
    let memory = Memory::load(&[adder, caller, raiser(2)], Options::default());
    let mut ctx = Context::default();
    assert_eq!(memory.call2(ProcId(1), &mut ctx, 40, 2), 42);
    assert_eq!(memory.call2(ProcId(1), &mut ctx, i64::MAX, 1), 77);
    assert_eq!(ctx.words[0], 0);
    memory.call2(ProcId(0), &mut ctx, i64::MIN, -1);
    assert_eq!(ctx.words[0], 77);
}

#[test]
fn recursion_stops_at_the_stack_limit() {
    let recurse = proc(
        0,
        &[I, I],
        true,
        &[I],
        vec![block(
            vec![call(2, 0, smallvec![r(0), r(1)], None)],
            Term::Return(Some(r(2))),
        )],
    );
    let memory = Memory::load(&[recurse], Options::default());
    let mut ctx = Context::default();
    let here = 0u8;
    ctx.words[1] = &raw const here as u64 - 100_000;
    memory.call2(ProcId(0), &mut ctx, 0, 0);
    assert_eq!(ctx.words[0], 77);
}

#[test]
fn counting_references() {
    let count = proc(
        0,
        &[Scalar::Ptr],
        true,
        &[],
        vec![block(
            vec![
                Inst::IncRef { ptr: r(0) },
                Inst::DecRef {
                    ptr: r(0),
                    unwind: None,
                },
                Inst::DecRef {
                    ptr: r(0),
                    unwind: None,
                },
            ],
            Term::Return(Some(Operand::Int(1))),
        )],
    );
    let memory = Memory::load(&[count], Options::default());
    let mut ctx = Context::default();
    let mut object = [RC_ONE | RC_ACYCLIC, 0, 0];
    let address = &raw mut object[2] as i64;
    memory.call2(ProcId(0), &mut ctx, address, 0);
    assert_eq!((object[0], ctx.words[8]), (RC_ACYCLIC, 0));
    memory.call2(ProcId(0), &mut ctx, address, 0);
    assert_eq!((object[0], ctx.words[8]), (-1, 1));
    assert_eq!(memory.call2(ProcId(0), &mut ctx, 0, 0), 1);
}

#[test]
fn interruptible_loops_can_be_left() {
    let looping = proc(
        0,
        &[I, I],
        true,
        &[],
        vec![
            block(vec![], Term::Goto(BlockId(1))),
            block(vec![Inst::Poll { unwind: None }], Term::Goto(BlockId(1))),
        ],
    );
    let options = Options {
        interruptible: true,
        ..Options::default()
    };
    let memory = Memory::load(&[looping], options);
    let mut ctx = Context::default();
    ctx.words[2] = 1;
    memory.call2(ProcId(0), &mut ctx, 0, 0);
    assert_eq!(ctx.words[0], 77);
}

#[test]
fn globals_stack_slots_and_blocks_of_memory() {
    let mut mem = proc(
        0,
        &[I, I],
        false,
        &[Scalar::Ptr, Scalar::Ptr, I],
        vec![block(
            vec![
                Inst::SlotAddr {
                    dst: Reg(2),
                    slot: SlotId(0),
                },
                Inst::SlotAddr {
                    dst: Reg(3),
                    slot: SlotId(1),
                },
                Inst::MemZero {
                    dst: r(2),
                    size: Operand::Int(200),
                },
                Inst::MemZero {
                    dst: r(3),
                    size: Operand::Int(23),
                },
                Inst::Store {
                    ty: I,
                    addr: r(2),
                    offset: 15,
                    value: r(0),
                },
                Inst::MemCopy {
                    dst: r(3),
                    src: r(2),
                    size: Operand::Int(23),
                },
                Inst::Load {
                    dst: Reg(4),
                    addr: r(3),
                    offset: 15,
                },
                Inst::GlobalAddr {
                    dst: Reg(3),
                    global: GlobalId(4),
                },
                Inst::MemCopy {
                    dst: r(3),
                    src: r(2),
                    size: r(1),
                },
                Inst::Store {
                    ty: I,
                    addr: r(3),
                    offset: 0,
                    value: r(4),
                },
                Inst::Load {
                    dst: Reg(4),
                    addr: r(3),
                    offset: 0,
                },
            ],
            Term::Return(Some(r(4))),
        )],
    );
    mem.slots = vec![
        StackSlot {
            size: 200,
            align: 16,
            addresses: false,
        },
        StackSlot {
            size: 24,
            align: 8,
            addresses: false,
        },
    ];
    let memory = Memory::load(&[mem], Options::default());
    assert_eq!(
        memory.call2(ProcId(0), &mut Context::default(), -12345, 100),
        -12345
    );
}

#[test]
fn sites_of_return_addresses() {
    let mut caller = proc(
        0,
        &[I, I],
        true,
        &[I],
        vec![block(
            vec![
                call(2, 0, smallvec![r(0), r(1)], None),
                call(2, 0, smallvec![r(1), r(0)], None),
            ],
            Term::Return(Some(r(2))),
        )],
    );
    caller.blocks[0].stmts[0].site = Site(3);
    caller.blocks[0].stmts[1].site = Site(4);
    let mut signatures = Signatures::default();
    signatures.add(ProcId(0), caller.sig.clone());
    let compiler = Compiler::new(Options::default()).unwrap();
    let compiled = compiler
        .compile(&caller, &Ids::default(), &signatures)
        .unwrap();
    let sites: Vec<_> = (0..compiled.code.len() as u32)
        .filter_map(|offset| compiled.site_at(offset))
        .collect();
    assert!(sites.contains(&Site(3)) && sites.contains(&Site(4)));
    assert_eq!(compiled.site_at(0), None);
}

#[test]
fn dumps_name_what_they_refer_to() {
    let mut caller = proc(
        0,
        &[I, I],
        true,
        &[I],
        vec![block(
            vec![call(2, 0, smallvec![r(0), r(1)], None)],
            Term::Return(Some(r(2))),
        )],
    );
    let ids = Ids::default();
    caller.id = ids.proc("m.caller", 1);
    let mut signatures = Signatures::default();
    signatures.add(ProcId(0), caller.sig.clone());
    let compiler = Compiler::new(Options::default()).unwrap();
    let clif = clif(&compiler, &caller, &ids, &signatures).unwrap();
    assert!(
        clif.contains("proc m.caller") && clif.contains("call fn0("),
        "{clif}"
    );
    let asm = asm(&compiler, &caller, &ids, &signatures).unwrap();
    assert!(
        asm.contains("proc m.caller") && asm.contains("call"),
        "{asm}"
    );
}
