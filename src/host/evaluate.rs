//! Compile-time values: what sema cannot fold is lowered and interpreted.
//!
//! In: a checked expression. Out: its value, as a constant tree. The expression becomes the body of a proc; what it calls is
//! lowered when the interpreter asks for it. Nothing of it is executed natively, and steps and memory are limited.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mir::interp::{
    Code, Fault, FaultKind, Host, Limits, Machine, Outcome, State, memory::Pointee,
};
use crate::mir::lower::Lowering;
use crate::mir::lower::layout::{self, Kind};
use crate::mir::{DescId, GlobalId, Ids, Proc, ProcId, Scalar, THREADVAR, bare_name};
use crate::sema::program::{Asked, Evaluator, Layouts, NoValue, Sema};
use crate::sema::typed::{
    Checks, Expr, ExprKind, Local, LocalId, LocalKind, Routine, RoutineId, RoutineKind,
};
use crate::sema::types::{CallConv, Type, TypeId, Types};
use crate::source::{Name, Place};

/// Evaluates in the interpreter of MIR. Memory stays from one evaluation to the next, for the sake of variables of
/// compile time.
pub(super) struct Interpreter {
    ids: Arc<Ids>,
    executed: FxHashSet<RoutineId>,
    state: Option<State>,
}

impl Interpreter {
    pub(super) fn new(ids: Arc<Ids>) -> Interpreter {
        Interpreter {
            ids,
            executed: FxHashSet::default(),
            state: None,
        }
    }
}

/// The surroundings of compile time: what is printed goes to standard error, which is where a compiler speaks.
struct CompileTime<'a> {
    sema: &'a Sema,
    asked: &'a mut dyn Asked,
}

impl Host for CompileTime<'_> {
    fn refusal(&self, what: &str) -> String {
        format!("cannot evaluate at compile time: {what}")
    }

    fn write(&mut self, _stream: i32, text: &[u8]) -> Result<(), String> {
        use std::io::Write;
        // Where it cannot be written to, nobody reads it.
        let _ = std::io::stderr().write_all(text);
        Ok(())
    }

    fn ask(&mut self, request: &[u8]) -> Result<Vec<u8>, String> {
        self.asked.ask(self.sema, request)
    }

    fn perform_reload(&mut self) -> Result<bool, String> {
        Err(self.refusal("reload"))
    }
}

impl Evaluator for Interpreter {
    fn eval(
        &mut self,
        sema: &Sema,
        expr: &Expr,
        parent: RoutineId,
        locals: &[Local],
        asked: &mut dyn Asked,
    ) -> Result<Expr, NoValue> {
        let body = Arc::new(routine_of(expr, parent, locals));
        let routine = |id| {
            if id == parent {
                Some(body.clone())
            } else {
                sema.routine(id)
            }
        };
        let global = |id| sema.global(id);
        let lowering =
            Lowering::new(&sema.types, &self.ids, &sema.hooks, &routine, &global).at_compile_time();
        let code = OnDemand {
            sema,
            lowering: &lowering,
            ids: &self.ids,
            routine: &routine,
            procs: RefCell::default(),
            executed: RefCell::new(&mut self.executed),
        };
        let mut host = CompileTime { sema, asked };
        let limits = Limits::COMPILE_TIME;
        let mut machine = match self.state.take() {
            Some(state) => Machine::resume(&self.ids, &code, &mut host, limits, state),
            None => Machine::new(&self.ids, &code, &mut host, limits),
        };
        let value = run(&mut machine, &lowering, &sema.types, expr, parent);
        self.state = Some(machine.into_state());
        value
    }

    fn executed(&mut self) -> FxHashSet<RoutineId> {
        std::mem::take(&mut self.executed)
    }

    fn layouts(&self) -> Layouts {
        Layouts {
            offset: |types, ty, field| Some(layout::offset_of(types, ty, field)),
            size: |types, ty| {
                let (size, align) = layout::Layouts::default().size_align(types, ty);
                Some((u32::try_from(size).ok()?, align))
            },
        }
    }
}

