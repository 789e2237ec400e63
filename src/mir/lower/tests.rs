//! Typed trees made by hand, lowered, verified and run in the interpreter. Every run must leave no block behind.

use std::sync::Arc;

use crate::mir::interp::{Captured, End, Image, Limits, Machine};
use crate::mir::lower::Lowering;
use crate::mir::{Ids, RtFn, verify};
use crate::sema::magic::Magic;
use crate::sema::typed::*;
use crate::sema::types::*;
use crate::source::{Name, Place};

/// A program under construction.
struct World {
    types: Types,
    hooks: Hooks,
    routines: Vec<Arc<Routine>>,
    globals: Vec<Arc<GlobalVar>>,
    exception: TypeId,
    exception_ref: TypeId,
}

/// A routine under construction.
struct Body {
    locals: Vec<Local>,
    params: Vec<LocalId>,
    result: Option<LocalId>,
    ret: TypeId,
}

fn e(kind: ExprKind, ty: TypeId) -> Expr {
    Expr {
        kind,
        ty,
        place: Place::default(),
    }
}
fn stmt(kind: ExprKind) -> Expr {
    e(kind, TypeId::VOID)
}
fn int(value: i64) -> Expr {
    e(ExprKind::Int(value), TypeId::INT)
}
fn text(text: &str) -> Expr {
    e(ExprKind::Str(text.as_bytes().into()), TypeId::STRING)
}
fn magic(magic: Magic, args: Vec<Expr>, ty: TypeId) -> Expr {
    e(ExprKind::Magic(magic, args), ty)
}
fn seq(parts: Vec<Expr>) -> Expr {
    stmt(ExprKind::Seq(parts))
}
fn assign(place: Expr, value: Expr) -> Expr {
    stmt(ExprKind::Assign(Box::new(place), Box::new(value)))
}
fn when(cond: Expr, then: Expr, els: Option<Expr>) -> Expr {
    let ty = then.ty;
    e(ExprKind::If(vec![(cond, then)], els.map(Box::new)), ty)
}
fn block(label: u32, body: Expr) -> Expr {
    stmt(ExprKind::Block(LabelId(label), Box::new(body)))
}
fn leave(label: u32) -> Expr {
    stmt(ExprKind::Break(LabelId(label)))
}

impl Body {
    fn new(ret: TypeId) -> Body {
        let mut body = Body {
            locals: Vec::new(),
            params: Vec::new(),
            result: None,
            ret,
        };
        if ret != TypeId::VOID {
            body.result = Some(body.local("result", ret, LocalKind::Result));
        }
        body
    }
    fn local(&mut self, name: &str, ty: TypeId, kind: LocalKind) -> LocalId {
        self.locals.push(Local {
            name: Name::new(name),
            ty,
            kind,
            captured: false,
            noinit: false,
            holds: None,
            spelled: ty.into(),
            place: Place::default(),
        });
        LocalId(self.locals.len() as u32 - 1)
    }
    fn param(&mut self, name: &str, ty: TypeId) -> LocalId {
        let id = self.local(name, ty, LocalKind::Param);
        self.params.push(id);
        id
    }
    fn var(&mut self, name: &str, ty: TypeId) -> LocalId {
        self.local(name, ty, LocalKind::Var)
    }
    fn get(&self, id: LocalId) -> Expr {
        e(ExprKind::Local(id), self.locals[id.0 as usize].ty)
    }
    fn declare(&self, id: LocalId, value: Option<Expr>) -> Expr {
        stmt(ExprKind::Let(id, value.map(Box::new)))
    }
    fn result(&self, value: Expr) -> Expr {
        assign(self.get(self.result.expect("has a result")), value)
    }
}

