//! Compile-time values: what sema cannot fold is lowered and interpreted.
//!
//! In: a checked expression. Out: its value, as a constant tree. The expression becomes the body of a proc; what it calls is
//! lowered when the interpreter asks for it. Nothing of it is executed natively, and steps and memory are limited.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mir::interp::{Code, CompileTime, FaultKind, Limits, Machine, Outcome, memory::Pointee};
use crate::mir::lower::Lowering;
use crate::mir::lower::layout::{self, Kind};
use crate::mir::{DescId, GlobalId, Ids, Proc, ProcId, Scalar};
use crate::sema::program::{Evaluator, Sema};
use crate::sema::typed::{
    Checks, Expr, ExprKind, Local, LocalId, LocalKind, Routine, RoutineId, RoutineKind,
};
use crate::sema::types::{CallConv, Type, TypeId, Types};
use crate::source::{Name, Place};

/// Evaluates in the interpreter of MIR.
pub(super) struct Interpreter {
    ids: Arc<Ids>,
    executed: FxHashSet<RoutineId>,
}

/// The number of the routine that the expression becomes; sema never gets that far.
const ROUTINE: RoutineId = RoutineId(u32::MAX);

impl Interpreter {
    pub(super) fn new(ids: Arc<Ids>) -> Interpreter {
        Interpreter {
            ids,
            executed: FxHashSet::default(),
        }
    }
}

impl Evaluator for Interpreter {
    fn eval(&mut self, sema: &Sema, expr: &Expr, locals: &[Local]) -> Result<Expr, String> {
        let body = Arc::new(routine_of(expr, locals));
        let routine = |id| {
            if id == ROUTINE {
                Some(body.clone())
            } else {
                sema.routine(id)
            }
        };
        let global = |id| sema.global(id);
        let lowering = Lowering::new(&sema.types, &self.ids, &sema.hooks, &routine, &global);
        let code = OnDemand {
            lowering: &lowering,
            routine: &routine,
            procs: RefCell::default(),
            executed: RefCell::new(&mut self.executed),
        };
        let mut host = CompileTime;
        let mut machine = Machine::new(&self.ids, &code, &mut host, Limits::COMPILE_TIME);
        let entry = lowering.proc_id(ROUTINE);
        let kind = layout::kind(&sema.types, expr.ty);
        let result = match kind {
            Kind::Memory => {
                let size = lowering.layouts().size(&sema.types, expr.ty);
                machine
                    .host_block(size.max(1))
                    .ok_or("not enough memory at compile time")?
            }
            _ => 0,
        };
        let args = if kind == Kind::Memory {
            vec![result]
        } else {
            Vec::new()
        };
        let bits = match machine.call(entry, &args) {
            Ok(Outcome::Returned(bits)) => bits,
            Ok(Outcome::Raised) => {
                let exception = machine.exception(machine.pending());
                let (message, name) = (exception.message, exception.type_name);
                return Err(format!(
                    "unhandled exception at compile time: {message} [{name}]"
                ));
            }
            Err(fault) => {
                return Err(match fault.kind {
                    FaultKind::Limit => format!(
                        "the computation at compile time does not end: {}",
                        fault.message
                    ),
                    _ => fault.message,
                });
            }
        };
        let reader = Reader {
            types: &sema.types,
            lowering: &lowering,
            machine: &machine,
        };
        match kind {
            Kind::Unit => Ok(value(expr.ty, ExprKind::Nop)),
            Kind::Scalar(scalar, signed) => reader.scalar(expr.ty, bits, scalar, signed),
            Kind::Pair => Err("an openArray cannot be kept beyond compile time".into()),
            Kind::Memory => {
                let tree = reader.read(expr.ty, result)?;
                Ok(match tree.kind {
                    ExprKind::Str(_) | ExprKind::Nil => tree,
                    _ => value(expr.ty, ExprKind::Const(Arc::new(tree))),
                })
            }
        }
    }

    fn executed(&mut self) -> FxHashSet<RoutineId> {
        std::mem::take(&mut self.executed)
    }

    fn layout(&self, types: &Types, ty: TypeId) -> Option<(u32, u32)> {
        let (size, align) = layout::Layouts::default().size_align(types, ty);
        Some((u32::try_from(size).ok()?, align))
    }

    fn offset(&self, types: &Types, ty: TypeId, field: usize) -> Option<u64> {
        Some(layout::offset_of(types, ty, field))
    }
}

/// A proc that gives the value of `expr`.
fn routine_of(expr: &Expr, locals: &[Local]) -> Routine {
    let has_value = expr.ty != TypeId::VOID;
    let number = LocalId(locals.len() as u32);
    let mut locals = locals.to_vec();
    let result = Local {
        name: Name::new("result"),
        ty: expr.ty,
        kind: LocalKind::Result,
        captured: false,
        noinit: false,
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
        id: ROUTINE,
        identity: "static".into(),
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
        checks: Checks::ON,
        place: expr.place,
    }
}

/// Lowers what the interpreter asks for.
struct OnDemand<'a> {
    lowering: &'a Lowering<'a>,
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
        self.executed.borrow_mut().insert(routine.id);
        // What cannot be lowered is refused where it is declared; here it is as if it were not there.
        let made = self.lowering.lower_routine(&routine).ok()?;
        let mut procs = self.procs.borrow_mut();
        procs.extend(made.into_iter().map(|proc| (proc.id, proc)));
        procs.get(&id).cloned()
    }

    fn global(&self, _: GlobalId) -> Option<DescId> {
        None
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
        if address == 0 {
            return Ok(value(ty, ExprKind::Nil));
        }
        match self.types.get(self.types.repr(ty)) {
            Type::Proc(_) => self.routine(ty, address),
            Type::CString => {
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
            let read = self.read(field.ty, address + offsets.offsets[index])?;
            fields.push((object, index, read));
        }
        Ok(())
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