/// Runs the routine that the expression became, and reads its value.
fn run(
    machine: &mut Machine<'_>,
    lowering: &Lowering<'_>,
    types: &Types,
    expr: &Expr,
    entry: RoutineId,
) -> Result<Expr, NoValue> {
    let entry = lowering.proc_id(entry);
    let kind = layout::kind(types, expr.ty);
    let mut args = Vec::new();
    if kind == Kind::Memory {
        let size = lowering.layouts().size(types, expr.ty);
        let block = machine.host_block(size.max(1));
        args.push(block.ok_or_else(|| untraced("not enough memory at compile time"))?);
    }
    let bits = match machine.call(entry, &args) {
        Ok(Outcome::Returned(bits)) => bits,
        Ok(Outcome::Raised) => return Err(unhandled(machine)),
        Err(fault) => return Err(stopped(fault)),
    };
    let reader = Reader {
        types,
        lowering,
        machine,
    };
    let read = match (kind, args.first()) {
        (Kind::Unit, _) => Ok(value(expr.ty, ExprKind::Nop)),
        (Kind::Scalar(scalar, signed), _) => reader.scalar(expr.ty, bits, scalar, signed),
        (Kind::Memory, Some(&result)) => reader.read(expr.ty, result).map(|tree| match tree.kind {
            ExprKind::Str(_) | ExprKind::Nil => tree,
            _ => value(expr.ty, ExprKind::Const(Arc::new(tree))),
        }),
        _ => Err("an openArray cannot be kept beyond compile time".into()),
    };
    read.map_err(|message| untraced(&message))
}

fn untraced(message: &str) -> NoValue {
    NoValue {
        message: message.into(),
        trace: Vec::new(),
        at: None,
    }
}

fn unhandled(machine: &mut Machine<'_>) -> NoValue {
    let pending = machine.take_pending();
    let exception = machine.exception(pending);
    let message = exception.message;
    let name = bare_name(&exception.type_name);
    let message = match name {
        // What Nim's own evaluator finds by itself it tells as it is.
        "IndexDefect" | "DivByZeroDefect" => message.to_string(),
        _ => format!("unhandled exception: {message} [{name}]"),
    };
    NoValue {
        message,
        trace: machine.raised_at().to_vec(),
        at: None,
    }
}

fn stopped(fault: Fault) -> NoValue {
    NoValue {
        message: match fault.kind {
            FaultKind::Limit => format!(
                "interpretation requires too many iterations; the computation at compile time was given up: {}",
                fault.message
            ),
            FaultKind::Quit(_) => "cannot evaluate at compile time: quit".into(),
            _ => fault.message,
        },
        trace: fault.trace.iter().rev().map(|&(_, place)| place).collect(),
        at: None,
    }
}

/// The identity of the routine that an expression becomes.
const EXPRESSION: &str = "static";

/// A proc that gives the value of `expr`.
fn routine_of(expr: &Expr, id: RoutineId, locals: &[Local]) -> Routine {
    let has_value = expr.ty != TypeId::VOID;
    let number = LocalId(locals.len() as u32);
    let mut locals = locals.to_vec();
    let result = Local {
        name: Name::new("result"),
        ty: expr.ty,
        kind: LocalKind::Result,
        captured: false,
        noinit: false,
        holds: None,
        spelled: expr.ty.into(),
        place: expr.place,
    };
    if has_value {
        locals.push(result);
    }
    let body = match has_value {
        false => expr.clone(),
        true => {
            let target = Expr {
                kind: ExprKind::Local(number),
                ty: expr.ty,
                place: expr.place,
            };
            let assign = ExprKind::Assign(Box::new(target), Box::new(expr.clone()));
            Expr {
                kind: assign,
                ty: TypeId::VOID,
                place: expr.place,
            }
        }
    };
    Routine {
        id,
        identity: EXPRESSION.into(),
        name: Name::new("static"),
        kind: RoutineKind::Proc,
        conv: CallConv::Nimcall,
        params: Vec::new(),
        ret: expr.ty,
        result: has_value.then_some(number),
        locals,
        body: Some(Arc::new(body)),
        import: None,
        parent: None,
        inline: false,
        noreturn: false,
        never_raises: false,
        declared: None,
        stand: Default::default(),
        checks: Checks::ON,
        place: expr.place,
    }
}

/// Lowers what the interpreter asks for.
struct OnDemand<'a> {
    sema: &'a Sema,
    lowering: &'a Lowering<'a>,
    ids: &'a Ids,
    routine: &'a dyn Fn(RoutineId) -> Option<Arc<Routine>>,
    procs: RefCell<FxHashMap<ProcId, Arc<Proc>>>,
    executed: RefCell<&'a mut FxHashSet<RoutineId>>,
}