impl World {
    fn new() -> World {
        let mut types = Types::default();
        let field = |name: &str, ty| Field {
            name: Name::new(name),
            ty,
            spelled: TypeId::into(ty),
            exported: true,
            place: Place::default(),
            when: None,
            branches: None,
            default: None,
            bitsize: None,
            align: None,
            cursor: false,
            required: false,
            deprecated: false,
        };
        let body = ObjectBody {
            rtti: true,
            inheritable: true,
            fields: vec![field("msg", TypeId::STRING)],
            ..ObjectBody::default()
        };
        let exception = object(&mut types, "Exception", body);
        let exception_ref = types.intern(Type::Ref(exception));
        let mut world = World {
            types,
            hooks: Hooks::default(),
            routines: Vec::new(),
            globals: Vec::new(),
            exception,
            exception_ref,
        };
        let current = world.global("currException", exception_ref);
        world
            .hooks
            .system_globals
            .insert(Name::new("currException"), current);
        for name in [
            "raiseOverflow",
            "raiseDivByZero",
            "raiseNilAccess",
            "raiseReraise",
        ] {
            world.raiser(name, &[]);
        }
        world.raiser("raiseIndexError2", &[TypeId::INT, TypeId::INT]);
        world.raiser("raiseRangeErrorI", &[TypeId::INT; 3]);
        world
    }

    fn raiser(&mut self, name: &str, params: &[TypeId]) {
        let mut body = Body::new(TypeId::VOID);
        for &param in params {
            body.param("p", param);
        }
        let raise = self.raise(name);
        let id = self.routine(name, body, raise);
        self.hooks.system.insert(Name::new(name), id);
    }

    /// `raise (ref Exception)(msg: message)`
    fn raise(&self, message: &str) -> Expr {
        let object = ExprKind::Object(vec![(self.exception, 0, text(message))]);
        stmt(ExprKind::Raise(Some(Box::new(e(
            object,
            self.exception_ref,
        )))))
    }

    fn global(&mut self, name: &str, ty: TypeId) -> GlobalVarId {
        let id = GlobalVarId(self.globals.len() as u32);
        self.globals.push(Arc::new(GlobalVar {
            id,
            identity: name.into(),
            shown: name.into(),
            ty,
            is_let: false,
            nested: false,
            import: None,
            threadvar: false,
            compile_time: false,
            holds: None,
            spelled: ty.into(),
            place: Place::default(),
        }));
        id
    }

    fn routine(&mut self, name: &str, body: Body, code: Expr) -> RoutineId {
        self.make(name, body, code, RoutineKind::Proc)
    }

    fn make(&mut self, name: &str, body: Body, code: Expr, kind: RoutineKind) -> RoutineId {
        let id = RoutineId(self.routines.len() as u32);
        self.routines.push(Arc::new(Routine {
            id,
            identity: format!("{name}#{}", id.0).into(),
            name: Name::new(name),
            kind,
            conv: CallConv::Nimcall,
            params: body.params,
            ret: body.ret,
            result: body.result,
            locals: body.locals,
            body: Some(Arc::new(code)),
            import: None,
            parent: None,
            inline: false,
            noreturn: false,
            never_raises: false,
            declared: None,
            stand: Default::default(),
            checks: Checks::ON,
            place: Place::default(),
        }));
        id
    }

    /// `echo` of a string.
    fn echo(&self, value: Expr) -> Expr {
        let chars = self.chars(value.clone());
        let len = magic(Magic::Len, vec![value], TypeId::INT);
        let stream = e(ExprKind::Int(1), TypeId::INT32);
        seq(vec![
            magic(
                Magic::Runtime(RtFn::Write),
                vec![stream.clone(), chars, len],
                TypeId::VOID,
            ),
            magic(
                Magic::Runtime(RtFn::Write),
                vec![
                    stream,
                    e(ExprKind::Str((*b"\n").into()), TypeId::CSTRING),
                    int(1),
                ],
                TypeId::VOID,
            ),
        ])
    }

    fn chars(&self, value: Expr) -> Expr {
        magic(Magic::DataPtr, vec![value], TypeId::POINTER)
    }

