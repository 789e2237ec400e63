//! Calls of a C library that the test builds: objects by value, variable arguments, callbacks with user data, arrays.

use std::path::PathBuf;
use std::process::Command;

use midair::Program;
use midair::source::Texts;

const C: &str = r#"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct { uint8_t r, g, b, a; } Color;
typedef struct { int x, y; } Point;
typedef struct { float x, y; } Vec2;
typedef struct { float x, y, z; } Vec3;
typedef struct { double x; int64_t n; } Mixed;
typedef struct { int64_t n; float f; } Mixed2;
typedef struct { double x, y; } Pair;
typedef struct { int64_t a, b, c; } Big;
typedef struct { char text[11]; } Odd;

uint32_t color_code(Color c) { return c.r | c.g << 8 | c.b << 16 | (uint32_t)c.a << 24; }
Color color_make(int r, int g, int b) { Color c = { r, g, b, 255 }; return c; }
Point point_add(Point a, Point b) { Point p = { a.x + b.x, a.y + b.y }; return p; }
Vec2 vec2_scale(Vec2 v, float by) { Vec2 r = { v.x * by, v.y * by }; return r; }
Vec3 vec3_add(Vec3 a, Vec3 b) { Vec3 r = { a.x + b.x, a.y + b.y, a.z + b.z }; return r; }
Mixed mixed_next(Mixed m) { Mixed r = { m.x + 0.5, m.n + 1 }; return r; }
Mixed2 mixed2_next(Mixed2 m) { Mixed2 r = { m.n + 1, m.f + 0.5f }; return r; }
Pair pair_swap(Pair p) { Pair r = { p.y, p.x }; return r; }
Big big_make(int64_t a, Big b, double x) { Big r = { a + b.a, b.b, b.c + (int64_t)x }; return r; }
Odd odd_turn(Odd o) { Odd r; for (int i = 0; i < 10; i++) r.text[i] = o.text[9 - i]; r.text[10] = 0; return r; }
int64_t crowded(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, Point p, Mixed2 m, Big g, int64_t f) {
  return a + b + c + d + e + p.x + p.y + m.n + (int64_t)m.f + g.a + g.b + g.c + f;
}
double sum_of(int count, ...) {
  va_list list; va_start(list, count); double sum = 0;
  for (int i = 0; i < count; i++) sum += va_arg(list, double);
  va_end(list); return sum;
}
int64_t visit(int64_t *values, int64_t count, int64_t (*f)(int64_t, void *), void *user) {
  int64_t sum = 0;
  for (int64_t i = 0; i < count; i++) sum += f(values[i], user);
  return sum;
}
int64_t lengths(const char **texts, int count) {
  int64_t sum = 0;
  for (int i = 0; i < count; i++) sum += strlen(texts[i]);
  return sum;
}
"#;

const NIM: &str = r#"
const lib = "LIBRARY"
type
  Color {.bycopy.} = object
    r, g, b, a: uint8
  Point {.bycopy.} = object
    x, y: cint
  Vec2 {.bycopy.} = object
    x, y: cfloat
  Vec3 {.bycopy.} = object
    x, y, z: cfloat
  Mixed {.bycopy.} = object
    x: cdouble
    n: int64
  Mixed2 {.bycopy.} = object
    n: int64
    f: cfloat
  Pair {.bycopy.} = object
    x, y: cdouble
  Big {.bycopy.} = object
    a, b, c: int64
  Odd {.bycopy.} = object
    text: array[11, char]

{.push cdecl, dynlib: lib.}
proc colorCode(c: Color): uint32 {.importc: "color_code".}
proc colorMake(r, g, b: cint): Color {.importc: "color_make".}
proc pointAdd(a, b: Point): Point {.importc: "point_add".}
proc vec2Scale(v: Vec2, by: cfloat): Vec2 {.importc: "vec2_scale".}
proc vec3Add(a, b: Vec3): Vec3 {.importc: "vec3_add".}
proc mixedNext(m: Mixed): Mixed {.importc: "mixed_next".}
proc mixed2Next(m: Mixed2): Mixed2 {.importc: "mixed2_next".}
proc pairSwap(p: Pair): Pair {.importc: "pair_swap".}
proc bigMake(a: int64, b: Big, x: cdouble): Big {.importc: "big_make".}
proc oddTurn(o: Odd): Odd {.importc: "odd_turn".}
proc crowded(a, b, c, d, e: int64, p: Point, m: Mixed2, g: Big, f: int64): int64 {.importc.}
proc sumOf(count: cint): cdouble {.importc: "sum_of", varargs.}
proc visit(values: ptr int64, count: int64, f: proc (x: int64, user: pointer): int64 {.cdecl.}, user: pointer): int64 {.importc.}
proc lengths(texts: ptr cstring, count: cint): int64 {.importc.}
{.pop.}