impl Code for OnDemand<'_> {
    fn proc(&self, id: ProcId) -> Option<Arc<Proc>> {
        if let Some(known) = self.procs.borrow().get(&id) {
            return Some(known.clone());
        }
        let routine = (self.routine)(self.lowering.routine_of(id)?)?;
        if &*routine.identity != EXPRESSION {
            self.executed.borrow_mut().insert(routine.id);
        }
        // What cannot be lowered is refused where it is declared; here it is as if it were not there.
        let made = self.lowering.lower_routine(&routine).ok()?;
        let mut procs = self.procs.borrow_mut();
        procs.extend(made.into_iter().map(|proc| (proc.id, proc)));
        procs.get(&id).cloned()
    }

    /// Variables of compile time, and those in which `system` keeps what runs.
    fn global(&self, id: GlobalId) -> Option<DescId> {
        let key = self.ids.global_key(id);
        let identity = key.strip_prefix(THREADVAR).unwrap_or(&key);
        let global = self.sema.global_by_identity(identity)?;
        let system = || {
            self.sema
                .hooks
                .system_globals
                .values()
                .any(|&g| g == global.id)
        };
        (global.compile_time || system()).then(|| self.lowering.desc_id(global.ty))
    }
}

/// Reads values out of the interpreter's memory.
struct Reader<'a, 'm> {
    types: &'a Types,
    lowering: &'a Lowering<'a>,
    machine: &'a Machine<'m>,
}

fn value(ty: TypeId, kind: ExprKind) -> Expr {
    Expr {
        kind,
        ty,
        place: Place::default(),
    }
}

impl Reader<'_, '_> {
    fn load(&self, address: u64, scalar: Scalar) -> Result<u64, String> {
        self.machine
            .memory
            .load(address, scalar)
            .map_err(|bad| bad.to_string())
    }

    /// The value of type `ty` at `address`.
    fn read(&self, ty: TypeId, address: u64) -> Result<Expr, String> {
        if let Kind::Scalar(scalar, signed) = layout::kind(self.types, ty) {
            let bits = self.load(address, scalar)?;
            return self.scalar(ty, bits, scalar, signed);
        }
        if let Type::Distinct(_) = self.types.get(ty) {
            let base = self.read(layout::distinct_base(self.types, ty), address)?;
            return Ok(value(
                ty,
                ExprKind::Convert {
                    value: Box::new(base),
                    checked: false,
                },
            ));
        }
        let kind = match self.types.get(ty) {
            Type::String => {
                let text = self
                    .machine
                    .read_string(address)
                    .map_err(|bad| bad.to_string())?;
                ExprKind::Str(text.into())
            }
            Type::Seq(elem) => {
                let len = self.load(address, Scalar::I64)?;
                let payload = self.load(address + 8, Scalar::Ptr)?;
                let (_, align) = self.lowering.layouts().size_align(self.types, *elem);
                ExprKind::Array(self.elements(*elem, payload + layout::seq_header(align), len)?)
            }
            Type::Array { index, elem } => {
                let (low, high) = self.types.ordinal_range(*index).unwrap_or((0, -1));
                let len = u64::try_from(high - low + 1).unwrap_or(0);
                ExprKind::Array(self.elements(*elem, address, len)?)
            }
            Type::Tuple(parts) => {
                let fields = self.lowering.layouts().fields(self.types, ty);
                let read = |(part, offset): (&(Option<Name>, TypeId), &u64)| {
                    self.read(part.1, address + offset)
                };
                let parts: Result<_, _> = parts.iter().zip(&fields.offsets).map(read).collect();
                ExprKind::Tuple(parts?)
            }
            Type::Object(_) => {
                let mut fields = Vec::new();
                self.object(ty, address, &mut fields)?;
                ExprKind::Object(fields)
            }
            Type::Set(elem) => {
                let byte = |bit: u64| self.load(address + bit / 8, Scalar::I8);
                return self.set(ty, *elem, |bit| Ok(byte(bit)? >> (bit % 8) & 1 != 0));
            }
            Type::Proc(_) => match self.load(address, Scalar::Ptr)? {
                0 => ExprKind::Nil,
                code if self.load(address + 8, Scalar::Ptr)? == 0 => return self.routine(ty, code),
                _ => return Err("a closure cannot be kept beyond compile time".into()),
            },
            _ => return Err(self.cannot(ty)),
        };
        Ok(value(ty, kind))
    }

    fn cannot(&self, ty: TypeId) -> String {
        format!(
            "a value of type {} cannot be kept beyond compile time",
            self.types.show(ty)
        )
    }