    /// A fresh string with this text: `cast` of constants is shared, so it is copied and written to.
    fn fresh(&mut self) -> RoutineId {
        let mut body = Body::new(TypeId::STRING);
        let from = body.param("s", TypeId::STRING);
        let first = ExprKind::Index {
            base: Box::new(body.get(body.result.expect("result"))),
            index: Box::new(int(0)),
            checked: true,
        };
        let again = ExprKind::Index {
            base: Box::new(body.get(from)),
            index: Box::new(int(0)),
            checked: true,
        };
        let code = seq(vec![
            body.result(body.get(from)),
            assign(e(first, TypeId::CHAR), e(again, TypeId::CHAR)),
        ]);
        self.routine("fresh", body, code)
    }

    /// Runs `main` and gives what it wrote, then how it ended.
    fn run(&self, main: RoutineId) -> String {
        let (output, live) = self.run_counting(main);
        assert_eq!(live, 0, "blocks are left after\n{output}");
        output
    }

    fn run_counting(&self, main: RoutineId) -> (String, u64) {
        let ids = Ids::default();
        let routine = |id: RoutineId| self.routines.get(id.0 as usize).cloned();
        let global = |id: GlobalVarId| self.globals.get(id.0 as usize).cloned();
        let lowering = Lowering::new(&self.types, &ids, &self.hooks, &routine, &global);
        let module = CheckedModule {
            name: "m".into(),
            imports: Vec::new(),
            routines: self.routines.clone(),
            globals: self.globals.clone(),
            init: vec![TopLevel {
                routine: main,
                sets: Vec::new(),
                written: Written::default(),
                ends_group: true,
            }],
            ..CheckedModule::default()
        };
        let module = lowering
            .lower_module(&module)
            .expect("everything is supported");
        let image = Image::of([&module]);
        for proc in &module.procs {
            let dump = || crate::mir::text::print_proc(proc, &ids);
            verify(proc, &ids, &|id| image.sig(id))
                .unwrap_or_else(|errors| panic!("{}\n{}", errors.join("\n"), dump()));
        }
        let mut host = Captured::default();
        let mut machine = Machine::new(&ids, &image, &mut host, Limits::PROGRAM);
        let end = match machine.run_program([&module]) {
            Ok(end) => end,
            Err(fault) => {
                let all: Vec<String> = module
                    .procs
                    .iter()
                    .map(|proc| crate::mir::text::print_proc(proc, &ids))
                    .collect();
                panic!("{fault}\n{}", all.join("\n"))
            }
        };
        let ended = match end {
            End::Done => String::new(),
            End::Quit(status) => format!("quit {status}\n"),
            End::Raised(exception) => format!("raised {}\n", exception.message),
        };
        if machine.pending() != 0 {
            let destroyed = machine.take_pending();
            let _ = destroyed;
        }
        let live =
            machine.live_blocks() - u64::from(!ended.is_empty() && ended.starts_with("raised"));
        (host.text() + &ended, live)
    }
}

fn object(types: &mut Types, name: &str, body: ObjectBody) -> TypeId {
    let nominal = types.nominal(name, || Nominal {
        name: Name::new(name),
        module: "m".into(),
        args: Vec::new(),
        generic: None,
        pointer: 0,
        exported: true,
        borrows_fields: false,
        place: Place::default(),
        body: NominalBody::Pending,
    });
    let mut def = (**types.def(nominal)).clone();
    def.body = NominalBody::Object(body);
    types.define(nominal, Arc::new(def));
    types.intern(Type::Object(nominal))
}

#[test]
fn strings_are_copied_moved_and_destroyed() {
    let mut w = World::new();
    let fresh = w.fresh();
    let call = |s: &str| e(ExprKind::Call(fresh, vec![text(s)]), TypeId::STRING);
    let mut b = Body::new(TypeId::VOID);
    let (x, y) = (b.var("x", TypeId::STRING), b.var("y", TypeId::STRING));
    let code = seq(vec![
        b.declare(x, Some(call("one"))),
        b.declare(y, Some(b.get(x))),
        assign(b.get(x), call("two")),
        w.echo(b.get(x)),
        w.echo(b.get(y)),
        assign(b.get(y), b.get(y)),
        w.echo(b.get(y)),
        assign(b.get(x), b.get(y)),
        w.echo(b.get(x)),
        w.echo(call("temporary")),
        stmt(ExprKind::Discard(Box::new(call("dropped")))),
    ]);
    let main = w.routine("main", b, code);
    assert_eq!(w.run(main), "two\none\none\none\ntemporary\n");
}

