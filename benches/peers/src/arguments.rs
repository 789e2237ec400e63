//! Arguments of growing size, and objects.

use std::path::Path;

use midair::source::Texts;
use midair::{Guest, Program};

use crate::c;
use crate::call::{roto, wasm};
use crate::measure::{Effort, Row, Table, add_column, rows, same, take_turns, whole};

/// Of an argument.
const SIZES: [usize; 7] = [16, 64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10];

/// A table whose columns are these sizes.
fn by_size(name: &'static str, title: &str, about: &str, all: Vec<Row>) -> Table {
    Table {
        name,
        title: title.into(),
        about: about.into(),
        unit: "ns",
        per: 1.0,
        base: "",
        axis: "bytes",
        columns: SIZES.map(|size| size as f64).to_vec(),
        rows: all,
    }
}

/// Long arguments take long where they are copied.
fn calls_for(size: usize, effort: Effort) -> i64 {
    (effort.calls * 64 / (64 + size as i64)).max(50)
}

const WAT: &str = "(module (memory (export \"memory\") 2)
    (func (export \"length\") (param i32 i32) (result i64) (i64.extend_i32_u (local.get 1))))";

pub fn strings(folder: &Path, effort: Effort) -> Table {
    let text = "
proc length*(s: string): int = s.len
proc lent*(s: openArray[byte]): int = s.len
var kept: string
proc keep*(s: string): int =
  kept = s
  kept.len
";
    let texts = Texts::new([("m.nim", text)]);
    let program = Program::builder().provider(texts).load("m.nim");
    let program = program.expect("it loads");
    let [length, keep] = ["length", "keep"].map(|name| {
        let handle = program.proc::<fn(&str) -> i64>("m", name);
        handle.expect("it is there")
    });

    let lent = program.proc::<fn(&[u8]) -> i64>("m", "lent");
    let lent = lent.expect("it is there");

    let text = "long length(const char *at, long bytes) { return bytes; }\n";
    let library = c::library(folder, "length", text);
    // SAFETY: the function has this type.
    let loaded = unsafe { library.get::<extern "C" fn(*const u8, i64) -> i64>(b"length") };
    let loaded = loaded.expect("it is there");

    let lua = mlua::Lua::new();
    let lua_length: mlua::Function = lua
        .load("return function(s) return #s end")
        .eval()
        .expect("it compiles");

    let rhai = rhai::Engine::new();
    let ast = rhai.compile("fn length(s) { s.bytes }");
    let (ast, mut scope) = (ast.expect("it compiles"), rhai::Scope::new());

    let text = "fn length(s: String) -> u64 { s.bytes().len() }\n";
    let mut package = roto(folder, &roto::Runtime::new(), text);
    let roto_length = package.get_function::<fn(roto::RotoString) -> u64>("length");
    let roto_length = roto_length.expect("it is there");

    let (mut store, instance) = wasm(&wasmtime::Engine::default(), (), WAT);
    let memory = instance.get_memory(&mut store, "memory");
    let memory = memory.expect("it is there");
    let wasm_length = instance.get_typed_func::<(i32, i32), i64>(&mut store, "length");
    let wasm_length = wasm_length.expect("it is there");

    let mut all = Vec::new();
    for (column, size) in SIZES.into_iter().enumerate() {
        let text = &*"midair ".repeat(size / 7 + 1)[..size].to_owned();
        let (calls, bytes) = (calls_for(size, effort), size as i64);
        let ways = vec![
            same("C library by dlopen", calls, bytes, || {
                loaded(text.as_ptr(), text.len() as i64)
            }),
            same("midair, `openArray[byte]`", calls, bytes, || {
                lent.call(text.as_bytes()).expect("it runs")
            }),
            same("midair, `string`", calls, bytes, || {
                length.call(text).expect("it runs")
            }),
            same(
                "midair, `string` that the guest keeps",
                calls,
                bytes,
                || keep.call(text).expect("it runs"),
            ),
            same("wasmtime, copied into its memory", calls, bytes, || {
                let wrote = memory.write(&mut store, 0, text.as_bytes());
                wrote.expect("it fits");
                let result = wasm_length.call(&mut store, (0, text.len() as i32));
                result.expect("it runs")
            }),
            same("roto", calls, bytes, || {
                roto_length.call(text.into()) as i64
            }),
            same("mlua with LuaJIT", calls, bytes, || {
                lua_length.call::<i64>(text).expect("it runs")
            }),
            same("rhai", calls, bytes, || {
                let args = (rhai::ImmutableString::from(text),);
                let result = rhai.call_fn::<i64>(&mut scope, &ast, "length", args);
                result.expect("it runs")
            }),
        ];
        add_column(&mut all, column, take_turns(ways, effort.rounds, calls));
    }
    by_size(
        "strings",
        "A text as argument",
        "From Rust's `&str` to its length in the guest. A `string` of Nim's has memory of its own, so midair makes one for the call; bytes are lent.",
        all,
    )
}

pub fn slices(folder: &Path, effort: Effort) -> Table {
    let text = "proc length*(s: openArray[int]): int = s.len\n";
    let texts = Texts::new([("m.nim", text)]);
    let program = Program::builder().provider(texts).load("m.nim");
    let program = program.expect("it loads");
    let length = program.proc::<fn(&[i64]) -> i64>("m", "length");
    let length = length.expect("it is there");

    let text = "long size(const long *at, long count) { return count; }\n";
    let library = c::library(folder, "size", text);
    // SAFETY: the function has this type.
    let loaded = unsafe { library.get::<extern "C" fn(*const i64, i64) -> i64>(b"size") };
    let loaded = loaded.expect("it is there");

    let lua = mlua::Lua::new();
    let lua_length: mlua::Function = lua
        .load("return function(s) return #s end")
        .eval()
        .expect("it compiles");

    let rhai = rhai::Engine::new();
    let ast = rhai.compile("fn length(s) { s.len }");
    let (ast, mut scope) = (ast.expect("it compiles"), rhai::Scope::new());

    let text = "fn length(s: List[i64]) -> u64 { s.len() }\n";
    let mut package = roto(folder, &roto::Runtime::new(), text);
    let roto_length = package.get_function::<fn(roto::List<i64>) -> u64>("length");
    let roto_length = roto_length.expect("it is there");

    let (mut store, instance) = wasm(&wasmtime::Engine::default(), (), WAT);
    let memory = instance.get_memory(&mut store, "memory");
    let memory = memory.expect("it is there");
    let wasm_length = instance.get_typed_func::<(i32, i32), i64>(&mut store, "length");
    let wasm_length = wasm_length.expect("it is there");

    let mut all = Vec::new();
    for (column, size) in SIZES.into_iter().enumerate() {
        let numbers: Vec<i64> = (0..size as i64 / 8).collect();
        let numbers = &*numbers;
        let (calls, count) = (calls_for(size, effort), numbers.len() as i64);
        let ways = vec![
            same("C library by dlopen", calls, count, || {
                loaded(numbers.as_ptr(), count)
            }),
            same("midair", calls, count, || {
                length.call(numbers).expect("it runs")
            }),
            same("wasmtime, copied into its memory", calls, count, || {
                // SAFETY: numbers are bytes too.
                let (_, bytes, _) = unsafe { numbers.align_to::<u8>() };
                memory.write(&mut store, 0, bytes).expect("it fits");
                let result = wasm_length.call(&mut store, (0, count as i32));
                result.expect("it runs")
            }),
            same("roto", calls, count, || {
                roto_length.call(roto::List::from(numbers)) as i64
            }),
            same("mlua with LuaJIT", calls, count, || {
                let table = lua.create_sequence_from(numbers.iter().copied());
                let result = lua_length.call::<i64>(table.expect("it is made"));
                result.expect("it runs")
            }),
            same("rhai", calls, count, || {
                let numbers = numbers.iter().map(|&number| number.into());
                let args = (numbers.collect::<rhai::Array>(),);
                let result = rhai.call_fn::<i64>(&mut scope, &ast, "length", args);
                result.expect("it runs")
            }),
        ];
        add_column(&mut all, column, take_turns(ways, effort.rounds, calls));
    }
    by_size(
        "slices",
        "A slice as argument",
        "From Rust's `&[i64]` to its length in the guest.",
        all,
    )
}

/// What moves.
#[derive(Guest, Clone, Copy, PartialEq)]
#[repr(C)]
struct Body {
    x: f64,
    y: f64,
    vx: f64,
    vy: f64,
}

impl Body {
    const START: Body = Body {
        x: 0.0,
        y: 0.0,
        vx: 1.0,
        vy: 2.0,
    };

    /// Both coordinates in one number.
    fn at(&self) -> i64 {
        (self.x + self.y) as i64
    }
}

impl mlua::UserData for Body {
    fn add_fields<F: mlua::UserDataFields<Body>>(fields: &mut F) {
        fields.add_field_method_get("x", |_, body| Ok(body.x));
        fields.add_field_method_get("y", |_, body| Ok(body.y));
        fields.add_field_method_get("vx", |_, body| Ok(body.vx));
        fields.add_field_method_get("vy", |_, body| Ok(body.vy));
        fields.add_field_method_set("x", |_, body, x| {
            body.x = x;
            Ok(())
        });
        fields.add_field_method_set("y", |_, body, y| {
            body.y = y;
            Ok(())
        });
    }
}

/// An object of the host that the guest changes: `x += vx; y += vy`.
pub fn objects(folder: &Path, effort: Effort) -> Table {
    let text = "
type Body = object
  x, y, vx, vy: float
proc step*(b: var Body) =
  b.x += b.vx
  b.y += b.vy
";
    let texts = Texts::new([("m.nim", text)]);
    let program = Program::builder().provider(texts).load("m.nim");
    let program = program.expect("it loads");
    let step = program.proc::<fn(&mut Body)>("m", "step");
    let step = step.expect("it is there");

    let text = "struct body { double x, y, vx, vy; };\nvoid move(struct body *b) { b->x += b->vx; b->y += b->vy; }\n";
    let library = c::library(folder, "move", text);
    // SAFETY: the function has this type.
    let loaded = unsafe { library.get::<extern "C" fn(&mut Body)>(b"move") };
    let loaded = loaded.expect("it is there");

    let lua = mlua::Lua::new();
    let text = "return function(b) b.x = b.x + b.vx; b.y = b.y + b.vy end";
    let lua_step: mlua::Function = lua.load(text).eval().expect("it compiles");

    let mut rhai = rhai::Engine::new();
    rhai.register_type_with_name::<Body>("Body")
        .register_get_set("x", |b: &mut Body| b.x, |b: &mut Body, x: f64| b.x = x)
        .register_get_set("y", |b: &mut Body| b.y, |b: &mut Body, y: f64| b.y = y)
        .register_get("vx", |b: &mut Body| b.vx)
        .register_get("vy", |b: &mut Body| b.vy);
    let ast = rhai.compile("fn step(b) { b.x += b.vx; b.y += b.vy; b }");
    let (ast, mut scope) = (ast.expect("it compiles"), rhai::Scope::new());

    let host = roto::library! {
        #[copy] type Body = roto::Val<Body>;
        impl roto::Val<Body> {
            fn x(b: roto::Val<Body>) -> f64 { b.x }
            fn y(b: roto::Val<Body>) -> f64 { b.y }
            fn vx(b: roto::Val<Body>) -> f64 { b.vx }
            fn vy(b: roto::Val<Body>) -> f64 { b.vy }
            fn to(b: roto::Val<Body>, x: f64, y: f64) -> roto::Val<Body> { roto::Val(Body { x, y, ..*b }) }
        }
    };
    let runtime = roto::Runtime::from_lib(host).expect("it registers");
    let text = "fn step(b: Body) -> Body { b.to(b.x() + b.vx(), b.y() + b.vy()) }\n";
    let mut package = roto(folder, &runtime, text);
    let roto_step = package.get_function::<fn(roto::Val<Body>) -> roto::Val<Body>>("step");
    let roto_step = roto_step.expect("it is there");

    let calls = effort.calls;
    let ways = vec![
        whole("C library by dlopen", 3 * calls, || {
            let mut body = Body::START;
            (0..calls).for_each(|_| loaded(&mut body));
            body.at()
        }),
        whole("midair, `&mut T`", 3 * calls, || {
            let mut body = Body::START;
            (0..calls).for_each(|_| step.call(&mut body).expect("it runs"));
            body.at()
        }),
        whole("roto, by value", 3 * calls, || {
            let mut body = Body::START;
            (0..calls).for_each(|_| body = *roto_step.call(roto::Val(body)));
            body.at()
        }),
        whole("mlua with LuaJIT, userdata", 3 * calls, || {
            let body = lua.create_userdata(Body::START).expect("it is made");
            for _ in 0..calls {
                lua_step.call::<()>(&body).expect("it runs");
            }
            body.borrow::<Body>().expect("nobody has it").at()
        }),
        whole("rhai, by value", 3 * calls, || {
            let mut body = Body::START;
            for _ in 0..calls {
                let result = rhai.call_fn::<Body>(&mut scope, &ast, "step", (body,));
                body = result.expect("it runs");
            }
            body.at()
        }),
    ];
    Table {
        name: "objects",
        title: "An object of the host as argument".into(),
        about: "Four numbers in a struct of the host, of which the guest changes two.".into(),
        unit: "ns",
        per: 1.0,
        base: "C library by dlopen",
        axis: "",
        columns: Vec::new(),
        rows: rows(take_turns(ways, effort.rounds, calls)),
    }
}