    fn scalar(&self, ty: TypeId, bits: u64, scalar: Scalar, signed: bool) -> Result<Expr, String> {
        if let Type::Set(elem) = *self.types.get(self.types.repr(ty)) {
            return self.set(ty, elem, |bit| Ok(bits >> bit & 1 != 0));
        }
        let kind = match scalar {
            Scalar::F32 => ExprKind::Float(f64::from(f32::from_bits(bits as u32))),
            Scalar::F64 => ExprKind::Float(f64::from_bits(bits)),
            Scalar::Ptr => return self.pointer(ty, bits),
            Scalar::I8 if signed => ExprKind::Int(i64::from(bits as i8)),
            Scalar::I16 if signed => ExprKind::Int(i64::from(bits as i16)),
            Scalar::I32 if signed => ExprKind::Int(i64::from(bits as i32)),
            Scalar::I8 => ExprKind::Int(i64::from(bits as u8)),
            Scalar::I16 => ExprKind::Int(i64::from(bits as u16)),
            Scalar::I32 => ExprKind::Int(i64::from(bits as u32)),
            Scalar::I64 => ExprKind::Int(bits as i64),
        };
        Ok(value(ty, kind))
    }

    fn pointer(&self, ty: TypeId, address: u64) -> Result<Expr, String> {
        let pointee = self.machine.memory.pointee(address);
        match (self.types.get(self.types.repr(ty)), pointee) {
            (_, Pointee::Nil) => Ok(value(ty, ExprKind::Nil)),
            (Type::Proc(_) | Type::Pointer | Type::Ptr(_), Pointee::Number(number)) => {
                Ok(value(ty, ExprKind::Int(number.into())))
            }
            (Type::Proc(_), _) => self.routine(ty, address),
            (Type::CString, _) => {
                let text = self
                    .machine
                    .memory
                    .c_string(address)
                    .map_err(|bad| bad.to_string())?;
                Ok(value(ty, ExprKind::Str(text.into())))
            }
            _ => Err(self.cannot(ty)),
        }
    }

    fn routine(&self, ty: TypeId, code: u64) -> Result<Expr, String> {
        let routine = match self.machine.memory.pointee(code) {
            Pointee::Proc(proc) => self.lowering.routine_of(proc),
            _ => None,
        };
        let routine = routine.ok_or_else(|| self.cannot(ty))?;
        Ok(value(ty, ExprKind::Routine(routine)))
    }

    fn elements(&self, elem: TypeId, start: u64, len: u64) -> Result<Vec<Expr>, String> {
        let size = self.lowering.layouts().size(self.types, elem);
        (0..len)
            .map(|i| self.read(elem, start + i * size))
            .collect()
    }

    /// The fields of an object, its base's first, those of a variant as far as they exist.
    fn object(
        &self,
        ty: TypeId,
        address: u64,
        fields: &mut Vec<(TypeId, usize, Expr)>,
    ) -> Result<(), String> {
        let object = self.types.repr(ty);
        let (_, body) = self.types.object(object).ok_or_else(|| self.cannot(ty))?;
        if let Some(base) = body.base {
            self.object(base, address, fields)?;
        }
        let offsets = self.lowering.layouts().fields(self.types, object);
        for (index, field) in body.fields.iter().enumerate() {
            if let Some((discriminator, ranges)) = &field.when {
                let given = fields
                    .iter()
                    .rev()
                    .find(|(of, at, _)| (*of, *at) == (object, *discriminator));
                let exists = given.is_some_and(|(.., given)| match given.kind {
                    ExprKind::Int(is) => {
                        ranges.iter().any(|&(low, high)| (low..=high).contains(&is))
                    }
                    _ => false,
                });
                if !exists {
                    continue;
                }
            }
            let at = address + offsets.offsets[index];
            let read = match offsets.bits_of(index) {
                Some(bits) => self.read_bits(field.ty, at, bits)?,
                None => self.read(field.ty, at)?,
            };
            fields.push((object, index, read));
        }
        Ok(())
    }

    fn read_bits(&self, ty: TypeId, address: u64, bits: layout::Bits) -> Result<Expr, String> {
        let Kind::Scalar(scalar, signed) = layout::kind(self.types, ty) else {
            return Err(self.cannot(ty));
        };
        let high = self.load(address, scalar)? << (64 - bits.shift - bits.width);
        let kept = 64 - bits.width;
        let number = match signed {
            true => high as i64 >> kept,
            false => (high >> kept) as i64,
        };
        Ok(value(ty, ExprKind::Int(number)))
    }

    fn set(
        &self,
        ty: TypeId,
        elem: TypeId,
        has: impl Fn(u64) -> Result<bool, String>,
    ) -> Result<Expr, String> {
        let (low, bits) = layout::set_extent(self.types, ty);
        let mut elements = Vec::new();
        for bit in 0..bits {
            if has(bit)? {
                let element = ExprKind::Int(low + bit as i64);
                elements.push((value(elem, element), None));
            }
        }
        Ok(value(ty, ExprKind::Set(elements)))
    }
}