#[test]
fn an_exception_destroys_what_was_built() {
    let mut w = World::new();
    let fresh = w.fresh();
    let call = |s: &str| e(ExprKind::Call(fresh, vec![text(s)]), TypeId::STRING);
    let fail = {
        let mut b = Body::new(TypeId::STRING);
        let n = b.param("n", TypeId::INT);
        let r = b.result(call("half"));
        let code = seq(vec![
            r,
            when(
                magic(Magic::Lt, vec![int(0), b.get(n)], TypeId::BOOL),
                w.raise("failed"),
                None,
            ),
        ]);
        w.routine("fail", b, code)
    };
    let failing = |n| e(ExprKind::Call(fail, vec![int(n)]), TypeId::STRING);
    let pair = w.types.intern(Type::Tuple(vec![
        (None, TypeId::STRING),
        (None, TypeId::STRING),
    ]));
    let list = w.types.intern(Type::Seq(TypeId::STRING));
    let mut b = Body::new(TypeId::VOID);
    let (t, l, s) = (
        b.var("t", pair),
        b.var("l", list),
        b.var("s", TypeId::STRING),
    );
    let attempt = |body: Vec<Expr>, w: &World| {
        stmt(ExprKind::Try {
            body: Box::new(seq(body)),
            excepts: vec![Except {
                types: vec![w.exception],
                binding: None,
                body: w.echo(text("caught")),
            }],
            finally: Some(Box::new(w.echo(text("finally")))),
        })
    };
    let tuple = |n| e(ExprKind::Tuple(vec![call("a"), failing(n)]), pair);
    let items = |n| {
        e(
            ExprKind::Array(vec![call("a"), failing(n), call("c")]),
            list,
        )
    };
    let code = seq(vec![
        b.declare(s, Some(call("keep"))),
        attempt(vec![b.declare(t, Some(tuple(1))), w.echo(text("no"))], &w),
        attempt(vec![b.declare(l, Some(items(1))), w.echo(text("no"))], &w),
        attempt(vec![assign(b.get(s), failing(1)), w.echo(text("no"))], &w),
        attempt(vec![b.declare(t, Some(tuple(0))), w.echo(text("fine"))], &w),
        w.echo(b.get(s)),
    ]);
    let main = w.routine("main", b, code);
    let expected = "caught\nfinally\ncaught\nfinally\ncaught\nfinally\nfine\nfinally\nkeep\n";
    assert_eq!(w.run(main), expected);
}

#[test]
fn finally_runs_on_every_way_out() {
    let mut w = World::new();
    let fresh = w.fresh();
    let call = |s: &str| e(ExprKind::Call(fresh, vec![text(s)]), TypeId::STRING);
    let mut b = Body::new(TypeId::INT);
    let way = b.param("way", TypeId::INT);
    let s = b.var("s", TypeId::STRING);
    let is = |n| magic(Magic::Eq, vec![b.get(way), int(n)], TypeId::BOOL);
    let inner = seq(vec![
        b.declare(s, Some(call("owned"))),
        when(is(0), leave(1), None),
        when(
            is(1),
            seq(vec![b.result(int(11)), stmt(ExprKind::Return)]),
            None,
        ),
        when(is(2), w.raise("out"), None),
        w.echo(text("fell out")),
    ]);
    let guarded = stmt(ExprKind::Try {
        body: Box::new(inner),
        excepts: Vec::new(),
        finally: Some(Box::new(w.echo(text("finally")))),
    });
    let code = seq(vec![
        block(1, guarded),
        w.echo(text("after")),
        b.result(int(5)),
    ]);
    let f = w.routine("f", b, code);
    let m = Body::new(TypeId::VOID);
    let go = |n| {
        stmt(ExprKind::Discard(Box::new(e(
            ExprKind::Call(f, vec![int(n)]),
            TypeId::INT,
        ))))
    };
    let code = seq(vec![go(0), go(1), go(3), go(2), w.echo(text("never"))]);
    let main = w.routine("main", m, code);
    let (output, _) = w.run_counting(main);
    assert_eq!(
        output,
        "finally\nafter\nfinally\nfell out\nfinally\nafter\nfinally\nraised out\n"
    );
}