proc addUser(x: int64, user: pointer): int64 {.cdecl.} =
  let total = cast[ptr int64](user)
  total[] += x
  if x == 13: raise newException(ValueError, "thirteen")
  x * 2

proc all*(): string =
  result.add $colorCode(Color(r: 1, g: 2, b: 3, a: 4)) & " "
  result.add $colorMake(10, 20, 30) & " "
  result.add $pointAdd(Point(x: 1, y: -2), Point(x: 10, y: 20)) & " "
  result.add $vec2Scale(Vec2(x: 1.5, y: 2.0), 2.0) & " "
  result.add $vec3Add(Vec3(x: 1, y: 2, z: 3), Vec3(x: 0.5, y: 0.25, z: 0.125)) & " "
  result.add $mixedNext(Mixed(x: 1, n: 41)) & " "
  result.add $mixed2Next(Mixed2(n: 41, f: 1)) & " "
  result.add $pairSwap(Pair(x: 1, y: 2)) & " "
  result.add $bigMake(1, Big(a: 10, b: 20, c: 30), 2.5) & " "
  var odd: Odd
  for i, c in "0123456789": odd.text[i] = c
  result.add $cast[cstring](addr odd.text) & " "
  var turned = oddTurn(odd)
  result.add $cast[cstring](addr turned.text) & " "
  result.add $crowded(1, 2, 3, 4, 5, Point(x: 10, y: 20), Mixed2(n: 100, f: 200), Big(a: 1000, b: 2000, c: 3000), 6) & " "
  result.add $sumOf(3, 0.5, 1.25'f32.float, 2.0) & " "
  var values = [1'i64, 2, 3]
  var total = 100'i64
  result.add $visit(addr values[0], 3, addUser, addr total) & " " & $total & " "
  var texts = [cstring"ab", cstring"", cstring"cde"]
  result.add $lengths(addr texts[0], 3)
  discard colorMake(1, 2, 3)

proc raising*(): int64 =
  var values = [1'i64, 13, 3]
  var total = 0'i64
  visit(addr values[0], 3, addUser, addr total)
"#;

/// Builds `C` with C's compiler, as a library of this name.
fn build(name: &str, source: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("midair-c-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let (text, library) = (dir.join("lib.c"), dir.join(format!("lib{name}.so")));
    std::fs::write(&text, source).unwrap();
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(&text);
    assert!(cc.status().expect("cc is installed").success());
    library
}

fn library() -> PathBuf {
    build("probe", C)
}

fn load(text: &str) -> Program {
    let texts = Texts::new([("main.nim", text)]);
    let loaded = Program::builder().provider(texts).load("main.nim");
    loaded.unwrap_or_else(|error| panic!("{error}"))
}

#[cfg(target_arch = "x86_64")]
#[test]
fn objects_travel_by_value_as_c_passes_them() {
    let library = library();
    let text = NIM.replace("LIBRARY", library.to_str().unwrap());
    let program = load(&text);
    let all = program.proc::<fn() -> String>("main", "all").unwrap();
    let expected = "67305985 (r: 10, g: 20, b: 30, a: 255) (x: 11, y: 18) (x: 3.0, y: 4.0) \
                    (x: 1.5, y: 2.25, z: 3.125) (x: 1.5, n: 42) (n: 42, f: 1.5) (x: 2.0, y: 1.0) \
                    (a: 11, b: 20, c: 32) 0123456789 9876543210 6351 3.75 12 106 5";
    assert_eq!(all.call().unwrap(), expected);
    let raising = program.proc::<fn() -> i64>("main", "raising").unwrap();
    assert_eq!(
        raising.call().unwrap_err().exception(),
        Some(("ValueError", "thirteen"))
    );
    std::fs::remove_dir_all(library.parent().unwrap()).unwrap();
}

const POINTERS_C: &str = r#"
#include <stdint.h>
typedef struct { float x, y; } Vec2;
typedef struct { double x; int64_t n; } Mixed;
typedef struct { int64_t a, b, c; } Big;
typedef struct { int64_t a, b, c, d; } Huge;

typedef Vec2 (*vec2_op)(Vec2, float);
typedef Mixed (*mixed_op)(Mixed, int8_t);
typedef Big (*big_op)(Big, Mixed);
typedef struct { vec2_op turn; mixed_op next; big_op add; int64_t (*sum)(Huge); int64_t (*sum_at)(const Huge *); } Table;

static Vec2 turn(Vec2 v, float by) { Vec2 r = { -v.y * by, v.x * by }; return r; }
static Mixed next(Mixed m, int8_t by) { Mixed r = { m.x + by, m.n + by }; return r; }
static Big add(Big b, Mixed m) { Big r = { b.a + m.n, b.b + (int64_t)m.x, b.c }; return r; }
static int64_t sum(Huge h) { return h.a + h.b + h.c + h.d; }
static int64_t sum_at(const Huge *h) { return h->a * h->b * h->c * h->d; }

void table(Table *t) { t->turn = turn; t->next = next; t->add = add; t->sum = sum; t->sum_at = sum_at; }
Vec2 vec2_turn(Vec2 v, float by) { return turn(v, by); }
Big big_add(Big b, Mixed m) { return add(b, m); }
float apply(vec2_op op, float x, float y) { Vec2 v = { x, y }; v = op(v, 2); return v.x * 100 + v.y; }
int64_t apply_big(big_op op) { Big b = { 1, 2, 3 }; Mixed m = { 10, 100 }; b = op(b, m); return b.a * 10000 + b.b * 100 + b.c; }
int64_t total(const int32_t values[4]) { return values[0] + values[1] + values[2] + values[3]; }
"#;

const POINTERS_NIM: &str = r#"
{.passL: "LIBRARY".}
type
  Vec2 {.bycopy.} = object
    x, y: cfloat
  Mixed {.bycopy.} = object
    x: cdouble
    n: int64
  Big {.bycopy.} = object
    a, b, c: int64
  Huge {.bycopy.} = object
    a, b, c, d: int64
  HugeAt = object
    a, b, c, d: int64
  Turn = proc (v: Vec2, by: cfloat): Vec2 {.cdecl.}
  Table = object
    turn: Turn
    next: proc (m: Mixed, by: int8): Mixed {.cdecl.}
    add: proc (b: Big, m: Mixed): Big {.cdecl.}
    sum: proc (h: Huge): int64 {.cdecl.}
    sumAt: proc (h: HugeAt): int64 {.cdecl.}

proc table(t: ptr Table) {.importc.}
proc vec2Turn(v: Vec2, by: cfloat): Vec2 {.importc: "vec2_turn".}
proc bigAdd(b: Big, m: Mixed): Big {.importc: "big_add", cdecl.}
proc apply(op: Turn, x, y: cfloat): cfloat {.importc.}
proc applyBig(op: proc (b: Big, m: Mixed): Big {.cdecl.}): int64 {.importc: "apply_big".}
proc total(values: array[4, int32]): int64 {.importc.}

proc mirrored(v: Vec2, by: cfloat): Vec2 {.cdecl.} = Vec2(x: v.y, y: v.x)
proc refused(v: Vec2, by: cfloat): Vec2 {.cdecl.} =
  if by > 1: raise newException(ValueError, "too far")
  v
proc sumHere(h: HugeAt): int64 {.cdecl.} = h.a + h.d

proc all*(): string =
  var t: Table
  table(addr t)
  # Functions of the library, by pointers that it gave.
  result.add $t.turn(Vec2(x: 1, y: 2), 3) & " "
  result.add $t.next(Mixed(x: 0.5, n: 7), -2) & " "
  result.add $t.add(Big(a: 1, b: 2, c: 3), Mixed(x: 10, n: 100)) & " "
  result.add $t.sum(Huge(a: 1, b: 2, c: 3, d: 4)) & " "
  result.add $t.sumAt(HugeAt(a: 1, b: 2, c: 3, d: 4)) & " "
  # Imported functions as values, called here and given back to C.
  var turn: Turn = vec2Turn
  result.add $turn(Vec2(x: 1, y: 2), 1) & " "
  result.add $apply(vec2Turn, 1, 2) & " " & $applyBig(bigAdd) & " "
  # Procs of Nim's, through the same type.
  turn = mirrored
  result.add $turn(Vec2(x: 1, y: 2), 1) & " " & $apply(turn, 1, 2) & " "
  t.sumAt = sumHere
  result.add $t.sumAt(HugeAt(a: 10, d: 4)) & " "
  result.add $total([1'i32, 2, 3, 4])

proc raising*(): int =
  let turn: Turn = refused
  discard turn(Vec2(), 1)
  try: discard turn(Vec2(), 2)
  except ValueError: return 1
"#;

#[cfg(target_arch = "x86_64")]
#[test]
fn pointers_to_functions_take_and_give_objects() {
    let library = build("pointers", POINTERS_C);
    let program = load(&POINTERS_NIM.replace("LIBRARY", library.to_str().unwrap()));
    let all = program.proc::<fn() -> String>("main", "all").unwrap();
    let expected = "(x: -6.0, y: 3.0) (x: -1.5, n: 5) (a: 101, b: 12, c: 3) 10 24 (x: -2.0, y: 1.0) \
                    -398.0 1011203 (x: 2.0, y: 1.0) 201.0 14 10";
    assert_eq!(all.call().unwrap(), expected);
    let raising = program.proc::<fn() -> i64>("main", "raising").unwrap();
    assert_eq!(raising.call().unwrap(), 1);
    std::fs::remove_dir_all(library.parent().unwrap()).unwrap();
}

const LINKED_NIM: &str = r#"
type Vec2 {.bycopy.} = object
  x, y: cfloat
proc vec2Turn(v: Vec2, by: cfloat): Vec2 {.importc: "vec2_turn".}
proc cos(x: cdouble): cdouble {.importc, header: "<math.h>".}
proc turned*(): float = vec2Turn(Vec2(x: 1, y: 2), 1).y + cos(0)
"#;

#[cfg(target_arch = "x86_64")]
#[test]
fn the_host_says_what_the_program_is_linked_with() {
    let library = build("linked", POINTERS_C);
    let texts = Texts::new([("main.nim", LINKED_NIM)]);
    let builder = Program::builder().provider(texts.clone());
    let program = builder.link(library.to_str().unwrap()).unwrap();
    let program = program.load("main.nim").unwrap();
    let turned = program.proc::<fn() -> f64>("main", "turned").unwrap();
    assert_eq!(turned.call().unwrap(), 2.0);
    let wrong = Program::builder().link("-lfoo main.o").err().unwrap();
    assert!(wrong.to_string().contains("main.o"), "{wrong}");
    std::fs::remove_dir_all(library.parent().unwrap()).unwrap();
}

const BITS_C: &str = r#"
#include <stdint.h>
#include <stdbool.h>
typedef struct { unsigned kind : 3; int delta : 5; bool on : 1; unsigned long long id : 40; uint16_t rest; } Flags;
typedef struct { uint8_t a : 3, b : 6, c : 7; } Bytes;
typedef struct { char first; unsigned x : 7; unsigned y : 25; unsigned z : 8; char last; } Mixed;
typedef union { unsigned low : 4; uint32_t all; } Either;

int sizes(int which) {
  switch (which) {
    case 0: return sizeof(Flags); case 1: return sizeof(Bytes); case 2: return sizeof(Mixed); default: return sizeof(Either);
  }
}
Flags flags_make(int k, int d, bool on, unsigned long long id, int rest) { Flags f = { k, d, on, id, rest }; return f; }
int64_t flags_sum(const Flags *f) { return f->kind * 1000000 + f->delta * 10000 + f->on * 1000 + f->rest; }
unsigned long long flags_id(Flags f) { return f.id; }
void bytes_turn(Bytes *b) { unsigned a = b->a; b->a = b->b; b->b = b->c; b->c = a; }
int mixed_sum(Mixed m) { return m.first + m.x * 10 + m.y * 100 + m.z * 1000 + m.last; }
uint32_t either_low(Either e) { return e.low; }
"#;

const BITS_NIM: &str = r#"
{.passL: "LIBRARY".}
type
  Flags = object
    kind {.bitsize: 3.}: cuint
    delta {.bitsize: 5.}: cint
    on {.bitsize: 1.}: bool
    id {.bitsize: 40.}: uint64
    rest: uint16
  Bytes = object
    a {.bitsize: 3.}, b {.bitsize: 6.}, c {.bitsize: 7.}: uint8
  Mixed = object
    first: int8
    x {.bitsize: 7.}: cuint
    y {.bitsize: 25.}: cuint
    z {.bitsize: 8.}: cuint
    last: int8
  Either {.union.} = object
    low {.bitsize: 4.}: cuint
    all: uint32

proc sizes(which: cint): cint {.importc.}
proc flagsMake(kind, delta: cint, on: bool, id: uint64, rest: cint): Flags {.importc: "flags_make".}
proc flagsSum(f: ptr Flags): int64 {.importc: "flags_sum".}
proc flagsId(f: Flags): uint64 {.importc: "flags_id".}
proc bytesTurn(b: ptr Bytes) {.importc: "bytes_turn".}
proc mixedSum(m: Mixed): cint {.importc: "mixed_sum".}
proc eitherLow(e: Either): uint32 {.importc: "either_low".}

var kept: Flags

proc all*(): string =
  for i, size in [sizeof(Flags), sizeof(Bytes), sizeof(Mixed), sizeof(Either)]:
    result.add $(size == int(sizes(cint(i)))) & " "
  kept = flagsMake(5, -7, true, 0xab_cdef_0123'u64, 77)
  result.add $kept & " " & $flagsSum(addr kept) & " "
  kept.kind = 2
  kept.delta += 10
  kept.on = false
  kept.id = 1'u64 shl 39
  result.add $flagsSum(addr kept) & " " & $(flagsId(kept) shr 39) & " "
  var b = Bytes(a: 5, b: 3, c: 100)
  bytesTurn(addr b)
  result.add $b & " "
  result.add $mixedSum(Mixed(first: 1, x: 2, y: 3, z: 4, last: 5)) & " "
  result.add $eitherLow(Either(all: 0xff))
"#;

#[cfg(target_arch = "x86_64")]
#[test]
fn bit_fields_lie_where_c_has_them_and_linked_libraries_are_found() {
    let library = build("bits", BITS_C);
    let program = load(&BITS_NIM.replace("LIBRARY", library.to_str().unwrap()));
    let all = program.proc::<fn() -> String>("main", "all").unwrap();
    let expected = "true true true true (kind: 5, delta: -7, on: true, id: 737894400291, rest: 77) 4931077 \
                    2030077 1 (a: 3, b: 36, c: 5) 4326 15";
    assert_eq!(all.call().unwrap(), expected);

    // The same by a name and a directory, and a library that is not there.
    let named = format!("-lm -L{} -lbits", library.parent().unwrap().display());
    let program = load(&BITS_NIM.replace("LIBRARY", &named));
    let all = program.proc::<fn() -> String>("main", "all").unwrap();
    assert_eq!(all.call().unwrap(), expected);
    let program = load(&BITS_NIM.replace("LIBRARY", "-lmidair-has-no-such"));
    let all = program.proc::<fn() -> String>("main", "all").unwrap();
    let error = all.call().unwrap_err();
    let (name, text) = error.exception().unwrap();
    assert_eq!(name, "LibraryError");
    assert!(
        text.contains("sizes") && text.contains("libmidair-has-no-such.so"),
        "{text}"
    );
    std::fs::remove_dir_all(library.parent().unwrap()).unwrap();
}

const CALLBACKS_C: &str = r#"
#include <stdint.h>
typedef struct { uint8_t r, g, b, a; } Color;
typedef struct { float x, y, z; } Vec3;
typedef struct { double x; int64_t n; } Mixed;
typedef struct { int64_t a, b, c; } Big;

typedef Color (*ColorFn)(Color, int);
typedef Vec3 (*Vec3Fn)(Vec3, double);
typedef Mixed (*MixedFn)(Mixed, Mixed);
typedef Big (*BigFn)(int64_t, Big, double, Big);
typedef int64_t (*CrowdedFn)(int64_t, int64_t, int64_t, int64_t, int64_t, Mixed, Color, Big, int64_t);

int64_t with_color(ColorFn f) { Color c = { 1, 2, 3, 4 }; c = f(c, 10); return c.r * 1000 + c.g * 100 + c.b * 10 + c.a; }
double with_vec3(Vec3Fn f) { Vec3 v = { 1, 2, 3 }; v = f(v, 2); return v.x + v.y * 10 + v.z * 100; }
double with_mixed(MixedFn f) { Mixed a = { 0.5, 1 }, b = { 0.25, 2 }; a = f(a, b); return a.x + a.n; }
int64_t with_big(BigFn f) {
  Big x = { 1, 2, 3 }, y = { 10, 20, 30 }, r = f(5, x, 2.5, y);
  return r.a * 10000 + r.b * 100 + r.c;
}
int64_t with_crowded(CrowdedFn f) {
  Mixed m = { 7.5, 8 }; Color c = { 9, 10, 11, 12 }; Big b = { 13, 14, 15 };
  return f(1, 2, 3, 4, 5, m, c, b, 16);
}
"#;

const CALLBACKS_NIM: &str = r#"
const lib = "LIBRARY"
type
  Color {.bycopy.} = object
    r, g, b, a: uint8
  Vec3 {.bycopy.} = object
    x, y, z: cfloat
  Mixed {.bycopy.} = object
    x: cdouble
    n: int64
  Big {.bycopy.} = object
    a, b, c: int64
{.push cdecl, dynlib: lib.}
proc withColor(f: proc (c: Color, n: cint): Color {.cdecl.}): int64 {.importc: "with_color".}
proc withVec3(f: proc (v: Vec3, by: cdouble): Vec3 {.cdecl.}): cdouble {.importc: "with_vec3".}
proc withMixed(f: proc (a, b: Mixed): Mixed {.cdecl.}): cdouble {.importc: "with_mixed".}
proc withBig(f: proc (a: int64, x: Big, d: cdouble, y: Big): Big {.cdecl.}): int64 {.importc: "with_big".}
proc withCrowded(f: proc (a, b, c, d, e: int64, m: Mixed, k: Color, g: Big, z: int64): int64 {.cdecl.}): int64 {.importc: "with_crowded".}
{.pop.}

var fail*: bool
proc color(c: Color, n: cint): Color {.cdecl.} =
  if fail: raise newException(ValueError, "no colour")
  Color(r: c.r + 1, g: c.g + 1, b: c.b + 1, a: uint8(n) - c.a)
proc vec3(v: Vec3, by: cdouble): Vec3 {.cdecl.} = Vec3(x: v.x * by.float32, y: v.y * by.float32, z: v.z * by.float32)
proc mixed(a, b: Mixed): Mixed {.cdecl.} = Mixed(x: a.x + b.x, n: a.n + b.n)
proc big(a: int64, x: Big, d: cdouble, y: Big): Big {.cdecl.} =
  if fail: raise newException(ValueError, "too big")
  Big(a: a + x.a + y.a, b: x.b + y.b, c: x.c + y.c + int64(d))
proc crowded(a, b, c, d, e: int64, m: Mixed, k: Color, g: Big, z: int64): int64 {.cdecl.} =
  a + b + c + d + e + int64(m.x * 2) + m.n + int64(k.r) + int64(k.a) + g.a + g.b + g.c + z

proc all*(): string =
  $withColor(color) & " " & $withVec3(vec3) & " " & $withMixed(mixed) & " " & $withBig(big) & " " & $withCrowded(crowded)
proc onlyBig*(): int64 = withBig(big)
proc onlyColor*(): int64 = withColor(color)
proc direct*(c: Color): Color {.cdecl.} = color(c, 100)
"#;

#[derive(midair::Guest, Clone, Copy, PartialEq, Debug)]
#[repr(C)]
struct Color {
    r: u8,
    g: u8,
    b: u8,
    a: u8,
}

#[cfg(target_arch = "x86_64")]
#[test]
#[allow(unsafe_code)] // calls a plain address of a proc of a program that lives
fn callbacks_take_and_give_objects_by_value() {
    let library = build("callbacks", CALLBACKS_C);
    let program = load(&CALLBACKS_NIM.replace("LIBRARY", library.to_str().unwrap()));
    let all = program.proc::<fn() -> String>("main", "all").unwrap();
    assert_eq!(all.call().unwrap(), "2346 642.0 3.75 162235 117");

    type Direct = unsafe extern "C" fn(Color) -> Color;
    let direct = program.c_function::<Direct>("main", "direct").unwrap();
    let color = |r, g, b, a| Color { r, g, b, a };
    // SAFETY: the program lives.
    let called = |color| unsafe { direct(color) };
    assert_eq!(called(color(1, 2, 3, 4)), color(2, 3, 4, 96));

    // One that fails gives zeros to C, and the exception comes out of the call around.
    program
        .global::<bool>("main", "fail")
        .unwrap()
        .set(&true)
        .unwrap();
    for (name, text) in [("onlyBig", "too big"), ("onlyColor", "no colour")] {
        let call = program.proc::<fn() -> i64>("main", name).unwrap();
        let error = call.call().unwrap_err();
        assert_eq!(error.exception(), Some(("ValueError", text)));
    }
    let _quiet = program.events();
    assert_eq!(called(color(1, 2, 3, 4)), color(0, 0, 0, 0));
    std::fs::remove_dir_all(library.parent().unwrap()).unwrap();
}

const HELD_C: &str = r#"
#include <stdint.h>
#include <pthread.h>
typedef struct { int64_t a, b, c; } Big;
static int64_t (*held)(int64_t);
static int64_t (*held_big)(Big);
void hold(int64_t (*f)(int64_t)) { held = f; }
void hold_big(int64_t (*f)(Big)) { held_big = f; }
int64_t fire(int64_t x) { return held(x); }
int64_t fire_big(void) { Big b = { 1, 2, 3 }; return held_big(b); }
static void *run(void *to) { *(int64_t *)to = held(*(int64_t *)to); return 0; }
int64_t fire_elsewhere(int64_t x) {
  pthread_t thread;
  if (pthread_create(&thread, 0, run, &x)) return -1;
  pthread_join(thread, 0);
  return x;
}
"#;

const HELD_NIM: &str = r#"
import std/hotcodereloading
{.push importc, cdecl, dynlib: "LIBRARY".}
proc hold*(f: proc (x: int64): int64 {.cdecl.})
proc fire(x: int64): int64
proc fire_elsewhere(x: int64): int64
{.pop.}
proc what(call: proc (): int64): string =
  try: $call()
  except CatchableError as error: $error.name & ": " & error.msg
proc fired*(x: int): string = what(proc (): int64 = fire(x))
proc elsewhere*(x: int): string = what(proc (): int64 = fire_elsewhere(x))
"#;

/// What C gets when it calls what it holds, on the program's thread and on one of its own, after each version of a module.
struct Held {
    library: PathBuf,
    texts: Texts,
    program: Program,
}

impl Held {
    fn new(name: &str, text: &str) -> Held {
        let library = build(name, HELD_C);
        let c = HELD_NIM.replace("LIBRARY", library.to_str().unwrap());
        let top = "import c, m\nproc here*(): string = fired(20)\nproc elsewhere*(): string = c.elsewhere(20)\n";
        let texts = Texts::new([
            ("c.nim", c.as_str()),
            ("top.nim", top),
            ("m.nim", &module(text)),
        ]);
        let program = Program::builder().provider(texts.clone()).load("top.nim");
        let program = program.unwrap_or_else(|error| panic!("{error}"));
        Held {
            library,
            texts,
            program,
        }
    }

    /// The report, and what C gets.
    fn next(&self, text: &str) -> (String, String) {
        self.texts.set("m.nim", module(text).as_str());
        let report = self.program.reload();
        let report = report.unwrap_or_else(|error| panic!("{text}: {error}"));
        let call = |name| self.program.proc::<fn() -> String>("top", name)?.call();
        let here = call("here").unwrap();
        // An exception has nobody to go to on a thread of C's, which gets a zero.
        let _quiet = self.program.events();
        let other = call("elsewhere").unwrap();
        let number = here.parse().unwrap_or(0);
        assert_eq!(other, i64::to_string(&number), "{text}");
        (report.to_string(), here)
    }
}

fn module(text: &str) -> String {
    format!("import c, std/hotcodereloading\n{text}\n")
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.library.parent().unwrap());
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn what_c_holds_is_current_or_says_why_not() {
    let versions = [
        ("proc on(x: int64): int64 {.cdecl.} = x + 2\nhold(on)", "22"),
        ("proc on(x, y: int64): int64 {.cdecl.} = x + 3", ""),
        ("proc on(x: int64): int64 {.cdecl.} = x + 4", "24"),
        ("proc on(x: int64): int64 = x + 5", ""),
        ("proc on(x: int64): int64 {.cdecl.} = x + 6", "26"),
        ("proc on(x: int32): int64 {.cdecl.} = x + 7", ""),
        ("", ""),
        (
            "proc on(x: int64): int64 {.cdecl.} =\n  performCodeReload()\n  x + 8",
            "28",
        ),
        (
            "proc on(x: int64): int64 {.cdecl.} =\n  raise newException(ValueError, \"no\")",
            "ValueError: no",
        ),
        (
            "proc on(x: int64): int64 {.cdecl, raises: [].} = x + 9",
            "29",
        ),
        ("proc on(x: int64) {.cdecl.} = discard", ""),
        ("proc on[T](x: T): T {.cdecl.} = x + 9", ""),
        ("template on(x: int64): int64 = x + 1", ""),
        ("proc on(x: int64): int64 {.cdecl, inline.} = x + 10", "30"),
        (
            "proc on(x: int64): int64 {.cdecl.} = x + 12\nproc on(x: float): float {.cdecl.} = x",
            "32",
        ),
        ("method on(x: RootRef): int64 {.base.} = 1", ""),
        (
            "proc on(x: int64): int64 {.cdecl, exportc: \"other\".} = x + 14",
            "34",
        ),
        (
            "type Num = int64\nproc on(x: Num): Num {.cdecl.} = x + 15",
            "35",
        ),
        (
            "type Num = distinct int64\nproc on(x: Num): int64 {.cdecl.} = int64(x) + 16",
            "",
        ),
        ("proc on(x = 4'i64): int64 {.cdecl.} = x + 17", "37"),
    ];
    let held = Held::new(
        "held",
        "proc on(x: int64): int64 {.cdecl.} = x + 1\nhold(on)",
    );
    for (text, expected) in versions {
        let (report, found) = held.next(text);
        let gone =
            "ReloadError: `on` was called, but the reloaded program does not have it any more";
        match expected {
            "" => assert!(found.starts_with(gone), "{text}: {found}"),
            _ => assert_eq!(found, expected, "{text}"),
        }
        assert!(!report.contains("nothing calls"), "{text}: {report}");
    }
}

#[cfg(target_arch = "x86_64")]
#[test]
fn nested_procs_that_c_holds_keep_their_code_as_long_as_they_can() {
    let anonymous = |by, count| {
        format!(
            "var count: {count}\nlet held = (hold(proc (x: int64): int64 {{.cdecl.}} = x + {by} + int64(count)); 1)"
        )
    };
    let held = Held::new("nested", &anonymous(100, "int32"));
    let (report, found) = held.next(&anonymous(200, "int32"));
    assert_eq!(found, "120");
    assert!(
        report.contains("C may hold `:anonymous`, and goes on with its old code"),
        "{report}"
    );
    let (_, found) = held.next("var count: int32 = 5");
    assert_eq!(found, "120");
    let (report, found) = held.next("var count: int64");
    assert!(
        found.starts_with("ReloadError: `:anonymous` was called"),
        "{found}"
    );
    assert!(
        report.contains("knows types that are other ones now"),
        "{report}"
    );
}