#[test]
fn overflow_and_bounds_raise() {
    let mut w = World::new();
    let list = w.types.intern(Type::Seq(TypeId::INT));
    let mut b = Body::new(TypeId::VOID);
    let (n, l) = (b.var("n", TypeId::INT8), b.var("l", list));
    let items = e(ExprKind::Array(vec![int(4), int(5)]), list);
    let at = |i| {
        let base = Box::new(b.get(l));
        e(
            ExprKind::Index {
                base,
                index: Box::new(int(i)),
                checked: true,
            },
            TypeId::INT,
        )
    };
    let caught = |body: Expr, w: &World| {
        stmt(ExprKind::Try {
            body: Box::new(body),
            excepts: vec![Except {
                types: vec![w.exception],
                binding: None,
                body: w.echo(text("caught")),
            }],
            finally: None,
        })
    };
    let one = e(ExprKind::Int(1), TypeId::INT8);
    let code = seq(vec![
        b.declare(n, Some(e(ExprKind::Int(127), TypeId::INT8))),
        b.declare(l, Some(items)),
        caught(
            assign(
                b.get(n),
                magic(Magic::Add, vec![b.get(n), one], TypeId::INT8),
            ),
            &w,
        ),
        caught(assign(at(2), int(1)), &w),
        assign(at(1), magic(Magic::Mul, vec![at(0), int(10)], TypeId::INT)),
        when(
            magic(Magic::Eq, vec![at(1), int(40)], TypeId::BOOL),
            w.echo(text("forty")),
            None,
        ),
    ]);
    let main = w.routine("main", b, code);
    assert_eq!(w.run(main), "caught\ncaught\nforty\n");
}

#[test]
fn an_iterator_is_expanded_with_its_cleanups() {
    let mut w = World::new();
    let fresh = w.fresh();
    let call = |s: &str| e(ExprKind::Call(fresh, vec![text(s)]), TypeId::STRING);
    let mut it = Body::new(TypeId::STRING);
    it.result = None;
    it.locals.clear();
    let s = it.var("s", TypeId::STRING);
    let yields = |s: &str| stmt(ExprKind::Yield(Box::new(call(s))));
    let code = seq(vec![
        it.declare(s, Some(call("inside"))),
        stmt(ExprKind::Try {
            body: Box::new(seq(vec![yields("one"), yields("two"), yields("three")])),
            excepts: Vec::new(),
            finally: Some(Box::new(w.echo(it.get(s)))),
        }),
    ]);
    let iterator = w.make("it", it, code, RoutineKind::InlineIterator);
    let mut b = Body::new(TypeId::VOID);
    let (x, n) = (
        b.local("x", TypeId::STRING, LocalKind::Let),
        b.var("n", TypeId::INT),
    );
    let body = seq(vec![
        assign(
            b.get(n),
            magic(Magic::Add, vec![b.get(n), int(1)], TypeId::INT),
        ),
        w.echo(b.get(x)),
        when(
            magic(Magic::Eq, vec![b.get(n), int(2)], TypeId::BOOL),
            leave(1),
            None,
        ),
    ]);
    let looped = stmt(ExprKind::For {
        iterator,
        args: Vec::new(),
        vars: vec![x],
        body: Box::new(body),
    });
    let code = seq(vec![
        b.declare(n, Some(int(0))),
        block(1, looped),
        w.echo(text("end")),
    ]);
    let main = w.routine("main", b, code);
    assert_eq!(w.run(main), "one\ntwo\ninside\nend\n");
}

#[test]
fn closures_share_an_environment() {
    let mut w = World::new();
    let fresh = w.fresh();
    let call = |s: &str| e(ExprKind::Call(fresh, vec![text(s)]), TypeId::STRING);
    let closure = w.types.intern(Type::Proc(Arc::new(ProcType {
        params: Vec::new(),
        ret: TypeId::VOID,
        conv: CallConv::Closure,
        iterator: false,
        varargs: false,
        effects: None,
        defaults: None,
    })));
    // proc main = var s = fresh("a"); let f = proc() = echo s; s = fresh("b")
    let inner_id = RoutineId(w.routines.len() as u32);
    let outer_id = RoutineId(inner_id.0 + 1);
    let mut inner = Body::new(TypeId::VOID);
    let seen = inner.local("s", TypeId::STRING, LocalKind::Captured(LocalId(0)));
    let again = seq(vec![
        w.echo(inner.get(seen)),
        assign(inner.get(seen), call("c")),
    ]);
    w.routine("inner", inner, again);
    let nested = Arc::make_mut(&mut w.routines[inner_id.0 as usize]);
    nested.parent = Some(outer_id);
    nested.conv = CallConv::Closure;
    let mut b = Body::new(TypeId::VOID);
    let (s, f) = (
        b.var("s", TypeId::STRING),
        b.local("f", closure, LocalKind::Let),
    );
    b.locals[0].captured = true;
    let run = |b: &Body| stmt(ExprKind::CallValue(Box::new(b.get(f)), Vec::new()));
    let code = seq(vec![
        b.declare(s, Some(call("a"))),
        b.declare(f, Some(e(ExprKind::Routine(inner_id), closure))),
        run(&b),
        assign(b.get(s), call("b")),
        run(&b),
        w.echo(b.get(s)),
    ]);
    let main = w.routine("main", b, code);
    assert_eq!(main, outer_id);
    assert_eq!(w.run(main), "a\nb\nc\n");
}

#[test]
fn the_last_read_moves() {
    let mut w = World::new();
    let fresh = w.fresh();
    let call = |s: &str| e(ExprKind::Call(fresh, vec![text(s)]), TypeId::STRING);
    let sink = w.types.intern(Type::Sink(TypeId::STRING));
    let eat = {
        let mut b = Body::new(TypeId::STRING);
        let s = b.param("s", sink);
        let s = e(ExprKind::Local(s), sink);
        let code = b.result(s);
        w.routine("eat", b, code)
    };
    let eaten = |x: Expr| e(ExprKind::Call(eat, vec![x]), TypeId::STRING);
    let mut b = Body::new(TypeId::VOID);
    let (x, y, i) = (
        b.var("x", TypeId::STRING),
        b.var("y", TypeId::STRING),
        b.var("i", TypeId::INT),
    );
    let more = magic(Magic::Lt, vec![b.get(i), int(3)], TypeId::BOOL);
    let step = assign(
        b.get(i),
        magic(Magic::Add, vec![b.get(i), int(1)], TypeId::INT),
    );
    let looped = stmt(ExprKind::While(
        Box::new(more),
        Box::new(seq(vec![assign(b.get(y), eaten(b.get(x))), step])),
    ));
    let code = seq(vec![
        b.declare(x, Some(call("value"))),
        b.declare(y, None),
        b.declare(i, Some(int(0))),
        looped,
        w.echo(b.get(y)),
        assign(b.get(y), eaten(b.get(x))),
        w.echo(b.get(y)),
        assign(b.get(x), call("again")),
        w.echo(b.get(x)),
        when(
            magic(Magic::Eq, vec![b.get(i), int(3)], TypeId::BOOL),
            assign(b.get(y), eaten(b.get(x))),
            None,
        ),
        w.echo(b.get(y)),
    ]);
    let main = w.routine("main", b, code);
    assert_eq!(w.run(main), "value\nvalue\nagain\nagain\n");
}
